/**
 * The suite's program `pjdfstest`: `pjdfstest [-U UMASK] [-u UID] [-g GID[,GID]…] CALL ARGUMENT… [: CALL ARGUMENT…]…`
 * makes system calls and prints what each of the last ones gave: `0`, the fields of a stat, or the name of an errno.
 * In the suite it is a C program.
 *
 * Left out: calls that Linux lacks (chflags, bindat, connectat, lpathconf), NFSv4 ACLs, connect.
 */
import {
  AT_FDCWD,
  AT_REMOVEDIR,
  AT_SYMLINK_FOLLOW,
  AT_SYMLINK_NOFOLLOW,
  type Blocking,
  decode,
  EADDRINUSE,
  EEXIST,
  EINVAL,
  EOPNOTSUPP,
  Errno,
  isLink,
  major,
  makedev,
  minor,
  O_APPEND,
  O_CREAT,
  O_DIRECT,
  O_DIRECTORY,
  O_EXCL,
  O_NOCTTY,
  O_NOFOLLOW,
  O_NONBLOCK,
  O_RDONLY,
  O_RDWR,
  O_SYNC,
  O_TRUNC,
  O_WRONLY,
  type Program,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFMT,
  S_IFREG,
  S_IFLNK,
  S_IFSOCK,
  type Stat,
  type Sys,
  type UTime,
} from '../../src/abi/index.ts'

const OPEN_FLAGS: Readonly<Record<string, number>> = {
  O_RDONLY,
  O_WRONLY,
  O_RDWR,
  O_NONBLOCK,
  O_APPEND,
  O_CREAT,
  O_TRUNC,
  O_EXCL,
  O_DIRECT,
  O_SYNC,
  O_NOFOLLOW,
  O_NOCTTY,
  O_DIRECTORY,
}
const TYPES: Readonly<Record<string, number>> = { c: S_IFCHR, b: S_IFBLK, f: S_IFIFO, d: S_IFDIR, o: S_IFREG }
const TYPE_NAMES = new Map([
  [S_IFIFO, 'fifo'],
  [S_IFCHR, 'char'],
  [S_IFDIR, 'dir'],
  [S_IFBLK, 'block'],
  [S_IFREG, 'regular'],
  [S_IFLNK, 'symlink'],
  [S_IFSOCK, 'socket'],
])
/** pathconf(3): of these limits glibc knows the first by itself. */
const LIMITS: Readonly<Record<string, (sys: Sys, path: string) => number | undefined>> = {
  _PC_NAME_MAX: (sys, path) => sys.statfs(path).namelen,
  _PC_PATH_MAX: () => 4096,
  _PC_LINK_MAX: (sys, path) => (sys.statfs(path).type === 0xef53 ? 65000 : 127),
  _PC_SYMLINK_MAX: () => undefined,
}

type Words = readonly string[]
/** One call; what it returns is printed, `0` if it returns nothing. `files` are what earlier calls have opened. */
type Call = (sys: Sys, words: Words, files: number[]) => Blocking<string | number | undefined | void>

/** strtoll(3) with base 0. */
function number(word = '0'): number {
  const [, sign, digits = ''] = /^(-?)(.*)$/.exec(word)!
  return (sign ? -1 : 1) * (/^0\d/.test(digits) ? Number.parseInt(digits, 8) : Number(digits))
}

/** A path; two words stand for addresses that cannot be read. */
const path = (word = ''): string =>
  word === 'NULL' || word === 'DEADCODE' ? (undefined as unknown as string) : word

const openFlags = (words = ''): number =>
  words.split(/[,|]/).reduce((flags, word) => flags | (OPEN_FLAGS[word] ?? 0), 0)

const FLAGS: Readonly<Record<string, number>> = { AT_REMOVEDIR, AT_SYMLINK_FOLLOW, AT_SYMLINK_NOFOLLOW }
/** The flags of a call in `at`, of which each has but one. */
const flag = (word = ''): number => FLAGS[word] ?? 0

const file = (files: readonly number[], word = ''): number => files[number(word)] ?? -1

/** The descriptor of the directory of a call in `at`. */
const dirfd = (files: readonly number[], word = ''): number =>
  word === 'AT_FDCWD' ? AT_FDCWD : word === 'BADFD' ? -1 : file(files, word)

/** The type, mode and device number of mknod(2). */
const node = ([type = '', mode, big, small]: Words): readonly [number, number] => [
  TYPES[type]! | number(mode),
  makedev(number(big), number(small)),
]

