/**
 * Where the blocks of a file are: a tree of extents (ext4), or i_block with its three levels of maps (ext2, ext3).
 * Linux: fs/ext4/extents.c, fs/ext4/indirect.c.
 */
import { crc32c, get16, get32, put16, put32 } from './fields.ts'

/** Blocks of a file that follow each other on the disk as well. */
export interface Extent {
  /** The first one's number within the file, and on the disk. */
  readonly logical: number
  readonly physical: number
  readonly count: number
  /** Allocated, but never written: it reads as zeros. */
  readonly unwritten?: boolean
}

export type ReadBlock = (block: number) => Uint8Array

const EXTENT_MAGIC = 0xf30a
const HEADER = 12
const ENTRY = 12
/** ee_len of one that was written; those that were not have this added. */
export const MAX_EXTENT = 32768
const DIRECT = 12

/** The extents below a node, in order. */
export function readExtents(node: Uint8Array, readBlock: ReadBlock): Extent[] {
  if (get16(node, 0) !== EXTENT_MAGIC) return []
  const entries = get16(node, 2)
  const depth = get16(node, 6)
  const found: Extent[] = []
  for (let i = 0, at = HEADER; i < entries; i++, at += ENTRY) {
    if (depth) found.push(...readExtents(readBlock(get32(node, at + 4)), readBlock))
    else {
      const length = get16(node, at + 4)
      const unwritten = length > MAX_EXTENT
      found.push({
        logical: get32(node, at),
        physical: get32(node, at + 8),
        count: unwritten ? length - MAX_EXTENT : length,
        ...(unwritten && { unwritten }),
      })
    }
  }
  return found
}

/** The blocks that the nodes of a tree of extents, or maps, are in. */
export function indexBlocks(node: Uint8Array, isExtents: boolean, readBlock: ReadBlock): number[] {
  if (!isExtents)
    return [1, 2, 3].flatMap(level => mapBlocks(get32(node, 4 * (DIRECT + level - 1)), level, readBlock))
  if (get16(node, 0) !== EXTENT_MAGIC || get16(node, 6) === 0) return []
  const found: number[] = []
  for (let i = 0, at = HEADER; i < get16(node, 2); i++, at += ENTRY) {
    const block = get32(node, at + 4)
    found.push(block, ...indexBlocks(readBlock(block), true, readBlock))
  }
  return found
}

function mapBlocks(block: number, level: number, readBlock: ReadBlock): number[] {
  if (!block) return []
  if (level === 1) return [block]
  const map = readBlock(block)
  const found = [block]
  for (let at = 0; at < map.length; at += 4) found.push(...mapBlocks(get32(map, at), level - 1, readBlock))
  return found
}

/** The extents that an old i_block describes. */
export function readMap(
  iBlock: Uint8Array,
  blocks: number,
  blockSize: number,
  readBlock: ReadBlock,
): Extent[] {
  const found: Extent[] = []
  let logical = 0
  const add = (physical: number): void => {
    const last = found[found.length - 1]
    if (physical && last && last.physical + last.count === physical && last.logical + last.count === logical)
      found[found.length - 1] = { ...last, count: last.count + 1 }
    else if (physical) found.push({ logical, physical, count: 1 })
    logical++
  }
  const walk = (block: number, level: number): void => {
    if (logical >= blocks) return
    if (level === 0) return add(block)
    if (!block) return void (logical += (blockSize / 4) ** level)
    const map = readBlock(block)
    for (let at = 0; at < map.length && logical < blocks; at += 4) walk(get32(map, at), level - 1)
  }
  for (let i = 0; i < DIRECT; i++) walk(get32(iBlock, 4 * i), 0)
  for (let level = 1; level <= 3; level++) walk(get32(iBlock, 4 * (DIRECT + level - 1)), level)
  return found
}

/** What writing a map of a file's blocks needs: new blocks, and a way to write them. */
export interface MapWriter {
  readonly blockSize: number
  allocate(): number
  write(block: number, bytes: Uint8Array): void
  /** The seed of this file's checksums, if there are any. */
  readonly checksumSeed: number | undefined
}

/** i_block of a file with these extents; `nodes` counts the blocks used besides those of the file. */
export function buildExtents(
  extents: readonly Extent[],
  to: MapWriter,
): { iBlock: Uint8Array; nodes: number } {
  const perBlock = Math.floor((to.blockSize - HEADER - 4) / ENTRY)
  let nodes = 0
  let level: Uint8Array[] = extents.map(({ logical, physical, count, unwritten }) => {
    const entry = new Uint8Array(ENTRY)
    put32(entry, 0, logical)
    put16(entry, 4, unwritten ? count + MAX_EXTENT : count)
    put32(entry, 8, physical)
    return entry
  })
  let depth = 0
  for (; level.length > 4; depth++) {
    const above: Uint8Array[] = []
    for (let i = 0; i < level.length; i += perBlock) {
      const entries = level.slice(i, i + perBlock)
      const block = to.allocate()
      nodes++
      const max = Math.floor((to.blockSize - HEADER) / ENTRY)
      const bytes = node(entries, depth, max, to.blockSize)
      if (to.checksumSeed !== undefined) resealNode(bytes, to.checksumSeed)
      to.write(block, bytes)
      const index = new Uint8Array(ENTRY)
      index.set(entries[0]!.subarray(0, 4))
      put32(index, 4, block)
      above.push(index)
    }
    level = above
  }
  return { iBlock: node(level, depth, 4, 60), nodes }
}

/** Put the checksum of a node behind its last possible entry. */
export function resealNode(bytes: Uint8Array, seed: number): void {
  const tail = HEADER + ENTRY * get16(bytes, 4)
  put32(bytes, tail, crc32c(seed, bytes.subarray(0, tail)))
}

function node(entries: readonly Uint8Array[], depth: number, max: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  put16(bytes, 0, EXTENT_MAGIC)
  put16(bytes, 2, entries.length)
  put16(bytes, 4, max)
  put16(bytes, 6, depth)
  for (const [i, entry] of entries.entries()) bytes.set(entry, HEADER + ENTRY * i)
  return bytes
}

/** The same as an old i_block with its maps. What was never written is left out: it reads as zeros either way. */
export function buildMap(extents: readonly Extent[], to: MapWriter): { iBlock: Uint8Array; nodes: number } {
  const iBlock = new Uint8Array(60)
  const maps = new Map<number, Uint8Array>()
  const per = to.blockSize / 4
  let nodes = 0
  /** The map that `bytes` points to at `at`, made if there is none. */
  const below = (bytes: Uint8Array, at: number): Uint8Array => {
    let block = get32(bytes, at)
    if (!block) {
      block = to.allocate()
      nodes++
      put32(bytes, at, block)
      maps.set(block, new Uint8Array(to.blockSize))
    }
    return maps.get(block)!
  }
  const place = (logical: number, physical: number): void => {
    if (logical < DIRECT) return put32(iBlock, 4 * logical, physical)
    let index = logical - DIRECT
    let level = 1
    for (; index >= per ** level; level++) index -= per ** level
    let map = below(iBlock, 4 * (DIRECT + level - 1))
    for (let l = level - 1; l > 0; l--) map = below(map, 4 * (Math.floor(index / per ** l) % per))
    put32(map, 4 * (index % per), physical)
  }
  for (const { logical, physical, count } of extents)
    for (let i = 0; i < count; i++) place(logical + i, physical + i)
  for (const [block, bytes] of maps) to.write(block, bytes)
  return { iBlock, nodes }
}
