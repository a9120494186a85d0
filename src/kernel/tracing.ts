/**
 * What a tracer sees of its tracees: calls, signals, births and deaths, as events in a queue. A tracee stops at the
 * beginning and the end of a call that may sleep until its tracer has taken all its events, so that what both write to
 * one terminal comes in the order of a real trace; calls that cannot sleep are told of without a stop.
 *
 * `k.trace` is this object while somebody is traced and undefined otherwise: that is all an untraced call looks at.
 * Linux: kernel/ptrace.c:ptrace_stop(), ptrace_event(); include/linux/ptrace.h.
 */
import {
  type Blocking,
  EINTR,
  type Errno,
  PTRACE_O_TRACECLONE,
  SIGCHLD,
  type SigInfo,
  SIGKILL,
  sigmask,
  type TraceEvent,
  type TraceStop,
  WCOREDUMP,
  WEXITSTATUS,
  WIFEXITED,
  WTERMSIG,
} from '../abi/index.ts'
import type { Kernel } from './kernel.ts'
import { pidIn } from './pid-namespace.ts'
import { taskTimes } from './sched/index.ts'
import { leaderOf } from './thread-group.ts'
import { fromKuid } from './user-namespace.ts'
import { SCHEDULE, sleepOn, wakeUp } from './wake-up.ts'

/** USER_HZ: what siginfo counts CPU time in. */
const CLOCK_TICK = 10_000_000

/** No system calls on Linux: computing, using one's memory, and what the vDSO answers. */
const NO_CALLS: ReadonlySet<string> = new Set(['burn', 'touch', 'setproctitle', 'clock_gettime', 'getcpu'])

/** What `Sys` objects keep of the last call that might sleep. */
interface Under {
  readonly call: string
  readonly a: unknown
  readonly b: unknown
  readonly c: unknown
}

/** A call under way. */
interface Call {
  readonly name: string
  readonly args: readonly unknown[]
  readonly cost: number
  /** Where the running burst stood when it began; unknown for calls that were under way before. */
  readonly spent: number
}

interface Tracee {
  readonly tracer: number
  readonly pid: number
  readonly options: number
  call: Call | undefined
  /** It has executed a program and not done anything since. */
  fresh: boolean
  /** The call that a signal ended, until it is known whether it starts again. */
  interrupted: (Call & { readonly mayRestart: boolean }) | undefined
  /** What happens during a call and is told after it; children come to life then. */
  deferred: { readonly task: number; readonly stop: TraceStop }[]
  /** Where its pending signals come from. */
  readonly infos: Map<number, SigInfo>
  /** Events that its tracer has not dealt with. */
  unseen: number
}

interface Tracer {
  readonly events: (TraceEvent & { readonly task: number })[]
  /** The tracee of the event taken last. */
  last: number
}

export class Tracing {
  readonly k: Kernel
  readonly tracees = new Map<number, Tracee>()
  readonly #tracers = new Map<number, Tracer>()

  constructor(k: Kernel) {
    this.k = k
  }

  // ---- Tracers

  attach(id: number, tracer: number, options: number): void {
    const { k } = this
    const pid = pidIn(k, id, k.tasks.get(tracer).pidNs)
    const infos = new Map<number, SigInfo>()
    const parts = { call: undefined, fresh: false, interrupted: undefined, deferred: [], infos, unseen: 0 }
    this.tracees.set(id, { tracer, pid, options, ...parts })
    if (!this.#tracers.has(tracer)) this.#tracers.set(tracer, { events: [], last: 0 })
    this.#enterLate(id)
  }

  /** A call that was under way when the tracer came. */
  #enterLate(id: number): void {
    const thread = this.k.threads.get(id)
    if (!thread) return
    const { call, a, b, c } = thread.sys as unknown as Under
    if (this.k.tasks.get(id).state !== 'S' || !call || NO_CALLS.has(call)) return
    const it = this.tracees.get(id)!
    it.call = { name: call, args: given([a, b, c]), cost: 0, spent: -1 }
    this.#tell(id, { type: 'enter', name: it.call.name, args: it.call.args, resumed: true })
  }

  detach(id: number): void {
    this.tracees.delete(id)
    wakeUp(this.k, `trace:${id}`)
    this.#endIfIdle()
  }

