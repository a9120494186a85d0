/**
 * head - output the first part of files
 * https://www.gnu.org/software/coreutils/manual/html_node/head-invocation.html
 */
import { type Blocking, Errno, SEEK_CUR, type Sys } from '../../abi/index.ts'
import { command, fatal, type Output, readAll, usage, WriteError } from '../lib/command.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { parseNumber, SIZES } from '../lib/numbers.ts'
import { quote, quoteaf } from '../lib/quote.ts'

export default command({
  name: 'head',
  closesStdin: '-',
  summary:
    'Print the first 10 lines of each FILE to standard output.\nWith more than one FILE, precede each with a header giving the file name.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: 'head [OPTION]... [FILE]...',
  authors: 'David MacKenzie and Jim Meyering',
  options: {
    bytes: {
      short: 'c',
      value: '=[-]NUM',
      help: "print the first NUM bytes of each file;\nwith the leading '-', print all but the last\nNUM bytes of each file",
    },
    lines: {
      short: 'n',
      value: '=[-]NUM',
      help: "print the first NUM lines instead of the first 10;\nwith the leading '-', print all but the last\nNUM lines of each file",
    },
    quiet: { short: 'q', also: ['silent'], help: 'never print headers giving file names' },
    verbose: { short: 'v', help: 'always print headers giving file names' },
    zeroTerminated: { short: 'z', help: 'line delimiter is NUL, not newline' },
  },
  epilogue:
    'NUM may have a multiplier suffix:\nb 512, kB 1000, K 1024, MB 1000*1000, M 1024*1024,\nGB 1000*1000*1000, G 1024*1024*1024, and so on for T, P, E, Z, Y.\nBinary prefixes can be used, too: KiB=K, MiB=M, and so on.',
  obsolete([first, ...rest]) {
    const old = /^-(\d+)([bckmlqvz]*)$/.exec(first ?? '')
    const wrong =
      /^-\d+(.)/.exec(old ? '' : (first ?? ''))?.[1] ??
      trailing(first === undefined || old ? rest : [first, ...rest])
    if (wrong) throw usage(`invalid trailing option -- ${wrong}`)
    if (!old) return first === undefined ? [] : [first, ...rest]
    const unit = /[bckm]/.exec(old[2]!)?.[0]
    const flags = old[2]!.replace(/[^qvz]/g, '')
    const count = unit && unit !== 'l' ? `-c${old[1]}${unit === 'c' ? '' : unit}` : `-n${old[1]}`
    return [...(flags ? [`-${flags}`] : []), count, ...rest]
  },

  *main(sys, flags, args, me) {
    const last = me.order.findLast(it => it.key === 'bytes' || it.key === 'lines')
    const bytes = last?.key === 'bytes'
    const count = last ? amount(last.value, bytes) : { number: 10, fromEnd: false }
    const verbose = me.order.findLast(it => it.key === 'quiet' || it.key === 'verbose')?.key
    const headers = verbose ? verbose === 'verbose' : args.length > 1
    const delimiter = flags.zeroTerminated ? 0 : 10
    let status = 0
    let first = true
    for (const name of args.length ? args : ['-']) {
      let fd = 0
      try {
        fd = yield* openInput(sys, name)
      } catch (e) {
        yield* me.warn(`cannot open ${quoteaf(name)} for reading`, e)
        status = 1
        continue
      }
      if (headers) me.out.print(`${first ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`)
      first = false
      try {
        if (count.fromEnd) yield* allButLast(sys, me.out, fd, count.number, bytes, delimiter)
        else yield* firstOnes(sys, me.out, fd, count.number, bytes, delimiter)
      } catch (e) {
        if (e instanceof WriteError) throw fatal(`error writing ${quoteaf('standard output')}`, e.errno)
        if (!(e instanceof Errno)) throw e
        yield* me.warn(`error reading ${quoteaf(name === '-' ? 'standard input' : name)}`, e)
        status = 1
      }
      closeInput(sys, fd)
    }
    return status
  },
})

/** A digit as an option is obsolete syntax, known only in front. */
function trailing(rest: readonly string[]): string | undefined {
  const end = rest.indexOf('--')
  const args = end < 0 ? rest : rest.slice(0, end)
  for (const [i, arg] of args.entries()) {
    const digit = /^-[qvz]*(\d)/.exec(arg)
    if (digit && !/^(-[qvz]*[nc]|--lines|--bytes)$/.test(args[i - 1] ?? '')) return digit[1]
  }
  return undefined
}

function amount(text: string, bytes: boolean): { number: number; fromEnd: boolean } {
  const fromEnd = text.startsWith('-')
  const digits = text.replace(/^[-+]/, '')
  const it = /^\d/.test(digits) ? parseNumber(digits, SIZES) : { overflow: false }
  if ('value' in it) return { number: it.value, fromEnd }
  throw fatal(
    `invalid number of ${bytes ? 'bytes' : 'lines'}: ${quote(digits)}${it.overflow ? ': Value too large for defined data type' : ''}`,
  )
}

function* firstOnes(
  sys: Sys,
  out: Output,
  fd: number,
  count: number,
  bytes: boolean,
  delimiter: number,
): Blocking<void> {
  let left = count
  while (left > 0) {
    const chunk = yield* sys.read(fd, bytes ? Math.min(left, 65536) : 8192)
    if (!chunk.length) return
    let end = 0
    if (bytes) {
      end = Math.min(left, chunk.length)
      left -= end
    } else
      for (; left > 0 && end < chunk.length; left--) {
        const next = chunk.indexOf(delimiter, end)
        if (next < 0) {
          end = chunk.length
          break
        }
        end = next + 1
      }
    out.print(chunk.subarray(0, end))
    yield* out.drain()
    if (end < chunk.length) giveBack(sys, fd, chunk.length - end)
  }
}

/** Whoever reads on from the same open file shall find what head did not print. */
function giveBack(sys: Sys, fd: number, count: number): void {
  try {
    sys.lseek(fd, -count, SEEK_CUR)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}

function* allButLast(
  sys: Sys,
  out: Output,
  fd: number,
  count: number,
  bytes: boolean,
  delimiter: number,
): Blocking<void> {
  const all = yield* readAll(sys, fd)
  let end = bytes ? Math.max(0, all.length - count) : all.length
  if (bytes) count = 0
  if (count && end && all[end - 1] !== delimiter) {
    end = all.lastIndexOf(delimiter) + 1
    count--
  }
  for (; count > 0 && end > 0; count--) end = end < 2 ? 0 : all.lastIndexOf(delimiter, end - 2) + 1
  out.print(all.subarray(0, end))
  yield* out.drain()
}
