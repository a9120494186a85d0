/**
 * namei - follow a pathname until a terminal point is found
 * Linux: util-linux misc-utils/namei.c; namei(1).
 */
import { Errno, S_IFDIR, S_IFLNK, S_IFMT, type Stat, type Sys } from '../../abi/index.ts'
import { command, type Flags, type Options, type Process, usage } from '../lib/command.ts'
import { strmode } from '../lib/strmode.ts'
import { groupName, readUsers, userName, type Users } from '../lib/users.ts'

const OPTIONS = {
  mountpoints: { short: 'x', help: "show mount point directories with a 'D'" },
  modes: { short: 'm', help: 'show the mode bits of each file' },
  owners: { short: 'o', help: 'show owner and group name of each file' },
  long: { short: 'l', help: 'use a long listing format (-m -o -v) ' },
  nosymlinks: { short: 'n', help: "don't follow symlinks" },
  vertical: { short: 'v', help: 'vertical align of modes and owners' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

/** A component of a path. */
interface Step {
  readonly name: string
  readonly level: number
  readonly stat: Stat | undefined
  readonly error: string
  readonly isMount: boolean
  readonly target: string
}

const MAX_LINKS = 20

export default command({
  name: 'namei',
  summary: 'follow a pathname until a terminal point is found',
  suite: 'util-linux',
  usage: 'namei [options] <pathname>...',
  help: `
Usage:
 namei [options] <pathname>...

Follow a pathname until a terminal point is found.

Options:
 -x, --mountpoints   show mount point directories with a 'D'
 -m, --modes         show the mode bits of each file
 -o, --owners        show owner and group name of each file
 -l, --long          use a long listing format (-m -o -v) 
 -n, --nosymlinks    don't follow symlinks
 -v, --vertical      vertical align of modes and owners

 -h, --help          display this help
 -V, --version       display version

For more details see namei(1).
`,
  options: OPTIONS,

  *main(sys, flags, args, me) {
    if (!args.length) throw usage('pathname argument is missing')
    const shown: Given = flags.long ? { ...flags, modes: true, owners: true, vertical: true } : flags
    const users = yield* readUsers(sys)
    let status = 0
    for (const path of args) {
      const steps: Step[] = []
      const whole = follow(sys, path, flags.nosymlinks ?? false, steps)
      me.out.line(`f: ${path}`)
      print(me, shown, users, steps)
      if (whole === 'loop') {
        yield* me.warn(`${path}: exceeded limit of symlinks`)
        status = 1
      } else if (whole === 'missing') status = 1
    }
    return status
  },
})

const isDir = (stat: Stat | undefined): boolean => stat !== undefined && (stat.mode & S_IFMT) === S_IFDIR
const isLink = (stat: Stat | undefined): boolean => stat !== undefined && (stat.mode & S_IFMT) === S_IFLNK

/** Take a path apart, and whatever its links lead to. */
function follow(sys: Sys, path: string, keepsLinks: boolean, steps: Step[]): 'whole' | 'missing' | 'loop' {
  let links = 0
  const walk = (text: string, base: string, level: number): string | undefined => {
    let at = text.startsWith('/') ? '/' : base
    if (text.startsWith('/')) steps.push(stepAt(sys, '/', '/', level))
    for (const name of text.split('/').filter(Boolean)) {
      const here = at === '' ? name : `${at.replace(/\/$/, '')}/${name}`
      const step = stepAt(sys, here, name, level)
      steps.push(step)
      if (!step.stat) return undefined
      if (isLink(step.stat) && !keepsLinks) {
        if (++links > MAX_LINKS) return undefined
        const end = walk(step.target, at, level + 1)
        if (end === undefined) return undefined
        at = end
      } else at = here
    }
    return at
  }
  const end = walk(path, '', 0)
  if (links > MAX_LINKS) return 'loop'
  return end === undefined ? 'missing' : 'whole'
}

function stepAt(sys: Sys, path: string, name: string, level: number): Step {
  try {
    const stat = sys.lstat(path)
    const target = isLink(stat) ? sys.readlink(path) : ''
    return { name, level, stat, error: '', isMount: isMountPoint(sys, path, stat), target }
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return { name, level, stat: undefined, error: e.message, isMount: false, target: '' }
  }
}

function isMountPoint(sys: Sys, path: string, stat: Stat): boolean {
  if (!isDir(stat)) return false
  const above = sys.stat(`${path}/..`)
  return above.dev !== stat.dev || above.ino === stat.ino
}

const TYPES: Readonly<Record<string, string>> = { '-': '-', d: 'd', l: 'l', c: 'c', b: 'b', s: 's', p: 'p' }

function print(me: Process, flags: Given, users: Users, steps: readonly Step[]): void {
  const user = ({ stat }: Step): string => (stat ? (userName(users, stat.uid) ?? String(stat.uid)) : '')
  const group = ({ stat }: Step): string => (stat ? (groupName(users, stat.gid) ?? String(stat.gid)) : '')
  const userWidth = Math.max(0, ...steps.map(it => user(it).length))
  const groupWidth = Math.max(0, ...steps.map(it => group(it).length))
  for (const step of steps) {
    const indent = ' '.repeat(step.level * 2)
    const lead = flags.vertical ? '' : ` ${indent}`
    const trail = flags.vertical ? indent : ''
    const link = isLink(step.stat) ? ` -> ${step.target}` : ''
    if (!step.stat) {
      const blank = flags.modes ? 10 : 1
      const owners = flags.owners ? userWidth + groupWidth + 2 : 0
      me.out.line(`${lead}${' '.repeat(blank + owners)} ${trail}${step.name} - ${step.error}`)
      continue
    }
    const mode = strmode(step.stat.mode)
    const letter = flags.mountpoints && step.isMount ? 'D' : (TYPES[mode[0]!] ?? '?')
    const shown = flags.modes ? mode.replace(/^d/, letter === 'D' ? 'D' : 'd') : letter
    const owners = flags.owners ? ` ${user(step).padEnd(userWidth)} ${group(step).padEnd(groupWidth)}` : ''
    me.out.line(`${lead}${shown}${owners} ${trail}${step.name}${link}`)
  }
}
