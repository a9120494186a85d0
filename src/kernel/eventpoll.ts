/**
 * epoll(7): a set of open files, and those of them that something can be done with. Linux: fs/eventpoll.c.
 *
 * Left out: a file watched with EPOLLET is told of again only after it had ceased to be ready; EPOLLEXCLUSIVE; sets
 * within sets may not be refused (ELOOP); limits on watches.
 */
import {
  type Blocking,
  EEXIST,
  EINVAL,
  ENOENT,
  EPERM,
  EPOLL_CLOEXEC,
  EPOLL_CTL_ADD,
  EPOLL_CTL_DEL,
  EPOLL_CTL_MOD,
  EPOLLET,
  type EpollEvent,
  EPOLLONESHOT,
  POLLERR,
  POLLHUP,
  POLLIN,
  O_RDWR,
} from '../abi/index.ts'
import {
  type Caller,
  type FileOps,
  newAnonFile,
  type OpenFile,
  poll as pollFile,
  pollQueues,
  type Vfs,
} from '../vfs/index.ts'
import { callerOf } from './caller.ts'
import { fileOf, freeFd, installFd } from './files.ts'
import { ANON_INO } from './inotify.ts'
import type { Kernel } from './kernel.ts'
import type { Task } from './types.ts'
import { waitEventNoRestart } from './wait-queue.ts'
import { wakeUp } from './wake-up.ts'

const ALWAYS = POLLERR | POLLHUP

/** Linux: struct epitem. */
interface Item {
  readonly file: number
  readonly fd: number
  events: number
  data: number
  /** What was told last, for those that are told of changes only. */
  told: number
}

/** Linux: struct eventpoll. */
class Eventpoll implements FileOps {
  readonly seekable = false
  readonly k: Kernel
  /** The longest not told of first: by descriptor and open file. */
  readonly items = new Map<string, Item>()
  readonly #queue: string

  constructor(k: Kernel) {
    this.k = k
    this.#queue = `epoll:${k.nextPipe++}`
  }

  changed(): void {
    wakeUp(this.k, this.#queue)
  }

  /** Files that were closed leave the set. */
  #living(): Item[] {
    for (const [key, { file }] of this.items)
      if (!(this.k.openFiles.find(file)?.refs ?? 0)) this.items.delete(key)
    return [...this.items.values()]
  }

  #eventsOf(it: Item, as: Caller): number {
    const found = pollFile(this.k.vfs, as, it.file) & (it.events | ALWAYS)
    if (!(it.events & EPOLLET)) return it.events ? found : 0
    if (!found) it.told = 0
    return found & ~it.told
  }

  isReady(as: Caller): boolean {
    return this.#living().some(it => this.#eventsOf(it, as) !== 0)
  }

  /** Linux: ep_send_events(). */
  take(as: Caller, most: number): EpollEvent[] {
    const list: EpollEvent[] = []
    for (const it of this.#living()) {
      const events = list.length < most ? this.#eventsOf(it, as) : 0
      if (!events) continue
      list.push({ events, data: it.data })
      it.told |= events
      if (it.events & EPOLLONESHOT) it.events = 0
      const key = keyOf(it.fd, it.file)
      this.items.delete(key)
      this.items.set(key, it)
    }
    return list
  }

  read(): never {
    throw EINVAL
  }

  write(): never {
    throw EINVAL
  }

  poll(_v: Vfs, _file: OpenFile, as: Caller): number {
    return this.isReady(as) ? POLLIN : 0
  }

  pollQueues(): readonly string[] {
    return [this.#queue, ...this.#living().flatMap(({ file }) => pollQueues(this.k.vfs, file))]
  }

  /** Linux: ep_show_fdinfo(). */
  showFdinfo(v: Vfs): string {
    return this.#living()
      .map(({ fd, file, events, data }) => {
        const { inode, pos } = v.openFiles.get(file)
        const { ino, sb } = v.inode(inode)
        const hex = (value: number, width: number): string => (value >>> 0).toString(16).padStart(width)
        return `tfd: ${String(fd).padStart(8)} events: ${hex(events | ALWAYS, 8)} data: ${hex(data, 16)}  pos:${pos} ino:${hex(ino, 0)} sdev:${hex(v.superBlocks.get(sb).dev, 0)}\n`
      })
      .join('')
  }
}

const keyOf = (fd: number, file: number): string => `${fd} ${file}`

/** epoll_create1(2). Errors: EINVAL, EMFILE. */
export function epollCreate1(k: Kernel, task: Task, flags: number): number {
  if (flags & ~EPOLL_CLOEXEC) throw EINVAL
  const fd = freeFd(k, task, 0)
  const file = newAnonFile(k.vfs, new Eventpoll(k), {
    mode: 0o600,
    name: 'anon_inode:[eventpoll]',
    ino: ANON_INO,
    flags: O_RDWR,
  })
  installFd(k, task, fd, file.id, (flags & EPOLL_CLOEXEC) !== 0)
  return fd
}

/** Errors: EBADF, EINVAL. */
function setOf(k: Kernel, task: Task, fd: number): Eventpoll {
  const set = k.vfs.fops(fileOf(k, task, fd))
  if (!(set instanceof Eventpoll)) throw EINVAL
  return set
}

/** epoll_ctl(2). Errors: EBADF, EPERM (a file that is always ready), EINVAL, EEXIST, ENOENT. */
export function epollCtl(
  k: Kernel,
  task: Task,
  epfd: number,
  op: number,
  fd: number,
  event: EpollEvent,
): void {
  const [{ id: own }, file] = [fileOf(k, task, epfd), fileOf(k, task, fd)]
  if (!k.vfs.fops(file).poll) throw EPERM
  const set = setOf(k, task, epfd)
  if (own === file.id) throw EINVAL
  const key = keyOf(fd, file.id)
  const known = set.items.get(key)
  if (op === EPOLL_CTL_ADD) {
    if (known) throw EEXIST
    set.items.set(key, { file: file.id, fd, ...event, told: 0 })
  } else if (op === EPOLL_CTL_MOD || op === EPOLL_CTL_DEL) {
    if (!known) throw ENOENT
    if (op === EPOLL_CTL_DEL) set.items.delete(key)
    else Object.assign(known, event, { told: 0 })
  } else throw EINVAL
  set.changed()
}

/** epoll_wait(2): at most so many events; `timeout` in ms, -1 for ever. Errors: EBADF, EINVAL, EINTR. */
export function* epollWait(
  k: Kernel,
  task: Task,
  epfd: number,
  most: number,
  timeout: number,
): Blocking<readonly EpollEvent[]> {
  if (most <= 0) throw EINVAL
  const { id } = task
  const set = setOf(k, task, epfd)
  const as = callerOf(k, task)
  if (timeout && !set.isReady(as)) {
    const until = timeout < 0 ? undefined : k.now() + timeout * 1e6
    yield* waitEventNoRestart(k, id, [...new Set(set.pollQueues())], 'ep_poll', () => set.isReady(as), until)
  }
  const events = set.take(as, most)
  k.trace?.returned(id, events)
  return events
}
