/**
 * The scheduler: a discrete-event simulation of Linux's fair scheduler on N virtual CPUs, and the machine's main
 * loop. Linux: kernel/sched/core.c.
 *
 * A task's burst takes effect at its start and then occupies a CPU for as long as it cost. A CPU is looked at again
 * when the burst, the slice or the quota ends, whichever is first; nothing happens on the ticks between.
 *
 * Left out: CPU hotplug.
 */
import { SCHED_IDLE } from '../../abi/index.ts'
import { type Timer, TimerQueue } from '../hrtimer.ts'
import { TSK_IOWAIT } from '../wake-up.ts'
import type { Kernel } from '../kernel.ts'
import type { Task } from '../types.ts'
import { BALANCE_INTERVAL, balance, mayRunOn, selectTaskRq } from './balance.ts'
import { dequeueChain, enqueueChain, startPeriodTimer, startSlackTimer } from './bandwidth.ts'
import {
  DlBandwidth,
  DlEntity,
  dequeueDl,
  type DlParams,
  dlParams,
  enqueueDl,
  pushDl,
  selectTaskRqDl,
  yieldDl,
} from './deadline.ts'
import { type CfsRq, type CpuAccount, Rq, SchedTask, type TaskGroup } from './entity.ts'
import {
  type Arrival,
  checkPreemptWakeup,
  placeEntity,
  reweightEntity,
  Tunables,
  updateCurr,
} from './fair.ts'
import { Groups } from './groups.ts'
import { LoadAverage } from './loadavg.ts'
import { type PsiGroup, psiChange, psiStall } from './psi.ts'
import { dequeueRt, enqueueRt, pushRt, rtPriority, selectTaskRqRt, yieldRt } from './rt.ts'
import { settle } from './settle.ts'
import { infoDepart, infoDequeue, infoEnqueue } from './stats.ts'
import { SchedTrace } from './trace.ts'
import { contextSwitch, mustSwitch, program, putPrev } from './switch.ts'
import { niceToWeight, scaleLoad, WEIGHT_IDLEPRIO } from './weight.ts'

const NEVER = Number.POSITIVE_INFINITY

export class Scheduler {
  readonly k: Kernel
  readonly timers = new TimerQueue()
  readonly rqs: readonly Rq[]
  readonly groups: Groups
  readonly tunables: Tunables
  readonly load = new LoadAverage()
  /** Events processed so far. Two machines that agree on their input agree on what every step did. */
  steps = 0
  /** The newest events, while somebody watches. */
  trace: SchedTrace | undefined
  /** Whether a task that is frozen has a signal that ends it. */
  isDying: (taskId: number) => boolean = () => false
  readonly #resume: (taskId: number) => void
  readonly #tasks = new Map<number, SchedTask>()
  #resuming: SchedTask | undefined
  /** There has been a task that is not of the fair class; hosts without one need not look for them. */
  hasRt = false
  readonly dlBandwidth = new DlBandwidth(this)
  rtPeriodTimer: Timer | undefined
  rtThrottledOnce = false
  #nrRunning = 0
  #nrUninterruptible = 0
  #moves = 0
  #balancing = false
  /** What has been counted since the tables were last brought up to date. */
  readonly dirtyTasks = new Set<SchedTask>()
  readonly dirtyGroups: TaskGroup[] = []
  readonly dirtyAccounts: CpuAccount[] = []

  /** `resume` runs a task's program until it yields and leaves what that cost in `k.spent` and `k.spentUser`. */
  constructor(k: Kernel, resume: (taskId: number) => void) {
    this.k = k
    this.#resume = resume
    this.tunables = new Tunables(k.cpus)
    this.groups = new Groups(this, k.cpus)
    this.rqs = Array.from({ length: k.cpus }, (_, cpu) => new Rq(cpu, this.groups.root))
    for (const rq of this.rqs) {
      rq.domain = this.rqs
      this.groups.root.cfsRq.push(rq.cfs)
    }
  }

  // What the kernel tells.

