/** What test(1), `[` and `[[` ask about files. Linux: coreutils test.c, bash test.c. */
import {
  Errno,
  isBlk,
  isChr,
  isDir,
  isFifo,
  isLink,
  isReg,
  isSock,
  R_OK,
  S_ISGID,
  S_ISUID,
  S_ISVTX,
  type Stat,
  type Sys,
  type Timespec,
  W_OK,
  X_OK,
} from '../../../abi/index.ts'

const ACCESS: Readonly<Record<string, number>> = { '-r': R_OK, '-w': W_OK, '-x': X_OK }

/** -e, -f and the other questions about a file; false for an operator that is not about files. */
export function fileTest(sys: Sys, operator: string, path: string): boolean {
  if (path === '') return false
  const mode = ACCESS[operator]
  if (mode !== undefined) return refusedIs(false, () => sys.access(path, mode, true) !== null)
  if (operator === '-h' || operator === '-L') return refusedIs(false, () => isLink(sys.lstat(path)))
  const it = statOf(sys, path)
  return it !== undefined && holds(sys, operator, it)
}

/** -nt, -ot and -ef; a file that is missing is older than any other, unless both are needed. */
export function compareFiles(
  sys: Sys,
  left: string,
  operator: string,
  right: string,
  needsBoth = false,
): boolean {
  const a = statOf(sys, left)
  const b = statOf(sys, right)
  if (operator === '-ef') return !!a && !!b && a.dev === b.dev && a.ino === b.ino
  const [one, other] = operator === '-nt' ? [a, b] : [b, a]
  return !!one && (other ? isAfter(one.mtime, other.mtime) : !needsBoth)
}

/** -t: whether a descriptor is a terminal. */
export const isTerminal = (sys: Sys, fd: number): boolean => refusedIs(false, () => fd >= 0 && sys.isatty(fd))

const isAfter = (a: Timespec, b: Timespec): boolean => a.sec > b.sec || (a.sec === b.sec && a.nsec > b.nsec)

function refusedIs<T>(otherwise: T, ask: () => T): T {
  try {
    return ask()
  } catch (e) {
    if (e instanceof Errno) return otherwise
    throw e
  }
}

/** A descriptor may be asked for by name although there is no /proc. bash: lib/sh/eaccess.c:sh_stat(). */
function statOf(sys: Sys, path: string): Stat | undefined {
  const fd = path.startsWith('/dev/fd/') ? /^\d+$/.exec(path.slice(8)) : null
  return refusedIs(undefined, () => (fd ? sys.fstat(Number(fd[0])) : sys.stat(path)))
}

function holds(sys: Sys, operator: string, it: Stat): boolean {
  switch (operator) {
    case '-f':
      return isReg(it)
    case '-d':
      return isDir(it)
    case '-s':
      return it.size > 0
    case '-b':
      return isBlk(it)
    case '-c':
      return isChr(it)
    case '-p':
      return isFifo(it)
    case '-S':
      return isSock(it)
    case '-g':
      return (it.mode & S_ISGID) !== 0
    case '-u':
      return (it.mode & S_ISUID) !== 0
    case '-k':
      return (it.mode & S_ISVTX) !== 0
    case '-O':
      return it.uid === sys.geteuid()
    case '-G':
      return it.gid === sys.getegid()
    case '-N':
      return isAfter(it.mtime, it.atime)
  }
  return operator === '-e' || operator === '-a'
}
