/**
 * Mounting ext2, ext3 and ext4 from a device, and what is behind them then. Linux: fs/ext4/super.c.
 */
import {
  EACCES,
  EINVAL,
  EIO,
  encode,
  ENXIO,
  FS_EXTENT_FL,
  isDir,
  isLink,
  MS_RDONLY,
  MS_SILENT,
  type Errno,
} from '../../abi/index.ts'
import { COMPAT, get32, INCOMPAT, recLen, RO_COMPAT, roomIn, SUPER_UUID, Volume } from '../../ext2fs/index.ts'
import {
  type BlockDevice,
  type FileOps,
  type FileSystem,
  refuse,
  type SuperBlock,
  type Vfs,
} from '../../vfs/index.ts'
import { diskFops, diskInodeOps, diskKind, registerImages } from '../disk.ts'
import { type Ext4Options, parseExt4Options, quotaMode, showExt4Options } from '../ext4-options.ts'
import { placeXattrIn } from '../ext4-xattr.ts'
import type { StoreInode, StoreKind } from '../store.ts'
import { addBlocks } from '../store-blocks.ts'
import { storeStatfs } from '../store.ts'
import { loadTree } from './load.ts'
import { forgetNumbers, giveIno, type NumberedSuper, takeIno } from './numbers.ts'
import { markMounted, writeBack } from './writeback.ts'

const EXT4_MAGIC = 0xef53
const FAST_SYMLINK = 60
const MAX_BYTES = 2 ** 44
/** Leaves of a hashed directory are split in half when they are full: so full they are on average. */
const LEAF_FILL = 0.64
/** Linux: EXT4_DEF_R_BLOCKS: what is kept back from everybody, for metadata that delayed allocation needs. */
const RESERVED_SHARE = 50
const RESERVED_MAX = 4096

/** What the driver can do with a file system. */
const KNOWN_INCOMPAT =
  INCOMPAT.filetype | INCOMPAT.needs_recovery | INCOMPAT.extent | INCOMPAT['64bit'] | INCOMPAT.flex_bg
const EXT3_INCOMPAT = INCOMPAT.filetype | INCOMPAT.needs_recovery | INCOMPAT.meta_bg
const EXT2_RO_COMPAT = RO_COMPAT.sparse_super | RO_COMPAT.large_file

interface ImageSuper extends NumberedSuper {
  /** Room for extended attributes behind an inode. */
  readonly inodeRoom: number
  readonly checksums: boolean
  readonly fsid: readonly [number, number]
}

/** The device takes no writing, so neither does what is on it. */
const write = (v: Vfs, name: string): Errno => refuse(v, EACCES, 'disk-read-only', { name })

/** Linux: ext4_fill_super(). Errors: ENXIO, EIO, EINVAL, EACCES. */
function mountImage(v: Vfs, type: string, dev: number, options: Ext4Options, flags: number): number {
  const device = v.host.blkdevGet?.(dev)
  if (!device) throw ENXIO
  const refuse = (why: string, errno: object = EINVAL): never => {
    if (!(flags & MS_SILENT)) v.host.log(`EXT4-fs (${device.name}): ${why}`)
    throw errno
  }
  if (device.readOnly && !(flags & MS_RDONLY)) throw write(v, device.name)
  if (!device.size) refuse('unable to read superblock', EIO)
  const volume = Volume.open(device) ?? refuse(`VFS: Can't find ext4 filesystem`)
  checkType(volume, type, refuse, line => v.host.log(`EXT4-fs (${device.name}): ${line}`))
  const { blocksCount } = volume.super
  const there = Math.floor(device.size / volume.blockSize)
  if (blocksCount > there)
    refuse(`bad geometry: block count ${blocksCount} exceeds size of device (${there} blocks)`)
  volume.readGroups()
  const sb = v.newSuperBlock(
    superBlockOf(v, volume, { type, dev, data: options, options: showExt4Options(options), flags }),
  )
  loadTree(v, sb.id, volume)
  if (!(flags & MS_RDONLY)) markMounted(v, device, true)
  const mode = volume.hasJournal ? 'with ordered data mode' : 'without journal'
  v.host.log(`EXT4-fs (${device.name}): mounted filesystem ${mode}. Quota mode: ${quotaMode(options)}.`)
  return sb.id
}

