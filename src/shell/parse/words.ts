/**
 * Words as parts: what is quoted in them, and what is expanded how. The text between `from` and `to` has been read by the
 * lexer already, or comes from a prompt, a here-document or a subscript, where something may be left open.
 * Bash: parse.y:read_token_word(), subst.c:expand_word_internal().
 */
import { decodeAnsi } from '../expand/ansi.ts'
import { braceExpand } from '../expand/brace.ts'
import type { List, Parameter, Part, Word } from '../tree.ts'
import { Lexer, SyntaxError } from './lexer.ts'
import { EMPTY_WORD, literalWord, makeWord, Parts } from './parts.ts'

/**
 * Where words stand: it decides which quotes count and where `~` is expanded. `string` is what double quotes hold,
 * `operand` what `${x-…}` does within them.
 */
export type Place = 'word' | 'here-string' | 'assign' | 'pattern' | 'string' | 'operand' | 'heredoc'

export const isQuoted = (place: Place): boolean =>
  place === 'string' || place === 'operand' || place === 'heredoc'

/** What stands for itself up to the next of these. */
const ORDINARY = /[^\\'"`$<>~]+/y
const NAME = /[A-Za-z_]\w*|\d|[@*#?$!-]/y
const TILDE = /~[\w.+-]*/y
const ASSIGNMENT = /^[A-Za-z_]\w*=/
/** What a backslash quotes between double quotes, in an operand there, and in a here-document. */
const ESCAPED: Partial<Record<Place, string>> = { string: '$`"\\', operand: '$`"\\}', heredoc: '$`\\' }

function matchAt(pattern: RegExp, text: string, at: number, to: number): string {
  pattern.lastIndex = at
  const found = pattern.exec(text)?.[0] ?? ''
  return found.slice(0, Math.max(0, to - at))
}

/** The commands of a `$(…)` that has been read: where the first of them starts, and where the text after `)` does. */
export interface ReadList {
  readonly list: List
  readonly first: number
  readonly end: number
}

/** Makes words. Commands inside them are read by who extends this. */
export abstract class Words extends Lexer {
  /** The commands of each `$(…)` and `<(…)`, by where they start; the words of each `name=(…)`. */
  protected readonly lists = new Map<number, ReadList>()
  protected readonly elements = new Map<number, readonly (readonly [number, number])[]>()
  /** The line of the simple command whose words are looked at: where its substitutions begin to count. */
  protected commandLine: number | undefined

  /** A reader of another text in the same language, without aliases. */
  protected abstract another(text: string, line: number): Words

  /** All commands of the text. Throws `SyntaxError`. */
  abstract all(): List

  /** What `${…}` from `from` to `end` stands for. */
  protected abstract parameter(from: number, end: number, place: Place): Parameter

  /** The whole text as one word of a command on line `commandLine`. */
  whole(place: Place, commandLine?: number): Word {
    this.commandLine = commandLine
    return this.word(0, this.src.length, place)
  }

  /** The whole text as an expression. */
  expression(): Word {
    return this.arithmetic(this.src)
  }

  protected word(from: number, to: number, place: Place): Word {
    const text = this.src.slice(from, to)
    if (place === 'word' && this.dialect.braces && text.includes('{')) {
      const texts = braceExpand(text)
      if (texts.length !== 1 || texts[0] !== text) return { ...EMPTY_WORD, text, ...this.#braces(texts) }
    }
    return makeWord(text, this.#parts(from, to, place))
  }

  #braces(texts: readonly string[]): Pick<Word, 'plain' | 'braces'> {
    const braces = texts.filter(it => it !== '').map(it => this.spelled(it, 'word'))
    return { plain: undefined, braces }
  }

  /** The word that another text spells. */
  protected spelled(text: string, place: Place): Word {
    return this.another(text, this.commandLine ?? 0).whole(place, this.commandLine)
  }

  /** An expression: expanded like a double-quoted string, in which double quotes mean nothing. */
  protected arithmetic(text: string): Word {
    if (!/[$`"'\\]/.test(text)) return literalWord(text)
    const { parts } = this.spelled(text, 'heredoc')
    return makeWord(
      text,
      parts.map(it => (it.type === 'literal' ? { ...it, text: it.text.replace(/(?<!\\)"/g, '') } : it)),
    )
  }

  #parts(from: number, to: number, place: Place): Part[] {
    const out = new Parts()
    for (let i = from; i < to; ) i = this.#part(out, i, to, place, from)
    return out.done(isQuoted(place))
  }

  /** Add what stands at `i`; returns where the next part starts. */
  #part(out: Parts, i: number, to: number, place: Place, from: number): number {
    const quoted = isQuoted(place)
    switch (this.src[i]) {
      case '\\':
        return this.#escape(out, i, to, place)
      case "'":
        if (!quoted) return this.#singleQuotes(out, i, to)
        break
      case '"':
        if (place !== 'heredoc') return this.#doubleQuotes(out, i, to)
        break
      case '`':
        return this.#backquotes(out, i, to, quoted)
      case '$':
        return this.#dollar(out, i, to, place, from)
      case '<':
      case '>':
        if (!quoted && this.isProcessSubstitution(i)) return this.#process(out, i, to)
        break
      case '~':
        if (!quoted) return this.#tilde(out, i, to, place, from)
        break
      default: {
        const text = matchAt(ORDINARY, this.src, i, to)
        out.literal(text, quoted)
        return i + text.length
      }
    }
    out.literal(this.src[i]!, quoted)
    return i + 1
  }

  #escape(out: Parts, i: number, to: number, place: Place): number {
    const next = i + 1 < to ? this.src[i + 1]! : ''
    if (next === '\n') return i + 2
    const escaped = ESCAPED[place]
    if (next && (!escaped || escaped.includes(next))) {
      out.literal(next, true)
      return i + 2
    }
    out.literal('\\', true)
    return i + 1
  }

  #singleQuotes(out: Parts, i: number, to: number): number {
    const end = this.src.indexOf("'", i + 1)
    if (end < 0 || end >= to) {
      out.literal("'", false)
      return i + 1
    }
    out.literal(this.src.slice(i + 1, end), true)
    return end + 1
  }

  #doubleQuotes(out: Parts, i: number, to: number): number {
    const end = this.#endOf(i, to)
    const shut = end || to + 1
    if (shut === i + 2) out.literal('', true)
    for (let k = i + 1; k < shut - 1; ) k = this.#part(out, k, shut - 1, 'string', i + 1)
    return Math.min(shut, to)
  }

  /** Where what begins at `i` is closed; 0 if it is not before `to`. */
  #endOf(i: number, to: number, quoted = false): number {
    try {
      const end = quoted && this.src[i + 1] === '{' ? this.braced(i, true) : this.quoted(i)
      return end <= to ? end : 0
    } catch (e) {
      if (e instanceof SyntaxError) return 0
      throw e
    }
  }

  /** Bash: general.c:bash_tilde_find_word(). `~"x"` and `~$x` are no tilde prefixes. */
  #tilde(out: Parts, i: number, to: number, place: Place, from: number): number {
    const text = matchAt(TILDE, this.src, i, to)
    const end = i + text.length
    const inWord = place === 'word' && ASSIGNMENT.test(this.src.slice(from, to))
    const before = out.last
    const starts =
      i === from ||
      (place === 'assign' && before === ':') ||
      (inWord && (before === ':' || (before === '=' && out.isBare)))
    if (starts && (end === to || /[/:]/.test(this.src[end]!)))
      out.push({ type: 'tilde', user: text.slice(1), inWord })
    else out.literal(text, false)
    return end
  }

  // Expansions

  #dollar(out: Parts, i: number, to: number, place: Place, from: number): number {
    const { src, dialect } = this
    const quoted = isQuoted(place)
    const next = i + 1 < to ? src[i + 1]! : ''
    if (next === '(') return this.#parenthesis(out, i, to, quoted)
    if (next === '{') {
      const end = this.#endOf(i, to, quoted)
      const it = end ? this.parameter(i, end, place) : unclosed(src.slice(i, to), quoted)
      out.push(isBad(it) ? { ...it, within: src.slice(from, to) } : it)
      return end || to
    }
    if (next === '[' && !dialect.dash) {
      const end = this.#endOf(i, to)
      if (end) {
        out.push({ type: 'arithmetic', quoted, word: this.arithmetic(src.slice(i + 2, end - 1)) })
        return end
      }
    }
    if (next === "'" && !quoted && (dialect.ash || !dialect.dash)) {
      const end = this.#endOf(i, to)
      if (end) {
        out.literal(decodeAnsi(src.slice(i + 2, end - 1)), true)
        return end
      }
    }
    // "$"…"", a string to be translated.
    if (next === '"' && !quoted && !dialect.dash) return i + 1
    const name = matchAt(NAME, src, i + 1, to)
    if (!name) {
      out.literal('$', quoted)
      return i + 1
    }
    out.push(simpleParameter(name, quoted, place))
    return i + 1 + name.length
  }

  /** `$((…))`, or `$(…)`. */
  #parenthesis(out: Parts, i: number, to: number, quoted: boolean): number {
    const end = this.src[i + 2] === '(' ? this.#arithmeticEnd(i + 3, to) : 0
    if (end) {
      out.push({ type: 'arithmetic', quoted, word: this.arithmetic(this.src.slice(i + 3, end - 2)) })
      return end
    }
    return this.#substitution(out, i, to, quoted)
  }

  #arithmeticEnd(from: number, to: number): number {
    try {
      const end = this.arithmeticEnd(from)
      return end <= to ? end : 0
    } catch (e) {
      if (e instanceof SyntaxError) return 0
      throw e
    }
  }

  #substitution(out: Parts, i: number, to: number, quoted: boolean): number {
    const line = this.lineAt(i)
    const end = this.#commands(i + 2, i, to)
    if (end) {
      out.push({ type: 'substitution', quoted, list: this.#lazyList(i, end), source: undefined, line })
      return end
    }
    // What is wrong with it is told when it is executed.
    const close = Math.min(closing(this.src, i + 2), to)
    const source = this.src.slice(i + 2, close)
    out.push({ type: 'substitution', quoted, list: NOTHING, source, line })
    return Math.min(close + 1, to)
  }

  /** Read the commands that start at `from`, unless they have been; 0 if they are none. */
  #commands(from: number, opened: number, to: number): number {
    try {
      const end = this.lists.get(from)?.end ?? this.substitution(from, opened)
      return end <= to ? end : 0
    } catch (e) {
      if (e instanceof SyntaxError) return 0
      throw e
    }
  }

  #process(out: Parts, i: number, to: number): number {
    const end = this.#commands(i + 2, i, to) || to
    out.push({ type: 'process', operator: this.src[i] as '<' | '>', list: this.#lazyList(i, end) })
    return end
  }

  /** The commands between parentheses: the first one is on the line of the command that they are part of. */
  #lazyList(i: number, end: number): () => List {
    const from = i + 2
    const read = this.lists.get(from)
    if (!read) return NOTHING
    const shift = (this.commandLine ?? this.lineAt(i)) - this.lineAt(read.first)
    if (!shift) return () => read.list
    const [text, line] = [this.src.slice(from, end - 1), this.lineAt(from) + shift]
    let list: List | undefined
    return () => (list ??= this.another(text, line).all())
  }

  /** Backquotes keep their newlines; a backslash in them is for them first. */
  #backquotes(out: Parts, i: number, to: number, quoted: boolean): number {
    const end = this.#endOf(i, to)
    const escaped = quoted ? /\\([$`\\"])/g : /\\([$`\\])/g
    const source = this.src.slice(i + 1, end ? end - 1 : to).replace(escaped, '$1')
    const line = this.lineAt(i)
    const list = this.#parsed(source, this.commandLine ?? line)
    out.push({
      type: 'substitution',
      quoted,
      list: list ? () => list : NOTHING,
      source: list ? undefined : source,
      line,
    })
    return end || to
  }

  #parsed(source: string, line: number): List | undefined {
    try {
      return this.another(source, line).all()
    } catch (e) {
      if (e instanceof SyntaxError) return undefined
      throw e
    }
  }
}

const NOTHING = (): List => ({ type: 'list', line: 0, items: [] })

const named = (name: string, text: string, quoted: boolean): Parameter => ({
  type: 'parameter',
  name,
  text,
  quoted,
  prefix: undefined,
  index: undefined,
  op: undefined,
  simple: true,
})

/** Whether expanding it may end with "bad substitution". */
const isBad = ({ op, index }: Parameter): boolean =>
  op?.type === 'bad' || (op?.type === 'transform' && op.letter === 'bad') || index?.text === ''

/** `${…` without its brace. */
const unclosed = (text: string, quoted: boolean): Parameter => ({
  ...named('', text, quoted),
  op: { type: 'bad', isOpen: true },
  simple: false,
})

function simpleParameter(name: string, quoted: boolean, place: Place): Parameter {
  const it = named(name, `$${name}`, quoted)
  return place === 'heredoc' && name === '*' ? { ...it, isInHereDoc: true } : it
}

/** Where the parenthesis that closes a text without grammar is. */
function closing(text: string, from: number): number {
  let depth = 1
  for (let i = from; i < text.length; i++) {
    const c = text[i]
    if (c === '\\') i++
    else if (c === '(') depth++
    else if (c === ')' && --depth === 0) return i
  }
  return text.length
}
