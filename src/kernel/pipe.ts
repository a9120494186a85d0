/**
 * Pipes and FIFOs: a bounded queue of bytes between open files. Linux: fs/pipe.c; pipe(7), fifo(7).
 *
 * Left out: packet mode (O_DIRECT), splice, per-user limits, the page granularity of the capacity.
 */
import {
  type Blocking,
  EAGAIN,
  EBADF,
  EBUSY,
  EINTR,
  EINVAL,
  ENOTTY,
  ENXIO,
  EPERM,
  EPIPE,
  FIONREAD,
  O_ACCMODE,
  O_NONBLOCK,
  O_RDONLY,
  O_RDWR,
  O_WRONLY,
  POLLERR,
  POLLHUP,
  POLLIN,
  POLLOUT,
  S_IFIFO,
  SIGPIPE,
} from '../abi/index.ts'
import { type Caller, type FileOps, newPipeFiles, type OpenFile, type Vfs } from '../vfs/index.ts'
import { doSignal } from './deliver.ts'
import type { Kernel } from './kernel.ts'
import { sendSignal, signalPending } from './signal.ts'
import { sysctl } from './sysctl.ts'
import { waitEvent } from './wait-queue.ts'
import { wakeUp } from './wake-up.ts'
import { refuse } from './refuse.ts'

/** "Writes of at most PIPE_BUF bytes must be atomic." - pipe(7) */
const PIPE_BUF = 4096
const DEFAULT_CAPACITY = 65536
const NOTHING = new Uint8Array(0)

const reads = (file: OpenFile): boolean => (file.flags & O_ACCMODE) !== O_WRONLY
const writes = (file: OpenFile): boolean => (file.flags & O_ACCMODE) !== O_RDONLY

/** Linux: struct pipe_inode_info, and the operations of the files that show it. */
export class Pipe implements FileOps {
  readonly seekable = false
  readonly k: Kernel
  readonly readQueue: string
  readonly writeQueue: string
  capacity = DEFAULT_CAPACITY
  readers = 0
  writers = 0
  /** How often somebody has opened each end; what an open of the other end waits for. */
  readerCount = 0
  writerCount = 0
  #chunks: Uint8Array[] = []
  /** Index of the first chunk, and how much of it is read. */
  #first = 0
  #offset = 0
  size = 0

  constructor(k: Kernel) {
    this.k = k
    const id = k.nextPipe++
    this.readQueue = `pipe:${id}:read`
    this.writeQueue = `pipe:${id}:write`
  }

  read(_v: Vfs, file: OpenFile, count: number, _pos: number, as: Caller): Uint8Array | Blocking<Uint8Array> {
    if (this.size) return this.#take(count)
    if (!this.writers || count === 0) return NOTHING
    if (file.flags & O_NONBLOCK) throw EAGAIN
    return this.#waitToRead(as.task, count)
  }

