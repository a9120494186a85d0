/**
 * The rules of sudo: /etc/sudoers and what it includes, and who may run what as whom.
 * Linux: sudo 1.9 plugins/sudoers/{gram.y,match.c,alias.c}; sudoers(5).
 *
 * Left out: Defaults for hosts, commands and targets, netgroups, digests, patterns with classes, insults.
 */
import { type Blocking, Errno, type Sys } from '../../../abi/index.ts'
import { readDir } from '../command.ts'
import { fnmatch } from '../fnmatch.ts'
import { procText } from '../proc.ts'
import { groupList, type Passwd, type Users } from '../users.ts'

/** One command of a rule, with the tags that hold for it. */
export interface Permission {
  readonly isDenied: boolean
  readonly noPassword: boolean
  /** Whether PASSWD or NOPASSWD was written before it. */
  readonly isTagged: boolean
  readonly setEnv: boolean
  readonly noExec: boolean
  readonly command: string
}

/** One line: who may run what as whom; aliases are replaced by what they stand for. */
export interface Rule {
  readonly who: readonly string[]
  readonly runas: string
  readonly permissions: readonly Permission[]
}

/** All rules of this host, and the settings. */
export class Policy {
  readonly rules: readonly Rule[]
  readonly #defaults: readonly { user: string | undefined; text: string }[]

  constructor(rules: readonly Rule[], defaults: readonly { user: string | undefined; text: string }[]) {
    this.rules = rules
    this.#defaults = defaults
  }

  /** The settings that hold for a user, as written. */
  defaultsFor(user: string): string[] {
    return this.#defaults.filter(it => it.user === undefined || it.user === user).map(it => it.text)
  }

  /** Whether a flag is set for a user. */
  flag(user: string, name: string, otherwise: boolean): boolean {
    const last = this.defaultsFor(user).findLast(it => it === name || it === `!${name}`)
    return last === undefined ? otherwise : last === name
  }

  /** The value of a setting for a user. */
  value(user: string, name: string): string | undefined {
    const last = this.defaultsFor(user).findLast(it => it.startsWith(`${name}=`))
    return last?.slice(name.length + 1).replace(/^"(.*)"$/, '$1')
  }

  /** The words that `name += "…"` adds up to. */
  words(user: string, name: string): string[] {
    const added = this.defaultsFor(user).map(
      it => new RegExp(`^${name}\\s*\\+?=\\s*"?([^"]*)"?$`).exec(it)?.[1],
    )
    return added.flatMap(it => it?.split(/\s+/) ?? []).filter(it => it)
  }
}

const ALIAS = /^(User|Runas|Host|Cmnd|Cmd)_Alias\s+(.*)$/

/** Read /etc/sudoers; what is wrong with it is said on standard error, and the rest counts. */
export function* readPolicy(sys: Sys): Blocking<Policy> {
  const lines = yield* policyLines(sys, '/etc/sudoers')
  const aliases = new Map<string, string[]>()
  for (const line of lines)
    for (const it of ALIAS.exec(line)?.[2]?.split(/\s+:\s+/) ?? []) {
      const [name = '', words = ''] = it.split(/\s*=\s*(.*)/s)
      aliases.set(name.trim(), list(words))
    }
  const expand = (word: string): string[] => aliases.get(word)?.flatMap(expand) ?? [word]
  const expanded = (text: string): string[] => list(text).flatMap(expand)
  const defaults: { user: string | undefined; text: string }[] = []
  const rules: Rule[] = []
  for (const line of lines) {
    const setting = /^Defaults(?::(\S+))?\s+(.*)$/.exec(line)
    for (const text of setting ? settings(setting[2]!) : [])
      for (const user of setting?.[1] === undefined ? [undefined] : expanded(setting[1]))
        defaults.push({ user, text })
    const rule = /^(\S+(?:\s*,\s*\S+)*)\s+(\S+(?:\s*,\s*\S+)*?)\s*=\s*(?:\(([^)]*)\)\s*)?(.+)$/.exec(line)
    if (setting || !rule || ALIAS.test(line)) continue
    const [, who = '', hosts = '', runas = 'root', text = ''] = rule
    if (!expanded(hosts).some(it => it === 'ALL' || it === sys.uname().nodename)) continue
    const target = runas.split(':').map(part => expanded(part).join(', '))
    rules.push({ who: expanded(who), runas: target.join(' : '), permissions: permissionsOf(text, expand) })
  }
  return new Policy(rules, defaults)
}

const list = (text: string): string[] =>
  text
    .split(/(?<!\\),/)
    .map(it => it.trim())
    .filter(it => it)

/** Settings stand between commas that are not in quotes. */
const settings = (text: string): string[] =>
  (text.match(/(?:"[^"]*"|[^,"])+/g) ?? []).map(it => it.trim().replace(/\s*(\+?=)\s*/, '$1'))

