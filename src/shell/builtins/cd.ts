/** cd and pwd. Bash: builtins/cd.def. */
import { ENOENT, isDir, type Blocking } from '../../abi/index.ts'
import { assign } from '../expand/assign.ts'
import { corrected } from '../readline/spelling.ts'
import { Complaint, reason, type Shell } from '../shell.ts'
import { output } from './echo.ts'
import { options } from './options.ts'
import { getcwd } from '../../userland/lib/getcwd.ts'

export function* cd(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, sh.isDash ? 'LP' : 'LPe')
  if (sh.isRestricted) throw new Complaint('restricted', 1)
  if (rest.length > 1 && !sh.isDash) throw new Complaint('too many arguments', 1)
  let directory = rest[0]
  let print = false
  if (directory === undefined) {
    directory = sh.get('HOME')
    if (directory === undefined && !sh.isDash) throw new Complaint('HOME not set', 1)
    directory ??= ''
  } else if (directory === '-') {
    directory = sh.get('OLDPWD')
    if (directory === undefined && !sh.isDash) throw new Complaint('OLDPWD not set', 1)
    directory ??= ''
    print = true
  }
  const found = cdable(sh, searched(sh, directory))
  if (found !== directory && found !== `./${directory}`) print = true
  // The last of -L and -P counts.
  const last = [...given.keys()].filter(it => it === 'L' || it === 'P').at(-1)
  const physical = last ? last === 'P' : sh.options.has('physical')
  try {
    changeTo(sh, found, physical, rest[0] ?? directory)
  } catch (e) {
    const mended =
      sh.isInteractive && sh.shopts.has('cdspell') && directory ? yield* corrected(sh, directory) : undefined
    if (!mended) throw e
    changeTo(sh, mended, physical, mended)
    return yield* output(sh, `${mended}\n`)
  }
  if (found !== '' && !physical && !sh.isDash && !safeCwd(sh)) yield* sh.print(2, `cd: ${LOST}\n`)
  return print ? yield* output(sh, `${sh.get('PWD')}\n`) : 0
}

const LOST = `error retrieving current directory: getcwd: cannot access parent directories: ${ENOENT.message}`

/** CDPATH. */
function searched(sh: Shell, directory: string): string {
  const path = sh.get('CDPATH')
  if (!path || /^(\/|\.\.?(\/|$))/.test(directory)) return directory
  for (const base of path.split(':')) {
    const candidate = base ? `${sh.isDash ? base : base.replace(/\/$/, '')}/${directory}` : directory
    try {
      if (isDir(sh.sys.stat(candidate))) return candidate
    } catch {
      // Not there: the next one.
    }
  }
  return directory
}

/** shopt -s cdable_vars: what is no directory may be the name of a variable that holds one. */
function cdable(sh: Shell, directory: string): string {
  if (!sh.shopts.has('cdable_vars')) return directory
  try {
    if (isDir(sh.sys.stat(directory))) return directory
  } catch {
    // Not there.
  }
  return sh.get(directory) ?? directory
}

/** Change the directory, PWD and OLDPWD. */
export function changeTo(sh: Shell, directory: string, physical: boolean, shown: string): void {
  const old = sh.get('PWD')
  if (directory === '') {
    if (old !== undefined) assign(sh, 'OLDPWD', old)
    return
  }
  const whole = directory.startsWith('/') ? directory : below(old ?? safeCwd(sh), directory)
  const logical = normalize(whole)
  let byName = !physical
  try {
    sh.sys.chdir(physical || leadsAstray(sh, whole) ? directory : logical)
  } catch (e) {
    // The directory has another name by now, or another root. Only bash tries what was typed.
    if (physical || sh.isDash || directory.startsWith('/')) throw refused(sh, shown, e)
    byName = false
    try {
      sh.sys.chdir(directory)
    } catch (again) {
      throw refused(sh, shown, again)
    }
  }
  if (old !== undefined) assign(sh, 'OLDPWD', old)
  if (sh.isDash) for (const name of ['PWD', 'OLDPWD']) sh.variables.find(name)!.exported = true
  const next = byName ? logical : safeCwd(sh)
  assign(sh, 'PWD', next || logical)
}

/** A path is only made shorter if what comes before each `..` is a directory. */
function leadsAstray(sh: Shell, path: string): boolean {
  const parts = path.split('/')
  return parts.some((it, i) => {
    if (it !== '..') return false
    try {
      return !isDir(sh.sys.stat(parts.slice(0, i).join('/') || '/'))
    } catch {
      return true
    }
  })
}

/** From `/` it is /name, not //name, which would be another place. */
const below = (directory: string, name: string): string => `${directory === '/' ? '' : directory}/${name}`

const refused = (sh: Shell, directory: string, e: unknown): Complaint =>
  new Complaint(
    sh.isAsh
      ? `can't cd to ${directory}: ${reason(e)}`
      : sh.isDash
        ? `can't cd to ${directory}`
        : `${directory}: ${reason(e)}`,
    sh.isDash ? 2 : 1,
  )

export function safeCwd(sh: Shell): string {
  try {
    return getcwd(sh.sys)
  } catch {
    return ''
  }
}

/** Take out `.`, `..` and double slashes, without looking at the disk. */
export function normalize(path: string): string {
  const out: string[] = []
  for (const it of path.split('/')) {
    if (it === '' || it === '.') continue
    if (it === '..') out.pop()
    else out.push(it)
  }
  return `${path.startsWith('//') && !path.startsWith('///') ? '/' : ''}/${out.join('/')}`
}

export function* pwd(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given } = options(argv, 'LP')
  const logical = sh.get('PWD')
  const physical = given.has('P') || sh.options.has('physical')
  if (!physical && logical?.startsWith('/')) return yield* output(sh, `${logical}\n`)
  let directory: string
  try {
    directory = getcwd(sh.sys)
  } catch (e) {
    if (e !== ENOENT || sh.isDash) throw new Complaint(e === ENOENT ? LOST : reason(e), 1)
    yield* sh.print(2, `pwd: ${LOST}\n`)
    return 1
  }
  return yield* output(sh, `${directory}\n`)
}
