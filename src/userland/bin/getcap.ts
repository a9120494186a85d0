/**
 * getcap - examine file capabilities
 * Linux: libcap progs/getcap.c; getcap(8).
 */
import { type Blocking, EOVERFLOW, Errno, isDir, isReg, type Sys } from '../../abi/index.ts'
import { command, type Process, readDir } from '../lib/command.ts'
import { capsText, decodeFileCaps, rootidOf } from '../lib/capabilities.ts'

const LICENSE =
  'getcap see LICENSE file for details.\nCopyright (c) 1997,2007,2021 Andrew G. Morgan <morgan@kernel.org>\n'
const USAGE =
  'usage: getcap [-h] [-l] [-n] [-r] [-v] <filename> [<filename> ...]\n\n\tdisplays the capabilities on the queried file(s).\n'

export default command({
  name: 'getcap',
  summary: 'examine file capabilities',
  suite: 'other',
  usage: 'getcap [-v] [-n] [-r] <filename> [<filename> ...]',
  raw: true,

  *main(sys, _flags, args, me) {
    const wrong = args.find(it => /^-./.test(it) && !/^-[hlnrv]*$/.test(it))
    if (wrong) {
      const letter = wrong.slice(1).replace(/^[hlnrv]*/, '')[0]
      yield* sys.write(2, `getcap: invalid option -- '${letter}'\n${USAGE}`)
      return 1
    }
    const letters = args.filter(it => /^-[hlnrv]+$/.test(it)).join('')
    const paths = args.filter(it => !it.startsWith('-'))
    if (letters.includes('l')) {
      me.out.print(LICENSE)
      return 0
    }
    if (!paths.length || letters.includes('h')) {
      yield* sys.write(2, USAGE)
      return 1
    }
    for (const path of paths) {
      try {
        yield* show(sys, me, path, letters)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* me.out.flush()
        yield* sys.write(2, `${path} (${e.message})\n`)
      }
    }
    return 0
  },
})

function* show(sys: Sys, me: Process, path: string, letters: string): Blocking<void> {
  const [recursive, verbose] = [letters.includes('r'), letters.includes('v')]
  const stat = recursive ? sys.lstat(path) : sys.stat(path)
  if (isDir(stat) && recursive)
    for (const { name } of yield* readDir(sys, path))
      yield* show(sys, me, `${path.replace(/\/$/, '')}/${name}`, letters)
  if (!isReg(sys.lstat(path))) {
    if (verbose) me.out.line(`${path} (Not a regular file)`)
    return
  }
  const text = capsOf(sys, path, letters.includes('n'))
  if (text === undefined) {
    yield* me.out.flush()
    yield* sys.write(2, `Failed to get capabilities of file '${path}' (${EOVERFLOW.message})\n`)
    return
  }
  if (text || verbose) me.out.line(`${path}${text && ` ${text}`}`)
}

/** Empty without capabilities, undefined where they are those of another user namespace. */
function capsOf(sys: Sys, path: string, withRoot: boolean): string | undefined {
  try {
    const bytes = sys.getxattr(path, 'security.capability')
    const caps = decodeFileCaps(bytes)
    const root = withRoot && rootidOf(bytes) ? ` [rootid=${rootidOf(bytes)}]` : ''
    return caps ? capsText(caps) + root : ''
  } catch (e) {
    if (e === EOVERFLOW) return undefined
    if (e instanceof Errno) return ''
    throw e
  }
}
