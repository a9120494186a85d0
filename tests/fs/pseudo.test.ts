/** Pseudo file systems: nodes that are made when somebody looks. */
import { expect, test } from 'vitest'
import * as abi from '../../src/abi/index.ts'
import { type PseudoDir, type PseudoFile, pseudoFileSystem, staticDir } from '../../src/fs/pseudo.ts'
import {
  chdir,
  chmod,
  fput,
  getcwd,
  lseek,
  mkdir,
  mount,
  open,
  read,
  readlink,
  rmdir,
  stat,
  umount2,
  unlink,
  write,
} from '../../src/vfs/index.ts'
import { errnoOf, get, ls, put, run, userOf, type World, world } from '../vfs/harness.ts'

/** A tree of groups as cgroups have it, and a file `value`, mounted on /p. */
function mounted(): World & { text: string; groups: Set<string>; shown: number } {
  const w = Object.assign(world(), { text: 'one\n', groups: new Set(['g']), shown: 0 })
  const value: PseudoFile = {
    kind: 'file',
    ino: 2,
    mode: 0o644,
    show() {
      w.shown++
      return w.text
    },
    store(_, text) {
      if (text === 'bad') throw abi.EINVAL
      w.text = text
    },
  }
  const group = (name: string): PseudoDir => ({
    ...staticDir({ ino: 10, mode: 0o755 }, { value }),
    alive: () => w.groups.has(name),
    dead: abi.ENODEV,
  })
  const root: PseudoDir = {
    kind: 'dir',
    ino: 1,
    mode: 0o755,
    lookup: (_, name) =>
      name === 'value'
        ? value
        : name === 'secret'
          ? { ...value, mode: 0o400 }
          : name === 'link'
            ? { kind: 'link', ino: 3, mode: 0o777, readlink: () => 'value' }
            : w.groups.has(name)
              ? group(name)
              : undefined,
    readdir: () => ['value', ...w.groups].map(name => ({ name, ino: 2, type: abi.S_IFREG })),
    mkdir: (_, name) => void w.groups.add(name),
    rmdir: (_, name) => void w.groups.delete(name),
  }
  w.v.registerFilesystem(
    pseudoFileSystem({
      name: 'pseudo',
      magic: 1,
      instance: () => 'only',
      tree: () => ({ root, options: 'a,b' }),
    }),
  )
  mkdir(w.v, w.as, '/p', 0o755)
  mount(w.v, w.as, 'pseudo', '/p', 'pseudo', 0)
  w.store.commit()
  return w
}

test('a text is made by the read at its beginning and stays the same for that open file', () => {
  const w = mounted()
  const { v, as } = w
  const file = run(open(v, as, '/p/value', abi.O_RDONLY, 0))
  expect(abi.decode(run(read(v, as, file, 2)))).toBe('on')
  w.text = 'two\n'
  expect(abi.decode(run(read(v, as, file, 100)))).toBe('e\n')
  expect(run(read(v, as, file, 100)).length).toBe(0)
  lseek(v, as, file, 0, abi.SEEK_SET)
  expect(abi.decode(run(read(v, as, file, 100)))).toBe('two\n')
  expect(w.shown).toBe(2)
  fput(v, file)
})

test('a write hands over its whole buffer, and may be refused', () => {
  const w = mounted()
  put(w, '/p/value', 'new\n', abi.O_WRONLY | abi.O_TRUNC)
  expect(get(w, '/p/g/value')).toBe('new\n')
  const file = run(open(w.v, w.as, '/p/value', abi.O_WRONLY, 0))
  expect(errnoOf(() => run(write(w.v, w.as, file, abi.encode('bad'))))).toBe(abi.EINVAL)
})

test('looking leaves nothing in the tables', () => {
  const w = mounted()
  get(w, '/p/g/value')
  ls(w, '/p')
  readlink(w.v, w.as, '/p/link')
  expect(w.store.changes()).toEqual({})
})

test('a working directory in it has a path in the tables, and is dead when its thing has gone', () => {
  const w = mounted()
  const { v, as } = w
  chdir(v, as, '/p/g')
  expect(getcwd(v, as)).toBe('/p/g')
  expect(w.store.commit().tables.dentries.get(as.fs.pwdDentry).name).toBe('g')
  const file = run(open(v, as, 'value', abi.O_RDONLY, 0))
  w.groups.delete('g')
  expect(errnoOf(() => get(w, 'value'))).toBe(abi.ENOENT)
  expect(errnoOf(() => stat(v, as, '/p/g'))).toBe(abi.ENOENT)
  fput(v, file)
})

test('directories are made and removed if the node can; files and modes are not', () => {
  const w = mounted()
  const { v, as } = w
  mkdir(v, as, '/p/h', 0o755)
  expect(ls(w, '/p')).toEqual(['value', 'g', 'h'])
  rmdir(v, as, '/p/h')
  expect(w.groups).toEqual(new Set(['g']))
  expect(errnoOf(() => unlink(v, as, '/p/value'))).toBe(abi.EPERM)
  expect(errnoOf(() => put(w, '/p/new', ''))).toBe(abi.EACCES)
  expect(errnoOf(() => mkdir(v, as, '/p/g/x', 0o755))).toBe(abi.EPERM)
  expect(errnoOf(() => chmod(v, as, '/p/value', 0o777))).toBe(abi.EPERM)
})

test('modes hold for users', () => {
  const w = mounted()
  const user = { v: w.v, as: userOf(w) }
  expect(get(user, '/p/value')).toBe('one\n')
  expect(errnoOf(() => get(user, '/p/secret'))).toBe(abi.EACCES)
  expect(errnoOf(() => put(user, '/p/value', 'x', abi.O_WRONLY))).toBe(abi.EACCES)
})

test('an instance is shared by its mounts, and mounting it where it is gives EBUSY', () => {
  const w = mounted()
  const { v, as } = w
  mkdir(v, as, '/q', 0o755)
  mount(v, as, 'again', '/q', 'pseudo', 0)
  expect(stat(v, as, '/q').dev).toBe(stat(v, as, '/p').dev)
  expect(errnoOf(() => mount(v, as, 'x', '/p', 'pseudo', 0))).toBe(abi.EBUSY)
  umount2(v, as, '/p', 0)
  expect(get(w, '/q/value')).toBe('one\n')
})

test('what was looked at is forgotten again once it is much', () => {
  const w = mounted()
  for (let i = 0; i < 5000; i++) w.groups.add(`g${i}`)
  for (let round = 0; round < 3; round++)
    for (let i = 0; i < 5000; i++) expect(get(w, `/p/g${i}/value`)).toBe('one\n')
  expect(w.v.transientCount).toBeLessThan(20_000)
  const nodes = w.v.children(w.v.superBlocks.get(w.v.dentry(w.v.child(w.as.fs.rootDentry, 'p')).sb).root)
  expect(nodes === undefined || nodes.size < 10_000).toBe(true)
})
