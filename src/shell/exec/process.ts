/**
 * Starting and awaiting children. Bash: jobs.c:make_child(), wait_for().
 */
import {
  CLONE_VFORK,
  CLONE_VM,
  EAGAIN,
  ECHILD,
  EINTR,
  SIGCHLD,
  SIGINT,
  SIGQUIT,
  SIGTERM,
  SIGTSTP,
  SIGTTIN,
  SIGTTOU,
  SIG_BLOCK,
  SIG_DFL,
  SIG_IGN,
  SIG_SETMASK,
  sigmask,
  WIFCONTINUED,
  WIFSTOPPED,
  WSTOPSIG,
  WCONTINUED,
  WNOHANG,
  WUNTRACED,
  type Blocking,
  type Sys,
  type Waited,
} from '../../abi/index.ts'
import { Complaint, Discard, Exit, isErrno, Loop, Return, type Shell } from '../shell.ts'
import { dashWording } from './read.ts'
import { catchInterrupt, catchSignal, childDied, dieIfInterrupted, runExitTrap } from './trap.ts'
import { stateOf } from './job-table.ts'

export type Body = (child: Shell) => Blocking<number>

/** Where a child belongs: its process group with job control, else whether it is in the background. */
export interface Placement {
  /** 0 makes it the leader of a new group. Undefined without job control. */
  readonly pgid: number | undefined
  readonly foreground: boolean
}

/** What a child gets of its parent: a copy, or a view as long as it only executes a program; vfork(2) is dash's way. */
export type Making = 'copy' | 'view' | 'vfork'

/** Fork a shell that runs `body` and exits with its status. Tries again for a while when processes run out. */
export function* forkShell(
  sh: Shell,
  body: Body,
  place?: Placement,
  making: Making = 'copy',
): Blocking<number> {
  const child = making === 'copy' ? sh.fork(sh.sys) : sh.forkToExecute()
  const flags = making === 'vfork' ? CLONE_VM | CLONE_VFORK : 0
  if (sh.owed) yield* sh.pay()
  for (let pause = 1; ; pause *= 2) {
    try {
      const pid = sh.sys.clone(flags, sys => runChild(sh, child, sys, body, making, place))
      if (place?.pgid !== undefined) joinGroup(sh, pid, place.pgid)
      return pid
    } catch (e) {
      if (!isErrno(e)) throw e
      if (sh.isDash) {
        yield* sh.print(2, `${sh.name}: ${place?.foreground === false ? 0 : sh.line}: Cannot fork\n`)
        throw new Exit(2)
      }
      if (e !== EAGAIN || pause >= 16) throw cannotFork(sh, e.message)
    }
    yield* sh.print(2, `${sh.errorName()}: fork: retry: ${EAGAIN.message}\n`)
    yield* reap(sh)
    try {
      yield* sh.sys.nanosleep(pause * 1e9)
    } catch {
      if (sh.interrupted) throw new Discard(130)
    }
  }
}

/** Parent and child both do this: whoever comes first. "This avoids a race condition." - glibc manual, Launching Jobs */
function joinGroup(sh: Shell, pid: number, pgid: number): void {
  try {
    sh.sys.setpgid(pid, pgid || pid)
  } catch {
    // The child has exited or called execve already, or has done it itself.
  }
}

/** Told without the line: bash says this by sys_error(). */
function cannotFork(sh: Shell, message: string): Complaint {
  const complaint = new Complaint(`fork: ${message}`, 254, sh.isInteractive ? 'discard' : 'exit')
  complaint.where = `${sh.errorName()}: `
  return complaint
}

function* runChild(
  parent: Shell,
  child: Shell,
  sys: Sys,
  body: Body,
  making: Making,
  place?: Placement,
): Blocking<number> {
  child.sys = sys
  child.pid = sys.getpid()
  if (place?.pgid !== undefined) {
    joinGroup(child, child.pid, place.pgid)
    if (place.foreground) yield* giveTerminal(child, sys.getpgid(0))
  }
  resetSignals(parent, child)
  if (making === 'copy') catchInChild(parent, child)
  return yield* finish(child, body(child))
}

/** Make a process group the terminal's foreground one. */
export function* giveTerminal(sh: Shell, pgid: number): Blocking<void> {
  if (sh.terminal < 0) return
  try {
    yield* sh.sys.tcsetpgrp(sh.terminal, pgid)
  } catch {
    // The terminal has gone, or is not ours.
  }
}

/** Caught signals go back to what they were; the traps are still listed until the child sets its own. */
function resetSignals(parent: Shell, child: Shell): void {
  for (const signal of parent.caught)
    child.sys.sigaction(signal, child.traps.get(signal) === '' ? SIG_IGN : SIG_DFL)
  if (!parent.isDash && parent.traps.get(SIGQUIT) !== '' && !parent.ignoredAtStart.has(SIGQUIT))
    child.sys.sigaction(SIGQUIT, SIG_DFL)
  if (parent.isInteractive || parent.terminal >= 0)
    for (const signal of [SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU]) {
      if (child.traps.get(signal) !== '' && !child.ignoredAtStart.has(signal))
        child.sys.sigaction(signal, SIG_DFL)
    }
  for (const [name, text] of child.traps) {
    if (
      text === '' ||
      (name === 'ERR' && child.options.has('errtrace')) ||
      ((name === 'DEBUG' || name === 'RETURN') && child.options.has('functrace'))
    )
      continue
    child.traps.delete(name)
  }
  child.isInteractive = false
}

