/**
 * Reading, writing and seeking open files. Linux: fs/read_write.c, fs/readdir.c.
 */
import {
  type Blocking,
  type Dirent,
  EBADF,
  EFBIG,
  EINVAL,
  EISDIR,
  ENOTDIR,
  EOPNOTSUPP,
  ENXIO,
  ESPIPE,
  ENODEV,
  EOVERFLOW,
  FALLOC_FL_COLLAPSE_RANGE,
  FALLOC_FL_INSERT_RANGE,
  FALLOC_FL_KEEP_SIZE,
  FALLOC_FL_PUNCH_HOLE,
  FALLOC_FL_ZERO_RANGE,
  isDir,
  isReg,
  isFifo,
  MS_RDONLY,
  O_ACCMODE,
  O_APPEND,
  O_NOATIME,
  O_PATH,
  O_RDONLY,
  O_WRONLY,
  S_IFDIR,
  SEEK_CUR,
  SEEK_DATA,
  SEEK_END,
  SEEK_HOLE,
  SEEK_SET,
} from '../abi/index.ts'
import { touchAtime } from './atime.ts'
import { maxBytes, newsizeOk, removePrivileges } from './attr.ts'
import { fsnotifyAccess, fsnotifyModify } from './fsnotify.ts'
import { fixed, isAppend, isImmutable } from './permission.ts'
import { andThen, settled } from './settled.ts'
import { refuse } from './refuse.ts'
import type { Caller, FileOps, Inode, OpenFile } from './types.ts'
import type { Vfs } from './vfs.ts'

/** read(2): at most `count` bytes from where the file stands. Errors: EBADF, EISDIR and the file's own. */
export function read(v: Vfs, as: Caller, id: number, count: number): Blocking<Uint8Array> {
  const file = v.openFiles.get(id)
  const fops = readable(v, file)
  return andThen(asBlocking(fops.read(v, file, count, file.pos, as)), bytes => {
    if (fops.seekable && bytes.length) v.openFiles.own(id).pos += bytes.length
    return wasRead(v, file, fops, bytes)
  })
}

const asBlocking = <T extends number | Uint8Array>(it: T | Blocking<T>): Blocking<T> =>
  typeof it === 'number' || it instanceof Uint8Array ? settled(it as T) : it

function wasRead(v: Vfs, file: OpenFile, fops: FileOps, bytes: Uint8Array): Uint8Array {
  if (bytes.length || fops.seekable) accessed(v, file)
  if (bytes.length) fsnotifyAccess(v, file)
  return bytes
}

/** pread(2). */
export function pread(v: Vfs, as: Caller, id: number, count: number, offset: number): Blocking<Uint8Array> {
  if (offset < 0) throw EINVAL
  const file = v.openFiles.get(id)
  const fops = readable(v, file)
  if (!fops.seekable) throw ESPIPE
  return andThen(asBlocking(fops.read(v, file, count, offset, as)), bytes => wasRead(v, file, fops, bytes))
}

function readable(v: Vfs, file: OpenFile): FileOps {
  if ((file.flags & O_ACCMODE) === O_WRONLY || file.flags & O_PATH) throw EBADF
  const inode = v.inode(file.inode)
  if (isDir(inode)) throw EISDIR
  return v.fileOps(inode)
}

/** write(2); returns how many bytes were taken. Errors: EBADF, EFBIG and the file's own. */
export function write(v: Vfs, as: Caller, id: number, data: Uint8Array): Blocking<number> {
  const file = v.openFiles.get(id)
  const fops = writable(v, file)
  if (!fops.seekable)
    return andThen(asBlocking(fops.write(v, file, data, 0, as)), count => {
      if (count) updateFifo(v, file)
      return modified(v, file, count)
    })
  const inode = v.inode(file.inode)
  const pos = file.flags & O_APPEND ? inode.size : file.pos
  const taken = prepareWrite(v, as, file, data, pos)
  return andThen(asBlocking(fops.write(v, file, taken, pos, as)), count => {
    v.openFiles.own(id).pos = pos + count
    return modified(v, file, count)
  })
}

