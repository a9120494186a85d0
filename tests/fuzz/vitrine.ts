/** Carries out sequences of operations on Vitrine's virtual host; prints what linux.c prints on a real one. */
import {
  type Blocking,
  encode,
  Errno,
  FS_APPEND_FL,
  FS_IMMUTABLE_FL,
  FS_IOC_GETFLAGS,
  FS_IOC_SETFLAGS,
  isBlk,
  isChr,
  isDir,
  isLink,
  isReg,
  MS_REMOUNT,
  O_APPEND,
  O_NONBLOCK,
  O_RDONLY,
  O_WRONLY,
  SEEK_SET,
  type Stat,
  type Sys,
} from '../../src/abi/index.ts'
import { Machine } from '../../src/machine/index.ts'
import type { Sequence } from './operations.ts'

const TREES = ['l1', 'l2', 'l3', 'up', 'work', 'm']
const WIDE_TREES = [...TREES, 'n']
const HELD = 2

/** What one operation gave, and the files as they were afterwards. */
export interface Step {
  readonly value: number
  readonly digest: string
  readonly files: string
}

export function runInVitrine(sequence: Sequence): Step[] {
  const machine = new Machine()
  const steps: Step[] = []
  const task = machine.spawn({
    argv: ['fuzz'],
    program: function* (sys) {
      yield* start(sys, sequence.base)
      if (sequence.wide) sys.mkdir('n', 0o755)
      const held: (number | undefined)[] = Array(HELD)
      for (const line of sequence.lines) {
        const value = yield* attempt(sys, held, line)
        const files = yield* dumpAll(sys, sequence.wide)
        steps.push({ value, digest: fnv(encode(files)).toString(16).padStart(8, '0'), files })
      }
      return 0
    },
  })
  machine.runUntil(machine.now + 3600e9, () => machine.exitStatus(task) === undefined)
  return steps
}

/** The 32-bit FNV-1a hash. */
function fnv(bytes: Uint8Array): number {
  let hash = 2166136261
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 16777619)
  return hash >>> 0
}

export function* start(sys: Sys, base: Sequence['base']): Blocking<void> {
  sys.umask(0o022)
  sys.mkdir('/fuzz', 0o755)
  if (base === 'tmpfs') sys.mount('t', '/fuzz', 'tmpfs', 0, 'mode=755')
  sys.chdir('/fuzz')
  for (const tree of TREES) sys.mkdir(tree, 0o755)
  if (base === 'mixed') sys.mount('t', '/fuzz/l2', 'tmpfs', 0, 'mode=755')
  yield* sys.sched_yield()
}

export function* attempt(sys: Sys, held: (number | undefined)[], line: string): Blocking<number> {
  try {
    return yield* carryOut(sys, held, line.split(' '))
  } catch (e) {
    if (e instanceof Errno) return -e.errno
    throw e
  }
}

