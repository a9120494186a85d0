/**
 * setfattr - set extended attributes of files
 * https://man7.org/linux/man-pages/man1/setfattr.1.html
 *
 * Left out: --restore.
 */
import { ENODATA, encode, Errno } from '../../abi/index.ts'
import { command } from '../lib/command.ts'
import { decodeValue } from '../lib/xattr.ts'

const USAGE = `Usage: setfattr {-n name} [-v value] [-h] file...
       setfattr {-x name} [-h] file...
Try \`setfattr --help' for more information.
`

export default command({
  name: 'setfattr',
  summary: 'set extended attributes',
  suite: 'other',
  usage: ['setfattr {-n name} [-v value] [-h] file...', 'setfattr {-x name} [-h] file...'],
  version: 'setfattr 2.5.1\n',
  wrongUsage: USAGE,
  help: `setfattr 2.5.1 -- set extended attributes
Usage: setfattr {-n name} [-v value] [-h] file...
       setfattr {-x name} [-h] file...
  -n, --name=name         set the value of the named extended attribute
  -x, --remove=name       remove the named extended attribute
  -v, --value=value       use value as the attribute value
  -h, --no-dereference    do not dereference symbolic links
      --restore=file      restore extended attributes
      --raw               attribute value is not encoded
      --version           print version and exit
      --help              this help text
`,
  failure: 2,
  options: {
    name: { short: 'n', value: '=name' },
    remove: { short: 'x', value: '=name' },
    value: { short: 'v', value: '=value' },
    noDereference: { short: 'h', long: 'no-dereference' },
    raw: {},
  },

  *main(sys, flags, args, me) {
    const name = flags.name ?? flags.remove
    if (!args.length || name === undefined || (flags.name && flags.remove)) {
      yield* sys.write(2, USAGE)
      return 2
    }
    const text = flags.value ?? ''
    const value = flags.raw ? encode(text) : decodeValue(text)
    if (!value) {
      yield* sys.write(2, 'bad input encoding\n')
      return 1
    }
    let status = 0
    for (const path of args) {
      try {
        if (flags.remove) sys.removexattr(path, name, !flags.noDereference)
        else sys.setxattr(path, name, value, 0, !flags.noDereference)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        status = 1
        yield* e === ENODATA ? me.warn(`${path}: No such attribute`) : me.warn(path, e)
      }
    }
    return status
  },
})
