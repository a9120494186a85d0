/**
 * Mount propagation: peer groups, slaves, and what mounting or unmounting in one place does elsewhere.
 * Linux: fs/pnode.c; mount_namespaces(7).
 *
 * Linux links mounts in rings and slave lists; here a mount names its peer group and the group it is a slave of, and
 * the lists are found by looking.
 */
import { MS_PRIVATE, MS_SHARED, MS_SLAVE, MS_UNBINDABLE } from '../abi/index.ts'
import { childMounts, mountsWith, mountTree, mountUsers, placeMount } from './mount.ts'
import { isSubdir } from './namei.ts'
import type { Mount, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** The members of a peer group in the order of the ring, from the one after `start`. */
function peers(v: Vfs, group: number, start = 0): Mount[] {
  const ring = mountsWith(v, 'peerGroup', group)
  const from = ring.findIndex(it => it.id === start) + 1
  return [...ring.slice(from), ...ring.slice(0, from)]
}

const slavesOf = (v: Vfs, group: number): Mount[] =>
  mountsWith(v, 'master', group).sort((a, b) => b.id - a.id)

/** Linux: set_mnt_shared() with a group of its own unless it has one. */
export function makeShared(v: Vfs, id: number): void {
  v.mounts.own(id).unbindable = false
  if (!v.mounts.get(id).peerGroup) placeMount(v, id, { peerGroup: v.takePeerGroup() })
}

/** Back from `makeShared`, when nobody else has joined yet. Linux: cleanup_group_ids(). */
export function leaveGroup(v: Vfs, id: number): void {
  const { peerGroup } = v.mounts.get(id)
  placeMount(v, id, { peerGroup: 0 })
  v.givePeerGroup(peerGroup)
}

/** Linux: do_make_slave(): leave the group and receive from it; what was a slave of a vanishing group gets its master. */
export function makeSlave(v: Vfs, id: number): void {
  const { peerGroup: group, master } = v.mounts.get(id)
  if (!group) return
  if (v.mountIndex.with('peerGroup', group).size > 1)
    return placeMount(v, id, { peerGroup: 0, master: group })
  placeMount(v, id, { peerGroup: 0 })
  for (const slave of slavesOf(v, group)) placeMount(v, slave.id, { master })
  v.givePeerGroup(group)
}

/** Linux: change_mnt_propagation(). `type` is MS_SHARED, MS_SLAVE, MS_PRIVATE or MS_UNBINDABLE. */
export function changePropagation(v: Vfs, id: number, type: number): void {
  if (type === MS_SHARED) return makeShared(v, id)
  makeSlave(v, id)
  if (type === MS_SLAVE) return
  if (v.mounts.get(id).master) placeMount(v, id, { master: 0 })
  v.mounts.own(id).unbindable = type === MS_UNBINDABLE
}

export const PROPAGATION_TYPES: readonly number[] = [MS_SHARED, MS_SLAVE, MS_PRIVATE, MS_UNBINDABLE]

/** Every mount that receives what happens at a mount, itself excluded, with the group it receives through. */
export function receivers(v: Vfs, from: Mount): Mount[] {
  const seen = new Set<number>([from.id])
  const found: Mount[] = []
  const visit = (group: number): void => {
    const slaves = slavesOf(v, group)
    for (const it of [...peers(v, group), ...slaves]) {
      if (seen.has(it.id)) continue
      seen.add(it.id)
      found.push(it)
    }
    for (const it of slaves) if (it.peerGroup) visit(it.peerGroup)
  }
  visit(from.peerGroup)
  return found
}

/** How copies of a tree are to relate to the tree they copy. */
export type CopyKind = 'peer' | 'slave' | 'slave-shared'

/**
 * Linux: propagate_mnt(): the tree `source` is copied for every mount that receives what is mounted at `at`. `copy`
 * makes one for a place.
 */
export function propagateMnt(
  v: Vfs,
  at: Path,
  source: number,
  copy: (source: number, kind: CopyKind, at: Path) => number,
): void {
  const start = v.mounts.get(at.mount)
  const visible = (m: Mount): boolean => m.ns !== 0 && isSubdir(v, at.dentry, m.root)
  const place = (m: Mount, from: number, kind: CopyKind): number =>
    copy(from, kind, { mount: m.id, dentry: at.dentry })
  const visit = (group: number, from: number): void => {
    let last = from
    for (const m of peers(v, group, start.id))
      if (m.id !== start.id && visible(m) && !done.has(m.id)) last = place(m, last, 'peer')
    const groups = new Set<number>()
    for (const m of slavesOf(v, group)) {
      if (done.has(m.id)) continue
      if (m.peerGroup) groups.add(m.peerGroup)
      else if (visible(m)) place(m, from, 'slave')
    }
    for (const inner of groups) visitSlaveGroup(inner, from)
  }
  const visitSlaveGroup = (group: number, from: number): void => {
    let last = 0
    for (const m of peers(v, group)) {
      if (!visible(m) || done.has(m.id)) continue
      last = place(m, last || from, last ? 'peer' : 'slave-shared')
      done.add(m.id)
    }
    visit(group, last || from)
  }
  const done = new Set<number>()
  visit(start.peerGroup, source)
}

/** The mount that covers the whole of another one. Linux: find_topper(). */
function topper(v: Vfs, mount: Mount): Mount | undefined {
  const children = childMounts(v, mount.id)
  return children.length === 1 && children[0]!.mountpoint === mount.root ? children[0] : undefined
}

/** What hangs at the place of `mount` in every mount that receives from its parent. */
export function propagatedCopies(v: Vfs, mount: Mount): Mount[] {
  if (mount.parent === 0 || mount.parent === mount.id) return []
  return receivers(v, v.mounts.get(mount.parent))
    .map(it => v.lookupMnt(it.id, mount.mountpoint))
    .filter(id => id !== 0)
    .map(id => v.mounts.get(id))
}

/** Linux: propagate_mount_busy(): whether the mount, or a copy of it that would have to go too, is in use. */
export function propagateMountBusy(v: Vfs, mount: Mount): boolean {
  if (childMounts(v, mount.id).length || mountUsers(v, mount.id)) return true
  return propagatedCopies(v, mount).some(copy => {
    if (childMounts(v, copy.id).length && !topper(v, copy)) return false
    return mountUsers(v, copy.id) > 0
  })
}

/**
 * Linux: propagate_umount(): which further mounts go when those in `going` do. A copy goes if nothing stays on it except
 * one mount that covers all of it, which then takes its place (`tucked`); with a copy that was left because of what was on
 * it, once that goes. What is locked to its parent goes with the parent only.
 */
export function propagateUmount(v: Vfs, going: readonly Mount[]): { gone: Mount[]; tucked: Mount[] } {
  const unmounted = new Set(going.map(it => it.id))
  const seen = new Set<number>()
  const marked = new Set<number>()
  const gone: Mount[] = []
  for (const candidate of going.flatMap(it => propagatedCopies(v, it)).reverse()) {
    let it: Mount | undefined = seen.has(candidate.id) ? undefined : candidate
    while (it && !unmounted.has(it.id) && !marked.has(it.id)) {
      seen.add(it.id)
      if (childMounts(v, it.id).some(child => child.mountpoint !== it!.root && !marked.has(child.id))) break
      marked.add(it.id)
      if (!it.locked) {
        unmounted.add(it.id)
        gone.push(it)
      }
      it = seen.has(it.parent) ? v.mounts.get(it.parent) : undefined
    }
  }
  return { gone, tucked: tuckedOn(v, gone, unmounted) }
}

/** What stays of the mounts on those in `gone`, which grows by what was locked there. Linux: umount_list(). */
function tuckedOn(v: Vfs, gone: Mount[], unmounted: Set<number>): Mount[] {
  const tucked: Mount[] = []
  for (const it of gone)
    for (const child of childMounts(v, it.id)) {
      if (unmounted.has(child.id)) continue
      if (child.mountpoint === it.root) tucked.push(child)
      else {
        unmounted.add(child.id)
        gone.push(child)
      }
    }
  return tucked.filter(it => !unmounted.has(it.id))
}

/** All mounts of a tree get shared, each with a group. Linux: invent_group_ids() and set_mnt_shared(). */
export function shareTree(v: Vfs, root: number): void {
  for (const it of mountTree(v, root)) makeShared(v, it.id)
}
