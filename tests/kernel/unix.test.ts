/** AF_UNIX sockets as Linux 6.1 has them. */
import { expect, test } from 'vitest'
import {
  AF_INET,
  AF_UNIX,
  type Blocking,
  CLONE_NEWNET,
  decode,
  EADDRINUSE,
  EAFNOSUPPORT,
  EAGAIN,
  ECONNREFUSED,
  ECONNRESET,
  EINVAL,
  EISCONN,
  ENOENT,
  ENOTCONN,
  ENOTSOCK,
  ENXIO,
  EOPNOTSUPP,
  EPIPE,
  EPROTOTYPE,
  MSG_DONTWAIT,
  MSG_NOSIGNAL,
  MSG_PEEK,
  O_CREAT,
  O_RDWR,
  POLLHUP,
  POLLIN,
  POLLOUT,
  refusal,
  S_IFMT,
  S_IFSOCK,
  SHUT_WR,
  SIG_IGN,
  SIGPIPE,
  SO_PEERCRED,
  SO_TYPE,
  SOCK_DGRAM,
  SOCK_NONBLOCK,
  SOCK_STREAM,
} from '../../src/abi/index.ts'
import { netModule } from '../../src/kernel/index.ts'
import { ask, boot, MS } from './boot.ts'

const refused = (act: Blocking<unknown>) => refusal(() => act.next())

test('a stream: bind, listen, connect, accept, and who is at the other end', () => {
  const k = boot()
  ask(k, function* (sys) {
    sys.chdir('/tmp')
    const server = sys.socket(AF_UNIX, SOCK_STREAM)
    sys.bind(server, 's')
    expect(sys.stat('s').mode & S_IFMT).toBe(S_IFSOCK)
    expect(refusal(() => sys.listen(sys.socket(AF_UNIX, SOCK_STREAM), 1))).toBe(EINVAL)
    expect(refused(sys.connect(sys.socket(AF_UNIX, SOCK_STREAM), 's'))).toBe(ECONNREFUSED)
    sys.listen(server, 0)
    const child = sys.clone(0, function* (its) {
      yield* its.nanosleep(MS)
      const fd = its.socket(AF_UNIX, SOCK_STREAM)
      yield* its.connect(fd, 's')
      yield* its.write(fd, 'hello')
      its.shutdown(fd, SHUT_WR)
      expect(decode(yield* its.read(fd, 100))).toBe('HELLO')
      expect((yield* its.read(fd, 100)).length).toBe(0)
      return 0
    })
    const fd = yield* sys.accept4(server, 0)
    expect(sys.getsockopt(fd, SO_PEERCRED)).toEqual({ pid: child, uid: 0, gid: 0 })
    expect(sys.getsockname(fd)).toBe('s')
    expect(sys.getpeername(fd)).toBe('')
    let text = ''
    for (;;) {
      const got = yield* sys.read(fd, 2)
      if (!got.length) break
      text += decode(got)
    }
    yield* sys.write(fd, text.toUpperCase())
    sys.close(fd)
    expect((yield* sys.wait4(child, 0))?.status).toBe(0)
    sys.close(server)
    expect(refused(sys.connect(sys.socket(AF_UNIX, SOCK_STREAM), 's'))).toBe(ECONNREFUSED)
    expect(refusal(() => sys.bind(sys.socket(AF_UNIX, SOCK_STREAM), 's'))).toBe(EADDRINUSE)
    expect(refused(sys.open('s', O_RDWR))).toBe(ENXIO)
    expect(refused(sys.connect(sys.socket(AF_UNIX, SOCK_STREAM), 'nope'))).toBe(ENOENT)
  })
})

