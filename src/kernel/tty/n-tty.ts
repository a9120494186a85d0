/**
 * N_TTY, the line discipline: editing and echo of what is typed, signals, flow control, and the processing of output.
 * Linux: drivers/tty/n_tty.c; termios(3).
 *
 * Left out: ECHOPRT, EXTPROC, parity marks, delays but those of tabs, XCASE, PENDIN.
 */
import {
  ECHO,
  ECHOCTL,
  ECHOE,
  ECHOK,
  ECHOKE,
  ECHONL,
  ICANON,
  ICRNL,
  IEXTEN,
  IGNCR,
  IMAXBEL,
  INLCR,
  ISIG,
  IUTF8,
  IXANY,
  IXON,
  NOFLSH,
  ONLCR,
  OPOST,
  SIGINT,
  SIGQUIT,
  SIGTSTP,
  type Termios,
  VEOF,
  VEOL,
  VEOL2,
  VERASE,
  VINTR,
  VKILL,
  VLNEXT,
  VQUIT,
  VREPRINT,
  VSTART,
  VSTOP,
  VSUSP,
  VWERASE,
} from '../../abi/index.ts'
import { killPgrp } from '../signal.ts'
import { wakeUp } from '../wake-up.ts'
import { type Line, LINE_MAX } from './line.ts'
import { isWide } from './width.ts'

const [BEL, BS, HT, NL, CR, SPACE, CARET, DEL] = [7, 8, 9, 10, 13, 32, 94, 127]
const IUCLC = 0o1000
const OLCUC = 0o2
/** Tabs become blanks: TABDLY is TAB3. */
const XTABS = 0o14000
const OCRNL = 0o10
const ONOCR = 0o20
const ONLRET = 0o40

const isControl = (byte: number): boolean => byte < SPACE || byte === DEL
const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80
const isWordChar = (byte: number): boolean =>
  (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 95

/** Whether `byte` is the character that does `what`; 0 in the table means that nothing does. */
const is = (termios: Termios, what: number, byte: number): boolean => termios.cc[what] === byte && byte !== 0

// Output

/** Linux: process_output(). Returns the bytes for the master, and keeps track of the column. */
export function processOutput(line: Line, termios: Termios, data: Uint8Array): Uint8Array {
  if (!(termios.oflag & OPOST)) return data.slice()
  const hasXtabs = (termios.oflag & XTABS) === XTABS
  let more = 0
  for (let i = 0; i < data.length; i++) {
    if (data[i] === NL) more++
    else if (data[i] === HT && hasXtabs) more += 7
  }
  const out = new Uint8Array(data.length + more)
  let length = 0
  for (let i = 0; i < data.length; i++) {
    let byte = data[i]!
    if (termios.oflag & OLCUC && byte >= 97 && byte <= 122) byte -= 32
    if (byte === HT && hasXtabs) {
      do out[length++] = SPACE
      while (++line.column & 7)
      continue
    }
    if (byte === NL && termios.oflag & ONLCR) {
      out[length++] = CR
      line.column = 0
    } else if (byte === CR) {
      if (termios.oflag & ONOCR && line.column === 0) continue
      line.column = 0
      if (termios.oflag & OCRNL) {
        out[length++] = NL
        continue
      }
    } else moveColumn(line, termios, byte)
    out[length++] = byte
  }
  return out.subarray(0, length)
}

function moveColumn(line: Line, termios: Termios, byte: number): void {
  if (byte === NL) {
    if (termios.oflag & ONLRET) line.column = 0
  } else if (byte === HT) line.column += 8 - (line.column & 7)
  else if (byte === BS) line.column = Math.max(0, line.column - 1)
  else if (!isControl(byte) && !(termios.iflag & IUTF8 && isContinuation(byte))) line.column++
}

function echoBytes(line: Line, termios: Termios, bytes: readonly number[]): void {
  line.emit(processOutput(line, termios, Uint8Array.from(bytes)))
}

/** Linux: echo_char(): control characters as ^X. */
function echoChar(line: Line, termios: Termios, byte: number): void {
  if (termios.lflag & ECHOCTL && isControl(byte) && byte !== HT)
    echoBytes(line, termios, [CARET, byte ^ 0o100])
  else echoBytes(line, termios, [byte])
}

// Input

/** Linux: n_tty_receive_buf(). What does not fit waits until somebody has read. */
export function receive(line: Line, bytes: Uint8Array): void {
  if (line.held.length) {
    line.held.push(bytes)
    return
  }
  const taken = receiveSome(line, bytes)
  if (taken < bytes.length) line.held.push(bytes.subarray(taken))
  if (line.canonHead > 0 || !(line.tty.termios.lflag & ICANON)) wakeUp(line.k, line.readQueue)
}

/** After a read there is room again. */
export function receiveHeld(line: Line): void {
  if (!line.held.length) return
  const held = line.held
  line.held = []
  for (const bytes of held) receive(line, bytes)
}

function receiveSome(line: Line, bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; i++) {
    const { termios } = line.tty
    const isFull = line.input.length >= LINE_MAX - 1
    // A full buffer that holds a line, or raw bytes, waits for its reader; signals still get through.
    if (isFull && (line.canonHead > 0 || !(termios.lflag & ICANON)) && !isSignal(termios, bytes[i]!)) return i
    receiveChar(line, termios, bytes[i]!)
  }
  return bytes.length
}

