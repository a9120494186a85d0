/** What xz does with its files. xz: main.c, coder.c, file_io.c, message.c. */
import {
  type Blocking,
  ELOOP,
  ENOENT,
  Errno,
  isDir,
  isReg,
  O_CREAT,
  O_EXCL,
  O_NOFOLLOW,
  O_NONBLOCK,
  O_RDONLY,
  O_WRONLY,
  type Stat,
  type Sys,
} from '../../../abi/index.ts'
import { type Process, readAll, readFile } from '../command.ts'
import { WriteError, writeAll } from '../output.ts'
import { aloneHeader, decodeAlone, encodeAlone } from './alone.ts'
import { describe, memoryToCompress, memoryToExpand } from './chain.ts'
import { decodeXz, encodeXz, isXz } from './container.ts'
import { unknownFormat, XzError } from './error.ts'
import { Listing } from './list.ts'
import { decodeLzma2, encodeLzma2 } from './lzma2.ts'
import type { Job } from './options.ts'
import { mebibytes, niceSize } from './sizes.ts'
import { compressedSuffix, expandedName, suffixFor } from './suffix.ts'
import { Window } from './window.ts'

/** CPU time of compressing and expanding a byte. */
const COST = { compress: 300, expand: 15 }

const ERROR = 1
const WARNING = 2
const VERBOSE = 3
const DEBUG = 4

interface Converted {
  readonly output: Uint8Array
  /** Why there is no more of it. */
  readonly broken?: XzError
}

export class Xz {
  readonly #sys: Sys
  readonly #me: Process
  readonly #program: string
  readonly #job: Job
  #status = 0

  constructor(sys: Sys, me: Process, program: string, job: Job) {
    this.#sys = sys
    this.#me = me
    this.#program = program
    this.#job = job
  }

  *run(): Blocking<number> {
    const job = this.#job
    const files = [...job.files]
    if (job.names) {
      const more = yield* this.#names(job.names.file, job.names.separator)
      if (!more) return this.#status
      files.push(...more)
    } else if (!files.length) files.push('-')
    if (job.mode === 'list') yield* this.#list(files)
    else if (yield* this.#prepare(files)) for (const name of files) yield* this.#convert(name)
    return this.#status === 2 && job.noWarn ? 0 : this.#status
  }

  *#message(level: number, text: string): Blocking<void> {
    if (this.#job.verbosity < level) return
    yield* this.#sys.write(2, `${this.#program}: ${text}\n`)
  }

  *#error(text: string): Blocking<void> {
    this.#status = 1
    yield* this.#message(ERROR, text)
  }

