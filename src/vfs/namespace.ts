/**
 * mount(2), umount2(2), pivot_root(2) and mount namespaces. Linux: fs/namespace.c.
 *
 * Left out: MNT_EXPIRE, the new mount API (fsopen, move_mount), idmapped mounts, automount expiry.
 */
import {
  CAP_SYS_ADMIN,
  EAGAIN,
  EBUSY,
  EINVAL,
  ELOOP,
  ENODEV,
  ENOENT,
  ENOTDIR,
  EPERM,
  isDir,
  isLink,
  MNT_DETACH,
  MNT_EXPIRE,
  MNT_FORCE,
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
  O_ACCMODE,
  UMOUNT_NOFOLLOW,
} from '../abi/index.ts'
import {
  attachMnt,
  childMounts,
  countMounts,
  detachMnt,
  freeMount,
  joinNs,
  mountsOf,
  mountTree,
  mountUsers,
  newMount,
} from './mount.ts'
import { followDown, inodeAt, isSubdir, pathDirectory, pathLookup } from './namei.ts'
import { isMntNsFile, mntNsOfFile } from './ns-file.ts'
import {
  changePropagation,
  type CopyKind,
  makeShared,
  PROPAGATION_TYPES,
  propagateMnt,
  propagateMountBusy,
  propagateUmount,
  receivers,
  shareTree,
} from './pnode.ts'
import type { Caller, FileSystemType, Mount, MountRoot, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

const SB_FLAGS = MS_RDONLY | MS_SYNCHRONOUS | MS_MANDLOCK | MS_DIRSYNC | MS_SILENT | MS_LAZYTIME
const ATIME_FLAGS = MS_NOATIME | MS_NODIRATIME | MS_RELATIME | MS_STRICTATIME
const LOCKABLE = MS_RDONLY | MS_NODEV | MS_NOSUID | MS_NOEXEC

/** Linux: may_mount(). */
export const mayMount = (v: Vfs, as: Caller): boolean =>
  v.host.capable(as.cred, CAP_SYS_ADMIN, v.mntNamespaces.get(as.mntNs).userNs)

/** Linux: check_mnt(): is it a mount of the caller's namespace? */
const checkMnt = (as: Caller, mount: Mount): boolean => mount.ns === as.mntNs
const hasParent = (mount: Mount): boolean => mount.parent !== 0 && mount.parent !== mount.id
const isRootOf = (v: Vfs, path: Path): boolean => v.dentry(path.dentry).id === v.mounts.get(path.mount).root

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
  else if (propagation) changeType(v, path, flags)
  else if (flags & MS_MOVE) move(v, as, path, source)
  else newFsMount(v, as, path, fstype, flags & SB_FLAGS, mountFlags, source, data)
}

/** The flags that stay with one mount. "Default to relatime unless overriden" - fs/namespace.c */
function mountFlagsOf(v: Vfs, path: Path, flags: number): number {
  let bits =
    flags & (MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_NOATIME | MS_NODIRATIME | MS_RDONLY | MS_NOSYMFOLLOW)
  if (!(flags & MS_NOATIME)) bits |= MS_RELATIME
  if (flags & MS_STRICTATIME) bits &= ~(MS_RELATIME | MS_NOATIME)
  if (flags & MS_REMOUNT && !(flags & ATIME_FLAGS)) {
    const kept = MS_NOATIME | MS_NODIRATIME | MS_RELATIME
    bits = (bits & ~kept) | (v.mounts.get(path.mount).flags & kept)
  }
  return bits
}

/** Linux: lock_mount(): the topmost mount at a place, which must not be a removed directory. */
function lockMount(v: Vfs, path: Path): Path {
  const top = followDown(v, { mount: path.mount, dentry: v.dentry(path.dentry).id })
  const { id, parent, unhashed } = v.dentry(top.dentry)
  if (unhashed && parent !== id) throw ENOENT
  return top
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
  const tooRevealing = type.usernsVisible ? revealing(v, as, root, mountFlags) : mountFlags
  if (tooRevealing === undefined) return abandon(v, root.sb, EPERM)
  const at = lockMount(v, path)
  const parent = v.mounts.get(at.mount)
  if (!checkMnt(as, parent)) return abandon(v, root.sb, EINVAL)
  if (parent.sb === root.sb && isRootOf(v, at) && parent.root === root.root) return abandon(v, root.sb, EBUSY)
  const rootInode = v.inode(v.dentry(root.root).inode)
  if (isLink(rootInode)) return abandon(v, root.sb, EINVAL)
  if (isDir(inodeAt(v, at)) !== isDir(rootInode)) return abandon(v, root.sb, ENOTDIR)
  const made = newMount(v, { sb: root.sb, root: root.root, flags: tooRevealing, source: source || 'none' })
  attachRecursive(v, as, made.id, at)
}

