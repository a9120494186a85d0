/** Copying trees of mounts and hanging them in. Linux: fs/namespace.c: clone_mnt(), copy_tree(), attach_recursive_mnt(). */
import {
  EPERM,
  MS_NOATIME,
  MS_NODEV,
  MS_NODIRATIME,
  MS_NOEXEC,
  MS_NOSUID,
  MS_PRIVATE,
  MS_RDONLY,
  MS_RELATIME,
} from '../abi/index.ts'
import {
  attachMnt,
  childMounts,
  countMounts,
  detachMnt,
  freeMount,
  joinNs,
  mountTree,
  newMount,
  touchMntNamespace,
} from './mount.ts'
import { isSubdir } from './namei.ts'
import { isMntNsFile } from './ns-file.ts'
import { changePropagation, type CopyKind, leaveGroup, propagateMnt, shareTree } from './pnode.ts'
import type { Caller, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** Flags that a less privileged mount namespace may not take away. */
export const LOCKABLE = MS_RDONLY | MS_NODEV | MS_NOSUID | MS_NOEXEC
/** Linux: MNT_ATIME_MASK: what is locked as one. */
export const ATIME_MASK = MS_NOATIME | MS_NODIRATIME | MS_RELATIME

/**
 * Linux: attach_recursive_mnt(): hang a tree in, and copies of it wherever the place propagates to. Errors: ENOSPC,
 * EPERM; the tree is then as it was.
 */
export function attachRecursive(v: Vfs, as: Caller, root: number, at: Path, moving = false): void {
  const dest = v.mounts.get(at.mount)
  const pending = new Map<number, number>()
  if (!moving) countMounts(v, dest.ns, root, pending)
  const { userNs } = v.mntNamespaces.get(dest.ns)
  const copies = dest.peerGroup ? propagated(v, at, root, pending) : []
  if (moving) detachMnt(v, root)
  if (!moving) joinNs(v, root, dest.ns)
  tuckIn(v, root, at)
  // Linux collects them in a list that grows at its head.
  for (const copy of copies.reverse()) {
    const parent = v.mounts.get(copy.at.mount)
    v.mounts.own(copy.root).locked = false
    if (v.mntNamespaces.get(parent.ns).userNs !== userNs) lockTree(v, copy.root)
    joinNs(v, copy.root, parent.ns)
    tuckIn(v, copy.root, copy.at)
  }
  touchMntNamespace(v, dest.ns)
}

/** A copy that propagation made, and where it belongs. */
interface Propagated {
  readonly root: number
  readonly at: Path
}

/** The copies for who receives from a place; what is copied gets shared. */
function propagated(v: Vfs, at: Path, root: number, pending: Map<number, number>): Propagated[] {
  const unshared = mountTree(v, root).filter(it => !it.peerGroup)
  const copies: Propagated[] = []
  shareTree(v, root)
  try {
    propagateMnt(v, at, root, (from, kind, place) => {
      const made = copyTree(v, from, v.mounts.get(from).root, { kind, unbindable: false, nsFiles: false })
      copies.push({ root: made, at: place })
      countMounts(v, v.mounts.get(place.mount).ns, made, pending)
      return made
    })
  } catch (e) {
    for (const it of copies.reverse()) dissolve(v, it.root)
    for (const { id } of unshared) leaveGroup(v, id)
    throw e
  }
  return copies
}

/** Linux: umount_tree() of what no namespace has yet. */
export function dissolve(v: Vfs, root: number): void {
  for (const { id } of mountTree(v, root).reverse()) {
    detachMnt(v, id)
    changePropagation(v, id, MS_PRIVATE)
    freeMount(v, v.mounts.get(id))
  }
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
export function cloneMnt(v: Vfs, id: number, root: number, kind: CopyKind | 'bind' | 'private'): number {
  const from = v.mounts.get(id)
  const slave = kind === 'slave' || kind === 'slave-shared'
  const made = newMount(v, {
    sb: from.sb,
    root,
    flags: from.flags,
    source: from.source,
    lockedFlags: from.lockedFlags,
    locked: from.locked,
    unbindable: from.unbindable,
    peerGroup: slave ? (kind === 'slave-shared' ? v.takePeerGroup() : 0) : from.peerGroup,
    master: slave && from.peerGroup ? from.peerGroup : from.master,
  })
  if (!slave && from.peerGroup) v.mountIndex.follow(made.id, id, from.peerGroup)
  return made.id
}

/** What to leave behind when a tree is copied. */
export interface CopyRules {
  readonly kind: CopyKind | 'bind'
  readonly unbindable: boolean
  readonly nsFiles: boolean
}

/** Linux: copy_tree(): a mount from `root` down and all below it; returns the copy of the first. Errors: EPERM. */
export function copyTree(
  v: Vfs,
  id: number,
  root: number,
  rules: CopyRules,
  copied?: (from: number, to: number) => void,
): number {
  if (!rules.unbindable) checkUnbindable(v, id, root)
  return copy(v, id, root, rules, copied)
}

function copy(
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
    if (!rules.unbindable && child.unbindable) continue
    if (!rules.nsFiles && isMntNsFile(v, child.root)) continue
    const below = copy(v, child.id, child.root, rules, copied)
    attachMnt(v, below, { mount: made, dentry: child.mountpoint })
  }
  return made
}

/** What is locked in its place must not stay behind. Errors: EPERM. */
function checkUnbindable(v: Vfs, id: number, root: number): void {
  for (const it of childMounts(v, id)) {
    if (!isSubdir(v, it.mountpoint, root)) continue
    if (!it.unbindable) checkUnbindable(v, it.id, it.root)
    else if (it.locked) throw EPERM
  }
}

/** Linux: lock_mnt_tree(): for a less privileged namespace its flags are fixed, and what lies under the mounts hidden. */
export function lockTree(v: Vfs, root: number): void {
  for (const { id } of mountTree(v, root)) {
    const it = v.mounts.own(id)
    it.lockedFlags |= MS_NOATIME | (it.flags & LOCKABLE)
    if (id !== root) it.locked = true
  }
}
