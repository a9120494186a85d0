/**
 * Dirty pages: when they are written back, by whom, and who has to wait because there are too many.
 * Linux: mm/page-writeback.c, fs/fs-writeback.c, fs/sync.c.
 *
 * Left out: the bandwidth estimates by which Linux paces those who dirty pages: here they wait until enough is written;
 * the kernel threads that write (nobody sees them run); journals of file systems; changes of a file's owner for
 * write-back when another cgroup writes to it for long (it keeps the first).
 */
import { awaitIo, submitBio } from '../block/blk-core.ts'
import { blkcgOf, ownsWriteback } from '../cgroup/io-stat.ts'
import { dirtyDomainsOf } from '../cgroup/page-cache.ts'
import { startTimer } from '../hrtimer.ts'
import type { Kernel } from '../kernel.ts'
import { memoryUse } from '../mm.ts'
import { taskIo } from '../task-io.ts'
import type { AddressSpace } from './page-cache.ts'

const PAGE = 4096
const BIO_PAGES = 256
/** After how many dirty pages the limits are looked at again. Linux: balance_dirty_pages_ratelimited(). */
const RATELIMIT_PAGES = 32

const tunable = (k: Kernel, name: string, initial: number): number =>
  Number(k.sysctl.get(`vm/${name}`) ?? initial)
const centiseconds = (k: Kernel, name: string, initial: number): number => tunable(k, name, initial) * 1e7

/** Of the memory that could be dirty: the part at which write-back begins, and the part beyond which nobody gets. */
function dirtyRatios(k: Kernel, available: number): { background: number; limit: number } {
  const of = (name: string, initial: number): number => {
    const bytes = tunable(k, `${name}_bytes`, 0)
    return bytes ? bytes / PAGE / available : tunable(k, `${name}_ratio`, initial) / 100
  }
  const [background, limit] = [of('dirty_background', 10), of('dirty', 20)]
  return { background: background >= limit ? limit / 2 : background, limit }
}

const dirtyableMemory = (k: Kernel): number => Math.floor(memoryUse(k).free / PAGE) + k.pageCache.nrFile

/** The same in pages. Linux: global_dirty_limits(). */
export function dirtyLimits(k: Kernel): { readonly background: number; readonly limit: number } {
  const available = dirtyableMemory(k)
  const { background, limit } = dirtyRatios(k, available)
  return { background: Math.floor(available * background), limit: Math.floor(available * limit) }
}

/** Linux: folio_account_dirtied(). */
export function accountDirtied(k: Kernel, it: AddressSpace, from: number, to: number): void {
  const task = k.current ? k.tasks.get(k.current) : undefined
  if (!it.dirty.size) it.dirtiedAt = k.now()
  if (it.blkcg === undefined || !k.cgroups.find(it.blkcg)) {
    const blkcg = task ? blkcgOf(k, task) : 0
    it.blkcg = ownsWriteback(k, blkcg) ? blkcg : 0
  }
  const pages = it.dirty.add(from, to)
  k.pageCache.nrDirty += pages
  k.pageCache.nrDirtied += pages
  k.pageCache.sinceBalanced += pages
  if (task) taskIo(k, task.id).writeBytes += pages * PAGE
  startFlusher(k)
}

/** Linux: folio_account_cleaned(). */
export function cancelDirty(k: Kernel, it: AddressSpace, from: number, to: number): void {
  const pages = it.dirty.size ? it.dirty.delete(from, to) : 0
  if (!pages) return
  k.pageCache.nrDirty -= pages
  if (k.current) taskIo(k, k.current).cancelledWriteBytes += pages * PAGE
}

/** The flusher looks every 5 s as long as there is something: what has been dirty for 30 s is written. Linux: wb_workfn(). */
function startFlusher(k: Kernel): void {
  const interval = centiseconds(k, 'dirty_writeback_centisecs', 500)
  if (k.pageCache.flusher || !interval) return
  k.pageCache.flusher = true
  startTimer(k, k.now() + interval, () => {
    k.pageCache.flusher = false
    const expired = k.clock - centiseconds(k, 'dirty_expire_centisecs', 3000)
    const all = k.pageCache.nrDirty > dirtyLimits(k).background
    for (const it of k.pageCache.mappings.values())
      if (it.dirty.size && (all || it.dirtiedAt <= expired)) writePages(k, it)
    if (k.pageCache.nrDirty) startFlusher(k)
  })
}

