/** The text being edited and the cursor in it. Readline: text.c, mbutil.c. Offsets count UTF-16 units. */
import { Undo } from './undo.ts'

export const isWordChar = (char: string): boolean => /^[\p{L}\p{N}]/u.test(char)

const isCombining = (char: string): boolean => /^[\p{M}\u200d]$/u.test(char)

export class Buffer {
  text = ''
  point = 0
  mark = 0
  undoList = new Undo()

  /** Another line: what was done to this one is forgotten. */
  reset(text = '', point = text.length): void {
    this.text = text
    this.point = point
    this.mark = 0
    this.undoList = new Undo()
  }

  get end(): number {
    return this.text.length
  }

  charAt(at: number): string {
    const code = this.text.codePointAt(at)
    return code === undefined ? '' : String.fromCodePoint(code)
  }

  /** Where the character before `at` starts; combining characters belong to the one before them. */
  before(at = this.point): number {
    if (at <= 0) return 0
    let i = at - 1
    if (i > 0 && /[\udc00-\udfff]/.test(this.text[i]!) && /[\ud800-\udbff]/.test(this.text[i - 1]!)) i--
    return i > 0 && isCombining(this.charAt(i)) ? this.before(i) : i
  }

  after(at = this.point): number {
    if (at >= this.end) return this.end
    let i = at + this.charAt(at).length
    while (i < this.end && isCombining(this.charAt(i))) i += this.charAt(i).length
    return i
  }

  /** Where the line of `at` starts and ends, in a text of several lines. */
  lineStart(at = this.point): number {
    return this.text.lastIndexOf('\n', at - 1) + 1
  }

  lineEnd(at = this.point): number {
    const end = this.text.indexOf('\n', at)
    return end < 0 ? this.end : end
  }

  wordLeft(from = this.point, isWord = isWordChar): number {
    let i = from
    while (i > 0 && !isWord(this.charAt(this.before(i)))) i = this.before(i)
    while (i > 0 && isWord(this.charAt(this.before(i)))) i = this.before(i)
    return i
  }

  wordRight(from = this.point, isWord = isWordChar): number {
    let i = from
    while (i < this.end && !isWord(this.charAt(i))) i = this.after(i)
    while (i < this.end && isWord(this.charAt(i))) i = this.after(i)
    return i
  }

  insert(text: string, isTyped = false): void {
    if (!text) return
    this.undoList.inserted(this.point, this.point + text.length, isTyped && text.length === 1)
    this.text = this.text.slice(0, this.point) + text + this.text.slice(this.point)
    this.point += text.length
  }

  /** Remove a part; a cursor behind it moves along. */
  delete(from: number, to: number): void {
    const [start, end] = from <= to ? [from, to] : [to, from]
    if (start === end) return
    this.undoList.deleted(start, this.text.slice(start, end))
    this.text = this.text.slice(0, start) + this.text.slice(end)
    if (this.point > end) this.point -= end - start
    else if (this.point > start) this.point = start
    if (this.mark > this.end) this.mark = this.end
  }

  /** Put `text` in the place of a part, as one change; the cursor ends behind it. */
  replace(from: number, to: number, text: string): void {
    this.group(() => {
      this.delete(from, to)
      this.point = from
      this.insert(text)
    })
  }

  /** What `act` changes is undone together. */
  group(act: () => void): void {
    this.undoList.begin()
    act()
    this.undoList.end()
  }

  undo(): boolean {
    return this.undoList.undo(this)
  }

  revert(): void {
    while (this.undo());
  }
}
