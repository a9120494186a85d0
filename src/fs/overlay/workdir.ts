/** The work directory of an overlay, and what the upper file system can do. Linux: fs/overlayfs/super.c, readdir.c. */
import { EBUSY, EEXIST, EINVAL, EPERM, Errno, isDir, refusal, S_IFDIR, S_IFREG } from '../../abi/index.ts'
import {
  type Caller,
  inodePermission,
  MAY_EXEC,
  MAY_WRITE,
  type Vfs,
  vfsCreate,
  vfsRmdir,
  vfsUnlink,
} from '../../vfs/index.ts'
import { lastTwo } from './file-handle.ts'
import { isOverlay, layerInode, type OvlFs, xattrName, YES } from './layers.ts'
import { type Config, refuse, warn } from './params.ts'

/**
 * Linux: ovl_workdir_create(): an empty directory of mode 0 in the work directory; leftovers go, unless it is the index.
 * 0 if it cannot be made: then the overlay is read-only. Errors: EINVAL.
 */
export function makeDirectory(v: Vfs, as: Caller, base: number, name: string, config: Config): number {
  const old = v.lookup(base, name, as)
  if (old && name === 'index') return old
  const { fsuid: uid, fsgid: gid } = as.cred
  try {
    if (old && workdirCleanup(v, as, old, 0)) throw EEXIST
    inodePermission(v, as, layerInode(v, base), MAY_WRITE | MAY_EXEC)
    return vfsCreate(v, as, base, name, { mode: S_IFDIR, uid, gid })
  } catch (e) {
    if (!(e instanceof Errno) || e === EINVAL) throw e
    const where = `${config.workdir}/${name}`
    warn(v, `failed to create directory ${where} (errno: ${e.errno}); mounting read-only`)
    return 0
  }
}

/**
 * Linux: ovl_workdir_cleanup() and ovl_workdir_cleanup_recurse(): remove what is there, two levels deep; returns why
 * something stays. What lies in work/incompat names features without which the overlay must not be mounted again.
 * Errors: EINVAL.
 */
function workdirCleanup(v: Vfs, as: Caller, dentry: number, level: number): Errno | undefined {
  const inode = layerInode(v, dentry)
  const inner = level + 1
  if (isDir(inode) && level <= 1)
    for (const { name } of v.iops(inode).readdir(v, inode, as)) {
      if (inner === 2 && v.dentry(dentry).name === 'incompat')
        refuse(v, EINVAL, `overlay with incompat feature '${name}' cannot be mounted`, 'overlay-incompat')
      const refused = workdirCleanup(v, as, v.lookup(dentry, name, as), inner)
      if (refused) return refused
    }
  return cleanup(v, as, dentry)
}

/** Linux: ovl_cleanup(). */
function cleanup(v: Vfs, as: Caller, dentry: number): Errno | undefined {
  const remove = isDir(layerInode(v, dentry)) ? vfsRmdir : vfsUnlink
  const where = lastTwo(v, dentry)
  const refused = refusal(() => remove(v, as, dentry))
  if (refused) v.host.log(`overlayfs: cleanup of '${where}' failed (${-refused.errno})`)
  return refused
}

/** Linux: ovl_create_volatile_dirty(): after a crash, or without care, the upper layer is not to be trusted. */
export function markVolatile(v: Vfs, as: Caller, work: number): void {
  const { fsuid: uid, fsgid: gid } = as.cred
  let dir = work
  for (const name of ['incompat', 'volatile']) dir = vfsCreate(v, as, dir, name, { mode: S_IFDIR, uid, gid })
  vfsCreate(v, as, dir, 'dirty', { mode: S_IFREG, uid, gid })
}

/**
 * Whether the overlay may keep its marks on the upper layer; without, some options are put aside. Linux: the probing in
 * ovl_make_workdir().
 */
export function probeXattrs(v: Vfs, as: Caller, work: number, config: Config): boolean {
  const refused = refusedXattr(v, as, work, config.userxattr)
  if (!refused) return true
  warn(v, 'failed to set xattr on upper')
  if (config.index || config.metacopy) {
    config.index = config.metacopy = false
    warn(v, '...falling back to index=off,metacopy=off.')
  }
  if (config.xino === 'auto') {
    config.xino = 'off'
    warn(v, '...falling back to xino=off.')
  }
  if (refused === EPERM && !config.userxattr) warn(v, "try mounting with 'userxattr' option")
  return false
}

function refusedXattr(v: Vfs, as: Caller, work: number, userxattr: boolean): Errno | undefined {
  const inode = layerInode(v, work)
  const name = xattrName({ userxattr } as OvlFs, 'opaque')
  if (!userxattr && as.cred.userNs !== v.initUserNs) return EPERM
  try {
    v.iops(inode).setxattr(v, inode, name, YES, 0)
    v.iops(inode).removexattr(v, inode, name)
    return undefined
  } catch (e) {
    if (e instanceof Errno) return e
    throw e
  }
}

/** Linux: ovl_is_inuse(): another overlay has this directory as its upper or work directory. */
export const isInUse = (v: Vfs, dentry: number): boolean =>
  [...v.superBlocks.values()]
    .filter(isOverlay)
    .map(sb => sb.data as OvlFs)
    .some(it => (it.upperLocked && it.upper === dentry) || (it.workLocked && it.workBase === dentry))

/** Linux: ovl_report_in_use(): only warned of, unless there is an index. Errors: EBUSY. */
export function reportInUse(v: Vfs, what: string, config: Config): void {
  const line = `${what} is in-use as upperdir/workdir of another mount`
  if (config.index)
    refuse(
      v,
      EBUSY,
      `${line}, mount with '-o index=off' to override exclusive upperdir protection.`,
      'overlay-in-use',
    )
  warn(v, `${line}, accessing files from both mounts will result in undefined behavior.`)
}
