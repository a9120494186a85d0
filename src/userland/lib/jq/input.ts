/** The inputs of a jq program, read no further than it wants them. jq: util.c. */
import { type Blocking, Errno, type Sys } from '../../../abi/index.ts'
import { openInput } from '../input.ts'
import { NeedInput } from './execute.ts'
import { Parser, ReadError } from './read.ts'
import { fail, type Json } from './value.ts'

/** How the text of the inputs is understood. */
export interface Reading {
  readonly raw: boolean
  readonly slurp: boolean
  readonly stream: boolean
  readonly seq: boolean
}

const CHUNK = 65536
/** CPU time for a byte of input. */
const BYTE_COST = 20

export class Inputs {
  readonly #sys: Sys
  readonly #reading: Reading
  readonly #files: string[]
  readonly #parser: Parser
  /** Lines that have been read but not looked at, and where they are from. */
  #lines: { text: string; file: string }[] = []
  #rest = new Uint8Array()
  #fd: number | undefined
  #file: string | undefined
  #line = 0
  #partial = ''
  #all: Json[] = []
  #atEnd = false
  #begun = false
  #finished = false
  #current: string | undefined
  /** How many files could not be read. */
  failures = 0

  constructor(sys: Sys, files: readonly string[], reading: Reading) {
    this.#sys = sys
    this.#files = [...files]
    this.#reading = reading
    this.#parser = new Parser(reading.stream, reading.seq)
  }

  /** For messages: where reading has come to. */
  get position(): string {
    if (this.#file === undefined) return '<unknown>'
    return `${this.#file === '-' ? '<stdin>' : this.#file}:${this.#line}`
  }

  get fileName(): string | undefined {
    return this.#file === '-' ? undefined : this.#file
  }

  get line(): number {
    return this.#line
  }

  /** The next input; undefined after the last. Throws NeedInput and ReadError. */
  next(): Json | undefined {
    if (!this.#reading.slurp) return this.#one()
    if (this.#finished) return undefined
    for (let it = this.#one(); it !== undefined; it = this.#one()) this.#all.push(it)
    this.#finished = true
    return this.#reading.raw ? this.#all.join('') : this.#all
  }

  /** The same for the builtin, to which what is wrong with the text is an error like others. */
  input(): Json | undefined {
    try {
      return this.next()
    } catch (e) {
      if (e instanceof ReadError) return fail(e.message)
      throw e
    }
  }

  #one(): Json | undefined {
    for (;;) {
      const value = this.#reading.raw ? undefined : this.#parser.next()
      if (value !== undefined) return value
      const line = this.#lines.shift()
      if (!line) {
        if (!this.#atEnd) throw new NeedInput()
        return this.#last()
      }
      if (this.#file !== line.file) this.#line = 0
      this.#file = line.file
      if (line.text.endsWith('\n')) this.#line++
      if (!this.#reading.raw) this.#parser.feed(line.text)
      else if (this.#reading.slurp) return line.text
      else if (!line.text.endsWith('\n')) this.#partial += line.text
      else {
        const whole = this.#partial + line.text.slice(0, -1)
        this.#partial = ''
        return whole
      }
    }
  }

  #last(): Json | undefined {
    if (this.#reading.raw) {
      const partial = this.#partial
      this.#partial = ''
      return partial || undefined
    }
    if (this.#finished) return undefined
    this.#finished = !this.#reading.slurp
    return this.#parser.finish()
  }

  /** Read on. */
  *more(): Blocking<void> {
    if (this.#fd === undefined && !(yield* this.#open())) return
    let bytes: Uint8Array
    try {
      bytes = yield* this.#sys.read(this.#fd!, CHUNK)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      this.failures++
      bytes = new Uint8Array()
    }
    yield* this.#sys.burn(bytes.length * BYTE_COST)
    if (bytes.length) this.#split(bytes)
    else this.#close()
  }

  *#open(): Blocking<boolean> {
    const name = this.#files.shift()
    if (name === undefined) {
      this.#atEnd = true
      return false
    }
    try {
      this.#fd = yield* openInput(this.#sys, name)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      yield* this.#sys.write(2, `jq: error: Could not open file ${name}: ${e.message}\n`)
      this.failures++
      return false
    }
    this.#current = name
    if (this.#file === undefined || name !== '-') this.#lines.push({ text: '', file: name })
    return true
  }

  #close(): void {
    if (this.#rest.length) this.#take(this.#rest)
    this.#rest = new Uint8Array()
    if (this.#fd) this.#sys.close(this.#fd)
    this.#fd = undefined
  }

  #split(bytes: Uint8Array): void {
    const all = new Uint8Array(this.#rest.length + bytes.length)
    all.set(this.#rest)
    all.set(bytes, this.#rest.length)
    let from = 0
    for (let to = all.indexOf(10); to >= 0; to = all.indexOf(10, from)) {
      this.#take(all.subarray(from, to + 1))
      from = to + 1
    }
    this.#rest = all.slice(from)
  }

  /** A line as text: what is no UTF-8 becomes U+FFFD, and the first one may begin with a mark. */
  #take(line: Uint8Array): void {
    const text = new TextDecoder('utf-8', { ignoreBOM: this.#begun || this.#reading.raw }).decode(line)
    this.#begun = true
    this.#lines.push({ text, file: this.#current! })
  }
}
