/** mapfile, also called readarray: the lines of a file become the elements of an array. Bash: builtins/mapfile.def. */
import { EINTR, SEEK_CUR, decode, type Blocking } from '../../abi/index.ts'
import { runSource } from '../exec/run.ts'
import { dieIfInterrupted } from '../exec/trap.ts'
import { conform, writable } from '../expand/assign.ts'
import { backslashQuote } from '../expand/quote.ts'
import { Complaint, isErrno, type Shell } from '../shell.ts'
import type { Variable } from '../variables.ts'
import { type Options, options } from './options.ts'

/** How often -C is called, if -c does not say. */
const QUANTUM = 5000

export function* mapfile(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, 'd:n:O:s:tu:C:c:')
  const fd = numberOf(given, 'u', 0, 'file descriptor specification')
  const most = numberOf(given, 'n', 0, 'line count') || Number.POSITIVE_INFINITY
  const origin = numberOf(given, 'O', 0, 'array origin')
  const skipped = numberOf(given, 's', 0, 'line count')
  const quantum = numberOf(given, 'c', QUANTUM, 'callback quantum')
  if (!quantum) throw new Complaint('0: invalid callback quantum', 1)
  const name = rest[0] ?? 'MAPFILE'
  if (!name) throw new Complaint('empty array variable name', 2)
  if (!/^[A-Za-z_]\w*$/.test(name)) throw new Complaint(`\`${name}': not a valid identifier`, 1)
  checkDescriptor(sh, fd)
  const variable = writable(sh, name)
  const array = arrayOf(variable, name, given.has('O'))
  const delimiter = given.has('d') ? (given.get('d')![0] ?? '\0') : '\n'
  const lines = yield* readLines(sh, fd, delimiter, skipped + most)
  for (const [i, line] of lines.slice(skipped).entries()) {
    const ended = line.endsWith(delimiter)
    const text = (ended ? line.slice(0, -1) : line).replace(/\0.*/s, '')
    const value = ended && !given.has('t') && delimiter !== '\0' ? text + delimiter : text
    if (given.has('C') && (i + 1) % quantum === 0)
      yield* runSource(sh, `${given.get('C')} ${origin + i} ${backslashQuote(value)}`, sh.line)
    array[origin + i] = conform(sh, variable, value)
  }
  return 0
}

function numberOf(given: Options['given'], letter: string, missing: number, what: string): number {
  const text = given.get(letter)
  if (text === undefined) return missing
  if (!/^\s*\+?\d+\s*$/.test(text)) throw new Complaint(`${text}: invalid ${what}`, 1)
  return Number(text)
}

function checkDescriptor(sh: Shell, fd: number): void {
  try {
    sh.sys.fcntl(fd, 1)
  } catch {
    throw new Complaint(`${fd}: invalid file descriptor: Bad file descriptor`, 1)
  }
}

/** The array to fill, empty unless it is to be kept. */
function arrayOf(variable: Variable, name: string, isKept: boolean): string[] {
  if (variable.value instanceof Map) throw new Complaint(`${name}: not an indexed array`, 1)
  variable.blank = false
  const array: string[] = isKept && Array.isArray(variable.value) ? variable.value : []
  variable.value = array
  return array
}

/** At most so many lines, with their delimiters; what follows them is left to who reads next. */
function* readLines(sh: Shell, fd: number, delimiter: string, most: number): Blocking<string[]> {
  const end = delimiter.charCodeAt(0)
  const isSeekable = canSeek(sh, fd)
  const size = Number.isFinite(most) && !isSeekable ? 1 : 65536
  const lines: string[] = []
  let line: number[] = []
  for (let bytes = yield* readSome(sh, fd, size); bytes.length; bytes = yield* readSome(sh, fd, size)) {
    for (const [i, byte] of bytes.entries()) {
      line.push(byte)
      if (byte !== end) continue
      lines.push(decode(Uint8Array.from(line)))
      line = []
      if (lines.length < most) continue
      if (isSeekable) sh.sys.lseek(fd, i + 1 - bytes.length, SEEK_CUR)
      return lines
    }
  }
  if (line.length) lines.push(decode(Uint8Array.from(line)))
  return lines
}

function canSeek(sh: Shell, fd: number): boolean {
  try {
    sh.sys.lseek(fd, 0, SEEK_CUR)
    return true
  } catch {
    return false
  }
}

/** What cannot be read is taken for empty. */
function* readSome(sh: Shell, fd: number, size: number): Blocking<Uint8Array> {
  for (;;) {
    try {
      return yield* sh.sys.read(fd, size)
    } catch (e) {
      if (!isErrno(e)) throw e
      if (e !== EINTR) return new Uint8Array()
      yield* dieIfInterrupted(sh)
    }
  }
}
