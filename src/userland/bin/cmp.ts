/**
 * cmp - compare two files byte by byte
 * https://www.gnu.org/software/diffutils/manual/html_node/Invoking-cmp.html
 */
import { type Blocking, EISDIR, Errno, isDir, type Sys } from '../../abi/index.ts'
import { command, fatal } from '../lib/command.ts'
import { openInput } from '../lib/input.ts'
import { parseNumber, SIZES } from '../lib/numbers.ts'

export default command({
  name: 'cmp',
  summary: 'Compare two files byte by byte.',
  usage: 'cmp [OPTION]... FILE1 [FILE2 [SKIP1 [SKIP2]]]',
  suite: 'diffutils',
  failure: 2,
  wrongUsage: "cmp: Try 'cmp --help' for more information.\n",
  options: {
    printBytes: { short: 'b', help: 'print differing bytes' },
    ignoreInitial: { short: 'i', value: '=SKIP', help: 'skip first SKIP bytes of both inputs' },
    verbose: { short: 'l', help: 'output byte numbers and differing byte values' },
    bytes: { short: 'n', value: '=LIMIT', help: 'compare at most LIMIT bytes' },
    quiet: { short: 's', also: ['silent'], help: 'suppress all normal output' },
  },
  obsolete: given => given.map(it => (it === '-v' ? '--version' : it)),

  *main(sys, flags, args, me) {
    if (!args.length) throw wrong("missing operand after 'cmp'")
    if (args.length > 4) throw wrong(`extra operand '${args[4]}'`)
    const skips = (flags.ignoreInitial ?? '').split(':').filter(Boolean)
    const [initial1, initial2] = skips.map(it => size(it, 'ignore-initial', flags.ignoreInitial!))
    const limit = flags.bytes === undefined ? Number.POSITIVE_INFINITY : size(flags.bytes, 'bytes')
    if (flags.verbose && flags.quiet) throw wrong('options -l and -s are incompatible')
    const skip1 = args[2] === undefined ? (initial1 ?? 0) : size(args[2], 'ignore-initial')
    const skip2 = args[3] === undefined ? (initial2 ?? initial1 ?? 0) : size(args[3], 'ignore-initial')
    const names = [args[0]!, args[1] ?? '-']
    if (names[0] === names[1] && skip1 === skip2) return 0
    const files: Bytes[] = []
    for (const [i, name] of names.entries()) {
      try {
        const fd = yield* openInput(sys, name)
        if (isDir(sys.fstat(fd))) throw EISDIR
        files.push(new Bytes(sys, fd, i ? skip2 : skip1, limit))
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (!flags.quiet) yield* me.warn(name, e)
        return 2
      }
    }
    const [a, b] = files as [Bytes, Bytes]
    const width = String(Math.min(limit, Math.max(a.size, b.size, 0))).length

    let status = 0
    let line = 1
    let last = 0
    for (let at = 1; ; at++) {
      const [x, y] = [yield* a.next(), yield* b.next()]
      if (x === undefined && y === undefined) return status
      if (x === undefined || y === undefined) {
        if (!flags.quiet) yield* ended(x === undefined ? names[0]! : names[1]!, at - 1)
        return 1
      }
      if (x !== y) {
        status = 1
        if (flags.quiet) return 1
        if (!flags.verbose) {
          const bytes = flags.printBytes ? ` is ${octal(x)} ${shown(x)} ${octal(y)} ${shown(y)}` : ''
          me.out.line(`${names[0]} ${names[1]} differ: byte ${at}, line ${line}${bytes}`)
          return 1
        }
        const bytes = flags.printBytes
          ? `${octal(x)} ${shown(x).padEnd(4)} ${octal(y)} ${shown(y)}`
          : `${octal(x)} ${octal(y)}`
        me.out.line(`${String(at).padStart(width)} ${bytes}`)
        if (me.out.full) yield* me.out.flush()
      }
      last = x
      if (x === 10) line++
    }

    /** One file is shorter: where, counting the line that it broke off in. */
    function* ended(name: string, count: number): Blocking<void> {
      const whole = last === 10
      const where = flags.verbose ? '' : `, ${whole ? '' : 'in '}line ${whole ? line - 1 : line}`
      yield* me.warn(`EOF on ${name}${count ? ` after byte ${count}${where}` : ' which is empty'}`)
    }
  },
})

const wrong = (text: string): unknown => fatal(`${text}\ncmp: Try 'cmp --help' for more information.`)

function size(text: string, option: string, whole = text): number {
  const it = parseNumber(text, SIZES)
  if (!('value' in it) || it.value < 0) throw wrong(`invalid --${option} value '${whole}'`)
  return it.value
}

/** A file byte by byte, read no further than it has to be. */
class Bytes {
  readonly #sys: Sys
  readonly #fd: number
  #skip: number
  #left: number
  #bytes: Uint8Array = new Uint8Array()
  #at = 0
  /** How much there is to compare, as far as the file says. */
  readonly size: number

  constructor(sys: Sys, fd: number, skip: number, limit: number) {
    this.#sys = sys
    this.#fd = fd
    this.#skip = skip
    this.#left = limit
    this.size = sys.fstat(fd).size - skip
  }

  *next(): Blocking<number | undefined> {
    if (this.#left <= 0) return undefined
    while (this.#at >= this.#bytes.length) {
      this.#bytes = yield* this.#sys.read(this.#fd, BLOCK)
      if (!this.#bytes.length) return undefined
      yield* this.#sys.burn(this.#bytes.length)
      this.#at = Math.min(this.#skip, this.#bytes.length)
      this.#skip -= this.#at
    }
    this.#left--
    return this.#bytes[this.#at++]!
  }
}

const BLOCK = 65536
const octal = (byte: number): string => byte.toString(8).padStart(3)

function shown(byte: number): string {
  if (byte >= 128) return `M-${shown(byte - 128)}`
  if (byte === 127) return '^?'
  return byte < 32 ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte)
}
