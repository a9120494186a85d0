/**
 * whoami - print effective userid
 * https://www.gnu.org/software/coreutils/manual/html_node/whoami-invocation.html
 */
import { command, fatal, usage } from '../lib/command.ts'
import { quote } from '../lib/quote.ts'
import { readUsers, userName } from '../lib/users.ts'

export default command({
  name: 'whoami',
  summary: 'Print the user name associated with the current effective user ID.\nSame as id -un.',
  usage: 'whoami [OPTION]...',
  authors: 'Richard Mlynarik',

  *main(sys, _flags, args, me) {
    if (args[0] !== undefined) throw usage(`extra operand ${quote(args[0])}`)
    const uid = sys.geteuid()
    const name = userName(yield* readUsers(sys), uid)
    if (name === undefined) throw fatal(`cannot find name for user ID ${uid}`)
    me.out.line(name)
  },
})
