/** Files named on command lines, `-` being standard input, read line by line. */
import { type Blocking, Errno, O_RDONLY, type Sys } from '../../abi/index.ts'
import { type Output, readStdin } from './command.ts'
import { Lines } from './lines.ts'
import { quotef } from './quote.ts'

/** What a program needs to read its operands: its output and how it complains. */
export interface Reader {
  readonly out: Output
  warn(text: string, errno?: unknown): Blocking<void>
}

/** Open a file, or give descriptor 0 for `-`. */
export function* openInput(sys: Sys, name: string): Blocking<number> {
  return name === '-' ? readStdin(sys) : yield* sys.open(name, O_RDONLY)
}

/** Close what openInput gave; standard input stays. */
export function closeInput(sys: Sys, fd: number): void {
  if (fd) sys.close(fd)
}

/** CPU time of handling one line, and after how many it is charged. */
const LINE_COST = 200
const CHARGE_EVERY = 256

/** What a line is, besides its text. */
export interface LineOf {
  readonly name: string
  /** The line number within its file, from 1. */
  number: number
  /** Whether its delimiter followed. */
  complete: boolean
}

/**
 * Call `visit` for every line of the named files, `stop` ending the current file by returning true. Messages for those
 * that cannot be read; returns whether all could.
 */
export function* eachLine(
  sys: Sys,
  me: Reader,
  names: readonly string[],
  visit: (line: string, of: LineOf) => boolean | undefined | void,
  delimiter = 10,
): Blocking<boolean> {
  let fine = true
  for (const name of names.length ? names : ['-']) {
    let fd = 0
    try {
      fd = yield* openInput(sys, name)
      const lines = new Lines(sys, fd, delimiter)
      const of = { name, number: 0, complete: true }
      for (;;) {
        const line = yield* lines.next()
        if (line === undefined) break
        of.number++
        of.complete = lines.complete
        const stop = visit(line, of)
        if (me.out.full) yield* me.out.flush()
        if (of.number % CHARGE_EVERY === 0) yield* sys.burn(CHARGE_EVERY * LINE_COST)
        if (stop) break
      }
      closeInput(sys, fd)
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      if (fd) sys.close(fd)
      yield* me.warn(quotef(name), e)
      fine = false
    }
  }
  return fine
}
