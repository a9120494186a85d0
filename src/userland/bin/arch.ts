/**
 * arch - print machine hardware name
 * https://www.gnu.org/software/coreutils/manual/html_node/arch-invocation.html
 */
import { command, usage } from '../lib/command.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'arch',
  summary: 'Print machine architecture.',
  usage: 'arch [OPTION]...',
  authors: 'David MacKenzie and Karel Zak',

  *main(sys, _flags, args, me) {
    if (args[0] !== undefined) throw usage(`extra operand ${quote(args[0])}`)
    me.out.line(sys.uname().machine)
  },
})
