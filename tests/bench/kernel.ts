/** The kernel alone: one program that does nothing but system calls. */
import { O_CREAT, O_TRUNC, O_WRONLY, type Program } from '../../src/abi/index.ts'
import { Machine } from '../../src/machine/index.ts'
import { median } from './workloads.ts'

/** Microseconds of one open + write + close. */
export const openWriteClose = (samples: number) =>
  micros(
    samples,
    50_000,
    n =>
      function* (sys) {
        const data = new Uint8Array(100)
        for (let i = 0; i < n; i++) {
          const fd = yield* sys.open('/dev/shm/file', O_WRONLY | O_CREAT | O_TRUNC, 0o644)
          yield* sys.write(fd, data)
          sys.close(fd)
        }
        return 0
      },
  )

/** Microseconds of one fork + exec + exit + wait. */
export const forkExecExitWait = (samples: number) =>
  micros(
    samples,
    5000,
    n =>
      function* (sys) {
        for (let i = 0; i < n; i++) {
          const pid = sys.clone(0, child => child.execve('/usr/bin/true', ['true'], []))
          yield* sys.wait4(pid, 0)
        }
        return 0
      },
  )

function micros(samples: number, n: number, make: (n: number) => Program): number {
  const taken: number[] = []
  for (let i = -1; i < samples; i++) {
    const machine = new Machine()
    const task = machine.spawn({ argv: ['bench'], program: make(n) })
    const start = performance.now()
    machine.runUntil(machine.now + 3600e9, () => machine.exitStatus(task) === undefined)
    const status = machine.exitStatus(task)
    if (status) throw new Error(`status ${status}`)
    if (i >= 0) taken.push(((performance.now() - start) / n) * 1000)
  }
  return median(taken)
}
