/**
 * Pseudo terminals: a slave that programs have as their terminal, and a master that is the host's screen and keyboard
 * or another program. Linux: drivers/tty/pty.c, drivers/tty/tty_io.c; pty(7).
 */
import {
  CREAD,
  CS8,
  CSIZE,
  PARENB,
  type Blocking,
  EAGAIN,
  EINTR,
  EIO,
  ENODEV,
  ENXIO,
  FIONREAD,
  ENOTTY,
  ICANON,
  makedev,
  minor,
  O_NONBLOCK,
  POLLERR,
  POLLHUP,
  POLLIN,
  POLLOUT,
  SIGTTIN,
  SIGTTOU,
  SIGWINCH,
  TCSETSF,
  type Termios,
  TOSTOP,
  TTY_DEFAULT,
  VMIN,
  VTIME,
  type Winsize,
} from '../../abi/index.ts'
import type { Caller, FileOps, OpenFile } from '../../vfs/index.ts'
import { doSignal } from '../deliver.ts'
import type { Kernel } from '../kernel.ts'
import { killPgrp } from '../signal.ts'
import { waitEvent } from '../wait-queue.ts'
import { wakeUp } from '../wake-up.ts'
import { acquireTty, checkChange, hangUp, isBackground, stopInBackground } from './job-control.ts'
import { Line } from './line.ts'
import { hasLine, processOutput, receive, takeLine, takeRaw, termiosChanged } from './n-tty.ts'
import { refuse } from '../refuse.ts'

const SLAVE_MAJOR = 136
const NOTHING = new Uint8Array(0)
const DECISECOND = 1e8

// The host's side

/** A new pty whose master is the host. Its slave is /dev/pts/INDEX. */
export function openPty(k: Kernel): { readonly index: number } {
  const line = newPty(k)
  line.limit = Number.POSITIVE_INFINITY
  return { index: line.index }
}

function newPty(k: Kernel, made: { readonly uid?: number; readonly devpts?: number } = {}): Line {
  let index = 0
  while (k.ptys.has(index)) index++
  const tty = k.ttys.insert({
    index,
    termios: TTY_DEFAULT,
    rows: 0,
    cols: 0,
    session: 0,
    pgrp: 0,
    hungUp: false,
    ...made,
  })
  const line = new Line(k, tty)
  k.lines.set(tty.id, line)
  k.ptys.set(index, tty.id)
  k.vfs.devices.set(`c${makedev(SLAVE_MAJOR, index)}`, k.ttyOps.slave)
  return line
}

/** The line behind /dev/pts/INDEX. */
export function lineAt(k: Kernel, index: number): Line {
  const id = k.ptys.get(index)
  if (id === undefined) throw new Error(`no pty ${index}`)
  return k.lines.get(id)!
}

/** What the keyboard sends. */
export const masterWrite = (k: Kernel, index: number, bytes: Uint8Array): void =>
  receive(lineAt(k, index), bytes)

/** Be given what goes to the screen, starting with what has come already. */
export function onMasterOutput(k: Kernel, index: number, listener: (bytes: Uint8Array) => void): void {
  const line = lineAt(k, index)
  const before = line.output
  line.flushOutput()
  line.listener = listener
  for (const bytes of before) line.emit(bytes)
}

/** From here on writers wait while more than `bytes` of output are not acknowledged by `masterDrained`. */
export function setMasterLimit(k: Kernel, index: number, bytes: number): void {
  lineAt(k, index).limit = bytes
}

/** The screen has drawn so many bytes. */
export const masterDrained = (k: Kernel, index: number, bytes: number): void =>
  lineAt(k, index).drained(bytes)

/** TIOCSWINSZ: the foreground group learns of another size by SIGWINCH. */
export function setWinsize(k: Kernel, index: number, rows: number, cols: number): void {
  resize(k, lineAt(k, index).id, { rows, cols })
}

export function resize(k: Kernel, tty: number, { rows, cols }: Winsize): void {
  const old = k.ttys.get(tty)
  if (old.rows === rows && old.cols === cols) return
  const it = k.ttys.own(tty)
  it.rows = rows
  it.cols = cols
  killPgrp(k, it.pgrp, SIGWINCH)
}

/** The host unplugs the terminal: hang up. The pty goes with its last user. */
export function closeMaster(k: Kernel, index: number): void {
  const line = lineAt(k, index)
  line.masterOpen = false
  hangUp(k, line.id)
  k.ptys.delete(index)
  forgetUnused(k, line)
}

function forgetUnused(k: Kernel, line: Line): void {
  if (line.slaves || line.masterOpen) return
  k.lines.delete(line.id)
  k.ttys.remove(line.id)
}

// Open files

/** The line behind an open terminal, slave or master; undefined for other files. */
export const lineOf = (k: Kernel, file: number): Line | undefined => k.fileLines.get(file)

/** Whether the open file is the master side. */
export const isMaster = (k: Kernel, file: OpenFile): boolean => k.vfs.fops(file) === k.ttyOps.master

