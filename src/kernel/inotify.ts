/**
 * inotify(7): a queue of what happened to files that somebody watches. Linux: fs/notify/inotify/inotify_user.c,
 * inotify_fsnotify.c, fs/notify/fdinfo.c.
 *
 * Left out: the limits are counted by user, not by user namespace as well.
 */
import {
  EAGAIN,
  type Blocking,
  EBADF,
  EEXIST,
  EINVAL,
  EMFILE,
  encodeInotifyEvents,
  ENOSPC,
  ENOTDIR,
  ENOTTY,
  FIONREAD,
  IN_ALL_EVENTS,
  IN_CLOEXEC,
  IN_DELETE_SELF,
  IN_DONT_FOLLOW,
  IN_EXCL_UNLINK,
  IN_IGNORED,
  IN_ISDIR,
  IN_MASK_ADD,
  IN_MASK_CREATE,
  IN_MOVE_SELF,
  IN_NONBLOCK,
  IN_ONESHOT,
  IN_ONLYDIR,
  IN_Q_OVERFLOW,
  IN_UNMOUNT,
  type InotifyEvent,
  inotifyEventSize,
  isDir,
  major,
  minor,
  O_NONBLOCK,
  POLLIN,
} from '../abi/index.ts'
import {
  addMark,
  type Caller,
  destroyMark,
  type FileOps,
  type FsnotifyGroup,
  type FsnotifyMark,
  inodeAt,
  inodePermission,
  MAY_READ,
  newAnonFile,
  type OpenFile,
  pathLookup,
  type Vfs,
} from '../vfs/index.ts'
import { callerOf } from './caller.ts'
import { fileOf, freeFd, installFd } from './files.ts'
import type { Kernel } from './kernel.ts'
import { sysctl } from './sysctl.ts'
import type { Task } from './types.ts'
import { waitEvent } from './wait-queue.ts'
import { wakeUp } from './wake-up.ts'
import { refuse } from './refuse.ts'

const ADD_BITS = IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK | IN_MASK_CREATE | IN_MASK_ADD
/** What a watch remembers of the mask it was added with. */
const KEPT = IN_ALL_EVENTS | IN_EXCL_UNLINK | IN_ONESHOT

/** The one inode behind all of anon_inodefs has the number that is free when a host boots. */
export const ANON_INO = 47

/** Linux: struct inotify_inode_mark. */
interface Watch extends FsnotifyMark {
  readonly wd: number
}

/** One inotify instance. Linux: struct fsnotify_group with its inotify_data. */
export class Inotify implements FileOps, FsnotifyGroup {
  readonly seekable = false
  readonly k: Kernel
  /** The user whose limits count. */
  readonly uid: number
  readonly #queue: string
  readonly #maxEvents: number
  readonly #watches = new Map<number, Watch>()
  #nextWd = 1
  #events: InotifyEvent[] = []

  constructor(k: Kernel, uid: number) {
    this.k = k
    this.uid = uid
    this.#queue = `inotify:${k.nextPipe++}`
    this.#maxEvents = sysctl(k, 'fs/inotify/max_queued_events')
  }

  get watchCount(): number {
    return this.#watches.size
  }

