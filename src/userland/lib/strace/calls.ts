/**
 * System calls as strace prints them: the name that glibc 2.36 on x86_64 uses, and the arguments. What is known when a
 * call begins stands before what it returns through its pointers. Linux: strace's decoders, one a call.
 *
 * `Sys` spells some calls shorter than glibc does: open is openat with AT_FDCWD, isatty an ioctl, and so on.
 */
import {
  type Timespec,
  type Capabilities,
  CAPABILITIES,
  CLONE_THREAD,
  CLONE_VFORK,
  CLONE_VM,
  type Dirent,
  encode,
  type Errno,
  O_CREAT,
  O_TMPFILE,
  type PollFd,
  type Rlimit,
  S_IFBLK,
  S_IFCHR,
  S_IFMT,
  type SigHandler,
  type Stat,
  type Statfs,
  type Sysinfo,
  type UTime,
  type Utsname,
  type Waited,
  WCOREDUMP,
  WEXITSTATUS,
  WIFCONTINUED,
  WIFEXITED,
  WIFSTOPPED,
  type Winsize,
  WSTOPSIG,
  WTERMSIG,
} from '../../../abi/index.ts'
import {
  ACCESS_MODE,
  AMBIENT,
  cloneFlags,
  FALLOCATE,
  FCNTL,
  FLOCK,
  flagsText,
  IOCTL,
  IPC_FLAGS,
  mountFlags,
  nameText,
  openFlags,
  pipeFlags,
  POLL,
  PRCTL,
  PRIORITY,
  RENAME,
  RLIMITS,
  SCHEDULERS,
  SEEK,
  signalSet,
  signalText,
  UMOUNT,
  WAIT,
  XATTR,
} from './flags.ts'
import {
  dateNote,
  deviceText,
  libraryAddress,
  modeText,
  octal,
  pathText,
  programAddress,
  rlimitText,
  stackAddress,
  statfsText,
  statText,
  type Style,
  stringText,
  timespec,
} from './values.ts'

/** A call, with what is printed of it. */
export interface Shown {
  readonly name: string
  /** What follows the parenthesis when the call begins. */
  readonly before: string
  /** What follows when it has returned; `ok` is false when it failed. */
  readonly after: (result: unknown, ok: boolean) => string
  /** What stands for the result, instead of its number. */
  readonly value?: (result: unknown) => string
  /** Paths among the arguments, for -P. */
  readonly paths?: readonly string[]
  /** Descriptors among the arguments, for -P. */
  readonly fds?: readonly number[]
}

/** What a decoder knows besides the arguments. */
export interface Scene {
  readonly pid: number
  readonly style: Style
  /** A descriptor, with -y and its path. */
  fd(fd: number): string
  /** AT_FDCWD, with -y and its path. */
  readonly cwd: string
}

type Decode = (scene: Scene, ...args: any[]) => Shown

const nothing = (): string => ''
const all = (name: string, before: string, more: Partial<Shown> = {}): Shown => ({
  name,
  before,
  after: nothing,
  ...more,
})
/** A call of numbers only. */
const plain =
  (name: string): Decode =>
  (_scene, ...args: number[]) =>
    all(name, args.join(', '))

const pathCall =
  (name: string, rest: (scene: Scene, ...args: any[]) => readonly string[] = () => []): Decode =>
  (scene, path: string, ...args) =>
    all(name, [pathText(path, scene.style), ...rest(scene, ...args)].join(', '), { paths: [path] })

const atCall =
  (name: string, rest: (scene: Scene, ...args: any[]) => readonly string[] = () => []): Decode =>
  (scene, path: string, ...args) =>
    all(name, [scene.cwd, pathText(path, scene.style), ...rest(scene, ...args)].join(', '), { paths: [path] })

const fdCall =
  (name: string, rest: (scene: Scene, ...args: any[]) => readonly string[] = () => []): Decode =>
  (scene, fd: number, ...args) =>
    all(name, [scene.fd(fd), ...rest(scene, ...args)].join(', '), { fds: [fd] })

const EMPTY = new Uint8Array(0)
const buffer = (scene: Scene, result: unknown, ok: boolean): string =>
  ok ? stringText((result as Uint8Array) ?? EMPTY, scene.style) : stackAddress(scene.pid, 0x40)

const length = (result: unknown): string => String((result as { length: number } | undefined)?.length ?? 0)

// ---- Processes

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

// ---- Signals

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

// ---- Files

