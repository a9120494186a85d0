/** eval, source, exec, command, builtin. Bash: builtins/eval.def, source.def, exec.def, command.def. */
import { EACCES, EISDIR, ENOENT, decode, isDir, type Blocking } from '../../abi/index.ts'
import { executeText } from '../exec/read.ts'
import { execute, exportedEnvironment, runBuiltin, searchPath, findProgram } from '../exec/simple.ts'
import { readFile } from '../exec/script.ts'
import { dashReason } from '../exec/redirect.ts'
import { runForeground } from '../exec/jobs.ts'
import { Complaint, Exit, Return, reason, SpecialExit, type Shell } from '../shell.ts'
import { builtins } from './index.ts'
import { options, usage } from './options.ts'
import { describe } from './type.ts'
import { hideDebugTrap, showTraps } from '../exec/function.ts'
import { runExitTrap, runPseudoTrap } from '../exec/trap.ts'
import { SIG_DFL } from '../../abi/index.ts'
import { getcwd } from '../../userland/lib/getcwd.ts'

export function* evalBuiltin(sh: Shell, argv: readonly string[]): Blocking<number> {
  const words = argv[1] === '--' ? argv.slice(2) : argv.slice(1)
  if (argv[1] && /^-./.test(argv[1]) && argv[1] !== '--')
    throw usage('eval', `${argv[1].slice(0, 2)}: invalid option`)
  const text = words.join(' ')
  if (!text.trim()) return 0
  sh.evalDepth++
  const { command } = sh
  try {
    const status = yield* executeText(sh, text, sh.line, 'eval')
    sh.evalDepth--
    sh.command = command
    return status
  } catch (e) {
    sh.evalDepth--
    throw e
  }
}

export function* source(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { rest } = sh.isDash ? { rest: argv.slice(1) } : options(argv, '')
  const name = rest[0]
  if (name === undefined)
    throw sh.isDash
      ? new Complaint('filename argument required', 2)
      : usage(argv[0]!, 'filename argument required')
  if (sh.isRestricted && name.includes('/')) throw new Complaint(`${name}: restricted`, 1)
  const path = locate(sh, name)
  return yield* sourceFile(sh, path, name, rest.length > 1 ? rest.slice(1) : undefined)
}

function locate(sh: Shell, name: string): string {
  if (name.includes('/')) return name
  if (sh.shopts.has('sourcepath') || sh.isDash) {
    for (const directory of (sh.get('PATH') ?? '').split(':')) {
      const path = `${directory || '.'}/${name}`
      try {
        if (!isDir(sh.sys.stat(path))) return path
      } catch {
        // Not there.
      }
    }
  }
  return name
}

/** Execute a file in this shell. */
export function* sourceFile(
  sh: Shell,
  path: string,
  shown: string,
  args: string[] | undefined,
): Blocking<number> {
  let text: string
  try {
    if (isDir(sh.sys.stat(path))) {
      if (sh.isDash) return 0 // there is nothing that can be read
      throw new Complaint(`${shown}: is a directory`, 1)
    }
    text = decode(yield* readFile(sh, path)).replaceAll('\0', '')
  } catch (e) {
    if (e instanceof Complaint) throw e
    if (sh.isDash)
      throw new Complaint(
        shown.includes('/')
          ? `.: cannot open ${shown}: ${dashReason(reason(e), '<')}`
          : `.: ${shown}: not found`,
        2,
        'exit',
      )
    const isStrict = sh.options.has('posix') && !sh.isInteractive
    if (isStrict && e === ENOENT) yield* sh.complain(`.: ${shown}: file not found`)
    else yield* sh.complain(`${shown}: ${reason(e)}`)
    if (isStrict) throw new SpecialExit(1)
    return 1
  }
  const { enclosingLine, sourceArgs } = sh
  const saved: Saved = { args: sh.args, given: args, enclosingLine, sourceArgs, traps: hideDebugTrap(sh) }
  if (args) sh.args = sh.sourceArgs = args
  sh.sourceDepth++
  if (!sh.isDash || sh.isAsh) sh.sources.push(path)
  sh.calls.push({ name: 'source', line: sh.line, source: path, args: sh.args })
  const { command } = sh
  let status: number
  try {
    status = yield* executeText(sh, text, 1, 'file')
  } catch (e) {
    if (!(e instanceof Return)) {
      leave(sh, saved)
      throw e
    }
    status = e.status
  }
  sh.command = command
  try {
    yield* runPseudoTrap(sh, 'RETURN')
  } catch (e) {
    leave(sh, saved)
    throw e
  }
  leave(sh, saved)
  return status
}

interface Saved {
  readonly args: string[]
  readonly given: string[] | undefined
  readonly sourceArgs: string[] | undefined
  readonly enclosingLine: number
  readonly traps: ReadonlyMap<string, string> | undefined
}

