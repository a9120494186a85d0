/** capget(2), capset(2) and the bounding set. Linux: kernel/capability.c, security/commoncap.c:cap_capset(). */
import { CAP_LAST_CAP, CAP_SETPCAP, type Capabilities, EINVAL, EPERM, ESRCH } from '../abi/index.ts'
import { capBit, nsCapable } from './capability.ts'
import { commitCreds } from './cred.ts'
import type { Kernel } from './kernel.ts'
import { taskOrSelf } from './pid-namespace.ts'
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
  if (inheritable & ~(old.capInheritable | old.capBset)) throw EPERM
  if (permitted & ~old.capPermitted) throw EPERM
  if (effective & ~permitted) throw EPERM

  const capAmbient = old.capAmbient & permitted & inheritable
  commitCreds(k, task.id, {
    ...old,
    capEffective: effective,
    capPermitted: permitted,
    capInheritable: inheritable,
    capAmbient,
  })
}

/** prctl(PR_CAPBSET_DROP). */
export function dropFromBoundingSet(k: Kernel, task: Task, cap: number): void {
  const old = k.creds.get(task.cred)
  if (!nsCapable(k, old, CAP_SETPCAP, old.userNs)) throw EPERM
  if (cap < 0 || cap > CAP_LAST_CAP) throw EINVAL
  commitCreds(k, task.id, { ...old, capBset: old.capBset & ~capBit(cap) })
}
