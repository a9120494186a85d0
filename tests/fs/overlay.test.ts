/** overlayfs: what shows, what goes to the upper layer, and what is refused. */
import { expect, test } from 'vitest'
import * as abi from '../../src/abi/index.ts'
import {
  chmod,
  fput,
  getxattr,
  link,
  listxattr,
  lstat,
  mkdir,
  mknod,
  mount,
  open,
  read,
  renameat2,
  rmdir,
  rootOf,
  setxattr,
  showMountinfo,
  stat,
  statfs,
  symlink,
  umount2,
  unlink,
  write,
} from '../../src/vfs/index.ts'
import { errnoOf, get, ls, put, run, type World, world } from '../vfs/harness.ts'

const YES = Uint8Array.of(0x79)

/** Layers l1 over l2, upper u, work w, all on the disk; a tmpfs on t. */
function layers(): World {
  const w = world('ext4')
  const { v, as } = w
  for (const path of ['l1', 'l1/d', 'l2', 'l2/d', 'u', 'w', 'm', 'm2', 't']) mkdir(v, as, path, 0o755)
  put(w, 'f', '')
  put(w, 'l1/a', 'one')
  put(w, 'l2/a', 'two')
  put(w, 'l2/b', 'low\n')
  put(w, 'l1/d/c', 'c')
  put(w, 'l2/d/e', 'e')
  symlink(v, as, 'b', 'l2/s')
  mount(v, as, 't', 't', 'tmpfs', 0)
  for (const path of ['t/u', 't/w']) mkdir(v, as, path, 0o755)
  return w
}

const mounted = (options = 'lowerdir=l1:l2,upperdir=u,workdir=w'): World => {
  const w = layers()
  mount(w.v, w.as, 'overlay', 'm', 'overlay', 0, options)
  w.store.commit()
  return w
}

const isWhiteout = ({ v, as }: World, path: string): boolean => {
  const it = lstat(v, as, path)
  return abi.isChr(it) && it.rdev === 0 && (it.mode & 0o7777) === 0
}

test.for([
  ['lowerdir=l1', abi.EINVAL, 'at least 2 lowerdir are needed while upperdir nonexistent'],
  ['lowerdir=l1,upperdir=u', abi.EINVAL, "missing 'workdir'"],
  ['upperdir=u,workdir=w', abi.EINVAL, "missing 'lowerdir'"],
  ['', abi.EINVAL, "missing 'lowerdir'"],
  ['lowerdir=nope,upperdir=u,workdir=w', abi.ENOENT, "failed to resolve 'nope': -2"],
  ['lowerdir=l1,upperdir=nope,workdir=w', abi.ENOENT, "failed to resolve 'nope': -2"],
  ['lowerdir=f,upperdir=u,workdir=w', abi.EINVAL, "'f' not a directory"],
  ['lowerdir=l1,upperdir=u,workdir=u', abi.EINVAL, 'workdir and upperdir must be separate subtrees'],
  ['lowerdir=l1,upperdir=t/u,workdir=w', abi.EINVAL, 'workdir and upperdir must reside under the same mount'],
  ['lowerdir=u,upperdir=u,workdir=w', abi.ELOOP, 'conflicting lowerdir path'],
  ['lowerdir=l1/d,upperdir=l1,workdir=w', abi.ELOOP, 'overlapping lowerdir path'],
  [
    'lowerdir=l1,upperdir=u,workdir=w,foo=bar',
    abi.EINVAL,
    'unrecognized mount option "foo=bar" or missing value',
  ],
] as const)('mount -o %s is refused, and the log says why', ([options, errno, why]) => {
  const { v, as, log } = layers()
  expect(errnoOf(() => mount(v, as, 'overlay', 'm', 'overlay', 0, options))).toBe(errno)
  expect(log.at(-1)).toBe(`overlayfs: ${why}`)
  expect([...v.superBlocks.values()].some(sb => sb.type === 'overlay')).toBe(false)
})

test('the options show as they were given, and a work directory is made', () => {
  const { v, as } = mounted()
  expect(showMountinfo(v, as.mntNs, rootOf(as.fs), as).trimEnd().split('\n').pop()).toMatch(
    / \/m rw,relatime - overlay overlay rw,lowerdir=l1:l2,upperdir=u,workdir=w$/,
  )
  expect(stat(v, as, 'w/work').mode & 0o7777).toBe(0)
  expect(statfs(v, as, 'm').type).toBe(0x794c7630)
})

