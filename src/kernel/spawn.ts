/**
 * Tasks that the kernel starts by itself: pid 1, and what the machine runs as a child of it. Linux: init/main.c,
 * kernel/umh.c.
 */
import {
  type Blocking,
  encode,
  Errno,
  O_RDONLY,
  O_RDWR,
  O_WRONLY,
  type Program,
  RLIMIT_NOFILE,
  S_IFIFO,
  type Sys,
} from '../abi/index.ts'
import {
  chdir,
  fget,
  type FileOps,
  getMntNs,
  mntNsRoot,
  newAnonFile,
  newFs,
  open as openFile,
  type Vfs,
} from '../vfs/index.ts'
import { callerOf } from './caller.ts'
import { fork as cgroupFork } from './cgroup/index.ts'
import { commitCreds, countProcess, initCred, newCred } from './cred.ts'
import { commOf, resetHandlers } from './exec.ts'
import { installFd, newFiles } from './files.ts'
import { copyProcess } from './fork.ts'
import { initTask } from './init-task.ts'
import { freshIpcNs } from './ipc.ts'
import type { Kernel } from './kernel.ts'
import { initNetNs } from './net/net-namespace.ts'
import { newNs } from './nsproxy.ts'
import { allocPids, attachPids, taskByPid } from './pid-namespace.ts'
import { becomeSessionLeader } from './sys.ts'
import { acquireTty } from './tty/job-control.ts'
import { lineAt } from './tty/pty.ts'
import type { Task } from './types.ts'

/** How many files whoever sets the host up lets a process open. */
const NOFILE = { cur: 1024, max: 1 << 20 }

export interface InitOptions {
  readonly argv: readonly string[]
  readonly env?: readonly string[]
  readonly hostname?: string
  /** The mount namespace that boot has made. */
  readonly mntNs: number
}

/** Start pid 1: root, in namespaces and a session of its own. Returns its task id. */
export function spawnInit(k: Kernel, program: Program, options: InitOptions): number {
  const cred = newCred(k, initCred(k.initUserNs))
  countProcess(k, 0, 1)
  const { argv, env = [] } = options
  const pids = allocPids(k, k.initPidNs)
  const start = initTask(k)
  const id = k.tasks.insert({
    ...start,
    ...initParts(k, options),
    cred,
    pids,
    comm: commOf(argv[0] ?? 'init'),
    argv,
    environ: env,
    didExec: true,
    rlimits: start.rlimits.with(RLIMIT_NOFILE, NOFILE),
  }).id
  k.initTask = id
  k.tasks.own(id).tgid = id
  attachPids(k, id, k.initPidNs, pids)
  k.pidNamespaces.own(k.initPidNs).childReaper = id
  const thread = k.newThread(id, k.newSys(id), nothing())
  thread.program = program(thread.sys, argv, env)
  k.forks++
  cgroupFork(k, id)
  k.sched.fork(0, id)
  return id
}

function* nothing(): Blocking<number> {
  return 0
}

function initParts(
  k: Kernel,
  { mntNs, hostname }: InitOptions,
): Pick<Task, 'nsproxy' | 'fs' | 'files' | 'sighand'> {
  const own = newNs(k, k.initUserNs, -1)
  const roots = [...k.hierarchies.values()].sort((a, b) => a.id - b.id).map(it => it.root)
  const time = k.timeNamespaces.insert({
    ...own,
    inum: k.inums.time,
    refs: 3,
    monotonicOffset: 0,
    boottimeOffset: 0,
    frozenOffsets: true,
  }).id
  k.initTimeNs = time
  getMntNs(k.vfs, mntNs)
  const nsproxy = k.nsproxies.insert({
    mnt: mntNs,
    uts: k.utsNamespaces.insert({
      ...own,
      inum: k.inums.uts,
      nodename: hostname ?? 'host',
      domainname: '(none)',
    }).id,
    ipc: k.ipcNamespaces.insert({ ...own, ...freshIpcNs(), inum: k.inums.ipc }).id,
    net: initNetNs(k, { ...own, inum: k.inums.net }),
    pidForChildren: k.initPidNs,
    cgroup: k.cgroupNamespaces.insert({ ...own, inum: k.inums.cgroup, roots }).id,
    time,
    timeForChildren: time,
    users: 1,
  }).id
  const fs = newFs(k.vfs, mntNsRoot(k.vfs, mntNs), 0o022).id
  return {
    nsproxy,
    fs,
    files: newFiles(k),
    sighand: k.sighands.insert({ actions: [], flags: [], users: 1 }).id,
  }
}

export interface SpawnOptions {
  /** A file to execute; or give `program`. */
  readonly path?: string
  readonly program?: Program
  readonly argv: readonly string[]
  readonly env?: readonly string[]
  readonly uid?: number
  readonly gid?: number
  readonly groups?: readonly number[]
  readonly cwd?: string
  /** The parent's task id; init if not given. */
  readonly parent?: number
  /** A pty's index: it becomes the controlling terminal of a new session and descriptors 0 to 2. */
  readonly tty?: number
  /** Otherwise: what descriptors 0, 1 and 2 are. Text or bytes to read; a function that takes what is written. */
  readonly input?: string | Uint8Array
  readonly output?: (bytes: Uint8Array) => void
  readonly error?: (bytes: Uint8Array) => void
  /** Open files (ids) by descriptor; they are shared, not taken over. */
  readonly files?: readonly number[]
  /** A new session even without a terminal. */
  readonly session?: boolean
  /** The pid it shall have. */
  readonly pid?: number
}

