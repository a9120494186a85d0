/**
 * choom - display and adjust OOM-killer score
 * Linux: util-linux sys-utils/choom.c; choom(1).
 */
import { type Blocking, Errno, O_WRONLY, type Sys } from '../../abi/index.ts'
import { command, fatal, must, readFile, usage, writeFile } from '../lib/command.ts'
import { execProgram } from '../lib/namespaces.ts'

export default command({
  name: 'choom',
  summary: 'display and adjust OOM-killer score',
  suite: 'util-linux',
  usage: [
    'choom [options] -p pid',
    'choom [options] -n number -p pid',
    'choom [options] -n number [--] command [args...]]',
  ],
  help: `
Usage:
 choom [options] -p pid
 choom [options] -n number -p pid
 choom [options] -n number [--] command [args...]]

Display and adjust OOM-killer score.

Options:
 -n, --adjust <num>     specify the adjust score value
 -p, --pid <num>        process ID

 -h, --help             display this help
 -V, --version          display version

For more details see choom(1).
`,
  options: { adjust: { short: 'n', value: '<num>' }, pid: { short: 'p', value: '<num>' } },
  stopAtOperand: true,

  *main(sys, flags, args, me) {
    if (flags.adjust !== undefined && !/^[-+]?\d+$/.test(flags.adjust))
      throw fatal(`invalid adjust argument: '${flags.adjust}'`)
    if (flags.pid !== undefined && !/^\d+$/.test(flags.pid))
      throw fatal(`invalid PID argument: '${flags.pid}'`)
    if (flags.pid === undefined && !args.length) throw usage('no PID or COMMAND specified')
    if (flags.pid !== undefined && args.length) throw usage('bad usage')
    if (flags.pid === undefined && flags.adjust === undefined)
      throw usage('no OOM score adjust value specified')
    const pid = flags.pid ?? 'self'
    if (flags.adjust === undefined) {
      me.out.line(`pid ${pid}'s current OOM score: ${yield* score(sys, pid, 'oom_score')}`)
      me.out.line(`pid ${pid}'s current OOM score adjust value: ${yield* score(sys, pid, 'oom_score_adj')}`)
      return 0
    }
    const before = flags.pid === undefined ? 0 : yield* score(sys, pid, 'oom_score_adj')
    const path = `/proc/${pid}/oom_score_adj`
    yield* must('failed to set score adjust value', writeFile(sys, path, `${flags.adjust}\n`, O_WRONLY))
    if (flags.pid === undefined) return yield* execProgram(sys, args, me.envp)
    me.out.line(`pid ${pid}'s OOM score adjust value changed from ${before} to ${Number(flags.adjust)}`)
    return 0
  },
})

function* score(sys: Sys, pid: string, name: 'oom_score' | 'oom_score_adj'): Blocking<number> {
  const what = name === 'oom_score' ? 'score' : 'score adjust'
  try {
    return Number(yield* readFile(sys, `/proc/${pid}/${name}`))
  } catch (e) {
    if (e instanceof Errno) throw fatal(`failed to read OOM ${what} value`, e)
    throw e
  }
}
