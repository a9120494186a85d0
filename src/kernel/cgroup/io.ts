/**
 * The io controller, which v1 calls blkio: limits and weights by block device.
 * Linux: block/blk-cgroup.c, block/blk-throttle.c; Documentation/admin-guide/cgroup-v2.rst.
 *
 * Weights and the cost model are in io-cost.ts. Left out: io.latency, which Debian's kernel has not got.
 */
import { type Blocking, EINVAL, ERANGE, makedev } from '../../abi/index.ts'
import type { Caller } from '../../vfs/index.ts'
import { limitsChanged } from '../block/genhd.ts'
import type { Kernel } from '../kernel.ts'
import { preempt } from '../run.ts'
import type { Cgroup } from '../types.ts'
import type { CgroupFile, Controller } from './files.ts'
import { costFiles, ioWeights, weightFile } from './io-cost.ts'
import {
  type Limit,
  LIMITS,
  limitsOf,
  type Limits,
  parseDevice,
  resetLimits,
  setLimits,
} from './io-limits.ts'
import { devicesOf, reparentIoStat, showIoStat, showRwstat } from './io-stat.ts'
import { kstrtoint } from './parse.ts'

/** The limits are set, and hold from now on. What keeps to them is loaded with the first one. */
function* limit(k: Kernel, cg: Cgroup, device: string, change: Limits, as: Caller): Blocking<void> {
  k.requestModule?.()
  yield* preempt(k, as.task)
  setLimits(k, k.cgroups.get(cg.id), device, change)
  const [major = 0, minor = 0] = device.split(':').map(Number)
  limitsChanged(k, cg.id, makedev(major, minor))
}

/** What a counter of 64 or 32 bits cannot tell from its highest value is no limit. */
const clamped = (key: Limit, value: number): number =>
  value >= (key.endsWith('bps') ? 2 ** 64 : 2 ** 32) - 1 ? Number.POSITIVE_INFINITY : value

/** `254:0 rbps=1048576 wiops=max`. Linux: tg_set_limit(). */
function storeMax(k: Kernel, cg: Cgroup, text: string, as: Caller): Blocking<void> {
  const { device, rest } = parseDevice(k, text)
  const change: Partial<Record<Limit, number>> = {}
  for (const word of rest.split(/\s+/).filter(it => it)) {
    const [, key, value] = /^([^=]*)=(max$|\d+)/.exec(word) ?? []
    if (!value) throw EINVAL
    const number = value === 'max' ? Number.POSITIVE_INFINITY : Number(value)
    if (number === 0) throw ERANGE
    if (number === 1 || !LIMITS.includes(key as Limit)) throw EINVAL
    change[key as Limit] = clamped(key as Limit, number)
  }
  return limit(k, cg, device, change, as)
}

/** A line for each device that `show` has something to say of. */
const rows = (cg: Cgroup, show: (own: Limits) => string | number | undefined): string =>
  devicesOf(cg)
    .map(device => ({ device, text: show(limitsOf(cg, device)) }))
    .flatMap(({ device, text }) => (text ? [`${device} ${text}\n`] : []))
    .join('')

const showMax = (cg: Cgroup): string =>
  rows(cg, own => Object.keys(own).length && LIMITS.map(key => `${key}=${own[key] ?? 'max'}`).join(' '))

const v2: readonly CgroupFile[] = [
  ...costFiles,
  { name: 'io.max', on: 'nonRoot', show: (_, cg) => showMax(cg), store: storeMax },
  { name: 'io.stat', show: showIoStat },
  weightFile,
]

/** blkio.throttle.read_bps_device and the like: `254:0 1048576`, and 0 for no limit. Linux: tg_set_conf(). */
const throttleFile = (name: string, key: Limit): CgroupFile => ({
  name: `blkio.throttle.${name}_device`,
  show: (_, cg) => rows(cg, own => own[key]),
  store(k, cg, text, as) {
    const { device, rest } = parseDevice(k, text)
    const found = /^\d+/.exec(rest)
    if (!found) throw EINVAL
    // Operations are counted in 32 bits.
    const value = Number(BigInt.asUintN(key.endsWith('bps') ? 64 : 32, BigInt(found[0])))
    return limit(k, cg, device, { [key]: clamped(key, value || Number.POSITIVE_INFINITY) }, as)
  },
})

const v1: readonly CgroupFile[] = [
  throttleFile('read_bps', 'rbps'),
  throttleFile('write_bps', 'wbps'),
  throttleFile('read_iops', 'riops'),
  throttleFile('write_iops', 'wiops'),
  ...(['bytes', 'ios'] as const).flatMap(what => {
    const name = what === 'bytes' ? 'blkio.throttle.io_service_bytes' : 'blkio.throttle.io_serviced'
    return [
      { name, show: (k: Kernel, cg: Cgroup) => showRwstat(k, cg, what, false) },
      { name: `${name}_recursive`, show: (k: Kernel, cg: Cgroup) => showRwstat(k, cg, what, true) },
    ]
  }),
  { name: 'blkio.reset_stats', store: (_k, _cg, text) => void kstrtoint(text) },
]

export const io: Controller = {
  name: 'io',
  legacyName: 'blkio',
  v1,
  v2,
  offline(k, cg) {
    reparentIoStat(k, cg)
    resetLimits(k, cg)
    ioWeights.reset(k, cg.id)
  },
}
