/** The lists of words that `compgen -A` names. Bash: pcomplete.c:gen_action_completions(). */
import { decode, type Blocking } from '../../../abi/index.ts'
import { builtins, isDisabled } from '../../builtins/index.ts'
import { SHOPTS } from '../../builtins/set.ts'
import { keywords } from '../../builtins/type.ts'
import { SYNOPSES } from '../../builtins/usage.ts'
import { stateOf as stateOfJob } from '../../exec/job-table.ts'
import { stateOf } from '../../exec/simple.ts'
import { readFile } from '../../exec/script.ts'
import { passwd } from '../../expand/tilde.ts'
import { OPTION_LETTERS, type Shell } from '../../shell.ts'
import { byName } from '../../variables.ts'
import { functionNames } from '../function-names.ts'
import { fileMatches, nameMatcher } from './files.ts'
import { entriesOf } from '../paths.ts'
import { signalNames } from './signals.ts'

/** In this order the lists of several actions follow each other. */
const ORDER =
  'alias arrayvar binding builtin disabled enabled export function helptopic hostname job keyword running setopt shopt signal stopped variable command file user group service directory'.split(
    ' ',
  )

type List = (sh: Shell) => Iterable<string> | Blocking<Iterable<string>>

const variables = (sh: Shell, isWanted: (name: string) => boolean): string[] =>
  sh.variables.names().filter(isWanted)

const jobs = (sh: Shell, state?: string): string[] =>
  sh.jobs.list
    .filter(it => state === undefined || stateOfJob(it) === state)
    .map(it => it.text().split(' ')[0]!)

const builtinNames = (): string[] => [...builtins.keys()].sort(byName)

const LISTS: Readonly<Record<string, List>> = {
  alias: sh => [...sh.aliases.keys()].sort(byName),
  arrayvar: sh =>
    variables(sh, it => {
      const value = sh.variables.find(it)!.current()
      return value !== undefined && typeof value !== 'string'
    }),
  binding: () => functionNames,
  builtin: builtinNames,
  disabled: sh => builtinNames().filter(it => sh.disabled.has(it)),
  enabled: sh => builtinNames().filter(it => !sh.disabled.has(it)),
  export: sh => variables(sh, it => sh.variables.find(it)!.exported),
  function: sh => [...sh.functions.keys()].sort(byName),
  helptopic: () => HELP_TOPICS,
  hostname: hostNames,
  job: sh => jobs(sh),
  keyword: sh => keywords(sh),
  running: sh => jobs(sh, 'Running'),
  setopt: () => Object.keys(OPTION_LETTERS),
  shopt: () => SHOPTS,
  signal: () => signalNames,
  stopped: sh => jobs(sh, 'Stopped'),
  variable: sh => variables(sh, () => true),
  user: sh => passwd(sh).map(it => it.name),
  group: sh => firstFields(sh, '/etc/group', ':'),
  service: sh => services(sh),
}

const COMPOUND = 'case coproc for function if select time until while variables'.split(' ')
const HELP_TOPICS = [...new Set([...Object.keys(SYNOPSES), ...COMPOUND])].sort(byName)

function* textOf(sh: Shell, path: string): Blocking<string> {
  try {
    return decode(yield* readFile(sh, path))
  } catch {
    return ''
  }
}

function* firstFields(sh: Shell, path: string, separator: string): Blocking<string[]> {
  const text = yield* textOf(sh, path)
  return text.split('\n').flatMap(it => it.split(separator)[0] || [])
}

function* services(sh: Shell): Blocking<string[]> {
  const text = yield* textOf(sh, '/etc/services')
  return text
    .split('\n')
    .flatMap(it =>
      it
        .replace(/#.*/, '')
        .trim()
        .split(/\s+/)
        .filter((_, i) => i !== 1),
    )
    .filter(Boolean)
}

/** Names (and not addresses) from HOSTFILE or /etc/hosts. */
function* hostNames(sh: Shell): Blocking<string[]> {
  const text = yield* textOf(sh, sh.get('HOSTFILE') || '/etc/hosts')
  const out: string[] = []
  for (const line of text.split('\n')) {
    const words = line.replace(/#.*/, '').trim().split(/\s+/).filter(Boolean)
    out.push(...(/^\d/.test(words[0] ?? '') ? words.slice(1) : words))
  }
  return out
}

/** What the actions give that begins with `word`. */
export function* actionMatches(sh: Shell, actions: readonly string[], word: string): Blocking<string[]> {
  const out: string[] = []
  for (const action of ORDER) {
    if (!actions.includes(action)) continue
    // Only the line editor looks for files behind variables.
    if (/^(file|directory)$/.test(action) && word.includes('$')) continue
    if (action === 'command') out.push(...(yield* commandMatches(sh, word)))
    else if (action === 'file') out.push(...(yield* fileMatches(sh, word)))
    else if (action === 'directory') out.push(...(yield* fileMatches(sh, word, 'directories')))
    else out.push(...(yield* listed(sh, action, word)))
  }
  return out
}

export function* listed(sh: Shell, action: string, word: string): Blocking<string[]> {
  const isMatch = nameMatcher(sh, word)
  const list = LISTS[action]!(sh)
  const names =
    typeof list === 'object' && 'next' in list && !Array.isArray(list)
      ? yield* list as Blocking<Iterable<string>>
      : list
  return [...(names as Iterable<string>)].filter(isMatch)
}

/** Everything that can stand where a command does, PATH in its order. */
export function* commandMatches(sh: Shell, word: string): Blocking<string[]> {
  if (word.includes('/')) return yield* fileMatches(sh, word, 'executables')
  const isMatch = nameMatcher(sh, word)
  const names = [
    ...[...sh.aliases.keys()].sort(byName),
    ...keywords(sh),
    ...[...sh.functions.keys()].sort(byName),
    ...builtinNames().filter(it => !isDisabled(sh, it)),
  ].filter(isMatch)
  for (const directory of (sh.get('PATH') ?? '').split(':')) {
    for (const { name } of yield* entriesOf(sh, directory || '.')) {
      if (name === '.' || name === '..' || !isMatch(name)) continue
      if (stateOf(sh, `${directory || '.'}/${name}`) === 'executable') names.push(name)
    }
  }
  return names
}
