/**
 * The values of python3's little language: what they are, how they print, compare, add up and how much memory they
 * take. Linux: CPython Objects/*.c.
 */
import { Errno, type Blocking } from '../../../abi/index.ts'
import { Unsupported } from './parser.ts'

/** A string, bytes or list too large to keep: one part, so and so often. `size` is in bytes. */
export class Bulk {
  readonly type: 'str' | 'bytes' | 'bytearray' | 'list'
  readonly length: number
  readonly size: number
  constructor(type: Bulk['type'], length: number, size: number) {
    this.type = type
    this.length = length
    this.size = size
  }
}
export class List {
  readonly items: Value[]
  readonly type: 'list' | 'tuple' | 'set'
  constructor(items: Value[], type: List['type'] = 'list') {
    this.items = items
    this.type = type
  }
}
export class Bytes {
  readonly text: string
  readonly type: 'bytes' | 'bytearray'
  constructor(text: string, type: Bytes['type'] = 'bytes') {
    this.text = text
    this.type = type
  }
}
export class Dict {
  readonly map = new Map<string, [Value, Value]>()
}
export class Range {
  readonly from: number
  readonly to: number
  readonly step: number
  constructor(from: number, to: number, step: number) {
    this.from = from
    this.to = to
    this.step = step
  }
}
export class Func {
  readonly name: string
  readonly call: (args: Value[], named: ReadonlyMap<string, Value>) => Blocking<Value>
  constructor(name: string, call: Func['call']) {
    this.name = name
    this.call = call
  }
}
export class Module {
  readonly name: string
  readonly members: ReadonlyMap<string, Value>
  constructor(name: string, members: Record<string, Value>) {
    this.name = name
    this.members = new Map(Object.entries(members))
  }
}
export class File {
  readonly fd: number
  /** What is read is bytes, not text. */
  readonly isBinary: boolean
  constructor(fd: number, isBinary = false) {
    this.fd = fd
    this.isBinary = isBinary
  }
}
/** A socket: a descriptor with methods. */
export class Socket extends File {
  readonly members: ReadonlyMap<string, Value>
  constructor(fd: number, members: Record<string, Value>) {
    super(fd)
    this.members = new Map(Object.entries(members))
  }
}
/** An object of a class that is built in: attributes, some of them worked out when they are asked for. */
export class Instance {
  readonly type: string
  readonly members: Map<string, Value>
  readonly computed = new Map<string, () => Value>()
  constructor(type: string, members: Record<string, Value>) {
    this.type = type
    this.members = new Map(Object.entries(members))
  }

  define(name: string, call: Func['call']): void {
    this.members.set(name, new Func(name, call))
  }

  get(name: string): Value | undefined {
    return this.computed.get(name)?.() ?? this.members.get(name)
  }
}
/** An exception that was caught and has a name. */
export class Caught extends Instance {
  readonly text: string
  constructor({ kind, message, errno }: PyError) {
    const error = errno && { errno: BigInt(errno.errno), strerror: errno.message }
    super(kind, { ...error, args: new List(error ? Object.values(error) : [message], 'tuple') })
    this.text = message
  }
}
export type Value =
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
  | Instance
  | Kind

