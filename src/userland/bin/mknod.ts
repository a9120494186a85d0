/**
 * mknod - make block or character special files
 * https://www.gnu.org/software/coreutils/manual/html_node/mknod-invocation.html
 */
import { makedev, S_IFBLK, S_IFCHR, S_IFIFO } from '../../abi/index.ts'
import { command, fatal, must, usage } from '../lib/command.ts'
import { umaskOf } from '../lib/copy.ts'
import { quote, quotef } from '../lib/quote.ts'
import { adjustMode, parseMode } from '../lib/strmode.ts'

export default command({
  name: 'mknod',
  summary: 'Create the special file NAME of the given TYPE.',
  usage: 'mknod [OPTION]... NAME TYPE [MAJOR MINOR]',
  authors: 'David MacKenzie',
  options: {
    mode: { short: 'm', value: '=MODE', help: 'set file permission bits to MODE, not a=rw - umask' },
    context: { short: 'Z', help: 'set the SELinux security context to default type' },
  },

  *main(sys, flags, args) {
    const change = flags.mode === undefined ? undefined : parseMode(flags.mode)
    if (flags.mode !== undefined && !change) throw fatal('invalid mode')
    const mode = change ? adjustMode(0o666, false, umaskOf(sys), change) : 0o666
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
    const dev = fifo ? 0 : makedev(deviceNumber(majorText!, 'major'), deviceNumber(minorText!, 'minor'))
    const kind = fifo ? S_IFIFO : letter === 'b' ? S_IFBLK : S_IFCHR
    must(quotef(path), () => sys.mknod(path, kind | (mode & 0o777), dev))
    if (change) sys.chmod(path, mode)
  },
})

function deviceNumber(text: string, what: string): number {
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(text)) throw fatal(`invalid ${what} device number ${quote(text)}`)
  return /^0\d/.test(text) ? Number.parseInt(text, 8) : Number(text)
}
