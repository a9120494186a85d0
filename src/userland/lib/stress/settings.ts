/** The options of stress-ng and what they ask for. Linux: stress-ng 0.15, stress-ng.c:stress_parse_opts(). */
import {
  SCHED_BATCH,
  SCHED_DEADLINE,
  SCHED_FIFO,
  SCHED_IDLE,
  SCHED_OTHER,
  SCHED_RR,
  type Sys,
} from '../../../abi/index.ts'
import type { Given, Options } from '../command.ts'
import { CPU_METHODS, MATRIX_METHODS, VM_METHODS } from './methods.ts'
import { bytes, count, integer, oneOf, processors, Refused, seconds, size, within } from './values.ts'

const ops = (name: string) => ({ value: '=N', help: `stop after N bogo operations of ${name}` }) as const

export const OPTIONS = {
  cpu: { short: 'c', value: '=N', help: 'N workers that compute' },
  cpuLoad: { short: 'l', value: '=P', help: 'compute P % of the time and sleep for the rest' },
  cpuLoadSlice: { value: '=S', help: 'compute S ms at a time, or -S operations; 0 is random' },
  cpuMethod: { value: '=M', help: 'what to compute; all is the default' },
  cpuOps: ops('cpu'),
  fork: { value: '=N', help: 'N workers that fork and wait' },
  forkMax: { value: '=P', help: 'P children at a time' },
  forkOps: ops('fork'),
  hdd: { short: 'd', value: '=N', help: 'N workers that write and read files' },
  hddBytes: { value: '=N', help: 'N bytes of file for all workers together, 1g by default' },
  hddWriteSize: { value: '=N', help: 'N bytes in each write' },
  hddOps: ops('hdd'),
  io: { short: 'i', value: '=N', help: 'N workers that call sync' },
  ioOps: ops('io'),
  matrix: { value: '=N', help: 'N workers that compute with matrices' },
  matrixMethod: { value: '=M', help: 'what to compute; all is the default' },
  matrixSize: { value: '=N', help: 'matrices of N times N' },
  matrixOps: ops('matrix'),
  pipe: { short: 'p', value: '=N', help: 'N workers that write to a child through a pipe' },
  pipeOps: ops('pipe'),
  switch: { short: 's', value: '=N', help: 'N workers that change places with a child' },
  switchFreq: { value: '=N', help: 'N changes a second' },
  switchMethod: { value: '=M', help: 'how they do: pipe' },
  switchOps: ops('switch'),
  vm: { short: 'm', value: '=N', help: 'N workers that fill memory' },
  vmBytes: { value: '=N', help: 'N bytes, or N% of what is free, for all workers together; 256m by default' },
  vmHang: { value: '=N', help: 'sleep N seconds before memory is given back; 0 is for ever' },
  vmKeep: { help: 'use the same memory again and again' },
  vmLocked: { help: 'accepted' },
  vmPopulate: { help: 'accepted' },
  vmMethod: { value: '=M', help: 'how to fill it; all is the default' },
  vmOps: ops('vm'),
  yield: { short: 'y', value: '=N', help: 'N workers that give the processor away' },
  yieldOps: ops('yield'),

  backoff: { short: 'b', value: '=N', help: 'wait N microseconds before a worker begins' },
  dryRun: { short: 'n', help: 'only say what would be done' },
  exclude: { short: 'x', value: '=LIST', help: 'leave these stressors out' },
  keepName: { short: 'k', help: 'workers keep the name stress-ng' },
  logBrief: { help: 'messages without who says them' },
  logFile: { value: '=FILE', help: 'write the messages to a file too' },
  metrics: { help: 'say what was done' },
  metricsBrief: { help: 'say it in fewer columns' },
  oomable: { help: 'who was killed for want of memory is not started again' },
  quiet: { short: 'q', help: 'say nothing' },
  sched: { value: '=TYPE', help: 'scheduling policy: batch deadline fifo idle other rr' },
  schedPrio: { value: '=N', help: 'priority under fifo and rr' },
  sequential: { value: '=N', help: 'one stressor after the other' },
  stressors: { help: 'list the stressors' },
  taskset: { value: '=LIST', help: 'run on these processors, such as 0,2-3' },
  tempPath: { value: '=DIR', help: 'where files are made' },
  timeout: { short: 't', value: '=T', help: 'end after T seconds; s, m, h, d and y are units' },
  times: { help: 'say how much of the processors was used' },
  timestamp: { help: 'messages with the time' },
  verbose: { short: 'v', help: 'say more' },
  help: { short: 'h', help: 'show this' },
  version: { short: 'V', help: 'show the version' },
} as const satisfies Options
export type Key = keyof typeof OPTIONS

