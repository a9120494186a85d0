/**
 * more - display the contents of a file in a terminal
 * https://man7.org/linux/man-pages/man1/more.1.html
 *
 * Left out: underlining by backspaces, form feeds, $MORE.
 */
import { type Blocking, decode, Errno, isDir, O_RDWR, type Sys } from '../../abi/index.ts'
import { command, type Process, readAll } from '../lib/command.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { reversed, screenRows } from '../lib/pager.ts'
import { compileRegex, RegexError } from '../lib/regex.ts'
import { Screen } from '../lib/screen.ts'
import { outsideCommand } from '../lib/screen-shell.ts'

const FRAME = '::::::::::::::\n'
const RULE = '-'.repeat(79)
const KEYS = `Most commands optionally preceded by integer argument k.  Defaults in brackets.
Star (*) indicates argument becomes new default.
${RULE}
<space>                 Next screen, or k lines
z                       Next screen, or k lines*
<return>                Next line, or k lines*
d or ctrl-D             Scroll k lines [11]*
q or Q or <interrupt>   Leave more
s                       Skip k lines [1]
f                       Skip k screens [1]
b or ctrl-B             Back k screens [1]
'                       To where the last search began
=                       Line number
/<regular expression>   To the k-th occurrence [1]
n                       To the k-th occurrence of the last expression [1]
!<cmd> or :!<cmd>       Run <cmd> in the shell
v                       Edit the file at this line
ctrl-L                  Draw the screen again
:n                      To the k-th next file [1]
:p                      To the k-th previous file [1]
:f                      Name of the file and line number
.                       Repeat the last command
${RULE}
`

const OPTIONS = {
  silent: { short: 'd', help: 'display help instead of ringing bell' },
  logical: { short: 'f', help: 'count logical rather than screen lines' },
  noPause: { short: 'l', help: 'suppress pause after form feed' },
  printOver: { short: 'c', help: 'do not scroll, display text and clean line ends' },
  cleanPrint: { short: 'p', help: 'do not scroll, clean screen and display text' },
  exitOnEof: { short: 'e', help: 'exit on end-of-file' },
  squeeze: { short: 's', help: 'squeeze multiple blank lines into one' },
  plain: { short: 'u', help: 'suppress underlining and bold' },
  lines: {
    short: 'n',
    value: ' <number>',
    help: 'the number of lines per screenful',
  },
} as const

const HELP = `
Usage:
 %s [options] <file>...

A file perusal filter for CRT viewing.

Options:
${Object.entries(OPTIONS)
  .map(([key, { short, help, ...rest }]) => {
    const long = key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
    return ` -${short}, --${long}${'value' in rest ? rest.value : ''}`.padEnd(23) + help
  })
  .join('\n')}
 -<number>             same as --lines
 +<number>             display file beginning from line number
 +/<pattern>           display file beginning from pattern match

 -h, --help            display this help
 -V, --version         display version

For more details see more(1).
`

export default command({
  name: 'more',
  summary: 'display the contents of a file in a terminal',
  usage: 'more [options] <file>...',
  suite: 'util-linux',
  options: { ...OPTIONS, from: { short: '', long: 'from-line', value: '=N' } },
  help: HELP,
  obsolete: args =>
    args.map(arg =>
      /^-\d+$/.test(arg)
        ? `-n${arg.slice(1)}`
        : /^\+(\d+$|\/)/.test(arg)
          ? `--from-line=${arg.slice(1)}`
          : arg,
    ),

  *main(sys, flags, args, me) {
    if (!args.length && sys.isatty(0)) {
      yield* sys.write(2, `${me.name}: bad usage\nTry '${me.name} --help' for more information.\n`)
      return 1
    }
    const keyboard = me.out.isTty ? yield* openKeyboard(sys) : undefined
    const more = keyboard === undefined ? undefined : new More(sys, me, keyboard, flags)
    const names = args.length ? args : ['-']
    if (!more) {
      for (const name of names) yield* copy(sys, me, name, flags.squeeze ?? false)
      return 0
    }
    yield* more.run(names, flags.from)
    return 0
  },
})

