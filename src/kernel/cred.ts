/**
 * Credentials: who a task is, and the calls that change it. A credential is never changed, only replaced; tasks
 * share them, and the last one takes it along. Linux: kernel/cred.c, kernel/sys.c (set*id), kernel/groups.c.
 *
 * Left out: keyrings, LSM labels.
 */
import {
  CAP_FULL_SET,
  CAP_SETGID,
  CAP_SETUID,
  EAGAIN,
  EINVAL,
  EPERM,
  type Errno,
  RLIMIT_NPROC,
  SECBIT_KEEP_CAPS,
  SECBIT_NO_SETUID_FIXUP,
} from '../abi/index.ts'
import type { Cred } from '../vfs/index.ts'
import { nsCapable } from './capability.ts'
import type { Kernel } from './kernel.ts'
import { setProcess } from './thread-group.ts'
import { refuse, userNsName } from './refuse.ts'
import type { Task } from './types.ts'
import { fromKgid, fromKuid, makeKgid, makeKuid, putUserNs } from './user-namespace.ts'

type NewCred = Omit<Cred, 'id' | 'epoch'>

/** What init starts with: root with every capability in the initial user namespace. */
export const initCred = (userNs: number): NewCred => ({
  uid: 0,
  gid: 0,
  suid: 0,
  sgid: 0,
  euid: 0,
  egid: 0,
  fsuid: 0,
  fsgid: 0,
  groups: [],
  capPermitted: CAP_FULL_SET,
  capEffective: CAP_FULL_SET,
  capInheritable: 0n,
  capBset: CAP_FULL_SET,
  capAmbient: 0n,
  securebits: 0,
  userNs,
})

/** Add a credential; it is kept until `putCred`. Takes a reference to its user namespace. */
export function newCred(k: Kernel, cred: NewCred): number {
  const { id } = k.creds.insert(cred)
  k.credUsers.set(id, 1)
  k.userNamespaces.own(cred.userNs).refs++
  return id
}

/** One more task shares it. */
export function getCred(k: Kernel, id: number): number {
  k.credUsers.set(id, (k.credUsers.get(id) ?? 0) + 1)
  return id
}

export function putCred(k: Kernel, id: number): void {
  const users = (k.credUsers.get(id) ?? 1) - 1
  if (users > 0) {
    k.credUsers.set(id, users)
    return
  }
  k.credUsers.delete(id)
  const { userNs } = k.creds.get(id)
  k.creds.remove(id)
  putUserNs(k, userNs)
}

/** Linux: cred_cap_issubset(). "The creator of the user namespace has all of the capabilities in that namespace." */
function capIsSubset(k: Kernel, set: NewCred, subset: NewCred): boolean {
  if (set.userNs === subset.userNs) return !(subset.capPermitted & ~set.capPermitted)
  for (let ns = k.userNamespaces.get(subset.userNs); ns.parent; ns = k.userNamespaces.get(ns.parent))
    if (ns.parent === set.userNs && ns.owner === set.euid) return true
  return false
}

/** Linux: commit_creds(). The task's processes are counted for its real user. */
export function commitCreds(k: Kernel, taskId: number, cred: NewCred): void {
  const me = k.tasks.own(taskId)
  const old = k.creds.get(me.cred)
  if (old.uid !== cred.uid) moveProcess(k, old.uid, cred.uid)
  const changesIds =
    old.euid !== cred.euid || old.egid !== cred.egid || old.fsuid !== cred.fsuid || old.fsgid !== cred.fsgid
  if (changesIds || !capIsSubset(k, old, cred)) {
    setProcess(k, taskId, { dumpable: false })
    me.pdeathsig = 0
  }
  const id = newCred(k, cred)
  putCred(k, me.cred)
  me.cred = id
}

function moveProcess(k: Kernel, from: number, to: number): void {
  countProcess(k, from, -1)
  countProcess(k, to, 1)
}

