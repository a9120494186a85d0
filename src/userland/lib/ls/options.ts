/** The options of ls and what they come to. Linux: coreutils ls.c:decode_switches(). */
import type { Sys } from '../../../abi/index.ts'
import { oneOf, WHEN } from '../argmatch.ts'
import { fatal, type Flags, type Given, type Process, usage } from '../command.ts'
import { type BlockSize, defaultBlockSize, parseBlockSize, parseNumber } from '../numbers.ts'
import { quote } from '../quote.ts'
import { QUOTINGS, type Quoting, quotingOf } from '../quoting-style.ts'
import { type Colors, colorable, parseColors } from './colors.ts'

export const OPTIONS = {
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
  dired: { short: 'D', help: "generate output designed for Emacs' dired mode" },
  directory: { short: 'd', help: 'list directories themselves, not their contents' },
  f: { help: 'list all entries in directory order' },
  classify: {
    short: 'F',
    value: '[=WHEN]',
    bareShort: true,
    help: 'append indicator (one of */=>@|) to entries WHEN',
  },
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
  hyperlink: { value: '[=WHEN]', help: 'hyperlink file names WHEN' },
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

export type Format = 'long' | 'one' | 'columns' | 'across' | 'commas'
export type Sort = 'none' | 'name' | 'size' | 'time' | 'version' | 'extension' | 'width'
type When = 'mtime' | 'atime' | 'ctime' | 'btime'
type Indicator = 'none' | 'slash' | 'file-type' | 'classify'

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
/** What the options come to. */
export interface Settings {
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
  /** Names are links to their files. */
  hyperlink: boolean
  dired: boolean
}

/** What of the environment is ignored. */
export function badEnvironment(env: ReadonlyMap<string, string>, flags: Flags<typeof OPTIONS>): string[] {
  const bad: string[] = []
  const style = env.get('QUOTING_STYLE')
  if (style !== undefined && !quotingOf(env))
    bad.push(`ignoring invalid value of environment variable QUOTING_STYLE: ${quote(style)}`)
  const isColumns = !flags.l && (flags.C || flags.x || flags.m || flags.format !== undefined)
  const width = env.get('COLUMNS')
  if (width && !/^\d+$/.test(width) && flags.width === undefined && isColumns)
    bad.push(`ignoring invalid width in environment variable COLUMNS: ${quote(width)}`)
  const tab = env.get('TABSIZE')
  if (tab !== undefined && !/^\d+$/.test(tab) && flags.tabsize === undefined && isColumns)
    bad.push(`ignoring invalid tab size in environment variable TABSIZE: ${quote(tab)}`)
  return bad
}

/** The options, $LS_COLORS and the like, and the terminal, as one. */
export function settings(
  sys: Sys,
  flags: Flags<typeof OPTIONS>,
  me: Process<keyof typeof OPTIONS>,
): Settings {
  const tty = me.out.isTty
  const program = me.name.slice(me.name.lastIndexOf('/') + 1)
  const set: Settings = {
    format: program === 'vdir' ? 'long' : program === 'dir' || tty ? 'columns' : 'one',
    sort: undefined,
    time: undefined,
    indicator: 'none',
    quoting: tty ? 'shell-escape' : program === 'ls' ? 'literal' : 'escape',
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
    tabSize: /^\d+$/.test(me.env.get('TABSIZE') ?? '') ? Number(me.env.get('TABSIZE')) : 8,
    hideControl: tty && program === 'ls',
    recentFormat: '%b %e %H:%M',
    oldFormat: '%b %e  %Y',
    end: '\n',
    hyperlink: false,
    dired: false,
  }
  set.quoting = quotingOf(me.env) ?? set.quoting
  environmentBlockSize(set, me.env)
  for (const given of me.order) apply(set, given, me, tty)
  if (flags.tabsize !== undefined) set.tabSize = numberOf(flags.tabsize, 'invalid tab size')
  if (set.format === 'long')
    timeStyle(set, flags.timeStyle ?? (flags.fullTime ? 'full-iso' : (me.env.get('TIME_STYLE') ?? 'locale')))
  if (flags.dired && flags.zero) throw fatal('--dired and --zero are incompatible')
  set.dired = Boolean(flags.dired) && set.format === 'long' && !set.hyperlink
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

function setBlockSize(set: Settings, { human, block, suffix }: BlockSize): void {
  set.humanBase = human
  set.block = set.sizeUnit = block
  set.unitSuffix = suffix
}

/** Sizes are in bytes unless $LS_BLOCK_SIZE or $BLOCK_SIZE says something else. */
function environmentBlockSize(set: Settings, env: ReadonlyMap<string, string>): void {
  const it = defaultBlockSize(env, 'LS_BLOCK_SIZE')
  if (env.has('LS_BLOCK_SIZE') || env.has('BLOCK_SIZE')) setBlockSize(set, it)
  else set.block = it.block
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
    case 'si':
      setBlockSize(set, { human: key === 'si' ? 1000 : 1024, block: 1, suffix: '' })
      return
    case 'blockSize': {
      const size = parseBlockSize(value)
      if (!size) throw fatal(`invalid --block-size argument '${value}'`)
      setBlockSize(set, size)
      return
    }
    case 'hyperlink':
      set.hyperlink = appliesTo('--hyperlink', value, tty)
      return
    case 'color':
      set.colors = appliesTo('--color', value, tty) && colorable(me.env) ? parseColors('') : undefined
      return
    default:
      return
  }
}

const appliesTo = (option: string, value: string, tty: boolean): boolean => {
  const when = value ? oneOf(option, value, WHEN) : 'always'
  return when === 'always' || (when === 'auto' && tty)
}

const TIME_STYLES = [
  ['full-iso', ['%Y-%m-%d %H:%M:%S.%N %z', '%Y-%m-%d %H:%M:%S.%N %z']],
  ['long-iso', ['%Y-%m-%d %H:%M', '%Y-%m-%d %H:%M']],
  ['iso', ['%Y-%m-%d ', '%m-%d %H:%M']],
  ['locale', ['%b %e  %Y', '%b %e %H:%M']],
] as const

/** How times look: those long ago, and recent ones. */
function timeStyle(set: Settings, text: string): void {
  const style = text.replace(/^posix-/, '')
  if (style.startsWith('+')) {
    const [old, recent] = style.slice(1).split('\n') as [string, string | undefined]
    set.oldFormat = old
    set.recentFormat = recent ?? old
    return
  }
  const fitting = TIME_STYLES.filter(([name]) => name.startsWith(style))
  const [found] = TIME_STYLES.filter(([name]) => name === style).concat(fitting)
  if (!found || (found[0] !== style && fitting.length > 1))
    throw usage(`${found ? 'ambiguous' : 'invalid'} argument ${quote(text)} for ${quote('time style')}
Valid arguments are:
  - [posix-]full-iso
  - [posix-]long-iso
  - [posix-]iso
  - [posix-]locale
  - +FORMAT (e.g., +%H:%M) for a 'date'-style format`)
  ;[set.oldFormat, set.recentFormat] = found[1]
}
