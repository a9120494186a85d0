/** The stressors that compute. Linux: stress-ng 0.15, stress-cpu.c, stress-matrix.c. */
import type { Blocking } from '../../../abi/index.ts'
import { MATRIX_METHODS } from './methods.ts'
import { now, type Worker } from './worker.ts'

/** What an operation of any method costs, in ns. */
const OPERATION = 1_000_000
/** How many are done between two looks at the signals. */
const BATCH = 10
/** The longest of random slices, in seconds. */
const RANDOM_SLICE = 0.5

export function* cpu(worker: Worker): Blocking<void> {
  const { cpuLoad, cpuMethod } = worker.settings
  if (worker.instance === 0) yield* worker.say('debug', `cpu: using method '${cpuMethod}'`)
  if (cpuLoad === 100) while (worker.goesOn) yield* compute(worker, BATCH)
  else if (cpuLoad === 0) yield* worker.sleep(worker.settings.timeout || Number.MAX_SAFE_INTEGER / 1e9)
  else yield* partly(worker, cpuLoad)
}

function* compute(worker: Worker, operations: number): Blocking<void> {
  const n = worker.atMost(operations)
  yield* worker.sys.burn(n * OPERATION)
  worker.stats.ops += n
}

/**
 * --cpu-load: what a slice took, sleeping too for want of a processor, is followed by a pause in proportion. A pause
 * that became too long makes the next ones shorter.
 */
function* partly(worker: Worker, load: number): Blocking<void> {
  const { sys } = worker
  let bias = 0
  while (worker.goesOn) {
    const start = now(sys)
    yield* slice(worker, start)
    const worked = now(sys)
    const pause = ((100 - load) / load) * (worked - start) - bias
    if (pause <= 0) {
      bias = -pause
      continue
    }
    if (worker.goesOn) yield* worker.sleep(pause)
    bias = now(sys) - worked - pause
  }
}

/** -N operations, or N milliseconds, or at random. */
function* slice(worker: Worker, start: number): Blocking<void> {
  const { cpuLoadSlice } = worker.settings
  if (cpuLoadSlice < 0) {
    for (let left = -cpuLoadSlice; left > 0 && worker.goesOn; left -= BATCH)
      yield* compute(worker, Math.min(BATCH, left))
    return
  }
  const [low = 0, high = 0] = worker.sys.getrandom(2)
  const length = cpuLoadSlice ? cpuLoadSlice / 1000 : ((low + 256 * high) / 65_536) * RANDOM_SLICE
  while (worker.goesOn && now(worker.sys) < start + length) yield* compute(worker, 1)
}

/** All methods in turn, or one, and how many operations of each a second make. */
export function* matrix(worker: Worker): Blocking<void> {
  const { matrixMethod, matrixSize } = worker.settings
  const methods = Object.entries(MATRIX_METHODS).filter(
    ([it]) => matrixMethod === 'all' || it === matrixMethod,
  )
  const done = methods.map(() => ({ ops: 0, seconds: 0 }))
  while (worker.goesOn)
    for (const [i, [, [ns, power]]] of methods.entries()) {
      if (!worker.goesOn) break
      const start = now(worker.sys)
      yield* worker.sys.burn(ns * (matrixSize / 256) ** power)
      done[i]!.seconds += now(worker.sys) - start
      done[i]!.ops++
      worker.stats.ops++
    }
  worker.stats.measures = methods.map(([name], i) => ({
    what: `${name} matrix ops per sec`,
    value: done[i]!.ops / (done[i]!.seconds || 1),
  }))
}
