/** Options of builtins: single letters, clustered. Bash: builtins/bashgetopt.c. */
import { Complaint } from '../shell.ts'
import { SYNOPSES } from './usage.ts'

export interface Options {
  /** The options given; the value of those that take one. */
  readonly given: ReadonlyMap<string, string>
  readonly rest: readonly string[]
}

/** Parse `argv` by `letters`; `:` after a letter means it takes a value. */
export function options(argv: readonly string[], letters: string, plus = false): Options {
  const given = new Map<string, string>()
  let i = 1
  for (; i < argv.length; i++) {
    const word = argv[i]!
    if (word === '--') return { given, rest: argv.slice(i + 1) }
    if (word.length < 2 || (word[0] !== '-' && !(plus && word[0] === '+'))) break
    for (let k = 1; k < word.length; k++) {
      const letter = word[k]!
      const at = letter === ':' ? -1 : letters.indexOf(letter)
      if (at < 0) throw invalidOption(argv[0]!, word[0]! + letter)
      const key = word[0] === '+' ? `+${letter}` : letter
      if (letters[at + 1] !== ':') given.set(key, '')
      else {
        const value = word.slice(k + 1) || argv[++i]
        if (value === undefined) throw usage(argv[0]!, `-${letter}: option requires an argument`)
        given.set(key, value)
        break
      }
    }
  }
  return { given, rest: argv.slice(i) }
}

export const invalidOption = (name: string, option: string): Complaint =>
  usage(name, `${option}: invalid option`)

/** A complaint that ends with how the builtin is used. */
export const usage = (name: string, message: string): Complaint =>
  new Complaint(`${message}\n${name}: usage: ${SYNOPSES[name] ?? name}`, 2)

/** Only how the builtin is used, as when arguments are missing. */
export const usageOnly = (name: string, status = 2): Complaint =>
  new Complaint(`${name}: usage: ${SYNOPSES[name] ?? name}`, status, '', true)
