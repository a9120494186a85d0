/** What ls lists: its state, the files it examines, and their order. Linux: coreutils ls.c:gobble_file(), sort_files(). */
import {
  type Blocking,
  ENOENT,
  Errno,
  isDir,
  isLink,
  S_IFMT,
  type Stat,
  type Sys,
  type Timespec,
} from '../../../abi/index.ts'
import { compareText, compareVersions } from '../collate.ts'
import type { Flags, Process } from '../command.ts'
import { fnmatch } from '../fnmatch.ts'
import { quoteaf } from '../quote.ts'
import type { Zone } from '../time.ts'
import { readUsers, type Users } from '../users.ts'
import { textWidth } from '../wcwidth.ts'
import type { OPTIONS, Settings, Sort } from './options.ts'

/** A file that is listed. */
export interface Entry {
  readonly name: string
  /** What it is opened as. */
  readonly path: string
  readonly type: number
  readonly stat: Stat | undefined
  /** Of a link: where it points, and the mode of what is there (0 if nothing is). */
  readonly target: string | undefined
  readonly targetMode: number | undefined
}

/** A run of ls. */
export interface Ls {
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
  /** Bytes printed so far, and where names and directories stand in them: for --dired. */
  position: number
  readonly nameSpans: number[]
  readonly directorySpans: number[]
}

export function* needUsers(ls: Ls): Blocking<void> {
  if (ls.set.format === 'long' && !ls.set.numeric) ls.users ??= yield* readUsers(ls.sys)
}

/** Whether names alone do not suffice. */
function needsStat(ls: Ls): boolean {
  const { set, flags } = ls
  const order = set.sort ?? (set.time && set.format !== 'long' ? 'time' : 'name')
  return (
    set.format === 'long' ||
    Boolean(flags.size) ||
    order === 'time' ||
    order === 'size' ||
    set.colors !== undefined ||
    set.indicator === 'classify' ||
    set.hyperlink ||
    (Boolean(flags.dereference) && needsType(ls))
  )
}

/** Whether it matters what kind of file a name is. */
const needsType = ({ set, flags }: Ls): boolean =>
  Boolean(flags.inode || flags.recursive || flags.groupDirectoriesFirst || set.colors) ||
  set.indicator !== 'none'

/** Where a link leads; a message if it does not say. */
function* targetOf(ls: Ls, path: string, named: boolean): Blocking<string | undefined> {
  try {
    return ls.sys.readlink(path)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* complain(ls, `cannot read symbolic link ${quoteaf(path)}`, e, named)
    return undefined
  }
}

/** Examine a file; undefined (and a message) if that fails for one that was named. */
export function* entryOf(
  ls: Ls,
  name: string,
  path: string,
  type: number,
  named: boolean,
): Blocking<Entry | undefined> {
  const { flags, sys, set } = ls
  if (!named && !needsStat(ls) && type && !(flags.groupDirectoriesFirst && isLink({ mode: type })))
    return { name, path, type, stat: undefined, target: undefined, targetMode: undefined }
  let stat: Stat
  try {
    stat = examine(ls, path, named)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* complain(ls, `cannot access ${quoteaf(path)}`, e, named)
    return named ? undefined : { name, path, type, stat: undefined, target: undefined, targetMode: undefined }
  }
  const link = isLink(stat) && (set.format === 'long' || needsType(ls))
  const target = link && set.format === 'long' ? yield* targetOf(ls, path, named) : undefined
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
  const followed = attempt(() => sys.stat(path), ENOENT)
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

export function* complain(ls: Ls, what: string, errno: unknown, serious: boolean): Blocking<void> {
  yield* ls.me.warn(what, errno)
  ls.status = serious ? 2 : ls.status || 1
}

export function withInode(ls: Ls, entry: Entry, ino: number): Entry {
  const stat = attempt(() => ls.sys.lstat(entry.path))
  return stat ? { ...entry, stat: { ...stat, ino: ino || stat.ino } } : entry
}

export function ignored({ set, flags }: Ls, name: string): boolean {
  if (set.dots === 'hidden' && name.startsWith('.')) return true
  if (flags.ignoreBackups && name.endsWith('~')) return true
  if (flags.ignore?.some(pattern => fnmatch(pattern, name, { period: true }))) return true
  return (
    set.dots === 'hidden' && Boolean(flags.hide?.some(pattern => fnmatch(pattern, name, { period: true })))
  )
}

const newestFirst = (a: Timespec, b: Timespec): number => b.sec - a.sec || b.nsec - a.nsec
const ZERO: Timespec = { sec: 0, nsec: 0 }
const extension = (name: string): string =>
  name.lastIndexOf('.') < 0 ? '' : name.slice(name.lastIndexOf('.'))

/** Sort by what the options say. */
export function sortEntries({ set, flags }: Ls, entries: Entry[]): void {
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
