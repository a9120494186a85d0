/**
 * What of the shell may come after its first prompt (later.ts). Who needs it gives up his turn, and the world stands
 * still until it is there, so that what follows is the same either way (see machine/programs.ts).
 */
import type { Blocking, Sys } from '../abi/index.ts'

export type Later = typeof import('./later.ts')

let later: Later | undefined

/** The part itself, for who fetches it. `wanted` is called when a shell waits for it. */
export const latePart = {
  load: async (): Promise<void> => {
    later = await import('./later.ts')
  },
  wanted: (): void => {},
}

/** What comes later, once it has come; undefined where there is no network any more. */
export function* fetchLater(sys: Sys): Blocking<Later | undefined> {
  if (!later) latePart.wanted()
  yield* sys.sched_yield()
  return later
}
