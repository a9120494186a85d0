/**
 * The life of one struct mount: ids, being attached to and taken from the tree, and who uses it. What mount(2) does
 * with them is in namespace.ts, how they propagate in pnode.ts. Linux: fs/namespace.c.
 */
import { CAP_SYS_ADMIN, EINVAL, ENOENT, ENOSPC, type Errno } from '../abi/index.ts'
import type { Draft, Own } from '../state/index.ts'
import { followDown } from './namei.ts'
import { mntNsName, refuse } from './refuse.ts'
import type { Caller, Mount, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** The mounts that the index has under a key, in no order. */
export const mountsWith = (v: Vfs, key: Parameters<Vfs['mountIndex']['with']>[0], value: number): Mount[] =>
  Array.from(v.mountIndex.with(key, value), id => v.mounts.get(id))

type Place = Partial<
  Pick<Own<Mount>, 'ns' | 'parent' | 'mountpoint' | 'peerGroup' | 'master' | 'seq' | 'order'>
>

/** Change where a mount belongs: the only way to, so that the index stays true. */
export function placeMount(v: Vfs, id: number, place: Place): void {
  const it = v.mounts.own(id)
  for (const key of ['ns', 'parent', 'peerGroup', 'master'] as const) {
    const value = place[key]
    if (value !== undefined && value !== it[key]) v.mountIndex.change(it, key, value)
  }
  Object.assign(it, place)
}

/** The mounts of a namespace in the order of mountinfo. */
export function mountsOf(v: Vfs, ns: number): Mount[] {
  return mountsWith(v, 'ns', ns).sort((a, b) => a.seq - b.seq)
}

/** The mounts on a mount, oldest first. Linux: mnt_mounts. */
export function childMounts(v: Vfs, parent: number): Mount[] {
  return mountsWith(v, 'parent', parent).sort((a, b) => a.order - b.order)
}

/** A mount and all below it, depth first. Linux: next_mnt(). */
export function mountTree(v: Vfs, root: number): Mount[] {
  return [v.mounts.get(root), ...childMounts(v, root).flatMap(child => mountTree(v, child.id))]
}

/** What a new mount starts from; the rest is decided when it is attached. */
export type NewMount = Pick<Draft<Mount>, 'sb' | 'root' | 'flags' | 'source'> & Partial<Draft<Mount>>

/** Linux: alloc_vfsmnt(). Not attached anywhere yet. */
export function newMount(v: Vfs, it: NewMount): Mount {
  const root = v.pin(it.root)
  v.dget(root)
  v.activate(it.sb)
  const made = v.mounts.insert({
    ns: 0,
    parent: 0,
    mountpoint: 0,
    peerGroup: 0,
    master: 0,
    unbindable: false,
    locked: false,
    lockedFlags: 0,
    seq: 0,
    order: 0,
    ...it,
    root,
    mntId: it.mntId ?? v.takeMntId(),
  })
  v.mountIndex.add(made)
  return made
}

/** Linux: attach_mnt(). */
export function attachMnt(v: Vfs, mount: number, at: Path): void {
  const dentry = v.pin(at.dentry)
  placeMount(v, mount, { parent: at.mount, mountpoint: dentry, order: v.nextSeq() })
  v.dget(dentry)
  v.cover(dentry, mount)
}

/** Linux: umount_mnt(): take it from its mountpoint. It keeps its own children. */
export function detachMnt(v: Vfs, mount: number): void {
  const it = v.mounts.get(mount)
  if (it.parent === 0 || it.parent === it.id) return
  v.uncover(it.mountpoint, mount)
  v.dput(it.mountpoint)
  placeMount(v, mount, { parent: 0, mountpoint: 0 })
}

/** Linux: commit_tree(): the mounts of a tree become members of a namespace, last in its list. */
export function joinNs(v: Vfs, root: number, ns: number): void {
  for (const { id } of mountTree(v, root)) placeMount(v, id, { ns, seq: v.nextSeq() })
  touchMntNamespace(v, ns)
}

/** Linux: touch_mnt_namespace(): who polls /proc/PID/mounts of a task in it is told. */
export function touchMntNamespace(v: Vfs, ns: number): void {
  if (!v.mntNamespaces.find(ns)) return
  v.mntNamespaces.own(ns).event++
  v.host.mountsChanged?.(ns)
}

/** Linux: count_mounts(). `pending` says what is about to come to each namespace besides. Errors: ENOSPC. */
export function countMounts(v: Vfs, ns: number, root: number, pending: Map<number, number>): void {
  const more = (pending.get(ns) ?? 0) + mountTree(v, root).length
  const count = v.mountIndex.with('ns', ns).size
  const max = v.host.mountMax
  if (count + more > max) throw refuse(v, ENOSPC, 'mount-max', { ns: mntNsName(v, ns), count, more, max })
  pending.set(ns, more)
}

/** How many open files, working directories and programs use a mount (not what is mounted on it). */
export function mountUsers(v: Vfs, mount: number): number {
  let users = v.host.mountUsers?.(mount) ?? 0
  for (const file of v.openFiles.values()) if (file.mount === mount) users++
  for (const fs of v.fsStructs.values())
    users += Number(fs.rootMount === mount) + Number(fs.pwdMount === mount)
  return users
}

/** The mounts that files and directories of tasks use. */
export function usedMounts(v: Vfs): Set<number> {
  const used = new Set<number>()
  for (const file of v.openFiles.values()) used.add(file.mount)
  for (const fs of v.fsStructs.values()) used.add(fs.rootMount).add(fs.pwdMount)
  return used
}

/** Linux: mntput(): a user is gone; a mount that was detached meanwhile goes with the last. */
export function mntput(v: Vfs, mount: number): void {
  const it = v.mounts.find(mount)
  if (it && it.ns === 0 && it.parent === 0 && mountUsers(v, mount) === 0) freeMount(v, it)
}

/** Linux: cleanup_mnt(). What is still connected to it goes too, unless somebody uses it. */
export function freeMount(v: Vfs, it: Mount): void {
  const { id, sb, root, mntId } = it
  for (const child of childMounts(v, id)) {
    detachMnt(v, child.id)
    mntput(v, child.id)
  }
  v.mountIndex.remove(it)
  v.mounts.remove(id)
  v.giveMntId(mntId)
  v.dput(root)
  v.deactivate(sb)
}

/** Linux: may_mount(). */
export const mayMount = (v: Vfs, as: Caller): boolean =>
  v.host.capable(as.cred, CAP_SYS_ADMIN, v.mntNamespaces.get(as.mntNs).userNs)

/** A mount that the caller may not touch, because it is not one of its namespace. */
export const foreign = (v: Vfs, as: Caller): Errno =>
  refuse(v, EINVAL, 'mount-foreign', { mine: mntNsName(v, as.mntNs) })
/** Linux: check_mnt(): is it a mount of the caller's namespace? */
export const checkMnt = (as: Caller, mount: Mount): boolean => mount.ns === as.mntNs
/** Linux: mnt_has_parent(). */
export const hasParent = (mount: Mount): boolean => mount.parent !== 0 && mount.parent !== mount.id
/** Linux: path_mounted(). */
export const isRootOf = (v: Vfs, path: Path): boolean =>
  v.dentry(path.dentry).id === v.mounts.get(path.mount).root

/** Linux: lock_mount(): the topmost mount at a place, which must not be a removed directory. */
export function lockMount(v: Vfs, path: Path): Path {
  const top = followDown(v, { mount: path.mount, dentry: v.dentry(path.dentry).id })
  const { id, parent, unhashed } = v.dentry(top.dentry)
  if (unhashed && parent !== id) throw refuse(v, ENOENT, 'mountpoint-removed', { path: top })
  return top
}
