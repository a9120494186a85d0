/**
 * Data as printable text: base64, base32, base16, base2 and Z85, and what base64, base32 and basenc have in common.
 * Linux: coreutils basenc.c; gnulib base64.c, base32.c. RFC 4648, ZeroMQ RFC 32.
 */
import { type Blocking, encode, Errno, type Sys } from '../../abi/index.ts'
import { fatal, type Process, readAll } from './command.ts'
import { closeInput, openInput } from './input.ts'
import { concat } from './output.ts'
import { quote, quotef } from './quote.ts'

/** Text that stands for data; what is decoded is right up to the first mistake. */
export interface Encoding {
  readonly letters: string
  /** The text as bytes; undefined if the data cannot be encoded. */
  encode(bytes: Uint8Array): Uint8Array | undefined
  decode(text: Uint8Array): { readonly data: Uint8Array; readonly valid: boolean }
}

const PAD = 61
const NONE = 255

/** The value of each letter, by its code. */
function valuesOf(letters: string): Uint8Array {
  const values = new Uint8Array(256).fill(NONE)
  for (let i = 0; i < letters.length; i++) values[letters.charCodeAt(i)] = i
  return values
}

/** Letters of `bits` bits, the first bit first, padded to `group` letters. */
function powerOfTwo(letters: string, bits: number, group: number, partial: boolean): Encoding {
  const codes = encode(letters)
  const values = valuesOf(letters)
  return {
    letters,
    encode: bytes => encodeBits(bytes, codes, bits, group),
    decode: text => decodeBits(text, values, bits, group, partial),
  }
}

function encodeBits(bytes: Uint8Array, codes: Uint8Array, bits: number, group: number): Uint8Array {
  const text = new Uint8Array(Math.ceil((bytes.length * 8) / bits / group) * group).fill(PAD)
  const mask = (1 << bits) - 1
  let buffer = 0
  let held = 0
  let at = 0
  for (let i = 0; i < bytes.length; i++) {
    buffer = ((buffer << 8) | bytes[i]!) & 0xffff
    held += 8
    while (held >= bits) {
      held -= bits
      text[at++] = codes[(buffer >> held) & mask]!
    }
  }
  if (held) text[at] = codes[(buffer << (bits - held)) & mask]!
  return text
}

/** Group by group: one that ends early has to be filled with `=`. With `partial` what is there of the last one counts. */
function decodeBits(
  text: Uint8Array,
  values: Uint8Array,
  bits: number,
  group: number,
  partial: boolean,
): { data: Uint8Array; valid: boolean } {
  const data = new Uint8Array(Math.ceil((text.length * bits) / 8))
  let size = 0
  const stop = (valid: boolean) => ({ data: data.subarray(0, size), valid })
  for (let at = 0; at < text.length; at += group) {
    const end = Math.min(at + group, text.length)
    if (end - at < group && !partial) return stop(false)
    let buffer = 0
    let held = 0
    let i = at
    for (; i < end && values[text[i]!] !== NONE; i++) {
      buffer = ((buffer << bits) | values[text[i]!]!) & 0xffff
      held += bits
      if (held < 8) continue
      held -= 8
      data[size++] = (buffer >> held) & 255
    }
    if (i < at + group) {
      // A letter that completes no byte cannot be the last one of its group.
      if (i === at || held >= bits || end < at + group) return stop(false)
      for (; i < end; i++) if (text[i] !== PAD) return stop(false)
    }
  }
  return stop(true)
}

/** Bits as digits; `first` is the number of the bit that comes first. */
function base2(first: 0 | 7): Encoding {
  const shift = (i: number): number => (first ? 7 - i : i)
  return {
    letters: '01',
    encode(bytes) {
      const text = new Uint8Array(bytes.length * 8)
      for (let i = 0; i < text.length; i++) text[i] = 48 + ((bytes[i >> 3]! >> shift(i & 7)) & 1)
      return text
    },
    decode(text) {
      const data = new Uint8Array(text.length >> 3)
      for (let i = 0; i < text.length; i++) {
        const bit = text[i]! - 48
        if (bit !== 0 && bit !== 1) return { data: data.subarray(0, i >> 3), valid: false }
        if (i >> 3 < data.length) data[i >> 3]! |= bit << shift(i & 7)
      }
      return { data, valid: text.length % 8 === 0 }
    },
  }
}

const Z85_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#'

