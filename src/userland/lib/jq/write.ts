/** Writing the code of one function of a jq program. jq: the gen_… functions of compile.c, whose order this keeps. */
import { Assembler, newUnit } from './assembler.ts'
import type { Callee, Native, Unit } from './code.ts'
import type { Complain } from './lalr.ts'
import { find, namesOf, type Scope } from './scope.ts'
import type { Definition, Pattern, PatternEntry, Tree } from './tree.ts'
import { type Json, objectOf } from './value.ts'

/** What a program finds beyond its own definitions. */
export interface Library {
  readonly natives: ReadonlyMap<string, Native>
  /** A builtin that is written in jq. */
  definition(id: string): Definition | undefined
  /** $ENV, --arg and their like. */
  readonly variables: ReadonlyMap<string, Json>
  lineOf(offset: number): number
}

/** A function whose body has still to be compiled. */
export interface Pending {
  readonly unit: Unit
  readonly scope: Scope | undefined
  readonly params: readonly string[]
  readonly body: Tree
}

/** Writes the code of one function. */
export class Writer {
  readonly #builtin: (id: string) => Unit | undefined
  readonly #library: Library
  readonly #code: Assembler
  readonly #pending: Pending[]
  readonly #complain: Complain

  constructor(
    builtin: (id: string) => Unit | undefined,
    library: Library,
    unit: Unit,
    pending: Pending[],
    complain: Complain,
  ) {
    this.#builtin = builtin
    this.#library = library
    this.#code = new Assembler(unit)
    this.#pending = pending
    this.#complain = complain
  }

  /** The body, after parameters that are values have been asked for them. */
  function(params: readonly string[], body: Tree, scope: Scope | undefined): void {
    let inner = scope
    for (const param of params) {
      if (!param.startsWith('$')) continue
      const name = param.slice(1)
      const source: Tree = { t: 'call', name, args: [], at: body.at }
      this.#code.put({ op: 'duplicate' })
      this.#subexpression(source, inner)
      this.#code.put({ op: 'pop' })
      inner = this.#code.variable(name, inner)
      this.#code.store(inner)
    }
    this.#write(body, inner)
    this.#code.put({ op: 'return' })
    for (const [i, it] of this.#code.unit.code.entries())
      if (it.op === 'call') it.tail = this.#code.unit.code[i + 1]!.op === 'return'
  }

  /** A value beside the input: it lies under it afterwards. */
  #subexpression(it: Tree, scope: Scope | undefined): void {
    this.#code.put({ op: 'begin' })
    this.#write(it, scope)
    this.#code.put({ op: 'end' })
  }

