/**
 * What can be done with a block device: reading and writing its bytes, asking how large it is, and how it is released.
 * Linux: block/fops.c, block/ioctl.c, block/bdev.c.
 */
import {
  BLKALIGNOFF,
  BLKBSZGET,
  BLKBSZSET,
  BLKDISCARD,
  BLKFLSBUF,
  BLKGETSIZE,
  BLKGETSIZE64,
  BLKIOMIN,
  BLKIOOPT,
  BLKPBSZGET,
  BLKRAGET,
  BLKRASET,
  BLKROGET,
  BLKROSET,
  BLKROTATIONAL,
  BLKRRPART,
  BLKSSZGET,
  BLKZEROOUT,
  CAP_SYS_ADMIN,
  EACCES,
  EINVAL,
  ENOSPC,
  ENOTTY,
  ENXIO,
  O_ACCMODE,
  O_DIRECT,
  O_DSYNC,
  O_RDONLY,
  EPERM,
  getU64,
  SEEK_CUR,
  SEEK_DATA,
  SEEK_END,
  SEEK_HOLE,
  SEEK_SET,
} from '../../abi/index.ts'
import type { BlockDevice, Caller, FileOps, OpenFile } from '../../vfs/index.ts'
import type { Kernel } from '../kernel.ts'
import { swapoff, swapon } from '../mm/swapfile.ts'
import { submitRange } from '../mm/filemap.ts'
import { refuse } from '../refuse.ts'
import type { Disk } from '../types.ts'
import { blockDrivers, diskOf, registerBlockModule } from './genhd.ts'
import { type BlockDriver, openers } from './disk.ts'
import { limitsChanged } from './blk-throttle.ts'
import { clearFd, loopControl, loopDriver, loopIoctl } from './loop.ts'

const SECTOR = 512
const PAGE = 4096
/** Read-ahead of every device, in sectors. */
const READ_AHEAD = 256
const AUTOCLEAR = 4

function driverOf(disk: Disk): BlockDriver {
  const driver = blockDrivers.get(disk.name.replace(/\d+$/, ''))
  if (!driver) throw ENXIO
  return driver
}

/** At most `count` bytes of a disk; fewer at its end. */
export function bdevRead(k: Kernel, disk: Disk, pos: number, count: number): Uint8Array {
  const length = Math.max(0, Math.min(count, disk.sectors * SECTOR - pos))
  return length ? driverOf(disk).read(k, disk, pos, length) : new Uint8Array(0)
}

/** Write to a disk; returns how many bytes there was room for. Errors: ENOSPC, EPERM and those of what is behind it. */
export function bdevWrite(k: Kernel, disk: Disk, pos: number, data: Uint8Array): number {
  if (disk.readOnly) throw refuse(k, EPERM, 'disk-read-only', { name: disk.name })
  const length = Math.min(data.length, disk.sectors * SECTOR - pos)
  if (data.length && length <= 0) throw ENOSPC
  driverOf(disk).write(k, disk, pos, data.subarray(0, length))
  return length
}

/** Somebody ceased to use a device. Linux: blkdev_put(), lo_release(). */
export function blkdevPut(k: Kernel, dev: number): void {
  const disk = diskOf(k, dev)
  if (disk?.backing && disk.loFlags & AUTOCLEAR && openers(k, disk) === 0) clearFd(k, disk.id)
}

function blockFops(k: Kernel): FileOps {
  const diskAt = (file: OpenFile): Disk => {
    const disk = diskOf(k, k.vfs.inode(file.inode).rdev)
    if (!disk) throw ENXIO
    return disk
  }
  return {
    seekable: true,
    read(_v, file, count, pos) {
      const bytes = bdevRead(k, diskAt(file), pos, count)
      if (bytes.length) submitRange(k, diskAt(file).dev, 'read', bytes.length, true)
      return bytes
    },
    write(_v, file, data, pos) {
      const count = bdevWrite(k, diskAt(file), pos, data)
      if (count) submitRange(k, diskAt(file).dev, 'write', count, (file.flags & (O_DIRECT | O_DSYNC)) !== 0)
      return count
    },
    llseek: (_v, file, offset, whence) => seek(diskAt(file).sectors * SECTOR, file.pos, offset, whence),
    ioctl: (_v, file, request, arg, as) =>
      blkdevIoctl(k, diskAt(file), request, arg, (file.flags & O_ACCMODE) !== O_RDONLY, as),
    release: (v, file) => blkdevPut(k, v.inode(file.inode).rdev),
  }
}

