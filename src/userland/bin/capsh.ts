/**
 * capsh - capability shell wrapper
 * Linux: libcap progs/capsh.c; capsh(1). Its arguments are carried out one after the other.
 *
 * Left out: the texts of --explain and --suggest.
 */
import {
  type Blocking,
  CAP_LAST_CAP,
  Errno,
  PR_CAP_AMBIENT,
  PR_CAP_AMBIENT_CLEAR_ALL,
  PR_CAP_AMBIENT_IS_SET,
  PR_CAP_AMBIENT_LOWER,
  PR_CAP_AMBIENT_RAISE,
  PR_CAPBSET_DROP,
  PR_CAPBSET_READ,
  PR_GET_NO_NEW_PRIVS,
  PR_GET_SECUREBITS,
  PR_SET_KEEPCAPS,
  PR_SET_NO_NEW_PRIVS,
  PR_SET_SECUREBITS,
  type Sys,
  exitStatus,
  WTERMSIG,
} from '../../abi/index.ts'
import { capName, capNames, capFromName, capsText, iabText, parseCaps, setOf } from '../lib/capabilities.ts'
import { getMode, MODES, securebitsText, setMode } from '../lib/capability-modes.ts'
import { command, fork, type Process } from '../lib/command.ts'
import { waitFor } from '../lib/namespaces.ts'
import { groupList, groupName, readUsers, userName } from '../lib/users.ts'

const help = (name: string): string => `  --addamb=xxx   add xxx,... capabilities to ambient set
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
                 (without -- [${name}] will simply exit(0))
`

const LICENSE =
  'capsh see License file for details.\nCopyright (c) 2008-11,16,19-21 Andrew G. Morgan <morgan@kernel.org>\n'

