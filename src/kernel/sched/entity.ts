/**
 * What the scheduler keeps while it runs: entities, run queues and groups. Linux: kernel/sched/sched.h.
 * All of this lies outside the tables and is made again from them (`SchedTask` from `Task`, `TaskGroup` from `Cgroup`).
 */
import type { Timer } from '../hrtimer.ts'
import type { DlEntity } from './deadline.ts'
import type { PsiGroup } from './psi.ts'

/** Linux: struct sched_entity. A task or a group on one CPU, competing in the queue `cfsRq`. */
export class SchedEntity {
  weight: number
  vruntime = 0
  sumExec = 0
  /** `sumExec` when it was picked: the difference is what it has had of its slice. */
  prevSumExec = 0
  onRq = false
  /** Of SCHED_IDLE or a group with cpu.idle: anybody else goes first. */
  isIdle = false
  /** How many groups it is inside of. */
  depth = 0
  cfsRq: CfsRq
  /** The queue a group entity owns; undefined for tasks. */
  readonly myQ: CfsRq | undefined
  readonly task: SchedTask | undefined

  constructor(weight: number, cfsRq: CfsRq, myQ: CfsRq | undefined, task: SchedTask | undefined) {
    this.weight = weight
    this.cfsRq = cfsRq
    this.depth = depthOf(cfsRq)
    this.myQ = myQ
    this.task = task
  }

  /** The group entity above it. */
  get parent(): SchedEntity | undefined {
    return this.cfsRq.se
  }
}

const depthOf = (q: CfsRq): number => (q.se ? q.se.depth + 1 : 0)

/** Linux: struct cfs_rq. One group's runnable entities on one CPU. */
export class CfsRq {
  readonly rq: Rq
  readonly group: TaskGroup
  /** The entity that stands for this queue in the queue above; undefined at the root. */
  se: SchedEntity | undefined
  curr: SchedEntity | undefined
  /** Waiting entities, largest vruntime first, so that the leftmost of Linux's tree is the last. */
  readonly tree: SchedEntity[] = []
  skip: SchedEntity | undefined
  minVruntime = 0
  /** Sum of weights, the running one included. */
  load = 0
  nrRunning = 0
  /** Tasks below it that are not throttled further down. */
  hNrRunning = 0
  // Bandwidth control
  runtimeEnabled = false
  runtimeRemaining = 0
  throttled = false
  /** How many of it and its ancestors are throttled on this CPU. */
  throttleCount = 0
  throttledClock = 0

  constructor(rq: Rq, group: TaskGroup) {
    this.rq = rq
    this.group = group
  }

  /** Let an entity that is not queued compete here from now on. Linux: set_task_rq(). */
  adopt(se: SchedEntity): void {
    se.vruntime += this.minVruntime - se.cfsRq.minVruntime
    se.cfsRq = this
    se.depth = depthOf(this)
  }

  /** Put a waiting entity in order; among equals the newcomer is last. */
  enqueueTree(se: SchedEntity): void {
    const tree = this.tree
    let low = 0
    let high = tree.length
    while (low < high) {
      const mid = (low + high) >> 1
      if (tree[mid]!.vruntime > se.vruntime) low = mid + 1
      else high = mid
    }
    if (low === tree.length) tree.push(se)
    else tree.splice(low, 0, se)
  }

  dequeueTree(se: SchedEntity): void {
    const tree = this.tree
    if (tree[tree.length - 1] === se) tree.pop()
    else {
      const at = tree.indexOf(se)
      if (at >= 0) tree.splice(at, 1)
    }
  }

  get first(): SchedEntity | undefined {
    return this.tree[this.tree.length - 1]
  }
}

/** Linux: struct rt_rq. The real-time tasks of one CPU that can run, the next first, and what they have used. */
export class RtRq {
  readonly queue: SchedTask[] = []
  /** ns used of the present period. */
  time = 0
  throttled = false

  /** Who would run here; undefined while all are throttled. */
  get first(): SchedTask | undefined {
    return this.throttled ? undefined : this.queue[0]
  }
}

/** Linux: struct rq. One CPU. */
export class Rq {
  readonly cpu: number
  /** The CPUs that it shares its load with, itself included. Linux: struct sched_domain. */
  domain: readonly Rq[] = [this]
  readonly cfs: CfsRq
  readonly rt = new RtRq()
  /** Tasks of the deadline class that can run, the nearest deadline first. Linux: struct dl_rq. */
  readonly dl: SchedTask[] = []
  curr: SchedTask | undefined
  /** Runnable tasks that are not throttled. */
  nrRunning = 0
  /** Until when the running task has been charged. */
  execStart = 0
  needResched = false
  /** When `needResched` takes effect: a wake-up happens inside somebody's burst, not at its start. */
  reschedAt = Number.POSITIVE_INFINITY
  /** When this CPU has to be looked at again. */
  nextAt = Number.POSITIVE_INFINITY
  /** The tick at which the running task's slice is over. */
  sliceAt = Number.POSITIVE_INFINITY
  /** Every task that is on one of its queues, throttled ones too. Linux: rq.cfs_tasks. */
  readonly tasks = new Set<SchedTask>()
  user = 0
  nice = 0
  system = 0
  /** Time in which it had nothing to do and somebody who ran here last waited for a disk; how many those are. */
  iowait = 0
  nrIowait = 0
  idleSince = 0
  nrSwitches = 0
  /** Time that tasks ran here, waited to run here, and how often one began to. Linux: rq_cpu_time, rq_sched_info. */
  cpuTime = 0
  runDelay = 0
  pcount = 0
  /** Order of its last pull in load balancing. */
  pulled = 0

