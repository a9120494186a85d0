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

export const settled = <T>(value: T): Blocking<T> => new Settled(value) as unknown as Blocking<T>

/** It did not sleep. */
export const isSettled = (call: unknown): boolean => call instanceof Settled

/** What follows a call: done at once if the call did not sleep. */
export function andThen<T, U>(call: Blocking<T>, then: (value: T) => U): Blocking<U> {
  return call instanceof Settled ? settled(then(call.value as T)) : later(call, then)
}

function* later<T, U>(call: Blocking<T>, then: (value: T) => U): Blocking<U> {
  return then(yield* call)
}

class Failed {
  readonly #error: unknown

  constructor(error: unknown) {
    this.#error = error
  }

  [Symbol.iterator](): this {
    return this
  }

  next(): never {
    throw this.#error
  }
}

/** A call that was refused at once; who takes its result learns it, as with a generator. */
export const failed = (error: unknown): Blocking<never> => new Failed(error) as unknown as Blocking<never>

/** `burn` and the like: nothing to hand over. */
export const DONE: Blocking<void> = settled(undefined)
