/**
 * The system call interface: all that a program knows of the kernel, besides the files it can open. Calls are
 * spelled as in section 2 of the manual pages and refuse by throwing an `Errno`. A call that may put the task to
 * sleep is `Blocking` and is called with `yield*`; every other call is a plain function.
 *
 * Where Linux writes through a pointer, the value is returned. Paths are text (see text.ts), contents are bytes.
 */
import type { EpollEvent } from './events.ts'
import type { NlMsg } from './netlink.ts'
import type { TraceEvent } from './ptrace.ts'
import type { Refusal } from './refusal.ts'
import type { SigHandler } from './signal.ts'
import type { Received, Ucred } from './socket.ts'
import type { Termios, Winsize } from './tty.ts'

/** What a sleeping task hands to the kernel. Opaque to programs; the kernel knows what it waits for. */
export type Wait = object

/** The result of something that may sleep: run it with `yield*`. */
export type Blocking<T> = Generator<Wait, T, void>

/** A point in time or a duration. Linux: struct timespec64. 0 <= nsec < 1e9. */
export interface Timespec {
  readonly sec: number
  readonly nsec: number
}

/** Linux: struct stat (struct statx for btime). */
export interface Stat {
  readonly dev: number
  readonly ino: number
  readonly mode: number
  readonly nlink: number
  readonly uid: number
  readonly gid: number
  readonly rdev: number
  readonly size: number
  readonly blksize: number
  /** In units of 512 bytes. */
  readonly blocks: number
  readonly atime: Timespec
  readonly mtime: Timespec
  readonly ctime: Timespec
  readonly btime: Timespec
}

/** Linux: struct statfs. `type` is the file system's magic number. */
export interface Statfs {
  readonly type: number
  readonly bsize: number
  readonly blocks: number
  readonly bfree: number
  readonly bavail: number
  readonly files: number
  readonly ffree: number
  readonly namelen: number
  readonly flags: number
  /** Two words that tell file systems apart; zeros where there is nothing to tell them by. */
  readonly fsid: readonly [number, number]
}

/** Linux: struct linux_dirent64. `type` is the S_IFMT part of the mode. */
export interface Dirent {
  readonly name: string
  readonly ino: number
  readonly type: number
}

/** A child that changed state, as wait4(2) reports it. `status` is the raw wait status; see wait.ts. */
export interface Waited {
  readonly pid: number
  readonly status: number
  readonly rusage: Rusage
}

/** Linux: struct rusage, the parts that are counted. Times in ns, maxrss in KiB. */
export interface Rusage {
  readonly utime: number
  readonly stime: number
  readonly maxrss: number
  readonly nvcsw: number
  readonly nivcsw: number
}

/** Linux: struct utsname. */
export interface Utsname {
  readonly sysname: string
  readonly nodename: string
  readonly release: string
  readonly version: string
  readonly machine: string
  readonly domainname: string
}

/** Linux: struct sysinfo. Sizes in bytes, loads as floating-point averages. */
export interface Sysinfo {
  readonly uptime: number
  readonly loads: readonly [number, number, number]
  readonly totalram: number
  readonly freeram: number
  readonly procs: number
}

/** Linux: struct rlimit. */
export interface Rlimit {
  readonly cur: number
  readonly max: number
}

/** Linux: struct sched_attr. Times in ns. */
export interface SchedAttr {
  readonly policy: number
  readonly flags: number
  readonly nice: number
  /** 1 to 99 under SCHED_FIFO and SCHED_RR, else 0. */
  readonly priority: number
  readonly runtime: number
  readonly deadline: number
  readonly period: number
}

/** Linux: struct pollfd. */
export interface PollFd {
  readonly fd: number
  readonly events: number
}

/** Linux: struct flock. Absent members are 0; `len` 0 reaches to the end of the file. */
export interface Flock {
  readonly type: number
  readonly whence?: number
  readonly start?: number
  readonly len?: number
  /** Who holds the lock that F_GETLK found; -1 for an open file description lock. */
  readonly pid?: number
}

