/** What the options of pr make of a page. Linux: coreutils pr.c, main() and init_parameters(). */
import { fatal, type Flags, type Options } from '../command.ts'
import { numberWithin } from '../numbers.ts'
import { quote } from '../quote.ts'

export const OPTIONS = {
  pages: { value: '=FIRST_PAGE[:LAST_PAGE]', help: 'begin [stop] printing with page FIRST_[LAST_]PAGE' },
  columns: { value: '=COLUMN', help: 'output COLUMN columns and print columns down' },
  across: { short: 'a', help: 'print columns across rather than down' },
  showControlChars: { short: 'c', help: 'use hat notation (^G) and octal backslash notation' },
  doubleSpace: { short: 'd', help: 'double space the output' },
  dateFormat: { short: 'D', value: '=FORMAT', help: 'use FORMAT for the header date' },
  expandTabs: { short: 'e', value: '[=CHAR[WIDTH]]', help: 'expand input CHARs (TABs) to tab WIDTH (8)' },
  formFeed: { short: 'fF', help: 'use form feeds instead of newlines to separate pages' },
  header: { short: 'h', value: '=HEADER', help: 'use a centered HEADER instead of filename in page header' },
  outputTabs: {
    short: 'i',
    value: '[=CHAR[WIDTH]]',
    help: 'replace spaces with CHARs (TABs) to tab WIDTH (8)',
  },
  joinLines: { short: 'J', help: 'merge full lines, turns off -W line truncation' },
  length: { short: 'l', value: '=PAGE_LENGTH', help: 'set the page length to PAGE_LENGTH (66) lines' },
  merge: { short: 'm', help: 'print all files in parallel, one in each column' },
  numberLines: {
    short: 'n',
    value: '[=SEP[DIGITS]]',
    help: 'number lines, use DIGITS (5) digits, then SEP (TAB)',
  },
  firstLineNumber: {
    short: 'N',
    value: '=NUMBER',
    help: 'start counting with NUMBER at 1st line of first page',
  },
  indent: { short: 'o', value: '=MARGIN', help: 'offset each line with MARGIN (zero) spaces' },
  noFileWarnings: { short: 'r', help: 'omit warning when a file cannot be opened' },
  separator: { short: 's', value: '[=CHAR]', help: 'separate columns by a single character' },
  sepString: { short: 'S', value: '[=STRING]', help: 'separate columns by STRING' },
  omitHeader: { short: 't', help: 'omit page headers and trailers' },
  omitPagination: { short: 'T', help: 'as -t, and eliminate form feeds of the input' },
  showNonprinting: { short: 'v', help: 'use octal backslash notation' },
  width: {
    short: 'w',
    value: '=PAGE_WIDTH',
    help: 'set page width to PAGE_WIDTH (72) characters for\nseveral columns',
  },
  pageWidth: {
    short: 'W',
    value: '=PAGE_WIDTH',
    help: 'set page width to PAGE_WIDTH (72) characters always,\ntruncate lines',
  },
} as const satisfies Options
export type PrFlags = Flags<typeof OPTIONS>

/** A tab: its character and width. */
export interface Tab {
  readonly char: string
  readonly width: number
}

export interface Numbering {
  readonly digits: number
  readonly separator: string
  /** Columns that number and separator take. */
  readonly width: number
}

/** How pages look. */
export interface Style {
  readonly columns: number
  readonly isParallel: boolean
  readonly isAcross: boolean
  readonly hasHeader: boolean
  readonly keepsFormFeeds: boolean
  /** Lines of text on a page. */
  readonly body: number
  readonly isDouble: boolean
  readonly usesFormFeed: boolean
  readonly margin: number
  readonly width: number
  readonly columnWidth: number
  /** Columns keep their width; else lines are joined in full. */
  readonly truncates: boolean
  readonly separator: string
  readonly inputTab: Tab | undefined
  readonly outputTab: Tab | undefined
  readonly numbering: Numbering | undefined
  readonly controls: 'raw' | 'hat' | 'octal'
  readonly firstPage: number
  readonly lastPage: number
}

const HEADER = 5
const FOOTER = 5

