/**
 * sleep - delay for a specified amount of time
 * https://www.gnu.org/software/coreutils/manual/html_node/sleep-invocation.html
 */
import { command, usage } from '../lib/command.ts'
import { parseInterval } from '../lib/interval.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'sleep',
  summary:
    "Pause for NUMBER seconds.  SUFFIX may be 's' for seconds (the default),\n'm' for minutes, 'h' for hours or 'd' for days.  NUMBER need not be an\ninteger.  Given two or more arguments, pause for the amount of time\nspecified by the sum of their values.",
  usage: ['sleep NUMBER[SUFFIX]...', 'sleep OPTION'],
  authors: 'Jim Meyering and Paul Eggert',

  *main(sys, _flags, args, me) {
    if (!args.length) throw usage('missing operand')
    let total = 0
    let wrong = false
    for (const text of args) {
      const ns = parseInterval(text)
      if (ns === undefined) {
        yield* me.warn(`invalid time interval ${quote(text)}`)
        wrong = true
      } else total += ns
    }
    if (wrong) throw usage('')
    if (total === Number.POSITIVE_INFINITY) for (;;) yield* sys.pause()
    yield* sys.nanosleep(total)
  },
})
