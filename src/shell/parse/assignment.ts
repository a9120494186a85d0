/**
 * Assignments: `name=value`, `name[key]+=value`, `name=(…)`. Bash: parse.y, PST_COMPASSIGN; arrayfunc.c:expand_compound_array_assignment().
 */
import { braceExpand } from '../expand/brace.ts'
import type { Assign, Element, Part, Word } from '../tree.ts'
import { Parameters } from './parameter.ts'
import { EMPTY_WORD, literal } from './parts.ts'
import { assignmentOf, subscriptEnd } from './subscript.ts'

/** Reads assignments. */
export abstract class Assignments extends Parameters {
  protected abstract override another(text: string, line: number): Assignments

  /** `name=value`, `name[key]+=value`, `name=(…)`. */
  protected assign(from: number, to: number): Assign {
    const text = this.src.slice(from, to)
    const { name, index, append, end } = assignmentOf(text)!
    const base = { name, index, append, text }
    const value = from + end
    const elements = this.elements.get(value + 1)
    if (this.src[value] !== '(' || !elements)
      return { ...base, value: this.word(value, to, 'assign'), elements: undefined }
    return { ...base, value: EMPTY_WORD, elements: elements.map(([a, b]) => this.#element(a, b)) }
  }

  #element(from: number, to: number): Element {
    const text = this.src.slice(from, to)
    const close = text[0] === '[' ? subscriptEnd(text) : 0
    const append = close > 0 && text.startsWith('+=', close)
    if (!close || (text[close] !== '=' && !append))
      return { index: undefined, append: false, value: withoutAssignment(this.word(from, to, 'word')) }
    const texts = this.dialect.braces && text.includes('{') ? braceExpand(text) : []
    return {
      ...(texts.length > 1 ? { braces: texts.map(it => this.spelled(it, 'pattern')) } : {}),
      index: text.slice(1, close - 1),
      append,
      value: this.word(from + close + (append ? 2 : 1), to, 'assign'),
    }
  }

  /** An argument of declare and its like: several ones if it has braces. */
  protected assignWords(from: number, to: number): Word[] {
    const text = this.src.slice(from, to)
    const isList = this.elements.has(from + assignmentOf(text)!.end + 1)
    const texts = isList || !this.dialect.braces || !text.includes('{') ? [text] : braceExpand(text)
    if (texts.length < 2) return [{ ...EMPTY_WORD, text, plain: undefined, assign: this.assign(from, to) }]
    return texts.flatMap(it =>
      assignmentOf(it) ? this.another(it, this.commandLine ?? 0).wholeAssign() : [],
    )
  }

  /** The whole text as an argument of declare. */
  wholeAssign(): Word {
    return { ...EMPTY_WORD, text: this.src, plain: undefined, assign: this.assign(0, this.src.length) }
  }
}

/** `x=~` in a list is no assignment, so its `~` is none either. */
function withoutAssignment(word: Word): Word {
  const at = word.parts.findIndex(it => it.type === 'tilde')
  if (at <= 0) return word
  const parts = word.parts.map((it): Part => (it.type === 'tilde' ? literal(`~${it.user}`, true) : it))
  return { ...word, parts }
}
