/** What the words of why(1) are made of. A rule that a dictionary forgets is an error of the compiler. */
import {
  O_ACCMODE,
  O_WRONLY,
  type Refusal,
  type RefusalOf,
  type Rule,
  type Rules,
  signalName,
} from '../../../abi/index.ts'
import { capName as lowerName } from '../capabilities.ts'

/** The rule as the kernel has it, what made it apply here, and what one can do. */
export type Explanation = readonly [rule: string, state: string, advice?: string | undefined]

export type Dictionary = {
  readonly [R in Rule]: (facts: Rules[R], refusal: RefusalOf<R>) => Explanation
}
/** A file of a dictionary; index.ts puts them together. */
export type Part = Partial<Dictionary>

/** What is not about one rule. */
export interface Phrases {
  /** Headings. */
  readonly rule: string
  readonly here: string
  readonly advice: string
  /** No call failed: something befell the task. */
  readonly befell: string
  readonly nothing: string
  /** … but to earlier commands. */
  readonly earlier: string
  readonly badPid: (text: string) => string
  readonly noProcess: (pid: string) => string
  readonly notAllowed: (pid: string) => string
}

export const capName = (cap: number): string => lowerName(cap).toUpperCase()
export const signal = (number: number): string => signalName(number) ?? `${number}`
export const octal = (mode: number): string => (mode & 0o7777).toString(8).padStart(4, '0')
/** `-rw-r-----` without the type. */
export const bits = (mode: number): string =>
  [6, 3, 0].map(at => ['r', 'w', 'x'].map((c, i) => ((mode >> at) & (4 >> i) ? c : '-')).join('')).join('')
/** The three bits of the class that decided. */
export const classBits = (mode: number, decides: string): string =>
  bits(mode)
    .slice(decides === 'owner' ? 0 : decides === 'other' ? 6 : 3)
    .slice(0, 3)

const UNITS = ['', ' KiB', ' MiB', ' GiB', ' TiB']
export function bytes(count: number): string {
  if (!Number.isFinite(count)) return '∞'
  let unit = 0
  for (; count >= 1024 && unit < UNITS.length - 1; unit++) count /= 1024
  return `${Number.isInteger(count) ? count : count.toFixed(1)}${UNITS[unit]}`
}

const FLAGS = [
  [1, 'ro'],
  [2, 'nosuid'],
  [4, 'nodev'],
  [8, 'noexec'],
] as const
/** The names of MS_* bits. */
export const flagNames = (flags: number): string =>
  FLAGS.filter(([bit]) => flags & bit)
    .map(([, name]) => name)
    .join(', ')

/** A shell that opens a file for writing. */
export const isRedirection = ({ call, comm, args }: Pick<Refusal, 'call' | 'comm' | 'args'>): boolean =>
  call === 'open' && /^-?(ba|da)?sh$/.test(comm) && (Number(args[1]) & O_ACCMODE) === O_WRONLY

/** The overflow id: one that the user namespace has no number for. */
export const NOBODY = 65534
