/**
 * Which namespaces a task sees, and how it gets other ones: clone(2), unshare(2), setns(2).
 * Linux: kernel/nsproxy.c, kernel/utsname.c, ipc/namespace.c, net/core/net_namespace.c, kernel/cgroup/namespace.c,
 * kernel/time/namespace.c; namespaces(7).
 *
 * Left out: pidfds as the argument of setns(2).
 */
import {
  CAP_SYS_ADMIN,
  CAP_SYS_CHROOT,
  CAP_SYS_TIME,
  CLONE_FILES,
  CLONE_FS,
  CLONE_NEWCGROUP,
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWTIME,
  CLONE_NEWUSER,
  CLONE_NEWUTS,
  CLONE_SIGHAND,
  CLONE_SYSVSEM,
  CLONE_THREAD,
  CLONE_VM,
  EACCES,
  EINVAL,
  EPERM,
  ERANGE,
  ESRCH,
  EUSERS,
} from '../abi/index.ts'
import type { Table } from '../state/index.ts'
import {
  copyFs,
  copyMntNs,
  type Cred,
  getMntNs,
  mntNsRoot,
  putFs,
  putMntNs,
  setFsPwd,
  setFsRoot,
} from '../vfs/index.ts'
import { nsCapable } from './capability.ts'
import { commitCreds } from './cred.ts'
import { copyFiles, putFiles } from './files.ts'
import { freeIpcNs, freshIpcNs } from './ipc.ts'
import type { Kernel } from './kernel.ts'
import { createNetNs, freeNetNs } from './net/net-namespace.ts'
import { checkCreatePidNs, createPidNs, inPidNs, putPidNs } from './pid-namespace.ts'
import { isThreadGroupEmpty } from './thread-group.ts'
import { pidNsName, refuse, userNsName } from './refuse.ts'
import type { Namespace, NsProxy, Task, TimeNamespace } from './types.ts'
import { checkUcount } from './ucount.ts'
import { checkCreateUserNs, createUserNs, credInUserNs, putUserNs } from './user-namespace.ts'

/** The links of /proc/PID/ns. */
export type NsLink =
  | 'cgroup'
  | 'ipc'
  | 'mnt'
  | 'net'
  | 'pid'
  | 'pid_for_children'
  | 'time'
  | 'time_for_children'
  | 'user'
  | 'uts'

export const NAMESPACE_LINKS: readonly NsLink[] = [
  'cgroup',
  'ipc',
  'mnt',
  'net',
  'pid',
  'pid_for_children',
  'time',
  'time_for_children',
  'user',
  'uts',
]

/** The eight kinds of namespaces. */
export type NsKind = Exclude<NsLink, 'pid_for_children' | 'time_for_children'>

/** The kind of namespace a link leads to. */
export const nsKind = (link: NsLink): NsKind =>
  link === 'pid_for_children' ? 'pid' : link === 'time_for_children' ? 'time' : link

/** The flag of clone(2) for each kind. */
export const CLONE_FLAG: Record<NsKind, number> = {
  cgroup: CLONE_NEWCGROUP,
  ipc: CLONE_NEWIPC,
  mnt: CLONE_NEWNS,
  net: CLONE_NEWNET,
  pid: CLONE_NEWPID,
  time: CLONE_NEWTIME,
  user: CLONE_NEWUSER,
  uts: CLONE_NEWUTS,
}

const NSPROXY_FLAGS =
  CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWCGROUP | CLONE_NEWTIME
/** Every flag that makes a namespace. */
export const NAMESPACE_FLAGS = NSPROXY_FLAGS | CLONE_NEWUSER

type Owned = Namespace & { readonly refs: number }

/** The table of a kind whose records are counted here. Mount and user namespaces count themselves. */
export function nsTable(k: Kernel, kind: NsKind): Table<Owned> {
  const tables: Record<string, unknown> = {
    cgroup: k.cgroupNamespaces,
    ipc: k.ipcNamespaces,
    net: k.netNamespaces,
    pid: k.pidNamespaces,
    time: k.timeNamespaces,
    uts: k.utsNamespaces,
    user: k.userNamespaces,
    mnt: k.mntNamespaces,
  }
  return tables[kind] as Table<Owned>
}

