/**
 * ls - list directory contents
 * https://www.gnu.org/software/coreutils/manual/html_node/ls-invocation.html
 *
 * Left out: --dired, --hyperlink, security contexts.
 */
import {
  type Blocking,
  ENOENT,
  Errno,
  isDir,
  isLink,
  major,
  minor,
  S_IFCHR,
  S_IFBLK,
  S_IFDIR,
  S_IFMT,
  type Stat,
  type Sys,
  type Timespec,
} from '../../abi/index.ts'
import { oneOf, WHEN } from '../lib/argmatch.ts'
import { compareText, compareVersions } from '../lib/collate.ts'
import { columns } from '../lib/columns.ts'
import {
  command,
  fatal,
  type Flags,
  type Given,
  type DirectoryEntry,
  openDir,
  type Process,
  usage,
} from '../lib/command.ts'
import { fnmatch } from '../lib/fnmatch.ts'
import { type Colors, colorable, colorOf, parseColors } from '../lib/ls-colors.ts'
import { humanSize, parseBlockSize, parseNumber } from '../lib/numbers.ts'
import { escapeC, printable, quote, quoteaf, quoteC, quoteShell } from '../lib/quote.ts'
import { strmode } from '../lib/strmode.ts'
import { localtime, strftime, type Zone, zoneOf } from '../lib/time.ts'
import { groupName, readUsers, type Users, userName } from '../lib/users.ts'
import { textWidth } from '../lib/wcwidth.ts'

const OPTIONS = {
  all: { short: 'a', help: 'do not ignore entries starting with .' },
  almostAll: { short: 'A', help: 'do not list implied . and ..' },
  author: { help: 'with -l, print the author of each file' },
  escape: { short: 'b', help: 'print C-style escapes for nongraphic characters' },
  blockSize: { value: '=SIZE', help: 'with -l, scale sizes by SIZE when printing them' },
  ignoreBackups: { short: 'B', help: 'do not list implied entries ending with ~' },
  c: {
    help: 'with -lt: sort by, and show, ctime; with -l: show ctime\notherwise: sort by ctime, newest first',
  },
  C: { help: 'list entries by columns' },
  color: { value: '[=WHEN]', help: 'color the output WHEN; more info below' },
  directory: { short: 'd', help: 'list directories themselves, not their contents' },
  f: { help: 'list all entries in directory order' },
  classify: { short: 'F', value: '[=WHEN]', help: 'append indicator (one of */=>@|) to entries WHEN' },
  fileType: { help: "likewise, except do not append '*'" },
  format: {
    value: '=WORD',
    help: 'across -x, commas -m, horizontal -x, long -l,\nsingle-column -1, verbose -l, vertical -C',
  },
  fullTime: { help: 'like -l --time-style=full-iso' },
  g: { help: 'like -l, but do not list owner' },
  groupDirectoriesFirst: { help: 'group directories before files' },
  noGroup: { short: 'G', help: "in a long listing, don't print group names" },
  humanReadable: { short: 'h', help: 'with -l and -s, print sizes like 1K 234M 2G etc.' },
  si: { help: 'likewise, but use powers of 1000 not 1024' },
  dereferenceCommandLine: { short: 'H', help: 'follow symbolic links listed on the command line' },
  dereferenceCommandLineSymlinkToDir: {
    help: 'follow each command line symbolic link\nthat points to a directory',
  },
  hide: { value: '=PATTERN', repeat: true, help: 'do not list implied entries matching shell PATTERN' },
  indicatorStyle: { value: '=WORD', help: 'append indicator with style WORD to entry names' },
  inode: { short: 'i', help: 'print the index number of each file' },
  ignore: {
    short: 'I',
    value: '=PATTERN',
    repeat: true,
    help: 'do not list implied entries matching shell PATTERN',
  },
  kibibytes: { short: 'k', help: 'default to 1024-byte blocks for file system usage' },
  l: { help: 'use a long listing format' },
  dereference: { short: 'L', help: 'show information for the file a link references' },
  m: { help: 'fill width with a comma separated list of entries' },
  numericUidGid: { short: 'n', help: 'like -l, but list numeric user and group IDs' },
  literal: { short: 'N', help: 'print entry names without quoting' },
  o: { help: 'like -l, but do not list group information' },
  p: { help: 'append / indicator to directories' },
  hideControlChars: { short: 'q', help: 'print ? instead of nongraphic characters' },
  showControlChars: { help: 'show nongraphic characters as-is' },
  quoteName: { short: 'Q', help: 'enclose entry names in double quotes' },
  quotingStyle: { value: '=WORD', help: 'use quoting style WORD for entry names' },
  reverse: { short: 'r', help: 'reverse order while sorting' },
  recursive: { short: 'R', help: 'list subdirectories recursively' },
  size: { short: 's', help: 'print the allocated size of each file, in blocks' },
  S: { help: 'sort by file size, largest first' },
  sort: { value: '=WORD', help: 'sort by WORD instead of name' },
  time: { value: '=WORD', help: 'change the default of using modification times' },
  timeStyle: { value: '=TIME_STYLE', help: 'time/date format with -l' },
  t: { help: 'sort by time, newest first; see --time' },
  tabsize: { short: 'T', value: '=COLS', help: 'assume tab stops at each COLS instead of 8' },
  u: { help: 'with -lt: sort by, and show, access time; with -l: show access time' },
  U: { help: 'do not sort; list entries in directory order' },
  v: { help: 'natural sort of (version) numbers within text' },
  width: { short: 'w', value: '=COLS', help: 'set output width to COLS.  0 means no limit' },
  x: { help: 'list entries by lines instead of by columns' },
  X: { help: 'sort alphabetically by entry extension' },
  context: { short: 'Z', help: 'print any security context of each file' },
  zero: { help: 'end each output line with NUL, not newline' },
  '1': { help: 'list one file per line' },
} as const