/** Four bytes as five letters. */
const Z85: Encoding = {
  letters: Z85_LETTERS,
  encode(bytes) {
    if (bytes.length % 4) return undefined
    const text = new Uint8Array((bytes.length / 4) * 5)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    for (let i = 0; i < bytes.length / 4; i++) {
      let value = view.getUint32(i * 4)
      for (let at = i * 5 + 4; at >= i * 5; at--, value = Math.floor(value / 85))
        text[at] = Z85_LETTERS.charCodeAt(value % 85)
    }
    return text
  },
  decode(text) {
    const values = valuesOf(Z85_LETTERS)
    const data = new Uint8Array(Math.floor(text.length / 5) * 4)
    const view = new DataView(data.buffer)
    for (let i = 0; i < Math.floor(text.length / 5); i++) {
      let value = 0
      for (const letter of text.subarray(i * 5, i * 5 + 5))
        value = values[letter] === NONE ? Number.POSITIVE_INFINITY : value * 85 + values[letter]!
      if (value >= 2 ** 32) return { data: data.subarray(0, i * 4), valid: false }
      view.setUint32(i * 4, value)
    }
    return { data, valid: text.length % 5 === 0 }
  },
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ALPHANUMERIC = `${UPPER}${UPPER.toLowerCase()}0123456789`

export const ENCODINGS = {
  base64: powerOfTwo(`${ALPHANUMERIC}+/`, 6, 4, true),
  base64url: powerOfTwo(`${ALPHANUMERIC}-_`, 6, 4, true),
  base32: powerOfTwo(`${UPPER}234567`, 5, 8, false),
  base32hex: powerOfTwo('0123456789ABCDEFGHIJKLMNOPQRSTUV', 5, 8, false),
  base16: powerOfTwo('0123456789ABCDEF', 4, 2, false),
  base2msbf: base2(7),
  base2lsbf: base2(0),
  z85: Z85,
} as const

/** The options that the programs share. */
export const ENCODING_OPTIONS = {
  decode: { short: 'd', help: 'decode data' },
  ignoreGarbage: { short: 'i', help: 'when decoding, ignore non-alphabet characters' },
  wrap: {
    short: 'w',
    value: '=COLS',
    help: 'wrap encoded lines after COLS character (default 76).\nUse 0 to disable line wrapping',
  },
} as const

/** The length of lines that -w asks for; one beyond all numbers is none. */
export function wrapColumn(text: string | undefined): number {
  if (text === undefined) return 76
  if (!/^\s*\+?\d+$/.test(text)) throw fatal(`invalid wrap size: ${quote(text)}`)
  return Number(text) > 2 ** 63 ? 0 : Number(text)
}

function* input(sys: Sys, name: string): Blocking<Uint8Array> {
  let fd = 0
  try {
    fd = yield* openInput(sys, name)
  } catch (e) {
    throw fatal(quotef(name), e)
  }
  try {
    const bytes = yield* readAll(sys, fd)
    closeInput(sys, fd)
    return bytes
  } catch (e) {
    throw e instanceof Errno ? fatal('read error', e) : e
  }
}

/** Print the file as text, in lines of so many columns. */
export function* encodeFile(
  sys: Sys,
  me: Process,
  name: string,
  encoding: Encoding,
  wrap: number,
): Blocking<void> {
  const bytes = yield* input(sys, name)
  const text = encoding.encode(bytes)
  if (!text) throw fatal('invalid input (length must be multiple of 4 characters)')
  if (!wrap) me.out.print(text)
  else for (let at = 0; at < text.length; at += wrap) me.out.print(line(text, at, wrap))
}

const NEWLINE = Uint8Array.of(10)

const line = (text: Uint8Array, at: number, wrap: number): Uint8Array =>
  concat([text.subarray(at, at + wrap), NEWLINE])

/** Print the data that the file stands for, as far as it does. */
export function* decodeFile(
  sys: Sys,
  me: Process,
  name: string,
  encoding: Encoding,
  ignoreGarbage: boolean,
): Blocking<void> {
  const bytes = yield* input(sys, name)
  const values = valuesOf(`${encoding.letters}${encoding === Z85 ? '' : '='}`)
  const text = bytes.filter(byte => byte !== 10 && !(ignoreGarbage && values[byte] === NONE))
  const { data, valid } = encoding.decode(text)
  me.out.print(data)
  if (!valid) throw fatal('invalid input')
}
