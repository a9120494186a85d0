/**
 * hostid - print the numeric identifier for the current host
 * https://www.gnu.org/software/coreutils/manual/html_node/hostid-invocation.html
 */
import { command, usage } from '../lib/command.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'hostid',
  summary: 'Print the numeric identifier (in hexadecimal) for the current host.',
  usage: 'hostid [OPTION]',
  authors: 'Jim Meyering',

  *main(_sys, _flags, args, me) {
    if (args[0] !== undefined) throw usage(`extra operand ${quote(args[0])}`)
    me.out.line('007f0101') // gethostid(3) turns 127.0.1.1 of /etc/hosts around
  },
})
