/**
 * History expansion: `!!`, `!n`, `!string`, `!$`, `^old^new^` with word designators and modifiers.
 * Readline: histexpand.c; bash(1), HISTORY EXPANSION.
 */

export interface ExpandedLine {
  readonly text: string
  /** Why the line cannot be expanded, e.g. `!x: event not found`. */
  readonly error?: string
  /** `:p`: show it, do not execute it. */
  readonly printOnly?: boolean
}

class Failure {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** `base` is the number of the first entry of `history`. */
export function expandHistory(history: readonly string[], base: number, line: string): ExpandedLine {
  try {
    return new Expansion(history, base, line).run()
  } catch (e) {
    if (e instanceof Failure) return { text: line, error: e.message }
    throw e
  }
}

class Expansion {
  readonly #history: readonly string[]
  readonly #base: number
  readonly #line: string
  #at = 0
  #printOnly = false
  #searched = ''

  constructor(history: readonly string[], base: number, line: string) {
    this.#history = history
    this.#base = base
    this.#line = line.startsWith('^') ? quickSubstitution(line) : line
  }

  run(): ExpandedLine {
    const line = this.#line
    let out = ''
    let quote = ''
    while (this.#at < line.length) {
      const c = line[this.#at]!
      if (c === '\\' && quote !== "'") {
        out += line.slice(this.#at, this.#at + 2)
        this.#at += 2
      } else if (c === "'" && quote !== '"') {
        quote = quote ? '' : "'"
        out += c
        this.#at++
      } else if (c === '"' && quote !== "'") {
        quote = quote ? '' : '"'
        out += c
        this.#at++
      } else if (c === '!' && quote !== "'" && this.#startsEvent(quote)) {
        this.#at++
        out += this.#event(out)
      } else {
        out += c
        this.#at++
      }
    }
    return { text: out, printOnly: this.#printOnly }
  }

  /** A `!` before a blank, `=`, the end, or a quote that closes stands for itself; so does `$!`. */
  #startsEvent(quote: string): boolean {
    const next = this.#line[this.#at + 1]
    if (next === undefined || /[\s=]/.test(next) || (quote === '"' && next === '"')) return false
    if (next === '(') return false
    return (
      this.#line[this.#at - 1] !== '$' &&
      !(this.#line[this.#at - 1] === '{' && this.#line[this.#at - 2] === '$') &&
      this.#line[this.#at - 1] !== '['
    )
  }

  #event(before: string): string {
    const from = this.#at - 1
    const entry = this.#find(before)
    if (entry === undefined) {
      const end =
        this.#at === from + 1
          ? this.#at + /^[^\s:;&()|<>"']*/.exec(this.#line.slice(this.#at))![0].length
          : this.#at
      throw new Failure(`${this.#line.slice(from, end)}: event not found`)
    }
    return this.#modified(this.#words(entry, from))
  }

  #find(before: string): string | undefined {
    const rest = this.#line.slice(this.#at)
    const last = this.#history.at(-1)
    if (rest[0] === '!') {
      this.#at++
      return last
    }
    if (rest[0] === '#') {
      this.#at++
      return before
    }
    const number = /^-?\d+/.exec(rest)
    if (number) {
      this.#at += number[0].length
      const n = Number(number[0])
      return n < 0 ? this.#history[this.#history.length + n] : this.#history[n - this.#base]
    }
    if (/^[$^*:-]/.test(rest) && !/^-\d/.test(rest)) return last
    const anywhere = /^\?([^?]*)\??/.exec(rest)
    if (anywhere) {
      this.#at += anywhere[0].length
      this.#searched = anywhere[1]!
      return this.#history.findLast(it => it.includes(anywhere[1]!))
    }
    const name = /^[^\s:;&()|<>"']+/.exec(rest)?.[0] ?? ''
    if (!name) return undefined
    // `!cp^` and `!cp$`: designators need no colon.
    const cut = /^(.+?)([$*^%]|-$)/.exec(name)
    const wanted = cut ? cut[1]! : name
    const found = this.#history.findLast(it => it.startsWith(wanted))
    if (found !== undefined) this.#at += wanted.length
    return found
  }

  /** Word designators. */
  #words(entry: string, from: number): string {
    const rest = this.#line.slice(this.#at)
    const match = /^(?::(?=[\d^$*%-])|(?=[$^*%-]))(\^|\$|%|\*|\d+)?(?:(-)(\d+|\$)?|(\*))?/.exec(rest)
    if (!match || match[0] === '' || (!match[1] && !match[2])) return entry
    const words = splitWords(entry)
    const last = words.length - 1
    const position = (text: string) => (text === '^' ? 1 : text === '$' ? last : Number(text))
    this.#at += match[0].length
    const bad = () => new Failure(`${this.#line.slice(from + 1, this.#at)}: bad word specifier`)
    if (match[1] === '%') return words.find(it => it.includes(this.#searched)) ?? ''
    if (match[1] === '*') return words.slice(1).join(' ')
    const first = match[1] === undefined ? 0 : position(match[1])
    if (first > last && !(first === 1 && match[4])) throw bad()
    if (match[4]) return words.slice(first).join(' ')
    if (!match[2]) return words[first]!
    const to = match[3] === undefined ? last - 1 : position(match[3])
    if (to > last || to < first) throw bad()
    return words.slice(first, to + 1).join(' ')
  }

  #modified(text: string): string {
    let out = text
    for (;;) {
      const rest = this.#line.slice(this.#at)
      const simple = /^:([htrepqx])/.exec(rest)
      const replace = /^:(g|a|)s(.)/.exec(rest)
      if (simple) {
        this.#at += 2
        out = this.#apply(simple[1]!, out)
      } else if (replace) {
        const delimiter = replace[2]!
        const parts = rest.slice(replace[0].length).split(delimiter)
        const [old = '', next = ''] = parts
        this.#at +=
          replace[0].length +
          old.length +
          (parts.length > 1 ? 1 + next.length : 0) +
          (parts.length > 2 ? 1 : 0)
        const wanted = old || this.#searched
        if (!out.includes(wanted))
          throw new Failure(
            `:${replace[1]}s${delimiter}${old}${delimiter}${next}${delimiter}: substitution failed`,
          )
        const by = next.replace(/\\&|&/g, it => (it === '&' ? wanted : '&'))
        out = replace[1] ? out.replaceAll(wanted, () => by) : out.replace(wanted, () => by)
      } else return out
    }
  }

  #apply(letter: string, text: string): string {
    const slash = text.lastIndexOf('/')
    const dot = text.lastIndexOf('.')
    switch (letter) {
      case 'h':
        return slash < 0 ? text : text.slice(0, slash)
      case 't':
        return text.slice(slash + 1)
      case 'r':
        return dot < 0 ? text : text.slice(0, dot)
      case 'e':
        return dot < 0 ? '' : text.slice(dot)
      case 'q':
        return `'${text.replaceAll("'", "'\\''")}'`
      case 'x':
        return text
          .split(/[ \t\n]+/)
          .map(it => `'${it}'`)
          .join(' ')
    }
    this.#printOnly = true
    return text
  }
}

/** `^old^new^` is `!!:s^old^new^`. */
const quickSubstitution = (line: string): string => `!!:s${line}`

/** A line's words as history expansion counts them: operators are words, quoted parts stay whole. */
export function splitWords(line: string): string[] {
  const words =
    /(?:\\.|'[^']*'|"(?:\\.|[^"\\])*"|`[^`]*`|\$\([^)]*\)|[^\s;&|<>()\\'"`])+|&&|\|\||;;|<<<?|>>|[<>]&|[;&|<>()]/gs
  return line.match(words) ?? []
}
