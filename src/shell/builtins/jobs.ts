/** jobs, fg, bg, wait, disown, kill, suspend. Bash: builtins/jobs.def, fg_bg.def, wait.def, kill.def. */
import {
  EINTR,
  SIGCHLD,
  SIGCONT,
  SIGKILL,
  SIGSTOP,
  exitStatus,
  signalName,
  signalNumber,
  type Blocking,
} from '../../abi/index.ts'
import { assign, splitReference } from '../expand/assign.ts'
import {
  continueJob,
  isLastBackground,
  jobLine,
  jobStatus,
  notifyJobs,
  notifyKilled,
  waitForeground,
} from '../exec/jobs.ts'
import { stateOf, type Job } from '../exec/job-table.ts'
import { giveTerminal, reap, waitAny, waiting } from '../exec/process.ts'
import { dieIfInterrupted } from '../exec/trap.ts'
import { Complaint, Discard, reason, type Shell } from '../shell.ts'
import { dashJob, dashJobLine, dashKill } from './dash-jobs.ts'
import { output } from './echo.ts'
import { options, usageOnly } from './options.ts'
import { runSource } from '../exec/run.ts'

/** The job that `%1`, `%+`, `%name` or `%?text` means. */
export function findJob(sh: Shell, spec: string): Job | undefined {
  const text = spec.startsWith('%') ? spec.slice(1) : spec
  const { jobs } = sh
  if (text === '' || text === '%' || text === '+') return jobs.current
  if (text === '-') return jobs.previous
  if (/^\d+$/.test(text)) return jobs.byId(Number(text))
  const matches = jobs.list.filter(it =>
    text[0] === '?' ? it.text().includes(text.slice(1)) : it.text().startsWith(text),
  )
  if (matches.length > 1) throw new Complaint(`${text.replace(/^\?/, '')}: ambiguous job spec`, 1)
  return matches[0]
}

function jobOf(sh: Shell, spec: string): Job {
  const job = findJob(sh, spec)
  if (!job) throw new Complaint(`${spec}: no such job`, 1)
  return job
}

export function* jobs(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, sh.isDash ? 'lp' : 'lnprsx')
  yield* reap(sh)
  if (given.has('x') && !rest.length) return 0
  if (given.has('x')) {
    const words = rest.map(it => (it.startsWith('%') ? String(jobOf(sh, it).pgid) : it))
    return yield* runSource(sh, words.map(it => `'${it.replaceAll("'", "'\\''")}'`).join(' '), sh.line)
  }
  let status = 0
  const chosen: Job[] = []
  for (const spec of rest) {
    const job = yield* jobToList(sh, spec)
    if (job) chosen.push(job)
    else if (sh.isDash) throw new Complaint(`No such job: ${spec}`, 2)
    else {
      yield* sh.complain(`jobs: ${spec}: no such job`)
      status = 1
    }
  }
  let text = ''
  const told: Job[] = []
  for (const job of rest.length ? chosen : sh.isDash ? sh.jobs.list.toReversed() : sh.jobs.list.slice()) {
    const state = stateOf(job)
    if (
      (given.has('r') && state !== 'Running') ||
      (given.has('s') && state !== 'Stopped') ||
      (given.has('n') && job.notified)
    )
      continue
    text += given.has('p')
      ? `${job.pgid || job.processes[0]!.pid}\n`
      : sh.isDash && !sh.isAsh && !given.has('l')
        ? dashJobLine(sh, job)
        : jobLine(sh, job, given.has('l') ? 'long' : 'standard')
    if (!given.has('p')) job.notified = true
    if (state !== 'Done' || given.has('p')) continue
    if (sh.isDash) sh.jobs.remove(job)
    else told.push(job)
  }
  for (const job of told) sh.jobs.remove(job)
  return (yield* output(sh, text)) || status
}

/** To `jobs` an ambiguous name is also one of no job. */
function* jobToList(sh: Shell, spec: string): Blocking<Job | undefined> {
  try {
    return findJob(sh, spec)
  } catch (e) {
    if (!(e instanceof Complaint)) throw e
    yield* sh.complain(`jobs: ${e.message}`)
    return undefined
  }
}

function needJobControl(sh: Shell): void {
  if (!sh.isDash && !sh.options.has('monitor')) throw new Complaint('no job control', 1)
}

function* current(sh: Shell, spec: string | undefined): Blocking<Job> {
  yield* reap(sh)
  if (sh.isDash) return dashJob(sh, spec)
  const job = findJob(sh, spec ?? '%+')
  if (!job) throw new Complaint(`${spec ?? 'current'}: no such job`, 1)
  return job
}

