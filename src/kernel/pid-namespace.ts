/**
 * Process ids: one number per pid namespace a task is visible in. Records name tasks by id; the numbers are kept here,
 * in indexes that are rebuilt from the tasks. Linux: kernel/pid.c, kernel/pid_namespace.c; pid_namespaces(7).
 */
import { EAGAIN, EINVAL, ENOMEM, ENOSPC, ESRCH } from '../abi/index.ts'
import type { Kernel } from './kernel.ts'
import { pidNsName, refuse } from './refuse.ts'
import { sysctl } from './sysctl.ts'
import type { PidNamespace, Task } from './types.ts'
import { putUserNs } from './user-namespace.ts'

const MAX_LEVEL = 32
/** After the numbers have wrapped, those below are not used again. Linux: RESERVED_PIDS. */
const RESERVED = 300

/** Linux: struct pid. Outlives its task while a process group or session still carries its number. */
export interface Pid {
  /** The id of the task it was made for. */
  readonly task: number
  readonly numbers: readonly number[]
  /** The namespaces, parallel to `numbers`. */
  readonly spaces: readonly number[]
  /** The task itself, and every task whose group or session it is. */
  users: number
}

/** The number by which `pidNs` knows the task (or the group or session it led); 0 if it is not visible there. */
export function pidIn(k: Kernel, taskId: number, pidNs: number): number {
  const pid = k.pids.get(taskId)
  if (!pid) return 0
  const index = pid.spaces.indexOf(pidNs)
  return index < 0 ? 0 : pid.numbers[index]!
}

/** The id of the task that has the number `pid` in the namespace, 0 if there is none. */
export function taskByPid(k: Kernel, pidNs: number, pid: number): number {
  const it = k.pidNumbers.get(pidNs)?.get(pid)
  return it && k.tasks.find(it.task) ? it.task : 0
}

/** Linux: find_task_by_vpid(), where 0 is the caller. */
export const taskOrSelf = (k: Kernel, task: Task, pid: number): Task | undefined =>
  pid === 0 ? task : k.tasks.find(taskByPid(k, task.pidNs, pid))

/** The same for a call that needs one. ESRCH. */
export function wanted(k: Kernel, task: Task, pid: number): Task {
  const it = taskOrSelf(k, task, pid)
  if (!it) throw ESRCH
  return it
}

/** The struct pid with this number, whose task may be gone while a group or session bears it. */
export const findPid = (k: Kernel, pidNs: number, pid: number): Pid | undefined =>
  k.pidNumbers.get(pidNs)?.get(pid)

/** From the initial namespace inwards. */
function lineage(k: Kernel, pidNs: number): readonly PidNamespace[] {
  const spaces: PidNamespace[] = []
  for (let id = pidNs; id; id = spaces[0]!.parent) spaces.unshift(k.pidNamespaces.get(id))
  return spaces
}

/** The namespaces a task in `pidNs` has a number in, outermost first. Kept because forks ask for it all the time. */
function spacesOf(k: Kernel, pidNs: number): readonly number[] {
  const known = k.pidSpaces.get(pidNs)
  if (known) return known
  const spaces = lineage(k, pidNs).map(ns => ns.id)
  k.pidSpaces.set(pidNs, spaces)
  return spaces
}

/** What alloc_pid() refuses: ENOMEM into a namespace whose init died, EAGAIN when no number is free. */
export function checkAllocPid(k: Kernel, pidNs: number): void {
  const { dead, inum } = k.pidNamespaces.get(pidNs)
  if (dead) {
    // By then alloc_pid() has taken a number in each namespace: it is skipped.
    allocPids(k, pidNs)
    throw refuse(k, ENOMEM, 'pid-ns-dead', { ns: `pid:[${inum}]` })
  }
  for (const id of spacesOf(k, pidNs))
    if (!hasFreeNumber(k, id)) throw refuse(k, EAGAIN, 'pid-max', { max: sysctl(k, 'kernel/pid_max') })
}

/** The numbers below RESERVED are given out once only. */
function hasFreeNumber(k: Kernel, id: number): boolean {
  const max = sysctl(k, 'kernel/pid_max')
  const taken = k.pidNumbers.get(id)
  if (!taken || taken.size < max - RESERVED) return true
  const first = Math.min(k.pidNamespaces.get(id).lastPid + 1, RESERVED)
  for (let number = first; number < max; number++) if (!taken.has(number)) return true
  return false
}

/** Linux: alloc_pid(): the next number in each namespace. Needs: checkAllocPid(). */
export function allocPids(k: Kernel, pidNs: number): readonly number[] {
  const spaces = spacesOf(k, pidNs)
  const numbers: number[] = []
  for (const id of spaces) numbers.push(nextNumber(k, id))
  return numbers
}