/** read, pread64, readlink and others that fill a buffer. */
const reading =
  (name: string, isAt: boolean): Decode =>
  (scene, fd: number, count: number, offset?: number) => ({
    name,
    before: `${scene.fd(fd)}, `,
    after: (result, ok) => `${buffer(scene, result, ok)}, ${count}${isAt ? `, ${offset}` : ''}`,
    value: length,
    fds: [fd],
  })

const writing =
  (name: string, isAt: boolean): Decode =>
  (scene, fd: number, data: string | Uint8Array, offset?: number) => {
    const size = typeof data === 'string' ? encode(data).length : data.length
    const text = `${scene.fd(fd)}, ${stringText(data, scene.style)}, ${size}${isAt ? `, ${offset}` : ''}`
    return all(name, text, { fds: [fd] })
  }

/** What open(2) gives is a descriptor, shown as one. */
const opens = (scene: Scene) => (result: unknown) => scene.fd(result as number)

const open: Decode = (scene, path: string, flags: number, mode = 0) => {
  const creates = flags & O_CREAT || (flags & O_TMPFILE) === O_TMPFILE
  const text = `${scene.cwd}, ${pathText(path, scene.style)}, ${openFlags(flags)}${creates ? `, ${octal(mode)}` : ''}`
  return all('openat', text, { value: opens(scene), paths: [path] })
}

const statCall =
  (flags: string): Decode =>
  (scene, path: string) => ({
    name: 'newfstatat',
    before: `${scene.cwd}, ${pathText(path, scene.style)}, `,
    after: (result, ok) =>
      `${ok ? statText(result as Stat, scene.style) : stackAddress(scene.pid, 0x10)}, ${flags}`,
    value: () => '0',
    paths: [path],
  })

const fstat: Decode = (scene, fd: number) => ({
  name: 'newfstatat',
  before: `${scene.fd(fd)}, "", `,
  after: (result, ok) =>
    `${ok ? statText(result as Stat, scene.style) : stackAddress(scene.pid, 0x10)}, AT_EMPTY_PATH`,
  value: () => '0',
  fds: [fd],
})

/** Bytes of a struct linux_dirent64 with this name. */
const direntSize = (name: string): number => Math.ceil((20 + encode(name).length) / 8) * 8

const getdents: Decode = (scene, fd: number) => {
  const entries = (result: unknown): readonly Dirent[] => (result as readonly Dirent[] | undefined) ?? []
  return {
    name: 'getdents64',
    before: `${scene.fd(fd)}, `,
    after: result => `${programAddress(scene.pid, 0x22430)} /* ${entries(result).length} entries */, 32768`,
    value: result => String(entries(result).reduce((sum, it) => sum + direntSize(it.name), 0)),
    fds: [fd],
  }
}

const readlink: Decode = (scene, path: string) => ({
  name: 'readlink',
  before: `${pathText(path, scene.style)}, `,
  after: (result, ok) =>
    `${ok ? stringText(result as string, scene.style) : stackAddress(scene.pid, 0x20)}, 4096`,
  value: result => String(encode(result as string).length),
  paths: [path],
})

const fcntl: Decode = (scene, fd: number, command: number, arg = 0) => {
  const name = nameText(command, FCNTL)
  const args: Record<string, string> = {
    F_GETFD: '',
    F_GETFL: '',
    F_GETPIPE_SZ: '',
    F_SETFD: arg === 1 ? ', FD_CLOEXEC' : `, ${arg}`,
    F_SETFL: `, ${openFlags(arg)}`,
  }
  const value = (result: unknown): string => {
    const number = Number(result ?? 0)
    if (name === 'F_GETFD' && number) return '0x1 (flags FD_CLOEXEC)'
    if (name === 'F_GETFL') return `0x${number.toString(16)} (flags ${openFlags(number)})`
    return name.startsWith('F_DUPFD') ? scene.fd(number) : String(number)
  }
  return all('fcntl', `${scene.fd(fd)}, ${name}${args[name] ?? `, ${arg}`}`, { value, fds: [fd] })
}

const poll: Decode = (scene, fds: readonly PollFd[], timeout: number) => {
  const events = (it: number) => flagsText(it, POLL)
  const list = fds.map(it => `{fd=${scene.fd(it.fd)}, events=${events(it.events)}}`).join(', ')
  return all('poll', `[${list}], ${fds.length}, ${timeout}`, {
    value(result) {
      const found = (result as readonly number[] | undefined) ?? []
      const ready = fds.flatMap((it, i) =>
        found[i] ? [`{fd=${scene.fd(it.fd)}, revents=${events(found[i])}}`] : [],
      )
      return ready.length ? `${ready.length} ([${ready.join(', ')}])` : '0 (Timeout)'
    },
  })
}

