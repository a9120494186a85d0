/** What disks have been asked, and have done. Linux: block/genhd.c:part_stat_show(), diskstats_show(). */
import { major, minor } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import type { Disk } from '../types.ts'

/** Linux: REQ_OP_*. */
export type Op = 'read' | 'write' | 'flush'

interface Count {
  ios: number
  bytes: number
  /** ns from asking to the answer. */
  time: number
  inflight: number
}

/** Linux: struct request_queue, and struct disk_stats. */
export class RequestQueue {
  readonly stat: Readonly<Record<Op, Count>> = { read: count(), write: count(), flush: count() }
  /** When the device has worked off what it was asked so far. */
  freeAt = 0
  /** For how long it had something to do, and since when it has. */
  busy = 0
  busySince = 0

  get inflight(): number {
    const { read, write, flush } = this.stat
    return read.inflight + write.inflight + flush.inflight
  }
}
const count = (): Count => ({ ios: 0, bytes: 0, time: 0, inflight: 0 })

export function queueOf(k: Kernel, dev: number): RequestQueue {
  let queue = k.requestQueues.get(dev)
  if (!queue) k.requestQueues.set(dev, (queue = new RequestQueue()))
  return queue
}

const milliseconds = (ns: number): number => Math.floor(ns / 1e6)

/** The numbers of /sys/block/DISK/stat and /proc/diskstats. Linux: part_stat_show(). */
export function diskStats(k: Kernel, disk: Disk): readonly number[] {
  const queue = k.requestQueues.get(disk.dev) ?? new RequestQueue()
  const { read, write, flush } = queue.stat
  const row = ({ ios, bytes, time }: Count): number[] => [ios, 0, bytes / 512, milliseconds(time)]
  const busy = queue.busy + (queue.inflight ? k.now() - queue.busySince : 0)
  const total = milliseconds(read.time + write.time + flush.time)
  const inflight = queue.inflight
  return [
    ...row(read),
    ...row(write),
    inflight,
    milliseconds(busy),
    total,
    0,
    0,
    0,
    0,
    flush.ios,
    milliseconds(flush.time),
  ]
}

/** Reads and writes that are not answered yet. Linux: part_inflight_show(). */
export function inflight(k: Kernel, disk: Disk): readonly [number, number] {
  const { read, write } = queueOf(k, disk.dev).stat
  return [read.inflight, write.inflight]
}

/** /proc/diskstats. Linux: diskstats_show(). */
export const showDiskstats = (k: Kernel): string =>
  [...k.disks.values()]
    .map(it => {
      const numbers = diskStats(k, it).join(' ')
      return `${String(major(it.dev)).padStart(4)} ${String(minor(it.dev)).padStart(7)} ${it.name} ${numbers}\n`
    })
    .join('')
