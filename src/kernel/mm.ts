/**
 * Memory as far as it is counted: the heap that brk(2) asks for, and the executable a task runs. When the host has
 * none left, the OOM killer chooses. Linux: mm/mmap.c, mm/oom_kill.c, kernel/fork.c (mm_struct).
 *
 * Left out: pages, address spaces, overcommit modes. Cached files and swap: mm/.
 */
import { ENOMEM, RLIMIT_AS, RLIMIT_DATA, SIGKILL } from '../abi/index.ts'
import { mntput, type Path } from '../vfs/index.ts'
import type { Kernel } from './kernel.ts'
import { sendSignal } from './signal.ts'
import { fromKuid } from './user-namespace.ts'
import { memoryOf, PAGE_TABLES } from './task-memory.ts'
import { isDelayedLeader, isThreadGroupLeader, leaderOf } from './thread-group.ts'
import { note, refuse } from './refuse.ts'
import { isKthread, nrKthreads } from './task-flags.ts'
import type { Task } from './types.ts'

const PAGE = 4096
const MIB = 1 << 20
/** What the kernel itself, and the caches it will not give up, take of the memory. */
export const reserved = (k: Kernel): number => Math.min(160 * MIB, k.memory / 8)

/** What all tasks together may have. */
export const memoryLimit = (k: Kernel): number => k.memory - reserved(k)

/** ENOMEM if this much more can never be had. Linux: __vm_enough_memory() in its heuristic mode. */
export function checkCharge(k: Kernel, bytes: number): void {
  if (bytes > k.memory) throw refuse(k, ENOMEM, 'memory-host', { bytes, memory: k.memory })
}

export function uncharge(k: Kernel, bytes: number): void {
  k.memoryUsed -= bytes
}

/** Set the heap's size. Needs: there is room. */
export function setRss(k: Kernel, id: number, bytes: number): void {
  const me = k.tasks.own(id)
  k.memoryUsed += bytes - me.rss
  me.rss = bytes
  if (bytes > me.hiwaterRss) me.hiwaterRss = bytes
}

/** What brk(2) refuses outright: a size beyond RLIMIT_DATA, or more than the whole host has. */
export function checkBrk(k: Kernel, task: Task, bytes: number): void {
  const limit = Math.min(task.rlimits[RLIMIT_DATA]!.cur, task.rlimits[RLIMIT_AS]!.cur)
  if (bytes < 0 || bytes > limit) throw refuse(k, ENOMEM, 'memory-limit', { bytes, limit })
  checkCharge(k, bytes)
}

/**
 * Linux: oom_badness(), in pages: what killing the task would free, shifted by oom_score_adj in thousandths of what
 * there is: the host's memory, or a cgroup's limit.
 */
export function oomBadness(k: Kernel, task: Task, memory = k.memory): number {
  if (!isThreadGroupLeader(task) || task.id === k.initTask || isKthread(task)) return Number.NEGATIVE_INFINITY
  if (task.oomScoreAdj === -1000 || (task.state === 'Z' && !isDelayedLeader(task)))
    return Number.NEGATIVE_INFINITY
  const total = Math.floor(memory / PAGE)
  const { anon, file, swap } = memoryOf(k, task)
  return Math.ceil((anon + file + swap + PAGE_TABLES) / PAGE) + Math.trunc((task.oomScoreAdj * total) / 1000)
}

/** /proc/PID/oom_score: 0 to 2000. */
export function oomScore(k: Kernel, task: Task): number {
  const badness = oomBadness(k, leaderOf(k, task))
  const total = Math.floor(k.memory / PAGE)
  return badness === Number.NEGATIVE_INFINITY
    ? 0
    : Math.max(0, Math.trunc(((1000 + (badness * 1000) / total) * 2) / 3))
}

