/**
 * getpcaps - display process capabilities
 * Linux: libcap progs/getpcaps.c; getpcaps(8).
 */
import { Errno } from '../../abi/index.ts'
import { command } from '../lib/command.ts'
import { capsText } from '../lib/capabilities.ts'

const USAGE = `usage: getcaps [opts] <pid> [<pid> ...]

  This program displays the capabilities on the queried process(es).
  The capabilities are displayed in the cap_from_text(3) format.

  Optional arguments:
     --help, -h or --usage display this message.
     --verbose             use a more verbose output format.
     --ugly or --legacy    use the archaic legacy output format.
     --iab                 show IAB of process too.
     --license             display license info
`

export default command({
  name: 'getpcaps',
  summary: 'display process capabilities',
  suite: 'other',
  usage: 'getpcaps [opts] <pid> [<pid> ...]',
  raw: true,

  *main(sys, _flags, args, me) {
    const pids = args.filter(it => !it.startsWith('-'))
    if (!pids.length) {
      yield* sys.write(2, USAGE)
      return 1
    }
    let status = 0
    for (const pid of pids) {
      try {
        me.out.line(`${pid}: ${capsText(sys.capget(Number(pid)))}`)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* me.out.flush()
        yield* sys.write(2, `Failed to get cap's for process ${pid}: (${e.message})\n`)
        status = 1
      }
    }
    return status
  },
})
