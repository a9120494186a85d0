/**
 * Making, filling, joining and removing a group in the hierarchies of several controllers.
 * libcgroup: src/api.c:cgroup_create_cgroup(), cgroup_modify_cgroup(), cgroup_attach_task_pid(), cgroup_delete_cgroup_ext().
 */
import {
  type Blocking,
  EEXIST,
  ENOENT,
  EPERM,
  ESRCH,
  Errno,
  isDir,
  O_CREAT,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
  type Sys,
} from '../../../abi/index.ts'
import { readDir, readFile } from '../command.ts'
import { dirname, lstatOf } from '../path.ts'
import {
  CgroupError,
  ECGOTHER,
  ECGROUPNOTALLOWED,
  ECGROUPNOTEXIST,
  ECGROUPNOTOWNER,
  ECGROUPSUBSYSNOTMOUNTED,
  ECGROUPVALUENOTEXIST,
  otherwise,
} from './error.ts'
import { type CgroupMount, mountOf, pathOf } from './mounts.ts'

type Table = readonly CgroupMount[]

/** The mounts of all controllers, one of which may be missing. */
export function mountsOf(table: Table, controllers: readonly string[]): CgroupMount[] {
  return controllers.map(it => {
    const mount = mountOf(table, it)
    if (!mount) throw new CgroupError(ECGROUPSUBSYSNOTMOUNTED)
    return mount
  })
}

// ---- Making

/** Who may do what with a new group; what is undefined stays as the kernel made it, ids of -1 too. */
export interface Permissions {
  readonly admin: { uid: number; gid: number }
  readonly tasks: { uid: number; gid: number }
  readonly directories: number | undefined
  readonly files: number | undefined
  readonly tasksFile: number | undefined
}

/** Make the group in the hierarchy of every controller; it may be there already. */
export function* createGroup(
  sys: Sys,
  table: Table,
  group: string,
  controllers: readonly string[],
  permissions: Permissions,
): Blocking<void> {
  const mounts = mountsOf(table, controllers)
  for (const [i, mount] of mounts.entries()) {
    const path = pathOf(mount, group)
    if (mount.version === 2) yield* enableAbove(sys, mount, dirname(path), controllers[i]!)
    makeDirectories(sys, path)
    try {
      yield* setPermissions(sys, path, permissions)
      if (mount.version === 1) setTasksPermissions(sys, `${path}tasks`, permissions)
    } catch (e) {
      throw otherwise(e)
    }
  }
}

/** mkdir -p */
function makeDirectories(sys: Sys, path: string): void {
  const parts = path.split('/').filter(it => it)
  for (const [i] of parts.entries()) {
    try {
      sys.mkdir(`/${parts.slice(0, i + 1).join('/')}`, 0o755)
    } catch (e) {
      if (e === EEXIST) continue
      if (e === EPERM) throw new CgroupError(ECGROUPNOTOWNER)
      if (e instanceof Errno) throw new CgroupError(ECGROUPNOTALLOWED)
      throw e
    }
  }
}

/** Version 2: every directory between the mount point and the group must hand the controller down. */
function* enableAbove(sys: Sys, mount: CgroupMount, parent: string, controller: string): Blocking<void> {
  const names = parent
    .slice(mount.path.length)
    .split('/')
    .filter(it => it)
  let path = parent.slice(0, mount.path.length)
  for (const name of names.length ? names : ['']) {
    if (name) path += `/${name}`
    makeDirectories(sys, path)
    yield* setValue(sys, `${path}/cgroup.subtree_control`, `+${controller}`)
  }
}

function* setPermissions(sys: Sys, path: string, permissions: Permissions): Blocking<void> {
  const { uid, gid } = permissions.admin
  sys.lchown(path, uid, gid)
  if (permissions.directories !== undefined) restrict(sys, path, permissions.directories)
  for (const { name } of yield* readDir(sys, path)) {
    const file = path.endsWith('/') ? path + name : `${path}/${name}`
    const stat = lstatOf(sys, file)
    if (stat && isDir(stat)) yield* setPermissions(sys, file, permissions)
    else {
      sys.lchown(file, uid, gid)
      if (permissions.files !== undefined && name !== 'tasks') restrict(sys, file, permissions.files)
    }
  }
}

