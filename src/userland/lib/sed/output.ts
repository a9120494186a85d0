/** Where sed prints: standard output or the file being edited, and the files of w. A last line may lack its newline. sed/execute.c:output_file. */
import { type Blocking, O_APPEND, O_CREAT, O_TRUNC, O_WRONLY, type Sys } from '../../../abi/index.ts'
import { fatal, Output, stdout } from '../command.ts'

/** The outputs of a running script. */
export class Outputs {
  readonly #sys: Sys
  readonly #outputs = new Map<string, Output>()
  /** What ends a line. */
  readonly end: string
  out: Output
  /** The last line came without a newline: what follows adds it. */
  missingNewline = false

  constructor(sys: Sys, end: string) {
    this.#sys = sys
    this.end = end
    this.out = stdout(sys)
  }

  /** Print a line; `complete` if it ends with a newline. */
  print(text: string, complete = true): void {
    if (this.missingNewline) this.out.print(this.end)
    this.missingNewline = !complete
    this.out.print(complete ? text + this.end : text)
  }

  /** Print text that has its newlines. */
  printWhole(text: string): void {
    if (this.missingNewline) this.out.print('\n')
    this.missingNewline = false
    this.out.print(text)
  }

  /** The file of a w is made before the script runs. */
  *openOutput(path: string): Blocking<void> {
    if (this.#outputs.has(path) || path === '/dev/stdout' || path === '/dev/stderr') return
    try {
      const fd = yield* this.#sys.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o666)
      this.#outputs.set(path, new Output(this.#sys, fd))
    } catch (e) {
      throw fatal(`couldn't open file ${path}`, e, 4)
    }
  }

  /** w: to a file, or one of the two names that are descriptors. */
  *writeTo(path: string, text: string, complete: boolean): Blocking<void> {
    if (path === '/dev/stdout') return this.print(text, complete)
    if (path === '/dev/stderr') {
      yield* this.#sys.write(2, text + this.end)
      return
    }
    const out = this.#outputs.get(path)!
    out.print(complete ? text + this.end : text)
    yield* out.flush()
  }

  /** What the files of w did not get yet. */
  *flush(): Blocking<void> {
    for (const it of this.#outputs.values()) yield* it.flush()
  }
}
