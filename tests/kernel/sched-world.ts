/** A kernel with nothing but tables and a scheduler, for tests: programs are functions from the clock to a burst. */
import { Dmesg } from '../../src/kernel/dmesg.ts'
import type { Kernel } from '../../src/kernel/kernel.ts'
import { Scheduler } from '../../src/kernel/sched/index.ts'
import type { Cgroup, Hierarchy, KernelSchema, Task } from '../../src/kernel/types.ts'
import { type Draft, Store } from '../../src/state/index.ts'

/** What a task does when it gets a CPU: the cost of its next burst, and whether and until when it sleeps then. */
export interface Step {
  readonly burst: number
  readonly user?: number
  /** ns to sleep after the burst; absent: go on; Infinity: sleep for ever. */
  readonly sleep?: number
  readonly exit?: boolean
}
export type Behaviour = (clock: number, world: World) => Step

export const MS = 1_000_000
export const SECOND = 1_000_000_000
export const burner: Behaviour = () => ({ burst: 3600 * SECOND, user: 3600 * SECOND })

const NO_CGROUP: Omit<Draft<Cgroup>, 'parent' | 'hierarchy' | 'name'> = {
  children: [],
  level: 0,
  ino: 0,
  subtreeControl: ['cpu'],
  nrTasks: 0,
  frozen: false,
  maxDescendants: Number.POSITIVE_INFINITY,
  maxDepth: Number.POSITIVE_INFINITY,
  notifyOnRelease: false,
  cloneChildren: false,
  shares: 1024,
  quota: -1,
  period: 100 * MS,
  burst: 0,
  idle: 0,
  nrPeriods: 0,
  nrThrottled: 0,
  throttledTime: 0,
  nrBursts: 0,
  burstTime: 0,
  throttled: false,
  usage: 0,
  usageUser: 0,
  usageSystem: 0,
  runtime: 0,
  pidsMax: Number.POSITIVE_INFINITY,
  pidsEvents: 0,
  pidsPeak: 0,
} as unknown as Omit<Draft<Cgroup>, 'parent' | 'hierarchy' | 'name'>

export class World {
  readonly k: Kernel
  readonly root: number
  readonly #behaviours = new Map<number, Behaviour>()
  /** What happened, for comparing two runs. */
  readonly trace: string[] = []

  constructor(cpus = 2) {
    const store = new Store<KernelSchema>(['tasks', 'cgroups', 'hierarchies'], false)
    const { tasks, cgroups, hierarchies } = store.tables
    const k = {
      store,
      tasks,
      cgroups,
      hierarchies,
      cpus,
      clock: 0,
      spent: 0,
      spentUser: 0,
      current: 0,
      sysctl: new Map(),
      dmesg: new Dmesg(),
      now: () => k.clock + k.spent,
    } as unknown as Kernel
    this.k = k
    ;(k as { sched: Scheduler }).sched = new Scheduler(k, id => this.#resume(id))
    const hierarchy = hierarchies.insert({
      version: 2,
      controllers: ['cpu'],
      name: '',
      root: 0,
    } as unknown as Draft<Hierarchy>)
    this.root = cgroups.insert({ ...NO_CGROUP, hierarchy: hierarchy.id, parent: 0, name: '' }).id
    hierarchies.own(hierarchy.id).root = this.root
  }

  cgroup(settings: Partial<Draft<Cgroup>> = {}, parent = this.root): number {
    return this.k.cgroups.insert({ ...NO_CGROUP, hierarchy: 1, parent, name: 'g', ...settings }).id
  }

  task(behaviour: Behaviour, cgroup = this.root, fields: Partial<Task> = {}): number {
    const { id } = this.k.tasks.insert({
      state: 'R',
      nice: 0,
      policy: 0,
      affinity: [],
      cpu: 0,
      cgroups: [cgroup],
      pids: [1],
      comm: 'task',
      utime: 0,
      stime: 0,
      pending: 0n,
      ...fields,
    } as unknown as Draft<Task>)
    this.#behaviours.set(id, behaviour)
    this.k.sched.enqueue(id)
    return id
  }

  #resume(id: number): void {
    const { k } = this
    const step = this.#behaviours.get(id)!(k.clock, this)
    this.trace.push(`${k.clock} ${id} ${step.burst}`)
    k.spent = step.burst
    k.spentUser = step.user ?? 0
    if (step.exit) {
      k.tasks.own(id).state = 'Z'
      k.sched.exit(id)
      k.sched.dequeue(id)
    } else if (step.sleep !== undefined) {
      k.tasks.own(id).state = 'S'
      k.sched.dequeue(id)
      if (step.sleep !== Number.POSITIVE_INFINITY)
        k.sched.timers.add(k.clock + step.burst + step.sleep, () => this.wake(id))
    }
  }

  wake(id: number): void {
    this.k.tasks.own(id).state = 'R'
    this.k.sched.enqueue(id)
  }

  /** CPU seconds a task has had. */
  time(id: number): number {
    this.k.sched.settle()
    const { utime, stime } = this.k.tasks.get(id)
    return (utime + stime) / SECOND
  }
}
