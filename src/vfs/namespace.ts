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
import type { Caller, Mount, MountRoot, Path } from './types.ts'
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
  if (!fstype) throw EINVAL
  const type = v.fileSystems.get(fstype)
  if (!type) throw ENODEV
  if (!mountCapable(v, as, type)) throw EPERM
  const root = getTree(v, as, type, source, data, sbFlags)
  try {
    const lockedFlags = type.usernsVisible ? revealing(v, as, root, mountFlags) : 0
    if (lockedFlags === undefined) throw EPERM
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
  if (!checkMnt(as, parent)) throw EINVAL
  // "Refuse the same filesystem on the same mount point" - fs/namespace.c
  if (parent.sb === root.sb && isRootOf(v, at)) throw EBUSY
  const rootInode = v.inode(v.dentry(root.root).inode)
  if (isLink(rootInode)) throw EINVAL
  if (isDir(inodeAt(v, at)) !== isDir(rootInode)) throw ENOTDIR
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

/** Linux: do_loopback(): mount --bind, --rbind. Errors: EINVAL, ENOENT, ENOTDIR. */
function bind(v: Vfs, as: Caller, path: Path, source: string, recurse: number): void {
  if (!source) throw EINVAL
  const old = pathLookup(v, as, source, 'follow')
  if (isMntNsLoop(v, as, old)) throw EINVAL
  const at = lockMount(v, path)
  const from = v.mounts.get(old.mount)
  if (!checkMnt(as, v.mounts.get(at.mount)) || from.unbindable) throw EINVAL
  if (!checkMnt(as, from) && old.mount !== v.internalMounts.get('nsfs')) throw EINVAL
  if (!recurse && hasLockedChildren(v, old)) throw EINVAL
  if (isDir(inodeAt(v, at)) !== isDir(inodeAt(v, old))) throw ENOTDIR
  // Copies by propagation may not hold mount namespace files: CL_COPY_MNT_NS_FILE is for this call alone.
  if (isMntNsFile(v, old.dentry) && receivers(v, v.mounts.get(at.mount)).some(it => it.ns)) throw EINVAL
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

function hasLockedChildren(v: Vfs, path: Path): boolean {
  return childMounts(v, path.mount).some(
    it => it.locked && isSubdir(v, it.mountpoint, v.dentry(path.dentry).id),
  )
}

/** Linux: do_change_type(), may_change_propagation(): also of other namespaces, but of nothing unmounted. */
function changeType(v: Vfs, as: Caller, path: Path, flags: number): void {
  const type = flags & ~(MS_REC | MS_SILENT)
  if (!PROPAGATION_TYPES.includes(type) || !isRootOf(v, path)) throw EINVAL
  const { ns } = v.mounts.get(path.mount)
  if (!ns) throw EINVAL
  if (!v.host.capable(as.cred, CAP_SYS_ADMIN, v.mntNamespaces.get(ns).userNs)) throw EPERM
  const tree = flags & MS_REC ? mountTree(v, path.mount) : [v.mounts.get(path.mount)]
  for (const it of tree) changePropagation(v, it.id, type)
  v.host.mountsChanged?.(v.mounts.get(path.mount).ns)
}

/** Linux: do_move_mount(). */
function move(v: Vfs, as: Caller, path: Path, source: string): void {
  if (!source) throw EINVAL
  const old = pathLookup(v, as, source, 'follow')
  const at = lockMount(v, path)
  const [from, dest] = [v.mounts.get(old.mount), v.mounts.get(at.mount)]
  if (!checkMnt(as, dest) || !checkMnt(as, from) || !hasParent(from) || from.locked || !isRootOf(v, old))
    throw EINVAL
  if (isDir(inodeAt(v, at)) !== isDir(inodeAt(v, old))) throw EINVAL
  if (v.mounts.get(from.parent).peerGroup) throw EINVAL
  if (dest.peerGroup && mountTree(v, from.id).some(it => it.unbindable)) throw EINVAL
  for (let p = dest; ; p = v.mounts.get(p.parent)) {
    if (p.id === from.id) throw ELOOP
    if (!hasParent(p)) break
  }
  attachRecursive(v, as, from.id, at, true)
}
