/** A refusal in words: for why(1), and for the page. */
import type { Refusal } from '../../../abi/index.ts'
import type { Dictionary, Explanation, Phrases } from './dictionary.ts'
import { en, phrases as english } from './en/index.ts'
import { ko, phrases as korean } from './ko/index.ts'

export { headline } from './headline.ts'

export type Language = 'en' | 'ko'
const DICTIONARIES: Readonly<Record<Language, Dictionary>> = { en, ko }
export const PHRASES: Readonly<Record<Language, Phrases>> = { en: english, ko: korean }

/** The language of a locale's environment. */
export const languageOf = (env: ReadonlyMap<string, string>): Language =>
  (env.get('LC_ALL') ?? env.get('LC_MESSAGES') ?? env.get('LANG') ?? '').startsWith('ko') ? 'ko' : 'en'

/** The rule, what made it apply, and what one can do. */
export function explain(refusal: Refusal, language: Language): Explanation {
  // The facts are those of the rule, which the compiler cannot see of a union.
  const say = DICTIONARIES[language][refusal.rule] as (facts: object, refusal: Refusal) => Explanation
  return say(refusal.facts, refusal)
}
