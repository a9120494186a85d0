/**
 * What the scheduler did and when, for whoever wants to draw it: the newest events in a ring of fixed size.
 * Linux: the trace points sched_switch and, for bandwidth control, what cpu.stat only sums up; read like trace_pipe.
 * There is a ring only while somebody looks; nothing else in the machine depends on it.
 */
import type { Kernel } from '../kernel.ts'
import type { SchedTask, TaskGroup } from './entity.ts'

/**
 * `switch`: the CPU runs `task` from now on (0: nothing), which is in `cgroup` and has this name and pid, as Linux's
 * next_comm and next_pid: it may be gone when somebody reads that. `process` is the leader of its threads. `was` is what the one before is called by now, as
 * prev_comm: execve(2) changes names. `throttle` and `unthrottle`: the queue of `cgroup` on this CPU ran out of quota,
 * or may run again. `refill`: a period of `cgroup` begins (or its settings are new), and `runtime` ns are in its pool;
 * its CPUs still hold `held` ns of what they took before.
 */
export type SchedEvent =
  | {
      readonly kind: 'switch'
      readonly at: number
      readonly cpu: number
      readonly task: number
      readonly process: number
      readonly cgroup: number
      readonly pid: number
      readonly comm: string
      readonly was: string
    }
  | {
      readonly kind: 'throttle' | 'unthrottle'
      readonly at: number
      readonly cpu: number
      readonly cgroup: number
    }
  | {
      readonly kind: 'refill'
      readonly at: number
      readonly cgroup: number
      readonly runtime: number
      readonly held: number
    }

export class SchedTrace {
  readonly #ring: SchedEvent[] = []
  readonly #size: number
  /** The task that each CPU runs. */
  readonly #curr: number[] = []
  /** How many events there have been; the number of the next one. */
  next = 0

  constructor(size: number) {
    this.#size = size
  }

  push(event: SchedEvent): void {
    this.#ring[this.next++ % this.#size] = event
  }

  /** Linux: trace_sched_switch(). */
  switched(k: Kernel, cpu: number, to: SchedTask | undefined): void {
    const task = to?.id ?? 0
    const record = task ? k.tasks.find(task) : undefined
    const cgroup = record?.cgroups[k.sched.groups.hierarchyId('cpu') - 1] ?? to?.group.id ?? 0
    const [pid, comm, process] = [record?.pids[0] ?? 0, record?.comm ?? '', record?.tgid ?? task]
    const was = k.tasks.find(this.#curr[cpu] ?? 0)?.comm ?? ''
    this.#curr[cpu] = task
    this.push({ kind: 'switch', at: k.clock, cpu, task, process, cgroup, pid, comm, was })
  }

  refilled(at: number, group: TaskGroup): void {
    const held = group.cfsRq.reduce((sum, q) => sum + Math.max(0, q.runtimeRemaining), 0)
    this.push({ kind: 'refill', at, cgroup: group.id, runtime: group.runtime, held })
  }

  /** The events from number `from` on, oldest first; those that were overwritten meanwhile are missing. */
  since(from: number): readonly SchedEvent[] {
    const events: SchedEvent[] = []
    for (let i = Math.max(from, this.next - this.#size); i < this.next; i++)
      events.push(this.#ring[i % this.#size]!)
    return events
  }
}
