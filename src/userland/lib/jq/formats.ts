/** @csv, @sh and the other formats of strings. jq: f_format in builtin.c. */
import { decodeBase, encodeBase } from './base64.ts'
import { described, json, shown, textOf } from './print.ts'
import { fail, isArray, isObject, type Json, typeOf } from './value.ts'

const HTML: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&apos;',
  '"': '&quot;',
}
const TSV: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** Half a surrogate pair. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** A value as `@name` writes it. */
export function formatted(it: Json, name: Json): string {
  if (typeof name !== 'string') return fail(`${described(name)} is not a valid format`)
  switch (name) {
    case 'text':
      return textOf(it)
    case 'json':
      return json(it)
    case 'csv':
      return row(it, name, ',', cell => `"${cell.replaceAll('"', '""')}"`)
    case 'tsv':
      return row(it, name, '\t', cell => cell.replace(/[\\\t\n\r]/g, char => TSV[char]!))
    case 'html':
      return textOf(it).replace(/[<>&'"]/g, char => HTML[char]!)
    case 'uri':
      return encodeURIComponent(textOf(it).replace(LONE, '\ufffd'))
    case 'sh':
      return (isArray(it) ? it : [it]).map(shellWord).join(' ')
    case 'base64':
      return encodeBase(textOf(it))
    case 'base64d':
      return decodeBase(it, textOf(it))
    default:
      return fail(`${name} is not a valid format`)
  }
}

function row(it: Json, name: string, between: string, quote: (cell: string) => string): string {
  if (!isArray(it)) return fail(`${typeOf(it)} (${shown(it)}) cannot be ${name}-formatted, only array`)
  const cell = (value: Json): string => {
    if (value === null) return ''
    if (typeof value === 'string') return quote(value)
    if (isArray(value) || isObject(value)) return fail(`${described(value)} is not valid in a csv row`)
    return json(value)
  }
  return it.map(cell).join(between)
}

function shellWord(it: Json): string {
  if (isArray(it) || isObject(it)) return fail(`${described(it)} can not be escaped for shell`)
  return typeof it === 'string' ? `'${it.replaceAll("'", "'\\''")}'` : json(it)
}
