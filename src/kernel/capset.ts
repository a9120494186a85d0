/** capget(2), capset(2) and the bounding set. Linux: kernel/capability.c, security/commoncap.c:cap_capset(). */
import { CAP_LAST_CAP, CAP_SETPCAP, type Capabilities, EINVAL, EPERM, ESRCH } from '../abi/index.ts'
import { capBit, nsCapable } from './capability.ts'
import { commitCreds } from './cred.ts'
import type { Kernel } from './kernel.ts'
import { taskOrSelf } from './pid-namespace.ts'
import { refuse } from './refuse.ts'
import type { Task } from './types.ts'

export function capget(k: Kernel, task: Task, pid: number): Capabilities {
  const target = taskOrSelf(k, task, pid)
  if (!target) throw ESRCH
  const cred = k.creds.get(target.cred)
  return { effective: cred.capEffective, permitted: cred.capPermitted, inheritable: cred.capInheritable }
}

/** Linux: cap_capset(). */
export function capset(k: Kernel, task: Task, caps: Capabilities): void {
  const old = k.creds.get(task.cred)
  const { effective, permitted, inheritable } = caps
  const maySetInheritable = nsCapable(k, old, CAP_SETPCAP, old.userNs)
  if (!maySetInheritable && inheritable & ~(old.capInheritable | old.capPermitted)) throw EPERM
  checkSubset(k, 'cap-inheritable', inheritable & ~(old.capInheritable | old.capBset))
  checkSubset(k, 'cap-permitted', permitted & ~old.capPermitted)
  checkSubset(k, 'cap-effective', effective & ~permitted)

  const capAmbient = old.capAmbient & permitted & inheritable
  commitCreds(k, task.id, {
    ...old,
    capEffective: effective,
    capPermitted: permitted,
    capInheritable: inheritable,
    capAmbient,
  })
}

/** What lies beyond the set that the rule allows. Errors: EPERM. */
function checkSubset(k: Kernel, rule: CapRule, beyond: bigint): void {
  if (!beyond) return
  let cap = 0
  while (!(beyond & capBit(cap))) cap++
  throw refuse(k, EPERM, rule, { cap })
}
type CapRule = 'cap-inheritable' | 'cap-permitted' | 'cap-effective'

/** prctl(PR_CAPBSET_DROP). */
export function dropFromBoundingSet(k: Kernel, task: Task, cap: number): void {
  const old = k.creds.get(task.cred)
  if (!nsCapable(k, old, CAP_SETPCAP, old.userNs)) throw EPERM
  if (cap < 0 || cap > CAP_LAST_CAP) throw EINVAL
  commitCreds(k, task.id, { ...old, capBset: old.capBset & ~capBit(cap) })
}
