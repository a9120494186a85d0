/** What pwck and grpck share: tables of accounts, questions, and putting files back. Linux: shadow-utils src/pwck.c. */
import { type Blocking, Errno, type Sys } from '../../../abi/index.ts'
import { type Process, readFile, writeFile } from '../command.ts'
import { readAnswer } from './prompt.ts'

/** A line of a file, and its fields. */
export interface Row {
  readonly line: string
  readonly fields: readonly string[]
}

/** The lines of a file; undefined after a message. */
export function* readTable(sys: Sys, me: Process, path: string): Blocking<Row[] | undefined> {
  try {
    const lines = (yield* readFile(sys, path)).split('\n').filter(it => it)
    return lines.map(line => ({ line, fields: line.split(':') }))
  } catch (e) {
    if (!(e instanceof Errno)) throw e
    yield* me.warn(`cannot open ${path}`)
    return undefined
  }
}

/** Whether another line has the same name. */
export const duplicates = (rows: readonly Row[], row: Row): boolean =>
  rows.some(it => it !== row && it.fields[0] === row.fields[0])

/** The lines by the number in a field. */
export const sorted = (rows: readonly Row[], field: number): Row[] =>
  [...rows].sort((a, b) => Number(a.fields[field]) - Number(b.fields[field]))

/** Findings: what is wrong, what was changed. */
export class Check {
  readonly #sys: Sys
  readonly #me: Process
  readonly #isReadOnly: boolean
  readonly #isQuiet: boolean
  #errors = 0
  #isChanged = false

  constructor(sys: Sys, me: Process, isReadOnly: boolean, isQuiet: boolean) {
    this.#sys = sys
    this.#me = me
    this.#isReadOnly = isReadOnly
    this.#isQuiet = isQuiet
  }

  *error(text: string): Blocking<void> {
    this.#errors++
    this.#me.out.line(text)
    yield* this.#me.out.drain()
  }

  /** A finding that -q leaves out. */
  *warn(text: string): Blocking<void> {
    if (this.#isQuiet) return
    yield* this.error(text)
  }

  /** An error with a remedy: ask, and do it if the answer is yes; returns whether it was done. Linux: yes_or_no(). */
  *offer(text: string, question: string, act: () => unknown): Blocking<boolean> {
    yield* this.error(text)
    this.#me.out.print(`${question}? `)
    if (this.#isReadOnly) {
      this.#me.out.line('No')
      return false
    }
    yield* this.#me.out.flush()
    const answer = yield* readAnswer(this.#sys)
    if (answer === undefined || !/^[yY]/.test(answer)) return false
    act()
    this.#isChanged = true
    return true
  }

  /** Put the files back if something changed, say so, and give the status. */
  *finish(files: readonly (readonly [path: string, rows: readonly Row[] | undefined])[]): Blocking<number> {
    if (this.#isChanged) for (const [path, rows] of files) if (rows) yield* this.rewrite(path, rows)
    const name = this.#me.name
    if (this.#isChanged) this.#me.out.line(`${name}: the files have been updated`)
    else if (this.#errors) this.#me.out.line(`${name}: no changes`)
    return this.#errors ? (this.#isChanged ? 0 : 2) : 0
  }

  /** The file anew, the old one remaining as FILE-. */
  *rewrite(path: string, rows: readonly Row[]): Blocking<void> {
    const { mode, uid, gid } = this.#sys.stat(path)
    const fresh = `${path}+`
    yield* writeFile(this.#sys, fresh, rows.map(it => `${it.line}\n`).join(''))
    this.#sys.chmod(fresh, mode & 0o777)
    this.#sys.chown(fresh, uid, gid)
    yield* writeFile(this.#sys, `${path}-`, yield* readFile(this.#sys, path))
    this.#sys.chmod(`${path}-`, mode & 0o777)
    this.#sys.rename(fresh, path)
  }
}
