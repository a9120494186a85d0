/**
 * nproc - print the number of processing units available
 * https://www.gnu.org/software/coreutils/manual/html_node/nproc-invocation.html
 */
import { Errno } from '../../abi/index.ts'
import { command, fatal, readFile, usage } from '../lib/command.ts'
import { parseNumber } from '../lib/numbers.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'nproc',
  summary:
    'Print the number of processing units available to the current process,\nwhich may be less than the number of online processors',
  usage: 'nproc [OPTION]...',
  authors: 'Giuseppe Scrivano',
  options: {
    all: { help: 'print the number of installed processors' },
    ignore: { value: '=N', help: 'if possible, exclude N processing units' },
  },

  *main(sys, flags, args, me) {
    let ignore = 0
    if (flags.ignore !== undefined) {
      const it = parseNumber(flags.ignore)
      if (!('value' in it) || it.value < 0) throw fatal(`invalid number: ${quote(flags.ignore)}`)
      ignore = it.value
    }
    if (args[0] !== undefined) throw usage(`extra operand ${quote(args[0])}`)
    // "OMP_NUM_THREADS ... overrides" - gnulib nproc.c; of a list the first counts.
    const wanted = (name: string): number =>
      Number(/^\s*(\d+)\s*(,|$)/.exec(me.env.get(name) ?? '')?.[1] ?? 0)
    const most = wanted('OMP_THREAD_LIMIT') || Number.POSITIVE_INFINITY
    let count = Math.min(wanted('OMP_NUM_THREADS') || sys.sched_getaffinity(0).length, most)
    if (flags.all) {
      try {
        const last = /(\d+)\s*$/.exec(yield* readFile(sys, '/sys/devices/system/cpu/possible'))
        if (last) count = Number(last[1]) + 1
      } catch (e) {
        if (!(e instanceof Errno)) throw e
      }
    }
    me.out.line(String(Math.max(1, count - ignore)))
  },
})
