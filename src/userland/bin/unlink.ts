/**
 * unlink - call the unlink function to remove the specified file
 * https://www.gnu.org/software/coreutils/manual/html_node/unlink-invocation.html
 */
import { command, must, usage } from '../lib/command.ts'
import { quote, quoteaf } from '../lib/quote.ts'

export default command({
  name: 'unlink',
  summary: 'Call the unlink function to remove the specified FILE.',
  usage: ['unlink FILE', 'unlink OPTION'],
  authors: 'Michael Stone',

  *main(sys, _flags, [path, extra]) {
    if (path === undefined) throw usage('missing operand')
    if (extra !== undefined) throw usage(`extra operand ${quote(extra)}`)
    must(`cannot unlink ${quoteaf(path)}`, () => sys.unlink(path))
  },
})
