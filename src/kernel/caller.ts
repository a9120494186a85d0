/** On whose behalf the VFS acts. Linux reads all of this from `current`. */
import { AT_FDCWD, ENOTDIR, isDir, RLIMIT_FSIZE } from '../abi/index.ts'
import type { Caller } from '../vfs/index.ts'
import { fileOf } from './files.ts'
import type { Kernel } from './kernel.ts'
import type { Task } from './types.ts'

export const callerOf = (k: Kernel, task: Task): Caller => ({
  task: task.id,
  cred: k.creds.get(task.cred),
  fs: k.fsStructs.get(task.fs),
  mntNs: k.nsproxies.get(task.nsproxy).mnt,
  fsizeLimit: task.rlimits[RLIMIT_FSIZE]!.cur,
})

/**
 * The caller as if it worked in the directory `dirfd`, where the relative paths of openat(2) and the like begin.
 * Linux: path_init(). Errors: EBADF, ENOTDIR.
 */
export function callerAt(k: Kernel, task: Task, dirfd: number, path: string): Caller {
  const as = callerOf(k, task)
  if (dirfd === AT_FDCWD || path?.startsWith('/')) return as
  const { mount, dentry, inode } = fileOf(k, task, dirfd)
  if (!isDir(k.vfs.inode(inode))) throw ENOTDIR
  return { ...as, fs: { ...as.fs, pwdMount: mount, pwdDentry: dentry } }
}
