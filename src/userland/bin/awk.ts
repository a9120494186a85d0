/**
 * awk - pattern scanning and text processing language, as mawk 1.3.4 has it
 * https://pubs.opengroup.org/onlinepubs/9699919799/utilities/awk.html
 *
 * Left out: -W exec, dump and interactive; `nextfile` ends the file at once.
 */
import {
  type Blocking,
  Errno,
  exitStatus,
  O_APPEND,
  O_CREAT,
  O_RDONLY,
  O_TRUNC,
  O_WRONLY,
  type Sys,
} from '../../abi/index.ts'
import {
  type Func,
  type Node,
  type Dialect,
  type Program,
  parseAwk,
  type Rule,
  type Statement,
  awkString,
} from '../lib/awk/parse.ts'
import {
  bytesOf,
  compareValues,
  Field,
  fromBytes,
  isAscii,
  isTrue,
  keysInOrder,
  latin,
  MAX_INT,
  numberText,
  Random,
  toBytes,
  toNumber,
  toText,
  type Value,
} from '../lib/awk/values.ts'
import { isApplet } from '../lib/applets.ts'
import { command, execvp, fatal, fork, Output, type Process, readAll, stdout } from '../lib/command.ts'
import { type Conversion, formatFloat, formatInteger } from '../lib/printf.ts'
import { compileRegex, escapeRegex, RegexError, withFlags } from '../lib/regex.ts'
import { localtime, strftime, zoneOf } from '../lib/time.ts'

const USAGE = `Usage: mawk [Options] [Program] [file ...]

Program:
    The -f option value is the name of a file containing program text.
    If no -f option is given, a "--" ends option processing; the following
    parameters are the program text.

Options:
    -f program-file  Program  text is read from file instead of from the
                     command-line.  Multiple -f options are accepted.
    -F value         sets the field separator, FS, to value.
    -v var=value     assigns value to program variable var.
    --               unambiguous end of options.

    Implementation-specific options are prefixed with "-W".  They can be
    abbreviated:

    -W version       show version information and exit.
    -W dump          show assembler-like listing of program and exit.
    -W help          show this message and exit.
    -W interactive   set unbuffered output, line-buffered input.
    -W exec file     use file as program as well as last option.
    -W random=number set initial random seed.
    -W sprintf=number adjust size of sprintf buffer.
    -W posix_space   do not consider "\\n" a space.
    -W usage         show this message and exit.
`

const VERSION = `mawk 1.3.4 20200120
Copyright 2008-2019,2020, Thomas E. Dickey
Copyright 1991-1996,2014, Michael D. Brennan

`
const LIMITS = `random-funcs:       srandom/random
regex-funcs:        internal
compiled limits:
sprintf buffer      8192
maximum-integer     2147483647
`

export default command({
  name: 'awk',
  summary: 'pattern scanning and text processing language',
  usage: 'awk [Options] [Program] [file ...]',
  suite: 'other',
  failure: 2,
  raw: true,

  *main(sys, _flags, args, me) {
    const dialect: Dialect = isApplet(sys) ? 'busybox' : 'mawk'
    const assignments: string[] = []
    const files: string[] = []
    const sources: string[] = []
    let separator: string | undefined
    let at = 0
    for (; at < args.length; at++) {
      const arg = args[at]!
      if (arg === '--') {
        at++
        break
      }
      if (!arg.startsWith('-') || arg === '-') break
      const letter = arg[1]!
      if (!'FfvW'.includes(letter) && !(letter === 'e' && dialect === 'busybox')) {
        yield* me.warn(`not an option: ${arg}`)
        return 2
      }
      const value = arg.length > 2 ? arg.slice(2) : args[++at]
      if (value === undefined) {
        yield* me.warn(`option -${letter} lacks argument`)
        return 2
      }
      if (letter === 'F') separator = value
      else if (letter === 'v') assignments.push(value)
      else if (letter === 'f') files.push(value)
      else if (letter === 'e') sources.push(value)
      else if (value.startsWith('v')) {
        me.out.print(VERSION)
        yield* me.out.flush()
        yield* sys.write(2, LIMITS)
        return 0
      } else if (/^[hu]/.test(value)) {
        me.out.print(USAGE)
        return 0
      }
    }
    let text: string
    if (files.length) {
      const parts: string[] = []
      for (const file of files) {
        try {
          const fd = file === '-' ? 0 : yield* sys.open(file, O_RDONLY)
          parts.push(latin(yield* readAll(sys, fd)))
        } catch (e) {
          if (!(e instanceof Errno)) throw e
          throw fatal(`cannot open ${file} (${e.message})`, undefined, 2)
        }
      }
      text = parts.join('\n')
    } else if (sources.length) text = sources.map(toBytes).join('\n')
    else {
      const program = args[at++]
      if (program === undefined) {
        me.out.print(USAGE)
        return 0
      }
      text = toBytes(program)
    }
    const awk = new Awk(
      sys,
      me as Process,
      parseAwk(text, dialect, files.at(-1)),
      dialect,
      args.slice(at).map(toBytes),
    )
    for (const it of assignments) {
      const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(it)
      if (!match) throw fatal(`improper assignment: -v ${it}`, undefined, 2)
      awk.assign(match[1]!, new Field(awkString(toBytes(match[2]!))))
    }
    if (separator !== undefined) awk.assign('FS', awkString(toBytes(separator)))
    return yield* awk.run()
  },
})

