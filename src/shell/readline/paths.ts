/** Paths as they stand in a line, and what is there. Bash: bashline.c:bash_directory_completion_hook(). */
import { O_DIRECTORY, S_IFLNK, S_IFMT, isDir, type Blocking } from '../../abi/index.ts'
import { homeOf } from '../expand/tilde.ts'
import type { Shell } from '../shell.ts'

export interface Entry {
  readonly name: string
  readonly type: number
}

/** The entries of a directory; none if it cannot be read. */
export function* entriesOf(sh: Shell, path: string): Blocking<readonly Entry[]> {
  try {
    const fd = yield* sh.sys.open(path, O_DIRECTORY)
    const out: Entry[] = []
    for (let more = sh.sys.getdents(fd); more.length; more = sh.sys.getdents(fd)) out.push(...more)
    sh.sys.close(fd)
    return out
  } catch {
    return []
  }
}

/** A path with `~` and variables at its beginning replaced, to be looked up. */
export function realPath(sh: Shell, path: string): string {
  const real = path.replace(/^~([^/]*)/, (all, user: string) => homeOf(sh, user) ?? all)
  return real.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (all, braced?: string, bare?: string) => sh.get(braced ?? bare!) ?? all,
  )
}

export function isDirectory(sh: Shell, path: string): boolean {
  try {
    return isDir(sh.sys.stat(realPath(sh, path)))
  } catch {
    return false
  }
}

/** Whether `path` is a symbolic link that leads to a directory. */
export function isLinkToDirectory(sh: Shell, path: string): boolean {
  try {
    return (sh.sys.lstat(realPath(sh, path)).mode & S_IFMT) === S_IFLNK && isDirectory(sh, path)
  } catch {
    return false
  }
}
