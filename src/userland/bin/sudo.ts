/**
 * sudo - execute a command as another user
 * Linux: sudo 1.9.13, src/sudo.c, plugins/sudoers; sudo(8), sudoers(5). A set-user-id program.
 *
 * Left out: the pty of use_pty, -e, -A, -C.
 */
import {
  type Blocking,
  Errno,
  isReg,
  O_RDWR,
  type Sys,
  WIFSIGNALED,
  WTERMSIG,
  X_OK,
} from '../../abi/index.ts'
import { command, fork, type Process } from '../lib/command.ts'
import { isPasswordOf } from '../lib/crypt.ts'
import { askPassword, attend, become, defaultSignals, statusOf } from '../lib/become-user.ts'
import { isFresh, type Policy, permission, readPolicy, type Rule, rulesFor, stamp } from '../lib/sudoers.ts'
import { groupId, groupList, type Passwd, readUsers, type Users, userId } from '../lib/users.ts'

const HELP = `sudo - execute a command as another user

usage: sudo -h | -K | -k | -V
usage: sudo -v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]
usage: sudo -l [-ABkNnS] [-g group] [-h host] [-p prompt] [-U user] [-u user]
            [command [arg ...]]
usage: sudo [-ABbEHkNnPS] [-r role] [-t type] [-C num] [-D directory] [-g
            group] [-h host] [-p prompt] [-R directory] [-T timeout] [-u user]
            [VAR=value] [-i | -s] [command [arg ...]]
usage: sudo -e [-ABkNnS] [-r role] [-t type] [-C num] [-D directory] [-g group]
            [-h host] [-p prompt] [-R directory] [-T timeout] [-u user] file ...

Options:
  -A, --askpass                 use a helper program for password prompting
  -b, --background              run command in the background
  -B, --bell                    ring bell when prompting
  -C, --close-from=num          close all file descriptors >= num
  -D, --chdir=directory         change the working directory before running
                                command
  -E, --preserve-env            preserve user environment when running command
      --preserve-env=list       preserve specific environment variables
  -e, --edit                    edit files instead of running a command
  -g, --group=group             run command as the specified group name or ID
  -H, --set-home                set HOME variable to target user's home dir
  -h, --help                    display help message and exit
  -h, --host=host               run command on host (if supported by plugin)
  -i, --login                   run login shell as the target user; a command
                                may also be specified
  -K, --remove-timestamp        remove timestamp file completely
  -k, --reset-timestamp         invalidate timestamp file
  -l, --list                    list user's privileges or check a specific
                                command; use twice for longer format
  -n, --non-interactive         non-interactive mode, no prompts are used
  -P, --preserve-groups         preserve group vector instead of setting to
                                target's
  -p, --prompt=prompt           use the specified password prompt
  -R, --chroot=directory        change the root directory before running command
  -r, --role=role               create SELinux security context with specified
                                role
  -S, --stdin                   read password from standard input
  -s, --shell                   run shell as the target user; a command may
                                also be specified
  -t, --type=type               create SELinux security context with specified
                                type
  -T, --command-timeout=timeout terminate command after the specified time limit
  -U, --other-user=user         in list mode, display privileges for user
  -u, --user=user               run command (or edit file) as specified user
                                name or ID
  -V, --version                 display version information and exit
  -v, --validate                update user's timestamp without running a
                                command
  --                            stop processing command line arguments
`
const USAGE = HELP.slice(HELP.indexOf('usage: sudo -h'), HELP.indexOf('\nOptions:'))
const BUILTINS = new Set(
  'alias bg cd command eval exec exit export fg hash jobs read set shift source trap type ulimit umask unset wait'.split(
    ' ',
  ),
)

/** What the command line asks for. */
interface Plan {
  user: string
  group: string | undefined
  login: boolean
  shell: boolean
  keepEnv: boolean
  keepNames: string[]
  setHome: boolean
  list: number
  validate: boolean
  stdin: boolean
  reset: boolean
  otherUser: string | undefined
  nonInteractive: boolean
  background: boolean
  preserveGroups: boolean
  prompt: string
  dir: string | undefined
  root: string | undefined
  stop: '' | 'help' | 'version'
  assignments: string[]
  args: string[]
}

/** A message that ends sudo; with the usage after it where the command line is wrong. */
class Refused {
  readonly message: string
  readonly usage: boolean
  constructor(message: string, usage: boolean) {
    this.message = message
    this.usage = usage
  }
}