  /** The task's state has become R. Linux: try_to_wake_up(). */
  enqueue(taskId: number): void {
    const task = this.#task(taskId)
    task.stall = 0
    if (task.wanted) return
    task.wanted = true
    if (task.stalled) this.#countStall(task, 0)
    if (!task.onRq && !this.#heldBack(task)) this.#wake(task, 'wakeup')
  }

  /** The task's state is no longer R; TSK_… is what it waits for. If it did that itself, its burst is paid for first. */
  dequeue(taskId: number, stall = 0): void {
    const task = this.#tasks.get(taskId)
    if (!task) return
    task.wanted = false
    task.stall = stall
    if (task !== this.#resuming) this.#cut(task)
  }

  /** Linux: sched_fork() and wake_up_new_task(). */
  fork(_parentId: number, childId: number): void {
    const task = this.#task(childId)
    task.wanted = true
    if (!this.#heldBack(task)) this.#wake(task, 'new')
  }

  /** The task is dead. Its times are final in its record when this event is over. */
  exit(taskId: number): void {
    const task = this.#tasks.get(taskId)
    if (!task) return
    task.wanted = false
    task.dead = true
    task.stall = 0
    if (task.stalled) this.#countStall(task, 0)
    this.#tasks.delete(taskId)
    this.dirtyTasks.delete(task)
    if (task.dl) this.dlBandwidth.release(task.dl)
    if (task === this.#resuming) return
    this.#cut(task)
    this.#settleDead(task)
  }

  /** The task has another policy, priority or nice value. Linux: __sched_setscheduler(), set_user_nice(). */
  setNice(taskId: number): void {
    const task = this.#tasks.get(taskId)
    if (!task) return
    const rq = this.rqs[task.cpu]!
    updateCurr(this, rq)
    const record = this.k.tasks.get(taskId)
    const priority = rtPriority(record)
    if (priority !== task.rtPriority || task.dl || (priority && record.policy !== task.policy))
      this.#changeClass(task, record)
    else this.#takePolicy(task, record)
    this.kick(rq)
  }

  /** Linux: switched_to_dl(), switched_to_rt(): who cannot run here at once may elsewhere. */
  #changeClass(task: SchedTask, record: Task): void {
    this.#requeue(task, task.se.cfsRq, () => this.#takePolicy(task, record))
    if (!task.onRq) return
    pushDl(this, this.rqs[task.cpu]!)
    pushRt(this, this.rqs[task.cpu]!)
  }

  /** Whether a task may have such a deadline, which is granted then. Linux: sched_dl_overflow(). EBUSY. */
  admit(taskId: number, deadline: DlParams): boolean {
    const old = this.#task(taskId).dl
    const wanted = new DlEntity(deadline)
    if (!this.dlBandwidth.fits(wanted, old)) return false
    this.dlBandwidth.change(wanted, old)
    return true
  }

  #takePolicy(task: SchedTask, record: Task): void {
    // Who comes back to the fair class has not saved up time meanwhile.
    if (task.rtPriority) task.se.vruntime = Math.max(task.se.vruntime, task.se.cfsRq.minVruntime)
    task.nice = record.nice
    task.policy = record.policy
    task.rtPriority = rtPriority(record)
    this.#takeDeadline(task, dlParams(record))
    task.timeSlice = 0
    task.se.isIdle = record.policy === SCHED_IDLE
    reweightEntity(this, task.se, scaleLoad(task.se.isIdle ? WEIGHT_IDLEPRIO : niceToWeight(task.nice)))
    this.hasRt ||= task.rtPriority > 0
  }

  /** Who leaves the class asleep keeps his bandwidth, as on Linux. */
  #takeDeadline(task: SchedTask, params: DlParams | undefined): void {
    const { dl: old } = task
    if (!params) {
      if (old?.timer) this.timers.cancel(old.timer)
      if (old && task.wanted) this.dlBandwidth.release(old)
      task.dl = undefined
    } else if (old) old.setParams(params)
    else task.dl = new DlEntity(params)
  }

  /** Linux: set_cpus_allowed_ptr(). */
  setAffinity(taskId: number): void {
    const task = this.#tasks.get(taskId)
    if (!task) return
    task.allowed = this.#allowed(taskId)
    if (task.onRq && !mayRunOn(task, task.cpu)) this.migrate(task, this.#selectRq(task))
  }

  /** The task is in another cgroup, or its cgroup has another set of controllers. Linux: sched_move_task(). */
  moved(taskId: number): void {
    const task = this.#tasks.get(taskId)
    const record = this.k.tasks.find(taskId)
    if (!task || !record) return
    updateCurr(this, this.rqs[task.cpu]!)
    task.account = this.groups.accountOf(record)
    this.#changePsi(task, this.groups.psiOf(record))
    const group = this.groups.groupOf(record)
    if (group === task.group) return
    task.group = group
    this.#requeue(task, group.cfsRq[task.cpu]!)
  }

  /**
   * Cut off the rest of a task's burst: it comes back to the kernel as soon as it has a CPU. Returns the ns that were
   * not run, for a caller that lets it go on computing afterwards.
   */
  cutBurst(taskId: number): number {
    const task = this.#tasks.get(taskId)
    if (!task) return 0
    if (task.wanted && !task.onRq && !this.#heldBack(task)) this.#wake(task, 'wakeup')
    return task === this.#resuming ? 0 : this.#cut(task)
  }

  /** Linux: sched_yield(2): the running task lets another go first, if one is about as far. */
  yield_(taskId: number): void {
    const task = this.#tasks.get(taskId)
    if (!task || this.rqs[task.cpu]!.curr !== task) return
    if (task.dl) yieldDl(this, this.rqs[task.cpu]!, task, task.dl)
    else if (task.rtPriority) yieldRt(this.rqs[task.cpu]!, task)
    else task.se.cfsRq.skip = task.se
    this.resched(this.rqs[task.cpu]!)
  }

  /** The cpu controller's settings of a cgroup have changed. */
  quotaChanged(cgroupId: number): void {
    this.groups.configure(cgroupId)
  }

  /** Which CPUs share their load; those in none of these sets keep to themselves. Linux: partition_sched_domains(). */
  setDomains(spans: readonly (readonly number[])[]): void {
    for (const rq of this.rqs) {
      const span = spans.find(it => it.includes(rq.cpu))
      rq.domain = span ? this.rqs.filter(it => span.includes(it.cpu)) : [rq]
    }
  }

  /** Hold a task back, or let it go on: the freezer. A signal that ends it gets through where `killable`. */
  setFrozen(taskId: number, frozen: boolean, killable: boolean): void {
    const task = this.#task(taskId)
    task.frozen = frozen
    task.killable = killable
    if (!frozen) {
      if (task.wanted && !task.onRq) this.#wake(task, 'wakeup')
    } else if (this.#heldBack(task) && task !== this.#resuming) this.#cut(task)
  }

  /** Forget what a cgroup has used so far. */
  resetAccount(cgroupId: number): void {
    for (const rq of this.rqs) updateCurr(this, rq)
    const account = this.groups.account(cgroupId)
    account.user.fill(0)
    account.system.fill(0)
    this.touchAccount(account)
  }

  /** Keep the newest `size` events from now on; it begins with what every CPU runs at present. */
  watch(size: number): SchedTrace {
    this.trace = new SchedTrace(size)
    for (const { cpu, curr } of this.rqs) this.trace.switched(this.k, cpu, curr)
    return this.trace
  }

  unwatch(): void {
    this.trace = undefined
  }

  isFrozen(taskId: number): boolean {
    return this.#tasks.get(taskId)?.frozen ?? false
  }

  // The main loop.

  /** When something happens next, if anything will. */
  nextEventTime(): number | undefined {
    const next = this.#next()
    return next === NEVER ? undefined : next
  }

  /**
   * Process everything up to and including `until`; then the clock stands there and the result is true. `budget` is
   * asked after every event; when it returns false the clock stays at that event and the result is false. How a
   * stretch of time is divided into calls makes no difference to what happens in it.
   */
  run(until: number, budget?: () => boolean): boolean {
    for (;;) {
      const at = this.#next()
      if (at > until) break
      if (at > this.k.clock) this.k.clock = at
      this.#step(at)
      if (budget && !budget()) return false
    }
    if (until !== NEVER && until > this.k.clock) this.k.clock = until
    return true
  }

  #next(): number {
    let at = this.timers.next
    for (const rq of this.rqs) if (rq.nextAt < at) at = rq.nextAt
    return at
  }

  /** One event. Timers come before CPUs, CPUs in the order of their numbers. */
  #step(at: number): void {
    this.steps++
    if (this.timers.next <= at) {
      this.timers.pop()()
      return
    }
    for (const rq of this.rqs)
      if (rq.nextAt <= at) {
        this.#schedule(rq)
        return
      }
  }

  /** Look at a CPU: charge, end what has ended, choose, start a burst if one is due. Linux: schedule(). */
  #schedule(rq: Rq): void {
    updateCurr(this, rq)
    rq.nextAt = NEVER
    let task = rq.curr
    if (task && task.remaining <= 0 && !this.#runnable(task)) {
      this.#deactivate(task)
      task.nvcsw++
      task = contextSwitch(this, rq)
    } else if (!task || mustSwitch(this, rq, task)) task = contextSwitch(this, rq)
    if (!task) return
    if (task.remaining <= 0) this.#beginBurst(rq, task)
    program(this, rq)
  }

  /** Run the task's program to its next yield; what it cost is its burst. */
  #beginBurst(rq: Rq, task: SchedTask): void {
    const { k } = this
    k.current = task.id
    k.spent = 0
    k.spentUser = 0
    this.#resuming = task
    this.#resume(task.id)
    this.#resuming = undefined
    k.current = 0
    task.burst = Math.max(1, Math.round(k.spent))
    task.burstUser = Math.min(task.burst, Math.round(k.spentUser))
    task.burstDone = 0
    task.burstUserDone = 0
    k.spent = 0
    k.spentUser = 0
    if (task.dead) this.#settleDead(task)
    rq.execStart = k.clock
  }

