import { expect, test } from 'vitest'
import {
  MS_BIND,
  MS_PRIVATE,
  MS_REC,
  MS_SHARED,
  MNT_DETACH,
  EBUSY,
  EINVAL,
  ENOENT,
  ENOTDIR,
  ELOOP,
  EXDEV,
} from '../../src/abi/index.ts'
import {
  chdir,
  chroot,
  getcwd,
  mkdir,
  mount,
  pivotRoot,
  renameat2,
  rmdir,
  showMountinfo,
  showMounts,
  stat,
  symlink,
  umount2,
  unlink,
  rootOf,
  lstat,
  link,
} from '../../src/vfs/index.ts'
import { get, put, unshared, world } from './harness.ts'
import { hashOrder } from '../../src/fs/dx-hash.ts'

test('the order of a directory is that of its hashes', () => {
  expect(
    hashOrder([
      'a',
      'b',
      'c',
      'd',
      '.',
      '.hidden',
      'foo',
      'bar',
      'Makefile',
      'README',
      'file1',
      'file2',
      'file10',
      'sub',
    ]).join(' '),
  ).toBe('file1 b sub Makefile bar README file2 foo file10 c . .hidden d a')
})

test('smoke', () => {
  const w = world('ext4')
  const { v, as, store } = w
  mkdir(v, as, '/tmp', 0o777)
  put(w, '/tmp/f', 'hello\n')
  expect(get(w, '/tmp/f')).toBe('hello\n')
  store.commit()
  put(w, '/tmp/f', 'more\n', 0o2001)
  expect(get(w, '/tmp/f')).toBe('hello\nmore\n')
  symlink(v, as, 'f', '/tmp/l')
  expect(get(w, '/tmp/l')).toBe('hello\nmore\n')
  symlink(v, as, 'loop', '/tmp/loop')
  expect(() => get(w, '/tmp/loop')).toThrow(ELOOP as never)
  chdir(v, as, '/tmp')
  expect(getcwd(v, as)).toBe('/tmp')
  renameat2(v, as, 'f', 'g', 0)
  expect(() => stat(v, as, 'f')).toThrow(ENOENT as never)
  link(v, as, 'g', 'h')
  expect(lstat(v, as, 'h').nlink).toBe(2)
  unlink(v, as, 'g')
  store.commit()
  expect(stat(v, as, '/tmp').nlink).toBe(2)
  mkdir(v, as, 'm', 0o755)
  mount(v, as, 'none', 'm', 'tmpfs', 0, 'size=1m')
  put(w, 'm/x', 'x')
  mount(v, as, '', '/', '', MS_REC | MS_SHARED)
  mkdir(v, as, 'b', 0o755)
  mount(v, as, 'm', 'b', '', MS_BIND)
  console.log(showMountinfo(v, as.mntNs, rootOf(as.fs), as))
  const other = unshared(w)
  mkdir(v, other, '/tmp/n', 0o755)
  mount(v, other, 'n', '/tmp/n', 'tmpfs', 0)
  console.log(showMountinfo(v, as.mntNs, rootOf(as.fs), as))
  console.log(showMountinfo(v, other.mntNs, rootOf(other.fs), other))
  umount2(v, as, '/tmp/n', 0)
  console.log(showMounts(v, other.mntNs, rootOf(other.fs)))
  mount(v, other, '', '/', '', MS_REC | MS_PRIVATE)
  mkdir(v, other, '/tmp/b/old', 0o755)
  chdir(v, other, '/tmp/b')
  pivotRoot(v, other, '.', 'old')
  expect(getcwd(v, other)).toBe('/')
  umount2(v, other, '/old', MNT_DETACH)
  console.log(showMountinfo(v, other.mntNs, rootOf(other.fs), other))
  store.commit()
})
