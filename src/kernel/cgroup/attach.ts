/**
 * Tasks that join, leave and change cgroups. Linux: kernel/cgroup/cgroup.c, cgroup_attach_task(),
 * cgroup_procs_write(), cgroup_post_fork(), cgroup_exit().
 */
import { EACCES, EINVAL, ENOENT, EOPNOTSUPP, EPERM, ESRCH } from '../../abi/index.ts'
import { type Caller, genericPermission, type Inode, MAY_WRITE, type OpenFile } from '../../vfs/index.ts'
import type { Kernel } from '../kernel.ts'
import { fileCred } from '../file-cred.ts'
import { taskByPid } from '../pid-namespace.ts'
import { isExiting, livingThreads } from '../thread-group.ts'
import { refuse } from '../refuse.ts'
import { isBound } from '../task-flags.ts'
import type { Cgroup, Task } from '../types.ts'
import {
  ancestors,
  cgroupOf,
  hierarchyOfCgroup,
  isBelow,
  namespaceRoot,
  notifyPopulated,
  shownPath,
} from './cgroup.ts'
import { CONTROLLERS } from './controllers.ts'
import { whileCpusetsChange } from './cpus-allowed.ts'
import type { CgroupFile } from './files.ts'
import { refreeze } from './freezer.ts'
import { join, leave, members } from './members.ts'
import { kstrtoint } from './parse.ts'
import { cgroupNsOf, inInitCgroupNs } from './proc.ts'
import { chargePids, hasPids, unchargePids } from './pids.ts'
import { releaseIfEmpty } from './release-agent.ts'
import { checkDestination, domainOf } from './threads.ts'

/** Count a task in. */
function enter(k: Kernel, cgroupId: number, taskId: number): void {
  join(k, cgroupId, taskId)
  const cg = k.cgroups.own(cgroupId)
  cg.nrTasks++
  if (hasPids(k, cg)) chargePids(k, cgroupId)
  if (cg.nrTasks === 1 && cg.parent) notifyPopulated(k, cgroupId)
}

function depart(k: Kernel, cgroupId: number, taskId: number): void {
  leave(k, cgroupId, taskId)
  const cg = k.cgroups.own(cgroupId)
  cg.nrTasks--
  if (cg.nrTasks || !cg.parent) return
  notifyPopulated(k, cgroupId)
  releaseIfEmpty(k, cgroupId)
}

/** Move a task to another cgroup of the same hierarchy; permissions were checked. Linux: cgroup_attach_task(). */
export function attach(k: Kernel, cgroupId: number, taskId: number): void {
  const { hierarchy } = k.cgroups.get(cgroupId)
  const old = cgroupOf(k.tasks.get(taskId), hierarchy)
  if (old === cgroupId) return
  whileCpusetsChange(k, [taskId], () => {
    const me = k.tasks.own(taskId)
    me.cgroups = me.cgroups.map((id, index) => (index === hierarchy - 1 ? cgroupId : id))
  })
  if (old) {
    depart(k, old, taskId)
    if (hasPids(k, k.cgroups.get(old))) unchargePids(k, old)
  }
  enter(k, cgroupId, taskId)
  k.sched.moved(taskId)
  refreeze(k, taskId)
}

/** Let the controllers of a hierarchy refuse a task. Linux: cgroup_migrate_execute(), the can_attach() calls. */
function checkAttach(k: Kernel, cg: Cgroup, taskId: number): void {
  const { controllers } = hierarchyOfCgroup(k, cg)
  for (const { name, canAttach } of CONTROLLERS) if (controllers.includes(name)) canAttach?.(k, cg, taskId)
}

/** A new task is where its parent is; its record says so already. Linux: cgroup_post_fork(). */
export function fork(k: Kernel, taskId: number): void {
  for (const id of k.tasks.get(taskId).cgroups) if (id) enter(k, id, taskId)
  refreeze(k, taskId)
}

/** Linux: cgroup_exit(). The record keeps where it was. */
export function exit(k: Kernel, taskId: number): void {
  for (const id of k.tasks.get(taskId).cgroups) if (id && members(k, id).has(taskId)) depart(k, id, taskId)
}

/** The thread that is written to cgroup.threads or tasks, or the leader of the process written to cgroup.procs. */
type Written = 'process' | 'thread'

/** Too large a number is as wrong as any other text here. */
function pidWritten(text: string): number {
  try {
    return kstrtoint(text)
  } catch {
    throw EINVAL
  }
}

/** Whom somebody means by a number. Linux: cgroup_procs_write_start(). ESRCH, EINVAL. */
function taskWritten(k: Kernel, text: string, as: Caller): Task {
  const pid = pidWritten(text)
  if (pid < 0) throw EINVAL
  const me = k.tasks.get(as.task)
  const task = pid ? k.tasks.find(taskByPid(k, me.pidNs, pid)) : me
  if (!task) throw refuse(k, ESRCH, 'cgroup-no-task', { pid })
  if (isBound(task) || task.id === k.kthreadd)
    throw refuse(k, EINVAL, 'kthread-bound', { pid, comm: task.comm })
  return task
}

