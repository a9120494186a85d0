/**
 * echo - display a line of text
 * https://www.gnu.org/software/coreutils/manual/html_node/echo-invocation.html
 */
import { command } from '../lib/command.ts'
import { expandEscapes } from '../lib/printf.ts'

export default command({
  name: 'echo',
  summary: 'Echo the STRING(s) to standard output.',
  usage: ['echo [SHORT-OPTION]... [STRING]...', 'echo LONG-OPTION'],
  raw: true,
  helpAlone: true,

  *main(_sys, _flags, args, { out }) {
    let newline = true
    let escapes = false
    let at = 0
    for (; /^-[neE]+$/.test(args[at] ?? ''); at++)
      for (const letter of args[at]!.slice(1)) {
        if (letter === 'n') newline = false
        else escapes = letter === 'e'
      }
    const text = args.slice(at).join(' ')
    const expanded = escapes ? expandEscapes(text, 'echo') : { text, stop: false }
    out.print(expanded.text)
    if (newline && !expanded.stop) out.print('\n')
  },
})
