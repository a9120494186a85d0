/** Key sequences as inputrc files write them, and back. A sequence is a string of bytes. Readline: bind.c. */

const NAMES: Readonly<Record<string, number>> = {
  del: 0x7f,
  rubout: 0x7f,
  esc: 0x1b,
  escape: 0x1b,
  lfd: 10,
  newline: 10,
  ret: 13,
  return: 13,
  spc: 32,
  space: 32,
  tab: 9,
}

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  d: 0x7f,
  e: 0x1b,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
}

/** Readline: CTRL(); the byte that a key gives while Control is held. */
export const control = (code: number): number => (code === 0x3f ? 0x7f : code & 0x1f)

/** The bytes of a text. */
export const bytesOf = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text))

/** The text of bytes. */
export const textOf = (bytes: string): string =>
  new TextDecoder().decode(Uint8Array.from(bytes, it => it.charCodeAt(0)))

/** `\C-x\e[1~` and its like as bytes. Readline: rl_translate_keyseq(). */
export function translateKeys(notation: string): string {
  const text = bytesOf(notation)
  let out = ''
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\') {
      out += text[i]
      continue
    }
    let isControl = false
    let isMeta = false
    for (let it = text.slice(i + 1, i + 3); it === 'C-' || it === 'M-'; it = text.slice(i + 1, i + 3)) {
      if (it === 'C-') isControl = true
      else isMeta = true
      i += 2
      if (text[i + 1] === '\\' && /^[CM]-/.test(text.slice(i + 2))) i++
    }
    let code: number
    if ((isControl || isMeta) && text[i + 1] !== '\\') code = text.charCodeAt(++i)
    else {
      if (isControl || isMeta) i++
      const [value, length] = escapeAt(text, i + 1)
      code = value
      i += length
    }
    if (Number.isNaN(code)) break
    if (isControl) code = control(code >= 0x61 && code <= 0x7a ? code - 32 : code)
    if (isMeta) code |= 0x80
    out += String.fromCharCode(code)
  }
  return out
}

/** What stands behind a backslash: a code, and how many characters it takes. */
function escapeAt(text: string, at: number): [number, number] {
  const octal = /^[0-7]{1,3}/.exec(text.slice(at, at + 3))
  if (octal) return [Number.parseInt(octal[0], 8) & 0xff, octal[0].length]
  const hex = /^x([0-9A-Fa-f]{1,2})/.exec(text.slice(at, at + 3))
  if (hex) return [Number.parseInt(hex[1]!, 16), hex[0].length]
  const letter = text[at]
  if (letter === undefined) return [Number.NaN, 0]
  return [ESCAPES[letter] ?? letter.charCodeAt(0), 1]
}

/** `Control-u`, `Meta-Rubout`, `TAB`: a key by its name. Readline: glean_key_from_name(). */
export function namedKey(name: string): string {
  const bare = /[^-]*.$/.exec(name)?.[0] ?? ''
  let code = NAMES[bare.toLowerCase()] ?? (bytesOf(bare).charCodeAt(0) || 0)
  if (/(?:control|ctrl|c)-/i.test(name)) code = control(code >= 0x61 && code <= 0x7a ? code - 32 : code)
  if (/(?:meta|m)-/i.test(name)) code |= 0x80
  return String.fromCharCode(code)
}

/** Bytes as `bind -p` shows them. Readline: _rl_untranslate_macro_value(), rl_untranslate_keyseq(). */
export function untranslate(keys: string, isMacro = false): string {
  let out = ''
  for (const char of keys) {
    const code = char.charCodeAt(0)
    if (code === 0x100) out += '\\000'
    else if (code === 0x1b) out += '\\e'
    else if (code === 0x7f) out += '\\C-?'
    else if (code < 32) out += `\\C-${String.fromCharCode(code + 64).toLowerCase()}`
    else if (char === '"' || char === '\\') out += `\\${char}`
    else if (code >= 0x80 && !isMacro) out += `\\${code.toString(8).padStart(3, '0')}`
    else out += char
  }
  return out
}
