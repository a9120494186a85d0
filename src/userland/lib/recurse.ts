/** chmod, chown and chgrp over trees. Linux: gnulib fts.c as chmod.c and chown-core.c use it. */
import { type Blocking, Errno, isDir, isLink, type Stat, type Sys } from '../../abi/index.ts'
import { readDir } from './command.ts'
import { type Ancestor, cycleOf, cycleWarning } from './cycle.ts'
import { joinPath, sameFile, statOf } from './path.ts'
import { quoteaf } from './quote.ts'

export interface Recursion {
  readonly sys: Sys
  readonly recursive: boolean
  /** Visit a directory after what it has, not before. */
  readonly childrenFirst?: boolean
  /** -H follows links that are named, -L all, -P none. */
  readonly follow: 'H' | 'L' | 'P'
  readonly silent: boolean
  readonly preserveRoot: boolean
  warn(text: string, errno?: unknown): Blocking<void>
  /** Act on one file; whether it worked. */
  visit(path: string, stat: Stat, named: boolean): Blocking<boolean>
}

/** Visit each path and, if recursive, everything below; whether all went well. */
export function* recurse(it: Recursion, paths: readonly string[]): Blocking<boolean> {
  let whole = true
  for (const path of paths) {
    if (it.recursive && it.preserveRoot && isRoot(it.sys, path)) {
      yield* it.warn(
        `it is dangerous to operate recursively on ${quoteaf(path)}${path === '/' ? '' : " (same as '/')"}`,
      )
      yield* it.warn('use --no-preserve-root to override this failsafe')
      whole = false
    } else whole = (yield* enter(it, path, [])) && whole
  }
  return whole
}

function isRoot(sys: Sys, path: string): boolean {
  try {
    return sameFile(sys.stat(path), sys.stat('/'))
  } catch (e) {
    if (e instanceof Errno) return false
    throw e
  }
}

function* enter(it: Recursion, path: string, above: readonly Ancestor[]): Blocking<boolean> {
  const named = !above.length
  let stat: Stat
  try {
    stat = it.sys.lstat(path)
  } catch (e) {
    if (!it.silent || !(e instanceof Errno)) yield* it.warn(`cannot access ${quoteaf(path)}`, e)
    return false
  }
  if (!it.recursive) return yield* it.visit(path, stat, named)
  const followed = isLink(stat) && (it.follow === 'L' || (it.follow === 'H' && named))
  const behind = followed ? (statOf(it.sys, path) ?? stat) : stat
  if (!isDir(behind)) return yield* it.visit(path, stat, named)
  if (cycleOf(above, behind)) {
    if (it.follow === 'L') return yield* it.visit(path, stat, named)
    yield* it.warn(cycleWarning(path))
    return false
  }
  const done = it.childrenFirst || (yield* it.visit(path, stat, named))
  let entries: readonly { name: string }[]
  try {
    entries = yield* readDir(it.sys, path)
  } catch (e) {
    if (!it.silent || !(e instanceof Errno)) yield* it.warn(`cannot read directory ${quoteaf(path)}`, e)
    return false
  }
  let whole: boolean = done
  const here = [...above, { path, stat: behind }]
  for (const { name } of entries) whole = (yield* enter(it, joinPath(path, name), here)) && whole
  return it.childrenFirst ? (yield* it.visit(path, stat, named)) && whole : whole
}
