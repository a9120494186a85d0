/**
 * System V IPC: message queues, semaphore sets and shared memory segments as objects with a key, an owner and an id,
 * each in one ipc namespace. Linux: ipc/util.c, msg.c, sem.c, shm.c; sysvipc(7).
 *
 * Left out: what goes through them (msgsnd, semop, shmat), so queues are empty and segments unattached; IPC_SET.
 */
import {
  CAP_IPC_OWNER,
  CAP_SYS_ADMIN,
  EACCES,
  EEXIST,
  EINVAL,
  ENOENT,
  ENOSPC,
  EPERM,
  IPC_CREAT,
  IPC_EXCL,
  IPC_PRIVATE,
  IPC_RMID,
} from '../abi/index.ts'
import type { Cred } from '../vfs/index.ts'
import { nsCapable } from './capability.ts'
import { inGroup } from './cred.ts'
import type { Kernel } from './kernel.ts'
import { refuse } from './refuse.ts'
import type { IpcKind, IpcNamespace, IpcObject, Task } from './types.ts'
import { fromKgid, fromKuid } from './user-namespace.ts'

/** Ids are an index and, above it, how often the indices have wrapped. Linux: IPCMNI_SHIFT, ipc_min_cycle. */
const SEQ_SHIFT = 15
const MIN_CYCLE = 64

/** Limits of a namespace, by their names in /proc/sys/kernel. */
const LIMITS = {
  msgmax: '8192',
  msgmnb: '16384',
  msgmni: '32000',
  shmall: '18446744073692774399',
  shmmax: '18446744073692774399',
  shmmni: '4096',
} as const
export type IpcLimit = keyof typeof LIMITS
export const IPC_LIMITS = Object.keys(LIMITS) as readonly IpcLimit[]

const PAGE = 4096
const pages = (size: number): number => Math.ceil(size / PAGE)

/** How many objects of a kind a namespace may hold, how large one may be, and all of them together. */
interface Limits {
  readonly most: number
  readonly maxSize: number
  readonly total: number
  readonly weight: (size: number) => number
}

/** kernel.sem is SEMMSL, SEMMNS, SEMOPM and SEMMNI. */
function limitsOf(k: Kernel, ns: number, kind: IpcKind): Limits {
  const limit = (name: IpcLimit): number => Number(ipcLimit(k, ns, name))
  if (kind === 'msg') return { most: limit('msgmni'), maxSize: 0, total: 0, weight: () => 0 }
  if (kind === 'shm')
    return { most: limit('shmmni'), maxSize: limit('shmmax'), total: limit('shmall'), weight: pages }
  const [semmsl = 0, semmns = 0, , semmni = 0] = (k.sysctl.get(`kernel/sem ${ns}`) ?? DEFAULT_SEM)
    .split('\t')
    .map(Number)
  return { most: semmni, maxSize: semmsl, total: semmns, weight: size => size }
}
const DEFAULT_SEM = '32000\t1024000000\t500\t32000'

const nsOfTask = (k: Kernel, task: Task): number => k.nsproxies.get(task.nsproxy).ipc

/** The objects of a namespace, in the order of their ids. */
export function ipcObjects(k: Kernel, ns: number, kind: IpcKind): readonly IpcObject[] {
  return [...k.ipcObjects.values()]
    .filter(it => it.ns === ns && it.kind === kind)
    .sort((a, b) => a.ipcId - b.ipcId)
}

export const msgget = (k: Kernel, task: Task, key: number, flags: number): number =>
  get(k, task, 'msg', key, 0, flags)
export const semget = (k: Kernel, task: Task, key: number, count: number, flags: number): number =>
  get(k, task, 'sem', key, count, flags)
export const shmget = (k: Kernel, task: Task, key: number, size: number, flags: number): number =>
  get(k, task, 'shm', key, size, flags)

