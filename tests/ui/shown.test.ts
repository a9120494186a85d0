/** Every number of the picture is the one that the kernel's files have at that moment, now and when looked back at. */
import { expect, test } from 'vitest'
import {
  cgroupNodes,
  type CgroupNode,
  memoryTanks,
  type Snapshot,
  taskRows,
} from '../../src/machine/index.ts'
import { numbersOf, standingOf } from '../../src/ui/glass/picture/words.ts'
import { numbersIn, type Reading, watched } from '../machine/watched.ts'

const nodeOf = (snapshot: Snapshot, path: string): CgroupNode => {
  const found = cgroupNodes(snapshot).find(it => it.path === path)
  if (!found) throw new Error(`no cgroup ${path}`)
  return found
}
const said = (node: CgroupNode): string =>
  standingOf(node, (word, values) => `${word} ${Object.values(values ?? {})}`)

/** Check all readings, at the moment of each and when the page has been parked there later. */
function checkAll(
  { readings, moments }: ReturnType<typeof watched>,
  check: (reading: Reading, snapshot: Snapshot) => void,
): void {
  expect(readings.length).toBeGreaterThan(50)
  for (const reading of readings) check(reading, reading.snapshot)
  for (const reading of readings.slice(-100)) check(reading, moments.at(reading.snapshot.clock))
}

const V2 = '/sys/fs/cgroup'

test('cpu.stat beside a band is the file: quotas, a child that its parent throttles, a burst', () => {
  const groups = ['/ten', '/pod', '/pod/web', '/pod/db', '/burst']
  const it = watched(
    [
      `cd ${V2}; mkdir -p ten pod/web pod/db burst; echo +cpu > pod/cgroup.subtree_control`,
      'echo "10000 100000" > ten/cpu.max; echo "50000 100000" > pod/cpu.max; echo "20000 100000" > pod/web/cpu.max',
      'echo 300 > pod/db/cpu.weight; echo "20000 100000" > burst/cpu.max; echo 20000 > burst/cpu.max.burst',
      'for g in ten pod/web pod/db; do (echo $BASHPID > $g/cgroup.procs; exec stress -q -c 2) & done',
      '(echo $BASHPID > burst/cgroup.procs; while :; do timeout 0.03 stress -q -c 1; sleep 0.25; done) &',
    ],
    groups.flatMap(group =>
      ['cpu.stat', 'cpu.max', 'cpu.max.burst', 'cpu.weight'].map(file => V2 + group + '/' + file),
    ),
    5,
    { cpus: 3 },
  )
  checkAll(it, ({ path, text }, snapshot) => {
    const file = path.split('/').at(-1)!
    const node = nodeOf(snapshot, path.slice(V2.length, -file.length - 1))
    const { quota, period, burst } = node
    if (file === 'cpu.max')
      expect(text).toBe(`${quota === undefined ? 'max' : quota / 1000} ${period / 1000}\n`)
    if (file === 'cpu.max.burst') expect(text).toBe(`${burst / 1000}\n`)
    if (file === 'cpu.weight') expect(said(node)).toBe(`weight ${text.trim()}`)
    if (file !== 'cpu.stat') return
    expect(numbersIn(text)).toMatchObject(Object.fromEntries(numbersOf(node)))
  })
  const last = nodeOf(it.machine.snapshot, '/burst')
  expect(last.nrBursts).toBeGreaterThan(3)
  expect(numbersOf(last).map(([name]) => name)).toContain('nr_bursts')
})

test('cpu.stat and cpuacct.usage of version 1 have the names and units of its files', () => {
  const dir = `${V2}/cpu/demo`
  const it = watched(
    [
      `mkdir ${dir}; cd ${dir}; echo 15000 > cpu.cfs_quota_us; echo 50000 > cpu.cfs_period_us; echo 512 > cpu.shares`,
      '(echo $BASHPID > cgroup.procs; exec stress -q -c 2) &',
    ],
    ['cpu.stat', 'cpuacct.usage', 'cpu.shares'].map(file => `${dir}/${file}`),
    4,
    { cgroup: 'v1' },
  )
  checkAll(it, ({ path, text }, snapshot) => {
    const node = nodeOf(snapshot, '/demo')
    const numbers = Object.fromEntries(numbersOf(node))
    if (path.endsWith('cpu.shares')) expect(said(node)).toBe(`shares ${text.trim()}`)
    else if (path.endsWith('cpuacct.usage')) expect(numbers['cpuacct.usage']).toBe(text.trim())
    else {
      const { 'cpuacct.usage': _, ...rest } = numbers
      expect(numbersIn(text)).toMatchObject(rest)
    }
  })
})

