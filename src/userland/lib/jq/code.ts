/** The instructions of jq's machine: what compile.ts makes and execute.ts runs. jq: opcode_list.h. */
import type { Json } from './value.ts'

/** A variable: how many functions further out it lives, and its place there. */
export interface Slot {
  readonly level: number
  readonly index: number
}

/** A function of the program, with room for its variables. */
export interface Unit {
  readonly name: string
  readonly parent: Unit | undefined
  readonly code: Instruction[]
  locals: number
}

/** What is called or handed on: a function of an outer frame, or a filter that was a parameter. */
export type Callee =
  | { readonly kind: 'unit'; readonly unit: Unit; readonly level: number }
  | { readonly kind: 'param'; readonly index: number; readonly level: number }

/** A builtin that takes values; undefined is no result at all. */
export type Native = (input: Json, ...args: Json[]) => Json | undefined

/** A place in the code, filled in when it is known. */
export interface Target {
  pc: number
}

export type Instruction =
  | { readonly op: 'constant'; readonly value: Json }
  | { readonly op: 'array' | 'duplicate' | 'pop' | 'begin' | 'end' | 'insert' | 'insertIndexed' }
  | { readonly op: 'index' | 'each'; readonly optional: boolean }
  | { readonly op: 'load' | 'take' | 'store' | 'append' | 'label' | 'break'; readonly slot: Slot }
  | { readonly op: 'range'; readonly slot: Slot; readonly end: Slot }
  | { readonly op: 'fork' | 'try' | 'destructure' | 'jump' | 'unless'; readonly to: Target }
  | { readonly op: 'catchLabel'; readonly slot: Slot }
  | { readonly op: 'backtrack' | 'return' | 'pathBegin' | 'pathEnd' | 'getpath' }
  | { readonly op: 'native'; readonly run: Native; readonly count: number }
  | { readonly op: 'call'; readonly callee: Callee; readonly args: readonly Callee[]; tail: boolean }
