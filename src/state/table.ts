/**
 * Tables of flat, readonly records with copy-on-write epochs. A record never changes once it is committed: `own`
 * copies it, and its shard, at most once per epoch. `commit` freezes the epoch and hands out the roots, which is
 * what makes a snapshot a pointer copy and a comparison of two snapshots a walk over unequal shards.
 */
const SHARD_BITS = 6
const SHARD = 1 << SHARD_BITS

/** What every record carries: its id in its table, and the epoch that owns this copy of it. */
export interface Rec {
  readonly id: number
  readonly epoch: number
}

/** A record that the current epoch owns and may change. */
export type Own<R> = { -readonly [K in keyof R]: R[K] }

/** A record before the table has given it its id. */
export type Draft<R extends Rec> = Omit<R, 'id' | 'epoch'>

interface Shard<R> {
  readonly epoch: number
  /** How many slots hold a record. */
  used: number
  readonly slots: (R | undefined)[]
}

/** The before and after of one table: `from` undefined is an addition, `to` undefined a removal. */
export interface Change<R> {
  readonly id: number
  readonly from: R | undefined
  readonly to: R | undefined
}

/** Reading side of a table: the live one and one in a snapshot look alike. */
export interface Reader<R extends Rec> {
  readonly size: number
  find(id: number): R | undefined
  get(id: number): R
  values(): IterableIterator<R>
}

/** The one thing tables share: which epoch is running, and whether commits freeze. */
export interface Clock {
  epoch: number
  readonly freeze: boolean
}

class View<R extends Rec> implements Reader<R> {
  readonly #name: string
  readonly #shards: Map<number, Shard<R>>
  readonly size: number

  constructor(name: string, shards: Map<number, Shard<R>>, size: number) {
    this.#name = name
    this.#shards = shards
    this.size = size
  }

  find(id: number): R | undefined {
    return this.#shards.get(id >>> SHARD_BITS)?.slots[id & (SHARD - 1)]
  }

  get(id: number): R {
    const it = this.find(id)
    if (!it) throw new Error(`no ${this.#name} ${id}`)
    return it
  }

  *values(): IterableIterator<R> {
    for (const shard of this.#shards.values()) for (const it of shard.slots) if (it) yield it
  }

  get shards(): Map<number, Shard<R>> {
    return this.#shards
  }
}

export class Table<R extends Rec> implements Reader<R> {
  readonly name: string
  readonly #clock: Clock
  /** What the last commit handed out; the first write of an epoch copies it. */
  #committed = new Map<number, Shard<R>>()
  #shards = this.#committed
  /** The shards that this epoch has copied or added. */
  #owned: number[] = []
  #next = 1
  #size = 0
  #view: View<R> | undefined

  constructor(name: string, clock: Clock) {
    this.name = name
    this.#clock = clock
  }

  get size(): number {
    return this.#size
  }

  find(id: number): R | undefined {
    return this.#shards.get(id >>> SHARD_BITS)?.slots[id & (SHARD - 1)]
  }

  /** The record, for reading. A missing one is a bug of the caller, not a condition. */
  get(id: number): R {
    const it = this.find(id)
    if (!it) throw new Error(`no ${this.name} ${id}`)
    return it
  }

  /** The record, for writing: from here on use this one, not what `get` gave earlier. */
  own(id: number): Own<R> {
    const it = this.get(id)
    if (it.epoch === this.#clock.epoch) return it as Own<R>
    const copy = { ...it, epoch: this.#clock.epoch } as R
    this.#ownShard(id).slots[id & (SHARD - 1)] = copy
    return copy as Own<R>
  }

  /** Add a record; returns it with its id. Ids are never used twice. */
  insert(draft: Draft<R>): R {
    return this.add({ ...draft, id: 0, epoch: 0 } as unknown as R)
  }

  /** As `insert`, of an object that was made for it and has every field already: it is taken over, not copied. */
  add(it: R): R {
    const own = it as Own<R>
    const id = this.#next++
    own.id = id
    own.epoch = this.#clock.epoch
    const shard = this.#ownShard(id)
    shard.slots[id & (SHARD - 1)] = it
    shard.used++
    this.#size++
    return it
  }

  remove(id: number): void {
    this.get(id)
    const shard = this.#ownShard(id)
    shard.slots[id & (SHARD - 1)] = undefined
    shard.used--
    this.#size--
  }

  *values(): IterableIterator<R> {
    for (const shard of [...this.#shards.values()]) for (const it of [...shard.slots]) if (it) yield it
  }

  /** The shard of an id, for writing. */
  #ownShard(id: number): Shard<R> {
    const { epoch } = this.#clock
    const index = id >>> SHARD_BITS
    const shard = this.#shards.get(index)
    if (shard && shard.epoch === epoch) return shard
    if (this.#shards === this.#committed) this.#shards = new Map(this.#committed)
    const own = { epoch, used: shard ? shard.used : 0, slots: shard ? shard.slots.slice() : [] }
    this.#shards.set(index, own)
    this.#owned.push(index)
    return own
  }

  /** What this epoch has changed so far. A record added and removed within it does not appear. */
  changed(): Change<R>[] {
    return changes(this.#owned, this.#committed, this.#shards)
  }

  /** End the epoch for this table: freeze what it owns (in development and tests) and return the view of it. */
  commit(): Reader<R> {
    if (this.#owned.length === 0 && this.#view) return this.#view
    if (this.#clock.freeze) for (const { to } of this.changed()) freeze(to)
    for (const index of this.#owned) if (this.#shards.get(index)!.used === 0) this.#shards.delete(index)
    this.#owned = []
    this.#committed = this.#shards
    this.#view = new View(this.name, this.#shards, this.#size)
    return this.#view
  }
}

/** Deep enough for flat records: the record and the plain arrays and objects it holds. */
function freeze(it: object | undefined): void {
  if (!it || Object.isFrozen(it)) return
  Object.freeze(it)
  for (const value of Object.values(it)) if (isPlain(value)) freeze(value)
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === Array.prototype
}

/** What differs between two snapshots of one table, found by comparing shards by identity. */
export function diff<R extends Rec>(from: Reader<R>, to: Reader<R>): Change<R>[] {
  const [a, b] = [(from as View<R>).shards, (to as View<R>).shards]
  return a === b ? [] : changes(new Set([...a.keys(), ...b.keys()]), a, b)
}

function changes<R>(
  indexes: Iterable<number>,
  from: ReadonlyMap<number, Shard<R>>,
  to: ReadonlyMap<number, Shard<R>>,
): Change<R>[] {
  const found: Change<R>[] = []
  for (const index of indexes) {
    const [old, now] = [from.get(index), to.get(index)]
    if (old === now) continue
    for (let slot = 0; slot < SHARD; slot++) {
      const [x, y] = [old?.slots[slot], now?.slots[slot]]
      if (x !== y) found.push({ id: index * SHARD + slot, from: x, to: y })
    }
  }
  return found
}
