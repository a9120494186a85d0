/**
 * sed - stream editor for filtering and transforming text
 * https://www.gnu.org/software/sed/manual/sed.html
 *
 * Left out: --debug, --follow-symlinks (accepted, without effect).
 */
import {
  type Blocking,
  decode,
  Errno,
  isReg,
  O_APPEND,
  O_CREAT,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
  type Sys,
} from '../../abi/index.ts'
import {
  command,
  execvp,
  fatal,
  type Flags,
  fork,
  Output,
  type Process,
  readAll,
  readFile,
  stdout,
} from '../lib/command.ts'
import { Lines } from '../lib/lines.ts'
import { basename, dirname, joinPath, statOf } from '../lib/path.ts'
import { escapeC } from '../lib/quote.ts'
import { type Address, type Command, type Piece, parseScript, type Script } from '../lib/sed-script.ts'

const HELP = `Usage: %s [OPTION]... {script-only-if-no-other-script} [input-file]...

  -n, --quiet, --silent
                 suppress automatic printing of pattern space
      --debug
                 annotate program execution
  -e script, --expression=script
                 add the script to the commands to be executed
  -f script-file, --file=script-file
                 add the contents of script-file to the commands to be executed
  --follow-symlinks
                 follow symlinks when processing in place
  -i[SUFFIX], --in-place[=SUFFIX]
                 edit files in place (makes backup if SUFFIX supplied)
  -l N, --line-length=N
                 specify the desired line-wrap length for the \`l' command
  --posix
                 disable all GNU extensions.
  -E, -r, --regexp-extended
                 use extended regular expressions in the script
                 (for portability use POSIX -E).
  -s, --separate
                 consider files as separate rather than as a single,
                 continuous long stream.
      --sandbox
                 operate in sandbox mode (disable e/r/w commands).
  -u, --unbuffered
                 load minimal amounts of data from the input files and flush
                 the output buffers more often
  -z, --null-data
                 separate lines by NUL characters
      --help     display this help and exit
      --version  output version information and exit

If no -e, --expression, -f, or --file option is given, then the first
non-option argument is taken as the sed script to interpret.  All
remaining arguments are names of input files; if no input files are
specified, then the standard input is read.

GNU sed home page: <https://www.gnu.org/software/sed/>.
General help using GNU software: <https://www.gnu.org/gethelp/>.
`

const OPTIONS = {
  quiet: { short: 'n', also: ['silent'] },
  debug: {},
  expression: { short: 'e', value: '=script', repeat: true },
  file: { short: 'f', value: '=script-file', repeat: true },
  followSymlinks: {},
  inPlace: { short: 'i', value: '[=SUFFIX]' },
  lineLength: { short: 'l', value: '=N' },
  posix: {},
  regexpExtended: { short: 'Er' },
  separate: { short: 's' },
  sandbox: {},
  unbuffered: { short: 'u' },
  nullData: { short: 'z' },
} as const

