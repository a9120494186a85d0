/**
 * mknod - make block or character special files
 * https://www.gnu.org/software/coreutils/manual/html_node/mknod-invocation.html
 */
import { EINVAL, makedev, S_IFBLK, S_IFCHR, S_IFIFO } from '../../abi/index.ts'
import { command, fatal, must, usage } from '../lib/command.ts'
import { umaskOf } from '../lib/copy.ts'
import { quote, quotef } from '../lib/quote.ts'
import { adjustMode, parseMode } from '../lib/strmode.ts'

const NO_CONTEXTS = 'warning: ignoring --context; it requires an SELinux/SMACK-enabled kernel'

export default command({
  name: 'mknod',
  summary: 'Create the special file NAME of the given TYPE.',
  usage: 'mknod [OPTION]... NAME TYPE [MAJOR MINOR]',
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
    const change = flags.mode === undefined ? undefined : parseMode(flags.mode)
    if (flags.mode !== undefined && !change) throw fatal('invalid mode')
    const mode = change ? adjustMode(0o666, false, umaskOf(sys), change) : 0o666
    if (mode & ~0o777) throw fatal('mode must specify only file permission bits')
    const [path, type, majorText, minorText, extra] = args
    const fifo = type?.startsWith('p') ?? false
    if (path === undefined) throw usage('missing operand')
    const device = '\nSpecial files require major and minor device numbers.'
    const missing = args.length < 2 || (!fifo && args.length < 4)
    if (missing) throw usage(`missing operand after ${quote(args.at(-1)!)}${args.length === 2 ? device : ''}`)
    if (fifo && majorText !== undefined) {
      const note = args.length === 4 ? '\nFifos do not have major and minor device numbers.' : ''
      throw usage(`extra operand ${quote(majorText)}${note}`)
    }
    if (extra !== undefined) throw usage(`extra operand ${quote(extra)}`)
    const letter = type![0]!
    if (!'bcup'.includes(letter)) throw usage(`invalid device type ${quote(type!)}`)
    const [major, minor] = fifo
      ? [0, 0]
      : [deviceNumber(majorText!, 'major'), deviceNumber(minorText!, 'minor')]
    if (major > 0xfff || minor > 0xfffff) throw fatal(quotef(path), EINVAL)
    const dev = makedev(major, minor)
    const kind = fifo ? S_IFIFO : letter === 'b' ? S_IFBLK : S_IFCHR
    must(quotef(path), () => sys.mknod(path, kind | (mode & 0o777), dev))
    if (change) sys.chmod(path, mode)
  },
})

function deviceNumber(text: string, what: string): number {
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(text)) throw fatal(`invalid ${what} device number ${quote(text)}`)
  const number = /^0\d/.test(text) ? Number.parseInt(text, 8) : Number(text)
  if (number >= 2 ** 32) throw fatal(`invalid ${what} device number ${quote(text)}`)
  return number
}
