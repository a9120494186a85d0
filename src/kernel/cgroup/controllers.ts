/** All controllers of the kernel, in its order. Linux: include/linux/cgroup_subsys.h. */
import { cpu } from './cpu.ts'
import { cpuacct } from './cpuacct.ts'
import { cpuset } from './cpuset.ts'
import type { Controller } from './files.ts'
import { freezer } from './freezer.ts'
import { memory } from './memory.ts'
import { pids } from './pids.ts'

/** Known by name only: a v1 layout has hierarchies for them, whose directories hold the core's files. */
const unmodelled = (name: string): Controller => ({ name, v1: [] })

export const CONTROLLERS: readonly Controller[] = [
  cpuset,
  cpu,
  cpuacct,
  unmodelled('blkio'),
  memory,
  unmodelled('devices'),
  freezer,
  unmodelled('net_cls'),
  unmodelled('perf_event'),
  unmodelled('net_prio'),
  unmodelled('hugetlb'),
  pids,
  unmodelled('rdma'),
  unmodelled('misc'),
]
export const CONTROLLER_NAMES: readonly string[] = CONTROLLERS.map(it => it.name)
/** What the default hierarchy offers in cgroup.controllers. */
export const V2_NAMES: readonly string[] = CONTROLLERS.filter(it => it.v2).map(it => it.name)
