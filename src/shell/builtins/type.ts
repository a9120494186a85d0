/** type, hash, alias, unalias. Bash: builtins/type.def, hash.def, alias.def. */
import { EISDIR, encode, isDir, type Blocking } from '../../abi/index.ts'
import { appletPath } from '../../userland/lib/busybox/standalone.ts'
import { singleQuote } from '../expand/quote.ts'
import { findProgram, searchPath, stateOf } from '../exec/simple.ts'
import { functionText } from '../print.ts'
import { Complaint, type Shell } from '../shell.ts'
import { bucket } from '../variables.ts'
import { output } from './echo.ts'
import { builtins, isDisabled, SPECIAL } from './index.ts'
import { options, usageOnly } from './options.ts'

const KEYWORDS = new Set(
  'if then else elif fi case esac for select while until do done in function time { } ! [[ ]] coproc'.split(
    ' ',
  ),
)
const DASH_KEYWORDS = new Set('if then else elif fi case esac for while until do done in { } !'.split(' '))
const ASH_KEYWORDS = new Set([...DASH_KEYWORDS, 'function'])
export const keywords = (sh: Shell): ReadonlySet<string> =>
  sh.isAsh ? ASH_KEYWORDS : sh.isDash ? DASH_KEYWORDS : KEYWORDS

type Form = 'long' | 'short' | 'type' | 'path'

export function* type(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = sh.isDash
    ? { given: new Map<string, string>(), rest: argv.slice(1) }
    : options(argv, 'afptP')
  let status = 0
  const form: Form = given.has('t') ? 'type' : given.has('p') || given.has('P') ? 'path' : 'long'
  for (const name of rest) {
    const found = yield* describe(sh, name, form, 'type', given.has('a'), given.has('P'), given.has('f'))
    if (found) status = sh.isDash ? 127 : 1
  }
  return status
}

/** Say what a name is. 1 if it is nothing. */
export function* describe(
  sh: Shell,
  name: string,
  form: Form,
  builtin: string,
  all = false,
  pathOnly = false,
  noFunctions = false,
  standardPath: string | undefined = undefined,
): Blocking<number> {
  const path = standardPath ?? sh.get('PATH') ?? ''
  if (standardPath !== undefined) sh.hash.delete(name)
  const lines = pathOnly
    ? fileLines(sh, name, form, all, path)
    : linesOf(sh, name, form, all, noFunctions, path)
  // "-p ... returns nothing if `type -t NAME' would not return `file'", but it is no failure.
  if (
    !lines.length &&
    form === 'path' &&
    !pathOnly &&
    linesOf(sh, name, 'type', all, noFunctions, path).length
  )
    return 0
  if (lines.length) return yield* output(sh, lines.join(''))
  if (sh.isDash && form === 'long') {
    yield* output(sh, `${name}: not found\n`)
    return 127
  }
  if (form === 'long') yield* sh.complain(`${builtin}: ${name}: not found`)
  return sh.isDash ? 127 : 1
}

function linesOf(
  sh: Shell,
  name: string,
  form: Form,
  all: boolean,
  noFunctions: boolean,
  searched: string,
): string[] {
  const out: string[] = []
  const add = (long: string, short: string, kind: string) => {
    if (form === 'path') {
      if (kind === 'file') out.push(`${short}\n`)
    } else out.push(`${form === 'long' ? long : form === 'short' ? short : kind}\n`)
    return !all
  }
  const alias = sh.isDash || sh.shopts.has('expand_aliases') ? sh.aliases.get(name) : undefined
  const aliasText =
    alias === undefined
      ? ''
      : sh.isDash
        ? `${name} is an alias for ${alias}`
        : `${name} is aliased to \`${alias}'`
  if (
    alias !== undefined &&
    add(aliasText, sh.isDash ? `alias ${name}='${alias}'` : `alias ${name}=${singleQuote(alias)}`, 'alias')
  )
    return out
  if (keywords(sh).has(name) && add(`${name} is a shell keyword`, name, 'keyword')) return out
  const function_ = noFunctions ? undefined : sh.functions.get(name)
  if (
    function_ &&
    add(
      sh.isAsh
        ? `${name} is a function`
        : sh.isDash
          ? `${name} is a shell function`
          : `${name} is a function\n${functionText(function_)}`,
      name,
      'function',
    )
  )
    return out
  if (
    builtins.has(name) &&
    !isDisabled(sh, name) &&
    add(
      sh.isDash && !sh.isAsh && SPECIAL.has(name)
        ? `${name} is a special shell builtin`
        : `${name} is a shell builtin`,
      name,
      'builtin',
    )
  )
    return out
  return [...out, ...fileLines(sh, name, form, all, searched)]
}

function fileLines(sh: Shell, name: string, form: Form, all: boolean, searched: string): string[] {
  const show = (path: string, long: string) => `${form === 'long' ? long : form === 'type' ? 'file' : path}\n`
  if (name.includes('/')) return stateOf(sh, name) === 'executable' ? [show(name, `${name} is ${name}`)] : []
  if (appletPath(sh.sys, name)) return [show(name, `${name} is ${name}`)]
  // Without -a a file that may not be executed will do, as when it is run.
  const isFound = (path: string) => !sh.isDash || stateOf(sh, path) === 'executable'
  const hashed = sh.hash.get(name)
  if (!all) {
    if (hashed) {
      if (!sh.isDash) hashed.hits++
      return [
        show(
          hashed.path,
          sh.isDash ? `${name} is a tracked alias for ${hashed.path}` : `${name} is hashed (${hashed.path})`,
        ),
      ]
    }
    const path = searchPath(sh, name, searched)
    return path !== undefined && isFound(path) ? [show(path, `${name} is ${path}`)] : []
  }
  const seen: string[] = []
  for (const directory of searched.split(':')) {
    const path = `${directory || '.'}/${name}`
    if (stateOf(sh, path) === 'executable') seen.push(path)
  }
  return seen.map(path => show(path, `${name} is ${path}`))
}