/** The id of the namespace that a link of /proc/PID/ns leads to; 0 if the task is dead or has none. */
export function nsOf(k: Kernel, taskId: number, link: NsLink): number {
  const task = k.tasks.find(taskId)
  if (!task) return 0
  if (link === 'user') return k.creds.find(task.cred)?.userNs ?? 0
  const proxy = k.nsproxies.find(task.nsproxy)
  if (!proxy) return 0
  switch (link) {
    case 'pid':
      return task.pidNs
    case 'pid_for_children':
      // Until the first child is born in it there is nothing to enter. - pidns_for_children_get()
      return k.pidNamespaces.get(proxy.pidForChildren).childReaper || proxy.pidForChildren === task.pidNs
        ? proxy.pidForChildren
        : 0
    case 'time_for_children':
      return proxy.timeForChildren
    default:
      return proxy[link]
  }
}

/** The number shown in brackets. */
export const nsInum = (k: Kernel, link: NsLink, id: number): number => nsTable(k, nsKind(link)).get(id).inum

/** The user namespace that owns a namespace. For a user namespace, its parent. */
export function nsOwner(k: Kernel, kind: NsKind, id: number): number {
  return kind === 'user' ? k.userNamespaces.get(id).parent : nsTable(k, kind).get(id).userNs
}

export function getNs(k: Kernel, kind: NsKind, id: number): number {
  if (kind === 'mnt') getMntNs(k.vfs, id)
  else nsTable(k, kind).own(id).refs++
  return id
}

/** One user less; the last one takes the namespace along. Linux: put_net(), put_uts_ns(), … */
export function putNs(k: Kernel, kind: NsKind, id: number): void {
  if (kind === 'mnt') putMntNs(k.vfs, id)
  else if (kind === 'user') putUserNs(k, id)
  else if (kind === 'pid') putPidNs(k, id)
  else {
    const ns = nsTable(k, kind).own(id)
    if (--ns.refs > 0) return
    const { userNs } = ns
    if (kind === 'net') {
      k.lingeringInum = ns.inum
      freeNetNs(k, id)
    }
    if (kind === 'ipc') freeIpcNs(k, id)
    nsTable(k, kind).remove(id)
    putUserNs(k, userNs)
  }
}

/** A draft with the fields that every namespace has. Takes a reference to the owner. */
export function newNs(k: Kernel, userNs: number, creator: number): Omit<Namespace, 'id' | 'epoch'> {
  k.userNamespaces.own(userNs).refs++
  return { inum: k.nextInum(), userNs, creator, refs: 1 }
}

/** What create_*_ns() refuses: ENOSPC for too many, EINVAL for the wrong place. Capabilities were checked. */
function checkCopy(k: Kernel, task: Task, flags: number): void {
  const proxy = k.nsproxies.get(task.nsproxy)
  if (flags & CLONE_NEWPID) checkCreatePidNs(k, task, proxy.pidForChildren)
  const { userNs, euid } = k.creds.get(task.cred)
  // What a new user namespace owns is on the account of who makes that one.
  for (const kind of ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'uts'] as const)
    if (flags & CLONE_FLAG[kind]) checkUcount(k, kind, userNs, euid)
}

/**
 * Linux: create_new_namespaces(). `userNs` owns the new ones; `fs` is the file-system context whose root and
 * directory move into a new mount namespace. Returns a new nsproxy. Needs: checkCopy().
 */
function createNewNamespaces(k: Kernel, task: Task, flags: number, userNs: number, fs: number): number {
  const old = k.nsproxies.get(task.nsproxy)
  const creator = k.creds.get(task.cred).euid
  const kept = (kind: NsKind, id: number): number => getNs(k, kind, id)
  // Numbers are given out in this order, the time namespace last.
  return k.nsproxies.insert({
    mnt: flags & CLONE_NEWNS ? copyMntNs(k.vfs, old.mnt, userNs, creator, fs) : kept('mnt', old.mnt),
    uts: flags & CLONE_NEWUTS ? copyUtsNs(k, old.uts, userNs, creator) : kept('uts', old.uts),
    ipc:
      flags & CLONE_NEWIPC
        ? k.ipcNamespaces.insert({ ...newNs(k, userNs, creator), ...freshIpcNs() }).id
        : kept('ipc', old.ipc),
    pidForChildren:
      flags & CLONE_NEWPID
        ? createPidNs(k, old.pidForChildren, userNs, creator)
        : kept('pid', old.pidForChildren),
    cgroup: flags & CLONE_NEWCGROUP ? copyCgroupNs(k, task, userNs, creator) : kept('cgroup', old.cgroup),
    net: flags & CLONE_NEWNET ? createNetNs(k, newNs(k, userNs, creator)) : kept('net', old.net),
    time: kept('time', old.time),
    timeForChildren:
      flags & CLONE_NEWTIME
        ? k.timeNamespaces.insert({ ...newNs(k, userNs, creator), ...offsets(k, old.timeForChildren) }).id
        : kept('time', old.timeForChildren),
    users: 1,
  }).id
}

