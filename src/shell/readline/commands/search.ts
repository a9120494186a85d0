/** Incremental search: each key narrows it. Readline: isearch.c. */
import type { Blocking } from '../../../abi/index.ts'
import type { Command, Editor, Outcome } from '../editor.ts'
import { readPaste } from './changing.ts'

class Search {
  readonly #ed: Editor
  /** The history's lines and the new one. */
  readonly #lines: readonly string[]
  query = ''
  direction: 1 | -1
  /** The line being looked at, and where in it. */
  #at: number
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
    this.#text = buffer.text
    this.#index = this.#point = buffer.point
  }

  show(): void {
    const name = `${this.failed ? 'failed ' : ''}${this.direction < 0 ? 'reverse-' : ''}i-search`
    this.#ed.message(`(${name})\`${this.query}': `)
  }

  /** C-r or C-s again: the next match. */
  again(direction: 1 | -1): void {
    if (direction !== this.direction) this.direction = direction
    else if (!this.query) {
      if (!this.#ed.lastQuery) return this.#ed.ding()
      this.query = this.#ed.lastQuery
    } else if (direction < 0) this.#index--
    else if (this.#index < this.#line.length) this.#index++
    this.find()
  }

  get #line(): string {
    return this.#lines[this.#at] ?? ''
  }

  find(): void {
    const { query, direction } = this
    this.failed = !query
    if (!query) return
    for (;;) {
      const index =
        direction < 0 ? lastIndexFrom(this.#line, query, this.#index) : this.#line.indexOf(query, this.#index)
      if (index >= 0) return this.#show(index)
      do this.#at += direction
      while (this.#at in this.#lines && (this.#line === this.#foundText || this.#line.length < query.length))
      if (!(this.#at in this.#lines)) break
      this.#index = direction < 0 ? this.#line.length - query.length : 0
    }
    this.failed = true
    this.#at = this.#found
    this.#index = this.#ed.buffer.point
    this.#ed.ding()
  }

  #show(index: number): void {
    const { walk, buffer } = this.#ed
    this.#index = index
    this.#foundText = this.#line
    if (this.#found !== this.#at || walk.position !== this.#at) walk.enter(this.#at, index)
    this.#found = this.#at
    buffer.point = index
  }

  /** As it was before. */
  abandon(): void {
    const { walk, buffer } = this.#ed
    walk.enter(this.#position)
    if (buffer.text !== this.#text) buffer.reset(this.#text)
    buffer.point = this.#point
  }

  /** The text of the line behind the match, to widen it. */
  rest(word: boolean): string {
    const behind = this.#line.slice(this.#index + this.query.length)
    return word ? (/^[^\p{L}\p{N}]*[\p{L}\p{N}]*/u.exec(behind)?.[0] ?? '') : behind
  }
}

const lastIndexFrom = (line: string, query: string, from: number): number =>
  from < 0 ? -1 : line.lastIndexOf(query, from)

const incremental = (direction: 1 | -1): Command =>
  function* (ed): Blocking<Outcome> {
    const search = new Search(ed, direction)
    search.show()
    for (;;) {
      const key = yield* ed.readKey()
      const outcome = yield* searchKey(ed, search, key)
      if (outcome !== 'more') break
      search.show()
    }
    if (search.query) ed.lastQuery = search.query
    ed.message(undefined)
    return undefined
  }

/** One key while searching: `done` if it ends the search, and is perhaps to be read again. */
function* searchKey(ed: Editor, search: Search, key: string): Blocking<'more' | 'done'> {
  const name = ed.settings.keymaps[ed.keymap].get(key)?.text
  if (name === 'reverse-search-history' || name === 'forward-search-history') {
    search.again(name === 'reverse-search-history' ? -1 : 1)
    return 'more'
  }
  if (key === '\x07') {
    search.abandon()
    ed.ding()
    return 'done'
  }
  if (key === '\x7f' || key === '\b') {
    if (!search.query) ed.ding()
    search.query = [...search.query].slice(0, -1).join('')
    search.find()
    return 'more'
  }
  if (key === '\x17' || key === '\x19') return widen(search, search.rest(key === '\x17'))
  if (key === '\x1b') return yield* escape(ed, search)
  if (key === '\n') return 'done'
  if (key === '\x16') return widen(search, yield* ed.readCharacter(yield* ed.readKey()))
  if (key < ' ') {
    ed.unread(key)
    return 'done'
  }
  return widen(search, yield* ed.readCharacter(key))
}

function widen(search: Search, text: string): 'more' {
  search.query += text
  search.find()
  return 'more'
}

/** Escape ends the search; what follows it may be a key such as an arrow, or a paste. */
function* escape(ed: Editor, search: Search): Blocking<'more' | 'done'> {
  if (!ed.hasInput()) return 'done'
  let keys = '\x1b'
  const paste = '\x1b[200~'
  while (paste.startsWith(keys) && keys !== paste && ed.hasInput()) keys += yield* ed.readKey()
  if (keys === paste) return widen(search, yield* readPaste(ed))
  ed.unread(keys)
  return 'done'
}

export const searching: Readonly<Record<string, Command>> = {
  'reverse-search-history': incremental(-1),
  'forward-search-history': incremental(1),
}
