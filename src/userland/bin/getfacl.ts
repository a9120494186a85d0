/**
 * getfacl - show who may do what with files
 * Linux: acl's tools/getfacl.c; getfacl(1), acl(5).
 *
 * Left out: --one-file-system.
 */
import { ACL_GROUP_OBJ, ACL_MASK, ACL_USER_OBJ, type AclEntry, type Stat } from '../../abi/index.ts'
import { type Acl, findEntry, getAcl, isMasked, isMinimal } from '../lib/acl/list.ts'
import { longEntry, qualifier, rights, tagName } from '../lib/acl/text.ts'
import { helpOf, versionOf } from '../lib/acl/help.ts'
import { filesOf, walkTree } from '../lib/acl/walk.ts'
import { command, type Flags, type Options, unheeded } from '../lib/command.ts'
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

/** How the lists are shown: the options, the names of ids unless numbers are wanted, whether on a terminal. */
interface Style extends Flags<typeof OPTIONS> {
  readonly users: Users | undefined
  readonly tty: boolean
}

const SUMMARY = 'get file access control lists'
const USAGE = 'getfacl [-aceEsRLPtpndvh] file ...'
const HINT = `Usage: ${USAGE}\nTry \`getfacl --help' for more information.\n`

export default command({
  name: 'getfacl',
  writeFailure: unheeded,
  summary: SUMMARY,
  suite: 'other',
  usage: USAGE,
  wrongUsage: HINT,
  failure: 2,
  version: versionOf('getfacl'),
  options: OPTIONS,

  *main(sys, flags, args, me) {
    if (flags.help) return me.out.print(helpOf('getfacl', SUMMARY, USAGE, OPTIONS))
    if (flags.version) return me.out.print(versionOf('getfacl'))
    if (!args.length) {
      yield* sys.write(2, HINT)
      return 2
    }
    const users = yield* readUsers(sys)
    const style = { ...flags, users: flags.numeric ? undefined : users, tty: sys.isatty(1) }
    let stripped = false
    const walk = {
      sys,
      me,
      recursive: flags.recursive === true,
      logical: flags.logical === true,
      physical: flags.physical === true,
      *visit(path: string, stat: Stat) {
        const access = flags.default && !flags.access ? [] : getAcl(sys, path, 'access')
        const handed = flags.access && !flags.default ? [] : getAcl(sys, path, 'default')
        if (flags.skipBase && isMinimal(access) && !handed.length) return
        let name = path
        if (path.startsWith('/') && !flags.absoluteNames) {
          if (!stripped) yield* me.warn("Removing leading '/' from absolute path names")
          stripped = true
          name = path.replace(/^\/+/, '') || '.'
        }
        me.out.print(
          flags.tabular
            ? tableOf(style, name, stat, access, handed)
            : textOf(style, name, stat, access, handed),
        )
      },
    }
    let status = 0
    for (const path of yield* filesOf(sys, args)) if (!(yield* walkTree(walk, path))) status = 1
    return status
  },
})

/** A name as it stands in one line. */
const escaped = (name: string): string =>
  name.replace(/[\n\r\\]/g, c => (c === '\\' ? '\\\\' : `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`))

const ownerOf = ({ users }: Style, { uid }: Stat): string => (users && userName(users, uid)) ?? String(uid)
const groupOf = ({ users }: Style, { gid }: Stat): string => (users && groupName(users, gid)) ?? String(gid)

function textOf(style: Style, name: string, stat: Stat, access: Acl, handed: Acl): string {
  const { mode } = stat
  const flag = (bit: number, letter: string): string => (mode & bit ? letter : '-')
  const special =
    mode & 0o7000 ? `# flags: ${flag(0o4000, 's')}${flag(0o2000, 's')}${flag(0o1000, 't')}\n` : ''
  const header = style.omitHeader
    ? ''
    : `# file: ${escaped(name)}\n# owner: ${ownerOf(style, stat)}\n# group: ${groupOf(style, stat)}\n${special}`
  const prefix = style.default && !style.access ? '' : 'default:'
  return `${header}${lines(style, access, '')}${lines(style, handed, prefix)}\n`
}

/** One line an entry, with what the mask leaves of it where that is less. */
function lines(style: Style, acl: Acl, prefix: string): string {
  const mask = findEntry(acl, ACL_MASK)?.perm
  return acl
    .map(it => {
      const line = prefix + longEntry(it, style.users)
      if (mask === undefined || style.noEffective || !isMasked(it.tag)) return `${line}\n`
      if ((it.perm & mask) === it.perm && !style.allEffective) return `${line}\n`
      const tabs = style.tty ? Math.max(1, 4 - Math.floor(line.length / 8)) : 1
      return `${line}${'\t'.repeat(tabs)}#effective:${rights(it.perm & mask)}\n`
    })
    .join('')
}

const GAP = '   '

/** Both lists side by side; capitals are rights that the mask takes away. */
function tableOf(style: Style, name: string, stat: Stat, access: Acl, handed: Acl): string {
  const rows = [...access, ...handed.filter(it => !findEntry(access, it.tag, it.id))].sort(
    (a, b) => a.tag - b.tag || a.id - b.id,
  )
  const who = (it: AclEntry): string => {
    if (it.tag === ACL_USER_OBJ) return ownerOf(style, stat)
    return it.tag === ACL_GROUP_OBJ ? groupOf(style, stat) : qualifier(it, style.users)
  }
  const kind = ({ tag }: AclEntry): string =>
    tag === ACL_USER_OBJ || tag === ACL_GROUP_OBJ ? tagName(tag).toUpperCase() : tagName(tag)
  const width = Math.max(9, ...rows.map(it => who(it).length))
  const body = rows.map(
    it => `${kind(it).padEnd(7)}${who(it).padEnd(width)} ${cell(access, it)}  ${cell(handed, it)}\n`,
  )
  return `# file: ${escaped(name)}\n${body.join('')}\n`
}

function cell(acl: Acl, { tag, id }: AclEntry): string {
  const entry = findEntry(acl, tag, id)
  if (!entry) return GAP
  const mask = isMasked(tag) ? (findEntry(acl, ACL_MASK)?.perm ?? 7) : 7
  const denied = rights(entry.perm & ~mask)
  return [...rights(entry.perm)]
    .map((letter, i) => (denied[i] === '-' ? letter : letter.toUpperCase()))
    .join('')
}
