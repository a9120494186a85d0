/**
 * What every command is made of: a description (options are data) and a main function become a program, with
 * option parsing, --help, --version, error messages and exit statuses as the originals have them.
 * Linux: glibc's _start, err(3) and error(3); gnulib's error.c, version-etc.c, close-stdout.c.
 */
import {
  type Blocking,
  ENOENT,
  Errno,
  EACCES,
  EBADF,
  ENOTDIR,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
  O_CREAT,
  decode,
  type Program,
  type Sys,
} from '../../abi/index.ts'
import { type Flags, type Given, GetoptError, getopt, type Option, type Options } from './getopt.ts'
import { Heap } from './heap.ts'
import { helpText, programName } from './help.ts'
import { concat, type Output, stdout, WriteError, writeAll } from './output.ts'

export type { Flags, Given, Options } from './getopt.ts'
export { Output, stdout, WriteError, writeAll } from './output.ts'

/** Which package a command comes from: its conventions for names in messages, help and version. */
export type Suite =
  | 'coreutils'
  | 'util-linux'
  | 'procps'
  | 'findutils'
  | 'grep'
  | 'sed'
  | 'diffutils'
  | 'other'

/** What a main function gets besides options and operands. */
export interface Process<K extends string = string> {
  /** How messages begin: argv[0] as GNU programs have it, its last component as util-linux has it. */
  readonly name: string
  readonly argv: readonly string[]
  readonly envp: readonly string[]
  readonly env: ReadonlyMap<string, string>
  readonly out: Output
  /** The options in the order they were given. */
  readonly order: readonly Given<K>[]
  /** Print `name: text` on standard error, after what standard output holds; with an errno also `: reason`. */
  warn(text: string, errno?: unknown): Blocking<void>
}

export interface Spec<O extends Options> {
  readonly name: string
  /** Further names of the same program. */
  readonly aliases?: readonly string[]
  readonly summary: string
  /** Without `Usage: `; several lines are alternatives. The first word is the name. */
  readonly usage: string | readonly string[]
  readonly options?: O
  readonly suite?: Suite
  /** `GNU coreutils`-like packages say who wrote it in --version. */
  readonly authors?: string
  /** Exact text of --help, instead of the generated one; `%s` stands for the program's name, or a function of it. */
  readonly help?: string | ((name: string) => string)
  /** What precedes the line about --help after a wrong option. */
  readonly hint?: (sys: Sys, args: readonly string[], name: string) => string
  /** What follows getopt's message, instead of the line about --help. */
  readonly wrongUsage?: string
  /** getopt's own message is not printed (opterr = 0). */
  readonly silentGetopt?: boolean
  /** What the generated help says after the options. */
  readonly epilogue?: string
  /** Exact text of --version; false where there is no such option. */
  readonly version?: string | false
  /** Stop at the first operand, as getopt does for an option string that begins with `+`. */
  readonly stopAtOperand?: boolean
  /** What is done about an option as soon as it is read: it comes before complaints about those behind it. */
  readonly onOption?: (sys: Sys, given: Given) => Blocking<void>
  /** Exit status of a failure; 1 if not given. */
  readonly failure?: number
  /** Exit status after a wrong option; that of a failure if not given. */
  readonly wrongStatus?: number
  /**
   * The message when standard output cannot be written: undefined where nobody looks, '' for a failure without words.
   * If not given, what the close_stdout() of the suite says.
   */
  readonly writeFailure?: (name: string, errno: Errno) => string | undefined
  /** Exit status then; that of a failure if not given. */
  readonly writeStatus?: number
  /** Said, after all else, of a standard input that was read and turns out to be closed. */
  readonly closesStdin?: string
  /** No option parsing at all: `args` is everything after argv[0]. */
  readonly raw?: boolean
  /** With `raw`: --help and --version are known when they stand alone; with a text only under that name. */
  readonly helpAlone?: boolean | string
  /** Rewrites obsolete forms (`head -5`) before the options are parsed. */
  readonly obsolete?: (
    args: readonly string[],
    env: ReadonlyMap<string, string>,
    name: string,
  ) => readonly string[]
  main(
    sys: Sys,
    flags: Flags<O>,
    args: string[],
    me: Process<Extract<keyof O, string>>,
  ): Blocking<number | undefined | void>
}

