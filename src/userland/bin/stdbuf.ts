/**
 * stdbuf - run COMMAND, with modified buffering operations for its standard streams
 * https://www.gnu.org/software/coreutils/manual/html_node/stdbuf-invocation.html
 *
 * The programs here flush lines to terminals and blocks elsewhere; the modes are passed on in _STDBUF_* as the
 * original does, and nothing heeds them.
 */
import { ENOENT, Errno } from '../../abi/index.ts'
import { command, execvp, fatal, usage } from '../lib/command.ts'
import { parseNumber, SIZES } from '../lib/numbers.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'stdbuf',
  summary: 'Run COMMAND, with modified buffering operations for its standard streams.',
  usage: 'stdbuf OPTION... COMMAND',
  authors: 'Padraig Brady',
  failure: 125,
  stopAtOperand: true,
  options: {
    input: { short: 'i', value: '=MODE', help: 'adjust standard input stream buffering' },
    output: { short: 'o', value: '=MODE', help: 'adjust standard output stream buffering' },
    error: { short: 'e', value: '=MODE', help: 'adjust standard error stream buffering' },
  },

  *main(sys, flags, args, me) {
    const env = [...me.envp]
    for (const [key, letter] of [
      ['input', 'I'],
      ['output', 'O'],
      ['error', 'E'],
    ] as const) {
      const mode = flags[key]
      if (mode === undefined) continue
      if (key === 'input' && mode.startsWith('L')) throw usage('line buffering stdin is meaningless')
      const size = mode === 'L' ? undefined : parseNumber(mode, SIZES)
      if (size && (!('value' in size) || size.value < 0)) throw fatal(`invalid mode ${quote(mode)}`)
      env.push(`_STDBUF_${letter}=${size && 'value' in size ? size.value : 'L'}`)
    }
    if (!args.length) throw usage('missing operand')
    if (!me.order.length) throw usage('you must specify a buffering mode option')
    try {
      return yield* execvp(sys, args, env)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* me.warn(`failed to run command ${quote(args[0]!)}`, e)
      return e === ENOENT ? 127 : 126
    }
  },
})
