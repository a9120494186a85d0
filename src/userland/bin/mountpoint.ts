/**
 * mountpoint - see if a directory or file is a mountpoint
 * Linux: util-linux sys-utils/mountpoint.c; mountpoint(1).
 */
import { Errno, isBlk, isLink, major, minor, type Stat, type Sys } from '../../abi/index.ts'
import { command, fatal, usage } from '../lib/command.ts'
import { mountAt, parseMountinfo } from '../lib/mountinfo.ts'
import { canonical } from '../lib/mountinfo-path.ts'
import { procText } from '../lib/proc.ts'

const EX_NOT_MOUNTPOINT = 32

export default command({
  name: 'mountpoint',
  summary: 'check whether a directory or file is a mountpoint',
  suite: 'util-linux',
  usage: ['mountpoint [-qd] /path/to/directory', 'mountpoint -x /dev/device'],
  help: `
Usage:
 mountpoint [-qd] /path/to/directory
 mountpoint -x /dev/device

Check whether a directory or file is a mountpoint.

Options:
 -q, --quiet        quiet mode - don't print anything
     --nofollow     do not follow symlink
 -d, --fs-devno     print maj:min device number of the filesystem
 -x, --devno        print maj:min device number of the block device

 -h, --help         display this help
 -V, --version      display version

For more details see mountpoint(1).
`,
  options: {
    quiet: { short: 'q' },
    nofollow: {},
    fsDevno: { short: 'd' },
    devno: { short: 'x' },
  },

  *main(sys, flags, args, me) {
    const [path] = args
    if (args.length !== 1) throw usage('bad usage')
    if (flags.nofollow && flags.devno) throw fatal('--devno and --nofollow are mutually exclusive')
    let stat: ReturnType<typeof sys.stat>
    try {
      stat = flags.nofollow ? sys.lstat(path!) : sys.stat(path!)
    } catch (e) {
      if (flags.quiet && e instanceof Errno) return 1
      throw fatal(path!, e)
    }
    const number = (dev: number): string => `${major(dev)}:${minor(dev)}`
    if (flags.devno) {
      if (!isBlk(stat)) {
        if (!flags.quiet) yield* me.warn(`${path}: not a block device`)
        return EX_NOT_MOUNTPOINT
      }
      me.out.line(number(stat.rdev))
      return 0
    }
    const all = parseMountinfo((yield* procText(sys, '/proc/self/mountinfo')) ?? '')
    const known = all.length ? mountAt(all, canonical(sys, path!)) !== undefined : isOther(sys, path!, stat)
    const isMount = !(flags.nofollow && isLink(stat)) && known
    if (flags.fsDevno && isMount) me.out.line(number(stat.dev))
    else if (!flags.quiet && !flags.fsDevno) me.out.line(`${path} is ${isMount ? '' : 'not '}a mountpoint`)
    else if (!flags.quiet && !isMount) me.out.line(`${path} is not a mountpoint`)
    return isMount ? 0 : EX_NOT_MOUNTPOINT
  },
})

/** Without /proc: what is on another file system than the directory above it, or is that itself. */
function isOther(sys: Sys, path: string, { dev, ino }: Stat): boolean {
  try {
    const above = sys.stat(`${path}/..`)
    return dev !== above.dev || ino === above.ino
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}
