/**
 * capsh - capability shell wrapper
 * Linux: libcap progs/capsh.c; capsh(1). Its arguments are carried out one after the other.
 *
 * Left out: secure bits, modes but the first, the texts of --explain, --suggest, --forkfor and --killit.
 */
import {
  type Blocking,
  Errno,
  PR_CAP_AMBIENT,
  PR_CAP_AMBIENT_CLEAR_ALL,
  PR_CAP_AMBIENT_LOWER,
  PR_CAP_AMBIENT_RAISE,
  PR_CAPBSET_DROP,
  PR_GET_NO_NEW_PRIVS,
  PR_SET_KEEPCAPS,
  PR_SET_NO_NEW_PRIVS,
  type Sys,
} from '../../abi/index.ts'
import { command, type Process } from '../lib/command.ts'
import { procText, readProc } from '../lib/proc.ts'
import { capName, capNames, capNumber, capsText, iabText, parseCaps } from '../lib/capabilities.ts'
import { groupName, readUsers, userName } from '../lib/users.ts'

const HELP = `usage: capsh [args ...]
  --addamb=xxx   add xxx,... capabilities to ambient set
  --cap-uid=<n>  use libcap cap_setuid() to change uid
  --caps=xxx     set caps as per cap_from_text()
  --chroot=path  chroot(2) to this path
  --current      show current caps and IAB vectors
  --decode=xxx   decode a hex string to a list of caps
  --delamb=xxx   remove xxx,... capabilities from ambient
  --drop=xxx     drop xxx,... caps from bounding set
  --explain=xxx  explain what capability xxx permits
  --forkfor=<n>  fork and make child sleep for <n> sec
  --gid=<n>      set gid to <n> (hint: id <username>)
  --groups=g,... set the supplemental groups
  --has-a=xxx    exit 1 if capability xxx not ambient
  --has-b=xxx    exit 1 if capability xxx not dropped
  --has-ambient  exit 1 unless ambient vector supported
  --has-i=xxx    exit 1 if capability xxx not inheritable
  --has-p=xxx    exit 1 if capability xxx not permitted
  --has-no-new-privs  exit 1 if privs not limited
  --help, -h     this message (or try 'man capsh')
  --iab=...      use cap_iab_from_text() to set iab
  --inh=xxx      set xxx,.. inheritable set
  --inmode=<xxx> exit 1 if current mode is not <xxx>
  --is-uid=<n>   exit 1 if uid != <n>
  --is-gid=<n>   exit 1 if gid != <n>
  --keep=<n>     set keep-capability bit to <n>
  --killit=<n>   send signal(n) to child
  --license      display license info
  --mode         display current libcap mode
  --mode=<xxx>   set libcap mode to <xxx>
  --modes        list libcap named modes
  --no-new-privs set sticky process privilege limiter
  --noamb        reset (drop) all ambient capabilities
  --noenv        no fixup of env vars (for --user)
  --print        display capability relevant state
  --quiet        if first argument skip max cap check
  --secbits=<n>  write a new value for securebits
  --shell=/xx/yy use /xx/yy instead of /bin/bash for --
  --strict       toggle --caps, --drop and --inh fixups
  --suggest=text search cap descriptions for text
  --supports=xxx exit 1 if capability xxx unsupported
  --uid=<n>      set uid to <n> (hint: id <username>)
  --user=<name>  set uid,gid and groups to that of user
  ==             re-exec(capsh) with args as for --
  =+             cap_launch capsh with args as for -+
  --             remaining arguments are for /bin/bash
  -+             cap_launch /bin/bash with remaining args
                 (without -- [capsh] will simply exit(0))
`

