/** What drivers of disks are, and who uses a disk. Linux: include/linux/blkdev.h, block/bdev.c. */
import { isBlk } from '../../abi/index.ts'
import type { OpenFile } from '../../vfs/index.ts'
import type { Kernel } from '../kernel.ts'
import type { Disk } from '../types.ts'

/** How a kind of disk gets at its bytes; the range lies within the disk. */
export interface BlockDriver {
  read(k: Kernel, disk: Disk, pos: number, count: number): Uint8Array
  write(k: Kernel, disk: Disk, pos: number, data: Uint8Array): void
}

/** How many use a device: open files and mounted file systems. Linux: lo_refcnt, bd_openers. */
export function openers(k: Kernel, disk: Disk): number {
  let count = 0
  for (const file of k.openFiles.values()) if (file.refs > 0 && isOpenOn(k, file, disk)) count++
  for (const sb of k.superBlocks.values()) if (sb.dev === disk.dev && sb.active > 0) count++
  return count
}

function isOpenOn(k: Kernel, file: OpenFile, disk: Disk): boolean {
  const inode = k.vfs.findInode(file.inode)
  return inode !== undefined && inode.rdev === disk.dev && isBlk(inode)
}