/** In the order of stress-ng's own table. */
export const STRESSORS = ['cpu', 'fork', 'hdd', 'io', 'matrix', 'pipe', 'switch', 'vm', 'yield'] as const
export type StressorName = (typeof STRESSORS)[number]
const isStressor = (key: string): key is StressorName => (STRESSORS as readonly string[]).includes(key)

/** So many workers of a stressor. */
export interface Job {
  readonly name: StressorName
  readonly workers: number
}

export interface Settings {
  jobs: Job[]
  readonly maxOps: Partial<Record<StressorName, number>>
  cpuLoad: number
  cpuLoadSlice: number
  cpuMethod: string
  forkMax: number
  hddBytes: number
  hddWriteSize: number
  matrixMethod: string
  matrixSize: number
  switchFreq: number
  vmBytes: number
  /** -1 is not at all. */
  vmHang: number
  vmKeep: boolean
  vmMethod: string
  backoff: number
  dryRun: boolean
  keepName: boolean
  logBrief: boolean
  logFile: string | undefined
  metrics: boolean
  metricsBrief: boolean
  oomable: boolean
  quiet: boolean
  sched: string | undefined
  schedPrio: number
  sequential: boolean
  taskset: readonly number[] | undefined
  tempPath: string
  timeout: number
  /** The timeout was given. */
  timed: boolean
  times: boolean
  timestamp: boolean
  verbose: boolean
}

const KB = 1024
const DAY = 86_400
const SEQUENTIAL_TIMEOUT = 60
/** How many workers a stressor may have. */
const MOST_WORKERS = 8192
/** What -l works through between two sleeps. */
const SLICE_OPS = -64

const defaults = (): Settings => ({
  jobs: [],
  maxOps: {},
  cpuLoad: 100,
  cpuLoadSlice: SLICE_OPS,
  cpuMethod: 'all',
  forkMax: 1,
  hddBytes: KB ** 3,
  hddWriteSize: 64 * KB,
  matrixMethod: 'all',
  matrixSize: 256,
  switchFreq: 0,
  vmBytes: 256 * KB ** 2,
  vmHang: -1,
  vmKeep: false,
  vmMethod: 'all',
  backoff: 0,
  dryRun: false,
  keepName: false,
  logBrief: false,
  logFile: undefined,
  metrics: false,
  metricsBrief: false,
  oomable: false,
  quiet: false,
  sched: undefined,
  schedPrio: -1,
  sequential: false,
  taskset: undefined,
  tempPath: '.',
  timeout: DAY,
  timed: false,
  times: false,
  timestamp: false,
  verbose: false,
})

export const POLICIES: Readonly<Record<string, number>> = {
  batch: SCHED_BATCH,
  deadline: SCHED_DEADLINE,
  fifo: SCHED_FIFO,
  idle: SCHED_IDLE,
  other: SCHED_OTHER,
  rr: SCHED_RR,
}

type Setting = (s: Settings, text: string, sys: Sys) => void

