/**
 * stress - impose load on and stress test systems
 * Linux: stress 1.0.7, src/stress.c; stress(1). The numbers in its messages are lines of that file.
 */
import {
  type Blocking,
  CLOCK_REALTIME,
  EINTR,
  ENOMEM,
  Errno,
  O_CREAT,
  O_WRONLY,
  PR_SET_PDEATHSIG,
  SIG_DFL,
  SIGALRM,
  SIGTERM,
  SIGUSR1,
  type Sys,
  WEXITSTATUS,
  WIFEXITED,
  WIFSIGNALED,
  WTERMSIG,
} from '../../abi/index.ts'
import { command } from '../lib/command.ts'

const HELP = `\`stress' imposes certain types of compute stress on your system

Usage: stress [OPTION [ARG]] ...
 -?, --help         show this help statement
     --version      show version statement
 -v, --verbose      be verbose
 -q, --quiet        be quiet
 -n, --dry-run      show what would have been done
 -t, --timeout N    timeout after N seconds
     --backoff N    wait factor of N microseconds before work starts
 -c, --cpu N        spawn N workers spinning on sqrt()
 -i, --io N         spawn N workers spinning on sync()
 -m, --vm N         spawn N workers spinning on malloc()/free()
     --vm-bytes B   malloc B bytes per vm worker (default is 256MB)
     --vm-stride B  touch a byte every B bytes (default is 4096)
     --vm-hang N    sleep N secs before free (default none, 0 is inf)
     --vm-keep      redirty memory instead of freeing and reallocating
 -d, --hdd N        spawn N workers spinning on write()/unlink()
     --hdd-bytes B  write B bytes per hdd worker (default is 1GB)

Example: stress --cpu 8 --io 4 --vm 2 --vm-bytes 128M --timeout 10s

Note: Numbers may be suffixed with s,m,h,d,y (time) or B,K,M,G (size).
`

/** What the command line asks for. */
interface Plan {
  cpu: number
  io: number
  vm: number
  hdd: number
  vmBytes: number
  vmStride: number
  vmHang: number
  vmKeep: boolean
  hddBytes: number
  timeout: number
  backoff: number
  verbosity: number
  dryRun: boolean
}

/** A refused command line: the message and the line of stress.c that gives it. */
class Refused {
  readonly line: number
  readonly message: string
  constructor(line: number, message: string) {
    this.line = line
    this.message = message
  }
}

const OPTIONS: Readonly<Record<string, keyof Plan | 'help' | 'version' | 'verbose' | 'quiet'>> = {
  '-?': 'help',
  '--help': 'help',
  '--version': 'version',
  '-v': 'verbose',
  '--verbose': 'verbose',
  '-q': 'quiet',
  '--quiet': 'quiet',
  '-n': 'dryRun',
  '--dry-run': 'dryRun',
  '-t': 'timeout',
  '--timeout': 'timeout',
  '--backoff': 'backoff',
  '-c': 'cpu',
  '--cpu': 'cpu',
  '-i': 'io',
  '--io': 'io',
  '-m': 'vm',
  '--vm': 'vm',
  '--vm-bytes': 'vmBytes',
  '--vm-stride': 'vmStride',
  '--vm-hang': 'vmHang',
  '--vm-keep': 'vmKeep',
  '-d': 'hdd',
  '--hdd': 'hdd',
  '--hdd-bytes': 'hddBytes',
}
const LONG: Partial<Record<string, string>> = {
  '-t': '--timeout',
  '-c': '--cpu',
  '-i': '--io',
  '-m': '--vm',
  '-d': '--hdd',
}
/** Lines of stress.c where a missing argument and a negative number of hogs are reported. */
const LINES: Partial<Record<string, readonly [missing: number, invalid: number]>> = {
  timeout: [157, 0],
  backoff: [162, 0],
  cpu: [167, 171],
  io: [176, 180],
  vm: [185, 189],
  vmBytes: [194, 0],
  vmStride: [199, 0],
  vmHang: [204, 208],
  hdd: [218, 222],
  hddBytes: [227, 0],
}
const HOGS: Partial<Record<string, string>> = {
  cpu: 'cpu hogs',
  io: 'io hogs',
  vm: 'vm hogs',
  hdd: 'hdd hogs',
}

export default command({
  name: 'stress',
  summary: 'impose load on and stress test systems',
  suite: 'other',
  usage: 'stress [OPTION [ARG]] ...',
  help: HELP,
  raw: true,

  *main(sys, _flags, args, me) {
    const say = printer(sys)
    let plan: Plan | 'help' | 'version'
    try {
      plan = planOf(args)
    } catch (e) {
      if (!(e instanceof Refused)) throw e
      yield* say('FAIL', `(${e.line}) ${e.message}`)
      return 1
    }
    if (plan === 'version') me.out.print('stress 1.0.7\n')
    if (plan === 'version') return 0
    if (plan === 'help' || !(plan.cpu || plan.io || plan.vm || plan.hdd)) {
      me.out.print(HELP)
      return 0
    }
    return yield* supervise(sys, plan, say)
  },
})