/** A child that goes on as a shell learns of its own children and of ^C. Bash: set_sigchld_handler(), set_sigint_handler(). */
function catchInChild(parent: Shell, child: Shell): void {
  catchSignal(child, SIGCHLD)
  if (child.traps.get(SIGINT) === '' || child.ignoredAtStart.has(SIGINT)) return
  if (!parent.isDash || parent.caught.has(SIGINT)) catchSignal(child, SIGINT)
}

/** Run a shell's work to its end: exits, discarded lines and the EXIT trap included. */
export function* finish(sh: Shell, work: Blocking<number>): Blocking<number> {
  let status: number
  try {
    status = yield* work
  } catch (e) {
    status = yield* endOf(sh, e)
  }
  sh.status = status
  return yield* runExitTrap(sh, status)
}

/** The status that an unwound shell exits with. */
export function* endOf(sh: Shell, e: unknown): Blocking<number> {
  if (e instanceof Exit || e instanceof Discard || e instanceof Return) return e.status
  if (e instanceof Loop) return 0
  if (e instanceof Complaint) {
    yield* sh.tell(e, sh.isDash ? dashWording(e.message) : e.message)
    return sh.isForked && e.status === 127 ? 1 : e.status
  }
  throw e
}

/** Wait for one child that is in no job. Returns its raw status. */
export function* waitFor(sh: Shell, pid: number): Blocking<number> {
  for (;;) {
    try {
      const it = yield* sh.sys.wait4(pid, 0)
      if (!it || WIFSTOPPED(it.status)) continue
      childDied(sh)
      return it.status
    } catch (e) {
      if (e === ECHILD) return sh.jobs.anonymous.get(pid) ?? 127 << 8
      if (e !== EINTR) throw e
      yield* dieIfInterrupted(sh)
    }
  }
}

/** A coprocess has ended: its descriptors and variables go. Bash: coproc_dispose(). */
function endCoprocess(sh: Shell): void {
  const { name, fds } = sh.coprocess!
  sh.coprocess = undefined
  for (const fd of fds) {
    try {
      sh.sys.close(fd)
    } catch {
      // Somebody has closed it.
    }
  }
  sh.variables.unset(name)
  sh.variables.unset(`${name}_PID`)
}

/** Note what a child did in the table of jobs. */
export function record(sh: Shell, it: Waited): void {
  if (!WIFCONTINUED(it.status)) childDied(sh)
  if (sh.coprocess?.pid === it.pid && !WIFSTOPPED(it.status) && !WIFCONTINUED(it.status)) endCoprocess(sh)
  const job = sh.jobs.byPid(it.pid)
  const process = job?.processes.find(p => p.pid === it.pid)
  if (!job || !process) {
    if (!WIFSTOPPED(it.status) && !WIFCONTINUED(it.status)) sh.jobs.anonymous.set(it.pid, it.status)
    return
  }
  if (WIFSTOPPED(it.status)) {
    process.stopped = true
    job.stopSignal = WSTOPSIG(it.status)
    job.notified = false
    sh.jobs.promote(job)
  } else if (WIFCONTINUED(it.status)) {
    for (const p of job.processes) p.stopped = false
  } else {
    process.status = it.status
    process.stopped = false
    if (stateOf(job) === 'Done') job.notified = false
  }
}

/** Only with job control does a shell hear of stopped children. Bash: jobs.c:waitchld(). */
const stops = (sh: Shell): number => (sh.options.has('monitor') ? WUNTRACED | WCONTINUED : 0)

/** Collect all children that have changed, without waiting. */
export function* reap(sh: Shell): Blocking<void> {
  sh.childChanged = false
  for (;;) {
    try {
      const it = yield* sh.sys.wait4(-1, WNOHANG | stops(sh))
      if (!it) return
      record(sh, it)
    } catch {
      return
    }
  }
}

/**
 * What a shell does while it waits for a child: SIGCHLD is blocked, and ^C noted, since what it means depends on how the
 * child ends. Bash: jobs.c:wait_for().
 */
export function* waiting<T>(sh: Shell, work: Blocking<T>): Blocking<T> {
  if (sh.isDash) return yield* work
  const { sys } = sh
  const mask = sys.sigprocmask(SIG_BLOCK, sigmask(SIGCHLD))
  const catches = catchInterrupt(sh)
  let result: T
  try {
    result = yield* work
  } catch (e) {
    if (catches) sys.sigaction(SIGINT, SIG_DFL)
    sys.sigprocmask(SIG_SETMASK, mask)
    throw e
  }
  if (catches) sys.sigaction(SIGINT, SIG_DFL)
  sys.sigprocmask(SIG_SETMASK, mask)
  return result
}

/** Sleep until some child changes. False if there are none left. Throws EINTR. */
export function* waitAny(sh: Shell): Blocking<boolean> {
  try {
    const it = yield* sh.sys.wait4(-1, stops(sh))
    if (it) record(sh, it)
    return true
  } catch (e) {
    if (e === ECHILD) return false
    throw e
  }
}
