/**
 * The end of a task: it gives everything back, its children get another parent, and a zombie waits to be reaped.
 * Linux: kernel/exit.c, kernel/pid_namespace.c:zap_pid_ns_processes().
 */
import { killedBy, SA_NOCLDWAIT, SIG_IGN, SIGCHLD, SIGCONT, SIGHUP, SIGKILL } from '../abi/index.ts'
import { fput, putFs } from '../vfs/index.ts'
import { exit as cgroupExit, unchargeTask } from './cgroup/index.ts'
import { countProcess, putCred } from './cred.ts'
import { putFiles } from './files.ts'
import { cancelTimer } from './hrtimer.ts'
import type { Kernel } from './kernel.ts'
import { putExe, uncharge } from './mm.ts'
import { putNsproxy } from './nsproxy.ts'
import { inPidNs, isChildReaper, putPid } from './pid-namespace.ts'
import { isOrphanedPgrp, membersOf, sendSignal } from './signal.ts'
import { disassociateTty } from './tty/job-control.ts'
import type { Task } from './types.ts'
import { leaveQueues, wakeUp } from './wake-up.ts'

/** Linux: do_exit(). The task is never resumed after this; `status` is the raw wait status. */
export function doExit(k: Kernel, id: number, status: number): void {
  const task = k.tasks.get(id)
  if (task.state === 'Z') return
  if (isChildReaper(k, task)) zapPidNs(k, task)
  k.trace?.died(id, status)
  leaveQueues(k, id)
  const { alarm } = k.threads.get(id) ?? {}
  if (alarm) cancelTimer(k, alarm)
  k.threads.delete(id)
  k.overNproc.delete(id)
  if (task.state === 'T') k.stopped--
  uncharge(k, task.rss)
  unchargeTask(k, id)

  const wasLeader = task.session === id
  const me = k.tasks.own(id)
  me.state = 'Z'
  me.wchan = ''
  me.exitCode = status
  me.pending = 0n
  me.rtQueue = []
  me.rss = 0
  releaseParts(k, me)
  if (wasLeader && task.tty) disassociateTty(k, task.tty, id)
  k.sched.dequeue(id)
  k.sched.exit(id)
  cgroupExit(k, id)
  exitNotify(k, id)
}

/** What a zombie does not need: files, directories, namespaces. */
function releaseParts(k: Kernel, me: { -readonly [K in keyof Task]: Task[K] }): void {
  const { files, fs, nsproxy, exeDentry, exeMount } = me
  k.lockWaiters.delete(me.id)
  const opening = k.opening.get(me.id)
  if (opening) {
    k.opening.delete(me.id)
    fput(k.vfs, opening)
  }
  me.files = me.fs = me.nsproxy = 0
  me.exeDentry = me.exeMount = 0
  // Before the directories: with the last user a detached mount goes, and all its names.
  if (exeDentry) putExe(k, exeMount, exeDentry)
  if (files) putFiles(k, files)
  if (fs) putFs(k.vfs, fs)
  if (nsproxy) putNsproxy(k, nsproxy)
}

/**
 * Linux: zap_pid_ns_processes(): the death of its init kills everybody in a pid namespace. Who came in by setns(2)
 * has a parent outside, which has yet to wait for it.
 */
function zapPidNs(k: Kernel, init: Task): void {
  const ns = k.pidNamespaces.own(init.pidNs)
  ns.dead = true
  for (const id of inhabitants(k, init)) if (k.tasks.find(id)) doExit(k, id, killedBy(SIGKILL))
  for (const id of inhabitants(k, init)) {
    const it = k.tasks.find(id)
    if (it?.state === 'Z' && !isOutside(k, init.pidNs, it.parent)) releaseTask(k, id)
  }
}

function isOutside(k: Kernel, pidNs: number, taskId: number): boolean {
  const task = k.tasks.find(taskId)
  return task !== undefined && !inPidNs(k, pidNs, task.pidNs)
}

/** Ids of the tasks in a pid namespace and those inside it, its init excepted. */
function inhabitants(k: Kernel, init: Task): readonly number[] {
  const ids: number[] = []
  for (const { task } of k.pidNumbers.get(init.pidNs)?.values() ?? []) if (task !== init.id) ids.push(task)
  return ids
}

/** Linux: exit_notify(). */
function exitNotify(k: Kernel, id: number): void {
  forgetChildren(k, id)
  if (k.stopped) killOrphanedPgrp(k, id)
  const task = k.tasks.get(id)
  if (!task.parent || notifyParent(k, id)) releaseTask(k, id)
}

/** Linux: forget_original_parent(): children go to a subreaper above, or to their namespace's init. */
function forgetChildren(k: Kernel, id: number): void {
  const { children } = k.tasks.get(id)
  if (!children.length) return
  k.tasks.own(id).children = []
  const reaper = findNewReaper(k, id)
  for (const child of children) {
    const it = k.tasks.own(child)
    it.parent = reaper
    if (it.pdeathsig) sendSignal(k, child, it.pdeathsig, 0)
  }
  if (reaper) {
    const mother = k.tasks.own(reaper)
    mother.children = [...mother.children, ...children]
  }
  for (const child of children) adopt(k, child, id)
}

/** A zombie's new parent is told; a stopped group that lost its last link to the session is woken. */
function adopt(k: Kernel, child: number, former: number): void {
  const it = k.tasks.find(child)
  if (!it) return
  if (it.state === 'Z') {
    if (!it.parent || notifyParent(k, child)) releaseTask(k, child)
    return
  }
  const { pgrp, session } = k.tasks.get(former)
  if (k.stopped && it.pgrp !== pgrp && it.session === session) hangUpIfOrphaned(k, it.pgrp, 0)
}

/** Linux: find_new_reaper(). 0 when the initial namespace's init itself is gone. */
function findNewReaper(k: Kernel, id: number): number {
  const task = k.tasks.get(id)
  const init = k.pidNamespaces.get(task.pidNs).childReaper
  for (let it = k.tasks.find(task.parent); it && it.pidNs === task.pidNs; it = k.tasks.find(it.parent)) {
    if (it.childSubreaper && it.state !== 'Z') return it.id
    if (it.id === init) break
  }
  if (init !== id) return k.tasks.find(init)?.state === 'Z' ? 0 : init
  return 0
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
  const hand = k.sighands.get(mother.sighand)
  const ignores =
    exitSignal === SIGCHLD &&
    (hand.actions[SIGCHLD] === SIG_IGN || ((hand.flags[SIGCHLD] ?? 0) & SA_NOCLDWAIT) !== 0)
  if (exitSignal && hand.actions[SIGCHLD] !== SIG_IGN) sendSignal(k, parent, exitSignal, id)
  wakeUp(k, `wait:${parent}`)
  return ignores
}

/** Linux: release_task(): the zombie is gone, and its pid free again. */
export function releaseTask(k: Kernel, id: number): void {
  const task = k.tasks.get(id)
  const mother = k.tasks.find(task.parent)
  if (mother) k.tasks.own(mother.id).children = mother.children.filter(child => child !== id)
  k.io.delete(id)
  k.withPending.delete(id)
  countProcess(k, k.creds.get(task.cred).uid, -1)
  const hand = k.sighands.own(task.sighand)
  if (--hand.users === 0) k.sighands.remove(hand.id)
  putCred(k, task.cred)
  putPid(k, task.pgrp)
  putPid(k, task.session)
  putPid(k, id)
  if (k.watched.has(id)) k.reaped.set(id, task.exitCode)
  k.tasks.remove(id)
}
