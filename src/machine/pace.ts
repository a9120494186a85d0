/**
 * Pace: lets a machine's virtual clock follow a wall clock, a few milliseconds of work at a time. The host's clock
 * and timers are handed in; this is the only place where wall time meets virtual time.
 */
import type { Machine } from './machine.ts'

/** What the pace needs of the world: milliseconds that pass, and a way to be called later. */
export interface HostClock {
  now(): number
  /** Call back after about `ms`; returns a function that cancels. */
  after(ms: number, callback: () => void): () => void
}

/** How long one slice of work may take, and how long the page then has for itself, in ms. */
const SLICE = 7
const REST = 5
/** Virtual time may be this far ahead (ns), so that a short command is over within the key press that began it. */
const LOOKAHEAD = 3_000_000
const MS = 1_000_000
/** How many events somebody waits at most for the one he wants to see. */
const STEPS = 10_000

export class Pace {
  readonly #machine: Machine
  readonly #host: HostClock
  #speed = 1
  /** The pair of moments from which the target is reckoned. */
  #wall: number
  #virtual: number
  #cancel: (() => void) | undefined
  #running = false
  /** How much of the wanted speed was reached lately, 0 to 1. */
  #kept = 1

  constructor(machine: Machine, host: HostClock) {
    this.#machine = machine
    this.#host = host
    this.#wall = host.now()
    this.#virtual = machine.now
  }

  /** Virtual seconds per second: 0 is paused, 1/1000 to 100. */
  get speed(): number {
    return this.#speed
  }

  set speed(speed: number) {
    // Until now the old speed counts: a clock that stops does not go back to the last thing that happened.
    this.nudge()
    this.#rebase()
    this.#speed = Math.min(100, Math.max(0, speed))
    this.nudge()
  }

  /** The share of the wanted speed that this computer keeps up with, 0 to 1. */
  get kept(): number {
    return this.#kept
  }

  start(): void {
    if (this.#running) return
    this.#running = true
    this.#rebase()
    this.nudge()
  }

  stop(): void {
    this.#running = false
    this.#cancel?.()
    this.#cancel = undefined
  }

  /** Something came in: work now rather than at the next turn. */
  nudge(): void {
    if (!this.#running) return
    this.#cancel?.()
    this.#cancel = undefined
    this.#slice()
  }

  /** Up to when it is known what happens while nothing comes in: an idle machine's own clock stands at its last event. */
  get now(): number {
    const { now } = this.#machine
    if (!this.#running || this.#speed === 0) return now
    return Math.max(now, Math.min(this.#target(), this.#machine.nextEvent() ?? Number.POSITIVE_INFINITY))
  }

  /** While paused: go on to the next event and stop again, or until somebody has `seen` what he waits for. */
  step(seen: () => boolean = () => true): void {
    for (let i = 0; i < STEPS; i++) {
      const next = this.#machine.nextEvent()
      if (next === undefined) break
      this.#machine.runUntil(next)
      if (seen()) break
    }
    this.#rebase()
    this.#machine.commit()
  }

  #rebase(): void {
    this.#wall = this.#host.now()
    this.#virtual = this.#machine.now
  }

  #target(): number {
    return this.#virtual + Math.floor((this.#host.now() - this.#wall) * this.#speed * MS)
  }

  #slice(): void {
    const begun = this.#host.now()
    const target = this.#target()
    if (this.#speed > 0) {
      const reached = this.#machine.runUntil(
        Math.max(this.#machine.now, target),
        () => this.#host.now() - begun < SLICE,
      )
      if (reached) this.#hurry(begun)
      this.#keepUp(reached, target)
    }
    this.#machine.commit()
    this.#schedule()
  }

  /** Short work is finished ahead of time; time itself is not: the clock moves only from event to event. */
  #hurry(begun: number): void {
    const limit = this.#target() + LOOKAHEAD * Math.min(1, this.#speed)
    for (;;) {
      const next = this.#machine.nextEvent()
      if (next === undefined || next > limit) return
      if (!this.#machine.runUntil(Math.max(next, this.#machine.now), () => this.#host.now() - begun < SLICE))
        return
      if (this.#host.now() - begun >= SLICE) return
    }
  }

  /** A host that is too slow lets virtual time fall behind, rather than rushing after it later. */
  #keepUp(reached: boolean, target: number): void {
    const wanted = target - this.#virtual
    if (!reached && this.#host.now() - this.#wall > 100) {
      this.#kept = wanted > 0 ? Math.max(0, Math.min(1, (this.#machine.now - this.#virtual) / wanted)) : 1
      this.#rebase()
    } else if (reached) this.#kept = 1
  }

  #schedule(): void {
    if (!this.#running || this.#speed === 0) return
    const next = this.#machine.nextEvent()
    if (next === undefined) return
    const wait = (next - this.#target()) / MS / this.#speed
    this.#cancel = this.#host.after(Math.max(REST, Math.min(wait, 1000)), () => this.#slice())
  }
}
