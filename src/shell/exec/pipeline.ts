/** Pipelines: one process for each command, joined by pipes. Bash: execute_cmd.c:execute_pipeline(), time_command(). */
import { F_DUPFD_CLOEXEC, O_CLOEXEC, type Blocking } from '../../abi/index.ts'
import { commandText } from '../print.ts'
import type { Shell } from '../shell.ts'
import type { Command, Pipeline } from '../tree.ts'
import { Jobs, type Process } from './job-table.ts'
import { newJob, runMember, waitForeground } from './jobs.ts'
import { forkShell } from './process.ts'
import { runCommand } from './run.ts'

export function* runPipeline(sh: Shell, command: Pipeline, tail: boolean): Blocking<number> {
  const before = command.timed ? clocks(sh) : undefined
  const { guarded } = sh
  if (command.negated) sh.guarded++
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
  return only ? yield* runCommand(sh, only, tail) : 0
}

function* pipe(sh: Shell, command: Pipeline): Blocking<number> {
  const { processes, pgid } = yield* startPipeline(sh, command, true)
  if (sh.shopts.has('lastpipe') && !sh.options.has('monitor')) return yield* lastHere(sh, command, processes)
  const job = newJob(sh, processes, () => commandText(command), pgid, false)
  const status = yield* waitForeground(sh, job)
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
    const isLast = i === command.commands.length - 1
    const [from, to] = isLast ? [-1, -1] : sh.sys.pipe2(O_CLOEXEC)
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
  yield* waitForeground(sh, job)
  sh.pipestatus = [...(sh.pipestatus ?? []), String(status)]
  return status
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
