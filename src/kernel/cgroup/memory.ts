/** The memory controller: limits, and what is counted. Linux: mm/memcontrol.c:memory_files[]; its v1 files: memory-v1.ts. */
import { EAGAIN, EINVAL } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import type { Cgroup } from '../types.ts'
import { descendants, shownPath } from './cgroup.ts'
import type { CgroupFile, Controller } from './files.ts'
import { memcg, memoryUsage, reparentCharges, swapUsage } from './memcg.ts'
import { checkMoveCharge, moveCharge } from './move-charge.ts'
import { enforceLimit } from './memcg-oom.ts'
import { showNumaStat, showStat } from './memcg-stat.ts'
import { memoryV1 } from './memory-v1.ts'
import { reclaim, swappinessOf } from '../mm/vmscan.ts'
import { PAGE, parseLimit, showMax } from './page-counter.ts'
import { kstrtoint } from './parse.ts'

type Limit = 'max' | 'high' | 'min' | 'low' | 'swapMax' | 'swapHigh' | 'zswapMax'

const limitFile = (name: string, field: Limit): CgroupFile => ({
  name,
  on: 'nonRoot',
  show: (_, cg) => showMax(memcg.of(cg)[field]),
  store(k, cg, text, as) {
    memcg.set(k, cg.id, { [field]: parseLimit(text, 'max') })
    const { max, high } = memcg.of(k.cgroups.get(cg.id))
    reclaim(k, cg.id, memoryUsage(k, cg.id) - Math.min(max, high))
    if (field === 'max') enforceLimit(k, as.task, cg.id)
  },
})

function eventsOf(k: Kernel, cgs: Iterable<Cgroup>): string {
  const sum = { low: 0, high: 0, max: 0, oom: 0, kill: 0, group: 0 }
  for (const { id } of cgs) {
    const own = memcg.of(k.cgroups.get(id))
    sum.low += own.lowEvents
    sum.high += own.highEvents
    sum.max += own.failures
    sum.oom += own.oom
    sum.kill += own.oomKill
    sum.group += own.oomGroupKill
  }
  return `low ${sum.low}\nhigh ${sum.high}\nmax ${sum.max}\noom ${sum.oom}\noom_kill ${sum.kill}\noom_group_kill ${sum.group}\n`
}

function showSwapEvents(k: Kernel, { id }: Cgroup): string {
  let [max, fail] = [0, 0]
  for (const cg of descendants(k, id)) {
    max += memcg.of(cg).swapMaxEvents
    fail += memcg.of(cg).swapFailEvents
  }
  return `high 0\nmax ${max}\nfail ${fail}\n`
}

/** Give back so much. Errors: EINVAL; EAGAIN where there was less to give. Linux: memory_reclaim(). */
function storeReclaim(k: Kernel, cg: Cgroup, text: string): void {
  const bytes = parseLimit(text, '')
  if (reclaim(k, cg.id, Math.min(bytes, memoryUsage(k, cg.id) + PAGE)) < bytes)
    throw refuse(k, EAGAIN, 'memory-reclaim', { cgroup: shownPath(k, cg.id), bytes })
}

const on = 'nonRoot'
const nothing = () => '0\n'

const v2: readonly CgroupFile[] = [
  { name: 'memory.current', on, show: (k, cg) => `${memoryUsage(k, cg.id)}\n` },
  { name: 'memory.peak', on, show: (_, cg) => `${memcg.of(cg).peak}\n` },
  limitFile('memory.min', 'min'),
  limitFile('memory.low', 'low'),
  limitFile('memory.high', 'high'),
  limitFile('memory.max', 'max'),
  { name: 'memory.events', on, notifies: true, show: (k, cg) => eventsOf(k, descendants(k, cg.id)) },
  { name: 'memory.events.local', on, notifies: true, show: (k, cg) => eventsOf(k, [cg]) },
  { name: 'memory.stat', show: showStat },
  { name: 'memory.numa_stat', show: showNumaStat },
  {
    name: 'memory.oom.group',
    isDelegatable: true,
    on,
    show: (_, cg) => `${memcg.of(cg).oomGroup ? 1 : 0}\n`,
    store(k, cg, text) {
      const value = kstrtoint(text)
      if (value !== 0 && value !== 1) throw EINVAL
      memcg.set(k, cg.id, { oomGroup: value === 1 })
    },
  },
  { name: 'memory.reclaim', isDelegatable: true, store: storeReclaim },
  { name: 'memory.swap.current', on, show: (k, cg) => `${swapUsage(k, cg.id)}\n` },
  limitFile('memory.swap.high', 'swapHigh'),
  limitFile('memory.swap.max', 'swapMax'),
  { name: 'memory.swap.events', on, notifies: true, show: showSwapEvents },
  { name: 'memory.zswap.current', on, show: nothing },
  limitFile('memory.zswap.max', 'zswapMax'),
]

export const memory: Controller = {
  name: 'memory',
  v1: memoryV1,
  v2,
  online(k: Kernel, cg: Cgroup, parent: Cgroup): void {
    const { oomKillDisable } = memcg.of(parent)
    const swappiness = swappinessOf(k, parent)
    if (swappiness !== memcg.of(cg).swappiness || oomKillDisable)
      memcg.set(k, cg.id, { swappiness, oomKillDisable })
  },
  canAttach: checkMoveCharge,
  attached: moveCharge,
  offline(k, cg) {
    k.memcgEvents?.removed(cg.id)
    reparentCharges(k, cg.id)
    memcg.reset(k, cg.id)
  },
}