type Table = Map<string, Value>

/** A variable: a value or an array. A parameter that is not yet either may turn out to be its caller's array. */
interface Cell {
  value: Value
  array: Table | undefined
  from?: Cell | undefined
}
type Scope = Map<string, Cell>

const NO_FIELD = new Field('')
const NEXT = Symbol('next')
const NEXTFILE = Symbol('nextfile')
const BREAK = Symbol('break')
const CONTINUE = Symbol('continue')
class Exit {}
class Return {
  readonly value: Value
  constructor(value: Value) {
    this.value = value
  }
}

/** Splits an input into records. */
class Records {
  readonly #sys: Sys
  readonly fd: number
  readonly pid: number
  #buffer = ''
  #eof = false

  constructor(sys: Sys, fd: number, pid = 0) {
    this.#sys = sys
    this.fd = fd
    this.pid = pid
  }

  *next(separator: string): Blocking<string | undefined> {
    if (separator === '') {
      while (!this.#eof || /^\n/.test(this.#buffer)) {
        this.#buffer = this.#buffer.replace(/^\n+/, '')
        if (this.#buffer || this.#eof) break
        yield* this.#fill()
      }
    }
    const regex = separator === '' ? /\n\n+/ : separator.length === 1 ? undefined : regexOf('mawk', separator)
    for (;;) {
      let start = -1
      let end = -1
      if (regex) {
        const match = regex.exec(this.#buffer)
        if (match && match[0] !== '' && (match.index + match[0].length < this.#buffer.length || this.#eof)) {
          start = match.index
          end = start + match[0].length
        }
      } else {
        start = this.#buffer.indexOf(separator)
        end = start + 1
      }
      if (start >= 0) {
        const record = this.#buffer.slice(0, start)
        this.#buffer = this.#buffer.slice(end)
        return record
      }
      if (this.#eof) {
        if (!this.#buffer) return undefined
        const record = separator === '' ? this.#buffer.replace(/\n$/, '') : this.#buffer
        this.#buffer = ''
        return record
      }
      yield* this.#fill()
    }
  }

  *#fill(): Blocking<void> {
    const chunk = yield* this.#sys.read(this.fd, 65536)
    if (!chunk.length) this.#eof = true
    else this.#buffer += latin(chunk)
  }
}

const regexes = new Map<string, RegExp>()

/** A dynamic or literal regular expression, compiled once. */
function regexOf(dialect: Dialect, source: string): RegExp {
  const known = `${dialect} ${source}`
  let regex = regexes.get(known)
  if (!regex) {
    if (regexes.size > 500) regexes.clear()
    try {
      regex = compileRegex(
        source.replace(
          /\\([abfrtv"/])/g,
          (_, it: string) =>
            ({ a: '\x07', b: '\b', f: '\f', r: '\r', t: '\t', v: '\v', '"': '"', '/': '/' })[it]!,
        ),
        { extended: true, awk: true, intervals: dialect === 'busybox' },
      )
    } catch (e) {
      if (!(e instanceof RegexError)) throw e
      throw fatal(`regular expression compile failed (${e.message})\n${source}`, undefined, 2)
    }
    regexes.set(known, regex)
  }
  return regex
}

class Awk {
  readonly #sys: Sys
  readonly #me: Process
  readonly #program: Program
  readonly #globals: Scope = new Map()
  readonly #outputs = new Map<string, { out: Output; pid: number }>()
  readonly #inputs = new Map<string, Records>()
  readonly #active = new Set<Rule>()
  readonly #random = new Random()
  #seed: number
  #status = 0
  // The record: its text, its fields, and which of the two is to be made of the other.
  #record = ''
  #fields: (Value | undefined)[] = []
  #split = true
  #joined = true
  #input: Records | undefined
  #argument = 1
  #usedFile = false
  #work = 0
  #depth = 0
  #ending = false

  readonly #dialect: Dialect
  /** FS as it was when the record was read. */
  #separator = ' '

  constructor(sys: Sys, me: Process, program: Program, dialect: Dialect, args: readonly string[]) {
    this.#dialect = dialect
    this.#sys = sys
    this.#me = me
    this.#program = program
    const set = (name: string, value: Value): void => {
      this.#globals.set(name, { value, array: undefined })
    }
    for (const [name, value] of Object.entries({
      NR: 0,
      FNR: 0,
      NF: 0,
      FS: ' ',
      OFS: ' ',
      ORS: '\n',
      RS: '\n',
      OFMT: '%.6g',
      CONVFMT: '%.6g',
      SUBSEP: '\x1c',
      RSTART: 0,
      RLENGTH: -1,
      FILENAME: '',
      ARGC: args.length + 1,
    }))
      set(name, value)
    const argv: Table = new Map([
      ['0', 'awk' as Value],
      ...args.map((it, i) => [String(i + 1), new Field(it)] as const),
    ])
    this.#globals.set('ARGV', { value: undefined, array: argv })
    const environ: Table = new Map(
      [...me.env].map(([name, value]) => [toBytes(name), new Field(toBytes(value))] as const),
    )
    this.#globals.set('ENVIRON', { value: undefined, array: environ })
    const bytes = sys.getrandom(4)
    this.#seed = (bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16)) + 1
    this.#random.seed(this.#seed)
  }

  // ---- Variables

  #cell(name: string, scope: Scope | undefined): Cell {
    const local = scope?.get(name)
    if (local) return local
    let cell = this.#globals.get(name)
    if (!cell) {
      cell = { value: undefined, array: undefined }
      this.#globals.set(name, cell)
    }
    return cell
  }

  #array(name: string, scope: Scope | undefined): Table {
    const cell = this.#cell(name, scope)
    if (!cell.array) {
      const array: Table = new Map()
      for (let it: Cell | undefined = cell; it; it = it.from) it.array ??= array
      cell.array = cell.from?.array ?? cell.array ?? array
    }
    return cell.array
  }

  #get(name: string): Value {
    if (name === 'NF') {
      this.#splitFields()
      return this.#fields.length
    }
    return this.#globals.get(name)!.value
  }

  #text(name: string): string {
    return this.#toText(this.#globals.get(name)!.value, '%.6g')
  }

  assign(name: string, value: Value): void {
    const cell = this.#cell(name, undefined)
    cell.value = value
    if (name === 'NF') this.#setNF(toNumber(value))
  }

  #str(value: Value): string {
    return typeof value === 'string' ? value : this.#toText(value, this.#text('CONVFMT'))
  }