const TAGS: Readonly<Record<string, Partial<Permission>>> = {
  NOPASSWD: { noPassword: true, isTagged: true },
  PASSWD: { noPassword: false, isTagged: true },
  SETENV: { setEnv: true },
  NOSETENV: { setEnv: false },
  NOEXEC: { noExec: true },
  EXEC: { noExec: false },
}

/** Commands in a list; a tag holds until another one takes it back. */
function permissionsOf(text: string, expand: (word: string) => string[]): Permission[] {
  let tags = { noPassword: false, isTagged: false, setEnv: false, noExec: false }
  return list(text).flatMap(part => {
    let rest = part
    for (let tag = /^([A-Z_]+)\s*:\s*/.exec(rest); tag; tag = /^([A-Z_]+)\s*:\s*/.exec(rest)) {
      tags = { ...tags, ...TAGS[tag[1]!] }
      rest = rest.slice(tag[0].length)
    }
    const isDenied = rest.startsWith('!')
    return expand(rest.replace(/^!\s*/, '')).map(command => ({ ...tags, isDenied, command }))
  })
}

/** The lines of a file that say something, with those of the files it includes. */
function* policyLines(sys: Sys, path: string): Blocking<string[]> {
  const found: string[] = []
  if (yield* isUnsafe(sys, path)) return found
  const text = ((yield* procText(sys, path)) ?? '').replace(/\\\n/g, ' ')
  for (const [i, raw] of text.split('\n').entries()) {
    const include = /^[@#]include(dir)?\s+(\S+)/.exec(raw)
    if (include)
      found.push(...(yield* include[1] ? includedLines(sys, include[2]!) : policyLines(sys, include[2]!)))
    const wrong = mistake(raw)
    if (wrong) yield* sys.write(2, complaint(path, i + 1, raw, wrong))
    const line = raw.replace(/(^|\s)#(?!\d).*$/, '').trim()
    if (line && !wrong && !/^[@#]/.test(line)) found.push(line)
  }
  return found
}

/** A file that others may write does not count. */
function* isUnsafe(sys: Sys, path: string): Blocking<boolean> {
  try {
    const { mode, uid } = sys.stat(path)
    const why = uid !== 0 ? `owned by uid ${uid}, should be 0` : mode & 0o002 ? 'world writable' : undefined
    if (why === undefined) return false
    yield* sys.write(2, `sudo: ${path} is ${why}\n`)
    return true
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return true
  }
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

/** Where a line stops being a rule, a setting or an alias. */
export function mistake(line: string): { at: number; length: number } | undefined {
  if (/^\s*([#@]|$)|^Defaults|^(User|Runas|Host|Cmnd|Cmd)_Alias\s/.test(line)) return undefined
  if (/^\s*[^\s:=]+(\s*,\s*[^\s:=]+)*\s+[^\s:=]+(\s*,\s*[^\s:=]+)*\s*=/.test(line)) return undefined
  const words = [...line.matchAll(/[^\s:=]+|[:=]/g)]
  const odd = words.find((it, i) => it[0] === ':' || i === 2)
  return odd ? { at: odd.index, length: odd[0].length } : { at: line.length, length: 1 }
}

/** The message of the parser, with the place below the line. */
export const complaint = (
  path: string,
  number: number,
  line: string,
  { at, length }: { at: number; length: number },
): string =>
  `${path}:${number}:${at + 1}: syntax error\n${line}\n${' '.repeat(at)}^${'~'.repeat(length - 1)}\n`

/** Whether a word of a rule means this user: a name, #uid, %group or ALL. */
function isMeant(word: string, users: Users, user: Passwd): boolean {
  if (word === 'ALL' || word === user.name || word === `#${user.uid}`) return true
  if (!word.startsWith('%')) return false
  const gids = groupList(users, user.name, user.gid)
  return gids.some(gid => users.group.find(it => it.gid === gid)?.name === word.slice(1))
}

export const rulesFor = (policy: Policy, users: Users, user: Passwd): Rule[] =>
  policy.rules.filter(rule => rule.who.some(word => isMeant(word, users, user)))

/** A group of the target's own need not be in the rules. Linux: match.c:runaslist_matches(). */
function isGroupOf(users: Users, target: Passwd, group: string): boolean {
  const gid = users.group.find(it => it.name === group || `#${it.gid}` === group)?.gid
  return gid !== undefined && groupList(users, target.name, target.gid).includes(gid)
}

/** The last permission that fits, if it is none to deny. */
export function permission(
  rules: readonly Rule[],
  users: Users,
  caller: Passwd,
  target: Passwd,
  group: string | undefined,
  path: string,
  args: readonly string[],
): Permission | undefined {
  let found: Permission | undefined
  for (const rule of rules) {
    const [asUser = '', asGroup] = rule.runas.split(':').map(it => it.trim())
    // -g alone: the command runs as the caller, in another group
    const isSelf = group !== undefined && target.uid === caller.uid
    if (!isSelf && !list(asUser || 'root').some(word => isMeant(word, users, target))) continue
    const isListed = list(asGroup ?? '').some(word => word === 'ALL' || word === group)
    if (group !== undefined && !isListed && !isGroupOf(users, target, group)) continue
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
