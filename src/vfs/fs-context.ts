/** From a file system type to a super block that may be mounted. Linux: fs/super.c, fs/fs_context.c, fs/namespace.c. */
import { CAP_SYS_ADMIN, MS_NOATIME, MS_RDONLY } from '../abi/index.ts'
import { ATIME_MASK } from './copy-tree.ts'
import { childMounts, mountsOf } from './mount.ts'
import type { Caller, FileSystemType, MountRoot } from './types.ts'
import type { Vfs } from './vfs.ts'

/** Linux: mount_capable(). */
export function mountCapable(v: Vfs, as: Caller, type: FileSystemType): boolean {
  if (!type.usernsMount) return v.host.capable(as.cred, CAP_SYS_ADMIN, v.initUserNs)
  return v.host.capable(as.cred, CAP_SYS_ADMIN, type.ownerUserNs?.(v, as) ?? as.cred.userNs)
}

/** Linux: vfs_get_tree(). */
export function getTree(
  v: Vfs,
  as: Caller,
  type: FileSystemType,
  source: string,
  data: string,
  flags: number,
): MountRoot {
  const made = type.mount(v, source, data, flags, as)
  return typeof made === 'number' ? { sb: made, root: v.superBlocks.get(made).root } : made
}

/** The mount failed: a super block made for it goes again. */
export function abandon(v: Vfs, sb: number): void {
  if (v.superBlocks.find(sb)?.active !== 0) return
  v.activate(sb)
  v.deactivate(sb)
}

/**
 * Linux: mount_too_revealing(), mnt_already_visible(): in a user namespace proc and sysfs may be mounted only where
 * another one is seen in full, and with no fewer restrictions than that. Returns which flags of the new mount are
 * locked; undefined if it may not be.
 */
export function revealing(v: Vfs, as: Caller, root: MountRoot, flags: number): number | undefined {
  const ns = v.mntNamespaces.get(as.mntNs)
  if (ns.userNs === v.initUserNs) return 0
  const { type } = v.superBlocks.get(root.sb)
  for (const it of mountsOf(v, as.mntNs)) {
    const sb = v.superBlocks.get(it.sb)
    if (sb.type !== type || it.root !== sb.root) continue
    const locked = (it.lockedFlags | (sb.flags & MS_RDONLY)) & (MS_RDONLY | MS_NOATIME)
    if (locked & MS_RDONLY && !(flags & MS_RDONLY)) continue
    if (locked & MS_NOATIME && (it.flags & ATIME_MASK) !== (flags & ATIME_MASK)) continue
    if (!childMounts(v, it.id).some(child => child.locked && hidesSomething(v, child.mountpoint)))
      return locked
  }
  return undefined
}

const hidesSomething = (v: Vfs, mountpoint: number): boolean =>
  !v.inode(v.dentry(mountpoint).inode).emptyForever
