/** The syntax tree of a jq program. */
import type { Span } from './lalr.ts'
import type { Json } from './value.ts'

/** What a value is taken apart by: `$name`, `[…]`, `{key: …}`. */
export type Pattern =
  | { readonly t: 'name'; readonly name: string }
  | { readonly t: 'array'; readonly items: readonly Pattern[] }
  | { readonly t: 'object'; readonly entries: readonly PatternEntry[] }

/** `$name`, `$name: pattern`, `key: pattern`, `"…": pattern`, `(filter): pattern`. */
export interface PatternEntry {
  readonly key: Tree
  readonly name: string | undefined
  readonly pattern: Pattern | undefined
}

export interface Definition {
  readonly name: string
  /** `$name` stands for a parameter that is a value. */
  readonly params: readonly string[]
  readonly body: Tree
}

/** A key of an object and its value; without one the key is looked up in the input. */
export type Entry = readonly [key: Tree, value: Tree | undefined]

export type Node =
  | { readonly t: 'identity' | 'empty' }
  | { readonly t: 'literal'; readonly value: Json }
  | { readonly t: 'variable' | 'break'; readonly name: string }
  | { readonly t: 'index'; readonly of: Tree; readonly key: Tree; readonly optional: boolean }
  | {
      readonly t: 'slice'
      readonly of: Tree
      readonly from: Tree | undefined
      readonly to: Tree | undefined
      readonly optional: boolean
    }
  | { readonly t: 'each'; readonly of: Tree; readonly optional: boolean }
  | { readonly t: 'try'; readonly body: Tree; readonly handler: Tree | undefined }
  | { readonly t: 'array'; readonly of: Tree | undefined }
  | { readonly t: 'object'; readonly entries: readonly Entry[] }
  | { readonly t: 'pipe' | 'comma' | 'and' | 'or' | 'alternative'; readonly a: Tree; readonly b: Tree }
  | { readonly t: 'if'; readonly test: Tree; readonly yes: Tree; readonly no: Tree }
  | { readonly t: 'as'; readonly source: Tree; readonly patterns: readonly Pattern[]; readonly body: Tree }
  | {
      readonly t: 'reduce'
      readonly source: Tree
      readonly patterns: readonly Pattern[]
      readonly start: Tree
      readonly update: Tree
    }
  | {
      readonly t: 'foreach'
      readonly source: Tree
      readonly patterns: readonly Pattern[]
      readonly start: Tree
      readonly update: Tree
      readonly extract: Tree
    }
  | { readonly t: 'label'; readonly name: string; readonly body: Tree }
  | { readonly t: 'define'; readonly definition: Definition; readonly rest: Tree }
  | { readonly t: 'call'; readonly name: string; readonly args: readonly Tree[] }

export type Tree = Node & { readonly at: Span }
