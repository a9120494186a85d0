/**
 * What holds of the scheduler whatever runs: random trees of groups with weights and quotas, and tasks that burn, sleep,
 * come, move, change their affinity, are frozen and killed. Times are in ns and must agree to the last.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SCHED_BATCH, SCHED_FIFO, SCHED_IDLE, SCHED_OTHER, SCHED_RR } from '../../src/abi/index.ts'
import type { SchedEntity } from '../../src/kernel/sched/entity.ts'
import { cgroupCpuStat, cpuTimes } from '../../src/kernel/sched/index.ts'
import { type Behaviour, burner, MS, World } from './sched-world.ts'

const TICK = 4 * MS
/** What a CPU takes from a group's pool at a time. */
const SLICE = 5 * MS
/** How long a CPU may be idle before it looks for work elsewhere. */
const BALANCE = 32 * MS

const KINDS = ['move', 'freeze', 'thaw', 'kill', 'spawn', 'bind', 'free', 'nice', 'wake'] as const
const WITH_REALTIME = [...KINDS, 'policy', 'policy'] as const

interface Load {
  readonly cpus: number
  readonly groups: readonly {
    readonly parent: number
    readonly shares: number
    readonly quota: number | undefined
    readonly period: number
    readonly burst: number
    readonly idle: boolean
  }[]
  readonly tasks: readonly Spawn[]
  readonly events: readonly Event[]
}
interface Spawn {
  readonly group: number
  readonly nice: number
  readonly cpu: number | undefined
  readonly burst: number | undefined
  readonly sleep: number
}
interface Event {
  readonly after: number
  readonly kind: (typeof KINDS)[number] | 'policy'
  readonly task: number
  readonly to: number
}

const spawn: fc.Arbitrary<Spawn> = fc.record({
  group: fc.nat(7),
  nice: fc.integer({ min: -20, max: 19 }),
  cpu: fc.option(fc.nat(3), { nil: undefined, freq: 3 }),
  burst: fc.option(fc.integer({ min: MS, max: 30 * MS }), { nil: undefined }),
  sleep: fc.integer({ min: 0, max: 60 * MS }),
})

const load = (events: number, kinds: readonly Event['kind'][] = KINDS): fc.Arbitrary<Load> =>
  fc.record({
    cpus: fc.integer({ min: 1, max: 4 }),
    groups: fc.array(
      fc.record({
        parent: fc.nat(7),
        shares: fc.integer({ min: 2, max: 10_000 }),
        quota: fc.option(fc.integer({ min: MS, max: 300 * MS }), { nil: undefined }),
        period: fc.constantFrom(5 * MS, 20 * MS, 100 * MS, 250 * MS),
        burst: fc.constantFrom(0, 0, MS, 10 * MS),
        idle: fc.constantFrom(false, false, false, true),
      }),
      { maxLength: 7 },
    ),
    tasks: fc.array(spawn, { minLength: 1, maxLength: 12 }),
    events: fc.array(
      fc.record({
        after: fc.integer({ min: 0, max: 80 * MS }),
        kind: fc.constantFrom(...kinds),
        task: fc.nat(),
        to: fc.nat(),
      }),
      { maxLength: events },
    ),
  })

/** A world that does what a `Load` says, and is asked between events. */
class Loaded extends World {
  readonly load: Load
  /** Cgroup ids; the first is the root. */
  readonly ids: number[] = [this.root]
  readonly parents: number[] = [-1]
  readonly living: number[] = []
  readonly all: number[] = []
  readonly frozen = new Set<number>()
  readonly burners = new Set<number>()

  constructor(load: Load) {
    super(load.cpus)
    this.load = load
    for (const { parent, shares, quota, period, burst, idle } of load.groups) {
      const above = parent % this.ids.length
      const bandwidth = quota === undefined ? {} : { quota, period, burst: Math.min(burst, quota) }
      this.parents.push(above)
      this.ids.push(
        this.cgroup({ shares: idle ? 3 : shares, idle: idle ? 1 : 0, ...bandwidth }, this.ids[above]!),
      )
    }
    for (const it of load.tasks) this.spawn(it)
  }