type Say = (kind: 'info' | 'dbug' | 'WARN' | 'FAIL', text: string) => Blocking<void>

/** Messages carry the pid of who says them; failures go to standard error. */
const printer = (sys: Sys): Say =>
  function* (kind, text) {
    yield* sys.write(
      kind === 'FAIL' || kind === 'WARN' ? 2 : 1,
      `stress: ${kind}: [${sys.getpid()}] ${text}\n`,
    )
  }

function planOf(args: readonly string[]): Plan | 'help' | 'version' {
  const plan: Plan = {
    cpu: 0,
    io: 0,
    vm: 0,
    hdd: 0,
    vmBytes: 256 * 1024 * 1024,
    vmStride: 4096,
    vmHang: -1,
    vmKeep: false,
    hddBytes: 1024 * 1024 * 1024,
    timeout: 0,
    backoff: 3000,
    verbosity: 2,
    dryRun: false,
  }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    const key = OPTIONS[arg]
    if (key === undefined) throw new Refused(251, `unrecognized option: ${arg}`)
    if (key === 'help' || key === 'version') return key
    if (key === 'verbose') plan.verbosity = 3
    else if (key === 'quiet') plan.verbosity = 0
    else if (key === 'dryRun' || key === 'vmKeep') plan[key] = true
    else {
      const value = args[++i]
      if (value === undefined)
        throw new Refused(LINES[key]?.[0] ?? 0, `missing argument to option '${LONG[arg] ?? arg}'`)
      const amount = key === 'timeout' || key === 'vmHang' ? seconds(value) : bytes(value, key in HOGS)
      if (amount < 0)
        throw new Refused(LINES[key]?.[1] ?? 0, `invalid number of ${HOGS[key] ?? 'bytes'}: ${value}`)
      ;(plan as unknown as Record<string, number>)[key] = amount
    }
  }
  return plan
}

function scaled(text: string, units: string, factors: readonly number[], line: number): number {
  const number = Number(/^\s*[-+]?\d+/.exec(text)?.[0] ?? 0)
  const unit = text.slice(-1)
  if (!unit || /\d/.test(unit)) return number
  const index = units.indexOf(unit.toLowerCase())
  if (index < 0) throw new Refused(line, `unrecognized suffix: ${unit}`)
  return number * factors[index]!
}
const seconds = (text: string): number => scaled(text, 'smhdy', [1, 60, 3600, 86400, 31536000], 723)
const bytes = (text: string, hogs: boolean): number =>
  hogs ? scaled(text, '', [], 665) : scaled(text, 'bkmg', [1, 1024, 1024 ** 2, 1024 ** 3], 665)

const KINDS = ['cpu', 'io', 'vm', 'hdd'] as const

/** Start the workers, wait for them, and say how it went. */
function* supervise(sys: Sys, plan: Plan, say: Say): Blocking<number> {
  const started = sys.clock_gettime(CLOCK_REALTIME).sec
  const info = function* (text: string): Blocking<void> {
    if (plan.verbosity >= 2) yield* say('info', text)
  }
  const debug = function* (text: string): Blocking<void> {
    if (plan.verbosity >= 3) yield* say('dbug', text)
  }
  yield* info(`dispatching hogs: ${plan.cpu} cpu, ${plan.io} io, ${plan.vm} vm, ${plan.hdd} hdd`)
  const workers = new Set<number>()
  const most = Math.max(plan.cpu, plan.io, plan.vm, plan.hdd)
  for (let n = most; n > 0; n--)
    for (const kind of KINDS) {
      if (plan[kind] < n) continue
      yield* debug(`using backoff sleep of ${plan.backoff * n}us`)
      if (plan.timeout) yield* debug(`setting timeout to ${plan.timeout}s`)
      if (plan.dryRun) continue
      const pid = sys.clone(0, its => work(its, kind, plan, plan.backoff * n))
      workers.add(pid)
      yield* debug(`--> hog${kind} worker ${n} [${pid}] forked`)
    }
  const failures = yield* reap(sys, plan, workers, say, debug)
  const runtime = sys.clock_gettime(CLOCK_REALTIME).sec - started
  if (failures) yield* say('FAIL', `(461) failed run completed in ${runtime}s`)
  else yield* info(`successful run completed in ${runtime}s`)
  return failures ? 1 : 0
}

