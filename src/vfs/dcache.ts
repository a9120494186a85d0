/**
 * Dentries: names that somebody has looked up, and for tmpfs and the disk the directories themselves. Linux:
 * fs/dcache.c.
 *
 * A dentry of a transient inode is transient, too: it has a negative id and lives beside the table, so that no snapshot
 * holds it, until somebody mounts on it or works in it (`pin`). Which names a directory has, and who uses a dentry, can
 * be told again from the tables.
 *
 * Left out: negative dentries, RCU walks, shrinkers.
 */
import { isDir } from '../abi/index.ts'
import type { Own } from '../state/index.ts'
import { fsnotifyInodeRemove } from './fsnotify.ts'
import { Inodes } from './inode.ts'
import type { Caller, Dentry, Inode } from './types.ts'

/** How many unused transient dentries may lie around before they are swept. */
const TRANSIENT_MAX = 8192

/** The second floor of the VFS. */
export abstract class Dcache extends Inodes {
  /** The names below each dentry that has any. */
  readonly #children = new Map<number, Map<string, number>>()
  /** How many point at each dentry that anybody points at; counted again it would be mounts, files and tasks. */
  readonly #refs = new Map<number, number>()
  readonly #transient = new Map<number, Own<Dentry>>()
  #nextTransient = -1
  /** How many transient dentries there may be before the unused ones are dropped. */
  #sweepAt = TRANSIENT_MAX
  /** The ids in the table of those that were transient. */
  readonly #pinned = new Map<number, number>()
  /** The dentry of each namespace file that somebody looked up, by its name (`mnt:[4026531841]`). */
  readonly nsDentries = new Map<string, number>()
  /** Told when a dentry begins or ceases to be used: namespace files keep their namespace alive. */
  readonly #watched = new Map<number, (inUse: boolean) => void>()

  dentry(id: number): Dentry {
    if (id > 0) return this.dentries.get(id)
    const it = this.#transient.get(id)
    if (it) return it
    const pinned = this.#pinned.get(id)
    if (pinned === undefined) throw new Error(`no transient dentry ${id}`)
    return this.dentries.get(pinned)
  }

  findDentry(id: number): Dentry | undefined {
    return id > 0
      ? this.dentries.find(id)
      : (this.#transient.get(id) ?? this.dentries.find(this.#pinned.get(id) ?? 0))
  }

  #ownDentry(id: number): Own<Dentry> {
    if (id > 0) return this.dentries.own(id)
    return this.#transient.get(id) ?? this.dentries.own(this.#pinned.get(id)!)
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
    this.setDirDentry(inode.id, root.id)
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
    if (isDir(inode) || (id < 0 && !this.dirDentry(inode.id))) this.setDirDentry(inode.id, id)
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
    this.#transient.set(it.id, it)
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
    else this.#transient.delete(it.id)
    if (this.marks.size && this.inode(it.inode).nlink === 0) fsnotifyInodeRemove(this.whole, it.inode)
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

  /** Linux: d_count(): how many point at a dentry. */
  dCount(id: number): number {
    return this.#refs.get(this.dentry(id).id) ?? 0
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
    const it = this.#transient.get(id)!
    const parent = it.parent === id ? 0 : this.pin(it.parent)
    const pinned = this.dentries.insert({
      sb: it.sb,
      parent,
      name: it.name,
      inode: it.inode,
      unhashed: it.unhashed,
    })
    if (!parent) this.dentries.own(pinned.id).parent = pinned.id
    this.#transient.delete(id)
    this.#pinned.set(id, pinned.id)
    const refs = this.#refs.get(id)
    if (refs) this.#refs.set(pinned.id, refs)
    this.#refs.delete(id)
    const watcher = this.#watched.get(id)
    if (watcher) this.#watched.delete(id)
    if (watcher) this.#watched.set(pinned.id, watcher)
    this.#adopt(id, pinned.id)
    if (this.dirDentry(it.inode) === id) this.setDirDentry(it.inode, pinned.id)
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
    return this.#transient.size
  }

  /** Forget transient dentries that nobody uses once there are many. Not while somebody holds a path unrefed. */
  sweep(): void {
    if (this.#transient.size <= this.#sweepAt) return
    this.#forget()
    // Those in use stay: looking at them again for every further file would take for ever.
    this.#sweepAt = Math.max(TRANSIENT_MAX, 2 * this.#transient.size)
  }

  /** Linux: shrink_dcache_sb(): forget the unused transient dentries of one file system. */
  shrink(sb: number): void {
    this.#forget(sb)
  }

  #forget(sb?: number): void {
    for (const it of [...this.#transient.values()].reverse()) {
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
    const found = this.iops(inode).lookup(this.whole, inode, name, as)
    return found ? this.addDentry(parent.id, name, found) : 0
  }

  /** A name that was looked up before, without asking the file system again; 0 if there is none. */
  cached(dir: number, name: string): number {
    return this.#children.get(dir)?.get(name) ?? 0
  }

  #stillThere(parent: Dentry, known: number, name: string, as: Caller): boolean {
    const dir = this.inode(parent.inode)
    const iops = this.iops(dir)
    if (!iops.revalidate || iops.revalidate(this.whole, dir, name, this.inode(this.dentry(known).inode), as))
      return true
    if (!this.whole.isMountpoint(known)) this.dropDentry(known)
    else return true
    return false
  }

  /** Linux: shrink_dcache_for_umount(): the file system is gone, and all names and files with it. */
  protected shrinkTree(dentry: number): void {
    for (const child of [...(this.#children.get(dentry)?.values() ?? [])]) this.shrinkTree(child)
    const it = this.#ownDentry(dentry)
    if (this.findInode(it.inode) && it.inode > 0) this.inodes.own(it.inode).nlink = 0
    this.#refs.delete(it.id)
    this.dropDentry(dentry)
  }
}
