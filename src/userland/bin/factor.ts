/**
 * factor - factor numbers
 * https://www.gnu.org/software/coreutils/manual/html_node/factor-invocation.html
 */
import { decode } from '../../abi/index.ts'
import { command, readAll } from '../lib/command.ts'
import { primeFactors } from '../lib/primes.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'factor',
  summary:
    'Print the prime factors of each specified integer NUMBER.  If none\nare specified on the command line, read them from standard input.',
  usage: ['factor [NUMBER]...', 'factor OPTION'],
  authors: 'Paul Rubin, Torbjorn Granlund, and Niels Moller',
<<<<<<< /work/main/src/userland/bin/factor.ts
=======

>>>>>>> src/userland/bin/factor.ts
  *main(sys, _flags, args, me) {
    const words = args.length
      ? args
      : decode(yield* readAll(sys, 0))
          .split(/\s+/)
          .filter(it => it)
    let status = 0
    for (const word of words) {
      if (!/^\s*\+?\d+$/.test(word)) {
        yield* sys.write(2, `${me.name}: ${quote(word)} is not a valid positive integer\n`)
        status = 1
        continue
      }
      const number = BigInt(word.trim().replace('+', ''))
<<<<<<< /work/main/src/userland/bin/factor.ts
      const factors = yield* primeFactors(sys, number)
=======
      yield* primesOf(number, factors)
>>>>>>> src/userland/bin/factor.ts
      me.out.line(`${number}:${factors.map(it => ` ${it}`).join('')}`)
      if (me.out.full) yield* me.out.flush()
    }
    return status
<<<<<<< /work/main/src/userland/bin/factor.ts
=======

    /** Small primes first, then Pollard's rho, all paid for in CPU time. */
    function* primesOf(number: bigint, factors: bigint[]): Blocking<void> {
      let rest = number
      for (const p of SMALL) while (rest > 1n && rest % p === 0n) rest = divided(rest, p, factors)
      if (rest > 1n) yield* split(rest, factors)
      factors.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    }

    function divided(number: bigint, p: bigint, factors: bigint[]): bigint {
      factors.push(p)
      return number / p
    }

    function* split(number: bigint, factors: bigint[]): Blocking<void> {
      if (isPrime(number)) {
        factors.push(number)
        return
      }
      const part = yield* divisor(number)
      yield* split(part, factors)
      yield* split(number / part, factors)
    }

    /** A divisor of a composite number: Pollard's rho in Brent's form, differences gathered before each gcd. */
    function* divisor(n: bigint): Blocking<bigint> {
      for (let c = 1n; ; c++) {
        let y = 2n
        let x = y
        let back = y
        let product = 1n
        let found = 1n
        for (let r = 1; found === 1n; r *= 2) {
          x = y
          for (let i = 0; i < r; i++) y = (y * y + c) % n
          for (let k = 0; k < r && found === 1n; k += BATCH) {
            back = y
            for (let i = 0; i < Math.min(BATCH, r - k); i++) {
              y = (y * y + c) % n
              product = (product * (x > y ? x - y : y - x)) % n
            }
            found = gcd(product, n)
            yield* sys.burn(BATCH * 100)
          }
        }
        // Several at once: go back one by one.
        if (found === n)
          do {
            back = (back * back + c) % n
            found = gcd(x > back ? x - back : back - x, n)
          } while (found === 1n)
        if (found !== n) return found
      }
    }
>>>>>>> src/userland/bin/factor.ts
  },
})

const BATCH = 128

/** The primes below 5000. */
const SMALL: readonly bigint[] = Array.from({ length: 5000 }, (_, i) => i)
  .filter(
    n =>
      n > 1 && Array.from({ length: Math.floor(Math.sqrt(n)) }, (_, i) => i + 1).every(d => d === 1 || n % d),
  )
  .map(BigInt)

function gcd(a: bigint, b: bigint): bigint {
  while (b) [a, b] = [b, a % b]
  return a
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let e = exponent; e; e >>= 1n) {
    if (e & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/** Miller and Rabin's test with the first primes as bases, which is certain up to 3.3e24. */
function isPrime(n: bigint): boolean {
  let odd = n - 1n
  let twos = 0
  while (!(odd & 1n)) {
    odd >>= 1n
    twos++
  }
  return SMALL.slice(0, 20).every(base => {
    if (n === base) return true
    let x = power(base, odd, n)
    if (x === 1n || x === n - 1n) return true
    for (let i = 1; i < twos; i++) {
      x = (x * x) % n
      if (x === n - 1n) return true
    }
    return false
  })
}
