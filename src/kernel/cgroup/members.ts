/**
 * Which tasks are in a cgroup, in the order they came. Linux: css_set::tasks. Not in the tables: every task's record
 * says where it is, and only the order is lost when this is made anew.
 */
import type { Kernel } from '../kernel.ts'
import { isExiting } from '../thread-group.ts'

const lists = new WeakMap<Kernel, Map<number, Set<number>>>()
const NOBODY: ReadonlySet<number> = new Set()

function listsOf(k: Kernel): Map<number, Set<number>> {
  let map = lists.get(k)
  if (map) return map
  lists.set(k, (map = new Map()))
  for (const task of k.tasks.values())
    if (!isExiting(k, task)) for (const id of task.cgroups) join(k, id, task.id)
  return map
}

/** Ids of the living tasks directly in a cgroup. */
export const members = (k: Kernel, cgroupId: number): ReadonlySet<number> =>
  listsOf(k).get(cgroupId) ?? NOBODY

export function join(k: Kernel, cgroupId: number, taskId: number): void {
  const map = listsOf(k)
  const list = map.get(cgroupId)
  if (list) list.add(taskId)
  else map.set(cgroupId, new Set([taskId]))
}

export function leave(k: Kernel, cgroupId: number, taskId: number): void {
  const list = listsOf(k).get(cgroupId)
  list?.delete(taskId)
  if (list?.size === 0) listsOf(k).delete(cgroupId)
}
