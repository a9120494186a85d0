/** Who polls control files is woken when Linux would wake him: triggers of pressure, and files that have changed. */
import { expect, test } from 'vitest'
import { O_RDONLY, O_RDWR, O_WRONLY, POLLERR, POLLPRI, type Blocking, type Sys } from '../../src/abi/index.ts'
import { Machine } from '../../src/machine/index.ts'

const GROUP = '/sys/fs/cgroup/x'

function* echo(sys: Sys, text: string, file: string): Blocking<void> {
  const fd = yield* sys.open(`${GROUP}/${file}`, O_WRONLY)
  yield* sys.write(fd, text)
  sys.close(fd)
}

/** Grows far above memory.high of the group. */
function* hog(sys: Sys): Blocking<number> {
  yield* echo(sys, '0', 'cgroup.procs')
  yield* sys.brk(16 << 20)
  return 0
}

function run(program: (sys: Sys) => Blocking<number>): void {
  const machine = new Machine({ seed: 3 })
  const task = machine.spawn({ argv: ['test'], program })
  machine.runUntil(machine.now + 60e9, () => machine.exitStatus(task) === undefined)
  expect(machine.exitStatus(task)).toBe(0)
}

test('a trigger tells of stalls, once a window', () => {
  run(function* (sys) {
    sys.mkdir(GROUP, 0o755)
    yield* echo(sys, '1M', 'memory.high')
    const fd = yield* sys.open(`${GROUP}/memory.pressure`, O_RDWR)
    yield* sys.write(fd, 'some 200000 1000000')
    expect(yield* sys.poll([{ fd, events: POLLPRI }], 500)).toEqual([0])
    sys.clone(0, hog)
    expect(yield* sys.poll([{ fd, events: POLLPRI }], 10_000)).toEqual([POLLPRI])
    expect(yield* sys.poll([{ fd, events: POLLPRI }], 100)).toEqual([0])
    return 0
  })
})

test('cgroup.events is ready when it has changed since it was read', () => {
  run(function* (sys) {
    sys.mkdir(GROUP, 0o755)
    const fd = yield* sys.open(`${GROUP}/cgroup.events`, O_RDONLY)
    yield* sys.read(fd, 100)
    expect(yield* sys.poll([{ fd, events: POLLPRI }], 100)).toEqual([0])
    sys.clone(0, function* (sys) {
      yield* echo(sys, '0', 'cgroup.procs')
      return 0
    })
    expect(yield* sys.poll([{ fd, events: POLLPRI }], 10_000)).toEqual([POLLPRI | POLLERR])
    return 0
  })
})
