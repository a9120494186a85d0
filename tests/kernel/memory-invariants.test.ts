/**
 * What adds up in memory whatever happens: random programs in a tree of cgroups with limits, with and without swap,
 * that take, use and give back memory, write files of a tmpfs, move, fork and die.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Blocking, encode, Errno, O_CREAT, O_RDWR, SIGKILL, type Sys } from '../../src/abi/index.ts'
import { cgroup2 } from '../../src/fs/cgroup/cgroup2.ts'
import { ancestors, descendants, hierarchyWith } from '../../src/kernel/cgroup/cgroup.ts'
import { chargesOf, memcg, memoryUsage } from '../../src/kernel/cgroup/memcg.ts'
import { type Kernel, loadBlockDrivers, spawn } from '../../src/kernel/index.ts'
import { boot, MS, run } from './boot.ts'

await loadBlockDrivers()

const PAGE = 4096
const MIB = 1 << 20
const GROUPS = ['/cg', '/cg/a', '/cg/a/b', '/cg/a/c', '/cg/d'] as const
const LIMITS = ['memory.max', 'memory.high', 'memory.low', 'memory.swap.max'] as const
/** What every program has for itself, which no limit keeps out. */
const PROGRAM = 256 * 1024

type Op =
  | {
      readonly kind: 'brk' | 'touch' | 'write' | 'truncate' | 'read'
      readonly who: number
      readonly pages: number
    }
  | { readonly kind: 'unlink' | 'fork' | 'kill'; readonly who: number }
  | { readonly kind: 'move'; readonly who: number; readonly to: number }
  | { readonly kind: 'limit'; readonly to: number; readonly file: number; readonly pages: number }
  | { readonly kind: 'rmdir' | 'mkdir'; readonly to: number }

const who = fc.nat(3)
const pages = fc.nat(3000)
const leaf = fc.integer({ min: 2, max: 4 })
const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('brk' as const), who, pages }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('touch' as const), who, pages }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('write', 'read', 'truncate'), who, pages }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('unlink', 'fork', 'kill'), who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), who, to: leaf }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('limit' as const),
      to: fc.integer({ min: 1, max: 4 }),
      file: fc.nat(LIMITS.length - 1),
      pages,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('rmdir', 'mkdir'), to: leaf }) },
) as fc.Arbitrary<Op>

/** A refusal is an answer, too. */
function* attempt(act: Blocking<unknown> | (() => void)): Blocking<void> {
  try {
    if (typeof act === 'function') act()
    else yield* act
  } catch (e) {
    if (!(e instanceof Errno)) throw e
  }
}

function* put(sys: Sys, path: string, text: string): Blocking<void> {
  const fd = yield* sys.open(path, O_RDWR)
  try {
    yield* sys.write(fd, text)
  } finally {
    sys.close(fd)
  }
}

/** Does what it is told, one thing after the other. */
function* worker(sys: Sys, orders: Op[]): Blocking<number> {
  for (;;) {
    const it = orders.shift()
    if (it) yield* attempt(obey(sys, it))
    else yield* sys.nanosleep(MS)
  }
}

function* obey(sys: Sys, it: Op): Blocking<void> {
  const path = `/tmp/f${'who' in it ? it.who : 0}`
  switch (it.kind) {
    case 'brk':
      return yield* sys.brk(it.pages * PAGE)
    case 'touch':
      return yield* sys.touch((it.pages >> 2) * PAGE, it.pages * PAGE)
    case 'write':
    case 'read': {
      const fd = yield* sys.open(path, O_RDWR | O_CREAT, 0o600)
      const bytes = (it.pages >> 2) * PAGE
      if (it.kind === 'write') yield* sys.write(fd, new Uint8Array(bytes + 1))
      else yield* sys.read(fd, bytes)
      return sys.close(fd)
    }
    case 'truncate':
      return yield* sys.truncate(path, (it.pages >> 3) * PAGE)
    case 'unlink':
      return sys.unlink(path)
    case 'fork':
      sys.clone(0, function* (its) {
        yield* its.nanosleep(5 * MS)
        return 0
      })
  }
}

class Host {
  readonly k: Kernel
  readonly workers: { id: number; readonly orders: Op[] }[] = []

  constructor(hasSwap: boolean) {
    this.k = boot({ memory: 512 * MIB, freeze: false })
    this.k.vfs.registerFilesystem(cgroup2(this.k))
    this.do(function* (sys) {
      sys.mkdir('/cg', 0o755)
      sys.mount('cgroup2', '/cg', 'cgroup2', 0, '')
      yield* put(sys, '/cg/cgroup.subtree_control', '+memory')
      sys.mkdir('/cg/a', 0o755)
      yield* put(sys, '/cg/a/cgroup.subtree_control', '+memory')
      for (const path of GROUPS.slice(2)) sys.mkdir(path, 0o755)
      if (hasSwap) yield* makeSwap(sys)
    })
    for (let i = 0; i < 4; i++) this.start()
  }

  start(): void {
    const orders: Op[] = []
    const id = spawn(this.k, { argv: ['worker'], program: sys => worker(sys, orders) })
    this.workers.push({ id, orders })
  }

  /** By root, outside of all groups. */
  do(act: (sys: Sys) => Blocking<void>): void {
    run(this.k, function* (sys) {
      yield* attempt(act(sys))
      return 0
    })
  }

