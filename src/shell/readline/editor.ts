/**
 * The line editor: keys from a terminal in raw mode lead to functions that change a line. Readline: readline.c, input.c.
 * The functions are in commands/, the keys that lead to them in default-keys.ts and inputrc files.
 */
import { FIONREAD, EINTR, POLLIN, type Blocking } from '../../abi/index.ts'
import { notifyJobs, updateWindowSize } from '../exec/jobs.ts'
import { reap } from '../exec/process.ts'
import { attend } from '../exec/run.ts'
import type { Shell } from '../shell.ts'
import { Buffer } from './buffer.ts'
import type { Matches } from './completion/attempt.ts'
import { Display } from './display.ts'
import { fetchLater, type Later } from '../late.ts'
import type { Binding, Keymap, KeymapName } from './keymap.ts'
import { textOf } from './keyseq.ts'
import { KillRing } from './kill-ring.ts'
import { HistoryWalk } from './history-walk.ts'
import type { Settings } from './settings.ts'
import { settingsOf } from './startup.ts'
import { RawTerminal, bindSpecial } from './terminal.ts'
import { ViState } from './vi-state.ts'

const BELL = '\x07'
const FLASH = '\x1b[?5h\x1b[?5l'
/** A macro that calls itself ends here. */
const MOST_NESTED = 16

/** What a function leads to: nothing more, or the line is finished. */
export type Outcome = undefined | 'accept' | 'eof'
/** A function of readline. `count` is the numeric argument, `key` what was typed last. */
export type Command = (ed: Editor, count: number, key: string) => Outcome | Blocking<Outcome>

/** Thrown out of whatever is reading keys: ^C, the terminal has gone, nobody typed for too long. */
const INTERRUPT = Object.freeze({ reading: 'interrupt' })
const END = Object.freeze({ reading: 'end' })
const TIMEOUT = Object.freeze({ reading: 'timeout' })

export type ReadLine = string | 'interrupt' | 'timeout' | undefined

export interface Asked {
  /** Seconds after which nobody is there. */
  readonly timeout?: number
  /** What the line begins with. */
  readonly text?: string
}

export class Editor {
  readonly sh: Shell
  readonly buffer = new Buffer()
  readonly kills = new KillRing()
  readonly vi = new ViState()
  readonly walk: HistoryWalk
  keymap: KeymapName = 'emacs'
  /** The functions run last and now, by name. */
  lastCommand = ''
  thisCommand = ''
  /** The numeric argument so far; whether digits were typed, and a minus. */
  argument = 1
  sign: -1 | 1 = 1
  isExplicit = false
  isOverwriting = false
  /** A part of the line to be highlighted until the next key. */
  region: readonly [number, number] | undefined
  /** Keyboard macros: the keys being recorded, and the last that were. */
  recording: string | undefined
  macro = ''
  /** What searches looked for last: incremental ones, those with a typed string, those with the line's beginning. */
  lastQuery = ''
  typedQuery = ''
  searchText = ''
  /** The word of the history that yank-last-arg inserted last. */
  lastWord: { index: number; which: number | '$'; direction: 1 | -1; isInserted: boolean } | undefined
  /** The matches that menu-complete goes through. */
  menu: { found: Matches; at: number; original: string } | undefined
  /** What the next line begins with. */
  preset = ''
  /** What is typed is no command line: words are names of files. */
  completesFiles = false
  /** Whether the last completion changed the line. */
  completionChanged = false
  readonly #terminal: RawTerminal
  #display = new Display(80)
  #prompt = ''
  #wholePrompt = ''
  #message: string | undefined
  /** Keys to be read before those of the terminal. */
  #queue = ''
  #nested = 0
  #out = ''
  #deadline: number | undefined
  #isReading = false
  #later: Later | undefined

  constructor(sh: Shell) {
    this.sh = sh
    this.#terminal = new RawTerminal(sh)
    this.walk = new HistoryWalk(this)
  }

  get settings(): Settings {
    return settingsOf(this.sh)
  }

  get columns(): number {
    return this.#display.columns
  }

  get rows(): number {
    return this.#terminal.rows()
  }

