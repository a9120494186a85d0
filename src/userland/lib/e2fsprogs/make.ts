/**
 * Makes a file system: places the tables, makes the reserved inodes, the journal and the first directories.
 * e2fsprogs: misc/mke2fs.c, lib/ext2fs/alloc_tables.c, res_gdt.c, mkjournal.c.
 */
import {
  append,
  COMPAT,
  type Extent,
  INODE,
  INODE_ZEROED,
  EXTENTS_FL,
  encodeFields,
  FIRST_INO,
  type Group,
  I_BLOCK,
  I_BLOCK_SIZE,
  INCOMPAT,
  JOURNAL_INO,
  mapBlocks,
  type Node,
  ownBlocks,
  put32,
  rebuild,
  RESIZE_INO,
  RO_COMPAT,
  ROOT_INO,
  SUPER_HASH_SEED,
  SUPER_JNL_BLOCKS,
  SUPER_LABEL,
  SUPER_LAST_MOUNTED,
  SUPER_UUID,
  takeMetadata,
  type SuperFields,
  Volume,
} from '../../../ext2fs/index.ts'
import type { Image } from './image.ts'

type Blocks = ReturnType<typeof takeMetadata>

export interface Making {
  readonly super: SuperFields
  /** 0 for none. */
  readonly journalBlocks: number
  readonly uuid: Uint8Array
  readonly hashSeed: Uint8Array
  readonly label: string
  readonly lastMounted: string
  readonly owner: readonly [uid: number, gid: number]
  readonly errors: number
  /** Seconds since 1970. */
  readonly now: number
  /** What else is in it: the names in the root directory, and files by number. */
  readonly tree?: { readonly root: Partial<Node>; readonly files: readonly Node[] } | undefined
}

const PERMISSIONS = { root: 0o40755, lostFound: 0o40700, reserved: 0o100600 }

/** Write it all. Throws `Full` if the tree does not fit. */
export function makeFileSystem(image: Image, it: Making): Volume {
  const volume = Volume.create(image, {
    ...it.super,
    mntCount: 0,
    maxMntCount: 0xffff,
    magic: 0xef53,
    state: 1,
    errors: it.errors,
    wtime: it.now,
    lastcheck: it.now,
    mkfsTime: it.now,
    revLevel: 1,
    firstIno: FIRST_INO,
    defHashVersion: 1,
    defaultMountOpts: 12,
    minExtraIsize: it.super.inodeSize > 128 ? 32 : 0,
    wantExtraIsize: it.super.inodeSize > 128 ? 32 : 0,
    flags: 1,
    journalInum: it.journalBlocks ? JOURNAL_INO : 0,
    jnlBackupType: it.journalBlocks ? 1 : 0,
  })
  const text = new TextEncoder()
  volume.raw.set(it.uuid, SUPER_UUID[0])
  volume.raw.set(it.hashSeed, SUPER_HASH_SEED[0])
  volume.raw.set(text.encode(it.label).subarray(0, SUPER_LABEL[1]), SUPER_LABEL[0])
  volume.raw.set(text.encode(it.lastMounted).subarray(0, SUPER_LAST_MOUNTED[1]), SUPER_LAST_MOUNTED[0])
  placeTables(volume)
  const blocks = takeMetadata(volume, false)
  if (volume.super.featureCompat & COMPAT.resize_inode) makeResizeInode(volume, blocks.allocate(), it.now)
  if (it.journalBlocks) makeJournal(volume, blocks, it)
  const files = directories(volume, it)
  countOverhead(volume, it.journalBlocks, files[1]!.size / volume.blockSize)
  rebuild(volume, files)
  return volume
}

/** What the file system itself takes, and what was written so far. Linux: ext2fs_close2(). */
function countOverhead(volume: Volume, journalBlocks: number, foundBlocks: number): void {
  const { super: it, blockSize, inodeTableBlocks } = volume
  const own = volume.groups.reduce((sum, _, g) => sum + ownBlocks(volume, g), 0)
  it.overheadClusters = it.firstDataBlock + own + volume.groupCount * (2 + inodeTableBlocks) + journalBlocks
  const inodes = Math.ceil((FIRST_INO * volume.inodeSize) / blockSize)
  const reserved = it.featureCompat & COMPAT.resize_inode ? it.reservedGdtBlocks + 1 : 0
  const isNew = (it.featureRoCompat & RO_COMPAT.metadata_csum) !== 0
  const blocks = isNew ? reserved + 1 + foundBlocks + inodes + 2 * volume.groupCount : 0
  it.kbytesWritten = Math.max(blockSize / 1024, 1 + (blocks * blockSize) / 1024)
}