/** Linux: ipcget(). */
function get(k: Kernel, task: Task, kind: IpcKind, key: number, size: number, flags: number): number {
  const ns = nsOfTask(k, task)
  if (kind === 'sem' && (size < 0 || size > limitsOf(k, ns, kind).maxSize)) throw EINVAL
  const found = key === IPC_PRIVATE ? undefined : ipcObjects(k, ns, kind).find(it => it.key === key)
  if (!found) {
    if (key !== IPC_PRIVATE && !(flags & IPC_CREAT)) throw ENOENT
    return create(k, task, kind, key, size, flags & 0o777)
  }
  if (flags & IPC_CREAT && flags & IPC_EXCL) throw EEXIST
  if (size > found.size) throw EINVAL
  if (!mayUse(k, k.creds.get(task.cred), found, flags))
    throw refuse(k, EACCES, 'ipc-mode', {
      key: found.key,
      mode: found.mode,
      ouid: found.uid,
      uid: k.creds.get(task.cred).euid,
    })
  return found.ipcId
}

function create(k: Kernel, task: Task, kind: IpcKind, key: number, size: number, mode: number): number {
  const ns = nsOfTask(k, task)
  const { most, maxSize, total, weight } = limitsOf(k, ns, kind)
  if (kind !== 'msg' && (size < 1 || size > maxSize)) throw EINVAL
  const taken = ipcObjects(k, ns, kind)
  const used = taken.reduce((sum, it) => sum + weight(it.size), 0)
  if (taken.length >= most) throw refuse(k, ENOSPC, 'ipc-limit', { kind, of: 'objects', most })
  if (used + weight(size) > total) throw refuse(k, ENOSPC, 'ipc-limit', { kind, of: 'size', most: total })
  const ipcId = nextId(k, ns, kind, taken)
  const { euid, egid } = k.creds.get(task.cred)
  const ctime = k.realtime().sec
  const cpid = task.pids[task.pids.length - 1]!
  k.ipcObjects.insert({
    ns,
    kind,
    ipcId,
    key,
    size,
    mode,
    uid: euid,
    gid: egid,
    cuid: euid,
    cgid: egid,
    cpid,
    ctime,
  })
  return ipcId
}

/** Linux: ipc_idr_alloc(): indices go round; each time they begin anew the sequence number grows. */
function nextId(k: Kernel, ns: number, kind: IpcKind, taken: readonly IpcObject[]): number {
  const { last } = k.ipcNamespaces.get(ns)
  const before = last[kind]
  const used = new Set(taken.map(it => it.ipcId & ((1 << SEQ_SHIFT) - 1)))
  const size = Math.max(Math.floor((taken.length * 3) / 2), MIN_CYCLE)
  let index = before.index
  do index = (index + 1) % size
  while (used.has(index))
  const seq = index <= before.index ? before.seq + 1 : before.seq
  k.ipcNamespaces.own(ns).last = { ...last, [kind]: { index, seq } }
  return (seq << SEQ_SHIFT) + index
}

/** Linux: ipcperms(). */
function mayUse(k: Kernel, cred: Cred, it: IpcObject, flags: number): boolean {
  const wanted = ((flags >> 6) | (flags >> 3) | flags) & 7
  let granted = it.mode
  if (cred.euid === it.cuid || cred.euid === it.uid) granted >>= 6
  else if (inGroup(cred, it.cgid) || inGroup(cred, it.gid)) granted >>= 3
  return !(wanted & ~granted & 7) || nsCapable(k, cred, CAP_IPC_OWNER, ownerOf(k, it))
}

const ownerOf = (k: Kernel, it: IpcObject): number => k.ipcNamespaces.get(it.ns).userNs

export const msgctl = (k: Kernel, task: Task, id: number, command: number): void =>
  control(k, task, 'msg', id, command)
export const semctl = (k: Kernel, task: Task, id: number, command: number): void =>
  control(k, task, 'sem', id, command)
export const shmctl = (k: Kernel, task: Task, id: number, command: number): void =>
  control(k, task, 'shm', id, command)

