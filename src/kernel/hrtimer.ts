/**
 * High-resolution timers on the virtual clock. Linux: kernel/time/hrtimer.c.
 * A binary heap ordered by time and then by the order of starting, so that equal times fire in a fixed order.
 */
import type { Kernel } from './kernel.ts'

/** Linux: struct hrtimer. `fn` is undefined once it has fired or was cancelled. */
export interface Timer {
  readonly at: number
  readonly seq: number
  fn: (() => void) | undefined
}

const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.seq < b.seq)

/** All timers of a machine. The scheduler's main loop takes them out in order. */
export class TimerQueue {
  #heap: Timer[] = []
  #seq = 0
  #cancelled = 0

  /** When the next timer fires; Infinity if there is none. */
  get next(): number {
    this.#dropCancelled()
    return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY
  }

  add(at: number, fn: () => void): Timer {
    const timer: Timer = { at, seq: this.#seq++, fn }
    this.#heap.push(timer)
    this.#up(this.#heap.length - 1)
    return timer
  }

  /** Forget a timer; one that has fired already is left alone. */
  cancel(timer: Timer): void {
    if (!timer.fn) return
    timer.fn = undefined
    if (++this.#cancelled > 64 && this.#cancelled * 2 > this.#heap.length) this.#compact()
  }

  /** Take the first timer out and return what it runs. Needs: `next` is finite. */
  pop(): () => void {
    const timer = this.#shift()
    const fn = timer.fn!
    timer.fn = undefined
    return fn
  }

  #dropCancelled(): void {
    while (this.#heap.length && !this.#heap[0]!.fn) {
      this.#shift()
      this.#cancelled--
    }
  }

  /** Cancelled timers wait in the heap for their turn; a machine that cancels many would keep them for long. */
  #compact(): void {
    this.#heap = this.#heap.filter(timer => timer.fn)
    this.#heap.sort((a, b) => (before(a, b) ? -1 : 1))
    this.#cancelled = 0
  }

  #shift(): Timer {
    const heap = this.#heap
    const first = heap[0]!
    const last = heap.pop()!
    if (heap.length) {
      heap[0] = last
      this.#down(0)
    }
    return first
  }

  #up(index: number): void {
    const heap = this.#heap
    const timer = heap[index]!
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!before(timer, heap[parent]!)) break
      heap[index] = heap[parent]!
      index = parent
    }
    heap[index] = timer
  }

  #down(index: number): void {
    const heap = this.#heap
    const timer = heap[index]!
    for (;;) {
      let child = 2 * index + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++
      if (!before(heap[child]!, timer)) break
      heap[index] = heap[child]!
      index = child
    }
    heap[index] = timer
  }
}

/** Run `fn` at `atNs` of the virtual clock (not before now), outside of any task. Linux: hrtimer_start(). */
export const startTimer = (k: Kernel, atNs: number, fn: () => void): Timer =>
  k.sched.timers.add(Math.max(Math.ceil(atNs), k.clock), fn)

/** Linux: hrtimer_cancel(). */
export const cancelTimer = (k: Kernel, timer: Timer): void => k.sched.timers.cancel(timer)

/** Forget the alarm of a process, by its leader's id. Linux: hrtimer_cancel(&signal->real_timer). */
export function cancelAlarm(k: Kernel, tgid: number): void {
  const timer = k.alarms.get(tgid)
  if (!timer) return
  k.alarms.delete(tgid)
  cancelTimer(k, timer)
}
