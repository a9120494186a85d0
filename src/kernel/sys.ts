/**
 * Sessions and process groups, priorities, limits, names and times. Linux: kernel/sys.c, kernel/sched/core.c,
 * kernel/time/posix-timers.c.
 *
 * Left out: PRIO_USER in other user namespaces.
 */
import {
  CAP_SYS_ADMIN,
  CAP_SYS_NICE,
  CAP_SYS_RESOURCE,
  CAP_SYS_TIME,
  CLOCK_BOOTTIME,
  CLOCK_MONOTONIC,
  CLOCK_PROCESS_CPUTIME_ID,
  CLOCK_REALTIME,
  CLOCK_THREAD_CPUTIME_ID,
  EACCES,
  EBUSY,
  EINVAL,
  EPERM,
  ESRCH,
  PRIO_PGRP,
  PRIO_PROCESS,
  PRIO_USER,
  RLIMIT_NICE,
  RLIMIT_NOFILE,
  type Rlimit,
  type Rusage,
  type Sysinfo,
  type Timespec,
  type Utsname,
  SCHED_DEADLINE,
} from '../abi/index.ts'
import type { Cred } from '../vfs/index.ts'
import { capable, nsCapable } from './capability.ts'
import type { Kernel } from './kernel.ts'
import { memoryUse } from './mm.ts'
import { machineOf, releaseOf } from './personality.ts'
import { findPid, getPid, pidIn, putPid, taskOrSelf, wanted } from './pid-namespace.ts'
import { cpusetOf } from './cgroup/index.ts'
import { loadavg, taskSwitches, taskTimes } from './sched/index.ts'
import { checkSafeNice } from './sched-policy.ts'
import { sysctl } from './sysctl.ts'
import { isBound } from './task-flags.ts'
import {
  isSameThreadGroup,
  isThreadGroupLeader,
  leaderOf,
  processTimes,
  setProcess,
  threadIds,
} from './thread-group.ts'
import { refuse } from './refuse.ts'
import type { Task } from './types.ts'
import { makeKuid } from './user-namespace.ts'
import { KERNEL_RELEASE, KERNEL_VERSION } from './version.ts'

// Sessions and process groups

export const getpid = (k: Kernel, task: Task): number => gettid(k, leaderOf(k, task))
export const gettid = (_k: Kernel, task: Task): number => task.pids[task.pids.length - 1]!
export const getppid = (k: Kernel, task: Task): number =>
  pidIn(k, k.tasks.find(task.parent)?.tgid ?? 0, task.pidNs)

export const getpgid = (k: Kernel, task: Task, pid: number): number =>
  pidIn(k, wanted(k, task, pid).pgrp, task.pidNs)
export const getsid = (k: Kernel, task: Task, pid: number): number =>
  pidIn(k, wanted(k, task, pid).session, task.pidNs)

export function setpgid(k: Kernel, task: Task, pid: number, pgid: number): void {
  if (pgid < 0) throw EINVAL
  const it = pid === 0 ? leaderOf(k, task) : wanted(k, task, pid)
  if (!isThreadGroupLeader(it)) throw EINVAL
  if (it.id !== task.tgid) {
    if (k.tasks.find(it.parent)?.tgid !== task.tgid) throw ESRCH
    if (it.session !== task.session) throw EPERM
    if (it.didExec) throw refuse(k, EACCES, 'setpgid-execed', {})
  }
  if (it.session === it.id) throw refuse(k, EPERM, 'setpgid-leader', {})
  const leader = pgid === 0 ? it.id : (findPid(k, task.pidNs, pgid)?.task ?? 0)
  if (leader !== it.id && !hasMember(k, leader, task.session)) throw EPERM
  changePgrp(k, it.id, leader)
}

/** A group may be joined if somebody of one's session is in it. */
function hasMember(k: Kernel, pgrp: number, session: number): boolean {
  if (!pgrp) return false
  for (const it of k.tasks.values()) if (it.pgrp === pgrp) return it.session === session
  return false
}

function changePgrp(k: Kernel, id: number, pgrp: number): void {
  const { pgrp: old } = k.tasks.get(id)
  if (old === pgrp) return
  getPid(k, pgrp)
  putPid(k, old)
  setProcess(k, id, { pgrp })
}

export function setsid(k: Kernel, task: Task): number {
  for (const it of k.tasks.values())
    if (it.pgrp === task.tgid || it.session === task.tgid)
      throw refuse(k, EPERM, 'setsid-leader', { pid: getpid(k, task) })
  becomeSessionLeader(k, task.tgid)
  return getpid(k, task)
}

