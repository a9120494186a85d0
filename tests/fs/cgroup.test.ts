import { beforeEach, describe, expect, test } from 'vitest'
import {
  type Blocking,
  CLONE_NEWCGROUP,
  CLONE_NEWNS,
  decode,
  EACCES,
  EAGAIN,
  EBUSY,
  EINVAL,
  EIO,
  ENOENT,
  EOPNOTSUPP,
  EPERM,
  ERANGE,
  ESRCH,
  type Errno,
  SIGTERM,
  type Sys,
  WTERMSIG,
} from '../../src/abi/index.ts'
import { cgroup, cgroup2 } from '../../src/fs/cgroup/index.ts'
import { sysfs } from '../../src/fs/sysfs.ts'
import { cgroupsOf, type Kernel, showProcCgroups, taskTimes } from '../../src/kernel/index.ts'
import { ask, boot, MS, SECOND } from '../kernel/boot.ts'

let k: Kernel

function* readFile(sys: Sys, path: string): Blocking<string> {
  const fd = yield* sys.open(path, 0)
  const text = decode(yield* sys.read(fd, 65536))
  sys.close(fd)
  return text
}

function* writeFile(sys: Sys, path: string, text: string): Blocking<void> {
  const fd = yield* sys.open(path, 0o1001)
  yield* sys.write(fd, text)
  sys.close(fd)
}

const cat = (path: string): string => ask(k, sys => readFile(sys, path))
const echo = (text: string, path: string): void => ask(k, sys => writeFile(sys, path, `${text}\n`))
const ls = (path: string): string[] =>
  ask(k, function* (sys) {
    const names: string[] = []
    const fd = yield* sys.open(path, 0o200000)
    for (let some = sys.getdents(fd); some.length; some = sys.getdents(fd))
      names.push(...some.map(it => it.name))
    return names.filter(name => !name.startsWith('.'))
  })
const mkdir = (path: string): void =>
  ask(k, function* (sys) {
    sys.mkdir(path, 0o755)
  })
const rmdir = (path: string): void =>
  ask(k, function* (sys) {
    sys.rmdir(path)
  })

/** Start something that runs on its own; its pid. */
function start(program: (sys: Sys) => Blocking<number>): number {
  return ask(k, function* (sys) {
    return sys.clone(0, program)
  })
}
const sleeper = function* (sys: Sys): Blocking<number> {
  yield* sys.nanosleep(1e6 * SECOND)
  return 0
}
const burner = function* (sys: Sys): Blocking<number> {
  yield* sys.burn(1e6 * SECOND)
  return 0
}
const taskOf = (pid: number) => [...k.tasks.values()].find(task => task.pids[0] === pid)!

function mountV2(): void {
  k = boot()
  for (const type of [sysfs(k), cgroup(k), cgroup2(k)]) k.vfs.registerFilesystem(type)
  ask(k, function* (sys) {
    for (const dir of ['/sys', '/mnt']) sys.mkdir(dir, 0o755)
    sys.mount('sysfs', '/sys', 'sysfs', 0)
    sys.mount('cgroup2', '/sys/fs/cgroup', 'cgroup2', 0, 'nsdelegate')
  })
  echo('+cpu +memory +pids +cpuset', '/sys/fs/cgroup/cgroup.subtree_control')
}

function mountV1(): void {
  k = boot({ cgroup: 'v1' })
  for (const type of [sysfs(k), cgroup(k), cgroup2(k)]) k.vfs.registerFilesystem(type)
  ask(k, function* (sys) {
    for (const dir of ['/sys', '/mnt', '/cpu', '/freezer', '/systemd']) sys.mkdir(dir, 0o755)
    sys.mount('cgroup', '/systemd', 'cgroup', 0, 'none,xattr,name=systemd')
    sys.mount('cgroup', '/cpu', 'cgroup', 0, 'cpu,cpuacct')
    sys.mount('cgroup', '/freezer', 'cgroup', 0, 'freezer')
  })
}

const V2 = '/sys/fs/cgroup'

