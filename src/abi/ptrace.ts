/**
 * ptrace(2): its requests and options, and what a tracer is told of its tracees. Where Linux has a tracer put together
 * wait4(2), PTRACE_GET_SYSCALL_INFO and PTRACE_GETSIGINFO, one event says it all. Linux: include/uapi/linux/ptrace.h.
 */
import type { Errno } from './errno.ts'

export const PTRACE_DETACH = 17
export const PTRACE_SEIZE = 0x4206

/** Follow children: PTRACE_O_TRACEFORK, VFORK and CLONE in one, because there is one call that makes children. */
export const PTRACE_O_TRACECLONE = 0x0e

/** Linux: siginfo_t, as far as a signal says where it comes from. */
export interface SigInfo {
  readonly signo: number
  /** SI_USER, SI_KERNEL, CLD_EXITED, … by name. */
  readonly code: string
  /** The sender, or the child that changed, as its receiver's pid namespace numbers it; not with SI_KERNEL. */
  readonly pid?: number
  readonly uid?: number
  /** Of a child: the exit status or the signal, and its CPU times in clock ticks. */
  readonly status?: number
  readonly utime?: number
  readonly stime?: number
}

/** What happened in a tracee. */
export type TraceStop =
  /** Child of a tracee, traced from its birth. */
  | { readonly type: 'attached' }
  /** A call begins; `resumed` if it was under way when the tracer came. */
  | {
      readonly type: 'enter'
      readonly name: string
      readonly args: readonly unknown[]
      readonly resumed?: boolean
    }
  /** It returns; with `restart` a signal ended it, and the kernel will see whether it is started again. */
  | {
      readonly type: 'exit'
      readonly name: string
      readonly args: readonly unknown[]
      readonly result: unknown
      readonly errno: Errno | undefined
      readonly restart?: boolean
      /** It never will return. */
      readonly never?: boolean
      /** CPU time it took, in ns. */
      readonly cpu: number
    }
  | { readonly type: 'signal'; readonly info: SigInfo }
  | { readonly type: 'stopped'; readonly signal: number }
  /** A thread, `thread`, executes a program and goes on under the pid of its leader. */
  | { readonly type: 'superseded'; readonly thread: number }
  /** `status` is the raw wait status. */
  | { readonly type: 'exited'; readonly status: number }

/** `pid` is the tracee's as the tracer's pid namespace numbers it, `time` virtual ns since boot. */
export type TraceEvent = TraceStop & { readonly pid: number; readonly time: number }
