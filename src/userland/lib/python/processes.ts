/**
 * What os and signal have about processes and threads: who they are, how they run, what they are sent.
 * Linux: CPython Modules/posixmodule.c, signalmodule.c.
 *
 * Left out: os.fork() beside threads; KeyboardInterrupt.
 */
import {
  type Blocking,
  EINTR,
  errnoOf,
  PRIO_PGRP,
  PRIO_PROCESS,
  PRIO_USER,
  SIG_BLOCK,
  SIG_DFL,
  SIG_IGN,
  SIG_SETMASK,
  SIG_UNBLOCK,
  SIGNALS,
  sigmask,
  type Sys,
  WCONTINUED,
  WNOHANG,
  WUNTRACED,
} from '../../../abi/index.ts'
import type { Forking } from './journal.ts'
import { Unsupported } from './parser.ts'
import { Bytes, Dict, Func, List, osError, repr, str, typeError, type Value } from './values.ts'

/** The thread that runs: whose system calls are made; and those of all threads. */
export interface Running {
  readonly sys: Sys
  readonly all: readonly Sys[]
  readonly signals: Signals
}

/** Functions that handle signals, and those that have come and not been handled yet: that is done between two steps. */
export interface Signals {
  readonly handlers: Map<number, Func>
  readonly pending: number[]
}

/** Linux: PyErr_CheckSignals(). */
export function* handleSignals({ signals }: Running): Blocking<void> {
  for (let signal = signals.pending.shift(); signal !== undefined; signal = signals.pending.shift()) {
    const handler = signals.handlers.get(signal)
    if (handler) yield* handler.call([number(signal), null], new Map())
  }
}

type Members = Record<string, Value>

const call = (run: (...args: Value[]) => Blocking<Value | void>): Func =>
  new Func('', function* (args) {
    try {
      return (yield* run(...args)) ?? null
    } catch (e) {
      throw osError(e, '')
    }
  })
const plain = (run: (...args: Value[]) => Value | void): Func =>
  call(function* (...args) {
    return run(...args)
  })
const number = (value: number): bigint => BigInt(value)
const text = (it: Value): string => (it instanceof Bytes ? it.text : str(it))
const strings = (it: Value | undefined): string[] => (it instanceof List ? it.items.map(text) : [])
const numbers = (it: Value | undefined): number[] => (it instanceof List ? it.items.map(Number) : [])

export const processMembers = (at: Running, envp: readonly string[]): Members => ({
  PRIO_PROCESS: number(PRIO_PROCESS),
  PRIO_PGRP: number(PRIO_PGRP),
  PRIO_USER: number(PRIO_USER),
  WNOHANG: number(WNOHANG),
  WUNTRACED: number(WUNTRACED),
  WCONTINUED: number(WCONTINUED),
  environ: environment(envp),
  strerror: plain(errno => errnoOf(Number(errno))?.message ?? `Unknown error ${errno}`),
  getpid: plain(() => number(at.sys.getpid())),
  getppid: plain(() => number(at.sys.getppid())),
  getpgrp: plain(() => number(at.sys.getpgid(0))),
  getpgid: plain(pid => number(at.sys.getpgid(Number(pid)))),
  setpgid: plain((pid, pgid) => at.sys.setpgid(Number(pid), Number(pgid))),
  getsid: plain(pid => number(at.sys.getsid(Number(pid)))),
  setsid: plain(() => void at.sys.setsid()),
  getuid: plain(() => number(at.sys.getuid())),
  geteuid: plain(() => number(at.sys.geteuid())),
  getgid: plain(() => number(at.sys.getgid())),
  getegid: plain(() => number(at.sys.getegid())),
  getgroups: plain(() => new List(at.sys.getgroups().map(number))),
  // The C library has every thread make these calls: credentials belong to threads. - nptl(7)
  setuid: plain(uid => void at.all.forEach(sys => sys.setuid(Number(uid)))),
  setgid: plain(gid => void at.all.forEach(sys => sys.setgid(Number(gid)))),
  setgroups: plain(groups => void at.all.forEach(sys => sys.setgroups(numbers(groups)))),
  seteuid: plain(uid => void at.all.forEach(sys => sys.setresuid(-1, Number(uid), -1))),
  setegid: plain(gid => void at.all.forEach(sys => sys.setresgid(-1, Number(gid), -1))),
  getpriority: plain((which, who) => number(at.sys.getpriority(Number(which), Number(who)))),
  setpriority: plain((which, who, nice) => at.sys.setpriority(Number(which), Number(who), Number(nice))),
  nice: plain(by => {
    const nice = at.sys.getpriority(PRIO_PROCESS, 0) + Number(by)
    at.sys.setpriority(PRIO_PROCESS, 0, nice)
    return number(at.sys.getpriority(PRIO_PROCESS, 0))
  }),
  cpu_count: plain(() => number(at.sys.sched_getaffinity(0).length)),
  sched_getaffinity: plain(pid => new List(at.sys.sched_getaffinity(Number(pid)).map(number), 'set')),
  sched_setaffinity: plain((pid, cpus) => at.sys.sched_setaffinity(Number(pid), numbers(cpus))),
  sched_yield: call(() => at.sys.sched_yield()),
  kill: call((pid, signal) => at.sys.kill(Number(pid), Number(signal))),
  killpg: call((pgrp, signal) => at.sys.kill(-Number(pgrp), Number(signal))),
  fork: plain(() => {
    if (at.all.length > 1) throw new Unsupported('os.fork() beside threads')
    return number((at.sys as Forking).fork())
  }),
  wait: call(function* () {
    return waited(yield* at.sys.wait4(-1, 0))
  }),
  waitpid: call(function* (pid, options) {
    return waited(yield* at.sys.wait4(Number(pid), Number(options)))
  }),
  waitstatus_to_exitcode: plain(status => number(exitCode(Number(status)))),
  WEXITSTATUS: plain(status => number((Number(status) >> 8) & 0xff)),
  WTERMSIG: plain(status => number(Number(status) & 0x7f)),
  execv: call((path, args) => at.sys.execve(text(path!), strings(args), envp)),
  execl: call((path, ...args) => at.sys.execve(text(path!), args.map(text), envp)),
  execvp: call((file, args) => execvp(at.sys, text(file!), strings(args), envp)),
  execlp: call((file, ...args) => execvp(at.sys, text(file!), args.map(text), envp)),
  system: call(function* (command) {
    const argv = ['sh', '-c', text(command!)]
    const child = at.sys.clone(0, its => spawned(its, '/bin/sh', argv, envp))
    return waited(yield* at.sys.wait4(child, 0)).items[1]!
  }),
  // What CPython does with vfork(2): for a child that only executes something.
  posix_spawn: call(function* (path, args) {
    return number(at.sys.clone(0, its => spawned(its, text(path!), strings(args), envp)))
  }),
  _exit: call(status => at.sys.exit_group(Number(status))),
})