  #write(it: Tree, scope: Scope | undefined): void {
    switch (it.t) {
      case 'identity':
        return
      case 'empty':
        return this.#code.put({ op: 'backtrack' })
      case 'literal':
        return this.#code.constant(it.value)
      case 'variable':
        return this.#load(it.name, it, scope)
      case 'break':
        return this.#break(it.name, it, scope)
      case 'index':
        this.#subexpression(it.key, scope)
        this.#write(it.of, scope)
        return this.#code.put({ op: 'index', optional: it.optional })
      case 'slice':
        return this.#slice(it, scope)
      case 'each':
        this.#write(it.of, scope)
        return this.#code.put({ op: 'each', optional: it.optional })
      case 'try':
        return this.#try(it.body, it.handler, scope)
      case 'array':
        return this.#array(it.of, scope)
      case 'object':
        return this.#object(it, scope)
      case 'pipe':
        this.#write(it.a, scope)
        return this.#write(it.b, scope)
      case 'comma':
        return this.#code.branches(
          'fork',
          () => this.#write(it.a, scope),
          () => this.#write(it.b, scope),
        )
      case 'and':
      case 'or':
        return this.#logic(it.t, it.a, it.b, scope)
      case 'alternative':
        return this.#alternative(it.a, it.b, scope)
      case 'if':
        this.#code.put({ op: 'begin' })
        this.#write(it.test, scope)
        this.#code.put({ op: 'end' })
        return this.#code.condition(
          () => this.#write(it.yes, scope),
          () => this.#write(it.no, scope),
        )
      case 'as':
        return this.#as(it, scope)
      case 'reduce':
        return this.#reduce(it, scope)
      case 'foreach':
        return this.#foreach(it, scope)
      case 'label':
        return this.#label(it.name, it.body, scope)
      case 'define':
        return this.#write(it.rest, this.#define(it.definition, scope))
      case 'call':
        return this.#call(it, scope)
    }
  }

  #load(name: string, it: Tree, scope: Scope | undefined): void {
    const found = find(scope, `$${name}`)
    if (found)
      this.#code.put({ op: 'load', slot: { level: this.#code.level(found.owner), index: found.index } })
    else if (this.#library.variables.has(name)) this.#code.constant(this.#library.variables.get(name)!)
    else this.#complain(`$${name} is not defined`, it.at)
  }

  #slice(it: Tree & { t: 'slice' }, scope: Scope | undefined): void {
    const empty: Tree = { t: 'literal', value: null, at: it.at }
    this.#bounds({ start: it.from ?? empty, end: it.to ?? empty }, scope)
    this.#write(it.of, scope)
    this.#code.put({ op: 'index', optional: it.optional })
  }

  /** An object of keys that are known, under the input. */
  #bounds(entries: Readonly<Record<string, Tree>>, scope: Scope | undefined): void {
    this.#code.put({ op: 'begin' })
    this.#code.constant(new Map())
    this.#code.put({ op: 'end' })
    for (const [key, value] of Object.entries(entries)) {
      this.#subexpression({ t: 'literal', value: key, at: value.at }, scope)
      this.#subexpression(value, scope)
      this.#code.put({ op: 'insert' })
    }
  }

  #object(it: Tree & { t: 'object' }, scope: Scope | undefined): void {
    this.#code.put({ op: 'begin' })
    this.#code.constant(new Map())
    this.#code.put({ op: 'end' })
    for (const [key, value] of it.entries) {
      this.#subexpression(key, scope)
      if (value) this.#subexpression(value, scope)
      this.#code.put({ op: value ? 'insert' : 'insertIndexed' })
    }
    this.#code.put({ op: 'pop' })
  }

  #try(body: Tree, handler: Tree | undefined, scope: Scope | undefined): void {
    this.#code.branches(
      'try',
      () => this.#write(body, scope),
      () => (handler ? this.#write(handler, scope) : this.#code.put({ op: 'backtrack' })),
    )
  }

  #array(of: Tree | undefined, scope: Scope | undefined): void {
    if (!of) return this.#code.constant([])
    const [slot, done] = [this.#code.slot(), { pc: 0 }]
    this.#code.put({ op: 'duplicate' })
    this.#code.put({ op: 'array' })
    this.#code.put({ op: 'store', slot })
    this.#code.put({ op: 'fork', to: done })
    this.#write(of, scope)
    this.#code.put({ op: 'append', slot })
    this.#code.put({ op: 'backtrack' })
    this.#code.here(done)
    this.#code.put({ op: 'take', slot })
  }

  #logic(t: 'and' | 'or', a: Tree, b: Tree, scope: Scope | undefined): void {
    const both = (): void => {
      this.#subexpression(b, scope)
      this.#code.condition(
        () => this.#code.constant(true),
        () => this.#code.constant(false),
      )
    }
    const settled = (): void => this.#code.constant(t === 'or')
    this.#subexpression(a, scope)
    this.#code.condition(t === 'and' ? both : settled, t === 'and' ? settled : both)
  }

  /** `a // b`: what of a is true, or else b. */
  #alternative(a: Tree, b: Tree, scope: Scope | undefined): void {
    const found = this.#code.slot()
    const [otherwise, done, none] = [{ pc: 0 }, { pc: 0 }, { pc: 0 }]
    this.#code.put({ op: 'duplicate' })
    this.#code.constant(false)
    this.#code.put({ op: 'store', slot: found })
    this.#code.put({ op: 'fork', to: otherwise })
    this.#write(a, scope)
    this.#code.put({ op: 'duplicate' })
    this.#code.put({ op: 'unless', to: none })
    this.#code.put({ op: 'duplicate' })
    this.#code.constant(true)
    this.#code.put({ op: 'store', slot: found })
    this.#code.put({ op: 'jump', to: done })
    this.#code.here(none)
    this.#code.put({ op: 'backtrack' })
    this.#code.here(otherwise)
    const wanted = { pc: 0 }
    this.#code.put({ op: 'begin' })
    this.#code.put({ op: 'load', slot: found })
    this.#code.put({ op: 'end' })
    this.#code.put({ op: 'unless', to: wanted })
    this.#code.put({ op: 'backtrack' })
    this.#code.here(wanted)
    this.#write(b, scope)
    this.#code.here(done)
  }

  #as(it: Tree & { t: 'as' }, scope: Scope | undefined): void {
    this.#code.put({ op: 'duplicate' })
    this.#subexpression(it.source, scope)
    this.#code.put({ op: 'pop' })
    this.#write(it.body, this.#bind(it.patterns, scope))
  }

  /** Take the value on top apart; what fails goes on with the next pattern. */
  #bind(patterns: readonly Pattern[], scope: Scope | undefined): Scope | undefined {
    if (patterns.length === 1) return this.#match(patterns[0]!, scope)
    let inner = scope
    for (const name of new Set(patterns.flatMap(namesOf))) inner = this.#code.variable(name, inner)
    const done = { pc: 0 }
    for (const [i, pattern] of patterns.entries()) {
      const next = { pc: 0 }
      if (i < patterns.length - 1) this.#code.put({ op: 'destructure', to: next })
      for (const name of new Set(patterns.flatMap(namesOf))) {
        this.#code.put({ op: 'duplicate' })
        this.#code.constant(null)
        this.#code.store(find(inner, `$${name}`)!)
      }
      this.#match(pattern, inner, true)
      this.#code.put({ op: 'jump', to: done })
      this.#code.here(next)
    }
    this.#code.here(done)
    return inner
  }

  #match(pattern: Pattern, scope: Scope | undefined, known = false): Scope | undefined {
    if (pattern.t === 'name') return this.#name(pattern.name, scope, known)
    let inner = scope
    if (pattern.t === 'array')
      for (const [i, item] of pattern.items.entries()) {
        this.#part({ t: 'literal', value: i, at: { start: 0, end: 0 } }, inner)
        inner = this.#match(item, inner, known)
      }
    else for (const entry of pattern.entries) inner = this.#entry(entry, inner, known)
    this.#code.put({ op: 'pop' })
    return inner
  }

  #name(name: string, scope: Scope | undefined, known: boolean): Scope {
    const variable = known ? find(scope, `$${name}`)! : this.#code.variable(name, scope)
    this.#code.store(variable)
    return known ? scope! : variable
  }

  /** Put the part of the value on top that a key leads to above it. */
  #part(key: Tree, scope: Scope | undefined): void {
    this.#code.put({ op: 'duplicate' })
    this.#subexpression(key, scope)
    this.#code.put({ op: 'index', optional: false })
  }

  #entry({ key, name, pattern }: PatternEntry, scope: Scope | undefined, known: boolean): Scope | undefined {
    let inner = scope
    this.#part(key, inner)
    if (name !== undefined) {
      if (pattern) this.#code.put({ op: 'duplicate' })
      inner = this.#name(name, inner, known)
    }
    return pattern ? this.#match(pattern, inner, known) : inner
  }

  #reduce(it: Tree & { t: 'reduce' }, scope: Scope | undefined): void {
    const [state, done] = [this.#code.slot(), { pc: 0 }]
    this.#code.put({ op: 'duplicate' })
    this.#write(it.start, scope)
    this.#code.put({ op: 'store', slot: state })
    this.#code.put({ op: 'fork', to: done })
    this.#code.put({ op: 'duplicate' })
    this.#write(it.source, scope)
    const inner = this.#bind(it.patterns, scope)
    this.#code.put({ op: 'take', slot: state })
    this.#write(it.update, inner)
    this.#code.put({ op: 'store', slot: state })
    this.#code.put({ op: 'backtrack' })
    this.#code.here(done)
    this.#code.put({ op: 'take', slot: state })
  }

  #foreach(it: Tree & { t: 'foreach' }, scope: Scope | undefined): void {
    const [state, none, done] = [this.#code.slot(), { pc: 0 }, { pc: 0 }]
    this.#code.put({ op: 'duplicate' })
    this.#write(it.start, scope)
    this.#code.put({ op: 'store', slot: state })
    this.#code.put({ op: 'fork', to: none })
    this.#code.put({ op: 'duplicate' })
    this.#write(it.source, scope)
    const inner = this.#bind(it.patterns, scope)
    this.#code.put({ op: 'take', slot: state })
    this.#write(it.update, inner)
    this.#code.put({ op: 'duplicate' })
    this.#code.put({ op: 'store', slot: state })
    this.#write(it.extract, inner)
    this.#code.put({ op: 'jump', to: done })
    this.#code.here(none)
    this.#code.put({ op: 'backtrack' })
    this.#code.here(done)
  }

  #label(name: string, body: Tree, scope: Scope | undefined): void {
    const variable = { ...this.#code.variable('', scope), id: `*${name}` }
    const slot = { level: 0, index: variable.index }
    this.#code.put({ op: 'label', slot })
    this.#code.put({ op: 'catchLabel', slot })
    this.#write(body, variable)
  }

  #break(name: string, it: Tree, scope: Scope | undefined): void {
    const label = find(scope, `*${name}`)
    if (label)
      this.#code.put({ op: 'break', slot: { level: this.#code.level(label.owner), index: label.index } })
    else this.#complain(`$*label-${name} is not defined`, it.at)
  }

  /** A function is compiled when something calls it: what nobody calls may name what it likes. */
  #define({ name, params, body }: Definition, scope: Scope | undefined): Scope {
    const unit = newUnit(name, this.#code.unit)
    const id = `${name}/${params.length}`
    let wanted = false
    const inner: Scope = {
      id,
      kind: 'unit',
      owner: this.#code.unit,
      index: 0,
      outer: scope,
      get unit(): Unit {
        if (!wanted) pending.push({ unit, scope: inner, params, body })
        wanted = true
        return unit
      },
    }
    const pending = this.#pending
    return inner
  }

  #call(it: Tree & { t: 'call' }, scope: Scope | undefined): void {
    const id = `${it.name}/${it.args.length}`
    const callee = this.#callee(id, scope)
    if (callee) {
      const args = it.args.map(arg => this.#closure(arg, scope))
      this.#code.put({ op: 'call', callee, args, tail: false })
    } else if (!this.#special(id, it, scope)) this.#native(id, it, scope)
  }

  #callee(id: string, scope: Scope | undefined): Callee | undefined {
    const found = find(scope, id)
    if (found?.kind === 'param')
      return { kind: 'param', index: found.index, level: this.#code.level(found.owner) }
    if (found) return { kind: 'unit', unit: found.unit!, level: this.#code.level(found.owner) }
    const unit = this.#builtin(id)
    return unit && { kind: 'unit', unit, level: -1 }
  }

  /** An argument: a function of its own, unless it only hands on a parameter. */
  #closure(arg: Tree, scope: Scope | undefined): Callee {
    if (arg.t === 'call' && !arg.args.length) {
      const found = find(scope, `${arg.name}/0`)
      if (found?.kind === 'param')
        return { kind: 'param', index: found.index, level: this.#code.level(found.owner) }
    }
    const unit = newUnit('', this.#code.unit)
    this.#pending.push({ unit, scope, params: [], body: arg })
    return { kind: 'unit', unit, level: 0 }
  }

  #native(id: string, it: Tree & { t: 'call' }, scope: Scope | undefined): void {
    const run = this.#library.natives.get(id)
    if (!run) {
      this.#complain(`${id} is not defined`, it.at)
      return
    }
    for (const arg of it.args.toReversed()) this.#subexpression(arg, scope)
    this.#code.put({ op: 'native', run, count: it.args.length })
  }

  /** Builtins that are instructions. */
  #special(id: string, it: Tree & { t: 'call' }, scope: Scope | undefined): boolean {
    const [a, b] = it.args
    if (id === 'empty/0') this.#code.put({ op: 'backtrack' })
    else if (id === '__loc__/0')
      this.#code.constant(objectOf({ file: '<top-level>', line: this.#library.lineOf(it.at.start) }))
    else if (id === 'path/1') {
      this.#code.put({ op: 'pathBegin' })
      this.#write(a!, scope)
      this.#code.put({ op: 'pathEnd' })
    } else if (id === 'getpath/1') {
      this.#subexpression(a!, scope)
      this.#code.put({ op: 'getpath' })
    } else if (id === 'range/2') {
      const [slot, end] = [this.#code.slot(), this.#code.slot()]
      for (const [bound, place] of [
        [a!, slot],
        [b!, end],
      ] as const) {
        this.#code.put({ op: 'duplicate' })
        this.#subexpression(bound, scope)
        this.#code.put({ op: 'pop' })
        this.#code.put({ op: 'store', slot: place })
      }
      // The bound stays as it is for the next end.
      const current = this.#code.slot()
      this.#code.put({ op: 'duplicate' })
      this.#code.put({ op: 'load', slot })
      this.#code.put({ op: 'store', slot: current })
      this.#code.put({ op: 'range', slot: current, end })
    } else return false
    return true
  }
}
