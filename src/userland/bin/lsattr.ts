/**
 * lsattr - list the flags of files that chattr sets
 * Linux: e2fsprogs misc/lsattr.c; lsattr(1).
 *
 * Left out: -p (projects), -v (generations).
 */
import { type Blocking, Errno, isDir, isLink, type Stat, type Sys } from '../../abi/index.ts'
import { command, type Flags, type Options, type Process, unheeded } from '../lib/command.ts'
import { flagLetters, flagNames, readFlags } from '../lib/fileattr.ts'
import { joinPath } from '../lib/path.ts'

const OPTIONS = {
  recursive: { short: 'R', long: '' },
  all: { short: 'a', long: '' },
  directory: { short: 'd', long: '' },
  names: { short: 'l', long: '' },
  showVersion: { short: 'V', long: '' },
} as const satisfies Options

interface Lsattr {
  readonly sys: Sys
  readonly me: Process
  readonly flags: Flags<typeof OPTIONS>
}

export default command({
  name: 'lsattr',
  writeFailure: unheeded,
  summary: 'list file attributes on a Linux second extended file system',
  suite: 'other',
  usage: 'lsattr [-RVadlpv] [files...]',
  wrongUsage: 'Usage: lsattr [-RVadlpv] [files...]\n',
  version: false,
  options: OPTIONS,

  *main(sys, flags, args, me) {
    if (flags.showVersion) yield* sys.write(2, 'lsattr 1.47.0 (5-Feb-2023)\n')
    const run = { sys, me, flags }
    let status = 0
    for (const path of args.length ? args : ['.']) if (!(yield* named(run, path))) status = 1
    return status
  },
})

function* named(run: Lsattr, path: string): Blocking<boolean> {
  let stat: Stat
  try {
    stat = run.sys.lstat(path)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* run.me.warn(`${e.message} while trying to stat ${path}`)
    return false
  }
  return isDir(stat) && !run.flags.directory ? yield* list(run, path) : yield* show(run, path)
}

function* show({ sys, me, flags }: Lsattr, path: string): Blocking<boolean> {
  try {
    const found = yield* readFlags(sys, path)
    me.out.line(flags.names ? `${path.padEnd(28)} ${flagNames(found)}` : `${flagLetters(found)} ${path}`)
    return true
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(`${e.message} While reading flags on ${path}`)
    return false
  }
}

/** What a directory has; with -R each directory below behind its name. */
function* list(run: Lsattr, dir: string): Blocking<boolean> {
  const { sys, me, flags } = run
  let whole = true
  const fd = yield* sys.open(dir, 0)
  const entries = sys.getdents(fd)
  sys.close(fd)
  for (const { name } of entries) {
    if (name.startsWith('.') && !flags.all) continue
    const path = joinPath(dir, name)
    const stat = sys.lstat(path)
    if (isLink(stat)) continue
    whole = (yield* show(run, path)) && whole
    if (!flags.recursive || !isDir(stat) || name === '.' || name === '..') continue
    me.out.line(`\n${path}:`)
    whole = (yield* list(run, path)) && whole
    me.out.line('')
  }
  return whole
}
