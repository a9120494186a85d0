/**
 * chgrp - change group ownership
 * https://www.gnu.org/software/coreutils/manual/html_node/chgrp-invocation.html
 */
import { CHOWN_OPTIONS, changeOwner } from '../lib/chown.ts'
import { command, fatal, must, usage } from '../lib/command.ts'
import { quote, quoteaf } from '../lib/quote.ts'
import { groupId, groupName, readUsers } from '../lib/users.ts'

export default command({
  name: 'chgrp',
  summary:
    'Change the group of each FILE to GROUP.\nWith --reference, change the group of each FILE to that of RFILE.',
  usage: ['chgrp [OPTION]... GROUP FILE...', 'chgrp [OPTION]... --reference=RFILE FILE...'],
  authors: 'David MacKenzie and Jim Meyering',
  options: CHOWN_OPTIONS,

  *main(sys, flags, args, me) {
    const users = yield* readUsers(sys)
    let gid: number | undefined
    let group: string
    if (flags.reference !== undefined) {
      const path = flags.reference
      if (!args.length) throw usage('missing operand')
      gid = must(`failed to get attributes of ${quoteaf(path)}`, () => sys.stat(path)).gid
      group = groupName(users, gid) ?? String(gid)
    } else {
      const text = args.shift()
      if (text === undefined) throw usage('missing operand')
      if (!args.length) throw usage(`missing operand after ${quote(text)}`)
      // The highest number is taken, and means none.
      gid = text && text !== '4294967295' ? groupId(users, text) : -1
      if (gid === undefined) throw fatal(`invalid group: ${quote(text)}`)
      group = text
    }
    return yield* changeOwner(sys, flags, me, users, { uid: -1, gid, user: undefined, group }, args, 'group')
  },
})
