/** The programs of the host: the shell and the userland, by the name their executable files carry. */
import type { Program } from '../abi/index.ts'
import { bash, sh } from '../shell/index.ts'
import { applets, programs as userland } from '../userland/index.ts'

export const programs: ReadonlyMap<string, Program> = new Map<string, Program>([
  ...userland,
  ['bash', bash],
  ['dash', sh],
])

// busybox carries the programs inside itself, dash being its sh.
for (const [name, program] of [...userland, ['sh', sh] as const]) applets.set(name, program)
