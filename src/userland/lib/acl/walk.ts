/** How getfacl and setfacl go through files. Linux: acl's libmisc/walk_tree.c. */
import { type Blocking, decode, Errno, isDir, isLink, type Stat, type Sys } from '../../../abi/index.ts'
import { type Process, readAll, readDir } from '../command.ts'
import { joinPath } from '../path.ts'

export interface Walk {
  readonly sys: Sys
  readonly me: Process
  readonly recursive: boolean
  /** Follow every link. */
  readonly logical: boolean
  /** Follow none, not even one that is named. */
  readonly physical: boolean
  visit(path: string, stat: Stat): Blocking<void>
}

/** Visit a path and, if asked for, what lies below; whether all of it could be visited. */
export function* walkTree(walk: Walk, path: string, named = true): Blocking<boolean> {
  const { sys, me } = walk
  let stat: Stat
  try {
    const link = isLink(sys.lstat(path))
    if (link && walk.recursive && !walk.logical && (walk.physical || !named)) return true
    stat = sys.stat(path)
    yield* walk.visit(path, stat)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(path, e)
    return false
  }
  if (!walk.recursive || !isDir(stat)) return true
  let whole = true
  for (const { name } of yield* readDir(sys, path))
    whole = (yield* walkTree(walk, joinPath(path, name), false)) && whole
  return whole
}

/** The operands, and for `-` the lines of standard input. */
export function* filesOf(sys: Sys, args: readonly string[]): Blocking<string[]> {
  const files: string[] = []
  for (const arg of args) {
    if (arg !== '-') files.push(arg)
    else
      files.push(
        ...decode(yield* readAll(sys, 0))
          .split('\n')
          .filter(line => line),
      )
  }
  return files
}
