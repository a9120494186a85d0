/** mount, umount, pivot_root, propagation and mount namespaces. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as abi from '../../src/abi/index.ts'
import {
  chdir,
  fput,
  getcwd,
  mkdir,
  mount,
  nsPath,
  open,
  pivotRoot,
  putMntNs,
  rmdir,
  rootOf,
  showMountinfo,
  stat,
  umount2,
  type Caller,
  type Vfs,
} from '../../src/vfs/index.ts'
import { errnoOf, ls, put, run, unshared, userOf, type World, world } from './harness.ts'

const {
  MS_BIND,
  MS_MOVE,
  MS_PRIVATE,
  MS_RDONLY,
  MS_REC,
  MS_REMOUNT,
  MS_SHARED,
  MS_SLAVE,
  MS_UNBINDABLE,
  MNT_DETACH,
} = abi

/** /a, /b and /c are directories, /f and /g files. */
function tree(): World {
  const w = world()
  for (const path of ['/a', '/a/x', '/b', '/c', '/old']) mkdir(w.v, w.as, path, 0o755)
  for (const path of ['/f', '/g']) put(w, path, path)
  w.store.commit()
  return w
}

/** mountinfo without ids and the numbers of devices: mount point, propagation, source. */
const table = (v: Vfs, as: Caller): string[] =>
  showMountinfo(v, as.mntNs, rootOf(as.fs), as)
    .trimEnd()
    .split('\n')
    .map(line => {
      const [, , , root, at, , ...rest] = line.split(' ')
      const dash = rest.indexOf('-')
      return [root, at, ...rest.slice(0, dash), rest[dash + 2]].join(' ')
    })

const tmpfs = (w: { v: Vfs; as: Caller }, at: string, name = 'n'): void =>
  mount(w.v, w.as, name, at, 'tmpfs', 0)
const bind = (w: { v: Vfs; as: Caller }, from: string, to: string, flags = 0): void =>
  mount(w.v, w.as, from, to, '', MS_BIND | flags)
const make = (w: { v: Vfs; as: Caller }, at: string, flags: number): void =>
  mount(w.v, w.as, '', at, '', flags)

test.for([
  ['an unknown type', abi.ENODEV, (w: World) => mount(w.v, w.as, 'n', '/a', 'nosuchfs', 0)],
  ['no type', abi.EINVAL, (w: World) => mount(w.v, w.as, 'n', '/a', '', 0)],
  ['an unknown option', abi.EINVAL, (w: World) => mount(w.v, w.as, 'n', '/a', 'tmpfs', 0, 'foo')],
  ['a place that does not exist', abi.ENOENT, (w: World) => tmpfs(w, '/nope')],
  ['a directory on a file', abi.ENOTDIR, (w: World) => tmpfs(w, '/f')],
  ['a bind of a file to a directory', abi.ENOTDIR, (w: World) => bind(w, '/f', '/a')],
  ['a bind of nothing', abi.ENOENT, (w: World) => bind(w, '/nope', '/a')],
  ['propagation of what is no mount point', abi.EINVAL, (w: World) => make(w, '/a', MS_SHARED)],
  ['two kinds of propagation', abi.EINVAL, (w: World) => make(w, '/', MS_SHARED | MS_PRIVATE)],
  ['a remount of what is no mount point', abi.EINVAL, (w: World) => make(w, '/a', MS_REMOUNT)],
  ['a move of what is no mount point', abi.EINVAL, (w: World) => mount(w.v, w.as, '/a', '/b', '', MS_MOVE)],
  ['unmounting what is no mount point', abi.EINVAL, (w: World) => umount2(w.v, w.as, '/a', 0)],
  ['a user', abi.EPERM, (w: World) => mount(w.v, userOf(w), 'n', '/a', 'tmpfs', 0)],
  ['a pivot to the same root', abi.EBUSY, (w: World) => pivotRoot(w.v, w.as, '/', '/old')],
  ['a pivot to what is no mount point', abi.EBUSY, (w: World) => pivotRoot(w.v, w.as, '/a', '/a/x')],
] as const)('%s is refused', ([, errno, act]) => {
  const w = tree()
  expect(errnoOf(() => act(w))).toBe(errno)
  expect(w.store.changes().mounts).toBeUndefined()
  expect(w.store.changes().superBlocks).toBeUndefined()
})