export function* hash(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, sh.isDash ? 'r' : 'lrp:dt')
  if (!sh.isDash && !sh.options.has('hashall')) throw new Complaint('hashing disabled', 1)
  for (const letter of ['t', 'd'])
    if (given.has(letter) && !rest.length) throw new Complaint(`-${letter}: option requires an argument`, 1)
  if (given.has('r')) sh.hash.clear()
  if (given.has('r') && !rest.length) return 0
  const path = given.get('p')
  if (path !== undefined && rest.length) {
    if (sh.isRestricted && path.includes('/')) throw new Complaint(`${path}: restricted`, 1)
    if (isDirectory(sh, path)) throw new Complaint(`${path}: ${EISDIR.message}`, 1)
    for (const name of rest) sh.hash.set(name, { path, hits: 0 })
    return 0
  }
  if (!rest.length) {
    if (!sh.hash.size) return sh.isDash || given.has('l') ? 0 : yield* output(sh, 'hash: hash table empty\n')
    if (sh.isDash) return yield* output(sh, [...sh.hash.values()].map(it => `${it.path}\n`).join(''))
    if (given.has('l'))
      return yield* output(
        sh,
        hashed(sh)
          .map(([name, it]) => `builtin hash -p ${it.path} ${name}\n`)
          .join(''),
      )
    return yield* output(
      sh,
      `hits\tcommand\n${hashed(sh)
        .map(([, it]) => `${String(it.hits).padStart(4)}\t${it.path}\n`)
        .join('')}`,
    )
  }
  let status = 0
  for (const name of rest) {
    const known = sh.hash.get(name)
    const isMissing =
      given.has('t') || given.has('d')
        ? !known
        : !name.includes('/') && !builtins.has(name) && !sh.functions.has(name) && !forget(sh, name)
    if (isMissing) {
      yield* sh.complain(`hash: ${name}: not found`)
      status = 1
    } else if (given.has('t')) {
      known!.hits++
      const asCommand = `builtin hash -p ${known!.path} ${name}\n`
      const plain = rest.length > 1 ? `${name}\t${known!.path}\n` : `${known!.path}\n`
      yield* output(sh, given.has('l') ? asCommand : plain)
    } else if (given.has('d')) sh.hash.delete(name)
  }
  return status
}

/** The table in bash's order: 256 buckets, new entries first. */
const hashed = (sh: Shell): [string, { path: string; hits: number }][] =>
  [...sh.hash].reverse().sort((a, b) => (bucket(a[0]) & 255) - (bucket(b[0]) & 255))

function isDirectory(sh: Shell, path: string): boolean {
  try {
    return isDir(sh.sys.stat(path))
  } catch {
    return false
  }
}

/** Look a command up anew. */
function forget(sh: Shell, name: string): boolean {
  sh.hash.delete(name)
  const found = findProgram(sh, name) !== undefined
  const entry = sh.hash.get(name)
  if (entry) entry.hits = 0
  return found
}

/** Bash: alias.c:qsort_alias_compare(), to which the first byte is a signed number. */
function byFirstByte(a: string, b: string): number {
  const first = (name: string) => ((encode(name)[0] ?? 0) << 24) >> 24
  return first(a) - first(b) || (a < b ? -1 : 1)
}

export function* alias(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = sh.isDash
    ? { given: new Map<string, string>(), rest: argv.slice(1) }
    : options(argv, 'p')
  const line = (name: string) =>
    sh.isDash
      ? `${name}=${singleQuote(sh.aliases.get(name)!)}\n`
      : `alias ${/^-/.test(name) ? '-- ' : ''}${name}=${singleQuote(sh.aliases.get(name)!)}\n`
  if (!rest.length || given.has('p'))
    yield* output(sh, [...sh.aliases.keys()].sort(byFirstByte).map(line).join(''))
  let status = 0
  for (const word of rest) {
    const equals = word.indexOf('=')
    if (equals > 0) {
      const name = word.slice(0, equals)
      if (/[\s/$`'"\\|&;()<>]/.test(name)) {
        yield* sh.complain(`alias: \`${name}': invalid alias name`)
        status = 1
      } else sh.aliases.set(name, word.slice(equals + 1))
    } else if (sh.aliases.has(word)) yield* output(sh, line(word))
    else {
      if (sh.isDash) yield* sh.print(2, `alias: ${word} not found\n`)
      else yield* sh.complain(`alias: ${word}: not found`)
      status = 1
    }
  }
  return status
}

export function* unalias(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, 'a')
  if (given.has('a')) sh.aliases.clear()
  else if (!rest.length) throw usageOnly('unalias')
  let status = 0
  for (const name of rest) {
    if (sh.aliases.delete(name)) continue
    if (sh.isDash) yield* sh.print(2, `unalias: ${name} not found\n`)
    else yield* sh.complain(`unalias: ${name}: not found`)
    status = 1
  }
  return status
}
