/**
 * The programs bash and sh: arguments, start-up files, and the loop that reads commands. Bash: shell.c, eval.c.
 *
 * Left out: --debugger, --dump-strings, posix mode beyond what `set -o posix` lists.
 */
import {
  EINTR,
  O_RDWR,
  SEEK_CUR,
  SIGCHLD,
  SIGHUP,
  SIGINT,
  SIGQUIT,
  SIGTERM,
  SIG_DFL,
  SIG_IGN,
  SIGWINCH,
  decode,
  isDir,
  type Blocking,
  type Program,
  type Sys,
} from '../abi/index.ts'
import { SHOPTS_ON, SHOPTS, listOptions, listShopts, setNamed } from './builtins/set.ts'
import { enableMonitor } from './exec/monitor.ts'
import { endOf } from './exec/process.ts'
import {
  executeScript,
  executeText,
  runTopLevel,
  readCommand,
  syntaxStatus,
  tellSyntaxError,
} from './exec/read.ts'
import { isBinary, readFile, readScript } from './exec/script.ts'
import { terminateStopped } from './exec/jobs.ts'
import { catchesInterrupt, catchSignal, runExitTrap } from './exec/trap.ts'
import { endsOpen, interact } from './interactive.ts'
import { Complaint, Exit, reason, Shell } from './shell.ts'
import { defineDynamic, initializeVariables } from './specials.ts'
import { SyntaxError } from './parse/index.ts'
import { passwd } from './expand/tilde.ts'
import { expandText } from './expand/command.ts'
import { parseWord } from './parse/index.ts'
import { Variable } from './variables.ts'

export const bash: Program = (sys, argv, environment) => main(sys, argv, environment, false)
export const sh: Program = (sys, argv, environment) => main(sys, argv, environment, true)

interface Invocation {
  readonly options: readonly string[]
  readonly shopts: readonly string[]
  readonly command: boolean
  readonly stdin: boolean
  readonly login: boolean
  readonly interactive: boolean
  readonly norc: boolean
  readonly noprofile: boolean
  readonly rcfile: string | undefined
  /** `-o` and `-O` without a name: what they list. */
  readonly listings: readonly string[]
  readonly restricted: boolean
  readonly rest: readonly string[]
}

const VERSION_TEXT = `GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)
Copyright (C) 2022 Free Software Foundation, Inc.
License GPLv3+: GNU GPL version 3 or later <http://gnu.org/licenses/gpl.html>

This is free software; you are free to change and redistribute it.
There is NO WARRANTY, to the extent permitted by law.
`

/** What a bad invocation prints; the status to exit with. */
class Refusal {
  readonly text: string
  readonly status: number
  constructor(text: string, status = 2) {
    this.text = text
    this.status = status
  }
}

function* main(
  sys: Sys,
  argv: readonly string[],
  environment: readonly string[],
  isDash: boolean,
): Blocking<number> {
  const shell = new Shell(sys, isDash)
  shell.name = argv[0] ?? (isDash ? 'sh' : 'bash')
  shell.programName = shell.name
  shell.restart = (its, args, env) => main(its, args, env, isDash)
  shell.bindDynamic = function (this: Shell) {
    if (!isDash) defineDynamic(this)
  }
  shell.loginName = its => passwd(its).find(it => it.uid === its.sys.getuid())?.name
  let invocation: Invocation
  try {
    invocation = parseArguments(shell, argv)
  } catch (e) {
    if (!(e instanceof Refusal)) throw e
    yield* shell.print(e.status ? 2 : 1, e.text)
    return e.status
  }
  return yield* run(shell, invocation, environment)
}

const LETTERS: Record<string, string> = {
  a: 'allexport',
  b: 'notify',
  e: 'errexit',
  f: 'noglob',
  h: 'hashall',
  k: 'keyword',
  m: 'monitor',
  n: 'noexec',
  p: 'privileged',
  t: 'onecmd',
  u: 'nounset',
  v: 'verbose',
  x: 'xtrace',
  B: 'braceexpand',
  C: 'noclobber',
  E: 'errtrace',
  H: 'histexpand',
  P: 'physical',
  T: 'functrace',
}

