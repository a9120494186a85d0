import { expect, test } from 'vitest'
import {
  EINTR,
  EPERM,
  ESRCH,
  refusal,
  SA_RESTART,
  SIG_BLOCK,
  SIG_IGN,
  SIG_SETMASK,
  SIGALRM,
  SIGCONT,
  SIGHUP,
  SIGKILL,
  sigmask,
  SIGPIPE,
  SIGSTOP,
  SIGTERM,
  SIGTSTP,
  SIGUSR1,
  type Sys,
  WTERMSIG,
} from '../../src/abi/index.ts'
import { ask, boot, MS, run, SECOND } from './boot.ts'

test('a handler interrupts a sleep; without SA_RESTART also a read', () => {
  const k = boot()
  ask(k, function* (sys) {
    const seen: number[] = []
    const me = sys.getpid()
    const [r] = sys.pipe2(0)
    const poke = (ms: number) =>
      sys.clone(0, function* (its) {
        yield* its.nanosleep(ms * MS)
        yield* its.kill(me, SIGUSR1)
        return 0
      })
    const attempt = function* (act: Generator<object, unknown, void>) {
      try {
        yield* act
        return 'done'
      } catch (e) {
        return e
      }
    }
    sys.sigaction(SIGUSR1, signal => void seen.push(signal), SA_RESTART)
    poke(1)
    expect(yield* attempt(sys.nanosleep(SECOND))).toBe(EINTR)
    sys.sigaction(SIGUSR1, signal => void seen.push(signal))
    poke(1)
    expect(yield* attempt(sys.read(r, 1))).toBe(EINTR)
    expect(seen).toEqual([SIGUSR1, SIGUSR1])
  })
})

test('SA_RESTART restarts a read', () => {
  const k = boot()
  ask(k, function* (sys) {
    const me = sys.getpid()
    const [r, w] = sys.pipe2(0)
    let handled = 0
    sys.sigaction(SIGUSR1, () => void handled++, SA_RESTART)
    sys.clone(0, function* (its) {
      yield* its.nanosleep(MS)
      yield* its.kill(me, SIGUSR1)
      yield* its.nanosleep(MS)
      yield* its.write(w, 'x')
      return 0
    })
    expect((yield* sys.read(r, 1)).length).toBe(1)
    expect(handled).toBe(1)
  })
})

test('a blocked signal waits until it is unblocked', () => {
  const k = boot()
  ask(k, function* (sys) {
    let handled = 0
    sys.sigaction(SIGUSR1, () => void handled++)
    const old = sys.sigprocmask(SIG_BLOCK, sigmask(SIGUSR1))
    yield* sys.kill(sys.getpid(), SIGUSR1)
    expect([handled, sys.sigpending()]).toEqual([0, sigmask(SIGUSR1)])
    sys.sigprocmask(SIG_SETMASK, old)
    yield* sys.burn(MS)
    expect(handled).toBe(1)
  })
})

test('SIGKILL cuts a long computation short', () => {
  const k = boot()
  ask(k, function* (sys) {
    const pid = sys.clone(0, function* (its) {
      yield* its.burn(1000 * SECOND)
      return 0
    })
    yield* sys.nanosleep(100 * MS)
    yield* sys.kill(pid, SIGKILL)
    const { status, rusage } = (yield* sys.wait4(pid, 0))!
    expect(WTERMSIG(status)).toBe(SIGKILL)
    expect(rusage.utime).toBeLessThan(101 * MS)
  })
})

test('a stopped computation goes on where it was', () => {
  const k = boot()
  ask(k, function* (sys) {
    const pid = sys.clone(0, function* (its) {
      yield* its.burn(50 * MS)
      return 0
    })
    yield* sys.nanosleep(20 * MS)
    yield* sys.kill(pid, SIGSTOP)
    yield* sys.nanosleep(100 * MS)
    yield* sys.kill(pid, SIGCONT)
    const { rusage } = (yield* sys.wait4(pid, 0))!
    expect(rusage.utime).toBe(50 * MS)
  })
})

test('who may signal whom', () => {
  const k = boot()
  const victim = ask(k, function* (sys) {
    return sys.clone(0, function* (its) {
      yield* its.nanosleep(SECOND)
      return 0
    })
  })
  ask(
    k,
    function* (sys) {
      expect(refusal(() => sys.kill(victim, SIGTERM).next())).toBe(EPERM)
      expect(refusal(() => sys.kill(99999, SIGTERM).next())).toBe(ESRCH)
    },
    { uid: 1000, gid: 1000 },
  )
})

test('init is immune to what it does not handle', () => {
  const k = boot()
  ask(k, function* (sys) {
    yield* sys.kill(1, SIGKILL)
    yield* sys.kill(1, SIGTERM)
    yield* sys.nanosleep(MS)
    yield* sys.kill(1, 0)
  })
})

test('writing to a pipe that nobody reads kills', () => {
  const k = boot()
  const status = run(k, function* (sys) {
    const [r, w] = sys.pipe2(0)
    sys.close(r)
    yield* sys.write(w, 'x')
    return 0
  })
  expect(WTERMSIG(status)).toBe(SIGPIPE)
})

test('alarm', () => {
  const k = boot()
  ask(k, function* (sys) {
    let rang = false
    sys.sigaction(SIGALRM, () => void (rang = true))
    expect(sys.alarm(5)).toBe(0)
    expect(sys.alarm(1)).toBe(5)
    try {
      yield* sys.pause()
    } catch (e) {
      expect(e).toBe(EINTR)
    }
    expect(rang).toBe(true)
  })
})

test('an orphaned group that is stopped is hung up', () => {
  const k = boot()
  const status = ask(k, function* (sys) {
    const [r, w] = sys.pipe2(0)
    sys.clone(0, function* (shell: Sys) {
      shell.setsid()
      const job = shell.clone(0, function* (its) {
        its.sigaction(SIGHUP, () => {})
        its.setpgid(0, 0)
        try {
          yield* its.kill(its.getpid(), SIGTSTP)
          yield* its.nanosleep(SECOND)
        } catch {}
        yield* its.write(w, 'hung up')
        return 0
      })
      void job
      yield* shell.nanosleep(10 * MS)
      return 0
    })
    sys.close(w)
    return new TextDecoder().decode(yield* sys.read(r, 100))
  })
  expect(status).toBe('hung up')
})

test('ignored signals are inherited through exec, handlers are not', () => {
  const k = boot()
  const actions = ask(k, function* (sys) {
    sys.sigaction(SIGUSR1, SIG_IGN)
    sys.sigaction(SIGTERM, () => {})
    const pid = sys.clone(0, function* (its) {
      yield* its.nanosleep(MS)
      return 0
    })
    yield* sys.kill(pid, SIGUSR1)
    return (yield* sys.wait4(pid, 0))!.status
  })
  expect(actions).toBe(0)
})
