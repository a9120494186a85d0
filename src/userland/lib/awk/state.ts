/**
 * What awk knows while it runs: its variables and arrays, the record and its fields. The record is split, and joined
 * again, only when somebody asks. mawk: field.c, hash.c.
 */
import type { Sys } from '../../../abi/index.ts'
import { fatal, type Output, type Process } from '../command.ts'
import { escapeRegex, withFlags } from '../regex.ts'
import type { Dialect } from './tree.ts'
import { BadRegex, regexOf } from './regexes.ts'
import {
  bytesOf,
  Field,
  fromBytes,
  isAscii,
  MAX_INT,
  Random,
  toBytes,
  toNumber,
  toText,
  type Value,
} from './values.ts'

/** An array of awk. */
export type Table = Map<string, Value>

/** A variable: a value or an array. A parameter that is not yet either may turn out to be its caller's array. */
export interface Cell {
  value: Value
  array: Table | undefined
  from?: Cell | undefined
}

/** What a call of a function sees by its parameters' names. */
export type Scope = Map<string, Cell>

const NO_FIELD = new Field('')

/** More fields than this need more memory than there is. */
const MOST_FIELDS = 2 ** 25

/** The program ends with the status that the state holds. */
export class Exit {}

/** A running program's memory. A variable is looked up among the parameters of the call first. */
export class State {
  readonly sys: Sys
  readonly me: Process
  readonly dialect: Dialect
  readonly globals: Scope = new Map()
  readonly random = new Random()
  seed: number
  /** What awk exits with. */
  status = 0
  // The record: its text, its fields, and which of the two is to be made of the other.
  record = ''
  fields: (Value | undefined)[] = []
  split = true
  joined = true
  /** FS as it was when the record was read. */
  separator = ' '

  constructor(sys: Sys, me: Process, dialect: Dialect, args: readonly string[]) {
    this.sys = sys
    this.me = me
    this.dialect = dialect
    const set = (name: string, value: Value): void => {
      this.globals.set(name, { value, array: undefined })
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
    this.globals.set('ARGV', { value: undefined, array: argv })
    const environ: Table = new Map(
      [...me.env].map(([name, value]) => [toBytes(name), new Field(toBytes(value))] as const),
    )
    this.globals.set('ENVIRON', { value: undefined, array: environ })
    const bytes = sys.getrandom(4)
    this.seed = (bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16)) + 1
    this.random.seed(this.seed)
  }

  // ---- Variables

  cell(name: string, scope: Scope | undefined): Cell {
    const local = scope?.get(name)
    if (local) return local
    let cell = this.globals.get(name)
    if (!cell) {
      cell = { value: undefined, array: undefined }
      this.globals.set(name, cell)
    }
    return cell
  }

  /** The array of this name; what was neither value nor array yet becomes one. */
  array(name: string, scope: Scope | undefined): Table {
    const cell = this.cell(name, scope)
    if (!cell.array) {
      const array: Table = new Map()
      for (let it: Cell | undefined = cell; it; it = it.from) it.array ??= array
      cell.array = cell.from?.array ?? cell.array ?? array
    }
    return cell.array
  }

  /** A variable of awk's own. */
  get(name: string): Value {
    if (name === 'NF') {
      this.splitFields()
      return this.fields.length
    }
    return this.globals.get(name)!.value
  }

  /** A variable of awk's own as text. */
  text(name: string): string {
    return this.toText(this.globals.get(name)!.value, '%.6g')
  }

  assign(name: string, value: Value): void {
    const cell = this.cell(name, undefined)
    cell.value = value
    if (name === 'NF') this.setNF(toNumber(value))
  }

  /** A value as text where the program wants text; print has a format of its own. */
  str(value: Value): string {
    return typeof value === 'string' ? value : this.toText(value, this.text('CONVFMT'))
  }

  toText(value: Value, format: string): string {
    return toText(value, format, this.dialect === 'busybox' ? Number.MAX_SAFE_INTEGER : MAX_INT)
  }

  // ---- The record and its fields

  setRecord(text: string): void {
    this.record = text
    this.separator = this.text('FS')
    this.split = false
    this.joined = true
  }

  splitFields(): void {
    if (this.split) return
    this.split = true
    this.fields = this.splitText(this.record, this.separator).map(it => new Field(it))
  }

  /** The parts of a text: at blanks, characters, matches. */
  splitText(text: string, separator: string): string[] {
    if (separator === ' ') {
      const trimmed = text.replace(/^[ \t\n]+|[ \t\n]+$/g, '')
      return trimmed ? trimmed.split(/[ \t\n]+/) : []
    }
    if (!text) return []
    if (separator === '') return text.split('')
    const paragraph = this.text('RS') === ''
    if (separator.length === 1) {
      if (!paragraph) return text.split(separator)
      return text.split(new RegExp(`${escapeRegex(separator)}|\n`))
    }
    const regex = this.regex(paragraph ? `${separator}|\n` : separator)
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

  field(index: number): Value {
    if (index === 0) {
      if (!this.joined) {
        this.joined = true
        const format = this.text('CONVFMT')
        this.record = this.fields.map(it => this.toText(it, format)).join(this.text('OFS'))
      }
      return new Field(this.record)
    }
    if (index < 0) this.die(`negative field index $${index}`)
    this.splitFields()
    return this.fields[index - 1] ?? NO_FIELD
  }

  setField(index: number, value: Value): void {
    if (index < 0) this.die(`negative field index $${index}`)
    if (index === 0) {
      this.setRecord(this.str(value))
      return
    }
    this.splitFields()
    this.#extend(index)
    this.fields[index - 1] = value
    this.joined = false
  }

  setNF(count: number): void {
    if (count < 0) this.die('negative value assigned to NF')
    this.splitFields()
    this.#extend(count)
    this.fields.length = Math.trunc(count)
    this.joined = false
  }

  #extend(count: number): void {
    if (count > MOST_FIELDS) throw new RangeError('fields fill all memory')
    while (this.fields.length < count) this.fields.push('')
  }

  // ---- The rest

  /** A regular expression that the program makes while it runs. */
  regex(source: string): RegExp {
    try {
      return regexOf(this.dialect, source)
    } catch (e) {
      if (!(e instanceof BadRegex)) throw e
      return this.die(e.message)
    }
  }

  /** A run time error. */
  die(problem: string): never {
    if (this.dialect === 'busybox')
      throw fatal(
        `cmd. line:1: ${problem.startsWith('negative') ? 'Access to negative field' : problem}`,
        undefined,
        1,
      )
    const at = `\n\tFILENAME="${fromBytes(this.text('FILENAME'))}" FNR=${this.text('FNR')} NR=${this.text('NR')}`
    throw fatal(`run time error: ${fromBytes(problem)}${at}`, undefined, 2)
  }

  setErrno(value: number): void {
    if (this.dialect === 'busybox') this.assign('ERRNO', value)
  }

  print(out: Output, text: string): void {
    out.print(isAscii(text) ? text : bytesOf(text))
  }
}
