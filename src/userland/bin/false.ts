/**
 * false - do nothing, unsuccessfully
 * https://www.gnu.org/software/coreutils/manual/html_node/false-invocation.html
 */
import { command } from '../lib/command.ts'

export default command({
  name: 'false',
  summary: 'Exit with a status code indicating failure.',
  usage: ['false [ignored command line arguments]', 'false OPTION'],
  raw: true,
  helpAlone: true,
  *main() {
    return 1
  },
})
