/**
 * Whether each name of an awk program is a variable or an array throughout. Linux: mawk parse.y, kw.c: the compiler
 * refuses what uses a name in both ways, and calls whose arguments do not fit.
 */
import { fatal } from '../command.ts'
import type { Node, Program, Statement } from './tree.ts'

type Kind = 'variable' | 'array'

/** Throws if a name is used in two ways. */
export function checkTypes(program: Program): void {
  const kinds = new Kinds(program)
  for (const it of program.functions.values()) kinds.inFunction(it.name, () => kinds.statement(it.body))
  for (const { pattern, until, body } of program.rules) {
    if (pattern) kinds.node(pattern)
    if (until) kinds.node(until)
    if (body) kinds.statement(body)
  }
}

class Kinds {
  readonly #program: Program
  readonly #known = new Map<string, Kind>()
  /** The function being looked at; its parameters are names of their own. */
  #scope = ''

  constructor(program: Program) {
    this.#program = program
    for (const name of ['ENVIRON', 'ARGV']) this.#known.set(name, 'array')
  }

  inFunction(name: string, look: () => void): void {
    this.#scope = name
    look()
    this.#scope = ''
  }

  #place(name: string): string {
    const isParameter = this.#program.functions.get(this.#scope)?.params.includes(name)
    return isParameter ? `${this.#scope}(${name})` : name
  }

  #use(name: string, kind: Kind, line: number): void {
    const place = this.#place(name)
    const known = this.#known.get(place)
    if (known !== undefined && known !== kind)
      throw fatal(`line ${line}: illegal reference to ${known} ${name}`, undefined, 2)
    this.#known.set(place, kind)
  }

  /** An argument that is a bare name is what the function makes of it. */
  #call(name: string, args: readonly Node[]): void {
    const params = this.#program.functions.get(name)?.params ?? []
    for (const [i, arg] of args.entries()) {
      const wanted = this.#known.get(`${name}(${params[i]})`)
      const kind = arg.t === 'var' ? this.#known.get(this.#place(arg.name)) : 'variable'
      if (wanted && kind && wanted !== kind)
        throw fatal(`line 1: type error in arg(${i + 1}) in call to ${name}`, undefined, 2)
      if (arg.t !== 'var') this.node(arg)
      else if (wanted) this.#use(arg.name, wanted, arg.line)
    }
  }

  node(it: Node): void {
    switch (it.t) {
      case 'var':
        return this.#use(it.name, 'variable', it.line)
      case 'index':
        for (const key of it.keys) this.node(key)
        return this.#use(it.name, 'array', it.line)
      case 'in':
        for (const key of it.keys) this.node(key)
        return this.#use(it.name, 'array', 1)
      case 'call':
        return this.#call(it.name, it.args)
      case 'builtin':
        return this.#builtin(it.name, it.args)
      default:
        for (const part of parts(it)) this.node(part)
    }
  }

  #builtin(name: string, args: readonly Node[]): void {
    for (const [i, arg] of args.entries()) {
      if (arg.t === 'var' && name === 'split' && i === 1) this.#use(arg.name, 'array', arg.line)
      else if (!(arg.t === 'var' && name === 'length')) this.node(arg)
    }
  }

  statement(it: Statement): void {
    if (it.t === 'forin') {
      this.#use(it.name, 'variable', 1)
      this.#use(it.array, 'array', 1)
    }
    if (it.t === 'delete') {
      for (const key of it.keys ?? []) this.node(key)
      this.#use(it.name, 'array', 1)
    }
    for (const [key, value] of Object.entries(it)) {
      if (key === 'keys') continue
      for (const part of Array.isArray(value) ? value : [value]) {
        if (typeof part !== 'object' || part === null) continue
        if (STATEMENTS.has(part.t)) this.statement(part)
        else this.node(part)
      }
    }
  }
}

const STATEMENTS = new Set(
  'expression print printf if while do for forin block next nextfile break continue exit return delete'.split(
    ' ',
  ),
)

/** The expressions an expression is made of. */
const parts = (it: Node): Node[] =>
  Object.values(it)
    .flat()
    .filter((part): part is Node => typeof part === 'object' && part !== null)
