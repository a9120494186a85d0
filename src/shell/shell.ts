/**
 * One shell process: everything a fork copies. The kernel cannot copy a generator, so a subshell is a new `Shell`
 * made by `fork` that runs a part of the same tree. Bash: shell.c, execute_cmd.c's global variables.
 */
import { CLOCK_REALTIME, ENOENT, type Blocking, type Errno, type Sys, type Termios } from '../abi/index.ts'
import type { FunctionDefinition, Part, Simple } from './tree.ts'
import { isApplet } from '../userland/lib/busybox/standalone.ts'
import { Jobs } from './exec/job-table.ts'
import { ashLine } from './ash.ts'
import { Variables } from './variables.ts'
import type { CompSpec } from './readline/completion/compspec.ts'
import type { Editor } from './readline/editor.ts'
import { History, resizeHistory } from './readline/history.ts'
import type { Settings } from './readline/settings.ts'

/** Leaves the shell with a status. */
export class Exit {
  readonly status: number
  constructor(status: number) {
    this.status = status
  }
}
/** The end that a failing special builtin puts to a shell; `command` prevents it. */
export class SpecialExit extends Exit {}
/** Abandons the command line being executed; the shell goes on with the next one. */
export class Discard {
  readonly status: number
  constructor(status: number) {
    this.status = status
  }
}
/** Abandons the command line quietly, after a message: also of a script, which goes on with the next one. */
export class Abandon extends Discard {}
/** `return`, `break` and `continue` on their way out. */
export class Return {
  readonly status: number
  constructor(status: number) {
    this.status = status
  }
}
export class Loop {
  readonly kind: 'break' | 'continue'
  levels: number
  /** What the loop ends with. */
  readonly status: number
  constructor(kind: 'break' | 'continue', levels: number, status = 0) {
    this.status = status
    this.kind = kind
    this.levels = levels
  }
}
/** What a builtin or an expansion complains about: `name: message` and a status. */
export class Complaint {
  readonly message: string
  readonly status: number
  /** Abandon the line (an expansion failed), or even leave a shell that is not interactive. */
  readonly fatal: '' | 'discard' | 'exit'
  /** The message is all there is to print, as for a usage line. */
  readonly bare: boolean
  /** What the message starts with, if the place it came from has been left. */
  where: string | undefined
  /** It is about the value of an integer variable: a builtin that was to assign it says its name. */
  isAboutValue = false
  constructor(message: string, status = 1, fatal: Complaint['fatal'] = '', bare = false) {
    this.bare = bare
    this.message = message
    this.status = status
    this.fatal = fatal
  }
}
/** A builtin could not write what it has to say. */
export class WriteError extends Complaint {
  constructor(error: Errno) {
    super(`write error: ${error.message}`)
  }
}
/** Thrown by an expansion that needs a command substitution's result first; see expand/command.ts. */
export const NEEDED = Object.freeze({ needed: true })

export interface Call {
  readonly name: string
  /** Where it was called. */
  readonly line: number
  readonly source: string
  readonly args: readonly string[]
}

/** `set -o` names and their letters. */
export const OPTION_LETTERS = {
  allexport: 'a',
  braceexpand: 'B',
  emacs: '',
  errexit: 'e',
  errtrace: 'E',
  functrace: 'T',
  hashall: 'h',
  histexpand: 'H',
  history: '',
  ignoreeof: '',
  'interactive-comments': '',
  keyword: 'k',
  monitor: 'm',
  noclobber: 'C',
  noexec: 'n',
  noglob: 'f',
  nolog: '',
  notify: 'b',
  nounset: 'u',
  onecmd: 't',
  physical: 'P',
  pipefail: '',
  posix: '',
  privileged: 'p',
  verbose: 'v',
  vi: '',
  xtrace: 'x',
} as const

/** The locales that this host has. */
export const isLocale = (name: string): boolean => /^(C|POSIX|C\.(UTF-8|utf8))$/.test(name)

/** Shorter values are taken for granted. */
const PAGE = 4096
/** Virtual ns, more than a shell may owe. */
const PAYS_AT_ONCE = 25_000

