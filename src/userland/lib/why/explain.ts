/** A refusal in words: for why(1), and for the page. */
import { errnoOf, type Refusal } from '../../../abi/index.ts'
import type { Dictionary, Explanation, Phrases } from './dictionary.ts'
import { en, phrases as english } from './en/index.ts'
import { ko, phrases as korean } from './ko/index.ts'

export type Language = 'en' | 'ko'
const DICTIONARIES: Readonly<Record<Language, Dictionary>> = { en, ko }
export const PHRASES: Readonly<Record<Language, Phrases>> = { en: english, ko: korean }

/** The rule, what made it apply, and what one can do. */
export function explain(refusal: Refusal, language: Language): Explanation {
  // The facts are those of the rule, which the compiler cannot see of a union.
  const say = DICTIONARIES[language][refusal.rule] as (facts: object, refusal: Refusal) => Explanation
  return say(refusal.facts, refusal)
}

const argument = (it: string | number): string => {
  if (typeof it === 'number') return it > 0xffff ? `0x${it.toString(16)}` : `${it}`
  return JSON.stringify(it.length > 48 ? `${it.slice(0, 48)}…` : it)
}

/** What happened: `mount("t", "/mnt", "tmpfs", 0) = EPERM (Operation not permitted)`. */
export function headline({ call, args, errno, comm, pid }: Refusal, { befell }: Phrases): string {
  const who = `${comm}${pid ? `[${pid}]` : ''}`
  if (!call) return `${who}: ${befell}`
  return `${who}: ${call}(${args.map(argument).join(', ')}) = ${errnoOf(errno)?.name} (${errnoOf(errno)?.message})`
}
