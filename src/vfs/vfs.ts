/**
 * The VFS: its tables and what can be made again from them, in floors: file systems (filesystems.ts), inodes
 * (inode.ts), dentries (dcache.ts), and here super blocks, numbers, and which mount covers a dentry. Linux:
 * fs/super.c, fs/namespace.c.
 */
import { major, makedev, minor } from '../abi/index.ts'
import type { Draft } from '../state/index.ts'
import { dPath } from './d-path.ts'
import { Dcache } from './dcache.ts'
import { fsnotifyUnmount } from './fsnotify.ts'
import { MountIndex } from './mount-index.ts'
import { Numbers } from './numbers.ts'
import type { Caller, Inode, Path, SuperBlock } from './types.ts'

export class Vfs extends Dcache {
  /** fs.protected_* of /proc/sys, as Debian sets them. */
  readonly sysctl = { protectedSymlinks: 1, protectedHardlinks: 1, protectedRegular: 2, protectedFifos: 1 }
  /** Id of the initial user namespace, which alone may make device nodes. Set by the kernel if it is not 1. */
  initUserNs = 1
  readonly mountIndex = new MountIndex()
  /** Where the last path walk came to: a refusal happens there. */
  walked: (Path & { readonly last: string }) | undefined
  /** The mounts on a dentry by the mount that they are on, the latest first. Linux: mount_hashtable. */
  readonly #covering = new Map<number, Map<number, readonly number[]>>()
  readonly #mntIds = new Numbers()
  readonly #peerGroups = new Numbers()
  /** Minors of anonymous device numbers. */
  readonly #minors = new Numbers()
  #seq = 0

  /** The text of a place as a task sees it, for the links of /proc. Linux: d_path(). */
  showPath(path: Path, as: Caller): string {
    return dPath(this, path, { mount: as.fs.rootMount, dentry: as.fs.rootDentry })
  }

  // Super blocks

  /** Linux: get_anon_bdev(): the lowest free device number for a file system without a device. */
  anonDev(): number {
    return makedev(0, this.#minors.take())
  }

  /** Linux: free_anon_bdev(). */
  freeAnonDev(dev: number): void {
    if (major(dev) === 0) this.#minors.give(minor(dev))
  }

  /** Device numbers 0:first to 0:last are taken (by what a real kernel mounts inside itself while booting). */
  reserveAnonDevs(first: number, last: number): void {
    this.#minors.reserve(first, last)
  }

  /** Linux: sget(). `root` is set by `setRoot` once there is a root inode. */
  newSuperBlock(draft: Omit<Draft<SuperBlock>, 'root' | 'active'>): SuperBlock {
    if (draft.userNs) this.host.getNs?.('user', draft.userNs)
    return this.superBlocks.insert({ ...draft, root: 0, active: 0 })
  }

  setRoot(sb: number, root: Inode): number {
    const dentry = this.makeRoot(root)
    this.superBlocks.own(sb).root = dentry
    this.dget(dentry)
    return dentry
  }

  /** A mount more shows this super block. */
  activate(sb: number): void {
    this.superBlocks.own(sb).active++
  }

  /** Linux: deactivate_super(). With the last mount all its files go. */
  deactivate(id: number): void {
    const sb = this.superBlocks.own(id)
    if (--sb.active > 0) return
    if (this.marks.size) fsnotifyUnmount(this, id)
    const fs = this.fsOf(sb)
    fs.syncFs?.(this, sb)
    this.shrinkTree(sb.root)
    fs.kill?.(this, sb)
    this.freeAnonDev(sb.dev)
    const { userNs } = sb
    this.superBlocks.remove(id)
    this.forgetFs(id)
    if (userNs) this.host.putNs?.('user', userNs)
  }

  // Numbers

  /** Linux: mnt_alloc_id(): the lowest free one. */
  takeMntId(): number {
    return this.#mntIds.take()
  }

  giveMntId(id: number): void {
    this.#mntIds.give(id)
  }

  /** Mount ids up to `last` are taken by mounts that a real kernel has while booting. */
  reserveMntIds(first: number, last: number): void {
    this.#mntIds.reserve(first, last)
  }

  /** Linux: mnt_alloc_group_id(): the lowest free one. */
  takePeerGroup(): number {
    return this.#peerGroups.take()
  }

  reservePeerGroups(first: number, last: number): void {
    this.#peerGroups.reserve(first, last)
  }

  givePeerGroup(id: number): void {
    this.#peerGroups.give(id)
  }

  /** A number higher than all before, for orders. */
  nextSeq(): number {
    return ++this.#seq
  }

  // Which mount covers a dentry

  /** Linux: __lookup_mnt(): the mount on `dentry` as seen in `parent`, or 0. Of two the later one. */
  lookupMnt(parent: number, dentry: number): number {
    return this.#covering.get(dentry)?.get(parent)?.[0] ?? 0
  }

  isMountpoint(dentry: number): boolean {
    return this.#covering.has(dentry)
  }

  /** The mounts on a dentry, whatever they are on, the latest first. Linux: mountpoint.m_list. */
  mountsOn(dentry: number): readonly number[] {
    const on = [...(this.#covering.get(dentry)?.values() ?? [])].flat()
    return on.sort((a, b) => this.mounts.get(b).order - this.mounts.get(a).order)
  }

  /** Bookkeeping of mount.ts: a mount begins or ceases to cover its mountpoint. */
  cover(dentry: number, mount: number): void {
    const { parent } = this.mounts.get(mount)
    let on = this.#covering.get(dentry)
    if (!on) this.#covering.set(dentry, (on = new Map()))
    on.set(parent, [mount, ...(on.get(parent) ?? [])])
  }

  uncover(dentry: number, mount: number): void {
    const { parent } = this.mounts.get(mount)
    const on = this.#covering.get(dentry)
    if (!on) return
    const left = (on.get(parent) ?? []).filter(id => id !== mount)
    if (left.length) on.set(parent, left)
    else on.delete(parent)
    if (!on.size) this.#covering.delete(dentry)
  }
}
