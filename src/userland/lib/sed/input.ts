/**
 * What sed reads: the lines of its files, one of them ahead so that `$` is known, and files edited in place.
 * sed/execute.c: struct input, read_pattern_space(), output_missing_newline().
 */
import {
  type Blocking,
  ELOOP,
  Errno,
  isLink,
  isReg,
  O_CREAT,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
  type Sys,
} from '../../../abi/index.ts'
import { fatal, Output, type Process } from '../command.ts'
import { Lines } from '../lines.ts'
import { basename, dirname, joinPath, statOf } from '../path.ts'
import { randomLetters } from '../random.ts'
import type { Outputs } from './output.ts'

/** What the options say of reading and printing. */
export interface SedOptions {
  readonly quiet: boolean
  readonly separate: boolean
  readonly unbuffered: boolean
  readonly nullData: boolean
  /** Files edited in place are those that symbolic links lead to. */
  readonly followSymlinks: boolean
  /** The suffix of backups; undefined unless files are edited in place. */
  readonly inPlace: string | undefined
  /** The width of l. */
  readonly lineLength: number
}

/** So many symbolic links may lead from one to the next. */
const MOST_LINKS = 40

/** The input of a running script. */
export class Input {
  readonly #sys: Sys
  readonly #me: Process
  readonly #options: SedOptions
  readonly #output: Outputs
  readonly #separate: boolean
  readonly #files: string[]
  /** What sed exits with. */
  status = 0
  /** The number of the line in hand. */
  line = 0
  /** The file being read, its line read ahead, and whether the line in hand ended with a newline. */
  #lines: Lines | undefined
  #fd = -1
  name = '-'
  #ahead: string | undefined
  #aheadComplete = true
  complete = true
  #fresh = true
  /** The file being edited in place. */
  #editing: { path: string; temporary: string; mode: number } | undefined

  constructor(sys: Sys, me: Process, options: SedOptions, output: Outputs, files: readonly string[]) {
    this.#sys = sys
    this.#me = me
    this.#options = options
    this.#output = output
    this.#separate = options.separate || options.inPlace !== undefined
    this.#files = files.length ? [...files] : ['-']
    if (options.inPlace !== undefined && !files.length) throw fatal('no input files', undefined, 4)
  }

