/**
 * open(2), access(2), and what changes an inode by its path: truncate. Linux: fs/open.c, fs/namei.c:path_openat().
 *
 * Left out: leases; O_DIRECT is only refused where Linux refuses it.
 */
import {
  type Blocking,
  EACCES,
  EEXIST,
  EINVAL,
  EISDIR,
  ELOOP,
  ENOTDIR,
  ENXIO,
  ETXTBSY,
  EOPNOTSUPP,
  EROFS,
  type Errno,
  F_OK,
  isBlk,
  isDir,
  isFifo,
  isLink,
  isReg,
  isSock,
  MS_NOEXEC,
  MS_RDONLY,
  O_ACCMODE,
  O_APPEND,
  O_CLOEXEC,
  O_CREAT,
  O_DIRECT,
  O_DIRECTORY,
  O_EXCL,
  O_NOATIME,
  O_NOCTTY,
  O_NOFOLLOW,
  O_PATH,
  O_RDONLY,
  O_TMPFILE,
  O_TRUNC,
  O_WRONLY,
  S_IFREG,
  S_ISVTX,
  W_OK,
  X_OK,
} from '../abi/index.ts'
import { touchAtime } from './atime.ts'
import { truncateInode } from './attr.ts'
import { vfsCreate } from './dir.ts'
import { discard, newFile } from './file-table.ts'
import { fsnotifyOpen } from './fsnotify.ts'
import {
  followDown,
  inodeAt,
  MAX_SYMLINKS,
  mayFollowLink,
  pathDirectory,
  pathLookup,
  pathParent,
  pathParentFrom,
  pickLink,
  tooManyLinks,
} from './namei.ts'
import {
  fixed,
  inodePermission,
  isAppend,
  MAY_EXEC,
  MAY_READ,
  MAY_WRITE,
  mayCreate,
  newAttributes,
  notOwner,
  ownerOrCapable,
  wantWrite,
} from './permission.ts'
import { settled } from './settled.ts'
import { mountRoot, placeOf, refuse } from './refuse.ts'
import type { Caller, FileOps, Inode, OpenFile, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** What F_GETFL shows of the flags: not how the file was made. */
const FORGOTTEN = O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC

/** open(2); returns the id of an open file. May sleep: a FIFO waits for its other end. */
export function open(v: Vfs, as: Caller, path: string, flags: number, mode: number): Blocking<number> {
  if ((flags & O_TMPFILE) === O_TMPFILE && !(flags & O_PATH))
    return settled(openTmpfile(v, as, path, flags, mode))
  // build_open_flags()
  if (flags & O_CREAT && flags & O_DIRECTORY && !(flags & O_PATH)) throw EINVAL
  const place =
    flags & O_CREAT && !(flags & O_PATH) ? openCreate(v, as, path, flags, mode) : existing(v, as, path, flags)
  return openAt(v, as, place, place.created ? flags & ~O_TRUNC : flags, place.created)
}

/** Linux: do_tmpfile(), vfs_tmpfile(): a new file in a directory, and no name for it. Errors: EINVAL, EOPNOTSUPP. */
function openTmpfile(v: Vfs, as: Caller, path: string, flags: number, mode: number): number {
  if (flags & O_CREAT || (flags & O_ACCMODE) === O_RDONLY) throw EINVAL
  const at = pathDirectory(v, as, path)
  wantWrite(v, at.mount)
  const dir = inodeAt(v, at)
  inodePermission(v, as, dir, MAY_WRITE | MAY_EXEC)
  const { tmpfile } = v.iops(dir)
  if (!tmpfile) throw EOPNOTSUPP
  const inode = tmpfile(v, dir, newAttributes(v, as, dir, S_IFREG | (mode & 0o7777)), as)
  if (!(flags & O_EXCL)) v.ownInode(inode.id).linkable = true
  v.getWriteAccess(inode.id)
  const dentry = v.addDentry(at.dentry, `#${inode.ino}`, inode)
  const file = newFile(v, { mount: at.mount, dentry }, inode.id, flags & ~FORGOTTEN)
  v.dropDentry(dentry)
  return opened(v, file)
}

/** Linux: dentry_open(): open a place that was walked to (an executable, /proc/PID/fd/N). */
export function openPath(v: Vfs, as: Caller, path: Path, flags: number): Blocking<number> {
  return openAt(v, as, path, flags, false)
}

function openAt(v: Vfs, as: Caller, path: Path, flags: number, created: boolean): Blocking<number> {
  const inode = inodeAt(v, path)
  if (flags & O_PATH)
    return settled(newFile(v, path, inode.id, flags & (O_PATH | O_DIRECTORY | O_NOFOLLOW)).id)
  const mount = v.mounts.get(path.mount)
  if (!created) mayOpen(v, as, inode, flags)
  if (isSock(inode)) throw refuse(v, ENXIO, 'open-socket', { path })
  const writes = isReg(inode) && (flags & O_ACCMODE) !== O_RDONLY
  if (writes) wantWrite(v, path.mount)
  const fops = v.fopsOf(inode, mount.flags)
  if (writes && v.isExecuted(inode.id)) throw refuse(v, ETXTBSY, 'text-busy', { path })
  if (flags & O_DIRECT && !canDirectIo(v, inode))
    throw refuse(v, EINVAL, 'no-direct-io', { path, type: v.superBlocks.get(inode.sb).type })
  if (flags & O_TRUNC && isReg(inode)) {
    wantWrite(v, path.mount)
    truncateInode(v, as, inode, 0, path.dentry)
  }
  if (writes) v.getWriteAccess(inode.id)
  const file = newFile(v, path, inode.id, flags & ~FORGOTTEN)
  return fops.open ? openWith(v, as, file.id, fops) : settled(opened(v, file))
}

/** Linux: FMODE_CAN_ODIRECT. */
const canDirectIo = (v: Vfs, inode: Inode): boolean =>
  isBlk(inode) || ((isReg(inode) || isDir(inode)) && v.fs(inode.sb).canDirectIo === true)

/** The file's own part of opening, which may sleep or refuse. */
function openWith(v: Vfs, as: Caller, id: number, fops: FileOps): Blocking<number> {
  try {
    const opening = fops.open?.(v, v.openFiles.own(id), as)
    return opening ? openSlowly(v, id, opening) : settled(opened(v, v.openFiles.get(id)))
  } catch (e) {
    discard(v, v.openFiles.get(id))
    throw e
  }
}

function* openSlowly(v: Vfs, id: number, opening: Blocking<void>): Blocking<number> {
  try {
    yield* opening
  } catch (e) {
    discard(v, v.openFiles.get(id))
    throw e
  }
  return opened(v, v.openFiles.get(id))
}

function opened(v: Vfs, file: OpenFile): number {
  fsnotifyOpen(v, file)
  return file.id
}

/** With O_NOFOLLOW. */
const notFollowed = (v: Vfs): Errno => refuse(v, ELOOP, 'nofollow', {})

/** Linux: may_open(). */
function mayOpen(v: Vfs, as: Caller, inode: Inode, flags: number): void {
  if (isLink(inode)) throw notFollowed(v)
  const access = flags & O_ACCMODE
  let mask = access === O_RDONLY ? MAY_READ : access === O_WRONLY ? MAY_WRITE : MAY_READ | MAY_WRITE
  if (flags & O_TRUNC) mask |= MAY_WRITE
  if (isDir(inode) && mask & MAY_WRITE) throw EISDIR
  inodePermission(v, as, inode, mask)
  // "An append-only file must be opened in append mode for writing." - fs/namei.c
  if (isAppend(inode) && (flags & O_TRUNC || (access !== O_RDONLY && !(flags & O_APPEND))))
    throw fixed(v, inode)
  if (flags & O_NOATIME && !ownerOrCapable(v, as, inode)) throw notOwner(v, as, inode)
}

interface Opened extends Path {
  readonly created: boolean
}

function existing(v: Vfs, as: Caller, path: string, flags: number): Opened {
  const { mount, dentry } = pathLookup(v, as, path, flags & O_NOFOLLOW ? 'nofollow' : 'follow')
  const inode = v.inode(v.dentry(dentry).inode)
  if (flags & O_DIRECTORY && !isDir(inode)) throw ENOTDIR
  return { mount, dentry, created: false }
}

/** Linux: open_last_lookups() and lookup_open() with O_CREAT. */
function openCreate(v: Vfs, as: Caller, path: string, flags: number, mode: number): Opened {
  let parent = pathParent(v, as, path)
  for (let links = 0; ; links++) {
    if (parent.type !== 'norm' || parent.trailingSlash) throw EISDIR
    const dir = parentDir(v, as, parent)
    const found = v.lookup(parent.dentry, parent.last, as)
    if (!found) return createFile(v, as, parent, dir, parent.last, mode)
    const inode = v.inode(v.dentry(found).inode)
    if (!isLink(inode))
      return openExisting(v, as, followDown(v, { mount: parent.mount, dentry: found }), dir, flags)
    if (flags & O_EXCL) throw EEXIST
    if (flags & O_NOFOLLOW) throw notFollowed(v)
    if (links >= MAX_SYMLINKS) throw tooManyLinks(v)
    mayFollowLink(v, as, dir, inode)
    pickLink(v, parent.mount, inode)
    const iops = v.iops(inode)
    const magic = iops.getLink?.(v, inode, as)
    if (magic) return openExisting(v, as, magic, undefined, flags)
    parent = pathParentFrom(v, as, parent, iops.readlink(v, inode, as))
  }
}

function parentDir(v: Vfs, as: Caller, parent: Path): Inode {
  const dir = inodeAt(v, parent)
  if (!isDir(dir)) throw ENOTDIR
  inodePermission(v, as, dir, MAY_EXEC)
  return dir
}

function createFile(v: Vfs, as: Caller, at: Path, dir: Inode, name: string, mode: number): Opened {
  wantWrite(v, at.mount)
  mayCreate(v, as, v.dentry(at.dentry))
  const attr = newAttributes(v, as, dir, S_IFREG | (mode & 0o7777))
  return { mount: at.mount, dentry: vfsCreate(v, as, at.dentry, name, attr), created: true }
}

function openExisting(v: Vfs, as: Caller, path: Path, dir: Inode | undefined, flags: number): Opened {
  const inode = inodeAt(v, path)
  if (flags & O_EXCL) throw EEXIST
  if (isDir(inode)) throw EISDIR
  if (dir) mayCreateInSticky(v, as, dir, inode)
  return { mount: path.mount, dentry: path.dentry, created: false }
}

/** Linux: may_create_in_sticky(): fs.protected_regular and fs.protected_fifos; other types are always protected. */
function mayCreateInSticky(v: Vfs, as: Caller, dir: Inode, inode: Inode): void {
  const level = isReg(inode) ? v.sysctl.protectedRegular : isFifo(inode) ? v.sysctl.protectedFifos : 1
  if (!level || !(dir.mode & S_ISVTX) || inode.uid === dir.uid || inode.uid === as.cred.fsuid) return
  if (dir.mode & 0o002 || (dir.mode & 0o020 && level >= 2))
    throw refuse(v, EACCES, 'protected-create', {
      path: placeOf(v, dir),
      uid: as.cred.fsuid,
      ouid: inode.uid,
      duid: dir.uid,
    })
}

/** access(2), and faccessat(2) with AT_EACCESS when `effective`. Errors: EACCES, EROFS, EINVAL. */
export function access(v: Vfs, as: Caller, path: string, mode: number, effective = false): void {
  if (mode & ~7) throw EINVAL
  const who = effective ? as : { ...as, cred: realCred(v, as) }
  const place = pathLookup(v, who, path, 'follow')
  if (mode === F_OK) return
  const inode = inodeAt(v, place)
  const { flags } = v.mounts.get(place.mount)
  if (mode & X_OK && isReg(inode) && flags & MS_NOEXEC) throw EACCES
  inodePermission(v, who, inode, mode)
  if (mode & W_OK && flags & MS_RDONLY && (isReg(inode) || isDir(inode) || isLink(inode))) throw EROFS
}

/** Linux: access_override_creds(). */
function realCred(v: Vfs, as: Caller): Caller['cred'] {
  const { cred } = as
  if (cred.uid === cred.fsuid && cred.gid === cred.fsgid) return cred
  const isRoot = cred.uid === (v.host.makeKuid ? v.host.makeKuid(cred.userNs, 0) : 0)
  return { ...cred, fsuid: cred.uid, fsgid: cred.gid, capEffective: isRoot ? cred.capPermitted : 0n }
}

/** truncate(2). */
export function truncate(v: Vfs, as: Caller, path: string, length: number): void {
  if (length < 0) throw EINVAL
  const place = pathLookup(v, as, path, 'follow')
  const inode = inodeAt(v, place)
  if (isDir(inode)) throw EISDIR
  if (!isReg(inode)) throw EINVAL
  wantWrite(v, place.mount)
  inodePermission(v, as, inode, MAY_WRITE)
  if (isAppend(inode)) throw fixed(v, inode)
  if (v.isExecuted(inode.id)) throw refuse(v, ETXTBSY, 'text-busy', { path: placeOf(v, inode) })
  truncateInode(v, as, inode, length, place.dentry)
}

/** ftruncate(2) of an open file. */
export function ftruncate(v: Vfs, as: Caller, id: number, length: number): void {
  const file = v.openFiles.get(id)
  const inode = v.inode(file.inode)
  if (length < 0 || !isReg(inode) || (file.flags & O_ACCMODE) === O_RDONLY) throw EINVAL
  if (isAppend(inode)) throw fixed(v, inode)
  truncateInode(v, as, inode, length, file.dentry)
}

/** What is on a noexec mount runs for nobody. */
const noexec = (v: Vfs, path: Path): Errno =>
  refuse(v, EACCES, 'noexec', { path, mount: mountRoot(v, path.mount) })

/** What exec opens: a regular file one may execute, on a mount that allows it. Errors: EACCES, ENOENT, ETXTBSY. */
export function openExec(v: Vfs, as: Caller, path: string): Path {
  const place = pathLookup(v, as, path, 'follow')
  const inode = inodeAt(v, place)
  if (!isReg(inode)) throw refuse(v, EACCES, 'exec-not-file', { path: place })
  if (v.mounts.get(place.mount).flags & MS_NOEXEC) throw noexec(v, place)
  inodePermission(v, as, inode, MAY_EXEC)
  if (v.isWritten(inode.id)) throw refuse(v, ETXTBSY, 'exec-while-written', { path: place })
  touchAtime(v, place.mount, inode)
  return place
}
