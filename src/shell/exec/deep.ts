/**
 * Deep recursion: a chain of `yield*` lives on the host's stack, which is smaller than the 8 MiB of a Linux process. A
 * work that is handed over by `apart` starts a chain of its own on a stack that `driving` keeps on the heap.
 */
import type { Blocking, Wait } from '../../abi/index.ts'

/** What `apart` yields, to be taken by `driving` before the kernel sees it. */
class Handover {
  readonly work: Blocking<unknown>
  constructor(work: Blocking<unknown>) {
    this.work = work
  }
}

/** Run a work below which `apart` may be used. */
export function* driving<T>(first: Blocking<T>): Blocking<T> {
  const waiting: Blocking<unknown>[] = []
  let running: Blocking<unknown> = first
  let result: unknown
  let failure: { readonly error: unknown } | undefined
  for (;;) {
    let step: IteratorResult<Wait, unknown>
    try {
      step = failure ? running.throw(failure.error) : running.next(result as never)
      failure = undefined
      result = undefined
    } catch (error) {
      const outer = waiting.pop()
      if (!outer) throw error
      running = outer
      failure = { error }
      continue
    }
    if (step.done) {
      const outer = waiting.pop()
      if (!outer) return step.value as T
      running = outer
      result = step.value
    } else if (step.value instanceof Handover) {
      waiting.push(running)
      running = step.value.work
    } else {
      try {
        yield step.value
      } catch (error) {
        failure = { error }
      }
    }
  }
}

/** Run a work on a stack of its own. Needs: `driving` somewhere around. */
export function* apart<T>(work: Blocking<T>): Blocking<T> {
  return (yield new Handover(work)) as T
}