/** All fields, at a tenth of what Object.assign() takes for as many. A copy has no `#private` parts. */
const copyOf = (sh: Shell): Shell => Object.setPrototypeOf({ ...sh }, Shell.prototype)

export class Shell {
  sys: Sys
  readonly isDash: boolean
  /** busybox's shell: dash with much of bash (ash.ts). */
  readonly isAsh: boolean
  variables = new Variables()
  functions = new Map<string, FunctionDefinition>()
  aliases = new Map<string, string>()
  hash = new Map<string, { path: string; hits: number }>()
  options = new Set<string>()
  shopts = new Set<string>()
  /** `$0`, and what messages start with, except that BASH_ARGV0 does not change the name of a script. */
  name = 'bash'
  scriptName = ''
  args: string[] = []
  status = 0
  pid = 0
  /** `$$`: the pid of the first shell. */
  mainPid = 0
  lastBackground = 0
  /** Undefined after a command that is no pipeline: then it is `$?` alone. */
  pipestatus: string[] | undefined = []
  /** The status of the last command that is no pipeline nor a compound one: PIPESTATUS, if that is undefined. */
  ownStatus = 0
  coprocess: { readonly name: string; readonly pid: number; readonly fds: readonly number[] } | undefined
  /** What `local -` keeps: the options to go back to. */
  localOptions: Set<string> | undefined
  jobs = new Jobs()
  /** Trap texts by signal number; 0 is EXIT. ERR, DEBUG and RETURN by name. */
  traps = new Map<number | string, string>()
  /** What `trap` lists in a subshell that has set none itself: its parent's. */
  listedTraps: ReadonlyMap<number | string, string> | undefined
  /** Signals that arrived and have a trap. */
  pending: number[] = []
  /** Children that died while the CHLD trap ran. */
  heldChildren = 0
  /** SIGINT arrived while no trap was set for it. */
  interrupted = false
  /** The signal that `interrupted` stands for, if it is not SIGINT. */
  fatalSignal = 0
  dying = false
  childChanged = false
  resized = false
  /** Signals ignored when the shell started: they cannot be trapped. */
  ignoredAtStart = new Set<number>()
  caught = new Set<number>()
  isInteractive = false
  /** Stays true in the subshells of an interactive shell: their messages have no line numbers. */
  isInteractiveShell = false
  isLogin = false
  /** `bash -r`, rbash. */
  isRestricted = false
  /** Reads its commands from standard input, from a string, from a file. */
  input: 'stdin' | 'string' | 'file' = 'stdin'
  /** `s` of `$-`: told by an option, or because there is nothing else to read. */
  readsStdin = false
  /** Each byte is a character. */
  isByteWise = true
  /** The shell options that were on before `set -o posix`. */
  beforePosix: readonly string[] | undefined = undefined
  /** Set while reading a profile or the like: messages name the file. */
  calls: Call[] = []
  sources: string[] = []
  /** The positional parameters that the file being sourced was given, as long as `set` has made no others. */
  sourceArgs: string[] | undefined
  line = 0
  /** What $BASH_COMMAND says: the command, or how its text is found. */
  command: Simple | (() => string) | undefined
  /** The line that the ERR trap sees. Bash: execute_cmd.c, line_number_for_err_trap. */
  errorLine = 0
  /** The line of what encloses the running command, which is where bash says a child was killed. */
  enclosingLine = 0
  lastArgument = ''
  loops = 0
  functionDepth = 0
  /** How deep functions were nested when this process was forked. */
  depthAtFork = 0
  sourceDepth = 0
  evalDepth = 0
  subshell = 0
  substitutionDepth = 0
  /** > 0 where a failing command does not count for `set -e`. */
  guarded = 0
  /** > 0 inside of `! command`: the same, until `set -e` is said there. */
  inverted = 0
  memo: Map<Part, unknown> | undefined
  needed: Part | undefined
  owed = 0
  /** Bytes that large variables take, and how many of them the kernel was asked for. */
  heap = 0
  asked = 0
  terminal = -1
  terminalGroup = 0
  shellGroup = 0
  directories: string[] = []
  history = new History()
  /** Readline's variables and keymaps, made when they are first needed. */
  readline: Settings | undefined
  editor: Editor | undefined
  getoptsAt = 0
  random = 0
  secondsBase = 0
  mask = -1
  processSubstitutions: number[] = []
  substitutionFds: number[] = []
  /** Status of the last command substitution in this command, for `x=$(false)`. */
  substitutionStatus: number | undefined
  /** Traps that are running: none of them runs inside itself. */
  runningTraps = new Set<number | string>()
  /** `$?` before the trap that is running: what `return` without a number gives back, and `exit` in some. */
  trapStatus: number | undefined
  /** The compound command that just failed could not be redirected, which counts for `set -e`. */
  redirectFailed = false
  originalGroup = 0
  /** Standard error was a terminal when the shell started. */
  hasTerminal = false
  /** argv[0]. */
  programName = 'bash'
  /** ^D's in a row, for ignoreeof. */
  eofs = 0
  inputLine = 1
  wasInterrupted = false
  /** The last entry of the history belongs to the command being typed. */
  historyOpen = false
  terminalModes: Termios | undefined
  exportedFunctions = new Set<string>()
  importedFunctions: string[] = []
  disabled = new Set<string>()
  commandNumber = 1
  /** The line that follows what was read of the script. */
  scriptLine = 1
  hostName = ''
  /** Start anew as a script of the same process; set by main.ts. */
  restart: (sys: Sys, argv: readonly string[], environment: readonly string[]) => Blocking<number> = () => {
    throw new Error('no main')
  }
  /** With lastpipe: what the last command of a pipeline reads. */
  pipeInput = -1
  readonlyFunctions = new Set<string>()
  /** `declare -ft`: DEBUG and RETURN traps run in these. */
  tracedFunctions = new Set<string>()
  completions = new Map<string, CompSpec>()
  /** While a completion function runs: the specification that called it, and what compopt makes of its options. */
  completing: { readonly name: string; readonly options: Set<string> } | undefined
  disposition = ''
  exiting = false
  warnedStopped = false
  isForked = false
  /** A simple command of a pipeline, for which this process was made. */
  isInPipe = false
  /** A program takes the place of this shell. */
  leaves = false
  /** Something looks at each command: tracing, errexit, a DEBUG or ERR trap. Kept by `refresh`. */
  isWatched = false

