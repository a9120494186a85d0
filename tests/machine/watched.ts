/**
 * A machine that is watched as the glass watches it, while one of its processes reads files: what the files said, and
 * the state of the machine at that very moment.
 */
import { type Blocking, O_RDONLY, type Sys } from '../../src/abi/index.ts'
import { type BootOptions, Machine, Moments, Recorder, type Snapshot } from '../../src/machine/index.ts'

export const MS = 1_000_000
export const SECOND = 1_000_000_000
/** How often everything is read; in no step with periods of 100 ms. */
const EVERY = 37 * MS

/** What a file said, and the kernel's state then. */
export interface Reading {
  readonly path: string
  readonly text: string
  readonly snapshot: Snapshot
}

export interface Watched {
  readonly machine: Machine
  readonly recorder: Recorder
  readonly moments: Moments
  readonly readings: readonly Reading[]
}

/** Type the lines, half a second each; then read the files again and again for so many seconds. */
export function watched(
  lines: readonly string[],
  paths: readonly string[],
  seconds: number,
  options: BootOptions = {},
): Watched {
  const machine = new Machine({ ...options, freeze: true })
  const terminal = machine.openTerminal({ rows: 24, cols: 80 })
  const recorder = new Recorder(machine)
  const moments = new Moments()
  moments.push(machine.snapshot)
  machine.onCommit(({ snapshot }) => moments.push(snapshot))
  const pass = (ns: number) => {
    for (const end = machine.now + ns; machine.now < end; machine.commit())
      machine.runUntil(Math.min(end, machine.now + 10 * MS))
  }
  pass(SECOND)
  for (const line of lines) {
    terminal.write(`${line}\r`)
    pass(SECOND / 2)
  }
  return { machine, recorder, moments, readings: readingsOf(machine, paths, seconds * SECOND) }
}

function readingsOf(machine: Machine, paths: readonly string[], ns: number): Reading[] {
  const said: { path: string; text: string }[] = []
  machine.spawn({ argv: ['reader'], program: sys => reader(sys, paths, it => said.push(it)) })
  const readings: Reading[] = []
  for (const end = machine.now + ns; machine.now < end; ) {
    const count = said.length
    machine.runUntil(Math.min(end, machine.now + 10 * MS), () => said.length === count)
    const snapshot = machine.commit()
    for (const it of said.slice(count)) readings.push({ ...it, snapshot })
  }
  return readings
}

/** A program that reads each file at one go, which takes no time, and sleeps. */
function* reader(
  sys: Sys,
  paths: readonly string[],
  say: (it: { path: string; text: string }) => void,
): Blocking<number> {
  const decoder = new TextDecoder()
  for (;;) {
    for (const path of paths) {
      const fd = yield* sys.open(path, O_RDONLY)
      say({ path, text: decoder.decode(yield* sys.read(fd, 65536)) })
      sys.close(fd)
      yield* sys.nanosleep(1)
    }
    yield* sys.nanosleep(EVERY)
  }
}

/** `name value` lines, as cpu.stat and memory.events have them. */
export const numbersIn = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map(line => line.split(' ') as [string, string]),
  )
