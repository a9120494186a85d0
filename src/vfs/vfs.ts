/**
 * The VFS: its tables, the registry of file systems, and the caches that can be made again from the tables (which
 * names a directory has, which mount covers a dentry). Linux: fs/super.c, fs/inode.c, fs/dcache.c, fs/filesystems.c.
 *
 * Inodes and dentries of file systems that make up their files as they go (proc, cgroup, overlay, pipes) have
 * negative ids and live beside the tables: no snapshot holds them. A dentry that is mounted on, or somebody's
 * directory, moves into the table (`pin`), so that a snapshot can always spell its path.
 *
 * Left out: negative dentries, RCU walks, shrinkers.
 */
import {
  ENODEV,
  isDir,
  isFifo,
  isChr,
  isBlk,
  EACCES,
  ENXIO,
  ETXTBSY,
  MS_NODEV,
  makedev,
  major,
  minor,
} from '../abi/index.ts'
import { dPath } from './d-path.ts'
import { type FsnotifyMark, fsnotifyInodeRemove, fsnotifyUnmount } from './fsnotify.ts'
import { MountIndex } from './mount-index.ts'
import { Numbers } from './numbers.ts'
import type { Draft, Own, Table, Tables } from '../state/index.ts'
import type {
  Caller,
  Cred,
  Dentry,
  FileOps,
  FileSystem,
  FileSystemType,
  FsStruct,
  Inode,
  InodeOps,
  MntNamespace,
  Mount,
  OpenFile,
  Path,
  SuperBlock,
  VfsHost,
  VfsSchema,
} from './types.ts'

/** A transient inode may bring its own file operations (pipes, pseudo files). */
export interface TransientInode extends Inode {
  readonly fops?: FileOps
}

/** How many unused transient dentries may lie around before they are swept. */
const TRANSIENT_MAX = 8192

export class Vfs {
  readonly host: VfsHost
  readonly creds: Table<Cred>
  readonly fsStructs: Table<FsStruct>
  readonly superBlocks: Table<SuperBlock>
  readonly inodes: Table<Inode>
  readonly dentries: Table<Dentry>
  readonly mounts: Table<Mount>
  readonly mntNamespaces: Table<MntNamespace>
  readonly openFiles: Table<OpenFile>

  /** Linux: file_systems. What mount -t knows, in the order of /proc/filesystems. */
  readonly fileSystems = new Map<string, FileSystemType>()
  /** Linux: cdev_map and the block devices: `c` or `b` and the device number. Filled by the kernel. */
  readonly devices = new Map<string, FileOps>()
  /** What open FIFOs do; set by the kernel. */
  fifoOps: FileOps | undefined

  /** fs.protected_* of /proc/sys, as Debian sets them. */
  readonly sysctl = { protectedSymlinks: 1, protectedHardlinks: 1, protectedRegular: 2, protectedFifos: 1 }

  /** Id of the initial user namespace, which alone may make device nodes. Set by the kernel if it is not 1. */
  initUserNs = 1

  /** The file system of each super block. */
  readonly #fsBySb: (FileSystem | undefined)[] = []
  /** The names below each dentry that has any. */
  readonly #children = new Map<number, Map<string, number>>()
  /** The one dentry of each directory inode. */
  readonly #dirDentry = new Map<number, number>()
  /** How many point at each dentry that anybody points at; counted again it would be mounts, files and tasks. */
  readonly #refs = new Map<number, number>()
  /** How many dentries show each inode. */
  readonly #inodeRefs = new Map<number, number>()
  /** Mounts on a dentry, whatever the parent mount. */
  readonly #covering = new Map<number, number[]>()
  readonly #transientInodes = new Map<number, Inode>()
  /** How many transient dentries there may be before the unused ones are dropped. */
  readonly #transientDentries = new Map<number, Own<Dentry>>()
  readonly #pinned = new Map<number, number>()
  /** Linux: the results of kern_mount(): pipefs, nsfs. */
  readonly internalMounts = new Map<string, number>()
  readonly #internalTypes = new Map<string, FileSystemType>()
  /** The dentry of each namespace file that somebody looked up, by its name (`mnt:[4026531841]`). */
  readonly nsDentries = new Map<string, number>()
  /** Told when a dentry begins or ceases to be used: namespace files keep their namespace alive. */
  readonly #watched = new Map<number, (inUse: boolean) => void>()
  /** Linux: i_writecount: how many write to an inode, or, negative, how many execute it. */
  readonly #writers = new Map<number, number>()
  /** Who watches which inode. */
  readonly marks = new Map<number, FsnotifyMark[]>()
  /** Linux: fsnotify_get_cookie(): a number that the two halves of a move have in common. */
  nextCookie = 1
  readonly mountIndex = new MountIndex()
  readonly #mntIds = new Numbers()
  readonly #peerGroups = new Numbers()
  #seq = 0
  #anonIno = 800
  #nextTransient = -1
  #sweepAt = TRANSIENT_MAX
  readonly #minors = new Numbers()

