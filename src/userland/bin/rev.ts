/**
 * rev - reverse lines characterwise
 * https://man7.org/linux/man-pages/man1/rev.1.html
 */
import { EBADF } from '../../abi/index.ts'
import { command } from '../lib/command.ts'
import { eachLine } from '../lib/input.ts'

export default command({
  name: 'rev',
  suite: 'util-linux',
  summary: 'Reverse lines characterwise',
  usage: 'rev [options] [file ...]',
  options: { zero: { short: '0', help: 'use the null byte as line separator' } },

  *main(sys, flags, args, me) {
    const end = flags.zero ? '\0' : '\n'
    const fine = yield* eachLine(
      sys,
      {
        out: me.out,
        warn: (name, e) => me.warn(e === EBADF && name === '-' ? 'stdin: 0' : name, e),
      },
      args,
      (line, of) => {
        me.out.print([...line].reverse().join('') + (of.complete ? end : ''))
      },
      flags.zero ? 0 : 10,
    )
    return fine ? 0 : 1
  },
})
