/**
 * Runs what python-parser.ts has read: numbers, strings, lists, functions, and so much of os, sys, time and socket as
 * labs need to fill memory, burn CPU or look at a process. It is not Python, and says so where it ends.
 *
 * Memory counts: what variables hold is the size of the heap, large strings without being stored letter by letter.
 * Left out: everything that python-parser.ts leaves out; most methods, all other modules.
 */
import { type Blocking, CLOCK_REALTIME, decode, ENOMEM, Errno, type Sys } from '../../abi/index.ts'
import { type Process, readDir, readFile } from './command.ts'
import { type Expr, type Param, type Stmt, Unsupported } from './python-parser.ts'
import { readAnswer } from './shadow-prompt.ts'

/** A string, bytes or list too large to keep: one part, so and so often. `size` is in bytes. */
class Bulk {
  readonly type: 'str' | 'bytes' | 'bytearray' | 'list'
  readonly length: number
  readonly size: number
  constructor(type: Bulk['type'], length: number, size: number) {
    this.type = type
    this.length = length
    this.size = size
  }
}
class List {
  readonly items: Value[]
  readonly type: 'list' | 'tuple' | 'set'
  constructor(items: Value[], type: List['type'] = 'list') {
    this.items = items
    this.type = type
  }
}
class Bytes {
  readonly text: string
  readonly type: 'bytes' | 'bytearray'
  constructor(text: string, type: Bytes['type'] = 'bytes') {
    this.text = text
    this.type = type
  }
}
class Dict {
  readonly map = new Map<string, [Value, Value]>()
}
class Range {
  readonly from: number
  readonly to: number
  readonly step: number
  constructor(from: number, to: number, step: number) {
    this.from = from
    this.to = to
    this.step = step
  }
}
class Func {
  readonly name: string
  readonly call: (args: Value[], named: ReadonlyMap<string, Value>) => Blocking<Value>
  constructor(name: string, call: Func['call']) {
    this.name = name
    this.call = call
  }
}
class Module {
  readonly name: string
  readonly members: ReadonlyMap<string, Value>
  constructor(name: string, members: Record<string, Value>) {
    this.name = name
    this.members = new Map(Object.entries(members))
  }
}
class File {
  readonly fd: number
  constructor(fd: number) {
    this.fd = fd
  }
}
type Value =
  | bigint
  | number
  | boolean
  | string
  | null
  | Bulk
  | List
  | Bytes
  | Dict
  | Range
  | Func
  | Module
  | File
  | Kind

/** An exception class, by name. */
class Kind {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** An exception on its way. */
export class PyError {
  readonly kind: string
  readonly message: string
  readonly lines: { line: number; where: string }[] = []
  constructor(kind: string, message: string) {
    this.kind = kind
    this.message = message
  }
}
/** sys.exit(). */
export class SystemExit {
  readonly value: Value
  constructor(value: Value) {
    this.value = value
  }
}
class Return {
  readonly value: Value
  constructor(value: Value) {
    this.value = value
  }
}
const BREAK = Symbol('break')
const CONTINUE = Symbol('continue')

type Scope = { readonly names: Map<string, Value>; readonly globals: Set<string>; readonly where: string }

/** Modules that Python brings along and this host does not. */
const ELSEWHERE = new Set(
  `argparse array asyncio base64 collections contextlib copy csv ctypes datetime fcntl functools gc glob hashlib http
   io itertools json logging math mmap multiprocessing operator pathlib pickle platform pty random re resource select
   shutil signal socketserver sqlite3 stat string struct subprocess tempfile threading traceback tracemalloc typing
   urllib uuid`.split(/\s+/),
)

/** What one step of the interpreter costs in CPU time, and how much is gathered before it is charged. */
const STEP = 60
const BURST = 30_000
/** The heap of an interpreter that has done nothing yet. */
const BASE = 4 << 20
/** Texts above this length are not kept letter by letter. */
const LARGE = 1 << 16

const EXCEPTIONS =
  `Exception BaseException ValueError TypeError NameError IndexError KeyError ZeroDivisionError OSError FileNotFoundError
   PermissionError MemoryError AttributeError RuntimeError KeyboardInterrupt SystemExit ModuleNotFoundError AssertionError
   OverflowError RecursionError ImportError NotImplementedError StopIteration`.split(/\s+/)
/** Which exceptions a handler of a name catches besides its own. */
const ABOVE: Readonly<Record<string, readonly string[]>> = {
  OSError: ['FileNotFoundError', 'PermissionError'],
  ImportError: ['ModuleNotFoundError'],
}

const typeError = (text: string): PyError => new PyError('TypeError', text)

export class Interpreter {
  readonly #sys: Sys
  readonly #me: Process
  readonly #globals: Scope = { names: new Map(), globals: new Set(), where: '<module>' }
  readonly #builtins: Map<string, Value>
  readonly #argv: readonly string[]
  #steps = 0
  #allocated = 0
  #depth = 0
  readonly #frames: Scope[] = []

