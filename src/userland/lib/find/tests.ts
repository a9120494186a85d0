/** The tests of find: each is made of its argument, once, and asked about every file. Linux: findutils find/pred.c. */
import {
  type Blocking,
  Errno,
  isDir,
  isLink,
  R_OK,
  S_IFMT,
  type Stat,
  type Sys,
  type Timespec,
  W_OK,
  X_OK,
} from '../../../abi/index.ts'
import { fatal, readDir } from '../command.ts'
import { parseDate } from '../date/parse.ts'
import { fnmatch } from '../fnmatch.ts'
import { basename } from '../path.ts'
import { quote } from '../quote.ts'
import { compileRegex, RegexError, regerror } from '../regex.ts'
import { guarded } from '../regex-machine.ts'
import { adjustMode, parseMode } from '../strmode.ts'
import { groupName, userName } from '../users.ts'
import { isNewerXY, unknownName } from './expression.ts'
import type { Found, Printing } from './printf.ts'

/** A predicate made ready: a plain test, or an action that may sleep. */
export type Test = (it: Found) => boolean | Blocking<boolean>

/** What tests depend on. */
export interface Surroundings {
  readonly sys: Sys
  readonly printing: Printing
  readonly now: Timespec
  readonly dayStart: boolean
  readonly follow: 'H' | 'L' | 'P'
  readonly regexSyntax: 'emacs' | 'basic' | 'extended'
  /** The file behind a link, or the link if there is none. */
  followed(path: string): Stat
  complain(path: string, errno: unknown): Blocking<void>
}

const TYPES: Readonly<Record<string, number>> = {
  b: 0o060000,
  c: 0o020000,
  d: 0o040000,
  p: 0o010000,
  f: 0o100000,
  l: 0o120000,
  s: 0o140000,
  D: 0,
}
const DAY = 86400
const UNITS: Readonly<Record<string, number>> = {
  '': 512,
  b: 512,
  c: 1,
  w: 2,
  k: 1024,
  M: 1024 ** 2,
  G: 1024 ** 3,
}
/** Options, which were seen before, and always hold. */
const ALWAYS =
  'true depth d maxdepth mindepth xdev mount follow daystart noleaf warn nowarn regextype ignore_readdir_race noignore_readdir_race files0-from'.split(
    ' ',
  )

