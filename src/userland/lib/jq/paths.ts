/** Reading, changing and deleting parts of values by key, slice and path. jq: jv_aux.c. */
import { compare, equal, fail, isArray, isObject, type Json, typeOf } from './value.ts'

/** A string as its code points. */
export const codePoints = (text: string): string[] => [...text]

/** `.[key]`. Linux: jv_get. */
export function getAt(of: Json, key: Json): Json {
  if (isObject(of) && typeof key === 'string') return of.get(key) ?? null
  if (isArray(of) && typeof key === 'number') {
    return Number.isInteger(key) ? (key < -of.length ? null : (of.at(key) ?? null)) : null
  }
  if (isObject(key) && (isArray(of) || typeof of === 'string')) return slice(of, key)
  if (isArray(of) && isArray(key)) return indexesOf(of, key)
  if (of === null && (typeof key === 'string' || typeof key === 'number' || isObject(key))) return null
  return fail(`Cannot index ${typeOf(of)} with ${typeof key === 'string' ? `string "${key}"` : typeOf(key)}`)
}

/** The bounds that `{start, end}` stands for: the end is rounded up. */
function bounds(length: number, key: ReadonlyMap<string, Json>): [from: number, to: number] {
  const [start, end] = [key.get('start'), key.get('end')]
  if ((start !== null && typeof start !== 'number') || (end !== null && typeof end !== 'number'))
    return fail('Start and end indices of an array slice must be numbers')
  const within = (it: number): number => Math.max(0, Math.min(length, it < 0 ? it + length : it))
  const from = within(start ?? 0)
  const to = Math.max(from, within(end ?? length))
  return [Math.floor(from), Math.min(length, Math.ceil(to))]
}

function slice(of: readonly Json[] | string, key: ReadonlyMap<string, Json>): Json {
  const items: readonly Json[] = typeof of === 'string' ? codePoints(of) : of
  const part = items.slice(...bounds(items.length, key))
  return typeof of === 'string' ? part.join('') : part
}

/** Where an array holds another one. */
function indexesOf(of: readonly Json[], part: readonly Json[]): Json {
  if (!part.length) return null
  return of.flatMap((_, i) => (part.every((it, k) => i + k < of.length && equal(of[i + k]!, it)) ? [i] : []))
}

/** `.[key] = value`. Linux: jv_set. */
export function setAt(of: Json, key: Json, value: Json): Json {
  if (typeof key === 'string' && (isObject(of) || of === null)) return new Map(of ?? []).set(key, value)
  if (typeof key === 'number' && (isArray(of) || of === null)) {
    const list = [...(of ?? [])]
    const index = Math.trunc(key) < 0 ? list.length + Math.trunc(key) : Math.trunc(key)
    if (index < 0) fail('Out of bounds negative array index')
    if (index > 536870911) fail('Array index too large')
    while (list.length < index) list.push(null)
    list[index] = value
    return list
  }
  if (isObject(key) && (isArray(of) || of === null)) {
    const list = of ?? []
    const [from, to] = bounds(list.length, key)
    if (!isArray(value)) return fail('A slice of an array can only be assigned another array')
    return [...list.slice(0, from), ...value, ...list.slice(to)]
  }
  if (isObject(key)) return fail(`Cannot update field at object index of ${typeOf(of)}`)
  if (isArray(key) && isArray(of)) return fail('Cannot update field at array index of array')
  return fail(`Cannot index ${typeOf(of)} with ${typeof key === 'string' ? `string "${key}"` : typeOf(key)}`)
}

/** A path, which has to be an array. */
export const wantPath = (path: Json): readonly Json[] =>
  isArray(path) ? path : fail('Path must be specified as an array')

export function getPath(of: Json, path: readonly Json[]): Json {
  let it = of
  for (const key of path) {
    if (it === null) return null
    it = getAt(it, key)
  }
  return it
}

export function setPath(of: Json, path: readonly Json[], value: Json): Json {
  if (!path.length) return value
  const [key, ...rest] = path as [Json, ...Json[]]
  return setAt(of, key, setPath(getAt(of, key), rest, value))
}

/** Without what some paths lead to: the last ones first. */
export function deletePaths(of: Json, paths: Json): Json {
  if (!isArray(paths)) return fail('Paths must be specified as an array')
  let it = of
  for (const path of [...paths].sort(compare).reverse())
    it = deletePath(it, isArray(path) ? path : fail(`Path must be specified as array, not ${typeOf(path)}`))
  return it
}

function deletePath(of: Json, path: readonly Json[]): Json {
  if (!path.length) return null
  const [key, ...rest] = path as [Json, ...Json[]]
  if (!rest.length) return deleteAt(of, key)
  const inner = getAt(of, key)
  return inner === null ? of : setAt(of, key, deletePath(inner, rest))
}

function deleteAt(of: Json, key: Json): Json {
  if (of === null) return null
  if (isArray(of)) {
    if (typeof key === 'number') {
      const index = Math.trunc(key) < 0 ? of.length + Math.trunc(key) : Math.trunc(key)
      return of.filter((_, i) => i !== index)
    }
    if (!isObject(key)) return fail(`Cannot delete ${typeOf(key)} element of array`)
    const [from, to] = bounds(of.length, key)
    return [...of.slice(0, from), ...of.slice(to)]
  }
  if (!isObject(of)) return fail(`Cannot delete fields from ${typeOf(of)}`)
  if (typeof key !== 'string') return fail(`Cannot delete ${typeOf(key)} field of object`)
  const rest = new Map(of)
  rest.delete(key)
  return rest
}