  apply(it: Op): void {
    const { k } = this
    const target = 'who' in it ? this.workers[it.who % this.workers.length]! : undefined
    const pid = target && k.tasks.find(target.id)?.pids[0]
    switch (it.kind) {
      case 'move':
        if (pid) this.do(sys => put(sys, `${GROUPS[it.to]}/cgroup.procs`, String(pid)))
        break
      case 'kill':
        if (pid) this.do(sys => sys.kill(pid, SIGKILL))
        break
      case 'limit': {
        const text = it.pages > 2500 ? 'max' : String(it.pages * PAGE)
        this.do(sys => put(sys, `${GROUPS[it.to]}/${LIMITS[it.file]}`, text))
        break
      }
      case 'rmdir':
      case 'mkdir':
        this.do(function* (sys) {
          if (it.kind === 'rmdir') sys.rmdir(GROUPS[it.to]!)
          else sys.mkdir(GROUPS[it.to]!, 0o755)
        })
        break
      default:
        target!.orders.push(it)
    }
    k.sched.run(k.clock + 20_000 * MS, () =>
      this.workers.some(({ id, orders }) => orders.length && isAlive(k, id)),
    )
    k.sched.run(k.clock + 30 * MS)
    this.workers.forEach(({ id }, i) => {
      if (isAlive(k, id)) return
      this.workers.splice(i, 1)
      this.start()
    })
  }
}

const isAlive = (k: Kernel, id: number): boolean => (k.tasks.find(id)?.state ?? 'Z') !== 'Z'

function* makeSwap(sys: Sys): Blocking<void> {
  const size = 16 * MIB
  const header = new Uint8Array(PAGE)
  header.set(encode('SWAPSPACE2'), PAGE - 10)
  new DataView(header.buffer).setUint32(1028, size / PAGE - 1, true)
  const fd = yield* sys.open('/sw', O_RDWR | O_CREAT, 0o600)
  yield* sys.write(fd, header)
  yield* sys.ftruncate(fd, size)
  sys.close(fd)
  yield* sys.swapon('/sw', 0)
}

const sum = (list: Iterable<number>): number => [...list].reduce((a, b) => a + b, 0)

/** Everything that must hold at any moment. */
function check(k: Kernel): void {
  const tasks = [...k.tasks.values()]
  const files = [...k.pageCache.shmem].map(([id, it]) => ({ owner: k.vfs.inode(id).memcg ?? 0, ...it }))
  const { root } = hierarchyWith(k, 'memory')
  for (const cg of descendants(k, root)) {
    const own = memcg.of(cg)
    if (cg.parent) {
      const charges = tasks.flatMap(it => it.charges).filter(it => it.cgroup === cg.id)
      const theirs = files.filter(it => it.owner === cg.id)
      expect(own.anon, 'anon is what tasks have').toBe(sum(charges.map(it => it.anon)))
      const inSwap = sum(charges.map(it => it.swap ?? 0)) + sum(theirs.map(it => it.swapped.size)) * PAGE
      expect(own.swap, 'swap is what tasks and files have there').toBe(inSwap)
      expect(own.shmem, 'shmem is what files have').toBe(
        sum(theirs.map(it => it.pages - it.swapped.size)) * PAGE,
      )
      expect(own.file, 'nothing else is cached').toBe(own.shmem)
      const programs = [...descendants(k, cg.id)].reduce((all, it) => all + it.nrTasks, 0)
      expect(memoryUsage(k, cg.id), 'within the limit').toBeLessThanOrEqual(own.max + programs * PROGRAM)
    }
    for (const [name, value] of Object.entries(own))
      if (typeof value === 'number') expect(value, name).toBeGreaterThanOrEqual(0)
    const below = sum(cg.children.map(id => memoryUsage(k, id)))
    if (cg.parent)
      expect(memoryUsage(k, cg.id), 'a parent has what its children have').toBeGreaterThanOrEqual(below)
    if (cg.parent) expect(own.peak).toBeGreaterThanOrEqual(own.anon)
  }
  for (const { rss, swapped, charges } of tasks) {
    expect(swapped).toBeLessThanOrEqual(rss)
    expect(sum(charges.map(it => it.swap ?? 0))).toBeLessThanOrEqual(swapped)
    for (const it of charges) expect(Math.min(it.anon, it.swap ?? 0)).toBeGreaterThanOrEqual(0)
  }
  expect(k.memoryUsed, 'what all heaps have').toBe(sum(tasks.map(it => it.rss - it.swapped)))
  expect(k.pageCache.nrShmem).toBe(sum(files.map(it => it.pages - it.swapped.size)))
  const inSwap = sum(tasks.map(it => it.swapped / PAGE)) + sum(files.map(it => it.swapped.size))
  expect(sum((k.swap?.areas ?? []).map(it => it.used)), 'places in swap').toBe(inSwap)
  expect(k.pageCache.pswpout - k.pageCache.pswpin).toBeGreaterThanOrEqual(inSwap)
}

for (const hasSwap of [false, true])
  test(`memory adds up ${hasSwap ? 'with' : 'without'} swap`, () => {
    fc.assert(
      fc.property(fc.array(op, { minLength: 5, maxLength: 40 }), ops => {
        const host = new Host(hasSwap)
        for (const it of ops) {
          host.apply(it)
          check(host.k)
        }
      }),
      { numRuns: 25 },
    )
  }, 60_000)

test('a cgroup that everybody has left has nothing but what it cached', () => {
  const host = new Host(true)
  const { k } = host
  host.apply({ kind: 'limit', to: 4, file: 0, pages: 1000 })
  host.apply({ kind: 'move', who: 0, to: 4 })
  host.apply({ kind: 'brk', who: 0, pages: 2000 })
  const [cg] = [...descendants(k, hierarchyWith(k, 'memory').root)].filter(it => it.name === 'd')
  expect(chargesOf(k, cg!.id).swap).toBeGreaterThan(900 * PAGE)
  expect([...ancestors(k, cg!.id)].length).toBe(2)
  host.apply({ kind: 'kill', who: 0 })
  expect(chargesOf(k, cg!.id)).toMatchObject({ anon: 0, swap: 0, pagetables: 0, slab: 0 })
})
