/** All controllers of the kernel, in its order. Linux: include/linux/cgroup_subsys.h. */
import { cpu } from './cpu.ts'
import { cpuacct } from './cpuacct.ts'
import { cpuset } from './cpuset.ts'
import { devices } from './devices.ts'
import type { Controller } from './files.ts'
import { freezer } from './freezer.ts'
import { hugetlb } from './hugetlb.ts'
import { io } from './io.ts'
import { memory } from './memory.ts'
import { netCls, netPrio } from './net-cls.ts'
import { pids } from './pids.ts'
import { misc, rdma } from './rdma.ts'

/** Groups tasks for perf(1), and has no files. Linux: kernel/events/core.c. */
const perfEvent: Controller = { name: 'perf_event', v1: [] }

export const CONTROLLERS: readonly Controller[] = [
  cpuset,
  cpu,
  cpuacct,
  io,
  memory,
  devices,
  freezer,
  netCls,
  perfEvent,
  netPrio,
  hugetlb,
  pids,
  rdma,
  misc,
]
/** By their names in v2. */
export const CONTROLLER_NAMES: readonly string[] = CONTROLLERS.map(it => it.name)
/** What the default hierarchy offers in cgroup.controllers. */
export const V2_NAMES: readonly string[] = CONTROLLERS.filter(it => it.v2).map(it => it.name)

/** What v1 calls a controller: in mount options, in /proc/cgroups and /proc/PID/cgroup. */
export const legacyName = (name: string): string =>
  CONTROLLERS.find(it => it.name === name)?.legacyName ?? name
