/** The files of a directory as files of a new file system. e2fsprogs: misc/create_inode.c:populate_fs(). */
import {
  type Blocking,
  encode,
  Errno,
  isDir,
  isLink,
  isReg,
  O_RDONLY,
  type Stat,
  type Sys,
} from '../../../abi/index.ts'
import { FIRST_INO, type Node } from '../../../ext2fs/index.ts'
import type { Making } from './make.ts'

/** A step that failed, in the words of mke2fs. */
export class PopulateError extends Error {}

type Names = NonNullable<Node['names']>[number][]

/** Everything below `root`. Files with several names keep them. */
export function* readTree(sys: Sys, root: string, blockSize: number): Blocking<Making['tree']> {
  try {
    sys.listxattr(root)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    throw new PopulateError(
      `set_inode_xattr: ${e.message} while listing attributes of "${root}"\n` +
        `populate_fs2: ${e.message} while copying xattrs on root directory\n` +
        `%s: ${e.message} while populating file system\n`,
    )
  }
  const files: Node[] = []
  const known = new Map<string, number>()
  let next = FIRST_INO + 1

  function* walk(path: string, own: number): Blocking<Names> {
    const names: Names = []
    const fd = yield* sys.open(path, O_RDONLY)
    const entries = sys.getdents(fd)
    sys.close(fd)
    for (const { name } of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (name === '.' || name === '..') continue
      const stat = sys.lstat(`${path}/${name}`)
      const key = `${stat.dev}:${stat.ino}`
      const ino = known.get(key) ?? next++
      names.push({ name: encode(name), ino, mode: stat.mode })
      if (known.has(key)) continue
      if (!isDir(stat) && stat.nlink > 1) known.set(key, ino)
      yield* add(`${path}/${name}`, stat, ino, own)
    }
    return names
  }

  function* add(path: string, stat: Stat, ino: number, parent: number): Blocking<void> {
    const at = files.push(nodeOf(sys, path, stat, ino, parent)) - 1
    if (isDir(stat)) {
      const names = yield* walk(path, ino)
      const dirs = names.filter(isDir).length
      files[at] = { ...files[at]!, names, nlink: 2 + dirs, size: blockSize }
    } else if (isReg(stat))
      files[at] = { ...files[at]!, ...(yield* contents(sys, path, stat.size, blockSize)) }
  }

  const names = yield* walk(root, 2)
  for (const [i, file] of files.entries())
    if (!isDir(file)) files[i] = { ...file, nlink: countNames(file.ino, names, files) }
  return { root: { names }, files }
}

const countNames = (ino: number, root: Names, files: readonly Node[]): number =>
  [root, ...files.map(it => it.names ?? [])].flat().filter(it => it.ino === ino).length

function nodeOf(sys: Sys, path: string, stat: Stat, ino: number, parent: number): Node {
  const xattrs: Record<string, Uint8Array> = {}
  for (const name of sys.listxattr(path, false)) xattrs[name] = sys.getxattr(path, name, false)
  return {
    ino,
    parent,
    mode: stat.mode,
    uid: stat.uid,
    gid: stat.gid,
    nlink: 1,
    size: isReg(stat) || isLink(stat) ? stat.size : 0,
    flags: 0,
    rdev: stat.rdev,
    atime: stat.atime,
    mtime: stat.mtime,
    ctime: stat.ctime,
    crtime: stat.btime,
    xattrs,
    xattrBlock: [],
    ...(isLink(stat) && { link: encode(sys.readlink(path)) }),
  }
}

/** The bytes of a file; blocks of zeros become holes. */
function* contents(
  sys: Sys,
  path: string,
  size: number,
  blockSize: number,
): Blocking<Pick<Node, 'runs' | 'read'>> {
  const bytes = new Uint8Array(Math.ceil(size / blockSize) * blockSize)
  const fd = yield* sys.open(path, O_RDONLY)
  for (let done = 0; done < size; ) {
    const part = yield* sys.read(fd, Math.min(1 << 20, size - done))
    if (!part.length) break
    bytes.set(part, done)
    done += part.length
  }
  sys.close(fd)
  const runs: { from: number; count: number; unwritten: boolean }[] = []
  for (let block = 0; block * blockSize < size; block++) {
    if (!bytes.subarray(block * blockSize, (block + 1) * blockSize).some(Boolean)) continue
    const last = runs[runs.length - 1]
    if (last && last.from + last.count === block) last.count++
    else runs.push({ from: block, count: 1, unwritten: false })
  }
  return { runs, read: (from, count) => bytes.subarray(from * blockSize, (from + count) * blockSize) }
}
