/** Files in memory and on the disk: contents, limits, listings. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as abi from '../../src/abi/index.ts'
import { hashOrder } from '../../src/fs/dx-hash.ts'
import { readContent } from '../../src/fs/pages.ts'
import type { StoreInode } from '../../src/fs/store.ts'
import {
  fallocate,
  fput,
  fstat,
  link,
  lseek,
  mkdir,
  mount,
  open,
  pread,
  pwrite,
  rootOf,
  showMounts,
  stat,
  statfs,
  symlink,
  ftruncate,
  truncate,
  umount2,
  unlink,
  write,
  getxattr,
  setxattr,
} from '../../src/vfs/index.ts'
import { errnoOf, get, ls, put, run, type World, world } from '../vfs/harness.ts'

const { O_CREAT, O_RDWR, SEEK_DATA, SEEK_HOLE } = abi

/** A tmpfs with some options on /t. */
function mounted(options: string): World {
  const w = world('ext4')
  mkdir(w.v, w.as, '/t', 0o755)
  mount(w.v, w.as, 'none', '/t', 'tmpfs', 0, options)
  return w
}

const shown = (w: World): string => showMounts(w.v, w.as.mntNs, rootOf(w.as.fs)).trimEnd().split('\n').pop()!

test.for([
  ['', 'rw,relatime,inode64'],
  ['size=1m', 'rw,relatime,size=1024k,inode64'],
  ['size=5000', 'rw,relatime,size=8k,inode64'],
  ['size=10%', 'rw,relatime,size=201416k,inode64'],
  ['nr_blocks=3', 'rw,relatime,size=12k,inode64'],
  ['nr_inodes=1k,mode=0700', 'rw,relatime,nr_inodes=1024,mode=700,inode64'],
  ['uid=1000,gid=5,mode=1777', 'rw,relatime,uid=1000,gid=5,inode64'],
] as const)('mount -o %s shows %s', ([options, text]) => {
  expect(shown(mounted(options))).toBe(`none /t tmpfs ${text} 0 0`)
})

test.for([
  ['foo', "tmpfs: Unknown parameter 'foo'"],
  ['size=abc', "tmpfs: Bad value for 'size'"],
  ['mode=9', "tmpfs: Bad value for 'mode'"],
] as const)('mount -o %s is refused, and the log says why', ([options, line]) => {
  const w = world('ext4')
  mkdir(w.v, w.as, '/t', 0o755)
  expect(errnoOf(() => mount(w.v, w.as, 'none', '/t', 'tmpfs', 0, options))).toBe(abi.EINVAL)
  expect(w.log).toEqual([line])
})

test('a full tmpfs takes what fits, and has room again when files go', () => {
  const w = mounted('size=64k')
  const { v, as } = w
  const file = run(open(v, as, '/t/f', O_CREAT | O_RDWR, 0o644))
  expect(run(write(v, as, file, new Uint8Array(100_000).fill(1)))).toBe(65536)
  expect(errnoOf(() => run(write(v, as, file, Uint8Array.of(1))))).toBe(abi.ENOSPC)
  expect(statfs(v, as, '/t')).toMatchObject({ blocks: 16, bfree: 0, bavail: 0 })
  unlink(v, as, '/t/f')
  expect(statfs(v, as, '/t').bfree).toBe(0)
  fput(v, file)
  expect(statfs(v, as, '/t').bfree).toBe(16)
})

test('the number of inodes is limited too', () => {
  const w = mounted('nr_inodes=3')
  put(w, '/t/a', '')
  put(w, '/t/b', '')
  expect(errnoOf(() => put(w, '/t/c', ''))).toBe(abi.ENOSPC)
})

