/**
 * split - split a file into pieces
 * https://www.gnu.org/software/coreutils/manual/html_node/split-invocation.html
 *
 * The whole input is read before it is cut. Left out: --unbuffered's promptness.
 */
import {
  type Blocking,
  EPIPE,
  Errno,
  encode,
  O_CREAT,
  O_TRUNC,
  O_WRONLY,
  SIG_IGN,
  SIGPIPE,
  WEXITSTATUS,
  WIFSIGNALED,
  WTERMSIG,
} from '../../abi/index.ts'
import { command, fatal, fork, readAll, usage, WriteError, writeAll, must } from '../lib/command.ts'
import { openInput } from '../lib/input.ts'
import { numberWithin, SIZES } from '../lib/numbers.ts'
import { concat } from '../lib/output.ts'
import { quote, quoteaf, quotef } from '../lib/quote.ts'

export default command({
  name: 'split',
  summary:
    "Output pieces of FILE to PREFIXaa, PREFIXab, ...;\ndefault size is 1000 lines, and default PREFIX is 'x'.\n\nWith no FILE, or when FILE is -, read standard input.",
  usage: 'split [OPTION]... [FILE [PREFIX]]',
  authors: 'Torbjorn Granlund and Richard M. Stallman',
  options: {
    suffixLength: { short: 'a', value: '=N', help: 'generate suffixes of length N (default 2)' },
    additionalSuffix: { value: '=SUFFIX', help: 'append an additional SUFFIX to file names' },
    bytes: { short: 'b', value: '=SIZE', help: 'put SIZE bytes per output file' },
    lineBytes: { short: 'C', value: '=SIZE', help: 'put at most SIZE bytes of records per output file' },
    d: { help: 'use numeric suffixes starting at 0, not alphabetic' },
    x: { help: 'use hex suffixes starting at 0, not alphabetic' },
    hexSuffixes: { value: '[=FROM]', help: 'same as -x, but allow setting the start value' },
    numericSuffixes: { value: '[=FROM]', help: 'same as -d, but allow setting the start value' },
    elideEmptyFiles: { short: 'e', help: "do not generate empty output files with '-n'" },
    filter: { value: '=COMMAND', help: 'write to shell COMMAND; file name is $FILE' },
    lines: { short: 'l', value: '=NUMBER', help: 'put NUMBER lines/records per output file' },
    number: { short: 'n', value: '=CHUNKS', help: 'generate CHUNKS output files; see explanation below' },
    separator: {
      short: 't',
      value: '=SEP',
      repeat: true,
      help: 'use SEP instead of newline as the record separator',
    },
    unbuffered: { short: 'u', help: "immediately copy input to output with '-n r/...'" },
    verbose: { help: 'print a diagnostic just before each\noutput file is opened' },
  },
  obsolete: args => args.map(arg => (/^-\d+$/.test(arg) ? `-l${arg.slice(1)}` : arg)),

  *main(sys, flags, args, me) {
    const [name = '-', prefix = 'x', extra] = args
    if (extra !== undefined) throw usage(`extra operand ${quote(extra)}`)
    const ways = [flags.bytes, flags.lines, flags.lineBytes, flags.number].filter(it => it !== undefined)
    if (ways.length > 1) throw usage('cannot split in more than one way')
    const size = (text: string, what: string): number =>
      numberWithin(text, `invalid number of ${what}`, 1, 2 ** 63, SIZES)
    const bytesPer = flags.bytes === undefined ? undefined : size(flags.bytes, 'bytes')
    const linesPer = flags.lines === undefined ? 1000 : size(flags.lines, 'lines')
    const most = flags.lineBytes === undefined ? undefined : size(flags.lineBytes, 'bytes')
    const chunks = flags.number === undefined ? undefined : parseChunks(flags.number)
    const newline = separatorOf(flags.separator ?? [])
    const additional = flags.additionalSuffix ?? ''
    if (additional.includes('/'))
      throw usage(`invalid suffix ${quote(additional)}, contains directory separator`)
    const from = flags.numericSuffixes || flags.hexSuffixes
    if (from && !(flags.hexSuffixes === undefined ? /^\d+$/ : /^[\da-fA-F]+$/).test(from))
      throw usage(
        `${quote(from)}: invalid start value for ${flags.hexSuffixes === undefined ? 'numerical' : 'hexadecimal'} suffix`,
      )
    const isHex = flags.x || flags.hexSuffixes !== undefined
    const letters = isHex
      ? '0123456789abcdef'
      : flags.d || flags.numericSuffixes !== undefined
        ? '0123456789'
        : 'abcdefghijklmnopqrstuvwxyz'
    const first = from ? Number.parseInt(from, isHex ? 16 : 10) : 0
    const { length, widens } = suffixLength(
      flags.suffixLength === undefined
        ? 0
        : numberWithin(flags.suffixLength, 'invalid suffix length', 0, 2 ** 31),
      chunks && !chunks.only ? chunks.count + (from && first < chunks.count ? first : 0) : 0,
      letters.length,
    )
    if (flags.filter !== undefined && chunks?.only)
      throw usage('--filter does not process a chunk extracted to stdout')
    let fd: number
    try {
      fd = yield* openInput(sys, name)
    } catch (e) {
      throw fatal(`cannot open ${quoteaf(name)} for reading`, e)
    }
    const all = yield* must(quotef(name), readAll(sys, fd))
    const parts: Uint8Array[] = []
    if (chunks) {
      parts.push(...cutChunks(all, chunks, newline))
      if (chunks.only) {
        yield* writeAll(sys, 1, parts[chunks.only - 1]!)
        return 0
      }
    } else if (bytesPer !== undefined)
      for (let at = 0; at < all.length; at += bytesPer) parts.push(all.subarray(at, at + bytesPer))
    else
      for (let at = 0; at < all.length; ) {
        let end = at
        if (most !== undefined) {
          end = Math.min(all.length, at + most)
          const last = all.lastIndexOf(newline, end - 1)
          if (end < all.length && last >= at) end = last + 1
        } else
          for (let i = 0; i < linesPer && end < all.length; i++)
            end = all.indexOf(newline, end) + 1 || all.length
        parts.push(all.subarray(at, end))
        at = end
      }
    let index = 0
    for (const part of parts) {
      if (!part.length && flags.elideEmptyFiles) continue
      const suffix = suffixOf(first + index++, letters, length, widens && !from)
      if (suffix === undefined) throw fatal('output file suffixes exhausted')
      const status = yield* write(prefix + suffix + additional, part)
      if (status) return status
    }
    return 0

    function* write(path: string, part: Uint8Array): Blocking<number> {
      if (flags.filter !== undefined) return yield* throughFilter(path, part, flags.filter)
      if (flags.verbose) me.out.line(`creating file ${quoteaf(path)}`)
      try {
        const out = yield* sys.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
        yield* writeAll(sys, out, part)
        sys.close(out)
        return 0
      } catch (e) {
        throw e instanceof Errno ? fatal(path, e) : e
      }
    }

    /** The piece goes to the standard input of `sh -c COMMAND` with FILE in its environment. */
    function* throughFilter(path: string, part: Uint8Array, filter: string): Blocking<number> {
      if (flags.verbose) me.out.line(`executing with FILE=${quotef(path)}`)
      yield* me.out.flush()
      const [input, output] = sys.pipe2(0)
      const child = fork(sys, me.name, function* (its) {
        its.dup2(input, 0)
        its.close(input)
        its.close(output)
        const env = [...me.envp.filter(it => !it.startsWith('FILE=')), `FILE=${path}`]
        const shell = me.env.get('SHELL') || '/bin/sh'
        return yield* its.execve(shell, [shell, '-c', filter], env)
      })
      sys.close(input)
      const old = sys.sigaction(SIGPIPE, SIG_IGN)
      try {
        yield* writeAll(sys, output, part)
      } catch (e) {
        if (!(e instanceof WriteError && e.errno === EPIPE)) throw e
      }
      sys.sigaction(SIGPIPE, old)
      sys.close(output)
      const { status } = (yield* sys.wait4(child, 0))!
      if (WIFSIGNALED(status)) return WTERMSIG(status) + 128
      const code = WEXITSTATUS(status)
      if (code)
        throw fatal(`with FILE=${quotef(path)}, exit ${code} from command: ${filter}`, undefined, code)
      return 0
    }
  },
})

