/** Processes: birth and end, credentials, signals, scheduling, limits and namespaces. */
import {
  type Capabilities,
  CAPABILITIES,
  CLONE_THREAD,
  CLONE_VFORK,
  CLONE_VM,
  type Rlimit,
  type SigHandler,
  type Waited,
  WCOREDUMP,
  WEXITSTATUS,
  WIFCONTINUED,
  WIFEXITED,
  WIFSTOPPED,
  WSTOPSIG,
  WTERMSIG,
} from '../../../../abi/index.ts'
import {
  AMBIENT,
  cloneFlags,
  flagsText,
  nameText,
  PRCTL,
  PRIORITY,
  RLIMITS,
  SCHEDULERS,
  signalSet,
  signalText,
  WAIT,
} from '../flags.ts'
import {
  libraryAddress,
  pathText,
  programAddress,
  rlimitText,
  stackAddress,
  stringText,
  timespec,
} from '../values.ts'
import { all, type Decode, type Decoders, fdCall, length, type Shown } from '../decode.ts'

/** vfork(2) is a call of its own, with nothing to say. */
const clone: Decode = ({ pid }, flags: number) => {
  if (flags === (CLONE_VM | CLONE_VFORK)) return all('vfork', '')
  if (flags & CLONE_THREAD) return thread(pid, flags)
  const forks =
    flags === 0 ? 'CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD' : `${cloneFlags(flags)}|SIGCHLD`
  const tid = flags === 0 ? `, child_tidptr=${libraryAddress(pid, 0xa10)}` : ''
  return all('clone', `child_stack=NULL, flags=${forks}${tid}`)
}

/** pthread_create(3) calls clone3(2), which tells of the thread in a structure. */
function thread(pid: number, flags: number): Shown {
  const word = libraryAddress(pid, 0x990)
  const stack = `stack=${libraryAddress(pid, 0x1000)}, stack_size=0x7ff900, tls=${libraryAddress(pid, 0x6c0)}`
  const before = `{flags=${cloneFlags(flags)}, child_tid=${word}, parent_tid=${word}, exit_signal=0, ${stack}}`
  return all('clone3', before, {
    after: (result, ok) => (ok ? ` => {parent_tid=[${result}]}, 88` : ', 88'),
  })
}

const execve: Decode = ({ pid, style }, path: string, argv: readonly string[], envp: readonly string[]) => {
  const list = (texts: readonly string[]): string => {
    const shown = style.verbose ? texts : texts.slice(0, style.strsize)
    const items = shown.map(it => stringText(it, style))
    return `[${[...items, ...(shown.length < texts.length ? ['...'] : [])].join(', ')}]`
  }
  const vars = `${envp.length} var${envp.length === 1 ? '' : 's'}`
  const env = style.verbose ? list(envp) : `${stackAddress(pid, 0x348)} /* ${vars} */`
  return all('execve', `${pathText(path, style)}, ${list(argv)}, ${env}`, { paths: [path] })
}

function waitStatus(status: number): string {
  if (WIFEXITED(status)) return `{WIFEXITED(s) && WEXITSTATUS(s) == ${WEXITSTATUS(status)}}`
  if (WIFCONTINUED(status)) return '{WIFCONTINUED(s)}'
  if (WIFSTOPPED(status)) return `{WIFSTOPPED(s) && WSTOPSIG(s) == ${signalText(WSTOPSIG(status))}}`
  const core = WCOREDUMP(status) ? ' && WCOREDUMP(s)' : ''
  return `{WIFSIGNALED(s) && WTERMSIG(s) == ${signalText(WTERMSIG(status))}${core}}`
}

const wait4: Decode = ({ pid }, who: number, options: number) => ({
  name: 'wait4',
  before: `${who}, `,
  after(result) {
    const waited = result as Waited | undefined
    const status = waited ? `[${waitStatus(waited.status)}]` : stackAddress(pid, 0x150)
    return `${status}, ${flagsText(options, WAIT)}, NULL`
  },
  value: result => String((result as Waited | undefined)?.pid ?? 0),
})

