/**
 * The io controller, which v1 calls blkio: limits and weights by block device.
 * Linux: block/blk-cgroup.c, block/blk-throttle.c, block/blk-iocost.c; Documentation/admin-guide/cgroup-v2.rst.
 *
 * Left out: io.weight, io.cost.qos and io.cost.model are kept and nothing more: on a host as it boots, with no I/O
 * scheduler and the cost model off, they change nothing on Linux either.
 */
import { type Blocking, EINVAL, ENODEV, EOPNOTSUPP, ERANGE, major, makedev, minor } from '../../abi/index.ts'
import type { Caller } from '../../vfs/index.ts'
import { limitsChanged } from '../block/genhd.ts'
import type { Kernel } from '../kernel.ts'
import { preempt } from '../run.ts'
import type { Cgroup } from '../types.ts'
import { cssOf } from './css.ts'
import type { CgroupFile, Controller } from './files.ts'
import { allLimits, type Limit, LIMITS, type Limits, resetLimits, setLimits } from './io-limits.ts'
import { reparentIoStat, showIoStat, showRwstat } from './io-stat.ts'
import { kstrtoint } from './parse.ts'

interface IoState {
  readonly weight: number
  /** Of the root, by device: what io.cost.qos and io.cost.model were told. */
  readonly cost: Readonly<Record<string, Readonly<Partial<Record<'qos' | 'model', Record<string, string>>>>>>
}
const css = cssOf<IoState>('io', { weight: 100, cost: {} })

/** `254:0 what else`: the device and the rest. Errors: EINVAL, ENODEV. Linux: blkcg_conf_open_bdev(). */
function parseDevice(k: Kernel, text: string): { device: string; rest: string } {
  const found = /^\s*(\d+):(\d+)(?:\s+(.*))?$/s.exec(text)
  if (!found) throw EINVAL
  const dev = makedev(Number(found[1]), Number(found[2]))
  if (![...k.disks.values()].some(disk => disk.dev === dev)) throw ENODEV
  return { device: `${major(dev)}:${minor(dev)}`, rest: (found[3] ?? '').trim() }
}

/** The limits are set, and hold from now on. What keeps to them is loaded with the first one. */
function* limit(k: Kernel, cg: Cgroup, device: string, change: Limits, as: Caller): Blocking<void> {
  k.requestModule?.()
  yield* preempt(k, as.task)
  setLimits(k, k.cgroups.get(cg.id), device, change)
  const [major = 0, minor = 0] = device.split(':').map(Number)
  limitsChanged(k, cg.id, makedev(major, minor))
}

/** `254:0 rbps=1048576 wiops=max`. Linux: tg_set_limit(). */
function storeMax(k: Kernel, cg: Cgroup, text: string, as: Caller): Blocking<void> {
  const { device, rest } = parseDevice(k, text)
  const change: Partial<Record<Limit, number>> = {}
  for (const word of rest.split(/\s+/).filter(it => it)) {
    const [, key, value] = /^(\w+)=(max|\d+)$/.exec(word) ?? []
    if (!LIMITS.includes(key as Limit)) throw EINVAL
    if (value === '0') throw ERANGE
    change[key as Limit] = value === 'max' ? Number.POSITIVE_INFINITY : Number(value)
  }
  return limit(k, cg, device, change, as)
}

const showMax = (cg: Cgroup): string =>
  Object.entries(allLimits(cg))
    .map(([device, own]) => `${device} ${LIMITS.map(key => `${key}=${own[key] ?? 'max'}`).join(' ')}\n`)
    .join('')

/** `default 50`, or the number alone; for one device only where an I/O scheduler takes weights. Linux: ioc_weight_write(). */
function storeWeight(k: Kernel, cg: Cgroup, text: string): void {
  const word = text.trim()
  if (/^\d+:\d+/.test(word)) {
    parseDevice(k, word)
    throw EOPNOTSUPP
  }
  const weight = kstrtoint(word.replace(/^default\s+/, ''))
  if (weight < 1 || weight > 10000) throw EINVAL
  css.set(k, cg.id, { weight })
}

/** What the cost model takes a disk for that nobody has described. Linux: block/blk-iocost.c:autop[AUTOP_HDD]. */
const COST_QOS = {
  enable: '0',
  ctrl: 'auto',
  rpct: '0.00',
  rlat: '250000',
  wpct: '0.00',
  wlat: '250000',
  min: '1.00',
  max: '10000.00',
}
const COST_MODEL = {
  ctrl: 'auto',
  model: 'linear',
  rbps: '174019176',
  rseqiops: '41708',
  rrandiops: '370',
  wbps: '178075866',
  wseqiops: '42705',
  wrandiops: '378',
}

/** io.cost.qos and io.cost.model: a line for each disk that somebody has configured. Errors: EINVAL, ENODEV. */
const costFile = (name: 'qos' | 'model', fresh: Readonly<Record<string, string>>): CgroupFile => ({
  name: `io.cost.${name}`,
  on: 'root',
  show: (_, cg) =>
    Object.entries(css.of(cg).cost)
      .map(([device, settings]) => {
        const words = Object.entries({ ...fresh, ...settings[name] })
        return `${device} ${words.map(([key, value]) => `${key}=${value}`).join(' ')}\n`
      })
      .join(''),
  store(k, cg, text) {
    const { device, rest } = parseDevice(k, text)
    const words = rest.split(/\s+/).map(word => word.split('='))
    if (words.some(([key = '', value]) => !(key in fresh) || !value)) throw EINVAL
    const { cost } = css.of(cg)
    const changed = { ...cost[device], [name]: { ...cost[device]?.[name], ...Object.fromEntries(words) } }
    css.set(k, cg.id, { cost: { ...cost, [device]: changed } })
  },
})

const v2: readonly CgroupFile[] = [
  costFile('model', COST_MODEL),
  costFile('qos', COST_QOS),
  { name: 'io.max', on: 'nonRoot', show: (_, cg) => showMax(cg), store: storeMax },
  { name: 'io.stat', show: showIoStat },
  {
    name: 'io.weight',
    on: 'nonRoot',
    show: (_, cg) => `default ${css.of(cg).weight}\n`,
    store: storeWeight,
  },
]

/** blkio.throttle.read_bps_device and the like: `254:0 1048576`, and 0 for no limit. Linux: tg_set_conf(). */
const throttleFile = (name: string, key: Limit): CgroupFile => ({
  name: `blkio.throttle.${name}_device`,
  show: (_, cg) =>
    Object.entries(allLimits(cg))
      .flatMap(([device, own]) => (own[key] ? [`${device} ${own[key]}\n`] : []))
      .join(''),
  store(k, cg, text, as) {
    const { device, rest } = parseDevice(k, text)
    const found = /^\d+/.exec(rest)
    if (!found) throw EINVAL
    return limit(k, cg, device, { [key]: Number(found[0]) || Number.POSITIVE_INFINITY }, as)
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
    css.reset(k, cg.id)
  },
}
