/** CPU accounting of v1. Linux: kernel/sched/cpuacct.c. Times in ns, but for cpuacct.stat in ticks of 10 ms. */
import { EINVAL } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { type CpuTime, cgroupCpuTimes } from '../sched/index.ts'
import type { Cgroup } from '../types.ts'
import { cssOf } from './css.ts'
import type { CgroupFile, Controller } from './files.ts'
import { kstrtoull } from './parse.ts'

const USER_TICK = 10_000_000

const usage = (time: CpuTime): number => time.user + time.system
const user = (time: CpuTime): number => time.user
const system = (time: CpuTime): number => time.system

/** What cpuacct.stat has shown, in ns: it never goes back. Linux: struct prev_cputime. */
const shown = cssOf('cpuacct', { user: 0, system: 0 })

/** Writing 0 starts counting anew, in this cgroup only, and not in the root. */
function storeUsage(k: Kernel, cg: Cgroup, text: string): void {
  if (kstrtoull(text) !== 0) throw EINVAL
  if (!cg.parent) return
  shown.set(k, cg.id, statOf(k, cg))
  k.sched.resetAccount(cg.id)
}

const total = (name: string, of: (time: CpuTime) => number): CgroupFile => ({
  name,
  show: (k, cg) => `${cgroupCpuTimes(k, cg.id).reduce((sum, time) => sum + of(time), 0)}\n`,
})

const perCpu = (name: string, of: (time: CpuTime) => number): CgroupFile => ({
  name,
  show: (k, cg) =>
    `${cgroupCpuTimes(k, cg.id)
      .map(time => `${of(time)} `)
      .join('')}\n`,
})

/** Linux: cputime_adjust(). */
function statOf(k: Kernel, cg: Cgroup): CpuTime {
  const times = cgroupCpuTimes(k, cg.id)
  const sum = (of: (time: CpuTime) => number) => times.reduce((total, time) => total + of(time), 0)
  const before = shown.of(cg)
  if (sum(usage) <= before.user + before.system) return before
  const least = Math.max(sum(system), before.system)
  const userTime = Math.max(sum(usage) - least, before.user)
  return { user: userTime, system: sum(usage) - userTime }
}

function showStat(k: Kernel, cg: Cgroup): string {
  const time = statOf(k, cg)
  return `user ${Math.floor(time.user / USER_TICK)}\nsystem ${Math.floor(time.system / USER_TICK)}\n`
}

function showAll(k: Kernel, cg: Cgroup): string {
  const lines = cgroupCpuTimes(k, cg.id).map((time, cpu) => `${cpu} ${time.user} ${time.system}\n`)
  return `cpu user system\n${lines.join('')}`
}

export const cpuacct: Controller = {
  name: 'cpuacct',
  v1: [
    { ...total('cpuacct.usage', usage), store: storeUsage },
    total('cpuacct.usage_user', user),
    total('cpuacct.usage_sys', system),
    perCpu('cpuacct.usage_percpu', usage),
    perCpu('cpuacct.usage_percpu_user', user),
    perCpu('cpuacct.usage_percpu_sys', system),
    { name: 'cpuacct.usage_all', show: showAll },
    { name: 'cpuacct.stat', show: showStat },
  ],
}
