/**
 * What a file system that lacks an operation answers. Linux: the NULL checks of fs/namei.c and fs/xattr.c, and
 * simple_setattr(). Spread it into an operations table and override what there is.
 */
import { EINVAL, ENOTDIR, EOPNOTSUPP, EPERM } from '../abi/index.ts'
import type { Attributes, Inode, InodeOps } from './types.ts'
import type { Vfs } from './vfs.ts'

const refuse = (errno: object) => (): never => {
  throw errno
}

/** Every inode operation, refused with the errno Linux gives when a file system has none. */
export const unsupported: Omit<
  InodeOps<never>,
  'getLink' | 'getattr' | 'permission' | 'getAcl' | 'fileattrSet' | 'revalidate' | 'evict'
> = {
  lookup: () => undefined,
  readdir: refuse(ENOTDIR),
  create: refuse(EPERM),
  link: refuse(EPERM),
  unlink: refuse(EPERM),
  rmdir: refuse(EPERM),
  rename: refuse(EPERM),
  readlink: refuse(EINVAL),
  setattr: refuse(EPERM),
  getxattr: refuse(EOPNOTSUPP),
  setxattr: refuse(EOPNOTSUPP),
  listxattr: () => [],
  removexattr: refuse(EOPNOTSUPP),
}

/** Linux: setattr_copy(): write the changed attributes into the inode. */
export function setattrCopy(v: Vfs, inode: Inode, attr: Attributes): void {
  const it = v.ownInode(inode.id)
  if (attr.mode !== undefined) it.mode = attr.mode
  if (attr.uid !== undefined) it.uid = attr.uid
  if (attr.gid !== undefined) it.gid = attr.gid
  if (attr.atime) it.atime = attr.atime
  if (attr.mtime) it.mtime = attr.mtime
  it.ctime = attr.ctime ?? v.host.now()
}
