/**
 * `npm run fuzz:kernel -- [--steps N] [--seed N] [--path PATH] [--length N]`: random sequences of system calls with
 * everything that must hold checked after each. A failure is made as short as can be and printed with what each call
 * gave; `--seed` and `--path` as printed show it again.
 */
import fc from 'fast-check'
import { commands } from './commands.ts'
import type { Command } from './operations.ts'
import { perform } from './sequence.ts'

/** Sequences between two words about progress; each such batch has a seed of its own. */
const BATCH = 200

export interface Options {
  readonly steps: number
  readonly seed: number
  readonly path?: string
  readonly length?: number
}

/** What failed, ready to be shown; undefined if nothing did. */
export function fuzz({ steps, seed, path, length = 100 }: Options, progress?: (done: number) => void) {
  let done = 0
  for (let batch = seed; done < steps; batch++) {
    const property = fc.property(commands(length), list => {
      done += list.length
      perform(list)
    })
    const run = fc.check(property, { seed: batch, numRuns: BATCH, ...(path && { path }) })
    if (run.failed) return failure(run.counterexample![0], batch, run.counterexamplePath, length)
    if (path) return undefined
    progress?.(done)
  }
  return undefined
}

function failure(list: readonly Command[], seed: number, path: string | null, length: number): string {
  const log: string[] = []
  try {
    perform(list, log)
    log.push('(it does not fail when it is repeated)')
  } catch (error) {
    log.push(String((error as Error).stack ?? error))
  }
  const again = `npm run fuzz:kernel -- --seed ${seed} --path ${path}${length === 100 ? '' : ` --length ${length}`}`
  return `${log.join('\n')}\n\nAgain: ${again}`
}

export function main(args: readonly string[]): number {
  const number = (name: string, otherwise: number): number =>
    args.includes(name) ? Number(args[args.indexOf(name) + 1]) : otherwise
  const [steps, seed] = [number('--steps', 50_000), number('--seed', 1)]
  const path = args.includes('--path') ? args[args.indexOf('--path') + 1] : undefined
  const start = performance.now()
  const seconds = (): string => ((performance.now() - start) / 1000).toFixed(0)
  const failed = fuzz({ steps, seed, length: number('--length', 100), ...(path && { path }) }, done =>
    console.log(`${done} steps, ${seconds()} s`),
  )
  console.log(failed ?? `nothing failed: ${path ?? `${steps} steps`} from seed ${seed}, ${seconds()} s`)
  return failed ? 1 : 0
}