  constructor(tables: Tables<VfsSchema>, host: VfsHost) {
    this.host = host
    this.creds = tables.creds
    this.fsStructs = tables.fsStructs
    this.superBlocks = tables.superBlocks
    this.inodes = tables.inodes
    this.dentries = tables.dentries
    this.mounts = tables.mounts
    this.mntNamespaces = tables.mntNamespaces
    this.openFiles = tables.openFiles
  }

  // File system types

  /** Linux: register_filesystem(). */
  registerFilesystem(type: FileSystemType): void {
    this.fileSystems.set(type.name, type)
  }

  /** A file system that only the kernel mounts: not in /proc/filesystems, unknown to mount -t. */
  registerInternal(type: FileSystemType): void {
    this.#internalTypes.set(type.name, type)
  }

  /** The operations behind a super block. */
  fs(sb: number): FileSystem {
    const known = this.#fsBySb[sb]
    if (known) return known
    const fs = this.fsOf(this.superBlocks.get(sb))
    this.#fsBySb[sb] = fs
    return fs
  }

  fsOf(sb: SuperBlock): FileSystem {
    const type = this.fileSystems.get(sb.type) ?? this.#internalTypes.get(sb.type)
    if (!type) throw ENODEV
    return type.of ? type.of(sb) : type
  }

  // Inodes

  inode(id: number): Inode {
    if (id > 0) return this.inodes.get(id)
    const it = this.#transientInodes.get(id)
    if (!it) throw new Error(`no transient inode ${id}`)
    return it
  }

  findInode(id: number): Inode | undefined {
    return id > 0 ? this.inodes.find(id) : this.#transientInodes.get(id)
  }

  ownInode<I extends Inode = Inode>(id: number): Own<I> {
    return (id > 0 ? this.inodes.own(id) : this.inode(id)) as unknown as Own<I>
  }

  /** Take an inode into the table, and so into snapshots; gives it its id. */
  newInode<I extends Inode>(inode: I): I {
    return this.inodes.add(inode) as I
  }

  /** Take an inode object in that lives beside the table; gives it its (negative) id. Its fields may be getters. */
  newTransientInode<I extends Inode>(inode: I): I {
    const id = this.#nextTransient--
    ;(inode as unknown as { id: number }).id = id
    this.#transientInodes.set(id, inode)
    return inode
  }

  iops(inode: Inode): InodeOps {
    return this.fs(inode.sb).iops(inode) as unknown as InodeOps
  }

  /** What opening this inode gives. Errors: EACCES (device on a nodev mount), ENXIO (no such device). */
  fopsOf(inode: Inode, mountFlags: number): FileOps {
    if (isChr(inode) || isBlk(inode)) {
      if (mountFlags & MS_NODEV) throw EACCES
      const fops = this.devices.get((isChr(inode) ? 'c' : 'b') + inode.rdev)
      if (!fops) throw ENXIO
      return fops
    }
    return this.fileOps(inode)
  }

  /** The operations of something that is open already. */
  fileOps(inode: Inode): FileOps {
    if (isChr(inode) || isBlk(inode)) return this.fopsOf(inode, 0)
    const own = (inode as TransientInode).fops
    if (own) return own
    if (isFifo(inode)) {
      if (!this.fifoOps) throw ENXIO
      return this.fifoOps
    }
    return this.fs(inode.sb).fops(inode)
  }

  fops(file: OpenFile): FileOps {
    return this.fileOps(this.inode(file.inode))
  }

  /** Linux: get_write_access(). Errors: ETXTBSY while somebody executes it. */
  getWriteAccess(inode: number): void {
    const count = this.#writers.get(inode) ?? 0
    if (count < 0) throw ETXTBSY
    this.#writers.set(inode, count + 1)
  }

  putWriteAccess(inode: number): void {
    this.#countWriters(inode, -1)
  }

