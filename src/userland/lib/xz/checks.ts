/** The checksums that follow a block. liblzma: check/. */
import { crc32 } from '../crc32.ts'
import { sha256 } from '../digest.ts'

/** By the number in the stream's flags: name and size; those that xz does not compute have no name. */
const SIZES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64]
const NAMES: Readonly<Record<number, string>> = { 0: 'None', 1: 'CRC32', 4: 'CRC64', 10: 'SHA-256' }
export const CHECKS: Readonly<Record<string, number>> = { none: 0, crc32: 1, crc64: 4, sha256: 10 }

export const checkSize = (check: number): number => SIZES[check]!
export const checkName = (check: number): string => NAMES[check] ?? `Unknown-${check}`
export const isKnownCheck = (check: number): boolean => check in NAMES

export function checksum(check: number, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(checkSize(check))
  if (check === 1) new DataView(bytes.buffer).setUint32(0, crc32(data), true)
  if (check === 4) crc64(data, new DataView(bytes.buffer))
  if (check === 10) {
    const hex = sha256(data)
    for (let i = 0; i < 32; i++) bytes[i] = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16)
  }
  return bytes
}

const LOW = new Int32Array(256)
const HIGH = new Int32Array(256)

/** ECMA-182's, in halves of 32 bits. */
function crc64(data: Uint8Array, to: DataView): void {
  if (!LOW[1]) fillTables()
  let low = -1
  let high = -1
  for (const byte of data) {
    const i = (low ^ byte) & 255
    low = ((low >>> 8) | (high << 24)) ^ LOW[i]!
    high = (high >>> 8) ^ HIGH[i]!
  }
  to.setInt32(0, ~low, true)
  to.setInt32(4, ~high, true)
}

function fillTables(): void {
  for (let n = 0; n < 256; n++) {
    let [low, high] = [n, 0]
    for (let k = 0; k < 8; k++) {
      const bit = low & 1
      low = (low >>> 1) | (high << 31)
      high >>>= 1
      if (!bit) continue
      low ^= 0xd7870f42
      high ^= 0xc96c5795
    }
    LOW[n] = low
    HIGH[n] = high
  }
}
