/** What /proc/locks shows on Linux 6.1 for the same requests. */
import { expect, test } from 'vitest'
import {
  type Blocking,
  EAGAIN,
  EBADF,
  EDEADLK,
  EINVAL,
  EWOULDBLOCK,
  F_GETLK,
  F_OFD_GETLK,
  F_OFD_SETLK,
  F_RDLCK,
  F_SETLK,
  F_SETLKW,
  F_UNLCK,
  F_WRLCK,
  type Flock,
  LOCK_EX,
  LOCK_NB,
  LOCK_SH,
  O_CREAT,
  O_RDONLY,
  O_RDWR,
  refusal,
  SEEK_CUR,
  SIGKILL,
  type Sys,
} from '../../src/abi/index.ts'
import { type Kernel, showFdLocks, showLocks } from '../../src/kernel/index.ts'
import { ask, boot, MS } from './boot.ts'

const shown = (k: Kernel): string[] =>
  showLocks(k, k.initPidNs)
    .split('\n')
    .filter(Boolean)
    .map(line => line.replace(/(WRITE|READ) -?\d+ \S+/, '$1'))

const open = (sys: Sys, flags = O_RDWR): Blocking<number> => sys.open('/tmp/m', flags | O_CREAT, 0o644)

function* set(sys: Sys, fd: number, type: number, start = 0, len = 0): Blocking<unknown> {
  try {
    return yield* sys.fcntl_lock(fd, F_SETLK, { type, start, len })
  } catch (e) {
    return e
  }
}

test('record locks are cut and joined', () => {
  const k = boot()
  ask(k, function* (sys) {
    const fd = yield* open(sys)
    yield* set(sys, fd, F_WRLCK, 0, 100)
    yield* set(sys, fd, F_RDLCK, 20, 10)
    expect(shown(k)).toEqual([
      '1: POSIX  ADVISORY  WRITE 0 19',
      '2: POSIX  ADVISORY  READ 20 29',
      '3: POSIX  ADVISORY  WRITE 30 99',
    ])
    yield* set(sys, fd, F_UNLCK, 0, 5)
    yield* set(sys, fd, F_UNLCK, 50, 10)
    expect(shown(k)).toEqual([
      '1: POSIX  ADVISORY  WRITE 30 49',
      '2: POSIX  ADVISORY  WRITE 5 19',
      '3: POSIX  ADVISORY  READ 20 29',
      '4: POSIX  ADVISORY  WRITE 60 99',
    ])
    yield* set(sys, fd, F_WRLCK, 15, 30)
    expect(shown(k)).toEqual(['1: POSIX  ADVISORY  WRITE 5 49', '2: POSIX  ADVISORY  WRITE 60 99'])
    yield* set(sys, fd, F_RDLCK, 1000)
    yield* set(sys, fd, F_RDLCK, 90, 910)
    expect(shown(k)).toEqual([
      '1: POSIX  ADVISORY  READ 90 EOF',
      '2: POSIX  ADVISORY  WRITE 5 49',
      '3: POSIX  ADVISORY  WRITE 60 89',
    ])
    yield* set(sys, fd, F_UNLCK)
    expect(shown(k)).toEqual([])
  })
})

test('requests that make no sense', () => {
  const k = boot()
  ask(k, function* (sys) {
    const fd = yield* open(sys)
    const reader = yield* open(sys, O_RDONLY)
    expect(yield* set(sys, fd, 5)).toBe(EINVAL)
    expect(yield* set(sys, fd, F_WRLCK, -1, 1)).toBe(EINVAL)
    expect(yield* set(sys, reader, F_WRLCK)).toBe(EBADF)
    const ask = (command: number, lock: Flock) => refusal(() => sys.fcntl_lock(fd, command, lock).next())
    expect(ask(F_SETLK, { type: F_WRLCK, whence: 9 })).toBe(EINVAL)
    expect(ask(F_GETLK, { type: F_UNLCK })).toBe(EINVAL)
    expect(ask(F_OFD_SETLK, { type: F_WRLCK, pid: 7 })).toBe(EINVAL)
    yield* sys.write(fd, '0123456789')
    yield* sys.fcntl_lock(fd, F_SETLK, { type: F_WRLCK, whence: SEEK_CUR, len: -5 })
    expect(shown(k)).toEqual(['1: POSIX  ADVISORY  WRITE 5 9'])
    sys.close(sys.dup(reader))
    expect(shown(k)).toEqual([])
  })
})

