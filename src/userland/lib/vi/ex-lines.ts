/** The commands of ex that type, print, move, indent and sort lines. Linux: vim's ex_cmds.c. */
import type { Blocking } from '../../../abi/index.ts'
import { columnOf } from '../editor-columns.ts'
import { counted, type ExRequest, place } from './ex-request.ts'
import { shift } from './operators.ts'
import { type Vi, ViError } from './state.ts'

export function* append(vi: Vi, request: ExRequest, offset: number): Blocking<void> {
  const lines: string[] = []
  for (;;) {
    const line = yield* vi.exLine()
    if (line === undefined || line === '.') break
    lines.push(line)
  }
  const at = Math.max(0, request.last + offset)
  if (!lines.length) return
  yield* vi.change(function* () {
    const fresh = vi.text.length === 1 && vi.line === '' && vi.current.isNew
    vi.text.splice(fresh ? 0 : at, fresh ? 1 : 0, lines)
    vi.moveTo(vi.firstNonBlank((fresh ? 0 : at) + lines.length - 1))
  })
}

export function* printLines(vi: Vi, request: ExRequest, style: 'plain' | 'number' | 'list'): Blocking<void> {
  const { first, last } = counted(vi, { ...request, args: request.args.replace(/^[#lp]+/, '') })
  const wanted = request.args.startsWith('#') ? 'number' : request.args.startsWith('l') ? 'list' : style
  for (let line = first; line <= last; line++) vi.print(shownLine(vi, line, wanted))
  vi.moveTo(vi.firstNonBlank(last))
}

function shownLine(vi: Vi, line: number, style: string): string {
  const text = vi.text.line(line)
  const number = style === 'number' || vi.options.number ? `${String(line + 1).padStart(7)} ` : ''
  if (style !== 'list' && !vi.options.list) return number + expanded(text, vi.options.tabstop)
  return `${number}${[...text].map(char => (char < ' ' ? `^${String.fromCharCode(char.charCodeAt(0) + 64)}` : char)).join('')}$`
}

/** A text with its tabs as blanks. */
function expanded(text: string, tabstop: number): string {
  let row = ''
  for (const part of text.split(/(\t)/))
    row +=
      part === '\t'
        ? ' '.repeat(tabstop - (columnOf(row, row.length, { tabstop, list: false }) % tabstop))
        : part
  return row
}

/** :m and :t. */
export function* transfer(vi: Vi, request: ExRequest, keep: boolean): Blocking<void> {
  const target = vi.parseAddress(request.args)
  if (target === undefined) throw new ViError('E14: Invalid address')
  if (target > vi.lastLine || target < -1) throw new ViError('E16: Invalid range')
  const { first, last } = request
  if (!keep && target >= first && target < last)
    throw new ViError('E134: Cannot move a range of lines into itself')
  const lines = vi.text.lines.slice(first, last + 1)
  yield* vi.change(function* () {
    vi.text.splice(target + 1, 0, lines)
    if (keep) return vi.moveTo(vi.firstNonBlank(target + lines.length))
    const from = target < first ? first + lines.length : first
    vi.text.splice(from, lines.length, [])
    vi.moveTo(vi.firstNonBlank(target < first ? target + lines.length : target))
  })
  const count = lines.length
  if (keep) vi.report(count, plural => `${count} more line${plural ? 's' : ''}`)
  else vi.report(count, plural => `${count} line${plural ? 's' : ''} moved`)
}

export function* indent(vi: Vi, request: ExRequest, direction: 1 | -1): Blocking<void> {
  const more = /^[<>]*/.exec(request.args)![0].length
  const { first, last } = counted(vi, { ...request, args: request.args.slice(more) })
  yield* vi.change(function* () {
    shift(vi, first, last, direction * (1 + more))
    vi.moveTo(vi.firstNonBlank(last))
  })
}

export function* sortLines(vi: Vi, request: ExRequest): Blocking<void> {
  const [first, last] = request.given ? [request.first, request.last] : [0, vi.lastLine]
  const numeric = request.args.includes('n')
  const fold = request.args.includes('i')
  const key = (text: string) => (fold ? text.toLowerCase() : text)
  const number = (text: string) => Number(/-?\d+/.exec(text)?.[0] ?? -Infinity)
  const order = (a: string, b: string) =>
    numeric ? number(a) - number(b) : key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0
  let lines = vi.text.lines.slice(first, last + 1).sort(order)
  if (request.bang) lines.reverse()
  if (request.args.includes('u')) lines = lines.filter((it, i) => !i || order(lines[i - 1]!, it) !== 0)
  yield* vi.change(function* () {
    vi.text.splice(first, last - first + 1, lines)
    vi.moveTo(place(first))
  })
}
