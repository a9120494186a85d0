/**
 * The disk's file system as programs see it: an ext4 on /dev/vda. Linux: fs/ext4/. Those on other devices are read from
 * their bytes by ext4/, which is loaded later.
 *
 * Left out: everything below the file interface (journal, extents, inode tables); growing directories, quotas.
 */
import {
  EBUSY,
  EFBIG,
  ENXIO,
  SEEK_DATA,
  EINVAL,
  encode,
  ENOENT,
  ENOSPC,
  ENOTBLK,
  EPERM,
  FALLOC_FL_COLLAPSE_RANGE,
  FALLOC_FL_INSERT_RANGE,
  FALLOC_FL_KEEP_SIZE,
  FALLOC_FL_ZERO_RANGE,
  FS_APPEND_FL,
  FS_COMPR_FL,
  FS_DIRSYNC_FL,
  FS_EXTENT_FL,
  FS_IMMUTABLE_FL,
  FS_JOURNAL_DATA_FL,
  FS_NOATIME_FL,
  FS_NODUMP_FL,
  FS_NOTAIL_FL,
  FS_PROJINHERIT_FL,
  FS_SECRM_FL,
  FS_SYNC_FL,
  FS_TOPDIR_FL,
  FS_UNRM_FL,
  isBlk,
  isDir,
  isLink,
  MS_RDONLY,
  O_ACCMODE,
  O_DIRECT,
  O_DSYNC,
  S_IFDIR,
} from '../abi/index.ts'
import type { Own } from '../state/index.ts'
import {
  type Caller,
  type FileOps,
  type FileSystem,
  type FileSystemType,
  inodeAt,
  type OpenFile,
  pathLookup,
  type SuperBlock,
  vfsCreate,
  type Vfs,
  refuse,
} from '../vfs/index.ts'
import { hashOrder } from './dx-hash.ts'
import { type Ext4Options, parseExt4Options, quotaMode, showExt4Options } from './ext4-options.ts'
import { placeXattrIn } from './ext4-xattr.ts'
import {
  collapseContent,
  fillContent,
  insertContent,
  isWritten,
  PAGE,
  pagesWithin,
  punchContent,
  seekContent,
} from './pages.ts'
import {
  changeContent,
  fillAsFits,
  needRoom,
  newStore,
  type StoreInode,
  type StoreKind,
  type StoreSuper,
  storeFops,
  storeInodeOps,
  storeStatfs,
} from './store.ts'

const EXT4_MAGIC = 0xef53
/** The halves of the UUID 5ca1ab1e-0000-4000-8000-000000000001 laid over each other. Linux: uuid_to_fsid(). */
const FSID = [0x1eaba1dc, 0x01400000] as const
/** Of a file with blocks of 4 KiB. */
const MAX_SIZE = 2 ** 44 - PAGE
/** A link up to this length lies in the inode (i_block). */
const FAST_SYMLINK = 60
/** 8154588 KiB, of which 16384 KiB are reserved, and 524288 inodes, of which the first 10 are special. */
const BLOCKS = 2038647
const RESERVED = 4096
const INODES = 524288
const FIRST_INO = 11
/** Behind an inode of 256 bytes, without its 128 old and 32 new ones. */
const INODE_ROOM = 256 - 128 - 32

/** Linux: EXT4_FL_USER_MODIFIABLE, as far as chattr knows them. */
const KEPT =
  FS_SECRM_FL |
  FS_UNRM_FL |
  FS_COMPR_FL |
  FS_SYNC_FL |
  FS_IMMUTABLE_FL |
  FS_APPEND_FL |
  FS_NODUMP_FL |
  FS_NOATIME_FL |
  FS_JOURNAL_DATA_FL |
  FS_NOTAIL_FL |
  FS_DIRSYNC_FL |
  FS_TOPDIR_FL |
  FS_EXTENT_FL |
  FS_PROJINHERIT_FL

export const diskKind: StoreKind = {
  dirSize: () => 4096,
  blocksOf: inode =>
    (isDir(inode) || (isLink(inode) && encode(inode.link).length >= FAST_SYMLINK) ? 1 : 0) +
    (inode.xattrBlock.length ? 1 : 0),
  order: hashOrder,
  countsLinks: false,
  xattrs: ['user.', 'trusted.', 'security.'],
  placeXattr: placeXattrIn(PAGE, INODE_ROOM),
  acls: true,
  fileattr: {
    initial: FS_EXTENT_FL,
    known: KEPT,
    directories: FS_DIRSYNC_FL | FS_TOPDIR_FL,
    inherited: KEPT & ~(FS_IMMUTABLE_FL | FS_APPEND_FL | FS_TOPDIR_FL | FS_EXTENT_FL),
  },
}
/** The inode operations of an ext4. */
export function diskInodeOps(kind: StoreKind): ReturnType<typeof storeInodeOps> {
  const store = storeInodeOps(kind)
  return {
    ...store,

    /** Linux: __ext4_new_inode(): with grpid the group is the directory's. */
    create(v, dir, name, attr, as) {
      const { grpid } = v.superBlocks.get(dir.sb).data as Ext4Options
      return store.create(v, dir, name, grpid ? { ...attr, gid: dir.gid } : attr, as)
    },

    /** Linux: ext4_rmdir(): a directory that is removed while somebody has it open has the size 0. */
    rmdir(v, dir, name, as) {
      const victim = v.dentry(v.child(v.dirDentry(dir.id), name)).inode
      store.rmdir(v, dir, name, as)
      v.ownInode(victim).size = 0
    },
  }
}
const iops = diskInodeOps(diskKind)

