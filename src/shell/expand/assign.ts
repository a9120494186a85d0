/** Giving values to variables, elements and arrays, by all the ways a script can. Bash: variables.c:bind_variable(). */
import { Complaint, type Shell } from '../shell.ts'
import { type Variable, isName, type Value } from '../variables.ts'
import { evaluate, numberOf, type Int } from './arithmetic.ts'

/** From this length on a value counts as memory. */
const LARGE = 1 << 20

/** The value in the form that the variable's attributes want. */
export function conform(sh: Shell, variable: Variable, text: string): string {
  if (variable.integer) return String(evaluate(sh, text))
  if (variable.case === 'l') return text.toLowerCase()
  return variable.case === 'u' ? text.toUpperCase() : text
}

/** `name=value`; to an array, its element 0. Throws a `Complaint` if the variable is read-only. */
export function assign(sh: Shell, name: string, text: string, append = false): void {
  const variable = writable(sh, name)
  if (variable.set) {
    variable.set(text)
    return
  }
  if (Array.isArray(variable.value) || variable.value instanceof Map) {
    setElement(sh, variable, '0', text, append)
    return
  }
  const value = append ? appended(sh, variable, variable.current() as string | undefined, text) : text
  variable.value = variable.integer || variable.case ? conform(sh, variable, value) : value
  if (value.length >= LARGE || sh.heap) sh.keep(value.length)
  if (sh.options.has('allexport')) variable.exported = true
  sh.onAssign(name)
}

function appended(sh: Shell, variable: Variable, old: string | undefined, text: string): string {
  if (!variable.integer) return (old ?? '') + text
  return String(BigInt(evaluate(sh, old || '0')) + BigInt(evaluate(sh, text)))
}

/** The variable to write to, made if it is missing. */
export function writable(sh: Shell, name: string): Variable {
  const variable = sh.variables.map.get(name)
  if (variable && !variable.nameref) {
    if (variable.readonly) throw new Complaint(`${name}: readonly variable`, 1, 'discard')
    return variable
  }
  const target = sh.variables.target(name)
  const made = sh.variables.make(target)
  if (made.nameref && target === name) return made
  if (made.readonly) throw new Complaint(`${target}: readonly variable`, 1, 'discard')
  return made
}

/** `name[index]=value`. */
export function assignElement(sh: Shell, name: string, index: string, text: string, append = false): void {
  const variable = writable(sh, name)
  if (!(variable.value instanceof Map)) toIndexed(variable)
  setElement(sh, variable, index, text, append, name)
  sh.onAssign(name)
}

/** Make a variable an indexed array; its old value becomes element 0. */
export function toIndexed(variable: Variable): void {
  const old = variable.current()
  if (Array.isArray(old) || old instanceof Map) return
  variable.value = old === undefined ? [] : [old]
}

function setElement(
  sh: Shell,
  variable: Variable,
  index: string,
  text: string,
  append: boolean,
  name = '',
): void {
  const { value } = variable
  if (value instanceof Map) {
    if (index === '') throw new Complaint(`${name}[${index}]: bad array subscript`, 1, 'discard')
    value.set(index, conform(sh, variable, append ? appended(sh, variable, value.get(index), text) : text))
    return
  }
  const array = value as string[]
  const at = indexOf(sh, array, index, name)
  array[at] = conform(sh, variable, append ? appended(sh, variable, array[at], text) : text)
}

/** The number of an element; negative ones count from the end. */
export function indexOf(sh: Shell, array: readonly string[], index: string, name: string): number {
  const value = Number(/^\d+$/.test(index) ? index : evaluate(sh, index))
  const at = value < 0 ? array.length + value : value
  if (at < 0) throw new Complaint(`${name}[${index}]: bad array subscript`, 1, 'discard')
  return at
}

export interface ElementValue {
  readonly index: string | undefined
  readonly append: boolean
  readonly value: string
}

