/**
 * setsid - run a program in a new session
 * Linux: util-linux sys-utils/setsid.c; setsid(1).
 */
import { type Blocking, type Sys, TIOCSCTTY, WEXITSTATUS, WIFEXITED } from '../../abi/index.ts'
import { command, fatal, fork, must, usage } from '../lib/command.ts'
import { execProgram, waitFor } from '../lib/namespaces.ts'

export default command({
  name: 'setsid',
  summary: 'run a program in a new session',
  suite: 'util-linux',
  usage: 'setsid [options] <program> [arguments ...]',
  help: `
Usage:
 setsid [options] <program> [arguments ...]

Run a program in a new session.

Options:
 -c, --ctty     set the controlling terminal to the current one
 -f, --fork     always fork
 -w, --wait     wait program to exit, and use the same return
 -h, --help     display this help
 -V, --version  display version

For more details see setsid(1).
`,
  options: { ctty: { short: 'c' }, fork: { short: 'f' }, wait: { short: 'w' } },
  stopAtOperand: true,

  *main(sys, flags, args, me) {
    if (!args.length) throw usage('no command specified')
    const launch = (its: Sys): Blocking<number> => {
      must('setsid failed', () => its.setsid())
      if (flags.ctty) must('failed to set the controlling terminal', () => its.ioctl(0, TIOCSCTTY, 1))
      return execProgram(its, args, me.envp)
    }
    // A leader of a process group cannot start a session, so its child does.
    if (!flags.fork && sys.getpgid(0) !== sys.getpid()) return yield* launch(sys)
    const child = must('fork', () => fork(sys, me.name, launch))
    if (!flags.wait) return 0
    const { status } = yield* waitFor(sys, child)
    if (!WIFEXITED(status)) throw fatal(`child ${child} did not exit normally`)
    return WEXITSTATUS(status)
  },
})
