/**
 * Reading /proc as procps and util-linux do: everything ps, top, pgrep, lsns and free know comes from these texts.
 * Linux: procps-ng library/readproc.c, library/meminfo.c; proc(5).
 */
import { type Blocking, Errno, type Sys } from '../../abi/index.ts'
import { readDir, readFile } from './command.ts'

/** Ticks a second of the times in /proc/PID/stat. Linux: sysconf(_SC_CLK_TCK). */
export const HZ = 100
export const PAGE = 4096

/** One process or thread, from /proc/PID[/task/TID]/{stat,status,cmdline}. Times in ticks, sizes in KiB. */
export interface Proc {
  readonly pid: number
  /** The process, and its own number where it is a thread. `pid` is the first unless somebody shows threads as processes. */
  readonly tgid: number
  readonly tid: number
  /** Where the rest of it is found. */
  readonly dir: string
  readonly comm: string
  readonly state: string
  readonly ppid: number
  readonly pgrp: number
  readonly session: number
  readonly tty: number
  readonly tpgid: number
  readonly flags: number
  readonly minFlt: number
  readonly majFlt: number
  readonly utime: number
  readonly stime: number
  readonly cutime: number
  readonly cstime: number
  readonly priority: number
  readonly nice: number
  readonly threads: number
  readonly start: number
  readonly vsize: number
  readonly rss: number
  readonly startCode: number
  readonly endCode: number
  readonly startStack: number
  readonly processor: number
  readonly rtprio: number
  readonly policy: number
  /** Real, effective, saved, file system. */
  readonly uids: readonly number[]
  readonly gids: readonly number[]
  readonly groups: readonly number[]
  /** Every `Name:` of /proc/PID/status with its text. */
  readonly status: ReadonlyMap<string, string>
  /** Arguments; empty for kernel threads and zombies. */
  readonly argv: readonly string[]
}

/** The pids there are, in ascending order. */
export function* pids(sys: Sys): Blocking<number[]> {
  const found: number[] = []
  for (const { name } of yield* readDir(sys, '/proc')) if (/^\d+$/.test(name)) found.push(Number(name))
  return found.sort((a, b) => a - b)
}

/** The text of a file of /proc, undefined when the process is gone or hides it. */
export function* procText(sys: Sys, path: string): Blocking<string | undefined> {
  try {
    return yield* readFile(sys, path)
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

/** One process; undefined when there is none (any more). */
export const readProc = (sys: Sys, pid: number): Blocking<Proc | undefined> =>
  readProcIn(sys, pid, `/proc/${pid}`)

function* readProcIn(sys: Sys, pid: number, dir: string): Blocking<Proc | undefined> {
  const stat = yield* procText(sys, `${dir}/stat`)
  const status = yield* procText(sys, `${dir}/status`)
  if (!stat || !status) return undefined
  const cmdline = (yield* procText(sys, `${dir}/cmdline`)) ?? ''
  return parseProc(pid, dir, stat, status, cmdline)
}

/** The numbers of a process's threads, in the order of /proc/PID/task. */
export function* tids(sys: Sys, pid: number): Blocking<number[]> {
  try {
    return (yield* readDir(sys, `/proc/${pid}/task`)).map(it => Number(it.name))
  } catch (e) {
    if (e instanceof Errno) return []
    throw e
  }
}

/** The threads of a process, each as what it is alone. */
export function* readThreads(sys: Sys, { pid }: Proc): Blocking<Proc[]> {
  const all: Proc[] = []
  for (const tid of yield* tids(sys, pid)) {
    const it = yield* readProcIn(sys, pid, `/proc/${pid}/task/${tid}`)
    if (it) all.push(it)
  }
  return all
}

/** All processes, by ascending pid. */
export function* readProcs(sys: Sys): Blocking<Proc[]> {
  const all: Proc[] = []
  for (const pid of yield* pids(sys)) {
    const it = yield* readProc(sys, pid)
    if (it) all.push(it)
  }
  return all
}

function parseProc(pid: number, dir: string, stat: string, statusText: string, cmdline: string): Proc {
  const open = stat.indexOf('(')
  const close = stat.lastIndexOf(')')
  const f = stat.slice(close + 2).split(' ')
  const n = (field: number): number => Number(f[field - 3] ?? 0)
  const status = parseStatus(statusText)
  const numbers = (name: string): number[] =>
    (status.get(name) ?? '').trim().split(/\s+/).filter(Boolean).map(Number)
  return {
    pid,
    tgid: pid,
    tid: Number.parseInt(stat, 10),
    dir,
    comm: stat.slice(open + 1, close),
    state: f[0] ?? '?',
    ppid: n(4),
    pgrp: n(5),
    session: n(6),
    tty: n(7),
    tpgid: n(8),
    flags: n(9),
    minFlt: n(10),
    majFlt: n(12),
    utime: n(14),
    stime: n(15),
    cutime: n(16),
    cstime: n(17),
    priority: n(18),
    nice: n(19),
    threads: n(20),
    start: n(22),
    vsize: Math.floor(n(23) / 1024),
    rss: status.has('VmRSS') ? Number.parseInt(status.get('VmRSS')!, 10) : n(24) * (PAGE / 1024),
    startCode: n(26),
    endCode: n(27),
    startStack: n(28),
    processor: n(39),
    rtprio: n(40),
    policy: n(41),
    uids: numbers('Uid'),
    gids: numbers('Gid'),
    groups: numbers('Groups'),
    status,
    // Programs that change their title leave NULs behind it.
    argv: cmdline ? cmdline.replace(/\0+$/, '').split('\0') : [],
  }
}

/** `Name:\ttext` lines as a map; also right for /proc/meminfo. */
export function parseStatus(text: string): Map<string, string> {
  const map = new Map<string, string>()
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) map.set(line.slice(0, colon), line.slice(colon + 1).trim())
  }
  return map
}

