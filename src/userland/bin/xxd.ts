/**
 * xxd - make a hex dump, or do the reverse
 * Linux: vim 9.0, src/xxd/xxd.c; xxd(1).
 *
 * Left out: -E (EBCDIC), -R (colours), -d.
 */
import { type Blocking, O_CREAT, O_TRUNC, O_WRONLY, type Sys } from '../../abi/index.ts'
import { isApplet } from '../lib/busybox/standalone.ts'
import { command, fatal, readAll } from '../lib/command.ts'
import { openInput } from '../lib/input.ts'

const USAGE = `Usage:
       xxd [options] [infile [outfile]]
    or
       xxd -r [-s [-]offset] [-c cols] [-ps] [infile [outfile]]
Options:
    -a          toggle autoskip: a single '*' replaces lines of zeros
    -b          binary digits instead of hexadecimal ones
    -C          capitals in the variable names of -i
    -c cols     so many octets in a line
    -e          little-endian groups
    -g bytes    so many octets in a group
    -h          print this summary
    -i          output in the style of a C include file
    -l len      stop after so many octets
    -n name     the variable name of -i
    -o off      add to the displayed position
    -ps         plain: hexadecimal digits only
    -r          reverse: from a dump to what was dumped
    -s [+][-]seek  start there
    -u          upper case digits
    -v          show the version
`
const VERSION = 'xxd 2022-01-14 by Juergen Weigert et al.\n'

interface Layout {
  columns: number | undefined
  group: number | undefined
  readonly flags: Set<string>
  length: number
  seek: number
  fromEnd: boolean
  offset: number
  name: string | undefined
}

/** Options that take a number or a word, attached or as the next argument; by their first letter. */
const VALUED = new Set(['c', 'g', 'l', 'o', 's', 'n'])

export default command({
  name: 'xxd',
  summary: 'make a hex dump or do the reverse',
  suite: 'other',
  usage: 'xxd [options] [infile [outfile]]',
  raw: true,

  *main(sys, _flags, args, me) {
    const layout: Layout = {
      columns: undefined,
      group: undefined,
      flags: new Set(),
      length: Number.POSITIVE_INFINITY,
      seek: 0,
      fromEnd: false,
      offset: 0,
      name: undefined,
    }
    let at = 0
    for (; at < args.length && /^-./.test(args[at]!); at++) {
      const option = args[at]!.replace(/^--?/, '')
      const letter = option[0] ?? ''
      if (args[at] === '--') {
        at++
        break
      }
      if (letter === 'h' || letter === 'v') {
        yield* sys.write(letter === 'h' ? 2 : 1, letter === 'h' ? USAGE : VERSION)
        return letter === 'h' ? 1 : 0
      }
      const isWord = /^(cols|groupsize|len|offset|seek|skip|name)$/.test(option)
      if (VALUED.has(letter)) {
        const value = option.length > 1 && !isWord ? option.slice(1) : args[++at]
        if (value === undefined || !take(layout, letter, value)) return yield* refuse(sys)
      } else if (/^(ps|postscript|plain|p)$/.test(option)) layout.flags.add('p')
      else if ([...option].every(it => 'abCeiruptR'.includes(it)))
        for (const it of option) layout.flags.add(it)
      else return yield* refuse(sys)
    }
    const [input = '-', output] = args.slice(at)
    if (args.length - at > 2) return yield* refuse(sys)
    const bytes = yield* contents(sys, input)
    const result = layout.flags.has('r') ? undumped(bytes, layout, isApplet(sys)) : dump(bytes, layout, input)
    if (output === undefined || output === '-') me.out.print(result)
    else {
      const fd = yield* sys.open(output, O_WRONLY | O_CREAT | (layout.flags.has('r') ? 0 : O_TRUNC), 0o666)
      yield* sys.write(fd, result)
      sys.close(fd)
    }
    return 0
  },
})

function* refuse(sys: Sys): Blocking<number> {
  yield* sys.write(2, USAGE)
  return 1
}

function take(layout: Layout, letter: string, value: string): boolean {
  if (letter === 'n') layout.name = value
  if (letter === 'n') return true
  const match = /^([+-]*)(0[xX][0-9a-fA-F]+|\d+)$/.exec(value)
  if (!match) return false
  const digits = match[2]!
  const number = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits)
  const signed = match[1]!.includes('-') ? -number : number
  if (letter === 'c') layout.columns = number
  else if (letter === 'g') layout.group = number
  else if (letter === 'l') layout.length = number
  else if (letter === 'o') layout.offset = signed
  else {
    layout.seek = number
    layout.fromEnd = signed < 0
  }
  return true
}