test('the topmost layer wins, directories merge, the lowest layer is listed first', () => {
  const w = mounted()
  expect(get(w, 'm/a')).toBe('one')
  expect(get(w, 'm/s')).toBe('low\n')
  expect(ls(w, 'm/d')).toEqual(['e', 'c'])
  put(w, 'm/new', '')
  expect(ls(w, 'm').at(-1)).toBe('new')
})

test('writing copies up, and what is open for reading sees it', () => {
  const w = mounted()
  const { v, as } = w
  const before = stat(v, as, 'm/b')
  const file = run(open(v, as, 'm/b', abi.O_RDONLY, 0))
  put(w, 'm/b', 'more\n', abi.O_WRONLY | abi.O_APPEND)
  expect(get(w, 'u/b')).toBe('low\nmore\n')
  expect(get(w, 'l2/b')).toBe('low\n')
  expect(abi.decode(run(read(v, as, file, 100)))).toBe('low\nmore\n')
  fput(v, file)
  expect(stat(v, as, 'm/b')).toMatchObject({ ino: before.ino, dev: before.dev })
})

test('copying up takes the directories along, with their modes, and shares the pages', () => {
  const w = mounted()
  const { v, as } = w
  chmod(v, as, 'l2/d', 0o750)
  chmod(v, as, 'l1/d', 0o711)
  chmod(v, as, 'm/d/e', 0o600)
  expect(stat(v, as, 'u/d').mode & 0o777).toBe(0o711)
  put(w, 'm/d/e', 'E', abi.O_WRONLY)
  expect([get(w, 'l2/d/e'), get(w, 'u/d/e'), get(w, 'm/d/e')]).toEqual(['e', 'E', 'E'])
})

test('only the upper layer changes', () => {
  const w = mounted()
  const { v, as } = w
  const lower = ['l1', 'l2'].map(path => stat(v, as, path).ino)
  put(w, 'm/n', 'n')
  unlink(v, as, 'm/a')
  chmod(v, as, 'm/b', 0o600)
  const changed = w.store
    .changes()
    .inodes!.flatMap(({ to }) => (to && lower.includes(to.ino) ? [to.ino] : []))
  expect(changed).toEqual([])
  expect(ls(w, 'u').sort()).toEqual(['a', 'b', 'n'])
})

test('removing a lower file leaves a whiteout, which share one inode', () => {
  const w = mounted()
  const { v, as } = w
  unlink(v, as, 'm/a')
  expect(isWhiteout(w, 'u/a')).toBe(true)
  expect(errnoOf(() => stat(v, as, 'm/a'))).toBe(abi.ENOENT)
  expect(lstat(v, as, 'u/a').nlink).toBe(2)
  unlink(v, as, 'm/b')
  expect(lstat(v, as, 'u/b')).toMatchObject({ nlink: 3, ino: lstat(v, as, 'u/a').ino })
  put(w, 'm/a', 'again')
  expect(get(w, 'u/a')).toBe('again')
  unlink(v, as, 'm/a')
  expect(isWhiteout(w, 'u/a')).toBe(true)
})

test('a directory made in the place of a removed one is opaque', () => {
  const w = mounted()
  const { v, as } = w
  expect(errnoOf(() => rmdir(v, as, 'm/d'))).toBe(abi.ENOTEMPTY)
  unlink(v, as, 'm/d/c')
  unlink(v, as, 'm/d/e')
  rmdir(v, as, 'm/d')
  expect(isWhiteout(w, 'u/d')).toBe(true)
  mkdir(v, as, 'm/d', 0o755)
  expect(ls(w, 'm/d')).toEqual([])
  expect(getxattr(v, as, 'u/d', 'trusted.overlay.opaque')).toEqual(YES)
  expect(listxattr(v, as, 'm/d')).toEqual([])
})

test('whiteouts and opaque directories work on every layer, and cannot be made through the overlay', () => {
  const w = layers()
  const { v, as } = w
  mknod(v, as, 'l1/b', abi.S_IFCHR, 0)
  setxattr(v, as, 'l1/d', 'trusted.overlay.opaque', YES, 0)
  mount(v, as, 'overlay', 'm', 'overlay', 0, 'lowerdir=l1:l2')
  expect(ls(w, 'm').sort()).toEqual(['a', 'd', 's'])
  expect(ls(w, 'm/d')).toEqual(['c'])
  mount(v, as, 'overlay', 'm2', 'overlay', 0, 'lowerdir=l1,upperdir=u,workdir=w')
  expect(errnoOf(() => mknod(v, as, 'm2/x', abi.S_IFCHR, 0))).toBe(abi.EPERM)
})

