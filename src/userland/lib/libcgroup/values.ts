/**
 * Reading the parameters of a group. libcgroup: src/api.c:cgroup_fill_cgc(), cgroup_read_value_begin().
 */
import { type Blocking, Errno, isReg, O_RDONLY, type Sys } from '../../../abi/index.ts'
import { decode } from '../../../abi/index.ts'
import { readAll, readDir, readFile } from '../command.ts'
import { lstatOf, statOf } from '../path.ts'
import { otherwise } from './error.ts'
import { type CgroupMount, pathOf } from './mounts.ts'

/** A parameter as it stands in its file, without the last newline. */
export interface Value {
  readonly name: string
  readonly value: string
}

/** All parameters of one controller in the order of the directory; undefined if it has no such group. */
export function* parametersOf(sys: Sys, mount: CgroupMount, group: string): Blocking<Value[] | undefined> {
  const path = pathOf(mount, group)
  if (!statOf(sys, path)) return undefined
  const values: Value[] = []
  try {
    for (const { name } of yield* readDir(sys, path)) {
      const [controller, rest] = name.split('.')
      if (controller !== mount.controller || !rest) continue
      const stat = lstatOf(sys, path + name)
      const value = stat && isReg(stat) ? yield* contents(sys, path + name) : undefined
      if (value !== undefined) values.push({ name, value })
    }
  } catch (e) {
    throw otherwise(e)
  }
  return values
}

/** A file that can be opened but not read, such as memory.reclaim, counts as empty. */
function* contents(sys: Sys, path: string): Blocking<string | undefined> {
  let fd: number
  try {
    fd = yield* sys.open(path, O_RDONLY)
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
  try {
    return decode(yield* readAll(sys, fd)).replace(/\n$/, '')
  } catch (e) {
    if (e instanceof Errno) return ''
    throw e
  } finally {
    sys.close(fd)
  }
}

/** One parameter. */
export function* parameterOf(sys: Sys, mount: CgroupMount, group: string, name: string): Blocking<string> {
  try {
    return (yield* readFile(sys, pathOf(mount, group) + name)).replace(/\n$/, '')
  } catch (e) {
    throw otherwise(e)
  }
}
