/**
 * The account files of /etc, as the shadow suite reads, locks and rewrites them: one class for all six.
 * Linux: shadow 4.13 lib/commonio.c, lib/getdef.c, libmisc/find_new_uid.c, find_new_sub_uids.c, chkname.c,
 * strtoday.c; passwd(5), shadow(5), group(5), gshadow(5), subuid(5), login.defs(5).
 *
 * Left out: the audit log, SELinux labels, --prefix, dates
 * that depend on the present.
 */
import {
  type Blocking,
  CLOCK_REALTIME,
  Errno,
  ESRCH,
  F_OK,
  O_CREAT,
  O_EXCL,
  O_WRONLY,
  type Stat,
  type Sys,
} from '../../../abi/index.ts'
import { type Command, command, type Flags, type Options, type Process, readFile } from '../command.ts'
import { procText } from '../proc.ts'
import { parseDate } from '../date/parse.ts'
import { UTC } from '../zone.ts'

export type AccountName = 'passwd' | 'group' | 'shadow' | 'gshadow' | 'subuid' | 'subgid'

/** One of the files: its lines as fields. A line that is a comment has one field. */
export class AccountFile {
  readonly path: string
  readonly present: boolean
  readonly rows: string[][]
  changed = false

  constructor(path: string, text: string | undefined) {
    this.path = path
    this.present = text !== undefined
    this.rows = (text ?? '')
      .split('\n')
      .filter(line => line)
      .map(line => line.split(':'))
  }

  get(name: string): readonly string[] | undefined {
    return this.rows.find(row => row[0] === name)
  }

  /** The entry of that name made anew; at the end if there was none. */
  put(name: string, row: string[]): void {
    const at = this.rows.findIndex(it => it[0] === name)
    if (at < 0) this.rows.push(row)
    else this.rows[at] = row
    this.changed = true
  }

  /** One field of an entry; nothing happens where there is no such entry. */
  set(name: string, field: number, value: string): void {
    const row = this.rows.find(it => it[0] === name)
    if (!row || row[field] === value) return
    row[field] = value
    this.changed = true
  }

  /** The entry goes to the end, as one that is added and one that is removed. */
  rename(name: string, to: string): void {
    const row = this.rows.find(it => it[0] === name)
    if (!row || name === to) return
    this.remove(name)
    this.rows.push([to, ...row.slice(1)])
    this.changed = true
  }

  remove(name: string): void {
    const at = this.rows.findIndex(it => it[0] === name)
    if (at < 0) return
    this.rows.splice(at, 1)
    this.changed = true
  }

  /** The members of a group, the last field of both group files. */
  members(name: string): string[] {
    return (this.get(name)?.[3] ?? '').split(',').filter(it => it)
  }

  text(): string {
    return this.rows.map(row => `${row.join(':')}\n`).join('')
  }
}

export type Accounts = Readonly<Record<AccountName, AccountFile>>

const NAMES: readonly AccountName[] = ['passwd', 'shadow', 'group', 'gshadow', 'subuid', 'subgid']

/** All six as they are now, whoever may be writing them. */
export function* readAccounts(sys: Sys): Blocking<Accounts> {
  const files = {} as Record<AccountName, AccountFile>
  for (const name of NAMES)
    files[name] = new AccountFile(`/etc/${name}`, yield* procText(sys, `/etc/${name}`))
  return files
}

/** Lock the named files, let `body` change them, write what it changed. `busy` is the status when one is locked. */
export function* withAccounts<T>(
  sys: Sys,
  me: Process,
  names: readonly AccountName[],
  busy: (name: AccountName) => number,
  body: (files: Accounts) => Blocking<T>,
): Blocking<T> {
  const locks: string[] = []
  try {
    yield* lockPasswords(sys, me)
    for (const name of names) {
      if (!exists(sys, `/etc/${name}`)) continue
      if (!(yield* lock(sys, me, `/etc/${name}`)))
        throw die(`cannot lock /etc/${name}; try again later.`, busy(name))
      locks.push(`/etc/${name}.lock`)
    }
    const files = yield* readAccounts(sys)
    const result = yield* body(files)
    for (const name of names) if (files[name].changed) yield* rewrite(sys, files[name])
    return result
  } finally {
    for (const path of locks) quietly(() => sys.unlink(path))
  }
}

