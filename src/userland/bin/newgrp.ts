/**
 * newgrp - log in to a new group; sg - execute command as different group ID
 * Linux: shadow 4.13 src/newgrp.c; newgrp(1), sg(1). A set-user-id program.
 *
 * Left out: logging.
 */
import { type Blocking, Errno, type Sys } from '../../abi/index.ts'
import { command, type Process } from '../lib/command.ts'
import { isPassword } from '../lib/crypt.ts'
import { askPassword } from '../lib/become-user.ts'
import { readAccounts } from '../lib/shadow/files.ts'
import { type Passwd, readUsers } from '../lib/users.ts'

export default command({
  name: 'newgrp',
  aliases: ['sg'],
  summary: 'log in to a new group',
  suite: 'other',
  usage: 'newgrp [-] [group]',
  raw: true,

  *main(sys, _flags, args, me) {
    const isSg = me.name.endsWith('sg')
    const name = isSg ? 'sg' : 'newgrp'
    const rest = [...args]
    const isLogin = rest[0] === '-' || rest[0] === '-l'
    if (isLogin) rest.shift()
    if (rest[0]?.startsWith('-') || (isSg && !rest.length)) {
      yield* sys.write(2, isSg ? 'Usage: sg group [[-c] command]\n' : 'Usage: newgrp [-] [group]\n')
      return 1
    }
    const users = yield* readUsers(sys)
    const user = users.passwd.find(it => it.uid === sys.getuid())
    if (!user) {
      yield* sys.write(2, `${name}: Cannot determine your user name.\n`)
      return 1
    }
    const wanted = rest.shift()
    const group =
      wanted === undefined
        ? users.group.find(it => it.gid === user.gid)
        : users.group.find(it => it.name === wanted || String(it.gid) === wanted)
    if (!group) {
      yield* sys.write(2, `${name}: group '${wanted ?? user.gid}' does not exist\n`)
      return 1
    }
    const isMember =
      user.gid === group.gid || group.members.includes(user.name) || sys.getgroups().includes(group.gid)
    if (sys.getuid() !== 0 && !isMember && !(yield* mayEnter(sys, group.name))) {
      yield* sys.write(2, 'Invalid password.\n')
      return 1
    }
    enter(sys, group.gid)
    if (rest[0] === '-c') rest.shift()
    return yield* start(sys, me, user, isLogin, isSg ? rest[0] : undefined)
  },
})

/** Groups have passwords too, in gshadow. */
function* mayEnter(sys: Sys, group: string): Blocking<boolean> {
  const stored = (yield* readAccounts(sys)).gshadow.get(group)?.[1] ?? '!'
  const answer = yield* askPassword(sys, 'Password: ')
  if (answer !== undefined && stored !== '' && isPassword(answer, stored)) return true
  yield* sys.nanosleep(1e9)
  return false
}

function enter(sys: Sys, gid: number): void {
  const groups = new Set([...sys.getgroups(), gid])
  sys.setgroups([...groups].sort((a, b) => a - b))
  sys.setgid(gid)
  sys.setuid(sys.getuid())
}

function* start(
  sys: Sys,
  me: Process,
  user: Passwd,
  isLogin: boolean,
  text: string | undefined,
): Blocking<number> {
  const shell = user.shell || '/bin/sh'
  const base = shell.slice(shell.lastIndexOf('/') + 1)
  try {
    if (text !== undefined) return yield* sys.execve('/bin/sh', ['sh', '-c', text], me.envp)
    if (isLogin) sys.chdir(user.dir)
    return yield* sys.execve(shell, [isLogin ? `-${base}` : base], me.envp)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* sys.write(2, `${shell}: ${e.message}\n`)
    return 127
  }
}
