/** The tree of an awk program, as the parser makes it and the interpreter walks it. mawk: parse.y. */

/** An expression. */
export type Node =
  | { readonly t: 'number'; readonly value: number }
  | { readonly t: 'string'; readonly value: string }
  | { readonly t: 'regex'; readonly source: string }
  | { readonly t: 'var'; readonly name: string; readonly line: number }
  | { readonly t: 'index'; readonly name: string; readonly keys: readonly Node[]; readonly line: number }
  | { readonly t: 'field'; readonly of: Node }
  | { readonly t: 'assign'; readonly op: string; readonly to: Node; readonly value: Node }
  | { readonly t: 'step'; readonly by: 1 | -1; readonly prefix: boolean; readonly to: Node }
  | { readonly t: 'binary'; readonly op: string; readonly a: Node; readonly b: Node }
  | { readonly t: 'and' | 'or'; readonly a: Node; readonly b: Node }
  | { readonly t: 'cond'; readonly test: Node; readonly yes: Node; readonly no: Node }
  | { readonly t: 'not' | 'minus' | 'plus'; readonly a: Node }
  | { readonly t: 'match'; readonly negated: boolean; readonly a: Node; readonly b: Node }
  | { readonly t: 'in'; readonly keys: readonly Node[]; readonly name: string }
  | { readonly t: 'group'; readonly list: readonly Node[] }
  | { readonly t: 'call'; readonly name: string; readonly args: readonly Node[]; readonly line: number }
  | { readonly t: 'builtin'; readonly name: string; readonly args: readonly Node[] }
  | {
      readonly t: 'getline'
      readonly to: Node | undefined
      readonly from: Node | undefined
      readonly command: boolean
    }

/** A statement. */
export type Statement =
  | { readonly t: 'expression'; readonly of: Node }
  | {
      readonly t: 'print' | 'printf'
      readonly args: readonly Node[]
      readonly redirect: string
      readonly to: Node | undefined
    }
  | { readonly t: 'if'; readonly test: Node; readonly yes: Statement; readonly no: Statement | undefined }
  | { readonly t: 'while' | 'do'; readonly test: Node; readonly body: Statement }
  | {
      readonly t: 'for'
      readonly start: Statement | undefined
      readonly test: Node | undefined
      readonly step: Statement | undefined
      readonly body: Statement
    }
  | { readonly t: 'forin'; readonly name: string; readonly array: string; readonly body: Statement }
  | { readonly t: 'block'; readonly list: readonly Statement[] }
  | { readonly t: 'next' | 'nextfile' | 'break' | 'continue' }
  | { readonly t: 'exit' | 'return'; readonly value: Node | undefined }
  | { readonly t: 'delete'; readonly name: string; readonly keys: readonly Node[] | undefined }

/** A function of the program. */
export interface Func {
  readonly name: string
  readonly params: readonly string[]
  body: Statement
}

/** A pattern and its action. */
export interface Rule {
  readonly kind: 'BEGIN' | 'END' | 'main' | 'range'
  readonly pattern: Node | undefined
  readonly until: Node | undefined
  /** undefined prints the record. */
  readonly body: Statement | undefined
}

/** Whose awk it is: the host's, or busybox's, which knows some of GNU's functions and words its complaints otherwise. */
export type Dialect = 'mawk' | 'busybox'

/** A whole program. */
export interface Program {
  readonly rules: readonly Rule[]
  readonly functions: ReadonlyMap<string, Func>
}
