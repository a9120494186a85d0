/**
 * factor - factor numbers
 * https://www.gnu.org/software/coreutils/manual/html_node/factor-invocation.html
 */
import { type Blocking, decode } from '../../abi/index.ts'
import { command, readAll } from '../lib/command.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'factor',
  summary:
    'Print the prime factors of each specified integer NUMBER.  If none\nare specified on the command line, read them from standard input.',
  usage: ['factor [NUMBER]...', 'factor OPTION'],
  authors: 'Paul Rubin, Torbjorn Granlund, and Niels Moller',
  options: { exponents: { short: 'h', help: 'print repeated factors in form p^e unless e is 1' } },

  *main(sys, flags, args, me) {
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
      const factors: bigint[] = []
      const number = BigInt(word.trim().replace('+', ''))
      yield* primesOf(number, factors)
      const counts = new Map<bigint, number>()
      for (const it of factors) counts.set(it, (counts.get(it) ?? 0) + 1)
      const shown = flags.exponents
        ? [...counts].map(([p, e]) => (e > 1 ? `${p}^${e}` : String(p)))
        : factors.map(String)
      me.out.line(`${number}:${shown.map(it => ` ${it}`).join('')}`)
      if (me.out.full) yield* me.out.flush()
    }
    return status

    /** Trial division, paid for in CPU time. */
    function* primesOf(number: bigint, factors: bigint[]): Blocking<void> {
      if (number < 2n) return
      let steps = 0
      let rest = number
      if (rest <= BigInt(Number.MAX_SAFE_INTEGER)) {
        let small = Number(rest)
        for (let p = 2; p * p <= small; p += p === 2 ? 1 : 2) {
          while (small % p === 0) {
            factors.push(BigInt(p))
            small /= p
          }
          if (++steps % 100_000 === 0) yield* sys.burn(100_000 * 2)
        }
        if (small > 1) factors.push(BigInt(small))
        return
      }
      for (let p = 2n; p * p <= rest; p += p === 2n ? 1n : 2n) {
        while (rest % p === 0n) {
          factors.push(p)
          rest /= p
        }
        if (rest <= BigInt(Number.MAX_SAFE_INTEGER)) break
        if (++steps % 20_000 === 0) yield* sys.burn(20_000 * 20)
      }
      if (rest < number) yield* primesOf(rest, factors)
      else factors.push(rest)
    }
  },
})
