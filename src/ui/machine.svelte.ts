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

/** How far back the shares of CPU time are measured, in virtual ns. */
const WINDOW = 2_000_000_000

/** Shows the machine's latest snapshot, or the past moment the view is parked at. */
export class MachineView {
  readonly #machine: Machine
  #parked = $state.raw<Snapshot | null>(null)
  readonly #subscribe: () => void
  readonly #moments = new Moments()

  constructor(machine: Machine) {
    this.#machine = machine
    this.#moments.push(machine.snapshot)
    this.#subscribe = createSubscriber(update => {
      const soon = oncePerFrame(update)
      return machine.onCommit(({ snapshot }) => {
        this.#moments.push(snapshot)
        soon()
      })
    })
  }

  get shown(): Snapshot {
    this.#subscribe()
    return this.#parked ?? this.#machine.snapshot
  }

  /** A snapshot up to two virtual seconds before the shown one: what shares of CPU time are reckoned from. */
  get before(): Snapshot {
    return this.#moments.at(this.shown.clock - WINDOW)
  }

  /** Look back at a moment of the past, or, without one, at the present again. */
  park(clock?: number): void {
    this.#parked = clock === undefined ? null : this.#moments.at(clock)
  }
}

const KEY = Symbol('machine')
export const provideMachine = (view: () => MachineView): unknown => setContext(KEY, view)
export const useMachine = (): MachineView => getContext<() => MachineView>(KEY)()