/** A step that failed: what to print, the status. */
class Failed {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

export default command({
  name: 'capsh',
  summary: 'capability shell wrapper',
  suite: 'other',
  usage: 'capsh [args ...]',
  help: HELP,
  raw: true,

  *main(sys, _flags, args, me) {
    let shell = '/bin/bash'
    try {
      for (let i = 0; i < args.length; i++) {
        const arg = args[i]!
        if (arg === '--') {
          yield* me.out.flush()
          return yield* run(sys, shell, args.slice(i + 1), me.envp)
        }
        if (arg === '==') {
          yield* me.out.flush()
          return yield* run(sys, '/usr/sbin/capsh', args.slice(i + 1), me.envp)
        }
        if (arg.startsWith('--shell=')) shell = arg.slice(8)
        else if (arg === '--help' || arg === '-h') return printed(me, HELP)
        else if (!(yield* step(sys, me, arg))) return yield* wrong(sys)
      }
    } catch (e) {
      if (!(e instanceof Failed)) throw e
      yield* me.out.flush()
      yield* sys.write(2, e.message)
      return 1
    }
    return 0
  },
})

function printed(me: Process, text: string): number {
  me.out.print(text)
  return 0
}

function* wrong(sys: Sys): Blocking<number> {
  yield* sys.write(2, HELP)
  return 1
}

function* run(sys: Sys, shell: string, args: readonly string[], envp: readonly string[]): Blocking<number> {
  try {
    return yield* sys.execve(shell, [shell, ...args], envp)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    throw new Failed(`execve '${shell}' failed!\n`)
  }
}

const attempt = (message: (why: string) => string, act: () => void): void => {
  try {
    act()
  } catch (e) {
    if (e instanceof Errno) throw new Failed(message(e.message))
    throw e
  }
}

/** One argument; false if it is none of capsh's. */
function* step(sys: Sys, me: Process, arg: string): Blocking<boolean> {
  const equals = arg.indexOf('=')
  const name = equals < 0 ? arg : arg.slice(0, equals)
  const value = equals < 0 ? '' : arg.slice(equals + 1)
  switch (name) {
    case '--print':
      yield* print(sys, me)
      return true
    case '--current':
      yield* current(sys, me)
      return true
    case '--drop':
      for (const cap of value === 'all' ? allNumbers() : numbers(value)) drop(sys, cap)
      return true
    case '--caps': {
      const caps = parseCaps(value)
      if (!caps) throw new Failed(`unable to interpret [${arg}]\n`)
      attempt(
        why => `Unable to set capabilities [${value}]\n`.replace('%', why),
        () => sys.capset(caps),
      )
      return true
    }
    case '--inh': {
      const caps = sys.capget(0)
      if (value.split(',').some(it => capNumber(it) === undefined))
        throw new Failed('Fatal error internalizing capabilities: Invalid argument\n')
      const inheritable = numbers(value).reduce((set, cap) => set | (1n << BigInt(cap)), 0n)
      attempt(
        () => 'unable to set inheritable capabilities\n',
        () => sys.capset({ ...caps, inheritable }),
      )
      return true
    }
    case '--addamb':
    case '--delamb':
      for (const cap of numbers(value))
        attempt(
          () => `failed to ${name === '--addamb' ? 'raise' : 'lower'} ambient [${value}=${cap}]\n`,
          () =>
            sys.prctl(PR_CAP_AMBIENT, name === '--addamb' ? PR_CAP_AMBIENT_RAISE : PR_CAP_AMBIENT_LOWER, cap),
        )
      return true
    case '--noamb':
      sys.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
      return true
    case '--uid':
      attempt(
        why => `Failed to set uid=${value}: ${why}\n`,
        () => sys.setuid(Number(value)),
      )
      return true
    case '--gid':
      attempt(
        why => `Failed to set gid=${value}: ${why}\n`,
        () => sys.setgid(Number(value)),
      )
      attempt(
        () => '',
        () => sys.setgroups([Number(value)]),
      )
      return true
    case '--groups':
      attempt(
        why => `Failed to setgroups: ${why}\n`,
        () => sys.setgroups(value.split(',').map(Number)),
      )
      return true
    case '--user':
      yield* becomeUser(sys, value)
      return true
    case '--chroot':
      attempt(
        () => `Unable to chroot/chdir to [${value}]`,
        () => {
          sys.chroot(value)
          sys.chdir('/')
        },
      )
      return true
    case '--keep':
      attempt(
        why => `prctl(PR_SET_KEEPCAPS, ${value}) failed: ${why}\n`,
        () => sys.prctl(PR_SET_KEEPCAPS, Number(value)),
      )
      return true
    case '--no-new-privs':
      sys.prctl(PR_SET_NO_NEW_PRIVS, 1)
      return true
    case '--decode': {
      if (equals < 0) return false
      const digits = /^(?:0x)?([0-9a-f]*)/i.exec(value)?.[1]
      const set = BigInt.asUintN(64, BigInt(`0x${digits || '0'}`))
      me.out.line(`0x${set.toString(16).padStart(16, '0')}=${capNames(set)}`)
      return true
    }
    case '--has-p':
    case '--has-i':
    case '--has-b':
    case '--has-a':
      return yield* holds(sys, name, value)
    case '--is-uid':
      if (sys.getuid() !== Number(value)) throw new Failed(`uid: got=${sys.getuid()}, want=${value}\n`)
      return true
    case '--is-gid':
      if (sys.getgid() !== Number(value)) throw new Failed(`gid: got=${sys.getgid()}, want=${value}\n`)
      return true
    case '--mode':
      if (equals >= 0 && value !== 'HYBRID') throw new Failed(`unsupported mode: ${value}\n`)
      if (equals < 0) me.out.line('Mode: HYBRID')
      return true
    case '--modes':
      me.out.line('Supported modes: HYBRID')
      return true
    case '--explain':
      explain(me, value)
      return true
    case '--iab':
      setIab(sys, value)
      return true
    case '--has-ambient':
      return true
    case '--has-no-new-privs':
      if (!sys.prctl(PR_GET_NO_NEW_PRIVS, 0)) throw new Failed('no-new-privs not set\n')
      return true
    case '--killit':
      throw new Failed('no forked process to kill\n')
    case '--supports':
      if (capNumber(value) === undefined) throw new Failed(`cap[${value}] not recognized by library\n`)
      return true
    case '--strict':
    case '--quiet':
    case '--noenv':
      return true
    default:
      return false
  }
}

/** Which capability a name or a number is, and its bit in /proc. */
function explain(me: Process, value: string): void {
  const cap = capNumber(value)
  if (cap === undefined) throw new Failed(`unrecognised value '${value}'\n`)
  const bit = (1n << BigInt(cap)).toString(16).padStart(16, '0')
  me.out.line(`${capName(cap)} (${cap}) [/proc/self/status:CapXXX: 0x${bit}]\n`)
}

/** `cap_x` inheritable, `^cap_x` ambient too, `!cap_x` out of the bounding set, `%cap_x` both. */
function setIab(sys: Sys, text: string): void {
  const entries = text
    .split(',')
    .filter(it => it)
    .map(it => /^([!^%]*)(.*)$/.exec(it)!)
    .map(([, marks, name]) => ({ marks: marks!, cap: capNumber(name!) }))
  if (entries.some(it => it.cap === undefined)) throw new Failed(`iab: '${text}' malformed\n`)
  const inherited = entries.filter(it => it.marks !== '!')
  const inheritable = inherited.reduce((set, it) => set | (1n << BigInt(it.cap!)), 0n)
  attempt(
    why => `unable to set IAB tuple: ${why}\n`,
    () => {
      sys.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
      sys.capset({ ...sys.capget(0), inheritable })
      for (const { marks, cap } of entries) {
        if (marks.includes('^')) sys.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, cap)
        if (/[!%]/.test(marks)) sys.prctl(PR_CAPBSET_DROP, cap!)
      }
    },
  )
}

