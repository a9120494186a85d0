/**
 * An LALR(1) parser made from a grammar at run time, which words its mistakes, and goes on after them, as one that
 * GNU bison generated: jq's messages name the tokens that bison's tables expect.
 * The lookaheads are DeRemer and Pennello's; precedence and default reductions are bison's (src/tables.c).
 */

/** Where something stands in the text: offsets of its first character and after its last. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Hears of a mistake and where it is. */
export type Complain = (message: string, at: Span) => void

/** `Exp: Exp '+' Exp`, and what it makes of its parts. */
export interface Rule {
  readonly left: string
  readonly right: readonly string[]
  /** The token whose precedence the rule has, if not its last one. */
  readonly precedence?: string
  readonly make: (parts: readonly unknown[], span: Span, complain: Complain) => unknown
}

export interface Grammar {
  readonly rules: readonly Rule[]
  /** The tokens in bison's order: first `$end`. */
  readonly tokens: readonly string[]
  /** From the loosest to the tightest. */
  readonly precedence: readonly (readonly ['left' | 'right' | 'nonassoc' | 'none', ...string[]])[]
}

export interface Token extends Span {
  readonly type: string
  readonly value?: unknown
}

/** What a state does: shift to a state, reduce by a rule, or refuse. */
type Action = { shift: number } | { reduce: number } | { refuse: true }

interface State {
  readonly actions: Map<string, Action>
  readonly gotos: Map<string, number>
  /** The rule that is reduced by whatever comes otherwise. */
  fallback: number | undefined
}

/** A rule and how much of it has been seen. */
interface Item {
  readonly rule: number
  readonly dot: number
}

export interface Tables {
  readonly states: readonly State[]
  readonly grammar: Grammar
}

const MOST_EXPECTED = 4

export function makeTables(grammar: Grammar): Tables {
  return new Builder(grammar).build()
}

class Builder {
  readonly #grammar: Grammar
  readonly #rules: readonly Rule[]
  readonly #of = new Map<string, number[]>()
  readonly #nullable = new Set<string>()
  readonly #kernels: Item[][] = []
  readonly #gotos: Map<string, number>[] = []