type Format = 'long' | 'one' | 'columns' | 'across' | 'commas'
type Sort = 'none' | 'name' | 'size' | 'time' | 'version' | 'extension' | 'width'
type When = 'mtime' | 'atime' | 'ctime' | 'btime'
type Indicator = 'none' | 'slash' | 'file-type' | 'classify'
type Quoting = 'literal' | 'shell' | 'shell-always' | 'c' | 'c-maybe' | 'escape' | 'locale' | 'clocale'

const FORMATS = [
  ['verbose', 'long'],
  ['long', 'long'],
  ['commas', 'commas'],
  ['horizontal', 'across'],
  ['across', 'across'],
  ['vertical', 'columns'],
  ['single-column', 'one'],
] as const
const SORTS = [
  ['none', 'none'],
  ['time', 'time'],
  ['size', 'size'],
  ['extension', 'extension'],
  ['version', 'version'],
  ['width', 'width'],
] as const
const TIMES = [
  ['atime', 'atime'],
  ['access', 'atime'],
  ['use', 'atime'],
  ['ctime', 'ctime'],
  ['status', 'ctime'],
  ['birth', 'btime'],
  ['creation', 'btime'],
] as const
const INDICATORS = [
  ['none', 'none'],
  ['slash', 'slash'],
  ['file-type', 'file-type'],
  ['classify', 'classify'],
] as const
const QUOTINGS = [
  ['literal', 'literal'],
  ['shell', 'shell'],
  ['shell-always', 'shell-always'],
  ['shell-escape', 'shell'],
  ['shell-escape-always', 'shell-always'],
  ['c', 'c'],
  ['c-maybe', 'c-maybe'],
  ['escape', 'escape'],
  ['locale', 'locale'],
  ['clocale', 'clocale'],
] as const

/** What the options come to. */
interface Settings {
  format: Format
  sort: Sort | undefined
  time: When | undefined
  indicator: Indicator
  quoting: Quoting
  dots: 'hidden' | 'almost' | 'all'
  owner: boolean
  group: boolean
  numeric: boolean
  /** 0 for human-readable sizes. */
  block: number
  sizeUnit: number
  /** The letter of --block-size=K after every size. */
  unitSuffix: string
  humanBase: number
  colors: Colors | undefined
  width: number
  tabSize: number
  hideControl: boolean
  recentFormat: string
  oldFormat: string
  end: string
}

interface Entry {
  readonly name: string
  /** What it is opened as. */
  readonly path: string
  readonly type: number
  readonly stat: Stat | undefined
  /** Of a link: where it points, and the mode of what is there (0 if nothing is). */
  readonly target: string | undefined
  readonly targetMode: number | undefined
}

