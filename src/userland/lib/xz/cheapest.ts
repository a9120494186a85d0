/**
 * -4 to -9: of all ways to encode the next bytes the one that costs least with the model as it is; the ways are
 * nodes of a graph, one for each position ahead. liblzma: lzma_encoder_optimum_normal.c.
 */
import { type Chooser, LITERAL, lastDistance, repLengths, roomFor } from './choice.ts'
import { commonLength, type MatchFinder } from './match-finder.ts'
import { afterLiteral, afterMatch, afterRep, afterShortRep, type Model, REPS } from './model.ts'
import { INFINITE, type Prices } from './prices.ts'

/** How far ahead is looked. */
const NODES = 1 << 12

/** The cheapest way found to get to a position. */
class Node {
  price = 0
  /** The position it comes from, and with what. */
  previous = 0
  back = LITERAL
  /** A literal stands between: what comes from `previous` is a match at the last distance after it. */
  afterLiteral = false
  /** Something else stands before the literal. */
  isTriple = false
  previous2 = 0
  back2 = 0
  /** How the coder is when it gets here. */
  state = 0
  readonly reps = new Uint32Array(REPS)
}

/** Where the graph is being continued: what is the same for all that begins there. */
interface Here {
  readonly node: number
  /** Of the byte in the data. */
  readonly at: number
  readonly position: number
  readonly state: number
  readonly reps: Uint32Array
  /** As far as the data, or the graph, goes. */
  readonly full: number
  readonly room: number
  readonly matchPrice: number
  readonly repPrice: number
}

export class CheapestChooser implements Chooser {
  length = 0
  back = LITERAL
  readonly #model: Model
  readonly #finder: MatchFinder
  readonly #prices: Prices
  readonly #data: Uint8Array
  readonly #posMask: number
  readonly #nodes = Array.from({ length: NODES }, () => new Node())
  /** The way that was chosen, as far as it is not gone yet. */
  #current = 0
  #last = 0
  /** The furthest node that has a price. */
  #end = 0
  #longest = 0

  constructor(model: Model, finder: MatchFinder, prices: Prices) {
    this.#model = model
    this.#finder = finder
    this.#prices = prices
    this.#data = finder.data
    this.#posMask = (1 << model.properties.pb) - 1
  }

