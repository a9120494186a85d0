/** The table of strace -c: what the calls cost, how many there were and how many failed. Linux: strace's count.c. */

import { callNumber } from './sets.ts'

export interface Count {
  readonly name: string
  /** ns */
  time: number
  calls: number
  errors: number
  min: number
  max: number
}

/** By -S. */
const ORDERS: Readonly<Record<string, ((a: Count, b: Count) => number) | undefined>> = {
  time: (a, b) => b.time - a.time,
  'time-total': (a, b) => b.time - a.time,
  'total-time': (a, b) => b.time - a.time,
  'min-time': (a, b) => b.min - a.min,
  'time-min': (a, b) => b.min - a.min,
  'max-time': (a, b) => b.max - a.max,
  'time-max': (a, b) => b.max - a.max,
  'avg-time': (a, b) => b.time / b.calls - a.time / a.calls,
  'time-avg': (a, b) => b.time / b.calls - a.time / a.calls,
  calls: (a, b) => b.calls - a.calls,
  count: (a, b) => b.calls - a.calls,
  errors: (a, b) => b.errors - a.errors,
  error: (a, b) => b.errors - a.errors,
  name: (a, b) => (a.name < b.name ? -1 : 1),
  'syscall-name': (a, b) => (a.name < b.name ? -1 : 1),
  syscall: (a, b) => (a.name < b.name ? -1 : 1),
}
const UNSORTED = ['none', 'nothing']

export const isOrder = (name: string): boolean => name in ORDERS || UNSORTED.includes(name)

const RULE = '------ ----------- ----------- --------- --------- ----------------\n'

export class Summary {
  readonly #counts = new Map<string, Count>()

  add(name: string, time: number, failed: boolean): void {
    let it = this.#counts.get(name)
    if (!it) this.#counts.set(name, (it = { name, time: 0, calls: 0, errors: 0, min: Infinity, max: 0 }))
    it.time += time
    it.calls++
    if (failed) it.errors++
    it.min = Math.min(it.min, time)
    it.max = Math.max(it.max, time)
  }

  table(order: string): string {
    const compare = ORDERS[order]
    const counts = [...this.#counts.values()].sort((a, b) => callNumber(a.name) - callNumber(b.name))
    if (compare) counts.sort(compare)
    const total = counts.reduce((sum, it) => sum + it.time, 0)
    const calls = counts.reduce((sum, it) => sum + it.calls, 0)
    const errors = counts.reduce((sum, it) => sum + it.errors, 0)
    const rows = counts.map(it =>
      row(total ? (100 * it.time) / total : 0, it.time, it.calls, it.errors, it.name),
    )
    const header = '% time     seconds  usecs/call     calls    errors syscall\n'
    return header + RULE + rows.join('') + RULE + row(100, total, calls, errors, 'total')
  }
}

function row(percent: number, time: number, calls: number, errors: number, name: string): string {
  const each = calls ? Math.floor(time / calls / 1000) : 0
  return [
    percent.toFixed(2).padStart(6),
    (time / 1e9).toFixed(6).padStart(11),
    String(each).padStart(11),
    String(calls).padStart(9),
    (errors ? String(errors) : '').padStart(9),
    `${name}\n`,
  ].join(' ')
}
