/**
 * mcookie - generate magic cookies for xauth
 * Linux: util-linux misc-utils/mcookie.c; mcookie(1). Each cookie is 128 random bits in hexadecimal.
 *
 * Left out: mixing the seeds in; the kernel's random numbers need none.
 */
import { Errno } from '../../abi/index.ts'
import { command, readBytes } from '../lib/command.ts'

const BYTES = 16

export default command({
  name: 'mcookie',
  summary: 'generate magic cookies for xauth',
  suite: 'util-linux',
  usage: 'mcookie [options]',
  help: `
Usage:
 mcookie [options]

Generate magic cookies for xauth.

Options:
 -f, --file <file>     use file as a cookie seed
 -m, --max-size <num>  limit how much is read from seed files
 -v, --verbose         explain what is being done

 -h, --help            display this help
 -V, --version         display version

Arguments:
 <num> arguments may be followed by the suffixes for
   GiB, TiB, PiB, EiB, ZiB, and YiB (the "iB" is optional)

For more details see mcookie(1).
`,
  options: {
    file: { short: 'f', value: '<file>', repeat: true },
    maxSize: { short: 'm', value: '<num>' },
    verbose: { short: 'v' },
  },

  *main(sys, flags, _args, me) {
    for (const path of flags.file ?? [])
      try {
        const { length } = yield* readBytes(sys, path)
        if (flags.verbose) yield* sys.write(2, `Got ${length} bytes from ${path}\n`)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* me.warn(`cannot open ${path}`, e)
      }
    const bytes = sys.getrandom(BYTES)
    if (flags.verbose) yield* sys.write(2, `Got ${BYTES} bytes from getrandom() function\n`)
    me.out.line(Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(''))
    return 0
  },
})