/** One capability set each; capget(2). */
export interface Capabilities {
  readonly effective: bigint
  readonly permitted: bigint
  readonly inheritable: bigint
}

/** utimensat(2): a time, or leave it alone (UTIME_OMIT), or now (UTIME_NOW). */
export type UTime = Timespec | 'omit' | 'now'

/** A word of memory that threads share. */
export interface FutexWord {
  value: number
}

/** What a forked child runs: it gets its own `Sys` and exits with what it returns. */
export type Child = (sys: Sys) => Blocking<number>

/** What an executable file runs. The returned number is its exit status. `envp` holds `NAME=value`. */
export type Program = (sys: Sys, argv: readonly string[], envp: readonly string[]) => Blocking<number>

export interface Sys {
  // Processes: fork.c, exec.c, exit.c
  getpid(): number
  getppid(): number
  gettid(): number
  /**
   * Start a child that runs `child`; returns its pid as the caller's pid namespace numbers it. The generator cannot
   * return twice as clone(2) does, so what follows in the child is handed over. With CLONE_THREAD that is a thread of
   * the same process, which ends alone when its function returns. Errors: EAGAIN, ENOMEM, EPERM, EINVAL.
   */
  clone(flags: number, child: Child): number
  /** The word becomes 0, and one sleeper on it is woken, when the thread ends. Returns the thread's number. */
  set_tid_address(word: FutexWord): number
  /** FUTEX_WAIT while the word has the value, FUTEX_WAKE so many. `timeout` in ns. Errors: EAGAIN, EINTR, ETIMEDOUT. */
  futex(word: FutexWord, operation: number, value: number, timeout?: number): Blocking<number>
  /** Never returns when it succeeds: the program that called it is gone. */
  execve(path: string, argv: readonly string[], envp: readonly string[]): Blocking<never>
  /** Ends the calling thread. What the C library calls _exit is `exit_group`. */
  exit(status: number): Blocking<never>
  exit_group(status: number): Blocking<never>
  /** Undefined only with WNOHANG, when no child has changed. Errors: ECHILD, EINTR, EINVAL. */
  wait4(pid: number, options: number): Blocking<Waited | undefined>
  /** Compute for `ns` of CPU time. Also a point where signals arrive, quotas throttle and others get their turn. */
  burn(ns: number): Blocking<void>
  sched_yield(): Blocking<void>
  /** Set the size of the heap in bytes; the memory counts against limits. Errors: ENOMEM. May end in an OOM kill. */
  brk(bytes: number): Blocking<void>
  /** Use so many bytes of the heap from `from` on: no call, but what a program does; what is in swap comes back. */
  touch(from: number, bytes: number): Blocking<void>
  prctl(option: number, arg: number | string, arg3?: number): number | string
  /** Write over the memory that argv lies in, as setproctitle(3) does: /proc/PID/cmdline reads it. No call on Linux. */
  setproctitle(title: string): void

  // Identity: sys.c, capability.c
  getuid(): number
  geteuid(): number
  getgid(): number
  getegid(): number
  getgroups(): readonly number[]
  getresuid(): readonly [number, number, number]
  getresgid(): readonly [number, number, number]
  setuid(uid: number): void
  setgid(gid: number): void
  /** -1 leaves one alone. */
  setresuid(ruid: number, euid: number, suid: number): void
  setresgid(rgid: number, egid: number, sgid: number): void
  setgroups(groups: readonly number[]): void
  capget(pid: number): Capabilities
  capset(caps: Capabilities): void

  // Sessions and process groups
  getpgid(pid: number): number
  setpgid(pid: number, pgid: number): void
  getsid(pid: number): number
  setsid(): number

