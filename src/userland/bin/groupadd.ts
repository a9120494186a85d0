/**
 * groupadd - create a new group
 * Linux: shadow 4.13 src/groupadd.c; groupadd(8).
 *
 * Left out: --prefix.
 */
import {
  die,
  freeId,
  idOf,
  idRange,
  idsIn,
  isValidName,
  loginDefs,
  readAccounts,
  shadowCommand,
  withAccounts,
} from '../lib/shadow/files.ts'

const BAD_ARGUMENT = 3
const GID_IN_USE = 4
const NAME_IN_USE = 9
const GROUP_UPDATE = 10

export default shadowCommand({
  name: 'groupadd',
  summary: 'create a new group',
  help: `Usage: groupadd [options] GROUP

Options:
  -f, --force                   exit successfully if the group already exists,
                                and cancel -g if the GID is already used
  -g, --gid GID                 use GID for the new group
  -h, --help                    display this help message and exit
  -K, --key KEY=VALUE           override /etc/login.defs defaults
  -o, --non-unique              allow to create groups with duplicate
                                (non-unique) GID
  -p, --password PASSWORD       use this encrypted password for the new group
  -r, --system                  create a system account
  -R, --root CHROOT_DIR         directory to chroot into
  -P, --prefix PREFIX_DI        directory prefix
  -U, --users USERS             list of user members of this group

`,
  options: {
    force: { short: 'f' },
    gid: { short: 'g', value: 'GID' },
    key: { short: 'K', value: 'KEY=VALUE', repeat: true },
    nonUnique: { short: 'o' },
    password: { short: 'p', value: 'PASSWORD' },
    system: { short: 'r' },
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
    if (!isValidName(name)) throw die(`'${name}' is not a valid group name`, BAD_ARGUMENT)
    const defs = yield* loginDefs(sys, flags.key)
    const before = yield* readAccounts(sys)
    if (before.group.get(name)) {
      if (flags.force) return 0
      throw die(`group '${name}' already exists`, NAME_IN_USE)
    }
    let wanted = flags.gid === undefined ? undefined : Number(flags.gid)
    if (wanted !== undefined && !flags.nonUnique && idsIn(before.group).has(wanted)) {
      if (!flags.force) throw die(`GID '${wanted}' already exists`, GID_IN_USE)
      wanted = undefined
    }
    const members = (flags.users ?? '').split(',').filter(it => it)
    for (const it of members)
      if (!before.passwd.get(it)) throw die(`invalid member username ${it}`, BAD_ARGUMENT)
    yield* withAccounts(
      sys,
      me,
      ['group', 'gshadow'],
      () => GROUP_UPDATE,
      function* (files) {
        const [min, max] = idRange(defs, 'GID', flags.system ?? false)
        const gid = wanted ?? freeId(idsIn(files.group), min, max, flags.system ?? false)
        if (gid < 0) throw die(`Can't get unique GID (no more available GIDs)`, GID_IN_USE)
        files.group.put(name, [name, 'x', String(gid), members.join(',')])
        files.gshadow.put(name, [name, flags.password ?? '!', '', ''])
      },
    )
    return 0
  },
})
