/**
 * fallocate - preallocate space to a file, or take it away
 * Linux: util-linux sys-utils/fallocate.c; fallocate(1).
 */
import {
  type Blocking,
  FALLOC_FL_COLLAPSE_RANGE,
  FALLOC_FL_INSERT_RANGE,
  FALLOC_FL_KEEP_SIZE,
  FALLOC_FL_PUNCH_HOLE,
  FALLOC_FL_ZERO_RANGE,
  O_CREAT,
  O_RDWR,
  SEEK_DATA,
  SEEK_HOLE,
  ENXIO,
  type Sys,
} from '../../abi/index.ts'
import { command, fatal, must } from '../lib/command.ts'
import { refuseTogether } from '../lib/exclusive.ts'
import { humanAmount } from '../lib/human.ts'
import { suffixFactor } from '../lib/numbers.ts'

export default command({
  name: 'fallocate',
  summary: 'Preallocate space to, or deallocate space from a file',
  suite: 'util-linux',
  usage: 'fallocate [options] <filename>',
  options: {
    collapseRange: { short: 'c', help: 'remove a range from the file' },
    digHoles: { short: 'd', help: 'detect zeroes and replace with holes' },
    insertRange: { short: 'i', help: 'insert a hole at range, shifting existing data' },
    length: { short: 'l', value: ' <num>', help: 'length for range operations, in bytes' },
    keepSize: { short: 'n', help: 'maintain the apparent size of the file' },
    offset: { short: 'o', value: ' <num>', help: 'offset for range operations, in bytes' },
    punchHole: { short: 'p', help: 'replace a range with a hole (implies -n)' },
    zeroRange: { short: 'z', help: 'zero and ensure allocation of a range' },
    posix: { short: 'x', help: 'use posix_fallocate(3) instead of fallocate(2)' },
    verbose: { short: 'v', help: 'verbose mode' },
  },

  *main(sys, flags, args, me) {
    refuseTogether(
      me.order.map(it => it.key),
      EXCLUSIVE,
    )
    let mode = 0
    if (flags.collapseRange) mode |= FALLOC_FL_COLLAPSE_RANGE
    if (flags.insertRange) mode |= FALLOC_FL_INSERT_RANGE
    if (flags.punchHole) mode |= FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE
    if (flags.keepSize) mode |= FALLOC_FL_KEEP_SIZE
    if (flags.zeroRange) mode |= FALLOC_FL_ZERO_RANGE
    const given = flags.length === undefined ? undefined : sizeOf(flags.length)
    const offset = flags.offset === undefined ? 0 : sizeOf(flags.offset)
    const [path, more] = args
    if (path === undefined) throw fatal('no filename specified')
    if (more !== undefined) throw fatal('unexpected number of arguments')
    let length = given ?? -1
    if (flags.digHoles) length = given ?? 0
    else if (given === undefined) throw fatal('no length argument specified')
    if (Number.isNaN(length) || (length <= 0 && !flags.digHoles))
      throw fatal('invalid length value specified')
    if (Number.isNaN(offset)) throw fatal('invalid offset value specified')
    const makes = !flags.digHoles && !flags.punchHole && !flags.collapseRange && !flags.zeroRange
    const fd = yield* must(`cannot open ${path}`, sys.open(path, O_RDWR | (makes ? O_CREAT : 0), 0o666))
    if (flags.digHoles) {
      const dug = yield* digHoles(sys, fd, offset, length)
      if (flags.verbose) me.out.line(`${path}: ${amount(dug)} converted to sparse holes.`)
      return 0
    }
    yield* must('fallocate failed', sys.fallocate(fd, flags.posix ? 0 : mode, offset, length))
    const what = flags.punchHole
      ? 'hole created'
      : flags.collapseRange
        ? 'removed'
        : flags.insertRange
          ? 'inserted'
          : flags.zeroRange
            ? 'zeroed'
            : 'allocated'
    if (flags.verbose) me.out.line(`${path}: ${amount(length)} ${what}.`)
    return 0
  },
})

const amount = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} B (${bytes} bytes)`
    : `${humanAmount(bytes, 1024).replace('.0 ', ' ')} (${bytes} bytes)`

/** A size such as `10M` or `0x400`; NaN if it is none. */
function sizeOf(text: string): number {
  const [, number, suffix] = /^(0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?)(.*)$/.exec(text) ?? []
  const factor = suffix === undefined ? undefined : suffixFactor(suffix)
  return number === undefined || factor === undefined
    ? Number.NaN
    : Math.floor(Number(number) * Number(factor))
}

const EXCLUSIVE: readonly (readonly string[])[] = [
  ['collapseRange', 'digHoles', 'punchHole', 'zeroRange'],
  ['collapseRange', 'keepSize'],
  ['collapseRange', 'digHoles', 'insertRange', 'zeroRange'],
  ['digHoles', 'posix'],
]
const CHUNK = 4096

/** Punch a hole where a block holds nothing but zeros; returns how many bytes. Linux: dig_holes(). */
function* digHoles(sys: Sys, fd: number, from: number, length: number): Blocking<number> {
  const end = length ? from + length : sys.fstat(fd).size
  let dug = 0
  for (let at = from; at < end; ) {
    let hole: number
    try {
      at = sys.lseek(fd, at, SEEK_DATA)
      hole = sys.lseek(fd, at, SEEK_HOLE)
    } catch (e) {
      if (e === ENXIO) break
      throw fatal('seek failed', e)
    }
    for (at -= at % CHUNK; at < Math.min(hole, end); at += CHUNK) {
      const bytes = yield* must('read failed', sys.pread(fd, CHUNK, at))
      if (bytes.some(byte => byte)) continue
      // The last block may be short in the file, but is whole on the disk.
      yield* must(
        'fallocate failed',
        sys.fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, at, CHUNK),
      )
      dug += bytes.length
    }
  }
  return dug
}
