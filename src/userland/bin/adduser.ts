/**
 * adduser, addgroup - add a user or group to the system, with Debian's dialogue
 * Linux: adduser 3.134, a perl script that calls useradd, groupadd, passwd, chfn and usermod; adduser(8).
 *
 * Left out: --conf, encrypted homes, quotas, adduser.local, settings other than the defaults of adduser.conf.
 */
import { type Blocking, type Sys, WEXITSTATUS } from '../../abi/index.ts'
import { command, execvp, fork, type Process } from '../lib/command.ts'
import { waitFor } from '../lib/namespaces.ts'
import { idsIn, quietly, readAccounts } from '../lib/shadow/files.ts'
import { copySkeleton, makeHome } from '../lib/shadow/home.ts'
import { readAnswer } from '../lib/shadow/prompt.ts'

const HELP = `adduser [--uid id] [--firstuid id] [--lastuid id]
        [--gid id] [--firstgid id] [--lastgid id] [--ingroup group]
        [--add-extra-groups] [--shell shell]
        [--comment comment] [--home dir] [--no-create-home]
        [--allow-all-names] [--allow-bad-names]
        [--disabled-password] [--disabled-login]
        [--conf file] [--quiet] [--verbose] [--debug]
        user
    Add a normal user

adduser --system
        [--uid id] [--group] [--ingroup group] [--gid id]
        [--shell shell] [--comment comment] [--home dir] [--no-create-home]
        [--conf file] [--quiet] [--verbose] [--debug]
        user
   Add a system user

adduser --group
        [--gid ID] [--firstgid id] [--lastgid id]
        [--conf file] [--quiet] [--verbose] [--debug]
        group
addgroup
        [--gid ID] [--firstgid id] [--lastgid id]
        [--conf file] [--quiet] [--verbose] [--debug]
        group
   Add a user group

addgroup --system
        [--gid id]
        [--conf file] [--quiet] [--verbose] [--debug]
        group
   Add a system group

adduser USER GROUP
   Add an existing user to an existing group
`
const VERSION = `adduser version 3.134

Adds a user or group to the system.

For detailed copyright information, please refer to
/usr/share/doc/adduser/copyright.

This program is free software; you can redistribute it and/or modify
it under the terms of the GNU General Public License as published by
the Free Software Foundation; either version 2 of the License, or (at
your option) any later version.

This program is distributed in the hope that it will be useful, but
WITHOUT ANY WARRANTY; without even the implied warranty of
MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
General Public License, /usr/share/common-licenses/GPL, for more details.
`

/** What the command line asks for. */
interface Wishes {
  readonly names: readonly string[]
  readonly values: ReadonlyMap<string, string>
  readonly flags: ReadonlySet<string>
}

const VALUES = new Set(
  'uid firstuid lastuid gid firstgid lastgid ingroup gecos comment shell home conf'.split(' '),
)
const FLAGS = new Set(
  `help version system group add-extra-groups add_extra_groups disabled-password disabled-login no-create-home
   allow-bad-names allow-all-names force-badname quiet verbose debug`.split(/\s+/),
)

/** A message that ends the program. */
class Refused {
  readonly message: string
  readonly status: number
  constructor(message: string, status = 1) {
    this.message = message
    this.status = status
  }
}

export default command({
  name: 'adduser',
  aliases: ['addgroup'],
  summary: 'add a user or group to the system',
  suite: 'other',
  usage: 'adduser [options] user',
  raw: true,

  *main(sys, _flags, args, me) {
    const name = me.name.slice(me.name.lastIndexOf('/') + 1)
    const wishes = parse(args)
    if (typeof wishes === 'string') {
      yield* sys.write(2, `Unknown option: ${wishes}\n`)
      me.out.print(HELP)
      return 1
    }
    if (wishes.flags.has('help')) me.out.print(HELP)
    else if (wishes.flags.has('version')) me.out.print(VERSION)
    else
      try {
        return yield* perform(new Adding(sys, me, name, wishes))
      } catch (e) {
        if (!(e instanceof Refused)) throw e
        yield* me.out.flush()
        if (e.message) yield* sys.write(2, `${name}: ${e.message}\n`)
        return e.status
      }
    return 0
  },
})