/** Which file systems may be mounted by which name. Linux: ext2_feature_set_ok(), ext3_feature_set_ok(). */
function checkType(
  { super: it }: Volume,
  type: string,
  refuse: (why: string) => never,
  log: (line: string) => void,
): void {
  const unknown = it.featureIncompat & ~KNOWN_INCOMPAT
  if (unknown) refuse(`Couldn't mount because of unsupported optional features (${unknown.toString(16)})`)
  if (type === 'ext4') return
  const hasJournal = (it.featureCompat & COMPAT.has_journal) !== 0
  const isOld = !(it.featureIncompat & ~EXT3_INCOMPAT) && !(it.featureRoCompat & ~EXT2_RO_COMPAT)
  const isIt = type === 'ext3' ? hasJournal : !hasJournal
  if (!isOld || !isIt) refuse(`couldn't mount as ${type} due to feature incompatibilities`)
  log(`mounting ${type} file system using the ext4 subsystem`)
}

/** Linux: ext4_calculate_overhead(): blocks of the file system itself do not count. */
function overhead(volume: Volume): number {
  const { firstDataBlock, featureCompat, reservedGdtBlocks, overheadClusters } = volume.super
  if (overheadClusters) return overheadClusters
  const reserved = featureCompat & COMPAT.resize_inode ? reservedGdtBlocks : 0
  let blocks = firstDataBlock
  for (let g = 0; g < volume.groupCount; g++)
    blocks += 2 + volume.inodeTableBlocks + (volume.hasSuper(g) ? 1 + volume.descBlocks + reserved : 0)
  if (!volume.hasJournal) return blocks
  return blocks + Math.ceil(volume.sizeOf(volume.readInode(volume.super.journalInum)) / volume.blockSize)
}

/** Linux: uuid_to_fsid(): the halves of the UUID laid over each other. */
const fsidOf = (raw: Uint8Array): readonly [number, number] => {
  const word = (n: number): number => get32(raw, SUPER_UUID[0] + 4 * n)
  return [(word(0) ^ word(2)) >>> 0, (word(1) ^ word(3)) >>> 0]
}

function superBlockOf(
  v: Vfs,
  volume: Volume,
  it: { type: string; dev: number; data: Ext4Options; options: string; flags: number },
): Omit<ImageSuper, 'id' | 'epoch' | 'root' | 'active'> {
  const { blocksCount, freeBlocksCount, rBlocksCount, inodesCount, freeInodesCount, inodesPerGroup } =
    volume.super
  const maxBlocks = blocksCount - overhead(volume)
  return {
    ...it,
    magic: EXT4_MAGIC,
    userNs: v.initUserNs,
    blockSize: volume.blockSize,
    maxBlocks,
    usedBlocks: maxBlocks - freeBlocksCount,
    maxInodes: inodesCount,
    usedInodes: inodesCount - freeInodesCount,
    nextIno: 0,
    inodesPerGroup,
    reserved: rBlocksCount,
    withheld: volume.hasExtents ? Math.min(RESERVED_MAX, Math.floor(blocksCount / RESERVED_SHARE)) : 0,
    mapped: !volume.hasExtents,
    inodeRoom: volume.inodeRoom,
    checksums: volume.checksumSeed !== undefined,
    fsid: fsidOf(volume.raw),
  }
}

const isLongLink = (it: StoreInode): boolean => isLink(it) && encode(it.link).length >= FAST_SYMLINK

