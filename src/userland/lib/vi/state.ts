/**
 * What vi knows while it runs: the text, the cursor, registers, marks, options, the keys to come. The other files here
 * are its commands, functions over this state. Linux: vim's globals.h and getchar.c.
 *
 * Left out: windows, mappings, abbreviations, swap files, viminfo.
 */
import type { Blocking, Sys } from '../../../abi/index.ts'
import type { Place, TextBuffer } from '../editor-buffer.ts'
import { atColumn, columnOf, type Display, indentOf, lastAt, previousAt, startAt } from '../editor-columns.ts'
import type { Screen } from '../screen.ts'
import type { OptionName, ViOptions } from './options.ts'

/** A command that fails: what it was doing ends, the message is shown. Without a message the bell rings. */
export class ViError {
  readonly message: string
  constructor(message = '') {
    this.message = message
  }
}

/** The terminal is gone or a signal asks vi to end. */
export class Hangup {}

/** The editor ends with this status. */
export class Quit {
  readonly status: number
  constructor(status = 0) {
    this.status = status
  }
}

export type Shape = 'chars' | 'lines' | 'block'

/** Text that was deleted or yanked. */
export interface Register {
  readonly text: string
  readonly shape: Shape
}

export type Mode = 'normal' | 'insert' | 'replace' | 'visual' | 'visual line' | 'visual block'

/** A file being edited: `:n`, `:e #` and `:b` change between them. */
export interface Buffer {
  readonly number: number
  name: string
  text: TextBuffer
  cursor: Place
  marks: Map<string, Place>
  loaded: boolean
  /** It was the current one once. */
  visited: boolean
  readonly: boolean
  /** The file did not end with a line break. */
  noeol: boolean
  dos: boolean
  /** Was there no file of this name? */
  isNew: boolean
}

/** The last change, so that `.` can do it again. */
export interface Repeatable {
  readonly keys: readonly string[]
  readonly count: number | undefined
  readonly register: string
}

export class Vi {
  readonly sys: Sys
  readonly env: ReadonlyMap<string, string>
  readonly envp: readonly string[]
  readonly options: ViOptions
  /** Undefined in silent ex mode. */
  readonly screen: Screen | undefined
  readonly buffers: Buffer[] = []
  current!: Buffer
  alternate: Buffer | undefined
  args: string[] = []
  argument = 0
  /** -R, view: no file is to be written by accident. */
  forceReadonly = false
  /** The user was told once that more files wait. */
  warnedOfMore = false

  cursor: Place = { line: 0, at: 0 }
  /** The column that j and k aim at. */
  want = 0
  mode: Mode = 'normal'
  visualStart: Place = { line: 0, at: 0 }
  lastVisual: { mode: Mode; start: Place; end: Place; toEnd: boolean } | undefined
  /** The first line on the screen. */
  top = 0
  leftColumn = 0
  message = ''
  messageIsError = false
  /** It was not on the screen yet. */
  messageIsNew = false
  /** What the last line shows while a command line is typed, and where the cursor is in it. */
  printed: string[] = []
  /** Whether an error was reported, for the exit status of ex. */
  failed = false
  commandLine: { text: string; column: number } | undefined

  readonly registers = new Map<string, Register>()
  lastInserted = ''
  lastFind: { char: string; forward: boolean; till: boolean } | undefined
  search: { pattern: string; forward: boolean; offset: string } | undefined
  lastSubstitute: { pattern: string; replacement: string; flags: string } | undefined
  lastBang = ''
  lastMacro = ''
  lastCommandLine = ''
  history: { ':': string[]; '/': string[] } = { ':': [], '/': [] }
  highlightOff = false
  undoUndoes = false
  lineUndo: { line: number; text: string } | undefined

