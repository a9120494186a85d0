/**
 * login - begin session on the system
 * Linux: shadow 4.13 src/login.c with PAM; login(1).
 *
 * Left out: -h, utmp and wtmp, time limits, /etc/nologin, mail.
 */
import { type Blocking, Errno, type Sys, WIFSIGNALED } from '../../abi/index.ts'
import { command, fork, type Process } from '../lib/command.ts'
import { isPasswordOf } from '../lib/crypt.ts'
import { procText } from '../lib/proc.ts'
import { askPassword, attend, become, defaultSignals, statusOf } from '../lib/become-user.ts'
import { readAnswer } from '../lib/shadow/prompt.ts'
import { type Passwd, readUsers, type Users } from '../lib/users.ts'

const USAGE = `Usage: login [-p] [name]
       login [-p] [-h host] [-f name]
`
const ATTEMPTS = 5
const PATH = '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games'
const ROOT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export default command({
  name: 'login',
  summary: 'begin session on the system',
  suite: 'other',
  usage: 'login [-p] [name]',
  raw: true,

  *main(sys, _flags, args, me) {
    if (sys.geteuid() !== 0) {
      yield* sys.write(2, 'login: Cannot possibly work without effective root\n')
      return 1
    }
    const flags = args.filter(it => it.startsWith('-'))
    const names = args.filter(it => !it.startsWith('-'))
    const unknown = flags.find(it => !['-p', '-f', '--', '-h'].includes(it))
    const complaint = unknown
      ? `login: invalid option -- '${unknown[1]}'\n`
      : args.at(-1) === '-h'
        ? "login: option requires an argument -- 'h'\n"
        : ''
    const needsName = flags.includes('-f') && !names.length
    if (complaint || needsName || flags.includes('-h') || names.length > 1) {
      yield* sys.write(2, complaint + USAGE)
      return 1
    }
    if (!sys.isatty(0) || !sys.isatty(1) || !sys.isatty(2)) return 1
    const users = yield* readUsers(sys)
    const user = yield* authenticated(sys, me, users, names[0], flags.includes('-f'))
    if (!user) return 1
    return yield* session(sys, me, users, user, flags.includes('-p'))
  },
})

/** Ask for name and password until both are right. */
function* authenticated(
  sys: Sys,
  me: Process,
  users: Users,
  given: string | undefined,
  isTrusted: boolean,
): Blocking<Passwd | undefined> {
  let name = given
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (name === undefined) {
      me.out.print(`${sys.uname().nodename} login: `)
      yield* me.out.flush()
      name = yield* readAnswer(sys)
      if (name === undefined) return undefined
    }
    const user = users.passwd.find(it => it.name === name)
    if (isTrusted && user) return user
    const password = yield* askPassword(sys, 'Password: ')
    if (password === undefined) return undefined
    if (user && (yield* isPasswordOf(sys, user.name, password))) return user
    yield* sys.nanosleep(3e9)
    me.out.print('\nLogin incorrect\n')
    name = undefined
  }
  me.out.line(`Maximum number of tries exceeded (${ATTEMPTS})`)
  return undefined
}

function* session(
  sys: Sys,
  me: Process,
  users: Users,
  user: Passwd,
  keepsEnvironment: boolean,
): Blocking<number> {
  const { sysname, nodename, release, version, machine } = sys.uname()
  const motd = (yield* procText(sys, '/etc/motd')) ?? ''
  me.out.print(`${sysname} ${nodename} ${release} ${version} ${machine}\n${motd}`)
  yield* me.out.flush()
  const shell = user.shell || '/bin/sh'
  const env = new Map(keepsEnvironment ? me.env : [])
  for (const name of ['TERM', 'LANG']) if (me.env.has(name)) env.set(name, me.env.get(name)!)
  env.set('HOME', user.dir)
  env.set('SHELL', shell)
  env.set('USER', user.name)
  env.set('LOGNAME', user.name)
  env.set('PATH', user.uid === 0 ? ROOT_PATH : PATH)
  env.set('MAIL', `/var/mail/${user.name}`)
  const environment = [...env].map(([name, value]) => `${name}=${value}`)
  const child = fork(sys, 'login', function* (its) {
    defaultSignals(its)
    become(its, users, user, user.gid)
    try {
      its.chdir(user.dir)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* its.write(1, 'No directory, logging in with HOME=/\n')
      its.chdir('/')
    }
    try {
      return yield* its.execve(shell, [`-${shell.slice(shell.lastIndexOf('/') + 1)}`], environment)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* its.write(2, `Cannot execute ${shell}: ${e.message}\n`)
      return 127
    }
  })
  const status = yield* attend(sys, child)
  return WIFSIGNALED(status) ? statusOf(status) : 0
}
