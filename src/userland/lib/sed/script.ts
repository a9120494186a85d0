/** sed's scripts: parsing them into commands. Linux: GNU sed 4.9 compile.c, whose messages these are. */
import { fatal } from '../command.ts'
import { compileRegex, RegexError } from '../regex.ts'

export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'regex'; readonly regex: RegExp | undefined }
  | { readonly kind: 'plus'; readonly count: number }
  | { readonly kind: 'multiple'; readonly of: number }

/** A piece of an s command's replacement. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'group'; readonly group: number }
  | { readonly kind: 'case'; readonly to: 'U' | 'L' | 'u' | 'l' | 'E' }

export interface Command {
  readonly name: string
  from: Address | undefined
  to: Address | undefined
  negated: boolean
  /** Text of a, i, c; file name of r, R, w, W; label of b, t, T and `:`. */
  text: string
  /** Exit status of q and Q, width of l. */
  number: number | undefined
  /** Where b, t, T and the end of a block go: the index of a command. */
  target: number
  regex: RegExp | undefined
  replacement: readonly Piece[]
  global: boolean
  /** p of s: what it prints comes before what e makes of it if it stands before e. */
  print: 'before' | 'after' | undefined
  evaluate: boolean
  /** Replace only from this match on. */
  nth: number
  /** File of s///w. */
  file: string
  map: ReadonlyMap<string, string> | undefined
  /** State of a range while the script runs: inside it, and the line it ends at. */
  active: boolean
  end: number
  /** A range from a line number begins only once. */
  closed: boolean
}

export interface Script {
  readonly commands: readonly Command[]
  /** The script begins with `#n`. */
  readonly quiet: boolean
}

/** Options that change what a script means. */
export interface Syntax {
  readonly extended: boolean
  readonly posix: boolean
  readonly nullData: boolean
  /** Refuse what reads or writes other files, or runs programs. */
  readonly sandbox: boolean
}

/** A block that is open: its command, and where messages say that it is. */
interface Block {
  readonly index: number
  readonly name: string
}

/** One -e or -f. */
export interface Source {
  readonly text: string
  /** As messages name it: `-e expression #1`, `file: line`. */
  readonly name: (at: number) => string
  /** Whether a newline follows the text. */
  readonly isFile: boolean
}

/** Parse the expressions and files of a script as one. Dies on errors. */
export function parseScript(sources: readonly Source[], syntax: Syntax): Script {
  const commands: Command[] = []
  const blocks: Block[] = []
  const first = sources[0]?.text ?? ''
  let text = ''
  for (const [i, source] of sources.entries()) {
    // A text argument that ends in a backslash goes on in the next expression.
    const whole: string = text ? `${text}\n${source.text}` : source.text
    if (/(^|[^\\])(\\\\)*\\$/.test(whole) && i < sources.length - 1) {
      text = whole
      continue
    }
    text = ''
    new ScriptParser({ ...source, text: whole }, commands, blocks, syntax).run()
  }
  const open = blocks.at(-1)
  if (open) throw fatal(`${open.name.replace(/char \d+$/, 'char 0')}: unmatched \`{'`)
  link(commands)
  return { commands, quiet: first.startsWith('#n') }
}

/** Find where branches go. */
function link(commands: readonly Command[]): void {
  const labels = new Map<string, number>()
  for (const [i, it] of commands.entries()) if (it.name === ':') labels.set(it.text, i)
  for (const it of commands) {
    if (!'btT'.includes(it.name)) continue
    const target = it.text ? labels.get(it.text) : commands.length
    if (target === undefined) throw fatal(`can't find label for jump to \`${it.text}'`, undefined, 4)
    it.target = target
  }
}

const blank = (name: string): Command => ({
  name,
  from: undefined,
  to: undefined,
  negated: false,
  text: '',
  number: undefined,
  target: -1,
  regex: undefined,
  replacement: [],
  global: false,
  print: undefined,
  evaluate: false,
  nth: 1,
  file: '',
  map: undefined,
  active: false,
  end: 0,
  closed: false,
})

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

