/**
 * test, [ - check file types and compare values
 * https://www.gnu.org/software/coreutils/manual/html_node/test-invocation.html
 */
import { command, fatal } from '../lib/command.ts'
import { evaluateTest, TestError } from '../lib/test.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'test',
  aliases: ['['],
  summary: 'Exit with the status determined by EXPRESSION.',
  usage: ['test EXPRESSION', 'test', '[ EXPRESSION ]', '[ ]', '[ OPTION'],
  authors: 'Kevin Braunsdorf and Matthew Bradburn',
  failure: 2,
  raw: true,
  helpAlone: '[',

  *main(sys, _flags, args, me) {
    if (me.name.slice(me.name.lastIndexOf('/') + 1) === '[') {
      if (args.at(-1) !== ']') throw fatal(`missing ${quote(']')}`)
      args = args.slice(0, -1)
    }
    try {
      return evaluateTest(sys, args) ? 0 : 1
    } catch (e) {
      throw e instanceof TestError ? fatal(e.message) : e
    }
  },
})