/** `name=(…)` or `name+=(…)`. */
export function assignArray(
  sh: Shell,
  name: string,
  elements: readonly ElementValue[],
  append: boolean,
): void {
  fillArray(sh, writable(sh, name), name, elements, append)
  sh.onAssign(name)
}

export function fillArray(
  sh: Shell,
  variable: Variable,
  name: string,
  elements: readonly ElementValue[],
  append: boolean,
): void {
  if (variable.value instanceof Map) {
    fillMap(sh, variable, name, elements, append)
    return
  }
  if (append) toIndexed(variable)
  const old = append ? (variable.value as string[]) : []
  const fresh: string[] = append ? old : []
  if (!append) variable.value = fresh
  let at = fresh.length
  for (const it of elements) {
    if (it.index !== undefined) at = indexOf(sh, fresh, it.index, name)
    fresh[at] = conform(sh, variable, it.append ? (fresh[at] ?? '') + it.value : it.value)
    at++
  }
}

function fillMap(
  sh: Shell,
  variable: Variable,
  name: string,
  elements: readonly ElementValue[],
  append: boolean,
): void {
  if (!append) variable.value = new Map()
  const map = variable.value as Map<string, string>
  const plain = elements.length > 0 && elements.every(it => it.index === undefined)
  if (plain) {
    for (let i = 0; i < elements.length; i += 2)
      map.set(elements[i]!.value, conform(sh, variable, elements[i + 1]?.value ?? ''))
    return
  }
  for (const it of elements) {
    if (it.index === undefined)
      throw new Complaint(`${name}: ${it.value}: must use subscript when assigning associative array`, 1)
    const value = it.append ? (map.get(it.index) ?? '') + it.value : it.value
    map.set(it.index, conform(sh, variable, value))
  }
}

/** Assignment inside arithmetic; returns what was assigned. */
export function setArithmetic(sh: Shell, name: string, index: string | undefined, value: Int): Int {
  if (index === undefined) {
    const variable = sh.variables.map.get(name)
    if (
      variable &&
      !variable.readonly &&
      !variable.nameref &&
      !variable.set &&
      !variable.case &&
      typeof variable.value === 'string'
    )
      variable.value = String(value)
    else assign(sh, name, String(value))
  } else assignElement(sh, name, index, String(value))
  return value
}

/** The text of `name[index]`, or undefined. */
export function subscriptValue(sh: Shell, name: string, index: string): string | undefined {
  const value = sh.variables.resolve(name)?.current()
  return elementOf(sh, value, index, name)
}

export function elementOf(sh: Shell, value: Value, index: string, name: string): string | undefined {
  if (value instanceof Map) return value.get(unquoteSubscript(index))
  if (value === undefined) {
    if (index !== '' && !/^\d+$/.test(index)) numberOf(sh, index)
    return undefined
  }
  const array = Array.isArray(value) ? value : [value]
  return array[indexOf(sh, array, index, name)]
}

const unquoteSubscript = (index: string): string => (/^(["']).*\1$/s.test(index) ? index.slice(1, -1) : index)

/** Split `name[index]`; undefined if the text names neither a variable nor an element. */
export function splitReference(text: string): { name: string; index: string | undefined } | undefined {
  const open = text.indexOf('[')
  if (open < 0) return isName(text) ? { name: text, index: undefined } : undefined
  const name = text.slice(0, open)
  if (!isName(name) || !text.endsWith(']')) return undefined
  return { name, index: text.slice(open + 1, -1) }
}

/** Assign to what a builtin was given: a name or an element. */
export function assignReference(sh: Shell, reference: string, text: string): void {
  const it = splitReference(reference)
  if (!it) throw new Complaint(`\`${reference}': not a valid identifier`, 1)
  if (it.index === undefined) assign(sh, it.name, text)
  else assignElement(sh, it.name, unquoteSubscript(it.index), text)
}
