/**
 * Many processes and namespaces: how long ps, lsns and findmnt take as they grow in number, and what a process takes of
 * the heap. Each namespace is made by unshare(2) of pid, mnt and uts, and has ten processes that sleep.
 */
import { type Blocking, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWUTS, type Sys } from '../../src/abi/index.ts'
import { Machine } from '../../src/machine/index.ts'
import { columns } from './table.ts'
import { started } from './vitrine.ts'
import { median } from './workloads.ts'

/** How many processes a namespace has. */
const EACH = 10
const SIZES = [1000, 2000, 5000, 10_000]
const COMMANDS = ['ps -e', 'lsns', 'findmnt']

const sleeper = (sys: Sys): Blocking<never> => sys.execve('/usr/bin/sleep', ['sleep', '1000000'], [])

/** pid 1 of a new namespace, and its children. */
function* container(sys: Sys): Blocking<number> {
  for (let i = 1; i < EACH; i++) sys.clone(0, sleeper)
  return yield* sleeper(sys)
}

/** As `unshare --pid --mount --uts --fork` does, and is gone. */
function* unsharer(sys: Sys): Blocking<number> {
  sys.unshare(CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWUTS)
  sys.clone(0, container)
  return 0
}

function populate(machine: Machine, namespaces: number): void {
  const task = machine.spawn({
    argv: ['populate'],
    program: function* (sys) {
      for (let i = 0; i < namespaces; i++) {
        const pid = sys.clone(0, unsharer)
        yield* sys.wait4(pid, 0)
      }
      return 0
    },
  })
  machine.runUntil(machine.now + 3600e9, () => machine.exitStatus(task) === undefined)
  machine.runUntil(machine.now + 1e9)
}

/** Of CPU time, since other work on the machine is not ours. */
function milliseconds(machine: Machine, command: string, samples: number): number {
  const taken = Array.from({ length: samples }, () => {
    const { finish } = started(`${command} > /dev/null`, machine)
    const start = process.cpuUsage()
    finish()
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  })
  return median(taken)
}

/** A line for each number of processes; and how many times as long the most take as the fewest. */
export function benchScale(samples: number): string {
  const collect = () => {
    for (let i = 0; i < 4; i++) globalThis.gc?.()
  }
  const rows = SIZES.map(size => {
    collect()
    const before = process.memoryUsage().heapUsed
    const machine = new Machine()
    populate(machine, size / EACH)
    collect()
    const heap = (process.memoryUsage().heapUsed - before) / size / 1000
    return { size, heap, times: COMMANDS.map(command => milliseconds(machine, command, samples)) }
  })
  const [first, last] = [rows[0]!, rows.at(-1)!]
  const growth = COMMANDS.map((_, i) => `${(last.times[i]! / first.times[i]!).toFixed(1)} ×`)
  return columns([
    ['processes, namespaces of each kind', ...COMMANDS, 'heap each'],
    ...rows.map(({ size, heap, times }) => [
      `${size} in ${size / EACH} pid, mnt and uts`,
      ...times.map(ms => `${ms.toFixed(0)} ms`),
      `${heap.toFixed(1)} kB`,
    ]),
    [`from ${first.size} to ${last.size}`, ...growth, ''],
  ])
}
