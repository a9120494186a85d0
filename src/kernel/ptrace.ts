/** Who may look into another task. Linux: kernel/ptrace.c:__ptrace_may_access(), with file-system credentials. */
import { CAP_SYS_PTRACE } from '../abi/index.ts'
import type { Caller } from '../vfs/index.ts'
import { nsCapable } from './capability.ts'
import type { Kernel } from './kernel.ts'

export function ptraceMayAccess(k: Kernel, as: Caller, taskId: number): boolean {
  const task = k.tasks.find(taskId)
  if (!task) return false
  if (!as.task || as.task === taskId) return true
  const mine = as.cred
  const its = k.creds.get(task.cred)
  const trusted = nsCapable(k, mine, CAP_SYS_PTRACE, its.userNs)
  const sameUser = [its.euid, its.suid, its.uid].every(uid => uid === mine.fsuid)
  const sameGroup = [its.egid, its.sgid, its.gid].every(gid => gid === mine.fsgid)
  if (!(sameUser && sameGroup) && !trusted) return false
  if (!task.dumpable && !trusted) return false
  return trusted || (its.userNs === mine.userNs && !(its.capPermitted & ~mine.capEffective))
}
