/** The memory controller's files of v1. Linux: mm/memcontrol.c:mem_cgroup_legacy_files[]; admin-guide/cgroup-v1/memory.rst. */
import { EBUSY, EINVAL } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import type { Cgroup } from '../types.ts'
import { wakeUp } from '../wake-up.ts'
import type { CgroupFile } from './files.ts'
import { chargesOf, type MemCgroup, memcg, memoryUsage, oomQueue, swapUsage } from './memcg.ts'
import { showV1NumaStat, showV1Stat } from './memcg-stat.ts'
import { reclaim } from '../mm/vmscan.ts'
import { NO_LIMIT, parseLimit, showBytes } from './page-counter.ts'
import { kstrtoull } from './parse.ts'

/** memory.limit_in_bytes and memory.memsw.limit_in_bytes, of which the first may not be above the second. */
function storeLimit(k: Kernel, cg: Cgroup, text: string, field: 'max' | 'memswMax'): void {
  const bytes = parseLimit(text, '-1')
  if (!cg.parent) throw EINVAL
  const changed: MemCgroup = { ...memcg.of(cg), [field]: bytes }
  if (changed.max > changed.memswMax) throw refuse(k, EINVAL, 'memory1-memsw', {})
  // What is no file's cannot be pushed out without swap: mem_cgroup_resize_max().
  reclaim(k, cg.id, memoryUsage(k, cg.id) - bytes)
  if (memoryUsage(k, cg.id) > bytes)
    throw refuse(k, EBUSY, 'memory1-usage', { usage: memoryUsage(k, cg.id), limit: bytes })
  memcg.set(k, cg.id, { [field]: bytes })
  wakeUp(k, oomQueue(cg.id))
}

/** A number that must be one of 0 to `most`. Errors: EINVAL. */
function within(text: string, most: number): number {
  const value = kstrtoull(text.trim())
  if (value > most) throw EINVAL
  return value
}

const usageFile = (name: string): CgroupFile => ({
  name,
  show: (k, cg) => `${memoryUsage(k, cg.id) + (name.includes('memsw') ? swapUsage(k, cg.id) : 0)}\n`,
})

/** Any write resets. */
const peakFile = (name: string): CgroupFile => ({
  name,
  show: (_, cg) => `${memcg.of(cg).peak}\n`,
  store: (k, cg) => memcg.set(k, cg.id, { peak: memoryUsage(k, cg.id) }),
})

const failcntFile = (name: string): CgroupFile => ({
  name,
  show: (_, cg) => `${memcg.of(cg).failures}\n`,
  store: (k, cg) => memcg.set(k, cg.id, { failures: 0 }),
})

/** Counters of what nobody uses here: memory of TCP. */
const idleFile = (name: string): CgroupFile => ({ name, show: () => '0\n', store: () => undefined })

const kernelMemory = (k: Kernel, cg: Cgroup): number => {
  const { pagetables, slab } = chargesOf(k, cg.id)
  return pagetables + slab
}

/** Linux: mem_cgroup_oom_control_write(). Whoever waits for room is killed or not, from now on. */
function storeOomControl(k: Kernel, cg: Cgroup, text: string): void {
  const value = within(text, 1)
  if (!cg.parent) throw EINVAL
  memcg.set(k, cg.id, { oomKillDisable: value === 1 })
  if (!value) wakeUp(k, oomQueue(cg.id))
}

export const memoryV1: readonly CgroupFile[] = [
  usageFile('memory.usage_in_bytes'),
  peakFile('memory.max_usage_in_bytes'),
  {
    name: 'memory.limit_in_bytes',
    show: (_, cg) => showBytes(memcg.of(cg).max),
    store: (k, cg, text) => storeLimit(k, cg, text, 'max'),
  },
  {
    name: 'memory.soft_limit_in_bytes',
    show: (_, cg) => showBytes(memcg.of(cg).softLimit),
    store: (k, cg, text) => memcg.set(k, cg.id, { softLimit: parseLimit(text, '-1') }),
  },
  failcntFile('memory.failcnt'),
  { name: 'memory.stat', show: showV1Stat },
  {
    name: 'memory.force_empty',
    store(k, cg) {
      if (!cg.parent) throw EINVAL
      reclaim(k, cg.id, memoryUsage(k, cg.id))
    },
  },
  {
    name: 'memory.use_hierarchy',
    show: () => '1\n',
    store(_k, _cg, text) {
      if (kstrtoull(text.trim()) !== 1) throw EINVAL
    },
  },
  { name: 'cgroup.event_control', mode: 0o222, store: storeEventControl },
  {
    name: 'memory.swappiness',
    show: (_, cg) => `${memcg.of(cg).swappiness}\n`,
    store: (k, cg, text) => memcg.set(k, cg.id, { swappiness: within(text, 200) }),
  },
  {
    name: 'memory.move_charge_at_immigrate',
    show: (_, cg) => `${memcg.of(cg).moveCharge}\n`,
    store(k, cg, text) {
      k.log(
        'Cgroup memory moving (move_charge_at_immigrate) is deprecated. Please report your usecase to linux-mm@kvack.org if you depend on this functionality.',
      )
      memcg.set(k, cg.id, { moveCharge: within(text, 3) })
    },
  },
  {
    name: 'memory.oom_control',
    show(_, cg) {
      const { oomKillDisable, underOom, oomKill } = memcg.of(cg)
      return `oom_kill_disable ${oomKillDisable ? 1 : 0}\nunder_oom ${underOom ? 1 : 0}\noom_kill ${oomKill}\n`
    },
    store: storeOomControl,
  },
  { name: 'memory.pressure_level', mode: 0 },
  { name: 'memory.numa_stat', show: showV1NumaStat },
  {
    name: 'memory.kmem.limit_in_bytes',
    show: () => showBytes(NO_LIMIT),
    store: (_k, _cg, text) => void parseLimit(text, '-1'),
  },
  { name: 'memory.kmem.usage_in_bytes', show: (k, cg) => `${kernelMemory(k, cg)}\n` },
  idleFile('memory.kmem.failcnt'),
  {
    name: 'memory.kmem.max_usage_in_bytes',
    show: (k, cg) => `${kernelMemory(k, cg)}\n`,
    store: () => undefined,
  },
  { name: 'memory.kmem.slabinfo', show: () => '' },
  {
    name: 'memory.kmem.tcp.limit_in_bytes',
    show: (_, cg) => showBytes(memcg.of(cg).tcpMax),
    store: (k, cg, text) => memcg.set(k, cg.id, { tcpMax: parseLimit(text, '-1') }),
  },
  { name: 'memory.kmem.tcp.usage_in_bytes', show: () => '0\n' },
  idleFile('memory.kmem.tcp.failcnt'),
  idleFile('memory.kmem.tcp.max_usage_in_bytes'),
  usageFile('memory.memsw.usage_in_bytes'),
  peakFile('memory.memsw.max_usage_in_bytes'),
  {
    name: 'memory.memsw.limit_in_bytes',
    show: (_, cg) => showBytes(memcg.of(cg).memswMax),
    store: (k, cg, text) => storeLimit(k, cg, text, 'memswMax'),
  },
  failcntFile('memory.memsw.failcnt'),
]

/** Events are asked for with an eventfd, which nothing here has. */
function storeEventControl(): void {
  throw EINVAL
}