const capabilities = (set: bigint): string => {
  const names = CAPABILITIES.filter((_, bit) => set & (1n << BigInt(bit))).map(
    name => `1<<CAP_${name.toUpperCase()}`,
  )
  return names.join('|') || '0'
}
const capsText = (it: Capabilities): string =>
  `{effective=${capabilities(it.effective)}, permitted=${capabilities(it.permitted)}, inheritable=${capabilities(it.inheritable)}}`

const prctl: Decode = ({ style }, option: number, arg: number | string, arg3?: number) => {
  const name = nameText(option, PRCTL, 'PR_???')
  if (typeof arg === 'string' && name !== 'PR_GET_NAME')
    return all('prctl', `${name}, ${stringText(arg, style)}`)
  if (name === 'PR_GET_NAME')
    return {
      name: 'prctl',
      before: `${name}, `,
      after: it => stringText(String(it ?? ''), style),
      value: () => '0',
    }
  if (name === 'PR_SET_PDEATHSIG') return all('prctl', `${name}, ${signalText(Number(arg))}`)
  if (name.startsWith('PR_CAPBSET')) return all('prctl', `${name}, ${capabilityName(Number(arg))}`)
  if (name === 'PR_CAP_AMBIENT')
    return all('prctl', `${name}, ${nameText(Number(arg), AMBIENT)}, ${capabilityName(arg3 ?? 0)}, 0, 0`)
  if (name === 'PR_SET_NO_NEW_PRIVS') return all('prctl', `${name}, ${arg}, 0, 0, 0`)
  return all('prctl', name.startsWith('PR_GET') ? name : `${name}, ${arg ?? 0}`)
}
const capabilityName = (bit: number): string =>
  CAPABILITIES[bit] ? `CAP_${CAPABILITIES[bit].toUpperCase()}` : `0x${bit.toString(16)} /* CAP_??? */`

const handlerText = (pid: number, handler: SigHandler | undefined): string => {
  if (handler === undefined) return 'NULL'
  const isFunction = typeof handler === 'function'
  const name = isFunction ? programAddress(pid, 0x30b0) : handler
  const flags =
    handler === 'SIG_DFL' ? 'sa_flags=0' : `sa_flags=SA_RESTORER, sa_restorer=${libraryAddress(pid, 0x3f050)}`
  return `{sa_handler=${name}, sa_mask=[], ${flags}}`
}

const SA_RESTART = 0x10000000
const sigaction: Decode = ({ pid }, signal: number, handler: SigHandler, flags = 0) => {
  const isFunction = typeof handler === 'function'
  const name = isFunction ? programAddress(pid, 0x30b0) : handler
  const restart = flags & SA_RESTART ? '|SA_RESTART' : ''
  const now = `{sa_handler=${name}, sa_mask=[], sa_flags=SA_RESTORER${restart}, sa_restorer=${libraryAddress(pid, 0x3f050)}}`
  return {
    name: 'rt_sigaction',
    before: `${signalText(signal)}, ${now}, `,
    after: (old, ok) => `${ok ? handlerText(pid, old as SigHandler) : stackAddress(pid, 0x90)}, 8`,
    value: () => '0',
  }
}

const sigprocmask: Decode = (_scene, how: number, set: bigint) => ({
  name: 'rt_sigprocmask',
  before: `${['SIG_BLOCK', 'SIG_UNBLOCK', 'SIG_SETMASK'][how] ?? how}, ${signalSet(set)}, `,
  after: (old, ok) => `${ok ? signalSet(old as bigint) : 'NULL'}, 8`,
  value: () => '0',
})

const prlimit: Decode = ({ pid }, who: number, resource: number, limit?: Rlimit) => {
  const name = RLIMITS[resource]
    ? `RLIMIT_${RLIMITS[resource]}`
    : `0x${resource.toString(16)} /* RLIMIT_??? */`
  return {
    name: 'prlimit64',
    before: `${who}, ${name}, ${limit ? rlimitText(limit) : 'NULL'}, `,
    after(result, ok) {
      if (limit) return 'NULL'
      return ok ? rlimitText(result as Rlimit) : stackAddress(pid, 0x70)
    },
    value: () => '0',
  }
}

