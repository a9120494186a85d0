/**
 * yes - output a string repeatedly until killed
 * https://www.gnu.org/software/coreutils/manual/html_node/yes-invocation.html
 */
import { command, fatal, WriteError, writeAll } from '../lib/command.ts'

const BLOCK = 4096

export default command({
  name: 'yes',
  summary: "Repeatedly output a line with all specified STRING(s), or 'y'.",
  usage: ['yes [STRING]...', 'yes OPTION'],
  authors: 'David MacKenzie',

  *main(sys, _flags, args) {
    const line = `${args.join(' ') || 'y'}\n`
    const block = line.repeat(Math.max(1, Math.floor(BLOCK / line.length)))
    for (;;) {
      try {
        yield* writeAll(sys, 1, block)
      } catch (e) {
        throw e instanceof WriteError ? fatal('standard output', e.errno) : e
      }
      yield* sys.burn(2000)
    }
  },
})
