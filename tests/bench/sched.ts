/** The scheduler: how fast virtual time passes while many tasks compete in nested groups. */
import { O_WRONLY, type Program, type Sys } from '../../src/abi/index.ts'
import { Machine } from '../../src/machine/index.ts'
import { columns } from './table.ts'
import { median } from './workloads.ts'

const TASKS = [1, 10, 100, 1000, 10_000]
/** Groups below the root, and below each of those. */
const WIDTH = 10

/** A line for each number of tasks: virtual seconds per second of the host, and what ten times the tasks cost. */
export function benchScheduler(samples: number): string {
  let before: number | undefined
  const lines = TASKS.map(tasks => {
    const speed = median(Array.from({ length: samples }, () => virtualSecondsPerSecond(tasks)))
    const growth = before === undefined ? '' : `${(before / speed).toFixed(1)}×`
    before = speed
    return [`${tasks}`, `${speed.toFixed(0)} virtual s/s`, growth, tasks === 1000 ? '≥ 50 virtual s/s' : '']
  })
  return columns([
    ['tasks that burn, in 100 nested groups', 'vitrine', 'slower than a tenth', 'goal'],
    ...lines,
  ])
}

function virtualSecondsPerSecond(tasks: number): number {
  const machine = new Machine()
  machine.spawn({ argv: ['bench'], program: crowd(tasks) })
  machine.runUntil(machine.now + 2e9)
  const start = performance.now()
  let seconds = 0
  // Long enough to be measured, and no longer.
  for (let more = 1; performance.now() - start < 1000; more *= 2) {
    machine.runUntil(machine.now + more * 1e9)
    seconds += more
  }
  return (seconds / (performance.now() - start)) * 1000
}

/** Starts the tasks, each in one of a hundred groups, and ends. */
const crowd = (tasks: number): Program =>
  function* (sys) {
    yield* write(sys, '/sys/fs/cgroup/cgroup.subtree_control', '+cpu')
    for (let i = 0; i < WIDTH; i++) {
      sys.mkdir(`/sys/fs/cgroup/${i}`, 0o755)
      yield* write(sys, `/sys/fs/cgroup/${i}/cgroup.subtree_control`, '+cpu')
      for (let j = 0; j < WIDTH; j++) sys.mkdir(`/sys/fs/cgroup/${i}/${j}`, 0o755)
    }
    for (let n = 0; n < tasks; n++) sys.clone(0, child => burner(child, n))
    return 0
  }

function* burner(sys: Sys, n: number): ReturnType<Program> {
  yield* write(sys, `/sys/fs/cgroup/${n % WIDTH}/${Math.floor(n / WIDTH) % WIDTH}/cgroup.procs`, '0')
  for (;;) yield* sys.burn(1e9)
}

function* write(sys: Sys, path: string, text: string): ReturnType<Program> {
  const fd = yield* sys.open(path, O_WRONLY)
  yield* sys.write(fd, text)
  sys.close(fd)
  return 0
}
