/**
 * The system calls on descriptors and paths: from the caller's numbers to the VFS's, and ids from one user namespace
 * to another. Linux: the SYSCALL_DEFINEs of fs/*.c.
 */
import {
  AT_FDCWD,
  type Blocking,
  EBADF,
  EFBIG,
  EINVAL,
  encode,
  ENOTDIR,
  ENOTTY,
  isDir,
  O_CLOEXEC,
  O_DIRECT,
  O_NOCTTY,
  O_NONBLOCK,
  O_PATH,
  RLIMIT_NOFILE,
  type Stat,
  type Termios,
  type Winsize,
} from '../abi/index.ts'
import * as vfs from '../vfs/index.ts'
import { callerOf } from './caller.ts'
import { doSignal } from './deliver.ts'
import { checkFileMax, fileOf, freeFd, installFd, noFreeFd } from './files.ts'
import type { Kernel } from './kernel.ts'
import { fsyncPages, syncPages } from './mm/page-writeback.ts'
import { newPipe } from './pipe.ts'
import { signalPending } from './signal.ts'
import * as jobs from './tty/job-control.ts'
import type { Line } from './tty/line.ts'
import { isMaster, lineOf, resize, tcsetattr as setTermios } from './tty/pty.ts'
import { BYTE_COST, countRead, countWrite } from './task-io.ts'
import { unmapped } from './cred.ts'
import type { Task } from './types.ts'
import { fromKgid, fromKuid, makeKgid, makeKuid } from './user-namespace.ts'

export const open = (k: Kernel, task: Task, path: string, flags: number, mode = 0): Blocking<number> =>
  openat(k, task, AT_FDCWD, path, flags, mode)

/**
 * The caller as if it worked in the directory `dirfd`, where the relative paths of openat(2) and the like begin.
 * Linux: path_init(). Errors: EBADF, ENOTDIR.
 */
export function callerAt(k: Kernel, task: Task, dirfd: number, path: string): vfs.Caller {
  const as = callerOf(k, task)
  if (dirfd === AT_FDCWD || path?.startsWith('/')) return as
  const { mount, dentry, inode } = fileOf(k, task, dirfd)
  if (!isDir(k.vfs.inode(inode))) throw ENOTDIR
  return { ...as, fs: { ...as.fs, pwdMount: mount, pwdDentry: dentry } }
}

export function openat(
  k: Kernel,
  task: Task,
  dirfd: number,
  path: string,
  flags: number,
  mode = 0,
): Blocking<number> {
  const { id } = task
  freeFd(k, task, 0)
  checkFileMax(k, task)
  k.noctty = (flags & O_NOCTTY) !== 0
  return vfs.andThen(vfs.open(k.vfs, callerAt(k, task, dirfd, path), path, flags, mode), file => {
    const me = k.tasks.get(id)
    const fd = freeFd(k, me, 0)
    installFd(k, me, fd, file, (flags & O_CLOEXEC) !== 0)
    return fd
  })
}

export function read(k: Kernel, task: Task, fd: number, count: number): Blocking<Uint8Array> {
  if (count < 0) throw EINVAL
  const { id } = task
  return vfs.andThen(vfs.read(k.vfs, callerOf(k, task), fileOf(k, task, fd).id, count), bytes => {
    countRead(k, id, bytes.length)
    k.trace?.returned(id, bytes)
    return bytes
  })
}

export function pread(
  k: Kernel,
  task: Task,
  fd: number,
  count: number,
  offset: number,
): Blocking<Uint8Array> {
  const { id } = task
  return vfs.andThen(vfs.pread(k.vfs, callerOf(k, task), fileOf(k, task, fd).id, count, offset), bytes => {
    countRead(k, id, bytes.length)
    return bytes
  })
}

export function write(k: Kernel, task: Task, fd: number, data: Uint8Array | string): Blocking<number> {
  const { id } = task
  const file = fileOf(k, task, fd).id
  const bytes = typeof data === 'string' ? encode(data) : data
  k.spent += Math.ceil(bytes.length * BYTE_COST)
  try {
    return vfs.andThen(vfs.write(k.vfs, callerOf(k, task), file, bytes), written => {
      k.trace?.returned(id, written)
      return countWrite(k, id, written)
    })
  } catch (e) {
    return refused(k, id, e)
  }
}

export function pwrite(
  k: Kernel,
  task: Task,
  fd: number,
  data: Uint8Array | string,
  offset: number,
): Blocking<number> {
  const bytes = typeof data === 'string' ? encode(data) : data
  const { id } = task
  k.spent += Math.ceil(bytes.length * BYTE_COST)
  const file = fileOf(k, task, fd).id
  try {
    return vfs.andThen(vfs.pwrite(k.vfs, callerOf(k, task), file, bytes, offset), written =>
      countWrite(k, id, written),
    )
  } catch (e) {
    return refused(k, id, e)
  }
}

/** Beyond RLIMIT_FSIZE comes SIGXFSZ first, and EFBIG for those who survive it. */
function refused(k: Kernel, id: number, error: unknown): Blocking<never> {
  if (!signalPending(k, id)) throw error
  return afterSignal(k, id, error)
}

function* afterSignal(k: Kernel, id: number, error: unknown): Blocking<never> {
  if (error === EFBIG && signalPending(k, id)) yield* doSignal(k, id)
  throw error
}

/** A call that may make a file too large. */
export const growing =
  (act: (k: Kernel, task: Task, ...args: any[]) => unknown) =>
  (k: Kernel, task: Task, ...args: any[]): Blocking<void> => {
    const { id } = task
    try {
      act(k, task, ...args)
      return vfs.DONE
    } catch (e) {
      return refused(k, id, e)
    }
  }

