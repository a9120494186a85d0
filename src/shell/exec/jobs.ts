/**
 * Jobs: starting them in the background, waiting in the foreground, and telling what became of them.
 * Bash: jobs.c; glibc manual: Implementing a Job Control Shell.
 */
import {
  EINTR,
  O_RDONLY,
  SIGCONT,
  SIGINT,
  SIGPIPE,
  SIGQUIT,
  SIGRTMIN,
  SIGTERM,
  SIG_IGN,
  SIGNALS,
  TCSETSW,
  WCOREDUMP,
  WEXITSTATUS,
  WIFEXITED,
  WIFSIGNALED,
  WTERMSIG,
  exitStatus,
  signalName,
  type Blocking,
} from '../../abi/index.ts'
import { isErrno, reason, type Shell } from '../shell.ts'
import type { Command } from '../tree.ts'
import { commandText } from '../print.ts'
import { stateOf, type Job, type Process } from './job-table.ts'
import { subshellBody } from './compound.ts'
import { forkShell, giveTerminal, waitAny, waiting, type Body } from './process.ts'
import { startPipeline } from './pipeline.ts'
import { runCommand } from './run.ts'
import { announce, performSimple } from './simple.ts'
import { dieIfInterrupted } from './trap.ts'

/** What strsignal(3) says, as bash prints it. */
export function describeSignal(signal: number): string {
  if (signal >= SIGRTMIN) return `Real-time signal ${signal - SIGRTMIN}`
  for (const [number, text] of Object.values(SIGNALS)) if (number === signal) return text
  return signalName(signal) ?? `Unknown signal ${signal}`
}

export function newJob(
  sh: Shell,
  processes: Process[],
  text: () => string,
  pgid: number,
  background: boolean,
): Job {
  takeKnown(sh, processes)
  if (!sh.isDash && sh.jobs.list.length) sh.jobs.forgetNotified()
  return sh.jobs.add({
    pgid,
    processes,
    text,
    hasJobControl: sh.options.has('monitor'),
    background,
    notified: false,
    directory: sh.get('PWD') ?? '',
    noHup: false,
    stopSignal: 0,
  })
}

/** Some may have ended before they were a job: a DEBUG trap collects children, too. */
function takeKnown(sh: Shell, processes: readonly Process[]): void {
  for (const it of processes) {
    const status = sh.jobs.anonymous.get(it.pid)
    if (status === undefined) continue
    it.status = status
    sh.jobs.anonymous.delete(it.pid)
  }
}

/** Run `body` in a child and wait for it as the foreground job. */
export function* runForeground(
  sh: Shell,
  text: () => string,
  body: Body,
  onlyExecutes = false,
): Blocking<number> {
  const monitor = sh.options.has('monitor')
  const making = onlyExecutes ? (sh.isDash && !sh.isAsh ? 'vfork' : 'view') : 'copy'
  const pid = yield* forkShell(sh, body, monitor ? { pgid: 0, foreground: true } : undefined, making)
  const job = newJob(sh, [{ pid, status: undefined, stopped: false, text }], text, pid, false)
  return yield* waitForeground(sh, job)
}

/** Start a command in the background. */
export function* startBackground(sh: Shell, command: Command): Blocking<number> {
  // `! simple` is called what it runs.
  const only = command.type === 'pipeline' && command.negated ? command.commands[0] : undefined
  const named = only?.type === 'simple' && !('timed' in command && command.timed) ? only : command
  const text = () => commandText(named)
  const monitor = sh.options.has('monitor')
  let processes: Process[]
  let pgid = 0
  if (command.type === 'simple') yield* announce(sh, command)
  if (command.type === 'pipeline' && command.commands.length > 1 && !command.timed && !command.negated)
    ({ processes, pgid } = yield* startPipeline(sh, command, false))
  else {
    const place = { pgid: monitor ? 0 : undefined, foreground: false }
    const pid = yield* forkShell(sh, backgroundBody(command, monitor), place)
    pgid = pid
    processes = [{ pid, status: undefined, stopped: false, text }]
  }
  const job = newJob(sh, processes, text, pgid, true)
  sh.lastBackground = processes.at(-1)!.pid
  if (sh.isInteractive && (monitor || !sh.isDash) && !sh.isForked && !sh.isAsh)
    yield* sh.print(2, `[${job.id}] ${sh.lastBackground}\n`)
  return 0
}

const backgroundBody = (command: Command, monitor: boolean): Body =>
  function* (child) {
    if (!monitor) yield* detach(child, command, true)
    child.setOption('monitor', false)
    child.loops = 0
    return yield* runMember(child, command)
  }

