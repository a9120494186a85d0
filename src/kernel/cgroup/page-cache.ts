/**
 * Cached files as memory of cgroups: a file is charged to the cgroup of whoever used it first, until it is cut, removed
 * or reclaimed. Files of a disk can be reclaimed, those in memory cannot, there being no swap.
 * Linux: mm/filemap.c, mm/vmscan.c, mm/memcontrol.c:try_charge_memcg().
 *
 * Left out: which of its pages a file has in the cache (they are counted), dirty pages, write-back.
 */
import type { Inode } from '../../vfs/index.ts'
import type { Kernel } from '../kernel.ts'
import { ancestors, descendants } from './cgroup.ts'
import { charge, memcg, memoryUsage, uncharge } from './memcg.ts'
import { memcgOomKill, noteLimitHit } from './memcg-oom.ts'
import { NO_LIMIT, PAGE } from './page-counter.ts'

/** Of a file system in memory. */
const isShmem = ({ vfs }: Kernel, { sb }: Inode): boolean =>
  !vfs.fileSystems.get(vfs.superBlocks.get(sb).type)?.requiresDev

/**
 * So many pages of a file more, or fewer, are cached. What goes over a limit is made up for by other files, or by whom
 * the OOM killer chooses.
 */
export function chargeCache(k: Kernel, inode: Inode, pages: number, asking: number): void {
  const { memcg: owner } = inode
  if (!owner || !pages || !k.cgroups.find(owner)) return
  const bytes = Math.abs(pages) * PAGE
  const what = { file: bytes, ...(isShmem(k, inode) && { shmem: bytes }) }
  if (pages < 0) uncharge(k, owner, what)
  else {
    charge(k, owner, what)
    stayWithin(k, owner, asking)
  }
}

/** memory.high and memory.max of everything that a cgroup is in. */
function stayWithin(k: Kernel, cgroupId: number, asking: number): void {
  for (const { id } of [...ancestors(k, cgroupId)]) {
    const { max, high } = memcg.of(k.cgroups.get(id))
    if (high !== NO_LIMIT) reclaim(k, id, memoryUsage(k, id) - high)
    const excess = max === NO_LIMIT ? 0 : memoryUsage(k, id) - max
    if (excess <= 0) continue
    if (reclaim(k, id, excess) >= excess) noteLimitHit(k, id)
    else if (!memcg.of(k.cgroups.get(id)).oomKillDisable) memcgOomKill(k, asking, id)
  }
}

/** Drop cached files of a cgroup and below, oldest first; returns how many bytes that were. Linux: shrink_lruvec(). */
export function reclaim(k: Kernel, cgroupId: number, bytes: number): number {
  if (bytes <= 0) return 0
  const below = new Set([...descendants(k, cgroupId)].map(({ id }) => id))
  let left = Math.ceil(bytes / PAGE)
  const wanted = left
  for (const inode of k.vfs.inodes.values()) {
    if (left <= 0) break
    const { memcg: owner, cached } = inode
    if (!cached || !owner || !below.has(owner) || isShmem(k, inode)) continue
    const pages = Math.min(left, cached)
    left -= pages
    k.vfs.inodes.own(inode.id).cached = cached - pages
    uncharge(k, owner, { file: pages * PAGE })
    const { pgscan, pgsteal } = memcg.of(k.cgroups.get(owner))
    memcg.set(k, owner, { pgscan: pgscan + pages, pgsteal: pgsteal + pages })
  }
  return (wanted - left) * PAGE
}

/** `echo 1 > /proc/sys/vm/drop_caches`. */
export function dropPageCache(k: Kernel): void {
  for (const inode of [...k.vfs.inodes.values()]) {
    const { id, memcg: owner, cached } = inode
    if (!cached || isShmem(k, inode)) continue
    k.vfs.inodes.own(id).cached = 0
    if (owner && k.cgroups.find(owner)) uncharge(k, owner, { file: cached * PAGE })
  }
}
