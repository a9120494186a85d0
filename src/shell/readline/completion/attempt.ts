/** What the word at the cursor may become. Bash: bashline.c:attempt_shell_completion(), pcomplete.c. */
import type { Blocking } from '../../../abi/index.ts'
import { glob } from '../../expand/glob.ts'
import type { Shell } from '../../shell.ts'
import { commandMatches, listed } from './actions.ts'
import { argumentMatches } from './arguments.ts'
import { DEFAULT, EMPTY, INITIAL, type CompSpec } from './compspec.ts'
import { breakWords, contextOf, type Context } from './context.ts'
import { fileMatches, withoutIgnored } from './files.ts'
import { isDirectory } from '../paths.ts'
import { generate, type Situation } from './generate.ts'
import { settingsOf } from '../startup.ts'

export interface Matches {
  /** Where in the line the matches go, up to the cursor. */
  readonly start: number
  readonly quote: string
  /** The words, without quotes, sorted unless the specification says otherwise. */
  readonly words: readonly string[]
  /** They are files: shown by their last part, quoted when inserted, directories with a slash. */
  readonly areFiles: boolean
  /** Nothing is quoted when it is inserted. */
  readonly isBare: boolean
  /** A single match is followed by a blank. */
  readonly isClosed: boolean
}

/** A kind of completion that a key of its own asks for. */
export type Kind = 'any' | 'filename' | 'username' | 'hostname' | 'variable' | 'command'

const SPECIFIED = new Map<Kind, string>([
  ['username', 'user'],
  ['hostname', 'hostname'],
  ['variable', 'variable'],
])

const MOST_RETRIES = 32

/** COMP_TYPE of a list of matches. */
const LISTING = 63

/** All matches for `line`, which ends at the cursor. `type` is what COMP_TYPE says, `rest` what follows. */
export function* attempt(
  sh: Shell,
  line: string,
  rest: string,
  type: number,
  kind: Kind = 'any',
): Blocking<Matches> {
  const context = contextOf(line)
  if (kind !== 'any') return yield* ofKind(sh, context, kind)
  const variable = variableMatches(sh, context)
  if (variable) return variable
  const specified = yield* programmed(sh, line, rest, context, type)
  if (specified) return specified
  return yield* standard(sh, context, line, type)
}

const sorted = (words: readonly string[]): string[] =>
  [...new Set(words)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))

interface Form {
  areFiles?: boolean
  isBare?: boolean
  isClosed?: boolean
  start?: number
}

const made = ({ start, quote }: Context, words: readonly string[], form: Form = {}): Matches => ({
  start: form.start ?? start,
  quote,
  words: sorted(words),
  areFiles: form.areFiles ?? false,
  isBare: form.isBare ?? false,
  isClosed: form.isClosed ?? true,
})

