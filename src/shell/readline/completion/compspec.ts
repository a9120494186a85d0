/** What `complete` says about a command's arguments. Bash: pcomplib.c, builtins/complete.def. */
import { singleQuote } from '../../expand/quote.ts'
import { bucket } from '../../variables.ts'

export interface CompSpec {
  readonly actions: readonly string[]
  readonly options: ReadonlySet<string>
  readonly glob?: string
  readonly words?: string
  readonly prefix?: string
  readonly suffix?: string
  readonly filter?: string
  readonly command?: string
  readonly function?: string
}

/** The names that specifications not about one command are kept by. */
export const DEFAULT = '_DefaultCmD_'
export const EMPTY = '_EmptycmD_'
export const INITIAL = '_InitialWorD_'

const SPECIAL: Readonly<Record<string, string>> = { [DEFAULT]: '-D', [EMPTY]: '-E', [INITIAL]: '-I' }

export const OPTIONS = [
  'bashdefault',
  'default',
  'dirnames',
  'filenames',
  'noquote',
  'nosort',
  'nospace',
  'plusdirs',
]

/** Actions that have a letter, in the order they are shown. */
export const LETTERS: Readonly<Record<string, string>> = {
  a: 'alias',
  b: 'builtin',
  c: 'command',
  d: 'directory',
  e: 'export',
  f: 'file',
  g: 'group',
  j: 'job',
  k: 'keyword',
  s: 'service',
  u: 'user',
  v: 'variable',
}

const WORDS = [
  'arrayvar',
  'binding',
  'disabled',
  'enabled',
  'function',
  'helptopic',
  'hostname',
  'running',
  'setopt',
  'shopt',
  'signal',
  'stopped',
]

export const ACTIONS = [...Object.values(LETTERS), ...WORDS]

/** The command that makes this specification again. */
export function specText(name: string, it: CompSpec): string {
  const out = ['complete']
  for (const option of OPTIONS) if (it.options.has(option)) out.push('-o', option)
  for (const [letter, action] of Object.entries(LETTERS))
    if (it.actions.includes(action)) out.push(`-${letter}`)
  for (const action of WORDS) if (it.actions.includes(action)) out.push('-A', action)
  const quoted = [
    ['-G', it.glob],
    ['-W', it.words],
    ['-P', it.prefix],
    ['-S', it.suffix],
    ['-X', it.filter],
    ['-C', it.command],
  ] as const
  for (const [letter, value] of quoted) if (value !== undefined) out.push(letter, singleQuote(value))
  if (it.function !== undefined) out.push('-F', it.function)
  const shown = SPECIAL[name] ?? (name.startsWith('-') || name === '' ? name || "''" : name)
  return `${out.join(' ')} ${shown}\n`
}

/** `compopt NAME`: the options a specification has. */
export function optionsText(name: string, it: CompSpec): string {
  const out = OPTIONS.map(option => `${it.options.has(option) ? '-' : '+'}o ${option}`)
  return `compopt ${out.join(' ')} ${SPECIAL[name] ?? name}\n`
}

/** The names in the order of bash's hash table. */
export const inTableOrder = (names: Iterable<string>): string[] => {
  const all = [...names].map((name, i) => ({ name, at: bucket(name) & 511, i }))
  return all.sort((a, b) => a.at - b.at || b.i - a.i).map(it => it.name)
}