test('a mount is busy while somebody works in it or something is mounted on it', () => {
  const w = tree()
  const { v, as } = w
  tmpfs(w, '/a')
  const file = run(open(v, as, '/a/file', abi.O_CREAT | abi.O_WRONLY, 0o644))
  expect(errnoOf(() => umount2(v, as, '/a', 0))).toBe(abi.EBUSY)
  expect(errnoOf(() => make(w, '/a', MS_REMOUNT | MS_BIND | MS_RDONLY))).toBe(abi.EBUSY)
  fput(v, file)
  chdir(v, as, '/a')
  expect(errnoOf(() => umount2(v, as, '/a', 0))).toBe(abi.EBUSY)
  chdir(v, as, '/')
  mkdir(v, as, '/a/in', 0o755)
  tmpfs(w, '/a/in')
  expect(errnoOf(() => umount2(v, as, '/a', 0))).toBe(abi.EBUSY)
  umount2(v, as, '/a/in', 0)
  umount2(v, as, '/a', 0)
  expect(table(v, as)).toEqual(['/ / tmpfs'])
})

test('a lazily unmounted file system lives until its last user has left', () => {
  const w = tree()
  const { v, as } = w
  tmpfs(w, '/a')
  chdir(v, as, '/a')
  const before = v.superBlocks.size
  umount2(v, as, '/a', MNT_DETACH)
  expect(getcwd(v, as)).toBe('(unreachable)/')
  put(w, 'still', 'here')
  chdir(v, as, '/')
  expect(v.superBlocks.size).toBe(before - 1)
})

test('a read-only bind mount is made in two steps', () => {
  const w = tree()
  const { v, as } = w
  bind(w, '/a', '/b', MS_RDONLY)
  put(w, '/b/written', '')
  make(w, '/b', MS_REMOUNT | MS_BIND | MS_RDONLY)
  expect(errnoOf(() => put(w, '/b/other', ''))).toBe(abi.EROFS)
  put(w, '/a/other', '')
  expect(ls(w, '/b')).toEqual(['other', 'written', 'x'])
  expect(stat(v, as, '/a').ino).toBe(stat(v, as, '/b').ino)
})

test('what is mounted on a shared mount appears at its peers and slaves', () => {
  const w = tree()
  tmpfs(w, '/a')
  make(w, '/a', MS_SHARED)
  bind(w, '/a', '/b')
  bind(w, '/a', '/c')
  make(w, '/c', MS_SLAVE)
  mkdir(w.v, w.as, '/a/k', 0o755)
  tmpfs(w, '/a/k', 'z')
  // Peer groups are numbered from 1; the copies come after the mount itself, the last one first.
  expect(table(w.v, w.as)).toEqual([
    '/ / tmpfs',
    '/ /a shared:1 n',
    '/ /b shared:1 n',
    '/ /c master:1 n',
    '/ /a/k shared:2 z',
    '/ /c/k master:2 z',
    '/ /b/k shared:2 z',
  ])
  umount2(w.v, w.as, '/c/k', 0)
  mkdir(w.v, w.as, '/c/l', 0o755)
  tmpfs(w, '/c/l', 'y')
  umount2(w.v, w.as, '/b/k', 0)
  expect(table(w.v, w.as)).toEqual([
    '/ / tmpfs',
    '/ /a shared:1 n',
    '/ /b shared:1 n',
    '/ /c master:1 n',
    '/ /c/l y',
  ])
})

test('unbindable mounts are left out of recursive binds', () => {
  const w = tree()
  tmpfs(w, '/a')
  mkdir(w.v, w.as, '/a/u', 0o755)
  tmpfs(w, '/a/u', 'u')
  make(w, '/a/u', MS_UNBINDABLE)
  expect(errnoOf(() => bind(w, '/a/u', '/c'))).toBe(abi.EINVAL)
  bind(w, '/a', '/b', MS_REC)
  expect(table(w.v, w.as)).toEqual(['/ / tmpfs', '/ /a n', '/ /a/u unbindable u', '/ /b n'])
})

