/**
 * The numbers of a new file system: block size, groups, inodes, journal. e2fsprogs: lib/ext2fs/initialize.c,
 * misc/mke2fs.c, misc/mke2fs.conf, lib/ext2fs/mkjournal.c.
 */
import { COMPAT, FIRST_INO, INCOMPAT, RO_COMPAT, SUPER, type SuperFields } from '../../../ext2fs/index.ts'

/** What was asked for; absent is the default of mke2fs.conf. */
export interface Wishes {
  readonly bytes: number
  readonly blockSize?: number | undefined
  readonly bytesPerInode?: number | undefined
  readonly inodeSize?: number | undefined
  readonly inodes?: number | undefined
  readonly reservedPercent: number
  readonly blocksPerGroup?: number | undefined
  readonly flexGroups?: number | undefined
  readonly journalBlocks?: number | undefined
  readonly features: Features
}

/** The three words of features. */
export interface Features {
  compat: number
  incompat: number
  roCompat: number
}

/** A file system that cannot be made. */
export class TooSmall extends Error {}

const MIB = 1024 * 1024
const DESC_SIZE = 32
const DESC_SIZE_64 = 64
const INODE_SIZE = 256
/** EXT4_DEF_GROUPS_PER_FLEX is 2 to this power. */
const LOG_FLEX = 4

/** Linux's names for the kinds of size in mke2fs.conf: their block size and bytes per inode. */
function usage(bytes: number): { blockSize: number; ratio: number } {
  if (bytes < 3 * MIB) return { blockSize: 1024, ratio: 8192 }
  if (bytes < 512 * MIB) return { blockSize: 1024, ratio: 4096 }
  return { blockSize: 4096, ratio: bytes >= 16 * MIB * MIB ? 65536 : bytes >= 4 * MIB * MIB ? 32768 : 16384 }
}

export const blockSizeFor = ({ bytes, blockSize }: Pick<Wishes, 'bytes' | 'blockSize'>): number =>
  blockSize ?? usage(bytes).blockSize

/** Blocks of a journal, 0 if the file system is too small for one. Linux: ext2fs_default_journal_size(). */
export function journalSize(blocks: number): number {
  const steps = [
    [2048, 0],
    [32768, 1024],
    [256 * 1024, 4096],
    [512 * 1024, 8192],
    [4096 * 1024, 16384],
    [8192 * 1024, 32768],
    [16384 * 1024, 65536],
    [32768 * 1024, 131072],
  ] as const
  return steps.find(([below]) => blocks < below)?.[1] ?? 262144
}

/** Linux: ext2fs_bg_has_super(). */
function hasSuper(group: number, sparse: boolean): boolean {
  if (group <= 1 || !sparse) return true
  return [3, 5, 7].some(base => {
    let power = base
    while (power < group) power *= base
    return power === group
  })
}

/** The fields of the new super block that follow from the size. Throws TooSmall. */
export function geometry(wishes: Wishes): SuperFields {
  const { compat, incompat, roCompat } = wishes.features
  const blockSize = blockSizeFor(wishes)
  const inodeSize = wishes.inodeSize ?? INODE_SIZE
  const descSize = incompat & INCOMPAT['64bit'] ? DESC_SIZE_64 : DESC_SIZE
  const firstDataBlock = blockSize === 1024 ? 1 : 0
  const perGroup = wishes.blocksPerGroup ?? blockSize * 8
  const ratio = wishes.bytesPerInode ?? usage(wishes.bytes).ratio
  let blocks = Math.floor(wishes.bytes / blockSize)
  const inodes = Math.max(wishes.inodes ?? Math.floor((blocks * blockSize) / ratio), FIRST_INO + 1)
  for (;;) {
    const groups = Math.ceil((blocks - firstDataBlock) / perGroup)
    const descBlocks = Math.ceil((groups * descSize) / blockSize)
    const tableBlocks = (count: number): number => Math.ceil((count * inodeSize) / blockSize)
    const wanted = Math.min(Math.ceil(inodes / groups), blockSize * 8)
    const inodesPerGroup = Math.floor((tableBlocks(wanted) * blockSize) / inodeSize) & ~7
    const reservedGdt =
      compat & COMPAT.resize_inode
        ? reservedGdtBlocks(blocks, firstDataBlock, perGroup, descBlocks, blockSize, descSize)
        : 0
    const sparse = (roCompat & RO_COMPAT.sparse_super) !== 0
    const last =
      2 + tableBlocks(inodesPerGroup) + (hasSuper(groups - 1, sparse) ? 1 + descBlocks + reservedGdt : 0)
    const rest = (blocks - firstDataBlock) % perGroup
    // A last group with hardly any room is left out.
    if (rest && rest < last + 50) {
      if (groups === 1) throw new TooSmall()
      blocks -= rest
      continue
    }
    return {
      ...zero,
      inodesCount: inodesPerGroup * groups,
      blocksCount: blocks,
      rBlocksCount: Math.floor((blocks * wishes.reservedPercent) / 100),
      firstDataBlock,
      logBlockSize: Math.log2(blockSize / 1024),
      logClusterSize: Math.log2(blockSize / 1024),
      blocksPerGroup: perGroup,
      clustersPerGroup: perGroup,
      inodesPerGroup,
      inodeSize,
      reservedGdtBlocks: reservedGdt,
      descSize: descSize === DESC_SIZE ? 0 : descSize,
      featureCompat: compat,
      featureIncompat: incompat,
      featureRoCompat: roCompat,
      logGroupsPerFlex: incompat & INCOMPAT.flex_bg ? Math.log2(wishes.flexGroups ?? 1 << LOG_FLEX) : 0,
      checksumType: roCompat & RO_COMPAT.metadata_csum ? 1 : 0,
    }
  }
}

const zero = Object.fromEntries(Object.keys(SUPER).map(name => [name, 0])) as SuperFields

/** Room for the descriptors of a file system that has grown a thousand times. Linux: calc_reserved_gdt_blocks(). */
function reservedGdtBlocks(
  blocks: number,
  firstDataBlock: number,
  perGroup: number,
  descBlocks: number,
  blockSize: number,
  descSize: number,
): number {
  const most = Math.min(blocks * 1024, 0xffffffff)
  const groups = Math.ceil((most - firstDataBlock) / perGroup)
  const wanted = Math.ceil(groups / Math.floor(blockSize / descSize)) - descBlocks
  return Math.min(wanted, blockSize / 4)
}
