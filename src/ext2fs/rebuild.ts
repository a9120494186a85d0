/**
 * Writes the files of a file system anew: gives out blocks, one file behind the other, and sets inodes, bitmaps and counts.
 * e2fsprogs: lib/ext2fs/alloc.c, alloc_stats.c, alloc_sb.c, bitmaps.c.
 */
import { buildExtents, buildMap, type Extent, MAX_EXTENT } from './blocks.ts'
import { buildDirectory, type DirEntry } from './directory.ts'
import { encodeFields, put16, put32 } from './fields.ts'
import {
  BLOCK_UNINIT,
  COMPAT,
  EXTENTS_FL,
  EXTRA_ISIZE,
  fileType,
  FIRST_INO,
  GOOD_OLD_INODE_SIZE,
  I_BLOCK,
  I_BLOCK_SIZE,
  INODE,
  INODE_UNINIT,
  RO_COMPAT,
  ROOT_INO,
} from './format.ts'
import type { Volume } from './volume.ts'
import { buildInInode, buildXattrBlock, type Xattrs } from './xattr.ts'

/** Seconds and nanoseconds. */
export interface Time {
  readonly sec: number
  readonly nsec: number
}

/** A file to be written. What it is follows from the type bits of `mode`. */
export interface Node {
  readonly ino: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly nlink: number
  readonly size: number
  /** i_flags that users see (chattr). */
  readonly flags: number
  readonly rdev: number
  readonly atime: Time
  readonly mtime: Time
  readonly ctime: Time
  readonly crtime: Time
  readonly xattrs: Xattrs
  /** Which of them stand in a block; the others are behind the inode. */
  readonly xattrBlock: readonly string[]
  /** Of a symbolic link. */
  readonly link?: Uint8Array
  /** Of a directory, `.` and `..` not among them. */
  readonly names?: readonly { readonly name: Uint8Array; readonly ino: number; readonly mode: number }[]
  readonly parent?: number
  /** Of a regular file: runs of its blocks that are there, in order, in blocks of the file system. */
  readonly runs?: readonly { readonly from: number; readonly count: number; readonly unwritten: boolean }[]
  /** The bytes of a run. */
  read?(from: number, count: number): Uint8Array
}

/** There is no room for all of it. */
export class Full extends Error {}

const typeOf = (mode: number): number => mode & 0o170000
const S_IFDIR = 0o040000
const S_IFREG = 0o100000
const S_IFLNK = 0o120000
/** Links shorter than that stand in i_block. */
const FAST_LINK = 60

const setBit = (bitmap: Uint8Array, bit: number): void => {
  bitmap[bit >>> 3]! |= 1 << (bit & 7)
}
const getBit = (bitmap: Uint8Array, bit: number): boolean => ((bitmap[bit >>> 3]! >>> (bit & 7)) & 1) === 1

/** Which blocks are taken, and the search for free ones. */
export class Blocks {
  readonly bitmap: Uint8Array
  readonly #first: number
  readonly #count: number
  #next: number

