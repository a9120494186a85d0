/**
 * The line editor: emacs keys on a terminal in raw mode. Readline: readline.c, bind.c, rltty.c, isearch.c.
 *
 * Left out: vi mode, macros, ~/.inputrc, the highlighted region. C-s searches: flow control is off while editing.
 */
import {
  ECHO,
  EINTR,
  FIONREAD,
  ICANON,
  ICRNL,
  IEXTEN,
  INLCR,
  IXON,
  TCSETSW,
  VLNEXT,
  VMIN,
  VTIME,
  type Blocking,
  type Termios,
} from '../../abi/index.ts'
import { textWidth } from '../../userland/lib/wcwidth.ts'
import { updateWindowSize } from '../exec/jobs.ts'
import { attend } from '../exec/run.ts'
import type { Shell } from '../shell.ts'
import { Buffer } from './buffer.ts'
import { columnsOf, commonPrefix, complete, quoteForLine, type Completions } from './complete.ts'
import { Display } from './display.ts'
import { splitWords } from './expand-history.ts'
import { Keys } from './keys.ts'

const PASTE_END = '\x1b[201~'
const BELL = '\x07'

/** What a key does: nothing more, or the line is finished. */
type Outcome = undefined | 'accept' | 'eof'

interface Search {
  query: string
  direction: -1 | 1
  index: number
  failed: boolean
  readonly text: string
  readonly point: number
  readonly position: number
}

export class Editor {
  readonly #sh: Shell
  readonly #buffer = new Buffer()
  readonly #keys = new Keys()
  #display = new Display(80)
  #prompt = ''
  #wholePrompt = ''
  /** Which line of the history is being edited; its length for the new one. */
  #position = 0
  #edited = new Map<number, string>()
  #search: Search | undefined
  #lastQuery = ''
  #count = ''
  #prefix = ''
  #literalNext = false
  /** Tab was the last key: the next one lists. */
  #tabbed = false
  #argument: { index: number; from: number } | undefined
  #resumeAt: number | undefined
  #out = ''
  #isTerminal = true

  constructor(sh: Shell) {
    this.#sh = sh
  }

  /** Read one line. `interrupt` after ^C, undefined for ^D on an empty line or when the terminal has gone. */
  *readLine(prompt: string): Blocking<string | 'interrupt' | undefined> {
    const sh = this.#sh
    const old = yield* this.#enterRaw()
    this.#reset(prompt)
    yield* this.#flush(`${this.#pasteMode ? '\x1b[?2004h' : ''}${this.#display.start(prompt)}${this.#show()}`)
    let line: string | 'interrupt' | undefined
    try {
      line = yield* this.#edit()
    } catch (e) {
      yield* this.#leaveRaw(old)
      throw e
    }
    // Readline: rltty.c:rl_deprep_terminal(), with a newline at the end of the input.
    yield* this.#flush(this.#pasteMode ? `\x1b[?2004l\r${line === undefined ? '\n' : ''}` : '')
    yield* this.#leaveRaw(old)
    sh.resized = false
    return line
  }

