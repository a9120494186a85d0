/**
 * Time zones: POSIX TZ strings with their rules for summer, and the zones of the database that people name, each by
 * the rule that holds today. Linux: tzset(3), tzfile(5).
 *
 * Left out: what the rules were in former years; rarer zones of the database; rules by day of the year (J60).
 */

/** A zone's clock at some time: its abbreviation and how far east of Greenwich it is, in seconds. */
export interface Clock {
  readonly name: string
  readonly offset: number
}

/** A zone. `at` tells the clock where it changes in the course of the year. */
export interface Zone extends Clock {
  readonly at?: (sec: number) => Clock
}

export const UTC: Zone = { name: 'UTC', offset: 0 }

const EUROPE = 'M3.5.0,M10.5.0/3'
const AMERICA = 'M3.2.0,M11.1.0'

/** Names of the database and what they mean as POSIX has it. */
const NAMED: Readonly<Record<string, string>> = {
  'Africa/Cairo': 'EET-2EEST,M4.5.5/0,M10.5.4/24',
  'Africa/Johannesburg': 'SAST-2',
  'Africa/Lagos': 'WAT-1',
  'Africa/Nairobi': 'EAT-3',
  'America/Anchorage': `AKST9AKDT,${AMERICA}`,
  'America/Argentina/Buenos_Aires': '<-03>3',
  'America/Bogota': '<-05>5',
  'America/Chicago': `CST6CDT,${AMERICA}`,
  'America/Denver': `MST7MDT,${AMERICA}`,
  'America/Halifax': `AST4ADT,${AMERICA}`,
  'America/Los_Angeles': `PST8PDT,${AMERICA}`,
  'America/Mexico_City': 'CST6',
  'America/New_York': `EST5EDT,${AMERICA}`,
  'America/Phoenix': 'MST7',
  'America/Sao_Paulo': '<-03>3',
  'America/Toronto': `EST5EDT,${AMERICA}`,
  'America/Vancouver': `PST8PDT,${AMERICA}`,
  'Asia/Bangkok': '<+07>-7',
  'Asia/Dhaka': '<+06>-6',
  'Asia/Dubai': '<+04>-4',
  'Asia/Ho_Chi_Minh': '<+07>-7',
  'Asia/Hong_Kong': 'HKT-8',
  'Asia/Jakarta': 'WIB-7',
  'Asia/Jerusalem': 'IST-2IDT,M3.4.4/26,M10.5.0',
  'Asia/Karachi': 'PKT-5',
  'Asia/Kathmandu': '<+0545>-5:45',
  'Asia/Kolkata': 'IST-5:30',
  'Asia/Manila': 'PST-8',
  'Asia/Pyongyang': 'KST-9',
  'Asia/Seoul': 'KST-9',
  'Asia/Shanghai': 'CST-8',
  'Asia/Singapore': '<+08>-8',
  'Asia/Taipei': 'CST-8',
  'Asia/Tehran': '<+0330>-3:30',
  'Asia/Tokyo': 'JST-9',
  'Atlantic/Reykjavik': 'GMT0',
  'Australia/Adelaide': 'ACST-9:30ACDT,M10.1.0,M4.1.0/3',
  'Australia/Brisbane': 'AEST-10',
  'Australia/Melbourne': 'AEST-10AEDT,M10.1.0,M4.1.0/3',
  'Australia/Perth': 'AWST-8',
  'Australia/Sydney': 'AEST-10AEDT,M10.1.0,M4.1.0/3',
  CET: `CET-1CEST,${EUROPE}`,
  CST6CDT: `CST6CDT,${AMERICA}`,
  EET: 'EET-2EEST,M3.5.0/3,M10.5.0/4',
  EST: 'EST5',
  EST5EDT: `EST5EDT,${AMERICA}`,
  'Europe/Amsterdam': `CET-1CEST,${EUROPE}`,
  'Europe/Athens': 'EET-2EEST,M3.5.0/3,M10.5.0/4',
  'Europe/Berlin': `CET-1CEST,${EUROPE}`,
  'Europe/Brussels': `CET-1CEST,${EUROPE}`,
  'Europe/Dublin': `GMT0IST,M3.5.0/1,M10.5.0`,
  'Europe/Helsinki': 'EET-2EEST,M3.5.0/3,M10.5.0/4',
  'Europe/Istanbul': '<+03>-3',
  'Europe/Kiev': 'EET-2EEST,M3.5.0/3,M10.5.0/4',
  'Europe/Lisbon': 'WET0WEST,M3.5.0/1,M10.5.0',
  'Europe/London': 'GMT0BST,M3.5.0/1,M10.5.0',
  'Europe/Madrid': `CET-1CEST,${EUROPE}`,
  'Europe/Moscow': 'MSK-3',
  'Europe/Paris': `CET-1CEST,${EUROPE}`,
  'Europe/Prague': `CET-1CEST,${EUROPE}`,
  'Europe/Rome': `CET-1CEST,${EUROPE}`,
  'Europe/Stockholm': `CET-1CEST,${EUROPE}`,
  'Europe/Vienna': `CET-1CEST,${EUROPE}`,
  'Europe/Warsaw': `CET-1CEST,${EUROPE}`,
  'Europe/Zurich': `CET-1CEST,${EUROPE}`,
  GMT: 'GMT0',
  HST: 'HST10',
  Japan: 'JST-9',
  MET: 'MET-1MEST,M3.5.0,M10.5.0/3',
  MST: 'MST7',
  MST7MDT: `MST7MDT,${AMERICA}`,
  PRC: 'CST-8',
  PST8PDT: `PST8PDT,${AMERICA}`,
  'Pacific/Auckland': 'NZST-12NZDT,M9.5.0,M4.1.0/3',
  'Pacific/Honolulu': 'HST10',
  ROK: 'KST-9',
  Singapore: '<+08>-8',
  UCT: 'UTC0',
  UTC: 'UTC0',
  Universal: 'UTC0',
  WET: 'WET0WEST,M3.5.0/1,M10.5.0',
  Zulu: 'UTC0',
}

