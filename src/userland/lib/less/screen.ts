/**
 * less on a terminal: where it is in the text, what of it is seen, moving, and the loop that takes commands.
 * Linux: less's forwback.c, position.c, prompt.c, jump.c.
 */
import { type Blocking, Errno, type Sys, isDir, isReg } from '../../../abi/index.ts'
import { type Process, writeAll } from '../command.ts'
import { closeInput, openInput } from '../input.ts'
import { RegexError, compileRegex } from '../regex.ts'
import { Screen } from '../screen.ts'
import { standout } from './standout.ts'
import { COMMANDS } from './commands.ts'
import { changeFile } from './files.ts'
import type { Settings } from './options.ts'
import { searchFor } from './search.ts'
import { LessText, lessRows } from './text.ts'

/** A row of the text: a line and which of its rows. */
export interface Spot {
  readonly line: number
  readonly row: number
}

/** What less is in the middle of: the files, the place in the text, the picture of it. */
export class Less {
  readonly sys: Sys
  readonly me: Process
  /** The options that are switched on, by letter. */
  readonly on: Set<string>
  readonly screen: Screen
  /** +command: what is done with each new file. */
  first: string
  names: string[] = []
  index = 0
  readonly texts = new Map<string, LessText>()
  text!: LessText
  fresh = true
  padded = false
  /** The first row on the screen, and how far it is shifted to the left. */
  top: Spot = { line: 0, row: 0 }
  shift = 0
  /** What d and u go by, once they were told. */
  halfWindow = 0
  /** The digits typed before a command. */
  count = ''
  message = ''
  pattern: RegExp | undefined
  backwards = false
  highlight = true
  filter: { pattern: RegExp; inverted: boolean } | undefined
  /** While the help is shown: what was before. */
  help: { text: LessText; top: Spot; index: number } | undefined
  endSeen = 0
  done = false

  /** Rows of text on the screen. */
  get page(): number {
    return Math.max(1, this.screen.rows - 1)
  }

  constructor(sys: Sys, me: Process, settings: Settings, input: number) {
    this.sys = sys
    this.me = me
    this.on = settings.on
    this.first = settings.first
    this.screen = new Screen(sys, { input, alternate: !settings.on.has('X'), scroll: settings.on.has('X') })
  }

  *run(names: readonly string[]): Blocking<number> {
    this.names = [...names]
    const complaints: string[] = []
    for (this.index = 0; this.index < this.names.length; ) {
      const problem = yield* this.enter(this.index)
      if (!problem) break
      complaints.push(problem)
      this.names.splice(this.index, 1)
    }
    if (!this.names.length) {
      for (const text of complaints) yield* writeAll(this.sys, 2, `${text}\n`)
      return 1
    }
    if (this.on.has('F') && names.length === 1 && (yield* this.fitsOnOneScreen())) return 0
    if (complaints.length) yield* this.complain(complaints)
    yield* this.screen.open()
    try {
      yield* this.perform(this.first)
      while (!this.done) yield* this.step()
    } finally {
      if (this.on.has('X')) yield* this.screen.write(`\x1b[${this.screen.rows};1H\x1b[K`)
      yield* this.screen.close()
    }
    return this.screen.quit ? 128 + this.screen.quit : 0
  }

  *complain(texts: readonly string[]): Blocking<void> {
    yield* writeAll(this.sys, 2, texts.map(it => `${it}\n`).join(''))
    yield* this.screen.write('Press RETURN to continue ')
    yield* this.screen.key()
    yield* this.screen.write('\r\n')
  }

