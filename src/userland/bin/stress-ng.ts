/**
 * stress-ng - stress test a computer system in various selectable ways
 * Linux: stress-ng 0.15.06; stress-ng(1).
 *
 * Left out: all stressors but cpu, vm and io; metrics, methods, classes.
 */
import {
  type Blocking,
  CLOCK_MONOTONIC,
  EINTR,
  Errno,
  PR_SET_NAME,
  PR_SET_PDEATHSIG,
  SIG_DFL,
  SIGALRM,
  SIGINT,
  SIGKILL,
  SIGTERM,
  type Sys,
  WIFSIGNALED,
  WTERMSIG,
} from '../../abi/index.ts'
import { command, fatal, type Flags, type Options } from '../lib/command.ts'
import { waitFor } from '../lib/namespaces.ts'
import { fixed } from '../lib/printf.ts'

const OPTIONS = {
  cpu: { short: 'c', value: ' N', help: 'start N workers that perform CPU only loading' },
  cpuLoad: { short: 'l', value: ' P', help: 'load CPU by P %, 0=sleep, 100=full load' },
  vm: { short: 'm', value: ' N', help: 'start N workers spinning on anonymous mmap' },
  vmBytes: { value: ' N', help: 'allocate N bytes per vm worker (default 256MB)' },
  vmKeep: { help: 'redirty memory instead of reallocating' },
  vmHang: { value: ' N', help: 'sleep N seconds before freeing memory' },
  io: { short: 'i', value: ' N', help: 'start N workers spinning on sync()' },
  timeout: { short: 't', value: ' T', help: 'timeout after T seconds' },
  quiet: { short: 'q', help: 'quiet output' },
  verbose: { short: 'v', help: 'verbose output' },
} as const satisfies Options

const KINDS = ['cpu', 'vm', 'io'] as const
type Kind = (typeof KINDS)[number]

/** What the workers do. */
interface Plan {
  readonly load: number
  readonly bytes: number
  readonly keep: boolean
  readonly hang: number
  readonly timeout: number
}

export default command({
  name: 'stress-ng',
  summary: 'stress test a computer system in various selectable ways',
  suite: 'other',
  usage: 'stress-ng [OPTION [ARG]]',
  version: 'stress-ng, version 0.15.06 (gcc 12.2.0, x86_64 Linux 6.1.0-56-amd64)\n',
  options: OPTIONS,

  *main(sys, flags) {
    const say = function* (kind: string, text: string): Blocking<void> {
      if (!flags.quiet) yield* sys.write(2, `stress-ng: ${`${kind}:`.padEnd(6)} [${sys.getpid()}] ${text}\n`)
    }
    const cpus = sys.sched_getaffinity(0).length
    const counts = new Map<Kind, number>()
    for (const kind of KINDS) if (flags[kind] !== undefined) counts.set(kind, number(flags[kind]!) || cpus)
    const plan = planOf(flags)
    const given = flags.timeout !== undefined
    yield* say(
      'info',
      `${given ? 'setting' : 'defaulting'} to a ${plan.timeout} second${spelled(plan.timeout)} run per stressor`,
    )
    if (!counts.size) {
      yield* say('error', 'No stress workers invoked')
      return 1
    }
    yield* say('info', `dispatching hogs: ${[...counts].map(([kind, n]) => `${n} ${kind}`).join(', ')}`)
    const started = seconds(sys)
    const workers = new Set<number>()
    for (const [kind, count] of counts)
      for (let n = 0; n < count; n++) workers.add(sys.clone(0, its => work(its, kind, plan)))
    const broken = yield* reap(sys, workers)
    const took = fixed(seconds(sys) - started, 2)
    yield* say(
      'info',
      broken ? `unsuccessful run completed in ${took}s` : `successful run completed in ${took}s`,
    )
    return broken ? 2 : 0
  },
})

function seconds(sys: Sys): number {
  const t = sys.clock_gettime(CLOCK_MONOTONIC)
  return t.sec + t.nsec / 1e9
}

function number(text: string): number {
  if (!/^-?\d+$/.test(text.trim())) throw fatal(`Value ${text} contains non-numeric: '${text}'`)
  return Number(text)
}

/** 10M, 1G, 25% of the memory, 60s, 5m. */
function scaled(text: string, units: Readonly<Record<string, number>>): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([a-z%]?)$/i.exec(text.trim()) ?? []
  const factor = unit ? units[unit.toLowerCase()] : 1
  if (digits === undefined || factor === undefined) throw fatal(`Illegal specifier ${text}`)
  return Math.floor(Number(digits) * factor)
}

