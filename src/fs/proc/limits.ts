/** /proc/PID/limits. Linux: fs/proc/base.c:proc_pid_limits(). */
import { RLIM_INFINITY, type Rlimit } from '../../abi/index.ts'

const ROWS = [
  ['Max cpu time', 'seconds'],
  ['Max file size', 'bytes'],
  ['Max data size', 'bytes'],
  ['Max stack size', 'bytes'],
  ['Max core file size', 'bytes'],
  ['Max resident set', 'bytes'],
  ['Max processes', 'processes'],
  ['Max open files', 'files'],
  ['Max locked memory', 'bytes'],
  ['Max address space', 'bytes'],
  ['Max file locks', 'locks'],
  ['Max pending signals', 'signals'],
  ['Max msgqueue size', 'bytes'],
  ['Max nice priority', ''],
  ['Max realtime priority', ''],
  ['Max realtime timeout', 'us'],
] as const

const show = (limit: number): string => (limit === RLIM_INFINITY ? 'unlimited' : `${limit}`).padEnd(20)

export function showLimits(limits: readonly Rlimit[]): string {
  const head = `${'Limit'.padEnd(25)} ${'Soft Limit'.padEnd(20)} ${'Hard Limit'.padEnd(20)} ${'Units'.padEnd(10)}\n`
  return (
    head +
    ROWS.map(([name, unit], i) => {
      const it = limits[i] ?? { cur: RLIM_INFINITY, max: RLIM_INFINITY }
      return `${name.padEnd(25)} ${show(it.cur)} ${show(it.max)} ${unit && unit.padEnd(10)}\n`
    }).join('')
  )
}