  *#waitToRead(task: number, count: number): Blocking<Uint8Array> {
    yield* waitEvent(this.k, task, this.readQueue, 'pipe_read', () => this.size > 0 || !this.writers)
    return this.size ? this.#take(count) : NOTHING
  }

  #take(count: number): Uint8Array {
    const head = this.#chunks[this.#first]!
    const left = head.length - this.#offset
    let bytes: Uint8Array
    if (left >= count || left === this.size) {
      const length = Math.min(left, count)
      bytes = head.subarray(this.#offset, this.#offset + length)
      this.#advance(length)
    } else bytes = this.#gather(Math.min(count, this.size))
    if (this.writers) wakeUp(this.k, this.writeQueue)
    return bytes
  }

  #gather(count: number): Uint8Array {
    const bytes = new Uint8Array(count)
    let done = 0
    while (done < count) {
      const head = this.#chunks[this.#first]!
      const part = head.subarray(this.#offset, this.#offset + count - done)
      bytes.set(part, done)
      done += part.length
      this.#advance(part.length)
    }
    return bytes
  }

  #advance(length: number): void {
    this.size -= length
    this.#offset += length
    if (this.#offset < this.#chunks[this.#first]!.length) return
    this.#offset = 0
    this.#chunks[this.#first++] = NOTHING
    if (this.#first < this.#chunks.length && this.#first < 64) return
    this.#chunks = this.#chunks.slice(this.#first)
    this.#first = 0
  }

  write(_v: Vfs, file: OpenFile, data: Uint8Array, _pos: number, as: Caller): number | Blocking<number> {
    if (!this.readers) return brokenPipe(this.k, as.task)
    const free = this.capacity - this.size
    if (data.length <= free) return this.#put(data)
    if (!(file.flags & O_NONBLOCK)) return this.#waitToWrite(as.task, data)
    if (data.length <= PIPE_BUF || free === 0) throw EAGAIN
    return this.#put(data.subarray(0, free))
  }

  /** The caller may use its bytes again, so they are copied. */
  #put(data: Uint8Array): number {
    if (!data.length) return 0
    this.#chunks.push(data.slice())
    this.size += data.length
    wakeUp(this.k, this.readQueue)
    return data.length
  }

  *#waitToWrite(task: number, data: Uint8Array): Blocking<number> {
    const needed = data.length <= PIPE_BUF ? data.length : 1
    const ready = (): boolean => this.capacity - this.size >= needed || !this.readers
    let done = 0
    while (done < data.length) {
      try {
        yield* waitEvent(this.k, task, this.writeQueue, 'pipe_write', ready)
      } catch (e) {
        if (e === EINTR && done) return done
        throw e
      }
      if (!this.readers) {
        if (!done) return yield* brokenPipe(this.k, task)
        sendSignal(this.k, task, SIGPIPE, task)
        return done
      }
      done += this.#put(data.subarray(done, done + this.capacity - this.size))
    }
    return done
  }

  poll(_v: Vfs, file: OpenFile): number {
    let events = 0
    if (reads(file)) {
      if (this.size) events |= POLLIN
      if (!this.writers && this.writerCount) events |= POLLHUP
    }
    if (writes(file)) {
      if (this.size < this.capacity) events |= POLLOUT
      if (!this.readers) events |= POLLERR
    }
    return events
  }

  pollQueues(): readonly string[] {
    return [this.readQueue, this.writeQueue]
  }

  ioctl(_v: Vfs, _file: OpenFile, request: number): number {
    if (request !== FIONREAD) throw ENOTTY
    return this.size
  }

  /** An end opened once more, through /proc/PID/fd. Linux: fifo_open() does not wait on a pipe. */
  open(_v: Vfs, file: OpenFile): void {
    if (reads(file)) {
      this.readers++
      this.readerCount++
    }
    if (writes(file)) {
      this.writers++
      this.writerCount++
    }
    wakeUp(this.k, this.readQueue)
    wakeUp(this.k, this.writeQueue)
  }

  release(_v: Vfs, file: OpenFile): void {
    if (reads(file)) this.readers--
    if (writes(file)) this.writers--
    wakeUp(this.k, this.readQueue)
    wakeUp(this.k, this.writeQueue)
  }

  resize(bytes: number): number {
    let capacity = PIPE_BUF
    while (capacity < bytes) capacity *= 2
    if (capacity < this.size) throw EBUSY
    this.capacity = capacity
    wakeUp(this.k, this.writeQueue)
    return capacity
  }
}

/** Nobody reads: SIGPIPE, and EPIPE if the task survives it. */
function* brokenPipe(k: Kernel, task: number): Blocking<never> {
  sendSignal(k, task, SIGPIPE, task)
  k.trace?.returned(task, undefined, EPIPE)
  if (signalPending(k, task)) yield* doSignal(k, task)
  throw EPIPE
}

/** The two open files of a new pipe: [read, write]. */
export function newPipe(k: Kernel, flags: number, uid: number, gid: number): readonly [number, number] {
  const pipe = new Pipe(k)
  pipe.readers = pipe.writers = pipe.readerCount = pipe.writerCount = 1
  const [read, write] = newPipeFiles(k.vfs, pipe, { mode: S_IFIFO | 0o600, name: 'pipe:[]', uid, gid }, flags)
  return [read.id, write.id]
}

