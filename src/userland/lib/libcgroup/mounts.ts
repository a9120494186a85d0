/**
 * Which controllers are mounted where, in version 1 or 2; and the path of a group.
 * libcgroup: src/api.c:cgroup_init(), cg_build_path(), cgroup_get_all_controller_begin().
 *
 * Left out: namespaces of cgconfig.conf.
 */
import { type Blocking, Errno, type Sys } from '../../../abi/index.ts'
import { readFile } from '../command.ts'
import { unmangle } from '../mountinfo.ts'
import { CgroupError, ECGROUPNOTMOUNTED } from './error.ts'

/** One controller and its first mount point. libcgroup: struct cg_mount_table_s. */
export interface CgroupMount {
  readonly controller: string
  readonly version: 1 | 2
  readonly path: string
  /** All mount points. */
  readonly paths: string[]
}

/** A line of /proc/cgroups; controllers of version 2 and those nobody mounted have the hierarchy 0. */
export interface KernelController {
  readonly name: string
  readonly hierarchy: number
}

/** What the kernel knows, in its order. */
export function* kernelControllers(sys: Sys): Blocking<KernelController[]> {
  const lines = (yield* readFile(sys, '/proc/cgroups')).split('\n')
  return lines
    .filter(line => line && !line.startsWith('#'))
    .map(line => line.split(/\s+/))
    .map(([name, hierarchy]) => ({ name: name!, hierarchy: Number(hierarchy) }))
}

/** systemd's own hierarchy, which the library does not touch. */
const OPAQUE = 'name=systemd'

/** The table of mounts; empty where nothing is mounted. */
export function* readMounts(sys: Sys): Blocking<CgroupMount[]> {
  const known = (yield* kernelControllers(sys)).map(it => it.name)
  const table: CgroupMount[] = []
  for (const line of (yield* readFile(sys, '/proc/mounts')).split('\n')) {
    const [, path, type, options] = line.split(' ').map(unmangle)
    if (type === 'cgroup') add(table, 1, path!, named(known, options!.split(',')))
    else if (type === 'cgroup2') add(table, 2, path!, yield* available(sys, path!))
  }
  return table
}

/** The table of mounts, which must not be empty. */
export function* initialize(sys: Sys): Blocking<CgroupMount[]> {
  const table = yield* readMounts(sys)
  if (!table.length) throw new CgroupError(ECGROUPNOTMOUNTED)
  return table
}

function add(table: CgroupMount[], version: 1 | 2, path: string, controllers: readonly string[]): void {
  for (const controller of controllers) {
    const before = table.find(it => it.controller === controller)
    if (before) before.paths.push(path)
    else table.push({ controller, version, path, paths: [path] })
  }
}

const named = (known: readonly string[], options: readonly string[]): string[] => [
  ...known.filter(it => options.includes(it)),
  ...options.filter(it => it.startsWith('name=') && it !== OPAQUE),
]

function* available(sys: Sys, path: string): Blocking<string[]> {
  try {
    return (yield* readFile(sys, `${path}/cgroup.controllers`)).split(/\s+/).filter(it => it)
  } catch (e) {
    if (e instanceof Errno) return []
    throw e
  }
}

/** Where a controller is mounted. The files `cgroup.*` belong to every mount of version 2. */
export const mountOf = (table: readonly CgroupMount[], controller: string): CgroupMount | undefined =>
  table.find(it => it.controller === controller || (controller === 'cgroup' && it.version === 2))

/** The directory of a group, with a slash at its end. */
export function pathOf(mount: CgroupMount, group: string): string {
  const path = `${mount.path}/${group.replace(/^\//, '')}`
  return path.endsWith('/') ? path : `${path}/`
}
