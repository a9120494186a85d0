/**
 * `npm run fuzz:kernel -- [--steps N] [--seed N] [--path PATH] [--length N]`: random sequences of system calls with
 * everything that must hold checked after each. A failure is made as short as can be and printed with what each call
 * gave; `--seed` and `--path` as printed show it again.
 */
import fc from 'fast-check'
import { sequence } from './commands.ts'
import { perform, type Sequence } from './sequence.ts'

/** Sequences between two words about progress; each such batch has a seed of its own. */
const BATCH = 100
/** Commands a sequence has at most. */
const LENGTH = 200
/** How long a failure is shortened, in ms. */
const PATIENCE = 60_000

export interface Options {
  readonly steps: number
  readonly seed: number
  readonly path?: string | undefined
  readonly length?: number
}

/** What failed, ready to be shown; undefined if nothing did. */
export function fuzz({ steps, seed, path, length = LENGTH }: Options, progress?: (done: number) => void) {
  let done = 0
  const property = fc.property(sequence(length), it => {
    done += it.commands.length
    perform(it)
  })
  for (let batch = seed; done < steps; batch++) {
    const found = fc.check(property, {
      seed: batch,
      numRuns: BATCH,
      endOnFailure: true,
      ...(path && { path }),
    })
    if (found.failed) {
      const again = { seed: batch, path: found.counterexamplePath ?? '', interruptAfterTimeLimit: PATIENCE }
      return failure(path ? found : fc.check(property, again), length)
    }
    if (path) return undefined
    progress?.(done)
  }
  return undefined
}

/** The sequence once more, with every system call written down. */
function failure({ counterexample, counterexamplePath, seed }: fc.RunDetails<[Sequence]>, length: number) {
  const log: string[] = []
  try {
    perform(counterexample![0], log)
    log.push('(it does not fail when it is repeated)')
  } catch (error) {
    log.push(String((error as Error).stack ?? error))
  }
  const more = length === LENGTH ? '' : ` --length ${length}`
  return `${log.join('\n')}\n\nAgain: npm run fuzz:kernel -- --seed ${seed} --path ${counterexamplePath}${more}`
}

export function main(args: readonly string[]): number {
  const given = (name: string): string | undefined =>
    args.includes(name) ? args[args.indexOf(name) + 1] : undefined
  const number = (name: string, otherwise: number): number => Number(given(name) ?? otherwise)
  const [steps, seed, path] = [number('--steps', 50_000), number('--seed', 1), given('--path')]
  const start = performance.now()
  const seconds = (): string => `${((performance.now() - start) / 1000).toFixed(0)} s`
  const failed = fuzz({ steps, seed, path, length: number('--length', LENGTH) }, done =>
    console.log(`${done} steps, ${seconds()}`),
  )
  console.log(
    failed ?? `nothing failed: ${path ? 'that sequence' : `${steps} steps`} from seed ${seed}, ${seconds()}`,
  )
  return failed ? 1 : 0
}