/** A program with the description it was made from. */
export type Command = Program & { readonly names: readonly string[]; readonly spec: Spec<Options> }

/** Packages whose messages do not wait for standard output: err(3) and their own, against gnulib's error(). */
const UNFLUSHED: ReadonlySet<Suite> = new Set(['util-linux', 'procps', 'sed', 'other'])

/** CPU time that starting a dynamically linked program takes: ld.so, locale, stdio. */
const STARTUP = 100_000

/** Make a program of a description. */
export function command<const O extends Options>(spec: Spec<O>): Command {
  function* program(sys: Sys, argv: readonly string[], envp: readonly string[]): Blocking<number> {
    const argv0 = argv[0] ?? spec.name
    const name = spec.suite === 'util-linux' || spec.suite === 'procps' ? basenameOf(argv0) : argv0
    const flushes = !UNFLUSHED.has(spec.suite ?? 'coreutils')
    const spell = isUtf8(environment(envp)) ? asIs : plainQuotes
    const writeFailure = spec.writeFailure ?? (spec.suite === 'util-linux' ? unlessClosed : writeError)
    const body = run(sys, spec, name, argv, envp)
    const failure = spec.failure ?? 1
    const { writeStatus = failure } = spec
    return yield* dying(sys, name, body, { failure, flushes, spell, writeFailure, writeStatus })
  }
  return Object.assign(program, {
    names: [spec.name, ...(spec.aliases ?? [])],
    spec: spec as unknown as Spec<Options>,
  })
}

const basenameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const HELP: Option = { help: 'display this help and exit' }
const VERSION: Option = { help: 'output version information and exit' }

/** The options of a command together with --help and --version, which every command has. */
export function allOptions(spec: Spec<Options>): Options {
  if (spec.suite !== 'util-linux' && spec.suite !== 'procps')
    return {
      ...spec.options,
      help: spec.options?.help ?? HELP,
      ...(spec.version !== false && { version: spec.options?.version ?? VERSION }),
    }
  const used = Object.values(spec.options ?? {}).map(option => option.short ?? '')
  const short = (letter: string): Option => (used.includes(letter) ? {} : { short: letter })
  const help = spec.suite === 'util-linux' ? { ...short('h'), help: 'display this help' } : HELP
  const version = { ...short('V'), help: spec.suite === 'util-linux' ? 'display version' : VERSION.help! }
  return { help, version, ...spec.options, ...(spec.options?.help && { help: spec.options.help }) }
}

const optionsOf = new WeakMap<object, Options>()
function cachedOptions(spec: Spec<Options>): Options {
  let options = optionsOf.get(spec)
  if (!options) optionsOf.set(spec, (options = allOptions(spec)))
  return options
}

function* run<O extends Options>(
  sys: Sys,
  spec: Spec<O>,
  name: string,
  argv: readonly string[],
  envp: readonly string[],
): Blocking<number> {
  yield* sys.burn(STARTUP)
  const any = spec as unknown as Spec<Options>
  const env = environment(envp)
  const out = stdout(sys)
  const base = { name, argv, envp, env, out }
  const flushes = !UNFLUSHED.has(spec.suite ?? 'coreutils')
  const spell = isUtf8(env) ? asIs : plainQuotes
  const warn = (text: string, errno?: unknown) => complain(sys, name, spell(text), errno, flushes)
  const rest = spec.obsolete ? spec.obsolete(argv.slice(1), env, name) : argv.slice(1)
  const knowsHelp = spec.helpAlone === true || spec.helpAlone === basenameOf(argv[0] ?? '')
  if (spec.raw && knowsHelp && rest.length === 1 && (rest[0] === '--help' || rest[0] === '--version')) {
    out.print(rest[0] === '--help' ? helpText(any, name, cachedOptions(any)) : versionText(any, name))
    return spec.name === 'false' ? 1 : 0
  }
  if (spec.raw) return (yield* any.main(sys, {}, [...rest], { ...base, order: [], warn })) ?? 0

  const options = cachedOptions(any)
  const stopAtOperand = (spec.stopAtOperand ?? false) || env.has('POSIXLY_CORRECT')
  const read: Given[] = []
  let parsed: ReturnType<typeof getopt>
  try {
    parsed = getopt(options, rest, { stopAtOperand }, read)
  } catch (e) {
    if (!(e instanceof GetoptError)) throw e
    if (spec.onOption) for (const it of read) yield* spec.onOption(sys, it)
    if (!spec.silentGetopt) yield* writeAll(sys, 2, `${argv[0] ?? name}: ${e.message}\n`)
    return yield* refuse(sys, any, name, rest)
  }
  const { flags, args, order } = parsed
  const asked = order.find(it => (it.key === 'help' || it.key === 'version') && !spec.options?.[it.key])
  if (asked)
    out.print(asked.key === 'help' ? helpText(any, name, cachedOptions(any)) : versionText(any, name))
  if (asked) return 0
  if (spec.onOption) for (const it of order) yield* spec.onOption(sys, it)
  const status = (yield* any.main(sys, flags, args, { ...base, order, warn })) ?? 0
  if (spec.closesStdin === undefined || !wasRead.has(sys) || !isClosed(sys, 0)) return status
  yield* warn(spec.closesStdin, EBADF)
  return spec.failure ?? 1
}

