/**
 * mount(2): new file systems, bind mounts, propagation, moving. Linux: fs/namespace.c, of which umount.ts, remount.ts,
 * pivot-root.ts, copy-tree.ts and mnt-ns.ts hold the other parts.
 *
 * Left out: the new mount API (fsopen, move_mount), idmapped mounts, automount expiry.
 */
import {
  CAP_SYS_ADMIN,
  decode,
  encode,
  EBUSY,
  EINVAL,
  ELOOP,
  ENODEV,
  ENOTDIR,
  EPERM,
  type Errno,
  isDir,
  isLink,
  MS_BIND,
  MS_DIRSYNC,
  MS_LAZYTIME,
  MS_MANDLOCK,
  MS_MOVE,
  MS_NOATIME,
  MS_NODEV,
  MS_NODIRATIME,
  MS_NOEXEC,
  MS_NOSUID,
  MS_NOSYMFOLLOW,
  MS_PRIVATE,
  MS_RDONLY,
  MS_REC,
  MS_RELATIME,
  MS_REMOUNT,
  MS_SHARED,
  MS_SILENT,
  MS_SLAVE,
  MS_STRICTATIME,
  MS_SYNCHRONOUS,
  MS_UNBINDABLE,
} from '../abi/index.ts'
import {
  checkMnt,
  foreign,
  childMounts,
  hasParent,
  isRootOf,
  lockMount,
  mayMount,
  mountTree,
  newMount,
} from './mount.ts'
import { inodeAt, isSubdir, pathLookup } from './namei.ts'
import { isMntNsFile, mntNsOfFile } from './ns-file.ts'
import { changePropagation, PROPAGATION_TYPES, receivers } from './pnode.ts'
import { ATIME_MASK, attachRecursive, cloneMnt, type CopyRules, copyTree, dissolve } from './copy-tree.ts'
import { abandon, getTree, mountCapable, revealing } from './fs-context.ts'
import { reconfigureMount, remount } from './remount.ts'
import { mntNsName, mountRoot, refuse, refuseAnyhow } from './refuse.ts'
import type { Caller, FileSystemType, Mount, MountRoot, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

export const SB_FLAGS = MS_RDONLY | MS_SYNCHRONOUS | MS_MANDLOCK | MS_DIRSYNC | MS_SILENT | MS_LAZYTIME
const PAGE_SIZE = 4096
const ATIME_FLAGS = MS_NOATIME | MS_NODIRATIME | MS_RELATIME | MS_STRICTATIME

/** mount(2). Linux: path_mount(). */
export function mount(
  v: Vfs,
  as: Caller,
  source: string,
  target: string,
  fstype: string,
  flags: number,
  data = '',
): void {
  const path = pathLookup(v, as, target, 'follow')
  if (!mayMount(v, as)) throw EPERM
  const mountFlags = mountFlagsOf(v, path, flags)
  const propagation = flags & (MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE)
  if ((flags & (MS_REMOUNT | MS_BIND)) === (MS_REMOUNT | MS_BIND)) reconfigureMount(v, as, path, mountFlags)
  else if (flags & MS_REMOUNT) remount(v, as, path, flags & SB_FLAGS, mountFlags, data)
  else if (flags & MS_BIND) bind(v, as, path, source, flags & MS_REC)
  else if (propagation) changeType(v, as, path, flags)
  else if (flags & MS_MOVE) move(v, as, path, source)
  else newFsMount(v, as, path, fstype, flags & SB_FLAGS, mountFlags, source, firstPage(data))
}

/** Linux: copy_mount_options() and path_mount(): options are a page at most, the rest is cut off. */
function firstPage(data: string): string {
  const bytes = encode(data)
  return bytes.length < PAGE_SIZE ? data : decode(bytes.subarray(0, PAGE_SIZE - 1))
}

/** The flags that stay with one mount. "Default to relatime unless overriden" - fs/namespace.c */
export function mountFlagsOf(v: Vfs, path: Path, flags: number): number {
  let bits =
    flags & (MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_NOATIME | MS_NODIRATIME | MS_RDONLY | MS_NOSYMFOLLOW)
  if (!(flags & MS_NOATIME)) bits |= MS_RELATIME
  if (flags & MS_STRICTATIME) bits &= ~(MS_RELATIME | MS_NOATIME)
  if (flags & MS_REMOUNT && !(flags & ATIME_FLAGS)) {
    bits = (bits & ~ATIME_MASK) | (v.mounts.get(path.mount).flags & ATIME_MASK)
  }
  return bits
}

/** Linux: do_new_mount(). Errors: ENODEV, EPERM, EBUSY, EINVAL, ENOTDIR and the file system's own. */
function newFsMount(
  v: Vfs,
  as: Caller,
  path: Path,
  fstype: string,
  sbFlags: number,
  mountFlags: number,
  source: string,
  data: string,
): void {
  if (!fstype) throw refuse(v, EINVAL, 'mount-no-type', {})
  const type = v.getFsType(fstype)
  if (!type) throw refuse(v, ENODEV, 'fs-unknown', { type: fstype })
  if (!mountCapable(v, as, type)) throw notHere(v, as, type)
  const root = superOf(v, as, type, source, data, sbFlags)
  try {
    const lockedFlags = type.usernsVisible ? revealing(v, as, root, mountFlags) : 0
    if (lockedFlags === undefined) throw refuse(v, EPERM, 'mount-revealing', { type: fstype })
    addMount(v, as, path, root, { flags: mountFlags, lockedFlags, source: source || 'none' })
  } catch (e) {
    abandon(v, root.sb)
    throw e
  }
}

/** Linux: do_add_mount(). */
function addMount(
  v: Vfs,
  as: Caller,
  path: Path,
  root: MountRoot,
  fields: Pick<Mount, 'flags' | 'lockedFlags' | 'source'>,
): void {
  const at = lockMount(v, path)
  const parent = v.mounts.get(at.mount)
  if (!checkMnt(as, parent)) throw foreign(v, as)
  // "Refuse the same filesystem on the same mount point" - fs/namespace.c
  if (parent.sb === root.sb && isRootOf(v, at)) throw refuse(v, EBUSY, 'mount-twice', { path: at })
  const rootInode = v.inode(v.dentry(root.root).inode)
  if (isLink(rootInode)) throw EINVAL
  if (isDir(inodeAt(v, at)) !== isDir(rootInode)) throw otherKind(v, at, ENOTDIR)
  graft(v, as, newMount(v, { ...root, ...fields }).id, at)
}

/** Linux: graft_tree(): attach what was made for the place; if it cannot be, it goes. */
function graft(v: Vfs, as: Caller, made: number, at: Path): void {
  try {
    attachRecursive(v, as, made, at)
  } catch (e) {
    dissolve(v, made)
    throw e
  }
}

/** vfs_get_tree(); what the file system did not like is in the kernel's log, if anywhere. */
function superOf(
  v: Vfs,
  as: Caller,
  type: FileSystemType,
  source: string,
  data: string,
  flags: number,
): MountRoot {
  try {
    return getTree(v, as, type, source, data, flags)
  } catch (e) {
    throw e === EINVAL ? refuseAnyhow(v, EINVAL, 'fs-options', { type: type.name, options: data }) : e
  }
}

/** Linux: do_loopback(): mount --bind, --rbind. Errors: EINVAL, ENOENT, ENOTDIR. */
function bind(v: Vfs, as: Caller, path: Path, source: string, recurse: number): void {
  if (!source) throw refuse(v, EINVAL, 'mount-no-source', {})
  const old = pathLookup(v, as, source, 'follow')
  if (isMntNsLoop(v, as, old))
    throw refuse(v, EINVAL, 'mnt-ns-loop', { path: old, mine: mntNsName(v, as.mntNs) })
  const at = lockMount(v, path)
  const from = v.mounts.get(old.mount)
  if (!checkMnt(as, v.mounts.get(at.mount))) throw foreign(v, as)
  if (from.unbindable) throw refuse(v, EINVAL, 'bind-unbindable', { path: mountRoot(v, from.id) })
  if (!checkMnt(as, from) && old.mount !== v.internalMounts.get('nsfs')) throw foreign(v, as)
  const locked = recurse ? undefined : lockedChild(v, old)
  if (locked) throw refuse(v, EINVAL, 'bind-locked', { path: mountRoot(v, locked.id) })
  if (isDir(inodeAt(v, at)) !== isDir(inodeAt(v, old))) throw otherKind(v, at, ENOTDIR)
  // Copies by propagation may not hold mount namespace files: CL_COPY_MNT_NS_FILE is for this call alone.
  if (isMntNsFile(v, old.dentry) && receivers(v, v.mounts.get(at.mount)).some(it => it.ns))
    throw refuse(v, EINVAL, 'mnt-ns-propagates', { path: mountRoot(v, at.mount) })
  const root = v.pin(old.dentry)
  const rules: CopyRules = { kind: 'bind', unbindable: false, nsFiles: true }
  const made = recurse ? copyTree(v, old.mount, root, rules) : cloneMnt(v, old.mount, root, 'bind')
  v.mounts.own(made).locked = false
  graft(v, as, made, at)
}

/** Linux: mnt_ns_loop(): a mount namespace must not come to hold itself or one older than it. */
function isMntNsLoop(v: Vfs, as: Caller, path: Path): boolean {
  const ns = mntNsOfFile(v, path.dentry)
  return ns !== 0 && ns <= as.mntNs
}

/** Linux: has_locked_children(). */
function lockedChild(v: Vfs, path: Path): Mount | undefined {
  return childMounts(v, path.mount).find(
    it => it.locked && isSubdir(v, it.mountpoint, v.dentry(path.dentry).id),
  )
}

/** A directory cannot be covered by a file, nor a file by a directory. */
const otherKind = (v: Vfs, at: Path, errno: Errno): Errno =>
  refuse(v, errno, 'mount-kind', { path: at, directory: isDir(inodeAt(v, at)) ? 1 : 0 })

/** The caller may mount here, but not this type. */
function notHere(v: Vfs, as: Caller, { name, usernsMount, ownerUserNs }: FileSystemType): Errno {
  const owned = usernsMount && ownerUserNs && ownerUserNs(v, as) !== as.cred.userNs
  return refuse(v, EPERM, owned ? 'fs-owner' : 'fs-userns', { type: name })
}

/** Linux: do_change_type(), may_change_propagation(): also of other namespaces, but of nothing unmounted. */
function changeType(v: Vfs, as: Caller, path: Path, flags: number): void {
  const type = flags & ~(MS_REC | MS_SILENT)
  if (!PROPAGATION_TYPES.includes(type)) throw refuse(v, EINVAL, 'propagation-several', {})
  if (!isRootOf(v, path)) throw refuse(v, EINVAL, 'not-mountpoint', { path })
  const { ns } = v.mounts.get(path.mount)
  if (!ns) throw foreign(v, as)
  if (!v.host.capable(as.cred, CAP_SYS_ADMIN, v.mntNamespaces.get(ns).userNs)) throw EPERM
  const tree = flags & MS_REC ? mountTree(v, path.mount) : [v.mounts.get(path.mount)]
  for (const it of tree) changePropagation(v, it.id, type)
}

/** Linux: do_move_mount(). */
function move(v: Vfs, as: Caller, path: Path, source: string): void {
  if (!source) throw refuse(v, EINVAL, 'mount-no-source', {})
  const old = pathLookup(v, as, source, 'follow')
  const at = lockMount(v, path)
  const [from, dest] = [v.mounts.get(old.mount), v.mounts.get(at.mount)]
  for (const it of [dest, from]) if (!checkMnt(as, it)) throw foreign(v, as)
  if (!isRootOf(v, old)) throw refuse(v, EINVAL, 'not-mountpoint', { path: old })
  if (!hasParent(from)) throw refuse(v, EINVAL, 'move-root', { path: old })
  if (from.locked) throw refuse(v, EINVAL, 'mount-locked', { path: old, mine: mntNsName(v, as.mntNs) })
  if (isDir(inodeAt(v, at)) !== isDir(inodeAt(v, old))) throw otherKind(v, at, EINVAL)
  if (v.mounts.get(from.parent).peerGroup)
    throw refuse(v, EINVAL, 'move-from-shared', { path: old, parent: mountRoot(v, from.parent) })
  const unbindable = dest.peerGroup ? mountTree(v, from.id).find(it => it.unbindable) : undefined
  if (unbindable)
    throw refuse(v, EINVAL, 'move-unbindable', {
      path: mountRoot(v, unbindable.id),
      to: mountRoot(v, dest.id),
    })
  for (let p = dest; ; p = v.mounts.get(p.parent)) {
    if (p.id === from.id) throw refuse(v, ELOOP, 'move-into-itself', { path: old, to: at })
    if (!hasParent(p)) break
  }
  attachRecursive(v, as, from.id, at, true)
}
