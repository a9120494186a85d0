/**
 * The end of a task: it gives everything back, its children get another parent, and a zombie waits to be reaped.
 * Linux: kernel/exit.c, kernel/pid_namespace.c:zap_pid_ns_processes().
 */
import { killedBy, SA_NOCLDWAIT, SIG_IGN, SIGCHLD, SIGCONT, SIGHUP, SIGKILL } from '../abi/index.ts'
import type { Own } from '../state/index.ts'
import { fput, putFs } from '../vfs/index.ts'
import { exit as cgroupExit, releasePids, unchargeTask } from './cgroup/index.ts'
import { countProcess, putCred } from './cred.ts'
import { putFiles } from './files.ts'
import { cancelAlarm } from './hrtimer.ts'
import type { Kernel } from './kernel.ts'
import { putExe, uncharge } from './mm.ts'
import { putNsproxy } from './nsproxy.ts'
import { inPidNs, isChildReaper, putPid } from './pid-namespace.ts'
import { taskTimes } from './sched/index.ts'
import { isOrphanedPgrp, membersOf, sendSignal } from './signal.ts'
import { inheritIo } from './task-io.ts'
import {
  isDelayedLeader,
  isExiting,
  isLastThread,
  livingThreads,
  ownLeader,
  setProcess,
  threadIds,
} from './thread-group.ts'
import { disassociateTty } from './tty/job-control.ts'
import { commandEnded, note, pidNsName } from './refuse.ts'
import type { Task } from './types.ts'
import { leaveQueues, wakeFutex, wakeUp } from './wake-up.ts'

/**
 * The end of one thread, and of its process if it is the last. It is never resumed after this; `status` is the raw wait
 * status. Linux: do_exit().
 */
export function doExit(k: Kernel, id: number, status: number): void {
  const task = k.tasks.get(id)
  if (isExiting(k, task)) return
  const isGroupDead = isLastThread(k, task)
  if (isGroupDead && isChildReaper(k, task)) zapPidNs(k, task)
  k.trace?.died(id, status)
  if (k.refusals.log.length && task.tgid === id) commandEnded(k, task, status)
  leaveQueues(k, id)
  if (!isGroupDead) clearTid(k, id)
  k.threads.delete(id)
  k.overNproc.delete(id)
  if (task.state === 'T') k.stopped--

  const me = k.tasks.own(id)
  me.state = 'Z'
  me.wchan = ''
  me.exitCode = status
  me.pending = 0n
  me.rtQueue = []
  releaseParts(k, me, isGroupDead)
  if (isGroupDead) releaseProcess(k, task.tgid, status)
  if (me.tgid !== id) accountThread(k, id)
  k.sched.dequeue(id)
  k.sched.exit(id)
  // A leader that ends before its threads is still counted and listed, for its process.
  if (isGroupDead) cgroupExit(k, me.tgid)
  if (me.tgid !== id) cgroupExit(k, id)
  if (isGroupDead && isChildReaper(k, me) && waitForInhabitants(k, id)) return
  exitNotify(k, id)
}

/** Who joins the thread is woken. Linux: mm_release(). */
function clearTid(k: Kernel, id: number): void {
  const word = k.threads.get(id)?.clearTid
  if (!word) return
  word.value = 0
  wakeFutex(k, word, 1)
}

/** The end of a process with all its threads. Linux: do_group_exit(). */
export function doGroupExit(k: Kernel, id: number, status: number): void {
  k.trace?.exiting(id)
  zapOtherThreads(k, id, status)
  // A leader that had ended before its threads may be reaped with the last of them.
  if (k.tasks.find(id)) doExit(k, id, status)
}

/** Linux: zap_other_threads(). */
export function zapOtherThreads(k: Kernel, id: number, status: number): void {
  for (const other of threadIds(k, k.tasks.get(id)))
    if (other !== id && k.tasks.find(other)) doExit(k, other, status)
}

/** What a zombie thread does not need: files, directories, namespaces. */
function releaseParts(k: Kernel, me: Own<Task>, isGroupDead: boolean): void {
  const { files, fs, nsproxy } = me
  k.lockWaiters.delete(me.id)
  const opening = k.opening.get(me.id)
  if (opening) {
    k.opening.delete(me.id)
    fput(k.vfs, opening)
  }
  me.files = me.fs = me.nsproxy = 0
  // Before the directories: with the last user a detached mount goes, and all its names.
  if (isGroupDead) releaseMm(k, me.tgid)
  if (files) putFiles(k, files)
  if (fs) putFs(k.vfs, fs)
  if (nsproxy) putNsproxy(k, nsproxy)
}