/** Begin to write what is dirty in a file. Linux: do_writepages(). `sync` where somebody waits for just this. */
export function writePages(k: Kernel, it: AddressSpace, sync = false): void {
  const runs = it.dirty.runs()
  it.dirty.clear()
  const task = k.current ? k.tasks.find(k.current) : undefined
  const blkcg = it.blkcg || (sync && task ? blkcgForSync(k, task) : 0)
  for (const [from, to] of runs)
    for (let at = from; at < to; at += BIO_PAGES)
      writeRun(k, it, Math.min(to, at + BIO_PAGES) - at, blkcg, sync)
}

/** In v1 who waits for write-back pays for it, and nobody for that of the flusher. */
const blkcgForSync = (k: Kernel, task: Parameters<typeof blkcgOf>[1]): number => {
  const blkcg = blkcgOf(k, task)
  return ownsWriteback(k, blkcg) ? 0 : blkcg
}

function writeRun(k: Kernel, it: AddressSpace, pages: number, blkcg: number, sync: boolean): void {
  k.pageCache.nrDirty -= pages
  k.pageCache.nrWriteback += pages
  it.writeback += pages
  const endIo = (): void => {
    k.pageCache.nrWriteback -= pages
    k.pageCache.nrWritten += pages
    it.writeback -= pages
    endWriteback(k, it)
  }
  submitBio(k, { dev: it.dev, op: 'write', bytes: pages * PAGE, sync, blkcg, endIo })
}

/** Who waits for a file's pages to be written, or for fewer dirty ones. */
function endWriteback(k: Kernel, it: AddressSpace): void {
  const { waiters, throttled } = k.pageCache
  if (!it.writeback) {
    const waiting = waiters.get(it.inode) ?? []
    waiters.delete(it.inode)
    for (const end of waiting) end()
  }
  for (const [isBelow, end] of [...throttled])
    if (isBelow()) {
      throttled.delete(isBelow)
      end()
    }
}

/** The running task waits until all that is being written of a file is. Linux: filemap_fdatawait(). */
export function waitForWriteback(
  k: Kernel,
  it: AddressSpace,
  waitsIn = 'folio_wait_bit_common',
  memstall = 0,
): void {
  if (!it.writeback) return
  const { waiters } = k.pageCache
  waiters.set(it.inode, [...(waiters.get(it.inode) ?? []), awaitIo(k, waitsIn, memstall)])
}

/** Write a file and wait for that, and for the disk to say that it is safe. Linux: ext4_sync_file(). */
export function fsyncPages(k: Kernel, it: AddressSpace): void {
  const had = it.dirty.size + it.writeback
  writePages(k, it, true)
  waitForWriteback(k, it)
  if (had) flush(k, it.dev)
}

/** Linux: blkdev_issue_flush(). */
function flush(k: Kernel, dev: number): void {
  submitBio(k, { dev, op: 'flush', bytes: 0, sync: true, blkcg: 0, endIo: awaitIo(k, 'submit_bio_wait') })
}

/** sync(2), or of one device with syncfs(2). Linux: ksys_sync(). */
export function syncPages(k: Kernel, dev?: number): void {
  const devices = new Set<number>()
  for (const it of k.pageCache.mappings.values()) {
    if ((dev !== undefined && it.dev !== dev) || !(it.dirty.size + it.writeback)) continue
    writePages(k, it)
    waitForWriteback(k, it)
    devices.add(it.dev)
  }
  for (const it of devices) flush(k, it)
}

/**
 * Above the background limit write-back begins; half-way between it and the limit whoever dirties pages waits.
 * Linux: balance_dirty_pages(), of the whole host and of the cgroup that the pages are charged to.
 */
export function balanceDirtyPages(k: Kernel, it: AddressSpace): void {
  const cache = k.pageCache
  if (cache.sinceBalanced < RATELIMIT_PAGES) return
  cache.sinceBalanced = 0
  const ratios = dirtyRatios(k, dirtyableMemory(k))
  const host = {
    ...dirtyLimits(k),
    dirty: () => cache.nrDirty + cache.nrWriteback,
    mappings: cache.mappings.values(),
  }
  for (const domain of [host, ...dirtyDomainsOf(k, it, ratios.limit, ratios.background)]) {
    const { background, limit, dirty, mappings } = domain
    if (dirty() <= background) continue
    for (const mapping of [...mappings]) if (mapping.dirty.size) writePages(k, mapping)
    const setpoint = (background + limit) / 2
    if (dirty() > setpoint && k.current)
      cache.throttled.set(() => dirty() <= setpoint, awaitIo(k, 'balance_dirty_pages'))
  }
}