/** Who moves with it: nobody with one that ends, and that is no failure. Linux: cgroup_migrate_add_task(). */
function movedWith(k: Kernel, task: Task, what: Written): readonly Task[] {
  if (what === 'process') return livingThreads(k, task)
  return isExiting(k, task) ? [] : [task]
}

/** cgroup.procs and cgroup.threads of v2. Linux: __cgroup_procs_write(). */
export function writeProcs(
  k: Kernel,
  cg: Cgroup,
  text: string,
  as: Caller,
  what: Written,
  file: OpenFile,
): void {
  const task = taskWritten(k, text, as)
  const from = k.cgroups.find(cgroupOf(task, cg.hierarchy))
  // A zombie of a cgroup that was removed.
  if (!from) return
  checkMigration(k, from, cg, { ...as, cred: fileCred(k, file.id) })
  checkDestination(k, cg)
  // A single thread may only move within the domain of its process.
  if (what === 'thread' && domainOf(k, from).id !== domainOf(k, cg).id)
    throw refuse(k, EOPNOTSUPP, 'cgroup-other-domain', {
      from: shownPath(k, domainOf(k, from).id),
      to: shownPath(k, domainOf(k, cg).id),
    })
  attachAll(k, cg, movedWith(k, task, what))
}

/** Those who come from one place move together. Linux: cgroup_migrate_add_task() gathers them by css_set. */
function attachAll(k: Kernel, cg: Cgroup, tasks: readonly Task[]): void {
  for (const { id } of tasks) checkAttach(k, cg, id)
  const places = new Map<string, Task[]>()
  for (const task of tasks) places.set(`${task.cgroups}`, [...(places.get(`${task.cgroups}`) ?? []), task])
  const controllers = CONTROLLERS.filter(it => hierarchyOfCgroup(k, cg).controllers.includes(it.name))
  for (const task of [...places.values()].flat()) {
    const from = cgroupOf(task, cg.hierarchy)
    attach(k, cg.id, task.id)
    for (const { attached } of controllers) attached?.(k, cg, task.id, from)
  }
}

/**
 * "a process can be migrated only if the writer may write to cgroup.procs of the common ancestor of the source and
 * destination cgroups" - cgroups(7). With nsdelegate a cgroup namespace is a boundary, too.
 */
function checkMigration(k: Kernel, from: Cgroup, to: Cgroup, as: Caller): void {
  let common = from
  for (const cg of ancestors(k, from.id))
    if (isBelow(k, to.id, cg.id)) {
      common = cg
      break
    }
  const { uid, gid, mode } = attrOf(common, 'cgroup.procs', 0o644)
  try {
    genericPermission(k.vfs, as, { mode: 0o100000 | mode, uid, gid } as Inode, MAY_WRITE)
  } catch (e) {
    const cgroup = shownPath(k, common.id)
    throw e === EACCES ? refuse(k, EACCES, 'cgroup-migrate', { cgroup, ouid: uid, uid: as.cred.fsuid }) : e
  }
  const hierarchy = hierarchyOfCgroup(k, to)
  if (!hierarchy.options.includes('nsdelegate')) return
  const proxy = k.nsproxies.find(k.tasks.get(as.task).nsproxy)
  const root = namespaceRoot(k, proxy?.cgroup ?? 0, to.hierarchy)
  if (!isBelow(k, from.id, root) || !isBelow(k, to.id, root))
    throw refuse(k, ENOENT, 'cgroup-delegate', { from: shownPath(k, from.id), to: shownPath(k, to.id) })
}

/**
 * With nsdelegate, the settings of a cgroup namespace's root are not for those inside. Linux: cgroup_file_write(). EPERM.
 */
export function checkDelegation(k: Kernel, cg: Cgroup, file: CgroupFile, as: Caller): void {
  if (file.isDelegatable || !hierarchyOfCgroup(k, cg).options.includes('nsdelegate')) return
  if (inInitCgroupNs(k, as.task)) return
  if (namespaceRoot(k, cgroupNsOf(k, as.task), cg.hierarchy) === cg.id)
    throw refuse(k, EPERM, 'cgroup-namespace-root', { cgroup: shownPath(k, cg.id), file: file.name })
}

/** tasks and cgroup.procs of v1: root moves everybody, others their own. Linux: __cgroup1_procs_write(). */
export function writeTasks(
  k: Kernel,
  cg: Cgroup,
  text: string,
  as: Caller,
  what: Written,
  file: OpenFile,
): void {
  const task = taskWritten(k, text, as)
  const target = k.creds.get(task.cred)
  const { euid } = fileCred(k, file.id)
  if (euid !== 0 && euid !== target.uid && euid !== target.suid)
    throw refuse(k, EACCES, 'cgroup1-others', { pid: Number(text), uid: euid, tuid: target.uid })
  attachAll(k, cg, movedWith(k, task, what))
}

/** Owner and mode of a file of a cgroup ('' is the directory itself). */
export function attrOf(cg: Cgroup, name: string, mode: number): { uid: number; gid: number; mode: number } {
  const { uid = cg.uid, gid = cg.gid, mode: changed = mode } = cg.attrs[name] ?? {}
  return { uid, gid, mode: changed }
}
