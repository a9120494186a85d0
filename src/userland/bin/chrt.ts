/**
 * chrt - manipulate the real-time attributes of a process
 * Linux: util-linux schedutils/chrt.c; chrt(1).
 *
 * Left out: setting a policy: the scheduler here is the fair one only, so sched_setscheduler(2) is missing.
 */
import { ENOSYS, EPERM, SCHED_OTHER } from '../../abi/index.ts'
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
      const pid = Number(args[0])
      const policy = must(`failed to get pid ${args[0]}'s policy`, () => sys.sched_getscheduler(pid))
      const process = yield* readProc(sys, pid || sys.getpid())
      me.out.line(`pid ${pid || sys.getpid()}'s current scheduling policy: SCHED_${POLICIES[policy]}`)
      me.out.line(`pid ${pid || sys.getpid()}'s current scheduling priority: ${process?.rtprio ?? 0}`)
      return 0
    }
    if (args.length < 2) throw usage('bad usage')
    const realtime = !(flags.batch || flags.idle || flags.other)
    const priority = Number(args[0])
    if (!(priority >= (realtime ? 1 : 0) && priority <= (realtime ? 99 : 0)))
      throw fatal(`unsupported priority value for the policy: ${args[0]}: see --max for valid range`)
    const pid = flags.pid ? Number(args[1]) : 0
    if (!flags.other || sys.sched_getscheduler(pid) !== SCHED_OTHER)
      throw fatal(`failed to set pid ${pid}'s policy`, sys.geteuid() ? EPERM : ENOSYS)
    return flags.pid ? 0 : yield* execProgram(sys, args.slice(1), me.envp)
  },
})

function limits(me: Process): number {
  for (const name of ['OTHER', 'FIFO', 'RR', 'BATCH', 'IDLE', 'DEADLINE']) {
    const range = name === 'FIFO' || name === 'RR' ? '1/99' : '0/0'
    me.out.line(`SCHED_${name} min/max priority\t: ${range}`)
  }
  return 0
}