/**
 * Start a task from outside; returns its task id. Its wait status will be in `k.reaped` once it is reaped. What cannot
 * be executed says so on its standard error and ends with 127.
 */
export function spawn(k: Kernel, options: SpawnOptions): number {
  const parent = k.tasks.get(options.parent ?? k.initTask)
  const { lastPid } = k.pidNamespaces.get(parent.pidNs)
  if (options.pid !== undefined) forceNextPid(k, parent, options.pid)
  const id = copyProcess(k, parent, 0, sys => launch(sys, options))
  if (lastPid > k.pidNamespaces.get(parent.pidNs).lastPid) k.pidNamespaces.own(parent.pidNs).lastPid = lastPid
  k.watched.add(id)
  if (options.tty !== undefined || options.session) becomeSessionLeader(k, id)
  k.tasks.own(id).nice = 0
  replaceFiles(k, id, options)
  if (options.tty !== undefined) acquireTty(k, id, lineAt(k, options.tty).id)
  become(k, id, options)
  k.threads.get(id)!.program = launch(k.sys(id), options)
  return id
}

/** Start a program of the host outside of anybody's session. Linux: call_usermodehelper(). */
export function callUserModeHelper(k: Kernel, argv: readonly string[], input?: Uint8Array): void {
  const id = spawn(k, {
    path: argv[0]!,
    argv,
    env: ['HOME=/', 'PATH=/sbin:/bin:/usr/sbin:/usr/bin'],
    cwd: '/',
    session: true,
    ...(input && { input }),
  })
  k.watched.delete(id)
}

function forceNextPid(k: Kernel, parent: Task, pid: number): void {
  if (!taskByPid(k, parent.pidNs, pid)) k.pidNamespaces.own(parent.pidNs).lastPid = pid - 1
}

/** The first thing the task does is execve, as what was forked would. */
function* launch(sys: Sys, { path, program, argv, env }: SpawnOptions): Blocking<number> {
  if (path === undefined) return yield* program!(sys, argv, env ?? [])
  try {
    return yield* sys.execve(path, argv, env ?? [])
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* sys.write(2, `${path}: ${e.message}\n`)
    return 127
  }
}

function become(k: Kernel, id: number, options: SpawnOptions): void {
  const { uid = 0, gid = 0, groups = uid === 0 && gid === 0 ? [0] : [gid], cwd } = options
  const task = k.tasks.get(id)
  const old = k.creds.get(task.cred)
  const ids = { uid, suid: uid, euid: uid, fsuid: uid, gid, sgid: gid, egid: gid, fsgid: gid }
  const caps = uid === 0 ? {} : { capPermitted: 0n, capEffective: 0n, capAmbient: 0n }
  commitCreds(k, id, { ...old, ...ids, ...caps, groups })
  k.tasks.own(id).dumpable = true
  resetHandlers(k, id)
  if (options.program) {
    k.tasks.own(id).argv = options.argv
    k.tasks.own(id).environ = options.env ?? []
    k.tasks.own(id).comm = commOf(options.argv[0] ?? 'program')
  }
  if (cwd !== undefined) chdir(k.vfs, callerOf(k, k.tasks.get(id)), cwd)
}

function replaceFiles(k: Kernel, id: number, options: SpawnOptions): void {
  const old = k.tasks.get(id).files
  k.tasks.own(id).files = newFiles(k)
  const { fds } = k.files.get(old)
  k.files.remove(old)
  for (const file of fds) if (file) k.vfs.openFiles.own(file).refs--
  filesFor(k, id, options).forEach((file, fd) => installFd(k, k.tasks.get(id), fd, file, false))
}

function filesFor(k: Kernel, id: number, options: SpawnOptions): readonly number[] {
  if (options.files) {
    for (const file of options.files) fget(k.vfs, file)
    return options.files
  }
  if (options.tty !== undefined) {
    const file = openNow(k, id, `/dev/pts/${options.tty}`, O_RDWR)
    fget(k.vfs, file)
    fget(k.vfs, file)
    return [file, file, file]
  }
  const input =
    options.input === undefined ? openNow(k, id, '/dev/null', O_RDONLY) : inputFile(k, options.input)
  const output = outputFile(k, options.output ?? (() => undefined))
  if (options.error) return [input, output, outputFile(k, options.error)]
  fget(k.vfs, output)
  return [input, output, output]
}

/** Open a device, which does not sleep. */
function openNow(k: Kernel, id: number, path: string, flags: number): number {
  k.noctty = true
  const result = openFile(k.vfs, callerOf(k, k.tasks.get(id)), path, flags, 0).next()
  if (!result.done) throw new Error(`opening ${path} would sleep`)
  return result.value
}

/** A pipe whose other end is the host. */
const hostFile = (k: Kernel, fops: FileOps, flags: number): number =>
  newAnonFile(k.vfs, fops, { mode: S_IFIFO | 0o600, name: 'pipe:[]', flags }, 'pipefs').id

function inputFile(k: Kernel, input: string | Uint8Array): number {
  let left = typeof input === 'string' ? encode(input) : input
  const read = (_v: Vfs, _file: unknown, count: number): Uint8Array => {
    const bytes = left.subarray(0, count)
    left = left.subarray(count)
    return bytes
  }
  return hostFile(k, { seekable: false, read, write: () => 0 }, O_RDONLY)
}

function outputFile(k: Kernel, take: (bytes: Uint8Array) => void): number {
  const write = (_v: Vfs, _file: unknown, data: Uint8Array): number => {
    take(data.slice())
    return data.length
  }
  return hostFile(k, { seekable: false, read: () => new Uint8Array(0), write }, O_WRONLY)
}
