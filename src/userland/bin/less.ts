/**
 * less - opposite of more
 * https://www.greenwoodsoftware.com/less/
 *
 * Left out: marks, tags, filters, editing, key files; the whole input is read before anything is shown.
 */
import { type Blocking, decode, Errno, isDir, SIGWINCH, type Sys } from '../../abi/index.ts'
import { command, type Flags, readAll, writeAll } from '../lib/command.ts'
import { closeInput, openInput } from '../lib/input.ts'
import {
  askLine,
  closeKeyboard,
  type Keyboard,
  openKeyboard,
  readKey,
  reversed,
  screenRows,
} from '../lib/pager.ts'
import { compileRegex, RegexError } from '../lib/regex.ts'

const OPTIONS = {
  quitAtEof: { short: 'e', long: 'quit-at-eof' },
  quitIfOneScreen: { short: 'F', long: 'quit-if-one-screen' },
  ignoreCase: { short: 'iI', long: 'ignore-case' },
  lineNumbers: { short: 'N', long: 'LINE-NUMBERS' },
  rawControlChars: { short: 'rR', long: 'RAW-CONTROL-CHARS' },
  squeeze: { short: 's', long: 'squeeze-blank-lines' },
  chop: { short: 'S', long: 'chop-long-lines' },
  noInit: { short: 'X', long: 'no-init' },
  quiet: { short: 'q' },
  other: { short: 'mMgGfnwKE' },
  prompt: { short: 'P', long: 'prompt', value: '=prompt' },
  pattern: { short: 'p', long: 'pattern', value: '=pattern' },
} as const

const HELP_TEXT = `  q  quit            SPACE f  next screen      b  previous screen
  j  down            k        up                d  u  half a screen
  g  first line      G        last line         N g  line N
  /pattern  search   ?pattern  search back      n  N  again, backwards
  h  this help
`

export default command({
  name: 'less',
  summary: 'opposite of more',
  usage: 'less [options] [file]...',
  suite: 'other',
  options: OPTIONS,
  version: 'less 590 (GNU regular expressions)\n',
  obsolete: args => args.filter(arg => !/^\+(G|g|\d+|F)?$/.test(arg)),

  *main(sys, flags, args, me) {
    if (!args.length && sys.isatty(0)) {
      yield* sys.write(2, 'Missing filename ("less --help" for help)\n')
      return 1
    }
    const texts: { name: string; text: string }[] = []
    let status = 0
    for (const name of args.length ? args : ['-']) {
      try {
        const fd = yield* openInput(sys, name)
        if (isDir(sys.fstat(fd))) {
          yield* sys.write(2, `${name} is a directory\n`)
          status = 1
        } else texts.push({ name, text: decode(yield* readAll(sys, fd)) })
        closeInput(sys, fd)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* sys.write(2, `${name}: ${e.message}\n`)
        status = 1
      }
    }
    const keyboard = me.out.isTty ? yield* openKeyboard(sys) : undefined
    if (!keyboard || !texts.length) {
      for (const { text } of texts) me.out.print(text)
      if (keyboard) yield* closeKeyboard(sys, keyboard)
      return status
    }
    const less = new Less(sys, flags, keyboard)
    const options = me.env.get('LESS') ?? ''
    const oneScreen = Boolean(flags.quitIfOneScreen) || /-?\w*F/.test(options)
    yield* less.run(texts, oneScreen)
    yield* closeKeyboard(sys, keyboard)
    return status
  },
})

class Less {
  readonly #sys: Sys
  readonly #flags: Flags<typeof OPTIONS>
  readonly #keyboard: Keyboard
  #lines: readonly string[] = []
  #top = 0
  #rows = 24
  #cols = 80
  #pattern: RegExp | undefined
  #backwards = false
  #message = ''
  #count = ''
  #ended = false

  constructor(sys: Sys, flags: Flags<typeof OPTIONS>, keyboard: Keyboard) {
    this.#sys = sys
    this.#flags = flags
    this.#keyboard = keyboard
  }

