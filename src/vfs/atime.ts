/**
 * Times of access: when reading a file changes its inode. Linux: fs/inode.c:touch_atime(), atime_needs_update().
 *
 * Left out: lazytime, which would keep them in memory.
 */
import {
  FS_NOATIME_FL,
  isDir,
  MS_NOATIME,
  MS_NODIRATIME,
  MS_RDONLY,
  MS_RELATIME,
  type Timespec,
} from '../abi/index.ts'
import type { Inode } from './types.ts'
import type { Vfs } from './vfs.ts'

const DAY = 86400
const before = (a: Timespec, b: Timespec): boolean => a.sec < b.sec || (a.sec === b.sec && a.nsec <= b.nsec)

/** Linux: touch_atime(). An inode was read through a mount. */
export function touchAtime(v: Vfs, mount: number, inode: Inode): void {
  const updateTime = inode.id < 0 ? v.iops(inode).updateTime : undefined
  if (inode.id < 0 && !updateTime) return
  const { flags } = v.mounts.get(mount)
  if ((flags | v.superBlocks.get(inode.sb).flags) & (MS_NOATIME | MS_RDONLY)) return
  if (flags & MS_NODIRATIME && isDir(inode)) return
  if ((inode.flags ?? 0) & FS_NOATIME_FL) return
  if (flags & MS_RELATIME && !relatimeNeedsUpdate(v, inode)) return
  if (updateTime) updateTime(v, inode, v.host.now())
  else v.inodes.own(inode.id).atime = v.host.now()
}

/** Linux: relatime_need_update(): once after each change, and once a day. */
const relatimeNeedsUpdate = (v: Vfs, { atime, mtime, ctime }: Inode): boolean =>
  before(atime, mtime) || before(atime, ctime) || v.host.now().sec - atime.sec >= DAY
