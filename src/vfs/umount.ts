/**
 * umount2(2), and what else takes mounts from the tree. Linux: fs/namespace.c.
 *
 * Left out: MNT_EXPIRE marks nothing: it always says EAGAIN.
 */
import {
  CAP_SYS_ADMIN,
  EAGAIN,
  EBUSY,
  EINVAL,
  EPERM,
  type Errno,
  MNT_DETACH,
  MNT_EXPIRE,
  MNT_FORCE,
  MS_PRIVATE,
  MS_RDONLY,
  UMOUNT_NOFOLLOW,
} from '../abi/index.ts'
import {
  attachMnt,
  checkMnt,
  childMounts,
  detachMnt,
  foreign,
  freeMount,
  hasParent,
  isRootOf,
  mayMount,
  mountTree,
  mountUsers,
  placeMount,
  touchMntNamespace,
  usedMounts,
} from './mount.ts'
import { followDown, pathLookup } from './namei.ts'
import { changePropagation, propagateMountBusy, propagateUmount } from './pnode.ts'
import { remountSuper } from './remount.ts'
import { mntNsName, mountRoot, refuse } from './refuse.ts'
import type { Caller, FsStruct, Mount, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** umount2(2). Errors: EINVAL (no mount point, locked), EBUSY, EPERM and those of a path walk. */
export function umount2(v: Vfs, as: Caller, target: string, flags: number): void {
  if (flags & ~(MNT_FORCE | MNT_DETACH | MNT_EXPIRE | UMOUNT_NOFOLLOW)) throw EINVAL
  // LOOKUP_MOUNTPOINT: also `.` means the topmost mount there, which pivot_root(".", ".") relies on.
  const path = followDown(v, pathLookup(v, as, target, flags & UMOUNT_NOFOLLOW ? 'nofollow' : 'follow'))
  if (!mayMount(v, as)) throw EPERM
  const it = v.mounts.get(path.mount)
  if (!isRootOf(v, path)) throw refuse(v, EINVAL, 'not-mountpoint', { path })
  if (!checkMnt(as, it)) throw foreign(v, as)
  if (it.locked) throw refuse(v, EINVAL, 'mount-locked', { path, mine: mntNsName(v, as.mntNs) })
  if (flags & MNT_FORCE && !v.host.capable(as.cred, CAP_SYS_ADMIN, v.initUserNs)) throw EPERM
  if (flags & MNT_EXPIRE)
    throw flags & (MNT_FORCE | MNT_DETACH) ? EINVAL : mountUsers(v, it.id) ? EBUSY : EAGAIN
  if (it.id === as.fs.rootMount && !(flags & MNT_DETACH)) return umountRoot(v, as, it)
  if (flags & MNT_DETACH) return umountTree(v, it.id, { propagate: true })
  if (propagateMountBusy(v, it)) throw busy(v, as, it)
  umountTree(v, it.id, { propagate: true, sync: true })
}

/** What keeps it busy: mounts on it, files, directories, programs; or else those of a copy that would go along. */
function busy(v: Vfs, as: Caller, it: Mount): Errno {
  const { id } = it
  const inside = childMounts(v, id)[0]
  const files = [...v.openFiles.values()].filter(file => file.mount === id)
  const isHere = ({ rootMount, pwdMount }: FsStruct): boolean => rootMount === id || pwdMount === id
  const directories = [...v.fsStructs.values()].filter(isHere).length
  return refuse(v, EBUSY, 'mount-busy', {
    path: mountRoot(v, id),
    inside: inside ? mountRoot(v, inside.id) : '',
    file: files[0] ?? '',
    files: files.length,
    directories,
    programs: v.host.mountUsers?.(id) ?? 0,
    mine: isHere(as.fs) ? 1 : 0,
  })
}

/** Linux: do_umount_root(): unmounting one's root makes it read-only, as shutdown scripts expect. */
function umountRoot(v: Vfs, as: Caller, it: Mount): void {
  const sb = v.superBlocks.get(it.sb)
  if (!v.host.capable(as.cred, CAP_SYS_ADMIN, sb.userNs || v.initUserNs)) throw EPERM
  if (!(sb.flags & MS_RDONLY)) remountSuper(v, as, sb.id, sb.flags | MS_RDONLY, '')
}

/** Linux: enum umount_tree_flags: whether what propagated goes too, no mount is kept on another, or all of them are. */
interface UmountFlags {
  readonly propagate?: boolean
  readonly sync?: boolean
  readonly connected?: boolean
}

/** Linux: umount_tree(): a tree leaves its namespace; those of its mounts that are still in use live on detached. */
export function umountTree(v: Vfs, root: number, flags: UmountFlags): void {
  const tree = mountTree(v, root)
  const more = flags.propagate ? propagateUmount(v, tree) : { gone: [], tucked: [] }
  const going = [...tree, ...more.gone]
  const ids = new Set(going.map(it => it.id))
  const namespaces = new Set(going.map(it => it.ns))
  const places = more.tucked.map(it => placeAbove(v, it, ids))
  for (const it of more.tucked) detachMnt(v, it.id)
  for (const it of going) {
    if (staysConnected(it, ids, flags)) placeMount(v, it.id, { ns: 0 })
    else takeAway(v, it.id)
    changePropagation(v, it.id, MS_PRIVATE)
  }
  for (const [i, it] of more.tucked.entries()) attachMnt(v, it.id, places[i]!)
  freeUnused(v, going)
  for (const ns of namespaces) touchMntNamespace(v, ns)
}

/** Where what covers a mount that goes is from then on: in the place of the first below that goes. Linux: restore_mounts(). */
function placeAbove(v: Vfs, { parent, mountpoint }: Mount, going: ReadonlySet<number>): Path {
  const under = v.mounts.get(parent)
  return going.has(parent) ? placeAbove(v, under, going) : { mount: parent, dentry: mountpoint }
}

function takeAway(v: Vfs, id: number): void {
  detachMnt(v, id)
  placeMount(v, id, { ns: 0, parent: 0 })
  v.mounts.own(id).locked = false
}

/** Linux: disconnect_mount(): what a locked mount hides stays hidden when the tree is taken away lazily. */
const staysConnected = (it: Mount, going: ReadonlySet<number>, { sync, connected }: UmountFlags): boolean =>
  !sync && hasParent(it) && going.has(it.parent) && (connected === true || it.locked)

/** Linux: isolated by namespace_unlock(): who has no parent and no user goes, and with it what is connected to it. */
function freeUnused(v: Vfs, going: readonly Mount[]): void {
  const used = usedMounts(v)
  for (const { id } of going) {
    const it = v.mounts.find(id)
    if (it && !it.parent && !used.has(id) && !v.host.mountUsers?.(id)) freeMount(v, it)
  }
}

/** Linux: is_local_mountpoint(): is something mounted on it in the caller's namespace? */
export function isLocalMountpoint(v: Vfs, as: Caller, dentry: number): boolean {
  return v.mountsOn(v.dentry(dentry).id).some(id => v.mounts.get(id).ns === as.mntNs)
}

/** Linux: detach_mounts(): a directory was removed, so mounts on it in other namespaces go. */
export function detachMountsElsewhere(v: Vfs, dentry: number): void {
  const it = v.findDentry(dentry)
  if (it)
    for (const id of [...v.mountsOn(it.id)]) if (v.mounts.find(id)) umountTree(v, id, { connected: true })
}
