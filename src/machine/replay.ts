/** Make a machine again from its boot options and its input log. */
import type { BootOptions } from './boot.ts'
import { type InputEntry, Machine } from './machine.ts'

/** What a session is kept as. */
export interface Recording {
  readonly version: 1
  readonly options: BootOptions
  readonly log: readonly InputEntry[]
  /** How far the machine had come. */
  readonly at: number
}

export const record = (machine: Machine): Recording => ({
  version: 1,
  options: machine.options,
  log: machine.log,
  at: machine.now,
})

/** Bring a fresh machine to the moment of an entry and hand it over; `at` and `step` together say exactly when. */
function replayEntry(machine: Machine, entry: InputEntry, watch?: (entry: InputEntry) => void): void {
  if (machine.steps < entry.step) machine.runUntil(entry.at, () => machine.steps < entry.step)
  if (machine.now < entry.at) machine.runUntil(entry.at)
  watch?.(entry)
  const { at: _at, step: _step, ...input } = entry
  machine.apply(input)
}

/** Is told of an entry at its moment, before it happens; `left` come after it. */
type Watch = (entry: InputEntry, left: number) => void

/** Replays in pieces, so that a page stays alive meanwhile: `yield`s between entries, returns the machine. */
export function* replaying(
  recording: Recording,
  attach?: (machine: Machine) => void,
  watch?: Watch,
): Generator<number, Machine> {
  const machine = new Machine(recording.options)
  attach?.(machine)
  for (const [i, entry] of recording.log.entries()) {
    replayEntry(machine, entry, watch && (it => watch(it, recording.log.length - 1 - i)))
    yield i / recording.log.length
  }
  machine.runUntil(recording.at)
  machine.commit()
  return machine
}

export function replay(recording: Recording): Machine {
  const steps = replaying(recording)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