export function* fg(sh: Shell, argv: readonly string[]): Blocking<number> {
  needJobControl(sh)
  const { rest } = options(argv, '')
  const job = yield* current(sh, rest[0])
  if (stateOf(job) === 'Done') throw new Complaint(`job has terminated`, 1)
  if (!job.hasJobControl) throw new Complaint(`job ${job.id} started without job control`, 1)
  yield* output(sh, `${job.text()}\n`)
  yield* giveTerminal(sh, job.pgid)
  yield* continueJob(sh, job)
  sh.jobs.promote(job)
  return yield* waitForeground(sh, job)
}

export function* bg(sh: Shell, argv: readonly string[]): Blocking<number> {
  needJobControl(sh)
  const { rest } = options(argv, '')
  let status = 0
  for (const spec of rest.length ? rest : [undefined]) {
    const job = yield* current(sh, spec)
    if (stateOf(job) === 'Running') {
      yield* sh.complain(`bg: job ${job.id} already in background`)
      continue
    }
    if (stateOf(job) === 'Done') throw new Complaint('job has terminated', 1)
    job.background = true
    status = yield* output(sh, `[${job.id}]${sh.jobs.mark(job)} ${job.text()} &\n`)
    yield* continueJob(sh, job)
    if (job === sh.jobs.current) sh.jobs.reset()
  }
  return status
}

export function* disown(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, 'ahr')
  const all = given.has('a') || (given.has('r') && !rest.length)
  let status = 0
  if (!rest.length && !all) {
    const job = findJob(sh, '%+')
    if (!job) throw new Complaint('current: no such job', 1)
    drop(sh, job, given.has('h'))
    return 0
  }
  if (all)
    for (const job of sh.jobs.list.slice())
      if (!given.has('r') || stateOf(job) === 'Running') drop(sh, job, given.has('h'))
  for (const spec of rest) {
    const job = /^\d+$/.test(spec) ? sh.jobs.byPid(Number(spec)) : findJob(sh, spec)
    if (job) drop(sh, job, given.has('h'))
    else {
      yield* sh.complain(`disown: ${spec}: no such job`)
      status = 1
    }
  }
  return status
}

function drop(sh: Shell, job: Job, keep: boolean): void {
  if (keep) {
    job.noHup = true
    return
  }
  if (stateOf(job) === 'Stopped')
    sh.warn(`warning: deleting stopped job ${job.id} with process group ${job.pgid}`)
  sh.jobs.remove(job)
}

// wait

export function* wait(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, sh.isDash ? '' : 'fnp:')
  const variable = given.get('p')
  if (variable !== undefined) {
    if (!splitReference(variable)) throw new Complaint(`\`${variable}': not a valid identifier`, 1)
    if (sh.variables.resolve(variable)?.readonly)
      throw new Complaint(`${variable}: cannot unset: readonly variable`, 1)
    sh.variables.unset(variable)
  }
  if (given.has('n')) return yield* waitNext(sh, rest, variable)
  if (!rest.length) return yield* waitAll(sh)
  let status = 0
  for (const spec of rest) {
    try {
      status = yield* waitOne(sh, spec, variable)
    } catch (e) {
      if (!(e instanceof Complaint)) throw e
      yield* sh.complain(`wait: ${e.message}`)
      status = e.status
    }
  }
  return status
}

/** Sleep until a child changes; a trapped signal ends `wait` at once. */
function* pauseForChild(sh: Shell): Blocking<boolean> {
  try {
    return yield* waiting(sh, waitAny(sh))
  } catch (e) {
    if (e !== EINTR) throw e
    if (sh.interrupted && sh.isInteractive) {
      sh.interrupted = false
      throw new Discard(130)
    }
    yield* dieIfInterrupted(sh)
    const trapped = sh.pending.find(it => sh.isDash || it !== SIGCHLD)
    if (trapped !== undefined) throw new Interrupted(128 + trapped)
    return true
  }
}

/** A signal with a trap came while waiting. */
class Interrupted {
  readonly status: number
  constructor(status: number) {
    this.status = status
  }
}

function* interruptible(sh: Shell, work: Blocking<number>): Blocking<number> {
  try {
    return yield* work
  } catch (e) {
    if (e instanceof Interrupted) return e.status
    throw e
  }
}

function* waitAll(sh: Shell): Blocking<number> {
  return yield* interruptible(
    sh,
    (function* () {
      for (let job = running(sh); job; job = running(sh)) {
        if (!(yield* pauseForChild(sh))) break
        // dash tells of those alone that `wait` names.
        if (stateOf(job) === 'Done' && !sh.isDash) yield* waited(sh, job)
      }
      while ([...sh.jobs.anonymous.values()].includes(undefined)) if (!(yield* pauseForChild(sh))) break
      if (!sh.isInteractive || !sh.options.has('monitor'))
        for (const job of sh.jobs.list.slice()) {
          const isKept = !sh.isInteractive && !job.notified && isLastBackground(sh, job)
          if (stateOf(job) === 'Done' && !isKept && !sh.isDash) sh.jobs.remove(job)
        }
      sh.jobs.anonymous.clear()
      sh.jobs.finished.clear()
      if (sh.isInteractive && sh.options.has('monitor') && !sh.isDash) yield* notifyJobs(sh)
      return 0
    })(),
  )
}

