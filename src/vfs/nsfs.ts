/**
 * Namespace files: what /proc/PID/ns/x leads to. While one is open or mounted its namespace lives. Linux: fs/nsfs.c.
 */
import { EINVAL, FS_IMMUTABLE_FL, S_IFREG } from '../abi/index.ts'
import { internalMount } from './file-table.ts'
import { getMntNs, putMntNs } from './mnt-ns.ts'
import type { NsInode } from './ns-file.ts'
import type { FileOps, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

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
  if (known !== undefined && isStill(v, known, ns)) return { mount, dentry: v.dentry(known).id }
  const now = v.host.now()
  const inode: NsInode = {
    id: 0,
    epoch: 0,
    sb: v.mounts.get(mount).sb,
    ino: inum,
    mode: S_IFREG | 0o444,
    nlink: 1,
    uid: 0,
    gid: 0,
    rdev: 0,
    size: 0,
    atime: now,
    mtime: now,
    ctime: now,
    btime: now,
    flags: FS_IMMUTABLE_FL,
    kind,
    ns,
    fops: nsFileOps,
  }
  const dentry = v.addDisconnected(key, v.newTransientInode(inode))
  v.nsDentries.set(key, dentry)
  v.watch(dentry, inUse => keep(v, key, kind, ns, inUse))
  return { mount, dentry }
}

/** Whether a remembered dentry is for this namespace, and not for an older one that had its number. */
function isStill(v: Vfs, dentry: number, ns: number): boolean {
  const it = v.findDentry(dentry)
  return it !== undefined && (v.inode(it.inode) as NsInode).ns === ns
}

function keep(v: Vfs, key: string, kind: string, ns: number, inUse: boolean): void {
  if (!inUse) v.nsDentries.delete(key)
  if (kind === 'mnt') return inUse ? getMntNs(v, ns) : putMntNs(v, ns)
  if (inUse) v.host.getNs?.(kind, ns)
  else v.host.putNs?.(kind, ns)
}
