/** Ex command lines: ranges, names and their abbreviations, `|`. Linux: vim's ex_docmd.c; cmdline.txt. */
import type { Blocking } from '../../../abi/index.ts'
import { EX_COMMANDS } from './ex-commands.ts'
import type { ExCommand, ExRequest } from './ex-request.ts'
import { markNamed } from './motion-keys.ts'
import { findMatch, lastPattern } from './search.ts'
import { type Vi, ViError } from './state.ts'

/** Run one line, which may hold several commands. */
export function* runExLine(vi: Vi, line: string): Blocking<void> {
  let rest = line
  do {
    rest = yield* runOne(vi, rest)
  } while (rest)
}

/** Run the first command of a line; what stands behind its `|`. */
function* runOne(vi: Vi, text: string): Blocking<string> {
  const scan = { text: text.replace(/^[\s:]+/, ''), at: 0 }
  if (scan.text.startsWith('"')) return ''
  const lines = parseRange(vi, scan)
  const body = scan.text.slice(scan.at).replace(/^[\s:]+/, '')
  const { command, name, rest } = commandOf(body)
  const bang = rest.startsWith('!') && (command?.bang ?? false)
  const after = bang ? rest.slice(1) : rest
  const takesBar = command?.takesBar === 'filter' ? /^\s*!/.test(after) : command?.takesBar
  const [args, next] = takesBar ? [after, ''] : splitBar(after)
  const request = { ...rangeOf(vi, lines), bang, args: args.trimStart(), name, raw: args }
  if (!name) {
    if (body && !body.startsWith('|')) throw new ViError(`E492: Not an editor command: ${text.trim()}`)
    if (lines.length) goTo(vi, request)
    return body.startsWith('|') ? body.slice(1) : ''
  }
  if (!command) throw new ViError(`E492: Not an editor command: ${text.trim()}`)
  if (lines.length && !command.range) throw new ViError(`E481: No range allowed`)
  if (rest.startsWith('!') && !command.bang && /^[a-zA-Z]/.test(name)) throw new ViError(`E477: No ! allowed`)
  if (request.args && command.noArgs) throw new ViError(`E488: Trailing characters: ${request.args}`)
  check(vi, request)
  yield* command.run(vi, request)
  return next
}

/** The line that a bare range means becomes the current one. */
function goTo(vi: Vi, { last, given }: ExRequest): void {
  const line = Math.max(0, Math.min(last, vi.lastLine))
  if (given && last > vi.lastLine) throw new ViError('E16: Invalid range')
  vi.setJump()
  vi.moveTo(vi.firstNonBlank(line))
}

/** A `|` ends a command unless ^V or a backslash stands before it. A `"` begins a comment for most. */
function splitBar(text: string): [string, string] {
  for (let i = 0; i < text.length; i++) {
    if ((text[i] === '\\' || text[i] === '\x16') && text[i + 1] === '|') i++
    else if (text[i] === '|') return [text.slice(0, i).replace(/[\\\x16]\|/g, '|'), text.slice(i + 1)]
  }
  return [text.replace(/[\\\x16]\|/g, '|'), '']
}

interface Found {
  readonly command: ExCommand | undefined
  readonly name: string
  readonly rest: string
}

