/**
 * Reading and writing files through the page cache: what is not there is read from the disk, and the caller waits; what
 * is written is dirty until it is written back. Linux: mm/filemap.c, mm/readahead.c, mm/truncate.c, fs/iomap/direct-io.c.
 *
 * Left out: a file's pages are all charged to the cgroup that had its first one; reading ahead ends with the read that
 * asked (no asynchronous window), POSIX_FADV_*.
 */
import type { Extents, Inode } from '../../vfs/index.ts'
import { awaitIo, submitBio } from '../block/blk-core.ts'
import type { Op } from '../block/blk-stat.ts'
import { blkcgOf } from '../cgroup/io-stat.ts'
import { chargeFile, uncachePages } from '../cgroup/page-cache.ts'
import { memcgOf } from '../cgroup/memcg.ts'
import { hierarchyWith } from '../cgroup/cgroup.ts'
import type { Kernel } from '../kernel.ts'
import { memoryLimit } from '../mm.ts'
import { taskIo } from '../task-io.ts'
import { TSK_MEMSTALL } from '../wake-up.ts'
import { accountDirtied, balanceDirtyPages, cancelDirty, writePages } from './page-writeback.ts'
import type { AddressSpace } from './page-cache.ts'
import { reclaim, stayWithin } from './vmscan.ts'

const PAGE = 4096
/** What is read ahead of a sequential reader at most (read_ahead_kb), and what one request may have. */
const RA_PAGES = 32
const IO_PAGES = 320
/** BIO_MAX_VECS. */
export const BIO_PAGES = 256

export const mappingOf = (k: Kernel, inode: Inode): AddressSpace =>
  k.pageCache.find(inode.id) ?? k.pageCache.of(inode, k.superBlocks.get(inode.sb).dev)

/** Ask the disk for something that the running task waits for, and count it. */
function submitSync(k: Kernel, dev: number, op: Op, bytes: number, waitsIn: string, memstall = 0): void {
  const { current } = k
  if (current) {
    const io = taskIo(k, current)
    if (op === 'read') io.readBytes += bytes
    else io.writeBytes += bytes
  }
  submitBio(k, {
    dev,
    op,
    bytes,
    sync: true,
    blkcg: current ? blkcgOf(k, k.tasks.get(current)) : 0,
    endIo: awaitIo(k, waitsIn, memstall),
  })
}

/** Pages come into the cache, on the account of whoever brings the first. Linux: filemap_add_folio(). */
function addPages(k: Kernel, it: AddressSpace, from: number, to: number): number {
  if (!it.cached.size) it.memcg = k.current ? memcgOf(k, k.tasks.get(k.current)) : 0
  const added = it.cached.add(from, to)
  if (!added) return 0
  k.pageCache.nrFile += added
  k.pageCache.touch(it)
  const refaults = it.shadows.size ? it.shadows.delete(from, to) : 0
  k.pageCache.refaults += refaults
  chargeFile(k, it, added, refaults)
  if (it.memcg) stayWithin(k, it.memcg)
  const over = k.pageCache.nrFile * PAGE - filesMayHave(k)
  if (over > 0) reclaim(k, k.sched.groups.hierarchyId('memory') && hierarchyWith(k, 'memory').root, over)
  return refaults
}

/** What programs leave of the memory. */
const filesMayHave = (k: Kernel): number => memoryLimit(k) - k.memoryUsed

/** Linux: mark_page_accessed(): what is used a second time becomes active. */
function markAccessed(it: AddressSpace, from: number, to: number): void {
  for (const [first, last] of it.referenced.within(from, to)) it.active.add(first, last)
  it.referenced.add(from, to)
}

