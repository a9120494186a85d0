/**
 * setfattr - set extended attributes of filesystem objects
 * Linux: attr tools/setfattr.c; setfattr(1).
 *
 * Left out: --restore.
 */
import { encode, Errno } from '../../abi/index.ts'
import { command } from '../lib/command.ts'
import { parseValue } from '../lib/proc-xattr.ts'

const USAGE =
  "Usage: setfattr {-n name} [-v value] [-h] file...\n       setfattr {-x name} [-h] file...\nTry `setfattr --help' for more information.\n"

export default command({
  name: 'setfattr',
  summary: 'set extended attributes of filesystem objects',
  suite: 'other',
  usage: 'setfattr {-n name} [-v value] [-h] file...',
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
  version: 'setfattr 2.5.1\n',
  options: {
    name: { short: 'n', value: '=name' },
    remove: { short: 'x', value: '=name' },
    value: { short: 'v', value: '=value' },
    noDereference: { short: 'h' },
    raw: {},
  },

  *main(sys, flags, args, me) {
    if (!args.length || (flags.name === undefined) === (flags.remove === undefined)) {
      yield* sys.write(2, USAGE)
      return 2
    }
    const value = flags.raw ? encode(flags.value ?? '') : parseValue(flags.value ?? '')
    if (!value) {
      yield* sys.write(2, 'bad input encoding\n')
      return 1
    }
    let status = 0
    for (const path of args) {
      try {
        if (flags.remove !== undefined) sys.removexattr(path, flags.remove, !flags.noDereference)
        else sys.setxattr(path, flags.name!, value, 0, !flags.noDereference)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* sys.write(
          2,
          `${me.name}: ${path}: ${e.name === 'ENODATA' ? 'No such attribute' : e.message}\n`,
        )
        status = 1
      }
    }
    return status
  },
})