const wasRead = new WeakSet<Sys>()

/** Standard input was wanted: at the end it is looked at again. have_read_stdin of many coreutils. */
export function readStdin(sys: Sys): 0 {
  wasRead.add(sys)
  return 0
}

function isClosed(sys: Sys, fd: number): boolean {
  try {
    sys.fstat(fd)
    return false
  } catch (e) {
    return e === EBADF
  }
}

/** After a message about the command line: where to find help. procps prints the help itself. */
function* refuse(sys: Sys, spec: Spec<Options>, name: string, args: readonly string[]): Blocking<number> {
  const text =
    spec.wrongUsage ?? (spec.suite === 'procps' ? helpText(spec, name, cachedOptions(spec)) : tryHelp(name))
  yield* writeAll(sys, 2, (spec.hint?.(sys, args, name) ?? '') + text)
  return spec.wrongStatus ?? spec.failure ?? 1
}

const tryHelp = (name: string): string => `Try '${name} --help' for more information.\n`

const PACKAGES: Partial<Record<Suite, string>> = {
  coreutils: 'GNU coreutils) 9.1',
  findutils: 'GNU findutils) 4.9.0',
  grep: 'GNU grep) 3.8',
  sed: 'GNU sed) 4.9',
  diffutils: 'GNU diffutils) 3.8',
}
const LICENSE = `Copyright (C) 2022 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <https://gnu.org/licenses/gpl.html>.
This is free software: you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.
`

function versionText(spec: Spec<Options>, name: string): string {
  if (spec.version) return spec.version
  if (spec.suite === 'util-linux') return `${name} from util-linux 2.38.1\n`
  if (spec.suite === 'procps') return `${name} from procps-ng 4.0.2\n`
  const authors = spec.authors ? `\nWritten by ${spec.authors}.\n` : ''
  return `${programName(spec, name)} (${PACKAGES[spec.suite ?? 'coreutils'] ?? 'Vitrine)'}\n${LICENSE}${authors}`
}

/** envp as a map; the first of two equal names wins, as with getenv(3). */
function environment(envp: readonly string[]): Map<string, string> {
  const env = new Map<string, string>()
  for (const entry of envp) {
    const equals = entry.indexOf('=')
    if (equals > 0 && !env.has(entry.slice(0, equals)))
      env.set(entry.slice(0, equals), entry.slice(equals + 1))
  }
  return env
}

// ---- Failing

/** Whether the locale of an environment has the characters ‘ and ’. setlocale(3): LC_ALL, LC_CTYPE, LANG. */
function isUtf8(env: ReadonlyMap<string, string>): boolean {
  const locale = env.get('LC_ALL') || env.get('LC_CTYPE') || env.get('LANG') || 'C'
  return /utf-?8/i.test(locale)
}

/** How a message is spelled. gnulib: gettext_quote gives ' for both quotes outside UTF-8. */
const asIs = (text: string): string => text
const plainQuotes = (text: string): string => text.replace(/[‘’]/g, "'")

