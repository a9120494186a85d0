/**
 * Word expansion, the part that never sleeps: parameters, arithmetic, quotes, tilde and field splitting. A command
 * substitution in a word throws `NEEDED`; command.ts runs it and expands the word again, with the results and the
 * side effects of the first time remembered in `sh.memo`. Bash: subst.c.
 */
import { Complaint, NEEDED, type Shell } from '../shell.ts'
import type { Arithmetic, Literal, Parameter, Part, Tilde, Word } from '../tree.ts'
import { evaluateToText } from './arithmetic.ts'
import { Fields, checkLength, type Field } from './fields.ts'
import { parameterValue, type Expanded } from './parameter.ts'
import { escapePattern, escapeRegex } from './pattern.ts'
import { homeOf } from './tilde.ts'

const BLANKS = /[\s*?[\\]/

/** The words that `word` becomes are pushed to `out`. Returns false if file names have to be looked up for one. */
export function expandWord(sh: Shell, word: Word, out: Field[]): void {
  if (word.plain !== undefined) {
    out.push({ text: word.plain, pattern: undefined })
    return
  }
  if (word.braces) {
    for (const it of word.braces) expandWord(sh, it, out)
    return
  }
  const { parts } = word
  if (parts.length === 1 && expandSimple(sh, parts[0]!, out)) return
  const fields = new Fields(ifsOf(sh))
  for (const part of parts) addPart(sh, part, fields)
  fields.end()
  for (const it of fields.out) out.push(it)
}

/** `$x`, `"$x"` and `$((…))` alone, which most words are. */
function expandSimple(sh: Shell, part: Part, out: Field[]): boolean {
  if (part.type === 'arithmetic') {
    const text = arithmeticValue(sh, part)
    const ifs = sh.variables.map.get('IFS')
    if (!part.quoted && ifs && ifs.value !== ' \t\n') return false
    out.push({ text, pattern: undefined })
    return true
  }
  if (part.type !== 'parameter' || !part.simple) return false
  const value = parameterValue(sh, part)
  if (value === undefined) {
    if (part.quoted) out.push({ text: '', pattern: undefined })
    return true
  }
  if (typeof value !== 'string' || (!part.quoted && (BLANKS.test(value) || !hasDefaultIfs(sh)))) return false
  if (value || part.quoted) out.push({ text: value, pattern: undefined })
  return true
}

const hasDefaultIfs = (sh: Shell): boolean => {
  const ifs = sh.variables.map.get('IFS')
  return !ifs || ifs.value === ' \t\n'
}

export const ifsOf = (sh: Shell): string => sh.variables.scalar('IFS') ?? ' \t\n'

function addPart(sh: Shell, part: Part, fields: Fields): void {
  switch (part.type) {
    case 'literal':
      if (part.quoted) fields.addQuoted(part.text)
      else fields.addPlain(part.text)
      return
    case 'parameter':
      return addParameter(sh, part, fields)
    case 'tilde':
      fields.addQuoted(tildeText(sh, part))
      return
    case 'process':
      fields.addQuoted(needed(sh, part))
      return
    case 'arithmetic':
    case 'substitution': {
      const text = part.type === 'arithmetic' ? arithmeticValue(sh, part) : needed(sh, part)
      if (part.quoted) fields.addQuoted(text)
      else fields.addSplit(text)
    }
  }
}

function addParameter(sh: Shell, part: Parameter, fields: Fields): void {
  const value = parameterValue(sh, part)
  if (value === undefined) {
    if (part.quoted) fields.addQuoted('')
  } else if (typeof value === 'string') {
    if (part.quoted) fields.addQuoted(value)
    else fields.addSplit(value)
  } else if ('word' in value) addOperand(sh, value.word, part.quoted, fields)
  else addList(sh, value, part.quoted, fields)
}

/** The word of `${x:-word}`: its unquoted text is split like a result. */
function addOperand(sh: Shell, word: Word, quoted: boolean, fields: Fields): void {
  if (quoted) fields.addQuoted('')
  for (const part of word.parts) {
    if (part.type === 'literal' && !part.quoted && !quoted) fields.addSplit(part.text)
    else if (part.type === 'literal') fields.addQuoted(part.text)
    else addPart(sh, part, fields)
  }
}

function addList(
  sh: Shell,
  value: { list: readonly string[]; star: boolean },
  quoted: boolean,
  fields: Fields,
): void {
  if (quoted && value.star) return fields.addQuoted(value.list.join(starSeparator(sh)))
  // Where no blank separates, the elements are joined and split again, so that empty ones count.
  const [separator = ' '] = ifsOf(sh)
  if (!quoted && !sh.isDash && !/[ \t\n]/.test(separator) && value.list.length > 1)
    return fields.addSplit(value.list.join(separator))
  value.list.forEach((it, i) => {
    if (quoted) {
      if (i) fields.endAlways()
      fields.addQuoted(it)
    } else {
      if (i) fields.end()
      fields.addSplit(it)
    }
  })
}

export const starSeparator = (sh: Shell): string => {
  const ifs = sh.variables.scalar('IFS')
  return ifs === undefined ? ' ' : (ifs[0] ?? '')
}

function tildeText(sh: Shell, part: Tilde): string {
  const isMeant = !part.inWord || !(sh.isDash || sh.options.has('posix'))
  return (isMeant ? homeOf(sh, part.user) : undefined) ?? `~${part.user}`
}

/** One string, without splitting: assignments, redirections, `case` words, here-documents. */
export function expandString(sh: Shell, word: Word): string {
  if (word.plain !== undefined) return word.plain
  return join(sh, word, plainText, plainText)
}

/** A pattern: what was quoted is escaped. */
export function expandPattern(sh: Shell, word: Word): string {
  if (word.plain !== undefined && word.parts.length <= 1 && !(word.parts[0] as Literal | undefined)?.quoted)
    return word.plain
  return join(sh, word, plainText, escapePattern)
}

/** A regular expression: what was quoted is escaped. */
export const expandRegExp = (sh: Shell, word: Word): string => join(sh, word, plainText, escapeRegex)

const plainText = (text: string): string => text

function join(
  sh: Shell,
  word: Word,
  unquoted: (text: string) => string,
  quoted: (text: string) => string,
): string {
  let out = ''
  for (const part of word.parts) {
    const isQuoted = part.type === 'tilde' || part.type === 'process' || part.quoted
    const text =
      part.type === 'parameter'
        ? joinParameter(sh, part, unquoted, quoted)
        : (isQuoted ? quoted : unquoted)(partText(sh, part))
    checkLength(out.length + text.length)
    out += text
  }
  return out
}

function partText(sh: Shell, part: Exclude<Part, Parameter>): string {
  if (part.type === 'literal') return part.text
  if (part.type === 'tilde') return tildeText(sh, part)
  return part.type === 'arithmetic' ? arithmeticValue(sh, part) : needed(sh, part)
}

function joinParameter(
  sh: Shell,
  part: Parameter,
  unquoted: (text: string) => string,
  quoted: (text: string) => string,
): string {
  const value: Expanded = parameterValue(sh, part)
  if (value === undefined) return ''
  if (typeof value === 'string') return part.quoted ? quoted(value) : unquoted(value)
  if ('word' in value)
    return part.quoted ? quoted(expandString(sh, value.word)) : join(sh, value.word, unquoted, quoted)
  const text = value.list.join(value.star && !part.isInHereDoc ? starSeparator(sh) : ' ')
  return part.quoted ? quoted(text) : unquoted(text)
}

/** What a substitution gave, and `$?` after it. */
export interface Substituted {
  readonly text: string
  readonly status: number
}

/** The result of a substitution, if it has run; what stands behind it sees its status as `$?`. */
function needed(sh: Shell, part: Part): string {
  const known = sh.memo?.get(part) as Substituted | undefined
  if (known !== undefined) {
    if (!sh.isDash) sh.status = known.status
    return known.text
  }
  sh.needed = part
  throw NEEDED
}

export function arithmeticValue(sh: Shell, part: Arithmetic): string {
  const known = sh.memo?.get(part)
  if (known !== undefined) return known as string
  const expression = part.word.plain ?? expandString(sh, part.word)
  const text = sh.isDash && !sh.isAsh ? dashArithmetic(sh, expression) : evaluateToText(sh, expression)
  sh.memo?.set(part, text)
  return text
}

/** dash knows no comma, and neither `++` nor `**`: these are two operators each. */
function dashArithmetic(sh: Shell, expression: string): string {
  if (expression.includes(','))
    throw new Complaint(`arithmetic expression: expecting EOF: "${expression}"`, 2, 'exit')
  const apart = expression.replace(/([-+*])(?=\1)/g, '$1 ')
  if (apart === expression) return evaluateToText(sh, expression)
  try {
    return evaluateToText(sh, apart)
  } catch (e) {
    if (!(e instanceof Complaint)) throw e
    throw new Complaint(e.message.replace(apart.trimStart(), expression.trimStart()), e.status, e.fatal)
  }
}

/** Complain as bash does about `${…}` it does not understand. */
export function badSubstitution(
  { text, within = text, op }: Parameter,
  fatal: Complaint['fatal'] = 'discard',
): Complaint {
  const isOpen = op?.type === 'bad' && op.isOpen
  return new Complaint(
    isOpen ? `bad substitution: no closing \`}' in ${within}` : `${within}: bad substitution`,
    1,
    fatal,
  )
}
