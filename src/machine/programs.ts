/**
 * The programs of the host: the shell and the userland, by the name their executable files carry.
 *
 * The userland comes in one piece after the first prompt. Until then its programs stop the world: whoever executes
 * one gives up its turn, and no event of any machine is processed before the piece has come. Virtual time does not
 * pass meanwhile, and a loaded program gives up its turn as well, so what follows is the same either way.
 */
import type { Blocking, Program } from '../abi/index.ts'
import { bash, sh } from '../shell/index.ts'
import { applets, loadPrograms, programNames } from '../userland/index.ts'

let userland: ReadonlyMap<string, Program> | undefined
let coming: Promise<void> | undefined
let isAwaited = false

/** Whether the world stands still until the userland is there. */
export const worldStands = (): boolean => isAwaited

/** Fetch the userland, once. A page does so when it has drawn its first prompt. */
export function fetchUserland(): Promise<void> {
  coming ??= loadPrograms().then(loaded => {
    userland = loaded
    isAwaited = false
    for (const [name, program] of loaded) applets.set(name, program)
  })
  return coming
}

const late = (name: string): Program =>
  function* (sys, argv, envp): Blocking<number> {
    if (!userland) {
      isAwaited = true
      void fetchUserland()
    }
    yield* sys.sched_yield()
    return yield* userland!.get(name)!(sys, argv, envp)
  }

export const programs: ReadonlyMap<string, Program> = new Map<string, Program>([
  ...programNames.map(name => [name, late(name)] as const),
  ['bash', bash],
  ['dash', sh],
])

// busybox carries the programs inside itself, dash being its sh.
for (const [name, program] of [...programs, ['sh', sh] as const]) applets.set(name, program)

// In Node there is nothing to wait for.
if (import.meta.env.SSR) await fetchUserland()