  #endIfIdle(): void {
    for (const [id, { events }] of this.#tracers)
      if (!events.length && !this.hasTracees(id)) this.#tracers.delete(id)
    if (!this.tracees.size && !this.#tracers.size) this.k.trace = undefined
  }

  hasTracees(tracer: number): boolean {
    for (const it of this.tracees.values()) if (it.tracer === tracer) return true
    return false
  }

  isReady = (tracer: number): boolean =>
    (this.#tracers.get(tracer)?.events.length ?? 0) > 0 || !this.hasTracees(tracer)

  /** The tracer comes back for more: the tracee of the event it took last may go on. */
  resumeLast(tracer: number): void {
    const it = this.#tracers.get(tracer)
    if (!it?.last) return
    const tracee = this.tracees.get(it.last)
    if (tracee && --tracee.unseen === 0) wakeUp(this.k, `trace:${it.last}`)
    it.last = 0
  }

  take(tracer: number): TraceEvent | undefined {
    const it = this.#tracers.get(tracer)
    const event = it?.events.shift()
    if (!it || !event) return undefined
    it.last = event.task
    this.#endIfIdle()
    return event
  }

  // ---- What the rest of the kernel tells

  #tell(id: number, stop: TraceStop, ago = 0): void {
    const it = this.tracees.get(id)
    const tracer = it && this.#tracers.get(it.tracer)
    if (!it || !tracer) return
    tracer.events.push({ ...stop, pid: it.pid, time: this.k.now() - ago, task: id })
    it.unseen++
    wakeUp(this.k, `tracer:${it.tracer}`)
  }

  entered(id: number, name: string, args: readonly unknown[], cost: number): void {
    const it = this.tracees.get(id)
    // The first thing a program does is to let its code arrive, which on Linux are page faults.
    if (!it || NO_CALLS.has(name) || (it.fresh && name === 'sched_yield')) return
    it.fresh = false
    // A call that was under way when the tracer came, and whose end nobody told of.
    if (it.call) this.returned(id, undefined)
    it.interrupted = undefined
    it.call = { name, args: given(args), cost, spent: this.k.spent }
    this.#tell(id, { type: 'enter', name, args: it.call.args }, cost)
  }

  /** The call under way has returned; nothing happens if that has been told. */
  returned(id: number, result: unknown, errno?: Errno): void {
    const it = this.tracees.get(id)
    if (!it?.call) return
    this.#exit(id, it, { result, errno })
    this.#tellDeferred(it)
  }

  #exit(
    id: number,
    it: Tracee,
    how: { result: unknown; errno: Errno | undefined; restart?: boolean; never?: boolean },
  ): void {
    const { name, args, cost, spent } = it.call!
    it.call = undefined
    it.fresh = name === 'execve' && !how.errno
    const since = spent >= 0 ? this.k.spent - spent : 0
    this.#tell(id, { type: 'exit', name, args, ...how, cpu: cost + Math.max(since, 0) })
  }

