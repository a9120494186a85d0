/** complete, compgen and compopt. Bash: builtins/complete.def. */
import type { Blocking } from '../../abi/index.ts'
import {
  ACTIONS,
  DEFAULT,
  EMPTY,
  INITIAL,
  LETTERS,
  OPTIONS,
  inTableOrder,
  optionsText,
  specText,
  type CompSpec,
} from '../readline/completion/compspec.ts'
import { generate, NOWHERE } from '../readline/completion/generate.ts'
import { fileMatches } from '../readline/completion/files.ts'
import { listed } from '../readline/completion/actions.ts'
import { Complaint, type Shell } from '../shell.ts'
import { output } from './echo.ts'
import { invalidOption, usage, usageOnly } from './options.ts'

const VALUES: Readonly<
  Record<string, 'glob' | 'words' | 'function' | 'command' | 'filter' | 'prefix' | 'suffix'>
> = {
  G: 'glob',
  W: 'words',
  F: 'function',
  C: 'command',
  X: 'filter',
  P: 'prefix',
  S: 'suffix',
}

interface Parsed {
  readonly spec: CompSpec
  /** Whether the options say anything about completions. */
  readonly isSomething: boolean
  readonly flags: ReadonlySet<string>
  readonly rest: readonly string[]
}

/** Bash: build_actions(). `flags` are the letters allowed besides those of specifications. */
function parse(argv: readonly string[], allowed: string): Parsed {
  const name = argv[0]!
  const actions: string[] = []
  const options = new Set<string>()
  const flags = new Set<string>()
  const values: Record<string, string> = {}
  let i = 1
  for (; i < argv.length; i++) {
    const word = argv[i]!
    if (word === '--') {
      i++
      break
    }
    if (word.length < 2 || word[0] !== '-') break
    for (let k = 1; k < word.length; k++) {
      const letter = word[k]!
      if (LETTERS[letter]) actions.push(LETTERS[letter])
      else if (allowed.includes(letter)) flags.add(letter)
      else if (letter === 'o' || letter === 'A' || VALUES[letter]) {
        const value = word.slice(k + 1) || argv[++i]
        if (value === undefined) throw usage(name, `-${letter}: option requires an argument`)
        if (letter === 'A') actions.push(known(ACTIONS, value, 'action'))
        else if (letter === 'o') options.add(known(OPTIONS, value, 'option'))
        else {
          if (letter === 'F' && /[\s;&|<>()$`\\"']/.test(value))
            throw new Complaint(`\`${value}': not a valid identifier`, 2)
          values[VALUES[letter]!] = value
        }
        break
      } else throw invalidOption(name, `-${letter}`)
    }
  }
  const isSomething = actions.length > 0 || options.size > 0 || Object.keys(values).length > 0
  return { spec: { actions, options, ...values }, isSomething, flags, rest: argv.slice(i) }
}

function known(names: readonly string[], value: string, what: string): string {
  if (!names.includes(value)) throw new Complaint(`${value}: invalid ${what} name`, 2)
  return value
}

/** -D, -E and -I stand in the place of names; the first of them counts. */
function specialName(flags: ReadonlySet<string>): string | undefined {
  if (flags.has('D')) return DEFAULT
  if (flags.has('E')) return EMPTY
  return flags.has('I') ? INITIAL : undefined
}

export function* complete(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { spec, isSomething, flags, rest } = parse(argv, 'prDEI')
  const special = specialName(flags)
  const names = special === undefined ? rest : [special]
  if (flags.has('r')) return yield* forget(sh, names, special === undefined)
  if (flags.has('p') || (!names.length && !isSomething)) return yield* show(sh, names)
  if (!names.length) throw usageOnly('complete')
  for (const name of names) sh.completions.set(name, spec)
  return 0
}

function* forget(sh: Shell, names: readonly string[], all: boolean): Blocking<number> {
  if (!names.length && all) sh.completions.clear()
  return yield* each(sh, names, name => {
    sh.completions.delete(name)
    return ''
  })
}

function* show(sh: Shell, names: readonly string[]): Blocking<number> {
  const wanted = names.length ? names : inTableOrder(sh.completions.keys())
  return yield* each(sh, wanted, (name, spec) => specText(name, spec))
}

function* each(
  sh: Shell,
  names: readonly string[],
  act: (name: string, spec: CompSpec) => string,
  who = 'complete',
): Blocking<number> {
  let status = 0
  for (const name of names) {
    const spec = sh.completions.get(name)
    if (spec) yield* output(sh, act(name, spec))
    else {
      yield* sh.complain(`${who}: ${name}: no completion specification`)
      status = 1
    }
  }
  return status
}

/** The matches for a word, one a line. */
export function* compgen(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { spec, isSomething, rest } = parse(argv, '')
  if (!isSomething && !rest.length) return 0
  const word = rest[0] ?? ''
  if (spec.function !== undefined)
    yield* sh.complain('compgen: warning: -F option may not work as you expect')
  if (spec.command !== undefined) yield* sh.complain('compgen: warning: -C option may not work as you expect')
  const found = yield* generate(sh, spec, { command: 'compgen', word, previous: '', situation: NOWHERE })
  const words = found === 'retry' ? [] : found
  if (!words.length && spec.options.has('bashdefault')) words.push(...(yield* bashDefault(sh, word)))
  if (!words.length && spec.options.has('default')) words.push(...(yield* fileMatches(sh, word)))
  if (!isSomething) return 0
  return (yield* output(sh, words.map(it => `${it}\n`).join(''))) || (words.length ? 0 : 1)
}

function* bashDefault(sh: Shell, word: string): Blocking<string[]> {
  const lead = word[0] ?? ''
  const action = { $: 'variable', '~': 'user', '@': 'hostname' }[lead]
  if (!action || word.includes('/')) return []
  return (yield* listed(sh, action, word.slice(1))).map(it => lead + it)
}

/** Options of a specification, or of the completion that is going on. */
export function* compopt(sh: Shell, argv: readonly string[]): Blocking<number> {
  const on: string[] = []
  const off: string[] = []
  const flags = new Set<string>()
  let i = 1
  for (; i < argv.length; i++) {
    const word = argv[i]!
    if (word === '--') {
      i++
      break
    }
    if (!/^[-+]./.test(word)) break
    for (let k = 1; k < word.length; k++) {
      const letter = word[k]!
      if (letter === 'o') {
        const value = word.slice(k + 1) || argv[++i]
        if (value === undefined) throw usage('compopt', `${word[0]}o: option requires an argument`)
        ;(word[0] === '-' ? on : off).push(known(OPTIONS, value, 'option'))
        break
      }
      if (!'DEI'.includes(letter) || word[0] === '+') throw invalidOption('compopt', word[0]! + letter)
      flags.add(letter)
    }
  }
  const special = specialName(flags)
  const names = special === undefined ? argv.slice(i) : [special]
  const changed = (options: ReadonlySet<string>) =>
    new Set([...options, ...on].filter(it => !off.includes(it)))
  if (!names.length) return yield* current(sh, on, off)
  return yield* each(
    sh,
    names,
    (name, spec) => {
      if (!on.length && !off.length) return optionsText(name, spec)
      sh.completions.set(name, { ...spec, options: changed(spec.options) })
      return ''
    },
    'compopt',
  )
}

function* current(sh: Shell, on: readonly string[], off: readonly string[]): Blocking<number> {
  const it = sh.completing
  if (!it) throw new Complaint('not currently executing completion function', 1)
  if (!on.length && !off.length)
    return yield* output(sh, optionsText(it.name, { actions: [], options: it.options }))
  for (const name of on) it.options.add(name)
  for (const name of off) it.options.delete(name)
  return 0
}
