/**
 * From a place back to the text of its path. Linux: fs/d_path.c.
 */
import { ENOENT } from '../abi/index.ts'
import type { Caller, FsStruct, Path } from './types.ts'
import type { Vfs } from './vfs.ts'

/** What a climb to the root found: the text, and whether it ended at the wanted root. */
interface Climbed {
  readonly text: string
  readonly reached: boolean
}

/** Linux: prepend_path(). */
function climb(v: Vfs, path: Path, root: Path): Climbed {
  let text = ''
  let { mount } = path
  let dentry = v.dentry(path.dentry).id
  while (mount !== root.mount || dentry !== root.dentry) {
    const on = v.mounts.find(mount)
    if (!on) return { text: text || '/', reached: false }
    if (dentry === on.root) {
      if (on.parent === 0 || on.parent === on.id) return { text: text || '/', reached: false }
      dentry = on.mountpoint
      mount = on.parent
      continue
    }
    const it = v.dentry(dentry)
    if (it.parent === it.id) return { text: text || '/', reached: false }
    text = `/${it.name}${text}`
    dentry = it.parent
  }
  return { text: text || '/', reached: true }
}

/** Linux: d_path(): the path of a place as seen from `root`; pipes and the like have a name of their own. */
export function dPath(v: Vfs, path: Path, root: Path): string {
  const it = v.dentry(path.dentry)
  if (it.parent === it.id && it.name !== '/') return it.name
  return climb(v, path, root).text + (it.unhashed ? ' (deleted)' : '')
}

/** As dPath, or undefined when the place does not lie below `root`. Linux: seq_path_root() giving SEQ_SKIP. */
export function pathBelow(v: Vfs, path: Path, root: Path): string | undefined {
  const { text, reached } = climb(v, path, root)
  return reached ? text : undefined
}

/** Linux: dentry_path(): the path inside one file system. */
export function dentryPath(v: Vfs, dentry: number): string {
  let text = ''
  const first = v.dentry(dentry)
  for (let it = first; it.parent !== it.id; it = v.dentry(it.parent)) text = `/${it.name}${text}`
  return (text || '/') + (first.unhashed ? '//deleted' : '')
}

/**
 * getcwd(2). A directory that is not below the caller's root has a path that begins with "(unreachable)". Errors: ENOENT
 * (it was removed).
 */
export function getcwd(v: Vfs, as: Caller): string {
  const { fs } = as
  if (v.dentry(fs.pwdDentry).unhashed) throw ENOENT
  const { text, reached } = climb(v, pwdOf(fs), rootOf(fs))
  return reached ? text : `(unreachable)${text}`
}

export const rootOf = (fs: FsStruct): Path => ({ mount: fs.rootMount, dentry: fs.rootDentry })
export const pwdOf = (fs: FsStruct): Path => ({ mount: fs.pwdMount, dentry: fs.pwdDentry })
