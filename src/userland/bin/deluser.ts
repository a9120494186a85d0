/**
 * deluser, delgroup - remove a user or group from the system
 * Linux: adduser 3.134, a perl script that calls userdel and groupdel; deluser(8).
 *
 * Left out: --remove-home, --remove-all-files and --backup, which need the whole of perl there too; crontabs.
 */
import { type Blocking, type Sys, WEXITSTATUS } from '../../abi/index.ts'
import { command, execvp, fork, type Process } from '../lib/command.ts'
import { waitFor } from '../lib/namespaces.ts'
import { readAccounts } from '../lib/shadow/files.ts'
import { readAnswer } from '../lib/shadow/prompt.ts'

const HELP = `deluser [--system] [--remove-home] [--remove-all-files] [--backup]
        [--backup-to dir] [--backup-suffix str] [--conf file]
        [--quiet] [--verbose] [--debug] user

  remove a normal user from the system

deluser --group [--system] [--only-if-empty] [--conf file] [--quiet]
        [--verbose] [--debug] group
delgroup [--system] [--only-if-empty] [--conf file] [--quiet]
         [--verbose] [--debug] group
  remove a group from the system

deluser [--conf file] [--quiet] [--verbose] [--debug] user group
  remove the user from a group
`

const FLAGS = new Set(
  'help version system group only-if-empty remove-home remove-all-files backup quiet verbose debug no-preserve-root'.split(
    ' ',
  ),
)
const VALUES = new Set(['backup-to', 'conf', 'backup-suffix'])

/** A message that ends the program; a plain one has no name before it. */
class Refused {
  readonly message: string
  readonly status: number
  readonly isPlain: boolean
  constructor(message: string, status: number, isPlain = false) {
    this.message = message
    this.status = status
    this.isPlain = isPlain
  }
}

export default command({
  name: 'deluser',
  aliases: ['delgroup'],
  summary: 'remove a user or group from the system',
  suite: 'other',
  usage: 'deluser [options] user',
  raw: true,

  *main(sys, _flags, args, me) {
    const name = me.name.slice(me.name.lastIndexOf('/') + 1)
    const flags = new Set<string>()
    const names: string[] = []
    for (let i = 0; i < args.length; i++) {
      const option = /^--?([^=]+)/.exec(args[i]!)?.[1]
      if (option === undefined || args[i] === '-') names.push(args[i]!)
      else if (VALUES.has(option)) i += args[i]!.includes('=') ? 0 : 1
      else if (FLAGS.has(option) || option === 'q' || option === 'h')
        flags.add(option === 'q' ? 'quiet' : option === 'h' ? 'help' : option)
      else {
        yield* sys.write(2, `Unknown option: ${option}\n`)
        me.out.print(HELP)
        return 1
      }
    }
    if (flags.has('help') || flags.has('version')) {
      me.out.print(
        flags.has('help') ? HELP : 'deluser version 3.134\n\nRemoves users and groups from the system.\n',
      )
      return 0
    }
    try {
      return yield* perform(sys, me, name, flags, names)
    } catch (e) {
      if (!(e instanceof Refused)) throw e
      yield* me.out.flush()
      yield* sys.write(2, e.isPlain ? `${e.message}\n` : `${name}: ${e.message}\n`)
      return e.status
    }
  },
})

function* perform(
  sys: Sys,
  me: Process,
  name: string,
  flags: ReadonlySet<string>,
  names: readonly string[],
): Blocking<number> {
  const isGroup = name === 'delgroup' || flags.has('group')
  if (sys.geteuid() !== 0) throw new Refused('Only root may remove a user or group from the system.', 1)
  if (!names.length) {
    me.out.print(`Enter a ${isGroup ? 'group' : 'user'} name to remove: `)
    yield* me.out.flush()
    const answer = yield* readAnswer(sys)
    if (!answer) throw new Refused('Only one or two names allowed.', 1)
    names = [answer]
  }
  if (names.length > 2) throw new Refused('Only one or two names allowed.', 1)
  if (names.length === 2) return yield* leave(sys, me, flags, ...(names as [string, string]))
  return yield* (isGroup ? removeGroup : removeUser)(sys, me, name, flags, names[0]!)
}