/** Run a command for which a process has been forked; `( … )` needs no second one, a simple one was announced. */
export function runMember(child: Shell, command: Command): Blocking<number> {
  if (command.type === 'subshell') return subshellBody(child, command)
  if (command.type !== 'simple' || child.isDash) return runCommand(child, command, child.isDash)
  // A simple command in a process of its own is no subshell to BASH_SUBSHELL.
  child.subshell--
  return performSimple(child, command, true)
}

/** "If ... job control is not active, the default standard input ... is /dev/null", and ^C is ignored. */
export function* detach(child: Shell, command: Command, isFirst: boolean): Blocking<void> {
  child.sys.sigaction(SIGINT, SIG_IGN)
  child.sys.sigaction(SIGQUIT, SIG_IGN)
  child.caught.delete(SIGINT)
  child.ignoredAtStart.add(SIGINT).add(SIGQUIT)
  if (!isFirst) return
  const redirects = 'redirects' in command ? command.redirects : []
  if (redirects.some(it => (it.fd ?? 0) === 0 && it.operator[0] === '<')) return
  try {
    const fd = yield* child.sys.open('/dev/null', O_RDONLY)
    child.sys.dup2(fd, 0)
    if (fd) child.sys.close(fd)
  } catch (e) {
    // It keeps what it has.
    if (!child.isDash) yield* child.complain(`cannot redirect standard input from /dev/null: ${reason(e)}`)
  }
}

/** Wait until a foreground job has ended or stopped; take the terminal back and tell what happened. */
export function* waitForeground(sh: Shell, job: Job): Blocking<number> {
  job.background = false
  yield* waiting(sh, whileRunning(sh, job))
  if (job.hasJobControl && sh.terminal >= 0) yield* takeTerminal(sh, job)
  if (sh.hasTerminal) updateWindowSize(sh)
  return yield* afterForeground(sh, job)
}

function* whileRunning(sh: Shell, job: Job): Blocking<void> {
  for (let state = stateOf(job); state === 'Running'; state = stateOf(job)) {
    try {
      if (!(yield* waitAny(sh))) break
    } catch (e) {
      if (e !== EINTR) throw e
      // Other signals than ^C, caught for the sake of an EXIT trap, do not wait for the child.
      if (!sh.isDash && sh.fatalSignal !== SIGINT) yield* dieIfInterrupted(sh)
    }
  }
}

/** The shell is the foreground group again; a job that was killed or stopped may have left the terminal in any state. */
function* takeTerminal(sh: Shell, job: Job): Blocking<void> {
  yield* giveTerminal(sh, sh.shellGroup)
  const status = job.processes.at(-1)!.status
  if (status !== undefined && WIFEXITED(status)) {
    if (sh.isInteractive) rememberTerminal(sh)
    return
  }
  if (!sh.terminalModes) return
  try {
    yield* sh.sys.tcsetattr(sh.terminal, TCSETSW, sh.terminalModes)
  } catch {
    // The terminal has gone.
  }
}

/** shopt -s checkwinsize: LINES and COLUMNS are right after each program. */
export function updateWindowSize(sh: Shell): void {
  if (!sh.shopts.has('checkwinsize') || sh.isForked) return
  try {
    const { rows, cols } = sh.sys.tiocgwinsz(2)
    for (const [name, value] of [
      ['LINES', rows],
      ['COLUMNS', cols],
    ] as const)
      if (value && !sh.variables.find(name)?.readonly) sh.variables.make(name).value = String(value)
  } catch {
    // Standard error is elsewhere now.
  }
}

export function rememberTerminal(sh: Shell): void {
  try {
    sh.terminalModes = sh.sys.tcgetattr(sh.terminal)
  } catch {
    // The terminal has gone.
  }
}

function* afterForeground(sh: Shell, job: Job): Blocking<number> {
  if (stateOf(job) === 'Stopped') {
    job.background = true
    job.notified = sh.isInteractive || sh.isDash
    if (sh.isInteractive) yield* sh.print(2, `\n${jobLine(sh, job, 'standard')}`)
    else if (sh.isDash) yield* sh.print(2, jobLine(sh, job, 'standard'))
    else yield* notifyStopped(sh, job)
    sh.pipestatus = job.processes.map(it =>
      String(it.status === undefined ? 128 + job.stopSignal : exitStatus(it.status)),
    )
    return 128 + job.stopSignal
  }
  const statuses = job.processes.map(it => it.status ?? 127 << 8)
  if (job.processes.length > 1 || job.pgid) sh.pipestatus = statuses.map(it => String(exitStatus(it)))
  const raw = jobStatus(sh, job)
  sh.jobs.remove(job)
  if (WIFSIGNALED(raw)) yield* tellDeath(sh, job, raw)
  // To bash a program that lives on after ^C has dealt with it.
  else if (!sh.isInteractive && !sh.isDash) sh.interrupted = false
  if (!sh.isInteractive && !sh.isDash && sh.jobs.list.length) yield* notifyKilled(sh)
  return exitStatus(raw)
}

