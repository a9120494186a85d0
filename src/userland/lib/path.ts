/** Names and paths as text. Linux: gnulib dirname.c, basename.c, canonicalize.c. */
import {
  type Blocking,
  ELOOP,
  ENOENT,
  ENOTDIR,
  Errno,
  isDir,
  isLink,
  type Stat,
  type Sys,
} from '../../abi/index.ts'
import { stdout } from './output.ts'
import { getcwd } from './getcwd.ts'

/** The last component, without trailing slashes; `/` for the root. */
export function basename(path: string): string {
  const trimmed = path.replace(/\/+$/, '')
  if (!trimmed) return path ? '/' : ''
  return trimmed.slice(trimmed.lastIndexOf('/') + 1)
}

/** All but the last component. */
export function dirname(path: string): string {
  const trimmed = path.replace(/\/+$/, '')
  if (!trimmed) return path ? '/' : '.'
  const slash = trimmed.lastIndexOf('/')
  if (slash < 0) return '.'
  return trimmed.slice(0, slash).replace(/\/+$/, '') || '/'
}

/** A name in a directory. */
export const joinPath = (dir: string, name: string): string =>
  dir.endsWith('/') ? dir + name.replace(/^\/+/, '') : `${dir}/${name.replace(/^\/+/, '')}`

/** stat(2), or undefined if it is refused. */
export function statOf(sys: Sys, path: string): Stat | undefined {
  try {
    return sys.stat(path)
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

/** lstat(2), or undefined if it is refused. */
export function lstatOf(sys: Sys, path: string): Stat | undefined {
  try {
    return sys.lstat(path)
  } catch (e) {
    if (e instanceof Errno) return undefined
    throw e
  }
}

export const isDirectory = (sys: Sys, path: string): boolean => {
  const stat = statOf(sys, path)
  return stat !== undefined && isDir(stat)
}

export const sameFile = (a: Stat, b: Stat): boolean => a.ino === b.ino && a.dev === b.dev

/** How much of a path must exist: all of it, all but the last component, or nothing. */
export type Existing = 'all' | 'parent' | 'none'

/** The absolute path without symbolic links, `.` and `..`. Throws the Errno. gnulib: canonicalize_filename_mode(). */
export function canonicalize(sys: Sys, path: string, existing: Existing = 'all', follow = true): string {
  if (!path) throw ENOENT
  let done = path.startsWith('/') ? '' : getcwd(sys).replace(/\/$/, '')
  let rest = path.split('/').filter(part => part && part !== '.')
  const met = new Set<string>()
  while (rest.length) {
    const [part, ...after] = rest as [string, ...string[]]
    rest = after
    if (part === '..') {
      done = done.slice(0, Math.max(0, done.lastIndexOf('/')))
      continue
    }
    const next = `${done}/${part}`
    let stat: Stat | undefined
    // Without links to follow only the end has to be looked at.
    if (!follow && rest.length && rest[0] !== '..' && existing !== 'all') {
      done = next
      continue
    }
    try {
      stat = follow ? sys.lstat(next) : sys.stat(next)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      if (existing === 'all' || (existing === 'parent' && (rest.length || e !== ENOENT))) throw e
    }
    if (stat && follow && isLink(stat)) {
      // A link met again with as much of the path still before it leads nowhere; otherwise any number will do.
      const seen = `${next}\0${rest.join('/')}`
      if (met.has(seen)) {
        if (existing === 'none') return [next, ...rest].join('/')
        throw ELOOP
      }
      met.add(seen)
      const target = sys.readlink(next)
      if (target.startsWith('/')) done = ''
      rest = [...target.split('/').filter(it => it && it !== '.'), ...rest]
      continue
    }
    if (stat && rest.length && !isDir(stat) && !isLink(stat) && existing !== 'none') throw ENOTDIR
    done = next
  }
  if (
    existing !== 'none' &&
    path.endsWith('/') &&
    lstatOf(sys, done || '/') &&
    !isDirectory(sys, done || '/')
  )
    throw ENOTDIR
  return done || '/'
}

/** Ask on standard error and read the answer: yes if it begins with y. gnulib: yesno(). */
export function* ask(sys: Sys, question: string): Blocking<boolean> {
  yield* stdout(sys).flush()
  yield* sys.write(2, question)
  let answer = ''
  for (;;) {
    const byte = yield* sys.read(0, 1)
    if (!byte.length || byte[0] === 10) break
    answer += String.fromCharCode(byte[0]!)
  }
  return /^[yY]/.test(answer)
}
