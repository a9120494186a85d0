/**
 * clone(2): a new task. A generator cannot return twice, so the child is handed what it runs.
 * Linux: kernel/fork.c:copy_process().
 *
 * Left out: CLONE_VM without CLONE_THREAD (memory is copied, and counted twice), CLONE_PARENT_SETTID and friends, signals
 * other than SIGCHLD when a child ends, CLONE_VFORK (the parent goes on at once).
 */
import {
  CAP_SYS_ADMIN,
  CAP_SYS_RESOURCE,
  type Child,
  CLONE_FILES,
  CLONE_FS,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUSER,
  CLONE_PARENT,
  CLONE_SIGHAND,
  CLONE_THREAD,
  CLONE_VM,
  EAGAIN,
  EINVAL,
  RLIMIT_NPROC,
  SIGCHLD,
} from '../abi/index.ts'
import { copyFs, getFs } from '../vfs/index.ts'
import { nsCapable } from './capability.ts'
import { canFork, fork as cgroupFork, chargeProgram } from './cgroup/index.ts'
import { countProcess, getCred, newCred } from './cred.ts'
import { copyFiles } from './files.ts'
import type { Kernel } from './kernel.ts'
import { getExe, checkCharge } from './mm.ts'
import { checkNamespaces, copyNamespaces, credForNewUserNs } from './nsproxy.ts'
import { allocPids, attachPids, checkAllocPid, getPid, isChildReaper, pidIn } from './pid-namespace.ts'
import { checkForkPolicy, inheritedPolicy } from './sched-policy.ts'
import { taskSwitches } from './sched/index.ts'
import { sysctl } from './sysctl.ts'
import { leaderOf, ownLeader } from './thread-group.ts'
import { pidNsName, refuse } from './refuse.ts'
import type { Task } from './types.ts'

/** The system call. Returns the child's pid in the caller's namespace. */
export function clone(k: Kernel, task: Task, flags: number, child: Child): number {
  const id = copyProcess(k, task, flags, child)
  return pidIn(k, id, task.pidNs)
}

/** Make the child and let the scheduler have it; returns its id. */
export function copyProcess(k: Kernel, task: Task, flags: number, child: Child): number {
  checkFlags(k, task, flags)
  checkForkPolicy(task)
  checkNamespaces(k, task, flags)
  checkLimits(k, task, flags)
  checkCgroups(k, task)

  const cred = k.creds.get(task.cred)
  const newUserCred = flags & CLONE_NEWUSER ? newCred(k, credForNewUserNs(k, cred)) : 0
  const credId = newUserCred || getCred(k, task.cred)
  const fs = flags & CLONE_FS ? shareFs(k, task.fs) : copyFs(k.vfs, task.fs).id
  const nsproxy = copyNamespaces(k, task, flags, k.creds.get(credId).userNs, fs)
  const files = flags & CLONE_FILES ? shareFiles(k, task.files) : copyFiles(k, task.files)
  const sighand = flags & CLONE_SIGHAND ? shareSighand(k, task.sighand) : copySighand(k, task.sighand)
  const parts = { cred: credId, fs, nsproxy, files, sighand }
  const id = flags & CLONE_THREAD ? insertThread(k, task, parts) : insertTask(k, task, flags, parts)
  countProcess(k, cred.uid, 1)
  start(k, task, id, child)
  return id
}

function start(k: Kernel, parent: Task, id: number, child: Child): void {
  const sys = k.newSys(id)
  k.newThread(id, sys, child(sys))
  k.forks++
  cgroupFork(k, id)
  // Both write to what they share from now on, and have copies of it.
  if (k.tasks.get(id).tgid === id) {
    chargeProgram(k, parent.tgid)
    chargeProgram(k, id)
  }
  k.sched.fork(parent.id, id)
  k.trace?.forked(parent.id, id)
}

function checkFlags(k: Kernel, task: Task, flags: number): void {
  if (flags & CLONE_FS && flags & (CLONE_NEWNS | CLONE_NEWUSER)) throw EINVAL
  if (flags & CLONE_THREAD && !(flags & CLONE_SIGHAND)) throw EINVAL
  if (flags & CLONE_SIGHAND && !(flags & CLONE_VM)) throw EINVAL
  if (flags & (CLONE_THREAD | CLONE_PARENT) && flags & (CLONE_NEWPID | CLONE_NEWUSER)) throw EINVAL
  // Who is about to live by another clock gets memory of its own, for the clock's data page.
  const { pidForChildren, time, timeForChildren } = k.nsproxies.get(task.nsproxy)
  if (flags & CLONE_VM && time !== timeForChildren) {
    const ns = `time:[${k.timeNamespaces.get(timeForChildren).inum}]`
    throw refuse(k, EINVAL, 'shares-memory', { ns })
  }
  // A namespace's init must stay the root of its tree: it may have no siblings.
  if (flags & CLONE_PARENT && isChildReaper(k, task)) throw EINVAL
  // "EINVAL … CLONE_THREAD … and the caller's children are to be in another pid namespace": a process is in one only.
  if (flags & CLONE_THREAD && pidForChildren !== task.pidNs)
    throw refuse(k, EINVAL, 'shares-memory', { ns: pidNsName(k, pidForChildren) })
}

/** Linux: cgroup_can_fork(). By then alloc_pid() has taken a number in each namespace: it is skipped. EAGAIN. */
function checkCgroups(k: Kernel, task: Task): void {
  try {
    canFork(k, task.id)
  } catch (e) {
    allocPids(k, k.nsproxies.get(task.nsproxy).pidForChildren)
    throw e
  }
}

