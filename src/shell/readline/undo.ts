/** What was changed in a line, so that it can be taken back. Readline: undo.c. */
import type { Buffer } from './buffer.ts'

type Change =
  | { kind: 'insert'; start: number; end: number }
  | { readonly kind: 'delete'; readonly start: number; readonly text: string }
  | { readonly kind: 'begin' }
  | { readonly kind: 'end' }

/** So many typed characters are undone together. */
const TOGETHER = 20

export class Undo {
  #changes: Change[] = []
  #isUndoing = false

  get isEmpty(): boolean {
    return this.#changes.length === 0
  }

  inserted(start: number, end: number, isTyped: boolean): void {
    if (this.#isUndoing) return
    const last = this.#changes.at(-1)
    if (isTyped && last?.kind === 'insert' && last.end === start && last.end - last.start < TOGETHER)
      last.end = end
    else this.#changes.push({ kind: 'insert', start, end })
  }

  deleted(start: number, text: string): void {
    if (!this.#isUndoing) this.#changes.push({ kind: 'delete', start, text })
  }

  begin(): void {
    this.#changes.push({ kind: 'begin' })
  }

  end(): void {
    this.#changes.push({ kind: 'end' })
  }

  /** Take back the last change, or the last group of changes. False if there is none. */
  undo(buffer: Buffer): boolean {
    if (!this.#changes.length) return false
    let depth = 0
    this.#isUndoing = true
    do {
      const change = this.#changes.pop()
      if (change?.kind === 'end') depth++
      else if (change?.kind === 'begin') depth--
      else if (change?.kind === 'insert') {
        buffer.delete(change.start, change.end)
        buffer.point = change.start
      } else if (change) {
        buffer.point = change.start
        buffer.insert(change.text)
      }
    } while (depth > 0 && this.#changes.length)
    this.#isUndoing = false
    return true
  }
}
