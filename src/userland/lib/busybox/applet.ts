/**
 * What an applet is made of that is a program of busybox's own: its options are those of its synopsis.
 * Linux: busybox libbb/getopt32.c.
 */
import type { Blocking, Program, Sys } from '../../../abi/index.ts'
import { command, type Process, usage } from '../command.ts'
import { getopt, type Option, type Options, type Parsed } from '../getopt.ts'
import { SYNOPSES } from './synopses.ts'

/** The options that were given, by letter or `--name`: their values, or true. */
export type Letters = Readonly<Record<string, string | boolean | undefined>>

/** A program under the name of an applet. */
export const applet = (
  name: string,
  main: (sys: Sys, given: Letters, args: readonly string[], me: Process) => Blocking<number>,
): Program =>
  command({
    name,
    summary: SYNOPSES[name]?.about ?? name,
    usage: name,
    raw: true,
    *main(sys, _flags, words, me) {
      if (SYNOPSES[name]?.options === undefined) return yield* main(sys, {}, words, me)
      const { flags, args } = parseLetters(name, words)
      return yield* main(sys, flags as Letters, args, me)
    },
  })

/** What to throw to answer with the synopsis. */
export const synopsis = (): unknown => usage('')

/** An optional value as text. */
export const textOf = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

/** An applet's words taken apart as its synopsis says. Throws GetoptError. */
export function parseLetters(name: string, words: readonly string[]): Parsed<Options> {
  const { options = '', long = '' } = SYNOPSES[name] ?? {}
  return getopt(lettersOf(options, long), words, { stopAtOperand: options.startsWith('+') })
}

const known = new Map<string, Options>()

/** getopt(3)'s letters, and names of more than one letter: `name` or `name=` for one with a value. */
function lettersOf(letters: string, long: string): Options {
  const key = `${letters} ${long}`
  const found = known.get(key)
  if (found) return found
  const valued = (colons: string): Option =>
    colons ? { value: colons === '::' || colons === '[=' ? '[n]' : '<n>' } : {}
  const options: Record<string, Option> = {}
  for (const [, letter = '', colons = ''] of letters.matchAll(/([^:+])(:*)/g))
    options[letter] = { ...valued(colons), short: letter, long: '' }
  for (const [, name = '', equals = ''] of long.matchAll(/([\w-]+)(\[?=?)/g))
    options[`--${name}`] = { ...valued(equals), long: name, short: '' }
  known.set(key, options)
  return options
}
