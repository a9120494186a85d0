/**
 * The cpu controller: weights, quotas and what came of them. The scheduler reads the settings from the record.
 * Linux: kernel/sched/core.c, cpu_legacy_files[] and cpu_files[].
 * Left out: uclamp, real-time bandwidth.
 */
import { EINVAL, ERANGE } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import {
  cgroupCpuStat,
  MAX_SHARES,
  MIN_SHARES,
  niceFromWeight,
  niceToWeight,
  sharesFromWeight,
  WEIGHT_IDLEPRIO,
  weightFromShares,
} from '../sched/index.ts'
import { refuse } from '../refuse.ts'
import type { Cgroup } from '../types.ts'
import { hasController, isV2, shownPath } from './cgroup.ts'
import type { CgroupFile, Controller } from './files.ts'
import { kstrtoll, kstrtoull } from './parse.ts'

const US = 1000
const MIN_PERIOD = 1_000_000
const MAX_PERIOD = 1_000_000_000
/** max_cfs_runtime: what fits into 44 bits of µs. */
const MAX_RUNTIME = (2 ** 44 - 1) * US

type Bandwidth = Pick<Cgroup, 'quota' | 'period' | 'burst'>

/** Linux: tg_set_cfs_bandwidth(). Times in ns. */
function setBandwidth(k: Kernel, cg: Cgroup, { quota, period, burst }: Bandwidth): void {
  if (!cg.parent) throw EINVAL
  if (period < MIN_PERIOD || period > MAX_PERIOD || burst > MAX_RUNTIME)
    throw refuse(k, EINVAL, 'cpu-period', { period: us(period), min: us(MIN_PERIOD), max: us(MAX_PERIOD) })
  if (quota >= 0 && (quota < MIN_PERIOD || quota > MAX_RUNTIME))
    throw refuse(k, EINVAL, 'cpu-quota', { quota: us(quota), min: us(MIN_PERIOD) })
  if (quota >= 0 && (burst > quota || burst + quota > MAX_RUNTIME))
    throw refuse(k, EINVAL, 'cpu-burst', { burst: us(burst), quota: us(quota) })
  if (!isV2(k, cg)) checkRatios(k, cg, { quota, period, burst })
  Object.assign(k.cgroups.own(cg.id), { quota, period, burst })
  k.sched.quotaChanged(cg.id)
}

/** Quota per period, in units of 2^-20. */
const toRatio = (it: Bandwidth): number =>
  it.quota < 0 ? Number.POSITIVE_INFINITY : Math.floor((it.quota * 2 ** 20) / it.period)

/** v1 lets no child have more than its parent. Linux: __cfs_schedulable(). v2 has the tightest count instead. */
function checkRatios(k: Kernel, cg: Cgroup, wanted: Bandwidth): void {
  const parent = k.cgroups.get(cg.parent)
  if (wanted.quota >= 0 && toRatio(wanted) > inheritedRatio(k, parent))
    throw refuse(k, EINVAL, 'cpu1-parent', { cgroup: shownPath(k, parent.id) })
  const ratio = Math.min(toRatio(wanted), inheritedRatio(k, parent))
  for (const child of cg.children) checkBelow(k, k.cgroups.get(child), ratio)
}

function inheritedRatio(k: Kernel, cg: Cgroup): number {
  let ratio = toRatio(cg)
  for (let it = cg; it.parent && ratio === Number.POSITIVE_INFINITY; ) {
    it = k.cgroups.get(it.parent)
    ratio = toRatio(it)
  }
  return ratio
}

function checkBelow(k: Kernel, cg: Cgroup, limit: number): void {
  const ratio = toRatio(cg)
  if (cg.quota >= 0 && ratio > limit) throw refuse(k, EINVAL, 'cpu1-child', { cgroup: shownPath(k, cg.id) })
  for (const child of cg.children) checkBelow(k, k.cgroups.get(child), Math.min(ratio, limit))
}

/** Linux: sched_group_set_shares(). An idle group's weight is fixed. */
function setShares(k: Kernel, cg: Cgroup, shares: number): void {
  if (!cg.parent || cg.idle) throw refuse(k, EINVAL, 'cpu-idle-weight', { cgroup: shownPath(k, cg.id) })
  k.cgroups.own(cg.id).shares = Math.min(Math.max(shares, MIN_SHARES), MAX_SHARES)
  k.sched.quotaChanged(cg.id)
}

/** Linux: sched_group_set_idle(). */
function setIdle(k: Kernel, cg: Cgroup, idle: number): void {
  if (!cg.parent || idle < 0 || idle > 1) throw EINVAL
  if (cg.idle === idle) return
  const it = k.cgroups.own(cg.id)
  it.idle = idle
  it.shares = idle ? WEIGHT_IDLEPRIO : 1024
  k.sched.quotaChanged(cg.id)
}

const us = (ns: number): number => Math.floor(ns / US)
const quotaText = (cg: Cgroup, unlimited: string): string => (cg.quota < 0 ? unlimited : `${us(cg.quota)}`)

