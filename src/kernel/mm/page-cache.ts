/**
 * Which pages of files are in memory, which of them have still to be written, and who pays for them. The pages
 * themselves are where the file system keeps them; of files in memory (tmpfs) shmem.ts tells.
 * Linux: struct address_space, mm/filemap.c, mm/swap.c.
 *
 * What an installation has on its disk has been read while it booted: each of its files begins wholly cached, on nobody's
 * account, until somebody drops the caches.
 */
import type { Inode } from '../../vfs/index.ts'
import { PageSet } from './page-set.ts'
import type { ShmemFile } from './shmem.ts'

/** Linux: struct address_space, struct file_ra_state and the bdi_writeback of an inode. */
export class AddressSpace {
  /** The inode, and the device of its file system. */
  readonly inode: number
  readonly dev: number
  /** All that are cached; those among them that were used again after they came in, and those not written yet. */
  readonly cached = new PageSet()
  readonly active = new PageSet()
  readonly dirty = new PageSet()
  /** Once read; a second time makes them active. Linux: PG_referenced. */
  readonly referenced = new PageSet()
  /** Pages that were reclaimed. Linux: the shadow entries of mm/workingset.c. */
  readonly shadows = new PageSet()
  /** It was cut to nothing and is open still. Linux: EXT4_STATE_DA_ALLOC_CLOSE. */
  wasEmptied = false
  /** How many are being written. */
  writeback = 0
  /** The cgroup that its pages are charged to, and the one that its write-back is counted for; 0 for the root. */
  memcg = 0
  blkcg: number | undefined
  /** Since when it has had something dirty. Linux: dirtied_when. */
  dirtiedAt = 0
  /** Where the next read would be if it went on from the last, and how many pages were read then. */
  raNext = 0
  raSize = 0

  constructor(inode: number, dev: number) {
    this.inode = inode
    this.dev = dev
  }
}

export class PageCache {
  /** By inode; the one that pages were added to least recently first. */
  readonly mappings = new Map<number, AddressSpace>()
  /** Files in memory, by inode. */
  readonly shmem = new Map<number, ShmemFile>()
  /** Inodes up to this one were there when the host was up. */
  bootInodes = 0
  /** The caches have been dropped since. */
  dropped = false
  // In pages: NR_SHMEM, NR_FILE_PAGES without it, NR_FILE_DIRTY, NR_WRITEBACK, NR_DIRTIED, NR_WRITTEN and events of the whole host.
  nrShmem = 0
  nrFile = 0
  nrDirty = 0
  nrWriteback = 0
  nrDirtied = 0
  /** How many of them since the limits were looked at. */
  sinceBalanced = 0
  nrWritten = 0
  pgscan = 0
  pgsteal = 0
  refaults = 0
  refaultsAnon = 0
  majorFaults = 0
  pswpin = 0
  pswpout = 0
  /** The flusher's timer is running. */
  flusher = false
  /** Who waits for all that is written of an inode, and who waits until there is less that is dirty. */
  readonly waiters = new Map<number, readonly (() => void)[]>()
  readonly throttled = new Map<() => boolean, () => void>()

  /** The address space of a file; with its first use comes what is cached since boot. */
  of(inode: Inode, dev: number): AddressSpace {
    let it = this.mappings.get(inode.id)
    if (!it) {
      it = new AddressSpace(inode.id, dev)
      this.mappings.set(inode.id, it)
      if (inode.id <= this.bootInodes && !this.dropped && inode.size)
        this.nrFile += it.cached.add(0, Math.ceil(inode.size / 4096))
    }
    return it
  }

  find(inode: number): AddressSpace | undefined {
    return this.mappings.get(inode)
  }

  /** It was used: others are reclaimed first. */
  touch(it: AddressSpace): void {
    this.mappings.delete(it.inode)
    this.mappings.set(it.inode, it)
  }
}
