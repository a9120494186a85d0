/**
 * taskset - set or retrieve a process's CPU affinity
 * Linux: util-linux schedutils/taskset.c, lib/cpuset.c; taskset(1).
 */
import { Errno, type Sys } from '../../abi/index.ts'
import { command, fatal, type Process, usage } from '../lib/command.ts'
import { execProgram } from '../lib/namespaces.ts'
import { tids } from '../lib/proc.ts'

export default command({
  name: 'taskset',
  summary: "set or retrieve a process's CPU affinity",
  suite: 'util-linux',
  usage: 'taskset [options] [mask | cpu-list] [pid|cmd [args...]]',
  help: `Usage: taskset [options] [mask | cpu-list] [pid|cmd [args...]]


Show or change the CPU affinity of a process.

Options:
 -a, --all-tasks         operate on all the tasks (threads) for a given pid
 -p, --pid               operate on existing given pid
 -c, --cpu-list          display and specify cpus in list format
 -h, --help              display this help
 -V, --version           display version

The default behavior is to run a new command:
    taskset 03 sshd -b 1024
You can retrieve the mask of an existing task:
    taskset -p 700
Or set it:
    taskset -p 03 700
List format uses a comma-separated list instead of a mask:
    taskset -pc 0,3,7-11 700
Ranges in list format can take a stride argument:
    e.g. 0-31:2 is equivalent to mask 0x55555555

For more details see taskset(1).
`,
  options: { allTasks: { short: 'a' }, pid: { short: 'p' }, cpuList: { short: 'c' } },
  stopAtOperand: true,

  *main(sys, flags, args, me) {
    const list = flags.cpuList ?? false
    if (flags.pid ? args.length > 2 : args.length < 2) throw usage('bad usage')
    if (flags.pid && args.length <= 1) {
      const pid = pidOf(args[0] ?? me.argv[me.argv.length - 1]!)
      // 0 counts as none.
      if (!pid) throw usage('bad usage')
      for (const tid of flags.allTasks ? yield* tids(sys, pid) : [pid]) report(sys, me, tid, list, 'current')
      return 0
    }
    if (flags.pid) {
      const pid = pidOf(args[1]!)
      const cpus = parse(args[0]!, list)
      for (const tid of flags.allTasks ? yield* tids(sys, pid || sys.getpid()) : [pid]) {
        report(sys, me, tid, list, 'current')
        set(sys, tid, cpus, tid)
        report(sys, me, tid, list, 'new')
      }
      return 0
    }
    set(sys, 0, parse(args[0]!, list), sys.getpid())
    return yield* execProgram(sys, args.slice(1), me.envp)
  },
})

function pidOf(text: string): number {
  if (!/^\d+$/.test(text)) throw fatal(`invalid PID argument: '${text}'`)
  return Number(text)
}

function set(sys: Sys, pid: number, cpus: readonly number[], shown: number): void {
  try {
    sys.sched_setaffinity(pid, cpus)
  } catch (e) {
    throw fatal(`failed to set pid ${shown}'s affinity`, e)
  }
}

function report(sys: Sys, me: Process, pid: number, list: boolean, which: string): void {
  try {
    const cpus = sys.sched_getaffinity(pid)
    const shown = list ? cpuList(cpus) : cpuMask(cpus)
    me.out.line(`pid ${pid || sys.getpid()}'s ${which} affinity ${list ? 'list' : 'mask'}: ${shown}`)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    throw fatal(`failed to get pid ${pid}'s affinity`, e)
  }
}

function parse(text: string, list: boolean): number[] {
  const cpus = list ? parseList(text) : parseMask(text)
  if (!cpus) throw fatal(`failed to parse CPU ${list ? 'list' : 'mask'}: ${text}`)
  return cpus
}

function parseMask(text: string): number[] | undefined {
  const digits = text.replace(/^0x/i, '').replaceAll(',', '')
  if (!/^[0-9a-f]+$/i.test(digits)) return undefined
  const mask = BigInt(`0x${digits}`)
  const cpus: number[] = []
  for (let cpu = 0; mask >> BigInt(cpu); cpu++) if ((mask >> BigInt(cpu)) & 1n) cpus.push(cpu)
  return cpus
}

/** `0,3,7-11:2` */
function parseList(text: string): number[] | undefined {
  const cpus: number[] = []
  for (const part of text.split(',')) {
    const [, first, last, step] = /^(\d+)(?:-(\d+)(?::(\d+))?)?$/.exec(part) ?? []
    if (first === undefined || Number(last ?? first) < Number(first) || step === '0') return undefined
    for (let cpu = Number(first); cpu <= Number(last ?? first); cpu += Number(step ?? 1)) cpus.push(cpu)
  }
  return cpus
}

const cpuMask = (cpus: readonly number[]): string =>
  cpus.reduce((mask, cpu) => mask | (1n << BigInt(cpu)), 0n).toString(16)

/** Two neighbours stay `0,1`; three and more become `0-2`. */
function cpuList(cpus: readonly number[]): string {
  const parts: string[] = []
  for (let i = 0; i < cpus.length; ) {
    let end = i
    while (cpus[end + 1] === cpus[end]! + 1) end++
    if (end - i > 1) parts.push(`${cpus[i]}-${cpus[end]}`)
    else for (let k = i; k <= end; k++) parts.push(String(cpus[k]))
    i = end + 1
  }
  return parts.join(',')
}
