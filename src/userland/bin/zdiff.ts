/**
 * zdiff, zcmp, xzdiff, xzcmp - compare possibly compressed files
 * https://www.gnu.org/software/gzip/manual/gzip.html
 */
import { type Blocking, refusal, type Sys } from '../../abi/index.ts'
import { command, type Process } from '../lib/command.ts'
import { expanderFor, runOn, startExpanding } from '../lib/gzip/pipeline.ts'
import { basename } from '../lib/path.ts'

const COMPRESSED = /([-.]gz|[-.][zZ]|\.t[ga]z)$/
const COMPRESSED_XZ = /([-.](gz|xz|lzma|bz2)|[-.][zZ]|\.t([ga]z|xz|lz|bz2?))$/

export default command({
  name: 'zdiff',
  aliases: ['zcmp', 'xzdiff', 'xzcmp', 'lzdiff', 'lzcmp'],
  summary: 'compare FILE1 to FILE2, using their uncompressed contents if they are compressed',
  usage: 'zdiff [OPTION]... FILE1 [FILE2]',
  suite: 'other',
  raw: true,

  *main(sys, _, args, me) {
    const program = basename(me.argv[0] ?? '')
    if (args[0] === '--help') {
      me.out.print(
        `Usage: /usr/bin/${program} [OPTION]... FILE1 [FILE2]\nThe options are those of ${program.slice(1)}.\n`,
      )
      return 0
    }
    if (args[0] === '--version') {
      me.out.print(`${program} (gzip) 1.12\n`)
      return 0
    }
    const at = args.findIndex(it => it === '-' || !it.startsWith('-'))
    const files = at < 0 ? [] : args.slice(at).filter(it => it !== '--')
    const argv = [program.endsWith('cmp') ? 'cmp' : 'diff', ...(at < 0 ? args : args.slice(0, at))]
    const isXz = /^(xz|lz)/.test(program)
    if (isXz && (!files.length || files.length > 2))
      return yield* refuse(sys, program, `Invalid number of operands; try \`${program} --help' for help`)
    if (!files.length) return yield* refuse(sys, program, 'missing operand')
    if (files.length > 2) return yield* refuse(sys, program, `extra operand '${files[2]}'`)
    for (const file of files)
      if (file !== '-' && refusal(() => sys.stat(file)))
        return yield* refuse(sys, program, `${isXz ? 65 : 92}: cannot open ${file}: No such file`)
    const [first, second] = files as [string, string?]
    if (second === undefined) return yield* compareToExpanded(sys, me, program, argv, first)
    return yield* compare(sys, me, program, argv, first, second)
  },
})

/** zcmp is the same script by another name; that of xz tells by which it was called. */
function* refuse(sys: Sys, program: string, message: string): Blocking<number> {
  yield* sys.write(2, `/usr/bin/${/^z/.test(program) ? 'zdiff' : program}: ${message}\n`)
  return 2
}

/** One operand: the file without its suffix is what it is compared to. */
function* compareToExpanded(
  sys: Sys,
  me: Process,
  program: string,
  argv: string[],
  file: string,
): Blocking<number> {
  const suffix = suffixesOf(program)
  if (!suffix.test(file)) return yield* refuse(sys, program, `${file}: unknown compressed file extension`)
  const { status } = yield* runOn(
    sys,
    me.envp,
    [...argv, '--', '-', file.replace(suffix, it => (it.startsWith('.t') ? '.tar' : ''))],
    [startExpanding(sys, me.envp, expanderFor(program, file), file)],
  )
  return status
}

const suffixesOf = (program: string): RegExp => (/^z/.test(program) ? COMPRESSED : COMPRESSED_XZ)

function* compare(
  sys: Sys,
  me: Process,
  program: string,
  argv: string[],
  first: string,
  second: string,
): Blocking<number> {
  const suffix = suffixesOf(program)
  const [left, right] = [suffix.test(first), suffix.test(second)]
  const start = (file: string, others: readonly number[] = []) =>
    startExpanding(sys, me.envp, expanderFor(program, file), file, others)
  const inputs = []
  if (right || left) inputs.push(start(right ? second : first))
  if (right && left) inputs.push(start(first, [inputs[0]!.fd]))
  const names = left && right ? ['/dev/fd/5', '-'] : [left ? '-' : first, right ? '-' : second]
  const { status } = yield* runOn(sys, me.envp, [...argv, '--', ...names], inputs)
  return status
}
