/**
 * Running a task's program until it yields, and what its exceptions mean. A burst is what it does between two yields;
 * its cost in virtual time is what system calls and `burn` have added to `k.spent`.
 */
import {
  type Blocking,
  encode,
  Errno,
  exitedWith,
  killedBy,
  RLIM_INFINITY,
  RLIMIT_CPU,
  SIGABRT,
  SIGKILL,
  SIGSEGV,
  SIGXCPU,
} from '../abi/index.ts'
import { write } from '../vfs/index.ts'
import { callerOf } from './caller.ts'
import { doSignal } from './deliver.ts'
import { doExit, doGroupExit } from './exit.ts'
import type { Kernel, Thread } from './kernel.ts'
import { sendSignal, signalPending } from './signal.ts'
import { isThreadGroupLeader, processTimes, setProcess } from './thread-group.ts'
import { SCHEDULE } from './wake-up.ts'
import { note } from './refuse.ts'

/** A burst longer than this ends at the next call that may sleep. */
export const MAX_BURST = 50_000

/** Who has a limit on CPU time computes in pieces, so that it is noticed. */
const LIMITED_BURST = 10_000_000

/** What ld.so(8) does before a program begins. */
const LINK_COST = 300_000

/** What ending costs. */
const EXIT_COST = 5_000

/** Run the task until it yields or ends. Afterwards `k.spent` is what it used, and its state says what follows. */
export function resume(k: Kernel, id: number): void {
  const thread = k.threads.get(id)
  if (!thread) return
  k.current = id
  k.spent = 0
  k.spentUser = 0
  k.mustWait = thread.inflight > 0
  if (k.tasks.get(id).rlimits[RLIMIT_CPU]!.cur !== RLIM_INFINITY) checkCpuLimit(k, id)
  if (!thread.started) start(k, thread)
  const { program } = thread
  const isOver = step(k, thread, program)
  // execve has replaced the program, which has yet to be linked.
  if (!isOver && thread.program !== program) {
    thread.started = false
    k.spent += LINK_COST
    k.spentUser += LINK_COST
  }
  k.current = 0
}

/** Linux: check_process_timers(): SIGXCPU at the soft limit and each second after it, SIGKILL at the hard one. */
function checkCpuLimit(k: Kernel, id: number): void {
  const task = k.tasks.get(id)
  const { rlimits } = task
  const { cur, max } = rlimits[RLIMIT_CPU]!
  const { utime, stime } = processTimes(k, task)
  const seconds = (utime + stime) / 1e9
  if (seconds >= max) {
    note(k, id, 'cpu-limit', { limit: max })
    sendSignal(k, id, SIGKILL, 0)
  } else if (seconds >= cur) {
    const raised = rlimits.slice()
    raised[RLIMIT_CPU] = { cur: cur + 1, max }
    setProcess(k, id, { rlimits: raised })
    note(k, id, 'cpu-limit', { limit: cur })
    sendSignal(k, id, SIGXCPU, 0)
  }
}

/** A signal may have come before the first step. */
function start(k: Kernel, thread: Thread): void {
  thread.started = true
  if (signalPending(k, thread.id)) thread.program = afterSignals(k, thread.id, thread.program)
}

function* afterSignals(k: Kernel, id: number, program: Blocking<number>): Blocking<number> {
  yield* doSignal(k, id)
  return yield* program
}

/** True when the task has ended. */
function step(k: Kernel, thread: Thread, program: Blocking<number>): boolean {
  try {
    const result = program.next()
    if (!result.done) return !k.threads.has(thread.id)
    k.spent += EXIT_COST
    finish(k, thread.id, result.value)
  } catch (e) {
    if (!k.threads.has(thread.id)) throw e
    crash(k, thread.id, e)
  }
  return true
}

/** What the C library does when main returns, and when a thread's function does: exit_group(2) and exit(2). */
function finish(k: Kernel, id: number, status: number): void {
  const isMain = isThreadGroupLeader(k.tasks.get(id))
  k.trace?.entered(id, isMain ? 'exit_group' : 'exit', [status], EXIT_COST)
  if (isMain) doGroupExit(k, id, exitedWith(status))
  else doExit(k, id, exitedWith(status))
}

/** A stack overflow is a segmentation fault; everything else that a program does not catch is a bug, and says so. */
function crash(k: Kernel, id: number, error: unknown): void {
  const { comm, pids } = k.tasks.get(id)
  if (error instanceof RangeError && /stack/i.test(error.message)) {
    k.log(`${comm}[${pids[0]}]: segfault at 0 ip 0000000000000000 sp 0000000000000000 error 6`)
    doGroupExit(k, id, killedBy(SIGSEGV))
    return
  }
  const text = error instanceof Errno ? `uncaught ${error.name}` : String((error as Error)?.stack ?? error)
  k.log(`${comm}[${pids[0]}]: ${text}`, 3)
  tell(k, id, `${comm}: ${text}\n`)
  if (k.tasks.get(id).state !== 'Z') doGroupExit(k, id, killedBy(SIGABRT))
}

/** Write to the dying task's stderr, if that can be done at once. */
function tell(k: Kernel, id: number, text: string): void {
  const task = k.tasks.get(id)
  const file = k.files.find(task.files)?.fds[2]
  if (!file) return
  try {
    write(k.vfs, callerOf(k, task), file, encode(text)).next()
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}

/** End the burst if it has become long: others may want the CPU, and signals may wait. Linux: cond_resched(). */
export function* preempt(k: Kernel, id: number): Blocking<void> {
  yield SCHEDULE
  if (signalPending(k, id)) yield* doSignal(k, id)
}

/** Compute. A signal cuts a long burst; what was not run then is run afterwards. */
export function* burn(k: Kernel, id: number, ns: number): Blocking<void> {
  const thread = k.threads.get(id)!
  const isLimited = k.tasks.get(id).rlimits[RLIMIT_CPU]!.cur !== RLIM_INFINITY
  let left = ns
  while (left > 0) {
    const part = isLimited ? Math.min(left, LIMITED_BURST) : left
    left -= part
    k.spent += part
    k.spentUser += part
    if (k.spent <= MAX_BURST || k.current !== id) continue
    thread.unburnt = 0
    yield SCHEDULE
    left += thread.unburnt
    thread.unburnt = 0
    if (signalPending(k, id)) yield* doSignal(k, id)
  }
}
