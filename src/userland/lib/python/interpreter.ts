/**
 * Runs what parser.ts has read: numbers, strings, lists, functions, and so much of os, sys, time and socket as
 * labs need to fill memory, burn CPU or look at a process. It is not Python, and says so where it ends.
 *
 * Memory counts: what variables hold is the size of the heap, large strings without being stored letter by letter.
 * Left out: everything that parser.ts leaves out; most methods, all other modules.
 */
import { type Blocking, decode, EINTR, ENOMEM, O_ACCMODE, O_RDWR, type Sys } from '../../../abi/index.ts'
import { type Process, readAll } from '../command.ts'
import { type Expr, type Param, type Stmt, Unsupported } from './parser.ts'
import {
  Bulk,
  Bytes,
  catches,
  Caught,
  compare,
  Dict,
  extreme,
  File,
  Socket,
  floats,
  format,
  Func,
  Instance,
  integers,
  isNumber,
  joined,
  Kind,
  LARGE,
  List,
  Module,
  osError,
  position,
  printf,
  PyError,
  Range,
  rangeLength,
  repeated,
  repr,
  sizeOf,
  sliced,
  str,
  toInt,
  truth,
  typeError,
  typeName,
  unique,
  type Value,
} from './values.ts'
import { moduleOf, SystemExit } from './modules.ts'
import { fromLittleEndian } from './select.ts'
import { handleSignals } from './processes.ts'
import { Threads } from './threads.ts'
import { readAnswer } from '../shadow/prompt.ts'

class Return {
  readonly value: Value
  constructor(value: Value) {
    this.value = value
  }
}
const BREAK = Symbol('break')
const CONTINUE = Symbol('continue')

type Scope = { readonly names: Map<string, Value>; readonly globals: Set<string>; readonly where: string }

/** What one step of the interpreter costs in CPU time, and how much is gathered before it is charged. */
const STEP = 60
const BURST = 30_000
/** The heap of an interpreter that has done nothing yet. */
const BASE = 4 << 20

const EXCEPTIONS =
  `Exception BaseException ValueError TypeError NameError IndexError KeyError ZeroDivisionError OSError FileNotFoundError
   PermissionError MemoryError AttributeError RuntimeError KeyboardInterrupt SystemExit ModuleNotFoundError AssertionError
   OverflowError RecursionError ImportError NotImplementedError StopIteration BlockingIOError BrokenPipeError
   ConnectionError ConnectionRefusedError ConnectionResetError FileExistsError IsADirectoryError NotADirectoryError
   ProcessLookupError ChildProcessError InterruptedError`.split(/\s+/)

export class Interpreter {
  /** The threads of the program; what follows is done by the one that runs. */
  readonly threads: Threads<Scope>
  readonly #me: Process
  readonly #globals: Scope = { names: new Map(), globals: new Set(), where: '<module>' }
  readonly #builtins: Map<string, Value>
  readonly #argv: readonly string[]
  #allocated = 0
  /** Where in the heap large values lie. */
  #places = new Map<Value, number>()

  constructor(sys: Sys, me: Process, argv: readonly string[]) {
    this.threads = new Threads(sys)
    this.#me = me
    this.#argv = argv
    this.#builtins = this.#makeBuiltins()
  }

