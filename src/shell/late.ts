/**
 * What of the shell may come after its first prompt: the functions of readline, and completion. Who needs them gives up
 * his turn, and the world stands still until they are there, so that what follows is the same either way (see
 * machine/programs.ts).
 */
import type { Blocking, Sys } from '../abi/index.ts'

type Functions = typeof import('./readline/functions.ts')

let functions: Functions | undefined

/** The part itself, for who fetches it. `wanted` is called when a shell waits for it. */
export const latePart = {
  load: async (): Promise<void> => {
    functions = await import('./readline/functions.ts')
  },
  wanted: (): void => {},
}

/** The functions of readline, once they have come. Errors: none come where there is no network; then undefined. */
export function* readlineFunctions(sys: Sys): Blocking<Functions | undefined> {
  if (!functions) latePart.wanted()
  yield* sys.sched_yield()
  return functions
}
