/** The old checksums: POSIX's CRC, and the sums of BSD and System V. Linux: coreutils cksum.c, sum.c. */

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0)
  return crc
})

/** The CRC of the bytes followed by their number. */
export function posixCrc(bytes: Uint8Array): number {
  let crc = 0
  for (let i = 0; i < bytes.length; i++) crc = (crc << 8) ^ CRC_TABLE[(crc >>> 24) ^ bytes[i]!]!
  for (let length = bytes.length; length; length = Math.floor(length / 256))
    crc = (crc << 8) ^ CRC_TABLE[(crc >>> 24) ^ (length & 255)]!
  return ~crc >>> 0
}

/** A sum of 16 bits that is rotated before each byte. */
export function bsdSum(bytes: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < bytes.length; i++) sum = (((sum >> 1) | ((sum & 1) << 15)) + bytes[i]!) & 0xffff
  return sum
}

/** The sum of all bytes, folded into 16 bits. */
export function sysvSum(bytes: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < bytes.length; i++) sum += bytes[i]!
  const once = ((sum % 2 ** 32) & 0xffff) + Math.floor((sum % 2 ** 32) / 0x10000)
  return (once & 0xffff) + (once >> 16)
}
