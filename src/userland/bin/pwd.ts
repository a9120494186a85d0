/**
 * pwd - print name of current/working directory
 * https://www.gnu.org/software/coreutils/manual/html_node/pwd-invocation.html
 */
import { command, must } from '../lib/command.ts'
import { sameFile, statOf } from '../lib/path.ts'

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
    me.out.line(must('error retrieving current directory: getcwd', () => sys.getcwd()))
    return 0
  },
})
