/**
 * rename(2), renameat2(2). Linux: fs/namei.c:do_renameat2(), vfs_rename().
 */
import {
  EBUSY,
  EEXIST,
  EINVAL,
  ENOENT,
  ENOTDIR,
  ENOTEMPTY,
  EXDEV,
  isDir,
  RENAME_EXCHANGE,
  RENAME_NOREPLACE,
  RENAME_WHITEOUT,
  S_IFCHR,
} from '../abi/index.ts'
import { mountedOn, vfsCreate } from './dir.ts'
import { fsnotifyLinkCount, fsnotifyMove } from './fsnotify.ts'
import { inodeAt, isSubdir, type Parent, pathParent } from './namei.ts'
import { detachMountsElsewhere, isLocalMountpoint } from './umount.ts'
import { inodePermission, MAY_EXEC, MAY_WRITE, mayCreate, mayDelete, wantWrite } from './permission.ts'
import { mountRoot, refuse } from './refuse.ts'
import type { Caller, Dentry } from './types.ts'
import type { Vfs } from './vfs.ts'

/**
 * renameat2(2). `toAs` is the caller in the directory where `to` begins. Errors: EXDEV, EBUSY, EEXIST, ENOENT, EINVAL
 * (into itself), ENOTEMPTY, ENOTDIR, EISDIR, EACCES, EROFS.
 */
export function renameat2(
  v: Vfs,
  as: Caller,
  from: string,
  to: string,
  flags: number,
  toAs: Caller = as,
): void {
  if (flags & ~(RENAME_NOREPLACE | RENAME_EXCHANGE | RENAME_WHITEOUT)) throw EINVAL
  if (flags & RENAME_EXCHANGE && flags & (RENAME_NOREPLACE | RENAME_WHITEOUT)) throw EINVAL
  const oldAt = pathParent(v, as, from)
  const newAt = pathParent(v, toAs, to)
  if (oldAt.mount !== newAt.mount)
    throw refuse(v, EXDEV, 'cross-mount', { from: mountRoot(v, oldAt.mount), to: mountRoot(v, newAt.mount) })
  if (oldAt.type !== 'norm') throw EBUSY
  if (newAt.type !== 'norm') throw flags & RENAME_NOREPLACE ? EEXIST : EBUSY
  wantWrite(v, oldAt.mount)
  const source = find(v, as, oldAt)
  if (!source) throw ENOENT
  const target = find(v, as, newAt)
  checkNames(v, oldAt, newAt, source, target, flags)
  if (target && source.inode === target.inode) return
  checkRights(v, as, oldAt, newAt, source, target, flags)
  for (const it of target ? [source, target] : [source])
    if (isLocalMountpoint(v, as, it.id)) throw mountedOn(v, oldAt, it.id)
  vfsRename(v, as, source.id, newAt.dentry, newAt.last, flags)
  if (target && !(flags & RENAME_EXCHANGE)) detachMountsElsewhere(v, target.id)
}

function find(v: Vfs, as: Caller, at: Parent): Dentry | undefined {
  const dir = inodeAt(v, at)
  if (!isDir(dir)) throw ENOTDIR
  inodePermission(v, as, dir, MAY_EXEC)
  const found = v.lookup(at.dentry, at.last, as)
  return found ? v.dentry(found) : undefined
}

function checkNames(
  v: Vfs,
  oldAt: Parent,
  newAt: Parent,
  source: Dentry,
  target: Dentry | undefined,
  flags: number,
): void {
  if (flags & RENAME_NOREPLACE && target) throw EEXIST
  if (flags & RENAME_EXCHANGE && !target) throw ENOENT
  const movesDir = isDir(v.inode(source.inode))
  if (!movesDir && (oldAt.trailingSlash || (newAt.trailingSlash && !(flags & RENAME_EXCHANGE)))) throw ENOTDIR
  // "source should not be ancestor of target", "target should not be an ancestor of source". - fs/namei.c
  if (movesDir && isSubdir(v, newAt.dentry, source.id))
    throw refuse(v, EINVAL, 'rename-into-itself', { path: { mount: oldAt.mount, dentry: source.id } })
  if (target && isSubdir(v, oldAt.dentry, target.id)) throw flags & RENAME_EXCHANGE ? EINVAL : ENOTEMPTY
}

function checkRights(
  v: Vfs,
  as: Caller,
  oldAt: Parent,
  newAt: Parent,
  source: Dentry,
  target: Dentry | undefined,
  flags: number,
): void {
  const movesDir = isDir(v.inode(source.inode))
  const newDir = v.dentry(newAt.dentry)
  mayDelete(v, as, inodeAt(v, oldAt), source, movesDir)
  if (!target) mayCreate(v, as, newDir)
  else
    mayDelete(
      v,
      as,
      v.inode(newDir.inode),
      target,
      flags & RENAME_EXCHANGE ? isDir(v.inode(target.inode)) : movesDir,
    )
  // "If we are going to change the parent - check write permissions, we'll need to flip '..'". - fs/namei.c
  if (newAt.dentry === oldAt.dentry) return
  if (movesDir) inodePermission(v, as, v.inode(source.inode), MAY_WRITE)
  if (flags & RENAME_EXCHANGE && target && isDir(v.inode(target.inode)))
    inodePermission(v, as, v.inode(target.inode), MAY_WRITE)
}

/** Linux: vfs_rename() without permission checks: the file system's part and then the dentries'. */
export function vfsRename(
  v: Vfs,
  as: Caller,
  source: number,
  newDir: number,
  newName: string,
  flags: number,
): void {
  const it = v.dentry(source)
  const { parent, name } = it
  const target = v.lookup(newDir, newName, as)
  const [from, to] = [v.inode(v.dentry(parent).inode), v.inode(v.dentry(newDir).inode)]
  v.iops(from).rename(v, from, name, to, newName, flags, as)
  if (flags & RENAME_EXCHANGE) {
    v.exchangeDentries(source, target)
    fsnotifyMove(v, from.id, name, source)
    return fsnotifyMove(v, to.id, newName, target)
  }
  // It is there until everybody was told that it is not.
  if (target) v.dget(target)
  if (target) v.dropDentry(target)
  v.moveDentry(source, v.dentry(newDir).id, newName)
  fsnotifyMove(v, from.id, name, source)
  if (target) fsnotifyLinkCount(v, v.dentry(target).inode)
  if (target) v.dput(target)
  if (flags & RENAME_WHITEOUT) vfsCreate(v, as, parent, name, { mode: S_IFCHR, uid: 0, gid: 0, rdev: 0 })
}