/** The pipe behind an open file. EBADF if it is none, as fcntl(2) has it. */
export function pipeOf(k: Kernel, file: OpenFile): Pipe {
  const fops = k.vfs.fops(file)
  const pipe = fops instanceof Pipe ? fops : k.fifos.get(file.inode)
  if (!pipe) throw EBADF
  return pipe
}

/** F_GETPIPE_SZ, and F_SETPIPE_SZ when `size` is given. */
export function pipeSize(k: Kernel, file: OpenFile, size?: number): number {
  const pipe = pipeOf(k, file)
  if (size === undefined) return pipe.capacity
  if (size <= 0 || size > 1 << 30) throw EINVAL
  if (size > sysctl(k, 'fs/pipe-max-size'))
    throw refuse(k, EPERM, 'pipe-max', { max: sysctl(k, 'fs/pipe-max-size') })
  return pipe.resize(size)
}

/** What open FIFOs do: each open inode has a pipe for as long as somebody has it open. */
export function fifoOps(k: Kernel): FileOps {
  const pipeFor = (file: OpenFile): Pipe => {
    let pipe = k.fifos.get(file.inode)
    if (!pipe) k.fifos.set(file.inode, (pipe = new Pipe(k)))
    return pipe
  }
  return {
    seekable: false,
    open: (_v, file, as) => openFifo(k, pipeFor(file), file, as.task),
    read: (v, file, count, pos, as) => pipeFor(file).read(v, file, count, pos, as),
    write: (v, file, data, pos, as) => pipeFor(file).write(v, file, data, pos, as),
    poll: (v, file) => pipeFor(file).poll(v, file),
    pollQueues: (_v, file) => pipeFor(file).pollQueues(),
    ioctl: (v, file, request) => pipeFor(file).ioctl(v, file, request),
    release(v, file) {
      pipeFor(file).release(v, file)
      forget(k, file.inode)
    },
  }
}

function forget(k: Kernel, inode: number): void {
  const pipe = k.fifos.get(inode)
  if (pipe && !pipe.readers && !pipe.writers) k.fifos.delete(inode)
}

/** Linux: fifo_open(). Either end waits until somebody has opened the other. */
function openFifo(k: Kernel, pipe: Pipe, file: OpenFile, task: number): Blocking<void> | void {
  const access = file.flags & O_ACCMODE
  const nonBlocking = (file.flags & O_NONBLOCK) !== 0
  if (access === O_WRONLY && nonBlocking && !pipe.readers) {
    forget(k, file.inode)
    const { mount, dentry } = file
    throw refuse(k, ENXIO, 'fifo-no-reader', { path: { mount, dentry } })
  }
  if (access !== O_WRONLY) {
    pipe.readers++
    pipe.readerCount++
  }
  if (access !== O_RDONLY) {
    pipe.writers++
    pipe.writerCount++
  }
  wakeUp(k, pipe.readQueue)
  wakeUp(k, pipe.writeQueue)
  if (access === O_RDWR || nonBlocking) return undefined
  if (access === O_RDONLY ? pipe.writers : pipe.readers) return undefined
  return waitForPartner(k, pipe, file, task, access)
}

function* waitForPartner(
  k: Kernel,
  pipe: Pipe,
  file: OpenFile,
  task: number,
  access: number,
): Blocking<void> {
  const { inode } = file
  const count = (): number => (access === O_RDONLY ? pipe.writerCount : pipe.readerCount)
  const before = count()
  k.opening.set(task, file.id)
  try {
    yield* waitEvent(k, task, [pipe.readQueue, pipe.writeQueue], 'wait_for_partner', () => count() !== before)
  } catch (e) {
    if (access === O_RDONLY) pipe.readers--
    else pipe.writers--
    forget(k, inode)
    throw e
  } finally {
    k.opening.delete(task)
  }
}
