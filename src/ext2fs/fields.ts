/** Records of fixed layout as tables of fields: name, offset and width in bytes; all numbers are little-endian. */
export type Fields = Readonly<Record<string, readonly [offset: number, width: 1 | 2 | 4]>>
export type Fixed<F extends Fields> = { -readonly [K in keyof F]: number }

/** The numbers of a record that begins at `at`. */
export function decodeFields<F extends Fields>(fields: F, bytes: Uint8Array, at = 0): Fixed<F> {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at)
  const record: Record<string, number> = {}
  for (const [name, [offset, width]] of Object.entries(fields))
    record[name] =
      offset + width > view.byteLength
        ? 0
        : width === 4
          ? view.getUint32(offset, true)
          : width === 2
            ? view.getUint16(offset, true)
            : view.getUint8(offset)
  return record as Fixed<F>
}

/** Put the numbers of a record where it begins. */
export function encodeFields<F extends Fields>(fields: F, record: Fixed<F>, bytes: Uint8Array, at = 0): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at)
  for (const [name, [offset, width]] of Object.entries(fields)) {
    const value = record[name as keyof F]
    if (offset + width > view.byteLength) continue
    if (width === 4) view.setUint32(offset, value, true)
    else if (width === 2) view.setUint16(offset, value, true)
    else view.setUint8(offset, value)
  }
}

export const get16 = (bytes: Uint8Array, at: number): number => bytes[at]! | (bytes[at + 1]! << 8)
export const get32 = (bytes: Uint8Array, at: number): number =>
  (get16(bytes, at) | (get16(bytes, at + 2) << 16)) >>> 0

export function put16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value
  bytes[at + 1] = value >>> 8
}

export function put32(bytes: Uint8Array, at: number, value: number): void {
  put16(bytes, at, value)
  put16(bytes, at + 2, value >>> 16)
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0x82f63b78 : c >>> 1
  return c
})

/** CRC-32C going on from `seed`, without the inversions at both ends. Linux: crc32c_le(). */
export function crc32c(seed: number, bytes: Uint8Array): number {
  let crc = seed
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[i]!) & 255]!
  return crc >>> 0
}

/** A number as four bytes, for checksums. */
export function le32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  put32(bytes, 0, value)
  return bytes
}
