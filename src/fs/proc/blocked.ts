/**
 * /proc/PID/syscall and stack: the call that a sleeping task is in. Linux: fs/proc/base.c:proc_pid_syscall(),
 * proc_pid_stack().
 *
 * Left out: the functions between of the rarer calls, and pointers among the arguments (0).
 */
import { CAP_SYS_ADMIN, EACCES } from '../../abi/index.ts'
import { capable, isKthread, type Kernel, shownWchan, type Task } from '../../kernel/index.ts'
import type { Caller } from '../../vfs/index.ts'

/** Numbers of the calls that sleep. Linux: arch/x86/entry/syscalls/syscall_64.tbl. */
const NUMBERS: Readonly<Record<string, number>> = {
  read: 0,
  write: 1,
  poll: 7,
  tcsetattr: 16,
  tcsetpgrp: 16,
  pread: 17,
  pwrite: 18,
  pause: 34,
  execve: 59,
  wait4: 61,
  waitTracee: 61,
  kill: 62,
  flock: 73,
  sigsuspend: 130,
  nanosleep: 230,
  open: 257,
}

const hex = (value: number): string => `0x${value.toString(16)}`
const STACK = 0x7ffc00000538
const TEXT = 0x7f00000f4503

/** `running`, or the number, six arguments, the stack pointer and the instruction pointer. */
export function showSyscall(k: Kernel, task: Task): string {
  if (task.state === 'Z') return '-1 0x0 0x0\n'
  if (isKthread(task)) return task.state === 'R' ? 'running\n' : `0${' 0x0'.repeat(8)}\n`
  const thread = k.threads.get(task.id)
  if (task.state !== 'S' || !thread)
    return task.state === 'R' ? 'running\n' : `-1 ${hex(STACK)} ${hex(TEXT)}\n`
  const { call, a, b, c } = thread.sys as unknown as { call: string; a: unknown; b: unknown; c: unknown }
  const number = NUMBERS[call]
  if (number === undefined) return 'running\n'
  const args = [a, b, c, 0, 0, 0].map(it => hex(typeof it === 'number' && it >= 0 ? Math.floor(it) : 0))
  return `${number} ${args.join(' ')} ${hex(STACK)} ${hex(TEXT)}\n`
}

/** What a sleeping call stands in, by the function that sleeps (its wchan), innermost first. */
const FRAMES: Readonly<Record<string, readonly string[]>> = {
  __do_sys_pause: ['__do_sys_pause+0x24/0x50'],
  do_select: [
    'do_select+0x67c/0x840',
    'core_sys_select+0x1ba/0x3b0',
    'do_pselect.constprop.0+0xe9/0x180',
    '__x64_sys_pselect6+0x65/0x80',
  ],
  do_wait: ['do_wait+0x114/0x320', 'kernel_wait4+0xb4/0x160', '__do_sys_wait4+0xa2/0xb0'],
  hrtimer_nanosleep: [
    'hrtimer_nanosleep+0x9e/0x170',
    'common_nsleep+0x3f/0x50',
    '__x64_sys_clock_nanosleep+0xd8/0x140',
  ],
  locks_lock_inode_wait: ['locks_lock_inode_wait+0xb3/0x1d0', '__do_sys_flock+0x1a9/0x1e0'],
  pipe_read: ['pipe_read+0x3df/0x470', 'vfs_read+0x2db/0x310', 'ksys_read+0xb7/0xf0'],
  pipe_write: ['pipe_write+0x4c9/0x6e0', 'vfs_write+0x352/0x3f0', 'ksys_write+0xb7/0xf0'],
  sigsuspend: ['sigsuspend+0x77/0xb0', '__x64_sys_rt_sigsuspend+0x46/0x80'],
  wait_for_partner: [
    'wait_for_partner+0x63/0x110',
    'fifo_open+0x2bb/0x310',
    'do_dentry_open+0x1e2/0x410',
    'path_openat+0xb7d/0x1260',
    'do_filp_open+0xaf/0x160',
    'do_sys_openat2+0xaf/0x170',
    '__x64_sys_openat+0x6a/0xa0',
  ],
}
/** The same of the kernel's own threads: the function that the thread runs comes first, where it is another. */
const KTHREAD_FRAMES: Readonly<Record<string, readonly string[]>> = {
  devtmpfs_work_loop: ['devtmpfs_work_loop+0x317/0x320', 'devtmpfsd+0x22/0x2b'],
  hwrng_fillfn: ['hwrng_fillfn+0x124/0x260'],
  kauditd_thread: ['kauditd_thread+0x1ce/0x2d0'],
  kcompactd: ['kcompactd+0x3cf/0x420'],
  khugepaged: ['khugepaged+0x663/0x970'],
  kjournald2: ['kjournald2+0x265/0x280 [jbd2]'],
  ksm_scan_thread: ['ksm_scan_thread+0x148d/0x2320'],
  kswapd: ['kswapd+0x380/0x3a0'],
  oom_reaper: ['oom_reaper+0x24b/0x390'],
  rcu_gp_fqs_loop: ['rcu_gp_fqs_loop+0x141/0x560', 'rcu_gp_kthread+0xd8/0x1b0'],
  rcu_tasks_one_gp: ['rcu_tasks_one_gp+0x1df/0x3b0', 'rcu_tasks_kthread+0x2e/0x40'],
  rescuer_thread: ['rescuer_thread+0x2ae/0x3a0'],
  smpboot_thread_fn: ['smpboot_thread_fn+0x147/0x1d0'],
  watchdog: ['watchdog+0x7c/0x440'],
  worker_thread: ['worker_thread+0xaf/0x380'],
}
const KTHREAD_ENTRY = ['kthread+0xd7/0x100', 'ret_from_fork+0x1f/0x30']

function kthreadFrames(k: Kernel, { id, wchan }: Task): readonly string[] {
  if (id === k.kthreadd) return ['kthreadd+0x2bc/0x2d0', 'ret_from_fork+0x1f/0x30']
  return [...(KTHREAD_FRAMES[wchan] ?? []), ...KTHREAD_ENTRY]
}

const ENTRY = ['do_syscall_64+0x5d/0xb0', 'entry_SYSCALL_64_after_hwframe+0x6e/0xd8']

export function showStack(k: Kernel, task: Task, as: Caller): string {
  if (!capable(k, as.cred, CAP_SYS_ADMIN)) throw EACCES
  const wchan = shownWchan(k, task)
  if (!wchan) return ''
  const frames = isKthread(task)
    ? kthreadFrames(k, task)
    : [...(FRAMES[wchan] ?? [`${wchan}+0x9e/0x170`]), ...ENTRY]
  return frames.map(frame => `[<0>] ${frame}\n`).join('')
}
