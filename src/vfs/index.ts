export type {
  Attributes,
  BlockDevice,
  Caller,
  Cred,
  Dentry,
  Extents,
  FileOps,
  FileSystem,
  FileSystemType,
  FsStruct,
  Inode,
  InodeOps,
  MntNamespace,
  Mount,
  MountRoot,
  NewInode,
  OpenFile,
  Path,
  SuperBlock,
  VfsHost,
  VfsSchema,
} from './types.ts'
export { VFS_TABLES } from './types.ts'
export { chmod, chown, fchmod, fchown, futimens, lchown, utimensat } from './attr.ts'
export { dentryPath, dPath, getcwd, pathBelow, pwdOf, rootOf } from './d-path.ts'
export type { TransientInode } from './inode.ts'
export { link, mkdir, mknod, rmdir, symlink, unlink, vfsCreate, vfsLink, vfsRmdir, vfsUnlink } from './dir.ts'
export { getFlags, setFlags } from './fileattr.ts'
export {
  type AnonFile,
  fget,
  fput,
  internalMount,
  kernMount,
  newAnonFile,
  newAnonInode,
  newFile,
  newPipeFiles,
  openAnon,
} from './file-table.ts'
export {
  addMark,
  destroyMark,
  type FsnotifyGroup,
  type FsnotifyMark,
  fsnotify,
  fsnotifyExec,
} from './fsnotify.ts'
export { chdir, chroot, copyFs, fchdir, getFs, newFs, putFs, setFsPwd, setFsRoot } from './fs-struct.ts'
export { childMounts, mntput, mountsOf, mountTree } from './mount.ts'
export { inodeAt, isSubdir, pathDirectory, pathLookup, pathParent } from './namei.ts'
export { inGroup } from './groups.ts'
export { bootMount, copyMntNs, getMntNs, initMntNs, mntNsRoot, putMntNs, shareRecursively } from './mnt-ns.ts'
export { mount } from './namespace.ts'
export { pivotRoot } from './pivot-root.ts'
export { umount2 } from './umount.ts'
export { nsOf } from './ns-file.ts'
export { nsPath } from './nsfs.ts'
export { access, ftruncate, open, openExec, openPath, truncate } from './open.ts'
export {
  genericPermission,
  inodePermission,
  isAppend,
  isFixed,
  MAY_EXEC,
  MAY_MKNOD,
  MAY_READ,
  MAY_WRITE,
  ownerOrCapable,
} from './permission.ts'
export { ACL_ACCESS, type AclName, isAclName, posixAclChmod } from './posix-acl.ts'
export { showMountinfo, showMounts, showMountstats } from './proc-namespace.ts'
export {
  fallocate,
  getdents,
  lseek,
  poll,
  pollQueues,
  pread,
  pwrite,
  read,
  readWhole,
  write,
} from './read-write.ts'
export { type Given, mntNsName, mountRoot, placeOf, refuse, refuseAnyhow } from './refuse.ts'
export { renameat2, vfsRename } from './rename.ts'
export { fstat, fstatfs, lstat, readlink, stat, statfs, statInode } from './stat.ts'
export { andThen, DONE, failed, isSettled, settled } from './settled.ts'
export { setattrCopy, unsupported } from './unsupported.ts'
export { Vfs } from './vfs.ts'
export { getxattr, listxattr, removexattr, setxattr } from './xattr.ts'