  /** Keys that were not typed but come first: macros, `.`, `:normal`. */
  readonly pending: string[] = []
  #recording: string[] | undefined
  #macro: { register: string; keys: string[] } | undefined
  repeatable: Repeatable | undefined
  replaying = false
  /**
   * The two interpreters, one command of normal mode and one line of ex. Either runs the other (`:` and `:normal`),
   * so what lies below them asks here; bin/vi.ts puts them in.
   */
  runNormal: () => Blocking<void> = function* () {}
  runEx: (line: string) => Blocking<void> = function* () {}
  draw: () => Blocking<void> = function* () {}
  /** The next line of ex's input, for :append; undefined at the end. */
  exLine: () => Blocking<string | undefined> = function* () {
    return undefined
  }
  /** Q and :ex. */
  enterEx: () => Blocking<void> = function* () {}
  /** An address by itself, as :m and :t take it. */
  parseAddress: (text: string) => number | undefined = () => undefined
  exMode = false
  inGlobal = false
  globalCounts = { count: 0, lines: 0 }
  /** Show more lines than the message line holds. */
  pages: (lines: readonly string[]) => Blocking<void> = function* () {}

  constructor(
    sys: Sys,
    env: ReadonlyMap<string, string>,
    envp: readonly string[],
    options: ViOptions,
    screen: Screen | undefined,
  ) {
    this.sys = sys
    this.env = env
    this.envp = envp
    this.options = options
    this.screen = screen
  }

  // ---- The text

  get text(): TextBuffer {
    return this.current.text
  }

  get line(): string {
    return this.text.line(this.cursor.line)
  }

  get lastLine(): number {
    return this.text.length - 1
  }

  get display(): Display {
    return { tabstop: this.options.tabstop, list: this.options.list }
  }

  has(flag: string, option: OptionName = 'cpoptions'): boolean {
    return String(this.options[option]).includes(flag)
  }

  now(): number {
    return this.sys.clock_gettime(0).sec
  }

  /** Everything that `act` changes is one step for undo. */
  *change<T>(act: () => Blocking<T>): Blocking<T> {
    const nested = this.text.changing
    if (!nested) this.beginChange()
    try {
      return yield* act()
    } finally {
      if (!nested) this.text.commit(this.cursor)
    }
  }

  beginChange(): void {
    if (!this.options.modifiable) throw new ViError("E21: Cannot make changes, 'modifiable' is off")
    if (this.current.readonly && !this.text.modified && this.options.readonly)
      this.say('W10: Warning: Changing a readonly file', true)
    this.text.begin(this.cursor, this.now())
    this.undoUndoes = false
  }

  /** A buffer's marks move with its lines, and the text of the line changed last is kept for U. */
  attach(buffer: Buffer): void {
    buffer.text.onSplice = (line, removed, added) => {
      for (const [name, place] of buffer.marks) {
        if (place.line < line) continue
        if (place.line >= line + removed)
          buffer.marks.set(name, { line: place.line + added - removed, at: place.at })
        else if (place.line >= line + added) buffer.marks.delete(name)
      }
      if (removed !== added) this.lineUndo = undefined
    }
  }

  // ---- The cursor

  /** Put the cursor on a character of the text, in insert mode also behind the last one. */
  moveTo(place: Place, want?: number): void {
    const line = Math.max(0, Math.min(place.line, this.lastLine))
    const text = this.text.line(line)
    const beyond = this.mode !== 'normal'
    const last = beyond ? text.length : lastAt(text)
    this.cursor = { line, at: startAt(text, Math.max(0, Math.min(place.at, last))) }
    this.want = want ?? this.column()
  }

  /** The screen column of the cursor: on a tab its last one, as long as nothing is inserted. */
  column(): number {
    return columnOf(this.line, this.cursor.at, this.display)
  }

  /** To another line, as near as possible to the wanted column. */
  toLine(line: number): void {
    const to = Math.max(0, Math.min(line, this.lastLine))
    const text = this.text.line(to)
    const inside = this.mode === 'normal' ? lastAt(text) : text.length
    const at = this.want === Infinity ? inside : Math.min(atColumn(text, this.want, this.display), inside)
    this.cursor = { line: to, at: this.want === Infinity && this.mode !== 'normal' ? lastAt(text) : at }
  }

  firstNonBlank(line: number): Place {
    const text = this.text.line(Math.max(0, Math.min(line, this.lastLine)))
    const indent = indentOf(text).length
    return { line, at: indent && indent === text.length ? previousAt(text, indent) : indent }
  }

  /** Remember where we are before a jump. */
  setJump(): void {
    this.current.marks.set("'", this.cursor)
  }

  // ---- Registers

