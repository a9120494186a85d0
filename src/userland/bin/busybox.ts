/**
 * busybox - the Swiss army knife of embedded Linux: many programs in one static binary
 * Linux: busybox 1.35, libbb/appletlib.c; busybox(1).
 *
 * Its applets are the host's programs; only their complaints are worded as busybox words them, and id and ps print
 * as busybox's do. Their help is made from the programs' descriptions. Left out: applets the host has no program for.
 */
import { type Blocking, EEXIST, Errno, O_RDONLY, type Program, type Sys } from '../../abi/index.ts'
import { applets, appletName, BUSYBOX, inside } from '../lib/applets.ts'
import { type Command, command, type Process } from '../lib/command.ts'
import { reworded } from '../lib/applets-wording.ts'
import { type Proc, readProcs, ttyName } from '../lib/proc.ts'
import { readUsers, userName } from '../lib/users.ts'

const BANNER = `BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.
`
const INTRODUCTION = `BusyBox is copyrighted by many authors between 1998-2015.
Licensed under GPLv2. See source distribution for detailed
copyright notices.

Usage: busybox [function [arguments]...]
   or: busybox --list[-full]
   or: busybox --install [-s] [DIR]
   or: function [arguments]...

	BusyBox is a multi-call binary that combines many common Unix
	utilities into a single executable.  The shell in this build
	is configured to run built-in utilities without $PATH search.
	You don't need to install a link to busybox for each utility.
	To run external program, use full path (/sbin/ip instead of ip).

Currently defined functions:
`

const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

export default command({
  name: 'busybox',
  summary: 'many common Unix utilities in a single executable',
  suite: 'other',
  usage: 'busybox [function [arguments]...]',
  raw: true,

  *main(sys, _flags, args, me) {
    const called = base(me.argv[0] ?? 'busybox').replace(/^-/, '')
    if (called !== 'busybox' && !called.startsWith('busybox')) return yield* runApplet(sys, me.argv, me.envp)
    const [first] = args
    if (first === undefined || first === '--help') {
      me.out.print(BANNER + INTRODUCTION + wrapped(names()))
      return 0
    }
    if (first === '--list') {
      for (const name of names()) me.out.line(name)
      return 0
    }
    if (first === '--list-full') {
      for (const name of names()) me.out.line(`${directoryOf(name)}/${name}`)
      return 0
    }
    if (first === '--install') return yield* install(sys, me, args.slice(1))
    return yield* runApplet(sys, args, me.envp)
  },
})

/** What of busybox is here, in its order. */
const names = (): string[] =>
  [...BUSYBOX].filter(name => name === 'busybox' || applets.has(appletName(name))).sort()

function wrapped(list: readonly string[]): string {
  let text = ''
  let line = ''
  for (const name of list) {
    const word = name === list.at(-1) ? name : `${name}, `
    if (8 + line.length + word.trimEnd().length > 79) {
      text += `\t${line.trimEnd()}\n`
      line = ''
    }
    line += word
  }
  return `${text}\t${line}\n`
}

const SBIN =
  /^(acpid|adjtimex|arp|blockdev|brctl|chroot|crond|depmod|fdisk|getty|halt|hwclock|if\w+|init|insmod|ip|klogd|losetup|lsmod|mk\w+fs|mkswap|mod\w+|nameif|pivot_root|poweroff|reboot|rmmod|route|swapo\w+|switch_root|sysctl|syslogd|tc|vconfig)$/
