/**
 * uptime - tell how long the system has been running
 * Linux: procps-ng src/uptime.c; uptime(1).
 */
import { CLOCK_REALTIME } from '../../abi/index.ts'
import { command, fatal } from '../lib/command.ts'
import { procText } from '../lib/proc.ts'
import { prettyUp, uptimeLine } from '../lib/procps/uptime.ts'
import { localtime, strftime } from '../lib/time.ts'

const HELP = `
Usage:
 uptime [options]

Options:
 -p, --pretty   show uptime in pretty format
 -h, --help     display this help and exit
 -s, --since    system up since
 -V, --version  output version information and exit

For more details see uptime(1).
`

export default command({
  name: 'uptime',
  summary: 'tell how long the system has been running',
  suite: 'procps',
  usage: 'uptime [options]',
  help: HELP,
  options: { help: { short: 'h' }, pretty: { short: 'p' }, since: { short: 's' } },

  *main(sys, flags, args, me) {
    if (flags.help) {
      me.out.print(HELP)
      return 0
    }
    if (args.length) {
      yield* sys.write(2, HELP)
      return 1
    }
    const text = yield* procText(sys, '/proc/uptime')
    if (text === undefined) throw fatal('Cannot get system uptime: No such file or directory')
    const up = Number.parseFloat(text)
    if (flags.pretty) me.out.line(prettyUp(Math.floor(up)))
    else if (flags.since) {
      const now = sys.clock_gettime(CLOCK_REALTIME)
      const since = { sec: Math.floor(now.sec + now.nsec / 1e9 - up), nsec: 0 }
      me.out.line(strftime('%Y-%m-%d %H:%M:%S', localtime(since)))
    } else me.out.line(` ${yield* uptimeLine(sys)}`)
    return 0
  },
})
