/** The progress document, kept over reloads; in memory where storage is forbidden. */
import { get, set } from 'idb-keyval'
import { NO_PROGRESS, type Progress } from '../../labs/index.ts'

const KEY = 'vitrine progress'

class ProgressBook {
  #progress = $state.raw<Progress>(NO_PROGRESS)

  get current(): Progress {
    return this.#progress
  }

  set current(it: Progress) {
    this.#progress = it
    void (async () => set(KEY, it))().catch(() => undefined)
  }

  /** What was kept, if anything was. */
  async load(): Promise<Progress> {
    const kept = await (async () => get<Progress>(KEY))().catch(() => undefined)
    if (kept) this.#progress = kept
    return this.#progress
  }
}

export const progress = new ProgressBook()
