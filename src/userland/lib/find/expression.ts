/** find's expressions: parsing the command line into a tree of predicates. Linux: findutils tree.c, parser.c. */
import { fatal } from '../command.ts'
import { quote } from '../quote.ts'

/** A node of the expression. Predicates keep their arguments as text; tests.ts knows what they mean. */
export type Expression =
  | { readonly kind: 'and' | 'or' | 'list'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'test'; readonly name: string; readonly args: readonly string[] }

/** How many arguments the predicates take; exec and its kind run to a terminator. */
const ARITY: Readonly<Record<string, number>> = {
  amin: 1,
  anewer: 1,
  atime: 1,
  cmin: 1,
  cnewer: 1,
  ctime: 1,
  daystart: 0,
  delete: 0,
  depth: 0,
  d: 0,
  empty: 0,
  executable: 0,
  false: 0,
  fls: 1,
  follow: 0,
  fprint: 1,
  fprint0: 1,
  fprintf: 2,
  'files0-from': 1,
  fstype: 1,
  gid: 1,
  group: 1,
  ignore_readdir_race: 0,
  ilname: 1,
  iname: 1,
  inum: 1,
  ipath: 1,
  iregex: 1,
  iwholename: 1,
  links: 1,
  lname: 1,
  ls: 0,
  maxdepth: 1,
  mindepth: 1,
  mmin: 1,
  mount: 0,
  mtime: 1,
  name: 1,
  newer: 1,
  nogroup: 0,
  noignore_readdir_race: 0,
  noleaf: 0,
  nouser: 0,
  nowarn: 0,
  path: 1,
  perm: 1,
  print: 0,
  print0: 0,
  printf: 1,
  prune: 0,
  quit: 0,
  readable: 0,
  regex: 1,
  regextype: 1,
  samefile: 1,
  size: 1,
  true: 0,
  type: 1,
  uid: 1,
  used: 1,
  user: 1,
  warn: 0,
  wholename: 1,
  writable: 0,
  xdev: 0,
  xtype: 1,
}
const EXECS = new Set(['exec', 'execdir', 'ok', 'okdir'])

/** Actions that take the place of the default -print. */
const PRINTING = new Set([
  'print',
  'print0',
  'printf',
  'fprint',
  'fprint0',
  'fprintf',
  'ls',
  'fls',
  'delete',
  'exec',
  'execdir',
  'ok',
  'okdir',
])

export const isNewerXY = (name: string): boolean => /^newer[aBcm][aBcmt]$/.test(name)

/** Whether an argument begins the expression, so that no more paths follow. */
export const beginsExpression = (arg: string): boolean =>
  (arg.startsWith('-') && arg.length > 1) || arg === '(' || arg === '!'

/** The expression, and whether it prints by itself. `visit` is called for each predicate, for global options. */
export function parseExpression(
  args: readonly string[],
  visit: (name: string, args: readonly string[]) => void,
  exists: (path: string) => boolean,
): { expression: Expression | undefined; prints: boolean } {
  if (!args.length) return { expression: undefined, prints: false }
  const parser = new Parser(args, visit, exists)
  return { expression: parser.run(), prints: parser.prints }
}

const INVALID = 'invalid expression; '

class Parser {
  prints = false
  readonly #args: readonly string[]
  readonly #visit: (name: string, args: readonly string[]) => void
  readonly #exists: (path: string) => boolean
  #at = 0

  constructor(
    args: readonly string[],
    visit: (name: string, args: readonly string[]) => void,
    exists: (path: string) => boolean,
  ) {
    this.#args = args
    this.#exists = exists
    this.#visit = visit
  }

  run(): Expression {
    const expression = this.#list()
    if (this.#at < this.#args.length) {
      if (this.#args[this.#at] === ')') throw fatal("you have too many ')'")
      this.#stray(this.#args[this.#at]!)
    }
    return expression
  }

  #stray(arg: string): never {
    const before = this.#args[this.#at - 2]
    const unquoted = before && /^-i?(name|path|wholename|lname|regex)$/.test(before) && this.#exists(arg)
    const hint = unquoted ? `\nfind: possible unquoted pattern after predicate \`${before}'?` : ''
    throw fatal(`paths must precede expression: \`${arg}'${hint}`)
  }

