/**
 * nohup - run a command immune to hangups, with output to a non-tty
 * https://www.gnu.org/software/coreutils/manual/html_node/nohup-invocation.html
 */
import {
  type Blocking,
  ENOENT,
  Errno,
  O_APPEND,
  O_CREAT,
  O_WRONLY,
  SIG_IGN,
  SIGHUP,
  type Sys,
} from '../../abi/index.ts'
import { command, execvp, fatal, usage } from '../lib/command.ts'
import { joinPath } from '../lib/path.ts'
import { quoteaf } from '../lib/quote.ts'

export default command({
  name: 'nohup',
  summary: 'Run COMMAND, ignoring hangup signals.',
  usage: ['nohup COMMAND [ARG]...', 'nohup OPTION'],
  authors: 'Jim Meyering',
  failure: 125,
  stopAtOperand: true,

  *main(sys, _flags, args, me) {
    if (!args.length) throw usage('missing operand')
    const [input, output, errors] = [sys.isatty(0), sys.isatty(1), sys.isatty(2)]
    if (input) {
      const fd = yield* sys.open('/dev/null', O_WRONLY)
      sys.dup2(fd, 0)
      sys.close(fd)
      if (!output && !errors) yield* me.warn('ignoring input')
    }
    if (output) {
      const file = yield* openOutput(sys, me.env.get('HOME'))
      yield* me.warn(`${input ? 'ignoring input and ' : ''}appending output to ${quoteaf(file.path)}`)
      sys.dup2(file.fd, 1)
      sys.close(file.fd)
    }
    if (errors) {
      if (!output) yield* me.warn(`${input ? 'ignoring input and ' : ''}redirecting stderr to stdout`)
      sys.dup2(1, 2)
    }
    sys.sigaction(SIGHUP, SIG_IGN)
    try {
      return yield* execvp(sys, args, me.envp)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* me.warn(`failed to run command ${quoteaf(args[0]!)}`, e)
      return e === ENOENT ? 127 : 126
    }
  },
})

function* openOutput(sys: Sys, home: string | undefined): Blocking<{ fd: number; path: string }> {
  const flags = O_CREAT | O_WRONLY | O_APPEND
  try {
    return { fd: yield* sys.open('nohup.out', flags, 0o600), path: 'nohup.out' }
  } catch (e) {
    if (!home) throw fatal(`failed to open ${quoteaf('nohup.out')}`, e)
    const path = joinPath(home, 'nohup.out')
    try {
      return { fd: yield* sys.open(path, flags, 0o600), path }
    } catch (e2) {
      throw fatal(`failed to open ${quoteaf(path)}`, e2)
    }
  }
}
