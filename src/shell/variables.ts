/**
 * Shell variables: scalars, indexed and associative arrays, attributes, dynamic scope. Bash: variables.c, arrayfunc.c.
 *
 * A name is looked up in one map. A function's locals hide what was there by putting the old variable aside in the
 * function's frame, and put it back when it returns: dynamic scope without a search.
 */
import { encode } from '../abi/index.ts'

export type Value = string | string[] | Map<string, string> | undefined

/** One variable. An array with holes is an indexed array, a Map an associative one. */
export class Variable {
  value: Value
  exported = false
  readonly = false
  integer = false
  case: '' | 'l' | 'u' | 'c' = ''
  nameref = false
  /** Local to the function call of depth `context`, or there for the time of one command. */
  scope: '' | 'local' | 'temporary' = ''
  context = 0
  /** An array that was declared and never given a value. */
  blank = false
  /** Computed, and not shown in lists: nothing has given it a value. */
  isUnlisted = false
  /** Computed on each reading, as RANDOM is. */
  get: (() => Value) | undefined
  set: ((value: string) => void) | undefined
  constructor(value?: Value) {
    this.value = value
  }

  copy(): Variable {
    const it = new Variable(copyValue(this.value))
    it.exported = this.exported
    it.readonly = this.readonly
    it.integer = this.integer
    it.case = this.case
    it.nameref = this.nameref
    it.scope = this.scope
    it.context = this.context
    it.blank = this.blank
    return it
  }

  current(): Value {
    return this.get ? this.get() : this.value
  }
}

const copyValue = (value: Value): Value =>
  Array.isArray(value) ? value.slice() : value instanceof Map ? new Map(value) : value

/** A longer chain of name references is taken for a circle. */
const REFERENCES = 8

/** What a function call, or the assignments before a command, hid: the variables to put back at its end. */
export interface Frame {
  readonly isFunction: boolean
  readonly hidden: Map<string, Variable | undefined>
}

export class Variables {
  map = new Map<string, Variable>()
  frames: Frame[] = []
  /** Function calls that are running. */
  depth = 0

  copy(): Variables {
    const it = new Variables()
    const copied = (variable: Variable | undefined) => (variable?.get ? variable : variable?.copy())
    for (const [name, variable] of this.map) it.map.set(name, copied(variable)!)
    it.frames = this.frames.map(frame => ({
      isFunction: frame.isFunction,
      hidden: new Map([...frame.hidden].map(([name, variable]) => [name, copied(variable)])),
    }))
    it.depth = this.depth
    return it
  }

  find(name: string): Variable | undefined {
    return this.map.get(name)
  }

  /** The variable that `name` refers to, through name references. */
  resolve(name: string): Variable | undefined {
    const variable = this.map.get(name)
    return variable?.nameref ? this.map.get(this.target(name)) : variable
  }

  /** The name at the end of a chain of name references, or `name[index]`; empty if the chain is a circle. */
  target(name: string): string {
    let at = name
    for (let depth = 0; depth < REFERENCES; depth++) {
      const variable = this.map.get(at)
      if (!variable?.nameref || typeof variable.value !== 'string' || !variable.value) return at
      // A local reference to its own name means the variable outside.
      if (variable.value === at) return at
      at = variable.value
    }
    return ''
  }

  /** The value as `$name` gives it: element 0 of an array. */
  scalar(name: string): string | undefined {
    let variable = this.map.get(name)
    if (variable === undefined) return undefined
    if (variable.nameref) variable = this.resolve(name)
    if (variable === undefined || variable.nameref) return undefined
    const value = variable.get ? variable.get() : variable.value
    return typeof value === 'string' || value === undefined
      ? value
      : Array.isArray(value)
        ? value[0]
        : value.get('0')
  }

  make(name: string): Variable {
    const target = this.target(name)
    let variable = this.map.get(target)
    if (!variable) this.map.set(target, (variable = new Variable()))
    return variable
  }

  /**
   * Make `name` local to the running function. One that was set for the call itself keeps its value; what was set for
   * an outer command is inherited.
   */
  local(name: string): Variable {
    const old = this.map.get(name)
    if (old?.scope && old.context === this.depth) {
      old.scope = 'local'
      return old
    }
    const variable = new Variable(old?.scope === 'temporary' ? old.value : undefined)
    if (old?.exported) variable.exported = true
    variable.scope = 'local'
    variable.context = this.depth
    this.#hide(this.frames.findLast(it => it.isFunction)!, name, variable)
    return variable
  }

