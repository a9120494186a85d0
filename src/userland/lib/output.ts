/**
 * Buffered output of one process, as stdio's stdout: `print` is a plain call, `flush` and `drain` may sleep.
 * Linux: glibc libio; gnulib close-stdout.c.
 */
import { type Blocking, Errno, encode, type Sys } from '../../abi/index.ts'

/** A write that failed; the runner of the program reports it as `prog: write error: reason`. */
export class WriteError {
  readonly errno: Errno
  constructor(errno: Errno) {
    this.errno = errno
  }
}

/** BUFSIZ: what stdio keeps back before it writes. */
const BUFFER = 4096

export class Output {
  readonly fd: number
  readonly #sys: Sys
  #chunks: Uint8Array[] = []
  #text = ''
  #size = 0
  #tty: boolean | undefined

  constructor(sys: Sys, fd: number) {
    this.#sys = sys
    this.fd = fd
  }

  /** Whether it goes to a terminal. */
  get isTty(): boolean {
    if (this.#tty === undefined) this.#tty = this.#sys.isatty(this.fd)
    return this.#tty
  }

  /** Whether `drain` would write. */
  get full(): boolean {
    return this.#size >= BUFFER || (this.#size > 0 && this.isTty)
  }

  /** Append to the buffer. */
  print(data: string | Uint8Array): void {
    this.#size += data.length
    if (typeof data === 'string') {
      this.#text += data
      return
    }
    if (this.#text) this.#chunks.push(encode(this.#text))
    this.#text = ''
    this.#chunks.push(data)
  }

  /** Append a line. */
  line(text: string): void {
    this.#size += text.length + 1
    this.#text += text + '\n'
  }

  /** Write what the buffer holds; `sys` is that of the thread which does it, where there are several. */
  *flush(sys = this.#sys): Blocking<void> {
    if (!this.#size) return
    const data = this.#chunks.length ? joined(this.#chunks, this.#text) : this.#text
    this.discard()
    yield* writeAll(sys, this.fd, data)
  }

  /** Give up what the buffer holds, as execve(2) does. */
  discard(): void {
    this.#chunks = []
    this.#text = ''
    this.#size = 0
  }

  /** Write if the buffer is full or a terminal waits for it. Call it in loops that print without bound. */
  *drain(): Blocking<void> {
    if (this.#size >= BUFFER || (this.#size && this.isTty)) yield* this.flush()
  }
}

function joined(chunks: readonly Uint8Array[], text: string): Uint8Array {
  return concat(text ? [...chunks, encode(text)] : chunks)
}

/** The chunks as one array. */
export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  if (chunks.length === 1) return chunks[0]!
  let size = 0
  for (const chunk of chunks) size += chunk.length
  const all = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

/** Write everything, however the kernel splits it. Throws WriteError. */
export function* writeAll(sys: Sys, fd: number, data: string | Uint8Array): Blocking<void> {
  try {
    let written = yield* sys.write(fd, data)
    if (typeof data === 'string' && written >= data.length && written === encode(data).length) return
    const bytes = typeof data === 'string' ? encode(data) : data
    while (written < bytes.length) written += yield* sys.write(fd, bytes.subarray(written))
  } catch (e) {
    throw e instanceof Errno ? new WriteError(e) : e
  }
}

const outputs = new WeakMap<Sys, Output>()

/** The standard output of the process that `sys` belongs to. */
export function stdout(sys: Sys): Output {
  let out = outputs.get(sys)
  if (!out) {
    out = new Output(sys, 1)
    outputs.set(sys, out)
  }
  return out
}