/** What bind(2) of a socket of the family AF_UNIX does to the file system. */
function bind(sys: Sys, name: string): void {
  try {
    sys.mknod(name, S_IFSOCK | 0o777, 0)
  } catch (e) {
    throw e === EEXIST ? EADDRINUSE : e
  }
}

/** "EOPNOTSUPP: The filesystem does not support changing the mode of a symbolic link." - fchmodat(2) */
function lchmod(sys: Sys, name: string, mode: number): void {
  if (isLink(sys.lstat(name))) throw EOPNOTSUPP
  sys.chmod(name, mode)
}

function time(seconds: string | undefined, nanoseconds: string | undefined): UTime {
  if (nanoseconds === 'UTIME_NOW') return 'now'
  if (nanoseconds === 'UTIME_OMIT') return 'omit'
  return { sec: number(seconds), nsec: number(nanoseconds) }
}

const FIELDS: Readonly<Record<string, (it: Stat) => string | number>> = {
  mode: it => `0${(it.mode & 0o7777).toString(8)}`,
  inode: it => it.ino,
  nlink: it => it.nlink,
  uid: it => it.uid | 0,
  gid: it => it.gid | 0,
  size: it => it.size,
  blocks: it => it.blocks,
  atime: it => it.atime.sec,
  atime_ns: it => it.atime.nsec,
  mtime: it => it.mtime.sec,
  mtime_ns: it => it.mtime.nsec,
  ctime: it => it.ctime.sec,
  ctime_ns: it => it.ctime.nsec,
  major: it => major(it.rdev),
  minor: it => minor(it.rdev),
  type: it => TYPE_NAMES.get(it.mode & S_IFMT) ?? 'unknown',
}
const fields = (it: Stat, wanted = ''): string =>
  wanted
    .split(',')
    .map(name => FIELDS[name]?.(it) ?? 'unknown')
    .join(',')

type Result = string | number | undefined | void

/** A call that does not block. */
const plain = (act: (sys: Sys, words: Words, files: number[]) => Result): Call =>
  function* (sys, words, files) {
    return act(sys, words, files)
  }

/** A call that may sleep, or end the program. */
const blocking = (act: (sys: Sys, words: Words, files: number[]) => Blocking<Result>): Call =>
  function* (sys, words, files) {
    return yield* act(sys, words, files)
  }

function pathconf(sys: Sys, name: string, what = ''): string | number {
  sys.stat(name)
  const limit = LIMITS[what]
  if (!limit) throw EINVAL
  return limit(sys, name) ?? 'unlimited'
}

