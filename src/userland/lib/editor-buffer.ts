/**
 * The text of an editor: lines, changes that can be undone, and where they happened. vi and nano share it.
 * Every change is a splice of whole lines, kept in a journal with what was there before.
 * Linux: vim's memline.c and undo.c; nano's text.c.
 *
 * Left out: branches of the undo tree.
 */

/** A place in the text: line and index into it, both from 0. */
export interface Place {
  readonly line: number
  readonly at: number
}

/** Lines replaced by others. */
interface Change {
  readonly line: number
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

/** What one command did: its changes, and where the cursor was before and after. */
export interface Step {
  readonly number: number
  readonly time: number
  readonly changes: Change[]
  readonly before: Place
  after: Place
  /** What kind of change it was, for those who say so. */
  kind: string
}

export const compare = (a: Place, b: Place): number => a.line - b.line || a.at - b.at

export class TextBuffer {
  #lines: string[]
  #done: Step[] = []
  #undone: Step[] = []
  #open: Step | undefined
  #saved = 0
  #counter = 0
  #empty: boolean
  /** Called after every splice, so that marks move along. */
  onSplice: (line: number, removed: number, added: number) => void = () => {}

  constructor(lines: readonly string[] = ['']) {
    this.#lines = lines.length ? [...lines] : ['']
    this.#empty = !lines.length
  }

  get lines(): readonly string[] {
    return this.#lines
  }

  /** There is no line at all, which the one empty line stands for. */
  get empty(): boolean {
    return this.#empty && this.#lines.length === 1 && this.#lines[0] === ''
  }

  get length(): number {
    return this.#lines.length
  }

  line(index: number): string {
    return this.#lines[index] ?? ''
  }

  /** Differs from what was saved last. */
  get modified(): boolean {
    return (this.#open?.number ?? this.#done.at(-1)?.number ?? 0) !== this.#saved
  }

  saved(): void {
    this.#saved = this.#open?.number ?? this.#done.at(-1)?.number ?? 0
  }

  /** No undoing brings the saved text back. */
  neverSaved(): void {
    this.#saved = -1
  }

  // ---- Changing

  /** Begin a step: everything up to `commit` is undone together. */
  begin(before: Place, time: number, kind = ''): void {
    this.commit(before)
    this.#open = { number: this.#counter + 1, time, changes: [], before, after: before, kind }
  }

  /** End the step, if one is open. */
  commit(after: Place): void {
    const step = this.#open
    this.#open = undefined
    if (!step?.changes.length) return
    step.after = after
    this.#counter = step.number
    this.#done.push(step)
    this.#undone = []
  }

  /** The step that is open, if it changed something already. */
  get changing(): boolean {
    return (this.#open?.changes.length ?? 0) > 0
  }

  /** The step that undo would take back. */
  get lastStep(): Step | undefined {
    return this.#open ?? this.#done.at(-1)
  }

  /** Replace `removed` lines from `line` on. A text has always one line at least. */
  splice(line: number, removed: number, lines: readonly string[]): void {
    const added = lines.length || removed < this.#lines.length ? lines : ['']
    const before = this.#apply(line, removed, added)
    this.#empty = !lines.length && added.length === 1
    const step = this.#open
    if (!step) return
    const last = step.changes.at(-1)
    // Typing in one line makes one change, not one a letter.
    if (last && removed === 1 && added.length === 1 && last.line === line && last.added.length === 1)
      step.changes[step.changes.length - 1] = { line, removed: last.removed, added: [...added] }
    else step.changes.push({ line, removed: before, added: [...added] })
  }

  #apply(line: number, removed: number, added: readonly string[]): readonly string[] {
    let before: string[]
    if (added.length < 10_000) before = this.#lines.splice(line, removed, ...added)
    else {
      before = this.#lines.slice(line, line + removed)
      this.#lines = [...this.#lines.slice(0, line), ...added, ...this.#lines.slice(line + removed)]
    }
    this.onSplice(line, removed, added.length)
    return before
  }

  setLine(line: number, text: string): void {
    if (this.#lines[line] !== text) this.splice(line, 1, [text])
  }

  /** Put text with line breaks in; where its end is. */
  insert(place: Place, text: string): Place {
    const line = this.line(place.line)
    const parts = text.split('\n')
    const last = parts.at(-1)!
    const at = (parts.length === 1 ? place.at : 0) + last.length
    parts[0] = line.slice(0, place.at) + parts[0]!
    parts[parts.length - 1] += line.slice(place.at)
    this.splice(place.line, 1, parts)
    return { line: place.line + parts.length - 1, at }
  }

  /** The text between two places. */
  slice(from: Place, to: Place): string {
    if (from.line === to.line) return this.line(from.line).slice(from.at, to.at)
    const middle = this.#lines.slice(from.line + 1, to.line)
    return [this.line(from.line).slice(from.at), ...middle, this.line(to.line).slice(0, to.at)].join('\n')
  }

  /** Take the text between two places out, and return it. */
  remove(from: Place, to: Place): string {
    const text = this.slice(from, to)
    const joined = this.line(from.line).slice(0, from.at) + this.line(to.line).slice(to.at)
    if (text) this.splice(from.line, to.line - from.line + 1, [joined])
    return text
  }

  // ---- Undoing

  /** Take the last step back; undefined if there is none. */
  undo(): Step | undefined {
    this.commit(this.#open?.before ?? { line: 0, at: 0 })
    const step = this.#done.pop()
    if (!step) return undefined
    this.#empty = false
    for (const { line, removed, added } of [...step.changes].reverse())
      this.#apply(line, added.length, removed)
    this.#undone.push(step)
    return step
  }

  /** Do again what undo took back. */
  redo(): Step | undefined {
    const step = this.#undone.pop()
    if (!step) return undefined
    for (const { line, removed, added } of step.changes) this.#apply(line, removed.length, added)
    this.#done.push(step)
    return step
  }

  get canRedo(): boolean {
    return this.#undone.length > 0
  }
}
