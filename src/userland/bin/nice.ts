/**
 * nice - run a program with modified scheduling priority
 * https://www.gnu.org/software/coreutils/manual/html_node/nice-invocation.html
 */
import { ENOENT, Errno, PRIO_PROCESS } from '../../abi/index.ts'
import { command, execvp, fatal, usage } from '../lib/command.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'nice',
  summary:
    'Run COMMAND with an adjusted niceness, which affects process scheduling.\nWith no COMMAND, print the current niceness.  Niceness values range from\n-20 (most favorable to the process) to 19 (least favorable to the process).',
  usage: 'nice [OPTION] [COMMAND [ARG]...]',
  authors: 'David MacKenzie',
  failure: 125,
  stopAtOperand: true,
  options: { adjustment: { short: 'n', value: '=N', help: 'add integer N to the niceness (default 10)' } },
  // "-5", "--5" and "-+5" before anything else; the last of several counts.
  obsolete(args) {
    let count = 0
    while (/^-(?:[-+]?\d)/.test(args[count] ?? '')) count++
    return [...args.slice(0, count).map(it => `-n${it.slice(1)}`), ...args.slice(count)]
  },

  *main(sys, flags, args, me) {
    let adjustment = 10
    if (flags.adjustment !== undefined) {
      if (!/^\s*[-+]?\d+$/.test(flags.adjustment))
        throw fatal(`invalid adjustment ${quote(flags.adjustment)}`)
      adjustment = Number(flags.adjustment)
    }
    const now = sys.getpriority(PRIO_PROCESS, 0)
    if (!args.length) {
      if (flags.adjustment !== undefined) throw usage('a command must be given with an adjustment')
      me.out.line(String(now))
      return 0
    }
    try {
      sys.setpriority(PRIO_PROCESS, 0, Math.max(-20, Math.min(19, now + adjustment)))
    } catch (e) {
      yield* me.warn('cannot set niceness', e)
    }
    try {
      return yield* execvp(sys, args, me.envp)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* me.warn(quote(args[0]!), e)
      return e === ENOENT ? 127 : 126
    }
  },
})
