/**
 * Loop devices: disks whose bytes are those of a file. Linux: drivers/block/loop.c; loop(4).
 *
 * Left out: LOOP_CHANGE_FD, transfers (encryption), partitions, direct I/O (the flag is kept), sectors of other sizes.
 */
import {
  CAP_SYS_ADMIN,
  decodeLoopInfo,
  EBUSY,
  EEXIST,
  EINVAL,
  EISDIR,
  encodeLoopInfo,
  ENODEV,
  ENOTTY,
  ENXIO,
  EPERM,
  isBlk,
  isDir,
  isReg,
  LO_FLAGS_AUTOCLEAR,
  LO_FLAGS_DIRECT_IO,
  LO_FLAGS_PARTSCAN,
  LO_FLAGS_READ_ONLY,
  LOOP_CLR_FD,
  LOOP_CONFIG_INFO,
  LOOP_CONFIGURE,
  LOOP_CTL_ADD,
  LOOP_CTL_GET_FREE,
  LOOP_CTL_REMOVE,
  LOOP_GET_STATUS64,
  LOOP_MAJOR,
  LOOP_SET_BLOCK_SIZE,
  LOOP_SET_CAPACITY,
  LOOP_SET_DIRECT_IO,
  LOOP_SET_FD,
  LOOP_SET_STATUS64,
  type LoopInfo,
  makedev,
  minor,
  O_ACCMODE,
  O_RDONLY,
  S_IFBLK,
} from '../../abi/index.ts'
import { type Caller, fget, type FileOps, fput, type Inode, vfsCreate } from '../../vfs/index.ts'
import { callerOf } from '../caller.ts'
import { fileOf } from '../files.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import type { Disk } from '../types.ts'
import { addDisk, diskOf, nextDiskseq } from './genhd.ts'
import { type BlockDriver, openers } from './disk.ts'

const SECTOR = 512
/** What LOOP_SET_STATUS64 may set, and what it may clear. */
const SETTABLE = LO_FLAGS_AUTOCLEAR | LO_FLAGS_PARTSCAN
const CLEARABLE = LO_FLAGS_AUTOCLEAR

/** The kernel thread in whose name the file is read and written. */
const worker = (k: Kernel): Caller => callerOf(k, k.tasks.get(k.initTask))

/** Linux: do_req_filebacked(). */
export const loopDriver: BlockDriver = {
  read(k, disk, pos, count) {
    const file = k.openFiles.get(disk.backing)
    const { size } = k.vfs.inode(file.inode)
    const out = new Uint8Array(count)
    const there = Math.min(count, size - disk.offset - pos)
    if (there > 0) {
      const bytes = k.vfs.fops(file).read(k.vfs, file, there, disk.offset + pos, worker(k))
      if (bytes instanceof Uint8Array) out.set(bytes)
    }
    return out
  },
  write(k, disk, pos, data) {
    const file = k.openFiles.get(disk.backing)
    k.vfs.fops(file).write(k.vfs, file, data, disk.offset + pos, worker(k))
  },
}

/** The file behind a device. */
const backingInode = (k: Kernel, disk: Disk): Inode => k.vfs.inode(k.openFiles.get(disk.backing).inode)

/** Its path, with `(deleted)` if it was removed. Linux: loop_attr_backing_file_show(). */
export function backingFile(k: Kernel, disk: Disk): string {
  const { mount, dentry } = k.openFiles.get(disk.backing)
  return k.vfs.showPath({ mount, dentry }, worker(k))
}