test('what is refused', () => {
  ask(boot(), function* (sys) {
    sys.chdir('/tmp')
    expect(refusal(() => sys.socket(AF_INET, SOCK_STREAM))).toBe(EAFNOSUPPORT)
    const fd = sys.socket(AF_UNIX, SOCK_STREAM)
    const file = yield* sys.open('f', O_RDWR | O_CREAT, 0o644)
    expect(refusal(() => sys.listen(file, 1))).toBe(ENOTSOCK)
    expect(refused(sys.connect(fd, 'f'))).toBe(ECONNREFUSED)
    expect(refused(sys.read(fd, 1))).toBe(EINVAL)
    expect(refused(sys.write(fd, 'x'))).toBe(ENOTCONN)
    expect(refused(sys.accept4(fd, 0))).toBe(EINVAL)
    expect(refusal(() => sys.bind(fd, 'x'.repeat(109)))).toBe(EINVAL)
    sys.bind(fd, 's')
    expect(refusal(() => sys.bind(fd, 't'))).toBe(EINVAL)
    const datagrams = sys.socket(AF_UNIX, SOCK_DGRAM)
    expect(refusal(() => sys.listen(datagrams, 1))).toBe(EOPNOTSUPP)
    expect(refused(sys.connect(datagrams, 's'))).toBe(EPROTOTYPE)
    expect(refused(sys.write(datagrams, 'x'))).toBe(ENOTCONN)
    const [a, b] = sys.socketpair(AF_UNIX, SOCK_STREAM)
    expect(refused(sys.connect(a, 's'))).toBe(EISCONN)
    yield* sys.write(b, 'lost')
    sys.sigaction(SIGPIPE, SIG_IGN)
    sys.close(a)
    expect(refused(sys.read(b, 1))).toBe(ECONNRESET)
    expect((yield* sys.read(b, 1)).length).toBe(0)
    expect(refused(sys.sendto(b, 'x', MSG_NOSIGNAL))).toBe(EPIPE)
    expect(yield* sys.poll([{ fd: b, events: POLLIN | POLLOUT }], 0)).toEqual([POLLIN | POLLOUT | POLLHUP])
  })
})

test('datagrams keep their borders and their sender', () => {
  ask(boot(), function* (sys) {
    sys.chdir('/tmp')
    const to = sys.socket(AF_UNIX, SOCK_DGRAM)
    const from = sys.socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK)
    sys.bind(to, 'to')
    sys.bind(from, 'from')
    yield* sys.sendto(from, 'one', 0, 'to')
    yield* sys.connect(from, 'to')
    yield* sys.write(from, 'two')
    expect(decode((yield* sys.recvfrom(to, 2, MSG_PEEK)).data)).toBe('on')
    const { data, address } = yield* sys.recvfrom(to, 2, 0)
    expect([decode(data), address]).toEqual(['on', 'from'])
    expect(decode(yield* sys.read(to, 100))).toBe('two')
    expect(refused(sys.recvfrom(to, 1, MSG_DONTWAIT))).toBe(EAGAIN)
    for (let i = 0; i < 11; i++) yield* sys.write(from, 'x')
    expect(refused(sys.write(from, 'x'))).toBe(EAGAIN)
    sys.close(to)
    expect(refused(sys.write(from, 'x'))).toBe(ECONNREFUSED)
    expect(sys.getsockopt(from, SO_TYPE)).toBe(SOCK_DGRAM)
  })
})

test('abstract names belong to a network namespace, and /proc/net/unix lists them', () => {
  const k = boot()
  ask(k, function* (sys) {
    const server = sys.socket(AF_UNIX, SOCK_STREAM)
    sys.bind(server, '\0name')
    sys.listen(server, 5)
    expect(refusal(() => sys.bind(sys.socket(AF_UNIX, SOCK_STREAM), '\0name'))).toBe(EADDRINUSE)
    const fd = sys.socket(AF_UNIX, SOCK_STREAM)
    yield* sys.connect(fd, '\0name')
    const net = k.nsproxies.get(k.tasks.get(k.current).nsproxy).net
    const lines = netModule().showUnix(k, net).split('\n')
    expect(lines[1]?.replace(/ +\d+ @/, ' INO @')).toBe(
      '0000000000000000: 00000002 00000000 00010000 0001 01 INO @name',
    )
    const child = sys.clone(0, function* (its) {
      its.unshare(CLONE_NEWNET)
      return refused(its.connect(its.socket(AF_UNIX, SOCK_STREAM), '\0name')) === ECONNREFUSED ? 0 : 1
    })
    expect((yield* sys.wait4(child, 0))?.status).toBe(0)
    sys.close(server)
    expect(refused(sys.read(fd, 1))).toBe(ECONNRESET)
  })
  expect(k.unixSockets.size).toBe(0)
})

test('a full stream makes its writer wait', () => {
  ask(boot(), function* (sys) {
    const [a, b] = sys.socketpair(AF_UNIX, SOCK_STREAM)
    const child = sys.clone(0, function* (its) {
      its.close(a)
      yield* its.write(b, new Uint8Array(500_000))
      return 0
    })
    sys.close(b)
    let total = 0
    for (;;) {
      const got = yield* sys.read(a, 60_000)
      if (!got.length) break
      total += got.length
    }
    expect(total).toBe(500_000)
    yield* sys.wait4(child, 0)
  })
})
