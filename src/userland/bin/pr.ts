/**
 * pr - paginate and columnate files for printing
 * https://www.gnu.org/software/coreutils/manual/html_node/pr-invocation.html
 *
 * Left out: backspaces do not count backwards; POSIXLY_CORRECT's date.
 */
import {
  type Blocking,
  CLOCK_REALTIME,
  encode,
  Errno,
  EISDIR,
  isDir,
  type Sys,
  type Timespec,
} from '../../abi/index.ts'
import { byteText, textBytes } from '../lib/byte-text.ts'
import { command, type Process, readAll } from '../lib/command.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { numberWithin } from '../lib/numbers.ts'
import { Pages, Source } from '../lib/pr/page.ts'
import { OPTIONS, type PrFlags, type Style, styleOf } from '../lib/pr/style.ts'
import { quoteaf, quotef } from '../lib/quote.ts'
import { localtime, strftime, zoneOf } from '../lib/time.ts'

export default command({
  name: 'pr',
  summary:
    'Paginate or columnate FILE(s) for printing.\n\nWith no FILE, or when FILE is -, read standard input.',
  usage: 'pr [OPTION]... [FILE]...',
  authors: 'Pete TerMaat and Roland Huebner',
  options: OPTIONS,
  obsolete: args => args.flatMap(modern),

  *main(sys, flags, args, me) {
    const style = styleOf(flags, args.length)
    const names = args.length ? args : ['-']
    let firstLine =
      flags.firstLineNumber === undefined
        ? 1
        : numberWithin(
            flags.firstLineNumber,
            "'-N NUMBER' invalid starting line number",
            -(2 ** 31),
            2 ** 31 - 1,
          )
    const files: File[] = []
    let status = 0
    for (const name of names) {
      const file = yield* readFile(sys, me, name, style, flags.noFileWarnings === true)
      if (file) files.push(file)
      else status = 1
    }
    if (style.isParallel) {
      const now = { name: '', time: sys.clock_gettime(CLOCK_REALTIME) }
      yield* print(sys, me, flags, style, { ...now, sources: files.map(it => it.source) }, firstLine)
      return status
    }
    for (const { name, time, source } of files)
      firstLine = yield* print(sys, me, flags, style, { name, time, sources: [source] }, firstLine)
    return status
  },
})

/** `-3t` as `--columns=3 -t`, `+2:5` as `--pages=2:5`. */
function modern(arg: string): string[] {
  const [, columns, rest] = /^-(\d+)(.*)$/.exec(arg) ?? []
  if (columns !== undefined) return [`--columns=${columns}`, ...(rest ? [`-${rest}`] : [])]
  return /^\+0*[1-9]\d*(:0*[1-9]\d*)?$/.test(arg) ? [`--pages=${arg.slice(1)}`] : [arg]
}

interface File {
  readonly name: string
  readonly time: Timespec
  readonly source: Source
}

function* readFile(
  sys: Sys,
  me: Process,
  name: string,
  style: Style,
  isQuiet: boolean,
): Blocking<File | undefined> {
  try {
    const fd = yield* openInput(sys, name)
    const stat = sys.fstat(fd)
    if (isDir(stat)) throw EISDIR
    const source = new Source(byteText(yield* readAll(sys, fd)), style)
    closeInput(sys, fd)
    const time = name === '-' ? sys.clock_gettime(CLOCK_REALTIME) : stat.mtime
    return { name: name === '-' ? '' : byteText(encode(name)), time, source }
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    if (!isQuiet) yield* me.warn(name === '-' ? quoteaf('standard input') : quotef(name), e)
    return undefined
  }
}

interface Document {
  readonly name: string
  readonly time: Timespec
  readonly sources: readonly Source[]
}

/** Print the pages of a document; returns the number of the line after it. */
function* print(
  sys: Sys,
  me: Process,
  flags: PrFlags,
  style: Style,
  { name, time, sources }: Document,
  firstLine: number,
): Blocking<number> {
  const pages = new Pages(style, sources, firstLine)
  const date = strftime(flags.dateFormat ?? '%Y-%m-%d %H:%M', localtime(time, zoneOf(me.env.get('TZ'))))
  const title = flags.header === undefined ? name : byteText(encode(flags.header))
  let page = 1
  for (; !pages.isAtEnd && page <= style.lastPage; page++) {
    const { text, lines, isFed } = pages.next()
    if (page < style.firstPage) continue
    const full = style.body * (style.isDouble ? 2 : 1)
    let out = text
    if (style.hasHeader)
      out =
        headerLine(style, byteText(encode(date)), title, page) +
        text +
        (style.usesFormFeed ? '\f' : '\n'.repeat(full - lines + 5))
    else if (isFed && style.keepsFormFeeds) out += '\f'
    me.out.print(textBytes(out))
    yield* me.out.drain()
  }
  if (page <= style.firstPage && style.firstPage > 1)
    yield* me.warn(`starting page number ${style.firstPage} exceeds page count ${page - 1}`)
  return pages.lineNumber
}

function headerLine({ width, margin }: Style, date: string, title: string, page: number): string {
  const number = `Page ${page}`
  const free = Math.max(0, width - date.length - title.length - number.length)
  const left = Math.floor(free / 2)
  const gap = (size: number): string => ' '.repeat(Math.max(1, size))
  return `\n\n${' '.repeat(margin)}${date}${gap(left)}${title}${gap(free - left)}${number}\n\n\n`
}
