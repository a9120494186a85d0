/**
 * The format of ps: which columns a command line asks for, and how they stand in a line.
 * Linux: procps-ng src/ps/sortformat.c, output.c.
 */
import { AIX_COLUMNS, isElsewhere, PS_COLUMNS } from './columns.ts'
import { type Chosen, PsError, type PsOptions } from './ps-request.ts'

/** `pid,comm=NAME,args:40`, or AIX's `%p %c`. */
export function parseColumns(text: string): Chosen[] {
  const found: Chosen[] = []
  if (text.includes('%') && !/^(%cpu|%mem|[^%])*$/.test(text)) return aixColumns(text)
  if (/^,|,,/.test(text.replace(/=.*/s, ''))) throw new PsError('improper format list')
  for (const item of text.split(/[,\s]+(?![^=,]*$)|,/).flatMap(splitBlanks)) {
    if (!item) continue
    const [, name, width, head] = /^([^:=]*)(?::([^=]*))?(?:=(.*))?$/s.exec(item) ?? []
    if (width !== undefined && !/^[1-9]\d*$/.test(width))
      throw new PsError('column widths must be unsigned decimal numbers')
    const column = PS_COLUMNS[name ?? '']
    if (!column) throw new PsError(`unknown user-defined format specifier "${name ?? item}"`)
    const title = head ?? column.head
    const own = width ? Number(width) : column.width
    found.push({
      name: name!,
      head: title,
      width: width ? own : head !== undefined ? Math.max(own, title.length) : own,
    })
  }
  if (!found.length) throw new PsError('format specification must follow -o')
  return found
}

/** Blanks separate columns too, but not inside a title. */
const splitBlanks = (item: string): string[] => (item.includes('=') ? [item.trim()] : item.split(/\s+/))

/** Linux: sortformat.c:aix_format_parse(). What stands between the columns is printed as it is. */
function aixColumns(text: string): Chosen[] {
  if (/%[a-zA-Z](?![\s%]|$)/.test(text)) throw new PsError('improper AIX field descriptor')
  const found: Chosen[] = []
  for (const [, before = '', letter = ''] of text.matchAll(/([^%]*)(?:%(.?))?/gs)) {
    if (!before && !letter && !found.length && !text.includes('%')) break
    if (!letter) {
      const last = found.pop()
      if (last) found.push({ ...last, after: before })
      break
    }
    const name = AIX_COLUMNS[letter]
    if (letter === '%') throw new PsError('missing AIX field descriptor')
    if (!name) throw new PsError('unknown AIX field descriptor')
    const { head, width } = PS_COLUMNS[name]!
    found.push({ name, head, width, before, after: '' })
  }
  if (text.endsWith('%')) throw new PsError('missing AIX field descriptor')
  return found
}

const pick = (names: string): string[] => names.split(' ')

/** The columns of the format that the options ask for. Linux: parser.c:finalize, sortformat.c:generate_sysv_list(). */
export function formatOf(options: PsOptions, preset: readonly Chosen[] | undefined): readonly Chosen[] {
  if (options.context) return pick('pid context command').map(columnNamed)
  if (options.columns.length) return options.columns
  const { full, long, jobs, classes, processor, bsdFormat: letter, insert } = options
  const isUnix = !letter && (full || long || jobs || classes || processor || !options.bsd)
  if (insert.length) {
    const [before, after] = options.bsd ? ['pid', 's tname time comm'] : ['pid', 's tname time args']
    return [columnNamed(before), ...insert, ...pick(after).map(columnNamed)]
  }
  const isPlain = isUnix && !full && !long && !jobs && !classes && !processor && !options.threads
  if (preset && !letter && isPlain && !options.security) return preset
  const names = isUnix ? unixFormat(options) : withThreads(bsdFormat(letter), options)
  return withSecurity(options, names.map(columnNamed))
}

/** -L and -T put the number of the thread behind the process's, and -L their number behind the time. */
function withThreads(names: readonly string[], { threads, bsdFormat: letter }: PsOptions): string[] {
  const after = (name: string): string[] => {
    if (name === 'pid' && threads && threads !== 'H') return ['pid', threads === 'L' ? 'lwp' : 'spid']
    return name === '%cpu' && threads === 'L' && letter === 'u' ? ['%cpu', 'nlwp'] : [name]
  }
  return names.flatMap(after)
}