function offsets(k: Kernel, time: number): Omit<TimeNamespace, keyof Namespace> {
  const { monotonicOffset, boottimeOffset } = k.timeNamespaces.get(time)
  return { monotonicOffset, boottimeOffset, frozenOffsets: false }
}

function copyUtsNs(k: Kernel, old: number, userNs: number, creator: number): number {
  const { nodename, domainname } = k.utsNamespaces.get(old)
  return k.utsNamespaces.insert({ ...newNs(k, userNs, creator), nodename, domainname }).id
}

/** "the current cgroups directories of the process become the cgroup root directories" - cgroup_namespaces(7) */
const copyCgroupNs = (k: Kernel, task: Task, userNs: number, creator: number): number =>
  k.cgroupNamespaces.insert({ ...newNs(k, userNs, creator), roots: task.cgroups }).id

/** Linux: get_nsproxy(). */
export function getNsproxy(k: Kernel, id: number): number {
  k.nsproxies.own(id).users++
  return id
}

/** Linux: put_nsproxy(), free_nsproxy(). */
export function putNsproxy(k: Kernel, id: number): void {
  const proxy = k.nsproxies.own(id)
  if (--proxy.users > 0) return
  k.nsproxies.remove(id)
  putNs(k, 'mnt', proxy.mnt)
  putNs(k, 'uts', proxy.uts)
  putNs(k, 'ipc', proxy.ipc)
  putNs(k, 'net', proxy.net)
  putNs(k, 'pid', proxy.pidForChildren)
  putNs(k, 'cgroup', proxy.cgroup)
  putNs(k, 'time', proxy.time)
  putNs(k, 'time', proxy.timeForChildren)
}

/**
 * What copying namespaces for a child or for the task itself refuses, the credential of a new user namespace
 * included. EPERM without CAP_SYS_ADMIN; a new user namespace gives it.
 */
export function checkNamespaces(k: Kernel, task: Task, flags: number): void {
  if (!(flags & NAMESPACE_FLAGS)) return
  const cred = k.creds.get(task.cred)
  if (flags & CLONE_NEWUSER) checkCreateUserNs(k, cred, isChrooted(k, task))
  else if (flags & NSPROXY_FLAGS && !nsCapable(k, cred, CAP_SYS_ADMIN, cred.userNs)) throw EPERM
  if (flags & NSPROXY_FLAGS) checkCopy(k, task, flags)
}

/** Linux: current_chrooted(): its root is not the root of its mount namespace. */
function isChrooted(k: Kernel, task: Task): boolean {
  const fs = k.fsStructs.get(task.fs)
  const root = mntNsRoot(k.vfs, k.nsproxies.get(task.nsproxy).mnt)
  return fs.rootMount !== root.mount || fs.rootDentry !== root.dentry
}

/** The credential for CLONE_NEWUSER. Its namespace counts the credential once that is committed. */
export const credForNewUserNs = (k: Kernel, cred: Cred): Omit<Cred, 'id' | 'epoch'> =>
  credInUserNs(cred, createUserNs(k, cred))

/**
 * Linux: copy_namespaces(), for a child of `task` whose credential owns what is new. A child that is born into
 * another time namespace switches to it. Needs: checkNamespaces().
 */
export function copyNamespaces(k: Kernel, task: Task, flags: number, userNs: number, fs: number): number {
  const old = k.nsproxies.get(task.nsproxy)
  if (!(flags & NSPROXY_FLAGS) && old.time === old.timeForChildren) return getNsproxy(k, old.id)
  const id = createNewNamespaces(k, task, flags, userNs, fs)
  const proxy = k.nsproxies.own(id)
  if (proxy.time !== proxy.timeForChildren) {
    putNs(k, 'time', proxy.time)
    proxy.time = getNs(k, 'time', proxy.timeForChildren)
    freezeOffsets(k, proxy.time)
  }
  return id
}

const UNSHARABLE =
  NAMESPACE_FLAGS | CLONE_THREAD | CLONE_FS | CLONE_SIGHAND | CLONE_VM | CLONE_FILES | CLONE_SYSVSEM

