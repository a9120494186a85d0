/** What file(1) says of compressed data and of cpio's archives. Linux: file's magic/Magdir/{compress,archive}. */
import { decode } from '../../abi/index.ts'
import { localtime, strftime, zoneOf } from './time.ts'

const CHECKS: Readonly<Record<number, string>> = { 0: 'NONE', 1: 'CRC32', 4: 'CRC64', 10: 'SHA-256' }

/** The description and the MIME type; undefined if it is something else. */
export function packedKind(bytes: Uint8Array): readonly [string, string] | undefined {
  const starts = (...magic: number[]): boolean => magic.every((byte, i) => bytes[i] === byte)
  if (starts(0x1f, 0x8b)) return [gzipKind(bytes), 'application/gzip']
  if (starts(0x42, 0x5a, 0x68)) {
    const size = bytes[3]! >= 0x31 && bytes[3]! <= 0x39 ? `, block size = ${bytes[3]! - 0x30}00k` : ''
    return [`bzip2 compressed data${size}`, 'application/x-bzip2']
  }
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0)) {
    const check = CHECKS[bytes[7]!]
    return [`XZ compressed data${check ? `, checksum ${check}` : ''}`, 'application/x-xz']
  }
  if (starts(0x5d, 0, 0) && bytes.length > 12) return [lzmaKind(bytes), 'application/x-lzma']
  const cpio = cpioKind(bytes)
  return cpio === undefined ? undefined : [cpio, 'application/x-cpio']
}

function gzipKind(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const parts = ['gzip compressed data']
  if (bytes.length < 18) return parts[0]!
  if (bytes[3]! & 8) parts.push(`was "${decode(bytes.subarray(10, bytes.indexOf(0, 10)))}"`)
  const time = view.getUint32(4, true)
  if (time)
    parts.push(
      `last modified: ${strftime('%a %b %e %H:%M:%S %Y', localtime({ sec: time, nsec: 0 }, zoneOf('UTC')))}`,
    )
  if (bytes[8] === 2) parts.push('max compression')
  if (bytes[8] === 4) parts.push('max speed')
  if (bytes[9] === 3) parts.push('from Unix')
  parts.push(`original size modulo 2^32 ${view.getUint32(bytes.length - 4, true)}`)
  return parts.join(', ')
}

function lzmaKind(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (view.getUint32(5, true) === 0xffffffff) return 'LZMA compressed data, streamed'
  return `LZMA compressed data, non-streamed, size ${view.getBigUint64(5, true)}`
}

function cpioKind(bytes: Uint8Array): string | undefined {
  const magic = decode(bytes.subarray(0, 6))
  if (magic === '070701') return 'ASCII cpio archive (SVR4 with no CRC)'
  if (magic === '070702') return 'ASCII cpio archive (SVR4 with CRC)'
  if (magic === '070707') return 'ASCII cpio archive (pre-SVR4 or odc)'
  if (bytes[0] === 0xc7 && bytes[1] === 0x71) return 'cpio archive'
  return bytes[0] === 0x71 && bytes[1] === 0xc7 ? 'byte-swapped cpio archive' : undefined
}
