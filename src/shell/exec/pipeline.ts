/** Pipelines: one process for each command, joined by pipes. Bash: execute_cmd.c:execute_pipeline(), time_command(). */
import { O_CLOEXEC, exitStatus, type Blocking } from '../../abi/index.ts'
import { commandText } from '../print.ts'
import { Discard, Exit, isErrno, type Shell } from '../shell.ts'
import type { Command, Group, Pipeline } from '../tree.ts'
import { subshellBody } from './compound.ts'
import { Jobs, type Process } from './job-table.ts'
import { detach, newJob, runForeground, runMember, waitForeground } from './jobs.ts'
import { forkShell } from './process.ts'
import { keep } from './redirect.ts'
import { isTraceless } from './traceless.ts'
import { failed, runCommand, runUnjudged } from './run.ts'
import { announce } from './simple.ts'

export function* runPipeline(sh: Shell, command: Pipeline, tail: boolean): Blocking<number> {
  const [subshell] = command.commands
  if (command.timed && subshell?.type === 'subshell' && command.commands.length === 1 && !sh.isDash) {
    const status = yield* runTimedSubshell(sh, subshell, command.timed === 'time -p')
    return command.negated ? (status ? 0 : 1) : status
  }
  const before = command.timed ? clocks(sh) : undefined
  const { guarded, inverted } = sh
  if (command.negated) sh.inverted = inverted + 1
  let status: number
  try {
    status =
      command.commands.length > 1
        ? yield* pipe(sh, command)
        : yield* alone(sh, command, tail && !command.timed && !command.negated)
  } catch (e) {
    sh.guarded = guarded
    sh.inverted = inverted
    // "time" reports also on what errexit ends.
    if (before && sh.options.has('errexit') && e instanceof Exit)
      yield* reportTime(sh, before, command.timed === 'time -p')
    throw e
  }
  sh.guarded = guarded
  sh.inverted = inverted
  if (command.negated) sh.pipestatus ??= [String(status)]
  if (before) yield* reportTime(sh, before, command.timed === 'time -p')
  return command.negated ? (status ? 0 : 1) : status
}

/** `time ( … )` is told by the subshell, and goes where that one's standard error goes. */
const runTimedSubshell = (sh: Shell, command: Group, posix: boolean): Blocking<number> =>
  runForeground(
    sh,
    () => commandText(command),
    child =>
      subshellBody(child, command, function* (body) {
        const before = clocks(child)
        const status = yield* body
        yield* reportTime(child, before, posix)
        return status
      }),
  )

function* alone(sh: Shell, command: Pipeline, tail: boolean): Blocking<number> {
  // `!` and `time` may stand alone.
  const only = command.commands[0]
  if (!only) return 0
  return yield* command.negated ? runUnjudged(sh, only, tail) : runCommand(sh, only, tail)
}

function* pipe(sh: Shell, command: Pipeline): Blocking<number> {
  const { processes, pgid } = yield* startPipeline(sh, command, true)
  if (sh.pipeInput >= 0) return yield* lastHere(sh, command, processes)
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
  const awaited = foreground && stopAt === command.commands.length
  let input = -1
  let pgid = 0
  for (const [i, it] of command.commands.entries()) {
    if (i === stopAt) break
    if (it.type === 'simple') yield* announce(sh, it)
    else if (it.type === 'subshell') sh.errorLine = it.line
    const isLast = i === command.commands.length - 1
    const [from, to] = isLast ? [-1, -1] : yield* openPipe(sh)
    const place = monitor ? { pgid, foreground } : { pgid: undefined, foreground }
    const ends: Ends = { input, output: to, unused: from, both: !!command.both[i] }
    const detached = !foreground && !monitor
    const isLight = awaited && isTraceless(sh, it)
    const pid = yield* forkShell(sh, member(it, ends, detached, i === 0), place, isLight ? 'view' : 'copy')
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

/** What a command of a pipeline reads and writes, and the end of a pipe that it has no use for. */
interface Ends {
  readonly input: number
  readonly output: number
  readonly unused: number
  readonly both: boolean
}

const member = (
  command: Command,
  { input, output, unused, both }: Ends,
  detached: boolean,
  isFirst: boolean,
) =>
  function* (child: Shell): Blocking<number> {
    if (detached) yield* detach(child, command, isFirst)
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
    // And the child its own: its siblings are there before its children.
    child.owed += 2 * FORK_NS
    child.loops = 0
    child.isInPipe = command.type === 'simple'
    child.setOption('monitor', false)
    if (command.type !== 'simple' || child.isDash) child.jobs = new Jobs()
    return yield* runMember(child, command)
  }

/** shopt -s lastpipe: the last command runs in this shell. */
function* lastHere(sh: Shell, command: Pipeline, processes: Process[]): Blocking<number> {
  const input = sh.pipeInput
  sh.pipeInput = -1
  const job = newJob(sh, processes, () => commandText(command), 0, false)
  const kept = keep(sh, 0)
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
  const own = status
  const before = yield* waitForeground(sh, job)
  sh.pipestatus = [...processes.map(it => String(exitStatus(it.status ?? 127 << 8))), String(own)]
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
  const wrong = /%(?!%|P|[0-9]?l?[RUS])[0-9]?l?(.?)/.exec(format.replaceAll('%%', ''))
  if (wrong?.[1]) {
    yield* sh.complain(`TIMEFORMAT: \`${wrong[1]}': invalid format character`)
    return
  }
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
