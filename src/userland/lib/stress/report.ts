/** What stress-ng tells of a run. Linux: stress-ng 0.15, stress-ng.c:stress_metrics_dump(), stress_times_dump(). */
import type { Blocking, Sys } from '../../../abi/index.ts'
import type { Say } from './log.ts'
import type { Job } from './settings.ts'
import type { Stats } from './worker.ts'

/** A stressor's workers and what they counted; only those that were started. */
export interface Result {
  readonly job: Job
  readonly stats: readonly Stats[]
}

const cell = (value: number, width: number): string => value.toFixed(2).padStart(width)
const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0)
const mean = (all: readonly number[]): number => (all.length ? sum(all) / all.length : 0)
const per = (value: number, of: number): number => (of > 0 ? value / of : 0)

/** --metrics and --metrics-brief. */
export function* reportMetrics(say: Say, results: readonly Result[], brief: boolean): Blocking<void> {
  const more = (text: string): string => (brief ? '' : text)
  yield* say(
    'metrc',
    `stressor       bogo ops real time  usr time  sys time   bogo ops/s     bogo ops/s${more(' CPU used per       RSS Max')}`,
  )
  yield* say(
    'metrc',
    `                          (secs)    (secs)    (secs)   (real time) (usr+sys time)${more(' instance (%)          (KB)')}`,
  )
  const started = results.filter(it => it.stats.length)
  for (const { job, stats } of started) yield* say('metrc', row(job.name, stats, brief))
  if (!started.some(it => it.stats.some(one => one.measures.length))) return
  yield* say('metrc', 'miscellaneous metrics:')
  for (const { job, stats } of started)
    for (const [i, { what }] of (stats.find(it => it.measures.length)?.measures ?? []).entries()) {
      const values = stats.flatMap(it => it.measures[i]?.value ?? [])
      const value = geometricMean(values).toFixed(2).padStart(13)
      yield* say(
        'metrc',
        `${job.name.padEnd(13)} ${value} ${what} (geometic mean of ${stats.length} instances)`,
      )
    }
}

function row(name: string, stats: readonly Stats[], brief: boolean): string {
  const ops = sum(stats.map(it => it.ops))
  const real = mean(stats.map(it => it.real))
  const user = sum(stats.map(it => it.user))
  const system = sum(stats.map(it => it.system))
  const used = per(100 * (user + system), real * stats.length)
  const shown = [cell(real, 9), cell(user, 9), cell(system, 9)].join(' ')
  const rates = `${cell(per(ops, real), 12)} ${cell(per(ops, user + system), 14)}`
  const most = Math.max(...stats.map(it => it.maxrss))
  const more = brief ? '' : ` ${cell(used, 12)} ${String(most).padStart(13)}`
  return `${name.padEnd(13)} ${String(ops).padStart(9)} ${shown} ${rates}${more}`
}

const geometricMean = (values: readonly number[]): number =>
  values.length ? Math.exp(mean(values.map(it => Math.log(it)))) : 0

/** Whether the counters are as their workers left them. Linux: stress_metrics_check(). */
export function* checkMetrics(say: Say, results: readonly Result[]): Blocking<boolean> {
  let ok = true
  for (const { job, stats } of results)
    for (const [i, { ops, signed }] of stats.entries()) {
      if (signed) continue
      ok = false
      yield* say('fail', `${job.name} instance ${i} corrupted bogo-ops counter, ${ops} vs 0`)
      yield* say(
        'fail',
        `${job.name} instance ${i} hash error in bogo-ops counter and run flag, ${jenkins(ops)} vs 0`,
      )
    }
  if (!ok) yield* say('fail', 'metrics-check: stressor metrics corrupted, data is compromised')
  else if (!results.some(it => it.stats.length))
    yield* say('warn', 'metrics-check: all bogo-op counters are zero, data may be incorrect')
  else yield* say('debug', 'metrics-check: all stressor metrics validated and sane')
  return ok
}

/** Jenkins' one-at-a-time hash of a counter of 64 bits and a flag that is set. */
function jenkins(ops: number): number {
  const bytes = new Uint8Array(9)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(ops), true)
  bytes[8] = 1
  let hash = 0
  for (const byte of bytes) {
    hash = (hash + byte) | 0
    hash = (hash + (hash << 10)) | 0
    hash ^= hash >>> 6
  }
  hash = (hash + (hash << 3)) | 0
  hash ^= hash >>> 11
  return ((hash + (hash << 15)) | 0) >>> 0
}

/** CPU time that a process and its children have had. */
export function cpuTime(sys: Sys): { readonly user: number; readonly system: number } {
  const own = sys.getrusage('self')
  const children = sys.getrusage('children')
  return { user: (own.utime + children.utime) / 1e9, system: (own.stime + children.stime) / 1e9 }
}

/** --times: what was used since `before`. */
export function* reportTimes(
  sys: Sys,
  say: Say,
  took: number,
  before: ReturnType<typeof cpuTime>,
): Blocking<void> {
  const after = cpuTime(sys)
  const user = after.user - before.user
  const system = after.system - before.system
  const available = took * sys.sched_getaffinity(0).length
  const line = (seconds: number, what: string): string =>
    `${cell(seconds, 10)}s ${what}(${cell(per(100 * seconds, available), 6)}%)`
  yield* say('info', `for a ${took.toFixed(2)}s run time:`)
  yield* say('info', `${cell(available, 10)}s available CPU time`)
  yield* say('info', line(user, 'user time   '))
  yield* say('info', line(system, 'system time '))
  yield* say('info', line(user + system, 'total time  '))
  const [one, five, fifteen] = sys.sysinfo().loads
  yield* say('info', `load average: ${one.toFixed(2)} ${five.toFixed(2)} ${fifteen.toFixed(2)}`)
}