  constructor(sys: Sys, me: Process, argv: readonly string[]) {
    this.#sys = sys
    this.#me = me
    this.#argv = argv
    this.#builtins = this.#makeBuiltins()
  }

  *run(program: readonly Stmt[]): Blocking<void> {
    yield* this.#sys.brk(BASE)
    yield* this.#block(program, this.#globals)
  }

  // ---- Time and memory

  *#tick(): Blocking<void> {
    this.#steps += STEP
    if (this.#steps < BURST) return
    const ns = this.#steps
    this.#steps = 0
    yield* this.#sys.burn(ns)
  }

  /** A new object of so many bytes. The heap grows when a good deal has come together. */
  *#allocate(bytes: number, value?: Value): Blocking<void> {
    this.#allocated += bytes
    if (this.#allocated < 1 << 20) return
    this.#allocated = 0
    const seen = new Set<Value>()
    let total = BASE + (value === undefined ? 0 : sizeOf(value, seen))
    for (const scope of [this.#globals, ...this.#frames])
      for (const it of scope.names.values()) total += sizeOf(it, seen)
    yield* this.#sys.burn(bytes / 8)
    try {
      yield* this.#sys.brk(total)
    } catch (e) {
      if (e !== ENOMEM) throw e
      throw new PyError('MemoryError', '')
    }
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
        for (const [name, as] of it.names) this.#bind(as, this.#module(name), scope)
        return
      case 'from': {
        const { members } = this.#module(it.module)
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
        try {
          yield* this.#block(it.body, scope)
        } finally {
          if (value instanceof File) this.#sys.close(value.fd)
        }
      }
    }
  }

  *#while(it: Stmt & { t: 'while' }, scope: Scope): Blocking<void> {
    const { test, body } = it
    // Nothing can end this but a signal, so there is nothing to look at between two rounds.
    const isIdle = test.t === 'const' && truth(test.value) && body.length === 1 && body[0]!.t === 'pass'
    while (isIdle) yield* this.#sys.burn(1e9)
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
    for (const value of this.#iterate(yield* this.#eval(it.over, scope))) {
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
          if (name) this.#bind(name, error.message, scope)
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
    if (target.t !== 'index') throw new Unsupported('an assignment to this')
    const of = yield* this.#eval(target.of, scope)
    const at = yield* this.#eval(target.at, scope)
    if (of instanceof Dict) {
      of.map.set(repr(at), [at, value])
      yield* this.#allocate(100)
    } else if (of instanceof List && of.type === 'list') of.items[position(at, of.items.length)] = value
    else if (of instanceof Bulk) position(at, of.length)
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
    if (fn instanceof Func) return yield* fn.call(args, named)
    if (fn instanceof Kind) return args[0] ?? ''
    throw typeError(`'${typeName(fn)}' object is not callable`)
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
      if (++self.#depth > 900) {
        self.#depth = 0
        throw new PyError('RecursionError', 'maximum recursion depth exceeded')
      }
      self.#frames.push(scope)
      try {
        if (value) return yield* self.#eval(value, scope)
        yield* self.#block(body, scope)
        return null
      } catch (e) {
        if (e instanceof Return) return e.value
        throw e
      } finally {
        self.#frames.pop()
        self.#depth = Math.max(0, self.#depth - 1)
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
      position(index, of.length)
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
      if (truth(named.get('flush') ?? false) || out.isTty || out.full) yield* out.flush()
      return null
    })
    define('input', function* (args) {
      if (args.length) out.print(str(args[0]!))
      yield* out.flush()
      const line = yield* readAnswer(self.#sys)
      if (line === undefined) throw new PyError('EOFError', 'EOF when reading a line')
      return line
    })
    define('open', function* (args) {
      const [path = '', mode = 'r'] = args
      if (typeof path !== 'string') throw typeError('open() needs a path')
      const flags = { r: 0, w: 0o1101, a: 0o2101 }[str(mode).replace(/[bt+]/g, '')]
      if (flags === undefined) throw new Unsupported(`the mode '${str(mode)}' of open()`)
      try {
        return new File(yield* self.#sys.open(path, flags, 0o666))
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

  #module(name: string): Module {
    const sys = this.#sys
    const fn = (call: (...args: Value[]) => Value): Func =>
      new Func('', function* (args) {
        try {
          return call(...args)
        } catch (e) {
          throw osError(e, '')
        }
      })
    const slow = (call: (...args: Value[]) => Blocking<Value>): Func =>
      new Func('', function* (args) {
        try {
          return yield* call(...args)
        } catch (e) {
          throw osError(e, '')
        }
      })
    const out = this.#me.out
    switch (name) {
      case 'os':
        return new Module('os', {
          getpid: fn(() => BigInt(sys.getpid())),
          getppid: fn(() => BigInt(sys.getppid())),
          getuid: fn(() => BigInt(sys.getuid())),
          geteuid: fn(() => BigInt(sys.geteuid())),
          getgid: fn(() => BigInt(sys.getgid())),
          getcwd: fn(() => sys.getcwd()),
          chdir: fn(path => (sys.chdir(str(path!)), null)),
          chroot: fn(path => (sys.chroot(str(path!)), null)),
          mkdir: fn(path => (sys.mkdir(str(path!), 0o777), null)),
          unshare: fn(flags => (sys.unshare(Number(flags)), null)),
          cpu_count: fn(() => BigInt(sys.sched_getaffinity(0).length)),
          listdir: slow(function* (path = '.') {
            return new List((yield* readDir(sys, str(path))).map(it => it.name))
          }),
          kill: slow(function* (pid = 0n, signal = 0n) {
            yield* sys.kill(Number(pid), Number(signal))
            return null
          }),
          urandom: fn((count = 0n) => {
            const size = Number(count)
            return size >= LARGE
              ? new Bulk('bytes', size, size)
              : new Bytes(String.fromCharCode(...sys.getrandom(size)))
          }),
          getenv: fn(variable => this.#me.env.get(str(variable!)) ?? null),
        })
      case 'time':
        return new Module('time', {
          sleep: slow(function* (seconds = 0n) {
            yield* out.flush()
            yield* sys.nanosleep(Math.max(0, Number(seconds)) * 1e9)
            return null
          }),
          time: fn(() => {
            const { sec, nsec } = sys.clock_gettime(CLOCK_REALTIME)
            return sec + nsec / 1e9
          }),
        })
      case 'sys':
        return new Module('sys', {
          argv: new List([...this.#argv]),
          exit: fn((status = null) => {
            throw new SystemExit(status)
          }),
          stdout: new File(1),
          stdin: new File(0),
          stderr: new File(2),
        })
      case 'socket':
        return new Module('socket', {
          gethostname: fn(() => sys.uname().nodename),
          sethostname: fn(text => (sys.sethostname(str(text!)), null)),
        })
    }
    if (ELSEWHERE.has(name.split('.')[0]!)) throw new Unsupported(`the module '${name}'`)
    throw new PyError('ModuleNotFoundError', `No module named '${name}'`)
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
    if (of instanceof File) return this.#fileMethod(of, name)
    throw new Unsupported(`the attribute '${name}' of '${typeName(of)}'`)
  }

  #fileMethod({ fd }: File, name: string): Value {
    const self = this
    const sys = this.#sys
    const out = this.#me.out
    switch (name) {
      case 'read':
      case 'readlines':
        return new Func(name, function* () {
          const text = yield* readFile(sys, `/proc/self/fd/${fd}`)
          yield* self.#allocate(text.length)
          return name === 'read' ? text : new List(text.match(/[^\n]*\n|[^\n]+$/g) ?? [])
        })
      case 'readline':
        return new Func(name, function* () {
          let text = ''
          while (!text.endsWith('\n')) {
            const bytes = yield* sys.read(fd, 1)
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
              yield* sys.write(fd, str(it))
            } catch (e) {
              throw osError(e, '')
            }
          return BigInt(str(it).length)
        })
      case 'flush':
        return new Func(name, function* () {
          yield* out.flush()
          return null
        })
      case 'close':
        return new Func(name, function* () {
          sys.close(fd)
          return null
        })
    }
    throw new Unsupported(`the attribute '${name}' of a file`)
  }
}

// ---- Values

const isNumber = (it: Value): it is bigint | number => typeof it === 'bigint' || typeof it === 'number'

function truth(it: Value): boolean {
  if (it instanceof List) return it.items.length > 0
  if (it instanceof Dict) return it.map.size > 0
  if (it instanceof Bytes) return it.text !== ''
  if (it instanceof Range) return rangeLength(it) > 0
  return Boolean(it)
}

function typeName(it: Value): string {
  if (it === null) return 'NoneType'
  if (typeof it === 'bigint') return 'int'
  if (typeof it === 'number') return 'float'
  if (typeof it === 'boolean') return 'bool'
  if (typeof it === 'string') return 'str'
  if (it instanceof Bulk || it instanceof List || it instanceof Bytes) return it.type
  if (it instanceof Dict) return 'dict'
  if (it instanceof Range) return 'range'
  if (it instanceof Func) return 'function'
  return it instanceof Module ? 'module' : it instanceof File ? '_io.TextIOWrapper' : 'type'
}

/** Bytes of memory: CPython's headers and contents, about. */
function sizeOf(it: Value, seen: Set<Value>): number {
  if (typeof it === 'string') return 49 + it.length
  if (it instanceof Bulk) return seen.has(it) ? 0 : (seen.add(it), it.size)
  if (it instanceof Bytes) return 33 + it.text.length
  if (it instanceof List) {
    if (seen.has(it)) return 0
    seen.add(it)
    let total = 56 + 8 * it.items.length
    for (const one of it.items)
      total +=
        typeof one === 'string' ? (seen.has(one) ? 0 : (seen.add(one), 49 + one.length)) : sizeOf(one, seen)
    return total
  }
  if (it instanceof Dict) {
    let total = 64
    for (const [key, value] of it.map.values()) total += 100 + sizeOf(key, seen) + sizeOf(value, seen)
    return total
  }
  return typeof it === 'bigint' ? 28 : 16
}

function repeated(it: Value, times: number): Value | undefined {
  if (typeof it === 'string' || it instanceof Bytes) {
    const text = typeof it === 'string' ? it : it.text
    const type = typeof it === 'string' ? 'str' : it.type
    if (text.length * times >= LARGE) return new Bulk(type, text.length * times, 49 + text.length * times)
    return it instanceof Bytes ? new Bytes(text.repeat(times), it.type) : text.repeat(times)
  }
  if (it instanceof Bulk) return new Bulk(it.type, it.length * times, it.size * times)
  if (!(it instanceof List)) return undefined
  const length = it.items.length * times
  if (length >= LARGE) return new Bulk('list', length, 56 + 8 * length)
  return new List(
    Array.from({ length }, (_, i) => it.items[i % it.items.length]!),
    it.type,
  )
}

function joined(a: Value, b: Value): Value | undefined {
  if (typeof a === 'string' && typeof b === 'string')
    return a.length + b.length >= LARGE
      ? new Bulk('str', a.length + b.length, 49 + a.length + b.length)
      : a + b
  if (a instanceof List && b instanceof List && a.type === b.type)
    return new List([...a.items, ...b.items], a.type)
  if (a instanceof Bytes && b instanceof Bytes) return new Bytes(a.text + b.text, a.type)
  if (typeName(a) !== typeName(b) || !(a instanceof Bulk || b instanceof Bulk)) return undefined
  const length = (it: Value): number =>
    it instanceof Bulk
      ? it.length
      : typeof it === 'string'
        ? it.length
        : it instanceof Bytes
          ? it.text.length
          : it instanceof List
            ? it.items.length
            : 0
  const type = (a instanceof Bulk ? a : (b as Bulk)).type
  return new Bulk(type, length(a) + length(b), sizeOf(a, new Set()) + sizeOf(b, new Set()))
}

const rangeLength = ({ from, to, step }: Range): number => Math.max(0, Math.ceil((to - from) / step))

function position(at: Value, length: number, what = 'list'): number {
  if (typeof at !== 'bigint')
    throw typeError(`${what} indices must be integers or slices, not ${typeName(at)}`)
  const index = Number(at) < 0 ? Number(at) + length : Number(at)
  if (index >= 0 && index < length) return index
  throw new PyError(
    'IndexError',
    what === 'pop'
      ? length
        ? 'pop index out of range'
        : 'pop from empty list'
      : `${what} index out of range`,
  )
}

function sliced(of: Value, from = 0, to = Number.POSITIVE_INFINITY, step = 1): Value {
  if (step !== 1) throw new Unsupported('a slice with a step')
  const end = to === Number.POSITIVE_INFINITY ? undefined : to
  if (typeof of === 'string') return of.slice(from, end)
  if (of instanceof List) return new List(of.items.slice(from, end), of.type)
  if (of instanceof Bytes) return new Bytes(of.text.slice(from, end), of.type)
  throw new Unsupported(`a slice of '${typeName(of)}'`)
}

const unique = (items: readonly Value[]): Value[] => [...new Map(items.map(it => [repr(it), it])).values()]

function extreme(items: readonly Value[], op: string): Value {
  if (!items.length) throw new PyError('ValueError', 'arg is an empty sequence')
  return items.reduce((best, it) => (compare(op, it, best) ? it : best))
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

function integers(op: string, a: bigint, b: bigint): Value {
  if (b === 0n && ['/', '//', '%'].includes(op))
    throw new PyError(
      'ZeroDivisionError',
      op === '/' ? 'division by zero' : 'integer division or modulo by zero',
    )
  if (['**', '<<'].includes(op) && b > 100_000n) throw new Unsupported('a number so large')
  switch (op) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return Number(a) / Number(b)
    case '//':
      return floorDivide(a, b)
    case '%':
      return a - b * floorDivide(a, b)
    case '**':
      return b < 0n ? Number(a) ** Number(b) : a ** b
    case '<<':
      return a << b
    case '>>':
      return a >> b
    case '&':
      return a & b
    case '|':
      return a | b
    case '^':
      return a ^ b
  }
  throw typeError(`unsupported operand type(s) for ${op}: 'int' and 'int'`)
}

function floats(op: string, a: number, b: number): number {
  if (b === 0 && ['/', '//', '%'].includes(op))
    throw new PyError(
      'ZeroDivisionError',
      op === '/' ? 'float division by zero' : op === '%' ? 'float modulo' : 'float floor division by zero',
    )
  switch (op) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '//':
      return Math.floor(a / b)
    case '%':
      return a - b * Math.floor(a / b)
    case '**':
      return a ** b
  }
  throw typeError(`unsupported operand type(s) for ${op}: 'float' and 'float'`)
}

const bare = (it: Value): Value => (typeof it === 'boolean' ? BigInt(it) : it)

function compare(op: string, a: Value, b: Value): boolean {
  switch (op) {
    case '==':
    case '!=':
      return same(a, b) === (op === '==')
    case 'is':
    case 'is not':
      return (a === b) === (op === 'is')
    case 'in':
    case 'not in':
      return contains(b, a) === (op === 'in')
  }
  const [x, y] = [bare(a), bare(b)]
  const isComparable = (isNumber(x) && isNumber(y)) || (typeof x === 'string' && typeof y === 'string')
  if (!isComparable)
    throw typeError(`'${op}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`)
  return op === '<' ? x < y : op === '<=' ? x <= y : op === '>' ? x > y : x >= y
}

function same(a: Value, b: Value): boolean {
  const [x, y] = [bare(a), bare(b)]
  // biome-ignore lint/suspicious/noDoubleEquals: an int and a float may be equal
  if (isNumber(x) && isNumber(y)) return x == y
  return (
    x === y ||
    (typeName(a) === typeName(b) && typeof a === 'object' && !(a instanceof Bulk) && repr(a) === repr(b))
  )
}

function contains(all: Value, it: Value): boolean {
  if (typeof all === 'string' && typeof it === 'string') return all.includes(it)
  if (all instanceof List) return all.items.some(one => same(one, it))
  if (all instanceof Dict) return all.map.has(repr(it))
  throw typeError(`argument of type '${typeName(all)}' is not iterable`)
}

/** The shortest text of a float, as Python writes it. */
function floatText(it: number): string {
  if (Number.isNaN(it)) return 'nan'
  if (!Number.isFinite(it)) return it > 0 ? 'inf' : '-inf'
  const magnitude = Math.abs(it)
  if (magnitude && (magnitude >= 1e16 || magnitude < 1e-4))
    return it.toExponential().replace(/e([-+])(\d)$/, 'e$10$2')
  return Number.isInteger(it) ? `${it}.0` : String(it)
}

function str(it: Value): string {
  if (it instanceof Bulk) throw new Unsupported('printing something so large')
  return typeof it === 'string' ? it : repr(it)
}

function repr(it: Value): string {
  if (it === null) return 'None'
  if (typeof it === 'bigint') return it.toString()
  if (typeof it === 'number') return floatText(it)
  if (typeof it === 'boolean') return it ? 'True' : 'False'
  if (typeof it === 'string') return quoted(it)
  if (it instanceof Bytes)
    return it.type === 'bytes' ? `b${quoted(it.text)}` : `bytearray(b${quoted(it.text)})`
  if (it instanceof Dict)
    return `{${[...it.map.values()].map(([key, value]) => `${repr(key)}: ${repr(value)}`).join(', ')}}`
  if (it instanceof Range) return `range(${it.from}, ${it.to}${it.step === 1 ? '' : `, ${it.step}`})`
  if (it instanceof List) {
    const items = it.items.map(repr).join(', ')
    if (it.type === 'list') return `[${items}]`
    return it.type === 'set'
      ? items
        ? `{${items}}`
        : 'set()'
      : `(${items}${it.items.length === 1 ? ',' : ''})`
  }
  if (it instanceof Kind) return `<class '${it.name}'>`
  return `<${typeName(it)}>`
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text
    .replace(/\\/g, '\\\\')
    .replace(/\n/g, '\\n')
    .replace(/\t/g, '\\t')
    .replace(/\r/g, '\\r')
    .replace(/[\0-\x1f\x7f]/g, it => `\\x${it.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote
}

function toInt(it: Value): bigint {
  if (typeof it === 'bigint') return it
  if (typeof it === 'number' || typeof it === 'boolean') return BigInt(Math.trunc(Number(it)))
  const text = str(it).trim()
  if (/^[-+]?\d+$/.test(text)) return BigInt(text.replace('+', ''))
  throw new PyError('ValueError', `invalid literal for int() with base 10: ${repr(it)}`)
}

/** Format specifications: fill, alignment, width, precision and type. */
function format(it: Value, spec: string): string {
  const [, fill = ' ', align, comma, zero, width = '0', , precision, type] =
    /^(?:(.)?([<>^]))?(?:)(0)?(\d*)?(,)?(?:\.(\d+))?([dsfxXbeg%])?$/.exec(spec)
      ? (() => {
          const m = /^(?:(.)?([<>^]))?(0)?(\d*)(,)?(?:\.(\d+))?([dsfxXbeg%])?$/.exec(spec)!
          return [m[0], m[1], m[2], m[5], m[3], m[4], '', m[6], m[7]] as const
        })()
      : []
  if (spec && type === undefined && align === undefined && !/^(0?\d*,?(\.\d+)?)$/.test(spec))
    throw new Unsupported(`the format '${spec}'`)
  let text = str(it)
  if (type === 'f' || (precision !== undefined && isNumber(it)))
    text = Number(it).toFixed(Number(precision ?? 6))
  else if (type === 'x' && typeof it === 'bigint') text = it.toString(16)
  else if (type === 'b' && typeof it === 'bigint') text = it.toString(2)
  if (comma) text = text.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  const size = Number(width || 0)
  const padding = zero ? '0' : fill
  if ((align ?? (isNumber(it) ? '>' : '<')) === '>') return text.padStart(size, padding)
  return align === '^'
    ? text.padStart((size + text.length) >> 1, padding).padEnd(size, padding)
    : text.padEnd(size, padding)
}

/** `%` of strings. */
function printf(text: string, value: Value): string {
  const values = value instanceof List && value.type === 'tuple' ? [...value.items] : [value]
  return text.replace(
    /%(-?0?\d*)(?:\.(\d+))?([dsfrx%])/g,
    (_, width: string, precision: string | undefined, type: string) => {
      if (type === '%') return '%'
      const it = values.shift()
      if (it === undefined) throw typeError('not enough arguments for format string')
      const shown =
        type === 'f'
          ? Number(it).toFixed(Number(precision ?? 6))
          : type === 'r'
            ? repr(it)
            : type === 'd'
              ? toInt(it).toString()
              : type === 'x'
                ? toInt(it).toString(16)
                : str(it)
      const size = Math.abs(Number(width || 0))
      return width.startsWith('-') ? shown.padEnd(size) : shown.padStart(size, /^0\d/.test(width) ? '0' : ' ')
    },
  )
}

const catches = (wanted: string, kind: string): boolean =>
  wanted === 'BaseException' ||
  wanted === kind ||
  (wanted === 'Exception' && !['KeyboardInterrupt', 'SystemExit'].includes(kind)) ||
  (ABOVE[wanted]?.includes(kind) ?? false)

const OS_ERRORS: Readonly<Record<number, string>> = {
  2: 'FileNotFoundError',
  1: 'PermissionError',
  13: 'PermissionError',
}

/** A refused system call as an exception. */
function osError(e: unknown, path: string): unknown {
  if (!(e instanceof Errno)) return e
  const { errno, message } = e
  return new PyError(
    OS_ERRORS[errno] ?? 'OSError',
    `[Errno ${errno}] ${message}${path ? `: ${quoted(path)}` : ''}`,
  )
}