function planOf(flags: Flags<typeof OPTIONS>): Plan {
  return {
    load: flags.cpuLoad === undefined ? 100 : Math.min(100, number(flags.cpuLoad)),
    bytes: scaled(flags.vmBytes ?? '256m', { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }),
    keep: flags.vmKeep ?? false,
    hang: flags.vmHang === undefined ? -1 : number(flags.vmHang),
    timeout:
      flags.timeout === undefined
        ? 86400
        : scaled(flags.timeout, { s: 1, m: 60, h: 3600, d: 86400, w: 604800 }),
  }
}

/** ` (1 min, 40.00 secs)` where minutes read better. */
function spelled(total: number): string {
  if (total < 60) return ''
  const parts: string[] = []
  const add = (n: number, unit: string): void => {
    if (n) parts.push(`${n} ${unit}${n === 1 ? '' : 's'}`)
  }
  add(Math.floor(total / 86400), 'day')
  add(Math.floor(total / 3600) % 24, 'hour')
  add(Math.floor(total / 60) % 60, 'min')
  if (total % 60 || total >= 86400) parts.push(`${(total % 60).toFixed(2)} secs`)
  return parts.length ? ` (${parts.join(', ')})` : ''
}

/** Wait for all; SIGINT and SIGTERM end the run early. True if a worker did not end as it should. */
function* reap(sys: Sys, workers: Set<number>): Blocking<boolean> {
  let ending = false
  for (const signal of [SIGINT, SIGTERM])
    sys.sigaction(signal, () => {
      ending = true
    })
  let broken = false
  while (workers.size) {
    try {
      const waited = yield* sys.wait4(-1, 0)
      if (waited && workers.delete(waited.pid))
        broken ||= WIFSIGNALED(waited.status) && WTERMSIG(waited.status) !== SIGALRM
    } catch (e) {
      if (e !== EINTR) throw e
    }
    if (ending) yield* stopAll(sys, workers)
    ending = false
  }
  return broken
}

function* stopAll(sys: Sys, workers: ReadonlySet<number>): Blocking<void> {
  for (const pid of workers) {
    try {
      yield* sys.kill(pid, SIGALRM)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
    }
  }
}

function prepare(sys: Sys, kind: Kind, timeout: number): void {
  for (const signal of [SIGINT, SIGTERM, SIGALRM]) sys.sigaction(signal, SIG_DFL)
  sys.prctl(PR_SET_NAME, `stress-ng-${kind}`)
  sys.prctl(PR_SET_PDEATHSIG, SIGKILL)
  sys.alarm(timeout)
}

/** One hog, until SIGALRM ends it. */
function* work(sys: Sys, kind: Kind, plan: Plan): Blocking<number> {
  prepare(sys, kind, plan.timeout)
  if (kind === 'cpu') return yield* hogCpu(sys, plan.load)
  if (kind === 'vm') return yield* watchMemory(sys, plan)
  for (;;) {
    yield* sys.sync()
    yield* sys.burn(50_000)
  }
}

const SLICE = 50_000_000

/** The wished part of every 50 ms. */
function* hogCpu(sys: Sys, load: number): Blocking<number> {
  for (;;) {
    if (load > 0) yield* sys.burn(load === 100 ? 1e9 : (SLICE * load) / 100)
    if (load < 100) yield* sys.nanosleep((SLICE * (100 - load)) / 100)
  }
}

/** The memory hog is a child of its own: when the kernel kills it for want of memory, another takes its place. */
function* watchMemory(sys: Sys, plan: Plan): Blocking<number> {
  for (;;) {
    const pid = sys.clone(0, its => hogMemory(its, plan))
    const { status } = yield* waitFor(sys, pid)
    if (!(WIFSIGNALED(status) && WTERMSIG(status) === SIGKILL)) return 0
  }
}

function* hogMemory(sys: Sys, plan: Plan): Blocking<number> {
  prepare(sys, 'vm', plan.timeout)
  for (let first = true; ; first = false) {
    if (first || !plan.keep) yield* sys.brk(plan.bytes)
    yield* sys.burn(Math.max(100_000, (plan.bytes / 4096) * 250))
    if (plan.hang >= 0) yield* sys.nanosleep(plan.hang ? plan.hang * 1e9 : 1e15)
    if (!plan.keep) yield* sys.brk(0)
  }
}
