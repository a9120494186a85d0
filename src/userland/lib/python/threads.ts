/**
 * The threads of a python process, the lock that lets one of them run at a time, and the module threading.
 * Linux: CPython Lib/threading.py, Python/ceval_gil.c, Modules/_threadmodule.c.
 *
 * Left out: Condition, Semaphore, Barrier, Timer, local(); locks that know their owner.
 */
import { type Blocking, EAGAIN, type FutexWord, FUTEX_WAKE, type Sys, type Wait } from '../../../abi/index.ts'
import { post, type Pthread, pthreadCreate, pthreadJoin, waitWhile } from '../pthread.ts'
import type { Running, Signals } from './processes.ts'
import { Dict, Func, Instance, List, PyError, str, truth, type Value } from './values.ts'

/** sys.setswitchinterval(): how long a thread computes while others want to, in ns. */
const SWITCH_INTERVAL = 5_000_000

/** Linux: PyThreadState. */
export interface ThreadState<Frame> {
  readonly sys: Sys
  readonly object: Instance
  /** What the interpreter counts for each thread. */
  steps: number
  depth: number
  readonly frames: Frame[]
  /** 1 while it has the interpreter's lock or may take it. */
  readonly turn: FutexWord
}

/** What a Thread object is besides its state. */
interface Started {
  pthread: Pthread
  readonly daemon: boolean
}

export class Threads<Frame> implements Running {
  #current: ThreadState<Frame>
  readonly #main: ThreadState<Frame>
  /** Who has the interpreter's lock, and who waits for it. */
  readonly #gil: ThreadState<Frame>[] = []
  readonly #states = new Map<Instance, ThreadState<Frame>>()
  readonly #started = new Map<Instance, Started>()
  #names = 0
  readonly signals: Signals = { handlers: new Map(), pending: [] }
  /** Tells of what nobody has caught in a thread; the interpreter's user sets it. */
  report: (thread: string, error: unknown) => Blocking<void> = function* () {}

  constructor(sys: Sys) {
    const object = this.#object('MainThread', { daemon: false, sys: () => sys })
    this.#main = this.#current = newState(sys, object)
    this.#states.set(object, this.#main)
  }

  /** The thread that runs. */
  get current(): ThreadState<Frame> {
    return this.#current
  }

  /** The system calls of the thread that runs. */
  get sys(): Sys {
    return this.#current.sys
  }

  /** The names that all threads hold. */
  allFrames(): readonly Frame[] {
    return [...this.#states.values()].flatMap(it => it.frames)
  }

  /** The system calls of all threads. */
  get all(): readonly Sys[] {
    return [...this.#states.values()].map(it => it.sys)
  }

  /** Everything that the main thread does; the process ends when the others have. */
  *main<T>(body: Blocking<T>): Blocking<T> {
    return yield* this.#as(this.#main, this.#untilAllEnd(body))
  }

  *#untilAllEnd<T>(body: Blocking<T>): Blocking<T> {
    const result = yield* body
    for (const { pthread, daemon } of this.#started.values())
      if (!daemon) yield* pthreadJoin(this.sys, pthread)
    return result
  }

  /** Run a generator as a thread, which is the current one whenever the generator goes on. */
  *#as<T>(state: ThreadState<Frame>, body: Blocking<T>): Generator<Wait, T, void> {
    for (;;) {
      this.#current = state
      const step = body.next()
      if (step.done) return step.value
      yield step.value
    }
  }

  /** Compute, in turns with the other threads: the interpreter is one for all. */
  *burn(ns: number): Blocking<void> {
    for (let left = ns; left > 0; left -= SWITCH_INTERVAL) {
      if (this.#states.size === 1) return yield* this.sys.burn(left)
      yield* this.#takeGil()
      yield* this.sys.burn(Math.min(left, SWITCH_INTERVAL))
      yield* this.#dropGil()
    }
  }

  *#takeGil(): Blocking<void> {
    const me = this.#current
    this.#gil.push(me)
    me.turn.value = this.#gil[0] === me ? 1 : 0
    yield* waitWhile(me.sys, me.turn, 0)
  }

  *#dropGil(): Blocking<void> {
    this.#gil.shift()
    const next = this.#gil[0]
    if (!next) return
    next.turn.value = 1
    yield* this.sys.futex(next.turn, FUTEX_WAKE, 1)
  }

  // ---- Thread objects

