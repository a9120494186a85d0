/**
 * The parts of os, fcntl and socket that deal in descriptors, one system call each.
 * Linux: CPython Modules/posixmodule.c, fcntlmodule.c, socketmodule.c.
 *
 * Left out: sockets of other families than AF_UNIX, time limits, struct flock as bytes.
 */
import {
  AF_UNIX,
  type Blocking,
  encode,
  F_GETFL,
  F_RDLCK,
  F_SETFD,
  F_SETFL,
  F_SETLK,
  F_SETLKW,
  F_UNLCK,
  F_WRLCK,
  FD_CLOEXEC,
  LOCK_EX,
  LOCK_NB,
  LOCK_SH,
  LOCK_UN,
  MSG_NOSIGNAL,
  O_CLOEXEC,
  O_NONBLOCK,
  refusal,
  SOCK_CLOEXEC,
  SOCK_STREAM,
  UNIX_PATH_MAX,
} from '../../../abi/index.ts'
import * as abi from '../../../abi/index.ts'
import { Unsupported } from './parser.ts'
import type { Running } from './processes.ts'
import {
  Bytes,
  File,
  Func,
  List,
  osError,
  PyError,
  Socket,
  str,
  truth,
  typeError,
  type Value,
} from './values.ts'

type Members = Record<string, Value>

/** A call whose refusal is an OSError, which names the path if the first argument is one. */
const call = (run: (...args: Value[]) => Blocking<Value>, path?: 'path'): Func =>
  new Func('', function* (args) {
    try {
      return yield* run(...args)
    } catch (e) {
      throw osError(e, path ? str(args[0] ?? '') : '')
    }
  })

const plain = (run: (...args: Value[]) => Value | void): Func =>
  call(function* (...args) {
    return run(...args) ?? null
  })

const number = (value: number): bigint => BigInt(value)
const tuple = (...items: Value[]): List => new List(items, 'tuple')
const toBytes = (it: Value): Uint8Array => {
  if (!(it instanceof Bytes))
    throw typeError(`a bytes-like object is required, not '${typeof it === 'string' ? 'str' : 'object'}'`)
  return Uint8Array.from(it.text, char => char.charCodeAt(0))
}
const fromBytes = (bytes: Uint8Array): Bytes =>
  new Bytes(Array.from(bytes, it => String.fromCharCode(it)).join(''))
/** A descriptor, or something that has one. */
const fdOf = (it: Value | undefined): number => (it instanceof File ? it.fd : Number(it))

/** Constants by the names they have in the headers. */
const constants = (pattern: RegExp): Members =>
  Object.fromEntries(
    Object.entries(abi).flatMap(([name, value]) =>
      pattern.test(name) && typeof value === 'number' && Number.isFinite(value)
        ? [[name, number(value)]]
        : [],
    ),
  )

/** What of os works on descriptors and names. */
export const osMembers = (at: Running): Members => ({
  ...constants(/^(O|SEEK)_/),
  open: call(function* (path = '', flags = 0n, mode = 0o777n) {
    return number(yield* at.sys.open(str(path), Number(flags) | O_CLOEXEC, Number(mode)))
  }, 'path'),
  close: plain(fd => void at.sys.close(Number(fd))),
  read: call(function* (fd, count = 0n) {
    return fromBytes(yield* at.sys.read(fdOf(fd), Number(count)))
  }),
  write: call(function* (fd, data = null) {
    return number(yield* at.sys.write(fdOf(fd), toBytes(data)))
  }),
  lseek: plain((fd, offset, whence) => number(at.sys.lseek(fdOf(fd), Number(offset), Number(whence)))),
  ftruncate: call(function* (fd, length) {
    yield* at.sys.ftruncate(fdOf(fd), Number(length))
    return null
  }),
  truncate: call(function* (path = '', length = 0n) {
    yield* at.sys.truncate(str(path), Number(length))
    return null
  }),
  dup: plain(fd => {
    const copy = at.sys.dup(Number(fd))
    at.sys.fcntl(copy, F_SETFD, FD_CLOEXEC)
    return number(copy)
  }),
  dup2: plain((from, to) => number(at.sys.dup2(Number(from), Number(to)))),
  pipe: plain(() => tuple(...at.sys.pipe2(O_CLOEXEC).map(number))),
  F_OK: 0n,
  R_OK: 4n,
  W_OK: 2n,
  X_OK: 1n,
  access: plain(
    (path = '', mode = 0n) => refusal(() => at.sys.access(str(path), Number(mode))) === undefined,
  ),
  umask: plain(mask => number(at.sys.umask(Number(mask)))),
  unlink: plain((path = '') => at.sys.unlink(str(path))),
  remove: plain((path = '') => at.sys.unlink(str(path))),
  rmdir: plain((path = '') => at.sys.rmdir(str(path))),
  rename: plain((from = '', to = '') => at.sys.rename(str(from), str(to))),
  link: plain((from = '', to = '') => at.sys.linkFollow(str(from), str(to))),
  symlink: plain((target = '', path = '') => at.sys.symlink(str(target), str(path))),
  readlink: plain((path = '') => at.sys.readlink(str(path))),
  chmod: plain((path = '', mode = 0n) => at.sys.chmod(str(path), Number(mode))),
  memfd_create: plain((name = '', flags = 1n) => number(at.sys.memfd_create(str(name), Number(flags)))),
  MFD_CLOEXEC: 1n,
  MFD_ALLOW_SEALING: 2n,
})