const CALLS: Readonly<Record<string, Call>> = {
  *open(sys, [name, flags, mode], files) {
    files.push(yield* sys.open(path(name), openFlags(flags), number(mode)))
  },
  *openat(sys, [dir, name, flags, mode], files) {
    files.push(yield* sys.openat(dirfd(files, dir), path(name), openFlags(flags), number(mode)))
  },
  *create(sys, [name, mode]) {
    sys.close(yield* sys.open(path(name), O_CREAT | O_EXCL, number(mode)))
  },
  unlink: plain((sys, [name]) => sys.unlink(path(name))),
  unlinkat: plain((sys, [dir, name, flags], files) =>
    sys.unlinkat(dirfd(files, dir), path(name), flag(flags)),
  ),
  mkdir: plain((sys, [name, mode]) => sys.mkdir(path(name), number(mode))),
  mkdirat: plain((sys, [dir, name, mode], files) => sys.mkdirat(dirfd(files, dir), path(name), number(mode))),
  rmdir: plain((sys, [name]) => sys.rmdir(path(name))),
  link: plain((sys, [from, to]) => sys.link(path(from), path(to))),
  linkat: plain((sys, [fromDir, from, toDir, to, flags], files) =>
    sys.linkat(dirfd(files, fromDir), path(from), dirfd(files, toDir), path(to), flag(flags)),
  ),
  symlink: plain((sys, [target, name]) => sys.symlink(path(target), path(name))),
  symlinkat: plain((sys, [target, dir, name], files) =>
    sys.symlinkat(path(target), dirfd(files, dir), path(name)),
  ),
  rename: plain((sys, [from, to]) => sys.rename(path(from), path(to))),
  renameat: plain((sys, [fromDir, from, toDir, to], files) =>
    sys.renameat(dirfd(files, fromDir), path(from), dirfd(files, toDir), path(to)),
  ),
  mkfifo: plain((sys, [name, mode]) => sys.mknod(path(name), S_IFIFO | number(mode), 0)),
  mkfifoat: plain((sys, [dir, name, mode], files) =>
    sys.mknodat(dirfd(files, dir), path(name), S_IFIFO | number(mode), 0),
  ),
  mknod: plain((sys, [name, ...rest]) => sys.mknod(path(name), ...node(rest))),
  mknodat: plain((sys, [dir, name, ...rest], files) =>
    sys.mknodat(dirfd(files, dir), path(name), ...node(rest)),
  ),
  bind: plain((sys, [name]) => bind(sys, path(name))),
  chmod: plain((sys, [name, mode]) => sys.chmod(path(name), number(mode))),
  fchmod: plain((sys, [fd, mode], files) => sys.fchmod(file(files, fd), number(mode))),
  lchmod: plain((sys, [name, mode]) => lchmod(sys, path(name), number(mode))),
  fchmodat: plain((sys, [dir, name, mode, flags], files) => {
    const fd = dirfd(files, dir)
    if (flag(flags) && isLink(sys.fstatat(fd, path(name), AT_SYMLINK_NOFOLLOW))) throw EOPNOTSUPP
    sys.fchmodat(fd, path(name), number(mode))
  }),
  chown: plain((sys, [name, uid, gid]) => sys.chown(path(name), number(uid), number(gid))),
  fchown: plain((sys, [fd, uid, gid], files) => sys.fchown(file(files, fd), number(uid), number(gid))),
  lchown: plain((sys, [name, uid, gid]) => sys.lchown(path(name), number(uid), number(gid))),
  fchownat: plain((sys, [dir, name, uid, gid, flags], files) =>
    sys.fchownat(dirfd(files, dir), path(name), number(uid), number(gid), flag(flags)),
  ),
  truncate: blocking((sys, [name, length]) => sys.truncate(path(name), number(length))),
  ftruncate: blocking((sys, [fd, length], files) => sys.ftruncate(file(files, fd), number(length))),
  posix_fallocate: blocking((sys, [fd, offset, length], files) =>
    sys.fallocate(file(files, fd), 0, number(offset), number(length)),
  ),
  stat: plain((sys, [name, what]) => fields(sys.stat(path(name)), what)),
  lstat: plain((sys, [name, what]) => fields(sys.lstat(path(name)), what)),
  fstat: plain((sys, [fd, what], files) => fields(sys.fstat(file(files, fd)), what)),
  fstatat: plain((sys, [dir, name, flags, what], files) =>
    fields(sys.fstatat(dirfd(files, dir), path(name), flag(flags)), what),
  ),
  pathconf: plain((sys, [name, what]) => pathconf(sys, path(name), what)),
  fpathconf: plain((sys, [fd, what], files) => pathconf(sys, `/proc/self/fd/${file(files, fd)}`, what)),
  *pread(sys, [fd, count, offset], files) {
    return decode(yield* sys.pread(file(files, fd), number(count), number(offset)))
  },
  *pwrite(sys, [fd, text = '', offset], files) {
    yield* sys.pwrite(file(files, fd), text, number(offset))
  },
  *write(sys, [fd, text = ''], files) {
    yield* sys.write(file(files, fd), text)
  },
  utimensat: plain((sys, [dir, name, asec, ansec, msec, mnsec, flags], files) => {
    const [atime, mtime] = [time(asec, ansec), time(msec, mnsec)]
    sys.utimensat(path(name), atime, mtime, flag(flags) === 0, dirfd(files, dir))
  }),
}

/** The options before the first call; returns the words that follow them. */
function become(sys: Sys, words: Words): Words {
  const given = new Map<string, string>()
  let at = 0
  for (; /^-[gUu]$/.test(words[at] ?? ''); at += 2) given.set(words[at]!, words[at + 1] ?? '')
  const groups = given.get('-g')?.split(',').map(number)
  if (groups) sys.setgroups(groups)
  if (groups) sys.setresgid(-1, groups[0]!, -1)
  if (given.has('-u')) sys.setuid(number(given.get('-u')))
  sys.umask(number(given.get('-U')))
  return words.slice(words[at] === '--' ? at + 1 : at)
}

export const pjdfstest: Program = function* (sys, argv) {
  let words = become(sys, argv.slice(1))
  const files: number[] = []
  while (words.length) {
    const end = words.includes(':') ? words.indexOf(':') : words.length
    const [name = '', ...rest] = words.slice(0, end)
    words = words.slice(end + 1)
    const call = CALLS[name]
    if (!call) {
      yield* sys.write(2, `syscall '${name}' not supported\n`)
      return 1
    }
    try {
      yield* sys.write(1, `${(yield* call(sys, rest, files)) ?? 0}\n`)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* sys.write(1, `${e.name}\n`)
      return 1
    }
  }
  return 0
}
