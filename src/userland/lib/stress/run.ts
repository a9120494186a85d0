/** A run of stress-ng: workers are started, waited for and told of. Linux: stress-ng 0.15, stress-ng.c:stress_run(). */
import {
  type Blocking,
  EAGAIN,
  EINTR,
  SIG_IGN,
  SIGALRM,
  SIGHUP,
  SIGINT,
  SIGKILL,
  signalDescription,
  SIGTERM,
  SIGUSR1,
  SIGUSR2,
  type Sys,
  WEXITSTATUS,
  WIFSIGNALED,
  WTERMSIG,
} from '../../../abi/index.ts'
import { cpu, matrix } from './cpu.ts'
import { hdd, io } from './disk.ts'
import { type Log, sayer } from './log.ts'
import { vm } from './memory.ts'
import { fork, pipe, switches, yields } from './processes.ts'
import type { Result } from './report.ts'
import type { Job, Settings, StressorName } from './settings.ts'
import { live, now, type Shared, signal, type Stats, Worker } from './worker.ts'

const STRESS: Readonly<Record<StressorName, (worker: Worker) => Blocking<void>>> = {
  cpu,
  fork,
  hdd,
  io,
  matrix,
  pipe,
  switch: switches,
  vm,
  yield: yields,
}

/** How long to wait until another process may be had, in seconds. */
const RETRY = 0.1

/** Who starts the workers. */
export class Run {
  readonly #sys: Sys
  readonly #settings: Settings
  readonly #log: Log
  readonly #shared: Shared = { stopped: false }
  /** A stressor could not do its work. */
  hasFailed = false
  /** A signal has asked for the end. */
  #interrupted = false
  /** SIGUSR2 has asked how it goes. */
  #asked = false

  constructor(sys: Sys, settings: Settings, log: Log) {
    this.#sys = sys
    this.#settings = settings
    this.#log = log
  }

  *all(): Blocking<Result[]> {
    this.#listen()
    const { jobs, sequential } = this.#settings
    const rounds = sequential ? jobs.map(job => [job]) : [jobs]
    const results: Result[] = []
    for (const round of rounds) if (!this.#interrupted) results.push(...(yield* this.#round(round)))
    return results
  }

  #listen(): void {
    for (const number of [SIGINT, SIGHUP, SIGTERM])
      this.#sys.sigaction(number, () => {
        this.#interrupted = true
        this.#shared.stopped = true
      })
    for (const number of [SIGALRM, SIGUSR1]) this.#sys.sigaction(number, SIG_IGN)
    this.#sys.sigaction(SIGUSR2, () => {
      this.#asked = true
    })
  }

  /** Start all workers of some stressors and wait for them. */
  *#round(jobs: readonly Job[]): Blocking<Result[]> {
    const say = sayer(this.#sys, this.#log)
    this.#shared.stopped = false
    yield* say('debug', 'starting stressors')
    const workers = new Map<number, StressorName>()
    const results: Result[] = []
    for (const job of jobs) {
      const stats: Stats[] = []
      results.push({ job, stats })
      for (let instance = 0; instance < job.workers && !this.#interrupted; instance++) {
        const its: Stats = { ops: 0, signed: false, real: 0, user: 0, system: 0, maxrss: 0, measures: [] }
        const pid = yield* this.#start(job, instance, its)
        if (pid === undefined) break
        stats.push(its)
        workers.set(pid, job.name)
      }
    }
    yield* say('debug', `${workers.size} stressor${workers.size === 1 ? '' : 's'} started`)
    for (const [pid, name] of workers) yield* this.#wait(pid, name, workers)
    return results
  }

  /** Where there is no process to be had, until there is one, or a signal. */
  *#start(job: Job, instance: number, stats: Stats): Blocking<number | undefined> {
    for (;;) {
      try {
        return this.#sys.clone(0, its => this.#work(its, job, instance, stats))
      } catch (e) {
        if (e !== EAGAIN) throw e
      }
      try {
        yield* this.#sys.nanosleep(RETRY * 1e9)
      } catch (e) {
        if (e !== EINTR) throw e
      }
      if (this.#interrupted) return undefined
    }
  }

  *#work(sys: Sys, { name, workers }: Job, instance: number, stats: Stats): Blocking<number> {
    const settings = this.#settings
    const worker = new Worker({
      sys,
      name,
      instance,
      instances: workers,
      maxOps: Math.ceil((settings.maxOps[name] ?? 0) / workers),
      settings,
      stats,
      shared: this.#shared,
      say: sayer(sys, this.#log),
    })
    yield* sys.nanosleep(settings.backoff * instance * 1000)
    return yield* live(worker, STRESS[name])
  }

  *#wait(pid: number, name: StressorName, all: ReadonlyMap<number, StressorName>): Blocking<void> {
    const say = sayer(this.#sys, this.#log)
    for (let told = false; ; ) {
      if (this.#interrupted && !told) for (const it of all.keys()) yield* signal(this.#sys, it, SIGALRM)
      told ||= this.#interrupted
      if (this.#asked) yield* this.#status()
      this.#asked = false
      try {
        const status = (yield* this.#sys.wait4(pid, 0))?.status ?? 0
        if (WIFSIGNALED(status)) {
          const number = WTERMSIG(status)
          yield* say(
            'debug',
            `process [${pid}] (${name}) terminated on signal: ${number} (${signalDescription(number)})`,
          )
          if (number === SIGKILL)
            yield* say('debug', `process [${pid}] (${name}) was possibly killed by the OOM killer`)
        }
        const exit = WIFSIGNALED(status) ? 0 : WEXITSTATUS(status)
        if (exit) {
          this.hasFailed = true
          const reason = `exit status=${exit} (stressor failed)`
          yield* say('error', `process [${pid}] (${name}) terminated with an error, ${reason}`)
        }
        yield* say('debug', `process [${pid}] terminated`)
        return
      } catch (e) {
        if (e !== EINTR) throw e
      }
    }
  }

  /** SIGUSR2: load and memory. */
  *#status(): Blocking<void> {
    const { loads, freeram, totalram } = this.#sys.sysinfo()
    const mb = (bytes: number): string => `${Math.floor(bytes / 2 ** 20)} MB`
    yield* this.#sys.write(
      1,
      `Load Avg: ${loads.map(it => it.toFixed(2)).join(' ')}, MemFree: ${mb(freeram)}, MemTotal: ${mb(totalram)}\n`,
    )
  }
}

/** How long the whole took. */
export function* timed<T>(sys: Sys, act: Blocking<T>): Blocking<readonly [T, number]> {
  const start = now(sys)
  const result = yield* act
  return [result, now(sys) - start]
}
