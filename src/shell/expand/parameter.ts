/**
 * Parameter expansion: `$x`, `${x:-…}` and all its other forms, on scalars, arrays and positional parameters.
 * Bash: subst.c:param_expand(), parameter_brace_expand().
 */
import { Complaint, type Shell } from '../shell.ts'
import type { Operation, Parameter, Word } from '../tree.ts'
import { elementsOf, isName, keysOf, type Value, type Variable } from '../variables.ts'
import { evaluate } from './arithmetic.ts'
import { assign, assignElement, elementOf, keyOf, splitReference } from './assign.ts'
import { lower, removeCase, removeMatch, replaceMatches, upper } from './edit.ts'
import { attributesOf, declaration, pairsText, quoteWord } from './quote.ts'
import { decodeAnsi } from './ansi.ts'
import { expandPrompt } from '../prompt.ts'
import { narrow, widen } from '../locale.ts'
import { parseWord, subscriptEnd } from '../parse/index.ts'
import { badSubstitution, expandPattern, expandString, starSeparator } from './word.ts'

/** What a parameter stands for: nothing, one text, the texts of `@` or `*`, or the word of `${x:-word}`. */
export type Expanded =
  | undefined
  | string
  | { readonly list: readonly string[]; readonly star: boolean }
  | { readonly word: Word }

export function parameterValue(sh: Shell, part: Parameter): Expanded {
  if (part.simple) {
    const value = lookup(sh, part.name)
    if (value === undefined && sh.options.has('nounset')) throw unbound(sh, part)
    // Of a reference to `a[@]`, `${ref}` is one word.
    if (typeof value === 'object' && part.text[1] === '{' && 'list' in value && /^[A-Za-z_]/.test(part.name))
      return value.list.join(' ')
    return value
  }
  return sh.memo?.has(part) ? (sh.memo.get(part) as Expanded) : expandBraced(sh, part)
}

function unbound(sh: Shell, part: Parameter): Complaint {
  const name = /^[\d!]/.test(part.name) && !sh.isDash ? `$${part.name}` : part.name
  const index = part.index ? `[${part.index.text}]` : ''
  return new Complaint(
    sh.isDash ? `${part.name}: parameter not set` : `${name}${index}: unbound variable`,
    sh.isDash ? 2 : 1,
    'exit',
  )
}

/** `$name`. */
function lookup(sh: Shell, name: string): Expanded {
  const c = name.charCodeAt(0)
  if ((c >= 97 && c <= 122) || c === 95 || (c >= 65 && c <= 90))
    return sh.variables.scalar(name) ?? (sh.variables.map.get(name)?.nameref ? referred(sh, name) : undefined)
  return special(sh, name)
}

/** What a name reference to an element, or to all of them, gives. */
function referred(sh: Shell, name: string): Expanded {
  const target = sh.variables.target(name)
  if (target === '') sh.warn(`warning: ${name}: circular name reference`)
  const it = splitReference(target)
  return it?.index === undefined ? undefined : valueOf(sh, it.name, parseWord(it.index, 'operand'))
}

function special(sh: Shell, name: string): Expanded {
  switch (name) {
    case '?':
      return String(sh.status)
    case '#':
      return String(sh.args.length)
    case '@':
      return { list: sh.args, star: false }
    case '*':
      return { list: sh.args, star: true }
    case '$':
      return String(sh.mainPid)
    case '!':
      return sh.lastBackground ? String(sh.lastBackground) : sh.options.has('nounset') ? undefined : ''
    case '-':
      return sh.flags()
    case '0':
      return sh.name0()
  }
  return sh.args[Number(name) - 1]
}

/** What `${name…}` may do in dash, and in busybox's shell. */
const DASH_OPERATIONS: ReadonlySet<string> = new Set(['default', 'remove'])
const ASH_OPERATIONS: ReadonlySet<string> = new Set([...DASH_OPERATIONS, 'replace', 'slice'])

function expandBraced(sh: Shell, part: Parameter): Expanded {
  const { op, prefix, index } = part
  if (
    op?.type === 'bad' ||
    (sh.isDash &&
      (prefix === '!' || index || (op && !(sh.isAsh ? ASH_OPERATIONS : DASH_OPERATIONS).has(op.type))))
  )
    throw badSubstitution(part)
  if (prefix === '!') {
    if (op?.type === 'names') return namesList(sh, part, namesWith(sh, part.name), op.operator === '*', '')
    if (index && isAll(index.text) && !op)
      return namesList(sh, part, keysOf(sh.variables.resolve(part.name)?.current()), index.text === '*', ' ')
    return indirect(sh, part)
  }
  if (index?.text === '') throw badSubstitution(part)
  // The length of an element that a name refers to is asked of a variable with its name.
  if (
    prefix === '#' &&
    !index &&
    sh.variables.map.get(part.name)?.nameref &&
    !isName(sh.variables.target(part.name))
  )
    return '0'
  if (prefix === '#' && index && isBefore(sh, part.name, index))
    throw new Complaint(`${index.text}]: bad array subscript`, 1, 'discard')
  const value = valueOf(sh, part.name, index)
  if (prefix === '#') return lengthOf(sh, part, value)
  if (!op) {
    if (value === undefined && sh.options.has('nounset')) throw unbound(sh, part)
    return value
  }
  return apply(sh, part, op, value)
}