describe('cgroup v2', () => {
  beforeEach(mountV2)

  test('a new cgroup holds the files of the core and of what its parent passes on', () => {
    mkdir(`${V2}/demo`)
    mkdir(`${V2}/demo/sub`)
    expect(ls(`${V2}/demo`)).toContain('cpu.max')
    expect(ls(`${V2}/demo`)).toContain('cgroup.freeze')
    expect(ls(`${V2}/demo/sub`)).not.toContain('cpu.max')
    expect(cat(`${V2}/demo/cgroup.controllers`)).toBe('cpuset cpu memory pids\n')
    expect(cat(`${V2}/demo/sub/cpu.stat`)).toMatch(/^usage_usec 0\nuser_usec 0\nsystem_usec 0\n$/)
  })

  test('kernfs lists names by their hash', () => {
    mkdir(`${V2}/demo`)
    const order = [
      'cgroup.events',
      'cgroup.procs',
      'cpu.weight',
      'cgroup.max.descendants',
      'cpu.stat',
      'cpu.weight.nice',
      'pids.current',
      'pids.events',
      'cgroup.type',
      'cgroup.stat',
      'cpu.idle',
      'cgroup.threads',
      'cgroup.kill',
    ]
    expect(ls(`${V2}/demo`).filter(name => order.includes(name))).toEqual(order)
  })

  test.for([
    ['cpu.max', '10000', '10000 100000'],
    ['cpu.max', 'max 50000', 'max 50000'],
    ['cpu.max', '999 100000', EINVAL],
    ['cpu.max', '1000 1000001', EINVAL],
    ['cpu.max', '', EINVAL],
    ['cpu.max', '-1', EINVAL],
    ['cpu.max', '10000 abc', '10000 100000'],
    ['cpu.max', ' 20000 30000 ', '20000 30000'],
    ['cpu.max', '0x2710', EINVAL],
    ['cpu.max', '10000.5', '10000 100000'],
    ['cpu.max', '18446744073709551615', EINVAL],
    ['cpu.max', '01000', '1000 100000'],
    ['cpu.weight', '200', '200'],
    ['cpu.weight', '0', ERANGE],
    ['cpu.weight', '10001', ERANGE],
    ['cpu.weight', '-5', EINVAL],
    ['cpu.weight', ' 50 ', EINVAL],
    ['cpu.weight', '99999999999999999999', ERANGE],
    ['cpu.weight.nice', '-20', '-20'],
    ['cpu.weight.nice', '5', '5'],
    ['cpu.weight.nice', '20', ERANGE],
    ['cpu.idle', '1', '1'],
    ['cpu.idle', '2', EINVAL],
    ['cpu.max.burst', '1000', '1000'],
    ['cpu.max.burst', 'max', EINVAL],
    ['pids.max', '5', '5'],
    ['pids.max', '4194305', EINVAL],
    ['pids.max', '-1', EINVAL],
    ['pids.max', 'max', 'max'],
    ['cgroup.freeze', '2', ERANGE],
    ['cgroup.freeze', 'x', EINVAL],
    ['cgroup.max.depth', '-1', ERANGE],
    ['cgroup.max.depth', '3', '3'],
    ['cgroup.kill', '0', ERANGE],
    ['cpu.stat', '1', EINVAL],
    ['cgroup.procs', '99999', ESRCH],
    ['cgroup.procs', 'abc', EINVAL],
    ['cgroup.procs', '-1', EINVAL],
    ['cpuset.cpus', '0-1', '0-1'],
    ['cpuset.cpus', '1,0', '0-1'],
    ['cpuset.cpus', '0-5', ERANGE],
    ['cpuset.cpus', 'x', EINVAL],
    ['cgroup.subtree_control', '+cpu +pids', 'cpu pids'],
    ['cgroup.subtree_control', '+foo', EINVAL],
    ['cgroup.subtree_control', 'cpu', EINVAL],
  ] as const)('echo %s: "%s"', ([file, text, expected]) => {
    mkdir(`${V2}/a`)
    const path = `${V2}/a/${file}`
    if (typeof expected === 'string') {
      echo(text, path)
      expect(cat(path)).toBe(`${expected}\n`)
    } else expect(() => echo(text, path)).toThrow(expected as unknown as Error)
  })

  test('10 % of a CPU, as the first lab has it', () => {
    mkdir(`${V2}/demo`)
    const pid = start(burner)
    k.sched.run(k.clock + SECOND)
    echo('10000 100000', `${V2}/demo/cpu.max`)
    echo(`${pid}`, `${V2}/demo/cgroup.procs`)
    expect(cat(`${V2}/demo/cgroup.procs`)).toBe(`${pid}\n`)
    expect(cgroupsOf(k, taskOf(pid).id, 0)).toBe('0::/demo\n')
    const used = () => taskTimes(k, taskOf(pid).id).utime
    const before = used()
    k.sched.run(k.clock + 20 * SECOND)
    expect((used() - before) / (20 * SECOND)).toBeCloseTo(0.1, 3)
    expect(cat(`${V2}/demo/cpu.stat`)).toMatch(
      /nr_periods 20\d\nnr_throttled (199|20\d)\nthrottled_usec 1[78]\d{6}\n/,
    )
  })

  test('controllers beside processes make a thread root, whose children are no domains', () => {
    mkdir(`${V2}/a`)
    mkdir(`${V2}/a/b`)
    const pid = start(sleeper)
    echo(`${pid}`, `${V2}/a/cgroup.procs`)
    echo('+cpu', `${V2}/a/cgroup.subtree_control`)
    expect(cat(`${V2}/a/cgroup.type`) + cat(`${V2}/a/b/cgroup.type`)).toBe(
      'domain threaded\ndomain invalid\n',
    )
    expect(() => echo(`${pid}`, `${V2}/a/b/cgroup.procs`)).toThrow(EOPNOTSUPP as unknown as Error)
    expect(() => rmdir(`${V2}/a`)).toThrow(EBUSY as unknown as Error)
    echo('threaded', `${V2}/a/b/cgroup.type`)
    echo(`${pid}`, `${V2}/a/b/cgroup.procs`)
    expect(cat(`${V2}/a/cgroup.procs`)).toBe(`${pid}\n`)
    expect(() => cat(`${V2}/a/b/cgroup.procs`)).toThrow(EOPNOTSUPP as unknown as Error)
    expect(() => echo('+pids', `${V2}/a/b/cgroup.subtree_control`)).toThrow(ENOENT as unknown as Error)
  })

  test('pids.max stops the fork', () => {
    mkdir(`${V2}/p`)
    echo('2', `${V2}/p/pids.max`)
    const refused = ask(k, function* (sys) {
      yield* writeFile(sys, `${V2}/p/cgroup.procs`, '0')
      sys.clone(0, sleeper)
      let errno: unknown
      try {
        sys.clone(0, sleeper)
      } catch (e) {
        errno = e
      }
      return [
        errno as Errno,
        yield* readFile(sys, `${V2}/p/pids.current`),
        yield* readFile(sys, `${V2}/p/pids.events`),
      ] as const
    })
    expect(refused).toEqual([EAGAIN, '2\n', 'max 1\n'])
    expect(cat(`${V2}/p/pids.current`)).toBe('1\n')
  })

  test('a frozen task does nothing, but it can be killed', () => {
    mkdir(`${V2}/f`)
    const pid = start(burner)
    echo(`${pid}`, `${V2}/f/cgroup.procs`)
    echo('1', `${V2}/f/cgroup.freeze`)
    expect(cat(`${V2}/f/cgroup.events`)).toBe('populated 1\nfrozen 1\n')
    const { utime } = taskTimes(k, taskOf(pid).id)
    k.sched.run(k.clock + SECOND)
    expect(taskTimes(k, taskOf(pid).id).utime).toBe(utime)
    ask(k, sys => sys.kill(pid, SIGTERM))
    k.sched.run(k.clock + SECOND)
    expect(cat(`${V2}/f/cgroup.events`)).toBe('populated 0\nfrozen 1\n')
  })

  test('cgroup.kill kills everybody below', () => {
    mkdir(`${V2}/a`)
    mkdir(`${V2}/a/b`)
    const status = ask(k, function* (sys) {
      const pid = sys.clone(0, sleeper)
      yield* writeFile(sys, `${V2}/a/b/cgroup.procs`, `${pid}`)
      yield* writeFile(sys, `${V2}/a/cgroup.kill`, '1')
      return (yield* sys.wait4(pid, 0))!.status
    })
    expect(WTERMSIG(status)).toBe(9)
  })

  test('limits on the tree are answered with EAGAIN', () => {
    mkdir(`${V2}/a`)
    echo('1', `${V2}/a/cgroup.max.depth`)
    mkdir(`${V2}/a/b`)
    expect(() => mkdir(`${V2}/a/b/c`)).toThrow(EAGAIN as unknown as Error)
    echo('1', `${V2}/a/cgroup.max.descendants`)
    expect(() => mkdir(`${V2}/a/c`)).toThrow(EAGAIN as unknown as Error)
  })

  test('names: files cannot be made, moved or removed', () => {
    mkdir(`${V2}/a`)
    expect(() => ask(k, sys => sys.open(`${V2}/a/x`, 0o101, 0o644))).toThrow(EACCES as unknown as Error)
    expect(() =>
      ask(k, function* (sys) {
        sys.unlink(`${V2}/a/cgroup.procs`)
      }),
    ).toThrow(EPERM as unknown as Error)
    expect(() =>
      ask(k, function* (sys) {
        sys.rename(`${V2}/a`, `${V2}/b`)
      }),
    ).toThrow(EPERM as unknown as Error)
    rmdir(`${V2}/a`)
    expect(ls(V2)).not.toContain('a')
  })

  test('who owns the common ancestor may move tasks below it', () => {
    mkdir(`${V2}/del`)
    const user = { uid: 1000, gid: 1000 }
    ask(k, function* (sys) {
      for (const file of ['', '/cgroup.procs', '/cgroup.subtree_control'])
        sys.chown(`${V2}/del${file}`, 1000, 1000)
    })
    ask(
      k,
      function* (sys) {
        sys.mkdir(`${V2}/del/sub`, 0o755)
      },
      user,
    )
    const attr = ask(k, function* (sys) {
      return sys.stat(`${V2}/del/sub/cgroup.procs`)
    })
    expect(attr).toMatchObject({ uid: 1000, gid: 1000 })
    const outside = start(sleeper)
    const enter = (pid: number) => ask(k, sys => writeFile(sys, `${V2}/del/sub/cgroup.procs`, `${pid}`), user)
    expect(() => enter(outside)).toThrow(EACCES as unknown as Error)
    echo(`${outside}`, `${V2}/del/cgroup.procs`)
    enter(outside)
    expect(cgroupsOf(k, taskOf(outside).id, 0)).toBe('0::/del/sub\n')
  })

  test('memory.max: who grows too much is killed, and the rest stays', () => {
    mkdir(`${V2}/m`)
    echo('20M', `${V2}/m/memory.max`)
    const grow = (bytes: number): number =>
      ask(k, function* (sys) {
        yield* writeFile(sys, `${V2}/m/cgroup.procs`, '0')
        const pid = sys.clone(0, function* (its) {
          yield* its.brk(bytes)
          return 0
        })
        return (yield* sys.wait4(pid, 0))!.status
      })
    expect(grow(15 << 20)).toBe(0)
    expect(WTERMSIG(grow(100 << 20))).toBe(9)
    expect(cat(`${V2}/m/memory.events`)).toBe('low 0\nhigh 0\nmax 1\noom 1\noom_kill 1\noom_group_kill 0\n')
    expect(cat(`${V2}/m/memory.peak`)).toBe(`${20 << 20}\n`)
    expect(cat(`${V2}/m/memory.current`)).toBe('0\n')
  })

  test('memory.high: growing beyond it takes its time', () => {
    mkdir(`${V2}/m`)
    echo('10M', `${V2}/m/memory.high`)
    const pid = start(function* (sys) {
      yield* writeFile(sys, `${V2}/m/cgroup.procs`, '0')
      yield* sys.brk(50 << 20)
      return 0
    })
    k.sched.run(k.clock + 10 * SECOND)
    expect(taskOf(pid).wchan).toBe('mem_cgroup_handle_over_high')
    expect(Number(cat(`${V2}/m/memory.current`))).toBeLessThan(20 << 20)
  })

  test.for([
    ['20M', `${20 << 20}`],
    ['5000', '4096'],
    ['0x1000', '4096'],
    [' 1k ', '0'],
    ['', '0'],
    ['max', 'max'],
    ['x', EINVAL],
    ['-1', EINVAL],
    ['1.5M', EINVAL],
    ['100b', EINVAL],
  ] as const)('echo memory.max: "%s"', ([text, expected]) => {
    mkdir(`${V2}/a`)
    const path = `${V2}/a/memory.max`
    if (typeof expected === 'string') {
      echo(text, path)
      expect(cat(path)).toBe(`${expected}\n`)
    } else expect(() => echo(text, path)).toThrow(expected as unknown as Error)
  })

  test('a cgroup namespace has its root where it was made', () => {
    mkdir(`${V2}/a`)
    const seen = ask(k, function* (sys) {
      yield* writeFile(sys, `${V2}/a/cgroup.procs`, '0')
      sys.unshare(CLONE_NEWCGROUP | CLONE_NEWNS)
      sys.mount('none', '/mnt', 'cgroup2', 0)
      const me = k.current
      const out: unknown[] = [cgroupsOf(k, me, me), cgroupsOf(k, 1, me), sys.stat('/mnt/cgroup.type').uid]
      try {
        yield* writeFile(sys, `${V2}/cgroup.procs`, '0')
      } catch (e) {
        out.push(e)
      }
      return out
    })
    expect(seen).toEqual(['0::/\n', '0::/..\n', 0, ENOENT])
  })

  test('a cpuset leaves its tasks only its CPUs', () => {
    mkdir(`${V2}/c`)
    echo('1', `${V2}/c/cpuset.cpus`)
    const pid = start(burner)
    echo(`${pid}`, `${V2}/c/cgroup.procs`)
    expect(taskOf(pid).affinity).toEqual([1])
    k.sched.run(k.clock + 10 * MS)
    k.sched.settle()
    expect(taskOf(pid).cpu).toBe(1)
  })
})

