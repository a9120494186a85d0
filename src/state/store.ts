/**
 * A store: the tables of one machine under one epoch counter. `T` names the tables, so a snapshot has a typed view
 * of each and a change set has a typed list of changes for each.
 */
import { type Change, type Clock, diff, type Reader, type Rec, Table } from './table.ts'

type Records<T> = { [K in keyof T]: T[K] extends Rec ? T[K] : never }

export type Tables<T> = { readonly [K in keyof T]: Table<Records<T>[K]> }
export type Views<T> = { readonly [K in keyof T]: Reader<Records<T>[K]> }

/** The state of a machine at the end of one epoch. Never changes. */
export interface Snapshot<T> {
  readonly epoch: number
  readonly tables: Views<T>
}

/** What one epoch, or the time between two snapshots, added, changed and removed. Tables without changes are absent. */
export type ChangeSet<T> = { readonly [K in keyof T]?: readonly Change<Records<T>[K]>[] }

export class Store<T> {
  readonly tables: Tables<T>
  readonly #clock: { epoch: number; readonly freeze: boolean }
  readonly #names: readonly (keyof T & string)[]

  /** `freeze` makes commits freeze their records, so that a write to a committed one throws: for tests. */
  constructor(names: readonly (keyof T & string)[], freeze: boolean) {
    const clock: Clock = { epoch: 1, freeze }
    this.#clock = clock
    this.#names = names
    this.tables = Object.fromEntries(
      names.map(name => [name, new Table(name, clock)]),
    ) as unknown as Tables<T>
  }

  get epoch(): number {
    return this.#clock.epoch
  }

  /** What the running epoch has changed so far. */
  changes(): ChangeSet<T> {
    const set: Record<string, readonly unknown[]> = {}
    for (const name of this.#names) {
      const changes = this.tables[name].changed()
      if (changes.length) set[name] = changes
    }
    return set as ChangeSet<T>
  }

  /** End the running epoch and begin the next one. */
  commit(): Snapshot<T> {
    const tables = Object.fromEntries(this.#names.map(name => [name, this.tables[name].commit()]))
    return { epoch: this.#clock.epoch++, tables: tables as unknown as Views<T> }
  }
}

/** What lies between two snapshots of one store. */
export function compare<T>(from: Snapshot<T>, to: Snapshot<T>): ChangeSet<T> {
  const set: Record<string, readonly unknown[]> = {}
  for (const name of Object.keys(to.tables) as (keyof T & string)[]) {
    const changes = diff(from.tables[name], to.tables[name])
    if (changes.length) set[name] = changes
  }
  return set as ChangeSet<T>
}
