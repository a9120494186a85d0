/** Shell patterns. Linux: glibc posix/fnmatch.c; glob(7). Shared by the shell, find, ls and others. */
import { escapeRegex, shellClass } from './regex.ts'

export interface FnmatchOptions {
  /** `*`, `?` and brackets do not match a slash. FNM_PATHNAME. */
  readonly pathname?: boolean
  /** A leading period must be matched by a period. FNM_PERIOD. */
  readonly period?: boolean
  /** FNM_CASEFOLD. */
  readonly ignoreCase?: boolean
  /** ksh's ?(…) *(…) +(…) @(…) !(…). FNM_EXTMATCH. */
  readonly extglob?: boolean
}

const cache = new Map<string, RegExp>()
const CACHED = 500

/** Whether the whole text matches the pattern. A backslash takes the next character literally. */
export function fnmatch(pattern: string, text: string, options: FnmatchOptions = {}): boolean {
  return globRegex(pattern, options).test(text)
}

/** The pattern as a regular expression that matches whole texts. */
export function globRegex(pattern: string, options: FnmatchOptions = {}): RegExp {
  const key = `${options.pathname ? 'p' : ''}${options.period ? '.' : ''}${options.ignoreCase ? 'i' : ''}${
    options.extglob ? 'e' : ''
  }/${pattern}`
  let regex = cache.get(key)
  if (regex) return regex
  if (cache.size >= CACHED) cache.clear()
  regex = new RegExp(`^(?:${globSource(pattern, options)})$`, options.ignoreCase ? 'sui' : 'su')
  cache.set(key, regex)
  return regex
}

/** The pattern as the source of a regular expression, without anchors; for prefixes and suffixes as well. */
export function globSource(pattern: string, options: FnmatchOptions = {}): string {
  const text = [...pattern]
  return (options.period ? leadingPeriod(text) : '') + translate(text, 0, text.length, options)
}

/** A name that begins with a period needs a pattern that does. */
const leadingPeriod = (text: readonly string[]): string =>
  text[0] === '.' || (text[0] === '\\' && text[1] === '.') ? '' : '(?!\\.)'

function translate(text: readonly string[], from: number, to: number, options: FnmatchOptions): string {
  const any = options.pathname ? '[^/]' : '.'
  let source = ''
  for (let at = from; at < to; at++) {
    const char = text[at]!
    if (options.extglob && '?*+@!'.includes(char) && text[at + 1] === '(') {
      const close = closing(text, at + 1, to)
      if (close > 0) return source + extended(text, at, close, to, options)
    }
    if (char === '*') {
      while (text[at + 1] === '*' && !(options.extglob && text[at + 2] === '(')) at++
      source += `${any}*`
    } else if (char === '?') source += any
    else if (char === '\\' && at + 1 < to) source += escapeRegex(text[++at]!)
    else if (char === '[') {
      const it = shellClass(text, at)
      if (!it || it.end > to) source += '\\['
      else {
        source += options.pathname ? `(?!/)${it.source}` : it.source
        at = it.end - 1
      }
    } else source += escapeRegex(char)
  }
  return source
}

/** Where the parenthesis at `open` closes; -1 if nowhere. */
function closing(text: readonly string[], open: number, to: number): number {
  let depth = 0
  for (let at = open; at < to; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '(') depth++
    else if (text[at] === ')' && !--depth) return at
  }
  return -1
}

/** One of the ksh patterns at `at`, and what follows it. */
function extended(
  text: readonly string[],
  at: number,
  close: number,
  to: number,
  options: FnmatchOptions,
): string {
  const branches = split(text, at + 2, close).map(([from, end]) => translate(text, from, end, options))
  const group = `(?:${branches.join('|')})`
  const rest = translate(text, close + 1, to, options)
  const operator = text[at]!
  if (operator === '@') return group + rest
  if (operator !== '!') return group + operator + rest
  return `(?!${group}${rest}$)${options.pathname ? '[^/]' : '.'}*${rest}`
}

function split(text: readonly string[], from: number, to: number): [number, number][] {
  const parts: [number, number][] = []
  let depth = 0
  let start = from
  for (let at = from; at < to; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '(') depth++
    else if (text[at] === ')') depth--
    else if (text[at] === '|' && !depth) {
      parts.push([start, at])
      start = at + 1
    }
  }
  parts.push([start, to])
  return parts
}
