/** What the picture draws of quotas agrees with what the kernel counts, on any number of CPUs and in both versions. */
import { expect, test } from 'vitest'
import {
  bucketCurve,
  cgroupNodes,
  type CgroupNode,
  periodsOf,
  ranIn,
  slicesBelow,
  type Snapshot,
} from '../../src/machine/index.ts'
import { MS, SECOND, type Watched, watched } from './watched.ts'

/**
 * What a CPU took of a quota and did not need stays there over the end of the period, but for a ms at most. Linux:
 * min_cfs_rq_runtime.
 */
const LEFT_OVER = MS

interface Group {
  readonly node: CgroupNode
  /** Itself and those below it. */
  readonly below: readonly number[]
  /** Itself and those above it. */
  readonly above: readonly number[]
}

/** All groups but the root. */
function groupsOf(snapshot: Snapshot): readonly Group[] {
  const nodes = cgroupNodes(snapshot)
  const isAbove = (a: CgroupNode, b: CgroupNode): boolean => a === b || b.path.startsWith(`${a.path}/`)
  return nodes.slice(1).map(node => ({
    node,
    below: nodes.filter(it => isAbove(node, it)).map(it => it.id),
    above: nodes.filter(it => isAbove(it, node)).map(it => it.id),
  }))
}

const nodeOf = (snapshot: Snapshot, id: number): CgroupNode => cgroupNodes(snapshot).find(it => it.id === id)!

/** What must hold of every group, whatever its settings, in the last `seconds` of a machine. */
function agrees({ machine, moments, recorder }: Watched, seconds: number): void {
  const { timeline } = recorder
  const [before, after] = [moments.at(machine.now - seconds * SECOND), machine.snapshot]
  const [from, to] = [before.clock, after.clock]
  for (const { node, below, above } of groupsOf(after)) {
    const was = nodeOf(before, node.id)
    const slices = slicesBelow(timeline, below, from, to)
    expect(ranIn(slices, from, to).total).toBe(node.usage - was.usage)
    for (const id of above)
      for (const held of timeline.throttlingOf(id, from, to))
        for (const it of slices.filter(it => it.cpu === held.cpu))
          expect(Math.min(it.to, held.to) - Math.max(it.from, held.from)).toBeLessThanOrEqual(0)
    if (node.quota === undefined) continue
    const begun = timeline.refillsOf(node.id, from, to).filter(it => it.at > from)
    expect(begun).toHaveLength(node.nrPeriods - was.nrPeriods)
    const held = timeline.throttlingOf(node.id, from, to)
    const time = held.reduce((sum, it) => sum + Math.min(it.to, to) - Math.max(it.from, from), 0)
    expect(time).toBe(node.throttledTime - was.throttledTime)
    for (const { level } of bucketCurve(timeline, below, node.quota + node.burst, from, to))
      expect(level).toBeLessThanOrEqual(node.quota + node.burst)
  }
}

const SETTINGS = {
  v1: { root: '/sys/fs/cgroup/cpu', ten: 'echo 10000 > $g/cpu.cfs_quota_us' },
  v2: { root: '/sys/fs/cgroup', ten: 'echo "10000 100000" > $g/cpu.max' },
} as const

test.for([
  [1, 'v2', 1],
  [2, 'v2', 1],
  [2, 'v1', 3],
  [4, 'v1', 4],
  [4, 'v2', 4],
] as const)(
  'a quota of ten percent is 10 ms of every 100 ms and 90 ms are hatched: CPUs %i, %s, burners in each of three groups %i',
  ([cpus, cgroup, burners]) => {
    const { root, ten } = SETTINGS[cgroup]
    const it = watched(
      [
        `cd ${root}; for g in a b c; do mkdir $g; ${ten}; done`,
        `for g in a b c; do (echo $BASHPID > $g/cgroup.procs; exec stress -q -c ${burners}) & done`,
      ],
      [],
      3,
      { cpus, cgroup },
    )
    agrees(it, 2)
    const { timeline } = it.recorder
    const { now } = it.machine
    for (const { node, below } of groupsOf(it.machine.snapshot)) {
      const periods = periodsOf(timeline, below, now - 2 * SECOND, now)
      expect(periods.length).toBeGreaterThan(18)
      const mean = periods.reduce((sum, it) => sum + it.total, 0) / periods.length
      expect(Math.abs(mean - 10 * MS)).toBeLessThan((LEFT_OVER * cpus) / periods.length)
      for (const { from, to, total } of periods) {
        expect(to - from).toBe(100 * MS)
        expect(Math.abs(total - 10 * MS)).toBeLessThan(LEFT_OVER * cpus)
        // From its last slice to the end of the period it is held back on every CPU that it ran on.
        const last = Math.max(...slicesBelow(timeline, below, from, to).map(it => Math.min(it.to, to)))
        const held = timeline.throttlingOf(node.id, last, to)
        expect(held.some(it => it.from <= last && it.to >= to)).toBe(true)
      }
    }
  },
)

test('a child with room of its own is held back with its parent, and the two together have the parent’s quota', () => {
  const it = watched(
    [
      'cd /sys/fs/cgroup; mkdir -p pod/a pod/b; echo +cpu > pod/cgroup.subtree_control',
      'echo "40000 100000" > pod/cpu.max; echo "30000 100000" > pod/a/cpu.max',
      'for g in a b; do (echo $BASHPID > pod/$g/cgroup.procs; exec stress -q -c 2) & done',
    ],
    [],
    4,
  )
  agrees(it, 3)
  const { timeline } = it.recorder
  const { now } = it.machine
  const [pod, a, b] = groupsOf(it.machine.snapshot) as [Group, Group, Group]
  for (const { from, to, total } of periodsOf(timeline, pod.below, now - 2 * SECOND, now)) {
    expect(Math.abs(total - 40 * MS)).toBeLessThan(0.1 * MS)
    const parts = [a, b].map(it => ranIn(slicesBelow(timeline, it.below, from, to), from, to).total)
    expect(parts[0]! + parts[1]!).toBe(total)
    expect(Math.min(...parts)).toBeGreaterThan(10 * MS)
  }
  expect(timeline.throttlingOf(b.node.id, now - 2 * SECOND, now)).toEqual([])
})

test('a burst is what was saved up: no period has more than quota and burst, and some have more than the quota', () => {
  const it = watched(
    [
      'cd /sys/fs/cgroup; mkdir b; echo "20000 100000" > b/cpu.max; echo 15000 > b/cpu.max.burst',
      '(echo $BASHPID > b/cgroup.procs; while :; do timeout 0.06 stress -q -c 1; sleep 0.33; done) &',
    ],
    [],
    6,
  )
  agrees(it, 5)
  const { now, snapshot } = it.machine
  const [{ node, below }] = groupsOf(snapshot) as [Group]
  const totals = periodsOf(it.recorder.timeline, below, now - 5 * SECOND, now).map(it => it.total)
  expect(Math.max(...totals)).toBeLessThan(35 * MS + 2 * LEFT_OVER)
  expect(totals.filter(it => it > 20 * MS + 2 * LEFT_OVER).length).toBeGreaterThan(3)
  expect(node.nrBursts).toBeGreaterThan(3)
})

test('beside a task of a real-time policy a quota stays a quota', () => {
  const it = watched(
    [
      'mkdir /sys/fs/cgroup/q; cd /sys/fs/cgroup/q; echo "60000 100000" > cpu.max',
      '(echo $BASHPID > cgroup.procs; exec stress -q -c 2) & chrt -f 50 stress -q -c 1 &',
    ],
    [],
    4,
  )
  agrees(it, 3)
})