  constructor(cpu: number, root: TaskGroup) {
    this.cpu = cpu
    this.cfs = new CfsRq(this, root)
  }

  /** What of the idle time that has not been counted yet was waiting for a disk. */
  idleWaiting(now: number): number {
    return this.curr || !this.nrIowait ? 0 : now - this.idleSince
  }

  /** Count it, before what it has to do, or who waits, changes. Linux: account_idle_time(). */
  accountIdle(now: number): void {
    this.iowait += this.idleWaiting(now)
    this.idleSince = now
  }
}

/** The scheduler's part of a task. Times in ns. */
export class SchedTask {
  readonly id: number
  readonly se: SchedEntity
  cpu: number
  /** CPUs it may use, in order; undefined for all. */
  allowed: readonly number[] | undefined
  nice: number
  policy = 0
  /** 1 and more: it is of the real-time or the deadline class, and its entity is on no queue of the fair one. */
  rtPriority = 0
  /** Queued in one of those classes. */
  onRtRq = false
  /** Its runtime and deadline, if it is of the deadline class. */
  dl: DlEntity | undefined
  /** What is left of its turn of SCHED_RR. */
  timeSlice = 0
  group: TaskGroup
  account: CpuAccount
  psi: PsiGroup
  /** The task's state is R; what is left of its burst is run even when it is not. */
  wanted = false
  frozen = false
  /** TSK_…: what it waits for while it sleeps, and what of that is counted now. */
  stall = 0
  stalled = 0
  /** A signal that ends it gets through although it is frozen. */
  killable = false
  /** It is gone; only the rest of its last burst is still being paid for. */
  dead = false
  burst = 0
  burstUser = 0
  burstDone = 0
  burstUserDone = 0
  utime = 0
  stime = 0
  nvcsw = 0
  nivcsw = 0
  /** What /proc/PID/schedstat shows, and since when it waits or runs (-1: it does not). Linux: struct sched_info. */
  runDelay = 0
  pcount = 0
  lastQueued = -1
  lastArrival = -1
  nrMigrations = 0
  /** Order of the last migration, for turns in load balancing. */
  migrated = 0
  dirty = false

  constructor(id: number, weight: number, nice: number, cfsRq: CfsRq, account: CpuAccount, psi: PsiGroup) {
    this.id = id
    this.se = new SchedEntity(weight, cfsRq, undefined, this)
    this.cpu = cfsRq.rq.cpu
    this.group = cfsRq.group
    this.nice = nice
    this.account = account
    this.psi = psi
  }

  /** It is queued in its class, running or waiting. Linux: task_on_rq_queued(). */
  get onRq(): boolean {
    return this.se.onRq || this.onRtRq
  }

  get remaining(): number {
    return this.burst - this.burstDone
  }
}

/** Linux: struct task_group with its cfs_bandwidth. `id` is the cgroup's. Times in ns. */
export class TaskGroup {
  readonly id: number
  readonly parent: TaskGroup | undefined
  readonly children = new Set<TaskGroup>()
  /** Its queue on each CPU. */
  readonly cfsRq: CfsRq[] = []
  shares = 1024
  isIdle = false
  // struct cfs_bandwidth
  quota = -1
  period = 100_000_000
  burst = 0
  /** What is left in the global pool. */
  runtime = 0
  runtimeSnap = 0
  /** No CPU has asked for runtime in the current period. */
  idlePeriod = false
  periodTimer: Timer | undefined
  /** Where the grid of periods last stood. */
  timerBase = 0
  slackTimer: Timer | undefined
  readonly throttledList: CfsRq[] = []
  nrPeriods = 0
  nrThrottled = 0
  throttledTime = 0
  nrBursts = 0
  burstTime = 0
  dirty = false

  constructor(id: number, parent: TaskGroup | undefined) {
    this.id = id
    this.parent = parent
    parent?.children.add(this)
  }
}

/** CPU time used in a cgroup and everything below it, per CPU. Linux: struct cgroup_rstat_cpu, cpuacct. */
export class CpuAccount {
  readonly id: number
  readonly parent: CpuAccount | undefined
  readonly user: number[]
  readonly system: number[]
  dirty = false

  constructor(id: number, parent: CpuAccount | undefined, cpus: number) {
    this.id = id
    this.parent = parent
    this.user = new Array(cpus).fill(0)
    this.system = new Array(cpus).fill(0)
  }
}
