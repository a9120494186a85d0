/**
 * File systems alone, without a shell: the calls a program makes, beside two file systems in memory that others wrote
 * in TypeScript. Neither has processes, users or mounts. Every engine does the very same calls.
 */
import { configureSync, fs as zenFs, InMemory } from '@zenfs/core'
import { Volume } from 'memfs'
import {
  type Blocking,
  O_CREAT,
  O_DIRECTORY,
  O_RDONLY,
  O_WRONLY,
  type Program,
  type Sys,
} from '../../src/abi/index.ts'
import { Machine } from '../../src/machine/index.ts'
import { columns } from './table.ts'
import { median } from './workloads.ts'

const FILES = 2000
const NAMES = 10_000
const WALKS = 20_000
const DEPTH = 16
const DATA = new Uint8Array(100).fill(97)

const name = (i: number): string => `f${i}`
const deep = Array.from({ length: DEPTH }, (_, i) => `d${i}`)

/** What is measured, and how many times each run does it. */
const STEPS = {
  'create + write + close': FILES,
  'open + read + close': FILES,
  unlink: FILES,
  [`readdir of ${NAMES.toLocaleString('en')} names`]: 1,
  [`stat through ${DEPTH} directories`]: WALKS,
} as const
type Step = keyof typeof STEPS
type Times = Readonly<Record<string, number>>

/** The calls that the peers have in common with node:fs. */
interface NodeFs {
  mkdirSync(path: string, options: { recursive: boolean }): unknown
  openSync(path: string, flags: string): number
  writeSync(fd: number, data: Uint8Array): number
  readSync(fd: number, data: Uint8Array, offset: number, length: number, position: null): number
  closeSync(fd: number): void
  unlinkSync(path: string): void
  readdirSync(path: string): unknown
  statSync(path: string): unknown
}

function peer(make: () => NodeFs): () => Times {
  return () => {
    const fs = make()
    const watch = new Stopwatch()
    const buffer = new Uint8Array(4096)
    fs.mkdirSync('/bench/many', { recursive: true })
    watch.start()
    for (let i = 0; i < FILES; i++) {
      const fd = fs.openSync(`/bench/${name(i)}`, 'w')
      fs.writeSync(fd, DATA)
      fs.closeSync(fd)
    }
    watch.stop('create + write + close')
    for (let i = 0; i < FILES; i++) {
      const fd = fs.openSync(`/bench/${name(i)}`, 'r')
      fs.readSync(fd, buffer, 0, 4096, null)
      fs.closeSync(fd)
    }
    watch.stop('open + read + close')
    for (let i = 0; i < FILES; i++) fs.unlinkSync(`/bench/${name(i)}`)
    watch.stop('unlink')
    for (let i = 0; i < NAMES; i++) fs.closeSync(fs.openSync(`/bench/many/${name(i)}`, 'w'))
    fs.mkdirSync(`/bench/${deep.join('/')}`, { recursive: true })
    watch.start()
    fs.readdirSync('/bench/many')
    watch.stop(`readdir of ${NAMES.toLocaleString('en')} names`)
    for (let i = 0; i < WALKS; i++) fs.statSync(`/bench/${deep.join('/')}`)
    watch.stop(`stat through ${DEPTH} directories`)
    return watch.times
  }
}

/** Milliseconds between calls, by name. */
class Stopwatch {
  readonly times: Record<string, number> = {}
  #from = 0

  start(): void {
    this.#from = performance.now()
  }

  stop(step: Step): void {
    this.times[step] = performance.now() - this.#from
    this.start()
  }
}

/** The same as a program of the virtual host, below a directory of it. */
function vitrine(directory: string): () => Times {
  return () => {
    const watch = new Stopwatch()
    run(function* (sys) {
      sys.mkdir(`${directory}/bench`, 0o755)
      sys.chdir(`${directory}/bench`)
      sys.mkdir('many', 0o755)
      watch.start()
      for (let i = 0; i < FILES; i++) {
        const fd = yield* sys.open(name(i), O_WRONLY | O_CREAT, 0o644)
        yield* sys.write(fd, DATA)
        sys.close(fd)
      }
      watch.stop('create + write + close')
      for (let i = 0; i < FILES; i++) {
        const fd = yield* sys.open(name(i), O_RDONLY)
        yield* sys.read(fd, 4096)
        sys.close(fd)
      }
      watch.stop('open + read + close')
      for (let i = 0; i < FILES; i++) sys.unlink(name(i))
      watch.stop('unlink')
      for (let i = 0; i < NAMES; i++) sys.close(yield* sys.open(`many/${name(i)}`, O_WRONLY | O_CREAT, 0o644))
      for (let i = 1; i <= DEPTH; i++) sys.mkdir(deep.slice(0, i).join('/'), 0o755)
      watch.start()
      yield* list(sys, 'many')
      watch.stop(`readdir of ${NAMES.toLocaleString('en')} names`)
      for (let i = 0; i < WALKS; i++) sys.stat(deep.join('/'))
      watch.stop(`stat through ${DEPTH} directories`)
      return 0
    })
    return watch.times
  }
}

