/** Reading text line by line from a descriptor, as getline(3) and getdelim(3). */
import { type Blocking, decode, type Sys } from '../../abi/index.ts'
import { Heap } from './heap.ts'
import { concat } from './output.ts'

const CHUNK = 65536
const NEWLINE = 10
const NOTHING = new Uint8Array(0)

/** A reader of lines. A last line without its newline counts; `complete` tells whether the last one had it. */
export class Lines {
  readonly #sys: Sys
  readonly #fd: number
  readonly #end: number
  #chunk: Uint8Array = NOTHING
  #at = 0
  #eof = false
  readonly #heap: Heap
  /** Whether the line read last ended with its delimiter. */
  complete = true

  constructor(sys: Sys, fd: number, delimiter = NEWLINE) {
    this.#sys = sys
    this.#fd = fd
    this.#end = delimiter
    this.#heap = new Heap(sys)
  }

  /** The next line as bytes, without the delimiter; undefined at the end. */
  *nextBytes(): Blocking<Uint8Array | undefined> {
    let parts: Uint8Array[] | undefined
    for (;;) {
      const end = this.#chunk.indexOf(this.#end, this.#at)
      if (end >= 0) {
        const part = this.#chunk.subarray(this.#at, end)
        this.#at = end + 1
        this.complete = true
        if (!parts) return part
        parts.push(part)
        yield* this.#heap.free()
        return concat(parts)
      }
      if (this.#at < this.#chunk.length) {
        ;(parts ??= []).push(this.#chunk.subarray(this.#at))
        yield* this.#heap.keep(this.#chunk.length - this.#at)
      }
      this.#at = 0
      this.#chunk = this.#eof ? NOTHING : yield* this.#sys.read(this.#fd, CHUNK)
      if (this.#chunk.length) continue
      this.#eof = true
      if (!parts) return undefined
      this.complete = false
      return concat(parts)
    }
  }

  /** The next line as text, without the delimiter; undefined at the end. */
  *next(): Blocking<string | undefined> {
    const bytes = yield* this.nextBytes()
    return bytes && decode(bytes)
  }

  /** Whether a read would be needed for the next line: nothing is buffered. */
  get idle(): boolean {
    return this.#chunk.indexOf(this.#end, this.#at) < 0
  }

  /** Whether the bytes read last have this one among them. */
  chunkHas(byte: number): boolean {
    return this.#chunk.includes(byte)
  }

  /** Bytes that were read from the descriptor but not handed out. */
  get unread(): number {
    return this.#chunk.length - this.#at
  }
}
