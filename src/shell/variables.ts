/**
 * Shell variables: scalars, indexed and associative arrays, attributes, dynamic scope. Bash: variables.c, arrayfunc.c.
 *
 * A name is looked up in one map. A function's locals hide what was there by putting the old variable aside in the
 * function's frame, and put it back when it returns: dynamic scope without a search.
 */

export type Value = string | string[] | Map<string, string> | undefined

/** One variable. An array with holes is an indexed array, a Map an associative one. */
export class Variable {
  value: Value
  exported = false
  readonly = false
  integer = false
  case: '' | 'l' | 'u' = ''
  nameref = false
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
    return it
  }

  current(): Value {
    return this.get ? this.get() : this.value
  }
}

const copyValue = (value: Value): Value =>
  Array.isArray(value) ? value.slice() : value instanceof Map ? new Map(value) : value

/** What a function call hid: the variables to put back when it returns. */
export type Frame = Map<string, Variable | undefined>

export class Variables {
  map = new Map<string, Variable>()
  frames: Frame[] = []

  copy(): Variables {
    const it = new Variables()
    for (const [name, variable] of this.map) it.map.set(name, variable.get ? variable : variable.copy())
    it.frames = this.frames.map(frame => new Map(frame))
    return it
  }

  find(name: string): Variable | undefined {
    return this.map.get(name)
  }

  /** The variable that `name` refers to, through name references. */
  resolve(name: string): Variable | undefined {
    let variable = this.map.get(name)
    for (let depth = 0; variable?.nameref && typeof variable.value === 'string' && depth < 8; depth++)
      variable = this.map.get(variable.value)
    return variable
  }

  /** The name at the end of a chain of name references. */
  target(name: string): string {
    let at = name
    for (let depth = 0; depth < 8; depth++) {
      const variable = this.map.get(at)
      if (!variable?.nameref || typeof variable.value !== 'string' || !variable.value) return at
      at = variable.value
    }
    return at
  }

  /** The value as `$name` gives it: element 0 of an array. */
  scalar(name: string): string | undefined {
    let variable = this.map.get(name)
    if (variable === undefined) return undefined
    if (variable.nameref) variable = this.resolve(name)
    if (variable === undefined) return undefined
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

  /** Make `name` local to the running function. */
  local(name: string): Variable {
    const frame = this.frames.at(-1)!
    const old = this.map.get(name)
    if (frame.has(name)) return old ?? this.make(name)
    frame.set(name, old)
    const variable = new Variable()
    if (old?.exported) variable.exported = true
    this.map.set(name, variable)
    return variable
  }

  push(): Frame {
    const frame: Frame = new Map()
    this.frames.push(frame)
    return frame
  }

  pop(): void {
    const frame = this.frames.pop()!
    for (const [name, old] of frame)
      if (old) this.map.set(name, old)
      else this.map.delete(name)
  }

  /** Remove a variable; a local one leaves the name unset until the function returns. */
  unset(name: string): void {
    this.map.delete(name)
  }

  names(): string[] {
    return [...this.map.keys()].sort(byName)
  }

  /** `NAME=value` for each exported variable, in the order of bash's hash table. */
  environment(): string[] {
    const out: [number, string][] = []
    for (const [name, variable] of this.map) {
      // `_` is the path of the program, which execve's caller adds.
      if (!variable.exported || (name === '_' && variable.get)) continue
      const value = variable.current()
      if (typeof value === 'string') out.push([bucket(name), `${name}=${value}`])
    }
    return out.sort((a, b) => a[0] - b[0]).map(it => it[1])
  }
}

export const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Bash: hashlib.c:hash_string(), FNV-1; tables have 1024 buckets. */
export function bucket(key: string): number {
  let hash = 2166136261
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash, 16777619) ^ key.charCodeAt(i)
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
