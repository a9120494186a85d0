import { expect, test } from 'vitest'
import {
  ECHILD,
  EPERM,
  PR_SET_CHILD_SUBREAPER,
  RLIMIT_NPROC,
  SIG_IGN,
  SIGCHLD,
  SIGCONT,
  SIGKILL,
  SIGSTOP,
  type Sys,
  WCONTINUED,
  WEXITSTATUS,
  WIFCONTINUED,
  WIFSTOPPED,
  WNOHANG,
  WSTOPSIG,
  WTERMSIG,
  WUNTRACED,
  EAGAIN,
  refusal,
} from '../../src/abi/index.ts'
import { ask, boot, install, MS, run } from './boot.ts'

function* sleeper(sys: Sys) {
  yield* sys.nanosleep(1000 * MS)
  return 0
}

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
  install(k, '/bin/three', function* (_sys, argv) {
    return argv.length
  })
  const status = ask(k, function* (sys) {
    const pid = sys.clone(0, function* (its) {
      return yield* its.execve('/bin/three', ['a', 'b', 'c'], [])
    })
    return (yield* sys.wait4(pid, 0))!.status
  })
  expect(WEXITSTATUS(status)).toBe(3)
})

test('nothing of a task is left once it is reaped', () => {
  const k = boot()
  install(k, '/bin/true', function* () {
    return 0
  })
  const count = () =>
    Object.values(k.store.tables)
      .map(table => table as { name: string; size: number })
      .map(it => `${it.name} ${it.size}`)
  const once = () =>
    run(k, function* (sys) {
      const [r, w] = sys.pipe2(0)
      const pid = sys.clone(0, function* (its) {
        return yield* its.execve('/bin/true', ['true'], [])
      })
      yield* sys.wait4(pid, 0)
      sys.close(r)
      sys.close(w)
      return 0
    })
  once()
  const before = count()
  once()
  expect(count()).toEqual(before)
  expect(k.threads.size).toBe(1)
  expect(k.pids.size).toBe(1)
})

test('wait4 without children is ECHILD, and with WNOHANG nothing while they live', () => {
  const k = boot()
  ask(k, function* (sys) {
    expect(refusal(() => sys.wait4(-1, 0).next())).toBe(ECHILD)
    const pid = sys.clone(0, sleeper)
    expect(yield* sys.wait4(pid, WNOHANG)).toBeUndefined()
    yield* sys.kill(pid, SIGKILL)
    expect(WTERMSIG((yield* sys.wait4(pid, 0))!.status)).toBe(SIGKILL)
  })
})

test('a stopped child is reported once, and so is its continuing', () => {
  const k = boot()
  ask(k, function* (sys) {
    const pid = sys.clone(0, sleeper)
    yield* sys.kill(pid, SIGSTOP)
    const stopped = (yield* sys.wait4(pid, WUNTRACED))!
    expect(WIFSTOPPED(stopped.status) && WSTOPSIG(stopped.status)).toBe(SIGSTOP)
    expect(yield* sys.wait4(pid, WUNTRACED | WNOHANG)).toBeUndefined()
    yield* sys.kill(pid, SIGCONT)
    expect(WIFCONTINUED((yield* sys.wait4(pid, WCONTINUED))!.status)).toBe(true)
    expect((yield* sys.wait4(pid, 0))!.status).toBe(0)
  })
})

test('an orphan goes to the nearest subreaper', () => {
  const k = boot()
  const parent = ask(k, function* (sys) {
    sys.prctl(PR_SET_CHILD_SUBREAPER, 1)
    let seen = 0
    sys.clone(0, function* (child) {
      child.clone(0, function* (orphan) {
        yield* orphan.nanosleep(10 * MS)
        seen = orphan.getppid()
        return 0
      })
      return 0
    })
    yield* sys.wait4(-1, 0)
    yield* sys.wait4(-1, 0)
    return [seen, sys.getpid()] as const
  })
  expect(parent[0]).toBe(parent[1])
})

test('children of who ignores SIGCHLD leave no zombies', () => {
  const k = boot()
  ask(k, function* (sys) {
    sys.sigaction(SIGCHLD, SIG_IGN)
    const pid = sys.clone(0, function* () {
      return 3
    })
    yield* sys.nanosleep(MS)
    expect(refusal(() => sys.wait4(pid, 0).next())).toBe(ECHILD)
  })
})

test('RLIMIT_NPROC stops an ordinary user and not root', () => {
  const k = boot()
  const fork = (sys: Sys) => {
    sys.prlimit(0, RLIMIT_NPROC, { cur: 1, max: 1 })
    return refusal(() => sys.clone(0, sleeper))
  }
  expect(
    ask(
      k,
      function* (sys) {
        return fork(sys)
      },
      { uid: 1000, gid: 1000 },
    ),
  ).toBe(EAGAIN)
  expect(
    ask(k, function* (sys) {
      return fork(sys)
    }),
  ).toBeUndefined()
})

test('setsid is refused to the leader of a group', () => {
  const k = boot()
  ask(k, function* (sys) {
    const leader = sys.clone(0, function* (its) {
      its.setpgid(0, 0)
      expect(refusal(() => its.setsid())).toBe(EPERM)
      return 0
    })
    yield* sys.wait4(leader, 0)
    const follower = sys.clone(0, function* (its) {
      expect(its.setsid()).toBe(its.getpid())
      expect(its.getsid(0)).toBe(its.getpid())
      return 0
    })
    expect((yield* sys.wait4(follower, 0))!.status).toBe(0)
  })
})

test('computing takes its time, and is charged to the parent that waits', () => {
  const k = boot()
  ask(k, function* (sys) {
    const before = sys.clock_gettime(1)
    const pid = sys.clone(0, function* (its) {
      yield* its.burn(300 * MS)
      return 0
    })
    const { rusage } = (yield* sys.wait4(pid, 0))!
    expect(rusage.utime).toBe(300 * MS)
    const after = sys.clock_gettime(1)
    expect((after.sec - before.sec) * 1e9 + after.nsec - before.nsec).toBeGreaterThanOrEqual(300 * MS)
    expect(sys.getrusage('children').utime).toBe(300 * MS)
  })
})
