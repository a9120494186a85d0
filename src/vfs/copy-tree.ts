/** Copying trees of mounts and hanging them in. Linux: fs/namespace.c: clone_mnt(), copy_tree(), attach_recursive_mnt(). */
import {
  EPERM,
  MS_NOATIME,
  MS_NODEV,
  MS_NODIRATIME,
  MS_NOEXEC,
  MS_NOSUID,
  MS_RDONLY,
  MS_RELATIME,
} from '../abi/index.ts'
import { attachMnt, childMounts, countMounts, detachMnt, joinNs, mountTree, newMount } from './mount.ts'
import { isSubdir } from './namei.ts'
import { isMntNsFile } from './ns-file.ts'
import { type CopyKind, propagateMnt, shareTree } from './pnode.ts'
import type { Caller, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** Flags that a less privileged mount namespace may not take away. */
export const LOCKABLE = MS_RDONLY | MS_NODEV | MS_NOSUID | MS_NOEXEC
/** Linux: MNT_ATIME_MASK: what is locked as one. */
export const ATIME_MASK = MS_NOATIME | MS_NODIRATIME | MS_RELATIME

/** Linux: attach_recursive_mnt(): hang a tree in, and copies of it wherever the place propagates to. */
export function attachRecursive(v: Vfs, as: Caller, root: number, at: Path, moving = false): void {
  const dest = v.mounts.get(at.mount)
  if (!moving) countMounts(v, dest.ns, mountTree(v, root).length)
  const { userNs } = v.mntNamespaces.get(dest.ns)
  const shared = dest.peerGroup !== 0
  if (shared) shareTree(v, root)
  const copies = shared ? propagateMnt(v, at, root, (from, kind) => copyForPropagation(v, from, kind)) : []
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

/** Linux: copy_tree(): a mount from `root` down and all below it; returns the copy of the first. */
export function copyTree(
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
export function lockTree(v: Vfs, root: number): void {
  for (const { id } of mountTree(v, root)) {
    const it = v.mounts.own(id)
    it.lockedFlags |= MS_NOATIME | (it.flags & LOCKABLE)
    if (id !== root) it.locked = true
  }
}
