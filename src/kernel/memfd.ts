/** memfd_create(2): files of the tmpfs that the kernel has for itself. Linux: mm/memfd.c, mm/shmem.c. Left out: seals. */
import {
  EINVAL,
  encode,
  makedev,
  MFD_ALLOW_SEALING,
  MFD_CLOEXEC,
  NAME_MAX,
  O_RDWR,
  S_IFREG,
} from '../abi/index.ts'
import { kernMount, newFile } from '../vfs/index.ts'
import { callerOf } from './caller.ts'
import { freeFd, installFd } from './files.ts'
import type { Kernel } from './kernel.ts'
import type { Task } from './types.ts'

const PREFIX = 'memfd:'

/** Linux: shm_mnt, made when it is first needed; it has had the device number 0:1 since boot. */
function shmMount(k: Kernel, task: Task): number {
  const { vfs } = k
  const known = vfs.internalMounts.get('shmem')
  if (known) return known
  const made = vfs.fileSystems.get('tmpfs')!.mount(vfs, 'tmpfs', '', 0, callerOf(k, task))
  const sb = typeof made === 'number' ? made : made.sb
  vfs.freeAnonDev(vfs.superBlocks.get(sb).dev)
  vfs.superBlocks.own(sb).dev = makedev(0, 1)
  const mount = kernMount(vfs, sb, 'tmpfs', 0)
  vfs.internalMounts.set('shmem', mount)
  return mount
}

/** Errors: EINVAL (unknown flags, a long name), EMFILE. */
export function memfdCreate(k: Kernel, task: Task, name: string, flags: number): number {
  if (flags & ~(MFD_CLOEXEC | MFD_ALLOW_SEALING)) throw EINVAL
  if (encode(name).length > NAME_MAX - PREFIX.length) throw EINVAL
  const fd = freeFd(k, task, 0)
  const { vfs } = k
  const as = callerOf(k, task)
  const mount = shmMount(k, task)
  const root = vfs.inode(vfs.dentry(vfs.mounts.get(mount).root).inode)
  const attr = { mode: S_IFREG | 0o777, uid: as.cred.fsuid, gid: as.cred.fsgid }
  const inode = vfs.iops(root).tmpfile!(vfs, root, attr, as)
  const dentry = vfs.addDisconnected(`/${PREFIX}${name} (deleted)`, inode)
  vfs.getWriteAccess(inode.id)
  installFd(k, task, fd, newFile(vfs, { mount, dentry }, inode.id, O_RDWR).id, (flags & MFD_CLOEXEC) !== 0)
  return fd
}
