/**
 * link - call the link function to create a link to a file
 * https://www.gnu.org/software/coreutils/manual/html_node/link-invocation.html
 */
import { command, must, usage } from '../lib/command.ts'
import { quote, quoteaf } from '../lib/quote.ts'

export default command({
  name: 'link',
  summary: 'Call the link function to create a link named FILE2 to an existing FILE1.',
  usage: ['link FILE1 FILE2', 'link OPTION'],
  authors: 'Michael Stone',

  *main(sys, _flags, [from, to, extra]) {
    if (from === undefined) throw usage('missing operand')
    if (to === undefined) throw usage(`missing operand after ${quote(from)}`)
    if (extra !== undefined) throw usage(`extra operand ${quote(extra)}`)
    must(`cannot create link ${quoteaf(to)} to ${quoteaf(from)}`, () => sys.link(from, to))
  },
})