  // Signals: signal.c
  /** pid > 0 a process, 0 the own group, -1 all, < -1 a group. Yields because it may be the caller that dies. */
  kill(pid: number, signal: number): Blocking<void>
  /** One thread, by its own number; tgkill(2) also names its process. */
  tkill(tid: number, signal: number): Blocking<void>
  tgkill(tgid: number, tid: number, signal: number): Blocking<void>
  /** Returns the previous handler. */
  sigaction(signal: number, handler: SigHandler, flags?: number): SigHandler
  /** Returns the previous mask; bit n-1 stands for signal n. */
  sigprocmask(how: number, set: bigint): bigint
  sigpending(): bigint
  /** Sleep until a handler has run; always throws EINTR. */
  sigsuspend(mask: bigint): Blocking<never>
  pause(): Blocking<never>
  /** Seconds until SIGALRM, 0 to cancel; returns what was left. */
  alarm(seconds: number): number

  // Tracing: ptrace.c
  /** `data` are options. Errors: EPERM, ESRCH, EIO. The tracees of a tracer that dies go on untraced. */
  ptrace(request: number, pid: number, data: number): void
  /** The next event of a tracee; who stopped for the one before goes on. Errors: ECHILD without tracees, EINTR. */
  waitTracee(): Blocking<TraceEvent>

  // Time
  /** Throws EINTR when a signal handler ran before the time was over. */
  nanosleep(ns: number): Blocking<void>
  clock_gettime(clock: number): Timespec
  /** Errors: EINVAL for all but CLOCK_REALTIME and for no time, EPERM. */
  clock_settime(clock: number, time: Timespec): void
  getrusage(who: 'self' | 'children' | 'thread'): Rusage

  // Scheduling and limits
  /** The nice value, -20 to 19. */
  getpriority(which: number, who: number): number
  setpriority(which: number, who: number, nice: number): void
  /** `which` is 1 a process, 2 a group, 3 a user; class and level as one number (class << 13 | level). */
  ioprio_get(which: number, who: number): number
  ioprio_set(which: number, who: number, ioprio: number): void
  /** CPU numbers. */
  sched_getaffinity(pid: number): readonly number[]
  sched_setaffinity(pid: number, cpus: readonly number[]): void
  /** The policy, with SCHED_RESET_ON_FORK where that is set. */
  sched_getscheduler(pid: number): number
  /** Errors: EINVAL, EPERM, ESRCH. */
  sched_setscheduler(pid: number, policy: number, priority: number): void
  sched_getattr(pid: number): SchedAttr
  /** Errors: EINVAL, EPERM, ESRCH. */
  sched_setattr(pid: number, attr: SchedAttr): void
  /** The execution domain; 0xffffffff only asks. Returns the one before. */
  personality(persona: number): number
  prlimit(pid: number, resource: number, limit?: Rlimit): Rlimit
  umask(mask: number): number
  getcpu(): number

  // The host
  uname(): Utsname
  sethostname(name: string): void
  setdomainname(name: string): void
  sysinfo(): Sysinfo
  /** Errors: EPERM, EEXIST, ENOENT, ENOEXEC. */
  finit_module(fd: number): Blocking<void>
  /** Errors: EPERM, ENOENT, EAGAIN. */
  delete_module(name: string): void
  /** Of Vitrine: what the task `pid` and its descendants were refused, and why; the newest last. ESRCH, EPERM. */
  refusals(pid: number): readonly Refusal[]
  getrandom(bytes: number): Uint8Array

  // Namespaces and mounts
  unshare(flags: number): void
  setns(fd: number, nstype: number): void
  chroot(path: string): void
  pivot_root(newRoot: string, putOld: string): void
  mount(source: string, target: string, fstype: string, flags: number, data?: string): void
  umount2(target: string, flags: number): void

  // System V IPC: the objects, not what goes through them
  /** Returns an id. Errors: ENOENT, EEXIST, EACCES, ENOSPC. */
  msgget(key: number, flags: number): number
  semget(key: number, count: number, flags: number): number
  shmget(key: number, size: number, flags: number): number
  /** `command` is IPC_RMID. Errors: EINVAL, EPERM. */
  msgctl(id: number, command: number): void
  semctl(id: number, command: number): void
  shmctl(id: number, command: number): void

