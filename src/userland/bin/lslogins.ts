/**
 * lslogins - what is known of accounts
 * Linux: util-linux login-utils/lslogins.c; lslogins(1).
 *
 * Left out: SELinux contexts, -c's colons, the last lines of the journal.
 */
import { type Blocking, CLOCK_REALTIME, type Sys } from '../../abi/index.ts'
import { command, fatal, type Flags, must, type Options, type Process, readBytes } from '../lib/command.ts'
import { columnIds } from '../lib/idarray.ts'
import { readProcs } from '../lib/proc.ts'
import { exists, loginDefs, readAccounts } from '../lib/shadow/files.ts'
import { type Column, table } from '../lib/smartcols.ts'
import { localtime, strftime, zoneOf } from '../lib/time.ts'
import { groupList, groupName, type Passwd, readUsers, type Users } from '../lib/users.ts'
import { type Login, parseLogins } from '../lib/utmp.ts'

/** Columns with their headings when a single account is shown. */
const COLUMNS: Readonly<Record<string, Column & { readonly title: string }>> = {
  USER: { name: 'USER', hint: 0.1, title: 'Username' },
  UID: { name: 'UID', hint: 1, right: true, title: 'UID' },
  GECOS: { name: 'GECOS', hint: 0.1, trunc: true, title: 'Gecos field' },
  HOMEDIR: { name: 'HOMEDIR', hint: 0.1, title: 'Home directory' },
  SHELL: { name: 'SHELL', hint: 0.1, title: 'Shell' },
  NOLOGIN: { name: 'NOLOGIN', hint: 1, right: true, title: 'No login' },
  'PWD-LOCK': { name: 'PWD-LOCK', hint: 1, right: true, title: 'Password is locked' },
  'PWD-EMPTY': { name: 'PWD-EMPTY', hint: 1, right: true, title: 'Password not required (empty)' },
  'PWD-DENY': { name: 'PWD-DENY', hint: 1, right: true, title: 'Login by password disabled' },
  'PWD-METHOD': { name: 'PWD-METHOD', hint: 0.1, title: 'Password encryption method' },
  GROUP: { name: 'GROUP', hint: 0.1, title: 'Primary group' },
  GID: { name: 'GID', hint: 1, right: true, title: 'GID' },
  'SUPP-GROUPS': { name: 'SUPP-GROUPS', hint: 0.1, title: 'Supplementary groups' },
  'SUPP-GIDS': { name: 'SUPP-GIDS', hint: 0.1, title: 'Supplementary group IDs' },
  'LAST-LOGIN': { name: 'LAST-LOGIN', hint: 0.1, title: 'Last login' },
  'LAST-TTY': { name: 'LAST-TTY', hint: 0.05, title: 'Last terminal' },
  'LAST-HOSTNAME': { name: 'LAST-HOSTNAME', hint: 0.1, title: 'Last hostname' },
  'FAILED-LOGIN': { name: 'FAILED-LOGIN', hint: 0.1, title: 'Failed login' },
  'FAILED-TTY': { name: 'FAILED-TTY', hint: 0.05, title: 'Failed login terminal' },
  HUSHED: { name: 'HUSHED', hint: 1, right: true, title: 'Hushed' },
  'PWD-WARN': { name: 'PWD-WARN', hint: 1, right: true, title: 'Password expiration warn interval' },
  'PWD-CHANGE': { name: 'PWD-CHANGE', hint: 0.1, right: true, title: 'Password changed' },
  'PWD-MIN': { name: 'PWD-MIN', hint: 1, right: true, title: 'Minimum change time' },
  'PWD-MAX': { name: 'PWD-MAX', hint: 1, right: true, title: 'Maximum change time' },
  'PWD-EXPIR': { name: 'PWD-EXPIR', hint: 0.1, title: 'Password expiration' },
  CONTEXT: { name: 'CONTEXT', hint: 0.1, title: 'Selinux context' },
  PROC: { name: 'PROC', hint: 1, right: true, title: 'Running processes' },
}
const USUAL = ['UID', 'USER', 'PROC', 'PWD-LOCK', 'PWD-DENY', 'LAST-LOGIN', 'GECOS']
const SINGLE = Object.keys(COLUMNS).filter(it => !['FAILED-LOGIN', 'FAILED-TTY', 'CONTEXT'].includes(it))
const SETS: readonly (readonly [option: keyof typeof OPTIONS, columns: readonly string[]])[] = [
  ['failed', ['FAILED-LOGIN', 'FAILED-TTY']],
  ['supplementaryGroups', ['GID', 'GROUP', 'SUPP-GIDS', 'SUPP-GROUPS']],
  ['last', ['LAST-TTY', 'LAST-HOSTNAME', 'LAST-LOGIN']],
  ['pwd', ['PWD-EMPTY', 'PWD-LOCK', 'PWD-DENY', 'NOLOGIN', 'HUSHED', 'PWD-METHOD']],
  ['accExpiration', ['PWD-WARN', 'PWD-MIN', 'PWD-MAX', 'PWD-CHANGE', 'PWD-EXPIR']],
]