  /** What a register holds. */
  register(name: string): Register | undefined {
    const chars = (text: string | undefined): Register | undefined =>
      text ? { text, shape: 'chars' } : undefined
    if (name === '%') return chars(this.current.name)
    if (name === '#') return chars(this.alternate?.name)
    if (name === ':') return chars(this.lastCommandLine)
    if (name === '/') return chars(this.search?.pattern)
    if (name === '.') return chars(this.lastInserted)
    return this.registers.get(name === '' ? '"' : name.toLowerCase())
  }

  /** Keep text in a register; capital letters append. */
  store(name: string, value: Register): void {
    const key = name.toLowerCase()
    const old = name !== key ? this.registers.get(key) : undefined
    this.registers.set(key, old ? appended(old, value) : value)
    this.registers.set('"', this.registers.get(key)!)
  }

  // ---- Keys

  /** The next key, drawing first if it has to be typed. */
  *key(): Blocking<string> {
    let key = this.pending.shift()
    if (key === undefined) {
      if (!this.screen) throw new Hangup()
      if (!this.screen.typedAhead) yield* this.draw()
      key = yield* this.screen.key()
      if (key === '') throw new Hangup()
      if (key === 'Resize') return key
      if (key === 'Paste' && !this.#pasteIsText()) return yield* this.key()
      this.#macro?.keys.push(key)
    }
    this.#recording?.push(key)
    return key
  }

  /** Outside insert mode, pasted text is keys as if typed. */
  #pasteIsText(): boolean {
    const keys = [...this.screen!.pasted]
    this.pending.unshift(...keys)
    this.#macro?.keys.push(...keys)
    return false
  }

  /** The next key that is not about the terminal's size. */
  *pressed(): Blocking<string> {
    let key = 'Resize'
    while (key === 'Resize') key = yield* this.key()
    return key
  }

  /** Collect the keys of a command from here on, for `.`. */
  record(): void {
    if (!this.replaying) this.#recording = []
  }

  /** What came before was count and register: the command itself begins with this key. */
  recordFrom(key: string): void {
    if (this.#recording) this.#recording = [key]
  }

  /** The command that was recorded can be repeated. */
  keep(count: number | undefined, register: string, keys = this.#recording): void {
    if (!this.replaying && keys) this.repeatable = { keys: [...keys], count, register }
  }

  get recorded(): readonly string[] {
    return this.#recording ?? []
  }

  startMacro(register: string): void {
    this.#macro = { register, keys: [] }
  }

  /** The register that keys are recorded into, '' if none. */
  get macroRegister(): string {
    return this.#macro?.register ?? ''
  }

  get inMacro(): boolean {
    return this.#macro !== undefined
  }

  /** End recording a macro; its last key was the q that says so. */
  endMacro(): void {
    const macro = this.#macro
    this.#macro = undefined
    if (macro)
      this.store(macro.register, { text: macro.keys.slice(0, -1).map(rawKey).join(''), shape: 'chars' })
  }

  // ---- Messages

  /** Lines to show: at once in silent ex mode, else when the command line is done. */
  print(line: string): void {
    this.printed.push(line)
  }

  say(text: string, isError = false): void {
    this.message = text
    this.messageIsError = isError
    this.messageIsNew = true
  }

  /** Tell how many lines changed, when they are more than 'report'. */
  report(count: number, text: (plural: boolean) => string): void {
    if (Math.abs(count) > this.options.report) this.say(text(Math.abs(count) !== 1))
  }

  reportLines(before: number): void {
    const more = this.text.length - before
    this.report(more, plural =>
      more > 0 ? `${more} more line${plural ? 's' : ''}` : plural ? `${-more} fewer lines` : '1 line less',
    )
  }
}

function appended(old: Register, more: Register): Register {
  const lines = old.shape === 'lines' || more.shape === 'lines'
  return { text: `${old.text}${lines ? '\n' : ''}${more.text}`, shape: lines ? 'lines' : old.shape }
}

const RAW: Readonly<Record<string, string>> = {
  Up: '\x1b[A',
  Down: '\x1b[B',
  Right: '\x1b[C',
  Left: '\x1b[D',
  Home: '\x1b[H',
  End: '\x1b[F',
  Delete: '\x1b[3~',
  PageUp: '\x1b[5~',
  PageDown: '\x1b[6~',
}

/** A key as the terminal sent it. */
const rawKey = (key: string): string => RAW[key] ?? key
