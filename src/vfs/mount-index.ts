/** Which mounts a namespace, a mount and a peer group have. Can be made again from the table of mounts. */
import type { Mount } from './types.ts'

type Key = 'ns' | 'parent' | 'peerGroup' | 'master'
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
    this.#put('ns', it.ns, it.id)
    if (it.parent !== it.id) this.#put('parent', it.parent, it.id)
    this.#put('peerGroup', it.peerGroup, it.id)
    this.#put('master', it.master, it.id)
  }

  remove(it: Mount): void {
    for (const key of ['ns', 'parent', 'peerGroup', 'master'] as const) {
      const ids = this.#by[key].get(it[key])
      if (ids?.delete(it.id) && ids.size === 0) this.#by[key].delete(it[key])
    }
  }

  #put(key: Key, value: number, id: number): void {
    if (!value) return
    const ids = this.#by[key].get(value)
    if (ids) ids.add(id)
    else this.#by[key].set(value, new Set([id]))
  }
}
