/**
 * Results of calls that might have slept but did not: `yield*` takes them like a generator that ends at once, without
 * the price of one. A refusal is kept until then, so that it is thrown where the caller waits for it.
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

class Refused {
  readonly error: unknown

  constructor(error: unknown) {
    this.error = error
  }

  [Symbol.iterator](): this {
    return this
  }

  next(): never {
    throw this.error
  }
}

export const settled = <T>(value: T): Blocking<T> => new Settled(value) as unknown as Blocking<T>
export const refused = (error: unknown): Blocking<never> => new Refused(error) as unknown as Blocking<never>

/** `burn` and the like: nothing to hand over. */
export const DONE: Blocking<void> = settled(undefined)
