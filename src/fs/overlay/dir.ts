/**
 * Making, removing and renaming names in an overlay. Linux: fs/overlayfs/dir.c.
 *
 * Left out: redirect_dir: renaming a directory that has a lower part gives EXDEV, as it does by default.
 */
import {
  EINVAL,
  EIO,
  ENOTEMPTY,
  EPERM,
  EXDEV,
  isDir,
  RENAME_EXCHANGE,
  RENAME_WHITEOUT,
  S_IFCHR,
} from '../../abi/index.ts'
import type { NewInode, Vfs } from '../../vfs/index.ts'
import { vfsCreate, vfsLink, vfsRename, vfsRmdir, vfsUnlink } from '../../vfs/index.ts'
import { copyUp } from './copy-up.ts'
import {
  isMerge,
  isMergeOrLower,
  isWhiteout,
  layerInode,
  type OvlFs,
  type OvlInode,
  ovlFs,
  setOvlXattr,
  YES,
} from './layers.ts'
import { lookup, lowerPositive, newOvlInode } from './namei.ts'
import { isEmpty } from './readdir.ts'

/** Linux: ovl_create_object(). Takes the place of a whiteout if there is one. */
export function create(v: Vfs, dir: OvlInode, name: string, attr: NewInode): OvlInode {
  const fs = ovlFs(v, dir.sb)
  if (isWhiteout({ rdev: 0, ...attr })) throw EPERM
  const upperDir = copyUp(v, dir)
  const covered = v.lookup(upperDir, name, fs.mounter)
  if (covered && isDir(attr) && !fs.xattrs) throw EIO
  if (covered) vfsUnlink(v, fs.mounter, covered)
  const made = vfsCreate(v, fs.mounter, upperDir, name, attr)
  // What a removed directory had below must not show through.
  if (isDir(attr) && covered) setOvlXattr(v, fs, layerInode(v, made), 'opaque', YES)
  return newOvlInode(v, dir.sb, made, [])
}

/** Linux: ovl_link(). */
export function link(v: Vfs, dir: OvlInode, name: string, inode: OvlInode): void {
  const fs = ovlFs(v, dir.sb)
  const old = copyUp(v, inode)
  const upperDir = copyUp(v, dir)
  const covered = v.lookup(upperDir, name, fs.mounter)
  if (covered) vfsUnlink(v, fs.mounter, covered)
  vfsLink(v, fs.mounter, old, upperDir, name)
}

/** Linux: ovl_do_remove(): remove what is on the upper layer, and leave a whiteout if a lower one has the name too. */
export function remove(v: Vfs, dir: OvlInode, name: string, victim: OvlInode): void {
  const fs = ovlFs(v, dir.sb)
  if (isDir(victim) && !isEmpty(v, victim)) throw ENOTEMPTY
  const hidden = lowerPositive(v, dir, name)
  const upperDir = copyUp(v, dir)
  if (victim.upper) removeUpper(v, fs, v.lookup(upperDir, name, fs.mounter))
  if (hidden) whiteout(v, fs, upperDir, name)
}

function removeUpper(v: Vfs, fs: OvlFs, upper: number): void {
  if (!upper) return
  const inode = layerInode(v, upper)
  if (!isDir(inode)) return vfsUnlink(v, fs.mounter, upper)
  clearWhiteouts(v, fs, upper)
  vfsRmdir(v, fs.mounter, upper)
}

/** Linux: ovl_cleanup_whiteouts(): an upper directory that looks empty may still be full of them. */
function clearWhiteouts(v: Vfs, fs: OvlFs, upper: number): void {
  const dir = layerInode(v, upper)
  for (const { name } of v.iops(dir).readdir(v, dir, fs.mounter)) {
    const child = v.lookup(upper, name, fs.mounter)
    if (child && isWhiteout(layerInode(v, child))) vfsUnlink(v, fs.mounter, child)
  }
}

/** Linux: ovl_whiteout(): one whiteout stays in the work directory, and further ones are hard links of it. */
function whiteout(v: Vfs, fs: OvlFs, upperDir: number, name: string): void {
  const work = layerInode(v, fs.work)
  for (const entry of v.iops(work).readdir(v, work, fs.mounter)) {
    const shared = v.lookup(fs.work, entry.name, fs.mounter)
    if (shared && isWhiteout(layerInode(v, shared))) return vfsLink(v, fs.mounter, shared, upperDir, name)
  }
  const kept = vfsCreate(v, fs.mounter, fs.work, '#3', whiteoutOf(fs))
  vfsLink(v, fs.mounter, kept, upperDir, name)
}

const whiteoutOf = ({ mounter: { cred } }: OvlFs): NewInode => ({
  mode: S_IFCHR,
  uid: cred.fsuid,
  gid: cred.fsgid,
  rdev: 0,
})

/** Linux: ovl_rename(). */
export function rename(
  v: Vfs,
  from: OvlInode,
  name: string,
  to: OvlInode,
  newName: string,
  flags: number,
): void {
  if (flags & RENAME_WHITEOUT) throw EINVAL
  const fs = ovlFs(v, from.sb)
  const moved = childOf(v, from, name)!
  const target = childOf(v, to, newName)
  const exchange = (flags & RENAME_EXCHANGE) !== 0
  if (isMergeOrLower(moved) || (exchange && target && isMergeOrLower(target))) throw EXDEV
  if (!exchange && target && isDir(target) && !isEmpty(v, target)) throw ENOTEMPTY
  const [fromUpper, upper, toUpper] = [copyUp(v, from), copyUp(v, moved), copyUp(v, to)]
  const leaves = !exchange && lowerPositive(v, from, name)
  const covers = isMerge(to)
  if (exchange) copyUp(v, target!)
  else removeUpper(v, fs, v.lookup(toUpper, newName, fs.mounter))
  if (isDir(moved) && covers) setOvlXattr(v, fs, layerInode(v, upper), 'opaque', YES, EXDEV)
  vfsRename(v, fs.mounter, v.lookup(fromUpper, name, fs.mounter), toUpper, newName, flags & RENAME_EXCHANGE)
  if (leaves) vfsCreate(v, fs.mounter, fromUpper, name, whiteoutOf(fs))
}

function childOf(v: Vfs, dir: OvlInode, name: string): OvlInode | undefined {
  const dentry = v.child(v.dirDentry(dir.id), name)
  if (dentry) return v.inode(v.dentry(dentry).inode) as OvlInode
  return lookup(v, dir, name, ovlFs(v, dir.sb).mounter)
}