  constructor(sys: Sys, isDash: boolean) {
    this.sys = sys
    this.isDash = isDash
    this.isAsh = isDash && isApplet(sys)
  }

  /**
   * What a forked child that changes nothing of the shell runs with, such as one that only calls execve(2): it sees
   * this shell's variables, so that hardly anything need be copied. Only for children that are waited for.
   */
  forkToExecute(): Shell {
    const it = copyOf(this)
    it.depthAtFork = this.functionDepth
    it.traps = new Map(this.traps)
    it.listedTraps = this.listedTraps ?? new Map(this.traps)
    it.options = new Set(this.options)
    it.hash = new Map(this.hash)
    it.ignoredAtStart = new Set(this.ignoredAtStart)
    it.processSubstitutions = []
    it.substitutionFds = []
    it.runningTraps = new Set()
    it.trapStatus = undefined
    it.coprocess = undefined
    it.editor = undefined
    it.pending = []
    it.heldChildren = 0
    it.notices = []
    it.caught = new Set()
    it.memo = undefined
    it.interrupted = false
    it.childChanged = false
    it.owed = 0
    it.subshell = this.subshell + 1
    it.isForked = true
    it.isInPipe = false
    return it
  }

  /** The copy of this shell that a forked child runs with. */
  fork(sys: Sys): Shell {
    const it = copyOf(this)
    it.sys = sys
    it.variables = this.variables.copy()
    it.functions = new Map(this.functions)
    it.aliases = new Map(this.aliases)
    it.hash = new Map(this.hash)
    it.options = new Set(this.options)
    it.shopts = new Set(this.shopts)
    it.args = this.args
    it.exportedFunctions = new Set(this.exportedFunctions)
    it.disabled = new Set(this.disabled)
    it.depthAtFork = this.functionDepth
    it.jobs = this.jobs.inherited()
    it.traps = new Map(this.traps)
    it.listedTraps = this.listedTraps ?? new Map(this.traps)
    it.pending = []
    it.heldChildren = 0
    it.notices = []
    it.calls = this.calls.slice()
    it.directories = this.directories.slice()
    it.history = this.history.copy()
    it.sources = this.sources.slice()
    it.ignoredAtStart = new Set(this.ignoredAtStart)
    it.readonlyFunctions = new Set(this.readonlyFunctions)
    it.tracedFunctions = new Set(this.tracedFunctions)
    it.completions = new Map(this.completions)
    it.caught = new Set()
    it.memo = undefined
    it.interrupted = false
    it.childChanged = false
    it.processSubstitutions = []
    it.coprocess = undefined
    it.runningTraps = new Set()
    it.trapStatus = undefined
    it.substitutionFds = []
    it.owed = 0
    it.subshell = this.subshell + 1
    it.isForked = true
    it.isInPipe = false
    it.editor = undefined
    it.bindDynamic()
    return it
  }