function parse(args: readonly string[]): Wishes | string {
  const names: string[] = []
  const values = new Map<string, string>()
  const flags = new Set<string>()
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (!arg.startsWith('-') || arg === '-') {
      names.push(arg)
      continue
    }
    const [name, value] = arg.replace(/^--?/, '').split(/=(.*)/s) as [string, string?]
    if (VALUES.has(name)) values.set(name, value ?? args[++i] ?? '')
    else if (FLAGS.has(name) || name === 'h' || name === 'q')
      flags.add(name === 'h' ? 'help' : name === 'q' ? 'quiet' : name)
    else return name
  }
  return { names, values, flags }
}

function* perform(it: Adding): Blocking<number> {
  const { names } = it.wishes
  const isGroup = it.name === 'addgroup' || (it.wishes.flags.has('group') && !it.wishes.flags.has('system'))
  if (names.length > 2 || !names.length) throw new Refused('Only one or two names allowed.')
  if (it.sys.geteuid() !== 0) throw new Refused('Only root may add a user or group to the system.')
  if (names.length === 2) {
    if (isGroup) throw new Refused('addgroup with two arguments is an unspecified operation.')
    return yield* it.join(names[0]!, names[1]!)
  }
  if (isGroup) return yield* it.addGroup(names[0]!)
  if (it.wishes.flags.has('system')) return yield* it.addSystemUser(names[0]!)
  return yield* it.addUser(names[0]!)
}

class Adding {
  readonly sys: Sys
  readonly me: Process
  readonly name: string
  readonly wishes: Wishes

  constructor(sys: Sys, me: Process, name: string, wishes: Wishes) {
    this.sys = sys
    this.me = me
    this.name = name
    this.wishes = wishes
  }

  say(text: string): void {
    if (!this.wishes.flags.has('quiet')) this.me.out.line(text)
  }

  /** Run a program and wait for it. Gives its status. */
  *run(...argv: readonly string[]): Blocking<number> {
    yield* this.me.out.flush()
    const child = fork(this.sys, this.name, its => execvp(its, argv, this.me.envp))
    return WEXITSTATUS((yield* waitFor(this.sys, child, 0)).status)
  }

  /** Run a program that has to succeed. */
  *must(...argv: readonly string[]): Blocking<void> {
    const status = yield* this.run(...argv)
    if (status) throw new Refused(`\`${argv.join(' ')}' returned error code ${status}. Exiting.`)
  }

  /** Debian's NAME_REGEX, and what no option can allow. */
  checkName(name: string): void {
    if (/^[-+~]|[\s:,/]/.test(name))
      throw new Refused(
        `To avoid problems, the username must not start with a
            dash, plus sign, or tilde, and it must not contain any of the
            following: colon, comma, slash, or any whitespace characters
            including spaces, tabs, and newlines.`,
      )
    if (/^[a-z][-a-z0-9_]*\$?$/.test(name) || /^(allow|force)/.test([...this.wishes.flags].join(' '))) return
    throw new Refused(
      `Please enter a username matching the regular expression
            configured via the NAME_REGEX configuration variable.  Use the
            \`--allow-bad-names' option to relax this check or reconfigure
            NAME_REGEX in configuration.`,
    )
  }

  /** The first id from `first` that neither a user nor, where `both`, a group has. */
  *freeId(first: number, last: number, both: boolean): Blocking<number> {
    const { passwd, group } = yield* readAccounts(this.sys)
    const used = both ? new Set([...idsIn(passwd), ...idsIn(group)]) : idsIn(group)
    for (let id = first; id <= last; id++) if (!used.has(id)) return id
    throw new Refused(`No UID/GID pair is available in the range ${first}-${last}.`)
  }