/** Linux: set_special_pids(), sched_autogroup_create_attach(). The controlling terminal is left behind. */
export function becomeSessionLeader(k: Kernel, id: number): void {
  k.autogroups.set(id, { number: ++k.lastAutogroup, nice: 0 })
  changePgrp(k, id, id)
  getPid(k, id)
  putPid(k, k.tasks.get(id).session)
  setProcess(k, id, { session: id, tty: 0 })
  for (const thread of threadIds(k, k.tasks.get(id))) k.sched.moved(thread)
}

// Priorities

function targetsOf(k: Kernel, task: Task, which: number, who: number): Task[] {
  if (which === PRIO_PROCESS) {
    const it = taskOrSelf(k, task, who)
    return it ? [it] : []
  }
  const all = [...k.tasks.values()].filter(it => it.state !== 'Z')
  if (which === PRIO_PGRP) {
    const pgrp = who === 0 ? task.pgrp : findPid(k, task.pidNs, who)?.task
    return all.filter(it => it.pgrp === pgrp)
  }
  if (which !== PRIO_USER) throw EINVAL
  const cred = k.creds.get(task.cred)
  const uid = who === 0 ? cred.uid : makeKuid(k, cred.userNs, who)
  return all.filter(it => k.creds.get(it.cred).uid === uid)
}

/** The highest priority among them. */
export function getpriority(k: Kernel, task: Task, which: number, who: number): number {
  const targets = targetsOf(k, task, which, who)
  if (!targets.length) throw ESRCH
  return Math.min(...targets.map(it => it.nice))
}

/** Linux: set_one_prio(). EPERM for somebody else's task, EACCES for a higher priority than one may give. */
export function setpriority(k: Kernel, task: Task, which: number, who: number, nice: number): void {
  const wantedNice = Math.max(-20, Math.min(19, nice))
  const targets = targetsOf(k, task, which, who)
  if (!targets.length) throw ESRCH
  const mine = k.creds.get(task.cred)
  let refusal: typeof EPERM | undefined
  for (const it of targets) {
    refusal = niceRefusal(k, mine, it, wantedNice)
    if (refusal) continue
    k.tasks.own(it.id).nice = wantedNice
    k.sched.setNice(it.id)
  }
  if (refusal) throw refusal
}

function niceRefusal(k: Kernel, mine: Cred, it: Task, nice: number): typeof EPERM | undefined {
  const its = k.creds.get(it.cred)
  if (its.uid !== mine.euid && its.euid !== mine.euid && !nsCapable(k, mine, CAP_SYS_NICE, its.userNs))
    return EPERM
  const floor = 20 - it.rlimits[RLIMIT_NICE]!.cur
  if (nice < it.nice && nice < floor && !capable(k, mine, CAP_SYS_NICE)) return EACCES
  return undefined
}

export function getaffinity(k: Kernel, task: Task, pid: number): readonly number[] {
  const { affinity } = wanted(k, task, pid)
  return affinity
}

export function setaffinity(k: Kernel, task: Task, pid: number, cpus: readonly number[]): void {
  const it = wanted(k, task, pid)
  if (isBound(it)) throw refuse(k, EINVAL, 'kthread-bound', { pid, comm: it.comm })
  const mine = k.creds.get(task.cred)
  const its = k.creds.get(it.cred)
  if (its.uid !== mine.euid && its.euid !== mine.euid && !nsCapable(k, mine, CAP_SYS_NICE, its.userNs))
    throw EPERM
  checkSafeNice(k, task, it)
  const allowed = cpusetOf(k, it.id)
  const online = [...new Set(cpus)].filter(cpu => allowed.includes(cpu)).sort((a, b) => a - b)
  if (!online.length) throw EINVAL
  // A deadline must be met on whatever CPU. Linux: dl_task_check_affinity().
  if (it.policy === SCHED_DEADLINE && online.length < k.cpus) throw EBUSY
  k.tasks.own(it.id).affinity = online
  k.sched.setAffinity(it.id)
}

// Limits

export function prlimit(k: Kernel, task: Task, pid: number, resource: number, limit?: Rlimit): Rlimit {
  const it = wanted(k, task, pid)
  const old = it.rlimits[resource]
  if (!old) throw EINVAL
  const mine = k.creds.get(task.cred)
  if (!isSameThreadGroup(it, task) && !maySetLimits(k, mine, k.creds.get(it.cred))) throw EPERM
  if (!limit) return old
  if (limit.cur > limit.max) throw refuse(k, EINVAL, 'rlimit-soft', { soft: limit.cur, hard: limit.max })
  if (resource === RLIMIT_NOFILE && limit.max > sysctl(k, 'fs/nr_open'))
    throw refuse(k, EPERM, 'nr-open', { max: sysctl(k, 'fs/nr_open') })
  if (limit.max > old.max && !capable(k, mine, CAP_SYS_RESOURCE))
    throw refuse(k, EPERM, 'rlimit-raise', { max: old.max, wanted: limit.max })
  const rlimits = it.rlimits.slice()
  rlimits[resource] = { cur: limit.cur, max: limit.max }
  setProcess(k, it.id, { rlimits })
  return old
}

