/**
 * xz, unxz, xzcat, lzma, unlzma, lzcat - compress or expand .xz and .lzma files
 * https://tukaani.org/xz/
 *
 * Left out: the filters delta and BCJ, .lz files, --flush-timeout, progress on a terminal. Several threads only show
 * in what the headers of blocks say.
 */
import { command, type Process, readFile } from '../lib/command.ts'
import { GetoptError } from '../lib/getopt.ts'
import { helpText } from '../lib/help.ts'
import { basename } from '../lib/path.ts'
import { type Job, OPTIONS, parseJob } from '../lib/xz/options.ts'
import { Xz } from '../lib/xz/run.ts'

const IMPLIED: Readonly<Record<string, Partial<Job>>> = {
  unxz: { mode: 'decompress' },
  xzcat: { mode: 'decompress', stdout: true },
  lzma: { format: 'lzma' },
  unlzma: { mode: 'decompress', format: 'lzma' },
  lzcat: { mode: 'decompress', stdout: true, format: 'lzma' },
}

const VERSION = 'xz (XZ Utils) 5.4.1\nliblzma 5.4.1\n'
const ROBOT_VERSION = 'XZ_VERSION=50040012\nLIBLZMA_VERSION=50040012\n'

const xz = command({
  name: 'xz',
  aliases: ['unxz', 'xzcat', 'lzma', 'unlzma', 'lzcat'],
  summary: 'Compress or decompress FILEs in the .xz format.',
  usage: 'xz [OPTION]... [FILE]...',
  suite: 'other',
  version: VERSION,
  options: OPTIONS,
  raw: true,

  *main(sys, _, args, me) {
    const program = basename(me.argv[0] ?? '')
    const words = ['XZ_DEFAULTS', 'XZ_OPT'].flatMap(it =>
      (me.env.get(it) ?? '').split(/\s+/).filter(word => word),
    )
    try {
      const job = parseJob([...words, ...args], IMPLIED[program] ?? {})
      if (job.shows === 'version') me.out.print(job.robot ? ROBOT_VERSION : VERSION)
      if (job.shows === 'help') me.out.print(helpText(xz.spec, program, OPTIONS))
      if (job.infoMemory) {
        const kib = /MemTotal:\s+(\d+)/.exec(yield* readFile(sys, '/proc/meminfo'))?.[1]
        const processors = (yield* readFile(sys, '/proc/cpuinfo')).match(/^processor/gm)
        showMemory(me, Number(kib), processors?.length ?? 1)
      }
      if (job.shows || job.infoMemory) return 0
      return yield* new Xz(sys, me, program, job).run()
    } catch (e) {
      if (!(e instanceof GetoptError)) throw e
      // Only getopt's own messages are followed by where to find help.
      const hint = /^$|^(unrecognized option|invalid option|option )/.test(e.message)
      const lines = [e.message, hint ? `Try \`${program} --help' for more information.` : ''].filter(it => it)
      yield* sys.write(2, lines.map(it => `${program}: ${it}\n`).join(''))
      return 1
    }
  },
})

export default xz

/** --info-memory. */
function showMemory(me: Process, kib: number, processors: number): void {
  const size = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB (${bytes} B)`
  const quarter = Math.floor((kib * 1024) / 4)
  me.out.print('Hardware information:\n')
  me.out.line(`  Amount of physical memory (RAM):  ${size(kib * 1024)}`)
  me.out.line(`  Number of processor threads:      ${processors}`)
  me.out.print('\nMemory usage limits:\n')
  me.out.line('  Compression:                      Disabled')
  me.out.line('  Decompression:                    Disabled')
  me.out.line(`  Multi-threaded decompression:     ${size(quarter)}`)
  me.out.line(`  Default for -T0:                  ${size(quarter)}`)
}
