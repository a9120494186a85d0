/** What vi mode remembers between keys: the last change, searches, marks. Readline: vi_mode.c's static variables. */
import type { Editor } from './editor.ts'

export interface CharSearch {
  readonly char: string
  readonly direction: 1 | -1
  readonly till: boolean
}

/** A change as `.` repeats it: a function, its key and count, and the keys that it read, insertions included. */
interface Change {
  readonly name: string
  readonly key: string
  readonly count: number
  keys: string
}

export class ViState {
  last: Change | undefined
  charSearch: CharSearch | undefined
  search: { readonly pattern: string; readonly direction: 1 | -1 } | undefined
  readonly marks = new Map<string, number>()
  isReplaying = false
  /** The change whose keys are being typed again: they are complete, none is waited for. */
  redoing = ''
  /** Insert mode was entered from command mode: what is typed is undone together. */
  isInserting = false
  /** Command mode has been entered since the line began. */
  isCommanding = false
  /** In replace mode: what was there before each character typed over it. */
  replaced: string[] | undefined
  #current: Change | undefined

  reset(): void {
    this.#current = undefined
    this.replaced = undefined
    this.isReplaying = false
    this.isInserting = false
    this.isCommanding = false
    this.marks.clear()
  }

  /** A change begins. */
  record(name: string, key: string, count: number): void {
    if (!this.isReplaying) this.#current = { name, key, count, keys: '' }
  }

  typed(key: string): void {
    if (this.#current && !this.isReplaying) this.#current.keys += key
  }

  /** The last keys are to be read once more. */
  untyped(count: number): void {
    if (this.#current && count) this.#current.keys = this.#current.keys.slice(0, -count)
  }

  /** The change is complete. */
  commit(): void {
    if (this.#current) this.last = this.#current
    this.#current = undefined
  }

  /** In command mode the cursor stands on a character. Readline: _rl_vi_check(). */
  settle(ed: Editor): void {
    if (ed.keymap !== 'vi-move') return
    if (ed.buffer.point > 0 && ed.buffer.point >= ed.buffer.end)
      ed.buffer.point = ed.buffer.before(ed.buffer.end)
    this.commit()
  }
}