const running = (sh: Shell): Job | undefined => sh.jobs.list.find(it => stateOf(it) === 'Running')

/** A job that was waited for is soon forgotten; if it was killed a script hears of it first. dash waits for `jobs`. */
function* waited(sh: Shell, job: Job): Blocking<void> {
  if (sh.isInteractive) return
  yield* notifyKilled(sh, sh.line)
  if (!sh.isDash) job.notified = true
}

function* waitOne(sh: Shell, spec: string, variable: string | undefined): Blocking<number> {
  if (!spec.startsWith('%') && !/^\d+$/.test(spec))
    throw new Complaint(
      sh.isDash ? `Illegal number: ${spec}` : `\`${spec}': not a pid or valid job spec`,
      sh.isDash ? 2 : 1,
    )
  const isPid = !spec.startsWith('%')
  const pid = Number(spec)
  const job = isPid ? sh.jobs.byPid(pid) : findJob(sh, spec)
  if (!job) {
    if (isPid && sh.jobs.anonymous.has(pid)) return yield* waitAnonymous(sh, pid)
    const known = isPid ? sh.jobs.finished.get(pid) : undefined
    if (known !== undefined) return exitStatus(known)
    if (sh.isDash && !isPid) throw new Complaint(`No such job: ${spec}`, 2)
    if (sh.isDash) return 127
    throw new Complaint(isPid ? `pid ${pid} is not a child of this shell` : `${spec}: no such job`, 127)
  }
  return yield* interruptible(
    sh,
    (function* () {
      const process = isPid ? job.processes.find(it => it.pid === pid)! : undefined
      const isDone = () =>
        process ? process.status !== undefined || process.stopped : stateOf(job) !== 'Running'
      while (!isDone()) if (!(yield* pauseForChild(sh))) break
      if (variable !== undefined) assign(sh, variable, String(process?.pid ?? job.processes.at(-1)!.pid))
      const status =
        stateOf(job) === 'Stopped' ? 128 + job.stopSignal : exitStatus(process?.status ?? jobStatus(sh, job))
      if (stateOf(job) === 'Done') yield* waited(sh, job)
      return status
    })(),
  )
}

function* waitAnonymous(sh: Shell, pid: number): Blocking<number> {
  return yield* interruptible(
    sh,
    (function* () {
      while (sh.jobs.anonymous.get(pid) === undefined) if (!(yield* pauseForChild(sh))) break
      const status = sh.jobs.anonymous.get(pid)
      return status === undefined ? 127 : exitStatus(status)
    })(),
  )
}

/** `wait -n`: the next job to end. */
function* waitNext(sh: Shell, specs: readonly string[], variable: string | undefined): Blocking<number> {
  const isWanted = (job: Job) =>
    !specs.length ||
    specs.some(it =>
      it.startsWith('%') ? findJob(sh, it) === job : job.processes.some(p => p.pid === Number(it)),
    )
  for (const spec of specs)
    if (!(spec.startsWith('%') ? findJob(sh, spec) : sh.jobs.byPid(Number(spec))))
      yield* sh.complain(`wait: ${spec}: no such job`)
  return yield* interruptible(
    sh,
    (function* () {
      // Of the jobs that are dead already, those alone that nobody has heard of.
      for (let isNew = (job: Job) => !job.notified; ; isNew = () => true) {
        const job = sh.jobs.list.find(it => stateOf(it) === 'Done' && isNew(it) && isWanted(it))
        if (job) {
          const status = exitStatus(jobStatus(sh, job))
          if (variable !== undefined) assign(sh, variable, String(job.processes.at(-1)!.pid))
          yield* waited(sh, job)
          sh.jobs.remove(job)
          return status
        }
        if (!sh.jobs.list.some(it => stateOf(it) === 'Running' && isWanted(it))) return 127
        if (!(yield* pauseForChild(sh))) return 127
      }
    })(),
  )
}

// kill