/** An error that ends the program: err(3)'s message and the status. `usage` adds the line about --help. */
export class Fatal {
  readonly message: string
  readonly status: number | undefined
  readonly usage: boolean
  constructor(message: string, status: number | undefined, usage: boolean) {
    this.message = message
    this.status = status
    this.usage = usage
  }
}

/** What to throw to end the program with `prog: what: reason`. Anything but an Errno is thrown on as it is. */
export function fatal(what: string, errno?: unknown, status?: number): unknown {
  if (errno === undefined) return new Fatal(what, status, false)
  return errno instanceof Errno ? new Fatal(`${what}: ${errno.message}`, status, false) : errno
}

/** What to throw for a wrong command line: `prog: what`, then the line about --help. `''` prints that line only. */
export const usage = (what: string, status?: number): Fatal => new Fatal(what, status, true)

/** Do `act`, a plain or a blocking call; if the kernel refuses, die as err(3) does: `prog: what: reason`. */
export function must<T>(what: string, act: Blocking<T>): Blocking<T>
export function must<T>(what: string, act: () => T): T
export function must<T>(what: string, act: Blocking<T> | (() => T)): Blocking<T> | T {
  if (typeof act !== 'function') return mustBlock(what, act)
  try {
    return act()
  } catch (e) {
    throw fatal(what, e)
  }
}

function* mustBlock<T>(what: string, act: Blocking<T>): Blocking<T> {
  try {
    return yield* act
  } catch (e) {
    throw fatal(what, e)
  }
}

/** `prog: write error: reason`. gnulib: close_stdout(). */
const writeError = (name: string, errno: Errno): string => `${name}: write error: ${errno.message}\n`

/** util-linux takes a closed standard output for one that nobody wants. include/closestream.h */
const unlessClosed = (name: string, errno: Errno): string | undefined =>
  errno === EBADF ? undefined : writeError(name, errno)

/** Of programs that write line by line: when they end the reason is forgotten. "errno = 0" - close_stream() */
export const byLine = (name: string, errno: Errno): string =>
  errno === EBADF ? writeError(name, errno) : `${name}: write error\n`

/** Of programs that do not ask whether their output was written. */
export const unheeded = (): undefined => undefined

/** How a program ends that has to. */
interface Ending {
  readonly failure: number
  readonly flushes: boolean
  readonly spell: (text: string) => string
  readonly writeFailure: (name: string, errno: Errno) => string | undefined
  readonly writeStatus: number
}

const GNU: Ending = { failure: 1, flushes: true, spell: asIs, writeFailure: writeError, writeStatus: 1 }

/** What _start and exit(3) do around main: a failure becomes a message and a status, stdout is flushed. */
export function* dying(sys: Sys, name: string, body: Blocking<number>, ending = GNU): Blocking<number> {
  const { failure, flushes, spell } = ending
  let status: number
  try {
    status = yield* body
  } catch (e) {
    if (e instanceof WriteError) return yield* writeFailed(sys, name, e, ending, 0)
    if (!(e instanceof Fatal)) throw e
    status = e.status ?? failure
    const message = e.message ? `${name}: ${spell(e.message)}\n` : ''
    yield* complainRaw(sys, message + (e.usage ? tryHelp(name) : ''), flushes)
  }
  try {
    yield* stdout(sys).flush()
  } catch (e) {
    if (!(e instanceof WriteError)) throw e
    return yield* writeFailed(sys, name, e, ending, status & 0xff)
  }
  return status & 0xff
}

function* writeFailed(
  sys: Sys,
  name: string,
  e: WriteError,
  { writeStatus, writeFailure }: Ending,
  status: number,
): Blocking<number> {
  const text = writeFailure(name, e.errno)
  if (text === undefined) return status
  yield* complainRaw(sys, text)
  return writeStatus
}

