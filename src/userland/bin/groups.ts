/**
 * groups - print the groups a user is in
 * https://www.gnu.org/software/coreutils/manual/html_node/groups-invocation.html
 */
import type { Blocking } from '../../abi/index.ts'
import { command } from '../lib/command.ts'
import { quote } from '../lib/quote.ts'
import { groupList, groupName, readUsers } from '../lib/users.ts'

export default command({
  name: 'groups',
  summary:
    'Print group memberships for each USERNAME or, if no USERNAME is specified, for\nthe current process (which may differ if the groups database has changed).',
  usage: 'groups [OPTION]... [USERNAME]...',
  authors: 'David MacKenzie and James Youngman',

  *main(sys, _flags, args, me) {
    const users = yield* readUsers(sys)
    let status = 0
    function* names(gids: readonly number[]): Blocking<string> {
      const texts: string[] = []
      for (const gid of gids) {
        const name = groupName(users, gid)
        if (name === undefined) {
          yield* me.warn(`cannot find name for group ID ${gid}`)
          status = 1
        }
        texts.push(name ?? String(gid))
      }
      return texts.join(' ')
    }
    if (!args.length)
      me.out.line(yield* names([...new Set([sys.getgid(), sys.getegid(), ...sys.getgroups()])]))
    for (const user of args) {
      const who = users.passwd.find(it => it.name === user)
      if (who) me.out.line(`${user} : ${yield* names(groupList(users, who.name, who.gid))}`)
      else {
        yield* me.warn(`${quote(user)}: no such user`)
        status = 1
      }
    }
    return status
  },
})