/** What an option does to the settings. Those of stressors' numbers and operations follow from their names. */
const SET: Partial<Record<Key, Setting>> = {
  cpuLoad: (s, text) => void (s.cpuLoad = within(integer(text), 'cpu-load', 0, 100)),
  cpuLoadSlice: (s, text) => {
    s.cpuLoadSlice = integer(text)
    if (Math.abs(s.cpuLoadSlice) > 5000) throw new Refused('cpu-load-slice must in the range -5000 to 5000.')
  },
  cpuMethod: (s, text) => void (s.cpuMethod = oneOf(text, 'cpu-method', CPU_METHODS)),
  forkMax: (s, text) => void (s.forkMax = within(count(text), 'fork-max', 1, 16_000)),
  hddBytes: (s, text, sys) =>
    void (s.hddBytes = within(
      bytes(text, () => space(sys, s.tempPath)),
      'hdd-bytes',
      KB ** 2,
      8 * KB ** 6,
      size,
    )),
  hddWriteSize: (s, text) =>
    void (s.hddWriteSize = within(bytes(text), 'hdd-write-size', 1, 4 * KB ** 2, size)),
  matrixMethod: (s, text) =>
    void (s.matrixMethod = oneOf(text, 'matrix-method', ['all', ...Object.keys(MATRIX_METHODS)])),
  matrixSize: (s, text) => void (s.matrixSize = within(count(text), 'matrix-size', 16, 8192)),
  switchFreq: (s, text) => void (s.switchFreq = within(count(text), 'switch-freq', 0, 1e9)),
  switchMethod: (_, text) => void oneOf(text, 'switch-method', ['pipe']),
  vmBytes: (s, text, sys) =>
    void (s.vmBytes = within(
      bytes(text, () => sys.sysinfo().freeram),
      'vm-bytes',
      4 * KB,
      256 * KB ** 4,
      size,
    )),
  vmHang: (s, text) => void (s.vmHang = seconds(text)),
  vmKeep: s => void (s.vmKeep = true),
  vmMethod: (s, text) => void (s.vmMethod = oneOf(text, 'vm-method', VM_METHODS)),
  backoff: (s, text) => void (s.backoff = count(text)),
  dryRun: s => void (s.dryRun = true),
  exclude: (_, text) => {
    for (const name of text.split(','))
      if (!isStressor(name)) throw new Refused(`Unknown stressor: '${name}', invalid exclude option`)
  },
  keepName: s => void (s.keepName = true),
  logBrief: s => void (s.logBrief = true),
  logFile: (s, text) => void (s.logFile = text),
  metrics: s => void (s.metrics = true),
  metricsBrief: s => void (s.metricsBrief = true),
  oomable: s => void (s.oomable = true),
  quiet: s => void (s.quiet = true),
  sched: (s, text) => {
    if (!(text in POLICIES))
      throw new Refused(
        `Invalid sched option: ${text}\nAvailable scheduler options are: ${Object.keys(POLICIES).join(' ')}`,
      )
    s.sched = text
  },
  schedPrio: (s, text) => void (s.schedPrio = integer(text)),
  sequential: (s, text) => {
    integer(text)
    s.sequential = true
    if (!s.timed) s.timeout = SEQUENTIAL_TIMEOUT
  },
  taskset: (s, text, sys) => void (s.taskset = processors(text, online(sys))),
  tempPath: (s, text) => void (s.tempPath = text),
  timeout: (s, text) => {
    s.timeout = seconds(text)
    s.timed = true
  },
  times: s => void (s.times = true),
  timestamp: s => void (s.timestamp = true),
  verbose: s => void (s.verbose = true),
}

/** Processors that the process may use. */
export const online = (sys: Sys): number => sys.sched_getaffinity(0).length

/** Bytes that may still be written below a directory. */
function space(sys: Sys, path: string): number {
  const { bavail, bsize } = sys.statfs(path)
  if (!bavail) throw new Refused('Cannot determine available space on file system')
  return bavail * bsize
}

/** What the command line asks for, in its order. Throws Refused. */
export function settingsOf(sys: Sys, order: readonly Given<Key>[]): Settings {
  const s = defaults()
  for (const { key, value } of order) {
    if (isStressor(key)) s.jobs.push({ name: key, workers: workers(sys, key, value) })
    else if (/Ops$/.test(key)) s.maxOps[key.slice(0, -3) as StressorName] = count(value)
    else SET[key]?.(s, value, sys)
  }
  const excluded = order.filter(it => it.key === 'exclude').flatMap(it => it.value.split(','))
  s.jobs = s.jobs.filter(it => !excluded.includes(it.name))
  return s
}

/** 0 workers are as many as there are processors. */
function workers(sys: Sys, name: string, text: string): number {
  const wanted = integer(text)
  if (wanted > MOST_WORKERS)
    throw new Refused(`Number of ${name} stressors must be between 0 and ${MOST_WORKERS}`)
  return wanted > 0 ? wanted : online(sys)
}