class ScriptParser {
  readonly #text: string
  readonly #source: Source
  readonly #commands: Command[]
  readonly #blocks: Block[]
  readonly #syntax: Syntax
  #at = 0

  constructor(source: Source, commands: Command[], blocks: Block[], syntax: Syntax) {
    this.#text = source.text
    this.#source = source
    this.#commands = commands
    this.#blocks = blocks
    this.#syntax = syntax
  }

  run(): void {
    for (;;) {
      while (/[\s;]/.test(this.#text[this.#at] ?? '')) this.#at++
      if (this.#at >= this.#text.length) return
      this.#command()
    }
  }

  #fail(problem: string, at = this.#at): never {
    throw fatal(`${this.#source.name(at)}: ${problem}`)
  }

  #outward(): void {
    if (this.#syntax.sandbox) this.#fail('e/r/w commands disabled in sandbox mode')
  }

  #blanks(): void {
    while (/[ \t]/.test(this.#text[this.#at] ?? '')) this.#at++
  }

  #command(): void {
    if (this.#text[this.#at] === '#') {
      const end = this.#text.indexOf('\n', this.#at)
      this.#at = end < 0 ? this.#text.length : end
      return
    }
    if (/[+~]/.test(this.#text[this.#at] ?? ''))
      this.#fail('invalid usage of +N or ~N as first address', this.#at + 2)
    const from = this.#address(false)
    let to: Address | undefined
    if (from) {
      this.#blanks()
      if (this.#text[this.#at] === ',') {
        this.#at++
        this.#blanks()
        to = this.#address(true)
        if (!to) this.#fail("unexpected `,'", Math.min(this.#at + 1, this.#text.length))
      }
    }
    const isRead = !to && /^[ \t]*r/.test(this.#text.slice(this.#at))
    if (from?.kind === 'line' && from.line === 0 && to?.kind !== 'regex' && !isRead)
      this.#fail('invalid usage of line address 0', this.#at + 1)
    this.#blanks()
    let negated = false
    while (this.#text[this.#at] === '!') {
      if (negated) this.#fail("multiple `!'s", this.#at + 1)
      negated = true
      this.#at++
      this.#blanks()
    }
    const name = this.#text[this.#at++]
    if (name === undefined || name === '\n' || name === ';')
      this.#fail('missing command', name === undefined ? this.#at - 1 : this.#at)
    const it = blank(name)
    it.from = from
    it.to = to
    it.negated = negated
    this.#body(it)
    this.#commands.push(it)
  }

  #address(second: boolean): Address | undefined {
    const char = this.#text[this.#at]
    if (char === undefined) return undefined
    if (char === '$') {
      this.#at++
      return { kind: 'last' }
    }
    if (char === '/' || char === '\\') {
      if (char === '\\') this.#at++
      const delimiter = this.#text[this.#at++] ?? ''
      const pattern = this.#until(delimiter, true)
      if (pattern === undefined) this.#fail('unterminated address regex', this.#text.length)
      let flags = ''
      while (/[IM]/.test(this.#text[this.#at] ?? '')) flags += this.#text[this.#at++]
      return { kind: 'regex', regex: this.#regex(pattern, flags) }
    }
    if (second && (char === '+' || char === '~')) {
      this.#at++
      const number = this.#number() ?? 0
      return char === '+' ? { kind: 'plus', count: number } : { kind: 'multiple', of: number }
    }
    const line = this.#number()
    if (line === undefined) return undefined
    this.#blanks()
    if (this.#text[this.#at] !== '~') return { kind: 'line', line }
    this.#at++
    return { kind: 'step', first: line, step: this.#number() ?? 0 }
  }

  #number(): number | undefined {
    const digits = /^\d+/.exec(this.#text.slice(this.#at))
    if (!digits) return undefined
    this.#at += digits[0].length
    return Number(digits[0])
  }

  /** Text up to an unescaped delimiter, which is skipped; undefined if there is none. In patterns, brackets protect. */
  #until(delimiter: string, pattern: boolean): string | undefined {
    let text = ''
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at]!
      if (char === delimiter) {
        this.#at++
        return text
      }
      if (char === '\\' && delimiter !== char && this.#at + 1 < this.#text.length) {
        const next = this.#text[this.#at + 1]!
        if (next === delimiter) text += !pattern && next === '&' ? '\\&' : next
        else if (next === '\n' && pattern) text += '\n'
        else text += char + next
        this.#at += 2
        continue
      }
      if (char === '\n' && pattern) return undefined
      if (char === '[' && pattern) {
        const end = this.#bracketEnd()
        if (end < 0) return undefined
        text += this.#text.slice(this.#at, end).replaceAll('\\n', '\n')
        this.#at = end
        continue
      }
      text += char
      this.#at++
    }
    return undefined
  }

  #bracketEnd(): number {
    let at = this.#at + 1
    if (this.#text[at] === '^') at++
    if (this.#text[at] === ']') at++
    for (; at < this.#text.length && this.#text[at] !== '\n'; at++) {
      if (this.#text[at] === ']') return at + 1
      if (this.#text[at] === '[' && /[:.=]/.test(this.#text[at + 1] ?? '')) {
        const end = this.#text.indexOf(`${this.#text[at + 1]}]`, at + 2)
        if (end < 0) return -1
        at = end + 1
      }
    }
    return -1
  }

  /** A compiled pattern; undefined for the empty one, which means the last one used. */
  #regex(pattern: string, flags: string): RegExp | undefined {
    if (!pattern) return undefined
    try {
      const text = this.#syntax.posix ? pattern.replace(/\\([+?|])/g, '$1') : pattern
      return compileRegex(expandEscapes(text), {
        extended: this.#syntax.extended,
        ignoreCase: flags.includes('I') || flags.includes('i'),
        multiline: !this.#syntax.nullData && /[mM]/.test(flags),
        stars: false,
        unmatched: false,
        flags: 'g',
      })
    } catch (e) {
      if (!(e instanceof RegexError)) throw e
      const isOpen = e.message.startsWith('Unmatched [') && /\[$|\\x5b$/i.test(pattern)
      return this.#fail(isOpen ? 'Invalid regular expression' : e.message)
    }
  }

  #body(it: Command): void {
    switch (it.name) {
      case '{':
        this.#blocks.push({ index: this.#commands.length, name: this.#source.name(this.#at) })
        return
      case '}': {
        const open = this.#blocks.pop()
        if (open === undefined) this.#fail("unexpected `}'")
        if (it.from) this.#fail("} doesn't want any addresses")
        this.#commands[open.index]!.target = this.#commands.length
        return this.#end()
      }
      case ':': {
        if (it.from) this.#fail(": doesn't want any addresses")
        this.#blanks()
        const label = /^[^\s;]*/.exec(this.#text.slice(this.#at))![0]
        if (!label) this.#fail('":" lacks a label')
        this.#at += label.length
        it.text = label
        return
      }
      case 'b':
      case 't':
      case 'T': {
        this.#blanks()
        it.text = /^[^\s;}]*/.exec(this.#text.slice(this.#at))![0]
        this.#at += it.text.length
        return
      }
      case 'a':
      case 'i':
      case 'c':
        return this.#textArgument(it)
      case 'r':
      case 'R':
      case 'w':
      case 'W': {
        this.#outward()
        this.#blanks()
        const end = this.#text.indexOf('\n', this.#at)
        it.text = this.#text.slice(this.#at, end < 0 ? undefined : end)
        if (!it.text) this.#fail('missing filename in r/R/w/W commands')
        this.#at = end < 0 ? this.#text.length : end
        return
      }
      case 'e': {
        this.#outward()
        this.#blanks()
        const end = this.#text.indexOf('\n', this.#at)
        it.text = this.#text.slice(this.#at, end < 0 ? undefined : end)
        this.#at = end < 0 ? this.#text.length : end
        return
      }
      case 'q':
      case 'Q':
        if (it.to) this.#fail('command only uses one address')
        this.#blanks()
        it.number = this.#number() ?? 0
        return this.#end()
      case 'l':
      case 'L':
        this.#blanks()
        it.number = this.#number()
        return this.#end()
      case '=':
      case 'd':
      case 'D':
      case 'F':
      case 'g':
      case 'G':
      case 'h':
      case 'H':
      case 'n':
      case 'N':
      case 'p':
      case 'P':
      case 'x':
      case 'z':
        return this.#end()
      case 'v': {
        this.#blanks()
        const wanted = /^[^\s;]*/.exec(this.#text.slice(this.#at))![0]
        this.#at += wanted.length
        const [major = 0, minor = 0] = wanted.split('.').map(Number)
        if (major > 4 || (major === 4 && minor > 9)) this.#fail('expected newer version of sed')
        return
      }
      case 's':
        return this.#substitute(it)
      case 'y':
        return this.#transliterate(it)
      default:
        this.#fail(`unknown command: \`${it.name}'`)
    }
  }

  /** After a command: blanks, then a newline, a semicolon, a closing brace or the end. */
  #end(): void {
    this.#blanks()
    const char = this.#text[this.#at]
    if (char === undefined || char === '\n' || char === ';' || char === '}' || char === '#') return
    this.#fail('extra characters after command', this.#at + 1)
  }

  #textArgument(it: Command): void {
    this.#blanks()
    if (this.#at >= this.#text.length) this.#fail("expected \\ after `a', `c' or `i'")
    if (this.#text[this.#at] === '\\') {
      this.#at++
      this.#blanks()
      if (this.#text[this.#at] === '\n') this.#at++
      else if (this.#at >= this.#text.length) {
        return
      } else if (/[ \t]/.test(this.#text[this.#at - 1] ?? '')) {
        // `a\  text` keeps its leading blanks.
        while (/[ \t]/.test(this.#text[this.#at - 1] ?? '')) this.#at--
      }
    }
    let text = ''
    while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') {
      if (this.#text[this.#at] === '\\') {
        this.#at++
        const next = this.#text[this.#at++]
        if (next === undefined) break
        const code = /^\\(?:x[0-9A-Fa-f]{1,2}|o[0-7]{1,3}|d\d{1,3}|c[^\n])/.exec(
          this.#text.slice(this.#at - 2),
        )
        if (code) {
          const [piece] = parseReplacement(code[0])
          if (piece?.kind === 'text') text += piece.text
          this.#at += code[0].length - 2
        } else text += ESCAPES[next] ?? next
      } else text += this.#text[this.#at++]
    }
    it.text = `${text}\n`
  }

  #substitute(it: Command): void {
    const delimiter = this.#text[this.#at++]
    if (delimiter === undefined) this.#fail("unterminated `s' command", this.#at - 1)
    if (delimiter === '\n') this.#fail("unterminated `s' command", this.#at + 1)
    const pattern = this.#until(delimiter, true)
    const replacement = pattern === undefined ? undefined : this.#until(delimiter, false)
    if (pattern === undefined || replacement === undefined)
      this.#fail("unterminated `s' command", this.#text.length)
    let flags = ''
    let numbered = false
    for (;;) {
      const char = this.#text[this.#at]
      if (char === undefined) break
      if (char === 'g' || char === 'p') {
        this.#at++
        if (char === 'g' ? it.global : it.print) this.#fail(`multiple \`${char}' options to \`s' command`)
        if (char === 'g') it.global = true
        else it.print = 'after'
      } else if (/[iImM]/.test(char)) {
        flags += char
        this.#at++
      } else if (char === 'e') {
        it.evaluate = true
        if (it.print) it.print = 'before'
        this.#at++
        this.#outward()
      } else if (/\d/.test(char)) {
        if (numbered) this.#fail("multiple number options to `s' command", this.#at + 1)
        numbered = true
        it.nth = this.#number()!
        if (!it.nth) this.#fail("number option to `s' command may not be zero")
      } else if (char === 'w') {
        this.#at++
        this.#outward()
        this.#blanks()
        const end = this.#text.indexOf('\n', this.#at)
        it.file = this.#text.slice(this.#at, end < 0 ? undefined : end)
        if (!it.file) this.#fail('missing filename in r/R/w/W commands')
        this.#at = end < 0 ? this.#text.length : end
      } else if (/[\n;}#]/.test(char)) break
      else if (/[ \t]/.test(char)) this.#at++
      else this.#fail("unknown option to `s'", this.#at + 1)
    }
    // What ends the command is read before the pattern is compiled.
    if (/[\n;]/.test(this.#text[this.#at] ?? (this.#source.isFile ? '\n' : ''))) this.#at++
    it.regex = this.#regex(pattern, flags)
    it.replacement = parseReplacement(replacement)
    const most = Math.max(0, ...it.replacement.map(piece => (piece.kind === 'group' ? piece.group : 0)))
    const groups = it.regex ? new RegExp(`${it.regex.source}|`, it.regex.flags).exec('')!.length - 1 : 9
    if (most > groups) this.#fail(`invalid reference \\${most} on \`s' command's RHS`)
  }

  #transliterate(it: Command): void {
    const delimiter = this.#text[this.#at++]
    const from = delimiter === undefined ? undefined : this.#until(delimiter, false)
    const to = from === undefined ? undefined : this.#until(delimiter!, false)
    if (from === undefined || to === undefined) this.#fail("unterminated `y' command", this.#text.length)
    const [a, b] = [characters(from), characters(to)]
    if (a.length !== b.length) this.#fail("strings for `y' command are different lengths")
    it.map = new Map(a.map((char, i) => [char, b[i]!] as const).reverse())
    this.#end()
  }
}

/** \n, \t, \xHH, \oNNN, \dNNN, \cX outside of what the regular expression knows itself. */
function expandEscapes(pattern: string): string {
  return pattern.replace(
    /\\(?:([\\])|([aftrv])|x([0-9A-Fa-f]{1,2})|o([0-7]{1,3})|d(\d{1,3})|c(.))/gs,
    (all, back, letter, hex, oct, dec, control) => {
      if (back) return all
      if (letter) return ESCAPES[letter]!
      if (control) return String.fromCharCode(control.toUpperCase().charCodeAt(0) ^ 64)
      const code = hex ? Number.parseInt(hex, 16) : oct ? Number.parseInt(oct, 8) : Number(dec)
      return String.fromCharCode(code < 0x80 ? code : 0xdc00 + code)
    },
  )
}

function characters(text: string): string[] {
  const all: string[] = []
  const chars = [...text]
  for (let i = 0; i < chars.length; i++) {
    if (chars[i] === '\\' && i + 1 < chars.length) {
      const next = chars[++i]!
      if (next === '\\') all.push('\\')
      else if (ESCAPES[next]) all.push(ESCAPES[next]!)
      else all.push('\\', next)
    } else all.push(chars[i]!)
  }
  return all
}

function parseReplacement(text: string): Piece[] {
  const pieces: Piece[] = []
  const add = (more: string): void => {
    const last = pieces.at(-1)
    if (last?.kind === 'text') pieces[pieces.length - 1] = { kind: 'text', text: last.text + more }
    else pieces.push({ kind: 'text', text: more })
  }
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (char === '&') {
      pieces.push({ kind: 'group', group: 0 })
      continue
    }
    if (char !== '\\' || at + 1 >= text.length) {
      add(char)
      continue
    }
    const next = text[++at]!
    const code = /^(?:x([0-9A-Fa-f]{1,2})|o([0-7]{1,3})|d(\d{1,3}))/.exec(text.slice(at))
    if (/\d/.test(next)) pieces.push({ kind: 'group', group: Number(next) })
    else if ('ULulE'.includes(next)) pieces.push({ kind: 'case', to: next as 'U' })
    else if (ESCAPES[next]) add(ESCAPES[next]!)
    else if (next === 'c' && at + 1 < text.length)
      add(String.fromCharCode(text[++at]!.toUpperCase().charCodeAt(0) ^ 64))
    else if (code) {
      const value = code[1]
        ? Number.parseInt(code[1], 16)
        : code[2]
          ? Number.parseInt(code[2], 8)
          : Number(code[3])
      add(String.fromCharCode(value < 0x80 ? value : 0xdc00 + value))
      at += code[0].length - 1
    } else add(next)
  }
  return pieces
}
