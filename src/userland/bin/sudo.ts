/**
 * sudo - execute a command as another user
 * Linux: sudo 1.9.13, src/sudo.c, plugins/sudoers; sudo(8), sudoers(5). A set-user-id program.
 *
 * Left out: the pty of use_pty; -C, -D, -R and -T where the rules would allow them.
 */
import {
  type Blocking,
  Errno,
  isReg,
  PR_GET_NO_NEW_PRIVS,
  type Sys,
  WIFSIGNALED,
  WTERMSIG,
  X_OK,
} from '../../abi/index.ts'
import { command, fork, type Process } from '../lib/command.ts'
import { attend, become, defaultSignals, statusOf } from '../lib/become-user.ts'
import { resolveHost } from '../lib/hosts.ts'
import { editFiles } from '../lib/sudo/edit.ts'
import { listRules } from '../lib/sudo/list.ts'
import { HELP, type Plan, planOf, Refused, SUDOEDIT_USAGE, USAGE } from '../lib/sudo/options.ts'
import { authenticate, stamp } from '../lib/sudo/password.ts'
import { type Policy, permission, readPolicy, rulesFor } from '../lib/sudo/policy.ts'
import { groupId, groupList, type Passwd, readUsers, type Users, userId } from '../lib/users.ts'

const BUILTINS = new Set(
  'alias bg cd command eval exec exit export fg hash jobs read set shift source trap type ulimit umask unset wait'.split(
    ' ',
  ),
)

export default command({
  name: 'sudo',
  aliases: ['sudoedit'],
  summary: 'execute a command as another user',
  suite: 'other',
  usage: 'sudo [options] [command [arg ...]]',
  raw: true,

  *main(sys, _flags, args, me) {
    const isSudoedit = me.name.endsWith('sudoedit')
    try {
      yield* checkConf(sys)
      checkSuid(sys, me)
      return yield* run(sys, me, planOf(args, isSudoedit))
    } catch (e) {
      if (!(e instanceof Refused)) throw e
      yield* sys.write(2, `${e.message}${e.usage ? (isSudoedit ? SUDOEDIT_USAGE : USAGE) : ''}`)
      return 1
    }
  },
})

const VERSION = `Sudo version 1.9.13p3
Sudoers policy plugin version 1.9.13p3
Sudoers file grammar version 50
Sudoers I/O plugin version 1.9.13p3
Sudoers audit plugin version 1.9.13p3
`
const NO_AUDIT = 'sudo: error initializing audit plugin sudoers_audit\n'