  /** Show the file with this number; what is wrong with it if it cannot be. */
  *enter(index: number): Blocking<string | undefined> {
    const name = this.names[index]!
    let text = this.texts.get(name)
    if (!text) {
      try {
        const fd = yield* openInput(this.sys, name)
        const stat = this.sys.fstat(fd)
        if (isDir(stat) && !this.on.has('f')) {
          closeInput(this.sys, fd)
          return `${name} is a directory`
        }
        text = new LessText(
          this.sys,
          fd,
          name === '-' ? '' : name,
          isReg(stat) ? stat.size : undefined,
          this.on.has('s'),
        )
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        return `${name}: ${e.message}`
      }
      this.texts.set(name, text)
    }
    const before = this.text as LessText | undefined
    if (before === text) return undefined
    if (before) before.top = this.top
    this.index = index
    this.text = text
    this.top = text.top
    this.fresh = true
    this.padded = false
    this.endSeen = 0
    return undefined
  }

  *fitsOnOneScreen(): Blocking<boolean> {
    const rows = this.screen.rows
    yield* this.text.fill(rows)
    if (!this.text.ended) return false
    const shown = this.text.lines.flatMap((_, i) => this.rowsOf(i))
    if (shown.length >= rows) return false
    yield* writeAll(this.sys, 1, shown.map(it => `${it}\n`).join(''))
    return true
  }

  visible(line: number): boolean {
    if (!this.filter) return true
    this.filter.pattern.lastIndex = 0
    return this.filter.pattern.test(this.text.lines[line]!) !== this.filter.inverted
  }

  rowsOf(line: number): string[] {
    return lessRows(this.text.lines[line] ?? '', line + 1, {
      cols: this.screen.cols,
      chop: this.on.has('S'),
      raw: this.on.has('r') ? 'all' : this.on.has('R') ? 'color' : '',
      numbers: this.on.has('N') && !this.help,
      shift: this.shift,
      highlight: this.highlight && !this.on.has('G') ? this.pattern : undefined,
    })
  }

  /** The row behind a spot; undefined behind the last one. Reads on if need be. */
  *next(spot: Spot): Blocking<Spot | undefined> {
    if (spot.row + 1 < this.rowsOf(spot.line).length) return { line: spot.line, row: spot.row + 1 }
    for (let line = spot.line + 1; ; line++) {
      yield* this.text.fill(line + 1)
      if (line >= this.text.lines.length) return undefined
      if (this.visible(line)) return { line, row: 0 }
      if (line % 256 === 0) yield* this.sys.burn(50_000)
    }
  }

  previous(spot: Spot): Spot | undefined {
    if (spot.row > 0) return { line: spot.line, row: spot.row - 1 }
    for (let line = spot.line - 1; line >= 0; line--)
      if (this.visible(line)) return { line, row: this.rowsOf(line).length - 1 }
    return undefined
  }

  /** The rows on the screen, from the top. */
  *shown(): Blocking<Spot[]> {
    const spots: Spot[] = []
    yield* this.text.fill(this.top.line + 1)
    let spot: Spot | undefined = this.top.line < this.text.lines.length ? this.top : undefined
    if (spot && !this.visible(spot.line)) spot = yield* this.next({ line: spot.line, row: Infinity })
    if (spot) this.top = spot
    while (spot && spots.length < this.page) {
      spots.push(spot)
      spot = yield* this.next(spot)
    }
    return spots
  }

  /** Whether the last line is on the screen. */
  *atEnd(spots: readonly Spot[]): Blocking<boolean> {
    const last = spots.at(-1)
    return !last || (yield* this.next(last)) === undefined
  }

  *draw(): Blocking<void> {
    const spots = yield* this.shown()
    const rows = spots.map(({ line, row }) => this.rowsOf(line)[row] ?? '')
    const atEnd = yield* this.atEnd(spots)
    const short = rows.length < this.page && !this.padded
    while (rows.length < this.page && !short) rows.push(this.on.has('~') ? '' : '~')
    if (this.on.has('M') && this.text.size !== undefined) yield* this.text.all()
    const prompt = this.promptText(spots, atEnd)
    const row = rows.length
    rows.push(prompt.text)
    yield* this.screen.draw({ rows, row, col: prompt.width })
  }