/** Linux: out_of_memory(): the task that is killed, 0 if there is none left to kill. */
export function oomKill(k: Kernel, asking: number): number {
  let victim: Task | undefined
  let worst = Number.NEGATIVE_INFINITY
  for (const task of k.tasks.values()) {
    const badness = oomBadness(k, task)
    // Linux: "points < chosen_points" is passed over, so of two that are as bad the later one goes.
    if (badness >= worst && badness > Number.NEGATIVE_INFINITY) [victim, worst] = [task, badness]
  }
  if (!victim) return 0
  report(k, k.tasks.get(asking), victim)
  note(k, victim.id, 'oom-host', { rss: victim.rss, memory: k.memory })
  sendSignal(k, victim.id, SIGKILL, 0)
  return victim.id
}

function report(k: Kernel, asking: Task, victim: Task): void {
  const kib = (bytes: number): string => `${Math.round(bytes / 1024)}kB`
  const { uid } = k.creds.get(victim.cred)
  const it = memoryOf(k, victim)
  k.log(
    `${asking.comm} invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=${asking.oomScoreAdj}`,
    4,
  )
  k.log(
    `oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=${victim.comm},pid=${victim.pids[0]},uid=${uid}`,
  )
  k.log(
    `Out of memory: Killed process ${victim.pids[0]} (${victim.comm}) total-vm:${kib(it.size)}, anon-rss:${kib(it.anon)}, file-rss:${kib(it.file)}, shmem-rss:0kB, UID:${fromKuid(k, k.initUserNs, uid)} pgtables:${kib(PAGE_TABLES)} oom_score_adj:${victim.oomScoreAdj}`,
    3,
  )
}

/** What the kernel keeps for itself from the start, of a host of 2 GiB. */
const KERNEL_IMAGE = 83_012 * 1024

/** What was read while the host booted of an installation that is larger than what is shown of it. */
const BOOT_CACHE = 180 * MIB

/** What /proc/meminfo is made from, in bytes. */
export function memoryUse(k: Kernel): {
  readonly total: number
  readonly free: number
  readonly available: number
  readonly buffers: number
  readonly cached: number
  readonly shmem: number
  readonly anon: number
  readonly slab: number
  readonly slabReclaimable: number
} {
  const total = k.memory - Math.min(KERNEL_IMAGE, Math.floor(k.memory / 20))
  const shmem = k.pageCache.nrShmem * PAGE
  const anon = k.memoryUsed + (k.tasks.size - nrKthreads(k)) * 600 * 1024
  const [buffers, slab] = [12 * MIB, 40 * MIB]
  const cached = (k.pageCache.dropped ? 0 : BOOT_CACHE) + k.pageCache.nrFile * PAGE
  const free = Math.max(32 * MIB, total - anon - shmem - buffers - cached - slab - 40 * MIB)
  const available = Math.min(total, free + Math.floor((buffers + cached) * 0.8))
  return { total, free, available, buffers, cached, shmem, anon, slab, slabReclaimable: slab / 2 }
}

/** The executable a task runs keeps its file and mount in use. Linux: set_mm_exe_file(). */
export function setExe(k: Kernel, id: number, path: Path): void {
  const dentry = k.vfs.pin(path.dentry)
  getExe(k, path.mount, dentry)
  const me = k.tasks.own(id)
  const { exeMount, exeDentry } = me
  me.exeMount = path.mount
  me.exeDentry = dentry
  if (exeDentry) putExe(k, exeMount, exeDentry)
}

/** One more task runs it: nobody may write to it meanwhile. */
export function getExe(k: Kernel, mount: number, dentry: number): void {
  k.exeMounts.set(mount, (k.exeMounts.get(mount) ?? 0) + 1)
  k.vfs.denyWriteAccess(k.vfs.dentry(dentry).inode)
  k.vfs.dget(dentry)
}

export function putExe(k: Kernel, mount: number, dentry: number): void {
  const users = (k.exeMounts.get(mount) ?? 1) - 1
  if (users) k.exeMounts.set(mount, users)
  else k.exeMounts.delete(mount)
  k.vfs.allowWriteAccess(k.vfs.dentry(dentry).inode)
  k.vfs.dput(dentry)
  mntput(k.vfs, mount)
}
