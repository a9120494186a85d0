/** Texts that become known only when the shell runs, as words: subscripts, prompts, what a completion offers. */
import type { List, Word } from '../tree.ts'
import { Grammar } from './grammar.ts'
import type { Dialect } from './lexer.ts'
import type { Place } from './words.ts'

export { SILENT } from './conditional.ts'
export { Grammar } from './grammar.ts'
export { type Dialect, Lexer, SyntaxError, type Token } from './lexer.ts'
export { subscriptEnd } from './subscript.ts'

const BASH: Dialect = { extglob: true, braces: true, posix: false, dash: false, ash: false, alias: undefined }

const words = new Map<string, Word>()
const WORDS_LIMIT = 1000

/** What `make` makes of a text; the same each time it is asked for. */
function remembered(key: string, make: () => Word): Word {
  let word = words.get(key)
  if (!word) {
    if (words.size > WORDS_LIMIT) words.clear()
    word = make()
    words.set(key, word)
  }
  return word
}

/** The commands of a text, which starts on line `line`. Throws `SyntaxError`. */
export const parseCommands = (text: string, line: number): List => new Grammar(text, 0, line, BASH).all()

/** The word that `text` spells, blanks and all. */
export const parseWord = (text: string, place: Place = 'word'): Word =>
  remembered(`${place} ${text}`, () => new Grammar(text, 0, 0, BASH).whole(place))

/** A text to be expanded as if between double quotes: PS1, here-documents. */
export const parseQuoted = (text: string): Word => parseWord(text, 'heredoc')

/** The expression of a subscript or an assignment to an integer. */
export const parseArithmeticText = (text: string): Word =>
  remembered(`arithmetic ${text}`, () => new Grammar(text, 0, 0, BASH).expression())
