/** The inode and file operations of an overlay. Linux: fs/overlayfs/inode.c, file.c. */
import {
  EINVAL,
  EOPNOTSUPP,
  EPERM,
  FS_APPEND_FL,
  FS_IMMUTABLE_FL,
  isDir,
  isLink,
  isReg,
  O_ACCMODE,
  O_RDONLY,
  type Stat,
} from '../../abi/index.ts'
import {
  type Caller,
  type FileOps,
  genericPermission,
  type InodeOps,
  inodePermission,
  MAY_READ,
  MAY_WRITE,
  type OpenFile,
  unsupported,
  type Vfs,
} from '../../vfs/index.ts'
import { copyUp, kernelFile } from './copy-up.ts'
import { create, link, remove, rename } from './dir.ts'
import { setFileattr } from './fileattr.ts'
import { copyattr, isMerge, numberedBy, type OvlFs, type OvlInode, ovlFs } from './layers.ts'
import { forgetInode, lookup } from './namei.ts'
import { readdir } from './readdir.ts'

/** Linux: OVL_XATTR_TRUSTED_PREFIX, OVL_XATTR_USER_PREFIX. */
const privatePrefix = (fs: OvlFs): string => (fs.userxattr ? 'user.overlay.' : 'trusted.overlay.')

/** The overlay's own attributes do not show, nor can they be set. Linux: ovl_own_xattr_handler. Errors: EOPNOTSUPP, EINVAL. */
function refuseOwn(v: Vfs, inode: OvlInode, name: string): void {
  const prefix = privatePrefix(ovlFs(v, inode.sb))
  if (name === prefix) throw EINVAL
  if (name.startsWith(prefix)) throw EOPNOTSUPP
}

const childInode = (v: Vfs, dir: OvlInode, name: string): OvlInode =>
  v.inode(v.dentry(v.child(v.dirDentry(dir.id), name)).inode) as OvlInode

/**
 * Linux: ovl_getattr(): the attributes of the real inode and the blocks of where the contents are; st_dev and st_ino as
 * one finds them, and a link count of 1 for merged directories.
 */
function getattr(v: Vfs, inode: OvlInode): Partial<Stat> {
  const fs = ovlFs(v, inode.sb)
  const { real } = inode
  const { mode, uid, gid } = real
  const { data } = inode
  const blocks = v.iops(data).getattr?.(v, data, fs.mounter).blocks ?? 0
  // What lies below may be an overlay too, and count as one.
  const nlink = isMerge(inode) ? 1 : v.iops(real).getattr?.(v, real, fs.mounter).nlink
  const stat = { mode, uid, gid, blocks, ...(nlink !== undefined && { nlink }) }
  if (fs.xinoBits >= 0 || isDir(inode)) return stat
  const dev = fs.pseudoDevs.get(numberedBy(v, inode).sb) ?? v.superBlocks.get(inode.sb).dev
  return { ...stat, dev }
}

/**
 * Linux: ovl_permission(): the caller must be allowed by what the overlay knows of the inode, and the mounter by the real
 * one; of a lower file it has to be read only, for a copy-up.
 */
function permission(v: Vfs, inode: OvlInode, mask: number, as: Caller): void {
  genericPermission(v, as, inode, mask, v.iops(inode))
  const { real, upper } = inode
  const isSpecial = !isReg(real) && !isDir(real) && !isLink(real)
  const copiesUp = !upper && !isSpecial && mask & MAY_WRITE
  const { mounter } = ovlFs(v, inode.sb)
  // Which devices there are for a cgroup is a matter of who asks.
  const checked = isSpecial ? { ...mounter, task: as.task } : mounter
  inodePermission(v, checked, real, copiesUp ? (mask & ~MAY_WRITE) | MAY_READ : mask)
}

/** The part of notify_change() on the upper file that may refuse. Errors: EPERM. */
function mayChange(upper: { readonly flags?: number }): void {
  if ((upper.flags ?? 0) & (FS_IMMUTABLE_FL | FS_APPEND_FL)) throw EPERM
}

