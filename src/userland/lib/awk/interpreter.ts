/**
 * Runs an awk program: rules over records, statements, expressions, calls. mawk: execute.c.
 *
 * Left out: `nextfile` ends the file at once.
 */
import { type Blocking, ENOMEM, Errno, type Sys } from '../../../abi/index.ts'
import { fatal, type Process } from '../command.ts'
import { callBuiltin, generallySubstituted, substituted } from './builtins.ts'
import { format } from './format.ts'
import type { Dialect, Func, Node, Program, Rule, Statement } from './tree.ts'
import { Exit, type Scope, State } from './state.ts'
import { Streams } from './streams.ts'
import { compareValues, Field, isTrue, keysInOrder, toNumber, type Value } from './values.ts'

const NEXT = Symbol('next')
const NEXTFILE = Symbol('nextfile')
const BREAK = Symbol('break')
const CONTINUE = Symbol('continue')

/** What an element of an array takes, and how much more has to be taken before the kernel is asked. */
const ELEMENT = 96
const STEP = 1 << 22

class Return {
  readonly value: Value
  constructor(value: Value) {
    this.value = value
  }
}

/** A running program. */
export class Awk {
  readonly #state: State
  readonly #streams: Streams
  readonly #program: Program
  readonly #active = new Set<Rule>()
  #work = 0
  #depth = 0
  #ending = false
  /** The parameters of the calls that run, and the memory that the kernel was asked for. */
  readonly #frames: Scope[] = []
  #asked = 0

  constructor(sys: Sys, me: Process, program: Program, dialect: Dialect, args: readonly string[]) {
    this.#state = new State(sys, me, dialect, args)
    this.#streams = new Streams(this.#state)
    this.#program = program
  }

  /** Set a variable, as -v does. */
  assign(name: string, value: Value): void {
    this.#state.assign(name, value)
  }

  /** BEGIN, the records, END; the exit status. A text or array that JavaScript cannot hold fills all memory. */
  *run(): Blocking<number> {
    try {
      return yield* this.#run()
    } catch (e) {
      if (!(e instanceof RangeError)) throw e
      yield* this.#keep(Number.MAX_SAFE_INTEGER)
      throw e
    }
  }

  *#run(): Blocking<number> {
    const { rules } = this.#program
    const main = rules.filter(it => it.kind === 'main' || it.kind === 'range')
    const ends = rules.filter(it => it.kind === 'END')
    try {
      for (const it of rules) if (it.kind === 'BEGIN') yield* this.#execute(it.body!, undefined)
      if (main.length || ends.length) yield* this.#records(main)
    } catch (e) {
      if (!(e instanceof Exit)) throw e
      if (e instanceof Exit && this.#ending) return yield* this.#finish()
    }
    this.#ending = true
    try {
      for (const it of ends) yield* this.#execute(it.body!, undefined)
    } catch (e) {
      if (!(e instanceof Exit)) throw e
    }
    return yield* this.#finish()
  }

