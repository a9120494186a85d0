/** Sequences of events as Linux 6.1 gives them. */
import { expect, test } from 'vitest'
import {
  AT_FDCWD,
  type Blocking,
  decodeInotifyEvents,
  EAGAIN,
  EEXIST,
  EINVAL,
  EMFILE,
  ENOENT,
  ENOSPC,
  ENOTDIR,
  IN_ALL_EVENTS,
  IN_CREATE,
  IN_EXCL_UNLINK,
  IN_MASK_ADD,
  IN_MASK_CREATE,
  IN_MODIFY,
  IN_NONBLOCK,
  IN_ONESHOT,
  IN_ONLYDIR,
  O_APPEND,
  O_CREAT,
  O_PATH,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
  POLLIN,
  refusal,
  RENAME_EXCHANGE,
  S_IFIFO,
  type Sys,
} from '../../src/abi/index.ts'
import { ask, boot, MS } from './boot.ts'

const NAMES =
  'ACCESS MODIFY ATTRIB CLOSE_WRITE CLOSE_NOWRITE OPEN MOVED_FROM MOVED_TO CREATE DELETE DELETE_SELF MOVE_SELF'
    .split(' ')
    .map((name, bit) => [name, 1 << bit] as const)
const MARKS = [
  ['UNMOUNT', 0x2000],
  ['Q_OVERFLOW', 0x4000],
  ['IGNORED', 0x8000],
  ['ISDIR', 0x40000000],
] as const

/** All events that are there, as `WD NAMES COOKIE NAME`. */
function* events(sys: Sys, fd: number): Blocking<string[]> {
  if (!(yield* sys.poll([{ fd, events: POLLIN }], 0))[0]) return []
  return decodeInotifyEvents(yield* sys.read(fd, 65536)).map(({ wd, mask, cookie, name }) => {
    const words = [...NAMES, ...MARKS].filter(([, bit]) => mask & bit).map(([word]) => word)
    return [wd, words.join('|'), ...(cookie ? [cookie] : []), ...(name ? [name] : [])].join(' ')
  })
}

function* write(sys: Sys, path: string, text: string, flags = O_CREAT | O_TRUNC): Blocking<void> {
  const fd = yield* sys.open(path, O_WRONLY | flags, 0o644)
  if (text) yield* sys.write(fd, text)
  sys.close(fd)
}

function* watched(sys: Sys): Blocking<number> {
  sys.chdir('/tmp')
  sys.mkdir('d', 0o755)
  yield* write(sys, 'd/a', 'x')
  const fd = sys.inotify_init1(IN_NONBLOCK)
  sys.inotify_add_watch(fd, 'd', IN_ALL_EVENTS)
  sys.inotify_add_watch(fd, 'd/a', IN_ALL_EVENTS)
  return fd
}

test('a directory tells of its files by name, and the file of itself', () => {
  ask(boot(), function* (sys) {
    const fd = yield* watched(sys)
    const file = yield* sys.open('d/a', O_RDONLY)
    yield* sys.read(file, 10)
    yield* sys.read(file, 10)
    sys.close(file)
    expect(yield* events(sys, fd)).toEqual([
      '1 OPEN a',
      '2 OPEN',
      '1 ACCESS a',
      '2 ACCESS',
      '1 CLOSE_NOWRITE a',
      '2 CLOSE_NOWRITE',
    ])
    yield* write(sys, 'd/a', 'yy')
    expect(yield* events(sys, fd)).toEqual([
      '1 MODIFY a',
      '2 MODIFY',
      '1 OPEN a',
      '2 OPEN',
      '1 MODIFY a',
      '2 MODIFY',
      '1 CLOSE_WRITE a',
      '2 CLOSE_WRITE',
    ])
    yield* write(sys, 'd/a', '', O_APPEND)
    expect(yield* events(sys, fd)).toEqual(['1 OPEN a', '2 OPEN', '1 CLOSE_WRITE a', '2 CLOSE_WRITE'])
    yield* write(sys, 'd/new', '1')
    expect(yield* events(sys, fd)).toEqual([
      '1 CREATE new',
      '1 OPEN new',
      '1 MODIFY new',
      '1 CLOSE_WRITE new',
    ])
    sys.close(yield* sys.open('d/a', O_PATH))
    sys.stat('d/a')
    expect(yield* events(sys, fd)).toEqual([])
  })
})

