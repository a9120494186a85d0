/**
 * Files in memory (tmpfs): how many pages each has, on whose account, and which of them are in swap. The pages
 * themselves are where the file system keeps them. Linux: mm/shmem.c.
 */
import { killedBy, SIGKILL } from '../../abi/index.ts'
import type { Inode } from '../../vfs/index.ts'
import { ancestors } from '../cgroup/cgroup.ts'
import { type LimitHit, memcg, memcgOf, overLimit, uncharge } from '../cgroup/memcg.ts'
import { memcgOomKill, noteLimitHit } from '../cgroup/memcg-oom.ts'
import { chargeShmem } from '../cgroup/page-cache.ts'
import { NO_LIMIT } from '../cgroup/page-counter.ts'
import { doGroupExit } from '../exit.ts'
import type { Kernel } from '../kernel.ts'
import { PageSet } from './page-set.ts'
import { reclaim, stayWithin } from './vmscan.ts'

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

/** The cgroup that pays, or will pay, for a file. */
const ownerOf = (k: Kernel, inode: Inode): number => {
  if (k.pageCache.shmem.has(inode.id)) return inode.memcg ?? 0
  return k.current ? memcgOf(k, k.tasks.get(k.current)) : 0
}

export function hasShmemLimit(k: Kernel, inode: Inode): boolean {
  const owner = ownerOf(k, inode)
  if (!owner || !k.cgroups.find(owner)) return false
  for (const cg of ancestors(k, owner)) {
    const { max, memswMax } = memcg.of(cg)
    if (max !== NO_LIMIT || memswMax !== NO_LIMIT) return true
  }
  return false
}

/** How many of so many pages more a file may have now. Whoever asks may be killed for it. Linux: mem_cgroup_charge(). */
export function shmemRoom(k: Kernel, inode: Inode, pages: number): number {
  const owner = ownerOf(k, inode)
  for (;;) {
    const hit = limitAbove(k, owner, pages * PAGE)
    if (!hit) return pages
    if (reclaim(k, hit.id, hit.excess, hit.isMemsw ? 'files' : 'all')) {
      noteLimitHit(k, hit, hit.excess)
      if (!limitAbove(k, owner, pages * PAGE)) return pages
    }
    const left = limitAbove(k, owner, pages * PAGE)
    const room = left ? Math.max(0, Math.floor(pages - left.excess / PAGE)) : pages
    if (room || !left) return room
    const { tgid } = k.tasks.get(k.current)
    const victims = memcg.of(k.cgroups.get(left.id)).oomKillDisable ? [] : memcgOomKill(k, k.current, left)
    for (const victim of victims) if (victim !== tgid) doGroupExit(k, victim, killedBy(SIGKILL))
    if (!victims.length || victims.includes(tgid)) return 0
  }
}

function limitAbove(k: Kernel, owner: number, bytes: number): LimitHit | undefined {
  for (const { id } of ancestors(k, owner)) {
    const hit = overLimit(k, id, bytes)
    if (hit) return hit
  }
  return undefined
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