  choose(position: number): void {
    if (this.#current !== this.#last) return this.#follow()
    const finder = this.#finder
    if (!finder.ahead) this.#prices.refresh()
    if (!this.#begin(position)) return
    let node = 1
    for (; node < this.#end; node++) {
      this.#longest = finder.find()
      if (this.#longest >= finder.nice) break
      this.#continue(node, position + node)
    }
    this.#turn(node)
    this.#follow()
  }

  #follow(): void {
    const node = this.#nodes[this.#current]!
    this.length = node.previous - this.#current
    this.back = node.back
    this.#current = node.previous
  }

  #decide(back: number, length: number): false {
    this.back = back
    this.length = length
    if (length > 1) this.#finder.skip(length - 1)
    return false
  }

  /** The first node and what begins there; false if it is clear what to do. */
  #begin(position: number): boolean {
    const finder = this.#finder
    const { found, nice } = finder
    const longest = finder.ahead ? this.#longest : finder.find()
    const room = roomFor(finder)
    if (room < 2) return this.#decide(LITERAL, 1)
    const lengths = repLengths(this.#model, finder, room)
    const best = lengths.indexOf(Math.max(...lengths))
    if (lengths[best]! >= nice) return this.#decide(best, lengths[best]!)
    if (longest >= nice) return this.#decide(lastDistance(found) + REPS, longest)
    const at = finder.at - 1
    const [byte, matched] = [this.#data[at]!, this.#data[at - this.#model.reps[0]! - 1]!]
    if (longest < 2 && byte !== matched && lengths[best]! < 2) return this.#decide(LITERAL, 1)
    this.#first(position, byte, matched)
    this.#end = Math.max(longest, lengths[best]!)
    if (this.#end < 2) return this.#decide(this.#nodes[1]!.back, 1)
    for (let length = 2; length <= this.#end; length++) this.#nodes[length]!.price = INFINITE
    this.#firstMatches(position & this.#posMask, lengths, longest)
    return true
  }

  /** A literal or a repeated byte. */
  #first(position: number, byte: number, matched: number): void {
    const { state, reps } = this.#model
    const prices = this.#prices
    const posState = position & this.#posMask
    const before = this.#data[this.#finder.at - 2]!
    const start = this.#nodes[0]!
    start.state = state
    start.reps.set(reps)
    const node = this.#nodes[1]!
    node.price = prices.isLiteral(state, posState) + prices.literal(state, position, before, matched, byte)
    node.previous = 0
    node.back = LITERAL
    node.afterLiteral = false
    if (matched !== byte) return
    const repeated = prices.isMatch(state, posState) + prices.isRep(state) + prices.shortRep(state, posState)
    if (repeated < node.price) this.#step(1, repeated, 0, 0)
  }

  #firstMatches(posState: number, lengths: readonly number[], longest: number): void {
    const prices = this.#prices
    const { state } = this.#model
    const matchPrice = prices.isMatch(state, posState)
    for (const [rep, most] of lengths.entries()) {
      if (most < 2) continue
      const price = matchPrice + prices.isRep(state) + prices.rep(rep, state, posState)
      for (let length = most; length >= 2; length--)
        this.#step(length, price + prices.repLength.of(length, posState), 0, rep)
    }
    const { count, lengths: found, distances } = this.#finder.found
    const newPrice = matchPrice + prices.isNew(state)
    let i = 0
    for (let length = lengths[0]! >= 2 ? lengths[0]! + 1 : 2; length <= longest; length++) {
      while (i < count - 1 && length > found[i]!) i++
      this.#step(length, newPrice + prices.match(distances[i]!, length, posState), 0, distances[i]! + REPS)
    }
  }

  /** One way to a node, if it is cheaper than what is known. */
  #step(to: number, price: number, previous: number, back: number): boolean {
    const node = this.#nodes[to]!
    if (price >= node.price) return false
    node.price = price
    node.previous = previous
    node.back = back
    node.afterLiteral = false
    return true
  }

  #reach(node: number): void {
    while (this.#end < node) this.#nodes[++this.#end]!.price = INFINITE
  }

  /** What begins at a node. */
  #continue(node: number, position: number): void {
    const state = this.#arrive(node)
    const finder = this.#finder
    const prices = this.#prices
    const { reps, price } = this.#nodes[node]!
    const at = finder.at - 1
    const posState = position & this.#posMask
    const [byte, matched] = [this.#data[at]!, this.#data[at - reps[0]! - 1]!]
    const literalPrice =
      price +
      prices.isLiteral(state, posState) +
      prices.literal(state, position, this.#data[at - 1]!, matched, byte)
    let nextIsOne = this.#step(node + 1, literalPrice, node, LITERAL)
    const matchPrice = price + prices.isMatch(state, posState)
    const repPrice = matchPrice + prices.isRep(state)
    const next = this.#nodes[node + 1]!
    if (matched === byte && !(next.previous < node && next.back === 0)) {
      const repeated = repPrice + prices.shortRep(state, posState)
      if (repeated <= next.price) {
        next.price = repeated
        next.previous = node
        next.back = 0
        next.afterLiteral = false
        nextIsOne = true
      }
    }
    const full = Math.min(finder.available + 1, NODES - 1 - node)
    if (full < 2) return
    const room = Math.min(full, finder.nice)
    const here: Here = { node, at, position, state, reps, full, room, matchPrice, repPrice }
    if (!nextIsOne && matched !== byte) this.#literalThenRep(here, literalPrice)
    this.#newMatches(here, this.#repeatedMatches(here))
  }

  /** The state and the distances at a node, by the way that leads to it. */
  #arrive(at: number): number {
    const node = this.#nodes[at]!
    let { previous } = node
    let state: number
    if (node.afterLiteral) {
      previous--
      if (node.isTriple) {
        state = this.#nodes[node.previous2]!.state
        state = node.back2 < REPS ? afterRep(state) : afterMatch(state)
      } else state = this.#nodes[previous]!.state
      state = afterLiteral(state)
    } else state = this.#nodes[previous]!.state
    if (previous === at - 1) {
      state = node.back === 0 ? afterShortRep(state) : afterLiteral(state)
      node.reps.set(this.#nodes[previous]!.reps)
    } else {
      const isTriple = node.afterLiteral && node.isTriple
      const back = isTriple ? node.back2 : node.back
      if (isTriple) previous = node.previous2
      state = isTriple || back < REPS ? afterRep(state) : afterMatch(state)
      moveToFront(node.reps, this.#nodes[previous]!.reps, back)
    }
    node.state = state
    return state
  }

  #literalThenRep({ node, at, position, state, reps, full }: Here, literalPrice: number): void {
    const limit = Math.min(full, this.#finder.nice + 1)
    const length = commonLength(this.#data, at, at - reps[0]! - 1, 1, limit) - 1
    if (length < 2) return
    const price = this.#repPrice(literalPrice, position + 1, afterLiteral(state), length)
    const to = node + 1 + length
    this.#reach(to)
    if (!this.#step(to, price, node + 1, 0)) return
    this.#nodes[to]!.afterLiteral = true
    this.#nodes[to]!.isTriple = false
  }

  /** What it costs to go on with a match at the last distance. */
  #repPrice(price: number, position: number, state: number, length: number): number {
    const posState = position & this.#posMask
    const prices = this.#prices
    return (
      price +
      prices.isMatch(state, posState) +
      prices.isRep(state) +
      prices.rep(0, state, posState) +
      prices.repLength.of(length, posState)
    )
  }

  /** Matches at the last distances. The length from which new ones are worth a look. */
  #repeatedMatches(here: Here): number {
    const { node, at, position, state, reps, room } = here
    const posState = position & this.#posMask
    const prices = this.#prices
    let start = 2
    for (let rep = 0; rep < REPS; rep++) {
      const from = at - reps[rep]! - 1
      const most = commonLength(this.#data, at, from, 0, room)
      if (most < 2) continue
      this.#reach(node + most)
      const price = here.repPrice + prices.rep(rep, state, posState)
      for (let length = most; length >= 2; length--)
        this.#step(node + length, price + prices.repLength.of(length, posState), node, rep)
      if (rep === 0) start = most + 1
      this.#thenLiteralAndRep(here, from, most, price + prices.repLength.of(most, posState), rep)
    }
    return start
  }

  /** After a match a literal, and then a match at the same distance. */
  #thenLiteralAndRep(here: Here, from: number, length: number, price: number, back: number): void {
    const { node, at, position, full } = here
    const data = this.#data
    const limit = Math.min(full, length + 1 + this.#finder.nice)
    const more = commonLength(data, at, from, length + 1, limit) - length - 1
    if (more < 2) return
    const prices = this.#prices
    const state = back < REPS ? afterRep(here.state) : afterMatch(here.state)
    const literalPrice =
      price +
      prices.isLiteral(state, (position + length) & this.#posMask) +
      prices.literal(
        state,
        position + length,
        data[at + length - 1]!,
        data[from + length]!,
        data[at + length]!,
      )
    const cost = this.#repPrice(literalPrice, position + length + 1, afterLiteral(state), more)
    const to = node + length + 1 + more
    this.#reach(to)
    if (!this.#step(to, cost, node + length + 1, 0)) return
    const reached = this.#nodes[to]!
    reached.afterLiteral = reached.isTriple = true
    reached.previous2 = node
    reached.back2 = back
  }

  #newMatches(here: Here, start: number): void {
    const { found } = this.#finder
    const { node, at, position, state, room } = here
    let longest = this.#longest
    if (longest > room) {
      longest = room
      found.count = 0
      while (longest > found.lengths[found.count]!) found.count++
      found.lengths[found.count++] = longest
    }
    if (longest < start) return
    const posState = position & this.#posMask
    const newPrice = here.matchPrice + this.#prices.isNew(state)
    this.#reach(node + longest)
    let i = 0
    while (start > found.lengths[i]!) i++
    for (let length = start; i < found.count; length++) {
      const distance = found.distances[i]!
      const price = newPrice + this.#prices.match(distance, length, posState)
      this.#step(node + length, price, node, distance + REPS)
      if (length !== found.lengths[i]) continue
      this.#thenLiteralAndRep(here, at - distance - 1, length, price, distance + REPS)
      i++
    }
  }

  /** Turn the way to a node round, so that it can be followed from the beginning. */
  #turn(end: number): void {
    const nodes = this.#nodes
    this.#last = end
    let at = end
    let { previous, back } = nodes[end]!
    while (at !== 0) {
      const node = nodes[at]!
      if (node.afterLiteral) {
        const literal = nodes[previous]!
        literal.back = LITERAL
        literal.afterLiteral = false
        literal.previous = previous - 1
        if (node.isTriple) {
          const match = nodes[previous - 1]!
          match.afterLiteral = false
          match.previous = node.previous2
          match.back = node.back2
        }
      }
      const from = nodes[previous]!
      const fromIndex = previous
      const fromBack = back
      back = from.back
      previous = from.previous
      from.back = fromBack
      from.previous = at
      at = fromIndex
    }
    this.#current = 0
  }
}

/** The distances after one of them, or a new one, was used. */
function moveToFront(to: Uint32Array, from: Uint32Array, back: number): void {
  const kept = back < REPS ? back : REPS - 1
  to.set(from)
  to[0] = back < REPS ? from[back]! : back - REPS
  for (let i = 1; i <= kept; i++) to[i] = from[i - 1]!
}
