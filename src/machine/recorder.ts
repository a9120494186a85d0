/**
 * Watches a machine for whoever draws what it did: the scheduler's trace as a timeline, and the kills that the kernel's
 * log tells of. Whoever made it stops it; nothing in the machine depends on it.
 */
import type { SchedTrace } from '../kernel/index.ts'
import type { Machine, Snapshot } from './machine.ts'
import { Timeline } from './timeline.ts'
import { type Attention, attention } from './view/attention.ts'
import { type OomKill, oomKills } from './view/oom.ts'

/** Between two commits lie some milliseconds of work, in which no machine switches more often. */
const RING = 16_384
const KILLS = 50

export class Recorder {
  readonly timeline: Timeline
  readonly #machine: Machine
  readonly #trace: SchedTrace
  readonly #stop: () => void
  #taken = 0
  #read = 0
  #kills: readonly OomKill[] = []

  constructor(machine: Machine) {
    this.#machine = machine
    this.#trace = machine.watch(RING)
    this.timeline = new Timeline(machine.snapshot.kernel.cpus, machine.now)
    this.#take()
    this.#stop = machine.onCommit(() => this.#take())
  }

  /** Who was killed because memory was used up, newest last. */
  get kills(): readonly OomKill[] {
    return this.#kills
  }

  /** Whether the scheduler did something that is not in the timeline yet. */
  get seesMore(): boolean {
    return this.#trace.next > this.#taken
  }

  /** What calls for attention now, going by the present and a moment about two seconds before. */
  attention(before: Snapshot): Attention | undefined {
    return attention(before, this.#machine.snapshot)
  }

  #take(): void {
    const { next } = this.#trace
    if (next > this.#taken) this.timeline.take(this.#trace.since(this.#taken), next - this.#taken > RING)
    this.#taken = next
    const messages = this.#machine.messages(this.#read)
    if (!messages.length) return
    this.#read = messages.at(-1)!.seq + 1
    const kills = oomKills(messages)
    if (kills.length) this.#kills = [...this.#kills, ...kills].slice(-KILLS)
  }

  stop(): void {
    this.#stop()
    this.#machine.unwatch()
  }
}
