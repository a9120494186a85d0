/**
 * The flags of inodes that chattr(1) changes. Linux: fs/ioctl.c:ioctl_getflags(), ioctl_setflags(),
 * vfs_fileattr_set(); ioctl_iflags(2). What immutable and append-only mean is told where it is refused.
 *
 * Left out: FS_IOC_FSSETXATTR (projects), FS_IOC_SETVERSION.
 */
import { CAP_LINUX_IMMUTABLE, ENOTTY, EPERM, FS_APPEND_FL, FS_IMMUTABLE_FL } from '../abi/index.ts'
import { fsnotifyAttrib } from './fsnotify.ts'
import { notOwner, ownerOrCapable, wantWrite } from './permission.ts'
import type { Caller, OpenFile } from './types.ts'
import type { Vfs } from './vfs.ts'

/** FS_IOC_GETFLAGS. Errors: ENOTTY. */
export function getFlags(v: Vfs, file: OpenFile): number {
  const inode = v.inode(file.inode)
  if (!v.iops(inode).fileattrSet) throw ENOTTY
  return inode.flags ?? 0
}

/** FS_IOC_SETFLAGS. Errors: ENOTTY, EROFS, EPERM, EOPNOTSUPP. */
export function setFlags(v: Vfs, as: Caller, file: OpenFile, flags: number): void {
  const inode = v.inode(file.inode)
  const iops = v.iops(inode)
  if (!iops.fileattrSet) throw ENOTTY
  wantWrite(v, file.mount)
  if (!ownerOrCapable(v, as, inode)) throw notOwner(v, as, inode)
  const changes = flags ^ (inode.flags ?? 0)
  if (
    changes & (FS_APPEND_FL | FS_IMMUTABLE_FL) &&
    !v.host.capable(as.cred, CAP_LINUX_IMMUTABLE, v.initUserNs)
  )
    throw EPERM
  iops.fileattrSet(v, inode, flags)
  fsnotifyAttrib(v, file.dentry)
}
