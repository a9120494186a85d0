/** The beginning of a file that is to be executed. Linux: fs/exec.c:prepare_binprm(). */
import { ENOEXEC } from '../abi/index.ts'
import type { Caller, Path } from '../vfs/index.ts'
import type { Kernel } from './kernel.ts'

/** So much of a file says what it is. */
const HEADER = 1024

/** ENOEXEC, and what reading it refuses. */
export function readHeader(k: Kernel, as: Caller, { mount, dentry }: Path): Uint8Array {
  const { vfs } = k
  const inode = vfs.dentry(dentry).inode
  const file = { id: 0, epoch: 0, mount, dentry, inode, flags: 0, pos: 0, refs: 1 }
  const bytes = vfs.fileOps(vfs.inode(inode)).read(vfs, file, HEADER, 0, as)
  if (!(bytes instanceof Uint8Array)) throw ENOEXEC
  return bytes
}
