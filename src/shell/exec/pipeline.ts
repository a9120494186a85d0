/** Pipelines: one process for each command, joined by pipes. Bash: execute_cmd.c:execute_pipeline(), time_command(). */
import { F_DUPFD_CLOEXEC, O_CLOEXEC, type Blocking } from '../../abi/index.ts'
import { commandText } from '../print.ts'
import { Discard, isErrno, type Shell } from '../shell.ts'
import type { Command, Pipeline } from '../tree.ts'
import { Jobs, type Process } from './job-table.ts'
import { newJob, runMember, waitForeground } from './jobs.ts'
import { forkShell } from './process.ts'
import { failed, runCommand, runUnjudged } from './run.ts'
import { announce } from './simple.ts'

export function* runPipeline(sh: Shell, command: Pipeline, tail: boolean): Blocking<number> {
  const before = command.timed ? clocks(sh) : undefined
  const { guarded } = sh
  // dash passes it on to the commands inside.
  if (command.negated && sh.isDash) sh.guarded++
  let status: number
  try {
    status =
      command.commands.length > 1
        ? yield* pipe(sh, command)
        : yield* alone(sh, command, tail && !command.timed && !command.negated)
  } catch (e) {
    sh.guarded = guarded
    throw e
  }
  sh.guarded = guarded
  if (before) yield* reportTime(sh, before, command.timed === 'time -p')
  return command.negated ? (status ? 0 : 1) : status
}

function* alone(sh: Shell, command: Pipeline, tail: boolean): Blocking<number> {
  // `!` and `time` may stand alone.
  const only = command.commands[0]
  if (!only) return 0
  return yield* command.negated ? runUnjudged(sh, only, tail) : runCommand(sh, only, tail)
}

function* pipe(sh: Shell, command: Pipeline): Blocking<number> {
  const { processes, pgid } = yield* startPipeline(sh, command, true)
  if (sh.shopts.has('lastpipe') && !sh.options.has('monitor')) return yield* lastHere(sh, command, processes)
  const job = newJob(sh, processes, () => commandText(command), pgid, false)
  const status = yield* waitForeground(sh, job)
  sh.status = status
  // The last one, if it is `( … )`, fails by itself before the pipeline does.
  const last = command.commands.at(-1)!
  if (status && last.type === 'subshell' && !command.negated && !sh.guarded && !sh.isDash)
    yield* failed(sh, status)
  return status
}

/** Virtual time that bash needs around a fork. */
const FORK_NS = 60_000

/** Start all commands of a pipeline; with lastpipe all but the last, whose input then is `sh.pipeInput`. */
export function* startPipeline(
  sh: Shell,
  command: Pipeline,
  foreground: boolean,
): Blocking<{ processes: Process[]; pgid: number }> {
  const processes: Process[] = []
  const monitor = sh.options.has('monitor')
  const stopAt =
    foreground && sh.shopts.has('lastpipe') && !monitor
      ? command.commands.length - 1
      : command.commands.length
  let input = -1
  let pgid = 0
  for (const [i, it] of command.commands.entries()) {
    if (i === stopAt) break
    if (it.type === 'simple') yield* announce(sh, it)
    else if (it.type === 'subshell') sh.errorLine = it.line
    const isLast = i === command.commands.length - 1
    const [from, to] = isLast ? [-1, -1] : yield* openPipe(sh)
    const place = monitor ? { pgid, foreground } : { pgid: undefined, foreground }
    const pid = yield* forkShell(sh, member(it, input, to, from, !!command.both[i]), place)
    if (!pgid) pgid = pid
    // A fork takes a shell its time; the child is on its way before the next one is made.
    sh.owed += FORK_NS
    yield* sh.pay()
    processes.push({ pid, status: undefined, stopped: false, text: () => commandText(it) })
    if (input >= 0) sh.sys.close(input)
    if (to >= 0) sh.sys.close(to)
    input = from
  }
  sh.pipeInput = stopAt < command.commands.length ? input : -1
  return { processes, pgid }
}

/** Without descriptors for a pipe a script ends. Bash: execute_pipeline(), throw_to_top_level(). */
function* openPipe(sh: Shell): Blocking<readonly [number, number]> {
  try {
    return sh.sys.pipe2(O_CLOEXEC)
  } catch (e) {
    if (!isErrno(e)) throw e
    yield* sh.print(2, `${sh.errorName()}: pipe error: ${e.message}\n`)
    throw new Discard(129)
  }
}

const member = (command: Command, input: number, output: number, unused: number, both: boolean) =>
  function* (child: Shell): Blocking<number> {
    if (input >= 0) {
      child.sys.dup2(input, 0)
      child.sys.close(input)
    }
    if (output >= 0) {
      child.sys.dup2(output, 1)
      if (both) child.sys.dup2(output, 2)
      child.sys.close(output)
    }
    if (unused >= 0) child.sys.close(unused)
    child.loops = 0
    child.setOption('monitor', false)
    if (command.type !== 'simple') child.jobs = new Jobs()
    return yield* runMember(child, command)
  }

/** shopt -s lastpipe: the last command runs in this shell. */
function* lastHere(sh: Shell, command: Pipeline, processes: Process[]): Blocking<number> {
  const input = sh.pipeInput
  const kept = sh.sys.fcntl(0, F_DUPFD_CLOEXEC, 10)
  sh.sys.dup2(input, 0)
  sh.sys.close(input)
  let status: number
  try {
    status = yield* runCommand(sh, command.commands.at(-1)!, false)
  } catch (e) {
    sh.sys.dup2(kept, 0)
    sh.sys.close(kept)
    throw e
  }
  sh.sys.dup2(kept, 0)
  sh.sys.close(kept)
  const job = newJob(sh, processes, () => commandText(command), 0, false)
  const own = status
  const before = yield* waitForeground(sh, job)
  sh.pipestatus = [...(sh.pipestatus ?? []), String(own)]
  return own || (sh.options.has('pipefail') ? before : 0)
}

// time

interface Clocks {
  readonly real: number
  readonly user: number
  readonly system: number
}

function clocks(sh: Shell): Clocks {
  const [own, children] = [sh.sys.getrusage('self'), sh.sys.getrusage('children')]
  return { real: sh.now(), user: own.utime + children.utime, system: own.stime + children.stime }
}

function* reportTime(sh: Shell, before: Clocks, posix: boolean): Blocking<void> {
  const after = clocks(sh)
  const real = after.real - before.real
  const user = (after.user - before.user) / 1e9
  const system = (after.system - before.system) / 1e9
  const format = posix
    ? 'real %2R\nuser %2U\nsys %2S'
    : (sh.get('TIMEFORMAT') ?? '\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS')
  if (!format) return
  const text = format.replace(
    /%(%|([0-9])?(l)?([RUS])|P)/g,
    (all, what: string, digits?: string, long?: string, which?: string) => {
      if (what === '%') return '%'
      if (what === 'P') return (real > 0 ? ((user + system) / real) * 100 : 0).toFixed(2)
      const seconds = which === 'R' ? real : which === 'U' ? user : system
      return which ? showSeconds(seconds, Math.min(3, Number(digits ?? 3)), !!long) : all
    },
  )
  yield* sh.print(2, `${text}\n`)
}

/** Cut, not rounded, as bash does it. */
export function showSeconds(seconds: number, digits: number, long: boolean): string {
  const scale = 10 ** digits
  const cut = Math.floor(Math.max(0, seconds) * scale + 1e-6) / scale
  if (!long) return cut.toFixed(digits)
  const minutes = Math.floor(cut / 60)
  return `${minutes}m${(cut - minutes * 60).toFixed(digits)}s`
}