  get #sys(): Sys {
    return this.threads.sys
  }

  *run(program: readonly Stmt[]): Blocking<void> {
    yield* this.#sys.brk(BASE)
    yield* this.#block(program, this.#globals)
  }

  // ---- Time and memory

  *#tick(): Blocking<void> {
    if (this.threads.signals.pending.length) yield* handleSignals(this.threads)
    const thread = this.threads.current
    thread.steps += STEP
    if (thread.steps < BURST) return
    const ns = thread.steps
    thread.steps = 0
    yield* this.threads.burn(ns)
  }

  /** A new object of so many bytes. The heap grows when a good deal has come together. */
  *#allocate(bytes: number, value?: Value): Blocking<void> {
    this.#allocated += bytes
    if (this.#allocated < 1 << 20) return
    this.#allocated = 0
    const seen = new Set<Value>()
    this.#places.clear()
    let total = BASE
    const place = (it: Value): void => {
      if (it instanceof Bulk && !seen.has(it)) this.#places.set(it, total)
      total += sizeOf(it, seen)
    }
    for (const scope of [this.#globals, ...this.threads.allFrames()])
      for (const it of scope.names.values()) place(it)
    if (value !== undefined) place(value)
    try {
      yield* this.#sys.brk(total)
    } catch (e) {
      if (e !== ENOMEM) throw e
      throw new PyError('MemoryError', '')
    }
    yield* this.threads.burn(bytes / 8)
  }

  /** A part of a large value is used: it may have to come back from swap. */
  *#touch(it: Bulk, from: number, length: number): Blocking<void> {
    const place = this.#places.get(it)
    if (place !== undefined) yield* this.#sys.touch(place + from, length)
  }

  // ---- Statements

  *#block(body: readonly Stmt[], scope: Scope): Blocking<void> {
    for (const it of body) {
      yield* this.#tick()
      try {
        yield* this.#statement(it, scope)
      } catch (e) {
        if (e instanceof RangeError) throw new PyError('RecursionError', 'maximum recursion depth exceeded')
        if (e instanceof PyError && e.lines.at(-1)?.where !== scope.where)
          e.lines.push({ line: it.line, where: scope.where })
        throw e
      }
    }
  }

  *#statement(it: Stmt, scope: Scope): Blocking<void> {
    switch (it.t) {
      case 'expr':
        yield* this.#eval(it.value, scope)
        return
      case 'assign': {
        const value = yield* this.#eval(it.value, scope)
        for (const target of it.targets) yield* this.#assign(target, value, scope)
        return
      }
      case 'augment': {
        const old = yield* this.#eval(it.target, scope)
        const value = yield* this.#eval(it.value, scope)
        if (old instanceof List && old.type === 'list' && it.op === '+') {
          for (const one of this.#iterate(value)) old.items.push(one)
          yield* this.#allocate(8 * old.items.length)
        } else yield* this.#assign(it.target, yield* this.#binary(it.op, old, value), scope)
        return
      }
      case 'pass':
        return
      case 'break':
        throw BREAK
      case 'continue':
        throw CONTINUE
      case 'return':
        throw new Return(it.value ? yield* this.#eval(it.value, scope) : null)
      case 'raise':
        return yield* this.#raise(it.value, scope)
      case 'global':
        for (const name of it.names) scope.globals.add(name)
        return
      case 'del':
        return this.#delete(it.targets, scope)
      case 'assert':
        if (truth(yield* this.#eval(it.test, scope))) return
        throw new PyError('AssertionError', it.message ? str(yield* this.#eval(it.message, scope)) : '')
      case 'import':
        for (const [name, as] of it.names)
          this.#bind(as, moduleOf(this.threads, this.#me, this.#argv, name), scope)
        return
      case 'from': {
        const { members } = moduleOf(this.threads, this.#me, this.#argv, it.module)
        for (const [name, as] of it.names) {
          if (name === '*') for (const [key, value] of members) this.#bind(key, value, scope)
          else if (members.has(name)) this.#bind(as, members.get(name)!, scope)
          else throw new Unsupported(`${it.module}.${name}`)
        }
        return
      }
      case 'if':
        return yield* this.#block(truth(yield* this.#eval(it.test, scope)) ? it.then : it.otherwise, scope)
      case 'while':
        return yield* this.#while(it, scope)
      case 'for':
        return yield* this.#for(it, scope)
      case 'def':
        return this.#bind(it.name, this.#function(it.name, it.params, it.body, undefined, scope), scope)
      case 'try':
        return yield* this.#try(it, scope)
      case 'with': {
        const value = yield* this.#eval(it.value, scope)
        if (it.target) yield* this.#assign(it.target, value, scope)
        if (value instanceof Instance) yield* this.#method(value, 'acquire')
        try {
          yield* this.#block(it.body, scope)
        } finally {
          if (value instanceof File) this.#sys.close(value.fd)
          if (value instanceof Instance) yield* this.#method(value, 'release')
        }
      }
    }
  }

  /** What `with` does with a lock. */
  *#method(of: Instance, name: string): Blocking<void> {
    const method = this.#attribute(of, name)
    if (method instanceof Func) yield* method.call([], new Map())
  }

  *#while(it: Stmt & { t: 'while' }, scope: Scope): Blocking<void> {
    const { test, body } = it
    // Nothing can end this but a signal, so there is nothing to look at between two rounds.
    const isIdle = test.t === 'const' && truth(test.value) && body.length === 1 && body[0]!.t === 'pass'
    while (isIdle) yield* this.threads.burn(1e9)
    while (truth(yield* this.#eval(test, scope))) {
      yield* this.#tick()
      try {
        yield* this.#block(body, scope)
      } catch (e) {
        if (e === BREAK) return
        if (e !== CONTINUE) throw e
      }
    }
    yield* this.#block(it.otherwise, scope)
  }

  *#for(it: Stmt & { t: 'for' }, scope: Scope): Blocking<void> {
    const over = yield* this.#eval(it.over, scope)
    for (const value of this.#iterate(over instanceof File ? yield* this.#lines(over) : over)) {
      yield* this.#tick()
      yield* this.#assign(it.target, value, scope)
      try {
        yield* this.#block(it.body, scope)
      } catch (e) {
        if (e === BREAK) return
        if (e !== CONTINUE) throw e
      }
    }
    yield* this.#block(it.otherwise, scope)
  }

  *#try(it: Stmt & { t: 'try' }, scope: Scope): Blocking<void> {
    try {
      try {
        yield* this.#block(it.body, scope)
      } catch (e) {
        const error = e instanceof SystemExit ? new PyError('SystemExit', str(e.value)) : e
        if (!(error instanceof PyError)) throw e
        for (const { kinds, name, body } of it.handlers) {
          const wanted = kinds ? yield* this.#eval(kinds, scope) : new Kind('BaseException')
          const all = wanted instanceof List ? wanted.items : [wanted]
          if (!all.some(kind => kind instanceof Kind && catches(kind.name, error.kind))) continue
          if (name) this.#bind(name, new Caught(error), scope)
          return yield* this.#block(body, scope)
        }
        throw e
      }
      yield* this.#block(it.otherwise, scope)
    } finally {
      yield* this.#block(it.last, scope)
    }
  }

  *#raise(value: Expr | undefined, scope: Scope): Blocking<void> {
    if (!value) throw new Unsupported("'raise' without an exception")
    const isCall = value.t === 'call'
    const kind = yield* this.#eval(isCall ? value.fn : value, scope)
    if (!(kind instanceof Kind)) throw typeError('exceptions must derive from BaseException')
    const args: Value[] = []
    if (isCall) for (const it of value.args) args.push(yield* this.#eval(it, scope))
    if (kind.name === 'SystemExit') throw new SystemExit(args[0] ?? null)
    throw new PyError(kind.name, args.map(str).join(', '))
  }

  #delete(targets: readonly Expr[], scope: Scope): void {
    for (const it of targets) {
      if (it.t !== 'name') throw new Unsupported("'del' of a part")
      if (!scope.names.delete(it.name)) throw new PyError('NameError', `name '${it.name}' is not defined`)
      this.#allocated = 1 << 20
    }
  }

  #bind(name: string, value: Value, scope: Scope): void {
    const { names } = scope.globals.has(name) ? this.#globals : scope
    names.set(name, value)
  }

  *#assign(target: Expr, value: Value, scope: Scope): Blocking<void> {
    if (target.t === 'name') return this.#bind(target.name, value, scope)
    if (target.t === 'tuple' || target.t === 'list') {
      const values = [...this.#iterate(value)]
      if (values.length !== target.items.length)
        throw new PyError(
          'ValueError',
          values.length > target.items.length
            ? `too many values to unpack (expected ${target.items.length})`
            : `not enough values to unpack (expected ${target.items.length}, got ${values.length})`,
        )
      for (const [i, it] of target.items.entries()) yield* this.#assign(it, values[i]!, scope)
      return
    }
    if (target.t === 'attr') {
      const of = yield* this.#eval(target.of, scope)
      if (!(of instanceof Instance)) throw new Unsupported('an assignment to this')
      of.members.set(target.name, value)
      return
    }
    if (target.t !== 'index') throw new Unsupported('an assignment to this')
    const of = yield* this.#eval(target.of, scope)
    if (of instanceof Bulk && target.at.t === 'slice') return yield* this.#touch(of, 0, of.length)
    const at = yield* this.#eval(target.at, scope)
    if (of instanceof Dict) {
      of.map.set(repr(at), [at, value])
      yield* this.#allocate(100)
    } else if (of instanceof List && of.type === 'list') of.items[position(at, of.items.length)] = value
    else if (of instanceof Bulk) yield* this.#touch(of, position(at, of.length), 1)
    else throw typeError(`'${typeName(of)}' object does not support item assignment`)
  }

  // ---- Expressions

  *#eval(it: Expr, scope: Scope): Blocking<Value> {
    switch (it.t) {
      case 'const':
        return it.value
      case 'bytes':
        return new Bytes(it.value)
      case 'name': {
        const found =
          scope.names.get(it.name) ?? this.#globals.names.get(it.name) ?? this.#builtins.get(it.name)
        if (found !== undefined) return found
        if ([scope.names, this.#globals.names].some(names => names.has(it.name))) return null
        throw new PyError('NameError', `name '${it.name}' is not defined`)
      }
      case 'list':
      case 'tuple':
      case 'set': {
        const items: Value[] = []
        for (const one of it.items) items.push(yield* this.#eval(one, scope))
        yield* this.#allocate(56 + 8 * items.length)
        return new List(it.t === 'set' ? unique(items) : items, it.t)
      }
      case 'dict': {
        const dict = new Dict()
        for (const [key, value] of it.items) {
          const name = yield* this.#eval(key, scope)
          dict.map.set(repr(name), [name, yield* this.#eval(value, scope)])
        }
        return dict
      }
      case 'comp':
        return yield* this.#comprehension(it, scope)
      case 'unary':
        return this.#unary(it.op, yield* this.#eval(it.value, scope))
      case 'binary': {
        const left = yield* this.#eval(it.left, scope)
        return yield* this.#binary(it.op, left, yield* this.#eval(it.right, scope))
      }
      case 'compare': {
        let left = yield* this.#eval(it.first, scope)
        for (const [op, other] of it.rest) {
          const right = yield* this.#eval(other, scope)
          if (!compare(op, left, right)) return false
          left = right
        }
        return true
      }
      case 'bool': {
        const left = yield* this.#eval(it.left, scope)
        return truth(left) === (it.op === 'or') ? left : yield* this.#eval(it.right, scope)
      }
      case 'if':
        return yield* this.#eval(truth(yield* this.#eval(it.test, scope)) ? it.then : it.otherwise, scope)
      case 'lambda':
        return this.#function('<lambda>', it.params, [], it.value, scope)
      case 'call':
        return yield* this.#call(it, scope)
      case 'attr':
        return this.#attribute(yield* this.#eval(it.of, scope), it.name)
      case 'index':
        return yield* this.#index(yield* this.#eval(it.of, scope), it.at, scope)
      case 'slice':
        throw new Unsupported('a slice here')
      case 'format': {
        let text = ''
        for (const part of it.parts) {
          if (typeof part === 'string') text += part
          else {
            const value = yield* this.#eval(part.value, scope)
            text += format(part.repr ? repr(value) : value, part.spec)
          }
        }
        return text
      }
    }
  }

  *#comprehension(it: Expr & { t: 'comp' }, scope: Scope): Blocking<Value> {
    const inner: Scope = { names: new Map(scope.names), globals: scope.globals, where: scope.where }
    const items: Value[] = []
    next: for (const value of this.#iterate(yield* this.#eval(it.over, scope))) {
      yield* this.#tick()
      yield* this.#assign(it.target, value, inner)
      for (const condition of it.conditions) if (!truth(yield* this.#eval(condition, inner))) continue next
      const one = yield* this.#eval(it.value, inner)
      items.push(one)
      yield* this.#allocate(8, new List(items))
    }
    return new List(items)
  }

  *#call(it: Expr & { t: 'call' }, scope: Scope): Blocking<Value> {
    const fn = yield* this.#eval(it.fn, scope)
    const args: Value[] = []
    for (const one of it.args) args.push(yield* this.#eval(one, scope))
    const named = new Map<string, Value>()
    for (const [name, value] of it.named) named.set(name, yield* this.#eval(value, scope))
    if (fn instanceof Func) return yield* this.#callFunc(fn, args, named)
    if (fn instanceof Kind) return args[0] ?? ''
    throw typeError(`'${typeName(fn)}' object is not callable`)
  }

  /** "If a system call is interrupted by a signal, and the handler raises nothing, it is retried": PEP 475. */
  *#callFunc(fn: Func, args: Value[], named: ReadonlyMap<string, Value>): Blocking<Value> {
    for (;;)
      try {
        return yield* fn.call(args, named)
      } catch (e) {
        if (!(e instanceof PyError && e.errno === EINTR)) throw e
        yield* handleSignals(this.threads)
      }
  }

  #function(
    name: string,
    params: readonly Param[],
    body: readonly Stmt[],
    value: Expr | undefined,
    outer: Scope,
  ): Func {
    const self = this
    return new Func(name, function* (args, named) {
      const scope: Scope = {
        names: new Map(outer === self.#globals ? [] : outer.names),
        globals: new Set(),
        where: name,
      }
      if (args.length > params.length)
        throw typeError(
          `${name}() takes ${params.length} positional argument${params.length === 1 ? '' : 's'} but ${args.length} ${args.length === 1 ? 'was' : 'were'} given`,
        )
      for (const [i, param] of params.entries()) {
        const given = args[i] ?? named.get(param.name)
        if (given !== undefined) scope.names.set(param.name, given)
        else if (param.otherwise) scope.names.set(param.name, yield* self.#eval(param.otherwise, outer))
        else if (i >= args.length && !named.has(param.name))
          throw typeError(`${name}() missing 1 required positional argument: '${param.name}'`)
        else scope.names.set(param.name, null)
      }
      const thread = self.threads.current
      if (++thread.depth > 900) {
        thread.depth = 0
        throw new PyError('RecursionError', 'maximum recursion depth exceeded')
      }
      thread.frames.push(scope)
      try {
        if (value) return yield* self.#eval(value, scope)
        yield* self.#block(body, scope)
        return null
      } catch (e) {
        if (e instanceof Return) return e.value
        throw e
      } finally {
        thread.frames.pop()
        thread.depth = Math.max(0, thread.depth - 1)
      }
    })
  }

  #unary(op: string, value: Value): Value {
    if (op === 'not') return !truth(value)
    const number = typeof value === 'boolean' ? BigInt(value) : value
    if (typeof number === 'bigint') return op === '-' ? -number : op === '~' ? ~number : number
    if (typeof number === 'number' && op !== '~') return op === '-' ? -number : number
    throw typeError(`bad operand type for unary ${op}: '${typeName(value)}'`)
  }

  *#binary(op: string, a: Value, b: Value): Blocking<Value> {
    const [x, y] = [typeof a === 'boolean' ? BigInt(a) : a, typeof b === 'boolean' ? BigInt(b) : b]
    if (typeof x === 'bigint' && typeof y === 'bigint') return integers(op, x, y)
    if (isNumber(x) && isNumber(y)) return floats(op, Number(x), Number(y))
    if (op === '%' && typeof x === 'string') return printf(x, y)
    if (op === '*' && (typeof x === 'bigint' || typeof y === 'bigint')) {
      const [what, times] = typeof x === 'bigint' ? [b, x] : [a, y as bigint]
      const it = repeated(what, Math.max(0, Number(times)))
      if (it !== undefined) {
        yield* this.#allocate(sizeOf(it, new Set()), it)
        return it
      }
    }
    if (op === '+') {
      const it = joined(a, b)
      if (it !== undefined) {
        yield* this.#allocate(sizeOf(it, new Set()), it)
        return it
      }
      if (typeof a === 'string' || (a instanceof Bulk && a.type === 'str'))
        throw typeError(`can only concatenate str (not "${typeName(b)}") to str`)
    }
    throw typeError(`unsupported operand type(s) for ${op}: '${typeName(a)}' and '${typeName(b)}'`)
  }

  *#index(of: Value, at: Expr, scope: Scope): Blocking<Value> {
    if (at.t === 'slice') {
      const part = function* (self: Interpreter, it: Expr | undefined): Blocking<number | undefined> {
        return it && Number(yield* self.#eval(it, scope))
      }
      const [from, to, step] = [
        yield* part(this, at.from),
        yield* part(this, at.to),
        yield* part(this, at.step),
      ]
      return sliced(of, from, to, step)
    }
    const index = yield* this.#eval(at, scope)
    if (of instanceof Dict) {
      const found = of.map.get(repr(index))
      if (found) return found[1]
      throw new PyError('KeyError', repr(index))
    }
    if (of instanceof List) return of.items[position(index, of.items.length, of.type)]!
    if (typeof of === 'string') return of[position(index, of.length, 'string')]!
    if (of instanceof Bytes) return BigInt(of.text.charCodeAt(position(index, of.text.length)))
    if (of instanceof Range) return BigInt(of.from + of.step * position(index, rangeLength(of)))
    if (of instanceof Bulk && of.type !== 'str' && of.type !== 'list') {
      yield* this.#touch(of, position(index, of.length), 1)
      return 0n
    }
    if (of instanceof Bulk) throw new Unsupported('looking into something so large')
    throw typeError(`'${typeName(of)}' object is not subscriptable`)
  }

  *#iterate(value: Value): Generator<Value, void, void> {
    if (value instanceof Range)
      for (let i = value.from; value.step > 0 ? i < value.to : i > value.to; i += value.step) yield BigInt(i)
    else if (value instanceof List) yield* value.items
    else if (typeof value === 'string') yield* value
    else if (value instanceof Dict) for (const [key] of value.map.values()) yield key
    else if (value instanceof Bytes) for (const it of value.text) yield BigInt(it.charCodeAt(0))
    else if (value instanceof Bulk || value instanceof File) throw new Unsupported('a loop over this')
    else throw typeError(`'${typeName(value)}' object is not iterable`)
  }

  // ---- Names that are there from the beginning

  #makeBuiltins(): Map<string, Value> {
    const all = new Map<string, Value>()
    const define = (name: string, call: Func['call']): void => void all.set(name, new Func(name, call))
    const plain = (name: string, call: (args: Value[]) => Value): void =>
      define(name, function* (args) {
        return call(args)
      })
    for (const name of EXCEPTIONS) all.set(name, new Kind(name))
    const { out } = this.#me
    const self = this
    define('print', function* (args, named) {
      out.print(args.map(str).join(str(named.get('sep') ?? ' ')) + str(named.get('end') ?? '\n'))
      if (truth(named.get('flush') ?? false) || out.isTty || out.full) yield* out.flush(self.#sys)
      return null
    })
    define('input', function* (args) {
      if (args.length) out.print(str(args[0]!))
      yield* out.flush(self.#sys)
      const line = yield* readAnswer(self.#sys)
      if (line === undefined) throw new PyError('EOFError', 'EOF when reading a line')
      return line
    })
    define('open', function* (args) {
      const [path = '', mode = 'r'] = args
      if (typeof path !== 'string') throw typeError('open() needs a path')
      const access = { r: 0, w: 0o1101, a: 0o2101 }[str(mode).replace(/[bt+]/g, '')]
      const flags = str(mode).includes('+') ? ((access ?? 0) & ~O_ACCMODE) | O_RDWR : access
      if (access === undefined || flags === undefined)
        throw new Unsupported(`the mode '${str(mode)}' of open()`)
      try {
        return new File(yield* self.#sys.open(path, flags, 0o666), str(mode).includes('b'))
      } catch (e) {
        throw osError(e, path)
      }
    })
    plain('len', ([it = null]) => {
      if (typeof it === 'string') return BigInt([...it].length)
      if (it instanceof List) return BigInt(it.items.length)
      if (it instanceof Bytes) return BigInt(it.text.length)
      if (it instanceof Dict) return BigInt(it.map.size)
      if (it instanceof Range) return BigInt(rangeLength(it))
      if (it instanceof Bulk) return BigInt(it.length)
      throw typeError(`object of type '${typeName(it)}' has no len()`)
    })
    plain('range', args => {
      const [a = 0, b, c = 1] = args.map(Number)
      return b === undefined ? new Range(0, a, 1) : new Range(a, b, c)
    })
    for (const type of ['bytearray', 'bytes'] as const)
      define(type, function* ([size = 0n]) {
        const it =
          typeof size !== 'bigint'
            ? new Bytes(str(size), type)
            : Number(size) >= LARGE
              ? new Bulk(type, Number(size), Number(size))
              : new Bytes('\0'.repeat(Number(size)), type)
        yield* self.#allocate(sizeOf(it, new Set()), it)
        return it
      })
    plain('str', ([it = '']) => str(it))
    plain('hasattr', ([it = null, name = '']) => {
      try {
        self.#attribute(it, str(name))
        return true
      } catch (e) {
        if (e instanceof Unsupported || e instanceof PyError) return false
        throw e
      }
    })
    plain('repr', ([it = null]) => repr(it))
    plain('int', ([it = 0n]) => toInt(it))
    plain('float', ([it = 0n]) => Number(isNumber(it) ? it : str(it)))
    plain('bool', ([it = false]) => truth(it))
    plain('list', ([it = '']) => new List([...self.#iterate(it)]))
    plain('tuple', ([it = '']) => new List([...self.#iterate(it)], 'tuple'))
    plain('set', ([it = '']) => new List(unique([...self.#iterate(it)]), 'set'))
    plain('dict', () => new Dict())
    plain('abs', ([it = 0n]) => (typeof it === 'bigint' ? (it < 0n ? -it : it) : Math.abs(Number(it))))
    plain('min', args => extreme([...(args.length === 1 ? self.#iterate(args[0]!) : args)], '<'))
    plain('max', args => extreme([...(args.length === 1 ? self.#iterate(args[0]!) : args)], '>'))
    define('sum', function* ([it = '', start = 0n]) {
      let total: Value = start
      for (const one of self.#iterate(it)) total = yield* self.#binary('+', total, one)
      return total
    })
    plain(
      'sorted',
      ([it = '']) => new List([...self.#iterate(it)].sort((a, b) => (compare('<', a, b) ? -1 : 1))),
    )
    plain('round', ([it = 0n]) => BigInt(Math.round(Number(it))))
    plain('chr', ([it = 0n]) => String.fromCodePoint(Number(it)))
    plain('ord', ([it = '']) => BigInt(str(it).codePointAt(0) ?? 0))
    plain('hex', ([it = 0n]) => `0x${BigInt(Number(it)).toString(16)}`)
    plain(
      'enumerate',
      ([it = '']) => new List([...self.#iterate(it)].map((one, i) => new List([BigInt(i), one], 'tuple'))),
    )
    plain('exit', ([it = null]) => {
      throw new SystemExit(it)
    })
    all.set('quit', all.get('exit')!)
    all.set('__name__', '__main__')
    return all
  }

  // ---- Methods

  #attribute(of: Value, name: string): Value {
    if (of instanceof Module) {
      const found = of.members.get(name)
      if (found === undefined) throw new Unsupported(`${of.name}.${name}`)
      return found
    }
    const self = this
    const method = (call: (args: Value[]) => Value): Func =>
      new Func(name, function* (args) {
        return call(args)
      })
    if (of instanceof List) {
      const { items } = of
      switch (name) {
        case 'append':
          return new Func(name, function* ([it = null]) {
            items.push(it)
            yield* self.#allocate(8 + (typeof it === 'bigint' ? 28 : 0))
            return null
          })
        case 'extend':
          return method(([it = '']) => (items.push(...self.#iterate(it)), null))
        case 'pop':
          return method(([at = -1n]) => items.splice(position(at, items.length, 'pop'), 1)[0]!)
        case 'add':
          return method(([it = null]) => {
            if (!compare('in', it, of)) items.push(it)
            return null
          })
        case 'clear':
          return method(() => (items.splice(0), null))
        case 'reverse':
          return method(() => (items.reverse(), null))
        case 'sort':
          return method(() => (items.sort((a, b) => (compare('<', a, b) ? -1 : 1)), null))
      }
    }
    if (typeof of === 'string') {
      const text = of
      const methods: Readonly<Record<string, (args: Value[]) => Value>> = {
        upper: () => text.toUpperCase(),
        lower: () => text.toLowerCase(),
        strip: () => text.trim(),
        rstrip: () => text.trimEnd(),
        lstrip: () => text.trimStart(),
        split: ([by]) =>
          new List(
            by
              ? text.split(str(by))
              : text
                  .trim()
                  .split(/\s+/)
                  .filter(it => it),
          ),
        splitlines: () => new List(text.replace(/\n$/, '').split('\n')),
        join: ([all = '']) => [...self.#iterate(all)].map(str).join(text),
        replace: ([a = '', b = '']) => text.replaceAll(str(a), str(b)),
        startswith: ([a = '']) => text.startsWith(str(a)),
        endswith: ([a = '']) => text.endsWith(str(a)),
        find: ([a = '']) => BigInt(text.indexOf(str(a))),
        count: ([a = '']) => BigInt(text.split(str(a)).length - 1),
        encode: () => new Bytes(text),
        format: args => args.reduce<string>((done, it) => done.replace(/\{\d*\}/, () => str(it)), text),
      }
      if (Object.hasOwn(methods, name)) return method(methods[name]!)
    }
    if (of instanceof Bytes) {
      const text = of.text
      const methods: Readonly<Record<string, (args: Value[]) => Value>> = {
        decode: () => decode(Uint8Array.from(text, it => it.charCodeAt(0))),
        strip: () => new Bytes(text.trim()),
        split: () =>
          new List(
            text
              .trim()
              .split(/\s+/)
              .map(it => new Bytes(it)),
          ),
        startswith: ([a]) => a instanceof Bytes && text.startsWith(a.text),
        hex: () => [...text].map(it => it.charCodeAt(0).toString(16).padStart(2, '0')).join(''),
      }
      if (Object.hasOwn(methods, name)) return method(methods[name]!)
    }
    if (of instanceof Func && of.name === 'int' && name === 'from_bytes')
      return new Func(name, function* ([data = null, order = 'big'], named) {
        const text = data instanceof Bytes ? data.text : ''
        const isLittle = str(named.get('byteorder') ?? order) === 'little'
        return fromLittleEndian(
          isLittle ? text : [...text].reverse().join(''),
          truth(named.get('signed') ?? false),
        )
      })
    if (of instanceof Dict) {
      const values = [...of.map.values()]
      switch (name) {
        case 'keys':
          return method(() => new List(values.map(([key]) => key)))
        case 'values':
          return method(() => new List(values.map(([, value]) => value)))
        case 'items':
          return method(() => new List(values.map(it => new List([...it], 'tuple'))))
        case 'get':
          return method(([key = null, otherwise = null]) => of.map.get(repr(key))?.[1] ?? otherwise)
      }
    }
    if (of instanceof Instance) {
      const found = of.get(name)
      if (found !== undefined) return found
    }
    if (of instanceof Socket) {
      const member = of.members.get(name)
      if (member !== undefined) return member
    }
    if (of instanceof File) return this.#fileMethod(of, name)
    throw new Unsupported(`the attribute '${name}' of '${typeName(of)}'`)
  }

  /** The lines of a file that were not read yet. */
  *#lines({ fd }: File): Blocking<List> {
    const text = decode(yield* readAll(this.#sys, fd))
    yield* this.#allocate(text.length)
    return new List(text.match(/[^\n]*\n|[^\n]+$/g) ?? [])
  }

  #fileMethod(file: File, name: string): Value {
    const { fd } = file
    const self = this
    const out = this.#me.out
    switch (name) {
      case 'read':
        return new Func(name, function* ([most = null]) {
          const bytes =
            most === null || Number(most) < 0
              ? yield* readAll(self.#sys, fd)
              : yield* self.#sys.read(fd, Number(most))
          yield* self.#allocate(bytes.length)
          return file.isBinary ? new Bytes(String.fromCharCode(...bytes)) : decode(bytes)
        })
      case 'readlines':
        return new Func(name, () => self.#lines(file))
      case 'seek':
        return new Func(name, function* ([offset = 0n, whence = 0n]) {
          return BigInt(self.#sys.lseek(fd, Number(offset), Number(whence)))
        })
      case 'readline':
        return new Func(name, function* () {
          let text = ''
          while (!text.endsWith('\n')) {
            const bytes = yield* self.#sys.read(fd, 1)
            if (!bytes.length) break
            text += decode(bytes)
          }
          return text
        })
      case 'write':
        return new Func(name, function* ([it = '']) {
          if (fd === 1) out.print(str(it))
          else
            try {
              yield* self.#sys.write(fd, str(it))
            } catch (e) {
              throw osError(e, '')
            }
          return BigInt(str(it).length)
        })
      case 'fileno':
        return new Func(name, function* () {
          return BigInt(fd)
        })
      case 'flush':
        return new Func(name, function* () {
          yield* out.flush(self.threads.sys)
          return null
        })
      case 'close':
        return new Func(name, function* () {
          self.#sys.close(fd)
          return null
        })
    }
    throw new Unsupported(`the attribute '${name}' of a file`)
  }
}
