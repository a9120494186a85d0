/**
 * notify_on_release: what the kernel starts when a v1 cgroup has lost its last task and child.
 * Linux: kernel/cgroup/cgroup-v1.c, cgroup1_release_agent().
 */
import type { Kernel } from '../kernel.ts'
import { cgroupPath, hierarchyOfCgroup } from './cgroup.ts'

/** Runs a program of the host outside of anybody's session. Linux: call_usermodehelper(). */
export type UserModeHelper = (k: Kernel, argv: readonly string[]) => void

const helpers = new WeakMap<Kernel, UserModeHelper>()

/** The machine says how programs are started from inside the kernel. */
export const setUserModeHelper = (k: Kernel, helper: UserModeHelper): void => void helpers.set(k, helper)

export function releaseIfEmpty(k: Kernel, id: number): void {
  const cg = k.cgroups.get(id)
  const { releaseAgent } = hierarchyOfCgroup(k, cg)
  if (!cg.notifyOnRelease || !releaseAgent || cg.nrTasks || cg.children.length) return
  helpers.get(k)?.(k, [releaseAgent, cgroupPath(k, id, 0)])
}
