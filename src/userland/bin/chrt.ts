/**
 * chrt - manipulate the real-time attributes of a process
 * Linux: util-linux schedutils/chrt.c; chrt(1).
 *
 */
import {
  ENOENT,
  type Blocking,
  SCHED_BATCH,
  SCHED_DEADLINE,
  SCHED_FIFO,
  SCHED_FLAG_RESET_ON_FORK,
  SCHED_IDLE,
  SCHED_OTHER,
  SCHED_RESET_ON_FORK,
  SCHED_RR,
  type SchedAttr,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, type Flags, must, type Options, type Process, usage } from '../lib/command.ts'
import { execProgram } from '../lib/namespaces.ts'
import { readProc, tids } from '../lib/proc.ts'

const POLICIES = ['OTHER', 'FIFO', 'RR', 'BATCH', 'ISO', 'IDLE', 'DEADLINE']

const OPTIONS = {
  batch: { short: 'b' },
  deadline: { short: 'd' },
  fifo: { short: 'f' },
  idle: { short: 'i' },
  other: { short: 'o' },
  rr: { short: 'r' },
  resetOnFork: { short: 'R' },
  schedRuntime: { short: 'T', value: '<ns>' },
  schedPeriod: { short: 'P', value: '<ns>' },
  schedDeadline: { short: 'D', value: '<ns>' },
  allTasks: { short: 'a' },
  max: { short: 'm' },
  pid: { short: 'p' },
  verbose: { short: 'v' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

export default command({
  name: 'chrt',
  summary: 'show or change the real-time scheduling attributes of a process',
  suite: 'util-linux',
  usage: 'chrt [options] <priority> <command> [<arg>...]',
  help: `Show or change the real-time scheduling attributes of a process.

Set policy:
 chrt [options] <priority> <command> [<arg>...]
 chrt [options] --pid <priority> <pid>

Get policy:
 chrt [options] -p <pid>

Policy options:
 -b, --batch          set policy to SCHED_BATCH
 -d, --deadline       set policy to SCHED_DEADLINE
 -f, --fifo           set policy to SCHED_FIFO
 -i, --idle           set policy to SCHED_IDLE
 -o, --other          set policy to SCHED_OTHER
 -r, --rr             set policy to SCHED_RR (default)

Scheduling options:
 -R, --reset-on-fork       set reset-on-fork flag
 -T, --sched-runtime <ns>  runtime parameter for DEADLINE
 -P, --sched-period <ns>   period parameter for DEADLINE
 -D, --sched-deadline <ns> deadline parameter for DEADLINE

Other options:
 -a, --all-tasks      operate on all the tasks (threads) for a given pid
 -m, --max            show min and max valid priorities
 -p, --pid            operate on existing given pid
 -v, --verbose        display status information

 -h, --help           display this help
 -V, --version        display version

For more details see chrt(1).
`,
  options: OPTIONS,
  stopAtOperand: true,

  *main(sys, flags, args, me) {
    if (flags.max) return limits(me)
    if (flags.pid && args.length <= 1) {
      const pid = pidOf(args[0] ?? me.argv[me.argv.length - 1]!)
      for (const tid of flags.allTasks ? yield* tids(sys, pid || sys.getpid()) : [pid])
        yield* report(sys, me, tid)
      return 0
    }
    if (args.length < 2) throw usage('bad usage')
    const policy = POLICY_FLAGS.find(([flag]) => flags[flag])?.[1] ?? SCHED_RR
    const pid = flags.pid ? pidOf(args[1]!) : 0
    if (flags.allTasks && !flags.pid) throw fatal('cannot obtain the list of tasks', ENOENT)
    const chosen = flags.allTasks ? yield* tids(sys, pid || sys.getpid()) : [pid]
    if (flags.verbose && flags.pid) for (const tid of chosen) yield* report(sys, me, tid)
    const attr = attrOf(flags, policy, args[0]!)
    for (const tid of chosen)
      must(`failed to set pid ${tid}'s policy`, () =>
        sys.sched_setattr(tid, { ...attr, nice: sys.sched_getattr(tid).nice }),
      )
    if (flags.verbose && (flags.pid || me.out.isTty))
      for (const tid of chosen) yield* report(sys, me, tid, 'new')
    return flags.pid ? 0 : yield* execProgram(sys, args.slice(1), me.envp)
  },
})

/** What the options and the priority ask for; wrong ones end the program. */
function attrOf(flags: Given, policy: number, text: string): Omit<SchedAttr, 'nice'> {
  const times = [flags.schedRuntime, flags.schedDeadline, flags.schedPeriod]
  if (!/^\d+$/.test(text)) throw fatal(`invalid priority argument: '${text}'`)
  const priority = Number(text)
  if (policy !== SCHED_DEADLINE && times.some(it => it !== undefined))
    throw fatal('--sched-{runtime,deadline,period} options are supported for SCHED_DEADLINE only')
  const isRealTime = policy === SCHED_FIFO || policy === SCHED_RR
  if (!(priority >= (isRealTime ? 1 : 0) && priority <= (isRealTime ? 99 : 0)))
    throw fatal(`unsupported priority value for the policy: ${text}: see --max for valid range`)
  const [runtime = 0, deadline = 0, period = 0] = times.map((it, i) => timeOf(it, TIMES[i]!))
  return {
    policy,
    flags: flags.resetOnFork ? SCHED_FLAG_RESET_ON_FORK : 0,
    priority,
    // "runtime <= deadline <= period": who gives one of them means the others too.
    runtime: policy === SCHED_DEADLINE ? runtime || deadline || period : 0,
    deadline: deadline || period,
    period,
  }
}

const TIMES = ['runtime', 'deadline', 'period']

function timeOf(text: string | undefined, name: string): number {
  if (text === undefined) return 0
  if (!/^\d+$/.test(text)) throw fatal(`invalid ${name} argument: '${text}'`)
  return Number(text)
}

const POLICY_FLAGS = [
  ['batch', SCHED_BATCH],
  ['deadline', SCHED_DEADLINE],
  ['fifo', SCHED_FIFO],
  ['idle', SCHED_IDLE],
  ['other', SCHED_OTHER],
  ['rr', SCHED_RR],
] as const

function pidOf(text: string): number {
  if (!/^\d+$/.test(text)) throw fatal(`invalid PID argument: '${text}'`)
  return Number(text)
}

function* report(sys: Sys, me: Process, pid: number, when: 'current' | 'new' = 'current'): Blocking<void> {
  const policy = must(`failed to get pid ${pid}'s policy`, () => sys.sched_getscheduler(pid))
  const process = yield* readProc(sys, pid || sys.getpid())
  const head = `pid ${pid || sys.getpid()}'s ${when}`
  const reset = policy & SCHED_RESET_ON_FORK ? '|SCHED_RESET_ON_FORK' : ''
  const bare = policy & ~SCHED_RESET_ON_FORK
  me.out.line(`${head} scheduling policy: SCHED_${POLICIES[bare]}${reset}`)
  me.out.line(`${head} scheduling priority: ${process?.rtprio ?? 0}`)
  if (bare !== SCHED_DEADLINE) return
  const { runtime, deadline, period } = sys.sched_getattr(pid)
  me.out.line(`${head} runtime/deadline/period parameters: ${runtime}/${deadline}/${period}`)
}

function limits(me: Process): number {
  for (const name of ['OTHER', 'FIFO', 'RR', 'BATCH', 'IDLE', 'DEADLINE']) {
    const range = name === 'FIFO' || name === 'RR' ? '1/99' : '0/0'
    me.out.line(`SCHED_${name} min/max priority\t: ${range}`)
  }
  return 0
}