function* ofKind(sh: Shell, context: Context, kind: Kind): Blocking<Matches> {
  const { word } = context
  if (kind === 'filename') return made(context, yield* fileMatches(sh, word), { areFiles: true })
  if (kind === 'command') return made(context, yield* commandMatches(sh, word))
  const lead = /^(~|@|\$\{?)/.exec(word)?.[0] ?? ''
  const found = yield* listed(sh, SPECIFIED.get(kind)!, word.slice(lead.length))
  return made(
    context,
    found.map(it => lead + it),
    { isBare: true, areFiles: lead === '~' },
  )
}

/** `$V` and `${V`. */
function variableMatches(sh: Shell, context: Context): Matches | undefined {
  const match = /\$(\{?)(\w*)$/.exec(context.word)
  if (!match || context.quote === "'" || /\\\$\{?\w*$/.test(context.word)) return undefined
  const [all, brace, name] = match
  const lead = context.word.slice(0, context.word.length - all.length)
  const names = sh.variables.names().filter(it => it.startsWith(name!))
  const single = names.length === 1 && isDirectory(sh, sh.get(names[0]!) ?? '')
  if (single && brace && context.quote) {
    const word = `${context.quote}${lead}\${${names[0]}}${context.quote}/`
    return made({ ...context, quote: '' }, [word], { isBare: true, isClosed: false })
  }
  const words = names.map(it => `${lead}$${brace}${it}${brace ? '}' : ''}${single ? '/' : ''}`)
  return made(context, words, { isBare: true, isClosed: !single })
}

// What `complete` says

function specFor(sh: Shell, { before, word }: Context, line: string): [string, CompSpec] | undefined {
  const named = (name: string): [string, CompSpec] | undefined => {
    const spec = sh.completions.get(name)
    return spec && [name, spec]
  }
  const [command] = before
  if (command === undefined) return !line.trim() && !word ? named(EMPTY) : named(INITIAL)
  return named(command) ?? named(command.slice(command.lastIndexOf('/') + 1)) ?? named(DEFAULT)
}

function* programmed(
  sh: Shell,
  line: string,
  rest: string,
  context: Context,
  type: number,
): Blocking<Matches | undefined> {
  if (!sh.completions.size || !sh.shopts.has('progcomp')) return undefined
  for (let i = 0; i < MOST_RETRIES; i++) {
    const found = specFor(sh, context, line)
    if (!found) return undefined
    const [name, spec] = found
    const { situation, start, word } = situationOf(sh, line, rest, context, type)
    const previous = situation.words[situation.index - 1] ?? ''
    sh.completing = { name, options: new Set(spec.options) }
    const command = context.before[0] ?? word
    const matches = yield* generate(sh, spec, { command, word, previous, situation })
    const { options } = sh.completing
    sh.completing = undefined
    if (matches === 'retry') continue
    if (matches.length) return shaped({ ...context, start }, matches, options, spec)
    if (options.has('bashdefault') || options.has('default')) return yield* standard(sh, context, line, type)
    return made(context, [])
  }
  return undefined
}

function shaped(
  context: Context,
  words: readonly string[],
  options: ReadonlySet<string>,
  spec: CompSpec,
): Matches {
  const areFiles =
    options.has('filenames') ||
    spec.actions.some(it => it === 'file' || it === 'directory') ||
    spec.glob !== undefined
  const it = made(context, words, {
    areFiles: areFiles || options.has('plusdirs') || options.has('dirnames'),
    isBare: options.has('noquote') || !areFiles,
    isClosed: !options.has('nospace'),
  })
  return options.has('nosort') ? { ...it, words: [...new Set(words)] } : it
}

/** The line as the function sees it; where the word that it completes begins. */
function situationOf(sh: Shell, line: string, rest: string, context: Context, type: number) {
  const from = Math.max(0, context.commandStart)
  const breaks = sh.get('COMP_WORDBREAKS') ?? ' \t\n"\'><=;|&(:'
  const whole = line.slice(from) + /^[^\s;|&]*/.exec(rest)![0]
  const pieces = breakWords(whole, breaks)
  const point = line.length - from
  let index = pieces.findIndex(([text, start]) => start <= point && point <= start + text.length)
  const last = pieces.findLastIndex(([, start]) => start < point)
  if (index >= 0 && pieces[index + 1]?.[1] === point && /^[^\s]/.test(whole.slice(point))) index++
  const isBreak = index >= 0 && [...pieces[index]![0]].every(c => breaks.includes(c))
  const words = pieces.map(([text]) => text)
  if (index < 0 || isBreak) {
    index = index < 0 ? last + 1 : index + 1
    if (index >= words.length || isBreak) words.splice(index, 0, '')
  }
  const text = words[index]!
  const start = isBreak || !pieces[index] || text === '' ? line.length : from + pieces[index]![1]
  const word = text === '' ? '' : line.slice(start).replace(/^["']/, '')
  const situation: Situation = {
    line: line.slice(from) + rest,
    point,
    words,
    index,
    type,
    key: 9,
  }
  const quoteLength = text && /^["']/.test(line.slice(start)) ? 0 : 0
  return { situation, start: start + quoteLength, word }
}

// What bash does by itself

function* standard(sh: Shell, context: Context, line: string, type: number): Blocking<Matches> {
  const { word, quote, before, redirection } = context
  if (/^~[^/]*$/.test(word) && !quote) {
    const users = (yield* listed(sh, 'user', word.slice(1))).map(it => `~${it}`)
    if (users.length) return made(context, users, { areFiles: true, isBare: true })
  }
  const at = word.lastIndexOf('@')
  if (at >= 0 && !quote && sh.shopts.has('hostcomplete')) {
    const hosts = yield* listed(sh, 'hostname', word.slice(at + 1))
    if (hosts.length)
      return made(
        context,
        hosts.map(it => word.slice(0, at + 1) + it),
        { isBare: true },
      )
  }
  const isCommand = !before.length && !redirection
  if (isCommand && !/^[A-Za-z_]\w*\+?=/.test(word)) return yield* commandName(sh, context, line)
  if (!redirection) {
    const known = yield* argumentMatches(sh, context)
    if (known) return made(context, known, { isBare: false })
  }
  const wanted = /^(cd|pushd|rmdir)$/.test(before[0] ?? '') && !redirection ? 'directories' : 'all'
  const broken = quote ? 0 : (/^.*(?<!\\)[=:]/s.exec(word)?.[0].length ?? 0)
  const lead = word.slice(0, broken)
  const found = yield* fileMatches(sh, word.slice(broken), wanted)
  if (!found.length && /[*?[]/.test(word)) {
    const globbed = yield* glob(sh, `${word}*`)
    // Several are only shown, not inserted.
    if (globbed.length === 1 || type === LISTING) return made(context, globbed, { areFiles: true })
  }
  return made(
    context,
    withoutIgnored(sh, found).map(it => lead + it),
    { areFiles: true },
  )
}

function* commandName(sh: Shell, context: Context, line: string): Blocking<Matches> {
  const { word } = context
  if (!word && !line.slice(context.commandStart).trim() && sh.shopts.has('no_empty_cmd_completion'))
    return made(context, [])
  if (word.includes('/'))
    return made(context, yield* fileMatches(sh, word, 'executables'), { areFiles: true })
  const names = yield* commandMatches(sh, word)
  if (sh.shopts.has('autocd')) {
    const directories = yield* fileMatches(sh, word, 'directories')
    if (!names.length) return made(context, directories, { areFiles: true })
  }
  const isInBackquotes = (line.split('`').length & 1) === 0
  return made(context, names, { isClosed: !isInBackquotes })
}

/** What the matches have in common, as far as the settings tell letters apart. */
export function commonPrefix(sh: Shell, words: readonly string[]): string {
  const fold = settingsOf(sh).is('completion-ignore-case')
  const alike = (a: string, b: string) => a === b || (fold && a.toLowerCase() === b.toLowerCase())
  const [first = ''] = words
  let length = first.length
  for (const it of words) {
    let i = 0
    while (i < length && i < it.length && alike(first[i]!, it[i]!)) i++
    length = i
  }
  return /[\ud800-\udbff]$/.test(first.slice(0, length)) ? first.slice(0, length - 1) : first.slice(0, length)
}
