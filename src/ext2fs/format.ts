/** What ext2, ext3 and ext4 look like on a disk. Linux: fs/ext4/ext4.h; e2fsprogs: lib/ext2fs/ext2_fs.h. */
import type { Fields, Fixed } from './fields.ts'

export const EXT2_MAGIC = 0xef53
/** Where the super block is, and how long. */
export const SUPER_OFFSET = 1024
export const SUPER_SIZE = 1024

export const SUPER = {
  inodesCount: [0x00, 4],
  blocksCount: [0x04, 4],
  rBlocksCount: [0x08, 4],
  freeBlocksCount: [0x0c, 4],
  freeInodesCount: [0x10, 4],
  firstDataBlock: [0x14, 4],
  logBlockSize: [0x18, 4],
  logClusterSize: [0x1c, 4],
  blocksPerGroup: [0x20, 4],
  clustersPerGroup: [0x24, 4],
  inodesPerGroup: [0x28, 4],
  mtime: [0x2c, 4],
  wtime: [0x30, 4],
  mntCount: [0x34, 2],
  maxMntCount: [0x36, 2],
  magic: [0x38, 2],
  state: [0x3a, 2],
  errors: [0x3c, 2],
  lastcheck: [0x40, 4],
  checkinterval: [0x44, 4],
  creatorOs: [0x48, 4],
  revLevel: [0x4c, 4],
  defResuid: [0x50, 2],
  defResgid: [0x52, 2],
  firstIno: [0x54, 4],
  inodeSize: [0x58, 2],
  blockGroupNr: [0x5a, 2],
  featureCompat: [0x5c, 4],
  featureIncompat: [0x60, 4],
  featureRoCompat: [0x64, 4],
  reservedGdtBlocks: [0xce, 2],
  journalInum: [0xe0, 4],
  defHashVersion: [0xfc, 1],
  jnlBackupType: [0xfd, 1],
  descSize: [0xfe, 2],
  defaultMountOpts: [0x100, 4],
  mkfsTime: [0x108, 4],
  minExtraIsize: [0x15c, 2],
  wantExtraIsize: [0x15e, 2],
  flags: [0x160, 4],
  raidStride: [0x164, 2],
  raidStripeWidth: [0x170, 4],
  logGroupsPerFlex: [0x174, 1],
  checksumType: [0x175, 1],
  kbytesWritten: [0x178, 4],
  overheadClusters: [0x248, 4],
  checksum: [0x3fc, 4],
} as const satisfies Fields
/** Its parts that are no numbers: offset and length. */
export const SUPER_UUID = [0x68, 16] as const
export const SUPER_LABEL = [0x78, 16] as const
export const SUPER_LAST_MOUNTED = [0x88, 64] as const
export const SUPER_HASH_SEED = [0xec, 16] as const
/** A copy of the journal's i_block and size. */
export const SUPER_JNL_BLOCKS = [0x10c, 68] as const
export type SuperFields = Fixed<typeof SUPER>

export const GROUP = {
  blockBitmap: [0x00, 4],
  inodeBitmap: [0x04, 4],
  inodeTable: [0x08, 4],
  freeBlocksCount: [0x0c, 2],
  freeInodesCount: [0x0e, 2],
  usedDirsCount: [0x10, 2],
  flags: [0x12, 2],
  blockBitmapCsum: [0x18, 2],
  inodeBitmapCsum: [0x1a, 2],
  itableUnused: [0x1c, 2],
  checksum: [0x1e, 2],
} as const satisfies Fields
/** What descriptors of 64 bytes have besides. */
export const GROUP_64 = {
  blockBitmapCsumHi: [0x38, 2],
  inodeBitmapCsumHi: [0x3a, 2],
} as const satisfies Fields
export type Group = Fixed<typeof GROUP>

export const INODE = {
  mode: [0x00, 2],
  uid: [0x02, 2],
  size: [0x04, 4],
  atime: [0x08, 4],
  ctime: [0x0c, 4],
  mtime: [0x10, 4],
  dtime: [0x14, 4],
  gid: [0x18, 2],
  linksCount: [0x1a, 2],
  blocks: [0x1c, 4],
  flags: [0x20, 4],
  generation: [0x64, 4],
  fileAcl: [0x68, 4],
  sizeHi: [0x6c, 4],
  uidHi: [0x78, 2],
  gidHi: [0x7a, 2],
  checksumLo: [0x7c, 2],
  extraIsize: [0x80, 2],
  checksumHi: [0x82, 2],
  ctimeExtra: [0x84, 4],
  mtimeExtra: [0x88, 4],
  atimeExtra: [0x8c, 4],
  crtime: [0x90, 4],
  crtimeExtra: [0x94, 4],
} as const satisfies Fields
/** i_block of an inode. */
export const I_BLOCK = 0x28
export const I_BLOCK_SIZE = 60
/** What every inode has; larger ones have the fields from extraIsize on, and then room for extended attributes. */
export const GOOD_OLD_INODE_SIZE = 128
export const EXTRA_ISIZE = 32

export const ROOT_INO = 2
export const RESIZE_INO = 7
export const JOURNAL_INO = 8
export const FIRST_INO = 11

// s_state, bg_flags
export const VALID_FS = 1
export const INODE_UNINIT = 1
export const BLOCK_UNINIT = 2
export const INODE_ZEROED = 4

// Features, each with the word it is in
export const COMPAT = {
  has_journal: 0x4,
  ext_attr: 0x8,
  resize_inode: 0x10,
  dir_index: 0x20,
  sparse_super2: 0x200,
} as const
export const INCOMPAT = {
  filetype: 0x2,
  needs_recovery: 0x4,
  journal_dev: 0x8,
  meta_bg: 0x10,
  extent: 0x40,
  '64bit': 0x80,
  mmp: 0x100,
  flex_bg: 0x200,
  ea_inode: 0x400,
  metadata_csum_seed: 0x2000,
  large_dir: 0x4000,
  inline_data: 0x8000,
  encrypt: 0x10000,
  casefold: 0x20000,
} as const
export const RO_COMPAT = {
  sparse_super: 0x1,
  large_file: 0x2,
  huge_file: 0x8,
  uninit_bg: 0x10,
  dir_nlink: 0x20,
  extra_isize: 0x40,
  quota: 0x100,
  bigalloc: 0x200,
  metadata_csum: 0x400,
  'read-only': 0x1000,
  project: 0x2000,
  verity: 0x8000,
} as const

/** i_flags: the file's blocks are found through extents. */
export const EXTENTS_FL = 0x80000

/** The type of a directory entry (EXT4_FT_*), by the type bits of a mode. */
export const fileType = (mode: number): number =>
  [0, 5, 3, 0, 2, 0, 4, 0, 1, 0, 7, 0, 6][(mode >> 12) & 15] ?? 0
