/** fcntl(2). Linux: fs/fcntl.c. Record locks are in locks.ts. Left out: leases, F_SETOWN. */
import {
  EINVAL,
  EPERM,
  F_DUPFD,
  F_DUPFD_CLOEXEC,
  F_GETFD,
  F_GETFL,
  F_GETPIPE_SZ,
  F_SETFD,
  F_SETFL,
  F_SETPIPE_SZ,
  FD_CLOEXEC,
  FS_APPEND_FL,
  O_APPEND,
  O_DIRECT,
  O_NOATIME,
  O_NONBLOCK,
} from '../abi/index.ts'
import { dupFrom, fileOf, setSlot } from './files.ts'
import type { Kernel } from './kernel.ts'
import { pipeSize } from './pipe.ts'
import type { Task } from './types.ts'

const SETTABLE = O_APPEND | O_NONBLOCK | O_DIRECT | O_NOATIME

export function fcntl(k: Kernel, task: Task, fd: number, command: number, arg = 0): number {
  const file = fileOf(k, task, fd)
  const { cloexec } = k.files.get(task.files)
  switch (command) {
    case F_DUPFD:
      return dupFrom(k, task, fd, arg, false)
    case F_DUPFD_CLOEXEC:
      return dupFrom(k, task, fd, arg, true)
    case F_GETFD:
      return cloexec[fd] ? FD_CLOEXEC : 0
    case F_SETFD:
      setSlot(k.files.own(task.files), fd, file.id, (arg & FD_CLOEXEC) !== 0)
      return 0
    case F_GETFL:
      return file.flags
    case F_SETFL:
      if (file.flags & ~arg & O_APPEND && (k.vfs.inode(file.inode).flags ?? 0) & FS_APPEND_FL) throw EPERM
      k.openFiles.own(file.id).flags = (file.flags & ~SETTABLE) | (arg & SETTABLE)
      return 0
    case F_GETPIPE_SZ:
    case F_SETPIPE_SZ:
      return pipeSize(k, file, command === F_SETPIPE_SZ ? arg : undefined)
    default:
      throw EINVAL
  }
}
