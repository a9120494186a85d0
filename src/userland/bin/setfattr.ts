/**
 * setfattr - set extended attributes of files
 * https://man7.org/linux/man-pages/man1/setfattr.1.html
 */
import { type Blocking, decode, ENODATA, encode, Errno, type Sys } from '../../abi/index.ts'
import { command, type Process, readAll, readFile } from '../lib/command.ts'
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
    restore: { value: '=file' },
  },

  *main(sys, flags, args, me) {
    if (flags.restore !== undefined) return yield* restore(sys, me, flags.restore)
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

/** Set what `getfattr --dump` printed; the exit status. */
function* restore(sys: Sys, me: Process, file: string): Blocking<number> {
  let text: string
  try {
    text = file === '-' ? decode(yield* readAll(sys, 0)) : yield* readFile(sys, file)
  } catch (e) {
    yield* me.warn(file, e)
    return 0
  }
  const shown = file === '-' ? 'standard input' : file
  let path: string | undefined
  let status = 0
  for (const [number, line] of text.split('\n').entries()) {
    const named = /^# file: (.*)$/.exec(line)
    if (named) path = unescape(named[1]!)
    else if (!line) path = undefined
    else if (path === undefined) {
      yield* me.warn(`No filename found in line ${number} of ${shown}, aborting`)
      return 1
    } else if (!(yield* setLine(sys, me, path, line))) status = 1
  }
  return status
}

/** One `name=value`; whether it could be set. */
function* setLine(sys: Sys, me: Process, path: string, line: string): Blocking<boolean> {
  const [, name, text] = /^([^=]*)=?(.*)$/.exec(line)!
  const value = decodeValue(text!)
  if (!value) {
    yield* sys.write(2, 'bad input encoding\n')
    return false
  }
  try {
    sys.setxattr(path, unescape(name!), value, 0)
    return true
  } catch (e) {
    yield* me.warn(path, e)
    return false
  }
}

/** getfattr writes odd characters of names in octal. */
const unescape = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
