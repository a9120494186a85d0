/**
 * The flags of chattr(1) through an overlay. Linux: ovl_fileattr_set() of fs/overlayfs/inode.c, ovl_copy_fileattr() of
 * copy_up.c, ovl_check_protattr() and ovl_set_protattr() of util.c.
 *
 * What is immutable or append-only in an overlay is so only there: an upper file that could not be changed could not be
 * served either. These two are letters in the attribute `protattr`, the other flags are those of the upper file.
 */
import {
  decode,
  EPERM,
  EOPNOTSUPP,
  encode,
  FS_APPEND_FL,
  FS_IMMUTABLE_FL,
  FS_NOATIME_FL,
  FS_SYNC_FL,
  isDir,
  isReg,
} from '../../abi/index.ts'
import type { Inode, Vfs } from '../../vfs/index.ts'
import { type OvlFs, type OvlInode, ovlXattr, setOvlXattr, xattrName } from './layers.ts'

/** Linux: OVL_PROT_FS_FLAGS_MASK, OVL_COPY_FS_FLAGS_MASK. */
const PROTECTING = FS_APPEND_FL | FS_IMMUTABLE_FL
const COPIED = FS_SYNC_FL | FS_NOATIME_FL

/** Linux: ovl_check_protattr(), and the flags of the real inode that the overlay keeps to. */
export function checkProtattr(v: Vfs, fs: OvlFs, inode: OvlInode): void {
  const { real } = inode
  const stored = inode.upper ? ovlXattr(v, fs, real, 'protattr') : undefined
  const letters = stored ? decode(stored) : ''
  inode.protFlags =
    ((real.flags ?? 0) & PROTECTING) |
    (letters.includes('a') ? FS_APPEND_FL : 0) |
    (letters.includes('i') ? FS_IMMUTABLE_FL : 0)
}

/** Linux: ovl_set_protattr(). Errors: EPERM where the upper file system keeps no attributes. */
function setProtattr(v: Vfs, fs: OvlFs, inode: OvlInode, upper: Inode, flags: number): void {
  const letters = `${flags & FS_APPEND_FL ? 'a' : ''}${flags & FS_IMMUTABLE_FL ? 'i' : ''}`
  if (letters) setOvlXattr(v, fs, upper, 'protattr', encode(letters), EPERM)
  else if (inode.protFlags && ovlXattr(v, fs, upper, 'protattr'))
    v.iops(upper).removexattr(v, upper, xattrName(fs, 'protattr'))
  inode.protFlags = flags & PROTECTING
}

/** Linux: ovl_fileattr_set(), of an inode that is on the upper layer. Errors: EOPNOTSUPP, EPERM. */
export function setFileattr(v: Vfs, fs: OvlFs, inode: OvlInode, flags: number): void {
  const { real } = inode
  const iops = v.iops(real)
  if (!iops.fileattrSet) throw EOPNOTSUPP
  setProtattr(v, fs, inode, real, flags)
  iops.fileattrSet(v, real, flags & ~PROTECTING)
}

/** Linux: ovl_copy_fileattr(). */
export function copyFileattr(v: Vfs, fs: OvlFs, inode: OvlInode, lower: Inode, upper: Inode): void {
  const flags = lower.flags ?? 0
  const iops = v.iops(upper)
  if (!(flags & (PROTECTING | COPIED)) || !(isReg(lower) || isDir(lower)) || !iops.fileattrSet) return
  if (flags & PROTECTING && fs.xattrs) setProtattr(v, fs, inode, upper, flags)
  if (flags & COPIED) iops.fileattrSet(v, upper, ((upper.flags ?? 0) & ~COPIED) | (flags & COPIED))
}
