/** Flags of a task that no field of its record says otherwise. Linux: include/linux/sched.h (PF_…), task->flags. */
import type { Kernel } from './kernel.ts'
import type { Task } from './types.ts'

export const PF_WQ_WORKER = 0x20
export const PF_FORKNOEXEC = 0x40
export const PF_SUPERPRIV = 0x100
export const PF_MEMALLOC = 0x800
export const PF_NOFREEZE = 0x8000
export const PF_KSWAPD = 0x20000
export const PF_MEMALLOC_NOFS = 0x40000
export const PF_KTHREAD = 0x200000
export const PF_RANDOMIZE = 0x400000
/** Nobody may bind it to other CPUs. */
export const PF_NO_SETAFFINITY = 0x4000000

const hasFlag = ({ flags = 0 }: Task, flag: number): boolean => (flags & flag) !== 0

/** Whether it is one of the kernel's own threads, which run no program and have no memory. */
export const isKthread = (task: Task): boolean => hasFlag(task, PF_KTHREAD)

/** Whether its CPUs are the kernel's business alone. */
export const isBound = (task: Task): boolean => hasFlag(task, PF_NO_SETAFFINITY)

/** Bound to one CPU for good, whatever becomes of the cpuset that it is in. Linux: kthread_is_per_cpu(). */
export const isPerCpu = (task: Task): boolean => isBound(task) && task.affinity.length === 1

/** Whether it has memory of its own: neither a zombie nor the kernel's. Linux: task->mm. */
export const hasMm = (task: Task): boolean => task.state !== 'Z' && !isKthread(task)

/** How many threads of the kernel there are, kthreadd included. */
export const nrKthreads = (k: Kernel): number =>
  k.kthreadd ? k.tasks.get(k.kthreadd).children.length + 1 : 0