export const ovlInodeOps: InodeOps<OvlInode> = {
  ...unsupported,
  lookup,
  readdir,
  create,
  link: (v, dir, name, inode, _as, old) => link(v, dir, name, inode, old),
  unlink: (v, dir, name) => remove(v, dir, name, childInode(v, dir, name)),
  rmdir: (v, dir, name) => remove(v, dir, name, childInode(v, dir, name)),
  rename,
  readlink: (v, inode) => v.iops(inode.real).readlink(v, inode.real, ovlFs(v, inode.sb).mounter),
  getattr,
  permission,

  setattr(v, inode, attr, _as, dentry) {
    copyUp(v, inode, attr.size === undefined ? 'metadata' : attr.size === 0 ? 'truncated' : 'whole', dentry)
    const { real } = inode
    mayChange(real)
    v.iops(real).setattr(v, real, attr, ovlFs(v, inode.sb).mounter)
    copyattr(inode)
  },

  /** Linux: ovl_update_time(): accesses are noted on the upper layer, and lower files never change. */
  updateTime(v, inode, atime) {
    const { upper, real } = inode
    if (upper) v.iops(real).setattr(v, real, { atime, ctime: real.ctime }, ovlFs(v, inode.sb).mounter)
  },

  getxattr(v, inode, name) {
    refuseOwn(v, inode, name)
    return v.iops(inode.real).getxattr(v, inode.real, name)
  },

  setxattr(v, inode, name, value, flags, dentry) {
    refuseOwn(v, inode, name)
    if (!inode.upper) copyUp(v, inode, 'metadata', dentry)
    const { real } = inode
    v.iops(real).setxattr(v, real, name, value, flags)
    copyattr(inode)
  },

  listxattr: (v, inode) =>
    v
      .iops(inode.real)
      .listxattr(v, inode.real)
      .filter(it => !it.startsWith(privatePrefix(ovlFs(v, inode.sb)))),

  removexattr(v, inode, name, dentry) {
    refuseOwn(v, inode, name)
    v.iops(inode.real).getxattr(v, inode.real, name)
    if (!inode.upper) copyUp(v, inode, 'metadata', dentry)
    const { real } = inode
    v.iops(real).removexattr(v, real, name)
    copyattr(inode)
  },

  needKillpriv: (v, inode) => v.iops(inode.real).needKillpriv?.(v, inode.real) ?? false,

  getAcl: (v, inode, name) => v.iops(inode.real).getAcl?.(v, inode.real, name),

  fileattrSet(v, inode, flags) {
    copyUp(v, inode, 'metadata')
    setFileattr(v, ovlFs(v, inode.sb), inode, flags)
  },

  evict(v, inode) {
    const { upper, lower } = inode as OvlInode
    forgetInode(v, inode as OvlInode)
    if (upper) v.dput(upper)
    for (const { dentry } of lower) v.dput(dentry)
  },
}

const realFile = (v: Vfs, file: OpenFile): OpenFile =>
  kernelFile((v.inode(file.inode) as OvlInode).data, file.flags)

/** Reads and writes go to the real file, wherever it is by now. */
export const ovlFileOps: FileOps = {
  seekable: true,

  open(v, file) {
    if ((file.flags & O_ACCMODE) !== O_RDONLY)
      copyUp(v, v.inode(file.inode) as OvlInode, undefined, file.dentry)
  },

  read(v, file, count, pos, as) {
    const real = realFile(v, file)
    return v.fops(real).read(v, real, count, pos, as)
  },

  write(v, file, data, pos, as) {
    const real = realFile(v, file)
    copyattr(v.inode(file.inode) as OvlInode)
    return v.fops(real).write(v, real, data, pos, as)
  },

  seekHole(v, file, offset, whence) {
    const real = realFile(v, file)
    return v.fops(real).seekHole?.(v, real, offset, whence) ?? offset
  },

  fallocate(v, file, mode, offset, length) {
    const real = realFile(v, file)
    const { fallocate } = v.fops(real)
    if (!fallocate) throw EOPNOTSUPP
    fallocate(v, real, mode, offset, length)
  },
}
