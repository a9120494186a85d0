import { describe, expect, test } from 'vitest'
import type { SchedEvent } from '../../src/kernel/index.ts'
import {
  bucketCurve,
  cgroupNodes,
  Machine,
  memoryTanks,
  Moments,
  oomKills,
  periodsOf,
  ranIn,
  Recorder,
  type Snapshot,
  slicesBelow,
  Timeline,
} from '../../src/machine/index.ts'

const MS = 1_000_000
const SECOND = 1_000_000_000

const run = (at: number, task: number, cpu = 0, cgroup = 7): SchedEvent => {
  return {
    kind: 'switch',
    at: at * MS,
    cpu,
    task,
    process: task,
    cgroup,
    pid: task,
    comm: `t${task}`,
    was: '',
  }
}
const refill = (at: number, runtime: number): SchedEvent => {
  return { kind: 'refill', at: at * MS, cgroup: 7, runtime: runtime * MS, held: 0 }
}
const timelineOf = (...events: SchedEvent[]): Timeline => {
  const timeline = new Timeline(2, 0)
  timeline.take(events, false)
  return timeline
}

describe('a timeline', () => {
  test('has a slice from each switch to the next; idle is where there is none', () => {
    const timeline = timelineOf(run(1, 5), run(4, 6), run(6, 0), run(9, 5))
    const slices = timeline.lane(0, 0, 20 * MS).map(it => [it.task, it.from / MS, it.to / MS])
    expect(slices).toEqual([
      [5, 1, 4],
      [6, 4, 6],
      [5, 9, Number.POSITIVE_INFINITY],
    ])
    expect(timeline.lane(0, 6 * MS, 9 * MS)).toEqual([])
    expect(timeline.lane(0, 5 * MS, 7 * MS)).toHaveLength(1)
  })

  test('knows a task by the name it has when it leaves the CPU', () => {
    const timeline = timelineOf(run(1, 5), { ...run(4, 0), was: 'ls' } as SchedEvent)
    expect(timeline.lane(0, 0, 9 * MS)[0]?.comm).toBe('ls')
  })

  test('steps from event to event', () => {
    const timeline = timelineOf(run(1, 5), refill(2, 10), run(4, 6))
    expect(timeline.eventAfter(1 * MS)).toBe(2 * MS)
    expect(timeline.eventBefore(2 * MS)).toBe(1 * MS)
    expect(timeline.eventAfter(4 * MS)).toBeUndefined()
  })

  test('says where it does not know', () => {
    const timeline = timelineOf(run(1, 5), run(3, 6))
    timeline.take([run(50, 7)], true)
    expect(timeline.gaps(0, 99 * MS)).toEqual([{ from: 3 * MS, to: 50 * MS }])
    expect(timeline.lane(0, 10 * MS, 20 * MS)).toEqual([])
  })

  test('keeps the newest and forgets the oldest', () => {
    const timeline = new Timeline(1, 0)
    for (let i = 0; i < 100_000; i++) timeline.take([run(i, 1 + (i % 2))], false)
    expect(timeline.since).toBeGreaterThan(50_000 * MS)
    expect(timeline.lane(0, timeline.since, 100_000 * MS).length).toBeLessThanOrEqual(40_000)
  })
})

describe('a bucket', () => {
  const levels = (timeline: Timeline, from: number, to: number, holds = 10) =>
    bucketCurve(timeline, [7], holds * MS, from * MS, to * MS).map(it => [it.at / MS, it.level / MS])

  test('is emptied by a slice and filled by the next period', () => {
    const timeline = timelineOf(refill(0, 10), run(2, 5), run(12, 0), refill(100, 10), run(100, 5))
    expect(levels(timeline, 0, 105)).toEqual([
      [0, 10],
      [2, 10],
      [12, 0],
      [100, 0],
      [100, 10],
      [105, 5],
    ])
  })

  test('empties twice as fast when two CPUs run the group', () => {
    const timeline = timelineOf(refill(0, 10), run(0, 5), run(0, 6, 1), run(5, 0), run(5, 0, 1))
    expect(levels(timeline, 0, 10)).toEqual([
      [0, 10],
      [5, 0],
      [10, 0],
    ])
  })

  test('begins where one looks, at the level of that moment', () => {
    const timeline = timelineOf(refill(0, 10), run(0, 5), run(10, 0))
    expect(levels(timeline, 4, 6)).toEqual([
      [4, 6],
      [6, 4],
    ])
  })

  test('holds its burst and no more', () => {
    expect(levels(timelineOf(refill(0, 30)), 0, 5, 15)[0]).toEqual([0, 15])
    expect(levels(timelineOf(run(0, 5)), 0, 5)).toEqual([])
  })
})

