/**
 * bc - an arbitrary precision calculator language
 * https://www.gnu.org/software/bc/manual/html_mono/bc.html
 *
 * Left out: the text of `warranty`; $BC_ENV_ARGS; line editing.
 */
import { type Blocking, Errno, O_RDONLY, type Sys } from '../../abi/index.ts'
import { TooLong } from '../lib/bc/number.ts'
import { BcSyntaxError, Parser, Quit, type Strictness, Unfinished } from '../lib/bc/parse.ts'
import { Calculator, Halt, MATH_LIBRARY, RuntimeError, VERSION } from '../lib/bc/run.ts'
import { scan, type Token } from '../lib/bc/scan.ts'
import { Wrapped } from '../lib/bc/wrap.ts'
import { isApplet } from '../lib/busybox/standalone.ts'
import { command, fatal, type Process } from '../lib/command.ts'
import { Lines } from '../lib/lines.ts'

const USAGE = `usage: bc [options] [file ...]
  -h  --help         print this usage and exit
  -i  --interactive  force interactive mode
  -l  --mathlib      use the predefined math routines
  -q  --quiet        don't print initial banner
  -s  --standard     non-standard bc constructs are errors
  -w  --warn         warn about non-standard bc constructs
  -v  --version      print version information and exit
`
const BANNER = `${VERSION}This is free software with ABSOLUTELY NO WARRANTY.
For details type \`warranty'. 
`

export default command({
  name: 'bc',
  writeFailure: (_name, errno) => `dc: could not write output file: ${errno.message}\n`,
  summary: 'an arbitrary precision calculator language',
  suite: 'other',
  usage: 'bc [options] [file ...]',
  help: USAGE,
  version: VERSION,
  wrongUsage: USAGE,
  options: {
    usage: { short: 'h', long: '' },
    interactive: { short: 'i', help: 'force interactive mode' },
    mathlib: { short: 'l', help: 'use the predefined math routines' },
    quiet: { short: 'q', help: "don't print initial banner" },
    standard: { short: 's', help: 'non-standard bc constructs are errors' },
    warn: { short: 'w', help: 'warn about non-standard bc constructs' },
    about: { short: 'v', long: '' },
  },

  *main(sys, flags, args, me) {
    if (flags.usage || flags.about) {
      me.out.print(flags.usage ? USAGE : VERSION)
      return 0
    }
    if (sys.isatty(0) && me.out.isTty && !flags.quiet) me.out.print(BANNER)
    const strict = { standard: flags.standard ?? false, warn: flags.warn ?? false }
    const before = (me.env.get('BC_ENV_ARGS') ?? '').split(/\s+/).filter(Boolean)
    const files = [...before.filter(it => !it.startsWith('-')), ...args]
    const isMath = flags.mathlib || before.some(it => /^(?:-[a-z]*l|--mathlib$)/.test(it))
    const session = new Session(sys, me, strict, Boolean(isMath))
    try {
      for (const name of files) yield* session.file(name)
      yield* session.read(0, '(standard_in)')
    } catch (e) {
      if (e instanceof TooLong) throw fatal('Fatal error: Out of memory for malloc.')
      if (!(e instanceof Quit || e instanceof Halt)) throw e
    }
    return 0
  },
})

/** One calculator and the texts it reads. */
class Session {
  readonly #sys: Sys
  readonly #me: Process
  readonly #strict: Strictness
  readonly #calculator: Calculator
  /** busybox's needs no newline behind the last line. */
  readonly #isLenient: boolean
  readonly #stdin: Lines

