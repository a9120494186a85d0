/** printf and sprintf of awk. mawk: print.c:do_printf(). */
import { type Conversion, formatFloat, formatInteger } from '../printf.ts'
import type { State } from './state.ts'
import { Field, numberText, toNumber, type Value } from './values.ts'

/** What printf and sprintf make of a format and its values. */
export function format(state: State, values: readonly Value[], name: string): string {
  const format = state.str(values[0])
  let used = 1
  let done = ''
  let end = 0
  const next = (): Value => {
    if (used < values.length) return values[used++]
    // What came before the conversion that lacks its argument is printed.
    if (name === 'printf') state.print(state.me.out, done)
    return state.die(`not enough arguments passed to ${name}("${format}")`)
  }
  const convert = (
    all: string,
    flags: string,
    wide: string,
    exact: string | undefined,
    letter: string,
  ): string => {
    if (all === '%%') return '%'
    if (!'diouxXeEfFgGaAcs'.includes(letter) || all === '%') {
      next()
      if (name === 'printf') state.print(state.me.out, done)
      return state.die(`improper conversion(number ${used - 1}) in ${name}("${format}")`)
    }
    const width = wide === '*' ? toNumber(next()) : Number(wide || 0)
    const precision = exact === undefined ? undefined : exact === '*' ? toNumber(next()) : Number(exact || 0)
    const it: Conversion = {
      flags: flags + (width < 0 ? '-' : ''),
      width: Math.abs(width),
      precision,
      letter,
    }
    if (letter === 's') return padded(state.str(next()).slice(0, precision), it)
    if (letter === 'c') {
      const value = next()
      const code = typeof value === 'number' ? value : value instanceof Field ? value.number : undefined
      const char =
        typeof value === 'number' && code !== undefined
          ? String.fromCharCode(code & 255)
          : state.str(value).slice(0, 1)
      return padded(char || '\0', it)
    }
    if ('diouxX'.includes(letter)) {
      const value = toNumber(next())
      if (!Number.isFinite(value)) return padded(numberText(value, '%.6g'), it)
      const whole = BigInt(Math.trunc(value))
      const most = 'di'.includes(letter) ? 2n ** 31n - 1n : 2n ** 32n - 1n
      return formatInteger(
        whole > most
          ? most
          : whole < -most
            ? 'di'.includes(letter)
              ? -most
              : 0n
            : whole < 0n && !'di'.includes(letter)
              ? 0n
              : whole,
        it,
      )
    }
    return 'eEfFgGaA'.includes(letter) ? formatFloat(toNumber(next()), it) : all
  }
  for (const match of format.matchAll(
    /%(?:([-+ #0]*)(\*|\d*)(?:\.(\*|\d*))?(?:hh|ll|[hlL])?([a-zA-Z%]))?/g,
  )) {
    done += format.slice(end, match.index)
    end = match.index + match[0].length
    done += convert(match[0], match[1] ?? '', match[2] ?? '', match[3], match[4] ?? '')
  }
  return done + format.slice(end)
}

function padded(text: string, it: Conversion): string {
  return it.flags.includes('-') ? text.padEnd(it.width) : text.padStart(it.width)
}
