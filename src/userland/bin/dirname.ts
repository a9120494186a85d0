/**
 * dirname - strip last component from file name
 * https://www.gnu.org/software/coreutils/manual/html_node/dirname-invocation.html
 */
import { command, usage } from '../lib/command.ts'
import { dirname } from '../lib/path.ts'

export default command({
  name: 'dirname',
  summary:
    "Output each NAME with its last non-slash component and trailing slashes\nremoved; if NAME contains no /'s, output '.' (meaning the current directory).",
  usage: 'dirname [OPTION] NAME...',
  authors: 'David MacKenzie and Jim Meyering',
  options: { zero: { short: 'z', help: 'end each output line with NUL, not newline' } },

  *main(_sys, flags, args, me) {
    if (!args.length) throw usage('missing operand')
    for (const path of args) me.out.print(dirname(path) + (flags.zero ? '\0' : '\n'))
  },
})