/** The style that options ask for, with so many files. */
export function styleOf(flags: PrFlags, files: number): Style {
  const number = (text: string | undefined, what: string, otherwise: number, least: number): number =>
    text === undefined ? otherwise : numberWithin(text, what, least, 2 ** 31 - 1)
  const explicit = number(flags.columns, 'invalid number of columns', 1, 1)
  const length = number(flags.length, "'-l PAGE_LENGTH' invalid number of lines", 66, 1)
  const narrow = number(flags.width, "'-w PAGE_WIDTH' invalid number of characters", 72, 1)
  const width = number(flags.pageWidth, "'-W PAGE_WIDTH' invalid number of characters", narrow, 1)
  const margin = number(flags.indent, "'-o MARGIN' invalid line offset", 0, 0)
  if (flags.merge && flags.columns !== undefined)
    throw fatal('cannot specify number of columns when printing in parallel')
  if (flags.merge && flags.across) throw fatal('cannot specify both printing across and printing in parallel')
  const isParallel = flags.merge === true && files > 0
  const columns = isParallel ? files : explicit

  const hasHeader = !flags.omitHeader && !flags.omitPagination && length > HEADER + FOOTER
  const body = hasHeader ? length - HEADER - FOOTER : length
  const separated = separatorOf(flags, columns > 1 || flags.columns !== undefined || flags.merge === true)
  const numbering = numberingOf(flags.numberLines)
  const separator = separated.separator ?? (columns > 1 ? (separated.joins ? '\t' : ' ') : '')
  const used = isParallel ? (numbering?.width ?? 0) : 0
  const columnWidth = Math.floor((width - used - (columns - 1) * separator.length) / columns)
  if (columnWidth < 1) throw fatal('page width too narrow')
  const [firstPage, lastPage] = pagesOf(flags.pages)
  return {
    columns,
    isParallel,
    isAcross: flags.across === true,
    hasHeader,
    keepsFormFeeds: !flags.omitPagination,
    body: flags.doubleSpace ? Math.floor(body / 2) : body,
    isDouble: flags.doubleSpace === true,
    usesFormFeed: flags.formFeed === true,
    margin,
    width,
    columnWidth,
    truncates: (columns > 1 || separated.truncates) && !separated.joins,
    separator: columns > 1 && !separated.joins && separator === '\t' ? ' ' : separator,
    inputTab: tabOf(flags.expandTabs, 'e') ?? (columns > 1 ? { char: '\t', width: 8 } : undefined),
    outputTab: tabOf(flags.outputTabs, 'i') ?? (columns > 1 ? { char: '\t', width: 8 } : undefined),
    numbering,
    controls: flags.showNonprinting ? 'octal' : flags.showControlChars ? 'hat' : 'raw',
    firstPage,
    lastPage,
  }
}

/** What stands between columns, and whether they are aligned: -s, -S, -w and -W depend on each other. */
function separatorOf(
  flags: PrFlags,
  isMulti: boolean,
): { separator: string | undefined; joins: boolean; truncates: boolean } {
  const old = flags.separator !== undefined && flags.sepString === undefined
  const truncates = flags.pageWidth !== undefined || (flags.width !== undefined && isMulti)
  const joins = flags.joinLines === true || (old && isMulti && !truncates)
  if (flags.sepString !== undefined) return { separator: flags.sepString, joins, truncates }
  return { separator: old ? flags.separator || '\t' : undefined, joins, truncates }
}

function numberingOf(text: string | undefined): Numbering | undefined {
  if (text === undefined) return undefined
  const [, char = '', digits] = /^(\D?)(\d*)$/.exec(text) ?? []
  if (digits === undefined || digits === '0')
    throw fatal(`'-n' extra characters or invalid number in the argument: ${quote(text)}`)
  const separator = char || '\t'
  const size = Number(digits || 5)
  return { digits: size, separator, width: separator === '\t' ? size + 8 - (size % 8) : size + 1 }
}

function tabOf(text: string | undefined, letter: string): Tab | undefined {
  if (text === undefined) return undefined
  const [, char = '', width] = /^(\D?)(\d*)$/.exec(text) ?? []
  if (width === undefined || width === '0')
    throw fatal(`'-${letter}' extra characters or invalid number in the argument: ${quote(text)}`)
  return { char: char || '\t', width: Number(width || 8) }
}

function pagesOf(text: string | undefined): [number, number] {
  if (text === undefined) return [1, Infinity]
  const [, first, last] = /^(\d+)(?::(\d+))?$/.exec(text) ?? []
  const to = last === undefined ? Infinity : Number(last)
  if (!Number(first) || to < Number(first)) throw fatal(`invalid page range ${quote(text)}`)
  return [Number(first), to]
}
