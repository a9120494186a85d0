/**
 * Extended attributes: who may read and write which. Linux: fs/xattr.c; xattr(7).
 *
 * Left out: POSIX ACLs (system.*), what security modules store.
 */
import {
  CAP_SETFCAP,
  CAP_SYS_ADMIN,
  E2BIG,
  ENODATA,
  EOPNOTSUPP,
  EPERM,
  ERANGE,
  isDir,
  isReg,
  S_ISVTX,
} from '../abi/index.ts'
import { inodeAt, pathLookup } from './namei.ts'
import { inodePermission, MAY_READ, MAY_WRITE, ownerOrCapable, wantWrite } from './permission.ts'
import type { Caller, Inode, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** Linux: xattr_permission(). */
function permission(v: Vfs, as: Caller, inode: Inode, name: string, mask: number): void {
  if (name.startsWith('security.') || name.startsWith('system.')) return
  if (name.startsWith('trusted.')) {
    if (!v.host.capable(as.cred, CAP_SYS_ADMIN, v.initUserNs)) throw mask & MAY_WRITE ? EPERM : ENODATA
    return
  }
  if (name.startsWith('user.')) {
    if (!isReg(inode) && !isDir(inode)) throw mask & MAY_WRITE ? EPERM : ENODATA
    if (isDir(inode) && inode.mode & S_ISVTX && mask & MAY_WRITE && !ownerOrCapable(v, as, inode)) throw EPERM
  }
  inodePermission(v, as, inode, mask)
}

function checkName(name: string): void {
  if (name.length === 0 || name.length > 255) throw ERANGE
  if (!/^(user|trusted|security|system)\../.test(name)) throw EOPNOTSUPP
  if (name.startsWith('system.')) throw EOPNOTSUPP
}

const at = (v: Vfs, as: Caller, path: string, follow: boolean): Path =>
  pathLookup(v, as, path, follow ? 'follow' : 'nofollow')

/** getxattr(2), lgetxattr(2). Errors: ENODATA, EOPNOTSUPP. */
export function getxattr(v: Vfs, as: Caller, path: string, name: string, follow = true): Uint8Array {
  const inode = inodeAt(v, at(v, as, path, follow))
  checkName(name)
  permission(v, as, inode, name, MAY_READ)
  return v.iops(inode).getxattr(v, inode, name)
}

/** setxattr(2), lsetxattr(2). Errors: EEXIST and ENODATA by `flags`, EPERM, EOPNOTSUPP, EROFS. */
export function setxattr(
  v: Vfs,
  as: Caller,
  path: string,
  name: string,
  value: Uint8Array,
  flags: number,
  follow = true,
): void {
  const inode = writable(v, as, at(v, as, path, follow), name)
  if (value.length > 65536) throw E2BIG
  v.iops(inode).setxattr(v, inode, name, value, flags)
}

/** removexattr(2), lremovexattr(2). */
export function removexattr(v: Vfs, as: Caller, path: string, name: string, follow = true): void {
  const inode = writable(v, as, at(v, as, path, follow), name)
  v.iops(inode).removexattr(v, inode, name)
}

function writable(v: Vfs, as: Caller, place: Path, name: string): Inode {
  const inode = inodeAt(v, place)
  wantWrite(v, place.mount)
  checkName(name)
  permission(v, as, inode, name, MAY_WRITE)
  if (name === 'security.capability') {
    if (!v.host.capableWrtInode(as.cred, CAP_SETFCAP, inode)) throw EPERM
  } else if (name.startsWith('security.') && !v.host.capable(as.cred, CAP_SYS_ADMIN, v.initUserNs))
    throw EPERM
  return inode
}

/** listxattr(2), llistxattr(2). Attributes trusted.* are shown to the privileged only. */
export function listxattr(v: Vfs, as: Caller, path: string, follow = true): readonly string[] {
  const inode = inodeAt(v, at(v, as, path, follow))
  const names = v.iops(inode).listxattr(v, inode)
  const trusted = v.host.capable(as.cred, CAP_SYS_ADMIN, v.initUserNs)
  return trusted ? names : names.filter(name => !name.startsWith('trusted.'))
}
