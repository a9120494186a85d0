/**
 * pwd - print name of current/working directory
 * https://www.gnu.org/software/coreutils/manual/html_node/pwd-invocation.html
 */
import { type Blocking, ENOENT, type Sys } from '../../abi/index.ts'
import { command, fatal, readDir } from '../lib/command.ts'
import { lstatOf, sameFile, statOf } from '../lib/path.ts'
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
      if (e !== ENOENT) throw fatal('failed to get current directory', e)
      throw fatal(`couldn't find directory entry in ${quote(yield* strangerTo(sys))} with matching i-node`)
    }
    return 0
  },
})

/** Climb until a directory does not have the one below it: `../..`. Linux: coreutils pwd.c:find_dir_entry(). */
function* strangerTo(sys: Sys): Blocking<string> {
  for (let here = '.', up = '..'; ; here = up, up = `${up}/..`) {
    const below = sys.stat(here)
    const entries = yield* readDir(sys, up)
    const found = entries.some(({ name }) => {
      const it = lstatOf(sys, `${up}/${name}`)
      return it !== undefined && sameFile(it, below)
    })
    if (!found) return up
  }
}
