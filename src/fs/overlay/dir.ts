/**
 * Making, removing and renaming names in an overlay. Linux: fs/overlayfs/dir.c.
 */
import {
  encode,
  EINVAL,
  EIO,
  ENOENT,
  EPERM,
  ESTALE,
  EXDEV,
  isDir,
  RENAME_EXCHANGE,
  RENAME_WHITEOUT,
} from '../../abi/index.ts'
import { type NewInode, type Vfs, refuse } from '../../vfs/index.ts'
import { isAppend, isFixed, vfsCreate, vfsLink, vfsRename, vfsUnlink } from '../../vfs/index.ts'
import { copyUp, nlinkEnd, nlinkStart } from './copy-up.ts'
import {
  copyattr,
  hasOrigin,
  isMerge,
  isMergeOrLower,
  isOpaque,
  isWhiteout,
  layerInode,
  type OvlFs,
  type OvlInode,
  ovlFs,
  setOvlXattr,
  YES,
} from './layers.ts'
import { defaultsOf } from './module.ts'
import { lowerPositive, newOvlInode, setImpure } from './namei.ts'
import { checkEmptyDir, isPureUpper } from './readdir.ts'
import { cleanupAndWhiteout, clearEmpty, createTemp, removeUpper, whiteoutOf } from './whiteout.ts'

/** The upper directory for a change of names. Errors: ENOENT if somebody removed it there. */
function upperDirOf(v: Vfs, dir: OvlInode): number {
  const upper = copyUp(v, dir)
  if (v.dentry(upper).unhashed) throw ENOENT
  return upper
}

/**
 * Linux: ovl_create_object(). What takes the place of a whiteout is made in the work directory first. Errors: EPERM, EIO
 * (a directory cannot be made opaque).
 */
export function create(v: Vfs, dir: OvlInode, name: string, attr: NewInode): OvlInode {
  const fs = ovlFs(v, dir.sb)
  if (isWhiteout({ rdev: 0, ...attr })) throw EPERM
  const upperDir = upperDirOf(v, dir)
  const covered = v.lookup(upperDir, name, fs.mounter)
  if (covered) createTemp(v, fs)
  if (covered && isDir(attr) && !fs.xattrs) throw EIO
  if (covered) vfsUnlink(v, fs.mounter, covered)
  const made = vfsCreate(v, fs.mounter, upperDir, name, attr)
  // What a removed directory had below must not show through, nor what may be put there later.
  if (isDir(attr) && (covered || (isMerge(dir) && !fs.offlineChanges)))
    setOvlXattr(v, fs, layerInode(v, made), 'opaque', YES)
  copyattr(dir)
  return newOvlInode(v, dir.sb, { upper: made, lower: [] })
}

/** Linux: ovl_link(). */
export function link(v: Vfs, dir: OvlInode, name: string, inode: OvlInode, dentry: number): void {
  const fs = ovlFs(v, dir.sb)
  const old = copyUp(v, inode, 'metadata', dentry)
  const upperDir = upperDirOf(v, dir)
  nlinkStart(v, inode, dentry)
  if (inode.metacopy) setRedirect(v, fs, inode, dentry, false)
  if (hasOrigin(inode)) setImpure(v, fs, dir)
  const covered = v.lookup(upperDir, name, fs.mounter)
  if (covered) {
    createTemp(v, fs)
    vfsUnlink(v, fs.mounter, covered)
  }
  vfsLink(v, fs.mounter, old, upperDir, name)
  inode.links++
  copyattr(inode)
  copyattr(dir)
}

/**
 * Linux: ovl_do_remove(): remove what is on the upper layer, and leave a whiteout if a lower one has the name too. Errors:
 * ENOTEMPTY, EIO, ESTALE (the upper layer was changed meanwhile), EPERM.
 */
export function remove(v: Vfs, dir: OvlInode, name: string, victim: OvlInode): void {
  const fs = ovlFs(v, dir.sb)
  const hidden = !victim.upper || lowerPositive(v, dir, name)
  const clears = isDir(victim) && (hidden || !isPureUpper(v, victim)) && checkEmptyDir(v, victim)
  const upperDir = upperDirOf(v, dir)
  nlinkStart(v, victim, v.child(v.dirDentry(dir.id), name))
  const upper = victim.upper ? upperOf(v, fs, upperDir, name, victim) : 0
  if (clears) clearEmpty(v, fs, upper)
  if (hidden) cleanupAndWhiteout(v, fs, upperDir, name, upper)
  else removeUpper(v, fs, upper)
  nlinkEnd(v, victim)
  copyattr(victim)
  copyattr(dir)
}

