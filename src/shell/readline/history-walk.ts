/**
 * Walking through the history while a line is edited. Lines that are changed and left stay changed; the one that is
 * executed is put back. Readline: misc.c, readline.c:_rl_internal_teardown().
 */
import type { Editor } from './editor.ts'
import type { Undo } from './undo.ts'

interface Left {
  readonly text: string
  readonly undoList: Undo
}

export class HistoryWalk {
  readonly #ed: Editor
  /** Which line is being edited; the number of lines for the new one. */
  position = 0
  /** The line to begin with, after operate-and-get-next. */
  resumeAt: number | undefined
  resumeBase = 1
  #new: Left | undefined
  readonly #originals = new Map<number, string>()
  readonly #undo = new Map<number, Undo>()

  constructor(ed: Editor) {
    this.#ed = ed
  }

  get lines(): readonly string[] {
    return this.#ed.sh.history.lines
  }

  get isChanged(): boolean {
    return this.position < this.lines.length && !this.#ed.buffer.undoList.isEmpty
  }

  begin(): void {
    this.position = this.lines.length
    this.#new = undefined
    this.#originals.clear()
    this.#undo.clear()
    if (this.resumeAt === undefined) return
    const at = this.resumeAt + this.resumeBase - this.#ed.sh.history.base
    this.resumeAt = undefined
    if (at >= 0 && at < this.lines.length) this.goTo(at)
  }

  /** Keep what the line being edited has become. */
  leave(): void {
    const { buffer } = this.#ed
    if (this.position >= this.lines.length) this.#new = { text: buffer.text, undoList: buffer.undoList }
    else if (!buffer.undoList.isEmpty) {
      const old = this.lines[this.position]!
      if (old !== buffer.text) {
        if (!this.#originals.has(this.position)) this.#originals.set(this.position, old)
        this.#ed.sh.history.replace(this.position, buffer.text)
      }
      this.#undo.set(this.position, buffer.undoList)
    }
  }

  /** Edit another line of the history. */
  goTo(position: number, point?: number): undefined {
    this.leave()
    return this.enter(position, point)
  }

  enter(position: number, point?: number): undefined {
    const { buffer } = this.#ed
    this.position = position
    const isNew = position >= this.lines.length
    const text = isNew ? (this.#new?.text ?? '') : this.lines[position]!
    const undoList = isNew ? this.#new?.undoList : this.#undo.get(position)
    const ends = this.#ed.settings.isVi && !isNew && this.#ed.keymap === 'vi-move' ? 0 : text.length
    const { point: old } = buffer
    const kept = this.#ed.settings.is('history-preserve-point') ? Math.min(old, text.length) : ends
    buffer.reset(text, point ?? kept)
    if (undoList) buffer.undoList = undoList
    return undefined
  }

  /** The new line as it was when it was left. */
  get newText(): string {
    return this.position >= this.lines.length ? this.#ed.buffer.text : (this.#new?.text ?? '')
  }

  /** The line was accepted: an entry of the history that was changed for it is itself again. */
  finish(): void {
    const history = this.#ed.sh.history
    if (this.position < this.lines.length && this.#originals.has(this.position))
      history.replace(this.position, this.#originals.get(this.position)!)
    if (this.#ed.settings.is('revert-all-at-newline'))
      for (const [at, text] of this.#originals) history.replace(at, text)
  }
}