interface Ls {
  readonly sys: Sys
  readonly me: Process
  readonly flags: Flags<typeof OPTIONS>
  readonly set: Settings
  users: Users | undefined
  readonly now: Timespec
  readonly zone: Zone
  status: number
  /** Whether anything was printed yet; a blank line goes between groups. */
  started: boolean
  colored: boolean
}

export default command({
  name: 'ls',
  aliases: ['dir', 'vdir'],
  summary:
    'List information about the FILEs (the current directory by default).\nSort entries alphabetically if none of -cftuvSUX nor --sort is specified',
  usage: 'ls [OPTION]... [FILE]...',
  options: OPTIONS,
  failure: 2,
  authors: 'Richard M. Stallman and David MacKenzie',

  *main(sys, flags, args, me) {
    const set = settings(sys, flags, me)
    const ls: Ls = {
      sys,
      me: me as Process,
      flags,
      set,
      users: undefined,
      now: sys.clock_gettime(0),
      zone: zoneOf(me.env.get('TZ')),
      status: 0,
      started: false,
      colored: false,
    }
    yield* operands(ls, args)
    return ls.status
  },
})

function settings(sys: Sys, flags: Flags<typeof OPTIONS>, me: Process<keyof typeof OPTIONS>): Settings {
  const tty = me.out.isTty
  const program = me.name.slice(me.name.lastIndexOf('/') + 1)
  const set: Settings = {
    format: program === 'vdir' ? 'long' : program === 'dir' || tty ? 'columns' : 'one',
    sort: undefined,
    time: undefined,
    indicator: 'none',
    quoting: tty ? 'shell' : program === 'ls' ? 'literal' : 'escape',
    dots: 'hidden',
    owner: true,
    group: !flags.noGroup,
    numeric: false,
    block: 1024,
    sizeUnit: 1,
    unitSuffix: '',
    humanBase: 0,
    colors: undefined,
    width: screenWidth(sys, flags, me, tty),
    tabSize: 8,
    hideControl: tty && program === 'ls',
    recentFormat: '%b %e %H:%M',
    oldFormat: '%b %e  %Y',
    end: '\n',
  }
  const environment = me.env.get('QUOTING_STYLE')
  const style = QUOTINGS.find(([name]) => name === environment)
  if (style) set.quoting = style[1]
  for (const given of me.order) apply(set, given, me, tty)
  if (flags.tabsize !== undefined) set.tabSize = numberOf(flags.tabsize, 'invalid tab size')
  if (set.format === 'long')
    timeStyle(set, flags.timeStyle ?? (flags.fullTime ? 'full-iso' : (me.env.get('TIME_STYLE') ?? 'locale')))
  if (flags.blockSize !== undefined) blockSize(set, flags.blockSize)
  return set
}

function numberOf(text: string, complaint: string): number {
  const it = parseNumber(text)
  if ('value' in it && it.value >= 0) return it.value
  throw fatal(`${complaint}: ${quote(text)}`)
}

function screenWidth(
  sys: Sys,
  flags: Flags<typeof OPTIONS>,
  me: Process<keyof typeof OPTIONS>,
  tty: boolean,
): number {
  if (flags.width !== undefined) return numberOf(flags.width, 'invalid line width')
  const screen = tty ? sys.tiocgwinsz(1).cols : 0
  if (screen) return screen
  const columns = me.env.get('COLUMNS')
  return columns && /^\d+$/.test(columns) ? Number(columns) : 80
}

function blockSize(set: Settings, text: string): void {
  const it = parseBlockSize(text)
  if (!it) throw fatal(`invalid --block-size argument '${text}'`)
  set.humanBase = it.human
  set.block = set.sizeUnit = it.block
  set.unitSuffix = it.suffix
}

