/**
 * What control groups have read and written on each disk: io.stat, and v1's io_service_bytes and io_serviced.
 * Linux: block/blk-cgroup.c:blkcg_print_one_stat(), block/blk-cgroup-rwstat.c.
 */
import { major, minor } from '../../abi/index.ts'
import type { Bio } from '../block/blk-core.ts'
import { diskStats } from '../block/blk-stat.ts'
import type { Kernel } from '../kernel.ts'
import type { Cgroup, Task } from '../types.ts'
import { ancestors, cgroupFor, descendants, hasController, isV2 } from './cgroup.ts'
import { cssOf } from './css.ts'

/** Linux: struct blkg_iostat, and struct blkg_rwstat of v1. */
export interface IoStat {
  readonly rbytes: number
  readonly wbytes: number
  readonly rios: number
  readonly wios: number
  /** Of these, what somebody waited for (v1). */
  readonly syncBytes: number
  readonly syncIos: number
}
const NOTHING: IoStat = { rbytes: 0, wbytes: 0, rios: 0, wios: 0, syncBytes: 0, syncIos: 0 }

/** By device, the one that was used or limited last first; what removed cgroups below have done is in it. */
type Blkgs = Readonly<Record<string, IoStat>>
const blkgs = cssOf<Blkgs>('blkg', {})

const nameOf = (dev: number): string => `${major(dev)}:${minor(dev)}`

/** The cgroup that a task's I/O is counted for: the nearest with the controller; 0 for none. */
export function blkcgOf(k: Kernel, task: Task): number {
  const own = cgroupFor(k, task, 'io')
  if (!own) return 0
  for (const cg of ancestors(k, own)) if (!cg.parent || hasController(k, cg, 'io')) return cg.id
  return 0
}

/** A cgroup gets to know a device, and so does everything above it. Linux: blkg_lookup_create(). */
export function createBlkg(k: Kernel, cgroupId: number, dev: number): void {
  const name = nameOf(dev)
  for (const cg of ancestors(k, cgroupId))
    if (cg.parent && !(name in blkgs.of(cg))) blkgs.replace(k, cg.id, { [name]: NOTHING, ...blkgs.of(cg) })
}

/** The devices that it knows, in the order in which they are shown. */
export const devicesOf = (cg: Cgroup): readonly string[] => Object.keys(blkgs.of(cg))

const sum = (a: IoStat, b: IoStat): IoStat => ({
  rbytes: a.rbytes + b.rbytes,
  wbytes: a.wbytes + b.wbytes,
  rios: a.rios + b.rios,
  wios: a.wios + b.wios,
  syncBytes: a.syncBytes + b.syncBytes,
  syncIos: a.syncIos + b.syncIos,
})

/** A request goes to its disk; v1 counts elsewhere. Linux: blk_cgroup_bio_start(). */
export function cgroupIoStart(k: Kernel, bio: Bio): void {
  const cg = bio.blkcg ? k.cgroups.find(bio.blkcg) : undefined
  if (!cg?.parent) return
  if (isV2(k, cg)) countIo(k, bio)
  else createBlkg(k, bio.blkcg, bio.dev)
}

/** Count a request for its cgroup. */
export function countIo(k: Kernel, { blkcg, dev, op, bytes, sync }: Bio): void {
  createBlkg(k, blkcg, dev)
  const own = blkgs.of(k.cgroups.get(blkcg))[nameOf(dev)]!
  const isRead = op === 'read'
  const stat: IoStat = {
    rbytes: isRead ? bytes : 0,
    wbytes: isRead ? 0 : bytes,
    rios: isRead ? 1 : 0,
    wios: isRead ? 0 : 1,
    syncBytes: sync ? bytes : 0,
    syncIos: sync ? 1 : 0,
  }
  blkgs.set(k, blkcg, { [nameOf(dev)]: sum(own, stat) })
}

/** A cgroup goes: what it has done stays counted above it. Linux: blkcg_rstat_flush() of the dying. */
export function reparentIoStat(k: Kernel, cg: Cgroup): void {
  const above = cg.parent ? k.cgroups.get(cg.parent) : undefined
  if (above?.parent)
    for (const [name, stat] of Object.entries(blkgs.of(cg)))
      blkgs.set(k, above.id, { [name]: sum(blkgs.of(k.cgroups.get(above.id))[name] ?? NOTHING, stat) })
  blkgs.reset(k, cg.id)
}

/** Of a cgroup, and with everything below it. */
function statsOf(k: Kernel, cg: Cgroup, recursive: boolean): [name: string, stat: IoStat][] {
  if (!cg.parent) return rootStats(k)
  const below = recursive ? [...descendants(k, cg.id)] : [cg]
  return devicesOf(cg).map(name => [
    name,
    below.reduce((total, it) => sum(total, blkgs.of(it)[name] ?? NOTHING), NOTHING),
  ])
}

/** The root's are those of the disks. Linux: blkcg_fill_root_iostats(). */
function rootStats(k: Kernel): [name: string, stat: IoStat][] {
  return [...k.disks.values()].reverse().map(disk => {
    const [rios, , rsectors, , wios, , wsectors] = diskStats(k, disk) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    return [nameOf(disk.dev), { ...NOTHING, rios, wios, rbytes: rsectors * 512, wbytes: wsectors * 512 }]
  })
}

/** io.stat. */
export const showIoStat = (k: Kernel, cg: Cgroup): string =>
  statsOf(k, cg, true)
    .map(([name, { rbytes, wbytes, rios, wios }]) => {
      const used = rbytes || wbytes || rios || wios
      return `${name} ${used ? `rbytes=${rbytes} wbytes=${wbytes} rios=${rios} wios=${wios} dbytes=0 dios=0` : ''}\n`
    })
    .join('')

/** v1's files of one kind. Linux: __blkg_prfill_rwstat(). */
export function showRwstat(k: Kernel, cg: Cgroup, what: 'bytes' | 'ios', recursive: boolean): string {
  let all = 0
  const rows = statsOf(k, cg, recursive).map(([name, it]) => {
    const [read, write, sync] =
      what === 'bytes' ? [it.rbytes, it.wbytes, it.syncBytes] : [it.rios, it.wios, it.syncIos]
    const total = read + write
    all += total
    const values = { Read: read, Write: write, Sync: sync, Async: total - sync, Discard: 0, Total: total }
    return Object.entries(values)
      .map(([word, value]) => `${name} ${word} ${value}\n`)
      .join('')
  })
  return `${rows.join('')}Total ${all}\n`
}

/** Whether write-back is on the account of who made the pages dirty: in v2 only. Linux: inode_cgwb_enabled(). */
export const ownsWriteback = (k: Kernel, cgroupId: number): boolean => {
  const cg = k.cgroups.find(cgroupId)
  return cg !== undefined && isV2(k, cg)
}
