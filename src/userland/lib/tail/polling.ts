/** tail -f by looking again and again. GNU: coreutils src/tail.c:tail_forever(). */
import {
  type Blocking,
  Errno,
  F_GETFL,
  F_SETFL,
  isFifo,
  isReg,
  isSock,
  O_NONBLOCK,
  POLLERR,
} from '../../../abi/index.ts'
import { quotef } from '../quote.ts'
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

/** Follow until there is nothing left to follow. */
export function* followByLooking(on: Following): Blocking<number> {
  const { sys, me, files, pid } = on
  const stdout = sys.fstat(1)
  const mayBlock = !pid && !on.byName && files.length === 1
  for (const { fd, stat } of files)
    if (fd >= 0 && !mayBlock && stat && !isReg(stat))
      sys.fcntl(fd, F_SETFL, sys.fcntl(fd, F_GETFL) | O_NONBLOCK)
  const watchesOutput = isFifo(stdout) || isSock(stdout)
  for (let isOver = false; ; ) {
    let any = false
    for (const it of files) if (!it.ignored && (yield* look(on, it))) any = true
    if (!files.some(it => isLive(on, it))) {
      yield* me.warn('no files remaining')
      return 1
    }
    if (watchesOutput && (yield* sys.poll([{ fd: 1, events: POLLERR }], 0))[0]) return yield* diePipe(sys)
    if (any) continue
    if (isOver) return 0
    if (pid) isOver = yield* isDead(sys, pid)
    if (!isOver) yield* sys.nanosleep(Math.max(1000, on.interval))
  }
}

/** GNU: any_live_files(). */
const isLive = (on: Following, it: Followed): boolean =>
  it.fd >= 0 || (on.retry && on.byName) || (!it.ignored && on.retry)

/** One look at one file: whether something was printed. */
function* look(on: Following, it: Followed): Blocking<boolean> {
  const { sys } = on
  if (it.fd < 0) {
    yield* recheck(on, it)
    return false
  }
  let now: ReturnType<typeof sys.fstat>
  try {
    now = sys.fstat(it.fd)
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* on.me.warn(quotef(it.shown), e)
    closeFile(sys, it)
    return false
  }
  const before = it.stat!
  const isSame = before.mtime.sec === now.mtime.sec && before.mtime.nsec === now.mtime.nsec
  if (isReg(now) && now.size === it.size && isSame) {
    if (on.byName && it.unchanged++ >= on.maxUnchanged) {
      yield* recheck(on, it)
      it.unchanged = 0
    }
    return false
  }
  it.stat = { ...before, mtime: now.mtime, mode: now.mode }
  it.unchanged = 0
  yield* checkTruncated(on, it, now)
  const printed = yield* dumpRemainder(on, it)
  it.size += printed
  return printed > 0
}
