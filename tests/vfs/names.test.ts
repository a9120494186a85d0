/** Walking paths, making, removing and renaming names. */
import { expect, test } from 'vitest'
import * as abi from '../../src/abi/index.ts'
import {
  access,
  chdir,
  chmod,
  chroot,
  getcwd,
  link,
  lstat,
  mkdir,
  mknod,
  mount,
  open,
  readlink,
  renameat2,
  rmdir,
  stat,
  symlink,
  truncate,
  unlink,
} from '../../src/vfs/index.ts'
import { type caller, errnoOf, get, ls, put, run, userOf, type World, world } from './harness.ts'

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = abi

/** /d/f is a file, /d/sub a directory with /d/sub/x, /l leads to /d, /loop to itself, /dangling nowhere. */
function tree(): World {
  const w = world()
  const { v, as } = w
  for (const path of ['/d', '/d/sub', '/d/sub/x', '/tmp']) mkdir(v, as, path, 0o755)
  chmod(v, as, '/tmp', 0o1777)
  put(w, '/d/f', 'text')
  for (const [target, path] of [
    ['d', '/l'],
    ['loop', '/loop'],
    ['nowhere', '/dangling'],
    ['/d/f', '/d/abs'],
    ['..', '/d/up'],
  ])
    symlink(v, as, target!, path!)
  w.store.commit()
  return w
}

test.for([
  ['', abi.ENOENT],
  ['/nope', abi.ENOENT],
  ['/nope/', abi.ENOENT],
  ['/d/f/', abi.ENOTDIR],
  ['/d/f/.', abi.ENOTDIR],
  ['/d/f/x', abi.ENOTDIR],
  ['/loop', abi.ELOOP],
  ['/dangling', abi.ENOENT],
  [`/${'n'.repeat(256)}`, abi.ENAMETOOLONG],
  [`/${'d/'.repeat(3000)}`, abi.ENAMETOOLONG],
] as const)('stat %s is refused', ([path, errno]) => {
  const { v, as } = tree()
  expect(errnoOf(() => stat(v, as, path))).toBe(errno)
})

test.for([
  ['/', '/'],
  ['/..', '/'],
  ['/l/sub', '/d/sub'],
  ['/l/', '/d'],
  ['/d/sub/../../d/./f', '/d/f'],
  ['//d///f', '/d/f'],
  ['/l/abs', '/d/f'],
  ['/d/up/d/sub/..', '/d'],
] as const)('%s is %s', ([path, same]) => {
  const { v, as } = tree()
  expect(stat(v, as, path).ino).toBe(stat(v, as, same).ino)
})

test('lstat does not follow the last link, unless a slash follows it', () => {
  const { v, as } = tree()
  expect(abi.isLink(lstat(v, as, '/l'))).toBe(true)
  expect(abi.isDir(lstat(v, as, '/l/'))).toBe(true)
  expect(readlink(v, as, '/l')).toBe('d')
  expect(errnoOf(() => readlink(v, as, '/d'))).toBe(abi.EINVAL)
})

test('a chroot is left through a working directory outside of it, but not by dots', () => {
  const { v, as } = tree()
  chroot(v, as, '/d')
  expect(errnoOf(() => stat(v, as, '/../tmp'))).toBe(abi.ENOENT)
  expect(getcwd(v, as)).toBe('(unreachable)/')
  chdir(v, as, '/')
  mkdir(v, as, 'jail', 0o755)
  chroot(v, as, 'jail')
  chdir(v, as, '../../..')
  chroot(v, as, '.')
  expect(stat(v, as, '/tmp').mode & 0o7777).toBe(0o1777)
})