/** The zone that $TZ names; an unknown one is UTC under its own name. */
export function zoneOf(tz: string | undefined): Zone {
  const text = (tz ?? '').replace(/^:/, '')
  if (!text) return UTC
  const etc = /^Etc\/(?:GMT|UTC?|UCT|Greenwich|Zulu|Universal)([-+]\d{1,2})?$/.exec(text)
  if (etc)
    return etc[1] ? hoursWest(Number(etc[1])) : { name: text.startsWith('Etc/G') ? 'GMT' : 'UTC', offset: 0 }
  return posixZone(NAMED[text] ?? text) ?? { name: /^[A-Za-z]{3,}/.exec(text)?.[0] ?? 'UTC', offset: 0 }
}

/** Etc/GMT-3 is three hours east of Greenwich. */
function hoursWest(hours: number): Zone {
  const name = `${hours > 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}`
  return { name, offset: -hours * 3600 || 0 }
}

const NAME = '(?:<([-+\\w]+)>|([A-Za-z]{3,}))'
const TIME = '([-+]?)(\\d{1,3})(?::(\\d{2}))?(?::(\\d{2}))?'
const POSIX = new RegExp(`^${NAME}${TIME}(?:${NAME}(?:${TIME})?(?:,(.*))?)?$`)

/** `NAMEoffset[NAME[offset][,start,end]]` */
function posixZone(text: string): Zone | undefined {
  const match = POSIX.exec(text)
  if (!match) return undefined
  const offset = -seconds(match.slice(3, 7)) || 0
  const standard: Clock = { name: match[1] ?? match[2]!, offset }
  const summerName = match[7] ?? match[8]
  if (summerName === undefined) return standard
  const summerOffset = match[10] === undefined ? offset + 3600 : -seconds(match.slice(9, 13)) || 0
  const [start, end] = (match[13] ?? AMERICA).split(',')
  if (!start || !end) return standard
  const summer: Clock = { name: summerName, offset: summerOffset }
  return { ...standard, at: sec => clockAt(sec, standard, summer, start, end) }
}

function seconds([sign, hours, minutes, rest]: readonly (string | undefined)[]): number {
  const all = Number(hours) * 3600 + Number(minutes ?? 0) * 60 + Number(rest ?? 0)
  return sign === '-' ? -all : all
}

function clockAt(sec: number, standard: Clock, summer: Clock, start: string, end: string): Clock {
  const year = yearOf(sec + standard.offset)
  const begins = changeIn(year, start) - standard.offset
  const ends = changeIn(year, end) - summer.offset
  const isSummer = begins < ends ? sec >= begins && sec < ends : sec >= begins || sec < ends
  return isSummer ? summer : standard
}

/** `Mm.w.d[/time]`: the day d of week w (5: the last) of month m, as local seconds since 1970. */
function changeIn(year: number, rule: string): number {
  const match = new RegExp(`^M(\\d+)\\.(\\d)\\.(\\d)(?:/${TIME})?$`).exec(rule)
  if (!match) return 0
  const [month, week, weekday] = match.slice(1, 4).map(Number) as [number, number, number]
  const first = daysBefore(year, month)
  const next = month === 12 ? daysBefore(year + 1, 1) : daysBefore(year, month + 1)
  let day = first + ((weekday - ((first + 4) % 7) + 14) % 7) + (week - 1) * 7
  while (day >= next) day -= 7
  return day * 86400 + (match[5] === undefined ? 7200 : seconds(match.slice(4, 8)))
}

/** Days from 1970-01-01 to the first of a month. */
function daysBefore(year: number, month: number): number {
  const y = month <= 2 ? year - 1 : year
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5)
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + doy - 719468
}

function yearOf(sec: number): number {
  const days = Math.floor(sec / 86400)
  let year = 1970 + Math.floor(days / 365.2425)
  while (daysBefore(year + 1, 1) <= days) year++
  while (daysBefore(year, 1) > days) year--
  return year
}

/** The clock of a zone at a time. */
export const clockOf = (zone: Zone, sec: number): Clock => zone.at?.(sec) ?? zone

/** The time at which clocks of the zone show so many seconds since 1970; undefined if they never do. */
export function fromLocal(zone: Zone, local: number): number | undefined {
  if (!zone.at) return local - zone.offset
  // In the hour that comes twice the first one counts.
  const offsets = [...new Set([clockOf(zone, local - 86400).offset, clockOf(zone, local + 86400).offset])]
  const times = offsets
    .map(offset => local - offset)
    .filter(time => time + clockOf(zone, time).offset === local)
  return times.length ? Math.min(...times) : undefined
}
