/** :s and :g. Linux: vim's ex_cmds.c:ex_substitute(), ex_global(); change.txt, repeat.txt. */
import type { Blocking } from '../../../abi/index.ts'
import type { ExRequest } from './ex-request.ts'
import type { Pattern } from './pattern.ts'
import { lastPattern, type Match, matchIn, patternOf } from './search.ts'
import { type Vi, ViError } from './state.ts'

/** Split `/a/b/rest` at its delimiter, which a backslash protects. */
export function delimited(text: string, parts: number): string[] {
  const delimiter = text[0]!
  const found: string[] = []
  let part = ''
  let i = 1
  for (; i < text.length && found.length < parts; i++) {
    if (text[i] === '\\' && i + 1 < text.length) {
      part += text[i + 1] === delimiter ? delimiter : text[i]! + text[i + 1]!
      i++
    } else if (text[i] === delimiter) {
      found.push(part)
      part = ''
    } else part += text[i]
  }
  if (found.length < parts) found.push(part)
  else found.push(text.slice(i))
  return found
}

/** :s/pattern/replacement/flags count. */
export function* substitute(vi: Vi, request: ExRequest): Blocking<void> {
  const { args, name } = request
  let { pattern, replacement } = vi.lastSubstitute ?? { pattern: '', replacement: '' }
  let tail = args
  if (args && /[^a-zA-Z0-9\s"|\\&]/.test(args[0]!) && name !== '&') {
    const [first = '', second = '', rest = ''] = delimited(args, 2)
    pattern = first || lastPattern(vi)
    replacement = second === '%' && vi.has('/') ? (vi.lastSubstitute?.replacement ?? '') : second
    tail = rest
  } else if (!vi.lastSubstitute) throw new ViError('E35: No previous regular expression')
  const [, flags = '', count, trailing = ''] = /^\s*([&cegiInp#lr]*)\s*(\d+)?\s*(.*)$/.exec(tail)!
  if (trailing) throw new ViError(`E488: Trailing characters: ${trailing}`)
  vi.search = { pattern, forward: true, offset: '' }
  vi.lastSubstitute = { pattern, replacement, flags: flags.replace('&', vi.lastSubstitute?.flags ?? '') }
  vi.highlightOff = false
  const first = count ? request.last : request.first
  const last = count ? Math.min(vi.lastLine, request.last + Number(count) - 1) : request.last
  const suffix = flags.includes('i') ? '\\c' : flags.includes('I') ? '\\C' : ''
  yield* replaceAll(vi, patternOf(vi, pattern + suffix), {
    first,
    last,
    pattern,
    replacement,
    flags: vi.lastSubstitute.flags,
  })
}

interface Job {
  readonly first: number
  readonly last: number
  readonly pattern: string
  readonly replacement: string
  readonly flags: string
}

function* replaceAll(vi: Vi, pattern: Pattern, job: Job): Blocking<void> {
  const global = job.flags.includes('g') !== vi.options.gdefault
  const state = {
    count: 0,
    lines: 0,
    line: -1,
    ask: job.flags.includes('c') && vi.screen !== undefined,
    quit: false,
  }
  const before = vi.text.length
  yield* vi.change(function* () {
    let { last } = job
    for (let line = job.first; line <= last && !state.quit; line++) {
      const grown = yield* replaceLine(vi, pattern, job, line, global, state)
      line += grown
      last += grown
      if (line % 256 === 0) yield* vi.sys.burn(50_000)
    }
    if (state.line >= 0) vi.moveTo(vi.firstNonBlank(Math.min(state.line, vi.lastLine)))
  })
  if (!state.count && !state.ask && !job.flags.includes('e') && !vi.inGlobal)
    throw new ViError(`E486: Pattern not found: ${job.pattern}`)
  if (job.flags.includes('n'))
    return vi.say(
      `${state.count} match${state.count === 1 ? '' : 'es'} on ${state.lines} line${state.lines === 1 ? '' : 's'}`,
    )
  if (vi.inGlobal) {
    vi.globalCounts.count += state.count
    vi.globalCounts.lines += state.lines
  } else tellSubstitutions(vi, state.count, state.lines)
  if (!vi.inGlobal && state.count <= vi.options.report) vi.reportLines(before)
  if (/[p#l]/.test(job.flags) && state.line >= 0) vi.print(vi.line)
}

export function tellSubstitutions(vi: Vi, count: number, lines: number): void {
  if (count > vi.options.report)
    vi.say(`${count} substitution${count === 1 ? '' : 's'} on ${lines} line${lines === 1 ? '' : 's'}`)
}

interface State {
  count: number
  lines: number
  line: number
  ask: boolean
  quit: boolean
}

/** Replace in one line; how many lines were added or, negative, joined. */
function* replaceLine(
  vi: Vi,
  pattern: Pattern,
  job: Job,
  line: number,
  global: boolean,
  state: State,
): Blocking<number> {
  let text = vi.text.line(line)
  const pieces: string[] = []
  let copied = 0
  let at = 0
  let joined = 0
  let count = 0
  let previous = -1
  for (;;) {
    const match: Match | undefined = at <= text.length ? matchIn(vi, pattern, line + joined, at) : undefined
    if (!match || match.from.line !== line + joined) break
    // "Match empty string does not count, except for first match": vi's strange behaviour.
    const empty = match.to.line === match.from.line && match.to.at === match.from.at
    if (empty && match.from.at === previous) {
      at = match.from.at + 1
      previous = -1
      if (at >= text.length) break
      continue
    }
    const yes = !state.ask || (yield* confirm(vi, match, job.replacement, state))
    const end = match.to.line > match.from.line ? text.length : match.to.at
    if (yes) {
      count++
      pieces.push(text.slice(copied, match.from.at), expand(vi, job.replacement, match))
      copied = end
      if (match.to.line > match.from.line) {
        joined += match.to.line - match.from.line
        if (match.to.line > vi.lastLine) break
        text = vi.text.line(match.to.line)
        copied = match.to.at
        at = copied
        if (!global || state.quit) break
        continue
      }
    }
    previous = end > match.from.at ? end : -1
    at = end > match.from.at ? end : end + 1
    if (at >= text.length && !pattern.multiline) break
    if (!global || state.quit) break
  }
  if (!count) return 0
  state.count += count
  state.lines++
  state.line = line
  if (job.flags.includes('n')) return 0
  const lines = (pieces.join('') + text.slice(copied)).split('\n')
  vi.text.splice(line, Math.min(joined + 1, vi.text.length - line), lines)
  state.line = line + lines.length - 1
  return lines.length - 1 - joined
}

/** :s///c asks for each match. */
function* confirm(vi: Vi, match: Match, replacement: string, state: State): Blocking<boolean> {
  vi.cursor = match.from
  for (;;) {
    vi.commandLine = {
      text: `replace with ${replacement} (y/n/a/q/l/^E/^Y)?`,
      column: 33 + replacement.length,
    }
    let key: string
    try {
      key = yield* vi.pressed()
    } finally {
      vi.commandLine = undefined
    }
    if (key === 'y' || key === 'n') return key === 'y'
    if (key === 'a') state.ask = false
    if (key === 'l' || key === 'q' || key === '\x1b' || key === '\x03') state.quit = true
    if (key === 'a' || key === 'l') return true
    if (state.quit) return false
  }
}

/** The replacement with & \1 \n \u… filled in; line breaks in it are real ones. */
function expand(vi: Vi, replacement: string, { groups }: Match): string {
  let result = ''
  let once: 'u' | 'l' | '' = ''
  let all: 'U' | 'L' | '' = ''
  const put = (text: string) => {
    let piece = all === 'U' ? text.toUpperCase() : all === 'L' ? text.toLowerCase() : text
    if (once && piece) {
      piece = (once === 'u' ? piece[0]!.toUpperCase() : piece[0]!.toLowerCase()) + piece.slice(1)
      once = ''
    }
    result += piece
  }
  for (let i = 0; i < replacement.length; i++) {
    const char = replacement[i]!
    if (char === '&' && vi.options.magic) put(groups[0] ?? '')
    else if (char === '\r') put('\n')
    else if (char !== '\\') put(char)
    else {
      const next = replacement[++i] ?? '\\'
      if (/\d/.test(next)) put(groups[Number(next)] ?? '')
      else if (next === 'u' || next === 'l') once = next
      else if (next === 'U' || next === 'L') all = next
      else if (next === 'e' || next === 'E') all = ''
      else
        put(
          { n: '\0', r: '\n', t: '\t', b: '\b', '&': vi.options.magic ? '&' : (groups[0] ?? '') }[next] ??
            next,
        )
    }
  }
  return result
}

/** :g and :v: run a command on every line that matches, or does not. */
export function* globalCommand(vi: Vi, request: ExRequest, matching: boolean): Blocking<void> {
  if (vi.inGlobal) throw new ViError('E147: Cannot do :global recursive with a range')
  if (!request.args) throw new ViError('E148: Regular expression missing from global')
  const [first = '', command = ''] = delimited(request.args, 1)
  const text = first || lastPattern(vi)
  vi.search = { pattern: text, forward: true, offset: '' }
  const pattern = patternOf(vi, text)
  const [from, to] = request.given ? [request.first, request.last] : [0, vi.lastLine]
  const marked: number[] = []
  for (let line = from; line <= to; line++)
    if (Boolean(matchIn(vi, pattern, line, 0)) === matching) marked.push(line)
  if (!marked.length)
    return vi.say(
      matching ? `E486: Pattern not found: ${text}` : `E538: Pattern found in every line: ${text}`,
      true,
    )
  yield* runMarked(vi, marked, command || 'p')
}

/** Lines keep their marks while others come and go. */
function* runMarked(vi: Vi, marked: number[], command: string): Blocking<void> {
  const before = vi.text.length
  const buffer = vi.current
  const original = buffer.text.onSplice
  let queue = marked
  buffer.text.onSplice = (line, removed, added) => {
    original(line, removed, added)
    queue = queue.flatMap(it =>
      it < line ? [it] : it >= line + removed ? [it + added - removed] : it < line + added ? [it] : [],
    )
  }
  vi.inGlobal = true
  vi.globalCounts = { count: 0, lines: 0 }
  try {
    yield* vi.change(function* () {
      vi.setJump()
      for (let steps = 0; queue.length; steps++) {
        const line = queue.shift()!
        vi.moveTo({ line, at: 0 })
        yield* vi.runEx(command)
        if (steps % 64 === 0) yield* vi.sys.burn(20_000)
        if (vi.screen?.interrupted) break
      }
    })
  } finally {
    vi.inGlobal = false
    buffer.text.onSplice = original
  }
  if (vi.globalCounts.count) tellSubstitutions(vi, vi.globalCounts.count, vi.globalCounts.lines)
  else vi.reportLines(before)
}
