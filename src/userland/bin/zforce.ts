/**
 * zforce - give gzip files the name ending that gzip needs
 * https://www.gnu.org/software/gzip/manual/gzip.html
 */
import { type Blocking, isReg, O_RDONLY, type Sys } from '../../abi/index.ts'
import { command } from '../lib/command.ts'
import { lstatOf, statOf } from '../lib/path.ts'

const NAMED = /([-.]gz|\.t[ag]z|[-.]?z|_z)$/

export default command({
  name: 'zforce',
  summary: "force a .gz extension on all compressed FILEs so that 'gzip' will not compress them twice",
  usage: 'zforce [FILE]...',
  suite: 'other',
  raw: true,

  *main(sys, _, args, me) {
    if (args[0] === '--help') {
      me.out.print('Usage: /usr/bin/zforce [FILE]...\n')
      return 0
    }
    if (args[0] === '--version') {
      me.out.print('zforce (gzip) 1.12\n')
      return 0
    }
    if (!args.length) {
      const path = '/usr/bin/zforce'
      yield* sys.write(2, `${path}: invalid number of operands; try \`${path} --help' for help\n`)
      return 1
    }
    let status = 0
    for (const file of args) {
      const stat = statOf(sys, file)
      if (!stat || !isReg(stat)) {
        me.out.line(`zforce: ${file} not a file`)
        status = 1
      } else if (!NAMED.test(file) && (yield* isGzip(sys, file)) && !lstatOf(sys, `${file}.gz`)) {
        sys.rename(file, `${file}.gz`)
        me.out.line(`${file} -- replaced with ${file}.gz`)
      }
    }
    return status
  },
})

function* isGzip(sys: Sys, file: string): Blocking<boolean> {
  const fd = yield* sys.open(file, O_RDONLY)
  const [first, second] = yield* sys.read(fd, 2)
  sys.close(fd)
  return first === 0x1f && second === 0x8b
}