/** A machine, watched, on which lines have been typed. */
function watched(lines: readonly string[], seconds = 2, cgroup: 'v1' | 'v2' = 'v2') {
  const machine = new Machine({ cgroup })
  const terminal = machine.openTerminal({ rows: 24, cols: 80 })
  const recorder = new Recorder(machine)
  const pass = (ns: number) => {
    for (const end = machine.now + ns; machine.now < end; machine.commit())
      machine.runUntil(Math.min(end, machine.now + 10 * MS))
  }
  pass(SECOND)
  for (const line of lines) {
    terminal.write(`${line}\r`)
    pass(SECOND / 2)
  }
  pass(seconds * SECOND)
  return { machine, recorder, snapshot: machine.snapshot }
}

const idOf = (snapshot: Snapshot, name: string): number =>
  cgroupNodes(snapshot).find(it => it.name === name)!.id

test.for(['v1', 'v2'] as const)('a quota of ten percent is seen as 10 ms of every 100 ms (%s)', version => {
  const dir = version === 'v1' ? '/sys/fs/cgroup/cpu/demo' : '/sys/fs/cgroup/demo'
  const quota = version === 'v1' ? 'echo 10000 > cpu.cfs_quota_us' : 'echo "10000 100000" > cpu.max'
  const lines = [`mkdir ${dir}; cd ${dir}; ${quota}`, '(echo $BASHPID > cgroup.procs; exec stress -q -c 1) &']
  const { machine, recorder, snapshot } = watched(lines, 2, version)
  const id = idOf(snapshot, 'demo')
  const { timeline } = recorder
  const periods = periodsOf(timeline, [id], machine.now - SECOND, machine.now)
  expect(periods.length).toBeGreaterThan(8)
  for (const period of periods) {
    expect(period.to - period.from).toBe(100 * MS)
    expect(period.total).toBeCloseTo(10 * MS, -5)
  }
  const [from, to] = [machine.now - SECOND, machine.now]
  expect(ranIn(slicesBelow(timeline, [id], from, to), from, to).longest).toBeCloseTo(10 * MS, -5)
  const throttled = timeline.throttlingOf(id, from, to)
  expect(throttled.some(it => it.to - it.from > 85 * MS)).toBe(true)
  recorder.stop()
  expect(
    timeline.lane(0, from, to).some(it => it.comm === 'stress') ||
      timeline.lane(1, from, to).some(it => it.comm === 'stress'),
  ).toBe(true)
})

test('who is killed for memory is known from the kernel’s log, and the tank shows what is left', () => {
  const dir = '/sys/fs/cgroup/small'
  const lines = [`mkdir ${dir}; echo 20M > ${dir}/memory.max; echo 16M > ${dir}/memory.high`]
  const { snapshot, recorder } = watched(
    [...lines, `echo max > ${dir}/memory.high; (echo $BASHPID > ${dir}/cgroup.procs; exec tail /dev/zero)`],
    5,
  )
  expect(recorder.kills).toMatchObject([{ comm: 'tail', cgroup: '/small' }])
  expect(recorder.kills[0]?.rss).toBeGreaterThan(15 * 2 ** 20)
  const tank = memoryTanks(snapshot).find(it => it.name === 'small')
  expect(tank).toMatchObject({ path: '/small', max: 20 * 2 ** 20, high: undefined, oomKills: 1 })
  expect(tank!.peak).toBeGreaterThan(15 * 2 ** 20)
})

test('a kill without a cgroup is the host’s', () => {
  const text =
    'Out of memory: Killed process 9 (a b) total-vm:1kB, anon-rss:4kB, file-rss:8kB, shmem-rss:0kB, UID:0'
  expect(oomKills([{ seq: 1, level: 3, at: 5, text }])).toEqual([
    { at: 5, pid: 9, comm: 'a b', rss: 12288, cgroup: undefined },
  ])
})

test('moments are dense lately, sparse before, and end', () => {
  const moments = new Moments()
  for (let i = 0; i <= 10_000; i++) moments.push({ clock: i * 10 * MS } as Snapshot)
  expect(moments.at(99.955 * SECOND).clock).toBe(99.95 * SECOND)
  for (const [at, step] of [
    [94.9, 0.1],
    [80.5, 1],
  ] as const) {
    expect(moments.at(at * SECOND).clock).toBeGreaterThan((at - 2 * step) * SECOND)
    expect(moments.at(at * SECOND).clock).toBeLessThanOrEqual(at * SECOND)
  }
  expect(moments.at(0).clock).toBeGreaterThanOrEqual(36 * SECOND)
  expect(moments.at(0).clock).toBeLessThanOrEqual(43 * SECOND)
})
