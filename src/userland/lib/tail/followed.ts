/**
 * The files that tail -f follows: what is known of each, and what one finds when looking at its name anew.
 * GNU: coreutils src/tail.c, struct File_spec, recheck(), dump_remainder().
 */
import {
  type Blocking,
  EAGAIN,
  ENOENT,
  EPERM,
  Errno,
  isChr,
  isFifo,
  isLink,
  isReg,
  isSock,
  O_NONBLOCK,
  O_RDONLY,
  SEEK_SET,
  SIGPIPE,
  type Stat,
  type Sys,
} from '../../../abi/index.ts'
import type { Process } from '../command.ts'
import { writeAll } from '../output.ts'
import { lstatOf } from '../path.ts'
import { quoteaf, quotef } from '../quote.ts'

/** One operand. */
export interface Followed {
  readonly name: string
  /** How messages and headers call it. */
  readonly shown: string
  fd: number
  /** How far it was read, where that can be told. */
  size: number
  /** What it was when it was looked at last. */
  stat: Stat | undefined
  /** Why it cannot be read; `type` for what has no end that could be followed. */
  error: Errno | 'type' | undefined
  /** It could be opened, or need not be. */
  tailable: boolean
  /** Given up. */
  ignored: boolean
  isRemote: boolean
  /** How often in a row nothing had changed. */
  unchanged: number
  /** Its watch, and that of its directory; -1 for none. */
  wd: number
  parentWd: number
}

/** What is asked for. */
export interface Following {
  readonly sys: Sys
  readonly me: Process
  readonly files: readonly Followed[]
  readonly byName: boolean
  readonly retry: boolean
  readonly headers: boolean
  /** Stop when this process is gone; 0 for none. */
  readonly pid: number
  /** Nanoseconds between two looks. */
  readonly interval: number
  readonly maxUnchanged: number
  /** Whether events tell of changes, or one has to look. */
  inotify: boolean
  /** Whose contents were printed last. */
  last: Followed | undefined
}

export const newFollowed = (name: string): Followed => ({
  name,
  shown: name === '-' ? 'standard input' : name,
  fd: -1,
  size: 0,
  stat: undefined,
  error: undefined,
  tailable: true,
  ignored: false,
  isRemote: false,
  unchanged: 0,
  wd: -1,
  parentWd: -1,
})

/** Linux: magic(5) of file systems whose changes nobody is told of: overlay, pipefs, sockfs, NFS, FUSE, CIFS. */
const REMOTE: readonly number[] = [0x794c7630, 0x50495045, 0x534f434b, 0x6969, 0x65735546, 0xff534d42]

const isRemote = (sys: Sys, fd: number): boolean => REMOTE.includes(sys.fstatfs(fd).type)

/** GNU: IS_TAILABLE_FILE_TYPE. */
export const isTailable = ({ mode }: Stat): boolean =>
  isReg({ mode }) || isFifo({ mode }) || isSock({ mode }) || isChr({ mode })

/** From here on `it` is this open file. GNU: record_open_fd(). */
export function record(sys: Sys, it: Followed, fd: number, stat: Stat, size: number): void {
  it.fd = fd
  it.stat = stat
  it.size = size
  it.error = undefined
  it.tailable = true
  it.ignored = false
  it.isRemote = isRemote(sys, fd)
  it.unchanged = 0
}

/** Give the descriptor back, but for standard input. */
export function closeFile(sys: Sys, it: Followed): void {
  if (it.fd > 0) sys.close(it.fd)
  it.fd = -1
}

export function* header({ sys, headers, last }: Following, it: Followed): Blocking<void> {
  if (headers) yield* writeAll(sys, 1, `${last ? '\n' : ''}==> ${it.shown} <==\n`)
}