  // What the parts of the scheduler use.

  /** Have the CPU choose anew, at the moment in the running burst at which this is called. */
  resched(rq: Rq): void {
    rq.needResched = true
    rq.reschedAt = Math.min(rq.reschedAt, this.#now())
    rq.nextAt = Math.min(rq.nextAt, rq.reschedAt)
  }

  /** This moment of the running burst, in whole ns: costs may be fractions. */
  #now(): number {
    return Math.ceil(this.k.now())
  }

  /** Have the CPU look again at what it runs and for how long. */
  kick(rq: Rq): void {
    rq.nextAt = Math.min(rq.nextAt, rq.curr ? this.k.clock : this.#now())
  }

  /** Linux: add_nr_running(). The load averages look at the count as it was until now. */
  addRunning(rq: Rq, tasks: number): void {
    this.load.catchUp(this.k.clock, this.#nrActive)
    rq.nrRunning += tasks
    this.#nrRunning += tasks
    if (rq.nrRunning > 1 && !this.#balancing && this.rqs.length > 1) this.#startBalancing()
  }

  get nrRunning(): number {
    return this.#nrRunning
  }

  /** Move a runnable task to another CPU. */
  migrate(task: SchedTask, to: Rq): void {
    const from = this.rqs[task.cpu]!
    updateCurr(this, from)
    from.tasks.delete(task)
    to.tasks.add(task)
    psiChange(this, task.psi, from.cpu, -1, 0)
    psiChange(this, task.psi, to.cpu, 1, 0)
    task.cpu = to.cpu
    task.migrated = to.pulled = ++this.#moves
    task.nrMigrations++
    infoDequeue(from, task, this.k.clock)
    infoEnqueue(task, this.k.clock)
    this.#requeue(task, task.group.cfsRq[to.cpu]!)
    this.kick(from)
    this.kick(to)
  }

  find(taskId: number): SchedTask | undefined {
    return this.#tasks.get(taskId)
  }

  /** The task whose program is running at this moment. */
  get resuming(): SchedTask | undefined {
    return this.#resuming
  }

  /** Linux: update_rq_clock() and update_curr(): what runs there is charged up to now. */
  charge(rq: Rq): void {
    updateCurr(this, rq)
  }

  startPeriodTimer(group: TaskGroup): void {
    startPeriodTimer(this, group)
  }

  startSlackTimer(group: TaskGroup, ns: number): void {
    startSlackTimer(this, group, ns)
  }

  touchTask(task: SchedTask): void {
    if (task.dirty || task.dead) return
    task.dirty = true
    this.dirtyTasks.add(task)
  }

  touchGroup(group: TaskGroup): void {
    if (group.dirty) return
    group.dirty = true
    this.dirtyGroups.push(group)
  }

  touchAccount(account: CpuAccount): void {
    if (account.dirty) return
    account.dirty = true
    this.dirtyAccounts.push(account)
  }

  /** Write what has been counted into the tables, up to the present moment. Changes nothing that follows. */
  settle(): void {
    settle(this)
  }

  // Tasks.

  /** The scheduler's part of a task, made from its record when it is first heard of. */
  #task(taskId: number): SchedTask {
    const known = this.#tasks.get(taskId)
    if (known) return known
    const record = this.k.tasks.get(taskId)
    const group = this.groups.groupOf(record)
    const cpu = Math.min(record.cpu, this.rqs.length - 1)
    const isIdle = record.policy === SCHED_IDLE
    const weight = scaleLoad(isIdle ? WEIGHT_IDLEPRIO : niceToWeight(record.nice))
    const account = this.groups.accountOf(record)
    const psi = this.groups.psiOf(record)
    const task = new SchedTask(taskId, weight, record.nice, group.cfsRq[cpu]!, account, psi)
    task.se.isIdle = isIdle
    task.policy = record.policy
    task.rtPriority = rtPriority(record)
    this.#takeDeadline(task, dlParams(record))
    this.hasRt ||= task.rtPriority > 0
    task.allowed = this.#allowed(taskId)
    this.#tasks.set(taskId, task)
    return task
  }

  #allowed(taskId: number): readonly number[] | undefined {
    const { affinity } = this.k.tasks.get(taskId)
    return affinity.length === 0 || affinity.length >= this.rqs.length ? undefined : affinity
  }

  #runnable(task: SchedTask): boolean {
    return task.wanted && !this.#heldBack(task)
  }