  /** Make sure the next line is read ahead, opening files as needed; whether there is one (in this file). */
  *#peek(across: boolean): Blocking<boolean> {
    for (;;) {
      if (this.#ahead !== undefined) return true
      if (this.#lines) {
        const line = yield* this.#nextLine(this.#lines)
        if (line !== undefined) {
          this.#ahead = line
          this.#aheadComplete = this.#lines.complete
          return true
        }
        if (!across) return false
        yield* this.finishFile(false)
      }
      if (!across && !this.#fresh) return false
      if (!(yield* this.#openNext())) return false
    }
  }

  *#openNext(): Blocking<boolean> {
    const { inPlace } = this.#options
    for (let given = this.#files.shift(); given !== undefined; given = this.#files.shift()) {
      const name = inPlace !== undefined && this.#options.followSymlinks ? this.#followed(given) : given
      try {
        if (inPlace !== undefined) {
          const stat = this.#sys.stat(name)
          if (!isReg(stat)) {
            yield* this.#me.warn(`couldn't edit ${name}: not a regular file`)
            this.status = 4
            continue
          }
        }
        this.#fd = name === '-' && inPlace === undefined ? 0 : yield* this.#sys.open(name, O_RDONLY)
        this.name = name
        this.#lines = new Lines(this.#sys, this.#fd, this.#options.nullData ? 0 : 10)
        if (statOf(this.#sys, name) && (this.#sys.fstat(this.#fd).mode & 0o170000) === 0o040000) {
          throw fatal(`read error on ${name}: Is a directory`, undefined, 4)
        }
        if (inPlace !== undefined) yield* this.#startEditing(name)
        if (this.#separate) this.line = inPlace !== undefined || this.#options.separate ? 0 : this.line
        return true
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* this.#me.warn(`can't read ${name}`, e)
        this.status = 2
      }
    }
    return false
  }

  /** sed/utils.c:ck_getdelim(). */
  *#nextLine(lines: Lines): Blocking<string | undefined> {
    try {
      return yield* lines.next()
    } catch (e) {
      throw fatal(`read error on ${this.name === '-' ? 'stdin' : this.name}`, e, 4)
    }
  }

  /** The file that symbolic links lead to. sed/utils.c:follow_symlink(). */
  #followed(name: string): string {
    let path = name
    for (let links = 0; ; links++) {
      try {
        if (!isLink(this.#sys.lstat(path))) return path
        if (links >= MOST_LINKS) throw ELOOP
        const target = this.#sys.readlink(path)
        path = target.startsWith('/') || !path.includes('/') ? target : joinPath(dirname(path), target)
      } catch (e) {
        if (e === ELOOP) throw fatal(`couldn't follow symlink ${name}`, e, 4)
        throw fatal(`couldn't readlink ${name}`, e, 4)
      }
    }
  }

  #close(): void {
    const isStdin = this.name === '-' && this.#options.inPlace === undefined
    if (this.#fd >= 0 && !isStdin) this.#sys.close(this.#fd)
    this.#fd = -1
    this.#lines = undefined
  }

  *#startEditing(path: string): Blocking<void> {
    const temporary = joinPath(dirname(path), `sed${randomLetters(this.#sys, 6)}`)
    try {
      const fd = yield* this.#sys.open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      this.#output.redirect(new Output(this.#sys, fd))
    } catch (e) {
      throw fatal(`couldn't open temporary file ${temporary}`, e, 4)
    }
    this.#editing = { path, temporary, mode: this.#sys.fstat(this.#fd).mode & 0o7777 }
  }

  /** The current file is done; an edited one takes the place of the old. `rest`: copy what was not read. */
  *finishFile(rest: boolean): Blocking<void> {
    const { inPlace } = this.#options
    if (this.#editing && inPlace !== undefined) {
      if (rest) {
        if (this.#ahead !== undefined) this.#output.print(this.#ahead, this.#aheadComplete)
        this.#ahead = undefined
        for (
          let line = yield* this.#nextLine(this.#lines!);
          line !== undefined;
          line = yield* this.#nextLine(this.#lines!)
        )
          this.#output.print(line, this.#lines!.complete)
      }
      const { path, temporary, mode } = this.#editing
      yield* this.#output.out.flush()
      const stat = this.#sys.stat(path)
      try {
        this.#sys.fchown(this.#output.out.fd, stat.uid, stat.gid)
      } catch (e) {
        if (!(e instanceof Errno)) throw e
      }
      this.#sys.fchmod(this.#output.out.fd, mode)
      this.#sys.close(this.#output.out.fd)
      if (inPlace) {
        const backup = inPlace.includes('*')
          ? inPlace.replaceAll('*', basename(path))
          : basename(path) + inPlace
        this.#sys.rename(path, backup.includes('/') ? backup : joinPath(dirname(path), backup))
      }
      this.#replace(temporary, path)
      this.#editing = undefined
      this.#output.redirect(undefined)
    }
    this.#close()
  }

  /** The edited file takes the place of the old one, or goes if that may not be. */
  #replace(temporary: string, path: string): void {
    try {
      this.#sys.rename(temporary, path)
    } catch (e) {
      this.#sys.unlink(temporary)
      throw fatal(`cannot rename ${temporary}`, e, 4)
    }
  }

  /** The next line of input as the pattern space; undefined at the end. */
  *nextLine(): Blocking<string | undefined> {
    if (!(yield* this.#peek(true))) return undefined
    this.#fresh = false
    const line = this.#ahead!
    this.complete = this.#aheadComplete
    this.#ahead = undefined
    this.line++
    if (this.line % 256 === 0) yield* this.#sys.burn(256 * 300)
    return line
  }

  *isLast(): Blocking<boolean> {
    if (this.#ahead !== undefined) return false
    if (this.#separate) return !(yield* this.#peek(false))
    // Whether a later file has a line can be known only by opening it.
    return !(yield* this.#peek(true))
  }
}
