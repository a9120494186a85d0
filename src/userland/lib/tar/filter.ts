/** Passing an archive through a compression program. Linux: tar system.c, which forks it just so. */
import { type Blocking, Errno, type Sys } from '../../../abi/index.ts'
import { execvp, fatal, readAll, writeAll } from '../command.ts'

const LOST = 'Error is not recoverable: exiting now'

/** What starts a compressed archive, and the program for it. */
const MAGICS = [
  ['gzip', [0x1f, 0x8b]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0x5d, 0, 0]],
  ['compress', [0x1f, 0x9d]],
] as const

/** The program that expands this data; undefined if it is not compressed. */
export const expanderOf = (data: Uint8Array): string | undefined =>
  MAGICS.find(([, magic]) => magic.every((byte, i) => data[i] === byte))?.[0]

/** The program that --auto-compress finds in the archive's name. */
export function compressorOf(file: string): string | undefined {
  const endings = {
    gzip: /\.(t?gz|taz)$/,
    bzip2: /\.(bz2|tbz2?|tz2)$/,
    xz: /\.(t?xz|lzma|tlz)$/,
    lzip: /\.lz$/,
    zstd: /\.(t?zst)$/,
  }
  return Object.entries(endings).find(([, ending]) => ending.test(file))?.[0]
}

/** What a program made of an archive, and what to do when that was read: it dies if the program failed. */
export interface Expanded {
  readonly data: Uint8Array
  readonly isPipe: boolean
  finish(): Blocking<void>
}

/** The data as the program expands it. */
export function* expandThrough(
  sys: Sys,
  envp: readonly string[],
  command: string,
  data: Uint8Array,
): Blocking<Expanded> {
  const [readOut, writeOut] = sys.pipe2(0)
  const program = filter(sys, envp, [...command.split(' '), '-d'], data, writeOut, [readOut])
  sys.close(writeOut)
  const result = yield* readAll(sys, readOut)
  sys.close(readOut)
  return { data: result, isPipe: true, finish: () => reap(sys, program) }
}

/** Write the data compressed; the program writes to the descriptor itself. Dies when the program does. */
export function* compressInto(
  sys: Sys,
  envp: readonly string[],
  command: string,
  data: Uint8Array,
  fd: number,
): Blocking<void> {
  yield* reap(sys, filter(sys, envp, command.split(' '), data, fd, []))
}

/** The program, and who feeds it. */
interface Filter {
  readonly program: number
  readonly feeder: number
}

/** Run a program that reads the data and writes to `output`; it does not inherit `closing`. */
function filter(
  sys: Sys,
  envp: readonly string[],
  argv: readonly string[],
  data: Uint8Array,
  output: number,
  closing: readonly number[],
): Filter {
  const expands = argv.at(-1) === '-d'
  const [readIn, writeIn] = sys.pipe2(0)
  const program = sys.clone(0, function* (its): Blocking<number> {
    its.dup2(readIn, 0)
    if (output !== 1) its.dup2(output, 1)
    for (const fd of [readIn, writeIn, ...closing, ...(output > 2 ? [output] : [])]) its.close(fd)
    try {
      return yield* execvp(its, argv, envp)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      return yield* cannotExec(its, argv[0]!, e, expands)
    }
  })
  const feeder = sys.clone(0, function* (its): Blocking<number> {
    for (const fd of [readIn, ...closing]) its.close(fd)
    yield* feed(its, writeIn, data)
    return 0
  })
  sys.close(readIn)
  sys.close(writeIn)
  return { program, feeder }
}

function* reap(sys: Sys, { program, feeder }: Filter): Blocking<void> {
  const ended = yield* sys.wait4(program, 0)
  yield* sys.wait4(feeder, 0)
  const status = ended?.status ?? 0
  if (status & 0x7f) throw fatal(`Child died with signal ${status & 0x7f}\ntar: ${LOST}`)
  if (status) throw fatal(`Child returned status ${status >> 8}\ntar: ${LOST}`)
}

function* cannotExec(sys: Sys, program: string, errno: Errno, expand: boolean): Blocking<number> {
  const text = expand
    ? `tar (child): ${program}: Cannot exec: ${errno.message}\ntar (child): ${LOST}\n`
    : `/bin/sh: 1: ${program}: not found\n`
  yield* sys.write(2, text)
  return expand ? 2 : 127
}

/** The program may end before it has read everything. */
function* feed(sys: Sys, fd: number, data: Uint8Array): Blocking<void> {
  try {
    yield* writeAll(sys, fd, data)
  } catch {
    // Nobody reads any more.
  }
}
