/** What the picture says, as numbers to be read out: measured from the slices, not from the settings. */
import {
  bucketCurve,
  type CgroupNode,
  periodsOf,
  ranIn,
  type Slice,
  slicesBelow,
  type Timeline,
  weightFromShares,
} from '../../../machine/index.ts'
import type { GroupRow } from './rows.ts'

const SECOND = 1_000_000_000

export interface CpuWords {
  /** The part of the last second in which it ran somebody. */
  readonly busy: number
  readonly runs: Slice | undefined
}

export function cpuWords(timeline: Timeline, cpu: number, at: number): CpuWords {
  const from = Math.max(timeline.since, at - SECOND)
  const slices = timeline.lane(cpu, from, at)
  return {
    busy: ranIn(slices, from, at).total / Math.max(1, at - from),
    runs: slices.find(it => it.to >= at),
  }
}

export interface GroupWords {
  /** The mean over the periods of the last second: so much of so much. */
  readonly ran: { readonly part: number; readonly whole: number } | undefined
  /** CPUs' worth of time in the last second, or over its whole periods where there are any. */
  readonly share: number
  readonly longest: number
  readonly left: number | undefined
  readonly isThrottled: boolean
}

export function groupWords(timeline: Timeline, row: GroupRow, at: number): GroupWords {
  const { node, below, limits } = row
  const from = Math.max(timeline.since, at - SECOND)
  const { total, longest } = ranIn(slicesBelow(timeline, below, from, at), from, at)
  const lately = total / Math.max(1, at - from)
  const isThrottled = limits.some(id => timeline.throttlingOf(id, at - 1, at).length > 0)
  if (node.quota === undefined)
    return { ran: undefined, share: lately, longest, left: undefined, isThrottled }
  const periods = periodsOf(timeline, below, from, at).filter(it => it.from >= from)
  const sum = (of: (it: (typeof periods)[number]) => number): number =>
    periods.reduce((sum, it) => sum + of(it), 0)
  const ran = periods.length
    ? { part: sum(it => it.total) / periods.length, whole: sum(it => it.to - it.from) / periods.length }
    : undefined
  const left = bucketCurve(timeline, below, node.quota + node.burst, at - 1, at).at(-1)?.level
  return { ran, share: ran ? ran.part / ran.whole : lately, longest, left, isThrottled }
}

/** Where there is no room for all lines, the first of these stay. */
const MATTER = ['nr_throttled', 'nr_periods', 'nr_bursts', 'throttled', 'usage', 'burst'] as const

/** Lines of cpu.stat, in the order and with the names that the file has: all, or so many that matter. */
export function numbersOf(
  node: CgroupNode,
  most = Number.POSITIVE_INFINITY,
): readonly (readonly [string, string])[] {
  const isV1 = node.version === 1
  const time = (ns: number): string => String(isV1 ? ns : Math.floor(ns / 1000))
  const unit = isV1 ? 'time' : 'usec'
  const lines: (readonly [string, string, (typeof MATTER)[number]])[] = [
    [isV1 ? 'cpuacct.usage' : 'usage_usec', time(node.usage), 'usage'],
  ]
  if (node.quota !== undefined)
    lines.push(
      ['nr_periods', String(node.nrPeriods), 'nr_periods'],
      ['nr_throttled', String(node.nrThrottled), 'nr_throttled'],
      [`throttled_${unit}`, time(node.throttledTime), 'throttled'],
    )
  if (node.quota !== undefined && node.burst)
    lines.push(
      ['nr_bursts', String(node.nrBursts), 'nr_bursts'],
      [`burst_${unit}`, time(node.burstTime), 'burst'],
    )
  const kept = MATTER.filter(it => lines.some(([, , what]) => what === it)).slice(0, most)
  return lines.filter(([, , what]) => kept.includes(what)).map(([name, value]) => [name, value])
}

type Say = (message: 'weight' | 'shares' | 'frozen', values?: Record<string, number>) => string

/** What holds a group back besides its quota: the freezer, or its weight beside others. */
export function standingOf(node: CgroupNode, say: Say): string {
  if (node.frozen) return say('frozen')
  if (!node.parent) return ''
  const { shares } = node
  return node.version === 1 ? say('shares', { shares }) : say('weight', { weight: weightFromShares(shares) })
}
