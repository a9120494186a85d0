/** From the syntax tree to instructions: function by function, each when something calls it. jq: compile.c. */
import type { Unit } from './code.ts'
import type { Complain } from './lalr.ts'
import type { Tree } from './tree.ts'
import { newUnit } from './assembler.ts'
import { type Library, type Pending, Writer } from './write.ts'

/** The main function; `complain` hears of names that nobody defined. */
export function compile(filter: Tree, library: Library, complain: Complain): Unit {
  const compiler = new Compiler(library, complain)
  return compiler.compile(filter)
}

class Compiler {
  readonly #library: Library
  readonly #complain: Complain
  readonly #builtins = new Map<string, Unit>()

  constructor(library: Library, complain: Complain) {
    this.#library = library
    this.#complain = complain
  }

  compile(filter: Tree): Unit {
    const unit = newUnit('', undefined)
    this.#finish({ unit, scope: undefined, params: [], body: filter })
    return unit
  }

  /** The builtin of some name, compiled when it is first wanted. */
  #known(id: string): Unit | undefined {
    const known = this.#builtins.get(id)
    if (known) return known
    const definition = this.#library.definition(id)
    if (!definition) return undefined
    const unit = newUnit(id, undefined)
    this.#builtins.set(id, unit)
    this.#finish({ unit, scope: undefined, params: definition.params, body: definition.body })
    return unit
  }

  /** Compile a function, and after it those that stand in it. */
  #finish({ unit, scope, params, body }: Pending): void {
    let inner = scope
    for (const [index, param] of params.entries())
      inner = { id: `${param.replace('$', '')}/0`, kind: 'param', owner: unit, index, outer: inner }
    const pending: Pending[] = []
    const writer = new Writer(id => this.#known(id), this.#library, unit, pending, this.#complain)
    writer.function(params, body, inner)
    for (const it of pending) this.#finish(it)
  }
}
