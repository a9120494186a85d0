/** help, caller, enable. Bash: builtins/help.def, caller.def, enable.def. */
import { ENOENT, type Blocking } from '../../abi/index.ts'
import { matches } from '../expand/pattern.ts'
import { Complaint, type Shell } from '../shell.ts'
import { output } from './echo.ts'
import { builtins, SPECIAL } from './index.ts'
import { helpText } from '../ash.ts'
import { options, usage } from './options.ts'
import { DESCRIPTIONS, SYNOPSES } from './usage.ts'

const VERSION = 'GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)'

const INTRODUCTION = `${VERSION}
These shell commands are defined internally.  Type \`help' to see this list.
Type \`help name' to find out more about the function \`name'.
Use \`info bash' to find out more about the shell in general.
Use \`man -k' or \`info' to find out more about commands not in this list.

A star (*) next to a name means that the command is disabled.

`

const LICENSE = `Copyright (C) 2022 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>`

/** How a topic is shown: `-d`, `-s` and `-m` in this order of strength. */
function topicText(name: string, given: ReadonlyMap<string, string>): string {
  const synopsis = SYNOPSES[name]!
  const description = DESCRIPTIONS[name]!
  if (given.has('d')) return `${name} - ${description}\n`
  if (given.has('m')) return manualPage(name, synopsis, description)
  return `${name}: ${synopsis}\n${given.has('s') ? '' : `    ${description}\n`}`
}

const manualPage = (name: string, synopsis: string, description: string): string =>
  [
    `NAME\n    ${name} - ${description}\n`,
    `SYNOPSIS\n    ${synopsis}\n`,
    `DESCRIPTION\n    ${description}\n`,
    'SEE ALSO\n    bash(1)\n',
    `IMPLEMENTATION\n    ${VERSION}\n${LICENSE.replace(/^/gm, '    ')}\n\n`,
  ].join('\n')

/** The topics that a word means: its own, else those it is a pattern or the start of. */
function topics(pattern: string): string[] {
  const names = Object.keys(SYNOPSES)
  if (names.includes(pattern)) return [pattern]
  return names.filter(it => it.startsWith(pattern) || matches(it, pattern))
}

export function* help(sh: Shell, argv: readonly string[]): Blocking<number> {
  if (sh.isAsh) return yield* output(sh, helpText())
  const { given, rest } = options(argv, 'dms')
  if (!rest.length) return yield* output(sh, INTRODUCTION + twoColumns(sh))
  let status = 1
  if (rest.some(it => /[*?]|\[.+\]/.test(it))) {
    const keywords = rest.length > 1 ? 'keywords' : 'keyword'
    yield* output(sh, `Shell commands matching ${keywords} \`${rest.join(', ')}'\n\n`)
  }
  for (const pattern of rest)
    for (const name of topics(pattern)) {
      status = 0
      yield* output(sh, topicText(name, given))
    }
  if (!status) return 0
  const last = rest.at(-1)!
  throw new Complaint(
    `no help topics match \`${last}'.  Try \`help help' or \`man -k ${last}' or \`info ${last}'.`,
    1,
  )
}

/** What `NAME --help` prints. */
export const helpOf = (sh: Shell, name: string): Blocking<number> => output(sh, topicText(name, new Map()))

function twoColumns(sh: Shell): string {
  const texts = Object.entries(SYNOPSES).map(([name, text]) => `${sh.disabled.has(name) ? '*' : ' '}${text}`)
  const rows = Math.ceil(texts.length / 2)
  const cut = (text: string, width: number) => (text.length > width ? `${text.slice(0, width - 1)}>` : text)
  let out = ''
  for (let i = 0; i < rows; i++) {
    const right = texts[rows + i]
    out += `${cut(texts[i]!, 39).padEnd(right === undefined ? 0 : 40)}${right === undefined ? '' : cut(right, 38)}\n`
  }
  return out
}

export function* caller(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { rest } = options(argv, '')
  const [text] = rest
  if (text !== undefined && !/^\s*[-+]?\d+\s*$/.test(text)) throw usage('caller', `${text}: invalid number`)
  const depth = Number(text ?? 0)
  const call = sh.calls.at(-1 - depth)
  if (!sh.calls.length && text === undefined) return yield* output(sh, '0 NULL\n')
  if (!call || depth < 0) return 1
  const outer = sh.calls.at(-2 - depth)
  if (argv[1] !== undefined && !outer && sh.input !== 'file') return 1
  const source = outer?.source || (sh.input === 'file' ? sh.name : 'NULL')
  return yield* output(
    sh,
    argv[1] === undefined ? `${call.line} ${source}\n` : `${call.line} ${outer?.name ?? 'main'} ${source}\n`,
  )
}

export function* enable(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, 'adnpsf:')
  if (!rest.length) {
    const names = [...builtins.keys()]
      .sort()
      .filter(it => !given.has('s') || SPECIAL.has(it) || it === 'source')
    const shown = names.filter(it => given.has('a') || sh.disabled.has(it) === given.has('n'))
    return yield* output(sh, shown.map(it => `enable ${sh.disabled.has(it) ? '-n ' : ''}${it}\n`).join(''))
  }
  let status = 0
  const library = given.get('f')
  for (const name of rest) {
    if (library !== undefined) {
      const cannot = `cannot open shared object ${library}: ${library}: cannot open shared object file`
      yield* sh.complain(`enable: ${cannot}: ${ENOENT.message}`)
      return 1
    }
    if (!builtins.has(name)) {
      yield* sh.complain(`enable: ${name}: not a shell builtin`)
      status = 1
    } else if (given.has('d')) {
      yield* sh.complain(`enable: ${name}: not dynamically loaded`)
      status = 1
    } else if (given.has('n')) sh.disabled.add(name)
    else sh.disabled.delete(name)
  }
  return status
}