/** IPC_RMID: the owner, the creator and the namespace's administrator may. */
function control(k: Kernel, task: Task, kind: IpcKind, id: number, command: number): void {
  if (command !== IPC_RMID) throw EINVAL
  const found = ipcObjects(k, nsOfTask(k, task), kind).find(it => it.ipcId === id)
  if (!found) throw EINVAL
  const cred = k.creds.get(task.cred)
  const isOwner = cred.euid === found.cuid || cred.euid === found.uid
  if (!isOwner && !nsCapable(k, cred, CAP_SYS_ADMIN, ownerOf(k, found)))
    throw refuse(k, EPERM, 'ipc-owner', { id: found.ipcId, ouid: found.uid, uid: cred.euid })
  k.ipcObjects.remove(found.id)
}

/** Linux: free_ipc_ns(): all objects go with their namespace. */
export function freeIpcNs(k: Kernel, ns: number): void {
  if (!k.ipcObjects.size) return
  for (const it of [...k.ipcObjects.values()]) if (it.ns === ns) k.ipcObjects.remove(it.id)
}

/** What every new namespace starts with. */
export const freshIpcNs = (): Pick<IpcNamespace, 'last' | 'limits'> => {
  const none = { index: -1, seq: 0 }
  return { last: { msg: none, sem: none, shm: none }, limits: {} }
}

/** Tunables of POSIX message queues, in /proc/sys/fs/mqueue. Linux: ipc/mq_sysctl.c. */
const MQUEUE_LIMITS = {
  msg_default: 10,
  msg_max: 10,
  msgsize_default: 8192,
  msgsize_max: 8192,
  queues_max: 256,
} as const

export const mqueueLimit = (k: Kernel, ns: number, name: keyof typeof MQUEUE_LIMITS): number =>
  Number(k.sysctl.get(`fs/mqueue/${name} ${ns}`) ?? MQUEUE_LIMITS[name])

// /proc/sysvipc and /proc/sys/kernel

/** As text, because two of them are larger than a number can tell. */
export const ipcLimit = (k: Kernel, ns: number, name: IpcLimit): string =>
  String(k.ipcNamespaces.get(ns).limits[name] ?? LIMITS[name])

export function setIpcLimit(k: Kernel, ns: number, name: IpcLimit, value: number): void {
  const own = k.ipcNamespaces.own(ns)
  own.limits = { ...own.limits, [name]: value }
}

const HEADINGS = {
  msg: '       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid      stime      rtime      ctime',
  sem: '       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime',
  shm: '       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime                   rss                  swap',
} as const

/** /proc/sysvipc/msg, sem and shm as a reader in `ns` and `userNs` sees them. */
export function showSysvIpc(k: Kernel, ns: number, kind: IpcKind, userNs: number): string {
  return `${HEADINGS[kind]}\n${ipcObjects(k, ns, kind)
    .map(it => `${row(k, it, userNs)}\n`)
    .join('')}`
}

function row(k: Kernel, it: IpcObject, userNs: number): string {
  const pad = (width: number, ...values: (number | string)[]): string =>
    values.map(value => String(value).padStart(width)).join(' ')
  const head = `${pad(10, it.key | 0, it.ipcId)}  ${pad(4, it.mode.toString(8))}`
  const ids = pad(
    5,
    fromKuid(k, userNs, it.uid),
    fromKgid(k, userNs, it.gid),
    fromKuid(k, userNs, it.cuid),
    fromKgid(k, userNs, it.cgid),
  )
  if (it.kind === 'msg') return `${head}  ${pad(10, 0, 0)} ${pad(5, 0, 0)} ${ids} ${pad(10, 0, 0, it.ctime)}`
  if (it.kind === 'sem') return `${head} ${pad(10, it.size)} ${ids} ${pad(10, 0, it.ctime)}`
  return `${head} ${pad(21, it.size)} ${pad(5, it.cpid, 0)}  ${pad(5, 0)} ${ids} ${pad(10, 0, 0, it.ctime)} ${pad(21, 0, 0)}`
}
