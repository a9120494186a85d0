/**
 * What a generator of shell commands knows of the world its commands run in: enough that most of them mean something.
 * It is a guess: a command that is refused leaves it wrong, and the next ones are the wrong uses that are wanted too.
 */
import { randomOf } from '../random.ts'

export const HOLDERS = ['A', 'B', 'C'] as const
export const JOBS = ['J', 'K'] as const

/** A kind of command and how often it is taken. */
export type Command = readonly [weight: number, make: (w: World) => string]

export class World {
  readonly below: (n: number) => number
  /** Whose commands they are: root, uid 1000, or root of a user namespace. */
  readonly as: 'root' | 'user' | 'fakeroot'
  /** Shells around this one. */
  readonly depth: number
  /** Directories that are there, relative to the working directory. */
  readonly dirs: string[]
  readonly files: string[]
  /** Where something was mounted, the last one last. */
  readonly mounts: string[]
  /** Shell variables that hold the number of a process in namespaces of its own. */
  readonly holders: string[]
  /** Files on which a namespace was mounted, with its kind. */
  readonly nsFiles: [kind: string, path: string][]
  /** Background jobs, by variable. */
  readonly jobs: string[]
  /** Control groups below /sys/fs/cgroup. */
  readonly groups: string[]

  constructor(seed: number | World, as: World['as'] = 'root') {
    const outer = typeof seed === 'number' ? undefined : seed
    this.below = typeof seed === 'number' ? randomOf(seed) : seed.below
    this.as = as
    this.depth = outer ? outer.depth + 1 : 0
    this.dirs = [
      ...(outer?.dirs ?? [
        'a',
        'b',
        'c',
        'd',
        'a/x',
        'b/x',
        'c/y',
        'u',
        'u/a',
        'u/b',
        'r',
        'r/proc',
        'r/old',
      ]),
    ]
    this.files = [...(outer?.files ?? ['f', 'g', 'a/f', 'u/f'])]
    this.mounts = [...(outer?.mounts ?? [])]
    this.holders = [...(outer?.holders ?? [])]
    this.nsFiles = [...(outer?.nsFiles ?? [])]
    this.jobs = [...(outer?.jobs ?? [])]
    this.groups = [...(outer?.groups ?? [])]
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!
  }

  chance(percent: number): boolean {
    return this.below(100) < percent
  }

  /** One of some kinds of command, by weight. */
  command(kinds: readonly Command[]): string {
    let at = this.below(kinds.reduce((sum, [weight]) => sum + weight, 0))
    for (const [weight, make] of kinds) {
      at -= weight
      if (at < 0) return make(this)
    }
    return ':'
  }

  /** Some of a list, in order, joined. */
  some(list: readonly string[], percent: number, glue: string): string {
    return list.filter(() => this.chance(percent)).join(glue)
  }

  dir(): string {
    if (this.chance(3)) return this.pick(['nosuch', 'f', '.', '/mnt/a', 'a/../b', '/proc'])
    if (this.as === 'user' && this.chance(70)) return this.pick(['u', 'u/a', 'u/b'])
    // Most are the same few, so that operations meet.
    return this.chance(60) ? this.pick(['a', 'b', 'c', 'd']) : this.pick(this.dirs)
  }

  file(): string {
    if (this.chance(4)) return this.pick(['nosuch', 'a', 'f/x'])
    return this.as === 'user' && this.chance(70) ? 'u/f' : this.pick(this.files)
  }

  /** Somewhere something is mounted, mostly. */
  mounted(): string {
    return this.mounts.length && !this.chance(12) ? this.pick(this.mounts) : this.dir()
  }

  mount(at: string): string {
    this.mounts.push(at)
    return at
  }

  /** The number of a process in other namespaces, mostly. */
  holder(): string {
    if (!this.holders.length || this.chance(6)) return this.pick(['1', '$$', '99999', '$PPID', '0', 'x'])
    return `$${this.pick(this.holders)}`
  }

  /** The number of any process. */
  process(): string {
    const known = [...this.holders, ...this.jobs, ...this.jobs].map(name => `$${name}`)
    return known.length && !this.chance(10) ? this.pick(known) : this.pick(['1', '$$', '$PPID', '99999'])
  }

  newHolder(): string {
    const name = this.pick(HOLDERS)
    if (!this.holders.includes(name)) this.holders.push(name)
    return name
  }

  newJob(): string {
    const name = this.pick(JOBS)
    if (!this.jobs.includes(name)) this.jobs.push(name)
    return name
  }

  group(): string {
    if (this.chance(4)) return this.pick(['/sys/fs/cgroup', '/sys/fs/cgroup/nosuch'])
    return `/sys/fs/cgroup/${this.groups.length ? this.pick(this.groups) : 'p'}`
  }
}