/** One option, in the order given: a later one of its kind wins. */
function apply(
  set: Settings,
  { key, value }: Given<keyof typeof OPTIONS>,
  me: Process<keyof typeof OPTIONS>,
  tty: boolean,
): void {
  switch (key) {
    case 'all':
      set.dots = 'all'
      return
    case 'almostAll':
      set.dots = 'almost'
      return
    case 'l':
      set.format = 'long'
      return
    case 'g':
      set.format = 'long'
      set.owner = false
      return
    case 'o':
      set.format = 'long'
      set.group = false
      return
    case 'numericUidGid':
      set.format = 'long'
      set.numeric = true
      return
    case 'fullTime':
      set.format = 'long'
      return
    case '1':
      if (set.format !== 'long') set.format = 'one'
      return
    case 'C':
      set.format = 'columns'
      return
    case 'x':
      set.format = 'across'
      return
    case 'm':
      set.format = 'commas'
      return
    case 'format':
      set.format = oneOf('--format', value, FORMATS)
      return
    case 'zero':
      set.end = '\0'
      if (set.format !== 'long') set.format = 'one'
      set.quoting = 'literal'
      set.hideControl = false
      set.colors = undefined
      return
    case 'f':
      set.dots = 'all'
      set.sort = 'none'
      if (set.format === 'long') set.format = tty ? 'columns' : 'one'
      set.colors = undefined
      return
    case 't':
      set.sort = 'time'
      return
    case 'S':
      set.sort = 'size'
      return
    case 'U':
      set.sort = 'none'
      return
    case 'v':
      set.sort = 'version'
      return
    case 'X':
      set.sort = 'extension'
      return
    case 'sort':
      set.sort = oneOf('--sort', value, SORTS)
      return
    case 'c':
      set.time = 'ctime'
      return
    case 'u':
      set.time = 'atime'
      return
    case 'time':
      set.time = oneOf('--time', value, TIMES)
      return
    case 'classify':
      if (appliesTo('--classify', value, tty)) set.indicator = 'classify'
      return
    case 'fileType':
      set.indicator = 'file-type'
      return
    case 'p':
      set.indicator = 'slash'
      return
    case 'indicatorStyle':
      set.indicator = oneOf('--indicator-style', value, INDICATORS)
      return
    case 'escape':
      set.quoting = 'escape'
      return
    case 'literal':
      set.quoting = 'literal'
      return
    case 'quoteName':
      set.quoting = 'c'
      return
    case 'quotingStyle':
      set.quoting = oneOf('--quoting-style', value, QUOTINGS)
      return
    case 'hideControlChars':
      set.hideControl = true
      return
    case 'showControlChars':
      set.hideControl = false
      return
    case 'humanReadable':
      set.humanBase = 1024
      return
    case 'si':
      set.humanBase = 1000
      return
    case 'color':
      set.colors =
        appliesTo('--color', value, tty) && colorable(me.env)
          ? parseColors(me.env.get('LS_COLORS'))
          : undefined
      return
    default:
      return
  }
}

const appliesTo = (option: string, value: string, tty: boolean): boolean => {
  const when = value ? oneOf(option, value, WHEN) : 'always'
  return when === 'always' || (when === 'auto' && tty)
}

function timeStyle(set: Settings, text: string): void {
  const style = text.replace(/^posix-/, '')
  if (style.startsWith('+')) {
    const [old, recent] = style.slice(1).split('\n') as [string, string | undefined]
    set.oldFormat = old
    set.recentFormat = recent ?? old
  } else if (style === 'full-iso') set.oldFormat = set.recentFormat = '%Y-%m-%d %H:%M:%S.%N %z'
  else if (style === 'long-iso') set.oldFormat = set.recentFormat = '%Y-%m-%d %H:%M'
  else if (style === 'iso') {
    set.oldFormat = '%Y-%m-%d '
    set.recentFormat = '%m-%d %H:%M'
  } else if (style !== 'locale')
    throw usage(`invalid argument ${quote(text)} for ${quote('time style')}
Valid arguments are:
  - [posix-]full-iso
  - [posix-]long-iso
  - [posix-]iso
  - [posix-]locale
  - +FORMAT (e.g., +%H:%M) for a 'date'-style format`)
}

// ---- Gathering

/** The files named on the command line, then the directories among them. */
function* operands(ls: Ls, args: readonly string[]): Blocking<void> {
  const files: Entry[] = []
  const dirs: Entry[] = []
  for (const name of args.length ? args : ['.']) {
    const it = yield* entryOf(ls, name, name, 0, true)
    if (!it) continue
    if (isDir({ mode: it.type }) && !ls.flags.directory) dirs.push(it)
    else files.push(it)
  }
  sortEntries(ls, files)
  sortEntries(ls, dirs)
  if (files.length) {
    yield* needUsers(ls)
    printEntries(ls, files, [...files, ...dirs])
    ls.started = true
  }
  const titled = args.length > 1 || Boolean(ls.flags.recursive)
  for (const it of dirs) yield* listDirectory(ls, it.path, titled, true)
}