export default command({
  name: 'sudo',
  summary: 'execute a command as another user',
  suite: 'other',
  usage: 'sudo [options] [command [arg ...]]',
  raw: true,

  *main(sys, _flags, args, me) {
    try {
      return yield* run(sys, me, planOf(args))
    } catch (e) {
      if (!(e instanceof Refused)) throw e
      yield* sys.write(2, `${e.message}${e.usage ? USAGE : ''}`)
      return 1
    }
  },
})

const LONG: Readonly<Record<string, string>> = {
  user: 'u',
  group: 'g',
  login: 'i',
  shell: 's',
  'set-home': 'H',
  list: 'l',
  'other-user': 'U',
  'non-interactive': 'n',
  background: 'b',
  'preserve-groups': 'P',
  'preserve-env': 'E',
  prompt: 'p',
  chdir: 'D',
  chroot: 'R',
  help: 'h',
  version: 'V',
  validate: 'v',
  'reset-timestamp': 'k',
  'remove-timestamp': 'K',
  stdin: 'S',
  askpass: 'A',
  bell: 'B',
  'close-from': 'C',
  host: 'h',
  'command-timeout': 'T',
}

function planOf(args: readonly string[]): Plan {
  const plan: Plan = {
    user: 'root',
    group: undefined,
    login: false,
    shell: false,
    keepEnv: false,
    keepNames: [],
    setHome: false,
    list: 0,
    validate: false,
    stdin: false,
    reset: false,
    otherUser: undefined,
    nonInteractive: false,
    background: false,
    preserveGroups: false,
    prompt: '',
    dir: undefined,
    root: undefined,
    stop: '',
    assignments: [],
    args: [],
  }
  let i = 0
  const value = (rest: string | undefined, letter: string): string => {
    const found = rest || args[i++]
    if (found === undefined) throw new Refused(`sudo: option requires an argument -- '${letter}'\n`, true)
    return found
  }
  while (i < args.length) {
    const arg = args[i]!
    if (!arg.startsWith('-') || arg === '-') break
    i++
    if (arg === '--') break
    if (arg.startsWith('--')) {
      const [name, text] = arg.slice(2).split(/=(.*)/s)
      const letter = LONG[name!]
      if (!letter) throw new Refused(`sudo: unrecognized option '${arg}'\n`, true)
      if (name === 'preserve-env' && text !== undefined) plan.keepNames.push(...text.split(','))
      else option(plan, letter, () => value(text, letter))
      continue
    }
    for (let k = 1; k < arg.length; k++) {
      const letter = arg[k]!
      let taken = false
      option(plan, letter, () => {
        taken = true
        return value(arg.slice(k + 1), letter)
      })
      if (taken) break
    }
  }
  while (/^[A-Za-z_]\w*=/.test(args[i] ?? '')) plan.assignments.push(args[i++]!)
  plan.args = args.slice(i)
  return plan
}

function option(plan: Plan, letter: string, value: () => string): void {
  switch (letter) {
    case 'u':
      plan.user = value()
      return
    case 'g':
      plan.group = value()
      return
    case 'i':
      plan.login = true
      return
    case 's':
      plan.shell = true
      return
    case 'E':
      plan.keepEnv = true
      return
    case 'H':
      plan.setHome = true
      return
    case 'l':
      plan.list++
      return
    case 'U':
      plan.otherUser = value()
      return
    case 'n':
      plan.nonInteractive = true
      return
    case 'b':
      plan.background = true
      return
    case 'P':
      plan.preserveGroups = true
      return
    case 'p':
      plan.prompt = value()
      return
    case 'D':
      plan.dir = value()
      return
    case 'R':
      plan.root = value()
      return
    case 'C':
    case 'T':
    case 'r':
    case 't':
      value()
      return
    case 'h':
      plan.stop = 'help'
      return
    case 'V':
      plan.stop = 'version'
      return
    case 'v':
      plan.validate = true
      return
    case 'k':
    case 'K':
      plan.reset = true
      return
    case 'S':
      plan.stdin = true
      return
    case 'A':
    case 'B':
    case 'N':
      return
    default:
      throw new Refused(`sudo: invalid option -- '${letter}'\n`, true)
  }
}

