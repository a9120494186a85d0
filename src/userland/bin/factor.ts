/**
 * factor - factor numbers
 * https://www.gnu.org/software/coreutils/manual/html_node/factor-invocation.html
 */
import { type Blocking, decode, Errno, type Sys } from '../../abi/index.ts'
import { command, readAll } from '../lib/command.ts'
import { primeFactors } from '../lib/primes.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'factor',
  summary:
    'Print the prime factors of each specified integer NUMBER.  If none\nare specified on the command line, read them from standard input.',
  usage: ['factor [NUMBER]...', 'factor OPTION'],
  authors: 'Paul Rubin, Torbjorn Granlund, and Niels Moller',
  *main(sys, _flags, args, me) {
    const words = args.length
      ? args
      : decode(yield* input(sys))
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
      const factors = yield* primeFactors(sys, number)
      me.out.line(`${number}:${factors.map(it => ` ${it}`).join('')}`)
      if (me.out.full) yield* me.out.flush()
    }
    return status
  },
})

/** Standard input; what cannot be read is as good as empty. */
function* input(sys: Sys): Blocking<Uint8Array> {
  try {
    return yield* readAll(sys, 0)
  } catch (e) {
    if (e instanceof Errno) return new Uint8Array(0)
    throw e
  }
}
