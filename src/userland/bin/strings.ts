/**
 * strings - print the printable parts of files
 * https://sourceware.org/binutils/docs/binutils/strings.html
 *
 * Left out: @FILE; sections of object files are not told apart, so --data is --all.
 */
import {
  type Blocking,
  EISDIR,
  ENOENT,
  Errno,
  isDir,
  O_RDONLY,
  sequenceLength,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, type Flags, type Options, readAll, unheeded } from '../lib/command.ts'
import { byteText, textBytes } from '../lib/byte-text.ts'

const OPTIONS = {
  all: { short: 'a', help: 'Scan the entire file [default]' },
  data: { short: 'd', help: 'Only scan the data sections' },
  printFileName: { short: 'f', help: 'Print the name of the file before each string' },
  bytes: { short: 'n', value: '=<number>', help: 'Least number of characters of a string (default 4)' },
  radix: { short: 't', value: '={o,d,x}', help: 'Print where the string lies, in base 8, 10 or 16' },
  includeAllWhitespace: { short: 'w', help: 'All whitespace belongs to strings' },
  o: { help: 'An alias for --radix=o' },
  target: { short: 'T', value: '=<BFDNAME>', help: 'Specify the binary file format' },
  encoding: { short: 'e', value: '={s,S,b,l,B,L}', help: 'Character size and byte order' },
  unicode: { short: 'U', value: '={d|s|i|x|e|h}', help: 'How to treat UTF-8' },
  outputSeparator: { short: 's', value: '=<string>', help: 'What to print after each string' },
  help: { short: 'h', help: 'Display this information' },
  version: { short: 'vV', help: "Print the program's version number" },
} as const satisfies Options

const USAGE = `Usage: strings [option(s)] [file(s)]
 Display printable strings in [file(s)] (stdin by default)
`

/** How many bytes a character has, and whether the first is the highest. */
const ENCODINGS: Readonly<Record<string, readonly [size: number, bigEndian: boolean]>> = {
  s: [1, true],
  S: [1, true],
  b: [2, true],
  l: [2, false],
  B: [4, true],
  L: [4, false],
}

export default command({
  name: 'strings',
  writeFailure: unheeded,
  summary: 'Display printable strings in files',
  suite: 'other',
  usage: 'strings [option(s)] [file(s)]',
  wrongUsage: USAGE,
  version: 'GNU strings (GNU Binutils for Debian) 2.40\n',
  options: OPTIONS,
  obsolete: args => args.map(arg => (/^-\d+$/.test(arg) ? `-n${arg.slice(1)}` : arg)),

  *main(sys, flags, args, me) {
    const print = printer(flags, text => me.out.print(textBytes(text)))
    if (!print) {
      yield* sys.write(2, USAGE)
      return 1
    }
    const files = args.filter(it => it !== '-')
    if (args.length && !files.length) {
      yield* sys.write(2, USAGE)
      return 1
    }
    if (!args.length) {
      print(yield* readAll(sys, 0), '{standard input}')
      return 0
    }
    let status = 0
    for (const file of files) {
      const why = yield* scan(sys, file, print)
      if (!why) continue
      yield* me.out.flush()
      yield* me.warn(why)
      status = 1
    }
    return status
  },
})

type Print = (bytes: Uint8Array, name: string) => void

/** Print what is in a file; returns what to complain about. */
function* scan(sys: Sys, file: string, print: Print): Blocking<string | undefined> {
  let fd: number | undefined
  try {
    if (isDir(sys.stat(file))) throw EISDIR
    fd = yield* sys.open(file, O_RDONLY)
    print(yield* readAll(sys, fd), file)
    return undefined
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    if (e === ENOENT) return `'${file}': No such file`
    return e === EISDIR ? `Warning: '${file}' is a directory` : `${file}: ${e.message}`
  } finally {
    if (fd !== undefined) sys.close(fd)
  }
}