const isSignal = (termios: Termios, byte: number): boolean =>
  (termios.lflag & ISIG) !== 0 &&
  (is(termios, VINTR, byte) || is(termios, VQUIT, byte) || is(termios, VSUSP, byte))

function receiveChar(line: Line, termios: Termios, byte: number): void {
  if (line.literalNext) {
    line.literalNext = false
    echoAndPut(line, termios, byte)
    return
  }
  if (termios.iflag & IUCLC && termios.lflag & IEXTEN && byte >= 65 && byte <= 90) byte += 32
  if (termios.iflag & IXON && flowControl(line, termios, byte)) return
  if (termios.lflag & ISIG && signalChar(line, termios, byte)) return
  if (byte === CR) {
    if (termios.iflag & IGNCR) return
    if (termios.iflag & ICRNL) byte = NL
  } else if (byte === NL && termios.iflag & INLCR) byte = CR
  if (termios.lflag & ICANON && canonChar(line, termios, byte)) return
  echoAndPut(line, termios, byte)
}

/** ^S and ^Q. True if the character was for that. */
function flowControl(line: Line, termios: Termios, byte: number): boolean {
  if (is(termios, VSTART, byte)) {
    startOutput(line)
    return true
  }
  if (is(termios, VSTOP, byte)) {
    line.stopped = true
    return true
  }
  if (line.stopped && termios.iflag & IXANY) startOutput(line)
  return false
}

/** Linux: start_tty(). */
export function startOutput(line: Line): void {
  if (!line.stopped) return
  line.stopped = false
  wakeUp(line.k, line.writeQueue)
}

function signalChar(line: Line, termios: Termios, byte: number): boolean {
  const signal = is(termios, VINTR, byte)
    ? SIGINT
    : is(termios, VQUIT, byte)
      ? SIGQUIT
      : is(termios, VSUSP, byte)
        ? SIGTSTP
        : 0
  if (!signal) return false
  if (!(termios.lflag & NOFLSH)) {
    line.flushInput()
    line.flushOutput()
  }
  if (termios.iflag & IXON) startOutput(line)
  if (termios.lflag & ECHO) echoChar(line, termios, byte)
  killPgrp(line.k, line.tty.pgrp, signal)
  return true
}

/** The characters that edit or end a line. True if it was one. */
function canonChar(line: Line, termios: Termios, byte: number): boolean {
  const extended = (termios.lflag & IEXTEN) !== 0
  if (is(termios, VERASE, byte)) erase(line, termios, 'character')
  else if (is(termios, VKILL, byte)) kill(line, termios, byte)
  else if (extended && is(termios, VWERASE, byte)) erase(line, termios, 'word')
  else if (extended && is(termios, VLNEXT, byte)) {
    line.literalNext = true
    if (termios.lflag & ECHO && termios.lflag & ECHOCTL) echoBytes(line, termios, [CARET, BS])
  } else if (extended && termios.lflag & ECHO && is(termios, VREPRINT, byte)) reprint(line, termios, byte)
  else if (byte === NL) {
    if (termios.lflag & (ECHO | ECHONL)) echoBytes(line, termios, [NL])
    endLine(line, NL)
  } else if (is(termios, VEOF, byte)) endLine(line, 0)
  else if (is(termios, VEOL, byte) || (extended && is(termios, VEOL2, byte))) {
    if (termios.lflag & ECHO) echoFirst(line, termios, byte)
    endLine(line, byte)
  } else return false
  return true
}

function endLine(line: Line, byte: number): void {
  line.input.push(byte)
  line.ends[line.input.length - 1] = true
  line.canonHead = line.input.length
}

function echoFirst(line: Line, termios: Termios, byte: number): void {
  if (line.canonHead === line.input.length) line.canonColumn = line.column
  echoChar(line, termios, byte)
}

function echoAndPut(line: Line, termios: Termios, byte: number): void {
  if (line.input.length >= LINE_MAX - 1) {
    if (termios.iflag & IMAXBEL) line.emit(Uint8Array.of(BEL))
    return
  }
  if (termios.lflag & ECHO) {
    if (byte === NL) echoBytes(line, termios, [NL])
    else echoFirst(line, termios, byte)
  }
  line.input.push(byte)
}

