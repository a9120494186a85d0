/**
 * Files with holes: which parts are data, and the four ways archives say it. Linux: tar sparse.c; the manual's
 * "Sparse Formats".
 */
import {
  type Blocking,
  ENXIO,
  SEEK_DATA,
  SEEK_HOLE,
  SEEK_SET,
  type Stat,
  type Sys,
  encode,
} from '../../../abi/index.ts'
import { concat } from '../output.ts'
import type { PaxRecord } from './pax.ts'

/** A part of a file that is data. */
export interface Extent {
  readonly offset: number
  readonly length: number
}

/** The map of a file whose holes are not archived. */
export interface Sparse {
  readonly extents: readonly Extent[]
  /** How long the file really is. */
  readonly size: number
}

/** `0.0`, `0.1` and `1.0` are those of pax archives; GNU archives have their own. */
export type SparseVersion = '0.0' | '0.1' | '1.0' | 'gnu'

const BLOCK = 512

/** ST_IS_SPARSE: it has fewer blocks than its size needs. */
export const isSparse = (stat: Stat): boolean => stat.blocks < Math.ceil(stat.size / BLOCK)

/** --hole-detection=seek: what the file system knows. An empty part at the end says how long the file is. */
export function seekExtents(sys: Sys, fd: number, size: number): Extent[] {
  const extents: Extent[] = []
  try {
    for (let end = 0; ; ) {
      const offset = sys.lseek(fd, end, SEEK_DATA)
      end = sys.lseek(fd, offset, SEEK_HOLE)
      extents.push({ offset, length: end - offset })
    }
  } catch (e) {
    if (e !== ENXIO) throw e
    return [...extents, { offset: size, length: 0 }]
  } finally {
    sys.lseek(fd, 0, SEEK_SET)
  }
}

/** --hole-detection=raw: blocks of zeros are holes. */
export function rawExtents(data: Uint8Array): Extent[] {
  const extents: Extent[] = []
  let offset = -1
  for (let at = 0; at < data.length; at += BLOCK) {
    const zero = data.subarray(at, at + BLOCK).every(byte => !byte)
    if (!zero && offset < 0) offset = at
    if (!zero || offset < 0) continue
    extents.push({ offset, length: at - offset })
    offset = -1
  }
  const start = offset < 0 ? data.length : offset
  return [...extents, { offset: start, length: data.length - start }]
}

/** What an archive keeps of the file: each part filled up to whole blocks. */
export function condense(data: Uint8Array, { extents }: Sparse): Uint8Array {
  return concat(
    extents.map(({ offset, length }) => {
      const blocks = new Uint8Array(Math.ceil(length / BLOCK) * BLOCK)
      blocks.set(data.subarray(offset, offset + length))
      return blocks
    }),
  )
}

/** How much is archived, which is what headers give as the size. */
export const condensedSize = ({ extents }: Sparse): number => extents.reduce((sum, it) => sum + it.length, 0)

/** The records for a map in a pax archive. */
export function sparseRecords(name: string, sparse: Sparse, version: SparseVersion): PaxRecord[] {
  const { extents, size } = sparse
  if (version === '1.0')
    return [
      ['GNU.sparse.major', '1'],
      ['GNU.sparse.minor', '0'],
      ['GNU.sparse.name', name],
      ['GNU.sparse.realsize', String(size)],
    ]
  const head: PaxRecord[] = [
    ['GNU.sparse.size', String(size)],
    ['GNU.sparse.numblocks', String(extents.length)],
  ]
  if (version === '0.1')
    return [
      ...head,
      ['GNU.sparse.name', name],
      ['GNU.sparse.map', extents.map(it => `${it.offset},${it.length}`).join()],
    ]
  return [
    ...head,
    ...extents.flatMap((it): PaxRecord[] => [
      ['GNU.sparse.offset', String(it.offset)],
      ['GNU.sparse.numbytes', String(it.length)],
    ]),
  ]
}

/** Version 1.0 keeps the map before the data, a number a line, in whole blocks. */
export function mapBlocks({ extents }: Sparse): Uint8Array {
  const text = encode([extents.length, ...extents.flatMap(it => [it.offset, it.length]), ''].join('\n'))
  const blocks = new Uint8Array(Math.ceil(text.length / BLOCK) * BLOCK)
  blocks.set(text)
  return blocks
}

