/**
 * os.fork() of a program that is a generator, and so cannot return twice: what its system calls have answered is written
 * down, and the child runs the program once more from its beginning. Up to the fork it gets those answers, which brings
 * it to where its parent was, with the same variables and the same text in its buffers; from there on it makes its own calls.
 * Linux: fork(2).
 *
 * Left out: programs with threads, handlers of signals.
 */
import type { Blocking, Program, Sys } from '../../../abi/index.ts'

/** What a call came to; `sleeps` if it is one of those that may. */
type Answer = { readonly sleeps: boolean } & ({ readonly value: unknown } | { readonly error: unknown })

/** The system calls of a program that may fork. */
export interface Forking extends Sys {
  /** Returns the child's pid, and in the child 0. */
  readonly fork: () => number
  /** The program will not: nothing is written down any more. */
  readonly forget: () => void
}

/** The same program with `fork` among its system calls. */
export const forking = (program: Program): Program => resumed(program, [])

const resumed =
  (program: Program, past: readonly Answer[]): Program =>
  (sys, argv, envp) =>
    program(
      new Journal(sys, past, (its, answers) => resumed(program, answers)(its, argv, envp)).calls,
      argv,
      envp,
    )

type Child = (its: Sys, past: readonly Answer[]) => Blocking<number>

const isSleeping = (it: unknown): it is Blocking<unknown> =>
  typeof (it as Blocking<unknown> | undefined)?.next === 'function'

class Journal {
  readonly calls: Forking
  readonly #sys: Sys
  readonly #child: Child
  readonly #answers: Answer[]
  /** How many of them the program has had. */
  #at = 0
  #keeps = true

  constructor(sys: Sys, past: readonly Answer[], child: Child) {
    this.#sys = sys
    this.#answers = [...past]
    this.#child = child
    const own = { fork: () => this.#fork(), forget: () => this.#forget() }
    this.calls = new Proxy(sys, {
      get: (_, name) =>
        name in own
          ? own[name as keyof typeof own]
          : (...args: unknown[]) => this.#call(name as keyof Sys, args),
    }) as Forking
  }

  #call(name: keyof Sys, args: unknown[]): unknown {
    const past = this.#answers[this.#at]
    if (past) {
      this.#at++
      return past.sleeps ? slept(past) : told(past)
    }
    let value: unknown
    try {
      value = (this.#sys[name] as (...args: unknown[]) => unknown).apply(this.#sys, args)
    } catch (error) {
      this.#keep({ error, sleeps: false })
      throw error
    }
    if (isSleeping(value)) return this.#sleeping(value)
    this.#keep({ value, sleeps: false })
    return value
  }

  *#sleeping(call: Blocking<unknown>): Blocking<unknown> {
    try {
      const value = yield* call
      this.#keep({ value, sleeps: true })
      return value
    } catch (error) {
      this.#keep({ error, sleeps: true })
      throw error
    }
  }

  #keep(answer: Answer): void {
    if (!this.#keeps) return
    this.#answers.push(answer)
    this.#at++
  }

  #forget(): void {
    this.#keeps = false
    this.#answers.length = this.#at = 0
  }

  #fork(): number {
    const past = this.#answers[this.#at]
    if (past) {
      this.#at++
      return told(past) as number
    }
    const answers = [...this.#answers, { value: 0, sleeps: false }]
    const value = this.#sys.clone(0, its => this.#child(its, answers))
    this.#keep({ value, sleeps: false })
    return value
  }
}

function told(past: Answer): unknown {
  if ('error' in past) throw past.error
  return past.value
}

/** What slept then does not sleep again. */
function* slept(past: Answer): Blocking<unknown> {
  return told(past)
}