/** The namespace number behind /proc/PID/ns/NAME; 0 when it may not be seen. */
export function nsNumber(sys: Sys, pid: number | string, name: string): number {
  try {
    return Number(/\[(\d+)\]/.exec(sys.readlink(`/proc/${pid}/ns/${name}`))?.[1] ?? 0)
  } catch (e) {
    if (e instanceof Errno) return 0
    throw e
  }
}

/** `pts/0`, `tty1`, `console`; `?` for none. Linux: dev_to_tty(). */
export function ttyName(dev: number): string {
  if (!dev) return '?'
  const major = (dev >> 8) & 0xfff
  const minor = (dev & 0xff) | ((dev >> 12) & 0xfff00)
  if (major >= 136 && major <= 143) return `pts/${(major - 136) * 256 + minor}`
  if (major === 4) return minor < 64 ? `tty${minor}` : `ttyS${minor - 64}`
  if (major === 5) return minor === 1 ? 'console' : 'tty'
  return '?'
}

/** Values of /proc/meminfo in KiB. */
export function* meminfo(sys: Sys): Blocking<(name: string) => number> {
  const map = parseStatus(yield* readFile(sys, '/proc/meminfo'))
  return name => Number.parseInt(map.get(name) ?? '0', 10)
}

/** Seconds since boot. */
export function* uptime(sys: Sys): Blocking<number> {
  return Number((yield* readFile(sys, '/proc/uptime')).split(' ')[0])
}

/** Seconds of the epoch at which the host booted: btime of /proc/stat. */
export function* bootTime(sys: Sys): Blocking<number> {
  return Number(/^btime (\d+)$/m.exec(yield* readFile(sys, '/proc/stat'))?.[1] ?? 0)
}

/** Jiffies of one line of /proc/stat: user nice system idle iowait irq softirq steal guest guest_nice. */
export interface CpuTimes {
  readonly name: string
  readonly times: readonly number[]
}

/** `cpu` (all together) first, then cpu0, cpu1, … */
export function* cpuTimes(sys: Sys): Blocking<CpuTimes[]> {
  const found: CpuTimes[] = []
  for (const line of (yield* readFile(sys, '/proc/stat')).split('\n')) {
    if (!line.startsWith('cpu')) continue
    const [name, ...times] = line.split(/\s+/)
    found.push({ name: name!, times: times.map(Number) })
  }
  return found
}

/** What belongs to each key, in order. */
export function grouped<T, K>(all: readonly T[], keyOf: (it: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  for (const it of all) {
    const key = keyOf(it)
    const group = groups.get(key)
    if (group) group.push(it)
    else groups.set(key, [it])
  }
  return groups
}