test('attributes, links, directories', () => {
  ask(boot(), function* (sys) {
    const fd = yield* watched(sys)
    const expected = (act: () => void, what: string[]): Blocking<void> => told(act, what)
    function* told(act: () => void, what: string[]): Blocking<void> {
      act()
      expect(yield* events(sys, fd)).toEqual(what)
    }
    const attrib = ['1 ATTRIB a', '2 ATTRIB']
    yield* expected(() => sys.chmod('d/a', 0o600), attrib)
    yield* expected(() => sys.chown('d/a', 1, 1), attrib)
    yield* expected(() => sys.utimensat('d/a', 'now', 'now'), attrib)
    yield* expected(() => sys.truncate('d/a', 1), ['1 MODIFY a', '2 MODIFY'])
    yield* expected(() => sys.setxattr('d/a', 'trusted.x', new Uint8Array(1), 0), attrib)
    yield* expected(() => sys.removexattr('d/a', 'trusted.x'), attrib)
    yield* expected(() => sys.link('d/a', 'd/b'), ['2 ATTRIB', '1 CREATE b'])
    yield* expected(() => sys.unlink('d/b'), ['2 ATTRIB', '1 DELETE b'])
    yield* expected(() => sys.symlink('a', 'd/s'), ['1 CREATE s'])
    yield* expected(() => void sys.readlink('d/s'), [])
    yield* expected(() => sys.mknod('d/p', S_IFIFO | 0o644, 0), ['1 CREATE p'])
    yield* expected(() => sys.mkdir('d/sub', 0o755), ['1 CREATE|ISDIR sub'])
    const sub = yield* sys.open('d/sub', O_RDONLY)
    sys.getdents(sub)
    yield* expected(
      () => sys.close(sub),
      ['1 OPEN|ISDIR sub', '1 ACCESS|ISDIR sub', '1 CLOSE_NOWRITE|ISDIR sub'],
    )
    yield* expected(() => sys.rmdir('d/sub'), ['1 DELETE|ISDIR sub'])
    yield* expected(() => sys.chmod('d', 0o700), ['1 ATTRIB|ISDIR'])
    yield* expected(() => sys.rename('d', 'e'), ['1 MOVE_SELF'])
  })
})

test('the halves of a move have a number in common, and what it replaces goes last', () => {
  ask(boot(), function* (sys) {
    const fd = yield* watched(sys)
    sys.rename('d/a', 'd/b')
    expect(yield* events(sys, fd)).toEqual(['1 MOVED_FROM 1 a', '1 MOVED_TO 1 b', '2 MOVE_SELF'])
    sys.rename('d/b', 'b')
    sys.rename('b', 'd/a')
    expect(yield* events(sys, fd)).toEqual([
      '1 MOVED_FROM 2 b',
      '2 MOVE_SELF',
      '1 MOVED_TO 3 a',
      '2 MOVE_SELF',
    ])
    yield* write(sys, 'd/n', '')
    yield* events(sys, fd)
    sys.rename('d/n', 'd/a')
    expect(yield* events(sys, fd)).toEqual([
      '1 MOVED_FROM 4 n',
      '1 MOVED_TO 4 a',
      '2 ATTRIB',
      '2 DELETE_SELF',
      '2 IGNORED',
    ])
    yield* write(sys, 'd/z', '')
    yield* events(sys, fd)
    sys.renameat2('d/a', 'd/z', RENAME_EXCHANGE)
    expect(yield* events(sys, fd)).toEqual([
      '1 MOVED_FROM 5 a',
      '1 MOVED_TO 5 z',
      '1 MOVED_FROM 6 z',
      '1 MOVED_TO 6 a',
    ])
  })
})

test('a file goes with its last user', () => {
  ask(boot(), function* (sys) {
    const fd = yield* watched(sys)
    const file = yield* sys.open('d/a', O_RDONLY)
    yield* events(sys, fd)
    sys.unlink('d/a')
    expect(yield* events(sys, fd)).toEqual(['2 ATTRIB', '1 DELETE a'])
    yield* sys.read(file, 10)
    sys.close(file)
    expect(yield* events(sys, fd)).toEqual([
      '1 ACCESS a',
      '2 ACCESS',
      '1 CLOSE_NOWRITE a',
      '2 CLOSE_NOWRITE',
      '2 DELETE_SELF',
      '2 IGNORED',
    ])
    sys.mkdir('d/e', 0o755)
    expect(sys.inotify_add_watch(fd, 'd/e', IN_ALL_EVENTS)).toBe(3)
    yield* events(sys, fd)
    sys.rmdir('d/e')
    expect(yield* events(sys, fd)).toEqual(['3 DELETE_SELF', '3 IGNORED', '1 DELETE|ISDIR e'])
  })
})

