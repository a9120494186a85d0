/** One sequence of commands in a fresh world, with everything that must hold looked at after each. */
import type { Kernel, KernelSchema } from '../../../src/kernel/index.ts'
import { checkCredentials, checkMonotone, credentials } from './invariants/credentials.ts'
import { checkMounts } from './invariants/mounts.ts'
import { checkDescriptors, checkTask } from './invariants/proc.ts'
import { checkReferences, type Excess, excessOf } from './invariants/references.ts'
import { checkTasks } from './invariants/tasks.ts'
import type { Command } from './operations.ts'
import { give, newWorld, tearDown, type World } from './world.ts'

/** After how many steps everything is looked at, whether it has changed or not. */
const THOROUGH = 25

/** A world in which nothing happened: what it has in the end is what every other one must have. */
interface Baseline {
  readonly excess: Excess
  readonly sizes: Readonly<Record<string, number>>
}
let baseline: Baseline | undefined

function baselineOf(): Baseline {
  if (baseline) return baseline
  const world = newWorld()
  tearDown(world)
  baseline = { excess: excessOf(world.k), sizes: sizes(world.k) }
  return baseline
}

type Tables = readonly (keyof KernelSchema)[]

const OF_MOUNTS: Tables = ['mounts', 'mntNamespaces', 'dentries', 'superBlocks', 'openFiles', 'fsStructs']

function check(k: Kernel, isThorough: boolean): void {
  const changes = k.store.changes()
  checkTasks(k)
  checkCredentials(k)
  checkReferences(k, baselineOf().excess)
  if (isThorough || OF_MOUNTS.some(table => changes[table])) checkMounts(k, isThorough || 'mounts' in changes)
  if (!isThorough) return
  for (const { id } of k.tasks.values()) {
    checkTask(k, id)
    checkDescriptors(k, id)
  }
}

/** How many records each table has, and how much is kept beside them. */
function sizes(k: Kernel): Record<string, number> {
  const found: Record<string, number> = {}
  for (const [name, table] of Object.entries(k.store.tables)) found[name] = (table as { size: number }).size
  const { pids, pidNumbers, credUsers, processes, queues, exeMounts, threads, io, opening, fifos } = k
  const { unixSockets, lockWaiters, overNproc, inotifies, lines, fileLines } = k
  const beside = { pids, pidNumbers, credUsers, processes, queues, exeMounts, threads, io, opening, fifos }
  const more = { unixSockets, lockWaiters, overNproc, inotifies, lines, fileLines }
  for (const [name, it] of Object.entries({ ...beside, ...more })) found[name] = it.size
  found.locks = k.locks.length
  return found
}

/** Throws what is wrong; `log` gets a line of what each command did. */
export function perform(commands: readonly Command[], log?: string[]): void {
  const world = newWorld(log)
  const { k } = world
  check(k, true)
  k.store.commit()
  for (const [i, command] of commands.entries()) {
    step(world, command, log)
    check(k, i % THOROUGH === THOROUGH - 1)
    k.store.commit()
  }
  log?.push('everybody is killed')
  check(k, true)
  tearDown(world)
  check(k, true)
  const before = baselineOf().sizes
  for (const [name, size] of Object.entries(sizes(k)))
    if (size !== before[name])
      throw new Error(`${name}: ${before[name]} at the start, ${size} left in the end`)
}

function step(world: World, command: Command, log?: string[]): void {
  const { k } = world
  const before = credentials(k)
  const at = log?.length ?? 0
  const me = give(world, command)
  log?.splice(at, 0, `task ${me}: ${command.what}`)
  log?.push(`  ${world.outcome}`)
  checkMonotone(k, before, me, command.what)
  checkTask(k, me)
}
