/**
 * Namespace files: what /proc/PID/ns/x leads to. While one is open or mounted its namespace lives. Linux: fs/nsfs.c.
 */
import { EINVAL, S_IFREG } from '../abi/index.ts'
import { internalMount } from './file-table.ts'
import { getMntNs, putMntNs } from './namespace.ts'
import type { FileOps, Inode, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** The inode of a namespace file. `kind` is as in /proc/PID/ns: mnt, uts, ipc, net, pid, user, cgroup, time. */
export interface NsInode extends Inode {
  readonly kind: string
  /** Id of the namespace in the kernel's table of that kind. */
  readonly ns: number
  readonly fops: FileOps
}

const nsFileOps: FileOps = {
  seekable: true,
  read() {
    throw EINVAL
  },
  write() {
    throw EINVAL
  },
}

/** Linux: ns_get_path(): the place of a namespace's file; the same dentry as long as somebody uses it. */
export function nsPath(v: Vfs, kind: string, ns: number, inum: number): Path {
  const mount = internalMount(v, 'nsfs')
  const key = `${kind}:[${inum}]`
  const known = v.nsDentries.get(key)
  if (known !== undefined && v.findDentry(known)) return { mount, dentry: v.dentry(known).id }
  const now = v.host.now()
  const inode: NsInode = {
    id: 0, epoch: 0, sb: v.mounts.get(mount).sb, ino: inum, mode: S_IFREG | 0o444, nlink: 1, uid: 0, gid: 0, rdev: 0,
    size: 0, atime: now, mtime: now, ctime: now, btime: now, refs: 0, kind, ns, fops: nsFileOps,
  }
  const dentry = v.addDisconnected(key, v.newTransientInode(inode))
  v.nsDentries.set(key, dentry)
  v.watch(dentry, inUse => keep(v, key, kind, ns, inUse))
  return { mount, dentry }
}

function keep(v: Vfs, key: string, kind: string, ns: number, inUse: boolean): void {
  if (!inUse) v.nsDentries.delete(key)
  if (kind === 'mnt') return inUse ? getMntNs(v, ns) : putMntNs(v, ns)
  if (inUse) v.host.getNs?.(kind, ns)
  else v.host.putNs?.(kind, ns)
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