  /** Make the computed variables this shell's own; set by main.ts, which knows them. */
  bindDynamic: () => void = () => {}

  /** The user's name in /etc/passwd; set by main.ts. */
  loginName: (sh: Shell) => string | undefined = () => undefined

  userName(): string {
    return this.loginName(this) ?? 'I have no name!'
  }

  setOption(name: string, on: boolean): void {
    if (on && name === 'errexit') this.inverted = 0
    if (name === 'posix' && !this.isDash) this.setPosix(on)
    if (on) this.options.add(name)
    else this.options.delete(name)
    this.refresh()
  }

  /** What goes with posix mode. Bash: general.c:posix_initialize(). */
  setPosix(on: boolean): void {
    for (const name of on ? ['expand_aliases', 'inherit_errexit', 'shift_verbose'] : []) this.shopts.add(name)
    if (on && this.get('POSIXLY_CORRECT') === undefined) this.variables.make('POSIXLY_CORRECT').value = 'y'
    if (on) return
    this.shopts.delete('shift_verbose')
    if (!this.isInteractive) this.shopts.delete('expand_aliases')
    if (this.variables.find('POSIXLY_CORRECT')) this.variables.unset('POSIXLY_CORRECT')
  }

  refresh(): void {
    const { options, traps } = this
    this.isWatched =
      options.has('xtrace') ||
      options.has('errexit') ||
      options.has('noexec') ||
      traps.has('DEBUG') ||
      traps.has('ERR')
  }

  /** `$-`. */
  flags(): string {
    let out = ''
    for (const [name, letter] of Object.entries(OPTION_LETTERS))
      if (letter && this.options.has(name)) out += letter
    if (this.isInteractiveShell) out += 'i'
    if (this.isRestricted) out += 'r'
    const order = 'abefhikmnprtuvxBCEHPT'
    const sorted = [...out].sort((a, b) => order.indexOf(a) - order.indexOf(b)).join('')
    if (this.isDash) return dashOrder(`${sorted}${this.input === 'stdin' ? 's' : ''}`)
    const input = this.input === 'string' ? 'c' : ''
    return sorted + input + (this.readsStdin ? 's' : '')
  }

  /** `$0`. */
  name0(): string {
    return this.name
  }

  get(name: string): string | undefined {
    return this.variables.scalar(name)
  }

  /** What assigning to special variables sets off. */
  onAssign(name: string): void {
    if (name === 'PATH') this.hash.clear()
    else if (name[0] === 'L') this.changeLocale(name)
    else if (name === 'POSIXLY_CORRECT' && !this.isDash) this.setOption('posix', this.get(name) !== undefined)
    else if (name === 'OPTIND') this.getoptsAt = 0
    else if (name === 'IGNOREEOF') this.options.add('ignoreeof')
    else if (name === 'HISTSIZE') resizeHistory(this)
  }

  changeLocale(name: string): void {
    if (name === 'LC_ALL' || name === 'LC_CTYPE') this.checkLocale(name)
    if (name === 'LC_ALL' || name === 'LC_CTYPE' || name === 'LANG') this.setCharacters()
  }

