/**
 * tty - print the file name of the terminal connected to standard input
 * https://www.gnu.org/software/coreutils/manual/html_node/tty-invocation.html
 */
import { command, usage } from '../lib/command.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'tty',
  writeStatus: 3,
  summary: 'Print the file name of the terminal connected to standard input.',
  usage: 'tty [OPTION]...',
  authors: 'David MacKenzie',
  failure: 2,
  options: { silent: { short: 's', also: ['quiet'], help: 'print nothing, only return an exit status' } },

  *main(sys, flags, args, me) {
    if (args[0] !== undefined) throw usage(`extra operand ${quote(args[0])}`)
    const terminal = sys.isatty(0)
    if (!flags.silent) me.out.line(terminal ? sys.readlink('/proc/self/fd/0') : 'not a tty')
    return terminal ? 0 : 1
  },
})