  /** Make `name` a variable of the command that the innermost frame is for; `inside` if that is a function. */
  temporary(name: string, variable: Variable, inside: boolean): void {
    variable.scope = 'temporary'
    variable.context = this.depth + (inside ? 1 : 0)
    this.#hide(this.frames.at(-1)!, name, variable)
  }

  #hide({ hidden }: Frame, name: string, variable: Variable): void {
    if (!hidden.has(name)) hidden.set(name, this.map.get(name))
    this.map.set(name, variable)
  }

  push(isFunction: boolean): Frame {
    const frame: Frame = { isFunction, hidden: new Map() }
    this.frames.push(frame)
    if (isFunction) this.depth++
    return frame
  }

  /** Leave the innermost frame; returns the names that have their old value again. */
  pop(): Iterable<string> {
    const { isFunction, hidden } = this.frames.pop()!
    if (isFunction) this.depth--
    for (const [name, old] of hidden)
      if (old) this.map.set(name, old)
      else this.map.delete(name)
    return hidden.keys()
  }

  /**
   * Remove a variable. A local one of the running function stays local, without a value; else what it hid comes to
   * light again. Bash: variables.c:makunbound().
   */
  unset(name: string, keepsLocals = false): void {
    const variable = this.map.get(name)
    if (!variable) return
    if (variable.scope === 'local' && (variable.context === this.depth || keepsLocals)) {
      const blank = new Variable()
      blank.scope = 'local'
      blank.context = variable.context
      this.map.set(name, blank)
      return
    }
    const hidden = this.frames.findLast(it => it.hidden.has(name))?.hidden
    const old = hidden?.get(name)
    hidden?.delete(name)
    if (old) this.map.set(name, old)
    else this.map.delete(name)
  }

  names(): string[] {
    return [...this.map.keys()].sort(byName)
  }

  /** `NAME=value` for each exported variable, in the order of bash's hash table. */
  environment(isDash = false): string[] {
    const place = isDash ? dashBucket : bucket
    const out: [number, string][] = []
    // In a bucket the newest comes first.
    for (const [name, variable] of isDash ? this.map : [...this.map].reverse()) {
      // `_` is the path of the program, which execve's caller adds.
      if (!variable.exported || (name === '_' && variable.get)) continue
      const value = variable.current()
      if (typeof value === 'string') out.push([place(name), `${name}=${value}`])
    }
    return out.sort((a, b) => a[0] - b[0]).map(it => it[1])
  }
}

export const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** dash: var.c:hashvar(); its table has 39 buckets. */
function dashBucket(key: string): number {
  let hash = key.charCodeAt(0) << 4
  for (let i = 0; i < key.length; i++) hash += key.charCodeAt(i)
  return hash % 39
}

/** Bash: hashlib.c:hash_string(), FNV-1; tables have 1024 buckets. */
export function bucket(key: string): number {
  let hash = 2166136261
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i)
    if (code > 127) return bucketOfBytes(key)
    hash = Math.imul(hash, 16777619) ^ code
  }
  return hash & 1023
}

/** Characters are signed. */
function bucketOfBytes(key: string): number {
  let hash = 2166136261
  for (const byte of encode(key)) hash = Math.imul(hash, 16777619) ^ ((byte << 24) >> 24)
  return hash & 1023
}

/** The keys of an array in the order bash lists them. */
export function keysOf(value: Value): string[] {
  if (Array.isArray(value)) return Object.keys(value)
  if (!(value instanceof Map)) return value === undefined ? [] : ['0']
  const keys = [...value.keys()]
  const order = new Map(keys.map((key, i) => [key, i]))
  return keys.sort((a, b) => bucket(a) - bucket(b) || order.get(b)! - order.get(a)!)
}

/** The elements of an array, holes left out; of a scalar itself. */
export function elementsOf(value: Value): string[] {
  if (value === undefined) return []
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return hasHoles(value) ? Object.values(value) : value
  return keysOf(value).map(key => value.get(key)!)
}

function hasHoles(array: string[]): boolean {
  for (let i = 0; i < array.length; i++) if (array[i] === undefined) return true
  return false
}

export const isName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text)
