/**
 * The stressors of the scheduler: processes that are born, that wait for each other, that yield.
 * Linux: stress-ng 0.15, stress-fork.c, stress-switch.c, stress-pipe.c, stress-yield.c.
 */
import { type Blocking, EINTR, Errno, F_SETPIPE_SZ } from '../../../abi/index.ts'
import { adjustOom, now, waited, type Worker } from './worker.ts'

/** CPU time, in ns: of copying a process and of being one, of a change of places, of a write, of a yield. */
const COPYING = 150_000
const BEING = 50_000
const SWITCHING = 10_000
const WRITING = 4_000
const YIELDING = 4_000

/** Fork as many as may be at a time, and wait for them. */
export function* fork(worker: Worker): Blocking<void> {
  const { settings, stats, sys } = worker
  yield* adjustOom(sys, 1000)
  while (worker.goesOn) {
    const pids: number[] = []
    for (let n = 0; n < settings.forkMax && worker.goesOn; n++) {
      yield* sys.burn(COPYING)
      const pid = worker.fork(child => child.sys.burn(BEING))
      if (pid === undefined) continue
      pids.push(pid)
      stats.ops++
    }
    for (const pid of pids) yield* waited(sys, pid)
  }
}

/** A page is all that these pipes hold, so that whoever writes one has to wait for the other. */
const PAGE = 4096

/** A pipe to a child that takes what comes; what the parent then does with it. Both end when the time is over. False without a child. */
function* withReader(
  worker: Worker,
  write: (send: () => Blocking<boolean>) => Blocking<void>,
): Blocking<boolean> {
  const { sys } = worker
  const [from, to] = sys.pipe2(0)
  sys.fcntl(to, F_SETPIPE_SZ, PAGE)
  let pid = worker.fork(child => take(child, from, to))
  while (pid === undefined && worker.goesOn) {
    yield* sys.burn(COPYING)
    pid = worker.fork(child => take(child, from, to))
  }
  sys.close(from)
  if (pid === undefined) return false
  const page = new Uint8Array(PAGE)
  yield* write(function* () {
    try {
      yield* sys.write(to, page)
      return true
    } catch (e) {
      if (e === EINTR) return false
      throw e
    }
  })
  sys.close(to)
  yield* worker.end(pid)
  return true
}

function* take(child: Worker, from: number, to: number): Blocking<void> {
  child.entitle('run')
  child.sys.close(to)
  while (child.running)
    try {
      if (!(yield* child.sys.read(from, PAGE)).length) return
      yield* child.sys.burn(WRITING)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
    }
}

/** Parent and child take turns. */
export function* switches(worker: Worker): Blocking<void> {
  const { settings, stats, sys } = worker
  const start = now(sys)
  const isDone = yield* withReader(worker, function* (send) {
    while (worker.goesOn) {
      if (yield* send()) stats.ops++
      yield* sys.burn(SWITCHING)
      if (settings.switchFreq) yield* worker.sleep(start + stats.ops / settings.switchFreq - now(sys))
    }
  })
  if (!isDone) return
  const perSwitch = stats.ops ? ((now(sys) - start) * 1e9) / stats.ops : 0
  stats.measures = [{ what: 'nanosecs per context switch (pipe method)', value: perSwitch }]
}

/** As much as goes through. */
export function* pipe(worker: Worker): Blocking<void> {
  const { stats, sys } = worker
  const start = now(sys)
  const isDone = yield* withReader(worker, function* (send) {
    while (worker.goesOn) {
      if (yield* send()) stats.ops++
      yield* sys.burn(WRITING)
    }
  })
  if (!isDone) return
  const rate = (stats.ops * PAGE) / (1 << 20) / (now(sys) - start)
  stats.measures = [{ what: 'MB per sec pipe write rate', value: rate }]
}

/** Children as many as processors, which give theirs away. */
export function* yields(worker: Worker): Blocking<void> {
  const { stats, sys } = worker
  const start = now(sys)
  const count = Math.max(1, Math.floor(sys.sched_getaffinity(0).length / worker.instances))
  const pids = Array.from({ length: count }, () =>
    worker.fork(function* (child) {
      while (child.goesOn) {
        yield* child.sys.sched_yield()
        yield* child.sys.burn(YIELDING)
        stats.ops++
      }
    }),
  )
  for (const pid of pids) if (pid !== undefined) yield* waitOrEnd(worker, pid)
  const each = stats.ops ? ((now(sys) - start) * 1e9 * count) / stats.ops : 0
  stats.measures = [{ what: 'ns duration per sched_yield call', value: each }]
}

function* waitOrEnd(worker: Worker, pid: number): Blocking<void> {
  while (worker.goesOn)
    try {
      yield* worker.sys.wait4(pid, 0)
      return
    } catch (e) {
      if (e !== EINTR) throw e
    }
  yield* worker.end(pid)
}