describe('cgroup v1', () => {
  beforeEach(mountV1)

  test('a new cgroup holds the control files', () => {
    mkdir('/cpu/demo')
    expect(ls('/cpu/demo').sort()).toEqual([
      'cgroup.clone_children',
      'cgroup.procs',
      'cpu.cfs_burst_us',
      'cpu.cfs_period_us',
      'cpu.cfs_quota_us',
      'cpu.idle',
      'cpu.shares',
      'cpu.stat',
      'cpuacct.stat',
      'cpuacct.usage',
      'cpuacct.usage_all',
      'cpuacct.usage_percpu',
      'cpuacct.usage_percpu_sys',
      'cpuacct.usage_percpu_user',
      'cpuacct.usage_sys',
      'cpuacct.usage_user',
      'notify_on_release',
      'tasks',
    ])
    expect(cat('/cpu/demo/cpu.cfs_quota_us')).toBe('-1\n')
  })

  test('10 % of a CPU, as the first lab has it', () => {
    mkdir('/cpu/demo')
    const pid = start(burner)
    echo(`${pid}`, '/cpu/demo/tasks')
    echo('10000', '/cpu/demo/cpu.cfs_quota_us')
    k.sched.run(k.clock + 20 * SECOND)
    const stat = cat('/cpu/demo/cpu.stat')
    expect(stat).toMatch(
      /^nr_periods 20\d\nnr_throttled (199|20\d)\nthrottled_time 1[78]\d{9}\nnr_bursts 0\nburst_time 0\n$/,
    )
    expect(Number(cat('/cpu/demo/cpuacct.usage')) / (20 * SECOND)).toBeCloseTo(0.1, 2)
    expect(cgroupsOf(k, taskOf(pid).id, 0)).toBe('3:freezer:/\n2:cpu,cpuacct:/demo\n1:name=systemd:/\n')
  })

  test.for([
    ['cpu.cfs_quota_us', '999', EINVAL],
    ['cpu.cfs_quota_us', '-5', '-1'],
    ['cpu.cfs_quota_us', '0x1000', '4096'],
    ['cpu.cfs_quota_us', ' 2000', EINVAL],
    ['cpu.cfs_period_us', '1000001', EINVAL],
    ['cpu.cfs_period_us', '50000', '50000'],
    ['cpu.shares', '0', '2'],
    ['cpu.shares', '262145', '262144'],
    ['cpu.shares', '-1', EINVAL],
    ['notify_on_release', '2', '1'],
    ['notify_on_release', 'x', EINVAL],
    ['cgroup.clone_children', '5', '1'],
    ['cpuacct.usage', '1', EINVAL],
  ] as const)('echo %s: "%s"', ([file, text, expected]) => {
    mkdir('/cpu/a')
    const path = `/cpu/a/${file}`
    if (typeof expected === 'string') {
      echo(text, path)
      expect(cat(path)).toBe(`${expected}\n`)
    } else expect(() => echo(text, path)).toThrow(expected as unknown as Error)
  })

  test('no child has more than its parent, and the root has no limit', () => {
    mkdir('/cpu/a')
    mkdir('/cpu/a/b')
    echo('50000', '/cpu/a/cpu.cfs_quota_us')
    expect(() => echo('60000', '/cpu/a/b/cpu.cfs_quota_us')).toThrow(EINVAL as unknown as Error)
    echo('40000', '/cpu/a/b/cpu.cfs_quota_us')
    expect(() => echo('30000', '/cpu/a/cpu.cfs_quota_us')).toThrow(EINVAL as unknown as Error)
    expect(() => echo('40000', '/cpu/cpu.cfs_quota_us')).toThrow(EINVAL as unknown as Error)
  })

  test('directories can be renamed where they are', () => {
    mkdir('/cpu/a')
    mkdir('/cpu/c')
    ask(k, function* (sys) {
      sys.rename('/cpu/a', '/cpu/b')
    })
    expect(() =>
      ask(k, function* (sys) {
        sys.rename('/cpu/b', '/cpu/c/b')
      }),
    ).toThrow(EIO as unknown as Error)
    expect(ls('/cpu')).toContain('b')
  })

  test('the freezer holds even against SIGKILL', () => {
    mkdir('/freezer/f')
    const pid = start(sleeper)
    echo(`${pid}`, '/freezer/f/tasks')
    echo('FROZEN', '/freezer/f/freezer.state')
    ask(k, sys => sys.kill(pid, 9))
    k.sched.run(k.clock + SECOND)
    expect(cat('/freezer/f/tasks')).toBe(`${pid}\n`)
    echo('THAWED', '/freezer/f/freezer.state')
    k.sched.run(k.clock + SECOND)
    expect(cat('/freezer/f/tasks')).toBe('')
  })

  test('mounting knows hierarchies by their controllers and names', () => {
    const mount = (options: string) =>
      ask(k, function* (sys) {
        sys.mount('none', '/mnt', 'cgroup', 0, options)
      })
    expect(() => mount('cpu')).toThrow(EBUSY as unknown as Error)
    expect(() => mount('foo')).toThrow(EINVAL as unknown as Error)
    expect(() => mount('none')).toThrow(EINVAL as unknown as Error)
    mkdir('/cpu/here')
    mount('cpuacct,cpu')
    expect(ls('/mnt')).toContain('here')
    expect(showProcCgroups(k)).toContain('cpu\t2\t2\t1\ncpuacct\t2\t2\t1\n')
  })
})
