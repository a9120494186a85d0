/**
 * /proc/PID/sched: the scheduler's figures of a task. Linux: kernel/sched/debug.c:proc_sched_show_task().
 * Left out: load averages of a single task (se.avg), NUMA faults.
 */
import { type Kernel, niceToWeight, type Task, taskSwitches, taskTimes } from '../../kernel/index.ts'

/** Milliseconds with six more digits. */
const milliseconds = (ns: number): string => (ns / 1e6).toFixed(6)

const isRealtime = ({ policy }: Task): boolean => policy === 1 || policy === 2

/** Linux: task->prio: 120 is nice 0, below 100 is real time. */
const priority = (task: Task): number => (isRealtime(task) ? 99 - (task.rtPriority ?? 0) : 120 + task.nice)

export function showSched(k: Kernel, task: Task, pid: number): string {
  const { utime, stime } = taskTimes(k, task.id)
  const { nvcsw, nivcsw } = taskSwitches(k, task.id)
  const rows: readonly (readonly [string, string | number])[] = [
    ['se.exec_start', milliseconds(k.now())],
    ['se.vruntime', milliseconds(task.vruntime)],
    ['se.sum_exec_runtime', milliseconds(utime + stime)],
    ['se.nr_migrations', 0],
    ['nr_switches', nvcsw + nivcsw],
    ['nr_voluntary_switches', nvcsw],
    ['nr_involuntary_switches', nivcsw],
    ['se.load.weight', niceToWeight(task.nice) * 1024],
    ['policy', task.policy],
    ['prio', priority(task)],
    ['clock-delta', 0],
    ['mm->numa_scan_seq', 0],
    ['numa_pages_migrated', 0],
    ['numa_preferred_nid', -1],
    ['total_numa_faults', 0],
  ]
  const head = `${task.comm} (${pid}, #threads: 1)\n${'-'.repeat(67)}\n`
  const body = rows.map(([name, value]) => `${name.padEnd(45)}:${String(value).padStart(21)}\n`).join('')
  const numa = 'task_private=0 task_shared=0 group_private=0 group_shared=0'
  return `${head}${body}current_node=0, numa_group_id=0\nnuma_faults node=0 ${numa}\n`
}