  /** Linux: inotify_update_watch(). Errors: EEXIST, ENOSPC. */
  watch(inode: number, arg: number): number {
    const mask = (arg & KEPT) | IN_UNMOUNT
    for (const it of this.#watches.values()) {
      if (it.inode !== inode) continue
      if (arg & IN_MASK_CREATE) throw EEXIST
      it.mask = arg & IN_MASK_ADD ? it.mask | mask : mask
      return it.wd
    }
    let watches = 0
    for (const it of this.k.inotifies) if (it.uid === this.uid) watches += it.watchCount
    const max = sysctl(this.k, 'user/max_inotify_watches')
    if (watches >= max) throw refuse(this.k, ENOSPC, 'inotify-max', { of: 'watches', max })
    const watch = { inode, mask, group: this, wd: this.#nextWd++ }
    this.#watches.set(watch.wd, watch)
    addMark(this.k.vfs, watch)
    return watch.wd
  }

  /** inotify_rm_watch(2). Errors: EINVAL. */
  unwatch(wd: number): void {
    const watch = this.#watches.get(wd)
    if (!watch) throw EINVAL
    destroyMark(this.k.vfs, watch)
  }

  /** Linux: inotify_handle_inode_event(). Moving or removing a directory itself is not said to be about a directory. */
  handleEvent(mark: FsnotifyMark, mask: number, name: string, cookie: number): void {
    const shown = mask & (IN_MOVE_SELF | IN_DELETE_SELF) ? mask & ~IN_ISDIR : mask
    this.#add({ wd: (mark as Watch).wd, mask: shown, cookie, name })
    if (mark.mask & IN_ONESHOT) destroyMark(this.k.vfs, mark)
  }

  freeingMark(mark: FsnotifyMark): void {
    const { wd } = mark as Watch
    this.#watches.delete(wd)
    this.#add({ wd, mask: IN_IGNORED, cookie: 0, name: '' })
  }

  /** Linux: fsnotify_add_event(), inotify_merge(): what is the same as the last one is not told twice. */
  #add(event: InotifyEvent): void {
    const { wd, mask, name } = event
    const last = this.#events.at(-1)
    if (last && mask !== IN_IGNORED && last.wd === wd && last.mask === mask && last.name === name) return
    if (this.#events.length < this.#maxEvents) this.#events.push(event)
    else if (last?.mask !== IN_Q_OVERFLOW)
      this.#events.push({ wd: -1, mask: IN_Q_OVERFLOW, cookie: 0, name: '' })
    wakeUp(this.k, this.#queue)
  }

  read(_v: Vfs, file: OpenFile, count: number, _pos: number, as: Caller): Uint8Array | Blocking<Uint8Array> {
    if (this.#events.length) return this.#take(count)
    if (file.flags & O_NONBLOCK) throw EAGAIN
    return this.#waitToRead(as.task, count)
  }

  *#waitToRead(task: number, count: number): Blocking<Uint8Array> {
    yield* waitEvent(this.k, task, this.#queue, 'inotify_read', () => this.#events.length > 0)
    return this.#take(count)
  }

  /** As many whole events as fit. Errors: EINVAL if that is none. */
  #take(count: number): Uint8Array {
    let fit = 0
    for (let size = 0; fit < this.#events.length; fit++) {
      size += inotifyEventSize(this.#events[fit]!)
      if (size > count) break
    }
    if (!fit) throw EINVAL
    return encodeInotifyEvents(this.#events.splice(0, fit))
  }

  write(): never {
    throw EBADF
  }

  poll(): number {
    return this.#events.length ? POLLIN : 0
  }

  pollQueues(): readonly string[] {
    return [this.#queue]
  }

  ioctl(_v: Vfs, _file: OpenFile, request: number): number {
    if (request !== FIONREAD) throw ENOTTY
    return this.#events.reduce((total, it) => total + inotifyEventSize(it), 0)
  }

  /** Linux: inotify_fdinfo(), the newest watch first. File handles are not made here. */
  showFdinfo(v: Vfs): string {
    const hex = (value: number): string => (value >>> 0).toString(16)
    return [...this.#watches.values()]
      .reverse()
      .map(({ wd, inode, mask }) => {
        const { ino, sb } = v.inode(inode)
        const { dev } = v.superBlocks.get(sb)
        const sdev = (major(dev) << 20) | minor(dev)
        return `inotify wd:${hex(wd)} ino:${hex(ino)} sdev:${hex(sdev)} mask:${hex(mask & KEPT)} ignored_mask:0 \n`
      })
      .join('')
  }

  release(v: Vfs): void {
    this.k.inotifies.delete(this)
    for (const watch of this.#watches.values()) destroyMark(v, watch)
  }
}

/** inotify_init1(2). Errors: EINVAL, EMFILE. */
export function inotifyInit1(k: Kernel, task: Task, flags: number): number {
  if (flags & ~(IN_CLOEXEC | IN_NONBLOCK)) throw EINVAL
  const { uid } = k.creds.get(task.cred)
  const instances = [...k.inotifies].filter(it => it.uid === uid).length
  const max = sysctl(k, 'user/max_inotify_instances')
  if (instances >= max) throw refuse(k, EMFILE, 'inotify-max', { of: 'instances', max })
  const fd = freeFd(k, task, 0)
  const group = new Inotify(k, uid)
  k.inotifies.add(group)
  const file = newAnonFile(k.vfs, group, {
    mode: 0o600,
    name: 'anon_inode:inotify',
    ino: ANON_INO,
    flags: flags & IN_NONBLOCK,
  })
  installFd(k, task, fd, file.id, (flags & IN_CLOEXEC) !== 0)
  return fd
}

function groupOf(k: Kernel, task: Task, fd: number): Inotify {
  const group = k.vfs.fops(fileOf(k, task, fd))
  if (!(group instanceof Inotify)) throw EINVAL
  return group
}

/** inotify_add_watch(2). Errors: EINVAL, ENOTDIR, EEXIST, ENOSPC, EACCES and those of a path walk. */
export function inotifyAddWatch(k: Kernel, task: Task, fd: number, path: string, mask: number): number {
  if (!(mask & (KEPT | ADD_BITS | IN_ISDIR))) throw EINVAL
  if (mask & IN_MASK_ADD && mask & IN_MASK_CREATE) throw EINVAL
  const group = groupOf(k, task, fd)
  const as = callerOf(k, task)
  const inode = inodeAt(k.vfs, pathLookup(k.vfs, as, path, mask & IN_DONT_FOLLOW ? 'nofollow' : 'follow'))
  if (mask & IN_ONLYDIR && !isDir(inode)) throw ENOTDIR
  inodePermission(k.vfs, as, inode, MAY_READ)
  return group.watch(inode.id, mask)
}

/** inotify_rm_watch(2). Errors: EBADF, EINVAL. */
export const inotifyRmWatch = (k: Kernel, task: Task, fd: number, wd: number): void =>
  groupOf(k, task, fd).unwatch(wd)
