/** The stressors of disks. Linux: stress-ng 0.15, stress-hdd.c, stress-io.c. */
import { type Blocking, EINTR, Errno, O_CREAT, O_RDWR, O_TRUNC, SEEK_SET } from '../../../abi/index.ts'
import { failed, now, type Worker } from './worker.ts'

const MB = 1 << 20
/** What copying a byte between a program and the page cache takes, in ns; and what a call to sync does beside waiting. */
const COPY = 0.3
const SYNC = 50_000

export function* io(worker: Worker): Blocking<void> {
  if (worker.instance === 0)
    yield* worker.say('info', 'io: this is a legacy I/O sync stressor, consider using iomix instead')
  while (worker.goesOn) {
    yield* worker.sys.sync()
    yield* worker.sys.burn(SYNC)
    worker.stats.ops++
  }
}

/** Bytes that went one way, and how long that took. */
interface Flow {
  bytes: number
  seconds: number
}

/** Write a file that nobody sees from one end to the other, read it again, and begin anew. */
export function* hdd(worker: Worker): Blocking<void> {
  const { settings, sys, instance, stats } = worker
  const bytes = Math.max(MB, Math.floor(settings.hddBytes / worker.instances))
  const name = `stress-ng-hdd-${sys.getpid()}-${instance}`
  const directory = `${settings.tempPath}/tmp-${name}`
  const chunk = new Uint8Array(settings.hddWriteSize).map((_, i) => i)
  const written: Flow = { bytes: 0, seconds: 0 }
  const read: Flow = { bytes: 0, seconds: 0 }
  try {
    sys.mkdir(directory, 0o700)
  } catch (e) {
    throw failed(`mkdir '${directory}'`, e)
  }
  while (worker.goesOn) {
    const path = `${directory}/${name}-${new Uint32Array(sys.getrandom(4).slice().buffer)[0]}`
    const fd = yield* create(worker, directory, path)
    sys.unlink(path)
    const size = yield* pass(worker, written, bytes, chunk.length, () => sys.write(fd, chunk))
    sys.lseek(fd, 0, SEEK_SET)
    yield* pass(worker, read, size, chunk.length, function* () {
      return (yield* sys.read(fd, chunk.length)).length
    })
    sys.close(fd)
  }
  sys.rmdir(directory)
  const rate = (...flows: Flow[]): number =>
    flows.reduce((sum, it) => sum + it.bytes, 0) / MB / (flows.reduce((sum, it) => sum + it.seconds, 0) || 1)
  stats.measures = [
    { what: 'MB/sec read rate', value: rate(read) },
    { what: 'MB/sec write rate', value: rate(written) },
    { what: 'MB/sec read/write combined rate', value: rate(read, written) },
  ]
}

/** A new file; where none can be made the directory goes too. */
function* create({ sys }: Worker, directory: string, path: string): Blocking<number> {
  try {
    return yield* sys.open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
  } catch (e) {
    sys.rmdir(directory)
    throw failed(`open ${path}`, e)
  }
}

/** Move so many bytes in chunks, or as many as there is room for. Returns how many. */
function* pass(
  worker: Worker,
  flow: Flow,
  bytes: number,
  chunk: number,
  move: () => Blocking<number>,
): Blocking<number> {
  let moved = 0
  while (worker.goesOn && moved < bytes) {
    const start = now(worker.sys)
    let n = 0
    try {
      n = yield* move()
    } catch (e) {
      if (e === EINTR) continue
      if (!(e instanceof Errno)) throw e
    }
    yield* worker.sys.burn(chunk * COPY)
    flow.seconds += now(worker.sys) - start
    if (n <= 0) break
    flow.bytes += n
    moved += n
    worker.stats.ops++
  }
  return moved
}
