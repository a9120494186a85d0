/**
 * /proc/PID/mounts, mountinfo and mountstats as files: what they show is of the VFS; who polls the first two is told of
 * changes. Linux: fs/proc_namespace.c.
 * Left out: an open one goes on showing the namespace it was opened in; ours shows where its task is now.
 */
import { EINVAL, POLLERR, POLLIN, POLLPRI } from '../../abi/index.ts'
import type { Kernel, Task } from '../../kernel/index.ts'
import type { Caller, OpenFile, showMountinfo } from '../../vfs/index.ts'
import type { PseudoFile } from '../pseudo.ts'

/** One of the three texts, of the mounts a task sees. */
export function withMounts(k: Kernel, task: Task, as: Caller, show: typeof showMountinfo): string {
  const nsproxy = k.nsproxies.find(task.nsproxy)
  const fs = k.fsStructs.find(task.fs)
  if (!nsproxy || !fs) throw EINVAL
  return show(k.vfs, nsproxy.mnt, { mount: fs.rootMount, dentry: fs.rootDentry }, as)
}

const eventOf = (k: Kernel, ns: number): number => k.vfs.mntNamespaces.find(ns)?.event ?? 0

/** Linux: mounts_open_common(): only what comes after it is news. */
export function openMounts(k: Kernel, task: Task, file: OpenFile): void {
  const ns = k.nsproxies.find(task.nsproxy)?.mnt
  if (ns === undefined) throw EINVAL
  k.mountsSeen.set(file.id, { ns, event: eventOf(k, ns) })
}

/** Linux: mounts_poll(): a change is told once. */
export const pollMounts = (k: Kernel): Required<Pick<PseudoFile, 'poll' | 'pollQueues'>> => ({
  poll(_as, file) {
    const seen = k.mountsSeen.get(file.id)
    if (!seen || eventOf(k, seen.ns) === seen.event) return POLLIN
    k.mountsSeen.set(file.id, { ns: seen.ns, event: eventOf(k, seen.ns) })
    return POLLIN | POLLERR | POLLPRI
  },
  pollQueues: file => [`mounts:${k.mountsSeen.get(file.id)?.ns}`],
})