/** Where bitmaps and inode tables are: in their group, or those of sixteen groups side by side (flex_bg). */
function placeTables(volume: Volume): void {
  const { super: it } = volume
  const flex = it.featureIncompat & INCOMPAT.flex_bg ? 1 << it.logGroupsPerFlex : 1
  const hasCsum = (it.featureRoCompat & (RO_COMPAT.metadata_csum | RO_COMPAT.uninit_bg)) !== 0
  const empty: Group = {
    blockBitmap: 0,
    inodeBitmap: 0,
    inodeTable: 0,
    freeBlocksCount: 0,
    freeInodesCount: 0,
    usedDirsCount: 0,
    flags: hasCsum ? INODE_ZEROED : 0,
    blockBitmapCsum: 0,
    inodeBitmapCsum: 0,
    itableUnused: 0,
    checksum: 0,
  }
  for (let first = 0; first < volume.groupCount; first += flex) {
    const count = Math.min(flex, volume.groupCount - first)
    const reserved = it.featureCompat & COMPAT.resize_inode ? it.reservedGdtBlocks : 0
    let next = volume.groupStart(first) + (volume.hasSuper(first) ? 1 + volume.descBlocks + reserved : 0)
    const groups = Array.from({ length: count }, () => ({ ...empty }))
    for (const group of groups) group.blockBitmap = next++
    for (const group of groups) group.inodeBitmap = next++
    for (const group of groups) {
      group.inodeTable = skipSupers(volume, next, volume.inodeTableBlocks)
      next = group.inodeTable + volume.inodeTableBlocks
    }
    volume.groups.push(...groups)
  }
}

/** The first place from `block` on where so many blocks hold no copy of the super block. */
function skipSupers(volume: Volume, block: number, count: number): number {
  const { firstDataBlock, blocksPerGroup, featureCompat, reservedGdtBlocks } = volume.super
  const taken = 1 + volume.descBlocks + (featureCompat & COMPAT.resize_inode ? reservedGdtBlocks : 0)
  for (let at = block; ; ) {
    const group = Math.floor((at + count - 1 - firstDataBlock) / blocksPerGroup)
    const start = volume.groupStart(group)
    const isFree = !volume.hasSuper(group) || at >= start + taken || at + count <= start
    if (isFree) return at
    at = start + taken
  }
}

/** The root and lost+found, which has blocks ahead for what a check may find. */
function directories(volume: Volume, { now, owner, tree }: Making): Node[] {
  const time = { sec: now, nsec: 0 }
  const { blockSize } = volume
  let size = blockSize
  for (let i = 1; i < 12 && i * blockSize < 16384; i++) size += blockSize
  const common = {
    rdev: 0,
    flags: 0,
    atime: time,
    mtime: time,
    ctime: time,
    crtime: time,
    xattrs: {},
    xattrBlock: [],
    parent: ROOT_INO,
  }
  const found = { name: new TextEncoder().encode('lost+found'), ino: FIRST_INO, mode: PERMISSIONS.lostFound }
  const names = [found, ...(tree?.root.names ?? [])]
  const dirs = names.filter(it => (it.mode & 0o170000) === 0o40000).length
  const [uid, gid] = owner
  return [
    {
      ...common,
      ino: ROOT_INO,
      mode: PERMISSIONS.root,
      uid,
      gid,
      size: blockSize,
      ...tree?.root,
      nlink: 2 + dirs,
      names,
    },
    { ...common, ino: FIRST_INO, mode: PERMISSIONS.lostFound, uid: 0, gid: 0, nlink: 2, size, names: [] },
    ...(tree?.files ?? []),
  ]
}

