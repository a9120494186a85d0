/** Numbers on command lines and sizes for people. Linux: gnulib xstrtol.c, xdectoint.c, human.c. */
import { EOVERFLOW, ERANGE } from '../../abi/index.ts'
import { fatal } from './command.ts'
import { quote } from './quote.ts'

const POWERS = 'KMGTPEZY'

/** The factor of a suffix such as `k`, `KB`, `MiB`, `b`; undefined for none. gnulib: xstrtoumax's suffixes. */
export function suffixFactor(suffix: string): bigint | undefined {
  if (!suffix) return 1n
  const match = /^([bBcwkKmMgGtTPEZYR])(iB|B|D)?$/.exec(suffix)
  if (!match) return undefined
  const [, letter, rest] = match as unknown as [string, string, string | undefined]
  if (letter === 'b') return rest ? undefined : 512n
  if (letter === 'c') return rest ? undefined : 1n
  if (letter === 'w') return rest ? undefined : 2n
  if (letter === 'B') return rest ? undefined : 1024n
  const power = BigInt(POWERS.indexOf(letter.toUpperCase()) + 1)
  return (rest === 'B' || rest === 'D' ? 1000n : 1024n) ** power
}

const MAX = 2n ** 64n - 1n

/** Why a number is refused, as errno text: undefined is just `invalid`. */
export type Number_ = { readonly value: number } | { readonly overflow: boolean }

/** A decimal number with an optional suffix out of `suffixes` (letters; '' for none). */
export function parseNumber(text: string, suffixes = ''): Number_ {
  const match = /^\s*([-+]?)(\d*)(.*)$/s.exec(text)!
  const [, sign, digits, suffix] = match as unknown as [string, string, string, string]
  if (!digits && (!suffix || !suffixes.includes(suffix[0]!))) return { overflow: false }
  if (suffix && !suffixes.includes(suffix[0]!)) return { overflow: false }
  const factor = suffixFactor(suffix)
  if (factor === undefined) return { overflow: false }
  const value = BigInt(digits || '1') * factor
  if (value > MAX) return { overflow: true }
  return { value: sign === '-' ? -Number(value) : Number(value) }
}

/** A number between two bounds, else death with `what: ‘text’: reason`. gnulib: xdectoimax. */
export function numberWithin(text: string, what: string, least: number, most: number, suffixes = ''): number {
  const it = parseNumber(text, suffixes)
  if ('value' in it && it.value >= least && it.value <= most) return it.value
  if (!('value' in it) && !it.overflow) throw fatal(`${what}: ${quote(text)}`)
  const isLarge = !('value' in it) || Math.abs(it.value) > 2 ** 30
  throw fatal(`${what}: ${quote(text)}`, isLarge ? EOVERFLOW : ERANGE)
}

/** Usual letters of sizes: head -c, tail, truncate, dd. */
export const SIZES = 'bcwkKmMGTPEZY0'

/** A size in bytes as `4.0K`, rounded up as ls -h, du -h and df -h do. gnulib: human_ceiling. */
export function humanSize(bytes: number, base = 1024): string {
  if (bytes < base) return String(Math.ceil(bytes))
  let power = 0
  let amount = bytes
  while (amount >= base && power < POWERS.length) {
    amount /= base
    power++
  }
  const letter = power === 1 && base === 1000 ? 'k' : POWERS[power - 1]!
  if (amount < 10) {
    const tenths = Math.ceil(amount * 10 - 1e-9)
    if (tenths < 100) return `${Math.floor(tenths / 10)}.${tenths % 10}${letter}`
    return `10${letter}`
  }
  const whole = Math.ceil(amount - 1e-9)
  if (whole < base) return `${whole}${letter}`
  return power < POWERS.length ? `1.0${POWERS[power]}` : `${whole}${letter}`
}

/** What --block-size asks for: units of so many bytes, shown with a letter if it was only a letter, or sizes for people. */
export interface BlockSize {
  readonly block: number
  /** 1024 or 1000 for sizes for people, else 0. */
  readonly human: number
  readonly suffix: string
}

/** The meaning of a --block-size argument; undefined if it has none. gnulib: human_options(). */
export function parseBlockSize(given: string): BlockSize | undefined {
  // A quote asks for groups of digits, which this locale does not have.
  const text = given.replace(/^'/, '')
  if (text && 'human-readable'.startsWith(text)) return { block: 1, human: 1024, suffix: '' }
  if (text === 'si') return { block: 1, human: 1000, suffix: '' }
  const it = parseNumber(text, SIZES)
  if (!('value' in it) || it.value <= 0) return undefined
  const letter = /^([KkMGTPEZY])(iB|B)?$/.exec(text)
  const decimal = letter?.[2] === 'B'
  const name = decimal && letter![1]!.toUpperCase() === 'K' ? 'k' : letter?.[1]?.toUpperCase()
  return {
    block: it.value,
    human: 0,
    suffix: letter ? `${name}${decimal ? 'B' : letter[2] === 'iB' ? 'iB' : ''}` : '',
  }
}

/** The block size of the environment: of $DU_BLOCK_SIZE and the like, $BLOCK_SIZE or $BLOCKSIZE. gnulib: human_options(). */
export function defaultBlockSize(env: ReadonlyMap<string, string>, own: string): BlockSize {
  const text = env.get(own) ?? env.get('BLOCK_SIZE') ?? env.get('BLOCKSIZE')
  const it = text === undefined ? undefined : parseBlockSize(text)
  return it ?? { block: env.has('POSIXLY_CORRECT') ? 512 : 1024, human: 0, suffix: '' }
}
