import { expect, test } from 'vitest'
import { O_RDONLY, S_IFCHR, S_IFMT, EXDEV } from '../../src/abi/index.ts'
import {
  chmod,
  mkdir,
  mount,
  open,
  getdents,
  fput,
  renameat2,
  rmdir,
  rootOf,
  showMountinfo,
  stat,
  unlink,
  umount2,
  lstat,
  getxattr,
  link,
  pathLookup,
} from '../../src/vfs/index.ts'
import { get, put, run, world, type World } from '../vfs/harness.ts'

const ls = ({ v, as }: World, path: string) => {
  const f = run(open(v, as, path, O_RDONLY, 0))
  const names = getdents(v, as, f)
    .map(e => e.name)
    .filter(n => n !== '.' && n !== '..')
  fput(v, f)
  return names
}

test('smoke', () => {
  const w = world('ext4')
  const { v, as, store } = w
  for (const d of ['l1', 'l1/d', 'l2', 'l2/d', 'u', 'w', 'm']) mkdir(v, as, d, 0o755)
  put(w, 'l1/a', 'one')
  put(w, 'l2/a', 'two')
  put(w, 'l2/b', 'b\n')
  put(w, 'l1/d/c', 'c')
  put(w, 'l2/d/e', 'e')
  link(v, as, 'l2/b', 'l2/hard')
  mount(v, as, 'overlay', 'm', 'overlay', 0, 'lowerdir=l1:l2,upperdir=u,workdir=w')
  expect(showMountinfo(v, as.mntNs, rootOf(as.fs), as).split('\n')[1]).toContain(
    '/m rw,relatime - overlay overlay rw,lowerdir=l1:l2,upperdir=u,workdir=w',
  )
  store.commit()
  expect(ls(w, 'm')).toEqual(['b', 'hard', 'd', 'a'])
  expect(ls(w, 'm/d')).toEqual(['e', 'c'])
  expect(get(w, 'm/a')).toBe('one')
  put(w, 'm/b', 'x\n', 0o2001)
  expect(get(w, 'u/b')).toBe('b\nx\n')
  expect(get(w, 'l2/b')).toBe('b\n')
  unlink(v, as, 'm/a')
  expect(lstat(v, as, 'u/a').mode & S_IFMT).toBe(S_IFCHR)
  expect(() => stat(v, as, 'm/a')).toThrow()
  put(w, 'm/n', 'new')
  mkdir(v, as, 'm/dir', 0o755)
  unlink(v, as, 'm/d/c')
  unlink(v, as, 'm/d/e')
  rmdir(v, as, 'm/d')
  expect(() => stat(v, as, 'm/d')).toThrow()
  mkdir(v, as, 'm/d', 0o755)
  put(w, 'm/d/z', '')
  expect(ls(w, 'm/d')).toEqual(['z'])
  expect(getxattr(v, as, 'u/d', 'trusted.overlay.opaque')).toEqual(Uint8Array.of(0x79))
  store.commit()
  unlink(v, as, 'm/hard')
  expect(lstat(v, as, 'u/hard').nlink).toBe(3)
  unlink(v, as, 'm/n')
  expect(ls(w, 'u').sort()).toEqual(['a', 'b', 'd', 'dir', 'hard'])
  renameat2(v, as, 'm/dir', 'm/dir2', 0)
  renameat2(v, as, 'm/d', 'm/d2', 0)
  expect(lstat(v, as, 'u/d').nlink).toBe(1)
  mkdir(v, as, 'l1/low', 0o755)
  expect(() => renameat2(v, as, 'm/low', 'm/low2', 0)).toThrow(EXDEV as never)
  put(w, 'l1/late', '')
  chmod(v, as, 'm/late', 0o700)
  expect(stat(v, as, 'u/late').mode & 0o777).toBe(0o700)
  store.commit()
  umount2(v, as, 'm', 0)
  store.commit()
})
