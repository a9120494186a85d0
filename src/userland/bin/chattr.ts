/**
 * chattr - change the flags of files: immutable, append-only and others
 * Linux: e2fsprogs misc/chattr.c; chattr(1).
 *
 * Left out: -p (projects), -v (generations): the kernel here refuses both.
 */
import {
  type Blocking,
  ENOTTY,
  EOPNOTSUPP,
  Errno,
  FS_DIRSYNC_FL,
  isDir,
  isLink,
  type Stat,
  type Sys,
} from '../../abi/index.ts'
import { command, type Process, readDir } from '../lib/command.ts'
import { FLAGS, flagLetters, readFlags, writeFlags } from '../lib/fileattr.ts'
import { joinPath } from '../lib/path.ts'

const USAGE = 'Usage: chattr [-RVf] [-+=aAcCdDeijPsStTuFx] [-p project] [-v version] files...\n'
const SETTABLE = 'aAcCdDeijPsStTuFx'

interface Chattr {
  readonly sys: Sys
  readonly me: Process
  add: number
  remove: number
  /** `=`: these flags and no others. */
  set: number | undefined
  recursive: boolean
  verbose: boolean
  silent: boolean
  readonly numbers: string[]
}

export default command({
  name: 'chattr',
  summary: 'change file attributes on a Linux file system',
  suite: 'other',
  usage: 'chattr [-RVf] [-+=aAcCdDeijPsStTuFx] [-p project] [-v version] files...',
  version: false,
  raw: true,

  *main(sys, _flags, args, me) {
    const run: Chattr = {
      sys,
      me,
      add: 0,
      remove: 0,
      set: undefined,
      recursive: false,
      verbose: false,
      silent: false,
      numbers: [],
    }
    const files = parse(run, args)
    if (!files?.length) {
      yield* sys.write(2, USAGE)
      return 1
    }
    const wrong = contradiction(run)
    if (wrong) {
      yield* sys.write(2, `${wrong}\n`)
      return 1
    }
    if (run.verbose) yield* sys.write(2, 'chattr 1.47.0 (5-Feb-2023)\n')
    let status = 0
    for (const path of files) if (!(yield* change(run, path))) status = 1
    return status
  },
})

/** What is wrong with the modes together. */
function contradiction({ add, remove, set, numbers }: Chattr): string | undefined {
  if (set !== undefined && (add || remove)) return '= is incompatible with - and +'
  if (add & remove) return "Can't both set and unset same flag."
  const changes = set !== undefined || add || remove || numbers.length
  return changes ? undefined : "Must use '-v', =, - or +"
}

/** Options and modes, which look alike, up to the first file; undefined if one is unknown. */
function parse(run: Chattr, args: readonly string[]): readonly string[] | undefined {
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    const sign = arg[0]!
    if (arg === '--') return args.slice(i + 1)
    if (!arg || !'+-='.includes(sign)) return args.slice(i)
    if (sign === '=') run.set ??= 0
    for (const letter of arg.slice(1)) {
      const flag = SETTABLE.includes(letter) ? FLAGS.find(it => it[1] === letter)![0] : 0
      if (flag && sign === '+') run.add |= flag
      else if (flag && sign === '-') run.remove |= flag
      else if (flag) run.set = run.set! | flag
      else if (sign === '-' && 'RVfpv'.includes(letter)) {
        run.recursive ||= letter === 'R'
        run.verbose ||= letter === 'V'
        run.silent ||= letter === 'f'
        if (letter === 'p' || letter === 'v') {
          if (!/^\d+$/.test(args[++i] ?? '')) return undefined
          run.numbers.push(letter)
        }
      } else return undefined
    }
  }
  return []
}

/** Change one file and, with -R, what lies below; whether it worked. */
function* change(run: Chattr, path: string): Blocking<boolean> {
  const { sys, me } = run
  let stat: Stat
  let step = 'trying to stat'
  try {
    stat = sys.lstat(path)
    step = 'reading flags on'
    yield* apply(run, path, stat, what => (step = what))
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    if (!run.silent) yield* me.warn(`${e.message} while ${step} ${path}`)
    return false
  }
  if (!run.recursive || !isDir(stat)) return true
  let whole = true
  for (const { name } of yield* readDir(sys, path)) {
    const child = joinPath(path, name)
    if (!isLink(sys.lstat(child))) whole = (yield* change(run, child)) && whole
  }
  return whole
}

function* apply(run: Chattr, path: string, stat: Stat, begins: (step: string) => void): Blocking<void> {
  const { sys, me } = run
  const before = run.set === undefined ? yield* readFlags(sys, path) : 0
  const flags = run.set ?? (before & ~run.remove) | run.add
  if (run.verbose) me.out.line(`Flags of ${path} set as ${flagLetters(flags)}`)
  begins('setting flags on')
  if (run.set !== undefined || run.add || run.remove)
    yield* writeFlags(sys, path, isDir(stat) ? flags : flags & ~FS_DIRSYNC_FL)
  for (const letter of run.numbers) {
    begins(letter === 'p' ? 'setting project on' : 'setting version on')
    throw letter === 'p' ? EOPNOTSUPP : ENOTTY
  }
}
