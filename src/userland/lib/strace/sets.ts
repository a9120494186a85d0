/**
 * Which calls there are, and the sets of them that -e trace= knows: %file, %process, … Linux:
 * arch/x86/entry/syscalls/syscall_64.tbl; strace(1), "Filtering".
 */

/** By number: 0 to 334, then 424 on. */
const TABLE = `read write open close stat fstat lstat poll lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask
rt_sigreturn ioctl pread64 pwrite64 readv writev access pipe select sched_yield mremap msync mincore madvise shmget
shmat shmctl dup dup2 pause nanosleep getitimer alarm setitimer getpid sendfile socket connect accept sendto recvfrom
sendmsg recvmsg shutdown bind listen getsockname getpeername socketpair setsockopt getsockopt clone fork vfork execve
exit wait4 kill uname semget semop semctl shmdt msgget msgsnd msgrcv msgctl fcntl flock fsync fdatasync truncate
ftruncate getdents getcwd chdir fchdir rename mkdir rmdir creat link unlink symlink readlink chmod fchmod chown fchown
lchown umask gettimeofday getrlimit getrusage sysinfo times ptrace getuid syslog getgid setuid setgid geteuid getegid
setpgid getppid getpgrp setsid setreuid setregid getgroups setgroups setresuid getresuid setresgid getresgid getpgid
setfsuid setfsgid getsid capget capset rt_sigpending rt_sigtimedwait rt_sigqueueinfo rt_sigsuspend sigaltstack utime
mknod uselib personality ustat statfs fstatfs sysfs getpriority setpriority sched_setparam sched_getparam
sched_setscheduler sched_getscheduler sched_get_priority_max sched_get_priority_min sched_rr_get_interval mlock
munlock mlockall munlockall vhangup modify_ldt pivot_root _sysctl prctl arch_prctl adjtimex setrlimit chroot sync acct
settimeofday mount umount2 swapon swapoff reboot sethostname setdomainname iopl ioperm create_module init_module
delete_module get_kernel_syms query_module quotactl nfsservctl getpmsg putpmsg afs_syscall tuxcall security gettid
readahead setxattr lsetxattr fsetxattr getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr removexattr
lremovexattr fremovexattr tkill time futex sched_setaffinity sched_getaffinity set_thread_area io_setup io_destroy
io_getevents io_submit io_cancel get_thread_area lookup_dcookie epoll_create epoll_ctl_old epoll_wait_old
remap_file_pages getdents64 set_tid_address restart_syscall semtimedop fadvise64 timer_create timer_settime
timer_gettime timer_getoverrun timer_delete clock_settime clock_gettime clock_getres clock_nanosleep exit_group
epoll_wait epoll_ctl tgkill utimes vserver mbind set_mempolicy get_mempolicy mq_open mq_unlink mq_timedsend
mq_timedreceive mq_notify mq_getsetattr kexec_load waitid add_key request_key keyctl ioprio_set ioprio_get
inotify_init inotify_add_watch inotify_rm_watch migrate_pages openat mkdirat mknodat fchownat futimesat newfstatat
unlinkat renameat linkat symlinkat readlinkat fchmodat faccessat pselect6 ppoll unshare set_robust_list
get_robust_list splice tee sync_file_range vmsplice move_pages utimensat epoll_pwait signalfd timerfd_create eventfd
fallocate timerfd_settime timerfd_gettime accept4 signalfd4 eventfd2 epoll_create1 dup3 pipe2 inotify_init1 preadv
pwritev rt_tgsigqueueinfo perf_event_open recvmmsg fanotify_init fanotify_mark prlimit64 name_to_handle_at
open_by_handle_at clock_adjtime syncfs sendmmsg setns getcpu process_vm_readv process_vm_writev kcmp finit_module
sched_setattr sched_getattr renameat2 seccomp getrandom memfd_create kexec_file_load bpf execveat userfaultfd
membarrier mlock2 copy_file_range preadv2 pwritev2 pkey_mprotect pkey_alloc pkey_free statx io_pgetevents rseq`
const LATER = `pidfd_send_signal io_uring_setup io_uring_enter io_uring_register open_tree move_mount fsopen fsconfig
fsmount fspick pidfd_open clone3 close_range openat2 pidfd_getfd faccessat2 process_madvise epoll_pwait2
mount_setattr quotactl_fd landlock_create_ruleset landlock_add_rule landlock_restrict_self memfd_secret
process_mrelease futex_waitv set_mempolicy_home_node`

const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...TABLE.split(/\s+/).map((name, i) => [name, i] as const),
  ...LATER.split(/\s+/).map((name, i) => [name, 424 + i] as const),
])
export const callNumber = (name: string): number => NUMBERS.get(name) ?? 0

const words = (text: string): readonly string[] => text.split(/\s+/)
const STAT = words('stat')
const LSTAT = words('lstat')
const FSTAT = words('fstat newfstatat statx')
const STATFS = words('statfs')
const FSTATFS = words('fstatfs')