/** Linux: ext4_file_write_iter(), generic_write_sync(). */
function wasWritten(v: Vfs, file: OpenFile, pos: number, count: number): void {
  const inode = v.inode(file.inode)
  const isDirect = (file.flags & O_DIRECT) !== 0
  if (isDirect) v.host.directIo?.(inode, 'write', pos, count)
  else v.host.dirtyPages?.(inode, Math.floor(pos / PAGE), Math.ceil((pos + count) / PAGE))
  if (file.flags & O_DSYNC) v.host.fsyncPages?.(inode)
}

/** What ext4 can besides a store: zero ranges, and take whole blocks out or put them in. Linux: ext4_fallocate(). */
export const diskFops: FileOps = {
  ...storeFops,

  /** Linux: ext4_file_read_iter(). */
  read(v, file, count, pos, as) {
    const inode = v.inode(file.inode) as StoreInode
    const length = Math.max(0, Math.min(count, inode.size - pos))
    if (length && file.flags & O_DIRECT) v.host.directIo?.(inode, 'read', pos, length)
    else if (length)
      v.host.readPages?.(inode, Math.floor(pos / PAGE), Math.ceil((pos + length) / PAGE), (from, to) =>
        pagesWithin(inode.content, from, to),
      )
    return storeFops.read(v, file, length, pos, as)
  },

  /** Linux: ext4_write_checks(): what was made immutable stays as it is even for who has it open. */
  write(v, file, data, pos, as) {
    if ((v.inode(file.inode).flags ?? 0) & FS_IMMUTABLE_FL) throw EPERM
    const count = storeFops.write(v, file, data, pos, as) as number
    if (count) wasWritten(v, file, pos, count)
    return count
  },

  /** Linux: ext4_release_file(). */
  release(v, file) {
    if (file.flags & O_ACCMODE) v.host.flushEmptied?.(v.inode(file.inode))
  },

  /** What is only allocated is a hole. Linux: iomap_seek_data(). */
  seekHole(v, file, offset, whence) {
    const { content, size } = v.inode(file.inode) as StoreInode
    const found = seekContent(content, offset, size, whence === SEEK_DATA, isWritten)
    if (found < 0) throw ENXIO
    return found
  },

  fallocate(v, file, mode, offset, length) {
    if (mode & FALLOC_FL_ZERO_RANGE) zeroRange(v, file, mode, offset, length)
    else if (mode & (FALLOC_FL_COLLAPSE_RANGE | FALLOC_FL_INSERT_RANGE))
      shiftRange(v, file, mode, offset, length)
    else if (mode & ~FALLOC_FL_KEEP_SIZE) storeFops.fallocate!(v, file, mode, offset, length)
    // ext4_alloc_file_blocks(): a disk that is too small is filled, and then it says so.
    else if (fillAsFits(v, file, offset, length, mode !== 0) < length) throw ENOSPC
  },
}

function zeroRange(v: Vfs, file: OpenFile, mode: number, offset: number, length: number): void {
  needRoom(v, v.inode(file.inode) as StoreInode, offset, length)
  changeContent(v, file, it => {
    punchContent(it.content, offset, offset + length)
    fillContent(it.content, offset, offset + length)
    if (!(mode & FALLOC_FL_KEEP_SIZE)) it.size = Math.max(it.size, offset + length)
  })
}

/** Linux: ext4_collapse_range(), ext4_insert_range(). */
function shiftRange(v: Vfs, file: OpenFile, mode: number, offset: number, length: number): void {
  const { size } = v.inode(file.inode)
  const collapses = mode === FALLOC_FL_COLLAPSE_RANGE
  if (offset % PAGE || length % PAGE || (collapses ? offset + length : offset) >= size) throw EINVAL
  if (!collapses && size + length > MAX_SIZE) throw EFBIG
  changeContent(v, file, it => {
    const shift = collapses ? collapseContent : insertContent
    shift(it.content, offset / PAGE, length / PAGE)
    it.size += collapses ? -length : length
  })
}

