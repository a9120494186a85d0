/**
 * Files in memory (tmpfs): how many pages each has, on whose account, and which of them are in swap. The pages
 * themselves are where the file system keeps them. Linux: mm/shmem.c.
 */
import type { Inode } from '../../vfs/index.ts'
import { uncharge } from '../cgroup/memcg.ts'
import { chargeShmem } from '../cgroup/page-cache.ts'
import type { Kernel } from '../kernel.ts'
import { PageSet } from './page-set.ts'
import { stayWithin } from './vmscan.ts'

const PAGE = 4096

/** Linux: struct shmem_inode_info. */
export class ShmemFile {
  /** All that it has, those in swap among them. Linux: alloced. */
  pages = 0
  readonly swapped = new PageSet()
  /** When it was last read or written, and where: what follows was used least recently. */
  usedAt = 0
  hand = 0
}

/** So many pages of a file more, or fewer. Linux: shmem_add_to_page_cache(), shmem_undo_range(). */
export function shmemCharged(k: Kernel, inode: Inode, pages: number): void {
  const { shmem } = k.pageCache
  const it = shmem.get(inode.id) ?? new ShmemFile()
  const fromSwap = pages < 0 ? forgetSwapped(k, inode, it, it.pages + pages) : 0
  it.pages += pages
  if (it.pages) shmem.set(inode.id, it)
  else shmem.delete(inode.id)
  k.pageCache.nrShmem += pages + fromSwap
  chargeShmem(k, inode.memcg ?? 0, pages + fromSwap)
  if (pages > 0 && inode.memcg) stayWithin(k, inode.memcg)
}

/** Of what was cut off, so many pages were in swap. Linux: shmem_free_swap(). */
function forgetSwapped(k: Kernel, { size, memcg }: Inode, it: ShmemFile, left: number): number {
  if (!it.swapped.size) return 0
  let gone = it.swapped.delete(left ? Math.ceil(size / PAGE) : 0, Number.POSITIVE_INFINITY)
  // Where a hole was made, is not said: no more can be in swap than there are.
  for (const [from, to] of it.swapped.runs()) {
    const most = it.swapped.size - left
    if (most > 0) gone += it.swapped.delete(from, Math.min(to, from + most))
  }
  k.swap?.release(gone * PAGE)
  if (memcg) uncharge(k, memcg, { swap: gone * PAGE })
  return gone
}

/** Pages of a file are read or written: those in swap come back. Linux: shmem_swapin_folio(). */
export function shmemUsed(k: Kernel, inode: Inode, from: number, to: number): void {
  const it = k.swap && k.pageCache.shmem.get(inode.id)
  if (!it) return
  it.usedAt = k.now()
  it.hand = to
  const runs = it.swapped.size ? it.swapped.within(from, to) : []
  for (const [first, last] of runs) {
    it.swapped.delete(first, last)
    k.pageCache.nrShmem += last - first
    k.swap!.readShmem(inode.memcg ?? 0, last - first)
  }
  if (runs.length && inode.memcg) stayWithin(k, inode.memcg)
}
