/** The variables that the shell sets or computes. Bash: variables.c:initialize_shell_variables(), initialize_dynamic_variables(). */
import { CLOCK_REALTIME } from '../abi/index.ts'
import { safeCwd } from './builtins/cd.ts'
import { searchPath } from './exec/simple.ts'
import { evaluate } from './expand/arithmetic.ts'
import { SHOPTS } from './builtins/set.ts'
import { commandText } from './print.ts'
import { isLocale, type Shell } from './shell.ts'
import { Variable, isName, type Value } from './variables.ts'

const VERSION = '5.2.15(1)-release'
const PATH = '/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin:.'
const DASH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Take over the environment and set what a new shell has. */
export function initializeVariables(sh: Shell, environment: readonly string[]): void {
  for (const entry of environment) importVariable(sh, entry)
  const set = (name: string, value: Value) => {
    if (!sh.variables.find(name)) sh.variables.map.set(name, new Variable(value))
  }
  const force = (name: string, value: Value, isReadonly = false) => {
    const variable = sh.variables.find(name) ?? new Variable()
    variable.value = value
    variable.readonly = isReadonly
    sh.variables.map.set(name, variable)
  }
  force('IFS', ' \t\n')
  force('OPTIND', '1')
  force('PPID', String(sh.sys.getppid()), !sh.isDash)
  set('PATH', sh.isDash ? DASH_PATH : PATH)
  initializePwd(sh)
  set('PS4', '+ ')
  if (sh.isDash) {
    set('PS1', sh.isAsh ? '\\w \\$ ' : sh.sys.geteuid() === 0 ? '# ' : '$ ')
    set('PS2', '> ')
    if (sh.isAsh) set('HOSTNAME', sh.hostName)
    return
  }
  sh.setCharacters()
  force('SHLVL', String(shellLevel(sh)))
  const locale = sh.get('LC_ALL')
  if (locale && !isLocale(locale))
    sh.notices.push(`${sh.name}: warning: setlocale: LC_ALL: cannot change locale (${locale})\n`)
  sh.variables.find('SHLVL')!.exported = true
  force('OPTERR', '1')
  force('BASH_VERSION', VERSION)
  force('BASH_VERSINFO', ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu'], true)
  set('BASH', whereIs(sh))
  for (const name of ['BASH_ALIASES', 'BASH_CMDS']) set(name, new Map())
  set(
    'BASH_LOADABLES_PATH',
    '/usr/local/lib/bash:/usr/lib/bash:/opt/local/lib/bash:/usr/pkg/lib/bash:/opt/pkg/lib/bash:.',
  )
  set('HOSTTYPE', 'x86_64')
  set('OSTYPE', 'linux-gnu')
  set('MACHTYPE', 'x86_64-pc-linux-gnu')
  set('HOSTNAME', sh.hostName)
  force('UID', String(sh.sys.getuid()), true)
  force('EUID', String(sh.sys.geteuid()), true)
  set('TERM', 'dumb')
  for (const name of ['UID', 'EUID', 'PPID', 'OPTIND']) sh.variables.find(name)!.integer = true
  if (!sh.get('SHELL')) set('SHELL', passwdShell(sh))
  const oldpwd = sh.variables.find('OLDPWD')
  if (!oldpwd) {
    const it = new Variable()
    it.exported = true
    sh.variables.map.set('OLDPWD', it)
  }
  defineDynamic(sh)
}

/** The file that this shell was started from. */
function whereIs(sh: Shell): string {
  const name = sh.programName
  if (name.startsWith('-')) return '/bin/bash'
  return name.includes('/') ? name : (searchPath(sh, name, sh.get('PATH') ?? '') ?? '/bin/bash')
}

function importVariable(sh: Shell, entry: string): void {
  const equals = entry.indexOf('=')
  const name = entry.slice(0, equals)
  const value = entry.slice(equals + 1)
  const function_ = /^BASH_FUNC_(.+)%%$/.exec(name)
  if (function_) {
    sh.importedFunctions.push(`${function_[1]} ${value}`)
    return
  }
  if (!isName(name) || name === 'SHELLOPTS' || name === 'BASHOPTS') return
  // What is executed while tracing root takes from nobody.
  if (name === 'PS4' && !sh.isDash && sh.sys.geteuid() === 0) return
  const variable = new Variable(value)
  variable.exported = true
  sh.variables.map.set(name, variable)
}

/** PWD is taken from the environment if it names the directory. */
function initializePwd(sh: Shell): void {
  const given = sh.get('PWD')
  let value: string | undefined
  if (given?.startsWith('/')) {
    try {
      const [a, b] = [sh.sys.stat(given), sh.sys.stat('.')]
      if (a.dev === b.dev && a.ino === b.ino) value = given
    } catch {
      // Stale.
    }
  }
  const variable = new Variable(value ?? safeCwd(sh))
  variable.exported = true
  sh.variables.map.set('PWD', variable)
}

/** Bash: variables.c:adjust_shell_level(). */
function shellLevel(sh: Shell): number {
  const text = sh.get('SHLVL') ?? ''
  const level = (/^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : 0) + 1
  if (level < 0) return 0
  if (level < 1000) return level
  sh.notices.push(`${sh.name}: warning: shell level (${level}) too high, resetting to 1\n`)
  return 1
}

const passwdShell = (_sh: Shell): string => '/bin/bash'

/** Those that `set` does not list: nothing has given them a value. */
const UNLISTED = new Set(
  'BASH_ARGV0 BASH_COMMAND BASH_SUBSHELL EPOCHREALTIME EPOCHSECONDS HISTCMD LINENO RANDOM SECONDS SRANDOM FUNCNAME'.split(
    ' ',
  ),
)
const INTEGERS = new Set('BASHPID HISTCMD RANDOM SRANDOM'.split(' '))

/** The arguments of the calls under way, which only a debugger wants to know. */
const argumentStack = (sh: Shell): (readonly string[])[] =>
  sh.shopts.has('extdebug') ? sh.calls.map(it => it.args).reverse() : []

type Getter = (sh: Shell) => Value
type Setter = (sh: Shell, value: string) => void

const NOTHING: Setter = () => {}

/** What is computed on reading. Each is bound to the shell that reads it, so a subshell gets its own. */
const DYNAMIC: Record<string, readonly [Getter, Setter]> = {
  RANDOM: [
    sh => String(nextRandom(sh)),
    (sh, value) => (sh.random = Number(BigInt.asUintN(32, BigInt(evaluate(sh, value || '0')))) || 1),
  ],
  SRANDOM: [
    sh => {
      const bytes = sh.sys.getrandom(4)
      return String(((bytes[0]! << 24) | (bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!) >>> 0)
    },
    NOTHING,
  ],
  SECONDS: [
    sh => String(Math.floor(sh.now()) - sh.secondsBase),
    (sh, value) => (sh.secondsBase = Math.floor(sh.now()) - (Number(value) || 0)),
  ],
  EPOCHSECONDS: [sh => String(sh.sys.clock_gettime(CLOCK_REALTIME).sec), NOTHING],
  EPOCHREALTIME: [
    sh => {
      const { sec, nsec } = sh.sys.clock_gettime(CLOCK_REALTIME)
      return `${sec}.${String(Math.floor(nsec / 1000)).padStart(6, '0')}`
    },
    NOTHING,
  ],
  LINENO: [sh => String(sh.line), NOTHING],
  BASHPID: [sh => String(sh.sys.getpid()), NOTHING],
  BASH_SUBSHELL: [sh => String(sh.subshell), (sh, value) => (sh.subshell = Number(value) || 0)],
  BASH_COMMAND: [
    ({ command }) => (typeof command === 'function' ? command() : command ? commandText(command) : ''),
    NOTHING,
  ],
  HISTCMD: [sh => String(sh.history.next), NOTHING],
  SHELLOPTS: [sh => [...sh.options].sort().join(':'), NOTHING],
  BASHOPTS: [sh => SHOPTS.filter(it => sh.shopts.has(it)).join(':'), NOTHING],
  BASH_ARGC: [sh => argumentStack(sh).map(it => String(it.length)), NOTHING],
  BASH_ARGV: [sh => argumentStack(sh).flatMap(it => [...it].reverse()), NOTHING],
  PIPESTATUS: [sh => sh.pipestatus ?? [String(sh.ownStatus)], NOTHING],
  FUNCNAME: [
    sh =>
      sh.functionDepth
        ? [...sh.calls.map(it => it.name).reverse(), ...(sh.input === 'file' ? ['main'] : [])]
        : undefined,
    NOTHING,
  ],
  BASH_SOURCE: [
    sh => [...sh.calls.map(it => it.source).reverse(), ...(sh.input === 'file' ? [sh.name] : [])],
    NOTHING,
  ],
  BASH_LINENO: [
    sh => [...sh.calls.map(it => String(it.line)).reverse(), ...(sh.input === 'file' ? ['0'] : [])],
    NOTHING,
  ],
  DIRSTACK: [sh => [sh.get('PWD') ?? '', ...sh.directories], NOTHING],
  // The shell's own group is always among them.
  GROUPS: [sh => [...new Set([sh.sys.getgid(), ...sh.sys.getgroups()])].map(String), NOTHING],
  BASH_ARGV0: [sh => sh.name, (sh, value) => (sh.name = value)],
  _: [sh => sh.lastArgument, (sh, value) => (sh.lastArgument = value)],
}

/** Put the computed variables into the shell's table; done again for a copy, since they belong to one shell. */
export function defineDynamic(sh: Shell): void {
  for (const [name, [get, set]] of Object.entries(DYNAMIC)) {
    const old = sh.variables.map.get(name)
    if (sh.isForked && !old) continue
    const variable = new Variable()
    // The first command that runs takes the mark from `_`.
    variable.exported = name !== '_' && (old?.exported ?? false)
    variable.readonly = name === 'SHELLOPTS' || name === 'BASHOPTS'
    variable.integer = INTEGERS.has(name)
    variable.isUnlisted = UNLISTED.has(name)
    variable.get = () => get(sh)
    variable.set = value => set(sh, value)
    sh.variables.map.set(name, variable)
  }
}

/** Bash: lib/sh/random.c, Park and Miller's minimal standard generator. */
function nextRandom(sh: Shell): number {
  if (!sh.random) {
    const bytes = sh.sys.getrandom(4)
    sh.random = ((bytes[0]! << 24) | (bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!) >>> 0 || 1
  }
  const seed = sh.random | 0 || 123459876
  const high = Math.trunc(seed / 127773)
  const low = seed - high * 127773
  let next = (16807 * low - 2836 * high) | 0
  if (next < 0) next += 0x7fffffff
  sh.random = next
  return ((next >>> 16) ^ (next & 65535)) & 32767
}
