/**
 * Prime factors of numbers of any size: trial division for the small ones, Pollard's rho as Brent improved it for
 * the rest, Miller and Rabin's test for when to stop. Linux: coreutils factor.c, in the same order of attempts.
 */
import type { Blocking, Sys } from '../../abi/index.ts'

/** CPU time of one step with numbers of more than 53 bits. */
const STEP = 20
const TRIAL_LIMIT = 5000

/** The prime factors in ascending order; none of 0 and 1. */
export function* primeFactors(sys: Sys, number: bigint): Blocking<bigint[]> {
  const factors: bigint[] = []
  let rest = number
  for (let p = 2n; p < TRIAL_LIMIT && p * p <= rest; p += p === 2n ? 1n : 2n)
    for (; rest % p === 0n; rest /= p) factors.push(p)
  yield* sys.burn(TRIAL_LIMIT)
  if (rest > 1n) yield* split(sys, rest, factors)
  return factors.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

function* split(sys: Sys, number: bigint, factors: bigint[]): Blocking<void> {
  if (number < BigInt(TRIAL_LIMIT) ** 2n || isPrime(number)) {
    factors.push(number)
    return
  }
  const divisor = yield* divisorOf(sys, number)
  yield* split(sys, divisor, factors)
  yield* split(sys, number / divisor, factors)
}

/** The first twelve primes decide below 3.3e24; above they leave a doubt that nobody has met. */
const WITNESSES = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n]

function isPrime(number: bigint): boolean {
  let [odd, twos] = [number - 1n, 0]
  for (; odd % 2n === 0n; odd /= 2n) twos++
  return WITNESSES.every(witness => {
    let power = powerModulo(witness, odd, number)
    if (power === 1n) return true
    for (let i = 0; i < twos; i++) {
      if (power === number - 1n) return true
      power = (power * power) % number
    }
    return false
  })
}

function powerModulo(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/** Steps of rho between two looks at the common divisor. */
const BATCH = 128

/** A proper divisor of a composite odd number. */
function* divisorOf(sys: Sys, number: bigint): Blocking<bigint> {
  for (let c = 1n; ; c++) {
    const found = yield* rho(sys, number, c)
    if (found !== number) return found
  }
}

/** Brent's cycle with x² + c: a divisor, or the number itself if this c is of no use. */
function* rho(sys: Sys, number: bigint, c: bigint): Blocking<bigint> {
  const next = (x: bigint): bigint => (x * x + c) % number
  let y = 2n
  for (let length = 1; ; length *= 2) {
    const anchor = y
    for (let i = 0; i < length; i++) y = next(y)
    for (let done = 0; done < length; done += BATCH) {
      const start = y
      let product = 1n
      const steps = Math.min(BATCH, length - done)
      for (let i = 0; i < steps; i++) {
        y = next(y)
        product = (product * (anchor > y ? anchor - y : y - anchor)) % number
      }
      yield* sys.burn(steps * 2 * STEP)
      const common = gcd(product, number)
      if (common === number) return stepwise(number, anchor, start, next)
      if (common > 1n) return common
    }
  }
}

/** The batch that held several divisors once more, one step at a time. */
function stepwise(number: bigint, anchor: bigint, start: bigint, next: (x: bigint) => bigint): bigint {
  for (let y = start; ; ) {
    y = next(y)
    const common = gcd(anchor > y ? anchor - y : y - anchor, number)
    if (common > 1n) return common
  }
}

function gcd(a: bigint, b: bigint): bigint {
  while (b) [a, b] = [b, a % b]
  return a
}
