/** The one place where a machine meets Svelte: snapshots come out, at most once a frame. */
import { getContext, setContext } from 'svelte'
import { createSubscriber } from 'svelte/reactivity'
import { type Machine, Moments, type Snapshot } from '../machine/index.ts'

/** Calls back at most once a frame, however often it is asked. */
function oncePerFrame(act: () => void): () => void {
  let asked = false
  return () => {
    if (asked) return
    asked = true
    requestAnimationFrame(() => {
      asked = false
      act()
    })
  }
}

/** Calls back at most once in so many ms, and once more after the last time it was asked. */
function atMostEvery(ms: number, act: () => void): () => void {
  let asked = false
  return () => {
    if (asked) return
    asked = true
    setTimeout(() => {
      asked = false
      act()
    }, ms)
  }
}

/** Numbers in lists change this often at most, in ms: nobody reads faster, and a thousand rows cost what they cost. */
const LISTED = 120

/** How far back the shares of CPU time are measured, in virtual ns. */
const WINDOW = 2_000_000_000

/** Shows the machine's latest snapshot, or the past moment the view is parked at. */
export class MachineView {
  readonly #machine: Machine
  #parked = $state.raw<Snapshot | null>(null)
  readonly #subscribe: () => void
  readonly #subscribeSlowly: () => void
  readonly #moments = new Moments()

  constructor(machine: Machine) {
    this.#machine = machine
    this.#moments.push(machine.snapshot)
    machine.onCommit(({ snapshot }) => this.#moments.push(snapshot))
    this.#subscribe = createSubscriber(update => machine.onCommit(oncePerFrame(update)))
    this.#subscribeSlowly = createSubscriber(update => machine.onCommit(atMostEvery(LISTED, update)))
  }

  get shown(): Snapshot {
    this.#subscribe()
    return this.#parked ?? this.#machine.snapshot
  }

  /** The same a few times a second, for lists. */
  get listed(): Snapshot {
    this.#subscribeSlowly()
    return this.#parked ?? this.#machine.snapshot
  }

  /** A snapshot up to two virtual seconds before the listed one: what shares of CPU time are reckoned from. */
  get before(): Snapshot {
    return this.#moments.at(this.listed.clock - WINDOW)
  }

  /** Look back at a moment of the past, or, without one, at the present again. */
  park(clock?: number): void {
    this.#parked = clock === undefined ? null : this.#moments.at(clock)
  }
}

const KEY = Symbol('machine')
export const provideMachine = (view: () => MachineView): unknown => setContext(KEY, view)
export const useMachine = (): MachineView => getContext<() => MachineView>(KEY)()