  /** Read one line. `interrupt` after ^C, undefined for ^D on an empty line or when the terminal has gone. */
  *readLine(prompt: string, asked: Asked = {}): Blocking<ReadLine> {
    const { sh } = this
    yield* this.#terminal.prepare()
    this.#reset(prompt, asked)
    if (this.settings.is('bind-tty-special-chars')) bindSpecial(this.settings, this.#terminal)
    const start = this.#pasteStart() + this.#display.start(this.#shownPrompt(prompt))
    const silent = this.#prompt.replace(/[\x01\x02]/g, '')
    yield* this.flush(start + (this.#terminal.echoes ? this.#show() : silent))
    let line: ReadLine
    this.#isReading = true
    try {
      line = yield* this.#edit()
    } catch (e) {
      if (e === INTERRUPT) {
        yield* this.flush(this.settings.is('echo-control-characters') ? '^C\n' : '\n')
        sh.interrupted = false
        line = 'interrupt'
      } else if (e === TIMEOUT) line = 'timeout'
      else if (e === END) line = undefined
      else {
        this.#isReading = false
        yield* this.#terminal.restore()
        throw e
      }
    }
    this.#isReading = false
    // Readline: rltty.c:rl_deprep_terminal(), with a newline at the end of the input.
    yield* this.flush(this.#pasteStart() ? `\x1b[?2004l\r${line === undefined ? '\n' : ''}` : '')
    yield* this.#terminal.restore()
    sh.resized = false
    return line
  }

  /** What makes a terminal mark pastes. */
  #pasteStart(): string {
    const term = this.sh.get('TERM')
    const knows = this.#terminal.isTerminal && term !== undefined && term !== 'dumb' && term !== ''
    return knows && !this.sh.isAsh && this.settings.is('enable-bracketed-paste') ? '\x1b[?2004h' : ''
  }

  #reset(prompt: string, asked: Asked): void {
    this.#wholePrompt = prompt
    this.#prompt = prompt.slice(prompt.lastIndexOf('\n') + 1)
    this.#message = undefined
    this.buffer.reset(asked.text ?? this.preset)
    this.preset = ''
    this.vi.reset()
    this.#display = new Display(this.#terminal.columns())
    this.#display.isHorizontal = this.settings.is('horizontal-scroll-mode')
    this.keymap = this.settings.isVi ? 'vi-insert' : 'emacs'
    this.lastCommand = ''
    this.region = undefined
    this.isOverwriting = false
    this.#deadline = asked.timeout ? this.sh.now() + asked.timeout : undefined
    this.discardArgument()
    this.walk.begin()
  }

  // What is shown

  /** The prompt's last line with what stands before it: the mode, the mark of a changed line. */
  #shownPrompt(prompt: string): string {
    const cut = prompt.lastIndexOf('\n') + 1
    return prompt.slice(0, cut) + this.#marks() + prompt.slice(cut)
  }

  #marks(): string {
    const { settings } = this
    const modified = settings.is('mark-modified-lines') && this.walk.isChanged ? '*' : ''
    if (!settings.is('show-mode-in-prompt')) return modified
    const which = this.keymap === 'vi-move' ? 'vi-cmd' : this.keymap === 'vi-insert' ? 'vi-ins' : 'emacs'
    const mode = settings.get(`${which}-mode-string`)
    return modified + mode.replace(/\\1/g, '\x01').replace(/\\2/g, '\x02').replace(/\\e/g, '\x1b')
  }

  #show(): string {
    if (!this.#terminal.echoes) return ''
    this.#display.setPrompt(this.#message ?? this.shownPrompt)
    const region = this.settings.is('enable-active-region') ? this.region : undefined
    return this.#display.update(this.buffer.text, this.buffer.point, region)
  }

  /** Show a text in the place of the prompt, as searches do. */
  message(text: string | undefined): void {
    this.#message = text
  }

  ding(): undefined {
    const style = this.settings.get('bell-style')
    this.#out += style === 'audible' ? BELL : style === 'visible' ? FLASH : ''
    return undefined
  }

  *flush(text: string): Blocking<void> {
    if (text) yield* this.sh.print(2, text)
  }

  *refresh(): Blocking<void> {
    const text = this.#out + this.#show()
    this.#out = ''
    yield* this.flush(text)
  }

