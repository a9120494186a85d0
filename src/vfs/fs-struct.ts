/**
 * Root and working directory of tasks. Linux: fs/fs_struct.c, fs/open.c:ksys_chroot().
 */
import { CAP_SYS_CHROOT, ENOTDIR, EPERM, isDir } from '../abi/index.ts'
import { mntput } from './mount.ts'
import { inodeAt, pathDirectory } from './namei.ts'
import { inodePermission, MAY_EXEC } from './permission.ts'
import type { Caller, FsStruct, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** The first one: root and working directory at `root`. */
export function newFs(v: Vfs, root: Path, umask: number): FsStruct {
  const dentry = v.pin(root.dentry)
  v.dget(dentry)
  v.dget(dentry)
  const { mount } = root
  return v.fsStructs.insert({
    rootMount: mount,
    rootDentry: dentry,
    pwdMount: mount,
    pwdDentry: dentry,
    umask,
    users: 1,
  })
}

/** Linux: copy_fs_struct(): for a child, or a task that unshares CLONE_FS. */
export function copyFs(v: Vfs, id: number): FsStruct {
  const { rootMount, rootDentry, pwdMount, pwdDentry, umask } = v.fsStructs.get(id)
  v.dget(rootDentry)
  v.dget(pwdDentry)
  return v.fsStructs.add({ id: 0, epoch: 0, rootMount, rootDentry, pwdMount, pwdDentry, umask, users: 1 })
}

/** One more task shares it (CLONE_FS). */
export function getFs(v: Vfs, id: number): void {
  v.fsStructs.own(id).users++
}

/** Linux: exit_fs(). */
export function putFs(v: Vfs, id: number): void {
  const fs = v.fsStructs.own(id)
  if (--fs.users > 0) return
  const { rootMount, rootDentry, pwdMount, pwdDentry } = fs
  v.fsStructs.remove(id)
  v.dput(rootDentry)
  v.dput(pwdDentry)
  mntput(v, rootMount)
  mntput(v, pwdMount)
}

/** Linux: set_fs_root(). */
export function setFsRoot(v: Vfs, id: number, path: Path): void {
  const dentry = v.pin(path.dentry)
  v.dget(dentry)
  const fs = v.fsStructs.own(id)
  const { rootMount, rootDentry } = fs
  fs.rootMount = path.mount
  fs.rootDentry = dentry
  v.dput(rootDentry)
  mntput(v, rootMount)
}

/** Linux: set_fs_pwd(). */
export function setFsPwd(v: Vfs, id: number, path: Path): void {
  const dentry = v.pin(path.dentry)
  v.dget(dentry)
  const fs = v.fsStructs.own(id)
  const { pwdMount, pwdDentry } = fs
  fs.pwdMount = path.mount
  fs.pwdDentry = dentry
  v.dput(pwdDentry)
  mntput(v, pwdMount)
}

/** chdir(2). Errors: ENOTDIR, EACCES, ENOENT. */
export function chdir(v: Vfs, as: Caller, path: string): void {
  const place = pathDirectory(v, as, path)
  inodePermission(v, as, inodeAt(v, place), MAY_EXEC)
  setFsPwd(v, as.fs.id, place)
}

/** fchdir(2) to what an open file shows. */
export function fchdir(v: Vfs, as: Caller, id: number): void {
  const { mount, dentry } = v.openFiles.get(id)
  const inode = inodeAt(v, { mount, dentry })
  if (!isDir(inode)) throw ENOTDIR
  inodePermission(v, as, inode, MAY_EXEC)
  setFsPwd(v, as.fs.id, { mount, dentry })
}

/** chroot(2). Leaves the working directory where it is, which is how one escapes. Errors: EPERM, ENOTDIR, EACCES. */
export function chroot(v: Vfs, as: Caller, path: string): void {
  const place = pathDirectory(v, as, path)
  inodePermission(v, as, inodeAt(v, place), MAY_EXEC)
  if (!v.host.capable(as.cred, CAP_SYS_CHROOT, as.cred.userNs)) throw EPERM
  setFsRoot(v, as.fs.id, place)
}