export function pipe2(k: Kernel, task: Task, flags: number): readonly [number, number] {
  if (flags & ~(O_CLOEXEC | O_NONBLOCK | O_DIRECT)) throw EINVAL
  const first = freeFd(k, task, 0)
  const second = freeFd(k, task, first + 1)
  checkFileMax(k, task)
  if (second >= task.rlimits[RLIMIT_NOFILE]!.cur) throw noFreeFd(k, task)
  const { fsuid, fsgid } = k.creds.get(task.cred)
  const [read, write] = newPipe(k, flags & O_NONBLOCK, fsuid, fsgid)
  const cloexec = (flags & O_CLOEXEC) !== 0
  installFd(k, task, first, read, cloexec)
  installFd(k, task, second, write, cloexec)
  return [first, second]
}

/** fsync(2). EINVAL for what cannot be synchronised. */
export function fsync(k: Kernel, task: Task, fd: number): Blocking<void> {
  const file = fileOf(k, task, fd)
  if (!k.vfs.fops(file).seekable) throw EINVAL
  const inode = k.vfs.inode(file.inode)
  const sb = k.superBlocks.get(inode.sb)
  k.vfs.fsOf(sb).syncFs?.(k.vfs, sb)
  const mapping = k.pageCache.find(inode.id)
  if (mapping) fsyncPages(k, mapping)
  return vfs.DONE
}

/** sync(2). */
export function sync(k: Kernel): Blocking<void> {
  for (const sb of [...k.superBlocks.values()]) k.vfs.fsOf(sb).syncFs?.(k.vfs, sb)
  syncPages(k)
  return vfs.DONE
}

// Ids and paths

/** Ids as the caller's user namespace shows them. */
export function toCaller(k: Kernel, task: Task, stat: Stat): Stat {
  const { userNs } = k.creds.get(task.cred)
  if (userNs === k.initUserNs) return stat
  return { ...stat, uid: fromKuid(k, userNs, stat.uid), gid: fromKgid(k, userNs, stat.gid) }
}

/** Ids of chown(2) as the kernel's. EINVAL if the caller's namespace does not map them. */
export function toKernel(k: Kernel, task: Task, uid: number, gid: number): readonly [number, number] {
  const { userNs } = k.creds.get(task.cred)
  const kuid = uid === -1 ? -1 : makeKuid(k, userNs, uid)
  const kgid = gid === -1 ? -1 : makeKgid(k, userNs, gid)
  if (kuid === undefined) throw unmapped(k, 'uid', uid, userNs)
  if (kgid === undefined) throw unmapped(k, 'gid', gid, userNs)
  return [kuid, kgid]
}

export const stat = (k: Kernel, task: Task, path: string): Stat =>
  toCaller(k, task, vfs.stat(k.vfs, callerOf(k, task), path))
export const lstat = (k: Kernel, task: Task, path: string): Stat =>
  toCaller(k, task, vfs.lstat(k.vfs, callerOf(k, task), path))
export const fstat = (k: Kernel, task: Task, fd: number): Stat =>
  toCaller(k, task, vfs.fstat(k.vfs, callerOf(k, task), fileOf(k, task, fd).id))

export function chown(k: Kernel, task: Task, path: string, uid: number, gid: number): void {
  vfs.chown(k.vfs, callerOf(k, task), path, ...toKernel(k, task, uid, gid))
}

export function lchown(k: Kernel, task: Task, path: string, uid: number, gid: number): void {
  vfs.lchown(k.vfs, callerOf(k, task), path, ...toKernel(k, task, uid, gid))
}

export function fchown(k: Kernel, task: Task, fd: number, uid: number, gid: number): void {
  vfs.fchown(k.vfs, callerOf(k, task), usable(k, task, fd), ...toKernel(k, task, uid, gid))
}

/** The open file of a descriptor that may be used for more than its path. */
export function usable(k: Kernel, task: Task, fd: number): number {
  const file = fileOf(k, task, fd)
  if (file.flags & O_PATH) throw EBADF
  return file.id
}

// Terminals

function terminal(k: Kernel, task: Task, fd: number): Line {
  const line = lineOf(k, fileOf(k, task, fd).id)
  if (!line) throw ENOTTY
  return line
}

export function isatty(k: Kernel, task: Task, fd: number): boolean {
  const file = k.files.get(task.files).fds[fd]
  return file !== undefined && lineOf(k, file) !== undefined
}

export const tcgetattr = (k: Kernel, task: Task, fd: number): Termios => terminal(k, task, fd).tty.termios

export function* tcsetattr(
  k: Kernel,
  task: Task,
  fd: number,
  when: number,
  termios: Termios,
): Blocking<void> {
  yield* setTermios(k, task.id, terminal(k, task, fd).id, when, termios)
}

export function tcgetpgrp(k: Kernel, task: Task, fd: number): number {
  return jobs.tcgetpgrp(k, task, terminal(k, task, fd).id, isMaster(k, fileOf(k, task, fd)))
}

export function* tcsetpgrp(k: Kernel, task: Task, fd: number, pgrp: number): Blocking<void> {
  yield* jobs.tcsetpgrp(k, task.id, terminal(k, task, fd).id, pgrp, doSignal)
}

export function tiocgwinsz(k: Kernel, task: Task, fd: number): Winsize {
  const { rows, cols } = terminal(k, task, fd).tty
  return { rows, cols }
}

export const tiocswinsz = (k: Kernel, task: Task, fd: number, size: Winsize): void =>
  resize(k, terminal(k, task, fd).id, size)