function* openKeyboard(sys: Sys): Blocking<number | undefined> {
  try {
    return yield* sys.open('/dev/tty', O_RDWR)
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

/** The text of a file; undefined after a message if there is none. */
function* contents(sys: Sys, me: Process, name: string, squeeze: boolean): Blocking<string | undefined> {
  try {
    const fd = yield* openInput(sys, name)
    if (isDir(sys.fstat(fd))) {
      closeInput(sys, fd)
      yield* me.out.flush()
      yield* sys.write(2, `\n*** ${name}: directory ***\n\n`)
      return undefined
    }
    const text = decode(yield* readAll(sys, fd))
    closeInput(sys, fd)
    return squeeze ? text.replace(/\n{3,}/g, '\n\n') : text
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.out.flush()
    yield* sys.write(2, `${me.name}: cannot open ${name}: ${e.message}\n`)
    return undefined
  }
}

/** Without a terminal more is cat, with the names of files above them. */
function* copy(sys: Sys, me: Process, name: string, squeeze: boolean): Blocking<void> {
  const text = yield* contents(sys, me, name, squeeze)
  if (text === undefined) return
  if (name !== '-') me.out.print(`${FRAME}${name}\n${FRAME}`)
  me.out.print(text)
  yield* me.out.flush()
}

interface MoreFlags {
  readonly silent?: boolean | undefined
  readonly exitOnEof?: boolean | undefined
  readonly squeeze?: boolean | undefined
  readonly lines?: string | undefined
}

class More {
  readonly #sys: Sys
  readonly #me: Process
  readonly #flags: MoreFlags
  readonly #screen: Screen
  #names: readonly string[] = []
  #index = 0
  #rows: string[] = []
  #at = 0
  /** Rows of the name above the text. */
  #head = 0
  #size = 0
  #line = 1
  #scroll = 11
  #pattern: RegExp | undefined
  #before = 0
  #last = ' '
  #done = false
  #note = ''

  constructor(sys: Sys, me: Process, input: number, flags: MoreFlags) {
    this.#sys = sys
    this.#me = me
    this.#flags = flags
    this.#screen = new Screen(sys, { input, plain: true })
  }

  get #page(): number {
    return Number(this.#flags.lines) || Math.max(1, this.#screen.rows - 1)
  }

  *run(names: readonly string[], from: string | undefined): Blocking<void> {
    this.#names = names
    yield* this.#screen.open()
    try {
      if (!(yield* this.#enter(0, 1))) return
      if (from?.startsWith('/')) yield* this.#search(from.slice(1), 1)
      else if (from) this.#at = Math.min(Math.max(0, Number(from) - 1), this.#rows.length)
      yield* this.#show(this.#page)
      while (!this.#done) yield* this.#step()
      yield* this.#screen.write('\r\x1b[K')
    } finally {
      yield* this.#screen.close()
    }
  }

  /** Take the next file in this direction that can be read. */
  *#enter(index: number, step: 1 | -1): Blocking<boolean> {
    for (let i = index; i >= 0 && i < this.#names.length; i += step) {
      const name = this.#names[i]!
      const text = yield* contents(this.#sys, this.#me, name, this.#flags.squeeze ?? false)
      if (text === undefined) continue
      const head = this.#names.length > 1 ? [FRAME.trimEnd(), name, FRAME.trimEnd()] : []
      this.#index = i
      this.#head = head.length
      this.#size = text.length
      const lines = text === '' ? [] : (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
      this.#rows = [...head, ...lines].flatMap(it => screenRows(it, this.#screen.cols, false))
      this.#at = 0
      return true
    }
    return false
  }

  *#show(count: number): Blocking<void> {
    const rows = this.#rows.slice(this.#at, this.#at + count)
    this.#at += rows.length
    if (rows.length) yield* this.#screen.write(rows.map(it => `${it}\r\n`).join(''))
  }

  #prompt(): string {
    const name = this.#names[this.#index]
    const ended = this.#at >= this.#rows.length
    const next = this.#names[this.#index + 1]
    if (ended && next === undefined) return reversed('(END)')
    const bytes = this.#rows.slice(this.#head, this.#at).reduce((sum, it) => sum + it.length + 1, 0)
    const percent =
      name === '-' || !this.#size ? '' : `(${Math.min(100, Math.floor((bytes * 100) / this.#size))}%)`
    const help = this.#flags.silent ? "[Press space to continue, 'q' to quit.]" : ''
    const where = ended ? `(Next file: ${next})` : percent
    return reversed(`--More--${where}${this.#note || help}`)
  }

  *#step(): Blocking<void> {
    if (
      this.#at >= this.#rows.length &&
      this.#index === this.#names.length - 1 &&
      (this.#flags.exitOnEof || this.#at <= this.#page)
    ) {
      this.#done = true
      return
    }
    yield* this.#screen.write(`\r\x1b[K${this.#prompt()}`)
    this.#note = ''
    let digits = ''
    let key = yield* this.#screen.key()
    while (/^\d$/.test(key)) {
      digits += key
      key = yield* this.#screen.key()
    }
    if (key === '.') key = this.#last
    this.#last = key
    yield* this.#screen.write('\r\x1b[K')
    yield* this.#command(key, digits ? Number(digits) : undefined)
  }

  *#command(key: string, count: number | undefined): Blocking<void> {
    switch (key) {
      case '':
      case 'q':
      case 'Q':
      case '\x03':
      case '\x1c':
        this.#done = true
        return
      case ' ':
      case 'z':
        return yield* this.#forward(count ?? this.#page)
      case '\r':
      case '\n':
        if (count !== undefined) this.#line = count
        return yield* this.#forward(this.#line)
      case 'd':
      case '\x04':
        if (count !== undefined) this.#scroll = count
        return yield* this.#forward(this.#scroll)
      case 's':
      case 'f':
        return yield* this.#skip(key === 's' ? (count ?? 1) : (count ?? 1) * this.#page)
      case 'b':
      case '\x02':
        this.#at = Math.max(0, this.#at - this.#page * ((count ?? 1) + 1))
        return yield* this.#show(this.#page)
      case "'":
        this.#at = this.#before
        return yield* this.#show(this.#page)
      case '=':
        this.#note = ` ${this.#at}`
        return
      case '/':
      case 'n':
        return yield* this.#find(key, count ?? 1)
      case 'h':
      case '?':
        return yield* this.#screen.write(KEYS.replaceAll('\n', '\r\n'))
      case '\x0c':
        this.#at = Math.max(0, this.#at - this.#page)
        yield* this.#screen.write('\x1b[H\x1b[2J')
        return yield* this.#show(this.#page)
      case '!':
        return yield* this.#shell()
      case 'v':
        return yield* this.#edit()
      case ':':
        return yield* this.#colon(count ?? 1)
      case 'Resize':
        return
    }
    if (this.#flags.silent) this.#note = "[Press 'h' for instructions.]"
    else yield* this.#screen.write('\x07')
  }

  *#forward(count: number): Blocking<void> {
    if (this.#at < this.#rows.length) return yield* this.#show(count)
    if (this.#index + 1 < this.#names.length && (yield* this.#enter(this.#index + 1, 1)))
      yield* this.#show(this.#page)
  }

  *#skip(count: number): Blocking<void> {
    yield* this.#screen.write(`\r\n...skipping ${count} line${count === 1 ? '' : 's'}\r\n`)
    this.#at = Math.min(this.#rows.length, this.#at + count)
    yield* this.#show(this.#page)
  }

  *#find(key: string, count: number): Blocking<void> {
    if (key === 'n' && !this.#pattern) {
      this.#note = '[No previous regular expression]'
      return
    }
    const typed = key === '/' ? yield* this.#ask('/') : ''
    if (typed === undefined) return
    yield* this.#search(typed, count)
    yield* this.#show(this.#page)
  }

  *#search(typed: string, count: number): Blocking<void> {
    try {
      if (typed) this.#pattern = compileRegex(typed)
    } catch (e) {
      if (!(e instanceof RegexError)) throw e
      return yield* this.#screen.write(`${e.message}\r\n`)
    }
    this.#before = this.#at
    let left = count
    const found = this.#rows.findIndex((it, i) => i >= this.#at && this.#pattern?.test(it) && --left === 0)
    if (found < 0) yield* this.#screen.write('\r\nPattern not found\r\n')
    else {
      yield* this.#screen.write('\r\n...skipping\r\n')
      this.#at = Math.max(0, found - 2)
    }
  }

  /** A line typed behind a prompt. */
  *#ask(prompt: string): Blocking<string | undefined> {
    let text = ''
    for (;;) {
      yield* this.#screen.write(`\r\x1b[K${prompt}${text}`)
      const key = yield* this.#screen.key()
      if (key === '' || key === '\x03') return undefined
      if (key === '\r' || key === '\n') break
      if (key === '\x7f' || key === '\b') {
        if (!text) return undefined
        text = [...text].slice(0, -1).join('')
      } else if ([...key].length === 1 && key >= ' ') text += key
    }
    yield* this.#screen.write('\r\x1b[K')
    return text
  }

  *#shell(): Blocking<void> {
    const line = yield* this.#ask('!')
    if (line !== undefined)
      yield* this.#screen.lend(outsideCommand(this.#sys, this.#me, line, this.#screen, `!${line}\n`))
    yield* this.#screen.write('------------------------\r\n')
  }

  *#edit(): Blocking<void> {
    const name = this.#names[this.#index]!
    const editor = this.#me.env.get('VISUAL') || this.#me.env.get('EDITOR') || 'vi'
    if (name === '-') return
    const line = `${editor} +${Math.max(1, this.#at - this.#page + 1)} '${name.replaceAll("'", "'\\''")}'`
    yield* this.#screen.lend(outsideCommand(this.#sys, this.#me, line, this.#screen))
  }

  *#colon(count: number): Blocking<void> {
    yield* this.#screen.write(':')
    const key = yield* this.#screen.key()
    yield* this.#screen.write('\r\x1b[K')
    if (key === 'q' || key === 'Q') this.#done = true
    else if (key === '!') yield* this.#shell()
    else if (key === 'f') this.#note = ` "${this.#names[this.#index]}" line ${this.#at}`
    else if (key === 'n') {
      if (yield* this.#enter(Math.min(this.#index + count, this.#names.length), 1))
        yield* this.#show(this.#page)
      else this.#done = true
    } else if (key === 'p') {
      if (yield* this.#enter(Math.max(0, this.#index - count), -1)) yield* this.#show(this.#page)
    }
  }
}