function* needUsers(ls: Ls): Blocking<void> {
  if (ls.set.format === 'long' && !ls.set.numeric) ls.users ??= yield* readUsers(ls.sys)
}

/** Whether names alone do not suffice. */
function needsStat({ set, flags }: Ls): boolean {
  const order = set.sort ?? (set.time && set.format !== 'long' ? 'time' : 'name')
  return (
    set.format === 'long' ||
    Boolean(flags.size) ||
    order === 'time' ||
    order === 'size' ||
    set.colors !== undefined ||
    set.indicator === 'classify' ||
    Boolean(flags.dereference)
  )
}

/** Examine a file; undefined (and a message) if that fails for one that was named. */
function* entryOf(
  ls: Ls,
  name: string,
  path: string,
  type: number,
  named: boolean,
): Blocking<Entry | undefined> {
  const { flags, sys, set } = ls
  if (!named && !needsStat(ls) && type)
    return { name, path, type, stat: undefined, target: undefined, targetMode: undefined }
  let stat: Stat
  try {
    stat = examine(ls, path, named)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* complain(ls, `cannot access ${quoteaf(path)}`, e, named)
    return named ? undefined : { name, path, type, stat: undefined, target: undefined, targetMode: undefined }
  }
  const link = isLink(stat) && (set.format === 'long' || set.colors || set.indicator !== 'none')
  const target = link && set.format === 'long' ? attempt(() => sys.readlink(path)) : undefined
  const targetMode = link ? (attempt(() => sys.stat(path))?.mode ?? 0) : undefined
  return {
    name,
    path,
    type: flags.dereference && isLink(stat) ? 0 : stat.mode & S_IFMT,
    stat,
    target,
    targetMode,
  }
}

/** stat or lstat, as the options and the place of the name want it. */
function examine({ flags, set, sys }: Ls, path: string, named: boolean): Stat {
  if (flags.dereference) return sys.stat(path)
  if (!named) return sys.lstat(path)
  if (flags.dereferenceCommandLine) {
    const followed = attempt(() => sys.stat(path), ENOENT)
    return followed ?? sys.lstat(path)
  }
  const long = set.format === 'long' || flags.directory || set.indicator === 'classify'
  if (long && !flags.dereferenceCommandLineSymlinkToDir) return sys.lstat(path)
  const followed = attempt(() => sys.stat(path))
  return followed && isDir(followed) ? followed : sys.lstat(path)
}

/** What a call gives, or undefined if it is refused (with `only`, for that reason). */
function attempt<T>(act: () => T, only?: Errno): T | undefined {
  try {
    return act()
  } catch (e) {
    if (e instanceof Errno && (!only || e === only)) return undefined
    throw e
  }
}

function* complain(ls: Ls, what: string, errno: unknown, serious: boolean): Blocking<void> {
  yield* ls.me.warn(what, errno)
  ls.status = serious ? 2 : ls.status || 1
}

function* listDirectory(ls: Ls, path: string, titled: boolean, named: boolean): Blocking<void> {
  let list: readonly DirectoryEntry[]
  let fd: number
  try {
    const directory = yield* openDir(ls.sys, path)
    fd = directory.fd
    list = directory.entries
  } catch (e) {
    return yield* complain(ls, `cannot open directory ${quoteaf(path)}`, e, named)
  }
  const { out } = ls.me
  if (titled) out.print(`${ls.started ? '\n' : ''}${quoted(ls.set, path)}:\n`)
  ls.started = true
  if (ls.set.dots === 'all')
    list = [{ name: '.', type: S_IFDIR, ino: 0 }, { name: '..', type: S_IFDIR, ino: 0 }, ...list]
  const entries: Entry[] = []
  const prefix = path.endsWith('/') ? path : `${path}/`
  for (const it of list) {
    if (ignored(ls, it.name)) continue
    const entry = yield* entryOf(
      ls,
      it.name,
      path === '.' && !ls.flags.recursive ? it.name : prefix + it.name,
      ls.flags.inode && !it.ino ? 0 : it.type,
      false,
    )
    if (!entry) continue
    entries.push(ls.flags.inode && !entry.stat ? withInode(ls, entry, it.ino) : entry)
  }
  ls.sys.close(fd)
  yield* ls.sys.burn(entries.length * 2000)
  yield* needUsers(ls)
  sortEntries(ls, entries)
  if (ls.set.format === 'long' || ls.flags.size) printTotal(ls, entries)
  printEntries(ls, entries)
  yield* out.drain()
  if (!ls.flags.recursive) return
  for (const it of entries)
    if (isDir({ mode: it.type }) && it.name !== '.' && it.name !== '..')
      yield* listDirectory(ls, it.path, true, false)
}

