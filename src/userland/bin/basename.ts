/**
 * basename - strip directory and suffix from filenames
 * https://www.gnu.org/software/coreutils/manual/html_node/basename-invocation.html
 */
import { command, usage } from '../lib/command.ts'
import { basename } from '../lib/path.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'basename',
  summary:
    'Print NAME with any leading directory components removed.\nIf specified, also remove a trailing SUFFIX.',
  usage: ['basename NAME [SUFFIX]', 'basename OPTION... NAME...'],
  authors: 'David MacKenzie',
  stopAtOperand: true,
  options: {
    multiple: { short: 'a', help: 'support multiple arguments and treat each as a NAME' },
    suffix: { short: 's', value: '=SUFFIX', help: 'remove a trailing SUFFIX; implies -a' },
    zero: { short: 'z', help: 'end each output line with NUL, not newline' },
  },

  *main(_sys, flags, args, me) {
    if (!args.length) throw usage('missing operand')
    const multiple = flags.multiple || flags.suffix !== undefined
    if (!multiple && args.length > 2) throw usage(`extra operand ${quote(args[2]!)}`)
    const suffix = multiple ? (flags.suffix ?? '') : (args[1] ?? '')
    for (const path of multiple ? args : args.slice(0, 1)) {
      const name = basename(path)
      const cut = suffix && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name
      me.out.print(cut + (flags.zero ? '\0' : '\n'))
    }
  },
})
