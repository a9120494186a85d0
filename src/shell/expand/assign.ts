/** Giving values to variables, elements and arrays, by all the ways a script can. Bash: variables.c:bind_variable(). */
import { Complaint, type Shell } from '../shell.ts'
import { parseArithmeticText, parseWord, subscriptEnd } from '../parse/index.ts'
import { Variable, elementsOf, isName, type Value } from '../variables.ts'
import { evaluate, numberOf, type Int } from './arithmetic.ts'
import { lower, upper } from './edit.ts'
import { checkLength } from './fields.ts'
import { expandString } from './word.ts'

/** From this length on a value counts as memory. */
const LARGE = 1 << 20

/** The value in the form that the variable's attributes want. */
export function conform(sh: Shell, variable: Variable, text: string): string {
  if (variable.integer) return integerValue(sh, text)
  if (variable.case === 'l') return lower(text)
  if (variable.case === 'c') return upper(text.slice(0, 1)) + lower(text.slice(1))
  return variable.case === 'u' ? upper(text) : text
}

function integerValue(sh: Shell, text: string): string {
  try {
    return String(evaluate(sh, text))
  } catch (e) {
    if (!(e instanceof Complaint)) throw e
    const complaint = new Complaint(e.message, e.status, e.fatal)
    complaint.isAboutValue = true
    throw complaint
  }
}

/** `name=value`; to an array, its element 0. Throws a `Complaint` if the variable is read-only. */
export function assign(sh: Shell, name: string, text: string, append = false): void {
  if (sh.variables.map.get(name)?.nameref && assignThrough(sh, name, text, append)) return
  const variable = writable(sh, name)
  if (variable.set) {
    variable.set(text)
    return
  }
  if (Array.isArray(variable.value) || variable.value instanceof Map) {
    setElement(sh, variable, '0', text, append, name)
    return
  }
  const value = append ? appended(sh, variable, variable.current() as string | undefined, text) : text
  variable.value = variable.integer || variable.case ? conform(sh, variable, value) : value
  if (value.length >= LARGE || sh.heap) sh.keep(value.length)
  if (sh.options.has('allexport')) variable.exported = true
  sh.onAssign(name)
}

function appended(sh: Shell, variable: Variable, old: string | undefined, text: string): string {
  if (!variable.integer) {
    checkLength((old ?? '').length + text.length)
    return (old ?? '') + text
  }
  return String(BigInt(evaluate(sh, old || '0')) + BigInt(evaluate(sh, text)))
}

/** The variable to write to, made if it is missing. */
export function writable(sh: Shell, name: string): Variable {
  const variable = sh.variables.map.get(name)
  if (variable && !variable.nameref) {
    if (variable.readonly) throw new Complaint(`${name}: readonly variable`, 1, 'discard')
    return variable
  }
  if (!variable) return sh.variables.make(name)
  const target = sh.variables.target(name)
  if (target === '') throw circular(name)
  if (variable.value === name) return outside(sh, name)
  if (!isName(target)) throw new Complaint(`\`${target}': not a valid identifier`, 1, 'discard')
  const made = sh.variables.make(target)
  if (made.readonly) throw new Complaint(`${target}: readonly variable`, 1, 'discard')
  return made
}

/** A local reference to its own name means the variable of that name outside. */
function outside(sh: Shell, name: string): Variable {
  for (let i = 0; i < 2; i++) sh.warn(`warning: ${name}: circular name reference`)
  const hidden = sh.variables.frames.findLast(it => it.hidden.has(name))?.hidden
  const known = hidden?.get(name)
  if (known || !hidden) return known ?? sh.variables.make(name)
  const made = new Variable()
  hidden.set(name, made)
  return made
}

const circular = (name: string): Complaint =>
  new Complaint(`warning: ${name}: circular name reference`, 1, 'discard')

/** Give a value to what a name reference refers to, an element perhaps; to one that refers to nothing yet, a name. */
function assignThrough(sh: Shell, name: string, text: string, append: boolean): boolean {
  const target = sh.variables.target(name)
  if (target === '') throw circular(name)
  const last = sh.variables.find(target)
  if (last?.nameref) {
    if (last.value === target) return false
    if (!splitReference(text)) throw new Complaint(`\`${text}': not a valid identifier`, 1, 'discard')
    last.value = text
    return true
  }
  const it = splitReference(target)
  if (it?.index === undefined) return false
  if (isAll(it.index)) throw new Complaint(`\`${target}': not a valid identifier`, 1, 'discard')
  assignElement(sh, it.name, keyOf(sh, it.name, it.index), text, append)
  return true
}