/** Linux: pipe_write() calls file_update_time(), which for a pipe without a name nobody sees. */
function updateFifo(v: Vfs, file: OpenFile): void {
  if (file.inode < 0 || !isFifo(v.inode(file.inode)) || v.mounts.get(file.mount).flags & MS_RDONLY) return
  const inode = v.inodes.own(file.inode)
  inode.mtime = inode.ctime = v.host.now()
}

function modified(v: Vfs, file: OpenFile, count: number): number {
  if (count) fsnotifyModify(v, file)
  return count
}

/** pwrite(2). With O_APPEND data go to the end all the same: "a bug" of Linux that pwrite(2) documents. */
export function pwrite(v: Vfs, as: Caller, id: number, data: Uint8Array, offset: number): Blocking<number> {
  if (offset < 0) throw EINVAL
  const file = v.openFiles.get(id)
  const fops = writable(v, file)
  if (!fops.seekable) throw ESPIPE
  const inode = v.inode(file.inode)
  const pos = file.flags & O_APPEND ? inode.size : offset
  const taken = prepareWrite(v, as, file, data, pos)
  return andThen(asBlocking(fops.write(v, file, taken, pos, as)), count => modified(v, file, count))
}

function writable(v: Vfs, file: OpenFile): FileOps {
  if ((file.flags & O_ACCMODE) === O_RDONLY || file.flags & O_PATH) throw EBADF
  return v.fops(file)
}

/** Linux: generic_write_checks() and file_remove_privs(). What of `data` the size limits let through. */
function prepareWrite(v: Vfs, as: Caller, file: OpenFile, data: Uint8Array, pos: number): Uint8Array {
  const inode = v.inode(file.inode)
  if (!isReg(inode) || data.length === 0) return data
  removePrivileges(v, as, inode, file.dentry)
  if (pos + data.length <= as.fsizeLimit && pos + data.length <= maxBytes(v, inode)) return data
  if (pos >= as.fsizeLimit) v.host.fileTooLarge?.(as)
  const limit = Math.min(as.fsizeLimit, maxBytes(v, inode))
  if (pos >= limit)
    throw pos >= as.fsizeLimit
      ? refuse(v, EFBIG, 'fsize', { limit: as.fsizeLimit })
      : refuse(v, EFBIG, 'file-max-bytes', { max: limit })
  return data.subarray(0, limit - pos)
}

/** lseek(2). Errors: ESPIPE, EINVAL, ENXIO. */
export function lseek(v: Vfs, as: Caller, id: number, offset: number, whence: number): number {
  const file = v.openFiles.get(id)
  if (file.flags & O_PATH) throw EBADF
  const inode = v.inode(file.inode)
  const fops = isDir(inode) ? undefined : v.fileOps(inode)
  if (fops && !fops.seekable && !fops.llseek) throw ESPIPE
  const pos = fops?.llseek
    ? fops.llseek(v, file, offset, whence)
    : target(v, file, inode, fops, offset, whence)
  if (pos < 0) throw EINVAL
  v.openFiles.own(id).pos = pos
  return pos
}

function target(
  v: Vfs,
  file: OpenFile,
  inode: Inode,
  fops: FileOps | undefined,
  offset: number,
  whence: number,
): number {
  if (whence === SEEK_SET) return offset
  if (whence === SEEK_CUR) return file.pos + offset
  if (whence === SEEK_END) return inode.size + offset
  if (whence !== SEEK_DATA && whence !== SEEK_HOLE) throw EINVAL
  if (offset < 0 || offset >= inode.size) throw ENXIO
  if (fops?.seekHole) return fops.seekHole(v, file, offset, whence)
  return whence === SEEK_DATA ? offset : inode.size
}

/** Where a directory stands that was read to its end. Linux: ext4_get_htree_eof(). */
const DIR_END = Number.MAX_SAFE_INTEGER

