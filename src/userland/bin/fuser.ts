/**
 * fuser - identify processes using files or sockets
 * Linux: psmisc src/fuser.c; fuser(1).
 *
 * Left out: sockets (there are none: the spaces tcp and udp are empty), --inode.
 */
import {
  type Blocking,
  decode,
  Errno,
  S_IFBLK,
  S_IFMT,
  SIGKILL,
  signalNumber,
  type Stat,
  type Sys,
} from '../../abi/index.ts'
import { command, type Flags, type Options } from '../lib/command.ts'
import { type OpenFile, openFiles } from '../lib/open-files.ts'
import { type Proc, procText, readProcs } from '../lib/proc.ts'
import { SIGNAL_LIST } from '../lib/procps/signals.ts'
import { readUsers, userName, type Users } from '../lib/users.ts'
import { getcwd } from '../lib/getcwd.ts'

const USAGE = `Usage: fuser [-fIMuvw] [-a|-s] [-4|-6] [-c|-m|-n SPACE]
             [-k [-i] [-SIGNAL]] NAME...
       fuser -l
       fuser -V
Show which processes use the named files, sockets, or filesystems.

  -a,--all              display unused files too
  -i,--interactive      ask before killing (ignored without -k)
  -I,--inode            use always inodes to compare files
  -k,--kill             kill processes accessing the named file
  -l,--list-signals     list available signal names
  -m,--mount            show all processes using the named filesystems or
                        block device
  -M,--ismountpoint     fulfill request only if NAME is a mount point
  -n,--namespace SPACE  search in this name space (file, udp, or tcp)
  -s,--silent           silent operation
  -SIGNAL               send this signal instead of SIGKILL
  -u,--user             display user IDs
  -v,--verbose          verbose output
  -w,--writeonly        kill only processes with write access
  -V,--version          display version information
  -4,--ipv4             search IPv4 sockets only
  -6,--ipv6             search IPv6 sockets only

  udp/tcp names: [local_port][,[rmt_host][,[rmt_port]]]

`
const VERSION = `fuser (PSmisc) 23.6
Copyright (C) 1993-2022 Werner Almesberger and Craig Small

PSmisc comes with ABSOLUTELY NO WARRANTY.
This is free software, and you are welcome to redistribute it under
the terms of the GNU General Public License.
For more information about these matters, see the files named COPYING.
`