/** Pages are read: those that are not cached come from the disk. Linux: filemap_read(), page_cache_sync_readahead(). */
export function readPages(k: Kernel, inode: Inode, from: number, to: number, extents: Extents): void {
  const it = mappingOf(k, inode)
  const missing = it.cached.missing(from, to)
  if (missing.length) {
    const end = Math.ceil(inode.size / PAGE)
    for (const [first, last] of missing)
      readMissing(k, it, first, Math.min(end, last + ahead(it, first, last)), extents)
  }
  it.raNext = to
  markAccessed(it, from, to)
}

/** How many pages more are worth reading. Linux: ondemand_readahead(), get_init_ra_size(), get_next_ra_size(). */
function ahead(it: AddressSpace, from: number, to: number): number {
  const wanted = to - from
  if (from && from !== it.raNext) return 0
  const next = from && it.raSize ? it.raSize * 2 : 4 * 2 ** Math.ceil(Math.log2(wanted))
  it.raSize = Math.min(RA_PAGES, next)
  return Math.max(0, it.raSize - wanted)
}

function readMissing(k: Kernel, it: AddressSpace, from: number, to: number, extents: Extents): void {
  for (const [first, last] of it.cached.missing(from, to)) {
    const refaults = addPages(k, it, first, last)
    for (const [start, end] of extents(first, last))
      for (let at = start; at < end; at += IO_PAGES) {
        const bytes = (Math.min(end, at + IO_PAGES) - at) * PAGE
        submitSync(k, it.dev, 'read', bytes, 'folio_wait_bit_common', refaults ? TSK_MEMSTALL : 0)
      }
  }
}

/** Pages were written to: they are cached, and have to be written back. Linux: generic_perform_write(). */
export function dirtyPages(k: Kernel, inode: Inode, from: number, to: number): void {
  const it = mappingOf(k, inode)
  addPages(k, it, from, to)
  accountDirtied(k, it, from, to)
  balanceDirtyPages(k, it)
}

/** Pages are gone, and nobody will write them. Linux: truncate_inode_pages_range(). */
export function dropPages(k: Kernel, inode: Inode, from: number, to: number): void {
  const isEmptied = from === 0 && inode.nlink > 0 && inode.size > 0
  const it = isEmptied ? mappingOf(k, inode) : k.pageCache.find(inode.id)
  if (!it) return
  cancelDirty(k, it, from, to)
  uncachePages(k, it, from, to)
  if (it.shadows.size) it.shadows.delete(from, to)
  if (isEmptied) it.wasEmptied = true
  else if (!it.cached.size && !it.writeback && !it.shadows.size) k.pageCache.mappings.delete(it.inode)
}

/** Past the cache: whoever reads or writes waits for the disk itself. Linux: iomap_dio_rw(). */
export function directIo(k: Kernel, inode: Inode, op: 'read' | 'write', pos: number, count: number): void {
  const it = mappingOf(k, inode)
  const [from, to] = [Math.floor(pos / PAGE), Math.ceil((pos + count) / PAGE)]
  if (op === 'write') {
    cancelDirty(k, it, from, to)
    uncachePages(k, it, from, to)
  }
  submitRange(k, it.dev, op, count, true)
}

/** Ask a device for so many bytes in a row; `sync` if the running task is to wait for them. */
export function submitRange(
  k: Kernel,
  dev: number,
  op: 'read' | 'write',
  count: number,
  sync: boolean,
): void {
  for (let left = count; left > 0; left -= BIO_PAGES * PAGE) {
    const bytes = Math.min(left, BIO_PAGES * PAGE)
    if (sync) submitSync(k, dev, op, bytes, '__iomap_dio_rw')
    else submitBio(k, { dev, op, bytes, sync, blkcg: 0, endIo: () => {} })
  }
}

/** A file that had been emptied is closed: what was written since is written back now. Linux: ext4_alloc_da_blocks(). */
export function flushEmptied(k: Kernel, inode: Inode): void {
  const it = k.pageCache.find(inode.id)
  if (!it?.wasEmptied) return
  it.wasEmptied = false
  writePages(k, it)
}
