/** Bringing a lower file to the upper layer before it changes. Linux: fs/overlayfs/copy_up.c. */
import {
  CAP_SYS_ADMIN,
  EEXIST,
  EISDIR,
  ENOENT,
  ENOTDIR,
  EOPNOTSUPP,
  EOVERFLOW,
  EPERM,
  EROFS,
  isDir,
  isLink,
  isReg,
  MS_RDONLY,
  O_WRONLY,
  refusal,
  SEEK_DATA,
  SEEK_HOLE,
} from '../../abi/index.ts'
import {
  type Inode,
  type OpenFile,
  type Vfs,
  vfsCreate,
  vfsLink,
  vfsRmdir,
  vfsUnlink,
  refuse,
} from '../../vfs/index.ts'
import { shareContent } from '../store.ts'
import { copyFileattr } from './fileattr.ts'
import { originFh } from './file-handle.ts'
import { cleanupIndex, createIndex, indexName, needsIndex, setNlink } from './index-dir.ts'
import { layerInode, type OvlFs, type OvlInode, ovlFs, setOvlXattr, xattrName } from './layers.ts'
import { inodeUpdate, setImpure } from './namei.ts'
import { createTemp } from './whiteout.ts'

/** How much of a file a caller needs on the upper layer. */
export type Extent = 'whole' | 'truncated' | 'metadata'

/**
 * Make sure that a file exists on the upper layer, its directories first; returns its dentry there. Of a file with
 * several names it is done for the one whose `dentry` is given. Linux: ovl_copy_up_flags().
 */
export function copyUp(
  v: Vfs,
  inode: OvlInode,
  extent: Extent = 'whole',
  dentry: number = v.dirDentry(inode.id),
): number {
  const fs = ovlFs(v, inode.sb)
  wantWrite(v, fs)
  if (!hasUpperAlias(v, inode, dentry)) {
    const { parent } = v.dentry(dentry)
    const dir = copyUp(v, v.inode(v.dentry(parent).inode) as OvlInode)
    if (!inode.upper) copyUpOne(v, fs, inode, dentry, dir, extent)
    if (!hasUpperAlias(v, inode, dentry)) linkUp(v, fs, inode, dentry, dir)
  }
  if (inode.metacopy && extent !== 'metadata') copyUpData(v, fs, inode, extent)
  return inode.upper
}

/** Linux: ovl_want_write(). Errors: EROFS. */
function wantWrite(v: Vfs, fs: OvlFs): void {
  if (!fs.upper || v.superBlocks.get(v.dentry(fs.upper).sb).flags & MS_RDONLY)
    throw refuse(v, EROFS, 'overlay-read-only', {})
}

/** Linux: ovl_dentry_has_upper_alias(): not only the inode but this name of it is on the upper layer. */
function hasUpperAlias(v: Vfs, inode: OvlInode, dentry: number): boolean {
  if (!inode.upper || !inode.lowerNames?.size) return inode.upper !== 0
  const { parent, name, unhashed } = v.dentry(dentry)
  return unhashed || !inode.lowerNames.has(`${v.dentry(parent).inode}/${name}`)
}

/**
 * Linux: ovl_copy_up_one(), ovl_do_copy_up(): to its place, or if it has an index entry to that. Errors: EOVERFLOW (its
 * owner is nobody to the mounter) and those of making a file.
 */
function copyUpOne(v: Vfs, fs: OvlFs, inode: OvlInode, dentry: number, dir: number, extent: Extent): void {
  const { parent, name } = v.dentry(dentry)
  const lower = inode.real
  // The mounter has this capability over all that its user namespace has ids for.
  if (!v.host.capableWrtInode(fs.mounter.cred, CAP_SYS_ADMIN, lower))
    throw refuse(v, EOVERFLOW, 'overlay-owner-unmapped', { ouid: lower.uid, ogid: lower.gid })
  const indexed = needsIndex(v, fs, inode)
  const toIndex = indexed && !isDir(lower)
  const metacopy = extent === 'metadata' && fs.metacopy && isReg(inode)
  const links = inode.nlink
  if (!toIndex) {
    setImpure(v, fs, v.inode(v.dentry(parent).inode) as OvlInode)
    makeWay(v, fs, inode, dir, name)
  }
  const upper = toIndex
    ? copyInto(v, fs, inode, fs.index, indexName(v, fs, lower), metacopy, extent)
    : copyInto(v, fs, inode, dir, name, metacopy, extent)
  if (indexed && !toIndex) createIndex(v, fs, lower, layerInode(v, upper))
  inodeUpdate(v, inode, upper)
  if (!toIndex) inode.lowerNames?.clear()
  inode.metacopy = metacopy
  inode.indexed = indexed
  inode.links = links
  v.dget(upper)
  if (toIndex) setNlink(v, fs, inode, 'U')
}

