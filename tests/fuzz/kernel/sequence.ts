/** One sequence of commands in a fresh world, with everything that must hold looked at after each. */
import type { Kernel, KernelSchema } from '../../../src/kernel/index.ts'
import { hashTables } from '../../../src/machine/hash.ts'
import { checkCredentials, checkMonotone, tasksBefore } from './invariants/credentials.ts'
import { checkMounts } from './invariants/mounts.ts'
import { checkDescriptors, checkNs, checkStatus } from './invariants/proc.ts'
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
    checkStatus(k, id)
    checkNs(k, id)
    checkDescriptors(k, id)
  }
}

/** How many records each table has, and how much is kept beside them. */
function sizes(k: Kernel): Record<string, number> {
  const found: Record<string, number> = {}
  for (const [name, table] of Object.entries(k.store.tables)) found[name] = (table as { size: number }).size
  const { pids, pidNumbers, credUsers, processes, queues, exeMounts, threads, io, opening, fifos } = k
  const { unixSockets, lockWaiters, overNproc, inotifies, lines, fileLines, handlers, alarms, dyingInits } = k
  const beside = { pids, pidNumbers, credUsers, processes, queues, exeMounts, threads, io, opening, fifos }
  const more = {
    unixSockets,
    lockWaiters,
    overNproc,
    inotifies,
    lines,
    fileLines,
    handlers,
    alarms,
    dyingInits,
  }
  for (const [name, it] of Object.entries({ ...beside, ...more })) found[name] = it.size
  found.locks = k.locks.length
  return found
}

/** What is done in a world, and after how many steps a snapshot is taken. */
export interface Sequence {
  readonly commands: readonly Command[]
  readonly snapshotAt: number | null
}

/** Throws what is wrong; `log` gets a line of what each command did. */
export function perform({ commands, snapshotAt }: Sequence, log?: string[]): void {
  const world = newWorld(log)
  const { k } = world
  const taken = run(world, commands, snapshotAt)
  check(k, true)
  log?.push('everybody is killed')
  tearDown(world)
  check(k, true)
  const before = baselineOf().sizes
  for (const [name, size] of Object.entries(sizes(k)))
    if (size !== before[name])
      throw new Error(`${name}: ${before[name]} at the start, ${size} left in the end`)
  if (taken) rewind(taken, commands.slice(0, snapshotAt!))
}

/** Carries commands out; the snapshot after `snapshotAt` of them. */
function run(world: World, commands: readonly Command[], snapshotAt: number | null): Taken | undefined {
  const { k } = world
  let taken: Taken | undefined
  check(k, true)
  k.store.commit()
  for (const [i, command] of commands.entries()) {
    step(world, command)
    check(k, i % THOROUGH === THOROUGH - 1)
    const snapshot = k.store.commit()
    if (i + 1 === snapshotAt) taken = take(k, snapshot)
  }
  return taken
}

function step(world: World, command: Command): void {
  const { k, log } = world
  const before = tasksBefore(k)
  const at = log?.length ?? 0
  const me = give(world, command)
  log?.splice(at, 0, `task ${me}: ${command.what}`)
  log?.push(`  ${world.outcome}`)
  checkMonotone(k, before, me, command.what)
  const [was, is] = [before.get(me)?.task, k.tasks.find(me)]
  const isOther = was?.nsproxy !== is?.nsproxy || was?.cred !== is?.cred
  if (isOther) checkNs(k, me)
  if (isOther || command.who % 2) checkStatus(k, me)
}

type Snapshot = ReturnType<Kernel['store']['commit']>

interface Taken {
  readonly clock: number
  readonly snapshot: Snapshot
  readonly hash: string
}

const take = ({ clock }: Kernel, snapshot: Snapshot): Taken => ({
  clock,
  snapshot,
  hash: hashTables({ ...snapshot, clock }),
})

/** A snapshot is what it was, whatever happened since, and the same commands lead to it again. */
function rewind({ clock, snapshot, hash }: Taken, commands: readonly Command[]): void {
  if (hashTables({ ...snapshot, clock }) !== hash)
    throw new Error('a snapshot has changed since it was taken')
  // With everything that looks at it: numbers of names in /proc depend on what was looked up.
  const again = run(newWorld(), commands, commands.length)!
  if (again.hash === hash) return
  for (const [name, table] of Object.entries(snapshot.tables))
    if (pictureOf(table) !== pictureOf(again.snapshot.tables[name as keyof KernelSchema]))
      throw new Error(`replayed, ${name} are others`)
  throw new Error(`replayed, the clock is at ${again.clock} and not at ${clock}`)
}

const pictureOf = (table: { values(): Iterable<object> }): string =>
  [...table.values()]
    .map(it =>
      JSON.stringify({ ...it, epoch: 0 }, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
    )
    .join()