  promptText(spots: readonly Spot[], atEnd: boolean): { text: string; width: number } {
    const message = this.message
    this.message = ''
    if (message) {
      this.padded = true
      return standout(`${message}  (press RETURN)`.slice(0, this.screen.cols - 1))
    }
    if (this.count) return { text: ` :${this.count}`.slice(1), width: this.count.length + 1 }
    if (this.help)
      return standout(
        atEnd
          ? 'HELP -- END -- Press g to see it again, or q when done'
          : 'HELP -- Press RETURN for more, or q when done',
      )
    const parts: string[] = []
    const long = this.on.has('M')
    const last = spots.at(-1)
    if (this.text.name && (this.fresh || long)) parts.push(this.text.name)
    if (this.fresh && this.names.length > 1) parts.push(`(file ${this.index + 1} of ${this.names.length})`)
    if (long && last) parts.push(this.linesText(spots))
    const next = this.names[this.index + 1]
    if (atEnd) parts.push(next === undefined ? '(END)' : `(END) - Next: ${next}`)
    else if ((long || this.on.has('m')) && last && this.text.size) parts.push(`${this.percent(last)}%`)
    this.fresh = false
    if (!parts.length) return this.filter ? { text: '& :', width: 3 } : { text: ':', width: 1 }
    const shown = standout(parts.join(' '))
    return this.filter ? { text: `& ${shown.text}`, width: shown.width + 2 } : shown
  }

  linesText(spots: readonly Spot[]): string {
    const total = this.text.ended || this.text.size !== undefined ? `/${this.total() || '?'}` : ''
    return `lines ${spots[0]!.line + 1}-${spots.at(-1)!.line + 1}${total}`
  }

  total(): number {
    return this.text.ended ? this.text.lines.length : 0
  }

  percent(last: Spot): number {
    return Math.round(((this.text.bytes[last.line + 1] ?? 0) * 100) / (this.text.size || 1))
  }

  /** Draw, read a key, do what it means. */
  *step(): Blocking<void> {
    const told = this.message !== ''
    yield* this.draw()
    if (this.on.has('E') && !told && (yield* this.atEnd(yield* this.shown()))) return yield* this.end()
    const key = yield* this.screen.key()
    if (told && /^[\r\n ]$/.test(key)) return
    if (key === '') {
      this.done = true
      return
    }
    if (/^\d$/.test(key)) {
      this.count += key
      return
    }
    if (this.count && (key === '\x7f' || key === '\b')) {
      this.count = this.count.slice(0, -1)
      return
    }
    const count = this.count ? Number(this.count) : undefined
    this.count = ''
    yield* this.command(key, count)
  }

  /** +cmd: keys as if typed. */
  *perform(text: string): Blocking<void> {
    if (!text) return
    if (/^[/?]/.test(text))
      return yield* searchFor(this, text.slice(1).replace(/\r$/, ''), text[0] === '?', 1)
    const [, digits = '', keys = ''] = /^(\d*)(.*)$/s.exec(text)!
    if (digits && !keys) return yield* this.toLine(Number(digits))
    let count = digits ? Number(digits) : undefined
    for (const key of keys) {
      yield* this.command(key, count)
      count = undefined
    }
  }

  *command(key: string, count: number | undefined): Blocking<void> {
    const action = COMMANDS[key]
    if (!action) return yield* this.bell()
    yield* action.call(undefined, this, count)
  }

  *bell(): Blocking<void> {
    if (!this.on.has('Q')) yield* this.screen.write('\x07')
  }

  *quit(): Blocking<void> {
    if (!this.help) {
      this.done = true
      return
    }
    this.text = this.help.text
    this.top = this.help.top
    this.help = undefined
    this.fresh = true
  }

