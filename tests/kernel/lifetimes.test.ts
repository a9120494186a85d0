/** What random sequences of system calls have found, each as the few calls that show it. */
import { expect, test } from 'vitest'
import {
  CLONE_FILES,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUSER,
  CLONE_SIGHAND,
  CLONE_THREAD,
  CLONE_VM,
  EINVAL,
  ENOENT,
  ENOSPC,
  Errno,
  ESRCH,
  MNT_DETACH,
  MS_BIND,
  MS_REC,
  MS_SHARED,
  O_RDONLY,
  O_WRONLY,
  SIGKILL,
  SIGSTOP,
  type Sys,
  WUNTRACED,
} from '../../src/abi/index.ts'
import { cgroup2, loadFileSystems, proc } from '../../src/fs/index.ts'
import type { Kernel } from '../../src/kernel/index.ts'
import { ask, boot, SECOND } from './boot.ts'

await loadFileSystems()

function host(): Kernel {
  const k = boot()
  k.vfs.registerFilesystem(proc(k))
  ask(k, function* (sys) {
    sys.mkdir('/proc', 0o755)
    sys.mount('proc', '/proc', 'proc', 0)
    yield* sys.sched_yield()
  })
  return k
}

/** What a call refuses with. */
function refusal(act: () => unknown): Errno | undefined {
  try {
    act()
  } catch (e) {
    if (e instanceof Errno) return e
    throw e
  }
  return undefined
}

test('a mount namespace that only a descriptor keeps has still its user namespace', () => {
  const k = host()
  ask(k, function* (sys) {
    sys.clone(CLONE_FILES, function* (its: Sys) {
      its.unshare(CLONE_NEWUSER | CLONE_NEWNS)
      return yield* its.open('/proc/self/ns/mnt', O_RDONLY)
    })
    yield* sys.wait4(-1, 0)
    const owners = k.userNamespaces.size
    sys.setns(3, CLONE_NEWNS)
    expect(owners).toBe(2)
  })
  expect(k.userNamespaces.size).toBe(1)
})

test('a zombie has no time namespace to set offsets of', () => {
  ask(host(), function* (sys) {
    const pid = sys.clone(0, function* () {
      return 0
    })
    yield* sys.nanosleep(SECOND)
    const fd = yield* sys.open(`/proc/${pid}/timens_offsets`, O_WRONLY)
    const done = yield* attempt(sys.write(fd, 'monotonic 100 0'))
    expect(done).toBe(ESRCH)
  })
})

function* attempt<T>(call: Generator<object, T, void>): Generator<object, T | Errno, void> {
  try {
    return yield* call
  } catch (e) {
    if (e instanceof Errno) return e
    throw e
  }
}

test('status names the group of a leader that is gone', () => {
  ask(host(), function* (sys) {
    let child = 0
    const leader = sys.clone(0, function* (its: Sys) {
      its.setpgid(0, 0)
      child = its.clone(0, its2 => its2.pause())
      return 0
    })
    yield* sys.wait4(leader, 0)
    const fd = yield* sys.open(`/proc/${child}/status`, O_RDONLY)
    expect(new TextDecoder().decode(yield* sys.read(fd, 4096))).toContain(`NSpgid:\t${leader}\n`)
  })
})

test('fs.mount-max counts what propagation would add, and a refused mount leaves nothing', () => {
  const k = host()
  ask(k, function* (sys) {
    sys.unshare(CLONE_NEWNS)
    sys.mkdir('/tmp/a', 0o755)
    sys.mkdir('/tmp/b', 0o755)
    sys.mount('t', '/tmp/a', 'tmpfs', 0)
    sys.mount('none', '/tmp/a', '', MS_SHARED)
    sys.mount('/tmp/a', '/tmp/b', '', MS_BIND)
    sys.mkdir('/tmp/a/x', 0o755)
    const { ns } = [...k.mounts.values()].at(-1)!
    k.sysctl.set('fs/mount-max', `${k.vfs.mountIndex.with('ns', ns).size + 1}`)
    const before = [k.mounts.size, k.superBlocks.size]
    expect(refusal(() => sys.mount('t', '/tmp/a/x', 'tmpfs', 0))).toBe(ENOSPC)
    expect(refusal(() => sys.mount('/tmp', '/tmp/a/x', '', MS_BIND | MS_REC))).toBe(ENOSPC)
    expect([k.mounts.size, k.superBlocks.size]).toEqual(before)
    yield* sys.sched_yield()
  })
})

test('a mount on a directory that was removed is refused and leaves nothing', () => {
  const k = host()
  ask(k, function* (sys) {
    sys.mkdir('/tmp/gone', 0o755)
    sys.chdir('/tmp/gone')
    sys.rmdir('/tmp/gone')
    const before = k.superBlocks.size
    expect(refusal(() => sys.mount('t', '.', 'tmpfs', 0))).toBe(ENOENT)
    expect(k.superBlocks.size).toBe(before)
    yield* sys.sched_yield()
  })
})

