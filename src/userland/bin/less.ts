/**
 * less - opposite of more
 * https://www.greenwoodsoftware.com/less/
 *
 * Left out: tags, filters (lesspipe), key files, brackets, log files, history files, prompts made with -P.
 */
import {
  type Blocking,
  Errno,
  isDir,
  isReg,
  O_CREAT,
  O_EXCL,
  O_RDWR,
  O_WRONLY,
  type Sys,
} from '../../abi/index.ts'
import { command, type Process, writeAll } from '../lib/command.ts'
import { previousAt } from '../lib/editor-columns.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { LESS_HELP } from '../lib/less/help.ts'
import { parseOptions, type Settings, SWITCHES } from '../lib/less/options.ts'
import { lessRows, LessText } from '../lib/less/text.ts'
import { reversed } from '../lib/pager.ts'
import { compileRegex, RegexError } from '../lib/regex.ts'
import { Screen } from '../lib/screen.ts'
import { outsideCommand } from '../lib/screen-shell.ts'
import { textWidth } from '../lib/wcwidth.ts'

const VERSION = `less 590 (GNU regular expressions)
Copyright (C) 1984-2021  Mark Nudelman

less comes with NO WARRANTY, to the extent permitted by law.
For information about the terms of redistribution,
see the file named README in the less distribution.
Home page: https://greenwoodsoftware.com/less
`

export default command({
  name: 'less',
  aliases: ['pager'],
  summary: 'opposite of more',
  usage: 'less [options] [file]...',
  suite: 'other',
  raw: true,
  help: LESS_HELP,
  version: VERSION,

  *main(sys, _flags, args, me) {
    const settings: Settings = { on: new Set(), first: '', files: [], help: '', complaints: [] }
    const fromEnvironment = me.env.get('LESS')
    if (fromEnvironment)
      parseOptions(
        settings,
        fromEnvironment
          .split(/[\s$]+/)
          .map(it => (/^[-+]/.test(it) ? it : it && `-${it}`))
          .filter(Boolean),
      )
    settings.files = []
    parseOptions(settings, args)
    for (const text of settings.complaints) yield* sys.write(2, `${text}\n`)
    if (settings.help) {
      me.out.print(settings.help === 'version' ? VERSION : LESS_HELP)
      return 0
    }
    if (!settings.files.length && sys.isatty(0)) {
      yield* sys.write(2, 'Missing filename ("less --help" for help)\n')
      return 1
    }
    const names = settings.files.length ? settings.files : ['-']
    const terminal = me.out.isTty ? yield* openTerminal(sys) : undefined
    if (terminal === undefined) return yield* concatenate(sys, me, names)
    return yield* new Less(sys, me, settings, terminal).run(names)
  },
})

function* openTerminal(sys: Sys): Blocking<number | undefined> {
  try {
    return yield* sys.open('/dev/tty', O_RDWR)
  } catch (e) {
    if (e instanceof Errno) return sys.isatty(2) ? 2 : undefined
    throw e
  }
}

/** Without a terminal less is cat. */
function* concatenate(sys: Sys, me: Process, names: readonly string[]): Blocking<number> {
  for (const name of names) {
    try {
      const fd = yield* openInput(sys, name)
      if (isDir(sys.fstat(fd))) yield* sys.write(2, `${name} is a directory\n`)
      else
        for (;;) {
          const chunk = yield* sys.read(fd, 8192)
          if (!chunk.length) break
          me.out.print(chunk)
          yield* me.out.drain()
        }
      closeInput(sys, fd)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* me.out.flush()
      yield* sys.write(2, `${name}: ${e.message}\n`)
    }
  }
  return 0
}

/** A row of the text: a line and which of its rows. */
interface Spot {
  readonly line: number
  readonly row: number
}

class Less {
  readonly #sys: Sys
  readonly #me: Process
  readonly #on: Set<string>
  readonly #screen: Screen
  #first: string
  #names: string[] = []
  #index = 0
  readonly #texts = new Map<string, LessText>()
  #text!: LessText
  #fresh = true
  #padded = false
  #top: Spot = { line: 0, row: 0 }
  #shift = 0
  #half = 0
  #count = ''
  #message = ''
  #pattern: RegExp | undefined
  #backwards = false
  #highlight = true
  #filter: { pattern: RegExp; inverted: boolean } | undefined
  #help: { text: LessText; top: Spot; index: number } | undefined
  #endSeen = 0
  #done = false

