/**
 * strace - trace system calls and signals
 * https://man7.org/linux/man-pages/man1/strace.1.html
 *
 * What a trace here lacks against one on Linux: the calls of the dynamic loader and of the C library's start (mmap,
 * brk, the locale files), because programs here have no address space; addresses are made up. Calls appear under the
 * names that glibc gives them (openat, newfstatat, exit_group, …).
 *
 * --why is Vitrine's own: there is nothing like it elsewhere.
 *
 * Left out: tampering (inject, fault), dumps of data (-e read, write), stack traces (-k), -D in the background,
 * -X, -O, -U, decoded process ids (-Y).
 */
import {
  type Blocking,
  CONTINUED,
  ECHILD,
  EINTR,
  ENOENT,
  Errno,
  exitStatus,
  O_APPEND,
  O_CLOEXEC,
  O_CREAT,
  O_PATH,
  O_TRUNC,
  O_WRONLY,
  PTRACE_DETACH,
  PTRACE_O_TRACECLONE,
  PTRACE_SEIZE,
  S_IFDIR,
  S_IFMT,
  SIG_DFL,
  SIG_IGN,
  SIGHUP,
  SIGINT,
  signalNumber,
  SIGPIPE,
  SIGQUIT,
  SIGTERM,
  SIGTTIN,
  SIGTTOU,
  type Sys,
  type TraceEvent,
  WCOREDUMP,
  WIFEXITED,
  WTERMSIG,
} from '../../abi/index.ts'
import { command, fatal, type Flags, fork, type Options, type Process as Me } from '../lib/command.ts'
import { callName } from '../lib/strace/calls.ts'
import { signalText } from '../lib/strace/flags.ts'
import { Log, type LogOptions, newProcess, type Process } from '../lib/strace/log.ts'
import { callFilter, callNumber, InvalidCall } from '../lib/strace/sets.ts'
import { isOrder, Summary } from '../lib/strace/summary.ts'
import { groupList, readUsers } from '../lib/users.ts'
import { explain, languageOf } from '../lib/why/explain.ts'

const OPTIONS = {
  output: { short: 'o', value: '=FILE', help: 'send trace output to FILE instead of stderr' },
  append: { short: 'A', long: 'output-append-mode', help: 'append to the file of -o' },
  followForks: { short: 'f', repeat: true, help: 'follow forks; -ff: into a file each (FILE.PID)' },
  outputSeparately: {},
  attach: { short: 'p', value: '=PID', repeat: true, help: 'trace process PID, may be repeated' },
  user: { short: 'u', value: '=USERNAME', help: 'run command as USERNAME' },
  env: { short: 'E', value: '=VAR=VAL', repeat: true, help: 'put VAR=VAL in the environment, or remove VAR' },
  expression: {
    short: 'e',
    long: '',
    value: '<EXPR>',
    repeat: true,
    help: 'trace=SET, signal=SET, status=SET, quiet=SET',
  },
  trace: { value: '=SET', repeat: true },
  signal: { value: '=SET' },
  status: { value: '=SET' },
  tracePath: { short: 'P', value: '=PATH', repeat: true, help: 'trace accesses to PATH' },
  successfulOnly: { short: 'z', help: 'print only calls that returned without an error' },
  failedOnly: { short: 'Z', help: 'print only calls that returned with an error' },
  columns: { short: 'a', value: '=COLUMN', help: 'where results begin (default 40)' },
  syscallNumber: { short: 'n', help: 'print the numbers of calls' },
  quiet: {
    short: 'q',
    long: '',
    repeat: true,
    help: 'no messages about attaching; -qq: nor about exits',
  },
  silence: { long: 'quiet', also: ['silent'], value: '=SET', repeat: true },
  relativeTimestamps: { short: 'r', help: 'print the time since the line before' },
  stringLimit: {
    short: 's',
    value: '=STRSIZE',
    help: 'print at most STRSIZE bytes of a string (default 32)',
  },
  clock: {
    short: 't',
    long: 'absolute-timestamps',
    repeat: true,
    help: 'print the time; -tt: with microseconds, -ttt: as a number',
  },
  syscallTimes: { short: 'T', help: 'print the time spent in each call' },
  noAbbrev: { short: 'v', help: 'print structures whole' },
  stringsInHex: { short: 'x', repeat: true, help: 'strings that are not text in hexadecimal; -xx: all' },
  decodeFds: { short: 'y', repeat: true, help: 'print the paths of descriptors; -yy: and their devices' },
  summaryOnly: { short: 'c', help: 'only a table of counts, errors and times' },
  summary: { short: 'C', help: 'that table after the trace' },
  sortBy: {
    short: 'S',
    long: 'summary-sort-by',
    value: '=SORTBY',
    help: 'sort it by time, calls, errors, name, nothing',
  },
  wallClock: { short: 'w', long: 'summary-wall-clock', help: 'count real time, not CPU time' },
  why: { help: 'after a refused call, say which rule of the kernel refused it (only here)' },
  interruptible: { short: 'I', value: '=N' },
  detachOn: { short: 'b', value: '=CALL' },
  daemonize: { short: 'D', repeat: true },
  instructionPointer: { short: 'i' },
  debug: { short: 'd' },
  seccompBpf: {},
} as const satisfies Options
type Given = Flags<typeof OPTIONS>