  get #pasteMode(): boolean {
    const term = this.#sh.get('TERM')
    return this.#isTerminal && term !== undefined && term !== 'dumb' && term !== ''
  }

  #reset(prompt: string): void {
    this.#wholePrompt = prompt
    this.#prompt = prompt.slice(prompt.lastIndexOf('\n') + 1)
    this.#buffer.reset()
    this.#keys.reset()
    this.#display = new Display(this.#windowColumns())
    this.#position = this.#sh.history.length
    this.#edited.clear()
    this.#search = undefined
    this.#count = ''
    this.#prefix = ''
    this.#tabbed = false
    this.#argument = undefined
    if (this.#resumeAt !== undefined) this.#goTo(Math.min(this.#resumeAt, this.#position))
    this.#resumeAt = undefined
  }

  #windowColumns(): number {
    try {
      return this.#sh.sys.tiocgwinsz(0).cols || 80
    } catch {
      return 80
    }
  }

  /** Undefined if standard input is no terminal: it is edited all the same. */
  *#enterRaw(): Blocking<Termios | undefined> {
    const { sys } = this.#sh
    this.#isTerminal = sys.isatty(0)
    if (!this.#isTerminal) return undefined
    const old = sys.tcgetattr(0)
    const cc = old.cc.slice()
    cc[VMIN] = 1
    cc[VTIME] = 0
    cc[VLNEXT] = 0
    const raw = {
      ...old,
      cc,
      lflag: old.lflag & ~(ICANON | ECHO | IEXTEN),
      iflag: old.iflag & ~(ICRNL | INLCR | IXON),
    }
    yield* sys.tcsetattr(0, TCSETSW, raw)
    return old
  }

  *#leaveRaw(old: Termios | undefined): Blocking<void> {
    if (!old) return
    try {
      yield* this.#sh.sys.tcsetattr(0, TCSETSW, old)
    } catch {
      // The terminal has gone.
    }
  }

  *#flush(text: string): Blocking<void> {
    if (text) yield* this.#sh.print(2, text)
  }

  #show(): string {
    return this.#display.update(this.#buffer.text, this.#buffer.point)
  }

  *#edit(): Blocking<string | 'interrupt' | undefined> {
    for (;;) {
      const byte = yield* this.#readByte()
      if (byte === 'interrupt') {
        yield* this.#flush('^C\n')
        this.#sh.interrupted = false
        return 'interrupt'
      }
      if (byte === 'signal') {
        yield* this.#signal()
        continue
      }
      if (byte === undefined) return undefined
      const key = this.#keys.add(byte)
      if (key === undefined) continue
      const outcome = yield* this.#dispatch(key)
      if (outcome === 'eof') return undefined
      if (outcome === 'accept') {
        this.#out += this.#search ? this.#endSearch() : ''
        this.#buffer.point = this.#buffer.text.length
        yield* this.#flush(this.#out + this.#show() + this.#display.finish())
        this.#out = ''
        return this.#buffer.text
      }
      // While more is waiting, as in a paste, one update at the end suffices.
      if (this.#hasInput()) continue
      const text = this.#out + this.#show()
      this.#out = ''
      yield* this.#flush(text)
    }
  }

  *#readByte(): Blocking<number | 'interrupt' | 'signal' | undefined> {
    const sh = this.#sh
    if (sh.interrupted) return 'interrupt'
    if (sh.resized || sh.pending.length) return 'signal'
    try {
      const bytes = yield* sh.sys.read(0, 1)
      return bytes.length ? bytes[0]! : undefined
    } catch (e) {
      if (e !== EINTR) return undefined
      return sh.interrupted ? 'interrupt' : 'signal'
    }
  }

  *#signal(): Blocking<void> {
    const sh = this.#sh
    if (sh.pending.length) {
      yield* attend(sh)
      yield* this.#flush(this.#display.redraw(this.#buffer.text, this.#buffer.point))
    }
    if (!sh.resized) return
    sh.resized = false
    updateWindowSize(sh)
    const columns = this.#windowColumns()
    if (columns !== this.#display.columns)
      yield* this.#flush(this.#display.resize(columns, this.#buffer.text, this.#buffer.point))
  }

  #hasInput(): boolean {
    try {
      return this.#sh.sys.ioctl(0, FIONREAD) > 0
    } catch {
      return false
    }
  }

  // Keys

  *#dispatch(key: string): Blocking<Outcome> {
    const buffer = this.#buffer
    buffer.begin()
    if (this.#literalNext) {
      this.#literalNext = false
      buffer.insert(literalOf(key))
      return undefined
    }
    if (key === 'paste') return yield* this.#paste()
    if (this.#search) {
      const outcome = this.#searchKey(key)
      if (outcome !== 'other') return outcome
      this.#out += this.#endSearch()
    }
    if (this.#prefix) {
      const whole = this.#prefix + key
      this.#prefix = ''
      return this.#afterPrefix(whole)
    }
    if (/^M-[\d-]$/.test(key) && !(key === 'M--' && this.#count)) {
      this.#count += key[2]
      return undefined
    }
    if (this.#count && /^\d$/.test(key)) {
      this.#count += key
      return undefined
    }
    const times = this.#count ? Math.min(Math.max(Number(this.#count) || 1, 1), 1000) : 1
    this.#count = ''
    const isTab = key === 'C-i'
    if (key !== 'M-.' && key !== 'M-_') this.#argument = undefined
    if (isTab) {
      yield* this.#complete()
      return undefined
    }
    this.#tabbed = false
    if (key === 'M-?') {
      this.#tabbed = true
      yield* this.#complete()
      this.#tabbed = false
      return undefined
    }
    let outcome: Outcome
    for (let i = 0; i < times && !outcome; i++) outcome = this.#command(key)
    return outcome
  }

  #command(key: string): Outcome {
    const buffer = this.#buffer
    const { text, point } = buffer
    switch (key) {
      case 'C-m':
      case 'C-j':
        return 'accept'
      case 'C-o':
        this.#resumeAt = this.#position + 1
        return 'accept'
      case 'C-d':
        if (!text) return 'eof'
        return this.#if(point < text.length, () => buffer.delete(point, buffer.after()))
      case 'delete':
        return this.#if(point < text.length, () => buffer.delete(point, buffer.after()))
      case 'C-?':
      case 'C-h':
        return this.#if(point > 0, () => buffer.delete(buffer.before(), point))
      case 'C-a':
      case 'home':
        return this.#moveTo(0)
      case 'C-e':
      case 'end':
        return this.#moveTo(text.length)
      case 'C-b':
      case 'left':
        return this.#if(point > 0, () => this.#moveTo(buffer.before()))
      case 'C-f':
      case 'right':
        return this.#if(point < text.length, () => this.#moveTo(buffer.after()))
      case 'M-b':
      case 'C-left':
      case 'M-left':
        return this.#moveTo(buffer.wordLeft())
      case 'M-f':
      case 'C-right':
      case 'M-right':
        return this.#moveTo(buffer.wordRight())
      case 'C-p':
      case 'up':
        return this.#if(this.#position > 0, () => this.#goTo(this.#position - 1))
      case 'C-n':
      case 'down':
        return this.#if(this.#position < this.#sh.history.length, () => this.#goTo(this.#position + 1))
      case 'M-<':
        return this.#if(this.#sh.history.length > 0, () => this.#goTo(0))
      case 'M->':
        return this.#moveToEndOfHistory()
      case 'C-r':
        return this.#startSearch(-1)
      case 'C-s':
        return this.#startSearch(1)
      case 'C-l':
        this.#out += this.#clearScreen()
        return undefined
      case 'C-v':
      case 'C-q':
        this.#literalNext = true
        return undefined
      case 'C-g':
        this.#out += BELL
        return undefined
      case 'C-x':
        this.#prefix = 'C-x '
        return undefined
      case 'M-.':
      case 'M-_':
        return this.#yankLastArgument()
      case 'M-#':
        this.#buffer.replace(0, text.length, text.startsWith('#') ? text.slice(1) : `#${text}`)
        return 'accept'
    }
    return this.#change(key)
  }

  /** Kills, yanks and the other changes. */
  #change(key: string): Outcome {
    const buffer = this.#buffer
    const { text, point } = buffer
    switch (key) {
      case 'C-k':
        return this.#do(() => buffer.kill(point, text.length))
      case 'C-u':
        return this.#do(() => buffer.kill(0, point))
      case 'C-w':
        return this.#do(() => buffer.kill(buffer.blankLeft(), point))
      case 'M-d':
      case 'C-delete':
        return this.#do(() => buffer.kill(point, buffer.wordRight()))
      case 'M-C-?':
      case 'M-C-h':
        return this.#do(() => buffer.kill(buffer.wordLeft(), point))
      case 'C-y':
        return this.#if(buffer.yank())
      case 'M-y':
        return this.#if(buffer.yankPop())
      case 'C-t':
        return this.#if(buffer.transpose())
      case 'M-t':
        return this.#if(buffer.transposeWords())
      case 'M-u':
        return this.#do(() => buffer.changeCase(it => it.toUpperCase()))
      case 'M-l':
        return this.#do(() => buffer.changeCase(it => it.toLowerCase()))
      case 'M-c':
        return this.#do(() =>
          buffer.changeCase(it => it.toLowerCase().replace(/[\p{L}\p{N}]/u, c => c.toUpperCase())),
        )
      case 'M-\\':
        return this.#do(() =>
          buffer.delete(
            point - /[ \t]*$/.exec(text.slice(0, point))![0].length,
            point + /^[ \t]*/.exec(text.slice(point))![0].length,
          ),
        )
      case 'C-_':
      case 'C-\x7f':
        return this.#if(buffer.undo())
      case 'M-r':
        return this.#do(() => buffer.revert())
    }
    if ([...key].length === 1 && key >= ' ') {
      buffer.insert(key, true)
      return undefined
    }
    if (key && !/^(insert|page-|back-tab|M-|C-)/.test(key)) this.#out += BELL
    return undefined
  }

  #afterPrefix(keys: string): Outcome {
    const buffer = this.#buffer
    if (keys === 'C-x C-u') return this.#if(buffer.undo())
    if (keys === 'C-x C-x') {
      const { point } = buffer
      buffer.point = Math.min(buffer.mark, buffer.text.length)
      buffer.mark = point
      return undefined
    }
    if (keys === 'C-x C-?') return this.#do(() => buffer.kill(0, buffer.point))
    this.#out += BELL
    return undefined
  }

  #do(act: () => void): undefined {
    act()
    return undefined
  }

  /** Ring the bell if it cannot be done. */
  #if(possible: boolean, act?: () => void): undefined {
    if (!possible) this.#out += BELL
    else act?.()
    return undefined
  }

  #moveTo(point: number): undefined {
    this.#buffer.point = point
    return undefined
  }

  *#paste(): Blocking<Outcome> {
    let text = ''
    const bytes: number[] = []
    while (!text.endsWith(PASTE_END)) {
      const byte = yield* this.#readByte()
      if (byte === 'signal') continue
      if (typeof byte !== 'number') break
      bytes.push(byte)
      text += String.fromCharCode(byte)
    }
    const body = text.endsWith(PASTE_END) ? bytes.slice(0, -PASTE_END.length) : bytes
    const pasted = new TextDecoder().decode(Uint8Array.from(body)).replace(/\r\n?/g, '\n')
    if (this.#search) this.#out += this.#endSearch()
    this.#buffer.insert(pasted)
    return undefined
  }

  #clearScreen(): string {
    this.#display.start(this.#wholePrompt)
    const lead = this.#wholePrompt
      .slice(0, this.#wholePrompt.lastIndexOf('\n') + 1)
      .replace(/[\x01\x02]/g, '')
    if (!lead) return this.#display.clearScreen(this.#buffer.text, this.#buffer.point)
    return `\x1b[H\x1b[2J${lead}${this.#display.redraw(this.#buffer.text, this.#buffer.point)}`
  }

  // History

  /** Show another line of the history; what was changed in this one is kept until the line is accepted. */
  #goTo(position: number): undefined {
    const { history } = this.#sh
    this.#edited.set(this.#position, this.#buffer.text)
    this.#position = position
    this.#buffer.reset(this.#edited.get(position) ?? history[position] ?? '')
    return undefined
  }

  #moveToEndOfHistory(): undefined {
    return this.#if(this.#position < this.#sh.history.length, () => this.#goTo(this.#sh.history.length))
  }

  /** M-.: the last word of the previous line; again, of the one before. */
  #yankLastArgument(): undefined {
    const { history } = this.#sh
    const from = this.#argument?.from ?? this.#buffer.point
    const index = (this.#argument?.index ?? history.length) - 1
    const line = history[index]
    if (line === undefined) return this.#if(false)
    this.#buffer.replace(from, this.#buffer.point, splitWords(line).at(-1) ?? '')
    this.#argument = { index, from }
    return undefined
  }

  // Incremental search

  #startSearch(direction: -1 | 1): undefined {
    const { text, point } = this.#buffer
    this.#search = {
      query: '',
      direction,
      index: this.#position,
      failed: false,
      text,
      point,
      position: this.#position,
    }
    this.#showSearch()
    return undefined
  }

  #showSearch(): void {
    const it = this.#search!
    const name = `${it.failed ? 'failed ' : ''}${it.direction < 0 ? 'reverse-' : ''}i-search`
    this.#display.setPrompt(`(${name})\`${it.query}': `)
  }

  #endSearch(): string {
    if (this.#search?.query) this.#lastQuery = this.#search.query
    this.#search = undefined
    this.#display.setPrompt(this.#prompt)
    return ''
  }

  /** A key while searching; `other` if it ends the search and then does what it always does. */
  #searchKey(key: string): Outcome | 'other' {
    const it = this.#search!
    if (key === 'C-g') {
      this.#buffer.reset(it.text)
      this.#buffer.point = it.point
      this.#position = it.position
      this.#out += this.#endSearch() + BELL
      return undefined
    }
    if (key === 'C-r' || key === 'C-s') {
      it.direction = key === 'C-r' ? -1 : 1
      if (!it.query) it.query = this.#lastQuery
      this.#find(it.index + it.direction)
    } else if (key === 'C-?' || key === 'C-h') {
      it.query = it.query.slice(0, -1)
      it.index = it.position
      this.#find(it.index)
    } else if ([...key].length === 1 && key >= ' ') {
      it.query += key
      this.#find(it.index)
    } else if (key === 'C-j' || key === 'M-C-m') {
      this.#out += this.#endSearch()
      return undefined
    } else return 'other'
    this.#showSearch()
    return undefined
  }

  #find(from: number): void {
    const it = this.#search!
    const { history } = this.#sh
    const lineAt = (i: number) => (i === history.length ? it.text : history[i])
    for (let i = from; i >= 0 && i <= history.length; i += it.direction) {
      const at = it.query ? (lineAt(i)?.lastIndexOf(it.query) ?? -1) : -1
      if (at < 0) continue
      it.index = i
      it.failed = false
      this.#position = i
      this.#buffer.reset(lineAt(i)!)
      this.#buffer.point = at
      return
    }
    it.failed = it.query !== ''
    if (it.failed) this.#out += BELL
  }

  // Completion

  *#complete(): Blocking<void> {
    const buffer = this.#buffer
    const found = yield* complete(this.#sh, buffer.text.slice(0, buffer.point))
    if (!found.matches.length) {
      this.#out += BELL
      this.#tabbed = true
      return
    }
    const prefix = commonPrefix(found.matches)
    const inserted = this.#insertion(found, prefix)
    const changed = buffer.text.slice(found.start, buffer.point) !== inserted
    if (changed && !(found.matches.length > 1 && inserted.length < buffer.point - found.start))
      buffer.replace(found.start, buffer.point, inserted)
    if (found.matches.length === 1) {
      this.#tabbed = false
      return
    }
    if (!this.#tabbed) {
      if (!changed) this.#out += BELL
      this.#tabbed = true
      return
    }
    yield* this.#list(found)
  }

  #insertion(found: Completions, prefix: string): string {
    const isOnly = found.matches.length === 1
    const text = found.files || found.quote ? quoteForLine(prefix, found.quote) : prefix
    if (!isOnly || found.open || prefix.endsWith('/')) return text
    const next = this.#buffer.text[this.#buffer.point]
    return text + found.quote + (next === ' ' ? '' : ' ')
  }

  /** Show all matches below the line, and the line again below them. */
  *#list(found: Completions): Blocking<void> {
    const buffer = this.#buffer
    const names = found.matches.map(it =>
      found.files ? it.slice(it.replace(/\/$/, '').lastIndexOf('/') + 1) : it,
    )
    const { point } = buffer
    buffer.point = buffer.text.length
    yield* this.#flush(this.#show() + this.#display.finish())
    buffer.point = point
    if (names.length <= 100 || (yield* this.#asks(`Display all ${names.length} possibilities? (y or n)`)))
      yield* this.#flush(columnsOf(names, this.#display.columns, textWidth))
    this.#out += this.#display.redraw(buffer.text, buffer.point)
  }

  *#asks(question: string): Blocking<boolean> {
    yield* this.#flush(question)
    for (;;) {
      const byte = yield* this.#readByte()
      if (byte === 'signal') continue
      const answer = typeof byte === 'number' ? String.fromCharCode(byte) : 'n'
      if (/[yY ]/.test(answer) || /[nN\x7f\x07]/.test(answer) || byte === undefined || byte === 'interrupt') {
        yield* this.#flush('\n')
        return /[yY ]/.test(answer)
      }
      yield* this.#flush(BELL)
    }
  }
}

/** The characters of a key after C-v. */
function literalOf(key: string): string {
  if (key === 'C-?') return '\x7f'
  const control = /^C-(.)$/.exec(key)
  if (control) return String.fromCharCode(control[1]!.charCodeAt(0) - 96)
  return [...key].length === 1 ? key : '\x1b'
}
