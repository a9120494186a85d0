/**
 * mkfifo - make FIFOs (named pipes)
 * https://www.gnu.org/software/coreutils/manual/html_node/mkfifo-invocation.html
 */
import { refusal, S_IFIFO } from '../../abi/index.ts'
import { command, fatal, usage } from '../lib/command.ts'
import { umaskOf } from '../lib/copy.ts'
import { quoteaf } from '../lib/quote.ts'
import { adjustMode, parseMode } from '../lib/strmode.ts'

const NO_CONTEXTS = 'warning: ignoring --context; it requires an SELinux/SMACK-enabled kernel'

export default command({
  name: 'mkfifo',
  summary: 'Create named pipes (FIFOs) with the given NAMEs.',
  usage: 'mkfifo [OPTION]... NAME...',
  authors: 'David MacKenzie',
  options: {
    mode: { short: 'm', value: '=MODE', help: 'set file permission bits to MODE, not a=rw - umask' },
    Z: { help: 'set the SELinux security context to default type' },
    context: {
      value: '[=CTX]',
      help: 'like -Z, or if CTX is specified then set the SELinux\nor SMACK security context to CTX',
    },
  },

  *main(sys, flags, args, me) {
    for (const it of me.order) if (it.key === 'context' && it.value) yield* me.warn(NO_CONTEXTS)
    if (!args.length) throw usage('missing operand')
    const change = flags.mode === undefined ? undefined : parseMode(flags.mode)
    if (flags.mode !== undefined && !change) throw fatal('invalid mode')
    const mode = change ? adjustMode(0o666, false, umaskOf(sys), change) : 0o666
    if (mode & ~0o777) throw fatal('mode must specify only file permission bits')
    let status = 0
    for (const path of args) {
      const refused = refusal(() => {
        sys.mknod(path, S_IFIFO | (mode & 0o777), 0)
        if (change) sys.chmod(path, mode)
      })
      if (!refused) continue
      yield* me.warn(`cannot create fifo ${quoteaf(path)}`, refused)
      status = 1
    }
    return status
  },
})
