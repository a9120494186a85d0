/**
 * The grammar of jq's language. jq: parser.y.
 *
 * Left out: modules; what `import` and `include` name is never found.
 */
import type { Complain, Grammar, Rule, Span } from './lalr.ts'
import { KEYWORDS } from './lex.ts'
import { shown } from './print.ts'
import type { Definition, Entry, Node, Pattern, PatternEntry, Tree } from './tree.ts'
import { compare, isObject, type Json, typeOf } from './value.ts'

/** A whole program: the modules it wants, and its filter. */
export interface Program {
  readonly imports: readonly string[]
  readonly filter: Tree
}

type Make = Rule['make']
const NOWHERE: Span = { start: -1, end: -1 }

const node = (it: Node, at: Span): Tree => ({ ...it, at })
const literal = (value: Json, at: Span): Tree => node({ t: 'literal', value }, at)
const call = (name: string, args: readonly Tree[], at: Span): Tree => node({ t: 'call', name, args }, at)
const identity = (at: Span): Tree => node({ t: 'identity' }, at)

/** What a filter is without being run, as far as jq 1.6 sees it. */
function constant(it: Tree): Json | undefined {
  if (it.t === 'literal') return it.value
  if (it.t === 'array' && !it.of) return []
  if (it.t !== 'object') return undefined
  const known = new Map<string, Json>()
  for (const [key, value] of it.entries) {
    const [name, content] = [constant(key), value && constant(value)]
    if (typeof name !== 'string' || content === undefined) return undefined
    known.set(name, content)
  }
  return known
}

const FOLDS: Readonly<Record<string, (a: number, b: number) => Json>> = {
  _plus: (a, b) => a + b,
  _minus: (a, b) => a - b,
  _multiply: (a, b) => a * b,
  _divide: (a, b) => a / b,
  _equal: (a, b) => !compare(a, b),
  _notequal: (a, b) => compare(a, b) !== 0,
  _less: (a, b) => compare(a, b) < 0,
  _lesseq: (a, b) => compare(a, b) <= 0,
  _greater: (a, b) => compare(a, b) > 0,
  _greatereq: (a, b) => compare(a, b) >= 0,
}

/** An operator between two filters; numbers are reckoned at once. */
function binary(name: string, a: Tree, b: Tree, at: Span): Tree {
  if (a.t === 'literal' && b.t === 'literal') {
    const fold = FOLDS[name]
    if (fold && typeof a.value === 'number' && typeof b.value === 'number')
      return literal(fold(a.value, b.value), at)
    if (name === '_plus' && typeof a.value === 'string' && typeof b.value === 'string')
      return literal(a.value + b.value, at)
  }
  return call(name, [a, b], at)
}

function pipe(a: Tree, b: Tree, at: Span): Tree {
  if (a.t === 'identity') return b
  return b.t === 'identity' ? a : node({ t: 'pipe', a, b }, at)
}

/** `a OP= b`: every b is reckoned with the input, then put to use at each path. */
function assignment(name: string, a: Tree, b: Tree, at: Span): Tree {
  const [value, old] = [node({ t: 'variable', name: ' operand' }, at), identity(at)]
  const changed =
    name === '_alternative' ? node({ t: 'alternative', a: old, b: value }, at) : call(name, [old, value], at)
  const patterns: Pattern[] = [{ t: 'name', name: ' operand' }]
  return node({ t: 'as', source: b, patterns, body: call('_modify', [a, changed], at) }, at)
}

const rules: Rule[] = []
const rule = (left: string, right: string, make: Make, precedence?: string): void => {
  const symbols = right.split(' ').filter(Boolean)
  rules.push({ left, right: symbols, make, ...(precedence && { precedence }) })
}
const first: Make = ([it]) => it
const second: Make = ([, it]) => it
const nothing = (at: Span): Tree => node({ t: 'empty' }, at)
/** A mistake that has words of its own. */
const refused =
  (message: string): Make =>
  (_, at, complain) => {
    complain(message, at)
    return nothing(at)
  }