/** The entry of the upper layer that an inode is known by. Errors: ESTALE, EPERM if it may not be taken away. */
function upperOf(v: Vfs, fs: OvlFs, upperDir: number, name: string, inode: OvlInode): number {
  const upper = v.lookup(upperDir, name, fs.mounter)
  if (!upper || v.dentry(upper).inode !== v.dentry(inode.upper).inode)
    throw refuse(v, ESTALE, 'overlay-upper-changed', { name })
  if (isAppend(layerInode(v, upperDir)) || isFixed(layerInode(v, upper))) throw EPERM
  return upper
}

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
  const [oldDentry, newDentry] = [childOf(v, fs, from, name), childOf(v, fs, to, newName)]
  const moved = inodeOf(v, oldDentry)!
  const target = inodeOf(v, newDentry)
  const exchange = (flags & RENAME_EXCHANGE) !== 0
  const isFixed = (it: OvlInode) => isDir(it) && isMergeOrLower(it) && !fs.redirectDir
  if (isFixed(moved) || (exchange && isFixed(target!))) throw refuse(v, EXDEV, 'overlay-redirect', { name })
  const covers = !exchange && target !== undefined
  const clears = covers && isDir(target) && !isPureUpper(v, target) && checkEmptyDir(v, target)
  copyUp(v, moved, 'metadata', oldDentry)
  const [fromUpper, toUpper] = [upperDirOf(v, from), upperDirOf(v, to)]
  if (exchange) copyUp(v, target!, 'metadata', newDentry)
  else if (target) nlinkStart(v, target, newDentry)
  const leaves = !exchange && lowerPositive(v, from, name)
  const sameDir = from === to
  if (!sameDir) {
    if (hasOrigin(moved)) setImpure(v, fs, to)
    if (exchange && hasOrigin(target!)) setImpure(v, fs, from)
  }
  const source = upperOf(v, fs, fromUpper, name, moved)
  prepareMove(v, fs, moved, oldDentry, to, sameDir)
  const covered = exchange || target ? 0 : v.lookup(toUpper, newName, fs.mounter)
  if (exchange) prepareMove(v, fs, target!, newDentry, from, sameDir)
  else if (covered && leaves) {
    // The whiteout there goes where one is needed.
    vfsRename(v, fs.mounter, source, toUpper, newName, RENAME_EXCHANGE)
    return renamed(moved, target, from, to)
  } else if (covered) removeUpper(v, fs, covered)
  else if (target?.upper) {
    const upper = upperOf(v, fs, toUpper, newName, target)
    if (clears) clearEmpty(v, fs, upper)
    removeUpper(v, fs, upper)
  }
  vfsRename(v, fs.mounter, source, toUpper, newName, flags & RENAME_EXCHANGE)
  if (leaves) vfsCreate(v, fs.mounter, fromUpper, name, whiteoutOf(fs))
  if (covers) nlinkEnd(v, target)
  renamed(moved, target, from, to)
}

function renamed(...inodes: readonly (OvlInode | undefined)[]): void {
  for (const inode of inodes) if (inode) copyattr(inode)
}

/** What goes to another place takes its lower part along by a redirect, and lets nothing there show through. */
function prepareMove(
  v: Vfs,
  fs: OvlFs,
  moved: OvlInode,
  dentry: number,
  to: OvlInode,
  sameDir: boolean,
): void {
  const upper = layerInode(v, moved.upper)
  if (isMergeOrLower(moved)) setRedirect(v, fs, moved, dentry, sameDir)
  else if (isDir(moved) && isMerge(to) && !isOpaque(v, fs, upper))
    setOvlXattr(v, fs, upper, 'opaque', YES, EXDEV)
}

/** Linux: ovl_set_redirect(): the name within the directory, or after a move between directories the whole path. */
function setRedirect(v: Vfs, fs: OvlFs, inode: OvlInode, dentry: number, sameDir: boolean): void {
  const needsPath = !sameDir || (!isDir(inode) && layerInode(v, inode.lower[0]!.dentry).nlink > 1)
  if (inode.redirect !== undefined && (!needsPath || inode.redirect.startsWith('/'))) return
  const redirect = needsPath ? originalPath(v, dentry) : v.dentry(dentry).name
  setOvlXattr(v, fs, layerInode(v, inode.upper), 'redirect', encode(redirect), EXDEV)
  inode.redirect = redirect
}

/** Linux: ovl_get_redirect(): where on the lower layers it comes from, by the redirects of the directories above. */
function originalPath(v: Vfs, dentry: number): string {
  let path = ''
  for (let it = v.dentry(dentry); it.parent !== it.id; it = v.dentry(it.parent)) {
    const name = (v.inode(it.inode) as OvlInode).redirect ?? it.name
    path = name.startsWith('/') ? name + path : `/${name}${path}`
    if (path.length > defaultsOf(v).redirect_max) throw EXDEV
    if (name.startsWith('/')) break
  }
  return path
}

const childOf = (v: Vfs, fs: OvlFs, dir: OvlInode, name: string): number =>
  v.child(v.dirDentry(dir.id), name) || v.lookup(v.dirDentry(dir.id), name, fs.mounter)

const inodeOf = (v: Vfs, dentry: number): OvlInode | undefined =>
  dentry ? (v.inode(v.dentry(dentry).inode) as OvlInode) : undefined
