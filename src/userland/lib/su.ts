/**
 * Starting a shell or a command as another user: what su and runuser share.
 * Linux: util-linux login-utils/su-common.c.
 */
import { type Blocking, Errno, signalDescription, type Sys, WIFSIGNALED, WTERMSIG } from '../../abi/index.ts'
import { fatal, type Flags, fork, must, type Options, type Process } from './command.ts'
import { execFailed } from './namespaces.ts'
import { attend, become, defaultSignals, statusOf } from './become-user.ts'
import { groupList, type Passwd, type Users } from './users.ts'

export const SU_OPTIONS = {
  preserveEnvironment: { short: 'mp' },
  whitelistEnvironment: { short: 'w', value: '<list>' },
  group: { short: 'g', value: '<group>' },
  suppGroup: { short: 'G', value: '<group>', repeat: true },
  login: { short: 'l' },
  command: { short: 'c', value: '<command>' },
  sessionCommand: { value: '<command>' },
  fast: { short: 'f' },
  shell: { short: 's', value: '<shell>' },
  pty: { short: 'P' },
} as const satisfies Options
type Given = Flags<typeof SU_OPTIONS>

const PATH = '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games'
const ROOT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The user that is asked for, or the end of the program. */
export function requireUser(users: Users, name: string): Passwd {
  const user = users.passwd.find(it => it.name === name)
  if (user?.dir) return user
  throw fatal(`user ${name} does not exist or the user entry does not contain all the required fields`)
}

/** Become the user and run the shell, with `rest` as its arguments. Gives the exit status. */
export function* runShell(
  sys: Sys,
  me: Process,
  flags: Given,
  users: Users,
  user: Passwd,
  rest: readonly string[],
): Blocking<number> {
  if (flags.login && flags.preserveEnvironment) {
    yield* me.warn("ignoring --preserve-environment, it's mutually exclusive with --login")
    flags.preserveEnvironment = false
  }
  const { gid, more } = groupsFor(flags, users, user)
  const shell =
    flags.shell ?? (flags.preserveEnvironment ? me.env.get('SHELL') : undefined) ?? (user.shell || '/bin/sh')
  const environment = environmentFor(flags, me, user, shell)
  const text = flags.command ?? flags.sessionCommand
  const argv0 = shell.slice(shell.lastIndexOf('/') + 1)
  const argv = [
    flags.login ? `-${argv0}` : argv0,
    ...(flags.fast ? ['-f'] : []),
    ...(text === undefined ? [] : ['-c', text]),
    ...rest,
  ]
  const ownSession = flags.command !== undefined && user.uid !== 0
  const groups = more ?? groupList(users, user.name, gid)
  must('cannot set groups', () => sys.setgroups(groups))
  const child = fork(sys, me.name, its =>
    launch(its, me, {
      shell,
      argv,
      environment,
      ownSession,
      login: flags.login ?? false,
      user,
      become: () => become(its, users, user, gid, groups),
    }),
  )
  const status = yield* attend(sys, child)
  if (WIFSIGNALED(status)) yield* sys.write(2, `${signalDescription(WTERMSIG(status))}\n`)
  return statusOf(status)
}

interface Launch {
  readonly shell: string
  readonly argv: readonly string[]
  readonly environment: readonly string[]
  readonly ownSession: boolean
  readonly login: boolean
  readonly user: Passwd
  readonly become: () => void
}

function* launch(sys: Sys, me: Process, it: Launch): Blocking<number> {
  defaultSignals(sys)
  it.become()
  if (it.ownSession) sys.setsid()
  if (it.login) yield* goHome(sys, me, it.user)
  try {
    return yield* sys.execve(it.shell, it.argv, it.environment)
  } catch (e) {
    throw execFailed(it.shell, e)
  }
}

function* goHome(sys: Sys, me: Process, user: Passwd): Blocking<void> {
  try {
    sys.chdir(user.dir)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(`warning: cannot change directory to ${user.dir}`, e)
  }
}

/** The groups that -g and -G ask for. */
export function groupsFor(
  flags: Given,
  users: Users,
  user: Passwd,
): { gid: number; more: number[] | undefined } {
  const known = (name: string): number => {
    const gid = users.group.find(it => it.name === name)?.gid
    if (gid === undefined) throw fatal(`group ${name} does not exist`)
    return gid
  }
  const supplementary = flags.suppGroup?.map(known)
  const gid = flags.group !== undefined ? known(flags.group) : (supplementary?.[0] ?? user.gid)
  return { gid, more: supplementary ?? (flags.group !== undefined ? [gid] : undefined) }
}

/** Linux: modify_environment(), and what pam_env and pam_mail add. */
function environmentFor(flags: Given, me: Process, user: Passwd, shell: string): string[] {
  const env = new Map(flags.login ? [] : me.env)
  if (flags.login) {
    const kept = ['TERM', 'COLORTERM', 'NO_COLOR', ...(flags.whitelistEnvironment?.split(',') ?? [])]
    for (const name of kept) if (me.env.has(name)) env.set(name, me.env.get(name)!)
    env.set('PATH', user.uid === 0 ? ROOT_PATH : PATH)
  }
  if (!flags.preserveEnvironment) {
    env.set('HOME', user.dir)
    env.set('SHELL', shell)
    if (flags.login || user.uid !== 0) {
      env.set('USER', user.name)
      env.set('LOGNAME', user.name)
    }
  }
  env.set('MAIL', `/var/mail/${user.name}`)
  return [...env].map(([name, value]) => `${name}=${value}`)
}