function* list(sys: Sys, path: string): Blocking<void> {
  const fd = yield* sys.open(path, O_RDONLY | O_DIRECTORY)
  while (sys.getdents(fd).length);
  sys.close(fd)
}

/** Run a program on a fresh host to its end. */
function run(program: Program): void {
  const machine = new Machine()
  const task = machine.spawn({ argv: ['bench'], program })
  machine.runUntil(machine.now + 3600e9, () => machine.exitStatus(task) === undefined)
  if (machine.exitStatus(task)) throw new Error(`status ${machine.exitStatus(task)}`)
}

/** µs of the first lookup of a name that only the lowest of so many layers has. */
function overlayLookup(lowers: number): number {
  let ms = 0
  run(function* (sys) {
    sys.chdir('/dev/shm')
    const layers = Array.from({ length: lowers }, (_, i) => `l${i}`)
    for (const it of [...layers, 'upper', 'work', 'merged']) sys.mkdir(it, 0o755)
    for (let i = 0; i < FILES; i++)
      sys.close(yield* sys.open(`${layers.at(-1)}/${name(i)}`, O_WRONLY | O_CREAT, 0o644))
    sys.mount('overlay', 'merged', 'overlay', 0, `lowerdir=${layers.join(':')},upperdir=upper,workdir=work`)
    const start = performance.now()
    for (let i = 0; i < FILES; i++) sys.stat(`merged/${name(i)}`)
    ms = performance.now() - start
    return 0
  })
  return (ms * 1000) / FILES
}

const ENGINES: Readonly<Record<string, () => Times>> = {
  'tmpfs here': vitrine('/dev/shm'),
  'ext4 here': vitrine('/tmp'),
  memfs: peer(() => new Volume() as unknown as NodeFs),
  ZenFS: peer(() => {
    configureSync({ mounts: { '/': InMemory } })
    return zenFs as unknown as NodeFs
  }),
}

/** The table: µs a call, medians of `samples` runs after one to warm up, the engines taking turns. */
export function benchFiles(samples: number): string {
  const taken = Object.fromEntries(Object.keys(ENGINES).map(engine => [engine, [] as Times[]]))
  for (let sample = -1; sample < samples; sample++)
    for (const [engine, measure] of Object.entries(ENGINES)) {
      const times = measure()
      if (sample >= 0) taken[engine]!.push(times)
    }
  const lines = [['files, µs each', ...Object.keys(ENGINES), 'goal']]
  for (const [step, count] of Object.entries(STEPS)) {
    const each = Object.values(taken).map(times => (median(times.map(it => it[step]!)) * 1000) / count)
    const [tmpfs = 0, , ...peers] = each
    const reached = tmpfs < Math.min(...peers) ? 'reached' : 'MISSED'
    lines.push([step, ...each.map(it => it.toFixed(count === 1 ? 0 : 2)), `tmpfs ahead of both  ${reached}`])
  }
  return `${columns(lines)}\n\n${columns(overlayLines(samples))}`
}

function overlayLines(samples: number): string[][] {
  const counts = [1, 10, 100]
  const taken = Array.from({ length: samples + 1 }, () => counts.map(overlayLookup)).slice(1)
  const each = counts.map((_, i) => median(taken.map(it => it[i]!)))
  const perLayer = (each[2]! - each[0]!) / (counts[2]! - counts[0]!)
  return [
    ['overlay: first lookup of a name in the lowest layer', ...counts.map(it => `${it} lower`), 'per layer'],
    ['', ...each.map(it => `${it.toFixed(1)} µs`), `${perLayer.toFixed(2)} µs`],
  ]
}
