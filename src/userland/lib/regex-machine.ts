/**
 * A regular-expression matcher whose time grows with the text, not with the ways to match it: it follows all ways at
 * once (Thompson 1968; Pike). Linux: glibc posix/regexec.c, which also matches the longest of the leftmost.
 *
 * It reads JavaScript's syntax, as regex.ts produces it, and takes over where JavaScript's own matcher would try
 * ways without end, or where the first way it finds is not the longest.
 * Left out: back references, for which JavaScript's matcher stays; the rules of POSIX for groups inside alternatives
 * (the first way to the longest match decides).
 */

type Node =
  | { readonly t: 'char'; readonly source: string }
  | { readonly t: 'assert'; readonly source: string }
  | { readonly t: 'sequence'; readonly items: readonly Node[] }
  | { readonly t: 'choice'; readonly items: readonly Node[] }
  | { readonly t: 'group'; readonly number: number; readonly of: Node }
  | {
      readonly t: 'repeat'
      readonly of: Node
      readonly min: number
      readonly max: number
      readonly lazy: boolean
    }

/** What the machine cannot do. */
class Unsupported {}

// ---- Reading a pattern

class Reader {
  readonly #source: string
  #at = 0
  groups = 0

  constructor(source: string) {
    this.#source = source
  }

  read(): Node {
    const node = this.#choice()
    if (this.#at < this.#source.length) throw new Unsupported()
    return node
  }

  #choice(): Node {
    const items = [this.#sequence()]
    while (this.#source[this.#at] === '|') {
      this.#at++
      items.push(this.#sequence())
    }
    return items.length === 1 ? items[0]! : { t: 'choice', items }
  }

  #sequence(): Node {
    const items: Node[] = []
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at]!))
      items.push(this.#repeated())
    return items.length === 1 ? items[0]! : { t: 'sequence', items }
  }

  #repeated(): Node {
    const of = this.#atom()
    const match = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})(\??)/.exec(this.#source.slice(this.#at, this.#at + 20))
    if (!match) return of
    this.#at += match[0].length
    const [text, low, comma, high, lazy] = match
    const min = low === undefined ? (text[0] === '+' ? 1 : 0) : Number(low)
    const max =
      low === undefined ? (text[0] === '?' ? 1 : Infinity) : comma ? (high ? Number(high) : Infinity) : min
    return { t: 'repeat', of, min, max, lazy: lazy === '?' }
  }

  #atom(): Node {
    const rest = this.#source.slice(this.#at)
    if (rest[0] === '(') return this.#parenthesis()
    if (rest[0] === '[') return this.#take('char', classLength(rest))
    if (rest[0] === '^' || rest[0] === '$') return this.#take('assert', 1)
    if (rest[0] !== '\\') return this.#take('char', String.fromCodePoint(rest.codePointAt(0)!).length)
    if (rest[1] === 'b' || rest[1] === 'B') return this.#take('assert', 2)
    if (/^\\[1-9k]/.test(rest)) throw new Unsupported()
    const long = /^\\(?:[pPu]\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c.)/.exec(rest)
    return this.#take('char', long ? long[0].length : 1 + String.fromCodePoint(rest.codePointAt(1)!).length)
  }

  #take(t: 'char' | 'assert', length: number): Node {
    const source = this.#source.slice(this.#at, this.#at + length)
    this.#at += length
    return { t, source }
  }

  #parenthesis(): Node {
    const from = this.#at
    const opening = /^\((?:\?(?:<?[=!]|:|<[A-Za-z_$][\w$]*>))?/.exec(this.#source.slice(from, from + 80))![0]
    this.#at += opening.length
    const isLook = /[=!]$/.test(opening)
    const number = opening === '(' || opening.endsWith('>') ? ++this.groups : 0
    const of = this.#choice()
    if (this.#source[this.#at] !== ')') throw new Unsupported()
    this.#at++
    if (isLook) return { t: 'assert', source: this.#source.slice(from, this.#at) }
    return number ? { t: 'group', number, of } : of
  }
}

function classLength(text: string): number {
  let at = text[1] === '^' ? 2 : 1
  while (at < text.length && text[at] !== ']') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

// ---- What can go wrong with JavaScript's matcher

/** Whether the node matches texts of one length in one way only. */
function isPlain(it: Node): boolean {
  if (it.t === 'char' || it.t === 'assert') return true
  if (it.t === 'sequence') return it.items.every(isPlain)
  if (it.t === 'group') return isPlain(it.of)
  return it.t === 'repeat' && it.min === it.max && isPlain(it.of)
}

/** Whether a repeated part has several ways to match, whose combinations would all be tried. */
function explodes(it: Node): boolean {
  if (it.t === 'char' || it.t === 'assert') return false
  if (it.t === 'sequence' || it.t === 'choice') return it.items.some(explodes)
  if (it.t === 'repeat' && it.max > 1 && !isPlain(it.of)) return true
  return explodes(it.of)
}

/** Whether the first alternative that matches need not be the longest. */
function mayBeShort(it: Node): boolean {
  if (it.t === 'char' || it.t === 'assert') return false
  if (it.t === 'choice' && !distinct(it.items)) return true
  if (it.t === 'sequence' || it.t === 'choice') return it.items.some(mayBeShort)
  return mayBeShort(it.of)
}

/** Alternatives that begin with different characters, or are one text each with the longest first. */
function distinct(items: readonly Node[]): boolean {
  const firsts = items.map(first)
  return firsts.every((char, i) => char !== undefined && firsts.indexOf(char) === i)
}

function first(it: Node): string | undefined {
  if (it.t === 'char') return it.source.length === 1 && it.source !== '.' ? it.source : undefined
  if (it.t === 'group') return first(it.of)
  if (it.t === 'repeat') return it.min ? first(it.of) : undefined
  return it.t === 'sequence' && it.items.length ? first(it.items[0]!) : undefined
}

function unbounded(it: Node): number {
  if (it.t === 'char' || it.t === 'assert') return 0
  if (it.t === 'sequence' || it.t === 'choice')
    return it.items.reduce((sum, part) => sum + unbounded(part), 0)
  return unbounded(it.of) + (it.t === 'repeat' && it.max === Infinity ? 1 : 0)
}

// ---- The machine

/** An instruction: a test of one character, a condition, a jump, two ways (the better one first), a note of where. */
type Instruction =
  | { readonly op: 'char'; readonly test: (code: number) => boolean }
  | { readonly op: 'assert'; readonly holds: (text: string, at: number) => boolean }
  | { readonly op: 'split'; a: number; b: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'match' }

const MOST_INSTRUCTIONS = 20_000
/** Instructions times characters that are searched for groups. */
const MOST_STATES = 1 << 26

function assemble(root: Node, flags: string): Instruction[] {
  const code: Instruction[] = []
  const emit = (it: Instruction): number => {
    if (code.length > MOST_INSTRUCTIONS) throw new Unsupported()
    return code.push(it) - 1
  }
  const put = (it: Node): void => {
    if (it.t === 'char') emit({ op: 'char', test: charTest(it.source, flags) })
    else if (it.t === 'assert') emit({ op: 'assert', holds: condition(it.source, flags) })
    else if (it.t === 'sequence') it.items.forEach(put)
    else if (it.t === 'choice') choose(it.items)
    else if (it.t === 'group') {
      emit({ op: 'save', slot: 2 * it.number })
      put(it.of)
      emit({ op: 'save', slot: 2 * it.number + 1 })
    } else repeat(it)
  }
  const choose = (items: readonly Node[]): void => {
    const ends: number[] = []
    for (const [i, item] of items.entries()) {
      const split = i < items.length - 1 ? emit({ op: 'split', a: code.length + 1, b: 0 }) : -1
      put(item)
      if (split >= 0) ends.push(emit({ op: 'jump', to: 0 }))
      if (split >= 0) (code[split] as { b: number }).b = code.length
    }
    for (const end of ends) (code[end] as { to: number }).to = code.length
  }
  const repeat = ({ of, min, max, lazy }: Node & { t: 'repeat' }): void => {
    for (let i = 0; i < min; i++) put(of)
    const split = (): { a: number; b: number; op: 'split' } => {
      const at = emit({ op: 'split', a: 0, b: 0 })
      return code[at] as { a: number; b: number; op: 'split' }
    }
    const aim = (it: { a: number; b: number }, inside: number, outside: number): void => {
      it.a = lazy ? outside : inside
      it.b = lazy ? inside : outside
    }
    if (max === Infinity) {
      const start = code.length
      const it = split()
      put(of)
      emit({ op: 'jump', to: start })
      aim(it, start + 1, code.length)
      return
    }
    const ways: { it: { a: number; b: number }; inside: number }[] = []
    for (let i = min; i < max; i++) {
      ways.push({ it: split(), inside: code.length })
      put(of)
    }
    for (const { it, inside } of ways) aim(it, inside, code.length)
  }
  put(root)
  emit({ op: 'match' })
  return code
}

function charTest(source: string, flags: string): (code: number) => boolean {
  if (source.length === 1 && source !== '.' && !flags.includes('i')) {
    const wanted = source.charCodeAt(0)
    return code => code === wanted
  }
  const regex = new RegExp(`^(?:${source})$`, flags.replace(/[^iusv]/g, ''))
  const known = new Int8Array(128)
  return code => {
    if (code >= 128) return regex.test(String.fromCodePoint(code))
    if (!known[code]) known[code] = regex.test(String.fromCharCode(code)) ? 1 : -1
    return known[code]! > 0
  }
}

function condition(source: string, flags: string): (text: string, at: number) => boolean {
  const regex = new RegExp(source, `${flags.replace(/[^imusv]/g, '')}y`)
  return (text, at) => {
    regex.lastIndex = at
    return regex.test(text)
  }
}

/** A compiled pattern. */
export class Machine {
  readonly #code: readonly Instruction[]
  readonly #groups: number

  constructor(root: Node, groups: number, flags: string) {
    this.#code = assemble(root, flags)
    this.#groups = groups
  }

  /** Where the leftmost match at or after `from` begins, and where the longest of those ends. */
  longest(text: string, from: number, onlyThere: boolean): readonly [number, number] | undefined {
    const code = this.#code
    const seen = new Int32Array(code.length).fill(-1)
    let [states, starts]: [number[], number[]] = [[], []]
    let best: readonly [number, number] | undefined
    const stack: number[] = []
    for (let at = from; ; ) {
      const nextStates: number[] = []
      const nextStarts: number[] = []
      const add = (pc: number, start: number): void => {
        stack.push(pc)
        while (stack.length) {
          const where = stack.pop()!
          if (seen[where] === at) continue
          seen[where] = at
          const it = code[where]!
          if (it.op === 'jump') stack.push(it.to)
          else if (it.op === 'split') stack.push(it.b, it.a)
          else if (it.op === 'save') stack.push(where + 1)
          else if (it.op === 'assert') {
            if (it.holds(text, at)) stack.push(where + 1)
          } else if (it.op === 'match') {
            if (!best || start <= best[0]) best = [start, at]
          } else {
            nextStates.push(where)
            nextStarts.push(start)
          }
        }
      }
      // Older threads first: they began further left.
      for (const [i, pc] of states.entries()) add(pc, starts[i]!)
      if (!best && (!onlyThere || at === from)) add(0, at)
      if (at >= text.length) return best
      const char = text.codePointAt(at)!
      states = []
      starts = []
      for (const [i, pc] of nextStates.entries()) {
        const it = code[pc]!
        if (best && nextStarts[i]! > best[0]) continue
        if (it.op === 'char' && it.test(char)) {
          states.push(pc + 1)
          starts.push(nextStarts[i]!)
        }
      }
      if (!states.length && (best || onlyThere)) return best
      at += char > 0xffff ? 2 : 1
    }
  }

  /** The groups of the first way to match from `start` (to `end`, if given); undefined if there is none. */
  groups(text: string, start: number, end?: number): number[] | undefined {
    const code = this.#code
    const width = (end ?? text.length) - start + 1
    if (code.length * width > MOST_STATES) return [start, end ?? this.longest(text, start, true)![1]]
    const visited = new Uint8Array(Math.ceil((code.length * width) / 8))
    const found = new Array<number>(2 * this.#groups + 2).fill(-1)
    found[0] = start
    /** Places still to be tried; a negative one restores what a group was. */
    const jobs: number[] = [0, start]
    while (jobs.length) {
      let at = jobs.pop()!
      let pc = jobs.pop()!
      if (pc < 0) {
        found[-pc] = at
        continue
      }
      for (;;) {
        const key = pc * width + (at - start)
        if (visited[key >> 3]! & (1 << (key & 7))) break
        visited[key >> 3]! |= 1 << (key & 7)
        const it = code[pc]!
        if (it.op === 'match') {
          if (end !== undefined && at !== end) break
          found[1] = at
          return found
        }
        if (it.op === 'jump') pc = it.to
        else if (it.op === 'split') {
          jobs.push(it.b, at)
          pc = it.a
        } else if (it.op === 'save') {
          jobs.push(-it.slot, found[it.slot]!)
          found[it.slot] = at
          pc++
        } else if (it.op === 'assert') {
          if (!it.holds(text, at)) break
          pc++
        } else {
          if (at >= (end ?? text.length)) break
          const char = text.codePointAt(at)!
          if (!it.test(char)) break
          at += char > 0xffff ? 2 : 1
          pc++
        }
      }
    }
    return undefined
  }
}

// ---- Regular expressions that use it

/** Why a pattern is not left to JavaScript alone. */
interface Hazard {
  readonly explodes: boolean
  readonly mayBeShort: boolean
  readonly unbounded: number
}

/** A text from which several stars in a row take too long. */
const LONG = 500

abstract class GuardedRegExp extends RegExp {
  readonly #machine: Machine
  readonly #hazard: Hazard

  constructor(source: string | RegExp, flags?: string) {
    super(source, flags)
    const reader = new Reader(this.source)
    const root = reader.read()
    this.#hazard = { explodes: explodes(root), mayBeShort: mayBeShort(root), unbounded: unbounded(root) }
    this.#machine = new Machine(root, reader.groups, this.flags)
  }

  static override get [Symbol.species](): RegExpConstructor {
    // biome-ignore lint/complexity/noThisInStatic: each subclass is its own species
    return this as unknown as RegExpConstructor
  }

  protected abstract find(machine: Machine, text: string, from: number, sticky: boolean): number[] | undefined
  protected abstract readonly wantsLongest: boolean

  /** Whether JavaScript's matcher would do. */
  #isHarmless(text: string, onlyWhether: boolean): boolean {
    if (this.#hazard.explodes || (this.#hazard.unbounded > 2 && text.length > LONG)) return false
    return onlyWhether || !this.wantsLongest || !this.#hazard.mayBeShort
  }

  override test(text: string): boolean {
    if (!this.global && !this.sticky && this.#isHarmless(text, true)) return super.exec(text) !== null
    return this.exec(text) !== null
  }

  override exec(text: string): RegExpExecArray | null {
    if (this.#isHarmless(text, false)) return super.exec(text)
    const moves = this.global || this.sticky
    const from = moves ? this.lastIndex : 0
    const found = from <= text.length ? this.find(this.#machine, text, from, this.sticky) : undefined
    if (moves) this.lastIndex = found ? found[1]! : 0
    return found ? this.#result(text, found) : null
  }

  #result(text: string, found: readonly number[]): RegExpExecArray {
    const groups: (string | undefined)[] = []
    const indices: ([number, number] | undefined)[] = []
    for (let i = 0; i < found.length; i += 2) {
      const isSet = found[i]! >= 0 && found[i + 1]! >= 0
      groups.push(isSet ? text.slice(found[i], found[i + 1]) : undefined)
      indices.push(isSet ? [found[i]!, found[i + 1]!] : undefined)
    }
    const more = { index: found[0]!, input: text, groups: undefined }
    return Object.assign(groups, more, this.hasIndices ? { indices } : {}) as unknown as RegExpExecArray
  }
}

/** POSIX's rule: the leftmost match, and of those the longest. */
class LongestRegExp extends GuardedRegExp {
  protected readonly wantsLongest = true
  protected find(machine: Machine, text: string, from: number, sticky: boolean): number[] | undefined {
    const found = machine.longest(text, from, sticky)
    return found && machine.groups(text, found[0], found[1])
  }
}

/** Perl's rule: the leftmost match, and of those the first in the order of the pattern. */
class FirstRegExp extends GuardedRegExp {
  protected readonly wantsLongest = false
  protected find(machine: Machine, text: string, from: number, sticky: boolean): number[] | undefined {
    const found = machine.longest(text, from, sticky)
    return found && machine.groups(text, found[0])
  }
}

/**
 * A RegExp that matches as POSIX wants it (`longest`) or as Perl does, in a time that does not explode; JavaScript's
 * own where that comes to the same.
 */
export function guarded(source: string, flags: string, longest: boolean): RegExp {
  const plain = new RegExp(source, flags)
  try {
    const root = new Reader(plain.source).read()
    if (!explodes(root) && !(longest && mayBeShort(root)) && unbounded(root) < 3) return plain
    return longest ? new LongestRegExp(source, flags) : new FirstRegExp(source, flags)
  } catch (e) {
    if (!(e instanceof Unsupported)) throw e
    return plain
  }
}

/** The same expression with other flags. */
export function withFlags(regex: RegExp, flags: string): RegExp {
  if (regex instanceof LongestRegExp) return new LongestRegExp(regex.source, flags)
  return regex instanceof FirstRegExp ? new FirstRegExp(regex.source, flags) : new RegExp(regex.source, flags)
}