  constructor(volume: Volume) {
    this.#first = volume.super.firstDataBlock
    this.#count = volume.super.blocksCount
    this.#next = this.#first
    this.bitmap = new Uint8Array(Math.ceil((this.#count - this.#first) / 8) + 1)
  }

  has = (block: number): boolean => getBit(this.bitmap, block - this.#first)
  take(block: number, count = 1): void {
    for (let i = 0; i < count; i++) setBit(this.bitmap, block + i - this.#first)
  }

  /** Where to search next. */
  seek(block: number): void {
    this.#next = block
  }

  /** The next free block; none comes twice. */
  allocate = (): number => {
    while (this.#next < this.#count && this.has(this.#next)) this.#next++
    if (this.#next >= this.#count) throw new Full()
    this.take(this.#next)
    return this.#next++
  }
}

/** What a group has at its beginning: a copy of the super block and of the descriptors, and room for more of them. */
export const ownBlocks = (volume: Volume, group: number): number =>
  volume.hasSuper(group)
    ? 1 +
      volume.descBlocks +
      (volume.super.featureCompat & COMPAT.resize_inode ? volume.super.reservedGdtBlocks : 0)
    : 0

/** The blocks of the file system itself: super blocks, descriptors, bitmaps, inode tables, reserved inodes. */
export function takeMetadata(volume: Volume, isReserved = true): Blocks {
  const blocks = new Blocks(volume)
  for (const [g, group] of volume.groups.entries()) {
    blocks.take(volume.groupStart(g), ownBlocks(volume, g))
    blocks.take(group.blockBitmap)
    blocks.take(group.inodeBitmap)
    blocks.take(group.inodeTable, volume.inodeTableBlocks)
  }
  for (let ino = 1; ino < FIRST_INO; ino++) {
    if (ino === ROOT_INO || !isReserved) continue
    const inode = volume.readInode(ino)
    if (!inode.mode && !inode.blocks) continue
    for (const { physical, count } of volume.extentsOf(inode)) blocks.take(physical, count)
    for (const block of volume.indexBlocksOf(inode)) blocks.take(block)
  }
  return blocks
}

/**
 * Write all files of a tree, the root among them, in place of those that were there. Needs: the groups were read, or made.
 * Throws `Full`, and has then changed nothing but blocks that no file needs.
 */
export function rebuild(volume: Volume, nodes: Iterable<Node>): void {
  const blocks = takeMetadata(volume)
  const inodes = volume.groups.map(() => new Uint8Array(volume.blockSize))
  const perGroup = volume.super.inodesPerGroup
  const dirs = volume.groups.map(() => 0)
  for (let ino = 1; ino < FIRST_INO; ino++) setBit(inodes[0]!, ino - 1)
  const written: [ino: number, raw: Uint8Array][] = []
  for (const it of nodes) {
    const group = Math.floor((it.ino - 1) / perGroup)
    setBit(inodes[group]!, (it.ino - 1) % perGroup)
    if (typeOf(it.mode) === S_IFDIR) dirs[group]!++
    written.push([it.ino, writeFile(volume, blocks, it)])
  }
  clearUnused(volume, inodes)
  for (const [ino, raw] of written) volume.writeInode(ino, raw)
  writeBitmaps(volume, blocks, inodes, dirs)
}

/** i_block of a file with these extents, in the way that its file system has; `nodes` counts further blocks. */
export function mapBlocks(
  volume: Volume,
  blocks: Blocks,
  extents: readonly Extent[],
  checksumSeed: number | undefined,
): { iBlock: Uint8Array; nodes: number } {
  const to = {
    blockSize: volume.blockSize,
    checksumSeed,
    allocate: blocks.allocate,
    write: (block: number, bytes: Uint8Array) => volume.writeBlock(block, bytes),
  }
  return volume.hasExtents ? buildExtents(extents, to) : buildMap(extents, to)
}

/** One file: its blocks and its inode. */
function writeFile(volume: Volume, blocks: Blocks, it: Node): Uint8Array {
  const { blockSize } = volume
  const seed = volume.inodeSeed(it.ino, 0)
  const raw = new Uint8Array(volume.inodeSize)
  let size = it.size
  let used = 0
  let flags = it.flags & ~EXTENTS_FL
  const mapped = (extents: readonly Extent[]): void => {
    const { iBlock, nodes } = mapBlocks(volume, blocks, extents, seed)
    if (volume.hasExtents) flags |= EXTENTS_FL
    raw.set(iBlock, I_BLOCK)
    used += nodes + extents.reduce((sum, extent) => sum + extent.count, 0)
  }
  const type = typeOf(it.mode)
  if (type === S_IFDIR) {
    const parts = buildDirectory(entriesOf(it), blockSize, Math.ceil(it.size / blockSize), seed)
    size = parts.length * blockSize
    mapped(
      parts.reduce<Extent[]>((extents, bytes, i) => append(extents, i, place(volume, blocks, bytes)), []),
    )
  } else if (type === S_IFREG) mapped(writeRuns(volume, blocks, it))
  else if (type === S_IFLNK && it.link!.length < FAST_LINK) raw.set(it.link!, I_BLOCK)
  else if (type === S_IFLNK) mapped([{ logical: 0, physical: place(volume, blocks, it.link!), count: 1 }])
  else if (it.rdev) writeRdev(raw, it.rdev)
  let fileAcl = 0
  if (it.xattrBlock.length) {
    fileAcl = blocks.allocate()
    used++
    const bytes = buildXattrBlock(chosen(it, true), blockSize, fileAcl, volume.checksumSeed)
    volume.writeBlock(fileAcl, bytes)
  }
  raw.set(buildInInode(chosen(it, false), volume.inodeRoom), volume.inodeSize - volume.inodeRoom)
  encodeInode(raw, it, { size, flags, fileAcl, sectors: (used * blockSize) / 512 })
  return raw
}

/** The extended attributes that stand in the block, or behind the inode. */
const chosen = ({ xattrs, xattrBlock }: Node, inBlock: boolean): Xattrs =>
  Object.fromEntries(Object.entries(xattrs).filter(([name]) => xattrBlock.includes(name) === inBlock))

function* entriesOf(it: Node): Iterable<DirEntry> {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
  yield { ino: it.ino, type: 2, name: encode('.') }
  yield { ino: it.parent ?? it.ino, type: 2, name: encode('..') }
  for (const { name, ino, mode } of it.names ?? []) yield { ino, name, type: fileType(mode) }
}

function place(volume: Volume, blocks: Blocks, bytes: Uint8Array): number {
  const block = blocks.allocate()
  const whole = new Uint8Array(volume.blockSize)
  whole.set(bytes)
  volume.writeBlock(block, whole)
  return block
}

/** One block more: it makes the last extent longer, or begins another. */
export function append(extents: Extent[], logical: number, physical: number, unwritten = false): Extent[] {
  const last = extents[extents.length - 1]
  const isNext =
    last &&
    last.logical + last.count === logical &&
    last.physical + last.count === physical &&
    (last.unwritten ?? false) === unwritten &&
    last.count < MAX_EXTENT - 1
  if (isNext) extents[extents.length - 1] = { ...last, count: last.count + 1 }
  else extents.push({ logical, physical, count: 1, ...(unwritten && { unwritten }) })
  return extents
}

/** How many blocks are written at once. */
const AT_ONCE = 256

function writeRuns(volume: Volume, blocks: Blocks, it: Node): Extent[] {
  const extents: Extent[] = []
  for (const { from, count, unwritten } of it.runs ?? []) {
    if (unwritten && !volume.hasExtents) continue
    const physical = Array.from({ length: count }, blocks.allocate)
    physical.forEach((block, i) => append(extents, from + i, block, unwritten))
    if (unwritten) continue
    for (let i = 0; i < count; ) {
      let n = 1
      while (n < AT_ONCE && i + n < count && physical[i + n] === physical[i]! + n) n++
      const bytes = new Uint8Array(n * volume.blockSize)
      bytes.set(it.read!(from + i, n).subarray(0, bytes.length))
      volume.device.write(physical[i]! * volume.blockSize, bytes)
      i += n
    }
  }
  return extents
}

/** Linux: old_encode_dev() where it will do, else new_encode_dev(). */
function writeRdev(raw: Uint8Array, rdev: number): void {
  const major = (rdev >>> 8) & 0xfff
  const minor = (rdev & 0xff) | ((rdev >>> 12) & 0xfff00)
  if (major < 256 && minor < 256) put16(raw, I_BLOCK, (major << 8) | minor)
  else put32(raw, I_BLOCK + 4, (minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12))
}

function encodeInode(
  raw: Uint8Array,
  it: Node,
  { size, flags, fileAcl, sectors }: { size: number; flags: number; fileAcl: number; sectors: number },
): void {
  /** Two bits of seconds beyond 2038, and the nanoseconds. */
  const extra = ({ sec, nsec }: Time): number => ((nsec << 2) | (Math.floor(sec / 2 ** 32) & 3)) >>> 0
  const isLarge = raw.length > GOOD_OLD_INODE_SIZE
  const kept = raw.slice(I_BLOCK, I_BLOCK + I_BLOCK_SIZE)
  encodeFields(
    INODE,
    {
      mode: it.mode,
      uid: it.uid & 0xffff,
      size: size >>> 0,
      atime: it.atime.sec >>> 0,
      ctime: it.ctime.sec >>> 0,
      mtime: it.mtime.sec >>> 0,
      dtime: 0,
      gid: it.gid & 0xffff,
      linksCount: it.nlink,
      blocks: sectors,
      flags,
      generation: 0,
      fileAcl,
      sizeHi: Math.floor(size / 2 ** 32),
      uidHi: it.uid >>> 16,
      gidHi: it.gid >>> 16,
      checksumLo: 0,
      extraIsize: isLarge ? EXTRA_ISIZE : 0,
      checksumHi: 0,
      ctimeExtra: extra(it.ctime),
      mtimeExtra: extra(it.mtime),
      atimeExtra: extra(it.atime),
      crtime: it.crtime.sec >>> 0,
      crtimeExtra: extra(it.crtime),
    },
    raw,
  )
  raw.set(kept, I_BLOCK)
}

/** What was an inode and is none any more becomes zeros. */
function clearUnused(volume: Volume, inodes: readonly Uint8Array[]): void {
  const nothing = new Uint8Array(volume.inodeSize)
  const perGroup = volume.super.inodesPerGroup
  for (const [g, group] of volume.groups.entries()) {
    if (group.flags & INODE_UNINIT) continue
    const was = volume.readBlock(group.inodeBitmap)
    for (let i = 0; i < perGroup; i++)
      if (getBit(was, i) && !getBit(inodes[g]!, i))
        volume.device.write(volume.inodePosition(g * perGroup + i + 1), nothing)
  }
}

function writeBitmaps(
  volume: Volume,
  blocks: Blocks,
  inodes: readonly Uint8Array[],
  dirs: readonly number[],
): void {
  const { blocksPerGroup, inodesPerGroup } = volume.super
  const hasUninit = (volume.super.featureRoCompat & (RO_COMPAT.metadata_csum | RO_COMPAT.uninit_bg)) !== 0
  const blockBitmaps: Uint8Array[] = []
  volume.super.freeBlocksCount = 0
  volume.super.freeInodesCount = 0
  for (const [g, group] of volume.groups.entries()) {
    const bitmap = new Uint8Array(volume.blockSize).fill(0xff)
    bitmap.set(
      blocks.bitmap.subarray((g * blocksPerGroup) / 8, (g * blocksPerGroup) / 8 + blocksPerGroup / 8),
    )
    const count = volume.groupBlocks(g)
    for (let i = count; i < volume.blockSize * 8 && i % 8; i++) setBit(bitmap, i)
    bitmap.fill(0xff, Math.ceil(count / 8))
    let free = 0
    for (let i = 0; i < count; i++) if (!getBit(bitmap, i)) free++
    const used = inodes[g]!
    let highest = 0
    let freeInodes = inodesPerGroup
    for (let i = 0; i < inodesPerGroup; i++)
      if (getBit(used, i)) {
        highest = i + 1
        freeInodes--
      }
    for (let i = inodesPerGroup; i < volume.blockSize * 8 && i % 8; i++) setBit(used, i)
    used.fill(0xff, Math.ceil(inodesPerGroup / 8))
    group.freeBlocksCount = free
    group.freeInodesCount = freeInodes
    group.usedDirsCount = dirs[g]!
    group.flags &= ~(INODE_UNINIT | BLOCK_UNINIT)
    if (hasUninit && !highest) group.flags |= INODE_UNINIT
    group.itableUnused = hasUninit ? inodesPerGroup - highest : 0
    if (hasUninit && g < volume.groupCount - 1 && count - free === ownBlocks(volume, g))
      group.flags |= BLOCK_UNINIT
    if (!(group.flags & BLOCK_UNINIT)) volume.writeBlock(group.blockBitmap, bitmap)
    if (!(group.flags & INODE_UNINIT)) volume.writeBlock(group.inodeBitmap, used)
    blockBitmaps.push(bitmap.subarray(0, blocksPerGroup / 8))
    volume.super.freeBlocksCount += free
    volume.super.freeInodesCount += freeInodes
  }
  volume.writeGroups(g => ({ blocks: blockBitmaps[g]!, inodes: inodes[g]! }))
}