const LONG_OPTIONS =
  'debug debugger dump-po-strings dump-strings help init-file login noediting noprofile norc posix pretty-print ' +
  'rcfile restricted verbose version'

const usageText = ({ name }: Shell): string =>
  `Usage:\t${name} [GNU long option] [option] ...\n\t${name} [GNU long option] [option] script-file ...\n` +
  `GNU long options:\n${LONG_OPTIONS.replace(/\S+ ?/g, it => `\t--${it.trim()}\n`)}Shell options:\n` +
  '\t-ilrsD or -c command or -O shopt_option\t\t(invocation only)\n\t-abefhkmnptuvxBCEHPT or -o option\n'

const MORE_HELP = `Type \`bash -c "help set"' for more information about shell options.
Type \`bash -c help' for more information about shell builtin commands.
Use the \`bashbug' command to report bugs.

bash home page: <http://www.gnu.org/software/bash>
General help using GNU software: <http://www.gnu.org/gethelp/>
`

function parseArguments(shell: Shell, argv: readonly string[]): Invocation {
  const options: string[] = []
  const shopts: string[] = []
  const set = new Set<string>()
  let rcfile: string | undefined
  let i = 1
  for (; i < argv.length; i++) {
    const word = argv[i]!
    if (word === '-' || word === '--') {
      i++
      break
    }
    if (word.startsWith('--') && !shell.isDash) {
      const name = word.slice(2)
      if (name === 'version') throw new Refusal(VERSION_TEXT, 0)
      if (name === 'rcfile' || name === 'init-file') {
        rcfile = argv[++i]
        if (rcfile === undefined) throw new Refusal(`${shell.name}: ${name}: option requires an argument\n`)
      } else if (/^(login|norc|noprofile|posix|noediting|verbose|debugger|restricted)$/.test(name))
        set.add(name)
      else if (name === 'help')
        throw new Refusal(
          `GNU bash, version 5.2.15(1)-release-(x86_64-pc-linux-gnu)\n${usageText(shell)}${MORE_HELP}`,
          0,
        )
      else throw new Refusal(`${shell.name}: ${word}: invalid option\n${usageText(shell)}`)
      continue
    }
    if (!/^[-+]./.test(word)) break
    const sign = word[0]!
    for (const letter of word.slice(1)) {
      if (/[cisl]/.test(letter) && (sign === '-' || !shell.isDash)) set.add(letter)
      else if (letter === 'o' && argv[i + 1] === undefined && !shell.isDash) set.add(`${sign}o`)
      else if (letter === 'o') options.push(sign + (argv[++i] ?? ''))
      else if (letter === 'O' && !shell.isDash && argv[i + 1] === undefined) set.add(`${sign}O`)
      else if (letter === 'O' && !shell.isDash) shopts.push(sign + argv[++i]!)
      else if (letter === 'r' && !shell.isDash) set.add('restricted')
      else if (letter === 'D') continue
      else if (LETTERS[letter]) options.push(sign + LETTERS[letter])
      else
        throw new Refusal(
          shell.isAsh
            ? `${shell.name}: illegal option -${letter}\n`
            : shell.isDash
              ? `${shell.name}: 0: Illegal option -${letter}\n`
              : `${shell.name}: ${sign}${letter}: invalid option\n${usageText(shell)}`,
        )
    }
  }
  if (set.has('posix')) options.unshift('-posix')
  const rest = argv.slice(i)
  if (set.has('c') && !rest.length)
    throw new Refusal(
      shell.isAsh
        ? `${shell.name}: -c requires an argument\n`
        : shell.isDash
          ? `${shell.name}: 0: -c requires an argument\n`
          : `${shell.name}: -c: option requires an argument\n`,
    )
  const usesTerminal =
    !set.has('c') && (set.has('s') || !rest.length) && shell.sys.isatty(0) && shell.sys.isatty(2)
  return {
    options,
    shopts,
    command: set.has('c'),
    stdin: set.has('s') || (!set.has('c') && !rest.length),
    login: set.has('l') || set.has('login') || !!argv[0]?.startsWith('-'),
    interactive: set.has('i') || usesTerminal,
    norc: set.has('norc'),
    noprofile: set.has('noprofile'),
    rcfile,
    listings: ['-o', '+o', '-O', '+O'].filter(it => set.has(it)),
    restricted: set.has('restricted') || /^-?rbash$/.test((argv[0] ?? '').replace(/^.*\//, '')),
    rest,
  }
}

function* run(shell: Shell, it: Invocation, environment: readonly string[]): Blocking<number> {
  yield* prepare(shell, it, environment)
  let status: number
  try {
    for (const word of it.options) yield* setAtStart(shell, word.slice(1), word[0] === '-')
    for (const word of it.shopts) setShopt(shell, word)
    for (const word of it.listings) yield* list(shell, word)
    yield* startUpFiles(shell, it)
    if (it.restricted) restrict(shell)
    status = yield* runInput(shell, it)
  } catch (e) {
    status = yield* endOf(shell, e)
  }
  shell.status = status
  status = yield* runExitTrap(shell, status)
  if (!shell.isDash && shell.options.has('monitor')) yield* terminateStopped(shell)
  if (shell.isInteractive && shell.terminal >= 0 && shell.originalGroup !== shell.shellGroup) {
    try {
      yield* shell.sys.tcsetpgrp(shell.terminal, shell.originalGroup)
    } catch {
      // The terminal has gone.
    }
  }
  return status & 255
}

/** `bash -o`, `+o`, `-O` and `+O`, as `set` and `shopt` list them. */
function* list(shell: Shell, word: string): Blocking<void> {
  if (word[1] === 'O') {
    yield* listShopts(shell, word[0] === '+')
    return
  }
  // At this point readline would still be used.
  shell.setOption('emacs', true)
  yield* listOptions(shell, word[0] === '-')
  shell.setOption('emacs', shell.isInteractive)
}

function setShopt(shell: Shell, word: string): void {
  const name = word.slice(1)
  if (!SHOPTS.includes(name)) throw new Complaint(`${name}: invalid shell option name`, 2, 'exit')
  if (word[0] === '-') shell.shopts.add(name)
  else shell.shopts.delete(name)
}

/** From here on the shell is a restricted one. Bash: shell.c:maybe_make_restricted(). */
function restrict(shell: Shell): void {
  shell.isRestricted = true
  shell.shopts.add('restricted_shell')
  for (const name of ['PATH', 'SHELL', 'ENV', 'BASH_ENV', 'HISTFILE'])
    shell.variables.make(name).readonly = true
}

/** What a set-user-ID program may do is nothing for a shell that was not told so. Bash: disable_priv_mode(). */
function dropPrivileges(sys: Sys): void {
  const [ruid, euid] = sys.getresuid()
  const [rgid, egid] = sys.getresgid()
  if (rgid !== egid) sys.setresgid(rgid, rgid, rgid)
  if (ruid !== euid) sys.setresuid(ruid, ruid, ruid)
}

function* prepare(shell: Shell, it: Invocation, environment: readonly string[]): Blocking<void> {
  const { sys } = shell
  if (!it.options.includes('-privileged')) dropPrivileges(sys)
  shell.pid = shell.mainPid = sys.getpid()
  shell.isInteractive = it.interactive
  shell.isInteractiveShell = it.interactive
  shell.isLogin = it.login
  shell.hostName = sys.uname().nodename
  shell.input = it.command ? 'string' : it.stdin ? 'stdin' : 'file'
  shell.readsStdin = it.stdin
  for (const name of SHOPTS_ON) shell.shopts.add(name)
  if (it.login) shell.shopts.add('login_shell')
  for (const name of ['braceexpand', 'hashall', 'interactive-comments'])
    if (!shell.isDash) shell.setOption(name, true)
  shell.secondsBase = Math.floor(shell.now())
  initializeVariables(shell, environment)
  if (!shell.isDash) shellOptionsFrom(shell, environment)
  if (!shell.isDash && shell.get('POSIXLY_CORRECT') !== undefined) shell.setOption('posix', true)
  if (it.command) {
    shell.name = it.rest[1] ?? shell.name
    shell.isNamedString = it.rest[1] !== undefined
    if (!shell.isDash) shell.variables.map.set('BASH_EXECUTION_STRING', new Variable(it.rest[0]!))
    shell.args = it.rest.slice(2)
  } else if (shell.input === 'file') {
    shell.name = shell.scriptName = it.rest[0]!
    shell.args = it.rest.slice(1)
  } else shell.args = it.rest.slice()
  shell.hasTerminal = !shell.isDash && shell.sys.isatty(2)
  shell.lastArgument = environment.find(entry => entry.startsWith('_='))?.slice(2) ?? shell.name
  initializeSignals(shell)
  importFunctions(shell)
  if (it.interactive) yield* prepareInteractive(shell)
}

/** `bash -o NAME`: complaints are in the name of the shell, as if it were the builtin. */
function* setAtStart(shell: Shell, name: string, on: boolean): Blocking<void> {
  try {
    yield* setNamed(shell, name, on)
  } catch (e) {
    if (!(e instanceof Complaint) || shell.isDash) throw e
    throw new Complaint(`${shell.name}: ${e.message}`, e.status, e.fatal || 'exit')
  }
}

/** Options that a parent exported. */
function shellOptionsFrom(shell: Shell, environment: readonly string[]): void {
  const list = (name: string) =>
    environment
      .find(it => it.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .split(':') ?? []
  for (const name of list('SHELLOPTS')) shell.setOption(name, true)
  for (const name of list('BASHOPTS')) if (SHOPTS.includes(name)) shell.shopts.add(name)
}

function initializeSignals(shell: Shell): void {
  for (const signal of [SIGHUP, SIGINT, SIGQUIT, SIGTERM]) {
    const old = shell.sys.sigaction(signal, SIG_DFL)
    if (old !== SIG_IGN) continue
    shell.sys.sigaction(signal, SIG_IGN)
    shell.ignoredAtStart.add(signal)
    if (!shell.isInteractive && !shell.isDash) shell.traps.set(signal, '')
  }
  const catches = shell.isDash && catchesInterrupt(shell) && !shell.ignoredAtStart.has(SIGINT)
  if (shell.isInteractive || catches) catchSignal(shell, SIGINT)
  catchSignal(shell, SIGCHLD)
  // "When Bash is running ... SIGQUIT is ignored", and put back for children.
  if (!shell.isDash) shell.sys.sigaction(SIGQUIT, SIG_IGN)
}

function importFunctions(shell: Shell): void {
  for (const text of shell.importedFunctions) {
    try {
      const command = readCommand(shell, text, 0, 0)?.list.items[0]?.command
      if (command?.type !== 'function') continue
      command.source = 'environment'
      shell.functions.set(command.name, command)
      shell.exportedFunctions.add(command.name)
    } catch (e) {
      if (!(e instanceof SyntaxError)) throw e
    }
  }
}

function* prepareInteractive(shell: Shell): Blocking<void> {
  const { sys } = shell
  sys.sigaction(SIGQUIT, SIG_IGN)
  sys.sigaction(SIGTERM, SIG_IGN)
  sys.sigaction(SIGWINCH, () => {
    shell.resized = true
  })
  shell.originalGroup = sys.getpgid(0)
  if (yield* hasJobControl(shell)) {
    shell.setOption('monitor', true)
    yield* enableMonitor(shell, true)
  }
  if (shell.isDash) return
  for (const name of ['emacs', 'history', 'histexpand']) shell.setOption(name, true)
  shell.shopts.add('expand_aliases')
  const set = (name: string, value: string) => {
    if (!shell.variables.find(name)) shell.variables.map.set(name, new Variable(value))
  }
  shell.variables.map.set('PS1', new Variable(shell.get('PS1') ?? '\\s-\\v\\$ '))
  set('PS2', '> ')
  set('HISTFILE', `${shell.get('HOME') ?? ''}/.bash_history`)
  set('HISTSIZE', '500')
  set('HISTFILESIZE', '500')
  set('MAILCHECK', '60')
}

/** An interactive shell without a terminal of its own says that it has no job control. */
function* hasJobControl(shell: Shell): Blocking<boolean> {
  const { sys } = shell
  let problem: unknown
  try {
    const fd = yield* sys.open('/dev/tty', O_RDWR)
    sys.tcgetpgrp(fd)
    sys.close(fd)
    return true
  } catch {
    try {
      sys.tcgetpgrp(2)
      return true
    } catch (e) {
      problem = e
    }
  }
  if (shell.isDash)
    yield* shell.print(2, `${shell.programName}: 0: can't access tty; job control turned off\n`)
  else
    yield* shell.print(
      2,
      `bash: cannot set terminal process group (${sys.getpgid(0)}): ${reason(problem)}\nbash: no job control in this shell\n`,
    )
  return false
}

function* startUpFiles(shell: Shell, it: Invocation): Blocking<void> {
  const home = shell.get('HOME') ?? ''
  if (it.login && !it.noprofile) {
    yield* startUp(shell, '/etc/profile')
    const names = shell.isDash ? ['.profile'] : ['.bash_profile', '.bash_login', '.profile']
    for (const name of names) if (yield* startUp(shell, `${home}/${name}`)) break
  }
  if (shell.isDash) {
    const file = shell.isInteractive ? shell.get('ENV') : undefined
    if (file) yield* startUp(shell, file)
    return
  }
  if (it.interactive && !it.login && !it.norc) {
    if (!it.rcfile) yield* startUp(shell, '/etc/bash.bashrc')
    yield* startUp(shell, it.rcfile ?? `${home}/.bashrc`)
  } else if (!it.interactive && shell.get('BASH_ENV') && !shell.options.has('posix')) {
    const file = parseWord(shell.get('BASH_ENV')!, 'operand')
    yield* startUp(shell, yield* expandText(shell, file))
  }
}

/** Source a start-up file if it is there. */
function* startUp(shell: Shell, path: string): Blocking<boolean> {
  try {
    if (isDir(shell.sys.stat(path))) return false
  } catch {
    return false
  }
  const text = decode(yield* readFile(shell, path))
  shell.sources.push(path)
  shell.calls.push({ name: 'source', line: 0, source: path, args: shell.args })
  shell.sourceDepth++
  try {
    yield* executeText(shell, text, 1, 'file')
  } catch (e) {
    shell.sources.pop()
    shell.calls.pop()
    shell.sourceDepth--
    if (e instanceof Exit) throw e
    yield* endOf(shell, e)
    return true
  }
  shell.sources.pop()
  shell.calls.pop()
  shell.sourceDepth--
  return true
}

function* runInput(shell: Shell, it: Invocation): Blocking<number> {
  // dash stays to wait for the last command of its text.
  if (it.command) return yield* executeScript(shell, it.rest[0]!, '-c', !shell.isDash || shell.isAsh)
  if (shell.input === 'file') return yield* runFile(shell, it.rest[0]!)
  if (!shell.isInteractive) return yield* readStdin(shell)
  const status = yield* interact(shell)
  if (shell.isLogin && !shell.isDash) yield* logoutFile(shell)
  return status
}

/** Bash: exit.def:bash_logout(). */
function* logoutFile(shell: Shell): Blocking<void> {
  try {
    yield* startUp(shell, `${shell.get('HOME') ?? ''}/.bash_logout`)
  } catch (e) {
    if (!(e instanceof Exit)) throw e
  }
}

function* runFile(shell: Shell, path: string): Blocking<number> {
  let bytes: Uint8Array
  let file = path
  try {
    if (!path.includes('/')) file = scriptPath(shell, path)
    if (isDir(shell.sys.stat(file))) {
      // dash reads nothing from it, and is content.
      if (shell.isDash) return 0
      yield* shell.print(2, `${path}: ${path}: Is a directory\n`)
      return 126
    }
    bytes = yield* shell.isDash ? readFile(shell, file) : readScript(shell, file)
  } catch (e) {
    const argv0 = shell.programName
    yield* shell.print(
      2,
      shell.isDash
        ? shell.isAsh
          ? `${argv0}: can't open '${path}': ${reason(e)}\n`
          : `${argv0}: 0: cannot open ${path}: ${reason(e) === 'No such file or directory' ? 'No such file' : reason(e)}\n`
        : `${argv0}: ${path}: ${reason(e)}\n`,
    )
    return reason(e) === 'No such file or directory' ? (shell.isDash ? 2 : 127) : 126
  }
  if (isBinary(bytes)) {
    yield* shell.print(2, `${path}: ${path}: cannot execute binary file\n`)
    return 126
  }
  return yield* executeScript(shell, decode(bytes), 'file', false)
}

/** A script without a slash that is not here is looked for in PATH. */
function scriptPath(shell: Shell, name: string): string {
  try {
    shell.sys.stat(name)
    return name
  } catch {
    for (const directory of (shell.get('PATH') ?? '').split(':')) {
      try {
        shell.sys.stat(`${directory}/${name}`)
        return `${directory}/${name}`
      } catch {
        // Not there.
      }
    }
  }
  return name
}

/** Commands from standard input, never reading beyond the line: commands may read what follows. */
function* readStdin(shell: Shell): Blocking<number> {
  let buffer = ''
  let line = 1
  /** An alias held more than one command. */
  let isLeft = false
  for (;;) {
    const more = isLeft ? '' : yield* readLineOfInput(shell)
    const ended = !isLeft && !more.endsWith('\n')
    isLeft = false
    buffer += more
    // A backslash at the end of the input joins the line with nothing.
    if (ended && buffer && !buffer.endsWith('\n'))
      buffer = `${endsOpen(`${buffer}\n`) ? buffer.slice(0, -1) : buffer}\n`
    if (ended && buffer === '') return shell.status
    let read: ReturnType<typeof readCommand>
    try {
      read = readCommand(shell, buffer, 0, line)
    } catch (e) {
      if (!(e instanceof SyntaxError)) throw e
      if (!ended && e.isIncomplete) continue
      yield* tellSyntaxError(shell, e, buffer, line, 'stdin')
      shell.status = syntaxStatus(shell, e, 'stdin')
      if (!e.discards) return shell.status
      line += buffer.split('\n').length - 1
      buffer = ''
      continue
    }
    if (!ended && (read?.warnings.length || endsOpen(buffer))) continue
    if (shell.options.has('verbose')) yield* shell.print(2, buffer)
    line += buffer.split('\n').length - 1
    buffer = read ? buffer.slice(read.end) : ''
    isLeft = buffer.trim() !== ''
    if (isLeft) line--
    else buffer = ''
    if (
      read &&
      !shell.options.has('noexec') &&
      !(yield* runTopLevel(shell, read, false, false)) &&
      !shell.isDash
    )
      line = shell.line + 1
    if (ended || shell.options.has('onecmd')) return shell.status
  }
}

function* readLineOfInput(shell: Shell): Blocking<string> {
  const { sys } = shell
  let seekable = true
  try {
    sys.lseek(0, 0, SEEK_CUR)
  } catch {
    seekable = false
  }
  const bytes: number[] = []
  for (;;) {
    let chunk: Uint8Array
    try {
      chunk = yield* sys.read(0, seekable ? 4096 : 1)
    } catch (e) {
      if (e === EINTR) continue
      if (e instanceof Complaint) throw e
      return decode(Uint8Array.from(bytes))
    }
    if (!chunk.length) return decode(Uint8Array.from(bytes))
    const end = chunk.indexOf(10)
    for (const byte of end < 0 ? chunk : chunk.subarray(0, end + 1)) bytes.push(byte)
    if (end < 0) continue
    if (seekable) sys.lseek(0, end + 1 - chunk.length, SEEK_CUR)
    return decode(Uint8Array.from(bytes))
  }
}