const triple =
  (name: string): Decode =>
  ({ pid }) => ({
    name,
    before: '',
    after: (result, ok) =>
      ok ? (result as readonly number[]).map(it => `[${it}]`).join(', ') : stackAddress(pid),
    value: () => '0',
  })

const whose = (which: number, who: number): string => `${nameText(which, PRIORITY)}, ${who}`

export const processes: Decoders = {
  clone,
  execve,
  wait4,
  prctl,
  exit: (_scene, status: number) => all('exit', String(status)),
  exit_group: (_scene, status: number) => all('exit_group', String(status)),
  brk: ({ pid }, bytes: number) =>
    all('brk', bytes ? programAddress(pid, 0x21000 + bytes) : 'NULL', {
      value: () => programAddress(pid, 0x21000 + bytes),
    }),
  getgroups: () => ({
    name: 'getgroups',
    before: '65536, ',
    after: result => `[${((result as readonly number[]) ?? []).join(', ')}]`,
    value: length,
  }),
  getresuid: triple('getresuid'),
  getresgid: triple('getresgid'),
  setgroups: (_scene, groups: readonly number[]) =>
    all('setgroups', groups.length ? `${groups.length}, [${groups.join(', ')}]` : '0, NULL'),
  capget: (_scene, pid: number) => ({
    name: 'capget',
    before: `{version=_LINUX_CAPABILITY_VERSION_3, pid=${pid}}, `,
    after: (result, ok) => (ok ? capsText(result as Capabilities) : 'NULL'),
    value: () => '0',
  }),
  capset: (_scene, caps: Capabilities) =>
    all('capset', `{version=_LINUX_CAPABILITY_VERSION_3, pid=0}, ${capsText(caps)}`),
  kill: (_scene, pid: number, signal: number) => all('kill', `${pid}, ${signal ? signalText(signal) : 0}`),
  sigaction,
  sigprocmask,
  sigpending: () => ({
    name: 'rt_sigpending',
    before: '',
    after: set => `${signalSet((set as bigint) ?? 0n)}, 8`,
    value: () => '0',
  }),
  sigsuspend: (_scene, mask: bigint) => all('rt_sigsuspend', `${signalSet(mask)}, 8`),
  rt_sigreturn: (_scene, mask: bigint) => all('rt_sigreturn', `{mask=${signalSet(mask)}}`),
  nanosleep: ({ pid }, ns: number) =>
    all('clock_nanosleep', `CLOCK_REALTIME, 0, ${timespec(ns)}, ${stackAddress(pid, 0xa0)}`),
  getrusage: ({ pid }, who: string) =>
    all('getrusage', `RUSAGE_${who.toUpperCase()}, ${stackAddress(pid, 0xb0)}`, { value: () => '0' }),
  getpriority: (_scene, which: number, who: number) =>
    all('getpriority', whose(which, who), { value: nice => String(20 - Number(nice)) }),
  setpriority: (_scene, which: number, who: number, nice: number) =>
    all('setpriority', `${whose(which, who)}, ${nice}`),
  sched_getaffinity: (_scene, pid: number) => ({
    name: 'sched_getaffinity',
    before: `${pid}, 128, `,
    after: result => `[${((result as readonly number[]) ?? []).join(' ')}]`,
    value: () => '8',
  }),
  sched_setaffinity: (_scene, pid: number, cpus: readonly number[]) =>
    all('sched_setaffinity', `${pid}, 128, [${cpus.join(' ')}]`),
  sched_getscheduler: (_scene, pid: number) =>
    all('sched_getscheduler', String(pid), {
      value: it => `${it} (${nameText(Number(it), SCHEDULERS)})`,
    }),
  prlimit,
  unshare: (_scene, flags: number) => all('unshare', cloneFlags(flags)),
  setns: fdCall('setns', (_scene, type: number) => [cloneFlags(type)]),
  ptrace: (_scene, request: number, pid: number) =>
    all('ptrace', `${request === 17 ? 'PTRACE_DETACH' : 'PTRACE_SEIZE'}, ${pid}`),
  waitTracee: ({ pid }) =>
    all('wait4', `-1, ${stackAddress(pid)}, __WALL, NULL`, {
      value: it => String((it as { pid?: number })?.pid ?? 0),
    }),
}