  *run(texts: readonly { name: string; text: string }[], oneScreen: boolean): Blocking<void> {
    this.#sys.sigaction(SIGWINCH, () => {}, 0)
    this.#measure()
    const first = texts[0]!
    this.#load(first.text)
    if (oneScreen && texts.length === 1 && this.#height(0, this.#lines.length) < this.#rows) {
      yield* writeAll(this.#sys, 1, first.text)
      return
    }
    if (!this.#flags.noInit) yield* writeAll(this.#sys, 1, '\x1b[?1049h\x1b[22;0;0t\x1b[?1h\x1b=\r')
    for (const [i, { name, text }] of texts.entries()) {
      this.#load(text)
      this.#message =
        name === '-' ? '' : texts.length > 1 ? `${name} (file ${i + 1} of ${texts.length})` : name
      if (yield* this.#page()) break
    }
    yield* writeAll(
      this.#sys,
      1,
      this.#flags.noInit ? '\r\x1b[K' : '\r\x1b[K\x1b[?1l\x1b>\x1b[?1049l\x1b[23;0;0t',
    )
  }

  #measure(): void {
    const size = this.#sys.tiocgwinsz(1)
    this.#rows = size.rows || 24
    this.#cols = size.cols || 80
  }

  #load(text: string): void {
    const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
    this.#lines = this.#flags.squeeze ? lines.filter((it, i) => it || lines[i - 1]) : lines
    this.#top = 0
  }

  #rowsOf(index: number): string[] {
    const number = this.#flags.lineNumbers ? `${String(index + 1).padStart(7)} ` : ''
    let line = this.#lines[index]!
    if (this.#pattern) line = line.replace(this.#pattern, found => (found ? reversed(found) : found))
    return screenRows(number + line, this.#cols, Boolean(this.#flags.chop))
  }

  /** Screen rows of a run of lines, as far as a screen goes. */
  #height(from: number, to: number): number {
    let height = 0
    for (let i = from; i < to && height < this.#rows; i++) height += this.#rowsOf(i).length
    return height
  }

  /** The last line that may stand at the top. */
  #last(): number {
    let height = 0
    for (let i = this.#lines.length - 1; i >= 0; i--) {
      height += this.#rowsOf(i).length
      if (height >= this.#rows - 1)
        return height > this.#rows - 1 ? Math.min(i + 1, this.#lines.length - 1) : i
    }
    return 0
  }

  *#draw(): Blocking<void> {
    this.#top = Math.max(0, Math.min(this.#top, this.#last()))
    const rows: string[] = []
    let index = this.#top
    for (; index < this.#lines.length && rows.length < this.#rows - 1; index++)
      rows.push(...this.#rowsOf(index))
    const ended = index >= this.#lines.length && rows.length <= this.#rows - 1
    const shown = rows.slice(0, this.#rows - 1)
    while (shown.length < this.#rows - 1) shown.push('~')
    const prompt = this.#message
      ? reversed(this.#message)
      : ended
        ? reversed('(END)')
        : this.#count
          ? `:${this.#count}`
          : ':'
    this.#message = ''
    yield* writeAll(this.#sys, 1, `\x1b[H${shown.map(it => `${it}\x1b[m\x1b[K\r\n`).join('')}${prompt}\x1b[K`)
    this.#ended = ended
  }

  /** Show the text until the user is done with it; whether all is to end. */
  *#page(): Blocking<boolean> {
    for (;;) {
      yield* this.#draw()
      const key = yield* readKey(this.#sys, this.#keyboard.fd)
      if (key === '') return true
      if (/^\d$/.test(key)) {
        this.#count += key
        continue
      }
      const count = this.#count ? Number(this.#count) : 0
      this.#count = ''
      const page = this.#rows - 1
      switch (key) {
        case 'q':
        case 'Q':
        case ':q':
        case 'ZZ':
        case '\x03':
          return true
        case 'resize':
          this.#measure()
          break
        case ' ':
        case 'f':
        case '\x06':
        case '\x16':
        case '\x1b[6~':
          if (this.#ended && this.#flags.quitAtEof) return false
          this.#top += count || page
          break
        case 'b':
        case '\x02':
        case '\x1b[5~':
          this.#top -= count || page
          break
        case 'j':
        case 'e':
        case '\r':
        case '\n':
        case '\x0e':
        case '\x1b[B':
        case '\x1bOB':
          if (this.#ended && this.#flags.quitAtEof) return false
          this.#top += count || 1
          break
        case 'k':
        case 'y':
        case '\x10':
        case '\x1b[A':
        case '\x1bOA':
          this.#top -= count || 1
          break
        case 'd':
        case '\x04':
          this.#top += count || Math.floor(page / 2)
          break
        case 'u':
        case '\x15':
          this.#top -= count || Math.floor(page / 2)
          break
        case 'g':
        case '<':
        case '\x1b[H':
        case '\x1bOH':
        case '\x1b[1~':
          this.#top = count ? count - 1 : 0
          break
        case 'G':
        case '>':
        case '\x1b[F':
        case '\x1bOF':
        case '\x1b[4~':
          this.#top = count ? count - 1 : this.#lines.length
          break
        case '/':
        case '?':
          yield* this.#search(key)
          break
        case 'n':
        case 'N':
          this.#find(this.#backwards !== (key === 'N'))
          break
        case 'h':
        case 'H':
          yield* writeAll(
            this.#sys,
            1,
            `\x1b[H\x1b[J${HELP_TEXT.replaceAll('\n', '\r\n')}${reversed('Press a key')}`,
          )
          yield* readKey(this.#sys, this.#keyboard.fd)
          break
        case '=':
          this.#message = `lines ${this.#top + 1}-${Math.min(this.#lines.length, this.#top + page)}/${this.#lines.length}`
          break
        default:
          yield* writeAll(this.#sys, 1, '\x07')
      }
    }
  }

  *#search(key: '/' | '?'): Blocking<void> {
    const text = yield* askLine(this.#sys, this.#keyboard.fd, key)
    if (text === undefined) return
    this.#backwards = key === '?'
    if (text)
      try {
        const options = { extended: true, ignoreCase: Boolean(this.#flags.ignoreCase), flags: 'g' }
        this.#pattern = compileRegex(text, options)
      } catch (e) {
        if (!(e instanceof RegexError)) throw e
        this.#message = e.message
        return
      }
    this.#find(this.#backwards)
  }

  #find(backwards: boolean): void {
    if (!this.#pattern) {
      this.#message = 'No previous regular expression'
      return
    }
    const step = backwards ? -1 : 1
    for (let i = this.#top + step; i >= 0 && i < this.#lines.length; i += step) {
      this.#pattern.lastIndex = 0
      if (!this.#pattern.test(this.#lines[i]!)) continue
      this.#top = i
      return
    }
    this.#message = 'Pattern not found  (press RETURN)'
  }
}
