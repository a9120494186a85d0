/**
 * /proc/PID/sched: the scheduler's figures of a task. Linux: kernel/sched/debug.c:proc_sched_show_task().
 * Left out: load averages of a single task (se.avg), what kernel.sched_schedstats adds, NUMA faults.
 */
import { SCHED_DEADLINE, SCHED_FIFO, SCHED_RR } from '../../abi/index.ts'
import {
  type Kernel,
  niceToWeight,
  type Task,
  threadIds,
  taskSchedInfo,
  taskSwitches,
  taskTimes,
} from '../../kernel/index.ts'

/** Milliseconds with six more digits. */
const milliseconds = (ns: number): string => (ns / 1e6).toFixed(6)

/** Linux: task->prio: 120 is nice 0, below 100 is real time, and -1 whoever has a deadline. */
export function priority({ policy, rtPriority = 0, nice }: Task): number {
  if (policy === SCHED_DEADLINE) return -1
  return policy === SCHED_FIFO || policy === SCHED_RR ? 99 - rtPriority : 120 + nice
}

/** sum_exec_runtime, run_delay and pcount. Linux: proc_pid_schedstat(). */
export function showTaskSchedstat(k: Kernel, task: Task): string {
  const { utime, stime } = taskTimes(k, task.id)
  const { runDelay, pcount } = taskSchedInfo(k, task.id)
  return `${Math.floor(utime + stime)} ${Math.floor(runDelay)} ${pcount}\n`
}

export function showSched(k: Kernel, task: Task, pid: number): string {
  const { utime, stime } = taskTimes(k, task.id)
  const { nvcsw, nivcsw } = taskSwitches(k, task.id)
  const { nrMigrations, dl } = taskSchedInfo(k, task.id)
  const rows: readonly (readonly [string, string | number])[] = [
    ['se.exec_start', milliseconds(k.now())],
    ['se.vruntime', milliseconds(task.vruntime)],
    ['se.sum_exec_runtime', milliseconds(utime + stime)],
    ['se.nr_migrations', nrMigrations],
    ['nr_switches', nvcsw + nivcsw],
    ['nr_voluntary_switches', nvcsw],
    ['nr_involuntary_switches', nivcsw],
    ['se.load.weight', niceToWeight(task.nice) * 1024],
    ['policy', task.policy],
    ['prio', priority(task)],
    ...(dl
      ? ([
          ['dl.runtime', dl.runtime],
          ['dl.deadline', dl.deadline],
        ] as const)
      : []),
    ['clock-delta', 0],
    ['mm->numa_scan_seq', 0],
    ['numa_pages_migrated', 0],
    ['numa_preferred_nid', -1],
    ['total_numa_faults', 0],
  ]
  const head = `${task.comm} (${pid}, #threads: ${threadIds(k, task).length})\n${'-'.repeat(67)}\n`
  const body = rows.map(([name, value]) => `${name.padEnd(45)}:${String(value).padStart(21)}\n`).join('')
  const numa = 'task_private=0 task_shared=0 group_private=0 group_shared=0'
  return `${head}${body}current_node=0, numa_group_id=0\nnuma_faults node=0 ${numa}\n`
}
