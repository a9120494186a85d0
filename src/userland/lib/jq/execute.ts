/**
 * jq's machine: a stack of values, frames of variables, and a list of places to go back to. A filter gives one
 * result; asking for the next one goes back to the last place where there was another way. Nothing of it uses
 * JavaScript's stack, so recursion is as deep as memory allows. jq: execute.c.
 */
import type { Callee, Instruction, Unit } from './code.ts'
import { getAt, getPath, wantPath } from './paths.ts'
import { described, shown } from './print.ts'
import { fail, isArray, isObject, isTrue, type Json, JqError } from './value.ts'

/** What break leaves by: every run of a label has one. */
class Label {}

type Value = Json | Label | Tracking
interface Stack {
  readonly value: Value
  readonly below: Stack | undefined
}
interface Closure {
  readonly unit: Unit
  readonly env: Frame | undefined
}
interface Frame {
  readonly unit: Unit
  readonly env: Frame | undefined
  readonly args: readonly Closure[]
  readonly variables: Value[]
  /** Where to go on after it. */
  readonly caller: Frame | undefined
  readonly back: number
  readonly depth: number
}
/** The path of the value at hand, the last key first. */
interface Path {
  readonly key: Json
  readonly before: Path | undefined
}
/** What path(…) knows: the path so far and the value it led to. */
class Tracking {
  readonly path: Path | undefined
  readonly value: Value
  /** How many subexpressions deep: their values have no paths. */
  readonly nest: number

  constructor(path: Path | undefined, value: Value, nest: number) {
    this.path = path
    this.value = value
    this.nest = nest
  }
}
interface Fork {
  readonly pc: number
  readonly frame: Frame
  readonly stack: Stack | undefined
  readonly tracking: Tracking | undefined
  readonly nest: number
  /** The container and place of `each`. */
  readonly items: readonly (readonly [key: Json, value: Json])[] | undefined
  readonly next: number
}

/** How deep calls may go, and how many ways may stay open, before memory is at its end. */
const MOST_DEPTH = 2_000_000
const MOST_ITEMS = 20_000_000

/** There is no more memory. */
export class OutOfMemory {}

/** Thrown by a builtin that has to wait for more of the input. */
export class NeedInput {}

/** A result; `input` when something has to be read first; `more` when the time given is over, undefined at the end. */
export type Step = { readonly value: Json } | 'more' | 'input' | undefined

export class Execution {
  #frame: Frame
  #pc = 0
  #stack: Stack | undefined
  #forks: Fork[] = []
  #tracking: Tracking | undefined
  #nest = 0
  #started = false
  #paused = false

