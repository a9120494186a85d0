/** The directory stack: pushd, popd, dirs. Bash: builtins/pushd.def, whose loops this follows word by word. */
import type { Blocking } from '../../abi/index.ts'
import { Complaint, type Shell } from '../shell.ts'
import { cd, safeCwd } from './cd.ts'
import { output } from './echo.ts'
import { invalidOption, usage } from './options.ts'

const NUMBER = /^[-+]\s*[-+]?\d+\s*$/

const here = (sh: Shell): string => sh.get('PWD') ?? safeCwd(sh)

/** The number of `+N` or `-N`. */
function count(name: string, word: string): number {
  if (!NUMBER.test(word)) throw usage(name, `${word}: invalid number`)
  return Number(word.slice(1))
}

const outOfRange = (sh: Shell, word: string): Complaint =>
  new Complaint(
    sh.directories.length ? `${word}: directory stack index out of range` : 'directory stack empty',
    1,
  )

/** Change the directory in the name of pushd or popd, then show the stack. */
function* changeAndShow(sh: Shell, name: string, directory: string): Blocking<number> {
  const status = yield* cd(sh, [name, '--', directory])
  return status || (yield* dirs(sh, ['dirs']))
}

export function* pushd(sh: Shell, argv: readonly string[]): Blocking<number> {
  let words = argv.slice(argv[1] === '--' ? 2 : 1)
  if (!words.length) {
    const [other] = sh.directories
    if (other === undefined) throw new Complaint('no other directory', 1)
    const old = here(sh)
    sh.directories = [old, ...sh.directories.slice(1)]
    return yield* changeAndShow(sh, 'pushd', other)
  }
  let stays = false
  let turns: number | undefined
  const rest = words
  for (; words.length && argv[1] !== '--'; words = words.slice(1)) {
    const word = words[0]!
    if (word === '-n') stays = true
    else if (word === '--') {
      words = words.slice(1)
      break
    } else if (/^[-+]./.test(word) || word === '+') {
      const n = count('pushd', word)
      turns = word[0] === '-' ? sh.directories.length - n : n
      if (turns < 0 || turns > sh.directories.length) throw outOfRange(sh, word)
    } else break
  }
  if (turns !== undefined) return yield* turn(sh, turns, stays)
  if (!words.length) return 0
  const old = here(sh)
  if (!stays) {
    const status = yield* cd(sh, ['pushd', ...(argv[1] === '--' ? ['--', ...rest] : words)])
    if (status) return status
  }
  sh.directories = [stays ? words[0]! : old, ...sh.directories]
  return yield* dirs(sh, ['dirs'])
}

/** Rotate the stack; without a change of directory what comes to the top is lost. */
function* turn(sh: Shell, turns: number, stays: boolean): Blocking<number> {
  const whole = [here(sh), ...sh.directories]
  const turned = [...whole.slice(turns), ...whole.slice(0, turns)]
  if (turns) sh.directories = turned.slice(1)
  return stays ? 0 : yield* changeAndShow(sh, 'pushd', turned[0]!)
}

export function* popd(sh: Shell, argv: readonly string[]): Blocking<number> {
  let stays = false
  let which = '+0'
  let word = ''
  for (const it of argv.slice(1)) {
    if (it === '-n') stays = true
    else if (it === '--') break
    else if (/^[-+]/.test(it)) {
      count('popd', it)
      which = word = it
    } else if (it) throw usage('popd', `${it}: invalid argument`)
    else break
  }
  const n = Number(which.slice(1))
  const depth = sh.directories.length
  if (n > depth || n < -depth || !depth) throw outOfRange(sh, word)
  const at = which[0] === '+' ? n : depth - n
  if (at === 0) {
    if (!stays) {
      const status = yield* cd(sh, ['popd', '--', sh.directories[0]!])
      if (status) return status
    }
    sh.directories = sh.directories.slice(1)
  } else sh.directories = sh.directories.filter((_, i) => i !== at - 1)
  return yield* dirs(sh, ['dirs'])
}

const withTilde = (sh: Shell, path: string): string => {
  const home = sh.get('HOME')
  return home && home !== '/' && (path === home || path.startsWith(`${home}/`))
    ? `~${path.slice(home.length)}`
    : path
}

export function* dirs(sh: Shell, argv: readonly string[]): Blocking<number> {
  const given = new Set<string>()
  let which: string | undefined
  for (const word of argv.slice(1)) {
    if (word === '--') break
    if (/^-[lcvp]$/.test(word)) given.add(word[1]!)
    else if (/^[-+]/.test(word)) {
      count('dirs', word)
      which = word
    } else throw invalidOption('dirs', word)
  }
  if (given.has('c')) {
    sh.directories = []
    return 0
  }
  const stack = [here(sh), ...sh.directories].map(it => (given.has('l') ? it : withTilde(sh, it)))
  const numbered = (i: number) => `${String(i).padStart(2)}  ${stack[i]}`
  if (which !== undefined) {
    const n = Number(which.slice(1))
    const at = which[0] === '+' ? n : stack.length - 1 - n
    if (stack[at] === undefined) throw outOfRange(sh, which.slice(1))
    return yield* output(sh, `${given.has('v') ? numbered(at) : stack[at]}\n`)
  }
  if (given.has('v')) return yield* output(sh, stack.map((_, i) => `${numbered(i)}\n`).join(''))
  return yield* output(sh, `${stack.join(given.has('p') ? '\n' : ' ')}\n`)
}
