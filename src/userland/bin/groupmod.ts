/**
 * groupmod - modify a group definition on the system
 * Linux: shadow 4.13 src/groupmod.c; groupmod(8).
 *
 * Left out: --prefix.
 */
import {
  die,
  idOf,
  idsIn,
  isValidName,
  noSuch,
  readAccounts,
  shadowCommand,
  withAccounts,
} from '../lib/shadow/files.ts'

const BAD_ARGUMENT = 3
const GID_IN_USE = 4
const NO_GROUP = 6
const NAME_IN_USE = 9
const GROUP_UPDATE = 10

export default shadowCommand({
  name: 'groupmod',
  summary: 'modify a group definition on the system',
  help: `Usage: groupmod [options] GROUP

Options:
  -a, --append                  append the users mentioned by -U option to the group 
                                without removing existing user members
  -g, --gid GID                 change the group ID to GID
  -h, --help                    display this help message and exit
  -n, --new-name NEW_GROUP      change the name to NEW_GROUP
  -o, --non-unique              allow to use a duplicate (non-unique) GID
  -p, --password PASSWORD       change the password to this (encrypted)
                                PASSWORD
  -R, --root CHROOT_DIR         directory to chroot into
  -P, --prefix PREFIX_DIR       prefix directory where are located the /etc/* files
  -U, --users USERS             list of user members of this group

`,
  options: {
    append: { short: 'a' },
    gid: { short: 'g', value: 'GID' },
    newName: { short: 'n', value: 'NEW_GROUP' },
    nonUnique: { short: 'o' },
    password: { short: 'p', value: 'PASSWORD' },
    root: { short: 'R', value: 'CHROOT_DIR' },
    prefix: { short: 'P', value: 'PREFIX_DIR' },
    users: { short: 'U', value: 'USERS' },
  },

  *main(sys, flags, args, me, wrongUsage) {
    if (flags.gid !== undefined && idOf(flags.gid) === undefined)
      throw die(`invalid group ID '${flags.gid}'`, BAD_ARGUMENT)
    if (flags.nonUnique && flags.gid === undefined) throw wrongUsage()
    if (args.length !== 1) throw wrongUsage()
    const name = args[0]!
    const before = yield* readAccounts(sys)
    const row = before.group.get(name)
    if (!row) throw noSuch('group', name, NO_GROUP)
    const gid = flags.gid === undefined ? row[2]! : String(Number(flags.gid))
    if (gid !== row[2] && !flags.nonUnique && idsIn(before.group).has(Number(gid)))
      throw die(`GID '${gid}' already exists`, GID_IN_USE)
    const to = flags.newName ?? name
    if (to !== name && !isValidName(to)) throw die(`invalid group name '${to}'`, BAD_ARGUMENT)
    if (to !== name && before.group.get(to)) throw die(`group '${to}' already exists`, NAME_IN_USE)
    const named = flags.users?.split(',').filter(it => it)
    for (const it of named ?? [])
      if (!before.passwd.get(it)) throw die(`invalid member username ${it}`, BAD_ARGUMENT)
    yield* withAccounts(
      sys,
      me,
      ['group', 'gshadow', 'passwd'],
      file => (file === 'passwd' ? 1 : GROUP_UPDATE),
      function* (files) {
        const { group, gshadow, passwd } = files
        if (gid !== row[2]) for (const it of passwd.rows) if (it[3] === row[2]) passwd.set(it[0]!, 3, gid)
        group.set(name, 2, gid)
        if (flags.password !== undefined) gshadow.set(name, 1, flags.password)
        for (const file of [group, gshadow]) {
          if (named)
            file.set(
              name,
              3,
              [...new Set(flags.append ? [...file.members(name), ...named] : named)].join(','),
            )
          file.rename(name, to)
        }
      },
    )
    return 0
  },
})
