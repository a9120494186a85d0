/** A small host for tests of the kernel: a tmpfs root with /dev, an init that reaps, and programs that are functions. */
import {
  type Blocking,
  EINTR,
  elf,
  Errno,
  makedev,
  type Program,
  S_IFCHR,
  type Sys,
} from '../../src/abi/index.ts'
import { devpts } from '../../src/fs/devpts.ts'
import { rootfs, tmpfs } from '../../src/fs/tmpfs.ts'
import { initCred, newCred } from '../../src/kernel/cred.ts'
import { Kernel, loadNet, spawn, spawnInit, type SpawnOptions } from '../../src/kernel/index.ts'
import { bootMount, initMntNs, mntNsRoot, newFs } from '../../src/vfs/index.ts'

await loadNet()

export const MS = 1_000_000
export const SECOND = 1000 * MS

/** pid 1 of the tests: reaps for ever. */
export function* init(sys: Sys): Blocking<number> {
  sys.sigaction(17, () => {})
  for (;;) {
    try {
      yield* sys.wait4(-1, 0)
    } catch (e) {
      if (e === EINTR) continue
      try {
        yield* sys.pause()
      } catch {
        // A child has come to an end.
      }
    }
  }
}

const DEVICES = [
  ['null', 1, 3],
  ['zero', 1, 5],
  ['full', 1, 7],
  ['urandom', 1, 9],
  ['kmsg', 1, 11],
  ['tty', 5, 0],
  ['ptmx', 5, 2],
] as const

export function boot(options: { cgroup?: 'v1' | 'v2'; memory?: number; freeze?: boolean } = {}): Kernel {
  const k = new Kernel({
    cpus: 2,
    memory: options.memory ?? 2 ** 31,
    seed: 1,
    bootTime: { sec: 1767268800, nsec: 0 },
    cgroup: options.cgroup ?? 'v2',
    freeze: options.freeze ?? true,
  })
  for (const type of [rootfs, tmpfs, devpts(k)]) k.vfs.registerFilesystem(type)
  // Among them are the numbers of the kernel's own mounts.
  k.vfs.reserveMntIds(1, 31)
  const cred = k.creds.get(newCred(k, initCred(k.initUserNs)))
  const kernel = { task: 0, cred, fsizeLimit: Number.POSITIVE_INFINITY }
  const mntNs = initMntNs(k.vfs, kernel, rootfs)
  const fs = newFs(k.vfs, mntNsRoot(k.vfs, mntNs), 0o022)
  bootMount(
    k.vfs,
    { ...kernel, fs, mntNs },
    { type: 'tmpfs', source: 'root', target: '/', options: 'mode=755' },
  )
  spawnInit(k, setUp, { argv: ['init'], mntNs })
  k.sched.run(k.clock + SECOND)
  return k
}

function* setUp(sys: Sys): Blocking<number> {
  for (const dir of ['/dev', '/dev/pts', '/bin', '/tmp', '/lib', '/lib64']) sys.mkdir(dir, 0o755)
  sys.chmod('/tmp', 0o1777)
  for (const [name, major, minor] of DEVICES) {
    sys.mknod(`/dev/${name}`, S_IFCHR | 0o666, makedev(major, minor))
    sys.chmod(`/dev/${name}`, 0o666)
  }
  sys.mount('devpts', '/dev/pts', 'devpts', 0, 'gid=5,mode=620,ptmxmode=666')
  return yield* init(sys)
}

/** Put an executable file at `path` that runs `program`. */
export function install(
  k: Kernel,
  path: string,
  program: Program,
  options: { interp?: string; needed?: string[] } = {},
) {
  k.programs.set(path, program)
  run(k, function* (sys) {
    const fd = yield* sys.open(path, 0o101, 0o755)
    yield* sys.write(fd, elf({ program: path, ...options }))
    sys.close(fd)
    return 0
  })
}

/** Run a program to its end; its exit status. */
export function run(
  k: Kernel,
  program: (sys: Sys) => Blocking<number>,
  options: Partial<SpawnOptions> = {},
): number {
  let text = ''
  const decoder = new TextDecoder()
  const output = (bytes: Uint8Array): void => void (text += decoder.decode(bytes))
  const task = spawn(k, { argv: ['test'], program, output, ...options })
  const until = k.clock + 3600 * SECOND
  k.sched.run(until, () => !k.reaped.has(task))
  const status = k.reaped.get(task)
  if (status === undefined) throw new Error(`it hangs in ${k.tasks.find(task)?.wchan}: ${text}`)
  if (text.includes('uncaught') || text.includes('Error')) throw new Error(text)
  return status
}

/** What a program computes, by running it as a task. */
export function ask<T>(
  k: Kernel,
  program: (sys: Sys) => Blocking<T>,
  options: Partial<SpawnOptions> = {},
): T {
  let answer: T | undefined
  let error: unknown
  const status = run(
    k,
    function* (sys) {
      try {
        answer = yield* program(sys)
      } catch (e) {
        error = e
      }
      return 0
    },
    options,
  )
  if (error) throw error instanceof Errno ? error : error
  if (status) throw new Error(`ended with wait status ${status}`)
  return answer as T
}

/** Run a terminal until nothing happens any more. */
export function settle(k: Kernel): void {
  k.sched.run(k.clock + SECOND)
}
