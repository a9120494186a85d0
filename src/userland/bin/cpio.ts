/**
 * cpio - copy files to and from archives
 * https://www.gnu.org/software/cpio/manual/cpio.html
 *
 * Left out: tar's formats, swapped bytes (-b, -s, -S), renaming (-r), remote archives, sparse files.
 */
import { command, fatal } from '../lib/command.ts'
import { Copier } from '../lib/cpio/copy.ts'
import type { Format } from '../lib/cpio/format.ts'
import { CPIO_OPTIONS } from '../lib/cpio/options.ts'
import { Run } from '../lib/cpio/run.ts'
import { readUsers } from '../lib/users.ts'

const FORMATS = 'crc newc odc bin ustar tar (all-caps also recognized)'

const formatOf = (text: string): Format | undefined =>
  (['bin', 'odc', 'newc', 'crc'] as const).find(it => it === text || it.toUpperCase() === text)

export default command({
  name: 'cpio',
  summary: 'copies files to and from archives',
  usage: 'cpio [OPTION...] [destination-directory]',
  suite: 'other',
  failure: 2,
  wrongStatus: 64,
  wrongUsage: "Try 'cpio --help' or 'cpio --usage' for more information.\n",
  options: CPIO_OPTIONS,
  version: 'cpio (GNU cpio) 2.13\n',

  *main(sys, flags, args, me) {
    const wrong = (what: string): unknown =>
      fatal(`${what}\nTry 'cpio --help' or 'cpio --usage' for more information.`)
    const modes = [flags.extract || (flags.list && !flags.extract), flags.create, flags.passThrough].filter(
      it => it,
    )
    if (!modes.length) throw wrong('You must specify one of -oipt options.')
    if (modes.length > 1) throw wrong('Mode already defined')
    const format = formatOf(flags.format ?? (flags.portable ? 'odc' : 'bin'))
    if (!format) throw wrong(`invalid archive format \`${flags.format}'; valid formats are:\n${FORMATS}`)
    if (flags.create && args.length) throw wrong('Too many arguments')
    if (flags.passThrough && args.length !== 1)
      throw wrong(args.length ? 'Too many arguments' : 'Not enough arguments')
    const block = flags.large ? 5120 : Number(flags.ioSize) || (Number(flags.blockSize) || 1) * 512
    const copier = new Copier(sys, me, {
      makeDirectories: Boolean(flags.makeDirectories),
      unconditional: Boolean(flags.unconditional),
      keepTimes: Boolean(flags.preserveModificationTime),
      verbose: Boolean(flags.verbose),
    })
    const users = yield* readUsers(sys)
    const run = new Run(sys, me, flags, users, copier, block)
    if (flags.create) yield* run.copyOut(format)
    else if (flags.passThrough) yield* run.copyPass(args[0]!)
    else if (!(yield* run.copyIn(args))) return 2
    return run.failed || copier.failed ? 2 : 0
  },
})
