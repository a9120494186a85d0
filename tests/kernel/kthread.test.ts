import { expect, test } from 'vitest'
import { EINVAL, EPERM, PTRACE_SEIZE, refusal, SIGKILL } from '../../src/abi/index.ts'
import { isKthread, type Kernel, spawnKthreads } from '../../src/kernel/index.ts'
import { checkReferences, excessOf } from '../fuzz/kernel/invariants/references.ts'
import { checkTasks } from '../fuzz/kernel/invariants/tasks.ts'
import { ask, boot, SECOND } from './boot.ts'

const kthreads = (k: Kernel) => [...k.tasks.values()].filter(isKthread)
const named = (k: Kernel, comm: string) => kthreads(k).find(it => it.comm === comm)!

test('what the threads of the kernel share is counted', () => {
  const k = boot()
  const before = excessOf(k)
  spawnKthreads(k, 0)
  checkTasks(k)
  checkReferences(k, before)
})

test('they take no time', () => {
  const k = boot()
  const [idle] = [k.sched.nextEventTime(), spawnKthreads(k, 0)]
  expect(k.sched.nextEventTime()).toBe(idle)
  k.sched.run(k.clock + SECOND)
  expect(kthreads(k).filter(it => it.state === 'R' || it.utime + it.stime > 0)).toEqual([])
})

test('every processor has its own, and they stay there', () => {
  const k = boot()
  spawnKthreads(k, 0)
  for (const comm of ['migration', 'ksoftirqd', 'cpuhp'])
    expect([0, 1].map(cpu => named(k, `${comm}/${cpu}`).affinity)).toEqual([[0], [1]])
  const [pid, moved] = [named(k, 'ksoftirqd/1').pids[0]!, named(k, 'ksmd').pids[0]!]
  ask(k, function* (sys) {
    expect(refusal(() => sys.sched_setaffinity(pid, [0]))).toBe(EINVAL)
    sys.sched_setaffinity(moved, [1])
  })
  expect(named(k, 'ksmd').affinity).toEqual([1])
})

test('no signal ends one, and nobody traces one', () => {
  const k = boot()
  spawnKthreads(k, 0)
  const count = kthreads(k).length
  const pid = k.tasks.get(k.kthreadd).pids[0]!
  ask(k, function* (sys) {
    yield* sys.kill(pid, SIGKILL)
    expect(refusal(() => sys.ptrace(PTRACE_SEIZE, pid, 0))).toBe(EPERM)
  })
  expect(kthreads(k).length).toBe(count)
  checkTasks(k)
})
