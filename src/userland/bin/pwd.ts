/**
 * pwd - print name of current/working directory
 * https://www.gnu.org/software/coreutils/manual/html_node/pwd-invocation.html
 */
import { ENOENT } from '../../abi/index.ts'
import { command, fatal } from '../lib/command.ts'
import { sameFile, statOf } from '../lib/path.ts'
import { quote } from '../lib/quote.ts'
import { getcwd } from '../lib/getcwd.ts'

export default command({
  name: 'pwd',
  summary: 'Print the full filename of the current working directory.',
  usage: 'pwd [OPTION]...',
  authors: 'Jim Meyering',
  options: {
    logical: { short: 'L', help: 'use PWD from environment, even if it contains symlinks' },
    physical: { short: 'P', help: 'avoid all symlinks' },
  },

  *main(sys, _flags, args, me) {
    if (args.length) yield* me.warn('ignoring non-option arguments')
    const logical = me.order.at(-1)?.key === 'logical' || (!me.order.length && me.env.has('POSIXLY_CORRECT'))
    const pwd = me.env.get('PWD')
    if (logical && pwd?.startsWith('/') && !/\/\.\.?(\/|$)/.test(pwd)) {
      const [named, here] = [statOf(sys, pwd), statOf(sys, '.')]
      if (named && here && sameFile(named, here)) {
        me.out.line(pwd)
        return 0
      }
    }
    try {
      me.out.line(getcwd(sys))
    } catch (e) {
      throw e === ENOENT
        ? fatal(`couldn't find directory entry in ${quote('..')} with matching i-node`)
        : fatal('failed to get current directory', e)
    }
    return 0
  },
})
