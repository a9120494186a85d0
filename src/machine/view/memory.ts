/** What each cgroup has of the memory, and how much it may have: the files of the memory controller as a tank. */
import type { Cgroup, MemCgroup } from '../../kernel/index.ts'
import type { Snapshot } from '../machine.ts'

/** Bytes; of the cgroup and everything below it. A limit that is not set is undefined. */
export interface Tank {
  readonly id: number
  readonly name: string
  readonly path: string
  readonly depth: number
  /** Of cgroups: memory.limit_in_bytes and memory.failcnt are version 1's memory.max and its event. */
  readonly version: 1 | 2
  readonly anon: number
  /** Cached files, without those in memory. */
  readonly file: number
  /** Files in memory: tmpfs and shared memory. */
  readonly shmem: number
  /** Page tables and slab. */
  readonly kernel: number
  /** What of it was put out to swap: memory.swap.current, in no other sum. */
  readonly swap: number
  /** memory.current */
  readonly current: number
  readonly low: number
  readonly high: number | undefined
  readonly max: number | undefined
  readonly peak: number
  // memory.events
  readonly highEvents: number
  readonly maxEvents: number
  readonly oomKills: number
}

/** The hierarchy that has the memory controller. */
function memoryHierarchy(snapshot: Snapshot) {
  const all = [...snapshot.tables.hierarchies.values()]
  return (
    all.find(it => it.version === 1 && it.controllers.includes('memory')) ?? all.find(it => it.version === 2)
  )
}

const limit = (bytes: number | undefined): number | undefined =>
  bytes === Number.POSITIVE_INFINITY ? undefined : bytes

type Sums = Pick<
  Tank,
  'anon' | 'file' | 'shmem' | 'kernel' | 'swap' | 'highEvents' | 'maxEvents' | 'oomKills'
>

/** What the memory controller keeps about a cgroup; nothing where nothing was charged or set yet. */
const stateOf = (cg: Cgroup): Partial<MemCgroup> => cg.css.memory ?? {}

function own(cg: Cgroup): Sums {
  const { anon = 0, file = 0, shmem = 0, pagetables = 0, slab = 0, swap = 0 } = stateOf(cg)
  const { highEvents = 0, failures = 0, oomKill = 0 } = stateOf(cg)
  return {
    anon,
    file: file - shmem,
    shmem,
    kernel: pagetables + slab,
    swap,
    highEvents,
    maxEvents: failures,
    oomKills: oomKill,
  }
}

const add = (a: Sums, b: Sums): Sums => ({
  anon: a.anon + b.anon,
  file: a.file + b.file,
  shmem: a.shmem + b.shmem,
  kernel: a.kernel + b.kernel,
  swap: a.swap + b.swap,
  highEvents: a.highEvents + b.highEvents,
  maxEvents: a.maxEvents + b.maxEvents,
  oomKills: a.oomKills + b.oomKills,
})

/** The tanks of all cgroups that hold memory or may hold only so much, parents first. */
export function memoryTanks(snapshot: Snapshot): readonly Tank[] {
  const tanks: Tank[] = []
  const hierarchy = memoryHierarchy(snapshot)
  if (!hierarchy) return tanks
  const { version } = hierarchy
  const visit = (id: number, path: string, depth: number): Sums | undefined => {
    const cg = snapshot.tables.cgroups.find(id)
    if (!cg) return undefined
    const place = tanks.length
    let sums = own(cg)
    for (const child of cg.children) {
      const name = snapshot.tables.cgroups.find(child)?.name ?? ''
      const below = visit(child, `${path}/${name}`, depth + 1)
      if (below) sums = add(sums, below)
    }
    const { low = 0, high, max, peak = 0 } = stateOf(cg)
    const current = sums.anon + sums.file + sums.shmem + sums.kernel
    const limits = { low, high: limit(high), max: limit(max), peak }
    if (cg.parent && (current || limits.high !== undefined || limits.max !== undefined))
      tanks.splice(place, 0, { id, name: cg.name, path, depth, version, ...sums, current, ...limits })
    return sums
  }
  visit(hierarchy.root, '', 0)
  return tanks
}