function* carryOut(sys: Sys, held: (number | undefined)[], words: readonly string[]): Blocking<number> {
  const [name, a = '', b = '', c = '', d = ''] = words
  const slot = held[Number(a)] ?? -1
  switch (name) {
    case 'open':
      return yield* withFile(sys, a, int(b), function* () {
        return 0
      })
    case 'write':
      return yield* withFile(sys, a, O_WRONLY, fd => sys.pwrite(fd, d.repeat(int(c)), int(b)))
    case 'append':
      return yield* withFile(sys, a, O_WRONLY | O_APPEND, fd => sys.write(fd, c.repeat(int(b))))
    case 'read':
      return yield* withFile(sys, a, O_RDONLY, fd => digestOf(sys, fd))
    case 'truncate':
      return done(yield* sys.truncate(a, int(b)))
    case 'chmod':
      return done(sys.chmod(a, int(b)))
    case 'lchown':
      return done(sys.lchown(a, int(b), int(c)))
    case 'link':
      return done(sys.link(a, b))
    case 'symlink':
      return done(sys.symlink(a, b))
    case 'rename':
      return done(sys.renameat2(a, b, int(c)))
    case 'unlink':
      return done(sys.unlink(a))
    case 'rmdir':
      return done(sys.rmdir(a))
    case 'mkdir':
      return done(sys.mkdir(a, int(b)))
    case 'mknod':
      return done(sys.mknod(a, int(b), (int(c) << 8) | int(d)))
    case 'setxattr':
      return done(sys.setxattr(a, b, encode(c), int(d), false))
    case 'removexattr':
      return done(sys.removexattr(a, b, false))
    case 'utimes': {
      const time = { sec: int(b), nsec: 0 }
      return done(sys.utimensat(a, time, time, false))
    }
    case 'mount':
      return done(sys.mount('overlay', 'm', 'overlay', int(b), a))
    case 'remount':
      return done(sys.mount('overlay', 'm', 'overlay', MS_REMOUNT | int(b), a))
    case 'nest':
      return done(sys.mount('overlay', 'n', 'overlay', 0, a))
    case 'unnest':
      return done(sys.umount2('n', 0))
    case 'acl':
      return done(sys.setxattr(a, `system.posix_acl_${b}`, accessList(int(c)), 0, false))
    case 'chattr':
      return yield* withFile(sys, a, O_RDONLY, function* (fd) {
        return done(setFlags(sys, fd, int(b)))
      })
    case 'fallocate':
      return yield* withFile(sys, a, O_WRONLY, function* (fd) {
        return done(yield* sys.fallocate(fd, int(b), int(c), int(d)))
      })
    case 'umount':
      return done(sys.umount2('m', int(a)))
    case 'hold':
      if (slot >= 0) sys.close(slot)
      held[int(a)] = undefined
      held[int(a)] = yield* sys.open(b, int(c) | O_NONBLOCK, 0o644)
      return 0
    case 'hwrite':
      return yield* sys.write(slot, c.repeat(int(b)))
    case 'hread':
      sys.lseek(slot, 0, SEEK_SET)
      return yield* digestOf(sys, slot)
    case 'htruncate':
      return done(yield* sys.ftruncate(slot, int(b)))
    case 'hchmod':
      return done(sys.fchmod(slot, int(b)))
    case 'hstat': {
      const { nlink, size } = sys.fstat(slot)
      return nlink * 1_000_000 + size
    }
    case 'hclose':
      held[int(a)] = undefined
      return done(sys.close(slot))
  }
  throw new Error(`no such operation: ${name}`)
}

const done = (_: void): number => 0

/** The flags that chattr(1) changes here: i, a, d and A. */
const CHANGED = FS_IMMUTABLE_FL | FS_APPEND_FL | 0x40 | 0x80

function setFlags(sys: Sys, fd: number, flags: number): void {
  sys.ioctl(fd, FS_IOC_SETFLAGS, (sys.ioctl(fd, FS_IOC_GETFLAGS) & ~CHANGED) | flags)
}

/** An access list with an entry for user 1000; 7 is one without the mask that it needs. */
function accessList(number: number): Uint8Array {
  const nobody = 0xffffffff
  const entries = [
    [1, 7, nobody],
    [2, number, 1000],
    [4, 5, nobody],
    ...(number === 7 ? [] : [[0x10, 6, nobody]]),
    [0x20, 4, nobody],
  ] as const
  const view = new DataView(new ArrayBuffer(4 + 8 * entries.length))
  view.setUint32(0, 2, true)
  for (const [i, [tag, perm, id]] of entries.entries()) {
    view.setUint16(4 + 8 * i, tag, true)
    view.setUint16(6 + 8 * i, perm, true)
    view.setUint32(8 + 8 * i, id, true)
  }
  return new Uint8Array(view.buffer)
}

/** Numbers as in C. */
const int = (word: string) => (/^0\d/.test(word) ? Number.parseInt(word, 8) : Number(word))

