/**
 * From the scheduler's own counters to the tables, and to readers. Nothing here changes the scheduler's state, so
 * looking at a machine, or committing it, does not disturb it. Linux: kernel/sched/cputime.c, fs/proc/stat.c.
 */
import type { Kernel } from '../kernel.ts'
import type { CpuAccount, Rq } from './entity.ts'
import { userPart } from './fair.ts'
import type { PsiResource } from './psi.ts'
import type { Scheduler } from './scheduler.ts'

/** CPU time in ns. */
export interface CpuTime {
  readonly user: number
  readonly system: number
}

/** What the running task of a CPU has used since it was last charged, its burst in progress included. */
function unchargedOf(s: Scheduler, rq: Rq): CpuTime {
  const task = rq.curr
  if (!task) return { user: 0, system: 0 }
  const delta = s.k.clock - rq.execStart
  const user = userPart(task, delta)
  if (s.resuming !== task) return { user, system: delta - user }
  const [spent, spentUser] = [Math.round(s.k.spent), Math.round(s.k.spentUser)]
  return { user: user + spentUser, system: delta - user + spent - spentUser }
}

/** utime and stime of a task up to this very moment. Linux: task_cputime_adjusted(). */
export function taskTimes(k: Kernel, taskId: number): { utime: number; stime: number } {
  const task = k.sched.find(taskId)
  if (!task) {
    const { utime, stime } = k.tasks.get(taskId)
    return { utime, stime }
  }
  const rq = k.sched.rqs[task.cpu]!
  const more = rq.curr === task ? unchargedOf(k.sched, rq) : { user: 0, system: 0 }
  return { utime: task.utime + more.user, stime: task.stime + more.system }
}

/** Where a task is and how often it was switched out, up to now: the record is brought up to date by `settle`. */
export function taskSwitches(k: Kernel, taskId: number): { cpu: number; nvcsw: number; nivcsw: number } {
  const { cpu, nvcsw, nivcsw } = k.sched.find(taskId) ?? k.tasks.get(taskId)
  return { cpu, nvcsw, nivcsw }
}

/** What the scheduler's own files tell of a task. Times in ns. */
export interface TaskSchedInfo {
  readonly runDelay: number
  readonly pcount: number
  readonly nrMigrations: number
  readonly lastArrival: number
  /** What is left of a deadline task's runtime, and until when. */
  readonly dl: { readonly runtime: number; readonly deadline: number } | undefined
}

/** Linux: struct sched_info, as far as the task has not ended. */
export function taskSchedInfo(k: Kernel, taskId: number): TaskSchedInfo {
  const task = k.sched.find(taskId)
  if (!task) return { runDelay: 0, pcount: 0, nrMigrations: 0, lastArrival: 0, dl: undefined }
  const { runDelay, pcount, nrMigrations, lastArrival, dl } = task
  return { runDelay, pcount, nrMigrations, lastArrival, dl }
}

/** How long tasks ran on a CPU and waited for it, and how often one began to run. Linux: struct sched_info of an rq. */
export function rqSchedInfo(k: Kernel, cpu: number): { cpuTime: number; runDelay: number; pcount: number } {
  const { cpuTime, runDelay, pcount } = k.sched.rqs[cpu]!
  return { cpuTime, runDelay, pcount }
}

function accountTimes(s: Scheduler, account: CpuAccount): CpuTime[] {
  return s.rqs.map(rq => {
    let more: CpuTime = { user: 0, system: 0 }
    for (let it = rq.curr?.account; it; it = it.parent) if (it === account) more = unchargedOf(s, rq)
    return { user: account.user[rq.cpu]! + more.user, system: account.system[rq.cpu]! + more.system }
  })
}

/** CPU time used in a cgroup and below, per CPU. Linux: cgroup_base_stat_cputime_show(), cpuacct. */
export const cgroupCpuTimes = (k: Kernel, cgroupId: number): readonly CpuTime[] =>
  accountTimes(k.sched, k.sched.groups.account(cgroupId))

/** What cpu.stat shows, in ns. */
export interface CpuStat {
  readonly usage: number
  readonly user: number
  readonly system: number
  readonly nrPeriods: number
  readonly nrThrottled: number
  readonly throttledTime: number
  readonly nrBursts: number
  readonly burstTime: number
}