const TRY = "Try 'strace -h' for more information."
const VERSION = 'strace -- version 6.1\n'

export default command({
  name: 'strace',
  summary: 'trace system calls and signals',
  suite: 'other',
  usage: ['strace [-ACcfnqrtTvwxyzZ] [-e EXPR]... [-o FILE] [-p PID]... [-s STRSIZE] PROG [ARGS]'],
  wrongUsage: `${TRY}\n`,
  version: VERSION,
  options: OPTIONS,
  stopAtOperand: true,
  obsolete: args => args.map((it, i) => (i ? it : it === '-h' ? '--help' : it === '-V' ? '--version' : it)),

  *main(sys, flags, args, me) {
    const pids = attachedPids(flags)
    const filter = filterOf(flags)
    check(flags, args, pids)
    const program = args.length ? findProgram(sys, me, args[0]!) : undefined
    const tracer = new Tracer(sys, me, flags, filter)
    yield* tracer.resolvePaths()
    yield* tracer.open(args.length > 0)
    tracer.catchSignals()
    for (const pid of pids) yield* tracer.attach(pid)
    if (program !== undefined) yield* tracer.start(program, args)
    return yield* tracer.run()
  },
})

// ---- The command line

const wrong = (what: string): unknown => fatal(`${what}\n${TRY}`)

function attachedPids(flags: Given): readonly number[] {
  const words = (flags.attach ?? []).flatMap(it => it.split(/[\s,]+/).filter(Boolean))
  return words.map(word => {
    if (!/^[1-9]\d*$/.test(word)) throw fatal(`Invalid process id: '${word}'`)
    return Number(word)
  })
}

function check(flags: Given, args: readonly string[], pids: readonly number[]): void {
  for (const [text, letter] of [
    [flags.stringLimit, 's'],
    [flags.columns, 'a'],
    [flags.interruptible, 'I'],
  ] as const)
    if (text !== undefined && !/^\d+$/.test(text)) throw wrong(`invalid -${letter} argument: '${text}'`)
  if (flags.sortBy !== undefined && !isOrder(flags.sortBy)) throw wrong(`invalid sortby: '${flags.sortBy}'`)
  if (flags.detachOn !== undefined && flags.detachOn !== 'execve')
    throw fatal(`Syscall '${flags.detachOn}' for -b isn't supported`)
  if (!args.length && !pids.length) throw wrong('must have PROG [ARGS] or -p PID')
  const separate = (flags.followForks ?? 0) > 1 || flags.outputSeparately
  if (separate && (flags.summaryOnly || flags.summary))
    throw wrong('(-c/--summary-only or -C/--summary) and -ff/--output-separately are mutually exclusive')
  if (flags.summaryOnly && flags.summary)
    throw wrong('-c/--summary-only and -C/--summary are mutually exclusive')
}

