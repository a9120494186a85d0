/**
 * jq - commandline JSON processor
 * https://jqlang.github.io/jq/manual/v1.6/
 *
 * Left out: modules, --stream, --seq, SQL-like operators, dates other than now and todate; numbers lose `1.0`'s zero.
 */
import { type Blocking, decode, Errno, type Sys } from '../../abi/index.ts'
import { command, readAll, readFile } from '../lib/command.ts'
import { openInput } from '../lib/input.ts'
import { compileJq, type Json, JqError, JqHalt } from '../lib/jq.ts'
import { JqSyntaxError } from '../lib/jq-parser.ts'
import { localtime, strftime, UTC } from '../lib/time.ts'

const USAGE = `jq - commandline JSON processor [version 1.6]

Usage:	jq [options] <jq filter> [file...]
	jq [options] --args <jq filter> [strings...]
	jq [options] --jsonargs <jq filter> [JSON_TEXTS...]

jq is a tool for processing JSON inputs, applying the given filter to
its JSON text inputs and producing the filter's results as JSON on
standard output.

The simplest filter is ., which copies jq's input to its output
unmodified (except for formatting, but note that IEEE754 is used
for number representation internally, with all that that implies).

For more advanced filters see the jq(1) manpage ("man jq")
and/or https://stedolan.github.io/jq

Example:

	$ echo '{"foo": 0}' | jq .
	{
		"foo": 0
	}

For a listing of options, use jq --help.
`

/** CPU time for a byte of input and for a result. */
const COST = 20

