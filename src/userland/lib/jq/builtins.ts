/**
 * The builtins that are no jq themselves: each takes values and gives one, or none. jq: builtin.c.
 *
 * Left out: the Bessel functions, erf and erfc.
 */
import { UTC, type Zone } from '../time.ts'
import type { Native } from './code.ts'
import { brokenDown, mktime, strptime, timeText } from './dates.ts'
import { definedNames } from './definitions.ts'
import { formatted } from './formats.ts'
import { MATH } from './math.ts'
import { codePoints, deletePaths, setPath, wantPath } from './paths.ts'
import { described, json, shown, textOf } from './print.ts'
import { readJson } from './read.ts'
import { matches } from './regex.ts'
import {
  compare,
  equal,
  fail,
  isArray,
  isObject,
  isTrue,
  type Json,
  type JsonObject,
  sortedBy,
  sortedKeys,
  typeOf,
} from './value.ts'

/** What the builtins need of the program that runs them. */
export interface Host {
  readonly zone: Zone
  now(): number
  /** The next input; undefined after the last. */
  input(): Json | undefined
  fileName(): string | undefined
  lineNumber(): number
  /** Say something on standard error. */
  complain(text: string): void
}

/** halt and halt_error: the end of everything. */
export class JqHalt {
  readonly status: number
  readonly message: Json | undefined
  constructor(status: number, message: Json | undefined) {
    this.status = status
    this.message = message
  }
}

const together = (a: Json, b: Json, what: string): never =>
  fail(`${described(a)} and ${described(b)} cannot be ${what}`)

function plus(a: Json, b: Json): Json {
  if (a === null) return b
  if (b === null) return a
  if (typeof a === 'number' && typeof b === 'number') return a + b
  if (typeof a === 'string' && typeof b === 'string') return a + b
  if (isArray(a) && isArray(b)) return [...a, ...b]
  if (isObject(a) && isObject(b)) return new Map([...a, ...b])
  return together(a, b, 'added')
}

function minus(a: Json, b: Json): Json {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (isArray(a) && isArray(b)) return a.filter(it => !b.some(other => equal(it, other)))
  return together(a, b, 'subtracted')
}

function multiply(a: Json, b: Json): Json {
  if (typeof a === 'number' && typeof b === 'number') return a * b
  if (typeof a === 'number' && typeof b === 'string') return multiply(b, a)
  if (typeof a === 'string' && typeof b === 'number')
    return b > 0 ? a.repeat(Math.max(1, Math.trunc(b))) : null
  if (isObject(a) && isObject(b)) return merged(a, b)
  return together(a, b, 'multiplied')
}

/** Objects in both are merged in turn. */
function merged(a: JsonObject, b: JsonObject): Json {
  const result = new Map(a)
  for (const [key, value] of b) {
    const old = result.get(key)
    result.set(key, old !== undefined && isObject(old) && isObject(value) ? merged(old, value) : value)
  }
  return result
}

function divide(a: Json, b: Json): Json {
  if (typeof a === 'number' && typeof b === 'number')
    return b === 0 ? together(a, b, 'divided because the divisor is zero') : a / b
  if (typeof a === 'string' && typeof b === 'string') return split(a, b)
  return together(a, b, 'divided')
}

function modulo(a: Json, b: Json): Json {
  if (typeof a !== 'number' || typeof b !== 'number') return together(a, b, 'divided (remainder)')
  const whole = (it: number): bigint => BigInt.asIntN(64, limited(it))
  if (!whole(b)) return together(a, b, 'divided (remainder) because the divisor is zero')
  return Number(whole(a) % whole(b))
}

/** As C converts to intmax_t. */
function limited(it: number): bigint {
  if (Number.isNaN(it) || Math.abs(it) >= 2 ** 63) return -(1n << 63n)
  return BigInt(Math.trunc(it))
}

const split = (text: string, by: string): Json =>
  text === '' ? [] : by === '' ? codePoints(text) : text.split(by)

function length(it: Json): Json {
  if (it === null) return 0
  if (typeof it === 'number') return Math.abs(it)
  if (typeof it === 'string') return codePoints(it).length
  if (isArray(it)) return it.length
  return isObject(it) ? it.size : fail(`${described(it)} has no length`)
}

function keys(it: Json, sorted: boolean): Json {
  if (isArray(it)) return it.map((_, i) => i)
  if (isObject(it)) return sorted ? sortedKeys(it) : [...it.keys()]
  return fail(`${described(it)} has no keys`)
}

function has(it: Json, key: Json): Json {
  if (isObject(it) && typeof key === 'string') return it.has(key)
  if (isArray(it) && typeof key === 'number') return key >= 0 && key < it.length
  return fail(`Cannot check whether ${typeOf(it)} has a ${typeOf(key)} key`)
}