function* withFile(
  sys: Sys,
  path: string,
  flags: number,
  act: (fd: number) => Blocking<number>,
): Blocking<number> {
  const fd = yield* sys.open(path, flags | O_NONBLOCK, 0o644)
  try {
    return yield* act(fd)
  } finally {
    sys.close(fd)
  }
}

function* digestOf(sys: Sys, fd: number): Blocking<number> {
  return fnv(yield* sys.read(fd, 1 << 20)) & 0x7fffffff
}

function* dumpAll(sys: Sys, wide: boolean): Blocking<string> {
  const lines: string[] = []
  const seen = new Map<string, number>()
  for (const tree of wide ? WIDE_TREES : TREES) yield* dump(sys, tree, tree, lines, seen)
  return lines.join('')
}

/** What the entries of an index directory are shown as: their names are file handles. */
const INDEXED = 'work/index/#'

function* dump(
  sys: Sys,
  path: string,
  shown: string,
  lines: string[],
  seen: Map<string, number>,
): Blocking<void> {
  let st: Stat
  try {
    st = sys.lstat(path)
  } catch (e) {
    lines.push(`${shown} error ${(e as Errno).errno}\n`)
    return
  }
  const key = `${st.dev}:${st.ino}`
  if (!seen.has(key) && shown !== INDEXED) seen.set(key, seen.size)
  let line = `${shown} ${st.mode.toString(8)} ${st.uid}:${st.gid} n${st.nlink} i${seen.get(key) ?? -1}`
  if (isReg(st)) line += ` s${st.size} c${yield* contentOf(sys, path)}`
  if (isChr(st) || isBlk(st)) line += ` d${st.rdev >> 8},${st.rdev & 0xff}`
  if (isLink(st)) line += ` -> ${sys.readlink(path)}`
  if (st.mtime.sec < 1e9) line += ` t${st.mtime.sec}`
  lines.push(`${line}${xattrsOf(sys, path)}\n`)
  if (!isDir(st)) return
  let names: string[]
  try {
    const fd = yield* sys.open(path, O_RDONLY)
    names = yield* namesIn(sys, fd)
    sys.close(fd)
  } catch (e) {
    lines.push(`${shown} opendir ${(e as Errno).errno}\n`)
    return
  }
  if (shown !== 'work/index') {
    for (const name of names)
      yield* dump(sys, `${path}/${name}`, `${shown}/${name.startsWith('#') ? '#' : name}`, lines, seen)
    return
  }
  // In the order of what they are, and only what was met elsewhere has a number.
  const entries: string[] = []
  for (const name of names) {
    const entry: string[] = []
    yield* dump(sys, `${path}/${name}`, INDEXED, entry, seen)
    entries.push(entry.join(''))
  }
  lines.push(...entries.sort())
}

export function* namesIn(sys: Sys, fd: number): Blocking<string[]> {
  const names: string[] = []
  for (;;) {
    const entries = sys.getdents(fd)
    if (!entries.length) return names.sort()
    for (const { name } of entries) if (name !== '.' && name !== '..') names.push(name)
    yield* sys.sched_yield()
  }
}

function* contentOf(sys: Sys, path: string): Blocking<number> {
  try {
    const fd = yield* sys.open(path, O_RDONLY)
    const bytes = yield* sys.read(fd, 1 << 20)
    sys.close(fd)
    return fnv(bytes)
  } catch (e) {
    return (e as Errno).errno
  }
}

function xattrsOf(sys: Sys, path: string): string {
  return [...sys.listxattr(path, false)]
    .sort()
    .map(name => {
      const isHandle = /overlay\.(origin|upper)/.test(name)
      const hex = isHandle ? '*' : Buffer.from(sys.getxattr(path, name, false)).toString('hex')
      return ` ${name}=${hex}`
    })
    .join('')
}
