/** Traps: on signals, EXIT, ERR, DEBUG and RETURN. Bash: trap.c. */
import {
  SA_RESTART,
  SIGABRT,
  SIGALRM,
  SIGBUS,
  SIGCHLD,
  SIGFPE,
  SIGHUP,
  SIGILL,
  SIGINT,
  SIGKILL,
  SIGPIPE,
  SIGQUIT,
  SIGSEGV,
  SIGSTOP,
  SIGSYS,
  SIGTERM,
  SIGTRAP,
  SIGTSTP,
  SIGTTIN,
  SIGTTOU,
  SIGUSR1,
  SIGUSR2,
  SIGVTALRM,
  SIGWINCH,
  SIGXCPU,
  SIGXFSZ,
  SIG_DFL,
  SIG_IGN,
  type Blocking,
} from '../../abi/index.ts'
import { Discard, Exit, Return, type Shell } from '../shell.ts'
import { runSource } from './run.ts'

/** Have a signal noted when it arrives, and its trap run after the command. */
export function catchSignal(sh: Shell, signal: number): void {
  sh.caught.add(signal)
  const restart = signal === SIGCHLD ? SA_RESTART : 0
  sh.sys.sigaction(signal, it => noteSignal(sh, it), restart)
}

/** While a shell waits it notes ^C also if nothing else would be done about it. True if it did not catch it before. */
export function catchInterrupt(sh: Shell): boolean {
  if (sh.caught.has(SIGINT) || sh.ignoredAtStart.has(SIGINT) || sh.traps.has(SIGINT)) return false
  if (sh.options.has('monitor')) return false
  sh.sys.sigaction(SIGINT, it => noteSignal(sh, it))
  return true
}

/**
 * A child has died or stopped: the CHLD trap runs once for each. Children of the trap itself count with the next one.
 * Bash: jobs.c:waitchld(), trap.c:queue_sigchld_trap().
 */
export function childDied(sh: Shell): void {
  if (sh.isDash || sh.dying || !sh.traps.get(SIGCHLD)) return
  for (let i = 0; i <= sh.heldChildren; i++) sh.pending.push(SIGCHLD)
  sh.heldChildren = 0
}

function noteSignal(sh: Shell, signal: number): void {
  if (signal === SIGCHLD) sh.childChanged = true
  // bash counts its children when it collects them.
  if (signal === SIGCHLD && !sh.isDash) return
  const text = sh.traps.get(signal)
  if (text !== undefined && !sh.dying) {
    if (text) sh.pending.push(signal)
  } else if (signal !== SIGCHLD) {
    sh.fatalSignal = signal
    sh.interrupted = true
  }
}

/** The signals whose dispositions the shell has set itself. */
const OWN = new Set([
  SIGHUP,
  SIGINT,
  SIGQUIT,
  SIGTERM,
  SIGCHLD,
  SIGKILL,
  SIGSTOP,
  SIGTSTP,
  SIGTTIN,
  SIGTTOU,
  SIGWINCH,
])

/** Find out whether a signal was ignored when the shell started. Bash: trap.c:get_original_signal(). */
export function noteIgnored(sh: Shell, signal: number): void {
  if (OWN.has(signal) || signal === 32 || signal === 33 || sh.traps.has(signal) || sh.caught.has(signal))
    return
  if (sh.sys.sigaction(signal, SIG_DFL) !== SIG_IGN) return
  sh.sys.sigaction(signal, SIG_IGN)
  sh.ignoredAtStart.add(signal)
  sh.traps.set(signal, '')
}

/** Set, ignore (`''`) or reset (undefined) the trap of a signal. */
export function setTrap(sh: Shell, which: number | string, text: string | undefined): void {
  if (typeof which === 'number' && which > 0 && !sh.isForked) noteIgnored(sh, which)
  sh.listedTraps = undefined
  if (typeof which === 'number' && which > 0) {
    if (sh.ignoredAtStart.has(which)) return
    if (text === undefined) restoreSignal(sh, which)
    // KILL and STOP cannot be caught; bash does not mind.
    else if (which !== SIGKILL && which !== SIGSTOP) {
      // bash must learn of its children whatever their trap is (SIG_NO_TRAP).
      const staysCaught = which === SIGCHLD && !sh.isDash
      if (text === '' && !staysCaught) sh.sys.sigaction(which, SIG_IGN)
      else catchSignal(sh, which)
    }
    if (text === '' && (which !== SIGCHLD || sh.isDash)) sh.caught.delete(which)
  }
  if (which === 0 && text) catchTerminating(sh)
  if (text === undefined) sh.traps.delete(which)
  else sh.traps.set(which, text)
  sh.refresh()
}

/** dash that reads its commands from standard input leaves ^C alone, unless it is interactive. Dash: trap.c:setsignal(). */
export const catchesInterrupt = (sh: Shell): boolean => !sh.isDash || sh.isInteractive || !sh.readsStdin

