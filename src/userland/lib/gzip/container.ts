/**
 * gzip's container around deflated data: header, name, time, checksum; one or more members. RFC 1952;
 * gzip.c, unzip.c.
 */
import { decode, encode } from '../../../abi/index.ts'
import { crc32 } from '../crc32.ts'
import { concat } from '../output.ts'
import { deflate } from './deflate.ts'
import { GzipError, GzipUnsupported, Inflater } from './inflate.ts'

export { GzipError } from './inflate.ts'

const MAGIC = [0x1f, 0x8b]
const EXTRA = 4
const NAME = 8
const COMMENT = 16
const HEADER_CRC = 2
const ENCRYPTED = 0x20
const RESERVED = 0xc0

export const isGzip = (data: Uint8Array, at = 0): boolean =>
  data[at] === MAGIC[0] && data[at + 1] === MAGIC[1]

/** Data as gzip writes it, with the name and the time of the file. */
export function gzip(data: Uint8Array, name: string, mtime: number, level = 6): Uint8Array {
  const head = new Uint8Array(10)
  head.set([...MAGIC, 8, name ? NAME : 0])
  const view = new DataView(head.buffer)
  view.setUint32(4, mtime, true)
  head[8] = level === 9 ? 2 : level === 1 ? 4 : 0
  head[9] = 3
  const tail = new DataView(new ArrayBuffer(8))
  tail.setUint32(0, crc32(data), true)
  tail.setUint32(4, data.length, true)
  return concat([head, encode(name ? `${name}\0` : ''), deflate(data, level), new Uint8Array(tail.buffer)])
}

/** What compressed data holds. */
export interface Expanded {
  readonly data: Uint8Array
  /** What was wrong with it, as gzip says it; the data is there nevertheless. */
  readonly errors: readonly string[]
  /** Something follows that is neither zeros nor a member. */
  readonly garbage: boolean
  /** Of the first member. */
  readonly name: string
  readonly mtime: number
  /** Of the last member. */
  readonly crc: number
  readonly size: number
  /** Size of header and trailer, as far as gzip counts them. */
  readonly overhead: number
}

/** The contents of all members. Throws GzipError when they cannot be had. */
export function expand(data: Uint8Array): Expanded {
  if (!data.length) throw new GzipError('unexpected end of file')
  if (!isGzip(data)) throw new GzipError(data.length < 2 ? 'unexpected end of file' : 'not in gzip format')
  const parts: Uint8Array[] = []
  let at = 0
  let first: Header | undefined
  let errors: string[] = []
  while (!errors.length && isGzip(data, at)) {
    const header = headerAt(data, at)
    first ??= header
    const inflater = new Inflater(data, header.end)
    const part = expandMember(inflater, parts)
    parts.push(part)
    at = inflater.at
    if (at + 8 > data.length) throw new GzipError('unexpected end of file', concat(parts))
    const view = new DataView(data.buffer, data.byteOffset + at)
    errors = wrong(part, view.getUint32(0, true), view.getUint32(4, true))
    at += 8
  }
  const last = parts.at(-1)!
  return {
    data: parts.length === 1 ? last : concat(parts),
    errors,
    garbage: !errors.length && data.subarray(at).some(byte => byte !== 0),
    name: first!.name,
    mtime: first!.mtime,
    crc: crc32(last),
    size: last.length,
    overhead: parts.length === 1 ? first!.end + 8 : 0,
  }
}

/** The contents of all members; anything wrong with them is thrown as a GzipError. */
export function gunzip(data: Uint8Array): Uint8Array {
  const { data: contents, errors } = expand(data)
  if (errors[0]) throw new GzipError(errors[0])
  return contents
}

function expandMember(inflater: Inflater, before: readonly Uint8Array[]): Uint8Array {
  try {
    return inflater.run()
  } catch (e) {
    throw e instanceof GzipError ? new GzipError(e.message, concat([...before, e.partial])) : e
  }
}

function wrong(part: Uint8Array, crc: number, size: number): string[] {
  const errors: string[] = []
  if (crc !== crc32(part)) errors.push('invalid compressed data--crc error')
  if (size !== part.length) errors.push('invalid compressed data--length error')
  return errors
}

interface Header {
  readonly name: string
  readonly mtime: number
  readonly end: number
}

function headerAt(data: Uint8Array, start: number): Header {
  const method = data[start + 2]
  const flags = data[start + 3] ?? 0
  if (method !== undefined && method !== 8)
    throw new GzipUnsupported(`: unknown method ${method} -- not supported`)
  if (flags & ENCRYPTED) throw new GzipUnsupported(' is encrypted -- not supported')
  if (flags & RESERVED) throw new GzipUnsupported(` has flags 0x${flags.toString(16)} -- not supported`)
  let at = start + 10
  if (at > data.length) throw new GzipError('unexpected end of file')
  const mtime = new DataView(data.buffer, data.byteOffset + start).getUint32(4, true)
  if (flags & EXTRA) at += 2 + ((data[at] ?? 0) | ((data[at + 1] ?? 0) << 8))
  let name = ''
  for (const bit of [NAME, COMMENT]) {
    if (!(flags & bit)) continue
    const end = data.indexOf(0, at)
    if (end < 0) throw new GzipError('unexpected end of file')
    if (bit === NAME) name = decode(data.subarray(at, end))
    at = end + 1
  }
  if (flags & HEADER_CRC) at += 2
  return { name, mtime, end: at }
}