  constructor(sys: Sys, me: Process, strict: Strictness, mathlib: boolean) {
    this.#sys = sys
    this.#me = me
    this.#strict = strict
    this.#stdin = new Lines(sys, 0)
    this.#isLenient = isApplet(sys)
    const out = new Wrapped(me.out, me.env.get('BC_LINE_LENGTH'), 1)
    this.#calculator = new Calculator(
      {
        sys,
        isApplet: this.#isLenient,
        print: text => out.print(text),
        warn: message => this.#complain(message),
        readNumber: () => this.#readNumber(),
      },
      mathlib ? MATH_LIBRARY : {},
      mathlib ? 20 : 0,
    )
  }

  *file(name: string): Blocking<void> {
    let fd: number
    try {
      fd = yield* this.#sys.open(name, O_RDONLY)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* this.#complain(`File ${name} is unavailable.`)
      yield* this.#sys.exit_group(1)
      return
    }
    yield* this.read(fd, name)
    this.#sys.close(fd)
  }

  /** Reads and runs what is open; dies if it cannot be read. */
  *read(fd: number, name: string): Blocking<void> {
    try {
      yield* this.input(fd, name)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* this.#complain(`${name} 1: read() in flex scanner failed`)
      yield* this.#sys.exit_group(1)
    }
  }

  /** Reads and runs a whole text. */
  *input(fd: number, name: string): Blocking<void> {
    const lines = fd ? new Lines(this.#sys, fd) : this.#stdin
    let [text, first, number] = ['', 1, 1]
    for (;;) {
      if (lines.idle) yield* this.#me.out.flush()
      const line = yield* lines.next()
      if (line === undefined && !text) return
      const isLast = line === undefined || !(lines.complete || this.#isLenient)
      text += line === undefined ? '' : isLast ? line : `${line}\n`
      number++
      if (!isLast && line.endsWith('\\')) continue
      const scanned = scan(text, first)
      if (!scanned) {
        if (!isLast) continue
        yield* this.#complain(`${name} ${first}: illegal character: "`)
        return
      }
      for (const it of scanned.stray) yield* this.#complain(`${name} ${it.line}: ${it.message}`)
      const isDone = yield* this.#items(scanned.tokens, name)
      if (!isDone && !isLast) continue
      if (!isDone) yield* this.#complain(`${name} 1: syntax error`)
      ;[text, first] = ['', number]
      if (isLast) return
    }
  }

  /** Runs the items of a text; false if its last one goes on. Nothing runs before all of them are there. */
  *#items(tokens: readonly Token[], name: string): Blocking<boolean> {
    for (let at = 0; at < tokens.length; ) {
      const parser = new Parser(tokens, at, this.#strict)
      try {
        const item = parser.item()
        for (const it of parser.complaints) yield* this.#complain(`${name} ${it.line}: ${it.message}`)
        if (!parser.complaints.some(it => it.fatal)) {
          if ('define' in item) this.#calculator.define(item.define)
          else yield* this.#calculator.run(item.run)
        }
      } catch (e) {
        if (e instanceof Unfinished) return at > 0 ? yield* this.#unfinished(tokens.slice(at), name) : false
        if (e instanceof RuntimeError) yield* this.#complain(e.message)
        else if (e instanceof BcSyntaxError) {
          yield* this.#complain(`${name} ${e.line}: ${e.message}`)
          parser.skipLine()
        } else throw e
      }
      at = parser.at
    }
    return true
  }

  /** A function that begins behind another item on the same line: what follows is read with it. */
  *#unfinished(tokens: readonly Token[], name: string): Blocking<boolean> {
    const all = [...tokens]
    let number = tokens.at(-1)?.line ?? 1
    for (;;) {
      const line = yield* this.#stdin.next()
      if (line === undefined) return true
      const scanned = scan(`${line}\n`, number)
      number++
      if (scanned) all.push(...scanned.tokens)
      if (yield* this.#items(all, name)) return true
    }
  }

  *#readNumber(): Blocking<string> {
    yield* this.#me.out.flush()
    const line = (yield* this.#stdin.next()) ?? ''
    return /-?[0-9A-F.]+/.exec(line)?.[0] ?? '0'
  }

  *#complain(message: string): Blocking<void> {
    yield* this.#me.out.flush()
    yield* this.#sys.write(2, `${message}\n`)
  }
}
