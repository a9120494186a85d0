/**
 * usermod - modify a user account
 * Linux: shadow 4.13 src/usermod.c; usermod(8).
 *
 * Left out: --prefix, --selinux-user.
 */
import { type Blocking, Errno, EXDEV, type Sys, X_OK } from '../../abi/index.ts'
import type { Flags, Options, Process } from '../lib/command.ts'
import { pids } from '../lib/proc.ts'
import {
  type AccountFile,
  type Accounts,
  dayField,
  dayOf,
  die,
  exists,
  idOf,
  isValidName,
  noSuch,
  processOf,
  quietly,
  readAccounts,
  shadowCommand,
  withAccounts,
} from '../lib/shadow/files.ts'
import { chownTree, copySkeleton, makeHome, removeTree } from '../lib/shadow/home.ts'

const OPTIONS = {
  append: { short: 'a' },
  badname: { short: 'b' },
  comment: { short: 'c', value: 'COMMENT' },
  home: { short: 'd', value: 'HOME_DIR' },
  expiredate: { short: 'e', value: 'EXPIRE_DATE' },
  inactive: { short: 'f', value: 'INACTIVE' },
  gid: { short: 'g', value: 'GROUP' },
  groups: { short: 'G', value: 'GROUPS' },
  login: { short: 'l', value: 'NEW_LOGIN' },
  lock: { short: 'L' },
  moveHome: { short: 'm' },
  nonUnique: { short: 'o' },
  password: { short: 'p', value: 'PASSWORD' },
  remove: { short: 'r' },
  root: { short: 'R', value: 'CHROOT_DIR' },
  prefix: { short: 'P', value: 'PREFIX_DIR' },
  shell: { short: 's', value: 'SHELL' },
  uid: { short: 'u', value: 'UID' },
  unlock: { short: 'U' },
  addSubuids: { short: 'v', value: 'FIRST-LAST', repeat: true },
  delSubuids: { short: 'V', value: 'FIRST-LAST', repeat: true },
  addSubgids: { short: 'w', value: 'FIRST-LAST', repeat: true },
  delSubgids: { short: 'W', value: 'FIRST-LAST', repeat: true },
  selinuxUser: { short: 'Z', value: 'SEUSER' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

/** Statuses of usermod(8). */
const BAD_ARGUMENT = 3
const UID_IN_USE = 4
const NOT_FOUND = 6
const USER_BUSY = 8
const NAME_IN_USE = 9
const HOME_DIR = 12

export default shadowCommand({
  name: 'usermod',
  summary: 'modify a user account',
  help: `Usage: usermod [options] LOGIN

Options:
  -a, --append                  append the user to the supplemental GROUPS
                                mentioned by the -G option without removing
                                the user from other groups
  -b, --badname                 allow bad names
  -c, --comment COMMENT         new value of the GECOS field
  -d, --home HOME_DIR           new home directory for the user account
  -e, --expiredate EXPIRE_DATE  set account expiration date to EXPIRE_DATE
  -f, --inactive INACTIVE       set password inactive after expiration
                                to INACTIVE
  -g, --gid GROUP               force use GROUP as new primary group
  -G, --groups GROUPS           new list of supplementary GROUPS
  -h, --help                    display this help message and exit
  -l, --login NEW_LOGIN         new value of the login name
  -L, --lock                    lock the user account
  -m, --move-home               move contents of the home directory to the
                                new location (use only with -d)
  -o, --non-unique              allow using duplicate (non-unique) UID
  -p, --password PASSWORD       use encrypted password for the new password
  -P, --prefix PREFIX_DIR       prefix directory where are located the /etc/* files
  -r, --remove                  remove the user from only the supplemental GROUPS
                                mentioned by the -G option without removing
                                the user from other groups
  -R, --root CHROOT_DIR         directory to chroot into
  -s, --shell SHELL             new login shell for the user account
  -u, --uid UID                 new UID for the user account
  -U, --unlock                  unlock the user account
  -v, --add-subuids FIRST-LAST  add range of subordinate uids
  -V, --del-subuids FIRST-LAST  remove range of subordinate uids
  -w, --add-subgids FIRST-LAST  add range of subordinate gids
  -W, --del-subgids FIRST-LAST  remove range of subordinate gids
  -Z, --selinux-user SEUSER     new SELinux user mapping for the user account

`,
  options: OPTIONS,

  *main(sys, flags, args, me, wrongUsage) {
    checkValues(flags)
    if (flags.shell && !quietly(() => sys.access(flags.shell!, X_OK)))
      yield* me.warn(`Warning: missing or non-executable shell '${flags.shell}'`)
    const before = yield* readAccounts(sys)
    if (flags.gid !== undefined && !findGroup(before, flags.gid))
      throw die(`group '${flags.gid}' does not exist`, NOT_FOUND)
    const groups = flags.groups?.split(',').filter(it => it)
    let missing = false
    for (const it of groups ?? []) {
      if (findGroup(before, it)) continue
      yield* me.warn(`group '${it}' does not exist`)
      missing = true
    }
    if (missing) return NOT_FOUND
    if (args.length !== 1) throw wrongUsage()
    const name = args[0]!
    const row = before.passwd.get(name)
    if (!row) throw noSuch('user', name, NOT_FOUND)
    if (!Object.keys(flags).length) throw wrongUsage('no options')
    const asked = withoutTheSame(flags, row, before.shadow.get(name) ?? [])
    if (flags.append && flags.groups === undefined)
      throw wrongUsage('-a flag is only allowed with the -G flag')
    if (flags.remove && flags.groups === undefined)
      throw wrongUsage('-r flag is only allowed with the -G flag')
    if (flags.append && flags.remove) throw wrongUsage('-a and -r are mutually exclusive flags')
    if ([flags.lock, flags.unlock, flags.password !== undefined].filter(it => it).length > 1)
      throw wrongUsage('the -L, -p, and -U flags are exclusive')
    if (flags.nonUnique && flags.uid === undefined)
      throw wrongUsage('-o flag is only allowed with the -u flag')
    if (flags.moveHome && flags.home === undefined)
      throw wrongUsage('-m flag is only allowed with the -d flag')
    if (!Object.keys(asked).some(it => !['append', 'remove', 'nonUnique'].includes(it))) {
      yield* me.warn('no changes')
      return 0
    }
    if (flags.login !== undefined && flags.login !== name && before.passwd.get(flags.login))
      throw die(`user '${flags.login}' already exists`, NAME_IN_USE)
    const newUid = flags.uid === undefined ? Number(row[2]) : Number(flags.uid)
    if (newUid !== Number(row[2]) && !flags.nonUnique && before.passwd.rows.some(it => it[2] === flags.uid))
      throw die(`UID '${newUid}' already exists`, UID_IN_USE)
    if (asked.login !== undefined || asked.uid !== undefined) {
      const busy = yield* processOf(sys, yield* pids(sys), Number(row[2]))
      if (busy) throw die(`user ${name} is currently used by process ${busy}`, USER_BUSY)
    }
    yield* withAccounts(
      sys,
      me,
      ['passwd', 'shadow', 'group', 'gshadow', 'subuid', 'subgid'],
      lockStatus,
      files => change(sys, me, flags, files, name, groups),
    )
    return yield* moveThings(sys, me, flags, row, newUid)
  },
})

const lockStatus = (name: string): number => (name === 'group' || name === 'gshadow' ? 10 : 1)

function checkValues(flags: Given): void {
  const { comment, home, shell, login, inactive, uid, expiredate } = flags
  if (comment !== undefined && /[:\n]/.test(comment)) throw die(`invalid field '${comment}'`, BAD_ARGUMENT)
  if (home !== undefined && /[:\n]/.test(home)) throw die(`invalid field '${home}'`, BAD_ARGUMENT)
  if (home && !home.startsWith('/')) throw die('homedir must be an absolute path', BAD_ARGUMENT)
  const day = expiredate === undefined ? -1 : dayOf(expiredate)
  if (day === undefined || day < -1) throw die(`invalid date '${expiredate}'`, BAD_ARGUMENT)
  if (inactive !== undefined && !/^-?\d+$/.test(inactive))
    throw die(`invalid numeric argument '${inactive}'`, BAD_ARGUMENT)
  if (login !== undefined && !isValidName(login) && !flags.badname)
    throw die(`invalid user name '${login}': use --badname to ignore`, BAD_ARGUMENT)
  if (shell && (!/^[/*]/.test(shell) || /[:\n]/.test(shell)))
    throw die(`invalid shell '${shell}'`, BAD_ARGUMENT)
  if (uid !== undefined && idOf(uid) === undefined) throw die(`invalid user ID '${uid}'`, BAD_ARGUMENT)
  for (const [kind, ranges] of [
    ['uid', [...(flags.addSubuids ?? []), ...(flags.delSubuids ?? [])]],
    ['gid', [...(flags.addSubgids ?? []), ...(flags.delSubgids ?? [])]],
  ] as const)
    for (const it of ranges)
      if (!rangeOf(it)) throw die(`invalid subordinate ${kind} range '${it}'`, BAD_ARGUMENT)
}

/** What asks for the value that is there already does not count. */
function withoutTheSame(flags: Given, row: readonly string[], shadow: readonly string[]): Given {
  const kept: Given = { ...flags }
  const expire = flags.expiredate === undefined ? '' : dayField(dayOf(flags.expiredate) ?? -1)
  if (flags.login === row[0]) delete kept.login
  if (flags.uid !== undefined && Number(flags.uid) === Number(row[2])) delete kept.uid
  if (flags.comment === row[4]) delete kept.comment
  if (flags.shell === row[6]) delete kept.shell
  if (flags.expiredate !== undefined && expire === shadow[7]) delete kept.expiredate
  if (flags.inactive === shadow[6]) delete kept.inactive
  if (flags.home === row[5]) {
    delete kept.home
    delete kept.moveHome
  }
  return kept
}

function rangeOf(text: string): [first: number, count: number] | undefined {
  const range = /^(\d+)-(\d+)$/.exec(text)
  if (!range || Number(range[2]) < Number(range[1])) return undefined
  return [Number(range[1]), Number(range[2]) - Number(range[1]) + 1]
}

const findGroup = (files: Accounts, text: string): readonly string[] | undefined =>
  files.group.get(text) ?? files.group.rows.find(row => /^\d+$/.test(text) && row[2] === text)

function* change(
  sys: Sys,
  me: Process,
  flags: Given,
  files: Accounts,
  name: string,
  groups: readonly string[] | undefined,
): Blocking<void> {
  const { passwd, shadow } = files
  if (flags.comment !== undefined) passwd.set(name, 4, flags.comment)
  if (flags.home !== undefined) passwd.set(name, 5, flags.home)
  if (flags.shell !== undefined) passwd.set(name, 6, flags.shell)
  if (flags.uid !== undefined) passwd.set(name, 2, String(Number(flags.uid)))
  if (flags.gid !== undefined) passwd.set(name, 3, findGroup(files, flags.gid)![2]!)
  if (flags.expiredate !== undefined) shadow.set(name, 7, dayField(dayOf(flags.expiredate) ?? -1))
  if (flags.inactive !== undefined) shadow.set(name, 6, flags.inactive.replace(/^-.*/, ''))
  if (flags.password !== undefined) shadow.set(name, 1, flags.password)
  yield* lockOrUnlock(me, flags, shadow, name)
  if (groups) setGroups(flags, files, name, groups)
  for (const [file, added, removed] of [
    [files.subuid, flags.addSubuids, flags.delSubuids],
    [files.subgid, flags.addSubgids, flags.delSubgids],
  ] as const)
    changeRanges(file, name, added ?? [], removed ?? [])
  const to = flags.login
  if (to === undefined || to === name) return
  passwd.rename(name, to)
  shadow.rename(name, to)
  for (const file of [files.group, files.gshadow])
    for (const [group] of file.rows)
      file.set(
        group!,
        3,
        file
          .members(group!)
          .map(it => (it === name ? to : it))
          .join(','),
      )
}

/** A `!` before the hash locks it. */
function* lockOrUnlock(me: Process, flags: Given, shadow: AccountFile, name: string): Blocking<void> {
  const password = shadow.get(name)?.[1] ?? ''
  if (flags.lock && !password.startsWith('!')) shadow.set(name, 1, `!${password}`)
  if (!flags.unlock || !password.startsWith('!')) return
  if (password.length > 1) return shadow.set(name, 1, password.slice(1))
  yield* me.warn(
    "unlocking the user's password would result in a passwordless account.\nYou should set a password with usermod -p to unlock this user's password.",
  )
}

function setGroups(flags: Given, files: Accounts, name: string, wanted: readonly string[]): void {
  const named = new Set(wanted.map(it => findGroup(files, it)![0]!))
  for (const file of [files.group, files.gshadow])
    for (const [group] of file.rows) {
      const members = file.members(group!)
      const isIn = members.includes(name)
      const shallBe = flags.append
        ? isIn || named.has(group!)
        : flags.remove
          ? isIn && !named.has(group!)
          : named.has(group!)
      if (isIn === shallBe) continue
      file.set(group!, 3, (shallBe ? [...members, name] : members.filter(it => it !== name)).join(','))
    }
}

/** Linux: lib/subordinateio.c:remove_range(). What is left of a range keeps its place; a piece behind goes to the end. */
function removeRange(file: AccountFile, name: string, start: number, end: number): void {
  for (const row of file.rows.filter(it => it[0] === name)) {
    const low = Number(row[1])
    const high = low + Number(row[2])
    if (end <= low || start >= high) continue
    file.changed = true
    const pieces = [
      [low, Math.min(start, high)],
      [Math.max(end, low), high],
    ].filter(([from = 0, to = 0]) => from < to)
    const [kept, behind] = pieces.map(([from = 0, to = 0]) => [name, String(from), String(to - from)])
    if (kept) file.rows.splice(file.rows.indexOf(row), 1, kept)
    else file.rows.splice(file.rows.indexOf(row), 1)
    if (behind) file.rows.push(behind)
  }
}

/** Whether the user has all of the range already. */
function isCovered(file: AccountFile, name: string, start: number, end: number): boolean {
  let at = start
  const own = file.rows.filter(it => it[0] === name).sort((a, b) => Number(a[1]) - Number(b[1]))
  for (const row of own) if (Number(row[1]) <= at) at = Math.max(at, Number(row[1]) + Number(row[2]))
  return at >= end
}

function changeRanges(
  file: AccountFile,
  name: string,
  added: readonly string[],
  removed: readonly string[],
): void {
  for (const text of removed) {
    const [first, count] = rangeOf(text)!
    removeRange(file, name, first, first + count)
  }
  for (const text of added) {
    const [first, count] = rangeOf(text)!
    if (isCovered(file, name, first, first + count)) continue
    file.rows.push([name, String(first), String(count)])
    file.changed = true
  }
}

/** The home directory goes to its new place, and what belonged to the old number to the new one. */
function* moveThings(
  sys: Sys,
  me: Process,
  flags: Given,
  row: readonly string[],
  newUid: number,
): Blocking<number> {
  const [, , oldUid, oldGid, , from] = row
  const to = flags.home ?? from!
  if (flags.moveHome && to !== from) {
    if (exists(sys, to)) throw die(`directory ${to} exists`, HOME_DIR)
    if (!exists(sys, from!)) {
      yield* me.warn(
        `The previous home directory (${from}) does not exist or is inaccessible. Move cannot be completed.`,
      )
      return 0
    }
    yield* moveHome(sys, from!, to, Number(oldUid), Number(oldGid))
  }
  if (newUid !== Number(oldUid) && exists(sys, to) && sys.stat(to).uid === Number(oldUid))
    yield* chownTree(sys, to, Number(oldUid), newUid)
  return 0
}

function* moveHome(sys: Sys, from: string, to: string, uid: number, gid: number): Blocking<void> {
  try {
    sys.rename(from, to)
  } catch (e) {
    if (e !== EXDEV) throw e instanceof Errno ? die(`cannot rename directory ${from} to ${to}`, HOME_DIR) : e
    makeHome(sys, to, sys.stat(from).mode & 0o7777, uid, gid)
    yield* copySkeleton(sys, from, to, uid, gid, true)
    yield* removeTree(sys, from)
  }
}
