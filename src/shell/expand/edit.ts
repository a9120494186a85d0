/** Cutting, replacing and changing case in `${x#…}`, `${x/…/…}` and `${x^…}`. Bash: subst.c. */
import type { Shell } from '../shell.ts'
import { escapeRegex, isPattern, globRegex, globSource } from './pattern.ts'

const optionsOf = (sh: Shell) => ({ extglob: sh.shopts.has('extglob') })

/** `#`, `##`, `%` or `%%`. */
export function removeMatch(sh: Shell, text: string, operator: string, pattern: string): string {
  if (!pattern) return text
  if (!isPattern(pattern)) {
    if (operator[0] === '#') return text.startsWith(pattern) ? text.slice(pattern.length) : text
    return text.endsWith(pattern) ? text.slice(0, text.length - pattern.length) : text
  }
  const regexp = globRegex(pattern, optionsOf(sh))
  const n = text.length
  const isCut = (i: number, part: string): boolean => !isInside(text, i) && regexp.test(part)
  switch (operator) {
    case '#':
      for (let i = 0; i <= n; i++) if (isCut(i, text.slice(0, i))) return text.slice(i)
      return text
    case '##':
      for (let i = n; i >= 0; i--) if (isCut(i, text.slice(0, i))) return text.slice(i)
      return text
    case '%':
      for (let i = n; i >= 0; i--) if (isCut(i, text.slice(i))) return text.slice(0, i)
      return text
    default:
      for (let i = 0; i <= n; i++) if (isCut(i, text.slice(i))) return text.slice(0, i)
      return text
  }
}

/** Whether a cut at `at` would go through the two halves of one character. */
const isInside = (text: string, at: number): boolean =>
  /[\udc00-\udfff]/.test(text[at] ?? '') && /[\ud800-\udbff]/.test(text[at - 1] ?? '')

/** `/`, `//`, `/#` or `/%`. `by` has `&` for the match, `\&` for an ampersand. */
export function replaceMatches(
  sh: Shell,
  text: string,
  operator: string,
  pattern: string,
  by: string,
): string {
  const replacement = (match: string) => by.replace(/\\([\\&])|&/g, (_, quoted?: string) => quoted ?? match)
  if (!pattern)
    return operator === '/#' ? replacement('') + text : operator === '/%' ? text + replacement('') : text
  // Bash measures these wrongly, so they never match. Bash: lib/glob/gmisc.c:umatchlen().
  if (/\[[!^]\]/.test(pattern) && !pattern.includes('*')) return text
  const source = isPattern(pattern) ? globSource(pattern, optionsOf(sh)) : escapeRegex(pattern)
  const ends = operator === '/#' ? `^(?:${source})` : operator === '/%' ? `(?:${source})$` : source
  const flags = `su${operator === '//' ? 'g' : ''}${sh.shopts.has('nocasematch') ? 'i' : ''}`
  return text.replace(new RegExp(ends, flags), (match, ...rest) => {
    const at = rest.find(it => typeof it === 'number') as number
    return operator === '//' && !match && at === text.length && text ? '' : replacement(match)
  })
}

/** Upper case as towupper(3) gives it: a character for a character. */
export const upper = (text: string): string =>
  /^[\0-\x7f]*$/.test(text) ? text.toUpperCase() : eachOne(text, upperOne)
export const lower = (text: string): string =>
  /^[\0-\x7f]*$/.test(text) ? text.toLowerCase() : eachOne(text, lowerOne)

const eachOne = (text: string, change: (c: string) => string): string => [...text].map(change).join('')
const upperOne = (c: string): string => one(c, c.toUpperCase())
const lowerOne = (c: string): string => one(c, c.toLowerCase())
const one = (c: string, changed: string): string => (changed.length === c.length ? changed : c)

/** `^`, `^^`, `,` or `,,` on the characters that match. */
export function removeCase(sh: Shell, text: string, operator: string, pattern: string | undefined): string {
  const swap = (c: string) => (c === upper(c) ? lower(c) : upper(c))
  const change = (c: string) => (operator[0] === '~' ? swap(c) : operator[0] === '^' ? upper(c) : lower(c))
  const regexp = globRegex(pattern || '?', optionsOf(sh))
  const chars = [...text]
  if (operator.length === 2) return chars.map(c => (regexp.test(c) ? change(c) : c)).join('')
  return chars.map((c, i) => (i === 0 && regexp.test(c) ? change(c) : c)).join('')
}