export function cgroupCpuStat(k: Kernel, cgroupId: number): CpuStat {
  let [user, system] = [0, 0]
  for (const time of cgroupCpuTimes(k, cgroupId)) {
    user += time.user
    system += time.system
  }
  const group = k.sched.groups.find(cgroupId)
  const { nrPeriods = 0, nrThrottled = 0, throttledTime = 0, nrBursts = 0, burstTime = 0 } = group ?? {}
  return { usage: user + system, user, system, nrPeriods, nrThrottled, throttledTime, nrBursts, burstTime }
}

/** One CPU since boot, in ns, as /proc/stat divides it. */
export function cpuTimes(
  k: Kernel,
  cpu: number,
): { user: number; nice: number; system: number; idle: number; iowait: number } {
  const rq = k.sched.rqs[cpu]!
  const more = unchargedOf(k.sched, rq)
  const isNice = (rq.curr?.nice ?? 0) > 0
  const user = rq.user + (isNice ? 0 : more.user)
  const nice = rq.nice + (isNice ? more.user : 0)
  const system = rq.system + more.system
  const iowait = rq.iowait + rq.idleWaiting(k.clock)
  return { user, nice, system, iowait, idle: Math.max(0, k.clock - user - nice - system - iowait) }
}

/** The three load averages of /proc/loadavg, in hundredths. */
export function loadavg(k: Kernel): readonly [number, number, number] {
  k.sched.load.catchUp(k.clock, k.sched.nrRunning + k.sched.nrUninterruptible)
  return k.sched.load.values
}

/** Runnable tasks, running ones included: procs_running of /proc/stat. */
export const nrRunning = (k: Kernel): number => k.sched.nrRunning

/** The text of a file in /proc/pressure, and of cpu.pressure and the like of a cgroup. Linux: psi_show(). */
export const showPressure = (k: Kernel, resource: PsiResource, cgroupId = 0): string =>
  k.sched.groups.psi(cgroupId).show(k.clock, resource)

/** Tasks that wait for a disk: procs_blocked of /proc/stat. Linux: nr_iowait(). */
export const nrIowait = (k: Kernel): number => k.sched.rqs.reduce((sum, rq) => sum + rq.nrIowait, 0)

/** Context switches since boot, for /proc/stat. */
export const nrSwitches = (k: Kernel): number => k.sched.rqs.reduce((sum, rq) => sum + rq.nrSwitches, 0)

/** Write every counter that moved into its record. */
export function settle(s: Scheduler): void {
  for (const rq of s.rqs) {
    if (!rq.curr) continue
    s.touchTask(rq.curr)
    for (let account: CpuAccount | undefined = rq.curr.account; account; account = account.parent)
      s.touchAccount(account)
  }
  settleTasks(s)
  settleGroups(s)
  settleAccounts(s)
}

function settleTasks(s: Scheduler): void {
  for (const task of s.dirtyTasks) {
    task.dirty = false
    if (!s.k.tasks.find(task.id)) continue
    const record = s.k.tasks.own(task.id)
    const { utime, stime } = taskTimes(s.k, task.id)
    record.utime = utime
    record.stime = stime
    record.vruntime = task.se.vruntime
    record.cpu = task.cpu
    record.onCpu = s.rqs[task.cpu]!.curr === task
    record.nvcsw = task.nvcsw
    record.nivcsw = task.nivcsw
  }
  s.dirtyTasks.clear()
}

function settleGroups(s: Scheduler): void {
  for (const group of s.dirtyGroups) {
    group.dirty = false
    if (!s.k.cgroups.find(group.id)) continue
    const record = s.k.cgroups.own(group.id)
    record.nrPeriods = group.nrPeriods
    record.nrThrottled = group.nrThrottled
    record.throttledTime = group.throttledTime
    record.nrBursts = group.nrBursts
    record.burstTime = group.burstTime
    record.throttled = group.throttledList.length > 0
    record.runtime = group.runtime
  }
  s.dirtyGroups.length = 0
}

function settleAccounts(s: Scheduler): void {
  for (const account of s.dirtyAccounts) {
    account.dirty = false
    const id = account.id || s.groups.accountingRoot
    if (!s.k.cgroups.find(id)) continue
    const record = s.k.cgroups.own(id)
    let [user, system] = [0, 0]
    for (const time of accountTimes(s, account)) {
      user += time.user
      system += time.system
    }
    record.usage = user + system
    record.usageUser = user
    record.usageSystem = system
  }
  s.dirtyAccounts.length = 0
}
