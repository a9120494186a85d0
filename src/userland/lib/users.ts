/** User and group names. Linux: getpwnam(3), getgrnam(3) with the files database. */
import { type Blocking, Errno, type Sys } from '../../abi/index.ts'
import { readFile } from './command.ts'

/** A line of /etc/passwd. */
export interface Passwd {
  readonly name: string
  readonly uid: number
  readonly gid: number
  readonly gecos: string
  readonly dir: string
  readonly shell: string
}

/** A line of /etc/group. */
export interface Group {
  readonly name: string
  readonly gid: number
  readonly members: readonly string[]
}

/** The two files as they were when the program looked. */
export interface Users {
  readonly passwd: readonly Passwd[]
  readonly group: readonly Group[]
}

function* fields(sys: Sys, path: string): Blocking<string[][]> {
  try {
    const text = yield* readFile(sys, path)
    return text
      .split('\n')
      .filter(line => line && !line.startsWith('#'))
      .map(line => line.split(':'))
  } catch (e) {
    if (e instanceof Errno) return []
    throw e
  }
}

/** Read /etc/passwd and /etc/group; missing files have no entries. */
export function* readUsers(sys: Sys): Blocking<Users> {
  const passwd = (yield* fields(sys, '/etc/passwd')).map(f => ({
    name: f[0] ?? '',
    uid: Number(f[2]),
    gid: Number(f[3]),
    gecos: f[4] ?? '',
    dir: f[5] ?? '',
    shell: f[6] ?? '',
  }))
  const group = (yield* fields(sys, '/etc/group')).map(f => ({
    name: f[0] ?? '',
    gid: Number(f[2]),
    members: (f[3] ?? '').split(',').filter(name => name),
  }))
  return { passwd, group }
}

/** The name of a user id; undefined if it has none. */
export const userName = (users: Users, uid: number): string | undefined =>
  users.passwd.find(it => it.uid === uid)?.name

/** The name of a group id; undefined if it has none. */
export const groupName = (users: Users, gid: number): string | undefined =>
  users.group.find(it => it.gid === gid)?.name

/** The ids of the groups a user is in, the primary one first. getgrouplist(3). */
export function groupList(users: Users, name: string, primary: number): number[] {
  const more = users.group.filter(it => it.members.includes(name) && it.gid !== primary).map(it => it.gid)
  return [primary, ...more]
}

const number = (text: string): number | undefined =>
  /^\+?\d+$/.test(text) && Number(text) < 0xffff_ffff ? Number(text) : undefined

/** The id that a user name or number means. */
export const userId = (users: Users, text: string): number | undefined =>
  (text.startsWith('+') ? undefined : users.passwd.find(it => it.name === text)?.uid) ?? number(text)

/** The id that a group name or number means. */
export const groupId = (users: Users, text: string): number | undefined =>
  (text.startsWith('+') ? undefined : users.group.find(it => it.name === text)?.gid) ?? number(text)

/** What `user:group` asks for: -1 leaves one alone. gnulib: parse_user_spec(). */
export function parseOwner(
  users: Users,
  spec: string,
): { uid: number; gid: number } | 'invalid user' | 'invalid group' | 'invalid spec' {
  const colon = spec.indexOf(':')
  const user = colon < 0 ? spec : spec.slice(0, colon)
  const group = colon < 0 ? undefined : spec.slice(colon + 1)
  let uid = -1
  let gid = -1
  if (user) {
    const id = userId(users, user)
    if (id === undefined) return parseDotted(users, spec) ?? (group === '' ? 'invalid spec' : 'invalid user')
    uid = id
    if (group === '') {
      const login = users.passwd.find(it => it.name === user)
      if (!login) return 'invalid spec'
      gid = login.gid
    }
  }
  if (group) {
    const id = groupId(users, group)
    if (id === undefined) return 'invalid group'
    gid = id
  }
  return { uid, gid }
}

/** The obsolete `user.group`. */
function parseDotted(users: Users, spec: string): { uid: number; gid: number } | undefined {
  const dot = spec.indexOf('.')
  if (dot < 0 || spec.includes(':')) return undefined
  const it = parseOwner(users, `${spec.slice(0, dot)}:${spec.slice(dot + 1)}`)
  return typeof it === 'string' ? undefined : it
}
