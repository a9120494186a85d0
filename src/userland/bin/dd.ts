/**
 * dd - convert and copy a file
 * https://www.gnu.org/software/coreutils/manual/html_node/dd-invocation.html
 *
 * Left out: EBCDIC, cache flags (accepted).
 */
import {
  type Blocking,
  Errno,
  isReg,
  O_APPEND,
  O_CREAT,
  O_DIRECT,
  O_DIRECTORY,
  O_DSYNC,
  O_EXCL,
  O_NOATIME,
  O_NOCTTY,
  O_NOFOLLOW,
  O_NONBLOCK,
  O_RDONLY,
  O_SYNC,
  O_TRUNC,
  O_WRONLY,
  SEEK_CUR,
  SA_RESTART,
  SIGUSR1,
  type Sys,
} from '../../abi/index.ts'
import { Records } from '../lib/dd-records.ts'
import { command, fatal, usage } from '../lib/command.ts'
import { suffixFactor } from '../lib/numbers.ts'
import { humanAmount } from '../lib/human.ts'
import { formatFloat } from '../lib/printf.ts'
import { quote, quoteaf, quotef } from '../lib/quote.ts'

const CHARACTER_SETS = ['ascii', 'ebcdic', 'ibm']

const CONVERSIONS = new Set([
  'ascii',
  'ebcdic',
  'ibm',
  'block',
  'unblock',
  'lcase',
  'ucase',
  'sparse',
  'swab',
  'sync',
  'excl',
  'nocreat',
  'notrunc',
  'noerror',
  'fdatasync',
  'fsync',
])
const FLAGS: Readonly<Record<string, number>> = {
  append: O_APPEND,
  direct: O_DIRECT,
  directory: O_DIRECTORY,
  dsync: O_DSYNC,
  sync: O_SYNC,
  fullblock: 0,
  nonblock: O_NONBLOCK,
  noatime: O_NOATIME,
  nocache: 0,
  noctty: O_NOCTTY,
  nofollow: O_NOFOLLOW,
  count_bytes: 0,
  skip_bytes: 0,
  seek_bytes: 0,
}

interface Amount {
  readonly number: number
  readonly bytes: boolean
}

interface Settings {
  input: string | undefined
  output: string | undefined
  ibs: number
  obs: number
  cbs: number
  blocks: boolean
  count: Amount | undefined
  skip: Amount
  seek: Amount
  conversions: Set<string>
  iflags: Set<string>
  oflags: Set<string>
  status: string
}

export default command({
  name: 'dd',
  summary: 'Copy a file, converting and formatting according to the operands.',
  usage: ['dd [OPERAND]...', 'dd OPTION'],
  authors: 'Paul Rubin, David MacKenzie, and Stuart Kemp',

  *main(sys, _flags, args, me) {
    const set = parse(args)
    const { conversions: conv } = set
    let input = 0
    let output = 1
    if (set.input !== undefined)
      try {
        input = yield* sys.open(set.input, O_RDONLY | bits(set.iflags))
      } catch (e) {
        throw fatal(`failed to open ${quoteaf(set.input)}`, e)
      }
    const seekBytes = set.seek.bytes ? set.seek.number : set.seek.number * set.obs
    if (set.output !== undefined) {
      const flags =
        O_WRONLY |
        bits(set.oflags) |
        (conv.has('nocreat') ? 0 : O_CREAT) |
        (conv.has('excl') ? O_EXCL : 0) |
        (conv.has('notrunc') || seekBytes ? 0 : O_TRUNC)
      try {
        output = yield* sys.open(set.output, flags, 0o666)
      } catch (e) {
        throw fatal(`failed to open ${quoteaf(set.output)}`, e)
      }
      if (seekBytes && !conv.has('notrunc') && isReg(sys.fstat(output)))
        yield* sys.ftruncate(output, seekBytes)
    }
    const copy = new Copy(sys, set, input, output, me.warn)
    if (set.status === 'progress') copy.progress = true
    sys.sigaction(SIGUSR1, () => copy.askForReport(), SA_RESTART)
    const status = yield* copy.run(set.skip.bytes ? set.skip.number : set.skip.number * set.ibs, seekBytes)
    if (conv.has('fsync') || conv.has('fdatasync')) sys.fsync(output)
    yield* copy.report()
    return status
  },
})

function bits(flags: ReadonlySet<string>): number {
  let all = 0
  for (const it of flags) all |= FLAGS[it] ?? 0
  return all
}