function setTasksPermissions(sys: Sys, path: string, permissions: Permissions): void {
  sys.chown(path, permissions.tasks.uid, permissions.tasks.gid)
  if (permissions.tasksFile !== undefined) restrict(sys, path, permissions.tasksFile)
}

/** chmod that gives nobody what the kernel does not give the owner. libcgroup: cg_chmod_path(). */
function restrict(sys: Sys, path: string, mode: number): void {
  const owner = sys.stat(path).mode & 0o700
  sys.chmod(path, mode & (owner | (owner >> 3) | (owner >> 6) | 0o7000))
}

// ---- Setting

/** A parameter and what it shall be; failures of one that is copied from another group do not matter. */
export interface Parameter {
  readonly name: string
  readonly value: string
  readonly copied?: boolean
}

/** Write parameters to a group, controller by controller. */
export function* modifyGroup(
  sys: Sys,
  table: Table,
  group: string,
  parameters: ReadonlyMap<string, readonly Parameter[]>,
): Blocking<void> {
  const mounts = mountsOf(table, [...parameters.keys()])
  for (const [i, list] of [...parameters.values()].entries()) {
    for (const { name, value, copied } of list) {
      try {
        yield* setValue(sys, pathOf(mounts[i]!, group) + name, value)
      } catch (e) {
        if (!copied || !(e instanceof CgroupError)) throw e
      }
    }
  }
}

function* setValue(sys: Sys, path: string, value: string): Blocking<void> {
  let fd: number
  try {
    fd = yield* sys.open(path, O_RDWR)
  } catch (e) {
    if (e === EPERM) throw new CgroupError(ECGROUPNOTALLOWED)
    throw e instanceof Errno ? new CgroupError(ECGROUPVALUENOTEXIST) : e
  }
  try {
    for (const line of value.split('\n')) if (line) yield* sys.write(fd, line)
  } catch (e) {
    throw otherwise(e)
  } finally {
    sys.close(fd)
  }
}

// ---- Joining

/** Move a process with all its threads into the group. */
export function* changeGroup(
  sys: Sys,
  table: Table,
  group: string,
  wanted: readonly string[],
  pid: number,
): Blocking<void> {
  const controllers = wanted.includes('*')
    ? [...wanted.slice(0, wanted.indexOf('*')), ...table.map(it => it.controller)]
    : wanted
  if (new Set(controllers).size < controllers.length) throw new CgroupError(ECGROUPNOTALLOWED)
  const mounts = mountsOf(table, controllers)
  yield* attach(sys, mounts, controllers, group, pid)
  let threads: string[]
  try {
    threads = (yield* readDir(sys, `/proc/${pid}/task`)).map(it => it.name)
  } catch (e) {
    throw otherwise(e)
  }
  for (const tid of threads)
    if (Number(tid) !== pid) yield* attach(sys, mounts, controllers, group, Number(tid))
}

function* attach(
  sys: Sys,
  mounts: readonly CgroupMount[],
  controllers: readonly string[],
  group: string,
  tid: number,
): Blocking<void> {
  for (const [i, mount] of mounts.entries()) {
    if (mount.version === 2) yield* mustBeEnabled(sys, mount, group, controllers[i]!)
    const fd = yield* openMembers(sys, yield* membersFile(sys, mount, group))
    try {
      yield* sys.write(fd, String(tid))
    } catch (e) {
      throw otherwise(e)
    } finally {
      sys.close(fd)
    }
  }
}

function* openMembers(sys: Sys, path: string): Blocking<number> {
  try {
    return yield* sys.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
  } catch (e) {
    if (e === EPERM) throw new CgroupError(ECGROUPNOTOWNER)
    if (e === ENOENT) throw new CgroupError(ECGROUPNOTEXIST)
    throw e instanceof Errno ? new CgroupError(ECGROUPNOTALLOWED) : e
  }
}

