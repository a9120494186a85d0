/**
 * Reclaim: what of the memory is given back first when it runs short. Cached files that were used once come first, then
 * those used again and, where there is swap, what programs have for themselves, by swappiness; memory.min and
 * memory.low protect a cgroup's share. Linux: mm/vmscan.c, mm/memcontrol.c:mem_cgroup_calculate_protection().
 *
 * Left out: generations of pages (a file's pages go from its beginning, files in the order in which they were brought
 * in), kswapd (who needs memory makes room himself).
 */
import { idsBelow, uncachePages } from '../cgroup/page-cache.ts'
import { ancestors, isV2 } from '../cgroup/cgroup.ts'
import { countReclaimed, memcg, memoryUsage, overLimit } from '../cgroup/memcg.ts'
import { memcgOomKill, noteEvents, noteLimitHit, SWAP_CLUSTER_MAX } from '../cgroup/memcg-oom.ts'
import { NO_LIMIT, PAGE } from '../cgroup/page-counter.ts'
import type { Kernel } from '../kernel.ts'
import type { Cgroup } from '../types.ts'
import { TSK_MEMSTALL } from '../wake-up.ts'
import type { AddressSpace } from './page-cache.ts'
import { waitForWriteback, writePages } from './page-writeback.ts'

type Protection = 'low' | 'min'

/** memory.min is respected always. */
function protectionOf(cg: Cgroup, kind: Protection): number {
  const { low, min } = memcg.of(cg)
  return kind === 'min' ? min : Math.max(min, low)
}

/** How much of each cgroup's pages may be taken, as a part of 1, while `kind` is respected. */
function scanShares(k: Kernel, target: number, kind: Protection): Map<number, number> {
  const shares = new Map<number, number>()
  const visit = (cg: Cgroup, effective: number): void => {
    const usage = cg.id === target || !cg.parent ? 0 : memoryUsage(k, cg.id)
    shares.set(cg.id, usage ? Math.max(0, 1 - effective / usage) : 1)
    const children = cg.children.map(id => k.cgroups.get(id))
    const wanted = children.map(it => Math.min(memoryUsage(k, it.id), protectionOf(it, kind)))
    const sum = wanted.reduce((a, b) => a + b, 0)
    // Children have no more protection than there is above them, but for those of the target itself; what nobody of
    // them claims is shared out by use (memory_recursiveprot).
    const isTop = cg.id === target || !cg.parent
    const scale = isTop || sum <= effective ? 1 : effective / sum
    const unclaimed = isTop ? 0 : Math.max(0, effective - sum) / Math.max(PAGE, usage - sum)
    children.forEach((it, i) => {
      visit(it, wanted[i]! * scale + unclaimed * (memoryUsage(k, it.id) - wanted[i]!))
    })
  }
  visit(k.cgroups.get(target), 0)
  return shares
}

/** Linux: mem_cgroup_below_low(): somebody's protection was not kept. */
function noteLow(k: Kernel, shares: ReadonlyMap<number, number>): void {
  for (const [id, share] of shares) if (share === 0) noteEvents(k, id, 'lowEvents', 1)
}

class Scan {
  readonly k: Kernel
  readonly owners: ReadonlySet<number>
  /** The part of programs' memory in what is taken: 0 to 1; undefined where it must not be taken at all. */
  readonly anonPart: number | undefined
  left: number

  constructor(k: Kernel, owners: ReadonlySet<number>, anonPart: number | undefined, pages: number) {
    this.k = k
    this.owners = owners
    this.anonPart = anonPart
    this.left = pages
  }

  /** Files' pages, clean ones or those that have to be written first. */
  files(shares: ReadonlyMap<number, number>, which: 'inactive' | 'active' | 'dirty'): void {
    for (const it of [...this.k.pageCache.mappings.values()]) {
      if (this.left <= 0) return
      if (!this.owners.has(it.memcg) || !it.cached.size) continue
      const share = shares.get(it.memcg) ?? 1
      const budget = Math.min(this.left, Math.ceil(it.cached.size * share))
      if (budget > 0) this.left -= which === 'dirty' ? this.#write(it, budget) : this.#take(it, budget, which)
    }
  }

