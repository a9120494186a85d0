/** The memory controller's files of v1. Linux: mm/memcontrol.c:mem_cgroup_legacy_files[]; admin-guide/cgroup-v1/memory.rst. */
import { type Blocking, EBUSY, EINVAL } from '../../abi/index.ts'
import type { Caller } from '../../vfs/index.ts'
import type { Kernel } from '../kernel.ts'
import { eventFiles } from '../late.ts'
import { refuse } from '../refuse.ts'
import { preempt } from '../run.ts'
import type { Cgroup } from '../types.ts'
import { wakeUp } from '../wake-up.ts'
import { ancestors } from './cgroup.ts'
import type { CgroupFile } from './files.ts'
import { chargesOf, type MemCgroup, memcg, memoryUsage, oomQueue, swapUsage } from './memcg.ts'
import { showV1NumaStat, showV1Stat } from './memcg-stat.ts'
import { reclaim, swappinessOf } from '../mm/vmscan.ts'
import { NO_LIMIT, parseLimit, showBytes } from './page-counter.ts'
import { kstrtoull } from './parse.ts'

const KERN_WARNING = 4

/** memory.limit_in_bytes and memory.memsw.limit_in_bytes, of which the first may not be above the second. */
function storeLimit(k: Kernel, cg: Cgroup, text: string, field: 'max' | 'memswMax'): void {
  const bytes = parseLimit(text, '-1')
  if (!cg.parent) throw EINVAL
  const changed: MemCgroup = { ...memcg.of(cg), [field]: bytes }
  if (changed.max > changed.memswMax) throw refuse(k, EINVAL, 'memory1-memsw', {})
  // What is no file's cannot be pushed out without swap: mem_cgroup_resize_max().
  reclaim(k, cg.id, usageOf(k, cg.id, field) - bytes, field === 'max' ? 'all' : 'files')
  const usage = usageOf(k, cg.id, field)
  if (usage > bytes) throw refuse(k, EBUSY, 'memory1-usage', { usage, limit: bytes })
  memcg.set(k, cg.id, { [field]: bytes })
  wakeUp(k, oomQueue(cg.id))
}

/** What a limit is about: memory, or memory and swap together. */
const usageOf = (k: Kernel, id: number, limit: 'max' | 'memswMax'): number =>
  memoryUsage(k, id) + (limit === 'memswMax' ? swapUsage(k, id) : 0)

/** A number that must be one of 0 to `most`. Errors: EINVAL. */
function within(text: string, most: number): number {
  const value = kstrtoull(text.trim())
  if (value > most) throw EINVAL
  return value
}

/** usage_in_bytes, max_usage_in_bytes and failcnt; any write resets the latter two. */
const counterFiles = (
  prefix: string,
  limit: 'max' | 'memswMax',
): Record<'usage' | 'peak' | 'failcnt', CgroupFile> => {
  const [peak, failures] =
    limit === 'max' ? (['peak', 'failures'] as const) : (['memswPeak', 'memswFailures'] as const)
  return {
    usage: { name: `${prefix}.usage_in_bytes`, show: (k, cg) => `${usageOf(k, cg.id, limit)}\n` },
    peak: {
      name: `${prefix}.max_usage_in_bytes`,
      show: (_, cg) => `${memcg.of(cg)[peak]}\n`,
      store: (k, cg) => memcg.set(k, cg.id, { [peak]: usageOf(k, cg.id, limit) }),
    },
    failcnt: {
      name: `${prefix}.failcnt`,
      show: (_, cg) => `${memcg.of(cg)[failures]}\n`,
      store: (k, cg) => memcg.set(k, cg.id, { [failures]: 0 }),
    },
  }
}
const memoryFiles = counterFiles('memory', 'max')
const memswFiles = counterFiles('memory.memsw', 'memswMax')

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

/** Said once. */
function deprecated(k: Kernel, what: string): void {
  k.logOnce(
    `${what} Please report your usecase to linux-mm@kvack.org if you depend on this functionality.`,
    KERN_WARNING,
  )
}

export const memoryV1: readonly CgroupFile[] = [
  memoryFiles.usage,
  memoryFiles.peak,
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
  memoryFiles.failcnt,
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
    store(k, _cg, text) {
      if (kstrtoull(text.trim()) === 1) return
      deprecated(k, 'Non-hierarchical mode is deprecated.')
      throw EINVAL
    },
  },
  { name: 'cgroup.event_control', mode: 0o222, store: storeEventControl },
  {
    name: 'memory.swappiness',
    show: (k, cg) => `${swappinessOf(k, cg)}\n`,
    store(k, cg, text) {
      const swappiness = within(text, 200)
      if (cg.parent) memcg.set(k, cg.id, { swappiness })
      else k.sysctl.set('vm/swappiness', String(swappiness))
    },
  },
  {
    name: 'memory.move_charge_at_immigrate',
    show: (_, cg) => `${memcg.of(cg).moveCharge}\n`,
    store(k, cg, text) {
      deprecated(k, 'Cgroup memory moving (move_charge_at_immigrate) is deprecated.')
      memcg.set(k, cg.id, { moveCharge: within(text, 3) })
    },
  },
  {
    name: 'memory.oom_control',
    show(k, cg) {
      const { oomKillDisable, oomKill } = memcg.of(cg)
      const underOom = [...ancestors(k, cg.id)].some(it => memcg.of(it).underOom)
      return `oom_kill_disable ${oomKillDisable ? 1 : 0}\nunder_oom ${underOom ? 1 : 0}\noom_kill ${oomKill}\n`
    },
    store: storeOomControl,
  },
  { name: 'memory.pressure_level', mode: 0 },
  { name: 'memory.numa_stat', show: showV1NumaStat },
  {
    name: 'memory.kmem.limit_in_bytes',
    show: () => showBytes(NO_LIMIT),
    store(k, _cg, text) {
      parseLimit(text, '-1')
      deprecated(
        k,
        'kmem.limit_in_bytes is deprecated and will be removed. Writing any value to this file has no effect.',
      )
    },
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
  memswFiles.usage,
  memswFiles.peak,
  {
    name: 'memory.memsw.limit_in_bytes',
    show: (_, cg) => showBytes(memcg.of(cg).memswMax),
    store: (k, cg, text) => storeLimit(k, cg, text, 'memswMax'),
  },
  memswFiles.failcnt,
]

/** What knows of eventfds is loaded late. */
function* storeEventControl(k: Kernel, cg: Cgroup, text: string, as: Caller): Blocking<void> {
  k.requestModule?.()
  yield* preempt(k, as.task)
  eventFiles().writeEventControl(k, k.cgroups.get(cg.id), text, as)
}
