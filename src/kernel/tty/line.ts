/**
 * What a terminal keeps beside its record: the input being edited, what is on its way to the master, and who listens
 * there. Linux: struct n_tty_data, struct tty_port.
 */
import type { Kernel } from '../kernel.ts'
import type { Tty } from '../types.ts'
import { wakeUp } from '../wake-up.ts'

/** N_TTY_BUF_SIZE: what fits between keyboard and reader. */
export const LINE_MAX = 4096
/** How much a master that programs read may lag behind. */
const MASTER_BUFFER = 65536

export class Line {
  readonly k: Kernel
  /** The id of its record. */
  readonly id: number
  readonly index: number
  /** Waiting for input, for room in the output, and for the master to have something. */
  readonly readQueue: string
  readonly writeQueue: string
  readonly masterQueue: string

  /** Input as typed; `ends[i]` says that a line ends with byte i. */
  input: number[] = []
  ends: boolean[] = []
  /** Where the line that is being edited begins: everything before can be read. */
  canonHead = 0
  /** The next character is taken as it is (VLNEXT). */
  literalNext = false
  /** What the master sent while there was no room. */
  held: Uint8Array[] = []

  /** Output is stopped by ^S. */
  stopped = false
  column = 0
  /** The column where the line being edited began to be echoed. */
  canonColumn = 0

  /** Open files of the slave, and whether there is a master still. */
  slaves = 0
  everOpened = false
  masterOpen = true
  /** Where output goes: the host's screen, or the buffer that a program reads from its master. */
  listener: ((bytes: Uint8Array) => void) | undefined
  output: Uint8Array[] = []
  /** Bytes that the master has not taken, or not acknowledged, yet. */
  outstanding = 0
  limit = MASTER_BUFFER

  constructor(k: Kernel, tty: Tty) {
    this.k = k
    this.id = tty.id
    this.index = tty.index
    this.readQueue = `tty:${tty.id}:read`
    this.writeQueue = `tty:${tty.id}:write`
    this.masterQueue = `tty:${tty.id}:master`
  }

  get tty(): Tty {
    return this.k.ttys.get(this.id)
  }

  /** Send bytes to the master. */
  emit(bytes: Uint8Array): void {
    if (!bytes.length) return
    if (this.listener) {
      if (this.limit !== Number.POSITIVE_INFINITY) this.outstanding += bytes.length
      this.listener(bytes)
      return
    }
    this.outstanding += bytes.length
    this.output.push(bytes)
    wakeUp(this.k, this.masterQueue)
  }

  get isFull(): boolean {
    return this.outstanding >= this.limit
  }

  /** The master has taken bytes: whoever waits to write may go on. */
  drained(bytes: number): void {
    this.outstanding = Math.max(0, this.outstanding - bytes)
    if (!this.isFull) wakeUp(this.k, this.writeQueue)
  }

  /** Take what is waiting in the output buffer, at most `count` bytes. */
  take(count: number): Uint8Array {
    const head = this.output[0]
    if (!head) return new Uint8Array(0)
    const bytes = head.subarray(0, count)
    if (bytes.length < head.length) this.output[0] = head.subarray(bytes.length)
    else this.output.shift()
    this.drained(bytes.length)
    return bytes
  }

  flushInput(): void {
    this.input = []
    this.ends = []
    this.canonHead = 0
    this.literalNext = false
    this.held = []
  }

  flushOutput(): void {
    const dropped = this.output.reduce((sum, bytes) => sum + bytes.length, 0)
    this.output = []
    if (dropped) this.drained(dropped)
  }
}