function say(me: Process, flags: ReadonlySet<string>, text: string): void {
  if (!flags.has('quiet')) me.out.line(text)
}

function* run(sys: Sys, me: Process, ...argv: readonly string[]): Blocking<void> {
  yield* me.out.flush()
  const child = fork(sys, me.name, its => execvp(its, argv, me.envp))
  const status = WEXITSTATUS((yield* waitFor(sys, child, 0)).status)
  if (status) throw new Refused(`\`${argv.join(' ')}' returned error code ${status}. Exiting.`, 1)
}

function* leave(
  sys: Sys,
  me: Process,
  flags: ReadonlySet<string>,
  user: string,
  group: string,
): Blocking<number> {
  const files = yield* readAccounts(sys)
  const row = files.passwd.get(user)
  if (!row) throw new Refused(`The user \`${user}' does not exist.`, 2)
  if (!files.group.get(group)) throw new Refused(`The group \`${group}' does not exist.`, 3)
  if (files.group.get(group)![2] === row[3])
    throw new Refused('You may not remove the user from their primary group.', 7)
  if (!files.group.members(group).includes(user))
    throw new Refused(`The user \`${user}' is not a member of group \`${group}'.`, 6)
  say(me, flags, `Removing user \`${user}' from group \`${group}' ...`)
  const others = files.group.members(group).filter(it => it !== user)
  yield* run(sys, me, '/usr/bin/gpasswd', '-M', others.join(','), group)
  say(me, flags, 'Done.')
  return 0
}

function* removeGroup(
  sys: Sys,
  me: Process,
  name: string,
  flags: ReadonlySet<string>,
  group: string,
): Blocking<number> {
  const { group: groups, passwd } = yield* readAccounts(sys)
  const row = groups.get(group)
  if (!row) throw new Refused(`The group \`${group}' does not exist.`, 3)
  if (
    flags.has('only-if-empty') &&
    (groups.members(group).length || passwd.rows.some(it => it[3] === row[2]))
  )
    throw new Refused(`The group \`${group}' is not empty!`, 5)
  say(me, flags, `Removing group \`${group}' ...`)
  yield* run(sys, me, '/sbin/groupdel', group)
  say(me, flags, 'Done.')
  return name ? 0 : 1
}

const NEEDS_PERL = `In order to use the --remove-home, --remove-all-files, and --backup features,
you need to install the \`perl' package. To accomplish that, run
apt-get install perl.`

const ROOT = `WARNING: You are just about to delete the root account (uid 0)
Usually this is never required as it may render the whole system unusable
If you really want this, call deluser with parameter --no-preserve-root
Stopping now without having performed any action`

function* removeUser(
  sys: Sys,
  me: Process,
  name: string,
  flags: ReadonlySet<string>,
  user: string,
): Blocking<number> {
  if (['remove-home', 'remove-all-files', 'backup'].some(it => flags.has(it)))
    throw new Refused(NEEDS_PERL, 8)
  const row = (yield* readAccounts(sys)).passwd.get(user)
  if (!row) throw new Refused(`The user \`${user}' does not exist.`, 2)
  if (flags.has('system') && Number(row[2]) >= 1000)
    throw new Refused(`The user \`${user}' is not a system user. Exiting.`, 1)
  if (row[2] === '0' && !flags.has('no-preserve-root')) throw new Refused(ROOT, 9, true)
  yield* me.out.flush()
  yield* sys.write(
    2,
    `${name}: \`/usr/bin/crontab' not executed. Skipping crontab removal. Package \`cron' required.\n`,
  )
  say(me, flags, `Removing user \`${user}' ...`)
  yield* run(sys, me, '/sbin/userdel', user)
  say(me, flags, 'Done.')
  return 0
}