export default command({
  name: 'jq',
  summary: 'commandline JSON processor',
  usage: 'jq [options] <jq filter> [file...]',
  suite: 'other',
  failure: 2,
  raw: true,

  *main(sys, _flags, argv, me) {
    const named = new Map<string, Json>()
    const args: string[] = []
    const on = new Set<string>()
    let indent = 2
    let positionals: 'text' | 'json' | undefined
    const positional: Json[] = []
    let fromFile = false
    let script: string | undefined
    for (let i = 0; i < argv.length; i++) {
      const arg = argv[i]!
      if (arg === '--') args.push(...argv.splice(i + 1))
      else if (arg === '--arg' || arg === '--argjson') {
        const [name, value] = [argv[++i], argv[++i]]
        if (name === undefined || value === undefined)
          return yield* refuse(
            sys,
            `${arg} takes two parameters (e.g. ${arg} ${arg === '--arg' ? 'varname value' : 'varname text'})`,
          )
        try {
          named.set(name, arg === '--arg' ? value : (JSON.parse(value) as Json))
        } catch {
          return yield* refuse(sys, 'invalid JSON text passed to --argjson')
        }
      } else if (arg === '--slurpfile' || arg === '--rawfile') {
        const [name, file] = [argv[++i], argv[++i]]
        if (name === undefined || file === undefined)
          return yield* refuse(sys, `${arg} takes two parameters (e.g. ${arg} varname filename)`)
        try {
          const content = yield* readFile(sys, file)
          named.set(name, arg === '--rawfile' ? content : [...new Reader(content, false)])
        } catch (e) {
          const reason =
            e instanceof ParseError
              ? e.message
              : e instanceof Errno
                ? `Could not open ${file}: ${e.message}`
                : ''
          if (!reason) throw e
          yield* sys.write(2, `jq: Bad JSON in ${arg} ${name} ${file}: ${reason}\n`)
          return 2
        }
      } else if (arg === '--args' || arg === '--jsonargs') positionals = arg === '--args' ? 'text' : 'json'
      else if (arg === '-f' || arg === '--from-file') fromFile = true
      else if (arg === '-L') i++
      else if (arg === '-h') {
        me.out.print(USAGE)
        return 0
      } else if (arg === '-V') {
        me.out.print('jq-1.6\n')
        return 0
      } else if (arg === '--indent') {
        const value = argv[++i]
        if (value === undefined) return yield* refuse(sys, '--indent takes one parameter')
        indent = Number.parseInt(value, 10) || 0
        if (indent < -1 || indent > 7) return yield* refuse(sys, '--indent takes a number between -1 and 7')
        if (indent === -1) on.add('tab')
      } else if (arg === '--tab') on.add('tab')
      else if (arg === '--help') {
        me.out.print(USAGE)
        return 0
      } else if (arg === '--version') {
        me.out.print('jq-1.6\n')
        return 0
      } else if (arg.startsWith('--')) {
        const letter = {
          'raw-output': 'r',
          'compact-output': 'c',
          'null-input': 'n',
          'exit-status': 'e',
          slurp: 's',
          'raw-input': 'R',
          'join-output': 'j',
          'sort-keys': 'S',
          'monochrome-output': 'M',
          'color-output': 'C',
          'ascii-output': 'a',
          unbuffered: 'u',
        }[arg.slice(2)]
        if (!letter) {
          return yield* refuse(sys, `Unknown option ${arg}`)
        }
        on.add(letter)
      } else if (arg.startsWith('-') && arg !== '-') {
        const wrong = [...arg.slice(1)].find(letter => !'rcnesRjSMCahVuf'.includes(letter))
        if (wrong) return yield* refuse(sys, `Unknown option ${arg}`)
        for (const letter of arg.slice(1)) on.add(letter)
        if (arg.includes('f')) fromFile = true
      } else if (positionals && (args.length || fromFile)) {
        try {
          positional.push(positionals === 'text' ? arg : (JSON.parse(arg) as Json))
        } catch {
          return yield* refuse(sys, `Invalid JSON text passed to --jsonargs`)
        }
      } else args.push(arg)
    }
    const [given, ...files] = args
    if (fromFile && given !== undefined) {
      try {
        script = (yield* readFile(sys, given)).replace(/\n$/, '')
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* sys.write(2, `jq: error: Could not open ${given}: ${e.message}\n`)
        return 2
      }
    }
    const program = script ?? given ?? (sys.isatty(0) && sys.isatty(1) ? undefined : '.')
    if (program === undefined) {
      yield* sys.write(2, USAGE)
      return 2
    }
    const texts: string[] = []
    let status = 0
    if (!on.has('n') || files.length)
      for (const name of files.length ? files : ['-']) {
        try {
          const fd = yield* openInput(sys, name)
          texts.push(decode(yield* readAll(sys, fd)))
        } catch (e) {
          if (!(e instanceof Errno)) throw e
          yield* sys.write(2, `jq: error: Could not open file ${name}: ${e.message}\n`)
          status = 2
        }
      }
    const text = texts.join('')
    yield* sys.burn(text.length * COST)
    const reader = new Reader(text, on.has('R'))
    let run: (input: Json) => Generator<Json>
    try {
      named.set('ARGS', { positional, named: Object.fromEntries(named) })
      run = compileJq(
        program,
        {
          env: Object.fromEntries(me.env),
          now: () => sys.clock_gettime(0).sec + sys.clock_gettime(0).nsec / 1e9,
          time: (sec, format) => strftime(format, localtime({ sec: Math.floor(sec), nsec: 0 }, UTC)),
          input: () => reader.next(),
        },
        named,
      )
    } catch (e) {
      if (!(e instanceof JqSyntaxError)) throw e
      const hint = e.message.startsWith('syntax error') ? ' (Unix shell quoting issues?)' : ''
      yield* sys.write(
        2,
        `jq: error: ${e.message}${hint} at <top-level>, line 1:\n${program}${hint ? '  ' : ''}\njq: 1 compile error\n`,
      )
      return 3
    }
    const colored = on.has('C') || (me.out.isTty && !on.has('M'))
    const unit = on.has('c') ? '' : on.has('tab') ? '\t' : ' '.repeat(indent)
    const raw = on.has('r') || on.has('j')
    const ascii = (text: string): string =>
      on.has('a')
        ? text.replace(/[^\x00-\x7f]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
        : text
    const show = (it: Json): string => {
      if (raw && typeof it === 'string') return it
      return colored
        ? coloredText(it, unit, '', on.has('S'))
        : ascii(JSON.stringify(on.has('S') ? sortedKeys(it) : it, null, unit))
    }
    let last: Json | undefined
    const inputs = function* (): Generator<Json> {
      if (on.has('n')) yield null
      else if (on.has('s')) {
        if (on.has('R')) yield text
        else yield [...reader]
      } else yield* reader
    }
    try {
      for (const input of inputs()) {
        try {
          for (const result of run(input)) {
            last = result
            me.out.print(show(result) + (on.has('j') ? '' : '\n'))
            if (me.out.full) yield* me.out.flush()
            yield* sys.burn(COST * 100)
          }
        } catch (e) {
          if (!(e instanceof JqError)) throw e
          const where = on.has('n')
            ? '<unknown>'
            : `${files.length ? files.at(-1) : '<stdin>'}:${reader.line}`
          const isText = typeof e.value === 'string'
          const message = isText ? `: ${e.value}` : ` (not a string): ${JSON.stringify(e.value)}`
          yield* me.warn(`error (at ${where})${message}`)
          status = 5
        }
      }
    } catch (e) {
      if (e instanceof JqHalt) return 0
      if (!(e instanceof ParseError)) throw e
      yield* sys.write(2, `parse error: ${e.message}\n`)
      return 2
    }
    if (status || !on.has('e')) return status
    return last === undefined ? 4 : last === null || last === false ? 1 : 0
  },
})

/** A wrong option: the message and where to find help. */
function* refuse(sys: Sys, message: string): Blocking<number> {
  yield* sys.write(
    2,
    `jq: ${message}\nUse jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n`,
  )
  return 2
}

class ParseError {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** The values of an input one after another, or its lines. */
class Reader {
  readonly #text: string
  readonly #raw: boolean
  #at = 0

  constructor(text: string, raw: boolean) {
    this.#text = text
    this.#raw = raw
  }

  get line(): number {
    return this.#text.slice(0, this.#at + 1).split('\n').length - 1
  }

  *[Symbol.iterator](): Generator<Json> {
    for (let it = this.next(); it !== undefined; it = this.next()) yield it
  }

  next(): Json | undefined {
    const text = this.#text
    if (this.#raw) {
      if (this.#at >= text.length) return undefined
      const end = text.indexOf('\n', this.#at)
      const line = text.slice(this.#at, end < 0 ? undefined : end)
      this.#at = end < 0 ? text.length : end + 1
      return line
    }
    this.#blanks()
    if (this.#at >= text.length) return undefined
    return this.#value(undefined)
  }

  #blanks(): void {
    while (/[ \t\n\r]/.test(this.#text[this.#at] ?? '')) this.#at++
  }

  /** One value; `closing` is the bracket that it stands before, if any. */
  #value(closing: string | undefined): Json {
    this.#blanks()
    const char = this.#text[this.#at]
    if (char === undefined) throw this.#unfinished()
    if (char === '[') return this.#array()
    if (char === '{') return this.#object()
    if (char === '"') return this.#string()
    if (char === ']' || char === '}')
      throw this.#wrong(closing ? `Expected value before '${char}'` : `Unmatched '${char}'`)
    if (char === ',' || char === ':')
      throw this.#wrong(closing ? `Expected value before '${char}'` : `'${char}' not as part of an object`)
    return this.#literal()
  }

  #array(): Json {
    const list: Json[] = []
    this.#at++
    for (;;) {
      this.#blanks()
      if (this.#text[this.#at] === ']' && list.length) throw this.#wrong('Expected another array element')
      if (this.#text[this.#at] === ']') break
      list.push(this.#value(']'))
      if (this.#separator(']')) break
    }
    this.#at++
    return list
  }

  #object(): Json {
    const it: Record<string, Json> = {}
    this.#at++
    for (let count = 0; ; count++) {
      this.#blanks()
      const char = this.#text[this.#at]
      if (char === '}' && count) throw this.#wrong('Expected another key-value pair')
      if (char === '}') break
      const key = this.#value('}')
      this.#blanks()
      if (this.#at >= this.#text.length) throw this.#unfinished()
      if (this.#text[this.#at] !== ':') throw this.#wrong('Objects must consist of key:value pairs')
      if (typeof key !== 'string') throw this.#wrong('Object keys must be strings')
      this.#at++
      Object.defineProperty(it, key, {
        value: this.#value('}'),
        enumerable: true,
        writable: true,
        configurable: true,
      })
      if (this.#separator('}')) break
    }
    this.#at++
    return it
  }

  /** A comma, or whether the closing bracket follows. */
  #separator(closing: string): boolean {
    this.#blanks()
    const char = this.#text[this.#at]
    if (char === undefined) throw this.#unfinished()
    if (char === closing) return true
    if (char === ']' || char === '}') throw this.#wrong(`Unmatched '${char}'`)
    if (char !== ',') throw this.#wrong('Expected separator between values')
    this.#at++
    return false
  }

  #string(): string {
    const start = this.#at++
    while (this.#at < this.#text.length && this.#text[this.#at] !== '"')
      this.#at += this.#text[this.#at] === '\\' ? 2 : 1
    if (this.#at >= this.#text.length) {
      this.#at = this.#text.length
      throw this.#wrong('Unfinished string at EOF', 0)
    }
    this.#at++
    const written = this.#text.slice(start, this.#at)
    try {
      // Control characters may stand in strings as they are.
      return JSON.parse(
        written.replace(/[\x00-\x1f]/g, it => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`),
      ) as string
    } catch {
      throw this.#wrong('Invalid escape', 0)
    }
  }

  #literal(): Json {
    const start = this.#at
    while (this.#at < this.#text.length && !/[ \t\n\r[\]{},:"]/.test(this.#text[this.#at]!)) this.#at++
    const word = this.#text.slice(start, this.#at)
    if (word === 'nan') return Number.NaN
    if (word === 'null') return null
    if (word === 'true' || word === 'false') return word === 'true'
    if (/^[nft]/.test(word)) throw this.#wrong('Invalid literal')
    if (!/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(word)) throw this.#wrong('Invalid numeric literal')
    const value = Number(word)
    return Number.isFinite(value) ? value : value > 0 ? Number.MAX_VALUE : -Number.MAX_VALUE
  }

  #unfinished(): ParseError {
    this.#at = this.#text.length
    return this.#wrong('Unfinished JSON term at EOF', 0)
  }

  /** An error after the character at hand. */
  #wrong(what: string, beyond = 1): ParseError {
    const before = this.#text.slice(0, this.#at + beyond).split('\n')
    return new ParseError(`${what} at line ${before.length}, column ${before.at(-1)!.length}`)
  }
}

function sortedKeys(it: Json): Json {
  if (Array.isArray(it)) return it.map(sortedKeys)
  if (it === null || typeof it !== 'object') return it
  return Object.fromEntries(
    Object.keys(it)
      .sort()
      .map(key => [key, sortedKeys(it[key]!)]),
  )
}

const BOLD = '\x1b[1;39m'
const END = '\x1b[0m'

/** JSON in colours, escape sequence by escape sequence as jq 1.6 writes it. */
function coloredText(it: Json, unit: string, indent: string, sorted: boolean): string {
  if (it === null) return `\x1b[1;30mnull${END}`
  if (typeof it === 'string') return `\x1b[0;32m${JSON.stringify(it)}${END}`
  if (typeof it !== 'object') return `\x1b[0;39m${JSON.stringify(it)}${END}`
  const inner = indent + unit
  const newline = unit ? '\n' : ''
  if (Array.isArray(it)) {
    if (!it.length) return `${BOLD}[]${END}`
    const items = it.map(
      (item, i) =>
        `${i ? `${BOLD},${newline}${inner}` : `${newline}${inner}`}${coloredText(item, unit, inner, sorted)}`,
    )
    return `${BOLD}[${items.join('')}${BOLD}${newline}${indent}${BOLD}]${END}`
  }
  const keys = sorted ? Object.keys(it).sort() : Object.keys(it)
  if (!keys.length) return `${BOLD}{}${END}`
  const items = keys.map(
    (key, i) =>
      `${i ? `${BOLD},${newline}${inner}` : `${newline}${inner}`}${END}\x1b[34;1m${JSON.stringify(key)}${END}${BOLD}:${unit ? ' ' : ''}${END}${coloredText(it[key]!, unit, inner, sorted)}`,
  )
  return `${BOLD}{${items.join('')}${BOLD}${newline}${indent}${BOLD}}${END}`
}
