/**
 * hexdump, hd - display file contents in hexadecimal, decimal, octal, or ascii
 * https://man7.org/linux/man-pages/man1/hexdump.1.html
 *
 * Left out: --color, the colours of formats.
 */
import { type Blocking, Errno, O_RDONLY } from '../../abi/index.ts'
import { command, fatal, readFile } from '../lib/command.ts'
import { type Format, fitted, parseFormat } from '../lib/hexdump/format.ts'
import { showBlock, showEnd } from '../lib/hexdump/show.ts'
import { parseNumber, SIZES } from '../lib/numbers.ts'
import { basename } from '../lib/path.ts'

/** The formats that options stand for. */
const PRESETS: Readonly<Record<string, readonly string[]>> = {
  oneByteOctal: ['"%07.7_Ax\n"', '"%07.7_ax " 16/1 "%03o " "\\n"'],
  oneByteHex: ['"%07.7_Ax\n"', '"%07.7_ax " 16/1 "%02x  " "\\n"'],
  oneByteChar: ['"%07.7_Ax\n"', '"%07.7_ax " 16/1 "%3_c " "\\n"'],
  canonical: ['"%08.8_Ax\n"', '"%08.8_ax  " 8/1 "%02x " "  " 8/1 "%02x " ', '"  |" 16/1 "%_p" "|\\n"'],
  twoBytesDecimal: ['"%07.7_Ax\n"', '"%07.7_ax " 8/2 "  %05u " "\\n"'],
  twoBytesOctal: ['"%07.7_Ax\n"', '"%07.7_ax " 8/2 " %06o " "\\n"'],
  twoBytesHex: ['"%07.7_Ax\n"', '"%07.7_ax " 8/2 "   %04x " "\\n"'],
  usual: ['"%07.7_Ax\n"', '"%07.7_ax " 8/2 "%04x " "\\n"'],
}
const CHUNK = 65536

export default command({
  name: 'hexdump',
  suite: 'util-linux',
  summary: 'Display file contents in hexadecimal, decimal, octal, or ascii.',
  usage: 'hexdump [options] <file>...',
  options: {
    oneByteOctal: { short: 'b', help: 'one-byte octal display' },
    oneByteHex: { short: 'X', help: 'one-byte hexadecimal display' },
    oneByteChar: { short: 'c', help: 'one-byte character display' },
    canonical: { short: 'C', help: 'canonical hex+ASCII display' },
    twoBytesDecimal: { short: 'd', help: 'two-byte decimal display' },
    twoBytesOctal: { short: 'o', help: 'two-byte octal display' },
    twoBytesHex: { short: 'x', help: 'two-byte hexadecimal display' },
    color: { short: 'L', value: '[=<mode>]', help: 'interpret color formatting specifiers' },
    format: {
      short: 'e',
      value: ' <format>',
      repeat: true,
      help: 'format string to be used for displaying data',
    },
    formatFile: { short: 'f', value: ' <file>', repeat: true, help: 'file that contains format strings' },
    length: { short: 'n', value: ' <length>', help: 'interpret only length bytes of input' },
    skip: { short: 's', value: ' <offset>', help: 'skip offset bytes from the beginning' },
    noSqueezing: { short: 'v', help: 'output identical lines' },
  },

  *main(sys, flags, args, me) {
    const texts: string[] = basename(me.argv[0] ?? '') === 'hd' ? [...PRESETS['canonical']!] : []
    for (const { key, value } of me.order) {
      if (PRESETS[key]) texts.push(...PRESETS[key])
      else if (key === 'format') texts.push(value)
      else if (key === 'formatFile') texts.push(...(yield* formatsIn(value)))
    }
    const limit = size(flags.length, 'length')
    const skip = size(flags.skip, 'offset') ?? 0
    const { formats, block } = fitted((texts.length ? texts : PRESETS['usual']!).map(parseFormat))
    const end = formats.flatMap(it => it.units).findLast(it => it.atEnd)
    const names = args.length ? [...args] : ['-']
    const wanted = names.length
    let fd: number | undefined
    let failures = 0
    let address = 0

    /** The next bytes of all files; none at the end. */
    function* read(most: number): Blocking<Uint8Array> {
      for (;;) {
        try {
          if (fd === undefined) {
            const name = names.shift()
            if (name === undefined) return new Uint8Array()
            fd = args.length ? yield* sys.open(name, O_RDONLY) : 0
          }
          const bytes = yield* sys.read(fd, most)
          if (bytes.length) return bytes
        } catch (e) {
          if (!(e instanceof Errno)) throw e
          const opened = fd !== undefined
          yield* me.warn(args[wanted - names.length - 1] ?? 'stdin', e)
          if (!opened) failures++
          if (!opened) continue
        }
        if (fd) sys.close(fd!)
        fd = undefined
      }
    }

    let rest = new Uint8Array()
    /** As many bytes as a block has, or fewer at the end. */
    function* take(count: number): Blocking<Uint8Array> {
      while (rest.length < count) {
        const more = yield* read(
          Math.min(CHUNK, Math.max(count - rest.length, (limit ?? CHUNK) + skip - address)),
        )
        if (!more.length) break
        const all = new Uint8Array(rest.length + more.length)
        all.set(rest)
        all.set(more, rest.length)
        rest = all
      }
      const bytes = rest.slice(0, count)
      rest = rest.slice(count)
      return bytes
    }

    while (address < skip) {
      const passed = (yield* take(Math.min(CHUNK, skip - address))).length
      if (!passed) break
      address += passed
    }
    const last = limit === undefined ? Number.POSITIVE_INFINITY : address + limit
    let before: Uint8Array | undefined
    let starred = false
    while (block && address < last) {
      const bytes = yield* take(Math.min(block, last - address))
      if (!bytes.length) break
      yield* sys.burn(bytes.length * 20)
      const same =
        bytes.length === block && before !== undefined && bytes.every((byte, i) => byte === before![i])
      if (same && !flags.noSqueezing) {
        if (!starred) me.out.line('*')
        starred = true
      } else {
        starred = false
        const whole = new Uint8Array(block)
        whole.set(bytes)
        for (const format of formats as readonly Format[])
          me.out.print(showBlock(format, whole, bytes.length, address))
        if (me.out.full) yield* me.out.flush()
      }
      before = bytes
      address += bytes.length
    }
    if (!block || last === 0) yield* take(0)
    if (args.length && failures === wanted) throw fatal('all input file arguments failed')
    if (end && address && limit !== 0) me.out.print(showEnd(end, address))
    return failures ? 1 : 0

    function size(text: string | undefined, what: string): number | undefined {
      if (text === undefined) return undefined
      const it = /^0x[0-9a-f]+$/i.test(text)
        ? { value: Number(text) }
        : /^0[0-7]+$/.test(text)
          ? { value: Number.parseInt(text, 8) }
          : parseNumber(text.replace(/iB$/, ''), SIZES)
      if (!('value' in it)) throw fatal(`failed to parse ${what}: '${text}': Invalid argument`)
      return it.value
    }

    /** A file of formats, one a line; `#` begins a comment. */
    function* formatsIn(name: string): Blocking<string[]> {
      try {
        const text = yield* readFile(sys, name)
        return text.split('\n').filter(line => !/^\s*(?:#|$)/.test(line))
      } catch (e) {
        if (e instanceof Errno) throw fatal(`can't read ${name}`, e)
        throw e
      }
    }
  },
})