  /** Leave the line as it stands and go below it, to print something else there. */
  *below(): Blocking<void> {
    const { point } = this.buffer
    this.buffer.point = this.buffer.end
    yield* this.flush(this.#out + this.#show() + this.#display.finish())
    this.#out = ''
    this.buffer.point = point
  }

  /** The prompt's last line, as it stands before the line. */
  get shownPrompt(): string {
    return this.#marks() + this.#prompt
  }

  /** Show the line anew where it stands. */
  redraw(): undefined {
    this.#out += this.#display.erase()
    return undefined
  }

  /** The prompt and the line anew, after something else was printed. */
  startOver(): undefined {
    this.#out += this.#display.start(this.#shownPrompt(this.#wholePrompt))
    return undefined
  }

  /** What makes the line disappear from the screen. */
  eraseLine(): string {
    return this.#display.erase()
  }

  clearScreen(scrollback: boolean): undefined {
    const erase = scrollback ? '\x1b[H\x1b[2J\x1b[3J' : '\x1b[H\x1b[2J'
    this.#out += erase + this.#display.start(this.#shownPrompt(this.#wholePrompt))
    return undefined
  }

  // Editing

  *#edit(): Blocking<string | undefined> {
    for (;;) {
      const key = yield* this.readKey()
      if (key === '\x04' && !this.buffer.end) return undefined
      const outcome = yield* this.dispatch(key)
      if (!this.#isContinued) this.discardArgument()
      this.lastCommand = this.thisCommand
      if (outcome === 'eof') return undefined
      if (outcome === 'accept') return yield* this.#accept()
      this.vi.settle(this)
    }
  }

  get #isContinued(): boolean {
    return this.thisCommand === 'vi-arg-digit'
  }

  *#accept(): Blocking<string> {
    this.message(undefined)
    this.region = undefined
    const { text } = this.buffer
    this.buffer.point = this.buffer.end
    if (this.#terminal.echoes) yield* this.flush(this.#out + this.#show() + this.#display.finish())
    this.#out = ''
    this.walk.finish()
    return text
  }

  discardArgument(): void {
    this.argument = 1
    this.sign = 1
    this.isExplicit = false
  }

