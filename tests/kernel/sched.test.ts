import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cgroupCpuStat, cpuTimes, loadavg, showPressure, taskTimes } from '../../src/kernel/sched/index.ts'
import { type Behaviour, burner, MS, SECOND, World } from './sched-world.ts'

const share = (world: World, ids: readonly number[], seconds: number): number[] =>
  ids.map(id => (100 * world.time(id)) / seconds)

describe('fair shares', () => {
  test('a lone burner has its CPU for itself, and costs a handful of events', () => {
    const world = new World(1)
    const id = world.task(burner)
    world.k.sched.run(100 * SECOND)
    expect(world.time(id)).toBe(100)
    expect(world.k.sched.steps).toBeLessThan(10)
  })

  test('two burners on one CPU get half each', () => {
    const world = new World(1)
    const ids = [world.task(burner), world.task(burner)]
    world.k.sched.run(10 * SECOND)
    for (const part of share(world, ids, 10)) expect(part).toBeCloseTo(50, 0)
  })

  test('three equal burners on two CPUs get two thirds each', () => {
    const world = new World(2)
    const ids = [1, 2, 3].map(() => world.task(burner))
    world.k.sched.run(10 * SECOND)
    for (const part of share(world, ids, 10)) expect(Math.abs(part - 66.7)).toBeLessThan(1)
  })

  test('five on four get four fifths each', () => {
    const world = new World(4)
    const ids = [1, 2, 3, 4, 5].map(() => world.task(burner))
    world.k.sched.run(10 * SECOND)
    for (const part of share(world, ids, 10)) expect(Math.abs(part - 80)).toBeLessThan(2)
  })

  test('a nice of 5 is a third of the weight', () => {
    const world = new World(1)
    const ids = [world.task(burner), world.task(burner, world.root, { nice: 5 })]
    world.k.sched.run(20 * SECOND)
    const [a, b] = share(world, ids, 20)
    expect(a! / b!).toBeCloseTo(1024 / 335, 1)
  })

  test('affinity keeps two burners on one of two CPUs', () => {
    const world = new World(2)
    const ids = [1, 2].map(() => world.task(burner, world.root, { affinity: [1] }))
    world.k.sched.run(10 * SECOND)
    for (const part of share(world, ids, 10)) expect(part).toBeCloseTo(50, 0)
    expect(cpuTimes(world.k, 0).idle).toBe(10 * SECOND)
  })

  test.for([1, 2])('cgroups of weight 100 and 200 with two burners each share %i CPUs one to two', cpus => {
    const world = new World(cpus)
    const [a, b] = [world.cgroup(), world.cgroup({ shares: 2048 })]
    for (const group of [a, a, b, b]) world.task(burner, group)
    world.k.sched.run(20 * SECOND)
    const [used, twice] = [cgroupCpuStat(world.k, a!).usage, cgroupCpuStat(world.k, b!).usage]
    expect(used + twice).toBe(cpus * 20 * SECOND)
    expect(twice / used).toBeCloseTo(2, 1)
  })

  test('a group counts as one, however many tasks it has', () => {
    const world = new World(1)
    const [a, b] = [world.cgroup(), world.cgroup()]
    world.task(burner, a)
    for (let i = 0; i < 9; i++) world.task(burner, b)
    world.k.sched.run(20 * SECOND)
    expect(cgroupCpuStat(world.k, a).usage / SECOND).toBeCloseTo(10, 0)
  })

  test('somebody who sleeps mostly is served at once between burners', () => {
    const world = new World(1)
    for (let i = 0; i < 4; i++) world.task(burner)
    let late = 0
    let due = 0
    world.task(clock => {
      if (due) late = Math.max(late, clock - due)
      due = clock + 100_000 + 20 * MS
      return { burst: 100_000, sleep: 20 * MS }
    })
    world.k.sched.run(5 * SECOND)
    expect(late).toBeLessThan(4 * MS)
  })
})