/**
 * A copy is made without a name, or if it is no regular file with one in the work directory, and then linked or renamed
 * to its place. A file that was removed may have left a whiteout there. Linux: ovl_copy_up_tmpfile(),
 * ovl_copy_up_workdir(). Errors: ENOENT, EPERM, EEXIST, ENOTDIR, EISDIR, ENOTEMPTY.
 */
function makeWay(v: Vfs, fs: OvlFs, inode: OvlInode, dir: number, name: string): void {
  if (v.dentry(dir).unhashed) throw ENOENT
  if (!isReg(inode)) createTemp(v, fs)
  else if (v.dentry(fs.work).unhashed && hasDeadInodes(v, fs)) throw EPERM
  const there = v.lookup(dir, name, fs.mounter)
  if (!there) return
  if (isReg(inode)) throw EEXIST
  const isDirectory = isDir(layerInode(v, there))
  if (isDirectory !== isDir(inode)) throw isDirectory ? EISDIR : ENOTDIR
  if (isDirectory) vfsRmdir(v, fs.mounter, there)
  else vfsUnlink(v, fs.mounter, there)
}

/** ext4_new_inode() makes no file without a name for a directory that is gone, where tmpfs does not mind. */
const hasDeadInodes = (v: Vfs, fs: OvlFs): boolean => v.superBlocks.get(v.dentry(fs.work).sb).type === 'ext4'

/** Linux: ovl_link_up(): a name for what lies in the index. */
function linkUp(v: Vfs, fs: OvlFs, inode: OvlInode, dentry: number, dir: number): void {
  const { parent, name } = v.dentry(dentry)
  setImpure(v, fs, v.inode(v.dentry(parent).inode) as OvlInode)
  const { atime, mtime } = layerInode(v, dir)
  setNlink(v, fs, inode, 'L')
  vfsLink(v, fs.mounter, inode.upper, dir, name)
  const above = layerInode(v, dir)
  v.iops(above).setattr(v, above, { atime, mtime }, fs.mounter)
  inode.lowerNames?.delete(`${v.dentry(parent).inode}/${name}`)
  setNlink(v, fs, inode, 'U')
}

/**
 * Linux: ovl_nlink_start(): before a name comes or goes, the count of names is written down in a form that stays right
 * afterwards. What has an index entry to come gets it first, to have a place for the count.
 */
export function nlinkStart(v: Vfs, inode: OvlInode, dentry: number): void {
  const fs = ovlFs(v, inode.sb)
  if (needsIndex(v, fs, inode)) copyUp(v, inode, 'metadata', dentry)
  if (inode.indexed && !isDir(inode)) setNlink(v, fs, inode, 'U')
}

/** Linux: ovl_drop_nlink() and ovl_nlink_end(): a name has gone, and with the last one the index entry. */
export function nlinkEnd(v: Vfs, inode: OvlInode): void {
  if (!inode.indexed) return
  if (!isDir(inode) && inode.links > 0) inode.links--
  if (isDir(inode) || inode.links === 0) cleanupIndex(v, ovlFs(v, inode.sb), inode)
}

/** Copy one real inode to a name in an upper directory, whose times stay as they were. */
function copyInto(
  v: Vfs,
  fs: OvlFs,
  inode: OvlInode,
  dir: number,
  name: string,
  metacopy: boolean,
  extent: Extent,
): number {
  const lower = inode.real
  const parent = layerInode(v, dir)
  const { mtime, atime } = parent
  const { mode, uid, gid, rdev } = lower
  const link = isLink(lower) ? { link: v.iops(lower).readlink(v, lower, fs.mounter) } : {}
  const upper = vfsCreate(v, fs.mounter, dir, name, { mode, uid, gid, rdev, ...link })
  const copy = layerInode(v, upper)
  try {
    if (metacopy) v.iops(copy).setattr(v, copy, { size: lower.size }, fs.mounter)
    else if (isReg(lower) && extent !== 'truncated') copyContents(v, fs, inode.data, copy)
    copyXattrs(v, fs, lower, copy)
    copyFileattr(v, fs, inode, lower, copy)
  } catch (e) {
    vfsUnlink(v, fs.mounter, upper)
    v.iops(parent).setattr(v, layerInode(v, dir), { atime, mtime }, fs.mounter)
    throw e
  }
  // A copy of one of several names is a file of its own.
  if (isDir(lower) || lower.nlink === 1 || dir === fs.index)
    setOvlXattr(v, fs, copy, 'origin', originFh(v, fs, lower))
  if (metacopy) setOvlXattr(v, fs, copy, 'metacopy', new Uint8Array())
  v.iops(copy).setattr(v, copy, { atime: lower.atime, mtime: lower.mtime }, fs.mounter)
  v.iops(parent).setattr(v, parent, { atime, mtime }, fs.mounter)
  return upper
}

