/**
 * groupdel - delete a group
 * Linux: shadow 4.13 src/groupdel.c; groupdel(8).
 *
 * Left out: --prefix.
 */
import { die, noSuch, readAccounts, shadowCommand, withAccounts } from '../lib/shadow/files.ts'

const NO_GROUP = 6
const GROUP_BUSY = 8
const GROUP_UPDATE = 10

export default shadowCommand({
  name: 'groupdel',
  summary: 'delete a group',
  help: `Usage: groupdel [options] GROUP

Options:
  -h, --help                    display this help message and exit
  -R, --root CHROOT_DIR         directory to chroot into
  -P, --prefix PREFIX_DIR       prefix directory where are located the /etc/* files
  -f, --force                   delete group even if it is the primary group of a user

`,
  options: {
    root: { short: 'R', value: 'CHROOT_DIR' },
    prefix: { short: 'P', value: 'PREFIX_DIR' },
    force: { short: 'f' },
  },

  *main(sys, flags, args, me, wrongUsage) {
    if (args.length !== 1) throw wrongUsage()
    const name = args[0]!
    const before = yield* readAccounts(sys)
    const row = before.group.get(name)
    if (!row) throw noSuch('group', name, NO_GROUP)
    const user = before.passwd.rows.find(it => it[3] === row[2])
    if (user && !flags.force) throw die(`cannot remove the primary group of user '${user[0]}'`, GROUP_BUSY)
    yield* withAccounts(
      sys,
      me,
      ['group', 'gshadow'],
      () => GROUP_UPDATE,
      function* (files) {
        files.group.remove(name)
        files.gshadow.remove(name)
      },
    )
    return 0
  },
})
