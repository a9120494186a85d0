/** ls -l. Linux: coreutils ls.c:print_long_format(). */
import {
  isDir,
  isLink,
  major,
  minor,
  S_IFBLK,
  S_IFCHR,
  S_IFMT,
  type Stat,
  type Timespec,
} from '../../../abi/index.ts'
import { hasAcl } from '../acl/list.ts'
import { strmode } from '../strmode.ts'
import { localtime, strftime } from '../time.ts'
import { groupName, userName } from '../users.ts'
import { contextOf } from './context.ts'
import type { Entry, Ls } from './entries.ts'
import { nameCell, targetText } from './names.ts'
import { emit, emitName } from './output.ts'
import { sizeText, widest } from './sizes.ts'

const isDevice = (it: Stat): boolean => (it.mode & S_IFMT) === S_IFCHR || (it.mode & S_IFMT) === S_IFBLK

/** One line a file, with all there is to know. */
export function printLong(
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
  const marks = new Map(measured.map(it => [it, markOf(ls, it)]))
  const isMarked = [...marks.values()].some(it => it !== ' ')
  const contexts = ls.flags.context ? widest(measured.map(it => contextOf(ls, it))) : 0
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
    if (!it.stat) {
      const columns = [unknownMode(it.type), '?'.padStart(widths.nlink)]
      if (set.owner) columns.push('?'.padEnd(widths.user))
      if (set.group) columns.push('?'.padEnd(widths.group))
      if (ls.flags.context) columns.push('?'.padEnd(contexts))
      columns.push('?'.padStart(widths.size), '?'.padStart(12))
      printRow(ls, it, `${front(it)}${columns.join(' ')} `, align)
      continue
    }
    const size = isDevice(it.stat)
      ? `${String(major(it.stat.rdev)).padStart(widths.size - minors - 2)}, ${String(minor(it.stat.rdev)).padStart(minors)}`
      : sizeText(set, it.stat.size).padStart(widths.size)
    const mark = isMarked ? marks.get(it)! : ''
    const columns = [strmode(it.stat.mode) + mark, String(it.stat.nlink).padStart(widths.nlink)]
    if (set.owner) columns.push(aligned(user(it.stat), widths.user))
    if (set.group) columns.push(aligned(group(it.stat), widths.group))
    if (ls.flags.author) columns.push(aligned(user(it.stat), widths.user))
    if (ls.flags.context) columns.push(contextOf(ls, it).padEnd(contexts))
    columns.push(size, timeText(ls, it.stat[set.time ?? 'mtime']))
    printRow(ls, it, `${front(it)}${columns.join(' ')} `, align)
  }
}

/** gnulib: file_has_acl(): access lists beyond the mode are marked with a plus. */
/** What stands behind the mode: an access list, or a security context alone. */
function markOf(ls: Ls, it: Entry): string {
  if (hasAcls(ls, it)) return '+'
  return contextOf(ls, it) === '?' ? ' ' : '.'
}

function hasAcls({ sys }: Ls, { path, stat }: Entry): boolean {
  if (!stat || isLink(stat)) return false
  return hasAcl(sys, path, 'access') || (isDir(stat) && hasAcl(sys, path, 'default'))
}

function printRow(ls: Ls, it: Entry, before: string, align: boolean): void {
  emit(ls, (ls.set.dired ? '  ' : '') + before)
  emitName(ls, nameCell(ls, it, align).text, ls.nameSpans)
  emit(ls, targetText(ls, it) + ls.set.end)
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
