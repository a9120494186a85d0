/** On whose behalf the VFS acts. Linux reads all of this from `current`. */
import { RLIMIT_FSIZE } from '../abi/index.ts'
import type { Caller } from '../vfs/index.ts'
import type { Kernel } from './kernel.ts'
import type { Task } from './types.ts'

export const callerOf = (k: Kernel, task: Task): Caller => ({
  task: task.id,
  cred: k.creds.get(task.cred),
  fs: k.fsStructs.get(task.fs),
  mntNs: k.nsproxies.get(task.nsproxy).mnt,
  fsizeLimit: task.rlimits[RLIMIT_FSIZE]!.cur,
})
