/** jq's filters: every one maps a value to any number of values, each with the path it came from. */
import { type Jq, JqSyntaxError, type Pattern, parseJq } from './jq-parser.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Path = readonly Json[]
/** A result, with its path where it has one. */
interface At {
  readonly value: Json
  readonly path: Path | undefined
}

/** error(…): jq's exceptions. */
export class JqError {
  readonly value: Json
  constructor(value: Json) {
    this.value = value
  }
}
/** halt: the end of everything. */
export class JqHalt {}

interface Closure {
  readonly params: readonly string[]
  readonly body: Jq
  env: Env
}
interface Env {
  readonly variables: ReadonlyMap<string, Json>
  readonly functions: ReadonlyMap<string, Closure>
}

export const typeOf = (it: Json): string => (it === null ? 'null' : Array.isArray(it) ? 'array' : typeof it)
const isTrue = (it: Json): boolean => it !== null && it !== false

const ORDER = ['null', 'false', 'true', 'number', 'string', 'array', 'object']
const rank = (it: Json): number => ORDER.indexOf(typeof it === 'boolean' ? String(it) : typeOf(it))

export function compareJson(a: Json, b: Json): number {
  const order = rank(a) - rank(b)
  if (order) return order
  if (typeof a === 'number') return a - (b as number)
  if (typeof a === 'string') return a < (b as string) ? -1 : a > (b as string) ? 1 : 0
  if (Array.isArray(a)) {
    const other = b as Json[]
    for (let i = 0; i < Math.min(a.length, other.length); i++) {
      const it = compareJson(a[i]!, other[i]!)
      if (it) return it
    }
    return a.length - other.length
  }
  if (a === null || typeof a !== 'object') return 0
  const other = b as Record<string, Json>
  const [x, y] = [Object.keys(a).sort(), Object.keys(other).sort()]
  const keys = compareJson(x, y)
  if (keys) return keys
  for (const key of x) {
    const it = compareJson(a[key]!, other[key]!)
    if (it) return it
  }
  return 0
}

const shown = (it: Json): string => {
  const text = JSON.stringify(it)
  return text.length > 11 ? `${text.slice(0, 10)}...` : text
}
const fail = (message: string): never => {
  throw new JqError(message)
}

const get = (of: Json, key: Json): Json => {
  if (of !== null && typeof of === 'object' && !Array.isArray(of) && typeof key === 'string')
    return Object.hasOwn(of, key) ? of[key]! : null
  if (Array.isArray(of) && typeof key === 'number')
    return of[key < 0 ? of.length + Math.floor(key) : Math.floor(key)] ?? null
  if (of === null && (typeof key === 'string' || typeof key === 'number' || key === null)) return null
  if (key !== null && typeof key === 'object' && !Array.isArray(key))
    return slice(of, key['start'] ?? null, key['end'] ?? null)
  if (Array.isArray(of) && Array.isArray(key))
    return of.map((_, i) => i).filter(i => key.every((it, k) => !compareJson(of[i + k] ?? null, it)))
  return fail(`Cannot index ${typeOf(of)} with ${typeof key === 'string' ? `string "${key}"` : typeOf(key)}`)
}

function slice(of: Json, from: Json, to: Json): Json {
  if (of === null) return null
  if (typeof of !== 'string' && !Array.isArray(of)) return fail(`Cannot index ${typeOf(of)} with object`)
  const all = typeof of === 'string' ? [...of] : of
  const part = all.slice((from as number | null) ?? 0, (to as number | null) ?? undefined)
  return typeof of === 'string' ? part.join('') : (part as Json[])
}

function setPath(of: Json, path: Path, value: (old: Json) => Json): Json {
  const [key, ...rest] = path
  if (key === undefined) return value(of)
  if (key !== null && typeof key === 'object' && !Array.isArray(key)) {
    const all = (of as Json[] | null) ?? []
    const [from, to] = [(key['start'] as number | null) ?? 0, (key['end'] as number | null) ?? all.length]
    return [...all.slice(0, from), ...(setPath(all.slice(from, to), rest, value) as Json[]), ...all.slice(to)]
  }
  const inner = setPath(get(of, key), rest, value)
  if (typeof key === 'number') {
    const copy = [...((of as Json[] | null) ?? [])]
    const at = key < 0 ? copy.length + key : key
    if (at < 0) fail('Out of bounds negative array index')
    while (copy.length < at) copy.push(null)
    copy[at] = inner
    return copy
  }
  return { ...(of as object), [key as string]: inner }
}

