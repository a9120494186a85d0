/** Regular expressions of awk programs, each compiled once. mawk: re_cmpl.c. */
import { fatal } from '../command.ts'
import { compileRegex, RegexError } from '../regex.ts'
import type { Dialect } from './tree.ts'

const regexes = new Map<string, RegExp>()

/** A dynamic or literal regular expression, compiled once. */
export function regexOf(dialect: Dialect, source: string): RegExp {
  const known = `${dialect} ${source}`
  let regex = regexes.get(known)
  if (!regex) {
    if (regexes.size > 500) regexes.clear()
    try {
      regex = compileRegex(
        source.replace(
          /\\([abfrtv"/])/g,
          (_, it: string) =>
            ({ a: '\x07', b: '\b', f: '\f', r: '\r', t: '\t', v: '\v', '"': '"', '/': '/' })[it]!,
        ),
        { extended: true, awk: true, intervals: dialect === 'busybox' },
      )
    } catch (e) {
      if (!(e instanceof RegexError)) throw e
      throw fatal(`regular expression compile failed (${e.message})\n${source}`, undefined, 2)
    }
    regexes.set(known, regex)
  }
  return regex
}
