/**
 * stress-ng - stress test a computer system in various selectable ways
 * Linux: stress-ng 0.15.06; stress-ng(1). What workers do stands in lib/stress.
 *
 * Left out: the some 300 other stressors, classes and --all, which would start them; --perf, --vmstat, --yaml, job files.
 */
import {
  type Blocking,
  Errno,
  O_APPEND,
  O_CREAT,
  O_TRUNC,
  O_WRONLY,
  R_OK,
  SCHED_FIFO,
  SCHED_RR,
  type Sys,
  W_OK,
} from '../../abi/index.ts'
import { allOptions, command } from '../lib/command.ts'
import { helpText } from '../lib/help.ts'
import { procText } from '../lib/proc.ts'
import { sayer, type Say } from '../lib/stress/log.ts'
import { checkMetrics, cpuTime, reportMetrics, reportTimes } from '../lib/stress/report.ts'
import { Run, timed } from '../lib/stress/run.ts'
import { OPTIONS, online, POLICIES, type Settings, settingsOf, STRESSORS } from '../lib/stress/settings.ts'
import { lasting, Refused, spelled } from '../lib/stress/values.ts'
import { adjustOom, NOT_SUCCESS } from '../lib/stress/worker.ts'
import { readUsers, userName } from '../lib/users.ts'
import { getcwd } from '../lib/getcwd.ts'

const VERSION = 'stress-ng, version 0.15.06 (gcc 12.2.0, x86_64 Linux 6.1.0-56-amd64)\n'

/** EXIT_FAILURE. */
const WRONG = 1

const stressNg = command({
  name: 'stress-ng',
  summary: 'stress test a computer system in various selectable ways',
  suite: 'other',
  usage: 'stress-ng [OPTION [ARG]]',
  version: VERSION,
  options: OPTIONS,
  epilogue: 'Example: stress-ng --cpu 2 --cpu-load 20 --vm 1 --vm-bytes 64M --timeout 10s --metrics-brief',

  *main(sys, flags, args, me) {
    if (flags.help) me.out.print(`${VERSION}\n${helpText(stressNg.spec, me.name, allOptions(stressNg.spec))}`)
    else if (flags.version) me.out.print(VERSION)
    else if (flags.stressors) me.out.line(STRESSORS.join(' '))
    else return yield* start(sys, args, () => settingsOf(sys, me.order), me.argv)
    return 0
  },
})
export default stressNg

function* start(
  sys: Sys,
  args: readonly string[],
  parse: () => Settings,
  argv: readonly string[],
): Blocking<number> {
  let settings: Settings
  try {
    settings = parse()
    if (args.length) throw new Refused(`Error: unrecognised option: ${args.join(' ')}`)
    if (!isUsable(sys, settings.tempPath))
      throw new Refused(`aborting: temp-path '${settings.tempPath}' must be readable and writeable`)
  } catch (e) {
    if (!(e instanceof Refused)) throw e
    yield* sys.write(2, `${e.message}\n`)
    return WRONG
  }
  const { quiet, verbose, timestamp, logBrief: brief, logFile } = settings
  const heard = { quiet, verbose, timestamp, brief, file: undefined }
  const file = logFile === undefined ? undefined : yield* openLog(sys, logFile, sayer(sys, heard))
  const log = { ...heard, file }
  const say = sayer(sys, log)
  if (verbose) yield* introduce(sys, say, settings, argv)
  if (!isUsable(sys, getcwd(sys)))
    yield* say('info', `Working directory ${getcwd(sys)} is not read/writeable, some I/O tests may fail`)
  if (!(yield* prepare(sys, say, settings))) return WRONG
  const { timeout, timed: given, jobs } = settings
  yield* say(
    'info',
    `${given ? 'setting' : 'defaulting'} to a ${timeout} second${spelled(timeout)} run per stressor`,
  )
  if (!jobs.length) {
    yield* say('error', 'No stress workers invoked')
    return WRONG
  }
  yield* say('info', `dispatching hogs: ${jobs.map(it => `${it.workers} ${it.name}`).join(', ')}`)
  return yield* carryOut(sys, say, settings, new Run(sys, settings, log))
}

/** Run the stressors and tell of it. */
function* carryOut(sys: Sys, say: Say, settings: Settings, run: Run): Blocking<number> {
  const { verbose, metrics, metricsBrief, times } = settings
  yield* say('debug', `cache allocate: shared cache buffer size: ${yield* cacheSize(sys)}`)
  const before = cpuTime(sys)
  const [results, took] = yield* timed(sys, run.all())
  if (metrics || metricsBrief || verbose) yield* reportMetrics(say, results, metricsBrief)
  const ok = (yield* checkMetrics(say, results)) && !run.hasFailed
  if (times) yield* reportTimes(sys, say, took, before)
  yield* say('info', `${ok ? 'successful' : 'unsuccessful'} run completed in ${lasting(took)}`)
  return ok ? 0 : NOT_SUCCESS
}

