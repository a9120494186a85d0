/**
 * A small host whose processes do what they are told: a kernel with /proc, /cg (cgroup2) and programs at /bin that
 * are all the same actor, some of them set-user-ID or with capabilities. Each command is carried out to its end, or
 * until the actor sleeps, before the next one is given.
 */
import {
  type Blocking,
  CLONE_NEWCGROUP,
  CLONE_NEWIPC,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUSER,
  CLONE_NEWUTS,
  elf,
  Errno,
  ESRCH,
  MNT_DETACH,
  MS_PRIVATE,
  MS_REC,
  MS_REMOUNT,
  MS_SHARED,
  O_CREAT,
  O_WRONLY,
  SIGKILL,
  type Sys,
} from '../../../src/abi/index.ts'
import { cgroup2, loadFileSystems, overlay, proc } from '../../../src/fs/index.ts'
import { type Kernel, spawn, type Task, waitEvent, wakeUp } from '../../../src/kernel/index.ts'
import { internalMount } from '../../../src/vfs/index.ts'
import { boot, MS, run, SECOND } from '../../kernel/boot.ts'
import { type Command, OPERATIONS } from './operations.ts'

await loadFileSystems()

export interface World {
  readonly k: Kernel
  /** What actors have yet to do, by task. */
  readonly inbox: Map<number, Command>
  /** What became of the last command. */
  outcome: string
  /** An error that no program may see. */
  bug: unknown
  /** What is written of each system call, if anybody reads it. */
  readonly log: string[] | undefined
}

/** Set-user-ID and the like: file, owner, mode. */
const PROGRAMS = [
  ['/bin/actor', 0, 0o755],
  ['/bin/suid', 0, 0o4755],
  ['/bin/sgid', 0, 0o2755],
  ['/bin/suid-user', 1000, 0o4755],
  ['/bin/capable', 0, 0o755],
  ['/bin/inheriting', 0, 0o755],
  ['/bin/secret', 0, 0o700],
] as const

export function newWorld(log?: string[]): World {
  const k = boot()
  const world: World = { k, inbox: new Map(), outcome: '', bug: undefined, log }
  for (const type of [proc(k), cgroup2(k), overlay]) k.vfs.registerFilesystem(type)
  for (const fstype of ['nsfs', 'sockfs', 'pipefs', 'anon_inodefs']) internalMount(k.vfs, fstype)
  k.sysctl.set('fs/mount-max', '25')
  k.programs.set('actor', sys => actor(world, sys))
  run(k, furnish)
  start(world)
  return world
}

/** struct vfs_cap_data: CAP_NET_ADMIN and CAP_SYS_ADMIN permitted and effective, or inheritable. */
function fileCaps(inheritable: boolean): Uint8Array {
  const caps = (1 << 12) | (1 << 21)
  const view = new DataView(new ArrayBuffer(20))
  view.setUint32(0, 0x02000001, true)
  view.setUint32(inheritable ? 8 : 4, caps, true)
  return new Uint8Array(view.buffer)
}

/** The first mount namespace, in which nobody but init lives. */
function* furnish(sys: Sys): Blocking<number> {
  for (const dir of ['/proc', '/cg', '/w']) sys.mkdir(dir, 0o755)
  sys.mount('proc', '/proc', 'proc', 0)
  sys.mount('cgroup2', '/cg', 'cgroup2', 0)
  yield* writeFile(sys, '/cg/cgroup.subtree_control', '+pids +memory +cpu')
  return 0
}

