/**
 * What each command line changed: from the moment a line is entered on a terminal until somebody in that terminal's
 * foreground waits for input again. Both moments are read off the kernel's state.
 */
import type { Refusal } from '../abi/index.ts'
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
  /** What the kernel refused it last. */
  readonly refused: Refusal | undefined
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

/** A command line whose changes are still coming in. */
interface Open {
  readonly entry: ActivityEntry
  readonly before: Snapshot
  /** The latest state, and whether the line had not come back to a prompt in it. */
  after: Snapshot
  running: boolean
  /** The virtual time from which on nothing more is counted. */
  until: number
  /** The changes up to `after`, once somebody wanted to know. */
  changes: readonly ObjectChange[] | undefined
}

export class ActivityLog {
  readonly #machine: Machine
  readonly #open = new Map<number, Open>()
  #done: readonly ActivityEntry[] = []
  #next = 1
  readonly #stop: () => void

  constructor(machine: Machine) {
    this.#machine = machine
    this.#stop = machine.onCommit(({ snapshot }) => this.#follow(snapshot))
  }

  /** Newest first. Looking at what changed takes longer than most commands, so it is done when somebody asks. */
  get entries(): readonly ActivityEntry[] {
    const open = [...this.#open.values()]
      .map(it => this.#entryOf(it))
      .filter(it => it.running || isWorthTelling(it))
    return [...open, ...this.#done].sort((a, b) => b.id - a.id).slice(0, KEEP)
  }

  /** A line is about to be entered on a terminal. */
  begin(terminal: number): void {
    const before = this.#machine.commit()
    const earlier = this.#open.get(terminal)
    if (earlier && !waitsForInput(before, terminal)) return
    if (earlier) this.#close(earlier)
    const entry = {
      id: this.#next++,
      terminal,
      at: before.clock,
      running: true,
      changes: [],
      refused: undefined,
    }
    const until = Number.POSITIVE_INFINITY
    this.#open.set(terminal, { entry, before, after: before, running: true, until, changes: undefined })
  }

  stop(): void {
    this.#stop()
  }

  #follow(snapshot: Snapshot): void {
    for (const it of this.#open.values()) {
      if (snapshot.clock === it.before.clock) continue
      it.after = snapshot
      it.changes = undefined
      it.running = !waitsForInput(snapshot, it.entry.terminal)
      it.until = it.running ? Number.POSITIVE_INFINITY : Math.min(it.until, snapshot.clock + AFTERMATH)
      if (snapshot.clock >= it.until) this.#close(it)
    }
  }

  #close(it: Open): void {
    this.#open.delete(it.entry.terminal)
    it.running = false
    const entry = this.#entryOf(it)
    if (isWorthTelling(entry)) this.#done = [entry, ...this.#done].slice(0, KEEP)
  }

  #entryOf(it: Open): ActivityEntry {
    const refused = this.#machine.refused(it.entry.terminal, it.before.clock, it.after.clock)
    return { ...it.entry, running: it.running, changes: changesOf(it), refused }
  }
}

function changesOf(it: Open): readonly ObjectChange[] {
  it.changes ??= objectChanges(it.before, it.after)
  return it.changes
}

const isWorthTelling = ({ changes, refused }: ActivityEntry): boolean => changes.length > 0 || !!refused