/** Linux: mount_capable(). */
function mountCapable(v: Vfs, as: Caller, type: FileSystemType): boolean {
  if (!type.usernsMount) return v.host.capable(as.cred, CAP_SYS_ADMIN, v.initUserNs)
  return v.host.capable(as.cred, CAP_SYS_ADMIN, type.ownerUserNs?.(v, as) ?? as.cred.userNs)
}

/** Linux: vfs_get_tree(). */
export function getTree(
  v: Vfs,
  as: Caller,
  type: FileSystemType,
  source: string,
  data: string,
  flags: number,
): MountRoot {
  const made = type.mount(v, source, data, flags, as)
  return typeof made === 'number' ? { sb: made, root: v.superBlocks.get(made).root } : made
}

/** The mount failed: a super block made for it goes again. */
function abandon(v: Vfs, sb: number, errno: object): never {
  if (v.superBlocks.get(sb).active === 0) {
    v.activate(sb)
    v.deactivate(sb)
  }
  throw errno
}

/**
 * Linux: mount_too_revealing(), mnt_already_visible(): in a user namespace proc and sysfs may be mounted only where
 * another one is seen in full, and with no fewer restrictions than that. Returns the flags to use.
 */
function revealing(v: Vfs, as: Caller, root: MountRoot, flags: number): number | undefined {
  const ns = v.mntNamespaces.get(as.mntNs)
  if (ns.userNs === v.initUserNs) return flags
  const { type, flags: sbFlags } = v.superBlocks.get(root.sb)
  for (const it of mountsOf(v, as.mntNs)) {
    const sb = v.superBlocks.get(it.sb)
    if (sb.type !== type || it.root !== sb.root) continue
    if (it.lockedFlags & MS_RDONLY && !((flags | sbFlags) & MS_RDONLY)) continue
    if (childMounts(v, it.id).some(child => child.locked && !isEmptyDir(v, as, child.mountpoint))) continue
    return flags | (it.lockedFlags & (MS_RDONLY | MS_NOATIME))
  }
  return undefined
}

/** Linux: is_empty_dir_inode(): directories made only to be mounted on. */
function isEmptyDir(v: Vfs, as: Caller, dentry: number): boolean {
  const inode = v.inode(v.dentry(dentry).inode)
  return isDir(inode) && v.iops(inode).readdir(v, inode, as).length === 0
}

/** Linux: attach_recursive_mnt(): hang a tree in, and copies of it wherever the place propagates to. */
function attachRecursive(v: Vfs, as: Caller, root: number, at: Path, moving = false): void {
  const dest = v.mounts.get(at.mount)
  if (!moving) countMounts(v, dest.ns, mountTree(v, root).length)
  const { userNs } = v.mntNamespaces.get(dest.ns)
  const shared = dest.peerGroup !== 0
  if (shared) shareTree(v, root)
  const copies = shared ? propagateMnt(v, at, root, (from, kind) => copyForPropagation(v, from, kind)) : []
  if (moving) detachMnt(v, root)
  tuckIn(v, root, at)
  if (!moving) joinNs(v, root, dest.ns)
  // Linux collects them in a list that grows at its head.
  for (const copy of copies.reverse()) {
    const parent = v.mounts.get(copy.at.mount)
    v.mounts.own(copy.root).locked = false
    if (v.mntNamespaces.get(parent.ns).userNs !== userNs) lockTree(v, copy.root)
    tuckIn(v, copy.root, copy.at)
    joinNs(v, copy.root, parent.ns)
  }
  v.host.mountsChanged?.(dest.ns)
}

/** Attach; a mount that covers the place already (by propagation) is then mounted on top of the new one. */
function tuckIn(v: Vfs, root: number, at: Path): void {
  const above = v.lookupMnt(at.mount, at.dentry)
  attachMnt(v, root, at)
  if (!above || above === root) return
  detachMnt(v, above)
  attachMnt(v, above, { mount: root, dentry: v.mounts.get(root).root })
}