export function* kill(sh: Shell, argv: readonly string[]): Blocking<number> {
  if (sh.isDash && !sh.isAsh) return yield* dashKill(sh, argv)
  let i = 1
  let signal = 15
  const word = argv[1]
  if (word === undefined) throw noVictim(sh)
  if (word === '-l' || word === '-L') {
    // What looks like one more option is one, and forgotten.
    const isOption = /^-./.test(argv[2] ?? '')
    return yield* list(sh, argv.slice(isOption ? 3 : 2))
  }
  if (/^-(s.|n\d)/.test(word)) {
    signal = signalOf(sh, word.slice(2))
    i = 2
  } else if (word === '-s' || word === '-n') {
    if (argv[2] === undefined) throw new Complaint(`${word}: option requires an argument`, 1)
    signal = signalOf(sh, argv[2])
    i = 3
  } else if (word === '--') i = 2
  else if (/^-./.test(word)) {
    signal = signalOf(sh, word.slice(1))
    i = 2
  }
  if (argv[i] === '--') i++
  if (i >= argv.length) throw noVictim(sh)
  let signalled = 0
  for (const target of argv.slice(i)) {
    const problem = yield* send(sh, target, signal)
    if (problem) yield* sh.complain(`kill: ${problem}`)
    else signalled++
  }
  return signalled ? 0 : 1
}

function signalOf(sh: Shell, text: string): number {
  const signal = sh.options.has('posix') && /^sig/i.test(text) ? undefined : signalNumber(text)
  if (signal === undefined || (/^\d+$/.test(text) && signal > 64))
    throw new Complaint(`${text}: invalid signal specification`, 1)
  return signal
}

function* send(sh: Shell, target: string, signal: number): Blocking<string | undefined> {
  if (target.startsWith('%')) {
    const job = findJob(sh, target)
    if (!job) return `${target}: no such job`
    try {
      if (job.hasJobControl) yield* sh.sys.kill(-job.pgid, signal)
      else for (const it of job.processes) if (it.status === undefined) yield* sh.sys.kill(it.pid, signal)
      if (
        stateOf(job) === 'Stopped' &&
        signal !== SIGCONT &&
        signal !== SIGKILL &&
        signal !== SIGSTOP &&
        signal !== 0 &&
        job.hasJobControl
      )
        yield* sh.sys.kill(-job.pgid, SIGCONT)
    } catch (e) {
      return `(${job.pgid}) - ${reason(e)}`
    }
    return undefined
  }
  if (!/^-?\d+$/.test(target))
    return target ? `${target}: arguments must be process or job IDs` : "`': not a pid or valid job spec"
  try {
    yield* sh.sys.kill(Number(target), signal)
  } catch (e) {
    return sh.isAsh ? `can't kill pid ${target}: ${reason(e)}` : `(${target}) - ${reason(e)}`
  }
  return undefined
}

const noVictim = (sh: Shell): Complaint =>
  sh.isAsh ? new Complaint('you need to specify whom to kill', 1) : usageOnly('kill')

function* list(sh: Shell, names: readonly string[]): Blocking<number> {
  if (!names.length)
    return yield* output(sh, sh.isAsh ? ashSignals() : sh.options.has('posix') ? signalLine() : signalTable())
  let text = ''
  let status = 0
  for (const it of names) {
    if (/^\d+$/.test(it)) {
      const number = Number(it) > 128 ? Number(it) - 128 : Number(it)
      const name = number === 0 ? 'EXIT' : signalName(number)?.replace(/^SIG/, '')
      if (name) text += `${name}\n`
      // The two that the C library keeps for itself have no name.
      else if (number === 32 || number === 33) continue
      else {
        yield* output(sh, text)
        text = ''
        yield* sh.complain(`kill: ${it}: invalid signal specification`)
        status = 1
      }
      continue
    }
    const number = /^(SIG)?EXIT$/i.test(it) ? 0 : signalNumber(it)
    if (number === undefined) {
      yield* output(sh, text)
      text = ''
      yield* sh.complain(`kill: ${it}: invalid signal specification`)
      status = 1
    } else text += `${number}\n`
  }
  return (yield* output(sh, text)) || status
}

const ashSignals = (): string =>
  Array.from(
    { length: 64 },
    (_, i) => `${String(i + 1).padStart(2)}) ${(signalName(i + 1) ?? `${i + 1}`).replace(/^SIG/, '')}\n`,
  ).join('')

/** Posix mode's `kill -l`. */
const signalLine = (): string =>
  `${Array.from({ length: 64 }, (_, i) => signalName(i + 1)?.slice(3))
    .filter(Boolean)
    .join(' ')}\n`

/** Five signals a line, as `kill -l` and `trap -l` show them. */
export function signalTable(): string {
  let out = ''
  let column = 0
  for (let i = 1; i <= 64; i++) {
    const name = signalName(i)
    if (!name) continue
    out += `${String(i).padStart(2)}) ${name}`
    column++
    out += column % 5 === 0 ? '\n' : i === 64 ? '\t\n' : '\t'
  }
  return out
}

export function* suspend(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given } = options(argv, 'f')
  if (!sh.options.has('monitor')) throw new Complaint('cannot suspend: no job control', 1)
  if (sh.isLogin && !given.has('f')) throw new Complaint('cannot suspend a login shell', 1)
  yield* sh.sys.kill(0, SIGSTOP)
  return 0
}
