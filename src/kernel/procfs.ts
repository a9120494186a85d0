/** What /proc asks of the kernel, by task id. Linux: the functions that fs/proc calls all over the kernel. */
import { CAP_SYS_ADMIN, EACCES } from '../abi/index.ts'
import type { Cred } from '../vfs/index.ts'
import { nsCapable } from './capability.ts'
import { cutComm } from './exec.ts'
import type { Kernel } from './kernel.ts'
import { uuid as randomUuid } from './random.ts'
import { NAME_LENGTH } from './sys.ts'
import {
  type MapWriter,
  showGidMap,
  showSetgroups as showSetgroupsOf,
  showUidMap,
  storeGidMap,
  storeSetgroups as storeSetgroupsOf,
  storeUidMap,
} from './user-namespace.ts'

export const credOf = (k: Kernel, taskId: number): Cred => k.creds.get(k.tasks.get(taskId).cred)

/** The pid namespace a reader lives in; the initial one for the kernel itself. */
export const pidNsOf = (k: Kernel, taskId: number): number => k.tasks.find(taskId)?.pidNs ?? k.initPidNs
export const userNsOfPidNs = (k: Kernel, pidNs: number): number => k.pidNamespaces.get(pidNs).userNs

/** The number given out last in the reader's pid namespace. */
export const lastPid = (k: Kernel, taskId: number): number => k.pidNamespaces.get(pidNsOf(k, taskId)).lastPid

/** The next process gets the number after it, if that is free. Linux: pid_ns_ctl_handler(). */
export function setLastPid(k: Kernel, taskId: number, pid: number): void {
  k.pidNamespaces.own(pidNsOf(k, taskId)).lastPid = pid
}

/** The processes that a pid namespace knows, by their leaders, in the order of their making. */
export function tasksIn(k: Kernel, pidNs: number): readonly number[] {
  const ids: number[] = []
  for (const { task } of k.pidNumbers.get(pidNs)?.values() ?? [])
    if (k.tasks.find(task)?.tgid === task) ids.push(task)
  return ids
}

export function setComm(k: Kernel, taskId: number, name: string): void {
  k.tasks.own(taskId).comm = cutComm(name)
}

// /proc/PID/uid_map, gid_map, setgroups

export function showIdMap(k: Kernel, taskId: number, which: 'uid' | 'gid', readerNs: number): string {
  const { userNs } = credOf(k, taskId)
  return which === 'uid' ? showUidMap(k, userNs, readerNs) : showGidMap(k, userNs, readerNs)
}

export function storeIdMap(
  k: Kernel,
  who: MapWriter,
  taskId: number,
  which: 'uid' | 'gid',
  text: string,
): void {
  const { userNs } = credOf(k, taskId)
  const store = which === 'uid' ? storeUidMap : storeGidMap
  store(k, userNs, text, who)
}

export const showSetgroups = (k: Kernel, taskId: number): string =>
  showSetgroupsOf(k, credOf(k, taskId).userNs)

/** Linux: proc_setgroups_open(), for who will write. Errors: EACCES. */
export function openSetgroups(k: Kernel, cred: Cred, taskId: number): void {
  if (!nsCapable(k, cred, CAP_SYS_ADMIN, credOf(k, taskId).userNs)) throw EACCES
}

export const storeSetgroups = (k: Kernel, taskId: number, text: string): void =>
  storeSetgroupsOf(k, credOf(k, taskId).userNs, text)

// /proc/sys/kernel

const utsOf = (k: Kernel, taskId: number): number => {
  const task = k.tasks.find(taskId) ?? k.tasks.get(k.initTask)
  return k.nsproxies.get(task.nsproxy).uts
}

export function hostnameOf(
  k: Kernel,
  taskId: number,
): { readonly nodename: string; readonly domainname: string } {
  const { nodename, domainname } = k.utsNamespaces.get(utsOf(k, taskId))
  return { nodename, domainname }
}

/** Linux: proc_do_uts_string(). Asks for no capability, only for the permission to write; too long a name is cut off. */
function storeUtsName(k: Kernel, taskId: number, which: 'nodename' | 'domainname', name: string): void {
  k.utsNamespaces.own(utsOf(k, taskId))[which] = name.slice(0, NAME_LENGTH)
}

export const setHostname = (k: Kernel, taskId: number, name: string): void =>
  storeUtsName(k, taskId, 'nodename', name)
export const setDomainname = (k: Kernel, taskId: number, name: string): void =>
  storeUtsName(k, taskId, 'domainname', name)

/** /proc/sys/kernel/random/uuid: another one at each reading. */
export const uuid = (k: Kernel): string => randomUuid(k.random)

/** /proc/sys/kernel/random/boot_id. */
export const bootId = (k: Kernel): string => k.bootId