/** Linux: clone_mnt(). */
function cloneMnt(v: Vfs, id: number, root: number, kind: CopyKind | 'bind' | 'private'): number {
  const from = v.mounts.get(id)
  const slave = kind === 'slave' || kind === 'slave-shared'
  return newMount(v, {
    sb: from.sb,
    root,
    flags: from.flags,
    source: from.source,
    lockedFlags: from.lockedFlags,
    locked: from.locked,
    unbindable: from.unbindable,
    peerGroup: slave ? (kind === 'slave-shared' ? v.takePeerGroup() : 0) : from.peerGroup,
    master: slave && from.peerGroup ? from.peerGroup : from.master,
  }).id
}

/** What to leave behind when a tree is copied. */
interface CopyRules {
  readonly kind: CopyKind | 'bind'
  readonly unbindable: boolean
  readonly nsFiles: boolean
}

/** Linux: copy_tree(): a mount from `root` down and all below it; returns the copy of the first. */
function copyTree(
  v: Vfs,
  id: number,
  root: number,
  rules: CopyRules,
  copied?: (from: number, to: number) => void,
): number {
  const made = cloneMnt(v, id, root, rules.kind)
  copied?.(id, made)
  for (const child of childMounts(v, id)) {
    if (!isSubdir(v, child.mountpoint, root)) continue
    if (!rules.unbindable && child.unbindable) {
      if (child.locked) throw EPERM
      continue
    }
    if (!rules.nsFiles && isMntNsFile(v, child.root)) continue
    const copy = copyTree(v, child.id, child.root, rules, copied)
    attachMnt(v, copy, { mount: made, dentry: child.mountpoint })
  }
  return made
}

const copyForPropagation = (v: Vfs, from: number, kind: CopyKind): number =>
  copyTree(v, from, v.mounts.get(from).root, { kind, unbindable: false, nsFiles: false })

