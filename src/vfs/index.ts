export type {
  Attributes,
  Caller,
  Cred,
  Dentry,
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
export { setattrCopy, unsupported } from './unsupported.ts'
export { type TransientInode, Vfs } from './vfs.ts'
