/** The instructions of one function as they are put together: jumps, slots, branches. jq: gen_op_…() of compile.c. */
import type { Instruction, Slot, Target, Unit } from './code.ts'
import type { Scope } from './scope.ts'
import type { Json } from './value.ts'

/** A function without code yet. */
export const newUnit = (name: string, parent: Unit | undefined): Unit => ({
  name,
  parent,
  code: [],
  locals: 0,
})

/** Puts the code of one function together. */
export class Assembler {
  readonly unit: Unit

  constructor(unit: Unit) {
    this.unit = unit
  }

  put(it: Instruction): void {
    this.unit.code.push(it)
  }

  here(target: Target): void {
    target.pc = this.unit.code.length
  }

  slot(): Slot {
    return { level: 0, index: this.unit.locals++ }
  }

  variable(name: string, outer: Scope | undefined): Scope {
    return { id: `$${name}`, kind: 'variable', owner: this.unit, index: this.unit.locals++, outer }
  }

  store(variable: Scope): void {
    this.put({ op: 'store', slot: { level: 0, index: variable.index } })
  }

  level(owner: Unit): number {
    let level = 0
    for (let unit: Unit | undefined = this.unit; unit !== owner; unit = unit?.parent) level++
    return level
  }

  constant(value: Json): void {
    this.put({ op: 'constant', value })
  }

  /** Two ways, the second being where `op` leads. */
  branches(op: 'fork' | 'try' | 'unless', a: () => void, b: () => void): void {
    const [other, done]: Target[] = [{ pc: 0 }, { pc: 0 }] as const
    this.put({ op, to: other! })
    a()
    this.put({ op: 'jump', to: done! })
    this.here(other!)
    b()
    this.here(done!)
  }

  /** Needs: the tested value under the input. */
  condition(yes: () => void, no: () => void): void {
    this.branches('unless', yes, no)
  }
}
