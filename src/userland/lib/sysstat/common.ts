/**
 * What mpstat and pidstat share: the line they begin with, clocks, colours, intervals, numbers.
 * Linux: sysstat 12.6, common.c, rd_stats.c.
 *
 * Left out: clocks of twelve hours, which other locales have.
 */
import { type Blocking, CLOCK_REALTIME, EINTR, SIGINT, type Sys } from '../../../abi/index.ts'
import type { Process } from '../command.ts'
import { localtime, strftime, zoneOf } from '../time.ts'

export const VERSION = 'sysstat version 12.6.1\n(C) Sebastien Godard (sysstat <at> orange.fr)\n'

/** A refused command line, whatever is wrong with it. */
export class Usage {}

/** The time that stands before a row. */
export function clock(sys: Sys, me: Process, format = '%H:%M:%S'): string {
  return strftime(format, localtime(sys.clock_gettime(CLOCK_REALTIME), zoneOf(me.env.get('TZ'))))
}

/** The date in the header: S_TIME_FORMAT=ISO has it in full. */
export const date = (sys: Sys, me: Process): string =>
  clock(sys, me, me.env.get('S_TIME_FORMAT') === 'ISO' ? '%Y-%m-%d' : '%m/%d/%y')

/** `Linux 6.1 (host)  date  _x86_64_  (2 CPU)`. */
export function banner(sys: Sys, me: Process, cpus: number): string {
  const { sysname, release, nodename, machine } = sys.uname()
  return `${sysname} ${release} (${nodename}) \t${date(sys, me)} \t_${machine}_\t(${cpus} CPU)\n`
}

/** Seconds between samples and how many: none is one report since the boot. */
export interface Rounds {
  readonly interval: number
  readonly count: number
}

/** `[interval [count]]`. */
export function roundsOf(words: readonly string[]): Rounds {
  if (words.length > 2 || words.some(it => !/^\d+$/.test(it))) throw new Usage()
  const [interval = 0, count] = words.map(Number)
  if (count === 0 || (count !== undefined && !interval)) throw new Usage()
  return { interval, count: count ?? (interval ? Number.POSITIVE_INFINITY : 1) }
}

/** Sleep between samples that SIGINT ends, and all the rest with it. */
export class Pause {
  isOver = false
  readonly #sys: Sys

  constructor(sys: Sys) {
    this.#sys = sys
    sys.sigaction(SIGINT, () => {
      this.isOver = true
    })
  }

  *for(seconds: number): Blocking<void> {
    try {
      yield* this.#sys.nanosleep(seconds * 1e9)
    } catch (e) {
      if (e !== EINTR) throw e
    }
  }
}

/** From here on shares are high, and very high. */
const HIGH = 50
const VERY_HIGH = 75

/** Numbers with so many decimals, and colours for a terminal. */
export class Paint {
  readonly decimals: number
  readonly #coloured: boolean

  constructor(sys: Sys, me: Process, decimals: number) {
    this.decimals = decimals
    const wish = me.env.get('S_COLORS')
    this.#coloured = wish === 'always' || (wish !== 'never' && sys.isatty(1))
  }

  #as(code: string, text: string): string {
    return this.#coloured ? `\x1b[${code}m${text}\x1b[0m` : text
  }

  /** What a row is about: a processor, a user, a process. */
  item(text: string): string {
    return this.#as('32;22', text)
  }

  /** A command, which ends its row. */
  command(text: string): string {
    return this.#as('34;1', `  ${text}\n`)
  }

  text(value: string): string {
    return this.#as('34;1', value)
  }

  share(value: number, width: number): string {
    const code = value >= VERY_HIGH ? '31;1' : value >= HIGH ? '35;1' : this.#weight(value)
    return this.#as(code, value.toFixed(this.decimals).padStart(width))
  }

  number(value: number, width: number): string {
    return this.#as(this.#weight(value), value.toFixed(this.decimals).padStart(width))
  }

  whole(value: number, width: number): string {
    return this.#as(this.#weight(value), String(Math.round(value)).padStart(width))
  }

  /** --human: `4.6M`. */
  size(kib: number, width: number): string {
    let amount = kib * 1024
    let unit = 0
    while (amount >= 1024 && unit < 5) {
      amount /= 1024
      unit++
    }
    return this.#as(this.#weight(kib), `${amount.toFixed(1)}${'BkMGTP'[unit]}`.padStart(width))
  }

  #weight(value: number): string {
    return Number(value.toFixed(this.decimals)) === 0 ? '34;22' : '34;1'
  }
}

/** --dec=N. */
export function decimalsOf(word: string): number {
  if (!/^--dec=[012]$/.test(word)) throw new Usage()
  return Number(word.at(-1))
}
