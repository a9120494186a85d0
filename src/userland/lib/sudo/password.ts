/**
 * The password of sudo: who has to give it, where it is asked for, and for how long it counts.
 * Linux: sudo 1.9 plugins/sudoers/{check.c,timestamp.c}, src/tgetpass.c.
 */
import { type Blocking, CLOCK_MONOTONIC, Errno, O_RDWR, type Sys } from '../../../abi/index.ts'
import { askPassword, readLine } from '../become-user.ts'
import { execvp, fork, type Process, writeFile } from '../command.ts'
import { isPasswordOf } from '../crypt.ts'
import { procText } from '../proc.ts'
import { waitFor } from '../namespaces.ts'
import type { Passwd } from '../users.ts'
import { type Plan, Refused } from './options.ts'
import type { Policy } from './policy.ts'

/**
 * Ask for the password unless root calls, the command runs as oneself (in a group of one's own), or it was given a while
 * ago.
 * Gives whether the password counts anew from now on.
 */
export function* authenticate(
  sys: Sys,
  me: Process,
  plan: Plan,
  policy: Policy,
  caller: Passwd,
  target: Passwd,
  isOwnGroup: boolean,
): Blocking<boolean> {
  if (caller.uid === 0 || !policy.flag(caller.name, 'authenticate', true)) return false
  if (target.uid === caller.uid && isOwnGroup && !plan.list && !plan.validate) return false
  if (!plan.reset && (yield* isFresh(sys, policy, caller))) return true
  if (plan.nonInteractive) throw new Refused('sudo: a password is required\n', false)
  const whose = policy.flag(caller.name, 'rootpw', false)
    ? 'root'
    : policy.flag(caller.name, 'targetpw', false)
      ? target.name
      : caller.name
  const prompt = promptFor(sys, me, plan, policy, { p: whose, u: caller.name, U: target.name })
  const fd = plan.stdin || plan.askpass ? 0 : yield* terminal(sys)
  const tries = Number(policy.value(caller.name, 'passwd_tries') ?? 3)
  for (let wrong = 0; wrong < tries; wrong++) {
    const answer = plan.askpass ? yield* fromAskpass(sys, me, prompt) : yield* askPassword(sys, prompt, fd)
    if (answer === undefined)
      throw new Refused(`${fd ? '' : '\n'}sudo: no password was provided\n${attempts(wrong)}`, false)
    if (yield* isPasswordOf(sys, whose, answer)) return true
    yield* sys.nanosleep(2e9)
    if (wrong < tries - 1)
      yield* sys.write(2, `${policy.value(caller.name, 'badpass_message') ?? 'Sorry, try again.'}\n`)
  }
  throw new Refused(attempts(tries), false)
}

/** The prompt with its %-escapes replaced. */
function promptFor(
  sys: Sys,
  me: Process,
  plan: Plan,
  policy: Policy,
  names: { p: string; u: string; U: string },
): string {
  const wanted =
    plan.prompt ||
    me.env.get('SUDO_PROMPT') ||
    policy.value(names.u, 'passprompt') ||
    '[sudo] password for %p: '
  const host = sys.uname().nodename
  const values: Readonly<Record<string, string>> = { ...names, h: host, H: host, '%': '%' }
  return wanted.replace(/%([puUhH%])/g, (_, letter: string) => values[letter]!)
}

/** The first line that the program of SUDO_ASKPASS prints. */
function* fromAskpass(sys: Sys, me: Process, prompt: string): Blocking<string | undefined> {
  const program = me.env.get('SUDO_ASKPASS')
  if (!program) throw new Refused('sudo: no askpass program specified, try setting SUDO_ASKPASS\n', false)
  const [from, to] = sys.pipe2(0)
  const child = fork(sys, 'sudo', function* (its) {
    its.dup2(to, 1)
    its.close(from)
    its.setuid(its.getuid())
    return yield* execvp(its, [program, prompt], me.envp)
  })
  sys.close(to)
  const line = yield* readLine(sys, from)
  sys.close(from)
  yield* waitFor(sys, child, 0)
  return line
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

// ---- How long a password counts

const RECORDS = '/run/sudo/ts'
const MINUTES = 15

/** A password counts for the session it was typed in. */
const record = (sys: Sys): string => `sid ${sys.getsid(0)}`

function* isFresh(sys: Sys, policy: Policy, user: Passwd): Blocking<boolean> {
  const now = sys.clock_gettime(CLOCK_MONOTONIC).sec
  const limit = 60 * Number(policy.value(user.name, 'timestamp_timeout') ?? MINUTES)
  for (const line of ((yield* procText(sys, `${RECORDS}/${user.name}`)) ?? '').split('\n')) {
    const cut = line.lastIndexOf(' ')
    if (line.slice(0, cut) === record(sys) && now - Number(line.slice(cut + 1)) < limit) return true
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