interface Chunks {
  readonly kind: 'bytes' | 'lines' | 'robin'
  readonly count: number
  /** The one to print, counted from 1; 0 for all. */
  readonly only: number
}

/** `N`, `K/N`, `l/N`, `l/K/N`, `r/N`, `r/K/N`. */
function parseChunks(text: string): Chunks {
  const [, letter, k, n] = /^(?:([lr])\/)?(?:([^/]*)\/)?(.*)$/s.exec(text) as unknown as [
    string,
    string | undefined,
    string | undefined,
    string,
  ]
  const count = numberWithin(n, 'invalid number of chunks', 1, 2 ** 53)
  const only = k === undefined ? 0 : numberWithin(k, 'invalid chunk number', 1, count)
  return { kind: letter === 'l' ? 'lines' : letter === 'r' ? 'robin' : 'bytes', count, only }
}

function cutChunks(all: Uint8Array, { kind, count }: Chunks, newline: number): Uint8Array[] {
  if (kind === 'robin') return dealt(all, count, newline)
  const parts: Uint8Array[] = []
  const base = Math.floor(all.length / count)
  // Bytes left over go to the first pieces, a byte each; of lines, to the last piece.
  const cut = (n: number): number => {
    if (n === count) return all.length
    if (kind === 'bytes') return base * n + Math.min(n, all.length % count)
    const at = base * n
    return at > 0 ? all.indexOf(newline, at - 1) + 1 || all.length : 0
  }
  for (let i = 0; i < count; i++) parts.push(all.subarray(cut(i), cut(i + 1)))
  return parts
}

