/** What awk reads and writes: the files of ARGV, one after the other, and the files and commands opened by name. mawk: files.c. */
import {
  type Blocking,
  Errno,
  exitStatus,
  O_APPEND,
  O_CREAT,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
} from '../../../abi/index.ts'
import { execvp, fatal, fork, Output, stdout } from '../command.ts'
import { Records } from './records.ts'
import { Exit, type State } from './state.ts'
import { awkString } from './tokens.ts'
import { Field, fromBytes, toNumber } from './values.ts'

/** The streams of a running program. */
export class Streams {
  readonly #state: State
  readonly #outputs = new Map<string, { out: Output; pid: number }>()
  readonly #inputs = new Map<string, Records>()
  #input: Records | undefined
  #argument = 1
  #usedFile = false

  constructor(state: State) {
    this.#state = state
  }

  // ---- The main input

  closeInput(): void {
    if (this.#input?.fd) this.#state.sys.close(this.#input.fd)
    this.#input = undefined
  }

  /** The next record of the main input; counts it. */
  *nextRecord(): Blocking<string | undefined> {
    for (;;) {
      if (!this.#input && !(yield* this.#openNext())) return undefined
      let record: string | undefined
      try {
        record = yield* this.#input!.next(this.#state.text('RS'), it => this.#state.regex(it))
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        throw fatal(`read error (${e.message})`, undefined, 2)
      }
      if (record !== undefined) {
        this.#state.globals.get('NR')!.value = toNumber(this.#state.globals.get('NR')!.value) + 1
        this.#state.globals.get('FNR')!.value = toNumber(this.#state.globals.get('FNR')!.value) + 1
        return record
      }
      this.closeInput()
    }
  }

  *#openNext(): Blocking<boolean> {
    const argv = this.#state.globals.get('ARGV')!.array!
    for (; this.#argument < toNumber(this.#state.globals.get('ARGC')!.value); ) {
      const name = this.#state.str(argv.get(String(this.#argument++)))
      if (!name) continue
      const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(name)
      if (assignment) {
        this.#state.assign(assignment[1]!, new Field(awkString(assignment[2]!)))
        continue
      }
      this.#usedFile = true
      this.#state.globals.get('FNR')!.value = 0
      this.#state.globals.get('FILENAME')!.value = name
      try {
        this.#input = new Records(
          this.#state.sys,
          name === '-' || name === '/dev/stdin' ? 0 : yield* this.#state.sys.open(fromBytes(name), O_RDONLY),
        )
        return true
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* this.#state.me.warn(`cannot open ${fromBytes(name)} (${e.message})`)
        this.#state.status = 2
        throw new Exit()
      }
    }
    if (this.#usedFile) return false
    this.#usedFile = true
    if (this.#state.dialect === 'mawk') this.#state.globals.get('FILENAME')!.value = '-'
    this.#input = new Records(this.#state.sys, 0)
    return true
  }

  // ---- Files and commands by name

  *output(kind: string, name: string): Blocking<Output> {
    if (kind !== '|' && (name === '/dev/stdout' || name === '-')) return this.#state.me.out
    const known = this.#outputs.get(name)
    if (known) return known.out
    const sys = this.#state.sys
    if (kind === '|') {
      yield* this.flushAll()
      const [reader, writer] = sys.pipe2(0)
      const { envp } = this.#state.me
      const pid = fork(sys, 'awk', function* (its) {
        its.close(writer)
        its.dup2(reader, 0)
        its.close(reader)
        return yield* execvp(its, ['/bin/sh', '-c', fromBytes(name)], envp)
      })
      sys.close(reader)
      const out = new Output(sys, writer)
      this.#outputs.set(name, { out, pid })
      return out
    }
    try {
      const flags = O_WRONLY | O_CREAT | (kind === '>>' ? O_APPEND : O_TRUNC)
      const fd = name === '/dev/stderr' ? 2 : yield* sys.open(fromBytes(name), flags, 0o666)
      const out = new Output(sys, fd)
      this.#outputs.set(name, { out, pid: 0 })
      return out
    } catch (e) {
      if (!(e instanceof Errno)) throw e
      throw fatal(`cannot open "${fromBytes(name)}" for output (${e.message})`, undefined, 2)
    }
  }

  *flushAll(): Blocking<void> {
    yield* stdout(this.#state.sys).flush()
    for (const { out } of this.#outputs.values()) yield* out.flush()
  }

  *#closeOutput(name: string): Blocking<number> {
    const { out, pid } = this.#outputs.get(name)!
    this.#outputs.delete(name)
    yield* this.#state.me.out.flush()
    yield* out.flush()
    if (out.fd > 2) this.#state.sys.close(out.fd)
    if (!pid) return 0
    return exitStatus((yield* this.#state.sys.wait4(pid, 0))!.status)
  }

  *close(name: string): Blocking<number> {
    if (this.#outputs.has(name)) return yield* this.#closeOutput(name)
    const input = this.#inputs.get(name)
    if (!input) return -1
    this.#inputs.delete(name)
    if (input.fd) this.#state.sys.close(input.fd)
    return input.pid ? exitStatus((yield* this.#state.sys.wait4(input.pid, 0))!.status) : 0
  }

  *source(name: string, isCommand: boolean): Blocking<Records | undefined> {
    const known = this.#inputs.get(name)
    if (known) return known
    const sys = this.#state.sys
    let input: Records
    if (isCommand) {
      yield* this.flushAll()
      const [reader, writer] = sys.pipe2(0)
      const { envp } = this.#state.me
      const pid = fork(sys, 'awk', function* (its) {
        its.close(reader)
        its.dup2(writer, 1)
        its.close(writer)
        return yield* execvp(its, ['/bin/sh', '-c', fromBytes(name)], envp)
      })
      sys.close(writer)
      input = new Records(sys, reader, pid)
    } else
      try {
        this.#state.setErrno(0)
        input = new Records(
          sys,
          name === '-' || name === '/dev/stdin' ? 0 : yield* sys.open(fromBytes(name), O_RDONLY),
        )
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        this.#state.setErrno(e.errno)
        return undefined
      }
    this.#inputs.set(name, input)
    return input
  }

  /** Is there an output of this name? */
  writes(name: string): boolean {
    return this.#outputs.has(name)
  }

  /** At the end all outputs are closed, and their commands waited for. */
  *closeOutputs(): Blocking<void> {
    for (const name of [...this.#outputs.keys()]) yield* this.#closeOutput(name)
  }
}
