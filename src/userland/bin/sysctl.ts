/**
 * sysctl - configure kernel parameters at runtime
 * Linux: procps-ng src/sysctl.c; sysctl(8). Every parameter is a file below /proc/sys.
 */
import {
  type Blocking,
  EACCES,
  EINVAL,
  ENOENT,
  EPERM,
  EROFS,
  Errno,
  isDir,
  O_WRONLY,
  type Sys,
} from '../../abi/index.ts'
import {
  command,
  type Flags,
  type Options,
  type Process,
  readDir,
  readFile,
  writeFile,
} from '../lib/command.ts'
import { compileRegex } from '../lib/regex.ts'

const HELP = `
Usage:
 sysctl [options] [variable[=value] ...]

Options:
  -a, --all            display all variables
  -A                   alias of -a
  -X                   alias of -a
      --deprecated     include deprecated parameters to listing
      --dry-run        Print the key and values but do not write
  -b, --binary         print value without new line
  -e, --ignore         ignore unknown variables errors
  -N, --names          print variable names without values
  -n, --values         print only values of the given variable(s)
  -p, --load[=<file>]  read values from file
  -f                   alias of -p
      --system         read values from all system directories
  -r, --pattern <expression>
                       select setting that match expression
  -q, --quiet          do not echo variable set
  -w, --write          enable writing a value to variable
  -o                   does nothing
  -x                   does nothing
  -d                   alias of -h

 -h, --help     display this help and exit
 -V, --version  output version information and exit

For more details see sysctl(8).
`
const ROOT = '/proc/sys/'

