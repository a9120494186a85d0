/**
 * A file system on a device: its super block, its groups, its inodes. Linux: fs/ext4/super.c, fs/ext4/inode.c;
 * e2fsprogs: lib/ext2fs/openfs.c, closefs.c, csum.c.
 */
import { type Extent, indexBlocks, readExtents, readMap } from './blocks.ts'
import { type DirEntry, readDirBlock } from './directory.ts'
import { crc32c, decodeFields, encodeFields, type Fixed, le32, put16, put32 } from './fields.ts'
import {
  BLOCK_UNINIT,
  COMPAT,
  EXT2_MAGIC,
  EXTENTS_FL,
  EXTRA_ISIZE,
  GOOD_OLD_INODE_SIZE,
  GROUP,
  GROUP_64,
  type Group,
  I_BLOCK,
  I_BLOCK_SIZE,
  INCOMPAT,
  INODE,
  INODE_UNINIT,
  RO_COMPAT,
  SUPER,
  SUPER_OFFSET,
  SUPER_SIZE,
  SUPER_UUID,
  type SuperFields,
} from './format.ts'
import { readXattrs } from './xattr.ts'

/** Bytes at positions. */
export interface Device {
  read(pos: number, count: number): Uint8Array
  write(pos: number, bytes: Uint8Array): void
}

/** An inode as it stands on the disk. */
export interface DiskInode extends Fixed<typeof INODE> {
  /** All of it, from which the fields were taken. */
  readonly raw: Uint8Array
}

export class Volume {
  readonly device: Device
  readonly raw: Uint8Array
  readonly super: SuperFields
  readonly groups: Group[] = []

  private constructor(device: Device, raw: Uint8Array) {
    this.device = device
    this.raw = raw
    this.super = decodeFields(SUPER, raw)
  }

  /** The file system on a device, or undefined where there is none. */
  static open(device: Device): Volume | undefined {
    const raw = device.read(SUPER_OFFSET, SUPER_SIZE).slice()
    if (raw.length < SUPER_SIZE) return undefined
    const volume = new Volume(device, raw)
    if (volume.super.magic !== EXT2_MAGIC || !volume.super.blocksPerGroup || volume.super.logBlockSize > 6)
      return undefined
    return volume
  }

  /** A new one that nothing of is written yet. */
  static create(device: Device, fields: SuperFields): Volume {
    const raw = new Uint8Array(SUPER_SIZE)
    encodeFields(SUPER, fields, raw)
    return new Volume(device, raw)
  }

  get blockSize(): number {
    return 1024 << this.super.logBlockSize
  }
  get groupCount(): number {
    const { blocksCount, firstDataBlock, blocksPerGroup } = this.super
    return Math.ceil((blocksCount - firstDataBlock) / blocksPerGroup)
  }
  get descSize(): number {
    return this.super.featureIncompat & INCOMPAT['64bit'] ? this.super.descSize : 32
  }
  /** Blocks that all descriptors take. */
  get descBlocks(): number {
    return Math.ceil((this.groupCount * this.descSize) / this.blockSize)
  }
  get inodeSize(): number {
    return this.super.revLevel ? this.super.inodeSize : GOOD_OLD_INODE_SIZE
  }
  /** Room for extended attributes behind an inode. */
  get inodeRoom(): number {
    return Math.max(0, this.inodeSize - GOOD_OLD_INODE_SIZE - EXTRA_ISIZE)
  }
  get inodeTableBlocks(): number {
    return Math.ceil((this.super.inodesPerGroup * this.inodeSize) / this.blockSize)
  }
  get hasExtents(): boolean {
    return (this.super.featureIncompat & INCOMPAT.extent) !== 0
  }
  get hasJournal(): boolean {
    return (this.super.featureCompat & COMPAT.has_journal) !== 0
  }
  /** What all checksums begin with, if there are any. */
  get checksumSeed(): number | undefined {
    if (!(this.super.featureRoCompat & RO_COMPAT.metadata_csum)) return undefined
    return crc32c(0xffffffff, this.raw.subarray(SUPER_UUID[0], SUPER_UUID[0] + SUPER_UUID[1]))
  }
  inodeSeed(ino: number, generation: number): number | undefined {
    const seed = this.checksumSeed
    return seed === undefined ? undefined : crc32c(crc32c(seed, le32(ino)), le32(generation))
  }

  /** Whether a group has a copy of the super block. Linux: ext4_bg_has_super(). */
  hasSuper(group: number): boolean {
    if (group <= 1 || !(this.super.featureRoCompat & RO_COMPAT.sparse_super)) return true
    return [3, 5, 7].some(base => {
      let power = base
      while (power < group) power *= base
      return power === group
    })
  }
  groupStart(group: number): number {
    return this.super.firstDataBlock + group * this.super.blocksPerGroup
  }
  /** How many blocks a group has: the last one may have fewer. */
  groupBlocks(group: number): number {
    return Math.min(this.super.blocksPerGroup, this.super.blocksCount - this.groupStart(group))
  }

  readBlock = (block: number): Uint8Array => this.device.read(block * this.blockSize, this.blockSize)
  writeBlock(block: number, bytes: Uint8Array): void {
    this.device.write(block * this.blockSize, bytes)
  }

  readGroups(): void {
    const table = this.device.read(
      (this.super.firstDataBlock + 1) * this.blockSize,
      this.groupCount * this.descSize,
    )
    this.groups.length = 0
    for (let g = 0; g < this.groupCount; g++) this.groups.push(decodeFields(GROUP, table, g * this.descSize))
  }