function withInode(ls: Ls, entry: Entry, ino: number): Entry {
  const stat = attempt(() => ls.sys.lstat(entry.path))
  return stat ? { ...entry, stat: { ...stat, ino: ino || stat.ino } } : entry
}

function ignored({ set, flags }: Ls, name: string): boolean {
  if (set.dots === 'hidden' && name.startsWith('.')) return true
  if (flags.ignoreBackups && name.endsWith('~')) return true
  if (flags.ignore?.some(pattern => fnmatch(pattern, name, { period: true }))) return true
  return (
    set.dots === 'hidden' && Boolean(flags.hide?.some(pattern => fnmatch(pattern, name, { period: true })))
  )
}

// ---- Sorting

const newestFirst = (a: Timespec, b: Timespec): number => b.sec - a.sec || b.nsec - a.nsec
const ZERO: Timespec = { sec: 0, nsec: 0 }
const extension = (name: string): string =>
  name.lastIndexOf('.') < 0 ? '' : name.slice(name.lastIndexOf('.'))

function sortEntries({ set, flags }: Ls, entries: Entry[]): void {
  const order = set.sort ?? (set.time && set.format !== 'long' ? 'time' : 'name')
  if (order === 'none') return
  const when = set.time ?? 'mtime'
  const byName = (a: Entry, b: Entry): number => compareText(a.name, b.name)
  const orders: Record<Exclude<Sort, 'none'>, (a: Entry, b: Entry) => number> = {
    name: byName,
    size: (a, b) => (b.stat?.size ?? 0) - (a.stat?.size ?? 0) || byName(a, b),
    time: (a, b) => newestFirst(a.stat?.[when] ?? ZERO, b.stat?.[when] ?? ZERO) || byName(a, b),
    version: (a, b) => compareVersions(a.name, b.name),
    extension: (a, b) => compareText(extension(a.name), extension(b.name)) || byName(a, b),
    width: (a, b) => textWidth(a.name) - textWidth(b.name) || byName(a, b),
  }
  const compare = orders[order]
  const sign = flags.reverse ? -1 : 1
  const dirFirst = (it: Entry): number => (isDir({ mode: it.targetMode ?? it.type }) ? 0 : 1)
  entries.sort(
    (a, b) => (flags.groupDirectoriesFirst ? dirFirst(a) - dirFirst(b) : 0) || sign * compare(a, b),
  )
}

// ---- Printing

function blocksText({ set, flags }: Ls, it: Stat | undefined): string {
  if (!it) return '?'
  const bytes = it.blocks * 512
  return set.humanBase
    ? humanSize(bytes, set.humanBase)
    : Math.ceil(bytes / (flags.kibibytes ? 1024 : set.block)) + set.unitSuffix
}

const sizeText = (set: Settings, size: number): string =>
  set.humanBase ? humanSize(size, set.humanBase) : Math.ceil(size / set.sizeUnit) + set.unitSuffix

function printTotal(ls: Ls, entries: readonly Entry[]): void {
  let bytes = 0
  for (const it of entries) bytes += (it.stat?.blocks ?? 0) * 512
  const { set } = ls
  const total = set.humanBase
    ? humanSize(bytes, set.humanBase)
    : Math.ceil(bytes / set.block) + set.unitSuffix
  ls.me.out.print(`total ${total}${set.end}`)
}

function quoted(set: Settings, name: string): string {
  switch (set.quoting) {
    case 'shell':
      return quoteShell(name)
    case 'shell-always':
      return quoteaf(name)
    case 'c':
    case 'clocale':
      return quoteC(name)
    case 'c-maybe':
      return quoteC(name) === `"${name}"` ? name : quoteC(name)
    case 'locale':
      return quote(name)
    case 'escape':
      return escapeC(name, ' ')
    default:
      return set.hideControl ? [...name].map(c => (printable(c.codePointAt(0)!) ? c : '?')).join('') : name
  }
}

