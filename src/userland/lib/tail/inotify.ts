/**
 * tail -f as the kernel tells of changes. GNU: coreutils src/tail.c:tail_forever_inotify(); inotify(7).
 */
import {
  type Blocking,
  decodeInotifyEvents,
  ENOMEM,
  ENOSPC,
  Errno,
  IN_ATTRIB,
  IN_CREATE,
  IN_DELETE,
  IN_DELETE_SELF,
  IN_MODIFY,
  IN_MOVE_SELF,
  IN_MOVED_TO,
  type InotifyEvent,
  isFifo,
  isLink,
  isReg,
  isSock,
  POLLERR,
  POLLIN,
} from '../../../abi/index.ts'
import { fatal } from '../command.ts'
import { basename, lstatOf, statOf } from '../path.ts'
import { quoteaf } from '../quote.ts'
import {
  checkTruncated,
  closeFile,
  diePipe,
  dumpRemainder,
  type Followed,
  type Following,
  isDead,
  recheck,
} from './followed.ts'

const DIRECTORY_MASK = IN_DELETE | IN_CREATE | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF
const NAME_MASK = IN_MODIFY | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF

/** Whether events can be relied on: not for standard input, links, devices and what other hosts may change. */
export const canWatch = ({ sys, files, byName }: Following, allOpened: boolean): boolean =>
  (allOpened || byName) &&
  files.every(it => {
    const link = it.name === '-' ? undefined : lstatOf(sys, it.name)
    if (it.ignored) return true
    return it.name !== '-' && !(link && isLink(link)) && !it.isRemote && isWatchable(it)
  }) &&
  files.some(it => it.fd >= 0 && !it.isRemote)

const isWatchable = ({ fd, stat }: Followed): boolean =>
  fd < 0 || (stat !== undefined && (isReg(stat) || isFifo(stat)))

/** Follow until there is nothing left to follow. Undefined when events are not to be had. */
export function* followByEvents(on: Following): Blocking<number | undefined> {
  let fd: number
  try {
    fd = on.sys.inotify_init1(0)
  } catch (e) {
    yield* on.me.warn('inotify cannot be used, reverting to polling', e)
    return undefined
  }
  const status = yield* new Watcher(on, fd).run()
  if (status === undefined) {
    yield* on.me.warn('inotify cannot be used, reverting to polling')
    on.sys.close(fd)
  }
  return status
}

class Watcher {
  readonly on: Following
  readonly fd: number
  readonly mask: number
  /** Who is watched. */
  readonly byWd = new Map<number, Followed>()

  constructor(on: Following, fd: number) {
    this.on = on
    this.fd = fd
    this.mask = on.byName ? NAME_MASK : IN_MODIFY
  }

  *run(): Blocking<number | undefined> {
    const { on } = this
    if (!(yield* this.watchAll())) return undefined
    if (!on.byName && !this.byWd.size) return 1
    for (const it of on.files) {
      if (it.ignored) continue
      if (on.byName) yield* recheck(on, it)
      else if (it.fd >= 0 && (yield* this.wasReplaced(it))) return undefined
      yield* this.check(it)
    }
    const stdout = on.sys.fstat(1)
    const fds = [{ fd: this.fd, events: POLLIN }]
    if (isFifo(stdout) || isSock(stdout)) fds.push({ fd: 1, events: POLLERR })
    for (let isOver = false; ; ) {
      if (on.byName && !on.retry && !this.byWd.size) throw fatal('no files remaining')
      if (on.pid) {
        if (isOver) return 0
        isOver = yield* isDead(on.sys, on.pid)
      }
      const timeout = on.pid ? (isOver ? 0 : Math.ceil(on.interval / 1e6)) : -1
      const [events = 0, output = 0] = yield* on.sys.poll(fds, timeout)
      if (output) return yield* diePipe(on.sys)
      if (!events) continue
      for (const event of decodeInotifyEvents(yield* on.sys.read(this.fd, 65536)))
        if (!(yield* this.handle(event))) return undefined
    }
  }

