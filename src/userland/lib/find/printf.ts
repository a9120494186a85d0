/** find -printf and -ls. Linux: findutils find/print.c. */
import { isLink, type Stat, type Sys, type Timespec } from '../../../abi/index.ts'
import { basename, dirname } from '../path.ts'
import { escapeAt, formatString } from '../printf.ts'
import { escapeC } from '../quote.ts'
import { strmode, typeLetter } from '../strmode.ts'
import { localtime, strftime, type Zone } from '../time.ts'
import { groupName, type Users, userName } from '../users.ts'

/** A file that find looks at. */
export interface Found {
  readonly path: string
  /** The starting point it was found under. */
  readonly start: string
  readonly depth: number
  readonly stat: Stat
}

export interface Printing {
  readonly sys: Sys
  readonly users: Users
  readonly zone: Zone
  readonly now: Timespec
  fstype(dev: number): string
}

/** The text of -printf for a file; `stop` if `\c` ends it. */
export function formatFound(format: string, it: Found, p: Printing): string {
  let text = ''
  for (let at = 0; at < format.length; ) {
    const char = format[at]!
    if (char === '\\') {
      const escape = escapeAt(format, at + 1, 'format')
      text += /^[abfnrtv0-7\\c]/.test(format.slice(at + 1)) ? escape.text : format.slice(at, at + 2)
      if (escape.stop) return text
      at = Math.max(escape.end, at + 1)
      continue
    }
    if (char !== '%') {
      text += char
      at++
      continue
    }
    const match = /^%([-+ #0]*)(\d*)(?:\.(\d+))?([ABCT].|.)?/s.exec(format.slice(at))!
    at += match[0].length
    const value = match[4] === undefined ? '%' : directive(match[4], it, p)
    const isNumber = /^[md]$/.test(match[4] ?? '')
    if (isNumber && match[1]!.includes('0') && !match[1]!.includes('-')) {
      text += value.padStart(Number(match[2] || 0), '0')
      continue
    }
    text += formatString(value, {
      flags: match[1]!,
      width: Number(match[2] || 0),
      precision: match[3] === undefined ? undefined : Number(match[3]),
      letter: 's',
    })
  }
  return text
}

/** Escapes of a format that mean nothing. */
export const unknownEscapes = (format: string): string[] =>
  [...format.matchAll(/%.|\\(.)/gs)].flatMap(([, char]) =>
    char === undefined || /[abfnrtv0-7\\c]/.test(char) ? [] : [char],
  )

/** Directives of a format that mean nothing; undefined stands for a `%` at its end. */
export function unknownDirectives(format: string): (string | undefined)[] {
  const wrong: (string | undefined)[] = []
  for (const match of format.matchAll(/\\.|%[-+ #0]*\d*(?:\.\d+)?([ABCT].|.)?/gs)) {
    if (match[0].startsWith('\\')) continue
    const letter = match[1]
    if (letter === undefined) wrong.push(undefined)
    else if (!/^(?:[%abcdDfFgGhHiklmMnpPsStuUyYZ]|[ABCT].)$/s.test(letter)) wrong.push(`%${letter}`)
  }
  return wrong
}

const fraction = (time: Timespec): string => `${String(time.nsec).padStart(9, '0')}0`

function timeText(time: Timespec, letter: string, p: Printing): string {
  const tm = localtime(time, p.zone)
  if (letter === '@') return `${time.sec}.${fraction(time)}`
  if (letter === '+') return strftime(`%Y-%m-%d+%H:%M:%S.`, tm) + fraction(time)
  if (letter === 'S') return strftime('%S.', tm) + fraction(time)
  if (letter === 'T' || letter === 'X') return strftime('%H:%M:%S.', tm) + fraction(time)
  return 'aAbBcdDHIjklmMpQrTUwWxXyYZzFeGgVuCnRst%hPN'.includes(letter)
    ? strftime(`%${letter}`, tm)
    : `%${letter}`
}

/** ctime(3)'s form with the fraction, as %t, %a and %c print it. */
const ctime = (time: Timespec, p: Printing): string => {
  const tm = localtime(time, p.zone)
  return `${strftime('%a %b %e %H:%M:%S', tm)}.${fraction(time)} ${strftime('%Y', tm)}`
}

function directive(letters: string, it: Found, p: Printing): string {
  const { stat } = it
  const letter = letters[0]!
  if ('ABCT'.includes(letter) && letters.length === 2) {
    const time =
      letter === 'A' ? stat.atime : letter === 'B' ? stat.btime : letter === 'C' ? stat.ctime : stat.mtime
    return timeText(time, letters[1]!, p)
  }
  switch (letter) {
    case '%':
      return '%'
    case 'a':
      return ctime(stat.atime, p)
    case 'b':
      return String(stat.blocks)
    case 'c':
      return ctime(stat.ctime, p)
    case 'd':
      return String(it.depth)
    case 'D':
      return String(stat.dev)
    case 'f':
      return basename(it.path)
    case 'F':
      return p.fstype(stat.dev)
    case 'g':
      return groupName(p.users, stat.gid) ?? String(stat.gid)
    case 'G':
      return String(stat.gid)
    case 'h':
      return it.path.includes('/') ? (it.path.replace(/\/+$/, '').includes('/') ? dirname(it.path) : '') : '.'
    case 'H':
      return it.start
    case 'i':
      return String(stat.ino)
    case 'k':
      return String(Math.ceil(stat.blocks / 2))
    case 'l':
      return isLink(stat) ? p.sys.readlink(it.path) : ''
    case 'm':
      return (stat.mode & 0o7777).toString(8)
    case 'M':
      return strmode(stat.mode)
    case 'n':
      return String(stat.nlink)
    case 'p':
      return it.path
    case 'P':
      return it.path.slice(it.start.length).replace(/^\//, '')
    case 's':
      return String(stat.size)
    case 'S':
      return stat.size ? String(Number(((stat.blocks * 512) / stat.size).toPrecision(6))) : '1'
    case 't':
      return ctime(stat.mtime, p)
    case 'u':
      return userName(p.users, stat.uid) ?? String(stat.uid)
    case 'U':
      return String(stat.uid)
    case 'y':
      return typeLetter(stat.mode).replace('-', 'f')
    case 'Y':
      return targetType(it, p.sys)
    default:
      return `%${letters}`
  }
}

function targetType(it: Found, sys: Sys): string {
  if (!isLink(it.stat)) return typeLetter(it.stat.mode).replace('-', 'f')
  try {
    return typeLetter(sys.stat(it.path).mode).replace('-', 'f')
  } catch {
    return 'N'
  }
}

const HALF_YEAR = 31556952 / 2

/** The line of -ls, as `ls -dils` has it. */
export function lsLine(it: Found, p: Printing): string {
  const { stat } = it
  const age = p.now.sec - stat.mtime.sec
  const recent = age >= 0 && age < HALF_YEAR
  const user = (userName(p.users, stat.uid) ?? String(stat.uid)).padEnd(8)
  const group = (groupName(p.users, stat.gid) ?? String(stat.gid)).padEnd(8)
  const time = strftime(recent ? '%b %e %H:%M' : '%b %e  %Y', localtime(stat.mtime, p.zone))
  const target = isLink(stat) ? ` -> ${escapeC(p.sys.readlink(it.path), ' ')}` : ''
  const device = (stat.mode & 0o170000) === 0o020000 || (stat.mode & 0o170000) === 0o060000
  const size = device
    ? `${String(Math.floor(stat.rdev / 256) & 0xfff).padStart(3)}, ${String(stat.rdev & 0xff).padStart(3)}`
    : String(stat.size).padStart(8)
  const blocks = String(Math.ceil(stat.blocks / 2)).padStart(6)
  return `${String(stat.ino).padStart(9)} ${blocks} ${strmode(stat.mode)} ${String(stat.nlink).padStart(3)} ${user} ${group} ${size} ${time} ${escapeC(it.path, ' ')}${target}`
}
