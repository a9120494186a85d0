/**
 * Text and bytes: the host's locale is C.UTF-8, so text is UTF-8. Bytes that are not valid UTF-8 become the lone
 * surrogates U+DC80 to U+DCFF and turn back into the same bytes (Python's "surrogateescape", PEP 383), so that file
 * names, arguments and lines of any bytes survive a trip through a JavaScript string.
 */
const encoder = new TextEncoder()
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

/** The bytes of a text. */
export function encode(text: string): Uint8Array {
  if (text.length < 64 && isAscii(text)) {
    const bytes = new Uint8Array(text.length)
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
    return bytes
  }
  return LONE.test(text) ? encodeEscaped(text) : encoder.encode(text)
}

/** The text of some bytes. */
export function decode(bytes: Uint8Array): string {
  if (bytes.length < 64) {
    let text = ''
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!
      if (byte >= 0x80) return decodeAny(bytes)
      text += String.fromCharCode(byte)
    }
    return text
  }
  return decodeAny(bytes)
}

function decodeAny(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes)
  } catch {
    return decodeEscaped(bytes)
  }
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x80) return false
  return true
}

function encodeEscaped(text: string): Uint8Array {
  const bytes: number[] = []
  for (const char of text) {
    const code = char.codePointAt(0)!
    if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00)
    else for (const byte of encoder.encode(char)) bytes.push(byte)
  }
  return Uint8Array.from(bytes)
}

/** How many bytes the well-formed UTF-8 sequence at `i` has, or 0. */
export function sequenceLength(bytes: Uint8Array, i: number): number {
  const lead = bytes[i]!
  if (lead < 0x80) return 1
  const length =
    lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0
  if (!length || i + length > bytes.length) return 0
  for (let k = 1; k < length; k++) if ((bytes[i + k]! & 0xc0) !== 0x80) return 0
  const second = bytes[i + 1]!
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return 0
  if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return 0
  return length
}

function decodeEscaped(bytes: Uint8Array): string {
  let text = ''
  let from = 0
  let i = 0
  while (i < bytes.length) {
    const length = sequenceLength(bytes, i)
    if (length) {
      i += length
      continue
    }
    if (from < i) text += strict.decode(bytes.subarray(from, i))
    text += String.fromCharCode(0xdc00 + bytes[i]!)
    from = ++i
  }
  return from < i ? text + strict.decode(bytes.subarray(from, i)) : text
}
