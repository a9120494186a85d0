/**
 * setcap - set file capabilities
 * Linux: libcap progs/setcap.c; setcap(8).
 *
 * Left out: -n (capabilities of another user namespace's root).
 */
import { EINVAL, ENODATA, EPERM, Errno, isReg, type Sys } from '../../abi/index.ts'
import { command } from '../lib/command.ts'
import { capsText, decodeFileCaps, encodeFileCaps, parseCaps } from '../lib/capabilities.ts'

const USAGE = `usage: setcap [-h] [-q] [-v] [-n <rootid>] (-r|-|<caps>) <filename> [ ... (-r|-|<capsN>) <filenameN> ]

 Note <filename> must be a regular (non-symlink) file.
 -r          remove capability from file
 -           read capability text from stdin
 <capsN>     cap_from_text(3) formatted file capability
 [ Note: capsh --suggest="something..." might help you pick. ]
 -h          this message and exit status 0
 -q          quietly
 -v          validate supplied capability matches file
 -n <rootid> write a user namespace (!= 0) limited capability
 --license   display the license info
`

export default command({
  name: 'setcap',
  summary: 'set file capabilities',
  suite: 'other',
  usage: 'setcap [-q] [-n <rootid>] [-v] {capabilities|-|-r} filename',
  raw: true,

  *main(sys, _flags, args, me) {
    const rest = args.filter(it => it !== '-q' && it !== '-v')
    const verify = args.includes('-v')
    if (rest.length < 2 || rest.length % 2 || rest.includes('-h')) {
      yield* sys.write(2, USAGE)
      return rest.includes('-h') ? 0 : 1
    }
    for (let i = 0; i < rest.length; i += 2) {
      const text = rest[i]!
      const path = rest[i + 1]!
      const caps = text === '-r' ? undefined : parseCaps(text)
      if (text !== '-r' && !caps) {
        yield* sys.write(2, `fatal error: ${EINVAL.message}\n${USAGE}`)
        return 1
      }
      if (verify) {
        const same = caps !== undefined && current(sys, path) === capsText(caps)
        me.out.line(`${path}: ${same ? 'OK' : `differs in [pie]`}`)
        if (!same) return 1
        continue
      }
      const failure = set(sys, path, caps && encodeFileCaps(caps))
      if (!failure) continue
      yield* sys.write(2, refusal(path, failure))
      return 1
    }
    return 0
  },
})

function refusal(path: string, failure: Errno): string {
  if (failure === EPERM) return `unable to set CAP_SETFCAP effective capability: ${failure.message}\n`
  if (failure === EINVAL) return `Invalid file '${path}' for capability operation\n`
  // The word is spelt so in Debian's setcap.
  if (failure === ENODATA) return `File '${path}' has no capablity to remove\n`
  return `Failed to set capabilities on file '${path}': ${failure.message}\n`
}

function current(sys: Sys, path: string): string {
  try {
    const caps = decodeFileCaps(sys.getxattr(path, 'security.capability'))
    return caps ? capsText(caps) : '='
  } catch (e) {
    if (e instanceof Errno) return '='
    throw e
  }
}

function set(sys: Sys, path: string, bytes: Uint8Array | undefined): Errno | undefined {
  try {
    if (!isReg(sys.lstat(path))) return EINVAL
    if (bytes) sys.setxattr(path, 'security.capability', bytes, 0)
    else sys.removexattr(path, 'security.capability')
  } catch (e) {
    if (e instanceof Errno) return e
    throw e
  }
  return undefined
}