const allNumbers = (): number[] => Array.from({ length: 41 }, (_, cap) => cap)

function numbers(list: string): number[] {
  return list.split(',').map(name => {
    const cap = capNumber(name)
    if (cap === undefined) throw new Failed(`capability [${name}] is unknown to libcap\n`)
    return cap
  })
}

function drop(sys: Sys, cap: number): void {
  attempt(
    why => `unable to raise CAP_SETPCAP for BSET changes: ${why}\n`,
    () => sys.prctl(PR_CAPBSET_DROP, cap),
  )
}

const HOLDERS: Readonly<Record<string, string>> = {
  '--has-p': 'permitted',
  '--has-i': 'inheritable',
  '--has-b': 'in bounding set',
  '--has-a': 'in ambient vector',
}

function* holds(sys: Sys, option: string, name: string): Blocking<boolean> {
  const cap = capNumber(name)
  if (cap === undefined) throw new Failed(`cap[${name}] not recognized by library\n`)
  const caps = sys.capget(0)
  const set =
    option === '--has-p'
      ? caps.permitted
      : option === '--has-i'
        ? caps.inheritable
        : yield* statusSet(sys, option === '--has-a' ? 'CapAmb' : 'CapBnd')
  if (!((set >> BigInt(cap)) & 1n)) throw new Failed(`cap[${name}] not ${HOLDERS[option]}\n`)
  return true
}

