/** `test` and `[`. Bash: test.c, builtins/test.def; dash: bltin/test.c. */
import type { Blocking, Sys } from '../../abi/index.ts'
import { type Dialect, evaluate, isBinary, type Mistake } from '../../userland/lib/test/expression.ts'
import { fileTest, isTerminal } from '../../userland/lib/test/files.ts'
import { keyOf, referredValue, splitReference, subscriptValue } from '../expand/assign.ts'
import { expanding } from '../expand/command.ts'
import { Complaint, type Shell } from '../shell.ts'

export function* test(sh: Shell, argv: readonly string[]): Blocking<number> {
  return yield* expanding(sh, () => testQuickly(sh, argv))
}

/** test, as far as no subscript of -v has a command substitution. */
export function testQuickly(sh: Shell, argv: readonly string[]): number {
  let args = argv.slice(1)
  if (argv[0] === '[') {
    if (args.at(-1) !== ']') throw new Complaint(sh.isDash ? 'missing ]' : "missing `]'", 2)
    args = args.slice(0, -1)
  }
  return evaluate(new Builtin(sh), args) ? 0 : 1
}

const UNARY = /^-[abcdefghknoprstuvwxzGLNORS]$/
const DASH_UNARY = /^-[bcdefghknprstuwxzGLOS]$/

/** The builtin of bash and that of dash. */
class Builtin implements Dialect {
  readonly #sh: Shell
  readonly sys: Sys
  readonly joinsThree: boolean
  readonly missingIsFalse: boolean
  readonly countsInParentheses = false

  constructor(sh: Shell) {
    this.#sh = sh
    this.sys = sh.sys
    this.joinsThree = !sh.isDash
    this.missingIsFalse = sh.isDash && !sh.isAsh
  }

  isUnary(word: string): boolean {
    return (this.#sh.isDash ? DASH_UNARY : UNARY).test(word)
  }

  isBinary(word: string): boolean {
    return isBinary(word) ? word !== '==' || !this.#sh.isDash || this.#sh.isAsh : word === '<' || word === '>'
  }

  unary(operator: string, operand: string): boolean {
    if (operator === '-v') return isVariableSet(this.#sh, operand)
    if (operator === '-R') return isReference(this.#sh, operand)
    if (operator === '-o') return this.#sh.options.has(operand)
    if (operator === '-t') return this.#isTerminal(operand)
    return fileTest(this.sys, operator, operand)
  }

  #isTerminal(operand: string): boolean {
    if (/^\s*\d+\s*$/.test(operand)) return isTerminal(this.sys, Number(operand))
    if (this.#sh.isDash) throw this.#notInteger(operand)
    return false
  }

  number(text: string): number | bigint {
    if (!/^\s*[-+]?\d+\s*$/.test(text)) throw this.#notInteger(text)
    if (text.length < 16) return Number(text)
    const value = BigInt(text)
    if (BigInt.asIntN(64, value) !== value) throw this.#notInteger(text)
    return value
  }

  #notInteger(text: string): Complaint {
    return new Complaint(
      this.#sh.isDash ? `Illegal number: ${text}` : `${text}: integer expression expected`,
      2,
    )
  }

  mistake(kind: Mistake, words: readonly string[], at: number): Complaint {
    return new Complaint((this.#sh.isDash ? dashSays : bashSays)(kind, words, at), 2)
  }
}

function bashSays(kind: Mistake, words: readonly string[], at: number): string {
  switch (kind) {
    case 'unary':
      return `${words[at]}: unary operator expected`
    case 'binary':
      return `${words[at]}: binary operator expected`
    case 'extra':
      return 'too many arguments'
    case 'missing':
      return 'argument expected'
    case 'paren':
      return at < words.length ? `\`)' expected, found ${words[at]}` : "`)' expected"
  }
}

function dashSays(kind: Mistake, words: readonly string[], at: number): string {
  if (kind === 'paren' || (kind === 'unary' && words[at] === '(')) return 'closing paren expected'
  if (kind === 'unary' && isBinary(words[at + 1]!)) return `${words[at + 1]}: argument expected`
  if (kind === 'missing') return `${words[at - 1]}: argument expected`
  const before = kind === 'binary' || kind === 'extra' ? at - 1 : at
  return `${words[before]}: unexpected operator`
}

/** -v: a variable, an element, or with [@] any element. */
export function isVariableSet(sh: Shell, text: string): boolean {
  if (/^\d+$/.test(text)) return Number(text) <= sh.args.length
  const it = splitReference(text)
  if (!it) return false
  if (it.index === undefined)
    return (sh.variables.scalar(it.name) ?? referredValue(sh, it.name)) !== undefined
  const value = sh.variables.resolve(it.name)?.current()
  const isAll = it.index === '@' || it.index === '*'
  if (value instanceof Map) return isAll ? value.size > 0 : value.has(keyOf(sh, it.name, it.index))
  if (isAll) return value !== undefined && value.length > 0
  return subscriptValue(sh, it.name, it.index) !== undefined
}

/** -R: a name reference that is set. */
export function isReference(sh: Shell, text: string): boolean {
  const variable = sh.variables.find(text)
  return !!variable?.nameref && typeof variable.value === 'string'
}
