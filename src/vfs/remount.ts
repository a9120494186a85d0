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
import { checkMnt, foreign, isRootOf, touchMntNamespace } from './mount.ts'
import { ATIME_MASK, LOCKABLE } from './copy-tree.ts'
import { mntNsName, refuse } from './refuse.ts'
import type { Caller, Mount, OpenFile, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** Linux: can_change_locked_flags(). */
function canChangeFlags(it: Mount, flags: number): boolean {
  const locked = it.lockedFlags
  if (locked & LOCKABLE & ~flags) return false
  return !(locked & MS_NOATIME) || (it.flags & ATIME_MASK) === (flags & ATIME_MASK)
}

/** What both ways of changing flags ask. Errors: EINVAL, EPERM. */
function checkChange(v: Vfs, as: Caller, path: Path, it: Mount, flags: number): void {
  if (!checkMnt(as, it)) throw foreign(v, as)
  if (!isRootOf(v, path)) throw refuse(v, EINVAL, 'not-mountpoint', { path })
  if (canChangeFlags(it, flags)) return
  const locked = it.lockedFlags & LOCKABLE & ~flags
  throw refuse(v, EPERM, 'remount-locked', { path, flags: locked, mine: mntNsName(v, as.mntNs) })
}

/** Linux: do_reconfigure_mnt(): mount -o remount,bind changes flags of the one mount. Errors: EINVAL, EPERM, EBUSY. */
export function reconfigureMount(v: Vfs, as: Caller, path: Path, flags: number): void {
  const it = v.mounts.get(path.mount)
  checkChange(v, as, path, it, flags)
  const written = flags & MS_RDONLY && !(it.flags & MS_RDONLY) ? writtenFile(v, f => f === it.id) : undefined
  if (written) throw refuse(v, EBUSY, 'remount-busy', { path, file: written })
  v.mounts.own(it.id).flags = flags
  touchMntNamespace(v, it.ns)
}

/** A file that is open for writing on such a mount. Linux: mnt_hold_writers(). */
function writtenFile(v: Vfs, on: (mount: number) => boolean): OpenFile | undefined {
  for (const file of v.openFiles.values()) {
    if (!(file.flags & O_ACCMODE) || !on(file.mount)) continue
    const inode = v.findInode(file.inode)
    if (inode && (inode.mode & 0o170000) === 0o100000) return file
  }
  return undefined
}

/** Something that was removed and is still open or worked in. Linux: s_remove_count. */
function removedFile(v: Vfs, sb: number): Path | undefined {
  const isRemoved = (dentry: number): boolean => {
    const it = v.dentry(dentry)
    return it.sb === sb && it.unhashed && (!v.fs(sb).keepsNames || v.inode(it.inode).nlink === 0)
  }
  for (const { mount, dentry } of v.openFiles.values()) if (isRemoved(dentry)) return { mount, dentry }
  for (const { pwdMount, pwdDentry } of v.fsStructs.values())
    if (isRemoved(pwdDentry)) return { mount: pwdMount, dentry: pwdDentry }
  return undefined
}

/** Linux: do_remount(). Errors: EINVAL, EPERM, EBUSY. */
export function remount(v: Vfs, as: Caller, path: Path, sbFlags: number, flags: number, data: string): void {
  const it = v.mounts.get(path.mount)
  checkChange(v, as, path, it, flags)
  const sb = v.superBlocks.get(it.sb)
  if (!v.host.capable(as.cred, CAP_SYS_ADMIN, sb.userNs || v.initUserNs)) throw EPERM
  remountSuper(v, as, it.sb, sbFlags, data)
  v.mounts.own(it.id).flags = flags
  touchMntNamespace(v, it.ns)
}

/** Linux: MS_RMT_MASK: what a remount can change of a super block. */
const RMT_MASK = MS_RDONLY | MS_SYNCHRONOUS | MS_MANDLOCK | MS_LAZYTIME

/** Linux: reconfigure_super(), sb_prepare_remount_readonly(). Errors: EBUSY. */
export function remountSuper(v: Vfs, as: Caller, id: number, flags: number, data: string): void {
  const sb = v.superBlocks.get(id)
  const turnsReadOnly = flags & MS_RDONLY && !(sb.flags & MS_RDONLY)
  const file = turnsReadOnly
    ? (removedFile(v, id) ?? writtenFile(v, m => v.mounts.get(m).sb === id))
    : undefined
  if (file) throw refuse(v, EBUSY, 'remount-busy', { path: '', file })
  v.shrink(id)
  const fs = v.fsOf(sb)
  const options = fs.remount ? fs.remount(v, sb, data, as, flags) : sb.options
  const own = v.superBlocks.own(id)
  own.options = options
  own.flags = (own.flags & ~RMT_MASK) | (flags & RMT_MASK)
}