function* run(sys: Sys, me: Process, plan: Plan): Blocking<number> {
  if (plan.stop === 'help') me.out.print(HELP)
  if (plan.stop === 'version')
    me.out.print(
      'Sudo version 1.9.13p3\nSudoers policy plugin version 1.9.13p3\nSudoers file grammar version 50\nSudoers I/O plugin version 1.9.13p3\nSudoers audit plugin version 1.9.13p3\n',
    )
  if (plan.stop && !plan.args.length) return 0
  const isAlone = !plan.args.length && !plan.shell && !plan.login && !plan.list && !plan.validate
  if (isAlone && !plan.reset) throw new Refused('', true)

  const users = yield* readUsers(sys)
  const caller = users.passwd.find(it => it.uid === sys.getuid())
  const target = findTarget(users, plan.user)
  if (!target)
    throw new Refused(
      `sudo: unknown user ${plan.user}\nsudo: error initializing audit plugin sudoers_audit\n`,
      false,
    )
  if (plan.group !== undefined && groupId(users, plan.group.replace(/^#/, '')) === undefined)
    throw new Refused(
      `sudo: unknown group ${plan.group}\nsudo: error initializing audit plugin sudoers_audit\n`,
      false,
    )
  if (!caller) throw new Refused(`sudo: you do not exist in the passwd database\n`, false)

  if (plan.reset) yield* stamp(sys, caller, true)
  if (isAlone) return 0
  const policy = yield* readPolicy(sys)
  const rules = rulesFor(policy, users, caller)
  const securePath = policy.defaults
    .find(it => it.startsWith('secure_path='))
    ?.slice(12)
    .replaceAll('"', '')
  const shell = plan.login ? target.shell : (me.env.get('SHELL') ?? caller.shell)
  const path = plan.login || plan.shell ? shell : plan.args[0] && locate(sys, plan.args[0], securePath)
  if (plan.list || plan.validate || path)
    yield* authorize(sys, plan, users, caller, target, rules, path ?? '')
  if (plan.validate) return 0
  const other = plan.otherUser === undefined ? caller : users.passwd.find(it => it.name === plan.otherUser)
  if (!other) throw new Refused(`sudo: unknown user ${plan.otherUser}\n`, false)
  if (plan.list)
    return listRules(sys, me, plan, policy, rulesFor(policy, users, other), users, other, target, securePath)
  for (const [letter, wanted] of [
    ['D', plan.dir],
    ['R', plan.root],
  ] as const)
    if (wanted !== undefined)
      throw new Refused(
        `sudo: you are not permitted to use the -${letter} option with ${locate(sys, plan.args[0] ?? target.shell, securePath) ?? plan.args[0]}\n`,
        false,
      )
  return yield* launch(sys, me, plan, users, caller, target, securePath)
}

/** A name, or `#1000`; a number without a name will do. */
function findTarget(users: Users, text: string): Passwd | undefined {
  if (!text.startsWith('#')) return users.passwd.find(it => it.name === text)
  const uid = userId(users, text.slice(1))
  if (uid === undefined) return undefined
  return (
    users.passwd.find(it => it.uid === uid) ?? {
      name: text,
      uid,
      gid: 0,
      gecos: '',
      dir: '/',
      shell: '/bin/sh',
    }
  )
}

/** Whether a password is needed: root needs none, nor does who gave it a while ago. */
function* authenticate(sys: Sys, plan: Plan, caller: Passwd): Blocking<void> {
  if (caller.uid === 0 || (!plan.reset && (yield* isFresh(sys, caller)))) return
  if (plan.nonInteractive) throw new Refused('sudo: a password is required\n', false)
  const fd = plan.stdin ? 0 : yield* terminal(sys)
  const prompt = (plan.prompt || '[sudo] password for %p: ').replace(/%[pu]/g, caller.name)
  for (let wrong = 0; wrong < 3; wrong++) {
    const answer = yield* askPassword(sys, prompt, fd)
    if (answer === undefined)
      throw new Refused(`${fd ? '' : '\n'}sudo: no password was provided\n${attempts(wrong)}`, false)
    if (yield* isPasswordOf(sys, caller.name, answer)) return yield* stamp(sys, caller)
    yield* sys.nanosleep(2e9)
    if (wrong < 2) yield* sys.write(2, 'Sorry, try again.\n')
  }
  throw new Refused(attempts(3), false)
}

const attempts = (count: number): string =>
  count
    ? `sudo: ${count} incorrect password attempt${count > 1 ? 's' : ''}\n`
    : 'sudo: a password is required\n'

/** Passwords are typed at the terminal, whatever standard input is. */
function* terminal(sys: Sys): Blocking<number> {
  try {
    return yield* sys.open('/dev/tty', O_RDWR)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    throw new Refused(
      'sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper\nsudo: a password is required\n',
      false,
    )
  }
}

/** Find out whether the caller may, asking for the password where that is needed. */
function* authorize(
  sys: Sys,
  plan: Plan,
  users: Users,
  caller: Passwd,
  target: Passwd,
  rules: readonly Rule[],
  path: string,
): Blocking<void> {
  const host = sys.uname().nodename
  const all = rules.flatMap(rule => rule.permissions)
  if (plan.list || plan.validate) {
    const isFree = plan.list ? all.some(it => it.noPassword) : all.every(it => it.noPassword)
    if (!isFree) yield* authenticate(sys, plan, caller)
    if (!rules.length && !plan.otherUser)
      throw new Refused(`Sorry, user ${caller.name} may not run sudo on ${host}.\n`, false)
    return
  }
  const allowed = permission(rules, users, target, plan.group, path, plan.args.slice(1))
  if (!allowed?.noPassword) yield* authenticate(sys, plan, caller)
  if (allowed) return
  if (!rules.length) throw new Refused(`${caller.name} is not in the sudoers file.\n`, false)
  const command = [path, ...plan.args.slice(1)].join(' ')
  throw new Refused(
    `Sorry, user ${caller.name} is not allowed to execute '${command}' as ${target.name} on ${host}.\n`,
    false,
  )
}

function listRules(
  sys: Sys,
  me: Process,
  plan: Plan,
  policy: Policy,
  rules: readonly Rule[],
  users: Users,
  other: Passwd,
  target: Passwd,
  securePath: string | undefined,
): number {
  if (plan.args.length) {
    const path = locate(sys, plan.args[0]!, securePath)
    if (!path) throw new Refused(`sudo: ${plan.args[0]}: command not found\n`, false)
    if (!permission(rules, users, target, plan.group, path, plan.args.slice(1))) return 1
    me.out.line([path, ...plan.args.slice(1)].join(' '))
    return 0
  }
  const host = sys.uname().nodename
  if (!rules.length) {
    me.out.line(`User ${other.name} is not allowed to run sudo on ${host}.`)
    return 0
  }
  const defaults = policy.defaults.map(it => it.replaceAll('"', '').replaceAll(':', '\\:'))
  me.out.print(`Matching Defaults entries for ${other.name} on ${host}:\n    ${defaults.join(', ')}\n\n`)
  me.out.print(`User ${other.name} may run the following commands on ${host}:\n`)
  for (const it of rules) {
    if (plan.list > 1) me.out.print(entry(it))
    else me.out.line(`    (${it.runas.replace(/\s*:\s*/, ' : ')}) ${it.text}`)
  }
  return 0
}

/** The long form of -ll. */
function entry({ runas, permissions }: Rule): string {
  const [user = '', group] = runas.split(':').map(it => it.trim())
  const options = permissions.some(it => it.noPassword) ? '    Options: !authenticate\n' : ''
  const commands = permissions.map(it => `\t${it.isDenied ? '!' : ''}${it.command}\n`).join('')
  return `\nSudoers entry:\n    RunAsUsers: ${user}\n${group ? `    RunAsGroups: ${group}\n` : ''}${options}    Commands:\n${commands}`
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
  users: Users,
  caller: Passwd,
  target: Passwd,
  securePath: string | undefined,
): Blocking<number> {
  const viaShell = plan.login || plan.shell
  const shell = plan.login ? target.shell : (me.env.get('SHELL') ?? caller.shell)
  const path = viaShell ? shell : locate(sys, plan.args[0]!, securePath)
  if (!path) {
    const name = plan.args[0]!
    const hint = BUILTINS.has(name)
      ? `sudo: "${name}" is a shell built-in command, it cannot be run directly.\nsudo: the -s option may be used to run a privileged shell.\nsudo: the -D option may be used to run a command in a specific directory.\n`
      : ''
    throw new Refused(`sudo: ${name}: command not found\n${hint}`, false)
  }
  const argv0 = shell.slice(shell.lastIndexOf('/') + 1)
  const argv = viaShell
    ? [plan.login ? `-${argv0}` : shell, ...(plan.args.length ? ['-c', escaped(plan.args)] : [])]
    : plan.args
  const shown = viaShell
    ? [path, ...argv.slice(1)].map((it, i, all) =>
        i === all.length - 1 && plan.args.length ? plan.args.join(' ') : it,
      )
    : [path, ...plan.args.slice(1)]
  const environment = environmentFor(me, plan, caller, target, securePath, shown.join(' '), sys)
  const gid = plan.group === undefined ? target.gid : groupId(users, plan.group.replace(/^#/, ''))!
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
  caller: Passwd,
  target: Passwd,
  securePath: string | undefined,
  shown: string,
  sys: Sys,
): string[] {
  const env = new Map<string, string>()
  for (const [name, value] of me.env)
    if (plan.keepEnv || KEPT.includes(name) || name.startsWith('LC_') || plan.keepNames.includes(name))
      env.set(name, value)
  if (plan.login) for (const name of [...env.keys()]) if (!KEPT.includes(name)) env.delete(name)
  env.set(
    'PATH',
    plan.login && target.uid !== 0
      ? '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games'
      : (securePath ?? me.env.get('PATH') ?? ''),
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
