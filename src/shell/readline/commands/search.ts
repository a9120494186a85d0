/** Incremental search: each key narrows it. Readline: isearch.c. */
import type { Blocking } from '../../../abi/index.ts'
import type { Command, Editor, Outcome } from '../editor.ts'

class Search {
  readonly #ed: Editor
  /** The history's lines and the new one. */
  readonly #lines: readonly string[]
  query = ''
  direction: 1 | -1
  /** The line being looked at, its text, and where in it. After a failure it is the last one that was tried. */
  #at: number
  #line: string
  #index: number
  /** Where the last match was; the text of it, which is not found twice in a row. */
  #found: number
  #foundText: string | undefined
  failed = false
  /** Where it began. */
  readonly #position: number
  readonly #text: string
  readonly #point: number

  constructor(ed: Editor, direction: 1 | -1) {
    const { walk, buffer } = ed
    this.#ed = ed
    walk.leave()
    this.#lines = [...walk.lines, walk.newText]
    this.direction = direction
    this.#at = this.#found = this.#position = walk.position
    this.#text = this.#line = buffer.text
    this.#index = this.#point = buffer.point
  }

  show(): void {
    const name = `${this.failed ? 'failed ' : ''}${this.direction < 0 ? 'reverse-' : ''}i-search`
    this.#ed.message(`(${name})\`${this.query}': `)
  }

  /** C-r or C-s again: the next match, or the same in the other direction. */
  again(direction: 1 | -1): void {
    if (direction !== this.direction) this.direction = direction
    else if (!this.query) {
      if (!this.#ed.lastQuery) return
      this.query = this.#ed.lastQuery
    } else if (direction < 0) this.#index--
    else if (this.#index < this.#line.length) this.#index++
    else this.#ed.ding()
    this.find()
  }

  /** Readline: _rl_isearch_dispatch(). */
  find(): void {
    const { query } = this
    this.failed = !query
    while (!this.failed) {
      if (this.#isInLine()) return this.#show()
      this.#nextLine()
    }
    this.#at = this.#found
    this.#ed.ding()
  }

  #isInLine(): boolean {
    const { query, direction } = this
    const index =
      direction < 0
        ? lastIndexFrom(this.#line, query, this.#index)
        : this.#line.indexOf(query, Math.max(0, this.#index))
    this.#index = index >= 0 || direction < 0 ? Math.max(0, index) : this.#line.length - query.length + 1
    return index >= 0
  }

  /** Go to the next line, but not to another copy of the one found last. */
  #nextLine(): void {
    do {
      this.#at += this.direction
      if (!(this.#at in this.#lines)) {
        this.failed = true
        return
      }
      this.#line = this.#lines[this.#at]!
    } while (this.#line === this.#foundText || this.#line.length < this.query.length)
    this.#index = this.direction < 0 ? this.#line.length - this.query.length : 0
  }

  #show(): void {
    const { walk, buffer } = this.#ed
    this.#foundText = this.#line
    if (this.#found !== this.#at || walk.position !== this.#at) walk.enter(this.#at, this.#index)
    this.#found = this.#at
    buffer.point = this.#index
  }

  /** The search is over: the cursor is where it looked last. */
  accept(): void {
    const { buffer } = this.#ed
    buffer.point = Math.min(Math.max(0, this.#index), buffer.end)
    this.#ed.lastQuery = this.query
  }

  /** As it was before. */
  abandon(): void {
    const { walk, buffer } = this.#ed
    walk.enter(this.#position)
    if (buffer.text !== this.#text) buffer.reset(this.#text)
    buffer.point = this.#point
  }

  /** Take one character from the end of what is looked for. */
  shorten(): void {
    if (!this.query) this.#ed.ding()
    this.query = [...this.query].slice(0, -1).join('')
    if (!this.query) this.#ed.ding()
    this.find()
  }

  /** Look for the rest of the line behind the match too, or only of its word. */
  widen(word: boolean): void {
    const { buffer } = this.#ed
    const behind = buffer.text.slice(buffer.point + this.query.length)
    const text = word ? (/^[\p{L}\p{N}]+/u.exec(behind)?.[0] ?? '') : behind
    if (!text) this.#ed.ding()
    this.query += text
    this.find()
  }
}

const lastIndexFrom = (line: string, query: string, from: number): number =>
  from < 0 ? -1 : line.lastIndexOf(query, from)

const incremental = (direction: 1 | -1): Command =>
  function* (ed): Blocking<Outcome> {
    const search = new Search(ed, direction)
    search.show()
    while (yield* searchKey(ed, search, yield* ed.readKey())) search.show()
    ed.message(undefined)
    return undefined
  }

/** One key while searching. False if it ends the search, and is perhaps to be read again. */
function* searchKey(ed: Editor, search: Search, key: string): Blocking<boolean> {
  const name = ed.settings.keymaps[ed.keymap].get(key)?.text
  if (name === 'reverse-search-history') search.again(-1)
  else if (name === 'forward-search-history') search.again(1)
  else if (key === '\x07') {
    search.abandon()
    return false
  } else if (key === '\x7f' || key === '\b') search.shorten()
  else if (key === '\x17' || key === '\x19') search.widen(key === '\x17')
  else if (key < ' ') {
    // Escape only ends the search, unless an arrow or the like begins with it.
    if (key !== '\n' && (key !== '\x1b' || (yield* ed.inputComes()))) ed.unread(key)
    search.accept()
    return false
  } else {
    search.query += yield* ed.readCharacter(key)
    search.find()
  }
  return true
}

export const searching: Readonly<Record<string, Command>> = {
  'reverse-search-history': incremental(-1),
  'forward-search-history': incremental(1),
}
