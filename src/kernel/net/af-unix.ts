/**
 * Sockets between processes of one host: streams, datagrams and packets in order. Linux: net/unix/af_unix.c; unix(7).
 *
 * Left out: passing descriptors and credentials (SCM_RIGHTS), autobind, SO_PEEK_OFF, garbage collection.
 */
import {
  type Blocking,
  EADDRINUSE,
  EAGAIN,
  ECONNREFUSED,
  ECONNRESET,
  EEXIST,
  EINTR,
  EINVAL,
  EISCONN,
  EMSGSIZE,
  ENOTCONN,
  ENOTTY,
  EOPNOTSUPP,
  EPIPE,
  EPROTOTYPE,
  type Errno,
  FIONREAD,
  isSock,
  MSG_DONTWAIT,
  MSG_NOSIGNAL,
  MSG_PEEK,
  O_NONBLOCK,
  POLLERR,
  POLLHUP,
  POLLIN,
  POLLOUT,
  type Received,
  S_IFSOCK,
  SHUT_RD,
  SHUT_WR,
  SIGPIPE,
  SOCK_DGRAM,
  SOCK_SEQPACKET,
  SOCK_STREAM,
  type Ucred,
  UNIX_PATH_MAX,
} from '../../abi/index.ts'
import {
  type Caller,
  type FileOps,
  inodeAt,
  inodePermission,
  MAY_WRITE,
  mknod,
  type OpenFile,
  pathLookup,
  type Vfs,
} from '../../vfs/index.ts'
import { callerOf } from '../caller.ts'
import { doSignal } from '../deliver.ts'
import type { Kernel } from '../kernel.ts'
import { sendSignal, signalPending } from '../signal.ts'
import type { Task } from '../types.ts'
import { waitEvent } from '../wait-queue.ts'
import { wakeUp } from '../wake-up.ts'

/** net.core.wmem_default: what may lie unread between two streams. */
export const SNDBUF = 212_992
const NOTHING = new Uint8Array(0)

/** net.unix.max_dgram_qlen of a namespace: how many datagrams may wait, less one. */
const maxDgramQlen = (k: Kernel, netNs: number): number =>
  Number(k.sysctl.get(`net/unix/max_dgram_qlen ${netNs}`) ?? 10)

interface Message {
  readonly data: Uint8Array
  /** Its name counts when the message is read. */
  readonly from: UnixSock
}

/** Linux: struct unix_sock. */
export class UnixSock implements FileOps {
  readonly seekable = false
  readonly k: Kernel
  readonly type: number
  readonly netNs: number
  readonly #queue: string
  /** The number of its inode on sockfs. */
  ino = 0
  address = ''
  /** It was bound itself; an accepted end only has its listener's address. */
  isNamed = false
  /** The dentry and the inode that it is bound to. */
  #dentry = 0
  #inode = 0
  #peer: UnixSock | undefined
  #wasConnected = false
  isListening = false
  #backlog = 0
  /** Of a listener: ends of connections that nobody has accepted yet. */
  readonly #pending: UnixSock[] = []
  #received: Message[] = []
  #size = 0
  #cannotRead = false
  #cannotWrite = false
  #error: Errno | undefined
  cred: Ucred

  constructor(k: Kernel, type: number, netNs: number, cred: Ucred) {
    this.k = k
    this.type = type
    this.netNs = netNs
    this.cred = cred
    this.#queue = `socket:${k.nextPipe++}`
    k.unixSockets.add(this)
  }

  get isConnected(): boolean {
    return this.#peer !== undefined
  }

  get peerAddress(): string {
    if (!this.#peer) throw ENOTCONN
    return this.#peer.address
  }

  get peerCred(): Ucred {
    return this.#peer ? this.#peer.cred : { pid: 0, uid: -1, gid: -1 }
  }

  takeError(): number {
    const error = this.#error?.errno ?? 0
    this.#error = undefined
    return error
  }

  /** Linux: unix_socketpair(). */
  static pair(a: UnixSock, b: UnixSock): void {
    a.#join(b)
    b.#join(a)
  }

  #join(peer: UnixSock): void {
    this.#peer = peer
    this.#wasConnected = true
  }

  /** bind(2). Errors: EINVAL, EADDRINUSE and those of mknod(2). */
  bind(task: Task, address: string): void {
    if (!address || address.length > UNIX_PATH_MAX || this.isNamed) throw EINVAL
    if (address.startsWith('\0')) {
      if (findAbstract(this.k, this.netNs, address)) throw EADDRINUSE
    } else this.#bindPath(callerOf(this.k, task), address)
    this.address = address
    this.isNamed = true
  }