export default command({
  name: 'sed',
  summary: 'stream editor',
  usage: 'sed [OPTION]... {script-only-if-no-other-script} [input-file]...',
  suite: 'sed',
  help: HELP,
  wrongUsage: HELP.replaceAll('%s', 'sed'),
  options: OPTIONS,

  *main(sys, flags, args, me) {
    const sources: { text: string; name: (at: number) => string }[] = []
    for (const { key, value } of me.order) {
      const number = sources.length + 1
      if (key === 'expression')
        sources.push({ text: value, name: at => `-e expression #${number}, char ${at}` })
      else if (key === 'file') {
        let text: string
        try {
          text = value === '-' ? decode(yield* readAll(sys, 0)) : yield* readFile(sys, value)
        } catch (e) {
          throw fatal(`couldn't open file ${value}`, e)
        }
        if (text.startsWith('#!') && !sources.length) text = text.replace(/^#![^\n]*/, '#')
        sources.push({
          text: text.replace(/\n$/, ''),
          name: at => `file ${value} line ${text.slice(0, at).split('\n').length}`,
        })
      }
    }
    if (!sources.length) {
      const script = args.shift()
      if (script === undefined) {
        yield* sys.write(2, HELP.replaceAll('%s', me.name))
        return 1
      }
      sources.push({ text: script, name: at => `-e expression #1, char ${at}` })
    }
    const script = parseScript(sources, {
      extended: Boolean(flags.regexpExtended),
      posix: Boolean(flags.posix),
      nullData: Boolean(flags.nullData),
    })
    if (flags.sandbox && script.commands.some(it => 'erRwW'.includes(it.name) || it.file || it.evaluate))
      throw fatal('-e expression #1, char 0: e/r/w commands disabled in sandbox mode')
    return yield* new Sed(sys, me, flags, script, args).run()
  },
})

/** A running script. */
class Sed {
  readonly #sys: Sys
  readonly #me: Process<keyof typeof OPTIONS>
  readonly #flags: Flags<typeof OPTIONS>
  readonly #commands: readonly Command[]
  readonly #quiet: boolean
  readonly #end: string
  readonly #separate: boolean
  readonly #files: string[]
  readonly #outputs = new Map<string, Output>()
  readonly #readers = new Map<string, Lines | undefined>()
  #out: Output
  #space = ''
  #hold = ''
  #line = 0
  #status = 0
  #replaced = false
  #lastRegex: RegExp | undefined
  /** What a, r and R want printed at the end of the cycle. */
  #appended: ({ text: string } | { file: string } | { line: string })[] = []
  /** Input: the file being read, its line read ahead, and whether the line in hand ended with a newline. */
  #lines: Lines | undefined
  #fd = -1
  #name = '-'
  #ahead: string | undefined
  #aheadComplete = true
  #complete = true
  #fresh = true
  /** The file being edited in place. */
  #editing: { path: string; temporary: string; mode: number } | undefined
  #missingNewline = false
  #work = 0

  constructor(
    sys: Sys,
    me: Process<keyof typeof OPTIONS>,
    flags: Flags<typeof OPTIONS>,
    script: Script,
    files: readonly string[],
  ) {
    this.#sys = sys
    this.#me = me
    this.#flags = flags
    this.#commands = script.commands
    this.#quiet = Boolean(flags.quiet) || script.quiet
    this.#end = flags.nullData ? '\0' : '\n'
    this.#separate = Boolean(flags.separate) || flags.inPlace !== undefined
    this.#files = files.length ? [...files] : ['-']
    this.#out = stdout(sys)
    if (flags.inPlace !== undefined && !files.length) throw fatal('no input files', undefined, 1)
  }

  /** `0r file`: what is printed before the first line. */
  *#preface(): Blocking<void> {
    for (const it of this.#commands)
      if (it.name === 'r' && it.from?.kind === 'line' && it.from.line === 0)
        this.#appended.push({ file: it.text })
    yield* this.#endCycle(true)
  }

  *run(): Blocking<number> {
    for (const it of this.#commands) {
      if (it.name === 'w' || it.name === 'W') yield* this.#openOutput(it.text)
      if (it.file) yield* this.#openOutput(it.file)
    }
    for (;;) {
      const next = yield* this.#nextLine()
      if (next === undefined) break
      if (this.#line === 1) yield* this.#preface()
      this.#space = next
      const verdict = yield* this.#cycles()
      if (verdict === 'quit') {
        yield* this.#finishFile(true)
        break
      }
    }
    yield* this.#finishFile(false)
    for (const it of this.#outputs.values()) yield* it.flush()
    return this.#status
  }

  // ---- Input

  /** Make sure the next line is read ahead, opening files as needed; whether there is one (in this file). */
  *#peek(across: boolean): Blocking<boolean> {
    for (;;) {
      if (this.#ahead !== undefined) return true
      if (this.#lines) {
        const line = yield* this.#lines.next()
        if (line !== undefined) {
          this.#ahead = line
          this.#aheadComplete = this.#lines.complete
          return true
        }
        if (!across) return false
        yield* this.#finishFile(false)
      }
      if (!across && !this.#fresh) return false
      if (!(yield* this.#openNext())) return false
    }
  }

  *#openNext(): Blocking<boolean> {
    const { inPlace } = this.#flags
    for (let name = this.#files.shift(); name !== undefined; name = this.#files.shift()) {
      try {
        if (inPlace !== undefined) {
          const stat = this.#sys.stat(name)
          if (!isReg(stat)) {
            yield* this.#me.warn(`couldn't edit ${name}: not a regular file`)
            this.#status = 4
            continue
          }
        }
        this.#fd = name === '-' && inPlace === undefined ? 0 : yield* this.#sys.open(name, O_RDONLY)
        this.#name = name
        this.#lines = new Lines(this.#sys, this.#fd, this.#flags.nullData ? 0 : 10)
        if (statOf(this.#sys, name) && (this.#sys.fstat(this.#fd).mode & 0o170000) === 0o040000) {
          throw fatal(`read error on ${name}: Is a directory`, undefined, 4)
        }
        if (inPlace !== undefined) yield* this.#startEditing(name)
        if (this.#separate) this.#line = inPlace !== undefined || this.#flags.separate ? 0 : this.#line
        return true
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* this.#me.warn(`can't read ${name}`, e)
        this.#status = 2
      }
    }
    return false
  }

  #close(): void {
    if (this.#fd > 0) this.#sys.close(this.#fd)
    this.#fd = -1
    this.#lines = undefined
  }

  *#startEditing(path: string): Blocking<void> {
    const letters = [...this.#sys.getrandom(6)]
      .map(byte => 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'[byte % 62])
      .join('')
    const temporary = joinPath(dirname(path), `sed${letters}`)
    try {
      const fd = yield* this.#sys.open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      this.#out = new Output(this.#sys, fd)
    } catch (e) {
      throw fatal(`couldn't open temporary file ${temporary}`, e, 4)
    }
    this.#editing = { path, temporary, mode: this.#sys.fstat(this.#fd).mode & 0o7777 }
  }

  /** The current file is done; an edited one takes the place of the old. `rest`: copy what was not read. */
  *#finishFile(rest: boolean): Blocking<void> {
    const { inPlace } = this.#flags
    if (this.#editing && inPlace !== undefined) {
      if (rest) {
        if (this.#ahead !== undefined) this.#print(this.#ahead, this.#aheadComplete)
        this.#ahead = undefined
        for (let line = yield* this.#lines!.next(); line !== undefined; line = yield* this.#lines!.next())
          this.#print(line, this.#lines!.complete)
      }
      const { path, temporary, mode } = this.#editing
      yield* this.#out.flush()
      const stat = this.#sys.stat(path)
      try {
        this.#sys.fchown(this.#out.fd, stat.uid, stat.gid)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
      }
      this.#sys.fchmod(this.#out.fd, mode)
      this.#sys.close(this.#out.fd)
      if (inPlace) {
        const backup = inPlace.includes('*')
          ? inPlace.replaceAll('*', basename(path))
          : basename(path) + inPlace
        this.#sys.rename(path, backup.includes('/') ? backup : joinPath(dirname(path), backup))
      }
      this.#sys.rename(temporary, path)
      this.#editing = undefined
      this.#out = stdout(this.#sys)
    }
    if (inPlace !== undefined) this.#missingNewline = false
    this.#close()
  }

  /** The next line of input as the pattern space; undefined at the end. */
  *#nextLine(): Blocking<string | undefined> {
    if (!(yield* this.#peek(true))) return undefined
    this.#fresh = false
    const line = this.#ahead!
    this.#complete = this.#aheadComplete
    this.#ahead = undefined
    this.#line++
    if (this.#line % 256 === 0) yield* this.#sys.burn(256 * 300)
    return line
  }

  *#isLast(): Blocking<boolean> {
    if (this.#ahead !== undefined) return false
    if (this.#separate) return !(yield* this.#peek(false))
    // Whether a later file has a line can be known only by opening it.
    return !(yield* this.#peek(true))
  }

  // ---- Output

  #print(text: string, complete = true, out = this.#out): void {
    if (out === this.#out && this.#missingNewline) {
      out.print(this.#end)
      this.#missingNewline = false
    }
    out.print(complete ? text + this.#end : text)
    if (!complete && out === this.#out) this.#missingNewline = true
  }

  *#openOutput(path: string): Blocking<void> {
    if (this.#outputs.has(path) || path === '/dev/stdout' || path === '/dev/stderr') return
    try {
      const fd = yield* this.#sys.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o666)
      this.#outputs.set(path, new Output(this.#sys, fd))
    } catch (e) {
      throw fatal(`couldn't open file ${path}`, e, 4)
    }
  }

  *#writeTo(path: string, text: string): Blocking<void> {
    if (path === '/dev/stdout') return this.#print(text, this.#complete)
    if (path === '/dev/stderr') {
      yield* this.#sys.write(2, text + this.#end)
      return
    }
    const out = this.#outputs.get(path)!
    out.print(this.#complete ? text + this.#end : text)
    yield* out.flush()
  }

  /** End of a cycle: print the pattern space and what was appended. */
  *#endCycle(silent: boolean): Blocking<void> {
    if (!silent && !this.#quiet) this.#print(this.#space, this.#complete)
    const appended = this.#appended
    this.#appended = []
    for (const it of appended) {
      if ('text' in it) {
        if (this.#missingNewline) this.#out.print('\n')
        this.#missingNewline = false
        this.#out.print(it.text)
      } else if ('line' in it) this.#print(it.line)
      else {
        try {
          const text =
            it.file === '/dev/stdin'
              ? decode(yield* readAll(this.#sys, 0))
              : yield* readFile(this.#sys, it.file)
          if (this.#missingNewline && text) this.#out.print('\n')
          if (text) this.#missingNewline = false
          this.#out.print(text)
        } catch (e) {
          if (!(e instanceof Errno)) throw e
        }
      }
    }
    if (this.#out.full || this.#flags.unbuffered) yield* this.#out.flush()
  }

  // ---- Execution

  /** Run the script on the pattern space; D may run it again without a new line. */
  *#cycles(): Blocking<'next' | 'quit'> {
    for (;;) {
      const verdict = yield* this.#cycle()
      if (verdict !== 'again') return verdict
    }
  }

  *#cycle(): Blocking<'next' | 'quit' | 'again'> {
    const commands = this.#commands
    this.#replaced = false
    for (let pc = 0; pc < commands.length; pc++) {
      const it = commands[pc]!
      // A script may branch without end.
      if (++this.#work % 512 === 0) yield* this.#sys.burn(512 * 100)
      if (it.from && (yield* this.#selected(it)) === it.negated) {
        if (it.name === '{') pc = it.target
        continue
      }
      if (!it.from && it.negated) {
        if (it.name === '{') pc = it.target
        continue
      }
      switch (it.name) {
        case '{':
        case '}':
        case ':':
        case 'v':
          break
        case '=':
          this.#print(String(this.#line))
          break
        case 'a':
          this.#appended.push({ text: it.text })
          break
        case 'i':
          if (this.#missingNewline) this.#out.print('\n')
          this.#missingNewline = false
          this.#out.print(it.text)
          break
        case 'c': {
          const whole = !it.to || it.negated || !it.active
          if (whole) this.#out.print(it.text)
          yield* this.#endCycle(true)
          return 'next'
        }
        case 'b':
          pc = it.target - 1
          break
        case 't':
          if (this.#replaced) {
            this.#replaced = false
            pc = it.target - 1
          }
          break
        case 'T':
          if (this.#replaced) this.#replaced = false
          else pc = it.target - 1
          break
        case 'd':
          yield* this.#endCycle(true)
          return 'next'
        case 'D': {
          const newline = this.#space.indexOf(this.#end)
          yield* this.#endCycle(true)
          if (newline < 0) return 'next'
          this.#space = this.#space.slice(newline + 1)
          return 'again'
        }
        case 'e':
          yield* this.#execute(it.text)
          break
        case 'F':
          this.#print(this.#name)
          break
        case 'g':
          this.#space = this.#hold
          break
        case 'G':
          this.#space += this.#end + this.#hold
          break
        case 'h':
          this.#hold = this.#space
          break
        case 'H':
          this.#hold += this.#end + this.#space
          break
        case 'x':
          ;[this.#space, this.#hold] = [this.#hold, this.#space]
          break
        case 'l':
          this.#list(
            it.number ?? (this.#flags.lineLength === undefined ? 70 : Number(this.#flags.lineLength)),
          )
          break
        case 'n': {
          if (yield* this.#isLast()) {
            if (!this.#me.env.has('POSIXLY_CORRECT')) yield* this.#endCycle(false)
            return 'quit'
          }
          yield* this.#endCycle(false)
          this.#space = (yield* this.#nextLine())!
          break
        }
        case 'N': {
          if (yield* this.#isLast()) {
            yield* this.#endCycle(false)
            return 'quit'
          }
          const before = this.#space
          yield* this.#endCycle(true)
          this.#space = `${before}${this.#end}${(yield* this.#nextLine())!}`
          break
        }
        case 'p':
          this.#print(this.#space, this.#complete)
          break
        case 'P': {
          const newline = this.#space.indexOf(this.#end)
          this.#print(newline < 0 ? this.#space : this.#space.slice(0, newline))
          break
        }
        case 'q':
          this.#status = it.number ?? 0
          yield* this.#endCycle(false)
          return 'quit'
        case 'Q':
          this.#status = it.number ?? 0
          return 'quit'
        case 'r':
          this.#appended.push({ file: it.text })
          break
        case 'R': {
          const line = yield* this.#readLine(it.text)
          if (line !== undefined) this.#appended.push({ line })
          break
        }
        case 's':
          yield* this.#substitute(it)
          break
        case 'w':
          yield* this.#writeTo(it.text, this.#space)
          break
        case 'W': {
          const newline = this.#space.indexOf(this.#end)
          yield* this.#writeTo(it.text, newline < 0 ? this.#space : this.#space.slice(0, newline))
          break
        }
        case 'y':
          this.#space = [...this.#space].map(char => it.map!.get(char) ?? char).join('')
          break
        case 'z':
          this.#space = ''
          break
      }
    }
    yield* this.#endCycle(false)
    return 'next'
  }

  *#readLine(path: string): Blocking<string | undefined> {
    if (!this.#readers.has(path)) {
      try {
        this.#readers.set(path, new Lines(this.#sys, yield* this.#sys.open(path, O_RDONLY)))
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        this.#readers.set(path, undefined)
      }
    }
    return yield* this.#readers.get(path)?.next() ?? none()
  }

  *#matches(address: Address): Blocking<boolean> {
    switch (address.kind) {
      case 'line':
        return this.#line === address.line
      case 'last':
        return yield* this.#isLast()
      case 'step':
        return address.step > 0
          ? this.#line >= address.first && (this.#line - address.first) % address.step === 0
          : this.#line === address.first
      case 'regex':
        return this.#test(address.regex)
      default:
        return false
    }
  }

  #test(regex: RegExp | undefined): boolean {
    const it = this.#regexOr(regex)
    it.lastIndex = 0
    return it.test(this.#space)
  }

  /** The regular expression, or the last one used for an empty one. */
  #regexOr(regex: RegExp | undefined): RegExp {
    if (regex) this.#lastRegex = regex
    if (!this.#lastRegex) throw fatal('-e expression #1, char 0: no previous regular expression')
    return this.#lastRegex
  }

  /** Whether the addresses of a command select this line. */
  *#selected(it: Command): Blocking<boolean> {
    const { from, to } = it
    if (!from) return true
    if (!to) return yield* this.#matches(from)
    if (it.active) {
      if (to.kind === 'line' || to.kind === 'plus' || to.kind === 'multiple') {
        if (this.#line >= it.end) it.active = false
        // A range that lies behind selects nothing, unless it just ends.
        return this.#line <= it.end
      }
      if (yield* this.#matches(to)) it.active = false
      return true
    }
    const zero = from.kind === 'line' && from.line === 0
    if (zero && this.#line === 1 && it.end === 0) {
      it.end = 1
      it.active = !(yield* this.#matches(to))
      return true
    }
    if (zero) return false
    if (from.kind === 'line') {
      // Even if the line itself was never seen by this command, what lies behind it is inside.
      if (it.closed || this.#line < from.line) return false
      it.closed = true
      if (to.kind === 'line' && this.#line > to.line) return true
    } else if (!(yield* this.#matches(from))) return false
    if (to.kind === 'line') it.end = to.line
    else if (to.kind === 'plus') it.end = this.#line + to.count
    else if (to.kind === 'multiple') it.end = to.of > 0 ? Math.ceil(this.#line / to.of) * to.of : this.#line
    const ends = to.kind === 'line' || to.kind === 'plus' || to.kind === 'multiple'
    it.active = ends ? it.end > this.#line : to.kind !== 'last' || !(yield* this.#isLast())
    return true
  }

  *#substitute(it: Command): Blocking<void> {
    const regex = this.#regexOr(it.regex)
    regex.lastIndex = 0
    const text = this.#space
    let result = ''
    let from = 0
    let count = 0
    let done = false
    for (let match = regex.exec(text); match; match = regex.exec(text)) {
      const empty = match[0] === ''
      // An empty match right after the previous match does not count.
      if (!(empty && match.index === from && count > 0 && from > 0)) {
        count++
        if (count >= it.nth) {
          result += text.slice(from, match.index) + expand(it.replacement, match)
          from = match.index + match[0].length
          done = true
          if (!it.global) break
        } else {
          result += text.slice(from, match.index + match[0].length)
          from = match.index + match[0].length
        }
      }
      if (empty) {
        regex.lastIndex = match.index + (text.codePointAt(match.index)! > 0xffff ? 2 : 1)
        if (match.index >= text.length) break
      }
    }
    if (!done) return
    this.#space = result + text.slice(from)
    this.#replaced = true
    if (it.evaluate) {
      const output = yield* this.#capture(this.#space)
      this.#space = output.replace(/\n$/, '')
    }
    if (it.print) this.#print(this.#space, this.#complete)
    if (it.file) yield* this.#writeTo(it.file, this.#space)
  }

  /** l: the pattern space, unambiguously. */
  #list(width: number): void {
    const limit = width < 1 ? Number.POSITIVE_INFINITY : width - 1
    let line = ''
    for (const char of this.#space) {
      const piece = char === '\n' ? '\\n' : escapeC(char, '')
      const shown = char.codePointAt(0)! >= 0x80 ? escapeBytes(char) : piece
      if (line.length + shown.length > limit) {
        this.#out.print(`${line}\\\n`)
        line = ''
      }
      line += shown
    }
    this.#out.print(`${line}$\n`)
  }

  /** e: run the pattern space, or a command, in a shell. */
  *#execute(text: string): Blocking<void> {
    const output = yield* this.#capture(text || this.#space)
    if (text) this.#out.print(output)
    else this.#space = output.replace(/\n$/, '')
  }

  *#capture(text: string): Blocking<string> {
    const sys = this.#sys
    const { envp } = this.#me
    yield* this.#out.flush()
    const [reader, writer] = sys.pipe2(0)
    const pid = fork(sys, 'sed', function* (its) {
      its.close(reader)
      its.dup2(writer, 1)
      its.close(writer)
      return yield* execvp(its, ['sh', '-c', text], envp)
    })
    sys.close(writer)
    const bytes = yield* readAll(sys, reader)
    sys.close(reader)
    yield* sys.wait4(pid, 0)
    return decode(bytes)
  }
}

function* none(): Blocking<undefined> {
  return undefined
}

const escapeBytes = (char: string): string =>
  [...new TextEncoder().encode(char)].map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join('')

/** The replacement for a match, with \U, \l and the like. */
function expand(pieces: readonly Piece[], match: RegExpExecArray): string {
  let result = ''
  let mode: 'U' | 'L' | 'E' = 'E'
  let once: 'u' | 'l' | undefined
  for (const piece of pieces) {
    if (piece.kind === 'case') {
      if (piece.to === 'u' || piece.to === 'l') once = piece.to
      else {
        mode = piece.to
        once = undefined
      }
      continue
    }
    let text = piece.kind === 'text' ? piece.text : (match[piece.group] ?? '')
    if (!text) continue
    if (mode !== 'E') text = mode === 'U' ? text.toUpperCase() : text.toLowerCase()
    if (once) {
      const first = String.fromCodePoint(text.codePointAt(0)!)
      text = (once === 'u' ? first.toUpperCase() : first.toLowerCase()) + text.slice(first.length)
    }
    once = undefined
    result += text
  }
  return result
}