/** Linux: check_prlimit_permission(). */
function maySetLimits(k: Kernel, mine: Cred, its: Cred): boolean {
  const same =
    [its.euid, its.suid, its.uid].every(uid => uid === mine.uid) &&
    [its.egid, its.sgid, its.gid].every(gid => gid === mine.gid)
  return same || nsCapable(k, mine, CAP_SYS_RESOURCE, its.userNs)
}

// Names

export function uname(k: Kernel, task: Task): Utsname {
  const { nodename, domainname } = k.utsNamespaces.get(k.nsproxies.get(task.nsproxy).uts)
  return {
    sysname: 'Linux',
    nodename,
    release: releaseOf(task, KERNEL_RELEASE),
    version: KERNEL_VERSION,
    machine: machineOf(task),
    domainname,
  }
}

/** Linux: __NEW_UTS_LEN. */
export const NAME_LENGTH = 64

function setUtsName(k: Kernel, task: Task, which: 'nodename' | 'domainname', name: string): void {
  const uts = k.utsNamespaces.get(k.nsproxies.get(task.nsproxy).uts)
  if (!nsCapable(k, k.creds.get(task.cred), CAP_SYS_ADMIN, uts.userNs)) throw EPERM
  if (name.length > NAME_LENGTH) throw refuse(k, EINVAL, 'name-length', { max: NAME_LENGTH })
  k.utsNamespaces.own(uts.id)[which] = name
}

export const sethostname = (k: Kernel, task: Task, name: string): void =>
  setUtsName(k, task, 'nodename', name)
export const setdomainname = (k: Kernel, task: Task, name: string): void =>
  setUtsName(k, task, 'domainname', name)

// Times

export function clockGettime(k: Kernel, task: Task, clock: number): Timespec {
  if (clock === CLOCK_REALTIME) return k.realtime()
  const time = k.timeNamespaces.get(k.nsproxies.get(task.nsproxy).time)
  if (clock === CLOCK_MONOTONIC) return timespec(k.now() + time.monotonicOffset)
  if (clock === CLOCK_BOOTTIME) return timespec(k.now() + time.boottimeOffset)
  if (clock !== CLOCK_PROCESS_CPUTIME_ID && clock !== CLOCK_THREAD_CPUTIME_ID) throw EINVAL
  const isThread = clock === CLOCK_THREAD_CPUTIME_ID
  const { utime, stime } = isThread ? taskTimes(k, task.id) : processTimes(k, task)
  return timespec(utime + stime)
}

/** Only the realtime clock can be set; the others, and who sleeps, do not notice. */
export function clockSettime(k: Kernel, task: Task, clock: number, { sec, nsec }: Timespec): void {
  if (clock !== CLOCK_REALTIME || sec < 0 || nsec < 0 || nsec >= 1e9) throw EINVAL
  if (!nsCapable(k, k.creds.get(task.cred), CAP_SYS_TIME, k.initUserNs)) throw EPERM
  const since = timespec(k.now())
  const borrow = nsec < since.nsec ? 1 : 0
  k.bootTime = { sec: sec - since.sec - borrow, nsec: nsec - since.nsec + borrow * 1e9 }
}

export const timespec = (ns: number): Timespec => ({ sec: Math.floor(ns / 1e9), nsec: Math.floor(ns % 1e9) })

export function getrusage(k: Kernel, task: Task, who: 'self' | 'children' | 'thread'): Rusage {
  const { hiwaterRss, cutime, cstime } = leaderOf(k, task)
  const maxrss = Math.round(hiwaterRss / 1024)
  if (who === 'children') return { utime: cutime, stime: cstime, maxrss, nvcsw: 0, nivcsw: 0 }
  const { nvcsw, nivcsw } = taskSwitches(k, task.id)
  const times = who === 'thread' ? taskTimes(k, task.id) : processTimes(k, task)
  return { ...times, maxrss, nvcsw, nivcsw }
}

export function sysinfo(k: Kernel): Sysinfo {
  const { total, free } = memoryUse(k)
  return {
    uptime: Math.floor(k.now() / 1e9),
    loads: loadavg(k) as [number, number, number],
    totalram: total,
    freeram: free,
    procs: k.tasks.size,
  }
}

export function umask(k: Kernel, task: Task, mask: number): number {
  const old = k.fsStructs.get(task.fs).umask
  if (old !== (mask & 0o777)) k.fsStructs.own(task.fs).umask = mask & 0o777
  return old
}
