/**
 * notify_on_release: what the kernel starts when a v1 cgroup has lost its last task and child.
 * Linux: kernel/cgroup/cgroup-v1.c, cgroup1_release_agent().
 */
import type { Kernel } from '../kernel.ts'
import { userModeHelper } from '../umh.ts'
import { cgroupPath, hierarchyOfCgroup } from './cgroup.ts'

export function releaseIfEmpty(k: Kernel, id: number): void {
  const cg = k.cgroups.get(id)
  const { releaseAgent } = hierarchyOfCgroup(k, cg)
  if (!cg.notifyOnRelease || !releaseAgent || cg.nrTasks || cg.children.length) return
  userModeHelper(k, [releaseAgent, cgroupPath(k, id, 0)])
}
