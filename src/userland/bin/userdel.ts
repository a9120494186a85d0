/**
 * userdel - delete a user account and related files
 * Linux: shadow 4.13 src/userdel.c; userdel(8).
 *
 * Left out: --prefix, --selinux-user, USERDEL_CMD, crontabs.
 */
import { type Blocking, Errno, type Sys } from '../../abi/index.ts'
import type { Process } from '../lib/command.ts'
import { pids } from '../lib/proc.ts'
import {
  type Accounts,
  exists,
  loginDefs,
  noSuch,
  processOf,
  quietly,
  readAccounts,
  shadowCommand,
  withAccounts,
} from '../lib/shadow/files.ts'
import { removeTree } from '../lib/shadow/home.ts'

const NO_USER = 6
const USER_BUSY = 8
const HOME_DIR = 12

export default shadowCommand({
  name: 'userdel',
  summary: 'delete a user account and related files',
  help: `Usage: userdel [options] LOGIN

Options:
  -f, --force                   force some actions that would fail otherwise
                                e.g. removal of user still logged in
                                or files, even if not owned by the user
  -h, --help                    display this help message and exit
  -r, --remove                  remove home directory and mail spool
  -R, --root CHROOT_DIR         directory to chroot into
  -P, --prefix PREFIX_DIR       prefix directory where are located the /etc/* files
  -Z, --selinux-user            remove any SELinux user mapping for the user

`,
  options: {
    force: { short: 'f' },
    remove: { short: 'r' },
    root: { short: 'R', value: 'CHROOT_DIR' },
    prefix: { short: 'P', value: 'PREFIX_DIR' },
    selinuxUser: { short: 'Z' },
  },

  *main(sys, flags, args, me, wrongUsage) {
    if (args.length !== 1) throw wrongUsage()
    const name = args[0]!
    const row = (yield* readAccounts(sys)).passwd.get(name)
    if (!row) throw noSuch('user', name, NO_USER)
    const uid = Number(row[2])
    const home = row[5] ?? ''
    const busy = yield* processOf(sys, yield* pids(sys), uid)
    if (busy) {
      yield* me.warn(`user ${name} is currently used by process ${busy}`)
      if (!flags.force) return USER_BUSY
    }
    const defs = yield* loginDefs(sys)
    yield* withAccounts(
      sys,
      me,
      ['passwd', 'shadow', 'group', 'gshadow', 'subuid', 'subgid'],
      file => (file === 'group' || file === 'gshadow' ? 10 : 1),
      function* (files) {
        yield* removeEntries(me, files, name, defs.text('USERGROUPS_ENAB') === 'yes')
      },
    )
    if (!flags.remove) return 0
    const isMailGone = yield* removeMail(sys, me, name, uid)
    return (yield* removeHome(sys, me, name, uid, home, flags.force ?? false)) && isMailGone ? 0 : HOME_DIR
  },
})

function* removeEntries(me: Process, files: Accounts, name: string, hasOwnGroup: boolean): Blocking<void> {
  const gid = files.passwd.get(name)![3]
  files.passwd.remove(name)
  files.shadow.remove(name)
  files.subuid.remove(name)
  files.subgid.remove(name)
  for (const file of [files.group, files.gshadow])
    for (const [group] of file.rows)
      if (file.members(group!).includes(name))
        file.set(
          group!,
          3,
          file
            .members(group!)
            .filter(it => it !== name)
            .join(','),
        )
  const own = files.group.get(name)
  if (!hasOwnGroup || !own) return
  if (own[2] !== gid)
    yield* me.warn(`group ${name} not removed because it is not the primary group of user ${name}.`)
  else if (files.group.members(name).length)
    yield* me.warn(`group ${name} not removed because it has other members.`)
  else if (files.passwd.rows.some(row => row[3] === gid))
    yield* me.warn(`group ${name} is the primary group of another user and is not removed.`)
  else {
    files.group.remove(name)
    files.gshadow.remove(name)
  }
}

function* removeMail(sys: Sys, me: Process, name: string, uid: number): Blocking<boolean> {
  const path = `/var/mail/${name}`
  if (!exists(sys, path)) yield* me.warn(`${name} mail spool (${path}) not found`)
  else if (sys.stat(path).uid !== uid) {
    yield* me.warn(`${path} not owned by ${name}, not removing`)
    return false
  } else if (!quietly(() => sys.unlink(path))) return false
  return true
}

function* removeHome(
  sys: Sys,
  me: Process,
  name: string,
  uid: number,
  home: string,
  isForced: boolean,
): Blocking<boolean> {
  if (!exists(sys, home)) {
    yield* me.warn(`${name} home directory (${home}) not found`)
    return true
  }
  if (sys.stat(home).uid !== uid && !isForced) {
    yield* me.warn(`${home} not owned by ${name}, not removing`)
    return false
  }
  try {
    yield* removeTree(sys, home)
    return true
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(`error removing directory ${home}`)
    return false
  }
}