function* contents(sys: Sys, name: string): Blocking<Uint8Array> {
  try {
    return yield* readAll(sys, yield* openInput(sys, name))
  } catch (e) {
    throw fatal(name, e, 2)
  }
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0')

function dump(all: Uint8Array, layout: Layout, name: string): string {
  const { flags } = layout
  const start = layout.fromEnd ? Math.max(0, all.length - layout.seek) : layout.seek
  const bytes = all.subarray(start, Math.min(all.length, start + layout.length))
  const digit = flags.has('u') ? (text: string) => text.toUpperCase() : (text: string) => text
  if (flags.has('p')) return plain(bytes, layout.columns ?? 30, digit)
  if (flags.has('i')) return include(bytes, layout, name, digit)
  const isBinary = flags.has('b')
  const isLittle = flags.has('e')
  const columns = layout.columns || (isBinary ? 6 : 16)
  const group = layout.group === undefined ? (isBinary ? 1 : isLittle ? 4 : 2) : layout.group || columns
  const width = isBinary ? 8 : 2
  let text = ''
  let skipped = 0
  for (let at = 0; at < bytes.length; at += columns) {
    const line = bytes.subarray(at, at + columns)
    const isZero = line.length === columns && line.every(byte => byte === 0)
    skipped = flags.has('a') && isZero ? skipped + 1 : 0
    if (skipped > 1 && at + columns < bytes.length) {
      if (skipped === 2) text += '*\n'
      continue
    }
    const cells: string[] = []
    for (let i = 0; i < columns; i += group) {
      const codes = Array.from({ length: Math.min(group, columns - i) }, (_, j) => line[i + j])
      const shown = codes.map(code =>
        code === undefined
          ? ' '.repeat(width)
          : isBinary
            ? code.toString(2).padStart(8, '0')
            : digit(hex(code)),
      )
      cells.push((isLittle ? shown.reverse() : shown).join(''))
    }
    const position = (start + layout.offset + at).toString(16).padStart(8, '0')
    const characters = [...line]
      .map(code => (code >= 32 && code < 127 ? String.fromCharCode(code) : '.'))
      .join('')
    text += `${position}: ${cells.join(' ')}  ${characters}\n`
  }
  return text
}

function plain(bytes: Uint8Array, columns: number, digit: (text: string) => string): string {
  const width = columns || bytes.length || 1
  let text = ''
  for (let at = 0; at < bytes.length; at += width)
    text += `${digit([...bytes.subarray(at, at + width)].map(hex).join(''))}\n`
  return text
}

function include(bytes: Uint8Array, layout: Layout, file: string, digit: (text: string) => string): string {
  const columns = layout.columns || 12
  const lines: string[] = []
  const prefix = layout.flags.has('u') ? '0X' : '0x'
  for (let at = 0; at < bytes.length; at += columns)
    lines.push(`  ${[...bytes.subarray(at, at + columns)].map(byte => prefix + digit(hex(byte))).join(', ')}`)
  const body = lines.length ? `${lines.join(',\n')}\n` : ''
  if (file === '-' && layout.name === undefined) return body
  const bare = (layout.name ?? file).replace(/[^A-Za-z0-9]/g, '_').replace(/^(?=\d)/, '__')
  const name = layout.flags.has('C') ? bare.toUpperCase() : bare
  const length = layout.flags.has('C') ? '_LEN' : '_len'
  return `unsigned char ${name}[] = {\n${body}};\nunsigned int ${name}${length} = ${bytes.length};\n`
}

/** The bytes of a dump. Each line's position says where they go; what is left out is zero. */
function undumped(bytes: Uint8Array, layout: Layout, isBusybox: boolean): Uint8Array {
  const lines = new TextDecoder('latin1').decode(bytes).split('\n')
  const out: number[] = []
  for (const line of lines) {
    if (layout.flags.has('p')) {
      // Two characters that are no digits end the line for busybox; one alone is skipped.
      const stop = isBusybox ? line.search(/[^0-9a-fA-F]{2}/) : -1
      const digits = stop < 0 ? line : line.slice(0, stop)
      for (const pair of digits.match(/[0-9a-fA-F]{2}/g) ?? []) out.push(Number.parseInt(pair, 16))
      continue
    }
    const match = /^\s*([0-9a-fA-F]+): ?(.*)$/.exec(line)
    if (!match) continue
    const at = Number.parseInt(match[1]!, 16) + (layout.fromEnd ? -layout.seek : layout.seek)
    const codes: number[] = []
    const columns = layout.columns || 16
    for (const word of match[2]!.split(/ {2}/)[0]!.split(' '))
      for (const pair of word.match(/^(?:[0-9a-fA-F]{2})+/)?.[0].match(/../g) ?? [])
        if (codes.length < columns) codes.push(Number.parseInt(pair, 16))
    while (out.length < at && at < 1 << 26) out.push(0)
    for (const [i, code] of codes.entries()) out[at + i] = code
  }
  return Uint8Array.from(out)
}