const SETS: Readonly<Record<string, readonly string[]>> = {
  file: words(`open stat lstat access execve truncate getcwd chdir rename mkdir rmdir creat link unlink symlink
    readlink chmod chown lchown utime mknod uselib statfs pivot_root chroot acct mount umount2 swapon swapoff
    quotactl setxattr lsetxattr getxattr lgetxattr listxattr llistxattr removexattr lremovexattr utimes
    inotify_add_watch openat mkdirat mknodat fchownat futimesat newfstatat unlinkat renameat linkat symlinkat
    readlinkat fchmodat faccessat utimensat fanotify_mark name_to_handle_at renameat2 execveat statx open_tree
    move_mount fspick openat2 faccessat2 mount_setattr`),
  process:
    words(`clone fork vfork execve exit wait4 arch_prctl exit_group waitid unshare setns execveat clone3
    kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal pidfd_open process_mrelease`),
  network:
    words(`sendfile socket connect accept sendto recvfrom sendmsg recvmsg shutdown bind listen getsockname
    getpeername socketpair setsockopt getsockopt getpmsg putpmsg accept4 recvmmsg sendmmsg`),
  signal:
    words(`rt_sigaction rt_sigprocmask rt_sigreturn pause kill rt_sigpending rt_sigtimedwait rt_sigqueueinfo
    rt_sigsuspend sigaltstack tkill tgkill signalfd signalfd4 rt_tgsigqueueinfo pidfd_send_signal`),
  ipc: words('shmget shmat shmctl semget semop semctl shmdt msgget msgsnd msgrcv msgctl semtimedop'),
  desc: words(`read write open close fstat poll lseek mmap ioctl pread64 pwrite64 readv writev pipe select dup dup2
    sendfile fcntl flock fsync fdatasync ftruncate getdents fchdir creat fchmod fchown fstatfs readahead fsetxattr
    fgetxattr flistxattr fremovexattr epoll_create getdents64 fadvise64 epoll_wait epoll_ctl mq_open mq_timedsend
    mq_timedreceive mq_notify mq_getsetattr inotify_init inotify_add_watch inotify_rm_watch openat mkdirat mknodat
    fchownat futimesat newfstatat unlinkat renameat linkat symlinkat readlinkat fchmodat faccessat pselect6 ppoll
    splice tee sync_file_range vmsplice utimensat epoll_pwait signalfd timerfd_create eventfd fallocate
    timerfd_settime timerfd_gettime signalfd4 eventfd2 epoll_create1 dup3 pipe2 inotify_init1 preadv pwritev
    perf_event_open fanotify_init fanotify_mark name_to_handle_at open_by_handle_at syncfs setns finit_module
    renameat2 memfd_create kexec_file_load bpf execveat userfaultfd copy_file_range preadv2 pwritev2 statx
    pidfd_send_signal io_uring_setup io_uring_enter io_uring_register open_tree move_mount fsopen fsconfig fsmount
    fspick pidfd_open close_range openat2 pidfd_getfd faccessat2 epoll_pwait2 mount_setattr quotactl_fd
    memfd_secret`),
  memory:
    words(`mmap mprotect munmap brk mremap msync mincore madvise shmat shmdt mlock munlock mlockall munlockall
    remap_file_pages mbind set_mempolicy get_mempolicy migrate_pages move_pages mlock2 pkey_mprotect io_setup
    io_destroy process_madvise set_mempolicy_home_node`),
  creds:
    words(`getuid getgid setuid setgid geteuid getegid setreuid setregid getgroups setgroups setresuid getresuid
    setresgid getresgid setfsuid setfsgid capget capset prctl`),
  clock: words(
    'gettimeofday adjtimex settimeofday time clock_settime clock_gettime clock_getres clock_adjtime',
  ),
  pure: words('getpid getuid getgid geteuid getegid getppid getpgrp gettid'),
  stat: STAT,
  lstat: LSTAT,
  fstat: FSTAT,
  '%stat': [...STAT, ...LSTAT, ...FSTAT],
  statfs: STATFS,
  fstatfs: FSTATFS,
  '%statfs': [...STATFS, ...FSTATFS, 'ustat'],
}
/** Sets that are also known without the percent sign. */
const BARE: ReadonlySet<string> = new Set(['file', 'process', 'network', 'signal', 'ipc', 'desc', 'memory'])

export class InvalidCall {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** The calls that one word of -e trace= stands for. */
function members(word: string): readonly string[] {
  if (word.startsWith('/')) return matching(word)
  const optional = word.startsWith('?')
  const name = optional ? word.slice(1) : word
  if (NUMBERS.has(name)) return [name]
  const set = name.startsWith('%') ? name.slice(1) : BARE.has(name) ? name : ''
  const found = SETS[set === 'net' ? 'network' : set === 'sched' ? '' : set]
  if (found) return found
  const byNumber = /^\d+$/.test(name) ? [...NUMBERS].find(([, it]) => it === Number(name))?.[0] : undefined
  if (byNumber) return [byNumber]
  if (optional) return []
  throw new InvalidCall(word)
}

function matching(word: string): readonly string[] {
  let pattern: RegExp
  try {
    pattern = new RegExp(word.slice(1))
  } catch {
    throw new InvalidCall(word)
  }
  const names = [...NUMBERS.keys()].filter(name => pattern.test(name))
  if (!names.length) throw new InvalidCall(word)
  return names
}

/** What `all`, `none`, `!%file` or `open,close` lets through. Throws InvalidCall. */
export function callFilter(text: string): (name: string) => boolean {
  if (text === 'all') return () => true
  if (text === 'none') return () => false
  if (text.startsWith('!')) {
    const inner = callFilter(text.slice(1))
    return name => !inner(name)
  }
  const names = new Set(text.split(',').flatMap(members))
  return name => names.has(name)
}