  /** Which characters there are. A locale that is not there changes nothing. */
  setCharacters(): void {
    const name = this.get('LC_ALL') || this.get('LC_CTYPE') || this.get('LANG') || 'C'
    if (isLocale(name)) this.isByteWise = (this.isDash && !this.isAsh) || name === 'C' || name === 'POSIX'
  }

  checkLocale(name: string): void {
    const it = this.variables.find(name)
    const value = this.get(name)
    if (!value || this.isDash || isLocale(value) || it?.scope === 'temporary') return
    this.warn(`warning: setlocale: ${name}: cannot change locale (${value}): ${ENOENT.message}`)
  }

  /** Seconds since the epoch with their fraction. */
  now(): number {
    const { sec, nsec } = this.sys.clock_gettime(CLOCK_REALTIME)
    return sec + nsec / 1e9
  }

  /** Bash: error.c:get_name_for_error(), BASH_SOURCE[0]. */
  errorName(): string {
    return this.calls.at(-1)?.source || this.sources.at(-1) || this.scriptName || this.name
  }

  /** `bash: line 3: ` or what else messages start with. */
  prefix(line = this.line): string {
    if (this.isDash) return `${this.name}: ${this.line}: `
    if (this.isInteractiveShell && !this.sources.length) return `${basePathname(this.name)}: `
    // Functions from the environment begin with line 0, which is not told.
    const where = this.errorName()
    return line || !this.calls.length ? `${where}: line ${line}: ` : `${where}: `
  }

  /** Tell what went wrong. */
  *tell(e: Complaint, message = e.message): Blocking<void> {
    if (this.notices.length) yield* this.flush()
    yield* this.print(2, this.isAsh ? ashLine(this, message) : `${e.where ?? this.prefix()}${message}\n`)
  }

  /** Warnings of what cannot write itself because it never sleeps: told as soon as somebody can. */
  notices: string[] = []
  /** `sh -c COMMAND NAME`: messages say where they come from. */
  isNamedString = false
  /** dash shows the assignments before a command with it. */
  tracedAssigns: string[] = []

  warn(message: string): void {
    this.notices.push(`${this.prefix()}${message}\n`)
  }

  *flush(): Blocking<void> {
    for (const it of this.notices.splice(0)) yield* this.print(2, it)
  }

  /** Write a message on standard error. */
  *complain(message: string): Blocking<void> {
    if (this.notices.length) yield* this.flush()
    yield* this.print(2, this.isAsh ? ashLine(this, message) : `${this.prefix()}${message}\n`)
  }

  *print(fd: number, text: string): Blocking<void> {
    try {
      yield* this.sys.write(fd, text)
    } catch {
      // Nobody can be told.
    }
  }

  /** Pay for what was executed; once in a while, since each payment may reschedule. */
  *pay(): Blocking<void> {
    const owed = this.owed
    this.owed = 0
    yield* this.sys.burn(owed)
    if (this.heap !== this.asked) yield* this.askForMemory()
  }

  /** A value of so many bytes was stored: soon the kernel is asked for what all of them take. Copying takes time. */
  keep(length: number): void {
    this.heap = 0
    for (const { value } of this.variables.map.values())
      if (typeof value === 'string' && value.length >= PAGE) this.heap += value.length
    if (this.heap !== this.asked) this.owed += PAYS_AT_ONCE + length / 4
  }

  *askForMemory(): Blocking<void> {
    const { heap } = this
    this.asked = heap
    try {
      yield* this.sys.brk(heap)
    } catch (e) {
      if (!isErrno(e)) throw e
      throw new Complaint(`xrealloc: cannot allocate ${heap} bytes`, 2, 'exit')
    }
  }
}

/** dash goes through its table of options from the end. */
const dashOrder = (letters: string): string =>
  [...'ubaCEVvxsnmiIfe'].filter(it => letters.includes(it)).join('')

export const reason = (error: unknown): string => (isErrno(error) ? error.message : String(error))

export const isErrno = (error: unknown): error is Errno =>
  typeof error === 'object' && error !== null && 'errno' in error

const basePathname = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
