/** cd, pwd and the directory stack. Bash: builtins/cd.def, pushd.def. */
import { ENOENT, isDir, type Blocking } from '../../abi/index.ts'
import { assign } from '../expand/assign.ts'
import { Complaint, reason, type Shell } from '../shell.ts'
import { output } from './echo.ts'
import { options, usage } from './options.ts'

export function* cd(sh: Shell, argv: readonly string[]): Blocking<number> {
  const { given, rest } = options(argv, sh.isDash ? 'LP' : 'LPe@')
  if (rest.length > 1 && !sh.isDash) throw new Complaint('too many arguments', 1)
  let directory = rest[0]
  let print = false
  if (directory === undefined) {
    directory = sh.get('HOME')
    if (directory === undefined) throw new Complaint('HOME not set', 1)
  } else if (directory === '-') {
    directory = sh.get('OLDPWD')
    if (directory === undefined) throw new Complaint('OLDPWD not set', 1)
    print = true
  }
  const found = searched(sh, directory)
  if (found !== directory && found !== `./${directory}`) print = true
  const physical = given.has('P') || (sh.options.has('physical') && !given.has('L'))
  changeTo(sh, found, physical, rest[0] ?? directory)
  if (found !== '' && !physical && !safeCwd(sh)) yield* sh.print(2, `cd: ${LOST}\n`)
  return print ? yield* output(sh, `${sh.get('PWD')}\n`) : 0
}

const LOST = `error retrieving current directory: getcwd: cannot access parent directories: ${ENOENT.message}`

/** CDPATH. */
function searched(sh: Shell, directory: string): string {
  const path = sh.get('CDPATH')
  if (!path || /^(\/|\.\.?(\/|$))/.test(directory)) return directory
  for (const base of path.split(':')) {
    const candidate = base ? `${base.replace(/\/$/, '')}/${directory}` : directory
    try {
      if (isDir(sh.sys.stat(candidate))) return candidate
    } catch {
      // Not there: the next one.
    }
  }
  return directory
}

/** Change the directory, PWD and OLDPWD. */
export function changeTo(sh: Shell, directory: string, physical: boolean, shown: string): void {
  const old = sh.get('PWD')
  if (directory === '') {
    if (old !== undefined) assign(sh, 'OLDPWD', old)
    return
  }
  const logical = normalize(directory.startsWith('/') ? directory : below(old ?? safeCwd(sh), directory))
  try {
    sh.sys.chdir(physical ? directory : logical)
  } catch (e) {
    if (physical || directory.startsWith('/')) throw refused(sh, shown, e)
    try {
      sh.sys.chdir(directory)
    } catch (again) {
      throw refused(sh, shown, again)
    }
  }
  if (old !== undefined) assign(sh, 'OLDPWD', old)
  const next = physical ? safeCwd(sh) : logical
  assign(sh, 'PWD', next || logical)
}

/** From `/` it is /name, not //name, which would be another place. */
const below = (directory: string, name: string): string => `${directory === '/' ? '' : directory}/${name}`

const refused = (sh: Shell, directory: string, e: unknown): Complaint =>
  new Complaint(sh.isDash ? `can't cd to ${directory}` : `${directory}: ${reason(e)}`, sh.isDash ? 2 : 1)

export function safeCwd(sh: Shell): string {
  try {
    return sh.sys.getcwd()
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
  try {
    return yield* output(sh, `${sh.sys.getcwd()}\n`)
  } catch (e) {
    throw new Complaint(e === ENOENT ? LOST : reason(e), 1)
  }
}

const withTilde = (sh: Shell, path: string): string => {
  const home = sh.get('HOME')
  return home && home !== '/' && (path === home || path.startsWith(`${home}/`))
    ? `~${path.slice(home.length)}`
    : path
}

const stackOf = (sh: Shell): string[] => [sh.get('PWD') ?? safeCwd(sh), ...sh.directories]

export function* dirs(sh: Shell, argv: readonly string[]): Blocking<number> {
  const rest = argv.slice(1)
  if (rest.includes('-c')) {
    sh.directories = []
    return 0
  }
  const letters = rest.filter(it => /^-[lpv]+$/.test(it)).join('')
  const bad = rest.find(it => /^-[^lpvc\d]/.test(it))
  if (bad) throw usage('dirs', `${bad}: invalid number`)
  const stack = stackOf(sh).map(it => (letters.includes('l') ? it : withTilde(sh, it)))
  const which = rest.find(it => /^[-+]\d+$/.test(it))
  if (which) {
    const at = index(which, stack.length)
    if (stack[at] === undefined) throw new Complaint(`${which}: directory stack index out of range`, 1)
    return yield* output(sh, `${stack[at]}\n`)
  }
  if (letters.includes('v'))
    return yield* output(sh, stack.map((it, i) => `${String(i).padStart(2)}  ${it}\n`).join(''))
  return yield* output(sh, letters.includes('p') ? `${stack.join('\n')}\n` : `${stack.join(' ')}\n`)
}

const index = (text: string, length: number): number =>
  text[0] === '+' ? Number(text.slice(1)) : length - 1 - Number(text.slice(1))

export function* pushd(sh: Shell, argv: readonly string[]): Blocking<number> {
  const [arg] = argv.slice(1)
  const stack = stackOf(sh)
  if (arg === undefined) {
    if (stack.length < 2) throw new Complaint('no other directory', 1)
    changeTo(sh, stack[1]!, false, stack[1]!)
    sh.directories = [stack[0]!, ...stack.slice(2)]
  } else if (/^[-+]\d+$/.test(arg)) {
    const at = index(arg, stack.length)
    if (stack.length < 2) throw new Complaint('directory stack empty', 1)
    if (stack[at] === undefined) throw new Complaint(`${arg}: directory stack index out of range`, 1)
    const turned = [...stack.slice(at), ...stack.slice(0, at)]
    changeTo(sh, turned[0]!, false, turned[0]!)
    sh.directories = turned.slice(1)
  } else {
    changeTo(sh, arg, false, arg)
    sh.directories = stack
  }
  return yield* dirs(sh, ['dirs'])
}

export function* popd(sh: Shell, argv: readonly string[]): Blocking<number> {
  const stack = stackOf(sh)
  const [arg = '+0'] = argv.slice(1)
  if (stack.length < 2) throw new Complaint('directory stack empty', 1)
  const at = index(arg, stack.length)
  if (stack[at] === undefined) throw new Complaint(`${arg}: directory stack index out of range`, 1)
  if (at === 0) changeTo(sh, stack[1]!, false, stack[1]!)
  sh.directories = stack.filter((_, i) => i !== at).slice(1)
  return yield* dirs(sh, ['dirs'])
}