function* becomeUser(sys: Sys, name: string): Blocking<void> {
  const users = yield* readUsers(sys)
  const user = users.passwd.find(it => it.name === name)
  if (!user) throw new Failed(`User [${name}] not known\n`)
  attempt(
    why => `Unable to set group list for user: ${why}\n`,
    () => {
      sys.setgroups([user.gid])
      sys.setgid(user.gid)
      sys.prctl(PR_SET_KEEPCAPS, 1)
      sys.setuid(user.uid)
    },
  )
}

function* statusSet(sys: Sys, field: string): Blocking<bigint> {
  const it = yield* readProc(sys, sys.getpid())
  return BigInt(`0x${it?.status.get(field) ?? '0'}`)
}

function* current(sys: Sys, me: Process): Blocking<void> {
  me.out.line(`Current: ${capsText(sys.capget(0))}`)
  const [inheritable, ambient, bounding] = [
    yield* statusSet(sys, 'CapInh'),
    yield* statusSet(sys, 'CapAmb'),
    yield* statusSet(sys, 'CapBnd'),
  ]
  me.out.line(`Current IAB: ${iabText(inheritable, ambient, bounding)}`)
}

function* print(sys: Sys, me: Process): Blocking<void> {
  const users = yield* readUsers(sys)
  const bounding = yield* statusSet(sys, 'CapBnd')
  const ambient = yield* statusSet(sys, 'CapAmb')
  const user = (uid: number): string => `${uid}(${userName(users, uid) ?? '???'})`
  me.out.line(`Current: ${capsText(sys.capget(0))}`)
  me.out.line(`Bounding set =${capNames(bounding)}`)
  me.out.line(`Ambient set =${capNames(ambient)}`)
  me.out.line(`Current IAB: ${iabText(yield* statusSet(sys, 'CapInh'), ambient, bounding)}`)
  const nnp = ((yield* procText(sys, '/proc/self/status')) ?? '').includes('NoNewPrivs:\t1') ? 1 : 0
  me.out.line(`Securebits: 00/0x0/1'b0 (no-new-privs=${nnp})`)
  for (const name of ['noroot', 'no-suid-fixup', 'keep-caps', 'no-ambient-raise'])
    me.out.line(` secure-${name}: no (unlocked)`)
  me.out.line(`uid=${user(sys.getuid())} euid=${user(sys.geteuid())}`)
  me.out.line(`gid=${sys.getgid()}(${groupName(users, sys.getgid()) ?? '???'})`)
  me.out.line(
    `groups=${sys
      .getgroups()
      .map(gid => `${gid}(${groupName(users, gid) ?? '???'})`)
      .join(',')}`,
  )
  me.out.line('Guessed mode: HYBRID (4)')
}