/** Linux: inc_rlimit_ucounts(UCOUNT_RLIMIT_NPROC). */
export function countProcess(k: Kernel, uid: number, change: number): void {
  const count = (k.processes.get(uid) ?? 0) + change
  if (count) k.processes.set(uid, count)
  else k.processes.delete(uid)
}

/** Linux: cap_emulate_setxuid(). Capabilities follow the user ids between 0 and something else. */
function fixCapabilities(k: Kernel, old: Cred, cred: NewCred): NewCred {
  if (cred.securebits & SECBIT_NO_SETUID_FIXUP) return cred
  const root = makeKuid(k, old.userNs, 0)
  const wasRoot = old.uid === root || old.euid === root || old.suid === root
  const isRoot = cred.uid === root || cred.euid === root || cred.suid === root
  let { capPermitted, capEffective, capAmbient } = cred
  if (wasRoot && !isRoot) {
    if (!(cred.securebits & SECBIT_KEEP_CAPS)) {
      capPermitted = 0n
      capEffective = 0n
    }
    capAmbient = 0n
  }
  if (old.euid === root && cred.euid !== root) capEffective = 0n
  if (old.euid !== root && cred.euid === root) capEffective = capPermitted
  return { ...cred, capPermitted, capEffective, capAmbient }
}

/** An id that the user namespace does not know. */
export const unmapped = (k: Kernel, kind: 'uid' | 'gid', id: number, userNs: number): Errno =>
  refuse(k, EINVAL, 'id-unmapped', { kind, id, mine: userNsName(k, userNs) })

/** A user id of the caller's namespace as the kernel's. EINVAL if it is not mapped. */
function kuid(k: Kernel, cred: Cred, uid: number): number {
  const id = makeKuid(k, cred.userNs, uid)
  if (id === undefined) throw unmapped(k, 'uid', uid, cred.userNs)
  return id
}

function kgid(k: Kernel, cred: Cred, gid: number): number {
  const id = makeKgid(k, cred.userNs, gid)
  if (id === undefined) throw unmapped(k, 'gid', gid, cred.userNs)
  return id
}

export function setuid(k: Kernel, task: Task, uid: number): void {
  const old = k.creds.get(task.cred)
  const id = kuid(k, old, uid)
  if (nsCapable(k, old, CAP_SETUID, old.userNs)) {
    changeUids(k, task, old, { ...old, uid: id, suid: id, euid: id, fsuid: id })
    return
  }
  if (id !== old.uid && id !== old.suid) throw EPERM
  changeUids(k, task, old, { ...old, euid: id, fsuid: id })
}

export function setgid(k: Kernel, task: Task, gid: number): void {
  const old = k.creds.get(task.cred)
  const id = kgid(k, old, gid)
  if (nsCapable(k, old, CAP_SETGID, old.userNs)) {
    commitCreds(k, task.id, { ...old, gid: id, sgid: id, egid: id, fsgid: id })
    return
  }
  if (id !== old.gid && id !== old.sgid) throw EPERM
  commitCreds(k, task.id, { ...old, egid: id, fsgid: id })
}

export function setresuid(k: Kernel, task: Task, ruid: number, euid: number, suid: number): void {
  const old = k.creds.get(task.cred)
  const [r, e, s] = [ruid, euid, suid].map(id => (id === -1 ? -1 : kuid(k, old, id))) as [
    number,
    number,
    number,
  ]
  if (!nsCapable(k, old, CAP_SETUID, old.userNs))
    for (const id of [r, e, s])
      if (id !== -1 && id !== old.uid && id !== old.euid && id !== old.suid) throw EPERM
  const now = { ...old }
  if (r !== -1) now.uid = r
  if (e !== -1) now.euid = e
  if (s !== -1) now.suid = s
  now.fsuid = now.euid
  changeUids(k, task, old, now)
}

