/**
 * Making and removing names: mkdir, mknod, link, symlink, unlink, rmdir. Linux: the second half of fs/namei.c.
 *
 * The `vfs…` functions act without asking who calls, for file systems that stand on other ones (overlay).
 */
import {
  CAP_FOWNER,
  CAP_MKNOD,
  EBUSY,
  EEXIST,
  EFAULT,
  EINVAL,
  EISDIR,
  ENOENT,
  ENOTDIR,
  ENOTEMPTY,
  EPERM,
  EXDEV,
  type Errno,
  IN_ISDIR,
  isDir,
  isReg,
  PATH_MAX,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  S_IFSOCK,
  S_ISGID,
  S_ISUID,
} from '../abi/index.ts'
import { fsnotifyCreate, fsnotifyDelete, fsnotifyLinkCount } from './fsnotify.ts'
import { inodeAt, isLonger, type Parent, pathLookup, pathParent, tooLong } from './namei.ts'
import { detachMountsElsewhere, isLocalMountpoint } from './umount.ts'
import {
  fixed,
  inodePermission,
  isFixed,
  MAY_EXEC,
  MAY_MKNOD,
  MAY_READ,
  MAY_WRITE,
  mayCreate,
  mayDelete,
  newAttributes,
  wantWrite,
} from './permission.ts'
import { mountRoot, refuse } from './refuse.ts'
import type { Caller, Inode, NewInode, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** Linux: vfs_create(), vfs_mkdir(), vfs_mknod(), vfs_symlink(): make the inode and its name; returns the dentry. */
export function vfsCreate(v: Vfs, as: Caller, dir: number, name: string, attr: NewInode): number {
  const parent = v.inode(v.dentry(dir).inode)
  const inode = v.iops(parent).create(v, parent, name, attr, as)
  const made = v.addDentry(v.dentry(dir).id, name, inode)
  fsnotifyCreate(v, parent.id, name, inode)
  return made
}

export function vfsLink(v: Vfs, as: Caller, old: number, dir: number, name: string): void {
  const parent = v.inode(v.dentry(dir).inode)
  const inode = v.inode(v.dentry(old).inode)
  v.iops(parent).link(v, parent, name, inode, as, old)
  // An overlay looks it up: "Force lookup of new upper hardlink to find its lower" - fs/overlayfs/dir.c
  if (v.fs(inode.sb).keepsNames) v.addDentry(v.dentry(dir).id, name, inode)
  fsnotifyLinkCount(v, inode.id)
  fsnotifyCreate(v, parent.id, name, inode)
}

export function vfsUnlink(v: Vfs, as: Caller, victim: number): void {
  const { parent, name, inode } = v.dentry(victim)
  const dir = v.inode(v.dentry(parent).inode)
  v.iops(dir).unlink(v, dir, name, as)
  fsnotifyLinkCount(v, inode)
  v.dropDentry(victim)
  fsnotifyDelete(v, dir.id, name, 0)
}

export function vfsRmdir(v: Vfs, as: Caller, victim: number): void {
  const { parent, name } = v.dentry(victim)
  const dir = v.inode(v.dentry(parent).inode)
  v.iops(dir).rmdir(v, dir, name, as)
  v.dropDentry(victim)
  fsnotifyDelete(v, dir.id, name, IN_ISDIR)
}

/** Linux: filename_create(): the parent of a name that does not exist yet. Errors: EEXIST, ENOENT, EROFS. */
function newName(v: Vfs, as: Caller, path: string, kind: 'dir' | 'file'): Parent {
  const at = pathParent(v, as, path)
  if (at.type !== 'norm') throw EEXIST
  searchable(v, as, at)
  if (v.lookup(at.dentry, at.last, as)) throw EEXIST
  if (at.trailingSlash && kind === 'file') throw ENOENT
  wantWrite(v, at.mount)
  return at
}

function searchable(v: Vfs, as: Caller, at: Parent): Inode {
  const dir = inodeAt(v, at)
  if (!isDir(dir)) throw ENOTDIR
  inodePermission(v, as, dir, MAY_EXEC)
  return dir
}

function make(v: Vfs, as: Caller, at: Parent, mode: number, more: Partial<NewInode> = {}): void {
  const dir = v.dentry(at.dentry)
  mayCreate(v, as, dir)
  vfsCreate(v, as, dir.id, at.last, { ...newAttributes(v, as, v.inode(dir.inode), mode), ...more })
}

/** mkdir(2). Errors: EEXIST, ENOENT, EACCES, EROFS. */
export function mkdir(v: Vfs, as: Caller, path: string, mode: number): void {
  make(v, as, newName(v, as, path, 'dir'), S_IFDIR | (mode & 0o1777))
}

/** mknod(2). Device nodes need CAP_MKNOD in the initial user namespace, except 0:0, the whiteout. */
export function mknod(v: Vfs, as: Caller, path: string, mode: number, dev: number): void {
  const type = mode & S_IFMT || S_IFREG
  if (type === S_IFDIR) throw EPERM
  if (type !== S_IFREG && type !== S_IFCHR && type !== S_IFBLK && type !== S_IFIFO && type !== S_IFSOCK)
    throw EINVAL
  const at = newName(v, as, path, 'file')
  mayCreate(v, as, v.dentry(at.dentry))
  const isDevice = type === S_IFCHR || type === S_IFBLK
  const isWhiteout = type === S_IFCHR && dev === 0
  if (isDevice && !isWhiteout && !v.host.capable(as.cred, CAP_MKNOD, v.initUserNs)) throw EPERM
  if (isDevice && !isWhiteout) v.host.checkDevice?.(type, dev, MAY_MKNOD)
  make(v, as, at, type | (mode & 0o7777), isDevice ? { rdev: dev } : {})
}

/** symlink(2). */
export function symlink(v: Vfs, as: Caller, target: string, path: string): void {
  if (typeof target !== 'string') throw EFAULT
  if (target === '') throw ENOENT
  if (isLonger(target, PATH_MAX - 1)) throw tooLong(v, 'path')
  make(v, as, newName(v, as, path, 'file'), S_IFLNK | 0o777, { link: target })
}

/**
 * link(2) and linkFollow; `toAs` is the caller in the directory where `to` begins. Errors: EXDEV (other mount), EPERM
 * (directories, others' files), EEXIST.
 */
export function link(v: Vfs, as: Caller, from: string, to: string, follow = false, toAs: Caller = as): void {
  const old = pathLookup(v, as, from, follow ? 'follow' : 'nofollow')
  const at = newName(v, toAs, to, 'file')
  if (old.mount !== at.mount)
    throw refuse(v, EXDEV, 'cross-mount', { from: mountRoot(v, old.mount), to: mountRoot(v, at.mount) })
  const inode = inodeAt(v, old)
  if (!mayLink(v, as, inode))
    throw refuse(v, EPERM, 'protected-hardlinks', { path: old, uid: as.cred.fsuid, ouid: inode.uid })
  mayCreate(v, as, v.dentry(at.dentry))
  if (isFixed(inode)) throw fixed(v, inode)
  if (isDir(inode)) throw refuse(v, EPERM, 'link-directory', { path: old })
  if (inode.nlink === 0 && !inode.linkable) throw ENOENT
  vfsLink(v, as, old.dentry, at.dentry, at.last)
}

/** Linux: may_linkat(): fs.protected_hardlinks. */
function mayLink(v: Vfs, as: Caller, inode: Inode): boolean {
  if (!v.sysctl.protectedHardlinks || as.cred.fsuid === inode.uid) return true
  return isSafeSource(v, as, inode) || v.host.capableWrtInode(as.cred, CAP_FOWNER, inode)
}

function isSafeSource(v: Vfs, as: Caller, inode: Inode): boolean {
  if (!isReg(inode) || inode.mode & S_ISUID) return false
  if ((inode.mode & (S_ISGID | 0o010)) === (S_ISGID | 0o010)) return false
  try {
    inodePermission(v, as, inode, MAY_READ | MAY_WRITE)
    return true
  } catch {
    return false
  }
}

/** A name that a mount hangs on stays. */
export const mountedOn = (v: Vfs, { mount }: Path, dentry: number): Errno =>
  refuse(v, EBUSY, 'is-mountpoint', { path: { mount, dentry } })

/** unlink(2). Errors: EISDIR, ENOENT, EACCES, EPERM (sticky), EROFS, EBUSY (mounted on). */
export function unlink(v: Vfs, as: Caller, path: string): void {
  const at = pathParent(v, as, path)
  if (at.type !== 'norm') throw EISDIR
  wantWrite(v, at.mount)
  const dir = searchable(v, as, at)
  const victim = v.lookup(at.dentry, at.last, as)
  if (!victim) throw ENOENT
  if (at.trailingSlash) throw isDir(v.inode(v.dentry(victim).inode)) ? EISDIR : ENOTDIR
  mayDelete(v, as, dir, v.dentry(victim), false)
  if (isLocalMountpoint(v, as, victim)) throw mountedOn(v, at, victim)
  vfsUnlink(v, as, victim)
  detachMountsElsewhere(v, victim)
}

/** rmdir(2). Errors: ENOTEMPTY, ENOTDIR, EBUSY, EINVAL (`.`). */
export function rmdir(v: Vfs, as: Caller, path: string): void {
  const at = pathParent(v, as, path)
  if (at.type === 'dotdot') throw ENOTEMPTY
  if (at.type === 'dot') throw EINVAL
  if (at.type === 'root') throw EBUSY
  wantWrite(v, at.mount)
  const dir = searchable(v, as, at)
  const victim = v.lookup(at.dentry, at.last, as)
  if (!victim) throw ENOENT
  mayDelete(v, as, dir, v.dentry(victim), true)
  if (isLocalMountpoint(v, as, victim)) throw mountedOn(v, at, victim)
  vfsRmdir(v, as, victim)
  detachMountsElsewhere(v, victim)
}
