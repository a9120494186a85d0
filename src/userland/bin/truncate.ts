/**
 * truncate - shrink or extend the size of a file to the specified size
 * https://www.gnu.org/software/coreutils/manual/html_node/truncate-invocation.html
 */
import { type Blocking, ENOENT, EOVERFLOW, Errno, O_CREAT, O_NONBLOCK, O_WRONLY } from '../../abi/index.ts'
import { command, fatal, must, usage } from '../lib/command.ts'
import { parseNumber, SIZES } from '../lib/numbers.ts'
import { quote, quoteaf } from '../lib/quote.ts'

export default command({
  name: 'truncate',
  summary: 'Shrink or extend the size of each FILE to the specified size',
  usage: 'truncate OPTION... FILE...',
  authors: 'Padraig Brady',
  options: {
    noCreate: { short: 'c', help: 'do not create any files' },
    ioBlocks: { short: 'o', help: 'treat SIZE as number of IO blocks instead of bytes' },
    reference: { short: 'r', value: '=RFILE', help: 'base size on RFILE' },
    size: { short: 's', value: '=SIZE', help: 'set or adjust the file size by SIZE bytes' },
  },

  *main(sys, flags, args, me) {
    if (flags.size === undefined && flags.reference === undefined)
      throw usage(`you must specify either ${quote('--size')} or ${quote('--reference')}`)
    let mode = ''
    let amount = 0
    if (flags.size !== undefined) {
      const [, relation, number] = /^\s*([<>/%]?)\s*(.*)$/s.exec(flags.size) as unknown as [
        string,
        string,
        string,
      ]
      const sign = /^[-+]?/.exec(number)![0]
      if (relation && sign) throw usage('multiple relative modifiers specified')
      const it = parseNumber(number, SIZES)
      const isHuge = /^[-+]?\d+$/.test(number)
        ? BigInt(number.replace(/^[-+]/, '')) > 2n ** 63n - (number.startsWith('-') ? 0n : 1n)
        : undefined
      if ('overflow' in it ? it.overflow : (isHuge ?? Math.abs(it.value) >= 2 ** 63))
        throw fatal(`Invalid number: ${quote(number)}`, EOVERFLOW)
      if (!('value' in it)) throw fatal(`Invalid number: ${quote(number)}`)
      mode = relation || sign
      amount = Math.abs(it.value)
      if (flags.reference !== undefined && !mode)
        throw usage(`you must specify a relative ${quote('--size')} with ${quote('--reference')}`)
      if ((mode === '/' || mode === '%') && !amount) throw fatal('division by zero')
    }
    if (!args.length) throw usage('missing file operand')
    const base =
      flags.reference === undefined
        ? undefined
        : must(`cannot stat ${quoteaf(flags.reference)}`, () => sys.stat(flags.reference!)).size

    let status = 0
    for (const path of args) if (!(yield* resize(path))) status = 1
    return status

    function* resize(path: string): Blocking<boolean> {
      let fd: number
      try {
        fd = yield* sys.open(path, O_WRONLY | O_NONBLOCK | (flags.noCreate ? 0 : O_CREAT), 0o666)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (flags.noCreate && e === ENOENT) return true
        yield* me.warn(`cannot open ${quoteaf(path)} for writing`, e)
        return false
      }
      const stat = sys.fstat(fd)
      const unit = flags.ioBlocks ? stat.blksize : 1
      const size = target(base ?? stat.size, amount * unit)
      try {
        yield* sys.ftruncate(fd, size)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        sys.close(fd)
        const shown = BigInt(size) < 2n ** 63n ? BigInt(size) : 2n ** 63n - 1n
        yield* me.warn(`failed to truncate ${quoteaf(path)} at ${shown} bytes`, e)
        return false
      }
      sys.close(fd)
      return true
    }

    function target(old: number, size: number): number {
      if (mode === '+') return old + size
      if (mode === '-') return Math.max(0, old - size)
      if (mode === '<') return Math.min(old, size)
      if (mode === '>') return Math.max(old, size)
      if (mode === '/') return Math.floor(old / size) * size
      if (mode === '%') return Math.ceil(old / size) * size
      return flags.size === undefined ? old : Math.max(0, size < 0 ? old + size : size)
    }
  },
})