function indicator(set: Settings, mode: number): string {
  if (set.indicator === 'none') return ''
  const type = mode & S_IFMT
  if (type === S_IFDIR) return '/'
  if (set.indicator === 'slash') return ''
  if (type === 0o120000) return '@'
  if (type === 0o010000) return '|'
  if (type === 0o140000) return '='
  return set.indicator === 'classify' && type === 0o100000 && mode & 0o111 ? '*' : ''
}

function painted(ls: Ls, text: string, code: string): string {
  const { lc, rc, rs } = ls.set.colors!.indicators
  return code ? `${lc}${code}${rc}${text}${lc}${rs}${rc}` : text
}

/** Print; before the first colour of all comes a reset. */
function emit(ls: Ls, text: string): void {
  const { lc, rc, rs } = ls.set.colors?.indicators ?? {}
  const first = lc && !ls.colored ? text.indexOf(lc) : -1
  if (first < 0) {
    ls.me.out.print(text)
    return
  }
  ls.colored = true
  ls.me.out.print(`${text.slice(0, first)}${lc}${rs}${rc}${text.slice(first)}`)
}

/** The name as it is shown, with colour and indicator, and its width. `align`: others are quoted, so indent. */
function nameCell(ls: Ls, it: Entry, align: boolean): { text: string; width: number } {
  const { set } = ls
  const plain = quoted(set, it.name)
  const space = align && plain === it.name ? ' ' : ''
  const mode = it.stat?.mode ?? it.type
  const mark = set.format === 'long' && isLink({ mode }) ? '' : indicator(set, mode)
  const code = set.colors
    ? colorOf(set.colors, {
        name: it.name,
        mode: it.stat?.mode ?? 0,
        nlink: it.stat?.nlink ?? 1,
        target: it.targetMode,
      })
    : ''
  const text = set.colors ? painted(ls, plain, code) : plain
  return { text: space + text + mark, width: textWidth(plain) + space.length + mark.length }
}

/** Print the entries; columns are as wide as `measured` needs them, which may be more. */
function printEntries(ls: Ls, entries: readonly Entry[], measured = entries): void {
  const { set } = ls
  if (!entries.length) return
  const inodes = ls.flags.inode ? widest(measured.map(it => String(it.stat?.ino ?? '?'))) : 0
  const blocks = ls.flags.size ? widest(measured.map(it => blocksText(ls, it.stat))) : 0
  const alignable =
    set.quoting === 'shell' &&
    (set.format === 'long' || ((set.format === 'columns' || set.format === 'across') && set.width > 0))
  const align = alignable && measured.some(it => quoteShell(it.name) !== it.name)
  const padded = set.format !== 'commas'
  const front = (it: Entry): string => {
    const inode = ls.flags.inode
      ? `${(it.stat ? String(it.stat.ino) : '?').padStart(padded ? inodes : 0)} `
      : ''
    return inode + (ls.flags.size ? `${blocksText(ls, it.stat).padStart(padded ? blocks : 0)} ` : '')
  }
  if (set.format === 'long') {
    printLong(ls, entries, measured, front, align)
    return
  }
  const cells = entries.map(it => {
    const before = front(it)
    const cell = nameCell(ls, it, align)
    return { text: before + cell.text, width: before.length + cell.width }
  })
  if (set.format === 'columns' || set.format === 'across')
    emit(
      ls,
      columns(cells, {
        width: set.width,
        across: set.format === 'across',
        tabSize: set.colors ? 0 : set.tabSize,
      }),
    )
  else if (set.format === 'commas') emit(ls, commas(cells, set.width))
  else for (const cell of cells) emit(ls, cell.text + set.end)
}

function commas(cells: readonly { text: string; width: number }[], width: number): string {
  let text = ''
  let at = 0
  for (const [i, cell] of cells.entries()) {
    if (i) {
      const fits = !width || at + cell.width + 2 < width
      text += fits ? ', ' : ',\n'
      at = fits ? at + 2 : 0
    }
    text += cell.text
    at += cell.width
  }
  return `${text}\n`
}

const widest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, text.length), 0)

const isDevice = (it: Stat): boolean => (it.mode & S_IFMT) === S_IFCHR || (it.mode & S_IFMT) === S_IFBLK