const USR_BIN =
  /^(\[\[?|ar|awk|basename|bc|clear|cmp|crontab|cut|dirname|du|env|expr|factor|find|fold|free|getopt|groups|head|hexdump|hostid|id|killall|last|less|logger|logname|md5sum|mkfifo|nc|nl|nproc|nsenter|od|paste|printf|readlink|realpath|renice|reset|seq|setsid|sha\d+sum|shuf|sort|strings|tac|tail|taskset|tee|test|time|timeout|top|tr|tty|uniq|unlink|unshare|unxz|uptime|vi|w|wc|wget|which|who|whoami|xargs|xxd|xz|yes)$/
const directoryOf = (name: string): string =>
  SBIN.test(name) ? 'sbin' : USR_BIN.test(name) ? 'usr/bin' : 'bin'

/** Links for every applet: into one directory, or to where they belong. */
function* install(sys: Sys, me: Process, args: readonly string[]): Blocking<number> {
  const symbolic = args.includes('-s')
  const dir = args.find(it => it !== '-s')
  const self = sys.readlink('/proc/self/exe')
  for (const name of names()) {
    const path = dir === undefined ? `/${directoryOf(name)}/${name}` : `${dir}/${name}`
    try {
      if (symbolic) sys.symlink(self, path)
      else sys.link(self, path)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      if (e !== EEXIST) yield* me.warn(path, e)
    }
  }
  return 0
}

/** Become the applet that argv[0] names. */
function* runApplet(sys: Sys, argv: readonly string[], envp: readonly string[]): Blocking<number> {
  const name = base(argv[0]!).replace(/^-/, '')
  const program = BUSYBOX.has(name) ? applets.get(appletName(name)) : undefined
  if (!program) {
    yield* sys.write(2, `${name}: applet not found\n`)
    return 127
  }
  if (name === 'sh' || name === 'ash')
    return yield* program(inside(reworded(sys, 'sh'), runApplet), argv, envp)
  const own = OWN[name]
  const called =
    name === '[[' ? [argv[0]!.replace('[[', '['), ...argv.slice(1, -1), ']'] : [name, ...argv.slice(1)]
  const usage = usageOf(name, program)
  if (argv[1] === '--help' && !HELPLESS.has(name)) {
    yield* sys.write(1, usage)
    return 0
  }
  const refusal = { usage, happened: false }
  const status = yield* (own ?? program)(reworded(sys, name, called, refusal), called, envp)
  return refusal.happened ? 1 : (STATUSES[name]?.[status] ?? status)
}

/** Applets to which --help is an argument like any other. */
const HELPLESS = new Set(['[', '[[', 'test', 'echo', 'true', 'false', 'printf', 'expr'])

/** An applet's help: how it is called, what it does, its options of one letter. */
function usageOf(name: string, program: Program): string {
  const spec = (program as Partial<Command>).spec
  if (!spec) return `${BANNER}\nUsage: ${name}\n`
  const lines = (typeof spec.usage === 'string' ? spec.usage.split('\n') : spec.usage).map(line =>
    line.replace(/^\S+/, name),
  )
  const summary = spec.summary.split('\n')[0]!.replace(/\.$/, '')
  const options = Object.entries(spec.options ?? {}).flatMap(([key, { short, value, help }]) => {
    const letter = short?.[0] ?? (key.length === 1 ? key : undefined)
    if (!letter || help === undefined) return []
    const argument =
      value && !value.startsWith('[') ? ` ${value.replace(/^[= ]/, '').replace(/[<>]/g, '')}` : ''
    return [`\t-${letter}${argument.toUpperCase()}\t${capital(help.split('\n')[0]!)}\n`]
  })
  return `${BANNER}\nUsage: ${lines.join('\nor: ')}\n\n${capital(summary)}\n${options.length ? `\n${options.join('')}` : ''}`
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** Where busybox's exit statuses differ. */
const STATUSES: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  ls: { 2: 1 },
  umount: { 32: 1 },
  mount: { 2: 1, 32: 255 },
}

/** Applets that print otherwise than the programs of the same name. */
const OWN: Readonly<Record<string, Program>> = { ps }

/** The columns of busybox's ps: title, width and text. */
const PS_COLUMNS: Readonly<
  Record<string, readonly [head: string, width: number, text: (it: Proc, user: string) => string]>
> = {
  pid: ['PID', 5, it => String(it.pid)],
  ppid: ['PPID', 5, it => String(it.ppid)],
  pgid: ['PGID', 5, it => String(it.pgrp)],
  sid: ['SID', 5, it => String(it.session)],
  user: ['USER', 8, (_, user) => user],
  comm: ['COMMAND', 16, it => it.comm],
  args: ['COMMAND', 0, commandOf],
  stat: ['STAT', 4, it => it.state],
  vsz: ['VSZ', 4, it => String(it.vsize)],
  rss: ['RSS', 4, it => String(it.rss)],
  nice: ['NI', 5, it => String(it.nice)],
  tty: ['TT', 6, it => ttyName(it.tty)],
}
const NUMBERS = new Set(['pid', 'ppid', 'pgid', 'sid', 'vsz', 'rss', 'nice'])

/** Linux: busybox procps/ps.c. A name that is not the program's stands in braces. */
function* ps(sys: Sys, argv: readonly string[]): Blocking<number> {
  try {
    sys.close(yield* sys.open('/proc', O_RDONLY))
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* sys.write(1, 'PID   USER     COMMAND\n')
    yield* sys.write(2, `ps: can't open '/proc': ${e.message}\n`)
    return 1
  }
  const chosen = argv.flatMap((arg, i) =>
    arg.startsWith('-o') ? (arg.slice(2) || (argv[i + 1] ?? '')).split(',') : [],
  )
  const names = chosen.length ? chosen : ['pid', 'user', 'args']
  const unknown = names.find(name => !PS_COLUMNS[name])
  if (unknown !== undefined) {
    yield* sys.write(
      2,
      `ps: bad -o argument '${unknown}', supported arguments: ${Object.keys(PS_COLUMNS).join(',')}\n`,
    )
    return 1
  }
  const line = (cells: readonly string[], head: boolean): string =>
    cells
      .map((cell, i) => {
        const width = PS_COLUMNS[names[i]!]![1]
        if (i === cells.length - 1 && !NUMBERS.has(names[i]!)) return cell
        return !head && NUMBERS.has(names[i]!)
          ? cell.padStart(width)
          : cell.slice(0, Math.max(width, head ? 99 : width)).padEnd(width)
      })
      .join(' ')
  const users = yield* readUsers(sys)
  let text = `${line(
    names.map(name => PS_COLUMNS[name]![0]),
    true,
  )}\n`
  for (const it of yield* readProcs(sys)) {
    const user = userName(users, it.uids[1] ?? 0) ?? String(it.uids[1])
    text += `${line(
      names.map(name => PS_COLUMNS[name]![2](it, user)),
      false,
    )}\n`
  }
  yield* sys.write(1, text)
  return 0
}

function commandOf(it: Proc): string {
  const line = it.argv.join(' ').replace(/[\x00-\x1f]/g, ' ')
  if (!line) return `[${it.comm}]`
  return base(it.argv[0]!.replace(/^-/, '')).startsWith(it.comm) ? line : `{${it.comm}} ${line}`
}