/** The raw status of a job: its last process's, with pipefail the last failure. */
export function jobStatus(sh: Shell, job: Job): number {
  const statuses = job.processes.map(it => it.status ?? 127 << 8)
  const last = statuses.at(-1)!
  if (!sh.options.has('pipefail')) return last
  return statuses.findLast(it => it !== 0) ?? 0
}

/** Virtual time that a shell needs to put together what it tells of a job. */
const TELL_NS = 60_000

/** A foreground job was killed. Bash: jobs.c:notify_of_job_status(). */
function* tellDeath(sh: Shell, job: Job, raw: number): Blocking<void> {
  const signal = WTERMSIG(raw)
  if (signal === SIGINT) {
    // Started with job control it was alone to get the signal: the shell acts as if it had, too.
    if (job.hasJobControl && !sh.traps.has(SIGINT)) sh.interrupted = true
    sh.status = 128 + SIGINT
    if (sh.isInteractive && sh.traps.has(SIGINT)) yield* sh.print(2, '\n')
    if (sh.interrupted) yield* dieIfInterrupted(sh)
    return
  }
  sh.interrupted = false
  if (signal === SIGPIPE || sh.disposition === 'substitution') return
  sh.owed += TELL_NS
  yield* sh.pay()
  if (!sh.isDash && !sh.isInteractive && signal !== SIGTERM && !sh.traps.has(signal))
    yield* sh.print(2, `${sh.prefix(sh.enclosingLine)}${jobLine(sh, job, 'noninteractive')}`)
  else yield* sh.print(2, `${describeSignal(signal)}${WCOREDUMP(raw) ? ' (core dumped)' : ''}\n`)
}

/** What happened to a job or process, in words. */
export function stateText(sh: Shell, it: Job | Process, job: Job, isLong = false): string {
  const status =
    'processes' in it
      ? it.processes.every(p => p.status !== undefined)
        ? jobStatus(sh, it)
        : undefined
      : it.status
  const stopped = 'processes' in it ? stateOf(it) === 'Stopped' : it.stopped
  if (stopped) return isLong ? describeSignal(job.stopSignal || 20) : 'Stopped'
  if (status === undefined) return 'Running'
  if (WIFSIGNALED(status)) return describeSignal(WTERMSIG(status))
  return WEXITSTATUS(status) === 0 ? 'Done' : `Exit ${WEXITSTATUS(status)}`
}

const abbreviated = (sh: Shell, path: string): string => {
  const home = sh.get('HOME')
  return home && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path
}

/** The line (or with `long` lines) that tells about a job. */
export function jobLine(sh: Shell, job: Job, form: 'standard' | 'long' | 'noninteractive'): string {
  const state = stateOf(job)
  const ends = job.background && state === 'Running' && form !== 'noninteractive' ? ' &' : ''
  const where =
    job.directory !== (sh.get('PWD') ?? '') && form === 'standard'
      ? `  (wd: ${abbreviated(sh, job.directory)})`
      : ''
  if (form === 'noninteractive') return processLines(sh, job)
  if (sh.isAsh && form === 'standard')
    return `[${job.id}]${sh.jobs.mark(job)}  ${stateText(sh, job, job).padEnd(27)}${sh.options.has('monitor') ? job.text() : ''}\n`
  if (form === 'standard')
    return `[${job.id}]${sh.jobs.mark(job)}  ${stateText(sh, job, job).padEnd(23)} ${coreOf(job.processes.at(-1)!)}${job.text()}${ends}${where}\n`
  return job.processes
    .map((it, i) => {
      const start = i ? '     ' : `[${job.id}]${sh.jobs.mark(job)} `
      const same = i > 0 && stateText(sh, it, job, true) === stateText(sh, job.processes[i - 1]!, job, true)
      const bar = job.processes.length > 1 && i ? '| ' : ''
      const shown = same ? ''.padEnd(22) : stateText(sh, it, job, true).padEnd(24)
      return `${start}${String(it.pid).padStart(5)} ${shown}${bar}${it.text()}${i === job.processes.length - 1 ? ends : ''}\n`
    })
    .join('')
}

const coreOf = ({ status }: Process): string =>
  status !== undefined && WIFSIGNALED(status) && WCOREDUMP(status) ? '(core dumped) ' : ''

