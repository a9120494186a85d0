/** cpio archives: old binary (bin), old ASCII (odc), new ASCII (newc), the same with sums (crc). cpio(5). */
import { decode, encode } from '../../../abi/index.ts'
import { concat } from '../output.ts'

export type Format = 'bin' | 'odc' | 'newc' | 'crc'

export interface Member {
  readonly name: string
  readonly ino: number
  readonly dev: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly nlink: number
  readonly rdev: number
  readonly mtime: number
}

export interface Found extends Member {
  readonly data: Uint8Array
}

export const TRAILER = 'TRAILER!!!'
/** What reading ends with when the archive does. */
export type Ending = 'trailer' | 'premature end of archive' | 'premature end of file'

const alignment = (format: Format): number => (format === 'bin' ? 2 : format === 'odc' ? 1 : 4)
const padding = (length: number, to: number): Uint8Array => new Uint8Array((to - (length % to)) % to)
const hex = (value: number): string => (value >>> 0).toString(16).toUpperCase().padStart(8, '0')
const octal = (value: number, digits: number): string =>
  (value % 8 ** digits).toString(8).padStart(digits, '0')
/** Device numbers of 16 bits, as the old formats have them. */
const oldDev = (dev: number): number => dev & 0xffff

/** The bytes of a member. */
export function cpioBytes(format: Format, it: Member, data: Uint8Array): Uint8Array {
  const name = encode(`${it.name}\0`)
  const to = alignment(format)
  const header =
    format === 'bin'
      ? binaryHeader(it, name.length, data.length)
      : encode(
          format === 'odc'
            ? odcHeader(it, name.length, data.length)
            : newHeader(format, it, name.length, data),
        )
  return concat([header, name, padding(header.length + name.length, to), data, padding(data.length, to)])
}

/** Words of 16 bits; of longer numbers the higher one comes first. */
function binaryHeader(it: Member, name: number, size: number): Uint8Array {
  const head = [0o070707, oldDev(it.dev), it.ino, it.mode, it.uid, it.gid, it.nlink, oldDev(it.rdev)]
  const words = [...head, it.mtime >>> 16, it.mtime, name, size >>> 16, size]
  return Uint8Array.from(words.flatMap(word => [word & 255, (word >>> 8) & 255]))
}

function odcHeader(it: Member, name: number, size: number): string {
  const short = [oldDev(it.dev), it.ino, it.mode, it.uid, it.gid, it.nlink, oldDev(it.rdev)]
  const fields = short.map(value => octal(value, 6)).join('')
  return `070707${fields}${octal(it.mtime, 11)}${octal(name, 6)}${octal(size, 11)}`
}

function newHeader(format: Format, it: Member, name: number, data: Uint8Array): string {
  const device = (dev: number): number[] => [dev >>> 8, dev & 255]
  const sum = format === 'crc' ? data.reduce((n, byte) => (n + byte) >>> 0, 0) : 0
  const head = [it.ino, it.mode, it.uid, it.gid, it.nlink, it.mtime, data.length]
  const fields = [...head, ...device(it.dev), ...device(it.rdev), name, sum]
  return `${format === 'crc' ? '070702' : '070701'}${fields.map(hex).join('')}`
}

/** The members up to the trailer. */
export function* readCpio(bytes: Uint8Array): Generator<Found, Ending> {
  let at = 0
  for (;;) {
    const it = headerAt(bytes, at)
    if (!it) return 'premature end of archive'
    const to = alignment(it.format)
    const nameAt = at + it.size
    const dataAt = nameAt + it.name + padding(it.size + it.name, to).length
    const name = decode(bytes.subarray(nameAt, nameAt + it.name - 1))
    if (name === TRAILER) return 'trailer'
    const end = dataAt + it.length
    yield { ...it.member, name, data: bytes.subarray(dataAt, end) }
    if (end > bytes.length) return 'premature end of file'
    at = end + padding(it.length, to).length
  }
}

interface Header {
  readonly format: Format
  readonly member: Omit<Member, 'name'>
  readonly size: number
  readonly name: number
  readonly length: number
}

function headerAt(bytes: Uint8Array, at: number): Header | undefined {
  const magic = decode(bytes.subarray(at, at + 6))
  if (bytes[at] === 0xc7 && bytes[at + 1] === 0x71) return binaryAt(bytes, at)
  if (magic === '070707') return odcAt(decode(bytes.subarray(at, at + 76)))
  if (magic === '070701' || magic === '070702')
    return newAt(decode(bytes.subarray(at, at + 110)), magic === '070702' ? 'crc' : 'newc')
  return undefined
}

function binaryAt(bytes: Uint8Array, at: number): Header | undefined {
  if (at + 26 > bytes.length) return undefined
  const word = (i: number): number => bytes[at + i * 2]! | (bytes[at + i * 2 + 1]! << 8)
  const long = (i: number): number => word(i) * 65536 + word(i + 1)
  const [dev, ino, mode, uid, gid, nlink, rdev] = [1, 2, 3, 4, 5, 6, 7].map(word) as number[]
  const member = { dev, ino, mode, uid, gid, nlink, rdev, mtime: long(8) } as Omit<Member, 'name'>
  return { format: 'bin', member, size: 26, name: word(10), length: long(11) }
}

function odcAt(text: string): Header | undefined {
  if (!/^[0-7]{76}$/.test(text)) return undefined
  const number = (from: number, digits: number): number => Number.parseInt(text.slice(from, from + digits), 8)
  const [dev, ino, mode, uid, gid, nlink, rdev] = [6, 12, 18, 24, 30, 36, 42].map(it => number(it, 6))
  const member = { dev, ino, mode, uid, gid, nlink, rdev, mtime: number(48, 11) } as Omit<Member, 'name'>
  return { format: 'odc', member, size: 76, name: number(59, 6), length: number(65, 11) }
}

function newAt(text: string, format: Format): Header | undefined {
  if (!/^[0-9A-Fa-f]{110}$/.test(text)) return undefined
  const field = (i: number): number => Number.parseInt(text.slice(6 + i * 8, 14 + i * 8), 16)
  const [ino, mode, uid, gid, nlink, mtime] = [0, 1, 2, 3, 4, 5].map(field) as number[]
  const [dev, rdev] = [field(7) * 256 + field(8), field(9) * 256 + field(10)]
  const member = { dev, ino, mode, uid, gid, nlink, rdev, mtime } as Omit<Member, 'name'>
  return { format, member, size: 110, name: field(11), length: field(6) }
}
