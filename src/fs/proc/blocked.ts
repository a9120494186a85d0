/**
 * /proc/PID/syscall and stack: the call that a sleeping task is in. Linux: fs/proc/base.c:proc_pid_syscall(),
 * proc_pid_stack().
 *
 * Left out: the other functions of the stack, and pointers among the arguments (0).
 */
import { CAP_SYS_ADMIN, EACCES } from '../../abi/index.ts'
import { capable, type Kernel, shownWchan, type Task } from '../../kernel/index.ts'
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
  const thread = k.threads.get(task.id)
  if (task.state !== 'S' || !thread)
    return task.state === 'R' ? 'running\n' : `-1 ${hex(STACK)} ${hex(TEXT)}\n`
  const { call, a, b, c } = thread.sys as unknown as { call: string; a: unknown; b: unknown; c: unknown }
  const number = NUMBERS[call]
  if (number === undefined) return 'running\n'
  const args = [a, b, c, 0, 0, 0].map(it => hex(typeof it === 'number' && it >= 0 ? Math.floor(it) : 0))
  return `${number} ${args.join(' ')} ${hex(STACK)} ${hex(TEXT)}\n`
}

export function showStack(k: Kernel, task: Task, as: Caller): string {
  if (!capable(k, as.cred, CAP_SYS_ADMIN)) throw EACCES
  const wchan = shownWchan(k, task)
  if (!wchan) return ''
  return [wchan, 'do_syscall_64', 'entry_SYSCALL_64_after_hwframe']
    .map((name, i) => `[<0>] ${name}+${['0x9e/0x170', '0x5d/0xb0', '0x6e/0xd8'][i]}\n`)
    .join('')
}