function* reap(
  sys: Sys,
  plan: Plan,
  workers: Set<number>,
  say: Say,
  debug: (text: string) => Blocking<void>,
): Blocking<number> {
  let failures = 0
  while (workers.size) {
    let waited: Awaited<{ pid: number; status: number } | undefined>
    try {
      waited = yield* sys.wait4(-1, 0)
    } catch (e) {
      if (e === EINTR) continue
      throw e
    }
    if (!waited || !workers.delete(waited.pid)) continue
    const { pid, status } = waited
    if (WIFEXITED(status) && WEXITSTATUS(status) === 0) {
      yield* debug(`<-- worker ${pid} returned normally`)
      continue
    }
    if (WIFSIGNALED(status) && (WTERMSIG(status) === SIGALRM || WTERMSIG(status) === SIGUSR1)) {
      yield* debug(`<-- worker ${pid} signalled normally`)
      continue
    }
    failures++
    const signalled = WIFSIGNALED(status)
    if (plan.verbosity) {
      yield* say(
        'FAIL',
        signalled
          ? `(425) <-- worker ${pid} got signal ${WTERMSIG(status)}`
          : `(404) <-- worker ${pid} returned error ${WEXITSTATUS(status)}`,
      )
      yield* say('WARN', `(${signalled ? 427 : 406}) now reaping child worker processes`)
    }
    for (const worker of [pid, ...workers]) yield* stop(sys, worker, signalled ? 431 : 410, say)
    if (workers.size === 0) break
  }
  return failures
}

function* stop(sys: Sys, pid: number, line: number, say: Say): Blocking<void> {
  try {
    yield* sys.kill(pid, SIGUSR1)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* say('FAIL', `(${line}) kill error: ${e.message}`)
  }
}

/** One hog. It lives until SIGALRM or SIGUSR1 ends it. */
function* work(sys: Sys, kind: (typeof KINDS)[number], plan: Plan, backoff: number): Blocking<number> {
  // A worker does not outlive the program that started it.
  sys.prctl(PR_SET_PDEATHSIG, SIGTERM)
  sys.sigaction(SIGALRM, SIG_DFL)
  sys.sigaction(SIGUSR1, SIG_DFL)
  if (plan.timeout) sys.alarm(plan.timeout)
  yield* sys.nanosleep(backoff * 1000)
  switch (kind) {
    case 'cpu':
      // sqrt(rand()) for ever.
      for (;;) yield* sys.burn(1e9)
    case 'io':
      for (;;) {
        yield* sys.sync()
        yield* sys.burn(50_000)
      }
    case 'vm':
      return yield* hogMemory(sys, plan)
    case 'hdd':
      return yield* hogDisk(sys, plan)
  }
}

/** malloc, touch every page, free; with --vm-keep touch the same pages again and again. */
function* hogMemory(sys: Sys, plan: Plan): Blocking<number> {
  const say = printer(sys)
  const debug = plan.verbosity >= 3
  const touching = Math.ceil(plan.vmBytes / Math.max(1, plan.vmStride)) * 250
  for (let first = true; ; first = false) {
    if (first || !plan.vmKeep) {
      if (debug) yield* say('dbug', `allocating ${plan.vmBytes} bytes ...`)
      try {
        yield* sys.brk(plan.vmBytes)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* say('FAIL', `(512) hogvm malloc failed: ${ENOMEM.message}`)
        return 1
      }
    }
    if (debug) yield* say('dbug', `touching bytes in strides of ${plan.vmStride} bytes ...`)
    yield* sys.touch(0, plan.vmBytes)
    yield* sys.burn(Math.max(100_000, touching))
    if (plan.vmHang === 0) {
      if (debug) yield* say('dbug', 'sleeping forever with allocated memory')
      for (;;) yield* sys.nanosleep(1e15)
    }
    if (plan.vmHang > 0) {
      if (debug) yield* say('dbug', `sleeping for ${plan.vmHang}s with allocated memory`)
      yield* sys.nanosleep(plan.vmHang * 1e9)
    }
    if (plan.vmKeep) continue
    yield* sys.brk(0)
    if (debug) yield* say('dbug', `freed ${plan.vmBytes} bytes`)
  }
}

const CHUNK = 1024 * 1024 - 1

/** Write a file nobody sees, again and again. */
function* hogDisk(sys: Sys, plan: Plan): Blocking<number> {
  const chunk = new Uint8Array(CHUNK)
  for (let n = 0; ; n++) {
    const path = `./stress.${sys.getpid().toString(36).padStart(6, 'x')}${n % 10}`
    const fd = yield* sys.open(path, O_WRONLY | O_CREAT, 0o600)
    sys.unlink(path)
    for (let written = 0; written < plan.hddBytes; written += CHUNK) {
      try {
        yield* sys.write(fd, chunk)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* printer(sys)('FAIL', `(601) write failed: ${e.message}`)
        return 1
      }
      yield* sys.burn(300_000)
    }
    sys.close(fd)
  }
}
