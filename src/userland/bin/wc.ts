/**
 * wc - print newline, word, and byte counts for each file
 * https://www.gnu.org/software/coreutils/manual/html_node/wc-invocation.html
 */
import { type Blocking, decode, Errno, isReg, type Sys } from '../../abi/index.ts'
import { byLine, command, must, readAll, readBytes, usage } from '../lib/command.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { quoteaf, quotef } from '../lib/quote.ts'
import { wcwidth } from '../lib/wcwidth.ts'

interface Counts {
  lines: number
  words: number
  chars: number
  bytes: number
  length: number
}

const COLUMNS = ['lines', 'words', 'chars', 'bytes', 'length'] as const

export default command({
  name: 'wc',
  closesStdin: '-',
  writeFailure: byLine,
  summary:
    'Print newline, word, and byte counts for each FILE, and a total line if\nmore than one FILE is specified.  A word is a non-zero-length sequence of\nprintable characters delimited by white space.\n\nWith no FILE, or when FILE is -, read standard input.\n\nThe options below may be used to select which counts are printed, always in\nthe following order: newline, word, character, byte, maximum line length',
  usage: ['wc [OPTION]... [FILE]...', 'wc [OPTION]... --files0-from=F'],
  authors: 'Paul Rubin and David MacKenzie',
  options: {
    bytes: { short: 'c', help: 'print the byte counts' },
    chars: { short: 'm', help: 'print the character counts' },
    lines: { short: 'l', help: 'print the newline counts' },
    files0From: {
      long: 'files0-from',
      value: '=F',
      help: 'read input from the files specified by\nNUL-terminated names in file F;\nIf F is - then read names from standard input',
    },
    length: { short: 'L', long: 'max-line-length', help: 'print the maximum display width' },
    words: { short: 'w', help: 'print the word counts' },
  },

  *main(sys, flags, args, me) {
    const none = !COLUMNS.some(it => flags[it])
    const wanted = none ? (['lines', 'words', 'bytes'] as const) : COLUMNS.filter(it => flags[it])
    let names: readonly string[] = args
    if (flags.files0From !== undefined) {
      if (args.length)
        throw usage(`extra operand ${quoteaf(args[0]!)}\nfile operands cannot be combined with --files0-from`)
      const from = flags.files0From
      const list =
        from === '-'
          ? yield* readAll(sys, 0)
          : yield* must(`cannot open ${quoteaf(from)} for reading`, readBytes(sys, from))
      names = decode(list).replace(/\0$/, '').split('\0')
      if (!list.length) return 0
    }
    const listed = flags.files0From !== undefined
    const stdin = !names.length
    const files = stdin ? ['-'] : names
    const width = flags.files0From === '-' ? 1 : numberWidth(sys, files, stdin, wanted.length)
    const show = (counts: Counts, name: string): void =>
      me.out.line(
        [...wanted.map(it => String(counts[it]).padStart(width)), ...(name ? [name] : [])].join(' '),
      )
    const total: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, length: 0 }
    let status = 0
    for (const [i, name] of files.entries()) {
      const isStdin = listed && name === '-' && flags.files0From === '-'
      if (!name || isStdin) {
        const where = listed && !isStdin ? `${quotef(flags.files0From!)}:${i + 1}: ` : ''
        yield* me.warn(
          isStdin
            ? `when reading file names from stdin, no file name of ${quoteaf('-')} allowed`
            : `${where}invalid zero-length file name`,
        )
        status = 1
        continue
      }
      const counts: Counts = { lines: 0, words: 0, chars: 0, bytes: 0, length: 0 }
      let refused: Errno | undefined
      let opened = false
      try {
        const fd = yield* openInput(sys, name)
        opened = true
        refused = yield* count(sys, fd, counts, flags.chars || flags.length || flags.words || none)
        closeInput(sys, fd)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        refused = e
      }
      if (refused) {
        yield* me.warn(stdin ? quoteaf('standard input') : quotef(name), refused)
        status = 1
      }
      if (opened) show(counts, stdin ? '' : name)
      for (const it of ['lines', 'words', 'chars', 'bytes'] as const) total[it] += counts[it]
      total.length = Math.max(total.length, counts.length)
    }
    if (files.length > 1) show(total, 'total')
    return status
  },
})

/** How wide the numbers are printed: as wide as the sum of the sizes, or 7 where sizes are unknown. */
function numberWidth(sys: Sys, files: readonly string[], stdin: boolean, columns: number): number {
  if (columns === 1 && files.length === 1) return 1
  let sum = 0
  let minimum = 1
  for (const name of files) {
    try {
      const stat = stdin || name === '-' ? sys.fstat(0) : sys.stat(name)
      if (isReg(stat)) sum += stat.size
      else minimum = 7
    } catch (e) {
      if (!(e instanceof Errno)) throw e
    }
  }
  return Math.max(minimum, String(sum).length)
}

function* count(sys: Sys, fd: number, counts: Counts, text: boolean): Blocking<Errno | undefined> {
  let inWord = false
  let column = 0
  let held: Uint8Array | undefined
  for (;;) {
    let bytes: Uint8Array
    try {
      bytes = yield* sys.read(fd, 65536)
    } catch (e) {
      if (e instanceof Errno) return e
      throw e
    }
    if (!bytes.length && !held) break
    counts.bytes += bytes.length
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) counts.lines++
    if (text) {
      yield* sys.burn(bytes.length * 2)
      const [whole, rest] = bytes.length ? split(held, bytes) : [held!, undefined]
      held = rest
      scan(decode(whole))
    }
    if (!bytes.length) break
  }
  counts.length = Math.max(counts.length, column)
  return undefined

  function scan(part: string): void {
    for (const char of part) {
      const code = char.codePointAt(0)!
      if (code >= 0xdc80 && code <= 0xdcff) continue
      counts.chars++
      if (code === 10 || code === 13 || code === 12) {
        counts.length = Math.max(counts.length, column)
        column = 0
        inWord = false
      } else if (code === 9) {
        column += 8 - (column % 8)
        inWord = false
      } else if (code === 11 || isSpace(code)) {
        if (code !== 11) column++
        inWord = false
      } else {
        const width = wcwidth(code)
        if (width < 0) continue
        column += width
        if (!inWord) counts.words++
        inWord = true
      }
    }
  }
}

/** White space, and the spaces that do not break lines, which end words all the same. */
const isSpace = (code: number): boolean =>
  code === 32 || (code >= 0xa0 && SPACES.test(String.fromCodePoint(code)))
const SPACES = /^[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2060\u3000]$/

/** Keep back a character whose bytes are not all there yet. */
function split(held: Uint8Array | undefined, bytes: Uint8Array): [Uint8Array, Uint8Array | undefined] {
  const all = held ? Uint8Array.from([...held, ...bytes]) : bytes
  let end = all.length
  for (let back = 1; back <= 3 && back <= all.length; back++) {
    const byte = all[all.length - back]!
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      if (needs > back) end = all.length - back
      break
    }
    if (byte < 0x80) break
  }
  return end === all.length ? [all, undefined] : [all.subarray(0, end), all.slice(end)]
}
