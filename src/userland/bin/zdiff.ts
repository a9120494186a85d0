/**
 * zdiff, zcmp - compare possibly compressed files
 * https://www.gnu.org/software/gzip/manual/gzip.html
 */
import { type Blocking, refusal, type Sys } from '../../abi/index.ts'
import { command, type Process } from '../lib/command.ts'
import { runOn, startGzip } from '../lib/gzip/pipeline.ts'
import { basename } from '../lib/path.ts'

const COMPRESSED = /([-.]gz|[-.][zZ]|\.t[ga]z)$/

export default command({
  name: 'zdiff',
  aliases: ['zcmp'],
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
    const argv = [program === 'zcmp' ? 'cmp' : 'diff', ...(at < 0 ? args : args.slice(0, at))]
    if (!files.length) return yield* refuse(sys, 'missing operand')
    if (files.length > 2) return yield* refuse(sys, `extra operand '${files[2]}'`)
    for (const file of files)
      if (file !== '-' && refusal(() => sys.stat(file)))
        return yield* refuse(sys, `92: cannot open ${file}: No such file`)
    const [first, second] = files as [string, string?]
    if (second === undefined) return yield* compareToExpanded(sys, me, argv, first)
    return yield* compare(sys, me, argv, first, second)
  },
})

/** zcmp is the same script by another name. */
function* refuse(sys: Sys, message: string): Blocking<number> {
  yield* sys.write(2, `/usr/bin/zdiff: ${message}\n`)
  return 2
}

/** One operand: the file without its suffix is what it is compared to. */
function* compareToExpanded(sys: Sys, me: Process, argv: string[], file: string): Blocking<number> {
  if (!COMPRESSED.test(file)) return yield* refuse(sys, `${file}: unknown compressed file extension`)
  const { status } = yield* runOn(
    sys,
    me.envp,
    [...argv, '--', '-', file.replace(COMPRESSED, it => (it.startsWith('.t') ? '.tar' : ''))],
    [startGzip(sys, me.envp, file)],
  )
  return status
}

function* compare(sys: Sys, me: Process, argv: string[], first: string, second: string): Blocking<number> {
  const [left, right] = [COMPRESSED.test(first), COMPRESSED.test(second)]
  const inputs = []
  if (right || left) inputs.push(startGzip(sys, me.envp, right ? second : first))
  if (right && left) inputs.push(startGzip(sys, me.envp, first, [inputs[0]!.fd]))
  const names = left && right ? ['/dev/fd/5', '-'] : [left ? '-' : first, right ? '-' : second]
  const { status } = yield* runOn(sys, me.envp, [...argv, '--', ...names], inputs)
  return status
}