function environment(envp: readonly string[]): Dict {
  const dict = new Dict()
  for (const it of envp) {
    const [name, ...value] = it.split('=')
    dict.map.set(repr(name!), [name!, value.join('=')])
  }
  return dict
}

function waited(it: { readonly pid: number; readonly status: number } | undefined): List {
  return new List([number(it?.pid ?? 0), number(it?.status ?? 0)], 'tuple')
}

/** Negative for a signal. */
const exitCode = (status: number): number => (status & 0x7f ? -(status & 0x7f) : (status >> 8) & 0xff)

function* spawned(
  sys: Sys,
  path: string,
  argv: readonly string[],
  envp: readonly string[],
): Blocking<number> {
  try {
    return yield* sys.execve(path, argv, envp)
  } catch {
    return 127
  }
}

/** exec(3): the places of PATH one after the other. */
function* execvp(sys: Sys, file: string, argv: readonly string[], envp: readonly string[]): Blocking<never> {
  const path = envp.find(it => it.startsWith('PATH='))?.slice('PATH='.length) ?? '/bin:/usr/bin'
  const places = file.includes('/') ? [file] : path.split(':').map(it => `${it}/${file}`)
  let refusal: unknown
  for (const place of places)
    try {
      return yield* sys.execve(place, argv, envp)
    } catch (e) {
      refusal = e
    }
  throw refusal
}

const HOW = { SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK }
const setOf = (it: Value | undefined): bigint =>
  numbers(it).reduce((set, signal) => set | sigmask(signal), 0n)
const listOf = (set: bigint): List => {
  const signals: Value[] = []
  for (let signal = 1; signal <= 64; signal++) if (set & sigmask(signal)) signals.push(number(signal))
  return new List(signals, 'set')
}

export const signalMembers = (at: Running): Members => ({
  ...Object.fromEntries(Object.entries(SIGNALS).map(([name, [value]]) => [name, number(value)])),
  ...Object.fromEntries(Object.entries(HOW).map(([name, value]) => [name, number(value)])),
  SIG_DFL: 0n,
  SIG_IGN: 1n,
  signal: plain((signal, handler) => {
    const { handlers, pending } = at.signals
    const former = handlers.get(Number(signal))
    if (handler instanceof Func) {
      const before = at.sys.sigaction(Number(signal), it => void pending.push(it))
      handlers.set(Number(signal), handler)
      return former ?? (before === SIG_IGN ? 1n : 0n)
    }
    if (typeof handler !== 'bigint')
      throw typeError('signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object')
    const before = at.sys.sigaction(Number(signal), handler ? SIG_IGN : SIG_DFL)
    handlers.delete(Number(signal))
    return former ?? (before === SIG_IGN ? 1n : 0n)
  }),
  getsignal: plain(signal => at.signals.handlers.get(Number(signal)) ?? 0n),
  alarm: plain(seconds => number(at.sys.alarm(Number(seconds)))),
  pause: call(function* () {
    try {
      yield* at.sys.pause()
    } catch (e) {
      if (e !== EINTR) throw e
    }
  }),
  // glibc's raise() and pthread_kill(): a signal for one thread.
  raise_signal: call(signal => at.sys.tgkill(at.sys.getpid(), at.sys.gettid(), Number(signal))),
  pthread_kill: call((thread, signal) => at.sys.tgkill(at.sys.getpid(), Number(thread), Number(signal))),
  pthread_sigmask: plain((how, set) => listOf(at.sys.sigprocmask(Number(how), setOf(set)))),
  sigpending: plain(() => listOf(at.sys.sigpending())),
})
