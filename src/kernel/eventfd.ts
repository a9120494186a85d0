/** eventfd(2): a counter that tasks and the kernel add to, and that can be waited for. Linux: fs/eventfd.c. */
import {
  type Blocking,
  EAGAIN,
  EFD_CLOEXEC,
  EFD_NONBLOCK,
  EFD_SEMAPHORE,
  EINVAL,
  O_NONBLOCK,
  O_RDWR,
  POLLERR,
  POLLIN,
  POLLOUT,
} from '../abi/index.ts'
import { type Caller, type FileOps, newAnonFile, type OpenFile, type Vfs } from '../vfs/index.ts'
import { freeFd, installFd } from './files.ts'
import { ANON_INO } from './inotify.ts'
import type { Kernel } from './kernel.ts'
import type { Task } from './types.ts'
import { waitEvent } from './wait-queue.ts'
import { wakeUp } from './wake-up.ts'

const MAX = 0xffffffffffffffffn

/** Linux: struct eventfd_ctx. */
export class Eventfd implements FileOps {
  readonly seekable = false
  readonly k: Kernel
  readonly isSemaphore: boolean
  /** Told when the last descriptor is closed. */
  readonly closed = new Set<() => void>()
  readonly #queue: string
  readonly #id: number
  #count: bigint

  constructor(k: Kernel, count: bigint, isSemaphore: boolean) {
    this.k = k
    this.isSemaphore = isSemaphore
    this.#count = count
    this.#id = k.nextPipe++
    this.#queue = `eventfd:${this.#id}`
  }

  /** Linux: eventfd_signal(). It never overflows. */
  signal(by: bigint): void {
    this.#count = this.#count + by > MAX ? MAX : this.#count + by
    wakeUp(this.k, this.#queue)
  }

  read(_v: Vfs, file: OpenFile, count: number, _pos: number, as: Caller): Uint8Array | Blocking<Uint8Array> {
    if (count < 8) throw EINVAL
    if (this.#count) return this.#take()
    if (file.flags & O_NONBLOCK) throw EAGAIN
    return this.#waitToRead(as.task)
  }

  *#waitToRead(task: number): Blocking<Uint8Array> {
    yield* waitEvent(this.k, task, this.#queue, 'eventfd_read', () => this.#count > 0n)
    return this.#take()
  }

  #take(): Uint8Array {
    const taken = this.isSemaphore ? 1n : this.#count
    this.#count -= taken
    wakeUp(this.k, this.#queue)
    const bytes = new Uint8Array(8)
    new DataView(bytes.buffer).setBigUint64(0, taken, true)
    return bytes
  }

  write(_v: Vfs, file: OpenFile, data: Uint8Array, _pos: number, as: Caller): number | Blocking<number> {
    if (data.length < 8) throw EINVAL
    const by = new DataView(data.buffer, data.byteOffset).getBigUint64(0, true)
    if (by === MAX) throw EINVAL
    if (this.#count + by < MAX) {
      this.signal(by)
      return 8
    }
    if (file.flags & O_NONBLOCK) throw EAGAIN
    return this.#waitToWrite(as.task, by)
  }

  *#waitToWrite(task: number, by: bigint): Blocking<number> {
    yield* waitEvent(this.k, task, this.#queue, 'eventfd_write', () => this.#count + by < MAX)
    this.signal(by)
    return 8
  }

  poll(): number {
    if (this.#count === MAX) return POLLIN | POLLERR
    return (this.#count ? POLLIN : 0) | (this.#count < MAX - 1n ? POLLOUT : 0)
  }

  pollQueues(): readonly string[] {
    return [this.#queue]
  }

  /** Linux: eventfd_show_fdinfo(). */
  showFdinfo(): string {
    const count = this.#count.toString(16).padStart(16)
    return `eventfd-count: ${count}\neventfd-id: ${this.#id}\neventfd-semaphore: ${this.isSemaphore ? 1 : 0}\n`
  }

  release(): void {
    for (const tell of this.closed) tell()
  }
}

/** Errors: EINVAL, EMFILE. */
export function eventfd2(k: Kernel, task: Task, count: number, flags: number): number {
  if (flags & ~(EFD_SEMAPHORE | EFD_CLOEXEC | EFD_NONBLOCK)) throw EINVAL
  const fd = freeFd(k, task, 0)
  const eventfd = new Eventfd(k, BigInt(count >>> 0), (flags & EFD_SEMAPHORE) !== 0)
  const file = newAnonFile(k.vfs, eventfd, {
    mode: 0o600,
    name: 'anon_inode:[eventfd]',
    ino: ANON_INO,
    flags: O_RDWR | (flags & EFD_NONBLOCK),
  })
  installFd(k, task, fd, file.id, (flags & EFD_CLOEXEC) !== 0)
  return fd
}
