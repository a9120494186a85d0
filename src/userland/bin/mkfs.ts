/**
 * mkfs - build a Linux filesystem: calls mkfs.TYPE
 * util-linux: disk-utils/mkfs.c; mkfs(8).
 */
import { Errno } from '../../abi/index.ts'
import { command, fatal, usage } from '../lib/command.ts'

const EX_ERROR = 1

export default command({
  name: 'mkfs',
  summary: 'build a Linux filesystem',
  suite: 'util-linux',
  usage: 'mkfs [options] [-t <type>] [fs-options] <device> [<size>]',
  help: `
Usage:
 mkfs [options] [-t <type>] [fs-options] <device> [<size>]

Make a Linux filesystem.

Options:
 -t, --type=<type>  filesystem type; when unspecified, ext2 is used
     fs-options     parameters for the real filesystem builder
     <device>       path to the device to be used
     <size>         number of blocks to be used on the device
 -V, --verbose      explain what is being done;
                      specifying -V more than once will cause a dry-run
 -h, --help         display this help
 -V, --version      display version

For more details see mkfs(8).
`,
  raw: true,
  helpAlone: true,

  *main(sys, _flags, args, me) {
    const rest: string[] = []
    let type = 'ext2'
    let verbose = 0
    for (let i = 0; i < args.length; i++) {
      const arg = args[i]!
      if (arg === '-t' || arg === '--type') type = args[++i] ?? ''
      else if (/^(-t.|--type=)/.test(arg)) type = arg.replace(/^(-t|--type=)/, '')
      else if (arg === '-V' || arg === '--verbose') verbose++
      else rest.push(arg)
    }
    if (verbose) me.out.line('mkfs from util-linux 2.38.1')
    if (!rest.length && verbose) return 0
    if (!rest.length) throw usage('no device specified', EX_ERROR)
    const program = `mkfs.${type}`
    if (verbose) me.out.line([program, ...rest].join(' '))
    if (verbose > 1) return 0
    yield* me.out.flush()
    for (const directory of (me.env.get('PATH') ?? '').split(':'))
      try {
        yield* sys.execve(`${directory}/${program}`, [program, ...rest], me.envp)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
      }
    throw fatal(`failed to execute ${program}: No such file or directory`, undefined, EX_ERROR)
  },
})
