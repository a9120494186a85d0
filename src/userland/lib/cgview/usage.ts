/** What cgtop measures: the use of groups, and how it has grown between two looks. */
import { type Blocking, CLOCK_MONOTONIC, type Sys } from '../../../abi/index.ts'
import { cpuTimes, HZ, meminfo, procText } from '../proc.ts'
import { children, type Hierarchy, hierarchyOf, nameOf, numberIn, processes } from './groups.ts'

/** A group at one moment. What no controller counts is undefined. CPU time in ns, sizes in bytes. */
export interface Usage {
  readonly path: string
  readonly tasks: number | undefined
  readonly cpu: number | undefined
  readonly memory: number | undefined
  readonly read: number | undefined
  readonly written: number | undefined
  /** Periods of the quota, and those in which it was used up. */
  readonly periods: number | undefined
  readonly throttled: number | undefined
  /** The quota as a part of one processor. */
  readonly quota: number | undefined
}

/** What is counted as tasks. */
export type Counting = 'tasks' | 'processes'

export interface Sample {
  readonly at: number
  readonly groups: ReadonlyMap<string, Usage>
}

/** Look at a group and those below it, so many levels deep. */
export function* sample(
  sys: Sys,
  all: readonly Hierarchy[],
  root: string,
  depth: number,
  counting: Counting,
): Blocking<Sample> {
  const now = sys.clock_gettime(CLOCK_MONOTONIC)
  const groups = new Map<string, Usage>()
  for (const path of yield* pathsBelow(sys, all, root, depth))
    groups.set(path, yield* usageOf(sys, all, path, counting))
  return { at: now.sec + now.nsec / 1e9, groups }
}

/** The paths of groups in any hierarchy. */
function* pathsBelow(
  sys: Sys,
  all: readonly Hierarchy[],
  root: string,
  depth: number,
): Blocking<Set<string>> {
  const found = new Set<string>([root])
  const visit = function* (hierarchy: Hierarchy, directory: string, left: number): Blocking<void> {
    found.add(nameOf(hierarchy, directory))
    if (left > 0)
      for (const child of yield* children(sys, directory))
        yield* visit(hierarchy, `${directory}/${child}`, left - 1)
  }
  for (const it of all) yield* visit(it, it.path + (root === '/' ? '' : root), depth)
  return found
}

function* usageOf(sys: Sys, all: readonly Hierarchy[], path: string, counting: Counting): Blocking<Usage> {
  const directory = (controller: string): string =>
    `${hierarchyOf(all, controller)?.path ?? '/nowhere'}${path === '/' ? '' : path}`
  const isRoot = path === '/'
  const cpu = directory('cpu')
  const stat = (yield* procText(sys, `${cpu}/cpu.stat`)) ?? ''
  const io = yield* ioOf(sys, directory('blkio'))
  return {
    path,
    tasks:
      counting === 'tasks' ? yield* tasksOf(sys, directory('pids'), all, path) : yield* most(sys, all, path),
    cpu: isRoot ? yield* hostCpu(sys) : yield* cpuOf(sys, directory('cpuacct'), stat),
    memory: isRoot ? yield* hostMemory(sys) : yield* memoryOf(sys, directory('memory')),
    read: io?.[0],
    written: io?.[1],
    periods: keyed(stat, 'nr_periods'),
    throttled: keyed(stat, 'nr_throttled'),
    quota: yield* quotaOf(sys, cpu),
  }
}

const keyed = (text: string, key: string): number | undefined => {
  const value = new RegExp(`^${key} (\\d+)`, 'm').exec(text)?.[1]
  return value === undefined ? undefined : Number(value)
}

/** pids.current; of the root all tasks of the host. */
function* tasksOf(
  sys: Sys,
  directory: string,
  all: readonly Hierarchy[],
  path: string,
): Blocking<number | undefined> {
  if (path !== '/')
    return (yield* numberIn(sys, `${directory}/pids.current`)) ?? (yield* most(sys, all, path))
  const total = /\d+\/(\d+)/.exec((yield* procText(sys, '/proc/loadavg')) ?? '')?.[1]
  return total === undefined ? undefined : Number(total)
}

