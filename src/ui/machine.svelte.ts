/** The one place where a machine meets Svelte: snapshots come out, at most once a frame. */
import { getContext, setContext } from 'svelte'
import { createSubscriber } from 'svelte/reactivity'
import type { Machine, Snapshot } from '../machine/index.ts'

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
  /** Snapshots of the last stretch of virtual time, oldest first. */
  #recent: Snapshot[] = []

  constructor(machine: Machine) {
    this.#machine = machine
    this.#recent = [machine.snapshot]
    this.#subscribe = createSubscriber(update => {
      const soon = oncePerFrame(update)
      return machine.onCommit(({ snapshot }) => {
        this.#remember(snapshot)
        soon()
      })
    })
  }

  #remember(snapshot: Snapshot): void {
    const last = this.#recent.at(-1)!
    if (snapshot.clock - last.clock < WINDOW / 20) return
    this.#recent.push(snapshot)
    while (this.#recent.length > 2 && snapshot.clock - this.#recent[1]!.clock >= WINDOW) this.#recent.shift()
  }

  get shown(): Snapshot {
    this.#subscribe()
    return this.#parked ?? this.#machine.snapshot
  }

  /** A snapshot up to two virtual seconds before the shown one: what shares of CPU time are reckoned from. */
  get before(): Snapshot {
    this.#subscribe()
    return this.#recent[0]!
  }

  park(snapshot: Snapshot | null): void {
    this.#parked = snapshot
  }
}

const KEY = Symbol('machine')
export const provideMachine = (view: () => MachineView): unknown => setContext(KEY, view)
export const useMachine = (): MachineView => getContext<() => MachineView>(KEY)()
