/**
 * pwdx - report the current working directory of a process
 * Linux: procps-ng src/pwdx.c; pwdx(1).
 */
import { EACCES, ENOENT, Errno, ESRCH } from '../../abi/index.ts'
import { command } from '../lib/command.ts'

const HELP = `
Usage:
 pwdx [options] pid...

Options:
 -h, --help     display this help and exit
 -V, --version  output version information and exit

For more details see pwdx(1).
`

export default command({
  name: 'pwdx',
  summary: 'report current working directory of a process',
  suite: 'procps',
  usage: 'pwdx [options] pid...',
  help: HELP,
  options: { help: { short: 'h' } },

  *main(sys, flags, args, me) {
    if (flags.help) {
      me.out.print(HELP)
      return 0
    }
    if (!args.length) {
      yield* sys.write(2, HELP)
      return 1
    }
    let status = 0
    for (const arg of args) {
      const pid = arg.replace(/^\/proc\//, '')
      if (!/^[1-9]\d*$/.test(pid)) {
        yield* me.warn(`invalid process id: ${arg}`)
        return 1
      }
      try {
        me.out.line(`${arg}: ${sys.readlink(`/proc/${pid}/cwd`)}`)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        status = 1
        const reason = e === ENOENT ? ESRCH : e === EACCES ? EACCES : e
        yield* sys.write(2, `${arg}: ${reason.message}\n`)
      }
    }
    return status
  },
})
