/**
 * setcap - set file capabilities
 * Linux: libcap progs/setcap.c; setcap(8).
 *
 * Left out: --license.
 */
import {
  type Blocking,
  type Capabilities,
  EINVAL,
  ENODATA,
  EPERM,
  Errno,
  isReg,
  type Sys,
} from '../../abi/index.ts'
import { command, type Process } from '../lib/command.ts'
import { decodeFileCaps, encodeFileCaps, parseCaps } from '../lib/capabilities.ts'

const CAP_SETFCAP = 31n
const NONE: Capabilities = { effective: 0n, permitted: 0n, inheritable: 0n }

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
    let [quiet, verify, rootid] = [false, false, 0]
    const words = args.values()
    let done = 0
    for (const word of words) {
      if (word === '-q') quiet = true
      else if (word === '-v') verify = true
      else if (word === '-h') return yield* usage(sys, 0)
      else if (word === '-n') {
        const number: string | undefined = words.next().value
        if (number === undefined) return yield* usage(sys, 1)
        rootid = /^\d+$/.test(number) ? Number(number) : 0
        if (rootid) continue
        yield* sys.write(2, `bad ns rootid: want positive integer, got "${number}"\n`)
        return 1
      } else {
        const text = word === '-' ? yield* typed(sys, quiet) : word
        if (text === undefined) return yield* usage(sys, 1)
        const caps = text === '-r' ? undefined : parseCaps(text)
        if (text !== '-r' && !caps) {
          yield* sys.write(2, `fatal error: ${EINVAL.message}\n`)
          return yield* usage(sys, 1)
        }
        const path: string | undefined = words.next().value
        if (path === undefined) return yield* usage(sys, 1)
        const failed = verify
          ? compare(sys, me, path, caps, quiet)
          : yield* apply(sys, path, caps && encodeFileCaps(caps, rootid))
        if (failed) return 1
        done++
      }
    }
    return done ? 0 : yield* usage(sys, 1)
  },
})

function* usage(sys: Sys, status: number): Blocking<number> {
  yield* sys.write(2, USAGE)
  return status
}

/** Capabilities from standard input, up to an empty line; undefined if there is nothing. */
function* typed(sys: Sys, quiet: boolean): Blocking<string | undefined> {
  if (!quiet) yield* sys.write(2, 'Please enter caps for file [empty line to end]:\n')
  let text = ''
  for (;;) {
    const byte = yield* sys.read(0, 1)
    if (!byte.length && !text) return undefined
    if (!byte.length || (byte[0] === 10 && (!text || text.endsWith('\n')))) return text
    text += String.fromCharCode(byte[0]!)
  }
}

/** Whether the file has other capabilities. */
function compare(
  sys: Sys,
  me: Process,
  path: string,
  caps: Capabilities | undefined,
  quiet: boolean,
): boolean {
  const has = current(sys, path)
  const wants = caps ?? NONE
  const differs = (['permitted', 'inheritable', 'effective'] as const).filter(it => has[it] !== wants[it])
  const letters = differs.map(it => it[0]).join('')
  if (!quiet) me.out.line(letters ? `${path} differs in [${letters}]` : `${path}: OK`)
  return letters !== ''
}

function* apply(sys: Sys, path: string, bytes: Uint8Array | undefined): Blocking<boolean> {
  if (!((sys.capget(0).permitted >> CAP_SETFCAP) & 1n)) {
    yield* sys.write(2, `unable to set CAP_SETFCAP effective capability: ${EPERM.message}\n`)
    return true
  }
  const failure = set(sys, path, bytes)
  if (failure) yield* sys.write(2, refusal(path, failure))
  return failure !== undefined
}

function refusal(path: string, failure: Errno): string {
  if (failure === EINVAL) return `Invalid file '${path}' for capability operation\n`
  // The word is spelt so in Debian's setcap.
  if (failure === ENODATA) return `File '${path}' has no capablity to remove\n`
  return `Failed to set capabilities on file '${path}': ${failure.message}\n`
}

function current(sys: Sys, path: string): Capabilities {
  try {
    return decodeFileCaps(sys.getxattr(path, 'security.capability')) ?? NONE
  } catch (e) {
    if (e instanceof Errno) return NONE
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