/** What prints the strings among some bytes; undefined if the options make no sense. */
function printer(flags: Flags<typeof OPTIONS>, out: (text: string) => void): Print | undefined {
  const least = leastOf(flags.bytes ?? '4')
  const radix = flags.radix ?? (flags.o ? 'o' : '')
  const encoding = flags.encoding ?? 's'
  const [size, bigEndian] = ENCODINGS[encoding] ?? []
  if (!/^[odx]?$/.test(radix) || size === undefined) return undefined
  const base = { o: 8, d: 10, x: 16 }[radix] ?? 0
  const separator = flags.outputSeparator ?? '\n'
  const isGraphic = (code: number): boolean =>
    (code >= 0x20 && code < 0x7f) ||
    code === 9 ||
    (encoding === 'S' && code >= 0x80 && code < 0x100) ||
    (flags.includeAllWhitespace === true && code > 9 && code < 14)
  const escape = unicodeShown(flags)
  const charAt: CharAt = (bytes, at) => {
    if (at + size > bytes.length) return undefined
    const units = escape && bytes[at]! >= 0x80 ? sequenceLength(bytes, at) : 1
    if (units > 1) return { text: escape!(bytes.subarray(at, at + units)), bytes: units }
    const code = codeAt(bytes, at, size, bigEndian!)
    return units && isGraphic(code) ? { text: String.fromCharCode(code), bytes: size } : undefined
  }

  return (bytes, name) => {
    const emit = (at: number, text: string): void => {
      const where = base ? `${at.toString(base).padStart(7)} ` : ''
      out((flags.printFileName ? `${name}: ` : '') + where + text + separator)
    }
    for (let at = 0; at + size <= bytes.length; ) {
      const { text, length, end } = runAt(bytes, at, charAt)
      if (length >= least) emit(at, text)
      // What is no character may hold one that begins at another byte.
      at = end + (length >= least ? size : 1)
    }
  }
}

/** A character at a place, as it is printed; undefined if there is none. */
type CharAt = (bytes: Uint8Array, at: number) => { readonly text: string; readonly bytes: number } | undefined

/** The characters from a place on, as far as there are any. */
function runAt(bytes: Uint8Array, at: number, charAt: CharAt): { text: string; length: number; end: number } {
  let text = ''
  let length = 0
  let end = at
  for (let it = charAt(bytes, end); it; it = charAt(bytes, end)) {
    text += it.text
    length++
    end += it.bytes
  }
  return { text, length, end }
}

function leastOf(text: string): number {
  if (!/^(0[xX][0-9a-fA-F]+|\d+)$/.test(text)) throw fatal(`invalid integer argument ${text}`)
  if (Number(text) < 1) throw fatal(`invalid minimum string length ${text}`)
  return Number(text)
}

/** How -U spells a character of several bytes; undefined when these are no text. */
function unicodeShown({ unicode }: Flags<typeof OPTIONS>): ((bytes: Uint8Array) => string) | undefined {
  const hex = (it: number, digits: number): string => it.toString(16).padStart(digits, '0')
  if (unicode === undefined || /^(default|d|invalid|i|locale|l)$/.test(unicode)) return undefined
  if (/^(hex|x)$/.test(unicode)) return bytes => `<0x${[...bytes].map(it => hex(it, 2)).join('')}>`
  if (/^(escape|e|highlight|h)$/.test(unicode))
    return bytes => {
      const code = new TextDecoder().decode(bytes).codePointAt(0)!
      return code > 0xffff ? `\\u{${hex(code, 6)}}` : `\\u${hex(code, 4)}`
    }
  if (/^(show|s)$/.test(unicode)) return byteText
  throw fatal(`invalid argument to -U/--unicode: ${unicode}`)
}

function codeAt(bytes: Uint8Array, at: number, size: number, bigEndian: boolean): number {
  let code = 0
  for (let i = 0; i < size; i++) code = code * 256 + bytes[bigEndian ? at + i : at + size - 1 - i]!
  return code
}