  /** threading.Thread(). */
  #construct(named: ReadonlyMap<string, Value>): Value {
    const target = named.get('target')
    const label = target instanceof Func ? ` (${target.name})` : ''
    const given = named.get('name')
    const name = given === undefined || given === null ? `Thread-${++this.#names}${label}` : str(given)
    const args = named.get('args')
    const keywords = named.get('kwargs')
    const words = keywords instanceof Dict ? [...keywords.map.values()] : []
    const object = this.#object(name, { daemon: truth(named.get('daemon') ?? false) })
    object.members.set(
      'start',
      new Func('start', () =>
        this.#start(
          object,
          target,
          args instanceof List ? args.items : [],
          new Map(words.map(([key, value]) => [str(key), value])),
        ),
      ),
    )
    return object
  }

  *#start(
    object: Instance,
    target: Value | undefined,
    args: readonly Value[],
    named: ReadonlyMap<string, Value>,
  ): Blocking<Value> {
    if (this.#started.has(object)) throw new PyError('RuntimeError', 'threads can only be started once')
    const isReady: FutexWord = { value: 0 }
    const self = this
    function* body(state: ThreadState<Frame>): Blocking<void> {
      yield* post(state.sys, isReady, 1)
      try {
        if (target instanceof Func) yield* target.call([...args], named)
      } catch (e) {
        yield* self.report(str(object.members.get('name') ?? ''), e)
      }
      self.#states.delete(object)
    }
    const started: Started = { pthread: { value: 0 }, daemon: truth(object.members.get('daemon') ?? false) }
    try {
      started.pthread = pthreadCreate(this.sys, its => {
        const state = newState<Frame>(its, object)
        this.#states.set(object, state)
        return this.#as(state, body(state))
      })
    } catch (e) {
      if (e !== EAGAIN) throw e
      throw new PyError('RuntimeError', "can't start new thread")
    }
    this.#started.set(object, started)
    yield* waitWhile(this.sys, isReady, 0)
    return null
  }

  /** What a Thread object can do, started or not. */
  #object(name: string, { daemon, sys }: { daemon: boolean; sys?: () => Sys }): Instance {
    const it: Instance = new Instance('Thread', { name, daemon })
    const number = (): Value => {
      const own = sys?.() ?? this.#states.get(it)?.sys
      const pthread = this.#started.get(it)?.pthread.value
      return own ? BigInt(own.gettid()) : pthread ? BigInt(pthread) : null
    }
    const self = this
    const isAlive = (): boolean => sys !== undefined || (this.#started.get(it)?.pthread.value ?? 0) !== 0
    it.computed.set('native_id', number).set('ident', number)
    it.define('is_alive', function* () {
      return isAlive()
    })
    it.define('join', function* ([timeout = null]) {
      const thread = self.#started.get(it)?.pthread
      if (!thread) throw new PyError('RuntimeError', 'cannot join thread before it is started')
      yield* pthreadJoin(self.sys, thread, timeout === null ? undefined : Number(timeout) * 1e9)
      return null
    })
    return it
  }

  // ---- The module

  members(): Record<string, Value> {
    const fn = (call: (args: Value[], named: ReadonlyMap<string, Value>) => Value): Func =>
      new Func('', function* (args, named) {
        return call(args, named)
      })
    const all = (): Instance[] => [...this.#states.keys()]
    const number = (): Value => BigInt(this.sys.gettid())
    return {
      Thread: fn((_args, named) => this.#construct(named)),
      Lock: fn(() => this.#lock()),
      Event: fn(() => this.#event()),
      current_thread: fn(() => this.current.object),
      main_thread: fn(() => this.#main.object),
      active_count: fn(() => BigInt(this.#states.size)),
      enumerate: fn(() => new List(all())),
      get_native_id: fn(number),
      get_ident: fn(number),
    }
  }

  #lock(): Value {
    const word: FutexWord = { value: 0 }
    const it = new Instance('lock', {})
    const self = this
    it.define('acquire', function* ([blocking = true]) {
      if (word.value && !truth(blocking)) return false
      while (word.value) yield* waitWhile(self.sys, word, 1)
      word.value = 1
      return true
    })
    it.define('release', function* () {
      if (!word.value) throw new PyError('RuntimeError', 'release unlocked lock')
      yield* post(self.sys, word, 0)
      return null
    })
    it.define('locked', function* () {
      return word.value === 1
    })
    return it
  }

  #event(): Value {
    const word: FutexWord = { value: 0 }
    const it = new Instance('Event', {})
    const self = this
    it.define('set', function* () {
      yield* post(self.sys, word, 1)
      return null
    })
    it.define('clear', function* () {
      word.value = 0
      return null
    })
    it.define('is_set', function* () {
      return word.value === 1
    })
    it.define('wait', function* ([timeout = null]) {
      return yield* waitWhile(self.sys, word, 0, timeout === null ? undefined : Number(timeout) * 1e9)
    })
    return it
  }
}

const newState = <Frame>(sys: Sys, object: Instance): ThreadState<Frame> => ({
  sys,
  object,
  steps: 0,
  depth: 0,
  frames: [],
  turn: { value: 0 },
})