/** Linux: blkdev_llseek(): within the device, its end included. Errors: EINVAL, ENXIO. */
function seek(size: number, pos: number, offset: number, whence: number): number {
  if (whence === SEEK_DATA || whence === SEEK_HOLE) {
    if (offset >= size) throw ENXIO
    return whence === SEEK_DATA ? offset : size
  }
  const from = { [SEEK_SET]: 0, [SEEK_CUR]: pos, [SEEK_END]: size }[whence]
  if (from === undefined || from + offset > size) throw EINVAL
  return from + offset
}

/** The size of blocks by which the cache takes a device: as large as divides it. Linux: set_init_blocksize(). */
function initBlockSize({ sectors }: Disk): number {
  let size = SECTOR
  while (size < PAGE && !((sectors * SECTOR) & size)) size *= 2
  return size
}

/** Linux: blkdev_ioctl(). Errors: ENOTTY, EINVAL, EACCES and those of the driver. */
function blkdevIoctl(
  k: Kernel,
  disk: Disk,
  request: number,
  arg: number | Uint8Array,
  writable: boolean,
  as: Caller,
): number {
  const asked = answer(disk, request)
  if (asked !== undefined) return asked
  switch (request) {
    case BLKFLSBUF:
    case BLKROSET:
      if (!k.vfs.host.capable(as.cred, CAP_SYS_ADMIN, k.initUserNs)) throw EACCES
      if (request === BLKROSET) k.disks.own(disk.id).readOnly = arg !== 0
      return 0
    case BLKRASET:
    case BLKBSZSET:
      return 0
    case BLKRRPART:
      throw EINVAL
    case BLKDISCARD:
    case BLKZEROOUT:
      return zeroOut(k, disk, arg as Uint8Array)
    default:
      if (!disk.name.startsWith('loop')) throw ENOTTY
      return loopIoctl(k, disk, request, arg, writable, as)
  }
}

/** Requests that only ask. */
function answer(disk: Disk, request: number): number | undefined {
  switch (request) {
    case BLKGETSIZE64:
      return disk.sectors * SECTOR
    case BLKGETSIZE:
      return disk.sectors
    case BLKROGET:
      return Number(disk.readOnly)
    case BLKBSZGET:
      return initBlockSize(disk)
    case BLKSSZGET:
    case BLKPBSZGET:
    case BLKIOMIN:
      return SECTOR
    case BLKIOOPT:
    case BLKALIGNOFF:
      return 0
    case BLKRAGET:
      return READ_AHEAD
    case BLKROTATIONAL:
      return 1
    default:
      return undefined
  }
}

/** Linux: blk_ioctl_discard(), blk_ioctl_zeroout(): a range of two numbers of 64 bits, in whole sectors. */
function zeroOut(k: Kernel, disk: Disk, range: Uint8Array): number {
  const [start, length] = [getU64(range, 0), getU64(range, 8)]
  if (start % SECTOR || length % SECTOR || start + length > disk.sectors * SECTOR) throw EINVAL
  const zeros = new Uint8Array(Math.min(length, 1 << 20))
  for (let done = 0; done < length; done += zeros.length)
    bdevWrite(k, disk, start + done, zeros.subarray(0, Math.min(zeros.length, length - done)))
  return 0
}

/** Linux: blkdev_get_by_dev(). */
function blkdevGet(k: Kernel, dev: number): BlockDevice | undefined {
  const disk = diskOf(k, dev)
  const now = (): Disk => k.disks.get(disk!.id)
  return (
    disk && {
      name: disk.name,
      size: disk.sectors * SECTOR,
      readOnly: disk.readOnly,
      read: (pos, count) => bdevRead(k, now(), pos, count),
      write: (pos, bytes) => void bdevWrite(k, now(), pos, bytes),
    }
  )
}

blockDrivers.set('loop', loopDriver)
registerBlockModule({
  fops: blockFops,
  control: loopControl,
  get: blkdevGet,
  put: blkdevPut,
  limitsChanged,
  swapon,
  swapoff,
})
