/**
 * pathchk - check whether file names are valid or portable
 * https://www.gnu.org/software/coreutils/manual/html_node/pathchk-invocation.html
 */
import { type Blocking, ENOENT, Errno, encode, type Sys } from '../../abi/index.ts'
import { command, type Process, usage } from '../lib/command.ts'
import { quote, quoteaf, quotef } from '../lib/quote.ts'

/** The least that POSIX demands of all systems, with the final NUL: _POSIX_PATH_MAX, _POSIX_NAME_MAX. */
const POSIX_PATH_MAX = 256
const POSIX_NAME_MAX = 14
const PATH_MAX = 4096
const NAME_MAX = 255

interface Checks {
  readonly posix: boolean
  readonly extra: boolean
}

export default command({
  name: 'pathchk',
  summary: 'Diagnose invalid or non-portable file names.',
  usage: 'pathchk [OPTION]... NAME...',
  authors: 'Paul Eggert, David MacKenzie, and Jim Meyering',
  options: {
    p: { help: 'check for most POSIX systems' },
    P: { help: 'check for empty names and leading "-"' },
    portability: { help: 'check for all POSIX systems (equivalent to -p -P)' },
  },

  *main(sys, flags, args, me) {
    if (!args.length) throw usage('missing operand')
    const checks = {
      posix: Boolean(flags.p || flags.portability),
      extra: Boolean(flags.P || flags.portability),
    }
    let status = 0
    for (const path of args) if (!(yield* check(sys, me, path, checks))) status = 1
    return status
  },
})

function* check(sys: Sys, me: Process, path: string, { posix, extra }: Checks): Blocking<boolean> {
  const problem = portability(path, posix, extra)
  if (problem) {
    yield* me.warn(problem)
    return false
  }
  if (posix) return true
  try {
    sys.lstat(path)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    const long = e === ENOENT && path ? tooLong(path, PATH_MAX, NAME_MAX) : undefined
    if (e === ENOENT && path && !long) return true
    if (long) yield* me.warn(long)
    else yield* me.warn(quotef(path), e)
    return false
  }
  return true
}

function portability(path: string, posix: boolean, extra: boolean): string | undefined {
  if (extra && /(^|\/)-/.test(path)) return `leading '-' in a component of file name ${quoteaf(path)}`
  if ((posix || extra) && !path) return 'empty file name'
  if (!posix) return undefined
  const wrong = /[^A-Za-z0-9._/-]/u.exec(path)
  if (wrong) return `nonportable character ${quote(wrong[0])} in file name ${quoteaf(path)}`
  return tooLong(path, POSIX_PATH_MAX, POSIX_NAME_MAX)
}

function tooLong(path: string, pathMax: number, nameMax: number): string | undefined {
  const length = encode(path).length
  if (length >= pathMax)
    return `limit ${pathMax - 1} exceeded by length ${length} of file name ${quoteaf(path)}`
  for (const name of path.split('/')) {
    const size = encode(name).length
    if (size > nameMax)
      return `limit ${nameMax} exceeded by length ${size} of file name component ${quote(name)}`
  }
  return undefined
}
