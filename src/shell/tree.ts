/**
 * What the shell executes: the commands and words of a script, made by parse/. Everything that
 * can be known before running is in here (line numbers, whether a word is literal), so that loops do no work twice.
 */

export interface Word {
  readonly text: string
  readonly parts: readonly Part[]
  /** The word's value when nothing in it needs expanding. */
  readonly plain: string | undefined
  /** The words that brace expansion makes of it. */
  readonly braces: readonly Word[] | undefined
  /** `name=value` as an argument of declare, export and their like. */
  readonly assign: Assign | undefined
}

export type Part = Literal | Parameter | Substitution | Arithmetic | ProcessSubstitution | Tilde

export interface Literal {
  readonly type: 'literal'
  readonly text: string
  readonly quoted: boolean
}

export interface Parameter {
  readonly type: 'parameter'
  readonly name: string
  readonly text: string
  readonly quoted: boolean
  /** `${!name}` or `${#name}`. */
  readonly prefix: '!' | '#' | undefined
  readonly index: Word | undefined
  readonly op: Operation | undefined
  /** What `${!x…}` stands for. */
  readonly isIndirect?: boolean
  /** In a here-document: positional parameters and keys have blanks between them, whatever IFS is. */
  readonly isInHereDoc?: boolean
  /** Of one that is bad: the text that is expanded with it, which is what bash names. */
  readonly within?: string
  /** `$name`, nothing else. */
  readonly simple: boolean
}

export type Operation =
  | { readonly type: 'default'; readonly operator: string; readonly word: Word }
  | { readonly type: 'remove'; readonly operator: string; readonly pattern: Word }
  | { readonly type: 'replace'; readonly operator: string; readonly pattern: Word; readonly by: Word }
  | { readonly type: 'slice'; readonly offset: Word; readonly length: Word | undefined }
  | { readonly type: 'case'; readonly operator: string; readonly pattern: Word | undefined }
  | { readonly type: 'transform'; readonly letter: string }
  | { readonly type: 'names'; readonly operator: '@' | '*' }
  /** `isOpen`: its brace is missing. */
  | { readonly type: 'bad'; readonly isOpen?: true }

/** `$(…)` or backquotes. `list` parses on first use; `source` is set where it must be parsed with its messages. */
export interface Substitution {
  readonly type: 'substitution'
  readonly quoted: boolean
  readonly list: () => List
  readonly source: string | undefined
  readonly line: number
}

export interface Arithmetic {
  readonly type: 'arithmetic'
  readonly quoted: boolean
  readonly word: Word
}

export interface ProcessSubstitution {
  readonly type: 'process'
  readonly operator: '<' | '>'
  readonly list: () => List
}

export interface Tilde {
  readonly type: 'tilde'
  readonly user: string
  /** In what only looks like an assignment: bash's own, outside posix mode. */
  readonly inWord: boolean
}

export interface Assign {
  readonly name: string
  readonly index: string | undefined
  readonly append: boolean
  readonly value: Word
  readonly elements: readonly Element[] | undefined
  readonly text: string
}

/** One element of `name=(…)`. */
export interface Element {
  readonly index: string | undefined
  /** What `[i]=a{b,c}` is in an indexed array: words. */
  readonly braces?: readonly Word[]
  readonly append: boolean
  readonly value: Word
}

export interface Redirect {
  readonly operator: string
  readonly fd: number | undefined
  /** `{name}>file`. */
  readonly variable: string | undefined
  readonly target: Word
  /** The body of a here-document; `target` is its text then. */
  readonly delimiter: string | undefined
  readonly quotedDelimiter: boolean
  readonly body: string
}

interface Compound {
  readonly line: number
  readonly redirects: readonly Redirect[]
}

export interface Simple extends Compound {
  readonly type: 'simple'
  readonly assigns: readonly Assign[]
  readonly words: readonly Word[]
  /** All words literal or simple, no assignments nor redirections: the fast path may try it. */
  readonly quick: boolean
}
export interface Pipeline {
  readonly type: 'pipeline'
  readonly line: number
  readonly commands: readonly Command[]
  /** For each but the last: whether it is `|&`. */
  readonly both: readonly boolean[]
  readonly negated: boolean
  readonly timed: '' | 'time' | 'time -p'
}
export interface AndOr {
  readonly type: 'andor'
  readonly line: number
  readonly commands: readonly Command[]
  readonly operators: readonly ('&&' | '||')[]
}
export interface Item {
  readonly command: Command
  readonly background: boolean
}
export interface List {
  readonly type: 'list'
  readonly line: number
  readonly items: readonly Item[]
}
export interface If extends Compound {
  readonly type: 'if'
  readonly clauses: readonly { readonly test: List; readonly then: List }[]
  readonly otherwise: List | undefined
}
export interface For extends Compound {
  readonly type: 'for' | 'select'
  readonly name: string
  readonly words: readonly Word[] | undefined
  readonly body: List
}
export interface ArithmeticFor extends Compound {
  readonly type: 'arithfor'
  readonly init: Word
  readonly test: Word
  readonly update: Word
  readonly body: List
}
export interface While extends Compound {
  readonly type: 'while' | 'until'
  readonly test: List
  readonly body: List
}
export interface Case extends Compound {
  readonly type: 'case'
  readonly word: Word
  readonly items: readonly { readonly patterns: readonly Word[]; readonly body: List; readonly end: string }[]
}
export interface Group extends Compound {
  readonly type: 'group' | 'subshell'
  readonly body: List
}
export interface ArithmeticCommand extends Compound {
  readonly type: 'arith'
  readonly word: Word
}
export interface Conditional extends Compound {
  readonly type: 'cond'
  readonly test: Test
}
export type Test =
  | { readonly type: 'unary'; readonly operator: string; readonly operand: Word }
  | { readonly type: 'binary'; readonly operator: string; readonly left: Word; readonly right: Word }
  | { readonly type: 'and' | 'or'; readonly operands: readonly Test[] }
  | { readonly type: 'not'; readonly operand: Test }
  | { readonly type: 'paren'; readonly operand: Test }
export interface FunctionDefinition extends Compound {
  readonly type: 'function'
  readonly name: string
  readonly body: Command
  /** The file it was read from, for BASH_SOURCE. */
  source?: string
}
export interface Coproc extends Compound {
  readonly type: 'coproc'
  readonly name: string
  readonly body: Command
}

export type Command =
  | Simple
  | Pipeline
  | AndOr
  | List
  | If
  | For
  | ArithmeticFor
  | While
  | Case
  | Group
  | ArithmeticCommand
  | Conditional
  | FunctionDefinition
  | Coproc