/** Print what there is from where the file stands on, of a stream what it gives at once; how many bytes that was. */
export function* dumpRemainder(on: Following, it: Followed): Blocking<number> {
  let total = 0
  const isWhole = isReg(it.stat!)
  for (;;) {
    let chunk: Uint8Array
    try {
      chunk = yield* on.sys.read(it.fd, 65536)
    } catch (e) {
      if (e === EAGAIN) return total
      throw e
    }
    if (!chunk.length) return total
    if (total === 0 && on.last !== it) yield* header(on, it)
    on.last = it
    yield* writeAll(on.sys, 1, chunk)
    total += chunk.length
    if (!isWhole) return total
  }
}

/** A regular file that has become shorter is read from its beginning. */
export function* checkTruncated({ sys, me }: Following, it: Followed, now: Stat): Blocking<void> {
  if (!isReg(now) || now.size >= it.size) return
  yield* me.warn(`${it.shown}: file truncated`)
  sys.lseek(it.fd, 0, SEEK_SET)
  it.size = 0
}

type Found = { readonly fd: number; readonly stat: Stat } | { readonly error: Errno | 'type'; why: string }

/** Look at the name again: the file may have gone, come, or be another one. */
export function* recheck(on: Following, it: Followed): Blocking<void> {
  const { sys, me } = on
  const was = { error: it.error, tailable: it.tailable }
  const found = yield* reopen(on, it)
  if ('error' in found) {
    it.error = found.error
    if (found.why) yield* me.warn(found.why, found.error === 'type' ? undefined : found.error)
    return closeFile(sys, it)
  }
  const { fd, stat } = found
  const name = quoteaf(it.shown)
  if (was.error && was.error !== ENOENT) yield* me.warn(`${name} has become accessible`)
  else if (it.fd < 0) yield* me.warn(`${name} has appeared;  following new file`)
  else if (stat.ino !== it.stat?.ino || stat.dev !== it.stat.dev)
    yield* me.warn(`${name} has been replaced;  following new file`)
  else {
    if (fd) sys.close(fd)
    it.error = undefined
    return
  }
  closeFile(sys, it)
  record(sys, it, fd, stat, 0)
}

function* reopen(on: Following, it: Followed): Blocking<Found> {
  const { sys } = on
  const name = quoteaf(it.shown)
  const wasTailable = it.tailable
  const link = on.inotify ? lstatOf(sys, it.name) : undefined
  if (link && isLink(link))
    return unwatchable(it, `${name} has been replaced with an untailable symbolic link`)
  let fd: number
  try {
    fd = it.name === '-' ? 0 : yield* sys.open(it.name, O_RDONLY | O_NONBLOCK)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    it.tailable = !on.retry
    if (it.tailable) return { error: e, why: e === it.error ? '' : quotef(it.shown) }
    return { error: e, why: wasTailable ? `${name} has become inaccessible` : '' }
  }
  const stat = sys.fstat(fd)
  it.tailable = isTailable(stat)
  if (it.tailable && !(on.inotify && isRemote(sys, fd))) return { fd, stat }
  if (fd) sys.close(fd)
  if (it.tailable) return unwatchable(it, `${name} has been replaced with an untailable remote file`)
  it.ignored = !(on.retry && on.byName)
  const more = it.ignored ? '; giving up on this name' : ''
  const isNews = wasTailable || it.error !== 'type'
  return { error: 'type', why: isNews ? `${name} has been replaced with an untailable file${more}` : '' }
}

/** What events would not tell of is not followed. */
function unwatchable(it: Followed, why: string): Found {
  it.ignored = true
  return { error: 'type', why }
}

/** Whether the process that is waited for is gone. */
export function* isDead(sys: Sys, pid: number): Blocking<boolean> {
  try {
    yield* sys.kill(pid, 0)
    return false
  } catch (e) {
    return e !== EPERM
  }
}

/** Nobody reads any more: end as a writer would. */
export function* diePipe(sys: Sys): Blocking<number> {
  yield* sys.kill(sys.getpid(), SIGPIPE)
  return 1
}