  // Descriptors
  open(path: string, flags: number, mode?: number): Blocking<number>
  close(fd: number): void
  /** At most `count` bytes; an empty array is the end of the file. */
  read(fd: number, count: number): Blocking<Uint8Array>
  pread(fd: number, count: number, offset: number): Blocking<Uint8Array>
  /** Writes all it is given unless the device, a limit or a signal stops it; returns the bytes written. Text is UTF-8. */
  write(fd: number, data: Uint8Array | string): Blocking<number>
  pwrite(fd: number, data: Uint8Array | string, offset: number): Blocking<number>
  lseek(fd: number, offset: number, whence: number): number
  dup(fd: number): number
  dup2(from: number, to: number): number
  dup3(from: number, to: number, flags: number): number
  pipe2(flags: number): readonly [read: number, write: number]
  /** A file in memory that no path leads to. Errors: EINVAL, EMFILE. */
  memfd_create(name: string, flags: number): number
  fcntl(fd: number, command: number, arg?: number): number
  /** fcntl(2) with F_GETLK, F_SETLK, F_SETLKW or their OFD kin. Errors: EAGAIN, EDEADLK, EBADF, EINVAL, EINTR. */
  fcntl_lock(fd: number, command: number, lock: Flock): Blocking<Flock>
  /** The returned events, one number a descriptor. timeout in ms, -1 for ever. */
  poll(fds: readonly PollFd[], timeout: number): Blocking<readonly number[]>
  flock(fd: number, operation: number): Blocking<void>
  fsync(fd: number): Blocking<void>
  ftruncate(fd: number, length: number): Blocking<void>
  fallocate(fd: number, mode: number, offset: number, length: number): Blocking<void>
  sync(): Blocking<void>
  swapon(path: string, flags: number): Blocking<void>
  swapoff(path: string): Blocking<void>

  // inotify(7): reading the descriptor gives events, see inotify.ts
  /** Errors: EINVAL, EMFILE. */
  inotify_init1(flags: number): number
  /** Returns a watch descriptor. Errors: EINVAL, ENOTDIR, EEXIST, ENOSPC, EACCES and those of a path walk. */
  inotify_add_watch(fd: number, path: string, mask: number): number
  inotify_rm_watch(fd: number, wd: number): void

  /** Errors: EINVAL, EMFILE. */
  eventfd2(count: number, flags: number): number
  // epoll(7)
  /** Errors: EINVAL, EMFILE. */
  epoll_create1(flags: number): number
  /** Errors: EBADF, EPERM, EINVAL, EEXIST, ENOENT. */
  epoll_ctl(epfd: number, op: number, fd: number, event: EpollEvent): void
  /** timeout in ms, -1 for ever. Errors: EBADF, EINVAL, EINTR. */
  epoll_wait(epfd: number, most: number, timeout: number): Blocking<readonly EpollEvent[]>

  // Sockets: unix(7). An address is a path, or a name that begins with NUL; empty for none
  /** Errors: EAFNOSUPPORT, ESOCKTNOSUPPORT, EPROTONOSUPPORT, EINVAL, EMFILE. */
  socket(domain: number, type: number, protocol?: number): number
  socketpair(domain: number, type: number, protocol?: number): readonly [number, number]
  bind(fd: number, address: string): void
  listen(fd: number, backlog: number): void
  accept4(fd: number, flags: number): Blocking<number>
  connect(fd: number, address: string): Blocking<void>
  sendto(fd: number, data: Uint8Array | string, flags: number, address?: string): Blocking<number>
  recvfrom(fd: number, count: number, flags: number): Blocking<Received>
  shutdown(fd: number, how: number): void
  /** On a netlink(7) socket: the answers are there when it returns. Errors: EOPNOTSUPP, ENOTSOCK. */
  sendmsg(fd: number, message: NlMsg): void
  recvmsg(fd: number): Blocking<readonly NlMsg[]>
  getsockname(fd: number): string
  getpeername(fd: number): string
  /** An option of SOL_SOCKET. */
  getsockopt(fd: number, option: number): number | Ucred

