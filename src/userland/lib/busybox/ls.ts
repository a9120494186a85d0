/**
 * ls - list directories, as busybox does it
 * Linux: busybox coreutils/ls.c.
 */
import {
  type Blocking,
  type Errno,
  isChr,
  isBlk,
  isDir,
  isLink,
  isReg,
  type Stat,
  type Sys,
} from '../../../abi/index.ts'
import { compareVersions } from '../collate.ts'
import { type Process, readDir } from '../command.ts'
import { strmode } from '../strmode.ts'
import { localtime, strftime, type Zone, zoneOf } from '../time.ts'
import { groupName, readUsers, type Users, userName } from '../users.ts'
import { textWidth } from '../wcwidth.ts'
import { applet, type Letters, textOf } from './applet.ts'
import { human } from './human.ts'

interface Entry {
  readonly name: string
  readonly path: string
  readonly stat: Stat
  readonly target: string | undefined
}

export const ls = applet('ls', function* (sys, given, args, me) {
  const it = new Listing(sys, given, me, yield* readUsers(sys))
  return yield* it.run(args.length ? args : ['.'])
})

class Listing {
  readonly #sys: Sys
  readonly #given: Letters
  readonly #me: Process
  readonly #users: Users
  readonly #zone: Zone
  readonly #color: boolean
  readonly #isLong: boolean
  #status = 0
  #printed = false

  constructor(sys: Sys, given: Letters, me: Process, users: Users) {
    this.#sys = sys
    this.#given = given
    this.#me = me
    this.#isLong = Boolean(given.l ?? given.g ?? given.n ?? given['--full-time'])
    this.#users = users
    this.#zone = zoneOf(me.env.get('TZ'))
    const color = given['--color']
    this.#color = color === '' || color === 'always' || (color === 'auto' && me.out.isTty)
  }

