/**
 * Which mounts a namespace, a mount and a peer group have. Can be made again from the table of mounts, but for the order
 * of peers, which is that of Linux's rings and decides only who gets which mount id.
 */
import type { Mount } from './types.ts'

const KEYS = ['ns', 'parent', 'peerGroup', 'master'] as const
type Key = (typeof KEYS)[number]
const NONE: ReadonlySet<number> = new Set()

export class MountIndex {
  readonly #by: Readonly<Record<Key, Map<number, Set<number>>>> = {
    ns: new Map(),
    parent: new Map(),
    peerGroup: new Map(),
    master: new Map(),
  }

  /** The ids of the mounts whose `key` is `value`; a mount is not its own child. */
  with(key: Key, value: number): ReadonlySet<number> {
    return this.#by[key].get(value) ?? NONE
  }

  add(it: Mount): void {
    for (const key of KEYS) this.#put(key, it[key], it)
  }

  remove(it: Mount): void {
    for (const key of KEYS) this.#drop(key, it[key], it.id)
  }

  /** `it` is about to get another value under one key. */
  change(it: Mount, key: Key, value: number): void {
    this.#drop(key, it[key], it.id)
    this.#put(key, value, it)
  }

  /** Linux: list_add(&mnt->mnt_share, &old->mnt_share): a copy comes right after what it was copied from. */
  follow(id: number, old: number, peerGroup: number): void {
    const ring = [...this.with('peerGroup', peerGroup)].filter(it => it !== id)
    ring.splice(ring.indexOf(old) + 1, 0, id)
    this.#by.peerGroup.set(peerGroup, new Set(ring))
  }

  #drop(key: Key, value: number, id: number): void {
    const ids = this.#by[key].get(value)
    if (ids?.delete(id) && ids.size === 0) this.#by[key].delete(value)
  }

  #put(key: Key, value: number, it: Mount): void {
    if (!value || (key === 'parent' && value === it.id)) return
    const ids = this.#by[key].get(value)
    if (ids) ids.add(it.id)
    else this.#by[key].set(value, new Set([it.id]))
  }
}
