/** Changing the options of what is mounted. Linux: fs/namespace.c: do_remount(), do_reconfigure_mnt(). */
import {
  CAP_SYS_ADMIN,
  EBUSY,
  EINVAL,
  EPERM,
  MS_LAZYTIME,
  MS_MANDLOCK,
  MS_NOATIME,
  MS_RDONLY,
  MS_SYNCHRONOUS,
  O_ACCMODE,
} from '../abi/index.ts'
import { checkMnt, isRootOf } from './mount.ts'
import { ATIME_MASK, LOCKABLE } from './copy-tree.ts'
import type { Caller, Mount, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** Linux: can_change_locked_flags(). */
function canChangeFlags(it: Mount, flags: number): boolean {
  const locked = it.lockedFlags
  if (locked & LOCKABLE & ~flags) return false
  return !(locked & MS_NOATIME) || (it.flags & ATIME_MASK) === (flags & ATIME_MASK)
}

/** Linux: do_reconfigure_mnt(): mount -o remount,bind changes flags of the one mount. Errors: EINVAL, EPERM, EBUSY. */
export function reconfigureMount(v: Vfs, as: Caller, path: Path, flags: number): void {
  const it = v.mounts.get(path.mount)
  if (!checkMnt(as, it) || !isRootOf(v, path)) throw EINVAL
  if (!canChangeFlags(it, flags)) throw EPERM
  if (flags & MS_RDONLY && !(it.flags & MS_RDONLY) && isWritten(v, f => f === it.id)) throw EBUSY
  v.mounts.own(it.id).flags = flags
  v.host.mountsChanged?.(it.ns)
}

/** Whether some file is open for writing on such a mount. Linux: mnt_hold_writers(). */
function isWritten(v: Vfs, on: (mount: number) => boolean): boolean {
  for (const file of v.openFiles.values()) {
    if (!(file.flags & O_ACCMODE) || !on(file.mount)) continue
    const inode = v.findInode(file.inode)
    if (inode && (inode.mode & 0o170000) === 0o100000) return true
  }
  return false
}

/** Whether something that was removed is still open or worked in. Linux: s_remove_count. */
function hasRemoved(v: Vfs, sb: number): boolean {
  const isRemoved = (dentry: number): boolean => {
    const it = v.dentry(dentry)
    return it.sb === sb && it.unhashed && (!v.fs(sb).keepsNames || v.inode(it.inode).nlink === 0)
  }
  for (const { dentry } of v.openFiles.values()) if (isRemoved(dentry)) return true
  for (const { pwdDentry } of v.fsStructs.values()) if (isRemoved(pwdDentry)) return true
  return false
}

/** Linux: do_remount(). Errors: EINVAL, EPERM, EBUSY. */
export function remount(v: Vfs, as: Caller, path: Path, sbFlags: number, flags: number, data: string): void {
  const it = v.mounts.get(path.mount)
  if (!checkMnt(as, it) || !isRootOf(v, path)) throw EINVAL
  if (!canChangeFlags(it, flags)) throw EPERM
  const sb = v.superBlocks.get(it.sb)
  if (!v.host.capable(as.cred, CAP_SYS_ADMIN, sb.userNs || v.initUserNs)) throw EPERM
  remountSuper(v, as, it.sb, sbFlags, data)
  v.mounts.own(it.id).flags = flags
  v.host.mountsChanged?.(it.ns)
}

/** Linux: MS_RMT_MASK: what a remount can change of a super block. */
const RMT_MASK = MS_RDONLY | MS_SYNCHRONOUS | MS_MANDLOCK | MS_LAZYTIME

/** Linux: reconfigure_super(), sb_prepare_remount_readonly(). Errors: EBUSY. */
export function remountSuper(v: Vfs, as: Caller, id: number, flags: number, data: string): void {
  const sb = v.superBlocks.get(id)
  const turnsReadOnly = flags & MS_RDONLY && !(sb.flags & MS_RDONLY)
  if (turnsReadOnly && (hasRemoved(v, id) || isWritten(v, m => v.mounts.get(m).sb === id))) throw EBUSY
  v.shrink(id)
  const fs = v.fsOf(sb)
  const options = fs.remount ? fs.remount(v, sb, data, as, flags) : sb.options
  const own = v.superBlocks.own(id)
  own.options = options
  own.flags = (own.flags & ~RMT_MASK) | (flags & RMT_MASK)
}