interface Filter {
  readonly call: (name: string) => boolean
  readonly signal: (signal: number) => boolean
  /** The results that are shown. */
  readonly status: (outcome: 'successful' | 'failed' | 'unfinished') => boolean
  readonly isStatusAll: boolean
  /** By -q or -e quiet. */
  readonly isQuietGiven: boolean
  readonly quietAttach: boolean
  readonly quietExit: boolean
  readonly quietExecve: boolean
}

const KINDS: Readonly<Record<string, string>> = {
  t: 'trace',
  trace: 'trace',
  s: 'signal',
  signal: 'signal',
  signals: 'signal',
  status: 'status',
  q: 'quiet',
  quiet: 'quiet',
  silent: 'quiet',
  abbrev: 'abbrev',
  a: 'abbrev',
  verbose: 'other',
  v: 'other',
  raw: 'other',
  x: 'other',
  read: 'other',
  r: 'other',
  write: 'other',
  w: 'other',
}

/** `!a,b` as a test. */
function setOf(text: string, known: (word: string) => string): (it: string) => boolean {
  if (text === 'all') return () => true
  if (text === 'none') return () => false
  const negated = text.startsWith('!')
  const words = new Set((negated ? text.slice(1) : text).split(',').map(known))
  return it => words.has(it) !== negated
}

const STATUSES = ['successful', 'failed', 'unfinished', 'unavailable', 'detached']
const MESSAGES = ['attach', 'exit', 'path-resolution', 'personality', 'thread-execve', 'all']

function filterOf(flags: Given): Filter {
  const sets: Record<string, string | undefined> = {
    trace: flags.trace?.at(-1),
    signal: flags.signal,
    status: flags.status,
  }
  const quiets = [...(flags.silence ?? [])]
  for (const text of flags.expression ?? []) {
    const found = /^(\w+)=(.*)$/s.exec(text)
    const kind = found ? KINDS[found[1]!] : undefined
    if (!found || !kind) sets.trace = text
    else if (kind === 'quiet') quiets.push(found[2]!)
    else if (kind === 'abbrev') flags.noAbbrev ||= found[2] === 'none'
    else sets[kind] = found[2]!
  }
  const one = (list: readonly string[], what: string) => (word: string) => {
    if (!list.includes(word)) throw fatal(`invalid ${what} '${word}'`)
    return word
  }
  const signals = setOf(sets.signal ?? 'all', word => {
    const number = signalNumber(word.replace(/^SIG/i, '').toUpperCase())
    if (number === undefined) throw fatal(`invalid signal '${word}'`)
    return String(number)
  })
  const status = flags.successfulOnly ? 'successful' : flags.failedOnly ? 'failed' : (sets.status ?? 'all')
  const count = flags.quiet ?? 0
  const isQuiet = (word: string): boolean => quiets.some(it => setOf(it, one(MESSAGES, 'quiet'))(word))
  return {
    call: traceFilter(sets.trace ?? 'all'),
    signal: it => signals(String(it)),
    status: setOf(status, one(STATUSES, 'status')),
    isStatusAll: status === 'all',
    isQuietGiven: count > 0 || quiets.length > 0,
    quietAttach: count > 0 || isQuiet('attach'),
    quietExit: count > 1 || isQuiet('exit'),
    quietExecve: count > 2 || isQuiet('thread-execve'),
  }
}

function traceFilter(text: string): (name: string) => boolean {
  try {
    return callFilter(text)
  } catch (e) {
    if (e instanceof InvalidCall) throw fatal(`invalid system call '${e.name}'`)
    throw e
  }
}

