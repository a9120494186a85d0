/**
 * flock - manage locks from shell scripts
 * Linux: util-linux sys-utils/flock.c; flock(1).
 */
import {
  type Blocking,
  CLOCK_MONOTONIC,
  EAGAIN,
  EINTR,
  EINVAL,
  EISDIR,
  LOCK_EX,
  LOCK_NB,
  LOCK_SH,
  LOCK_UN,
  O_CREAT,
  O_NOCTTY,
  O_RDONLY,
  type Sys,
  WEXITSTATUS,
  WIFEXITED,
  WIFSIGNALED,
  WTERMSIG,
} from '../../abi/index.ts'
import { command, execvp, fatal, fork, must, usage } from '../lib/command.ts'
import { waitFor } from '../lib/namespaces.ts'
import { fixed } from '../lib/printf.ts'

export default command({
  name: 'flock',
  summary: 'manage file locks from shell scripts',
  suite: 'util-linux',
  usage: 'flock [options] <file>|<directory> <command> [<argument>...]',
  help: `
Usage:
 flock [options] <file>|<directory> <command> [<argument>...]
 flock [options] <file>|<directory> -c <command>
 flock [options] <file descriptor number>

Manage file locks from shell scripts.

Options:
 -s, --shared             get a shared lock
 -x, --exclusive          get an exclusive lock (default)
 -u, --unlock             remove a lock
 -n, --nonblock           fail rather than wait
 -w, --timeout <secs>     wait for a limited amount of time
 -E, --conflict-exit-code <number>  exit code after conflict or timeout
 -o, --close              close file descriptor before running command
 -c, --command <command>  run a single command string through the shell
 -F, --no-fork            execute command without forking
     --verbose            increase verbosity

 -h, --help               display this help
 -V, --version            display version

For more details see flock(1).
`,
  options: {
    shared: { short: 's' },
    exclusive: { short: 'xe' },
    unlock: { short: 'u' },
    nonblock: { short: 'n', also: ['nb'] },
    timeout: { short: 'w', also: ['wait'], value: '<secs>' },
    conflictExitCode: { short: 'E', value: '<number>' },
    close: { short: 'o' },
    command: { long: 'command', value: '<command>' },
    noFork: { short: 'F' },
    verbose: {},
  },
  stopAtOperand: true,
  wrongStatus: 64,

  *main(sys, flags, args, me) {
    const kind = flags.unlock ? LOCK_UN : flags.shared ? LOCK_SH : LOCK_EX
    const conflict = exitCode(flags.conflictExitCode ?? '1')
    const timeout = flags.timeout === undefined ? undefined : Number(flags.timeout)
    if (Number.isNaN(timeout)) throw fatal(`invalid timeout value: '${flags.timeout}'`, undefined, 64)
    if (timeout !== undefined && timeout < 0) throw fatal('cannot set up timer', EINVAL, 71)
    if (!args.length) {
      if (me.order.length) throw fatal('requires file descriptor, file or directory', undefined, 64)
      throw usage('not enough arguments', 64)
    }
    const program = args.slice(1)
    if (program[0] === '-c' || program[0] === '--command') {
      if (program.length !== 2)
        throw fatal(`${program[0]} requires exactly one command argument`, undefined, 64)
      program.splice(0, 2, me.env.get('SHELL') || '/bin/sh', '-c', program[1]!)
    }
    const fd = program.length ? yield* openLock(sys, args[0]!) : descriptor(args[0]!)
    const started = now(sys)
    if (!(yield* take(sys, fd, kind, flags.nonblock ? 0 : timeout))) {
      if (flags.verbose)
        yield* me.warn(flags.nonblock ? 'failed to get lock' : 'timeout while waiting to get lock')
      return conflict
    }
    if (flags.verbose)
      me.out.line(`${me.name}: getting lock took ${fixed((now(sys) - started) / 1e9, 6)} seconds`)
    if (!program.length) return 0
    if (flags.verbose) me.out.line(`${me.name}: executing ${program[0]}`)
    yield* me.out.flush()
    if (flags.noFork) return yield* execute(sys, program, me.envp)
    const child = fork(sys, me.name, its => {
      if (flags.close) its.close(fd)
      return execute(its, program, me.envp)
    })
    const { status } = yield* waitFor(sys, child)
    return WIFEXITED(status) ? WEXITSTATUS(status) : WIFSIGNALED(status) ? WTERMSIG(status) + 128 : 71
  },
})

function exitCode(text: string): number {
  if (!/^-?\d+$/.test(text)) throw fatal(`invalid exit code: '${text}'`, undefined, 64)
  const code = Number(text)
  if (code < 0 || code > 255) throw fatal('exit code out of range (expected 0 to 255)', undefined, 64)
  return code
}

function* execute(sys: Sys, program: readonly string[], envp: readonly string[]): Blocking<never> {
  try {
    return yield* execvp(sys, program, envp)
  } catch (e) {
    throw fatal(`failed to execute ${program[0]}`, e, 69)
  }
}

function now(sys: Sys): number {
  const t = sys.clock_gettime(CLOCK_MONOTONIC)
  return t.sec * 1e9 + t.nsec
}

function descriptor(text: string): number {
  if (!/^\d+$/.test(text)) throw fatal(`bad file descriptor: '${text}'`, undefined, 64)
  return Number(text)
}

/** The lock file is made when it is not there; a directory serves as well. */
function* openLock(sys: Sys, path: string): Blocking<number> {
  try {
    return yield* sys.open(path, O_RDONLY | O_CREAT | O_NOCTTY, 0o666)
  } catch (e) {
    if (e !== EISDIR) throw fatal(`cannot open lock file ${path}`, e, 66)
    return yield* must(`cannot open lock file ${path}`, sys.open(path, O_RDONLY | O_NOCTTY))
  }
}

/** Whether the lock was got; `timeout` in seconds, 0 for not waiting, undefined for waiting as long as it takes. */
function* take(sys: Sys, fd: number, kind: number, timeout: number | undefined): Blocking<boolean> {
  const end = timeout === undefined ? 0 : now(sys) + timeout * 1e9
  for (;;) {
    try {
      yield* sys.flock(fd, kind | (timeout === undefined ? 0 : LOCK_NB))
      return true
    } catch (e) {
      if (e === EINTR) continue
      if (e !== EAGAIN) throw fatal(String(fd), e, 65)
    }
    if (now(sys) >= end) return false
    yield* sys.nanosleep(Math.min(10_000_000, Math.max(1, end - now(sys))))
  }
}