/** The contents follow the metadata. Linux: ovl_copy_up_meta_inode_data(). */
function copyUpData(v: Vfs, fs: OvlFs, inode: OvlInode, extent: Extent): void {
  const { real: upper } = inode
  const { atime, mtime } = upper
  if (extent !== 'truncated') copyContents(v, fs, inode.data, upper)
  v.iops(upper).setattr(v, layerInode(v, inode.upper), { atime, mtime }, fs.mounter)
  v.iops(upper).removexattr(v, upper, xattrName(fs, 'metacopy'))
  inode.metacopy = false
}

/** Linux: ovl_copy_xattr(). What concerns only the overlay of the lower layer stays there. */
function copyXattrs(v: Vfs, fs: OvlFs, from: Inode, to: Inode): void {
  const iops = v.iops(from)
  for (const name of iops.listxattr(v, from)) {
    if (name.startsWith(xattrName(fs, ''))) continue
    const refused = refusal(() => v.iops(to).setxattr(v, to, name, iops.getxattr(v, from, name), 0))
    if (refused && refused !== EOPNOTSUPP) throw refused
  }
}

/** Linux: OVL_COPY_UP_CHUNK_SIZE. */
const CHUNK = 1 << 20

/**
 * Linux: ovl_copy_up_file(): the next data is looked for once a chunk, so that a hole within one is filled. Between stores
 * the pages are shared until somebody writes.
 */
function copyContents(v: Vfs, fs: OvlFs, from: Inode, to: Inode): void {
  const isShared = shareContent(v, from, to)
  if (isShared && isDense(v, fs, from)) return
  const copy = isShared ? fillHoles : copyChunk
  for (let pos = 0; ; ) {
    pos = nextIn(v, from, pos, SEEK_DATA)
    if (pos >= from.size) break
    const end = Math.min(pos + CHUNK, from.size)
    copy(v, fs, from, to, pos, end)
    pos = end
  }
  v.iops(to).setattr(v, to, { size: from.size }, fs.mounter)
}

const isDense = (v: Vfs, fs: OvlFs, inode: Inode): boolean =>
  (v.iops(inode).getattr?.(v, inode, fs.mounter).blocks ?? 0) * 512 >= inode.size

function copyChunk(v: Vfs, fs: OvlFs, from: Inode, to: Inode, start: number, end: number): void {
  const [source, target] = [kernelFile(from, 0), kernelFile(to, O_WRONLY)]
  for (let pos = start; pos < end; ) {
    const bytes = v.fileOps(from).read(v, source, end - pos, pos, fs.mounter)
    if (!(bytes instanceof Uint8Array) || !bytes.length) return
    v.fileOps(to).write(v, target, bytes, pos, fs.mounter)
    pos += bytes.length
  }
}

function fillHoles(v: Vfs, fs: OvlFs, from: Inode, to: Inode, start: number, end: number): void {
  for (let pos = start; ; ) {
    const hole = nextIn(v, from, pos, SEEK_HOLE)
    if (hole >= end) return
    pos = Math.min(nextIn(v, from, hole, SEEK_DATA), end)
    v.fileOps(to).write(v, kernelFile(to, O_WRONLY), new Uint8Array(pos - hole), hole, fs.mounter)
  }
}

/** Linux: vfs_llseek() of the lower file; its size if there is no more of what is looked for. */
function nextIn(v: Vfs, inode: Inode, pos: number, whence: number): number {
  const { seekHole } = v.fileOps(inode)
  if (pos >= inode.size || (!seekHole && whence === SEEK_HOLE)) return inode.size
  let found = seekHole ? inode.size : pos
  if (seekHole) refusal(() => (found = seekHole(v, kernelFile(inode, 0), pos, whence)))
  return found
}

/** An open file that no descriptor shows. */
export const kernelFile = (inode: Inode, flags: number): OpenFile => ({
  id: 0,
  epoch: 0,
  mount: 0,
  dentry: 0,
  inode: inode.id,
  flags,
  pos: 0,
  refs: 1,
})