const OPTIONS = {
  all: { short: 'aAX' },
  deprecated: {},
  dryRun: {},
  binary: { short: 'b' },
  ignore: { short: 'e' },
  names: { short: 'N' },
  values: { short: 'n' },
  load: { short: 'pf', value: '[=<file>]' },
  system: {},
  pattern: { short: 'r', value: '<expression>' },
  quiet: { short: 'q' },
  write: { short: 'w' },
  o: {},
  x: {},
  d: { short: 'dh' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

/** Where --system looks, first come first served for files of the same name. */
const DIRECTORIES = [
  '/etc/sysctl.d',
  '/run/sysctl.d',
  '/usr/local/lib/sysctl.d',
  '/usr/lib/sysctl.d',
  '/lib/sysctl.d',
]

export default command({
  name: 'sysctl',
  summary: 'configure kernel parameters at runtime',
  suite: 'procps',
  usage: 'sysctl [options] [variable[=value] ...]',
  help: HELP,
  wrongStatus: 0,
  options: OPTIONS,
  // "-p" takes its file from the next word, which getopt would not do for an optional value.
  obsolete: args =>
    args.flatMap((arg, i) =>
      /^-\w*[pf]$/.test(args[i - 1] ?? '') && (arg === '-' || !arg.startsWith('-'))
        ? [`--load=${arg}`]
        : [arg],
    ),

  *main(sys, flags, args, me) {
    if (flags.d) {
      me.out.print(HELP)
      return 0
    }
    if (flags.all) return yield* showTree(sys, me, flags, ROOT)
    if (flags.system) return yield* loadSystem(sys, me, flags)
    if (flags.load !== undefined) return yield* load(sys, me, flags, flags.load || '/etc/sysctl.conf')
    if (!args.length) return yield* nothing(sys, me, flags)
    let status = 0
    for (const arg of args) status = Math.max(status, yield* one(sys, me, flags, arg))
    return status
  },
})

function* nothing(sys: Sys, me: Process, flags: Given): Blocking<number> {
  const asked = me.order.length > 0 && !(flags.o || flags.x)
  if (!asked && !flags.x) me.out.print(HELP)
  else
    yield* sys.write(
      2,
      `${me.name}: no variables specified\nTry \`${me.name} --help' for more information.\n`,
    )
  return 1
}

/** `net.ipv4.ip_forward` and `net/ipv4/ip_forward` are the same; whichever separator comes first is it. */
function pathOf(name: string): string {
  const first = /[./]/.exec(name)?.[0]
  if (first === '/') return ROOT + name
  return ROOT + name.replace(/[./]/g, c => (c === '.' ? '/' : '.'))
}

const nameOf = (path: string): string =>
  path.slice(ROOT.length).replace(/[./]/g, c => (c === '/' ? '.' : '/'))

function* one(sys: Sys, me: Process, flags: Given, arg: string): Blocking<number> {
  const equals = arg.indexOf('=')
  if (equals >= 0)
    return yield* set(sys, me, flags, arg.slice(0, equals).trim(), arg.slice(equals + 1).trim(), false)
  if (!flags.write) return yield* show(sys, me, flags, pathOf(arg))
  yield* warn(me, 'command line(0): invalid syntax, continuing...')
  return 1
}

function* show(sys: Sys, me: Process, flags: Given, path: string): Blocking<number> {
  if (/^\/proc\/sys\/+$/.test(path)) {
    yield* warn(me, `Path is not under ${ROOT}: ${path}`)
    return 255
  }
  try {
    if (isDir(sys.stat(path))) return yield* showTree(sys, me, flags, `${path.replace(/\/$/, '')}/`)
  } catch (e) {
    if (e !== ENOENT) throw e
    if (flags.ignore) return 0
    yield* warn(me, `cannot stat ${path}: No such file or directory`)
    return 1
  }
  return yield* showFile(sys, me, flags, path)
}

function* showFile(sys: Sys, me: Process, flags: Given, path: string): Blocking<number> {
  const name = nameOf(path)
  // What can only be written (vm.drop_caches) is passed over.
  if (!(sys.stat(path).mode & 0o400)) return 0
  if (flags.names) {
    me.out.line(name)
    return 0
  }
  let text: string
  try {
    text = yield* readFile(sys, path)
  } catch (e) {
    return yield* unreadable(me, flags, name, e)
  }
  if (flags.binary) me.out.print(text.replace(/\n$/, ''))
  else if (flags.values) me.out.line(text.replace(/\n$/, ''))
  else for (const line of text.replace(/\n$/, '').split('\n')) me.out.line(`${name} = ${line}`)
  yield* me.out.drain()
  return 0
}

function* unreadable(me: Process, flags: Given, name: string, e: unknown): Blocking<number> {
  if (!(e instanceof Errno)) throw e
  if (flags.all && (e === EACCES || e === EPERM)) yield* warn(me, `permission denied on key '${name}'`)
  else if (e === EACCES || e === EPERM) yield* warn(me, `permission denied on key '${name}'`)
  else yield* warn(me, `reading key "${name}"`, e)
  return e === EACCES ? 0 : 1
}

/** Everything below a directory, in the order of names; files that only root may write are not shown. */
function* showTree(sys: Sys, me: Process, flags: Given, dir: string): Blocking<number> {
  let entries: readonly { name: string; type: number }[]
  try {
    entries = yield* readDir(sys, dir)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* warn(me, `unable to open directory "${dir}"`)
    return 1
  }
  const wanted = flags.pattern === undefined ? undefined : compileRegex(flags.pattern, { extended: true })
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const { name } of sorted) {
    const path = dir + name
    const stat = sys.stat(path)
    if (isDir(stat)) yield* showTree(sys, me, flags, `${path}/`)
    else if (stat.mode & 0o444 && (!wanted || wanted.test(nameOf(path))))
      yield* showFile(sys, me, flags, path)
  }
  return 0
}

function* set(
  sys: Sys,
  me: Process,
  flags: Given,
  key: string,
  value: string,
  lenient: boolean,
): Blocking<number> {
  const path = pathOf(key)
  const name = nameOf(path)
  if (flags.dryRun) return yield* written(me, flags, name, value)
  try {
    if (!(sys.stat(path).mode & 0o200)) {
      yield* warn(me, `setting key "${name}"`, EINVAL)
      return 0
    }
    yield* writeFile(sys, path, `${value}\n`, O_WRONLY)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return yield* notSet(me, flags, path, name, e, lenient)
  }
  return yield* written(me, flags, name, value)
}

/** What was set is said at once, so that it stands before later complaints. */
function* written(me: Process, flags: Given, name: string, value: string): Blocking<number> {
  if (!flags.quiet) me.out.line(flags.names ? name : flags.values ? value : `${name} = ${value}`)
  yield* me.out.flush()
  return 0
}

function* notSet(
  me: Process,
  flags: Given,
  path: string,
  name: string,
  e: Errno,
  lenient: boolean,
): Blocking<number> {
  if (e === ENOENT) {
    if (flags.ignore) return 0
    yield* warn(me, `cannot stat ${path}: No such file or directory`)
  } else if (e === EACCES || e === EPERM || e === EROFS)
    yield* warn(me, `permission denied on key "${name}"${lenient ? ', ignoring' : ''}`)
  else yield* warn(me, `setting key "${name}"${lenient ? ', ignoring' : ''}`, e)
  return lenient ? 0 : 1
}

function* load(sys: Sys, me: Process, flags: Given, file: string): Blocking<number> {
  let text: string
  try {
    text = yield* readFile(sys, file === '-' ? '/dev/stdin' : file)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* warn(me, `cannot open "${file}"`, e)
    return 1
  }
  let status = 0
  const settings: (readonly [key: string, value: string, lenient: boolean])[] = []
  const lines = text.split('\n')
  for (let n = 0; n < lines.length; n++) {
    const line = lines[n]!.trim()
    if (!line || line.startsWith('#') || line.startsWith(';')) continue
    const equals = line.indexOf('=')
    if (equals < 0) yield* warn(me, `${file}(${n + 1}): invalid syntax, continuing...`)
    else {
      const key = line.slice(0, equals).trim()
      settings.push([key.replace(/^-/, ''), line.slice(equals + 1).trim(), key.startsWith('-')])
    }
  }
  for (const [key, value, lenient] of settings)
    status = Math.max(status, yield* set(sys, me, flags, key, value, lenient))
  return status
}

function* loadSystem(sys: Sys, me: Process, flags: Given): Blocking<number> {
  const files = new Map<string, string>()
  for (const dir of DIRECTORIES)
    for (const name of yield* confFiles(sys, dir)) if (!files.has(name)) files.set(name, `${dir}/${name}`)
  let status = 0
  const ordered = [...files.keys()].sort().map(name => files.get(name)!)
  for (const file of [...ordered, '/etc/sysctl.conf']) {
    if (!flags.quiet) me.out.line(`* Applying ${file} ...`)
    status = Math.max(status, yield* load(sys, me, flags, file))
  }
  return status
}

function* confFiles(sys: Sys, dir: string): Blocking<string[]> {
  try {
    return (yield* readDir(sys, dir)).map(it => it.name).filter(name => name.endsWith('.conf'))
  } catch (e) {
    if (e instanceof Errno) return []
    throw e
  }
}

/** error(3) writes what standard output holds first. */
function* warn({ out, warn: say }: Process, text: string, errno?: unknown): Blocking<void> {
  yield* out.flush()
  yield* say(text, errno)
}