const columnNamed = (name: string): Chosen => ({
  name,
  head: PS_COLUMNS[name]!.head,
  width: PS_COLUMNS[name]!.width,
})
const withSecurity = (options: PsOptions, columns: readonly Chosen[]): readonly Chosen[] =>
  options.security ? [columnNamed('label'), ...columns] : columns

function bsdFormat(letter: string): string[] {
  switch (letter) {
    case 'u':
      return pick('user pid %cpu %mem vsz rss tname stat start_time bsdtime args')
    case 'l':
      return pick('f uid pid ppid priority ni vsz rss wchan stat tname bsdtime args')
    case 'j':
      return pick('ppid pid pgid sid tname tpgid stat uid bsdtime args')
    case 'v':
      return pick('pid tname stat bsdtime maj_flt m_trs drs rss %mem args')
    case 's':
      return pick('uid pid pending blocked ignored caught stat tname bsdtime args')
    case 'X':
      return pick('pid stackp esp eip tmout alarm stat tname bsdtime args')
    default:
      return pick('pid tname stat bsdtime args')
  }
}

function unixFormat(options: PsOptions): string[] {
  const { full, extraFull, long, jobs, noFlags, threads, classes, processor } = options
  const names: string[] = []
  if (long) names.push(...(noFlags ? ['s'] : ['f', 's']))
  if (full) names.push('uid_hack')
  else if (long) names.push('uid')
  names.push('pid')
  if (threads === 'T') names.push('spid')
  if (full || long) names.push('ppid')
  if (jobs) names.push('pgid', 'sid')
  if (threads === 'L') names.push('lwp')
  if ((full || long) && !classes) names.push('c')
  if (threads === 'L' && full) names.push('nlwp')
  if (classes) names.push('class', 'pri')
  else if (long) names.push('opri', 'ni')
  if (long && noFlags) names.push('rss')
  if (long && !noFlags) names.push('addr_1')
  if (long || extraFull) names.push('sz')
  if (long) names.push('wchan')
  if (extraFull) names.push('rss')
  if (extraFull || processor) names.push('psr')
  if (full) names.push('stime')
  if (!options.bsd) return [...names, 'tname', 'time', full ? 'cmd' : 'ucmd']
  // Beside a BSD option the end is as BSD has it.
  const isShort = full || long
  names.push('tname', ...(long ? [] : ['stat']), 'bsdtime', isShort ? 'cmd' : 'args')
  return names
}

/**
 * One line. A cell that is too wide takes the room from the blanks after it, and only the last column knows where the
 * screen ends: in the line of it that the column begins in. Linux: output.c:show_one_proc().
 */
export function layOut(
  columns: readonly Chosen[],
  cells: readonly string[],
  width: number,
  isHeader: boolean,
): string {
  let line = ''
  let correct = 0
  columns.forEach((chosen, i) => {
    const { justify } = PS_COLUMNS[chosen.name]!
    const isLast = i === columns.length - 1
    const glue = i === 0 ? (chosen.before ?? '') : (chosen.before ?? columns[i - 1]!.after ?? ' ')
    const at = correct + glue.length
    const room = isLast ? width - (at % width) : chosen.width
    const cell = isHeader ? cells[i]! : cut(cells[i]!, justify, chosen.width, room, isLast)
    const pad = justify === 'right' ? Math.max(0, chosen.width - cell.length) : 0
    const blanks = Math.max(correct - line.length, 0)
    // What has run over its column eats the padding of the next one.
    const eaten = Math.max(line.length - correct, 0)
    line += ' '.repeat(blanks) + glue + ' '.repeat(Math.max(pad - eaten, 0)) + cell
    correct = at + chosen.width
  })
  const after = columns[columns.length - 1]?.after
  return after === undefined ? line : `${line.padEnd(correct)}${after}`
}

function cut(cell: string, justify: string, width: number, room: number, isLast: boolean): string {
  if (justify === 'right') return cell
  if (justify === 'user')
    return cell.length > Math.max(isLast ? room : width, 0) ? `${cell.slice(0, width - 1)}+` : cell
  if (justify === 'unlimited' || isLast) return cell.slice(0, Math.max(0, room))
  return cell.slice(0, Math.max(width, 1))
}

/** What a line says in each column; with -m a process and its threads share them out. */
export const cellsOf = (
  columns: readonly Chosen[],
  text: (name: string) => string,
  line: 'process' | 'thread' | undefined,
): string[] => columns.map(({ name }) => (line && isElsewhere(name, line) ? '-' : text(name)))