function reprint(line: Line, termios: Termios, byte: number): void {
  echoChar(line, termios, byte)
  echoBytes(line, termios, [NL])
  line.canonColumn = line.column
  for (const it of line.input.slice(line.canonHead)) echoChar(line, termios, it)
}

function kill(line: Line, termios: Termios, byte: number): void {
  if (line.input.length === line.canonHead) return
  const { lflag } = termios
  if (lflag & ECHO && lflag & ECHOK && lflag & ECHOKE && lflag & ECHOE) {
    erase(line, termios, 'line')
    return
  }
  line.input.length = line.canonHead
  if (!(lflag & ECHO)) return
  echoChar(line, termios, byte)
  if (lflag & ECHOK) echoBytes(line, termios, [NL])
}

/** Linux: eraser(). */
function erase(line: Line, termios: Termios, what: 'character' | 'word' | 'line'): void {
  let seenWord = false
  while (line.input.length > line.canonHead) {
    const head = characterStart(line, termios)
    if (head < 0) return
    const byte = line.input[head]!
    if (what === 'word') {
      if (isWordChar(byte)) seenWord = true
      else if (seenWord) return
    }
    const bytes = line.input.slice(head)
    line.input.length = head
    if (termios.lflag & ECHO) echoErased(line, termios, bytes, what)
    if (what === 'character') return
  }
}

/** Where the last character begins: with IUTF8 not in the middle of a sequence; -1 if only the middle is there. */
function characterStart(line: Line, termios: Termios): number {
  let head = line.input.length - 1
  if (!(termios.iflag & IUTF8)) return head
  while (isContinuation(line.input[head]!) && head > line.canonHead) head--
  return isContinuation(line.input[head]!) ? -1 : head
}

const RUBOUT = [BS, SPACE, BS]

function echoErased(line: Line, termios: Termios, bytes: readonly number[], what: string): void {
  const [byte] = bytes
  if (what === 'character' && !(termios.lflag & ECHOE)) {
    echoChar(line, termios, termios.cc[VERASE]!)
  } else if (byte === HT) {
    const width = 8 - (columnAt(line, termios) & 7)
    echoBytes(line, termios, new Array(width).fill(BS))
  } else {
    const columns = isControl(byte!) ? (termios.lflag & ECHOCTL ? 2 : 0) : isWide(bytes) ? 2 : 1
    for (let i = 0; i < columns; i++) echoBytes(line, termios, RUBOUT)
  }
}

/** The column where the edited line ends. */
function columnAt(line: Line, termios: Termios): number {
  let column = line.canonColumn
  for (const byte of line.input.slice(line.canonHead)) {
    if (byte === HT) column += 8 - (column & 7)
    else if (isControl(byte)) column += termios.lflag & ECHOCTL ? 2 : 0
    else if (!(termios.iflag & IUTF8 && isContinuation(byte))) column++
  }
  return column
}

// Reading

/** Whether a canonical read has a line to give. */
export const hasLine = (line: Line): boolean => line.canonHead > 0

/** Linux: canon_copy_from_read_buf(): up to the end of the first line. An end-of-file character is not part of it. */
export function takeLine(line: Line, count: number): Uint8Array {
  let end = 0
  while (end < count && end < line.canonHead && !line.ends[end]) end++
  const endsHere = end < line.canonHead && line.ends[end] === true
  const isEof = endsHere && line.input[end] === 0
  const length = endsHere && !isEof && end < count ? end + 1 : end
  const bytes = Uint8Array.from(line.input.slice(0, length))
  dropInput(line, isEof ? length + 1 : length)
  return bytes
}

export function takeRaw(line: Line, count: number): Uint8Array {
  const bytes = Uint8Array.from(line.input.slice(0, count))
  dropInput(line, bytes.length)
  return bytes
}

function dropInput(line: Line, count: number): void {
  line.input.splice(0, count)
  line.ends.splice(0, count)
  line.canonHead = Math.max(0, line.canonHead - count)
  receiveHeld(line)
}

/** Linux: n_tty_set_termios(): what is typed already changes its meaning with ICANON. */
export function termiosChanged(line: Line, old: Termios, now: Termios): void {
  if ((old.lflag ^ now.lflag) & ICANON) {
    line.ends = []
    line.literalNext = false
    line.canonHead = 0
    if (now.lflag & ICANON && line.input.length) {
      line.ends[line.input.length - 1] = true
      line.canonHead = line.input.length
    }
  }
  if (!(now.iflag & IXON) && old.iflag & IXON) startOutput(line)
  wakeUp(line.k, line.readQueue)
}