/** lckpwdf(3): without it nobody gets far, but it is the lock of the file that is complained of. */
function* lockPasswords(sys: Sys, me: Process): Blocking<void> {
  try {
    sys.close(yield* sys.open('/etc/.pwd.lock', O_CREAT | O_WRONLY, 0o600))
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(`${e.message}.`)
  }
}

/** Linux: commonio.c:do_lock_file(). Two programs cannot both make the link. */
function* lock(sys: Sys, me: Process, path: string): Blocking<boolean> {
  const own = `${path}.${sys.getpid()}`
  try {
    const fd = yield* sys.open(own, O_CREAT | O_WRONLY | O_EXCL, 0o600)
    yield* sys.write(fd, `${sys.getpid()}\0`)
    sys.close(fd)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return false
  }
  try {
    return (yield* link(sys, me, own, `${path}.lock`)) ?? false
  } finally {
    quietly(() => sys.unlink(own))
  }
}

function* link(sys: Sys, me: Process, own: string, path: string): Blocking<boolean> {
  if (quietly(() => sys.link(own, path))) return true
  const holder = (yield* procText(sys, path)) ?? ''
  const text = holder.replace(/\0$/, '')
  if (!text) yield* me.warn(`existing lock file ${path} without a PID`)
  else if (!/^\d+$/.test(text)) yield* me.warn(`existing lock file ${path} with an invalid PID '${text}'`)
  else if (yield* isAlive(sys, Number(text))) yield* me.warn(`lock ${path} already used by PID ${text}`)
  else return quietly(() => sys.unlink(path)) && quietly(() => sys.link(own, path))
  return false
}

function* isAlive(sys: Sys, pid: number): Blocking<boolean> {
  try {
    yield* sys.kill(pid, 0)
    return true
  } catch (e) {
    return e !== ESRCH
  }
}

/** Keep the old file as FILE-, with its times; make the new one as FILE+ and move it into place. */
function* rewrite(sys: Sys, file: AccountFile): Blocking<void> {
  const old = sys.stat(file.path)
  const before = yield* readFile(sys, file.path)
  yield* create(sys, `${file.path}-`, before, old)
  sys.utimensat(`${file.path}-`, old.atime, old.mtime)
  yield* create(sys, `${file.path}+`, file.text(), old)
  sys.rename(`${file.path}+`, file.path)
}

function* create(sys: Sys, path: string, text: string, like: Stat): Blocking<void> {
  quietly(() => sys.unlink(path))
  const fd = yield* sys.open(path, O_CREAT | O_WRONLY | O_EXCL, 0o600)
  yield* sys.write(fd, text)
  sys.fchown(fd, like.uid, like.gid)
  sys.fchmod(fd, like.mode & 0o7777)
  sys.close(fd)
}