/** The test of some name; undefined if it is none. */
export function makeTest(name: string, value: string, around: Surroundings): Test | undefined {
  const { printing } = around
  if (ALWAYS.includes(name)) return () => true
  if (isNewerXY(name)) return newerTest(around, name, value)
  switch (name) {
    case 'false':
      return () => false
    case 'name':
    case 'iname': {
      const options = { ignoreCase: name === 'iname' }
      return it => fnmatch(value, basename(it.path), options)
    }
    case 'path':
    case 'wholename':
    case 'ipath':
    case 'iwholename': {
      const options = { ignoreCase: name.startsWith('i') }
      return it => fnmatch(value, it.path, options)
    }
    case 'lname':
    case 'ilname': {
      const options = { ignoreCase: name === 'ilname' }
      return it => isLink(it.stat) && fnmatch(value, around.sys.readlink(it.path), options)
    }
    case 'regex':
    case 'iregex':
      return regexTest(around, value, name === 'iregex')
    case 'type':
    case 'xtype':
      return typeTest(around, name, value)
    case 'empty':
      return it => isEmpty(around, it)
    case 'size':
      return sizeTest(value)
    case 'links':
      return numberTest(name, value, it => it.stat.nlink)
    case 'inum':
      return numberTest(name, value, it => it.stat.ino)
    case 'uid':
      return numberTest(name, value, it => it.stat.uid)
    case 'gid':
      return numberTest(name, value, it => it.stat.gid)
    case 'user': {
      const uid =
        printing.users.passwd.find(it => it.name === value)?.uid ??
        (/^\d+$/.test(value) ? Number(value) : undefined)
      if (uid === undefined) throw unknownName('a known user', value)
      return it => it.stat.uid === uid
    }
    case 'group': {
      const gid =
        printing.users.group.find(it => it.name === value)?.gid ??
        (/^\d+$/.test(value) ? Number(value) : undefined)
      if (gid === undefined) throw unknownName('an existing group', value)
      return it => it.stat.gid === gid
    }
    case 'nouser':
      return it => userName(printing.users, it.stat.uid) === undefined
    case 'nogroup':
      return it => groupName(printing.users, it.stat.gid) === undefined
    case 'perm':
      return permTest(value)
    case 'readable':
      return it => accessible(around, it.path, R_OK)
    case 'writable':
      return it => accessible(around, it.path, W_OK)
    case 'executable':
      return it => accessible(around, it.path, X_OK)
    case 'fstype':
      return it => printing.fstype(it.stat.dev) === value
    case 'samefile': {
      const other = named(around, value)
      return it => it.stat.ino === other.ino && it.stat.dev === other.dev
    }
    case 'atime':
    case 'ctime':
    case 'mtime':
      return ageTest(around, name, value, DAY, it => it[name])
    case 'amin':
    case 'cmin':
    case 'mmin':
      return ageTest(
        around,
        name,
        value,
        60,
        it => it[name === 'amin' ? 'atime' : name === 'cmin' ? 'ctime' : 'mtime'],
      )
    case 'used': {
      // A file read right after it was changed counts as used within the first day.
      const days = (it: Stat): number =>
        Math.ceil((it.atime.sec - it.ctime.sec + (it.atime.nsec - it.ctime.nsec) / 1e9) / DAY)
      return numberTest(name, value, it => days(it.stat))
    }
    case 'newer':
    case 'anewer':
    case 'cnewer': {
      const than = named(around, value).mtime
      const which = name === 'newer' ? 'mtime' : name === 'anewer' ? 'atime' : 'ctime'
      return it => later(it.stat[which], than)
    }
    default:
      return undefined
  }
}

function named(around: Surroundings, path: string): Stat {
  try {
    return around.follow === 'P' ? around.sys.lstat(path) : around.sys.stat(path)
  } catch (e) {
    throw fatal(quote(path), e)
  }
}

