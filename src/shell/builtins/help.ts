/** help, caller, enable. Bash: builtins/help.def, caller.def, enable.def. */
import { ENOENT, type Blocking } from '../../abi/index.ts'
import { matches } from '../expand/pattern.ts'
import { Complaint, type Shell } from '../shell.ts'
import { output } from './echo.ts'
import { builtins, SPECIAL } from './index.ts'
import { helpText } from '../ash.ts'
import { options, usage } from './options.ts'
import { DESCRIPTIONS, SYNOPSES } from './usage.ts'

const INTRODUCTION = `GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)
These shell commands are defined internally.  Type \`help' to see this list.
Type \`help name' to find out more about the function \`name'.
Use \`info bash' to find out more about the shell in general.
Use \`man -k' or \`info' to find out more about commands not in this list.

A star (*) next to a name means that the command is disabled.

`

export function* help(sh: Shell, argv: readonly string[]): Blocking<number> {
  if (sh.isAsh) return yield* output(sh, helpText())
  const { given, rest } = options(argv, 'dms')
  if (!rest.length) return yield* output(sh, INTRODUCTION + twoColumns(Object.values(SYNOPSES)))
  let status = 1
  for (const pattern of rest) {
    const names = Object.keys(SYNOPSES).filter(
      it => it === pattern || it.startsWith(pattern) || matches(it, pattern),
    )
    for (const name of names.includes(pattern) ? [pattern] : names) {
      status = 0
      if (given.has('d')) yield* output(sh, `${name} - ${DESCRIPTIONS[name]}\n`)
      else if (given.has('s')) yield* output(sh, `${name}: ${SYNOPSES[name]}\n`)
      else yield* output(sh, `${name}: ${SYNOPSES[name]}\n    ${DESCRIPTIONS[name]}\n`)
    }
  }
  if (status)
    throw new Complaint(
      `no help topics match \`${rest.at(-1)}'.  Try \`help help' or \`man -k ${rest.at(-1)}' or \`info ${rest.at(-1)}'.`,
      1,
    )
  return 0
}

function twoColumns(texts: readonly string[]): string {
  const rows = Math.ceil(texts.length / 2)
  const cut = (text: string, width: number) => (text.length > width ? `${text.slice(0, width - 1)}>` : text)
  let out = ''
  for (let i = 0; i < rows; i++) {
    const right = texts[rows + i]
    out += ` ${cut(texts[i]!, 38).padEnd(right === undefined ? 0 : 40)}${right === undefined ? '' : cut(right, 37)}\n`
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
