/** How many columns a character takes on the screen, as far as erasing needs it. Linux: vt's is_double_width(). */
import { decode } from '../../abi/index.ts'

/** East Asian wide and full-width characters, and emoji: [first, last]. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
]

/** Whether the bytes of one UTF-8 character make a wide one. */
export function isWide(bytes: readonly number[]): boolean {
  if (bytes.length < 3) return false
  const code = decode(Uint8Array.from(bytes)).codePointAt(0)!
  return WIDE.some(([first, last]) => code >= first && code <= last)
}
