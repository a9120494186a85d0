/** Words being put together from their parts. */
import type { Literal, Part, Word } from '../tree.ts'

export const EMPTY_WORD: Word = { text: '', parts: [], plain: '', braces: undefined, assign: undefined }

export const literal = (text: string, quoted: boolean): Literal => ({ type: 'literal', text, quoted })

/** A word of which nothing is expanded. */
export const literalWord = (text: string): Word => ({
  ...EMPTY_WORD,
  text,
  plain: text,
  parts: [literal(text, true)],
})

const GLOB = /[*?[\]\\]|[@+!]\(/

export function makeWord(text: string, parts: readonly Part[]): Word {
  const isPlain = parts.every(it => it.type === 'literal' && (it.quoted || !GLOB.test(it.text)))
  const plain = isPlain ? parts.map(it => (it as Literal).text).join('') : undefined
  return { text, parts, plain, braces: undefined, assign: undefined }
}

/** Parts in the making: literal text that is quoted alike is one part. */
export class Parts {
  readonly #parts: Part[] = []
  #text = ''
  #quoted: boolean | undefined

  literal(text: string, quoted: boolean): void {
    if (this.#quoted !== quoted) this.#flush()
    this.#text += text
    this.#quoted = quoted
  }

  push(part: Part): void {
    this.#flush()
    this.#parts.push(part)
  }

  /** Whether nothing but unquoted text has been added. */
  get isBare(): boolean {
    return !this.#parts.length && this.#quoted !== true
  }

  /** The last character, if it is unquoted. */
  get last(): string {
    return this.#quoted === false ? this.#text.slice(-1) : ''
  }

  done(quoted: boolean): Part[] {
    this.#flush()
    return this.#parts.length ? this.#parts : [literal('', quoted)]
  }

  #flush(): void {
    if (this.#quoted !== undefined) this.#parts.push(literal(this.#text, this.#quoted))
    this.#text = ''
    this.#quoted = undefined
  }
}
