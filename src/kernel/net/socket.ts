/**
 * The system calls on sockets. Linux: net/socket.c.
 *
 * Left out: families but AF_UNIX and AF_NETLINK, messages with control data, most options.
 */
import {
  AF_NETLINK,
  AF_UNIX,
  type Blocking,
  EAFNOSUPPORT,
  EINVAL,
  EMFILE,
  encode,
  ENOPROTOOPT,
  ENOTSOCK,
  EOPNOTSUPP,
  EPROTONOSUPPORT,
  ESOCKTNOSUPPORT,
  NETLINK_ROUTE,
  type NlMsg,
  O_NONBLOCK,
  type Received,
  RLIMIT_NOFILE,
  S_IFSOCK,
  SHUT_RDWR,
  SO_ACCEPTCONN,
  SO_DOMAIN,
  SO_ERROR,
  SO_PEERCRED,
  SO_PROTOCOL,
  SO_RCVBUF,
  SO_SNDBUF,
  SO_TYPE,
  SOCK_CLOEXEC,
  SOCK_DGRAM,
  SOCK_NONBLOCK,
  SOCK_RAW,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  type Ucred,
} from '../../abi/index.ts'
import { newAnonFile, type OpenFile } from '../../vfs/index.ts'
import { fileOf, freeFd, installFd } from '../files.ts'
import type { Kernel } from '../kernel.ts'
import { pidIn, taskByPid } from '../pid-namespace.ts'
import type { Task } from '../types.ts'
import { fromKgid, fromKuid } from '../user-namespace.ts'
import { NetlinkSock } from './af-netlink.ts'
import { SNDBUF, UnixSock } from './af-unix.ts'

const FLAGS = SOCK_NONBLOCK | SOCK_CLOEXEC

/** Ids as the kernel numbers them; who asks for them gets his own numbers. */
function credOf(k: Kernel, task: Task): Ucred {
  const { euid, egid } = k.creds.get(task.cred)
  return { pid: task.pids[0]!, uid: euid, gid: egid }
}

/** Errors: EAFNOSUPPORT, ESOCKTNOSUPPORT, EPROTONOSUPPORT, EINVAL. */
function newSock(
  k: Kernel,
  task: Task,
  domain: number,
  type: number,
  protocol: number,
): UnixSock | NetlinkSock {
  const kind = type & ~FLAGS & 0xf
  if (type & ~FLAGS & ~0xf) throw EINVAL
  if (domain === AF_NETLINK) return newNetlinkSock(k, task, kind, protocol)
  return newUnixSock(k, task, domain, kind, protocol)
}

function newUnixSock(k: Kernel, task: Task, domain: number, kind: number, protocol: number): UnixSock {
  if (domain !== AF_UNIX) throw EAFNOSUPPORT
  if (protocol && protocol !== AF_UNIX) throw EPROTONOSUPPORT
  if (kind !== SOCK_STREAM && kind !== SOCK_DGRAM && kind !== SOCK_SEQPACKET) throw ESOCKTNOSUPPORT
  return new UnixSock(k, kind, k.nsproxies.get(task.nsproxy).net, credOf(k, task))
}

/** Linux: netlink_create(). */
function newNetlinkSock(k: Kernel, task: Task, kind: number, protocol: number): NetlinkSock {
  if (kind !== SOCK_RAW && kind !== SOCK_DGRAM) throw ESOCKTNOSUPPORT
  if (protocol !== NETLINK_ROUTE) throw EPROTONOSUPPORT
  return new NetlinkSock(k, k.nsproxies.get(task.nsproxy).net)
}

/** Linux: sock_map_fd(). */
function mapFd(k: Kernel, task: Task, fd: number, sock: UnixSock | NetlinkSock, flags: number): number {
  const { fsuid: uid, fsgid: gid } = k.creds.get(task.cred)
  const more = { uid, gid, flags: 2 | (flags & SOCK_NONBLOCK) }
  const file = newAnonFile(k.vfs, sock, { mode: S_IFSOCK | 0o777, name: 'socket:[]', ...more }, 'sockfs')
  sock.ino = k.vfs.inode(file.inode).ino
  installFd(k, task, fd, file.id, (flags & SOCK_CLOEXEC) !== 0)
  return fd
}

export function socket(k: Kernel, task: Task, domain: number, type: number, protocol = 0): number {
  const fd = freeFd(k, task, 0)
  return mapFd(k, task, fd, newSock(k, task, domain, type, protocol), type)
}

export function socketpair(
  k: Kernel,
  task: Task,
  domain: number,
  type: number,
  protocol = 0,
): readonly [number, number] {
  const first = freeFd(k, task, 0)
  const second = freeFd(k, task, first + 1)
  if (second >= task.rlimits[RLIMIT_NOFILE]!.cur) throw EMFILE
  const [a, b] = [newSock(k, task, domain, type, protocol), newSock(k, task, domain, type, protocol)]
  if (a instanceof NetlinkSock || b instanceof NetlinkSock) throw EOPNOTSUPP
  UnixSock.pair(a, b)
  return [mapFd(k, task, first, a, type), mapFd(k, k.tasks.get(task.id), second, b, type)]
}

