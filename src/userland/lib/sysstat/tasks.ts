/** What pidstat reads of a task: all of it are counters of /proc. Linux: sysstat 12.6, pidstat.c. */
import { type Blocking, Errno, type Sys } from '../../../abi/index.ts'
import { readDir } from '../command.ts'
import { parseStatus, pids, procText, tids } from '../proc.ts'

/** One process or thread at one moment. Times in ticks, sizes in KiB. */
export interface TaskCounters {
  readonly tgid: number
  /** 0 for a process as a whole. */
  readonly tid: number
  readonly uid: number
  readonly comm: string
  readonly cmdline: string
  readonly processor: number
  readonly threads: number
  readonly vsz: number
  readonly rss: number
  readonly policy: number
  readonly rtprio: number
  readonly iodelay: number
  readonly counts: Counts
  /** Size and use of the stack. */
  readonly stack: readonly [size: number, referenced: number]
  readonly files: number
}

/** What only grows. */
export interface Counts {
  readonly user: number
  readonly system: number
  readonly guest: number
  /** In ns. */
  readonly waited: number
  readonly minflt: number
  readonly majflt: number
  readonly childUser: number
  readonly childSystem: number
  readonly childGuest: number
  readonly childMinflt: number
  readonly childMajflt: number
  /** Bytes; -1 where they may not be seen. */
  readonly read: number
  readonly written: number
  readonly cancelled: number
  readonly voluntary: number
  readonly forced: number
}

/** Which of the dearer files have to be read. */
export interface Depth {
  readonly threads: boolean
  readonly stack: boolean
  readonly files: boolean
}

/** All tasks, or some processes, by ascending number; threads follow their process. */
export function* readTasks(
  sys: Sys,
  only: readonly number[] | undefined,
  depth: Depth,
): Blocking<TaskCounters[]> {
  const found: TaskCounters[] = []
  for (const pid of only ?? (yield* pids(sys))) {
    const process = yield* readTask(sys, pid, 0, depth)
    if (!process) continue
    found.push(process)
    if (!depth.threads) continue
    for (const tid of yield* tids(sys, pid)) {
      const thread = yield* readTask(sys, pid, tid, depth)
      if (thread) found.push(thread)
    }
  }
  return found
}

function* readTask(sys: Sys, tgid: number, tid: number, depth: Depth): Blocking<TaskCounters | undefined> {
  const dir = tid ? `/proc/${tgid}/task/${tid}` : `/proc/${tgid}`
  const stat = yield* procText(sys, `${dir}/stat`)
  const statusText = yield* procText(sys, `${dir}/status`)
  if (!stat || !statusText) return undefined
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const n = (field: number): number => Number(fields[field - 3] ?? 0)
  const status = parseStatus(statusText)
  const number = (name: string): number => Number.parseInt(status.get(name) ?? '0', 10)
  const schedstat = yield* procText(sys, `${dir}/schedstat`)
  const io = yield* procText(sys, `${dir}/io`)
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(io ?? '')?.[1] ?? -1)
  return {
    tgid,
    tid,
    uid: number('Uid'),
    comm: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
    cmdline: ((yield* procText(sys, `${dir}/cmdline`)) ?? '').replace(/\0+$/, '').replaceAll('\0', ' '),
    processor: n(39),
    threads: number('Threads'),
    vsz: Math.floor(n(23) / 1024),
    rss: number('VmRSS'),
    policy: n(41),
    rtprio: n(40),
    iodelay: n(42),
    counts: {
      user: n(14),
      system: n(15),
      guest: n(43),
      waited: Number(schedstat?.split(' ')[1] ?? 0),
      minflt: n(10),
      majflt: n(12),
      childUser: n(16),
      childSystem: n(17),
      childGuest: n(44),
      childMinflt: n(11),
      childMajflt: n(13),
      read: bytes('read_bytes'),
      written: bytes('write_bytes'),
      cancelled: bytes('cancelled_write_bytes'),
      voluntary: number('voluntary_ctxt_switches'),
      forced: number('nonvoluntary_ctxt_switches'),
    },
    stack: depth.stack ? yield* stackOf(sys, dir) : [0, 0],
    files: depth.files ? yield* filesOf(sys, dir) : 0,
  }
}

function* stackOf(sys: Sys, dir: string): Blocking<readonly [number, number]> {
  const smaps = (yield* procText(sys, `${dir}/smaps`)) ?? ''
  const part = smaps.slice(Math.max(0, smaps.indexOf('[stack]')))
  const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(part)?.[1] ?? 0)
  return smaps.includes('[stack]') ? [of('Size'), of('Referenced')] : [0, 0]
}

function* filesOf(sys: Sys, dir: string): Blocking<number> {
  try {
    return (yield* readDir(sys, `${dir}/fd`)).length
  } catch (e) {
    if (e instanceof Errno) return 0
    throw e
  }
}