/** Linux: lo_ioctl(); `writable` is whether the device was opened for writing. Errors: ENXIO when nothing is bound, EBUSY when something is, EPERM, EINVAL, ENOTTY. */
export function loopIoctl(
  k: Kernel,
  disk: Disk,
  request: number,
  arg: number | Uint8Array,
  writable: boolean,
  as: Caller,
): number {
  if (request === LOOP_SET_FD) return configure(k, disk, arg as number, undefined, as)
  if (request === LOOP_CONFIGURE) {
    const bytes = arg as Uint8Array
    return configure(k, disk, bytes[0]! | (bytes[1]! << 8), decodeLoopInfo(bytes, LOOP_CONFIG_INFO), as)
  }
  if (!KNOWN.has(request)) throw ENOTTY
  if (!disk.backing) throw refuse(k, ENXIO, 'loop-free', { name: disk.name })
  if (request === LOOP_GET_STATUS64) return status(k, disk, arg as Uint8Array)
  if (request === LOOP_CLR_FD) return release(k, disk)
  if (!writable && !k.vfs.host.capable(as.cred, CAP_SYS_ADMIN, k.initUserNs)) throw EPERM
  switch (request) {
    case LOOP_SET_STATUS64:
      return setStatus(k, disk, decodeLoopInfo(arg as Uint8Array))
    case LOOP_SET_CAPACITY:
      setCapacity(k, disk.id)
      return 0
    case LOOP_SET_DIRECT_IO:
      setFlag(k, disk, LO_FLAGS_DIRECT_IO, arg !== 0)
      return 0
    default:
      if (arg !== SECTOR) throw EINVAL
      return 0
  }
}

const KNOWN = new Set([
  LOOP_GET_STATUS64,
  LOOP_CLR_FD,
  LOOP_SET_STATUS64,
  LOOP_SET_CAPACITY,
  LOOP_SET_DIRECT_IO,
  LOOP_SET_BLOCK_SIZE,
])

function setFlag(k: Kernel, disk: Disk, flag: number, on: boolean): void {
  const own = k.disks.own(disk.id)
  own.loFlags = on ? own.loFlags | flag : own.loFlags & ~flag
}

/** Linux: loop_configure(). Errors: EBADF, EBUSY, EINVAL (no file or disk, or one that is behind itself). */
function configure(k: Kernel, disk: Disk, fd: number, info: LoopInfo | undefined, as: Caller): number {
  const file = fileOf(k, k.tasks.get(as.task), fd)
  const inode = k.vfs.inode(file.inode)
  if (isDir(inode)) throw EISDIR
  if (!isReg(inode) && !isBlk(inode)) throw EINVAL
  if (disk.backing) throw refuse(k, EBUSY, 'loop-taken', { name: disk.name, file: disk.fileName })
  if (isBlk(inode) && !isFree(k, inode.rdev, disk.dev)) throw EINVAL
  const readOnly = (file.flags & O_ACCMODE) === O_RDONLY
  fget(k.vfs, file.id)
  const own = k.disks.own(disk.id)
  own.backing = file.id
  own.offset = info?.offset ?? 0
  own.sizeLimit = info?.sizeLimit ?? 0
  own.fileName = info?.fileName ?? ''
  own.loFlags = ((info?.flags ?? 0) & ~LO_FLAGS_READ_ONLY) | (readOnly ? LO_FLAGS_READ_ONLY : 0)
  if ((info?.flags ?? 0) & LO_FLAGS_READ_ONLY) own.loFlags |= LO_FLAGS_READ_ONLY
  own.readOnly = (own.loFlags & LO_FLAGS_READ_ONLY) !== 0
  own.diskseq = nextDiskseq(k)
  setCapacity(k, disk.id)
  return 0
}

/** Linux: loop_validate_file(): a device must not lie behind itself. */
function isFree(k: Kernel, behind: number, dev: number): boolean {
  for (let at = behind; ; ) {
    if (at === dev) return false
    const disk = diskOf(k, at)
    if (!disk?.backing) return disk?.sectors !== 0
    const inode = backingInode(k, disk)
    if (!isBlk(inode)) return true
    at = inode.rdev
  }
}