  /** Linux: deny_write_access(), while a file is executed. Errors: ETXTBSY while somebody writes to it. */
  denyWriteAccess(inode: number): void {
    if (this.isWritten(inode)) throw ETXTBSY
    this.#countWriters(inode, -1)
  }

  allowWriteAccess(inode: number): void {
    this.#countWriters(inode, 1)
  }

  isExecuted(inode: number): boolean {
    return (this.#writers.get(inode) ?? 0) < 0
  }

  isWritten(inode: number): boolean {
    return (this.#writers.get(inode) ?? 0) > 0
  }

  #countWriters(inode: number, by: number): void {
    const count = (this.#writers.get(inode) ?? 0) + by
    if (count) this.#writers.set(inode, count)
    else this.#writers.delete(inode)
  }

  /** A dentry more, or one less, shows this inode. */
  iget(id: number): void {
    this.#inodeRefs.set(id, (this.#inodeRefs.get(id) ?? 0) + 1)
  }

  iput(id: number): void {
    const refs = this.#inodeRefs.get(id)! - 1
    if (refs > 0) return void this.#inodeRefs.set(id, refs)
    this.#inodeRefs.delete(id)
    this.#dirDentry.delete(id)
    const inode = this.inode(id)
    if (id < 0) {
      this.#transientInodes.delete(id)
      this.iops(inode).evict?.(this, inode)
    } else if (inode.nlink === 0) {
      this.iops(inode).evict?.(this, inode)
      this.inodes.remove(id)
    }
  }

  // Dentries

  dentry(id: number): Dentry {
    if (id > 0) return this.dentries.get(id)
    const it = this.#transientDentries.get(id)
    if (it) return it
    const pinned = this.#pinned.get(id)
    if (pinned === undefined) throw new Error(`no transient dentry ${id}`)
    return this.dentries.get(pinned)
  }

  findDentry(id: number): Dentry | undefined {
    return id > 0
      ? this.dentries.find(id)
      : (this.#transientDentries.get(id) ?? this.dentries.find(this.#pinned.get(id) ?? 0))
  }

  #ownDentry(id: number): Own<Dentry> {
    if (id > 0) return this.dentries.own(id)
    return this.#transientDentries.get(id) ?? this.dentries.own(this.#pinned.get(id)!)
  }

  /** The dentry of a directory, which has only one, or the first one of a transient inode. Linux: d_find_alias(). */
  dirDentry(inode: number): number {
    return this.#dirDentry.get(inode)!
  }

  /** The names below a directory's dentry that are known: all of them where dentries are the directory (tmpfs). */
  children(dentry: number): ReadonlyMap<string, number> | undefined {
    return this.#children.get(dentry)
  }

  child(dentry: number, name: string): number {
    return this.#children.get(dentry)?.get(name) ?? 0
  }

  /** Linux: d_make_root(). Always in the table, since mounts point at it. */
  makeRoot(inode: Inode): number {
    const root = this.dentries.insert({
      sb: inode.sb,
      parent: 0,
      name: '/',
      inode: inode.id,
      unhashed: false,
    })
    this.dentries.own(root.id).parent = root.id
    this.iget(inode.id)
    this.#dirDentry.set(inode.id, root.id)
    return root.id
  }

  /** Linux: d_add(). `unhashed` for what has no name (O_TMPFILE, pipes). */
  addDentry(parent: number, name: string, inode: Inode): number {
    const id = this.#newDentry({
      id: 0,
      epoch: 0,
      sb: inode.sb,
      parent,
      name,
      inode: inode.id,
      unhashed: false,
    })
    this.#hash(parent, name, id)
    this.iget(inode.id)
    if (isDir(inode) || (id < 0 && !this.#dirDentry.has(inode.id))) this.#dirDentry.set(inode.id, id)
    return id
  }

  /** A dentry without a place in the tree: its own parent, and nobody finds it by name. Goes with its last user. */
  addDisconnected(name: string, inode: Inode): number {
    const id = this.#newDentry({
      id: 0,
      epoch: 0,
      sb: inode.sb,
      parent: 0,
      name,
      inode: inode.id,
      unhashed: true,
    })
    this.#ownDentry(id).parent = id
    this.iget(inode.id)
    return id
  }