test('remounting changes limits, but not below what is in use', () => {
  const w = mounted('size=1m')
  const { v, as } = w
  put(w, '/t/f', 'x'.repeat(100_000))
  expect(errnoOf(() => mount(v, as, '', '/t', '', abi.MS_REMOUNT, 'size=16k'))).toBe(abi.EINVAL)
  expect(w.log).toEqual(['tmpfs: Too small a size for current use'])
  mount(v, as, '', '/t', '', abi.MS_REMOUNT, 'size=2m')
  expect(shown(w)).toContain('size=2048k')
})

test('sizes and listings differ: tmpfs counts names and lists the newest first, the disk has blocks and hashes', () => {
  const w = mounted('')
  const { v, as } = w
  mkdir(v, as, '/d', 0o755)
  const names = ['foo', 'bar', 'Makefile', 'README']
  for (const name of names) {
    put(w, `/t/${name}`, 'x')
    put(w, `/d/${name}`, 'x')
  }
  expect([stat(v, as, '/t').size, stat(v, as, '/d').size]).toEqual([120, 4096])
  expect(ls(w, '/t')).toEqual([...names].reverse())
  expect(ls(w, '/d')).toEqual(hashOrder(names))
  expect(stat(v, as, '/t/foo')).toMatchObject({ size: 1, blocks: 8, nlink: 1 })
  symlink(v, as, 'foo', '/d/link')
  link(v, as, '/d/foo', '/d/hard')
  expect(abi.isReg(stat(v, as, '/d/link')) && stat(v, as, '/d/link').nlink).toBe(2)
  expect(stat(v, as, '/lost+found').size).toBe(16384)
})

test('an ext4 directory is listed in the order of its hashes', () => {
  const names = 'a b c d . .hidden foo bar Makefile README file1 file2 file10 sub'.split(' ')
  expect(hashOrder(names).join(' ')).toBe('file1 b sub Makefile bar README file2 foo file10 c . .hidden d a')
})

test('a file may have holes', () => {
  const { v, as } = mounted('')
  const file = run(open(v, as, '/t/f', O_CREAT | O_RDWR, 0o644))
  run(pwrite(v, as, file, Uint8Array.of(1), 1_000_000))
  expect(fstat(v, as, file)).toMatchObject({ size: 1_000_001, blocks: 8 })
  expect(lseek(v, as, file, 0, SEEK_DATA)).toBe(999_424)
  expect(lseek(v, as, file, 999_424, SEEK_HOLE)).toBe(1_000_001)
  expect(errnoOf(() => lseek(v, as, file, 2_000_000, SEEK_DATA))).toBe(abi.ENXIO)
  fallocate(v, as, file, 0, 0, 8192)
  expect(fstat(v, as, file).blocks).toBe(24)
  fallocate(v, as, file, 3, 0, 4096)
  expect(lseek(v, as, file, 0, SEEK_DATA)).toBe(4096)
})

test('ten gigabytes of zeros are cheap', () => {
  const w = mounted('size=20g')
  const file = run(open(w.v, w.as, '/t/z', O_CREAT | O_RDWR, 0o644))
  fallocate(w.v, w.as, file, 0, 0, 10 * 2 ** 30)
  expect(fstat(w.v, w.as, file)).toMatchObject({ size: 10 * 2 ** 30, blocks: 20 * 2 ** 20 })
  truncate(w.v, w.as, '/t/z', 1)
  expect(fstat(w.v, w.as, file).blocks).toBe(8)
})

test('a byte behind a hole of sixteen terabytes is one block, and found at once', () => {
  const w = mounted('size=1m')
  const file = run(open(w.v, w.as, '/t/far', O_CREAT | O_RDWR, 0o644))
  const end = 2 ** 44
  run(pwrite(w.v, w.as, file, abi.encode('x'), end))
  expect(fstat(w.v, w.as, file)).toMatchObject({ size: end + 1, blocks: 8 })
  expect(lseek(w.v, w.as, file, 0, abi.SEEK_DATA)).toBe(end)
  expect(lseek(w.v, w.as, file, 5, abi.SEEK_HOLE)).toBe(5)
  fallocate(w.v, w.as, file, abi.FALLOC_FL_PUNCH_HOLE | abi.FALLOC_FL_KEEP_SIZE, 0, end)
  truncate(w.v, w.as, '/t/far', 5)
  expect(fstat(w.v, w.as, file).blocks).toBe(0)
})