/** A root of its own for the actors, shared among them, which goes with them. */
function* furnishRoot(sys: Sys): Blocking<void> {
  sys.unshare(CLONE_NEWNS)
  sys.mount('none', '/', '', MS_REC | MS_PRIVATE)
  sys.mount('root', '/w', 'tmpfs', 0, 'mode=755')
  sys.chdir('/w')
  for (const dir of ['bin', 'proc', 'cg', 'w']) sys.mkdir(dir, 0o755)
  sys.pivot_root('.', '.')
  sys.umount2('.', MNT_DETACH)
  sys.chdir('/')
  sys.mount('none', '/', '', MS_SHARED)
  sys.mount('proc', '/proc', 'proc', 0)
  sys.mount('cgroup2', '/cg', 'cgroup2', 0)
  sys.mount('w', '/w', 'tmpfs', 0, 'mode=777')
  for (const [path, uid, mode] of PROGRAMS) {
    yield* writeFile(sys, path, elf({ program: 'actor' }))
    sys.chown(path, uid, 0)
    sys.chmod(path, mode)
  }
  sys.setxattr('/bin/capable', 'security.capability', fileCaps(false), 0)
  sys.setxattr('/bin/inheriting', 'security.capability', fileCaps(true), 0)
  sys.chdir('/w')
  for (const dir of ['a', 'b', 'c', 'up', 'wk', 'a/x']) sys.mkdir(dir, 0o777)
  for (const file of ['f', 'n1', 'n2']) sys.close(yield* sys.open(file, O_CREAT, 0o666))
}

export function* writeFile(sys: Sys, path: string, content: string | Uint8Array): Blocking<void> {
  const fd = yield* sys.open(path, O_WRONLY | (path.startsWith('/bin') ? O_CREAT : 0), 0o644)
  try {
    yield* sys.write(fd, content)
  } finally {
    sys.close(fd)
  }
}

/** The first actors: root, and as its children root in a container, a user, and a user who is root of a namespace. */
function start(world: World): void {
  const { k } = world
  spawn(k, {
    argv: ['actor'],
    session: true,
    program: function* (sys) {
      yield* furnishRoot(sys)
      const container = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWCGROUP
      sys.clone(container, its => actor(world, its))
      sys.clone(0, its => asUser(its, 1000, actor(world, its)))
      sys.clone(0, its => asUser(its, 1001, asRoot(its, actor(world, its))))
      return yield* actor(world, sys)
    },
  })
  settle(world)
}

function* asUser(sys: Sys, id: number, then: Blocking<number>): Blocking<number> {
  sys.setgroups([id])
  sys.setresgid(id, id, id)
  sys.setresuid(id, id, id)
  return yield* then
}

/** As unshare -Ur does. */
function* asRoot(sys: Sys, then: Blocking<number>): Blocking<number> {
  const [uid, gid] = [sys.geteuid(), sys.getegid()]
  sys.unshare(CLONE_NEWUSER)
  yield* writeFile(sys, '/proc/self/setgroups', 'deny')
  yield* writeFile(sys, '/proc/self/uid_map', `0 ${uid} 1`)
  yield* writeFile(sys, '/proc/self/gid_map', `0 ${gid} 1`)
  return yield* then
}

const WAITING = 'fuzz'

/** What every process here runs. */
export function* actor(world: World, sys: Sys): Blocking<number> {
  const { k, inbox } = world
  const me = k.current
  const its = world.log ? recorded(world, sys) : sys
  world.outcome = 'runs'
  for (;;) {
    try {
      yield* waitEvent(k, me, `inbox:${me}`, WAITING, () => inbox.has(me))
      const command = inbox.get(me)!
      inbox.delete(me)
      yield* OPERATIONS[command.what]!(its, { world, me, numbers: command.numbers, at: 0 })
      world.outcome = 'done'
    } catch (e) {
      if (e instanceof Errno) {
        world.outcome = e.name
        continue
      }
      world.bug ??= e
      throw e
    }
  }
}

const withoutBigints = (value: unknown): unknown =>
  typeof value === 'bigint' ? `0x${value.toString(16)}` : value