function openSlave(k: Kernel, file: OpenFile, line: Line, as: Caller): void {
  line.slaves++
  line.everOpened = true
  k.fileLines.set(file.id, line)
  if (as.task && !k.noctty) acquireTty(k, as.task, line.id)
}

function available(line: Line, count: number): boolean {
  const { termios } = line.tty
  if (termios.lflag & ICANON) return hasLine(line)
  const least = termios.cc[VTIME] ? 1 : Math.max(1, termios.cc[VMIN]!)
  return line.input.length >= Math.min(least, Math.max(1, count))
}

/** Linux: n_tty_read(). */
function* readSlave(k: Kernel, line: Line, file: OpenFile, count: number, id: number): Blocking<Uint8Array> {
  const nonBlocking = (file.flags & O_NONBLOCK) !== 0
  yield* checkChange(k, id, line.id, SIGTTIN, doSignal)
  const { termios } = line.tty
  if (!(termios.lflag & ICANON) && (termios.cc[VTIME] || !termios.cc[VMIN])) {
    return yield* readTimed(k, line, termios, count, id, nonBlocking)
  }
  if (!available(line, count)) {
    if (isOver(line)) return atEnd(line)
    if (nonBlocking) throw EAGAIN
    yield* waitEvent(k, id, line.readQueue, 'wait_woken', () => available(line, count) || isOver(line))
  }
  return isOver(line) && !available(line, count) ? atEnd(line) : take(line, count)
}

const isOver = (line: Line): boolean => !line.masterOpen || line.tty.hungUp

/** A hung-up terminal reads as ended; EIO when only the other side is closed. */
function atEnd(line: Line): Uint8Array {
  if (line.tty.hungUp) return NOTHING
  throw EIO
}

const take = (line: Line, count: number): Uint8Array =>
  line.tty.termios.lflag & ICANON ? takeLine(line, count) : takeRaw(line, count)

/** termios(3), "MIN == 0 or TIME > 0": VTIME runs from the start without VMIN, and between bytes with it. */
function* readTimed(
  k: Kernel,
  line: Line,
  termios: Termios,
  count: number,
  id: number,
  nonBlocking: boolean,
): Blocking<Uint8Array> {
  const [min, time] = [termios.cc[VMIN]!, termios.cc[VTIME]! * DECISECOND]
  const enough = (): boolean => line.input.length >= Math.min(Math.max(min, 1), count)
  if (enough() || (min === 0 && time === 0)) return takeRaw(line, count)
  if (nonBlocking) throw EAGAIN
  if (min && !line.input.length)
    yield* waitEvent(k, id, line.readQueue, 'wait_woken', () => line.input.length > 0 || isOver(line))
  while (!enough() && !isOver(line)) {
    const had = line.input.length
    const more = (): boolean => line.input.length > had || isOver(line)
    if (!(yield* waitEvent(k, id, line.readQueue, 'wait_woken', more, k.now() + time))) break
  }
  return takeRaw(line, count)
}

/** Linux: n_tty_write(). Waits while output is stopped or the master is behind. */
function* writeSlave(k: Kernel, line: Line, file: OpenFile, data: Uint8Array, id: number): Blocking<number> {
  const nonBlocking = (file.flags & O_NONBLOCK) !== 0
  const mayStop = (): boolean => (line.tty.termios.lflag & TOSTOP) !== 0
  while (mayStop() && (yield* stopInBackground(k, id, line.id, SIGTTOU, doSignal)));
  let done = 0
  while (done < data.length) {
    if (isOver(line)) throw EIO
    if (line.stopped || line.isFull) {
      if (nonBlocking) {
        if (done) return done
        throw EAGAIN
      }
      try {
        yield* waitEvent(k, id, line.writeQueue, 'n_tty_write', () => mayWrite(line) || isOver(line))
      } catch (e) {
        if (e === EINTR && done) return done
        throw e
      }
      continue
    }
    const part = data.subarray(done, done + CHUNK)
    line.emit(processOutput(line, line.tty.termios, part))
    done += part.length
  }
  return done
}

const CHUNK = 4096
const mayWrite = (line: Line): boolean => !line.stopped && !line.isFull

/** The operations of slaves, of /dev/tty and of masters. One set a kernel. */
export interface TtyOps {
  readonly slave: FileOps
  readonly current: FileOps
  readonly master: FileOps
}