/** unshare(2). Linux: kernel/fork.c:ksys_unshare(). */
export function unshare(k: Kernel, task: Task, flags: number): void {
  if (flags & ~UNSHARABLE) throw refuse(k, EINVAL, 'unshare-flags', {})
  // "CLONE_NEWUSER ... automatically implies CLONE_FS", and so does CLONE_NEWNS. - unshare(2)
  if (flags & (CLONE_NEWUSER | CLONE_NEWNS)) flags |= CLONE_FS
  // "… CLONE_NEWUSER implies CLONE_THREAD, CLONE_VM … CLONE_SIGHAND": what the caller is not to share with threads.
  if (flags & (CLONE_NEWUSER | CLONE_VM | CLONE_SIGHAND)) flags |= CLONE_THREAD
  checkSharing(k, task, flags)
  checkNamespaces(k, task, flags)

  // A new user namespace comes first: it owns the others.
  const cred = k.creds.get(task.cred)
  const newCred = flags & CLONE_NEWUSER ? credForNewUserNs(k, cred) : undefined
  if (flags & CLONE_FS) unshareFs(k, task.id)
  if (flags & CLONE_FILES) unshareFiles(k, task.id)
  if (flags & NSPROXY_FLAGS) {
    const me = k.tasks.get(task.id)
    const proxy = createNewNamespaces(k, me, flags, newCred?.userNs ?? cred.userNs, me.fs)
    switchNsproxy(k, task.id, proxy)
  }
  if (newCred) commitCreds(k, task.id, newCred)
}

/** Threads cannot be parted from each other, nor those who share their handlers. Linux: check_unshare_flags(). */
function checkSharing(k: Kernel, task: Task, flags: number): void {
  if (flags & CLONE_THREAD && !isThreadGroupEmpty(k, task)) throw refuse(k, EINVAL, 'has-threads', {})
  if (flags & (CLONE_SIGHAND | CLONE_VM) && k.sighands.get(task.sighand).users > 1) throw EINVAL
}

function unshareFs(k: Kernel, id: number): void {
  const { fs } = k.tasks.get(id)
  if (k.fsStructs.get(fs).users === 1) return
  k.tasks.own(id).fs = copyFs(k.vfs, fs).id
  putFs(k.vfs, fs)
}

function unshareFiles(k: Kernel, id: number): void {
  const { files } = k.tasks.get(id)
  if (k.files.get(files).users === 1) return
  k.tasks.own(id).files = copyFiles(k, files)
  putFiles(k, files)
}

/** Linux: switch_task_namespaces(). */
export function switchNsproxy(k: Kernel, id: number, proxy: number): void {
  const me = k.tasks.own(id)
  const old = me.nsproxy
  me.nsproxy = proxy
  putNsproxy(k, old)
}

/** setns(2) on a namespace. Linux: kernel/nsproxy.c and the `install` operation of each kind. */
export function joinNamespace(k: Kernel, task: Task, kind: NsKind, ns: number): void {
  const cred = k.creds.get(task.cred)
  checkJoin(k, task, cred, kind, ns)
  if (kind === 'user') {
    commitCreds(k, task.id, credInUserNs(cred, ns))
    return
  }
  const old = k.nsproxies.get(task.nsproxy)
  const proxy = cloneNsproxy(k, old)
  replaceIn(k, proxy, kind, ns)
  switchNsproxy(k, task.id, proxy)
  if (kind !== 'mnt') return
  const root = mntNsRoot(k.vfs, ns)
  setFsRoot(k.vfs, task.fs, root)
  setFsPwd(k.vfs, task.fs, root)
}

function checkJoin(k: Kernel, task: Task, cred: Cred, kind: NsKind, ns: number): void {
  const admin = (userNs: number): boolean => nsCapable(k, cred, CAP_SYS_ADMIN, userNs)
  if (kind === 'user') {
    // "It is not permitted to use setns() to reenter the caller's current user namespace." - setns(2)
    if (ns === cred.userNs) throw refuse(k, EINVAL, 'setns-own-user', { mine: userNsName(k, ns) })
    if (!isThreadGroupEmpty(k, task)) throw refuse(k, EINVAL, 'has-threads', {})
    if (k.fsStructs.get(task.fs).users !== 1) throw refuse(k, EINVAL, 'shares-fs', { kind })
    if (!admin(ns)) throw EPERM
    return
  }
  const mayChroot = kind !== 'mnt' || nsCapable(k, cred, CAP_SYS_CHROOT, cred.userNs)
  if (!admin(nsTable(k, kind).get(ns).userNs) || !admin(cred.userNs) || !mayChroot) throw EPERM
  if (kind === 'mnt' && k.fsStructs.get(task.fs).users !== 1) throw refuse(k, EINVAL, 'shares-fs', { kind })
  if (kind === 'time' && !isThreadGroupEmpty(k, task)) throw refuse(k, EUSERS, 'has-threads', {})
  // "The reassociation ... only to a descendant or the same PID namespace" - setns(2)
  if (kind === 'pid' && !inPidNs(k, task.pidNs, ns))
    throw refuse(k, EINVAL, 'setns-pid-ancestor', { ns: pidNsName(k, ns), mine: pidNsName(k, task.pidNs) })
}

