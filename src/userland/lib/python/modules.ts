/**
 * What os, sys, time and socket have in python3's little language: one system call each.
 * Linux: CPython Modules/posixmodule.c, timemodule.c, socketmodule.c.
 */
import { type Blocking, CLOCK_REALTIME, type Sys } from '../../../abi/index.ts'
import { type Process, readDir } from '../command.ts'
import { Unsupported } from './parser.ts'
import { fcntlMembers, osMembers, socketMembers } from './system.ts'
import { Bulk, Bytes, File, Func, LARGE, List, Module, osError, PyError, str, type Value } from './values.ts'

/** sys.exit(). */
export class SystemExit {
  readonly value: Value
  constructor(value: Value) {
    this.value = value
  }
}

/** Modules that Python brings along and this host does not. */
const ELSEWHERE = new Set(
  `argparse array asyncio base64 collections contextlib copy csv ctypes datetime functools gc glob hashlib http
   io itertools json logging math mmap multiprocessing operator pathlib pickle platform pty random re resource select
   shutil signal socketserver sqlite3 stat string struct subprocess tempfile threading traceback tracemalloc typing
   urllib uuid`.split(/\s+/),
)

/** The module of a name. */
export function moduleOf(sys: Sys, me: Process, argv: readonly string[], name: string): Module {
  const fn = (call: (...args: Value[]) => Value): Func =>
    new Func('', function* (args) {
      try {
        return call(...args)
      } catch (e) {
        throw osError(e, '')
      }
    })
  const slow = (call: (...args: Value[]) => Blocking<Value>): Func =>
    new Func('', function* (args) {
      try {
        return yield* call(...args)
      } catch (e) {
        throw osError(e, '')
      }
    })
  const out = me.out
  switch (name) {
    case 'os':
      return new Module('os', {
        ...osMembers(sys),
        getpid: fn(() => BigInt(sys.getpid())),
        getppid: fn(() => BigInt(sys.getppid())),
        getuid: fn(() => BigInt(sys.getuid())),
        geteuid: fn(() => BigInt(sys.geteuid())),
        getgid: fn(() => BigInt(sys.getgid())),
        getcwd: fn(() => sys.getcwd()),
        chdir: fn(path => (sys.chdir(str(path!)), null)),
        chroot: fn(path => (sys.chroot(str(path!)), null)),
        mkdir: fn(path => (sys.mkdir(str(path!), 0o777), null)),
        unshare: fn(flags => (sys.unshare(Number(flags)), null)),
        cpu_count: fn(() => BigInt(sys.sched_getaffinity(0).length)),
        listdir: slow(function* (path = '.') {
          return new List((yield* readDir(sys, str(path))).map(it => it.name))
        }),
        kill: slow(function* (pid = 0n, signal = 0n) {
          yield* sys.kill(Number(pid), Number(signal))
          return null
        }),
        urandom: fn((count = 0n) => {
          const size = Number(count)
          return size >= LARGE
            ? new Bulk('bytes', size, size)
            : new Bytes(String.fromCharCode(...sys.getrandom(size)))
        }),
        getenv: fn(variable => me.env.get(str(variable!)) ?? null),
      })
    case 'time':
      return new Module('time', {
        sleep: slow(function* (seconds = 0n) {
          yield* out.flush()
          yield* sys.nanosleep(Math.max(0, Number(seconds)) * 1e9)
          return null
        }),
        time: fn(() => {
          const { sec, nsec } = sys.clock_gettime(CLOCK_REALTIME)
          return sec + nsec / 1e9
        }),
      })
    case 'sys':
      return new Module('sys', {
        argv: new List([...argv]),
        exit: fn((status = null) => {
          throw new SystemExit(status)
        }),
        stdout: new File(1),
        stdin: new File(0),
        stderr: new File(2),
      })
    case 'fcntl':
      return new Module('fcntl', fcntlMembers(sys))
    case 'socket':
      return new Module('socket', socketMembers(sys))
  }
  if (ELSEWHERE.has(name.split('.')[0]!)) throw new Unsupported(`the module '${name}'`)
  throw new PyError('ModuleNotFoundError', `No module named '${name}'`)
}
