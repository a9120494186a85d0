/**
 * What the scheduler did and when, for whoever wants to draw it: the newest events in a ring of fixed size.
 * Linux: the trace points sched_switch and, for bandwidth control, what cpu.stat only sums up; read like trace_pipe.
 * There is a ring only while somebody looks; nothing else in the machine depends on it.
 */

/**
 * `switch`: the CPU runs `task` from now on (0: nothing). `throttle` and `unthrottle`: the queue of `cgroup` on this
 * CPU ran out of quota, or may run again. `refill`: a period of `cgroup` begins, and `runtime` ns are in its pool.
 */
export type SchedEvent =
  | { readonly kind: 'switch'; readonly at: number; readonly cpu: number; readonly task: number }
  | {
      readonly kind: 'throttle' | 'unthrottle'
      readonly at: number
      readonly cpu: number
      readonly cgroup: number
    }
  | { readonly kind: 'refill'; readonly at: number; readonly cgroup: number; readonly runtime: number }

export class SchedTrace {
  readonly #ring: SchedEvent[] = []
  readonly #size: number
  /** How many events there have been; the number of the next one. */
  next = 0

  constructor(size: number) {
    this.#size = size
  }

  push(event: SchedEvent): void {
    this.#ring[this.next++ % this.#size] = event
  }

  /** The events from number `from` on, oldest first; those that were overwritten meanwhile are missing. */
  since(from: number): readonly SchedEvent[] {
    const events: SchedEvent[] = []
    for (let i = Math.max(from, this.next - this.#size); i < this.next; i++)
      events.push(this.#ring[i % this.#size]!)
    return events
  }
}
