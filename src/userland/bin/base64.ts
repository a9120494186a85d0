/**
 * base64, base32 - encode/decode data and print to standard output
 * https://www.gnu.org/software/coreutils/manual/html_node/base64-invocation.html
 */
import { command, fatal, usage } from '../lib/command.ts'
import { readInput } from '../lib/input.ts'
import { parseNumber } from '../lib/numbers.ts'
import { basename } from '../lib/path.ts'
import { quote } from '../lib/quote.ts'

const ALPHABETS = {
  base64: { letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', bits: 6, group: 4 },
  base32: { letters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', bits: 5, group: 8 },
} as const
type Alphabet = (typeof ALPHABETS)[keyof typeof ALPHABETS]

export default command({
  name: 'base64',
  aliases: ['base32'],
  summary:
    'Base64 encode or decode FILE, or standard input, to standard output.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: 'base64 [OPTION]... [FILE]',
  authors: 'Simon Josefsson',
  options: {
    decode: { short: 'd', help: 'decode data' },
    ignoreGarbage: { short: 'i', help: 'when decoding, ignore non-alphabet characters' },
    wrap: {
      short: 'w',
      value: '=COLS',
      help: 'wrap encoded lines after COLS character (default 76).\nUse 0 to disable line wrapping',
    },
  },

  *main(sys, flags, [name, extra], me) {
    if (extra !== undefined) throw usage(`extra operand ${quote(extra)}`)
    const alphabet = ALPHABETS[basename(me.argv[0] ?? '') as 'base64'] ?? ALPHABETS.base64
    const wrap = flags.wrap === undefined ? { value: 76 } : parseNumber(flags.wrap)
    if (!('value' in wrap) || wrap.value < 0) throw fatal(`invalid wrap size: ${quote(flags.wrap!)}`)
    const bytes = yield* readInput(sys, me, name ?? '-')
    if (!bytes) return 1
    if (!flags.decode) {
      const text = encodeBase(bytes, alphabet)
      if (!wrap.value) me.out.print(text)
      else for (let at = 0; at < text.length; at += wrap.value) me.out.line(text.slice(at, at + wrap.value))
      return 0
    }
    const letters = [...bytes].filter(byte => byte !== 10).map(byte => String.fromCharCode(byte))
    const kept = flags.ignoreGarbage
      ? letters.filter(it => it === '=' || alphabet.letters.includes(it))
      : letters
    const { data, valid } = decodeBase(kept.join(''), alphabet)
    me.out.print(data)
    if (!valid) throw fatal('invalid input')
    return 0
  },
})

function encodeBase(bytes: Uint8Array, { letters, bits, group }: Alphabet): string {
  let text = ''
  let buffer = 0
  let held = 0
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff
    held += 8
    while (held >= bits) {
      held -= bits
      text += letters[(buffer >> held) & ((1 << bits) - 1)]
    }
  }
  if (held) text += letters[(buffer << (bits - held)) & ((1 << bits) - 1)]
  return text.padEnd(Math.ceil(text.length / group) * group, '=')
}

function decodeBase(text: string, { letters, bits, group }: Alphabet): { data: Uint8Array; valid: boolean } {
  const data: number[] = []
  let buffer = 0
  let held = 0
  let valid = text.length % group === 0
  let ended = false
  for (const letter of text) {
    if (letter === '=') {
      ended = true
      buffer = held = 0
      continue
    }
    const value = letters.indexOf(letter)
    if (value < 0 || ended) {
      valid = false
      break
    }
    buffer = ((buffer << bits) | value) & 0xffff
    held += bits
    if (held < 8) continue
    held -= 8
    data.push((buffer >> held) & 255)
  }
  return { data: Uint8Array.from(data), valid }
}
