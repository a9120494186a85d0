/** A jq program from its text to something that runs. */
import { type Host, natives } from './builtins.ts'
import type { Unit } from './code.ts'
import { compile } from './compile.ts'
import { definitions } from './definitions.ts'
import { GRAMMAR, type Program } from './grammar.ts'
import { makeTables, parseTokens, type Span, type Tables } from './lalr.ts'
import { lexer } from './lex.ts'
import type { Definition, Tree } from './tree.ts'
import type { Json, JsonObject } from './value.ts'

let tables: Tables | undefined

/** Parse a program; `complain` hears of every mistake with the line that has it. */
function parse(source: string, complain: (message: string, at: Span) => void): Program | undefined {
  tables ??= makeTables(GRAMMAR)
  return parseTokens(tables, lexer(source, complain), (message, at) =>
    complain(message.startsWith('syntax') ? `${message} (Unix shell quoting issues?)` : message, at),
  ) as Program | undefined
}

/** The functions that a text of nothing else defines. */
function library(source: string): Definition[] {
  const found: Definition[] = []
  const program = parse(`${source}.`, message => {
    throw new Error(message)
  })
  for (let it: Tree = program!.filter; it.t === 'define'; it = it.rest) found.push(it.definition)
  return found
}

/** A program that was understood, or jq's messages about why it was not. */
export function compileProgram(
  source: string,
  host: Host,
  env: JsonObject,
  named: JsonObject,
): { readonly unit: Unit } | { readonly messages: readonly string[] } {
  const messages: string[] = []
  const complain = (message: string, at: Span): void => {
    messages.push(`jq: error: ${message} at <top-level>, ${placed(source, at)}\n`)
  }
  const program = parse(source, complain)
  if (!program || messages.length) return { messages: [...messages, summary(messages.length)] }
  if (program.imports.length)
    return { messages: [`jq: error: module not found: ${program.imports[0]!}\n\n`, summary(1)] }
  const variables = new Map<string, Json>([...named, ['ENV', env]])
  const unit = compile(
    program.filter,
    {
      natives: natives(host, env),
      definition: id => definitions(library).get(id),
      variables,
      lineOf: offset => source.slice(0, offset).split('\n').length,
    },
    complain,
  )
  return messages.length ? { messages: [...messages, summary(messages.length)] } : { unit }
}

const summary = (count: number): string => `jq: ${count} compile error${count > 1 ? 's' : ''}\n`

/** The line of a place, and blanks as wide as what stands before it. */
function placed(source: string, { start }: Span): string {
  const before = source.slice(0, start).split('\n')
  const line = source.split('\n')[before.length - 1]!
  const column = new TextEncoder().encode(before.at(-1)).length
  return `line ${before.length}:\n${line}${' '.repeat(column)}`
}
