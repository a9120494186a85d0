/**
 * jq's values: JSON whose objects keep the order of their keys, and how they compare.
 * jq: jv.c, jv_aux.c.
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = ReadonlyMap<string, Json>

/** error(…): jq's exceptions. */
export class JqError {
  readonly value: Json
  constructor(value: Json) {
    this.value = value
  }
}

/** Refuse with a message. */
export function fail(message: string): never {
  throw new JqError(message)
}

export const isArray = (it: Json): it is readonly Json[] => Array.isArray(it)
export const isObject = (it: Json): it is JsonObject => it instanceof Map

export const typeOf = (it: Json): string =>
  it === null ? 'null' : isArray(it) ? 'array' : isObject(it) ? 'object' : typeof it

export const isTrue = (it: Json): boolean => it !== null && it !== false

/** An object of a few known keys. */
export const objectOf = (entries: Readonly<Record<string, Json>>): JsonObject =>
  new Map(Object.entries(entries))

const ORDER = ['null', 'false', 'true', 'number', 'string', 'array', 'object']
const rank = (it: Json): number => ORDER.indexOf(typeof it === 'boolean' ? String(it) : typeOf(it))

/** Order of strings by code point, as their UTF-8 bytes have it. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  let at = 0
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at++
  const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)]
  if (Number.isNaN(x) || Number.isNaN(y)) return a.length - b.length
  // Halves of a pair stand for more than what follows them in UTF-16.
  const weight = (unit: number): number =>
    unit >= 0xe000 ? unit - 0x2000 : unit >= 0xd800 ? unit + 0x2000 : unit
  return weight(x) - weight(y)
}

export const sortedKeys = (it: JsonObject): string[] => [...it.keys()].sort(compareText)

/** jq's order of all values; nan is less than any number, itself included. Linux: jv_cmp. */
export function compare(a: Json, b: Json): number {
  const order = rank(a) - rank(b)
  if (order) return order
  if (typeof a === 'number') return Number.isNaN(a) || a < (b as number) ? -1 : a === b ? 0 : 1
  if (typeof a === 'string') return compareText(a, b as string)
  if (isArray(a)) return compareArrays(a, b as readonly Json[])
  return isObject(a) ? compareObjects(a, b as JsonObject) : 0
}

function compareArrays(a: readonly Json[], b: readonly Json[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compare(a[i]!, b[i]!)
    if (order) return order
  }
  return a.length - b.length
}

/** First the lists of keys, then the values key by key. */
function compareObjects(a: JsonObject, b: JsonObject): number {
  const keys = sortedKeys(a)
  const order = compareArrays(keys, sortedKeys(b))
  if (order) return order
  for (const key of keys) {
    const values = compare(a.get(key)!, b.get(key)!)
    if (values) return values
  }
  return 0
}

export const equal = (a: Json, b: Json): boolean => compare(a, b) === 0

/** A copy of an array sorted by keys that stand at the same places of another. */
export function sortedBy(items: readonly Json[], keys: readonly Json[]): { item: Json; key: Json }[] {
  return items.map((item, i) => ({ item, key: keys[i]! })).sort((a, b) => compare(a.key, b.key))
}
