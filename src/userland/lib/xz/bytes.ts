/** Numbers as the container has them. xz-file-format.txt, 1.2 */
import { crc32 } from '../crc32.ts'
import { corrupt, truncated } from './error.ts'

/** Seven bits a byte, the lowest first. */
export function vli(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80)
  return [...bytes, rest]
}

export const uint32 = (value: number): number[] =>
  [value, value >>> 8, value >>> 16, value >>> 24].map(it => it & 255)

/** The bytes and their CRC32. */
export function sealed(bytes: readonly number[]): Uint8Array {
  return Uint8Array.from([...bytes, ...uint32(crc32(Uint8Array.from(bytes)))])
}

/** The bytes with zeros up to a multiple of four. */
export const padded = (bytes: readonly number[]): number[] => [
  ...bytes,
  ...new Array<number>((4 - (bytes.length % 4)) % 4).fill(0),
]

/** Reads one number after the other. */
export class ByteReader {
  readonly bytes: Uint8Array
  at: number

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.at = at
  }

  byte(): number {
    if (this.at >= this.bytes.length) throw truncated()
    return this.bytes[this.at++]!
  }

  uint32(): number {
    return (this.byte() | (this.byte() << 8) | (this.byte() << 16) | (this.byte() << 24)) >>> 0
  }

  vli(): number {
    let value = 0
    for (let i = 0; i < 9; i++) {
      const byte = this.byte()
      value += (byte & 0x7f) * 2 ** (7 * i)
      if (byte < 0x80) {
        if (!byte && i) throw corrupt()
        return value
      }
    }
    throw corrupt()
  }

  take(count: number): Uint8Array {
    if (this.at + count > this.bytes.length) throw truncated()
    this.at += count
    return this.bytes.subarray(this.at - count, this.at)
  }
}
