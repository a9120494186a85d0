/** `${…}`: the parameter, and what is done with its value. Bash: subst.c:parameter_brace_expand(). */
import { skip } from '../expand/brace.ts'
import type { Operation, Parameter } from '../tree.ts'
import { subscriptEnd } from './subscript.ts'
import { isQuoted, type Place, Words } from './words.ts'

const NAME = /^(?:[A-Za-z_]\w*|\d+|[@*#?$!-])/
const BAD: Operation = { type: 'bad' }

/** Reads `${…}`. */
export abstract class Parameters extends Words {
  protected parameter(from: number, end: number, place: Place): Parameter {
    const text = this.src.slice(from, end)
    const inner = this.src.slice(from + 2, end - 1)
    const prefix = this.dialect.dash && inner[0] === '!' ? undefined : prefixOf(inner)
    const start = prefix ? 1 : 0
    const name = NAME.exec(inner.slice(start))?.[0] ?? ''
    const behind = start + name.length
    const close = /^\w/.test(name) && inner[behind] === '[' ? subscriptEnd(inner.slice(behind)) : 0
    const at = from + 2 + behind
    const index = close ? this.word(at + 1, at + close - 1, 'operand') : undefined
    const rest = at + close
    const op = name ? this.#operation(rest, end - 1, prefix, isQuoted(place)) : BAD
    const it: Parameter = {
      type: 'parameter',
      name,
      text,
      quoted: isQuoted(place),
      prefix,
      index,
      op,
      simple: !prefix && !index && !op,
    }
    return place === 'heredoc' && (name === '*' || prefix === '!') ? { ...it, isInHereDoc: true } : it
  }

  /** What stands behind the parameter. */
  #operation(from: number, to: number, prefix: Parameter['prefix'], quoted: boolean): Operation | undefined {
    const text = this.src.slice(from, to)
    if (!text) return undefined
    if (prefix === '#') return BAD
    if (prefix === '!' && (text === '@' || text === '*')) return { type: 'names', operator: text }
    const [operator = ''] = /^(?::?[-=?+]|##?|%%?|\/[/#%]?|\^\^?|,,?|~~?|[@:])/.exec(text) ?? []
    const at = from + operator.length
    switch (operator.at(-1)) {
      case '-':
      case '=':
      case '?':
      case '+':
        return { type: 'default', operator, word: this.word(at, to, quoted ? 'operand' : 'assign') }
      case '~':
        return at === to ? { type: 'case', operator, pattern: undefined } : BAD
      case '^':
      case ',':
        return { type: 'case', operator, pattern: at < to ? this.word(at, to, 'pattern') : undefined }
      case '@':
        return { type: 'transform', letter: /^[UuLQEPAKak]$/.test(text.slice(1)) ? text[1]! : 'bad' }
      case ':':
        return this.#slice(at, to)
    }
    if (operator[0] === '/') return this.#replace(operator, at, to, quoted)
    return operator ? { type: 'remove', operator, pattern: this.word(at, to, 'pattern') } : BAD
  }

  #slice(from: number, to: number): Operation {
    const text = this.src.slice(from, to)
    const colon = delimiter(text, ':')
    if (!text.slice(0, colon) && colon === text.length) return BAD
    return {
      type: 'slice',
      offset: this.arithmetic(text.slice(0, colon)),
      length: colon < text.length ? this.arithmetic(text.slice(colon + 1)) : undefined,
    }
  }

  #replace(operator: string, from: number, to: number, quoted: boolean): Operation {
    // What `//` replaces may begin with a slash.
    const first = operator === '//' && this.src[from] === '/' ? from + 1 : from
    const slash = first + delimiter(this.src.slice(first, to), '/')
    const pattern = this.word(from, slash, 'pattern')
    const by = this.word(Math.min(slash + 1, to), to, quoted ? 'pattern' : 'assign')
    return { type: 'replace', operator, pattern, by }
  }
}

/** `${#x}` is a length and `${#-x}` the number of parameters with a default; `${!x}` is indirect and `${!}` a parameter. */
function prefixOf(inner: string): Parameter['prefix'] {
  const rest = inner.slice(1)
  const name = NAME.exec(rest)?.[0]
  if (!name) return undefined
  if (inner[0] === '!') return '!'
  if (inner[0] !== '#') return undefined
  const behind = rest.slice(name.length)
  return !behind || (behind[0] === '[' && subscriptEnd(behind)) ? '#' : undefined
}

/** Where the delimiter is in `text`, but for quotes, expansions and, of a colon, what parentheses and `?` hold. */
function delimiter(text: string, mark: string): number {
  let depth = 0
  let questions = 0
  for (let i = 0; i < text.length; i = skip(text, i)) {
    const c = text[i]
    if (c === mark && !depth && !questions) return i
    if (mark !== ':') continue
    if (c === '(') depth++
    else if (c === ')') depth--
    else if (c === '?') questions++
    else if (c === ':') questions--
  }
  return text.length
}
