/**
 * last, lastb - show a listing of last logged in users
 * Linux: util-linux login-utils/last.c; last(1).
 *
 * Left out: times other than the short form, --since, --until, --present, address lookups.
 */
import { Errno } from '../../abi/index.ts'
import { command, fatal, readBytes } from '../lib/command.ts'
import { localtime, strftime } from '../lib/time.ts'
import { type Login, parseLogins } from '../lib/utmp.ts'

const BOOT_TIME = 2
const USER_PROCESS = 7
const DEAD_PROCESS = 8

export default command({
  name: 'last',
  aliases: ['lastb'],
  summary: 'show a listing of last logged in users',
  suite: 'util-linux',
  usage: 'last [options] [<username>...] [<tty>...]',
  help: `
Usage:
 last [options] [<username>...] [<tty>...]

Show a listing of last logged in users.

Options:
 -<number>            how many lines to show
 -a, --hostlast       display hostnames in the last column
 -d, --dns            translate the IP number back into a hostname
 -f, --file <file>    use a specific file instead of /var/log/wtmp
 -F, --fulltimes      print full login and logout times and dates
 -i, --ip             display IP numbers in numbers-and-dots notation
 -n, --limit <number> how many lines to show
 -R, --nohostname     don't display the hostname field
 -s, --since <time>   display the lines since the specified time
 -t, --until <time>   display the lines until the specified time
 -p, --present <time> display who were present at the specified time
 -w, --fullnames      display full user and domain names
 -x, --system         display system shutdown entries and run level changes
     --time-format <format>  show timestamps in the specified <format>:
                               notime|short|full|iso

 -h, --help           display this help
 -V, --version        display version

For more details see last(1).
`,
  options: {
    hostlast: { short: 'a' },
    dns: { short: 'd' },
    file: { short: 'f', value: '<file>' },
    fulltimes: { short: 'F' },
    ip: { short: 'i' },
    limit: { short: 'n', value: '<number>' },
    nohostname: { short: 'R' },
    since: { short: 's', value: '<time>' },
    until: { short: 't', value: '<time>' },
    present: { short: 'p', value: '<time>' },
    fullnames: { short: 'w' },
    system: { short: 'x' },
    timeFormat: { value: '<format>' },
  },
  obsolete: args => args.map(arg => arg.replace(/^-(\d+)$/, '-n$1')),

  *main(sys, flags, args, me) {
    const path = flags.file ?? (me.name === 'lastb' ? '/var/log/btmp' : '/var/log/wtmp')
    let bytes: Uint8Array
    let since: number
    try {
      bytes = yield* readBytes(sys, path)
      since = sys.stat(path).ctime.sec
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      throw fatal(`cannot open ${path}`, e)
    }
    const limit = flags.limit === undefined ? Number.POSITIVE_INFINITY : Number(flags.limit)
    if (Number.isNaN(limit)) throw fatal(`failed to parse number: '${flags.limit}'`)
    const all = parseLogins(bytes)
    const ends = new Map<string, number>()
    let printed = 0
    for (const it of [...all].reverse()) {
      if (it.type === DEAD_PROCESS) ends.set(it.line, it.time)
      const isShown = it.type === USER_PROCESS || (it.type === BOOT_TIME && (flags.system || true))
      if (!isShown || printed >= limit || (args.length && !args.includes(it.user) && !args.includes(it.line)))
        continue
      me.out.line(row(it, ends.get(it.line)))
      printed++
    }
    const base = path.slice(path.lastIndexOf('/') + 1)
    const first = all[0]?.time ?? since
    me.out.print(`\n${base} begins ${strftime('%a %b %e %H:%M:%S %Y', localtime({ sec: first, nsec: 0 }))}\n`)
    return 0
  },
})

function row(it: Login, end: number | undefined): string {
  const when = strftime('%a %b %e %H:%M', localtime({ sec: it.time, nsec: 0 }))
  const until =
    end === undefined ? '   still logged in' : ` - ${strftime('%H:%M', localtime({ sec: end, nsec: 0 }))}`
  const line = it.type === BOOT_TIME ? 'system boot' : it.line
  return `${it.user.slice(0, 8).padEnd(8)} ${line.slice(0, 12).padEnd(12)} ${it.host.slice(0, 16).padEnd(16)} ${when}${until}`
}
