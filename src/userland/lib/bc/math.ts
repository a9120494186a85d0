/**
 * The functions of `bc -l`: sine, cosine, arc tangent, logarithm, exponential and Bessel's.
 * Linux: GNU bc's mathematics library, whose series and intermediate scales these are: where a series is cut off
 * decides the last digits.
 */
import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  isZero,
  length,
  multiply,
  negated,
  ONE,
  pow10,
  power,
  remainder,
  squareRoot,
  subtract,
  TooLong,
  whole,
  ZERO,
} from './number.ts'

/** More digits than this nobody waits for. */
const MOST = 20_000
const TWO = decimal(2)
const HALF = decimal(5, 1)
const FIFTH = decimal(2, 1)

/** A scale, and what is computed with it. */
interface At {
  readonly scale: number
  times(a: Decimal, b: Decimal): Decimal
  over(a: Decimal, b: Decimal): Decimal
}

function at(scale: number): At {
  if (scale > MOST) throw new TooLong()
  return { scale, times: (a, b) => multiply(a, b, scale), over: (a, b) => divide(a, b, scale) }
}

const absolute = (x: Decimal): Decimal => (x.digits < 0n ? negated(x) : x)

/** e(x) */
export function exponential(x: Decimal, scale: number): Decimal {
  let rest = absolute(x)
  const fine = at(Number(whole(add(decimal(6 + scale), multiply(decimal(44, 2), rest, 2)))))
  let halvings = 0
  for (let digits = rest.scale + 1; compare(rest, ONE) > 0; digits++) {
    rest = divide(rest, TWO, digits)
    halvings++
  }
  let sum = add(ONE, rest)
  let [dividend, divisor] = [rest, ONE]
  for (let i = 2; ; i++) {
    dividend = fine.times(dividend, rest)
    divisor = fine.times(divisor, decimal(i))
    const term = fine.over(dividend, divisor)
    if (isZero(term)) break
    sum = add(sum, term)
  }
  for (; halvings > 0; halvings--) sum = fine.times(sum, sum)
  return x.digits < 0n ? divide(ONE, sum, scale) : divide(sum, ONE, scale)
}

/** l(x); for what has no logarithm the largest negative number of that many digits. */
export function logarithm(x: Decimal, scale: number): Decimal {
  if (x.digits <= 0n) return divide(decimal(1n - pow10(scale)), ONE, scale)
  const fine = at(scale + 6)
  let factor = TWO
  let rest = x
  for (; compare(rest, TWO) >= 0; factor = fine.times(factor, TWO)) rest = squareRoot(rest, fine.scale)
  for (; compare(rest, HALF) <= 0; factor = fine.times(factor, TWO)) rest = squareRoot(rest, fine.scale)
  let odd = fine.over(subtract(rest, ONE), add(rest, ONE))
  const square = fine.times(odd, odd)
  let sum = odd
  for (let i = 3; ; i += 2) {
    odd = fine.times(odd, square)
    const term = fine.over(odd, decimal(i))
    if (isZero(term)) return divide(fine.times(factor, sum), ONE, scale)
    sum = add(sum, term)
  }
}

/** s(x) */
export function sine(x: Decimal, scale: number): Decimal {
  const quarter = arcTangent(ONE, Math.trunc((11 * scale) / 10) + 2)
  let rest = absolute(x)
  const turns = divide(add(divide(rest, quarter, 0), TWO), decimal(4), 0)
  rest = subtract(rest, multiply(multiply(decimal(4), turns, 0), quarter, 0))
  if (whole(turns) % 2n) rest = negated(rest)
  const fine = at(scale + 2)
  const square = negated(fine.times(rest, rest))
  let [sum, term] = [rest, rest]
  for (let i = 3; ; i += 2) {
    term = fine.times(term, fine.over(square, decimal(i * (i - 1))))
    if (isZero(term)) return divide(x.digits < 0n ? negated(sum) : sum, ONE, scale)
    sum = add(sum, term)
  }
}

/** c(x) */
export function cosine(x: Decimal, scale: number): Decimal {
  const fine = Math.trunc((scale * 12) / 10)
  const shifted = add(x, multiply(arcTangent(ONE, fine), TWO, fine))
  return divide(sine(shifted, fine), ONE, scale)
}

const QUARTER_OF_PI = 785398163397448309615660845819875721049292349843776455243736n
const ATAN_OF_FIFTH = 197395559849880758370049765194790293447585103787852101517688n
/** What is looked up: with so many digits up to that scale. */
const KNOWN = [
  [25, 25],
  [40, 40],
  [60, 60],
] as const

function lookUp(digits: bigint, scale: number): Decimal | undefined {
  const known = KNOWN.find(([upTo]) => scale <= upTo)
  return known && divide(decimal(digits / pow10(60 - known[1]), known[1]), ONE, scale)
}

/** a(x) */
export function arcTangent(x: Decimal, scale: number): Decimal {
  const sign = x.digits < 0n ? decimal(-1) : ONE
  let rest = absolute(x)
  const known =
    compare(rest, ONE) === 0
      ? lookUp(QUARTER_OF_PI, scale)
      : compare(rest, FIFTH) === 0
        ? lookUp(ATAN_OF_FIFTH, scale)
        : undefined
  if (known) return x.digits < 0n ? negated(known) : known
  const ofFifth = compare(rest, FIFTH) > 0 ? arcTangent(FIFTH, scale + 5) : ZERO
  const fine = at(scale + 3)
  let steps = 0
  for (; compare(rest, FIFTH) > 0; steps++)
    rest = fine.over(subtract(rest, FIFTH), add(ONE, fine.times(rest, FIFTH)))
  let [odd, sum] = [rest, rest]
  const square = negated(fine.times(rest, rest))
  for (let i = 3; ; i += 2) {
    odd = fine.times(odd, square)
    const term = fine.over(odd, decimal(i))
    if (isZero(term)) return divide(add(multiply(decimal(steps), ofFifth, scale), sum), sign, scale)
    sum = add(sum, term)
  }
}

/** j(n, x), of whole order. */
export function bessel(n: Decimal, x: Decimal, scale: number): Decimal {
  let order = whole(n)
  const isOdd = order < 0n && remainder(decimal(-order), TWO, 0).digits === 1n
  if (order < 0n) order = -order
  if (order > 5000n) throw new TooLong()
  let factorial = 1n
  for (let i = 2n; i <= order; i++) factorial *= i
  const first = at(Math.trunc((15 * scale) / 10))
  const powers = first.over(power(x, order, first.scale), power(TWO, order, first.scale))
  const factor = first.over(powers, decimal(factorial))
  const square = first.over(negated(first.times(x, x)), decimal(4))
  const fine = at(first.scale + length(factor) - factor.scale)
  let [sum, term] = [ONE, ONE]
  for (let i = 1n; ; i++) {
    term = fine.over(fine.over(fine.times(term, square), decimal(i)), decimal(order + i))
    if (isZero(term)) break
    sum = add(sum, term)
  }
  const signed = isOdd ? negated(factor) : factor
  return divide(multiply(signed, sum, scale), ONE, scale)
}