  #list(): Expression {
    let left = this.#or()
    while (this.#args[this.#at] === ',') {
      this.#at++
      this.#expects(',')
      left = { kind: 'list', left, right: this.#or() }
    }
    return left
  }

  #or(): Expression {
    let left = this.#and()
    while (this.#args[this.#at] === '-o' || this.#args[this.#at] === '-or') {
      const operator = this.#args[this.#at++]!
      this.#expects(operator)
      left = { kind: 'or', left, right: this.#and() }
    }
    return left
  }

  #expects(operator: string): void {
    const next = this.#args[this.#at]
    if (next === undefined) throw fatal(`expected an expression after '${operator}'`)
    if (next === ')') throw fatal(`expected an expression between '${operator}' and ')'`)
  }

  #and(): Expression {
    let left = this.#primary()
    for (;;) {
      const next = this.#args[this.#at]
      if (next === undefined || next === ')' || next === ',' || next === '-o' || next === '-or') return left
      if (next === '-a' || next === '-and') {
        this.#at++
        this.#expects(next)
      }
      left = { kind: 'and', left, right: this.#primary() }
    }
  }

  #primary(): Expression {
    const arg = this.#args[this.#at++]
    if (arg === undefined) throw fatal('invalid expression')
    if (arg === '!' || arg === '-not') {
      this.#expects(arg)
      return { kind: 'not', of: this.#primary() }
    }
    if (arg === '(') {
      if (this.#args[this.#at] === ')') throw fatal(`${INVALID}empty parentheses are not allowed.`)
      if (this.#args[this.#at] === undefined)
        throw fatal(
          `${INVALID}expected to find a ')' but didn't see one. Perhaps you need an extra predicate after '('`,
        )
      const inner = this.#list()
      if (this.#args[this.#at] !== ')')
        throw fatal(`${INVALID}I was expecting to find a ')' somewhere but did not see one.`)
      this.#at++
      return inner
    }
    if (/^-(o|or|a|and)$/.test(arg) || arg === ',')
      throw fatal(`${INVALID}you have used a binary operator '${arg}' with nothing before it.`)
    if (!arg.startsWith('-')) {
      this.#at--
      if (arg === ')') throw fatal(`${INVALID}you have too many ')'`)
      this.#stray(arg)
    }
    return this.#predicate(arg)
  }

  #predicate(arg: string): Expression {
    const name = arg.replace(/^--?/, '')
    let args: readonly string[]
    if (EXECS.has(name)) args = this.#untilTerminator(arg)
    else {
      const arity = isNewerXY(name) ? 1 : ARITY[name]
      if (name === 'context') throw fatal('invalid predicate -context: SELinux is not enabled.')
      if (arity === undefined)
        throw fatal(`${/^newer..$/.test(name) ? 'invalid' : 'unknown'} predicate \`${arg}'`)
      args = this.#args.slice(this.#at, this.#at + arity)
      if (args.length < arity) throw fatal(missing(arg, name))
      this.#at += arity
    }
    if (PRINTING.has(name)) this.prints = true
    this.#visit(name, args)
    return { kind: 'test', name, args }
  }

  /** The words of -exec, with `;` or `+` as the last. */
  #untilTerminator(arg: string): readonly string[] {
    const start = this.#at
    for (let at = start; at < this.#args.length; at++) {
      const word = this.#args[at]!
      const plus = word === '+' && this.#args[at - 1] === '{}' && at > start
      if (word !== ';' && !plus) continue
      if (at === start) throw fatal(`invalid argument \`${word}' to \`${arg}'`)
      if (plus && this.#args.slice(start, at - 1).some(it => it.includes('{}')))
        throw fatal(`Only one instance of {} is supported with ${arg} ... +`)
      this.#at = at + 1
      return this.#args.slice(start, at + 1)
    }
    throw fatal(`missing argument to \`${arg}'`)
  }
}

/** Numbers and dates have words of their own for an argument that is not there. */
function missing(arg: string, name: string): string {
  if (/^(?:inum|links|uid|gid)$/.test(name)) return `invalid argument \`${arg}' to \`${arg}'`
  if (isNewerXY(name)) return `The ${quote(arg)} test needs an argument`
  return `missing argument to \`${arg}'`
}

export const unknownName = (what: string, name: string): unknown =>
  fatal(`${quote(name)} is not the name of ${what}`)