rule(
  'TopLevel',
  'Module Imports Exp',
  ([, imports, filter]): Program => ({
    imports: imports as string[],
    filter: filter as Tree,
  }),
)
rule(
  'TopLevel',
  'Module Imports FuncDefs',
  ([, imports]): Program => ({
    imports: imports as string[],
    filter: identity(NOWHERE),
  }),
)
rule('Module', '', () => undefined)
rule('Module', "module Exp ';'", ([, it], at, complain) => {
  if (constant(it as Tree) === undefined) complain('Module metadata must be constant', at)
})
rule('Imports', '', () => [])
rule('Imports', 'Import Imports', ([it, rest]) => [it as string, ...(rest as string[])])
rule('FuncDefs', '', () => [])
rule('FuncDefs', 'FuncDef FuncDefs', ([it, rest]) => [it, ...(rest as Definition[])])

rule(
  'Exp',
  'FuncDef Exp',
  ([definition, rest], at) =>
    node({ t: 'define', definition: definition as Definition, rest: rest as Tree }, at),
  'FUNCDEF',
)
rule('Exp', "Term as Patterns '|' Exp", ([source, , patterns, , body], at) =>
  node({ t: 'as', source: source as Tree, patterns: patterns as Pattern[], body: body as Tree }, at),
)
rule('Exp', "reduce Term as Patterns '(' Exp ';' Exp ')'", ([, source, , patterns, , start, , update], at) =>
  node(
    {
      t: 'reduce',
      source: source as Tree,
      patterns: patterns as Pattern[],
      start: start as Tree,
      update: update as Tree,
    },
    at,
  ),
)
const foreach: Make = ([, source, , patterns, , start, , update, , extract], at) =>
  node(
    {
      t: 'foreach',
      source: source as Tree,
      patterns: patterns as Pattern[],
      start: start as Tree,
      update: update as Tree,
      extract: (extract as Tree | undefined) ?? identity(at),
    },
    at,
  )
rule('Exp', "foreach Term as Patterns '(' Exp ';' Exp ';' Exp ')'", foreach)
rule('Exp', "foreach Term as Patterns '(' Exp ';' Exp ')'", (parts, at, complain) =>
  foreach(parts.slice(0, 8), at, complain),
)
const condition: Make = ([, test, , yes, no], at) =>
  node({ t: 'if', test: test as Tree, yes: yes as Tree, no: no as Tree }, at)
rule('Exp', 'if Exp then Exp ElseBody', condition)
rule('Exp', 'if Exp then error', refused("Possibly unterminated 'if' statement"))
const attempt: Make = ([, body, , handler], at) =>
  node({ t: 'try', body: body as Tree, handler: handler as Tree | undefined }, at)
rule('Exp', 'try Exp catch Exp', attempt)
rule('Exp', 'try Exp', attempt)
rule('Exp', 'try Exp catch error', refused("Possibly unterminated 'try' statement"))
rule('Exp', "label '$' IDENT '|' Exp", ([, , name, , body], at) =>
  node({ t: 'label', name: name as string, body: body as Tree }, at),
)
rule('Exp', "Exp '?'", ([body], at) => node({ t: 'try', body: body as Tree, handler: undefined }, at))

const operator = (symbol: string, make: (a: Tree, b: Tree, at: Span, complain: Complain) => Tree): void =>
  rule('Exp', `Exp ${symbol} Exp`, ([a, , b], at, complain) => make(a as Tree, b as Tree, at, complain))
const plain = (symbol: string, name: string): void => operator(symbol, (a, b, at) => binary(name, a, b, at))
const both = (symbol: string, t: 'comma' | 'and' | 'or' | 'alternative'): void =>
  operator(symbol, (a, b, at) => node({ t, a, b }, at))
const update = (symbol: string, name: string): void =>
  operator(symbol, (a, b, at) => assignment(name, a, b, at))

