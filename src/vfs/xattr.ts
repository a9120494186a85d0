/**
 * Extended attributes: who may read and write which. Linux: fs/xattr.c; xattr(7).
 *
 * Left out: what security modules store.
 */
import {
  CAP_FSETID,
  CAP_SETFCAP,
  CAP_SYS_ADMIN,
  E2BIG,
  EACCES,
  EINVAL,
  ENODATA,
  EOPNOTSUPP,
  EPERM,
  ERANGE,
  isDir,
  isLink,
  isReg,
  S_ISGID,
  S_ISVTX,
  XATTR_NAME_CAPS,
  XATTR_SIZE_MAX,
} from '../abi/index.ts'
import { fsnotifyAttrib } from './fsnotify.ts'
import { inGroup } from './groups.ts'
import { inodeAt, pathLookup } from './namei.ts'
import {
  fixed,
  inodePermission,
  isFixed,
  MAY_READ,
  MAY_WRITE,
  notOwner,
  ownerOrCapable,
  wantWrite,
} from './permission.ts'
import {
  ACL_ACCESS,
  ACL_DEFAULT,
  type Acl,
  type AclName,
  aclFromXattr,
  aclToXattr,
  isAclName,
  isMinimal,
  modeOf,
  posixAclValid,
} from './posix-acl.ts'
import { placeOf, refuse } from './refuse.ts'
import type { Caller, Inode, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** What the integrity modules keep, which a user may not touch; the rest of security.* is anybody's on Debian. */
const INTEGRITY = ['security.ima', 'security.evm']

/** Linux: xattr_permission(). */
function permission(v: Vfs, as: Caller, inode: Inode, name: string, mask: number): void {
  if (name.startsWith('security.') || name.startsWith('system.')) return
  if (name.startsWith('trusted.')) {
    if (!v.host.capable(as.cred, CAP_SYS_ADMIN, v.initUserNs)) throw mask & MAY_WRITE ? EPERM : ENODATA
    return
  }
  if (name.startsWith('user.')) {
    if (!isReg(inode) && !isDir(inode)) {
      if (mask & MAY_WRITE) throw refuse(v, EPERM, 'xattr-user', { path: placeOf(v, inode) })
      throw ENODATA
    }
    if (isDir(inode) && inode.mode & S_ISVTX && mask & MAY_WRITE && !ownerOrCapable(v, as, inode))
      throw notOwner(v, as, inode)
  }
  inodePermission(v, as, inode, mask)
}

function checkName(name: string): void {
  if (name.length === 0 || name.length > 255) throw ERANGE
  if (!/^(user|trusted|security|system)\./.test(name)) throw EOPNOTSUPP
  // xattr_resolve_name(): a prefix and nothing behind it.
  if (name.endsWith('.') && name.indexOf('.') === name.length - 1) throw EINVAL
  if (name.startsWith('system.') && !isAclName(name)) throw EOPNOTSUPP
}

const at = (v: Vfs, as: Caller, path: string, follow: boolean): Path =>
  pathLookup(v, as, path, follow ? 'follow' : 'nofollow')

/** getxattr(2), lgetxattr(2). Errors: ENODATA, EOPNOTSUPP. */
export function getxattr(v: Vfs, as: Caller, path: string, name: string, follow = true): Uint8Array {
  const inode = inodeAt(v, at(v, as, path, follow))
  checkName(name)
  permission(v, as, inode, name, MAY_READ)
  if (isAclName(name)) return getAcl(v, inode, name)
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
  if (value.length > XATTR_SIZE_MAX) throw E2BIG
  const place = at(v, as, path, follow)
  const inode = writable(v, as, place, name)
  if (isAclName(name)) setAcl(v, as, inode, name, value)
  else v.iops(inode).setxattr(v, inode, name, value, flags, place.dentry)
  fsnotifyAttrib(v, place.dentry)
}

/** removexattr(2), lremovexattr(2). */
export function removexattr(v: Vfs, as: Caller, path: string, name: string, follow = true): void {
  const place = at(v, as, path, follow)
  const inode = writable(v, as, place, name)
  if (isAclName(name)) setAcl(v, as, inode, name, undefined)
  else v.iops(inode).removexattr(v, inode, name, place.dentry)
  fsnotifyAttrib(v, place.dentry)
}

function writable(v: Vfs, as: Caller, place: Path, name: string): Inode {
  const inode = inodeAt(v, place)
  wantWrite(v, place.mount)
  checkName(name)
  if (isFixed(inode)) throw fixed(v, inode)
  permission(v, as, inode, name, MAY_WRITE)
  if (name === XATTR_NAME_CAPS && !v.host.capableWrtInode(as.cred, CAP_SETFCAP, inode)) throw EPERM
  if (INTEGRITY.includes(name) && !v.host.capable(as.cred, CAP_SYS_ADMIN, v.initUserNs)) throw EPERM
  return inode
}

/** listxattr(2), llistxattr(2). Attributes trusted.* are shown to the privileged only. */
export function listxattr(v: Vfs, as: Caller, path: string, follow = true): readonly string[] {
  const inode = inodeAt(v, at(v, as, path, follow))
  const names = v.iops(inode).listxattr(v, inode)
  const trusted = v.host.capable(as.cred, CAP_SYS_ADMIN, v.initUserNs)
  return trusted ? names : names.filter(name => !name.startsWith('trusted.'))
}

/** Linux: posix_acl_xattr_get(). Errors: EOPNOTSUPP, ENODATA. */
function getAcl(v: Vfs, inode: Inode, name: AclName): Uint8Array {
  const iops = v.iops(inode)
  if (!iops.getAcl || isLink(inode)) throw EOPNOTSUPP
  const value = iops.getAcl(v, inode, name)
  if (!value) throw ENODATA
  return value
}

/** Linux: set_posix_acl(); no value takes the list away. Errors: EOPNOTSUPP, EACCES (not a directory), EPERM, EINVAL. */
function setAcl(v: Vfs, as: Caller, inode: Inode, name: AclName, value: Uint8Array | undefined): void {
  const acl = value ? aclFromXattr(value) : []
  if (!v.iops(inode).getAcl || isLink(inode)) throw EOPNOTSUPP
  if (name === ACL_DEFAULT && !isDir(inode)) {
    if (acl.length) throw refuse(v, EACCES, 'acl-default', { path: placeOf(v, inode) })
    return
  }
  if (!ownerOrCapable(v, as, inode)) throw notOwner(v, as, inode)
  if (acl.length && !posixAclValid(acl)) throw refuse(v, EINVAL, 'acl-invalid', {})
  if (name === ACL_ACCESS && acl.length) return setAccess(v, as, inode, acl)
  storeAcl(v, inode, name, acl)
}

/** Linux: posix_acl_update_mode(): the mode follows the list, and a list that says no more than a mode is not kept. */
function setAccess(v: Vfs, as: Caller, inode: Inode, acl: Acl): void {
  const keeps = inGroup(as.cred, inode.gid) || v.host.capableWrtInode(as.cred, CAP_FSETID, inode)
  const mode = (inode.mode & ~0o777 & (keeps ? ~0 : ~S_ISGID)) | modeOf(acl)
  v.iops(inode).setattr(v, inode, { mode }, as)
  storeAcl(v, inode, ACL_ACCESS, isMinimal(acl) ? [] : acl)
}

function storeAcl(v: Vfs, inode: Inode, name: AclName, acl: Acl): void {
  const iops = v.iops(inode)
  if (acl.length) iops.setxattr(v, inode, name, aclToXattr(acl), 0)
  else if (iops.getAcl?.(v, inode, name)) iops.removexattr(v, inode, name)
}