  /** The super block alone, where the first one is. */
  writeSuper(): void {
    encodeFields(SUPER, this.super, this.raw)
    if (this.checksumSeed !== undefined)
      put32(this.raw, SUPER.checksum[0], crc32c(0xffffffff, this.raw.subarray(0, 1020)))
    this.device.write(SUPER_OFFSET, this.raw)
  }

  /** The super block and the descriptors in all their places. `bitmaps` are each group's, for the checksums. */
  writeGroups(bitmaps: (group: number) => { blocks: Uint8Array; inodes: Uint8Array }): void {
    const table = new Uint8Array(this.descBlocks * this.blockSize)
    for (let g = 0; g < this.groupCount; g++) this.#encodeGroup(table, g, bitmaps(g))
    for (let g = 0; g < this.groupCount; g++) {
      if (!this.hasSuper(g)) continue
      const start = this.groupStart(g)
      if (g) this.#writeCopy(g)
      this.device.write((start + 1) * this.blockSize, table)
    }
    this.super.blockGroupNr = 0
    this.writeSuper()
  }

  #writeCopy(group: number): void {
    this.super.blockGroupNr = group
    encodeFields(SUPER, this.super, this.raw)
    if (this.checksumSeed !== undefined)
      put32(this.raw, SUPER.checksum[0], crc32c(0xffffffff, this.raw.subarray(0, 1020)))
    this.device.write(this.groupStart(group) * this.blockSize, this.raw)
  }

  #encodeGroup(
    table: Uint8Array,
    group: number,
    { blocks, inodes }: { blocks: Uint8Array; inodes: Uint8Array },
  ): void {
    const it = this.groups[group]!
    const at = group * this.descSize
    const seed = this.checksumSeed
    if (seed !== undefined) {
      const hi = { blockBitmapCsumHi: 0, inodeBitmapCsumHi: 0 }
      if (!(it.flags & BLOCK_UNINIT)) {
        const sum = crc32c(seed, blocks)
        it.blockBitmapCsum = sum & 0xffff
        hi.blockBitmapCsumHi = sum >>> 16
      }
      if (!(it.flags & INODE_UNINIT)) {
        const sum = crc32c(seed, inodes.subarray(0, Math.ceil(this.super.inodesPerGroup / 8)))
        it.inodeBitmapCsum = sum & 0xffff
        hi.inodeBitmapCsumHi = sum >>> 16
      }
      if (this.descSize >= 64) encodeFields(GROUP_64, hi, table, at)
    }
    it.checksum = 0
    encodeFields(GROUP, it, table, at)
    if (seed === undefined) return
    it.checksum = crc32c(crc32c(seed, le32(group)), table.subarray(at, at + this.descSize)) & 0xffff
    put16(table, at + GROUP.checksum[0], it.checksum)
  }

  /** Where an inode stands on the device. */
  inodePosition(ino: number): number {
    const group = Math.floor((ino - 1) / this.super.inodesPerGroup)
    const index = (ino - 1) % this.super.inodesPerGroup
    return this.groups[group]!.inodeTable * this.blockSize + index * this.inodeSize
  }

  readInode(ino: number): DiskInode {
    const raw = this.device.read(this.inodePosition(ino), this.inodeSize).slice()
    return { ...decodeFields(INODE, raw), raw }
  }

  writeInode(ino: number, raw: Uint8Array): void {
    const it = decodeFields(INODE, raw)
    const seed = this.inodeSeed(ino, it.generation)
    if (seed !== undefined) {
      put16(raw, INODE.checksumLo[0], 0)
      if (raw.length > GOOD_OLD_INODE_SIZE) put16(raw, INODE.checksumHi[0], 0)
      const sum = crc32c(seed, raw)
      put16(raw, INODE.checksumLo[0], sum)
      if (raw.length > GOOD_OLD_INODE_SIZE) put16(raw, INODE.checksumHi[0], sum >>> 16)
    }
    this.device.write(this.inodePosition(ino), raw)
  }

  sizeOf(it: DiskInode): number {
    return it.size + it.sizeHi * 2 ** 32
  }
  #iBlock = (it: DiskInode): Uint8Array => it.raw.subarray(I_BLOCK, I_BLOCK + I_BLOCK_SIZE)

  /** Where the blocks of a file are. */
  extentsOf(it: DiskInode): Extent[] {
    if (it.flags & EXTENTS_FL) return readExtents(this.#iBlock(it), this.readBlock)
    return readMap(
      this.#iBlock(it),
      Math.ceil(this.sizeOf(it) / this.blockSize),
      this.blockSize,
      this.readBlock,
    )
  }
  /** The blocks that say so. */
  indexBlocksOf(it: DiskInode): number[] {
    return indexBlocks(this.#iBlock(it), (it.flags & EXTENTS_FL) !== 0, this.readBlock)
  }

  /** The names in a directory, `.` and `..` among them. */
  *entriesOf(it: DiskInode): Iterable<DirEntry> {
    for (const { physical, count } of this.extentsOf(it))
      for (let i = 0; i < count; i++) yield* readDirBlock(this.readBlock(physical + i))
  }

  /** The extended attributes of a file, and which of them are in a block. */
  xattrsOf(it: DiskInode): { xattrs: Record<string, Uint8Array>; block: readonly string[] } {
    const behind = GOOD_OLD_INODE_SIZE + it.extraIsize
    const inBlock = it.fileAcl ? readXattrs(this.readBlock(it.fileAcl), true) : {}
    const inInode = this.inodeRoom ? readXattrs(it.raw.subarray(behind), false) : {}
    return { xattrs: { ...inInode, ...inBlock }, block: Object.keys(inBlock) }
  }
}