function contains(a: Json, b: Json): boolean {
  if (isObject(a) && isObject(b))
    return [...b].every(([key, value]) => a.has(key) && within(a.get(key)!, value))
  if (isArray(a) && isArray(b)) return b.every(it => a.some(other => within(other, it)))
  // jq looks for C strings: they end at a NUL.
  if (typeof a === 'string' && typeof b === 'string')
    return a.replace(/\0.*$/s, '').includes(b.replace(/\0.*$/s, ''))
  if (typeOf(a) === typeOf(b)) return equal(a, b)
  return fail(`${described(a)} and ${described(b)} cannot have their containment checked`)
}

/** Parts of other types are only compared. */
const within = (a: Json, b: Json): boolean => (typeOf(a) === typeOf(b) ? contains(a, b) : equal(a, b))

function affix(name: string, it: Json, part: Json): Json {
  if (typeof it !== 'string' || typeof part !== 'string') return fail(`${name}() requires string inputs`)
  return name === 'startswith' ? it.startsWith(part) : it.endsWith(part)
}

function trimmed(it: Json, part: Json, left: boolean): Json {
  if (typeof it !== 'string' || typeof part !== 'string') return it
  if (left) return it.startsWith(part) ? it.slice(part.length) : it
  return it.endsWith(part) ? it.slice(0, it.length - part.length) : it
}

function indices(it: Json, part: Json): Json {
  const found: number[] = []
  const [text, wanted] = [it as string, part as string]
  if (!wanted) return null
  const bytes = (until: number): number => new TextEncoder().encode(text.slice(0, until)).length
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length))
    found.push(bytes(at))
  return found
}

function implode(it: Json): Json {
  if (!isArray(it)) return fail('implode input must be an array')
  const char = (code: Json): string => {
    if (typeof code !== 'number')
      return fail(`${described(code)} can't be imploded, unicode codepoint needs to be numeric`)
    const isPoint = code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)
    return String.fromCodePoint(isPoint ? Math.trunc(code) : 0xfffd)
  }
  return it.map(char).join('')
}

function tonumber(it: Json): Json {
  if (typeof it === 'number') return it
  return typeof it === 'string' ? readJson(it) : fail(`${described(it)} cannot be parsed as a number`)
}

const arrays = (it: Json, by: Json): readonly Json[] =>
  isArray(it) && isArray(by) ? it : together(it, by, 'sorted, as they are not both arrays')

function grouped(it: Json, by: Json): Json {
  const groups: { key: Json; items: Json[] }[] = []
  for (const { item, key } of sortedBy(arrays(it, by), by as readonly Json[])) {
    const last = groups.at(-1)
    if (last && equal(last.key, key)) last.items.push(item)
    else groups.push({ key, items: [item] })
  }
  return groups.map(({ items }) => items)
}

/** The first least, or the last greatest, by the keys. */
function extreme(it: Json, by: Json, most: boolean): Json {
  if (!isArray(it) || !isArray(by)) return together(it, by, 'iterated over')
  let best = 0
  for (let i = 1; i < it.length; i++) {
    const order = compare(by[i]!, by[best]!)
    if (most ? order >= 0 : order < 0) best = i
  }
  return it[best] ?? null
}

function halt(it: Json, status: Json): never {
  if (typeof status !== 'number') return fail(`${described(it)} halt_error/1: number required`)
  throw new JqHalt(status, it)
}

const order =
  (holds: (order: number) => boolean): Native =>
  (_, a, b) =>
    holds(compare(a!, b!))