/** A reserved inode: mode 0600, one link. */
function writeReserved(
  volume: Volume,
  ino: number,
  it: { size: number; blocks: number; flags: number; iBlock: Uint8Array; now: number },
): void {
  const raw = new Uint8Array(volume.inodeSize)
  const none = Object.fromEntries(Object.keys(INODE).map(name => [name, 0])) as Record<
    keyof typeof INODE,
    number
  >
  encodeFields(
    INODE,
    {
      ...none,
      mode: PERMISSIONS.reserved,
      size: it.size >>> 0,
      sizeHi: Math.floor(it.size / 2 ** 32),
      atime: it.now,
      ctime: it.now,
      mtime: it.now,
      crtime: it.now,
      linksCount: 1,
      blocks: it.blocks,
      flags: it.flags,
      extraIsize: volume.inodeSize > 128 ? 32 : 0,
    },
    raw,
  )
  raw.set(it.iBlock, I_BLOCK)
  volume.writeInode(ino, raw)
}

/** The inode that keeps room for more descriptors: a map whose leaves are their copies. Linux: ext2fs_create_resize_inode(). */
function makeResizeInode(volume: Volume, block: number, now: number): void {
  const { blockSize, descBlocks } = volume
  const per = blockSize / 4
  const map = new Uint8Array(blockSize)
  const first = volume.super.firstDataBlock + 1 + descBlocks
  let blocks = 1
  for (let i = 0; i < volume.super.reservedGdtBlocks; i++) {
    const leaf = new Uint8Array(blockSize)
    let at = 0
    for (let g = 1; g < volume.groupCount; g++)
      if (volume.hasSuper(g)) {
        put32(leaf, at, first + i + g * volume.super.blocksPerGroup)
        at += 4
        blocks++
      }
    put32(map, 4 * ((descBlocks + i) % per), first + i)
    volume.writeBlock(first + i, leaf)
    blocks++
  }
  volume.writeBlock(block, map)
  const iBlock = new Uint8Array(I_BLOCK_SIZE)
  put32(iBlock, 4 * 13, block)
  const size = (per * per + per + 12) * blockSize
  writeReserved(volume, RESIZE_INO, { size, blocks: (blocks * blockSize) / 512, flags: 0, iBlock, now })
}

const JBD2_MAGIC = 0xc03b3998
const JBD2_SUPERBLOCK_V2 = 4
/** Where the journal's super block has its UUID and the number of its users. */
const JBD2_UUID = 0x30
const JBD2_USERS = 0x40

/** The journal: its blocks, and the super block in the first of them. Linux: ext2fs_add_journal_inode3(). */
function makeJournal(volume: Volume, blocks: Blocks, { journalBlocks: count, uuid, now }: Making): void {
  const { blockSize } = volume
  const extents: Extent[] = []
  blocks.seek(midpoint(volume))
  for (let i = 0; i < count; i++) append(extents, i, blocks.allocate())
  const { iBlock, nodes } = mapBlocks(volume, blocks, extents, volume.inodeSeed(JOURNAL_INO, 0))
  blocks.seek(volume.super.firstDataBlock)
  const head = new Uint8Array(blockSize)
  const view = new DataView(head.buffer)
  for (const [i, word] of [JBD2_MAGIC, JBD2_SUPERBLOCK_V2, 0, blockSize, count, 1, 1, 0].entries())
    view.setUint32(4 * i, word)
  head.set(uuid, JBD2_UUID)
  view.setUint32(JBD2_USERS, 1)
  volume.writeBlock(extents[0]!.physical, head)
  const size = count * blockSize
  const flags = volume.hasExtents ? EXTENTS_FL : 0
  const it = { size, blocks: ((count + nodes) * blockSize) / 512, flags, iBlock, now }
  writeReserved(volume, JOURNAL_INO, it)
  const backup = new Uint8Array(SUPER_JNL_BLOCKS[1])
  backup.set(iBlock)
  put32(backup, 64, size)
  volume.raw.set(backup, SUPER_JNL_BLOCKS[0])
}

/** The middle of the file system, or the beginning of a set of groups there. Linux: get_midpoint_journal_block(). */
function midpoint(volume: Volume): number {
  const { firstDataBlock, blocksCount, blocksPerGroup, logGroupsPerFlex } = volume.super
  const group = Math.floor((blocksCount - firstDataBlock) / 2 / blocksPerGroup)
  const flex = 1 << logGroupsPerFlex
  return volume.groupStart(logGroupsPerFlex && group > flex ? group & ~(flex - 1) : group)
}
