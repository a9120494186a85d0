import { expect, test } from 'vitest'
import {
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUSER,
  CLONE_NEWUTS,
  EINVAL,
  ENOMEM,
  EPERM,
  refusal,
  SIGKILL,
  type Sys,
  WTERMSIG,
} from '../../src/abi/index.ts'
import { storeGidMap, storeSetgroups, storeUidMap } from '../../src/kernel/user-namespace.ts'
import { unshare } from '../../src/kernel/nsproxy.ts'
import type { Kernel } from '../../src/kernel/index.ts'
import { spawn } from '../../src/kernel/index.ts'
import { ask, boot, MS } from './boot.ts'

const user = { uid: 1000, gid: 1000 }

/** A task that does nothing, and the kernel it lives in, with all changes committed. */
function taskOf(options: { uid: number; gid: number }): { k: Kernel; id: number } {
  const k = boot()
  const id = spawn(k, {
    argv: ['idle'],
    program: function* () {
      return 0
    },
    ...options,
  })
  k.store.commit()
  return { k, id }
}

function changes(k: Kernel): Record<string, string[]> {
  const kind = (it: { from: unknown; to: unknown }) => (it.from ? (it.to ? 'updated' : 'removed') : 'added')
  return Object.fromEntries(
    Object.entries(k.store.changes()).map(([table, list]) => [
      table,
      (list as readonly { from: unknown; to: unknown }[]).map(kind),
    ]),
  )
}

test('a refused unshare leaves everything as it was', () => {
  const { k, id } = taskOf(user)
  expect(() => unshare(k, k.tasks.get(id), CLONE_NEWUTS)).toThrow()
  expect(changes(k)).toEqual({})
})

test('unshare --user --uts adds a credential, a user and a UTS namespace and an nsproxy', () => {
  const { k, id } = taskOf(user)
  unshare(k, k.tasks.get(id), CLONE_NEWUSER | CLONE_NEWUTS)
  expect(changes(k)).toMatchObject({
    tasks: ['updated'],
    creds: expect.arrayContaining(['added']),
    nsproxies: expect.arrayContaining(['added']),
    utsNamespaces: expect.arrayContaining(['added']),
    userNamespaces: expect.arrayContaining(['added']),
  })
})

test('a hostname stays inside its namespace', () => {
  const k = boot()
  ask(k, function* (sys) {
    const pid = sys.clone(CLONE_NEWUTS, function* (its) {
      its.sethostname('inside')
      expect(its.uname().nodename).toBe('inside')
      return 0
    })
    expect((yield* sys.wait4(pid, 0))!.status).toBe(0)
    expect(sys.uname().nodename).toBe('host')
  })
  expect(k.utsNamespaces.size).toBe(1)
})

test('pid 1 of a namespace: what it sees, what it survives, and what dies with it', () => {
  const k = boot()
  ask(k, function* (sys) {
    let inner = 0
    const pid = sys.clone(CLONE_NEWPID, function* (init) {
      inner = init.getpid()
      init.clone(0, function* (its) {
        yield* its.nanosleep(1000 * 1000 * MS)
        return 0
      })
      init.clone(0, function* (its) {
        yield* its.kill(1, SIGKILL)
        return 0
      })
      yield* init.nanosleep(10 * MS)
      return 5
    })
    expect(pid).toBeGreaterThan(1)
    expect((yield* sys.wait4(pid, 0))!.status).toBe(5 << 8)
    expect(inner).toBe(1)
    sys.unshare(CLONE_NEWPID)
    const first = sys.clone(0, function* () {
      return 0
    })
    yield* sys.wait4(first, 0)
    expect(
      refusal(() =>
        sys.clone(0, function* () {
          return 0
        }),
      ),
    ).toBe(ENOMEM)
    expect(refusal(() => sys.unshare(CLONE_NEWPID))).toBe(EINVAL)
  })
  expect(k.tasks.size).toBe(1)
  expect(k.pidNamespaces.size).toBe(1)
})

test('SIGKILL from outside kills the init of a pid namespace', () => {
  const k = boot()
  ask(k, function* (sys) {
    const pid = sys.clone(CLONE_NEWPID, function* (its) {
      yield* its.nanosleep(1000 * 1000 * MS)
      return 0
    })
    yield* sys.kill(pid, SIGKILL)
    expect(WTERMSIG((yield* sys.wait4(pid, 0))!.status)).toBe(SIGKILL)
  })
})

test('an unprivileged user becomes root in a user namespace', () => {
  const k = boot()
  ask(
    k,
    function* (sys) {
      sys.unshare(CLONE_NEWUSER)
      expect(sys.getuid()).toBe(65534)
      const task = k.current
      const cred = () => k.creds.get(k.tasks.get(task).cred)
      const who = () => ({ opener: cred(), writer: cred() })
      const { userNs } = cred()
      expect(refusal(() => storeGidMap(k, userNs, '0 1000 1', who()))).toBe(EPERM)
      storeSetgroups(k, userNs, 'deny')
      storeGidMap(k, userNs, '0 1000 1', who())
      expect(refusal(() => storeUidMap(k, userNs, '0 0 1', who()))).toBe(EPERM)
      expect(refusal(() => storeUidMap(k, userNs, '0 1000 2', who()))).toBe(EPERM)
      expect(refusal(() => storeUidMap(k, userNs, 'x', who()))).toBe(EINVAL)
      storeUidMap(k, userNs, '0 1000 1\n', who())
      expect(refusal(() => storeUidMap(k, userNs, '0 1000 1', who()))).toBe(EPERM)
      expect([sys.getuid(), sys.getgid()]).toEqual([0, 0])
      sys.unshare(CLONE_NEWUTS | CLONE_NEWNS)
      sys.sethostname('mine')
      expect(refusal(() => sys.setgroups([]))).toBe(EPERM)
    },
    user,
  )
})

test('setns into the same user namespace is refused', () => {
  const k = boot()
  ask(k, function* (sys: Sys) {
    const { openAnon, nsPath } = yield* imports()
    const task = k.tasks.get(k.current)
    const open = (kind: 'user' | 'uts') => {
      const { installFd, freeFd } = files
      const id = kind === 'user' ? k.creds.get(task.cred).userNs : k.nsproxies.get(task.nsproxy).uts
      const fd = freeFd(k, k.tasks.get(task.id), 0)
      installFd(k, k.tasks.get(task.id), fd, openAnon(k.vfs, nsPath(k, kind, id), 0).id, false)
      return fd
    }
    expect(refusal(() => sys.setns(open('user'), 0))).toBe(EINVAL)
    expect(refusal(() => sys.setns(open('uts'), CLONE_NEWPID))).toBe(EINVAL)
    const before = open('uts')
    sys.unshare(CLONE_NEWUTS)
    sys.sethostname('other')
    sys.setns(before, CLONE_NEWUTS)
    expect(sys.uname().nodename).toBe('host')
  })
})

import * as files from '../../src/kernel/files.ts'
import { nsPath } from '../../src/kernel/ioctl.ts'
import { openAnon } from '../../src/vfs/index.ts'

function* imports() {
  return { nsPath, openAnon }
}