/** The builtins that only reckon. */
const PURE: Readonly<Record<string, Native>> = {
  '_plus/2': (_, a, b) => plus(a!, b!),
  '_minus/2': (_, a, b) => minus(a!, b!),
  '_multiply/2': (_, a, b) => multiply(a!, b!),
  '_divide/2': (_, a, b) => divide(a!, b!),
  '_mod/2': (_, a, b) => modulo(a!, b!),
  '_negate/1': (_, it) => (typeof it === 'number' ? -it : fail(`${described(it!)} cannot be negated`)),
  '_equal/2': order(it => it === 0),
  '_notequal/2': order(it => it !== 0),
  '_less/2': order(it => it < 0),
  '_lesseq/2': order(it => it <= 0),
  '_greater/2': order(it => it > 0),
  '_greatereq/2': order(it => it >= 0),
  'not/0': it => !isTrue(it),
  'error/1': (_, it) => fail(it as string),
  'type/0': it => typeOf(it),
  'length/0': length,
  'utf8bytelength/0': it =>
    typeof it === 'string'
      ? new TextEncoder().encode(it).length
      : fail(`${described(it)} only strings have UTF-8 byte length`),
  'keys/0': it => keys(it, true),
  'keys_unsorted/0': it => keys(it, false),
  'has/1': (it, key) => has(it, key!),
  'contains/1': (it, part) => contains(it, part!),
  'startswith/1': (it, part) => affix('startswith', it, part!),
  'endswith/1': (it, part) => affix('endswith', it, part!),
  'ltrimstr/1': (it, part) => trimmed(it, part!, true),
  'rtrimstr/1': (it, part) => trimmed(it, part!, false),
  'split/1': (it, by) =>
    typeof it === 'string' && typeof by === 'string'
      ? split(it, by)
      : fail('split input and separator must be strings'),
  '_indices/1': (it, part) => indices(it, part!),
  'explode/0': it =>
    typeof it === 'string'
      ? codePoints(it).map(char => char.codePointAt(0)!)
      : fail('explode input must be a string'),
  'implode/0': implode,
  'tostring/0': textOf,
  'tojson/0': json,
  'tonumber/0': tonumber,
  'fromjson/0': it =>
    typeof it === 'string' ? readJson(it) : fail(`${described(it)} only strings can be parsed`),
  'format/1': (it, name) => formatted(it, name!),
  'setpath/2': (it, path, value) => setPath(it, wantPath(path!), value!),
  'delpaths/1': (it, paths) => deletePaths(it, paths!),
  'sort/0': it =>
    isArray(it) ? [...it].sort(compare) : fail(`${described(it)} cannot be sorted, as it is not an array`),
  '_sort_by/1': (it, by) => sortedBy(arrays(it, by!), by as readonly Json[]).map(({ item }) => item),
  '_group_by/1': (it, by) => grouped(it, by!),
  'min/0': it => extreme(it, it, false),
  'max/0': it => extreme(it, it, true),
  '_min_by/1': (it, by) => extreme(it, by!, false),
  '_max_by/1': (it, by) => extreme(it, by!, true),
  'infinite/0': () => Number.POSITIVE_INFINITY,
  'nan/0': () => Number.NaN,
  'isinfinite/0': it => Math.abs(wantNumber(it)) === Number.POSITIVE_INFINITY,
  'isnan/0': it => Number.isNaN(wantNumber(it)),
  'isnormal/0': it => typeof it === 'number' && Number.isFinite(it) && Math.abs(it) >= 2 ** -1022,
  '_match/3': (it, re, flags, test) => matches(it, re!, flags!, test!),
  'gmtime/0': it => brokenDown(it, UTC, 'gmtime()'),
  'mktime/0': mktime,
  'strptime/1': (it, format) => strptime(it, format!),
  'strftime/1': (it, format) => timeText(it, format!, UTC, 'strftime/1'),
  'halt/0': () => {
    throw new JqHalt(0, undefined)
  },
  'halt_error/1': (it, status) => halt(it, status!),
  'get_search_list/0': () => ['~/.jq', '$ORIGIN/../lib/jq', '$ORIGIN/lib'],
  'get_jq_origin/0': () => '/usr/bin',
  'get_prog_origin/0': () => '.',
  'modulemeta/0': it =>
    fail(
      typeof it === 'string' ? `module not found: ${it}` : 'modulemeta input module name must be a string',
    ),
}

const wantNumber = (it: Json): number =>
  typeof it === 'number' ? it : fail(`${typeOf(it)} (${shown(it)}) number required`)

/** Builtins of which the language knows by itself. */
const INSTRUCTIONS = ['empty/0', 'path/1', 'getpath/1', 'range/2']

export function natives(host: Host, env: JsonObject): ReadonlyMap<string, Native> {
  const hosted: Readonly<Record<string, Native>> = {
    'env/0': () => env,
    'now/0': () => host.now(),
    'localtime/0': it => brokenDown(it, host.zone, 'localtime()'),
    'strflocaltime/1': (it, format) => timeText(it, format!, host.zone, 'strflocaltime/1'),
    'input/0': () => host.input() ?? fail('break'),
    'input_filename/0': () => host.fileName() ?? null,
    'input_line_number/0': () => host.lineNumber(),
    'debug/0': it => {
      host.complain(`${json(['DEBUG:', it])}\n`)
      return it
    },
    'stderr/0': it => {
      host.complain(json(it))
      return it
    },
  }
  const all = new Map<string, Native>([...MATH, ...Object.entries(PURE), ...Object.entries(hosted)])
  all.set('builtins/0', () =>
    [...all.keys(), ...definedNames(), ...INSTRUCTIONS].filter(name => !name.startsWith('_')),
  )
  return all
}