/** Linux: lock_mnt_tree(): for a less privileged namespace its flags are fixed, and what lies under the mounts hidden. */
function lockTree(v: Vfs, root: number): void {
  for (const { id } of mountTree(v, root)) {
    const it = v.mounts.own(id)
    it.lockedFlags |= MS_NOATIME | (it.flags & LOCKABLE)
    if (id !== root) it.locked = true
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
  attachRecursive(v, as, made, at)
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

/** Linux: do_change_type(). */
function changeType(v: Vfs, path: Path, flags: number): void {
  const type = flags & ~(MS_REC | MS_SILENT)
  if (!PROPAGATION_TYPES.includes(type) || !isRootOf(v, path)) throw EINVAL
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

/** Linux: can_change_locked_flags(). */
function canChangeFlags(it: Mount, flags: number): boolean {
  const locked = it.lockedFlags
  if (locked & LOCKABLE & ~flags) return false
  const atime = MS_NOATIME | MS_NODIRATIME | MS_RELATIME
  return !(locked & MS_NOATIME) || (it.flags & atime) === (flags & atime)
}

/** Linux: do_reconfigure_mnt(): mount -o remount,bind changes flags of the one mount. Errors: EINVAL, EPERM, EBUSY. */
function reconfigureMount(v: Vfs, as: Caller, path: Path, flags: number): void {
  const it = v.mounts.get(path.mount)
  if (!checkMnt(as, it) || !isRootOf(v, path)) throw EINVAL
  if (!canChangeFlags(it, flags)) throw EPERM
  if (flags & MS_RDONLY && !(it.flags & MS_RDONLY) && isWritten(v, f => f === it.id)) throw EBUSY
  v.mounts.own(it.id).flags = flags
  v.host.mountsChanged?.(it.ns)
}

/** Whether some file is open for writing on such a mount. Linux: mnt_hold_writers(). */
function isWritten(v: Vfs, on: (mount: number) => boolean): boolean {
  for (const file of v.openFiles.values()) {
    if (!(file.flags & O_ACCMODE) || !on(file.mount)) continue
    const inode = v.findInode(file.inode)
    if (inode && (inode.mode & 0o170000) === 0o100000) return true
  }
  return false
}

/** Linux: do_remount(). Errors: EINVAL, EPERM, EBUSY. */
function remount(v: Vfs, as: Caller, path: Path, sbFlags: number, flags: number, data: string): void {
  const it = v.mounts.get(path.mount)
  if (!checkMnt(as, it) || !isRootOf(v, path)) throw EINVAL
  if (!canChangeFlags(it, flags)) throw EPERM
  const sb = v.superBlocks.get(it.sb)
  if (!v.host.capable(as.cred, CAP_SYS_ADMIN, sb.userNs || v.initUserNs)) throw EPERM
  remountSuper(v, as, it.sb, sbFlags, data)
  v.mounts.own(it.id).flags = flags
  v.host.mountsChanged?.(it.ns)
}

/** Linux: reconfigure_super(). */
function remountSuper(v: Vfs, as: Caller, id: number, flags: number, data: string): void {
  const sb = v.superBlocks.get(id)
  const turnsReadOnly = flags & MS_RDONLY && !(sb.flags & MS_RDONLY)
  if (turnsReadOnly && isWritten(v, m => v.mounts.get(m).sb === id)) throw EBUSY
  const fs = v.fsOf(sb)
  const options = fs.remount ? fs.remount(v, sb, data, as, flags) : sb.options
  const own = v.superBlocks.own(id)
  own.options = options
  own.flags = (own.flags & ~(MS_RDONLY | MS_SYNCHRONOUS | MS_LAZYTIME)) | (flags & ~MS_SILENT)
}

/** umount2(2). Errors: EINVAL (no mount point, locked), EBUSY, EPERM and those of a path walk. */
export function umount2(v: Vfs, as: Caller, target: string, flags: number): void {
  if (flags & ~(MNT_FORCE | MNT_DETACH | MNT_EXPIRE | UMOUNT_NOFOLLOW)) throw EINVAL
  // LOOKUP_MOUNTPOINT: also `.` means the topmost mount there, which pivot_root(".", ".") relies on.
  const path = followDown(v, pathLookup(v, as, target, flags & UMOUNT_NOFOLLOW ? 'nofollow' : 'follow'))
  if (!mayMount(v, as)) throw EPERM
  const it = v.mounts.get(path.mount)
  if (!isRootOf(v, path) || !checkMnt(as, it) || it.locked) throw EINVAL
  if (flags & MNT_FORCE && !v.host.capable(as.cred, CAP_SYS_ADMIN, v.initUserNs)) throw EPERM
  if (flags & MNT_EXPIRE)
    throw flags & (MNT_FORCE | MNT_DETACH) ? EINVAL : mountUsers(v, it.id) ? EBUSY : EAGAIN
  if (it.id === as.fs.rootMount && !(flags & MNT_DETACH)) return umountRoot(v, as, it)
  if (flags & MNT_DETACH) return umountTree(v, it.id, 'propagate')
  if (propagateMountBusy(v, it)) throw EBUSY
  umountTree(v, it.id, 'propagate')
}

/** Linux: do_umount_root(): unmounting one's root makes it read-only, as shutdown scripts expect. */
function umountRoot(v: Vfs, as: Caller, it: Mount): void {
  const sb = v.superBlocks.get(it.sb)
  if (!v.host.capable(as.cred, CAP_SYS_ADMIN, sb.userNs || v.initUserNs)) throw EPERM
  if (!(sb.flags & MS_RDONLY)) remountSuper(v, as, sb.id, sb.flags | MS_RDONLY, '')
}

/** Linux: umount_tree(): a tree leaves its namespace, each mount by itself; those still in use live on detached. */
export function umountTree(v: Vfs, root: number, how: 'propagate' | 'alone'): void {
  const tree = mountTree(v, root)
  const more = how === 'propagate' ? propagateUmount(v, tree) : { gone: [], tucked: [] }
  for (const above of more.tucked) {
    const under = v.mounts.get(above.parent)
    const at = { mount: under.parent, dentry: under.mountpoint }
    detachMnt(v, above.id)
    detachMnt(v, under.id)
    attachMnt(v, above.id, at)
  }
  const going = [...tree, ...more.gone]
  const namespaces = new Set(going.map(it => it.ns))
  for (const { id } of going) {
    detachMnt(v, id)
    const it = v.mounts.own(id)
    it.ns = 0
    it.parent = 0
    it.locked = false
    changePropagation(v, id, MS_PRIVATE)
  }
  for (const { id } of going) if (!mountUsers(v, id)) freeMount(v, v.mounts.get(id))
  for (const ns of namespaces) v.host.mountsChanged?.(ns)
}

/** Linux: is_local_mountpoint(): is something mounted on it in the caller's namespace? */
export function isLocalMountpoint(v: Vfs, as: Caller, dentry: number): boolean {
  return v.mountsOn(v.dentry(dentry).id).some(id => v.mounts.get(id).ns === as.mntNs)
}

/** Linux: detach_mounts(): a directory was removed, so mounts on it in other namespaces go. */
export function detachMountsElsewhere(v: Vfs, dentry: number): void {
  const it = v.findDentry(dentry)
  if (it) for (const id of [...v.mountsOn(it.id)]) if (v.mounts.find(id)) umountTree(v, id, 'alone')
}

/** Linux: is_path_reachable(). */
function isReachable(v: Vfs, path: Path, root: Path): boolean {
  let mount = v.mounts.get(path.mount)
  let dentry = v.dentry(path.dentry).id
  while (mount.id !== root.mount && hasParent(mount)) {
    dentry = mount.mountpoint
    mount = v.mounts.get(mount.parent)
  }
  return mount.id === root.mount && isSubdir(v, dentry, root.dentry)
}

/** pivot_root(2): `newRoot` becomes the root, the old one moves to `putOld`. Errors: EPERM, EINVAL, EBUSY, ENOTDIR, ENOENT. */
export function pivotRoot(v: Vfs, as: Caller, newRoot: string, putOld: string): void {
  if (!mayMount(v, as)) throw EPERM
  const fresh = pathDirectory(v, as, newRoot)
  const put = pathDirectory(v, as, putOld)
  const root: Path = { mount: as.fs.rootMount, dentry: as.fs.rootDentry }
  const old = lockMount(v, put)
  const [newMnt, rootMnt, oldMnt] = [
    v.mounts.get(fresh.mount),
    v.mounts.get(root.mount),
    v.mounts.get(old.mount),
  ]
  const isShared = (id: number): boolean => id !== 0 && v.mounts.get(id).peerGroup !== 0
  if (isShared(oldMnt.id) || isShared(newMnt.parent) || isShared(rootMnt.parent)) throw EINVAL
  if (!checkMnt(as, rootMnt) || !checkMnt(as, newMnt) || newMnt.locked) throw EINVAL
  if (v.dentry(fresh.dentry).unhashed) throw ENOENT
  if (newMnt.id === rootMnt.id || oldMnt.id === rootMnt.id) throw EBUSY
  if (!isRootOf(v, root) || !hasParent(rootMnt) || !isRootOf(v, fresh) || !hasParent(newMnt)) throw EINVAL
  if (!isReachable(v, old, { mount: fresh.mount, dentry: v.dentry(fresh.dentry).id })) throw EINVAL
  if (!isReachable(v, fresh, root)) throw EINVAL
  swapRoots(v, root, { mount: fresh.mount, dentry: newMnt.root }, old)
}

function swapRoots(v: Vfs, root: Path, fresh: Path, old: Path): void {
  const rootMnt = v.mounts.own(root.mount)
  const newMnt = v.mounts.own(fresh.mount)
  const at = { mount: rootMnt.parent, dentry: rootMnt.mountpoint }
  detachMnt(v, newMnt.id)
  v.dget(at.dentry)
  detachMnt(v, rootMnt.id)
  if (rootMnt.locked) {
    newMnt.locked = true
    rootMnt.locked = false
  }
  attachMnt(v, rootMnt.id, old)
  attachMnt(v, newMnt.id, at)
  v.dput(at.dentry)
  chrootFsRefs(v, root, fresh)
  v.host.mountsChanged?.(newMnt.ns)
}

/** Linux: chroot_fs_refs(): every task whose root or working directory was the old root gets the new one. */
function chrootFsRefs(v: Vfs, from: Path, to: Path): void {
  for (const { id, rootMount, rootDentry, pwdMount, pwdDentry } of [...v.fsStructs.values()]) {
    const isRoot = rootMount === from.mount && rootDentry === from.dentry
    const isPwd = pwdMount === from.mount && pwdDentry === from.dentry
    if (!isRoot && !isPwd) continue
    const fs = v.fsStructs.own(id)
    if (isRoot) {
      v.dget(to.dentry)
      fs.rootMount = to.mount
      fs.rootDentry = to.dentry
      v.dput(from.dentry)
    }
    if (isPwd) {
      v.dget(to.dentry)
      fs.pwdMount = to.mount
      fs.pwdDentry = to.dentry
      v.dput(from.dentry)
    }
  }
}

/**
 * Linux: copy_mnt_ns(): a copy of a mount namespace for `userNs`; returns its id. Root and working directory of the
 * task's fs_struct (its own one already) move to the copies of their mounts.
 */
export function copyMntNs(v: Vfs, ns: number, userNs: number, fs: number): number {
  const old = v.mntNamespaces.get(ns)
  countMounts(v, ns, 0)
  const foreign = old.userNs !== userNs
  const made = v.mntNamespaces.insert({ inum: v.host.nextInum(), userNs, root: 0, refs: 1 })
  const copies = new Map<number, number>()
  const rules: CopyRules = { kind: foreign ? 'slave' : 'bind', unbindable: true, nsFiles: false }
  const rootMount = v.mounts.get(old.root)
  const root = copyTree(v, old.root, rootMount.root, rules, (from, to) => copies.set(from, to))
  v.mounts.own(root).parent = root
  if (foreign) lockTree(v, root)
  joinNs(v, root, made.id)
  v.mntNamespaces.own(made.id).root = root
  moveFs(v, fs, copies)
  return made.id
}

function moveFs(v: Vfs, id: number, copies: ReadonlyMap<number, number>): void {
  const fs = v.fsStructs.own(id)
  fs.rootMount = copies.get(fs.rootMount) ?? fs.rootMount
  fs.pwdMount = copies.get(fs.pwdMount) ?? fs.pwdMount
}

/** One more keeps a mount namespace alive: an nsproxy, an open or mounted namespace file. */
export function getMntNs(v: Vfs, id: number): void {
  v.mntNamespaces.own(id).refs++
}

/** Linux: put_mnt_ns(): with the last who keeps it all its mounts go. */
export function putMntNs(v: Vfs, id: number): void {
  const ns = v.mntNamespaces.own(id)
  if (--ns.refs > 0) return
  const { root } = ns
  v.mntNamespaces.remove(id)
  if (v.mounts.find(root)) umountTree(v, root, 'alone')
}

/** Linux: mntns_install(): where setns(2) into a mount namespace puts root and working directory. */
export function mntNsRoot(v: Vfs, id: number): Path {
  const { root } = v.mntNamespaces.get(id)
  const top = followDown(v, { mount: root, dentry: v.mounts.get(root).root })
  return top
}

/** Make a mount shared for the boot: systemd's mount --make-rshared /. */
export function shareRecursively(v: Vfs, root: number): void {
  for (const it of mountTree(v, root)) makeShared(v, it.id)
}

/** Linux: init_mount_tree(): the first mount namespace, with an empty rootfs on which the real root is mounted. */
export function initMntNs(v: Vfs, as: Omit<Caller, 'fs' | 'mntNs'>, rootfs: FileSystemType): number {
  const caller = as as Caller
  v.registerInternal(rootfs)
  const { sb, root } = getTree(v, caller, rootfs, 'rootfs', '', 0)
  const { id } = newMount(v, { sb, root, flags: 0, source: 'rootfs' })
  v.mounts.own(id).parent = id
  const ns = v.mntNamespaces.insert({ inum: v.host.nextInum(), userNs: v.initUserNs, root: id, refs: 1 })
  joinNs(v, id, ns.id)
  return ns.id
}

/** What a boot mounts: as mount(2), with the mount id a real kernel would have given it. */
export interface BootMount {
  readonly type: string
  readonly source: string
  readonly target: string
  readonly flags?: number
  readonly options?: string
  readonly mntId?: number
  /** Its place in mountinfo, when that is not the last. */
  readonly seq?: number
}

/** Mount while booting: no permission checks; `mntId` when the number is to be that of a real boot. */
export function bootMount(v: Vfs, as: Caller, it: BootMount): Path {
  const type = v.fileSystems.get(it.type)
  if (!type) throw ENODEV
  const flags = it.flags ?? 0
  const { sb, root } = getTree(v, as, type, it.source, it.options ?? '', flags & SB_FLAGS)
  const at = lockMount(v, pathLookup(v, as, it.target, 'follow'))
  if (it.mntId) v.reserveMntIds(it.mntId, it.mntId)
  const mountFlags = mountFlagsOf(v, at, flags)
  const made = newMount(v, {
    sb,
    root,
    flags: mountFlags,
    source: it.source,
    ...(it.mntId && { mntId: it.mntId }),
  })
  attachMnt(v, made.id, at)
  joinNs(v, made.id, as.mntNs)
  if (it.seq !== undefined) v.mounts.own(made.id).seq = it.seq
  if (v.mounts.get(at.mount).peerGroup) makeShared(v, made.id)
  return { mount: made.id, dentry: root }
}
