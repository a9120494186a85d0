/**
 * logname - print user's login name
 * https://www.gnu.org/software/coreutils/manual/html_node/logname-invocation.html
 */
import { command, fatal, usage } from '../lib/command.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'logname',
  summary: "Print the user's login name.",
  usage: 'logname [OPTION]',

  *main(_sys, _flags, args) {
    if (args[0] !== undefined) throw usage(`extra operand ${quote(args[0])}`)
    throw fatal('no login name') // nobody logs in: utmp is empty
  },
})