/** Each process of a job on its own line, the state only where it differs from the one before. */
function processLines(sh: Shell, job: Job): string {
  if (job.processes.length === 1)
    return `${String(job.processes[0]!.pid).padStart(5)} ${stateText(sh, job, job).padEnd(24)}${coreOf(job.processes[0]!)}${job.text()}\n`
  return job.processes
    .map((it, i) => {
      const state = stateText(sh, it, job, true)
      const isSame = i > 0 && state === stateText(sh, job.processes[i - 1]!, job, true)
      const start = i ? '     ' : ''
      const shown = isSame ? ''.padEnd(22) : state.padEnd(24)
      return `${start}${String(it.pid).padStart(5)} ${shown}${coreOf(it)}${i ? '| ' : ''}${it.text()}\n`
    })
    .join('')
}

/** Before a prompt: say which jobs have changed, and forget the dead ones. */
export function* notifyJobs(sh: Shell): Blocking<void> {
  if (!sh.isInteractive) return yield* notifyKilled(sh)
  for (const job of sh.jobs.list.slice()) {
    const state = stateOf(job)
    if (state === 'Running') continue
    if (!job.notified && sh.options.has('monitor')) {
      const now = sh.get('PWD') ?? ''
      const line =
        jobLine(sh, job, 'standard') + (job.directory === now ? '' : `(wd now: ${abbreviated(sh, now)})\n`)
      yield* sh.print(2, state === 'Stopped' ? `\n${line}` : line)
    }
    job.notified = true
    if (state === 'Done') sh.jobs.remove(job)
  }
}

/** With job control, what runs from -c hears of jobs that stop, once. Bash: jobs.c:notify_of_job_status(). */
function* notifyStopped(sh: Shell, job: Job): Blocking<void> {
  if (job.notified || sh.isDash || sh.input !== 'string' || !sh.options.has('monitor')) return
  job.notified = true
  yield* sh.print(2, `\n${jobLine(sh, job, 'standard')}`)
}

/** A script hears only of jobs that a signal killed, when it waits for something; with job control also of TERM. */
export function* notifyKilled(sh: Shell, line = sh.enclosingLine): Blocking<void> {
  for (const job of sh.jobs.list.slice()) {
    if (stateOf(job) === 'Stopped') yield* notifyStopped(sh, job)
    if (stateOf(job) !== 'Done') continue
    const raw = jobStatus(sh, job)
    if (!WIFSIGNALED(raw)) {
      if (!sh.isDash) yield* notifyEnded(sh, job)
      continue
    }
    if (sh.isDash) {
      sh.jobs.remove(job)
      if (![SIGINT, SIGPIPE].includes(WTERMSIG(raw))) yield* sh.print(2, `${describeSignal(WTERMSIG(raw))}\n`)
      continue
    }
    const isQuiet = [SIGINT, SIGTERM, SIGPIPE].includes(WTERMSIG(raw)) || sh.traps.has(WTERMSIG(raw))
    const isTold = sh.disposition !== 'substitution' && (!isQuiet || sh.options.has('monitor'))
    if (isTold)
      yield* sh.print(
        2,
        isQuiet ? jobLine(sh, job, 'standard') : `${sh.prefix(line)}${jobLine(sh, job, 'noninteractive')}`,
      )
    sh.jobs.remove(job)
  }
  if (!sh.isDash) sh.jobs.forgetNotified()
}

export const isLastBackground = (sh: Shell, job: Job): boolean =>
  job.processes.at(-1)!.pid === sh.lastBackground

/** A script keeps what ended until somebody asks; what runs from -c does not. Bash: jobs.c:notify_of_job_status(). */
function* notifyEnded(sh: Shell, job: Job): Blocking<void> {
  if (job.notified || sh.input !== 'string') return
  if (sh.disposition === 'substitution' && isLastBackground(sh, job)) return
  job.notified = true
  if (sh.options.has('monitor') && sh.disposition !== 'substitution')
    yield* sh.print(2, jobLine(sh, job, 'standard'))
}

/** Continue a stopped job, in the foreground or not. */
export function* continueJob(sh: Shell, job: Job): Blocking<void> {
  for (const it of job.processes) it.stopped = false
  job.notified = false
  yield* sh.sys.kill(-job.pgid, SIGCONT)
}

/** What is stopped when a shell with job control ends is ended too. Bash: jobs.c:terminate_stopped_jobs(). */
export function* terminateStopped(sh: Shell): Blocking<void> {
  for (const job of sh.jobs.list) {
    if (stateOf(job) !== 'Stopped') continue
    try {
      yield* sh.sys.kill(-job.pgid, SIGTERM)
      yield* sh.sys.kill(-job.pgid, SIGCONT)
    } catch (e) {
      if (!isErrno(e)) throw e
    }
  }
}
