/** The functions of libm that jq hands on. jq: libm.h. */
import { fail, type Json, typeOf } from './value.ts'
import { shown } from './print.ts'

type Apply = (input: Json, ...args: Json[]) => Json

const number = (it: Json): number =>
  typeof it === 'number' ? it : fail(`${typeOf(it)} (${shown(it)}) number required`)

/** Halves go away from zero. */
const round = (it: number): number => Math.sign(it) * Math.round(Math.abs(it))
/** Halves go to the even neighbour. */
const rint = (it: number): number => {
  const floor = Math.floor(it)
  const rest = it - floor
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0)
  return up ? floor + 1 || -0 : floor
}
const power2 = (exponent: number): number => 2 ** exponent

/** The mantissa in [0.5, 1) and the exponent. */
function frexp(it: number): [mantissa: number, exponent: number] {
  if (!it || !Number.isFinite(it)) return [it, 0]
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(it))) + 1)
  let mantissa = it * 2 ** -exponent
  while (Math.abs(mantissa) < 0.5) {
    mantissa *= 2
    exponent--
  }
  while (Math.abs(mantissa) >= 1) {
    mantissa /= 2
    exponent++
  }
  return [mantissa, exponent]
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** Linux: tgamma(3). */
function gamma(it: number): number {
  if (Number.isInteger(it) && it > 0 && it < 24) {
    let product = 1
    for (let i = 2; i < it; i++) product *= i
    return product
  }
  if (it < 0.5) return Math.PI / (Math.sin(Math.PI * it) * gamma(1 - it))
  return Math.exp(lgamma(it))
}

/** Linux: lgamma(3). */
function lgamma(it: number): number {
  if (it < 0.5) return Math.log(Math.abs(Math.PI / Math.sin(Math.PI * it))) - lgamma(1 - it)
  if (Number.isInteger(it) && it < 24) return Math.log(gamma(it))
  const x = it - 1
  const t = x + 7.5
  const sum = LANCZOS.slice(1).reduce((all, factor, i) => all + factor / (x + i + 1), LANCZOS[0]!)
  return 0.5 * Math.log(2 * Math.PI) + (x + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** The next number towards another. */
function nextafter(from: number, to: number): number {
  if (from === to || Number.isNaN(from) || Number.isNaN(to)) return from === to ? to : Number.NaN
  if (!from) return to > 0 ? Number.MIN_VALUE : -Number.MIN_VALUE
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, from)
  view.setBigInt64(0, view.getBigInt64(0) + (from < to === from > 0 ? 1n : -1n))
  return view.getFloat64(0)
}

/** The remainder of the nearest whole quotient. */
const remainder = (x: number, y: number): number => x - rint(x / y) * y

const ONE: Readonly<Record<string, (it: number) => number>> = {
  acos: Math.acos,
  acosh: Math.acosh,
  asin: Math.asin,
  asinh: Math.asinh,
  atan: Math.atan,
  atanh: Math.atanh,
  cbrt: Math.cbrt,
  ceil: Math.ceil,
  cos: Math.cos,
  cosh: Math.cosh,
  exp: Math.exp,
  exp10: it => 10 ** it,
  exp2: power2,
  expm1: Math.expm1,
  fabs: Math.abs,
  floor: Math.floor,
  gamma: lgamma,
  lgamma,
  log: Math.log,
  log10: Math.log10,
  log1p: Math.log1p,
  log2: Math.log2,
  logb: it => (it ? frexp(it)[1] - 1 : -Number.POSITIVE_INFINITY),
  nearbyint: rint,
  pow10: it => 10 ** it,
  rint,
  round,
  significand: it => (it ? frexp(it)[0] * 2 : it),
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  tan: Math.tan,
  tanh: Math.tanh,
  tgamma: gamma,
  trunc: Math.trunc,
}

const TWO: Readonly<Record<string, (x: number, y: number) => number>> = {
  atan2: Math.atan2,
  copysign: (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
  drem: remainder,
  fdim: (x, y) => Math.max(0, x - y),
  fmax: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.max(x, y)),
  fmin: (x, y) => (Number.isNaN(x) ? y : Number.isNaN(y) ? x : Math.min(x, y)),
  fmod: (x, y) => x % y,
  hypot: Math.hypot,
  ldexp: (x, y) => x * power2(y),
  nextafter,
  nexttoward: nextafter,
  pow: (x, y) => (x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY) ? 1 : x ** y),
  remainder,
  scalb: (x, y) => x * power2(y),
  scalbln: (x, y) => x * power2(y),
}

/** Every function under its name and number of arguments. */
export const MATH: ReadonlyMap<string, (input: Json, ...args: Json[]) => Json> = new Map([
  ...Object.entries(ONE).map(([name, f]) => [`${name}/0`, it => f(number(it))] as [string, Apply]),
  ...Object.entries(TWO).map(
    ([name, f]) => [`${name}/2`, (_, x, y) => f(number(x!), number(y!))] as [string, Apply],
  ),
  ['fma/3', (_, x, y, z) => number(x!) * number(y!) + number(z!)] as [string, Apply],
  ['frexp/0', it => frexp(number(it))] as [string, Apply],
  ['modf/0', it => [number(it) % 1, Math.trunc(number(it))]] as [string, Apply],
  ['lgamma_r/0', it => [lgamma(number(it)), number(it) < 0 && Math.floor(number(it)) % 2 ? -1 : 1]] as [
    string,
    Apply,
  ],
])