test('a mount moves with what is mounted on it, but not from under a shared one nor into itself', () => {
  const w = tree()
  tmpfs(w, '/a')
  mkdir(w.v, w.as, '/a/in', 0o755)
  tmpfs(w, '/a/in', 'in')
  make(w, '/', MS_SHARED)
  expect(errnoOf(() => mount(w.v, w.as, '/a', '/b', '', MS_MOVE))).toBe(abi.EINVAL)
  make(w, '/', MS_PRIVATE)
  expect(errnoOf(() => mount(w.v, w.as, '/a', '/a/in', '', MS_MOVE))).toBe(abi.ELOOP)
  mount(w.v, w.as, '/a', '/b', '', MS_MOVE)
  expect(table(w.v, w.as)).toEqual(['/ / tmpfs', '/ /b n', '/ /b/in in'])
})

test('pivot_root moves the old root away, for every task that had it', () => {
  const w = tree()
  const { v } = w
  const as = unshared(w)
  const other = { ...userOf({ ...w, as }) }
  tmpfs({ v, as }, '/a')
  mkdir(v, as, '/a/old', 0o755)
  chdir(v, as, '/a')
  pivotRoot(v, as, '.', 'old')
  expect(table(v, as)).toEqual(['/ /old tmpfs', '/ / n'])
  expect(ls({ v, as: other }, '/')).toEqual(['old'])
  umount2(v, as, '/old', MNT_DETACH)
  expect(table(v, as)).toEqual(['/ / n'])
  expect(table(v, w.as)).toEqual(['/ / tmpfs'])
})

test.for([
  ['the old root is shared', abi.EINVAL, (w: World) => make(w, '/', MS_SHARED)],
  ['put_old lies outside of the new root', abi.EINVAL, (w: World) => tmpfs(w, '/b')],
] as const)('pivot_root is refused when %s', ([why, errno, prepare]) => {
  const w = tree()
  prepare(w)
  tmpfs(w, '/a')
  mkdir(w.v, w.as, '/a/old', 0o755)
  expect(errnoOf(() => pivotRoot(w.v, w.as, '/a', why.startsWith('put') ? '/b' : '/a/old'))).toBe(errno)
})

test('pivot_root . . leaves the old root on top of the new one', () => {
  const w = tree()
  const as = unshared(w)
  const { v } = w
  bind({ v, as }, '/a', '/a')
  chdir(v, as, '/a')
  pivotRoot(v, as, '.', '.')
  umount2(v, as, '.', MNT_DETACH)
  expect(table(v, as)).toEqual(['/a / tmpfs'])
})

test('a mount namespace of another user namespace can neither unmount nor loosen what it got', () => {
  const w = tree()
  const { v } = w
  tmpfs(w, '/a')
  make(w, '/a', MS_REMOUNT | MS_BIND | MS_RDONLY)
  make(w, '/', MS_SHARED | MS_REC)
  const as = unshared(w, 2)
  expect(table(v, as)).toEqual(['/ / master:1 tmpfs', '/ /a master:2 n'])
  expect(errnoOf(() => umount2(v, as, '/a', 0))).toBe(abi.EINVAL)
  expect(errnoOf(() => bind({ v, as }, '/', '/b'))).toBe(abi.EINVAL)
  expect(errnoOf(() => make({ v, as }, '/a', MS_REMOUNT | MS_BIND))).toBe(abi.EPERM)
  bind({ v, as }, '/', '/b', MS_REC)
  tmpfs(w, '/c', 'later')
  expect(table(v, as)).toContain('/ /c master:3 later')
})

test('removing a directory here unmounts what another namespace has mounted on it', () => {
  const w = tree()
  const as = unshared(w)
  tmpfs({ v: w.v, as }, '/c')
  rmdir(w.v, w.as, '/c')
  expect(table(w.v, as)).toEqual(['/ / tmpfs'])
})

test('a namespace lives as long as its file is mounted', () => {
  const w = tree()
  const { v } = w
  const as = unshared(w)
  const { inum } = v.mntNamespaces.get(as.mntNs)
  const file = nsPath(v, 'mnt', as.mntNs, inum)
  v.dget(file.dentry)
  putMntNs(v, as.mntNs)
  expect(v.mntNamespaces.find(as.mntNs)?.refs).toBe(1)
  v.dput(file.dentry)
  expect(v.mntNamespaces.find(as.mntNs)).toBeUndefined()
})

