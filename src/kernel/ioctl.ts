/**
 * ioctl(2): requests to terminals, namespace files, devices and, for the flags of inodes, any file. Linux: fs/ioctl.c, drivers/tty/tty_io.c, fs/nsfs.c.
 */
import {
  EBADF,
  EINVAL,
  ENOTTY,
  EPERM,
  FIONREAD,
  FS_IOC_GETFLAGS,
  FS_IOC_SETFLAGS,
  isReg,
  NS_GET_NSTYPE,
  NS_GET_OWNER_UID,
  NS_GET_PARENT,
  NS_GET_USERNS,
  O_CLOEXEC,
  O_PATH,
  TIOCGPGRP,
  TIOCGPTN,
  TIOCGSID,
  TIOCNOTTY,
  TIOCSCTTY,
} from '../abi/index.ts'
import {
  getFlags,
  nsOf as nsOfInode,
  nsPath as vfsNsPath,
  openAnon,
  type OpenFile,
  type Path,
  setFlags,
} from '../vfs/index.ts'
import { callerOf } from './caller.ts'
import { fileOf, freeFd, installFd } from './files.ts'
import type { Kernel } from './kernel.ts'
import { CLONE_FLAG, joinNamespace, type NsKind, nsInum, nsKind, type NsLink, nsOwner } from './nsproxy.ts'
import { tcgetpgrp, tcgetsid, tiocnotty, tiocsctty } from './tty/job-control.ts'
import type { Line } from './tty/line.ts'
import { isMaster, lineOf } from './tty/pty.ts'
import type { Task } from './types.ts'
import { fromKuid, inUserNs } from './user-namespace.ts'
import { refuse } from './refuse.ts'

const TCFLSH = 0x540b
const TIOCOUTQ = 0x5411
const TIOCSPTLCK = 0x40045431

export function ioctl(
  k: Kernel,
  task: Task,
  fd: number,
  request: number,
  arg: number | Uint8Array = 0,
): number {
  const file = fileOf(k, task, fd)
  if (file.flags & O_PATH) throw EBADF
  if (typeof arg === 'number') return plainRequest(k, task, file, request, arg)
  const fops = k.vfs.fops(file)
  if (!fops.ioctl) throw ENOTTY
  return fops.ioctl(k.vfs, file, request, arg, callerOf(k, task))
}

/** A request whose argument is no structure. */
function plainRequest(k: Kernel, task: Task, file: OpenFile, request: number, arg: number): number {
  const line = lineOf(k, file.id)
  if (line) return ttyRequest(k, task, file, line, request, arg)
  const inode = k.vfs.inode(file.inode)
  const ns = nsOfInode(inode)
  if (ns) return nsRequest(k, task, ns.kind as NsKind, ns.ns, request)
  if (request === FIONREAD && isReg(inode)) return inode.size - file.pos
  if (request === FS_IOC_GETFLAGS) return getFlags(k.vfs, file)
  if (request === FS_IOC_SETFLAGS) {
    setFlags(k.vfs, callerOf(k, task), file, arg)
    return 0
  }
  const fops = k.vfs.fops(file)
  if (!fops.ioctl) throw ENOTTY
  return fops.ioctl(k.vfs, file, request, arg, callerOf(k, task))
}

function ttyRequest(k: Kernel, task: Task, file: OpenFile, line: Line, request: number, arg: number): number {
  const master = isMaster(k, file)
  switch (request) {
    case TIOCSCTTY:
      tiocsctty(k, task, line.id, arg === 1)
      return 0
    case TIOCNOTTY:
      tiocnotty(k, task, line.id)
      return 0
    case TIOCGPGRP:
      return tcgetpgrp(k, task, line.id, master)
    case TIOCGSID:
      return tcgetsid(k, task, line.id, master)
    case TIOCGPTN:
      if (!master) throw ENOTTY
      return line.index
    case TIOCSPTLCK:
      if (!master) throw ENOTTY
      return 0
    case TCFLSH:
      if (arg !== 1) line.flushInput()
      if (arg !== 0) line.flushOutput()
      return 0
    case TIOCOUTQ:
      return master ? line.input.length : line.outstanding
    default:
      return k.vfs.fops(file).ioctl!(k.vfs, file, request, arg, callerOf(k, task))
  }
}

/** ioctl_ns(2). A namespace outside the caller's own is none of its business: EPERM. */
function nsRequest(k: Kernel, task: Task, kind: NsKind, ns: number, request: number): number {
  const mine = k.creds.get(task.cred).userNs
  switch (request) {
    case NS_GET_USERNS: {
      const owner = nsOwner(k, kind, ns)
      if (!owner || !inUserNs(k, mine, owner)) throw EPERM
      return openNs(k, task, 'user', owner)
    }
    case NS_GET_PARENT:
      return openNs(k, task, kind, parentOf(k, task, kind, ns))
    case NS_GET_NSTYPE:
      return CLONE_FLAG[kind]
    case NS_GET_OWNER_UID:
      if (kind !== 'user') throw EINVAL
      return fromKuid(k, mine, k.userNamespaces.get(ns).owner)
    default:
      throw ENOTTY
  }
}

function parentOf(k: Kernel, task: Task, kind: NsKind, ns: number): number {
  if (kind === 'user') {
    const { parent } = k.userNamespaces.get(ns)
    if (!parent || !inUserNs(k, k.creds.get(task.cred).userNs, parent)) throw EPERM
    return parent
  }
  if (kind !== 'pid') throw EINVAL
  const { parent } = k.pidNamespaces.get(ns)
  for (let it = parent; it; it = k.pidNamespaces.get(it).parent) if (it === task.pidNs) return parent
  throw EPERM
}

function openNs(k: Kernel, task: Task, kind: NsKind, ns: number): number {
  const fd = freeFd(k, task, 0)
  installFd(k, task, fd, openAnon(k.vfs, nsPath(k, kind, ns), O_CLOEXEC & 0).id, true)
  return fd
}

/** The place of a namespace's file, for the links of /proc/PID/ns. */
export const nsPath = (k: Kernel, link: NsLink, id: number): Path =>
  vfsNsPath(k.vfs, nsKind(link), id, nsInum(k, link, id))

/** setns(2). EINVAL if the descriptor is no namespace file, or one of another type. */
export function setns(k: Kernel, task: Task, fd: number, nstype: number): void {
  const file = fileOf(k, task, fd)
  const ns = nsOfInode(k.vfs.inode(file.inode))
  if (!ns) throw refuse(k, EINVAL, 'setns-kind', { kind: '' })
  const kind = ns.kind as NsKind
  if (nstype && nstype !== CLONE_FLAG[kind]) throw refuse(k, EINVAL, 'setns-kind', { kind })
  joinNamespace(k, task, kind, ns.ns)
}