/** Standard error is not buffered, and nobody is told when it cannot be written. */
function* complainRaw(sys: Sys, text: string, flushes = true): Blocking<void> {
  try {
    const out = stdout(sys)
    if (flushes || out.isTty) yield* out.flush()
    yield* sys.write(2, text)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}

/** error(3) with status 0: print `name: text`, with an errno also `: reason`, and go on. */
function* complain(sys: Sys, name: string, text: string, errno?: unknown, flushes = true): Blocking<void> {
  if (errno !== undefined && !(errno instanceof Errno)) throw errno
  yield* complainRaw(sys, `${name}: ${text}${errno ? `: ${errno.message}` : ''}\n`, flushes)
}

// ---- Processes

/** fork(2), as far as a generator can: the child runs `child` and exits with what it returns. Gives the pid. */
export const fork = (sys: Sys, name: string, child: (sys: Sys) => Blocking<number>): number =>
  sys.clone(0, its => dying(its, name, child(its)))

const DEFAULT_PATH = '/bin:/usr/bin'

/** execvp(3): replace the program by argv, looked for in $PATH. Throws the Errno that explains best why not. */
export function* execvp(sys: Sys, argv: readonly string[], envp: readonly string[]): Blocking<never> {
  const name = argv[0] ?? ''
  if (name.includes('/')) return yield* sys.execve(name, argv, envp)
  if (!name) throw ENOENT
  const path = envp.find(entry => entry.startsWith('PATH='))?.slice(5) ?? DEFAULT_PATH
  let refused: Errno = ENOENT
  for (const dir of path.split(':')) {
    try {
      return yield* sys.execve(`${dir || '.'}/${name}`, argv, envp)
    } catch (e) {
      if (e === EACCES) refused = EACCES
      else if (e !== ENOENT && e !== ENOTDIR) throw e
    }
  }
  throw refused
}

// ---- Files

/** Everything a descriptor still gives. */
export function* readAll(sys: Sys, fd: number): Blocking<Uint8Array> {
  const chunks: Uint8Array[] = []
  const heap = new Heap(sys)
  for (;;) {
    const chunk = yield* sys.read(fd, 65536)
    if (!chunk.length) return chunks.length ? concat(chunks) : chunk
    chunks.push(chunk)
    yield* heap.keep(chunk.length)
  }
}

/** Standard input, as those read it who take a closed one for an empty one. */
export function* readIfOpen(sys: Sys): Blocking<Uint8Array> {
  return isClosed(sys, 0) ? new Uint8Array(0) : yield* readAll(sys, 0)
}

/** The contents of a file, as bytes. */
export function* readBytes(sys: Sys, path: string): Blocking<Uint8Array> {
  const fd = yield* sys.open(path, O_RDONLY)
  let bytes: Uint8Array
  try {
    bytes = yield* readAll(sys, fd)
  } catch (e) {
    sys.close(fd)
    throw e
  }
  sys.close(fd)
  return bytes
}

/** The contents of a file, as text. */
export function* readFile(sys: Sys, path: string): Blocking<string> {
  return decode(yield* readBytes(sys, path))
}

/** Write a file with one write(2), as the files of /proc and /sys need it; made and truncated like `>` does. */
export function* writeFile(
  sys: Sys,
  path: string,
  data: string | Uint8Array,
  flags = O_WRONLY | O_CREAT | O_TRUNC,
): Blocking<void> {
  const fd = yield* sys.open(path, flags, 0o666)
  try {
    yield* sys.write(fd, data)
  } catch (e) {
    sys.close(fd)
    throw e
  }
  sys.close(fd)
}

export interface DirectoryEntry {
  readonly name: string
  readonly type: number
  readonly ino: number
}

/** The entries of a directory in its own order, without `.` and `..`. */
export function* readDir(sys: Sys, path: string): Blocking<readonly DirectoryEntry[]> {
  const { fd, entries } = yield* openDir(sys, path)
  sys.close(fd)
  return entries.filter(it => it.name !== '.' && it.name !== '..')
}

/** As readDir, but the directory stays open: /proc/self/fd shows it; and `.` and `..` are there if they are. */
export function* openDir(
  sys: Sys,
  path: string,
): Blocking<{ fd: number; entries: readonly DirectoryEntry[] }> {
  const fd = yield* sys.open(path, O_RDONLY | 0o200000)
  const all: DirectoryEntry[] = []
  try {
    for (;;) {
      const some = sys.getdents(fd)
      if (!some.length) break
      for (const it of some) all.push(it)
    }
  } catch (e) {
    sys.close(fd)
    throw e
  }
  return { fd, entries: all }
}
