/**
 * chrt - manipulate the real-time attributes of a process
 * Linux: util-linux schedutils/chrt.c; chrt(1).
 *
 * Left out: SCHED_DEADLINE, --reset-on-fork. Real-time policies are set and shown; the scheduler treats them as fair.
 */
import {
  type Blocking,
  SCHED_BATCH,
  SCHED_FIFO,
  SCHED_IDLE,
  SCHED_OTHER,
  SCHED_RR,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, must, type Process, usage } from '../lib/command.ts'
import { execProgram } from '../lib/namespaces.ts'
import { readProc } from '../lib/proc.ts'

const POLICIES = ['OTHER', 'FIFO', 'RR', 'BATCH', 'ISO', 'IDLE', 'DEADLINE']

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
  options: {
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
  },
  stopAtOperand: true,

  *main(sys, flags, args, me) {
    if (flags.max) return limits(me)
    if (flags.pid && args.length === 1) {
      yield* report(sys, me, pidOf(args[0]!))
      return 0
    }
    if (args.length < 2) throw usage('bad usage')
    const policy = POLICY_FLAGS.find(([flag]) => flags[flag])?.[1] ?? SCHED_RR
    const priority = /^\d+$/.test(args[0]!) ? Number(args[0]) : undefined
    if (priority === undefined) throw fatal(`invalid priority argument: '${args[0]}'`)
    const realtime = policy === SCHED_FIFO || policy === SCHED_RR
    if (!(priority >= (realtime ? 1 : 0) && priority <= (realtime ? 99 : 0)))
      throw fatal(`unsupported priority value for the policy: ${args[0]}: see --max for valid range`)
    const pid = flags.pid ? pidOf(args[1]!) : 0
    must(`failed to set pid ${pid}'s policy`, () => sys.sched_setscheduler(pid, policy, priority))
    if (flags.verbose && (flags.pid || me.out.isTty)) yield* report(sys, me, pid, 'new')
    return flags.pid ? 0 : yield* execProgram(sys, args.slice(1), me.envp)
  },
})

const POLICY_FLAGS = [
  ['batch', SCHED_BATCH],
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
  me.out.line(`pid ${pid || sys.getpid()}'s ${when} scheduling policy: SCHED_${POLICIES[policy]}`)
  me.out.line(`pid ${pid || sys.getpid()}'s ${when} scheduling priority: ${process?.rtprio ?? 0}`)
}

function limits(me: Process): number {
  for (const name of ['OTHER', 'FIFO', 'RR', 'BATCH', 'IDLE', 'DEADLINE']) {
    const range = name === 'FIFO' || name === 'RR' ? '1/99' : '0/0'
    me.out.line(`SCHED_${name} min/max priority\t: ${range}`)
  }
  return 0
}
