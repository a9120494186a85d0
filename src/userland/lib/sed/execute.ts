/** Runs a sed script: cycles over the lines, commands, the lines that addresses select. sed/execute.c. */
import { type Blocking, decode, Errno, O_RDONLY, type Sys } from '../../../abi/index.ts'
import { execvp, fatal, fork, type Process, readAll, readFile } from '../command.ts'
import { Lines } from '../lines.ts'
import { Input, type SedOptions } from './input.ts'
import { Outputs } from './output.ts'
import type { Address, Command, Script } from './script.ts'
import { listed, substituted } from './text.ts'

/** A running script. */
export class Sed {
  readonly #sys: Sys
  readonly #me: Process
  readonly #options: SedOptions
  readonly #commands: readonly Command[]
  readonly #quiet: boolean
  readonly #input: Input
  readonly #output: Outputs
  /** The files that R reads. */
  readonly #readers = new Map<string, Lines | undefined>()
  #space = ''
  #hold = ''
  /** Whether the newlines that end the two are there. */
  #complete = true
  #holdComplete = true
  #replaced = false
  #lastRegex: RegExp | undefined
  /** What a, r and R want printed at the end of the cycle. */
  #appended: ({ text: string } | { file: string })[] = []
  #work = 0

  constructor(sys: Sys, me: Process, options: SedOptions, script: Script, files: readonly string[]) {
    this.#sys = sys
    this.#me = me
    this.#options = options
    this.#commands = script.commands
    this.#quiet = options.quiet || script.quiet
    this.#output = new Outputs(sys, options.nullData ? '\0' : '\n')
    this.#input = new Input(sys, me, options, this.#output, files)
  }

  *run(): Blocking<number> {
    for (const it of this.#commands) {
      if (it.name === 'w' || it.name === 'W') yield* this.#output.openOutput(it.text)
      if (it.file) yield* this.#output.openOutput(it.file)
    }
    for (;;) {
      const next = yield* this.#input.nextLine()
      if (next === undefined) break
      if (this.#input.line === 1) yield* this.#preface()
      this.#space = next
      this.#complete = this.#input.complete
      const verdict = yield* this.#cycles()
      if (verdict === 'quit') {
        yield* this.#input.finishFile(true)
        break
      }
    }
    yield* this.#input.finishFile(false)
    yield* this.#output.flush()
    return this.#input.status
  }

  /** `0r file`: what is printed before the first line. */
  *#preface(): Blocking<void> {
    for (const it of this.#commands)
      if (it.name === 'r' && it.from?.kind === 'line' && it.from.line === 0)
        this.#appended.push({ file: it.text })
    yield* this.#endCycle(true)
  }

  /** Run the script on the pattern space; D may run it again without a new line. */
  *#cycles(): Blocking<'next' | 'quit'> {
    for (;;) {
      const verdict = yield* this.#cycle()
      if (verdict !== 'again') return verdict
    }
  }

