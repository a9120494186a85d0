/**
 * Descriptor tables: small numbers for open files. Linux: fs/file.c.
 */
import {
  CAP_SYS_ADMIN,
  EBADF,
  EINVAL,
  EMFILE,
  ENFILE,
  O_CLOEXEC,
  RLIMIT_NOFILE,
  type Errno,
} from '../abi/index.ts'
import type { Own } from '../state/index.ts'
import { fget, fput, type OpenFile } from '../vfs/index.ts'
import { nsCapable } from './capability.ts'
import type { Kernel } from './kernel.ts'
import { closeLocks } from './locks.ts'
import { refuse } from './refuse.ts'
import type { Files, Task } from './types.ts'

/** The open file behind a descriptor. EBADF if there is none. */
export function fileOf(k: Kernel, task: Task, fd: number): OpenFile {
  const id = k.files.get(task.files).fds[fd]
  if (!id) throw EBADF
  return k.openFiles.get(id)
}

/** What fits into the table without a larger one being allocated. */
const NR_OPEN_DEFAULT = 64

/** Linux: alloc_fdtable(): in steps of 1 KiB of pointers. */
const tableSize = (descriptors: number): number =>
  descriptors <= NR_OPEN_DEFAULT ? NR_OPEN_DEFAULT : 2 ** Math.ceil(Math.log2(Math.max(128, descriptors)))

export const newFiles = (k: Kernel): number =>
  k.files.insert({ fds: [], cloexec: [], size: NR_OPEN_DEFAULT, users: 1 }).id

/** Linux: dup_fd(): a child's own table, sharing the open files. */
export function copyFiles(k: Kernel, id: number): number {
  const { fds, cloexec } = k.files.get(id)
  for (const file of fds) if (file) fget(k.vfs, file)
  // The arrays may be shared: who changes one replaces it.
  return k.files.add({ id: 0, epoch: 0, fds, cloexec, size: tableSize(fds.length), users: 1 }).id
}

/** Linux: put_files_struct(). */
export function putFiles(k: Kernel, id: number): void {
  const files = k.files.own(id)
  if (--files.users > 0) return
  const { fds } = files
  k.files.remove(id)
  for (const file of fds) if (file) closeFile(k, id, file)
}

/** Linux: filp_close(). */
function closeFile(k: Kernel, files: number, file: number): void {
  closeLocks(k, files, file)
  fput(k.vfs, file)
}

/** Linux: alloc_fd(): the lowest free number from `from` on. EMFILE at RLIMIT_NOFILE. */
export function freeFd(k: Kernel, task: Task, from: number): number {
  const { fds } = k.files.get(task.files)
  let fd = from
  while (fds[fd]) fd++
  if (fd >= task.rlimits[RLIMIT_NOFILE]!.cur) throw noFreeFd(k, task)
  return fd
}

/** Every number below the limit is taken. */
export const noFreeFd = (k: Kernel, task: Task): Errno =>
  refuse(k, EMFILE, 'nofile', { limit: task.rlimits[RLIMIT_NOFILE]!.cur })

/** Linux: alloc_empty_file(): how many files may be open in all is fs.file-max. Errors: ENFILE. */
export function checkFileMax(k: Kernel, task: Task): void {
  const max = k.sysctl.get('fs/file-max')
  if (max === undefined || k.openFiles.size < Number(max)) return
  if (!nsCapable(k, k.creds.get(task.cred), CAP_SYS_ADMIN, k.initUserNs))
    throw refuse(k, ENFILE, 'file-max', { max: Number(max) })
}

/** Linux: fd_install(). The table takes over the reference. */
export function installFd(k: Kernel, task: Task, fd: number, file: number, cloexec: boolean): void {
  const files = k.files.own(task.files)
  setSlot(files, fd, file, cloexec)
}

/** Arrays in records are replaced, because the picture before may share them. */
export function setSlot(files: Own<Files>, fd: number, file: number, cloexec: boolean): void {
  const fds = files.fds.slice()
  while (fds.length < fd) fds.push(0)
  fds[fd] = file
  while (fds.length && !fds[fds.length - 1]) fds.pop()
  files.fds = fds
  if (fds.length > files.size) files.size = tableSize(fds.length)
  if (cloexec === (files.cloexec[fd] ?? false)) return
  const flags = files.cloexec.slice()
  while (flags.length < fd) flags.push(false)
  flags[fd] = cloexec
  files.cloexec = flags
}

export function close(k: Kernel, task: Task, fd: number): void {
  const id = k.files.get(task.files).fds[fd]
  if (!id) throw EBADF
  setSlot(k.files.own(task.files), fd, 0, false)
  closeFile(k, task.files, id)
}

/** execve(2) closes what is marked so. Linux: do_close_on_exec(). */
export function closeOnExec(k: Kernel, task: Task): void {
  const { fds, cloexec } = k.files.get(task.files)
  for (let fd = 0; fd < cloexec.length; fd++) if (cloexec[fd] && fds[fd]) close(k, task, fd)
}

export const dup = (k: Kernel, task: Task, fd: number): number => dupFrom(k, task, fd, 0, false)

export function dupFrom(k: Kernel, task: Task, fd: number, from: number, cloexec: boolean): number {
  const file = fileOf(k, task, fd)
  if (from < 0 || from >= task.rlimits[RLIMIT_NOFILE]!.cur) throw EINVAL
  const free = freeFd(k, task, from)
  fget(k.vfs, file.id)
  installFd(k, task, free, file.id, cloexec)
  return free
}

export function dup2(k: Kernel, task: Task, from: number, to: number): number {
  const file = fileOf(k, task, from)
  if (from === to) return to
  return replaceFd(k, task, file.id, to, false)
}

export function dup3(k: Kernel, task: Task, from: number, to: number, flags: number): number {
  if (flags & ~O_CLOEXEC || from === to) throw EINVAL
  return replaceFd(k, task, fileOf(k, task, from).id, to, (flags & O_CLOEXEC) !== 0)
}

/** Linux: do_dup2(). */
function replaceFd(k: Kernel, task: Task, file: number, to: number, cloexec: boolean): number {
  if (to < 0 || to >= task.rlimits[RLIMIT_NOFILE]!.cur) throw EBADF
  const old = k.files.get(task.files).fds[to] ?? 0
  fget(k.vfs, file)
  setSlot(k.files.own(task.files), to, file, cloexec)
  if (old) closeFile(k, task.files, old)
  return to
}
