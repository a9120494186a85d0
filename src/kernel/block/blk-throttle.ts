/**
 * Limits on bytes and operations a second: io.max, and v1's blkio.throttle. What a cgroup has left is counted in slices
 * of 100 ms, in ticks; a request that does not fit waits with its cgroup, and then with those above it.
 * Linux: block/blk-throttle.c. It is loaded late: nobody can set a limit before.
 *
 * Left out: the low limits of CONFIG_BLK_DEV_THROTTLING_LOW, which Debian has not got.
 */
import { major, minor } from '../../abi/index.ts'
import { isV2 } from '../cgroup/cgroup.ts'
import { countIo, createBlkg } from '../cgroup/io-stat.ts'
import { limitsOf } from '../cgroup/io-limits.ts'
import { cancelTimer, startTimer, type Timer } from '../hrtimer.ts'
import type { Kernel } from '../kernel.ts'
import { type Bio, submitBioNoacct } from './blk-core.ts'

/** HZ is 250. */
const JIFFY = 4_000_000
const HZ = 250
/** DFL_THROTL_SLICE_HD. */
const SLICE = HZ / 10
/** How many requests of a cgroup go at once: three of four are reads. Linux: THROTL_GRP_QUANTUM. */
const GRP_QUANTUM = 8

type Direction = 0 | 1
const READ = 0
const WRITE = 1
const directionOf = (bio: Bio): Direction => (bio.op === 'read' ? READ : WRITE)

/** What one direction of a cgroup on a disk has used of its slice, in jiffies, bytes and operations. */
interface Slice {
  start: number
  end: number
  bytes: number
  ios: number
  readonly queued: Bio[]
}
const slice = (): Slice => ({ start: 0, end: 0, bytes: 0, ios: 0, queued: [] })

const jiffiesOf = (k: Kernel): number => Math.floor(k.now() / JIFFY)
const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step

/** Linux: struct throtl_grp. */
class ThrotlGrp {
  readonly k: Kernel
  readonly cgroup: number
  readonly dev: number
  readonly parent: ThrotlGrp | undefined
  readonly slices: readonly [Slice, Slice] = [slice(), slice()]
  timer: Timer | undefined

  constructor(k: Kernel, cgroup: number, dev: number, parent: ThrotlGrp | undefined) {
    this.k = k
    this.cgroup = cgroup
    this.dev = dev
    this.parent = parent
  }

  limits(rw: Direction): { bps: number; iops: number } {
    const cg = this.k.cgroups.find(this.cgroup)
    const own = cg ? limitsOf(cg, `${major(this.dev)}:${minor(this.dev)}`) : {}
    const [bps, iops] = rw === READ ? [own.rbps, own.riops] : [own.wbps, own.wiops]
    return { bps: bps ?? Number.POSITIVE_INFINITY, iops: iops ?? Number.POSITIVE_INFINITY }
  }

  /** Linux: tg_update_has_rules(). */
  hasRules(rw: Direction): boolean {
    const { bps, iops } = this.limits(rw)
    return Number.isFinite(bps) || Number.isFinite(iops) || (this.parent?.hasRules(rw) ?? false)
  }

  startSlice(rw: Direction): void {
    const now = jiffiesOf(this.k)
    Object.assign(this.slices[rw], { bytes: 0, ios: 0, start: now, end: now + SLICE })
  }

  /** How many jiffies a request has to wait; 0 if it may go now. Linux: tg_may_dispatch(). */
  wait(bio: Bio): number {
    const rw = directionOf(bio)
    const { bps, iops } = this.limits(rw)
    if (bps === Number.POSITIVE_INFINITY && iops === Number.POSITIVE_INFINITY) return 0
    const it = this.slices[rw]
    const now = jiffiesOf(this.k)
    if (now > it.end && !it.queued.length) this.startSlice(rw)
    else if (it.end < now + SLICE) it.end = roundUp(now + SLICE, SLICE)
    const wait = Math.max(this.#bpsWait(bio, it, bps, now), this.#iopsWait(it, iops, now))
    if (wait && it.end < now + wait) it.end = roundUp(now + wait, SLICE)
    return wait
  }

  /** Linux: tg_within_bps_limit(). */
  #bpsWait(bio: Bio, it: Slice, bps: number, now: number): number {
    if (bps === Number.POSITIVE_INFINITY || bio.throttled) return 0
    const elapsed = now - it.start
    const rounded = roundUp(elapsed || SLICE, SLICE)
    const extra = it.bytes + bio.bytes - Math.floor((bps * rounded) / HZ)
    return extra <= 0 ? 0 : Math.max(1, Math.floor((extra * HZ) / bps)) + rounded - elapsed
  }

