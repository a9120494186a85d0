import { expect, test } from 'vitest'
import {
  EPERM,
  ESRCH,
  PTRACE_DETACH,
  PTRACE_O_TRACECLONE,
  PTRACE_SEIZE,
  refusal,
  SIGKILL,
  SIGTERM,
  type TraceEvent,
} from '../../src/abi/index.ts'
import { ask, boot, MS } from './boot.ts'

test('a tracer is told of calls, births, signals and ends, and nobody pays for it afterwards', () => {
  const k = boot()
  ask(k, function* (sys) {
    const child = sys.clone(0, function* (its) {
      its.getppid()
      its.clone(0, function* () {
        return 7
      })
      yield* its.wait4(-1, 0)
      yield* its.kill(its.getpid(), SIGTERM)
      return 0
    })
    sys.ptrace(PTRACE_SEIZE, child, PTRACE_O_TRACECLONE)
    const events: TraceEvent[] = []
    while (k.trace) {
      events.push(yield* sys.waitTracee())
      if (events.filter(it => it.type === 'exited').length === 2) break
    }
    const told = events.map(it =>
      it.type === 'enter' ? it.name : it.type === 'exit' ? `/${it.name}` : it.type,
    )
    expect(told.filter(it => it !== 'getpid' && it !== '/getpid')).toEqual([
      'getppid',
      '/getppid',
      'clone',
      '/clone',
      'attached',
      'wait4',
      'exit_group',
      '/exit_group',
      'exited',
      '/wait4',
      'signal',
      'kill',
      '/kill',
      'signal',
      'exited',
    ])
    expect(k.trace).toBeUndefined()
    yield* sys.wait4(child, 0)
  })
})

test('whoever is traced already, is oneself or is somebody else’s cannot be traced', () => {
  const k = boot()
  ask(k, function* (sys) {
    const child = sys.clone(0, function* (its) {
      yield* its.pause()
      return 0
    })
    expect(refusal(() => sys.ptrace(PTRACE_SEIZE, sys.getpid(), 0))).toBe(EPERM)
    expect(refusal(() => sys.ptrace(PTRACE_SEIZE, 4000, 0))).toBe(ESRCH)
    expect(refusal(() => sys.ptrace(PTRACE_DETACH, child, 0))).toBe(ESRCH)
    sys.ptrace(PTRACE_SEIZE, child, 0)
    expect(refusal(() => sys.ptrace(PTRACE_SEIZE, child, 0))).toBe(EPERM)
    const user = sys.clone(0, function* (its) {
      its.setuid(1000)
      return refusal(() => its.ptrace(PTRACE_SEIZE, 1, 0)) === EPERM ? 0 : 1
    })
    expect((yield* sys.wait4(user, 0))?.status).toBe(0)
    sys.ptrace(PTRACE_DETACH, child, 0)
    yield* sys.kill(child, SIGKILL)
    yield* sys.wait4(child, 0)
  })
})

test('tracees of a dead tracer go on', () => {
  const k = boot()
  ask(k, function* (sys) {
    const [read, write] = sys.pipe2(0)
    const child = sys.clone(0, function* (its) {
      yield* its.nanosleep(20 * MS)
      yield* its.write(write, 'alive')
      return 0
    })
    const tracer = sys.clone(0, function* (its) {
      its.ptrace(PTRACE_SEIZE, child, 0)
      yield* its.pause()
      return 0
    })
    yield* sys.nanosleep(40 * MS)
    yield* sys.kill(tracer, SIGKILL)
    expect(yield* sys.read(read, 10)).toHaveLength(5)
    expect(k.trace).toBeUndefined()
    yield* sys.wait4(-1, 0)
    yield* sys.wait4(-1, 0)
  })
})