  spawn({ group, nice, cpu, burst, sleep }: Spawn): void {
    const behaviour: Behaviour = burst === undefined ? burner : () => ({ burst, user: burst >> 1, sleep })
    const affinity = cpu === undefined || cpu >= this.load.cpus ? [] : [cpu]
    const id = this.task(behaviour, this.ids[group % this.ids.length]!, { nice, affinity })
    this.living.push(id)
    this.all.push(id)
  }

  act({ kind, task, to }: Event): void {
    const { k } = this
    const id = this.living[task % Math.max(1, this.living.length)]
    if (kind === 'spawn') this.spawn(this.load.tasks[to % this.load.tasks.length]!)
    if (id === undefined) return
    if (kind === 'move') {
      k.tasks.own(id).cgroups = [this.ids[to % this.ids.length]!]
      k.sched.moved(id)
    } else if (kind === 'freeze' || kind === 'thaw') {
      k.sched.setFrozen(id, kind === 'freeze', false)
    } else if (kind === 'kill') {
      k.tasks.own(id).state = 'Z'
      k.sched.dequeue(id)
      k.sched.exit(id)
      this.living.splice(this.living.indexOf(id), 1)
    } else if (kind === 'bind' || kind === 'free') {
      k.tasks.own(id).affinity = kind === 'bind' ? [to % this.load.cpus] : []
      k.sched.setAffinity(id)
    } else if (kind === 'nice') {
      k.tasks.own(id).nice = (to % 40) - 20
      k.sched.setNice(id)
    } else if (kind === 'policy') {
      const policy = [SCHED_OTHER, SCHED_FIFO, SCHED_RR, SCHED_BATCH, SCHED_IDLE][to % 5]!
      const rtPriority = policy === SCHED_FIFO || policy === SCHED_RR ? 1 + (to % 3) : 0
      Object.assign(k.tasks.own(id), { policy, rtPriority })
      k.sched.setNice(id)
    } else if (kind === 'wake' && k.tasks.get(id).state === 'S') this.wake(id)
  }

  /** Lets the whole load pass; `look` is called after every event. */
  play(look: () => void): void {
    let at = 0
    for (const event of this.load.events) {
      at += event.after
      this.k.sched.run(at)
      look()
      this.act(event)
      look()
    }
    this.k.sched.run(at + 300 * MS)
    look()
  }

  override wake(id: number): void {
    if (this.k.tasks.get(id).state !== 'Z') super.wake(id)
  }

  usage(group: number): number {
    return cgroupCpuStat(this.k, this.ids[group]!).usage
  }

