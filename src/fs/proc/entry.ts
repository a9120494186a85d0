/** What the entries of /proc/PID share: whose they are, who owns them, who may look. Linux: fs/proc/internal.h. */
import { EACCES, ESRCH } from '../../abi/index.ts'
import {
  type Kernel,
  type PidNamespace,
  ptraceMayAccess,
  type Task,
  ptraceRefused,
} from '../../kernel/index.ts'
import type { Caller } from '../../vfs/index.ts'

/** What an entry of /proc/PID is made from. */
export interface TaskEntry {
  readonly k: Kernel
  /** The task's id; it may die while the directory is open. */
  readonly id: number
  readonly ns: PidNamespace
  /** Below task/: of one thread, not of its whole process. */
  readonly isThread: boolean
}

/** The task behind an entry, or ESRCH when it has been reaped meanwhile. */
export function taskOf({ k, id }: TaskEntry): Task {
  const task = k.tasks.find(id)
  if (!task) throw ESRCH
  return task
}

/** Inode numbers: one block of 256 a task. Linux hands out fresh ones; nobody relies on more than their being unique. */
export const inodeOf = (entry: TaskEntry, index: number): number => 0x10000 + entry.id * 256 + index

/** The directories that everybody may list. */
const OPEN_DIRECTORY = 0o555

/**
 * Who owns the entries of a task: its effective ids, or root when it may not be dumped; the open directories are
 * its own even then. Linux: task_dump_owner().
 */
export function ownerOf({ k }: TaskEntry, task: Task, mode = 0): { uid: number; gid: number } {
  if (!task.dumpable && mode !== OPEN_DIRECTORY) return { uid: 0, gid: 0 }
  const cred = k.creds.get(task.cred)
  return { uid: cred.euid, gid: cred.egid }
}

export function requireTrace({ k, id }: TaskEntry, as: Caller): void {
  if (ptraceMayAccess(k, as, id)) return
  const [task, target] = [k.tasks.find(as.task), k.tasks.find(id)]
  throw task && target ? ptraceRefused(k, task, target, EACCES) : EACCES
}
