import { expect, test } from 'vitest'
import { WEXITSTATUS } from '../../src/abi/index.ts'
import { ask, boot, install, run } from './boot.ts'

test('a task has the pid after its parent and ends with its status', () => {
  const k = boot()
  expect(
    ask(k, function* (sys) {
      return sys.getpid()
    }),
  ).toBe(2)
  expect(
    run(k, function* () {
      return 7
    }),
  ).toBe(7 << 8)
})

test('fork, exec and wait', () => {
  const k = boot()
  install(k, '/bin/three', function* (sys, argv) {
    return argv.length
  })
  const status = ask(k, function* (sys) {
    const pid = sys.clone(0, function* (its) {
      return yield* its.execve('/bin/three', ['a', 'b', 'c'], [])
    })
    const waited = yield* sys.wait4(pid, 0)
    return waited!.status
  })
  expect(WEXITSTATUS(status)).toBe(3)
})

test('a pipe between parent and child', () => {
  const k = boot()
  const text = ask(k, function* (sys) {
    const [r, w] = sys.pipe2(0)
    sys.clone(0, function* (its) {
      yield* its.nanosleep(1e6)
      yield* its.write(w, 'hello')
      return 0
    })
    sys.close(w)
    let got = ''
    for (;;) {
      const bytes = yield* sys.read(r, 100)
      if (!bytes.length) break
      got += new TextDecoder().decode(bytes)
    }
    yield* sys.wait4(-1, 0)
    return got
  })
  expect(text).toBe('hello')
})
