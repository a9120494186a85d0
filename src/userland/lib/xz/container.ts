/**
 * .xz: streams of blocks, each with a checksum, an index of them and a footer. xz-file-format.txt; liblzma:
 * stream_decoder.c, block_header_decoder.c, index_hash.c.
 *
 * Left out: filters besides LZMA2 (delta, BCJ) are refused as unsupported options.
 */
import { crc32 } from '../crc32.ts'
import { concat } from '../output.ts'
import { ByteReader, padded, sealed, uint32, vli } from './bytes.ts'
import { checkSize, checksum, isKnownCheck } from './checks.ts'
import { corrupt, truncated, unknownFormat, unsupported, XzError } from './error.ts'
import { decodeLzma2, encodeLzma2 } from './lzma2.ts'
import type { Preset } from './presets.ts'
import { Window } from './window.ts'

const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]
const FOOTER_MAGIC = [0x59, 0x5a]
export const HEADER_SIZE = 12
const LZMA2 = 0x21

export const isXz = (data: Uint8Array, at = 0): boolean => MAGIC.every((byte, i) => data[at + i] === byte)

/** A block as the index knows it: its size without padding, and that of what it holds. */
export interface Record {
  readonly unpadded: number
  readonly expanded: number
}

export interface Framing {
  readonly check: number
  /** The sizes of the blocks; the last one is that of all further ones. One block holds everything if empty. */
  readonly blocks: readonly number[]
  /** Blocks say in their headers how large they are, as those of several threads do. */
  readonly sized: boolean
}

/** Data as one stream. */
export function encodeXz(data: Uint8Array, preset: Preset, { check, blocks, sized }: Framing): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.from(MAGIC), sealed([0, check]).subarray(0, 6)]
  const records: Record[] = []
  for (let at = 0, i = 0; at < data.length; i++) {
    const size = (blocks[i] ?? blocks.at(-1)) || data.length - at
    const part = data.subarray(at, at + size)
    at += part.length
    const chunks = encodeLzma2(part, preset)
    const header = blockHeader(preset, sized ? [chunks.length, part.length, size] : undefined)
    const sum = checksum(check, part)
    parts.push(header, chunks, new Uint8Array((4 - (chunks.length % 4)) % 4), sum)
    records.push({ unpadded: header.length + chunks.length + sum.length, expanded: part.length })
  }
  const index = sealed(
    padded([0, ...vli(records.length), ...records.flatMap(it => [...vli(it.unpadded), ...vli(it.expanded)])]),
  )
  const footer = [...uint32(index.length / 4 - 1), 0, check]
  parts.push(index, Uint8Array.from(uint32(crc32(Uint8Array.from(footer)))))
  return concat([...parts, Uint8Array.from([...footer, ...FOOTER_MAGIC])])
}

/** Sizes get the room that those of the largest possible block would need. */
function blockHeader({ dict }: Preset, sizes?: readonly [number, number, number]): Uint8Array {
  const filter = [...vli(LZMA2), 1, dictionaryByte(dict)]
  const fields = sizes ? [0xc0, ...vli(sizes[0]), ...vli(sizes[1]), ...filter] : [0, ...filter]
  const room = sizes ? 2 + 2 * vli(sizes[2]).length + filter.length + 4 : 0
  const size = Math.max(Math.ceil((fields.length + 5) / 4), Math.ceil(room / 4))
  const bytes = [size - 1, ...fields]
  while (bytes.length < size * 4 - 4) bytes.push(0)
  return sealed(bytes)
}

/** Dictionaries of 2^n and 2^n + 2^(n-1) bytes have numbers. */
function dictionaryByte(size: number): number {
  for (let bits = 0; bits < 40; bits++) if (dictionarySize(bits) >= size) return bits
  return 40
}

export const dictionarySize = (bits: number): number =>
  bits === 40 ? 0xffffffff : (2 | (bits & 1)) * 2 ** ((bits >> 1) + 11)

export interface DecodedXz {
  readonly data: Uint8Array
  /** Numbers of checksums that nobody here can verify. */
  readonly unknown: readonly number[]
  /** Where a single stream ended. */
  readonly end: number
}

/** The contents of the streams. Throws an XzError that has what could be expanded. */
export function decodeXz(data: Uint8Array, { single = false, ignoreCheck = false } = {}): DecodedXz {
  const window = new Window()
  const unknown: number[] = []
  try {
    if (!isXz(data)) throw unknownFormat()
    let at = 0
    for (let isFirst = true; at < data.length; isFirst = false) {
      at = decodeStream(data, at, window, { isFirst, ignoreCheck, unknown })
      if (single) break
      const end = at
      while (at < data.length && !data[at]) at++
      // What follows in the last group of four is no padding but a stream that begins there.
      if ((at - end) % 4) throw corrupt()
    }
    return { data: window.bytes, unknown, end: at }
  } catch (e) {
    if (e instanceof XzError) e.partial = window.bytes
    throw e
  }
}