  /** Look up the function that keys lead to, reading more of them as long as they may lead further, and run it. */
  *dispatch(first: string): Blocking<Outcome> {
    const keymap: Keymap = this.settings.keymaps[this.keymap]
    if (first === '0' && this.keymap === 'vi-move' && this.lastCommand === 'vi-arg-digit')
      return yield* this.run('vi-arg-digit', first)
    let keys = first
    while (keymap.isPrefix(keys)) {
      const mayEnd = keymap.get(keys) !== undefined || this.keymap === 'vi-move'
      if (mayEnd && ((this.vi.redoing && !this.#queue) || !(yield* this.inputComes()))) break
      keys += yield* this.readKey()
    }
    let binding = keymap.get(keys)
    if (!binding) {
      // What the first keys do by themselves, if anything; the rest is typed after that.
      let length = keys.length - 1
      while (length > 0 && !keymap.get(keys.slice(0, length))) length--
      // Escape in command mode is what vi's users press for good measure.
      if (length === 0) return this.keymap === 'vi-move' && keys === '\x1b' ? undefined : this.ding()
      this.unread(keys.slice(length))
      this.vi.untyped(keys.length - length)
      keys = keys.slice(0, length)
      binding = keymap.get(keys)!
    }
    return yield* this.#execute(binding, keys)
  }

  *#execute(binding: Binding, keys: string): Blocking<Outcome> {
    if (binding.kind === 'function') return yield* this.run(binding.text, keys)
    if (binding.kind === 'macro') {
      this.play(binding.text)
      return undefined
    }
    const functions = yield* this.#loaded()
    return functions ? yield* functions.runShellCommand(this, binding.text) : this.ding()
  }

  /** The functions, which may come with the first key. */
  *#loaded(): Blocking<Later | undefined> {
    this.#later ??= yield* fetchLater(this.sh.sys)
    return this.#later
  }

  /** Run a function by its name. */
  *run(name: string, keys: string): Blocking<Outcome> {
    const functions = yield* this.#loaded()
    const command = functions?.commandOf(name)
    if (!functions || !command) return this.ding()
    this.thisCommand = name
    this.region = undefined
    if (this.keymap === 'vi-move' && functions.isChange(name)) this.vi.record(name, keys, this.argument)
    const done = command(this, this.argument * this.sign, keys)
    return typeof done === 'object' ? yield* done : done
  }

  // Keys

  /** Let keys be typed before what comes from the terminal. */
  unread(keys: string): void {
    this.#queue = keys + this.#queue
  }

  play(macro: string): void {
    if (this.#nested++ > MOST_NESTED || this.#queue.length > 1e6) {
      this.#queue = ''
      this.ding()
    } else this.unread(macro)
  }

  get isPlaying(): boolean {
    return this.#queue !== ''
  }

  hasInput(): boolean {
    if (this.#queue) return true
    try {
      return this.sh.sys.ioctl(0, FIONREAD) > 0
    } catch {
      return false
    }
  }

  /** The next byte typed. While more is waiting, as in a paste, what is shown may wait too. */
  *readKey(): Blocking<string> {
    if (this.#queue) {
      const key = this.#queue[0]!
      this.#queue = this.#queue.slice(1)
      this.vi.typed(key)
      return key
    }
    this.#nested = 0
    this.vi.redoing = ''
    if (this.#isReading && !this.hasInput()) yield* this.refresh()
    for (;;) {
      const byte = yield* this.#readByte()
      if (byte === undefined) throw END
      if (byte === 'signal') {
        yield* this.#signal()
        continue
      }
      const key = String.fromCharCode(byte)
      if (this.recording !== undefined) this.recording += key
      this.vi.typed(key)
      return key
    }
  }

  /** The rest of a character whose first byte was typed. */
  *readCharacter(first: string): Blocking<string> {
    const code = first.charCodeAt(0)
    const length = code >= 0xf0 ? 4 : code >= 0xe0 ? 3 : code >= 0xc2 ? 2 : 1
    let bytes = first
    while (bytes.length < length) {
      const next = yield* this.readKey()
      if ((next.charCodeAt(0) & 0xc0) !== 0x80) {
        this.unread(next)
        break
      }
      bytes += next
    }
    return textOf(bytes)
  }

  *#readByte(): Blocking<number | 'signal' | undefined> {
    const { sh } = this
    if (sh.interrupted) throw INTERRUPT
    if (sh.resized || sh.pending.length || (sh.childChanged && sh.options.has('notify'))) return 'signal'
    try {
      if (this.#deadline !== undefined && !(yield* this.#waitUntil(this.#deadline))) throw TIMEOUT
      const bytes = yield* sh.sys.read(0, 1)
      return bytes.length ? bytes[0]! : undefined
    } catch (e) {
      if (e === TIMEOUT) throw e
      if (e !== EINTR) return undefined
      if (sh.interrupted) throw INTERRUPT
      return 'signal'
    }
  }

  *#waitUntil(deadline: number): Blocking<boolean> {
    const left = Math.ceil((deadline - this.sh.now()) * 1000)
    if (left <= 0) return this.hasInput()
    return !!(yield* this.sh.sys.poll([{ fd: 0, events: POLLIN }], left))[0]
  }

  /** Whether another key follows soon enough to belong to those before it. */
  *inputComes(): Blocking<boolean> {
    if (this.hasInput()) return true
    const { sys } = this.sh
    try {
      return !!(yield* sys.poll([{ fd: 0, events: POLLIN }], this.settings.number('keyseq-timeout')))[0]
    } catch {
      return false
    }
  }

  *#signal(): Blocking<void> {
    const { sh } = this
    if (sh.pending.length) {
      yield* attend(sh)
      yield* this.flush(this.#display.redraw(this.buffer.text, this.buffer.point))
    }
    if (sh.childChanged && sh.options.has('notify')) {
      sh.childChanged = false
      yield* reap(sh)
      yield* notifyJobs(sh)
    }
    if (!sh.resized) return
    sh.resized = false
    updateWindowSize(sh)
    const columns = this.#terminal.columns()
    if (columns !== this.#display.columns)
      yield* this.flush(this.#display.resize(columns, this.buffer.text, this.buffer.point))
  }

  /** Let something else have the terminal for a while, in the modes it had before. */
  *suspended<T>(work: () => Blocking<T>): Blocking<T> {
    const paste = this.#pasteStart()
    yield* this.flush(paste ? '\x1b[?2004l\r' : '')
    yield* this.#terminal.restore()
    this.#isReading = false
    const result = yield* work()
    this.#isReading = true
    yield* this.#terminal.prepare()
    yield* this.flush(paste)
    return result
  }
}