/** The map that a pax header tells, and where in the data the file begins; undefined if it tells none. */
export function sparseOf(
  records: readonly PaxRecord[],
  data: Uint8Array,
): { sparse: Sparse; begin: number } | undefined {
  const value = (key: string): string | undefined => records.find(([it]) => it === `GNU.sparse.${key}`)?.[1]
  const size = Number(value('realsize') ?? value('size') ?? -1)
  if (size < 0) return undefined
  if (value('major') === '1') return mapAhead(data, size)
  const all = (key: string): number[] =>
    records.filter(([it]) => it === `GNU.sparse.${key}`).map(([, it]) => Number(it))
  const lengths = all('numbytes')
  const pairs =
    value('map')?.split(',').map(Number) ?? all('offset').flatMap((it, i) => [it, lengths[i] ?? 0])
  return { sparse: { extents: paired(pairs), size }, begin: 0 }
}

function mapAhead(data: Uint8Array, size: number): { sparse: Sparse; begin: number } {
  let at = 0
  const number = (): number => {
    const end = data.indexOf(10, at)
    const digits = String.fromCharCode(...data.subarray(at, end < 0 ? data.length : Math.min(end, at + 20)))
    at = end < 0 ? data.length : end + 1
    return Number(digits) || 0
  }
  const numbers: number[] = []
  for (let left = number() * 2; left > 0 && at < data.length; left--) numbers.push(number())
  return { sparse: { extents: paired(numbers), size }, begin: Math.ceil(at / BLOCK) * BLOCK }
}

const paired = (numbers: readonly number[]): Extent[] =>
  Array.from({ length: numbers.length >> 1 }, (_, i) => ({
    offset: numbers[2 * i]!,
    length: numbers[2 * i + 1]!,
  }))

/** How many parts a header of the type `S` has room for, and a block after it. */
const IN_HEADER = 4
const IN_BLOCK = 21
const AT_HEADER = 386
const PAIR = 24

/** Puts a map into a GNU header; the blocks that follow it for what does not fit. */
export function putGnuSparse(header: Uint8Array, sparse: Sparse): Uint8Array {
  const { extents, size } = sparse
  const put = (block: Uint8Array, from: number, at: number, room: number): void => {
    extents.slice(from, from + room).forEach(({ offset, length }, i) => {
      block.set(octal(offset), at + PAIR * i)
      block.set(octal(length), at + PAIR * i + 12)
    })
    if (extents.length > from + room) block[at + PAIR * room] = 1
  }
  put(header, 0, AT_HEADER, IN_HEADER)
  header.set(octal(size), 483)
  const more: Uint8Array[] = []
  for (let from = IN_HEADER; from < extents.length; from += IN_BLOCK) {
    const block = new Uint8Array(BLOCK)
    put(block, from, 0, IN_BLOCK)
    more.push(block)
  }
  return concat(more)
}

/** The map in the GNU header at `at`, and where the blocks that go on with it end. */
export function gnuSparse(
  bytes: Uint8Array,
  at: number,
  numberAt: (bytes: Uint8Array, at: number, length: number) => number,
): { sparse: Sparse; end: number } {
  const extents: Extent[] = []
  const take = (from: number, room: number): boolean => {
    for (let i = 0; i < room && bytes[from + PAIR * i]; i++)
      extents.push({
        offset: numberAt(bytes, from + PAIR * i, 12),
        length: numberAt(bytes, from + PAIR * i + 12, 12),
      })
    return Boolean(bytes[from + PAIR * room])
  }
  let more = take(at + AT_HEADER, IN_HEADER)
  let end = at + BLOCK
  for (; more && end + BLOCK <= bytes.length; end += BLOCK) more = take(end, IN_BLOCK)
  return { sparse: { extents, size: numberAt(bytes, at + 483, 12) }, end }
}

const octal = (value: number): Uint8Array => encode(`${value.toString(8).padStart(11, '0')}\0`)

/** Write the parts of a file to where they belong. */
export function* writeExtents(
  sys: Sys,
  fd: number,
  data: Uint8Array,
  { extents, size }: Sparse,
  write: (bytes: Uint8Array, at: number) => Blocking<boolean>,
): Blocking<boolean> {
  let at = 0
  for (const { offset, length } of extents) {
    sys.lseek(fd, offset, SEEK_SET)
    if (!(yield* write(data.subarray(at, at + length), at))) return false
    at += Math.ceil(length / BLOCK) * BLOCK
  }
  yield* sys.ftruncate(fd, size)
  return true
}

/** The whole file, holes being zeros. */
export function expand(data: Uint8Array, { extents, size }: Sparse): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const { offset, length } of extents) {
    whole.set(data.subarray(at, Math.min(at + length, at + Math.max(0, size - offset))), offset)
    at += Math.ceil(length / BLOCK) * BLOCK
  }
  return whole
}
