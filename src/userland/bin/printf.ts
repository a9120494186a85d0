/**
 * printf - format and print data
 * https://www.gnu.org/software/coreutils/manual/html_node/printf-invocation.html
 */
import { command, usage } from '../lib/command.ts'
import { type PrintfTexts, runPrintf } from '../lib/printf.ts'
import { quote } from '../lib/quote.ts'

const PROBLEMS = {
  none: 'expected a numeric value',
  partial: 'value not completely converted',
  range: 'Numerical result out of range',
}

const TEXTS: PrintfTexts = {
  number: (text, problem) => `${quote(text)}: ${PROBLEMS[problem]}`,
  conversion: spec => `${spec}: invalid conversion specification`,
  escape: problem => problem,
  strictEscapes: true,
  ignored: rest => `warning: ${rest}: character(s) following character constant have been ignored`,
}

export default command({
  name: 'printf',
  summary: 'Print ARGUMENT(s) according to FORMAT, or execute according to OPTION:',
  usage: ['printf FORMAT [ARGUMENT]...', 'printf OPTION'],
  stopAtOperand: true,
  raw: true,
  helpAlone: true,
  authors: 'David MacKenzie',

  *main(_sys, _flags, args, me) {
    if (args[0] === '--') args = args.slice(1)
    const [format, ...rest] = args
    if (format === undefined) throw usage('missing operand')
    const result = runPrintf(format, rest, TEXTS)
    for (const piece of result.pieces) {
      if (typeof piece === 'string') me.out.print(piece)
      else yield* me.warn(piece.error)
      yield* me.out.drain()
    }
    if (result.excess !== undefined)
      yield* me.warn(`warning: ignoring excess arguments, starting with ${quote(result.excess)}`)
    return result.failed ? 1 : 0
  },
})