describe('bandwidth control', () => {
  test.for([1, 2, 4])('a quota of 10 % gives 10 % to %i workers', workers => {
    const world = new World(2)
    const group = world.cgroup({ quota: 10 * MS })
    for (let i = 0; i < workers; i++) world.task(burner, group)
    world.k.sched.run(60 * SECOND)
    const stat = cgroupCpuStat(world.k, group)
    expect(Math.abs(stat.usage / (60 * SECOND) - 0.1)).toBeLessThan(0.001)
    expect(stat.nrPeriods).toBeGreaterThanOrEqual(598)
    expect(stat.nrThrottled).toBeGreaterThanOrEqual(598)
  })

  test('the tightest of nested quotas wins', () => {
    const world = new World(2)
    const outer = world.cgroup({ quota: 50 * MS })
    const inner = world.cgroup({ quota: 80 * MS }, outer)
    for (let i = 0; i < 2; i++) world.task(burner, inner)
    world.k.sched.run(20 * SECOND)
    expect(cgroupCpuStat(world.k, inner).usage / (20 * SECOND)).toBeCloseTo(0.5, 2)
    const tight = world.cgroup({ quota: 5 * MS }, outer)
    const id = world.task(burner, tight)
    world.k.sched.run(40 * SECOND)
    expect(world.time(id) / 20).toBeCloseTo(0.05, 2)
    expect(cgroupCpuStat(world.k, outer).usage / (40 * SECOND)).toBeCloseTo(0.5, 2)
  })

  test('a quota of 150 % lets three workers have half a CPU each', () => {
    const world = new World(2)
    const group = world.cgroup({ quota: 150 * MS })
    const ids = [1, 2, 3].map(() => world.task(burner, group))
    world.k.sched.run(20 * SECOND)
    for (const part of share(world, ids, 20)) expect(Math.abs(part - 50)).toBeLessThan(2)
  })

  test('periods are counted only while somebody runs', () => {
    const world = new World(1)
    const group = world.cgroup({ quota: 10 * MS })
    world.task(() => ({ burst: MS, sleep: Number.POSITIVE_INFINITY }), group)
    world.k.sched.run(60 * SECOND)
    expect(cgroupCpuStat(world.k, group).nrPeriods).toBeLessThan(4)
    expect(world.k.sched.nextEventTime()).toBeUndefined()
  })

  test('lifting the quota lets throttled tasks go on at once', () => {
    const world = new World(1)
    const group = world.cgroup({ quota: MS })
    const id = world.task(burner, group)
    world.k.sched.run(10 * SECOND + 50 * MS)
    world.k.cgroups.own(group).quota = -1
    world.k.sched.quotaChanged(group)
    const before = world.time(id)
    world.k.sched.run(11 * SECOND + 50 * MS)
    expect(world.time(id) - before).toBeCloseTo(1, 6)
  })

  test('a task that moves into the group is throttled, one that leaves is free', () => {
    const world = new World(1)
    const group = world.cgroup({ quota: 10 * MS })
    const id = world.task(burner)
    const move = (to: number) => {
      world.k.tasks.own(id).cgroups = [to]
      world.k.sched.moved(id)
    }
    world.k.sched.run(SECOND)
    move(group)
    world.k.sched.run(11 * SECOND)
    expect(world.time(id)).toBeCloseTo(2, 1)
    move(world.root)
    world.k.sched.run(21 * SECOND)
    expect(world.time(id)).toBeCloseTo(12, 1)
  })
})

describe('accounts', () => {
  test('user and system time are split as the burst says', () => {
    const world = new World(1)
    const id = world.task(() => ({ burst: 10 * MS, user: 7 * MS }))
    world.k.sched.run(SECOND + 3 * MS)
    const { utime, stime } = taskTimes(world.k, id)
    expect(utime + stime).toBe(SECOND + 3 * MS)
    expect(utime / (utime + stime)).toBeCloseTo(0.7, 2)
  })

  test('a dead task keeps the time of its last burst', () => {
    const world = new World(1)
    const id = world.task(() => ({ burst: 5000, user: 2000, exit: true }))
    world.k.sched.run(0)
    expect(world.k.tasks.get(id)).toMatchObject({ utime: 2000, stime: 3000 })
  })

  test('two burners bring the load to two', () => {
    const world = new World(2)
    for (let i = 0; i < 2; i++) world.task(burner)
    world.k.sched.run(600 * SECOND)
    expect(loadavg(world.k)[0]).toBeCloseTo(2, 1)
    expect(loadavg(world.k)[2]).toBeLessThan(1.9)
  })

  test('pressure is the time that somebody waits; a throttled group is wholly stalled', () => {
    const world = new World(2)
    const group = world.cgroup({ quota: 20 * MS })
    world.task(burner, group)
    world.k.sched.run(20 * SECOND)
    expect(showPressure(world.k, 'cpu', group)).toMatch(
      /^some avg10=6\d\..* total=1(5|6)\d{6}\nfull avg10=6\d\..* total=1(5|6)\d{6}\n$/,
    )
    for (let i = 0; i < 4; i++) world.task(burner)
    world.k.sched.run(120 * SECOND)
    expect(showPressure(world.k, 'cpu')).toMatch(
      /^some avg10=9\d\..* total=11\d{7}\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n$/,
    )
  })

  test('a frozen task does not run; thawed it goes on where it was', () => {
    const world = new World(1)
    const id = world.task(burner)
    world.k.sched.run(SECOND)
    world.k.sched.setFrozen(id, true, true)
    world.k.sched.run(2 * SECOND)
    expect(world.time(id)).toBe(1)
    world.k.sched.setFrozen(id, false, true)
    world.k.sched.run(3 * SECOND)
    expect(world.time(id)).toBe(2)
  })
})