function leave(sh: Shell, saved: Saved): void {
  showTraps(sh, saved.traps)
  // `set` in the file has changed the positional parameters for good, unless there were some for the file.
  if (saved.given && sh.args === sh.sourceArgs) sh.args = saved.args
  sh.sourceArgs = saved.sourceArgs
  sh.enclosingLine = saved.enclosingLine
  sh.sourceDepth--
  if (!sh.isDash || sh.isAsh) sh.sources.pop()
  sh.calls.pop()
}

/** Bash: general.c:full_pathname(). */
const fullPath = (sh: Shell, name: string): string =>
  sh.isDash || name[0] === '/' ? name : `${getcwd(sh.sys).replace(/\/$/, '')}/${name.replace(/^\.\/+/, '')}`

/** A failing exec ends every shell but an interactive one, or one with execfail; subshells always. */
const survives = (sh: Shell): boolean => !sh.isForked && (sh.isInteractive || sh.shopts.has('execfail'))

function isDirectory(sh: Shell, path: string): boolean {
  try {
    return isDir(sh.sys.stat(path))
  } catch {
    return false
  }
}

export function* exec(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = sh.isDash
    ? { given: new Map<string, string>(), rest: argv.slice(1) }
    : options(argv, 'cla:')
  if (!rest.length) return 0
  if (sh.isRestricted) throw new Complaint('restricted', 1)
  const name = rest[0]!
  const zero = `${given.has('l') ? '-' : ''}${given.get('a') ?? name}`
  const path = name.includes('/') ? fullPath(sh, name) : findProgram(sh, name)
  if (path === undefined) {
    yield* sh.complain(sh.isDash ? `exec: ${name}: not found` : `exec: ${name}: not found`)
    if (survives(sh)) return 127
    throw new Exit(127)
  }
  for (const signal of sh.caught) sh.sys.sigaction(signal, SIG_DFL)
  const ignored = sh.isInteractive
    ? [3, 15, 20, 21, 22]
    : sh.isDash || sh.isForked || sh.traps.get(3) === '' || sh.ignoredAtStart.has(3)
      ? []
      : [3]
  for (const signal of ignored) sh.sys.sigaction(signal, SIG_DFL)
  const level = Number(sh.get('SHLVL') ?? 1)
  const environment = given.has('c')
    ? []
    : exportedEnvironment(sh).map(it =>
        it.startsWith('SHLVL=')
          ? `SHLVL=${sh.subshell && !sh.disposition ? level : Math.max(0, level - 1)}`
          : it,
      )
  const said = sh.isDash ? `exec: ${name}` : path
  // Bash sets `_` for commands that it forks for only.
  const status = yield* execute(sh, [zero, ...rest.slice(1)], path, environment, said)
  if (status === 126 && !sh.isDash) {
    const why = isDirectory(sh, path) ? EISDIR : EACCES
    yield* sh.complain(`exec: ${path}: cannot execute: ${why.message}`)
  }
  if (survives(sh)) return status
  throw new Exit(yield* runExitTrap(sh, status))
}

/** "If the ... special builtin utility is executed through command, a failure shall not end the shell." - POSIX */
function* withoutExit(sh: Shell, work: Blocking<number>): Blocking<number> {
  try {
    return yield* work
  } catch (e) {
    if (e instanceof SpecialExit) return e.status
    if (!sh.isDash || !(e instanceof Complaint) || e.fatal !== 'exit') throw e
    yield* sh.complain(e.message)
    return e.status
  }
}

const DASH_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export function* command(
  sh: Shell,
  argv: readonly string[],
  _compounds?: unknown,
  tail = false,
): Blocking<number> {
  const { given, rest } = options(argv, 'pvV')
  if (sh.isRestricted && given.has('p')) throw new Complaint('-p: restricted', 1)
  if (!rest.length) return 0
  if (given.has('v') || given.has('V')) {
    let status = sh.isDash ? 127 : 1
    const standard = given.has('p') && !sh.isDash ? '/bin:/usr/bin' : undefined
    for (const name of sh.isDash ? rest.slice(0, 1) : rest)
      if (
        (yield* describe(
          sh,
          name,
          given.has('v') ? 'short' : 'long',
          'command',
          false,
          false,
          false,
          standard,
        )) === 0
      )
        status = 0
    return status
  }
  const words = [...rest]
  if (builtins.has(words[0]!)) return yield* withoutExit(sh, runBuiltin(sh, words, undefined, tail))
  const path = given.has('p') ? searchPath(sh, words[0]!, sh.isDash ? DASH_PATH : '/bin:/usr/bin') : undefined
  if (given.has('p') && path === undefined && !words[0]!.includes('/')) {
    yield* sh.complain(sh.isDash ? `${words[0]}: not found` : `${words[0]}: command not found`)
    return 127
  }
  return yield* runForeground(
    sh,
    () => argv.join(' '),
    child => execute(child, words, path ?? words[0]!),
  )
}

export function* builtin(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { rest } = options(argv, '')
  if (!rest.length) return 0
  if (!builtins.has(rest[0]!)) throw new Complaint(`${rest[0]}: not a shell builtin`, 1)
  return yield* runBuiltin(sh, [...rest])
}
