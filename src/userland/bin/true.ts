/**
 * true - do nothing, successfully
 * https://www.gnu.org/software/coreutils/manual/html_node/true-invocation.html
 */
import { command } from '../lib/command.ts'

export default command({
  name: 'true',
  summary: 'Exit with a status code indicating success.',
  usage: ['true [ignored command line arguments]', 'true OPTION'],
  raw: true,
  helpAlone: true,
  *main() {
    return 0
  },
})