test('a quota counts from when it is set, not what ran before', () => {
  const world = new World(1)
  const group = world.cgroup({})
  const id = world.task(burner, group)
  world.k.sched.run(SECOND)
  world.k.cgroups.own(group).quota = 10 * MS
  world.k.sched.quotaChanged(group)
  world.k.sched.run(2 * SECOND)
  expect(world.time(id)).toBeCloseTo(1.1, 2)
})

describe('the trace', () => {
  test('a quota of 10 % is ten milliseconds of every hundred', () => {
    const world = new World(1)
    const group = world.cgroup({ quota: 10 * MS })
    const id = world.task(burner, group)
    world.k.sched.run(SECOND)
    const trace = world.k.sched.watch(100)
    world.k.sched.run(SECOND + 150 * MS)
    const cpu = 0
    expect(trace.since(1)).toMatchObject([
      { kind: 'throttle', at: 1010 * MS, cpu, cgroup: group },
      { kind: 'switch', at: 1010 * MS, cpu, task: 0 },
      { kind: 'refill', at: 1100 * MS, cgroup: group, runtime: 10 * MS, held: 0 },
      { kind: 'unthrottle', at: 1100 * MS, cpu, cgroup: group },
      { kind: 'switch', at: 1100 * MS, cpu, task: id, cgroup: group, pid: 1, comm: 'task' },
      { kind: 'throttle', at: 1110 * MS, cpu, cgroup: group },
      { kind: 'switch', at: 1110 * MS, cpu, task: 0 },
    ])
  })

  test('keeps the newest events only', () => {
    const world = new World(1)
    const trace = world.k.sched.watch(4)
    for (let i = 0; i < 2; i++) world.task(burner)
    world.k.sched.run(SECOND)
    const events = trace.since(0)
    expect(events).toHaveLength(4)
    expect(events.map(it => it.at)).toEqual(events.map(it => it.at).sort((a, b) => a - b))
    expect(trace.since(trace.next)).toEqual([])
  })
})

/** A machine with a bit of everything; `seed` decides how its tasks behave. */
function busyWorld(seed: number): World {
  const world = new World(2)
  let state = seed
  const random = (n: number): number => (state = (state * 1103515245 + 12345) % 2147483648) % n
  const some: Behaviour = () => ({
    burst: 1 + random(3 * MS),
    user: random(MS),
    ...(random(3) ? { sleep: random(20 * MS) } : {}),
    exit: random(60) === 0,
  })
  const outer = world.cgroup({ quota: 30 * MS, burst: 5 * MS })
  const groups = [
    world.root,
    outer,
    world.cgroup({ shares: 512 }, outer),
    world.cgroup({ shares: 2048, quota: 7 * MS }),
  ]
  for (let i = 0; i < 12; i++)
    world.task(i % 4 ? some : burner, groups[random(groups.length)], { nice: random(10) - 5 })
  return world
}

describe('determinism', () => {
  test('how time is divided into runs makes no difference, and neither does looking', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.array(fc.integer({ min: 0, max: 300 * MS })), (seed, cuts) => {
        const [whole, divided] = [busyWorld(seed), busyWorld(seed)]
        whole.k.sched.run(300 * MS)
        for (const cut of cuts.sort((a, b) => a - b)) {
          divided.k.sched.run(cut)
          divided.k.sched.settle()
        }
        let left = 7
        while (!divided.k.sched.run(300 * MS, () => --left > 0)) left = 7
        expect(divided.trace).toEqual(whole.trace)
        for (const world of [whole, divided]) world.k.sched.settle()
        expect([...divided.k.tasks.values()]).toEqual([...whole.k.tasks.values()])
        expect([...divided.k.cgroups.values()]).toEqual([...whole.k.cgroups.values()])
      }),
      { numRuns: 40 },
    )
  })
})

describe('speed', () => {
  test('1,000 runnable tasks in 100 groups pass 50 virtual seconds in a second', () => {
    const world = new World(2)
    const groups = Array.from({ length: 100 }, () => world.cgroup())
    for (let i = 0; i < 1000; i++) world.task(burner, groups[i % 100])
    const start = performance.now()
    world.k.sched.run(20 * SECOND)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