function cloneNsproxy(k: Kernel, old: NsProxy): number {
  for (const kind of ['mnt', 'uts', 'ipc', 'net', 'cgroup', 'time'] as const) getNs(k, kind, old[kind])
  getNs(k, 'pid', old.pidForChildren)
  getNs(k, 'time', old.timeForChildren)
  const { id: _id, epoch: _epoch, ...fields } = old
  return k.nsproxies.insert({ ...fields, users: 1 }).id
}

function replaceIn(k: Kernel, id: number, kind: Exclude<NsKind, 'user'>, ns: number): void {
  const proxy = k.nsproxies.own(id)
  getNs(k, kind, ns)
  if (kind === 'pid') {
    putNs(k, 'pid', proxy.pidForChildren)
    proxy.pidForChildren = ns
    return
  }
  putNs(k, kind, proxy[kind])
  proxy[kind] = ns
  if (kind !== 'time') return
  getNs(k, 'time', ns)
  putNs(k, 'time', proxy.timeForChildren)
  proxy.timeForChildren = ns
  freezeOffsets(k, ns)
}

/** Linux: timens_set_vvar_page(): the first task in a time namespace fixes its offsets. */
function freezeOffsets(k: Kernel, time: number): void {
  if (!k.timeNamespaces.get(time).frozenOffsets) k.timeNamespaces.own(time).frozenOffsets = true
}

// /proc/PID/timens_offsets

export function showTimensOffsets(k: Kernel, taskId: number): string {
  const proxy = k.nsproxies.find(k.tasks.get(taskId).nsproxy)
  if (!proxy) return ''
  const ns = k.timeNamespaces.get(proxy.timeForChildren)
  const line = (name: string, offset: number): string => {
    const sec = Math.floor(offset / 1e9)
    return `${name.padEnd(10)} ${String(sec).padStart(10)} ${String(offset - sec * 1e9).padStart(9)}\n`
  }
  return line('monotonic', ns.monotonicOffset) + line('boottime', ns.boottimeOffset)
}

/**
 * Linux: timens_offsets_write(), proc_timens_set_offset(): one or two lines, until somebody lives in the namespace.
 * Errors: EINVAL, ESRCH (a zombie's), EPERM, ERANGE, EACCES.
 */
export function storeTimensOffsets(k: Kernel, writer: number, taskId: number, text: string): void {
  const lines = text.split('\n')
  if (lines.length > 1 && !lines.at(-1)) lines.pop()
  const values = lines.slice(0, 2).map(parseOffset)
  const proxy = k.nsproxies.find(k.tasks.get(taskId).nsproxy)
  if (!proxy) throw ESRCH
  const ns = k.timeNamespaces.get(proxy.timeForChildren)
  if (!nsCapable(k, k.creds.get(k.tasks.get(writer).cred), CAP_SYS_TIME, ns.userNs)) throw EPERM
  const now = Math.floor(k.now() / 1e9)
  for (const { sec } of values)
    if (Math.abs(sec) > KTIME_SEC_MAX || now + sec < 0 || now + sec > KTIME_SEC_MAX / 2)
      throw refuse(k, ERANGE, 'time-range', { sec, now })
  if (ns.frozenOffsets) throw refuse(k, EACCES, 'time-frozen', { ns: `time:[${ns.inum}]` })
  const me = k.timeNamespaces.own(ns.id)
  for (const { clock, sec, nsec } of values) me[clock] = sec * 1e9 + nsec
}

const KTIME_SEC_MAX = Math.floor(2 ** 63 / 1e9)

interface TimeOffset {
  readonly clock: 'monotonicOffset' | 'boottimeOffset'
  readonly sec: number
  readonly nsec: number
}

/** What follows the third word is not looked at. */
function parseOffset(line: string): TimeOffset {
  const found = /^\s*(monotonic|boottime|1|7)\s+([-+]?\d+)\s+(\d+)/.exec(line)
  if (!found || Number(found[3]) >= 1e9) throw EINVAL
  const clock = found[1] === 'monotonic' || found[1] === '1' ? 'monotonicOffset' : 'boottimeOffset'
  return { clock, sec: Number(found[2]), nsec: Number(found[3]) }
}