/** Whether a call that may be refused was not. */
export function quietly(act: () => unknown): boolean {
  try {
    act()
    return true
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

export const exists = (sys: Sys, path: string): boolean => quietly(() => sys.stat(path))

// ---- login.defs

/** The settings of /etc/login.defs; getdef_num(). */
export interface LoginDefs {
  text(name: string): string | undefined
  number(name: string, otherwise: number): number
}

/** What option -K may set. Linux: lib/getdef.c:def_table. */
const SETTINGS = new Set(
  (
    'CHFN_RESTRICT CONSOLE CONSOLE_GROUPS CREATE_HOME DEFAULT_HOME ENCRYPT_METHOD ENV_PATH ENV_SUPATH ERASECHAR ' +
    'FAIL_DELAY FAKE_SHELL FTMP_FILE GID_MAX GID_MIN HOME_MODE HUSHLOGIN_FILE KILLCHAR LASTLOG_UID_MAX ' +
    'LOGIN_RETRIES LOGIN_TIMEOUT LOG_OK_LOGINS LOG_UNKFAIL_ENAB MAIL_DIR MAIL_FILE MAX_MEMBERS_PER_GROUP ' +
    'MD5_CRYPT_ENAB NONEXISTENT PASS_MAX_DAYS PASS_MIN_DAYS PASS_WARN_AGE SHA_CRYPT_MAX_ROUNDS ' +
    'SHA_CRYPT_MIN_ROUNDS SUB_GID_COUNT SUB_GID_MAX SUB_GID_MIN SUB_UID_COUNT SUB_UID_MAX SUB_UID_MIN ' +
    'SULOG_FILE SU_NAME SYS_GID_MAX SYS_GID_MIN SYS_UID_MAX SYS_UID_MIN TTYGROUP TTYPERM TTYTYPE_FILE ' +
    'UID_MAX UID_MIN UMASK USERDEL_CMD USERGROUPS_ENAB'
  ).split(' '),
)

/** Read them; `overrides` are NAME=VALUE of option -K. Status 3 for one that is none. */
export function* loginDefs(sys: Sys, overrides: readonly string[] = []): Blocking<LoginDefs> {
  const found = new Map<string, string>()
  for (const line of ((yield* procText(sys, '/etc/login.defs')) ?? '').split('\n')) {
    const setting = /^\s*([A-Z_]+)\s+"?([^"]*?)"?\s*$/.exec(line)
    if (setting) found.set(setting[1]!, setting[2]!)
  }
  for (const it of overrides) {
    const equals = it.indexOf('=')
    if (equals < 0) throw die('-K requires KEY=VALUE', 3)
    const name = it.slice(0, equals)
    if (!SETTINGS.has(name)) {
      yield* sys.write(2, `configuration error - unknown item '${name}' (notify administrator)\n`)
      throw die('', 3)
    }
    found.set(name, it.slice(equals + 1))
  }
  return {
    text: name => found.get(name),
    number: (name, otherwise) => {
      const value = Number(found.get(name) ?? otherwise)
      return Number.isNaN(value) ? otherwise : value
    },
  }
}

// ---- Choosing ids

/** The next free id: above the highest in use, for system accounts below the lowest; then any gap. */
export function freeId(used: ReadonlySet<number>, min: number, max: number, isSystem: boolean): number {
  const within = [...used].filter(id => id >= min && id <= max)
  const next = isSystem ? Math.min(max + 1, ...within) - 1 : Math.max(min - 1, ...within) + 1
  if (next >= min && next <= max) return next
  for (let id = isSystem ? max : min; id >= min && id <= max; id += isSystem ? -1 : 1)
    if (!used.has(id)) return id
  return -1
}

/** The range of ordinary or system ids. `kind` is UID or GID. */
export function idRange(defs: LoginDefs, kind: 'UID' | 'GID', isSystem: boolean): [number, number] {
  const least = defs.number(`${kind}_MIN`, 1000)
  return isSystem
    ? [defs.number(`SYS_${kind}_MIN`, 101), defs.number(`SYS_${kind}_MAX`, least - 1)]
    : [least, defs.number(`${kind}_MAX`, 60000)]
}

/** The numbers in field 3 of passwd or group. */
export const idsIn = (file: AccountFile): Set<number> =>
  new Set(file.rows.filter(row => row[2]).map(row => Number(row[2])))

/** The first free range of subordinate ids. */
export function freeRange(file: AccountFile, min: number, max: number, count: number): number {
  const taken = file.rows
    .map(row => [Number(row[1]), Number(row[1]) + Number(row[2])] as const)
    .sort((a, b) => a[0] - b[0])
  let low = min
  for (const [start, end] of taken) {
    if (start - low >= count) return low
    low = Math.max(low, end)
  }
  return low + count - 1 <= max ? low : -1
}

// ---- Checking what was typed

/** Debian lets everything pass that cannot break the files. chkname.c:is_valid_name() */
export const isValidName = (name: string): boolean => /^[^-+~:,/\s][^:,/\s]{0,31}$/.test(name)

/** A number of days, undefined if it is none: a date or days since 1970. strtoday() */
export function dayOf(text: string): number | undefined {
  if (text === '') return -1
  if (/^-?\d+$/.test(text)) return Number(text)
  const time = /\d/.test(text) ? parseDate(text, { sec: 0, nsec: 0 }, UTC) : undefined
  return time && Math.floor(time.sec / 86400)
}

/** How a number of days stands in shadow. */
export const dayField = (day: number): string => (day < 0 ? '' : String(day))

export const today = (sys: Sys): number => Math.floor(sys.clock_gettime(CLOCK_REALTIME).sec / 86400)

/** An id: digits below 2^32-1. */
export const idOf = (text: string): number | undefined =>
  /^\d+$/.test(text) && Number(text) < 0xffff_ffff ? Number(text) : undefined

