/**
 * cat - concatenate files and print on the standard output
 * https://www.gnu.org/software/coreutils/manual/html_node/cat-invocation.html
 */
import { type Blocking, Errno, isReg, O_RDONLY, SEEK_CUR, type Stat, type Sys } from '../../abi/index.ts'
import { command, type Flags, must, readStdin, WriteError, writeAll } from '../lib/command.ts'
import { quotef } from '../lib/quote.ts'

const OPTIONS = {
  showAll: { short: 'A', help: 'equivalent to -vET' },
  numberNonblank: { short: 'b', help: 'number nonempty output lines, overrides -n' },
  e: { help: 'equivalent to -vE' },
  showEnds: { short: 'E', help: 'display $ at end of each line' },
  number: { short: 'n', help: 'number all output lines' },
  squeezeBlank: { short: 's', help: 'suppress repeated empty output lines' },
  t: { help: 'equivalent to -vT' },
  showTabs: { short: 'T', help: 'display TAB characters as ^I' },
  u: { help: '(ignored)' },
  showNonprinting: { short: 'v', help: 'use ^ and M- notation, except for LFD and TAB' },
} as const

export default command({
  name: 'cat',
  closesStdin: 'closing standard input',
  summary: 'Concatenate FILE(s) to standard output.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: 'cat [OPTION]... [FILE]...',
  options: OPTIONS,
  authors: 'Torbjorn Granlund and Richard M. Stallman',
  epilogue: `Examples:
  cat f - g  Output f's contents, then standard input, then g's contents.
  cat        Copy standard input to standard output.`,

  *main(sys, flags, args, me) {
    const format = formatter(flags)
    const output = must('standard output', () => sys.fstat(1))
    let status = 0
    for (const name of args.length ? args : ['-']) {
      const problem = yield* catFile(sys, name, format, output)
      if (!problem) continue
      if (typeof problem === 'string') yield* me.warn(`${quotef(name)}: ${problem}`)
      else yield* me.warn(quotef(name), problem)
      status = 1
    }
    const rest = format?.(new Uint8Array(0), true)
    if (rest?.length) yield* writeAll(sys, 1, rest)
    return status
  },
})

type Format = ((bytes: Uint8Array, last: boolean) => Uint8Array) | undefined

/** Copy one file; the errno if it cannot be read, or a message. */
function* catFile(
  sys: Sys,
  name: string,
  format: Format,
  output: Stat,
): Blocking<Errno | string | undefined> {
  let fd = 0
  let inKernel = false
  try {
    fd = name === '-' ? readStdin(sys) : yield* sys.open(name, O_RDONLY)
    const input = sys.fstat(fd)
    if (isOutput(sys, fd, input, output)) {
      if (fd) sys.close(fd)
      return 'input file is output file'
    }
    inKernel = !format && isCopied(input, output)
    for (;;) {
      const bytes = yield* sys.read(fd, 131072)
      if (!bytes.length) break
      yield* writeAll(sys, 1, format ? format(bytes, false) : bytes)
    }
  } catch (e) {
    if (fd) sys.close(fd)
    if (inKernel && e instanceof WriteError) return e.errno
    if (e instanceof Errno) return e
    throw e
  }
  if (fd) sys.close(fd)
  return undefined
}

/** Whether copy_file_range(2) does the work, whose refusals are told as those of the input. */
const isCopied = (input: Stat, output: Stat): boolean =>
  isReg(input) && isReg(output) && input.dev === output.dev && input.size > 0

/** Copying a file to its own end would never end. */
function isOutput(sys: Sys, fd: number, input: Stat, output: Stat): boolean {
  if (!isReg(output) || input.ino !== output.ino || input.dev !== output.dev) return false
  return sys.lseek(fd, 0, SEEK_CUR) < input.size
}

/** The transformation that the options ask for; its state (line numbers) goes on from file to file. */
function formatter(flags: Flags<typeof OPTIONS>): Format {
  const visible = Boolean(flags.showNonprinting || flags.showAll || flags.e || flags.t)
  const ends = Boolean(flags.showEnds || flags.showAll || flags.e)
  const tabs = Boolean(flags.showTabs || flags.showAll || flags.t)
  const nonblank = Boolean(flags.numberNonblank)
  const number = Boolean(flags.number || nonblank)
  const squeeze = Boolean(flags.squeezeBlank)
  if (!visible && !ends && !tabs && !number && !squeeze) return undefined
  let line = 0
  let atStart = true
  let blanks = 0
  let heldCr = false
  const ascii = (into: number[], text: string): void => {
    for (let i = 0; i < text.length; i++) into.push(text.charCodeAt(i))
  }
  return (bytes, last) => {
    const out: number[] = []
    if (heldCr && last) out.push(13)
    for (const byte of bytes) {
      if (heldCr) {
        if (byte === 10) ascii(out, '^M')
        else out.push(13)
        heldCr = false
      }
      if (atStart) {
        blanks = byte === 10 ? blanks + 1 : 0
        if (squeeze && blanks > 1) continue
        if (number && !(nonblank && byte === 10)) ascii(out, `${String(++line).padStart(6)}\t`)
        atStart = false
      }
      if (byte === 10) {
        if (ends) out.push(36)
        out.push(10)
        atStart = true
      } else if (byte === 9) {
        if (tabs) ascii(out, '^I')
        else out.push(9)
      } else if (visible) ascii(out, caret(byte))
      else if (byte === 13 && ends) heldCr = true
      else out.push(byte)
    }
    return Uint8Array.from(out)
  }
}

/** ^C and M-x. */
function caret(byte: number): string {
  if (byte >= 128) return `M-${caret(byte - 128)}`
  if (byte === 127) return '^?'
  return byte < 32 ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte)
}
