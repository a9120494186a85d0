/** gzip -l. Linux: gzip.c:do_list(), util.c:display_ratio(). */
import type { Output } from '../output.ts'
import { localtime, strftime, zoneOf } from '../time.ts'
import type { Expanded } from './container.ts'

/** How much was saved, as a percentage. */
export const ratio = (saved: number, of: number): string =>
  `${(of ? (100 * saved) / of : 0).toFixed(1).padStart(5)}%`

export class Listing {
  readonly #out: Output
  readonly #verbose: boolean
  readonly #quiet: boolean
  readonly #zone: ReturnType<typeof zoneOf>
  #files = 0
  #compressed = 0
  #size = 0
  #overhead = 0

  constructor(out: Output, verbose: boolean, quiet: boolean, zone: string | undefined) {
    this.#out = out
    this.#verbose = verbose
    this.#quiet = quiet
    this.#zone = zoneOf(zone)
  }

  /** A file; one without a time in its header shows its own. */
  add(it: Expanded, compressed: number, name: string, mtime: number): void {
    if (!this.#files++ && !this.#quiet)
      this.#out.line(
        `${this.#verbose ? 'method  crc     date  time  ' : ''}         compressed        uncompressed  ratio uncompressed_name`,
      )
    this.#compressed += compressed
    this.#size += it.size
    this.#overhead = it.overhead
    const date = strftime('%b %e %H:%M', localtime({ sec: it.mtime || mtime, nsec: 0 }, this.#zone))
    const crc = it.crc.toString(16).padStart(8, '0')
    this.#row(`defla ${crc} ${date.padStart(11)} `, compressed, it.size, it.overhead, name)
  }

  /** The sums. */
  totals(): void {
    if (!this.#quiet) this.#row(' '.repeat(28), this.#compressed, this.#size, this.#overhead, '(totals)')
  }

  #row(details: string, compressed: number, size: number, overhead: number, name: string): void {
    const sizes = [compressed, size].map(it => String(it).padStart(19)).join(' ')
    const saved = ratio(size - (compressed - overhead), size)
    this.#out.line(`${this.#verbose ? details : ''}${sizes} ${saved} ${name}`)
  }
}