function nextNumber(k: Kernel, id: number): number {
  const ns = k.pidNamespaces.own(id)
  const taken = k.pidNumbers.get(id)
  let number = ns.lastPid
  do number = number + 1 >= sysctl(k, 'kernel/pid_max') ? RESERVED : number + 1
  while (taken?.has(number))
  ns.lastPid = number
  return number
}

/** Linux: attach_pid(PIDTYPE_TGID): from now on the numbers find the task. */
export function attachPids(k: Kernel, taskId: number, pidNs: number, numbers: readonly number[]): void {
  k.pidNamespaces.own(pidNs).refs++
  indexPids(k, taskId, pidNs, numbers)
}

function indexPids(k: Kernel, taskId: number, pidNs: number, numbers: readonly number[]): void {
  const spaces = spacesOf(k, pidNs)
  const pid: Pid = { task: taskId, numbers, spaces, users: 1 }
  k.pids.set(taskId, pid)
  for (let i = 0; i < spaces.length; i++) {
    let taken = k.pidNumbers.get(spaces[i]!)
    if (!taken) k.pidNumbers.set(spaces[i]!, (taken = new Map()))
    taken.set(numbers[i]!, pid)
  }
}

/** A group or session, or the task itself, bears the struct pid of `taskId`. */
export function getPid(k: Kernel, taskId: number): void {
  const pid = k.pids.get(taskId)
  if (pid) pid.users++
}

/** Linux: put_pid() and free_pid(). */
export function putPid(k: Kernel, taskId: number): void {
  const pid = k.pids.get(taskId)
  if (!pid || --pid.users > 0) return
  k.pids.delete(taskId)
  k.autogroups.delete(taskId)
  const home = pid.spaces[pid.spaces.length - 1]!
  for (let i = 0; i < pid.spaces.length; i++) k.pidNumbers.get(pid.spaces[i]!)?.delete(pid.numbers[i]!)
  putPidNs(k, home)
}

/** What create_pid_namespace() refuses. "EINVAL ... the caller's active namespace is not the one for its children". */
export function checkCreatePidNs(k: Kernel, task: Task, pidForChildren: number): void {
  if (task.pidNs !== pidForChildren)
    throw refuse(k, EINVAL, 'pid-ns-twice', {
      ns: pidNsName(k, pidForChildren),
      mine: pidNsName(k, task.pidNs),
    })
  if (k.pidNamespaces.get(pidForChildren).level + 1 > MAX_LEVEL)
    throw refuse(k, ENOSPC, 'pid-ns-depth', { max: MAX_LEVEL })
}

export function createPidNs(k: Kernel, parent: number, userNs: number, creator: number): number {
  const outer = k.pidNamespaces.own(parent)
  outer.refs++
  k.userNamespaces.own(userNs).refs++
  return k.pidNamespaces.insert({
    inum: k.nextInum(),
    userNs,
    creator,
    refs: 1,
    parent,
    level: outer.level + 1,
    childReaper: 0,
    lastPid: 0,
    dead: false,
  }).id
}

/** Linux: put_pid_ns(). Tasks, nsproxies, files and inner namespaces keep it. */
export function putPidNs(k: Kernel, id: number): void {
  const ns = k.pidNamespaces.own(id)
  if (--ns.refs > 0) return
  const { userNs, parent } = ns
  k.pidNamespaces.remove(id)
  k.pidNumbers.delete(id)
  k.pidSpaces.delete(id)
  putUserNs(k, userNs)
  if (parent) putPidNs(k, parent)
}

export function initPidNamespace(k: Kernel): number {
  k.userNamespaces.own(k.initUserNs).refs++
  return k.pidNamespaces.insert({
    inum: k.inums.pid,
    userNs: k.initUserNs,
    creator: -1,
    refs: 1,
    parent: 0,
    level: 0,
    childReaper: 0,
    lastPid: 0,
    dead: false,
  }).id
}

/** Whether `pidNs` is `ancestor` or lies inside it. */
export function inPidNs(k: Kernel, ancestor: number, pidNs: number): boolean {
  return spacesOf(k, pidNs).includes(ancestor)
}

/** Linux: task_active_pid_ns() == ns && pid 1: the init of a pid namespace, which unhandled signals do not harm. */
export const isChildReaper = (k: Kernel, task: Task): boolean =>
  k.pidNamespaces.get(task.pidNs).childReaper === task.tgid

/** Rebuild what this file keeps beside the tables. Numbers of dead leaders cannot be known. */
export function rebuildPids(k: Kernel): void {
  k.pids.clear()
  k.pidNumbers.clear()
  for (const task of k.tasks.values()) indexPids(k, task.id, task.pidNs, task.pids)
  for (const task of k.tasks.values())
    if (task.tgid === task.id) for (const leader of [task.pgrp, task.session]) getPid(k, leader)
}
