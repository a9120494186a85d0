/**
 * Inodes: those in the table, and those of file systems that make up their files as they go, which live beside it with
 * negative ids. Linux: fs/inode.c.
 */
import { EACCES, ENXIO, ETXTBSY, isBlk, isChr, isFifo, major, minor, MS_NODEV } from '../abi/index.ts'
import type { Own } from '../state/index.ts'
import { placeOf, refuse } from './refuse.ts'
import { FileSystems } from './filesystems.ts'
import type { FsnotifyMark } from './fsnotify.ts'
import type { FileOps, Inode, InodeOps, OpenFile } from './types.ts'

/** A transient inode may bring its own file operations (pipes, pseudo files). */
export interface TransientInode extends Inode {
  readonly fops?: FileOps
}

/** The first floor of the VFS. */
export abstract class Inodes extends FileSystems {
  /** Inodes that are in use as swap areas: nobody may remove them. Linux: S_SWAPFILE. */
  readonly swapFiles = new Set<number>()
  /** Who watches which inode. */
  readonly marks = new Map<number, FsnotifyMark[]>()
  /** Linux: fsnotify_get_cookie(): a number that the two halves of a move have in common. */
  nextCookie = 1
  readonly #transient = new Map<number, Inode>()
  #nextTransient = -1
  /** How many dentries show each inode. */
  readonly #refs = new Map<number, number>()
  /** Linux: i_dentry: the one dentry of each directory inode. */
  readonly #dirDentry = new Map<number, number>()
  /** Linux: i_writecount: how many write to an inode, or, negative, how many execute it. */
  readonly #writers = new Map<number, number>()
  #anonIno = 800

  inode(id: number): Inode {
    if (id > 0) return this.inodes.get(id)
    const it = this.#transient.get(id)
    if (!it) throw new Error(`no transient inode ${id}`)
    return it
  }

  findInode(id: number): Inode | undefined {
    return id > 0 ? this.inodes.find(id) : this.#transient.get(id)
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
    this.#transient.set(id, inode)
    return inode
  }

  iops(inode: Inode): InodeOps {
    return this.fs(inode.sb).iops(inode) as unknown as InodeOps
  }

  /** What opening this inode gives. Errors: EACCES (device on a nodev mount), ENXIO (no such device). */
  fopsOf(inode: Inode, mountFlags: number): FileOps {
    if (isChr(inode) || isBlk(inode)) {
      if (mountFlags & MS_NODEV)
        throw refuse(this.whole, EACCES, 'nodev', { path: placeOf(this.whole, inode) })
      const fops = this.devices.get((isChr(inode) ? 'c' : 'b') + inode.rdev)
      if (!fops)
        throw refuse(this.whole, ENXIO, 'no-device', {
          path: placeOf(this.whole, inode),
          kind: isChr(inode) ? 'c' : 'b',
          major: major(inode.rdev),
          minor: minor(inode.rdev),
        })
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
    const count = this.writeCount(inode)
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
    return this.writeCount(inode) < 0
  }

  isWritten(inode: number): boolean {
    return this.writeCount(inode) > 0
  }

  /** Linux: i_writecount. */
  writeCount(inode: number): number {
    return this.#writers.get(inode) ?? 0
  }

  #countWriters(inode: number, by: number): void {
    const count = this.writeCount(inode) + by
    if (count) this.#writers.set(inode, count)
    else this.#writers.delete(inode)
  }

  /** A dentry more, or one less, shows this inode. */
  iget(id: number): void {
    this.#refs.set(id, (this.#refs.get(id) ?? 0) + 1)
  }

  iput(id: number): void {
    const refs = this.#refs.get(id)! - 1
    if (refs > 0) return void this.#refs.set(id, refs)
    this.#refs.delete(id)
    this.#dirDentry.delete(id)
    const inode = this.inode(id)
    if (id < 0) {
      this.#transient.delete(id)
      this.iops(inode).evict?.(this.whole, inode)
    } else if (inode.nlink === 0) {
      this.iops(inode).evict?.(this.whole, inode)
      this.inodes.remove(id)
    }
  }

  /** How many dentries show an inode, and how many watch it. Linux: i_count. */
  iCount(id: number): number {
    return this.#refs.get(id) ?? 0
  }

  /** The dentry of a directory, which has only one, or the first one of a transient inode. Linux: d_find_alias(). */
  dirDentry(inode: number): number {
    return this.#dirDentry.get(inode)!
  }

  protected setDirDentry(inode: number, dentry: number): void {
    this.#dirDentry.set(inode, dentry)
  }

  /** Linux: get_next_ino(): for inodes that no disk numbers. */
  nextAnonIno(): number {
    return ++this.#anonIno
  }
}
