/**
 * chown - change file owner and group
 * https://www.gnu.org/software/coreutils/manual/html_node/chown-invocation.html
 */
import { CHOWN_OPTIONS, changeOwner, type Owner } from '../lib/chown.ts'
import { command, fatal, must, usage } from '../lib/command.ts'
import { quote, quoteaf } from '../lib/quote.ts'
import { groupName, parseOwner, readUsers, userId, userName } from '../lib/users.ts'

export default command({
  name: 'chown',
  summary:
    'Change the owner and/or group of each FILE to OWNER and/or GROUP.\nWith --reference, change the owner and group of each FILE to those of RFILE.',
  usage: ['chown [OPTION]... [OWNER][:[GROUP]] FILE...', 'chown [OPTION]... --reference=RFILE FILE...'],
  authors: 'David MacKenzie and Jim Meyering',
  options: {
    ...CHOWN_OPTIONS,
    from: {
      value: '=CURRENT_OWNER:CURRENT_GROUP',
      help: 'change the owner and/or group of each file only if\nits current owner and/or group match those specified\nhere.',
    },
  },

  *main(sys, flags, args, me) {
    const users = yield* readUsers(sys)
    const parsed = (text: string): { uid: number; gid: number } => {
      const it = parseOwner(users, text)
      if (typeof it === 'string') throw fatal(`${it}: ${quote(text)}`)
      return it
    }
    let owner: Owner
    if (flags.reference !== undefined) {
      const path = flags.reference
      if (!args.length) throw usage('missing operand')
      const { uid, gid } = must(`failed to get attributes of ${quoteaf(path)}`, () => sys.stat(path))
      owner = {
        uid,
        gid,
        user: userName(users, uid) ?? String(uid),
        group: groupName(users, gid) ?? String(gid),
      }
    } else {
      const text = args.shift()
      if (text === undefined) throw usage('missing operand')
      if (!args.length) throw usage(`missing operand after ${quote(text)}`)
      const { uid, gid } = parsed(text)
      if (!text.includes(':') && text.includes('.') && userId(users, text) === undefined)
        yield* me.warn(`warning: '.' should be ':': ${quote(text)}`)
      const [user, group] = text.split(/:/) as [string, string | undefined]
      owner = {
        uid,
        gid,
        user: user?.replace(/^\+/, '') || undefined,
        group: group?.replace(/^\+/, '') || (gid >= 0 ? (groupName(users, gid) ?? String(gid)) : undefined),
      }
    }
    const from = flags.from === undefined ? undefined : parsed(flags.from)
    return yield* changeOwner(sys, flags, me as never, users, { ...owner, from }, args, 'ownership')
  },
})
