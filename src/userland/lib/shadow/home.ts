/**
 * Home directories: made, filled from the skeleton, handed over, moved and removed.
 * Linux: shadow libmisc/copydir.c, remove_tree.c.
 */
import {
  type Blocking,
  Errno,
  isDir,
  isLink,
  isReg,
  O_CREAT,
  O_EXCL,
  O_WRONLY,
  type Sys,
} from '../../../abi/index.ts'
import { readBytes, readDir } from '../command.ts'
import { exists } from './files.ts'

/** Make the directory and what is missing above it. */
export function makeHome(sys: Sys, home: string, mode: number, uid: number, gid: number): void {
  const parts = home.split('/').filter(it => it)
  for (let i = 1; i < parts.length; i++) {
    const above = `/${parts.slice(0, i).join('/')}`
    if (!exists(sys, above)) sys.mkdir(above, 0o755)
  }
  sys.mkdir(home, mode)
  sys.chmod(home, mode)
  sys.chown(home, uid, gid)
}

/** Copy what is in one directory into another, for a new owner; with the times it had, where `keepTimes`. */
export function* copySkeleton(
  sys: Sys,
  from: string,
  to: string,
  uid: number,
  gid: number,
  keepTimes: boolean,
): Blocking<void> {
  let entries: readonly { name: string }[]
  try {
    entries = yield* readDir(sys, from)
  } catch (e) {
    if (e instanceof Errno) return
    throw e
  }
  for (const { name } of entries) {
    const source = `${from}/${name}`
    const target = `${to}/${name}`
    const st = sys.lstat(source)
    if (isLink(st)) sys.symlink(sys.readlink(source), target)
    else if (isDir(st)) {
      sys.mkdir(target, st.mode & 0o7777)
      yield* copySkeleton(sys, source, target, uid, gid, keepTimes)
    } else if (isReg(st)) {
      const fd = yield* sys.open(target, O_CREAT | O_EXCL | O_WRONLY, 0o600)
      yield* sys.write(fd, yield* readBytes(sys, source))
      sys.fchmod(fd, st.mode & 0o7777)
      sys.close(fd)
    } else continue
    sys.lchown(target, uid, gid)
    if (keepTimes) sys.utimensat(target, st.atime, st.mtime, false)
  }
}

/** Everything below a path, and the path itself, for another owner where it was the old one's. */
export function* chownTree(
  sys: Sys,
  path: string,
  from: number,
  to: number,
  gids?: readonly [number, number],
): Blocking<void> {
  const st = sys.lstat(path)
  const gid = gids && st.gid === gids[0] ? gids[1] : -1
  if (st.uid === from || gid >= 0) sys.lchown(path, st.uid === from ? to : -1, gid)
  if (!isDir(st)) return
  for (const { name } of yield* readDir(sys, path)) yield* chownTree(sys, `${path}/${name}`, from, to, gids)
}

/** remove_tree(): a directory with all that is in it. */
export function* removeTree(sys: Sys, path: string): Blocking<void> {
  if (!isDir(sys.lstat(path))) return sys.unlink(path)
  for (const { name } of yield* readDir(sys, path)) yield* removeTree(sys, `${path}/${name}`)
  sys.rmdir(path)
}