const isAll = (index: string): boolean => index === '@' || index === '*'

/** The subscript of a reference, expanded: a key of an associative array is a word, an index is arithmetic. */
export function keyOf(sh: Shell, name: string, index: string): string {
  if (sh.variables.resolve(name)?.value instanceof Map) return expandString(sh, parseWord(index, 'pattern'))
  return /[$`]/.test(index) ? expandString(sh, parseArithmeticText(index)) : index
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
  if (variable.get) return assignComputed(sh, name, index, text)
  const { value } = variable
  variable.blank = false
  if (value instanceof Map) {
    if (index === '') throw new Complaint(`${name}[${index}]: bad array subscript`, 1, 'discard')
    value.set(index, conform(sh, variable, append ? appended(sh, variable, value.get(index), text) : text))
    return
  }
  const array = value as string[]
  const at = indexOf(sh, array, index, name)
  array[at] = conform(sh, variable, append ? appended(sh, variable, array[at], text) : text)
}

/** Of the arrays that are computed only the directory stack takes elements. Bash: variables.c:assign_dirstack(). */
function assignComputed(sh: Shell, name: string, index: string, text: string): void {
  const at = Number(evaluate(sh, index)) - 1
  if (name === 'DIRSTACK' && sh.directories[at] !== undefined) sh.directories[at] = text
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
  const held = sh.variables.find(name)
  if (held?.nameref && !held.value) {
    sh.warn(`warning: ${name}: removing nameref attribute`)
    held.nameref = false
  }
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
  variable.blank = false
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
    if (it.index === undefined) {
      sh.warn(`${name}: ${it.value}: must use subscript when assigning associative array`)
      continue
    }
    if (it.index === '') {
      sh.warn(`['']='${it.value}': bad array subscript`)
      continue
    }
    const value = it.append && append ? (map.get(it.index) ?? '') + it.value : it.value
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
  } else assignElement(sh, name, keyOf(sh, name, index), String(value))
  return value
}

/** The text of `name[index]`, or undefined. */
export function subscriptValue(sh: Shell, name: string, index: string): string | undefined {
  if (isAll(index)) return elementsOf(sh.variables.resolve(name)?.current()).join(' ') || undefined
  const value = sh.variables.resolve(name)?.current()
  return elementOf(sh, value, keyOf(sh, name, index), name)
}

/** The value of an element that a name refers to. */
export function referredValue(sh: Shell, name: string): string | undefined {
  if (!sh.variables.map.get(name)?.nameref) return undefined
  const target = sh.variables.target(name)
  if (target === '') sh.warn(`warning: ${name}: circular name reference`)
  const it = splitReference(target)
  return it?.index === undefined ? undefined : subscriptValue(sh, it.name, it.index)
}

/** One element; a number before the first is told and gives nothing. */
export function elementOf(sh: Shell, value: Value, index: string, name: string): string | undefined {
  if (value instanceof Map) return value.get(index)
  if (value === undefined) {
    if (index !== '' && !/^\d+$/.test(index)) numberOf(sh, index)
    return undefined
  }
  const array = Array.isArray(value) ? value : [value]
  const at = Number(/^\d+$/.test(index) ? index : evaluate(sh, index))
  if (at < -array.length) sh.warn(`${name}: bad array subscript`)
  return array[at < 0 ? array.length + at : at]
}

/** Split `name[index]`; undefined if the text names neither a variable nor an element. */
export function splitReference(text: string): { name: string; index: string | undefined } | undefined {
  const open = text.indexOf('[')
  if (open < 0) return isName(text) ? { name: text, index: undefined } : undefined
  const name = text.slice(0, open)
  if (!isName(name) || subscriptEnd(text.slice(open)) !== text.length - open) return undefined
  return { name, index: text.slice(open + 1, -1) }
}

/** Assign to what a builtin was given: a name or an element. */
export function assignReference(sh: Shell, reference: string, text: string): void {
  const it = splitReference(reference)
  if (!it) throw new Complaint(`\`${reference}': not a valid identifier`, 1)
  if (it.index === undefined) assign(sh, it.name, text)
  else assignElement(sh, it.name, keyOf(sh, it.name, it.index), text)
}
