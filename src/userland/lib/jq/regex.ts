/**
 * match and test: Oniguruma's patterns as JavaScript's. jq: f_match in builtin.c.
 *
 * Left out: what lib/grep/perl.ts leaves out of Perl's syntax; the longest match (`l`).
 */
import { PerlError, perlSource } from '../grep/perl.ts'
import { described } from './print.ts'
import { fail, type Json, objectOf } from './value.ts'

/** Oniguruma's words for what PCRE2 says otherwise. */
const WORDS: Readonly<Record<string, string>> = {
  'missing closing parenthesis': 'end pattern with unmatched parenthesis',
  'unmatched closing parenthesis': 'unmatched close parenthesis',
  'missing terminating ] for character class': 'premature end of char-class',
  'quantifier does not follow a repeatable item': 'target of repeat operator is not specified',
  '\\ at end of pattern': 'end pattern at escape',
}

interface Pattern {
  readonly regex: RegExp
  readonly names: ReadonlyMap<number, string>
}

const compiled = new Map<string, Pattern>()

function compile(source: string, flags: string): Pattern {
  const key = `${flags}/${source}`
  const known = compiled.get(key)
  if (known) return known
  // Oniguruma's multi-line mode is Perl's `s`; its single-line mode is how Perl's patterns are read anyway.
  const options = (flags.includes('x') ? 'x' : '') + (flags.includes('p') ? 's' : '')
  let regex: RegExp
  try {
    const text = perlSource((options && `(?${options})`) + source, flags.includes('i'))
    regex = new RegExp(text, `dgu${flags.includes('i') ? 'i' : ''}`)
  } catch (e) {
    if (!(e instanceof PerlError) && !(e instanceof SyntaxError)) throw e
    const message = e instanceof PerlError ? e.message : 'invalid pattern'
    return fail(`Regex failure: ${WORDS[message] ?? message}`)
  }
  const names = new Map<number, string>()
  let count = 0
  for (const [open, name] of source.replace(/\\./gs, '__').matchAll(/\((?:\?<([A-Za-z_]\w*)>|(?!\?))/g)) {
    count++
    if (open && name) names.set(count, name)
  }
  const pattern = { regex, names }
  if (compiled.size > 100) compiled.clear()
  compiled.set(key, pattern)
  return pattern
}

/** `_match(re; flags; test)`: whether there is a match, or all of them. */
export function matches(text: Json, re: Json, flags: Json, test: Json): Json {
  if (typeof text !== 'string') return fail(`${described(text)} cannot be matched, as it is not a string`)
  if (typeof re !== 'string') return fail(`${described(re)} is not a string`)
  if (flags !== null && typeof flags !== 'string') return fail(`${described(flags)} is not a string`)
  if (/[^gimxsnlp]/.test(flags ?? '')) return fail(`${flags} is not a valid modifier string`)
  const { regex, names } = compile(re, flags ?? '')
  if (test) {
    regex.lastIndex = 0
    return regex.test(text)
  }
  const found: Json[] = []
  const skipEmpty = flags?.includes('n')
  for (const match of text.matchAll(regex)) {
    // Nothing is looked for at the very end of a text that is not empty.
    if (text && match.index === text.length) break
    if (!skipEmpty || match[0]) found.push(matchObject(text, match, names))
    if (!flags?.includes('g')) break
  }
  return found
}

function matchObject(text: string, match: RegExpExecArray, names: ReadonlyMap<number, string>): Json {
  const count = (part: string): number => [...part].length
  const offset = (at: number): number => count(text.slice(0, at))
  const places = (match as RegExpExecArray & { indices: ([number, number] | undefined)[] }).indices
  const captures = match.slice(1).map((part, i): Json => {
    const at = places[i + 1]
    const name = names.get(i + 1) ?? null
    if (part === undefined || !at) return objectOf({ offset: -1, string: null, length: 0, name })
    return objectOf({ offset: offset(at[0]), length: count(part), string: part, name })
  })
  return objectOf({
    offset: offset(match.index),
    length: count(match[0]),
    string: match[0],
    captures,
  })
}