/** A number with factors: `2x1k`, `4M`; a trailing B means bytes. */
function amount(text: string): Amount {
  const bytes = /B$/.test(text) && !/[kKMGTPEZYi]B$/.test(text)
  let number = 1
  for (const part of text.split('x')) {
    const match = /^(\d+)([A-Za-z]*)$/.exec(part)
    const suffix = match?.[2] === 'B' ? '' : match?.[2]
    const factor = match ? suffixFactor(suffix!) : undefined
    if (!match || factor === undefined) throw fatal(`invalid number: ${quote(text)}`)
    number *= Number(match[1]) * Number(factor)
    if (number >= 2 ** 64)
      throw fatal(`invalid number: ${quote(text)}: Value too large for defined data type`)
  }
  return { number, bytes }
}

function parse(args: readonly string[]): Settings {
  const set: Settings = {
    input: undefined,
    output: undefined,
    ibs: 512,
    obs: 512,
    cbs: 0,
    blocks: false,
    count: undefined,
    skip: { number: 0, bytes: false },
    seek: { number: 0, bytes: false },
    conversions: new Set(),
    iflags: new Set(),
    oflags: new Set(),
    status: '',
  }
  const size = (text: string): number => {
    const { number } = amount(text)
    if (!number) throw fatal(`invalid number: ${quote(text)}`)
    return number
  }
  const words = (text: string, known: (word: string) => boolean, what: string): Set<string> => {
    for (const word of text.split(',')) if (!known(word)) throw usage(`invalid ${what}: ${quote(word)}`)
    return new Set(text.split(','))
  }
  for (const arg of args) {
    const [, key, value] = /^(\w+)=(.*)$/s.exec(arg) ?? []
    switch (key === undefined ? '' : key) {
      case 'if':
        set.input = value
        break
      case 'of':
        set.output = value
        break
      case 'bs':
        set.ibs = set.obs = size(value!)
        set.blocks = true
        break
      case 'ibs':
        set.ibs = size(value!)
        break
      case 'obs':
        set.obs = size(value!)
        break
      case 'cbs':
        set.cbs = size(value!)
        break
      case 'count':
        set.count = amount(value!)
        break
      case 'skip':
      case 'iseek':
        set.skip = amount(value!)
        break
      case 'seek':
      case 'oseek':
        set.seek = amount(value!)
        break
      case 'conv':
        set.conversions = words(value!, it => CONVERSIONS.has(it), 'conversion')
        if (set.conversions.has('lcase') && set.conversions.has('ucase'))
          throw fatal('cannot combine lcase and ucase')
        if (CHARACTER_SETS.filter(it => set.conversions.has(it)).length > 1)
          throw fatal('cannot combine any two of {ascii,ebcdic,ibm}')
        break
      case 'iflag':
        set.iflags = words(value!, it => it in FLAGS, 'input flag')
        break
      case 'oflag':
        set.oflags = words(value!, it => it in FLAGS, 'output flag')
        break
      case 'status':
        if (!['none', 'noxfer', 'progress'].includes(value!))
          throw usage(`invalid status level: ${quote(value!)}`)
        set.status = value!
        break
      default:
        throw usage(`unrecognized operand ${quote(arg)}`)
    }
  }
  if (set.count && set.iflags.has('count_bytes')) set.count = { ...set.count, bytes: true }
  if (set.iflags.has('skip_bytes')) set.skip = { ...set.skip, bytes: true }
  if (set.oflags.has('seek_bytes')) set.seek = { ...set.seek, bytes: true }
  return set
}

class Copy {
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
  #held: Uint8Array = new Uint8Array(0)
  #lastShown = 0
  #reportWanted = false
  readonly #records: Records | undefined

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
    const unblocks = set.conversions.has('unblock')
    if (set.cbs && (unblocks || set.conversions.has('block'))) {
      this.#records = new Records(set.cbs, unblocks)
      set.blocks = false
    }
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
      const bytes = converted(block, conv)
      const refused = yield* this.#write(this.#records ? this.#records.convert(bytes) : bytes)
      if (refused) {
        yield* this.#warn(`error writing ${quoteaf(this.#set.output ?? 'standard output')}`, refused)
        return 1
      }
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
      if (refused) {
        yield* this.#warn(`error writing ${quoteaf(this.#set.output ?? 'standard output')}`, refused)
        return 1
      }
    }
    return status
  }

  *#readBlock(size: number): Blocking<Uint8Array> {
    const first = yield* this.#sys.read(this.#input, size)
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
    const { obs, blocks } = this.#set
    if (blocks || (!this.#held.length && block.length === obs)) return yield* this.#writeOut(block)
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

function converted(block: Uint8Array, conv: ReadonlySet<string>): Uint8Array {
  let result = block
  if (conv.has('swab')) {
    result = result.slice()
    for (let i = 0; i + 1 < result.length; i += 2) [result[i], result[i + 1]] = [result[i + 1]!, result[i]!]
  }
  if (conv.has('lcase')) return result.map(byte => (byte >= 65 && byte <= 90 ? byte + 32 : byte))
  if (conv.has('ucase')) return result.map(byte => (byte >= 97 && byte <= 122 ? byte - 32 : byte))
  return result
}