test('unmounting ends the watches of a file system', () => {
  ask(boot(), function* (sys) {
    const fd = yield* watched(sys)
    sys.mount('none', 'd', 'tmpfs', 0)
    sys.inotify_add_watch(fd, 'd', IN_ALL_EVENTS)
    yield* write(sys, 'd/q', '')
    expect(yield* events(sys, fd)).toEqual(['3 CREATE q', '3 OPEN q', '3 CLOSE_WRITE q'])
    sys.umount2('d', 0)
    expect(yield* events(sys, fd)).toEqual(['3 UNMOUNT|ISDIR', '3 IGNORED'])
  })
})

test('masks of watches', () => {
  ask(boot(), function* (sys) {
    const fd = yield* watched(sys)
    const add = (path: string, mask: number) => refusal(() => sys.inotify_add_watch(fd, path, mask))
    expect(add('d', 0)).toBe(EINVAL)
    expect(add('nope', IN_ALL_EVENTS)).toBe(ENOENT)
    expect(add('d/a', IN_ONLYDIR | IN_MODIFY)).toBe(ENOTDIR)
    expect(add('d/a', IN_MASK_CREATE | IN_MODIFY)).toBe(EEXIST)
    expect(add('d/a', IN_MASK_CREATE | IN_MASK_ADD | IN_MODIFY)).toBe(EINVAL)
    expect(sys.inotify_add_watch(fd, 'd/a', IN_ONESHOT | IN_MODIFY)).toBe(2)
    sys.inotify_add_watch(fd, 'd', IN_CREATE | IN_EXCL_UNLINK)
    yield* write(sys, 'd/a', 'x', O_APPEND)
    yield* write(sys, 'd/a', 'x', O_APPEND)
    expect(yield* events(sys, fd)).toEqual(['2 MODIFY', '2 IGNORED'])
    expect(refusal(() => sys.inotify_rm_watch(fd, 2))).toBe(EINVAL)
    sys.inotify_rm_watch(fd, 1)
    expect(yield* events(sys, fd)).toEqual(['1 IGNORED'])
    expect(refusal(() => sys.inotify_add_watch(0, 'd', IN_CREATE))).toBe(EINVAL)
    expect(refusal(() => sys.openat(AT_FDCWD, 'd', 0).next())).toBe(undefined)
  })
})

test('a full queue says so once, a small buffer is refused, an empty queue waits', () => {
  const k = boot()
  k.sysctl.set('fs/inotify/max_queued_events', '3')
  ask(k, function* (sys) {
    const fd = yield* watched(sys)
    expect(refusal(() => sys.read(fd, 100).next())).toBe(EAGAIN)
    for (const name of ['y1', 'y2', 'y3']) yield* write(sys, `d/${name}`, '')
    expect(refusal(() => sys.read(fd, 31).next())).toBe(EINVAL)
    expect((yield* sys.read(fd, 63)).length).toBe(32)
    expect(yield* events(sys, fd)).toEqual(['1 OPEN y1', '1 CLOSE_WRITE y1', '-1 Q_OVERFLOW'])
    const waiting = sys.inotify_init1(0)
    sys.inotify_add_watch(waiting, 'd', IN_CREATE)
    sys.clone(0, function* (its) {
      yield* its.nanosleep(50 * MS)
      yield* write(its, 'd/later', '')
      return 0
    })
    expect(decodeInotifyEvents(yield* sys.read(waiting, 100))[0]?.name).toBe('later')
  })
})

test('users have limits', () => {
  const k = boot()
  k.sysctl.set('user/max_inotify_instances', '1')
  k.sysctl.set('user/max_inotify_watches', '1')
  ask(k, function* (sys) {
    const fd = sys.inotify_init1(0)
    expect(refusal(() => sys.inotify_init1(0))).toBe(EMFILE)
    sys.inotify_add_watch(fd, '/tmp', IN_CREATE)
    expect(refusal(() => sys.inotify_add_watch(fd, '/', IN_CREATE))).toBe(ENOSPC)
    sys.close(fd)
    sys.close(sys.inotify_init1(0))
    yield* []
  })
})
