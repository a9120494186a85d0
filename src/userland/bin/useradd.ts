/**
 * useradd - create a new user or update default new user information
 * Linux: shadow 4.13 src/useradd.c; useradd(8).
 *
 * Left out: --prefix, --btrfs-subvolume-home, --selinux-user, the mail spool.
 */
import { type Blocking, Errno, isDir, type Sys, X_OK } from '../../abi/index.ts'
import { type Flags, type Options, type Process, writeFile } from '../lib/command.ts'
import { procText } from '../lib/proc.ts'
import {
  type Accounts,
  dayField,
  dayOf,
  die,
  exists,
  freeId,
  freeRange,
  idOf,
  idRange,
  idsIn,
  isValidName,
  type LoginDefs,
  loginDefs,
  quietly,
  readAccounts,
  shadowCommand,
  today,
  withAccounts,
} from '../lib/shadow/files.ts'
import { copySkeleton, makeHome } from '../lib/shadow/home.ts'

const OPTIONS = {
  badname: { help: 'do not check for bad names' },
  baseDir: { short: 'b', value: 'BASE_DIR' },
  btrfsSubvolumeHome: {},
  comment: { short: 'c', value: 'COMMENT' },
  homeDir: { short: 'd', value: 'HOME_DIR' },
  defaults: { short: 'D' },
  expiredate: { short: 'e', value: 'EXPIRE_DATE' },
  inactive: { short: 'f', value: 'INACTIVE' },
  addSubidsForSystem: { short: 'F' },
  gid: { short: 'g', value: 'GROUP' },
  groups: { short: 'G', value: 'GROUPS' },
  skel: { short: 'k', value: 'SKEL_DIR' },
  key: { short: 'K', value: 'KEY=VALUE', repeat: true },
  noLogInit: { short: 'l' },
  createHome: { short: 'm' },
  noCreateHome: { short: 'M' },
  noUserGroup: { short: 'N' },
  nonUnique: { short: 'o' },
  password: { short: 'p', value: 'PASSWORD' },
  system: { short: 'r' },
  root: { short: 'R', value: 'CHROOT_DIR' },
  shell: { short: 's', value: 'SHELL' },
  uid: { short: 'u', value: 'UID' },
  userGroup: { short: 'U' },
  selinuxUser: { short: 'Z', value: 'SEUSER' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

/** Statuses of useradd(8). */
const BAD_ARGUMENT = 3
const UID_IN_USE = 4
const NO_GROUP = 6
const NAME_IN_USE = 9
const GROUP_UPDATE = 10
const DEFAULTS = '/etc/default/useradd'

export default shadowCommand({
  name: 'useradd',
  summary: 'create a new user or update default new user information',
  help: `Usage: useradd [options] LOGIN
       useradd -D
       useradd -D [options]

Options:
      --badname                 do not check for bad names
  -b, --base-dir BASE_DIR       base directory for the home directory of the
                                new account
      --btrfs-subvolume-home    use BTRFS subvolume for home directory
  -c, --comment COMMENT         GECOS field of the new account
  -d, --home-dir HOME_DIR       home directory of the new account
  -D, --defaults                print or change default useradd configuration
  -e, --expiredate EXPIRE_DATE  expiration date of the new account
  -f, --inactive INACTIVE       password inactivity period of the new account
  -F, --add-subids-for-system   add entries to sub[ud]id even when adding a system user
  -g, --gid GROUP               name or ID of the primary group of the new
                                account
  -G, --groups GROUPS           list of supplementary groups of the new
                                account
  -h, --help                    display this help message and exit
  -k, --skel SKEL_DIR           use this alternative skeleton directory
  -K, --key KEY=VALUE           override /etc/login.defs defaults
  -l, --no-log-init             do not add the user to the lastlog and
                                faillog databases
  -m, --create-home             create the user's home directory
  -M, --no-create-home          do not create the user's home directory
  -N, --no-user-group           do not create a group with the same name as
                                the user
  -o, --non-unique              allow to create users with duplicate
                                (non-unique) UID
  -p, --password PASSWORD       encrypted password of the new account
  -r, --system                  create a system account
  -R, --root CHROOT_DIR         directory to chroot into
  -P, --prefix PREFIX_DIR       prefix directory where are located the /etc/* files
  -s, --shell SHELL             login shell of the new account
  -u, --uid UID                 user ID of the new account
  -U, --user-group              create a group with the same name as the user
  -Z, --selinux-user SEUSER     use a specific SEUSER for the SELinux user mapping

`,
  options: OPTIONS,

  *main(sys, flags, args, me, wrongUsage) {
    const defaults = yield* readDefaults(sys)
    const expire = checked(flags)
    if (flags.shell && flags.shell !== '*' && !flags.defaults && !isShell(sys, flags.shell))
      yield* me.warn(`Warning: missing or non-executable shell '${flags.shell}'`)
    const files = yield* readAccounts(sys)
    if (flags.gid !== undefined) groupOf(files, flags.gid)
    const groups = (flags.groups ?? '').split(',').filter(it => it)
    let missing = false
    for (const it of groups) {
      if (findGroup(files, it)) continue
      yield* me.warn(`group '${it}' does not exist`)
      missing = true
    }
    if (missing) return NO_GROUP
    if (flags.userGroup && flags.gid !== undefined) throw wrongUsage('options -U and -g conflict')
    if (flags.userGroup && flags.noUserGroup) throw wrongUsage('options -U and -N conflict')
    if (flags.createHome && flags.noCreateHome) throw wrongUsage('options -m and -M conflict')
    if (flags.nonUnique && flags.uid === undefined) throw wrongUsage()
    if (flags.skel !== undefined && !flags.createHome)
      throw wrongUsage('-k flag is only allowed with the -m flag')
    if (args.length !== (flags.defaults ? 0 : 1)) throw wrongUsage()
    if (flags.defaults) return yield* showOrSetDefaults(sys, flags, me, defaults)

    const name = args[0]!
    if (!isValidName(name) && !flags.badname)
      throw die(`invalid user name '${name}': use --badname to ignore`, BAD_ARGUMENT)
    const defs = yield* loginDefs(sys, flags.key)
    const person: Person = {
      name,
      home: flags.homeDir ?? `${flags.baseDir ?? defaults.get('HOME') ?? '/home'}/${name}`,
      shell: flags.shell ?? defaults.get('SHELL') ?? '',
      expire: expire ?? dayOf(defaults.get('EXPIRE') ?? '') ?? -1,
      inactive: flags.inactive ?? (defaults.get('INACTIVE') === '-1' ? '' : (defaults.get('INACTIVE') ?? '')),
      groups,
      ownGroup:
        flags.gid === undefined &&
        !flags.noUserGroup &&
        (flags.userGroup === true || defs.text('USERGROUPS_ENAB') === 'yes'),
      defaultGroup: defaults.get('GROUP') ?? '100',
    }
    const { uid, gid } = yield* withAccounts(
      sys,
      me,
      ['passwd', 'shadow', 'group', 'gshadow', 'subuid', 'subgid'],
      lockStatus,
      files => add(sys, me, flags, files, defs, person),
    )
    if (flags.createHome) {
      const skeleton = flags.skel ?? defaults.get('SKEL') ?? '/etc/skel'
      if (exists(sys, person.home)) {
        yield* me.warn(`warning: the home directory ${person.home} already exists.`)
        yield* me.warn('Not copying any file from skel directory into it.')
      } else {
        makeHome(sys, person.home, homeMode(defs), uid, gid)
        yield* copySkeleton(sys, skeleton, person.home, uid, gid, true)
      }
    }
    return 0
  },
})

/** Everything about the new user that does not depend on the files. */
interface Person {
  readonly name: string
  readonly home: string
  readonly shell: string
  readonly expire: number
  readonly inactive: string
  readonly groups: readonly string[]
  readonly ownGroup: boolean
  readonly defaultGroup: string
}

const lockStatus = (name: string): number => (name === 'group' || name === 'gshadow' ? GROUP_UPDATE : 1)

const homeMode = (defs: LoginDefs): number => {
  const mode = defs.text('HOME_MODE')
  return mode ? Number.parseInt(mode, 8) : 0o777 & ~Number.parseInt(defs.text('UMASK') ?? '022', 8)
}

/** The values that can be refused without looking at any file; gives the day of -e. */
function checked(flags: Given): number | undefined {
  const { comment, homeDir, baseDir, shell, inactive } = flags
  if (comment !== undefined && /[:\n]/.test(comment)) throw die(`invalid comment '${comment}'`, BAD_ARGUMENT)
  if (baseDir !== undefined && !/^\/[^:\n]*$/.test(baseDir))
    throw die(`invalid base directory '${baseDir}'`, BAD_ARGUMENT)
  if (homeDir !== undefined && !/^\/[^:\n]*$/.test(homeDir))
    throw die(`invalid home directory '${homeDir}'`, BAD_ARGUMENT)
  const day = flags.expiredate === undefined ? undefined : dayOf(flags.expiredate)
  if (flags.expiredate !== undefined && (day === undefined || day < -1))
    throw die(`invalid date '${flags.expiredate}'`, BAD_ARGUMENT)
  if (inactive !== undefined && !/^-?\d+$/.test(inactive))
    throw die(`invalid numeric argument '${inactive}'`, BAD_ARGUMENT)
  if (shell && (!/^[/*]/.test(shell) || /[:\n]/.test(shell)))
    throw die(`invalid shell '${shell}'`, BAD_ARGUMENT)
  if (flags.uid !== undefined && idOf(flags.uid) === undefined)
    throw die(`invalid user ID '${flags.uid}'`, BAD_ARGUMENT)
  return day
}

const isShell = (sys: Sys, path: string): boolean =>
  quietly(() => sys.access(path, X_OK)) && !isDir(sys.stat(path))

const findGroup = (files: Accounts, text: string): readonly string[] | undefined =>
  files.group.get(text) ?? files.group.rows.find(row => /^\d+$/.test(text) && row[2] === text)

function groupOf(files: Accounts, text: string): readonly string[] {
  const group = findGroup(files, text)
  if (!group) throw die(`group '${text}' does not exist`, NO_GROUP)
  return group
}

function* add(
  sys: Sys,
  me: Process,
  flags: Given,
  files: Accounts,
  defs: LoginDefs,
  it: Person,
): Blocking<{ uid: number; gid: number }> {
  if (files.passwd.get(it.name)) throw die(`user '${it.name}' already exists`, NAME_IN_USE)
  if (it.ownGroup && files.group.get(it.name))
    throw die(`group ${it.name} exists - if you want to add this user to that group, use -g.`, NAME_IN_USE)
  const used = idsIn(files.passwd)
  const [min, max] = idRange(defs, 'UID', flags.system ?? false)
  const uid = flags.uid === undefined ? freeId(used, min, max, flags.system ?? false) : Number(flags.uid)
  if (uid < 0) throw die(`Can't get unique UID (no more available UIDs)`, UID_IN_USE)
  if (flags.uid !== undefined && !flags.nonUnique && used.has(uid))
    throw die(`UID ${uid} is not unique`, UID_IN_USE)
  const gid = groupFor(flags, files, defs, it, uid)
  if (flags.uid !== undefined) yield* warnOfRange(sys, me, flags, it.name, uid, max, min)

  const home = it.home
  files.passwd.put(it.name, [it.name, 'x', String(uid), String(gid), flags.comment ?? '', home, it.shell])
  const ages = flags.system
    ? ['', '', '']
    : ['PASS_MIN_DAYS', 'PASS_MAX_DAYS', 'PASS_WARN_AGE'].map(name => String(defs.number(name, -1)))
  const password = flags.password ?? '!'
  const dates = [it.inactive.replace(/^-.*/, ''), dayField(it.expire)]
  files.shadow.put(it.name, [it.name, password, String(today(sys)), ...ages, ...dates, ''])
  for (const text of it.groups) {
    const name = findGroup(files, text)![0]!
    for (const file of [files.group, files.gshadow])
      if (file.get(name)) file.set(name, 3, [...file.members(name), it.name].join(','))
  }
  addSubordinates(flags, files, defs, it.name, uid, min, max)
  return { uid, gid }
}

/** The primary group: a new one with the user's number if that is free, -g, or the default. */
function groupFor(flags: Given, files: Accounts, defs: LoginDefs, it: Person, uid: number): number {
  if (flags.gid !== undefined) return Number(groupOf(files, flags.gid)[2])
  if (!it.ownGroup) return Number(it.defaultGroup)
  const used = idsIn(files.group)
  const [min, max] = idRange(defs, 'GID', flags.system ?? false)
  const isFree = uid >= min && uid <= max && !used.has(uid)
  const gid = isFree ? uid : freeId(used, min, max, flags.system ?? false)
  if (gid < 0) throw die(`Can't get unique GID (no more available GIDs)`, UID_IN_USE)
  files.group.put(it.name, [it.name, 'x', String(gid), ''])
  files.gshadow.put(it.name, [it.name, '!', '', ''])
  return gid
}

function* warnOfRange(
  sys: Sys,
  me: Process,
  flags: Given,
  name: string,
  uid: number,
  max: number,
  min: number,
): Blocking<void> {
  if (flags.system && uid > max)
    yield* sys.write(2, `${me.name} warning: ${name}'s uid ${uid} is greater than SYS_UID_MAX ${max}\n`)
  else if (!flags.system && (uid < min || uid > max))
    yield* sys.write(
      2,
      `${me.name} warning: ${name}'s uid ${uid} outside of the UID_MIN ${min} and UID_MAX ${max} range.\n`,
    )
}

function addSubordinates(
  flags: Given,
  files: Accounts,
  defs: LoginDefs,
  name: string,
  uid: number,
  min: number,
  max: number,
): void {
  if (flags.system && !flags.addSubidsForSystem) return
  if (flags.uid !== undefined && uid !== 0 && (uid < min || uid > max)) return
  for (const [file, kind] of [
    [files.subuid, 'UID'],
    [files.subgid, 'GID'],
  ] as const) {
    const count = defs.number(`SUB_${kind}_COUNT`, 65536)
    if (!file.present || count === 0 || file.get(name)) continue
    const least = defs.number(`SUB_${kind}_MIN`, 100000)
    const start = freeRange(file, least, defs.number(`SUB_${kind}_MAX`, 600100000), count)
    if (start >= 0) file.put(name, [name, String(start), String(count)])
  }
}

// ---- -D

function* readDefaults(sys: Sys): Blocking<Map<string, string>> {
  const found = new Map<string, string>()
  for (const line of ((yield* procText(sys, DEFAULTS)) ?? '').split('\n')) {
    const setting = /^([A-Z_]+)=(.*)$/.exec(line)
    if (setting) found.set(setting[1]!, setting[2]!)
  }
  return found
}

function* showOrSetDefaults(
  sys: Sys,
  flags: Given,
  me: Process,
  defaults: ReadonlyMap<string, string>,
): Blocking<number> {
  const wanted = new Map<string, string>()
  if (flags.gid !== undefined) wanted.set('GROUP', flags.gid)
  if (flags.baseDir !== undefined) wanted.set('HOME', flags.baseDir)
  if (flags.inactive !== undefined) wanted.set('INACTIVE', flags.inactive)
  if (flags.expiredate !== undefined) wanted.set('EXPIRE', flags.expiredate)
  if (flags.shell !== undefined) wanted.set('SHELL', flags.shell)
  if (wanted.size) {
    yield* setDefaults(sys, wanted)
    return 0
  }
  const known: readonly (readonly [string, string])[] = [
    ['GROUP', '100'],
    ['HOME', '/home'],
    ['INACTIVE', '-1'],
    ['EXPIRE', ''],
    ['SHELL', '/bin/bash'],
    ['SKEL', '/etc/skel'],
    ['CREATE_MAIL_SPOOL', 'no'],
    ['LOG_INIT', 'yes'],
  ]
  for (const [name, value] of known) me.out.line(`${name}=${defaults.get(name) ?? value}`)
  return 0
}

/** Settings that stand in the file are changed there, even where they are commented out. */
function* setDefaults(sys: Sys, wanted: Map<string, string>): Blocking<void> {
  const lines = ((yield* procText(sys, DEFAULTS)) ?? '').replace(/\n$/, '').split('\n')
  const changed = lines.map(line => {
    const name = /^([A-Z_]+)=/.exec(line)?.[1] ?? ''
    const value = wanted.get(name)
    if (value === undefined) return line
    wanted.delete(name)
    return `${name}=${value}`
  })
  for (const [name, value] of wanted) changed.push(`${name}=${value}`)
  try {
    yield* writeFile(sys, DEFAULTS, `${changed.join('\n')}\n`)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    throw die(`cannot create new defaults file: ${e.message}`, 1)
  }
}
