/**
 * What can be read of /dev/vda: the super block of the root file system, from the numbers that the mounted one has. Its
 * files are in no bytes, so everything else is zeros, and nothing can be written. Linux: drivers/block/virtio_blk.c.
 */
import { EIO } from '../../abi/index.ts'
import {
  COMPAT,
  INCOMPAT,
  put32,
  RO_COMPAT,
  SUPER,
  SUPER_HASH_SEED,
  SUPER_LABEL,
  SUPER_LAST_MOUNTED,
  SUPER_OFFSET,
  type SuperFields,
  SUPER_UUID,
  Volume,
} from '../../ext2fs/index.ts'
import { blockDrivers, type Disk, type Kernel } from '../../kernel/index.ts'
import type { StoreSuper } from '../store.ts'

const MADE = 1795226888
const BOOTED = 1766653206
const OVERHEAD = 58505
const SPECIAL_INODES = 10

const zero = Object.fromEntries(Object.keys(SUPER).map(name => [name, 0])) as SuperFields

/** The super block as the mounted file system would write it now. */
function superBlock(k: Kernel, disk: Disk): Uint8Array {
  const sb = [...k.superBlocks.values()].find(it => it.dev === disk.dev) as StoreSuper
  const bytes = new Uint8Array(2048)
  const device = {
    read: (pos: number, count: number) => bytes.slice(pos, pos + count),
    write: (pos: number, data: Uint8Array) => bytes.set(data, pos),
  }
  const volume = Volume.create(device, {
    ...zero,
    inodesCount: sb.maxInodes,
    blocksCount: sb.maxBlocks + OVERHEAD,
    freeBlocksCount: sb.maxBlocks - sb.usedBlocks,
    freeInodesCount: sb.maxInodes - sb.usedInodes,
    logBlockSize: 2,
    logClusterSize: 2,
    blocksPerGroup: 32768,
    clustersPerGroup: 32768,
    inodesPerGroup: 8192,
    mtime: BOOTED,
    wtime: BOOTED,
    mntCount: 1,
    maxMntCount: 0xffff,
    magic: 0xef53,
    state: 1,
    errors: 1,
    lastcheck: MADE,
    revLevel: 1,
    firstIno: SPECIAL_INODES + 1,
    inodeSize: 256,
    featureCompat: COMPAT.has_journal | COMPAT.ext_attr | COMPAT.resize_inode | COMPAT.dir_index,
    featureIncompat:
      INCOMPAT.filetype | INCOMPAT.needs_recovery | INCOMPAT.extent | INCOMPAT['64bit'] | INCOMPAT.flex_bg,
    featureRoCompat:
      RO_COMPAT.sparse_super |
      RO_COMPAT.large_file |
      RO_COMPAT.huge_file |
      RO_COMPAT.dir_nlink |
      RO_COMPAT.extra_isize |
      RO_COMPAT.metadata_csum,
    reservedGdtBlocks: 1023,
    journalInum: 8,
    defHashVersion: 1,
    jnlBackupType: 1,
    descSize: 64,
    defaultMountOpts: 12,
    mkfsTime: MADE,
    minExtraIsize: 32,
    wantExtraIsize: 32,
    flags: 1,
    logGroupsPerFlex: 4,
    checksumType: 1,
    overheadClusters: OVERHEAD,
  })
  const text = ([at]: readonly [number, number], it: string): void =>
    volume.raw.set(new TextEncoder().encode(it), at)
  uuid(volume.raw, SUPER_UUID[0], 1)
  uuid(volume.raw, SUPER_HASH_SEED[0], 2)
  text(SUPER_LABEL, 'root')
  text(SUPER_LAST_MOUNTED, '/')
  volume.writeSuper()
  return bytes
}

/** 5ca1ab1e-0000-4000-8000-00000000000N */
function uuid(bytes: Uint8Array, at: number, last: number): void {
  put32(bytes, at, 0x1eaba15c)
  bytes[at + 6] = 0x40
  bytes[at + 8] = 0x80
  bytes[at + 15] = last
}

blockDrivers.set('vda', {
  read(k, disk, pos, count) {
    const out = new Uint8Array(count)
    if (pos < SUPER_OFFSET * 2) out.set(superBlock(k, disk).subarray(pos, pos + count))
    return out
  },
  write() {
    throw EIO
  },
})
