/**
 * inputrc files and the lines of `bind`: variables, keys, macros, conditions. Readline: bind.c:rl_parse_and_bind().
 *
 * Left out: bindings of `bind -x` with key sequences of other keymaps.
 */
import type { Blocking } from '../../abi/index.ts'
import { isFunction } from './function-names.ts'
import { namedKey, translateKeys } from './keyseq.ts'
import type { Settings } from './settings.ts'

/** What the conditions of a file are about. */
export interface Circumstances {
  readonly term: string
  readonly application: string
}

export interface Source {
  /** The text of a file; undefined if it cannot be read. */
  read(path: string): Blocking<string | undefined>
  warn(message: string): Blocking<void>
}

interface Place {
  readonly file: string
  readonly line: number
}

const VERSION = 8.2

/** Obey a whole file. False if it cannot be read. */
export function* readInputrc(
  settings: Settings,
  source: Source,
  about: Circumstances,
  path: string,
  depth = 0,
): Blocking<boolean> {
  const text = yield* source.read(path)
  if (text === undefined) return false
  /** Whether each `$if` that is open holds. */
  const open: boolean[] = []
  for (const [i, given] of text.split('\n').entries()) {
    const line = given.replace(/^[ \t]+/, '').replace(/\r$/, '')
    if (!line || line[0] === '#') continue
    const place = { file: path, line: i + 1 }
    const directive = /^\$\s*(\S*)\s*(.*)$/.exec(line)
    if (!directive) {
      if (open.every(Boolean)) yield* parseAndBind(settings, source, line, place)
      continue
    }
    const [, name = '', argument = ''] = directive
    if (name === 'if') open.push(!open.every(Boolean) || holds(settings, about, argument))
    else if (name === 'else') {
      if (open.length) open.push(!open.pop()!)
      else yield* source.warn(located('$else found without matching $if', place))
    } else if (name === 'endif') {
      if (open.length) open.pop()
      else yield* source.warn(located('$endif without matching $if', place))
    } else if (name === 'include') {
      if (open.every(Boolean) && depth < 10)
        yield* readInputrc(settings, source, about, argument.trim(), depth + 1)
    } else yield* source.warn(located(`${name}: unknown parser directive`, place))
  }
  return true
}

const located = (message: string, place: Place | undefined): string =>
  `readline: ${place ? `${place.file}: line ${place.line}: ` : ''}${message}`

function holds(settings: Settings, about: Circumstances, condition: string): boolean {
  const [, name, operator, value = ''] = /^([\w-]+)\s*(=|==|!=|<=|>=|<|>)\s*(\S+)\s*$/.exec(condition) ?? []
  if (!name) return condition.trim().toLowerCase() === about.application.toLowerCase()
  if (name === 'term')
    return value.toLowerCase() === about.term || value.toLowerCase() === about.term.split('-')[0]
  if (name === 'mode') return value.toLowerCase() === settings.get('editing-mode')
  if (name === 'version') return compare(VERSION, operator!, Number(value))
  return compare(settings.get(name), operator!, value)
}

function compare<T extends string | number>(a: T, operator: string, b: T): boolean {
  if (operator === '=' || operator === '==') return a === b
  if (operator === '!=') return a !== b
  if (operator.startsWith('<')) return a < b || (operator === '<=' && a === b)
  return a > b || (operator === '>=' && a === b)
}

/** One line: `set variable value`, `"keys": function` or `"keys": "macro"`. */
export function* parseAndBind(
  settings: Settings,
  source: Source,
  line: string,
  place?: Place,
): Blocking<void> {
  if (!line || line[0] === '#' || line[0] === '$') return
  const set = /^set\s+(\S+)[ \t]*(.*)$/is.exec(line)
  if (set) {
    const problem = settings.set(set[1]!, set[2]!.replace(/^([^"\s][^\s]*)\s.*$/s, '$1').trimEnd())
    if (problem) yield* source.warn(located(problem, place))
    return
  }
  const end = line[0] === '"' ? closingQuote(line, 0) : line.search(/[:\s]/)
  if (line[0] === '"' && end < 0)
    return yield* source.warn(located(`${line}: no closing \`"' in key binding`, place))
  const key = end < 0 ? line : line.slice(0, line[0] === '"' ? end + 1 : end)
  const rest = /^\s*:?\s*(.*)$/s.exec(line.slice(key.length))![1]!
  if (!/^\s*[:]|^\s+\S/.test(line.slice(key.length)) || !/:/.test(line.slice(key.length)))
    return yield* source.warn(located(`${line}: no key sequence terminator`, place))
  const keys = key[0] === '"' ? translateKeys(key.slice(1, -1)) : namedKey(key)
  const [name, lead] = settings.target
  bindTo(settings, name, lead + keys, rest)
}

/** Bind keys to what stands behind the colon of a line. */
function bindTo(settings: Settings, name: keyof Settings['keymaps'], keys: string, rest: string): void {
  const keymap = settings.keymaps[name]
  const quote = rest[0]
  if (quote === '"' || quote === "'") {
    const close = closingQuote(rest, 0)
    keymap.bind(keys, { kind: 'macro', text: translateKeys(rest.slice(1, close < 0 ? undefined : close)) })
    return
  }
  const text = rest.split(/\s/)[0]!.toLowerCase()
  if (isFunction(text)) keymap.bind(keys, { kind: 'function', text })
  else if (text === 'nothing' || text === '') keymap.bind(keys, undefined)
}

/** Where the quote at `from` closes. */
export function closingQuote(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === text[from]) return i
  }
  return -1
}