operator("'='", (a, b, at) => call('_assign', [a, b], at))
both('or', 'or')
both('and', 'and')
both('//', 'alternative')
update('//=', '_alternative')
operator('|=', (a, b, at) => call('_modify', [a, b], at))
operator("'|'", (a, b, at) => pipe(a, b, at))
both("','", 'comma')
plain("'+'", '_plus')
update('+=', '_plus')
rule('Exp', "'-' Exp", ([, it], at) => call('_negate', [it as Tree], at))
plain("'-'", '_minus')
update('-=', '_minus')
plain("'*'", '_multiply')
update('*=', '_multiply')
operator("'/'", (a, b, at, complain) => {
  const it = binary('_divide', a, b, at)
  if (it.t === 'literal' && Math.abs(it.value as number) === Number.POSITIVE_INFINITY)
    complain('Division by zero?', at)
  return it
})
plain("'%'", '_mod')
update('/=', '_divide')
update('%=', '_mod')
plain('==', '_equal')
plain('!=', '_notequal')
plain("'<'", '_less')
plain("'>'", '_greater')
plain('<=', '_lesseq')
plain('>=', '_greatereq')
rule('Exp', 'Term', first)

rule('Import', "ImportWhat ';'", first)
rule('Import', "ImportWhat Exp ';'", ([what, metadata], at, complain) => {
  const it = constant(metadata as Tree)
  if (it === undefined) complain('Module metadata must be constant', at)
  else if (!isObject(it)) complain('Module metadata must be an object', at)
  return what
})
rule('ImportWhat', "import ImportFrom as '$' IDENT", second)
rule('ImportWhat', 'import ImportFrom as IDENT', second)
rule('ImportWhat', 'include ImportFrom', second)
rule('ImportFrom', 'String', ([it], at, complain) => {
  const path = constant(it as Tree)
  if (path === undefined) complain('Import path must be constant', at)
  return path ?? ''
})
rule('FuncDef', "def IDENT ':' Exp ';'", ([, name, , body]) => ({ name, params: [], body }))
rule('FuncDef', "def IDENT '(' Params ')' ':' Exp ';'", ([, name, , params, , , body]) => ({
  name,
  params,
  body,
}))
rule('Params', 'Param', ([it]) => [it])
rule('Params', "Params ';' Param", ([list, , it]) => [...(list as string[]), it])
rule('Param', "'$' IDENT", ([, name]) => `$${name as string}`)
rule('Param', 'IDENT', first)

/** A string of pieces, put together with `+`. */
const string = (format: string, pieces: readonly (string | Tree)[], at: Span): Tree =>
  pieces
    .map(it =>
      typeof it === 'string' ? literal(it, at) : pipe(it, call('format', [literal(format, at)], at), at),
    )
    .reduce((a, b) => binary('_plus', a, b, at), literal('', at))
rule('String', 'QQSTRING_START Text QQString QQSTRING_END', ([, , pieces], at) =>
  string('text', pieces as string[], at),
)
rule('Text', '', () => undefined)
rule('String', 'FORMAT QQSTRING_START Format QQString QQSTRING_END', ([format, , , pieces], at) =>
  string(format as string, pieces as string[], at),
)
rule('Format', '', () => undefined)
rule('QQString', '', () => [])
rule('QQString', 'QQString QQSTRING_TEXT', ([list, it]) => [...(list as unknown[]), it])
rule('QQString', 'QQString QQSTRING_INTERP_START Exp QQSTRING_INTERP_END', ([list, , it]) => [
  ...(list as unknown[]),
  it,
])
rule('ElseBody', 'elif Exp then Exp ElseBody', condition)
rule('ElseBody', 'else Exp end', second)
rule('ExpD', "ExpD '|' ExpD", ([a, , b], at) => pipe(a as Tree, b as Tree, at))
rule('ExpD', "'-' ExpD", ([, it], at) => call('_negate', [it as Tree], at))
rule('ExpD', 'Term', first)

rule('Term', "'.'", (_, at) => identity(at))
rule('Term', '..', (_, at) => call('recurse', [], at))
rule('Term', "break '$' IDENT", ([, , name], at) => node({ t: 'break', name: name as string }, at))
rule('Term', 'break error', refused('break requires a label to break to'))

/** Something after a term, each with a `?` and without. */
function suffix(right: string, make: (parts: readonly unknown[], optional: boolean, at: Span) => Tree): void {
  rule('Term', `${right} '?'`, (parts, at) => make(parts, true, at))
  rule('Term', right, (parts, at) => make(parts, false, at), 'NONOPT')
}
const index = (of: unknown, key: Tree, optional: boolean, at: Span): Tree =>
  node({ t: 'index', of: of as Tree, key, optional }, at)