const pipe2: Decode = (scene, flags: number) => ({
  name: 'pipe2',
  before: '',
  after(result, ok) {
    const [read, write] = (result as readonly [number, number] | undefined) ?? [0, 0]
    return `${ok ? `[${scene.fd(read)}, ${scene.fd(write)}]` : stackAddress(scene.pid, 0x30)}, ${pipeFlags(flags)}`
  },
  value: () => '0',
})

// ---- Terminals

/** An ioctl that fills a structure. */
const terminal =
  (request: string, show: (result: any) => string, fails?: (result: unknown) => boolean): Decode =>
  (scene, fd: number) => ({
    name: 'ioctl',
    before: `${scene.fd(fd)}, ${request}, `,
    after: (result, ok) => (ok && !fails?.(result) ? show(result) : stackAddress(scene.pid, 0x80)),
    value: result => (fails?.(result) ? '-1 ENOTTY (Inappropriate ioctl for device)' : '0'),
    fds: [fd],
  })
const TERMIOS = '{B38400 opost isig icanon echo ...}'
const winsize = (it: Winsize): string => `{ws_row=${it.rows}, ws_col=${it.cols}, ws_xpixel=0, ws_ypixel=0}`

const ioctl: Decode = (scene, fd: number, request: number, arg = 0) => {
  const name = nameText(request, IOCTL)
  const gives = /^(FIONREAD|TIOCGPTN|TIOCGSID)$/.test(name)
  if (name === 'NS_GET_NSTYPE')
    return all('ioctl', `${scene.fd(fd)}, ${name}`, {
      value: it => `${it} (${cloneFlags(Number(it))})`,
      fds: [fd],
    })
  if (!gives)
    return all('ioctl', `${scene.fd(fd)}, ${name}${name.startsWith('NS_') ? '' : `, ${arg}`}`, { fds: [fd] })
  return {
    name: 'ioctl',
    before: `${scene.fd(fd)}, ${name}, `,
    after: (result, ok) => (ok ? `[${result}]` : stackAddress(scene.pid, 0x80)),
    value: () => '0',
    fds: [fd],
  }
}

// ---- Mounts and the host

/** mount(2) looks at the type only when it makes a file system, and at the data then or when it remounts. */
const MS_REMOUNT = 32
const MS_BIND = 4096
const MS_MOVE = 8192
const mount: Decode = (
  { pid, style },
  source: string,
  target: string,
  type: string,
  flags: number,
  data?: string,
) => {
  const isNew = !(flags & (MS_REMOUNT | MS_BIND | MS_MOVE))
  const text = (value: string | undefined, isRead: boolean, offset: number): string => {
    if (!value) return 'NULL'
    return isRead ? stringText(value, style) : programAddress(pid, offset)
  }
  const parts = [
    source ? pathText(source, style) : 'NULL',
    pathText(target, style),
    text(type, isNew, 0x2b0f0),
    mountFlags(flags),
    text(data, !(flags & (MS_BIND | MS_MOVE)), 0x2b110),
  ]
  return all('mount', parts.join(', '), { paths: [source, target] })
}

const uname: Decode = ({ pid, style }) => ({
  name: 'uname',
  before: '',
  after(result, ok) {
    if (!ok) return stackAddress(pid, 0x60)
    const it = result as Utsname
    const rest = style.verbose
      ? `release="${it.release}", version="${it.version}", machine="${it.machine}", domainname="${it.domainname}"`
      : '...'
    return `{sysname="${it.sysname}", nodename="${it.nodename}", ${rest}}`
  },
  value: () => '0',
})

const sysinfo: Decode = ({ pid }) => ({
  name: 'sysinfo',
  before: '',
  after(result, ok) {
    if (!ok) return stackAddress(pid, 0x60)
    const { uptime, loads, totalram, freeram, procs } = result as Sysinfo
    const load = loads.map(it => Math.round(it * 65536)).join(', ')
    return (
      `{uptime=${Math.floor(uptime)}, loads=[${load}], totalram=${totalram}, freeram=${freeram}, sharedram=0, ` +
      `bufferram=0, totalswap=0, freeswap=0, procs=${procs}, totalhigh=0, freehigh=0, mem_unit=1}`
    )
  },
  value: () => '0',
})