/** getdents(2): all that is left of a directory, . and .. first; nothing the second time. Errors: ENOTDIR, ENOENT. */
export function getdents(v: Vfs, as: Caller, id: number): readonly Dirent[] {
  const file = v.openFiles.get(id)
  if (file.flags & O_PATH) throw EBADF
  const inode = v.inode(file.inode)
  if (!isDir(inode)) throw ENOTDIR
  const dentry = v.dentry(file.dentry)
  // The kernel says ENOENT here, which readdir(3) of the C library takes for the end.
  if (dentry.unhashed || file.pos === DIR_END) return []
  const parent = v.inode(v.dentry(dentry.parent).inode)
  const dots = [
    { name: '.', ino: inode.ino, type: S_IFDIR },
    { name: '..', ino: parent.ino, type: S_IFDIR },
  ]
  const entries = [...dots, ...v.iops(inode).readdir(v, inode, as)].slice(file.pos)
  v.openFiles.own(id).pos = DIR_END
  accessed(v, file)
  fsnotifyAccess(v, file)
  return entries
}

/** Linux: file_accessed(). */
function accessed(v: Vfs, file: OpenFile): void {
  if (file.flags & O_NOATIME) return
  const inode = v.findInode(file.inode)
  if (inode) touchAtime(v, file.mount, inode)
}

/** fallocate(2). Errors: EOPNOTSUPP, ENODEV, ESPIPE, EINVAL, EFBIG, EBADF. */
export function fallocate(
  v: Vfs,
  as: Caller,
  id: number,
  mode: number,
  offset: number,
  length: number,
): void {
  const file = v.openFiles.get(id)
  if (offset < 0 || length <= 0) throw EINVAL
  checkFallocateMode(mode)
  if ((file.flags & O_ACCMODE) === O_RDONLY) throw EBADF
  const inode = v.inode(file.inode)
  if (isFifo(inode)) throw ESPIPE
  if (isDir(inode)) throw EISDIR
  if (!isReg(inode)) throw ENODEV
  if (isImmutable(inode) || (isAppend(inode) && mode & ~FALLOC_FL_KEEP_SIZE)) throw fixed(v, inode)
  if (offset + length > maxBytes(v, inode)) throw EFBIG
  const fops = v.fops(file)
  if (!fops.fallocate) throw EOPNOTSUPP
  newsizeOk(v, as, inode, offset + length)
  removePrivileges(v, as, inode, file.dentry)
  fops.fallocate(v, file, mode, offset, length)
  fsnotifyModify(v, file)
}

/** Which modes go together. Linux: vfs_fallocate(). Errors: EOPNOTSUPP, EINVAL. */
function checkFallocateMode(mode: number): void {
  const [holes, moves] = [
    FALLOC_FL_PUNCH_HOLE | FALLOC_FL_ZERO_RANGE,
    FALLOC_FL_COLLAPSE_RANGE | FALLOC_FL_INSERT_RANGE,
  ]
  if (mode & ~(FALLOC_FL_KEEP_SIZE | holes | moves)) throw EOPNOTSUPP
  if ((mode & holes) === holes) throw EOPNOTSUPP
  if (mode & FALLOC_FL_PUNCH_HOLE && !(mode & FALLOC_FL_KEEP_SIZE)) throw EOPNOTSUPP
  if (mode & moves && mode !== FALLOC_FL_COLLAPSE_RANGE && mode !== FALLOC_FL_INSERT_RANGE) throw EINVAL
}

/** POLL* bits that hold now, for poll(2). */
export function poll(v: Vfs, as: Caller, id: number): number {
  const file = v.openFiles.get(id)
  if (file.flags & O_PATH) return 32
  const inode = v.inode(file.inode)
  if (isDir(inode)) return 5
  return v.fileOps(inode).poll?.(v, file, as) ?? 5
}

export function pollQueues(v: Vfs, id: number): readonly string[] {
  const file = v.openFiles.get(id)
  const inode = v.inode(file.inode)
  return isDir(inode) ? [] : (v.fileOps(inode).pollQueues?.(v, file) ?? [])
}

/** Read a whole file at once, as the kernel does (executables, images). */
export function* readWhole(v: Vfs, as: Caller, id: number, max = 1 << 28): Blocking<Uint8Array> {
  const { size } = v.inode(v.openFiles.get(id).inode)
  if (size > max) throw EOVERFLOW
  return yield* pread(v, as, id, size, 0)
}