/** Lines dealt round like cards. */
function dealt(all: Uint8Array, count: number, newline: number): Uint8Array[] {
  const hands: Uint8Array[][] = Array.from({ length: count }, () => [])
  for (let at = 0, i = 0; at < all.length; i++) {
    const end = all.indexOf(newline, at) + 1 || all.length
    hands[i % count]!.push(all.subarray(at, end))
    at = end
  }
  return hands.map(concat)
}

function separatorOf(given: readonly string[]): number {
  const bytes = given.map(text => {
    if (text === '') throw fatal('empty record separator')
    if (text !== '\\0' && text.length > 1) throw fatal(`multi-character separator ${quote(text)}`)
    return text === '\\0' ? 0 : encode(text)[0]!
  })
  if (bytes.some(it => it !== bytes[0])) throw fatal('multiple separator characters specified')
  return bytes[0] ?? 10
}

/** How long suffixes are: as asked, as many pieces need, or two that grow longer when they are used up. */
function suffixLength(asked: number, pieces: number, base: number): { length: number; widens: boolean } {
  let needed = 0
  for (let left = pieces - 1; left > 0; left = Math.floor(left / base)) needed++
  if (asked && asked < needed) throw fatal(`the suffix length needs to be at least ${needed}`)
  return { length: asked || Math.max(2, needed), widens: !asked && !pieces }
}

/** The suffix of a piece. Those that widen keep the last letter as the sign of a longer one: …, yz, zaaa. */
function suffixOf(index: number, letters: string, length: number, widens: boolean): string | undefined {
  const base = letters.length
  let rest = index
  let size = length
  let lead = ''
  while (widens && rest >= base ** size - base ** (size - 1)) {
    rest -= base ** size - base ** (size - 1)
    lead += letters.at(-1)
    size++
  }
  let text = ''
  for (let i = 0; i < size; i++) {
    text = letters[rest % base] + text
    rest = Math.floor(rest / base)
  }
  return rest ? undefined : lead + text
}