  *run(names: readonly string[]): Blocking<number> {
    const given: Entry[] = []
    for (const name of names) {
      const entry = yield* this.#entry(name, name, this.#given.L === true || this.#followsOperand(name))
      if (entry) given.push(entry)
    }
    const isListed = (it: Entry): boolean => isDir(it.stat) && !this.#given.d
    const files = given.filter(it => !isListed(it))
    if (files.length) yield* this.#show(this.#sorted(files))
    for (const it of this.#sorted(given.filter(isListed)))
      yield* this.#directory(it, names.length > 1 || this.#given.R === true)
    return this.#status
  }

  /** Symbolic links of the command line are followed to directories, unless the list is a long one. */
  #followsOperand(name: string): boolean {
    if (this.#given.H) return true
    if (this.#isLong || this.#given.d || this.#given.F) return false
    try {
      return isDir(this.#sys.stat(name))
    } catch {
      return false
    }
  }

  *#entry(name: string, path: string, follow: boolean): Blocking<Entry | undefined> {
    try {
      const stat = follow ? this.#sys.stat(path) : this.#sys.lstat(path)
      const target = isLink(stat) && this.#isLong ? this.#sys.readlink(path) : undefined
      return { name, path, stat, target }
    } catch (e) {
      yield* this.#me.warn(path, e as Errno)
      this.#status = 1
      return undefined
    }
  }

  *#directory(dir: Entry, named: boolean): Blocking<void> {
    const { out } = this.#me
    if (named) {
      out.print(`${this.#printed ? '\n' : ''}${dir.name}:\n`)
      this.#printed = true
    }
    const entries: Entry[] = []
    try {
      const found = yield* readDir(this.#sys, dir.path)
      const dots = this.#given.a ? ['.', '..'] : []
      for (const name of [...dots, ...found.map(it => it.name)]) {
        if (name.startsWith('.') && !this.#given.a && !this.#given.A) continue
        const it = yield* this.#entry(name, `${dir.path.replace(/\/$/, '')}/${name}`, this.#given.L === true)
        if (it) entries.push(it)
      }
    } catch (e) {
      yield* this.#me.warn(`can't open '${dir.name}'`, e as Errno)
      this.#status = 1
      return
    }
    const sorted = this.#sorted(entries)
    if (this.#isLong || this.#given.s) {
      const blocks = entries.reduce((sum, it) => sum + it.stat.blocks, 0) / 2
      out.line(`total ${this.#given.h ? human(blocks * 1024) : blocks}`)
    }
    yield* this.#show(sorted)
    if (!this.#given.R) return
    for (const it of sorted)
      if (isDir(it.stat) && it.name !== '.' && it.name !== '..')
        yield* this.#directory({ ...it, name: it.path }, true)
  }

  #sorted(entries: readonly Entry[]): Entry[] {
    const { S, t, X, v, r } = this.#given
    const byName = (a: Entry, b: Entry) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
    const extension = ({ name }: Entry) => name.slice(name.lastIndexOf('.') + 1 || name.length)
    const compare = (a: Entry, b: Entry): number => {
      if (S) return b.stat.size - a.stat.size
      if (t) return this.#time(b).sec - this.#time(a).sec || this.#time(b).nsec - this.#time(a).nsec
      if (X) return extension(a) < extension(b) ? -1 : extension(a) > extension(b) ? 1 : 0
      return v ? compareVersions(a.name, b.name) : 0
    }
    const sign = r ? -1 : 1
    const firstDirectories = this.#given['--group-directories-first']
    return [...entries].sort(
      (a, b) =>
        (firstDirectories ? Number(isDir(b.stat)) - Number(isDir(a.stat)) : 0) ||
        sign * (compare(a, b) || byName(a, b)),
    )
  }

  #time({ stat }: Entry) {
    return this.#given.c ? stat.ctime : this.#given.u ? stat.atime : stat.mtime
  }

  *#show(entries: readonly Entry[]): Blocking<void> {
    const { out } = this.#me
    this.#printed = true
    const isWide = !this.#isLong && !this.#given['1'] && (this.#given.C || this.#given.x || out.isTty)
    const lines = isWide ? this.#columns(entries) : entries.map(it => this.#line(it))
    for (const line of lines) {
      out.line(line)
      yield* out.drain()
    }
  }

  /** Names side by side, down (-C) or across (-x). */
  #columns(entries: readonly Entry[]): string[] {
    const cells = entries.map(it => ({ text: this.#line(it), width: this.#width(it) }))
    const width = Math.max(0, ...cells.map(it => it.width)) + 2
    const screen =
      Number(textOf(this.#given.w)) || (this.#me.out.isTty ? this.#sys.tiocgwinsz(1).cols : 0) || 80
    const count = Math.max(1, Math.floor(screen / width))
    const rows = Math.ceil(cells.length / count)
    const lines: string[] = []
    for (let row = 0; row < rows; row++) {
      const inRow = cells.filter((_, i) => (this.#given.x ? Math.floor(i / count) : i % rows) === row)
      lines.push(
        inRow
          .map(({ text, width: own }, i) => text + (i < inRow.length - 1 ? ' '.repeat(width - own) : ''))
          .join(''),
      )
    }
    return lines
  }

  #width(it: Entry): number {
    const before = (this.#given.i ? 8 : 0) + (this.#given.s ? 7 : 0)
    return before + textWidth(this.#quoted(it.name)) + this.#mark(it.stat).length
  }

  #quoted(name: string): string {
    const safe = this.#me.out.isTty ? name.replace(/[\x00-\x1f\x7f]/g, '?') : name
    return this.#given.Q ? `"${safe.replace(/["\\]/g, '\\$&')}"` : safe
  }

  #line(it: Entry): string {
    const { stat } = it
    let text = ''
    if (this.#given.i) text += `${String(stat.ino).padStart(7)} `
    if (this.#given.s) text += `${this.#blocks(stat).padStart(6)} `
    if (this.#isLong) text += this.#long(it)
    text += this.#painted(this.#quoted(it.name), stat) + this.#mark(stat)
    return it.target === undefined ? text : `${text} -> ${this.#target(it)}`
  }

  #blocks({ blocks }: Stat): string {
    return this.#given.h ? human(blocks * 512) : String(blocks / 2)
  }

  #long(it: Entry): string {
    const { stat } = it
    const isNumeric = this.#given.n
    const user = (!isNumeric && userName(this.#users, stat.uid)) || String(stat.uid)
    const group = (!isNumeric && groupName(this.#users, stat.gid)) || String(stat.gid)
    const cell = (text: string): string => `${text.slice(0, 8).padEnd(8)} `
    const size =
      isChr(stat) || isBlk(stat)
        ? `${String(stat.rdev >> 8).padStart(4)},${String(stat.rdev & 255).padStart(4)}`
        : this.#given.h
          ? human(stat.size).padStart(7)
          : String(stat.size).padStart(9)
    const owner = this.#given.g ? '' : cell(user)
    return `${strmode(stat.mode)} ${String(stat.nlink).padStart(4)} ${owner}${cell(group)}${size} ${this.#date(it)} `
  }

  /** The time of day for what is younger than half a year, else the year. */
  #date(it: Entry): string {
    const time = this.#time(it)
    const tm = localtime(time, this.#zone)
    if (this.#given['--full-time']) return strftime('%Y-%m-%d %H:%M:%S %z', tm)
    const age = this.#sys.clock_gettime(0).sec - time.sec
    const isRecent = age < (3600 * 24 * 365) / 2 && age >= -15 * 60
    return strftime(isRecent ? '%b %e %H:%M' : '%b %e  %Y', tm)
  }

  #target(it: Entry): string {
    const path = it.target!.startsWith('/')
      ? it.target!
      : `${it.path.slice(0, it.path.lastIndexOf('/') + 1)}${it.target}`
    try {
      const stat = this.#sys.stat(path)
      return this.#painted(it.target!, stat) + this.#mark(stat)
    } catch {
      return it.target!
    }
  }

  #painted(text: string, { mode }: Stat): string {
    if (!this.#color) return text
    const isProgram = isReg({ mode }) && (mode & 0o111) !== 0
    const [bold, color] = isProgram ? [1, 32] : (COLORS[(mode >> 12) & 15] ?? [0, 0])
    return `\x1b[${bold};${color}m${text}\x1b[m`
  }

  #mark(stat: Stat): string {
    if (isDir(stat)) return this.#given.F || this.#given.p ? '/' : ''
    if (!this.#given.F) return ''
    if (isReg(stat)) return stat.mode & 0o111 ? '*' : ''
    return MARKS[(stat.mode >> 12) & 15] ?? ''
  }
}

/** Colours by the type of a file: bold, and the number of the colour. */
const COLORS: Readonly<Record<number, readonly [bold: number, color: number]>> = {
  1: [0, 35],
  2: [1, 35],
  4: [1, 34],
  6: [1, 35],
  8: [0, 0],
  10: [1, 36],
  12: [1, 35],
}
const MARKS: Readonly<Record<number, string>> = { 1: '|', 10: '@', 12: '=' }
