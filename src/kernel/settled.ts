/**
 * Results of calls that might have slept but did not: `yield*` takes them like a generator that ends at once, without
 * the price of one.
 */
import type { Blocking } from '../abi/index.ts'

class Settled<T> {
  readonly done = true
  readonly value: T

  constructor(value: T) {
    this.value = value
  }

  [Symbol.iterator](): this {
    return this
  }

  next(): this {
    return this
  }
}

const settled = <T>(value: T): Blocking<T> => new Settled(value) as unknown as Blocking<T>

/** `burn` and the like: nothing to hand over. */
export const DONE: Blocking<void> = settled(undefined)