/** The memory of a process and the program in it. Linux: mmput(). */
function releaseMm(k: Kernel, tgid: number): void {
  const leader = k.tasks.own(tgid)
  const { exeMount, exeDentry } = leader
  k.swap?.resize(tgid, 0)
  uncharge(k, leader.rss)
  unchargeTask(k, tgid)
  leader.rss = 0
  leader.exeDentry = leader.exeMount = 0
  if (exeDentry) putExe(k, exeMount, exeDentry)
}

/** What ends with a process: its alarm, what is pending, its terminal. Its status is the last thread's. */
function releaseProcess(k: Kernel, tgid: number, status: number): void {
  cancelAlarm(k, tgid)
  const leader = k.tasks.own(tgid)
  leader.exitCode = status
  leader.sharedPending = 0n
  leader.sharedQueue = []
  if (leader.session === tgid && leader.tty) disassociateTty(k, leader.tty, tgid)
}

/** What a thread has used is its process's from now on. Linux: __exit_signal(). */
function accountThread(k: Kernel, id: number): void {
  const { utime, stime } = taskTimes(k, id)
  const leader = ownLeader(k, id)
  leader.deadUtime += utime
  leader.deadStime += stime
  inheritIo(k, leader.id, id)
}

/**
 * The death of its init kills everybody in a pid namespace. Who came in by setns(2) has a parent outside, which has yet
 * to wait for it. Linux: zap_pid_ns_processes().
 */
function zapPidNs(k: Kernel, init: Task): void {
  k.pidNamespaces.own(init.pidNs).dead = true
  for (const id of inhabitants(k, init))
    if (k.tasks.find(id)) {
      note(k, id, 'init-died', { comm: init.comm, ns: pidNsName(k, init.pidNs) })
      doGroupExit(k, id, killedBy(SIGKILL))
    }
  for (const id of inhabitants(k, init)) {
    const it = k.tasks.find(id)
    const isReapable = it?.state === 'Z' && !isDelayedLeader(it)
    if (isReapable && !isOutside(k, init.pidNs, it.parent)) releaseTask(k, id)
  }
}

function isOutside(k: Kernel, pidNs: number, taskId: number): boolean {
  const task = k.tasks.find(taskId)
  return task !== undefined && !inPidNs(k, pidNs, task.pidNs)
}

/** Ids of the processes in a pid namespace and those inside it, its init excepted. */
function inhabitants(k: Kernel, init: Task): readonly number[] {
  const ids: number[] = []
  for (const { task } of k.pidNumbers.get(init.pidNs)?.values() ?? [])
    if (k.tasks.find(task)?.tgid === task && task !== init.tgid) ids.push(task)
  return ids
}

/** An init does not become a zombie before the others in its namespace have been waited for. */
function waitForInhabitants(k: Kernel, id: number): boolean {
  const init = k.tasks.own(id)
  if (!inhabitants(k, init).length) return false
  init.state = 'I'
  init.wchan = 'zap_pid_ns_processes'
  k.dyingInits.set(init.pidNs, id)
  return true
}

/** Somebody of a pid namespace, or of one inside it, has been waited for. Linux: free_pid(). */
function wakeDyingInits(k: Kernel): void {
  for (const [pidNs, id] of [...k.dyingInits]) {
    const init = k.tasks.get(id)
    if (inhabitants(k, init).length) continue
    k.dyingInits.delete(pidNs)
    const me = k.tasks.own(id)
    me.state = 'Z'
    me.wchan = ''
    exitNotify(k, id)
  }
}

/** A thread goes at once, and with the last one its process may be waited for. Linux: exit_notify(). */
function exitNotify(k: Kernel, id: number): void {
  forgetChildren(k, id)
  const { tgid } = k.tasks.get(id)
  if (id !== tgid) releaseTask(k, id)
  const leader = k.tasks.get(tgid)
  if (leader.state !== 'Z' || leader.threads.length) return
  if (k.stopped) killOrphanedPgrp(k, tgid)
  if (!leader.parent || notifyParent(k, tgid)) releaseTask(k, tgid)
}

/** Linux: forget_original_parent(): children go to a subreaper above, or to their namespace's init. */
function forgetChildren(k: Kernel, id: number): void {
  const { children, tgid } = k.tasks.get(id)
  if (!children.length) return
  k.tasks.own(id).children = []
  const reaper = findNewReaper(k, id)
  for (const child of children) {
    setProcess(k, child, { parent: reaper })
    for (const thread of threadIds(k, k.tasks.get(child))) {
      const { pdeathsig } = k.tasks.get(thread)
      if (pdeathsig) sendSignal(k, thread, pdeathsig, 0)
    }
  }
  if (reaper) {
    const mother = k.tasks.own(reaper)
    mother.children = [...mother.children, ...children]
  }
  if (k.tasks.find(reaper)?.tgid !== tgid) for (const child of children) adopt(k, child, id)
}

