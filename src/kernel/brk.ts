/** brk(2). Linux: mm/mmap.c, mm/page_alloc.c:__alloc_pages_may_oom(). */
import { type Blocking, ENOMEM } from '../abi/index.ts'
import { doSignal } from './deliver.ts'
import { doExit } from './exit.ts'
import type { Kernel } from './kernel.ts'
import { checkBrk, memoryLimit, oomKill, setRss } from './mm.ts'
import { signalPending } from './signal.ts'
import type { Task } from './types.ts'
import { killedBy, SIGKILL } from '../abi/index.ts'

/** Set the heap's size in bytes. While there is no room, the OOM killer makes some; it may choose the caller. */
export function* brk(k: Kernel, task: Task, bytes: number): Blocking<void> {
  const { id } = task
  checkBrk(k, task, bytes)
  while (k.memoryUsed + bytes - k.tasks.get(id).rss > memoryLimit(k)) {
    const victim = oomKill(k, id)
    if (!victim) throw ENOMEM
    if (victim === id && signalPending(k, id)) yield* doSignal(k, id)
    // "oom_reaper": the victim's memory is taken at once, even before it gets to run.
    if (victim !== id) doExit(k, victim, killedBy(SIGKILL))
  }
  setRss(k, id, bytes)
}
