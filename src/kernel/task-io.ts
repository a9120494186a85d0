/** What tasks have read and written: /proc/PID/io. Linux: include/linux/task_io_accounting_ops.h. */
import type { Kernel, TaskIo } from './kernel.ts'

/** What moving a byte between a program and the kernel costs, in ns. */
export const BYTE_COST = 0.4

const NOTHING: TaskIo = {
  rchar: 0,
  wchar: 0,
  syscr: 0,
  syscw: 0,
  readBytes: 0,
  writeBytes: 0,
  cancelledWriteBytes: 0,
}

export function taskIo(k: Kernel, id: number): TaskIo {
  let io = k.io.get(id)
  if (!io) k.io.set(id, (io = { ...NOTHING }))
  return io
}

/** Linux: add_rchar(), inc_syscr(). */
export function countRead(k: Kernel, id: number, bytes: number): void {
  k.spent += Math.ceil(bytes * BYTE_COST)
  const io = taskIo(k, id)
  io.rchar += bytes
  io.syscr++
}

/** Linux: add_wchar(), inc_syscw(). */
export function countWrite(k: Kernel, id: number, bytes: number): number {
  const io = taskIo(k, id)
  io.wchar += bytes
  io.syscw++
  return bytes
}

/** What a reaped child or a thread that has ended counted is its parent's or its process's. Linux: task_io_accounting_add(). */
export function inheritIo(k: Kernel, id: number, child: number): void {
  const from = k.io.get(child)
  if (!from) return
  const to = taskIo(k, id)
  for (const name of Object.keys(NOTHING) as (keyof TaskIo)[]) to[name] += from[name]
}