  busy(cpu: number): number {
    const { user, nice, system } = cpuTimes(this.k, cpu)
    return user + nice + system
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
const cpusOf = (world: Loaded): number[] => Array.from({ length: world.load.cpus }, (_, cpu) => cpu)

/** What the trace says each CPU and each cgroup has had. */
function traced(world: Loaded, begin: number): { idle: number[]; own: Map<number, number> } {
  const idle = cpusOf(world).map(() => 0)
  const own = new Map<number, number>()
  const running = cpusOf(world).map(() => ({ at: begin, task: 0, cgroup: 0 }))
  const end = (cpu: number, at: number) => {
    const { at: since, task, cgroup } = running[cpu]!
    if (task) own.set(cgroup, (own.get(cgroup) ?? 0) + at - since)
    else idle[cpu]! += at - since
  }
  for (const event of world.k.sched.trace!.since(0)) {
    if (event.kind !== 'switch') continue
    end(event.cpu, event.at)
    running[event.cpu] = event
  }
  for (const cpu of cpusOf(world)) end(cpu, world.k.clock)
  return { idle, own }
}

/** The same loads each time; another seed makes others. */
const RUNS = { numRuns: 25, seed: 6 }

describe('under random load', () => {
  test('time is conserved: busy and idle are CPUs times elapsed, and every ns of it is some task’s', () => {
    fc.assert(
      fc.property(load(30, WITH_REALTIME), it => {
        const world = new Loaded(it)
        world.k.sched.watch(1_000_000)
        world.play(() => {
          world.k.sched.settle()
          const { idle } = traced(world, 0)
          const busy = cpusOf(world).map(cpu => world.busy(cpu))
          expect(cpusOf(world).map(cpu => idle[cpu]! + busy[cpu]!)).toEqual(busy.map(() => world.k.clock))
          const had = world.all.map(id => world.k.tasks.get(id)).map(({ utime, stime }) => utime + stime)
          // A zombie's times are final at once, while the rest of its last burst still occupies a CPU.
          if (world.living.length === world.all.length) expect(sum(had)).toBe(sum(busy))
          expect(world.usage(0)).toBe(sum(busy))
        })
      }),
      RUNS,
    )
  })

  test('what groups use is what their own tasks and the groups below them use', () => {
    fc.assert(
      fc.property(load(30, WITH_REALTIME), it => {
        const world = new Loaded(it)
        world.k.sched.watch(1_000_000)
        world.play(() => {
          const { own } = traced(world, 0)
          world.ids.forEach((id, group) => {
            const below = world.ids.map((_, i) => i).filter(i => world.parents[i] === group)
            expect(world.usage(group)).toBe((own.get(id) ?? 0) + sum(below.map(i => world.usage(i))))
          })
        })
      }),
      RUNS,
    )
  })

  test('no group has more than its quota of every period, and what a burst lets it save', () => {
    fc.assert(
      fc.property(load(30), it => {
        const world = new Loaded(it)
        let last = { at: 0, usage: world.ids.map(() => 0) }
        world.play(() => {
          const { clock } = world.k
          it.groups.forEach(({ quota, period, burst }, i) => {
            if (quota === undefined) return
            const used = world.usage(i + 1)
            // In all: one quota at the start, and one at the end of each period. A grid of periods may begin anywhere.
            expect(used).toBeLessThanOrEqual(quota * (Math.floor(clock / period) + 2))
            // In any stretch: what the burst saved, and what its CPUs had left of their slices.
            const stretch = clock - last.at
            const saved = Math.min(burst, quota) + it.cpus * SLICE
            const most = quota * (Math.floor(stretch / period) + 2) + saved
            expect(used - last.usage[i + 1]!).toBeLessThanOrEqual(most)
          })
          last = { at: clock, usage: world.ids.map((_, i) => world.usage(i)) }
        })
      }),
      RUNS,
    )
  })

  test('no CPU is idle for long while a task that may run there waits', () => {
    fc.assert(
      fc.property(load(20), it => {
        const world = new Loaded(it)
        const { sched } = world.k
        const waiting = (): string[] =>
          sched.rqs
            .filter(rq => !rq.curr)
            .flatMap(rq =>
              world.living
                .map(id => sched.find(id)!)
                .filter(task => task.onRq && sched.rqs[task.cpu]!.curr !== task)
                .filter(task => !task.allowed || task.allowed.includes(rq.cpu))
                .filter(task => !task.se.cfsRq.throttleCount && !task.group.cfsRq[rq.cpu]!.throttleCount)
                .map(task => `${task.id} on ${rq.cpu}`),
            )
        world.play(() => {})
        // Whoever waits at every look for as long as that should have been taken.
        let always = waiting()
        for (let t = 0; t <= 2 * BALANCE && always.length; t += MS / 2) {
          sched.run(world.k.clock + MS / 2)
          const now = new Set(waiting())
          always = always.filter(it => now.has(it))
        }
        expect(always).toEqual([])
      }),
      RUNS,
    )
  })

  test('counters never go back', () => {
    fc.assert(
      fc.property(load(30, WITH_REALTIME), it => {
        const world = new Loaded(it)
        const seen = new Map<string, number>()
        world.play(() => {
          world.k.sched.settle()
          const counters = new Map<string, number>()
          for (const id of world.ids)
            for (const [name, value] of Object.entries(cgroupCpuStat(world.k, id)))
              counters.set(`${id} ${name}`, value)
          for (const id of world.all) {
            const { utime, stime, nvcsw, nivcsw } = world.k.tasks.get(id)
            for (const [name, value] of Object.entries({ utime, stime, nvcsw, nivcsw }))
              counters.set(`task ${id} ${name}`, value)
          }
          for (const cpu of cpusOf(world))
            for (const [name, value] of Object.entries(cpuTimes(world.k, cpu)))
              counters.set(`cpu ${cpu} ${name}`, value)
          for (const [name, value] of counters) {
            expect(value, name).toBeGreaterThanOrEqual(seen.get(name) ?? 0)
            seen.set(name, value)
          }
        })
      }),
      RUNS,
    )
  })
})

describe('real-time tasks', () => {
  test('no CPU runs less important work while a real-time task that may run there waits', () => {
    fc.assert(
      fc.property(load(30, WITH_REALTIME), it => {
        const world = new Loaded(it)
        const { sched } = world.k
        const importance = (cpu: number): number => sched.rqs[cpu]!.curr?.rtPriority ?? 0
        world.play(() => {
          // Whatever was decided at this very moment takes effect first.
          sched.run(world.k.clock + 1)
          for (const id of world.living) {
            const task = sched.find(id)
            if (!task?.onRtRq || sched.rqs[task.cpu]!.rt.throttled || sched.rqs[task.cpu]!.curr === task)
              continue
            for (const cpu of task.allowed ?? cpusOf(world))
              if (!sched.rqs[cpu]!.rt.throttled)
                expect(importance(cpu)).toBeGreaterThanOrEqual(task.rtPriority)
          }
        })
      }),
      RUNS,
    )
  })

  test('together they have no more than 950 ms of a second of each CPU', () => {
    const world = new World(2)
    const fields = { policy: SCHED_FIFO, rtPriority: 1 }
    const ids = [1, 2, 3].map(() => world.task(burner, world.root, fields))
    const other = world.task(burner)
    world.k.sched.run(10_000 * MS)
    expect(ids.reduce((total, id) => total + world.time(id), 0)).toBe(19)
    expect(world.time(other)).toBe(0.5)
  })
})

describe('weights', () => {
  test('who burns on one CPU has his weight’s part of it, within one slice at each level', () => {
    const trees = fc.record({
      groups: fc.array(fc.record({ parent: fc.nat(5), shares: fc.integer({ min: 50, max: 5000 }) }), {
        maxLength: 5,
      }),
      tasks: fc.array(fc.record({ group: fc.nat(5), nice: fc.integer({ min: -5, max: 5 }) }), {
        minLength: 1,
        maxLength: 8,
      }),
      until: fc.integer({ min: 500 * MS, max: 3000 * MS }),
    })
    fc.assert(
      fc.property(trees, ({ groups, tasks, until }) => {
        const world = new World(1)
        const ids = [world.root]
        for (const { parent, shares } of groups) ids.push(world.cgroup({ shares }, ids[parent % ids.length]!))
        const all = tasks.map(({ group, nice }) => world.task(burner, ids[group % ids.length]!, { nice }))
        world.k.sched.run(until)
        world.k.sched.settle()
        const { sched } = world.k
        for (const id of all) {
          const { utime, stime } = world.k.tasks.get(id)
          let part = 1
          let levels = 0
          for (let se: SchedEntity | undefined = sched.find(id)!.se; se; se = se.parent) {
            part *= se.weight / se.cfsRq.load
            levels++
          }
          // A slice lasts up to the tick after its end, and grows with the number of tasks.
          const slice = Math.max(sched.tunables.latency, tasks.length * sched.tunables.minGranularity) + TICK
          expect(Math.abs(utime + stime - part * until)).toBeLessThanOrEqual(levels * slice)
        }
      }),
      { ...RUNS, numRuns: 100 },
    )
  })
})
