/**
 * v1's memory.move_charge_at_immigrate: what a process has in the cgroup that it leaves goes with it.
 * Linux: mm/memcontrol.c:mem_cgroup_can_attach(), mem_cgroup_move_task().
 *
 * Left out: pages of files that it has mapped (bit 1): nothing here maps files.
 */
import { ENOMEM } from '../../abi/index.ts'
import type { Kernel } from '../kernel.ts'
import { isThreadGroupLeader } from '../thread-group.ts'
import type { Cgroup } from '../types.ts'
import { ancestors, cgroupOf } from './cgroup.ts'
import { memcg, moveTaskCharges, overLimit } from './memcg.ts'

const MOVE_ANON = 1

const moves = (k: Kernel, cg: Cgroup, taskId: number): boolean =>
  (memcg.of(cg).moveCharge & MOVE_ANON) !== 0 && isThreadGroupLeader(k.tasks.get(taskId))

/** Errors: ENOMEM if there is no room for it. Linux: mem_cgroup_precharge_mc(). */
export function checkMoveCharge(k: Kernel, cg: Cgroup, taskId: number): void {
  if (!moves(k, cg, taskId)) return
  const task = k.tasks.get(taskId)
  const from = cgroupOf(task, cg.hierarchy)
  const bytes = task.charges.reduce((sum, it) => sum + (it.cgroup === from ? it.anon : 0), 0)
  for (const { id } of ancestors(k, cg.id)) if (from !== cg.id && overLimit(k, id, bytes)) throw ENOMEM
}

export function moveCharge(k: Kernel, cg: Cgroup, taskId: number, from: number): void {
  if (moves(k, cg, taskId) && from !== cg.id) moveTaskCharges(k, taskId, from, cg.parent ? cg.id : 0)
}