test('locks of processes and of open files stand in the way of each other', () => {
  const k = boot()
  ask(k, function* (sys) {
    const fd = yield* open(sys)
    const other = yield* open(sys)
    yield* set(sys, fd, F_WRLCK, 0, 10)
    const pid = sys.getpid()
    const child = sys.clone(0, function* (its) {
      expect(yield* its.fcntl_lock(fd, F_GETLK, { type: F_RDLCK })).toEqual({
        type: F_WRLCK,
        whence: 0,
        start: 0,
        len: 10,
        pid,
      })
      expect(yield* its.fcntl_lock(fd, F_GETLK, { type: F_WRLCK, start: 20 })).toEqual({ type: F_UNLCK })
      expect(yield* set(its, fd, F_RDLCK, 9, 1)).toBe(EAGAIN)
      return 0
    })
    yield* sys.wait4(child, 0)
    yield* sys.fcntl_lock(fd, F_OFD_SETLK, { type: F_WRLCK, start: 50, len: 5 })
    const found = yield* sys.fcntl_lock(other, F_OFD_GETLK, { type: F_WRLCK, start: 50, len: 5 })
    expect(found).toMatchObject({ type: F_WRLCK, start: 50, len: 5, pid: -1 })
    const { files, id } = k.tasks.get(k.current)
    const file = k.files.get(files).fds[fd]!
    expect(id && showFdLocks(k, files, file, k.initPidNs).replace(/[0-9a-f]+:[0-9a-f]+:\d+/g, 'F')).toBe(
      `lock:\t1: POSIX  ADVISORY  WRITE ${k.tasks.get(id).pids[0]} F 0 9\nlock:\t2: OFDLCK ADVISORY  WRITE -1 F 50 54\n`,
    )
    // Closing any descriptor of the file gives the record locks up, not those of the open file.
    sys.close(other)
    expect(shown(k)).toEqual(['1: OFDLCK ADVISORY  WRITE 50 54'])
  })
})

test('two who wait for each other: the second is refused', () => {
  const k = boot()
  ask(k, function* (sys) {
    const fd = yield* open(sys)
    const take = (its: Sys, start: number) => its.fcntl_lock(fd, F_SETLKW, { type: F_WRLCK, start, len: 1 })
    const child = sys.clone(0, function* (its) {
      yield* take(its, 0)
      yield* its.nanosleep(10 * MS)
      yield* take(its, 1)
      return 0
    })
    yield* take(sys, 1)
    yield* sys.nanosleep(20 * MS)
    let refused: unknown
    try {
      yield* take(sys, 0)
    } catch (e) {
      refused = e
    }
    expect(refused).toBe(EDEADLK)
    yield* set(sys, fd, F_UNLCK)
    expect((yield* sys.wait4(child, 0))?.status).toBe(0)
    expect(k.locks).toEqual([])
  })
})

test('waiters queue behind each other, and one that is killed leaves', () => {
  const k = boot()
  ask(k, function* (sys) {
    const lock = (kind: number) =>
      sys.clone(0, function* (its) {
        const fd = yield* open(its)
        yield* its.flock(fd, kind)
        yield* its.pause()
        return 0
      })
    const pids: number[] = []
    for (const kind of [LOCK_EX, LOCK_EX, LOCK_SH, LOCK_SH]) {
      pids.push(lock(kind))
      yield* sys.nanosleep(MS)
    }
    expect(shown(k)).toEqual([
      '1: FLOCK  ADVISORY  WRITE 0 EOF',
      '1: -> FLOCK  ADVISORY  WRITE 0 EOF',
      '1:  -> FLOCK  ADVISORY  READ 0 EOF',
      '1:  -> FLOCK  ADVISORY  READ 0 EOF',
    ])
    yield* sys.kill(pids[1]!, SIGKILL)
    yield* sys.kill(pids[0]!, SIGKILL)
    yield* sys.nanosleep(MS)
    expect(shown(k)).toEqual(['1: FLOCK  ADVISORY  READ 0 EOF', '2: FLOCK  ADVISORY  READ 0 EOF'])
    const fd = yield* open(sys)
    yield* sys.flock(fd, LOCK_SH)
    expect(shown(k)).toHaveLength(3)
    expect(refusal(() => sys.flock(fd, LOCK_EX | LOCK_NB).next())).toBe(EWOULDBLOCK)
    expect(shown(k)).toHaveLength(2)
  })
})