  /** False when the kernel has no room for so many watches, or a directory cannot be watched. */
  *watchAll(): Blocking<boolean> {
    const { on } = this
    const { sys, me } = on
    for (const it of on.files) {
      if (it.ignored) continue
      if (on.byName) {
        const directory = it.name.slice(0, it.name.lastIndexOf('/') + 1) || '.'
        try {
          it.parentWd = sys.inotify_add_watch(this.fd, directory, DIRECTORY_MASK)
        } catch (e) {
          if (e === ENOSPC) yield* me.warn('inotify resources exhausted')
          else yield* me.warn(`cannot watch parent directory of ${quoteaf(it.name)}`, e)
          return false
        }
      }
      try {
        it.wd = sys.inotify_add_watch(this.fd, it.name, this.mask)
        this.byWd.set(it.wd, it)
      } catch (e) {
        if (isExhausted(e)) yield* me.warn('inotify resources exhausted')
        else if (e !== it.error) yield* me.warn(`cannot watch ${quoteaf(it.name)}`, e)
        if (isExhausted(e) || (!on.byName && it.fd >= 0)) return false
      }
    }
    return true
  }

  *wasReplaced(it: Followed): Blocking<boolean> {
    const now = statOf(this.on.sys, it.name)
    if (!now || (now.ino === it.stat?.ino && now.dev === it.stat.dev)) return false
    yield* this.on.me.warn(`${quoteaf(it.shown)} was replaced`)
    return true
  }

  /** False when one has to go on without events. */
  *handle(event: InotifyEvent): Blocking<boolean> {
    const { on } = this
    const { wd, mask, name } = event
    if (mask & IN_DELETE_SELF && !name && on.files.some(it => it.parentWd === wd)) {
      yield* on.me.warn('directory containing watched file was removed')
      return false
    }
    const it = name
      ? on.files.find(file => file.parentWd === wd && basename(file.name) === name)
      : this.byWd.get(wd)
    if (!it) return true
    if (name) {
      const outcome = yield* this.watchAgain(it, (mask & IN_DELETE) !== 0)
      if (outcome !== 'watched') return outcome === 'none'
    }
    if (mask & (IN_ATTRIB | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF)) {
      // A file that was moved is still watched: it may come back.
      if (mask & IN_DELETE_SELF) this.byWd.delete(wd)
      if (!name) yield* recheck(on, it)
      return true
    }
    yield* this.check(it)
    return true
  }

  /** Something happened to the name: what is there now gets the watch. */
  *watchAgain(it: Followed, isDeleted: boolean): Blocking<'watched' | 'none' | 'exhausted'> {
    const { sys, me } = this.on
    let wd = -1
    if (!isDeleted)
      try {
        wd = sys.inotify_add_watch(this.fd, it.name, this.mask)
      } catch (e) {
        if (isExhausted(e)) {
          yield* me.warn('inotify resources exhausted')
          return 'exhausted'
        }
        yield* me.warn(`cannot watch ${quoteaf(it.name)}`, e)
      }
    if (!isDeleted && (it.wd < 0 || wd !== it.wd)) {
      if (it.wd >= 0) this.unwatch(it)
      it.wd = wd
      if (wd < 0) return 'none'
      yield* this.take(it, wd)
    }
    yield* recheck(this.on, it)
    return 'watched'
  }

  unwatch(it: Followed): void {
    if (this.byWd.delete(it.wd))
      try {
        this.on.sys.inotify_rm_watch(this.fd, it.wd)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
      }
  }

  /** A file that was moved to this name brings its watch along. */
  *take(it: Followed, wd: number): Blocking<void> {
    const former = this.byWd.get(wd)
    this.byWd.set(wd, it)
    if (!former || former === it) return
    yield* recheck(this.on, former)
    former.wd = -1
    closeFile(this.on.sys, former)
  }

  /** Print what was added to a file. */
  *check(it: Followed): Blocking<void> {
    if (it.fd < 0) return
    const { on } = this
    const now = on.sys.fstat(it.fd)
    yield* checkTruncated(on, it, now)
    if (isReg(now) && now.size === it.size && sameTime(now.mtime, it.stat!.mtime)) return
    it.size += yield* dumpRemainder(on, it)
  }
}

const sameTime = (a: { sec: number; nsec: number }, b: { sec: number; nsec: number }): boolean =>
  a.sec === b.sec && a.nsec === b.nsec

const isExhausted = (e: unknown): boolean => e === ENOSPC || e === ENOMEM
