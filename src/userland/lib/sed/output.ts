/** Where sed prints: standard output or the file being edited, and the files of w. A last line may lack its newline. sed/execute.c:output_file. */
import { type Blocking, O_APPEND, O_CREAT, O_TRUNC, O_WRONLY, type Sys } from '../../../abi/index.ts'
import { fatal, Output, stdout } from '../command.ts'

/** One of them; the newline that its last line lacks is added by what follows. */
interface Target {
  out: Output
  missingNewline: boolean
}

/** The outputs of a running script. */
export class Outputs {
  readonly #sys: Sys
  readonly #files = new Map<string, Target>()
  readonly #main: Target
  /** What ends a line. */
  readonly end: string

  constructor(sys: Sys, end: string) {
    this.#sys = sys
    this.end = end
    this.#main = { out: stdout(sys), missingNewline: false }
    // What w writes to these two knows nothing of newlines that p left out.
    this.#files.set('/dev/stdout', { out: this.#main.out, missingNewline: false })
    this.#files.set('/dev/stderr', { out: new Output(sys, 2), missingNewline: false })
  }

  get out(): Output {
    return this.#main.out
  }

  /** From now on print here: a file that is edited, or standard output again. */
  redirect(out: Output | undefined): void {
    this.#main.out = out ?? this.#files.get('/dev/stdout')!.out
    this.#main.missingNewline = false
  }

  /** Print a line; `complete` if it ends with a newline. */
  print(text: string, complete = true): void {
    this.#line(this.#main, text, complete)
  }

  /** Print text that has its newlines. */
  printWhole(text: string): void {
    this.completeLine()
    this.#main.out.print(text)
  }

  /** Add the newline that the last line lacks. */
  completeLine(): void {
    if (this.#main.missingNewline) this.#main.out.print(this.end)
    this.#main.missingNewline = false
  }

  #line(target: Target, text: string, complete: boolean): void {
    if (target.missingNewline) target.out.print(this.end)
    target.missingNewline = !complete
    target.out.print(complete ? text + this.end : text)
  }

  /** The file of a w is made before the script runs. */
  *openOutput(path: string): Blocking<void> {
    if (this.#files.has(path)) return
    try {
      const fd = yield* this.#sys.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o666)
      this.#files.set(path, { out: new Output(this.#sys, fd), missingNewline: false })
    } catch (e) {
      throw fatal(`couldn't open file ${path}`, e, 4)
    }
  }

  /** w: to a file, or one of the two names that are descriptors. */
  *writeTo(path: string, text: string, complete: boolean): Blocking<void> {
    const target = this.#files.get(path)!
    this.#line(target, text, complete)
    if (target.out !== this.#main.out) yield* target.out.flush()
  }

  /** What the files of w did not get yet. */
  *flush(): Blocking<void> {
    for (const it of this.#files.values()) yield* it.out.flush()
  }
}
