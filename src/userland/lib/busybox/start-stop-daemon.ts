/**
 * start-stop-daemon - start a program unless it runs already, or signal the processes that match
 * Linux: busybox debianutils/start_stop_daemon.c.
 *
 * Left out: -N, -c, -R's schedules other than a number of seconds.
 */
import { type Blocking, Errno, SIGTERM, signalNumber, type Sys } from '../../../abi/index.ts'
import { execvp, fatal, fork, must, readFile, writeFile } from '../command.ts'
import { GetoptError, getopt } from '../getopt.ts'
import { type Proc, readProcs } from '../proc.ts'
import { readUsers, userId } from '../users.ts'
import { applet, synopsis } from './applet.ts'

const OPTIONS = {
  start: { short: 'S' },
  stop: { short: 'K' },
  background: { short: 'b' },
  quiet: { short: 'q' },
  test: { short: 't' },
  makePidfile: { short: 'm' },
  oknodo: { short: 'o' },
  verbose: { short: 'v' },
  startas: { short: 'a', value: '<s>' },
  name: { short: 'n', value: '<s>' },
  signal: { short: 's', value: '<s>' },
  user: { short: 'u', value: '<s>' },
  chuid: { short: 'c', value: '<s>' },
  chdir: { short: 'd', value: '<s>' },
  exec: { short: 'x', value: '<s>' },
  pidfile: { short: 'p', value: '<s>' },
  retry: { short: 'R', value: '<s>' },
} as const
type Given = ReturnType<typeof parse>['flags']

function parse(args: readonly string[]) {
  try {
    return getopt(OPTIONS, args, { stopAtOperand: true })
  } catch (e) {
    throw e instanceof GetoptError ? fatal(e.message) : e
  }
}

export const startStopDaemon = applet('start-stop-daemon', function* (sys, _given, words, me) {
  const { flags, args } = parse(words)
  if (!flags.start === !flags.stop) throw synopsis()
  const found = yield* matching(sys, flags)
  const say = (text: string): void => {
    if (!flags.quiet) me.out.line(text)
  }
  if (flags.stop) {
    const what = flags.exec ?? flags.pidfile ?? flags.name ?? flags.user ?? ''
    if (!found.length) {
      say(`no ${what} found; none killed`)
      return flags.oknodo ? 0 : 1
    }
    yield* stop(sys, flags, found)
    say(`stopped ${what} (pid ${found.map(it => it.pid).join(' ')})`)
    return 0
  }
  if (found.length) {
    say(`${flags.exec ?? flags.name ?? ''} is already running\n${found[0]!.pid}`)
    return flags.oknodo ? 0 : 1
  }
  const program = flags.exec ?? flags.startas ?? args[0]
  if (program === undefined) throw synopsis()
  if (flags.test) return 0
  const shown = flags.startas ?? program
  const rest = flags.exec === undefined && flags.startas === undefined ? args.slice(1) : args
  return yield* start(sys, flags, program, [shown, ...rest], me.envp)
})

function* start(
  sys: Sys,
  flags: Given,
  program: string,
  argv: readonly string[],
  envp: readonly string[],
): Blocking<number> {
  if (flags.background) {
    fork(sys, 'start-stop-daemon', function* (its) {
      its.setsid()
      return yield* become(its, flags, program, argv, envp)
    })
    return 0
  }
  return yield* become(sys, flags, program, argv, envp)
}

function* become(
  sys: Sys,
  flags: Given,
  program: string,
  argv: readonly string[],
  envp: readonly string[],
): Blocking<number> {
  if (flags.makePidfile && flags.pidfile !== undefined)
    yield* must(`can't open '${flags.pidfile}'`, writeFile(sys, flags.pidfile, `${sys.getpid()}\n`))
  if (flags.chdir !== undefined)
    must(`can't change directory to '${flags.chdir}'`, () => sys.chdir(flags.chdir!))
  if (flags.chuid !== undefined) {
    const uid = userId(yield* readUsers(sys), flags.chuid.split(':')[0]!)
    if (uid === undefined) throw fatal(`unknown user ${flags.chuid}`)
    must('setuid', () => sys.setresuid(uid, uid, uid))
  }
  try {
    if (program.includes('/')) return yield* sys.execve(program, argv, envp)
    return yield* execvp(sys, [program, ...argv.slice(1)], envp)
  } catch (e) {
    throw e instanceof Errno ? fatal(`can't execute '${program}'`, e) : e
  }
}

function* stop(sys: Sys, flags: Given, found: readonly Proc[]): Blocking<void> {
  const signal =
    flags.signal === undefined
      ? SIGTERM
      : /^\d+$/.test(flags.signal)
        ? Number(flags.signal)
        : signalNumber(flags.signal)
  if (signal === undefined) throw fatal(`invalid signal name '${flags.signal}'`)
  if (flags.test) return
  for (const { pid } of found) {
    try {
      yield* sys.kill(pid, signal)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
    }
  }
}

/** The processes that all of -p, -x, -n, -a and -u are true of; none of them: nobody. */
function* matching(sys: Sys, flags: Given): Blocking<Proc[]> {
  const { pidfile, exec, name, user } = flags
  if (pidfile === undefined && exec === undefined && name === undefined && user === undefined) return []
  let pid: number | undefined
  if (pidfile !== undefined) {
    try {
      pid = Number.parseInt(yield* readFile(sys, pidfile), 10)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      return []
    }
  }
  const uid = user === undefined ? undefined : (userId(yield* readUsers(sys), user) ?? Number(user))
  return (yield* readProcs(sys)).filter(
    it =>
      it.pid !== sys.getpid() &&
      (pidfile === undefined || it.pid === pid) &&
      (exec === undefined || executableOf(sys, it.pid) === exec) &&
      (name === undefined || it.comm === name.slice(0, 15)) &&
      (uid === undefined || it.uids[0] === uid),
  )
}

function executableOf(sys: Sys, pid: number): string | undefined {
  try {
    return sys.readlink(`/proc/${pid}/exe`)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return undefined
  }
}
