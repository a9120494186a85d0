import { expect, test } from 'vitest'
import {
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUSER,
  CLONE_NEWUTS,
  Errno,
  SIGCONT,
  SIGKILL,
  SIGSTOP,
  SIGTERM,
  SIGTSTP,
  type Sys,
  WNOHANG,
  WUNTRACED,
} from '../../src/abi/index.ts'
import { type Kernel, spawn } from '../../src/kernel/index.ts'
import { rebuildPids } from '../../src/kernel/pid-namespace.ts'
import { Random } from '../../src/kernel/random.ts'
import { boot, install, MS, SECOND } from './boot.ts'

const NAMESPACES = [CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWUSER]
const SIGNALS = [SIGTERM, SIGKILL, SIGSTOP, SIGTSTP, SIGCONT]

/** A program that does something or other, and has children that do. */
function* restless(sys: Sys, random: Random, depth: number): Generator<object, number, void> {
  const fds: number[] = []
  for (let i = 0; i < 12; i++) {
    try {
      yield* step(sys, random, depth, fds)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
    }
  }
  return random.below(4)
}

function* step(sys: Sys, random: Random, depth: number, fds: number[]): Generator<object, void, void> {
  switch (random.below(14)) {
    case 0:
    case 1:
    case 2: {
      const flags = random.below(3) ? 0 : NAMESPACES[random.below(NAMESPACES.length)]!
      if (depth < 3) sys.clone(flags, its => restless(its, random, depth + 1))
      return
    }
    case 3:
      yield* sys.wait4(-1, random.below(2) ? WNOHANG : WUNTRACED)
      return
    case 4:
      yield* sys.kill([-1, 0, 2 + random.below(40)][random.below(3)]!, SIGNALS[random.below(SIGNALS.length)]!)
      return
    case 5:
      sys.setsid()
      return
    case 6:
      sys.setpgid(0, random.below(2) ? 0 : 2 + random.below(40))
      return
    case 7:
      sys.unshare(NAMESPACES[random.below(NAMESPACES.length)]!)
      return
    case 8:
      fds.push(...sys.pipe2(0))
      return
    case 9:
      if (fds.length) sys.close(fds.splice(random.below(fds.length), 1)[0]!)
      return
    case 10:
      if (fds.length) yield* sys.write(fds[random.below(fds.length)]!, 'x'.repeat(random.below(5000)))
      return
    case 11:
      yield* sys.nanosleep(random.below(20) * MS)
      return
    case 12:
      if (random.below(4) === 0) yield* sys.execve('/bin/true', ['true'], [])
      else yield* sys.burn(random.below(20) * MS)
      return
    default:
      sys.dup2(0, 5 + random.below(5))
  }
}

function sizes(k: Kernel): Record<string, number> {
  return Object.fromEntries(
    Object.entries(k.store.tables).map(([name, table]) => [name, (table as { size: number }).size]),
  )
}

/** What lies beside the tables must say the same as they do. */
function check(k: Kernel): void {
  const tasks = [...k.tasks.values()]
  expect(k.stopped).toBe(tasks.filter(it => it.state === 'T').length)
  for (const [uid, count] of k.processes)
    expect(tasks.filter(it => k.creds.get(it.cred).uid === uid).length).toBe(count)
  for (const [cred, users] of k.credUsers)
    expect(tasks.filter(it => it.cred === cred).length).toBeLessThanOrEqual(users)
  for (const task of tasks) {
    expect(k.pids.get(task.id)?.numbers).toEqual(task.pids)
    expect(k.threads.has(task.id)).toBe(task.state !== 'Z')
    for (const child of task.children) expect(k.tasks.get(child).parent).toBe(task.id)
  }
  for (const [queue, sleepers] of k.queues)
    for (const id of sleepers) expect(`${queue} ${k.tasks.get(id).state}`).toBe(`${queue} S`)
}

test.for([1, 2, 3, 4, 5, 6, 7, 8])(
  'nothing leaks and everything agrees after a storm of system calls (%i)',
  seed => {
    const k = boot()
    install(k, '/bin/true', function* () {
      return 0
    })
    k.sched.run(k.clock + SECOND)
    const before = sizes(k)
    const random = new Random(seed)
    for (let round = 0; round < 3; round++) {
      const shell = spawn(k, { argv: ['storm'], program: sys => restless(sys, random, 0), session: true })
      for (let i = 0; i < 20; i++) {
        k.sched.run(k.clock + 10 * MS)
        k.store.commit()
        check(k)
      }
      k.watched.delete(shell)
    }
    // Whoever is left is killed, from the outside.
    const killer = spawn(k, {
      argv: ['killer'],
      program: function* (sys) {
        try {
          yield* sys.kill(-1, SIGKILL)
        } catch {
          // Nobody is left.
        }
        return 0
      },
    })
    k.sched.run(k.clock + 10 * SECOND)
    expect(k.reaped.get(killer)).toBe(0)
    check(k)
    expect([...k.tasks.values()].map(it => `${it.comm} ${it.state} ${it.wchan}`)).toHaveLength(1)
    expect(sizes(k)).toEqual(before)
    const index = new Map(k.pids)
    rebuildPids(k)
    expect(new Map(k.pids)).toEqual(index)
    expect(k.queues.size).toBe(0)
  },
)

/** Every record, without the epochs, which say how often somebody has looked. */
function picture(k: Kernel): unknown {
  return Object.entries(k.store.tables).map(([name, table]) => [
    name,
    [...(table as { values(): Iterable<{ epoch: number }> }).values()].map(it => ({ ...it, epoch: 0 })),
  ])
}

test('how a stretch of time is divided, and how often one looks, makes no difference', () => {
  const storm = (slice: number): unknown => {
    const k = boot({ freeze: false })
    install(k, '/bin/true', function* () {
      return 0
    })
    const random = new Random(42)
    spawn(k, { argv: ['storm'], program: sys => restless(sys, random, 0), session: true })
    const end = k.clock + 300 * MS
    for (let at = k.clock; at < end; ) {
      at = Math.min(end, at + slice)
      k.sched.run(at)
      k.sched.settle()
      k.store.commit()
    }
    return picture(k)
  }
  const whole = storm(SECOND)
  expect(storm(7 * MS)).toEqual(whole)
  expect(storm(123_457)).toEqual(whole)
})
