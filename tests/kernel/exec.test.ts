import { expect, test } from 'vitest'
import {
  EACCES,
  ELOOP,
  ENOENT,
  ENOEXEC,
  type Errno,
  LOADER,
  MS_NOSUID,
  O_CLOEXEC,
  type Sys,
  WEXITSTATUS,
} from '../../src/abi/index.ts'
import type { Kernel } from '../../src/kernel/index.ts'
import { ask, boot, install } from './boot.ts'

/** Why execve of this path fails; undefined if it does not. */
function failure(k: Kernel, path: string, argv: string[] = [path]): Errno | undefined {
  return ask(k, function* (sys) {
    let error: unknown
    const pid = sys.clone(0, function* (its) {
      try {
        return yield* its.execve(path, argv, [])
      } catch (e) {
        error = e
        return 1
      }
    })
    yield* sys.wait4(pid, 0)
    return error as Errno | undefined
  })
}

function file(k: Kernel, path: string, text: string, mode: number): void {
  ask(k, function* (sys) {
    const fd = yield* sys.open(path, 0o1101, mode)
    yield* sys.write(fd, text)
    sys.close(fd)
    sys.chmod(path, mode)
  })
}

test('what cannot be executed', () => {
  const k = boot()
  install(
    k,
    '/bin/dynamic',
    function* () {
      return 0
    },
    { interp: LOADER },
  )
  file(k, '/tmp/plain', 'echo hi\n', 0o755)
  file(k, '/tmp/no-x', '#!/bin/sh\n', 0o644)
  file(k, '/tmp/no-interpreter', '#!/bin/nothing\n', 0o755)
  file(k, '/tmp/empty-interpreter', '#!\n', 0o755)
  file(k, '/tmp/loop', '#!/tmp/loop\n', 0o755)
  expect(failure(k, '/tmp/none')).toBe(ENOENT)
  expect(failure(k, '/tmp/plain')).toBe(ENOEXEC)
  expect(failure(k, '/tmp/no-x')).toBe(EACCES)
  expect(failure(k, '/tmp')).toBe(EACCES)
  expect(failure(k, '/tmp/no-interpreter')).toBe(ENOENT)
  expect(failure(k, '/tmp/empty-interpreter')).toBe(ENOEXEC)
  expect(failure(k, '/tmp/loop')).toBe(ELOOP)
  expect(failure(k, '/bin/dynamic')).toBe(ENOENT)
})

test('a script runs its interpreter with one argument', () => {
  const k = boot()
  let seen: readonly string[] = []
  let comm = ''
  install(k, '/bin/show', function* (sys: Sys, argv) {
    seen = argv
    comm = String(sys.prctl(16, 0))
    return 0
  })
  file(k, '/tmp/script', '#! /bin/show  -a b \nbody\n', 0o755)
  expect(failure(k, '/tmp/script', ['script', 'x', 'y'])).toBeUndefined()
  expect(seen).toEqual(['/bin/show', '-a b', '/tmp/script', 'x', 'y'])
  expect(comm).toBe('script')
})

test("a missing library is the loader's complaint", () => {
  const k = boot()
  install(k, LOADER, function* () {
    return 0
  })
  install(
    k,
    '/bin/prog',
    function* () {
      return 0
    },
    { interp: LOADER, needed: ['libtinfo.so.6'] },
  )
  const text = ask(k, function* (sys) {
    const [r, w] = sys.pipe2(0)
    const pid = sys.clone(0, function* (its) {
      its.dup2(w, 2)
      return yield* its.execve('/bin/prog', ['prog'], [])
    })
    expect(WEXITSTATUS((yield* sys.wait4(pid, 0))!.status)).toBe(127)
    return new TextDecoder().decode(yield* sys.read(r, 1000))
  })
  expect(text).toBe(
    'prog: error while loading shared libraries: libtinfo.so.6: cannot open shared object file: No such file or directory\n',
  )
})

test('set-user-ID bits give rights, except on a nosuid mount', () => {
  const k = boot()
  let ids: unknown
  install(k, '/bin/suid', function* (sys: Sys) {
    ids = [...sys.getresuid(), sys.capget(0).effective !== 0n]
    return 0
  })
  const go = () =>
    ask(
      k,
      function* (sys) {
        const pid = sys.clone(0, function* (its) {
          return yield* its.execve('/bin/suid', ['suid'], [])
        })
        yield* sys.wait4(pid, 0)
      },
      { uid: 1000, gid: 1000 },
    )
  go()
  expect(ids).toEqual([1000, 1000, 1000, false])
  ask(k, function* (sys) {
    sys.chmod('/bin/suid', 0o4755)
  })
  go()
  expect(ids).toEqual([1000, 0, 0, true])
  ask(k, function* (sys) {
    sys.mount('/bin', '/bin', '', 4096)
    sys.mount('none', '/bin', '', 4096 | 32 | MS_NOSUID)
  })
  go()
  expect(ids).toEqual([1000, 1000, 1000, false])
})

test('exec closes what is marked so', () => {
  const k = boot()
  let open: number[] = []
  install(k, '/bin/fds', function* (sys: Sys) {
    for (let fd = 0; fd < 10; fd++)
      try {
        sys.fstat(fd)
        open.push(fd)
      } catch {}
    return 0
  })
  open = []
  ask(k, function* (sys) {
    const pid = sys.clone(0, function* (its) {
      yield* its.open('/dev/null', O_CLOEXEC)
      yield* its.open('/dev/null', 0)
      return yield* its.execve('/bin/fds', ['fds'], [])
    })
    yield* sys.wait4(pid, 0)
  })
  expect(open).toEqual([0, 1, 2, 4])
})