  *#cycle(): Blocking<'next' | 'quit' | 'again'> {
    const commands = this.#commands
    this.#replaced = false
    for (let pc = 0; pc < commands.length; pc++) {
      const it = commands[pc]!
      // A script may branch without end.
      if (++this.#work % 512 === 0) yield* this.#sys.burn(512 * 100)
      if (it.from && (yield* this.#selected(it)) === it.negated) {
        if (it.name === '{') pc = it.target
        continue
      }
      if (!it.from && it.negated) {
        if (it.name === '{') pc = it.target
        continue
      }
      switch (it.name) {
        case '{':
        case '}':
        case ':':
        case 'v':
          break
        case 'c': {
          const whole = !it.to || it.negated || !it.active
          if (whole) this.#output.out.print(it.text)
          yield* this.#endCycle(true)
          return 'next'
        }
        case 'b':
          pc = it.target - 1
          break
        case 't':
          if (this.#replaced) {
            this.#replaced = false
            pc = it.target - 1
          }
          break
        case 'T':
          if (this.#replaced) this.#replaced = false
          else pc = it.target - 1
          break
        case 'd':
          yield* this.#endCycle(true)
          return 'next'
        case 'D': {
          const newline = this.#space.indexOf(this.#output.end)
          yield* this.#endCycle(true)
          if (newline < 0) return 'next'
          this.#space = this.#space.slice(newline + 1)
          return 'again'
        }
        case 'n': {
          if (yield* this.#input.isLast()) {
            if (!this.#me.env.has('POSIXLY_CORRECT')) yield* this.#endCycle(false)
            return 'quit'
          }
          yield* this.#endCycle(false)
          this.#space = (yield* this.#input.nextLine())!
          this.#complete = this.#input.complete
          break
        }
        case 'N': {
          if (yield* this.#input.isLast()) {
            yield* this.#endCycle(false)
            return 'quit'
          }
          const before = this.#space
          yield* this.#endCycle(true)
          this.#space = `${before}${this.#output.end}${(yield* this.#input.nextLine())!}`
          this.#complete = this.#input.complete
          break
        }
        case 'q':
          this.#input.status = it.number ?? 0
          yield* this.#endCycle(false)
          this.#output.completeLine()
          return 'quit'
        case 'Q':
          this.#input.status = it.number ?? 0
          return 'quit'
        default:
          yield* this.#edit(it)
      }
    }
    yield* this.#endCycle(false)
    return 'next'
  }

  /** A command after which the next one comes. */
  *#edit(it: Command): Blocking<void> {
    switch (it.name) {
      case '=':
        this.#output.print(String(this.#input.line))
        break
      case 'a':
        this.#appended.push({ text: it.text })
        break
      case 'i':
        this.#output.printWhole(it.text)
        break
      case 'e':
        yield* this.#execute(it.text)
        break
      case 'F':
        this.#output.print(this.#input.name)
        break
      case 'g':
        this.#space = this.#hold
        this.#complete = this.#holdComplete
        break
      case 'G':
        this.#space += this.#output.end + this.#hold
        this.#complete = this.#holdComplete
        break
      case 'h':
        this.#hold = this.#space
        this.#holdComplete = this.#complete
        break
      case 'H':
        this.#hold += this.#output.end + this.#space
        this.#holdComplete = this.#complete
        break
      case 'x':
        ;[this.#space, this.#hold] = [this.#hold, this.#space]
        ;[this.#complete, this.#holdComplete] = [this.#holdComplete, this.#complete]
        break
      case 'l':
        this.#output.out.print(listed(this.#space, it.number ?? this.#options.lineLength))
        break
      case 'p':
        this.#output.print(this.#space, this.#complete)
        break
      case 'P': {
        const newline = this.#space.indexOf(this.#output.end)
        if (newline < 0) this.#output.print(this.#space, this.#complete)
        else this.#output.print(this.#space.slice(0, newline))
        break
      }
      case 'r':
        this.#appended.push({ file: it.text })
        break
      case 'R': {
        const line = yield* this.#readLine(it.text)
        if (line !== undefined) this.#appended.push({ text: line })
        break
      }
      case 's':
        yield* this.#substitute(it)
        break
      case 'w':
        yield* this.#output.writeTo(it.text, this.#space, this.#complete)
        break
      case 'W': {
        const newline = this.#space.indexOf(this.#output.end)
        yield* this.#output.writeTo(
          it.text,
          newline < 0 ? this.#space : this.#space.slice(0, newline),
          newline >= 0 || this.#complete,
        )
        break
      }
      case 'y':
        this.#space = [...this.#space].map(char => it.map!.get(char) ?? char).join('')
        break
      case 'z':
        this.#space = ''
        break
      default:
        throw fatal(`INTERNAL ERROR: Bad cmd ${it.name}`, undefined, 4)
    }
  }

  /** End of a cycle: print the pattern space and what was appended. */
  *#endCycle(silent: boolean): Blocking<void> {
    if (!silent && !this.#quiet) this.#output.print(this.#space, this.#complete)
    const appended = this.#appended
    this.#appended = []
    for (const it of appended) {
      this.#output.completeLine()
      if ('text' in it) this.#output.printWhole(it.text)
      else {
        try {
          const text =
            it.file === '/dev/stdin'
              ? decode(yield* readAll(this.#sys, 0))
              : yield* readFile(this.#sys, it.file)
          if (text) this.#output.printWhole(text)
        } catch (e) {
          if (!(e instanceof Errno)) throw e
        }
      }
    }
    if (this.#output.out.full || this.#options.unbuffered) yield* this.#output.out.flush()
  }

  /** The next line of a file with the newline that it has. */
  *#readLine(path: string): Blocking<string | undefined> {
    if (!this.#readers.has(path)) {
      try {
        this.#readers.set(
          path,
          new Lines(this.#sys, yield* this.#sys.open(path, O_RDONLY), this.#options.nullData ? 0 : 10),
        )
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        this.#readers.set(path, undefined)
      }
    }
    const lines = this.#readers.get(path)
    const line = yield* lines?.next() ?? none()
    return line === undefined ? undefined : lines?.complete ? line + this.#output.end : line
  }

  // ---- Addresses

  /** Whether the addresses of a command select this line. */
  *#selected(it: Command): Blocking<boolean> {
    const { from, to } = it
    if (!from) return true
    if (!to) return yield* this.#matches(from)
    if (it.active) {
      if (to.kind === 'line' || to.kind === 'plus' || to.kind === 'multiple') {
        if (this.#input.line >= it.end) it.active = false
        // A range that lies behind selects nothing, unless it just ends.
        return this.#input.line <= it.end
      }
      if (yield* this.#matches(to)) it.active = false
      return true
    }
    const zero = from.kind === 'line' && from.line === 0
    if (zero && this.#input.line === 1 && it.end === 0) {
      it.end = 1
      it.active = !(yield* this.#matches(to))
      return true
    }
    if (zero) return false
    if (from.kind === 'line') {
      // Even if the line itself was never seen by this command, what lies behind it is inside.
      if (it.closed || this.#input.line < from.line) return false
      it.closed = true
      if (to.kind === 'line' && this.#input.line > to.line) return true
    } else if (!(yield* this.#matches(from))) return false
    if (to.kind === 'line') it.end = to.line
    else if (to.kind === 'plus') it.end = this.#input.line + to.count
    else if (to.kind === 'multiple')
      it.end = to.of > 0 ? Math.ceil(this.#input.line / to.of) * to.of : this.#input.line
    const ends = to.kind === 'line' || to.kind === 'plus' || to.kind === 'multiple'
    it.active = ends ? it.end > this.#input.line : to.kind !== 'last' || !(yield* this.#input.isLast())
    return true
  }

  *#matches(address: Address): Blocking<boolean> {
    switch (address.kind) {
      case 'line':
        return this.#input.line === address.line
      case 'last':
        return yield* this.#input.isLast()
      case 'step':
        return address.step > 0
          ? this.#input.line >= address.first && (this.#input.line - address.first) % address.step === 0
          : this.#input.line === address.first
      case 'regex':
        return this.#test(address.regex)
      default:
        return false
    }
  }

  #test(regex: RegExp | undefined): boolean {
    const it = this.#regexOr(regex)
    it.lastIndex = 0
    return it.test(this.#space)
  }

  /** The regular expression, or the last one used for an empty one. */
  #regexOr(regex: RegExp | undefined): RegExp {
    if (regex) this.#lastRegex = regex
    if (!this.#lastRegex) throw fatal('-e expression #1, char 0: no previous regular expression')
    return this.#lastRegex
  }

  // ---- s and e

  *#substitute(it: Command): Blocking<void> {
    const result = substituted(this.#space, this.#regexOr(it.regex), it)
    if (result === undefined) return
    this.#space = result
    this.#replaced = true
    if (it.print === 'before') this.#output.print(this.#space, this.#complete)
    if (it.evaluate) {
      const output = yield* this.#capture(this.#space)
      this.#space = output.replace(/\n$/, '')
    }
    if (it.print === 'after') this.#output.print(this.#space, this.#complete)
    if (it.file) yield* this.#output.writeTo(it.file, this.#space, this.#complete)
  }

  /** e: run the pattern space, or a command, in a shell. */
  *#execute(text: string): Blocking<void> {
    const output = yield* this.#capture(text || this.#space)
    if (text) this.#output.out.print(output)
    else this.#space = output.replace(/\n$/, '')
  }

  *#capture(text: string): Blocking<string> {
    const sys = this.#sys
    const { envp } = this.#me
    yield* this.#output.out.flush()
    const [reader, writer] = sys.pipe2(0)
    const pid = fork(sys, 'sed', function* (its) {
      its.close(reader)
      its.dup2(writer, 1)
      its.close(writer)
      return yield* execvp(its, ['sh', '-c', text], envp)
    })
    sys.close(writer)
    const bytes = yield* readAll(sys, reader)
    sys.close(reader)
    yield* sys.wait4(pid, 0)
    return decode(bytes)
  }
}

function* none(): Blocking<undefined> {
  return undefined
}