/** A step that failed, and what is printed then. */
class Failed {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** What the arguments so far have arranged. */
interface State {
  shell: string
  env: readonly string[]
  keepsEnv: boolean
  /** The process of --forkfor, 0 for none. */
  child: number
}

interface Step {
  readonly sys: Sys
  readonly me: Process
  readonly state: State
  /** The whole argument and what is behind its equals sign. */
  readonly arg: string
  readonly value: string
}

export default command({
  name: 'capsh',
  summary: 'capability shell wrapper',
  suite: 'other',
  usage: 'capsh [args ...]',
  raw: true,

  *main(sys, _flags, args, me) {
    const state: State = { shell: '/bin/bash', env: me.envp, keepsEnv: false, child: 0 }
    const name = me.argv[0] ?? 'capsh'
    const usage = `usage: ${name} [args ...]\n${help(name)}`
    try {
      for (let i = 0; i < args.length; i++) {
        const arg = args[i]!
        if (Object.hasOwn(RUNS, arg)) {
          if (me.out.isTty) yield* me.out.flush()
          return yield* run(sys, me, state, arg, args.slice(i + 1))
        }
        if (arg === '--help' || arg === '-h') {
          me.out.print(usage)
          return 0
        }
        const equals = arg.indexOf('=') + 1
        const step = STEPS[equals ? arg.slice(0, equals) : arg]
        if (!step) {
          yield* me.out.flush()
          yield* sys.write(2, usage)
          return 1
        }
        yield* step({ sys, me, state, arg, value: equals ? arg.slice(equals) : '' })
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

/** What the rest of the arguments is for: a shell or capsh itself, in its place or as a child of it. */
const RUNS: Readonly<Record<string, { readonly again: boolean; readonly launches: boolean }>> = {
  '--': { again: false, launches: false },
  '==': { again: true, launches: false },
  '-+': { again: false, launches: true },
  '=+': { again: true, launches: true },
}

function* run(sys: Sys, me: Process, state: State, how: string, args: readonly string[]): Blocking<number> {
  const { again, launches } = RUNS[how]!
  const path = again ? '/usr/sbin/capsh' : state.shell
  const exec = function* (its: Sys): Blocking<number> {
    try {
      return yield* its.execve(path, [path, ...args], state.env)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* its.write(2, `execve '${path}' failed!\n`)
      return 1
    }
  }
  // What stdio holds back, all but lines for a terminal, is lost with the program.
  if (!launches) me.out.discard()
  if (!launches) return yield* exec(sys)
  return exitStatus((yield* waitFor(sys, fork(sys, 'capsh', exec))).status)
}

/** Do it, or fail with a message that may say why. */
function attempt<T>(message: (why: string) => string, act: () => T): T {
  try {
    return act()
  } catch (e) {
    if (e instanceof Errno) throw new Failed(message(e.message))
    throw e
  }
}

/** A step that does not sleep. */
const plain = (act: (step: Step) => void) =>
  function* (step: Step): Blocking<void> {
    act(step)
  }

const STEPS: Readonly<Record<string, (step: Step) => Blocking<void>>> = {
  '--print': print,
  '--current': plain(current),
  '--drop=': plain(({ sys, value }) => {
    const all = value === 'all'
    for (const name of all ? [] : value.split(',')) dropOne(sys, name)
    if (all) for (let cap = 0; cap <= CAP_LAST_CAP; cap++) dropOne(sys, `${cap}`)
  }),
  '--caps=': plain(({ sys, arg, value }) => {
    const caps = parseCaps(value)
    if (!caps) throw new Failed(`unable to interpret [${arg}]\n`)
    attempt(
      () => `Unable to set capabilities [${arg}]\n`,
      () => sys.capset(caps),
    )
  }),
  '--inh=': plain(({ sys, value }) => {
    const names = value ? value.split(',') : []
    if (names.some(it => capFromName(it) === undefined))
      throw new Failed('Fatal error internalizing capabilities: Invalid argument\n')
    const inheritable = names.reduce((set, it) => set | bit(capFromName(it)!), 0n)
    attempt(
      why => `Unable to set inheritable capabilities: ${why}\n`,
      () => sys.capset({ ...sys.capget(0), inheritable }),
    )
  }),
  '--addamb=': plain(step => changeAmbient(step, 'raise', PR_CAP_AMBIENT_RAISE)),
  '--delamb=': plain(step => changeAmbient(step, 'lower', PR_CAP_AMBIENT_LOWER)),
  '--noamb': plain(({ sys }) => void sys.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)),
  '--iab=': plain(({ sys, value }) => setIab(sys, value)),
  '--uid=': plain(({ sys, value }) =>
    attempt(
      why => `Failed to set uid=${value}: ${why}\n`,
      () => sys.setuid(Number(value)),
    ),
  ),
  '--cap-uid=': plain(({ sys, value }) =>
    attempt(
      why => `Failed to cap_setuid(${value}): ${why}\n`,
      () => setuidKeeping(sys, Number(value)),
    ),
  ),
  '--gid=': plain(({ sys, value }) => {
    attempt(
      why => `Failed to set gid=${value}: ${why}\n`,
      () => sys.setgid(Number(value)),
    )
    attempt(
      () => '',
      () => sys.setgroups([Number(value)]),
    )
  }),
  '--groups=': plain(({ sys, value }) =>
    attempt(
      why => `Failed to setgroups: ${why}\n`,
      () => sys.setgroups(value.split(',').map(Number)),
    ),
  ),
  '--user=': becomeUser,
  '--chroot=': plain(({ sys, value }) =>
    attempt(
      () => `Unable to chroot/chdir to [${value}]`,
      () => {
        sys.chroot(value)
        sys.chdir('/')
      },
    ),
  ),
  '--keep=': plain(({ sys, value }) =>
    attempt(
      why => `prctl(PR_SET_KEEPCAPS, ${value}) failed: ${why}\n`,
      () => sys.prctl(PR_SET_KEEPCAPS, Number(value)),
    ),
  ),
  '--secbits=': plain(({ sys, value }) => {
    const bits = integer(value)
    attempt(
      () => `failed to set securebits to 0${bits.toString(8)}/0x${bits.toString(16)}\n`,
      () => sys.prctl(PR_SET_SECUREBITS, bits),
    )
  }),
  '--no-new-privs': plain(({ sys }) => void sys.prctl(PR_SET_NO_NEW_PRIVS, 1)),
  '--has-no-new-privs': plain(({ sys }) => {
    if (!sys.prctl(PR_GET_NO_NEW_PRIVS, 0)) throw new Failed('no-new-privs not set\n')
  }),
  '--has-ambient': plain(() => {}),
  '--has-p=': plain(({ sys, value }) =>
    must(value, 'permitted', cap => (sys.capget(0).permitted & bit(cap)) !== 0n),
  ),
  '--has-i=': plain(({ sys, value }) =>
    must(value, 'inheritable', cap => (sys.capget(0).inheritable & bit(cap)) !== 0n),
  ),
  '--has-b=': plain(({ sys, value }) => must(value, 'in bounding set', isBound(sys))),
  '--has-a=': plain(({ sys, value }) => must(value, 'in ambient vector', isAmbient(sys))),
  '--supports=': plain(({ value }) => must(value, 'supported by running kernel', cap => cap <= CAP_LAST_CAP)),
  '--is-uid=': plain(({ sys, value }) => same('uid', sys.getuid(), value)),
  '--is-gid=': plain(({ sys, value }) => same('gid', sys.getgid(), value)),
  '--decode=': plain(({ me, value }) => {
    const digits = /^(?:0x)?([0-9a-f]*)/i.exec(value)?.[1]
    const set = BigInt.asUintN(64, BigInt(`0x${digits || '0'}`))
    me.out.line(`0x${set.toString(16).padStart(16, '0')}=${capNames(set)}`)
  }),
  '--explain=': plain(({ me, value }) => explain(me, value)),
  '--mode': plain(({ sys, me }) => me.out.line(`Mode: ${getMode(sys)}`)),
  '--mode=': plain(({ sys, value }) => {
    const mode = MODES.find(it => it === value && it !== 'UNCERTAIN')
    if (!mode) throw new Failed(`unsupported mode: ${value}\n`)
    attempt(
      why => `failed to set mode [${value}]: ${why}\n`,
      () => setMode(sys, mode),
    )
  }),
  '--inmode=': plain(({ sys, value }) => {
    const mode = getMode(sys)
    if (mode !== value) throw new Failed(`mismatched mode got=${mode} want=${value}\n`)
  }),
  '--modes': plain(({ me }) => me.out.line(`Supported modes: ${MODES.slice(1).join(' ')}`)),
  '--forkfor=': plain(forkFor),
  '--killit=': killIt,
  '--shell=': plain(({ state, value }) => {
    state.shell = value
  }),
  '--noenv': plain(({ state }) => {
    state.keepsEnv = true
  }),
  '--strict': plain(() => {}),
  '--quiet': plain(() => {}),
  '--license': plain(({ me }) => me.out.print(LICENSE)),
}

const bit = (cap: number): bigint => 1n << BigInt(cap)
const ALL = Array.from({ length: CAP_LAST_CAP + 1 }, (_, cap) => cap)

const isBound = (sys: Sys) => (cap: number) => sys.prctl(PR_CAPBSET_READ, cap) === 1
const isAmbient = (sys: Sys) => (cap: number) => sys.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, cap) === 1

/** As strtoul(3) with base 0 reads it. */
function integer(text: string): number {
  const [, octal, other] = /^(?:0([0-7]+)$)?(0x[0-9a-f]+|\d+)?/i.exec(text) ?? []
  return octal === undefined ? Number(other ?? 0) : Number.parseInt(octal, 8)
}

function must(name: string, what: string, holds: (cap: number) => boolean): void {
  const cap = capFromName(name)
  if (cap === undefined) throw new Failed(`cap[${name}] not recognized by library\n`)
  if (!holds(cap))
    throw new Failed(`cap[${name}${what.startsWith('supported') ? `=${cap}` : ''}] not ${what}\n`)
}

function same(what: string, got: number, want: string): void {
  if (got !== Number(want)) throw new Failed(`${what}: got=${got}, want=${want}\n`)
}

function known(name: string): number {
  const cap = capFromName(name)
  if (cap === undefined) throw new Failed(`capability [${name}] is unknown to libcap\n`)
  return cap
}

function dropOne(sys: Sys, name: string): void {
  const cap = known(name)
  attempt(
    why => `unable to raise CAP_SETPCAP for BSET changes: ${why}\n`,
    () => sys.prctl(PR_CAPBSET_DROP, cap),
  )
}

function changeAmbient({ sys, value }: Step, verb: string, operation: number): void {
  const caps = value === 'all' ? ALL : value.split(',').map(known)
  for (const cap of caps)
    attempt(
      () => `failed to ${verb} ambient [${capName(cap)}=${cap}]\n`,
      () => sys.prctl(PR_CAP_AMBIENT, operation, cap),
    )
}

/** Which capability a name or a number is, and its bit in /proc. */
function explain(me: Process, value: string): void {
  const cap = capFromName(value)
  if (cap === undefined) throw new Failed(`unrecognised value '${value}'\n`)
  me.out.line(
    `${capName(cap)} (${cap}) [/proc/self/status:CapXXX: 0x${bit(cap).toString(16).padStart(16, '0')}]\n`,
  )
}

/** `cap_x` inheritable, `^cap_x` ambient too, `!cap_x` out of the bounding set, `%cap_x` both. */
function setIab(sys: Sys, text: string): void {
  const entries = text
    .split(',')
    .filter(it => it)
    .map(it => /^([!^%]*)(.*)$/.exec(it)!)
    .map(([, marks, name]) => ({ marks: marks!, cap: capFromName(name!) }))
  if (entries.some(it => it.cap === undefined)) throw new Failed(`iab: '${text}' malformed\n`)
  const inherited = entries.filter(it => it.marks !== '!')
  const inheritable = inherited.reduce((set, it) => set | bit(it.cap!), 0n)
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

/** Another user, and the permitted capabilities stay. Linux: cap_setuid(3). */
function setuidKeeping(sys: Sys, uid: number): void {
  const before = sys.capget(0)
  sys.prctl(PR_SET_KEEPCAPS, 1)
  sys.setuid(uid)
  sys.capset({ ...before, effective: 0n })
  sys.prctl(PR_SET_KEEPCAPS, 0)
}

function* becomeUser({ sys, state, value }: Step): Blocking<void> {
  const users = yield* readUsers(sys)
  const user = users.passwd.find(it => it.name === value)
  if (!user) throw new Failed(`User [${value}] not known\n`)
  attempt(
    why => `Unable to set group list for user: ${why}\n`,
    () => {
      sys.setgid(user.gid)
      sys.setgroups(groupList(users, user.name, user.gid))
    },
  )
  attempt(
    why => `Unable to set uid for user: ${why}\n`,
    () => setuidKeeping(sys, user.uid),
  )
  if (state.keepsEnv) return
  const others = state.env.filter(it => !/^(HOME|USER)=/.test(it))
  state.env = [...others, `HOME=${user.dir}`, `USER=${user.name}`]
}

function forkFor({ sys, state, value }: Step): void {
  if (state.child) throw new Failed('already forked\n')
  const seconds = Number(value)
  state.child = fork(sys, 'capsh', function* (its) {
    yield* its.nanosleep(seconds * 1e9)
    return 0
  })
}

function* killIt({ sys, state, value }: Step): Blocking<void> {
  if (!state.child) throw new Failed('no forked process to kill\n')
  const signal = Number(value)
  try {
    yield* sys.kill(state.child, signal)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    throw new Failed(`Unable to kill child process: ${e.message}\n`)
  }
  const { status } = yield* waitFor(sys, state.child)
  if (WTERMSIG(status) !== signal)
    throw new Failed(`child terminated with odd signal (${signal} != ${WTERMSIG(status)})\n`)
  state.child = 0
}

function current({ sys, me }: Step): void {
  me.out.line(`Current: ${capsText(sys.capget(0))}`)
  const iab = iabText(sys.capget(0).inheritable, setOf(isAmbient(sys)), setOf(isBound(sys)))
  me.out.line(`Current IAB: ${iab}`)
}

function* print({ sys, me }: Step): Blocking<void> {
  const users = yield* readUsers(sys)
  const [bounding, ambient] = [setOf(isBound(sys)), setOf(isAmbient(sys))]
  const user = (uid: number): string => `${uid}(${userName(users, uid) ?? '???'})`
  const group = (gid: number): string => `${gid}(${groupName(users, gid) ?? '???'})`
  const mode = getMode(sys)
  me.out.line(`Current: ${capsText(sys.capget(0))}`)
  me.out.line(`Bounding set =${capNames(bounding)}`)
  me.out.line(`Ambient set =${capNames(ambient)}`)
  me.out.line(`Current IAB: ${iabText(sys.capget(0).inheritable, ambient, bounding)}`)
  me.out.line(
    securebitsText(Number(sys.prctl(PR_GET_SECUREBITS, 0)), Number(sys.prctl(PR_GET_NO_NEW_PRIVS, 0))),
  )
  me.out.line(`uid=${user(sys.getuid())} euid=${user(sys.geteuid())}`)
  me.out.line(`gid=${group(sys.getgid())}`)
  me.out.line(`groups=${sys.getgroups().map(group).join(',')}`)
  me.out.line(`Guessed mode: ${mode} (${MODES.indexOf(mode)})`)
}
