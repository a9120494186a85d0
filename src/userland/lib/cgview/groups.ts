/**
 * What cgls and cgtop share: the hierarchies that are mounted, their groups, what the files of a group say.
 * Linux: cgroups(7), proc(5).
 */
import { type Blocking, Errno, isDir, type Sys } from '../../../abi/index.ts'
import { readDir, readFile } from '../command.ts'
import { unmangle } from '../mountinfo.ts'
import { procText } from '../proc.ts'

/** A tree of groups and where it is mounted. */
export interface Hierarchy {
  readonly version: 1 | 2
  /** Its controllers, or `name=…`; none for version 2. */
  readonly controllers: readonly string[]
  readonly path: string
}

/** Options of a mount that are not controllers. */
const FLAGS =
  /^(rw|ro|nosuid|nodev|noexec|relatime|noatime|xattr|clone_children|release_agent=.*|nsdelegate|memory_.*)$/

/** The hierarchies, version 2 first; one that is mounted twice counts where it was mounted first. */
export function* hierarchies(sys: Sys): Blocking<Hierarchy[]> {
  const found = new Map<string, Hierarchy>()
  for (const line of (yield* readFile(sys, '/proc/self/mounts')).split('\n')) {
    const [, path = '', type, options = ''] = line.split(' ').map(unmangle)
    if (type !== 'cgroup' && type !== 'cgroup2') continue
    const controllers = type === 'cgroup2' ? [] : options.split(',').filter(it => !FLAGS.test(it))
    const key = controllers.join()
    if (!found.has(key)) found.set(key, { version: type === 'cgroup2' ? 2 : 1, controllers, path })
  }
  return [...found.values()].sort((a, b) => b.version - a.version)
}

/** The hierarchy with a controller; that of version 2 for all that it may have. */
export const hierarchyOf = (all: readonly Hierarchy[], controller: string): Hierarchy | undefined =>
  all.find(it => it.controllers.includes(controller)) ?? all.find(it => it.version === 2)

/** The groups right below a directory, by name; none where it may not be read. */
export function* children(sys: Sys, directory: string): Blocking<string[]> {
  try {
    const entries = yield* readDir(sys, directory)
    return entries.flatMap(it => (isDir({ mode: it.type }) ? [it.name] : [])).sort()
  } catch (e) {
    if (e instanceof Errno) return []
    throw e
  }
}

/** The processes of a group itself. Those of a namespace that cannot be seen are 0. */
export function* processes(sys: Sys, directory: string): Blocking<number[]> {
  // In a threaded group cgroup.procs cannot be read, but the threads can.
  const text =
    (yield* procText(sys, `${directory}/cgroup.procs`)) ??
    (yield* procText(sys, `${directory}/cgroup.threads`))
  const numbers = (text ?? '').split('\n').filter(Boolean).map(Number)
  return [...new Set(numbers)].sort((a, b) => a - b)
}

/** A number in a file of a group; undefined where there is none. */
export function* numberIn(sys: Sys, path: string): Blocking<number | undefined> {
  const text = yield* procText(sys, path)
  return text === undefined || !/^\d+\s*$/.test(text) ? undefined : Number(text)
}

/** `/a/b` of a directory below a mount point, `/` for that itself. */
export const nameOf = (hierarchy: Hierarchy, directory: string): string =>
  directory.slice(hierarchy.path.length) || '/'