/** lockf(): a record lock told in the words of flock(2). */
const lockf = (at: Running): Func =>
  call(function* (fd, operation = 0n, len = 0n, start = 0n, whence = 0n) {
    const how = Number(operation)
    const type = how & LOCK_UN ? F_UNLCK : how & LOCK_SH ? F_RDLCK : how & LOCK_EX ? F_WRLCK : -1
    const place = { whence: Number(whence), start: Number(start), len: Number(len) }
    yield* at.sys.fcntl_lock(fdOf(fd), how & LOCK_NB ? F_SETLK : F_SETLKW, { type, ...place })
    return null
  })

export const fcntlMembers = (at: Running): Members => ({
  ...constants(/^(F|FD|LOCK)_/),
  lockf: lockf(at),
  flock: call(function* (fd, operation = 0n) {
    yield* at.sys.flock(fdOf(fd), Number(operation))
    return null
  }),
  fcntl: plain((fd, command, arg = 0n) => {
    if (typeof arg !== 'bigint') throw new Unsupported('fcntl() with bytes')
    return number(at.sys.fcntl(fdOf(fd), Number(command), Number(arg)))
  }),
})

/** An address as the socket module shows it: text for a path, bytes for an abstract name. */
const shown = (address: string): Value => (address.startsWith('\0') ? fromBytes(encode(address)) : address)
const addressOf = (it: Value | undefined): string => {
  if (it instanceof List) throw new Unsupported('an internet address')
  const address = it instanceof Bytes ? it.text : str(it ?? '')
  if (address.length >= UNIX_PATH_MAX) throw new PyError('OSError', 'AF_UNIX path too long')
  return address
}

/** A socket object around a descriptor. */
function socketObject(at: Running, fd: number): Socket {
  const send = call(function* (data = null, flags = 0n) {
    return number(yield* at.sys.sendto(fd, toBytes(data), Number(flags) | MSG_NOSIGNAL))
  })
  const members: Members = {
    bind: plain(address => at.sys.bind(fd, addressOf(address))),
    listen: plain((backlog = 128n) => at.sys.listen(fd, Number(backlog))),
    accept: call(function* () {
      const accepted = yield* at.sys.accept4(fd, SOCK_CLOEXEC)
      return tuple(socketObject(at, accepted), shown(at.sys.getpeername(accepted)))
    }),
    connect: call(function* (address) {
      yield* at.sys.connect(fd, addressOf(address))
      return null
    }),
    send,
    sendall: call(function* (data = null) {
      yield* send.call([data], new Map())
      return null
    }),
    sendto: call(function* (data = null, ...rest) {
      const flags = rest.length > 1 ? Number(rest[0]) : 0
      return number(yield* at.sys.sendto(fd, toBytes(data), flags, addressOf(rest.at(-1))))
    }),
    recv: call(function* (count = 0n, flags = 0n) {
      return fromBytes((yield* at.sys.recvfrom(fd, Number(count), Number(flags))).data)
    }),
    recvfrom: call(function* (count = 0n, flags = 0n) {
      const { data, address } = yield* at.sys.recvfrom(fd, Number(count), Number(flags))
      return tuple(fromBytes(data), address ? shown(address) : null)
    }),
    shutdown: plain(how => at.sys.shutdown(fd, Number(how))),
    close: plain(() => at.sys.close(fd)),
    fileno: plain(() => number(fd)),
    getsockname: plain(() => shown(at.sys.getsockname(fd))),
    getpeername: plain(() => shown(at.sys.getpeername(fd))),
    getsockopt: plain((_level, option, size) => socketOption(at, fd, Number(option), size !== undefined)),
    setblocking: plain((blocks = true) => {
      const flags = at.sys.fcntl(fd, F_GETFL) & ~O_NONBLOCK
      at.sys.fcntl(fd, F_SETFL, truth(blocks) ? flags : flags | O_NONBLOCK)
      return null
    }),
  }
  return new Socket(fd, members)
}

function socketOption(at: Running, fd: number, option: number, asBytes: boolean): Value {
  const value = at.sys.getsockopt(fd, option)
  const numbers = typeof value === 'number' ? [value] : [value.pid, value.uid, value.gid]
  if (!asBytes) return number(numbers[0]!)
  const bytes = new DataView(new ArrayBuffer(4 * numbers.length))
  numbers.forEach((it, i) => bytes.setInt32(4 * i, it, true))
  return fromBytes(new Uint8Array(bytes.buffer))
}

export const socketMembers = (at: Running): Members => ({
  ...constants(/^(AF|SOCK|SHUT|MSG|SO)_/),
  SOL_SOCKET: 1n,
  gethostname: plain(() => at.sys.uname().nodename),
  sethostname: plain((name = '') => at.sys.sethostname(str(name))),
  socket: call(function* (family = 2n, type = BigInt(SOCK_STREAM), protocol = 0n) {
    return socketObject(at, at.sys.socket(Number(family), Number(type) | SOCK_CLOEXEC, Number(protocol)))
  }),
  socketpair: plain((family = BigInt(AF_UNIX), type = BigInt(SOCK_STREAM)) =>
    tuple(...at.sys.socketpair(Number(family), Number(type) | SOCK_CLOEXEC).map(fd => socketObject(at, fd))),
  ),
})