/** The processes of a group and of those below it, in the hierarchy that has most of them there. */
function* most(sys: Sys, all: readonly Hierarchy[], path: string): Blocking<number> {
  let most = 0
  for (const it of all) most = Math.max(most, yield* countBelow(sys, it.path + (path === '/' ? '' : path)))
  return most
}

function* countBelow(sys: Sys, directory: string): Blocking<number> {
  let count = (yield* processes(sys, directory)).length
  for (const child of yield* children(sys, directory))
    count += yield* countBelow(sys, `${directory}/${child}`)
  return count
}

function* hostCpu(sys: Sys): Blocking<number> {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] =
    (yield* cpuTimes(sys))[0]?.times ?? []
  return ((user + nice + system + irq + softirq + steal) * 1e9) / HZ
}

function* cpuOf(sys: Sys, directory: string, stat: string): Blocking<number | undefined> {
  const usec = keyed(stat, 'usage_usec')
  return usec === undefined ? yield* numberIn(sys, `${directory}/cpuacct.usage`) : usec * 1000
}

function* hostMemory(sys: Sys): Blocking<number> {
  const memory = yield* meminfo(sys)
  return (memory('MemTotal') - memory('MemFree')) * 1024
}

function* memoryOf(sys: Sys, directory: string): Blocking<number | undefined> {
  return (
    (yield* numberIn(sys, `${directory}/memory.current`)) ??
    (yield* numberIn(sys, `${directory}/memory.usage_in_bytes`))
  )
}

/** Bytes of all disks that were read and written. */
function* ioOf(sys: Sys, directory: string): Blocking<readonly [number, number] | undefined> {
  const v2 = yield* procText(sys, `${directory}/io.stat`)
  const sum = (text: string, what: RegExp): number =>
    [...text.matchAll(what)].reduce((total, it) => total + Number(it[1]), 0)
  if (v2 !== undefined) return [sum(v2, /rbytes=(\d+)/g), sum(v2, /wbytes=(\d+)/g)]
  const v1 = yield* procText(sys, `${directory}/blkio.throttle.io_service_bytes_recursive`)
  return v1 === undefined ? undefined : [sum(v1, /Read (\d+)/g), sum(v1, /Write (\d+)/g)]
}

function* quotaOf(sys: Sys, directory: string): Blocking<number | undefined> {
  const v2 = yield* procText(sys, `${directory}/cpu.max`)
  const [quota, period] = v2?.split(' ') ?? [
    yield* procText(sys, `${directory}/cpu.cfs_quota_us`),
    yield* procText(sys, `${directory}/cpu.cfs_period_us`),
  ]
  return Number(quota) > 0 && Number(period) > 0 ? Number(quota) / Number(period) : undefined
}

/** A group between two looks. Shares in percent of one processor, rates in bytes a second. */
export interface Row extends Usage {
  readonly share: number | undefined
  readonly input: number | undefined
  readonly output: number | undefined
  /** Percent of the periods in which the quota was used up. */
  readonly short: number | undefined
}

export function rowOf(before: Sample | undefined, after: Sample, now: Usage): Row {
  const then = before?.groups.get(now.path)
  const seconds = after.at - (before?.at ?? 0)
  const grown = (of: (it: Usage) => number | undefined): number | undefined => {
    const [old, current] = [then && of(then), of(now)]
    return old === undefined || current === undefined ? undefined : Math.max(0, current - old)
  }
  const rate = (of: (it: Usage) => number | undefined, factor = 1): number | undefined => {
    const more = grown(of)
    return more === undefined || !(seconds > 0) ? undefined : (more * factor) / seconds
  }
  const periods = grown(it => it.periods)
  const throttled = grown(it => it.throttled)
  return {
    ...now,
    share: rate(it => it.cpu, 1e-7),
    input: rate(it => it.read),
    output: rate(it => it.written),
    short: periods ? (100 * (throttled ?? 0)) / periods : undefined,
  }
}
