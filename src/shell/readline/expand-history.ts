/**
 * History expansion: `!!`, `!n`, `!string`, `!$`, `^old^new^` with word designators and modifiers.
 * Readline: histexpand.c; bash(1), HISTORY EXPANSION.
 */
import { singleQuote } from '../expand/quote.ts'
import { splitWords } from './history-words.ts'
import type { History } from './history.ts'

export interface ExpandedLine {
  readonly text: string
  /** Why the line cannot be expanded, e.g. `!x: event not found`. */
  readonly error?: string
  /** `:p`: show it, do not execute it. */
  readonly printOnly?: boolean
}

/** What further expansions refer to: `!%`, `:&`, an empty search. */
export interface Remembered {
  match?: string
  search?: string
  /** What was replaced, and by what. */
  old?: string
  new?: string
}

class Failure {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** What ends the string of `!string`. */
const EVENT_END = /[\s:;&()|<>^$*%"-]/
const LAST = '$'

export interface Expanding {
  readonly extglob?: boolean
  /** histchars: what starts an event, what a quick substitution, what a comment. */
  readonly chars?: string | undefined
  /** The quote that an earlier line left open. */
  readonly quote?: string
}

export function expandHistory(history: History, line: string, how: Expanding = {}): ExpandedLine {
  try {
    return new Expansion(history, line, how).run()
  } catch (e) {
    if (e instanceof Failure) return { text: line, error: e.message }
    throw e
  }
}

class Expansion {
  readonly #history: History
  readonly #line: string
  readonly #extglob: boolean
  readonly #bang: string
  readonly #comment: string
  readonly #quote: string
  #at = 0
  #printOnly = false

  constructor(history: History, line: string, how: Expanding) {
    const [bang = '', quick = '^', comment = '#'] = how.chars ?? '!'
    this.#history = history
    this.#bang = bang
    this.#comment = comment
    this.#quote = how.quote ?? ''
    this.#line = quick && line.startsWith(quick) ? `${bang}${bang}:s${line}` : line
    this.#extglob = how.extglob ?? false
  }

  run(): ExpandedLine {
    const line = this.#line
    if (!this.#isNeeded()) return this.#ended(line)
    let out = ''
    let quote = this.#quote
    while (this.#at < line.length) {
      const c = line[this.#at]!
      if (c === this.#bang && quote !== "'" && this.#startsEvent(this.#at, quote)) {
        out += this.#event(out, quote)
        continue
      }
      if (this.#startsComment(c, out, quote)) return this.#ended(out + line.slice(this.#at))
      if ((c === "'" && quote !== '"') || (c === '"' && quote !== "'")) quote = quote ? '' : c
      const length = c === '\\' && quote !== "'" ? 2 : 1
      out += line.slice(this.#at, this.#at + length)
      this.#at += length
    }
    return this.#ended(out)
  }

  #startsComment(c: string, before: string, quote: string): boolean {
    return c === this.#comment && !quote && /^$|[\s;&|()<>]$/.test(before)
  }

  /** A look ahead, in which a backslash quotes less: `\\!!` stays. Readline: history_expand(), its first half. */
  #isNeeded(): boolean {
    const line = this.#line
    let quote = this.#quote
    for (let i = 0; i < line.length; i++) {
      const c = line[i]!
      const next = line[i + 1]
      if (quote === "'") quote = c === "'" ? '' : quote
      else if (this.#startsComment(c, line.slice(0, i), quote)) return false
      else if (c === this.#bang) {
        if (this.#startsEvent(i, quote)) return true
      } else if (c === '"') quote = quote ? '' : c
      else if (c === "'" && !quote) quote = c
      else if (c === '\\' && (next === this.#bang || next === (quote || "'"))) i++
    }
    return false
  }

  #ended(text: string): ExpandedLine {
    return { text, printOnly: this.#printOnly }
  }

  /** Bash: bash_history_inhibit_expansion(), and the characters after which `!` stands for itself. */
  #startsEvent(i: number, quote: string): boolean {
    const line = this.#line
    const next = line[i + 1]
    if (next === undefined || /[\s=]/.test(next) || (quote === '"' && next === '"')) return false
    if (next === '(' && this.#extglob) return false
    const before = line[i - 1]
    if (before === '[' && line.includes(']', i + 1)) return false
    if (before === '{' && line[i - 2] === '$' && line.includes('}', i + 1)) return false
    return before !== '$'
  }

  /** The text that the event at the cursor stands for. */
  #event(before: string, quote: string): string {
    const from = this.#at
    const entry = this.#find(before, quote)
    if (entry === undefined) throw new Failure(`${this.#line.slice(from, this.#at)}: event not found`)
    return this.#modified(this.#words(entry))
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.#line.slice(this.#at))
    if (found) this.#at += found[0].length
    return found ?? undefined
  }

  /** The line of the history that is meant. Readline: get_history_event(). */
  #find(before: string, quote: string): string | undefined {
    const { lines, base } = this.#history
    const last = lines.at(-1)
    this.#at++
    if (this.#line[this.#at] === this.#bang) {
      this.#at++
      return last
    }
    if (this.#take(/^#/)) return before
    if (/^[:$*%^]/.test(this.#line.slice(this.#at))) return last
    const number = this.#take(/^-?\d+/)
    if (number) {
      const n = Number(number[0])
      return lines[n < 0 ? lines.length + n : n - base]
    }
    const anywhere = this.#take(/^\?([^?\n]*)\??/)
    if (anywhere) return this.#search(anywhere[1]!)
    const rest = this.#line.slice(this.#at)
    let length = 0
    while (length < rest.length && !EVENT_END.test(rest[length]!) && rest[length] !== quote) length++
    this.#at += length
    const wanted = rest.slice(0, length)
    return wanted ? lines.findLast(it => it.startsWith(wanted)) : undefined
  }

  #search(given: string): string | undefined {
    const { remembered, lines } = this.#history
    const wanted = given || remembered.search
    if (!wanted) return undefined
    remembered.search = wanted
    const found = lines.findLast(it => it.includes(wanted))
    if (found !== undefined) remembered.match = splitWords(found).find(it => it.includes(wanted)) ?? ''
    return found
  }

  /** Word designators. Readline: get_history_word_specifier(). */
  #words(entry: string): string {
    const from = this.#at
    const match = this.#take(
      /^(?::(?:([%*$])|(\d+|\^|(?=-))(\^|\*|-(?:\d+|\$|\^)?)?)|([%*$])|(\^|(?=-))(\^|\*|-(?:\d+|\$|\^)?)?)/,
    )
    if (!match) return entry
    const single = match[1] ?? match[4]
    const words = splitWords(entry)
    if (single === '%') return this.#history.remembered.match ?? ''
    if (single === '*') return words.slice(1).join(' ')
    const first = single ?? match[2] ?? match[5] ?? ''
    const range = match[3] ?? match[6]
    const text = single
      ? extract(words, LAST, LAST)
      : extract(words, position(first), endOf(position(first), range))
    if (text === undefined) throw new Failure(`${this.#line.slice(from, this.#at)}: bad word specifier`)
    return text
  }

  #modified(text: string): string {
    let out = text
    while (this.#line[this.#at] === ':') {
      const from = this.#at
      const [, way = ''] = this.#take(/^:([gaG]?)/)!
      const letter = this.#line[this.#at] ?? ''
      this.#at++
      if (letter === 's' || letter === '&') out = this.#substitute(out, letter, way, from)
      else if (/^[htrepqx]$/.test(letter)) out = this.#apply(letter, out)
      else throw new Failure(`${letter}: unrecognized history modifier`)
    }
    return out
  }

  #apply(letter: string, text: string): string {
    const slash = text.lastIndexOf('/')
    const dot = text.lastIndexOf('.')
    if (letter === 'h') return slash < 0 ? text : text.slice(0, slash)
    if (letter === 't') return text.slice(slash + 1)
    if (letter === 'r') return dot < 0 ? text : text.slice(0, dot)
    if (letter === 'e') return dot <= 0 ? text : text.slice(dot)
    if (letter === 'q') return singleQuote(text)
    if (letter === 'x')
      return text
        .split(/[ \t\n]+/)
        .map(singleQuote)
        .join(' ')
    this.#printOnly = true
    return text
  }

  #substitute(text: string, letter: string, way: string, from: number): string {
    const { remembered } = this.#history
    if (letter === 's' && !this.#readSubstitution()) return text
    const { old } = remembered
    const by = remembered.new ?? ''
    const where = () => this.#line.slice(from, this.#at)
    if (!old) throw new Failure(`${where()}: no previous substitution`)
    if (!text.includes(old)) throw new Failure(`${where()}: substitution failed`)
    if (way === 'G') return text.replace(/\S+|\s+/g, it => it.replace(old, () => by))
    return way ? text.replaceAll(old, () => by) : text.replace(old, () => by)
  }

  /** `/old/new/`. False if nothing follows. */
  #readSubstitution(): boolean {
    const { remembered } = this.#history
    const delimiter = this.#line[this.#at]
    if (delimiter === undefined) return false
    this.#at++
    const old = this.#pattern(delimiter) || remembered.old || remembered.search
    if (old === undefined) delete remembered.old
    else remembered.old = old
    const by = this.#pattern(delimiter)
    remembered.new = by.replace(/\\&|&/g, it => (it === '&' ? (old ?? '') : '&'))
    return true
  }

  #pattern(delimiter: string): string {
    let out = ''
    for (; this.#at < this.#line.length; this.#at++) {
      const c = this.#line[this.#at]!
      if (c === delimiter) {
        this.#at++
        break
      }
      if (c === '\\' && this.#line[this.#at + 1] === delimiter) this.#at++
      out += this.#line[this.#at]
    }
    return out
  }
}

type Position = number | typeof LAST

const position = (text: string): Position => (text === '^' ? 1 : text === LAST ? LAST : Number(text))

/** The last word of a range: `x*` is `x-$`, `x-` lacks the last word. */
function endOf(first: Position, range: string | undefined): Position {
  if (range === undefined) return first
  if (range === '^') return 1
  if (range === '*') return LAST
  return range === '-' ? -1 : position(range.slice(1))
}

/** Readline: history_arg_extract(). */
function extract(words: readonly string[], first: Position, last: Position): string | undefined {
  const { length } = words
  const from = first === LAST ? length - 1 : first
  const to = last === LAST ? length - 1 : last < 0 ? length + last - 1 : last
  if (last !== LAST && last >= 0 && last < from) return undefined
  if (from >= length || to >= length || from < 0 || to < -1 || from > to + 1) return undefined
  return words.slice(from, to + 1).join(' ')
}