  #bindPath(as: Caller, path: string): void {
    const v = this.k.vfs
    try {
      mknod(v, as, path, S_IFSOCK | (0o777 & ~as.fs.umask), 0)
    } catch (e) {
      throw e === EEXIST ? EADDRINUSE : e
    }
    const place = pathLookup(v, as, path, 'nofollow')
    v.dget(place.dentry)
    this.#dentry = place.dentry
    this.#inode = inodeAt(v, place).id
  }

  /** listen(2). Errors: EOPNOTSUPP, EINVAL. */
  listen(backlog: number, cred: Ucred): void {
    if (this.type === SOCK_DGRAM) throw EOPNOTSUPP
    if (!this.isNamed || this.#peer) throw EINVAL
    this.isListening = true
    this.#backlog = Math.min(backlog < 0 ? 4096 : backlog, 4096)
    this.cred = cred
    wakeUp(this.k, this.#queue)
  }

  /** accept(2), the socket of it. Errors: EOPNOTSUPP, EINVAL, EAGAIN, EINTR. */
  *accept(task: number, mayWait: boolean): Blocking<UnixSock> {
    if (this.type === SOCK_DGRAM) throw EOPNOTSUPP
    if (!this.isListening) throw EINVAL
    if (!this.#pending.length) {
      if (!mayWait) throw EAGAIN
      yield* waitEvent(this.k, task, this.#queue, 'unix_accept', () => this.#pending.length > 0)
    }
    const accepted = this.#pending.shift()!
    wakeUp(this.k, this.#queue)
    return accepted
  }

  /** connect(2). Errors: ECONNREFUSED, EISCONN, EINVAL, EPROTOTYPE, EACCES, EAGAIN, EINTR and those of a path walk. */
  *connect(task: Task, address: string, cred: Ucred, mayWait: boolean): Blocking<void> {
    if (this.type === SOCK_DGRAM) return this.#connectDgram(task, address)
    if (this.#peer) throw EISCONN
    if (this.isListening) throw EINVAL
    const find = (): UnixSock => {
      const found = findSock(this.k, task, this, address)
      if (!found.isListening) throw ECONNREFUSED
      return found
    }
    let listener = find()
    if (listener.#isFull) {
      if (!mayWait) throw EAGAIN
      yield* waitEvent(this.k, task.id, listener.#queue, 'unix_wait_for_peer', () => !listener.#isFull)
      listener = find()
    }
    const end = new UnixSock(this.k, this.type, listener.netNs, listener.cred)
    end.address = listener.address
    this.cred = cred
    UnixSock.pair(this, end)
    listener.#pending.push(end)
    wakeUp(this.k, listener.#queue)
  }

  get #isFull(): boolean {
    return this.isListening && this.#pending.length > this.#backlog
  }

  #connectDgram(task: Task, address: string): void {
    this.#peer = address ? findSock(this.k, task, this, address) : undefined
  }

  // Reading and writing

  read(_v: Vfs, file: OpenFile, count: number, _pos: number, as: Caller): Uint8Array | Blocking<Uint8Array> {
    const got = this.#receive(as.task, count, 0, (file.flags & O_NONBLOCK) === 0)
    return 'data' in got ? got.data : dataOf(got)
  }

  write(_v: Vfs, file: OpenFile, data: Uint8Array, _pos: number, as: Caller): number | Blocking<number> {
    return this.send(as.task, data, 0, (file.flags & O_NONBLOCK) === 0, this.#peer)
  }

  /** recvfrom(2). Errors: EINVAL, ENOTCONN, EAGAIN, ECONNRESET, EINTR. */
  *recvfrom(task: number, count: number, flags: number, mayWait: boolean): Blocking<Received> {
    const got = this.#receive(task, count, flags, mayWait)
    return 'data' in got ? got : yield* got
  }

  #receive(task: number, count: number, flags: number, mayWait: boolean): Received | Blocking<Received> {
    // "unix_stream_read_generic: if (sk->sk_state != TCP_ESTABLISHED) err = -EINVAL"
    if (this.type !== SOCK_DGRAM && !this.#wasConnected)
      throw this.type === SOCK_SEQPACKET ? ENOTCONN : EINVAL
    const ready = this.#ready(count, flags)
    if (ready) return ready
    if (!mayWait || flags & MSG_DONTWAIT) throw EAGAIN
    return this.#waitToReceive(task, count, flags)
  }

  *#waitToReceive(task: number, count: number, flags: number): Blocking<Received> {
    for (;;) {
      yield* waitEvent(this.k, task, this.#queue, 'unix_stream_data_wait', () => this.#isReadable)
      const got = this.#ready(count, flags)
      if (got) return got
    }
  }

  get #isReadable(): boolean {
    return this.#received.length > 0 || this.#isOver || this.#error !== undefined
  }

  /** Nothing more will come. */
  get #isOver(): boolean {
    return this.#cannotRead || (this.type !== SOCK_DGRAM && this.#wasConnected && !this.#peer)
  }

  /** What there is, or the end, or undefined to wait. */
  #ready(count: number, flags: number): Received | undefined {
    if (!this.#received.length) {
      if (this.#error) {
        const error = this.#error
        this.#error = undefined
        throw error
      }
      return this.#isOver || count === 0 ? { data: NOTHING, address: '' } : undefined
    }
    const got = this.type === SOCK_STREAM ? this.#takeBytes(count, flags) : this.#takeMessage(count, flags)
    if (!(flags & MSG_PEEK)) wakeUp(this.k, this.#queue)
    return got
  }

  #takeMessage(count: number, flags: number): Received {
    const { data, from } = this.#received[0]!
    if (!(flags & MSG_PEEK)) {
      this.#received.shift()
      this.#size -= data.length
    }
    // "the excess bytes are discarded" - recv(2)
    return { data: data.subarray(0, count), address: from.address }
  }

  #takeBytes(count: number, flags: number): Received {
    const data = new Uint8Array(Math.min(count, this.#size))
    const rest: Message[] = []
    let done = 0
    for (const it of this.#received) {
      const part = it.data.subarray(0, data.length - done)
      data.set(part, done)
      done += part.length
      if (part.length < it.data.length) rest.push({ ...it, data: it.data.subarray(part.length) })
    }
    if (!(flags & MSG_PEEK)) {
      this.#received = rest
      this.#size -= done
    }
    return { data, address: '' }
  }

  /** sendto(2). Errors: ENOTCONN, EPIPE, ECONNREFUSED, EMSGSIZE, EAGAIN, EINTR, EISCONN. */
  *sendto(task: Task, data: Uint8Array, flags: number, mayWait: boolean, address: string): Blocking<number> {
    if (address && this.type !== SOCK_DGRAM) throw this.#peer ? EISCONN : EOPNOTSUPP
    const to = address ? findSock(this.k, task, this, address) : this.#peer
    return yield* this.send(task.id, data, flags, mayWait, to)
  }

  *send(
    task: number,
    data: Uint8Array,
    flags: number,
    mayWait: boolean,
    to: UnixSock | undefined,
  ): Blocking<number> {
    if (this.type === SOCK_DGRAM && !to) throw ENOTCONN
    if (!this.#wasConnected && this.type !== SOCK_DGRAM) throw ENOTCONN
    if (this.type !== SOCK_STREAM && data.length > SNDBUF) throw EMSGSIZE
    for (let done = 0; ; ) {
      if (this.#cannotWrite || !to || to.#cannotRead || !this.k.unixSockets.has(to))
        return yield* this.#broken(task, flags, done)
      const room = to.#room(this.type, data.length - done)
      if (room > 0 || data.length === 0) {
        to.#put({ data: data.slice(done, done + room), from: this })
        done += room
        if (done >= data.length) return done
        continue
      }
      if (!mayWait || flags & MSG_DONTWAIT) {
        if (done) return done
        throw EAGAIN
      }
      const receiver = to
      const ready = (): boolean =>
        receiver.#room(this.type, 1) > 0 || receiver.#cannotRead || !this.k.unixSockets.has(receiver)
      try {
        yield* waitEvent(this.k, task, receiver.#queue, 'sock_alloc_send_pskb', ready)
      } catch (e) {
        if (e === EINTR && done) return done
        throw e
      }
    }
  }

  /** How much of a message of so many bytes may be put into its queue. */
  #room(type: number, bytes: number): number {
    if (type === SOCK_STREAM) return Math.min(bytes, SNDBUF - this.#size)
    if (type === SOCK_DGRAM && this.#received.length > maxDgramQlen(this.k, this.netNs)) return 0
    return this.#size && this.#size + bytes > SNDBUF ? 0 : Math.max(1, bytes)
  }

  #put(message: Message): void {
    this.#received.push(message)
    this.#size += message.data.length
    wakeUp(this.k, this.#queue)
  }

  *#broken(task: number, flags: number, done: number): Blocking<number> {
    if (done) return done
    if (this.type === SOCK_DGRAM && !this.#cannotWrite) {
      this.#peer = undefined
      throw ECONNREFUSED
    }
    if (this.type === SOCK_STREAM && !(flags & MSG_NOSIGNAL)) {
      sendSignal(this.k, task, SIGPIPE, task)
      if (signalPending(this.k, task)) yield* doSignal(this.k, task)
    }
    throw EPIPE
  }

  /** shutdown(2). Errors: ENOTCONN. */
  shutdown(how: number): void {
    if (this.type !== SOCK_DGRAM && !this.#peer) throw ENOTCONN
    const peer = this.type === SOCK_DGRAM ? undefined : this.#peer
    if (how !== SHUT_WR) {
      this.#cannotRead = true
      if (peer) peer.#cannotWrite = true
    }
    if (how !== SHUT_RD) {
      this.#cannotWrite = true
      if (peer) peer.#cannotRead = true
    }
    wakeUp(this.k, this.#queue)
    if (peer) wakeUp(this.k, peer.#queue)
  }

  poll(): number {
    if (this.isListening) return this.#pending.length ? POLLIN : 0
    let events = this.#isReadable ? POLLIN : 0
    if (this.#error) events |= POLLERR
    if (this.type !== SOCK_DGRAM && (!this.#peer || (this.#cannotRead && this.#cannotWrite)))
      events |= POLLHUP
    const to = this.#peer
    if (!to || to.#room(this.type, 1) > 0) events |= POLLOUT
    return events
  }

  pollQueues(): readonly string[] {
    return this.#peer ? [this.#queue, this.#peer.#queue] : [this.#queue]
  }

  ioctl(_v: Vfs, _file: OpenFile, request: number): number {
    if (request !== FIONREAD) throw ENOTTY
    if (this.isListening) throw EINVAL
    return this.type === SOCK_STREAM ? this.#size : (this.#received[0]?.data.length ?? 0)
  }

  showFdinfo(): string {
    return 'scm_fds: 0\n'
  }

  release(v: Vfs): void {
    this.#end(false)
    if (this.#dentry) v.dput(this.#dentry)
  }

  /** Linux: unix_release_sock(). What was not read is lost, and the other end is told so. */
  #end(isEmbryo: boolean): void {
    this.k.unixSockets.delete(this)
    for (const it of this.#pending) it.#end(true)
    const peer = this.#peer
    if (peer && this.type !== SOCK_DGRAM) {
      if (this.#received.length || isEmbryo) peer.#error = ECONNRESET
      peer.#peer = undefined
      peer.#cannotRead = peer.#cannotWrite = true
      wakeUp(this.k, peer.#queue)
    }
    this.#peer = undefined
    wakeUp(this.k, this.#queue)
  }

  isBoundTo(inode: number): boolean {
    return this.#inode === inode
  }

  /** A line of /proc/net/unix. Linux: unix_seq_show(). Addresses of the kernel are not shown. */
  show(): string {
    const hex = (value: number, width: number): string =>
      value.toString(16).toUpperCase().padStart(width, '0')
    // Linux: SS_CONNECTED stays when the other end has gone.
    const state = this.#peer || this.#wasConnected ? 3 : 1
    const refs = 2 + (this.#peer ? 1 : 0)
    const flags = this.isListening ? 0x10000 : 0
    const path = this.address ? ` ${this.address.replace(/^\0/, '@').replaceAll('\0', '@')}` : ''
    return `0000000000000000: ${hex(refs, 8)} ${hex(0, 8)} ${hex(flags, 8)} ${hex(this.type, 4)} ${hex(state, 2)} ${String(this.ino).padStart(5)}${path}\n`
  }
}

function* dataOf(receiving: Blocking<Received>): Blocking<Uint8Array> {
  return (yield* receiving).data
}

const findAbstract = (k: Kernel, netNs: number, address: string): UnixSock | undefined =>
  [...k.unixSockets].find(it => it.netNs === netNs && it.address === address && it.isNamed)

/** Linux: unix_find_other(). Errors: ECONNREFUSED, EPROTOTYPE, EACCES and those of a path walk. */
function findSock(k: Kernel, task: Task, from: UnixSock, address: string): UnixSock {
  const found = address.startsWith('\0')
    ? findAbstract(k, from.netNs, address)
    : findByPath(k, callerOf(k, task), address)
  if (!found) throw ECONNREFUSED
  if (found.type !== from.type) throw EPROTOTYPE
  return found
}

function findByPath(k: Kernel, as: Caller, path: string): UnixSock | undefined {
  if (!path) throw EINVAL
  const inode = inodeAt(k.vfs, pathLookup(k.vfs, as, path, 'follow'))
  inodePermission(k.vfs, as, inode, MAY_WRITE)
  if (!isSock(inode)) throw ECONNREFUSED
  return [...k.unixSockets].find(it => it.isBoundTo(inode.id))
}

/** /proc/net/unix. */
export const showUnix = (k: Kernel, netNs: number): string =>
  `Num       RefCount Protocol Flags    Type St Inode Path\n${[...k.unixSockets]
    .filter(it => it.netNs === netNs)
    .map(it => it.show())
    .join('')}`
