import { expect, test } from 'vitest'
import type { CgroupNode, Slice } from '../../src/machine/index.ts'
import { quotaName } from '../../src/ui/format.ts'
import { bandOf, hitOf, layoutOf } from '../../src/ui/glass/picture/layout.ts'
import type { GroupRow } from '../../src/ui/glass/picture/rows.ts'
import { segmentsOf, tickStep, timeOf, union, xOf } from '../../src/ui/glass/picture/segments.ts'

const slice = (from: number, to: number, task = 1, cgroup = 7): Slice => {
  return { cpu: 0, task, process: task, pid: task, comm: 'x', cgroup, from, to }
}
/** 100 ns on 100 pixels. */
const scale = { from: 0, to: 100, x: 0, width: 100 }
const byGroup = (it: Slice): number => it.cgroup

test('a slice is as wide as its time, cut at the page’s ends', () => {
  const { solid } = segmentsOf([slice(-5, 10), slice(20, 30), slice(95, 120)], scale, byGroup)
  expect(solid.map(({ x, width }) => [x, width])).toEqual([
    [0, 10],
    [20, 10],
    [95, 5],
  ])
})

test('slices of one task that touch are one rectangle; another task of the group begins its own', () => {
  const list = [slice(0, 10), slice(10, 20), slice(20, 30, 2), slice(40, 50, 2)]
  const { solid } = segmentsOf(list, scale, byGroup)
  expect(solid.map(({ x, width }) => [x, width])).toEqual([
    [0, 20],
    [20, 10],
    [40, 10],
  ])
})

test('slices thinner than a pixel are shares of its column, and all of their time is there', () => {
  const page = { ...scale, to: 1000 }
  const list = [slice(0, 4, 1, 7), slice(4, 10, 2, 8), slice(12, 22, 1, 7)]
  const { solid, mixed } = segmentsOf(list, page, byGroup)
  expect(solid).toEqual([])
  const shares = mixed.map(({ x, shares }) => [x, Object.fromEntries(shares)])
  expect(shares).toHaveLength(3)
  expect(shares[0]).toEqual([0, { 7: 0.4, 8: expect.closeTo(0.6) }])
  const total = mixed.flatMap(it => [...it.shares.values()]).reduce((a, b) => a + b, 0)
  expect(total).toBeCloseTo(2)
})

test('a thousand slices of a thousand groups are at most a column each', () => {
  const list = Array.from({ length: 1000 }, (_, i) => slice(i, i + 1, i, i))
  const { solid, mixed } = segmentsOf(list, { ...scale, to: 1000 }, byGroup)
  expect(solid.length + mixed.length).toBeLessThanOrEqual(101)
})

test('throttled on any CPU is throttled', () => {
  const list = [
    { from: 10, to: 90 },
    { from: 110, to: 190 },
    { from: 12, to: 100 },
  ]
  expect(union(list)).toEqual([
    { from: 10, to: 100 },
    { from: 110, to: 190 },
  ])
})

test('places are times and times are places', () => {
  const page = { from: 500, to: 900, x: 40, width: 200 }
  expect(xOf(page, 700)).toBe(140)
  expect(timeOf(page, 140)).toBe(700)
})

test('the grid’s step is 1, 2 or 5 by a power of ten', () => {
  const at = (window: number) => tickStep({ from: 0, to: window, x: 0, width: 400 }, 50)
  expect([at(500e6), at(100e6), at(20e6), at(1e9)]).toEqual([100e6, 20e6, 5e6, 200e6])
})

const row = (quota?: number): GroupRow => {
  const node = { id: 2, depth: 1, quota, period: 100e6, burst: 0 } as CgroupNode
  return { node, below: [2], limits: quota === undefined ? [] : [2] }
}

test.for([
  [1264, 'wide'],
  [366, 'narrow'],
] as const)('%i pixels: everything has its place and is found there again', ([width]) => {
  const rows = [row(10e6), row(), row(5e6)]
  const layout = layoutOf(width, 300, 13, 2, rows)
  expect(layout.x + layout.span).toBeLessThanOrEqual(width)
  expect(layout.isWide).toBe(width > 600)
  for (const [cpu, lane] of layout.lanes.entries())
    expect(hitOf(layout, 0, lane.y + lane.height / 2)).toEqual({ kind: 'lane', cpu })
  for (const [index, place] of layout.rows.entries()) {
    expect(hitOf(layout, 0, layout.head + place.y + 1)).toEqual({ kind: 'row', index })
    const band = bandOf(layout, place, rows[index]!.node.quota !== undefined)
    expect(band.y).toBeGreaterThanOrEqual(place.y)
    expect(band.y + band.height).toBeLessThanOrEqual(place.y + place.height)
  }
  expect(hitOf(layout, layout.rows[1]!.y, layout.head + 1)).toEqual({ kind: 'row', index: 1 })
  expect(hitOf(layout, 0, 2)).toEqual({ kind: 'axis' })
})

test('sixty-four CPUs leave room for the groups', () => {
  const layout = layoutOf(1000, 400, 13, 64, [row(10e6)])
  expect(layout.lanes).toHaveLength(64)
  expect(layout.lanes.every(it => it.height >= 6)).toBe(true)
})

test('a hundred groups are low rows that can be told apart; a few fill what there is', () => {
  const many = layoutOf(
    1200,
    400,
    13,
    2,
    Array.from({ length: 100 }, () => row(5e6)),
  )
  expect(many.rows[0]!.height).toBeGreaterThan(2.2 * 13)
  expect(many.rows[0]!.height).toBeLessThan(3 * 13)
  const few = layoutOf(1200, 400, 13, 2, [row(5e6), row(5e6), row()])
  expect(few.total).toBeLessThanOrEqual(400)
  expect(few.rows[0]!.height).toBeGreaterThan(5 * 13)
  const some = layoutOf(
    1200,
    300,
    13,
    2,
    Array.from({ length: 5 }, () => row(5e6)),
  )
  expect(some.total).toBeLessThanOrEqual(300)
})

test.for([
  [10e6, 0, 100e6, '10 / 100 ms'],
  [20e6, 15e6, 100e6, '20 + 15 / 100 ms'],
  [0.5e6, 0, 100e6, '500 µs / 100 ms'],
  [200e6, 0, 1e9, '200 ms / 1 s'],
] as const)('a quota of %d ns and a burst of %d in %d is named %s', ([quota, burst, period, name]) => {
  expect(quotaName(quota, burst, period)).toBe(name)
})
