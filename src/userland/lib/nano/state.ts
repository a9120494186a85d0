/**
 * What nano knows while it runs: its buffers, the cursor, the mark, what was cut, the message. The other files here
 * are its commands. Linux: nano's global.c.
 *
 * Left out: syntax colours, spell checking and linters, the file browser, macros, anchors, backups, nanorc files.
 */
import type { Blocking, Sys } from '../../../abi/index.ts'
import { compare, type Place, TextBuffer } from '../editor-buffer.ts'
import { atColumn, columnOf, type Display, startAt } from '../editor-columns.ts'
import type { Screen } from '../screen.ts'

export interface NanoOptions {
  autoindent: boolean
  breakLongLines: boolean
  constantShow: boolean
  cutFromCursor: boolean
  lineNumbers: boolean
  noHelp: boolean
  noNewlines: boolean
  noConvert: boolean
  restricted: boolean
  saveOnExit: boolean
  smartHome: boolean
  softWrap: boolean
  tabsToSpaces: boolean
  view: boolean
  fill: number
  tabSize: number
  caseSensitive: boolean
  backwards: boolean
  regexp: boolean
}

/** One file being edited. */
export interface OpenFile {
  name: string
  text: TextBuffer
  cursor: Place
  mark: Place | undefined
  top: number
  dos: boolean
  want: number
}

/** How serious a message is. */
export type Tone = 'info' | 'alert'

export class Nano {
  readonly sys: Sys
  readonly env: ReadonlyMap<string, string>
  readonly envp: readonly string[]
  readonly screen: Screen
  readonly options: NanoOptions
  readonly files: OpenFile[] = []
  index = 0
  /** -Z: Backspace and Delete take the marked text. */
  zap = false
  /** More than one file was open once: the title says how many are left. */
  shownPrefix = false
  cutBuffer: readonly string[] = []
  /** Whether the last command was a cut or copy, so that the next adds to it. */
  keepCut = false
  message = ''
  tone: Tone = 'info'
  #age = 0
  searched = ''
  replaced = ''
  readonly searchHistory: string[] = []
  readonly replaceHistory: string[] = []
  readonly commandHistory: string[] = []
  /** A match being asked about. */
  spotlight: { from: Place; to: Place } | undefined
  done = false
  status = 0
  #kind = ''
  #editedAt: Place | undefined

  constructor(
    sys: Sys,
    env: ReadonlyMap<string, string>,
    envp: readonly string[],
    screen: Screen,
    options: NanoOptions,
  ) {
    this.sys = sys
    this.env = env
    this.envp = envp
    this.screen = screen
    this.options = options
  }

  get file(): OpenFile {
    return this.files[this.index]!
  }

  get text(): TextBuffer {
    return this.file.text
  }

  get cursor(): Place {
    return this.file.cursor
  }

  get line(): string {
    return this.text.line(this.cursor.line)
  }

  get lastLine(): number {
    return this.text.length - 1
  }

  get display(): Display {
    return { tabstop: this.options.tabSize, list: false }
  }

  /** Rows for text. */
  get editRows(): number {
    return Math.max(1, this.screen.rows - (this.options.noHelp || this.screen.rows < 6 ? 2 : 4))
  }

  /** Columns that line numbers take. */
  get margin(): number {
    if (!this.options.lineNumbers) return 0
    return Math.max(2, String(this.text.length).length) + 1
  }

  // ---- Moving

  moveTo(place: Place, keepColumn = false): void {
    const line = Math.max(0, Math.min(place.line, this.lastLine))
    const text = this.text.line(line)
    this.file.cursor = { line, at: startAt(text, Math.max(0, Math.min(place.at, text.length))) }
    if (!keepColumn) this.file.want = this.column()
  }

  column(): number {
    return columnOf(this.line, this.cursor.at, this.display)
  }

  /** To another line, at the column wanted. */
  toLine(line: number): void {
    const to = Math.max(0, Math.min(line, this.lastLine))
    this.moveTo({ line: to, at: atColumn(this.text.line(to), this.file.want, this.display) }, true)
  }

  /** After a jump: the line in the middle, if it was not on the screen. */
  centerUnlessSeen(): void {
    const { file } = this
    if (file.cursor.line >= file.top && file.cursor.line < file.top + this.editRows) return
    file.top = Math.max(0, file.cursor.line - Math.floor(this.editRows / 2))
  }

  /** What is marked, its ends in order. */
  region(): { from: Place; to: Place } | undefined {
    const { mark, cursor } = this.file
    if (!mark) return undefined
    return compare(mark, cursor) <= 0 ? { from: mark, to: cursor } : { from: cursor, to: mark }
  }

  // ---- Changing

  /** Change the text in one step for undo; typing that goes on where it was stays in its step. */
  edit(kind: string, change: () => void): void {
    if (this.options.view) return this.say('Key is invalid in view mode', 'alert')
    const goesOn =
      kind === this.#kind &&
      /^(addition|deletion|cut)$/.test(kind) &&
      this.#editedAt !== undefined &&
      compare(this.#editedAt, this.cursor) === 0 &&
      (kind !== 'cut' || this.keepCut)
    if (!goesOn) {
      this.text.commit(this.cursor)
      this.text.begin(this.cursor, 0, kind)
    }
    change()
    this.#completeLastLine()
    this.#kind = kind
    this.#editedAt = this.cursor
    if (!/^(addition|deletion|cut)$/.test(kind)) this.endStep()
  }

  /** The text ends with an empty line unless the user wants none. */
  #completeLastLine(): void {
    if (!this.options.noNewlines && this.text.line(this.lastLine) !== '')
      this.text.splice(this.text.length, 0, [''])
  }

  /** What follows is a step of its own. */
  endStep(): void {
    this.text.commit(this.cursor)
    this.#kind = ''
  }

  undo(back: boolean): void {
    this.endStep()
    const step = back ? this.text.undo() : this.text.redo()
    if (!step) return this.say(back ? 'Nothing to undo' : 'Nothing to redo', 'alert')
    this.file.mark = undefined
    this.moveTo(back ? step.before : step.after)
    this.say(`${back ? 'Undid' : 'Redid'} ${step.kind}`)
  }

  // ---- Messages

  say(text: string, tone: Tone = 'info'): void {
    this.message = text
    this.tone = tone
    this.#age = 0
  }

  /** A message fades after twenty keystrokes. */
  keystroke(): void {
    if (++this.#age >= 20 && this.message) this.message = ''
  }

  draw: (prompt?: {
    text: string
    column: number
    keys: readonly (readonly [string, string])[]
    width?: number
  }) => Blocking<void> = function* () {}
}

/** A text as nano keeps it: an empty line at the end stands for the last line break. */
export function nanoLines(text: string): { lines: string[]; dos: boolean; count: number } {
  const dos = /\r\n/.test(text) && !/(^|[^\r])\n/.test(text)
  const lines = (dos ? text.replaceAll('\r\n', '\n') : text).split('\n')
  const complete = lines.at(-1) === ''
  const count = complete ? lines.length - 1 : lines.length
  if (!complete) lines.push('')
  return { lines, dos, count }
}

export const openFile = (name: string, lines: readonly string[], dos: boolean): OpenFile => ({
  name,
  text: new TextBuffer(lines),
  cursor: { line: 0, at: 0 },
  mark: undefined,
  top: 0,
  dos,
  want: 0,
})
