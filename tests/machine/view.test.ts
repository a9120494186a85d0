import { expect, test } from 'vitest'
import {
  cgroupNodes,
  cgroupShare,
  countKthreads,
  initialNamespaces,
  kthreadRows,
  layerEvents,
  layerRowAt,
  Machine,
  objectChanges,
  overlayMounts,
  type Snapshot,
  taskRows,
} from '../../src/machine/index.ts'

const SECOND = 1_000_000_000

/** The machine's state before and after a command line. */
function around(line: string, cgroup: 'v1' | 'v2' = 'v2', seconds = 1): readonly [Snapshot, Snapshot] {
  const machine = new Machine({ cgroup, freeze: true })
  const terminal = machine.openTerminal({ rows: 24, cols: 80 })
  machine.runUntil(machine.now + SECOND)
  const before = machine.commit()
  terminal.write(`${line}\r`)
  machine.runUntil(machine.now + seconds * SECOND)
  return [before, machine.commit()]
}

test('a process in a mount namespace of its own differs from init in that one namespace', () => {
  const [, after] = around('unshare -m sleep 100')
  const host = initialNamespaces(after)!
  const row = taskRows(after).find(it => it.comm === 'sleep')!
  const different = Object.entries(row.namespaces).filter(([kind, inum]) => inum !== host[kind as 'mnt'])
  expect(different.map(([kind]) => kind)).toEqual(['mnt'])
})

test("the kernel's own threads are no rows among the processes", () => {
  const [snapshot] = around('true')
  expect(taskRows(snapshot).map(it => it.args)).toEqual(['/sbin/init', '-bash'])
  const rows = kthreadRows(snapshot)
  expect(rows.length).toBe(countKthreads(snapshot))
  expect(rows.slice(0, 3).map(it => [it.pid, it.depth, it.args])).toEqual([
    [2, 0, '[kthreadd]'],
    [3, 1, '[rcu_gp]'],
    [4, 1, '[rcu_par_gp]'],
  ])
})

test.for(['v1', 'v2'] as const)('a group with a quota of ten percent shows ten percent (%s)', cgroup => {
  const dir = cgroup === 'v1' ? '/sys/fs/cgroup/cpu/demo' : '/sys/fs/cgroup/demo'
  const quota = cgroup === 'v1' ? 'echo 10000 > cpu.cfs_quota_us' : 'echo "10000 100000" > cpu.max'
  const [, after] = around(
    `mkdir ${dir}; cd ${dir}; ${quota}; echo $$ > cgroup.procs; while :; do :; done`,
    cgroup,
    10,
  )
  const node = cgroupNodes(after).find(it => it.name === 'demo')!
  expect(node.quota).toBe(10_000_000)
  expect(node.nrThrottled).toBeGreaterThan(80)
  expect(node.usage / (10 * SECOND)).toBeCloseTo(0.1, 2)
  expect(cgroupShare(after, after, node.id)).toBe(0)
})

test('a mounted overlay shows which layer serves each name', () => {
  const [, after] = around(
    'cd /tmp; mkdir l u w m; echo 1 > l/keep; echo 1 > l/change; echo 1 > l/gone;' +
      'mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w m; echo 2 >> m/change; rm m/gone; echo 3 > m/new',
  )
  const [overlay] = overlayMounts(after)
  expect(overlay?.at).toBe('/tmp/m')
  expect(overlay?.rows.map(row => [row.name, row.served, ...row.cells])).toEqual([
    ['change', 0, 'file', 'file'],
    ['gone', undefined, 'whiteout', 'file'],
    ['keep', 1, undefined, 'file'],
    ['new', 0, 'file', undefined],
  ])
  expect(overlay?.layers).toEqual([
    { kind: 'upper', path: '/tmp/u', added: 1, changed: 1, removed: 1, bytes: 6 },
    { kind: 'lower', path: '/tmp/l', added: 3, changed: 0, removed: 0, bytes: 6 },
  ])
})

test('what happens to a row of an overlay is told once', () => {
  const machine = new Machine({ freeze: true })
  const terminal = machine.openTerminal({ rows: 24, cols: 80 })
  const type = (line: string) => {
    terminal.write(`${line}\r`)
    machine.runUntil(machine.now + SECOND)
    return overlayMounts(machine.commit())
  }
  type('cd /tmp; mkdir l u w m; echo 1 > l/change; echo 1 > l/gone; mkdir l/dir; touch l/dir/x')
  const [before] = type(
    'mount -t overlay o -o lowerdir=l,upperdir=u,workdir=w,redirect_dir=on,metacopy=on m; cd m',
  )
  const [after] = type('chmod 600 change; rm gone; touch new')
  expect([...layerEvents(before!, after!)]).toEqual([
    ['/change', { kind: 'copy-up', from: 1 }],
    ['/gone', { kind: 'whiteout' }],
    ['/new', { kind: 'made' }],
  ])
  expect(after!.rows[0]).toMatchObject({ name: 'change', cells: ['metacopy', 'file'], bytes: 2 })
  expect(layerEvents(after!, after!).size).toBe(0)
  expect(terminal.cwd).toBe('/tmp/m')
  expect(layerRowAt([after!], 'dir/x', ['/tmp/m'])).toEqual({ id: after!.id, path: '/dir/x' })
  expect(layerRowAt([after!], '../m/dir', ['/tmp/m', '/'])).toEqual({ id: after!.id, path: '/dir' })
  expect(layerRowAt([after!], '/tmp/l/dir', [])).toBeUndefined()

  const [renamed] = type('mv dir other')
  expect(renamed!.rows.map(row => [row.path, row.served, ...row.cells]).slice(1)).toEqual([
    ['/dir', undefined, 'whiteout', 'dir'],
    ['/gone', undefined, 'whiteout', 'file'],
    ['/new', 0, 'file', undefined],
    ['/other', 0, 'dir', 'dir'],
    ['/other/x', 1, undefined, 'file'],
  ])
})

test.for([
  ['mkdir /sys/fs/cgroup/demo', { kind: 'cgroup', verb: 'created', name: '/demo' }],
  ['mkdir /tmp/x', { kind: 'file', verb: 'created', name: '/tmp/x' }],
  ['mount -t tmpfs t /mnt', { kind: 'mount', verb: 'created', name: '/mnt', detail: 'tmpfs' }],
  ['hostname other', { kind: 'hostname', field: 'hostname', from: 'host', to: 'other' }],
  ['sleep 100 &', { kind: 'task', verb: 'created', name: expect.stringMatching(/^\d+ sleep 100$/) }],
] as const)('the changes of `%s` tell of it', ([line, change]) => {
  expect(objectChanges(...around(line))).toContainEqual(expect.objectContaining(change))
})
