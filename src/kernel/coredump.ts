/**
 * Core dumps: where they go, who gets one, what is in it. Linux: fs/coredump.c:do_coredump(), format_corename(),
 * fs/binfmt_elf.c:elf_core_dump(); core(5).
 *
 * Left out: registers and memory (the dump says who died, its pages are holes), core_pipe_limit.
 */
import {
  Errno,
  isReg,
  O_CREAT,
  O_EXCL,
  O_NOFOLLOW,
  O_RDWR,
  RLIM_INFINITY,
  RLIMIT_CORE,
} from '../abi/index.ts'
import { type Caller, fput, ftruncate, open, openExec, unlink, write } from '../vfs/index.ts'
import { callerOf } from './caller.ts'
import { elfCore } from './elf-core.ts'
import type { Kernel } from './kernel.ts'
import { sysctl } from './sysctl.ts'
import type { Task } from './types.ts'
import { userModeHelper } from './umh.ts'
import { fromKgid, fromKuid } from './user-namespace.ts'

/** The least that a limit must leave: one page. Linux: ELF_EXEC_PAGESIZE. */
const MIN_COREDUMP = 4096
const CORENAME_MAX = 128

/** Dump a task that dies of a signal; whether that was done ("core dumped"). */
export function coredump(k: Kernel, task: Task, signal: number): boolean {
  const mode = task.dumpable ? 1 : sysctl(k, 'fs/suid_dumpable')
  if (!mode) return false
  const pattern = k.sysctl.get('kernel/core_pattern') ?? 'core'
  const limit = task.rlimits[RLIMIT_CORE]!.cur
  if (pattern.startsWith('|')) return pipeTo(k, task, pattern.slice(1), signal)
  if (limit < MIN_COREDUMP) return false
  const name = format(k, task, pattern, signal)
  const named = pattern.includes('%p') || !Number(k.sysctl.get('kernel/core_uses_pid') ?? 0)
  const path = named ? name : `${name}.${ownPid(task)}`
  // Who is not to be looked into leaves a dump for root only, and at no place that somebody else has chosen.
  const isSafe = mode === 1 || path.startsWith('/')
  return isSafe && store(k, task, path.slice(0, CORENAME_MAX - 1), limit, signal, mode === 2)
}

const ownPid = (task: Task): number => task.pids[task.pids.length - 1]!

/** Linux: format_corename(). Unknown letters are dropped, slashes within a value become `!`. */
function format(k: Kernel, task: Task, pattern: string, signal: number): string {
  const cred = k.creds.get(task.cred)
  const exe = task.exeDentry
    ? k.vfs.showPath({ mount: task.exeMount, dentry: task.exeDentry }, callerOf(k, task))
    : ''
  const { nodename } = k.utsNamespaces.get(k.nsproxies.get(task.nsproxy).uts)
  const limit = task.rlimits[RLIMIT_CORE]!.cur
  const values: Readonly<Record<string, string | number>> = {
    '%': '%',
    p: ownPid(task),
    i: ownPid(task),
    P: task.pids[0]!,
    I: task.pids[0]!,
    u: fromKuid(k, k.initUserNs, cred.uid),
    g: fromKgid(k, k.initUserNs, cred.gid),
    d: task.dumpable ? 1 : sysctl(k, 'fs/suid_dumpable'),
    s: signal,
    t: k.realtime().sec,
    h: nodename,
    e: task.comm,
    f: exe.slice(exe.lastIndexOf('/') + 1),
    E: exe,
    c: limit === RLIM_INFINITY ? '18446744073709551615' : limit,
  }
  return pattern.replace(/%(.?)/gs, (_, letter: string) => String(values[letter] ?? '').replaceAll('/', '!'))
}

/** A program of the host reads the dump, whatever RLIMIT_CORE says. Words are parted before they are filled in. */
function pipeTo(k: Kernel, task: Task, pattern: string, signal: number): boolean {
  const argv = pattern
    .split(' ')
    .filter(Boolean)
    .map(word => format(k, task, word, signal))
  try {
    openExec(k.vfs, callerOf(k, k.tasks.get(k.initTask)), argv[0] ?? '')
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    k.log(`Core dump to |${argv[0]} pipe failed`)
    return false
  }
  userModeHelper(k, argv, elfCore(k, task, signal).head)
  return true
}

/** A file of its own at the place: what is there goes first, and links are not followed. */
function store(k: Kernel, task: Task, path: string, limit: number, signal: number, asRoot: boolean): boolean {
  const own = callerOf(k, task)
  const as: Caller = asRoot ? { ...own, cred: k.creds.get(k.tasks.get(k.initTask).cred) } : own
  const { head, size } = elfCore(k, task, signal)
  try {
    if (!asRoot) removeOld(k, as, path)
    const opened = open(k.vfs, as, path, O_CREAT | O_RDWR | O_NOFOLLOW | O_EXCL, 0o600).next()
    if (!opened.done) return false
    const isFile = isReg(k.vfs.inode(k.openFiles.get(opened.value).inode))
    if (isFile) write(k.vfs, as, opened.value, head).next()
    if (isFile) ftruncate(k.vfs, as, opened.value, Math.min(size, limit))
    fput(k.vfs, opened.value)
    return isFile
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

function removeOld(k: Kernel, as: Caller, path: string): void {
  try {
    unlink(k.vfs, as, path)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}
