/** What dd does between its two files. Linux: coreutils dd.c, dd_copy(). */
import { type Blocking, Errno, isReg, refusal, SEEK_CUR, type Sys } from '../../../abi/index.ts'
import { fatal, readFile } from '../command.ts'
import { humanAmount } from '../human.ts'
import { formatFloat } from '../printf.ts'
import { quoteaf, quotef } from '../quote.ts'
import { ASCII_TO_EBCDIC, ASCII_TO_IBM, EBCDIC_TO_ASCII } from './charsets.ts'
import type { Settings } from './operands.ts'
import { Records } from './records.ts'

/** Conversions that need a buffer of their own for the output. */
const GATHERING = ['ascii', 'ebcdic', 'ibm', 'block', 'unblock', 'lcase', 'ucase', 'swab']

/** One run: what was read and written so far. */
/** From which size on a buffer may not be to be had. */
const LARGE = 64 << 20

export class Copy {
  progress = false
  readonly #sys: Sys
  readonly #set: Settings
  readonly #input: number
  readonly #output: number
  readonly #warn: (text: string, errno?: unknown) => Blocking<void>
  readonly #start: number
  #fullIn = 0
  #partialIn = 0
  #fullOut = 0
  #partialOut = 0
  #bytes = 0
  #filled = 0
  #held: Uint8Array = new Uint8Array(0)
  #lastShown = 0
  #reportWanted = false
  readonly #records: Records | undefined
  readonly #encode: Uint8Array | undefined
  /** Whether what is read goes through a second buffer of obs bytes. C_TWOBUFS. */
  readonly #gathers: boolean
  /** conv=sparse: the last that was written was a hole. */
  #endsInHole = false

