/**
 * Who may do what to an inode. Linux: fs/namei.c:inode_permission(), generic_permission(), may_delete();
 * fs/inode.c:inode_owner_or_capable(), inode_init_owner().
 *
 * Left out: security modules.
 */
import {
  CAP_DAC_OVERRIDE,
  CAP_DAC_READ_SEARCH,
  CAP_FOWNER,
  CAP_FSETID,
  EACCES,
  EBUSY,
  EISDIR,
  ENOENT,
  ENOTDIR,
  EPERM,
  EROFS,
  type Errno,
  FS_APPEND_FL,
  FS_IMMUTABLE_FL,
  isBlk,
  isChr,
  isDir,
  isLink,
  isReg,
  MS_RDONLY,
  S_ISGID,
  S_ISUID,
  S_ISVTX,
} from '../abi/index.ts'
import { inGroup } from './groups.ts'
import { ACL_ACCESS, ACL_DEFAULT, aclFromXattr, posixAclCreate, posixAclPermission } from './posix-acl.ts'
import { placeOf, refuse } from './refuse.ts'
import type { Caller, Cred, Dentry, Inode, InodeOps, NewInode, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

export const MAY_EXEC = 1
export const MAY_WRITE = 2
export const MAY_READ = 4
/** Of a device only. Linux: DEVCG_ACC_MKNOD. */
export const MAY_MKNOD = 8

const S_IRWXG = 0o070

/** Linux: generic_permission(): mode bits, access lists, and the capabilities that override them. */
export function genericPermission(v: Vfs, as: Caller, inode: Inode, mask: number, iops?: InodeOps): void {
  const { cred } = as
  if (aclPermission(v, cred, inode, mask, iops) || overrides(v, cred, inode, mask)) return
  throw unpermitted(v, cred, inode, mask, iops)
}

/** Which of the three classes the caller is in, or whether the list decided. */
function unpermitted(v: Vfs, cred: Cred, inode: Inode, mask: number, iops: InodeOps | undefined): Errno {
  const { uid: ouid, gid: ogid, mode } = inode
  const hasAcl = mode & S_IRWXG && iops?.getAcl?.(v, inode, ACL_ACCESS)
  const decides = cred.fsuid === ouid ? 'owner' : hasAcl ? 'acl' : inGroup(cred, ogid) ? 'group' : 'other'
  const path = placeOf(v, inode)
  const isDirectory = isDir(inode) ? 1 : 0
  const facts = { path, isDirectory, mode, want: mask & 7, decides, uid: cred.fsuid, ouid, ogid } as const
  const neverRuns = !isDir(inode) && (mask & MAY_EXEC) !== 0 && !(mode & 0o111)
  return neverRuns ? refuse(v, EACCES, 'not-executable', { path, mode }) : refuse(v, EACCES, 'mode', facts)
}

/** Linux: acl_permission_check(). A list is looked at only if its mask, the mode's group bits, allows anything. */
function aclPermission(v: Vfs, cred: Cred, inode: Inode, mask: number, iops: InodeOps | undefined): boolean {
  let { mode } = inode
  if (cred.fsuid === inode.uid) mode >>= 6
  else {
    const acl = mode & S_IRWXG ? iops?.getAcl?.(v, inode, ACL_ACCESS) : undefined
    if (acl) return posixAclPermission(cred, inode, aclFromXattr(acl), mask)
    if (inGroup(cred, inode.gid)) mode >>= 3
  }
  return (mask & ~mode & 7) === 0
}

/** "Executable DACs are overridable when there is at least one exec bit set." - fs/namei.c */
function overrides(v: Vfs, cred: Cred, inode: Inode, mask: number): boolean {
  const readOnly = isDir(inode) ? !(mask & MAY_WRITE) : mask === MAY_READ
  if (readOnly && v.host.capableWrtInode(cred, CAP_DAC_READ_SEARCH, inode)) return true
  if (!isDir(inode) && mask & MAY_EXEC && !(inode.mode & 0o111)) return false
  return v.host.capableWrtInode(cred, CAP_DAC_OVERRIDE, inode)
}

/** Linux: IS_IMMUTABLE(), IS_APPEND(): flags that chattr(1) has set. */
export const isImmutable = (inode: Inode): boolean => ((inode.flags ?? 0) & FS_IMMUTABLE_FL) !== 0
export const isAppend = (inode: Inode): boolean => ((inode.flags ?? 0) & FS_APPEND_FL) !== 0

/** Neither its names nor its attributes may change. */
export const isFixed = (inode: Inode): boolean => isImmutable(inode) || isAppend(inode)

/** What chattr(1) has set does not let it change. */
export const fixed = (v: Vfs, inode: Inode): Errno =>
  refuse(v, EPERM, isImmutable(inode) ? 'immutable' : 'append-only', { path: placeOf(v, inode) })

/** The caller neither owns it nor has the capability of who does. */
export const notOwner = (v: Vfs, as: Caller, inode: Inode): Errno =>
  refuse(v, EPERM, 'not-owner', { path: placeOf(v, inode), uid: as.cred.fsuid, ouid: inode.uid })

/** Linux: inode_permission(). `mask` is of MAY_EXEC, MAY_WRITE, MAY_READ. Errors: EACCES, EROFS, EPERM (immutable). */
export function inodePermission(v: Vfs, as: Caller, inode: Inode, mask: number): void {
  if (mask & MAY_WRITE && (isReg(inode) || isDir(inode) || isLink(inode)))
    if (v.superBlocks.get(inode.sb).flags & MS_RDONLY) throw readOnly(v, inode.sb, placeOf(v, inode))
  // "Nobody gets write access to an immutable file." - fs/namei.c
  if (mask & MAY_WRITE && isImmutable(inode)) throw fixed(v, inode)
  const iops = v.iops(inode)
  if (iops.permission) iops.permission(v, inode, mask, as)
  else genericPermission(v, as, inode, mask, iops)
  if (isChr(inode) || isBlk(inode)) v.host.checkDevice?.(inode.mode, inode.rdev, mask)
}

/** Linux: mnt_want_write(). */
export function wantWrite(v: Vfs, mount: number): void {
  const { flags, sb, root } = v.mounts.get(mount)
  const path = { mount, dentry: root }
  if (v.superBlocks.get(sb).flags & MS_RDONLY) throw readOnly(v, sb, path)
  if (flags & MS_RDONLY) throw refuse(v, EROFS, 'read-only-mount', { path })
}

const readOnly = (v: Vfs, sb: number, path: Path | ''): Errno =>
  refuse(v, EROFS, 'read-only-fs', { path, type: v.superBlocks.get(sb).type })

/** Linux: inode_owner_or_capable(). */
export function ownerOrCapable(v: Vfs, as: Caller, inode: Inode): boolean {
  return as.cred.fsuid === inode.uid || v.host.capableWrtInode(as.cred, CAP_FOWNER, inode)
}

/** Linux: check_sticky(): in a sticky directory one removes only what is one's own. */
function isStickyRefusal(v: Vfs, as: Caller, dir: Inode, inode: Inode): boolean {
  if (!(dir.mode & S_ISVTX)) return false
  if (inode.uid === as.cred.fsuid || dir.uid === as.cred.fsuid) return false
  return !v.host.capableWrtInode(as.cred, CAP_FOWNER, inode)
}

/** Linux: may_create(). */
export function mayCreate(v: Vfs, as: Caller, dir: Dentry): void {
  if (dir.unhashed) throw ENOENT
  inodePermission(v, as, v.inode(dir.inode), MAY_WRITE | MAY_EXEC)
}

/** Linux: may_delete(). */
export function mayDelete(v: Vfs, as: Caller, dir: Inode, victim: Dentry, wantsDir: boolean): void {
  const inode = v.inode(victim.inode)
  inodePermission(v, as, dir, MAY_WRITE | MAY_EXEC)
  if (isAppend(dir)) throw fixed(v, dir)
  if (isStickyRefusal(v, as, dir, inode))
    throw refuse(v, EPERM, 'sticky', {
      path: placeOf(v, dir),
      name: victim.name,
      uid: as.cred.fsuid,
      ouid: inode.uid,
      duid: dir.uid,
    })
  if (isFixed(inode)) throw fixed(v, inode)
  if (v.swapFiles.has(inode.id)) throw refuse(v, EPERM, 'swap-file', { path: placeOf(v, inode) })
  if (wantsDir) {
    if (!isDir(inode)) throw ENOTDIR
    if (victim.parent === victim.id) throw EBUSY
  } else if (isDir(inode)) throw EISDIR
}

/** Linux: inode_init_owner(): owner, group and mode of a new file; set-group-id directories hand on their group. */
function newOwner(v: Vfs, as: Caller, dir: Inode, mode: number): { mode: number; uid: number; gid: number } {
  const uid = as.cred.fsuid
  if (!(dir.mode & S_ISGID)) return { mode, uid, gid: as.cred.fsgid }
  if (isDir({ mode })) return { mode: mode | S_ISGID, uid, gid: dir.gid }
  const keeps = inGroup(as.cred, dir.gid) || v.host.capableWrtInode(as.cred, CAP_FSETID, dir)
  const strip = (mode & (S_ISGID | 0o010)) === (S_ISGID | 0o010) && !keeps
  return { mode: strip ? mode & ~S_ISGID : mode, uid, gid: dir.gid }
}

/** What a new file in `dir` starts with: its owner, and lists of the directory's or else a mode without the umask. */
export function newAttributes(v: Vfs, as: Caller, dir: Inode, mode: number): NewInode {
  if (isLink({ mode })) return newOwner(v, as, dir, mode)
  const inherited = v.iops(dir).getAcl?.(v, dir, ACL_DEFAULT)
  if (inherited) return posixAclCreate(inherited, newOwner(v, as, dir, mode))
  return newOwner(v, as, dir, mode & ~as.fs.umask)
}

/** Linux: should_remove_suid(): the mode bits that a write or a change of owner takes away. */
export function privilegesLost(mode: number): number {
  const sgid = mode & S_ISGID && mode & 0o010 ? S_ISGID : 0
  return (mode & S_ISUID) | sgid
}