  constructor(sys: Sys, me: Process, settings: Settings, input: number) {
    this.#sys = sys
    this.#me = me
    this.#on = settings.on
    this.#first = settings.first
    this.#screen = new Screen(sys, { input, alternate: !settings.on.has('X'), scroll: settings.on.has('X') })
  }

  *run(names: readonly string[]): Blocking<number> {
    this.#names = [...names]
    const complaints: string[] = []
    for (this.#index = 0; this.#index < this.#names.length; ) {
      const problem = yield* this.#enter(this.#index)
      if (!problem) break
      complaints.push(problem)
      this.#names.splice(this.#index, 1)
    }
    if (!this.#names.length) {
      for (const text of complaints) yield* writeAll(this.#sys, 2, `${text}\n`)
      return 1
    }
    if (this.#on.has('F') && names.length === 1 && (yield* this.#fitsOnOneScreen())) return 0
    if (complaints.length) yield* this.#complain(complaints)
    yield* this.#screen.open()
    try {
      yield* this.#perform(this.#first)
      while (!this.#done) yield* this.#step()
    } finally {
      if (this.#on.has('X')) yield* this.#screen.write(`\x1b[${this.#screen.rows};1H\x1b[K`)
      yield* this.#screen.close()
    }
    return this.#screen.quit ? 128 + this.#screen.quit : 0
  }

  *#complain(texts: readonly string[]): Blocking<void> {
    yield* writeAll(this.#sys, 2, texts.map(it => `${it}\n`).join(''))
    yield* this.#screen.write('Press RETURN to continue ')
    yield* this.#screen.key()
    yield* this.#screen.write('\r\n')
  }

  // ---- Files

  /** Show the file with this number; what is wrong with it if it cannot be. */
  *#enter(index: number): Blocking<string | undefined> {
    const name = this.#names[index]!
    let text = this.#texts.get(name)
    if (!text) {
      try {
        const fd = yield* openInput(this.#sys, name)
        const stat = this.#sys.fstat(fd)
        if (isDir(stat) && !this.#on.has('f')) {
          closeInput(this.#sys, fd)
          return `${name} is a directory`
        }
        text = new LessText(
          this.#sys,
          fd,
          name === '-' ? '' : name,
          isReg(stat) ? stat.size : undefined,
          this.#on.has('s'),
        )
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        return `${name}: ${e.message}`
      }
      this.#texts.set(name, text)
    }
    const before = this.#text as LessText | undefined
    if (before === text) return undefined
    if (before) before.top = this.#top
    this.#index = index
    this.#text = text
    this.#top = text.top
    this.#fresh = true
    this.#padded = false
    this.#endSeen = 0
    return undefined
  }

  *#fitsOnOneScreen(): Blocking<boolean> {
    const rows = this.#screen.rows
    yield* this.#text.fill(rows)
    if (!this.#text.ended) return false
    const shown = this.#text.lines.flatMap((_, i) => this.#rowsOf(i))
    if (shown.length >= rows) return false
    yield* writeAll(this.#sys, 1, shown.map(it => `${it}\n`).join(''))
    return true
  }

  // ---- Layout

  get #page(): number {
    return Math.max(1, this.#screen.rows - 1)
  }

  #visible(line: number): boolean {
    if (!this.#filter) return true
    this.#filter.pattern.lastIndex = 0
    return this.#filter.pattern.test(this.#text.lines[line]!) !== this.#filter.inverted
  }

  #rowsOf(line: number): string[] {
    return lessRows(this.#text.lines[line] ?? '', line + 1, {
      cols: this.#screen.cols,
      chop: this.#on.has('S'),
      raw: this.#on.has('r') ? 'all' : this.#on.has('R') ? 'color' : '',
      numbers: this.#on.has('N') && !this.#help,
      shift: this.#shift,
      highlight: this.#highlight && !this.#on.has('G') ? this.#pattern : undefined,
    })
  }

  /** The row behind a spot; undefined behind the last one. Reads on if need be. */
  *#next(spot: Spot): Blocking<Spot | undefined> {
    if (spot.row + 1 < this.#rowsOf(spot.line).length) return { line: spot.line, row: spot.row + 1 }
    for (let line = spot.line + 1; ; line++) {
      yield* this.#text.fill(line + 1)
      if (line >= this.#text.lines.length) return undefined
      if (this.#visible(line)) return { line, row: 0 }
      if (line % 256 === 0) yield* this.#sys.burn(50_000)
    }
  }

  #previous(spot: Spot): Spot | undefined {
    if (spot.row > 0) return { line: spot.line, row: spot.row - 1 }
    for (let line = spot.line - 1; line >= 0; line--)
      if (this.#visible(line)) return { line, row: this.#rowsOf(line).length - 1 }
    return undefined
  }

  /** The rows on the screen, from the top. */
  *#shown(): Blocking<Spot[]> {
    const spots: Spot[] = []
    yield* this.#text.fill(this.#top.line + 1)
    let spot: Spot | undefined = this.#top.line < this.#text.lines.length ? this.#top : undefined
    if (spot && !this.#visible(spot.line)) spot = yield* this.#next({ line: spot.line, row: Infinity })
    if (spot) this.#top = spot
    while (spot && spots.length < this.#page) {
      spots.push(spot)
      spot = yield* this.#next(spot)
    }
    return spots
  }

  /** Whether the last line is on the screen. */
  *#atEnd(spots: readonly Spot[]): Blocking<boolean> {
    const last = spots.at(-1)
    return !last || (yield* this.#next(last)) === undefined
  }

  *#draw(): Blocking<void> {
    const spots = yield* this.#shown()
    const rows = spots.map(({ line, row }) => this.#rowsOf(line)[row] ?? '')
    const atEnd = yield* this.#atEnd(spots)
    const short = rows.length < this.#page && !this.#padded
    while (rows.length < this.#page && !short) rows.push(this.#on.has('~') ? '' : '~')
    if (this.#on.has('M') && this.#text.size !== undefined) yield* this.#text.all()
    const prompt = this.#promptText(spots, atEnd)
    const row = rows.length
    rows.push(prompt.text)
    yield* this.#screen.draw({ rows, row, col: prompt.width })
  }

  #promptText(spots: readonly Spot[], atEnd: boolean): { text: string; width: number } {
    const message = this.#message
    this.#message = ''
    if (message) {
      this.#padded = true
      return standout(`${message}  (press RETURN)`.slice(0, this.#screen.cols - 1))
    }
    if (this.#count) return { text: ` :${this.#count}`.slice(1), width: this.#count.length + 1 }
    if (this.#help)
      return standout(
        atEnd
          ? 'HELP -- END -- Press g to see it again, or q when done'
          : 'HELP -- Press RETURN for more, or q when done',
      )
    const parts: string[] = []
    const long = this.#on.has('M')
    const last = spots.at(-1)
    if (this.#text.name && (this.#fresh || long)) parts.push(this.#text.name)
    if (this.#fresh && this.#names.length > 1)
      parts.push(`(file ${this.#index + 1} of ${this.#names.length})`)
    if (long && last) parts.push(this.#linesText(spots))
    const next = this.#names[this.#index + 1]
    if (atEnd) parts.push(next === undefined ? '(END)' : `(END) - Next: ${next}`)
    else if ((long || this.#on.has('m')) && last && this.#text.size) parts.push(`${this.#percent(last)}%`)
    this.#fresh = false
    if (!parts.length) return this.#filter ? { text: '& :', width: 3 } : { text: ':', width: 1 }
    const shown = standout(parts.join(' '))
    return this.#filter ? { text: `& ${shown.text}`, width: shown.width + 2 } : shown
  }

  #linesText(spots: readonly Spot[]): string {
    const total = this.#text.ended || this.#text.size !== undefined ? `/${this.#total() || '?'}` : ''
    return `lines ${spots[0]!.line + 1}-${spots.at(-1)!.line + 1}${total}`
  }

  #total(): number {
    return this.#text.ended ? this.#text.lines.length : 0
  }

  #percent(last: Spot): number {
    return Math.round(((this.#text.bytes[last.line + 1] ?? 0) * 100) / (this.#text.size || 1))
  }

  // ---- Commands

  /** Draw, read a key, do what it means. */
  *#step(): Blocking<void> {
    const told = this.#message !== ''
    yield* this.#draw()
    if (this.#on.has('E') && !told && (yield* this.#atEnd(yield* this.#shown()))) return yield* this.#end()
    const key = yield* this.#screen.key()
    if (told && /^[\r\n ]$/.test(key)) return
    if (key === '') {
      this.#done = true
      return
    }
    if (/^\d$/.test(key)) {
      this.#count += key
      return
    }
    if (this.#count && (key === '\x7f' || key === '\b')) {
      this.#count = this.#count.slice(0, -1)
      return
    }
    const count = this.#count ? Number(this.#count) : undefined
    this.#count = ''
    yield* this.#command(key, count)
  }

  /** +cmd: keys as if typed. */
  *#perform(text: string): Blocking<void> {
    if (!text) return
    if (/^[/?]/.test(text))
      return yield* this.#searchFor(text.slice(1).replace(/\r$/, ''), text[0] === '?', 1)
    const [, digits = '', keys = ''] = /^(\d*)(.*)$/s.exec(text)!
    if (digits && !keys) return yield* this.#toLine(Number(digits))
    let count = digits ? Number(digits) : undefined
    for (const key of keys) {
      yield* this.#command(key, count)
      count = undefined
    }
  }

  *#command(key: string, count: number | undefined): Blocking<void> {
    const action = COMMANDS[key]
    if (!action) return yield* this.#bell()
    yield* action.call(undefined, this, count)
  }

  *#bell(): Blocking<void> {
    if (!this.#on.has('Q')) yield* this.#screen.write('\x07')
  }

  *quit(): Blocking<void> {
    if (!this.#help) {
      this.#done = true
      return
    }
    this.#text = this.#help.text
    this.#top = this.#help.top
    this.#help = undefined
    this.#fresh = true
  }

  *forward(rows: number): Blocking<void> {
    const spots = yield* this.#shown()
    if (yield* this.#atEnd(spots)) return yield* this.#end()
    let bottom: Spot | undefined = spots.at(-1)
    for (let i = 0; i < rows && bottom; i++) {
      bottom = yield* this.#next(bottom)
      if (!bottom) break
      const top = yield* this.#next(this.#top)
      if (top) this.#top = top
    }
    if (this.#on.has('E') && (yield* this.#atEnd(yield* this.#shown()))) yield* this.#end()
  }

  /** Going on at the end. */
  *#end(): Blocking<void> {
    this.#endSeen++
    if ((this.#on.has('e') && this.#endSeen > 1) || this.#on.has('E')) {
      if (this.#index + 1 < this.#names.length) yield* this.file(1, undefined)
      else this.#done = true
    } else if (!this.#on.has('q')) yield* this.#bell()
  }

  *backward(rows: number): Blocking<void> {
    this.#padded = true
    this.#endSeen = 0
    for (let i = 0; i < rows; i++) {
      const spot = this.#previous(this.#top)
      if (!spot) {
        if (i === 0 && !this.#on.has('q')) yield* this.#bell()
        return
      }
      this.#top = spot
    }
  }

  window(): number {
    return this.#page
  }

  half(count: number | undefined): number {
    if (count !== undefined) this.#half = count
    return this.#half || Math.max(1, Math.floor(this.#screen.rows / 2))
  }

  /** A line at the top, but no more emptiness below than needed. */
  *#toLine(number: number): Blocking<void> {
    this.#padded = true
    if (!(yield* this.#text.fill(number))) return this.#interrupted()
    if (number > this.#text.lines.length && number > 1) {
      this.#message = `Cannot seek to line number ${number}`
      return
    }
    this.#text.marks.set("'", this.#top)
    this.#top = { line: Math.max(0, number - 1), row: 0 }
    yield* this.#pullBack()
  }

  /** When the end stands above the bottom, go back until it does not. */
  *#pullBack(): Blocking<void> {
    let missing = this.#page - (yield* this.#shown()).length
    for (
      let spot = this.#previous(this.#top);
      missing > 0 && spot;
      spot = this.#previous(this.#top), missing--
    )
      this.#top = spot
  }

  #interrupted(): void {
    this.#screen.interrupted = false
    this.#message = 'Interrupted'
  }

  toStart(count: number | undefined): Blocking<void> {
    return this.#toLine(count ?? 1)
  }

  *toEnd(count: number | undefined): Blocking<void> {
    if (count !== undefined) return yield* this.#toLine(count)
    this.#padded = true
    if (!(yield* this.#text.all())) return this.#interrupted()
    this.#text.marks.set("'", this.#top)
    const last = this.#text.lines.length - 1
    this.#top = last < 0 ? { line: 0, row: 0 } : { line: last, row: this.#rowsOf(last).length - 1 }
    yield* this.#pullBack()
    if (this.#on.has('E')) this.#done = true
  }

  *toPercent(count: number | undefined): Blocking<void> {
    if (!(yield* this.#text.all())) return this.#interrupted()
    const wanted = (Math.min(100, count ?? 0) * (this.#text.bytes.at(-1) ?? 0)) / 100
    const line = this.#text.bytes.findLastIndex(it => it <= wanted)
    yield* this.#toLine(Math.max(1, Math.min(line + 1, this.#text.lines.length)))
  }

  shiftBy(amount: number): void {
    this.#padded = true
    this.#shift = Math.max(0, this.#shift + amount * Math.max(1, Math.floor(this.#screen.cols / 2)))
    this.#top = { line: this.#top.line, row: 0 }
  }

  repaint(): void {
    this.#padded = true
    this.#screen.redraw()
  }

  // ---- Searching

  *search(backwards: boolean, count: number): Blocking<void> {
    const typed = yield* this.ask(backwards ? '?' : '/')
    if (typed === undefined) return
    if (typed) yield* this.#searchFor(typed, backwards, count)
    else {
      this.#backwards = backwards
      yield* this.again(false, count)
    }
  }

  #compile(text: string): RegExp | undefined {
    const smart = this.#on.has('I') || (this.#on.has('i') && !/[A-Z]/.test(text))
    try {
      return compileRegex(text, { extended: true, ignoreCase: smart, flags: 'g' })
    } catch (e) {
      if (!(e instanceof RegexError)) throw e
      this.#message = e.message
      return undefined
    }
  }

  *#searchFor(typed: string, backwards: boolean, count: number): Blocking<void> {
    const inverted = typed.startsWith('!')
    const pattern = this.#compile(inverted ? typed.slice(1) : typed)
    if (!pattern) return
    this.#pattern = pattern
    this.#highlight = !inverted
    this.#backwards = backwards
    const spots = yield* this.#shown()
    const from = backwards ? (spots.at(-1)?.line ?? 0) + 1 : this.#first ? this.#top.line - 1 : this.#top.line
    this.#first = ''
    yield* this.#find(
      backwards,
      backwards ? from : this.#fresh && !this.#padded ? this.#top.line - 1 : from,
      count,
      inverted,
    )
  }

  *again(reverse: boolean, count: number): Blocking<void> {
    if (!this.#pattern) {
      this.#message = 'No previous regular expression'
      return
    }
    this.#highlight = true
    yield* this.#find(this.#backwards !== reverse, this.#top.line, count, false)
  }

  *#find(backwards: boolean, from: number, count: number, inverted: boolean): Blocking<void> {
    const step = backwards ? -1 : 1
    let left = count
    for (let line = from + step; line >= 0; line += step) {
      if (!(yield* this.#text.fill(line + 1))) return this.#interrupted()
      if (line >= this.#text.lines.length) break
      if (line % 512 === 0) yield* this.#sys.burn(100_000)
      this.#pattern!.lastIndex = 0
      if (this.#pattern!.test(this.#text.lines[line]!) === inverted || !this.#visible(line) || --left)
        continue
      this.#padded = true
      this.#text.marks.set("'", this.#top)
      this.#top = { line, row: 0 }
      if (line === this.#text.lines.length) yield* this.#pullBack()
      return
    }
    this.#message = 'Pattern not found'
  }

  version(): void {
    this.#message = 'less 590'
  }

  toggleHighlight(): void {
    this.#highlight = !this.#highlight
  }

  *filterBy(): Blocking<void> {
    const typed = yield* this.ask('&/')
    if (typed === undefined) return
    this.#padded = true
    const inverted = typed.startsWith('!')
    const pattern = typed ? this.#compile(inverted ? typed.slice(1) : typed) : undefined
    this.#filter = pattern && { pattern, inverted }
  }

  // ---- Prompts

  /** Read a line on the last row; undefined when it was given up. */
  *ask(prompt: string): Blocking<string | undefined> {
    let text = ''
    this.#padded = true
    for (;;) {
      const spots = yield* this.#shown()
      const rows = spots.map(({ line, row }) => this.#rowsOf(line)[row] ?? '')
      while (rows.length < this.#page) rows.push(this.#padded ? '~' : '')
      rows.push(prompt + text)
      yield* this.#screen.draw({ rows, row: this.#page, col: textWidth(prompt + text) })
      const key = yield* this.#screen.key()
      if (key === '\r' || key === '\n') return text
      if (key === '' || key === '\x03' || key === '\x1b') return undefined
      if (key === '\x7f' || key === '\b') {
        if (!text) return undefined
        text = text.slice(0, previousAt(text, text.length))
      } else if (key === '\x15') text = ''
      else if (key === 'Paste') text += this.#screen.pasted
      else if ([...key].length === 1 && key >= ' ') text += key
    }
  }

  /** The key after a prefix. */
  *key(prompt: string): Blocking<string> {
    const spots = yield* this.#shown()
    const rows = spots.map(({ line, row }) => this.#rowsOf(line)[row] ?? '')
    while (rows.length < this.#page) rows.push(this.#padded ? '~' : '')
    rows.push(prompt)
    yield* this.#screen.draw({ rows, row: this.#page, col: textWidth(prompt) })
    return yield* this.#screen.key()
  }

  *option(change: boolean): Blocking<void> {
    const letter = yield* this.key(change ? '-' : '_')
    const texts = SWITCHES[letter]
    if (letter === '\r' || letter === '\x1b') return
    if (!texts) {
      this.#message = `There is no ${/^[!-~]$/.test(letter) ? `-${letter}` : letter} option`
      return
    }
    const others =
      letter === 'm' || letter === 'M'
        ? 'mM'
        : letter === 'i' || letter === 'I'
          ? 'iI'
          : letter === 'r' || letter === 'R'
            ? 'rR'
            : ''
    if (change) {
      const was = this.#on.has(letter)
      for (const other of others) this.#on.delete(other)
      if (was) this.#on.delete(letter)
      else this.#on.add(letter)
      this.#padded ||= letter !== 'S'
      this.#top = {
        line: this.#top.line,
        row:
          letter === 'S'
            ? this.#top.row && !this.#on.has('S')
              ? 0
              : Math.min(this.#top.row, this.#rowsOf(this.#top.line).length - 1)
            : this.#top.row,
      }
    }
    this.#message = texts[this.#on.has(letter) ? 1 : 0]
  }

  *colon(count: number | undefined): Blocking<void> {
    const key = yield* this.key(' :'.slice(1))
    switch (key) {
      case 'n':
        return yield* this.file(count ?? 1, undefined)
      case 'p':
        return yield* this.file(-(count ?? 1), undefined)
      case 'x':
        return yield* this.file(0, (count ?? 1) - 1)
      case 'e':
      case 'E':
        return yield* this.examine()
      case 'd':
        if (this.#names.length < 2) return yield* this.#bell()
        this.#names.splice(this.#index, 1)
        return yield* this.file(0, Math.min(this.#index, this.#names.length - 1))
      case 'f':
        return yield* this.info()
      case 'q':
      case 'Q':
        return yield* this.quit()
    }
    if (key !== '\x7f' && key !== '\x1b') yield* this.#bell()
  }

  *examine(): Blocking<void> {
    const name = (yield* this.ask('Examine: '))?.trim()
    if (!name) return
    if (this.#names.includes(name)) return yield* this.file(0, this.#names.indexOf(name))
    this.#names.splice(this.#index + 1, 0, name)
    const problem = yield* this.#enter(this.#index + 1)
    if (!problem) return
    this.#names.splice(this.#index + 1, 1)
    this.#message = problem
  }

  /** Another file of the list, by distance or by number. */
  *file(step: number, number: number | undefined): Blocking<void> {
    const index = number ?? this.#index + step
    if (index < 0 || index >= this.#names.length) {
      this.#message = step > 0 ? 'No next file' : step < 0 ? 'No previous file' : 'No such file'
      return
    }
    const problem = yield* this.#enter(index)
    if (problem) this.#message = problem
  }

  *info(): Blocking<void> {
    const spots = yield* this.#shown()
    yield* this.#text.all()
    const last = spots.at(-1)
    const atEnd = yield* this.#atEnd(spots)
    const files = this.#names.length > 1 ? ` (file ${this.#index + 1} of ${this.#names.length})` : ''
    const place = last
      ? ` ${this.#linesText(spots)} byte ${this.#text.bytes[last.line + 1]}/${this.#text.size ?? this.#text.bytes.at(-1)}`
      : ''
    this.#message =
      `${this.#text.name}${files}${place} ${atEnd ? '(END)' : last ? `${this.#percent(last)}%` : ''}`.trim()
  }

  // ---- The rest

  *mark(): Blocking<void> {
    const name = yield* this.key('set mark: ')
    if (/^[a-zA-Z]$/.test(name)) this.#text.marks.set(name, this.#top)
  }

  *toMark(): Blocking<void> {
    const name = yield* this.key('goto mark: ')
    const spot = name === '^' ? { line: 0, row: 0 } : this.#text.marks.get(name)
    if (name === '$') return yield* this.toEnd(undefined)
    if (!spot && name === "'") return yield* this.#toLine(1)
    if (!spot) {
      this.#message = 'Mark not set'
      return
    }
    const here = this.#top
    this.#top = spot
    this.#padded = true
    this.#text.marks.set("'", here)
  }

  *follow(): Blocking<void> {
    yield* this.toEnd(undefined)
    for (;;) {
      const spots = yield* this.#shown()
      const rows = spots.map(({ line, row }) => this.#rowsOf(line)[row] ?? '')
      while (rows.length < this.#page) rows.push('~')
      const prompt = standout('Waiting for data... (interrupt to abort)')
      rows.push(prompt.text)
      yield* this.#screen.draw({ rows, row: this.#page, col: prompt.width })
      const key = yield* this.#screen.key(1000)
      if (key === '') {
        this.#done = true
        return
      }
      if (key !== 'Timeout' && key !== 'Resize') return
      const before = this.#text.lines.length
      this.#text.again()
      if (!(yield* this.#text.all())) {
        this.#screen.interrupted = false
        return
      }
      if (this.#text.lines.length !== before) yield* this.toEnd(undefined)
    }
  }

  *help(): Blocking<void> {
    if (this.#help) return
    const text = new LessText(this.#sys, -1, '', undefined, false)
    text.lines.push(...LESS_HELP.split('\n').slice(0, -1))
    text.ended = true
    this.#help = { text: this.#text, top: this.#top, index: this.#index }
    this.#text = text
    this.#top = { line: 0, row: 0 }
    this.#padded = true
  }

  *shell(): Blocking<void> {
    const typed = yield* this.ask('!')
    if (typed === undefined) return
    yield* this.#screen.lend(
      outsideCommand(
        this.#sys,
        this.#me,
        typed,
        this.#screen,
        `\r\x1b[K!${typed}\n`,
        '!done  (press RETURN)',
      ),
    )
  }

  *edit(): Blocking<void> {
    if (!this.#text.name || this.#help) {
      this.#message = this.#help ? 'Cannot edit the help file' : 'Cannot edit standard input'
      return
    }
    const spots = yield* this.#shown()
    const middle = spots[Math.floor((spots.length - 1) / 2)]?.line ?? 0
    const editor = this.#me.env.get('VISUAL') || this.#me.env.get('EDITOR') || 'editor'
    const line = `${editor} +${middle + 1} '${this.#text.name.replaceAll("'", "'\\''")}'`
    yield* this.#screen.lend(outsideCommand(this.#sys, this.#me, line, this.#screen))
    const { name } = this.#text
    this.#texts.delete(name)
    const top = this.#top
    yield* this.#enter(this.#index)
    this.#top = top
  }

  /** s: keep what came through a pipe. */
  *save(): Blocking<void> {
    if (this.#text.name) {
      this.#message = 'Input is not a pipe'
      return
    }
    const name = yield* this.ask('log file: ')
    if (!name) return
    yield* this.#text.all()
    try {
      const fd = yield* this.#sys.open(name, O_WRONLY | O_CREAT | O_EXCL, 0o644)
      yield* writeAll(this.#sys, fd, this.#text.lines.map(it => `${it}\n`).join(''))
      this.#sys.close(fd)
    } catch {
      this.#message = `Cannot write to "${name}"`
    }
  }

  *escape(count: number | undefined): Blocking<void> {
    const key = yield* this.key('ESC')
    const meaning: Readonly<Record<string, string>> = {
      v: 'b',
      '<': 'g',
      '>': 'G',
      ' ': ' ',
      ')': 'Right',
      '(': 'Left',
    }
    if (key === 'u') this.toggleHighlight()
    else if (meaning[key]) yield* this.#command(meaning[key], count)
    else if (key !== '\x1b') yield* this.#bell()
  }

  *zz(): Blocking<void> {
    if ((yield* this.key('Z')) === 'Z') this.#done = true
  }
}

const standout = (text: string): { text: string; width: number } => ({
  text: reversed(text),
  width: textWidth(text),
})

type Action = (less: Less, count: number | undefined) => Blocking<void>

const now = (act: (less: Less) => void): Action =>
  function* (less) {
    act(less)
  }
const lineForward: Action = (less, count) => less.forward(count ?? 1)
const lineBack: Action = (less, count) => less.backward(count ?? 1)
const pageForward: Action = (less, count) => less.forward(count ?? less.window())
const pageBack: Action = (less, count) => less.backward(count ?? less.window())
const halfForward: Action = (less, count) => less.forward(less.half(count))
const halfBack: Action = (less, count) => less.backward(less.half(count))
const start: Action = (less, count) => less.toStart(count)
const end: Action = (less, count) => less.toEnd(count)
const quit: Action = less => less.quit()
const info: Action = less => less.info()
const nothing: Action = now(() => {})

const COMMANDS: Readonly<Record<string, Action>> = {
  e: lineForward,
  j: lineForward,
  J: lineForward,
  '\r': lineForward,
  '\n': lineForward,
  '\x05': lineForward,
  '\x0e': lineForward,
  Down: lineForward,
  y: lineBack,
  k: lineBack,
  K: lineBack,
  '\x19': lineBack,
  '\x0b': lineBack,
  '\x10': lineBack,
  Up: lineBack,
  ' ': pageForward,
  f: pageForward,
  z: pageForward,
  '\x06': pageForward,
  '\x16': pageForward,
  PageDown: pageForward,
  b: pageBack,
  w: pageBack,
  '\x02': pageBack,
  PageUp: pageBack,
  d: halfForward,
  '\x04': halfForward,
  u: halfBack,
  '\x15': halfBack,
  g: start,
  '<': start,
  Home: start,
  G: end,
  '>': end,
  End: end,
  p: (less, count) => less.toPercent(count),
  '%': (less, count) => less.toPercent(count),
  Right: (less, count) => now(it => it.shiftBy(count ?? 1))(less, count),
  Left: (less, count) => now(it => it.shiftBy(-(count ?? 1)))(less, count),
  '/': (less, count) => less.search(false, count ?? 1),
  '?': (less, count) => less.search(true, count ?? 1),
  n: (less, count) => less.again(false, count ?? 1),
  N: (less, count) => less.again(true, count ?? 1),
  '&': less => less.filterBy(),
  '-': less => less.option(true),
  _: less => less.option(false),
  ':': (less, count) => less.colon(count),
  E: less => less.examine(),
  '=': info,
  '\x07': info,
  m: less => less.mark(),
  "'": less => less.toMark(),
  F: less => less.follow(),
  V: now(less => less.version()),
  h: less => less.help(),
  H: less => less.help(),
  '!': less => less.shell(),
  v: less => less.edit(),
  s: less => less.save(),
  '\x1b': (less, count) => less.escape(count),
  Z: less => less.zz(),
  q: quit,
  Q: quit,
  r: now(less => less.repaint()),
  R: now(less => less.repaint()),
  '\x12': now(less => less.repaint()),
  '\x0c': now(less => less.repaint()),
  '\x03': nothing,
  Resize: nothing,
  Timeout: nothing,
}