  /** Linux: d_alloc(). Of a transient inode it is transient, too. */
  #newDentry(it: Own<Dentry>): number {
    if (it.inode > 0) return this.dentries.add(it).id
    it.id = this.#nextTransient--
    this.#transientDentries.set(it.id, it)
    return it.id
  }

  #hash(parent: number, name: string, id: number): void {
    let names = this.#children.get(parent)
    if (!names) this.#children.set(parent, (names = new Map()))
    names.set(name, id)
  }

  #unhash(parent: number, name: string): void {
    const names = this.#children.get(parent)
    if (!names) return
    names.delete(name)
    if (names.size === 0) this.#children.delete(parent)
  }

  /**
   * Linux: d_drop() and d_delete(). The name is gone; the dentry goes when nobody uses it any more, and until then its
   * parent stays too: who works in a removed directory may still go up.
   */
  dropDentry(id: number): void {
    const it = this.#ownDentry(id)
    const isUsed = this.#refs.has(it.id)
    if (!it.unhashed) {
      it.unhashed = true
      this.#unhash(it.parent, it.name)
      if (isUsed) this.dget(it.parent)
    }
    if (!isUsed) this.#free(it)
  }

  /** Linux: d_move(). What was there before was dropped by the caller. */
  moveDentry(id: number, parent: number, name: string): void {
    const it = this.#ownDentry(id)
    this.#unhash(it.parent, it.name)
    it.parent = parent
    it.name = name
    this.#hash(parent, name, it.id)
  }

  /** Linux: d_exchange(). */
  exchangeDentries(a: number, b: number): void {
    const [x, y] = [this.#ownDentry(a), this.#ownDentry(b)]
    const { parent, name } = x
    x.parent = y.parent
    x.name = y.name
    y.parent = parent
    y.name = name
    this.#hash(x.parent, x.name, x.id)
    this.#hash(y.parent, y.name, y.id)
  }

  #free(it: Dentry): void {
    for (const child of [...(this.#children.get(it.id)?.values() ?? [])]) this.dropDentry(child)
    if (this.#refs.has(it.id)) return
    this.#children.delete(it.id)
    this.#watched.delete(it.id)
    if (it.id > 0) this.dentries.remove(it.id)
    else this.#transientDentries.delete(it.id)
    if (this.marks.size && this.inode(it.inode).nlink === 0) fsnotifyInodeRemove(this, it.inode)
    this.iput(it.inode)
  }

  /** Somebody points at this dentry: a mount, an open file, a working directory. */
  dget(id: number): void {
    const real = id > 0 ? id : this.dentry(id).id
    const refs = this.#refs.get(real) ?? 0
    this.#refs.set(real, refs + 1)
    if (refs === 0 && this.#watched.size) this.#watched.get(real)?.(true)
  }

  dput(id: number): void {
    const real = id > 0 ? id : this.dentry(id).id
    const refs = this.#refs.get(real)! - 1
    if (refs > 0) return void this.#refs.set(real, refs)
    this.#refs.delete(real)
    const it = this.dentry(real)
    const watcher = this.#watched.get(it.id)
    if (it.unhashed) {
      this.#free(it)
      if (it.parent !== it.id) this.dput(it.parent)
    }
    watcher?.(false)
  }

  /** Be told when a dentry begins and ceases to be used. */
  watch(id: number, watcher: (inUse: boolean) => void): void {
    this.#watched.set(id, watcher)
  }

  /** Move a transient dentry and its ancestors into the table; returns its id there. */
  pin(id: number): number {
    if (id > 0) return id
    const known = this.#pinned.get(id)
    if (known !== undefined) return known
    const it = this.#transientDentries.get(id)!
    const parent = it.parent === id ? 0 : this.pin(it.parent)
    const pinned = this.dentries.insert({
      sb: it.sb,
      parent,
      name: it.name,
      inode: it.inode,
      unhashed: it.unhashed,
    })
    if (!parent) this.dentries.own(pinned.id).parent = pinned.id
    this.#transientDentries.delete(id)
    this.#pinned.set(id, pinned.id)
    const refs = this.#refs.get(id)
    if (refs) this.#refs.set(pinned.id, refs)
    this.#refs.delete(id)
    const watcher = this.#watched.get(id)
    if (watcher) this.#watched.delete(id)
    if (watcher) this.#watched.set(pinned.id, watcher)
    this.#adopt(id, pinned.id)
    if (this.#dirDentry.get(it.inode) === id) this.#dirDentry.set(it.inode, pinned.id)
    if (parent && !it.unhashed) this.#hash(parent, it.name, pinned.id)
    return pinned.id
  }

  #adopt(from: number, to: number): void {
    const names = this.#children.get(from)
    if (!names) return
    this.#children.delete(from)
    this.#children.set(to, names)
    for (const child of names.values()) this.#ownDentry(child).parent = to
  }

  /** How many dentries live beside the table. */
  get transientCount(): number {
    return this.#transientDentries.size
  }

  /** Forget transient dentries that nobody uses once there are many. Not while somebody holds a path unrefed. */
  sweep(): void {
    if (this.#transientDentries.size <= this.#sweepAt) return
    this.#forget()
    // Those in use stay: looking at them again for every further file would take for ever.
    this.#sweepAt = Math.max(TRANSIENT_MAX, 2 * this.#transientDentries.size)
  }

  /** Linux: shrink_dcache_sb(): forget the unused transient dentries of one file system. */
  shrink(sb: number): void {
    this.#forget(sb)
  }

  #forget(sb?: number): void {
    for (const it of [...this.#transientDentries.values()].reverse()) {
      if (this.#refs.has(it.id) || this.#children.has(it.id)) continue
      if (sb !== undefined && it.sb !== sb) continue
      if (it.parent !== it.id) this.dropDentry(it.id)
      else if (it.unhashed) {
        this.nsDentries.delete(it.name)
        this.#free(it)
      }
    }
  }

  /**
   * Linux: lookup_one(): the dentry of `name` in the directory `dir` of one file system, 0 if there is none. No
   * permission check, no mounts, no `.` and `..`: path walks do that (namei.ts).
   */
  lookup(dir: number, name: string, as: Caller): number {
    const parent = this.dentry(dir)
    const known = this.#children.get(parent.id)?.get(name)
    if (this.fs(parent.sb).keepsNames) return known ?? 0
    if (known !== undefined && this.#stillThere(parent, known, name, as)) return known
    const inode = this.inode(parent.inode)
    const found = this.iops(inode).lookup(this, inode, name, as)
    return found ? this.addDentry(parent.id, name, found) : 0
  }

  #stillThere(parent: Dentry, known: number, name: string, as: Caller): boolean {
    const dir = this.inode(parent.inode)
    const iops = this.iops(dir)
    if (!iops.revalidate || iops.revalidate(this, dir, name, this.inode(this.dentry(known).inode), as))
      return true
    if (!this.isMountpoint(known)) this.dropDentry(known)
    else return true
    return false
  }

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
    this.#shrink(sb.root)
    fs.kill?.(this, sb)
    this.freeAnonDev(sb.dev)
    this.superBlocks.remove(id)
    delete this.#fsBySb[id]
  }

  #shrink(dentry: number): void {
    for (const child of [...(this.#children.get(dentry)?.values() ?? [])]) this.#shrink(child)
    const it = this.#ownDentry(dentry)
    const inode = this.findInode(it.inode)
    if (inode) this.ownNlink0(inode)
    this.#refs.delete(it.id)
    this.dropDentry(dentry)
  }

  ownNlink0(inode: Inode): void {
    if (inode.id > 0) this.inodes.own(inode.id).nlink = 0
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

  /** Linux: get_next_ino(): for inodes that no disk numbers. */
  nextAnonIno(): number {
    return ++this.#anonIno
  }

  // Which mount covers a dentry

  /** Linux: __lookup_mnt(): the mount on `dentry` as seen in `parent`, or 0. */
  lookupMnt(parent: number, dentry: number): number {
    const on = this.#covering.get(dentry)
    if (on) for (const id of on) if (this.mounts.get(id).parent === parent) return id
    return 0
  }

  isMountpoint(dentry: number): boolean {
    return this.#covering.has(dentry)
  }

  mountsOn(dentry: number): readonly number[] {
    return this.#covering.get(dentry) ?? []
  }

  /** Bookkeeping of namespace.ts: a mount begins or ceases to cover its mountpoint. */
  cover(dentry: number, mount: number): void {
    const on = this.#covering.get(dentry)
    if (on) on.push(mount)
    else this.#covering.set(dentry, [mount])
  }

  uncover(dentry: number, mount: number): void {
    const on = (this.#covering.get(dentry) ?? []).filter(id => id !== mount)
    if (on.length) this.#covering.set(dentry, on)
    else this.#covering.delete(dentry)
  }
}