const OPTIONS = {
  all: { short: 'a' },
  posix: { short: 'f', long: '' },
  interactive: { short: 'i' },
  inode: { short: 'I' },
  kill: { short: 'k' },
  listSignals: { short: 'l' },
  mount: { short: 'mc' },
  ismountpoint: { short: 'M' },
  namespace: { short: 'n', value: 'SPACE' },
  silent: { short: 's' },
  signal: { value: 'SIGNAL' },
  user: { short: 'u' },
  verbose: { short: 'v' },
  writeonly: { short: 'w' },
  ipv4: { short: '4' },
  ipv6: { short: '6' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

export default command({
  name: 'fuser',
  summary: 'identify processes using files or sockets',
  suite: 'other',
  usage: 'fuser [-fIMuvw] [-a|-s] [-4|-6] [-c|-m|-n SPACE] [-k [-i] [-SIGNAL]] NAME...',
  help: USAGE,
  wrongUsage: USAGE,
  silentGetopt: true,
  hint: (_sys, args) => `fuser: Invalid option ${wrongOption(args)}\n`,
  version: VERSION,
  options: OPTIONS,
  // A signal stands where an option would: -TERM, -9. Letters that are options come first.
  obsolete: args =>
    args.map(arg => {
      if (arg === '-V') return '--version'
      return /^-(\d\d?|[A-Z][A-Z0-9+-]+)$/.test(arg) && !/^-[46]$/.test(arg) && !/^-[MI]+$/.test(arg)
        ? `--signal=${arg.slice(1)}`
        : arg
    }),

  *main(sys, flags, args, me) {
    if (flags.listSignals) {
      me.out.print(SIGNAL_LIST)
      return 0
    }
    const say = (text: string): Blocking<number> => sys.write(2, text)
    const signal = flags.signal === undefined ? SIGKILL : signalNumber(flags.signal)
    if (signal === undefined) {
      yield* say(`${flags.signal}: unknown signal; ${me.name} -l lists signals.\n`)
      return 1
    }
    if (flags.namespace !== undefined && !/^(file|tcp|udp)$/.test(flags.namespace)) {
      yield* say(`Invalid namespace name\n${USAGE}`)
      return 1
    }
    if (!args.length) {
      yield* say(`No process specification given\n${USAGE}`)
      return 1
    }
    const all = yield* readAll(sys)
    const users = yield* readUsers(sys)
    let hit = false
    let headed = false
    for (const name of args) {
      const used = yield* usedBy(sys, flags, name, all)
      if (!used) continue
      const isShown =
        !flags.silent && (used.users.length > 0 || used.kernel !== undefined || Boolean(flags.all))
      if (isShown && flags.verbose && !headed) yield* say(`${' '.repeat(21)}USER        PID ACCESS COMMAND\n`)
      headed ||= isShown
      if (isShown) yield* show(sys, flags, users, used)
      hit ||= used.users.length > 0 || used.kernel !== undefined
      if (flags.kill) yield* killAll(sys, flags, signal, used.users)
    }
    return hit ? 0 : 1
  },
})

/** The first option that is none, as it was written. */
function wrongOption(args: readonly string[]): string {
  const letters = Object.values(OPTIONS).flatMap(it => ('short' in it ? [...it.short] : []))
  for (const arg of args) {
    if (arg.startsWith('--')) return arg
    const letter = arg.startsWith('-') ? [...arg.slice(1)].find(it => !letters.includes(it)) : undefined
    if (letter) return letter
  }
  return ''
}

/** A process with everything it has open. */
interface Looked {
  readonly proc: Proc
  readonly files: readonly OpenFile[]
}

function* readAll(sys: Sys): Blocking<Looked[]> {
  const self = sys.getpid()
  const all: Looked[] = []
  for (const proc of yield* readProcs(sys))
    if (proc.pid !== self) all.push({ proc, files: (yield* openFiles(sys, proc)) ?? [] })
  return all
}

/** Who uses a file, and how. */
interface Used {
  /** Absolute. */
  readonly name: string
  readonly users: readonly { readonly proc: Proc; readonly access: Access }[]
  /** Where the kernel has it mounted. */
  readonly kernel: string | undefined
}

interface Access {
  readonly file: '' | 'f' | 'F'
  readonly root: boolean
  readonly cwd: boolean
  readonly exe: boolean
  readonly map: boolean
}

function* usedBy(sys: Sys, flags: Given, name: string, all: readonly Looked[]): Blocking<Used | undefined> {
  if (flags.namespace === 'tcp' || flags.namespace === 'udp' || /^[^/]*\/(tcp|udp)$/.test(name))
    return undefined
  let stat: Stat
  try {
    stat = sys.stat(name)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    const reason =
      e.name === 'ENOENT'
        ? `Specified filename ${name} does not exist.\n`
        : `Cannot stat ${name}: ${e.message}\n`
    yield* sys.write(2, reason)
    if (flags.all) yield* sys.write(2, `${name}:\n`)
    return undefined
  }
  const mounts = yield* mountPoints(sys)
  const path = absolute(sys, name)
  if (flags.ismountpoint && !mounts.includes(path)) {
    yield* sys.write(2, `Specified filename ${name} is not a mountpoint.\n`)
    return undefined
  }
  const isBlock = (stat.mode & S_IFMT) === S_IFBLK
  const dev = flags.mount && isBlock ? stat.rdev : stat.dev
  const matches = (it: OpenFile): boolean =>
    it.stat.dev === dev && (Boolean(flags.mount) || it.stat.ino === stat.ino)
  const users = all.flatMap(({ proc, files }) => {
    const access = accessOf(files.filter(matches))
    const writes = access?.file === 'F' || !flags.writeonly
    return access && writes ? [{ proc, access }] : []
  })
  const isMount = mounts.includes(path)
  const kernel = flags.verbose && (flags.mount || isMount) ? mountOf(mounts, path) : undefined
  return { name: path, users, kernel }
}

function absolute(sys: Sys, name: string): string {
  try {
    return resolve(sys, name)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return name
  }
}

/** Without `.` and `..`; links stay. */
function resolve(sys: Sys, name: string): string {
  const parts: string[] = []
  for (const part of (name.startsWith('/') ? name : `${getcwd(sys)}/${name}`).split('/')) {
    if (part === '..') parts.pop()
    else if (part && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

function* mountPoints(sys: Sys): Blocking<string[]> {
  const text = (yield* procText(sys, '/proc/self/mountinfo')) ?? ''
  return text
    .split('\n')
    .filter(Boolean)
    .map(line =>
      line
        .split(' ')[4]!
        .replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8))),
    )
}

/** The mount that a path lies on. */
const mountOf = (mounts: readonly string[], path: string): string =>
  mounts
    .filter(it => it === '/' || path === it || path.startsWith(`${it}/`))
    .sort((a, b) => b.length - a.length)[0] ?? '/'

function accessOf(files: readonly OpenFile[]): Access | undefined {
  if (!files.length) return undefined
  const has = (fd: string): boolean => files.some(it => it.fd === fd)
  const open = files.filter(it => it.access !== ' ')
  const writes = open.some(it => it.access !== 'r')
  return {
    file: writes ? 'F' : open.length ? 'f' : '',
    root: has('rtd'),
    cwd: has('cwd'),
    exe: has('txt'),
    map: has('mem'),
  }
}

/** Pids go to standard output, everything else to standard error, so that `$(fuser …)` is a list of pids. */
function* show(sys: Sys, flags: Given, users: Users, { name, users: found, kernel }: Used): Blocking<void> {
  yield* sys.write(
    2,
    `${`${name}:`.padEnd(20)}`.replace(/ +$/, it => (found.length || kernel ? it : '')),
  )
  let first = true
  const begin = function* (): Blocking<void> {
    if (!first) yield* sys.write(2, ' '.repeat(20))
    first = false
  }
  if (kernel !== undefined) {
    yield* begin()
    yield* sys.write(2, ` root     kernel mount ${kernel}\n`)
  }
  for (const { proc, access } of found) {
    const user = userName(users, proc.uids[0]!) ?? String(proc.uids[0])
    if (flags.verbose) {
      yield* begin()
      yield* sys.write(2, ` ${user.padEnd(8)}`)
      yield* sys.write(1, ` ${String(proc.pid).padStart(6)}`)
      yield* sys.write(2, ` ${longAccess(access)} ${proc.comm}\n`)
      continue
    }
    yield* sys.write(1, ` ${String(proc.pid).padStart(5)}`)
    yield* sys.write(2, shortAccess(access) + (flags.user ? `(${user})` : ''))
  }
  if (!flags.verbose || (!found.length && kernel === undefined)) yield* sys.write(2, '\n')
}

/** Files are not marked in the short form, unless they are open for writing with nothing else. */
const shortAccess = (it: Access): string =>
  `${it.root ? 'r' : ''}${it.cwd ? 'c' : ''}${it.exe ? 'e' : ''}${it.map && !it.exe ? 'm' : ''}`

const longAccess = (it: Access): string =>
  [
    it.file || '.',
    it.root ? 'r' : '.',
    it.cwd ? 'c' : '.',
    it.exe ? 'e' : '.',
    it.map && !it.exe ? 'm' : '.',
  ].join('')

function* killAll(
  sys: Sys,
  flags: Given,
  signal: number,
  found: readonly { readonly proc: Proc }[],
): Blocking<void> {
  for (const { proc } of found) {
    if (flags.interactive) {
      yield* sys.write(2, `Kill process ${proc.pid} ? (y/N) `)
      if (!/^[yY]/.test(decode(yield* sys.read(0, 1024)))) continue
    }
    try {
      yield* sys.kill(proc.pid, signal)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* sys.write(2, `Could not kill process ${proc.pid}: ${e.message}\n`)
    }
  }
}