  constructor(
    sys: Sys,
    set: Settings,
    input: number,
    output: number,
    warn: (text: string, errno?: unknown) => Blocking<void>,
  ) {
    this.#sys = sys
    this.#set = set
    this.#input = input
    this.#output = output
    this.#warn = warn
    this.#start = this.#now()
    const { conversions: conv, cbs } = set
    this.#encode = conv.has('ebcdic') ? ASCII_TO_EBCDIC : conv.has('ibm') ? ASCII_TO_IBM : undefined
    const unblocks = conv.has('unblock') || conv.has('ascii')
    const [newline, space] = [this.#encode?.[10], this.#encode?.[32]]
    if (cbs && (unblocks || conv.has('block') || this.#encode))
      this.#records = new Records(cbs, unblocks, newline, space)
    this.#gathers = !set.blocks || GATHERING.some(it => conv.has(it))
  }

  /** SIGUSR1: print the statistics so far. */
  askForReport(): void {
    this.#reportWanted = true
  }

  #now(): number {
    const it = this.#sys.clock_gettime(1)
    return it.sec + it.nsec / 1e9
  }

  *run(skip: number, seek: number): Blocking<number> {
    const { conversions: conv, count, ibs } = this.#set
    if (skip && !(yield* this.#skip(skip))) return 1
    if (seek && !(yield* this.#seek(seek))) return 1
    let left = count ? (count.bytes ? count.number : count.number * ibs) : Number.POSITIVE_INFINITY
    let blocks = count && !count.bytes ? count.number : Number.POSITIVE_INFINITY
    let status = 0
    if (left > 0 && blocks > 0) {
      yield* this.#allocate('input', ibs)
      if (this.#gathers) yield* this.#allocate('output', this.#set.obs)
    }
    while (left > 0 && blocks > 0) {
      let block: Uint8Array
      try {
        block = yield* this.#readBlock(Math.min(ibs, left))
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* this.#warn(`error reading ${quoteaf(this.#set.input ?? 'standard input')}`, e)
        status = 1
        if (!conv.has('noerror')) break
        blocks--
        continue
      }
      if (!block.length) break
      blocks--
      if (count?.bytes) left -= block.length
      if (block.length === ibs) this.#fullIn++
      else this.#partialIn++
      if (conv.has('sync') && block.length < ibs) {
        const padded = new Uint8Array(ibs)
        padded.set(block)
        block = padded
      }
      const bytes = this.#converted(block)
      const refused = yield* this.#write(this.#records ? this.#records.convert(bytes) : bytes)
      if (refused) return yield* this.#failed(refused)
      if (this.#reportWanted) {
        this.#reportWanted = false
        yield* this.report()
      }
      if (this.progress && this.#now() - this.#lastShown >= 1) {
        this.#lastShown = this.#now()
        if (this.#lastShown - this.#start >= 1) yield* this.#sys.write(2, `\r${this.#summary(true)}`)
      }
    }
    if (this.#records) yield* this.#write(this.#records.end())
    if (this.#held.length) {
      const refused = yield* this.#writeOut(this.#held)
      if (refused) return yield* this.#failed(refused, 'error writing')
    }
    yield* this.#endHole()
    return status
  }

  *#failed(refused: Errno, what = this.#gathers ? 'writing to' : 'error writing'): Blocking<number> {
    yield* this.#warn(`${what} ${quoteaf(this.#set.output ?? 'standard output')}`, refused)
    return 1
  }

  /** A file that ends in a hole gets its length. */
  *#endHole(): Blocking<void> {
    if (!this.#endsInHole) return
    const end = this.#sys.lseek(this.#output, 0, SEEK_CUR)
    const stat = this.#sys.fstat(this.#output)
    if (isReg(stat) && stat.size < end) yield* this.#sys.ftruncate(this.#output, end)
  }

  /** A block in other letters. */
  #converted(block: Uint8Array): Uint8Array {
    const { conversions: conv } = this.#set
    let result = block
    if (conv.has('swab')) {
      result = result.slice()
      for (let i = 0; i + 1 < result.length; i += 2) [result[i], result[i + 1]] = [result[i + 1]!, result[i]!]
    }
    if (conv.has('ascii')) result = result.map(byte => EBCDIC_TO_ASCII[byte]!)
    if (conv.has('lcase')) result = result.map(byte => (byte >= 65 && byte <= 90 ? byte + 32 : byte))
    if (conv.has('ucase')) result = result.map(byte => (byte >= 97 && byte <= 122 ? byte - 32 : byte))
    const encode = this.#encode
    return encode ? result.map(byte => encode[byte]!) : result
  }

  /** Linux: alloc_ibuf(), alloc_obuf(): malloc() refuses what the host could never give. */
  *#allocate(which: 'input' | 'output', size: number): Blocking<void> {
    if (size < LARGE) return
    const total = [...(yield* readFile(this.#sys, '/proc/meminfo')).matchAll(/^(?:Mem|Swap)Total: +(\d+)/gm)]
    if (size <= total.reduce((sum, [, kib]) => sum + Number(kib) * 1024, 0)) return
    const human = humanAmount(size, 1024)
    throw fatal(`memory exhausted by ${which} buffer of size ${size} bytes (${human})`)
  }

  *#readBlock(size: number): Blocking<Uint8Array> {
    const first = yield* this.#sys.read(this.#input, size)
    // The buffer is memory as far as it was ever filled.
    if (first.length > this.#filled) yield* this.#sys.brk((this.#filled = first.length))
    if (!this.#set.iflags.has('fullblock') || !first.length || first.length === size) return first
    const whole = new Uint8Array(size)
    whole.set(first)
    let length = first.length
    while (length < size) {
      const more = yield* this.#sys.read(this.#input, size - length)
      if (!more.length) break
      whole.set(more, length)
      length += more.length
    }
    return whole.subarray(0, length)
  }

  *#skip(bytes: number): Blocking<boolean> {
    const name = this.#set.input ?? 'standard input'
    try {
      const stat = this.#sys.fstat(this.#input)
      this.#sys.lseek(this.#input, bytes, SEEK_CUR)
      if (isReg(stat) && bytes > stat.size)
        yield* this.#warn(`${quotef(name)}: cannot skip to specified offset`)
      return true
    } catch (e) {
      if (!(e instanceof Errno)) throw e
    }
    for (let left = bytes; left > 0; ) {
      const block = yield* this.#sys.read(this.#input, Math.min(left, 65536))
      if (!block.length) {
        yield* this.#warn(`${quotef(name)}: cannot skip to specified offset`)
        break
      }
      left -= block.length
    }
    return true
  }

  *#seek(bytes: number): Blocking<boolean> {
    try {
      this.#sys.lseek(this.#output, bytes, SEEK_CUR)
      return true
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* this.#warn(`${quoteaf(this.#set.output ?? 'standard output')}: cannot seek`, e)
      return false
    }
  }

  /** With bs=, every block is written as it came; otherwise blocks of obs are gathered. */
  *#write(block: Uint8Array): Blocking<Errno | undefined> {
    const { obs } = this.#set
    if (!this.#gathers || (!this.#held.length && block.length === obs)) return yield* this.#writeOut(block)
    const all = new Uint8Array(this.#held.length + block.length)
    all.set(this.#held)
    all.set(block, this.#held.length)
    let at = 0
    for (; all.length - at >= obs; at += obs) {
      const refused = yield* this.#writeOut(all.subarray(at, at + obs))
      if (refused) return refused
    }
    this.#held = all.slice(at)
    return undefined
  }

  *#writeOut(block: Uint8Array): Blocking<Errno | undefined> {
    let written = 0
    this.#endsInHole = this.#set.conversions.has('sparse') && this.#isHole(block)
    if (this.#endsInHole) written = block.length
    try {
      while (written < block.length) written += yield* this.#sys.write(this.#output, block.subarray(written))
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      this.#bytes += written
      if (written) this.#partialOut++
      return e
    }
    this.#bytes += written
    if (written === this.#set.obs) this.#fullOut++
    else this.#partialOut++
    return undefined
  }

  /** conv=sparse: pass over a block of zeros instead of writing it, if the output can. */
  #isHole(block: Uint8Array): boolean {
    if (!block.every(byte => !byte)) return false
    return !refusal(() => this.#sys.lseek(this.#output, block.length, SEEK_CUR))
  }

  #summary(short: boolean): string {
    const seconds = Math.max(0, this.#now() - this.#start)
    const si = humanAmount(this.#bytes, 1000)
    const iec = humanAmount(this.#bytes, 1024)
    const sizes = [...(this.#bytes >= 1000 ? [si] : []), ...(this.#bytes >= 1024 ? [iec] : [])].join(', ')
    const rate = seconds > 0 ? `${humanAmount(this.#bytes / seconds, 1000, true)}/s` : 'Infinity B/s'
    const time = short
      ? String(Math.round(seconds))
      : formatFloat(seconds, { flags: '', width: 0, precision: 6, letter: 'g' })
    return `${this.#bytes} byte${this.#bytes === 1 ? '' : 's'}${sizes ? ` (${sizes})` : ''} copied, ${time} s, ${rate}`
  }

  *report(): Blocking<void> {
    const { status } = this.#set
    if (status === 'none') return
    let text = this.progress && this.#lastShown - this.#start >= 1 ? '\n' : ''
    text += `${this.#fullIn}+${this.#partialIn} records in\n${this.#fullOut}+${this.#partialOut} records out\n`
    const truncated = this.#records?.truncated ?? 0
    if (truncated) text += `${truncated} truncated record${truncated === 1 ? '' : 's'}\n`
    if (status !== 'noxfer') text += `${this.#summary(false)}\n`
    yield* this.#sys.write(2, text)
  }
}