  #take(it: AddressSpace, budget: number, which: 'inactive' | 'active'): number {
    let taken = 0
    for (const [from, to] of it.cached.runs())
      for (const [first, last] of which === 'active'
        ? it.active.within(from, to)
        : it.active.missing(from, to))
        for (const [start, end] of it.dirty.missing(first, last)) {
          const stop = Math.min(end, start + budget - taken)
          if (stop <= start) return taken
          taken += this.#evict(it, start, stop)
        }
    return taken
  }

  #write(it: AddressSpace, budget: number): number {
    if (!it.dirty.size) return 0
    const runs = it.dirty.runs()
    writePages(this.k, it)
    waitForWriteback(this.k, it, 'folio_wait_bit_common', TSK_MEMSTALL)
    let taken = 0
    for (const [from, to] of runs)
      if (taken < budget) taken += this.#evict(it, from, Math.min(to, from + budget - taken))
    return taken
  }

  #evict(it: AddressSpace, from: number, to: number): number {
    const { k } = this
    const pages = uncachePages(k, it, from, to)
    it.shadows.add(from, to)
    k.pageCache.pgscan += pages
    k.pageCache.pgsteal += pages
    countReclaimed(k, it.memcg, pages)
    return pages
  }

  /** What programs have, into swap. */
  anon(shares: ReadonlyMap<number, number>, pages: number): void {
    const { k } = this
    if (pages > 0 && k.swap) this.left -= k.swap.swapOut(this.owners, shares, Math.min(pages, this.left))
  }
}

/** What may be taken: `files` where swapping would not help. Linux: may_swap of struct scan_control. */
export type Reclaimed = 'all' | 'files'

/** Take so much from a cgroup and below, or from everybody (the root); returns how many bytes it was. Linux: try_to_free_pages(). */
export function reclaim(k: Kernel, cgroupId: number, bytes: number, what: Reclaimed = 'all'): number {
  if (bytes <= 0 || !cgroupId) return 0
  const owners = idsBelow(k, cgroupId)
  const isHost = !k.cgroups.get(cgroupId).parent
  if (isHost) owners.add(0)
  const wanted = Math.ceil(bytes / PAGE)
  const scan = new Scan(
    k,
    owners,
    what === 'all' ? swappinessOf(k, k.cgroups.get(cgroupId)) / 200 : undefined,
    wanted,
  )
  for (const kind of ['low', 'min'] as const) {
    const shares = scanShares(k, cgroupId, kind)
    if (kind === 'min') noteLow(k, scanShares(k, cgroupId, 'low'))
    shrink(scan, shares)
    if (scan.left <= 0) break
  }
  const taken = wanted - Math.max(0, scan.left)
  k.memcgEvents?.reclaimed(cgroupId, wanted, taken)
  return taken * PAGE
}

/** Linux: get_scan_count(): files used once come first; of the rest, swappiness says which part is programs' memory. */
function shrink(scan: Scan, shares: ReadonlyMap<number, number>): void {
  const { anonPart = 0 } = scan
  if (anonPart < 1) scan.files(shares, 'inactive')
  scan.anon(shares, Math.ceil(scan.left * anonPart))
  scan.files(shares, 'inactive')
  scan.files(shares, 'active')
  scan.files(shares, 'dirty')
  if (anonPart > 0) scan.anon(shares, scan.left)
}

/** v1 has it by cgroup, and the root's is the host's. Linux: mem_cgroup_swappiness(). */
export const swappinessOf = (k: Kernel, cg: Cgroup): number =>
  cg.parent && !isV2(k, cg) ? memcg.of(cg).swappiness : Number(k.sysctl.get('vm/swappiness') ?? 60)

/** memory.high and memory.max of everything that a cgroup is in: what goes over is made up for, or somebody is killed. */
export function stayWithin(k: Kernel, cgroupId: number): void {
  for (const { id } of [...ancestors(k, cgroupId)]) {
    const { high } = memcg.of(k.cgroups.get(id))
    const above = high === NO_LIMIT ? 0 : memoryUsage(k, id) - high
    if (above > 0) {
      noteEvents(k, id, 'highEvents', Math.ceil(above / PAGE / SWAP_CLUSTER_MAX))
      reclaim(k, id, above)
    }
    const hit = overLimit(k, id)
    if (!hit) continue
    if (reclaim(k, id, hit.excess, hit.isMemsw ? 'files' : 'all') >= hit.excess)
      noteLimitHit(k, hit, hit.excess)
    else if (!memcg.of(k.cgroups.get(id)).oomKillDisable) memcgOomKill(k, k.current, hit)
  }
}

/** `echo 1 > /proc/sys/vm/drop_caches`: all that is clean. Linux: drop_pagecache_sb(). */
export function dropPageCache(k: Kernel): void {
  const cache = k.pageCache
  cache.dropped = true
  for (const it of [...cache.mappings.values()]) {
    for (const [from, to] of it.dirty.missing(0, Number.MAX_SAFE_INTEGER)) uncachePages(k, it, from, to)
    it.shadows.clear()
    if (!it.cached.size && !it.writeback) cache.mappings.delete(it.inode)
  }
}