/** The file of settings has to be root's to count; nothing in it matters here. Linux: sudo_conf.c:sudo_conf_read(). */
function* checkConf(sys: Sys): Blocking<void> {
  try {
    const { uid } = sys.stat('/etc/sudo.conf')
    if (uid !== 0) yield* sys.write(2, `sudo: /etc/sudo.conf is owned by uid ${uid}, should be 0\n`)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}

/** Linux: sudo.c:sudo_check_suid(). What execve(2) did not make root of cannot help anybody. */
function checkSuid(sys: Sys, me: Process): void {
  if (sys.geteuid() === 0) return
  if (sys.prctl(PR_GET_NO_NEW_PRIVS, 0)) throw new Refused(NO_NEW_PRIVS, false)
  const path = me.argv[0]?.includes('/') ? me.argv[0] : '/usr/bin/sudo'
  throw new Refused(`sudo: ${path} must be owned by uid 0 and have the setuid bit set\n`, false)
}

const NO_NEW_PRIVS = `sudo: The "no new privileges" flag is set, which prevents sudo from running as root.
sudo: If sudo is running in a container, you may need to adjust the container configuration to disable the flag.
`

function* run(sys: Sys, me: Process, plan: Plan): Blocking<number> {
  if (plan.stop) me.out.print(plan.stop === 'help' ? HELP : VERSION)
  if (plan.stop) return 0
  const isAlone = !plan.args.length && !plan.shell && !plan.login && !plan.list && !plan.validate
  if (isAlone && !plan.reset) throw new Refused('', true)

  const users = yield* readUsers(sys)
  const caller = users.passwd.find(it => it.uid === sys.getuid())
  if (!caller) throw new Refused(`sudo: you do not exist in the passwd database\n`, false)
  // The file is read once for the messages and once for the plugins.
  yield* checkConf(sys)
  const target = targetOf(users, plan, caller)
  if (plan.reset) yield* stamp(sys, caller, true)
  if (isAlone) return 0
  checkSudoersId(sys)
  const policy = yield* readPolicy(sys)
  yield* resolveOwnHost(sys)
  const securePath = policy.value(caller.name, 'secure_path')
  const path = programOf(sys, me, plan, caller, target, securePath)
  yield* authorize(sys, me, plan, policy, users, caller, target, path ?? plan.args[0] ?? '')
  if (plan.validate) return 0
  if (plan.list) return list(sys, me, plan, policy, users, caller, target, securePath)
  if (plan.edit) return yield* editFiles(sys, me, plan.args, users, caller, target)
  refuseExtras(sys, plan, path)
  if (path === undefined) throw notFound(plan.args[0]!)
  return yield* launch(sys, me, plan, policy, users, caller, target, path)
}

/**
 * sudoers is opened as somebody who is not root, since the file's mode lets its group read it: a user namespace must
 * know that id. Linux: set_perms.c, PERM_SUDOERS.
 */
function checkSudoersId(sys: Sys): void {
  try {
    sys.setresuid(-1, 1, -1)
    sys.setresuid(-1, 0, -1)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    throw new Refused(
      `sudo: PERM_SUDOERS: setresuid(-1, 1, -1): ${e.message}\nsudo: no valid sudoers sources found, quitting\n${NO_AUDIT}`,
      false,
    )
  }
}

/** Rules may be for some hosts only. Linux: sudoers.c:set_fqdn(). */
function* resolveOwnHost(sys: Sys): Blocking<void> {
  const name = sys.uname().nodename
  if (!name) return
  const found = yield* resolveHost(sys, name)
  if (typeof found === 'string') yield* sys.write(2, `sudo: unable to resolve host ${name}: ${found}\n`)
}

/** A group by its name, or by `#` and its number. */
const groupOf = (users: Users, text: string): number | undefined =>
  text.startsWith('#') ? groupId(users, text.slice(1)) : users.group.find(it => it.name === text)?.gid

const isMemberOf = (users: Users, { name, gid }: Passwd, group: string): boolean =>
  groupList(users, name, gid).includes(groupOf(users, group) ?? -1)

/** Whom the command runs as: -u, with -g alone the caller, else root. */
function targetOf(users: Users, plan: Plan, caller: Passwd): Passwd {
  const wanted = plan.user ?? (plan.group === undefined ? 'root' : caller.name)
  const target = findTarget(users, wanted)
  if (!target)
    throw new Refused(`sudo: unknown user ${wanted}\n${wanted.startsWith('#') ? '' : NO_AUDIT}`, false)
  if (plan.group !== undefined && groupOf(users, plan.group) === undefined)
    throw new Refused(`sudo: unknown group ${plan.group}\n${NO_AUDIT}`, false)
  if (plan.timeout !== undefined && !/^(\d+[dhms]?)+$/i.test(plan.timeout))
    throw new Refused(`sudo: ${plan.timeout}: invalid timeout value\n${NO_AUDIT}`, false)
  if (plan.host && !plan.list)
    throw new Refused('sudo: a remote host may only be specified when listing privileges.\n', false)
  return target
}

/** The file that will be executed, as far as there is one. */
function programOf(
  sys: Sys,
  me: Process,
  plan: Plan,
  caller: Passwd,
  target: Passwd,
  securePath: string | undefined,
): string | undefined {
  if (plan.edit) return 'sudoedit'
  if (plan.login) return target.shell
  if (plan.shell) return me.env.get('SHELL') || caller.shell
  return plan.args.length ? locate(sys, plan.args[0]!, securePath) : undefined
}

/** The program's path where another root has it too: it is looked for below that root. */
function rootedPath(sys: Sys, root: string, path: string | undefined): string | undefined {
  try {
    return isReg(sys.stat(`${root}${path}`)) ? path : undefined
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

/** Options that the rules would have to allow expressly. */
function refuseExtras(sys: Sys, plan: Plan, path: string | undefined): void {
  if (plan.dir !== undefined)
    throw new Refused(
      `sudo: you are not permitted to use the -D option with ${path ?? plan.args[0]}\n`,
      false,
    )
  if (plan.root !== undefined)
    throw new Refused(
      `sudo: you are not permitted to use the -R option with ${rootedPath(sys, plan.root, path) ?? plan.args[0]}\n`,
      false,
    )
  if (plan.closeFrom !== undefined && plan.closeFrom !== '3')
    throw new Refused('sudo: you are not permitted to use the -C option\n', false)
  if (plan.timeout !== undefined)
    throw new Refused('sudo: sorry, you are not allowed set a command timeout\n', false)
}

function notFound(name: string): Refused {
  const hint = BUILTINS.has(name)
    ? `sudo: "${name}" is a shell built-in command, it cannot be run directly.\nsudo: the -s option may be used to run a privileged shell.\nsudo: the -D option may be used to run a command in a specific directory.\n`
    : ''
  return new Refused(`sudo: ${name}: command not found\n${hint}`, false)
}

/** A name, or `#1000`. */
function findTarget(users: Users, text: string): Passwd | undefined {
  if (!text.startsWith('#')) return users.passwd.find(it => it.name === text)
  const uid = userId(users, text.slice(1))
  return users.passwd.find(it => it.uid === uid)
}

/** Find out whether the caller may, asking for the password where that is needed. */
function* authorize(
  sys: Sys,
  me: Process,
  plan: Plan,
  policy: Policy,
  users: Users,
  caller: Passwd,
  target: Passwd,
  path: string,
): Blocking<void> {
  const host = sys.uname().nodename
  const rules = rulesFor(policy, users, caller)
  const all = rules.flatMap(rule => rule.permissions)
  const notHere = new Refused(`Sorry, user ${caller.name} may not run sudo on ${host}.\n`, false)
  if (plan.list || plan.validate) {
    if (plan.validate && !rules.length) throw notHere
    const isFree = plan.list ? all.some(it => it.noPassword) : all.every(it => it.noPassword)
    const counts = !isFree && (yield* authenticate(sys, me, plan, policy, caller, target, false))
    if (!rules.length && !plan.otherUser) throw notHere
    if (counts) yield* stamp(sys, caller)
    return
  }
  const allowed = permission(rules, users, caller, target, plan.group, path, plan.args.slice(1))
  const isOwnGroup = plan.group === undefined || isMemberOf(users, caller, plan.group)
  const counts =
    !allowed?.noPassword && (yield* authenticate(sys, me, plan, policy, caller, target, isOwnGroup))
  if (!allowed) {
    if (!rules.length) throw new Refused(`${caller.name} is not in the sudoers file.\n`, false)
    const command = [path, ...plan.args.slice(1)].join(' ')
    throw new Refused(
      `Sorry, user ${caller.name} is not allowed to execute '${command}' as ${target.name} on ${host}.\n`,
      false,
    )
  }
  if (counts) yield* stamp(sys, caller)
  const mayKeep = allowed.setEnv || allowed.command === 'ALL' || policy.flag(caller.name, 'setenv', false)
  if (plan.keepEnv && !mayKeep)
    throw new Refused('sudo: sorry, you are not allowed to preserve the environment\n', false)
}

/** -l: the rules, or whether one command is allowed. */
function list(
  sys: Sys,
  me: Process,
  plan: Plan,
  policy: Policy,
  users: Users,
  caller: Passwd,
  target: Passwd,
  securePath: string | undefined,
): number {
  const other = plan.otherUser === undefined ? caller : users.passwd.find(it => it.name === plan.otherUser)
  if (!other) throw new Refused(`sudo: unknown user ${plan.otherUser}\n`, false)
  const rules = rulesFor(policy, users, other)
  if (!plan.args.length) {
    listRules(me.out, other.name, sys.uname().nodename, policy, rules, plan.list > 1)
    return 0
  }
  const path = locate(sys, plan.args[0]!, securePath)
  if (!path) throw notFound(plan.args[0]!)
  if (!permission(rules, users, other, target, plan.group, path, plan.args.slice(1))) return 1
  me.out.line([path, ...plan.args.slice(1)].join(' '))
  return 0
}

/** Look for the command in secure_path. */
function locate(sys: Sys, name: string, path: string | undefined): string | undefined {
  const candidates = name.includes('/') ? [name] : (path ?? '').split(':').map(dir => `${dir}/${name}`)
  return candidates.find(it => {
    try {
      sys.access(it, X_OK, true)
      return isReg(sys.stat(it))
    } catch (e) {
      if (e instanceof Errno) return false
      throw e
    }
  })
}

/** The shell gets the words as one text, with everything special escaped. */
const escaped = (args: readonly string[]): string =>
  args.map(it => it.replace(/[^A-Za-z0-9_$-]/gu, '\\$&')).join(' ')

function* launch(
  sys: Sys,
  me: Process,
  plan: Plan,
  policy: Policy,
  users: Users,
  caller: Passwd,
  target: Passwd,
  path: string,
): Blocking<number> {
  const viaShell = plan.login || plan.shell
  const shell = path
  const argv0 = shell.slice(shell.lastIndexOf('/') + 1)
  const argv = viaShell
    ? [plan.login ? `-${argv0}` : shell, ...(plan.args.length ? ['-c', escaped(plan.args)] : [])]
    : plan.args
  const shown = viaShell
    ? [path, ...argv.slice(1)].map((it, i, all) =>
        i === all.length - 1 && plan.args.length ? plan.args.join(' ') : it,
      )
    : [path, ...plan.args.slice(1)]
  const environment = environmentFor(me, plan, policy, caller, target, shown.join(' '), sys)
  const gid = plan.group === undefined ? target.gid : groupOf(users, plan.group)!
  const own = groupList(users, target.name, target.gid)
  const groups = plan.preserveGroups
    ? sys.getgroups()
    : plan.group === undefined
      ? own
      : [gid, ...own.filter(it => it !== gid)]
  const child = fork(sys, me.name, function* (its) {
    defaultSignals(its)
    become(its, users, target, gid, groups)
    if (plan.login) its.chdir(target.dir)
    try {
      return yield* its.execve(path, argv, environment)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* its.write(2, `sudo: unable to execute ${path}: ${e.message}\n`)
      return 1
    }
  })
  if (plan.background) return 0
  const status = yield* attend(sys, child)
  if (WIFSIGNALED(status)) yield* sys.kill(sys.getpid(), WTERMSIG(status))
  return statusOf(status)
}

/** Variables that env_reset keeps. */
const KEPT = [
  'LANG',
  'LANGUAGE',
  'LC_ALL',
  'COLORTERM',
  'DISPLAY',
  'COLORS',
  'LS_COLORS',
  'PS1',
  'PS2',
  'TERM',
  'XAUTHORITY',
]

function environmentFor(
  me: Process,
  plan: Plan,
  policy: Policy,
  caller: Passwd,
  target: Passwd,
  shown: string,
  sys: Sys,
): string[] {
  const env = new Map<string, string>()
  const keepsAll = plan.keepEnv || !policy.flag(caller.name, 'env_reset', true)
  const kept = new Set([...KEPT, ...plan.keepNames, ...policy.words(caller.name, 'env_keep')])
  for (const [name, value] of me.env)
    if (keepsAll || kept.has(name) || name.startsWith('LC_')) env.set(name, value)
  if (plan.login) for (const name of [...env.keys()]) if (!kept.has(name)) env.delete(name)
  env.set(
    'PATH',
    plan.login && target.uid !== 0
      ? '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games'
      : (policy.value(caller.name, 'secure_path') ?? me.env.get('PATH') ?? ''),
  )
  if (!plan.keepEnv) env.set('MAIL', `/var/mail/${target.name}`)
  env.set('LOGNAME', target.name)
  env.set('USER', target.name)
  if (!plan.keepEnv || plan.setHome) env.set('HOME', target.dir)
  env.set('SHELL', plan.keepEnv || plan.shell ? (me.env.get('SHELL') ?? target.shell) : target.shell)
  env.set('SUDO_COMMAND', shown)
  env.set('SUDO_USER', caller.name)
  env.set('SUDO_UID', String(sys.getuid()))
  env.set('SUDO_GID', String(sys.getgid()))
  for (const it of plan.assignments) env.set(it.slice(0, it.indexOf('=')), it.slice(it.indexOf('=') + 1))
  return [...env].map(([name, value]) => `${name}=${value}`)
}
