/**
 * What os, sys, time, threading, signal, select, struct, ctypes and socket have in python3's little language: one system call each.
 * Linux: CPython Modules/posixmodule.c, timemodule.c, socketmodule.c.
 */
import { type Blocking, CLOCK_MONOTONIC, CLOCK_REALTIME, EINTR, type Sys } from '../../../abi/index.ts'
import { type Process, readDir } from '../command.ts'
import { Unsupported } from './parser.ts'
import { ctypesMembers } from './ctypes.ts'
import { handleSignals, processMembers, signalMembers } from './processes.ts'
import { eventfdMembers, selectMembers, structMembers } from './select.ts'
import { fcntlMembers, osMembers, socketMembers } from './system.ts'
import type { Threads } from './threads.ts'
import { Bulk, Bytes, File, Func, LARGE, List, Module, osError, PyError, str, type Value } from './values.ts'
import { getcwd } from '../getcwd.ts'

/** sys.exit(). */
export class SystemExit {
  readonly value: Value
  constructor(value: Value) {
    this.value = value
  }
}

/** Modules that Python brings along and this host does not. */
const ELSEWHERE = new Set(
  `argparse array asyncio base64 collections contextlib copy csv datetime functools gc glob hashlib http
   io itertools json logging math mmap multiprocessing operator pathlib pickle platform pty random re resource
   shutil socketserver sqlite3 stat string subprocess tempfile traceback tracemalloc typing
   urllib uuid`.split(/\s+/),
)

/** ns of the clock that nobody sets. */
function nowOf(sys: Sys): number {
  const { sec, nsec } = sys.clock_gettime(CLOCK_MONOTONIC)
  return sec * 1e9 + nsec
}

/** The module of a name. */
export function moduleOf(at: Threads<unknown>, me: Process, argv: readonly string[], name: string): Module {
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
        ...osMembers(at),
        ...processMembers(at, me.envp),
        ...eventfdMembers(at),
        getcwd: fn(() => getcwd(at.sys)),
        chdir: fn(path => (at.sys.chdir(str(path!)), null)),
        chroot: fn(path => (at.sys.chroot(str(path!)), null)),
        mkdir: fn(path => (at.sys.mkdir(str(path!), 0o777), null)),
        unshare: fn(flags => (at.sys.unshare(Number(flags)), null)),
        listdir: slow(function* (path = '.') {
          return new List((yield* readDir(at.sys, str(path))).map(it => it.name))
        }),
        urandom: fn((count = 0n) => {
          const size = Number(count)
          return size >= LARGE
            ? new Bulk('bytes', size, size)
            : new Bytes(String.fromCharCode(...at.sys.getrandom(size)))
        }),
        getenv: fn(variable => me.env.get(str(variable!)) ?? null),
      })
    case 'time':
      return new Module('time', {
        sleep: slow(function* (seconds = 0n) {
          if (out.isTty) yield* out.flush(at.sys)
          const until = nowOf(at.sys) + Math.max(0, Number(seconds)) * 1e9
          for (;;)
            try {
              yield* at.sys.nanosleep(Math.max(0, until - nowOf(at.sys)))
              return null
            } catch (e) {
              if (e !== EINTR) throw e
              yield* handleSignals(at)
            }
        }),
        time: fn(() => {
          const { sec, nsec } = at.sys.clock_gettime(CLOCK_REALTIME)
          return sec + nsec / 1e9
        }),
      })
    case 'sys':
      return new Module('sys', {
        argv: new List([...argv]),
        exit: fn((status = null) => {
          throw new SystemExit(status)
        }),
        byteorder: 'little',
        stdout: new File(1),
        stdin: new File(0),
        stderr: new File(2),
      })
    case 'select':
      return new Module('select', selectMembers(at))
    case 'struct':
      return new Module('struct', structMembers)
    case 'fcntl':
      return new Module('fcntl', fcntlMembers(at))
    case 'threading':
      return new Module('threading', at.members())
    case 'signal':
      return new Module('signal', signalMembers(at))
    case 'ctypes':
      return new Module('ctypes', ctypesMembers(at))
    case 'socket':
      return new Module('socket', socketMembers(at))
  }
  if (ELSEWHERE.has(name.split('.')[0]!)) throw new Unsupported(`the module '${name}'`)
  throw new PyError('ModuleNotFoundError', `No module named '${name}'`)
}
