/**
 * Random numbers from a stream of bytes, wasting as little of it as gnulib does, so that the same --random-source gives
 * the same choice. Linux: gnulib randread.c, randint.c.
 */
import { type Blocking, Errno, O_RDONLY, type Sys } from '../../abi/index.ts'
import { fatal, readAll } from './command.ts'
import { quote, quotef } from './quote.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** Letters for the name of a temporary file. Linux: gnulib tempname.c. */
export const randomLetters = (sys: Sys, count: number): string =>
  [...sys.getrandom(count)].map(byte => LETTERS[byte % LETTERS.length]).join('')

/** Gives so many random bytes. */
export type RandomBytes = (count: number) => Uint8Array

/** Bytes of the kernel, or of the file of --random-source; whoever takes more than that has dies. */
export function* randomBytes(sys: Sys, source: string | undefined, complaint = ''): Blocking<RandomBytes> {
  if (source === undefined) return count => sys.getrandom(count)
  let fd: number
  try {
    fd = yield* sys.open(source, O_RDONLY)
  } catch (e) {
    throw e instanceof Errno ? fatal(complaint + quotef(source), e) : e
  }
  // What has no end is not read to it.
  const all = source.startsWith('/dev/') ? yield* sys.read(fd, 65536) : yield* readAll(sys, fd)
  sys.close(fd)
  let at = 0
  return count => {
    if (at + count > all.length) throw fatal(`${quote(source)}: end of file`)
    at += count
    return all.subarray(at - count, at)
  }
}

/** Chooses numbers. What a choice leaves over of its randomness serves the next one. */
export class Choice {
  readonly #bytes: RandomBytes
  /** A number that is equally likely to be anything from 0 to `max`. */
  #left = 0n
  #max = 0n

  constructor(bytes: RandomBytes) {
    this.#bytes = bytes
  }

  /** A number below `count`. */
  below(count: number): number {
    const choices = BigInt(count)
    for (;;) {
      this.#fill(choices - 1n)
      const surplus = (this.#max - (choices - 1n)) % choices
      const usable = this.#max - surplus
      const left = this.#left
      if (left <= usable) {
        this.#max = (this.#max - (choices - 1n)) / choices
        this.#left = left / choices
        return Number(left % choices)
      }
      this.#left = left - usable - 1n
      this.#max = surplus - 1n
    }
  }

  #fill(most: bigint): void {
    let count = 0
    for (let max = this.#max; max < most; count++) max = max * 256n + 255n
    if (!count) return
    for (const byte of this.#bytes(count)) {
      this.#left = this.#left * 256n + BigInt(byte)
      this.#max = this.#max * 256n + 255n
    }
  }

  /** The first `wanted` of a permutation of the numbers below `count`. */
  permutation(count: number, wanted: number): number[] {
    const numbers = Array.from({ length: count }, (_, i) => i)
    for (let i = 0; i < wanted; i++) {
      const j = i + this.below(count - i)
      ;[numbers[i], numbers[j]] = [numbers[j]!, numbers[i]!]
    }
    return numbers.slice(0, wanted)
  }
}