  #heldBack(task: SchedTask): boolean {
    if (!task.frozen) return false
    return !task.killable || !this.isDying(task.id)
  }

  #wake(task: SchedTask, arrival: Arrival): void {
    const rq = this.#selectRq(task)
    const q = task.group.cfsRq[rq.cpu]!
    if (task.cpu !== rq.cpu) task.nrMigrations++
    task.cpu = rq.cpu
    if (task.se.cfsRq !== q) q.adopt(task.se)
    if (arrival === 'new') placeEntity(this, q, task.se, arrival)
    rq.tasks.add(task)
    psiChange(this, task.psi, rq.cpu, 1, 0)
    this.touchTask(task)
    infoEnqueue(task, this.#now())
    this.#activate(rq, task, arrival)
    if (this.#checkPreempt(rq, task)) this.resched(rq)
    else this.kick(rq)
    if (!this.hasRt) return
    pushDl(this, rq)
    pushRt(this, rq)
  }

  // The classes of tasks.

  #selectRq(task: SchedTask): Rq {
    if (task.dl) return selectTaskRqDl(this, task)
    return task.rtPriority ? selectTaskRqRt(this, task) : selectTaskRq(this, task)
  }

  /** Linux: activate_task(). */
  #activate(rq: Rq, task: SchedTask, arrival: Arrival): void {
    if (task.dl) enqueueDl(this, rq, task, task.dl, arrival === 'wakeup')
    else if (task.rtPriority) enqueueRt(this, rq, task)
    else enqueueChain(this, task.se, 1, arrival)
  }

  /** Linux: dequeue_task(). */
  #dequeue(rq: Rq, task: SchedTask): void {
    if (task.dl) dequeueDl(this, rq, task)
    else if (task.rtPriority) dequeueRt(this, rq, task)
    else dequeueChain(this, task.se, 1)
  }

  /** Linux: check_preempt_curr(). */
  #checkPreempt(rq: Rq, task: SchedTask): boolean {
    const { curr } = rq
    if (!curr || (!curr.rtPriority && !task.rtPriority)) return checkPreemptWakeup(this, rq, task)
    if (task.dl) return rq.dl[0] === task && curr !== task
    return rq.rt.first === task && task.rtPriority > curr.rtPriority
  }

  #deactivate(task: SchedTask): void {
    const rq = this.rqs[task.cpu]!
    rq.tasks.delete(task)
    psiChange(this, task.psi, task.cpu, -1, 0)
    if (task.stall && !task.wanted) this.#countStall(task, task.stall)
    infoDequeue(rq, task, this.k.clock)
    this.#dequeue(rq, task)
  }

  /** A task sleeps for memory or a disk from now on, or (0) no longer does. Linux: psi_dequeue(), nr_iowait. */
  #countStall(task: SchedTask, stall: number): void {
    const rq = this.rqs[task.cpu]!
    rq.accountIdle(this.k.clock)
    rq.nrIowait += Number((stall & TSK_IOWAIT) !== 0) - Number((task.stalled & TSK_IOWAIT) !== 0)
    this.load.catchUp(this.k.clock, this.#nrActive)
    this.#nrUninterruptible += Number(stall !== 0) - Number(task.stalled !== 0)
    if (task.stalled) psiStall(this, task.psi, task.cpu, task.stalled, -1)
    if (stall) psiStall(this, task.psi, task.cpu, stall, 1)
    task.stalled = stall
  }

  /** What the load averages count. Linux: calc_load_fold_active(). */
  get #nrActive(): number {
    return this.#nrRunning + this.#nrUninterruptible
  }

  /** How many sleep in state D. Linux: nr_uninterruptible; nr_iowait() of all CPUs. */
  get nrUninterruptible(): number {
    return this.#nrUninterruptible
  }

  /** End a task's burst here and now. */
  #cut(task: SchedTask): number {
    const rq = this.rqs[task.cpu]!
    updateCurr(this, rq)
    const left = task.remaining
    task.burst = task.burstDone
    task.burstUser = task.burstUserDone
    if (!task.onRq) return left
    if (rq.curr === task) this.kick(rq)
    else if (!this.#runnable(task)) {
      this.#deactivate(task)
      this.kick(rq)
    }
    return left
  }

  /** Take a task out of its queue and put it into another, on this CPU or a different one; `change` is done in between. */
  #requeue(task: SchedTask, to: CfsRq, change?: () => void): void {
    const { se } = task
    const from = se.cfsRq.rq
    const wasOnRq = task.onRq
    if (wasOnRq) this.#dequeue(from, task)
    if (from.curr === task) {
      putPrev(task)
      infoDepart(from, task, this.k.clock)
      from.curr = undefined
      this.trace?.switched(this.k, from.cpu, undefined)
      psiChange(this, task.psi, from.cpu, 0, -1)
      this.kick(from)
    }
    if (to !== se.cfsRq) to.adopt(se)
    change?.()
    this.touchTask(task)
    if (!wasOnRq) return
    this.#activate(to.rq, task, 'move')
    if (to.rq.curr && task.rtPriority && this.#checkPreempt(to.rq, task)) this.resched(to.rq)
    this.kick(to.rq)
  }

  /** The task is in another cgroup: what it waits or runs for now counts there. */
  #changePsi(task: SchedTask, to: PsiGroup): void {
    const rq = this.rqs[task.cpu]!
    const [running, onCpu] = [rq.tasks.has(task) ? 1 : 0, rq.curr === task ? 1 : 0]
    if (to === task.psi) return
    psiChange(this, task.psi, rq.cpu, -running, -onCpu)
    psiChange(this, to, rq.cpu, running, onCpu)
    if (task.stalled) psiStall(this, task.psi, rq.cpu, task.stalled, -1)
    if (task.stalled) psiStall(this, to, rq.cpu, task.stalled, 1)
    task.psi = to
  }

  /** A zombie's times do not change any more, although its last burst still occupies the CPU. */
  #settleDead(task: SchedTask): void {
    if (!this.k.tasks.find(task.id)) return
    const record = this.k.tasks.own(task.id)
    record.utime = task.utime + task.burstUser - task.burstUserDone
    record.stime = task.stime + task.remaining - (task.burstUser - task.burstUserDone)
    record.nvcsw = task.nvcsw
    record.nivcsw = task.nivcsw
    record.vruntime = task.se.vruntime
    record.cpu = task.cpu
    record.onCpu = false
  }

  #startBalancing(): void {
    this.#balancing = true
    const at = (Math.floor(this.k.clock / BALANCE_INTERVAL) + 1) * BALANCE_INTERVAL
    this.timers.add(at, () => {
      for (const rq of this.rqs) updateCurr(this, rq)
      balance(this)
      this.#balancing = false
      if (this.rqs.some(rq => rq.nrRunning > 1)) this.#startBalancing()
    })
  }
}
