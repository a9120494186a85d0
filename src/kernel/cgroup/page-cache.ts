/**
 * Cached files as memory of cgroups: a file is charged to the cgroup of whoever used it first, until it is cut, removed
 * or reclaimed. Those of a disk come in and go by mm/filemap.ts, those in memory (tmpfs) are counted here.
 * Linux: mm/memcontrol.c.
 */
import type { Kernel } from '../kernel.ts'
import type { AddressSpace } from '../mm/page-cache.ts'
import { ancestors, descendants } from './cgroup.ts'
import { charge, memcg, memoryUsage, uncharge } from './memcg.ts'
import { NO_LIMIT, PAGE } from './page-counter.ts'

/** So many pages of a file of a disk more, or fewer; `refaults` of them had been reclaimed before. */
export function chargeFile(k: Kernel, it: AddressSpace, pages: number, refaults = 0): void {
  if (!it.memcg || !k.cgroups.find(it.memcg)) return
  const what = { file: Math.abs(pages) * PAGE }
  if (pages < 0) return uncharge(k, it.memcg, what)
  charge(k, it.memcg, what)
  if (!refaults) return
  const { refaultFile } = memcg.of(k.cgroups.get(it.memcg))
  memcg.set(k, it.memcg, { refaultFile: refaultFile + refaults })
}

/** Take pages out of the cache. Needs: none of them is dirty. Returns how many there were. */
export function uncachePages(k: Kernel, it: AddressSpace, from: number, to: number): number {
  const gone = it.cached.delete(from, to)
  if (!gone) return 0
  if (it.active.size) it.active.delete(from, to)
  if (it.referenced.size) it.referenced.delete(from, to)
  k.pageCache.nrFile -= gone
  chargeFile(k, it, -gone)
  return gone
}

/** So many pages of files in memory more, or fewer, for a cgroup. */
export function chargeShmem(k: Kernel, owner: number, pages: number): void {
  if (!owner || !pages || !k.cgroups.find(owner)) return
  const bytes = Math.abs(pages) * PAGE
  const what = { file: bytes, shmem: bytes }
  if (pages < 0) uncharge(k, owner, what)
  else charge(k, owner, what)
}

export const idsBelow = (k: Kernel, cgroupId: number): Set<number> =>
  new Set([...descendants(k, cgroupId)].map(({ id }) => id))

/** Limits on dirty pages: of the host, or of a cgroup. */
export interface DirtyDomain {
  readonly background: number
  readonly limit: number
  readonly dirty: () => number
  readonly mappings: Iterable<AddressSpace>
}

/**
 * A cgroup with a limit may have the same share of what it can have dirty as the host. Linux: mem_cgroup_wb_stats(),
 * mdtc_calc_avail().
 */
export function dirtyDomainsOf(
  k: Kernel,
  it: AddressSpace,
  ratio: number,
  background: number,
): DirtyDomain[] {
  const domains: DirtyDomain[] = []
  if (!it.memcg || !it.blkcg || !k.cgroups.find(it.memcg)) return domains
  let headroom = NO_LIMIT
  for (const { id } of ancestors(k, it.memcg)) {
    const { max, high } = memcg.of(k.cgroups.get(id))
    headroom = Math.min(headroom, Math.max(0, Math.min(max, high) - memoryUsage(k, id)))
  }
  if (headroom === NO_LIMIT) return domains
  const available = (headroom + memcg.of(k.cgroups.get(it.memcg)).file) / PAGE
  const mappings = [...k.pageCache.mappings.values()].filter(other => other.memcg === it.memcg)
  domains.push({
    background: Math.floor(available * background),
    limit: Math.floor(available * ratio),
    dirty: () => mappings.reduce((sum, { dirty, writeback }) => sum + dirty.size + writeback, 0),
    mappings,
  })
  return domains
}