test('a tank has what the files of the memory controller have, from filling to the kill', () => {
  const it = watched(
    [
      'fallocate -l 128M /swap; chmod 600 /swap; mkswap /swap > /dev/null; swapon /swap',
      `cd ${V2}; mkdir -p app/sub; echo +memory > app/cgroup.subtree_control; echo 40M > app/memory.max; echo 30M > app/memory.high`,
      'echo 8M > app/memory.low; echo 4M > app/memory.swap.max',
      '(echo $BASHPID > app/sub/cgroup.procs; dd if=/dev/zero of=/tmp/big bs=1M count=12 status=none; exec stress -q --vm 1 --vm-bytes 24M --vm-hang 0) &',
      '(echo $BASHPID > app/sub/cgroup.procs; exec stress -q --vm 1 --vm-bytes 64M --vm-hang 0) &',
      '(sleep 1.5; echo max > app/memory.high) &',
    ],
    ['current', 'swap.current', 'events', 'max', 'high', 'low', 'peak', 'stat'].map(
      file => `${V2}/app/memory.${file}`,
    ),
    3,
  )
  checkAll(it, ({ path, text }, snapshot) => {
    const tank = memoryTanks(snapshot).find(it => it.path === '/app')!
    const file = path.slice(path.indexOf('memory.'))
    const line = text.trim()
    const limit = (bytes: number | undefined): string => (bytes === undefined ? 'max' : String(bytes))
    const plain: Readonly<Record<string, string>> = {
      'memory.current': String(tank.current),
      'memory.swap.current': String(tank.swap),
      'memory.max': limit(tank.max),
      'memory.high': limit(tank.high),
      'memory.low': String(tank.low),
      'memory.peak': String(tank.peak),
    }
    if (file in plain) expect(line).toBe(plain[file])
    const { highEvents: high, maxEvents: max, oomKills: oom_kill } = tank
    const counts = { high, max, oom_kill }
    const parts = { anon: tank.anon, file: tank.file + tank.shmem, shmem: tank.shmem }
    for (const [name, value] of Object.entries(
      file === 'memory.events' ? counts : file === 'memory.stat' ? parts : {},
    ))
      expect(numbersIn(text)[name]).toBe(String(value))
  })
  const tanks = it.readings.map(({ snapshot }) => memoryTanks(snapshot).find(it => it.path === '/app')!)
  for (const what of ['highEvents', 'maxEvents', 'swap', 'oomKills'] as const)
    expect([what, Math.max(...tanks.map(it => it[what])) > 0]).toEqual([what, true])
})

test('a tank of version 1 has what memory.usage_in_bytes and its neighbours have', () => {
  const dir = `${V2}/memory/m`
  const it = watched(
    [
      `mkdir ${dir}; cd ${dir}; echo 20M > memory.limit_in_bytes`,
      '(echo $BASHPID > cgroup.procs; dd if=/dev/zero of=/tmp/big bs=1M count=30 status=none; exec tail /dev/zero) &',
    ],
    ['usage_in_bytes', 'limit_in_bytes', 'failcnt', 'max_usage_in_bytes', 'oom_control'].map(
      file => `${dir}/memory.${file}`,
    ),
    3,
    { cgroup: 'v1' },
  )
  checkAll(it, ({ path, text }, snapshot) => {
    const tank = memoryTanks(snapshot).find(it => it.path === '/m')!
    const shown: Readonly<Record<string, number | undefined>> = {
      usage_in_bytes: tank.current,
      limit_in_bytes: tank.max,
      failcnt: tank.maxEvents,
      max_usage_in_bytes: tank.peak,
    }
    const file = path.slice(path.indexOf('memory.') + 7)
    if (file in shown) expect(text).toBe(`${shown[file]}\n`)
    else expect(numbersIn(text).oom_kill).toBe(String(tank.oomKills))
  })
  expect(memoryTanks(it.machine.snapshot)[0]!.maxEvents).toBeGreaterThan(0)
})

test('who is frozen, and how many of pids.max there are, is what the files say', () => {
  const it = watched(
    [
      `cd ${V2}; mkdir -p ice/cube; echo 3 > ice/pids.max; (echo $BASHPID > ice/cube/cgroup.procs; exec stress -q -c 1) &`,
      'sleep 1; for i in 1 0 1; do echo $i > ice/cgroup.freeze; sleep 0.7; done &',
    ],
    [`${V2}/ice/cgroup.events`, `${V2}/ice/cube/cgroup.events`, `${V2}/ice/pids.current`],
    4,
  )
  const seen = new Set<boolean>()
  checkAll(it, ({ path, text }, snapshot) => {
    const node = nodeOf(snapshot, path.includes('cube') ? '/ice/cube' : '/ice')
    if (path.endsWith('pids.current')) {
      expect(node.pids).toEqual({ current: Number(text), max: 3 })
      return
    }
    expect(node.frozen).toBe(numbersIn(text).frozen === '1')
    const burner = taskRows(snapshot).find(it => it.comm === 'stress' && it.args === 'stress -q -c 1')!
    expect(burner.frozen).toBe(node.frozen)
    seen.add(node.frozen)
  })
  expect(seen).toEqual(new Set([true, false]))
})
