/**
 * The first line of uptime, w and top. Linux: procps-ng library/uptime.c.
 */
import { type Blocking, CLOCK_REALTIME, type Sys } from '../../../abi/index.ts'
import { fatal } from '../command.ts'
import { procText } from '../proc.ts'
import { localtime } from '../time.ts'

const two = (n: number): string => String(n).padStart(2, '0')

/** `up 1 day, 2:03` */
export function upText(seconds: number): string {
  const days = Math.floor(seconds / 86400)
  const hours = Math.floor(seconds / 3600) % 24
  const minutes = Math.floor(seconds / 60) % 60
  const start = days ? `up ${days} day${days === 1 ? '' : 's'}, ` : 'up '
  return hours ? `${start}${String(hours).padStart(2)}:${two(minutes)}` : `${start}${minutes} min`
}

/** `up 2 days, 3 hours, 5 minutes` */
export function prettyUp(seconds: number): string {
  const parts: string[] = []
  const add = (n: number, unit: string): void => {
    if (n) parts.push(`${n} ${unit}${n === 1 ? '' : 's'}`)
  }
  const days = Math.floor(seconds / 86400)
  add(Math.floor(days / 365), 'year')
  add(Math.floor((days % 365) / 7), 'week')
  add((days % 365) % 7, 'day')
  add(Math.floor(seconds / 3600) % 24, 'hour')
  const minutes = Math.floor(seconds / 60) % 60
  // Minutes are said even when there are none.
  parts.push(`${minutes} minute${minutes === 1 ? '' : 's'}`)
  return `up ${parts.join(', ')}`
}

/** `12:00:02 up 0 min,  0 user,  load average: 0.32, 0.08, 0.03` */
export function* uptimeLine(sys: Sys): Blocking<string> {
  const up = yield* procText(sys, '/proc/uptime')
  const load = yield* procText(sys, '/proc/loadavg')
  if (up === undefined || load === undefined)
    throw fatal('Cannot get system uptime: No such file or directory')
  const t = localtime(sys.clock_gettime(CLOCK_REALTIME))
  const averages = load.split(' ').slice(0, 3).join(', ')
  return `${two(t.hour)}:${two(t.minute)}:${two(t.second)} ${upText(Number.parseInt(up, 10))},  0 user,  load average: ${averages}`
}