/** Linux: loop_set_size(), get_loop_size(): what the file has behind the offset, if the limit is not less. */
function setCapacity(k: Kernel, id: number): void {
  const own = k.disks.own(id)
  const inode = backingInode(k, own)
  const bytes = isBlk(inode) ? (diskOf(k, inode.rdev)?.sectors ?? 0) * SECTOR : inode.size
  const rest = Math.max(0, bytes - own.offset)
  const sectors = Math.floor((own.sizeLimit ? Math.min(own.sizeLimit, rest) : rest) / SECTOR)
  if (sectors !== own.sectors)
    k.log(`${own.name}: detected capacity change from ${own.sectors} to ${sectors}`)
  own.sectors = sectors
}

/** Linux: loop_get_status(): fills the caller's loop_info64. */
function status(k: Kernel, disk: Disk, bytes: Uint8Array): number {
  const inode = backingInode(k, disk)
  encodeLoopInfo(
    {
      device: k.superBlocks.get(inode.sb).dev,
      inode: inode.ino,
      number: minor(disk.dev),
      offset: disk.offset,
      sizeLimit: disk.sizeLimit,
      flags: disk.loFlags,
      fileName: disk.fileName,
    },
    bytes,
  )
  return 0
}

/** Linux: loop_set_status(). */
function setStatus(k: Kernel, disk: Disk, info: LoopInfo): number {
  const own = k.disks.own(disk.id)
  own.offset = info.offset
  own.sizeLimit = info.sizeLimit
  own.fileName = info.fileName
  own.loFlags = (own.loFlags & ~CLEARABLE) | (info.flags & SETTABLE)
  setCapacity(k, disk.id)
  return 0
}

/** Linux: loop_clr_fd(): with other users the device goes when the last of them does. */
function release(k: Kernel, disk: Disk): number {
  if (openers(k, disk) > 1) setFlag(k, disk, LO_FLAGS_AUTOCLEAR, true)
  else clearFd(k, disk.id)
  return 0
}

/** Linux: __loop_clr_fd(): nothing is bound any more. */
export function clearFd(k: Kernel, id: number): void {
  const own = k.disks.own(id)
  const { backing } = own
  Object.assign(own, {
    backing: 0,
    sectors: 0,
    offset: 0,
    sizeLimit: 0,
    loFlags: 0,
    fileName: '',
    readOnly: false,
  })
  fput(k.vfs, backing)
}

/** /dev/loop-control. Errors: EEXIST, EBUSY, ENODEV, ENOTTY. */
export function loopControl(k: Kernel): FileOps {
  const nothing = (): never => {
    throw EINVAL
  }
  return {
    seekable: true,
    read: nothing,
    write: nothing,
    ioctl(_v, _file, request, arg, _as) {
      const disk = typeof arg === 'number' ? diskOf(k, makedev(LOOP_MAJOR, arg)) : undefined
      switch (request) {
        case LOOP_CTL_GET_FREE:
          return freeLoop(k)
        case LOOP_CTL_ADD:
          if (disk) throw EEXIST
          return addLoop(k, arg as number)
        case LOOP_CTL_REMOVE:
          if (!disk) throw ENODEV
          if (disk.backing || openers(k, disk))
            throw refuse(k, EBUSY, 'loop-taken', { name: disk.name, file: disk.fileName })
          k.disks.remove(disk.id)
          return minor(disk.dev)
        default:
          throw ENOTTY
      }
    },
  }
}

/** Linux: loop_control_get_free(): the first that nothing is bound to, or a new one. */
function freeLoop(k: Kernel): number {
  for (let n = 0; ; n++) {
    const disk = diskOf(k, makedev(LOOP_MAJOR, n))
    if (!disk) return addLoop(k, n)
    if (!disk.backing) return n
  }
}

/** Linux: loop_add(), and devtmpfs, which makes the node. */
function addLoop(k: Kernel, n: number): number {
  const dev = makedev(LOOP_MAJOR, n)
  addDisk(k, `loop${n}`, dev)
  for (const sb of k.superBlocks.values())
    if (sb.type === 'devtmpfs' && !k.vfs.child(sb.root, `loop${n}`))
      vfsCreate(k.vfs, worker(k), sb.root, `loop${n}`, { mode: S_IFBLK | 0o600, uid: 0, gid: 0, rdev: dev })
  return n
}
