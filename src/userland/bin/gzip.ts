/**
 * gzip, gunzip, zcat - compress or expand files
 * https://www.gnu.org/software/gzip/manual/gzip.html
 *
 * Left out: -r; the levels compress alike, and less than the original does.
 */
import {
  type Blocking,
  EEXIST,
  Errno,
  isDir,
  isReg,
  O_CREAT,
  O_EXCL,
  O_TRUNC,
  O_WRONLY,
  type Stat,
} from '../../abi/index.ts'
import { command, readAll, writeAll } from '../lib/command.ts'
import { GzipError, gunzip, gzip } from '../lib/deflate.ts'
import { closeInput, openInput } from '../lib/input.ts'
import { basename } from '../lib/path.ts'

/** CPU time of compressing and expanding a byte. */
const COST = 20

export default command({
  name: 'gzip',
  aliases: ['gunzip', 'zcat'],
  summary: 'Compress or uncompress FILEs (by default, compress FILES in-place).',
  usage: 'gzip [OPTION]... [FILE]...',
  suite: 'other',
  version: 'gzip 1.12\n',
  options: {
    stdout: {
      short: 'c',
      also: ['to-stdout'],
      help: 'write on standard output, keep original files unchanged',
    },
    decompress: { short: 'd', also: ['uncompress'], help: 'decompress' },
    force: { short: 'f', help: 'force overwrite of output file and compress links' },
    h: {},
    keep: { short: 'k', help: "keep (don't delete) input files" },
    list: { short: 'l', help: 'list compressed file contents' },
    noName: { short: 'n', help: 'do not save or restore the original name and timestamp' },
    name: { short: 'N', help: 'save or restore the original name and timestamp' },
    quiet: { short: 'q', help: 'suppress all warnings' },
    suffix: { short: 'S', value: '=SUF', help: 'use suffix SUF on compressed files' },
    test: { short: 't', help: 'test compressed file integrity' },
    verbose: { short: 'v', help: 'verbose mode' },
    level: { short: '123456789', long: '', help: 'compress faster to compress better' },
    fast: {},
    best: {},
  },

  *main(sys, flags, args, me) {
    const program = basename(me.argv[0] ?? '')
    const expand = flags.decompress || flags.test || flags.list || program === 'gunzip' || program === 'zcat'
    const toStdout = flags.stdout || program === 'zcat'
    const suffix = flags.suffix ?? '.gz'
    let status = 0
    // Messages always name gzip, whatever it is called as.
    const warn = function* (text: string): Blocking<void> {
      yield* sys.write(2, `gzip: ${text}\n`)
      status = 1
    }
    if (!args.length && !expand && sys.isatty(1) && !flags.force) {
      yield* warn(
        'compressed data not written to a terminal. Use -f to force compression.\nFor help, type: gzip -h',
      )
      return 1
    }
    if (flags.list && args.length)
      me.out.line('         compressed        uncompressed  ratio uncompressed_name')
    for (const name of args.length ? args : ['-']) yield* one(name)
    return status

    function* one(name: string): Blocking<void> {
      let path = name
      let fd: number
      try {
        fd = yield* openInput(sys, path)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (!expand || e.name !== 'ENOENT' || path.endsWith(suffix))
          return yield* warn(`${path}: ${e.message}`)
        path += suffix
        try {
          fd = yield* openInput(sys, path)
        } catch (e2) {
          if (!(e2 instanceof Errno)) throw e2
          return yield* warn(`${path}: ${e2.message}`)
        }
      }
      const stat = sys.fstat(fd)
      if (isDir(stat)) {
        sys.close(fd)
        yield* warn(`${path} is a directory -- ignored`)
        status = 2
        return
      }
      const stdin = name === '-'
      const bare = expand ? withoutSuffix(path) : path
      if (expand && bare === undefined && !stdin && !toStdout && !flags.list && !flags.test) {
        sys.close(fd)
        yield* warn(`${path}: unknown suffix -- ignored`)
        status = 2
        return
      }
      const input = yield* readAll(sys, fd)
      closeInput(sys, fd)
      yield* sys.burn(input.length * COST)
      let output: Uint8Array
      try {
        const keepsName = !stdin && !flags.noName
        output = expand
          ? gunzip(input)
          : gzip(input, keepsName ? basename(path) : '', stdin ? 0 : stat.mtime.sec)
      } catch (e) {
        if (!(e instanceof GzipError)) throw e
        if (flags.force && toStdout) return yield* writeAll(sys, 1, input)
        yield* sys.write(2, '\n')
        return yield* warn(`${stdin ? 'stdin' : path}: ${e.message}`)
      }
      if (flags.test) return
      if (flags.list) {
        const ratio = output.length
          ? (100 * (output.length - input.length + 18 + basename(bare ?? path).length + 1)) / output.length
          : 0
        me.out.line(
          `${String(input.length).padStart(19)} ${String(output.length).padStart(19)} ${`${ratio.toFixed(1)}%`.padStart(6)} ${bare ?? path}`,
        )
        return
      }
      if (stdin || toStdout) return yield* writeAll(sys, 1, output)
      yield* replace(path, expand ? bare! : path + suffix, stat, output)
    }

    function withoutSuffix(path: string): string | undefined {
      if (path.endsWith('.tgz')) return `${path.slice(0, -4)}.tar`
      return path.endsWith(suffix) && basename(path) !== suffix ? path.slice(0, -suffix.length) : undefined
    }

    function* replace(from: string, to: string, stat: Stat, data: Uint8Array): Blocking<void> {
      try {
        const out = yield* sys.open(
          to,
          O_WRONLY | O_CREAT | (flags.force ? O_TRUNC : O_EXCL),
          stat.mode & 0o777,
        )
        yield* writeAll(sys, out, data)
        sys.close(out)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        if (e !== EEXIST) return yield* warn(`${to}: ${e.message}`)
        yield* warn(`${to} already exists;\tnot overwritten`)
        status = 2
        return
      }
      if (!isReg(stat)) return
      sys.chmod(to, stat.mode & 0o7777)
      sys.utimensat(to, stat.atime, stat.mtime)
      if (!flags.keep) sys.unlink(from)
      if (flags.verbose) yield* sys.write(2, `${from}:\t replaced with ${to}\n`)
    }
  },
})
