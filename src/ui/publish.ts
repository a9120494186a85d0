/** What the console and scripts get: `globalThis.vitrine`. Documented in README.md; nothing in the page relies on it. */
import type { Terminal as Xterm } from '@xterm/xterm'
import type { Machine } from '../machine/index.ts'
import type { Session } from './session.svelte.ts'

export interface VitrineGlobal {
  readonly machine: Machine
  /** The xterm instances, left to right. */
  readonly terminals: readonly Xterm[]
  /** Virtual seconds per second; 0 pauses. */
  speed: number
  /** Write the session down now rather than in a moment. */
  save(): Promise<void>
}

export function publish(session: Session, xterms: ReadonlyMap<number, Xterm>): void {
  const it: VitrineGlobal = {
    machine: session.machine,
    get terminals() {
      return [...xterms].sort(([a], [b]) => a - b).map(([, xterm]) => xterm)
    },
    get speed() {
      return session.speed
    },
    set speed(speed) {
      session.speed = speed
    },
    save: () => session.save(),
  }
  Object.assign(globalThis, { vitrine: it })
}