test.for([
  ['mkdir /d', abi.EEXIST, (w: World) => mkdir(w.v, w.as, '/d', 0o755)],
  ['mkdir /l/', abi.EEXIST, (w: World) => mkdir(w.v, w.as, '/l/', 0o755)],
  ['mkdir .', abi.EEXIST, (w: World) => mkdir(w.v, w.as, '.', 0o755)],
  ['mkdir /nope/x', abi.ENOENT, (w: World) => mkdir(w.v, w.as, '/nope/x', 0o755)],
  ['mkdir /d/f/x', abi.ENOTDIR, (w: World) => mkdir(w.v, w.as, '/d/f/x', 0o755)],
  ['mknod n/', abi.ENOENT, (w: World) => mknod(w.v, w.as, 'n/', abi.S_IFREG, 0)],
  ['rmdir /d', abi.ENOTEMPTY, (w: World) => rmdir(w.v, w.as, '/d')],
  ['rmdir /d/f', abi.ENOTDIR, (w: World) => rmdir(w.v, w.as, '/d/f')],
  ['rmdir .', abi.EINVAL, (w: World) => rmdir(w.v, w.as, '.')],
  ['rmdir ..', abi.ENOTEMPTY, (w: World) => rmdir(w.v, w.as, '/d/..')],
  ['rmdir /', abi.EBUSY, (w: World) => rmdir(w.v, w.as, '/')],
  ['unlink /d', abi.EISDIR, (w: World) => unlink(w.v, w.as, '/d')],
  ['unlink /d/f/', abi.ENOTDIR, (w: World) => unlink(w.v, w.as, '/d/f/')],
  ['unlink /nope', abi.ENOENT, (w: World) => unlink(w.v, w.as, '/nope')],
  ['link to a name that exists', abi.EEXIST, (w: World) => link(w.v, w.as, '/d/f', '/d/sub')],
  ['link a directory', abi.EPERM, (w: World) => link(w.v, w.as, '/d', '/e')],
  ['symlink to nothing', abi.ENOENT, (w: World) => symlink(w.v, w.as, '', '/e')],
  ['rename into itself', abi.EINVAL, (w: World) => renameat2(w.v, w.as, '/d', '/d/sub/d', 0)],
  ['rename over a parent', abi.ENOTEMPTY, (w: World) => renameat2(w.v, w.as, '/d/sub/x', '/d', 0)],
  ['rename a directory over a file', abi.ENOTDIR, (w: World) => renameat2(w.v, w.as, '/d/sub', '/d/f', 0)],
  ['rename a file over a directory', abi.EISDIR, (w: World) => renameat2(w.v, w.as, '/d/f', '/d/sub', 0)],
  [
    'rename over a directory that is not empty',
    abi.ENOTEMPTY,
    (w: World) => renameat2(w.v, w.as, '/tmp', '/d', 0),
  ],
  ['rename a file to name/', abi.ENOTDIR, (w: World) => renameat2(w.v, w.as, '/d/f', '/g/', 0)],
  ['rename .', abi.EBUSY, (w: World) => renameat2(w.v, w.as, '/d/.', '/e', 0)],
  [
    'rename -n over a name',
    abi.EEXIST,
    (w: World) => renameat2(w.v, w.as, '/d/f', '/l', abi.RENAME_NOREPLACE),
  ],
  ['truncate a directory', abi.EISDIR, (w: World) => truncate(w.v, w.as, '/d', 0)],
  ['open a directory to write', abi.EISDIR, (w: World) => run(open(w.v, w.as, '/d', O_WRONLY, 0))],
  [
    'create a directory by open',
    abi.EISDIR,
    (w: World) => run(open(w.v, w.as, '/new/', O_CREAT | O_WRONLY, 0o644)),
  ],
  [
    'open a link with O_NOFOLLOW',
    abi.ELOOP,
    (w: World) => run(open(w.v, w.as, '/l', O_RDONLY | O_NOFOLLOW, 0)),
  ],
  ['open a file as a directory', abi.ENOTDIR, (w: World) => run(open(w.v, w.as, '/d/f', O_DIRECTORY, 0))],
  [
    'create what exists',
    abi.EEXIST,
    (w: World) => run(open(w.v, w.as, '/dangling', O_CREAT | O_EXCL, 0o644)),
  ],
] as const)('%s is refused and leaves no trace', ([, errno, act]) => {
  const w = tree()
  expect(errnoOf(() => act(w))).toBe(errno)
  expect(w.store.changes()).toEqual({})
})

test('open with O_CREAT makes what a dangling link leads to', () => {
  const w = tree()
  put(w, '/dangling', 'new')
  expect(get(w, '/nowhere')).toBe('new')
})

test('a rename changes two directories and one name', () => {
  const w = tree()
  renameat2(w.v, w.as, '/d/f', '/tmp/g', 0)
  const { inodes, dentries, ...others } = w.store.changes()
  expect(inodes!.length).toBe(3)
  expect(dentries!.map(({ from, to }) => [from!.name, to!.name])).toEqual([['f', 'g']])
  expect(others).toEqual({})
})