  *join(user: string, group: string): Blocking<number> {
    const files = yield* readAccounts(this.sys)
    if (!files.passwd.get(user)) throw new Refused(`The user \`${user}' does not exist.`)
    if (!files.group.get(group)) throw new Refused(`The group \`${group}' does not exist.`)
    if (files.group.members(group).includes(user)) {
      yield* this.sys.write(2, `${this.name}: The user \`${user}' is already a member of \`${group}'.\n`)
      return 0
    }
    this.say(`Adding user \`${user}' to group \`${group}' ...`)
    yield* this.must('/usr/sbin/usermod', '-a', '-G', group, user)
    this.say('Done.')
    return 0
  }

  *addGroup(name: string): Blocking<number> {
    const files = yield* readAccounts(this.sys)
    const isSystem = this.wishes.flags.has('system')
    if (files.group.get(name)) {
      if (!isSystem) throw new Refused(`The group \`${name}' already exists.`)
      yield* this.sys.write(
        2,
        `${this.name}: The group \`${name}' already exists as a system group. Exiting.\n`,
      )
      return 0
    }
    this.checkName(name)
    const wanted = this.wishes.values.get('gid')
    if (wanted !== undefined && idsIn(files.group).has(Number(wanted)))
      throw new Refused(`The GID \`${wanted}' is already in use.`)
    const gid = wanted ?? String(yield* this.freeId(isSystem ? 100 : 1000, isSystem ? 999 : 59999, isSystem))
    this.say(`Adding group \`${name}' (GID ${gid}) ...`)
    yield* this.must('/usr/sbin/groupadd', '-g', gid, name)
    this.say('Done.')
    return 0
  }

  *addSystemUser(name: string): Blocking<number> {
    const { values, flags } = this.wishes
    const { passwd } = yield* readAccounts(this.sys)
    const old = passwd.get(name)
    if (old && Number(old[2]) < 1000) {
      this.say(`The system user \`${name}' already exists. Exiting.`)
      return 0
    }
    if (old) throw new Refused(`The user \`${name}' already exists, but is not a system user. Exiting.`)
    this.checkName(name)
    const uid = values.get('uid') ?? String(yield* this.freeUid(100, 999))
    const home = values.get('home') ?? '/nonexistent'
    const shell = values.get('shell') ?? '/usr/sbin/nologin'
    if (flags.has('no-create-home') && !quietly(() => this.sys.stat(home)))
      yield* this.sys.write(
        2,
        `${this.name}: Warning: The home dir ${home} you specified can't be accessed: No such file or directory\n`,
      )
    this.say(`Adding system user \`${name}' (UID ${uid}) ...`)
    let group = values.get('ingroup') ?? 'nogroup'
    if (flags.has('group')) {
      group = name
      const gid = yield* this.freeId(100, 999, true)
      this.say(`Adding new group \`${name}' (GID ${gid}) ...`)
      yield* this.must('/usr/sbin/groupadd', '-g', String(gid), name)
    }
    this.say(`Adding new user \`${name}' (UID ${uid}) with group \`${group}' ...`)
    yield* this.must(
      '/usr/sbin/useradd',
      '-r',
      '-K',
      'SYS_UID_MAX=59999',
      '-d',
      home,
      '-g',
      group,
      '-s',
      shell,
      '-u',
      uid,
      name,
    )
    yield* this.createHome(home, name, false)
    return 0
  }

  *freeUid(first: number, last: number): Blocking<number> {
    const { passwd } = yield* readAccounts(this.sys)
    const used = idsIn(passwd)
    for (let id = first; id <= last; id++) if (!used.has(id)) return id
    throw new Refused(`No UID is available in the range ${first}-${last}.`)
  }