export function setresgid(k: Kernel, task: Task, rgid: number, egid: number, sgid: number): void {
  const old = k.creds.get(task.cred)
  const [r, e, s] = [rgid, egid, sgid].map(id => (id === -1 ? -1 : kgid(k, old, id))) as [
    number,
    number,
    number,
  ]
  if (!nsCapable(k, old, CAP_SETGID, old.userNs))
    for (const id of [r, e, s])
      if (id !== -1 && id !== old.gid && id !== old.egid && id !== old.sgid) throw EPERM
  const now = { ...old }
  if (r !== -1) now.gid = r
  if (e !== -1) now.egid = e
  if (s !== -1) now.sgid = s
  now.fsgid = now.egid
  commitCreds(k, task.id, now)
}

/** Since Linux 3.1 set*uid() does not fail over RLIMIT_NPROC; the next execve does. EAGAIN stays for that. */
function changeUids(k: Kernel, task: Task, old: Cred, now: NewCred): void {
  const limit = task.rlimits[RLIMIT_NPROC]!.cur
  if (now.uid !== old.uid && now.uid !== 0 && (k.processes.get(now.uid) ?? 0) >= limit)
    k.overNproc.add(task.id)
  commitCreds(k, task.id, fixCapabilities(k, old, now))
}

/** Linux: do_execveat_common()'s check of PF_NPROC_EXCEEDED. */
export function checkNprocAtExec(k: Kernel, task: Task): void {
  if (!k.overNproc.delete(task.id)) return
  const { uid } = k.creds.get(task.cred)
  if ((k.processes.get(uid) ?? 0) > task.rlimits[RLIMIT_NPROC]!.cur)
    throw refuse(k, EAGAIN, 'nproc', { uid, limit: task.rlimits[RLIMIT_NPROC]!.cur })
}

/** Linux: may_setgroups(). */
export function setgroups(k: Kernel, task: Task, groups: readonly number[]): void {
  const old = k.creds.get(task.cred)
  const ns = k.userNamespaces.get(old.userNs)
  if (!nsCapable(k, old, CAP_SETGID, old.userNs)) throw EPERM
  if (!ns.setgroupsAllowed) throw refuse(k, EPERM, 'setgroups-denied', { ns: userNsName(k, ns.id) })
  if (!ns.gidMap.length) throw refuse(k, EPERM, 'setgroups-unmapped', { ns: userNsName(k, ns.id) })
  if (groups.length > 65536) throw EINVAL
  const kgids = groups.map(gid => kgid(k, old, gid)).sort((a, b) => a - b)
  commitCreds(k, task.id, { ...old, groups: kgids })
}

export function getgroups(k: Kernel, task: Task): readonly number[] {
  const { groups, userNs } = k.creds.get(task.cred)
  return groups.map(gid => fromKgid(k, userNs, gid))
}

export function getresuid(k: Kernel, task: Task): readonly [number, number, number] {
  const { uid, euid, suid, userNs } = k.creds.get(task.cred)
  return [fromKuid(k, userNs, uid), fromKuid(k, userNs, euid), fromKuid(k, userNs, suid)]
}

export function getresgid(k: Kernel, task: Task): readonly [number, number, number] {
  const { gid, egid, sgid, userNs } = k.creds.get(task.cred)
  return [fromKgid(k, userNs, gid), fromKgid(k, userNs, egid), fromKgid(k, userNs, sgid)]
}

export const getuid = (k: Kernel, task: Task): number => uidOf(k, task, 'uid')
export const geteuid = (k: Kernel, task: Task): number => uidOf(k, task, 'euid')
export const getgid = (k: Kernel, task: Task): number => gidOf(k, task, 'gid')
export const getegid = (k: Kernel, task: Task): number => gidOf(k, task, 'egid')

function uidOf(k: Kernel, task: Task, which: 'uid' | 'euid'): number {
  const cred = k.creds.get(task.cred)
  return fromKuid(k, cred.userNs, cred[which])
}

function gidOf(k: Kernel, task: Task, which: 'gid' | 'egid'): number {
  const cred = k.creds.get(task.cred)
  return fromKgid(k, cred.userNs, cred[which])
}

/** Whether the credential is in the group: its file-system group or a supplementary one. Linux: in_group_p(). */
export const inGroup = (cred: Cred, gid: number): boolean => cred.fsgid === gid || cred.groups.includes(gid)
