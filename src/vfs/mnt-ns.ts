/** Mount namespaces, and the mounts of a boot. Linux: fs/namespace.c: copy_mnt_ns(), init_mount_tree(). */
import { ENODEV } from '../abi/index.ts'
import { attachMnt, joinNs, lockMount, mountTree, newMount, placeMount } from './mount.ts'
import { followDown, pathLookup } from './namei.ts'
import { makeShared } from './pnode.ts'
import { type CopyRules, copyTree, lockTree } from './copy-tree.ts'
import { getTree } from './fs-context.ts'
import { mountFlagsOf, SB_FLAGS } from './namespace.ts'
import { umountTree } from './umount.ts'
import type { Caller, FileSystemType, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/**
 * Linux: copy_mnt_ns(): a copy of a mount namespace for `userNs`, made by the user `creator`; returns its id. Root and
 * working directory of the task's fs_struct (its own one already) move to the copies of their mounts.
 */
export function copyMntNs(v: Vfs, ns: number, userNs: number, creator: number, fs: number): number {
  const old = v.mntNamespaces.get(ns)
  const foreign = old.userNs !== userNs
  v.host.getNs?.('user', userNs)
  const made = v.mntNamespaces.insert({
    inum: v.host.nextInum(),
    userNs,
    creator,
    root: 0,
    refs: 1,
    event: 0,
  })
  const copies = new Map<number, number>()
  const rules: CopyRules = { kind: foreign ? 'slave' : 'bind', unbindable: true, nsFiles: false }
  const rootMount = v.mounts.get(old.root)
  const root = copyTree(v, old.root, rootMount.root, rules, (from, to) => copies.set(from, to))
  placeMount(v, root, { parent: root })
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
  const { root, userNs } = ns
  v.mntNamespaces.remove(id)
  if (v.mounts.find(root)) umountTree(v, root, {})
  v.host.putNs?.('user', userNs)
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
  placeMount(v, id, { parent: id })
  const inum = v.host.nextInum()
  const ns = v.mntNamespaces.insert({
    inum,
    userNs: v.initUserNs,
    creator: 0,
    root: id,
    refs: 1,
    event: 0,
  })
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