const OPTIONS = {
  accExpiration: { short: 'a', help: 'display info about passwords expiration' },
  export: { short: 'e', help: 'display in an export-able output format' },
  failed: { short: 'f', help: "display data about the users' last failed logins" },
  supplementaryGroups: { short: 'G', help: 'display information about groups' },
  groups: { short: 'g', value: '=<groups>', help: 'display users belonging to a group in <groups>' },
  last: { short: 'L', help: "show info about the users' last login sessions" },
  logins: { short: 'l', value: '=<logins>', help: 'display only users from <logins>' },
  newline: { short: 'n', help: 'display each piece of information on a new line' },
  noheadings: { help: "don't print headings" },
  notruncate: { help: "don't truncate output" },
  output: { short: 'o', value: '[=<list>]', help: 'define the columns to output' },
  outputAll: { help: 'output all columns' },
  pwd: { short: 'p', help: 'display information related to login by password.' },
  raw: { short: 'r', help: 'display in raw mode' },
  systemAccs: { short: 's', help: 'display system accounts' },
  timeFormat: { value: '=<type>', help: 'display dates in short, full or iso format' },
  userAccs: { short: 'u', help: 'display user accounts' },
  print0: { short: 'z', help: 'delimit user entries with a nul character' },
  wtmpFile: { value: '=<path>', help: 'set an alternate path for wtmp' },
  btmpFile: { value: '=<path>', help: 'set an alternate path for btmp' },
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

export default command({
  name: 'lslogins',
  summary: 'Display information about known users in the system',
  suite: 'util-linux',
  usage: 'lslogins [options] [<username>]',
  options: OPTIONS,
  // -o takes its list as the next word too, as getopt does not.
  obsolete: args =>
    args.flatMap((arg, i) => (args[i - 1] === '-o' ? [] : arg === '-o' ? [`-o${args[i + 1] ?? ''}`] : [arg])),

  *main(sys, flags, args, me) {
    if (args.length > 1) throw fatal('Only one user may be specified. Use -l for multiple users.')
    const columns = columnsOf(flags, args.length === 1)
    const facts = yield* gather(sys, me, flags, columns)
    const accounts = yield* chosen(sys, flags, facts.users, args[0])
    if (args.length) {
      if (!accounts.length) throw fatal(`cannot found '${args[0]}'`)
      for (const name of columns) {
        const value = cell(facts, accounts[0]!, name, true)
        if (value !== undefined) me.out.line(`${`${COLUMNS[name]!.title}:`.padEnd(36)}${value.padEnd(36)}`)
      }
      me.out.print('\nLast logs:\n\n')
      return 0
    }
    if (!accounts.length) return 0
    const lines = accounts.map(it => ({ cells: columns.map(name => cell(facts, it, name, false) ?? '') }))
    const format = flags.raw || flags.print0 ? 'raw' : flags.export || flags.newline ? 'pairs' : 'human'
    let text = table(
      columns.map(it => COLUMNS[it]!),
      lines,
      {
        format,
        noHeadings: flags.noheadings ?? false,
        width: sys.isatty(1) && !flags.notruncate ? sys.tiocgwinsz(1).cols : undefined,
      },
    )
    if (flags.newline) text = text.replace(/" (?=[A-Z-]+=)/g, '"\n')
    // The separator that the original sets is the string "\0", which is empty.
    me.out.print(flags.print0 ? text.replaceAll('\n', '') : text)
    return 0
  },
})

function columnsOf(flags: Given, isSingle: boolean): readonly string[] {
  if (flags.outputAll) return Object.keys(COLUMNS)
  const sets = SETS.filter(([option]) => flags[option]).flatMap(([, names]) => names)
  const usual = sets.length ? ['UID', 'USER', ...sets] : isSingle ? SINGLE : USUAL
  if (!flags.output) return usual
  const named = columnIds(flags.output, COLUMNS)
  return flags.output.startsWith('+') ? [...usual, ...named] : named
}

/** All that the columns are made of. */
interface Facts {
  readonly sys: Sys
  readonly users: Users
  /** Lines of /etc/shadow by name; undefined for who may not read it. */
  readonly shadow: ReadonlyMap<string, readonly string[]> | undefined
  readonly last: readonly Login[]
  readonly failed: readonly Login[]
  readonly processes: ReadonlyMap<number, number>
  readonly date: (seconds: number) => string
}

function* gather(sys: Sys, me: Process, flags: Given, columns: readonly string[]): Blocking<Facts> {
  const needs = (prefix: string): boolean => columns.some(it => it.startsWith(prefix))
  const logins = function* (path: string): Blocking<Login[]> {
    return parseLogins(yield* must(path, readBytes(sys, path)))
  }
  const last = needs('LAST-') ? yield* logins(flags.wtmpFile ?? '/var/log/wtmp') : []
  const failed = needs('FAILED-') ? yield* logins(flags.btmpFile ?? '/var/log/btmp') : []
  const processes = new Map<number, number>()
  if (needs('PROC'))
    for (const it of yield* readProcs(sys)) processes.set(it.uids[1]!, (processes.get(it.uids[1]!) ?? 0) + 1)
  const accounts = exists(sys, '/etc/shadow') && sys.geteuid() === 0 ? yield* readAccounts(sys) : undefined
  const lines = accounts?.shadow.rows
  return {
    sys,
    users: yield* readUsers(sys),
    shadow: lines && new Map(lines.map(it => [it[0]!, it] as const)),
    last,
    failed,
    processes,
    date: dater(sys, me, flags.timeFormat ?? 'short'),
  }
}

function dater(sys: Sys, me: Process, format: string): (seconds: number) => string {
  if (!['short', 'full', 'iso'].includes(format)) throw fatal(`unknown time format: ${format}`)
  const zone = zoneOf(me.env.get('TZ'))
  const now = localtime(sys.clock_gettime(CLOCK_REALTIME), zone)
  return sec => {
    const tm = localtime({ sec, nsec: 0 }, zone)
    if (format === 'iso') return strftime('%Y-%m-%d', tm)
    if (format === 'full') return strftime('%a %b %e %H:%M:%S %Y', tm)
    if (strftime('%F', tm) === strftime('%F', now)) return strftime('%H:%M', tm)
    return strftime(strftime('%Y', tm) === strftime('%Y', now) ? '%b%d/%H:%M' : '%Y-%b%d', tm)
  }
}

function* chosen(
  sys: Sys,
  flags: Given,
  users: Users,
  name: string | undefined,
): Blocking<readonly Passwd[]> {
  if (name !== undefined)
    return users.passwd.filter(it => it.name === name || String(it.uid) === name).slice(0, 1)
  let found: readonly Passwd[] = [...users.passwd].sort((a, b) => a.uid - b.uid)
  if (flags.logins !== undefined || flags.groups !== undefined) {
    const members = (flags.groups?.split(',') ?? []).flatMap(
      group => users.group.find(it => it.name === group || String(it.gid) === group)?.members ?? [],
    )
    const names = [...(flags.logins?.split(',') ?? []), ...members]
    found = found.filter(it => names.includes(it.name) || names.includes(String(it.uid)))
  }
  if (!flags.userAccs && !flags.systemAccs) return found
  const defs = yield* loginDefs(sys)
  const within = (uid: number, kind: string, least: number, most: number): boolean =>
    uid >= defs.number(`${kind}_MIN`, least) && uid <= defs.number(`${kind}_MAX`, most)
  return found.filter(
    ({ uid }) =>
      (flags.userAccs && (uid === 0 || within(uid, 'UID', 1000, 60000))) ||
      (flags.systemAccs && within(uid, 'SYS_UID', 201, 999)),
  )
}

/** The value of a column; undefined where there is none. `words` says yes and no instead of 1 and 0. */
function cell(facts: Facts, it: Passwd, name: string, words: boolean): string | undefined {
  const claim = (holds: boolean): string => (words ? (holds ? 'yes' : 'no') : holds ? '1' : '0')
  const shadow = facts.shadow?.get(it.name)
  const password = shadow?.[1]
  const supplementary = otherGroups(facts.users, it)
  const last = facts.last.filter(login => login.user === it.name).at(-1)
  const failed = facts.failed.filter(login => login.user === it.name).at(-1)
  const days = (text: string | undefined): string | undefined => (text && Number(text) > 0 ? text : undefined)
  const values: Readonly<Record<string, () => string | undefined>> = {
    USER: () => it.name,
    UID: () => String(it.uid),
    GECOS: () => it.gecos,
    HOMEDIR: () => it.dir,
    SHELL: () => it.shell,
    NOLOGIN: () => claim(/nologin|\/false$/.test(it.shell)),
    'PWD-LOCK': () => (password === undefined ? undefined : claim(/^![A-Za-z0-9./]*$/.test(password))),
    'PWD-EMPTY': () => (password === undefined ? undefined : claim(/^[!*]?$/.test(password))),
    'PWD-DENY': () => (password === undefined ? undefined : claim(false)),
    GROUP: () => groupName(facts.users, it.gid),
    GID: () => String(it.gid),
    'SUPP-GROUPS': () => supplementary.map(gid => groupName(facts.users, gid) ?? gid).join(',') || undefined,
    'SUPP-GIDS': () => supplementary.join(',') || undefined,
    'LAST-LOGIN': () => last && facts.date(last.time),
    'LAST-TTY': () => last?.line ?? '',
    'LAST-HOSTNAME': () => last?.host ?? '',
    'FAILED-LOGIN': () => failed && facts.date(failed.time),
    'FAILED-TTY': () => failed?.line,
    HUSHED: () => (facts.shadow ? claim(exists(facts.sys, `${it.dir}/.hushlogin`)) : undefined),
    'PWD-WARN': () => days(shadow?.[5]),
    'PWD-CHANGE': () => (shadow?.[2] ? facts.date(Number(shadow[2]) * 86400) : undefined),
    'PWD-MIN': () => days(shadow?.[3]),
    'PWD-MAX': () => days(shadow?.[4]),
    'PWD-EXPIR': () => (shadow?.[7] ? facts.date(Number(shadow[7]) * 86400) : undefined),
    PROC: () => String(facts.processes.get(it.uid) ?? 0),
  }
  return values[name]?.()
}

/** Linux: get_sgroups(), which puts the last in place of the primary one. */
function otherGroups(users: Users, it: Passwd): number[] {
  const all = groupList(users, it.name, it.gid)
  const last = all.pop()!
  return all.length ? [last, ...all.slice(1)] : []
}
