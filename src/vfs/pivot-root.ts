/** pivot_root(2). Linux: fs/namespace.c. */
import { EBUSY, EINVAL, ENOENT, EPERM } from '../abi/index.ts'
import {
  attachMnt,
  checkMnt,
  detachMnt,
  foreign,
  hasParent,
  isRootOf,
  lockMount,
  mayMount,
  touchMntNamespace,
} from './mount.ts'
import { isSubdir, pathDirectory } from './namei.ts'
import { mntNsName, mountRoot, refuse } from './refuse.ts'
import type { Caller, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** Linux: is_path_reachable(). */
function isReachable(v: Vfs, path: Path, root: Path): boolean {
  let mount = v.mounts.get(path.mount)
  let dentry = v.dentry(path.dentry).id
  while (mount.id !== root.mount && hasParent(mount)) {
    dentry = mount.mountpoint
    mount = v.mounts.get(mount.parent)
  }
  return mount.id === root.mount && isSubdir(v, dentry, root.dentry)
}

/** pivot_root(2): `newRoot` becomes the root, the old one moves to `putOld`. Errors: EPERM, EINVAL, EBUSY, ENOTDIR, ENOENT. */
export function pivotRoot(v: Vfs, as: Caller, newRoot: string, putOld: string): void {
  if (!mayMount(v, as)) throw EPERM
  const fresh = pathDirectory(v, as, newRoot)
  const put = pathDirectory(v, as, putOld)
  const root: Path = { mount: as.fs.rootMount, dentry: as.fs.rootDentry }
  const old = lockMount(v, put)
  const [newMnt, rootMnt, oldMnt] = [
    v.mounts.get(fresh.mount),
    v.mounts.get(root.mount),
    v.mounts.get(old.mount),
  ]
  for (const [which, id] of [
    ['put_old', oldMnt.id],
    ['new_root', newMnt.parent],
    ['root', rootMnt.parent],
  ] as const)
    if (id !== 0 && v.mounts.get(id).peerGroup)
      throw refuse(v, EINVAL, 'pivot-shared', { which, path: mountRoot(v, id) })
  for (const it of [rootMnt, newMnt]) if (!checkMnt(as, it)) throw foreign(v, as)
  if (newMnt.locked) throw refuse(v, EINVAL, 'mount-locked', { path: fresh, mine: mntNsName(v, as.mntNs) })
  if (v.dentry(fresh.dentry).unhashed) throw ENOENT
  if (newMnt.id === rootMnt.id || oldMnt.id === rootMnt.id) {
    const isNew = newMnt.id === rootMnt.id
    const which = isNew ? 'new_root' : 'put_old'
    throw refuse(v, EBUSY, 'pivot-same', { which, path: isNew ? fresh : old })
  }
  if (!isRootOf(v, root)) throw refuse(v, EINVAL, 'pivot-chrooted', { mine: mntNsName(v, as.mntNs) })
  if (!hasParent(rootMnt)) throw refuse(v, EINVAL, 'pivot-rootfs', {})
  if (!isRootOf(v, fresh) || !hasParent(newMnt)) throw refuse(v, EINVAL, 'not-mountpoint', { path: fresh })
  if (!isReachable(v, old, { mount: fresh.mount, dentry: v.dentry(fresh.dentry).id }))
    throw refuse(v, EINVAL, 'pivot-outside', { path: old, newRoot: fresh })
  if (!isReachable(v, fresh, root)) throw refuse(v, EINVAL, 'pivot-unreachable', { path: fresh })
  swapRoots(v, root, { mount: fresh.mount, dentry: newMnt.root }, old)
}

function swapRoots(v: Vfs, root: Path, fresh: Path, old: Path): void {
  const rootMnt = v.mounts.own(root.mount)
  const newMnt = v.mounts.own(fresh.mount)
  const at = { mount: rootMnt.parent, dentry: rootMnt.mountpoint }
  detachMnt(v, newMnt.id)
  v.dget(at.dentry)
  detachMnt(v, rootMnt.id)
  if (rootMnt.locked) {
    newMnt.locked = true
    rootMnt.locked = false
  }
  attachMnt(v, rootMnt.id, old)
  attachMnt(v, newMnt.id, at)
  v.dput(at.dentry)
  chrootFsRefs(v, root, fresh)
  touchMntNamespace(v, newMnt.ns)
}

/** Linux: chroot_fs_refs(): every task whose root or working directory was the old root gets the new one. */
function chrootFsRefs(v: Vfs, from: Path, to: Path): void {
  for (const { id, rootMount, rootDentry, pwdMount, pwdDentry } of [...v.fsStructs.values()]) {
    const isRoot = rootMount === from.mount && rootDentry === from.dentry
    const isPwd = pwdMount === from.mount && pwdDentry === from.dentry
    if (!isRoot && !isPwd) continue
    const fs = v.fsStructs.own(id)
    if (isRoot) {
      v.dget(to.dentry)
      fs.rootMount = to.mount
      fs.rootDentry = to.dentry
      v.dput(from.dentry)
    }
    if (isPwd) {
      v.dget(to.dentry)
      fs.pwdMount = to.mount
      fs.pwdDentry = to.dentry
      v.dput(from.dentry)
    }
  }
}