/** What a store is that has the block size, the inodes and the maps of this super block. */
function kindOf({ blockSize, inodeRoom, mapped, checksums }: ImageSuper): StoreKind {
  const flags = diskKind.fileattr!
  return {
    ...diskKind,
    dirSize: () => blockSize,
    blocksOf: inode =>
      (isDir(inode) ? inode.size / blockSize : isLongLink(inode) ? 1 : 0) + (inode.xattrBlock.length ? 1 : 0),
    growDir(_v, _dir, names) {
      const room = roomIn(blockSize, checksums)
      let used = recLen(1) + recLen(2)
      for (const name of names) used += recLen(encode(name).length)
      // Linear while it is one block; then an index, and leaves (fs/ext4/namei.c: make_indexed_dir(), do_split()).
      return blockSize * (used <= room ? 1 : 1 + Math.max(2, Math.ceil(used / room / LEAF_FILL)))
    },
    placeXattr: placeXattrIn(blockSize, inodeRoom),
    takeIno,
    giveIno,
    fileattr: mapped ? { ...flags, initial: 0, known: flags.known & ~FS_EXTENT_FL } : flags,
  }
}

/** Extents come with what only they can do: without them fallocate(2) is not there. Linux: ext4_fallocate(). */
const fopsOf = ({ mapped }: ImageSuper): FileOps => {
  if (!mapped) return diskFops
  const { fallocate: _, ...rest } = diskFops
  return rest
}

const deviceOf = (v: Vfs, sb: SuperBlock): BlockDevice | undefined => v.host.blkdevGet?.(sb.dev)

function fsFor(it: ImageSuper): FileSystem {
  const kind = kindOf(it)
  const plain = diskInodeOps(kind)
  const iops: typeof plain = {
    ...plain,
    // Its blocks go with its size.
    rmdir(v, dir, name, as) {
      const victim = v.inode(v.dentry(v.child(v.dirDentry(dir.id), name)).inode) as StoreInode
      const blocks = kind.blocksOf(victim)
      plain.rmdir(v, dir, name, as)
      addBlocks(v, dir.sb, kind.blocksOf(v.inode(victim.id) as StoreInode) - blocks)
    },
  }
  const fops = fopsOf(it)
  const syncFs = (v: Vfs, sb: SuperBlock): void => {
    const device = deviceOf(v, sb)
    if (device && !(sb.flags & MS_RDONLY)) writeBack(v, sb, device)
  }
  return {
    keepsNames: true,
    // Linux: ext4_max_size(): as many blocks as 32 bits number.
    maxBytes: Math.min(2 ** 32 * it.blockSize, MAX_BYTES) - it.blockSize,
    canDirectIo: true,
    timeRange: [-(2 ** 31), (it.inodeRoom ? 2 ** 34 : 2 ** 32) - 2 ** 31 - 1],
    iops: () => iops as never,
    fops: () => fops,
    statfs: (v, sb) => ({
      ...storeStatfs(v, sb.id, EXT4_MAGIC, (sb as ImageSuper).reserved),
      fsid: (sb as ImageSuper).fsid,
    }),
    syncFs,
    remount(v, sb, options, _as, flags) {
      const parsed = parseExt4Options(v, options, sb.data as Ext4Options)
      const device = deviceOf(v, sb)
      if (!device) throw ENXIO
      const [was, willBe] = [sb.flags & MS_RDONLY, flags & MS_RDONLY]
      if (!willBe && device.readOnly) throw write(v, device.name)
      if (!was && willBe) syncFs(v, sb)
      if (was !== willBe) markMounted(v, device, !willBe)
      v.superBlocks.own(sb.id).data = parsed
      v.host.log(`EXT4-fs (${device.name}): re-mounted. Quota mode: ${quotaMode(parsed)}.`)
      return showExt4Options(parsed)
    },
    // Linux: ext4_put_super(), kill_block_super().
    kill(v, sb) {
      const device = deviceOf(v, sb)
      if (device) {
        v.host.log(`EXT4-fs (${device.name}): unmounting filesystem.`)
        if (!(sb.flags & MS_RDONLY)) markMounted(v, device, false)
      }
      forgetNumbers(v, sb.id)
      v.host.blkdevPut?.(sb.dev)
    },
  }
}

/** One set of operations for all that are alike. */
const known = new Map<string, FileSystem>()

registerImages({
  mount: mountImage,
  fs(sb) {
    const it = sb as ImageSuper
    const key = `${it.blockSize},${it.inodeRoom},${it.mapped},${it.checksums}`
    let fs = known.get(key)
    if (!fs) known.set(key, (fs = fsFor(it)))
    return fs
  },
})