export function ttyOps(k: Kernel): TtyOps {
  const slave: FileOps = {
    seekable: false,
    open(v, file, as) {
      const tty = k.ptys.get(minor(v.inode(file.inode).rdev))
      if (tty === undefined) throw EIO
      openSlave(k, file, k.lines.get(tty)!, as)
    },
    read(_v, file, count, _pos, as) {
      const line = k.fileLines.get(file.id)!
      if (line.tty.hungUp || count === 0) return NOTHING
      return readSlave(k, line, file, count, as.task)
    },
    write(_v, file, data, _pos, as) {
      const line = k.fileLines.get(file.id)!
      if (isOver(line)) throw EIO
      const { termios } = line.tty
      const isFree = mayWrite(line) && (line.limit === Number.POSITIVE_INFINITY || data.length <= CHUNK)
      if (!isFree || (termios.lflag & TOSTOP && isBackground(k, k.tasks.get(as.task), line.id)))
        return writeSlave(k, line, file, data, as.task)
      line.emit(processOutput(line, termios, data))
      return data.length
    },
    poll(_v, file) {
      const line = k.fileLines.get(file.id)!
      if (isOver(line)) return POLLIN | POLLOUT | POLLERR | POLLHUP
      return (available(line, 1) ? POLLIN : 0) | (mayWrite(line) ? POLLOUT : 0)
    },
    pollQueues(_v, file) {
      const line = k.fileLines.get(file.id)!
      return [line.readQueue, line.writeQueue]
    },
    ioctl: (_v, file, request) => ttyIoctl(k.fileLines.get(file.id)!, request),
    release(_v, file) {
      const line = k.fileLines.get(file.id)
      k.fileLines.delete(file.id)
      if (!line) return
      line.slaves--
      if (!line.slaves) wakeUp(k, line.masterQueue)
      forgetUnused(k, line)
    },
  }
  const current: FileOps = {
    ...slave,
    open(_v, file, as) {
      const { tty } = k.tasks.get(as.task)
      if (!tty) throw refuse(k, ENXIO, 'no-tty', {})
      openSlave(k, file, k.lines.get(tty)!, as)
    },
  }
  return { slave, current, master: masterOps(k) }
}

function ttyIoctl(line: Line, request: number): number {
  if (request !== FIONREAD) throw ENOTTY
  return line.tty.termios.lflag & ICANON ? line.canonHead : line.input.length
}

function masterOps(k: Kernel): FileOps {
  const slaveIsGone = (line: Line): boolean => line.everOpened && line.slaves === 0
  return {
    seekable: false,
    open(_v, file, as) {
      const devpts = devptsOf(k, file, as)
      k.fileLines.set(file.id, newPty(k, { uid: as.cred.fsuid, ...(devpts && { devpts }) }))
    },
    read(_v, file, count, _pos, as) {
      const line = k.fileLines.get(file.id)!
      if (line.output.length) return line.take(count)
      if (slaveIsGone(line)) throw EIO
      if (file.flags & O_NONBLOCK) throw EAGAIN
      return readMaster(k, line, count, as.task, () => line.output.length > 0 || slaveIsGone(line))
    },
    write(_v, file, data) {
      receive(k.fileLines.get(file.id)!, data.slice())
      return data.length
    },
    poll(_v, file) {
      const line = k.fileLines.get(file.id)!
      return (line.output.length ? POLLIN : 0) | POLLOUT | (slaveIsGone(line) ? POLLHUP : 0)
    },
    pollQueues: (_v, file) => [k.fileLines.get(file.id)!.masterQueue],
    showFdinfo: (_v, file) => `tty-index:\t${k.fileLines.get(file.id)!.index}\n`,
    ioctl(_v, file, request) {
      if (request !== FIONREAD) throw ENOTTY
      return k.fileLines.get(file.id)!.outstanding
    },
    release(_v, file) {
      const line = k.fileLines.get(file.id)!
      k.fileLines.delete(file.id)
      closeMaster(k, line.index)
    },
  }
}

/** Linux: devpts_acquire(): the instance that the ptmx belongs to, or the one mounted on `pts` beside it. */
function devptsOf(k: Kernel, file: OpenFile, as: Caller): number {
  const { vfs } = k
  const { sb, parent } = vfs.dentry(file.dentry)
  if (k.superBlocks.get(sb).type === 'devpts') return sb
  const pts = vfs.lookup(parent, 'pts', as)
  const mount = pts && vfs.lookupMnt(file.mount, vfs.dentry(pts).id)
  if (!mount) throw ENODEV
  const on = k.superBlocks.get(k.mounts.get(mount).sb)
  if (on.type !== 'devpts') throw ENODEV
  return on.id
}

function* readMaster(
  k: Kernel,
  line: Line,
  count: number,
  id: number,
  ready: () => boolean,
): Blocking<Uint8Array> {
  yield* waitEvent(k, id, line.masterQueue, 'wait_woken', ready)
  if (!line.output.length) throw EIO
  return line.take(count)
}

/** Linux: set_termios(). TCSETSF throws away what is typed but not read. */
export function* tcsetattr(
  k: Kernel,
  id: number,
  tty: number,
  when: number,
  termios: Termios,
): Blocking<void> {
  yield* checkChange(k, id, tty, SIGTTOU, doSignal)
  const line = k.lines.get(tty)!
  if (when === TCSETSF) line.flushInput()
  const old = line.tty.termios
  // There is no wire with fewer bits or parity: pty_set_termios().
  const cflag = (termios.cflag & ~(CSIZE | PARENB)) | CS8 | CREAD
  k.ttys.own(tty).termios = { ...termios, cflag, cc: termios.cc.slice() }
  termiosChanged(line, old, termios)
}
