/**
 * users - print the user names of users currently logged in to the current host
 * https://www.gnu.org/software/coreutils/manual/html_node/users-invocation.html
 */
import { command, usage } from '../lib/command.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'users',
  summary: 'Output who is currently logged in according to FILE.',
  usage: 'users [OPTION]... [FILE]',
  authors: 'Joseph Arceneaux and David MacKenzie',

  *main(_sys, _flags, [, extra]) {
    if (extra !== undefined) throw usage(`extra operand ${quote(extra)}`)
    return 0 // utmp is empty: nobody logs in
  },
})
