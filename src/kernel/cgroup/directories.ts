/**
 * Directories of cgroups: who may make, remove and rename them. Linux: kernel/cgroup/cgroup.c, cgroup-v1.c.
 */
import { EAGAIN, EBUSY, EINVAL, EIO, EPERM, S_ISGID } from '../../abi/index.ts'
import type { Caller } from '../../vfs/index.ts'
import type { Kernel } from '../kernel.ts'
import { refuse } from '../refuse.ts'
import type { Cgroup } from '../types.ts'
import { attrOf } from './attach.ts'
import { ancestors, countBelow, hasController, hierarchyOfCgroup, insert, isV2, shownPath } from './cgroup.ts'
import { CONTROLLERS } from './controllers.ts'
import { members } from './members.ts'
import { hasPids } from './pids.ts'
import { releaseIfEmpty } from './release-agent.ts'

/** Linux: cgroup_mkdir(). Permissions and existence were checked by the VFS. */
export function mkdir(k: Kernel, parentId: number, name: string, as: Caller): number {
  if (name.includes('\n')) throw EINVAL
  const parent = k.cgroups.get(parentId)
  checkLimits(k, parent)
  const { fsuid: uid, fsgid } = as.cred
  // A set-group-ID directory hands its group down. Linux: kernfs_new_node().
  const above = attrOf(parent, '', 0o755)
  const isSetgid = (above.mode & S_ISGID) !== 0
  const gid = isSetgid ? above.gid : fsgid
  const id = insert(k, {
    hierarchy: parent.hierarchy,
    parent: parentId,
    level: parent.level + 1,
    name,
    uid,
    gid,
  })
  const it = k.cgroups.own(id)
  it.cloneChildren = parent.cloneChildren
  it.notifyOnRelease = parent.notifyOnRelease
  if (isSetgid) it.attrs = { '': { mode: S_ISGID | 0o755 } }
  const owned = k.cgroups.own(parentId)
  owned.children = [...owned.children, id]
  const { version, controllers } = hierarchyOfCgroup(k, it)
  if (version === 1)
    for (const { name, online } of CONTROLLERS) if (controllers.includes(name)) online?.(k, it, parent)
  return id
}

/** Linux: cgroup_check_hierarchy_limits(). */
function checkLimits(k: Kernel, parent: Cgroup): void {
  let level = 1
  for (const cg of ancestors(k, parent.id)) {
    const cgroup = shownPath(k, cg.id)
    if (countBelow(k, cg) >= cg.maxDescendants)
      throw refuse(k, EAGAIN, 'cgroup-descendants', { cgroup, max: cg.maxDescendants })
    if (level > cg.maxDepth) throw refuse(k, EAGAIN, 'cgroup-depth', { cgroup, max: cg.maxDepth })
    level++
  }
}

/** Linux: cgroup_destroy_locked(). */
export function rmdir(k: Kernel, id: number): void {
  const cg = k.cgroups.get(id)
  if (members(k, id).size || cg.children.length)
    throw refuse(k, EBUSY, 'cgroup-busy', {
      cgroup: shownPath(k, id),
      tasks: members(k, id).size,
      children: cg.children.length,
    })
  for (const { name, offline } of CONTROLLERS) if (hasController(k, cg, name)) offline?.(k, cg)
  const parent = k.cgroups.own(cg.parent)
  parent.children = parent.children.filter(child => child !== id)
  // Zombies that nobody has waited for still say that they were here.
  if (hasPids(k, cg) && cg.pidsCurrent) {
    const { name, parent, pidsCurrent } = cg
    k.dyingCgroups.set(id, { name, parent, pidsCurrent })
  }
  k.sched.groups.forget(id)
  k.sched.groups.forgetAccount(id)
  k.cgroups.remove(id)
  releaseIfEmpty(k, cg.parent)
}

/** Linux: cgroup1_rename(). v2 cannot rename, and v1 only within a directory. */
export function rename(k: Kernel, id: number, parent: number, name: string): void {
  const cg = k.cgroups.get(id)
  if (isV2(k, cg)) throw refuse(k, EPERM, 'cgroup-rename', {})
  if (name.includes('\n')) throw EINVAL
  if (cg.parent !== parent) throw EIO
  k.cgroups.own(id).name = name
}