/** Whether a subscript counts back to before the first element. */
function isBefore(sh: Shell, name: string, index: Word): boolean {
  const value = sh.variables.resolve(name)?.current()
  if (value === undefined || value instanceof Map || !/^\s*-/.test(index.text)) return false
  return Number(evaluate(sh, expandString(sh, index))) < -(Array.isArray(value) ? value.length : 1)
}

const isAll = (index: string): boolean => index === '@' || index === '*'

/** A variable, an element or all elements. */
function valueOf(sh: Shell, name: string, index: Word | undefined): Expanded {
  if (!index) return lookup(sh, name)
  const value = sh.variables.resolve(name)?.current()
  if (isAll(index.text)) return { list: elementsOf(value), star: index.text === '*' }
  return elementOf(
    sh,
    value,
    value instanceof Map ? keyOf(sh, name, index.text) : expandString(sh, index),
    name,
  )
}

/** Names or keys. Where nothing is split, those of `*` are one word. */
const namesList = (
  sh: Shell,
  part: Parameter,
  list: readonly string[],
  star: boolean,
  between: string,
): Expanded => (star && !part.quoted && sh.get('IFS') === '' ? list.join(between) : { list, star })

const namesWith = (sh: Shell, start: string): string[] =>
  sh.variables.names().filter(it => it.startsWith(start) && isSet(sh, it))

const isSet = (sh: Shell, name: string): boolean => {
  const variable = sh.variables.find(name)!
  return variable.current() !== undefined && !variable.blank
}