/** A zombie's new parent is told; a stopped group that lost its last link to the session is woken. */
function adopt(k: Kernel, child: number, former: number): void {
  const it = k.tasks.find(child)
  if (!it) return
  if (it.state === 'Z') {
    if (!it.threads.length && (!it.parent || notifyParent(k, child))) releaseTask(k, child)
    return
  }
  const { pgrp, session } = k.tasks.get(former)
  if (k.stopped && it.pgrp !== pgrp && it.session === session) hangUpIfOrphaned(k, it.pgrp, 0)
}

/** Another thread, a subreaper above, the namespace's init; 0 when the initial one's itself is gone. Linux: find_new_reaper(). */
function findNewReaper(k: Kernel, id: number): number {
  const task = k.tasks.get(id)
  const [thread] = livingThreads(k, task)
  if (thread) return thread.id
  const init = k.pidNamespaces.get(task.pidNs).childReaper
  for (let it = k.tasks.find(task.parent); it && it.pidNs === task.pidNs; it = k.tasks.find(it.parent)) {
    const [living] = it.childSubreaper ? livingThreads(k, it) : []
    if (living) return living.id
    if (it.tgid === init) break
  }
  const [reaper] = init === task.tgid || !k.tasks.find(init) ? [] : livingThreads(k, k.tasks.get(init))
  return reaper?.id ?? 0
}

/** "If the exit of the process causes a process group to become orphaned, and if any member … is stopped": _exit(2). */
function killOrphanedPgrp(k: Kernel, id: number): void {
  const { pgrp, parent, session } = k.tasks.get(id)
  const mother = k.tasks.find(parent)
  if (mother && mother.pgrp !== pgrp && mother.session === session) hangUpIfOrphaned(k, pgrp, id)
}

function hangUpIfOrphaned(k: Kernel, pgrp: number, ignored: number): void {
  const members = membersOf(k, pgrp)
  if (!members.some(it => it.state === 'T') || !isOrphanedPgrp(k, pgrp, ignored)) return
  for (const it of members) sendSignal(k, it.id, SIGHUP, 0)
  for (const it of members) sendSignal(k, it.id, SIGCONT, 0)
}

/** Linux: do_notify_parent(). True if the parent does not care and the zombie may go at once. */
function notifyParent(k: Kernel, id: number): boolean {
  const { parent, exitSignal } = k.tasks.get(id)
  const mother = k.tasks.get(parent)
  // An init that dies with its namespace waits for whomever it gets.
  if (k.pidNamespaces.get(mother.pidNs).dead && isChildReaper(k, mother)) return true
  const hand = k.sighands.get(mother.sighand)
  const ignores =
    exitSignal === SIGCHLD &&
    (hand.actions[SIGCHLD] === SIG_IGN || ((hand.flags[SIGCHLD] ?? 0) & SA_NOCLDWAIT) !== 0)
  if (exitSignal && hand.actions[SIGCHLD] !== SIG_IGN) sendSignal(k, parent, exitSignal, id)
  wakeUp(k, `wait:${mother.tgid}`)
  return ignores
}

/** Linux: release_task(): the zombie is gone, and its pid free again. */
export function releaseTask(k: Kernel, id: number): void {
  const task = k.tasks.get(id)
  k.io.delete(id)
  k.withPending.delete(id)
  releasePids(k, id)
  countProcess(k, k.creds.get(task.cred).uid, -1)
  const hand = k.sighands.own(task.sighand)
  if (--hand.users === 0) {
    k.sighands.remove(hand.id)
    k.handlers.delete(hand.id)
  }
  putCred(k, task.cred)
  if (task.tgid === id) leaveFamily(k, task)
  else {
    const leader = ownLeader(k, id)
    leader.threads = leader.threads.filter(thread => thread !== id)
  }
  putPid(k, id)
  if (k.watched.has(id)) k.reaped.set(id, task.exitCode)
  k.tasks.remove(id)
  if (k.dyingInits.size) wakeDyingInits(k)
}

/** A process is nobody's child any more, and in no group. */
function leaveFamily(k: Kernel, { id, parent, pgrp, session }: Task): void {
  const mother = k.tasks.find(parent)
  if (mother) k.tasks.own(mother.id).children = mother.children.filter(child => child !== id)
  putPid(k, pgrp)
  putPid(k, session)
}