/** EAGAIN over RLIMIT_NPROC or threads-max, ENOMEM into a dead pid namespace or without memory for the task. */
function checkLimits(k: Kernel, task: Task, flags: number): void {
  const cred = k.creds.get(task.cred)
  if ((k.processes.get(cred.uid) ?? 0) >= task.rlimits[RLIMIT_NPROC]!.cur && cred.uid !== 0) {
    const mayExceed =
      nsCapable(k, cred, CAP_SYS_RESOURCE, k.initUserNs) || nsCapable(k, cred, CAP_SYS_ADMIN, k.initUserNs)
    if (!mayExceed)
      throw refuse(k, EAGAIN, 'nproc', { uid: cred.uid, limit: task.rlimits[RLIMIT_NPROC]!.cur })
  }
  if (k.tasks.size >= sysctl(k, 'kernel/threads-max'))
    throw refuse(k, EAGAIN, 'threads-max', { max: sysctl(k, 'kernel/threads-max') })
  if (!(flags & CLONE_NEWPID)) checkAllocPid(k, k.nsproxies.get(task.nsproxy).pidForChildren)
  const { rss } = leaderOf(k, task)
  if (rss && !(flags & CLONE_THREAD)) checkCharge(k, rss)
}

function shareFs(k: Kernel, id: number): number {
  getFs(k.vfs, id)
  return id
}

function shareFiles(k: Kernel, id: number): number {
  k.files.own(id).users++
  return id
}

function shareSighand(k: Kernel, id: number): number {
  k.sighands.own(id).users++
  return id
}

/** Handlers are functions of the parent's program; a child that wants some sets its own, so that none runs twice. */
function copySighand(k: Kernel, id: number): number {
  const { actions, flags } = k.sighands.get(id)
  if (!actions.includes('handler')) return k.sighands.add({ id: 0, epoch: 0, actions, flags, users: 1 }).id
  const own = actions.map(action => (action === 'handler' ? 'SIG_DFL' : action))
  return k.sighands.add({ id: 0, epoch: 0, actions: own, flags: [], users: 1 }).id
}

interface Parts {
  readonly cred: number
  readonly fs: number
  readonly nsproxy: number
  readonly files: number
  readonly sighand: number
}

/** What tells a new process from a new thread. */
type Own = Pick<Task, 'tgid' | 'pids' | 'pidNs' | 'parent' | 'exitSignal' | 'childSubreaper' | 'rss'>

/** A copy of a task with nothing of what happened to that one. In one literal, because forks are frequent. */
function addTask(k: Kernel, task: Task, parts: Parts, own: Own): number {
  return k.tasks.add({
    ...task,
    ...parts,
    ...inheritedPolicy(task),
    tgid: own.tgid,
    pids: own.pids,
    pidNs: own.pidNs,
    parent: own.parent,
    exitSignal: own.exitSignal,
    childSubreaper: own.childSubreaper,
    rss: own.rss,
    hiwaterRss: own.rss,
    threads: [],
    children: [],
    state: 'R',
    wchan: '',
    exitCode: 0,
    pending: 0n,
    rtQueue: [],
    sharedPending: 0n,
    sharedQueue: [],
    stopSignal: 0,
    pdeathsig: 0,
    didExec: false,
    startTime: k.now(),
    // Not what the parent's record says, which is only brought up to date when somebody looks.
    cpu: taskSwitches(k, task.id).cpu,
    vruntime: 0,
    onCpu: false,
    utime: 0,
    stime: 0,
    deadUtime: 0,
    deadStime: 0,
    cutime: 0,
    cstime: 0,
    nvcsw: 0,
    nivcsw: 0,
    charges: [],
  }).id
}

function insertTask(k: Kernel, task: Task, flags: number, parts: Parts): number {
  const pidNs = k.nsproxies.get(parts.nsproxy).pidForChildren
  const pids = allocPids(k, pidNs)
  const parent = flags & CLONE_PARENT ? task.parent : task.id
  const { rss } = leaderOf(k, task)
  const own = { tgid: 0, pids, pidNs, parent, exitSignal: SIGCHLD, childSubreaper: false, rss }
  const id = addTask(k, task, parts, own)
  k.tasks.own(id).tgid = id
  if (task.exeDentry) getExe(k, task.exeMount, task.exeDentry)
  attachPids(k, id, pidNs, pids)
  becomeReaper(k, id, pidNs)
  joinFamily(k, id, parent)
  k.memoryUsed += rss
  return id
}

/** One more thread of the caller's process. */
function insertThread(k: Kernel, task: Task, parts: Parts): number {
  const pids = allocPids(k, task.pidNs)
  const { tgid, pidNs, parent, childSubreaper } = task
  const id = addTask(k, task, parts, { tgid, pids, pidNs, parent, childSubreaper, exitSignal: -1, rss: 0 })
  attachPids(k, id, task.pidNs, pids)
  const leader = ownLeader(k, id)
  leader.threads = [...leader.threads, id]
  return id
}

/** The first task of a pid namespace is its init. */
function becomeReaper(k: Kernel, id: number, pidNs: number): void {
  if (!k.pidNamespaces.get(pidNs).childReaper) k.pidNamespaces.own(pidNs).childReaper = id
}

function joinFamily(k: Kernel, id: number, parent: number): void {
  const { pgrp, session } = k.tasks.get(id)
  getPid(k, pgrp)
  getPid(k, session)
  if (!parent) return
  const mother = k.tasks.own(parent)
  mother.children = [...mother.children, id]
}
