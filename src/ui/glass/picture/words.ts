/** What the picture says, as numbers to be read out: measured from the slices, not from the settings. */
import {
  bucketCurve,
  type CgroupNode,
  periodsOf,
  ranIn,
  type Slice,
  slicesBelow,
  type Timeline,
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
  /** CPUs' worth of time, over whole periods where there are any. */
  readonly share: number
  readonly longest: number
  readonly left: number | undefined
  readonly isThrottled: boolean
}

export function groupWords(timeline: Timeline, row: GroupRow, at: number): GroupWords {
  const { node, below, limits } = row
  const from = Math.max(timeline.since, at - SECOND)
  const { longest } = ranIn(slicesBelow(timeline, below, from, at), from, at)
  const isThrottled = limits.some(id => timeline.throttlingOf(id, at - 1, at).length > 0)
  if (node.quota === undefined)
    return { ran: undefined, share: row.share, longest, left: undefined, isThrottled }
  const periods = periodsOf(timeline, below, from, at).filter(it => it.from >= from)
  const sum = (of: (it: (typeof periods)[number]) => number): number =>
    periods.reduce((sum, it) => sum + of(it), 0)
  const ran = periods.length
    ? { part: sum(it => it.total) / periods.length, whole: sum(it => it.to - it.from) / periods.length }
    : undefined
  const left = bucketCurve(timeline, below, node.quota + node.burst, at - 1, at).at(-1)?.level
  return { ran, share: ran ? ran.part / ran.whole : row.share, longest, left, isThrottled }
}

/** The lines of cpu.stat, as the file has them. */
export function numbersOf(node: CgroupNode): readonly (readonly [string, string])[] {
  const us = (ns: number): string => String(Math.floor(ns / 1000))
  const usage = ['usage_usec', us(node.usage)] as const
  if (node.quota === undefined) return [usage]
  return [
    ['nr_periods', String(node.nrPeriods)],
    ['nr_throttled', String(node.nrThrottled)],
    ['throttled_usec', us(node.throttledTime)],
    usage,
  ]
}
