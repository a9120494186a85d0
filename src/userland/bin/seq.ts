/**
 * seq - print a sequence of numbers
 * https://www.gnu.org/software/coreutils/manual/html_node/seq-invocation.html
 */
import type { Blocking } from '../../abi/index.ts'
import { command, fatal, usage } from '../lib/command.ts'
import { type Conversion, fixed, formatFloat } from '../lib/printf.ts'
import { quote } from '../lib/quote.ts'

const NUMBER =
  /^\s*[-+]?(0[xX][0-9a-fA-F]+\.?[0-9a-fA-F]*(?:[pP][-+]?\d+)?|(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?|inf|infinity)$/i

export default command({
  name: 'seq',
  summary: 'Print numbers from FIRST to LAST, in steps of INCREMENT.',
  usage: ['seq [OPTION]... LAST', 'seq [OPTION]... FIRST LAST', 'seq [OPTION]... FIRST INCREMENT LAST'],
  authors: 'Ulrich Drepper',
  options: {
    format: { short: 'f', value: '=FORMAT', help: 'use printf style floating-point FORMAT' },
    separator: { short: 's', value: '=STRING', help: 'use STRING to separate numbers (default: \\n)' },
    equalWidth: { short: 'w', help: 'equalize width by padding with leading zeroes' },
  },
  stopAtOperand: true,
  // Negative numbers are operands, not options.
  obsolete(args) {
    const at = args.findIndex(
      (arg, i) => /^-[.\d]/.test(arg) && !/^(-f|-s|--format|--separator)$/.test(args[i - 1] ?? ''),
    )
    const before = args.slice(0, Math.max(0, at))
    const operand = before.some(
      (arg, i) => !arg.startsWith('-') && !/^(-f|-s|--format|--separator)$/.test(args[i - 1] ?? ''),
    )
    return at < 0 || operand || before.includes('--') ? args : [...args.slice(0, at), '--', ...args.slice(at)]
  },

  *main(sys, flags, args, me) {
    if (!args.length) throw usage('missing operand')
    if (args.length > 3) throw usage(`extra operand ${quote(args[3]!)}`)
    for (const text of args) {
      if (/^\s*[-+]?nan$/i.test(text))
        throw usage(`invalid ${quote('not-a-number')} argument: ${quote(text)}`)
      if (!NUMBER.test(text)) throw usage(`invalid floating point argument: ${quote(text)}`)
    }
    const firstText = args.length > 1 ? args[0]! : '1'
    const stepText = args.length > 2 ? args[1]! : '1'
    const lastText = args.at(-1)!
    const [first, step, last] = [firstText, stepText, lastText].map(valueOf) as [number, number, number]
    if (step === 0) throw usage(`invalid Zero increment value: ${quote(stepText)}`)
    const conversion = flags.format === undefined ? undefined : parseFormat(flags.format)
    if (flags.format !== undefined && flags.equalWidth)
      throw usage('format string may not be specified when printing equal width strings')
    if (!conversion && step === 1 && args.every(arg => /^\d+$/.test(arg)) && BigInt(lastText) >= 2n ** 53n)
      return yield* exactly(firstText, lastText)
    const places = Math.max(placesOf(firstText), placesOf(stepText))
    const width = flags.equalWidth
      ? Math.max(
          widthOf(first, places),
          widthOf(lastNumber(first, step, last), places),
          ...(places
            ? []
            : [firstText, lastText].map(text =>
                /^[-+]?\d+$/.test(text) ? text.replace('+', '').length : 0,
              )),
        )
      : 0
    const show = (value: number): string => {
      if (conversion) return conversion.before + formatFloat(value, conversion.it) + conversion.after
      const text = Number.isFinite(value)
        ? (value < 0 || Object.is(value, -0) ? '-' : '') + fixed(Math.abs(value), places)
        : value < 0
          ? '-inf'
          : 'inf'
      if (!width) return text
      return value < 0 ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0')
    }
    const separator = flags.separator ?? '\n'
    const scale = 10 ** places
    let any = false
    let before = Number.NaN
    for (let i = 0; ; i++) {
      const value =
        i === 0
          ? first
          : Number.isInteger(first * scale)
            ? (Math.round(first * scale) + i * Math.round(step * scale)) / scale
            : first + i * step
      if (step > 0 ? value > last : value < last) break
      // Where a step is lost in rounding, the original's longer numbers soon go on.
      if (i && value === before && Number.isFinite(value)) break
      before = value
      me.out.print(any ? separator + show(value) : show(value))
      any = true
      if (me.out.full) {
        if (me.out.isTty && separator !== '\n' && i % 100) continue
        yield* me.out.flush()
      }
      if (i % 1024 === 1023) yield* sys.burn(1024 * 60)
    }
    if (any) me.out.print('\n')

    /** Whole numbers of any length are counted digit by digit. */
    function* exactly(from: string, to: string): Blocking<void> {
      const end = BigInt(to)
      const wide = flags.equalWidth ? Math.max(String(BigInt(from)).length, String(end).length) : 0
      for (let value = BigInt(from); value <= end; value++) {
        me.out.print(String(value).padStart(wide, '0') + (value < end ? (flags.separator ?? '\n') : '\n'))
        if (me.out.full) yield* me.out.flush()
      }
    }
  },
})

const placesOf = (text: string): number => {
  const match = /^[^.eEx]*(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(text)
  return match ? Math.max(0, (match[1]?.length ?? 0) - Number(match[2] ?? 0)) : 0
}

/** A number as strtold(3) reads it. */
function valueOf(text: string): number {
  const hex = /^\s*([-+]?)0x([0-9a-f]+)\.?([0-9a-f]*)(?:p([-+]?\d+))?$/i.exec(text)
  if (!hex) return /inf/i.test(text) ? (text.includes('-') ? -1 : 1) * Number.POSITIVE_INFINITY : Number(text)
  const [, sign, whole, fraction, power] = hex as unknown as [string, string, string, string, string?]
  const value = Number.parseInt(whole + fraction, 16) * 2 ** (Number(power ?? 0) - 4 * fraction.length)
  return sign === '-' ? -value : value
}

const widthOf = (value: number, places: number): number =>
  (value < 0 ? 1 : 0) + fixed(Math.abs(value), places).length

const lastNumber = (first: number, step: number, last: number): number =>
  (step > 0 ? last < first : last > first) ? first : first + Math.floor((last - first) / step + 1e-9) * step

function parseFormat(format: string): { before: string; it: Conversion; after: string } {
  const match = /^((?:[^%]|%%)*)%([-+ #0']*)(\d*)(?:\.(\d*))?(L?)(.?)((?:[^%]|%%)*)(%?)/s.exec(format)
  if (!match || match[0] === '' || /^([^%]|%%)*$/.test(format))
    throw fatal(`format ${quote(format)} has no % directive`)
  const [, before, flags, width, precision, , letter, after, more] = match as unknown as string[]
  if (!letter) throw fatal(`format ${quote(format)} ends in %`)
  if (!'efgaEFGA'.includes(letter!)) throw fatal(`format ${quote(format)} has unknown %${letter} directive`)
  if (more) throw fatal(`format ${quote(format)} has too many % directives`)
  return {
    before: before!.replaceAll('%%', '%'),
    it: {
      flags: flags!,
      width: Number(width),
      precision: precision === undefined ? undefined : Number(precision),
      letter: letter!,
    },
    after: after!.replaceAll('%%', '%'),
  }
}
