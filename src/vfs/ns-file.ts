/** Telling namespace files from others. Linux: fs/nsfs.c:proc_ns_file(), fs/namespace.c:is_mnt_ns_file(). */
import type { FileOps, Inode } from './types.ts'
import type { Vfs } from './vfs.ts'

/** The inode of a namespace file. `kind` is as in /proc/PID/ns: mnt, uts, ipc, net, pid, user, cgroup, time. */
export interface NsInode extends Inode {
  readonly kind: string
  /** Id of the namespace in the kernel's table of that kind. */
  readonly ns: number
  readonly fops: FileOps
}

/** Which namespace an inode stands for, if it is a namespace file. */
export function nsOf(inode: Inode): { readonly kind: string; readonly ns: number } | undefined {
  return 'kind' in inode && 'ns' in inode ? (inode as NsInode) : undefined
}

/** Linux: is_mnt_ns_file(). */
export function isMntNsFile(v: Vfs, dentry: number): boolean {
  return mntNsOfFile(v, dentry) !== 0
}

/** The mount namespace whose file this is, or 0. */
export function mntNsOfFile(v: Vfs, dentry: number): number {
  const it = nsOf(v.inode(v.dentry(dentry).inode))
  return it?.kind === 'mnt' ? it.ns : 0
}
