/**
 * Changing the attributes of inodes: mode, owner, times, size. Linux: fs/attr.c, fs/open.c, fs/utimes.c.
 */
import {
  CAP_CHOWN,
  CAP_FSETID,
  EFBIG,
  EPERM,
  isDir,
  isReg,
  S_IFMT,
  S_ISGID,
  S_ISUID,
  type Timespec,
  type UTime,
  XATTR_NAME_CAPS,
} from '../abi/index.ts'
import { fsnotifyChange } from './fsnotify.ts'
import { inGroup } from './groups.ts'
import { inodeAt, pathLookup } from './namei.ts'
import {
  fixed,
  inodePermission,
  isFixed,
  isImmutable,
  MAY_WRITE,
  notOwner,
  ownerOrCapable,
  privilegesLost,
  wantWrite,
} from './permission.ts'
import { refuse } from './refuse.ts'
import type { Attributes, Caller, Inode, OpenFile, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** Linux: notify_change(), without its checks: the file system carries the change out. */
export function notifyChange(v: Vfs, as: Caller, inode: Inode, attr: Attributes, dentry: number): void {
  v.iops(inode).setattr(v, inode, attr.atime || attr.mtime ? withinRange(v, inode, attr) : attr, as, dentry)
  fsnotifyChange(v, dentry, attr)
}

/** Linux: timestamp_truncate(): times that the file system cannot keep become the nearest it can. */
function withinRange(v: Vfs, inode: Inode, attr: Attributes): Attributes {
  const range = v.fs(inode.sb).timeRange
  if (!range) return attr
  const [min, max] = range
  const cut = (it: Timespec): Timespec =>
    it.sec > min && it.sec < max ? it : { sec: Math.min(Math.max(it.sec, min), max), nsec: 0 }
  const { atime, mtime } = attr
  return { ...attr, ...(atime && { atime: cut(atime) }), ...(mtime && { mtime: cut(mtime) }) }
}

const fileAt = (file: OpenFile): Path => ({ mount: file.mount, dentry: file.dentry })

/** chmod(2). Errors: EPERM, EROFS and those of a path walk. */
export function chmod(v: Vfs, as: Caller, path: string, mode: number): void {
  chmodAt(v, as, pathLookup(v, as, path, 'follow'), mode)
}

export function fchmod(v: Vfs, as: Caller, file: number, mode: number): void {
  chmodAt(v, as, fileAt(v.openFiles.get(file)), mode)
}

function chmodAt(v: Vfs, as: Caller, path: Path, mode: number): void {
  wantWrite(v, path.mount)
  const inode = inodeAt(v, path)
  if (isFixed(inode)) throw fixed(v, inode)
  if (!ownerOrCapable(v, as, inode)) throw notOwner(v, as, inode)
  const strip = !inGroup(as.cred, inode.gid) && !v.host.capableWrtInode(as.cred, CAP_FSETID, inode)
  const bits = mode & 0o7777 & (strip ? ~S_ISGID : ~0)
  notifyChange(v, as, inode, { mode: (inode.mode & S_IFMT) | bits, ctime: v.host.now() }, path.dentry)
}

/** chown(2); -1 leaves one alone. */
export function chown(v: Vfs, as: Caller, path: string, uid: number, gid: number): void {
  chownAt(v, as, pathLookup(v, as, path, 'follow'), uid, gid)
}

export function lchown(v: Vfs, as: Caller, path: string, uid: number, gid: number): void {
  chownAt(v, as, pathLookup(v, as, path, 'nofollow'), uid, gid)
}

export function fchown(v: Vfs, as: Caller, file: number, uid: number, gid: number): void {
  chownAt(v, as, fileAt(v.openFiles.get(file)), uid, gid)
}

/** Linux: chown_common() and setattr_prepare(). The ids are the kernel's; the system call has mapped them. */
function chownAt(v: Vfs, as: Caller, path: Path, uid: number, gid: number): void {
  wantWrite(v, path.mount)
  const inode = inodeAt(v, path)
  if ((uid >= 0 || gid >= 0) && isFixed(inode)) throw fixed(v, inode)
  const { cred } = as
  const owner = cred.fsuid === inode.uid
  const capable = v.host.capableWrtInode(cred, CAP_CHOWN, inode)
  if (uid >= 0 && !(owner && uid === inode.uid) && !capable)
    throw refuse(v, EPERM, 'chown', { path, uid: cred.fsuid, ouid: inode.uid })
  if (gid >= 0 && !(owner && (inGroup(cred, gid) || gid === inode.gid)) && !capable)
    throw refuse(v, EPERM, 'chgrp', { path, gid, uid: cred.fsuid, ouid: inode.uid })
  if (!isDir(inode)) killPriv(v, inode, path.dentry)
  const lost = isDir(inode) ? 0 : privilegesLost(inode.mode)
  const ids = { ...(uid >= 0 && { uid }), ...(gid >= 0 && { gid }) }
  const mode = lost ? { mode: inode.mode & ~lost } : {}
  notifyChange(v, as, inode, { ...ids, ...mode, ctime: v.host.now() }, path.dentry)
}

/** utimensat(2). With both times `now` writing suffices; else one must own the file. Errors: EACCES, EPERM. */
export function utimensat(v: Vfs, as: Caller, path: string, atime: UTime, mtime: UTime, follow = true): void {
  utimesAt(v, as, pathLookup(v, as, path, follow ? 'follow' : 'nofollow'), atime, mtime)
}

export function futimens(v: Vfs, as: Caller, file: number, atime: UTime, mtime: UTime): void {
  utimesAt(v, as, fileAt(v.openFiles.get(file)), atime, mtime)
}

function utimesAt(v: Vfs, as: Caller, path: Path, atime: UTime, mtime: UTime): void {
  if (atime === 'omit' && mtime === 'omit') return
  wantWrite(v, path.mount)
  const inode = inodeAt(v, path)
  const touches = atime === 'now' && mtime === 'now'
  if (touches ? isImmutable(inode) : isFixed(inode)) throw fixed(v, inode)
  if (!ownerOrCapable(v, as, inode)) {
    if (!touches) throw notOwner(v, as, inode)
    inodePermission(v, as, inode, MAY_WRITE)
  }
  const now = v.host.now()
  const time = (it: UTime): Timespec | undefined => (it === 'omit' ? undefined : it === 'now' ? now : it)
  const [a, m] = [time(atime), time(mtime)]
  notifyChange(v, as, inode, { ...(a && { atime: a }), ...(m && { mtime: m }), ctime: now }, path.dentry)
}

/** Linux: do_truncate(). Takes set-id bits away unless the caller may keep them, and file capabilities. */
export function truncateInode(v: Vfs, as: Caller, inode: Inode, size: number, dentry: number): void {
  newsizeOk(v, as, inode, size)
  killPriv(v, inode, dentry)
  const now = v.host.now()
  const lost = lostOnWrite(v, as, inode)
  const mode = lost ? { mode: inode.mode & ~lost } : {}
  notifyChange(v, as, inode, { size, mtime: now, ctime: now, ...mode }, dentry)
}

/** Linux: s_maxbytes. */
export const maxBytes = (v: Vfs, inode: Inode): number => v.fs(inode.sb).maxBytes ?? MAX_LFS_FILESIZE
const MAX_LFS_FILESIZE = 2 ** 63

/** Linux: inode_newsize_ok(). Errors: EFBIG, with SIGXFSZ beyond RLIMIT_FSIZE. */
export function newsizeOk(v: Vfs, as: Caller, inode: Inode, size: number): void {
  if (size <= inode.size) return
  if (size > as.fsizeLimit) {
    v.host.fileTooLarge?.(as)
    throw refuse(v, EFBIG, 'fsize', { limit: as.fsizeLimit })
  }
  // Of 2 ** 63 and what is next below it only one is a number here.
  if (size > maxBytes(v, inode)) throw refuse(v, EFBIG, 'file-max-bytes', { max: maxBytes(v, inode) })
}

/** Linux: file_remove_privs(): what a write takes from a file: set-id bits and capabilities. */
export function removePrivileges(v: Vfs, as: Caller, inode: Inode, dentry: number): void {
  killPriv(v, inode, dentry)
  const lost = lostOnWrite(v, as, inode)
  if (lost) notifyChange(v, as, inode, { mode: inode.mode & ~lost }, dentry)
}

/** Linux: cap_inode_killpriv(). */
function killPriv(v: Vfs, inode: Inode, dentry: number): void {
  const iops = v.iops(inode)
  if (iops.needKillpriv?.(v, inode)) iops.removexattr(v, inode, XATTR_NAME_CAPS, dentry)
}

/** Linux: setattr_should_drop_suidgid(): the bits that a write by somebody without CAP_FSETID takes from the mode. */
function lostOnWrite(v: Vfs, as: Caller, inode: Inode): number {
  if (!(inode.mode & (S_ISUID | S_ISGID)) || !isReg(inode)) return 0
  if (v.host.capable(as.cred, CAP_FSETID, v.superBlocks.get(inode.sb).userNs)) return 0
  // setattr_should_drop_sgid(): who is not in the group may not leave its bit behind either.
  return privilegesLost(inode.mode) | (inGroup(as.cred, inode.gid) ? 0 : inode.mode & S_ISGID)
}