suffix('Term FIELD', ([of, name], optional, at) => index(of, literal(name as string, at), optional, at))
suffix('FIELD', ([name], optional, at) => index(identity(at), literal(name as string, at), optional, at))
suffix("Term '.' String", ([of, , key], optional, at) => index(of, key as Tree, optional, at))
suffix("'.' String", ([, key], optional, at) => index(identity(at), key as Tree, optional, at))
const UNUSUAL = 'try .["field"] instead of .field for unusually named fields'
rule('Term', "'.' error", refused(UNUSUAL))
rule('Term', "'.' IDENT error", refused(UNUSUAL))
suffix("Term '[' Exp ']'", ([of, , key], optional, at) => index(of, key as Tree, optional, at))
suffix("Term '[' ']'", ([of], optional, at) => node({ t: 'each', of: of as Tree, optional }, at))
const slice = (of: unknown, from: unknown, to: unknown, optional: boolean, at: Span): Tree =>
  node({ t: 'slice', of: of as Tree, from: from as Tree, to: to as Tree, optional }, at)
suffix("Term '[' Exp ':' Exp ']'", ([of, , from, , to], optional, at) => slice(of, from, to, optional, at))
suffix("Term '[' Exp ':' ']'", ([of, , from], optional, at) => slice(of, from, undefined, optional, at))
suffix("Term '[' ':' Exp ']'", ([of, , , to], optional, at) => slice(of, undefined, to, optional, at))

rule('Term', 'LITERAL', ([value], at) => literal(value as Json, at))
rule('Term', 'String', first)
rule('Term', 'FORMAT', ([name], at) => call('format', [literal(name as string, at)], at))
rule('Term', "'(' Exp ')'", second)
rule('Term', "'[' Exp ']'", ([, of], at) => node({ t: 'array', of: of as Tree }, at))
rule('Term', "'[' ']'", (_, at) => node({ t: 'array', of: undefined }, at))
rule('Term', "'{' MkDict '}'", ([, entries], at) => node({ t: 'object', entries: entries as Entry[] }, at))
rule('Term', "'$' __loc__", (_, at) => call('__loc__', [], at))
rule('Term', "'$' IDENT", ([, name], at) => node({ t: 'variable', name: name as string }, at))
const CONSTANTS: Readonly<Record<string, Json>> = { false: false, true: true, null: null }
rule('Term', 'IDENT', ([name], at) =>
  Object.hasOwn(CONSTANTS, name as string)
    ? literal(CONSTANTS[name as string]!, at)
    : call(name as string, [], at),
)
rule('Term', "IDENT '(' Args ')'", ([name, , args], at) => call(name as string, args as Tree[], at))
rule('Term', "'(' error ')'", (_, at) => nothing(at))
rule('Term', "'[' error ']'", (_, at) => nothing(at))
rule('Term', "Term '[' error ']'", first)
rule('Term', "'{' error '}'", (_, at) => nothing(at))
rule('Args', 'Arg', ([it]) => [it])
rule('Args', "Args ';' Arg", ([list, , it]) => [...(list as Tree[]), it])
rule('Arg', 'Exp', first)

