/**
 * What disks are asked to read and write. Data are there at once (the disk is memory); a request only takes its time on
 * the virtual clock: who waits for it sleeps in state D until the device has had the time for it and all before it.
 * Linux: block/blk-core.c, block/blk-mq.c, block/bio.c.
 *
 * The device is a fast one: requests follow each other at its bandwidth, and each is answered a latency later.
 *
 * Left out: I/O schedulers and what goes with them (io.weight, bfq, ioprio), merging, splitting at max_sectors_kb,
 * discards, errors.
 */
import { cgroupIoStart } from '../cgroup/io-stat.ts'
import { startTimer } from '../hrtimer.ts'
import type { Kernel } from '../kernel.ts'
import { wakeTask } from '../wake-up.ts'
import { type Op, queueOf } from './blk-stat.ts'

/** Bytes per ns of vda, and how long it takes to answer, in ns: an NVMe disk behind virtio. */
const BANDWIDTH = 2
const LATENCY = { read: 80_000, write: 25_000, flush: 150_000 } as const

/** Linux: struct bio. */
export interface Bio {
  readonly dev: number
  readonly op: Op
  readonly bytes: number
  /** Somebody waits for it. Linux: REQ_SYNC. */
  readonly sync: boolean
  /** The cgroup that it is counted for. */
  readonly blkcg: number
  readonly endIo: () => void
  /** It has passed all limits. Linux: BIO_BPS_THROTTLED. */
  throttled?: boolean
}

/** Linux: submit_bio(). Limits of control groups may hold it back (blk-throttle.ts). */
export function submitBio(k: Kernel, bio: Bio): void {
  if (bio.op !== 'flush' && k.blkThrottle?.(bio)) return
  submitBioNoacct(k, bio)
}

/** Linux: submit_bio_noacct_nocheck(), blk_mq_submit_bio(). */
export function submitBioNoacct(k: Kernel, bio: Bio): void {
  const { dev, op, bytes } = bio
  if (op !== 'flush') cgroupIoStart(k, bio)
  const queue = queueOf(k, dev)
  const stat = queue.stat[op]
  const now = k.now()
  if (!queue.inflight) queue.busySince = now
  stat.inflight++
  queue.freeAt = Math.max(now, queue.freeAt) + bytes / BANDWIDTH
  startTimer(k, queue.freeAt + LATENCY[op], () => {
    stat.inflight--
    stat.ios++
    stat.bytes += bytes
    stat.time += k.clock - now
    if (!queue.inflight) queue.busy += k.clock - queue.busySince
    bio.endIo()
  })
}

/** An `endIo` that the running task waits for before its call returns, in the function `waitsIn`. */
export function awaitIo(k: Kernel, waitsIn: string, memstall = 0): () => void {
  const thread = k.threads.get(k.current)
  if (!thread) return () => {}
  if (!thread.inflight) thread.waitsIn = waitsIn
  thread.inflight++
  thread.memstall |= memstall
  k.mustWait = true
  return () => {
    if (--thread.inflight === 0) wakeTask(k, thread.id)
  }
}
