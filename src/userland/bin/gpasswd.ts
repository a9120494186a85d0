/**
 * gpasswd - administer /etc/group and /etc/gshadow
 * Linux: shadow 4.13 src/gpasswd.c; gpasswd(1). A set-user-id program.
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { newHash } from '../lib/crypt.ts'
import type { Process } from '../lib/command.ts'
import { askPassword } from '../lib/become-user.ts'
import { type Accounts, die, readAccounts, shadowCommand, withAccounts } from '../lib/shadow/files.ts'

const FAILED = 3

export default shadowCommand({
  name: 'gpasswd',
  summary: 'administer /etc/group and /etc/gshadow',
  help: `Usage: gpasswd [option] GROUP

Options:
  -a, --add USER                add USER to GROUP
  -d, --delete USER             remove USER from GROUP
  -h, --help                    display this help message and exit
  -Q, --root CHROOT_DIR         directory to chroot into
  -r, --remove-password         remove the GROUP's password
  -R, --restrict                restrict access to GROUP to its members
  -M, --members USER,...        set the list of members of GROUP
  -A, --administrators ADMIN,...
                                set the list of administrators for GROUP
Except for the -A and -M options, the options cannot be combined.
`,
  options: {
    add: { short: 'a', value: 'USER' },
    delete: { short: 'd', value: 'USER' },
    root: { short: 'Q', value: 'CHROOT_DIR' },
    removePassword: { short: 'r' },
    restrict: { short: 'R' },
    members: { short: 'M', value: 'USER,...' },
    administrators: { short: 'A', value: 'ADMIN,...' },
  },

  *main(sys, flags, args, me, wrongUsage) {
    const { add, members, administrators } = flags
    const users = (yield* readAccounts(sys)).passwd
    for (const it of [...(members ?? '').split(','), ...(administrators ?? '').split(','), add ?? ''])
      if (it && !users.get(it)) throw die(`user '${it}' does not exist`, FAILED)
    const alone = [add, flags.delete, flags.removePassword, flags.restrict].filter(
      it => it !== undefined,
    ).length
    const lists = members !== undefined || administrators !== undefined
    if (args.length !== 1 || alone > 1 || (alone === 1 && lists)) throw wrongUsage()
    const group = args[0]!
    const before = yield* readAccounts(sys)
    if (!before.group.get(group)) throw die(`group '${group}' does not exist in /etc/group`, FAILED)
    if (!mayChange(sys, before, group, lists)) throw die('Permission denied.')
    if (add !== undefined) me.out.line(`Adding user ${add} to group ${group}`)
    if (flags.delete !== undefined) me.out.line(`Removing user ${flags.delete} from group ${group}`)
    yield* me.out.flush()
    const password = alone || lists ? undefined : yield* askTwice(sys, me, group)
    if (password === '') return 1
    yield* withAccounts(
      sys,
      me,
      ['group', 'gshadow'],
      () => 1,
      function* (files) {
        const gshadow = files.gshadow.rows.find(it => it[0] === group)
        if (!gshadow) files.gshadow.put(group, [group, '!', '', files.group.members(group).join(',')])
        if (add !== undefined)
          setMembers(files, group, [...files.group.members(group).filter(it => it !== add), add])
        if (flags.delete !== undefined) {
          const others = files.group.members(group).filter(it => it !== flags.delete)
          if (others.length === files.group.members(group).length)
            throw die(`user '${flags.delete}' is not a member of '${group}'`, FAILED)
          setMembers(files, group, others)
        }
        if (members !== undefined)
          setMembers(
            files,
            group,
            members.split(',').filter(it => it),
          )
        if (administrators !== undefined) files.gshadow.set(group, 2, administrators)
        if (flags.removePassword) files.gshadow.set(group, 1, '')
        if (flags.restrict) files.gshadow.set(group, 1, '!')
        if (password) files.gshadow.set(group, 1, newHash(sys, password))
      },
    )
    return 0
  },
})

/** Root may everything; the administrators of a group may all but name administrators and list members. */
function mayChange(sys: Sys, files: Accounts, group: string, lists: boolean): boolean {
  if (sys.getuid() === 0) return true
  const name = files.passwd.rows.find(row => row[2] === String(sys.getuid()))?.[0]
  const administrators = (files.gshadow.get(group)?.[2] ?? '').split(',')
  return !lists && name !== undefined && administrators.includes(name)
}

function setMembers(files: Accounts, group: string, members: readonly string[]): void {
  files.group.set(group, 3, members.join(','))
  files.gshadow.set(group, 3, members.join(','))
}

/** The new password of the group; '' if it was not typed twice alike. */
function* askTwice(sys: Sys, me: Process, group: string): Blocking<string> {
  if (!sys.isatty(0) || !sys.isatty(1)) throw die('Not a tty')
  me.out.line(`Changing the password for group ${group}`)
  yield* me.out.flush()
  for (let attempt = 0; attempt < 3; attempt++) {
    const first = yield* askPassword(sys, 'New Password: ')
    if (first === undefined) return ''
    if ((yield* askPassword(sys, 'Re-enter new password: ')) === first) return first
    me.out.line(attempt < 2 ? "They don't match; try again" : '')
    yield* me.out.flush()
  }
  yield* me.warn('Try again later')
  return ''
}
