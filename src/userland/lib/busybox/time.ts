/**
 * time - run a program and tell what it used
 * Linux: busybox miscutils/time.c.
 *
 * Left out: -f's letters of resources but e, E, U, S, P and C; -v.
 */
import { type Blocking, Errno, O_APPEND, O_CREAT, O_TRUNC, O_WRONLY, type Sys } from '../../../abi/index.ts'
import { execvp, fork, must, writeAll } from '../command.ts'
import { applet, textOf } from './applet.ts'

const DEFAULT = 'real\t%E\nuser\t%u\nsys\t%T'
const POSIX = 'real %e\nuser %U\nsys %S'

export const time = applet('time', function* (sys, given, args, me) {
  const file = textOf(given.o)
  const how = O_WRONLY | O_CREAT | (given.a ? O_APPEND : O_TRUNC)
  const fd = file === undefined ? 2 : yield* must(`can't open '${file}'`, sys.open(file, how, 0o666))
  const start = seconds(sys)
  const before = sys.getrusage('children')
  const pid = fork(sys, 'time', its => run(its, args, me.envp))
  const status = yield* waitFor(sys, pid)
  const after = sys.getrusage('children')
  const used = {
    real: seconds(sys) - start,
    user: (after.utime - before.utime) / 1e9,
    sys: (after.stime - before.stime) / 1e9,
  }
  if (status) yield* writeAll(sys, fd, `Command exited with non-zero status ${status}\n`)
  const format = textOf(given.f) ?? (given.p ? POSIX : DEFAULT)
  yield* writeAll(sys, fd, `${filled(format, used, args)}\n`)
  return status
})

const seconds = (sys: Sys): number => {
  const { sec, nsec } = sys.clock_gettime(1)
  return sec + nsec / 1e9
}

function* run(sys: Sys, argv: readonly string[], envp: readonly string[]): Blocking<number> {
  try {
    return yield* execvp(sys, argv, envp)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* sys.write(2, `time: can't execute '${argv[0]}': ${e.message}\n`)
    return e.message.startsWith('No such') ? 127 : 126
  }
}

function* waitFor(sys: Sys, pid: number): Blocking<number> {
  const { status } = (yield* sys.wait4(pid, 0))!
  return status & 0x7f ? 128 + (status & 0x7f) : (status >> 8) & 0xff
}

interface Used {
  readonly real: number
  readonly user: number
  readonly sys: number
}

/** `0m 0.00s`. */
const minutes = (value: number): string => `${Math.floor(value / 60)}m ${(value % 60).toFixed(2)}s`

function filled(format: string, used: Used, args: readonly string[]): string {
  const share = used.real > 0 ? `${Math.floor((100 * (used.user + used.sys)) / used.real)}%` : '?%'
  const values: Readonly<Record<string, string>> = {
    C: args.join(' '),
    E: minutes(used.real),
    P: share,
    S: used.sys.toFixed(2),
    T: minutes(used.sys),
    U: used.user.toFixed(2),
    e: used.real.toFixed(2),
    u: minutes(used.user),
    '%': '%',
  }
  return format.replace(/%(.)/g, (all, letter: string) => values[letter] ?? all)
}
