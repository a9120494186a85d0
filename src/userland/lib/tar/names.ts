/** Which members tar takes, and under which names: patterns, exclusion, --transform, --strip-components. */
import { fatal } from '../command.ts'
import { fnmatch } from '../fnmatch.ts'
import { compileRegex, RegexError, withFlags } from '../regex.ts'

const bare = (name: string): string => name.replace(/(.)\/+$/, '$1')

/** Whether a pattern fits the name or a directory it is in, beginning at any component. */
export function isExcluded(patterns: readonly string[], name: string): boolean {
  if (!patterns.length) return false
  const parts = bare(name).split('/')
  for (let from = 0; from < parts.length; from++)
    for (let to = from + 1; to <= parts.length; to++) {
      const piece = parts.slice(from, to).join('/')
      if (patterns.some(pattern => fnmatch(bare(pattern), piece))) return true
    }
  return false
}

/** The members that were asked for by name, and which of them were seen. */
export class Selection {
  readonly #wanted: Map<string, boolean>
  readonly #wildcards: boolean

  constructor(names: readonly string[], wildcards: boolean) {
    this.#wanted = new Map(names.map(name => [bare(name), false]))
    this.#wildcards = wildcards
  }

  takes(member: string): boolean {
    if (!this.#wanted.size) return true
    const name = bare(member)
    for (const want of this.#wanted.keys())
      if (name === want || name.startsWith(`${want}/`) || (this.#wildcards && this.#fits(want, name))) {
        this.#wanted.set(want, true)
        return true
      }
    return false
  }

  /** A pattern also takes what is below what it fits. */
  #fits(pattern: string, name: string): boolean {
    const parts = name.split('/')
    return parts.some((_, i) => fnmatch(pattern, parts.slice(0, i + 1).join('/')))
  }

  /** What was asked for but not found. */
  get missing(): string[] {
    return [...this.#wanted].filter(([, seen]) => !seen).map(([name]) => name)
  }
}

/** What --transform does to a name: sed's s command, several of them separated by semicolons. */
export function transformer(expressions: readonly string[]): (name: string) => string {
  const steps = expressions.flatMap(it => it.split(/;(?=s\W)/)).map(substitution)
  return name => steps.reduce((text, step) => step(text), name)
}

function substitution(expression: string): (text: string) => string {
  const mark = expression[1] ?? ''
  const [, pattern, replacement, flags, extra] = splitAt(expression, mark)
  if (expression[0] !== 's' || flags === undefined || extra !== undefined)
    throw fatal(`Invalid transform expression`, undefined, 2)
  let regex: RegExp
  try {
    const compiled = compileRegex(pattern!, {
      extended: flags.includes('x'),
      ignoreCase: flags.includes('i'),
    })
    regex = flags.includes('g') ? withFlags(compiled, `${compiled.flags.replace('g', '')}g`) : compiled
  } catch (e) {
    if (e instanceof RegexError) throw fatal('Invalid transform expression', undefined, 2)
    throw e
  }
  return text =>
    text.replace(regex, (...groups) =>
      replacement!.replace(/\\(.)|&/g, (whole, letter: string | undefined) => {
        if (whole === '&') return String(groups[0])
        return /\d/.test(letter!) ? String(groups[Number(letter)] ?? '') : letter!
      }),
    )
}

/** The parts between unescaped marks. */
function splitAt(text: string, mark: string): string[] {
  const parts = ['']
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (char === '\\' && i + 1 < text.length)
      parts[parts.length - 1] += text[++i] === mark ? mark : `\\${text[i]}`
    else if (char === mark) parts.push('')
    else parts[parts.length - 1] += char
  }
  return parts
}

/** The name without so many leading directories; empty if nothing is left. */
export function stripped(name: string, components: number): string {
  if (!components) return name
  const isDirectory = name.endsWith('/')
  const rest = name
    .split('/')
    .filter(it => it)
    .slice(components)
    .join('/')
  return rest && isDirectory ? `${rest}/` : rest
}
