/** The matches that a specification gives. Bash: pcomplete.c:gen_compspec_completions(). */
import type { Blocking } from '../../../abi/index.ts'
import { callFunction } from '../../exec/function.ts'
import { braceExpand } from '../../expand/brace.ts'
import { expandText, expandWords } from '../../expand/command.ts'
import { glob } from '../../expand/glob.ts'
import { escapePattern, matches } from '../../expand/pattern.ts'
import { singleQuote } from '../../expand/quote.ts'
import { ifsOf } from '../../expand/word.ts'
import { parseQuoted, parseWord } from '../../parse/index.ts'
import { Complaint, Discard, type Shell } from '../../shell.ts'
import { Variable, elementsOf } from '../../variables.ts'
import { actionMatches } from './actions.ts'
import type { CompSpec } from './compspec.ts'
import { fileMatches } from './files.ts'

/** The line that is being completed, as functions and commands see it. */
export interface Situation {
  readonly line: string
  readonly point: number
  readonly words: readonly string[]
  readonly index: number
  /** What asked: 9 for one TAB, 63 for a list, 33, 64 and 37 as readline has them; and with which key. */
  readonly type: number
  readonly key: number
}

/** What compgen tells. */
export const NOWHERE: Situation = { line: '', point: 0, words: [], index: -1, type: 0, key: 0 }

/** The function asked to be called again, having changed the specifications. */
const RETRY = 124

/** `command` is whose arguments are completed, `previous` the word before the one being completed. */
export interface Asked {
  readonly command: string
  readonly word: string
  readonly previous: string
  readonly situation: Situation
}

/** All matches, or `retry`. */
export function* generate(sh: Shell, spec: CompSpec, asked: Asked): Blocking<string[] | 'retry'> {
  const { word } = asked
  const out = yield* actionMatches(sh, spec.actions, word)
  if (spec.glob !== undefined) out.push(...(yield* glob(sh, spec.glob)))
  if (spec.words !== undefined)
    out.push(...(yield* listedWords(sh, spec.words)).filter(it => it.startsWith(word)))
  if (spec.function !== undefined) {
    const found = yield* callCompletion(sh, spec.function, asked)
    if (found === 'retry') return found
    out.push(...found)
  }
  if (spec.command !== undefined) out.push(...(yield* printed(sh, spec.command, asked)))
  const kept = spec.filter === undefined ? out : filtered(out, spec.filter, word)
  const shown = kept.map(it => (spec.prefix ?? '') + it + (spec.suffix ?? ''))
  if (spec.options.has('plusdirs') || (!shown.length && spec.options.has('dirnames')))
    shown.push(...(yield* fileMatches(sh, word, 'directories')))
  return shown
}

/** -X: the matches that a pattern does not match; with `!` in front those that it does. */
function filtered(words: readonly string[], filter: string, word: string): string[] {
  const isNegated = filter[0] === '!'
  const pattern = (isNegated ? filter.slice(1) : filter).replace(/\\&|&/g, it =>
    it === '&' ? escapePattern(word) : '&',
  )
  return words.filter(it => matches(it, pattern, { extglob: true }) === isNegated)
}

/** -W: the words of a text, divided by IFS and expanded, without file names. */
export function* listedWords(sh: Shell, text: string): Blocking<string[]> {
  const hadNoGlob = sh.options.has('noglob')
  sh.options.add('noglob')
  let out: string[] = []
  try {
    const pieces = splitQuoted(text, ifsOf(sh)).flatMap(it => (it.includes('{') ? braceExpand(it) : [it]))
    out = yield* expandWords(
      sh,
      pieces.map(it => parseWord(it)),
    )
  } catch (e) {
    if (!hadNoGlob) sh.options.delete('noglob')
    if (!(e instanceof Complaint)) throw e
    yield* sh.tell(e)
  }
  if (!hadNoGlob) sh.options.delete('noglob')
  return out
}

/** Divide a text at delimiters that are not quoted. */
function splitQuoted(text: string, delimiters: string): string[] {
  const out: string[] = []
  let word = ''
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (c === '\\') word += c + (text[++i] ?? '')
    else if (c === "'" || c === '"' || c === '`') {
      const end = text.indexOf(c, i + 1)
      const stop = end < 0 ? text.length : end
      word += text.slice(i, stop + 1)
      i = stop
    } else if (delimiters.includes(c) && depth === 0) {
      if (word) out.push(word)
      word = ''
    } else {
      if (c === '(') depth++
      else if (c === ')' && depth) depth--
      word += c
    }
  }
  return word ? [...out, word] : out
}

/** -F: what a function leaves in COMPREPLY. */
function* callCompletion(sh: Shell, name: string, asked: Asked): Blocking<string[] | 'retry'> {
  const definition = sh.functions.get(name)
  if (!definition) {
    yield* sh.complain(`completion: function \`${name}' not found`)
    return []
  }
  setVariables(sh, asked.situation, true)
  const { status } = sh
  let result = 0
  try {
    result = yield* callFunction(sh, definition, [name, asked.command, asked.word, asked.previous])
  } catch (e) {
    if (e instanceof Complaint) yield* sh.tell(e)
    else if (!(e instanceof Discard)) throw e
  }
  sh.status = status
  const reply = elementsOf(sh.variables.find('COMPREPLY')?.current())
  for (const it of [...COMP_NAMES, 'COMP_WORDS', 'COMP_CWORD', 'COMPREPLY']) sh.variables.unset(it)
  return result === RETRY ? 'retry' : [...reply]
}

const COMP_NAMES = ['COMP_LINE', 'COMP_POINT', 'COMP_TYPE', 'COMP_KEY']

function setVariables(sh: Shell, it: Situation, isFunction: boolean): void {
  const set = (name: string, value: string | string[]) => {
    const variable = new Variable(value)
    variable.exported = !isFunction
    sh.variables.map.set(name, variable)
  }
  set('COMP_LINE', it.line)
  set('COMP_POINT', String(new TextEncoder().encode(it.line.slice(0, it.point)).length))
  set('COMP_TYPE', String(it.type))
  set('COMP_KEY', String(it.key))
  if (!isFunction) return
  set('COMP_WORDS', [...it.words])
  set('COMP_CWORD', String(it.index))
  sh.variables.unset('COMPREPLY')
}

/** -C: the lines that a command prints. */
function* printed(sh: Shell, command: string, asked: Asked): Blocking<string[]> {
  setVariables(sh, asked.situation, false)
  const line = [command, ...[asked.command, asked.word, asked.previous].map(singleQuote)].join(' ')
  let text = ''
  const { status } = sh
  try {
    text = yield* expandText(sh, parseQuoted(`$(${line})`))
  } catch (e) {
    if (!(e instanceof Complaint)) throw e
    yield* sh.tell(e)
  }
  sh.status = status
  for (const it of COMP_NAMES) sh.variables.unset(it)
  return text
    .split(/(?<!\\)\n/)
    .filter(Boolean)
    .map(it => it.replace(/\\\n/g, '\n'))
}
