import { expect, test } from 'vitest'
import {
  decode,
  EAGAIN,
  ENXIO,
  O_NONBLOCK,
  O_RDONLY,
  O_WRONLY,
  POLLHUP,
  POLLIN,
  POLLOUT,
  refusal,
  S_IFIFO,
} from '../../src/abi/index.ts'
import { ask, boot, MS } from './boot.ts'

test('a full pipe stops its writer until somebody reads', () => {
  const k = boot()
  ask(k, function* (sys) {
    const [r, w] = sys.pipe2(0)
    const big = new Uint8Array(200_000).fill(7)
    const pid = sys.clone(0, function* (its) {
      its.close(r)
      return (yield* its.write(w, big)) === big.length ? 0 : 1
    })
    sys.close(w)
    let total = 0
    for (;;) {
      const bytes = yield* sys.read(r, 10_000)
      if (!bytes.length) break
      total += bytes.length
    }
    expect(total).toBe(big.length)
    expect((yield* sys.wait4(pid, 0))!.status).toBe(0)
  })
})

test('a non-blocking pipe', () => {
  const k = boot()
  ask(k, function* (sys) {
    const [r, w] = sys.pipe2(O_NONBLOCK)
    expect(refusal(() => sys.read(r, 1).next())).toBe(EAGAIN)
    expect(yield* sys.write(w, new Uint8Array(70_000))).toBe(65_536)
    expect(refusal(() => sys.write(w, 'x').next())).toBe(EAGAIN)
    expect(
      yield* sys.poll(
        [
          { fd: r, events: POLLIN },
          { fd: w, events: POLLOUT },
        ],
        0,
      ),
    ).toEqual([POLLIN, 0])
    sys.close(w)
    expect(yield* sys.poll([{ fd: r, events: POLLIN }], 0)).toEqual([POLLIN | POLLHUP])
  })
})

test('poll waits, and gives up in time', () => {
  const k = boot()
  ask(k, function* (sys) {
    const [r, w] = sys.pipe2(0)
    const before = sys.clock_gettime(1)
    expect(yield* sys.poll([{ fd: r, events: POLLIN }], 50)).toEqual([0])
    const after = sys.clock_gettime(1)
    expect((after.sec - before.sec) * 1e9 + after.nsec - before.nsec).toBeGreaterThanOrEqual(50 * MS)
    sys.clone(0, function* (its) {
      yield* its.nanosleep(MS)
      yield* its.write(w, 'x')
      return 0
    })
    expect(yield* sys.poll([{ fd: r, events: POLLIN }], -1)).toEqual([POLLIN])
  })
})

test('opening a FIFO waits for the other end', () => {
  const k = boot()
  ask(k, function* (sys) {
    sys.mknod('/tmp/fifo', S_IFIFO | 0o644, 0)
    expect(refusal(() => sys.open('/tmp/fifo', O_WRONLY | O_NONBLOCK).next())).toBe(ENXIO)
    sys.clone(0, function* (its) {
      const fd = yield* its.open('/tmp/fifo', O_WRONLY)
      yield* its.write(fd, 'through')
      return 0
    })
    const fd = yield* sys.open('/tmp/fifo', O_RDONLY)
    expect(decode(yield* sys.read(fd, 100))).toBe('through')
    expect((yield* sys.read(fd, 100)).length).toBe(0)
  })
})