  #tellDeferred(it: Tracee): void {
    const { deferred } = it
    it.deferred = []
    for (const { task, stop } of deferred) this.#tell(task, stop)
  }

  /** What happens in the middle of a call is told after it. */
  #tellAfterCall(id: number, stop: TraceStop): void {
    const it = this.tracees.get(id)
    if (it?.call) it.deferred.push({ task: id, stop })
    else this.#tell(id, stop)
  }

  /** A signal has ended a sleep: the call returns, perhaps to be started again. */
  interrupt(id: number, mayRestart: boolean): void {
    const it = this.tracees.get(id)
    // "SIGKILL … does not generate syscall-exit-stop" - ptrace(2)
    if (!it?.call || isKilled(this.k, id)) return
    it.interrupted = { ...it.call, mayRestart }
    this.#exit(id, it, { result: undefined, errno: undefined, restart: true })
    this.#tellDeferred(it)
  }

  /** The interrupted call is under way again. */
  restart(id: number): void {
    const it = this.tracees.get(id)
    if (!it?.interrupted) return
    const call = it.interrupted
    it.interrupted = undefined
    it.call = { ...call, spent: this.k.spent }
    this.#tell(id, { type: 'enter', name: call.name, args: call.args })
  }

  /** Where a signal comes from: a task, or 0 for the kernel. What the task ignores only its tracer gets to see. */
  sent(id: number, signal: number, from: number, isIgnored: boolean): void {
    const it = this.tracees.get(id)
    if (!it) return
    it.infos.set(signal, this.#infoOf(id, signal, from))
    if (isIgnored) this.delivered(id, signal)
  }

  #infoOf(id: number, signo: number, from: number): SigInfo {
    const { k } = this
    const sender = k.tasks.find(from)
    if (!sender) return { signo, code: 'SI_KERNEL' }
    const me = k.tasks.get(id)
    const pid = pidIn(k, sender.tgid, me.pidNs)
    const uid = fromKuid(k, k.creds.get(me.cred).userNs, k.creds.get(sender.cred).uid)
    if (signo !== SIGCHLD || k.tasks.find(sender.parent)?.tgid !== me.tgid)
      return { signo, code: 'SI_USER', pid, uid }
    const times = taskTimes(k, from)
    const utime = Math.floor(times.utime / CLOCK_TICK)
    const stime = Math.floor(times.stime / CLOCK_TICK)
    return { signo, pid, uid, utime, stime, ...childStatus(sender) }
  }

  /** A signal reaches the task. */
  delivered(id: number, signal: number): void {
    const it = this.tracees.get(id)
    if (!it || signal === SIGKILL) return
    const info = it.infos.get(signal) ?? { signo: signal, code: 'SI_KERNEL' }
    this.#tellAfterCall(id, { type: 'signal', info })
  }

  /** A handler is done. */
  handled(id: number, mask: bigint, restarts: boolean): void {
    const it = this.tracees.get(id)
    if (!it) return
    const args = [mask]
    const { interrupted } = it
    const errno = interrupted && !(restarts && interrupted.mayRestart) ? EINTR : undefined
    const result = interrupted && !errno ? interrupted.name : 0
    this.#tellAfterCall(id, { type: 'enter', name: 'rt_sigreturn', args })
    this.#tellAfterCall(id, { type: 'exit', name: 'rt_sigreturn', args, result, errno, cpu: 0 })
  }

  stopped(id: number, signal: number): void {
    this.#tellAfterCall(id, { type: 'stopped', signal })
  }

  /** A child is born; it is traced as well if the tracer follows. */
  forked(parent: number, child: number): void {
    const it = this.tracees.get(parent)
    if (!it || !(it.options & PTRACE_O_TRACECLONE)) return
    this.attach(child, it.tracer, it.options)
    it.deferred.push({ task: child, stop: { type: 'attached' } })
  }

  /** The task ends, as a tracee and as a tracer. */
  died(id: number, status: number): void {
    const it = this.tracees.get(id)
    if (it) {
      if (it.call) this.#exit(id, it, { result: undefined, errno: undefined, never: true })
      this.#tellDeferred(it)
      this.#tell(id, { type: 'exited', status })
      this.tracees.delete(id)
    }
    if (this.#tracers.delete(id))
      for (const [tracee, { tracer }] of [...this.tracees]) if (tracer === id) this.detach(tracee)
    this.#endIfIdle()
  }

  /** The call of a task under way ends it and others. Linux: PTRACE_EVENT_EXIT, which it comes to before they do. */
  exiting(id: number): void {
    const it = this.tracees.get(id)
    if (!it?.call) return
    this.#exit(id, it, { result: undefined, errno: undefined, never: true })
    this.#tellDeferred(it)
  }

  /** A thread is about to execute a program: its tracer is not told of the end of the leader. */
  supersedes(id: number, leader: number): void {
    if (!this.tracees.has(id)) return
    this.exiting(leader)
    this.tracees.delete(leader)
  }

  /** It goes on as the leader of its process, which has ended. */
  superseded(id: number, leader: number): void {
    const it = this.tracees.get(id)
    if (!it) return
    this.tracees.delete(id)
    this.tracees.set(leader, { ...it, pid: pidIn(this.k, leader, this.k.tasks.get(it.tracer).pidNs) })
    this.#tell(leader, { type: 'superseded', thread: it.pid })
  }

  // ---- Tracees

  /** Sleep until the tracer has dealt with everything it was told. Only SIGKILL gets through. Linux: ptrace_stop(). */
  *stop(id: number): Blocking<void> {
    const { k } = this
    const thread = k.threads.get(id)
    if (!thread) return
    while (k.trace && (k.trace.tracees.get(id)?.unseen ?? 0) > 0) {
      if (isKilled(k, id)) return
      sleepOn(k, id, `trace:${id}`, 'ptrace_stop')
      yield SCHEDULE
      thread.signalled = false
    }
  }
}

const isKilled = (k: Kernel, id: number): boolean => {
  const task = k.tasks.get(id)
  return ((task.pending | leaderOf(k, task).sharedPending) & sigmask(SIGKILL)) !== 0n
}

/** What became of a child, as SIGCHLD tells. */
function childStatus({
  state,
  exitCode,
  stopSignal,
}: {
  state: string
  exitCode: number
  stopSignal: number
}): { code: string; status: number } {
  if (state !== 'Z')
    return stopSignal > 0
      ? { code: 'CLD_STOPPED', status: stopSignal }
      : { code: 'CLD_CONTINUED', status: 18 }
  if (WIFEXITED(exitCode)) return { code: 'CLD_EXITED', status: WEXITSTATUS(exitCode) }
  return { code: WCOREDUMP(exitCode) ? 'CLD_DUMPED' : 'CLD_KILLED', status: WTERMSIG(exitCode) }
}

/** The arguments that were given. */
function given(args: readonly unknown[]): readonly unknown[] {
  let { length } = args
  while (length && args[length - 1] === undefined) length--
  return args.slice(0, length)
}
