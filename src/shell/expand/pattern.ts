/**
 * Patterns: `*`, `?`, `[…]` and extended patterns, translated to regular expressions and cached. A backslash in a
 * pattern makes the next character ordinary. POSIX: fnmatch(3); bash: lib/glob/sm_loop.c.
 */

const CLASSES: Record<string, string> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}\\p{N}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  print: ' -~\\u00a0-\\u{10ffff}',
  graph: '!-~\\u00a1-\\u{10ffff}',
  cntrl: '\\x00-\\x1f\\x7f',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
}

interface Options {
  readonly ignoreCase?: boolean | undefined
  readonly extglob?: boolean | undefined
}

const cache = new Map<string, RegExp>()

/** The regular expression that matches whole texts as `pattern` does. */
export function patternRegExp(pattern: string, options: Options = {}): RegExp {
  const key = `${options.ignoreCase ? 'i' : ''}${options.extglob ? 'x' : ''}:${pattern}`
  let known = cache.get(key)
  if (!known) {
    if (cache.size > 2000) cache.clear()
    cache.set(key, (known = compile(`^(?:${translate(pattern, !!options.extglob)})$`, !!options.ignoreCase)))
  }
  return known
}

function compile(source: string, ignoreCase: boolean): RegExp {
  try {
    return new RegExp(source, ignoreCase ? 'sui' : 'su')
  } catch {
    return /$^/
  }
}

export const matches = (text: string, pattern: string, options: Options = {}): boolean =>
  patternRegExp(pattern, options).test(text)

/** Whether a text holds anything that is special in patterns. */
export const isPattern = (text: string): boolean => /[*?[\\]|[@+!]\(/.test(text)

/** The source of a regular expression for a pattern. `star` is what `*` becomes. */
export function translate(pattern: string, extglob: boolean, star = '.*', any = '.'): string {
  let out = ''
  let i = 0
  while (i < pattern.length) {
    const c = pattern[i]!
    if (extglob && /[?*+@!]/.test(c) && pattern[i + 1] === '(') {
      const end = closeParen(pattern, i + 1)
      if (end > 0) {
        out += extended(c, pattern.slice(i + 2, end), pattern.slice(end + 1), star, any)
        i = end + 1
        continue
      }
    }
    if (c === '*') out += star
    else if (c === '?') out += any
    else if (c === '\\' && i + 1 < pattern.length) out += escapeRegExp(charAt(pattern, ++i))
    else if (c === '[') {
      const set = bracket(pattern, i)
      out += set ? set.source : '\\['
      if (set) i = set.end
    } else out += escapeRegExp(charAt(pattern, i))
    i += c === '\\' || c === '[' ? 1 : charAt(pattern, i).length
  }
  return out
}

const charAt = (text: string, i: number): string => String.fromCodePoint(text.codePointAt(i)!)

function extended(kind: string, body: string, rest: string, star: string, any: string): string {
  const choices = alternatives(body)
    .map(it => translate(it, true, star, any))
    .join('|')
  if (kind === '@') return `(?:${choices})`
  if (kind === '?') return `(?:${choices})?`
  if (kind === '*') return `(?:${choices})*`
  if (kind === '+') return `(?:${choices})+`
  return `(?:(?!(?:${choices})(?:${translate(rest, true, star, any)})$)${star})`
}

function alternatives(body: string): string[] {
  const out: string[] = []
  let from = 0
  let depth = 0
  for (let i = 0; i < body.length; i++) {
    const c = body[i]
    if (c === '\\') i++
    else if (c === '(') depth++
    else if (c === ')') depth--
    else if (c === '|' && !depth) {
      out.push(body.slice(from, i))
      from = i + 1
    }
  }
  return [...out, body.slice(from)]
}

function closeParen(text: string, open: number): number {
  let depth = 0
  for (let i = open; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '(') depth++
    else if (text[i] === ')' && --depth === 0) return i
  }
  return -1
}

/** A bracket expression at `open`: its regular expression and where it ends. */
function bracket(pattern: string, open: number): { source: string; end: number } | undefined {
  let i = open + 1
  const negated = pattern[i] === '!' || pattern[i] === '^'
  if (negated) i++
  let body = ''
  for (let first = true; i < pattern.length; first = false) {
    const c = pattern[i]!
    if (c === ']' && !first)
      return { source: body ? `[${negated ? '^' : ''}${body}]` : negated ? '[^]' : '(?!)', end: i }
    if (c === '/') return undefined
    if (c === '[' && (pattern[i + 1] === ':' || pattern[i + 1] === '.' || pattern[i + 1] === '=')) {
      const close = pattern.indexOf(`${pattern[i + 1]}]`, i + 2)
      if (close > 0) {
        const name = pattern.slice(i + 2, close)
        body += pattern[i + 1] === ':' ? (CLASSES[name] ?? '') : escapeClass(name)
        i = close + 2
        continue
      }
    }
    const at = c === '\\' && i + 1 < pattern.length ? i + 1 : i
    const char = charAt(pattern, at)
    i = at + char.length
    if (pattern[i] === '-' && pattern[i + 1] !== undefined && pattern[i + 1] !== ']') {
      const to = pattern[i + 1] === '\\' ? i + 2 : i + 1
      const last = charAt(pattern, to)
      i = to + last.length
      if (char <= last) body += `${escapeClass(char)}-${escapeClass(last)}`
    } else body += escapeClass(char)
  }
  return undefined
}

export const escapeRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
const escapeClass = (text: string): string => text.replace(/[\\\]^[()|/{}-]/g, '\\$&')
/** A text as a pattern that matches just it. */
export const escapePattern = (text: string): string =>
  /[*?[\]\\()|!@+]/.test(text) ? text.replace(/[*?[\]\\()|!@+]/g, '\\$&') : text