/** Linux: startup_child(): the program as execvp would find it. */
function findProgram(sys: Sys, me: Me, name: string): string {
  const cannot = (e: unknown): unknown => fatal(`Can't stat '${name}'`, e)
  const places = name.includes('/') ? [''] : (me.env.get('PATH') ?? '').split(':').map(it => `${it || '.'}/`)
  for (const place of places)
    try {
      const { mode } = sys.stat(place + name)
      if (!place || ((mode & S_IFMT) !== S_IFDIR && mode & 0o111)) return place + name
    } catch (e) {
      if (!place) throw cannot(e)
    }
  throw cannot(ENOENT)
}

// ---- Tracing

class Tracer {
  readonly #sys: Sys
  readonly #me: Me
  readonly #flags: Given
  readonly #filter: Filter
  readonly #processes = new Map<number, Process>()
  readonly #summary: Summary | undefined
  readonly #isSeparate: boolean
  readonly #logs = new Map<number, Log>()
  #log: Log
  #out = 2
  #text = ''
  /** Paths of -P, and as they really are. */
  readonly #paths: Set<string>
  #quiet: boolean
  #child = 0
  /** The child that we started has not become its program yet, or never will. */
  #hides = false
  #status = 0
  #interrupted = 0
  #blocksSignals = false

  constructor(sys: Sys, me: Me, flags: Given, filter: Filter) {
    this.#sys = sys
    this.#me = me
    this.#flags = flags
    this.#filter = filter
    this.#quiet = filter.quietAttach
    this.#isSeparate =
      ((flags.followForks ?? 0) > 1 || Boolean(flags.outputSeparately)) && flags.output !== undefined
    if (flags.summaryOnly || flags.summary) this.#summary = new Summary()
    this.#paths = new Set(flags.tracePath ?? [])
    this.#log = this.#newLog()
  }