  *addUser(name: string): Blocking<number> {
    const { values, flags } = this.wishes
    const files = yield* readAccounts(this.sys)
    if (files.passwd.get(name)) throw new Refused(`The user \`${name}' already exists.`)
    this.checkName(name)
    const wanted = values.get('uid')
    if (wanted !== undefined && idsIn(files.passwd).has(Number(wanted)))
      throw new Refused(`The UID ${wanted} is already in use.`)
    const ingroup =
      values.get('ingroup') ?? files.group.rows.find(row => row[2] && row[2] === values.get('gid'))?.[0]
    const primary = ingroup === undefined ? undefined : files.group.get(ingroup)
    if (!primary && values.has('gid')) throw new Refused(`The GID ${values.get('gid')} does not exist.`)
    if (ingroup !== undefined && !primary) throw new Refused(`The group \`${ingroup}' does not exist.`)
    if (!primary && files.group.get(name)) throw new Refused(`The group \`${name}' already exists.`)

    this.say(`Adding user \`${name}' ...`)
    const uid =
      wanted ?? String(primary ? yield* this.freeUid(1000, 59999) : yield* this.freeId(1000, 59999, true))
    const group = ingroup ?? name
    const gid = primary?.[2] ?? uid
    if (!primary) {
      this.say(`Adding new group \`${name}' (${gid}) ...`)
      yield* this.must('/usr/sbin/groupadd', '-g', gid, name)
    }
    this.say(`Adding new user \`${name}' (${uid}) with group \`${group} (${gid})' ...`)
    const home = values.get('home') ?? `/home/${name}`
    const shell = values.get('shell') ?? '/bin/bash'
    yield* this.must('/usr/sbin/useradd', '-d', home, '-g', group, '-s', shell, '-u', uid, name)
    yield* this.createHome(home, name, true)
    if (!flags.has('disabled-password') && !flags.has('disabled-login')) yield* this.askPassword(name)
    yield* this.askName(name)
    this.say(`Adding new user \`${name}' to supplemental / extra groups \`users' ...`)
    this.say(`Adding user \`${name}' to group \`users' ...`)
    yield* this.must('/usr/sbin/usermod', '-a', '-G', 'users', name)
    return 0
  }

  *createHome(home: string, name: string, isFilled: boolean): Blocking<void> {
    if (home === '/nonexistent') return this.say(`Not creating \`${home}'.`)
    if (this.wishes.flags.has('no-create-home')) return this.say(`Not creating home directory \`${home}'.`)
    if (!quietly(() => this.sys.stat(home))) {
      this.say(`Creating home directory \`${home}' ...`)
      const row = (yield* readAccounts(this.sys)).passwd.get(name)!
      makeHome(this.sys, home, isFilled ? 0o700 : 0o755, Number(row[2]), Number(row[3]))
      if (!isFilled) return
      this.say("Copying files from `/etc/skel' ...")
      yield* copySkeleton(this.sys, '/etc/skel', home, Number(row[2]), Number(row[3]), false)
      return
    }
    yield* this.me.out.flush()
    yield* this.sys.write(
      2,
      `${this.name}: The home directory \`${home}' already exists.  Not touching this directory.\n`,
    )
    const uid = (yield* readAccounts(this.sys)).passwd.get(name)?.[2]
    if (this.sys.stat(home).uid !== Number(uid))
      yield* this.sys.write(
        2,
        `${this.name}: Warning: The home directory \`${home}' does not belong to the user you are currently creating.\n`,
      )
  }

  /** passwd, until it succeeds or nobody wants any more. */
  *askPassword(name: string): Blocking<void> {
    while (yield* this.run('/usr/bin/passwd', name)) {
      this.me.out.print('Try again? [y/N] ')
      yield* this.me.out.flush()
      if (!/^y/i.test((yield* readAnswer(this.sys)) ?? '')) return
    }
  }

  /** chfn, until the information is correct. */
  *askName(name: string): Blocking<void> {
    const given = this.wishes.values.get('gecos') ?? this.wishes.values.get('comment')
    if (given !== undefined) {
      const [full = '', room = '', work = '', home = ''] = given.split(',')
      yield* this.must('/usr/bin/chfn', '-f', full, '-r', room, '-w', work, '-h', home, name)
      return
    }
    for (;;) {
      yield* this.run('/usr/bin/chfn', name)
      let answer: string | undefined
      do {
        this.me.out.print('Is the information correct? [Y/n] ')
        yield* this.me.out.flush()
        answer = yield* readAnswer(this.sys)
      } while (answer && !/^[yn]/i.test(answer))
      if (!answer || /^y/i.test(answer)) return
    }
  }
}