test('files are renamed, and leave a whiteout if they have a lower part; such directories are not', () => {
  const w = mounted()
  const { v, as } = w
  renameat2(v, as, 'm/b', 'm/d/b', 0)
  expect([get(w, 'm/d/b'), isWhiteout(w, 'u/b')]).toEqual(['low\n', true])
  expect(errnoOf(() => renameat2(v, as, 'm/d', 'm/d2', 0))).toBe(abi.EXDEV)
  mkdir(v, as, 'm/own', 0o755)
  put(w, 'm/own/x', '')
  renameat2(v, as, 'm/own', 'm/own2', 0)
  expect([ls(w, 'm/own2'), errnoOf(() => lstat(v, as, 'u/own'))]).toEqual([['x'], abi.ENOENT])
  expect(errnoOf(() => renameat2(v, as, 'm/a', 'm/z', abi.RENAME_WHITEOUT))).toBe(abi.EINVAL)
})

test('hard links are made on the upper layer', () => {
  const { v, as } = mounted()
  link(v, as, 'm/b', 'm/hard')
  expect([stat(v, as, 'm/hard').nlink, stat(v, as, 'u/b').nlink, stat(v, as, 'l2/b').nlink]).toEqual([
    2, 2, 1,
  ])
})

test('without an upper layer it is read-only', () => {
  const w = mounted('lowerdir=l1:l2')
  const { v, as } = w
  expect(errnoOf(() => put(w, 'm/x', ''))).toBe(abi.EROFS)
  expect(errnoOf(() => unlink(v, as, 'm/a'))).toBe(abi.EROFS)
  expect(errnoOf(() => mount(v, as, '', 'm', '', abi.MS_REMOUNT))).toBe(abi.EROFS)
})

test('on one file system numbers are the real ones; over several, files show where they lie', () => {
  const one = mounted()
  expect(stat(one.v, one.as, 'm/a')).toMatchObject({
    ino: stat(one.v, one.as, 'l1/a').ino,
    dev: stat(one.v, one.as, 'm').dev,
  })
  expect(stat(one.v, one.as, 'm/d').nlink).toBe(1)
  const two = mounted('lowerdir=l1,upperdir=t/u,workdir=t/w')
  put(two, 'm/new', '')
  const devs = ['m', 'm/a', 'm/new', 'm/d'].map(path => stat(two.v, two.as, path).dev)
  expect(devs[0]).toBe(devs[3])
  expect(new Set(devs).size).toBe(3)
})

test('a full upper layer refuses a copy-up', () => {
  const w = layers()
  const { v, as } = w
  put(w, 'l2/big', 'x'.repeat(100_000))
  mount(v, as, '', 't', '', abi.MS_REMOUNT, 'size=64k')
  mount(v, as, 'overlay', 'm', 'overlay', 0, 'lowerdir=l2,upperdir=t/u,workdir=t/w')
  expect(errnoOf(() => chmod(v, as, 'm/big', 0o600))).toBe(abi.ENOSPC)
  expect([ls(w, 't/u'), get(w, 'm/big').length]).toEqual([[], 100_000])
})

test('layers stay in use while they are shown, and overlays do not stack for ever', () => {
  const w = mounted()
  const { v, as } = w
  mount(v, as, 'o', 'm2', 'overlay', 0, 'lowerdir=m:t')
  expect(errnoOf(() => umount2(v, as, 'm', 0))).toBeUndefined()
  expect(get(w, 'm2/a')).toBe('one')
  expect(errnoOf(() => mount(v, as, 'o', 'm', 'overlay', 0, 'lowerdir=m2:l1'))).toBe(abi.EINVAL)
  expect(w.log.at(-1)).toBe('overlayfs: maximum fs stacking depth exceeded')
  umount2(v, as, 'm2', 0)
  expect([...v.superBlocks.values()].filter(sb => sb.type === 'overlay')).toEqual([])
})

test('a file that was removed while open can still be changed', () => {
  const w = mounted()
  const { v, as } = w
  const file = run(open(v, as, 'm/b', abi.O_RDWR, 0))
  unlink(v, as, 'm/b')
  run(write(v, as, file, abi.encode('gone')))
  fput(v, file)
  expect(isWhiteout(w, 'u/b')).toBe(true)
})

test('using an upper layer twice is warned of', () => {
  const { v, as, log } = mounted()
  mount(v, as, 'o', 'm2', 'overlay', 0, 'lowerdir=l1,upperdir=u,workdir=w')
  expect(log[0]).toMatch(
    /^overlayfs: upperdir is in-use as upperdir\/workdir of another mount, accessing files/,
  )
})
