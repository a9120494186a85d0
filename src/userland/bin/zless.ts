/**
 * zless, zmore, xzless, xzmore - page through possibly compressed files
 * https://www.gnu.org/software/gzip/manual/gzip.html, https://tukaani.org/xz/
 */
import { type Blocking, refusal, type Sys } from '../../abi/index.ts'
import { command, type Process } from '../lib/command.ts'
import { expanderFor, runOn, startExpanding } from '../lib/gzip/pipeline.ts'
import { basename } from '../lib/path.ts'

const VERSIONS = { zless: 'zless (gzip) 1.12\n', zmore: 'zmore (gzip) 1.12\n' } as const

export default command({
  name: 'zless',
  aliases: ['zmore', 'xzless', 'xzmore', 'lzless', 'lzmore'],
  summary: 'like less and more, but operate on the uncompressed contents of any compressed FILEs',
  usage: 'zless [OPTION]... [FILE]...',
  suite: 'other',
  raw: true,

  *main(sys, _, args, me) {
    const program = basename(me.argv[0] ?? '')
    const pager = program.endsWith('more') ? 'more' : 'less'
    if (args[0] === '--help') {
      me.out.print(`Usage: ${program} [OPTION]... [FILE]...\nThe options are those of ${pager}.\n`)
      return 0
    }
    if (args[0] === '--version') {
      const own = Object.entries(VERSIONS).find(([name]) => name === program)
      me.out.print(own?.[1] ?? `${program.replace(/^lz/, 'xz')} (XZ Utils) 5.4.1\n`)
      return 0
    }
    const options = args.filter(it => it.startsWith('-') && it !== '-')
    const files = args.filter(it => !options.includes(it))
    const argv = [pager, ...options]
    if (!files.length) return yield* page(sys, me, program, argv, '-')
    for (const file of files) {
      if (file !== '-' && refusal(() => sys.stat(file))) {
        yield* sys.write(2, missing(program, file))
        continue
      }
      me.out.print(heading(program, file, files.length))
      yield* me.out.flush()
      yield* page(sys, me, program, argv, file)
    }
    return 0
  },
})

/** What stands above a file; less shows names at the bottom of its screen instead. */
function heading(program: string, file: string, count: number): string {
  if (program.endsWith('less')) return ''
  if (program !== 'zmore') return `------> ${file} <------\n`
  return count < 2 ? '' : `::::::::::::::\n${file}\n::::::::::::::\n`
}

/** The complaint of the program that expands, and for less its own. */
function missing(program: string, file: string): string {
  if (/^..more$/.test(program)) return `/usr/bin/${program}: 60: cannot open ${file}: No such file\n`
  const expander = expanderFor(program, file)[0]!
  const name = expander === 'gzip' && !/\.gz$/.test(file) ? `${file}.gz` : file
  const refused = `${expander}: ${name}: No such file or directory\n`
  return program.endsWith('less') ? `${refused}${file}: No such file or directory\n` : refused
}

function* page(
  sys: Sys,
  me: Process,
  program: string,
  argv: readonly string[],
  file: string,
): Blocking<number> {
  const expanding = startExpanding(sys, me.envp, expanderFor(program, file), file)
  return (yield* runOn(sys, me.envp, argv, [expanding])).status
}
