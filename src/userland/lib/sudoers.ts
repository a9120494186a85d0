/**
 * The rules of sudo: /etc/sudoers and what it includes, who may run what as whom, and for how long a password counts.
 * Linux: sudo 1.9 plugins/sudoers/{gram.y,match.c,timestamp.c,check.c}; sudoers(5).
 *
 * Left out: aliases, Defaults for some users only, netgroups, digests, patterns with classes.
 */
import { type Blocking, CLOCK_MONOTONIC, Errno, type Sys } from '../../abi/index.ts'
import { readDir, writeFile } from './command.ts'
import { fnmatch } from './fnmatch.ts'
import { procText } from './proc.ts'
import { groupList, type Passwd, type Users } from './users.ts'

/** One command of a rule, with the tags that hold for it. */
export interface Permission {
  readonly isDenied: boolean
  readonly noPassword: boolean
  readonly command: string
}

/** One line: who may run what as whom. */
export interface Rule {
  readonly who: string
  readonly runas: string
  /** As written. */
  readonly text: string
  readonly permissions: readonly Permission[]
}

export interface Policy {
  readonly defaults: readonly string[]
  readonly rules: readonly Rule[]
}

export function* readPolicy(sys: Sys): Blocking<Policy> {
  const defaults: string[] = []
  const rules: Rule[] = []
  for (const line of yield* policyLines(sys, '/etc/sudoers')) {
    const setting = /^Defaults\s+(.*)$/.exec(line)
    if (setting) defaults.push(...setting[1]!.split(/,\s*/))
    const rule = /^(\S+)\s+\S+?\s*=\s*(?:\(([^)]*)\)\s*)?(.+)$/.exec(line)
    if (setting || !rule) continue
    const [, who = '', runas = 'root', text = ''] = rule
    rules.push({ who, runas, text: text.trim(), permissions: permissionsOf(text) })
  }
  return { defaults, rules }
}

/** Commands in a list; a tag holds until another one takes it back. */
function permissionsOf(text: string): Permission[] {
  let noPassword = false
  return text.split(/(?<!\\),/).map(part => {
    let rest = part.trim()
    for (let tag = /^([A-Z_]+)\s*:\s*/.exec(rest); tag; tag = /^([A-Z_]+)\s*:\s*/.exec(rest)) {
      if (tag[1] === 'NOPASSWD') noPassword = true
      if (tag[1] === 'PASSWD') noPassword = false
      rest = rest.slice(tag[0].length)
    }
    const isDenied = rest.startsWith('!')
    return { isDenied, noPassword, command: rest.replace(/^!\s*/, '') }
  })
}

/** The lines of a file that say something, with those of the files it includes. */
function* policyLines(sys: Sys, path: string): Blocking<string[]> {
  const found: string[] = []
  const text = ((yield* procText(sys, path)) ?? '').replace(/\\\n/g, ' ')
  for (const raw of text.split('\n')) {
    const include = /^[@#]include(dir)?\s+(\S+)/.exec(raw)
    if (include)
      found.push(...(yield* include[1] ? includedLines(sys, include[2]!) : policyLines(sys, include[2]!)))
    const line = raw.replace(/(^|\s)#(?!\d).*$/, '').trim()
    if (line && !/^[@#]/.test(line)) found.push(line)
  }
  return found
}

function* includedLines(sys: Sys, dir: string): Blocking<string[]> {
  const found: string[] = []
  try {
    const names = (yield* readDir(sys, dir)).map(it => it.name).sort()
    for (const name of names)
      if (!/[.~]/.test(name)) found.push(...(yield* policyLines(sys, `${dir}/${name}`)))
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
  return found
}

/** Whether a word of a rule means this user: a name, #uid, %group or ALL. */
function isMeant(word: string, users: Users, user: Passwd): boolean {
  if (word === 'ALL' || word === user.name || word === `#${user.uid}`) return true
  if (!word.startsWith('%')) return false
  const gids = groupList(users, user.name, user.gid)
  return gids.some(gid => users.group.find(it => it.gid === gid)?.name === word.slice(1))
}

export const rulesFor = (policy: Policy, users: Users, user: Passwd): Rule[] =>
  policy.rules.filter(rule => isMeant(rule.who, users, user))

/** The last permission that fits, if it is none to deny. `path` is undefined for -l and -v alone. */
export function permission(
  rules: readonly Rule[],
  users: Users,
  target: Passwd,
  group: string | undefined,
  path: string,
  args: readonly string[],
): Permission | undefined {
  let found: Permission | undefined
  for (const rule of rules) {
    const [asUser = '', asGroup] = rule.runas.split(':').map(it => it.trim())
    if (!(asUser || 'root').split(/,\s*/).some(word => isMeant(word, users, target))) continue
    if (group !== undefined && !asGroup?.split(/,\s*/).some(word => word === 'ALL' || word === group))
      continue
    for (const it of rule.permissions) if (isCommand(it.command, path, args)) found = it
  }
  return found?.isDenied ? undefined : found
}

/** `ALL`, a path, a directory with / behind it; arguments have to be the same, or `""` for none. */
function isCommand(text: string, path: string, args: readonly string[]): boolean {
  if (text === 'ALL') return true
  const [command = '', ...words] = text.split(/\s+/)
  if (command.endsWith('/')) return path.startsWith(command) && !path.slice(command.length).includes('/')
  if (!fnmatch(command, path, { pathname: true })) return false
  if (!words.length) return true
  return words[0] === '""' ? !args.length : fnmatch(words.join(' '), args.join(' '))
}

// ---- How long a password counts

const RECORDS = '/run/sudo/ts'
const TIMEOUT = 15 * 60

/** A password counts for the session it was typed in. */
const record = (sys: Sys): string => `sid ${sys.getsid(0)}`

export function* isFresh(sys: Sys, user: Passwd): Blocking<boolean> {
  const now = sys.clock_gettime(CLOCK_MONOTONIC).sec
  for (const line of ((yield* procText(sys, `${RECORDS}/${user.name}`)) ?? '').split('\n')) {
    const cut = line.lastIndexOf(' ')
    if (line.slice(0, cut) === record(sys) && now - Number(line.slice(cut + 1)) < TIMEOUT) return true
  }
  return false
}

/** Note that the password was right, or with `forget` that it counts no more. */
export function* stamp(sys: Sys, user: Passwd, forget = false): Blocking<void> {
  const path = `${RECORDS}/${user.name}`
  const key = record(sys)
  const others = ((yield* procText(sys, path)) ?? '')
    .split('\n')
    .filter(line => line && !line.startsWith(`${key} `))
  if (!forget) others.push(`${key} ${sys.clock_gettime(CLOCK_MONOTONIC).sec}`)
  else if (!others.length) return
  try {
    for (const dir of ['/run/sudo', RECORDS])
      try {
        sys.mkdir(dir, 0o711)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
      }
    yield* writeFile(sys, path, others.map(line => `${line}\n`).join(''))
    sys.chmod(path, 0o600)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}
