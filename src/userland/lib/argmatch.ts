/** Option values out of a list of words. Linux: gnulib argmatch.c. */
import { type Fatal, usage } from './command.ts'
import { quote } from './quote.ts'

/**
 * The meaning of a word, or of an unambiguous abbreviation, for an option: what `words` maps it to. Words with the same
 * meaning are listed together when none fits. Dies as XARGMATCH does.
 */
export function oneOf<T>(option: string, word: string, words: readonly (readonly [string, T])[]): T {
  const exact = words.find(([name]) => name === word)
  if (exact) return exact[1]
  const candidates = words.filter(([name]) => name.startsWith(word))
  const first = candidates[0]
  if (first && candidates.every(([, meaning]) => meaning === first[1])) return first[1]
  throw invalidArgument(option, word, words, first ? 'ambiguous' : 'invalid')
}

/** As oneOf, but abbreviations do not count: XARGMATCH_EXACT. */
export function exactlyOneOf<T>(option: string, word: string, words: readonly (readonly [string, T])[]): T {
  const exact = words.find(([name]) => name === word)
  if (!exact) throw invalidArgument(option, word, words, 'invalid')
  return exact[1]
}

function invalidArgument<T>(
  option: string,
  word: string,
  words: readonly (readonly [string, T])[],
  problem: string,
): Fatal {
  let list = ''
  let last: T | undefined
  for (const [i, [name, meaning]] of words.entries()) {
    list += i && meaning === last ? `, ${quote(name)}` : `\n  - ${quote(name)}`
    last = meaning
  }
  return usage(`${problem} argument ${quote(word)} for ${quote(option)}\nValid arguments are:${list}`, 1)
}

/** The words of --color=WHEN and the like. */
export const WHEN = [
  ['always', 'always'],
  ['yes', 'always'],
  ['force', 'always'],
  ['never', 'never'],
  ['no', 'never'],
  ['none', 'never'],
  ['auto', 'auto'],
  ['tty', 'auto'],
  ['if-tty', 'auto'],
] as const