/** The same system calls, each written down with what it gave. */
function recorded(world: World, sys: Sys): Sys {
  const { k, log } = world
  const me = k.current
  const show = (it: unknown): string =>
    typeof it === 'function' ? '…' : (JSON.stringify(it, (_, value) => withoutBigints(value)) ?? '')
  const note = (name: string, args: unknown[], result: string): void => {
    log!.push(`    [${k.tasks.find(me)?.pids.join('/')}] ${name}(${args.map(show).join(', ')}) = ${result}`)
  }
  return new Proxy(sys, {
    get(target, name: string) {
      const call = Reflect.get(target, name) as unknown
      if (typeof call !== 'function') return call
      return (...args: unknown[]) => {
        try {
          const result: unknown = call.apply(target, args)
          const isWaiting = typeof result === 'object' && result !== null && 'next' in result
          if (!isWaiting) note(name, args, show(result))
          return isWaiting ? noted(result as Blocking<unknown>, it => note(name, args, it)) : result
        } catch (e) {
          note(name, args, e instanceof Errno ? e.name : String(e))
          throw e
        }
      }
    },
  })

  function* noted(call: Blocking<unknown>, done: (result: string) => void): Blocking<unknown> {
    try {
      const result = yield* call
      done(show(result))
      return result
    } catch (e) {
      done(e instanceof Errno ? e.name : String(e))
      throw e
    }
  }
}

/** The actors that wait to be told something, in the order of their birth. */
export const idle = ({ k }: World): Task[] =>
  [...k.tasks.values()].filter(it => it.state === 'S' && it.wchan === WAITING)

/** Let everything happen that follows by itself. */
function settle(world: World): void {
  const { k } = world
  k.sched.run(k.clock + 10 * MS)
  k.sched.settle()
  if (world.bug) throw world.bug
}

/** Give a command to one of those who wait; who that was, 0 if there was nobody. */
export function give(world: World, command: Command): number {
  const { k } = world
  const waiting = idle(world)
  const it = waiting[command.who % waiting.length]
  if (!it) {
    start(world)
    return 0
  }
  world.outcome = 'sleeps'
  world.inbox.set(it.id, command)
  wakeUp(k, `inbox:${it.id}`)
  settle(world)
  return it.id
}

/** Everybody is killed, and what is left in the first namespaces is removed. */
export function tearDown(world: World): void {
  const { k } = world
  for (let round = 0; k.tasks.size > 1; round++) {
    if (round > 4) {
      const left = [...k.tasks.values()].map(it => `${it.id} ${it.state} ${it.wchan}, child of ${it.parent}`)
      throw new Error(`nobody can kill ${left.join('; ')}`)
    }
    run(k, killAll)
  }
  run(k, sweep)
  k.watched.clear()
  k.reaped.clear()
}

function* killAll(sys: Sys): Blocking<number> {
  try {
    yield* sys.kill(-1, SIGKILL)
  } catch (e) {
    // Nobody is left.
    if (e !== ESRCH) throw e
  }
  yield* sys.nanosleep(SECOND)
  return 0
}

function* sweep(sys: Sys): Blocking<number> {
  for (const id of [...(yield* lines(sys, '/proc/sysvipc/shm'))]) sys.shmctl(id, 0)
  for (const id of [...(yield* lines(sys, '/proc/sysvipc/sem'))]) sys.semctl(id, 0)
  for (const id of [...(yield* lines(sys, '/proc/sysvipc/msg'))]) sys.msgctl(id, 0)
  sys.mount('none', '/cg', '', MS_REMOUNT)
  yield* removeCgroups(sys, '/cg')
  sys.sethostname('host')
  return 0
}

/** The ids in the second column. */
function* lines(sys: Sys, path: string): Blocking<number[]> {
  const fd = yield* sys.open(path, 0)
  const text = new TextDecoder().decode(yield* sys.read(fd, 1 << 16))
  sys.close(fd)
  const rows = text.trimEnd().split('\n').slice(1)
  return rows.map(row => Number(row.trim().split(/\s+/)[1]))
}

function* removeCgroups(sys: Sys, path: string): Blocking<void> {
  const fd = yield* sys.open(path, 0)
  const entries = sys.getdents(fd)
  sys.close(fd)
  for (const { name, type } of entries)
    if (type === 0o040000 && name !== '.' && name !== '..') {
      yield* removeCgroups(sys, `${path}/${name}`)
      sys.rmdir(`${path}/${name}`)
    }
}