test('a snapshot keeps the contents it was taken with', () => {
  const w = mounted('')
  put(w, '/t/f', 'before')
  const { id } = [...w.v.inodes.values()].find(it => it.size === 6)!
  const then = w.store.commit().tables.inodes.get(id) as StoreInode
  put(w, '/t/f', 'AFTER!', abi.O_WRONLY)
  expect(abi.decode(readContent(then.content, 0, 6))).toBe('before')
  expect(get(w, '/t/f')).toBe('AFTER!')
})

test('user attributes are for the disk, trusted ones for both', () => {
  const w = mounted('')
  const { v, as } = w
  put(w, '/f', '')
  put(w, '/t/f', '')
  setxattr(v, as, '/f', 'user.a', Uint8Array.of(1), 0)
  expect(getxattr(v, as, '/f', 'user.a')).toEqual(Uint8Array.of(1))
  expect(errnoOf(() => setxattr(v, as, '/t/f', 'user.a', Uint8Array.of(1), 0))).toBe(abi.EOPNOTSUPP)
  setxattr(v, as, '/t/f', 'trusted.a', Uint8Array.of(1), abi.XATTR_CREATE)
  expect(errnoOf(() => setxattr(v, as, '/t/f', 'trusted.a', Uint8Array.of(2), abi.XATTR_CREATE))).toBe(
    abi.EEXIST,
  )
  expect(errnoOf(() => getxattr(v, as, '/t/f', 'trusted.b'))).toBe(abi.ENODATA)
})

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])

const edit = fc.oneof(
  fc.record({
    do: fc.constant('write' as const),
    pos: fc.nat(20_000),
    length: fc.nat(9_000),
    byte: fc.nat(3),
  }),
  fc.record({ do: fc.constant('cut' as const), size: fc.nat(25_000) }),
  fc.record({
    do: fc.constant('punch' as const),
    pos: fc.nat(20_000),
    length: fc.integer({ min: 1, max: 9_000 }),
  }),
  fc.record({ do: fc.constant('commit' as const) }),
)

test('a file holds what an array of bytes would, and its blocks are given back', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 20 }), edits => {
      const w = mounted('size=1m')
      const { v, as } = w
      const file = run(open(v, as, '/t/f', O_CREAT | O_RDWR, 0o644))
      let model = new Uint8Array(0)
      const resized = (size: number): Uint8Array<ArrayBuffer> => {
        const next = new Uint8Array(size)
        next.set(model.subarray(0, size))
        return next
      }
      for (const it of edits) {
        if (it.do === 'write') {
          run(pwrite(v, as, file, new Uint8Array(it.length).fill(it.byte), it.pos))
          if (it.length) model = resized(Math.max(model.length, it.pos + it.length))
          model.fill(it.byte, it.pos, it.pos + it.length)
        } else if (it.do === 'cut') {
          ftruncate(v, as, file, it.size)
          model = resized(it.size)
        } else if (it.do === 'punch') {
          fallocate(v, as, file, 3, it.pos, it.length)
          model.fill(0, it.pos, it.pos + it.length)
        } else w.store.commit()
        expect(same(run(pread(v, as, file, 100_000, 0)), model)).toBe(true)
        expect(statfs(v, as, '/t').bfree).toBe(256 - fstat(v, as, file).blocks / 8)
      }
      fput(v, file)
      unlink(v, as, '/t/f')
      expect(statfs(v, as, '/t').bfree).toBe(256)
      umount2(v, as, '/t', 0)
    }),
    { numRuns: 200 },
  )
})