const uname2 =
  (name: string): Decode =>
  ({ style }, text: string) =>
    all(name, `${stringText(text, style)}, ${encode(text).length}`)

// ---- The rest

const utimeText = (it: UTime): string => {
  if (it === 'now') return 'UTIME_NOW'
  if (it === 'omit') return 'UTIME_OMIT'
  return `{tv_sec=${it.sec}, tv_nsec=${it.nsec}}${dateNote(it)}`
}

const statfsCall =
  (name: string, what: (scene: Scene, it: any) => string): Decode =>
  (scene, it) => ({
    name,
    before: `${what(scene, it)}, `,
    after: (result, ok) => (ok ? statfsText(result as Statfs) : stackAddress(scene.pid, 0x50)),
    value: () => '0',
    ...(typeof it === 'string' ? { paths: [it] } : { fds: [it] }),
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
const key = (it: number): string => (it ? `0x${it.toString(16)}` : 'IPC_PRIVATE')
const ipcFlags = (flags: number): string => {
  const names = flagsText(flags & ~0o777, IPC_FLAGS, '')
  return names ? `${names}|${octal(flags & 0o777)}` : octal(flags & 0o777)
}
const nodeDevice = (mode: number, dev: number): readonly string[] =>
  (mode & S_IFMT) === S_IFCHR || (mode & S_IFMT) === S_IFBLK ? [deviceText(dev)] : []

const xattrValue = (scene: Scene, result: unknown, ok: boolean): string =>
  ok ? stringText(result as Uint8Array, scene.style) : stackAddress(scene.pid, 0x100)

const DECODERS: Readonly<Record<string, Decode>> = {
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
  clock_settime: (_scene, _clock: number, { sec, nsec }: Timespec) =>
    all('clock_settime', `CLOCK_REALTIME, {tv_sec=${sec}, tv_nsec=${nsec}}`),
  umask: (_scene, mask: number) => all('umask', octal(mask), { value: old => octal(Number(old)) }),

  uname,
  sysinfo,
  sethostname: uname2('sethostname'),
  setdomainname: uname2('setdomainname'),
  finit_module: fdCall('finit_module', () => ['""', '0']),
  delete_module: (_scene, name: string) => all('delete_module', `${JSON.stringify(name)}, O_NONBLOCK`),
  getrandom: (scene, bytes: number) => ({
    name: 'getrandom',
    before: '',
    after: (result, ok) =>
      `${ok ? stringText(result as Uint8Array, { ...scene.style, hex: 2 }) : stackAddress(scene.pid)}, ${bytes}, 0`,
    value: length,
  }),

  unshare: (_scene, flags: number) => all('unshare', cloneFlags(flags)),
  setns: fdCall('setns', (_scene, type: number) => [cloneFlags(type)]),
  chroot: pathCall('chroot'),
  pivot_root: ({ style }, root: string, old: string) =>
    all('pivot_root', `${pathText(root, style)}, ${pathText(old, style)}`, { paths: [root, old] }),
  mount,
  umount2: pathCall('umount2', (_scene, flags: number) => [flagsText(flags, UMOUNT)]),

  msgget: (_scene, it: number, flags: number) => all('msgget', `${key(it)}, ${ipcFlags(flags)}`),
  semget: (_scene, it: number, count: number, flags: number) =>
    all('semget', `${key(it)}, ${count}, ${ipcFlags(flags)}`),
  shmget: (_scene, it: number, size: number, flags: number) =>
    all('shmget', `${key(it)}, ${size}, ${ipcFlags(flags)}`),
  msgctl: (_scene, id: number) => all('msgctl', `${id}, IPC_RMID, NULL`),
  semctl: (_scene, id: number) => all('semctl', `${id}, 0, IPC_RMID, NULL`),
  shmctl: (_scene, id: number) => all('shmctl', `${id}, IPC_RMID, NULL`),

  open,
  close: fdCall('close'),
  read: reading('read', false),
  pread: reading('pread64', true),
  write: writing('write', false),
  pwrite: writing('pwrite64', true),
  lseek: fdCall('lseek', (_scene, offset: number, whence: number) => [
    String(offset),
    nameText(whence, SEEK),
  ]),
  dup: (scene, fd: number) => all('dup', scene.fd(fd), { value: opens(scene), fds: [fd] }),
  dup2: (scene, from: number, to: number) =>
    all('dup2', `${scene.fd(from)}, ${scene.fd(to)}`, { value: opens(scene), fds: [from, to] }),
  dup3: (scene, from: number, to: number, flags: number) =>
    all('dup3', `${scene.fd(from)}, ${scene.fd(to)}, ${pipeFlags(flags)}`, {
      value: opens(scene),
      fds: [from, to],
    }),
  pipe2,
  fcntl,
  poll,
  flock: fdCall('flock', (_scene, operation: number) => [flagsText(operation, FLOCK)]),
  fsync: fdCall('fsync'),
  ftruncate: fdCall('ftruncate', (_scene, size: number) => [String(size)]),
  fallocate: fdCall('fallocate', (_scene, mode: number, offset: number, size: number) => [
    flagsText(mode, FALLOCATE),
    String(offset),
    String(size),
  ]),
  sync: plain('sync'),

  isatty: terminal(
    'TCGETS',
    () => TERMIOS,
    it => it === false,
  ),
  tcgetattr: terminal('TCGETS', () => TERMIOS),
  tcsetattr: (scene, fd: number, when: number) =>
    all('ioctl', `${scene.fd(fd)}, ${['TCSETS', 'TCSETSW', 'TCSETSF'][when - 0x5402] ?? when}, ${TERMIOS}`, {
      fds: [fd],
    }),
  tcgetpgrp: terminal('TIOCGPGRP', it => `[${it}]`),
  tcsetpgrp: (scene, fd: number, pgrp: number) =>
    all('ioctl', `${scene.fd(fd)}, TIOCSPGRP, [${pgrp}]`, { fds: [fd] }),
  tiocgwinsz: terminal('TIOCGWINSZ', winsize),
  tiocswinsz: (scene, fd: number, size: Winsize) =>
    all('ioctl', `${scene.fd(fd)}, TIOCSWINSZ, ${winsize(size)}`, { fds: [fd] }),
  ioctl,

  stat: statCall('0'),
  lstat: statCall('AT_SYMLINK_NOFOLLOW'),
  fstat,
  access: (scene, path: string, mode: number, effective?: boolean) => {
    const text = flagsText(mode, ACCESS_MODE, 'F_OK')
    return effective
      ? all('faccessat2', `${scene.cwd}, ${pathText(path, scene.style)}, ${text}, AT_EACCESS`, {
          paths: [path],
        })
      : all('access', `${pathText(path, scene.style)}, ${text}`, { paths: [path] })
  },
  statfs: statfsCall('statfs', ({ style }, path: string) => pathText(path, style)),
  fstatfs: statfsCall('fstatfs', (scene, fd: number) => scene.fd(fd)),
  getdents,
  getcwd: scene => ({
    name: 'getcwd',
    before: '',
    after: (result, ok) => `${ok ? pathText(result as string, scene.style) : stackAddress(scene.pid)}, 4096`,
    value: result => String(encode(result as string).length + 1),
  }),
  chdir: pathCall('chdir'),
  fchdir: fdCall('fchdir'),
  mkdir: pathCall('mkdir', (_scene, mode: number) => [octal(mode)]),
  mknod: atCall('mknodat', (_scene, mode: number, dev: number) => [modeText(mode), ...nodeDevice(mode, dev)]),
  rmdir: pathCall('rmdir'),
  unlink: atCall('unlinkat', () => ['0']),
  link: (scene, from: string, to: string) => linkat(scene, from, to, '0'),
  linkFollow: (scene, from: string, to: string) => linkat(scene, from, to, 'AT_SYMLINK_FOLLOW'),
  symlink: (scene, target: string, path: string) =>
    all('symlinkat', `${pathText(target, scene.style)}, ${scene.cwd}, ${pathText(path, scene.style)}`, {
      paths: [path],
    }),
  readlink,
  rename: ({ style }, from: string, to: string) =>
    all('rename', `${pathText(from, style)}, ${pathText(to, style)}`, { paths: [from, to] }),
  renameat2: (scene, from: string, to: string, flags: number) =>
    all(
      'renameat2',
      `${scene.cwd}, ${pathText(from, scene.style)}, ${scene.cwd}, ${pathText(to, scene.style)}, ${flagsText(flags, RENAME)}`,
      { paths: [from, to] },
    ),
  chmod: atCall('fchmodat', (_scene, mode: number) => [octal(mode)]),
  fchmod: fdCall('fchmod', (_scene, mode: number) => [octal(mode)]),
  chown: atCall('fchownat', (_scene, uid: number, gid: number) => [String(uid), String(gid), '0']),
  lchown: atCall('fchownat', (_scene, uid: number, gid: number) => [
    String(uid),
    String(gid),
    'AT_SYMLINK_NOFOLLOW',
  ]),
  fchown: fdCall('fchown', (_scene, uid: number, gid: number) => [String(uid), String(gid)]),
  truncate: pathCall('truncate', (_scene, size: number) => [String(size)]),
  utimensat: (scene, path: string, atime: UTime, mtime: UTime, follow = true) => {
    const times = atime === 'now' && mtime === 'now' ? 'NULL' : `[${utimeText(atime)}, ${utimeText(mtime)}]`
    const flags = follow ? '0' : 'AT_SYMLINK_NOFOLLOW'
    return all('utimensat', `${scene.cwd}, ${pathText(path, scene.style)}, ${times}, ${flags}`, {
      paths: [path],
    })
  },
  getxattr: (scene, path: string, name: string, follow = true) => ({
    name: follow ? 'getxattr' : 'lgetxattr',
    before: `${pathText(path, scene.style)}, ${stringText(name, scene.style)}, `,
    after: (result, ok) => `${xattrValue(scene, result, ok)}, 256`,
    value: length,
    paths: [path],
  }),
  setxattr: (scene, path: string, name: string, value: Uint8Array, flags: number, follow = true) =>
    all(
      follow ? 'setxattr' : 'lsetxattr',
      `${pathText(path, scene.style)}, ${stringText(name, scene.style)}, ${stringText(value, scene.style)}, ` +
        `${value.length}, ${flagsText(flags, XATTR)}`,
      { paths: [path] },
    ),
  listxattr: (scene, path: string, follow = true) => {
    const joined = (names: unknown) => ((names as readonly string[]) ?? []).map(it => `${it}\0`).join('')
    return {
      name: follow ? 'listxattr' : 'llistxattr',
      before: `${pathText(path, scene.style)}, `,
      after: (result, ok) => `${ok ? stringText(joined(result), scene.style) : 'NULL'}, 256`,
      value: result => String(joined(result).length),
      paths: [path],
    }
  },
  removexattr: (scene, path: string, name: string, follow = true) =>
    all(
      follow ? 'removexattr' : 'lremovexattr',
      `${pathText(path, scene.style)}, ${stringText(name, scene.style)}`,
      {
        paths: [path],
      },
    ),
  ptrace: (_scene, request: number, pid: number) =>
    all('ptrace', `${request === 17 ? 'PTRACE_DETACH' : 'PTRACE_SEIZE'}, ${pid}`),
  waitTracee: ({ pid }) =>
    all('wait4', `-1, ${stackAddress(pid)}, __WALL, NULL`, {
      value: it => String((it as { pid?: number })?.pid ?? 0),
    }),
}

const linkat = (scene: Scene, from: string, to: string, flags: string): Shown =>
  all(
    'linkat',
    `${scene.cwd}, ${pathText(from, scene.style)}, ${scene.cwd}, ${pathText(to, scene.style)}, ${flags}`,
    { paths: [from, to] },
  )

/** How a call is printed. */
export const decodeCall = (scene: Scene, name: string, args: readonly unknown[]): Shown =>
  (DECODERS[name] ?? plain(name))(scene, ...args)

/** What glibc calls it; filters and tables go by this name. */
const nameOnly: Scene = {
  pid: 1,
  style: { strsize: 0, verbose: false, hex: 0 },
  fd: fd => String(fd),
  cwd: '',
}
export const callName = (name: string, args: readonly unknown[]): string =>
  decodeCall(nameOnly, name, args).name

/** What stands for the result of a call that a signal ended. */
export function restartText(name: string): string {
  if (name === 'nanosleep' || name === 'poll') return 'ERESTART_RESTARTBLOCK (Interrupted by signal)'
  if (name === 'pause' || name === 'sigsuspend') return 'ERESTARTNOHAND (To be restarted if no handler)'
  return 'ERESTARTSYS (To be restarted if SA_RESTART is set)'
}

/** What follows `= `. */
export function resultText(shown: Shown, result: unknown, errno: Errno | undefined): string {
  if (errno) return `-1 ${errno.name} (${errno.message})`
  if (shown.value) return shown.value(result)
  return typeof result === 'number' ? String(result) : '0'
}