/** The command a text begins with. */
function commandOf(body: string): Found {
  // k takes its mark without a blank, s its pattern, d and the like a register.
  const symbol = /^(?:[<>!=&#~@*]|&&)/.exec(body)?.[0]
  if (symbol) {
    const command = EX_COMMANDS.find(it => it.name === symbol[0])
    return { command, name: symbol[0]!, rest: body.slice(1) }
  }
  if (/^k[a-zA-Z']?\s*$/.test(body))
    return { command: EX_COMMANDS.find(it => it.name === 'mark'), name: 'k', rest: body.slice(1) }
  if (/^s(?:[^a-zA-Z0-9"|\s]|$|[cgri&]+\s*$|\s)/.test(body))
    return { command: EX_COMMANDS.find(it => it.name === 'substitute'), name: 's', rest: body.slice(1) }
  const name = /^[a-zA-Z]+/.exec(body)?.[0] ?? ''
  const glued = /^(substitute|global|vglobal|g|v)(?=[^a-zA-Z0-9"|\s])/.exec(body)?.[0]
  const word = glued ?? name
  const command = EX_COMMANDS.find(it => it.name.startsWith(word) && word.length >= it.least && word !== '')
  return { command, name: word, rest: body.slice(word.length) }
}

function rangeOf(vi: Vi, lines: readonly number[]): { first: number; last: number; given: number } {
  const { line } = vi.cursor
  if (!lines.length) return { first: line, last: line, given: 0 }
  const last = lines.at(-1)!
  const first = lines.length > 1 ? lines.at(-2)! : last
  return { first, last, given: Math.min(lines.length, 2) }
}

function check(vi: Vi, request: ExRequest & { first: number; last: number }): void {
  if (request.first > request.last) throw new ViError('E493: Backwards range given')
  if (request.last > vi.lastLine || request.first < -1) throw new ViError('E16: Invalid range')
}

// ---- Ranges

interface Scan {
  readonly text: string
  at: number
}

/** The lines of a range, from 0; -1 is line 0. Nothing for no range. */
function parseRange(vi: Vi, scan: Scan): number[] {
  const lines: number[] = []
  const cursor = vi.cursor
  for (;;) {
    skipBlanks(scan)
    if (scan.text[scan.at] === '%') {
      scan.at++
      lines.push(0, vi.lastLine)
    } else {
      const line = parseAddress(vi, scan)
      const separator = /[,;]/.test(scan.text[scan.at] ?? '')
      if (line !== undefined) lines.push(line)
      else if (separator || (lines.length && /[,;]/.test(scan.text[scan.at - 1] ?? '')))
        lines.push(vi.cursor.line)
    }
    skipBlanks(scan)
    const separator = scan.text[scan.at]
    if (separator !== ',' && separator !== ';') break
    if (separator === ';' && lines.length)
      vi.cursor = { line: Math.max(0, Math.min(lines.at(-1)!, vi.lastLine)), at: 0 }
    scan.at++
  }
  vi.cursor = cursor
  return lines
}

function skipBlanks(scan: Scan): void {
  while (/[ \t]/.test(scan.text[scan.at] ?? '')) scan.at++
}

/** One address with what is added to it; undefined if there is none. */
function parseAddress(vi: Vi, scan: Scan): number | undefined {
  let line = baseAddress(vi, scan)
  for (;;) {
    skipBlanks(scan)
    const match = /^([-+])(\d*)|^(\d+)/.exec(scan.text.slice(scan.at))
    if (!match || (match[3] && line === undefined)) return line
    scan.at += match[0].length
    const amount = match[3] ? Number(match[3]) : match[2] === '' ? 1 : Number(match[2])
    line = (line ?? vi.cursor.line) + (match[1] === '-' ? -amount : amount)
  }
}

function baseAddress(vi: Vi, scan: Scan): number | undefined {
  const char = scan.text[scan.at]
  if (char === undefined) return undefined
  if (/\d/.test(char)) {
    const digits = /^\d+/.exec(scan.text.slice(scan.at))![0]
    scan.at += digits.length
    return Math.min(Number(digits), 0x7fffffff) - 1
  }
  if (char === '.' || char === '$') {
    scan.at++
    return char === '.' ? vi.cursor.line : vi.lastLine
  }
  if (char === "'") {
    scan.at += 2
    return markNamed(vi, scan.text[scan.at - 1] ?? '').line
  }
  if (char === '/' || char === '?') return patternAddress(vi, scan, char)
  if (char === '\\' && /[/?&]/.test(scan.text[scan.at + 1] ?? '')) {
    const forward = scan.text[scan.at + 1] !== '?'
    scan.at += 2
    return findMatch(vi, lastPattern(vi), { line: vi.cursor.line, at: forward ? vi.line.length : 0 }, forward)
      .from.line
  }
  return undefined
}

function patternAddress(vi: Vi, scan: Scan, delimiter: string): number {
  let end = scan.at + 1
  while (end < scan.text.length && scan.text[end] !== delimiter) end += scan.text[end] === '\\' ? 2 : 1
  const text = scan.text.slice(scan.at + 1, end)
  scan.at = Math.min(end + 1, scan.text.length)
  const pattern = text || lastPattern(vi)
  const forward = delimiter === '/'
  vi.search = { pattern, forward, offset: '' }
  const from = { line: vi.cursor.line, at: forward ? vi.line.length : 0 }
  return findMatch(vi, pattern, from, forward).from.line
}

/** A text that is one address, as :m takes it; undefined if it is none. */
export function addressOf(vi: Vi, text: string): number | undefined {
  const scan = { text: text.trim(), at: 0 }
  const line = parseAddress(vi, scan)
  return scan.at === scan.text.length ? line : undefined
}
