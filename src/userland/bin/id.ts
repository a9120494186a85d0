/**
 * id - print real and effective user and group IDs
 * https://www.gnu.org/software/coreutils/manual/html_node/id-invocation.html
 */
import { ENOENT } from '../../abi/index.ts'
import { command, fatal } from '../lib/command.ts'
import { quote } from '../lib/quote.ts'
import { groupList, groupName, type Passwd, readUsers, userName } from '../lib/users.ts'

export default command({
  name: 'id',
  summary:
    'Print user and group information for each specified USER,\nor (when USER omitted) for the current user.',
  usage: 'id [OPTION]... [USER]...',
  authors: 'Arnold Robbins and David MacKenzie',
  options: {
    a: { help: 'ignore, for compatibility with other versions' },
    context: { short: 'Z', help: 'print only the security context of the process' },
    group: { short: 'g', help: 'print only the effective group ID' },
    groups: { short: 'G', help: 'print all group IDs' },
    name: { short: 'n', help: 'print a name instead of a number, for -ugG' },
    real: { short: 'r', help: 'print the real ID instead of the effective ID, with -ugG' },
    user: { short: 'u', help: 'print only the effective user ID' },
    zero: {
      short: 'z',
      help: 'delimit entries with NUL characters, not whitespace;\nnot permitted in default format',
    },
  },

  *main(sys, flags, args, me) {
    if (flags.context) throw fatal('--context (-Z) works only on an SELinux-enabled kernel')
    const kinds = [flags.user, flags.group, flags.groups].filter(it => it).length
    if (kinds > 1) throw fatal('cannot print "only" of more than one choice')
    if (!kinds && (flags.real || flags.name))
      throw fatal('cannot print only names or real IDs in default format')
    if (!kinds && flags.zero) throw fatal('option --zero not permitted in default format')
    const users = yield* readUsers(sys)
    const user = (uid: number): string | undefined => userName(users, uid)
    const group = (gid: number): string | undefined => groupName(users, gid)
    const named = (id: number, name: string | undefined): string =>
      `${id}${name === undefined ? '' : `(${name})`}`
    // The lists of several users are told apart by a further NUL.
    const end = !flags.zero ? '\n' : flags.groups && args.length > 1 ? '\0\0' : '\0'
    let status = 0

    const nameOrNumber = function* (id: number, name: string | undefined, what: string) {
      if (!flags.name) return String(id)
      if (name !== undefined) return name
      yield* me.warn(`cannot find name for ${what} ID ${id}`)
      status = 1
      return String(id)
    }
    const print = function* (who: Passwd | undefined) {
      const [ruid, euid] = who ? [who.uid, who.uid] : sys.getresuid()
      const [rgid, egid] = who ? [who.gid, who.gid] : sys.getresgid()
      // As id does it: the primary group in the list is that of the first entry with this number.
      const primary = users.passwd.find(it => it.uid === who?.uid)?.gid
      const groups = who ? groupList(users, who.name, primary ?? who.gid) : [...sys.getgroups()]
      if (flags.user) {
        const uid = flags.real ? ruid : euid
        return yield* nameOrNumber(uid, user(uid), 'user')
      }
      if (flags.group) {
        const gid = flags.real ? rgid : egid
        return yield* nameOrNumber(gid, group(gid), 'group')
      }
      const all = [...new Set([rgid, ...(egid === rgid ? [] : [egid]), ...groups])]
      if (flags.groups) {
        const texts: string[] = []
        for (const gid of all) texts.push(yield* nameOrNumber(gid, group(gid), 'group'))
        return texts.join(flags.zero ? '\0' : ' ')
      }
      const list = who ? groups : [...new Set([egid, ...groups])]
      return (
        `uid=${named(ruid, user(ruid))} gid=${named(rgid, group(rgid))}` +
        (euid === ruid ? '' : ` euid=${named(euid, user(euid))}`) +
        (egid === rgid ? '' : ` egid=${named(egid, group(egid))}`) +
        (list.length ? ` groups=${list.map(gid => named(gid, group(gid))).join(',')}` : '')
      )
    }
    if (!args.length) me.out.print((yield* print(undefined)) + end)
    for (const name of args) {
      const who =
        users.passwd.find(it => it.name === name) ??
        users.passwd.find(it => String(it.uid) === name.replace(/^\+/, ''))
      if (who) {
        me.out.print((yield* print(who)) + end)
        continue
      }
      yield* me.warn(`${quote(name)}: no such user`, name ? undefined : ENOENT)
      status = 1
    }
    return status
  },
})