/** An exception class, by name. */
export class Kind {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** An exception on its way. */
export class PyError {
  readonly kind: string
  readonly message: string
  /** Of a refused system call. */
  readonly errno: Errno | undefined
  readonly lines: { line: number; where: string }[] = []
  constructor(kind: string, message: string, errno?: Errno) {
    this.kind = kind
    this.message = message
    this.errno = errno
  }
}
/** Texts above this length are not kept letter by letter. */
export const LARGE = 1 << 16

export const typeError = (text: string): PyError => new PyError('TypeError', text)

/** Which exceptions a handler of a name catches besides its own. */
const ABOVE: Readonly<Record<string, readonly string[]>> = {
  OSError: [
    'BlockingIOError',
    'BrokenPipeError',
    'ChildProcessError',
    'ConnectionRefusedError',
    'ConnectionResetError',
    'FileExistsError',
    'FileNotFoundError',
    'InterruptedError',
    'IsADirectoryError',
    'NotADirectoryError',
    'PermissionError',
    'ProcessLookupError',
  ],
  ConnectionError: ['BrokenPipeError', 'ConnectionRefusedError', 'ConnectionResetError'],
  ImportError: ['ModuleNotFoundError'],
}

// ---- Values

export const isNumber = (it: Value): it is bigint | number => typeof it === 'bigint' || typeof it === 'number'

export function truth(it: Value): boolean {
  if (it instanceof List) return it.items.length > 0
  if (it instanceof Dict) return it.map.size > 0
  if (it instanceof Bytes) return it.text !== ''
  if (it instanceof Range) return rangeLength(it) > 0
  return Boolean(it)
}

export function typeName(it: Value): string {
  if (it === null) return 'NoneType'
  if (typeof it === 'bigint') return 'int'
  if (typeof it === 'number') return 'float'
  if (typeof it === 'boolean') return 'bool'
  if (typeof it === 'string') return 'str'
  if (it instanceof Bulk || it instanceof List || it instanceof Bytes) return it.type
  if (it instanceof Dict) return 'dict'
  if (it instanceof Range) return 'range'
  if (it instanceof Func) return 'function'
  if (it instanceof Instance) return it.type
  if (it instanceof Socket) return 'socket'
  return it instanceof Module ? 'module' : it instanceof File ? '_io.TextIOWrapper' : 'type'
}

/** Bytes of memory: CPython's headers and contents, about. */
export function sizeOf(it: Value, seen: Set<Value>): number {
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

export function repeated(it: Value, times: number): Value | undefined {
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

export function joined(a: Value, b: Value): Value | undefined {
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

export const rangeLength = ({ from, to, step }: Range): number => Math.max(0, Math.ceil((to - from) / step))

export function position(at: Value, length: number, what = 'list'): number {
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

export function sliced(of: Value, from = 0, to = Number.POSITIVE_INFINITY, step = 1): Value {
  if (step !== 1) throw new Unsupported('a slice with a step')
  const end = to === Number.POSITIVE_INFINITY ? undefined : to
  if (typeof of === 'string') return of.slice(from, end)
  if (of instanceof List) return new List(of.items.slice(from, end), of.type)
  if (of instanceof Bytes) return new Bytes(of.text.slice(from, end), of.type)
  throw new Unsupported(`a slice of '${typeName(of)}'`)
}

export const unique = (items: readonly Value[]): Value[] => [
  ...new Map(items.map(it => [repr(it), it])).values(),
]

export function extreme(items: readonly Value[], op: string): Value {
  if (!items.length) throw new PyError('ValueError', 'arg is an empty sequence')
  return items.reduce((best, it) => (compare(op, it, best) ? it : best))
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

export function integers(op: string, a: bigint, b: bigint): Value {
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

export function floats(op: string, a: number, b: number): number {
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

export function compare(op: string, a: Value, b: Value): boolean {
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
  const isRow = (it: Value): it is List => it instanceof List && it.type !== 'set'
  if (isRow(a) && isRow(b) && a.type === b.type) return compareRows(op, a.items, b.items)
  const [x, y] = [bare(a), bare(b)]
  const isComparable = (isNumber(x) && isNumber(y)) || (typeof x === 'string' && typeof y === 'string')
  if (!isComparable)
    throw typeError(`'${op}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`)
  return op === '<' ? x < y : op === '<=' ? x <= y : op === '>' ? x > y : x >= y
}

/** Lists and tuples: the first items that differ decide, else their lengths. */
function compareRows(op: string, a: readonly Value[], b: readonly Value[]): boolean {
  const at = a.findIndex((it, i) => i >= b.length || !same(it, b[i]!))
  if (at >= 0 && at < b.length) return compare(op, a[at]!, b[at]!)
  return compare(op, BigInt(a.length), BigInt(b.length))
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

export function str(it: Value): string {
  if (it instanceof Bulk) throw new Unsupported('printing something so large')
  if (it instanceof Caught) return it.text
  return typeof it === 'string' ? it : repr(it)
}

export function repr(it: Value): string {
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
  if (it instanceof Caught) {
    const { items } = it.members.get('args') as List
    return `${it.type}(${items.map(repr).join(', ')})`
  }
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

export function toInt(it: Value): bigint {
  if (typeof it === 'bigint') return it
  if (typeof it === 'number' || typeof it === 'boolean') return BigInt(Math.trunc(Number(it)))
  const text = str(it).trim()
  if (/^[-+]?\d+$/.test(text)) return BigInt(text.replace('+', ''))
  throw new PyError('ValueError', `invalid literal for int() with base 10: ${repr(it)}`)
}

/** Format specifications: fill, alignment, width, precision and type. */
export function format(it: Value, spec: string): string {
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
export function printf(text: string, value: Value): string {
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

export const catches = (wanted: string, kind: string): boolean =>
  wanted === 'BaseException' ||
  wanted === kind ||
  (wanted === 'Exception' && !['KeyboardInterrupt', 'SystemExit'].includes(kind)) ||
  (ABOVE[wanted]?.includes(kind) ?? false)

const OS_ERRORS: Readonly<Record<number, string>> = {
  1: 'PermissionError',
  2: 'FileNotFoundError',
  3: 'ProcessLookupError',
  4: 'InterruptedError',
  10: 'ChildProcessError',
  11: 'BlockingIOError',
  13: 'PermissionError',
  17: 'FileExistsError',
  20: 'NotADirectoryError',
  21: 'IsADirectoryError',
  32: 'BrokenPipeError',
  104: 'ConnectionResetError',
  111: 'ConnectionRefusedError',
}

/** A refused system call as an exception. */
export function osError(e: unknown, path: string): unknown {
  if (!(e instanceof Errno)) return e
  const { errno, message } = e
  return new PyError(
    OS_ERRORS[errno] ?? 'OSError',
    `[Errno ${errno}] ${message}${path ? `: ${quoted(path)}` : ''}`,
    e,
  )
}