test('what was unmounted cannot be made shared', () => {
  ask(host(), function* (sys) {
    sys.unshare(CLONE_NEWNS)
    sys.mount('t', '/tmp', 'tmpfs', 0)
    sys.chdir('/tmp')
    sys.umount2('/tmp', MNT_DETACH)
    expect(refusal(() => sys.mount('none', '.', '', MS_SHARED))).toBe(EINVAL)
    yield* sys.sched_yield()
  })
})

test('an init that dies waits for the init of an inner namespace, whoever it was a child of', () => {
  const k = host()
  ask(k, function* (sys) {
    const sleep = (its: Sys) => its.pause()
    const init = sys.clone(CLONE_NEWPID, function* (its: Sys) {
      its.clone(0, function* (middle: Sys) {
        middle.unshare(CLONE_NEWPID)
        middle.clone(0, sleep)
        middle.clone(0, sleep)
        return yield* middle.pause()
      })
      return yield* its.pause()
    })
    yield* sys.nanosleep(SECOND)
    yield* sys.kill(init, SIGKILL)
    expect((yield* sys.wait4(init, 0))?.pid).toBe(init)
  })
  expect(k.pidNamespaces.size).toBe(1)
})

test('an init that ended before its threads goes with the last of them, also as the namespace around it dies', () => {
  const k = host()
  ask(k, function* (sys) {
    const outer = sys.clone(CLONE_NEWPID, function* (its: Sys) {
      its.clone(CLONE_NEWPID, function* (init: Sys) {
        init.clone(CLONE_VM | CLONE_SIGHAND | CLONE_THREAD, thread => thread.pause())
        yield* init.nanosleep(SECOND)
        return yield* init.exit(0)
      })
      // A guest whose parent is outside: the thread cannot go before it.
      const inner = Math.max(...[...k.tasks.values()].map(it => it.tgid))
      its.setns(yield* its.open(`/proc/${inner}/ns/pid`, O_RDONLY), CLONE_NEWPID)
      its.clone(0, guest => guest.pause())
      return yield* its.pause()
    })
    yield* sys.nanosleep(2 * SECOND)
    const inner = outer + 1
    const [thread = 0] = k.tasks.get(inner).threads
    expect(k.tasks.get(inner).state).toBe('Z')
    sys.kill(inner, SIGKILL)
    yield* sys.nanosleep(SECOND)
    expect(k.tasks.get(thread).wchan).toBe('zap_pid_ns_processes')
    sys.kill(outer, SIGKILL)
    yield* sys.wait4(outer, 0)
    expect(k.tasks.find(inner)).toBeUndefined()
    expect(k.tasks.find(thread)).toBeUndefined()
  })
})

test('an init that waits for who is left in its namespace enters no control group', () => {
  const k = host()
  k.vfs.registerFilesystem(cgroup2(k))
  ask(k, function* (sys) {
    sys.mkdir('/cg', 0o755)
    sys.mount('cgroup2', '/cg', 'cgroup2', 0)
    sys.mkdir('/cg/a', 0o755)
    const init = sys.clone(CLONE_NEWPID, its => its.pause())
    sys.setns(yield* sys.open(`/proc/${init}/ns/pid`, O_RDONLY), CLONE_NEWPID)
    sys.clone(0, guest => guest.pause())
    sys.kill(init, SIGKILL)
    yield* sys.nanosleep(SECOND)
    expect(k.tasks.get(init).wchan).toBe('zap_pid_ns_processes')
    const fd = yield* sys.open('/cg/a/cgroup.procs', O_WRONLY)
    yield* sys.write(fd, `${init}`)
    sys.close(fd)
    sys.rmdir('/cg/a')
  })
})

test('a leader that ended before its stopped threads is told of as stopped, and stays', () => {
  const k = host()
  ask(k, function* (sys) {
    const pid = sys.clone(0, function* (its: Sys) {
      its.clone(CLONE_VM | CLONE_SIGHAND | CLONE_THREAD, thread => thread.pause())
      return yield* its.exit(0)
    })
    yield* sys.nanosleep(SECOND)
    sys.kill(pid, SIGSTOP)
    const stopped = yield* sys.wait4(pid, WUNTRACED)
    expect(stopped?.status).toBe((SIGSTOP << 8) | 0x7f)
    expect(k.tasks.get(pid).threads).toHaveLength(1)
    sys.kill(pid, SIGKILL)
    expect((yield* sys.wait4(pid, 0))?.status).toBe(SIGKILL)
  })
})
