/**
 * Users and groups out of /etc/passwd and /etc/group. Linux: getpwnam(3), getgrnam(3), getgrouplist(3).
 *
 * Left out: other sources than files (nsswitch.conf).
 */
import type { Blocking, Sys } from '../../abi/index.ts'
import { procText } from './proc.ts'

/** One line of /etc/passwd. */
export interface Passwd {
  readonly name: string
  readonly password: string
  readonly uid: number
  readonly gid: number
  readonly gecos: string
  readonly dir: string
  readonly shell: string
}

/** One line of /etc/group. */
export interface Group {
  readonly name: string
  readonly gid: number
  readonly members: readonly string[]
}

export function* readPasswd(sys: Sys): Blocking<Passwd[]> {
  const found: Passwd[] = []
  for (const line of ((yield* procText(sys, '/etc/passwd')) ?? '').split('\n')) {
    const [name, password, uid, gid, gecos, dir, shell] = line.split(':')
    if (name && uid !== undefined)
      found.push({
        name,
        password: password ?? '',
        uid: Number(uid),
        gid: Number(gid),
        gecos: gecos ?? '',
        dir: dir || '/',
        shell: shell || '/bin/sh',
      })
  }
  return found
}

export function* readGroups(sys: Sys): Blocking<Group[]> {
  const found: Group[] = []
  for (const line of ((yield* procText(sys, '/etc/group')) ?? '').split('\n')) {
    const [name, , gid, members] = line.split(':')
    if (name && gid !== undefined)
      found.push({ name, gid: Number(gid), members: members ? members.split(',') : [] })
  }
  return found
}

/** Names for numbers, read once. */
export interface Names {
  readonly user: (uid: number) => string
  readonly group: (gid: number) => string
}

/** The names of all users and groups; a number without a name stays a number. */
export function* names(sys: Sys): Blocking<Names> {
  const users = new Map<number, string>()
  const groups = new Map<number, string>()
  for (const it of yield* readPasswd(sys)) if (!users.has(it.uid)) users.set(it.uid, it.name)
  for (const it of yield* readGroups(sys)) if (!groups.has(it.gid)) groups.set(it.gid, it.name)
  return { user: uid => users.get(uid) ?? String(uid), group: gid => groups.get(gid) ?? String(gid) }
}

/** A user by name or number; undefined if there is none. */
export function* findUser(sys: Sys, who: string): Blocking<Passwd | undefined> {
  const all = yield* readPasswd(sys)
  return (
    all.find(it => it.name === who) ??
    (/^\d+$/.test(who) ? all.find(it => it.uid === Number(who)) : undefined)
  )
}

/** The uid of a name or number; undefined for what is neither. */
export function* uidOf(sys: Sys, who: string): Blocking<number | undefined> {
  return (yield* findUser(sys, who))?.uid ?? (/^\d+$/.test(who) ? Number(who) : undefined)
}

/** The gid of a name or number; undefined for what is neither. */
export function* gidOf(sys: Sys, who: string): Blocking<number | undefined> {
  const group = (yield* readGroups(sys)).find(it => it.name === who)
  return group?.gid ?? (/^\d+$/.test(who) ? Number(who) : undefined)
}

/** The groups a user is in, the primary one first. Linux: getgrouplist(3). */
export function* groupsOf(sys: Sys, user: Passwd): Blocking<number[]> {
  const gids = [user.gid]
  for (const it of yield* readGroups(sys))
    if (it.members.includes(user.name) && !gids.includes(it.gid)) gids.push(it.gid)
  return gids
}