test('exchanging swaps a file and a directory', () => {
  const { v, as } = tree()
  renameat2(v, as, '/d/f', '/tmp', abi.RENAME_EXCHANGE)
  expect(abi.isDir(stat(v, as, '/d/f'))).toBe(true)
  expect(abi.isReg(stat(v, as, '/tmp'))).toBe(true)
  expect([stat(v, as, '/d').nlink, stat(v, as, '/').nlink]).toEqual([4, 3])
})

test('a removed working directory has no path, and takes no new names', () => {
  const { v, as } = tree()
  chdir(v, as, '/d/sub/x')
  rmdir(v, as, '/d/sub/x')
  expect(errnoOf(() => getcwd(v, as))).toBe(abi.ENOENT)
  expect(errnoOf(() => mkdir(v, as, 'y', 0o755))).toBe(abi.ENOENT)
  expect(stat(v, as, '.').nlink).toBe(0)
})

test.for([
  ['no search permission', 0o600, abi.EACCES],
  ['no write permission', 0o500, abi.EACCES],
  ['name exists already', 0o700, abi.EEXIST],
] as const)('mkdir: %s', ([, mode, errno]) => {
  const w = tree()
  const user = userOf(w)
  mkdir(w.v, user, '/tmp/mine', 0o700)
  mkdir(w.v, user, '/tmp/mine/x', 0o700)
  chmod(w.v, user, '/tmp/mine', mode)
  expect(errnoOf(() => mkdir(w.v, user, errno === abi.EEXIST ? '/tmp/mine/x' : '/tmp/mine/y', 0o700))).toBe(
    errno,
  )
})

test.for([
  [
    'writes to a file of root',
    abi.EACCES,
    (w: World, u: abi.Errno | ReturnType<typeof caller>) => run(open(w.v, u as never, '/d/f', O_WRONLY, 0)),
  ],
  [
    'removes a file of root in a sticky directory',
    abi.EPERM,
    (w: World, u: unknown) => unlink(w.v, u as never, '/tmp/root'),
  ],
  [
    'changes the mode of a file of root',
    abi.EPERM,
    (w: World, u: unknown) => chmod(w.v, u as never, '/d/f', 0o777),
  ],
  ['links to a file of root', abi.EPERM, (w: World, u: unknown) => link(w.v, u as never, '/d/f', '/tmp/f')],
  [
    'makes a device',
    abi.EPERM,
    (w: World, u: unknown) => mknod(w.v, u as never, '/tmp/null', abi.S_IFCHR | 0o666, 0x103),
  ],
  ['changes the root', abi.EPERM, (w: World, u: unknown) => chroot(w.v, u as never, '/d')],
  ['asks for write access', abi.EACCES, (w: World, u: unknown) => access(w.v, u as never, '/d/f', abi.W_OK)],
] as const)('a user who %s is refused', ([, errno, act]) => {
  const w = tree()
  put(w, '/tmp/root', 'x')
  const user = userOf(w)
  w.store.commit()
  expect(errnoOf(() => act(w, user))).toBe(errno)
  expect(w.store.changes()).toEqual({})
})

test('writing by somebody else takes set-id bits away', () => {
  const w = tree()
  chmod(w.v, w.as, '/d/f', 0o6777)
  put({ v: w.v, as: userOf(w) }, '/d/f', 'x', O_WRONLY)
  expect(stat(w.v, w.as, '/d/f').mode & 0o7777).toBe(0o777)
})

test('names in a set-group-id directory belong to its group, and directories hand the bit on', () => {
  const w = tree()
  const { v, as } = w
  mkdir(v, as, '/g', 0o777)
  v.inodes.own(v.dentry(v.child(v.dentry(as.fs.rootDentry).id, 'g')).inode).gid = 50
  chmod(v, as, '/g', 0o2777)
  mkdir(v, as, '/g/d', 0o755)
  put(w, '/g/f', '')
  expect([stat(v, as, '/g/d').gid, stat(v, as, '/g/d').mode & 0o7777, stat(v, as, '/g/f').gid]).toEqual([
    50, 0o2755, 50,
  ])
})

test('what is mounted on can be neither removed nor renamed', () => {
  const { v, as } = tree()
  mount(v, as, 'n', '/d/sub/x', 'tmpfs', 0)
  expect(errnoOf(() => rmdir(v, as, '/d/sub/x'))).toBe(abi.EBUSY)
  expect(errnoOf(() => renameat2(v, as, '/d/sub/x', '/d/y', 0))).toBe(abi.EBUSY)
  expect(ls({ v, as }, '/d/sub')).toEqual(['x'])
})