/** The first process, by number, that runs as a user; 0 if there is none. */
export function* processOf(sys: Sys, pids: readonly number[], uid: number): Blocking<number> {
  for (const pid of pids) {
    const line = /^Uid:\s+(\d+)\s+(\d+)\s+(\d+)/m.exec((yield* procText(sys, `/proc/${pid}/status`)) ?? '')
    if (line?.slice(1).includes(String(uid))) return pid
  }
  return 0
}

// ---- What all programs of the suite have in common

interface ShadowSpec<O extends Options> {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly summary: string
  /** Usage and options: what --help prints, and what follows a wrong command line. */
  readonly help: string
  readonly options: O
  /** Status of a wrong command line; 2 if not given. */
  readonly wrong?: number
  main(
    sys: Sys,
    flags: Flags<O & typeof HELP>,
    args: string[],
    me: Process,
    wrongUsage: (message?: string, status?: number) => unknown,
  ): Blocking<number | undefined | void>
}

const HELP = { help: { short: 'h' } } as const satisfies Options

/** Ends a program with its usage on standard error. */
class WrongUsage {
  readonly message: string
  readonly status: number
  constructor(message: string, status: number) {
    this.message = message
    this.status = status
  }
}

/** A program of the shadow suite: -h is help, and help follows every complaint about the command line. */
export function shadowCommand<O extends Options>(spec: ShadowSpec<O>): Command {
  const wrong = spec.wrong ?? 2
  return command({
    name: spec.name,
    ...(spec.aliases && { aliases: spec.aliases }),
    summary: spec.summary,
    suite: 'other',
    usage: /^Usage: (.*)$/m.exec(spec.help)?.[1] ?? spec.name,
    help: spec.help,
    wrongUsage: spec.help,
    failure: wrong,
    version: false,
    options: { ...HELP, ...spec.options },
    *main(sys, flags, args, it) {
      const name = it.name.slice(it.name.lastIndexOf('/') + 1)
      const me = { ...it, name, warn: (text: string, errno?: unknown) => complain(sys, name, text, errno) }
      if (flags.help) {
        me.out.print(spec.help)
        return 0
      }
      if (typeof flags.root === 'string' && !(yield* enterRoot(sys, me, flags.root))) return BAD_ROOT
      const refuse = (message = '', status = wrong): unknown => new WrongUsage(message, status)
      try {
        return yield* spec.main(sys, flags as Flags<O & typeof HELP>, args, me, refuse)
      } catch (e) {
        if (e instanceof Died) {
          if (e.message) yield* me.warn(e.message)
          return e.status
        }
        if (!(e instanceof WrongUsage)) throw e
        yield* sys.write(2, `${e.message && `${me.name}: ${e.message}\n`}${spec.help}`)
        return e.status
      }
    },
  })
}

/** Status of a wrong --root. */
const BAD_ROOT = 3

/** Option --root of all the suite. Linux: libmisc/root_flag.c. */
function* enterRoot(sys: Sys, me: Process, root: string): Blocking<boolean> {
  if (!root.startsWith('/')) {
    yield* me.warn(`invalid chroot path '${root}', only absolute paths are supported.`)
    return false
  }
  try {
    sys.access(root, F_OK)
  } catch (e) {
    yield* me.warn(`cannot access chroot directory ${root}`, e)
    return false
  }
  try {
    sys.chroot(root)
    sys.chdir('/')
  } catch (e) {
    yield* me.warn(`unable to chroot to directory ${root}`, e)
    return false
  }
  return true
}

/** Ends a program with a message; the name before it has no path. */
class Died {
  readonly message: string
  readonly status: number
  constructor(message: string, status: number) {
    this.message = message
    this.status = status
  }
}

/** What to throw to end with `prog: message`; with '' if all is said already. */
export const die = (message: string, status = 1): unknown => new Died(message, status)

function* complain(sys: Sys, name: string, text: string, errno: unknown): Blocking<void> {
  yield* sys.write(2, `${name}: ${text}${errno instanceof Errno ? `: ${errno.message}` : ''}\n`)
}

/** What getpwnam or getgrnam do not find: the message and the status of the suite. */
export const noSuch = (kind: 'user' | 'group', name: string, status: number): unknown =>
  die(`${kind} '${name}' does not exist`, status)