const appended: Make = ([list, , it]) => [...(list as unknown[]), it]
const listed: Make = ([it]) => [it]
rule('RepPatterns', 'RepPatterns ?// Pattern', appended)
rule('RepPatterns', 'Pattern', listed)
rule('Patterns', 'RepPatterns ?// Pattern', appended)
rule('Patterns', 'Pattern', listed)
rule('Pattern', "'$' IDENT", ([, name]): Pattern => ({ t: 'name', name: name as string }))
rule('Pattern', "'[' ArrayPats ']'", ([, items]): Pattern => ({ t: 'array', items: items as Pattern[] }))
rule(
  'Pattern',
  "'{' ObjPats '}'",
  ([, entries]): Pattern => ({
    t: 'object',
    entries: entries as PatternEntry[],
  }),
)
rule('ArrayPats', 'Pattern', listed)
rule('ArrayPats', "ArrayPats ',' Pattern", appended)
rule('ObjPats', 'ObjPat', listed)
rule('ObjPats', "ObjPats ',' ObjPat", appended)
const named: Make = ([, name, , pattern], at): PatternEntry => ({
  key: literal(name as string, at),
  name: name as string,
  pattern: pattern as Pattern | undefined,
})
const keyed: Make = ([key, , pattern], at): PatternEntry => ({
  key: typeof key === 'string' ? literal(key, at) : (key as Tree),
  name: undefined,
  pattern: pattern as Pattern,
})
rule('ObjPat', "'$' IDENT", named)
rule('ObjPat', "'$' IDENT ':' Pattern", named)
rule('ObjPat', "IDENT ':' Pattern", keyed)
rule('ObjPat', "Keyword ':' Pattern", keyed)
rule('ObjPat', "String ':' Pattern", keyed)
rule('ObjPat', "'(' Exp ')' ':' Pattern", ([, key, , , pattern], at, complain) => {
  checkKey(key as Tree, at, complain)
  return keyed([key, ':', pattern], at, complain)
})
const PARENTHESES = 'May need parentheses around object key expression'
rule('ObjPat', "error ':' Pattern", refused(PARENTHESES))
for (const keyword of KEYWORDS) rule('Keyword', keyword, first)
rule('MkDict', '', () => [])
rule('MkDict', 'MkDictPair', listed)
rule('MkDict', "MkDictPair ',' MkDict", ([it, , rest]) => [it, ...(rest as Entry[])])
rule('MkDict', "error ',' MkDict", ([, , rest]) => rest)
const pair: Make = ([key, , value], at): Entry => [
  typeof key === 'string' ? literal(key, at) : (key as Tree),
  value as Tree | undefined,
]
rule('MkDictPair', "IDENT ':' ExpD", pair)
rule('MkDictPair', "Keyword ':' ExpD", pair)
rule('MkDictPair', "String ':' ExpD", pair)
rule('MkDictPair', 'String', pair)
rule(
  'MkDictPair',
  "'$' IDENT",
  ([, name], at): Entry => [literal(name as string, at), node({ t: 'variable', name: name as string }, at)],
)
rule('MkDictPair', 'IDENT', pair)
rule('MkDictPair', "'(' Exp ')' ':' ExpD", ([, key, , , value], at, complain) => {
  checkKey(key as Tree, at, complain)
  return [key, value]
})
rule('MkDictPair', "error ':' ExpD", (_, at, complain): Entry => {
  complain(PARENTHESES, at)
  return [literal('', at), identity(at)]
})

/** Keys that cannot be any are known before the program runs. */
function checkKey(key: Tree, at: Span, complain: Complain): void {
  const it = constant(key)
  if (it !== undefined && typeof it !== 'string')
    complain(`Cannot use ${typeOf(it)} (${shown(it)}) as object key`, at)
}

const TOKENS =
  '$end error INVALID_CHARACTER IDENT FIELD LITERAL FORMAT .. %= == != // as def module import include if then ' +
  'else elif reduce foreach end and or try catch label break __loc__ |= += -= *= /= //= <= >= ?// QQSTRING_START ' +
  "QQSTRING_TEXT QQSTRING_INTERP_START QQSTRING_INTERP_END QQSTRING_END FUNCDEF '|' ',' '=' '<' '>' '+' '-' '*' " +
  "'/' '%' NONOPT '?' ';' '(' ')' '$' ':' '.' '[' ']' '{' '}'"

export const GRAMMAR: Grammar = {
  rules,
  tokens: TOKENS.split(' '),
  precedence: [
    ['none', 'FUNCDEF'],
    ['right', "'|'"],
    ['left', "','"],
    ['right', '//'],
    ['nonassoc', "'='", '|=', '+=', '-=', '*=', '/=', '%=', '//='],
    ['left', 'or'],
    ['left', 'and'],
    ['nonassoc', '!=', '==', "'<'", "'>'", '<=', '>='],
    ['left', "'+'", "'-'"],
    ['left', "'*'", "'/'", "'%'"],
    ['none', 'NONOPT'],
    ['none', "'?'"],
    ['none', 'try'],
    ['none', 'catch'],
  ],
}
