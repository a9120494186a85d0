/** Comparing directories: what is in both, and what is in one of them only. diffutils: dir.c. */
import {
  type Blocking,
  Errno,
  isBlk,
  isChr,
  isDir,
  isFifo,
  isLink,
  isReg,
  isSock,
  type Stat,
  type Sys,
} from '../../../abi/index.ts'
import { isApplet } from '../busybox/standalone.ts'
import { compareText } from '../collate.ts'
import { type Process, readDir } from '../command.ts'
import { fnmatch } from '../fnmatch.ts'
import { joinPath } from '../path.ts'

/** How directories are walked. */
export interface Walk {
  readonly sys: Sys
  readonly me: Process
  readonly recursive: boolean
  readonly follow: boolean
  readonly newFile: boolean
  readonly newFirst: boolean
  readonly sameCase: boolean
  readonly exclude: readonly string[]
  /** Compare two files below; one that is not there counts as empty. */
  files(a: string, b: string): Blocking<number>
}

const SAME = 0
const DIFFERENT = 1
const TROUBLE = 2

export function* directories(walk: Walk, a: string, b: string, start = ''): Blocking<number> {
  const names = new Map<string, { one?: string; two?: string }>()
  for (const [side, dir] of [
    ['one', a],
    ['two', b],
  ] as const)
    for (const { name } of yield* readDir(walk.sys, dir)) {
      if (name < start || walk.exclude.some(pattern => fnmatch(pattern, name))) continue
      const key = walk.sameCase ? name.toLowerCase() : name
      names.set(key, { ...names.get(key), [side]: name })
    }
  let status = SAME
  for (const [, { one, two }] of [...names].sort((x, y) => compareText(x[0], y[0])))
    status = Math.max(status, yield* entry(walk, a, b, one, two))
  return status
}

function* entry(
  walk: Walk,
  a: string,
  b: string,
  one: string | undefined,
  two: string | undefined,
): Blocking<number> {
  const { me, sys } = walk
  const first = joinPath(a, one ?? two!)
  const second = joinPath(b, two ?? one!)
  const odd = isApplet(sys) ? skipped(walk, one && first, two && second) : undefined
  if (odd !== undefined) {
    me.out.line(`File ${odd} is not a regular file or directory and was skipped`)
    return SAME
  }
  if (one === undefined || two === undefined) return yield* lonely(walk, a, b, one, two)
  const [x, y] = [yield* look(walk, first), yield* look(walk, second)]
  if (!x || !y) return TROUBLE
  if (isDir(x) && isDir(y)) {
    if (walk.recursive) return yield* directories(walk, first, second)
    me.out.line(`Common subdirectories: ${first} and ${second}`)
    return SAME
  }
  if (!walk.follow && isLink(x) && isLink(y)) {
    if (sys.readlink(first) === sys.readlink(second)) return SAME
    me.out.line(`Symbolic links ${first} and ${second} differ`)
    return DIFFERENT
  }
  if (isReg(x) && isReg(y)) return yield* walk.files(first, second)
  me.out.line(`File ${first} is a ${kindOf(x)} while file ${second} is a ${kindOf(y)}`)
  return DIFFERENT
}

/** Something that is on one side only. */
function* lonely(
  walk: Walk,
  a: string,
  b: string,
  one: string | undefined,
  two: string | undefined,
): Blocking<number> {
  const wanted = walk.newFile || (walk.newFirst && one === undefined)
  const name = one ?? two!
  if (wanted) {
    const stat = yield* look(walk, joinPath(one === undefined ? b : a, name))
    if (stat && isDir(stat) && walk.recursive) return yield* alone(walk, a, b, name, one !== undefined)
    if (stat && isReg(stat)) return yield* walk.files(joinPath(a, name), joinPath(b, name))
  }
  walk.me.out.line(`Only in ${one === undefined ? b : a}: ${name}`)
  return DIFFERENT
}

/** A directory of one side, whose files are all new. */
function* alone(walk: Walk, a: string, b: string, name: string, isFirst: boolean): Blocking<number> {
  const [x, y] = [joinPath(a, name), joinPath(b, name)]
  let status = SAME
  const inside = yield* readDir(walk.sys, isFirst ? x : y)
  for (const it of inside.map(file => file.name).sort(compareText)) {
    if (walk.exclude.some(pattern => fnmatch(pattern, it))) continue
    status = Math.max(status, yield* lonely(walk, x, y, isFirst ? it : undefined, isFirst ? undefined : it))
  }
  return status
}

/** What something is; undefined after a message if it is not there. */
function* look({ sys, me, follow }: Walk, path: string): Blocking<Stat | undefined> {
  try {
    return follow ? sys.stat(path) : sys.lstat(path)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(path, e)
    return undefined
  }
}

/** busybox passes over what would block: the first such of the two. */
function skipped({ sys }: Walk, one: string | undefined, two: string | undefined): string | undefined {
  const stats = [one, two].map(path => path && safeStat(sys, path))
  if (stats.every(Boolean) && stats.some(it => isDir(it as Stat))) return undefined
  return [one, two].find((_, i) => {
    const stat = stats[i] as Stat | undefined
    return stat && !isReg(stat) && !isDir(stat)
  })
}

function safeStat(sys: Sys, path: string): Stat | undefined {
  try {
    return sys.stat(path)
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

export function kindOf(stat: Stat): string {
  if (isReg(stat)) return stat.size ? 'regular file' : 'regular empty file'
  if (isDir(stat)) return 'directory'
  if (isLink(stat)) return 'symbolic link'
  if (isFifo(stat)) return 'fifo'
  if (isSock(stat)) return 'socket'
  return isBlk(stat) ? 'block special file' : isChr(stat) ? 'character special file' : 'weird file'
}
