/**
 * What every stressor's process is: its name, its signals, the counter it shares with who started it.
 * Linux: stress-ng 0.15, stress-ng.c:stress_run_child(), core-shared.c, core-helper.c.
 */
import {
  type Blocking,
  CLOCK_MONOTONIC,
  EINTR,
  Errno,
  O_WRONLY,
  PR_SET_NAME,
  PR_SET_PDEATHSIG,
  SIGALRM,
  SIGHUP,
  SIGINT,
  SIGTERM,
  type Sys,
  type Waited,
} from '../../../abi/index.ts'
import { writeFile } from '../command.ts'
import type { Say } from './log.ts'
import { cpuTime } from './report.ts'
import type { Settings } from './settings.ts'
import { lasting } from './values.ts'

/** What a worker measured besides its bogo operations: `value` of `what`. */
export interface Measure {
  readonly what: string
  readonly value: number
}

/** One worker's page of the memory that all processes of a run share. */
export interface Stats {
  ops: number
  /** It came to its end and signed its counter; one that was killed did not. */
  signed: boolean
  real: number
  user: number
  system: number
  maxrss: number
  measures: readonly Measure[]
}

/** What the processes of a run share besides. */
export interface Shared {
  /** Somebody was asked to stop, or the time was over: nobody ends prematurely then. */
  stopped: boolean
}

/** Seconds of a clock that only goes forwards. */
export function now(sys: Sys): number {
  const { sec, nsec } = sys.clock_gettime(CLOCK_MONOTONIC)
  return sec + nsec / 1e9
}

/** Linux: stress_args_t. What a stressor knows of its task. */
export class Worker {
  /** Cleared by signals: time is over, or somebody wants an end. */
  running = true
  readonly sys: Sys
  readonly name: string
  readonly instance: number
  readonly instances: number
  readonly maxOps: number
  readonly settings: Settings
  readonly stats: Stats
  readonly shared: Shared
  readonly say: Say

  constructor(it: {
    sys: Sys
    name: string
    instance: number
    instances: number
    maxOps: number
    settings: Settings
    stats: Stats
    shared: Shared
    say: Say
  }) {
    this.sys = it.sys
    this.name = it.name
    this.instance = it.instance
    this.instances = it.instances
    this.maxOps = it.maxOps
    this.settings = it.settings
    this.stats = it.stats
    this.shared = it.shared
    this.say = it.say
  }

  /** Linux: keep_stressing(). */
  get goesOn(): boolean {
    return this.running && (!this.maxOps || this.stats.ops < this.maxOps)
  }

  /** How many of so many operations may still be done. */
  atMost(ops: number): number {
    return this.maxOps ? Math.min(ops, this.maxOps - this.stats.ops) : ops
  }

  /** The same worker in a child of its own, which gets its signals itself. */
  in(sys: Sys): Worker {
    const child = new Worker({ ...this, sys })
    child.listen()
    sys.prctl(PR_SET_PDEATHSIG, SIGALRM)
    return child
  }

  /** The alarm, SIGINT and SIGHUP end the run for all; SIGTERM ends who gets it. */
  listen(): void {
    for (const signal of [SIGALRM, SIGINT, SIGHUP])
      this.sys.sigaction(signal, () => {
        this.running = false
        this.shared.stopped = true
      })
    this.sys.sigaction(SIGTERM, () => {
      this.running = false
    })
  }

  /** The names that ps shows: `stress-ng-cpu` and `stress-ng-cpu [run]`. */
  entitle(state: 'init' | 'run' | 'wait' | 'deinit'): void {
    if (this.settings.keepName) return
    this.sys.prctl(PR_SET_NAME, `stress-ng-${this.name}`)
    this.sys.setproctitle(`stress-ng-${this.name} [${state}]`)
  }

  /** Sleep; a signal ends it early. */
  *sleep(seconds: number): Blocking<void> {
    if (!(seconds > 0)) return
    try {
      yield* this.sys.nanosleep(Math.ceil(seconds * 1e9))
    } catch (e) {
      if (e !== EINTR) throw e
    }
  }

  /** A child for part of the work; undefined when the kernel has none to give. */
  fork(run: (child: Worker) => Blocking<void>): number | undefined {
    try {
      return this.sys.clone(
        0,
        function* (this: Worker, its: Sys) {
          yield* run(this.in(its))
          return 0
        }.bind(this),
      )
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      return undefined
    }
  }

  /** Tell a child to stop and wait for it; how it ended. Linux: stress_kill_and_wait(). */
  *end(pid: number): Blocking<number | undefined> {
    yield* signal(this.sys, pid, SIGALRM)
    return (yield* waited(this.sys, pid))?.status
  }
}

/** kill(2) of somebody who may be gone. */
export function* signal(sys: Sys, pid: number, number: number): Blocking<void> {
  try {
    yield* sys.kill(pid, number)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}

/** wait4(2) of a child, however many signals come meanwhile; undefined without a child. */
export function* waited(sys: Sys, pid: number): Blocking<Waited | undefined> {
  for (;;)
    try {
      return yield* sys.wait4(pid, 0)
    } catch (e) {
      if (e === EINTR) continue
      if (e instanceof Errno) return undefined
      throw e
    }
}

/** Who the kernel should kill first, or last: 1000 or -1000, which only root may ask for. */
export function* adjustOom(sys: Sys, value: number): Blocking<void> {
  try {
    yield* writeFile(sys, '/proc/self/oom_score_adj', String(value), O_WRONLY)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}

/** What ends a stressor that cannot do its work. Linux: EXIT_FAILURE of a stressor. */
export class Failed {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** What to throw when a call is refused; anything but an Errno is thrown on as it is. */
export const failed = (what: string, e: unknown): unknown =>
  e instanceof Errno ? new Failed(`${what} failed, errno=${e.errno} (${e.message})`) : e

/** EXIT_NOT_SUCCESS. */
export const NOT_SUCCESS = 2

/** Do the work; what made it impossible is said. True if it could be done. */
function* attempt(worker: Worker, stress: (worker: Worker) => Blocking<void>): Blocking<boolean> {
  try {
    yield* stress(worker)
    return true
  } catch (e) {
    if (!(e instanceof Failed)) throw e
    yield* worker.say('fail', `${worker.name}: ${e.message}`)
    return false
  }
}

/** The life of a worker's process around its stressor. */
export function* live(worker: Worker, stress: (worker: Worker) => Blocking<void>): Blocking<number> {
  const { sys, name, instance, settings, stats, say } = worker
  worker.entitle('init')
  worker.listen()
  sys.prctl(PR_SET_PDEATHSIG, SIGALRM)
  sys.alarm(settings.timeout)
  yield* adjustOom(sys, -1000)
  yield* say('debug', `${name}: started [${sys.getpid()}] (instance ${instance})`)
  const start = now(sys)
  worker.entitle('run')
  const ok = settings.dryRun || (yield* attempt(worker, stress))
  worker.entitle('deinit')
  sys.alarm(0)
  yield* say('debug', `${name}: exited [${sys.getpid()}] (instance ${instance})`)
  stats.real = now(sys) - start
  Object.assign(stats, cpuTime(sys))
  stats.maxrss = Math.max(sys.getrusage('self').maxrss, sys.getrusage('children').maxrss)
  stats.signed = true
  if (!ok) return NOT_SUCCESS
  const mayEnd = settings.dryRun || worker.maxOps || worker.shared.stopped
  const early = !mayEnd && stats.real < settings.timeout
  if (early) yield* say('warn', `${name}: WARNING: finished prematurely after just ${lasting(stats.real)}`)
  return 0
}
