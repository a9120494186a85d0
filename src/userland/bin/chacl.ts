/**
 * chacl - change the access control lists of files, as IRIX does it
 * Linux: acl's tools/chacl.c; chacl(1).
 */
import { type Blocking, Errno, isDir, type Sys } from '../../abi/index.ts'
import { type Acl, type AclType, check, getAcl, isBase, setAcl } from '../lib/acl/list.ts'
import { ParseError, parseEntries } from '../lib/acl/parse.ts'
import { shortText } from '../lib/acl/text.ts'
import { command, fatal, type Options, type Process, readDir } from '../lib/command.ts'
import { joinPath } from '../lib/path.ts'
import { readUsers, type Users } from '../lib/users.ts'

const OPTIONS = {
  both: { short: 'b' },
  default: { short: 'd' },
  removeAccess: { short: 'R' },
  removeDefault: { short: 'D' },
  removeBoth: { short: 'B' },
  list: { short: 'l' },
  recursive: { short: 'r' },
} as const satisfies Options

const USAGE = `Usage:
\tchacl acl pathname...
\tchacl -b acl dacl pathname...
\tchacl -d dacl pathname...
\tchacl -R pathname...
\tchacl -D pathname...
\tchacl -B pathname...
\tchacl -l pathname...\t[not IRIX compatible]
\tchacl -r pathname...\t[not IRIX compatible]
`

export default command({
  name: 'chacl',
  summary: 'change the access control list of a file or directory',
  suite: 'other',
  usage: 'chacl acl pathname...',
  wrongUsage: USAGE,
  version: false,
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const users = yield* readUsers(sys)
    const removes = flags.removeAccess || flags.removeDefault || flags.removeBoth
    const given = flags.list || removes ? 0 : flags.both ? 2 : 1
    const paths = args.slice(given)
    if (!paths.length) {
      yield* sys.write(2, USAGE)
      return 1
    }
    if (flags.list) return (yield* listAll(sys, me, users, paths)) ? 0 : 1
    const acls = args.slice(0, given).map(text => parse(users, text))
    const [first] = acls
    const lists: Partial<Record<AclType, Acl>> = {}
    if (given === 2) Object.assign(lists, { access: first, default: acls[1] })
    else if (given) lists[flags.default ? 'default' : 'access'] = first!
    if (flags.removeDefault || flags.removeBoth) lists.default = []
    if (flags.removeAccess || flags.removeBoth) lists.access = []
    for (const [type, acl] of Object.entries(lists)) {
      const fault = acl.length ? check(acl) : undefined
      if (fault)
        throw fatal(
          `${type} ACL '${args[type === 'default' ? given - 1 : 0]}': ${fault.why} at entry ${fault.index}`,
        )
    }
    let status = 0
    for (const path of paths) if (!(yield* apply(sys, me, path, lists, flags.recursive === true))) status = 1
    return status
  },
})

function parse(users: Users, text: string): Acl {
  try {
    return parseEntries(users, text, true, 'access').sort((a, b) => a.tag - b.tag || a.id - b.id)
  } catch (e) {
    if (e instanceof ParseError) throw fatal(`${text} - Invalid argument`)
    throw e
  }
}

function* listAll(sys: Sys, me: Process, users: Users, paths: readonly string[]): Blocking<boolean> {
  let whole = true
  for (const path of paths) {
    try {
      const access = shortText(getAcl(sys, path, 'access'), users)
      const handed = isDir(sys.stat(path)) ? shortText(getAcl(sys, path, 'default'), users) : ''
      me.out.line(`${path} [${access}${handed && `/${handed}`}]`)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* me.warn(`cannot get access ACL on '${path}'`, e)
      whole = false
    }
  }
  return whole
}

/** Give a file its lists, an empty access list being what its mode says; whether that worked. */
function* apply(
  sys: Sys,
  me: Process,
  path: string,
  lists: Partial<Record<AclType, Acl>>,
  recursive: boolean,
): Blocking<boolean> {
  let type: AclType = 'access'
  let whole = true
  try {
    const stat = sys.stat(path)
    if (recursive && isDir(stat))
      for (const { name } of yield* readDir(sys, path))
        whole = (yield* apply(sys, me, joinPath(path, name), lists, recursive)) && whole
    const { access } = lists
    if (access) setAcl(sys, path, type, access.length ? access : getAcl(sys, path, type).filter(isBase))
    type = 'default'
    if (lists.default) setAcl(sys, path, type, lists.default)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(`cannot set ${type} acl on '${path}'`, e)
    return false
  }
  return whole
}
