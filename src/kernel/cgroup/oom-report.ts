/**
 * What the kernel's log tells of a kill for a cgroup's limit. Linux: mm/oom_kill.c:dump_header(), dump_tasks(),
 * __oom_kill_process(), mm/memcontrol.c:mem_cgroup_print_oom_meminfo().
 *
 * Left out: the call trace and registers of whoever asked for memory: nothing here is machine code.
 */
import type { Kernel } from '../kernel.ts'
import { taskSwitches } from '../sched/index.ts'
import { memoryOf, PAGE_TABLES } from '../task-memory.ts'
import type { Cgroup, Task } from '../types.ts'
import { KERNEL_RELEASE, KERNEL_VERSION } from '../version.ts'
import { ancestors, cgroupFor, cgroupPath, hasController, isV2 } from './cgroup.ts'
import { chargesOf, memcg, memcgOf, memoryUsage, swapUsage } from './memcg.ts'
import { statLines } from './memcg-stat.ts'
import { NO_LIMIT, PAGE } from './page-counter.ts'

const KERN_ERR = 3
const KERN_WARNING = 4
/** PAGE_COUNTER_MAX in kilobytes. */
const UNLIMITED = '9007199254740988'

const kib = (bytes: number): string => `${bytes === NO_LIMIT ? UNLIMITED : Math.round(bytes / 1024)}kB`

const counter = (name: string, usage: number, limit: number, failures: number): string =>
  `${name}: usage ${kib(usage)}, limit ${kib(limit)}, failcnt ${failures}`

/** Who asks, what the cgroup at its limit has, its tasks, and who is chosen. Linux: dump_header(). */
export function reportOom(
  k: Kernel,
  asking: Task,
  limitId: number,
  tasks: readonly number[],
  victim: Task | undefined,
): void {
  const cg = k.cgroups.get(limitId)
  k.log(
    `${asking.comm} invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=${asking.oomScoreAdj}`,
    KERN_WARNING,
  )
  k.log(showCpu(k, asking), KERN_WARNING)
  for (const line of counters(k, cg)) k.log(line)
  k.log(`Memory cgroup stats for ${cgroupPath(k, limitId, 0)}:`)
  k.log(
    statLines(k, cg)
      .map(row => row.join(' '))
      .join('\n'),
  )
  if ((k.sysctl.get('vm/oom_dump_tasks') ?? '1') !== '0') {
    k.log('Tasks state (memory values in pages):')
    k.log('[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name')
    for (const id of tasks) k.log(taskRow(k, k.tasks.get(id)))
  }
  if (!victim) k.log('Out of memory and no killable processes...', KERN_WARNING)
  else k.log(summary(k, asking, limitId, victim))
}

/** Linux: dump_stack_print_info(). */
function showCpu(k: Kernel, { id, pids, comm }: Task): string {
  const [number = '', , , ...build] = KERNEL_VERSION.replace(/ \(.*/, '').split(' ')
  return `CPU: ${taskSwitches(k, id).cpu} PID: ${pids[0]} Comm: ${comm} Not tainted ${KERNEL_RELEASE} ${number}  ${build.join(' ')}`
}

function counters(k: Kernel, cg: Cgroup): string[] {
  const { max, failures, swapMax, swapMaxEvents, memswMax, memswFailures } = memcg.of(cg)
  const [usage, swap] = [memoryUsage(k, cg.id), swapUsage(k, cg.id)]
  const memory = counter('memory', usage, max, failures)
  if (isV2(k, cg)) return [memory, counter('swap', swap, swapMax, swapMaxEvents)]
  const { pagetables, slab } = chargesOf(k, cg.id)
  const both = counter('memory+swap', usage + swap, memswMax, memswFailures)
  return [memory, both, counter('kmem', pagetables + slab, NO_LIMIT, 0)]
}

/** Linux: dump_oom_summary(). */
function summary(k: Kernel, asking: Task, limitId: number, victim: Task): string {
  const own = cgroupPath(k, memcgOf(k, victim) || limitId, 0)
  const { uid } = k.creds.get(victim.cred)
  return `oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=${cpusetName(k, asking)},mems_allowed=0,oom_memcg=${cgroupPath(k, limitId, 0)},task_memcg=${own},task=${victim.comm},pid=${victim.pids[0]},uid=${uid}`
}

/** Linux: cpuset_print_current_mems_allowed(). */
function cpusetName(k: Kernel, task: Task): string {
  const own = cgroupFor(k, task, 'cpuset')
  if (own) for (const cg of ancestors(k, own)) if (hasController(k, cg, 'cpuset')) return cg.name || '/'
  return '/'
}

function taskRow(k: Kernel, task: Task): string {
  const it = memoryOf(k, task)
  const cells = [
    `[${String(task.pids[0]).padStart(7)}]`,
    String(k.creds.get(task.cred).uid).padStart(5),
    String(task.pids[0]).padStart(5),
    String(Math.round(it.size / PAGE)).padStart(8),
    String(Math.round(it.resident / PAGE)).padStart(8),
    String(PAGE_TABLES).padStart(8),
    String(Math.round(it.swap / PAGE)).padStart(8),
    String(task.oomScoreAdj).padStart(13),
    task.comm,
  ]
  return cells.join(' ')
}

/** Linux: __oom_kill_process(). */
export function printKill(k: Kernel, victim: Task): void {
  const it = memoryOf(k, victim)
  const { uid } = k.creds.get(victim.cred)
  k.log(
    `Memory cgroup out of memory: Killed process ${victim.pids[0]} (${victim.comm}) total-vm:${kib(it.size)}, anon-rss:${kib(it.anon)}, file-rss:${kib(it.file)}, shmem-rss:0kB, UID:${uid} pgtables:${kib(PAGE_TABLES)} oom_score_adj:${victim.oomScoreAdj}`,
    KERN_ERR,
  )
}

/** Linux: mem_cgroup_print_oom_group(). */
export const printOomGroup = (k: Kernel, id: number): void =>
  k.log(`Tasks in ${cgroupPath(k, id, 0)} are going to be killed due to memory.oom.group set`)