  *forward(rows: number): Blocking<void> {
    const spots = yield* this.shown()
    if (yield* this.atEnd(spots)) return yield* this.end()
    let bottom: Spot | undefined = spots.at(-1)
    for (let i = 0; i < rows && bottom; i++) {
      bottom = yield* this.next(bottom)
      if (!bottom) break
      const top = yield* this.next(this.top)
      if (top) this.top = top
    }
    if (this.on.has('E') && (yield* this.atEnd(yield* this.shown()))) yield* this.end()
  }

  /** Going on at the end. */
  *end(): Blocking<void> {
    this.endSeen++
    if ((this.on.has('e') && this.endSeen > 1) || this.on.has('E')) {
      if (this.index + 1 < this.names.length) yield* changeFile(this, 1, undefined)
      else this.done = true
    } else if (!this.on.has('q')) yield* this.bell()
  }

  *backward(rows: number): Blocking<void> {
    this.padded = true
    this.endSeen = 0
    for (let i = 0; i < rows; i++) {
      const spot = this.previous(this.top)
      if (!spot) {
        if (i === 0 && !this.on.has('q')) yield* this.bell()
        return
      }
      this.top = spot
    }
  }

  window(): number {
    return this.page
  }

  half(count: number | undefined): number {
    if (count !== undefined) this.halfWindow = count
    return this.halfWindow || Math.max(1, Math.floor(this.screen.rows / 2))
  }

  /** A line at the top, but no more emptiness below than needed. */
  *toLine(number: number): Blocking<void> {
    this.padded = true
    if (!(yield* this.text.fill(number))) return this.interrupted()
    if (number > this.text.lines.length && number > 1) {
      this.message = `Cannot seek to line number ${number}`
      return
    }
    this.text.marks.set("'", this.top)
    this.top = { line: Math.max(0, number - 1), row: 0 }
    yield* this.pullBack()
  }

  /** When the end stands above the bottom, go back until it does not. */
  *pullBack(): Blocking<void> {
    let missing = this.page - (yield* this.shown()).length
    for (let spot = this.previous(this.top); missing > 0 && spot; spot = this.previous(this.top), missing--)
      this.top = spot
  }

  interrupted(): void {
    this.screen.interrupted = false
    this.message = 'Interrupted'
  }

  toStart(count: number | undefined): Blocking<void> {
    return this.toLine(count ?? 1)
  }

  *toEnd(count: number | undefined): Blocking<void> {
    if (count !== undefined) return yield* this.toLine(count)
    this.padded = true
    if (!(yield* this.text.all())) return this.interrupted()
    this.text.marks.set("'", this.top)
    const last = this.text.lines.length - 1
    this.top = last < 0 ? { line: 0, row: 0 } : { line: last, row: this.rowsOf(last).length - 1 }
    yield* this.pullBack()
    if (this.on.has('E')) this.done = true
  }

  *toPercent(count: number | undefined): Blocking<void> {
    if (!(yield* this.text.all())) return this.interrupted()
    const wanted = (Math.min(100, count ?? 0) * (this.text.bytes.at(-1) ?? 0)) / 100
    const line = this.text.bytes.findLastIndex(it => it <= wanted)
    yield* this.toLine(Math.max(1, Math.min(line + 1, this.text.lines.length)))
  }

  shiftBy(amount: number): void {
    this.padded = true
    this.shift = Math.max(0, this.shift + amount * Math.max(1, Math.floor(this.screen.cols / 2)))
    this.top = { line: this.top.line, row: 0 }
  }

  repaint(): void {
    this.padded = true
    this.screen.redraw()
  }

  compile(text: string): RegExp | undefined {
    const smart = this.on.has('I') || (this.on.has('i') && !/[A-Z]/.test(text))
    try {
      return compileRegex(text, { extended: true, ignoreCase: smart, flags: 'g' })
    } catch (e) {
      if (!(e instanceof RegexError)) throw e
      this.message = e.message
      return undefined
    }
  }

  toggleHighlight(): void {
    this.highlight = !this.highlight
  }
}
