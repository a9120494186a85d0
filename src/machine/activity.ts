/**
 * What each command line changed: from the moment a line is entered on a terminal until somebody in that terminal's
 * foreground waits for input again. Both moments are read off the kernel's state.
 */
import type { Machine, Snapshot } from './machine.ts'
import { objectChanges, type ObjectChange } from './view/changes.ts'

/** What one command line did. */
export interface ActivityEntry {
  readonly id: number
  readonly terminal: number
  /** Virtual ns since boot when it was entered. */
  readonly at: number
  /** It has not come back to a prompt yet; the changes are those so far. */
  readonly running: boolean
  readonly changes: readonly ObjectChange[]
}

/** The wait channel of a reader of a terminal. */
const TTY_READ = 'wait_woken'
const KEEP = 50
/** What begins in the background is still counted for so long after the prompt is back (virtual ns). */
const AFTERMATH = 300_000_000

/** Whether a process in the foreground of terminal `index` waits for a line or a key. */
function waitsForInput(snapshot: Snapshot, index: number): boolean {
  const tty = [...snapshot.tables.ttys.values()].find(it => it.index === index)
  if (!tty) return true
  for (const task of snapshot.tables.tasks.values())
    if (task.tty === tty.id && task.pgrp === tty.pgrp && task.state === 'S' && task.wchan === TTY_READ)
      return true
  return false
}

export class ActivityLog {
  readonly #machine: Machine
  readonly #open = new Map<number, { entry: ActivityEntry; before: Snapshot; until: number }>()
  #entries: readonly ActivityEntry[] = []
  #next = 1
  readonly #stop: () => void

  constructor(machine: Machine) {
    this.#machine = machine
    this.#stop = machine.onCommit(({ snapshot }) => this.#settle(snapshot))
  }

  /** Newest first. */
  get entries(): readonly ActivityEntry[] {
    return this.#entries
  }

  /** A line is about to be entered on a terminal. */
  begin(terminal: number): void {
    const before = this.#machine.commit()
    if (this.#open.has(terminal) && !waitsForInput(before, terminal)) return
    const entry = { id: this.#next++, terminal, at: before.clock, running: true, changes: [] }
    this.#open.set(terminal, { entry, before, until: Number.POSITIVE_INFINITY })
  }

  stop(): void {
    this.#stop()
  }

  #settle(snapshot: Snapshot): void {
    for (const [terminal, it] of this.#open) {
      const { entry, before } = it
      if (snapshot.clock === before.clock) continue
      const running = !waitsForInput(snapshot, terminal)
      const changes = objectChanges(before, snapshot)
      if (running) it.until = Number.POSITIVE_INFINITY
      else it.until = Math.min(it.until, snapshot.clock + AFTERMATH)
      if (snapshot.clock >= it.until) this.#open.delete(terminal)
      if (changes.length || running) this.#put({ ...entry, running, changes })
      else this.#entries = this.#entries.filter(it => it.id !== entry.id)
    }
  }

  #put(entry: ActivityEntry): void {
    const others = this.#entries.filter(it => it.id !== entry.id)
    this.#entries = [entry, ...others].sort((a, b) => b.id - a.id).slice(0, KEEP)
  }
}
