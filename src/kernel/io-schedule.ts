/**
 * Waiting for disks. A call asks for what it needs and gets its data at once; before it returns, its task sleeps until
 * the disks have had the time for it. Linux: kernel/sched/core.c:io_schedule(), mm/filemap.c:folio_wait_bit_common().
 */
import type { Blocking } from '../abi/index.ts'
import { doSignal } from './deliver.ts'
import type { Kernel } from './kernel.ts'
import { signalPending } from './signal.ts'
import { SCHEDULE, sleepOn, TSK_IOWAIT } from './wake-up.ts'

/** Sleep until what the running task has asked disks for is there; no signal ends that. */
export function* ioSchedule(k: Kernel, id: number): Blocking<void> {
  k.mustWait = false
  const thread = k.threads.get(id)!
  while (thread.inflight > 0) {
    sleepOn(k, id, [], thread.waitsIn, undefined, TSK_IOWAIT | thread.memstall)
    yield SCHEDULE
  }
  thread.memstall = 0
  if (signalPending(k, id)) yield* doSignal(k, id)
}

/** The result of a call that has asked disks for something. */
export function* afterIo<T>(k: Kernel, id: number, result: Blocking<T>): Blocking<T> {
  yield* ioSchedule(k, id)
  return yield* result
}