  /** Linux: tg_within_iops_limit(). */
  #iopsWait(it: Slice, iops: number, now: number): number {
    if (iops === Number.POSITIVE_INFINITY) return 0
    const elapsed = now - it.start
    const rounded = roundUp(elapsed + 1, SLICE)
    return it.ios + 1 <= Math.floor((iops * rounded) / HZ) ? 0 : rounded - elapsed
  }

  /** Linux: throtl_charge_bio(), throtl_trim_slice(). */
  charge(bio: Bio): void {
    const rw = directionOf(bio)
    const it = this.slices[rw]
    if (!bio.throttled) it.bytes += bio.bytes
    it.ios++
    const now = jiffiesOf(this.k)
    if (now < it.start || now > it.end) return
    it.end = roundUp(now + SLICE, SLICE)
    const slices = Math.floor((now - it.start) / SLICE)
    if (!slices) return
    const { bps, iops } = this.limits(rw)
    const part = (slices * SLICE) / HZ
    const bytes = Math.floor(Math.min(it.bytes, bps * part))
    const ios = Math.floor(Math.min(it.ios, iops * part))
    if (!bytes && !ios) return
    it.bytes -= bytes
    it.ios -= ios
    it.start += slices * SLICE
  }

  /** Wait with the others, and be looked at when the first of them may go. Linux: throtl_add_bio_tg(). */
  enqueue(bio: Bio): void {
    this.slices[directionOf(bio)].queued.push(bio)
    if (!this.timer) this.schedule()
  }

  /** Linux: tg_update_disptime(). */
  schedule(): void {
    if (this.timer) cancelTimer(this.k, this.timer)
    this.timer = undefined
    const waits = this.slices.flatMap(({ queued: [first] }) => (first ? [this.wait(first)] : []))
    if (!waits.length) return
    const at = (jiffiesOf(this.k) + Math.min(...waits)) * JIFFY
    this.timer = startTimer(this.k, at, () => {
      this.timer = undefined
      this.#dispatch()
    })
  }

  /** Let go what may go. Linux: throtl_dispatch_tg(). */
  #dispatch(): void {
    for (const [rw, most] of [
      [READ, (GRP_QUANTUM * 3) / 4],
      [WRITE, GRP_QUANTUM / 4],
    ] as const) {
      const { queued } = this.slices[rw]
      for (let n = 0; n < most && queued.length && !this.wait(queued[0]!); n++) {
        const bio = queued.shift()!
        this.charge(bio)
        passUp(this.k, bio, this.parent)
      }
    }
    this.schedule()
  }
}

/** A request that a cgroup has let through meets the limits above it, and at the end the disk. */
function passUp(k: Kernel, bio: Bio, from: ThrotlGrp | undefined): void {
  if (mayPass(bio, from)) submitBioNoacct(k, bio)
}

function mayPass(bio: Bio, from: ThrotlGrp | undefined): boolean {
  const rw = directionOf(bio)
  for (let tg = from; tg; tg = tg.parent) {
    if (tg.slices[rw].queued.length || tg.wait(bio)) {
      tg.enqueue(bio)
      return false
    }
    tg.charge(bio)
  }
  bio.throttled = true
  return true
}

const groups = new WeakMap<Kernel, Map<string, ThrotlGrp>>()

function groupOf(k: Kernel, cgroup: number, dev: number): ThrotlGrp | undefined {
  const cg = cgroup ? k.cgroups.find(cgroup) : undefined
  if (!cg?.parent && !(cg && !isV2(k, cg))) return undefined
  const known = groups.get(k)!
  const key = `${cgroup} ${dev}`
  let tg = known.get(key)
  // In v1 each cgroup has its limits for itself. Linux: throtl_pd_init().
  if (!tg)
    known.set(key, (tg = new ThrotlGrp(k, cgroup, dev, isV2(k, cg) ? groupOf(k, cg.parent, dev) : undefined)))
  return tg
}

/** Hold a request back if it is above a limit. Linux: __blk_throtl_bio(). */
function throttle(k: Kernel, bio: Bio): boolean {
  const tg = groupOf(k, bio.blkcg, bio.dev)
  if (!tg?.hasRules(directionOf(bio))) return false
  const cg = k.cgroups.get(bio.blkcg)
  // v1 counts what comes to where limits are.
  if (!isV2(k, cg)) countIo(k, bio)
  return !mayPass(bio, tg)
}

/** A limit was set: slices begin anew, and who waits is looked at. Linux: tg_conf_updated(). */
export function limitsChanged(k: Kernel, cgroup: number, dev: number): void {
  if (!groups.has(k)) {
    groups.set(k, new Map())
    k.blkThrottle = bio => throttle(k, bio)
  }
  createBlkg(k, cgroup, dev)
  for (const tg of groups.get(k)!.values()) {
    if (tg.dev !== dev || !isWithin(tg, cgroup)) continue
    tg.startSlice(READ)
    tg.startSlice(WRITE)
    tg.schedule()
  }
}

function isWithin(tg: ThrotlGrp, cgroup: number): boolean {
  for (let it: ThrotlGrp | undefined = tg; it; it = it.parent) if (it.cgroup === cgroup) return true
  return false
}
