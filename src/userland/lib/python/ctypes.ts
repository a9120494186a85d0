/**
 * ctypes.CDLL(None): the C library's names for system calls that Python has no function for, and syscall(2) by number.
 * They return -1 and set an error number, as in C. Linux: CPython Modules/_ctypes; x86_64's syscall_64.tbl.
 *
 * Left out: all other libraries, structures and pointers; arguments are numbers, and bytes for texts.
 */
import { type Blocking, Errno, type Sys } from '../../../abi/index.ts'
import { Unsupported } from './parser.ts'
import type { Running } from './processes.ts'
import { Bytes, Func, Instance, type Value } from './values.ts'

type Argument = number | string
type Call = (sys: Sys, ...args: Argument[]) => Blocking<unknown>

/** A call that does not sleep, with its arguments as numbers. */
const plain = (run: (sys: Sys, ...args: number[]) => unknown): Call =>
  function* (sys, ...args) {
    return run(sys, ...args.map(Number))
  }
const blocking =
  (run: (sys: Sys, ...args: number[]) => Blocking<unknown>): Call =>
  (sys, ...args) =>
    run(sys, ...args.map(Number))

/** By name, with the number that syscall() knows it by. */
const CALLS: Readonly<Record<string, readonly [number, Call]>> = {
  sched_yield: [24, blocking(sys => sys.sched_yield())],
  pause: [34, blocking(sys => sys.pause())],
  getpid: [39, plain(sys => sys.getpid())],
  exit: [60, blocking((sys, status) => sys.exit(status!))],
  kill: [62, blocking((sys, pid, signal) => sys.kill(pid!, signal!))],
  getuid: [102, plain(sys => sys.getuid())],
  setuid: [105, plain((sys, uid) => sys.setuid(uid!))],
  setgid: [106, plain((sys, gid) => sys.setgid(gid!))],
  geteuid: [107, plain(sys => sys.geteuid())],
  setpgid: [109, plain((sys, pid, pgid) => sys.setpgid(pid!, pgid!))],
  getppid: [110, plain(sys => sys.getppid())],
  setsid: [112, plain(sys => sys.setsid())],
  setresuid: [117, plain((sys, ruid, euid, suid) => sys.setresuid(ruid!, euid!, suid!))],
  setresgid: [119, plain((sys, rgid, egid, sgid) => sys.setresgid(rgid!, egid!, sgid!))],
  getpgid: [121, plain((sys, pid) => sys.getpgid(pid!))],
  getsid: [124, plain((sys, pid) => sys.getsid(pid!))],
  personality: [135, plain((sys, persona) => sys.personality(persona!))],
  getpriority: [140, plain((sys, which, who) => 20 - sys.getpriority(which!, who!))],
  setpriority: [141, plain((sys, which, who, nice) => sys.setpriority(which!, who!, nice!))],
  prctl: [
    157,
    function* (sys, option, ...args) {
      return sys.prctl(Number(option), args[0] ?? 0, Number(args[1] ?? 0))
    },
  ],
  gettid: [186, plain(sys => sys.gettid())],
  tkill: [200, blocking((sys, tid, signal) => sys.tkill(tid!, signal!))],
  exit_group: [231, blocking((sys, status) => sys.exit_group(status!))],
  tgkill: [234, blocking((sys, tgid, tid, signal) => sys.tgkill(tgid!, tid!, signal!))],
  inotify_init: [253, plain(sys => sys.inotify_init1(0))],
  inotify_add_watch: [
    254,
    function* (sys, fd, path, mask) {
      return sys.inotify_add_watch(Number(fd), String(path), Number(mask))
    },
  ],
  inotify_rm_watch: [255, plain((sys, fd, wd) => sys.inotify_rm_watch(fd!, wd!))],
  unshare: [272, plain((sys, flags) => sys.unshare(flags!))],
  eventfd: [290, plain((sys, count, flags) => sys.eventfd2(count!, flags!))],
  inotify_init1: [294, plain((sys, flags) => sys.inotify_init1(flags!))],
  setns: [308, plain((sys, fd, kind) => sys.setns(fd!, kind!))],
}
const BY_NUMBER = new Map(Object.values(CALLS).map(([number, call]) => [number, call]))

const argument = (it: Value): Argument => (it instanceof Bytes ? it.text : Number(it))

export function ctypesMembers(at: Running): Record<string, Value> {
  let errno = 0
  const make = (name: string, run: (args: Argument[]) => Blocking<unknown>): Func =>
    new Func(name, function* (args) {
      try {
        const result = yield* run(args.map(argument))
        return typeof result === 'number' ? BigInt(result) : 0n
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        errno = e.errno
        return -1n
      }
    })
  const library = new Instance('CDLL', {})
  for (const [name, [, call]] of Object.entries(CALLS))
    library.members.set(
      name,
      make(name, args => call(at.sys, ...args)),
    )
  library.members.set(
    'syscall',
    make('syscall', ([number, ...args]) => {
      const call = BY_NUMBER.get(Number(number))
      if (!call) throw new Unsupported(`the system call ${number}`)
      return call(at.sys, ...args)
    }),
  )
  const load = new Func('CDLL', function* ([name = null]) {
    if (name !== null && name !== 'libc.so.6') throw new Unsupported('a library other than the C library')
    return library
  })
  return {
    CDLL: load,
    get_errno: new Func('get_errno', function* () {
      return BigInt(errno)
    }),
  }
}