  #toText(value: Value, format: string): string {
    return toText(value, format, this.#dialect === 'busybox' ? Number.MAX_SAFE_INTEGER : MAX_INT)
  }

  // ---- Records and fields

  #setRecord(text: string): void {
    this.#record = text
    this.#separator = this.#text('FS')
    this.#split = false
    this.#joined = true
  }

  #splitFields(): void {
    if (this.#split) return
    this.#split = true
    this.#fields = this.#splitText(this.#record, this.#separator).map(it => new Field(it))
  }

  #splitText(text: string, separator: string): string[] {
    if (separator === ' ') {
      const trimmed = text.replace(/^[ \t\n]+|[ \t\n]+$/g, '')
      return trimmed ? trimmed.split(/[ \t\n]+/) : []
    }
    if (!text) return []
    if (separator === '') return text.split('')
    const paragraph = this.#text('RS') === ''
    if (separator.length === 1) {
      if (!paragraph) return text.split(separator)
      return text.split(new RegExp(`${escapeRegex(separator)}|\n`))
    }
    const regex = regexOf(this.#dialect, paragraph ? `${separator}|\n` : separator)
    const parts: string[] = []
    let from = 0
    const all = withFlags(regex, `${regex.flags.replace('g', '')}g`)
    for (const match of text.matchAll(all)) {
      if (!match[0]) continue
      parts.push(text.slice(from, match.index))
      from = match.index + match[0].length
    }
    parts.push(text.slice(from))
    return parts
  }

  #field(index: number): Value {
    if (index === 0) {
      if (!this.#joined) {
        this.#joined = true
        const format = this.#text('CONVFMT')
        this.#record = this.#fields.map(it => this.#toText(it, format)).join(this.#text('OFS'))
      }
      return new Field(this.#record)
    }
    if (index < 0) this.#die(`negative field index $${index}`)
    this.#splitFields()
    return this.#fields[index - 1] ?? NO_FIELD
  }

  #setField(index: number, value: Value): void {
    if (index < 0) this.#die(`negative field index $${index}`)
    if (index === 0) {
      this.#setRecord(this.#str(value))
      return
    }
    this.#splitFields()
    while (this.#fields.length < index) this.#fields.push('')
    this.#fields[index - 1] = value
    this.#joined = false
  }

  #setNF(count: number): void {
    this.#splitFields()
    while (this.#fields.length < count) this.#fields.push('')
    this.#fields.length = count
    this.#joined = false
  }

  #die(problem: string): never {
    if (this.#dialect === 'busybox')
      throw fatal(
        `cmd. line:1: ${problem.startsWith('negative') ? 'Access to negative field' : problem}`,
        undefined,
        1,
      )
    const at = `\n\tFILENAME="${fromBytes(this.#text('FILENAME'))}" FNR=${this.#text('FNR')} NR=${this.#text('NR')}`
    throw fatal(`run time error: ${fromBytes(problem)}${at}`, undefined, 2)
  }

  // ---- Running

  *run(): Blocking<number> {
    const { rules } = this.#program
    const main = rules.filter(it => it.kind === 'main' || it.kind === 'range')
    const ends = rules.filter(it => it.kind === 'END')
    try {
      for (const it of rules) if (it.kind === 'BEGIN') yield* this.#execute(it.body!, undefined)
      if (main.length || ends.length) yield* this.#records(main)
    } catch (e) {
      if (!(e instanceof Exit)) throw e
      if (e instanceof Exit && this.#ending) return yield* this.#finish()
    }
    this.#ending = true
    try {
      for (const it of ends) yield* this.#execute(it.body!, undefined)
    } catch (e) {
      if (!(e instanceof Exit)) throw e
    }
    return yield* this.#finish()
  }

  *#records(main: readonly Rule[]): Blocking<void> {
    for (;;) {
      const record = yield* this.#nextRecord()
      if (record === undefined) return
      this.#setRecord(record)
      if (!main.length) continue
      try {
        for (const rule of main) yield* this.#apply(rule)
      } catch (e) {
        if (e === NEXTFILE) this.#closeInput()
        else if (e !== NEXT) throw e
      }
      const { out } = this.#me
      if (out.full) yield* out.flush()
    }
  }

  *#apply(rule: Rule): Blocking<void> {
    if (rule.kind === 'range') {
      if (!this.#active.has(rule)) {
        if (!isTrue(yield* this.#eval(rule.pattern!, undefined))) return
        this.#active.add(rule)
      }
      if (isTrue(yield* this.#eval(rule.until!, undefined))) this.#active.delete(rule)
    } else if (rule.pattern && !isTrue(yield* this.#eval(rule.pattern, undefined))) return
    if (rule.body) yield* this.#execute(rule.body, undefined)
    else this.#print(this.#me.out, this.#str(this.#field(0)) + this.#text('ORS'))
  }

  #closeInput(): void {
    if (this.#input?.fd) this.#sys.close(this.#input.fd)
    this.#input = undefined
  }

  /** The next record of the main input; counts it. */
  *#nextRecord(): Blocking<string | undefined> {
    for (;;) {
      if (!this.#input && !(yield* this.#openNext())) return undefined
      let record: string | undefined
      try {
        record = yield* this.#input!.next(this.#text('RS'))
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        this.#die(`read error on ${this.#text('FILENAME')}: ${e.message}`)
      }
      if (record !== undefined) {
        this.#globals.get('NR')!.value = toNumber(this.#globals.get('NR')!.value) + 1
        this.#globals.get('FNR')!.value = toNumber(this.#globals.get('FNR')!.value) + 1
        return record
      }
      this.#closeInput()
    }
  }

  *#openNext(): Blocking<boolean> {
    const argv = this.#globals.get('ARGV')!.array!
    for (; this.#argument < toNumber(this.#globals.get('ARGC')!.value); ) {
      const name = this.#str(argv.get(String(this.#argument++)))
      if (!name) continue
      const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(name)
      if (assignment) {
        this.assign(assignment[1]!, new Field(awkString(assignment[2]!)))
        continue
      }
      this.#usedFile = true
      this.#globals.get('FNR')!.value = 0
      this.#globals.get('FILENAME')!.value = name
      try {
        this.#input = new Records(
          this.#sys,
          name === '-' || name === '/dev/stdin' ? 0 : yield* this.#sys.open(fromBytes(name), O_RDONLY),
        )
        return true
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        yield* this.#me.warn(`cannot open ${fromBytes(name)} (${e.message})`)
        this.#status = 2
        throw new Exit()
      }
    }
    if (this.#usedFile) return false
    this.#usedFile = true
    this.#input = new Records(this.#sys, 0)
    return true
  }

  *#finish(): Blocking<number> {
    for (const name of [...this.#outputs.keys()]) yield* this.#closeOutput(name)
    return this.#status
  }

  // ---- Output

  #print(out: Output, text: string): void {
    out.print(isAscii(text) ? text : bytesOf(text))
  }

  *#output(kind: string, name: string): Blocking<Output> {
    if (kind !== '|' && (name === '/dev/stdout' || name === '-')) return this.#me.out
    const known = this.#outputs.get(name)
    if (known) return known.out
    const sys = this.#sys
    if (kind === '|') {
      yield* this.#flushAll()
      const [reader, writer] = sys.pipe2(0)
      const { envp } = this.#me
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

  *#flushAll(): Blocking<void> {
    yield* stdout(this.#sys).flush()
    for (const { out } of this.#outputs.values()) yield* out.flush()
  }

  *#closeOutput(name: string): Blocking<number> {
    const { out, pid } = this.#outputs.get(name)!
    this.#outputs.delete(name)
    yield* this.#me.out.flush()
    yield* out.flush()
    if (out.fd > 2) this.#sys.close(out.fd)
    if (!pid) return 0
    return exitStatus((yield* this.#sys.wait4(pid, 0))!.status)
  }

  *#close(name: string): Blocking<number> {
    if (this.#outputs.has(name)) return yield* this.#closeOutput(name)
    const input = this.#inputs.get(name)
    if (!input) return -1
    this.#inputs.delete(name)
    if (input.fd) this.#sys.close(input.fd)
    return input.pid ? exitStatus((yield* this.#sys.wait4(input.pid, 0))!.status) : 0
  }

  // ---- Statements

  *#execute(it: Statement, scope: Scope | undefined): Blocking<void> {
    if (++this.#work % 256 === 0) yield* this.#sys.burn(256 * 250)
    switch (it.t) {
      case 'block':
        for (const statement of it.list) yield* this.#execute(statement, scope)
        return
      case 'expression':
        yield* this.#eval(it.of, scope)
        return
      case 'print':
      case 'printf':
        return yield* this.#printStatement(it, scope)
      case 'if':
        if (isTrue(yield* this.#eval(it.test, scope))) yield* this.#execute(it.yes, scope)
        else if (it.no) yield* this.#execute(it.no, scope)
        return
      case 'while':
        while (isTrue(yield* this.#eval(it.test, scope))) if (yield* this.#loop(it.body, scope)) break
        return
      case 'do':
        do {
          if (yield* this.#loop(it.body, scope)) break
        } while (isTrue(yield* this.#eval(it.test, scope)))
        return
      case 'for':
        if (it.start) yield* this.#execute(it.start, scope)
        while (!it.test || isTrue(yield* this.#eval(it.test, scope))) {
          if (yield* this.#loop(it.body, scope)) break
          if (it.step) yield* this.#execute(it.step, scope)
        }
        return
      case 'forin':
        for (const key of this.#keys(it.array, scope)) {
          this.#cell(it.name, scope).value = new Field(key)
          if (yield* this.#loop(it.body, scope)) break
        }
        return
      case 'next':
        throw NEXT
      case 'nextfile':
        throw NEXTFILE
      case 'break':
        throw BREAK
      case 'continue':
        throw CONTINUE
      case 'exit':
        if (it.value) this.#status = toNumber(yield* this.#eval(it.value, scope)) & 255
        throw new Exit()
      case 'return':
        throw new Return(it.value && (yield* this.#eval(it.value, scope)))
      case 'delete':
        if (!it.keys) this.#array(it.name, scope).clear()
        else this.#array(it.name, scope).delete(yield* this.#key(it.keys, scope))
    }
  }

  #keys(array: string, scope: Scope | undefined): string[] {
    const keys = [...this.#array(array, scope).keys()]
    return this.#dialect === 'busybox' ? keys : keysInOrder(keys)
  }

  /** Run the body of a loop; whether it was left by `break`. */
  *#loop(body: Statement, scope: Scope | undefined): Blocking<boolean> {
    try {
      yield* this.#execute(body, scope)
      return false
    } catch (e) {
      if (e === BREAK) return true
      if (e === CONTINUE) return false
      throw e
    }
  }

  *#printStatement(it: Statement & { t: 'print' | 'printf' }, scope: Scope | undefined): Blocking<void> {
    const values: Value[] = []
    for (const arg of it.args) values.push(yield* this.#eval(arg, scope))
    let text: string
    if (it.t === 'printf') text = this.#format(values, it.t)
    else {
      const format = this.#text('OFMT')
      text =
        (values.length
          ? values.map(value => this.#toText(value, format)).join(this.#text('OFS'))
          : this.#str(this.#field(0))) + this.#text('ORS')
    }
    const out = it.to
      ? yield* this.#output(it.redirect, this.#str(yield* this.#eval(it.to, scope)))
      : this.#me.out
    this.#print(out, text)
    if (out.full || out.fd === 2) yield* out.flush()
  }

  // ---- Expressions

  *#key(keys: readonly Node[], scope: Scope | undefined): Blocking<string> {
    const parts: string[] = []
    for (const key of keys) {
      const value = yield* this.#eval(key, scope)
      parts.push(typeof value === 'number' && Number.isInteger(value) ? String(value) : this.#str(value))
    }
    return parts.join(this.#text('SUBSEP'))
  }

  *#eval(it: Node, scope: Scope | undefined): Blocking<Value> {
    switch (it.t) {
      case 'number':
      case 'string':
        return it.value
      case 'regex':
        return regexOf(this.#dialect, it.source).test(this.#str(this.#field(0))) ? 1 : 0
      case 'var':
        return it.name === 'NF' ? this.#get('NF') : this.#cell(it.name, scope).value
      case 'index': {
        const array = this.#array(it.name, scope)
        const key = yield* this.#key(it.keys, scope)
        if (!array.has(key)) array.set(key, undefined)
        return array.get(key)
      }
      case 'field':
        return this.#field(Math.trunc(toNumber(yield* this.#eval(it.of, scope))))
      case 'group': {
        if (it.list.length === 1) return yield* this.#eval(it.list[0]!, scope)
        return yield* this.#key(it.list, scope)
      }
      case 'assign': {
        // The subscript comes before the value: x[i++] = i.
        const to: Node =
          it.to.t === 'index'
            ? { ...it.to, keys: [{ t: 'string', value: yield* this.#key(it.to.keys, scope) }] }
            : it.to
        let value = yield* this.#eval(it.value, scope)
        if (it.op) value = arithmetic(it.op, toNumber(yield* this.#eval(to, scope)), toNumber(value))
        yield* this.#store(to, value, scope)
        return value
      }
      case 'step': {
        const old = toNumber(yield* this.#eval(it.to, scope))
        yield* this.#store(it.to, old + it.by, scope)
        return it.prefix ? old + it.by : old
      }
      case 'binary': {
        const a = yield* this.#eval(it.a, scope)
        const b = yield* this.#eval(it.b, scope)
        if (it.op === ' ') return this.#str(a) + this.#str(b)
        if (it.op === '%' && toNumber(b) === 0) return new Field('-nan')
        if ('+-*/%^'.includes(it.op)) return arithmetic(it.op, toNumber(a), toNumber(b))
        return compares(it.op, compareValues(a, b, this.#text('CONVFMT'))) ? 1 : 0
      }
      case 'and':
        return isTrue(yield* this.#eval(it.a, scope)) && isTrue(yield* this.#eval(it.b, scope)) ? 1 : 0
      case 'or':
        return isTrue(yield* this.#eval(it.a, scope)) || isTrue(yield* this.#eval(it.b, scope)) ? 1 : 0
      case 'cond':
        return yield* this.#eval(isTrue(yield* this.#eval(it.test, scope)) ? it.yes : it.no, scope)
      case 'not':
        return isTrue(yield* this.#eval(it.a, scope)) ? 0 : 1
      case 'minus':
        return -toNumber(yield* this.#eval(it.a, scope))
      case 'plus':
        return toNumber(yield* this.#eval(it.a, scope))
      case 'match': {
        const text = this.#str(yield* this.#eval(it.a, scope))
        return (yield* this.#regex(it.b, scope)).test(text) !== it.negated ? 1 : 0
      }
      case 'in':
        return this.#array(it.name, scope).has(yield* this.#key(it.keys, scope)) ? 1 : 0
      case 'call':
        return yield* this.#call(this.#program.functions.get(it.name), it.args, scope, it.line)
      case 'builtin':
        return yield* this.#builtin(it.name, it.args, scope)
      case 'getline':
        return yield* this.#getline(it, scope)
    }
  }

  *#regex(it: Node, scope: Scope | undefined): Blocking<RegExp> {
    return regexOf(this.#dialect, it.t === 'regex' ? it.source : this.#str(yield* this.#eval(it, scope)))
  }

  *#store(to: Node, value: Value, scope: Scope | undefined): Blocking<void> {
    if (to.t === 'var') {
      const local = scope?.get(to.name)
      if (local) local.value = value
      else this.assign(to.name, value)
    } else if (to.t === 'index') this.#array(to.name, scope).set(yield* this.#key(to.keys, scope), value)
    else if (to.t === 'field') this.#setField(Math.trunc(toNumber(yield* this.#eval(to.of, scope))), value)
    else if (to.t === 'group' && to.list.length === 1) yield* this.#store(to.list[0]!, value, scope)
  }

  *#call(
    func: Func | undefined,
    args: readonly Node[],
    scope: Scope | undefined,
    line: number,
  ): Blocking<Value> {
    if (!func) {
      yield* this.#me.out.flush()
      throw fatal(`cmd. line:${line}: Call to undefined function`, undefined, 1)
    }
    const local: Scope = new Map()
    for (const [i, param] of func.params.entries()) {
      const arg = args[i]
      if (arg?.t === 'var' && arg.name !== 'NF') {
        const cell = this.#cell(arg.name, scope)
        // Arrays are passed by reference, and what is neither yet may become one.
        local.set(param, {
          value: cell.value,
          array: cell.array,
          from: cell.value === undefined && !cell.array ? cell : undefined,
        })
      } else local.set(param, { value: arg && (yield* this.#eval(arg, scope)), array: undefined })
    }
    for (const arg of args.slice(func.params.length)) yield* this.#eval(arg, scope)
    if (++this.#depth > 1000) this.#die('function call nesting too deep')
    try {
      yield* this.#execute(func.body, local)
    } catch (e) {
      if (!(e instanceof Return)) throw e
      this.#depth--
      return e.value
    }
    this.#depth--
    return undefined
  }

  *#getline(it: Node & { t: 'getline' }, scope: Scope | undefined): Blocking<Value> {
    let record: string | undefined
    if (!it.from) {
      record = yield* this.#nextRecord()
      if (record === undefined) return 0
    } else {
      const name = this.#str(yield* this.#eval(it.from, scope))
      const input = yield* this.#source(name, it.command)
      if (!input) return -1
      try {
        record = yield* input.next(this.#text('RS'))
      } catch (e) {
        if (e instanceof Errno) return -1
        throw e
      }
      if (record === undefined) return 0
    }
    if (it.to) yield* this.#store(it.to, new Field(record), scope)
    else this.#setRecord(record)
    return 1
  }

  *#source(name: string, isCommand: boolean): Blocking<Records | undefined> {
    const known = this.#inputs.get(name)
    if (known) return known
    const sys = this.#sys
    let input: Records
    if (isCommand) {
      yield* this.#flushAll()
      const [reader, writer] = sys.pipe2(0)
      const { envp } = this.#me
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
        this.#setErrno(0)
        input = new Records(
          sys,
          name === '-' || name === '/dev/stdin' ? 0 : yield* sys.open(fromBytes(name), O_RDONLY),
        )
      } catch (e) {
        if (!(e instanceof Errno)) throw e
        this.#setErrno(e.errno)
        return undefined
      }
    this.#inputs.set(name, input)
    return input
  }

  #setErrno(value: number): void {
    if (this.#dialect === 'busybox') this.assign('ERRNO', value)
  }

  *#builtin(name: string, args: readonly Node[], scope: Scope | undefined): Blocking<Value> {
    const [a, b, c] = args
    switch (name) {
      case 'length':
        if (a?.t === 'var' && this.#cell(a.name, scope).array) return this.#cell(a.name, scope).array!.size
        return this.#str(a ? yield* this.#eval(a, scope) : this.#field(0)).length
      case 'split': {
        const text = this.#str(yield* this.#eval(a!, scope))
        const separator = c
          ? c.t === 'regex'
            ? c.source
            : this.#str(yield* this.#eval(c, scope))
          : this.#text('FS')
        const parts =
          c?.t === 'regex' && separator === ' ' ? text.split(' ') : this.#splitText(text, separator)
        const array = this.#array((b as { name: string }).name, scope)
        array.clear()
        for (const [i, part] of parts.entries()) array.set(String(i + 1), new Field(part))
        return parts.length
      }
      case 'sub':
      case 'gsub':
        return yield* this.#substitute(name === 'gsub', args, scope)
      case 'gensub':
        return yield* this.#generalSubstitute(args, scope)
      case 'match': {
        const text = this.#str(yield* this.#eval(a!, scope))
        const match = (yield* this.#regex(b!, scope)).exec(text)
        this.assign('RSTART', match ? match.index + 1 : 0)
        this.assign('RLENGTH', match ? match[0].length : -1)
        return match ? match.index + 1 : 0
      }
      default:
    }
    const values: Value[] = []
    for (const arg of args) values.push(yield* this.#eval(arg, scope))
    const text = (i: number): string => this.#str(values[i])
    const number = (i: number): number => toNumber(values[i])
    switch (name) {
      case 'substr':
        return substring(text(0), number(1), values.length > 2 ? number(2) : Number.POSITIVE_INFINITY)
      case 'index':
        return text(0).indexOf(text(1)) + 1
      case 'sprintf':
        return this.#format(values, 'sprintf')
      case 'sin':
        return Math.sin(number(0))
      case 'cos':
        return Math.cos(number(0))
      case 'atan2':
        return Math.atan2(number(0), number(1))
      case 'exp':
        return Math.exp(number(0))
      case 'log':
        return number(0) < 0 ? new Field('-nan') : Math.log(number(0))
      case 'sqrt':
        return number(0) < 0 ? new Field('-nan') : Math.sqrt(number(0))
      case 'int':
        return Math.trunc(number(0))
      case 'rand':
        return this.#random.next()
      case 'srand': {
        const old = this.#seed
        this.#seed = values.length ? Math.trunc(number(0)) : this.#sys.clock_gettime(0).sec
        this.#random.seed(this.#seed)
        return old
      }
      case 'tolower':
        return text(0).replace(/[A-Z]+/g, it => it.toLowerCase())
      case 'toupper':
        return text(0).replace(/[a-z]+/g, it => it.toUpperCase())
      case 'system': {
        yield* this.#flushAll()
        const { envp } = this.#me
        const line = fromBytes(text(0))
        const pid = fork(this.#sys, 'awk', its => execvp(its, ['sh', '-c', line], envp))
        const { status } = (yield* this.#sys.wait4(pid, 0))!
        return exitStatus(status) >= 128 ? 256 + (status & 127) : exitStatus(status)
      }
      case 'close':
        return yield* this.#close(text(0))
      case 'fflush':
        if (text(0) && text(0) !== '/dev/stdout' && !this.#outputs.has(text(0))) return -1
        yield* this.#flushAll()
        return 0
      case 'systime':
        return this.#sys.clock_gettime(0).sec
      case 'mktime':
        return makeTime(fromBytes(text(0)))
      case 'and':
        return Number(unsigned(number(0)) & unsigned(number(1)))
      case 'or':
        return Number(unsigned(number(0)) | unsigned(number(1)))
      case 'xor':
        return Number(unsigned(number(0)) ^ unsigned(number(1)))
      case 'lshift':
        return Number(BigInt.asUintN(64, unsigned(number(0)) << unsigned(number(1))))
      case 'rshift':
        return Number(unsigned(number(0)) >> unsigned(number(1)))
      case 'compl':
        return Number(BigInt.asUintN(64, ~unsigned(number(0))))
      case 'strftime': {
        const format = values.length ? fromBytes(text(0)) : '%c'
        const sec = values.length > 1 ? Math.trunc(number(1)) : this.#sys.clock_gettime(0).sec
        return toBytes(strftime(format, localtime({ sec, nsec: 0 }, zoneOf(this.#me.env.get('TZ')))))
      }
      default:
        return undefined
    }
  }

  *#substitute(global: boolean, args: readonly Node[], scope: Scope | undefined): Blocking<Value> {
    const [pattern, replacement, target] = args
    const regex = yield* this.#regex(pattern!, scope)
    const by = this.#str(yield* this.#eval(replacement!, scope))
    const to: Node = target ?? { t: 'field', of: { t: 'number', value: 0 } }
    const text = this.#str(yield* this.#eval(to, scope))
    let count = 0
    const all = withFlags(regex, `${regex.flags.replace('g', '')}${global ? 'g' : ''}`)
    let end = -1
    const result = text.replace(all, (found: string, ...rest: unknown[]) => {
      const at = rest.find(it => typeof it === 'number') as number
      // An empty match right behind a match does not count.
      if (!found && at === end) return ''
      end = at + found.length
      count++
      return by.replace(
        /(\\*)&/g,
        (_, before: string) => '\\'.repeat(before.length >> 1) + (before.length % 2 ? '&' : found),
      )
    })
    if (count) yield* this.#store(to, result, scope)
    return count
  }

  /** gensub(pattern, replacement, which [, target]): `\\1` stands for a group; the target stays as it was. */
  *#generalSubstitute(args: readonly Node[], scope: Scope | undefined): Blocking<Value> {
    const [pattern, replacement, which, target] = args
    const regex = yield* this.#regex(pattern!, scope)
    const by = this.#str(yield* this.#eval(replacement!, scope))
    const how = this.#str(which ? yield* this.#eval(which, scope) : '1')
    const text = this.#str(target ? yield* this.#eval(target, scope) : this.#field(0))
    const wanted = /^[gG]/.test(how) ? 0 : Math.max(1, Math.trunc(toNumber(how)))
    let count = 0
    return text.replace(withFlags(regex, `${regex.flags.replace('g', '')}g`), (...found) => {
      if (wanted && ++count !== wanted) return found[0]
      return by.replace(/\\([0-9&\\])|&/g, (all, it: string | undefined) =>
        all === '&' ? found[0] : it === '&' || it === '\\' ? it : (found[Number(it)] ?? ''),
      )
    })
  }

  /** printf and sprintf. */
  #format(values: readonly Value[], name: string): string {
    const format = this.#str(values[0])
    let used = 1
    let done = ''
    let end = 0
    const next = (): Value => {
      if (used < values.length) return values[used++]
      // What came before the conversion that lacks its argument is printed.
      if (name === 'printf') this.#print(this.#me.out, done)
      return this.#die(`not enough arguments passed to ${name}("${format}")`)
    }
    const convert = (
      all: string,
      flags: string,
      wide: string,
      exact: string | undefined,
      letter: string,
    ): string => {
      if (all === '%%') return '%'
      if (!'diouxXeEfFgGaAcs'.includes(letter) || all === '%') {
        next()
        if (name === 'printf') this.#print(this.#me.out, done)
        return this.#die(`improper conversion(number ${used - 1}) in ${name}("${format}")`)
      }
      const width = wide === '*' ? toNumber(next()) : Number(wide || 0)
      const precision =
        exact === undefined ? undefined : exact === '*' ? toNumber(next()) : Number(exact || 0)
      const it: Conversion = {
        flags: flags + (width < 0 ? '-' : ''),
        width: Math.abs(width),
        precision,
        letter,
      }
      if (letter === 's') return padded(this.#str(next()).slice(0, precision), it)
      if (letter === 'c') {
        const value = next()
        const code = typeof value === 'number' ? value : value instanceof Field ? value.number : undefined
        const char =
          typeof value === 'number' && code !== undefined
            ? String.fromCharCode(code & 255)
            : this.#str(value).slice(0, 1)
        return padded(char || '\0', it)
      }
      if ('diouxX'.includes(letter)) {
        const value = toNumber(next())
        if (!Number.isFinite(value)) return padded(numberText(value, '%.6g'), it)
        const whole = BigInt(Math.trunc(value))
        const most = 'di'.includes(letter) ? 2n ** 31n - 1n : 2n ** 32n - 1n
        return formatInteger(
          whole > most
            ? most
            : whole < -most
              ? 'di'.includes(letter)
                ? -most
                : 0n
              : whole < 0n && !'di'.includes(letter)
                ? 0n
                : whole,
          it,
        )
      }
      return 'eEfFgGaA'.includes(letter) ? formatFloat(toNumber(next()), it) : all
    }
    for (const match of format.matchAll(
      /%(?:([-+ #0]*)(\*|\d*)(?:\.(\*|\d*))?(?:hh|ll|[hlL])?([a-zA-Z%]))?/g,
    )) {
      done += format.slice(end, match.index)
      end = match.index + match[0].length
      done += convert(match[0], match[1] ?? '', match[2] ?? '', match[3], match[4] ?? '')
    }
    return done + format.slice(end)
  }
}

const unsigned = (value: number): bigint =>
  Number.isFinite(value) ? BigInt.asUintN(64, BigInt(Math.trunc(value))) : 0n

/** mktime("YYYY MM DD HH MM SS"), in UTC; -1 for what is no time. */
function makeTime(text: string): number {
  const [year, month, day, hour, minute, second] = text.trim().split(/\s+/).map(Number)
  if (second === undefined || [year, month, day, hour, minute, second].some(it => !Number.isInteger(it)))
    return -1
  const days = daysSince1970(year!, month!, day!)
  return days * 86400 + hour! * 3600 + minute! * 60 + second
}

/** Days from 1970-01-01 to a date of the Gregorian calendar. */
function daysSince1970(year: number, month: number, day: number): number {
  const months = year * 12 + month - 3
  const y = Math.floor(months / 12)
  const m = months - y * 12
  return (
    365 * y +
    Math.floor(y / 4) -
    Math.floor(y / 100) +
    Math.floor(y / 400) +
    Math.floor((153 * m + 2) / 5) +
    day -
    719469
  )
}

function padded(text: string, it: Conversion): string {
  return it.flags.includes('-') ? text.padEnd(it.width) : text.padStart(it.width)
}

function arithmetic(op: string, a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
    default:
      return a ** b
  }
}

function compares(op: string, order: number): boolean {
  switch (op) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '==':
      return order === 0
    case '!=':
      return order !== 0
    case '>':
      return order > 0
    default:
      return order >= 0
  }
}

/** mawk's substr: a start below 1 lengthens the piece by as much. */
function substring(text: string, start: number, length: number): string {
  const from = Math.trunc(start)
  const count = Math.trunc(length) - Math.min(0, from)
  if (!(count > 0)) return ''
  const at = Math.max(1, from) - 1
  return text.slice(at, at + count)
}