  *#records(main: readonly Rule[]): Blocking<void> {
    for (;;) {
      const record = yield* this.#streams.nextRecord()
      if (record === undefined) return
      this.#state.setRecord(record)
      if (!main.length) continue
      try {
        for (const rule of main) yield* this.#apply(rule)
      } catch (e) {
        if (e === NEXTFILE) this.#streams.closeInput()
        else if (e !== NEXT) throw e
      }
      const { out } = this.#state.me
      if (out.full) yield* out.flush()
    }
  }

  *#apply(rule: Rule): Blocking<void> {
    if (rule.kind === 'range') {
      if (!this.#active.has(rule)) {
        if (!isTrue(yield* this.#eval(rule.pattern!, undefined))) return
        this.#active.add(rule)
      }
      if (isTrue(yield* this.#eval(rule.until!, undefined))) this.#active.delete(rule)
    } else if (rule.pattern && !isTrue(yield* this.#eval(rule.pattern, undefined))) return
    if (rule.body) yield* this.#execute(rule.body, undefined)
    else
      this.#state.print(this.#state.me.out, this.#state.str(this.#state.field(0)) + this.#state.text('ORS'))
  }

  *#finish(): Blocking<number> {
    yield* this.#streams.closeOutputs()
    return this.#state.status
  }

  // ---- Memory

  /** What the arrays hold is memory that limits and the OOM killer see. */
  *#measure(): Blocking<void> {
    let elements = 0
    for (const scope of [this.#state.globals, ...this.#frames])
      for (const it of scope.values()) elements += it.array?.size ?? 0
    if (elements * ELEMENT > this.#asked + STEP) yield* this.#keep(elements * ELEMENT)
  }

  *#keep(bytes: number): Blocking<void> {
    this.#asked = bytes
    try {
      yield* this.#state.sys.brk(bytes)
    } catch (e) {
      if (e !== ENOMEM) throw e
      throw fatal('out of memory', undefined, 2)
    }
  }

  // ---- Statements

  *#execute(it: Statement, scope: Scope | undefined): Blocking<void> {
    if (++this.#work % 256 === 0) yield* this.#state.sys.burn(256 * 250)
    if (this.#work % 4096 === 0) yield* this.#measure()
    switch (it.t) {
      case 'block':
        for (const statement of it.list) yield* this.#execute(statement, scope)
        return
      case 'expression':
        yield* this.#eval(it.of, scope)
        return
      case 'print':
      case 'printf':
        return yield* this.#printStatement(it, scope)
      case 'if':
        if (isTrue(yield* this.#eval(it.test, scope))) yield* this.#execute(it.yes, scope)
        else if (it.no) yield* this.#execute(it.no, scope)
        return
      case 'while':
        while (isTrue(yield* this.#eval(it.test, scope))) if (yield* this.#loop(it.body, scope)) break
        return
      case 'do':
        do {
          if (yield* this.#loop(it.body, scope)) break
        } while (isTrue(yield* this.#eval(it.test, scope)))
        return
      case 'for':
        if (it.start) yield* this.#execute(it.start, scope)
        while (!it.test || isTrue(yield* this.#eval(it.test, scope))) {
          if (yield* this.#loop(it.body, scope)) break
          if (it.step) yield* this.#execute(it.step, scope)
        }
        return
      case 'forin':
        for (const key of this.#keys(it.array, scope)) {
          this.#state.cell(it.name, scope).value = new Field(key)
          if (yield* this.#loop(it.body, scope)) break
        }
        return
      case 'next':
        throw NEXT
      case 'nextfile':
        throw NEXTFILE
      case 'break':
        throw BREAK
      case 'continue':
        throw CONTINUE
      case 'exit':
        if (it.value) this.#state.status = toNumber(yield* this.#eval(it.value, scope)) & 255
        throw new Exit()
      case 'return':
        throw new Return(it.value && (yield* this.#eval(it.value, scope)))
      case 'delete':
        if (!it.keys) this.#state.array(it.name, scope).clear()
        else this.#state.array(it.name, scope).delete(yield* this.#key(it.keys, scope))
    }
  }

  #keys(array: string, scope: Scope | undefined): string[] {
    const keys = [...this.#state.array(array, scope).keys()]
    return this.#state.dialect === 'busybox' ? keys : keysInOrder(keys)
  }

  /** Run the body of a loop; whether it was left by `break`. */
  *#loop(body: Statement, scope: Scope | undefined): Blocking<boolean> {
    try {
      yield* this.#execute(body, scope)
      return false
    } catch (e) {
      if (e === BREAK) return true
      if (e === CONTINUE) return false
      throw e
    }
  }

  *#printStatement(it: Statement & { t: 'print' | 'printf' }, scope: Scope | undefined): Blocking<void> {
    const values: Value[] = []
    for (const arg of it.args) values.push(yield* this.#eval(arg, scope))
    let text: string
    if (it.t === 'printf') text = format(this.#state, values, it.t)
    else {
      const format = this.#state.text('OFMT')
      text =
        (values.length
          ? values.map(value => this.#state.toText(value, format)).join(this.#state.text('OFS'))
          : this.#state.str(this.#state.field(0))) + this.#state.text('ORS')
    }
    const out = it.to
      ? yield* this.#streams.output(it.redirect, this.#state.str(yield* this.#eval(it.to, scope)))
      : this.#state.me.out
    this.#state.print(out, text)
    if (out.full || out.fd === 2) yield* out.flush()
  }

  // ---- Expressions

  *#key(keys: readonly Node[], scope: Scope | undefined): Blocking<string> {
    const parts: string[] = []
    for (const key of keys) {
      const value = yield* this.#eval(key, scope)
      parts.push(
        typeof value === 'number' && Number.isInteger(value) ? String(value) : this.#state.str(value),
      )
    }
    return parts.join(this.#state.text('SUBSEP'))
  }

  *#eval(it: Node, scope: Scope | undefined): Blocking<Value> {
    switch (it.t) {
      case 'number':
      case 'string':
        return it.value
      case 'regex':
        return this.#state.regex(it.source).test(this.#state.str(this.#state.field(0))) ? 1 : 0
      case 'var':
        return it.name === 'NF' ? this.#state.get('NF') : this.#state.cell(it.name, scope).value
      case 'index': {
        const array = this.#state.array(it.name, scope)
        const key = yield* this.#key(it.keys, scope)
        if (!array.has(key)) array.set(key, undefined)
        return array.get(key)
      }
      case 'field':
        return this.#state.field(Math.trunc(toNumber(yield* this.#eval(it.of, scope))))
      case 'group': {
        if (it.list.length === 1) return yield* this.#eval(it.list[0]!, scope)
        return yield* this.#key(it.list, scope)
      }
      case 'assign': {
        // The subscript comes before the value: x[i++] = i.
        const to: Node =
          it.to.t === 'index'
            ? { ...it.to, keys: [{ t: 'string', value: yield* this.#key(it.to.keys, scope) }] }
            : it.to
        let value = yield* this.#eval(it.value, scope)
        if (it.op) value = arithmetic(it.op, toNumber(yield* this.#eval(to, scope)), toNumber(value))
        yield* this.#store(to, value, scope)
        return value
      }
      case 'step': {
        const old = toNumber(yield* this.#eval(it.to, scope))
        yield* this.#store(it.to, old + it.by, scope)
        return it.prefix ? old + it.by : old
      }
      case 'binary': {
        const a = yield* this.#eval(it.a, scope)
        const b = yield* this.#eval(it.b, scope)
        if (it.op === ' ') return this.#state.str(a) + this.#state.str(b)
        if (it.op === '%' && toNumber(b) === 0) return new Field('-nan')
        if ('+-*/%^'.includes(it.op)) return arithmetic(it.op, toNumber(a), toNumber(b))
        return compares(it.op, compareValues(a, b, this.#state.text('CONVFMT'))) ? 1 : 0
      }
      case 'and':
        return isTrue(yield* this.#eval(it.a, scope)) && isTrue(yield* this.#eval(it.b, scope)) ? 1 : 0
      case 'or':
        return isTrue(yield* this.#eval(it.a, scope)) || isTrue(yield* this.#eval(it.b, scope)) ? 1 : 0
      case 'cond':
        return yield* this.#eval(isTrue(yield* this.#eval(it.test, scope)) ? it.yes : it.no, scope)
      case 'not':
        return isTrue(yield* this.#eval(it.a, scope)) ? 0 : 1
      case 'minus':
        return -toNumber(yield* this.#eval(it.a, scope))
      case 'plus':
        return toNumber(yield* this.#eval(it.a, scope))
      case 'match': {
        const text = this.#state.str(yield* this.#eval(it.a, scope))
        return (yield* this.#regex(it.b, scope)).test(text) !== it.negated ? 1 : 0
      }
      case 'in':
        return this.#state.array(it.name, scope).has(yield* this.#key(it.keys, scope)) ? 1 : 0
      case 'call':
        return yield* this.#call(this.#program.functions.get(it.name), it.args, scope, it.line)
      case 'builtin':
        return yield* this.#builtin(it.name, it.args, scope)
      case 'getline':
        return yield* this.#getline(it, scope)
    }
  }

  *#regex(it: Node, scope: Scope | undefined): Blocking<RegExp> {
    return this.#state.regex(it.t === 'regex' ? it.source : this.#state.str(yield* this.#eval(it, scope)))
  }

  *#store(to: Node, value: Value, scope: Scope | undefined): Blocking<void> {
    if (to.t === 'var') {
      const local = scope?.get(to.name)
      if (local) local.value = value
      else this.#state.assign(to.name, value)
    } else if (to.t === 'index')
      this.#state.array(to.name, scope).set(yield* this.#key(to.keys, scope), value)
    else if (to.t === 'field')
      this.#state.setField(Math.trunc(toNumber(yield* this.#eval(to.of, scope))), value)
    else if (to.t === 'group' && to.list.length === 1) yield* this.#store(to.list[0]!, value, scope)
  }

  *#call(
    func: Func | undefined,
    args: readonly Node[],
    scope: Scope | undefined,
    line: number,
  ): Blocking<Value> {
    if (!func) {
      yield* this.#state.me.out.flush()
      throw fatal(`cmd. line:${line}: Call to undefined function`, undefined, 1)
    }
    const local: Scope = new Map()
    for (const [i, param] of func.params.entries()) {
      const arg = args[i]
      if (arg?.t === 'var' && arg.name !== 'NF') {
        const cell = this.#state.cell(arg.name, scope)
        // Arrays are passed by reference, and what is neither yet may become one.
        local.set(param, {
          value: cell.value,
          array: cell.array,
          from: cell.value === undefined && !cell.array ? cell : undefined,
        })
      } else local.set(param, { value: arg && (yield* this.#eval(arg, scope)), array: undefined })
    }
    for (const arg of args.slice(func.params.length)) yield* this.#eval(arg, scope)
    if (++this.#depth > 1000) this.#state.die('function call nesting too deep')
    this.#frames.push(local)
    try {
      yield* this.#execute(func.body, local)
      return undefined
    } catch (e) {
      if (!(e instanceof Return)) throw e
      return e.value
    } finally {
      this.#frames.pop()
      this.#depth--
    }
  }

  *#getline(it: Node & { t: 'getline' }, scope: Scope | undefined): Blocking<Value> {
    let record: string | undefined
    if (!it.from) {
      record = yield* this.#streams.nextRecord()
      if (record === undefined) return 0
    } else {
      const name = this.#state.str(yield* this.#eval(it.from, scope))
      const input = yield* this.#streams.source(name, it.command)
      if (!input) return -1
      try {
        record = yield* input.next(this.#state.text('RS'), it => this.#state.regex(it))
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (this.#state.dialect === 'mawk') throw fatal(`read error (${e.message})`, undefined, 2)
        return -1
      }
      if (record === undefined) return 0
    }
    if (it.to) yield* this.#store(it.to, new Field(record), scope)
    else this.#state.setRecord(record)
    return 1
  }

  // ---- Functions that awk has

  *#builtin(name: string, args: readonly Node[], scope: Scope | undefined): Blocking<Value> {
    const [a, b, c] = args
    switch (name) {
      case 'length':
        if (a?.t === 'var' && this.#state.cell(a.name, scope).array)
          return this.#state.cell(a.name, scope).array!.size
        return this.#state.str(a ? yield* this.#eval(a, scope) : this.#state.field(0)).length
      case 'split': {
        const text = this.#state.str(yield* this.#eval(a!, scope))
        const separator = c
          ? c.t === 'regex'
            ? c.source
            : this.#state.str(yield* this.#eval(c, scope))
          : this.#state.text('FS')
        const parts =
          c?.t === 'regex' && separator === ' ' ? text.split(' ') : this.#state.splitText(text, separator)
        const array = this.#state.array((b as { name: string }).name, scope)
        array.clear()
        for (const [i, part] of parts.entries()) array.set(String(i + 1), new Field(part))
        return parts.length
      }
      case 'sub':
      case 'gsub':
        return yield* this.#substitute(name === 'gsub', args, scope)
      case 'gensub':
        return yield* this.#generalSubstitute(args, scope)
      case 'match': {
        const text = this.#state.str(yield* this.#eval(a!, scope))
        const match = (yield* this.#regex(b!, scope)).exec(text)
        this.#state.assign('RSTART', match ? match.index + 1 : 0)
        this.#state.assign('RLENGTH', match ? match[0].length : -1)
        return match ? match.index + 1 : 0
      }
      default:
    }
    const values: Value[] = []
    for (const arg of args) values.push(yield* this.#eval(arg, scope))
    return yield* callBuiltin(this.#state, this.#streams, name, values)
  }

  *#substitute(global: boolean, args: readonly Node[], scope: Scope | undefined): Blocking<Value> {
    const [pattern, replacement, target] = args
    const regex = yield* this.#regex(pattern!, scope)
    const by = this.#state.str(yield* this.#eval(replacement!, scope))
    const to: Node = target ?? { t: 'field', of: { t: 'number', value: 0 } }
    const text = this.#state.str(yield* this.#eval(to, scope))
    const { result, count } = substituted(text, regex, by, global)
    if (count) yield* this.#store(to, result, scope)
    return count
  }

  /** gensub(pattern, replacement, which [, target]): `\\1` stands for a group; the target stays as it was. */
  *#generalSubstitute(args: readonly Node[], scope: Scope | undefined): Blocking<Value> {
    const [pattern, replacement, which, target] = args
    const regex = yield* this.#regex(pattern!, scope)
    const by = this.#state.str(yield* this.#eval(replacement!, scope))
    const how = this.#state.str(which ? yield* this.#eval(which, scope) : '1')
    const text = this.#state.str(target ? yield* this.#eval(target, scope) : this.#state.field(0))
    return generallySubstituted(text, regex, by, how)
  }
}

function arithmetic(op: string, a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
    default:
      return a ** b
  }
}

function compares(op: string, order: number): boolean {
  switch (op) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '==':
      return order === 0
    case '!=':
      return order !== 0
    case '>':
      return order > 0
    default:
      return order >= 0
  }
}