function deletePath(of: Json, path: Path): Json {
  const [key, ...rest] = path
  if (of === null || key === undefined) return null
  if (rest.length) {
    const inner = get(of, key)
    return inner === null ? of : setPath(of, [key], () => deletePath(inner, rest))
  }
  if (Array.isArray(of)) {
    if (typeof key === 'number') return of.filter((_, i) => i !== (key < 0 ? of.length + key : key))
    const range = key as { start?: number; end?: number }
    return [...of.slice(0, range.start ?? 0), ...of.slice(range.end ?? of.length)]
  }
  const { [key as string]: _, ...others } = of as Record<string, Json>
  return others
}

function arithmetic(op: string, a: Json, b: Json): Json {
  if (typeof a === 'number' && typeof b === 'number') {
    if (op === '+') return a + b
    if (op === '-') return a - b
    if (op === '*') return a * b
    if (!Math.trunc(b) && (op === '%' || !b))
      return fail(`number (${a}) and number (${b}) cannot be divided because the divisor is zero`)
    return op === '/' ? a / b : Math.trunc(a) % Math.trunc(b)
  }
  if (op === '+') {
    if (a === null) return b
    if (b === null) return a
    if (typeof a === 'string' && typeof b === 'string') return a + b
    if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b]
    if (rank(a) === 6 && rank(b) === 6) return { ...(a as object), ...(b as object) }
  }
  if (op === '-' && Array.isArray(a) && Array.isArray(b))
    return a.filter(it => !b.some(other => !compareJson(it, other)))
  if (op === '*' && rank(a) === 6 && rank(b) === 6)
    return merge(a as Record<string, Json>, b as Record<string, Json>)
  if (op === '*' && typeof a === 'string' && typeof b === 'number')
    return b > 0 ? a.repeat(Math.ceil(b)) : null
  if (op === '/' && typeof a === 'string' && typeof b === 'string') return a.split(b)
  const verb = { '+': 'added', '-': 'subtracted', '*': 'multiplied' }[op] ?? 'divided'
  return fail(`${typeOf(a)} (${shown(a)}) and ${typeOf(b)} (${shown(b)}) cannot be ${verb}`)
}

function merge(a: Record<string, Json>, b: Record<string, Json>): Json {
  const result = { ...a }
  for (const [key, value] of Object.entries(b)) {
    const old = result[key]
    result[key] =
      old !== undefined && rank(old) === 6 && rank(value) === 6
        ? merge(old as Record<string, Json>, value as Record<string, Json>)
        : value
  }
  return result
}

const text = (it: Json): string => (typeof it === 'string' ? it : JSON.stringify(it))