  constructor(unit: Unit, input: Json) {
    this.#frame = {
      unit,
      env: undefined,
      args: [],
      variables: new Array(unit.locals).fill(null),
      caller: undefined,
      back: -1,
      depth: 0,
    }
    this.#push(input)
  }

  /** Go on to the next result, for so many instructions. Throws JqError. */
  next(budget: number): Step {
    let raised: { value: Json | Label } | undefined
    let back = this.#started && !this.#paused
    this.#started = true
    this.#paused = false
    for (let left = budget; ; left--) {
      if (back) {
        const fork = this.#forks.pop()
        if (!fork) {
          if (raised) throw new JqError(raised.value as Json)
          return undefined
        }
        this.#restore(fork)
        const it = fork.frame.unit.code[fork.pc]!
        const outcome = this.#resume(it, fork, raised)
        if (outcome === 'handled') raised = undefined
        back = outcome === 'back' || outcome === 'forget'
        if (outcome === 'forget') raised = undefined
        continue
      }
      if (left <= 0) {
        this.#paused = true
        return 'more'
      }
      const it = this.#frame.unit.code[this.#pc++]!
      if (it.op === 'return') {
        if (!this.#frame.caller) return { value: this.#pop() as Json }
        this.#pc = this.#frame.back
        this.#frame = this.#frame.caller
        continue
      }
      const stack = this.#stack
      try {
        back = !this.#step(it)
      } catch (e) {
        if (e instanceof NeedInput) {
          this.#stack = stack
          this.#pc--
          this.#paused = true
          return 'input'
        }
        if (!(e instanceof JqError)) throw e
        // An error without a value is no result.
        if (e.value !== null) raised = e
        back = true
      }
    }
  }

  #push(value: Value): void {
    this.#stack = { value, below: this.#stack }
  }

  #pop(): Value {
    const { value, below } = this.#stack!
    this.#stack = below
    return value
  }

  #fork(items?: Fork['items'], next = 0): void {
    if (this.#forks.length > MOST_DEPTH) throw new OutOfMemory()
    this.#forks.push({
      pc: this.#pc - 1,
      frame: this.#frame,
      stack: this.#stack,
      tracking: this.#tracking,
      nest: this.#nest,
      items,
      next,
    })
  }

  #restore(fork: Fork): void {
    this.#pc = fork.pc + 1
    this.#frame = fork.frame
    this.#stack = fork.stack
    this.#tracking = fork.tracking
    this.#nest = fork.nest
  }

  /** Back at a fork: take its other way, go further back, or catch the error. */
  #resume(
    it: Instruction,
    fork: Fork,
    raised: { value: Json | Label } | undefined,
  ): 'handled' | 'on' | 'back' | 'forget' {
    switch (it.op) {
      case 'catchLabel':
        return raised && raised.value === this.#variables(it.slot.level)[it.slot.index] ? 'forget' : 'back'
      case 'try':
      case 'destructure':
        if (!raised || raised.value instanceof Label) return 'back'
        if (it.op === 'try') {
          this.#pop()
          this.#push(raised.value)
        }
        this.#pc = it.to.pc
        return 'handled'
      case 'fork':
        if (raised) return 'back'
        this.#pc = it.to.pc
        return 'on'
      case 'each':
        if (raised) return 'back'
        this.#item(fork.items!, fork.next)
        return 'on'
      case 'range':
        return !raised && this.#step(it) ? 'on' : 'back'
      default:
        return 'back'
    }
  }

  #variables(level: number): Value[] {
    return this.#outer(level)!.variables
  }

  #outer(level: number): Frame | undefined {
    let frame: Frame | undefined = this.#frame
    for (let i = 0; i < level; i++) frame = frame!.env
    return level < 0 ? undefined : frame
  }

  /** One instruction; whether to go on with the next. */
  #step(it: Instruction): boolean {
    switch (it.op) {
      case 'constant':
        this.#pop()
        this.#push(it.value)
        return true
      case 'array':
        this.#pop()
        this.#push([])
        return true
      case 'duplicate':
        this.#push(this.#stack!.value)
        return true
      case 'pop':
        this.#pop()
        return true
      case 'begin':
        this.#push(this.#stack!.value)
        this.#nest++
        return true
      case 'end': {
        this.#nest--
        const result = this.#pop()
        const input = this.#pop()
        this.#push(result)
        this.#push(input)
        return true
      }
      case 'insert':
      case 'insertIndexed':
        this.#insert(it.op === 'insertIndexed')
        return true
      case 'load':
      case 'take': {
        const variables = this.#variables(it.slot.level)
        this.#pop()
        this.#push(variables[it.slot.index]!)
        if (it.op === 'take') variables[it.slot.index] = null
        return true
      }
      case 'store':
        this.#variables(it.slot.level)[it.slot.index] = this.#pop()
        return true
      case 'append': {
        const list = this.#variables(it.slot.level)[it.slot.index] as Json[]
        list.push(this.#pop() as Json)
        if (list.length > MOST_ITEMS) throw new OutOfMemory()
        return true
      }
      case 'label':
        this.#variables(it.slot.level)[it.slot.index] = new Label()
        return true
      case 'break':
        throw new JqError(this.#variables(it.slot.level)[it.slot.index] as Json)
      case 'try':
      case 'destructure':
      case 'fork':
      case 'catchLabel':
        this.#fork()
        return true
      case 'jump':
        this.#pc = it.to.pc
        return true
      case 'unless': {
        const input = this.#pop()
        if (!isTrue(this.#pop() as Json)) this.#pc = it.to.pc
        this.#push(input)
        return true
      }
      case 'range':
        return this.#range(it)
      case 'index':
        return this.#index(it.optional)
      case 'each':
        return this.#each(it.optional)
      case 'pathBegin':
        return this.#pathBegin()
      case 'pathEnd':
        return this.#pathEnd()
      case 'getpath':
        return this.#getpath()
      case 'native':
        return this.#native(it)
      case 'call':
        this.#call(it)
        return true
      default:
        return false
    }
  }

  /** A key and its value into the object under them; the input stays on top. */
  #insert(indexed: boolean): void {
    const input = this.#pop()
    const given = indexed ? undefined : (this.#pop() as Json)
    const key = this.#pop() as Json
    const object = new Map(this.#pop() as ReadonlyMap<string, Json>)
    if (typeof key !== 'string') fail(`Cannot use ${described(key)} as object key`)
    object.set(key, given === undefined ? getAt(input as Json, key) : given)
    this.#push(object)
    this.#push(input)
  }

  #range(it: Instruction & { op: 'range' }): boolean {
    const variables = this.#variables(0)
    const [from, end] = [variables[it.slot.index], variables[it.end.index]]
    if (typeof from !== 'number' || typeof end !== 'number') return fail('Range bounds must be numeric')
    if (from >= end || Number.isNaN(from) || Number.isNaN(end)) return false
    this.#fork()
    variables[it.slot.index] = from + 1
    this.#pop()
    this.#push(from)
    return true
  }

  /** Whether the value at hand is the one that the path leads to. */
  #intact(value: Value): boolean {
    return !this.#tracking || this.#nest > this.#tracking.nest || Object.is(value, this.#tracking.value)
  }

  #lead(key: Json, value: Json): void {
    if (this.#tracking && this.#nest === this.#tracking.nest)
      this.#tracking = new Tracking({ key, before: this.#tracking.path }, value, this.#nest)
  }

  #index(optional: boolean): boolean {
    const of = this.#pop() as Json
    const key = this.#pop() as Json
    if (!this.#intact(of))
      fail(`Invalid path expression near attempt to access element ${shown(key)} of ${shown(of, 30)}`)
    let value: Json
    try {
      value = getAt(of, key)
    } catch (e) {
      if (e instanceof JqError && optional) return false
      throw e
    }
    this.#lead(key, value)
    this.#push(value)
    return true
  }

  #each(optional: boolean): boolean {
    const of = this.#pop() as Json
    if (!this.#intact(of)) fail(`Invalid path expression near attempt to iterate through ${shown(of, 30)}`)
    if (!isArray(of) && !isObject(of)) return !optional && fail(`Cannot iterate over ${described(of)}`)
    const items = isArray(of) ? of.map((value, i) => [i, value] as const) : [...of]
    if (!items.length) return false
    this.#item(items, 0)
    return true
  }

  #item(items: NonNullable<Fork['items']>, at: number): void {
    if (at + 1 < items.length) this.#fork(items, at + 1)
    const [key, value] = items[at]!
    this.#lead(key, value)
    this.#push(value)
  }

  #pathBegin(): boolean {
    const value = this.#pop()
    this.#push(this.#tracking ?? null)
    this.#push(value)
    this.#tracking = new Tracking(undefined, value, this.#nest)
    return true
  }

  #pathEnd(): boolean {
    const value = this.#pop() as Json
    if (!this.#intact(value)) fail(`Invalid path expression with result ${shown(value, 30)}`)
    const keys: Json[] = []
    for (let path = this.#tracking!.path; path; path = path.before) keys.push(path.key)
    const outer = this.#pop()
    this.#tracking = outer instanceof Tracking ? outer : undefined
    this.#push(keys.reverse())
    return true
  }

  #getpath(): boolean {
    const of = this.#pop() as Json
    const path = this.#pop() as Json
    if (!this.#intact(of)) fail(`Invalid path expression with result ${shown(of, 30)}`)
    const keys = wantPath(path)
    const value = getPath(of, keys)
    for (const key of keys) this.#lead(key, value)
    this.#push(value)
    return true
  }

  #native({ run, count }: Instruction & { op: 'native' }): boolean {
    const input = this.#pop() as Json
    const args: Json[] = []
    for (let i = 0; i < count; i++) args.push(this.#pop() as Json)
    const result = run(input, ...args)
    if (result === undefined) return false
    this.#push(result)
    return true
  }

  #closure(callee: Callee): Closure {
    const frame = this.#outer(callee.level)
    return callee.kind === 'param' ? frame!.args[callee.index]! : { unit: callee.unit, env: frame }
  }

  #call({ callee, args, tail }: Instruction & { op: 'call' }): void {
    const { unit, env } = this.#closure(callee)
    const frame = this.#frame
    const last = tail && frame.caller
    if (frame.depth > MOST_DEPTH) throw new OutOfMemory()
    this.#frame = {
      unit,
      env,
      args: args.map(it => this.#closure(it)),
      variables: new Array(unit.locals).fill(null),
      caller: last ? frame.caller : frame,
      back: last ? frame.back : this.#pc,
      depth: last ? frame.depth : frame.depth + 1,
    }
    this.#pc = 0
  }
}
