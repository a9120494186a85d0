/**
 * Decimal numbers of any length with a scale (digits after the point), as bc and dc compute with them.
 * Linux: GNU bc lib/number.c; "The scale of an expression", POSIX bc.
 */

/** `digits` / 10^`scale`. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

export const ZERO: Decimal = { digits: 0n, scale: 0 }
export const ONE: Decimal = { digits: 1n, scale: 0 }

/** A result of more bits than this is not computed. */
const LIMIT = 1 << 25

/** The number would not fit into memory. */
export class TooLong {}

export const pow10 = (exponent: number): bigint => 10n ** BigInt(exponent)

export const decimal = (value: number | bigint, scale = 0): Decimal => ({ digits: BigInt(value), scale })

/** With exactly that many digits after the point; excess ones are cut off. */
export function rescale({ digits, scale }: Decimal, wanted: number): Decimal {
  if (scale === wanted) return { digits, scale }
  return wanted > scale
    ? { digits: digits * pow10(wanted - scale), scale: wanted }
    : { digits: digits / pow10(scale - wanted), scale: wanted }
}

export const truncated = (it: Decimal, scale: number): Decimal => (it.scale > scale ? rescale(it, scale) : it)
export const whole = (it: Decimal): bigint => rescale(it, 0).digits
export const isZero = (it: Decimal): boolean => it.digits === 0n
export const negated = (it: Decimal): Decimal => ({ digits: -it.digits, scale: it.scale })

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { digits: rescale(a, scale).digits + rescale(b, scale).digits, scale }
}

export const subtract = (a: Decimal, b: Decimal): Decimal => add(a, negated(b))

export function compare(a: Decimal, b: Decimal): number {
  const { digits } = subtract(a, b)
  return digits < 0n ? -1 : digits > 0n ? 1 : 0
}

export function multiply(a: Decimal, b: Decimal, scale: number): Decimal {
  const exact = { digits: a.digits * b.digits, scale: a.scale + b.scale }
  return truncated(exact, Math.max(scale, a.scale, b.scale))
}

/** Needs: b is not zero. */
export const divide = (a: Decimal, b: Decimal, scale: number): Decimal => {
  const shift = scale + b.scale - a.scale
  const digits = shift >= 0 ? (a.digits * pow10(shift)) / b.digits : a.digits / (b.digits * pow10(-shift))
  return { digits, scale }
}

/** What the division to `scale` digits leaves over. Needs: b is not zero. */
export function remainder(a: Decimal, b: Decimal, scale: number): Decimal {
  const quotient = divide(a, b, scale)
  const product = { digits: quotient.digits * b.digits, scale: scale + b.scale }
  return rescale(subtract(a, product), Math.max(a.scale, b.scale + scale))
}

/** base^exponent for a whole exponent. Needs: base is not zero if the exponent is negative. */
export function power(base: Decimal, exponent: bigint, scale: number): Decimal {
  if (exponent === 0n) return ONE
  const times = exponent < 0n ? -exponent : exponent
  const bits = base.digits.toString(16).length * 4
  if (times > LIMIT || (bits > 4 && Number(times) * (bits - 4) > LIMIT)) {
    if (!isZero(base) && !(base.scale === 0 && (base.digits === 1n || base.digits === -1n)))
      throw new TooLong()
    return base.digits < 0n && times % 2n === 0n ? negated(base) : base
  }
  const exact = { digits: base.digits ** times, scale: base.scale * Number(times) }
  if (exponent < 0n) return divide(ONE, exact, scale)
  return truncated(exact, Math.max(scale, base.scale))
}

/** The square root, cut off. Needs: not negative. */
export function squareRoot(it: Decimal, scale: number): Decimal {
  if (isZero(it)) return ZERO
  if (compare(it, ONE) === 0) return ONE
  const digits = Math.max(scale, it.scale)
  return { digits: integerRoot(it.digits * pow10(2 * digits - it.scale)), scale: digits }
}

export function integerRoot(value: bigint): bigint {
  if (value < 2n) return value
  let guess = 1n << BigInt((value.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (guess + value / guess) >> 1n
    if (next >= guess) return guess
    guess = next
  }
}

/** All digits, as length() counts them: a leading zero before the point does not count. */
export function length(it: Decimal): number {
  const text = String(it.digits < 0n ? -it.digits : it.digits)
  return Math.max(text === '0' ? 0 : text.length, it.scale, 1)
}

/** The digits that matter, as busybox and dc count them: zeros behind the point do not, unless there is nothing else. */
export const significant = (it: Decimal): number =>
  isZero(it) ? Math.max(it.scale, 1) : String(it.digits < 0n ? -it.digits : it.digits).length

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/**
 * A constant as it is written, in a base up to 36. Digits too large for the base count as its largest, except in a
 * number of one digit; to busybox (`skipsZeros`) zeros before it make no difference.
 */
export function parse(text: string, base: number, skipsZeros = false): Decimal {
  const [before = '', after = ''] = text.split('.')
  if (base === 10 && !/[A-Z]/.test(text)) return decimal(BigInt(before + after || '0'), after.length)
  const alone = (skipsZeros ? text.replace(/^0+(?=.)/, '') : text).length === 1
  const value = (digits: string): bigint => {
    let sum = 0n
    for (const digit of digits) {
      const it = DIGITS.indexOf(digit)
      sum = sum * BigInt(base) + BigInt(alone ? it : Math.min(it, base - 1))
    }
    return sum
  }
  if (!after) return decimal(value(before))
  const fraction = divide(decimal(value(after)), decimal(BigInt(base) ** BigInt(after.length)), after.length)
  return add(decimal(value(before)), fraction)
}

/** As it is printed in an output base; above 16 each digit is a decimal number after a space. */
export function format(it: Decimal, base = 10, leadingZero = false): string {
  if (isZero(it)) return '0'
  const sign = it.digits < 0n ? '-' : ''
  const positive = it.digits < 0n ? negated(it) : it
  const start = leadingZero ? '0' : ''
  if (base !== 10) return sign + inBase(positive, base, start)
  const text = positive.digits.toString().padStart(it.scale + 1, '0')
  const before = text.slice(0, text.length - it.scale)
  const point = it.scale ? `.${text.slice(text.length - it.scale)}` : ''
  return sign + (before === '0' && point ? start : before) + point
}

function inBase(it: Decimal, base: number, start: string): string {
  const width = String(base - 1).length
  const digit = (value: bigint): string =>
    base <= 16 ? DIGITS[Number(value)]! : String(value).padStart(width, '0')
  const big = BigInt(base)
  const integer = whole(it)
  const digits: string[] = []
  if (base <= 16) digits.push(integer ? integer.toString(base).toUpperCase() : start)
  else for (let rest = integer; rest > 0n; rest /= big) digits.unshift(` ${digit(rest % big)}`)
  if (!it.scale) return digits.join('')
  const unit = pow10(it.scale)
  let fraction = it.digits % unit
  const after: string[] = []
  for (let reached = 1n; reached.toString().length <= it.scale; reached *= big) {
    fraction *= big
    after.push(digit(fraction / unit))
    fraction %= unit
  }
  return `${digits.join('')}.${after.join(base > 16 ? ' ' : '')}`
}