/** cpu.max: `QUOTA [PERIOD]`, parsed by sscanf("%20s %llu"): what follows a number is not looked at. */
function storeMax(k: Kernel, cg: Cgroup, text: string): void {
  const found = /^\s*(\S{1,20})\s*(\d+)?/.exec(text)
  if (!found) throw EINVAL
  const digits = /^\d+/.exec(found[1]!)?.[0]
  if (digits === undefined && found[1] !== 'max') throw EINVAL
  const quota = digits === undefined ? -1 : Number(digits) * US
  setBandwidth(k, cg, { quota, period: found[2] ? Number(found[2]) * US : cg.period, burst: cg.burst })
}

function storeWeight(k: Kernel, cg: Cgroup, text: string): void {
  const weight = kstrtoull(text)
  if (weight < 1 || weight > 10000) throw ERANGE
  setShares(k, cg, sharesFromWeight(weight))
}

function storeWeightNice(k: Kernel, cg: Cgroup, text: string): void {
  const nice = kstrtoll(text)
  if (nice < -20 || nice > 19) throw ERANGE
  setShares(k, cg, niceToWeight(nice))
}

/** cpu.stat of v2. It is there without the controller, too; then it has the times only. */
function showStat(k: Kernel, cg: Cgroup): string {
  const stat = cgroupCpuStat(k, cg.id)
  const lines = [
    `usage_usec ${us(stat.usage)}`,
    `user_usec ${us(stat.user)}`,
    `system_usec ${us(stat.system)}`,
  ]
  if (hasController(k, cg, 'cpu')) {
    lines.push(`nr_periods ${stat.nrPeriods}`, `nr_throttled ${stat.nrThrottled}`)
    lines.push(`throttled_usec ${us(stat.throttledTime)}`)
    lines.push(`nr_bursts ${stat.nrBursts}`, `burst_usec ${us(stat.burstTime)}`)
  }
  return lines.map(line => `${line}\n`).join('')
}

export const cpuStatFile: CgroupFile = { name: 'cpu.stat', show: showStat }

const v2: readonly CgroupFile[] = [
  {
    name: 'cpu.weight',
    on: 'nonRoot',
    show: (_, cg) => `${weightFromShares(cg.shares)}\n`,
    store: storeWeight,
  },
  {
    name: 'cpu.weight.nice',
    on: 'nonRoot',
    show: (_, cg) => `${niceFromWeight(cg.shares)}\n`,
    store: storeWeightNice,
  },
  {
    name: 'cpu.idle',
    on: 'nonRoot',
    show: (_, cg) => `${cg.idle}\n`,
    store: (k, cg, text) => setIdle(k, cg, kstrtoll(text)),
  },
  {
    name: 'cpu.max',
    on: 'nonRoot',
    show: (_, cg) => `${quotaText(cg, 'max')} ${us(cg.period)}\n`,
    store: storeMax,
  },
  {
    name: 'cpu.max.burst',
    on: 'nonRoot',
    show: (_, cg) => `${us(cg.burst)}\n`,
    store: (k, cg, text) => setBandwidth(k, cg, { ...cg, burst: kstrtoull(text) * US }),
  },
]

function storeQuotaUs(k: Kernel, cg: Cgroup, text: string): void {
  const quota = kstrtoll(text)
  setBandwidth(k, cg, { ...cg, quota: quota < 0 ? -1 : quota * US })
}

const v1: readonly CgroupFile[] = [
  {
    name: 'cpu.shares',
    show: (_, cg) => `${cg.shares}\n`,
    store: (k, cg, text) => setShares(k, cg, kstrtoull(text)),
  },
  {
    name: 'cpu.idle',
    show: (_, cg) => `${cg.idle}\n`,
    store: (k, cg, text) => setIdle(k, cg, kstrtoll(text)),
  },
  { name: 'cpu.cfs_quota_us', show: (_, cg) => `${quotaText(cg, '-1')}\n`, store: storeQuotaUs },
  {
    name: 'cpu.cfs_period_us',
    show: (_, cg) => `${us(cg.period)}\n`,
    store: (k, cg, text) => setBandwidth(k, cg, { ...cg, period: kstrtoull(text) * US }),
  },
  {
    name: 'cpu.cfs_burst_us',
    show: (_, cg) => `${us(cg.burst)}\n`,
    store: (k, cg, text) => setBandwidth(k, cg, { ...cg, burst: kstrtoull(text) * US }),
  },
  {
    name: 'cpu.stat',
    show(k, cg) {
      const { nrPeriods, nrThrottled, throttledTime, nrBursts, burstTime } = cgroupCpuStat(k, cg.id)
      return (
        `nr_periods ${nrPeriods}\nnr_throttled ${nrThrottled}\nthrottled_time ${throttledTime}\n` +
        `nr_bursts ${nrBursts}\nburst_time ${burstTime}\n`
      )
    },
  },
]

export const cpu: Controller = {
  name: 'cpu',
  v1,
  v2,
  offline(k, cg) {
    const it = k.cgroups.own(cg.id)
    Object.assign(it, {
      shares: 1024,
      idle: 0,
      quota: -1,
      period: 100_000_000,
      burst: 0,
      throttled: false,
      runtime: 0,
    })
    Object.assign(it, { nrPeriods: 0, nrThrottled: 0, throttledTime: 0, nrBursts: 0, burstTime: 0 })
    k.sched.groups.forget(cg.id)
  },
}
