/** The text being edited: the cursor, words, kills and undo. Readline: text.c, kill.c, undo.c. */

interface Moment {
  readonly text: string
  readonly point: number
}

const isWordChar = (char: string): boolean => /[\p{L}\p{N}]/u.test(char)

export class Buffer {
  text = ''
  point = 0
  mark = 0
  #undo: Moment[] = []
  #killRing: string[] = []
  #yankAt = 0
  #yankFrom = 0
  /** What the last command was: kills in a row are one, typed characters are undone together. */
  #last: '' | 'insert' | 'kill' | 'yank' = ''
  #current: '' | 'insert' | 'kill' | 'yank' = ''
  #typed = 0

  reset(text = ''): void {
    this.text = text
    this.point = text.length
    this.#undo = []
  }

  /** To be called before each command. */
  begin(): void {
    this.#last = this.#current
    this.#current = ''
  }

  #save(): void {
    this.#undo.push({ text: this.text, point: this.point })
  }

  undo(): boolean {
    const moment = this.#undo.pop()
    if (!moment) return false
    this.text = moment.text
    this.point = moment.point
    return true
  }

  revert(): void {
    const first = this.#undo[0]
    if (!first) return
    this.text = first.text
    this.point = first.point
    this.#undo = []
  }

  // Moving

  before(at = this.point): number {
    if (at <= 0) return 0
    let i = at - 1
    if (i > 0 && /[\udc00-\udfff]/.test(this.text[i]!) && /[\ud800-\udbff]/.test(this.text[i - 1]!)) i--
    // A combining character belongs to the one before it.
    while (i > 0 && /^[\p{M}\u200d]$/u.test(String.fromCodePoint(this.text.codePointAt(i)!)))
      i = this.before(i)
    return i
  }

  after(at = this.point): number {
    if (at >= this.text.length) return this.text.length
    let i = at + String.fromCodePoint(this.text.codePointAt(at)!).length
    while (i < this.text.length && /^[\p{M}\u200d]$/u.test(String.fromCodePoint(this.text.codePointAt(i)!)))
      i++
    return i
  }

  wordLeft(): number {
    let i = this.point
    while (i > 0 && !isWordChar(this.#char(this.before(i)))) i = this.before(i)
    while (i > 0 && isWordChar(this.#char(this.before(i)))) i = this.before(i)
    return i
  }

  wordRight(from = this.point): number {
    let i = from
    while (i < this.text.length && !isWordChar(this.#char(i))) i = this.after(i)
    while (i < this.text.length && isWordChar(this.#char(i))) i = this.after(i)
    return i
  }

  #char(at: number): string {
    return String.fromCodePoint(this.text.codePointAt(at) ?? 0)
  }

  /** Where the blank-delimited word before the cursor starts. */
  blankLeft(): number {
    let i = this.point
    while (i > 0 && /\s/.test(this.text[i - 1]!)) i--
    while (i > 0 && !/\s/.test(this.text[i - 1]!)) i--
    return i
  }

  // Changing

  insert(text: string, typed = false): void {
    if (!typed || this.#last !== 'insert' || this.#typed >= 20) {
      this.#save()
      this.#typed = 0
    }
    this.#typed++
    this.#current = typed ? 'insert' : ''
    this.text = this.text.slice(0, this.point) + text + this.text.slice(this.point)
    this.point += text.length
  }

  replace(from: number, to: number, text: string): void {
    this.#save()
    this.text = this.text.slice(0, from) + text + this.text.slice(to)
    this.point = from + text.length
  }

  delete(from: number, to: number): void {
    if (from === to) return
    this.#save()
    this.text = this.text.slice(0, from) + this.text.slice(to)
    this.point = from
  }

  kill(from: number, to: number): void {
    this.#current = 'kill'
    if (from === to) return
    const text = this.text.slice(from, to)
    const backwards = this.point >= to && from < to
    if (this.#last === 'kill' && this.#killRing.length) {
      const old = this.#killRing.pop()!
      this.#killRing.push(backwards ? text + old : old + text)
    } else this.#killRing.push(text)
    if (this.#killRing.length > 10) this.#killRing.shift()
    this.delete(from, to)
  }

  yank(): boolean {
    const text = this.#killRing.at(-1)
    if (text === undefined) return false
    this.#yankAt = this.#killRing.length - 1
    this.#yankFrom = this.point
    this.insert(text)
    this.#current = 'yank'
    return true
  }

  /** M-y: what was killed before that. */
  yankPop(): boolean {
    if (this.#last !== 'yank') return false
    this.#yankAt = (this.#yankAt - 1 + this.#killRing.length) % this.#killRing.length
    this.replace(this.#yankFrom, this.point, this.#killRing[this.#yankAt]!)
    this.#current = 'yank'
    return true
  }

  /** C-t: drag the character before the cursor over the one at it. */
  transpose(): boolean {
    if (this.text.length < 2 || this.point === 0) return false
    const middle = this.point === this.text.length ? this.before() : this.point
    const from = this.before(middle)
    const to = this.after(middle)
    if (from === middle) return false
    this.replace(from, to, this.text.slice(middle, to) + this.text.slice(from, middle))
    return true
  }

  /** M-t: the same with words. */
  transposeWords(): boolean {
    const end2 = this.wordRight()
    this.point = end2
    const start2 = this.wordLeft()
    this.point = start2
    const start1 = this.wordLeft()
    const end1 = this.wordRight(start1)
    if (start1 === start2 || end1 > start2) {
      this.point = end2
      return false
    }
    const { text } = this
    this.replace(start1, end2, text.slice(start2, end2) + text.slice(end1, start2) + text.slice(start1, end1))
    return true
  }

  /** M-u, M-l, M-c. */
  changeCase(change: (word: string) => string): void {
    const from = this.point
    const to = this.wordRight()
    this.replace(from, to, change(this.text.slice(from, to)))
  }
}