function printLong(
  ls: Ls,
  entries: readonly Entry[],
  measured: readonly Entry[],
  front: (it: Entry) => string,
  align: boolean,
): void {
  const { set } = ls
  const stats = measured.map(it => it.stat).filter(it => it !== undefined)
  const names = { user: new Map<number, string>(), group: new Map<number, string>() }
  const user = (it: Stat): string => idText(names.user, it.uid, id => ls.users && userName(ls.users, id))
  const group = (it: Stat): string => idText(names.group, it.gid, id => ls.users && groupName(ls.users, id))
  const some = measured.length > stats.length ? ['?'] : []
  const devices = stats.filter(isDevice)
  const majors = widest(devices.map(it => String(major(it.rdev))))
  const minors = widest(devices.map(it => String(minor(it.rdev))))
  const widths = {
    nlink: widest([...stats.map(it => String(it.nlink)), ...some]),
    user: widest([...stats.map(user), ...some]),
    group: widest([...stats.map(group), ...some]),
    size: Math.max(
      widest([...stats.filter(it => !isDevice(it)).map(it => sizeText(set, it.size)), ...some]),
      devices.length ? majors + 2 + minors : 0,
    ),
  }
  const aligned = (text: string, width: number): string =>
    /^\d+$/.test(text) ? text.padStart(width) : text.padEnd(width)
  for (const it of entries) {
    const name = nameCell(ls, it, align).text
    if (!it.stat) {
      const columns = [unknownMode(it.type), '?'.padStart(widths.nlink)]
      if (set.owner) columns.push('?'.padEnd(widths.user))
      if (set.group) columns.push('?'.padEnd(widths.group))
      columns.push('?'.padStart(widths.size), '?'.padStart(12), name)
      emit(ls, front(it) + columns.join(' ') + set.end)
      continue
    }
    const size = isDevice(it.stat)
      ? `${String(major(it.stat.rdev)).padStart(widths.size - minors - 2)}, ${String(minor(it.stat.rdev)).padStart(minors)}`
      : sizeText(set, it.stat.size).padStart(widths.size)
    const columns = [strmode(it.stat.mode), String(it.stat.nlink).padStart(widths.nlink)]
    if (set.owner) columns.push(aligned(user(it.stat), widths.user))
    if (set.group) columns.push(aligned(group(it.stat), widths.group))
    if (ls.flags.author) columns.push(aligned(user(it.stat), widths.user))
    columns.push(size, timeText(ls, it.stat[set.time ?? 'mtime']), name + targetText(ls, it))
    emit(ls, front(it) + columns.join(' ') + set.end)
  }
}

const unknownMode = (type: number): string => `${type ? strmode(type)[0] : '?'}?????????`

function idText(known: Map<number, string>, id: number, lookUp: (id: number) => string | undefined): string {
  let text = known.get(id)
  if (text === undefined) known.set(id, (text = lookUp(id) ?? String(id)))
  return text
}

const HALF_YEAR = 31556952 / 2

const isLater = (a: Timespec, b: Timespec): boolean => a.sec > b.sec || (a.sec === b.sec && a.nsec > b.nsec)

function timeText({ sys, set, zone, ...ls }: Ls, time: Timespec): string {
  // "If the file appears to be in the future, update the current time" - ls.c
  const now = isLater(time, ls.now) ? sys.clock_gettime(0) : ls.now
  const age = now.sec - time.sec || (now.nsec - time.nsec) / 1e9
  const recent = age >= 0 && age < HALF_YEAR
  return strftime(recent ? set.recentFormat : set.oldFormat, localtime(time, zone))
}

/** The targets of links are examined, and coloured, only if broken ones have a colour. ls.c: check_symlink_mode. */
const marksLinks = ({ indicators }: Colors): boolean =>
  [indicators['or'], indicators['mi']].some(it => it && !/^0?0$/.test(it))

function targetText(ls: Ls, it: Entry): string {
  if (it.target === undefined) return ''
  const mode = it.targetMode ?? 0
  const name = quoted(ls.set, it.target)
  const { colors } = ls.set
  const text = colors
    ? painted(ls, name, marksLinks(colors) ? colorOf(colors, { name: it.target, mode, nlink: 1 }) : '')
    : name
  return ` -> ${text}${mode ? indicator(ls.set, mode) : ''}`
}