/** What holds of the mounts of a machine after whatever was done to them. */
function checkInvariants({ v }: World): void {
  for (const it of v.mounts.values()) {
    if (it.ns === 0) continue
    const parent = v.mounts.get(it.parent)
    expect(parent.ns, 'parent and child share a namespace').toBe(it.ns)
    expect(v.dentries.find(it.root), 'its root exists').toBeDefined()
    expect(v.superBlocks.get(it.sb).active).toBeGreaterThan(0)
    if (parent.id === it.id) continue
    expect(v.lookupMnt(it.parent, it.mountpoint), 'one mount covers one place').toBe(it.id)
    expect(v.dentry(it.mountpoint).sb, 'it covers a dentry of its parent').toBe(parent.sb)
    for (let p = it, n = 0; p.parent !== p.id; p = v.mounts.get(p.parent)) expect(n++).toBeLessThan(1000)
    if (it.master)
      expect(
        [...v.mounts.values()].some(m => m.peerGroup === it.master),
        'a slave has a master',
      ).toBe(true)
  }
  for (const key of ['ns', 'parent', 'peerGroup', 'master'] as const)
    for (const it of v.mounts.values()) {
      const alike = [...v.mounts.values()].filter(
        m => m[key] === it[key] && !(key === 'parent' && m.parent === m.id),
      )
      const ids = it[key] ? alike.map(m => m.id) : []
      expect([...v.mountIndex.with(key, it[key])].sort(), `the index of ${key} is true`).toEqual(ids.sort())
    }
  const ids = [...v.mounts.values()].filter(it => it.ns).map(it => it.mntId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const sb of v.superBlocks.values()) {
    const shown = [...v.mounts.values()].filter(it => it.sb === sb.id).length
    if (sb.type === 'tmpfs') expect(sb.active).toBe(shown)
  }
}

const place = fc.constantFrom('/', '/a', '/a/x', '/b', '/b/x', '/c', '/old')
const command = fc.oneof(
  fc.record({ do: fc.constant('tmpfs' as const), at: place }),
  fc.record({
    do: fc.constantFrom('bind' as const, 'rbind' as const, 'move' as const),
    at: place,
    from: place,
  }),
  fc.record({
    do: fc.constant('make' as const),
    at: place,
    type: fc.constantFrom(MS_SHARED, MS_PRIVATE, MS_SLAVE, MS_UNBINDABLE),
    rec: fc.boolean(),
  }),
  fc.record({ do: fc.constant('umount' as const), at: place, lazy: fc.boolean() }),
  fc.record({ do: fc.constant('mkdir' as const), at: place }),
  fc.record({ do: fc.constant('unshare' as const), user: fc.boolean() }),
  fc.record({ do: fc.constant('pivot' as const), at: place, from: place }),
)

test('the tree of mounts stays a tree whatever is done to it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2), command), { maxLength: 25 }), steps => {
      const w = tree()
      const callers = [w.as]
      for (const [who, it] of steps) {
        const as = callers[who % callers.length]!
        errnoOf(() => {
          if (it.do === 'tmpfs') tmpfs({ v: w.v, as }, it.at)
          else if (it.do === 'mkdir') mkdir(w.v, as, `${it.at}/x`, 0o755)
          else if (it.do === 'make') make({ v: w.v, as }, it.at, it.type | (it.rec ? MS_REC : 0))
          else if (it.do === 'umount') umount2(w.v, as, it.at, it.lazy ? MNT_DETACH : 0)
          else if (it.do === 'unshare') callers.push(unshared({ ...w, as }, it.user ? 2 : 1))
          else if (it.do === 'pivot') pivotRoot(w.v, as, it.at, it.from)
          else
            mount(
              w.v,
              as,
              it.from,
              it.at,
              '',
              it.do === 'move' ? MS_MOVE : it.do === 'rbind' ? MS_BIND | MS_REC : MS_BIND,
            )
        })
        checkInvariants(w)
      }
      w.store.commit()
    }),
    { numRuns: 300 },
  )
})
