/**
 * getcap - examine file capabilities
 * Linux: libcap progs/getcap.c; getcap(8).
 */
import { type Blocking, Errno, isDir, isReg, type Sys } from '../../abi/index.ts'
import { command, type Process, readDir } from '../lib/command.ts'
import { capsText, decodeFileCaps } from '../lib/capabilities.ts'

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
    if (!paths.length || letters.includes('h')) {
      yield* sys.write(2, USAGE)
      return 1
    }
    for (const path of paths) {
      try {
        yield* show(sys, me, path, letters.includes('r'), letters.includes('v'))
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* me.out.flush()
        yield* sys.write(2, `${path} (${e.message})\n`)
      }
    }
    return 0
  },
})

function* show(sys: Sys, me: Process, path: string, recursive: boolean, verbose: boolean): Blocking<void> {
  const stat = recursive ? sys.lstat(path) : sys.stat(path)
  if (isDir(stat) && recursive)
    for (const { name } of yield* readDir(sys, path))
      yield* show(sys, me, `${path.replace(/\/$/, '')}/${name}`, true, verbose)
  if (!isReg(sys.lstat(path))) {
    if (verbose) me.out.line(`${path} (Not a regular file)`)
    return
  }
  const text = capsOf(sys, path)
  if (text || verbose) me.out.line(`${path}${text && ` ${text}`}`)
}

function capsOf(sys: Sys, path: string): string {
  try {
    const caps = decodeFileCaps(sys.getxattr(path, 'security.capability'))
    return caps ? capsText(caps) : ''
  } catch (e) {
    if (e instanceof Errno) return ''
    throw e
  }
}