interface Decoding {
  readonly isFirst: boolean
  readonly ignoreCheck: boolean
  readonly unknown: number[]
}

function decodeStream(data: Uint8Array, start: number, window: Window, how: Decoding): number {
  const header = new ByteReader(data, start)
  const check = streamHeader(header, how.isFirst)
  if (!isKnownCheck(check) && !how.ignoreCheck) how.unknown.push(check)
  const records: Record[] = []
  let { at } = header
  while (data[at] !== 0) {
    if (at >= data.length) throw truncated()
    const begin = window.length
    const block = decodeBlock(data, at, window, how.ignoreCheck && isKnownCheck(check) ? -1 : check, check)
    records.push({ unpadded: block.unpadded, expanded: window.length - begin })
    at = block.end
  }
  const index = readIndex(new ByteReader(data, at))
  const isSame =
    index.records.length === records.length &&
    records.every(
      (it, i) => it.unpadded === index.records[i]!.unpadded && it.expanded === index.records[i]!.expanded,
    )
  if (!isSame) throw corrupt()
  const footer = readFooter(new ByteReader(data, index.end))
  if (footer.indexSize !== index.end - at || footer.check !== check) throw corrupt()
  return index.end + HEADER_SIZE
}

/** The number of the check. */
export function streamHeader(reader: ByteReader, isFirst: boolean): number {
  if (!isXz(reader.bytes, reader.at)) {
    const rest = reader.bytes.subarray(reader.at)
    if (rest.length < HEADER_SIZE && !isFirst) throw truncated()
    throw isFirst ? unknownFormat() : corrupt()
  }
  reader.take(MAGIC.length)
  const flags = reader.take(2)
  if (reader.uint32() !== crc32(flags)) throw corrupt()
  if (flags[0] || flags[1]! > 15) throw unsupported()
  return flags[1]!
}

export interface BlockHeader {
  readonly size: number
  readonly compressed: number | undefined
  readonly expanded: number | undefined
  readonly dict: number
}

export function readBlockHeader(data: Uint8Array, start: number): BlockHeader {
  const reader = new ByteReader(data, start)
  const size = (reader.byte() + 1) * 4
  const bytes = new ByteReader(data, start).take(size)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  if (view.getUint32(size - 4, true) !== crc32(bytes.subarray(0, size - 4))) throw corrupt()
  const flags = reader.byte()
  if (flags & 0x3c) throw unsupported()
  const compressed = flags & 0x40 ? reader.vli() : undefined
  const expanded = flags & 0x80 ? reader.vli() : undefined
  if (flags & 3 || reader.vli() !== LZMA2 || reader.vli() !== 1) throw unsupported()
  const bits = reader.byte()
  if (bits > 40 || data.subarray(reader.at, start + size - 4).some(byte => byte)) throw unsupported()
  return { size, compressed, expanded, dict: dictionarySize(bits) }
}

function decodeBlock(
  data: Uint8Array,
  start: number,
  window: Window,
  verified: number,
  check: number,
): { unpadded: number; end: number } {
  const header = readBlockHeader(data, start)
  const from = window.length
  window.start = from
  window.reach = header.dict
  let at = decodeLzma2(data, start + header.size, window)
  const compressed = at - start - header.size
  const expanded = window.length - from
  if ((header.compressed ?? compressed) !== compressed || (header.expanded ?? expanded) !== expanded)
    throw corrupt()
  const reader = new ByteReader(data, at)
  while ((reader.at - start) % 4) if (reader.byte()) throw corrupt()
  const sum = reader.take(checkSize(check))
  at = reader.at
  if (verified === check && isKnownCheck(check)) {
    const right = checksum(check, window.bytes.subarray(from))
    if (right.some((byte, i) => byte !== sum[i])) throw corrupt()
  }
  return { unpadded: header.size + compressed + sum.length, end: at }
}

/** The index at this place, and where it ends. */
export function readIndex(reader: ByteReader): { records: Record[]; end: number } {
  const start = reader.at
  if (reader.byte()) throw corrupt()
  const records: Record[] = []
  for (let count = reader.vli(); count > 0; count--)
    records.push({ unpadded: reader.vli(), expanded: reader.vli() })
  while ((reader.at - start) % 4) if (reader.byte()) throw corrupt()
  const sum = crc32(reader.bytes.subarray(start, reader.at))
  if (reader.uint32() !== sum) throw corrupt()
  return { records, end: reader.at }
}

export function readFooter(reader: ByteReader): { indexSize: number; check: number } {
  const sum = reader.uint32()
  const fields = reader.take(6)
  if (reader.take(2).some((byte, i) => byte !== FOOTER_MAGIC[i]) || sum !== crc32(fields)) throw corrupt()
  const size = new DataView(fields.buffer, fields.byteOffset).getUint32(0, true)
  return { indexSize: (size + 1) * 4, check: fields[5]! }
}
