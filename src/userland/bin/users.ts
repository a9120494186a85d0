/**
 * users - print the user names of users currently logged in to the current host
 * https://www.gnu.org/software/coreutils/manual/html_node/users-invocation.html
 */
import { command } from '../lib/command.ts'

export default command({
  name: 'users',
  summary: 'Output who is currently logged in according to FILE.',
  usage: 'users [OPTION]... [FILE]',
  authors: 'Joseph Arceneaux and David MacKenzie',

  *main() {
    return 0 // utmp is empty: nobody logs in
  },
})
