/**
 * lastlog - report the most recent login of all users or of a given user
 * Linux: shadow 4.13 src/lastlog.c; lastlog(8).
 *
 * Left out: --clear, --set, --before, --root.
 */
import { CLOCK_REALTIME, decode, Errno } from '../../abi/index.ts'
import { readBytes } from '../lib/command.ts'
import { die, readAccounts, shadowCommand } from '../lib/shadow/files.ts'
import { localtime, strftime } from '../lib/time.ts'

const PATH = '/var/log/lastlog'
/** Linux: struct lastlog: a time, a terminal, a host. */
const SIZE = 292

export default shadowCommand({
  name: 'lastlog',
  summary: 'report the most recent login of all users or of a given user',
  help: `Usage: lastlog [options]

Options:
  -b, --before DAYS             print only lastlog records older than DAYS
  -C, --clear                   clear lastlog record of an user (usable only with -u)
  -h, --help                    display this help message and exit
  -R, --root CHROOT_DIR         directory to chroot into
  -S, --set                     set lastlog record to current time (usable only with -u)
  -t, --time DAYS               print only lastlog records more recent than DAYS
  -u, --user LOGIN              print lastlog record of the specified LOGIN

`,
  wrong: 1,
  options: {
    before: { short: 'b', value: 'DAYS' },
    clear: { short: 'C' },
    root: { short: 'R', value: 'CHROOT_DIR' },
    set: { short: 'S' },
    time: { short: 't', value: 'DAYS' },
    user: { short: 'u', value: 'LOGIN' },
  },

  *main(sys, flags, args, me, wrongUsage) {
    if (args.length) throw wrongUsage(`unexpected argument: ${args[0]}`)
    const { passwd } = yield* readAccounts(sys)
    const rows = flags.user === undefined ? passwd.rows : passwd.rows.filter(it => it[0] === flags.user)
    if (!rows.length) throw die(`Unknown user or range: ${flags.user}`)
    let bytes: Uint8Array
    try {
      bytes = yield* readBytes(sys, PATH)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* sys.write(2, `${PATH}: ${e.message}\n`)
      return 1
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const oldest =
      flags.time === undefined ? 0 : sys.clock_gettime(CLOCK_REALTIME).sec - Number(flags.time) * 86400
    let isFirst = true
    for (const [name = '', , uid] of rows) {
      const at = Number(uid) * SIZE
      const known = at + SIZE <= bytes.length
      const time = known ? view.getInt32(at, true) : 0
      if (flags.time !== undefined && time < oldest) continue
      if (isFirst) me.out.line('Username         Port     From                                       Latest')
      isFirst = false
      const text = (from: number, size: number): string =>
        decode(bytes.subarray(from, from + size)).replace(/\0.*$/s, '')
      const line = known ? text(at + 4, 32) : ''
      const host = known ? text(at + 36, 256) : ''
      const when = time
        ? strftime('%a %b %e %H:%M:%S %z %Y', localtime({ sec: time, nsec: 0 }))
        : '**Never logged in**'
      me.out.line(`${name.padEnd(16)} ${line.padEnd(8)} ${host.padEnd(42)}${when}`)
    }
    return 0
  },
})