/** Version 2: only what the parent hands down can be meant. The root has everything. */
function* mustBeEnabled(sys: Sys, mount: CgroupMount, group: string, controller: string): Blocking<void> {
  if (group === '' || group === '/') return
  let enabled: string
  try {
    enabled = yield* readFile(sys, `${dirname(pathOf(mount, group))}/cgroup.subtree_control`)
  } catch (e) {
    throw otherwise(e)
  }
  if (!enabled.split(/\s+/).includes(controller)) throw new CgroupError(ECGOTHER)
}

/** The file that lists the members. libcgroup: cgroup_build_tasks_procs_path(). */
function* membersFile(sys: Sys, mount: CgroupMount, group: string): Blocking<string> {
  const path = pathOf(mount, group)
  if (mount.version === 1) return `${path}tasks`
  try {
    return (
      path +
      ((yield* readFile(sys, `${path}cgroup.type`)) === 'threaded\n' ? 'cgroup.threads' : 'cgroup.procs')
    )
  } catch (e) {
    if (e instanceof Errno) return `${path}cgroup.procs`
    throw e
  }
}

// ---- Removing

/**
 * Remove the group from all hierarchies; members go to its parent. The first failure is thrown after the
 * last try.
 */
export function* deleteGroup(
  sys: Sys,
  table: Table,
  group: string,
  controllers: readonly string[],
  recursive: boolean,
): Blocking<void> {
  let first: unknown
  for (const mount of mountsOf(table, controllers)) {
    try {
      yield* deleteFrom(sys, mount, group, recursive)
    } catch (e) {
      if (!(e instanceof CgroupError)) throw e
      first ??= e
    }
  }
  if (first) throw first
}

function* deleteFrom(sys: Sys, mount: CgroupMount, group: string, recursive: boolean): Blocking<void> {
  const parent = parentOf(sys, mount, group)
  if (parent === undefined && !recursive) return
  let target: number
  try {
    target = yield* sys.open(
      yield* membersFile(sys, mount, parent ?? '.'),
      O_WRONLY | O_CREAT | O_TRUNC,
      0o666,
    )
  } catch (e) {
    throw otherwise(e)
  }
  try {
    if (recursive)
      for (const below of yield* groupsBelow(sys, mount, group)) yield* remove(sys, mount, below, target)
    if (parent !== undefined) yield* remove(sys, mount, group, target)
  } finally {
    sys.close(target)
  }
}

/** The name of the group above; undefined for the root. */
function parentOf(sys: Sys, mount: CgroupMount, group: string): string | undefined {
  const path = pathOf(mount, group)
  try {
    if (sys.stat(path).dev !== sys.stat(`${path}/..`).dev) return undefined
  } catch (e) {
    throw otherwise(e)
  }
  const parent = dirname(group)
  return group === '' || parent === group ? undefined : parent
}

/** All groups below one, children before parents. */
function* groupsBelow(sys: Sys, mount: CgroupMount, group: string): Blocking<string[]> {
  const found: string[] = []
  for (const { name } of yield* readDir(sys, pathOf(mount, group))) {
    const child = `${group}/${name}`
    const stat = lstatOf(sys, pathOf(mount, child).slice(0, -1))
    if (stat && isDir(stat)) found.push(...(yield* groupsBelow(sys, mount, child)), child)
  }
  return found
}

function* remove(sys: Sys, mount: CgroupMount, group: string, target: number): Blocking<void> {
  yield* moveMembers(sys, yield* membersFile(sys, mount, group), target)
  try {
    sys.rmdir(pathOf(mount, group))
  } catch (e) {
    if (e !== ENOENT) throw otherwise(e)
  }
}

function* moveMembers(sys: Sys, from: string, target: number): Blocking<void> {
  let members: string
  try {
    members = yield* readFile(sys, from)
  } catch (e) {
    if (e === ENOENT) return
    throw otherwise(e)
  }
  for (const pid of members.split('\n').filter(it => it)) {
    try {
      yield* sys.write(target, pid)
    } catch (e) {
      if (e !== ESRCH) throw otherwise(e)
    }
  }
}