function accessible(around: Surroundings, path: string, mode: number): boolean {
  try {
    around.sys.access(path, mode, true)
    return true
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

function regexTest(around: Surroundings, pattern: string, ignoreCase: boolean): Test {
  let regex: RegExp
  try {
    // Emacs' syntax, the default: + and ? are operators, groups and alternatives are backslashed.
    const source = around.regexSyntax === 'emacs' ? emacs(pattern) : pattern
    const extended = around.regexSyntax === 'extended'
    regex = guarded(`^(?:${compileRegex(source, { extended }).source})$`, ignoreCase ? 'ui' : 'u', true)
  } catch (e) {
    throw e instanceof RegexError
      ? fatal(`failed to compile regular expression '${pattern}': ${regerror(e, pattern)}`)
      : e
  }
  return it => regex.test(it.path)
}

function typeTest(around: Surroundings, name: string, list: string): Test {
  const letters = list.split(',')
  for (const letter of letters) {
    if (letter === '')
      throw fatal(`Last file type in list argument to -${name} is missing, i.e., list is ending on: ','`)
    if (TYPES[letter[0]!] === undefined) throw fatal(`Unknown argument to -${name}: ${letter[0]}`)
    if (letter.length > 1) throw fatal(`Must separate multiple arguments to -${name} using: ','`)
  }
  const types = letters.map(it => TYPES[it]!)
  if (name === 'type') return it => types.includes(it.stat.mode & S_IFMT)
  return it => {
    try {
      const stat = around.follow === 'L' ? around.sys.lstat(it.path) : around.followed(it.path)
      return types.includes(stat.mode & S_IFMT)
    } catch (e) {
      if (e instanceof Errno) return false
      throw e
    }
  }
}

function* isEmpty(around: Surroundings, it: Found): Blocking<boolean> {
  if (!isDir(it.stat)) return (it.stat.mode & S_IFMT) === 0o100000 && it.stat.size === 0
  try {
    return !(yield* readDir(around.sys, it.path)).length
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* around.complain(it.path, e)
    return false
  }
}

function numberTest(name: string, text: string, of: (it: Found) => number): Test {
  const match = /^([-+]?)(\d+)$/.exec(text)
  if (!match) throw fatal(`invalid argument \`${text}' to \`-${name}'`)
  const number = Number(match[2])
  return it => compared(match[1]!, of(it), number)
}

function sizeTest(text: string): Test {
  const last = /[A-Za-z]$/.exec(text)?.[0] ?? ''
  if (UNITS[last] === undefined) throw fatal(`invalid -size type \`${last}'`)
  const match = /^([-+]?)(\d+)$/.exec(text.slice(0, text.length - last.length))
  if (!match) throw fatal(`Invalid argument \`${text}' to -size`)
  const number = Number(match[2])
  return it => compared(match[1]!, Math.ceil(it.stat.size / UNITS[last]!), number)
}

function ageTest(
  around: Surroundings,
  name: string,
  text: string,
  unit: number,
  of: (it: Stat) => Timespec,
): Test {
  const match = /^([-+]?)(\d+(?:\.\d+)?)$/.exec(text)
  if (!match) throw fatal(`invalid argument \`${text}' to \`-${name}'`)
  const wanted = Number(match[2])
  const base = around.dayStart
    ? Math.floor(around.now.sec / DAY) * DAY + DAY
    : around.now.sec + around.now.nsec / 1e9
  return it => {
    const time = of(it.stat)
    const age = (base - time.sec - time.nsec / 1e9) / unit
    if (match[1] === '+') return unit === DAY ? Math.floor(age) > wanted : age > wanted
    if (match[1] === '-') return unit === DAY ? age < wanted : age < wanted
    return unit === DAY ? Math.floor(age) === wanted : Math.ceil(age) === wanted
  }
}

function newerTest(around: Surroundings, name: string, value: string): Test {
  const kinds: Readonly<Record<string, 'atime' | 'btime' | 'ctime' | 'mtime'>> = {
    a: 'atime',
    B: 'btime',
    c: 'ctime',
    m: 'mtime',
  }
  const [x, y] = [name[5]!, name[6]!]
  let than: Timespec
  if (y === 't') {
    const parsed = parseDate(value, around.now, around.printing.zone)
    if (!parsed) throw fatal(`I cannot figure out how to interpret ${quote(value)} as a date or time`)
    than = parsed
  } else than = named(around, value)[kinds[y]!]
  return it => later(it.stat[kinds[x]!], than)
}

function permTest(text: string): Test {
  const kind = /^[-/]/.exec(text)?.[0] ?? ''
  const change = /^\+[0-7]/.test(text) ? undefined : parseMode(text.slice(kind.length))
  if (!change) throw fatal(`invalid mode ${quote(text)}`)
  const mode = adjustMode(0, false, 0, change)
  if (kind === '-') return it => (it.stat.mode & mode) === mode
  if (kind === '/') return it => !mode || (it.stat.mode & mode) !== 0
  return it => (it.stat.mode & 0o7777) === mode
}

const later = (a: Timespec, b: Timespec): boolean => a.sec > b.sec || (a.sec === b.sec && a.nsec > b.nsec)

const compared = (sign: string, value: number, wanted: number): boolean =>
  sign === '+' ? value > wanted : sign === '-' ? value < wanted : value === wanted

/** Emacs' regular expressions as basic ones. */
const emacs = (pattern: string): string =>
  pattern.replace(/\\.|\[\^?\]?[^\]]*\]|[+?]/gs, it => (it === '+' || it === '?' ? `\\${it}` : it))