  // Terminals: ioctl_tty(2)
  isatty(fd: number): boolean
  tcgetattr(fd: number): Termios
  /** `when` is TCSETS, TCSETSW or TCSETSF. Blocking because a background process is stopped by SIGTTOU. */
  tcsetattr(fd: number, when: number, termios: Termios): Blocking<void>
  tcgetpgrp(fd: number): number
  tcsetpgrp(fd: number, pgrp: number): Blocking<void>
  tiocgwinsz(fd: number): Winsize
  tiocswinsz(fd: number, size: Winsize): void
  /** The other ioctl(2) requests, by number: FIONREAD, TIOCSCTTY, NS_GET_*, …; a structure is its bytes, which are read or filled. */
  ioctl(fd: number, request: number, arg?: number | Uint8Array): number

  // Names
  stat(path: string): Stat
  lstat(path: string): Stat
  fstat(fd: number): Stat
  /** By the real ids, as access(2); with `effective` by the effective ones, as faccessat(AT_EACCESS). */
  access(path: string, mode: number, effective?: boolean): void
  statfs(path: string): Statfs
  fstatfs(fd: number): Statfs
  getdents(fd: number): readonly Dirent[]
  getcwd(): string
  chdir(path: string): void
  fchdir(fd: number): void
  mkdir(path: string, mode: number): void
  mknod(path: string, mode: number, dev: number): void
  rmdir(path: string): void
  unlink(path: string): void
  link(from: string, to: string): void
  /** Follows `from` if it is a symbolic link: linkat(2) with AT_SYMLINK_FOLLOW. */
  linkFollow(from: string, to: string): void
  symlink(target: string, path: string): void
  readlink(path: string): string
  rename(from: string, to: string): void
  renameat2(from: string, to: string, flags: number): void
  chmod(path: string, mode: number): void
  fchmod(fd: number, mode: number): void
  /** -1 leaves one alone. */
  chown(path: string, uid: number, gid: number): void
  lchown(path: string, uid: number, gid: number): void
  fchown(fd: number, uid: number, gid: number): void
  truncate(path: string, length: number): Blocking<void>
  /** A relative path begins at `dirfd`, without it at the working directory. */
  utimensat(path: string, atime: UTime, mtime: UTime, follow?: boolean, dirfd?: number): void
  getxattr(path: string, name: string, follow?: boolean): Uint8Array
  setxattr(path: string, name: string, value: Uint8Array, flags: number, follow?: boolean): void
  listxattr(path: string, follow?: boolean): readonly string[]
  removexattr(path: string, name: string, follow?: boolean): void

  // Names below an open directory; AT_FDCWD is the working directory. Errors: EBADF, ENOTDIR besides those of a path walk.
  openat(dirfd: number, path: string, flags: number, mode?: number): Blocking<number>
  mkdirat(dirfd: number, path: string, mode: number): void
  mknodat(dirfd: number, path: string, mode: number, dev: number): void
  /** As rmdir(2) with AT_REMOVEDIR. */
  unlinkat(dirfd: number, path: string, flags: number): void
  linkat(fromFd: number, from: string, toFd: number, to: string, flags: number): void
  symlinkat(target: string, dirfd: number, path: string): void
  readlinkat(dirfd: number, path: string): string
  renameat(fromFd: number, from: string, toFd: number, to: string): void
  fchmodat(dirfd: number, path: string, mode: number): void
  fchownat(dirfd: number, path: string, uid: number, gid: number, flags: number): void
  fstatat(dirfd: number, path: string, flags: number): Stat
}
