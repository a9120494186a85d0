/**
 * w - show who is logged on and what they are doing
 * Linux: procps-ng src/w.c; w(1).
 *
 * Left out: users. Nobody logs in here: there is no /run/utmp, as on a container host without a session manager.
 */
import { command } from '../lib/command.ts'
import { procText } from '../lib/proc.ts'
import { uptimeLine } from '../lib/procps/uptime.ts'

export default command({
  name: 'w',
  summary: 'show who is logged on and what they are doing',
  suite: 'procps',
  usage: 'w [options]',
  help: `
Usage:
 w [options] [user]

Options:
 -h, --no-header     do not print header
 -u, --no-current    ignore current process username
 -s, --short         short format
 -f, --from          show remote hostname field
 -o, --old-style     old style output
 -i, --ip-addr       display IP address instead of hostname (if possible)

     --help     display this help and exit
 -V, --version  output version information and exit

For more details see w(1).
`,
  options: {
    noHeader: { short: 'h' },
    noCurrent: { short: 'u' },
    short: { short: 's' },
    from: { short: 'f' },
    oldStyle: { short: 'o' },
    ipAddr: { short: 'i' },
    pids: { short: 'p' },
    container: { short: 'c' },
  },

  *main(sys, flags, _args, me) {
    if (flags.noHeader) return 0
    me.out.line((yield* procText(sys, '/proc/uptime')) === undefined ? '' : ` ${yield* uptimeLine(sys)}`)
    me.out.line('USER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT')
    return 0
  },
})
