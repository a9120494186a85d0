/**
 * tempfile - make a temporary file
 * Linux: Debian debianutils tempfile.c; tempfile(1).
 */
import { EEXIST, Errno, O_CREAT, O_EXCL, O_RDWR } from '../../abi/index.ts'
import { command } from '../lib/command.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export default command({
  name: 'tempfile',
  summary: 'Create a temporary file in a safe manner',
  suite: 'other',
  usage: 'tempfile [OPTION]',
  wrongUsage: "Try `tempfile --help' for more information.\n",
  options: {
    directory: { short: 'd', value: '=DIR', help: 'place temporary file in DIR' },
    mode: { short: 'm', value: '=MODE', help: 'open with MODE instead of 0600' },
    name: { short: 'n', value: '=FILE', help: 'use FILE instead of tempnam(3)' },
    prefix: { short: 'p', value: '=STRING', help: "set temporary file's prefix to STRING" },
    suffix: { short: 's', value: '=STRING', help: "set temporary file's suffix to STRING" },
  },

  *main(sys, flags, _args, me) {
    yield* sys.write(2, 'WARNING: tempfile is deprecated; consider using mktemp instead.\n')
    const mode = flags.mode === undefined ? 0o600 : Number.parseInt(flags.mode, 8)
    const directory = me.env.get('TMPDIR') || flags.directory || '/tmp'
    for (;;) {
      const random = Array.from(sys.getrandom(6), it => LETTERS[it % LETTERS.length]).join('')
      const name =
        flags.name ?? `${directory}/${(flags.prefix ?? 'file').slice(0, 5)}${random}${flags.suffix ?? ''}`
      try {
        sys.close(yield* sys.open(name, O_RDWR | O_CREAT | O_EXCL, mode))
        me.out.line(name)
        return 0
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (e === EEXIST && flags.name === undefined) continue
        yield* sys.write(2, `open: ${e.message}\n`)
        return 1
      }
    }
  },
})
