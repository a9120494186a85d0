/**
 * timeout - run a command with a time limit
 * https://www.gnu.org/software/coreutils/manual/html_node/timeout-invocation.html
 */
import {
  type Blocking,
  EINTR,
  ENOENT,
  Errno,
  exitStatus,
  SA_RESTART,
  SIG_DFL,
  SIG_IGN,
  SIGALRM,
  SIGCHLD,
  SIGCONT,
  SIGHUP,
  SIGINT,
  SIGKILL,
  SIGQUIT,
  signalName,
  signalNumber,
  SIGSTOP,
  SIGTERM,
  SIGTTIN,
  SIGTTOU,
  type Sys,
  WIFSIGNALED,
  WNOHANG,
  WTERMSIG,
} from '../../abi/index.ts'
import { command, execvp, fork, usage } from '../lib/command.ts'
import { parseInterval } from '../lib/interval.ts'
import { quote } from '../lib/quote.ts'

export default command({
  name: 'timeout',
  summary: 'Start COMMAND, and kill it if still running after DURATION.',
  usage: ['timeout [OPTION] DURATION COMMAND [ARG]...', 'timeout [OPTION]'],
  authors: 'Padraig Brady',
  failure: 125,
  stopAtOperand: true,
  options: {
    preserveStatus: { help: 'exit with the same status as COMMAND, even when the\ncommand times out' },
    foreground: {
      help: 'when not running timeout directly from a shell prompt,\nallow COMMAND to read from the TTY and get TTY signals;\nin this mode, children of COMMAND will not be timed out',
    },
    killAfter: {
      short: 'k',
      value: '=DURATION',
      help: 'also send a KILL signal if COMMAND is still running\nthis long after the initial signal was sent',
    },
    signal: {
      short: 's',
      value: '=SIGNAL',
      help: "specify the signal to be sent on timeout;\nSIGNAL may be a name like 'HUP' or a number;\nsee 'kill -l' for a list of signals",
    },
    verbose: { short: 'v', help: 'diagnose to stderr any signal sent upon timeout' },
  },

  *main(sys, flags, args, me) {
    const duration = (text: string): number => {
      const ns = parseInterval(text)
      if (ns === undefined) throw usage(`invalid time interval ${quote(text)}`)
      return ns
    }
    const signal = flags.signal === undefined ? SIGTERM : signalNumber(flags.signal)
    if (signal === undefined) throw usage(`${quote(flags.signal!)}: invalid signal`)
    const killAfter = flags.killAfter === undefined ? 0 : duration(flags.killAfter)
    if (args.length < 2) throw usage('')
    const limit = duration(args[0]!)
    const argv = args.slice(1)
    if (!flags.foreground) sys.setpgid(0, 0)

    let received = 0
    const note = (it: number): void => {
      received = it
    }
    for (const it of [SIGALRM, SIGINT, SIGQUIT, SIGHUP, SIGTERM, signal])
      if (it && it !== SIGKILL && it !== SIGSTOP) sys.sigaction(it, note, 0)
    sys.sigaction(SIGTTIN, SIG_IGN)
    sys.sigaction(SIGTTOU, SIG_IGN)
    sys.sigaction(SIGCHLD, () => {}, SA_RESTART)
    const pid = fork(sys, me.name, function* (its) {
      for (const it of [SIGALRM, SIGINT, SIGQUIT, SIGHUP, SIGTERM, SIGTTIN, SIGTTOU, SIGCHLD, signal])
        if (it && it !== SIGKILL && it !== SIGSTOP) its.sigaction(it, SIG_DFL)
      try {
        return yield* execvp(its, argv, me.envp)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* its.write(2, `${me.name}: failed to run command ${quote(argv[0]!)}: ${e.message}\n`)
        return e === ENOENT ? 127 : 126
      }
    })

    const now = (): number => {
      const it = sys.clock_gettime(1)
      return it.sec * 1e9 + it.nsec
    }
    let timedOut = false
    let killed = false
    let deadline = limit > 0 ? now() + limit : Number.POSITIVE_INFINITY
    for (;;) {
      const child = yield* sys.wait4(pid, WNOHANG)
      if (child) return yield* result(child.status)
      if (received && received !== SIGCHLD && received !== SIGALRM) {
        const it = received
        received = 0
        yield* send(it)
      } else if (now() >= deadline) {
        if (timedOut) killed = true
        timedOut = true
        const sent = killed ? SIGKILL : signal
        if (flags.verbose)
          yield* me.warn(
            `sending signal ${(signalName(sent) ?? '').replace(/^SIG/, '')} to command ${quote(argv[0]!)}`,
          )
        deadline = killAfter && !killed ? now() + killAfter : Number.POSITIVE_INFINITY
        yield* send(sent)
        continue
      }
      try {
        yield* sys.nanosleep(Math.min(Math.max(deadline - now(), 0), 86400e9))
      } catch (e) {
        if (e !== EINTR) throw e
      }
    }

    /** Pass a signal to the command, and to its whole group if we lead it. */
    function* send(it: number): Blocking<void> {
      try {
        yield* sys.kill(pid, it)
        if (!flags.foreground) {
          if (it && it !== SIGKILL && it !== SIGSTOP) sys.sigaction(it, SIG_IGN)
          yield* sys.kill(0, it)
        }
        if (it !== SIGKILL && it !== SIGCONT) yield* resume(sys, pid, Boolean(flags.foreground))
      } catch (e) {
        if (!(e instanceof Errno)) throw e
      }
    }

    function* result(status: number): Blocking<number> {
      if (timedOut && !flags.preserveStatus)
        return WIFSIGNALED(status) && WTERMSIG(status) === SIGKILL ? 137 : 124
      // The parent learns of the signal by the same signal.
      if (WIFSIGNALED(status) && !timedOut) {
        const it = WTERMSIG(status)
        if (it && it !== SIGKILL && it !== SIGSTOP) sys.sigaction(it, SIG_DFL)
        yield* sys.kill(sys.getpid(), it)
      }
      return exitStatus(status)
    }
  },
})

function* resume(sys: Sys, pid: number, foreground: boolean): Blocking<void> {
  yield* sys.kill(pid, SIGCONT)
  if (!foreground) {
    sys.sigaction(SIGCONT, SIG_IGN)
    yield* sys.kill(0, SIGCONT)
  }
}
