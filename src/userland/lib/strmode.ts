/** File modes as people write them. Linux: gnulib filemode.c (strmode), modechange.c (chmod's symbolic modes). */
import {
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  S_IFSOCK,
  S_ISGID,
  S_ISUID,
  S_ISVTX,
} from '../../abi/index.ts'

const TYPES = new Map([
  [S_IFREG, '-'],
  [S_IFDIR, 'd'],
  [S_IFLNK, 'l'],
  [S_IFCHR, 'c'],
  [S_IFBLK, 'b'],
  [S_IFIFO, 'p'],
  [S_IFSOCK, 's'],
])

/** The letter ls -l and find -type show for a file type. */
export const typeLetter = (mode: number): string => TYPES.get(mode & S_IFMT) ?? '?'

/** `drwxr-xr-x`. */
export function strmode(mode: number): string {
  const bit = (mask: number, letter: string): string => (mode & mask ? letter : '-')
  const special = (x: number, s: number, both: string, only: string): string =>
    mode & s ? (mode & x ? both : only) : bit(x, 'x')
  return (
    typeLetter(mode) +
    bit(0o400, 'r') +
    bit(0o200, 'w') +
    special(0o100, S_ISUID, 's', 'S') +
    bit(0o040, 'r') +
    bit(0o020, 'w') +
    special(0o010, S_ISGID, 's', 'S') +
    bit(0o004, 'r') +
    bit(0o002, 'w') +
    special(0o001, S_ISVTX, 't', 'T')
  )
}

/** What stat %F and test's users call it. gnulib: file_type(). */
export function fileType(mode: number, size: number): string {
  switch (mode & S_IFMT) {
    case S_IFREG:
      return size ? 'regular file' : 'regular empty file'
    case S_IFDIR:
      return 'directory'
    case S_IFLNK:
      return 'symbolic link'
    case S_IFCHR:
      return 'character special file'
    case S_IFBLK:
      return 'block special file'
    case S_IFIFO:
      return 'fifo'
    case S_IFSOCK:
      return 'socket'
    default:
      return 'weird file'
  }
}

/** One clause of a mode string: who is affected, what is done, with which bits. */
interface Change {
  readonly op: '+' | '-' | '='
  /** Bits of the classes named; 0 when none was, so that the umask counts. */
  readonly affected: number
  readonly value: number
  /** Bits that were mentioned at all: an octal mode leaves a directory's set-id bits alone unless given. */
  readonly mentioned: number
  /** `X`: execute if a directory or somebody has it; a letter: copy that class. */
  readonly kind: 'plain' | 'X' | 'u' | 'g' | 'o'
}

export type ModeChange = readonly Change[]

const ALL = 0o7777

/** The meaning of `u+x,go=` or `0755`; undefined if it has none. */
export function parseMode(text: string): ModeChange | undefined {
  if (/^[0-7]+$/.test(text)) {
    const value = Number.parseInt(text, 8)
    if (value > ALL) return undefined
    // Set-id bits of directories stay unless five digits or an explicit bit name them.
    const mentioned = text.length < 5 ? (value & (S_ISUID | S_ISGID)) | S_ISVTX | 0o777 : ALL
    return [{ op: '=', affected: ALL, value, mentioned, kind: 'plain' }]
  }
  const octal = /^([-+=])([0-7]+)$/.exec(text)
  if (octal) {
    const value = Number.parseInt(octal[2]!, 8)
    if (value > ALL) return undefined
    return [{ op: octal[1] as '=', affected: ALL, value, mentioned: ALL, kind: 'plain' }]
  }
  const changes: Change[] = []
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)((?:[-+=](?:[ugo]|[rwxXst]*))+)$/.exec(clause)
    if (!match) return undefined
    const affected = affectedBy(match[1]!)
    for (const action of match[2]!.matchAll(/([-+=])([ugo]|[rwxXst]*)/g))
      changes.push(changeOf(action[1] as '+', action[2]!, affected))
  }
  return changes.length ? changes : undefined
}

function affectedBy(who: string): number {
  let bits = 0
  for (const class_ of who)
    bits |=
      class_ === 'u'
        ? S_ISUID | 0o700
        : class_ === 'g'
          ? S_ISGID | 0o070
          : class_ === 'o'
            ? S_ISVTX | 0o007
            : ALL
  return bits
}

function changeOf(op: '+' | '-' | '=', perms: string, affected: number): Change {
  if (/^[ugo]$/.test(perms)) return { op, affected, value: 0, mentioned: 0, kind: perms as 'u' }
  let value = 0
  for (const letter of perms) {
    if (letter === 'r') value |= 0o444
    else if (letter === 'w') value |= 0o222
    else if (letter === 'x') value |= 0o111
    else if (letter === 's') value |= S_ISUID | S_ISGID
    else if (letter === 't') value |= S_ISVTX
  }
  const mentioned = affected ? affected & value : value
  return { op, affected, value, mentioned, kind: perms.includes('X') ? 'X' : 'plain' }
}

/** The permission bits after the changes. gnulib: mode_adjust(). */
export function adjustMode(old: number, dir: boolean, umask: number, changes: ModeChange): number {
  let mode = old & ALL
  for (const change of changes) {
    const { affected, op, kind } = change
    const omit = (dir ? S_ISUID | S_ISGID : 0) & ~change.mentioned
    let value = change.value
    if (kind === 'u' || kind === 'g' || kind === 'o') value = copied(mode, kind)
    else if (kind === 'X' && (dir || mode & 0o111)) value |= 0o111
    value &= (affected || ~umask) & ~omit
    if (op === '+') mode |= value
    else if (op === '-') mode &= ~value
    else mode = (mode & (affected ? ~affected | omit : omit)) | value
  }
  return mode
}

/** The permissions of one class, for all classes. */
function copied(mode: number, class_: 'u' | 'g' | 'o'): number {
  const bits = (class_ === 'u' ? mode >> 6 : class_ === 'g' ? mode >> 3 : mode) & 7
  return bits | (bits << 3) | (bits << 6)
}

/** The bits that the changes decide, whatever the mode was. gnulib: mode_adjust()'s PMODE_BITS. */
export const decidedBits = (dir: boolean, umask: number, changes: ModeChange): number =>
  ALL & ~(adjustMode(0, dir, umask, changes) ^ adjustMode(ALL, dir, umask, changes))