  *#warning(text: string): Blocking<void> {
    this.#status ||= 2
    yield* this.#message(WARNING, text)
  }

  *#names(file: string, separator: string): Blocking<string[] | undefined> {
    try {
      const text = yield* readFile(this.#sys, file === '-' ? '/dev/stdin' : file)
      return text.split(separator).filter(it => it)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* this.#error(`${file}: ${e.message}`)
      return undefined
    }
  }

  /** Things that are said, or refused, before the first file. */
  *#prepare(files: readonly string[]): Blocking<boolean> {
    const { mode, preset, limits, stdout, force } = this.#job
    const toStdout = stdout || files.includes('-')
    if (mode === 'compress' && toStdout && this.#sys.isatty(1)) {
      yield* this.#error('Compressed data cannot be written to a terminal')
      yield* this.#message(ERROR, `Try \`${this.#program} --help' for more information.`)
      return false
    }
    if (mode !== 'compress') {
      if (!files.includes('-') || !this.#sys.isatty(0) || force) return true
      yield* this.#error('Compressed data cannot be read from a terminal')
      yield* this.#message(ERROR, `Try \`${this.#program} --help' for more information.`)
      return false
    }
    const needed = mebibytes(memoryToCompress(preset))
    if (this.#job.format === 'raw') {
      yield* this.#message(WARNING, 'Using a preset in raw mode is discouraged.')
      yield* this.#message(WARNING, 'The exact options of the presets may vary between software versions.')
    }
    if (limits.compress && memoryToCompress(preset) > limits.compress) {
      yield* this.#error('Memory usage limit is too low for the given filter setup.')
      yield* this.#message(
        ERROR,
        `${needed} of memory is required. The limit is ${mebibytes(limits.compress)}.`,
      )
      return false
    }
    yield* this.#message(DEBUG, `Filter chain: ${describe(preset)}`)
    yield* this.#message(DEBUG, `${needed} of memory is required. The limiter is disabled.`)
    yield* this.#message(
      DEBUG,
      `Decompression will need ${mebibytes(memoryToExpand(preset.dict))} of memory.`,
    )
    return true
  }

  *#list(files: readonly string[]): Blocking<void> {
    const listing = new Listing(this.#me.out, this.#job.verbosity - 2, this.#job.robot, files.length)
    let listed = 0
    for (const name of files) {
      if (name === '-') {
        yield* this.#error('--list does not support reading from standard input')
        continue
      }
      const file = yield* this.#open(name, true)
      if (!file) continue
      const data = yield* readAll(this.#sys, file.fd)
      this.#sys.close(file.fd)
      try {
        listing.file(name, data)
        listed++
      } catch (e) {
        if (!(e instanceof XzError)) throw e
        yield* this.#error(`${name}: ${e.message}`)
      }
    }
    if (listed > 1 || this.#job.robot) listing.totals()
  }

  /** The file, if it is one that may be worked on. */
  *#open(name: string, anything: boolean): Blocking<{ fd: number; stat: Stat } | undefined> {
    const { force, keep } = this.#job
    const lenient = anything || force || keep
    let fd: number
    try {
      fd = yield* this.#sys.open(name, O_RDONLY | (lenient ? 0 : O_NOFOLLOW) | (anything ? 0 : O_NONBLOCK))
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      if (e === ELOOP && !lenient) yield* this.#warning(`${name}: Is a symbolic link, skipping`)
      else yield* this.#error(`${name}: ${e.message}`)
      return undefined
    }
    const stat = this.#sys.fstat(fd)
    const why = unsuitable(stat, anything, lenient)
    if (!why) return { fd, stat }
    yield* this.#warning(`${name}: ${why}, skipping`)
    this.#sys.close(fd)
    return undefined
  }

  *#convert(name: string): Blocking<void> {
    const { mode, stdout } = this.#job
    const isStdin = name === '-'
    const anything = stdout || mode === 'test'
    const file = isStdin ? { fd: 0, stat: undefined } : yield* this.#open(name, anything)
    if (!file) return
    const shown = isStdin ? '(stdin)' : name
    const elsewhere = isStdin || anything
    // Whether there is a name for the result is asked after the data was recognized.
    if (mode === 'compress' && !elsewhere && !(yield* this.#target(name))) return this.#sys.close(file.fd)
    const input = yield* readAll(this.#sys, file.fd)
    if (!isStdin) this.#sys.close(file.fd)
    const done = yield* this.#code(input, shown)
    if (!done) return
    if (mode !== 'test') {
      const isWritten = yield* this.#write(name, elsewhere, file.stat, done)
      if (!isWritten) return
    }
    if (done.broken) yield* this.#error(`${shown}: ${done.broken.message}`)
    else if (this.#job.verbosity >= VERBOSE) yield* this.#figures(shown, input.length, done.output.length)
  }

  *#figures(name: string, input: number, output: number): Blocking<void> {
    const [compressed, expanded] = this.#job.mode === 'compress' ? [output, input] : [input, output]
    const ratio = expanded ? compressed / expanded : 0
    const text = !expanded ? '' : ratio > 9.999 ? ' > 9.999' : ` = ${ratio.toFixed(3)}`
    yield* this.#sys.write(2, `${name}: ${niceSize(compressed)} / ${niceSize(expanded)}${text}\n`)
  }

  /** Where the result goes; undefined if the name does not fit. */
  *#target(name: string): Blocking<string | undefined> {
    const { mode, format, suffix } = this.#job
    if (mode === 'compress') {
      const found = compressedSuffix(name, format, suffix)
      if (found === undefined) return name + (suffix ?? suffixFor(format))
      yield* this.#warning(`${name}: File already has \`${found}' suffix, skipping`)
      return undefined
    }
    const target = expandedName(name, format, suffix)
    if (target === undefined) yield* this.#warning(`${name}: Filename has an unknown suffix, skipping`)
    return target
  }

  *#code(input: Uint8Array, shown: string): Blocking<Converted | undefined> {
    const { mode } = this.#job
    yield* this.#sys.burn(input.length * (mode === 'compress' ? COST.compress : COST.expand))
    if (mode === 'compress') return { output: this.#compress(input) }
    try {
      return yield* this.#expand(input, shown)
    } catch (e) {
      if (!(e instanceof XzError)) throw e
      const isKnown = isXz(input) || aloneHeader(input) || this.#job.format === 'raw'
      if (isKnown && e.message !== unknownFormat().message) return { output: e.partial, broken: e }
      yield* this.#error(`${shown}: ${e.message}`)
      return undefined
    }
  }

  #compress(input: Uint8Array): Uint8Array {
    const { format, preset, check, threads, blockSize, blockList } = this.#job
    if (format === 'lzma') return encodeAlone(input, preset)
    if (format === 'raw') return encodeLzma2(input, preset)
    const sized = threads !== 1
    const size = blockSize || (sized ? Math.max(preset.dict * 3, 2 ** 20) : 0)
    return encodeXz(input, preset, { check, blocks: blockList ?? (size ? [size] : []), sized })
  }

  *#expand(input: Uint8Array, shown: string): Blocking<Converted> {
    const { format, single, ignoreCheck, force, stdout, mode } = this.#job
    if (format === 'raw') {
      const window = new Window()
      decodeLzma2(input, 0, window)
      return { output: window.bytes }
    }
    if (format !== 'lzma' && isXz(input)) {
      const { data, unknown } = decodeXz(input, { single, ignoreCheck })
      if (unknown.length)
        yield* this.#warning(`${shown}: Unsupported type of integrity check; not verifying file integrity`)
      return { output: data }
    }
    if (format !== 'xz' && !isXz(input) && aloneHeader(input)) return { output: decodeAlone(input) }
    if (force && stdout && mode === 'decompress' && format !== 'lzma') return { output: input }
    throw unknownFormat()
  }

  *#write(name: string, elsewhere: boolean, stat: Stat | undefined, done: Converted): Blocking<boolean> {
    if (elsewhere || !stat) {
      try {
        yield* writeAll(this.#sys, 1, done.output)
        return true
      } catch (e) {
        const errno = e instanceof WriteError ? e.errno : e
        if (!(errno instanceof Errno)) throw e
        yield* this.#error(`(stdout): Write error: ${errno.message}`)
        return false
      }
    }
    const target = yield* this.#target(name)
    if (target === undefined || !(yield* this.#create(target, name, stat, done))) return false
    return true
  }

  *#create(target: string, name: string, stat: Stat, done: Converted): Blocking<boolean> {
    const sys = this.#sys
    const { force, keep } = this.#job
    try {
      if (force) removeOld(sys, target)
      const fd = yield* sys.open(target, O_WRONLY | O_CREAT | O_EXCL, 0o600)
      // What is not whole does not stay.
      if (!done.broken) yield* writeAll(sys, fd, done.output)
      sys.close(fd)
    } catch (e) {
      const errno = e instanceof WriteError ? e.errno : e
      if (!(errno instanceof Errno)) throw e
      yield* this.#error(`${target}: ${errno.message}`)
      return false
    }
    if (done.broken) sys.unlink(target)
    else {
      yield* this.#copyAttributes(target, stat)
      if (!keep) yield* this.#remove(name)
    }
    return true
  }

  *#copyAttributes(target: string, stat: Stat): Blocking<void> {
    const sys = this.#sys
    let mode = stat.mode & 0o777
    if (sys.geteuid() === 0) sys.chown(target, stat.uid, -1)
    try {
      sys.chown(target, -1, stat.gid)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* this.#warning(`${target}: Cannot set the file group: ${e.message}`)
      const common = ((mode & 0o070) >> 3) & (mode & 0o007)
      mode = (mode & 0o700) | (common << 3) | common
    }
    sys.chmod(target, mode)
    sys.utimensat(target, stat.atime, stat.mtime)
  }

  *#remove(name: string): Blocking<void> {
    try {
      this.#sys.unlink(name)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* this.#warning(`${name}: Cannot remove: ${e.message}`)
    }
  }
}

function removeOld(sys: Sys, path: string): void {
  try {
    sys.unlink(path)
  } catch (e) {
    if (e !== ENOENT) throw e
  }
}

/** Why a file is passed over. */
function unsuitable(stat: Stat, anything: boolean, lenient: boolean): string | undefined {
  if (isDir(stat)) return 'Is a directory'
  if (anything) return undefined
  if (!isReg(stat)) return 'Not a regular file'
  if (lenient) return undefined
  if (stat.mode & 0o6000) return 'File has setuid or setgid bit set'
  if (stat.mode & 0o1000) return 'File has sticky bit set'
  return stat.nlink > 1 ? 'Input file has more than one hard link' : undefined
}
