/**
 * whereis - locate the binary, source, and manual page files for a command
 * Linux: util-linux misc-utils/whereis.c; whereis(1).
 *
 * Left out: -B, -M, -S, -u, -g; sources: there are none.
 */
import { Errno, type Sys } from '../../abi/index.ts'
import { command, readDir, usage } from '../lib/command.ts'

const BINARIES = [
  '/usr/bin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/local/sbin',
  '/usr/lib',
  '/usr/games',
  '/etc',
]
const MANUALS = Array.from({ length: 9 }, (_, i) => `/usr/share/man/man${i + 1}`)

export default command({
  name: 'whereis',
  summary: 'locate the binary, source, and manual page files for a command',
  suite: 'util-linux',
  usage: 'whereis [options] [-BMS <dir>... -f] <name>',
  options: {
    b: { help: 'search only for binaries' },
    m: { help: 'search only for manuals and infos' },
    s: { help: 'search only for sources' },
    l: { help: 'output effective lookup paths' },
  },

  *main(sys, flags, args, me) {
    if (!args.length) throw usage('not enough arguments')
    const every = !flags.b && !flags.m && !flags.s
    const dirs = [...(flags.b || every ? BINARIES : []), ...(flags.m || every ? MANUALS : [])]
    for (const arg of args) {
      const name = arg.slice(arg.lastIndexOf('/') + 1)
      const found: string[] = []
      for (const dir of dirs)
        for (const it of yield* entries(sys, dir))
          if (it === name || it.startsWith(`${name}.`)) found.push(`${dir}/${it}`)
      me.out.line([`${name}:`, ...found].join(' '))
    }
    return 0
  },
})

function* entries(sys: Sys, dir: string) {
  try {
    return (yield* readDir(sys, dir)).map(it => it.name)
  } catch (e) {
    if (e instanceof Errno) return []
    throw e
  }
}