function formatted(name: string, it: Json): string {
  switch (name) {
    case '':
    case 'text':
      return text(it)
    case 'json':
      return JSON.stringify(it)
    case 'csv':
    case 'tsv':
      if (!Array.isArray(it))
        return fail(`${typeOf(it)} (${shown(it)}) cannot be ${name}-formatted, only an array can be`)
      return name === 'csv'
        ? it
            .map(cell =>
              typeof cell === 'string' ? `"${cell.replaceAll('"', '""')}"` : cell === null ? '' : text(cell),
            )
            .join(',')
        : it
            .map(cell =>
              cell === null
                ? ''
                : text(cell).replace(
                    /[\\\t\n\r]/g,
                    char => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[char]!,
                  ),
            )
            .join('\t')
    case 'sh':
      return (Array.isArray(it) ? it : [it])
        .map(word => (typeof word === 'string' ? `'${word.replaceAll("'", "'\\''")}'` : text(word)))
        .join(' ')
    case 'html':
      return text(it).replace(
        /[<>&'"]/g,
        char => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&#39;', '"': '&quot;' })[char]!,
      )
    case 'uri':
      return encodeURIComponent(text(it)).replace(
        /[!'()*]/g,
        char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
      )
    case 'base64':
      return btoa(String.fromCharCode(...new TextEncoder().encode(text(it))))
    case 'base64d':
      return new TextDecoder().decode(Uint8Array.from(atob(text(it)), char => char.charCodeAt(0)))
    default:
      return fail(`${name} is not a valid format`)
  }
}

/** Builtins written in jq itself. */
const PRELUDE = `
def map(f): [.[] | f]; def select(f): if f then . else empty end; def recurse: recurse(.[]?);
def recurse(f): def r: ., (f | r); r; def recurse(f; c): def r: ., (f | select(c) | r); r;
def values: select(. != null); def nulls: select(. == null); def booleans: select(type == "boolean");
def numbers: select(type == "number"); def strings: select(type == "string"); def arrays: select(type == "array");
def objects: select(type == "object"); def iterables: select(type == "array" or type == "object");
def scalars: select(type != "array" and type != "object"); def add: reduce .[] as $x (null; . + $x);
def to_entries: [keys_unsorted[] as $k | {key: $k, value: .[$k]}];
def from_entries: map({(.key // .k // .name // .Name // .K // .Key | if type == "string" then . else tojson end): (if has("value") then .value elif has("v") then .v else .Value end)}) | add // {};
def with_entries(f): to_entries | map(f) | from_entries; def map_values(f): .[] |= f;
def del(f): delpaths([path(f)]); def paths: path(..) | select(length > 0); def leaf_paths: paths(scalars);
def paths(f): path(.. | select(f)) | select(length > 0); def any: any(.[]; .); def all: all(.[]; .);
def any(f): any(.[]; f); def all(f): all(.[]; f); def any(g; f): [g | f] | map(select(.)) | length > 0;
def all(g; f): [g | f] | map(select(not)) | length == 0; def flatten: flatten(1e9);
def flatten($d): reduce .[] as $x ([]; if ($x | type) == "array" and $d > 0 then . + ($x | flatten($d - 1)) else . + [$x] end);
def range($n): range(0; $n; 1); def range($a; $b): range($a; $b; 1); def first: .[0]; def last: .[-1];
def first(f): limit(1; f); def last(f): reduce f as $x (null; $x); def nth($n): .[$n]; def nth($n; f): last(limit($n + 1; f));
def until(c; f): def r: if c then . else (f | r) end; r; def while(c; f): def r: if c then ., (f | r) else empty end; r;
def repeat(f): def r: ., (f | r); r; def in(x): . as $k | x | has($k); def inside(x): . as $v | x | contains($v);
def ascii_downcase: ltrimstr("") | ascii_case(false); def ascii_upcase: ascii_case(true);
def todate: todateiso; def index($x): indices($x) | .[0]; def rindex($x): indices($x) | .[-1];
def join($s): reduce .[] as $x (null; (if . == null then "" else . + $s end) + (if $x == null then "" elif ($x | type) == "string" then $x else ($x | tojson) end)) // "";
def min: min_by(.); def max: max_by(.); def unique: unique_by(.); def sort: sort_by(.); def group_by_value: group_by(.);
def test($r): test($r; null); def match($r): match($r; null); def capture($r): capture($r; null);
def capture($r; $f): [match($r; $f) | .captures | map(select(.name != null) | {key: .name, value: .string}) | from_entries] | .[];
def scan($r): match($r; "g") | if (.captures | length) > 0 then [.captures[].string] else .string end;
def splits($r): split($r; null) | .[]; def tostream: path(def r: (.[]? | r), .; r) as $p | getpath($p) | reduce path(.[]?) as $q ([$p, .]; [$p + $q]);
def combinations: if length == 0 then [] else .[0][] as $x | (.[1:] | combinations) as $w | [$x] + $w end;
def walk(f): def w: if type == "object" then map_values(w) elif type == "array" then map(w) else . end | f; w;
def env: $ENV; def todateiso: strftime("%Y-%m-%dT%H:%M:%SZ"); def ascii: [.] | implode; def error: error(.);
def transpose: . as $m | [range(0; (map(length) | max) // 0) as $i | [$m[][$i]]]; def finites: select(isinfinite or isnan | not);
def limit_all: .; def isvalid(f): try (f | true) catch false; def halt_error: error(.); def ltrimstr_all: .;
.`

export interface JqHost {
  readonly env: Readonly<Record<string, string>>
  now(): number
  time(seconds: number, format: string): string
  readonly input: () => Json | undefined
}

/** Compile a program; each call runs it on a value. Throws JqSyntaxError. */
export function compileJq(
  source: string,
  host: JqHost,
  named: ReadonlyMap<string, Json>,
): (input: Json) => Generator<Json> {
  const tree = parseJq(source)
  const machine = new Machine(host)
  const env = machine.prelude(new Map([['ENV', host.env as Json], ['__prog_args', null], ...named]))
  check(tree, env, new Set())
  return function* (input) {
    for (const { value } of machine.run(tree, { value: input, path: undefined }, env)) yield value
  }
}

const NATIVE: Readonly<Record<string, number>> = Object.fromEntries(
  'length/0 keys/0 keys_unsorted/0 type/0 not/0 empty/0 error/1 has/1 contains/1 tostring/0 tonumber/0 tojson/0 fromjson/0 path/1 getpath/1 setpath/2 delpaths/1 reverse/0 split/1 split/2 startswith/1 endswith/1 ltrimstr/1 rtrimstr/1 explode/0 implode/0 sort_by/1 group_by/1 unique_by/1 min_by/1 max_by/1 floor/0 ceil/0 round/0 sqrt/0 fabs/0 log/0 exp/0 log2/0 log10/0 exp10/0 pow/2 range/3 limit/2 test/2 match/2 sub/2 sub/3 gsub/2 gsub/3 indices/1 now/0 strftime/1 infinite/0 nan/0 isinfinite/0 isnan/0 input/0 inputs/0 debug/0 ascii_case/1 halt/0 tojson/0 splits/2 utf8bytelength/0 builtins/0'
    .split(' ')
    .map(it => [it, 1]),
)

/** Names that are not defined are found before anything runs. */
function check(it: unknown, env: Env, local: ReadonlySet<string>): void {
  if (it === null || typeof it !== 'object') return
  if (Array.isArray(it)) {
    for (const part of it) check(part, env, local)
    return
  }
  const node = it as Jq
  if (node.t === 'call') {
    const id = `${node.name}/${node.args.length}`
    if (!NATIVE[id] && !env.functions.has(id) && !local.has(id) && !local.has(`${node.name}/*`))
      throw new JqSyntaxError(`${id} is not defined`)
  }
  if (node.t === 'def') {
    const own = new Set([...local, `${node.name}/${node.params.length}`])
    check(node.body, env, new Set([...own, ...node.params.map(param => `${param.replace('$', '')}/0`)]))
    check(node.rest, env, own)
    return
  }
  for (const part of Object.values(node)) check(part, env, local)
}

class Machine {
  readonly #host: JqHost

  constructor(host: JqHost) {
    this.#host = host
  }

  prelude(variables: ReadonlyMap<string, Json>): Env {
    let env: Env = { variables, functions: new Map() }
    for (let it = parseJq(PRELUDE); it.t === 'def'; it = it.rest) env = this.#define(it, env)
    // All of them may call each other.
    for (const it of env.functions.values()) it.env = env
    return env
  }

  #define(it: Jq & { t: 'def' }, env: Env): Env {
    const closure: Closure = { params: it.params, body: it.body, env }
    const inner: Env = {
      variables: env.variables,
      functions: new Map([...env.functions, [`${it.name}/${it.params.length}`, closure]]),
    }
    closure.env = inner
    return inner
  }

  *#values(it: Jq, input: At, env: Env): Generator<Json> {
    for (const { value } of this.run(it, { value: input.value, path: undefined }, env)) yield value
  }

  *run(it: Jq, input: At, env: Env): Generator<At> {
    const plain = (value: Json): At => ({ value, path: undefined })
    switch (it.t) {
      case 'identity':
        yield input
        return
      case 'recurse':
        yield* this.run({ t: 'call', name: 'recurse', args: [] }, input, env)
        return
      case 'literal':
        yield plain(it.value as Json)
        return
      case 'string':
        yield* this.#string(it.parts, 0, '', it.format, input, env)
        return
      case 'format':
        yield plain(formatted(it.name, input.value))
        return
      case 'variable': {
        const value = env.variables.get(it.name)
        if (value === undefined) fail(`$${it.name} is not defined`)
        yield plain(value!)
        return
      }
      case 'index':
        for (const of of this.run(it.of, input, env))
          for (const key of this.#values(it.key, input, env))
            yield { value: get(of.value, key), path: of.path && [...of.path, key] }
        return
      case 'slice':
        for (const of of this.run(it.of, input, env))
          for (const to of it.to ? this.#values(it.to, input, env) : [null])
            for (const from of it.from ? this.#values(it.from, input, env) : [null])
              yield {
                value: slice(of.value, from, to),
                path: of.path && [...of.path, { start: from, end: to }],
              }
        return
      case 'iterate':
        for (const of of this.run(it.of, input, env)) {
          const { value } = of
          if (value === null || typeof value !== 'object')
            fail(
              `Cannot iterate over ${typeOf(value)}${value === null || typeof value === 'object' ? (value === null ? ' (null)' : '') : ` (${shown(value)})`}`,
            )
          for (const [key, item] of Array.isArray(value) ? value.entries() : Object.entries(value as object))
            yield { value: item as Json, path: of.path && [...of.path, key as Json] }
        }
        return
      case 'optional':
        yield* this.#attempt(it.of, undefined, input, env)
        return
      case 'try':
        yield* this.#attempt(it.of, it.handler, input, env)
        return
      case 'negate':
        for (const value of this.#values(it.of, input, env))
          yield plain(
            typeof value === 'number' ? -value : fail(`${typeOf(value)} (${shown(value)}) cannot be negated`),
          )
        return
      case 'array':
        yield plain(it.of ? [...this.#values(it.of, input, env)] : [])
        return
      case 'object':
        yield* this.#object(it.entries, 0, {}, input, env)
        return
      case 'pipe':
        for (const a of this.run(it.a, input, env)) yield* this.run(it.b, a, env)
        return
      case 'comma':
        yield* this.run(it.a, input, env)
        yield* this.run(it.b, input, env)
        return
      case 'and':
      case 'or':
        for (const a of this.#values(it.a, input, env)) {
          if (isTrue(a) !== (it.t === 'and')) yield plain(isTrue(a))
          else for (const b of this.#values(it.b, input, env)) yield plain(isTrue(b))
        }
        return
      case 'alternative': {
        let any = false
        try {
          for (const a of this.run(it.a, input, env))
            if (isTrue(a.value)) {
              any = true
              yield a
            }
        } catch (e) {
          if (!(e instanceof JqError)) throw e
        }
        if (!any) yield* this.run(it.b, input, env)
        return
      }
      case 'binary':
        for (const b of this.#values(it.b, input, env))
          for (const a of this.#values(it.a, input, env)) yield plain(this.#binary(it.op, a, b))
        return
      case 'update':
        yield* this.#update(it, input, env)
        return
      case 'if':
        for (const test of this.#values(it.test, input, env))
          yield* this.run(isTrue(test) ? it.yes : it.no, input, env)
        return
      case 'as':
        for (const value of this.#values(it.source, input, env))
          yield* this.run(it.body, input, bind(it.name, value, env))
        return
      case 'reduce': {
        for (let state of this.#values(it.start, input, env)) {
          for (const item of this.#values(it.source, input, env)) {
            let last: Json = null
            for (const value of this.#values(it.update, plain(state), bind(it.name, item, env))) last = value
            state = last
          }
          yield plain(state)
        }
        return
      }
      case 'foreach':
        for (let state of this.#values(it.start, input, env))
          for (const item of this.#values(it.source, input, env)) {
            const inner = bind(it.name, item, env)
            for (const value of this.#values(it.update, plain(state), inner)) {
              state = value
              if (it.extract) yield* this.run(it.extract, plain(value), inner)
              else yield plain(value)
            }
          }
        return
      case 'def':
        yield* this.run(it.rest, input, this.#define(it, env))
        return
      case 'call':
        yield* this.#call(it.name, it.args, input, env)
    }
  }

  *#attempt(of: Jq, handler: Jq | undefined, input: At, env: Env): Generator<At> {
    try {
      yield* this.run(of, input, env)
    } catch (e) {
      if (!(e instanceof JqError)) throw e
      if (handler) yield* this.run(handler, { value: e.value, path: undefined }, env)
    }
  }

  *#string(
    parts: readonly (string | Jq)[],
    at: number,
    before: string,
    format: string,
    input: At,
    env: Env,
  ): Generator<At> {
    const part = parts[at]
    if (part === undefined) yield { value: before, path: undefined }
    else if (typeof part === 'string') yield* this.#string(parts, at + 1, before + part, format, input, env)
    else
      for (const value of this.#values(part, input, env))
        yield* this.#string(parts, at + 1, before + formatted(format, value), format, input, env)
  }

  *#object(
    entries: readonly (readonly [Jq, Jq])[],
    at: number,
    before: Record<string, Json>,
    input: At,
    env: Env,
  ): Generator<At> {
    const entry = entries[at]
    if (!entry) {
      yield { value: before, path: undefined }
      return
    }
    for (const key of this.#values(entry[0], input, env)) {
      if (typeof key !== 'string') fail(`Object keys must be strings`)
      for (const value of this.#values(entry[1], input, env))
        yield* this.#object(entries, at + 1, { ...before, [key as string]: value }, input, env)
    }
  }

  #binary(op: string, a: Json, b: Json): Json {
    if ('+-*/%'.includes(op)) return arithmetic(op, a, b)
    const order = compareJson(a, b)
    return op === '=='
      ? !order
      : op === '!='
        ? order !== 0
        : op === '<'
          ? order < 0
          : op === '<='
            ? order <= 0
            : op === '>'
              ? order > 0
              : order >= 0
  }

  #paths(it: Jq, input: At, env: Env): Path[] {
    return [...this.run(it, { value: input.value, path: [] }, env)].map(
      ({ path, value }) => path ?? (fail(`Invalid path expression with result ${shown(value)}`) as never),
    )
  }

  *#update(it: Jq & { t: 'update' }, input: At, env: Env): Generator<At> {
    const paths = this.#paths(it.a, input, env)
    if (it.op === '|') {
      let value = input.value
      const gone: Path[] = []
      for (const path of paths)
        value = setPath(value, path, old => {
          for (const fresh of this.#values(it.b, { value: old, path: undefined }, env)) return fresh
          gone.push(path)
          return old
        })
      for (const path of gone.reverse()) value = deletePath(value, path)
      yield { value, path: undefined }
      return
    }
    for (const b of this.#values(it.b, input, env)) {
      let { value } = input
      for (const path of paths)
        value = setPath(value, path, old =>
          it.op === '' ? b : it.op === '//' ? (isTrue(old) ? old : b) : arithmetic(it.op, old, b),
        )
      yield { value, path: undefined }
    }
  }

  *#call(name: string, args: readonly Jq[], input: At, env: Env): Generator<At> {
    const closure = env.functions.get(`${name}/${args.length}`)
    if (!closure) {
      yield* this.#native(name, args, input, env)
      return
    }
    yield* this.#apply(closure, args, 0, closure.env, input, env)
  }

  /** Bind the parameters: filters as functions of the caller's surroundings, $values one by one. */
  *#apply(closure: Closure, args: readonly Jq[], at: number, inner: Env, input: At, env: Env): Generator<At> {
    const param = closure.params[at]
    if (param === undefined) {
      yield* this.run(closure.body, input, inner)
      return
    }
    const name = param.replace('$', '')
    const functions = new Map([...inner.functions, [`${name}/0`, { params: [], body: args[at]!, env }]])
    if (!param.startsWith('$')) {
      yield* this.#apply(closure, args, at + 1, { variables: inner.variables, functions }, input, env)
      return
    }
    for (const value of this.#values(args[at]!, input, env))
      yield* this.#apply(
        closure,
        args,
        at + 1,
        { variables: new Map([...inner.variables, [name, value]]), functions },
        input,
        env,
      )
  }

  *#native(name: string, args: readonly Jq[], input: At, env: Env): Generator<At> {
    const { value } = input
    const one = (result: Json): At => ({ value: result, path: undefined })
    const [f, g, h] = args as [Jq, Jq, Jq]
    switch (name) {
      case 'empty':
        return
      case 'not':
        yield one(!isTrue(value))
        return
      case 'path':
        for (const path of this.#paths(f, input, env)) yield one([...path])
        return
      case 'getpath':
        for (const path of this.#values(f, input, env)) {
          let it: Json = value
          for (const key of path as Json[]) it = it === null ? null : get(it, key)
          yield { value: it, path: input.path && [...input.path, ...(path as Json[])] }
        }
        return
      case 'setpath':
        for (const path of this.#values(f, input, env))
          for (const fresh of this.#values(g, input, env))
            yield one(setPath(value, path as Json[], () => fresh))
        return
      case 'delpaths':
        for (const paths of this.#values(f, input, env)) {
          let it = value
          for (const path of [...(paths as Json[][])].sort(compareJson).reverse()) it = deletePath(it, path)
          yield one(it)
        }
        return
      case 'error':
        for (const it of this.#values(f, input, env)) throw new JqError(it)
        return
      case 'limit':
        for (const count of this.#values(f, input, env)) {
          let left = count as number
          if (left <= 0) continue
          for (const it of this.run(g, input, env)) {
            yield it
            if (--left <= 0) break
          }
        }
        return
      case 'range':
        for (const from of this.#values(f, input, env))
          for (const to of this.#values(g, input, env))
            for (const by of this.#values(h, input, env))
              for (
                let i = from as number;
                (by as number) > 0 ? i < (to as number) : i > (to as number);
                i += by as number
              )
                yield one(i)
        return
      case 'sort_by':
      case 'group_by':
      case 'unique_by':
      case 'min_by':
      case 'max_by':
        yield one(this.#by(name, f, value, env))
        return
      case 'inputs':
        for (let it = this.#host.input(); it !== undefined; it = this.#host.input()) yield one(it)
        return
      default:
    }
    if (!args.length) {
      yield one(this.#simple(name, value))
      return
    }
    for (const x of this.#values(f, input, env))
      for (const y of g ? this.#values(g, input, env) : [null]) {
        if (name === 'match') for (const it of matches(value, x, y)) yield one(it)
        else if (name === 'sub' || name === 'gsub')
          yield one(this.#substitute(value, x, g, name === 'gsub', env))
        else yield one(this.#binaryNative(name, value, x, y))
      }
  }

  #substitute(value: Json, pattern: Json, replacement: Jq, global: boolean, env: Env): Json {
    let result = ''
    let at = 0
    for (const it of matches(value, pattern, global ? 'g' : null)) {
      const named: Record<string, Json> = {}
      for (const group of it['captures'] as { name: string | null; string: Json }[])
        if (group.name !== null) named[group.name] = group.string
      const chars = [...(value as string)]
      result += chars.slice(at, it['offset'] as number).join('')
      for (const text_ of this.#values(replacement, { value: named, path: undefined }, env))
        result += text_ as string
      at = (it['offset'] as number) + (it['length'] as number)
    }
    return result + [...(value as string)].slice(at).join('')
  }

  #by(name: string, f: Jq, value: Json, env: Env): Json {
    if (!Array.isArray(value))
      return fail(`${typeOf(value)} (${shown(value)}) cannot be sorted, as it is not an array`)
    const keyed = value.map(it => ({ it, key: [...this.#values(f, { value: it, path: undefined }, env)] }))
    if (name === 'min_by' || name === 'max_by') {
      let best = keyed[0]
      for (const other of keyed) {
        const order = compareJson(other.key, best!.key)
        if (name === 'min_by' ? order < 0 : order >= 0) best = other
      }
      return best?.it ?? null
    }
    keyed.sort((a, b) => compareJson(a.key, b.key))
    if (name === 'sort_by') return keyed.map(({ it }) => it)
    const groups: { key: Json; items: Json[] }[] = []
    for (const { it, key } of keyed) {
      const last = groups.at(-1)
      if (last && !compareJson(last.key, key)) last.items.push(it)
      else groups.push({ key, items: [it] })
    }
    return groups.map(({ items }) => (name === 'group_by' ? items : items[0]!))
  }

  #simple(name: string, it: Json): Json {
    const number = (): number =>
      typeof it === 'number' ? it : fail(`${typeOf(it)} (${shown(it)}) number required`)
    switch (name) {
      case 'length':
        if (it === null) return 0
        if (typeof it === 'number') return Math.abs(it)
        if (typeof it === 'boolean') return fail(`boolean (${it}) has no length`)
        return typeof it === 'string' ? [...it].length : Object.keys(it).length
      case 'utf8bytelength':
        return new TextEncoder().encode(text(it)).length
      case 'keys':
      case 'keys_unsorted': {
        if (it === null || typeof it !== 'object') return fail(`${typeOf(it)} (${shown(it)}) has no keys`)
        if (Array.isArray(it)) return it.map((_, i) => i)
        return name === 'keys' ? Object.keys(it).sort() : Object.keys(it)
      }
      case 'type':
        return typeOf(it)
      case 'tostring':
        return text(it)
      case 'tojson':
        return JSON.stringify(it)
      case 'fromjson':
        try {
          return JSON.parse(it as string) as Json
        } catch {
          return fail(`${text(it)} (while parsing '${text(it)}')`)
        }
      case 'tonumber':
        if (typeof it === 'number') return it
        if (typeof it === 'string' && it.trim() && !Number.isNaN(Number(it))) return Number(it)
        return typeof it === 'string'
          ? fail(`Cannot be parsed as a number`)
          : fail(`${typeOf(it)} (${shown(it)}) cannot be parsed as a number`)
      case 'reverse':
        return typeof it === 'string'
          ? [...it].reverse().join('')
          : [...((it as Json[] | null) ?? [])].reverse()
      case 'explode':
        return [...(it as string)].map(char => char.codePointAt(0)!)
      case 'implode':
        return imploded(it)
      case 'floor':
        return Math.floor(number())
      case 'ceil':
        return Math.ceil(number())
      case 'round':
        return Math.round(number())
      case 'sqrt':
        return Math.sqrt(number())
      case 'fabs':
        return Math.abs(number())
      case 'log':
        return Math.log(number())
      case 'log2':
        return Math.log2(number())
      case 'log10':
        return Math.log10(number())
      case 'exp':
        return Math.exp(number())
      case 'exp10':
        return 10 ** number()
      case 'infinite':
        return Number.MAX_VALUE
      case 'nan':
        return null
      case 'isinfinite':
        return Math.abs(number()) === Number.POSITIVE_INFINITY
      case 'isnan':
        return Number.isNaN(number())
      case 'now':
        return this.#host.now()
      case 'input':
        return this.#host.input() ?? fail('No more inputs')
      case 'halt':
        throw new JqHalt()
      default:
        return it
    }
  }

  #binaryNative(name: string, it: Json, x: Json, y: Json): Json {
    switch (name) {
      case 'has':
        if (Array.isArray(it)) return (x as number) >= 0 && (x as number) < it.length
        return it !== null && typeof it === 'object'
          ? Object.hasOwn(it, x as string)
          : fail(
              `Cannot check whether ${typeOf(it)} has a ${typeof x === 'string' ? 'string' : typeOf(x)} key`,
            )
      case 'contains':
        return contains(it, x)
      case 'startswith':
        return typeof it === 'string' && typeof x === 'string'
          ? it.startsWith(x)
          : fail('startswith() requires string inputs')
      case 'endswith':
        return typeof it === 'string' && typeof x === 'string'
          ? it.endsWith(x)
          : fail('endswith() requires string inputs')
      case 'ltrimstr':
        return typeof it === 'string' && typeof x === 'string' && it.startsWith(x) ? it.slice(x.length) : it
      case 'rtrimstr':
        return typeof it === 'string' && typeof x === 'string' && x && it.endsWith(x)
          ? it.slice(0, -x.length)
          : it
      case 'ascii_case':
        return (it as string).replace(/[A-Za-z]/g, char => (x ? char.toUpperCase() : char.toLowerCase()))
      case 'split':
        if (typeof it !== 'string' || typeof x !== 'string')
          return fail('split input and separator must be strings')
        if (it === '') return []
        return y === null ? it.split(x) : it.split(new RegExp(x, `u${text(y).replace(/[^is]/g, '')}`))
      case 'indices':
        if (typeof it === 'string')
          return [...it.matchAll(new RegExp((x as string).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gu'))].map(
            match => match.index,
          )
        return it === null
          ? null
          : Array.isArray(x)
            ? get(it, x)
            : (it as Json[]).flatMap((item, i) => (compareJson(item, x) ? [] : [i]))
      case 'test':
        return matches(it, x, y).length > 0
      case 'pow':
        return (x as number) ** (y as number)
      case 'strftime':
        return this.#host.time(it as number, x as string)
      default:
        return null
    }
  }
}

function contains(a: Json, b: Json): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a.includes(b)
  if (Array.isArray(a) && Array.isArray(b))
    return b.every(x => a.some(y => typeOf(x) === typeOf(y) && contains(y, x)))
  if (rank(a) === 6 && rank(b) === 6)
    return Object.entries(b as object).every(
      ([key, value]) =>
        Object.hasOwn(a as object, key) && contains((a as Record<string, Json>)[key]!, value as Json),
    )
  if (typeOf(a) === typeOf(b)) return !compareJson(a, b)
  return fail(
    `${typeOf(a)} (${shown(a)}) and ${typeOf(b)} (${shown(b)}) cannot have their containment checked`,
  )
}

function matches(it: Json, pattern: Json, flags: Json): Record<string, Json>[] {
  if (typeof it !== 'string')
    return fail(`${typeOf(it)} (${shown(it)}) cannot be matched, as it is not a string`)
  const options = typeof flags === 'string' ? flags : ''
  let regex: RegExp
  try {
    regex = new RegExp(
      pattern as string,
      `gu${options.includes('i') ? 'i' : ''}${options.includes('s') ? 's' : ''}`,
    )
  } catch {
    return fail(`${pattern as string} (at offset 0) is not a valid regex`)
  }
  const names = [...(pattern as string).matchAll(/\((?:\?<([A-Za-z_]\w*)>|(?!\?))/g)].map(
    match => match[1] ?? null,
  )
  const found = [...it.matchAll(regex)].slice(0, options.includes('g') ? undefined : 1)
  const count = (text_: string): number => [...text_].length
  return found.map(match => ({
    offset: count(it.slice(0, match.index)),
    length: count(match[0]),
    string: match[0],
    captures: match.slice(1).map((group, i) => ({
      offset: group === undefined ? -1 : count(it.slice(0, it.indexOf(group, match.index))),
      length: count(group ?? ''),
      string: group ?? null,
      name: names[i] ?? null,
    })),
  }))
}

function bind(pattern: Pattern, value: Json, env: Env): Env {
  if (pattern.t === 'name')
    return { variables: new Map([...env.variables, [pattern.name, value]]), functions: env.functions }
  if (pattern.t === 'array')
    return pattern.items.reduce((inner, item, i) => bind(item, get(value, i), inner), env)
  return pattern.entries.reduce((inner, [key, item]) => bind(item, get(value, key), inner), env)
}

/** A string of code points; numbers that are none become U+FFFD. */
function imploded(it: Json): string {
  if (!Array.isArray(it)) throw new JqError('implode input must be an array')
  const isPoint = (code: Json): code is number =>
    typeof code === 'number' && code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)
  return it
    .map(code => {
      if (typeof code !== 'number') throw new JqError('Unicode codepoint must be numeric')
      return String.fromCodePoint(isPoint(code) ? Math.trunc(code) : 0xfffd)
    })
    .join('')
}
