/**
 * The calls whose relative paths begin at an open directory instead of the working directory: mkdirat(2) and the
 * others in `at`. Linux: the `dfd` of fs/namei.c, fs/open.c, fs/stat.c.
 *
 * Left out: AT_EMPTY_PATH, faccessat, execveat.
 */
import {
  AT_FDCWD,
  AT_REMOVEDIR,
  AT_SYMLINK_FOLLOW,
  AT_SYMLINK_NOFOLLOW,
  EINVAL,
  type Stat,
  type UTime,
} from '../abi/index.ts'
import * as vfs from '../vfs/index.ts'
import { callerAt, toCaller, toKernel } from './file-calls.ts'
import type { Kernel } from './kernel.ts'
import type { Task } from './types.ts'

/** A call of the VFS on a path, with the directory's descriptor before the path. */
const below =
  <A extends readonly unknown[], R>(act: (v: Kernel['vfs'], as: vfs.Caller, path: string, ...args: A) => R) =>
  (k: Kernel, task: Task, dirfd: number, path: string, ...args: A): R =>
    act(k.vfs, callerAt(k, task, dirfd, path), path, ...args)

export const mkdirat = below(vfs.mkdir)
export const mknodat = below(vfs.mknod)
export const readlinkat = below(vfs.readlink)
export const fchmodat = below(vfs.chmod)
const unlink = below(vfs.unlink)
const rmdir = below(vfs.rmdir)

export function unlinkat(k: Kernel, task: Task, dirfd: number, path: string, flags: number): void {
  if (flags & ~AT_REMOVEDIR) throw EINVAL
  const remove = flags ? rmdir : unlink
  remove(k, task, dirfd, path)
}

export function linkat(
  k: Kernel,
  task: Task,
  fromFd: number,
  from: string,
  toFd: number,
  to: string,
  flags: number,
): void {
  if (flags & ~AT_SYMLINK_FOLLOW) throw EINVAL
  const as = callerAt(k, task, fromFd, from)
  vfs.link(k.vfs, as, from, to, flags !== 0, callerAt(k, task, toFd, to))
}

export function symlinkat(k: Kernel, task: Task, target: string, dirfd: number, path: string): void {
  vfs.symlink(k.vfs, callerAt(k, task, dirfd, path), target, path)
}

export function renameat(
  k: Kernel,
  task: Task,
  fromFd: number,
  from: string,
  toFd: number,
  to: string,
): void {
  const as = callerAt(k, task, fromFd, from)
  vfs.renameat2(k.vfs, as, from, to, 0, callerAt(k, task, toFd, to))
}

export function fchownat(
  k: Kernel,
  task: Task,
  dirfd: number,
  path: string,
  uid: number,
  gid: number,
  flags: number,
): void {
  const chown = follows(flags) ? vfs.chown : vfs.lchown
  chown(k.vfs, callerAt(k, task, dirfd, path), path, ...toKernel(k, task, uid, gid))
}

/** Linux: newfstatat. */
export function fstatat(k: Kernel, task: Task, dirfd: number, path: string, flags: number): Stat {
  const stat = follows(flags) ? vfs.stat : vfs.lstat
  return toCaller(k, task, stat(k.vfs, callerAt(k, task, dirfd, path), path))
}

/** The directory comes last, for most callers have none. */
export function utimensat(
  k: Kernel,
  task: Task,
  path: string,
  atime: UTime,
  mtime: UTime,
  follow = true,
  dirfd: number = AT_FDCWD,
): void {
  vfs.utimensat(k.vfs, callerAt(k, task, dirfd, path), path, atime, mtime, follow)
}

function follows(flags: number): boolean {
  if (flags & ~AT_SYMLINK_NOFOLLOW) throw EINVAL
  return flags === 0
}