function isUsable(sys: Sys, path: string): boolean {
  try {
    sys.access(path, R_OK | W_OK)
    return true
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

function* openLog(sys: Sys, path: string, say: Say): Blocking<number | undefined> {
  try {
    return yield* sys.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o666)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* say('error', `Cannot open log file ${path}`)
    return undefined
  }
}

/** Processors and policy of all that follows, and that the kernel kills others before. */
function* prepare(sys: Sys, say: Say, { sched, schedPrio, taskset }: Settings): Blocking<boolean> {
  const failed = (e: unknown): string => {
    if (!(e instanceof Errno)) throw e
    return `errno=${e.errno} (${e.message})`
  }
  try {
    if (taskset) sys.sched_setaffinity(0, taskset)
  } catch (e) {
    yield* say('error', `taskset: cannot set CPU affinity, ${failed(e)}`)
    return false
  }
  yield* adjustOom(sys, -1000)
  if (sched === undefined) return true
  const priority = yield* priorityOf(say, sched, schedPrio)
  if (priority === undefined) return false
  yield* say('debug', `sched: setting scheduler class '${sched}'${priority ? `, priority ${priority}` : ''}`)
  try {
    sys.sched_setscheduler(0, POLICIES[sched]!, priority)
    return true
  } catch (e) {
    yield* say('info', `sched: cannot set scheduler '${sched}': ${failed(e)}`)
    return false
  }
}

const MOST_PRIORITY = 99

/** The priority under fifo and rr, 0 under others; undefined for one that there is not. */
function* priorityOf(say: Say, sched: string, given: number): Blocking<number | undefined> {
  if (POLICIES[sched] !== SCHED_FIFO && POLICIES[sched] !== SCHED_RR) return 0
  const usual = Math.floor(MOST_PRIORITY / 2)
  if (given === -1) yield* say('info', `sched: priority not given (or set to -1), defaulting to ${usual}`)
  const priority = given === -1 ? usual : given
  if (priority >= 1 && priority <= MOST_PRIORITY) return priority
  yield* say('info', `sched: scheduler priority level must be set between 1 and ${MOST_PRIORITY}`)
  return undefined
}

/** f_type of statfs(2), in stress-ng's words. */
const FILE_SYSTEMS: Readonly<Record<number, string>> = {
  61267: 'ext2',
  16914836: 'tmpfs',
  1667723888: 'cgroup2',
  2613483: 'cgroup',
  2035054128: 'overlayfs',
  40864: 'proc',
  1650812274: 'sysfs',
}

/** What -v begins with. */
function* introduce(sys: Sys, say: Say, settings: Settings, argv: readonly string[]): Blocking<void> {
  const uid = sys.getuid()
  const name = userName(yield* readUsers(sys), uid) ?? String(uid)
  const { sysname, nodename, release, version, machine } = sys.uname()
  const { totalram, freeram } = sys.sysinfo()
  const meminfo = (yield* procText(sys, '/proc/meminfo')) ?? ''
  const swap = 1024 * Number(/^SwapFree:\s+(\d+)/m.exec(meminfo)?.[1] ?? 0)
  const fs = FILE_SYSTEMS[sys.statfs(settings.tempPath).type] ?? 'unknown'
  const path = settings.tempPath
  const cpus = online(sys)
  yield* say('debug', `invoked with '${argv.join(' ')}' by user ${uid} '${name}'`)
  yield* say('debug', 'stress-ng 0.15.06')
  yield* say('debug', `system: ${sysname} ${nodename} ${release} ${version} ${machine}`)
  yield* say('debug', `RAM total: ${scale(totalram)}, RAM free: ${scale(freeram)}, swap free: ${scale(swap)}`)
  yield* say('debug', `temporary file path: '${path}', filesystem type: ${fs}`)
  yield* say('debug', `${cpus} processors online, ${cpus} processors configured`)
}

/** `1.9G`, `0.0`. */
function scale(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(4, Math.floor(Math.log2(bytes) / 10))
  return `${(bytes / 1024 ** power).toFixed(1)}${' KMGT'.charAt(power).trim()}`
}

/** The largest cache that the host tells of. */
function* cacheSize(sys: Sys): Blocking<string> {
  const told = yield* procText(sys, '/sys/devices/system/cpu/cpu0/cache/index3/size')
  return told?.trim() ?? '2048K'
}
