/**
 * uname - print system information
 * https://www.gnu.org/software/coreutils/manual/html_node/uname-invocation.html
 */
import { command, usage } from '../lib/command.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'uname',
  summary: 'Print certain system information.  With no OPTION, same as -s.',
  usage: 'uname [OPTION]...',
  authors: 'David MacKenzie',
  options: {
    all: {
      short: 'a',
      help: 'print all information, in the following order,\nexcept omit -p and -i if unknown:',
    },
    kernelName: { short: 's', also: ['sysname'], help: 'print the kernel name' },
    nodename: { short: 'n', help: 'print the network node hostname' },
    kernelRelease: { short: 'r', also: ['release'], help: 'print the kernel release' },
    kernelVersion: { short: 'v', help: 'print the kernel version' },
    machine: { short: 'm', help: 'print the machine hardware name' },
    processor: { short: 'p', help: 'print the processor type (non-portable)' },
    hardwarePlatform: { short: 'i', help: 'print the hardware platform (non-portable)' },
    operatingSystem: { short: 'o', help: 'print the operating system' },
  },

  *main(sys, flags, args, me) {
    if (args[0] !== undefined) throw usage(`extra operand ${quote(args[0])}`)
    const it = sys.uname()
    const { all } = flags
    const parts: [wanted: boolean | undefined, text: string][] = [
      [all || flags.kernelName || !me.order.length, it.sysname],
      [all || flags.nodename, it.nodename],
      [all || flags.kernelRelease, it.release],
      [all || flags.kernelVersion, it.version],
      [all || flags.machine, it.machine],
      [flags.processor, 'unknown'],
      [flags.hardwarePlatform, 'unknown'],
      [all || flags.operatingSystem, 'GNU/Linux'],
    ]
    me.out.line(
      parts
        .filter(([wanted]) => wanted)
        .map(([, text]) => text)
        .join(' '),
    )
  },
})