/** `${!x}`: the parameter that x names. */
function indirect(sh: Shell, part: Parameter): Expanded {
  const variable = sh.variables.find(part.name)
  if (variable?.nameref && !part.index && variable.value) return sh.variables.target(part.name) || undefined
  const isVariable = /^[A-Za-z_]/.test(part.name)
  if (isVariable && (!variable || (variable.nameref && !part.index)))
    throw new Complaint(`${part.name}: invalid indirect expansion`, 1, 'discard')
  const value = valueOf(sh, part.name, part.index)
  const name = typeof value === 'object' && 'list' in value ? value.list.join(' ') || undefined : value
  if (name === undefined && !isVariable && !part.op && sh.options.has('nounset'))
    throw new Complaint(`!${part.name}: unbound variable`, 1, 'exit')
  if (name === undefined)
    return part.op?.type === 'default'
      ? apply(sh, { ...part, prefix: undefined }, part.op, undefined)
      : undefined
  const match = /^(?:([A-Za-z_]\w*)(\[.+\])?|(\d+|[@*#?$!-]))$/s.exec(name as string)
  if (!match || (match[2] !== undefined && subscriptEnd(match[2]) !== match[2].length))
    throw new Complaint(`${name}: invalid variable name`, 1, 'discard')
  const index = match[2] === undefined ? undefined : parseWord(match[2].slice(1, -1), 'operand')
  return expandBraced(sh, {
    ...part,
    name: (match[1] ?? match[3])!,
    index,
    prefix: undefined,
    isIndirect: true,
  })
}

function lengthOf(sh: Shell, part: Parameter, value: Expanded): string {
  if (value === undefined) {
    if (sh.options.has('nounset')) throw unbound(sh, part)
    return '0'
  }
  if (typeof value === 'string') return String(characters(narrow(sh, value)))
  const held = part.index && sh.variables.resolve(part.name)
  if (part.index && sh.options.has('nounset') && (!held || held.blank))
    throw unbound(sh, { ...part, index: undefined })
  if ('list' in value && sh.isDash) return String(characters(narrow(sh, value.list.join(' '))))
  return String('list' in value ? value.list.length : 0)
}

/** Code points, not UTF-16 units. */
const characters = (text: string): number => {
  let n = 0
  for (const _ of text) n++
  return n
}

function apply(sh: Shell, part: Parameter, op: Operation, value: Expanded): Expanded {
  if (op.type === 'default') return applyDefault(sh, part, op, value)
  if (op.type === 'transform') return transform(sh, part, op.letter, value)
  if (value === undefined) {
    if (sh.options.has('nounset')) throw unbound(sh, part)
    if (op.type !== 'slice') return undefined
  }
  return op.type === 'slice' ? slice(sh, part, op, value) : edited(sh, op, value)
}

function edited(sh: Shell, op: Operation, value: Expanded): Expanded {
  const edit = editorOf(sh, op)
  return edit ? each(value, it => widen(sh, edit(narrow(sh, it)))) : value
}

/** What an operator does to a text. */
function editorOf(sh: Shell, op: Operation): ((text: string) => string) | undefined {
  switch (op.type) {
    case 'remove': {
      const pattern = narrow(sh, expandPattern(sh, op.pattern))
      return it => removeMatch(sh, it, op.operator, pattern)
    }
    case 'replace': {
      const pattern = narrow(sh, expandPattern(sh, op.pattern))
      const by = expandReplacement(sh, op.by)
      return it => replaceMatches(sh, it, op.operator, pattern, by)
    }
    case 'case': {
      const pattern = op.pattern && narrow(sh, expandPattern(sh, op.pattern))
      return it => removeCase(sh, it, op.operator, pattern)
    }
    default:
      return undefined
  }
}

/** With patsub_replacement an unquoted `&` is the match; quoted characters come escaped, as in patterns. */
function expandReplacement(sh: Shell, word: Word): string {
  if (!sh.shopts.has('patsub_replacement')) return expandString(sh, word).replace(/[\\&]/g, '\\$&')
  if (word.plain !== undefined && !word.plain.includes('&') && !word.plain.includes('\\')) return word.plain
  let out = ''
  for (const part of word.parts) {
    const quoted = part.type === 'tilde' || part.type === 'process' || part.quoted
    const text = expandString(sh, { ...word, plain: undefined, parts: [part] })
    out += quoted ? text.replace(/[\\&]/g, '\\$&') : text
  }
  return out
}

function each(value: Expanded, edit: (text: string) => string): Expanded {
  if (value === undefined || typeof value === 'string') return edit(value ?? '')
  return 'list' in value ? { list: value.list.map(edit), star: value.star } : value
}

function applyDefault(
  sh: Shell,
  part: Parameter,
  op: Operation & { type: 'default' },
  value: Expanded,
): Expanded {
  const colon = op.operator[0] === ':'
  const kind = op.operator.at(-1)
  const text = textOf(sh, value, part.quoted)
  const isMissing =
    text === undefined || (colon && text === '' && !(part.isIndirect && typeof value === 'object'))
  if (kind === '+') {
    if (!isMissing) return { word: op.word }
    return typeof value === 'object' && part.quoted ? nothing(value) : undefined
  }
  if (!isMissing) return value
  if (kind === '-') return { word: op.word }
  if (kind === '?') throw missing(sh, part, colon, expandString(sh, op.word))
  return assignDefault(sh, part, expandString(sh, op.word))
}

/** What decides whether a parameter is there, and whether it is null. */
function textOf(sh: Shell, value: Expanded, quoted: boolean): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  if (!('list' in value) || !value.list.length) return undefined
  return value.list.join(value.star && quoted ? starSeparator(sh) : ' ')
}

/** `"${a[@]+x}"` is no word at all if there is no element; `"${a[*]+x}"` is an empty one. */
const nothing = (value: Expanded): Expanded =>
  value !== undefined && typeof value === 'object' && 'list' in value && !value.star && !value.list.length
    ? value
    : undefined

function missing(sh: Shell, part: Parameter, colon: boolean, message: string): Complaint {
  const unset = sh.isDash ? 'parameter not set or null' : 'parameter null or not set'
  const what = message || (colon ? unset : 'parameter not set')
  return new Complaint(
    `${part.name}${part.index ? `[${part.index.text}]` : ''}: ${what}`,
    sh.isDash ? 2 : 1,
    'exit',
  )
}

function assignDefault(sh: Shell, part: Parameter, text: string): Expanded {
  if (!/^[A-Za-z_]/.test(part.name))
    throw sh.isDash
      ? new Complaint(`${part.name}: bad variable name`, 2, 'exit')
      : new Complaint(`$${part.name}: cannot assign in this way`, 1, 'discard')
  if (part.index) assignElement(sh, part.name, expandString(sh, part.index), text)
  else assign(sh, part.name, text)
  const value = lookup(sh, part.name) ?? text
  const result = part.index ? text : value
  sh.memo?.set(part, result)
  return result
}

function slice(sh: Shell, part: Parameter, op: Operation & { type: 'slice' }, value: Expanded): Expanded {
  const offset = bound(sh, part, op.offset)
  const length = op.length && bound(sh, part, op.length)
  if (value === undefined) return undefined
  if (typeof value === 'string') return widen(sh, sliceText(narrow(sh, value), offset, length, op))
  if (!('list' in value)) return value
  const isPositional = part.name === '@' || part.name === '*'
  if (!isPositional && part.index)
    return { list: sliceElements(sh, part, offset, length, value.list, op), star: value.star }
  const all = isPositional ? [sh.name0(), ...sh.args] : value.list
  const from = offset < 0 ? all.length + offset : offset
  if (length !== undefined && length < 0) throw tooShort(op)
  if (from < 0) return { list: [], star: value.star }
  return { list: all.slice(from, length === undefined ? undefined : from + length), star: value.star }
}

/** An offset or a length; what is wrong with it is told under the parameter's name. */
function bound(sh: Shell, part: Parameter, word: Word): number {
  const expression = expandString(sh, word)
  try {
    return Number(evaluate(sh, expression))
  } catch (e) {
    if (!(e instanceof Complaint) || sh.isDash) throw e
    const [, name = part.name] = /^\$\{(!?(?:\w+|[@*])(?:\[[^\]]*\])?)/.exec(part.text) ?? []
    throw new Complaint(`${name}: ${e.message}`, e.status, e.fatal)
  }
}

const tooShort = (op: Operation & { type: 'slice' }): Complaint =>
  new Complaint(`${op.length!.text}: substring expression < 0`, 1, 'discard')

function sliceText(
  text: string,
  offset: number,
  length: number | undefined,
  op: Operation & { type: 'slice' },
): string {
  const chars = [...text]
  const from = offset < 0 ? chars.length + offset : offset
  if (from < 0 || from > chars.length) return ''
  if (length === undefined) return chars.slice(from).join('')
  const to = length < 0 ? chars.length + length : from + length
  if (to < from) throw tooShort(op)
  return chars.slice(from, to).join('')
}

/** Offsets of `${a[@]:n}` are indices, which matters where there are holes. */
function sliceElements(
  sh: Shell,
  part: Parameter,
  offset: number,
  length: number | undefined,
  list: readonly string[],
  op: Operation & { type: 'slice' },
): string[] {
  if (length !== undefined && length < 0) throw tooShort(op)
  const value: Value = sh.variables.resolve(part.name)?.current()
  const count = length ?? list.length
  if (!Array.isArray(value)) {
    // Of an associative array the first element has the number 1, too.
    const from = offset < 0 ? list.length + offset : value instanceof Map ? Math.max(offset - 1, 0) : offset
    return from < 0 ? [] : list.slice(from).slice(0, count)
  }
  const from = offset < 0 ? value.length + offset : offset
  if (from < 0) return []
  return keysOf(value)
    .filter(it => Number(it) >= from)
    .slice(0, count)
    .map(it => value[Number(it)]!)
}

/** `${x@Q}` and the other letters. */
function transform(sh: Shell, part: Parameter, letter: string, value: Expanded): Expanded {
  const variable = sh.variables.resolve(part.name)
  if (letter === 'a') {
    if (value === undefined && sh.options.has('nounset')) throw unbound(sh, part)
    if (!variable)
      return typeof value === 'object' && 'list' in value && !value.list.length ? value : undefined
    return each(value ?? '', () => attributesOf(variable))
  }
  if (letter === 'A' && /^[@*]$/.test(part.name))
    return sh.args.length ? `set -- ${sh.args.map(quoteWord).join(' ')}` : ''
  if (letter === 'A') return variable && declared(sh, part, variable, value)
  if (value === undefined) {
    if (sh.options.has('nounset')) throw unbound(sh, part)
    return undefined
  }
  if ((letter === 'K' || letter === 'k') && part.index && isAll(part.index.text)) {
    const held = variable?.current()
    if (letter === 'K' && typeof held === 'object') return pairsText(held)
    return { list: keysOf(held).flatMap((key, i) => [key, elementsOf(held)[i]!]), star: false }
  }
  if (letter === 'bad') throw badSubstitution(part, 'exit')
  return each(value, it => transformText(sh, it, letter))
}

/** `${x@A}`: the declaration; without a value, if there is none to give. */
function declared(sh: Shell, part: Parameter, variable: Variable, value: Expanded): string | undefined {
  const name = sh.variables.target(part.name)
  if (typeof value === 'string') return declaration(name, variable, true, value)
  if (value !== undefined) return declaration(name, variable, true)
  const attributes = attributesOf(variable)
  return attributes ? `declare -${attributes} ${name}` : undefined
}

function transformText(sh: Shell, text: string, letter: string): string {
  switch (letter) {
    case 'Q':
    case 'K':
    case 'k':
      return quoteWord(text)
    case 'U':
      return upper(text)
    case 'u': {
      const [first = ''] = text
      return upper(first) + text.slice(first.length)
    }
    case 'L':
      return lower(text)
    case 'E':
      return decodeAnsi(text)
    default:
      return expandPrompt(sh, text)
  }
}
