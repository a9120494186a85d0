/** Regular expressions of awk programs, each compiled once. mawk: rexp.c, whose messages these are. */
import { compileRegex, RegexError } from '../regex.ts'
import type { Dialect } from './tree.ts'

/** What is wrong with a regular expression. */
export class BadRegex {
  readonly message: string
  constructor(problem: string, source: string) {
    this.message = `regular expression compile failed (${problem})\n${source}`
  }
}

const regexes = new Map<string, RegExp>()

/** A dynamic or literal regular expression, compiled once. Throws BadRegex. */
export function regexOf(dialect: Dialect, source: string): RegExp {
  const known = `${dialect} ${source}`
  let regex = regexes.get(known)
  if (!regex) {
    if (regexes.size > 500) regexes.clear()
    regex = compiled(dialect, source)
    regexes.set(known, regex)
  }
  return regex
}

function compiled(dialect: Dialect, source: string): RegExp {
  const problem = dialect === 'mawk' ? problemOf(source) : undefined
  if (problem) throw new BadRegex(problem, source)
  const text = source.replace(
    /\\([abfrtv"/])/g,
    (_, it: string) => ({ a: '\x07', b: '\b', f: '\f', r: '\r', t: '\t', v: '\v', '"': '"', '/': '/' })[it]!,
  )
  try {
    return compileRegex(text, { extended: true, awk: true, intervals: dialect === 'busybox' })
  } catch (e) {
    if (!(e instanceof RegexError)) throw e
    const isClass = dialect === 'mawk' && /\[|class/.test(e.message)
    throw new BadRegex(isClass ? 'bad class -- [], [^] or [' : e.message, source)
  }
}

/** What mawk misses between the operators of an expression, which POSIX leaves open. */
function problemOf(source: string): string | undefined {
  let depth = 0
  let before = ''
  for (const [token] of source.matchAll(/\\.|\[\^?\]?(?:\[:\w*:\]|[^\]])*\]|./gs)) {
    const lacksOperand = before === '' || before === '|'
    if (before === '^' && /^[*+]$/.test(token)) return 'syntax error ^* or ^+'
    if (lacksOperand && /^[*+?|]$/.test(token)) return 'missing operand'
    if (before === '(' && /^[|)]$/.test(token)) return 'missing operand'
    if (before === '|' && token === ')' && depth) return 'missing operand'
    if (token === '(') depth++
    if (token === ')' && depth) depth--
    before = token
  }
  if (depth) return "missing ')'"
  return before === '|' ? 'missing operand' : undefined
}