/** The device number that `source` names. Errors: ENOENT, ENOTBLK. Linux: lookup_bdev(). */
export function deviceOf(v: Vfs, source: string, as: Caller): number {
  if (as.task === 0) return BOOT_DEVICE
  const inode = inodeAt(v, pathLookup(v, as, source, 'follow'))
  if (!isBlk(inode)) throw refuse(v, ENOTBLK, 'not-block-device', { path: source })
  return inode.rdev
}

/** 254:0, /dev/vda. */
export const BOOT_DEVICE = 0xfe00

/** How ext2, ext3 and ext4 on other devices are mounted, and what is behind them then. */
export interface ImageMounts {
  mount(v: Vfs, type: string, dev: number, options: Ext4Options, flags: number): number
  readonly fs: (sb: SuperBlock) => FileSystem
}
let images: ImageMounts | undefined

/** The driver is there. Linux: module_init(). */
export function registerImages(it: ImageMounts): void {
  images = it
}

/** Linux: get_tree_bdev(): a device is mounted once, however often. Errors: ENOENT, ENOTBLK, EBUSY and those of the driver. */
function mountDevice(
  v: Vfs,
  type: string,
  source: string,
  options: string,
  flags: number,
  as: Caller,
): number {
  if (!source) throw ENOENT
  const dev = deviceOf(v, source, as)
  const parsed = parseExt4Options(v, options)
  for (const sb of v.superBlocks.values()) {
    if (sb.dev !== dev) continue
    if (sb.type !== type || (sb.flags ^ flags) & MS_RDONLY)
      throw refuse(v, EBUSY, 'device-mounted', {
        path: source,
        type: sb.type,
        readOnly: sb.flags & MS_RDONLY ? 1 : 0,
      })
    return sb.id
  }
  if (dev === BOOT_DEVICE && as.task === 0) return format(v, dev, flags, parsed)
  if (!images) throw EINVAL
  return images.mount(v, type, dev, parsed, flags)
}

export const ext4: FileSystemType = {
  name: 'ext4',
  magic: EXT4_MAGIC,
  requiresDev: true,
  keepsNames: true,
  maxBytes: MAX_SIZE,
  canDirectIo: true,
  timeRange: [-(2 ** 31), 2 ** 34 - 2 ** 31 - 1],
  usernsMount: false,
  iops: () => iops as never,
  fops: () => diskFops,
  statfs: (v, sb) => ({ ...storeStatfs(v, sb.id, EXT4_MAGIC, RESERVED), fsid: FSID }),
  remount(v, sb, options, _as, flags) {
    const parsed = parseExt4Options(v, options, sb.data as Ext4Options)
    // The services of the host keep log files open on it.
    if (flags & MS_RDONLY && !(sb.flags & MS_RDONLY))
      throw refuse(v, EBUSY, 'remount-busy', { path: '', file: '' })
    own(v, sb.id).data = parsed
    v.host.log(`EXT4-fs (vda): re-mounted. Quota mode: ${quotaMode(parsed)}.`)
    return showExt4Options(parsed)
  },
  of: sb => (sb.dev === BOOT_DEVICE || !images ? ext4 : images.fs(sb)),
  mount: (v, source, options, flags, as) => mountDevice(v, 'ext4', source, options, flags, as),
}

/** What the same driver knows by other names. */
export const olderExts: readonly FileSystemType[] = ['ext3', 'ext2'].map(name => ({
  ...ext4,
  name,
  mount: (v, source, options, flags, as) => mountDevice(v, name, source, options, flags, as),
}))

/** The boot disk's file system is made anew with each boot. */
function format(v: Vfs, dev: number, flags: number, options: Ext4Options): number {
  const as = { cred: { fsuid: 0, fsgid: 0 } } as unknown as Caller
  const root = { mode: 0o755, uid: 0, gid: 0 }
  const sb = newStore(
    v,
    diskKind,
    {
      type: 'ext4',
      magic: EXT4_MAGIC,
      dev,
      flags,
      userNs: v.initUserNs,
      options: showExt4Options(options),
      data: options,
      maxBlocks: BLOCKS,
      maxInodes: INODES,
      nextIno: 2,
    },
    root,
  )
  own(v, sb.id).nextIno = FIRST_INO
  const found = vfsCreate(v, as, sb.root, 'lost+found', { mode: S_IFDIR | 0o700, uid: 0, gid: 0 })
  v.inodes.own(v.dentry(found).inode).size = 16384
  return sb.id
}

const own = (v: Vfs, sb: number): Own<StoreSuper> => v.superBlocks.own(sb) as Own<StoreSuper>

/** What a disk holds that is not shown: the rest of an installation. */
export interface DiskUse {
  readonly usedBlocks: number
  readonly usedInodes: number
  readonly nextIno: number
}

/** After the image is unpacked: count what a real installation takes, so that df and ls -i tell the usual. */
export function settleDisk(v: Vfs, sb: number, use: DiskUse): void {
  Object.assign(own(v, sb), use)
}