/** Errors: EBADF, ENOTSOCK. */
function sockOf(k: Kernel, task: Task, fd: number): UnixSock {
  const sock = k.vfs.fops(fileOf(k, task, fd))
  if (!(sock instanceof UnixSock)) throw ENOTSOCK
  return sock
}

const waits = (file: OpenFile): boolean => !(file.flags & O_NONBLOCK)

export const bind = (k: Kernel, task: Task, fd: number, address: string): void =>
  sockOf(k, task, fd).bind(task, address)

export const listen = (k: Kernel, task: Task, fd: number, backlog: number): void =>
  sockOf(k, task, fd).listen(backlog, credOf(k, task))

export function* accept4(k: Kernel, task: Task, fd: number, flags: number): Blocking<number> {
  if (flags & ~FLAGS) throw EINVAL
  const { id } = task
  const sock = sockOf(k, task, fd)
  freeFd(k, task, 0)
  const accepted = yield* sock.accept(id, waits(fileOf(k, task, fd)))
  const me = k.tasks.get(id)
  return mapFd(k, me, freeFd(k, me, 0), accepted, flags)
}

export function* connect(k: Kernel, task: Task, fd: number, address: string): Blocking<void> {
  yield* sockOf(k, task, fd).connect(task, address, credOf(k, task), waits(fileOf(k, task, fd)))
}

export function* sendto(
  k: Kernel,
  task: Task,
  fd: number,
  data: Uint8Array | string,
  flags: number,
  address = '',
): Blocking<number> {
  const bytes = typeof data === 'string' ? encode(data) : data
  return yield* sockOf(k, task, fd).sendto(task, bytes, flags, waits(fileOf(k, task, fd)), address)
}

export function* recvfrom(
  k: Kernel,
  task: Task,
  fd: number,
  count: number,
  flags: number,
): Blocking<Received> {
  return yield* sockOf(k, task, fd).recvfrom(task.id, count, flags, waits(fileOf(k, task, fd)))
}

/** Errors: EBADF, ENOTSOCK, EOPNOTSUPP. */
function netlinkOf(k: Kernel, task: Task, fd: number): NetlinkSock {
  const sock = k.vfs.fops(fileOf(k, task, fd))
  if (sock instanceof UnixSock) throw EOPNOTSUPP
  if (!(sock instanceof NetlinkSock)) throw ENOTSOCK
  return sock
}

export const sendmsg = (k: Kernel, task: Task, fd: number, message: NlMsg): void =>
  netlinkOf(k, task, fd).send(task, message)

export function* recvmsg(k: Kernel, task: Task, fd: number): Blocking<readonly NlMsg[]> {
  return yield* netlinkOf(k, task, fd).receive(task.id)
}

export function shutdown(k: Kernel, task: Task, fd: number, how: number): void {
  const sock = sockOf(k, task, fd)
  if (how < 0 || how > SHUT_RDWR) throw EINVAL
  sock.shutdown(how)
}

export const getsockname = (k: Kernel, task: Task, fd: number): string => sockOf(k, task, fd).address
export const getpeername = (k: Kernel, task: Task, fd: number): string => sockOf(k, task, fd).peerAddress

/** getsockopt(2) at SOL_SOCKET. Errors: ENOPROTOOPT. */
export function getsockopt(k: Kernel, task: Task, fd: number, option: number): number | Ucred {
  const sock = sockOf(k, task, fd)
  switch (option) {
    case SO_TYPE:
      return sock.type
    case SO_DOMAIN:
      return AF_UNIX
    case SO_PROTOCOL:
      return 0
    case SO_ERROR:
      return sock.takeError()
    case SO_SNDBUF:
    case SO_RCVBUF:
      return SNDBUF
    case SO_ACCEPTCONN:
      return sock.isListening ? 1 : 0
    case SO_PEERCRED:
      return peerCred(k, task, sock)
    default:
      throw ENOPROTOOPT
  }
}

function peerCred(k: Kernel, task: Task, sock: UnixSock): Ucred {
  const { pid, uid, gid } = sock.peerCred
  if (uid < 0) return { pid, uid, gid }
  const { userNs } = k.creds.get(task.cred)
  return { pid: pidSeen(k, task, pid), uid: fromKuid(k, userNs, uid), gid: fromKgid(k, userNs, gid) }
}

/** Linux: pid_vnr(). */
const pidSeen = (k: Kernel, task: Task, pid: number): number =>
  task.pidNs === k.initPidNs ? pid : pidIn(k, taskByPid(k, k.initPidNs, pid), task.pidNs)
