/**
 * getfacl - show who may do what with files
 * Linux: acl's getfacl; getfacl(1).
 *
 * Left out: access control lists beyond the mode, which the file systems here do not keep; so what is shown is the
 * minimal list that the mode amounts to.
 */
import { type Blocking, isDir, isLink, type Stat, type Sys } from '../../abi/index.ts'
import { command, type Flags, type Options, type Process, readDir } from '../lib/command.ts'
import { groupName, readUsers, userName, type Users } from '../lib/users.ts'

const OPTIONS = {
  access: { short: 'a', help: 'display the file access control list only' },
  default: { short: 'd', help: 'display the default access control list only' },
  omitHeader: { short: 'c', help: 'do not display the comment header' },
  allEffective: { short: 'e', help: 'print all effective rights' },
  noEffective: { short: 'E', help: 'print no effective rights' },
  skipBase: { short: 's', help: 'skip files that only have the base entries' },
  recursive: { short: 'R', help: 'recurse into subdirectories' },
  logical: { short: 'L', help: 'logical walk, follow symbolic links' },
  physical: { short: 'P', help: 'physical walk, do not follow symbolic links' },
  tabular: { short: 't', help: 'use tabular output format' },
  numeric: { short: 'n', help: 'print numeric user/group identifiers' },
  absoluteNames: { short: 'p', help: "don't strip leading '/' in pathnames" },
  version: { short: 'v', help: 'print version and exit' },
  help: { short: 'h', help: 'this help text' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

const HINT = "Usage: getfacl [-aceEsRLPtpndvh] file ...\nTry `getfacl --help' for more information.\n"

export default command({
  name: 'getfacl',
  summary: 'get file access control lists',
  suite: 'other',
  usage: 'getfacl [-aceEsRLPtpndvh] file ...',
  wrongUsage: HINT,
  failure: 2,
  version: 'getfacl 2.3.1\n',
  options: OPTIONS,

  *main(sys, flags, args, me) {
    if (!args.length) {
      yield* sys.write(2, HINT)
      return 2
    }
    const users = yield* readUsers(sys)
    const stripped = { told: false }
    let status = 0
    for (const path of args) if (yield* show(sys, me, flags, users, path, stripped)) status = 1
    return status
  },
})

/** Show a file, with -R what lies below as well; returns whether that failed. */
function* show(
  sys: Sys,
  me: Process,
  flags: Given,
  users: Users,
  path: string,
  stripped: { told: boolean },
): Blocking<boolean> {
  let stat: Stat
  try {
    if (flags.recursive && flags.physical && isLink(sys.lstat(path))) return false
    stat = sys.stat(path)
  } catch (e) {
    yield* me.warn(path, e)
    return true
  }
  if (!flags.skipBase) {
    let name = path
    if (path.startsWith('/') && !flags.absoluteNames) {
      if (!stripped.told) yield* me.warn("Removing leading '/' from absolute path names")
      stripped.told = true
      name = path.replace(/^\/+/, '') || '.'
    }
    me.out.print(entries(flags, users, name, stat))
  }
  if (!flags.recursive || !isDir(stat)) return false
  let failed = false
  const names = (yield* readDir(sys, path)).map(it => it.name).sort()
  for (const name of names)
    if (yield* show(sys, me, flags, users, `${path.replace(/\/$/, '')}/${name}`, stripped)) failed = true
  return failed
}

const rights = (bits: number): string =>
  `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${bits & 1 ? 'x' : '-'}`

function entries(flags: Given, users: Users, name: string, { mode, uid, gid }: Stat): string {
  const owner = (flags.numeric ? undefined : userName(users, uid)) ?? String(uid)
  const group = (flags.numeric ? undefined : groupName(users, gid)) ?? String(gid)
  const [own, shared, others] = [rights(mode >> 6), rights(mode >> 3), rights(mode)]
  if (flags.tabular) {
    const width = Math.max(9, owner.length, group.length)
    const row = (who: string, id: string, bits: string): string =>
      `${who.padEnd(7)}${id.padEnd(width)} ${bits}     \n`
    return `# file: ${name}\n${row('USER', owner, own)}${row('GROUP', group, shared)}${row('other', '', others)}\n`
  }
  const special =
    mode & 0o7000
      ? `# flags: ${mode & 0o4000 ? 's' : '-'}${mode & 0o2000 ? 's' : '-'}${mode & 0o1000 ? 't' : '-'}\n`
      : ''
  const header = flags.omitHeader ? '' : `# file: ${name}\n# owner: ${owner}\n# group: ${group}\n${special}`
  const body = flags.default && !flags.access ? '' : `user::${own}\ngroup::${shared}\nother::${others}\n`
  return `${header}${body}\n`
}