  #newLog(): Log {
    const { stringsInHex = 0, decodeFds = 0, ...flags } = this.#flags
    const options: LogOptions = {
      strsize: Number(flags.stringLimit ?? 32),
      verbose: Boolean(flags.noAbbrev),
      hex: stringsInHex > 1 ? 2 : stringsInHex ? 1 : 0,
      clock: flags.clock ?? 0,
      relative: Boolean(flags.relativeTimestamps),
      spent: Boolean(flags.syscallTimes),
      numbers: Boolean(flags.syscallNumber),
      column: Number(flags.columns ?? 40),
      paths: decodeFds,
      always: flags.output !== undefined && Boolean(flags.followForks) && !this.#isSeparate,
    }
    const isQuiet = Boolean(flags.summaryOnly)
    return new Log(this.#sys, options, text => {
      if (!isQuiet) this.#text += text
    })
  }

  /** Paths of -P count by what they resolve to as well. */
  *resolvePaths(): Blocking<void> {
    for (const path of this.#flags.tracePath ?? []) {
      const real = yield* realPath(this.#sys, path)
      if (real === undefined || real === path) continue
      this.#paths.add(real)
      yield* this.#say(`Requested path "${path}" resolved into "${real}"`)
    }
  }

  /** The file of -o; a program after `|` or `!`. */
  *open(runsProgram: boolean): Blocking<void> {
    const { output, append } = this.#flags
    if (output === undefined) return
    // Who says what is to be quiet says all of it. Linux: quiet_set_updated.
    this.#quiet ||= runsProgram && !this.#filter.isQuietGiven
    this.#blocksSignals = runsProgram
    if (this.#isSeparate) return
    if (/^[|!]/.test(output)) {
      this.#out = this.#pipeTo(output.slice(1))
      return
    }
    this.#out = yield* this.#create(output, append ? O_APPEND : O_TRUNC)
  }

  *#create(path: string, how: number): Blocking<number> {
    try {
      return yield* this.#sys.open(path, O_WRONLY | O_CREAT | O_CLOEXEC | how, 0o666)
    } catch (e) {
      throw fatal(`Can't fopen '${path}'`, e)
    }
  }

  #pipeTo(line: string): number {
    const [read, write] = this.#sys.pipe2(O_CLOEXEC)
    fork(this.#sys, this.#me.name, function* (its) {
      its.dup2(read, 0)
      return yield* its.execve('/bin/sh', ['sh', '-c', line], [])
    })
    this.#sys.close(read)
    return write
  }

  catchSignals(): void {
    const { interruptible } = this.#flags
    const isBlocked = interruptible === undefined ? this.#blocksSignals : Number(interruptible) > 2
    const note = (signal: number): void => {
      this.#interrupted = signal
    }
    for (const it of [SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM])
      this.#sys.sigaction(it, isBlocked ? () => {} : note, 0)
    this.#sys.sigaction(SIGTTOU, SIG_IGN)
    this.#sys.sigaction(SIGTTIN, SIG_IGN)
  }

  get #options(): number {
    return this.#flags.followForks ? PTRACE_O_TRACECLONE : 0
  }

  *#say(text: string): Blocking<void> {
    if (!this.#quiet) yield* this.#sys.write(2, `${this.#me.name}: ${text}\n`)
  }

  *attach(pid: number): Blocking<void> {
    if (pid === this.#sys.getpid()) throw fatal("I'm sorry, I can't let you do that, Dave.")
    try {
      this.#sys.ptrace(PTRACE_SEIZE, pid, this.#options)
    } catch (e) {
      throw fatal(`attach: ptrace(PTRACE_SEIZE, ${pid})`, e)
    }
    this.#add(pid)
    yield* this.#say(`Process ${pid} attached`)
  }

  #add(pid: number): Process {
    const it = newProcess(pid)
    this.#processes.set(pid, it)
    this.#log.processes = this.#processes.size
    return it
  }

  *start(path: string, args: readonly string[]): Blocking<void> {
    const { name } = this.#me
    const envp = environment(this.#me.envp, this.#flags.env ?? [])
    const identity = yield* this.#identity()
    const pid = fork(this.#sys, name, function* (its) {
      for (const it of [SIGTTOU, SIGTTIN]) its.sigaction(it, SIG_DFL)
      if (identity) {
        its.setgroups(identity.groups)
        its.setgid(identity.gid)
        its.setuid(identity.uid)
      }
      try {
        return yield* its.execve(path, args, envp)
      } catch (e) {
        throw fatal('exec', e)
      }
    })
    this.#sys.ptrace(PTRACE_SEIZE, pid, this.#options)
    this.#child = pid
    this.#hides = true
    this.#add(pid)
  }

  *#identity(): Blocking<{ uid: number; gid: number; groups: number[] } | undefined> {
    const { user } = this.#flags
    if (user === undefined) return undefined
    if (this.#sys.getuid()) throw fatal('You must be root to use the -u option')
    const users = yield* readUsers(this.#sys)
    const found = users.passwd.find(it => it.name === user)
    if (!found) throw fatal(`Cannot find user '${user}'`)
    return { uid: found.uid, gid: found.gid, groups: groupList(users, user, found.gid) }
  }

  *run(): Blocking<number> {
    for (;;) {
      if (this.#interrupted) return yield* this.#leave()
      let event: TraceEvent
      try {
        event = yield* this.#sys.waitTracee()
      } catch (e) {
        if (e === EINTR) continue
        if (e === ECHILD) break
        throw e
      }
      yield* this.#handle(event)
      yield* this.#flush(event.pid)
    }
    yield* this.#summarize()
    return yield* this.#endLikeChild()
  }

  *#flush(pid: number): Blocking<void> {
    // What goes into a file or a pipe goes there by lines.
    const end = this.#flags.output === undefined ? this.#text.length : this.#text.lastIndexOf('\n') + 1
    const text = this.#text.slice(0, end)
    if (!text) return
    this.#text = this.#text.slice(end)
    if (!this.#isSeparate) {
      yield* this.#sys.write(this.#out, text)
      return
    }
    const fd = yield* this.#create(`${this.#flags.output}.${pid}`, this.#isNew(pid) ? O_TRUNC : O_APPEND)
    yield* this.#sys.write(fd, text)
    this.#sys.close(fd)
  }

  readonly #files = new Set<number>()
  #isNew(pid: number): boolean {
    const isNew = !this.#files.has(pid)
    this.#files.add(pid)
    return isNew && !this.#flags.append
  }

  /** With -ff each process has a log of its own. */
  #logOf(pid: number): Log {
    if (!this.#isSeparate) return this.#log
    let log = this.#logs.get(pid)
    if (!log) this.#logs.set(pid, (log = this.#newLog()))
    return log
  }

  *#handle(event: TraceEvent): Blocking<void> {
    if (event.type === 'superseded') {
      yield* this.#superseded(event)
      return
    }
    const it = this.#processes.get(event.pid) ?? this.#add(event.pid)
    const log = this.#logOf(event.pid)
    if (event.pid === this.#child && this.#hides && event.type !== 'exited') {
      if (event.type !== 'enter' || event.name !== 'execve') return
      this.#hides = false
    }
    if (event.type === 'attached') yield* this.#say(`Process ${event.pid} attached`)
    else if (event.type === 'enter') this.#enter(it, log, event)
    else if (event.type === 'exit') this.#exit(it, log, event)
    else if (event.type === 'signal') {
      if (this.#filter.signal(event.info.signo)) log.signal(it, event.time, event.info)
    } else if (event.type === 'stopped') {
      if (this.#filter.signal(event.signal)) log.stopped(it, event.time, event.signal)
    } else this.#exited(it, log, event)
  }

  /** Linux: maybe_switch_tcbs(). */
  *#superseded({ pid, thread, time }: TraceEvent & { type: 'superseded' }): Blocking<void> {
    const it = this.#processes.get(thread) ?? this.#add(thread)
    this.#logOf(thread).pidChanges(it, pid)
    yield* this.#flush(thread)
    this.#processes.delete(thread)
    it.pid = pid
    this.#processes.set(pid, it)
    this.#log.processes = this.#processes.size
    if (!this.#filter.quietExecve) this.#logOf(pid).superseded(it, time, thread)
  }

  #enter(it: Process, log: Log, event: TraceEvent & { type: 'enter' }): void {
    const name =
      event.resumed && event.name === 'nanosleep' ? 'restart_syscall' : callName(event.name, event.args)
    it.number = callNumber(name)
    it.hidden = !this.#filter.call(name) || !this.#isOfPaths(it, log, event)
    it.since = event.time
    it.shown = undefined
    if (!it.hidden && this.#filter.isStatusAll) log.enter(it, event)
  }

  #isOfPaths(it: Process, log: Log, { name, args }: TraceEvent & { type: 'enter' }): boolean {
    if (!this.#paths.size) return true
    const shown = log.decode(it, name, args)
    if (shown.paths?.some(path => this.#paths.has(path))) return true
    return (shown.fds ?? []).some(fd => this.#paths.has(it.files.get(fd) ?? this.#pathOf(it, fd)))
  }

  /** Where a descriptor leads, '' if it is closed. */
  #pathOf(it: Process, fd: number): string {
    try {
      return this.#sys.readlink(`/proc/${it.pid}/fd/${fd}`)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      return ''
    }
  }

  /** By the time a close is told of, the descriptor is gone. */
  #remember(it: Process, { name, args, result, errno }: TraceEvent & { type: 'exit' }): void {
    if (!this.#paths.size || errno) return
    if (name === 'close') it.files.delete(args[0] as number)
    else if (name === 'open') it.files.set(result as number, this.#pathOf(it, result as number))
  }

  #exit(it: Process, log: Log, event: TraceEvent & { type: 'exit' }): void {
    if (event.name === 'execve' && event.errno && it.pid === this.#child) {
      // The program cannot be executed; what the child does now is our own affair.
      this.#hides = !this.#started
    }
    if (event.name === 'execve' && !event.errno) this.#started = true
    this.#remember(it, event)
    if (it.hidden) return
    const outcome = event.never || event.restart ? 'unfinished' : event.errno ? 'failed' : 'successful'
    if (!event.never) {
      const time = this.#flags.wallClock ? event.time - it.since : event.cpu
      this.#summary?.add(callName(event.name, event.args), time, outcome === 'failed')
    }
    if (!this.#filter.isStatusAll) {
      if (!this.#filter.status(outcome)) return
      log.enter(it, { ...event, type: 'enter' })
    }
    log.exit(it, event)
    if (this.#flags.why && event.errno) this.#explain(it, log, event)
  }

  /** As why(1) says it; what the kernel wrote down when this call was refused. */
  #explain(it: Process, log: Log, { name, time }: TraceEvent & { type: 'exit' }): void {
    const found = this.#sys.refusals(it.pid).findLast(it => it.call === name && it.at === time)
    if (!found) return
    const [rule, here] = explain(found, languageOf(this.#me.env))
    log.remark(it, time, `why: ${rule} ${here}`)
  }
  #started = false

  #exited(it: Process, log: Log, { status, time }: TraceEvent & { type: 'exited' }): void {
    if (it.pid === this.#child) this.#status = status
    const isShown = WIFEXITED(status) || this.#filter.signal(WTERMSIG(status))
    if (isShown && !this.#filter.quietExit) log.exited(it, time, exitText(status))
    this.#processes.delete(it.pid)
    this.#log.processes = this.#processes.size
  }

  /** A signal makes us let go of everybody. Linux: cleanup(). */
  *#leave(): Blocking<number> {
    for (const it of [...this.#processes.values()]) {
      try {
        this.#sys.ptrace(PTRACE_DETACH, it.pid, 0)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        continue
      }
      yield* this.#say(`Process ${it.pid} detached`)
      if (!it.hidden) this.#logOf(it.pid).detached(it)
      yield* this.#flush(it.pid)
    }
    yield* this.#summarize()
    const signal = this.#interrupted
    this.#sys.sigaction(signal, SIG_DFL)
    yield* this.#sys.kill(this.#sys.getpid(), signal)
    return 128 + signal
  }

  *#summarize(): Blocking<void> {
    if (this.#summary) yield* this.#sys.write(this.#out, this.#summary.table(this.#flags.sortBy ?? 'time'))
    if (this.#out !== 2) this.#sys.close(this.#out)
  }

  /** "strace … kills itself with the same signal, so that …" a shell sees what became of the program. */
  *#endLikeChild(): Blocking<number> {
    if (!this.#child || WIFEXITED(this.#status) || this.#status === CONTINUED) return exitStatus(this.#status)
    const signal = WTERMSIG(this.#status)
    if (signal !== 9) this.#sys.sigaction(signal, SIG_DFL)
    this.#sys.prlimit(0, 4, { cur: 0, max: 0 })
    yield* this.#sys.kill(this.#sys.getpid(), signal)
    return 128 + signal
  }
}

function exitText(status: number): string {
  if (WIFEXITED(status)) return `exited with ${exitStatus(status)}`
  return `killed by ${signalText(WTERMSIG(status))}${WCOREDUMP(status) ? ' (core dumped)' : ''}`
}

/** realpath(3), by way of /proc. */
function* realPath(sys: Sys, path: string): Blocking<string | undefined> {
  try {
    const fd = yield* sys.open(path, O_PATH)
    const real = sys.readlink(`/proc/self/fd/${fd}`)
    sys.close(fd)
    return real
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    return undefined
  }
}

/** -E: `VAR=VAL` sets, `VAR` removes. */
function environment(envp: readonly string[], changes: readonly string[]): readonly string[] {
  let result = envp
  for (const change of changes) {
    const name = change.split('=')[0]!
    result = result.filter(it => !it.startsWith(`${name}=`))
    if (change.includes('=')) result = [...result, change]
  }
  return result
}