function restoreSignal(sh: Shell, signal: number): void {
  if (signal === SIGCHLD || (signal === SIGINT && catchesInterrupt(sh))) return catchSignal(sh, signal)
  sh.caught.delete(signal)
  if (signal === SIGKILL || signal === SIGSTOP) return
  const isIgnored = sh.isInteractive
    ? [SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU]
    : sh.isDash || sh.isForked
      ? []
      : [SIGQUIT]
  sh.sys.sigaction(signal, isIgnored.includes(signal) ? SIG_IGN : SIG_DFL)
}

/** Run the traps of the signals that have arrived. */
export function* runPendingTraps(sh: Shell): Blocking<void> {
  while (sh.pending.length) {
    const signal = sh.pending.shift()!
    const text = sh.traps.get(signal)
    if (signal === SIGCHLD && !sh.isDash) yield* runChildTrap(sh, text)
    else if (text) yield* runTrap(sh, text, signal)
  }
}

/** Run the CHLD trap for this child and those behind it; for those that die meanwhile it runs later. */
function* runChildTrap(sh: Shell, text: string | undefined): Blocking<void> {
  const others = sh.pending.filter(it => it !== SIGCHLD)
  const children = 1 + sh.pending.length - others.length
  sh.pending = others
  if (sh.runningTraps.has(SIGCHLD)) sh.heldChildren += children
  else if (text) for (let i = 0; i < children; i++) yield* runTrap(sh, text, SIGCHLD)
}

/** The traps that go on with the line numbers of what they interrupt, and what their syntax errors are said to be in. */
const PSEUDO: Readonly<Record<string, string>> = {
  DEBUG: 'debug trap',
  ERR: 'error trap',
  RETURN: 'return trap',
}

/** Run a trap's commands, unless they run already; `$?` is the same afterwards. Returns the trap's own status. */
export function* runTrap(sh: Shell, text: string, which: number | string): Blocking<number> {
  if (!text || sh.runningTraps.has(which)) return 0
  const { status, line, errorLine, pipestatus, trapStatus, lastArgument } = sh
  const kind = PSEUDO[which]
  sh.runningTraps.add(which)
  if (which !== 'DEBUG') sh.trapStatus = status
  try {
    yield* runSource(sh, text, kind ? line : 1, kind ?? 'trap')
  } catch (e) {
    sh.runningTraps.delete(which)
    sh.trapStatus = trapStatus
    throw e
  }
  sh.runningTraps.delete(which)
  sh.trapStatus = trapStatus
  const result = sh.status
  sh.status = status
  sh.line = line
  sh.errorLine = errorLine
  sh.pipestatus = pipestatus
  sh.lastArgument = lastArgument
  return result
}

/** A trap by name; `line` is what it sees as LINENO. */
export function* runPseudoTrap(
  sh: Shell,
  which: 'DEBUG' | 'ERR' | 'RETURN',
  line = sh.line,
): Blocking<number> {
  const text = sh.traps.get(which)
  if (!text) return 0
  const before = sh.line
  sh.line = line
  const result = yield* runTrap(sh, text, which)
  sh.line = before
  return result
}

/** Run the EXIT trap, once, and return what to exit with. */
export function* runExitTrap(sh: Shell, status: number): Blocking<number> {
  const text = sh.traps.get(0)
  if (!text) return status
  sh.traps.delete(0)
  sh.status = status
  sh.trapStatus = status
  sh.runningTraps.add(0)
  try {
    yield* runSource(sh, text, 1, 'exit trap')
  } catch (e) {
    if (e instanceof Exit || e instanceof Discard || e instanceof Return) return e.status
    throw e
  }
  return status
}

/** After ^C: an interactive shell abandons the line, another one dies of the signal as its child did. */
export function* dieIfInterrupted(sh: Shell): Blocking<void> {
  if (!sh.interrupted) return
  const signal = sh.fatalSignal || SIGINT
  sh.interrupted = false
  sh.fatalSignal = 0
  if (sh.isInteractive) throw new Discard(130)
  yield* runExitTrap(sh, sh.isDash ? 128 + signal : sh.status)
  sh.sys.sigaction(signal, SIG_DFL)
  yield* sh.sys.kill(sh.sys.getpid(), signal)
  // Pid 1 of a namespace does not die of it. Dash: error.c:onint(); bash: sig.c:termsig_handler().
  throw new Exit(128 + signal)
}

/** Signals that end a shell. With an EXIT trap they must not do so before it has run. Bash: sig.c:terminating_signals. */
const TERMINATING = [
  SIGHUP,
  SIGINT,
  SIGILL,
  SIGTRAP,
  SIGABRT,
  SIGBUS,
  SIGFPE,
  SIGUSR1,
  SIGSEGV,
  SIGUSR2,
  SIGPIPE,
  SIGALRM,
  SIGTERM,
  SIGXCPU,
  SIGXFSZ,
  SIGVTALRM,
  SIGSYS,
]

export function catchTerminating(sh: Shell): void {
  if (sh.isInteractive || sh.isDash) return
  for (const signal of TERMINATING)
    if (!sh.traps.has(signal) && !sh.ignoredAtStart.has(signal)) catchSignal(sh, signal)
}