  constructor(grammar: Grammar) {
    this.#grammar = grammar
    const start: Rule = { left: '$accept', right: [grammar.rules[0]!.left, '$end'], make: ([it]) => it }
    this.#rules = [start, ...grammar.rules]
    for (const [i, { left }] of this.#rules.entries()) this.#of.set(left, [...(this.#of.get(left) ?? []), i])
    for (let size = -1; size !== this.#nullable.size; ) {
      size = this.#nullable.size
      for (const { left, right } of this.#rules)
        if (right.every(it => this.#nullable.has(it))) this.#nullable.add(left)
    }
  }

  build(): Tables {
    this.#automaton()
    const lookaheads = this.#lookaheads()
    const states = this.#kernels.map((_, i) => this.#state(i, lookaheads))
    return { states, grammar: { ...this.#grammar, rules: this.#rules } }
  }

  /** A kernel with everything that may begin at its dots. */
  #closure(kernel: readonly Item[]): Item[] {
    const items = [...kernel]
    const seen = new Set<string>()
    for (const { rule, dot } of items) {
      const symbol = this.#rules[rule]!.right[dot]
      if (symbol === undefined || seen.has(symbol)) continue
      seen.add(symbol)
      for (const next of this.#of.get(symbol) ?? []) items.push({ rule: next, dot: 0 })
    }
    return items
  }

  #automaton(): void {
    const known = new Map<string, number>()
    const enter = (kernel: Item[]): number => {
      const name = kernel.map(({ rule, dot }) => `${rule}.${dot}`).join()
      const found = known.get(name)
      if (found !== undefined) return found
      known.set(name, this.#kernels.length)
      this.#kernels.push(kernel)
      return this.#kernels.length - 1
    }
    enter([{ rule: 0, dot: 0 }])
    for (let i = 0; i < this.#kernels.length; i++) {
      const next = new Map<string, Item[]>()
      for (const { rule, dot } of this.#closure(this.#kernels[i]!)) {
        const symbol = this.#rules[rule]!.right[dot]
        if (symbol === undefined) continue
        const kernel = next.get(symbol)
        if (kernel) kernel.push({ rule, dot: dot + 1 })
        else next.set(symbol, [{ rule, dot: dot + 1 }])
      }
      const gotos = new Map<string, number>()
      this.#gotos[i] = gotos
      for (const [symbol, kernel] of next)
        gotos.set(symbol, enter(kernel.sort((a, b) => a.rule - b.rule || a.dot - b.dot)))
    }
  }

  /** What may follow each reduction in each state: `state/rule`. */
  #lookaheads(): Map<string, Set<string>> {
    const follow = new Map<string, Set<string>>()
    const included = new Map<string, Set<string>>()
    const lookback: [reduction: string, transition: string][] = []
    for (const [from, gotos] of this.#gotos.entries())
      for (const [symbol, to] of gotos) {
        if (!this.#of.has(symbol)) continue
        const name = `${from}/${symbol}`
        const tokens = new Set<string>()
        follow.set(name, tokens)
        const includes = included.get(name) ?? new Set()
        included.set(name, includes)
        for (const next of this.#gotos[to]!.keys()) {
          if (!this.#of.has(next)) tokens.add(next)
          else if (this.#nullable.has(next)) includes.add(`${to}/${next}`)
        }
        for (const rule of this.#of.get(symbol)!) this.#walk(from, rule, name, included, lookback)
      }
    spread(follow, included)
    const lookaheads = new Map<string, Set<string>>()
    for (const [reduction, transition] of lookback) {
      const tokens = lookaheads.get(reduction) ?? new Set()
      for (const token of follow.get(transition)!) tokens.add(token)
      lookaheads.set(reduction, tokens)
    }
    return lookaheads
  }

  /** Follow a rule from a state: its end looks back at the transition, its last parts include what follows that. */
  #walk(
    from: number,
    rule: number,
    transition: string,
    included: Map<string, Set<string>>,
    lookback: [string, string][],
  ): void {
    const { right } = this.#rules[rule]!
    let state = from
    for (const [i, symbol] of right.entries()) {
      if (this.#of.has(symbol) && right.slice(i + 1).every(it => this.#nullable.has(it))) {
        const name = `${state}/${symbol}`
        included.set(name, (included.get(name) ?? new Set()).add(transition))
      }
      state = this.#gotos[state]!.get(symbol)!
    }
    lookback.push([`${state}/${rule}`, transition])
  }

  #state(i: number, lookaheads: Map<string, Set<string>>): State {
    const actions = new Map<string, Action>()
    const gotos = new Map<string, number>()
    for (const [symbol, to] of this.#gotos[i]!)
      if (this.#of.has(symbol)) gotos.set(symbol, to)
      else actions.set(symbol, { shift: to })
    const complete = this.#closure(this.#kernels[i]!)
      .filter(({ rule, dot }) => dot === this.#rules[rule]!.right.length)
      .map(({ rule }) => rule)
      .sort((a, b) => a - b)
    if (complete.length === 1 && !actions.size) return { actions, gotos, fallback: complete[0] }
    for (const rule of complete)
      for (const token of lookaheads.get(`${i}/${rule}`) ?? []) this.#reduce(actions, token, rule)
    return { actions, gotos, fallback: fallbackOf(actions, complete) }
  }

  #reduce(actions: Map<string, Action>, token: string, rule: number): void {
    const old = actions.get(token)
    if (old && 'reduce' in old) return
    if (!old) {
      actions.set(token, { reduce: rule })
      return
    }
    const { precedence, right } = this.#rules[rule]!
    const [own] = this.#precedence(precedence ?? right.findLast(it => !this.#of.has(it)))
    const [other, kind] = this.#precedence(token)
    if (own < 0 || other < 0 || own < other) return
    if (own > other || kind === 'left') actions.set(token, { reduce: rule })
    else if (kind === 'nonassoc') actions.set(token, { refuse: true })
  }

  #precedence(token: string | undefined): [level: number, kind: string] {
    const level = this.#grammar.precedence.findIndex(
      ([, ...tokens]) => token !== undefined && tokens.includes(token),
    )
    return [level, this.#grammar.precedence[level]?.[0] ?? 'none']
  }
}

/** Add to every set those that it includes, until nothing changes. */
function spread(sets: Map<string, Set<string>>, included: Map<string, Set<string>>): void {
  for (let changed = true; changed; ) {
    changed = false
    for (const [name, set] of sets) {
      const size = set.size
      for (const other of included.get(name) ?? []) for (const token of sets.get(other) ?? []) set.add(token)
      changed ||= set.size !== size
    }
  }
}

/** The reduction with the most tokens is done for all others too, unless the state waits for `error`. */
function fallbackOf(actions: Map<string, Action>, complete: readonly number[]): number | undefined {
  if (actions.has('error')) return undefined
  const counts = complete.map(
    rule => [...actions.values()].filter(it => 'reduce' in it && it.reduce === rule).length,
  )
  const most = Math.max(0, ...counts)
  if (!most) return undefined
  const rule = complete[counts.indexOf(most)]!
  for (const [token, action] of actions)
    if ('reduce' in action && action.reduce === rule) actions.delete(token)
  return rule
}

/** A symbol on the stack. */
interface Entry extends Span {
  readonly state: number
  readonly value: unknown
}

/** Parse the tokens; `complain` hears of every mistake, and the result is undefined when there is no way on. */
export function parseTokens({ states, grammar }: Tables, next: () => Token, complain: Complain): unknown {
  const stack: Entry[] = [{ state: 0, value: undefined, start: 0, end: 0 }]
  let token = next()
  // How many tokens must go well before mistakes are told again.
  let quiet = 0
  for (;;) {
    const top = stack.at(-1)!
    const state = states[top.state]!
    const action = state.actions.get(token.type)
    if (action && 'shift' in action) {
      if (token.type === '$end') return top.value
      stack.push({ state: action.shift, value: token.value, start: token.start, end: token.end })
      if (quiet) quiet--
      token = next()
      continue
    }
    const rule = action && 'reduce' in action ? action.reduce : action ? undefined : state.fallback
    if (rule !== undefined) {
      reduce(stack, states, grammar.rules[rule]!, complain)
      continue
    }
    if (!quiet) complain(message(state, token, grammar), token)
    let from = token.start
    if (quiet === 3) {
      if (token.type === '$end') return undefined
      token = next()
    }
    quiet = 3
    let at = stack.pop()!
    while (!states[at.state]!.actions.has('error')) {
      from = at.start
      const below = stack.pop()
      if (!below) return undefined
      at = below
    }
    stack.push(at)
    const shift = states[at.state]!.actions.get('error') as { shift: number }
    stack.push({ state: shift.shift, value: undefined, start: from, end: token.end })
  }
}

function reduce(stack: Entry[], states: readonly State[], rule: Rule, complain: Complain): void {
  const parts = rule.right.length ? stack.splice(-rule.right.length) : []
  const below = stack.at(-1)!
  const start = parts[0]?.start ?? below.end
  const end = parts.at(-1)?.end ?? below.end
  const value = rule.make(
    parts.map(it => it.value),
    { start, end },
    complain,
  )
  stack.push({ state: states[below.state]!.gotos.get(rule.left)!, value, start, end })
}

/** yysyntax_error: what came, and what would have done if that is not too much to say. */
function message(state: State, token: Token, grammar: Grammar): string {
  const expected = grammar.tokens.filter(it => {
    const action = state.actions.get(it)
    return action && it !== 'error' && !('refuse' in action)
  })
  const list = expected.length > MOST_EXPECTED ? [] : expected
  return `syntax error, unexpected ${token.type}${list.map((it, i) => `${i ? ' or' : ', expecting'} ${it}`).join('')}`
}
